//! The site's name, where the page does not claim one: the end of the window's title that the page
//! shows elsewhere as its own (banner, home link, footer), or that stands behind the shown title.

use super::likeness::same;
use super::page::Page;
use crate::html::{Element, NodeId, Tag};

/// Longer parts of a window's title are no names.
const LONGEST: usize = 90;
/// A line that names the site says little else: "© 2024 Báo Sơn Lâm. Mọi quyền được bảo lưu."
const ASIDE: usize = 70;

/// Is `part` the site's name, given that the window's title is `rest` and it?
pub(super) fn is_named(page: &Page<'_>, part: &str, rest: &str) -> bool {
    let part = part.trim();
    if part.len() > LONGEST || part.chars().count() < 3 {
        return false;
    }
    let mut behind_title = false;
    for (node, element) in page.elements(page.tree.root()) {
        if names_home(page, node, element, part) {
            return true;
        }
        match element.tag() {
            // What leads into the site is a section, not the site.
            Tag::A if page.says(node, part) => return false,
            tag if tag.heading_level().is_some() => {
                behind_title = behind_title || page.says(node, rest);
            }
            _ => {}
        }
    }
    behind_title || is_said_aside(page, part, rest)
}

/// Does the page's banner say just this?
pub(super) fn is_banner(page: &Page<'_>, name: &str) -> bool {
    page.elements(page.tree.root())
        .any(|(node, element)| names_home(page, node, element, name))
}

/// Is this the banner: a link home or a logo that says just this?
fn names_home(page: &Page<'_>, node: NodeId, element: Element<'_>, part: &str) -> bool {
    match element.tag() {
        Tag::A => leads_home(element) && page.says(node, part),
        Tag::Img => element.attr("alt").is_some_and(|alt| same(alt, part)),
        _ => false,
    }
}

fn leads_home(link: Element<'_>) -> bool {
    let href = link.attr("href").unwrap_or_default();
    let path = href.split_once("://").map_or(href, |(_, rest)| {
        rest.find('/').map_or("/", |slash| &rest[slash..])
    });
    matches!(
        path,
        "/" | "/index.html" | "/index.php" | "/web/guest" | "./"
    )
}

/// Does a short line outside the title name it, as a footer does?
fn is_said_aside(page: &Page<'_>, part: &str, rest: &str) -> bool {
    page.tree.all().any(|node| {
        let said = page.tree.text(node).is_some_and(|text| {
            text.len() <= part.len() + ASIDE && text.contains(part) && !text.contains(rest)
        });
        said && page.tree.parent(node).and_then(|p| page.tree.tag(p)) != Some(Tag::Title)
            && !page.tree.ancestors(node).any(|up| {
                page.tree
                    .tag(up)
                    .is_some_and(|tag| tag.heading_level().is_some())
            })
    })
}
