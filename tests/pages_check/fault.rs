//! What is wrong with a page that Loa made, for those who hear it.
//!
//! Each rule looks at the page as a browser's parser sees it and names what breaks it; a rule is a row
//! of a table. Sources: WCAG 2.2 success criteria 1.1.1, 1.3.1, 2.4.2, 2.4.4, 2.4.6, 2.4.9, 2.4.10,
//! 3.1.1, 4.1.2 and technique H2 (neighbouring links to one place).

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
const FORM: [(&str, Rule); 11] = [
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
    ("a table has headers", headerless),
    ("ids are unique", repeated_ids),
];

/// What hangs on the words of the page too, by name.
const WORDS: [(&str, Rule); 4] = [
    ("a link's name has words", wordless),
    ("a link's name is said once", named_twice),
    ("one name leads to one place", ambiguous),
    ("a caption is said once", said_twice),
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
        let after = pair[1].trim_start().strip_prefix("<a ").and_then(href)?;
        (before == after).then_some(Fault {
            rule: RULE,
            what: after,
        })
    });
    pairs.collect()
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

/// Links of one name that lead to different places, where nothing around them tells which is which:
/// a link that is all of its item, heading, paragraph or cell (2.4.4 lets a sentence tell).
fn ambiguous(page: &Page) -> Vec<String> {
    let mut places: HashMap<(&str, String), Vec<&str>> = HashMap::new();
    let links = page
        .all("a")
        .filter(|e| page.is_in(e, "main") && has_text(e));
    for (link, around) in links.filter_map(|link| Some((link, block_around(page, link)?))) {
        let name = words(&link.text);
        if words(&around.text) == name {
            let name = (around.name.as_str(), name.to_lowercase());
            let to = places.entry(name).or_default();
            let href = link.get("href").unwrap_or_default();
            if !to.contains(&href) {
                to.push(href);
            }
        }
    }
    let many = places.into_iter().filter(|(_, to)| to.len() > 1);
    let mut whats: Vec<_> = many
        .map(|((around, name), to)| {
            format!(
                "<{around}> {name:?} leads to {} places: {}",
                to.len(),
                to[..2].join(" ")
            )
        })
        .collect();
    whats.sort();
    whats
}

/// The nearest block around an element.
fn block_around<'a>(page: &'a Page, element: &Element) -> Option<&'a Element> {
    const BLOCKS: [&str; 12] = [
        "li",
        "p",
        "td",
        "th",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "figcaption",
        "caption",
    ];
    let outwards = element.inside.iter().rev().map(|&i| &page.elements[i]);
    outwards.into_iter().find(|e| BLOCKS.contains(&&*e.name))
}

/// A link that says its name and says it again, as of a picture and its caption.
fn named_twice(page: &Page) -> Vec<String> {
    let twice = |link: &&Element| {
        let name = words(&link.text).to_lowercase();
        let middle = name.len() / 2;
        name.len() > 3
            && name.is_char_boundary(middle)
            && name[..middle].trim() == name[middle..].trim()
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
