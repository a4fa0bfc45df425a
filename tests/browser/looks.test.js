// How every kind of page looks: contrast, targets, reflow, spacing, forced colours, print; in every theme, at
// every size, with scripts and without.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";

import { cutOff, edgeless, faint, hardLines, moving, small, torn } from "./measure.js";
import { THEMES, look, openStage } from "./stage.js";

/** WCAG 1.4.6, and the room that a finger needs (2.5.5), in CSS pixels. */
const CONTRAST = 7;
const TARGET = 44;
/** WCAG 1.4.8, and what two marks above a letter need. */
const LINES = { lowest: 1.6, longest: 80 };
/** The longest syllable of Vietnamese has seven letters. */
const SYLLABLE = 7;
/** WCAG 1.4.10. */
const NARROW = { width: 320, height: 640 };

let stage;
before(async () => (stage = await openStage()));
after(() => stage?.close());

/**
 * Opens every kind of page in each of some looks, and returns what some measures find, each a function of the
 * page with what it is given. Details are opened, since what they hold is part of the page.
 */
async function everywhere(looks, measures, { prepare = async () => {}, ...options } = {}) {
  const reader = await stage.reader(options);
  const page = await reader.newPage();
  const faults = new Faults();
  for (const [kind, where] of Object.entries(stage.kinds)) {
    for (const wishes of looks) {
      await page.goto(stage.address(where, look(wishes)));
      await page.evaluate(() => document.querySelectorAll("details").forEach((details) => (details.open = true)));
      await prepare(page);
      for (const [measure, given] of measures) {
        faults.add(await page.evaluate(measure, given), `${kind}, ${JSON.stringify(wishes)}`);
      }
    }
  }
  await reader.close();
  return faults.lines();
}

/**
 * Holds every kind of page in every theme against some measures. A page is opened once, with the sheet of one's
 * own colours, and told the other themes in turn: by the one attribute that the server writes for them.
 */
async function inEveryTheme(scale, measures, options) {
  const reader = await stage.reader(options);
  const page = await reader.newPage();
  const faults = new Faults();
  for (const [kind, where] of Object.entries(stage.kinds)) {
    await page.goto(stage.address(where, look({ scale, theme: "custom" })));
    for (const theme of THEMES) {
      await page.evaluate((theme) => (document.documentElement.dataset.theme = theme), theme);
      for (const [measure, given] of measures) faults.add(await page.evaluate(measure, given), `${kind}, ${theme}`);
    }
  }
  await reader.close();
  return faults.lines();
}

/** Faults, each told once however many pages have it. */
class Faults {
  #places = new Map();

  add(faults, place) {
    for (const fault of faults) this.#places.set(fault, [...(this.#places.get(fault) ?? []), place]);
  }

  lines() {
    return [...this.#places].map(([fault, places]) => `${fault} (${places.length}, as in ${places[0]})`);
  }
}

const ALL = [
  [faint, CONTRAST],
  [small, TARGET],
  [cutOff],
  [hardLines, LINES],
  [torn, SYLLABLE],
  [moving],
  [edgeless],
];

for (const javaScriptEnabled of [true, false]) {
  const scripts = javaScriptEnabled ? "with scripts" : "without scripts";

  test(`every theme can be read and hit at 100 %, ${scripts}`, async () => {
    assert.deepEqual(await inEveryTheme(100, ALL, { javaScriptEnabled }), []);
  });

  test(`nothing is lost at 200 and 400 %, ${scripts}`, async () => {
    const looks = [200, 400].map((scale) => ({ scale, theme: "soft-dark", lang: "en" }));
    assert.deepEqual(await everywhere(looks, ALL, { javaScriptEnabled }), []);
  });

  test(`nothing is lost at 320 pixels, at 100 to 400 %, ${scripts}`, async () => {
    const options = { javaScriptEnabled, viewport: NARROW };
    const looks = (...scales) => scales.map((scale) => ({ scale, theme: "yellow-on-black" }));
    assert.deepEqual(await everywhere(looks(100, 200, 300), ALL, options), []);
    // Letters of 64 pixels: of the widest kind five fill the window.
    const measures = ALL.map(([measure, given]) => [measure, measure === torn ? 5 : given]);
    assert.deepEqual(await everywhere(looks(400), measures, options), []);
  });
}

test("every theme can be read at 200 and 400 %", async () => {
  for (const scale of [200, 400]) {
    assert.deepEqual(await inEveryTheme(scale, [[faint, CONTRAST], [cutOff]]), []);
  }
});

test("nothing is lost with the widest spacing that can be set, in every kind of letters", async () => {
  const looks = ["sans", "legible", "serif", "mono"].map((font) => ({ scale: 200, more: `~pwider~wwide~f${font}` }));
  assert.deepEqual(await everywhere(looks, [[cutOff], [small, TARGET], [hardLines, LINES]], { viewport: NARROW }), []);
});

test("nothing is lost with a reader's own spacing (WCAG 1.4.12)", async () => {
  const content = "* { line-height: 1.5 !important; letter-spacing: .12em !important; word-spacing: .16em !important } p { margin-bottom: 2em !important }";
  const prepare = (page) => page.addStyleTag({ content });
  const options = { bypassCSP: true, prepare, viewport: NARROW };
  assert.deepEqual(await everywhere([{ scale: 100 }, { scale: 200 }], [[cutOff], [small, TARGET]], options), []);
});

test("in the system's own few colours everything has its edge and can be read", async () => {
  const measures = [[faint, 4.5], [edgeless], [cutOff]];
  for (const colorScheme of ["light", "dark"]) {
    assert.deepEqual(await everywhere([{}], measures, { forcedColors: "active", colorScheme }), []);
  }
});

test("the system's wish for dark, for more contrast and for calm is heard", async () => {
  for (const colorScheme of ["light", "dark"]) {
    for (const contrast of ["no-preference", "more"]) {
      const options = { colorScheme, contrast, reducedMotion: "reduce" };
      assert.deepEqual(await everywhere([{}], [[faint, contrast === "more" ? 9 : CONTRAST], [moving]], options), []);
    }
  }
});

test("on paper there is the article and where it is from, and nothing else", async () => {
  const reader = await stage.reader();
  const page = await reader.newPage();
  await page.goto(stage.address(stage.kinds.article, look({ theme: "yellow-on-black" })));
  await page.emulateMedia({ media: "print" });
  for (const gone of ["header", "footer", ".player", ".skip", ".from >> nth=0"]) {
    assert.equal(await page.locator(gone).isVisible(), false, gone);
  }
  assert.equal(await page.locator("article").isVisible(), true);
  const shown = await page.evaluate(() => getComputedStyle(document.querySelector(".source a"), "::after").content);
  assert.match(shown, /127\.0\.0\.1/);
  assert.deepEqual(await page.evaluate(faint, CONTRAST), []);
  await reader.close();
});

test("nothing was asked of another origin, and nothing was said on the console", () => {
  assert.deepEqual(stage.broken, []);
});
