//! A portal on loopback, in the first portal's shape, with every way in which one can be trying.

use std::collections::HashMap;
use std::convert::Infallible;
use std::net::SocketAddr;
use std::sync::{Arc, Mutex};

use axum::Router;
use axum::body::{Body, Bytes};
use axum::extract::{Request, State};
use axum::http::{StatusCode, header};
use axum::middleware::{self, Next};
use axum::response::{IntoResponse, Redirect, Response};
use futures_util::stream;
use unicode_normalization::UnicodeNormalization;

const ARTICLE: &str = include_str!("../portal/article.html");

/// A running portal; it lives as long as the test's process.
pub struct Portal {
    pub address: SocketAddr,
    asked: Asked,
}

type Asked = Arc<Mutex<HashMap<String, usize>>>;

impl Portal {
    /// Starts a portal on a free port.
    pub fn start() -> Self {
        Self::answering(Router::new().fallback(page))
    }

    /// Starts a portal of the test's own pages on a free port.
    #[expect(
        clippy::disallowed_methods,
        reason = "a test's own server, bounded by its process"
    )]
    pub fn answering(pages: Router) -> Self {
        let listener = std::net::TcpListener::bind("127.0.0.1:0").expect("a free port");
        listener
            .set_nonblocking(true)
            .expect("a listener that does not block");
        let address = listener.local_addr().expect("its address");
        let asked = Asked::default();
        let count = middleware::from_fn_with_state(Arc::clone(&asked), count);
        let router = pages.layer(count);
        std::thread::spawn(move || {
            let runtime = tokio::runtime::Builder::new_current_thread()
                .enable_all()
                .build();
            runtime.expect("a runtime").block_on(async {
                let listener = tokio::net::TcpListener::from_std(listener).expect("a listener");
                axum::serve(listener, router)
                    .await
                    .expect("a portal that serves");
            });
        });
        Self { address, asked }
    }

    /// The address of one of its pages.
    pub fn url(&self, path: &str) -> String {
        format!("http://{}{path}", self.address)
    }

    /// What `--trust` takes.
    pub fn trust(&self) -> String {
        self.address.to_string()
    }

    /// How often a path was asked for.
    pub fn times_asked(&self, path: &str) -> usize {
        self.asked
            .lock()
            .expect("no panic meanwhile")
            .get(path)
            .copied()
            .unwrap_or(0)
    }
}

async fn count(State(asked): State<Asked>, request: Request, next: Next) -> Response {
    let path = request.uri().path().to_owned();
    *asked
        .lock()
        .expect("no panic meanwhile")
        .entry(path)
        .or_default() += 1;
    next.run(request).await
}

async fn page(request: Request) -> Response {
    match request.uri().path() {
        "/utf-8.aspx" => html("text/html; charset=utf-8", article("utf-8").into_bytes()),
        "/nfd.aspx" => html(
            "text/html",
            article("utf-8").nfd().collect::<String>().into_bytes(),
        ),
        "/windows-1258.aspx" => html("text/html", windows_1258(&article("windows-1258"))),
        "/moved.aspx" => Redirect::permanent("/utf-8.aspx").into_response(),
        "/circle.aspx" => Redirect::temporary("/circle.aspx").into_response(),
        "/inwards.aspx" => Redirect::temporary("http://127.0.0.1:9/").into_response(),
        "/decision.pdf" => html("application/pdf", b"%PDF-1.7 ...".to_vec()),
        "/huge.aspx" => huge(),
        "/empty.aspx" => html("text/html", b"<html><body>  </body></html>".to_vec()),
        "/search.aspx" => html("text/html; charset=utf-8", SEARCH.as_bytes().to_vec()),
        "/broken.aspx" => StatusCode::INTERNAL_SERVER_ERROR.into_response(),
        _ => StatusCode::NOT_FOUND.into_response(),
    }
}

/// A page that is neither article nor listing.
const SEARCH: &str = "<html lang=vi><head><title>Tìm kiếm</title></head><body><form>\
    <label for=q>Từ khóa</label><input id=q><input type=submit value=Tìm></form>\
    <p>Hãy nhập từ khóa vào ô trên.</p></body></html>";

pub fn html(media_type: &'static str, body: Vec<u8>) -> Response {
    ([(header::CONTENT_TYPE, media_type)], body).into_response()
}

fn article(charset: &str) -> String {
    ARTICLE.replace("{charset}", charset)
}

/// 20 MB without a declared length.
pub fn huge() -> Response {
    let piece = Bytes::from("<p>Một câu dài không có gì mới.</p>\n".repeat(2000));
    let pieces = (20 << 20) / piece.len();
    let body = stream::iter((0..pieces).map(move |_| Ok::<_, Infallible>(piece.clone())));
    (
        [(header::CONTENT_TYPE, "text/html")],
        Body::from_stream(body),
    )
        .into_response()
}

/// Encodes as Windows did: base letters are composed, tones are combining marks after them.
fn windows_1258(text: &str) -> Vec<u8> {
    const TONES: &[char] = &['\u{300}', '\u{301}', '\u{303}', '\u{309}', '\u{323}'];
    let mut split = String::with_capacity(text.len() * 2);
    for letter in text.chars() {
        let parts: Vec<char> = letter.nfd().collect();
        let (tones, base): (Vec<char>, Vec<char>) = parts.iter().partition(|c| TONES.contains(c));
        split.extend(base.into_iter().nfc());
        split.extend(tones);
    }
    let (bytes, _, lossy) = encoding_rs::WINDOWS_1258.encode(&split);
    assert!(!lossy, "the article holds only what windows-1258 can");
    bytes.into_owned()
}
