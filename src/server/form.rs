//! The form of a request, as strictly as HTTP wants it where others in front of Loa might read it otherwise.

use axum::http::uri::Authority;
use axum::http::{Request, Version, header};

/// Is a request one that all who handle it read alike (RFC 9112, 3.2)?
///
/// It has one `Host`, a host and perhaps a port, and where its target names a host too, it is the same.
/// HTTP/1.0 may leave it out.
pub(super) fn is_plain<B>(request: &Request<B>) -> bool {
    let mut hosts = request.headers().get_all(header::HOST).iter();
    let (host, another) = (hosts.next(), hosts.next());
    let named = request.uri().authority();
    match host {
        _ if another.is_some() => false,
        None => request.version() < Version::HTTP_11 && named.is_none(),
        Some(host) => {
            let host = host
                .to_str()
                .ok()
                .and_then(|host| host.parse::<Authority>().ok());
            host.is_some_and(|host| {
                is_host(&host) && named.is_none_or(|named| is_same(named, &host))
            })
        }
    }
}

fn is_host(authority: &Authority) -> bool {
    !authority.host().is_empty() && !authority.as_str().contains('@')
}

fn is_same(one: &Authority, other: &Authority) -> bool {
    one.as_str().eq_ignore_ascii_case(other.as_str())
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::body::Body;

    #[track_caller]
    fn check(target: &str, version: Version, hosts: &[&str], expected: bool) {
        let mut request = Request::builder().uri(target).version(version);
        for host in hosts {
            request = request.header(header::HOST, *host);
        }
        let request = request.body(Body::empty()).expect("a request");
        assert_eq!(
            is_plain(&request),
            expected,
            "{target} {version:?} {hosts:?}"
        );
    }

    #[test]
    fn a_request_names_its_host_once_and_means_it() {
        for host in ["loa.example", "127.0.0.1:8080", "[::1]:8080", "localhost"] {
            check("/", Version::HTTP_11, &[host], true);
        }
        check(
            "http://loa.example/",
            Version::HTTP_11,
            &["Loa.example"],
            true,
        );
        check("/", Version::HTTP_10, &[], true);
        check("/", Version::HTTP_11, &[], false);
        check("/", Version::HTTP_11, &["a.example", "a.example"], false);
        check("/", Version::HTTP_11, &["a.example/b"], false);
        check("/", Version::HTTP_11, &["user@a.example"], false);
        check("/", Version::HTTP_11, &[""], false);
        check("http://b.example/", Version::HTTP_11, &["a.example"], false);
        check("http://b.example/", Version::HTTP_10, &[], false);
    }
}
