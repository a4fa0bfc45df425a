//! The cookies of one visit: what a host gave with a page goes back with the form of that page.
//!
//! They live as long as the visit, go to the host alone that set them, and are never shared: a WebForms
//! session is kept together, and nobody is known again by them.
//!
//! Source: RFC 6265, of which `Domain` is left out, so that a cookie is always its host's own.

use http::header::SET_COOKIE;
use http::{HeaderMap, HeaderValue};
use url::{Origin, Url};

/// Most cookies of a visit.
const MOST: usize = 40;
/// Longest cookie, its name included (RFC 6265, 6.1).
const LONGEST: usize = 4096;

/// The cookies at hand.
#[derive(Debug, Default)]
pub(super) struct Jar(Vec<Cookie>);

#[derive(Debug)]
struct Cookie {
    origin: Origin,
    path: String,
    name: String,
    value: String,
}

impl Jar {
    /// Keeps what the answer from `url` sets, and lets go of what it takes back.
    pub(super) fn keep(&mut self, url: &Url, head: &HeaderMap) {
        for given in head.get_all(SET_COOKIE) {
            let Some((cookie, is_over)) = given.to_str().ok().and_then(|text| read(url, text))
            else {
                continue;
            };
            self.0.retain(|own| !own.is_same(&cookie));
            if !is_over && self.0.len() < MOST {
                self.0.push(cookie);
            }
        }
    }

    /// Writes the field that goes with a request to `url`; nothing where there is nothing to say.
    pub(super) fn field(&self, url: &Url) -> Option<HeaderValue> {
        let origin = url.origin();
        let own = self.0.iter().filter(|cookie| cookie.origin == origin);
        let pairs: Vec<_> = own
            .filter(|cookie| is_below(url.path(), &cookie.path))
            .map(|cookie| format!("{}={}", cookie.name, cookie.value))
            .collect();
        let mut field = HeaderValue::try_from(pairs.join("; ")).ok()?;
        field.set_sensitive(true);
        (!pairs.is_empty()).then_some(field)
    }
}

impl Cookie {
    fn is_same(&self, other: &Self) -> bool {
        (&self.origin, &self.path, &self.name) == (&other.origin, &other.path, &other.name)
    }
}

/// Reads a `Set-Cookie` field, and whether it takes the cookie back: it is to live no longer, or says
/// nothing, as ASP.NET writes it.
fn read(url: &Url, text: &str) -> Option<(Cookie, bool)> {
    let mut parts = text.split(';');
    let (name, value) = parts.next()?.split_once('=')?;
    let (name, value) = (name.trim(), value.trim());
    if name.is_empty() || name.len() + value.len() > LONGEST {
        return None;
    }
    let (mut path, mut is_over) = (usual_path(url.path()).to_owned(), value.is_empty());
    for part in parts {
        let (attribute, said) = part.split_once('=').unwrap_or((part, ""));
        let said = said.trim();
        match attribute.trim().to_ascii_lowercase().as_str() {
            "path" if said.starts_with('/') => said.clone_into(&mut path),
            "max-age" => is_over |= said.parse::<i64>().is_ok_and(|seconds| seconds <= 0),
            _ => {}
        }
    }
    let cookie = Cookie {
        origin: url.origin(),
        path,
        name: name.to_owned(),
        value: value.to_owned(),
    };
    Some((cookie, is_over))
}

/// The folder of a path (RFC 6265, 5.1.4).
fn usual_path(path: &str) -> &str {
    match path.rfind('/') {
        None | Some(0) => "/",
        Some(end) => &path[..end],
    }
}

fn is_below(path: &str, folder: &str) -> bool {
    let rest = path.strip_prefix(folder);
    rest.is_some_and(|rest| rest.is_empty() || folder.ends_with('/') || rest.starts_with('/'))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Keeps what each address sets, and tells what goes to the last of all addresses.
    #[track_caller]
    fn check(set: &[(&str, &str)], to: &str, expected: Option<&str>) {
        let url = |text: &str| Url::parse(text).expect("an address");
        let mut jar = Jar::default();
        for (from, given) in set {
            let given = HeaderValue::from_str(given).expect("a field");
            jar.keep(&url(from), &HeaderMap::from_iter([(SET_COOKIE, given)]));
        }
        let field = jar.field(&url(to));
        let got = field.as_ref().map(|f| f.to_str().expect("ASCII"));
        assert_eq!(got, expected, "{set:?} {to}");
    }

    const LIST: &str = "https://xa.example/tin/ds.aspx";

    #[test]
    fn what_a_host_set_goes_back_to_it_and_to_nobody_else() {
        let set = [
            (LIST, "ASP.NET_SessionId=k3; path=/; HttpOnly; SameSite=Lax"),
            (LIST, "lang=vi; Domain=.example; Path=/"),
        ];
        check(&set, LIST, Some("ASP.NET_SessionId=k3; lang=vi"));
        for other in [
            "https://www.xa.example/tin/ds.aspx",
            "https://huyen.example/",
            "http://xa.example/tin/ds.aspx",
            "https://xa.example:8443/tin/ds.aspx",
        ] {
            check(&set, other, None);
        }
    }

    #[test]
    fn a_cookie_is_for_its_path() {
        let set = [(LIST, "a=1"), (LIST, "b=2; path=/quantri")];
        check(&set, LIST, Some("a=1"));
        check(&set, "https://xa.example/tin/sau/x", Some("a=1"));
        check(&set, "https://xa.example/tin-khac", None);
        check(&set, "https://xa.example/quantri/", Some("b=2"));
    }

    #[test]
    fn a_cookie_is_set_anew_and_taken_back() {
        check(&[(LIST, "a=1"), (LIST, "a=2")], LIST, Some("a=2"));
        check(&[(LIST, "a=1"), (LIST, "a=2; Max-Age=0")], LIST, None);
        check(&[(LIST, "a=1"), (LIST, "a=; expires=x")], LIST, None);
    }

    #[test]
    fn what_is_no_cookie_or_too_much_of_it_is_let_go() {
        let long = format!("a={}", "x".repeat(LONGEST));
        check(&[(LIST, "a"), (LIST, "=b"), (LIST, &long)], LIST, None);
        let many: Vec<_> = (0..MOST + 9).map(|n| format!("c{n}=1")).collect();
        let many: Vec<_> = many.iter().map(|text| (LIST, text.as_str())).collect();
        let kept: Vec<_> = many[..MOST].iter().map(|(_, text)| *text).collect();
        check(&many, LIST, Some(&kept.join("; ")));
    }
}
