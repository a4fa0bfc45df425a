//! Pages as a browser's parser and a screen reader meet them.
//!
//! Every kind of page is made, in both languages, with settings in the cookie and in the address; what
//! must hold for all is in `check`.

mod check;
mod dom;
mod kinds;

use std::collections::BTreeSet;

use dom::Page;
use loa::model::{Document, Lang, Problem, Reading, Theme, UiLang, VoiceId, Wishes};
use loa::page::{self, Asked, Portal, Section, Sound, Telling, View, VoiceChoice};
use loa::speech;

const HERE: &str = "/read?url=https%3A%2F%2Fportal.example%2F";
const GIVEN: &str = "https://portal.example/?a=1&b=2";
const ASKED: Asked = Asked {
    address: Some(GIVEN),
    first: Some("https://portal.example/?a=1"),
    portals: &[],
};

/// Every kind of page, by name, saying `words` wherever somebody else's words stand.
fn pages(view: &View<'_>, words: &str) -> Vec<(String, String)> {
    let no_engine = Problem::NoEngine {
        install: words.into(),
    };
    let mut pages = vec![
        (
            "front".to_owned(),
            page::front(view, &portals(words), words),
        ),
        (
            "settings".to_owned(),
            page::settings(view, &voices(words), None),
        ),
        ("help".to_owned(), page::help(view)),
        (
            "tools".to_owned(),
            page::tools(view, Some("http://127.0.0.1:8080")),
        ),
        ("words".to_owned(), words_page(view, words)),
    ];
    for field in ["scale", "theme", "text_color", "voice", "lang"] {
        let html = page::settings(view, &voices(words), Some(field));
        pages.push((format!("settings, wrong {field}"), html));
    }
    for (kind, document) in kinds::documents(words) {
        let heard = page::document(view, &document, Sound::Of(GIVEN));
        let silent = page::document(view, &document, Sound::Without(&no_engine));
        pages.push((kind.to_owned(), heard));
        pages.push((format!("{kind}, silent"), silent));
    }
    for (number, problem) in problems(words).iter().enumerate() {
        let html = page::problem(view, problem, ASKED);
        pages.push((format!("problem {number}"), html));
        pages.push((
            format!("problem {number}, bare"),
            page::problem(view, problem, Asked::default()),
        ));
    }
    pages
}

/// The page for who gives words to look for rather than an address.
fn words_page(view: &View<'_>, words: &str) -> String {
    let asked = Asked {
        address: Some("giá xăng"),
        first: None,
        portals: &portals(words),
    };
    let given = "giá xăng".to_owned();
    page::problem(view, &Problem::NotAnAddress { given }, asked)
}

/// The pages that tell how documents are read aloud: their sentences, and with them the markup, hang
/// on what the words are.
fn told_pages(view: &View<'_>, words: &str) -> Vec<(String, String)> {
    let documents = kinds::documents(words).into_iter();
    documents
        .map(|(kind, document)| (format!("{kind}, as it is spoken"), told(view, &document)))
        .collect()
}

fn told(view: &View<'_>, document: &Document) -> String {
    let reading = Reading::of(document);
    let (plan, steps) = speech::explained(&reading, &speech::Options::default());
    let telling = Telling {
        reading: &reading,
        plan: &plan,
        steps: &steps,
        from: None,
    };
    page::spoken(view, document, GIVEN, &telling)
}

/// Vietnamese, settings in the cookie.
fn usual(wishes: &Wishes) -> View<'_> {
    View {
        wishes,
        lang: UiLang::VI,
        carry: false,
        saves_data: false,
        here: HERE,
    }
}

fn portals(words: &str) -> [Portal; 1] {
    [Portal {
        name: words.into(),
        url: "https://portal.example/".into(),
        sections: vec![Section {
            name: format!("{words} 2"),
            url: "https://portal.example/2".into(),
        }],
        search: Some("https://portal.example/?q={words}".into()),
    }]
}

fn voices(words: &str) -> [VoiceChoice; 1] {
    [VoiceChoice {
        id: VoiceId::parse("vi-south").expect("a voice's name"),
        name: words.into(),
        lang: Lang::parse("fr").expect("a language"),
        region: Some(words.into()),
        has_sample: true,
    }]
}

