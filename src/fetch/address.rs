//! The first gate: what a reader typed, or a redirect named, becomes a web address.
//!
//! Kind to readers, who leave out the scheme and paste with spaces; strict with all that serves only
//! an attacker. Spelling is the `url` crate's (the WHATWG URL standard), so an IPv4 address written in
//! octal, in one number or in circled digits is an IPv4 address from here on.

use std::borrow::Cow;

use url::{Host, Url};

use super::Error;

/// Longest address a reader may give, in bytes.
const MAX_BYTES: usize = 2_000;

/// Most words that are searched for an address: a shared text brings its own in the first lines.
const MAX_WORDS: usize = 400;

/// An address as a reader gives it: http or https, a host, no user name, no fragment.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct SourceUrl(Url);

impl SourceUrl {
    /// Takes what a reader typed or pasted.
    ///
    /// Space around it is dropped. A missing scheme is https, or http where a port is named that is
    /// not one of TLS, since `localhost:8080` and `portal.example:80` mean that.
    ///
    /// # Errors
    /// Where it is no web address: another scheme, no host or an impossible one, a user name, control
    /// characters, more than 2,000 bytes.
    pub fn parse(given: &str) -> Result<Self, Error> {
        let given = given.trim_matches(is_padding);
        if given.len() > MAX_BYTES || given.chars().any(char::is_control) {
            return Err(Error::NotAnAddress);
        }
        let complete = with_scheme(given).ok_or(Error::NotAnAddress)?;
        let url = Url::parse(&complete).map_err(|_| Error::NotAnAddress)?;
        Self::of(url)
    }

    /// Finds the address in what a reader typed or shared: the whole as [`SourceUrl::parse`] takes it, or
    /// else the first word that begins with `www.`, `http://`, `https://` or a slip of these
    /// (`https//bao.example`), without the quotes, brackets or full stop around it. Such a word names a
    /// host with a dot in it: what is left of a broken address is none.
    ///
    /// # Errors
    /// Where there is none.
    pub fn find(given: &str) -> Result<Self, Error> {
        Self::parse(given).or_else(|error| {
            let words = given.split_whitespace().take(MAX_WORDS);
            let addresses = words.filter_map(|word| Self::parse(&mended(bare(word))?).ok());
            let mut full = addresses.filter(|a| a.0.host_str().is_some_and(|h| h.contains('.')));
            full.next().ok_or(error)
        })
    }

    /// Takes an address that is spelt out already.
    ///
    /// # Errors
    /// Where it is none of the web.
    pub(super) fn of(mut url: Url) -> Result<Self, Error> {
        let on_the_web = matches!(url.scheme(), "http" | "https");
        let anonymous = url.username().is_empty() && url.password().is_none();
        if !on_the_web || !anonymous || !url.host().is_some_and(|host| is_possible(&host)) {
            return Err(Error::NotAnAddress);
        }
        url.set_fragment(None);
        Ok(Self(url))
    }

    /// Returns the address.
    #[must_use]
    pub fn url(&self) -> &Url {
        &self.0
    }

    /// Returns the name or address of its host; empty where it has none.
    #[must_use]
    pub fn host_name(&self) -> &str {
        self.0.host_str().unwrap_or_default()
    }
}

/// White space, and the invisible characters, quotes and angle brackets that come along when text is copied.
fn is_padding(c: char) -> bool {
    c.is_whitespace()
        || matches!(
            c,
            '\u{200b}' | '\u{feff}' | '"' | '“' | '”' | '‘' | '’' | '«' | '»' | '<' | '>'
        )
}

/// Takes off what people put around an address in a text. A bracket that the address itself opened is
/// its own.
fn bare(word: &str) -> &str {
    let word = word.trim_start_matches(['<', '(', '[', '{', '"', '\'', '“', '‘', '«']);
    let closing = |c: char| {
        matches!(
            c,
            '>' | ']' | '}' | '"' | '\'' | '”' | '’' | '»' | ',' | '.' | ';' | '!' | '?' | ':'
        ) || c == ')' && !word.contains('(')
    };
    word.trim_end_matches(closing)
}

