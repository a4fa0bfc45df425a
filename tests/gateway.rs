//! Listening, seen from inside: what is shared, what stops, what is left out.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use futures_util::StreamExt;
use loa::extract::{self, Rules};
use loa::fetch::{Fetcher, Reach, Settings};
use loa::gateway::{Bounds, Error, Gateway, Measuring, SoundWish, Understood};
use loa::model::{DataUse, Diction, Format, Lang, Pcm, Speed, SpokenSound, VoiceId};
use loa::speech::Options;
use loa::voice::{self, Catalogue, Description, Voice};
use tokio::runtime::Runtime;

/// A voice that counts what it is asked to say, fails where it is told "hỏng", and says "chập chờn"
/// once only.
struct Counting {
    description: Description,
    asked: Arc<AtomicUsize>,
    /// How often it was told "chập chờn"; only the first time does it say so.
    unsteady: AtomicUsize,
    is_quick: bool,
}

const RATE: u32 = 22_050;

impl Voice for Counting {
    fn description(&self) -> &Description {
        &self.description
    }

    fn version(&self) -> &str {
        "1"
    }

    fn rate(&self) -> u32 {
        RATE
    }

    fn is_quick(&self) -> bool {
        self.is_quick
    }

    fn speak(&self, text: &str, _: Speed) -> Result<SpokenSound, voice::Error> {
        self.asked.fetch_add(1, Ordering::SeqCst);
        let is_again =
            text.contains("chập chờn") && self.unsteady.fetch_add(1, Ordering::SeqCst) > 0;
        if is_again || text.contains("hỏng") {
            return Err(voice::Error::Failed("as the test wants it".to_owned()));
        }
        let pcm = Pcm {
            rate: RATE,
            samples: vec![0; 2205],
        };
        Ok(SpokenSound {
            pcm,
            words: Vec::new(),
        })
    }
}

/// A gateway with the counting voice, and its count.
fn gateway(bounds: Bounds) -> (Gateway, Arc<AtomicUsize>) {
    gateway_with(bounds, true)
}

/// The same with a voice that is quick or is not.
fn gateway_with(bounds: Bounds, is_quick: bool) -> (Gateway, Arc<AtomicUsize>) {
    let asked = Arc::new(AtomicUsize::new(0));
    let description = Description {
        id: VoiceId::parse("counting").expect("a name"),
        name: "counting".to_owned(),
        lang: Lang::vi(),
        region: None,
        gender: None,
        engine: "test".to_owned(),
        licence: None,
        source: None,
        sample: None,
    };
    let voice = Counting {
        description,
        asked: Arc::clone(&asked),
        unsteady: AtomicUsize::new(0),
        is_quick,
    };
    let catalogue = Catalogue::open(&voice::Settings::default()).with(Arc::new(voice));
    let fetcher = Fetcher::new(Settings::new(Reach::Open));
    (
        Gateway::new(fetcher, Rules::default(), Arc::new(catalogue), bounds),
        asked,
    )
}

fn wish() -> SoundWish {
    SoundWish {
        voice: VoiceId::parse("counting"),
        usual_voice: None,
        speed: Speed::default(),
        format: Format::Wav,
        data: DataUse::Usual,
        from: None,
        to: None,
        diction: Diction::default(),
    }
}

fn article(sentences: usize) -> Arc<Understood> {
    let text: String = (0..sentences)
        .map(|n| format!("Bà con thôn {n} ra đồng từ sáng sớm.\n"))
        .collect();
    let page = Understood::of(extract::plain(&text));
    let plan = page.plan(&Options::default());
    assert_eq!(plan.utterances.len(), sentences);
    Arc::new(page)
}

fn runtime() -> Runtime {
    Runtime::new().expect("a runtime")
}

