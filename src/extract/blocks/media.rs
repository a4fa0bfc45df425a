//! Embedded videos, sounds and maps, as named links.

use url::Url;

use crate::extract::attachment;
use crate::extract::page::{Page, collapsed};
use crate::html::{Element, NodeId, Tag};
use crate::model::{Block, Link};

/// Hosts whose frames are something to see or hear, and what to call it.
const HOSTS: [(&str, &str); 22] = [
    ("youtube.com", "YouTube"),
    ("youtube-nocookie.com", "YouTube"),
    ("youtu.be", "YouTube"),
    ("vimeo.com", "Vimeo"),
    ("dailymotion.com", "Dailymotion"),
    ("facebook.com", "Facebook"),
    ("tiktok.com", "TikTok"),
    ("instagram.com", "Instagram"),
    ("soundcloud.com", "SoundCloud"),
    ("spotify.com", "Spotify"),
    ("apple.com", "Apple"),
    ("google.com", "Google"),
    ("openstreetmap.org", "OpenStreetMap"),
    ("datawrapper.de", "Datawrapper"),
    ("dwcdn.net", "Datawrapper"),
    ("flourish.studio", "Flourish"),
    ("infogram.com", "Infogram"),
    ("scribd.com", "Scribd"),
    ("issuu.com", "Issuu"),
    ("documentcloud.org", "DocumentCloud"),
    ("twitter.com", "X"),
    ("x.com", "X"),
];

/// Does a frame show a file of text, by itself or through a viewer?
pub(in crate::extract) fn shows_document(page: &Page<'_>, id: NodeId) -> bool {
    let url = page
        .tree
        .element(id)
        .and_then(|element| address(page, id, element));
    url.and_then(|url| document(&url)).is_some_and(|name| {
        !SOUNDS
            .iter()
            .any(|ending| name.to_lowercase().ends_with(ending))
    })
}

/// Endings of files that are no texts.
const SOUNDS: [&str; 2] = [".mp4", ".mp3"];

/// Reads an embedded thing; `None` where it is a tracker, an advertisement or leads nowhere.
pub(super) fn read(page: &Page<'_>, id: NodeId) -> Option<Block> {
    let element = page.tree.element(id)?;
    let url = address(page, id, element)?;
    let host = Url::parse(&url).ok()?.host_str()?.to_owned();
    let known = HOSTS
        .iter()
        .find(|(h, _)| host == *h || host.ends_with(&format!(".{h}")));
    let document = document(&url);
    if element.tag() == Tag::Iframe && known.is_none() && document.is_none() {
        return None;
    }
    let given = element
        .attr("title")
        .or_else(|| element.attr("aria-label"))
        .map(collapsed);
    let given = given.filter(|name| name.chars().count() > 3);
    let name = given.unwrap_or_else(|| match (element.tag(), known) {
        _ if document.is_some() => document.unwrap_or_default(),
        (_, Some((_, name))) => (*name).to_owned(),
        (Tag::Audio, None) => "Audio".to_owned(),
        (Tag::Video, None) => "Video".to_owned(),
        _ => file_name(&url),
    });
    Some(Block::Media(Link { name, url }))
}

fn address(page: &Page<'_>, id: NodeId, element: Element<'_>) -> Option<String> {
    let own = ["src", "data-src", "data-lazy-src", "data"]
        .iter()
        .find_map(|name| {
            let src = element
                .attr(name)
                .filter(|src| !src.starts_with("about:"))?;
            page.link(src)
        });
    own.or_else(|| {
        let mut sources = page.elements(id).filter(|(_, e)| e.tag() == Tag::Source);
        sources.find_map(|(_, e)| page.link(e.attr("src")?))
    })
}

/// Endings of files that a frame shows.
const ENDINGS: [&str; 11] = [
    ".pdf", ".doc", ".docx", ".xls", ".xlsx", ".ppt", ".pptx", ".odt", ".rtf", ".mp4", ".mp3",
];

/// The name of the file that a frame shows, by itself or through a viewer that takes the file's
/// address: SharePoint's `WopiFrame.aspx?sourcedoc=`, `gview?url=`, PDF.js's `viewer.html?file=`.
fn document(url: &str) -> Option<String> {
    let parsed = Url::parse(url).ok()?;
    let shown = parsed.query_pairs().map(|(_, value)| value.into_owned());
    let own = std::iter::once(parsed.path().to_owned());
    let names = own
        .chain(shown)
        .map(|address| attachment::file_name(&address));
    names.into_iter().find(|name| {
        let low = name.to_lowercase();
        ENDINGS.iter().any(|ending| low.ends_with(ending))
    })
}

fn file_name(url: &str) -> String {
    let path = url.split(['?', '#']).next().unwrap_or(url);
    path.rsplit('/')
        .find(|part| !part.is_empty())
        .unwrap_or(url)
        .to_owned()
}
