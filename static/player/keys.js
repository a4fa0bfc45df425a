// Single keys for the player: off until they are switched on, and free to choose (WCAG 2.1.4).

import { habits, keepHabits } from "./keep.js";

/** Lets the keys of `fields` (one letter each) do what `acts` names, while `isOn` says so. */
export function listenToKeys(box, fields, acts) {
  const kept = habits();
  box.checked = kept.keys === true;
  for (const field of fields) field.value = kept.map?.[field.name] ?? field.value;
  box.addEventListener("change", () => keepHabits({ keys: box.checked }));
  for (const field of fields) {
    field.addEventListener("change", () => keepHabits({ map: chosen(fields) }));
  }
  document.addEventListener("keydown", (event) => {
    const act = box.checked && !isTyping(event) && named(fields, event.key);
    if (!act) return;
    event.preventDefault();
    acts[act]();
  });
}

function chosen(fields) {
  return Object.fromEntries([...fields].map((field) => [field.name, field.value]));
}

function named(fields, key) {
  return [...fields].find((field) => field.value !== "" && field.value === key)?.name;
}

function isTyping(event) {
  const wanted = event.ctrlKey || event.altKey || event.metaKey;
  return wanted || event.target.matches("input, select, textarea, audio, [contenteditable]");
}
