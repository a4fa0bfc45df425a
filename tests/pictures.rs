//! Pictures of an article come through the gateway, written anew; nothing else does.

mod common;

use std::io::Cursor;

use axum::Router;
use axum::extract::Request;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use common::client::{Answer, get};
use common::loa::Server;
use common::portal::{Portal, html};
use image::{DynamicImage, ImageFormat, RgbImage};

const ARTICLE: &str = "<!DOCTYPE html><html lang=vi><head><title>Cầu mới qua sông</title></head><body>\
    <article><h1>Cầu mới qua sông</h1><p>Sáng nay bà con hai bờ đã đi lại được trên cây cầu mới, dài hơn \
    trăm mét, sau hai năm thi công qua mấy mùa lũ lớn.</p>\
    <figure><img src=/anh/cau.png alt='Cây cầu mới'><figcaption>Cây cầu trong ngày khánh thành</figcaption>\
    </figure><p>Trước đây muốn qua sông phải đi đò, mùa nước lên thì nghỉ học cả tuần.</p>\
    <figure><img src=/anh/giay.svg alt='Sơ đồ cầu'></figure>\
    <figure><img src=/anh/bom.png alt='Ảnh quá lớn'></figure>\
    <p>Xã sẽ trồng thêm cây xanh ở hai đầu cầu, và đặt ghế nghỉ chân cho người già.</p>\
    </article></body></html>";

async fn answer(request: Request) -> Response {
    match request.uri().path() {
        "/tin/cau" => html("text/html; charset=utf-8", ARTICLE.into()),
        // A portal may call a picture what it likes.
        "/anh/cau.png" => html("text/html", png(900, 300)),
        "/anh/giay.svg" => html("image/svg+xml", b"<svg onload='alert(1)'/>".to_vec()),
        "/anh/bom.png" => html("image/png", png(9000, 3000)),
        "/anh/khac.png" => html("image/png", png(10, 10)),
        _ => (
            StatusCode::NOT_FOUND,
            [(header::CONTENT_TYPE, "text/plain")],
        )
            .into_response(),
    }
}

fn png(width: u32, height: u32) -> Vec<u8> {
    let image = DynamicImage::from(RgbImage::from_fn(width, height, |x, _| {
        image::Rgb([(x % 251) as u8, 90, 90])
    }));
    let mut bytes = Cursor::new(Vec::new());
    image
        .write_to(&mut bytes, ImageFormat::Png)
        .expect("memory never fails");
    bytes.into_inner()
}

struct Stage {
    portal: Portal,
    server: Server,
}

impl Stage {
    fn new() -> Self {
        let portal = Portal::answering(Router::new().fallback(answer));
        let server = Server::start(&["--trust", &portal.trust()]);
        Self { portal, server }
    }

    fn page(&self, headers: &[(&str, &str)]) -> String {
        let url = self.portal.url("/tin/cau");
        let url: String = url::form_urlencoded::byte_serialize(url.as_bytes()).collect();
        get(self.server.address, &format!("/read?url={url}"), headers).text()
    }

    /// The pictures of a page, in its order.
    fn pictures(&self) -> Vec<String> {
        let page = self.page(&[]).replace("&amp;", "&");
        let images = page.split("<img src=\"").skip(1);
        images
            .map(|rest| rest.split('"').next().expect("its address").to_owned())
            .collect()
    }

    fn get(&self, path: &str) -> Answer {
        get(self.server.address, path, &[])
    }
}

#[test]
fn a_picture_comes_from_the_gateway_in_the_width_that_is_shown() {
    let stage = Stage::new();
    let page = stage.page(&[]);
    assert!(!page.contains("src=\"http"), "{page}");
    let pictures = stage.pictures();
    assert_eq!(pictures.len(), 3, "{page}");
    for (width, expected) in [
        ("320", (320, 106)),
        ("640", (640, 213)),
        ("1280", (900, 300)),
    ] {
        let answer = stage.get(&pictures[0].replace("w=640", &format!("w={width}")));
        assert_eq!(answer.status, 200);
        let image = image::load_from_memory(&answer.body).expect("a picture");
        assert_eq!((image.width(), image.height()), expected);
        let kind = answer.header("content-type").expect("a media type");
        assert!(["image/png", "image/jpeg"].contains(&kind), "{kind}");
        assert!(answer.header("content-security-policy").is_some());
    }
    assert_eq!(stage.portal.times_asked("/anh/cau.png"), 3);
    assert_eq!(stage.get(&pictures[0]).status, 200);
    assert_eq!(stage.portal.times_asked("/anh/cau.png"), 3, "it is kept");
}

#[test]
fn what_is_no_picture_is_refused_and_its_words_stay() {
    let stage = Stage::new();
    let pictures = stage.pictures();
    for refused in &pictures[1..] {
        let answer = stage.get(refused);
        assert_eq!(answer.status, 415);
        assert!(
            answer.text().contains("Không hiện được ảnh này"),
            "{}",
            answer.text()
        );
    }
    let page = stage.page(&[]);
    for words in [
        "Cây cầu mới",
        "Cây cầu trong ngày khánh thành",
        "Sơ đồ cầu",
        "Ảnh quá lớn",
    ] {
        assert!(page.contains(words), "{words}");
    }
}

#[test]
fn only_what_an_article_shows_is_fetched() {
    let stage = Stage::new();
    let picture = &stage.pictures()[0];
    let (start, rest) = picture.split_once("id=").expect("a name");
    let other = loa::model::PictureId::of(&stage.portal.url("/anh/khac.png"));
    for (path, status) in [
        (format!("{start}id={other}&w=640"), 404),
        (format!("{start}id=x&w=640"), 404),
        (
            format!("{start}id={}", rest.replace("w=640", "w=5000")),
            400,
        ),
        ("/picture".to_owned(), 400),
    ] {
        assert_eq!(stage.get(&path).status, status, "{path}");
    }
    assert_eq!(stage.portal.times_asked("/anh/khac.png"), 0);
}

#[test]
fn who_spares_data_gets_the_words_alone() {
    let stage = Stage::new();
    let page = stage.page(&[("save-data", "on")]);
    assert!(!page.contains("<img"), "{page}");
    assert!(page.contains("Cây cầu mới"), "{page}");
}
