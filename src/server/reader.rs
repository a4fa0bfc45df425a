//! Who asks: a reader's wishes, by their address or their cookie, and the language they read.

use std::convert::Infallible;

use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use axum::http::{HeaderMap, Uri, header};
use url::form_urlencoded;

use crate::model::{UiLang, Wishes};
use crate::page::View;

/// The name of the one cookie.
pub(super) const COOKIE: &str = "loa";

/// A reader, as known from one request.
pub(super) struct Reader {
    /// What they wish.
    pub wishes: Wishes,
    /// The language of their interface.
    pub lang: UiLang,
    /// Did the wishes come in the address?
    pub carry: bool,
    /// Does the browser wish to spare data (`Save-Data: on`)?
    pub saves_data: bool,
    /// The path and query they asked for, without the wishes.
    pub here: String,
}

impl Reader {
    /// Returns what pages are made with.
    pub(super) fn view(&self) -> View<'_> {
        View {
            wishes: &self.wishes,
            lang: self.lang,
            carry: self.carry,
            saves_data: self.saves_data,
            here: &self.here,
        }
    }

    pub(super) fn of(uri: &Uri, headers: &HeaderMap) -> Self {
        let in_address = query_field(uri, "s").and_then(|code| Wishes::from_code(&code));
        let carry = in_address.is_some();
        let wishes = in_address
            .or_else(|| cookie_wishes(headers))
            .unwrap_or_default();
        let lang = wishes.lang.unwrap_or_else(|| accepted_lang(headers));
        Self {
            wishes,
            lang,
            carry,
            saves_data: headers.get("save-data").is_some_and(|wish| wish == "on"),
            here: without_wishes(uri),
        }
    }
}

impl<S: Sync> FromRequestParts<S> for Reader {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Infallible> {
        Ok(Self::of(&parts.uri, &parts.headers))
    }
}

/// Returns the first query field of that name.
pub(super) fn query_field(uri: &Uri, name: &str) -> Option<String> {
    form_urlencoded::parse(uri.query()?.as_bytes())
        .find(|(field, _)| field == name)
        .map(|(_, value)| value.into_owned())
}

/// Builds a path with one query field.
pub(super) fn with_query(path: &str, name: &str, value: &str) -> String {
    let query = form_urlencoded::Serializer::new(String::new())
        .append_pair(name, value)
        .finish();
    format!("{path}?{query}")
}

/// Returns the path with its settings code, in place of one that it had.
pub(super) fn with_code(path: &str, code: &str) -> String {
    let (path, query) = path.split_once('?').unwrap_or((path, ""));
    let kept = query
        .split('&')
        .filter(|pair| !pair.is_empty() && !pair.starts_with("s="));
    let code: String = form_urlencoded::byte_serialize(code.as_bytes()).collect();
    let code = code.replace("%7E", "~"); // unreserved in RFC 3986, and people see this address
    let pairs: Vec<_> = kept
        .map(str::to_owned)
        .chain([format!("s={code}")])
        .collect();
    format!("{path}?{}", pairs.join("&"))
}

fn cookie_wishes(headers: &HeaderMap) -> Option<Wishes> {
    let lines = headers.get_all(header::COOKIE).iter();
    // Other services of the host may have set cookies that are no text.
    lines
        .flat_map(|line| line.as_bytes().split(|&b| b == b';'))
        .filter_map(|pair| std::str::from_utf8(pair).ok()?.trim().split_once('='))
        .filter(|(name, _)| *name == COOKIE)
        .find_map(|(_, code)| Wishes::from_code(code))
}

fn without_wishes(uri: &Uri) -> String {
    let Some(query) = uri.query() else {
        return uri.path().to_owned();
    };
    let kept: Vec<_> = query
        .split('&')
        .filter(|pair| !pair.is_empty() && !pair.starts_with("s="))
        .collect();
    if kept.is_empty() {
        return uri.path().to_owned();
    }
    format!("{}?{}", uri.path(), kept.join("&"))
}

