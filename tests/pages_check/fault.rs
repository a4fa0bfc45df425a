//! What is wrong with a page that Loa made, for those who hear it.
//!
//! Each rule looks at the page as a browser's parser sees it and names what breaks it; a rule is a row
//! of a table. Sources: WCAG 2.2 success criteria 1.1.1, 1.3.1, 1.4.2, 2.4.2, 2.4.3, 2.4.4, 2.4.6, 2.4.9,
//! 2.4.10, 3.1.1, 3.1.2, 3.3.2, 4.1.2 and technique H2 (neighbouring links to one place); for languages,
//! BCP 47; for times, the HTML standard § 4.5.14.

use std::collections::{HashMap, HashSet};

use crate::dom::{Element, Page};

/// A broken rule.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Fault {
    /// Which rule.
    pub(crate) rule: &'static str,
    /// What breaks it.
    pub(crate) what: String,
}

type Rule = fn(&Page) -> Vec<String>;

/// What Loa owes the listener whatever the page, by name.
const FORM: [(&str, Rule); 19] = [
    ("markup is well formed", malformed),
    ("one title, one h1, a language", unnamed),
    ("no heading level is skipped", skipped),
    ("no heading is empty", |page| empty(page, is_heading)),
    ("no item, paragraph or header is empty", |page| {
        empty(page, |e| {
            ["li", "p", "th", "figcaption", "caption"].contains(&&*e.name)
        })
    }),
    ("no list is empty", childless),
    ("no image without alt", without_alt),
    ("no link or button without a name", |page| {
        empty(page, |e| matches!(&*e.name, "a" | "button"))
    }),
    ("no link stands in a link", |page| {
        places(page.all("a").filter(|e| page.is_in(e, "a")))
    }),
    ("a list holds items and nothing else", strangers_in_lists),
    ("a table has headers", headerless),
    ("a header says its scope", |page| {
        places(page.all("th").filter(|e| e.get("scope").is_none()))
    }),
    ("no row is empty", |page| {
        empty(page, |e| matches!(&*e.name, "tr" | "table"))
    }),
    ("ids are unique", repeated_ids),
    ("languages are language tags", no_languages),
    (
        "one main part, and parts are told apart by name",
        nameless_parts,
    ),
    ("every field has a label", unlabelled),
    ("a time says when", timeless),
    ("nothing moves, sounds or takes the turn by itself", forward),
];

/// What hangs on the words of the page too, by name.
const WORDS: [(&str, Rule); 5] = [
    ("a link's name has words", wordless),
    ("a link's name is said once", named_twice),
    ("one name leads to one place", ambiguous),
    ("a caption is said once", said_twice),
    ("no picture is called by its file", named_by_file),
];

/// Lists what is wrong with a page's form: empty whatever page Loa has read.
pub(crate) fn faults_of_form(html: &str) -> Vec<Fault> {
    broken(&FORM, &Page::parse(html))
}

/// Lists all that is wrong with a page: empty where Loa has read a sound page well.
pub(crate) fn faults(html: &str) -> Vec<Fault> {
    let page = Page::parse(html);
    let mut found = broken(&FORM, &page);
    found.extend(broken(&WORDS, &page));
    found.extend(doubled_links(html));
    found
}

