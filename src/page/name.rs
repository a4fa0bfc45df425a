//! What links are called, so that one name leads to one place.
//!
//! A listener often has a page's links read out as a list, where "Xem thêm" five times over says nothing
//! (WCAG 2.4.4, 2.4.9). A name that leads to several places is given what tells them apart, for eye and
//! ear alike: what each stands under, else its host, else the words of its address, else a number.

use std::collections::{HashMap, HashSet};

use url::{Url, form_urlencoded};

use crate::model::{Block, Content, Document, Item, List, Mark, Table, Text};

use super::address;

/// What is said after the names of links, by name and place.
#[derive(Default)]
pub(super) struct Names {
    apart: HashMap<Key, HashMap<String, String>>,
}

/// A link's name as the ear has it, and whether it leaves the gateway, which is said along with it.
#[derive(PartialEq, Eq, Hash)]
struct Key {
    name: String,
    leaving: bool,
}

/// One place that a name leads to.
struct Place<'d> {
    url: &'d str,
    under: Option<String>,
}

/// Where Loa's own links lead, for telling other people's from them.
const LOA: &str = "https://loa.invalid/";
/// More than this is no aside.
const LONGEST: usize = 60;

impl Names {
    /// Looks through all links that a file of a document will have.
    pub(super) fn of(document: &Document) -> Self {
        Self::beside(&[], document)
    }

    /// Looks through all links that the page of a document will have, beside those of Loa's own in the
    /// frame around it, which keep their names.
    pub(super) fn beside(own: &[String], document: &Document) -> Self {
        let mut links = Links::default();
        for name in own {
            links.link(name, LOA, false);
        }
        links.document(document);
        let several = links.names.into_iter().map(|(key, at)| {
            let places = std::mem::take(&mut links.places[at]);
            (key, places)
        });
        let apart = several
            .filter(|(key, places)| places.len() > 1 || !has_words(&key.name))
            .map(|(key, places)| {
                let asides = told_apart(&key.name, &places);
                (key, asides)
            });
        Self {
            apart: apart.collect(),
        }
    }

    /// Returns what is said after a link's name: nothing where the name says enough.
    pub(super) fn aside(&self, name: &str, url: &str, leaving: bool) -> Option<&str> {
        if self.apart.is_empty() {
            return None;
        }
        let aside = self.apart.get(&Key::of(name, leaving))?.get(url)?;
        (!aside.is_empty()).then_some(aside)
    }
}

impl Key {
    fn of(name: &str, leaving: bool) -> Self {
        Self {
            name: folded(name),
            leaving,
        }
    }
}

/// The links of a document in page order, and what the next one stands under.
#[derive(Default)]
struct Links<'d> {
    /// Each name's number.
    names: HashMap<Key, usize>,
    /// The places that the name of each number leads to.
    places: Vec<Vec<Place<'d>>>,
    /// The places again, so that a name said a hundred thousand times stays cheap.
    seen: HashSet<(usize, &'d str)>,
    under: Option<String>,
}

impl<'d> Links<'d> {
    fn document(&mut self, document: &'d Document) {
        if let Content::Article(article) = &document.content {
            article.lead.iter().for_each(|lead| self.text(lead));
        }
        self.blocks(document.blocks());
        match &document.content {
            Content::Article(article) => {
                self.under = None;
                for file in &article.attachments {
                    self.link(&file.name, &file.url, true);
                }
            }
            Content::Listing(listing) => {
                for entry in &listing.entries {
                    self.under = None;
                    self.link(entry.title.as_str(), &entry.url, false);
                    self.under = short(entry.title.as_str());
                    entry.summary.iter().for_each(|text| self.text(text));
                }
                self.under = None;
                for turn in listing.paging.iter().filter(|turn| turn.post.is_none()) {
                    self.link(&turn.name, &turn.url, false);
                }
                for link in &listing.navigation {
                    self.link(&link.name, &link.url, false);
                }
            }
            Content::Page(_) => {}
        }
    }

    // Quotations and lists nest as deep as `extract` lets them, which is bounded.
    fn blocks(&mut self, blocks: &'d [Block]) {
        for block in blocks {
            match block {
                Block::Heading { text, .. } => {
                    self.under = None;
                    self.text(text);
                    self.under = short(text.as_str());
                }
                Block::Paragraph(text) => self.text(text),
                Block::List(list) => self.list(list),
                Block::Quote(inner) => self.blocks(inner),
                Block::Figure(figure) => figure.caption.iter().for_each(|text| self.text(text)),
                Block::Table(table) => self.table(table),
                Block::Media(link) => self.link(&link.name, &link.url, true),
                Block::Code(_) => {}
            }
        }
    }

