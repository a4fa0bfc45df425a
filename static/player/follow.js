// Shows in the text what is being heard, with the CSS Custom Highlight API.

import { PageText, blockOf, drawnTogether } from "./text.js";

const bytes = new TextEncoder();

export class Follower {
  /** Finds every sentence in the page. @param {Element} root @param {import("./marks.js").Sentence[]} sentences */
  constructor(root, sentences) {
    this.sentences = sentences;
    this.page = new PageText(root);
    this.places = [];
    this.shown = "";
    let from = 0;
    for (const sentence of sentences) {
      const words = drawnTogether(sentence.value);
      const at = words ? this.page.find(words, from) : -1;
      this.places.push(at < 0 ? null : { start: at, end: at + words.length });
      if (at >= 0) from = at + words.length;
    }
  }

  /** The place of a sentence in the page, where it is shown there. @returns {Range | null} */
  rangeOf(index) {
    const place = this.places[index];
    return place ? this.page.range(place.start, place.end) : null;
  }

  /** The place of a word of a sentence. @returns {Range | null} */
  wordRange(index, word) {
    const place = this.places[index];
    const mark = this.sentences[index]?.words[word];
    if (!place || !mark) return null;
    const { start, value } = this.sentences[index];
    const [from, to] = [mark.start, mark.end].map((byte) => lettersUpTo(value, byte - start));
    return to > from ? this.page.range(place.start + from, Math.min(place.start + to, place.end)) : null;
  }

  /** Marks a sentence and one of its words; -1 for none. Returns whether anything changed. */
  show(index, word) {
    const key = `${index}/${word}`;
    if (key === this.shown || !("highlights" in CSS)) return false;
    this.shown = key;
    mark("loa-sentence", this.rangeOf(index));
    mark("loa-word", this.wordRange(index, word));
    return true;
  }

  /** The sentence at a letter of the page; -1 where there is none. */
  sentenceAt(node, offset) {
    const holds = (place, index) => {
      const range = place && this.rangeOf(index);
      return range && range.isPointInRange(node, offset);
    };
    return this.places.findIndex(holds);
  }

  /** The first sentence in an element or, where it has none, after it; -1 where there is none. */
  firstIn(element) {
    const isThere = (place, index) => {
      const range = place && this.rangeOf(index);
      return range && (element.contains(range.startContainer) || isAfter(element, range.startContainer));
    };
    return element ? this.places.findIndex(isThere) : -1;
  }

  /** Is a sentence in the same paragraph as the one before it? */
  continues(index) {
    const [before, here] = [this.rangeOf(index - 1), this.rangeOf(index)];
    return Boolean(before && here && blockOf(before) === blockOf(here));
  }
}

function isAfter(element, node) {
  return Boolean(element.compareDocumentPosition(node) & Node.DOCUMENT_POSITION_FOLLOWING);
}

function mark(name, range) {
  if (range) CSS.highlights.set(name, new Highlight(range));
  else CSS.highlights.delete(name);
}

/** How many letters of a text drawn together its first bytes are. */
function lettersUpTo(text, count) {
  let seen = 0;
  let at = 0;
  for (const letter of text) {
    if (seen >= count) break;
    seen += bytes.encode(letter).length;
    at += letter.length;
  }
  const passed = text.slice(0, at);
  const together = passed.replace(/\s+/g, " ");
  return together.length - (/^\s/.test(text) ? 1 : 0);
}
