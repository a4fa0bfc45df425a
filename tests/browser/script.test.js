// Foreign scripts: each vector stands in the title, the text, a picture's description, a caption, a link and a cell of
// an article, and in what its head says of it. Read through Loa, without the policy that would stop it in any case,
// none may run, no address may run one, and the words around it stay. The same pages straight from their portal are
// the control: there they run.

import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import path from "node:path";
import { after, before, test } from "node:test";

import { openStage } from "./stage.js";

const known = JSON.parse(await readFile(path.join(import.meta.dirname, "scripts.json"), "utf8"));

/** Variants of our own: other spellings, other homes, and markup that changes when it is parsed again. */
const OWN = [
  ...["javascript:", "JaVaScRiPt:", "java\tscript:", "java\nscript:", "\u0001javascript:", " javascript:", "javascript\t:"]
    .concat(["&#106;avascript:", "javascript&colon;", "java&Tab;script:", "&#x6A&#x61vascript:", "vbscript:", "data:text/html,<script>"])
    .flatMap((scheme) => [
      `<a href="${scheme}alert(1)">n</a>`,
      `<a href='${scheme}alert(1)//' target=_self><b>n</b></a>`,
      `<img src="${scheme}alert(1)" alt=n>`,
    ]),
  "<ImG sRc=x: OnErRoR=alert(1)>",
  "<img/src=x:/onerror=alert(1)>",
  "<img src=x:\u0000 onerror=alert(1)>",
  "<img src=x: onerror=\u0000alert(1)>",
  "<img srcset='x: 1x' onerror=alert(1)>",
  "<img src=x: onerror=&#x61;&#x6c;ert(1)>",
  "<picture><source srcset=x:><img onerror=alert(1) src=x:></picture>",
  "<svg><style><img src=x: onerror=alert(1)></style></svg>",
  "<math><mtext><table><mglyph><style><!--</style><img title='--&gt;&lt;img src=x: onerror=alert(1)&gt;'>",
  "<math><annotation-xml encoding=text/html><img src=x: onerror=alert(1)></annotation-xml></math>",
  "<noscript><p title='</noscript><img src=x: onerror=alert(1)>'></noscript>",
  "<template><img src=x: onerror=alert(1)></template>",
  "<form><math><mtext></form><form><mglyph><style></math><img src=x: onerror=alert(1)>",
  "<svg></p><style><a id='</style><img src=x: onerror=alert(1)>'>",
  "<select><template><img src=x: onerror=alert(1)></template></select>",
  "<table><caption><svg onload=alert(1)></caption></table>",
  "<textarea></textarea><img src=x: onerror=alert(1)>",
  "<xmp></xmp><svg onload=alert(1)>",
  "<iframe></iframe><svg/onload=alert(1)>",
  "<details open ontoggle=alert(1)><summary>n</summary></details>",
  "<video><source onerror=alert(1) src=x:></video>",
  "<audio src=x: onerror=alert(1)></audio>",
  "<body onload=alert(1)>",
  "<base href='javascript:/a/-alert(1)//'><a href=../n>n</a>",
  "<meta http-equiv=refresh content='0;url=javascript:alert(1)'>",
  "<link rel=stylesheet href='data:text/css,*{x:expression(alert(1))}'>",
  "<div style='background:url(javascript:alert(1))'>n</div>",
  "<object data='javascript:alert(1)'></object>",
  "<embed src='javascript:alert(1)'>",
  "<button formaction='javascript:alert(1)'>n</button>",
  "<svg><a xlink:href='javascript:alert(1)'><text x=9 y=9>n</text></a></svg>",
  "<svg><animate onbegin=alert(1) attributeName=x dur=1s></svg>",
  "<svg><set attributeName=href to='javascript:alert(1)'></svg>",
  "<svg><use href='data:image/svg+xml,<svg id=x xmlns=http://www.w3.org/2000/svg onload=alert(1)/>#x'></svg>",
  "<script src='data:,alert(1)'></script>",
  "<script type=module>alert(1)</script>",
  "<marquee onstart=alert(1)>n</marquee>",
  "<input autofocus onfocus=alert(1)>",
  "<p contenteditable autofocus onfocus=alert(1)>n</p>",
  "\"><svg onload=alert(1)>",
  "'><svg onload=alert(1)>",
  "--><svg onload=alert(1)>",
  "]]><svg onload=alert(1)>",
  "</title><svg onload=alert(1)>",
  "</script><svg onload=alert(1)>",
  "&lt;svg onload=alert(1)&gt;",
  "\u2028<svg onload=alert(1)>",
  "{{constructor.constructor('alert(1)')()}}",
  "${alert(1)}",
];

