//! Article, listing or neither: the page decides, never its address.

use super::listing::Entries;
use super::meta::Claims;
use super::page::Page;
use super::phrase;
use crate::html::NodeId;

/// What a page seems to be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Verdict {
    /// One article.
    Article,
    /// Entries that lead on.
    Listing,
    /// Neither.
    Page,
}

/// Fewer entries are no list.
const ENTRIES: usize = 4;
/// Fewer than these are none even where each tells more than its title.
const TOLD_ENTRIES: usize = 3;
/// Fewer than these are none even where each has date and summary.
const FULL_ENTRIES: usize = 2;
/// So much prose is an article even where the page does not say so.
const PROSE: u32 = 350;
/// Less prose is a note.
const NOTE: u32 = 120;
/// Less text of entries is no list.
const LISTED: u32 = 150;
/// Less text of entries is no list even where nothing else is said.
const NAMED: u32 = 80;
/// So many entries are a list even if all of them are short names.
const NAMES: usize = 6;

/// Weighs prose against entries.
pub(super) fn verdict(
    page: &Page<'_>,
    claims: &Claims,
    root: NodeId,
    entries: &Entries,
) -> Verdict {
    let sums = page.survey.sums(root);
    let in_entries = u32::try_from(entries.text_inside(page, root)).unwrap_or(u32::MAX);
    let prose = sums.prose.saturating_sub(in_entries);
    let listed = u32::try_from(entries.text()).unwrap_or(u32::MAX);
    let many = entries.len() >= ENTRIES
        || entries.told() >= TOLD_ENTRIES
        || entries.told_fully() >= FULL_ENTRIES;
    // A page of teasers calls itself an article where each of them is one.
    let teasers = many && prose * 8 < sums.prose && sums.prose_lines as usize <= entries.told() + 2;
    let told = !teasers && sums.prose_lines > 2 && sums.prose >= PROSE && listed < sums.prose * 4;
    if claims.article && told || claims.article && prose >= PROSE / 2 && listed < prose * 20 {
        return Verdict::Article;
    }
    let times = if sums.prose_lines > 2 && prose > PROSE {
        5
    } else {
        2
    };
    let outweighed = many && (listed > prose * times || claims.list && listed > prose);
    let named = entries.text_anywhere() > NAMED || entries.len() >= NAMES;
    let nothing_else = !claims.article && prose < NOTE && named;
    let lists = many && (listed > LISTED || nothing_else);
    if !claims.article && is_small_part(page, root) {
        return if lists {
            Verdict::Listing
        } else {
            Verdict::Page
        };
    }
    let outweighed = outweighed || !claims.article && entries.lead_the_page(page, root, prose);
    if (prose >= PROSE || claims.article && sums.text > 0) && !outweighed {
        return Verdict::Article;
    }
    if lists {
        return Verdict::Listing;
    }
    if prose >= NOTE && !claims.window.as_deref().is_some_and(phrase::names_failure) {
        Verdict::Article
    } else {
        Verdict::Page
    }
}

/// Is there so much prose that it is more than a note beside a table of properties?
pub(super) fn is_told_at_length(page: &Page<'_>, root: NodeId) -> bool {
    let sums = page.survey.sums(root);
    sums.prose > 1500 && sums.prose_lines > 4
}

/// Is the prose that was found only a note in a page whose main part is something else?
fn is_small_part(page: &Page<'_>, root: NodeId) -> bool {
    let own = page.survey.sums(root);
    let main = page
        .main()
        .map(|main| page.survey.sums(main))
        .unwrap_or_default();
    own.text * 3 < main.text && own.prose_lines < 12
}