fn broken(rules: &[(&'static str, Rule)], page: &Page) -> Vec<Fault> {
    let found = rules.iter().flat_map(|(rule, look)| {
        let whats = look(page).into_iter();
        whats.map(|what| Fault { rule, what })
    });
    found.collect()
}

/// Two links to one place with nothing between them, which a listener passes twice (H2).
fn doubled_links(html: &str) -> Vec<Fault> {
    const RULE: &str = "neighbouring links lead to two places";
    let href = |link: &str| Some(link.split_once("href=\"")?.1.split('"').next()?.to_owned());
    let pieces: Vec<_> = html.split("</a>").collect();
    let pairs = pieces.windows(2).filter_map(|pair| {
        let before = pair[0]
            .rsplit_once("<a ")
            .and_then(|(_, link)| href(link))?;
        let after = after_marks(pair[1]).strip_prefix("<a ").and_then(href)?;
        (before == after).then_some(Fault {
            rule: RULE,
            what: after,
        })
    });
    pairs.collect()
}

/// What follows white space and the ends and beginnings of marks.
fn after_marks(mut html: &str) -> &str {
    const MARKS: [&str; 7] = ["strong", "em", "span", "sup", "sub", "code", "abbr"];
    loop {
        html = html.trim_start();
        let tag = html.strip_prefix('<').and_then(|tag| tag.split_once('>'));
        let Some((tag, rest)) = tag else {
            return html;
        };
        let name = tag.trim_start_matches('/').split(' ').next();
        if !name.is_some_and(|name| MARKS.contains(&name)) {
            return html;
        }
        html = rest;
    }
}

fn malformed(page: &Page) -> Vec<String> {
    page.faults.clone()
}

fn unnamed(page: &Page) -> Vec<String> {
    let count = |name| page.all(name).filter(|e| has_text(e)).count();
    let counts = ["title", "h1"].map(|name| (name, count(name)));
    let wrong = counts.into_iter().filter(|(_, count)| *count != 1);
    let mut whats: Vec<_> = wrong
        .map(|(name, count)| format!("{count} {name}"))
        .collect();
    if page
        .all("html")
        .all(|e| e.get("lang").is_none_or(str::is_empty))
    {
        whats.push("no language".into());
    }
    whats
}

fn skipped(page: &Page) -> Vec<String> {
    let (mut last, mut whats) = (0, Vec::new());
    for heading in page.elements.iter().filter(|e| is_heading(e)) {
        let level = heading.name.as_bytes()[1] - b'0';
        if level > last + 1 {
            whats.push(format!("h{level} after h{last}: {}", shown(heading)));
        }
        last = level;
    }
    whats
}

fn empty(page: &Page, which: fn(&Element) -> bool) -> Vec<String> {
    places(page.elements.iter().filter(|e| which(e) && !has_text(e)))
}

fn childless(page: &Page) -> Vec<String> {
    let holds_item = |list: &Element| {
        page.all("li").any(|item| {
            let around = item.inside.last().map(|&i| &page.elements[i]);
            around.is_some_and(|around| std::ptr::eq(around, list))
        })
    };
    let lists = page
        .elements
        .iter()
        .filter(|e| matches!(&*e.name, "ul" | "ol"));
    places(lists.filter(|list| !holds_item(list)))
}

fn without_alt(page: &Page) -> Vec<String> {
    places(page.all("img").filter(|e| e.get("alt").is_none()))
}

/// A link that is named by a sign alone is read as "link" or as "right-pointing double angle".
fn wordless(page: &Page) -> Vec<String> {
    let named = page.all("a").filter(|e| has_text(e));
    places(named.filter(|e| !e.text.chars().any(char::is_alphanumeric)))
}

/// Links of one name that lead to different places: read out as a list, they tell nothing (2.4.9).
fn ambiguous(page: &Page) -> Vec<String> {
    let mut places: HashMap<String, Vec<&str>> = HashMap::new();
    for link in page.all("a").filter(|e| has_text(e)) {
        let to = places.entry(words(&link.text).to_lowercase()).or_default();
        let href = link.get("href").unwrap_or_default();
        if !to.contains(&href) {
            to.push(href);
        }
    }
    let many = places.into_iter().filter(|(_, to)| to.len() > 1);
    let mut whats: Vec<_> = many
        .map(|(name, to)| {
            let (count, some) = (to.len(), to[..2].join(" "));
            format!("{name:?} leads to {count} places: {some}")
        })
        .collect();
    whats.sort();
    whats
}

/// A link that says its name and says it again, as of a picture and its caption. One word said twice
/// may be a name (Talk Talk, Luôn Luôn).
fn named_twice(page: &Page) -> Vec<String> {
    let twice = |link: &&Element| {
        let name = link.text.to_lowercase();
        let words: Vec<_> = name.split_whitespace().collect();
        let (first, second) = words.split_at(words.len() / 2);
        first.len() > 1 && first == second
    };
    places(page.all("a").filter(twice))
}

fn headerless(page: &Page) -> Vec<String> {
    let headed: HashSet<usize> = page.all("th").flat_map(|th| th.inside.clone()).collect();
    let tables = page.elements.iter().enumerate().filter(|(at, e)| {
        let laid_out = matches!(e.get("role"), Some("presentation" | "none"));
        e.name == "table" && !laid_out && !headed.contains(at)
    });
    places(tables.map(|(_, table)| table))
}

fn said_twice(page: &Page) -> Vec<String> {
    let captions = page.all("figcaption").filter(|caption| {
        let figure = caption.inside.last().map(|&i| &page.elements[i]);
        let words = words(&caption.text);
        figure.is_some_and(|figure| {
            !words.is_empty() && self::words(&figure.text).matches(&words).count() > 1
        })
    });
    places(captions)
}

/// What stands in a list that is no item, and an item that stands in no list.
fn strangers_in_lists(page: &Page) -> Vec<String> {
    let is_list = |e: &Element| matches!(&*e.name, "ul" | "ol");
    places(page.elements.iter().filter(|e| {
        let around = e.inside.last().map(|&i| &page.elements[i]);
        (e.name == "li") != around.is_some_and(is_list)
    }))
}

fn no_languages(page: &Page) -> Vec<String> {
    let langs = page.elements.iter().filter_map(|e| e.get("lang"));
    let wrong = langs.filter(|lang| !is_language_tag(lang));
    wrong.map(ToOwned::to_owned).collect()
}

/// Does it have a language tag's form: letters for the language, then short parts?
fn is_language_tag(lang: &str) -> bool {
    let mut parts = lang.split('-');
    let language = parts.next().unwrap_or_default();
    (2..=8).contains(&language.len())
        && language.bytes().all(|b| b.is_ascii_alphabetic())
        && parts.all(|part| {
            (1..=8).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_alphanumeric())
        })
}

/// Parts of the page that a listener jumps to: each is named, and no two of a kind alike.
fn nameless_parts(page: &Page) -> Vec<String> {
    let mut whats = Vec::new();
    let mains = page.all("main").count();
    if mains != 1 {
        whats.push(format!("{mains} main"));
    }
    let mut names = HashSet::new();
    let parts = page.elements.iter().filter(|e| {
        let group = matches!(e.get("role"), Some("group" | "note" | "search" | "region"));
        group || matches!(&*e.name, "nav" | "section" | "audio")
    });
    for part in parts {
        let name = name_of(page, part);
        if name.trim().is_empty() {
            whats.push(format!("<{}> has no name", part.name));
        } else if !names.insert((&part.name, name.clone())) {
            whats.push(format!("a second <{}> is called {name}", part.name));
        }
    }
    whats
}

/// A part's name, by its label or by what it says labels it.
fn name_of(page: &Page, part: &Element) -> String {
    if let Some(label) = part.get("aria-label") {
        return label.to_owned();
    }
    let ids = part.get("aria-labelledby").unwrap_or_default();
    let named = |id| page.elements.iter().find(|e| e.get("id") == Some(id));
    let names = ids.split_whitespace().filter_map(named);
    names.map(|e| words(&e.text)).collect::<Vec<_>>().join(" ")
}

/// Is it a script of Loa's own, which waits until the page is there?
fn is_own_module(script: &Element) -> bool {
    let own = script
        .get("src")
        .is_some_and(|src| src.starts_with("/static/"));
    own && script.get("type") == Some("module") && script.text.is_empty()
}

fn unlabelled(page: &Page) -> Vec<String> {
    let labels: HashSet<&str> = page.all("label").filter_map(|e| e.get("for")).collect();
    places(page.elements.iter().filter(|e| {
        let field = matches!(&*e.name, "input" | "select" | "textarea");
        let told = e.get("id").is_some_and(|id| labels.contains(id)) || page.is_in(e, "label");
        field && e.get("type") != Some("hidden") && !told && name_of(page, e).is_empty()
    }))
}

fn timeless(page: &Page) -> Vec<String> {
    let is_day = |when: &str| {
        let parts: Vec<_> = when.get(..10).unwrap_or_default().split('-').collect();
        parts.iter().map(|part| part.len()).eq([4, 2, 2])
            && parts.concat().bytes().all(|b| b.is_ascii_digit())
    };
    places(
        page.all("time")
            .filter(|e| !e.get("datetime").is_some_and(is_day)),
    )
}

/// What starts by itself, or puts itself before others in the order of the tab key.
fn forward(page: &Page) -> Vec<String> {
    places(page.elements.iter().filter(|e| {
        let by_itself = ["autoplay", "autofocus", "accesskey"];
        by_itself.iter().any(|name| e.get(name).is_some())
            || matches!(&*e.name, "marquee" | "blink")
            || e.name == "script" && !is_own_module(e)
            || !matches!(e.get("tabindex"), None | Some("0" | "-1"))
            || matches!(e.get("preload"), Some("auto" | ""))
    }))
}

/// A picture whose description ends as files do (1.1.1).
fn named_by_file(page: &Page) -> Vec<String> {
    const ENDS: [&str; 6] = [".jpg", ".jpeg", ".png", ".gif", ".webp", ".svg"];
    let figures = page.all("figure").filter(|e| {
        let text = words(&e.text).to_lowercase();
        !text.contains("://") && ENDS.iter().any(|end| text.ends_with(end))
    });
    places(figures)
}

fn repeated_ids(page: &Page) -> Vec<String> {
    let mut ids = HashSet::new();
    let all = page.elements.iter().filter_map(|e| e.get("id"));
    let twice = all.filter(|id| !ids.insert(*id));
    twice.map(ToOwned::to_owned).collect()
}

fn is_heading(element: &Element) -> bool {
    matches!(&*element.name, "h1" | "h2" | "h3" | "h4" | "h5" | "h6")
}

/// Is there anything that a voice would say?
fn has_text(element: &Element) -> bool {
    let silent = |c: char| {
        c.is_whitespace()
            || matches!(
                c,
                '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{feff}' | '\u{ad}'
            )
    };
    !element.text.chars().all(silent)
}

fn places<'a>(elements: impl Iterator<Item = &'a Element>) -> Vec<String> {
    elements
        .map(|e| format!("<{}> {}", e.name, shown(e)))
        .collect()
}

fn shown(element: &Element) -> String {
    let text: String = words(&element.text).chars().take(80).collect();
    match element.get("href") {
        Some(href) => format!("{text:?} to {href}"),
        None => format!("{text:?}"),
    }
}

fn words(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
