//! Playlists: parts of equal length that join to the whole sound, and that grow with a slow voice.

mod common;

use std::process::Command;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Condvar, Mutex};

use common::client::get;
use common::loa::Server;
use common::portal::Portal;
use loa::extract::{self, Rules};
use loa::fetch::{Fetcher, Reach, Settings};
use loa::gateway::{Bounds, Gateway, Measuring, SoundWish, Understood};
use loa::model::{DataUse, Diction, Format, Lang, Pcm, Speed, SpokenSound, VoiceId};
use loa::voice::{self, Catalogue, Description, Voice};

/// An address as it stands in a query.
fn query(url: &str) -> String {
    let pair = [("url", url)];
    url::form_urlencoded::Serializer::new(String::new())
        .extend_pairs(pair)
        .finish()
}

/// Asks for a list until it is whole, as a player does.
fn whole_list(server: &Server, query: &str) -> String {
    loop {
        let list = get(server.address, &format!("/playlist.m3u8?{query}"), &[]);
        let kind = list.header("content-type");
        assert_eq!(kind, Some("application/vnd.apple.mpegurl"));
        let list = list.text();
        if list.ends_with("#EXT-X-ENDLIST\n") {
            return list;
        }
    }
}

/// The addresses of a list's parts with their lengths in seconds.
fn parts(list: &str) -> Vec<(f64, &str)> {
    let lines: Vec<_> = list.lines().collect();
    let pairs = lines.windows(2).filter_map(|pair| {
        let seconds = pair[0].strip_prefix("#EXTINF:")?.strip_suffix(',')?;
        Some((seconds.parse().expect("a number"), pair[1]))
    });
    pairs.collect()
}

/// What comes after an ID3 tag.
fn frames(mp3: &[u8]) -> &[u8] {
    assert_eq!(&mp3[..3], b"ID3");
    let length = mp3[6..10]
        .iter()
        .fold(0, |sum, byte| sum << 7 | usize::from(*byte));
    &mp3[10 + length..]
}

#[test]
fn the_parts_of_a_playlist_join_to_the_whole_sound() {
    let portal = Portal::start();
    let server = Server::start(&["--trust", &portal.trust()]);
    let url = query(&portal.url("/utf-8.aspx"));
    for more in [
        "",
        "&speed=2&data=saver",
        "&from=s3",
        "&from=s2&to=s4&pauses=long",
    ] {
        let list = whole_list(&server, &format!("{url}{more}"));
        let mut joined = Vec::new();
        let mut length = 0.0;
        for (seconds, address) in parts(&list) {
            assert!(seconds <= 6.0, "{seconds} s");
            let part = get(server.address, &format!("/{address}"), &[]);
            assert_eq!(part.status, 200);
            let clock = frames(&part.body).as_ptr() as usize - part.body.as_ptr() as usize;
            let ticks = u64::from_be_bytes(*part.body[..clock].last_chunk().expect("a time"));
            assert!(
                (ticks as f64 / 90_000.0 - length).abs() < 0.01,
                "{ticks} at {length}"
            );
            joined.extend_from_slice(frames(&part.body));
            length += seconds;
        }
        let whole = get(server.address, &format!("/audio.mp3?{url}{more}"), &[]);
        assert!(frames(&whole.body) == joined, "{more}");
    }
}

#[test]
fn a_player_hears_all_of_a_playlist() {
    let portal = Portal::start();
    let server = Server::start(&["--trust", &portal.trust()]);
    let url = query(&portal.url("/utf-8.aspx"));
    let list = whole_list(&server, &url);
    let told: f64 = parts(&list).iter().map(|(seconds, _)| seconds).sum();
    let address = format!("http://{}/playlist.m3u8?{url}", server.address);
    let probe = Command::new("ffprobe")
        .args([
            "-v",
            "warning",
            "-show_entries",
            "packet=duration_time",
            "-of",
            "csv=p=0",
        ])
        .arg(&address)
        .output()
        .expect("ffprobe must be installed for the tests (see ./run test)");
    let heard = String::from_utf8(probe.stdout).expect("numbers");
    let heard: f64 = heard
        .split_whitespace()
        .filter_map(|one| one.trim_matches(',').parse::<f64>().ok())
        .sum();
    let warned = String::from_utf8_lossy(&probe.stderr);
    assert!(warned.is_empty(), "{warned}");
    assert!((heard - told).abs() < 0.1, "{heard} of {told} s");
}

#[test]
fn a_wrong_part_is_an_answer_and_no_fault() {
    let portal = Portal::start();
    let server = Server::start(&["--trust", &portal.trust()]);
    let url = query(&portal.url("/utf-8.aspx"));
    for (wrong, status) in [
        ("from=s1&skip=0&frames=x&at=0", 400),
        ("from=s1&skip=-1&frames=9&at=0", 400),
        ("skip=0&frames=9&at=0", 400),
        ("from=s999&skip=0&frames=9&at=0", 400),
    ] {
        let answer = get(server.address, &format!("/part.mp3?{url}&{wrong}"), &[]);
        assert_eq!(answer.status, status, "{wrong}");
    }
    let most = u64::MAX;
    let beyond = format!("/part.mp3?{url}&from=s1&skip={most}&frames={most}&at={most}");
    assert_eq!(get(server.address, &beyond, &[]).status, 400);
    let long = format!("/part.mp3?{url}&from=s1&skip=0&frames={most}&at={most}");
    let long = get(server.address, &long, &[]);
    assert_eq!(long.status, 200);
    assert!(
        frames(&long.body).len() <= 6 * 48_000 / 8,
        "no part is longer"
    );
}