    fn list(&mut self, list: &'d List) {
        for Item { text, inner } in &list.items {
            self.text(text);
            if let Some(inner) = inner {
                self.below(text, |links| links.list(inner));
            }
        }
    }

    /// A cell stands under what its row begins with.
    fn table(&mut self, table: &'d Table) {
        table.caption.iter().for_each(|text| self.text(text));
        table.header.iter().for_each(|cell| self.text(&cell.text));
        for row in &table.rows {
            let Some((first, others)) = row.split_first() else {
                continue;
            };
            self.text(&first.text);
            self.below(&first.text, |links| {
                others.iter().for_each(|cell| links.text(&cell.text));
            });
        }
    }

    fn below(&mut self, text: &Text, look: impl FnOnce(&mut Self)) {
        let around = self.under.take();
        self.under = short(text.as_str()).or_else(|| around.clone());
        look(self);
        self.under = around;
    }

    fn text(&mut self, text: &'d Text) {
        for span in text.spans() {
            if let Mark::Link { url } = &span.mark {
                self.link(&text.as_str()[span.start..span.end], url, false);
            }
        }
    }

    fn link(&mut self, name: &str, url: &'d str, leaving: bool) {
        let next = self.names.len();
        let name = *self.names.entry(Key::of(name, leaving)).or_insert(next);
        if name == next {
            self.places.push(Vec::new());
        }
        if self.seen.insert((name, url)) {
            let under = self.under.clone();
            self.places[name].push(Place { url, under });
        }
    }
}