/// Returns a word that is meant as an address, with its scheme as it should be. What has another scheme
/// means something else, however near it looks.
fn mended(word: &str) -> Option<Cow<'_, str>> {
    if word.get(..4)?.eq_ignore_ascii_case("www.") {
        return Some(Cow::Borrowed(word));
    }
    let letters = word.bytes().take_while(u8::is_ascii_alphabetic).count();
    let (scheme, rest) = word.split_at(letters);
    let (_, meant) = SLIPS
        .iter()
        .find(|(slip, _)| scheme.eq_ignore_ascii_case(slip))?;
    let slashes = rest.strip_prefix([':', ';']).unwrap_or(rest);
    let host = slashes.trim_start_matches(['/', '\\']);
    (host.len() < slashes.len()).then(|| Cow::Owned(format!("{meant}://{host}")))
}

/// The two schemes, and how fingers miss them: a letter left out, doubled or swapped with its neighbour.
const SLIPS: [(&str, &str); 20] = [
    ("http", "http"),
    ("htp", "http"),
    ("ttp", "http"),
    ("htpp", "http"),
    ("htttp", "http"),
    ("hhttp", "http"),
    ("httpp", "http"),
    ("thtp", "http"),
    ("htt", "http"),
    ("https", "https"),
    ("htps", "https"),
    ("ttps", "https"),
    ("htpps", "https"),
    ("htttps", "https"),
    ("hhttps", "https"),
    ("httpps", "https"),
    ("httpss", "https"),
    ("thtps", "https"),
    ("htts", "https"),
    ("httsp", "https"),
];

/// Puts a scheme before an address that has none; nothing for a mere word.
fn with_scheme(given: &str) -> Option<Cow<'_, str>> {
    if has_scheme(given) {
        return Some(Cow::Borrowed(given));
    }
    let bare = given.trim_start_matches(['/', '\\']);
    let authority = bare.split(['/', '\\', '?', '#']).next().unwrap_or(bare);
    let port = authority.rsplit_once(':').filter(|(_, port)| is_port(port));
    let scheme = match port {
        None if !authority.contains(['.', '[', '。', '．', '｡']) => return None,
        None | Some((_, "443" | "8443")) => "https",
        Some(_) => "http",
    };
    Some(Cow::Owned(format!("{scheme}://{bare}")))
}

/// `mailto:x` has a scheme, `localhost:8080/x` has a port (RFC 3986, 3.1).
fn has_scheme(given: &str) -> bool {
    let Some((name, rest)) = given.split_once(':') else {
        return false;
    };
    let end_of_port = rest.find(['/', '?', '#']).unwrap_or(rest.len());
    name.starts_with(|c: char| c.is_ascii_alphabetic())
        && name
            .chars()
            .all(|c| c.is_ascii_alphanumeric() || matches!(c, '+' | '-' | '.'))
        && !is_port(&rest[..end_of_port])
}

fn is_port(text: &str) -> bool {
    !text.is_empty() && text.len() <= 5 && text.bytes().all(|b| b.is_ascii_digit())
}

/// Whether a host could exist: the URL standard lets through commas and empty labels, the DNS does
/// not (RFC 1035, 2.3.4; underscores occur in the wild).
fn is_possible(host: &Host<&str>) -> bool {
    let Host::Domain(name) = host else {
        return true;
    };
    let name = name.strip_suffix('.').unwrap_or(name);
    name.len() <= 253 && name.split('.').all(is_label)
}

