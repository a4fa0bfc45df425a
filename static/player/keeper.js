// Keeps the article and its sound on this machine when somebody asks for it, and gives it up again.

import { canKeep, drop, filesOfPage, keep, list, sizeOf } from "../offline/kept.js";

export class Keeper {
  /** @param {HTMLElement} controls @param {HTMLAudioElement} audio @param {(message: string, values?: object) => void} say */
  constructor(controls, audio, say) {
    this.controls = controls;
    this.audio = audio;
    this.say = say;
    this.article = controls.dataset.article;
    this.keepButton = controls.querySelector('[name="keep"]');
    this.dropButton = controls.querySelector('[name="drop"]');
  }

  /** Shows what can be done here; nothing where the browser keeps nothing. */
  connect() {
    if (!canKeep()) return;
    const part = this.controls.querySelector('[data-part="keeping"]');
    part.querySelector('[data-part="kept"]').hidden = location.pathname !== "/kept";
    part.hidden = false;
    this.keepButton.addEventListener("click", () => this.#keep());
    this.dropButton.addEventListener("click", () => this.#drop());
    list().then((all) => this.#show(all.some(({ article }) => article === this.article)));
  }

  #show(isKept) {
    this.keepButton.hidden = isKept;
    this.dropButton.hidden = !isKept;
  }

  async #keep() {
    this.say("sayKeeping");
    const title = document.querySelector("h1");
    const { marks, site } = this.controls.dataset;
    const asked = document.activeElement;
    try {
      const bytes = await keep({
        article: this.article,
        title: title.textContent,
        lang: title.lang || document.documentElement.lang,
        site,
        page: this.#page(),
        files: [this.#sound(), marks, ...filesOfPage()],
      });
      // Keeping may take minutes: who has gone on meanwhile is not called back.
      const isStillHere = document.activeElement === asked && asked === this.keepButton;
      this.#show(true);
      if (isStillHere) this.dropButton.focus();
      this.say("sayKept", { size: sizeOf(bytes) });
    } catch (error) {
      this.say(error.name === "QuotaExceededError" ? "sayFull" : "sayNotKept");
    }
  }

  async #drop() {
    await drop(this.article);
    this.#show(false);
    this.keepButton.focus();
    this.say("sayDropped");
  }

  /** The address of this very page, whose sound and marks are kept with it; a pasted text has none in the window. */
  #page() {
    const url = new URL(this.controls.dataset.marks, location.href).searchParams.get("url");
    const code = new URLSearchParams(location.search).get("s");
    return `/read?${new URLSearchParams(code ? { url, s: code } : { url })}`;
  }

  /** The address of the sound that this browser takes: the one it plays, or the first that it can play. */
  #sound() {
    const sources = [...this.audio.querySelectorAll("source")];
    const taken = sources.find(({ src }) => src === this.audio.currentSrc);
    const source = taken ?? sources.find(({ type }) => this.audio.canPlayType(type)) ?? sources.at(-1);
    return source.getAttribute("src");
  }
}
