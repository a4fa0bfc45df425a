//! The player's controls in Chromium: what is heard is marked in the text in time, sentences are skipped,
//! one goes on where one stopped, and nothing is said or played that nobody asked for.

use serde_json::Value;

use crate::browser::Chromium;
use crate::stage::stage;

/// Keeps what the page gives to the lock screen, and its timers of a minute and more.
const WATCH: &str = "
  window.handlers = {}; window.timers = [];
  navigator.mediaSession.setActionHandler = (action, handler) => { window.handlers[action] = handler; };
  const later = window.setTimeout;
  window.setTimeout = (act, time, ...more) =>
    time >= 60000 ? window.timers.push({ act, time }) : later(act, time, ...more);
";

/// What every step of the test uses; `marks` are those that the page itself asks for.
const TOOLS: &str = r#"
  window.audio = document.querySelector("audio");
  window.part = name => document.querySelector(`.controls [name="${name}"]`);
  window.said = () => document.querySelector(".controls [role=status]").textContent;
  window.until = test => new Promise((done, fail) => {
    const end = performance.now() + 60000;
    const look = () => {
      if (test()) done();
      else if (performance.now() > end) fail(new Error(`never: ${test}`));
      else requestAnimationFrame(() => setTimeout(look));
    };
    look();
  });
  window.marked = name => [...(CSS.highlights.get(name) ?? [])].map(String).join("");
  window.marks = fetch(document.querySelector(".controls").dataset.marks).then(a => a.text())
    .then(text => text.trim().split("\n").map(JSON.parse));
  until(() => !document.querySelector(".controls").hidden)
    .then(() => [audio.paused, said(), marked("loa-word"), part("resume").hidden])
"#;

/// Plays for some words, and tells how late the mark was at worst in milliseconds, and how often the player
/// spoke up.
const FOLLOW: &str = r#"(async () => {
  const words = (await marks).filter(mark => mark.type === "word");
  let spoke = 0, late = 0, seen = new Set();
  new MutationObserver(() => (spoke += 1)).observe(document.querySelector(".controls [role=status]"),
    { childList: true, characterData: true, subtree: true });
  part("toggle").click();
  await until(() => {
    const now = audio.currentTime * 1000, shown = marked("loa-word");
    const due = words.filter(word => word.time <= now).at(-1);
    if (due && !audio.paused && shown === due.value) seen.add(due.start);
    else if (due && !audio.paused && shown) late = Math.max(late, now - due.time);
    return seen.size >= 12;
  });
  part("toggle").click();
  await until(() => audio.paused);
  return { late, spoke, words: seen.size };
})()"#;

/// Jumps into every seventh word and tells what is marked there.
const JUMP: &str = r#"(async () => {
  const words = (await marks).filter((mark, at) => mark.type === "word" && at % 7 === 0), told = [];
  for (const { time, value } of words.slice(0, 12)) {
    const there = new Promise(done => audio.addEventListener("seeked", done, { once: true }));
    audio.currentTime = (time + 5) / 1000;
    await there;
    told.push({ shown: marked("loa-word"), value });
  }
  audio.currentTime = 0;
  return told;
})()"#;

/// Skips to the next sentence and back, and on to the next paragraph; tells times and what was said.
const SKIP: &str = r#"(async () => {
  const sentences = (await marks).filter(mark => mark.type === "sentence");
  const told = [];
  const press = async name => {
    const before = said();
    part(name).click();
    await until(() => said() !== before);
    const at = sentences.findIndex(s => Math.abs(s.time - audio.currentTime * 1000) < 20);
    told.push({ name, at, said: said(), shown: marked("loa-sentence"), value: sentences[at]?.value });
  };
  const start = sentences.filter(s => s.time <= audio.currentTime * 1000).length - 1;
  for (const name of ["forward", "forward", "back", "paragraphForward", "paragraphBack"]) await press(name);
  return { start, told, of: sentences.length };
})()"#;

/// Presses a key that is off, then on.
const KEYS: &str = r#"(async () => {
  const press = () => document.body.dispatchEvent(new KeyboardEvent("keydown", { key: "k", bubbles: true }));
  press();
  const silent = audio.paused;
  part("keys").click();
  press();
  await until(() => !audio.paused);
  press();
  await until(() => audio.paused);
  return silent;
})()"#;

/// Sets the timer while it plays and lets its time be over.
const SLEEP: &str = r#"(async () => {
  handlers.play();
  await until(() => !audio.paused);
  part("sleep").value = "5";
  part("sleep").dispatchEvent(new Event("change"));
  const { act, time } = timers.at(-1);
  act();
  await until(() => audio.paused);
  return { time, said: said(), title: navigator.mediaSession.metadata.title, handlers: Object.keys(handlers) };
})()"#;