fn is_label(label: &str) -> bool {
    (1..=63).contains(&label.len())
        && label
            .bytes()
            .all(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(given: &str, expected: &str) {
        let got = SourceUrl::parse(given).map(|address| address.url().to_string());
        assert_eq!(got.as_deref(), Ok(expected), "{given:?}");
        let again = SourceUrl::parse(expected).map(|address| address.url().to_string());
        assert_eq!(
            again.as_deref(),
            Ok(expected),
            "reading it again changes it"
        );
    }

    #[track_caller]
    fn refuse(given: &str) {
        assert_eq!(
            SourceUrl::parse(given),
            Err(Error::NotAnAddress),
            "{given:?}"
        );
    }

    #[test]
    fn an_address_is_taken_as_it_is() {
        check(
            "https://bao.example/tin?id=7",
            "https://bao.example/tin?id=7",
        );
        check("HTTP://BAO.Example", "http://bao.example/");
        check("http://bao.example:8080/", "http://bao.example:8080/");
        check("https://bao.example:443/", "https://bao.example/");
        check("http://[2001:DB8::1]/", "http://[2001:db8::1]/");
    }

    #[test]
    fn a_missing_scheme_is_https_unless_the_port_says_otherwise() {
        check("bao.example", "https://bao.example/");
        check("//bao.example/tin", "https://bao.example/tin");
        check("bao.example/tin:7", "https://bao.example/tin:7");
        check("bao.example:8443/tin", "https://bao.example:8443/tin");
        check("bao.example:8080/tin", "http://bao.example:8080/tin");
        check("localhost:3000", "http://localhost:3000/");
        check("127.0.0.1:3000/a?b", "http://127.0.0.1:3000/a?b");
        check("[::1]:3000", "http://[::1]:3000/");
        check("[::1]/", "https://[::1]/");
    }

    #[test]
    fn what_comes_along_when_pasting_is_dropped() {
        check(" \t https://bao.example/tin \n", "https://bao.example/tin");
        check("\u{feff}bao.example\u{200b}", "https://bao.example/");
        check("https://bao.example/tin#phan-2", "https://bao.example/tin");
    }

    #[test]
    fn a_vietnamese_address_is_spelt_for_the_wire() {
        check(
            "báo.example/tin tức",
            "https://xn--bo-mia.example/tin%20t%E1%BB%A9c",
        );
    }

    #[test]
    fn other_schemes_are_no_web_addresses() {
        for given in [
            "javascript:alert(1)",
            "file:///etc/passwd",
            "mailto:ban-doc@bao.example",
            "data:text/html,x",
            "ftp://bao.example/",
            "view-source:http://bao.example/",
            "url:http://bao.example/",
            "http+unix://x/",
        ] {
            refuse(given);
        }
    }

    #[test]
    fn words_and_impossible_hosts_are_no_web_addresses() {
        for given in [
            "",
            "   ",
            "x",
            "tin tức",
            "http://",
            "https:///",
            "http://:80/",
            "http://a..example/",
            "http://a,b.example/",
            "http://1.2.3.999/",
            "http://a b.example/",
            "http://bao.example:99999/",
        ] {
            refuse(given);
        }
        refuse(&format!("http://{}.example/", "a".repeat(64)));
    }

    #[test]
    fn user_names_and_control_characters_are_refused() {
        for given in [
            "http://user@bao.example/",
            "http://user:pass@bao.example/",
            "user@bao.example",
            "http://bao.example/\u{0}",
            "http://bao.\nexample/",
            "ht\ttp://bao.example/",
        ] {
            refuse(given);
        }
    }

    #[test]
    fn an_address_has_at_most_two_thousand_bytes() {
        let path = "a".repeat(MAX_BYTES - "http://bao.example/".len());
        let longest = format!("http://bao.example/{path}");
        check(&longest, &longest);
        refuse(&format!("{longest}a"));
    }

    #[test]
    fn an_address_is_found_in_what_was_typed_or_shared() {
        for (given, found) in [
            ("https//bao.example/tin", "https://bao.example/tin"),
            ("htpps://bao.example/tin", "https://bao.example/tin"),
            ("http;//bao.example", "http://bao.example/"),
            ("ttp://bao.example", "http://bao.example/"),
            ("<https://bao.example/a(b)c>", "https://bao.example/a(b)c"),
            ("HTTPS:/bao.example (mới)", "https://bao.example/"),
            (
                "Bài hay: https://bao.example/tin, xem nhé!",
                "https://bao.example/tin",
            ),
            ("“www.bao.example”", "https://www.bao.example/"),
            ("bao.example", "https://bao.example/"),
        ] {
            let got = SourceUrl::find(given).map(|address| address.url().to_string());
            assert_eq!(got.as_deref(), Ok(found), "{given:?}");
        }
    }

    #[test]
    fn words_and_what_must_not_be_opened_hold_no_address() {
        for given in [
            "giá xăng hôm nay",
            "",
            "javascript:location='//x.example'",
            "ftp://bao.example/",
            "xem https://ai:mat@bao.example/",
            "http://",
            "http://:80/",
            "http://bao cao.example/",
            "view-source:https://bao.example/",
            "php://input.example/",
            "url:http://bao.example/",
            "hát://bao.example",
        ] {
            assert_eq!(
                SourceUrl::find(given),
                Err(Error::NotAnAddress),
                "{given:?}"
            );
        }
    }
}
