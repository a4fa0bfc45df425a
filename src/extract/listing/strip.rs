//! Strips that a site puts on every one of its pages: what it keeps of its visitors, how it wants to
//! be paid and followed. They say nothing of the list beside them.
//!
//! Source: the consent banners of Cookiebot, iubenda, OneTrust and Usercentrics, and the strips of the
//! shop systems that are used most.

use super::super::page::Page;
use crate::html::NodeId;
use crate::model::letter::lowered;

/// Words of notes about cookies; lower case.
const CONSENT: &[&str] = &[
    "accept cookies",
    "cookie policy",
    "cookie preferences",
    "cookie settings",
    "our use of cookies",
    "use cookies",
    "uses cookies",
    "using cookies",
    "chính sách cookie",
    "sử dụng cookie",
    "utilise des cookies",
    "utilisons des cookies",
    "verwenden cookies",
    "verwendet cookies",
];
/// Beginnings of lines that ask to sign up, to log in, to call; lower case.
const APPEALS: &[&str] = &[
    "create an account",
    "get exclusive",
    "join our",
    "join the newsletter",
    "need help?",
    "sign in",
    "sign up",
    "stay connected",
    "stay in touch",
    "subscribe",
    "we accept ",
    "đăng ký nhận",
    "đăng nhập",
];
/// Longer lines say more than that.
const LONGEST: usize = 120;
/// So much of a box is looked at.
const BEGINNING: usize = 2_000;

/// Does a box ask to be allowed cookies?
pub(super) fn is_consent(page: &Page<'_>, id: NodeId) -> bool {
    let low = page.shown_up_to(id, BEGINNING).to_lowercase();
    CONSENT.iter().any(|words| low.contains(words))
}

/// Is a line around entries an appeal or a note that stands on every page?
pub(super) fn is_appeal(line: &str) -> bool {
    if line.len() > LONGEST {
        return false;
    }
    let low = lowered(line.trim());
    APPEALS.iter().any(|begin| low.starts_with(begin))
}
