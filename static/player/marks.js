// When each sentence and word of an article is heard, as `/marks.ndjson` tells it.

/**
 * @typedef {{time: number, start: number, end: number}} Word milliseconds; bytes of the reading text
 * @typedef {{id: string, time: number, start: number, value: string, words: Word[]}} Sentence
 */

/** Fetches the marks of a sound. @param {string} address @returns {Promise<Sentence[]>} */
export async function marksOf(address) {
  const answer = await fetch(address);
  if (!answer.ok) throw new Error(`marks: ${answer.status}`);
  return sentencesOf(await answer.text());
}

/** Puts the words of a list of marks into their sentences. @param {string} lines @returns {Sentence[]} */
function sentencesOf(lines) {
  const sentences = [];
  for (const line of lines.split("\n").filter(Boolean)) {
    const { type, ...mark } = JSON.parse(line);
    if (type === "sentence") sentences.push({ ...mark, words: [] });
    else if (sentences.length > 0) sentences.at(-1).words.push(mark);
  }
  return sentences;
}

/** The last of some marks that has begun at `time`; -1 before the first. @param {{time: number}[]} marks */
export function indexAt(marks, time) {
  let [low, high] = [0, marks.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (marks[middle].time <= time) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}