/// A voice that takes as long as it is made to: three seconds of sound for each utterance it may say.
struct Slow {
    description: Description,
    allowed: Arc<(Mutex<usize>, Condvar)>,
    spoken: Arc<AtomicUsize>,
}

const RATE: u32 = 22_050;
/// Utterances that are begun at once.
const AHEAD: usize = 4;

impl Voice for Slow {
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
        false
    }

    fn speak(&self, _: &str, _: Speed) -> Result<SpokenSound, voice::Error> {
        let (allowed, more) = &*self.allowed;
        let allowed = allowed.lock().expect("no panic meanwhile");
        let mut allowed = more
            .wait_while(allowed, |allowed| *allowed == 0)
            .expect("no panic meanwhile");
        *allowed -= 1;
        self.spoken.fetch_add(1, Ordering::SeqCst);
        Ok(SpokenSound {
            pcm: Pcm {
                rate: RATE,
                samples: vec![0; 3 * RATE as usize],
            },
            words: Vec::new(),
        })
    }
}

struct Stage {
    gateway: Gateway,
    allowed: Arc<(Mutex<usize>, Condvar)>,
    spoken: Arc<AtomicUsize>,
}

impl Stage {
    fn new() -> Self {
        let (allowed, spoken) = (Arc::default(), Arc::default());
        let voice = Slow {
            description: Description {
                id: VoiceId::parse("slow").expect("a name"),
                name: "slow".to_owned(),
                lang: Lang::vi(),
                region: None,
                gender: None,
                engine: "test".to_owned(),
                licence: None,
                source: None,
                sample: None,
            },
            allowed: Arc::clone(&allowed),
            spoken: Arc::clone(&spoken),
        };
        let voices = Catalogue::open(&voice::Settings::default()).with(Arc::new(voice));
        let fetcher = Fetcher::new(Settings::new(Reach::Open));
        let bounds = Bounds {
            ahead: AHEAD,
            ..Bounds::default()
        };
        Self {
            gateway: Gateway::new(fetcher, Rules::default(), Arc::new(voices), bounds),
            allowed,
            spoken,
        }
    }

    fn allow(&self, utterances: usize) {
        *self.allowed.0.lock().expect("no panic meanwhile") += utterances;
        self.allowed.1.notify_all();
    }
}

impl Drop for Stage {
    fn drop(&mut self) {
        self.allow(1_000); // so that no thread waits for ever
    }
}

fn wish() -> SoundWish {
    SoundWish {
        voice: VoiceId::parse("slow"),
        usual_voice: None,
        speed: Speed::default(),
        format: Format::Mp3,
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
    Arc::new(Understood::of(extract::plain(&text)))
}

#[tokio::test(flavor = "multi_thread")]
async fn with_a_slow_voice_the_list_grows_and_ends() {
    let stage = Stage::new();
    let page = article(20);
    // As many as are begun at once: with fewer the first could wait while later ones are spoken.
    stage.allow(AHEAD);
    let list = || async {
        let list = stage.gateway.playlist(Arc::clone(&page), &wish()).await;
        list.expect("a playlist")
    };
    let first = list().await;
    assert!(!first.is_whole && !first.parts.is_empty());
    stage.allow(20 - AHEAD);
    let mut last = first;
    while !last.is_whole {
        let next = list().await;
        assert_eq!(
            next.parts[..last.parts.len()],
            last.parts,
            "what was listed stays"
        );
        last = next;
        tokio::task::yield_now().await;
    }
    let seconds: f64 = last.parts.iter().map(|part| last.seconds(part)).sum();
    assert!(seconds > 60.0, "{seconds} s");
    let spoken = stage.spoken.load(Ordering::SeqCst);
    for part in &last.parts {
        let made = stage.gateway.part(Arc::clone(&page), &wish(), *part).await;
        assert!(made.expect("a part").len() > 1_000);
    }
    assert_eq!(
        stage.spoken.load(Ordering::SeqCst),
        spoken,
        "nothing is said twice"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_slow_voice_works_two_minutes_ahead_and_no_further() {
    let stage = Stage::new();
    let page = article(200);
    stage.allow(200);
    let list = stage
        .gateway
        .playlist(page, &wish())
        .await
        .expect("a playlist");
    assert!(!list.is_whole);
    let mut steady = 0;
    let mut before = 0;
    while steady < 10_000 {
        tokio::task::yield_now().await;
        let spoken = stage.spoken.load(Ordering::SeqCst);
        steady = if spoken == before && spoken > 30 {
            steady + 1
        } else {
            0
        };
        before = spoken;
    }
    assert!(before < 60, "{before} utterances of three seconds");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_slow_voice_is_not_made_to_say_all_so_that_its_length_be_known() {
    let stage = Stage::new();
    let measured = stage
        .gateway
        .measured(article(20), &wish(), Measuring::Speak)
        .await;
    assert!(measured.expect("no failure").is_none());
    assert_eq!(stage.spoken.load(Ordering::SeqCst), 0);
}
