// A reading ruler: a line beneath, or a window around, the line that is being read. It follows the
// pointer; where the keyboard moves the focus or the page, it goes to the focus or stays where it is,
// so that the text passes under it. It is laid over the page, takes no click and says nothing.

/** How many lines high the window is. */
const LINES = 2.5;

const kind = document.querySelector("script[data-ruler]").dataset.ruler;
const ruler = document.body.appendChild(document.createElement("div"));
ruler.className = `ruler ruler-${kind}`;
ruler.setAttribute("aria-hidden", "true");

/** Puts the ruler at a height of the window, in CSS pixels. */
function place(middle) {
  const line = parseFloat(getComputedStyle(document.querySelector("main")).lineHeight);
  ruler.style.setProperty("--middle", `${Math.round(middle)}px`);
  ruler.style.setProperty("--half", `${Math.round((line * LINES) / 2)}px`);
}

/** Goes to what has got the focus, unless the pointer brought it there. */
function follow(event) {
  if (!event.target.matches(":focus-visible")) return;
  const box = event.target.getBoundingClientRect();
  place(box.top + Math.min(box.height, innerHeight) / 2);
}

place(innerHeight * 0.4);
addEventListener("pointermove", (event) => place(event.clientY), { passive: true });
addEventListener("focusin", follow);
