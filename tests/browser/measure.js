// What a page looks like, measured in the page itself. Each function is sent there alone, so that it names
// nothing outside of it.

/**
 * Every text of the page whose colour stands out from what is behind it by less than it should.
 * Source: WCAG 2.2, relative luminance and contrast ratio.
 */
export function faint(least) {
  const parts = (color) => color.match(/[\d.]+/g).map(Number);
  const luminance = (color) => {
    const [red, green, blue] = parts(color).map((part) => {
      const share = part / 255;
      return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
  };
  const isClear = (color) => color === "transparent" || parts(color)[3] === 0;
  const ground = (element) => {
    for (let at = element; at; at = at.parentElement) {
      const { backgroundColor } = getComputedStyle(at);
      if (!isClear(backgroundColor)) return backgroundColor;
    }
    return "rgb(255, 255, 255)";
  };
  const contrast = (element) => {
    const [one, other] = [luminance(getComputedStyle(element).color), luminance(ground(element))];
    return (Math.max(one, other) + 0.05) / (Math.min(one, other) + 0.05);
  };
  const found = [];
  const look = (element, text) => {
    const ratio = contrast(element);
    const opaque = getComputedStyle(element).opacity === "1";
    if (ratio < least || !opaque) found.push(`${ratio.toFixed(2)}: ${text.trim().slice(0, 40)}`);
  };
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    if (node.data.trim() && node.parentElement.checkVisibility()) look(node.parentElement, node.data);
  }
  for (const field of document.querySelectorAll("input, select, textarea, option")) {
    if (field.checkVisibility() && field.type !== "color") look(field, field.value || field.name);
  }
  return found;
}

/**
 * Everything to be hit by a finger that is too small for one.
 * Source: WCAG 2.2, 2.5.5: 44 by 44 CSS pixels, but for links in the midst of a text.
 */
export function small(least) {
  const inText = (element) => {
    if (getComputedStyle(element).display !== "inline") return false;
    const block = element.closest("p, li, td, th, figcaption, caption, blockquote, dd, h2, h3, h4, h5, h6, div");
    return block && block.textContent.trim() !== element.textContent.trim();
  };
  const found = [];
  for (const element of document.querySelectorAll("a[href], button, input, select, textarea, summary, audio")) {
    if (element.type === "hidden" || !element.checkVisibility() || inText(element)) continue;
    const hit = element.matches("input") ? (element.closest("label") ?? element) : element;
    const { width, height } = hit.getBoundingClientRect();
    const isUnseen = element.matches(".skip:not(:focus)");
    if (!isUnseen && (width < least - 0.5 || height < least - 0.5)) {
      found.push(`${width.toFixed(0)}x${height.toFixed(0)}: ${element.outerHTML.slice(0, 80)}`);
    }
  }
  return found;
}

/** What is wider than the window, and what is cut off by its own frame (WCAG 1.4.4, 1.4.10, 1.4.12). */
export function cutOff() {
  const found = [];
  const { scrollWidth, clientWidth } = document.documentElement;
  if (scrollWidth > clientWidth) found.push(`the page is ${scrollWidth} wide in ${clientWidth}`);
  for (const element of document.body.querySelectorAll("*")) {
    if (!element.checkVisibility() || element.closest(".unseen, .skip, .ruler")) continue;
    const style = getComputedStyle(element);
    const name = () => element.outerHTML.slice(0, 80);
    const box = element.getBoundingClientRect();
    const scrolls = element.closest(".wide");
    if (!scrolls && box.width > 0 && (box.left < -0.5 || box.right > innerWidth + 0.5)) found.push(`sticks out: ${name()}`);
    const clips = style.overflowX !== "visible" || style.overflowY !== "visible";
    const isField = element.matches("textarea, select, input, audio");
    if (clips && !isField && element !== scrolls) {
      const isCut = element.scrollWidth > element.clientWidth + 1 || element.scrollHeight > element.clientHeight + 1;
      if (isCut) found.push(`cut off: ${name()}`);
    }
    const isButton = element.matches("button, .button");
    if (isButton && element.scrollWidth > element.clientWidth + 1) found.push(`too narrow: ${name()}`);
  }
  return found;
}

/** Lines too low for two marks above a letter, too long for the eye, or spread to both edges (WCAG 1.4.8). */
export function hardLines({ lowest, longest }) {
  const found = [];
  const canvas = document.createElement("canvas").getContext("2d");
  const sample = "Sáng nay, xã mở phòng đọc cho người khiếm thị trong huyện. ";
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const element = node.parentElement;
    const isOwn = element.closest("[aria-hidden], script, .unseen, sup, sub, option");
    if (!node.data.trim() || isOwn || !element.checkVisibility()) continue;
    const style = getComputedStyle(element);
    const share = parseFloat(style.lineHeight) / parseFloat(style.fontSize);
    const name = node.data.trim().slice(0, 40);
    if (!(share >= lowest - 0.005)) found.push(`lines of ${share.toFixed(2)}: ${name}`);
    if (style.textAlign === "justify") found.push(`spread: ${name}`);
    if (!element.matches("p")) continue;
    canvas.font = style.font;
    const letter = canvas.measureText(sample).width / sample.length + (parseFloat(style.letterSpacing) || 0);
    const letters = element.clientWidth / letter;
    if (letters > longest) found.push(`${letters.toFixed(0)} letters in a line: ${name}`);
  }
  return [...new Set(found)];
}

/** Words of a few letters that are torn apart at the end of a line. */
export function torn(longest) {
  const found = [];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  const range = document.createRange();
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const isUnseen = node.parentElement.closest(".unseen, .skip, option, template, script, code, pre");
    if (isUnseen || !node.parentElement.checkVisibility()) continue;
    // Addresses, numbers and what else is written without spaces may end anywhere.
    for (const { 0: word, index } of node.data.matchAll(/(?<=^|[\s(“])[\p{L}\p{M}]+(?=[\s).,:;”]|$)/gu)) {
      if (word.length > longest) continue;
      range.setStart(node, index);
      range.setEnd(node, index + word.length);
      const lines = new Set([...range.getClientRects()].filter(({ width }) => width > 0).map(({ top }) => Math.round(top)));
      if (lines.size > 1) found.push(`${word}: ${node.parentElement.outerHTML.slice(0, 60)}`);
    }
  }
  return found;
}

/** Whatever moves by itself. */
export function moving() {
  return document.getAnimations().map((animation) => animation.effect?.target?.outerHTML.slice(0, 80) ?? "something");
}

/** Controls without an edge, and links without a line (forced colours keep nothing else). */
export function edgeless() {
  const found = [];
  for (const element of document.querySelectorAll("button, input, select, textarea, .button")) {
    if (element.type === "hidden" || !element.checkVisibility()) continue;
    const style = getComputedStyle(element);
    const drawn = element.matches("[type=checkbox], [type=range], [type=color]");
    if (!drawn && (style.borderTopStyle === "none" || parseFloat(style.borderTopWidth) < 1)) {
      found.push(element.outerHTML.slice(0, 80));
    }
  }
  for (const link of document.querySelectorAll("a[href]:not(.button)")) {
    const isLined = getComputedStyle(link).textDecorationLine.includes("underline");
    if (link.checkVisibility() && !isLined) found.push(link.outerHTML.slice(0, 80));
  }
  return found;
}
