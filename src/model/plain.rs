//! Addresses that are written already as the URL standard would write them.
//!
//! A page has hundreds of links and a long list tens of thousands, nearly all of them plain. To parse
//! each and to write it out again took longer than to read the tags around them.
//!
//! Source: WHATWG URL § 4.4; the parser itself is the oracle in tests.

/// Is this an http or https address that comes out of a URL parser letter for letter as it is?
///
/// What it says no to may be one all the same. Linear in `address.len()`.
#[must_use]
pub fn is_plain_address(address: &str) -> bool {
    let rest = address.strip_prefix("https://");
    let Some(rest) = rest.or_else(|| address.strip_prefix("http://")) else {
        return false;
    };
    let host = rest.split('/').next().unwrap_or_default();
    is_plain_host(host) && is_plain_path(&rest[host.len()..])
}

/// Is this a path, with or without a query, that stays as it is under any host?
#[must_use]
pub fn is_plain_path(path: &str) -> bool {
    let bytes = path.as_bytes();
    let stays = |byte: &u8| byte.is_ascii_alphanumeric() || b"/-._~!$&()*+,;=:@%?".contains(byte);
    let steps = |pair: &[u8]| pair[0] == b'/' && matches!(pair[1], b'.' | b'%');
    path.starts_with('/')
        && !path.starts_with("//")
        && bytes.iter().all(stays)
        && !bytes.windows(2).any(steps)
}

/// Letters, digits and single hyphens in small letters, the last label no number.
fn is_plain_host(host: &str) -> bool {
    let label = |label: &str| {
        let stays = |b: u8| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-';
        let ends = label.starts_with('-') || label.ends_with('-') || label.contains("--");
        (1..64).contains(&label.len()) && label.bytes().all(stays) && !ends
    };
    let last = host.rsplit('.').next().unwrap_or_default();
    last.starts_with(|c: char| c.is_ascii_lowercase())
        && host.len() < 254
        && host.split('.').all(label)
}

#[cfg(test)]
mod tests {
    use super::*;
    use url::Url;

    #[track_caller]
    fn check(address: &str, plain: bool) {
        assert_eq!(is_plain_address(address), plain, "{address}");
        let parsed = Url::parse(address).map(String::from);
        assert!(!plain || parsed.as_deref() == Ok(address), "{address}");
    }

    #[test]
    fn an_address_that_a_parser_leaves_alone_is_plain() {
        for address in [
            "https://a.example/",
            "http://www.xa-1.gov.vn/tin-tuc/2020/6/a_b.html",
            "https://a.example/x?id=1&p=%C4%91,(2);a:b@c~d!e$f*g+h",
        ] {
            check(address, true);
        }
    }

    #[test]
    fn what_a_parser_may_change_is_not() {
        for address in [
            "https://a.example",
            "https://A.example/",
            "https://a.example:443/",
            "https://a:b@a.example/",
            "https://1.2.3.4/",
            "https://0x7f/",
            "https://a.example/../b",
            "https://a.example/%2e%2E/b",
            "https://a.example/a b",
            "https://a.example/đ",
            "https://a.example/%C4%91",
            "https://a.example/#x",
            "https://a.example?x",
            "https://xn--a.example/",
            "https://a..example/",
            "https://a.example\\b/",
            "https:/a.example/",
            "ftp://a.example/",
            "/a",
            "",
        ] {
            check(address, false);
        }
    }

    proptest::proptest! {
        #[test]
        fn whatever_is_plain_a_parser_leaves_alone(
            address in "https?://[a-z0-9.-]{1,8}/[a-zA-Z0-9/._~!$&'()*+,;=:@%?|^-]{0,12}"
        ) {
            if is_plain_address(&address) {
                proptest::prop_assert_eq!(Url::parse(&address).map(String::from), Ok(address));
            }
        }

        #[test]
        fn a_plain_path_stays_under_any_host(path in "/[a-zA-Z0-9/._~!$&()*+,;=:@%?-]{0,12}") {
            let base = Url::parse("https://a.example/b/c?d#e").expect("an address");
            if is_plain_path(&path) {
                let joined = base.join(&path).map(String::from);
                proptest::prop_assert_eq!(joined, Ok(format!("https://a.example{path}")));
            }
        }
    }
}
