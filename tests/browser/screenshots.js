// Pictures of the pages, to be looked at: `./run screenshots FOLDER`.

import { mkdir } from "node:fs/promises";
import path from "node:path";

import { look, openStage } from "./stage.js";

const KINDS = ["article", "article with tables", "listing", "front", "settings", "problem: words", "kept articles"];
const THEMES = ["auto", "yellow-on-black", "black-on-peach"];
const WINDOWS = { wide: { width: 1280, height: 900 }, narrow: { width: 320, height: 640 } };

const [folder] = process.argv.slice(2);
if (!folder) throw new Error("screenshots.js FOLDER");
await mkdir(folder, { recursive: true });
const stage = await openStage();
try {
  for (const [window, viewport] of Object.entries(WINDOWS)) {
    const reader = await stage.reader({ viewport });
    const page = await reader.newPage();
    for (const kind of KINDS) {
      for (const theme of THEMES) {
        for (const scale of [100, 400]) {
          await page.goto(stage.address(stage.kinds[kind], look({ theme, scale })));
          const name = `${kind.replaceAll(/[^a-z]+/g, "-")}-${theme}-${scale}-${window}.png`;
          await page.screenshot({ path: path.join(folder, name), fullPage: true });
        }
      }
    }
    await reader.close();
  }
} finally {
  await stage.close();
}
