// Carries how pages look to those that come from this machine, which were made when the reader may have liked
// another size or other colours. A browser that keeps nothing is no fault: they then look as they did.

const LOOK = "loa-look";
const SHELL = "loa-shell";

const sheets = () => [...document.querySelectorAll("link[rel=stylesheet]")];

/** Remembers how this page looks, which has come from the network. */
export async function keepLook() {
  const marks = Object.entries(document.documentElement.dataset);
  const own = sheets().map((sheet) => sheet.getAttribute("href"));
  try {
    localStorage.setItem(LOOK, JSON.stringify({ marks, sheets: own }));
    if (!(await caches.has(SHELL))) return;
    const cache = await caches.open(SHELL);
    for (const sheet of own) if (!(await cache.match(sheet))) await cache.add(sheet);
  } catch {
    // Full, forbidden, or on the way to another page.
  }
}

/** Lets this page, which has come from this machine, look as the last from the network did. */
export function applyLook() {
  let look;
  try {
    look = JSON.parse(localStorage.getItem(LOOK));
  } catch {
    // Forbidden.
  }
  if (!look) return;
  for (const name of Object.keys(document.documentElement.dataset)) delete document.documentElement.dataset[name];
  Object.assign(document.documentElement.dataset, Object.fromEntries(look.marks));
  const known = new Set(sheets().map((sheet) => sheet.getAttribute("href")));
  for (const address of look.sheets.filter((address) => !known.has(address))) {
    const sheet = Object.assign(document.createElement("link"), { rel: "stylesheet", href: address });
    document.head.append(sheet);
  }
}
