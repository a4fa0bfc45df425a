// What a known article costs a reader on a poor line: bytes, and seconds until there is something to read.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";

import { openStage } from "./stage.js";

/** Most bytes of the first view, compressed: the page and its style. */
const MOST = 15_000;
/** A line of 50 kbit/s, and a round trip as on a second-generation network, in milliseconds. */
const LINE = { offline: false, downloadThroughput: 50_000 / 8, uploadThroughput: 50_000 / 8, latency: 300 };

let stage;
before(async () => (stage = await openStage()));
after(() => stage?.close());

test("the first view of an article is light, and soon there on a poor line", async () => {
  for (const kind of ["sample article", "article", "listing", "front"]) {
    const address = stage.address(stage.kinds[kind]);
    await (await fetch(address)).text(); // known from here on
    const reader = await stage.reader();
    const page = await reader.newPage();
    const tools = await reader.newCDPSession(page);
    const bytes = new Map();
    await tools.send("Network.enable");
    await tools.send("Network.emulateNetworkConditions", LINE);
    const names = new Map();
    tools.on("Network.responseReceived", ({ requestId, type }) => names.set(requestId, type));
    tools.on("Network.loadingFinished", ({ requestId, encodedDataLength }) => {
      const type = names.get(requestId);
      bytes.set(type, (bytes.get(type) ?? 0) + encodedDataLength);
    });
    await page.goto(address, { waitUntil: "load" });
    // A page may be loaded before it is painted.
    const painted = await page.evaluate(
      () =>
        new Promise((done) => {
          const seen = (list) => list.getEntriesByName("first-contentful-paint").forEach((paint) => done(paint.startTime));
          new PerformanceObserver(seen).observe({ type: "paint", buffered: true });
        }),
    );
    const first = bytes.get("Document") + bytes.get("Stylesheet");
    const later = [...bytes.values()].reduce((sum, each) => sum + each, 0) - first;
    console.log(
      `${kind}: first view ${first} bytes (page ${bytes.get("Document")}, style ${bytes.get("Stylesheet")}), ` +
        `scripts and the rest ${later}; readable after ${(painted / 1000).toFixed(2)} s at 50 kbit/s, 300 ms away`,
    );
    assert.ok(first <= MOST, `${kind}: ${first}`);
    await reader.close();
  }
});
