// The player, where scripts may run: the one audio element of the page, steered by sentence and
// paragraph, followed in the text. Nothing sounds before somebody asks for it. The one thing it says to a
// screen reader is what somebody did, never what is being heard.

import { Follower } from "./follow.js";
import { habits, keepHabits, keepPlace, placeIn } from "./keep.js";
import { listenToKeys } from "./keys.js";
import { indexAt, marksOf } from "./marks.js";
import { Keeper } from "./keeper.js";
import { applyLook, keepLook } from "../offline/look.js";
import { announce, place as placeOnLockScreen } from "./session.js";
import { Sleep } from "./sleep.js";

const section = document.querySelector(".player");
const controls = section.querySelector(".controls");
const audio = section.querySelector("audio");
const status = controls.querySelector("[role=status]");
const control = (name) => controls.querySelector(`[name="${name}"]`);
const article = controls.dataset.article;

/** Going back within this time of a sentence's beginning goes to the one before, in milliseconds. */
const AGAIN = 1500;
/** The step of the speed, and its ends: beyond them a browser is silent. */
const [STEP, SLOWEST, FASTEST] = [0.05, 0.5, 4];

let follower = null;
let wanted = null;
let followed = true;
let movedByHand = false;
let ownScrollEnds = 0;
let frame = 0;

/** Says what somebody did, in the words that the page brought. */
function say(message, values = {}) {
  const words = controls.dataset[message] ?? "";
  status.textContent = words.replace(/\{(\w+)\}/g, (_, name) => values[name] ?? "");
}

/** Fetches the marks when they are first needed. */
function ready() {
  wanted ??= marksOf(controls.dataset.marks)
    .then((sentences) => {
      follower = new Follower(document.querySelector("main"), sentences);
    })
    .catch(() => {
      wanted = null;
      say("sayLost");
    });
  return wanted;
}

const now = () => audio.currentTime * 1000;
const here = () => (follower ? indexAt(follower.sentences, now() + 1) : -1);

/** Loads the sound's beginning; tells whether there is any. The last source speaks for all. */
function load() {
  audio.preload = "metadata";
  audio.load();
  return new Promise((done) => {
    audio.addEventListener("loadedmetadata", () => done(true), { once: true });
    audio.querySelector("source:last-of-type").addEventListener("error", () => done(false), { once: true });
  });
}

/** Goes to a time, also where nothing has been loaded yet. */
async function seek(milliseconds) {
  if (audio.readyState < HTMLMediaElement.HAVE_METADATA && !(await load())) {
    say("sayLost");
    return;
  }
  audio.currentTime = milliseconds / 1000;
  show();
}

/** Goes to a sentence and tells which it is. */
async function goTo(index) {
  const { sentences } = follower;
  const at = Math.max(0, Math.min(index, sentences.length - 1));
  if (sentences.length === 0) return;
  await seek(sentences[at].time);
  bringIntoView(at);
  say("saySentence", { number: at + 1, of: sentences.length });
}

/** Steps by sentences or paragraphs; `forward` is 1 or -1. */
async function step(forward, isStop) {
  await ready();
  if (!follower) return;
  const at = here();
  const begun = at >= 0 && now() - follower.sentences[at].time > AGAIN;
  let to = forward > 0 ? at + 1 : at - (begun ? 0 : 1);
  while (to > 0 && to < follower.sentences.length && !isStop(to)) to += forward;
  await goTo(to);
}

const anySentence = () => true;
const paragraph = (index) => !follower.continues(index);

const acts = {
  play: () => audio.play().catch(tellIfLost),
  pause: () => audio.pause(),
  toggle: () => (audio.paused ? acts.play() : acts.pause()),
  back: () => step(-1, anySentence),
  forward: () => step(1, anySentence),
  paragraphBack: () => step(-1, paragraph),
  paragraphForward: () => step(1, paragraph),
  slower: () => changeRate(-2 * STEP),
  faster: () => changeRate(2 * STEP),
  seek,
};