const all = [...known.map(({ html }) => html), ...OWN];
/** A browser opens each page by itself: every eighth in the tests, all of them where `LOA_ALL` is set. */
const vectors = process.env.LOA_ALL ? all : all.filter((_, at) => at % 8 === 3);
const escaped = (text) => text.replaceAll("&", "&amp;").replaceAll('"', "&quot;").replaceAll("<", "&lt;");

/** The words before the vector, in each place where its words are kept. */
const MARKS = ["Mốc đầu", "Mốc thân", "Mốc chữ", "Mốc ảnh", "Mốc chú", "Mốc nối", "Mốc ô"];

/** An article with a vector in every place; what breaks off the page comes after all others of its kind. */
function article(vector) {
  const told = JSON.stringify({ "@type": "NewsArticle", headline: vector, author: { name: vector } }).replaceAll("<", "\\u003c");
  const inside = escaped(vector);
  return `<!DOCTYPE html><html lang="${inside}"><head><title>Mốc đầu ${vector}</title>
<meta property="og:description" content="${inside}"><meta name="author" content="${inside}">
<script type="application/ld+json">${told}</script></head><body><article><h1>Mốc đầu ${inside}</h1>
<p>Sáng nay bà con trong xã ra đồng từ sớm, vừa gặt vừa chuyện trò, đến trưa thì lúa đã về đầy sân kho hợp tác.</p>
<p>Mốc chữ ${inside} và lúa năm nay được mùa hơn hẳn năm ngoái, nhà nào cũng vui.</p>
<figure><img src="/anh.jpg" alt="Mốc ảnh ${inside}"><figcaption>Mốc chú ${inside}</figcaption></figure>
<p><a href="/khac?x=${inside}">Mốc nối ${inside}</a> là bài viết trước đây về mùa màng trong vùng, khi bà con còn gặt
bằng liềm và gánh lúa về nhà trên những con đường đất nhỏ ven sông, từ lúc mặt trời chưa mọc cho đến khi trăng đã lên cao.</p>
<table><tr><th>Thôn</th><th>Lúa</th></tr><tr><td>Mốc ô ${inside}</td><td>12</td></tr><tr><td>Hạ</td><td>15</td></tr></table>
<p>Mốc thân của bài hôm nay, mà bà con kể lại cho nhau nghe lúc nghỉ trưa bên bờ ruộng: ${vector}</p>
<figure><img src="/anh.jpg"><figcaption>${vector}</figcaption></figure><p><a href="/khac">${vector}</a></p>
<table><tr><th>a</th><th>b</th></tr><tr><td>${vector}</td><td>2</td></tr></table><h2>${vector}</h2></article></body></html>`;
}

let stage;
before(async () => {
  stage = await openStage();
  vectors.forEach((vector, at) => stage.portal.pages.set(`/vector/${at}`, article(vector)));
});
after(() => stage?.close());

