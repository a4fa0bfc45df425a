// Every kind of page by keyboard alone: all is reached in the order of the text, the focus is always seen, and
// nothing holds it; the settings are made and kept, with scripts and without, with cookies and without.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";

import { look, openStage } from "./stage.js";

let stage;
before(async () => (stage = await openStage()));
after(() => stage?.close());

/** Numbers what the Tab key should reach, in the order of the text. Runs in the page. */
function stops() {
  const selector = "a[href], button, input, select, textarea, summary, audio[controls], [tabindex='0']";
  const isFirstOfGroup = (radio) => {
    const group = [...document.querySelectorAll(`input[type=radio][name="${radio.name}"]`)];
    return radio === (group.find(({ checked }) => checked) ?? group[0]);
  };
  const reached = [...document.querySelectorAll(selector)].filter((element) => {
    const isOff = element.disabled || element.type === "hidden" || element.tabIndex < 0;
    return !isOff && element.checkVisibility() && (element.type !== "radio" || isFirstOfGroup(element));
  });
  reached.forEach((element, index) => (element.dataset.stop = index));
  return reached.length;
}

/** Tells which stop has the focus, and what is wrong with how it is seen. Runs in the page. */
function focus() {
  const element = document.activeElement;
  if (!element || element === document.body) return null;
  const luminance = (color) => {
    const [red, green, blue] = color.match(/[\d.]+/g).map((part) => {
      const share = part / 255;
      return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
  };
  const style = getComputedStyle(element);
  const ground = getComputedStyle(document.body).backgroundColor;
  const [one, other] = [luminance(style.outlineColor), luminance(ground)];
  const contrast = (Math.max(one, other) + 0.05) / (Math.min(one, other) + 0.05);
  const box = [...element.getClientRects()].find(({ width, height }) => width > 1 && height > 1);
  const faults = [];
  if (style.outlineStyle === "none" || parseFloat(style.outlineWidth) < 2) faults.push("no outline");
  else if (contrast < 3) faults.push(`an outline of ${contrast.toFixed(1)}`);
  if (!box) faults.push("no size");
  else {
    const [x, y] = [(Math.max(box.left, 0) + Math.min(box.right, innerWidth)) / 2, (Math.max(box.top, 0) + Math.min(box.bottom, innerHeight)) / 2];
    const seen = document.elementFromPoint(x, y);
    if (box.bottom < 0 || box.top > innerHeight) faults.push("out of sight");
    else if (!seen || !(element.contains(seen) || seen.contains(element))) faults.push(`covered by ${seen?.outerHTML.slice(0, 60)}`);
  }
  return { stop: Number(element.dataset.stop ?? -1), name: element.outerHTML.slice(0, 90), faults };
}

/** Goes through a page with the Tab key, and returns what is wrong with that. */
async function walk(page, name) {
  const count = await page.evaluate(stops);
  const found = [];
  let before = -1;
  // The browser's own player has stops within; more presses than that mean that something holds the focus.
  for (let pressed = 0; pressed < 2 * count + 30; pressed += 1) {
    await page.keyboard.press("Tab");
    const now = await page.evaluate(focus);
    if (!now || (before === count - 1 && now.stop !== before)) {
      if (before !== count - 1) found.push(`${name}: the way ends after ${before + 1} of ${count}`);
      return found;
    }
    if (now.stop !== before && now.stop !== before + 1) found.push(`${name}: ${now.name} after stop ${before}`);
    if (now.stop !== before) found.push(...now.faults.map((fault) => `${name}: ${fault}: ${now.name}`));
    before = now.stop;
  }
  return [...found, `${name}: the focus stays at stop ${before} of ${count}`];
}

test("all is reached in order, and the focus is always seen", async () => {
  const reader = await stage.reader();
  const page = await reader.newPage();
  const found = [];
  for (const [kind, where] of Object.entries(stage.kinds)) {
    await page.goto(stage.address(where));
    found.push(...(await walk(page, kind)));
  }
  await reader.close();
  assert.deepEqual(found, []);
});

test("the focus is seen on a telephone at 400 %, on a dark ground, with the player unfolded", async () => {
  const reader = await stage.reader({ viewport: { width: 320, height: 640 } });
  const page = await reader.newPage();
  const found = [];
  for (const kind of ["front", "settings", "article", "listing", "problem: words", "help"]) {
    await page.goto(stage.address(stage.kinds[kind], look({ scale: 400, theme: "yellow-on-blue" })));
    await page.evaluate(() => document.querySelectorAll("details").forEach((details) => (details.open = true)));
    found.push(...(await walk(page, kind)));
  }
  await reader.close();
  assert.deepEqual(found, []);
});

test("the first link of each page leads past everything to its main part", async () => {
  const reader = await stage.reader();
  const page = await reader.newPage();
  for (const [kind, where] of Object.entries(stage.kinds)) {
    await page.goto(stage.address(where));
    await page.keyboard.press("Tab");
    const skip = page.locator("a.skip");
    assert.equal(await skip.evaluate((link) => link === document.activeElement), true, kind);
    const { width, height } = await skip.boundingBox();
    assert.ok(width >= 44 && height >= 44, `${kind}: ${width}x${height}`);
    await page.keyboard.press("Enter");
    assert.equal(await page.evaluate(() => document.activeElement.id), "main", kind);
  }
  await reader.close();
});

/** Presses Tab until a field has the focus. */
async function tabTo(page, selector) {
  for (let pressed = 0; pressed < 400; pressed += 1) {
    if (await page.evaluate((selector) => document.activeElement.matches(selector), selector)) return;
    await page.keyboard.press("Tab");
  }
  throw new Error(`Tab does not reach ${selector}`);
}

/** Makes settings by keys alone: 200 %, yellow on black, southern voice; saves them. */
async function makeSettings(page) {
  await tabTo(page, "#scale");
  await page.keyboard.type("200");
  await tabTo(page, "[name=theme]");
  for (let pressed = 0; pressed < 3; pressed += 1) await page.keyboard.press("ArrowDown");
  await tabTo(page, "#voice");
  await page.keyboard.press("ArrowDown");
  await tabTo(page, "main form:not(.bar) button[type=submit]");
  await Promise.all([page.waitForEvent("load"), page.keyboard.press("Enter")]);
}

const looks = (page) =>
  page.evaluate(() => {
    const { theme, scale } = document.documentElement.dataset;
    return { theme, scale, size: getComputedStyle(document.documentElement).fontSize };
  });
const WISHED = { theme: "yellow-on-black", scale: "200", size: "32px" };

for (const javaScriptEnabled of [true, false]) {
  const scripts = javaScriptEnabled ? "with scripts" : "without scripts";

  test(`settings are made by keyboard and kept by one cookie, ${scripts}`, async () => {
    const reader = await stage.reader({ javaScriptEnabled });
    const page = await reader.newPage();
    await page.goto(stage.address(stage.kinds.article));
    await tabTo(page, "nav a[href^='/settings']");
    await page.keyboard.press("Enter");
    await page.waitForURL("**/settings*");
    await makeSettings(page);
    assert.deepEqual(await looks(page), WISHED, "back on the article, in its new looks");
    assert.match(page.url(), /\/read\?url=/);
    assert.match(await page.locator("audio source").first().getAttribute("src"), /voice=vi-north/);
    const cookies = await reader.cookies();
    assert.equal(cookies.length, 1);
    assert.deepEqual([cookies[0].httpOnly, cookies[0].sameSite, cookies[0].path], [true, "Lax", "/"]);
    for (const kind of ["front", "listing", "problem: gone", "help"]) {
      await page.goto(stage.address(stage.kinds[kind]));
      assert.deepEqual(await looks(page), WISHED, kind);
    }
    await reader.close();
  });

  test(`without cookies settings go along in every link and form, ${scripts}`, async () => {
    const reader = await stage.reader({ javaScriptEnabled });
    const page = await reader.newPage();
    const forget = () => reader.clearCookies();
    await page.goto(stage.address("/settings", "s100"));
    await makeSettings(page);
    await forget();
    await page.goto(page.url());
    assert.deepEqual(await looks(page), WISHED, "the address holds them");
    await page.goto(stage.address("/", new URL(page.url()).searchParams.get("s").replace("1~", "")));
    await page.locator("a[href*='sample.loa.invalid%2Fvi%2F&']").click();
    await forget();
    assert.deepEqual(await looks(page), WISHED, "by a link");
    await page.locator(".entries a").first().click();
    assert.deepEqual(await looks(page), WISHED, "by an entry");
    await page.locator("header .bar a").first().click();
    assert.deepEqual({ ...(await looks(page)), size: "" }, { ...WISHED, scale: "250", size: "" }, "A+");
    await page.locator("header nav a").first().click();
    await page.fill("#url", stage.portal.origin + "/article");
    await page.locator("form.panel button").first().click();
    assert.equal((await looks(page)).scale, "250", "by the form of the front page");
    assert.equal((await reader.cookies()).length, 0);
    await reader.close();
  });

  test(`A+ and A- change the size where one is, ${scripts}`, async () => {
    const reader = await stage.reader({ javaScriptEnabled });
    const page = await reader.newPage();
    await page.goto(stage.address(stage.kinds.article));
    const here = page.url();
    for (const [button, scale] of [[0, "125"], [0, "150"], [1, "125"], [2, "100"]]) {
      await Promise.all([page.waitForEvent("load"), page.locator("header .bar button").nth(button).click()]);
      assert.equal((await looks(page)).scale, scale);
      assert.equal(page.url(), here);
    }
    await reader.close();
  });
}

test("nothing was asked of another origin, and nothing was said on the console", () => {
  assert.deepEqual(stage.broken, []);
});
