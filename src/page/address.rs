//! Every address that a page contains is built here.
//!
//! There are two kinds: Loa's own, which carry the settings code on where the reader came with one,
//! and those of others, which leave the gateway and are http or https or no link at all.

use std::borrow::Cow;

use url::{Url, form_urlencoded};

use crate::model::{Postback, Wishes, is_plain_address};

use super::View;

/// What marks a link that leaves the gateway, for `rel`: the page behind it learns nothing of this one.
pub(super) const OUTWARD: &str = "noopener noreferrer";

impl View<'_> {
    /// Builds an address of Loa's own from a path and its query.
    pub(super) fn to(&self, path: &str, query: &[(&str, &str)]) -> String {
        let code = self.carried();
        let mut address = with_query(path, query);
        if let Some(code) = code {
            add(&mut address, "s", &code);
        }
        address
    }

    /// Builds the address of a page of someone else's, read by Loa.
    pub(super) fn read(&self, url: &str) -> String {
        self.to("/read", &[("url", url)])
    }

    /// Builds this page's own address with other wishes carried in it.
    pub(super) fn again_with(&self, wishes: &Wishes) -> String {
        let mut address = self.here.to_owned();
        add(&mut address, "s", &wishes.code());
        address
    }

    /// Returns the settings code that links and forms carry on.
    pub(super) fn carried(&self) -> Option<String> {
        self.carry.then(|| self.wishes.code())
    }

    /// Returns the page to go back to: what `back` says in this page's own address, if it is one of
    /// Loa's own pages.
    pub(super) fn back(&self) -> Option<String> {
        let (_, query) = self.here.split_once('?')?;
        let (_, back) =
            form_urlencoded::parse(query.as_bytes()).find(|(name, _)| name == "back")?;
        own_page(&back).then(|| back.into_owned())
    }
}

/// Builds a path with a query.
pub(super) fn with_query(path: &str, query: &[(&str, &str)]) -> String {
    let mut address = path.to_owned();
    for (name, value) in query {
        add(&mut address, name, value);
    }
    address
}

/// Takes the address of someone else's page or file if a reader may be sent there: http or https,
/// and not under `.invalid`, where by RFC 2606 nothing is (Loa's own samples live there). The calls of
/// a pager that Loa keeps behind `#` mean nothing there.
pub(super) fn foreign(url: &str) -> Option<Cow<'_, str>> {
    if is_plain_address(url) && !url.contains(".invalid") {
        return Some(url.into());
    }
    let mut url = Url::parse(url).ok()?;
    if url
        .fragment()
        .is_some_and(|f| Postback::all_of(f).is_some())
    {
        url.set_fragment(None);
    }
    let known = matches!(url.scheme(), "http" | "https");
    let host = url.host_str()?;
    (known && !host.ends_with(".invalid")).then(|| String::from(url).into())
}

/// Takes the address of a page that Loa may be asked to read.
pub(super) fn readable(url: &str) -> bool {
    is_plain_address(url)
        || Url::parse(url).is_ok_and(|url| matches!(url.scheme(), "http" | "https"))
}

/// Returns the host of an address, for people.
pub(super) fn host(url: &str) -> Option<String> {
    let url = Url::parse(url).ok()?;
    url.host_str().map(ToOwned::to_owned)
}

/// Is this a path on this very site? `//host` and `/\host` lead elsewhere in a browser.
fn own_page(path: &str) -> bool {
    path.starts_with('/')
        && !path.starts_with("//")
        && !path.contains(|c: char| c == '\\' || c.is_control())
}

fn add(address: &mut String, name: &str, value: &str) {
    address.push(if address.contains('?') { '&' } else { '?' });
    address.push_str(name);
    address.push('=');
    for part in form_urlencoded::byte_serialize(value.as_bytes()) {
        // Unreserved in RFC 3986, and it parts the wishes in a settings code that people see.
        address.push_str(if part == "%7E" { "~" } else { part });
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::UiLang;

    fn wishes() -> Wishes {
        let mut wishes = Wishes::default();
        wishes.set("scale", "150").expect("a known wish");
        wishes.set("voice", "vi+f1").expect("a known wish");
        wishes
    }

    fn view<'a>(wishes: &'a Wishes, carry: bool, here: &'a str) -> View<'a> {
        View {
            wishes,
            lang: UiLang::VI,
            carry,
            saves_data: false,
            here,
        }
    }

    #[test]
    fn a_carried_code_goes_on_into_every_address_and_comes_back_whole() {
        let wishes = wishes();
        let carrying = view(&wishes, true, "/read?url=x");
        let address = carrying.read("https://a.example/?b=1&c=đ");
        assert_eq!(
            address,
            "/read?url=https%3A%2F%2Fa.example%2F%3Fb%3D1%26c%3D%C4%91&s=1~s150~vvi%2Bf1"
        );
        assert_eq!(carrying.to("/", &[]), "/?s=1~s150~vvi%2Bf1");
        assert_eq!(carrying.again_with(&Wishes::default()), "/read?url=x&s=1");
        assert_eq!(view(&wishes, false, "/").to("/help", &[]), "/help");
    }

    #[test]
    fn only_pages_of_the_web_are_linked_outward() {
        assert_eq!(
            foreign("https://a.example/x").as_deref(),
            Some("https://a.example/x")
        );
        for (given, outward) in [
            ("https://a.example/x#phan-2", "https://a.example/x#phan-2"),
            (
                "https://a.example/x?a#__doPostBack('ctl00$Trang','2')__press('b','Trang+sau')",
                "https://a.example/x?a",
            ),
        ] {
            assert_eq!(foreign(given).as_deref(), Some(outward));
        }
        for bad in [
            "javascript:alert(1)",
            "JaVaScRiPt:alert(1)",
            " javascript:alert(1)",
            "java\nscript:alert(1)",
            "data:text/html,x",
            "vbscript:x",
            "/relative",
            "",
            "https://sample.loa.invalid/vi/",
        ] {
            assert_eq!(foreign(bad), None, "{bad:?}");
        }
    }

    #[test]
    fn one_goes_back_to_loas_own_pages_only() {
        let wishes = wishes();
        let back = |here| view(&wishes, false, here).back();
        assert_eq!(
            back("/settings?back=%2Fread%3Furl%3Dx").as_deref(),
            Some("/read?url=x")
        );
        for bad in [
            "/settings",
            "/settings?back=https://b.example",
            "/settings?back=//b.example",
            "/settings?back=/\\b.example",
            "/settings?back=%2F%09%2Fb.example",
        ] {
            assert_eq!(back(bad), None, "{bad}");
        }
    }
}
