// Pages as a screen reader walks them: line by line, and by headings. The lines are kept beside this file;
// `UPDATE=1 ./run browser tests/browser/transcript.test.js` writes them anew, to be read before they are kept.

import assert from "node:assert/strict";
import { mkdir, readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { after, before, test } from "node:test";

import { look, openStage } from "./stage.js";

const FOLDER = path.join(import.meta.dirname, "transcript");

let stage;
before(async () => (stage = await openStage()));
after(() => stage?.close());

/** Roles that a screen reader names where it comes upon them, each on a line of its own. */
const NAMED = new Set([
  "banner",
  "main",
  "contentinfo",
  "navigation",
  "region",
  "search",
  "article",
  "form",
  "note",
  "group",
  "status",
  "figure",
  "table",
  "blockquote",
  "Audio",
  "DisclosureTriangle",
]);
/** Roles whose words stand on a line of their own. */
const BLOCKS = new Set([
  "paragraph",
  "heading",
  "listitem",
  "cell",
  "columnheader",
  "rowheader",
  "Figcaption",
  "caption",
  "LabelText",
  "code",
  "generic",
  "Legend",
  "radiogroup",
]);
/** Roles that are said with what they do, in the midst of a line. */
const ACTIVE = new Set([
  "link",
  "button",
  "textbox",
  "searchbox",
  "combobox",
  "radio",
  "checkbox",
  "slider",
  "DisclosureTriangle",
  "ColorWell",
]);

/** Walks the accessibility tree and returns its lines. */
function lines(nodes) {
  const byId = new Map(nodes.map((node) => [node.nodeId, node]));
  const told = [];
  let line = "";
  const say = (words) => (line += (line && words ? " " : "") + words);
  const end = () => {
    if (line.trim()) told.push(line.trim().replace(/\s+/g, " "));
    line = "";
  };
  const walk = (node) => {
    const role = node.role?.value;
    const name = (node.name?.value ?? "").trim();
    const state = (which) => node.properties?.find((property) => property.name === which)?.value.value;
    if (!node.ignored && role === "heading") {
      end();
      say(`heading ${state("level")}: ${name}`);
      end();
      // The links of a heading are part of it; what it says is said.
      return;
    }
    if (!node.ignored && ACTIVE.has(role)) {
      const value = node.value?.value === undefined || role === "link" ? "" : ` = ${node.value.value}`;
      const checked = state("checked") === undefined || role === "button" ? "" : ` (${state("checked")})`;
      const off = state("disabled") ? " (off)" : "";
      say(`[${role}: ${name}${value}${checked}${off}]`);
      return;
    }
    if (!node.ignored && (role === "StaticText" || role === "ListMarker")) {
      // A screen reader does not repeat the label of what it has just named.
      if (!line.startsWith(`[radio: ${name} (`) && !line.startsWith(`[checkbox: ${name} (`)) say(name);
      return;
    }
    // A form without a name is no landmark, and is not said (HTML Accessibility API Mappings); some versions of
    // Chromium tell of it all the same.
    const isMere = role === "form" && !name;
    const isNamed = !node.ignored && NAMED.has(role) && !isMere;
    const isBlock = isNamed || isMere || (!node.ignored && (BLOCKS.has(role) || role === "list" || role === "row"));
    if (isBlock) end();
    if (isNamed) {
      say(`(${role}${name ? `: ${name}` : ""})`);
      end();
    }
    if (role === "Audio") return; // what is inside is the browser's own
    for (const id of node.childIds ?? []) if (byId.has(id)) walk(byId.get(id));
    if (isBlock) end();
  };
  walk(nodes[0]);
  end();
  return told;
}

async function transcript(kind, options = {}) {
  const reader = await stage.reader(options);
  await reader.addCookies([{ name: "loa", value: `1~${look({ lang: "vi" })}`, url: stage.origin }]);
  const page = await reader.newPage();
  await page.goto(stage.address(stage.kinds[kind]));
  const tools = await reader.newCDPSession(page);
  const { nodes } = await tools.send("Accessibility.getFullAXTree");
  await reader.close();
  return lines(nodes).map((line) => line.replaceAll(stage.portal.host, "portal.test"));
}

async function held(name, told) {
  const file = path.join(FOLDER, `${name}.txt`);
  const text = `${told.join("\n")}\n`;
  if (process.env.UPDATE) {
    await mkdir(FOLDER, { recursive: true });
    await writeFile(file, text);
  }
  assert.equal(text, await readFile(file, "utf8"), name);
}

for (const kind of ["article", "article with tables", "listing", "front", "settings", "problem: words"]) {
  test(`${kind}, line by line and by heading, is as it was read`, async () => {
    const told = await transcript(kind);
    const name = kind.replaceAll(/[^a-z]+/g, "-");
    await held(name, told);
    await held(`${name}-headings`, told.filter((line) => line.startsWith("heading ")));
  });
}

test("without scripts a screen reader meets the same article, less what scripts steer", async () => {
  const told = await transcript("article", { javaScriptEnabled: false });
  await held("article-without-scripts", told);
  const withScripts = await transcript("article");
  assert.deepEqual(told.filter((line) => !withScripts.includes(line)), []);
});