/** Tells of a sound that does not come; one that was merely stopped before it began is none. */
function tellIfLost({ name }) {
  if (name !== "AbortError") say("sayLost");
}

/** Changes the speed and tells it: the slider tells its own. */
function changeRate(by) {
  say("saySpeed", { times: setRate(audio.playbackRate + by) });
}

/** Sets the speed on top of that of the voice; the pitch is kept. Returns it in words. */
function setRate(rate) {
  const steps = Math.round(Math.max(SLOWEST, Math.min(FASTEST, rate)) / STEP);
  const times = Math.round(steps * STEP * 100) / 100;
  audio.preservesPitch = true;
  audio.defaultPlaybackRate = times;
  audio.playbackRate = times;
  keepHabits({ rate: times });
  const words = times.toLocaleString(document.documentElement.lang);
  control("rate").value = times;
  control("rate").setAttribute("aria-valuetext", controls.dataset.sayTimes.replace("{times}", words));
  controls.querySelector("#times").textContent = words;
  return words;
}

/** Marks in the text what is heard now. */
function show() {
  if (!follower) return;
  const at = here();
  const word = at < 0 ? -1 : indexAt(follower.sentences[at].words, now() + 1);
  const isNew = follower.show(followed ? at : -1, followed ? word : -1);
  if (isNew && followed && !audio.paused) keepInSight(at);
}

/** Follows the sentence being heard, unless somebody has moved away from it: then there is a way back. */
function keepInSight(index) {
  const isAway = Boolean(outOfSight(index));
  if (!isAway) movedByHand = false;
  else if (!movedByHand) bringIntoView(index);
  offerReturn(isAway && movedByHand);
}

/** Shows the way back or takes it away; a focus on it is not lost. */
function offerReturn(isWanted) {
  const way = control("return");
  if (!isWanted && document.activeElement === way) control("toggle").focus({ preventScroll: true });
  way.hidden = !isWanted;
}

/** How long the page may still move after it was scrolled from here, in milliseconds. */
const OWN_SCROLL = 1000;

/** Scrolls to a sentence that is out of sight. */
function bringIntoView(index) {
  const box = followed && outOfSight(index);
  if (!box) return;
  const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
  ownScrollEnds = performance.now() + OWN_SCROLL;
  scrollBy({ top: box.top - innerHeight / 3, behavior: calm ? "instant" : "smooth" });
}

/** Returns where a sentence is that cannot be seen whole; one higher than the window may be seen in part. */
function outOfSight(index) {
  const box = follower.rangeOf(index)?.getBoundingClientRect();
  if (!box) return null;
  const fits = box.height < innerHeight * 0.6;
  const seen = fits ? box.top >= 0 && box.bottom <= innerHeight : box.top < innerHeight / 2 && box.bottom > innerHeight / 3;
  return seen ? null : box;
}

/** Notes that somebody moves the page: by wheel or finger, or by whatever else than this player. */
function noteMove({ type }) {
  if (type !== "scroll" || performance.now() > ownScrollEnds) movedByHand = true;
}

/** Goes back to what is being heard. */
function goBack() {
  movedByHand = false;
  control("return").hidden = true;
  control("toggle").focus({ preventScroll: true });
  bringIntoView(here());
}

/** Follows the sound from frame to frame, as long as it runs and is seen. */
function follow() {
  cancelAnimationFrame(frame);
  show();
  if (!audio.paused) frame = requestAnimationFrame(follow);
}

/** Offers to go on where somebody stopped. */
function offerToGoOn() {
  const button = control("resume");
  const sentence = placeIn(article);
  button.hidden = !sentence;
  if (!sentence) return;
  button.textContent = button.dataset.words.replace("{number}", sentence.slice(1));
  button.addEventListener("click", async () => {
    button.hidden = true;
    control("toggle").focus();
    await ready();
    const at = follower?.sentences.findIndex(({ id }) => id === sentence) ?? -1;
    if (at >= 0) await goTo(at);
    await acts.play();
  });
}

function keepHere() {
  const at = here();
  if (at > 0 && !audio.ended) keepPlace(article, follower.sentences[at].id);
}

