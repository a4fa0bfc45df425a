// What is kept on this machine for when there is no network: articles, each with its sound and the marks that
// follow it, in the browser's own cache. Nothing is kept that nobody asked for.

const CACHE = "loa-kept";
/** Where in the cache the list of articles stands. */
const LIST = "/kept.json";

/**
 * @typedef {{article: string, title: string, lang: string, site: string, bytes: number, files: string[]}} Kept
 */

/** Can anything be kept here? Not over plain http, but for this machine itself. */
export function canKeep() {
  return "serviceWorker" in navigator && "caches" in globalThis;
}

/** The address under which a kept article is read. */
export function addressOf(article) {
  return `/kept?${new URLSearchParams({ url: article })}`;
}

/** Returns what is kept, the last first. @returns {Promise<Kept[]>} */
export async function list() {
  if (!canKeep() || !(await caches.has(CACHE))) return [];
  const cache = await caches.open(CACHE);
  const told = await cache.match(LIST);
  return told ? told.json() : [];
}

/**
 * Keeps an article: its page, and all of its files. Returns how many bytes it takes. Where it cannot be kept
 * whole, nothing of it is.
 * @param {{article: string, title: string, lang: string, site: string, page: string, files: string[]}} wanted
 */
export async function keep({ article, title, lang, site, page, files }) {
  await working(await navigator.serviceWorker.register("/worker.js"));
  // What is kept is not to be taken away when room gets short; a browser that refuses keeps it as long as it can.
  await navigator.storage?.persist?.().catch(() => false);
  return alone(async () => {
    const cache = await caches.open(CACHE);
    await tidy(cache);
    const put = [];
    try {
      let bytes = await store(cache, page, addressOf(article), put);
      for (const file of files) bytes += await store(cache, file, file, put);
      const others = (await list()).filter((one) => one.article !== article);
      await write(cache, [{ article, title, lang, site, bytes, files }, ...others]);
      return bytes;
    } catch (error) {
      await forget(cache, put);
      throw error;
    }
  });
}

/** Waits until a worker answers for this site; fails where it cannot be made ready. */
function working(registration) {
  const { active, waiting, installing } = registration;
  if (active || waiting) return navigator.serviceWorker.ready;
  return new Promise((done, fail) => {
    const look = () => {
      if (installing.state === "activated") done();
      if (installing.state === "redundant") fail(new Error("the worker could not be installed"));
    };
    installing.addEventListener("statechange", look);
    look();
  });
}

/** Takes away what no article names, as one that was being kept when its page was left. */
async function tidy(cache) {
  const all = await list();
  const named = new Set([LIST, ...all.flatMap(({ article, files }) => [addressOf(article), ...files])]);
  for (const { url } of await cache.keys()) {
    const { pathname, search } = new URL(url);
    if (!named.has(pathname + search)) await cache.delete(url);
  }
}

/** Gives an article up, and what it alone has used. */
export function drop(article) {
  return alone(async () => {
    const all = await list();
    const others = all.filter((one) => one.article !== article);
    if (others.length === 0) return caches.delete(CACHE);
    const used = new Set(others.flatMap(({ files }) => files));
    const own = all.filter((one) => one.article === article).flatMap(({ files }) => files);
    const cache = await caches.open(CACHE);
    await forget(cache, [addressOf(article), ...own.filter((file) => !used.has(file))]);
    return write(cache, others);
  });
}

/** The files of the interface that this page has used, which an article needs too. */
export function filesOfPage() {
  const own = performance.getEntriesByType("resource").map(({ name }) => new URL(name));
  const kinds = own.filter(({ origin, pathname }) => origin === location.origin && /^\/(static\/|theme\.css$)/.test(pathname));
  return [...new Set(kinds.map(({ pathname, search }) => pathname + search))];
}

/** Fetches a file whole and puts it under an address. Returns its size in bytes. */
async function store(cache, from, to, put) {
  const answer = await fetch(from);
  if (!answer.ok) throw new Error(`${from}: ${answer.status}`);
  const { headers } = answer;
  const body = await answer.blob();
  // Others may use the same file: only what is new is taken back where the article cannot be kept.
  if (!(await cache.match(to))) put.push(to);
  await cache.put(to, new Response(body, { headers }));
  return body.size;
}

async function forget(cache, addresses) {
  for (const address of addresses) await cache.delete(address);
}

function write(cache, all) {
  return cache.put(LIST, Response.json(all));
}

/** Lets only one page at a time change what is kept. */
function alone(change) {
  return navigator.locks ? navigator.locks.request(CACHE, change) : change();
}

/** A size for people. */
export function sizeOf(bytes) {
  const isSmall = bytes < 1e5;
  const digits = { maximumFractionDigits: isSmall ? 0 : 1 };
  const number = (bytes / (isSmall ? 1e3 : 1e6)).toLocaleString(document.documentElement.lang, digits);
  return `${number} ${isSmall ? "kB" : "MB"}`;
}
