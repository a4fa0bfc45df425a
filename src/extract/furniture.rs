//! Blocks that are the site's and not the article's: menus among what is said, and what the site tells
//! of itself and of who writes for it.

use super::author;
use super::blocks::Made;
use super::page::Page;
use super::phrase;
use super::title;
use crate::model::{Block, Mark, Text};

/// So many links in one line are a menu.
const MENU: usize = 4;

/// Is it a list of controls, or a line of nothing but links?
pub(super) fn is_menu(one: &Made) -> bool {
    match &one.block {
        Block::List(list) => {
            let controls = list
                .items
                .iter()
                .filter(|item| item.inner.is_none() && phrase::is_control(item.text.as_str()));
            controls.count() * 2 > list.items.len()
        }
        Block::Paragraph(text) => is_link_line(text),
        _ => false,
    }
}

/// Is a line many links and but marks between them: "Authors -- Titles -- Subjects -- Serials"?
fn is_link_line(text: &Text) -> bool {
    let links = text.spans().iter();
    let links = links.filter(|span| matches!(span.mark, Mark::Link { .. }));
    let (mut count, mut until) = (0, 0);
    let says = |part: &str| part.chars().any(char::is_alphanumeric);
    for link in links {
        if says(text.as_str().get(until..link.start).unwrap_or_default()) {
            return false;
        }
        (count, until) = (count + 1, link.end);
    }
    count >= MENU && !says(text.as_str().get(until..).unwrap_or_default())
}

/// Is it the paper's own name, alone or beside that of another: "The Courier / Reuters"?
pub(super) fn names_source(one: &Made, page: &Page<'_>) -> bool {
    one.paragraph().is_some_and(|text| {
        let line = text.as_str();
        let mut names = line.split('/').map(str::trim);
        line.len() <= 60
            && !line.ends_with(['.', '!', '?'])
            && names.any(|name| name.len() > 3 && title::is_site(page, name, None))
    })
}

/// What those who run a site call themselves or it; lower case. A maker, a place or a game that has the
/// site's name is what the article is about.
///
/// Source: the kinds of `Organization` and `CreativeWork` of schema.org that publish, and what firms call
/// themselves below their own news.
const HOUSES: [&str; 40] = [
    "agency",
    "association",
    "blog",
    "broadcaster",
    "campaign",
    "charity",
    "community",
    "company",
    "firm",
    "foundation",
    "institute",
    "journal",
    "leader",
    "magazine",
    "manufacturer",
    "network",
    "newsletter",
    "newspaper",
    "newsroom",
    "nonprofit",
    "non-profit",
    "not-for-profit",
    "organisation",
    "organization",
    "outlet",
    "platform",
    "podcast",
    "portal",
    "provider",
    "publication",
    "publisher",
    "site",
    "society",
    "supplier",
    "trust",
    "website",
    "báo",
    "kênh",
    "tạp chí",
    "trang",
];
/// So many words behind the verb say what it is: "is an independent, reader-supported magazine".
const WHAT: usize = 8;

/// Does a paragraph tell what the site is that one reads: "The Hill Trust is a charity that …"?
pub(super) fn tells_of_site(line: &str, page: &Page<'_>, site: Option<&str>) -> bool {
    let verbs = [" is a ", " is an ", " is the ", " là "];
    let said = verbs.iter().filter_map(|verb| line.split_once(verb));
    let Some((name, what)) = said.min_by_key(|(name, _)| name.len()) else {
        return false;
    };
    let what: Vec<&str> = what.split_whitespace().take(WHAT).collect();
    let what = format!(" {} ", what.join(" ").to_lowercase());
    let named = |house: &str| {
        let behind = what.split_once(&format!(" {house}")).map(|(_, rest)| rest);
        behind.is_some_and(|rest| !rest.starts_with(char::is_alphabetic))
    };
    line.len() < 600 && HOUSES.iter().any(|house| named(house)) && title::is_own(page, name, site)
}

/// Does a paragraph tell who the author is?
pub(super) fn is_biography(line: &str, authors: &[String]) -> bool {
    line.len() < 400
        && !line.starts_with(['"', '“', '„', '«'])
        && author::begins_with_author(line, authors)
}

/// Does a line spell out the page's own address, as a reference does? Another address of the site is
/// where the article sends its readers.
pub(super) fn cites_page(line: &str, page: &Page<'_>) -> bool {
    let Some((address, host)) = page.address.and_then(|a| Some((a, a.host_str()?))) else {
        return false;
    };
    let path = address.path().trim_end_matches('/');
    let own = || format!("{}{path}", host.trim_start_matches("www."));
    line.len() < 300 && line.contains("://") && !path.is_empty() && line.contains(&own())
}

#[cfg(test)]
mod tests {
    use url::Url;

    use super::*;
    use crate::html::{Limits, parse};

    /// Asks something about a line of a page at this address.
    fn ask<T>(address: &str, of: impl Fn(&Page<'_>) -> T) -> T {
        let address = Url::parse(address).expect("an address");
        of(&Page::new(
            &parse(b"", None, &Limits::default()),
            Some(&address),
        ))
    }

    #[test]
    fn only_the_house_speaks_of_itself() {
        let tells =
            |address: &str, line: &str| ask(address, |page| tells_of_site(line, page, None));
        let hill = "The Hill Trust is an independent charity in the three valleys.";
        assert!(tells("https://www.thehilltrust.example/a", hill));
        assert!(
            !tells("https://news.example/a", hill),
            "another site tells it"
        );
        for (address, line) in [
            (
                "https://sonla.example/a",
                "Sơn La là tỉnh miền núi có nhiều hồ.",
            ),
            (
                "https://larkfield.example/a",
                "Larkfield is a maker of scales.",
            ),
            (
                "https://bridgereview.example/a",
                "Bridge is a game for people and for no magazine.",
            ),
            (
                "https://verse.example/a",
                "What it says is a journal of loss.",
            ),
        ] {
            assert!(!tells(address, line), "{line}");
        }
    }

    #[test]
    fn only_the_pages_own_address_cites_it() {
        let here = "https://www.quy.example/tin/cau-moi/";
        let cites = |line: &str| ask(here, |page| cites_page(line, page));
        assert!(cites("In: Quỹ, https://quy.example/tin/cau-moi"));
        assert!(!cites(
            "Nộp đơn tại https://quy.example/don trước ngày 1/5."
        ));
        assert!(!cites("Xem https://quy.example để biết thêm."));
    }
}