/// Finds the first kind of words that tells places of one name apart; returns it place by place. A
/// name of signs alone gets its host before all.
fn told_apart(name: &str, places: &[Place<'_>]) -> HashMap<String, String> {
    let urls = || places.iter().map(|place| place.url);
    let mut words = [
        places.iter().map(|place| place.under.clone()).collect(),
        urls().map(address::host).collect(),
        words_of_addresses(places),
    ];
    if !has_words(name) {
        words.swap(0, 1);
    }
    let apart = words.into_iter().find_map(all_different);
    let numbers = || numbers(places.len(), has_words(name));
    let urls = urls().map(str::to_owned);
    urls.zip(apart.unwrap_or_else(numbers)).collect()
}

/// The words, if every place has some and no two places have the same.
fn all_different(words: Vec<Option<String>>) -> Option<Vec<String>> {
    let words: Vec<_> = words.into_iter().collect::<Option<_>>()?;
    let mut seen = HashSet::new();
    words
        .iter()
        .all(|word: &String| has_words(word) && seen.insert(folded(word)))
        .then_some(words)
}

/// Numbers; the first place keeps its name where that has words.
fn numbers(count: usize, first_has_name: bool) -> Vec<String> {
    let mut numbers: Vec<_> = (1..=count).map(|number| number.to_string()).collect();
    if first_has_name && let Some(first) = numbers.first_mut() {
        first.clear();
    }
    numbers
}

/// The steps of each address that not all the others have, as words.
fn words_of_addresses(places: &[Place<'_>]) -> Vec<Option<String>> {
    let paths: Vec<Vec<String>> = places.iter().map(|place| steps(place.url)).collect();
    let mut counts: HashMap<&str, usize> = HashMap::new();
    for path in &paths {
        let own: HashSet<&str> = path.iter().map(String::as_str).collect();
        own.into_iter()
            .for_each(|step| *counts.entry(step).or_default() += 1);
    }
    let own = |path: &Vec<String>| {
        let steps = path.iter().map(String::as_str);
        let own: Vec<_> = steps.filter(|step| counts[step] < paths.len()).collect();
        short(&own.join(" "))
    };
    paths.iter().map(own).collect()
}

/// The steps of an address's path as words: `/tin-tuc/lua_chin.html` is "tin tuc" and "lua chin".
fn steps(url: &str) -> Vec<String> {
    let Ok(url) = Url::parse(url) else {
        return Vec::new();
    };
    let steps = url.path_segments().into_iter().flatten();
    steps.filter_map(step).collect()
}

fn step(step: &str) -> Option<String> {
    let (step, _) = form_urlencoded::parse(step.as_bytes()).next()?;
    let step = step.rsplit_once('.').map_or(&*step, |(name, _)| name);
    let words: Vec<_> = step
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .collect();
    (!words.is_empty()).then(|| words.join(" "))
}

/// The words, if there are some and few enough to be said beside a name.
fn short(words: &str) -> Option<String> {
    let words = folded_space(words);
    (has_words(&words) && words.chars().nth(LONGEST).is_none()).then_some(words)
}

/// Is there anything in it that a voice would say as a word?
fn has_words(text: &str) -> bool {
    text.contains(char::is_alphanumeric)
}

fn folded(text: &str) -> String {
    folded_space(text).to_lowercase()
}

fn folded_space(text: &str) -> String {
    let mut words = text.split_whitespace();
    let mut folded = String::with_capacity(text.len());
    folded.extend(words.next());
    for word in words {
        folded.push(' ');
        folded.push_str(word);
    }
    folded
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Entry, Head, Lang, Link, Listing};

    /// Takes entries as title, address, and name and address of a link in the summary; returns what is
    /// said after the links, in page order.
    #[track_caller]
    fn check(entries: &[(&str, &str)], menu: &[(&str, &str)], expected: &[&str]) {
        let entry = |&(title, url): &(&str, &str)| Entry {
            title: title.into(),
            url: url.into(),
            published: None,
            summary: None,
            after: 0,
        };
        let link = |&(name, url): &(&str, &str)| Link {
            name: name.into(),
            url: url.into(),
        };
        let listing = Listing {
            entries: entries.iter().map(entry).collect(),
            navigation: menu.iter().map(link).collect(),
            ..Listing::default()
        };
        let names = Names::of(&document(Content::Listing(listing)));
        let got: Vec<_> = entries
            .iter()
            .chain(menu)
            .map(|(name, url)| names.aside(name, url, false).unwrap_or_default())
            .collect();
        assert_eq!(got, expected);
    }

    fn document(content: Content) -> Document {
        let head = Head {
            url: String::new(),
            canonical: None,
            title: "Tin".into(),
            site: None,
            lang: Lang::vi(),
        };
        Document {
            head,
            content,
            doubts: Vec::new(),
        }
    }

    fn linked(words: &str, url: &str) -> Text {
        let span = crate::model::Span {
            start: 0,
            end: words.len(),
            mark: Mark::Link { url: url.into() },
        };
        Text::with_spans(words.into(), vec![span])
    }

    #[test]
    fn a_name_that_leads_to_one_place_is_enough() {
        let tin = ("Tin", "https://a.example/tin");
        check(
            &[tin, ("Nhà", "https://a.example/nha")],
            &[tin],
            &["", "", ""],
        );
    }

    #[test]
    fn names_are_told_apart_by_host_by_address_and_at_last_by_number() {
        check(
            &[
                ("Xem", "https://a.example/x"),
                ("xem ", "https://b.example/x"),
            ],
            &[],
            &["a.example", "b.example"],
        );
        check(
            &[],
            &[
                ("Giày", "https://a.example/tre-em/giay/"),
                ("Giày", "https://a.example/nguoi-lon/giay.html"),
            ],
            &["tre em", "nguoi lon"],
        );
        check(
            &[
                ("Xem", "https://a.example/x?n=1"),
                ("Xem", "https://a.example/x?n=2"),
                ("Xem", "https://a.example/x?n=1"),
            ],
            &[],
            &["", "2", ""],
        );
    }

    #[test]
    fn a_name_of_signs_alone_says_its_host() {
        check(&[("»", "https://a.example/x")], &[], &["a.example"]);
        check(
            &[("»", "https://a.example/?x"), ("»", "https://a.example/?y")],
            &[],
            &["1", "2"],
        );
    }

    #[test]
    fn a_link_in_the_text_is_told_apart_by_what_it_stands_under() {
        let heading = |words: &str| Block::Heading {
            level: 2,
            text: words.into(),
        };
        let more = |url| Block::Paragraph(linked("Xem thêm", url));
        let names = Names::of(&document(Content::Page(vec![
            heading("Giờ mở cửa"),
            more("https://a.example/1"),
            heading("Giá vé"),
            more("https://a.example/2"),
        ])));
        let aside = |url| names.aside("Xem thêm", url, false);
        assert_eq!(aside("https://a.example/1"), Some("Giờ mở cửa"));
        assert_eq!(aside("https://a.example/2"), Some("Giá vé"));
    }
}
