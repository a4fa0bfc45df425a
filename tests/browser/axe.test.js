// axe-core with every rule it has for WCAG 2.2 A to AAA and best practice, over every kind of page, at 100, 200
// and 400 %, with scripts and without; and its rules that hang on colours in every theme.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";

import axe from "axe-core";

import { THEMES, look, openStage } from "./stage.js";

const TAGS = [
  "wcag2a",
  "wcag2aa",
  "wcag2aaa",
  "wcag21a",
  "wcag21aa",
  "wcag21aaa",
  "wcag22a",
  "wcag22aa",
  "wcag22aaa",
  "best-practice",
];

let stage;
before(async () => (stage = await openStage()));
after(() => stage?.close());

/** The rules that a theme can break. */
const OF_COLORS = ["color-contrast", "color-contrast-enhanced", "link-in-text-block"];

/** What axe finds in a page that is open, a line each; by `only` some rules, or by all. */
async function faults(page, only) {
  await page.evaluate(axe.source);
  return page.evaluate(
    async ({ tags, only }) => {
      // Some rules of AAA are off unless they are asked for one by one.
      const ids = only ?? axe.getRules(tags).map(({ ruleId }) => ruleId);
      const { violations } = await axe.run({ runOnly: { type: "rule", values: ids }, resultTypes: ["violations"] });
      return violations.flatMap(({ id, nodes }) =>
        nodes.map(({ html, failureSummary }) => `${id}: ${html} ${failureSummary.split("\n")[1] ?? ""}`),
      );
    },
    { tags: TAGS, only },
  );
}

/** Opens every kind of page in each of some looks, and returns all that is found. */
async function everywhere(looks, { only, scripts = true, ...options } = {}) {
  const reader = await stage.reader(options);
  // axe is a script itself, so that those of the page are taken away rather than switched off.
  if (!scripts) await reader.route("**/*.js*", (route) => route.fulfill({ contentType: "text/javascript", body: "" }));
  const page = await reader.newPage();
  const found = [];
  for (const [kind, where] of Object.entries(stage.kinds)) {
    for (const wishes of looks) {
      await page.goto(stage.address(where, look(wishes)));
      found.push(...(await faults(page, only)).map((fault) => `${kind}, ${JSON.stringify(wishes)}: ${fault}`));
    }
  }
  await reader.close();
  return found;
}

test("axe finds nothing in any page", async () => {
  assert.deepEqual(await everywhere([{}]), []);
});

test("axe finds nothing in the colours of any theme", async () => {
  const looks = THEMES.map((theme) => ({ theme }));
  assert.deepEqual(await everywhere(looks, { only: OF_COLORS }), []);
});

test("axe finds nothing at 200 and 400 %, with everything as wide as it can be set", async () => {
  const wide = "~pwider~wnarrow~uwindow~fserif";
  assert.deepEqual(await everywhere([{ scale: 200 }, { scale: 400, lang: "en", more: wide }]), []);
});

test("axe finds nothing on a telephone at 400 %", async () => {
  const telephone = { viewport: { width: 320, height: 640 }, hasTouch: true, isMobile: true };
  assert.deepEqual(await everywhere([{ scale: 400, theme: "yellow-on-black" }], telephone), []);
});

test("axe finds nothing where scripts are off", async () => {
  assert.deepEqual(await everywhere([{ lang: "en", theme: "soft-dark" }], { scripts: false }), []);
});

test("nothing was asked of another origin, and nothing was said on the console", () => {
  assert.deepEqual(stage.broken, []);
});