/// Returns the interface's language for an `Accept-Language` header (RFC 9110, 12.5.4): the one of
/// ours that is weighed highest. Who reads neither gets English, who says nothing Vietnamese.
fn accepted_lang(headers: &HeaderMap) -> UiLang {
    let Some(list) = headers
        .get(header::ACCEPT_LANGUAGE)
        .and_then(|v| v.to_str().ok())
    else {
        return UiLang::VI;
    };
    let mut best: Option<(UiLang, f32)> = None;
    for item in list.split(',') {
        let (tag, parameters) = item.split_once(';').unwrap_or((item, ""));
        let primary = tag
            .trim()
            .split('-')
            .next()
            .unwrap_or_default()
            .to_ascii_lowercase();
        let weight = parameters
            .trim()
            .strip_prefix("q=")
            .map_or(Some(1.0), |q| q.trim().parse().ok());
        let known = match primary.as_str() {
            "*" => Some(UiLang::VI),
            word => UiLang::from_word(word),
        };
        if let (Some(lang), Some(weight)) = (known, weight)
            && weight > best.map_or(0.0, |(_, most)| most)
        {
            best = Some((lang, weight));
        }
    }
    best.map_or(UiLang::EN, |(lang, _)| lang)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{DataUse, Theme};
    use axum::http::HeaderName;

    fn reader(uri: &str, headers: &[(header::HeaderName, &str)]) -> Reader {
        let headers = headers
            .iter()
            .map(|(n, v)| (n.clone(), v.parse().expect("a header")))
            .collect();
        Reader::of(&uri.parse().expect("an address"), &headers)
    }

    #[test]
    fn wishes_in_the_address_outweigh_the_cookie_and_are_carried_on() {
        let cookie = (header::COOKIE, "x=1; loa=1~s200~tsoft-dark");
        let by_cookie = reader("/read?url=a", std::slice::from_ref(&cookie));
        assert_eq!(by_cookie.wishes.scale.percent(), 200);
        assert!(!by_cookie.carry);
        let by_address = reader("/read?url=a&s=1~tyellow-on-black&b=2", &[cookie]);
        assert_eq!(by_address.wishes.theme, Theme::YellowOnBlack);
        assert_eq!(by_address.wishes.scale.percent(), 100);
        assert!(by_address.carry);
        assert_eq!(by_address.here, "/read?url=a&b=2");
    }

    #[test]
    fn the_interface_speaks_the_language_that_is_weighed_highest() {
        for (accepted, lang) in [
            ("vi-VN,vi;q=0.9,en-US;q=0.6", UiLang::VI),
            ("en;q=0.5, vi", UiLang::VI),
            ("fr-FR, en;q=0.8, vi;q=0.2", UiLang::EN),
            ("de", UiLang::EN),
            ("*", UiLang::VI),
            ("en;q=0, vi;q=0.1", UiLang::VI),
        ] {
            assert_eq!(
                reader("/", &[(header::ACCEPT_LANGUAGE, accepted)]).lang,
                lang,
                "{accepted}"
            );
        }
        assert_eq!(reader("/", &[]).lang, UiLang::VI);
    }

    #[test]
    fn the_readers_own_choice_of_language_outweighs_the_browsers() {
        let headers = [
            (header::ACCEPT_LANGUAGE, "vi"),
            (header::COOKIE, "loa=1~len"),
        ];
        assert_eq!(reader("/", &headers).lang, UiLang::EN);
    }

    #[test]
    fn a_browser_that_spares_data_is_heard_unless_the_reader_has_chosen() {
        let saving = (HeaderName::from_static("save-data"), "on");
        let data = |uri| {
            let reader = reader(uri, std::slice::from_ref(&saving));
            reader.wishes.data_use(reader.saves_data)
        };
        assert_eq!(data("/"), DataUse::Saver);
        assert_eq!(data("/?s=1~busual"), DataUse::Usual);
        assert_eq!(reader("/", &[]).wishes.data_use(false), DataUse::Usual);
    }

    #[test]
    fn a_code_in_the_address_takes_the_place_of_the_old_one() {
        assert_eq!(
            with_code("/read?url=a&s=1~s150", "1~s200"),
            "/read?url=a&s=1~s200"
        );
        assert_eq!(with_code("/", "1"), "/?s=1");
    }
}
