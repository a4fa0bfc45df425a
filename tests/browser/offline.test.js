// Without a network: an article that was kept is read and heard, with its text followed; one that was not is
// told of in words; and what is kept takes no more room than it says, and is given up again.

import assert from "node:assert/strict";
import { after, afterEach, before, test } from "node:test";

import axe from "axe-core";

import { openStage } from "./stage.js";

let stage;
before(async () => (stage = await openStage()));
after(() => stage?.close());

const part = (page, name) => page.locator(`[data-part="${name}"]`);
// A sound that nobody has heard yet is made first, on a busy machine for a minute.
const said = (page, words) => page.locator(".controls [role=status]").filter({ hasText: words }).waitFor({ timeout: 180_000 });

/** Opens an article and keeps it. */
async function keep(page, kind) {
  await page.goto(stage.address(stage.kinds[kind]));
  await page.locator("button[name=keep]").click();
  await said(page, "Đã giữ");
}

afterEach(() => {
  // A request that finds no gateway is what these tests are about; whatever else was said is not.
  stage.broken = stage.broken.filter((line) => !/ERR_(CONNECTION|FAILED|INTERNET)/.test(line));
  assert.deepEqual(stage.broken, []);
});

test("a kept article is read and heard without a network, and no other", async () => {
  const reader = await stage.reader();
  const page = await reader.newPage();
  await keep(page, "article");
  const heard = await page.locator(".controls").getAttribute("data-marks");
  await stage.silence();
  try {
    await page.goto(stage.address(stage.kinds.article));
    assert.match(page.url(), /\/kept\?url=/, "the kept one is told apart");
    assert.equal(await page.locator("h1").textContent(), "Phú Lâm mở phòng đọc cho người khiếm thị");
    assert.equal(await part(page, "kept").isVisible(), true);
    assert.equal(await page.evaluate(() => getComputedStyle(document.body).display), "block");
    await page.locator("button[name=toggle]").click();
    await page.waitForFunction(() => document.querySelector("audio").currentTime > 0.3);
    await page.waitForFunction(() => CSS.highlights.get("loa-word")?.size > 0);
    // Somewhere in the midst: the worker answers with a range.
    await page.evaluate(() => (document.querySelector("audio").currentTime = 12));
    await page.waitForFunction(() => document.querySelector("audio").currentTime > 12.2);
    assert.ok(heard);

    await page.goto(stage.address(stage.kinds.listing));
    assert.equal(await part(page, "no-network").isVisible(), true);
    assert.equal(await page.locator("h1").textContent(), "Bài đã giữ trên máy");
    await page.locator(".entries a").click();
    assert.equal(await page.locator("h1").textContent(), "Phú Lâm mở phòng đọc cho người khiếm thị");
  } finally {
    await stage.serve();
  }
  await page.goto(stage.address(stage.kinds.listing));
  assert.equal(await part(page, "no-network").count(), 0, "with a network pages come from there");
  await reader.close();
});

test("what is kept is listed with its room, and is given up again", async () => {
  const reader = await stage.reader();
  const page = await reader.newPage();
  await keep(page, "sample article");
  await keep(page, "article in English");
  await page.goto(stage.address("/offline"));
  await page.locator(".entries h2").nth(1).waitFor();
  assert.equal(await page.locator(".entries h2").count(), 2);
  const room = await page.evaluate(async () => {
    const cache = await caches.open("loa-kept");
    const kept = await Promise.all((await cache.keys()).map(async (key) => (await cache.match(key)).blob()));
    return kept.reduce((sum, { size }) => sum + size, 0);
  });
  const told = Number(/([\d,]+) MB/.exec(await part(page, "size").textContent())[1].replace(",", ".")) * 1e6;
  assert.ok(told >= room * 0.95, `${told} of ${room}`);
  await page.evaluate(axe.source);
  assert.deepEqual((await page.evaluate(() => axe.run())).violations, []);
  await page.locator(".entries button").first().click();
  await page.locator(".entries h2").nth(1).waitFor({ state: "detached" });
  assert.match(await part(page, "status").textContent(), /^Đã bỏ khỏi máy: /);
  await part(page, "all").click();
  await part(page, "none").waitFor();
  assert.deepEqual(await page.evaluate(() => caches.has("loa-kept")), false);
  await reader.close();
});

