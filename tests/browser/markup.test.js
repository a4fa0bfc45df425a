// What the checkers of markup say of every kind of page: html-validate, and vnu, the checker of the HTML
// standard's own keepers.

import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { mkdir, writeFile } from "node:fs/promises";
import path from "node:path";
import { after, before, test } from "node:test";

import { HtmlValidate } from "html-validate";
import vnu from "vnu-jar";

import { look, openStage } from "./stage.js";

let stage;
/** The pages by name, each as its bytes came. @type {Map<string, string>} */
let pages;

before(async () => {
  stage = await openStage();
  pages = await everyPage();
});
after(() => stage?.close());

/** Every kind of page in both languages, with the settings in a cookie and in the address. */
async function everyPage() {
  const found = new Map();
  for (const [kind, where] of Object.entries(stage.kinds)) {
    for (const lang of ["vi", "en"]) {
      const code = look({ lang, scale: 150, more: "~uline" });
      const cookie = await fetch(stage.address(where), { headers: { cookie: `loa=1~${code}` } });
      found.set(`${kind}, ${lang}`, await cookie.text());
      found.set(`${kind}, ${lang}, in the address`, await (await fetch(stage.address(where, code))).text());
    }
  }
  const wrong = await fetch(stage.address("/settings"), {
    method: "POST",
    body: new URLSearchParams({ theme: "pink", back: "/" }),
  });
  assert.equal(wrong.status, 422);
  found.set("settings, wrong", await wrong.text());
  return found;
}

test("html-validate finds no fault in any page", async () => {
  const checker = new HtmlValidate({
    extends: ["html-validate:recommended", "html-validate:standard", "html-validate:a11y"],
    rules: {
      // maud writes void elements without a slash, and booleans without a value, as the standard does.
      "void-style": ["error", { style: "omit" }],
      "attribute-boolean-style": ["error", { style: "omit" }],
    },
  });
  const faults = [];
  for (const [name, html] of pages) {
    const { results } = await checker.validateString(html);
    for (const { messages } of results) {
      for (const { ruleId, message, line, column } of messages) {
        faults.push(`${name}: ${ruleId}: ${message}: ${cut(html, line, column)}`);
      }
    }
  }
  assert.deepEqual(faults, []);
});

test("vnu finds no fault in any page", async () => {
  const folder = path.join(stage.folder, "pages");
  await mkdir(folder);
  const names = new Map();
  let number = 0;
  for (const [name, html] of pages) {
    const file = `${(number += 1)}.html`;
    names.set(file, name);
    await writeFile(path.join(folder, file), html);
  }
  const told = await run("java", ["-jar", vnu, "--format", "json", "--stdout", "--exit-zero-always", folder]);
  const faults = JSON.parse(told).messages.map(
    ({ type, subType, message, url, extract }) =>
      `${names.get(path.basename(url))}: ${subType ?? type}: ${message}: ${extract ?? ""}`,
  );
  assert.deepEqual([...new Set(faults)], []);
});

function cut(html, line, column) {
  return (html.split("\n")[line - 1] ?? "").slice(Math.max(0, column - 40), column + 60);
}

/** Runs a program and returns what it prints. */
function run(program, args) {
  return new Promise((done, fail) => {
    const process = spawn(program, args, { stdio: ["ignore", "pipe", "inherit"] });
    const pieces = [];
    process.stdout.on("data", (piece) => pieces.push(piece));
    process.once("error", fail);
    process.once("close", () => done(Buffer.concat(pieces).toString()));
  });
}