#[test]
fn a_listener_who_leaves_stops_the_work() {
    let bounds = Bounds {
        ahead: 4,
        ..Bounds::default()
    };
    let (gateway, asked) = gateway(bounds);
    let runtime = runtime();
    runtime.block_on(async {
        let mut sound = gateway.speak(article(60), &wish()).await.expect("sound");
        for _ in 0..2 {
            sound
                .segments
                .next()
                .await
                .expect("a segment")
                .expect("sound");
        }
    });
    drop(runtime); // waits for whatever is still being spoken
    let asked = asked.load(Ordering::SeqCst);
    assert!(
        (2..=2 + bounds.ahead).contains(&asked),
        "{asked} utterances were spoken"
    );
}

#[test]
fn what_many_hear_is_spoken_once() {
    let (gateway, asked) = gateway(Bounds::default());
    let page = article(30);
    let heard = runtime().block_on(async {
        let all = (0..100).map(|_| async {
            let sound = gateway
                .speak(Arc::clone(&page), &wish())
                .await
                .expect("sound");
            sound
                .segments
                .map(|heard| heard.expect("a segment").segment.bytes.len())
                .collect::<Vec<_>>()
                .await
        });
        futures_util::future::join_all(all).await
    });
    assert!(heard.iter().all(|one| one.len() == 30 && *one == heard[0]));
    assert_eq!(asked.load(Ordering::SeqCst), 30);
}

#[test]
fn in_place_of_an_utterance_that_cannot_be_spoken_the_listener_is_told() {
    let (gateway, asked) = gateway(Bounds::default());
    let text = "Câu đầu nghe được.\nCâu này hỏng mất rồi.\nCâu cuối nghe được.\n";
    let page = Arc::new(Understood::of(extract::plain(text)));
    let said: Vec<_> = runtime().block_on(async {
        let sound = gateway.speak(page, &wish()).await.expect("sound");
        let heard = sound.segments.map(|heard| heard.expect("a segment"));
        heard
            .map(|heard| (heard.utterance, heard.is_spoken))
            .collect()
            .await
    });
    assert_eq!(said, [(0, true), (1, false), (2, true)]);
    assert_eq!(
        asked.load(Ordering::SeqCst),
        4,
        "three sentences and the word about one"
    );
}

#[test]
fn bytes_that_were_promised_come_or_the_sound_breaks_off() {
    let (gateway, _) = gateway(Bounds::default());
    let page = Understood::of(extract::plain("Câu đầu.\nCâu này chập chờn.\nCâu cuối.\n"));
    runtime().block_on(async {
        let measured = gateway
            .measured(Arc::new(page), &wish(), Measuring::Speak)
            .await;
        let sound = measured.expect("no failure yet").expect("a length");
        let length = sound.length();
        let pieces: Vec<_> = sound.bytes(0..length).collect().await;
        assert!(
            pieces.iter().any(Result::is_err),
            "another sentence's bytes were sent for it"
        );
    });
}

#[test]
fn a_listener_who_pauses_holds_nobody_up() {
    let bounds = Bounds {
        speakers: 1,
        ahead: 4,
        ..Bounds::default()
    };
    let (gateway, _) = gateway(bounds);
    let (same, other) = (
        article(40),
        Arc::new(Understood::of(extract::plain("Một bài khác.\n"))),
    );
    runtime().block_on(async {
        let mut paused = gateway
            .speak(Arc::clone(&same), &wish())
            .await
            .expect("sound");
        paused
            .segments
            .next()
            .await
            .expect("a segment")
            .expect("sound");
        for page in [same, other] {
            let sound = gateway.speak(page, &wish()).await.expect("sound");
            let all = tokio::time::timeout(Duration::from_secs(30), sound.segments.count()).await;
            assert!(all.is_ok(), "another listener waits for one who has paused");
        }
        drop(paused);
    });
}

#[test]
fn one_listener_too_many_is_asked_to_come_back() {
    let (gateway, _) = gateway(Bounds {
        listeners: 1,
        ..Bounds::default()
    });
    runtime().block_on(async {
        let first = gateway.speak(article(3), &wish()).await.expect("sound");
        let second = gateway.speak(article(3), &wish()).await;
        assert!(second.is_err_and(|error| matches!(*error, Error::Busy)));
        drop(first);
        assert!(
            gateway.speak(article(3), &wish()).await.is_ok(),
            "a place is given back"
        );
    });
}
