//! Finds which texts of a page are meant for a font that draws Vietnamese in place of other letters.
//!
//! A font is named by `face`, by `style`, or by a class rule of the page's own style sheet; the
//! nearest element that names any font decides. Fonts in capitals end in `H` (`.VnTimeH`).

use html5ever::local_name;

use super::super::tree::NONE;
use super::super::{Element, NodeId, Tag, Tree};
use super::legacy::Legacy;

/// Most rules that are kept: each is tried on each element.
const MOST_RULES: usize = 64;

/// A font as it matters here.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Font {
    /// How its letters are written; `None` for every ordinary font.
    pub(super) legacy: Option<Legacy>,
    /// Does it draw small letters as capitals?
    pub(super) capitals: bool,
}

/// Reads a font's name as an attribute or a style sheet gives it. `.VnTime` and its kin hold TCVN,
/// `VNI-Times` and its kin VNI.
pub(super) fn named(name: &str) -> Font {
    let name = name.trim_matches(|c: char| c.is_whitespace() || matches!(c, '"' | '\'' | '\\'));
    let starts = |prefix: &str| {
        let head = name.get(..prefix.len());
        head.is_some_and(|head| head.eq_ignore_ascii_case(prefix))
    };
    let legacy = if starts(".vn") {
        Some(Legacy::Tcvn)
    } else if starts("vni-") || starts("vni ") {
        Some(Legacy::Vni)
    } else {
        None
    };
    Font {
        legacy,
        capitals: legacy == Some(Legacy::Tcvn) && name.ends_with('H'),
    }
}

/// The font of each node of a page; empty where the page names no such font.
pub(super) fn of_nodes(tree: &Tree) -> Vec<Option<Font>> {
    if !may_name_legacy(tree) {
        return Vec::new();
    }
    let rules = rules(tree);
    let mut fonts: Vec<Option<Font>> = Vec::with_capacity(tree.len());
    for id in tree.all() {
        let node = &tree.nodes[id.index()];
        let outer = if node.parent == NONE {
            None
        } else {
            fonts[node.parent as usize]
        };
        let own = tree
            .element(id)
            .and_then(|element| of_element(element, &rules));
        fonts.push(own.or(outer));
    }
    let any = fonts.iter().flatten().any(|font| font.legacy.is_some());
    if any { fonts } else { Vec::new() }
}

/// Could any attribute or style sheet of the page name such a font?
fn may_name_legacy(tree: &Tree) -> bool {
    let names = [local_name!("face"), local_name!("style")];
    let attrs = tree.attrs.iter().filter(|attr| names.contains(&attr.name));
    let mut values = attrs.map(|attr| &tree.letters[attr.value.range()]);
    values.any(holds_name) || sheets(tree).any(holds_name)
}

/// Does a text hold what may be the name of such a font?
pub(super) fn holds_name(text: &str) -> bool {
    let bytes = text.as_bytes();
    let at_is = |at: usize, word: &[u8]| {
        let found = bytes[at..].get(..word.len());
        found.is_some_and(|found| found.eq_ignore_ascii_case(word))
    };
    memchr::memchr2_iter(b'V', b'v', bytes)
        .any(|at| at_is(at, b"vni-") || at_is(at, b"vni ") || at > 0 && at_is(at - 1, b".vn"))
}

fn of_element(element: Element<'_>, rules: &[Rule<'_>]) -> Option<Font> {
    let style = element.attr("style").and_then(family);
    let face = || element.attr("face").map(first);
    let by_rule = || {
        let fitting = rules.iter().rev().find(|rule| rule.fits(element))?;
        Some(fitting.font)
    };
    style.or_else(face).map(named).or_else(by_rule)
}

/// Returns the first family that a declaration list names.
fn family(style: &str) -> Option<&str> {
    style.split(';').rev().find_map(|declaration| {
        let (property, value) = declaration.split_once(':')?;
        let property = property.trim();
        if property.eq_ignore_ascii_case("font-family") {
            return Some(first(value));
        }
        let shorthand = property.eq_ignore_ascii_case("font");
        shorthand.then(|| shorthand_family(value))
    })
}