test("on the article's own page it is kept and given up by the same place", async () => {
  const reader = await stage.reader();
  const page = await reader.newPage();
  await keep(page, "article");
  assert.equal(await page.locator("button[name=drop]").evaluate((button) => button === document.activeElement), true);
  await page.reload();
  await page.locator("button[name=drop]").click();
  await said(page, "Đã bỏ khỏi máy");
  assert.equal(await page.locator("button[name=keep]").isVisible(), true);
  await reader.close();
});

test("where an article cannot be had whole, nothing of it is kept, and that is said", async () => {
  const reader = await stage.reader();
  const page = await reader.newPage();
  await page.goto(stage.address(stage.kinds.article));
  await page.evaluate(() => (document.querySelector(".controls").dataset.marks = "/marks.ndjson?url=gone.example"));
  await page.locator("button[name=keep]").click();
  await said(page, "Chưa giữ được bài này");
  assert.deepEqual(await page.evaluate(async () => (await (await caches.open("loa-kept")).keys()).length), 0);
  await reader.close();
});

/** A short article, made anew each time that it is asked for. */
function madeAnew() {
  const token = Math.random().toString(36);
  const lines = ["Sáng nay bà con ra đồng gặt lúa.", "Đến trưa thì lúa đã về đầy sân kho.", "Nhà nào cũng vui vì được mùa."];
  const text = lines.map((line) => `<p>${line.repeat(3)}</p>`).join("");
  return `<html lang=vi><title>Mùa gặt</title><article data-token="${token}"><h1>Mùa gặt</h1>${text}</article></html>`;
}

test("an article that its portal makes anew for each reader is kept with its sound", async () => {
  stage.portal.pages.set("/anew", madeAnew);
  const reader = await stage.reader();
  const page = await reader.newPage();
  const where = stage.address(`/read?url=${encodeURIComponent(`${stage.portal.origin}/anew`)}`);
  await page.goto(where);
  assert.match(await page.locator(".controls").getAttribute("data-marks"), /held/);
  await page.locator("button[name=keep]").click();
  await said(page, "Đã giữ");
  await stage.silence();
  try {
    await page.goto(where);
    assert.match(page.url(), /\/kept\?url=/);
    await page.locator("button[name=toggle]").click();
    await page.waitForFunction(() => document.querySelector("audio").currentTime > 0.3);
    await page.waitForFunction(() => CSS.highlights.get("loa-word")?.size > 0);
  } finally {
    await stage.serve();
  }
  await reader.close();
});

test("a pasted text is kept too, and looks as its reader likes it now", async () => {
  const reader = await stage.reader();
  const page = await reader.newPage();
  await page.goto(stage.address("/"));
  await page.locator("#text").fill("Mùa gặt.\n\nSáng nay bà con ra đồng gặt lúa từ sớm.");
  await page.locator("#text").evaluate((field) => field.form.requestSubmit());
  await page.waitForURL(/\/read/);
  await page.locator("button[name=keep]").click();
  await said(page, "Đã giữ");
  await page.goto(stage.address(stage.kinds.article, "s200~tyellow-on-black"));
  await page.locator(".controls").waitFor();
  await page.goto(stage.address("/offline"));
  await page.locator(".entries a").click();
  const looks = () => document.documentElement.dataset.theme === "yellow-on-black" && document.documentElement.dataset.scale === "200";
  await page.waitForFunction(looks);
  assert.match(await page.locator("main").innerText(), /ra đồng gặt lúa/);
  await reader.close();
});

test("a kept article's address leads to the article where it is not kept", async () => {
  const answer = await fetch(stage.address(stage.kinds.article.replace("/read", "/kept")), { redirect: "manual" });
  assert.equal(answer.status, 303);
  assert.equal(answer.headers.get("location"), stage.kinds.article);
});
