//! What an operator says of a portal in `loa.toml`, at the front door.

mod common;

use std::fs;
use std::path::Path;

use common::client::get;
use common::loa::{Server, output, run};
use common::portal::Portal;
use serde_json::Value;

/// A page whose title, lead and body no other page of any portal is laid out like.
const PAGE: &str = "<!DOCTYPE html><html lang=vi><title>Chi tiết</title><body>
<div class=b1>Cổng thông tin huyện Mẫu Lâm</div>
<div class=k1>Chuyện trong tuần của huyện nhà và các xã</div>
<div class=k2>Lớp học tối ở bản Khe Nước đón thêm hai mươi học viên</div>
<div class=k3>Sau giờ lên nương, các cô các bác lại thắp đèn đến lớp.</div>
<div class=k4><p>Lớp học mở từ tháng Ba, mỗi tuần ba buổi, do các thầy cô của trường tiểu học thay nhau đứng lớp, không nhận một đồng thù lao nào.</p>
<p class=k5>Mời bạn đọc gửi bài cộng tác về hòm thư của ban biên tập, bài được chọn có nhuận bút theo quy định hiện hành.</p>
<p>Đến nay đã có bốn mươi người đọc thông viết thạo, nhiều người tự ghi sổ thu chi của gia đình mình sau mỗi phiên chợ.</p></div>";

const RULES: &str = "[[rules]]
host = 'maulam.example'
title = '.k2'
lead = '.k3'
body = '.k4'
drop = '.k5'
";

/// A folder with a page and the settings to read it by.
fn folder(settings: &str) -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    fs::write(folder.path().join("tin.html"), PAGE).expect("the page");
    fs::write(folder.path().join("loa.toml"), settings).expect("the settings");
    folder
}

fn path(folder: &Path, name: &str) -> String {
    folder.join(name).to_string_lossy().into_owned()
}

fn record(settings: &str) -> Value {
    let folder = folder(settings);
    let (page, settings) = (
        path(folder.path(), "tin.html"),
        path(folder.path(), "loa.toml"),
    );
    let base = "https://www.maulam.example/tin/1";
    let arguments = [
        "read", &page, "--base", base, "--format", "json", "--config", &settings,
    ];
    serde_json::from_str(&output(&arguments)).expect("a record")
}

#[test]
fn a_rule_says_where_the_fields_of_a_portal_lie() {
    let record = record(RULES);
    assert_eq!(
        record["title"],
        "Lớp học tối ở bản Khe Nước đón thêm hai mươi học viên"
    );
    assert_eq!(
        record["lead"],
        "Sau giờ lên nương, các cô các bác lại thắp đèn đến lớp."
    );
    let blocks = record["blocks"].as_array().expect("blocks");
    assert_eq!(blocks.len(), 2, "{blocks:#?}");
    assert!(!record["doubts"].to_string().contains("rule-failed"));
}

#[test]
fn a_rule_that_leads_astray_gives_way_to_the_search_and_is_told() {
    for body in [".k1", ".gone"] {
        let record = record(&format!(
            "[[rules]]\nhost = 'maulam.example'\nbody = '{body}'\n"
        ));
        let text = record["blocks"].to_string();
        assert!(text.contains("Đến nay đã có bốn mươi người"), "{text}");
        let doubts = record["doubts"].to_string();
        assert!(doubts.contains("rule-failed"), "{body}: {doubts}");
    }
    let other = record("[[rules]]\nhost = 'other.example'\nbody = '.k1'\n");
    assert!(!other["doubts"].to_string().contains("rule-failed"));
}

#[test]
fn a_wrong_rule_is_told_with_its_place() {
    let many = format!(
        "host = 'maulam.example'\nbody = '{}'\n",
        [".b"; 61].join(",")
    );
    for (rule, told) in [
        (many.as_str(), "at most 60 selectors"),
        ("host = 'maulam.example'\nbody = 'p > b'\n", "line 3"),
        (
            "host = 'maulam.example'\nbody = 'p > b'\n",
            "\"p > b\" is no selector",
        ),
        (
            "host = 'maulam.example'\nsummary = 'p'\n",
            "unknown field `summary`",
        ),
        ("host = 'maulam.example'\n", "maulam.example"),
        ("title = 'h1'\n", "names the portal"),
    ] {
        let folder = folder(&format!("[[rules]]\n{rule}"));
        let done = run(&["check", "--config", &path(folder.path(), "loa.toml")]);
        let error = String::from_utf8_lossy(&done.stderr);
        assert!(
            !done.status.success() && error.contains(told),
            "{rule}: {error}"
        );
    }
}

#[test]
fn the_gateway_reads_by_its_rules() {
    let portal = Portal::start();
    let host = portal.trust();
    let folder = folder(&format!("[[rules]]\nhost = '{host}'\nbody = '.gone'\n"));
    let settings = path(folder.path(), "loa.toml");
    let server = Server::start(&["--config", &settings, "--trust", &host]);
    let url: String =
        url::form_urlencoded::byte_serialize(portal.url("/utf-8.aspx").as_bytes()).collect();
    let answer = get(server.address, &format!("/article.json?url={url}"), &[]);
    let record: Value = serde_json::from_slice(&answer.body).expect("a record");
    assert_eq!(record["doubts"][0], "rule-failed");
}
