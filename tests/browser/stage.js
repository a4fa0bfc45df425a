// The stage of every test here: a portal on loopback with the fixture pages of the other tests, the real
// gateway, and Debian's Chromium. Whatever a page asks of another origin, and whatever it says on the
// console, is written down and held against the test.

import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import path from "node:path";
import { createInterface } from "node:readline";

import { chromium } from "playwright-core";

const HERE = import.meta.dirname;
const ROOT = path.join(HERE, "..", "..");
const PROGRAM = process.env.LOA_PROGRAM ?? path.join(process.env.CARGO_TARGET_DIR ?? path.join(ROOT, "target"), "debug", "loa");
const BROWSERS = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];

/** The pages of the portal that are read here: the name of each kind, and its path there. */
const FOREIGN = {
  article: "/article",
  "article with tables": "/page/sharepoint-publishing-table",
  "article in English": "/page/english-table-quote",
  "article with a foreign passage": "/page/foreign-passage",
  "article with files": "/page/liferay-attachments",
  "article with embedded things": "/page/sharepoint-publishing-embeds",
  "article with code": "/page/blog-english-code",
  "article behind a paywall": "/page/english-paywall",
  "interview": "/page/sharepoint-publishing-interview",
  "document": "/page/document-with-full-text",
  "table of documents": "/page/document-table",
  "listing": "/page/nukeviet-listing",
  "listing in sections": "/page/home-page-sections",
  "listing turned by buttons": "/page/sharepoint-mic-listing-postback-paging",
  "plain page": "/page/search-form",
};

/** The looks that must all be readable. */
export const THEMES = [
  "auto",
  "black-on-white",
  "white-on-black",
  "yellow-on-black",
  "black-on-cream",
  "black-on-peach",
  "yellow-on-blue",
  "soft-dark",
  "custom",
];

/** A pair of one's own with 7:1 and more: text and ground. */
const OWN_PAIR = "ffe9b0102030";

/** Opens the stage; `close` ends everything on it. */
export async function openStage() {
  const stage = new Stage();
  await stage.open();
  return stage;
}

class Stage {
  /** What broke a rule that holds everywhere, in words. @type {string[]} */
  broken = [];

  async open() {
    this.folder = await mkdtemp(path.join(tmpdir(), "loa-browser-"));
    this.portal = await openPortal();
    await this.serve();
    this.browser = await chromium.launch({
      executablePath: BROWSERS.find(existsSync),
      args: ["--no-sandbox", "--disable-dev-shm-usage", "--autoplay-policy=no-user-gesture-required"],
    });
    this.kinds = await this.#kinds();
  }

  /** Starts the gateway, on the port that it had before where it had one. */
  async serve() {
    const settings = path.join(this.folder, "loa.toml");
    await writeFile(settings, settingsOf(this.portal.origin));
    const port = this.origin ? new URL(this.origin).port : 0;
    const flags = ["serve", "--listen", `127.0.0.1:${port}`, "--config", settings, "--trust", this.portal.host];
    const env = Object.fromEntries(Object.entries(process.env).filter(([name]) => !/^(LOA_|LC_|LANG)/.test(name)));
    this.gateway = spawn(PROGRAM, flags, { cwd: this.folder, env, stdio: ["ignore", "ignore", "pipe"] });
    this.origin = await listening(this.gateway);
  }

  /** Ends the gateway, as a network that fails does. */
  async silence() {
    const ended = new Promise((done) => this.gateway.once("exit", done));
    this.gateway.kill();
    await ended;
  }

  async close() {
    await this.browser?.close();
    if (this.gateway) await this.silence();
    this.portal?.server.close();
    await rm(this.folder, { recursive: true, force: true });
  }

  /** The address of a page by its path, with settings by their code (`s200~tsoft-dark`) where given. */
  address(where, code = "") {
    const url = new URL(where, this.origin);
    if (code) url.searchParams.set("s", `1~${code}`);
    return url.href.replaceAll("%7E", "~");
  }

  /** Opens a browser of its own, with whatever of Playwright's options; every page in it is watched. */
  async reader(options = {}) {
    const context = await this.browser.newContext({ locale: "vi-VN", ...options });
    context.on("request", (request) => {
      const url = new URL(request.url());
      if (url.origin !== this.origin && url.protocol !== "blob:") this.broken.push(`asked ${request.url()}`);
    });
    context.on("console", (message) => {
      // That an answer is an error page is what the page is about.
      const isStatus = /Failed to load resource: the server responded with a status of [45]\d\d/.test(message.text());
      if (!isStatus) this.broken.push(`console: ${message.text()} (${message.location().url})`);
    });
    context.on("weberror", (error) => this.broken.push(`error: ${error.error()}`));
    return context;
  }