/// Presses what plays from the third paragraph, and from a heading.
const FROM: &str = r#"(async () => {
  const sentences = (await marks).filter(mark => mark.type === "sentence"), told = [];
  for (const link of [...document.querySelectorAll(".from a")].slice(2, 4)) {
    const block = document.getElementById(new URL(link.href).searchParams.get("from"));
    const before = said();
    link.click();
    await until(() => said() !== before && !audio.paused);
    audio.pause();
    const at = sentences.filter(s => s.time <= audio.currentTime * 1000 + 1).at(-1);
    told.push({ stays: location.pathname === "/read", is: block.textContent.startsWith(at.value.slice(0, 20)) });
  }
  return told;
})()"#;

/// Scrolls away from what is heard, and goes back by the button.
const RETURN: &str = r#"(async () => {
  const away = () => {
    const box = [...CSS.highlights.get("loa-sentence")][0].getBoundingClientRect();
    return box.bottom < 0 || box.top > innerHeight;
  };
  part("toggle").click();
  await until(() => !audio.paused && marked("loa-word"));
  const first = part("return").hidden;
  await until(() => !away());
  scrollTo({ top: 0, behavior: "instant" });
  dispatchEvent(new WheelEvent("wheel"));
  await until(() => away() && !part("return").hidden);
  part("return").click();
  await until(() => !away());
  const told = { first, hidden: part("return").hidden };
  audio.pause();
  return told;
})()"#;

/// Goes on where one stopped.
const RESUME: &str = r#"(async () => {
  const offered = part("resume").textContent, before = audio.paused;
  const sentences = (await marks).filter(mark => mark.type === "sentence");
  part("resume").click();
  await until(() => !audio.paused && audio.currentTime > 0);
  const id = sentences.filter(s => s.time <= audio.currentTime * 1000 + 1).at(-1).id;
  audio.pause();
  return { offered, before, id };
})()"#;

#[test]
fn what_is_heard_is_followed_skipped_and_gone_on_with() {
    let stage = stage();
    let mut chromium = Chromium::start();
    let address = format!("{}&s=1~lvi", stage.page());
    chromium.before(WATCH);
    chromium.open(&address);
    let begun = chromium.run(TOOLS);
    assert_eq!(
        begun,
        serde_json::json!([true, "", "", true]),
        "nothing by itself"
    );

    let followed = chromium.run(FOLLOW);
    // How late depends on what else the machine does, so it is told; what is marked after a jump does not.
    println!("following, in milliseconds: {followed}");
    let jumps = chromium.run(JUMP);
    for jump in jumps.as_array().expect("jumps") {
        assert_eq!(jump["shown"], jump["value"], "{jumps}");
    }
    assert_eq!(followed["spoke"], 0, "a screen reader is not talked over");

    let skipped = chromium.run(SKIP);
    check_skipping(&skipped);
    assert_eq!(chromium.run(KEYS), true, "keys are off at first");

    let slept = chromium.run(SLEEP);
    assert_eq!(
        (&slept["time"], &slept["said"]),
        (&300_000.into(), &"Hết giờ hẹn, đã dừng.".into())
    );
    for action in [
        "play",
        "pause",
        "seekbackward",
        "seekforward",
        "previoustrack",
        "nexttrack",
    ] {
        let known = slept["handlers"]
            .as_array()
            .is_some_and(|all| all.iter().any(|a| a == action));
        assert!(known, "{action}: {slept}");
    }

    chromium.open(&format!("{address}~s400"));
    chromium.run(TOOLS);
    assert_eq!(
        chromium.run(FROM),
        serde_json::json!([{"stays": true, "is": true}, {"stays": true, "is": true}])
    );
    let returned = chromium.run(RETURN);
    assert_eq!(returned, serde_json::json!({"first": true, "hidden": true}));

    chromium.open(&address);
    chromium.run(TOOLS);
    let resumed = chromium.run(RESUME);
    println!("resuming: {resumed}");
    let id = resumed["id"].as_str().expect("an id");
    assert_eq!(resumed["before"], true, "nothing by itself");
    assert_eq!(resumed["offered"], format!("Nghe tiếp từ câu {}", &id[1..]));
}

/// Each step leads to a sentence's beginning, which is marked and told; "next" is next, "previous" is
/// previous.
#[track_caller]
fn check_skipping(skipped: &Value) {
    let of = skipped["of"].as_u64().expect("a count");
    let told = skipped["told"].as_array().expect("steps");
    let at = |step: usize| told[step]["at"].as_i64().expect("a place");
    let start = skipped["start"].as_i64().expect("a place");
    for step in told {
        let number = step["at"].as_i64().expect("a place") + 1;
        assert_eq!(step["said"], format!("Câu {number} trên {of}"), "{step}");
        assert_eq!(step["shown"], step["value"], "{step}");
    }
    assert_eq!(
        [at(0), at(1), at(2)],
        [start + 1, start + 2, start + 1],
        "{skipped}"
    );
    assert!(at(3) > at(2) && at(4) < at(3), "{skipped}");
}
