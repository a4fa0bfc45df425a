//! Holds every page that Loa makes of somebody else's against what a listener needs.
//!
//! `LOA_PAGES=FOLDER cargo test --test pages_check -- --ignored --nocapture` looks through a folder of
//! saved pages (`.html` or `.html.gz`, at any depth) and prints every broken rule with its page.

#[path = "../page/dom.rs"]
#[allow(dead_code, reason = "shared with the tests of the page")]
mod dom;
#[allow(dead_code, reason = "shared with the tests of spoilt pages")]
mod fault;
mod saved;

use std::{collections::BTreeMap, path::PathBuf};

use fault::faults;
use loa::gateway::understand;
use loa::model::{UiLang, Wishes};
use loa::page::{self, Sound, View};
use saved::Saved;

/// Renders a saved page as the gateway does.
fn rendered(saved: &Saved) -> String {
    let content_type = saved.content_type.as_deref();
    let document = understand(&saved.bytes, content_type, Some(&saved.address));
    let wishes = Wishes::default();
    let view = View {
        wishes: &wishes,
        lang: UiLang::VI,
        carry: false,
        saves_data: false,
        here: "/read?url=https%3A%2F%2Fsaved.example%2F",
    };
    page::document(&view, &document, Sound::Of(saved.address.as_str()))
}

/// Prints each broken rule with its pages; returns how many faults there are.
fn report(pages: &[Saved]) -> usize {
    let mut broken: BTreeMap<&str, Vec<String>> = BTreeMap::new();
    for saved in pages {
        for fault in faults(&rendered(saved)) {
            let line = format!("  {}: {}", saved.name, fault.what);
            broken.entry(fault.rule).or_default().push(line);
        }
    }
    for (rule, lines) in &broken {
        println!("{rule}: {} faults\n{}", lines.len(), lines.join("\n"));
    }
    println!("{} pages, {} rules broken", pages.len(), broken.len());
    broken.values().map(Vec::len).sum()
}

#[test]
fn every_page_of_the_project_is_made_without_fault() {
    assert_eq!(report(&saved::own()), 0);
}

#[test]
#[ignore = "needs a folder of pages in LOA_PAGES"]
fn every_page_of_a_folder_is_made_without_fault() {
    let folder = std::env::var_os("LOA_PAGES").expect("LOA_PAGES names a folder of pages");
    assert_eq!(report(&saved::below(&PathBuf::from(folder))), 0);
}

/// One broken page a rule, so that no rule sleeps.
#[test]
fn every_rule_finds_what_breaks_it() {
    const BROKEN: [(&str, &str); 27] = [
        ("markup is well formed", "<p><b>một</p></b>"),
        ("one title, one h1, a language", "<h1>hai</h1>"),
        ("no heading level is skipped", "<h3>ba</h3>"),
        ("no heading is empty", "<h2>\u{200b}</h2>"),
        (
            "no item, paragraph or header is empty",
            "<ul><li> </li></ul>",
        ),
        ("no list is empty", "<ol></ol>"),
        ("no image without alt", "<img src=\"a.png\">"),
        ("no link or button without a name", "<a href=\"/a\"> </a>"),
        ("a link's name has words", "<a href=\"/a\">»</a>"),
        (
            "a link's name is said once",
            "<a href=\"/a\">Lúa chín Lúa chín</a>",
        ),
        (
            "one name leads to one place",
            "<p><a href=\"/a\">Tin</a></p><p>Xem <a href=\"/b\">tin </a></p>",
        ),
        (
            "no link stands in a link",
            "<a href=\"/a\">Tin<table><tr><td><a href=\"/b\">này</a></td></tr></table></a>",
        ),
        (
            "a table has headers",
            "<table><tr><td>một</td></tr></table>",
        ),
        (
            "a caption is said once",
            "<figure><p>Lúa chín</p><figcaption>Lúa chín</figcaption></figure>",
        ),
        ("ids are unique", "<p id=\"a\">một</p><p id=\"a\">hai</p>"),
        (
            "neighbouring links lead to two places",
            "<a href=\"/a\">Tin</a> <strong><a href=\"/a\">Xem</a></strong>",
        ),
        (
            "a list holds items and nothing else",
            "<ul><p>một</p><li>hai</li></ul>",
        ),
        (
            "a list holds items and nothing else",
            "<div><li>một</li></div>",
        ),
        (
            "a header says its scope",
            "<table><tr><th>một</th></tr></table>",
        ),
        (
            "no row is empty",
            "<table><tr><th scope=\"col\">một</th></tr><tr><td> </td></tr></table>",
        ),
        ("languages are language tags", "<p lang=\"vi_VN\">một</p>"),
        (
            "one main part, and parts are told apart by name",
            "<nav aria-label=\"Trang\"></nav><nav aria-label=\"Trang\"></nav>",
        ),
        (
            "one main part, and parts are told apart by name",
            "<nav aria-labelledby=\"khong\">một</nav>",
        ),
        ("every field has a label", "<input type=\"text\">"),
        (
            "a time says when",
            "<time datetime=\"hôm qua\">hôm qua</time>",
        ),
        (
            "nothing moves, sounds or takes the turn by itself",
            "<input autofocus aria-label=\"một\">",
        ),
        (
            "no picture is called by its file",
            "<figure><p>Ảnh: LUA_CHIN.JPG</p></figure>",
        ),
    ];
    let page = |body: &str| {
        format!(
            "<!DOCTYPE html><html lang=\"vi\"><head><title>Tin</title></head><body><main><h1>Tin</h1></main>{body}</body></html>"
        )
    };
    assert_eq!(faults(&page("<p>một</p>")), []);
    for (rule, body) in BROKEN {
        let found = faults(&page(body));
        assert!(found.iter().any(|f| f.rule == rule), "{rule}: {found:?}");
    }
}