/// One problem of each kind.
fn problems(words: &str) -> Vec<Problem> {
    let given = || words.to_owned();
    let mut problems = vec![
        Problem::NotAnAddress { given: given() },
        Problem::NotAnAddress {
            given: String::new(),
        },
        Problem::Forgotten,
        Problem::NoSuchTurn,
        Problem::Refused,
        Problem::NotAPortal { host: given() },
        Problem::Unreachable,
        Problem::TimedOut,
        Problem::TooLarge { limit: 20 << 20 },
        Problem::RedirectLoop,
        Problem::EmptyPage,
        Problem::NoVoice { voice: given() },
        Problem::NoVoiceForLanguage { lang: given() },
        Problem::NoEngine { install: given() },
        Problem::VoiceFailed,
        Problem::NoFormat { given: given() },
        Problem::BadValue {
            field: given(),
            given: given(),
        },
        Problem::NoSuchPlace { given: given() },
        Problem::File {
            path: given(),
            reason: given(),
        },
        Problem::Busy { retry_after: 7 },
        Problem::TooMany { retry_after: 7 },
        Problem::BadRequest,
        Problem::RequestTooSlow,
        Problem::NotHere,
        Problem::WrongMethod,
        Problem::OtherOrigin,
        Problem::RequestTooLarge,
        Problem::Internal,
    ];
    problems.extend([404, 403, 503].map(|status| Problem::Upstream { status }));
    problems.extend([
        Problem::Resting { retry_after: 90 },
        Problem::Disallowed,
        Problem::BadPicture,
    ]);
    let file = |media_type: &str| Problem::NotAPage {
        media_type: media_type.into(),
    };
    problems.extend(["application/pdf", "image/png", words].map(file));
    problems
}

