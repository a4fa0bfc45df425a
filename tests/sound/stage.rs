//! The portal, its article and the gateway that all these tests listen to.

use std::sync::{Arc, Mutex, Weak};

use axum::Router;
use axum::extract::Request;
use axum::response::Response;
use serde_json::Value;

use crate::common::client::{Answer, get};
use crate::common::loa::Server;
use crate::common::portal::{Portal, html};

/// A format, and how much of a listener's data it may use.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Form {
    pub(crate) extension: &'static str,
    pub(crate) data: &'static str,
}

/// Every form whose bytes differ.
pub(crate) const FORMS: [Form; 8] = [
    form("wav", "usual"),
    form("flac", "usual"),
    form("mp3", "usual"),
    form("mp3", "saver"),
    form("opus", "usual"),
    form("opus", "saver"),
    form("webm", "usual"),
    form("webm", "saver"),
];

pub(crate) const fn form(extension: &'static str, data: &'static str) -> Form {
    Form { extension, data }
}

/// A page of a portal, with a heading, a list, numbers and a quotation.
const VIETNAMESE: &str = "<h1>Chợ nổi Vàm Xáng họp lại sau mùa lũ</h1>\
    <p>Sáng 18/10, hơn 120 ghe hàng đã về lại chợ nổi Vàm Xáng, sau gần ba tháng nước dâng.</p>\
    <p>Bà Huỳnh Thị Sáu, 67 tuổi, bán bún trên ghe từ năm 1984, nói: “Mùa này cá linh nhiều, khách \
    lại đông, tôi bán hết 40 ký bún trước 9 giờ.”</p>\
    <h2>Giữ chợ cho mai sau</h2>\
    <p>Theo ông Lâm Quốc Bảo, trưởng ban quản lý chợ, năm nay bến được nạo vét 1,2 km và thêm 16 phao \
    báo hiệu. Ban quản lý sẽ làm hai việc:</p>\
    <ul><li>Mở lớp dạy bơi cho trẻ em trên ghe;</li><li>Đổi đèn dầu lấy đèn điện.</li></ul>\
    <p>Chợ họp từ 4h30 đến 10h00 mỗi ngày, trừ những hôm gió lớn.</p>";
const ENGLISH: &str = "<h1>The ferry at Harrow Point runs again</h1>\
    <p>After eleven weeks in the yard, the small ferry between Harrow Point and Stone Quay carried its \
    first passengers on Monday morning.</p>\
    <p>Some forty people waited on the pier before seven o'clock, many of them pupils who had spent the \
    autumn on a bus that takes an hour longer.</p>\
    <p>The council says that the boat will cross six times a day, and that nobody under sixteen pays.</p>";

/// A portal and a gateway that may read it.
pub(crate) struct Stage {
    pub(crate) portal: Portal,
    server: Server,
}

/// Returns the stage that all tests share; it ends with the last of them.
pub(crate) fn stage() -> Arc<Stage> {
    static SHARED: Mutex<Weak<Stage>> = Mutex::new(Weak::new());
    let mut shared = SHARED
        .lock()
        .unwrap_or_else(|poisoned| poisoned.into_inner());
    shared.upgrade().unwrap_or_else(|| {
        let stage = Arc::new(Stage::new());
        *shared = Arc::downgrade(&stage);
        stage
    })
}

impl Stage {
    /// Starts a stage of one's own, on which nothing has been heard.
    pub(crate) fn new() -> Self {
        let portal = Portal::answering(Router::new().fallback(page));
        let server = Server::start(&["--trust", &portal.trust()]);
        Self { portal, server }
    }

    pub(crate) fn get(&self, path: &str, headers: &[(&str, &str)]) -> Answer {
        get(self.server.address, path, headers)
    }

    pub(crate) fn server(&self) -> std::net::SocketAddr {
        self.server.address
    }

    /// The address of the article's page.
    pub(crate) fn page(&self) -> String {
        let url = self.portal.url("/vi");
        let url: String = url::form_urlencoded::byte_serialize(url.as_bytes()).collect();
        format!("http://{}/read?url={url}", self.server.address)
    }

    /// The path of a view of the article in a form; `more` are further fields, each after an `&`.
    pub(crate) fn path(&self, view: &str, form: Form, more: &str) -> String {
        self.path_of(&self.portal.url("/vi"), view, form, more)
    }

    pub(crate) fn path_of(&self, url: &str, view: &str, form: Form, more: &str) -> String {
        let url: String = url::form_urlencoded::byte_serialize(url.as_bytes()).collect();
        let Form { extension, data } = form;
        format!("/{view}?url={url}&format={extension}&data={data}{more}")
    }

    pub(crate) fn sound_path(&self, form: Form, more: &str) -> String {
        self.path(&format!("audio.{}", form.extension), form, more)
    }

    /// The whole sound.
    pub(crate) fn sound(&self, form: Form, more: &str) -> Vec<u8> {
        let path = self.sound_path(form, more);
        let answer = self.get(&path, &[]);
        assert_eq!(answer.status, 200, "{path}");
        answer.body
    }

    pub(crate) fn marks(&self, form: Form, more: &str) -> Vec<Mark> {
        marks(&self.get(&self.path("marks.ndjson", form, more), &[]).text())
    }

    pub(crate) fn captions(&self, form: Form, more: &str) -> Vec<(f64, f64)> {
        cues(&self.get(&self.path("captions.vtt", form, more), &[]).text())
    }
}

/// When something is heard.
#[derive(Debug)]
pub(crate) struct Mark {
    pub(crate) seconds: f64,
    pub(crate) is_word: bool,
    pub(crate) value: String,
    pub(crate) id: String,
}

pub(crate) fn marks(lines: &str) -> Vec<Mark> {
    let mark = |line: &str| {
        let mark: Value = serde_json::from_str(line).expect("a mark");
        let text = |field: &str| mark[field].as_str().expect("a string").to_owned();
        Mark {
            seconds: mark["time"].as_f64().expect("a time") / 1_000.0,
            is_word: mark["type"] == "word",
            value: text("value"),
            id: text("id"),
        }
    };
    lines.lines().map(mark).collect()
}

/// Begin and end of each cue, in seconds.
fn cues(captions: &str) -> Vec<(f64, f64)> {
    let seconds = |clock: &str| {
        clock.split(':').fold(0.0, |sum, part| {
            sum * 60.0 + part.parse::<f64>().expect("a number")
        })
    };
    let times = captions.lines().filter_map(|line| line.split_once(" --> "));
    times
        .map(|(from, to)| (seconds(from), seconds(to)))
        .collect()
}

async fn page(request: Request) -> Response {
    let (lang, article) = match request.uri().path() {
        "/en" => ("en", ENGLISH),
        _ => ("vi", VIETNAMESE),
    };
    let page = format!(
        "<!DOCTYPE html><html lang={lang}><head><meta charset=utf-8><title>Tin</title></head>\
        <body><main><article>{article}</article></main></body></html>"
    );
    html("text/html; charset=utf-8", page.into_bytes())
}
