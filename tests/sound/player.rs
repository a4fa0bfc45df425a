//! Played for real: Chromium opens the article's page and plays its `<audio>`, which seeks into what
//! nobody has heard yet and ends where the marks end.

use crate::browser::Chromium;
use crate::stage::{form, stage};

/// The most by which a player's times may differ from ours, in seconds.
const AGREES: f64 = 0.050;

/// Plays the page's sound in a format: a moment from its beginning, a moment from its middle, and from
/// shortly before its end to its end. Tells the times.
const PLAY: &str = r#"
new Promise((done, fail) => {
  const audio = document.querySelector("audio"), told = {};
  const plays = (after, next) => {
    audio.ontimeupdate = () => {
      if (audio.seeking || audio.currentTime < after + 0.2) return;
      audio.ontimeupdate = null;
      next(audio.currentTime);
    };
  };
  const seek = (place, next) => {
    audio.onseeked = () => { audio.onseeked = null; next(audio.currentTime); };
    audio.currentTime = place;
  };
  audio.onerror = () => fail(new Error(audio.error.message));
  audio.onended = () => {
    told.ended = audio.currentTime;
    told.lengthAtEnd = audio.duration;
    done(told);
  };
  const offered = audio.querySelector("source[src*='audio.EXTENSION']");
  audio.src = offered.src + "&speed=SPEED";
  plays(0, () => {
    told.length = audio.duration;
    told.seekable = audio.seekable.end(0);
    seek(audio.duration / 2, middle => {
      told.middle = middle;
      plays(middle, () => seek(audio.duration - 1, () => {}));
    });
  });
  audio.play().catch(fail);
})
"#;

#[test]
fn chromium_plays_seeks_and_ends_where_the_marks_end() {
    let stage = stage();
    let mut chromium = Chromium::start();
    chromium.open(&stage.page());
    for (extension, speed) in [("webm", "1.41"), ("mp3", "1.42")] {
        let script = PLAY.replace("EXTENSION", extension).replace("SPEED", speed);
        let told = chromium.run(&script);
        println!("{extension}: {told}");
        let form = form(extension, "usual");
        let captions = stage.captions(form, &format!("&speed={speed}"));
        let (_, end) = *captions.last().expect("a cue");
        let time = |name: &str| told[name].as_f64().expect("a time");
        for name in ["length", "seekable", "lengthAtEnd", "ended"] {
            let apart = (time(name) - end).abs();
            assert!(
                apart < AGREES,
                "{extension}: {name} {} of {end} s",
                time(name)
            );
        }
        assert!(
            (time("middle") - end / 2.0).abs() < AGREES,
            "{extension}: {told}"
        );
    }
}