/// Makes every page in each language and with each way of keeping settings.
fn in_every_view(words: &str, mut look: impl FnMut(&str, &View<'_>, &str)) {
    let mut wishes = Wishes::default();
    for (field, value) in [
        ("scale", "400"),
        ("theme", "custom"),
        ("speed", "1.35"),
        ("data", "saver"),
        ("voice", "own-voice"),
        ("documents", "spell"),
        ("cues", "picture.table"),
    ] {
        wishes.set(field, value).expect("a known wish");
    }
    for wishes in [Wishes::default(), wishes] {
        for (lang, carry) in [(UiLang::VI, false), (UiLang::EN, true)] {
            let view = View {
                wishes: &wishes,
                lang,
                carry,
                saves_data: false,
                here: HERE,
            };
            let all = pages(&view, words).into_iter();
            for (name, html) in all.chain(told_pages(&view, words)) {
                look(
                    &format!("{name} ({}, carry: {carry})", lang.word()),
                    &view,
                    &html,
                );
            }
        }
    }
}

#[test]
fn every_page_is_sound_for_a_parser_and_a_screen_reader() {
    in_every_view("Chữ & <nghĩa>", check::page);
}

/// Whatever somebody else's words are, a page's markup stays the same: only texts and values change.
#[test]
fn no_words_of_a_page_ever_become_markup() {
    let scripts: Vec<String> = serde_json::from_str(include_str!("scripts.json")).expect("strings");
    assert!(scripts.len() > 400, "the rows were read");
    // A line break in a text is a `br` by right.
    let scripts: Vec<_> = scripts.iter().map(|s| s.replace('\n', " ")).collect();
    let article = article_skeleton("lời");
    for script in &scripts {
        assert_eq!(article, article_skeleton(script), "{script}");
    }
    let all = scripts.join(" ");
    assert_eq!(skeletons("lời"), skeletons(&all));
    let known = told_elements("Lời 12-NQ/TW. العربية نص عربي طويل هنا.");
    let strange: Vec<_> = told_elements(&all).difference(&known).cloned().collect();
    assert_eq!(strange, Vec::<String>::new());
}

/// The elements with their attributes, each once, of the pages that tell how `words` are read aloud.
fn told_elements(words: &str) -> BTreeSet<String> {
    let wishes = Wishes::default();
    let pages = told_pages(&usual(&wishes), words);
    let mut elements = BTreeSet::new();
    for (_, html) in pages {
        let skeleton = Page::parse(&html).skeleton();
        elements.extend(
            skeleton
                .lines()
                .map(|line| line.trim_start_matches('>').to_owned()),
        );
    }
    elements
}

fn skeletons(words: &str) -> Vec<(String, String)> {
    let wishes = Wishes::default();
    let pages = pages(&usual(&wishes), words).into_iter();
    pages
        .map(|(name, html)| (name, Page::parse(&html).skeleton()))
        .collect()
}

fn article_skeleton(words: &str) -> String {
    let (_, document) = kinds::documents(words).remove(0);
    let wishes = Wishes::default();
    Page::parse(&page::document(
        &usual(&wishes),
        &document,
        Sound::Of(GIVEN),
    ))
    .skeleton()
}

#[test]
fn a_document_that_stands_alone_needs_nothing_beside_it() {
    for (kind, document) in kinds::documents("Chữ & <nghĩa>") {
        let page = Page::parse(&page::standalone(&document));
        assert_eq!(page.faults, Vec::<String>::new(), "{kind}");
        assert_eq!(page.all("h1").count(), 1, "{kind}");
        check::headings_step_down_one_by_one(kind, &page);
        for name in ["script", "link", "form", "audio"] {
            assert_eq!(page.all(name).count(), 0, "{kind}: {name}");
        }
        let own = page
            .all("a")
            .filter(|a| !a.get("href").is_some_and(|h| h.starts_with("https://")));
        assert_eq!(own.count(), 0, "{kind}: every link leads to the web");
    }
}

#[test]
fn a_window_is_called_by_its_title_as_far_as_there_is_room() {
    let wishes = Wishes::default();
    let title = |words: &str| {
        let (_, document) = kinds::documents(words).remove(0);
        let html = page::document(&usual(&wishes), &document, Sound::Of(GIVEN));
        let page = Page::parse(&html);
        page.all("title")
            .map(|title| title.text.clone())
            .collect::<String>()
    };
    assert_eq!(title("Tin ngắn"), "Tin ngắn – Tin ngắn – Loa");
    let one = "Một tin có tên vừa đủ dài để chỗ cho trang không còn";
    assert_eq!(title(one), format!("{one} – Loa"));
    let long = title(&"Một tin có tên rất dài. ".repeat(9));
    assert!(
        long.chars().count() <= 70 && long.ends_with("… – Loa"),
        "{long}"
    );
}

#[test]
fn a_refused_address_reads_like_one_that_does_not_answer() {
    let wishes = Wishes::default();
    for lang in [UiLang::VI, UiLang::EN] {
        let view = View {
            wishes: &wishes,
            lang,
            carry: false,
            saves_data: false,
            here: HERE,
        };
        let told = |problem| page::problem(&view, &problem, ASKED);
        assert_eq!(told(Problem::Refused), told(Problem::Unreachable));
        assert_eq!(
            page::sentence(lang, &Problem::Refused),
            page::sentence(lang, &Problem::Unreachable)
        );
    }
}

#[test]
fn a_sentence_about_a_problem_is_safe_on_a_terminal() {
    let given = "\u{1b}[31mđỏ\u{7}\n".to_owned();
    let said = page::sentence(UiLang::VI, &Problem::NotAnAddress { given });
    assert!(!said.contains(char::is_control), "{said:?}");
    assert!(said.contains("đỏ"));
}

#[test]
fn sound_is_asked_for_with_the_voice_and_speed_that_were_chosen() {
    let mut wishes = Wishes::default();
    wishes.set("voice", "vi-south").expect("a known wish");
    wishes.set("speed", "1,25").expect("a known wish");
    let view = usual(&wishes);
    let (_, document) = kinds::documents("Tên bài").remove(0);
    let page = Page::parse(&page::document(
        &view,
        &document,
        Sound::Of("https://a.example/?b=c"),
    ));
    let audio = page.all("audio").next().expect("a player");
    let query = "?url=https%3A%2F%2Fa.example%2F%3Fb%3Dc&voice=vi-south&speed=1.25";
    let offered: Vec<_> = page
        .all("source")
        .filter_map(|source| Some((source.get("src")?, source.get("type")?)))
        .collect();
    let (webm, mp3) = (format!("/audio.webm{query}"), format!("/audio.mp3{query}"));
    let types = ["audio/webm; codecs=opus", "audio/mpeg"];
    assert_eq!(offered, [(&*webm, types[0]), (&*mp3, types[1])]);
    assert_eq!(audio.get("preload"), Some("none"));
    let download = page.all("a").find_map(|a| a.get("download"));
    assert_eq!(download, Some("Tên bài.mp3"));
}

#[test]
fn the_settings_form_holds_what_is_set_and_leads_back() {
    let mut wishes = Wishes::default();
    for (field, value) in [
        ("scale", "110"),
        ("theme", "yellow-on-blue"),
        ("speed", "1.35"),
        ("voice", "gone"),
    ] {
        wishes.set(field, value).expect("a known wish");
    }
    let view = View {
        wishes: &wishes,
        lang: UiLang::EN,
        carry: false,
        saves_data: false,
        here: "/settings?back=%2Fread%3Furl%3Dx",
    };
    let page = Page::parse(&page::settings(&view, &[], None));
    let set = |name: &str| {
        let select = page
            .elements
            .iter()
            .position(|e| e.name == "select" && e.get("name") == Some(name));
        let option = page
            .all("option")
            .find(|o| o.get("selected").is_some() && o.inside.last() == select.as_ref());
        let radio = page
            .all("input")
            .find(|i| i.get("name") == Some(name) && i.get("checked").is_some());
        option
            .or(radio)
            .and_then(|e| e.get("value"))
            .map(ToOwned::to_owned)
    };
    for field in [
        "scale", "theme", "spacing", "font", "width", "voice", "speed", "data", "lang",
    ] {
        assert_eq!(set(field), wishes.get(field), "{field}");
    }
    let backs: Vec<_> = page
        .all("input")
        .filter(|i| i.get("name") == Some("back"))
        .filter_map(|i| i.get("value"))
        .collect();
    assert!(backs.contains(&"/read?url=x"), "{backs:?}");
}

#[test]
fn every_text_size_has_a_rule_in_the_style_sheet() {
    let style = page::asset("style.css").expect("the style sheet");
    let css = str::from_utf8(style.bytes).expect("text");
    for percent in 100..=400 {
        let mut wishes = Wishes::default();
        wishes
            .set("scale", &percent.to_string())
            .expect("a known wish");
        wishes.theme = Theme::WhiteOnBlack;
        let view = View {
            wishes: &wishes,
            lang: UiLang::VI,
            carry: false,
            saves_data: false,
            here: "/",
        };
        let page = Page::parse(&page::help(&view));
        let scale = page.elements[0].get("data-scale").expect("a scale");
        assert!(
            css.contains(&format!("[data-scale=\"{scale}\"]")),
            "{percent}"
        );
        assert!(
            scale.parse::<i32>().is_ok_and(|s| (s - percent).abs() <= 2),
            "{percent}"
        );
    }
    let linked = format!("/static/style.css?v={}", style.version);
    assert!(
        page::front(
            &View {
                wishes: &Wishes::default(),
                lang: UiLang::VI,
                carry: false,
                saves_data: false,
                here: "/"
            },
            &[],
            ""
        )
        .contains(&linked)
    );
}

#[test]
fn an_article_can_be_heard_from_each_heading_and_paragraph_as_far_as_is_wished() {
    let from = |starts: &str, sound: Sound<'_>| -> Vec<String> {
        let mut wishes = Wishes::default();
        wishes.set("starts", starts).expect("a known wish");
        let view = usual(&wishes);
        let documents = kinds::documents("Lời");
        let html = page::document(&view, &documents[0].1, sound);
        let page = Page::parse(&html);
        let hrefs = page.all("a").filter_map(|a| a.get("href"));
        let places = hrefs.filter_map(|href| href.split_once("&from="));
        places.map(|(_, place)| place.to_owned()).collect()
    };
    let all = from("paragraphs", Sound::Of(GIVEN));
    let headings = from("headings", Sound::Of(GIVEN));
    assert!(
        all.len() > headings.len() && !headings.is_empty(),
        "{all:?}"
    );
    assert!(headings.iter().all(|place| all.contains(place)));
    assert_eq!(from("none", Sound::Of(GIVEN)), Vec::<String>::new());
    let no_engine = Problem::NoEngine {
        install: String::new(),
    };
    assert_eq!(
        from("paragraphs", Sound::Without(&no_engine)),
        Vec::<String>::new()
    );
}