  /** Every kind of page, by name: its path on the gateway, the same for every look. */
  async #kinds() {
    const read = (url) => `/read?url=${encodeURIComponent(url)}`;
    const kinds = {
      front: "/",
      settings: "/settings",
      "settings with a way back": "/settings?back=%2Fhelp",
      help: "/help",
      tools: "/tools",
      "kept articles": "/offline",
      "shared words": "/share?text=gi%C3%A1%20x%C4%83ng%20h%C3%B4m%20nay",
      "problem: words": read("giá xăng hôm nay"),
      "problem: gone": read(`${this.portal.origin}/gone`),
      "problem: a file": read(`${this.portal.origin}/file.pdf`),
      "problem: refused": read("http://10.0.0.1/"),
      "problem: nothing here": "/nothing/here",
      "sample article": read("https://sample.loa.invalid/vi/bai-viet"),
      "sample listing": read("https://sample.loa.invalid/vi/"),
      "pasted text": await this.#pasted(),
      "spoken forms": `/spoken?url=${encodeURIComponent(`${this.portal.origin}/article`)}`,
    };
    for (const [kind, where] of Object.entries(FOREIGN)) kinds[kind] = read(this.portal.origin + where);
    return kinds;
  }

  async #pasted() {
    const text = "Một dòng đầu.\n\nSáng 5/6, xã Phú Lâm mở phòng đọc với 24 máy đọc sách.";
    const answer = await fetch(this.address("/read"), { method: "POST", body: new URLSearchParams({ text }) });
    const [, back] = /name="back" value="(\/read\?url=[^"]+)"/.exec(await answer.text());
    return back.replaceAll("&amp;", "&");
  }
}

/** The settings code of a look. */
export function look({ theme = "auto", scale = 100, lang = "vi", more = "" } = {}) {
  const own = theme === "custom" ? `~c${OWN_PAIR}` : "";
  return `s${scale}~t${theme}${own}~l${lang}${more}`;
}

function settingsOf(origin) {
  const row = (name, where) => `{ name = "${name}", address = "${origin}${where}" }`;
  return `[[portals]]
name = "Cổng thông tin huyện An Hòa"
address = "${origin}/page/nukeviet-listing"
search = "${origin}/search?q={words}"
sections = [${row("Tin tức", "/page/home-page-sections")}, ${row("Văn bản", "/page/document-table")}]
`;
}

/** The line in which a gateway says where it listens. */
async function listening(gateway) {
  for await (const line of createInterface({ input: gateway.stderr })) {
    const [, origin] = /(http:\/\/127\.0\.0\.1:\d+)/.exec(line) ?? [];
    if (origin) {
      gateway.stderr.resume();
      return origin;
    }
  }
  throw new Error(`${PROGRAM} did not say where it listens`);
}

/**
 * A portal that serves the fixtures of the other tests, and pages of a test's own: a text, or what makes one anew for
 * each reader, who alone is to have it.
 */
async function openPortal() {
  const pages = new Map();
  const server = createServer(async (request, answer) => {
    const { pathname } = new URL(request.url, "http://portal.test");
    try {
      const own = pages.get(pathname);
      const [type, bytes] = own ? ["text/html; charset=utf-8", typeof own === "function" ? own() : own] : await fixture(pathname);
      const isPrivate = typeof own === "function";
      answer.writeHead(200, { "content-type": type, ...(isPrivate && { "cache-control": "private" }) }).end(bytes);
    } catch (error) {
      if (error.code !== "ENOENT") console.error(error);
      answer.writeHead(404, { "content-type": "text/html" }).end("<h1>Không có trang này</h1>");
    }
  });
  await new Promise((done) => server.listen(0, "127.0.0.1", done));
  const host = `127.0.0.1:${server.address().port}`;
  return { server, pages, host, origin: `http://${host}` };
}

async function fixture(pathname) {
  const html = "text/html; charset=utf-8";
  if (pathname === "/file.pdf") return ["application/pdf", "%PDF-1.4"];
  if (pathname === "/article") {
    const page = await readFile(path.join(ROOT, "tests/portal/article.html"), "utf8");
    return [html, page.replaceAll("{charset}", "utf-8")];
  }
  const [, name] = /^\/page\/([\w-]+)$/.exec(pathname) ?? [];
  return [html, await readFile(path.join(ROOT, "tests/pages", name ?? "none", "page.html"))];
}
