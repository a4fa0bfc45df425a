// The page of what is kept on this machine: each article with its size, and a way to give it up.

import { addressOf, canKeep, drop, list, sizeOf } from "./kept.js";
import { applyLook } from "./look.js";

const part = (name) => document.querySelector(`[data-part="${name}"]`);
const fill = (element, values) => {
  element.textContent = element.dataset.words.replace(/\{(\w+)\}/g, (_, name) => values[name] ?? "");
};

/** Shows the list anew. */
async function show() {
  const all = await list();
  const shown = part("list");
  shown.replaceChildren(...all.map(entry));
  part("none").hidden = all.length > 0;
  part("room").hidden = all.length === 0;
  fill(part("size"), { size: sizeOf(all.reduce((sum, { bytes }) => sum + bytes, 0)) });
}

/** One article of the list. */
function entry({ article, title, lang, site, bytes }) {
  const entry = part("entry").content.cloneNode(true);
  const link = entry.querySelector("a");
  link.href = addressOf(article);
  link.textContent = title;
  link.lang = lang;
  fill(entry.querySelector("p"), { site, size: sizeOf(bytes) });
  const button = entry.querySelector("button");
  fill(button, { title });
  button.addEventListener("click", () => giveUp([article], title));
  return entry;
}

/** Gives articles up, tells it, and puts the focus where it is not lost. */
async function giveUp(articles, title) {
  for (const article of articles) await drop(article);
  await show();
  fill(part("status"), { title });
  document.querySelector("main").focus();
}

function begin() {
  part("scripts").hidden = true;
  if (!canKeep()) {
    part("cannot").hidden = false;
    return;
  }
  // The worker shows this page where another could not be had.
  const isItself = location.pathname === "/offline";
  part("no-network").hidden = isItself;
  // In another's place it comes from this machine; by itself it is as new as the network allows.
  if (!isItself) applyLook();
  part("all").addEventListener("click", async () => {
    const all = await list();
    await giveUp(all.map(({ article }) => article), all.map(({ title }) => title).join(", "));
  });
  show();
}

begin();