fn first(families: &str) -> &str {
    families.split(',').next().unwrap_or_default()
}

/// In `font: bold 12pt .VnTime` the family follows the size.
fn shorthand_family(value: &str) -> &str {
    let value = first(value).trim();
    let at = value.find(['"', '\'']).or_else(|| value.rfind(' '));
    at.map_or(value, |at| &value[at..])
}

/// A rule of a style sheet that names such a font, for one simple selector.
struct Rule<'a> {
    tag: &'a str,
    class: &'a str,
    font: Font,
}

impl Rule<'_> {
    fn fits(&self, element: Element<'_>) -> bool {
        let tag = self.tag.is_empty() || self.tag.eq_ignore_ascii_case(element.name());
        tag && (self.class.is_empty() || element.has_class(self.class))
    }
}

/// Collects the rules of all style sheets on the page whose first font is such a one.
fn rules(tree: &Tree) -> Vec<Rule<'_>> {
    sheets(tree)
        .flat_map(sheet_rules)
        .take(MOST_RULES)
        .collect()
}

fn sheets(tree: &Tree) -> impl Iterator<Item = &str> {
    let styles = tree.all().filter(|id| tree.tag(*id) == Some(Tag::Style));
    let texts = styles.flat_map(|id: NodeId| tree.children(id));
    texts.filter_map(|id| tree.text(id))
}

fn sheet_rules(sheet: &str) -> impl Iterator<Item = Rule<'_>> {
    let blocks = sheet.split('}').filter_map(|rule| rule.split_once('{'));
    blocks.flat_map(|(selectors, style)| {
        let font = family(style)
            .map(named)
            .filter(|font| font.legacy.is_some());
        let selectors = font.map(|font| (font, selectors));
        selectors.into_iter().flat_map(|(font, selectors)| {
            selectors.split(',').map(move |selector| {
                let last = selector.split_whitespace().next_back().unwrap_or_default();
                let (tag, class) = last.split_once('.').unwrap_or((last, ""));
                Rule { tag, class, font }
            })
        })
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::html::{Limits, parse_as_written};

    #[track_caller]
    fn check(markup: &str, legacy: Option<Legacy>, capitals: bool) {
        let tree = parse_as_written(markup.as_bytes(), None, &Limits::default());
        let text = tree
            .all()
            .rfind(|id| tree.text(*id) == Some("x"))
            .expect("the text");
        let font = of_nodes(&tree).get(text.index()).copied().flatten();
        assert_eq!(font.and_then(|font| font.legacy), legacy, "{markup}");
        assert_eq!(font.is_some_and(|font| font.capitals), capitals, "{markup}");
    }

    #[test]
    fn the_nearest_element_that_names_a_font_decides() {
        check("<p>x", None, false);
        check("<font face='.VnTime'><b>x", Some(Legacy::Tcvn), false);
        check("<font face=.VnArialH>x", Some(Legacy::Tcvn), true);
        check("<font face='VNI-Times, Arial'>x", Some(Legacy::Vni), false);
        check(
            "<font face=.VnTime><span style='font-family:Arial'>x",
            None,
            false,
        );
        check(
            "<p style='color:red;font-family:&quot;.VnTimeH&quot;'>x",
            Some(Legacy::Tcvn),
            true,
        );
        check(
            "<p style='font: bold 12pt .VnTime'>x",
            Some(Legacy::Tcvn),
            false,
        );
        check("<p style='font-family: Arial, .VnTime'>x", None, false);
    }

    #[test]
    fn class_rules_of_the_page_name_fonts_too() {
        let word = "<style><!-- p.MsoNormal, li.MsoNormal {margin:0; font-family:\".VnTime\";} \
            .tieude{font-family:VNI-Helve} --></style>";
        check(
            &format!("{word}<p class=MsoNormal>x"),
            Some(Legacy::Tcvn),
            false,
        );
        check(&format!("{word}<p>x"), None, false);
        check(
            &format!("{word}<div class='a tieude'>x"),
            Some(Legacy::Vni),
            false,
        );
    }
}
