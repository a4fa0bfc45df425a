// The highly legible letters: every letter that Vietnamese has is drawn with them, and none is borrowed.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";

import { look, openStage } from "./stage.js";

let stage;
before(async () => (stage = await openStage()));
after(() => stage?.close());

/** The letters of Vietnamese with all their marks, and what stands between them. */
function letters() {
  const tones = ["", "\u0300", "\u0301", "\u0303", "\u0309", "\u0323"];
  const vowels = [..."aăâeêioôơuưy"].flatMap((vowel) => tones.map((tone) => (vowel + tone).normalize("NFC")));
  const small = [...vowels, ..."bcdđghklmnpqrstvxfjwz"];
  const great = small.map((letter) => letter.toUpperCase());
  return [...small, ...great, ..."0123456789₫%&.,;:!?…–-()“”‘’/+"];
}

test("every letter and sign of Vietnamese has its own glyph among the legible letters", async () => {
  const all = letters();
  assert.equal(all.length, 2 * (72 + 21) + 30);
  const reader = await stage.reader();
  const page = await reader.newPage();
  await page.goto(stage.address("/", look({ more: "~flegible" })));
  // A paragraph for each, between words, since a text of one sign is none.
  await page.fill("#text", all.map((letter) => `chữ\n\n${letter}${letter}${letter}`).join("\n\n"));
  await Promise.all([page.waitForEvent("load"), page.locator("#text ~ button").click()]);
  // Letters are drawn with others until their own have come: asked for, each file is waited for.
  await page.evaluate((all) => document.fonts.load("16px 'Lexend Variable'", all), all.join(""));
  await page.evaluate(() => document.fonts.ready);
  const shown = await page.locator("article p, .text p").allTextContents();
  const tools = await reader.newCDPSession(page);
  await tools.send("DOM.enable");
  await tools.send("CSS.enable");
  const { root } = await tools.send("DOM.getDocument", { depth: 0 });
  const { nodeIds } = await tools.send("DOM.querySelectorAll", { nodeId: root.nodeId, selector: ".text p" });
  const borrowed = [];
  const seen = new Set();
  for (const [index, nodeId] of nodeIds.entries()) {
    const { fonts } = await tools.send("CSS.getPlatformFontsForNode", { nodeId });
    const isOwn = fonts.every(({ familyName, isCustomFont }) => isCustomFont && familyName.includes("Lexend"));
    if (!isOwn || fonts.length === 0) borrowed.push(`${shown[index]}: ${fonts.map(({ familyName }) => familyName)}`);
    for (const letter of shown[index]) seen.add(letter);
  }
  assert.deepEqual(borrowed, []);
  assert.deepEqual(all.filter((letter) => !seen.has(letter)), [], "all of them were shown");
  await reader.close();
});