/** Hears the sentence that is pressed on, once somebody listens; a link stays a link. */
async function hearPressed(event) {
  const busy = event.target.closest("a, button, input, select, textarea, label, summary");
  const begun = audio.currentTime > 0 || !audio.paused;
  if (busy || !begun || !control("press").checked || !getSelection().isCollapsed || !follower) return;
  const letter = letterAt(event.clientX, event.clientY);
  const at = letter ? follower.sentenceAt(...letter) : -1;
  if (at >= 0) await goTo(at);
}

/** The text node and the letter in it at a point of the window; older browsers know it by another name. */
function letterAt(x, y) {
  const caret = document.caretPositionFromPoint?.(x, y);
  if (caret) return [caret.offsetNode, caret.offset];
  const range = document.caretRangeFromPoint?.(x, y);
  return range ? [range.startContainer, range.startOffset] : null;
}

/** Plays here from the heading or paragraph that a link names, rather than leave the page for its sound. */
async function hearFrom(event) {
  const isPlain = !(event.ctrlKey || event.metaKey || event.shiftKey || event.altKey);
  if (!isPlain) return;
  event.preventDefault();
  const link = event.currentTarget;
  await ready();
  const block = document.getElementById(new URL(link.href).searchParams.get("from"));
  const at = follower ? follower.firstIn(block) : -1;
  if (at < 0) {
    location.assign(link.href);
    return;
  }
  await goTo(at);
  await acts.play();
}

function onPlay() {
  control("toggle").textContent = controls.dataset.pause;
  movedByHand = false;
  control("resume").hidden = true;
  ready().then(follow);
}

function onPause() {
  control("toggle").textContent = controls.dataset.play;
  offerReturn(false);
  keepHere();
  show();
}

function onEnd() {
  keepPlace(article, null);
  follower?.show(-1, -1);
}

function connect() {
  for (const name of ["toggle", "back", "forward", "paragraphBack", "paragraphForward", "slower", "faster"]) {
    control(name).addEventListener("click", acts[name]);
  }
  control("rate").addEventListener("input", (event) => setRate(Number(event.target.value)));
  const sleep = new Sleep(() => {
    acts.pause();
    control("sleep").value = "0";
    say("saySlept");
  });
  control("sleep").addEventListener("change", (event) => sleep.set(Number(event.target.value)));
  keepBox("press");
  keepBox("follow", (isOn) => {
    followed = isOn;
    show();
  });
  listenToKeys(control("keys"), controls.querySelectorAll(".key"), acts);
  document.querySelector("main").addEventListener("click", hearPressed);
  for (const link of document.querySelectorAll(".from a")) link.addEventListener("click", hearFrom);
  control("return").addEventListener("click", goBack);
  for (const moved of ["wheel", "touchmove", "scroll"]) addEventListener(moved, noteMove, { passive: true });
}

/** A box that is kept as it was left; it is on at first. */
function keepBox(name, changed = () => {}) {
  const box = control(name);
  box.checked = habits()[name] !== false;
  changed(box.checked);
  box.addEventListener("change", () => {
    keepHabits({ [name]: box.checked });
    changed(box.checked);
  });
}

function begin() {
  if (location.pathname === "/kept") applyLook();
  else keepLook();
  connect();
  offerToGoOn();
  audio.addEventListener("play", onPlay);
  audio.addEventListener("pause", onPause);
  audio.addEventListener("ended", onEnd);
  audio.addEventListener("seeked", show);
  audio.addEventListener("timeupdate", () => placeOnLockScreen(audio));
  addEventListener("pagehide", keepHere);
  new Keeper(controls, audio, say).connect();
  announce(
    {
      title: document.querySelector("h1").textContent,
      artist: controls.dataset.site,
      artwork: [{ src: controls.dataset.cover, sizes: "128x128", type: "image/png" }],
    },
    acts,
  );
  const { rate } = habits();
  if (rate && rate !== 1) setRate(rate);
  controls.hidden = false;
}

begin();
