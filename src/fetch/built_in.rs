//! Pages of Loa's own, which go the way of every page but need no network.

use bytes::Bytes;

use super::{Error, Freshness, Page, SourceUrl, media};

/// The host of the built-in pages; `.invalid` never resolves (RFC 2606).
pub const BUILT_IN_HOST: &str = "sample.loa.invalid";

/// A page of Loa's own, served at a reserved host as if it came from afar.
#[derive(Clone, Copy, Debug)]
pub struct BuiltIn {
    /// Its path.
    pub path: &'static str,
    /// Its media type.
    pub media_type: &'static str,
    /// Its bytes.
    pub bytes: &'static [u8],
}

/// Whether an address is one of Loa's own.
pub(super) fn is_built_in(address: &SourceUrl) -> bool {
    address.url().host_str() == Some(BUILT_IN_HOST)
}

/// Answers for the built-in host.
pub(super) fn answer(pages: &[BuiltIn], address: &SourceUrl) -> Result<Page, Error> {
    let path = address.url().path();
    let page = pages.iter().find(|page| page.path == path);
    let page = page.ok_or(Error::Upstream { status: 404 })?;
    let content_type = media::declared(Some(page.media_type))?.confirm(page.bytes)?;
    Ok(Page {
        url: address.url().clone(),
        body: Bytes::from_static(page.bytes),
        content_type: Some(content_type),
        freshness: Freshness::for_ever(address.url()),
    })
}