/** Opens pages one after the other in a few windows at once, and hands each window on when its page is there. */
async function inWindows(addresses, answer, look) {
  const context = await stage.browser.newContext({ bypassCSP: true });
  await context.addInitScript(() => {
    globalThis.alert = () => (top.ran = (top.ran ?? 0) + 1);
  });
  let next = 0;
  const windows = Array.from({ length: 4 }, async () => {
    const page = await context.newPage();
    await page.route("**/*", (route) => {
      const request = route.request();
      const isPage = request.isNavigationRequest() && request.frame() === page.mainFrame();
      return isPage && addresses.includes(request.url()) ? answer(route) : route.abort();
    });
    for (let at = next++; at < addresses.length; at = next++) {
      await page.goto(addresses[at], { waitUntil: "load" }).catch(() => {});
      await look(page, at);
    }
  });
  await Promise.all(windows);
  await context.close();
}

/** How often something ran, once the page has come to rest. */
async function ran(page) {
  const settled = () => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => done(top.ran ?? 0))));
  return page.evaluate(settled).catch(() => 0);
}

/** What in this page could run a script, and its words. Runs in the page. */
function found() {
  const dangerous = /^[\u0000-\u0020]*(javascript|vbscript|data)[\u0000-\u0020]*:/i;
  const wrong = [];
  for (const element of document.querySelectorAll("*")) {
    for (const { name, value } of element.attributes) {
      const addresses = name === "srcset" ? value.split(", ") : [value.replace(/[\t\n\r]/g, "")];
      const holdsAddress = /^(href|src|srcset|action|formaction|data|poster|cite|background|xlink:href|manifest)$/.test(name);
      if (/^on/i.test(name)) wrong.push(`${element.localName} ${name}`);
      if (holdsAddress && addresses.some((address) => dangerous.test(address))) wrong.push(`${element.localName} ${name}=${value}`);
      if (name === "style") wrong.push(`${element.localName} style`);
    }
    if (element.localName === "script" && !element.src.startsWith(`${location.origin}/static/`)) wrong.push("a script");
    if (/^(iframe|object|embed|base|svg|math|form|meta)$/.test(element.localName) && element.closest("main article, h1")) {
      wrong.push(element.localName);
    }
  }
  return { wrong, words: document.body.innerText };
}

test("no script of a page runs when it is read, no address runs one, and its words stay", async () => {
  const addresses = vectors.map((_, at) => stage.address(`/read?url=${encodeURIComponent(`${stage.portal.origin}/vector/${at}`)}`));
  const broken = [];
  const withoutPolicy = async (route) => {
    const answer = await route.fetch();
    return route.fulfill({ status: answer.status(), contentType: "text/html; charset=utf-8", body: await answer.body() });
  };
  await inWindows(addresses, withoutPolicy, async (page, at) => {
    const told = (what) => broken.push(`${JSON.stringify(vectors[at])}: ${what}`);
    const count = await ran(page);
    const { wrong, words } = await page.evaluate(found);
    if (count > 0) told(`ran ${count} times`);
    for (const what of wrong) told(what);
    // Headings and links as long as a page are none, whatever stands in them.
    const isOfSense = vectors[at].length < 300;
    for (const mark of isOfSense ? MARKS : []) if (!words.includes(mark)) told(`lost "${mark}"`);
  });
  console.log(`${vectors.length} vectors in 14 places each, read through Loa without its policy: ${broken.length} faults`);
  assert.deepEqual(broken.slice(0, 20), []);
});

test("the same pages run their scripts where nothing stands between them and the browser", async () => {
  const straight = vectors.map((_, at) => at).filter((at) => !process.env.LOA_ALL || at % 4 === 0);
  const addresses = straight.map((at) => `${stage.portal.origin}/vector/${at}`);
  let count = 0;
  await inWindows(addresses, (route) => route.continue(), async (page) => {
    if ((await ran(page)) > 0) count += 1;
  });
  console.log(`${addresses.length} of them straight from their portal: ${count} ran`);
  assert.ok(count > addresses.length / 4, `${count} of ${addresses.length}`);
});
