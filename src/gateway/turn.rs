//! Pages of a list that its portal shows only when a form is sent: Loa sends it.
//!
//! The list is fetched anew and its form filled from what it holds (`__VIEWSTATE` and the like), so
//! nothing is kept between two pages and any machine can go on; the cookies of the list go with its
//! form, and are forgotten with the answer. Only a call that the page's own pager shows is sent, and
//! only to the page's own host.

use std::time::Duration;

use tokio::time::timeout;

use super::Error;
use super::intake::Intake;
use super::queue;
use super::source::{MOST_CALLS, Turned};
use crate::extract::{self, Form, Sheet};
use crate::fetch::{self, Page, SourceUrl};
use crate::html;
use crate::model::{Content, Postback, Turn};

/// Longest wait for all calls together.
const LONGEST: Duration = Duration::from_secs(45);

/// Turns a list's pages until the one that was asked for.
/// Returns it understood, and as it came.
pub(super) async fn page(
    intake: &Intake,
    turned: &Turned,
    turn: &queue::Turn,
) -> Result<(Sheet, Page), Error> {
    let turning = last(intake, turned, turn);
    timeout(LONGEST, turning)
        .await
        .unwrap_or(Err(fetch::Error::TimedOut.into()))
}

async fn last(
    intake: &Intake,
    turned: &Turned,
    turn: &queue::Turn,
) -> Result<(Sheet, Page), Error> {
    let mut visit = intake.fetcher.visit();
    let mut page = visit.page(&turned.list).await?;
    let mut first = Vec::new();
    for (hop, call) in turned.calls.iter().enumerate() {
        let read = read(page, call.clone(), turn).await?;
        let form = read.form.ok_or(Error::NoSuchTurn)?;
        if hop == 0 {
            first = read.turns;
        }
        let action = own(&form, &read.origin).ok_or(Error::NoSuchTurn)?;
        page = visit.post(&action, form.body).await?;
    }
    let mut sheet = intake.understand(page.clone(), turn).await?;
    let document = sheet.document_mut();
    document.head.url = turned.to_string();
    if let Content::Listing(listing) = &mut document.content {
        listing.paging.retain_mut(|turn| lead(turn, turned, &first));
    }
    Ok((sheet, page))
}

/// A list as its pager sees it.
struct Read {
    form: Option<Form>,
    turns: Vec<Turn>,
    origin: url::Origin,
}

async fn read(page: Page, call: Postback, turn: &queue::Turn) -> Result<Read, Error> {
    let read = move || {
        let tree = html::parse(
            &page.body,
            page.content_type.as_deref(),
            &html::Limits::default(),
        );
        Read {
            form: extract::form(&tree, &page.url, &call),
            turns: extract::turns(&tree, &page.url),
            origin: page.url.origin(),
        }
    };
    Ok(turn.blocking(read).await?)
}

/// The address of a form that is sent to the page's own host.
fn own(form: &Form, origin: &url::Origin) -> Option<SourceUrl> {
    let action = SourceUrl::parse(&form.action).ok()?;
    (action.url().origin() == *origin).then_some(action)
}

/// Gives a way onwards the address under which Loa reads it; says whether there is one.
fn lead(turn: &mut Turn, turned: &Turned, first: &[Turn]) -> bool {
    let Some(call) = turn.post.clone() else {
        return true;
    };
    let mut calls = turned.calls.clone();
    if is_absolute(turn, &call, first) {
        calls.clear();
    }
    calls.push(call);
    let list = turned.list.clone();
    let is_near = calls.len() <= MOST_CALLS;
    turn.url = Turned { list, calls }.to_string();
    is_near
}

/// Does a call mean the same on the list's first page? One that names its page by a number does;
/// "next" and controls that are counted from the shown page on do not.
fn is_absolute(turn: &Turn, call: &Postback, first: &[Turn]) -> bool {
    let ends_in_number = |text: &str| text.ends_with(|c: char| c.is_ascii_digit());
    let shown = |other: &&Turn| other.post.as_ref() == Some(call);
    first.iter().find(shown).is_some_and(|other| {
        ends_in_number(call.argument()) || other.name == turn.name && ends_in_number(&turn.name)
    })
}
