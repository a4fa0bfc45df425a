// The text that a page shows, and where in the page each of its letters stands. The page itself is left
// as it is, so that a screen reader and a search in the page meet whole words.

/** What is not of the article: Loa's own words, and all that does something. */
const APART = ".player, .from, .own, .unseen, .source, .note, nav, form, script";
const BLOCKS = "p, li, h1, h2, h3, h4, h5, h6, td, th, caption, figcaption, blockquote, pre, dt, dd";

export class PageText {
  /** Reads the text below `root`, white space drawn together. @param {Element} root */
  constructor(root) {
    this.nodes = [];
    this.offsets = [];
    this.text = "";
    const letters = [];
    const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
    let block = null;
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      if (node.parentElement.closest(APART)) continue;
      const own = node.parentElement.closest(BLOCKS);
      if (own !== block) this.#add(letters, " ", node, 0);
      block = own;
      this.#read(letters, node);
    }
    this.text = letters.join("");
  }

  #read(letters, node) {
    const text = node.data;
    for (let at = 0; at < text.length; at += 1) {
      this.#add(letters, /\s/.test(text[at]) ? " " : text[at], node, at);
    }
  }

  #add(letters, letter, node, offset) {
    if (letter === " " && (letters.length === 0 || letters.at(-1) === " ")) return;
    letters.push(letter);
    this.nodes.push(node);
    this.offsets.push(offset);
  }

  /** Finds words behind a place and not far from it; -1 where they are not. */
  find(words, from) {
    const at = this.text.indexOf(words, from);
    return at >= 0 && at - from <= REACH ? at : -1;
  }

  /** The place of a part of the text in the page. @returns {Range} */
  range(start, end) {
    const range = document.createRange();
    range.setStart(this.nodes[start], this.offsets[start]);
    range.setEnd(this.nodes[end - 1], this.offsets[end - 1] + 1);
    return range;
  }
}

/** How many letters of other things may lie between two sentences. */
const REACH = 4000;

/** The block that a range begins in. @param {Range} range @returns {Element | null} */
export function blockOf(range) {
  return range.startContainer.parentElement.closest(BLOCKS);
}

/** White space drawn together, as in a [PageText]. */
export function drawnTogether(text) {
  return text.replace(/\s+/g, " ").trim();
}
