// Answers in the network's place where there is none: with what was kept, or with the list of it. While there
// is a network, every page comes from it, so that nobody reads old news unawares; only an article that is
// opened from the list of kept ones (`/kept`) comes with its sound from this machine.
//
// What comes before this line is put there by the server: SHELL, the addresses that the list itself needs.

const KEPT = "loa-kept";
const SHELL_CACHE = "loa-shell";
const OFFLINE = "/offline";

addEventListener("install", (event) => event.waitUntil(renew().then(() => skipWaiting())));
addEventListener("activate", (event) => event.waitUntil(clients.claim()));
addEventListener("fetch", (event) => {
  const answer = answerTo(event);
  if (answer) event.respondWith(answer);
});

/** Fetches anew what the list of kept articles needs. */
async function renew() {
  const cache = await caches.open(SHELL_CACHE);
  // All of it or nothing: where the network fails in the midst, what was there stays.
  await cache.addAll(SHELL.map((address) => new Request(address, { cache: "reload" })));
  for (const { url } of await cache.keys()) {
    const { pathname, search } = new URL(url);
    const isOld = !SHELL.includes(pathname + search) && search.startsWith("?v=");
    if (isOld) await cache.delete(url);
  }
}

/** The answer to a request; none where the browser is to go its usual way. */
function answerTo({ request, clientId }) {
  const url = new URL(request.url);
  if (url.origin !== location.origin) return null;
  if (request.mode === "navigate") return page(request, url);
  if (request.method !== "GET") return null;
  if (/^\/(static\/|theme\.css$)/.test(url.pathname)) return file(request, url, clientId);
  if (/^\/(audio\.\w+|marks\.ndjson)$/.test(url.pathname)) return sound(request, url, clientId);
  return null;
}

/** A page: a kept one as it was kept, any other from the network as long as that gives one. */
async function page(request, url) {
  const kept = await caches.match(keyOf(url), { cacheName: KEPT });
  if (url.pathname === "/kept" && kept) return kept;
  const sent = request.method === "POST" ? request.clone() : null;
  const answer = await fetch(request).catch(() => null);
  if (answer?.ok && url.pathname === OFFLINE) await relook(answer.clone());
  if (answer && (answer.status < 500 || !kept)) return answer;
  // Settings are made where there is a network; without one the reader stays where they are.
  const back = sent && (await sent.formData().catch(() => null))?.get("back");
  if (back?.startsWith("/") && url.pathname === "/settings") return Response.redirect(new URL(back, location.origin), 303);
  if (kept) return Response.redirect(keyOf(url));
  return (await caches.match(OFFLINE)) ?? Response.error();
}

/** Keeps the list as it looks now. */
async function relook(answer) {
  const cache = await caches.open(SHELL_CACHE);
  await cache.put(OFFLINE, answer);
}

/** The address under which the article of a page would be kept; what is held for one reader is no other article. */
function keyOf(url) {
  const article = (url.searchParams.get("url") ?? "").replace(/#held:.*$/, "");
  return `/kept?${new URLSearchParams({ url: article })}`;
}

/**
 * A file of the interface: its address holds its version, so that a kept one is the same. Those that a module names
 * have none: a kept page takes them as they were kept with it, so that all are of one age.
 */
async function file(request, url, clientId) {
  const kept = await caches.match(url.pathname + url.search);
  const client = kept && (await clients.get(clientId));
  const isOfKept = client && new URL(client.url).pathname === "/kept";
  if (kept && (isOfKept || url.searchParams.has("v"))) return kept;
  return fetch(request).catch(() => kept ?? Response.error());
}

/** A sound or its marks: for a kept page those that were kept with it. */
async function sound(request, url, clientId) {
  const kept = await caches.match(url.pathname + url.search, { cacheName: KEPT });
  if (!kept) return fetch(request);
  const client = await clients.get(clientId);
  if (client && new URL(client.url).pathname === "/kept") return partOf(kept, request);
  return fetch(request).catch(() => partOf(kept, request));
}

/** The range of a kept file that is asked for (RFC 9110, 14.2), or the whole. */
async function partOf(kept, request) {
  const range = /^bytes=(\d+)-(\d*)$/.exec(request.headers.get("range") ?? "");
  if (!range) return kept;
  const whole = await kept.blob();
  const [start, last] = [Number(range[1]), range[2] ? Number(range[2]) : whole.size - 1];
  if (start >= whole.size) return new Response(null, { status: 416, headers: { "content-range": `bytes */${whole.size}` } });
  const end = Math.min(last + 1, whole.size);
  return new Response(whole.slice(start, end), {
    status: 206,
    headers: {
      "content-type": kept.headers.get("content-type"),
      "content-length": String(end - start),
      "content-range": `bytes ${start}-${end - 1}/${whole.size}`,
      "accept-ranges": "bytes",
    },
  });
}
