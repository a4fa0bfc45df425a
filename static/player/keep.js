// What the player keeps on this machine: where one stopped in an article, and how one likes to listen.
// A browser that keeps nothing is no fault: all else works.

const PLACES = "loa-places";
const HABITS = "loa-player";
/** Most articles whose place is kept. */
const MOST = 60;

function read(key) {
  try {
    return JSON.parse(localStorage.getItem(key) ?? "{}") ?? {};
  } catch {
    return {};
  }
}

function write(key, value) {
  try {
    localStorage.setItem(key, JSON.stringify(value));
  } catch {
    // Full, or forbidden.
  }
}

/** Returns the sentence at which one stopped in an article. @returns {string | undefined} */
export function placeIn(article) {
  return read(PLACES)[article];
}

/** Keeps the sentence at which one stops; none forgets it. */
export function keepPlace(article, sentence) {
  const { [article]: _, ...others } = read(PLACES);
  const kept = Object.entries(others).slice(-(MOST - 1));
  if (sentence) kept.push([article, sentence]);
  write(PLACES, Object.fromEntries(kept));
}

/** Returns how one likes to listen. */
export function habits() {
  return read(HABITS);
}

/** Keeps some of it. */
export function keepHabits(some) {
  write(HABITS, { ...habits(), ...some });
}
