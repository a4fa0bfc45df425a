//! How things are said, at the front door: an operator's settings and lexicons, a reader's choices, and
//! the page that tells how each sentence is read.

mod common;

use std::fs;
use std::path::Path;

use common::client::{get, post};
use common::loa::{Server, command, run};

const TEXT: &str =
    "Nghị quyết 12-NQ/TW của HTX Mây Tre\n\nTheo Nghị quyết 12-NQ/TW, có 1.205 hộ vào HTX.";

/// A folder with a text, a lexicon and settings that name it.
fn folder(lexicon: &str, settings: &str) -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    let write = |name: &str, text: &str| {
        fs::write(folder.path().join(name), text).expect("a file");
    };
    write("bai.txt", TEXT);
    write("own.tsv", lexicon);
    write("loa.toml", settings);
    folder
}

fn path(folder: &Path, name: &str) -> String {
    folder.join(name).to_string_lossy().into_owned()
}

/// What `loa plan` says of the text, run where the settings lie.
fn said(folder: &Path, arguments: &[&str]) -> String {
    let done = command()
        .current_dir(folder)
        .args(["plan", "bai.txt"])
        .args(arguments)
        .output()
        .expect("loa runs");
    assert!(done.status.success(), "{done:?}");
    let lines = String::from_utf8(done.stdout).expect("output in UTF-8");
    let spoken = lines.lines().map(|line| {
        let line: serde_json::Value = serde_json::from_str(line).expect("a line of JSON");
        line["spoken"].as_str().expect("words").to_owned()
    });
    spoken.collect::<Vec<_>>().join(" ")
}

#[test]
fn an_operators_style_and_lexicon_are_heard_and_a_flag_outweighs_them() {
    let folder = folder(
        "HTX\thợp tác\n",
        "documents = 'short'\nlexicons = ['own.tsv']\n",
    );
    let short = said(folder.path(), &[]);
    assert!(short.contains("hộ vào hợp tác"), "{short}");
    assert!(
        short.contains("nghị quyết mười hai, có") || short.contains("Nghị quyết mười hai, có"),
        "{short}"
    );
    let expanded = said(folder.path(), &["--documents", "expand"]);
    assert!(expanded.contains("trung ương"), "{expanded}");
}

#[test]
fn the_region_of_the_voice_chooses_its_words() {
    let folder = folder("", "");
    let north = said(folder.path(), &[]);
    assert!(north.contains("một nghìn hai trăm linh năm"), "{north}");
    let south = said(folder.path(), &["--voice", "vi-south"]);
    assert!(south.contains("một ngàn hai trăm lẻ năm"), "{south}");
}

#[test]
fn a_bad_line_of_a_lexicon_is_named_with_its_number_and_the_rest_goes_on() {
    let folder = folder("HTX\thợp tác\nno tab\n", "lexicons = ['own.tsv']\n");
    let checked = command()
        .current_dir(folder.path())
        .arg("check")
        .output()
        .expect("loa runs");
    let told = String::from_utf8_lossy(&checked.stdout);
    assert!(!checked.status.success());
    assert!(told.contains("own.tsv, line 2: "), "{told}");
    assert!(said(folder.path(), &[]).contains("hợp tác xã"));
}

#[test]
fn a_wrong_choice_is_named_with_what_the_setting_takes() {
    let folder = folder("", "documents = 'loud'\n");
    let settings = path(folder.path(), "loa.toml");
    let done = run(&["check", "--config", &settings]);
    let told = String::from_utf8_lossy(&done.stderr);
    assert_eq!(done.status.code(), Some(1), "{told}");
    assert!(
        told.contains("documents") && told.contains("expand, spell or short"),
        "{told}"
    );
    assert_eq!(run(&["normalize", "--cues", "moon"]).status.code(), Some(2));
}

#[test]
fn the_page_of_spoken_forms_tells_what_was_read_by_which_rule() {
    let server = Server::start(&[]);
    let page = post(
        server.address,
        "/read",
        &[("accept-language", "vi")],
        &[("text", TEXT)],
    )
    .text();
    let link = page
        .split("href=\"")
        .filter_map(|rest| rest.split('"').next())
        .find(|href| href.starts_with("/spoken?"))
        .expect("a link to the spoken forms")
        .replace("&amp;", "&");
    let vietnamese = [("accept-language", "vi")];
    let told = get(server.address, &link, &vietnamese).text();
    for part in [
        "“1.205”",
        "một nghìn hai trăm linh năm",
        "(số hiệu văn bản)",
        "from=s2",
    ] {
        assert!(told.contains(part), "{part} in {told}");
    }
    let spelled = get(
        server.address,
        &format!("{link}&documents=short"),
        &vietnamese,
    )
    .text();
    assert!(!spelled.contains("trung ương"), "{spelled}");
    let refused = get(
        server.address,
        &format!("{link}&documents=loud"),
        &vietnamese,
    );
    assert_eq!(refused.status, 400);
    let form_only = format!("{link}&cues=own");
    assert_eq!(get(server.address, &form_only, &vietnamese).status, 400);
    let beyond = get(server.address, &format!("{link}&from=s999"), &vietnamese);
    assert_eq!(beyond.status, 400);
    assert!(beyond.text().contains("“s999”"), "{}", beyond.text());
}

#[test]
fn a_readers_choices_of_words_stay_and_boxes_count_only_where_they_were_chosen() {
    let server = Server::start(&[]);
    let save = |level: &str| {
        let fields = [
            ("documents", "spell"),
            ("punctuation", ""),
            ("cue-picture", "yes"),
            ("cues", level),
            ("cue-table", "yes"),
        ];
        let saved = post(server.address, "/settings", &[], &fields);
        assert_eq!(saved.status, 303, "{}", saved.text());
        let cookie = saved.header("set-cookie").expect("a cookie");
        cookie.split(';').next().expect("a pair").to_owned()
    };
    assert_eq!(save("own"), "loa=1~dspell~qpicture.table");
    assert_eq!(save("all"), "loa=1~dspell~qall");
    let cookie = save("own");
    let page = get(server.address, "/settings", &[("cookie", &cookie)]).text();
    let ticked = |cue: &str| page.contains(&format!("name=\"cue-{cue}\" value=\"yes\" checked"));
    assert!(
        ticked("picture") && page.contains("value=\"own\" checked") && !ticked("count"),
        "{page}"
    );
}

#[test]
fn each_line_is_normalized_by_the_lexicon_of_its_site() {
    let folder = folder(
        "BBT\tban biên tập báo\tsite=bao.example\n",
        "lexicons = ['own.tsv']\n",
    );
    let settings = path(folder.path(), "loa.toml");
    let lexicon = path(folder.path(), "own.tsv");
    fs::write(&settings, format!("lexicons = ['{lexicon}']\n")).expect("the settings");
    let normalized = |site: &[&str]| {
        let file = fs::File::open(path(folder.path(), "line.txt")).expect("a line");
        let done = command()
            .args(["normalize", "--config", &settings])
            .args(site)
            .stdin(file)
            .output()
            .expect("loa runs");
        String::from_utf8(done.stdout).expect("output in UTF-8")
    };
    fs::write(folder.path().join("line.txt"), "BBT họp.\n").expect("a line");
    assert_eq!(
        normalized(&["--site", "bao.example"]),
        "ban biên tập báo họp.\n"
    );
    assert_ne!(normalized(&[]), "ban biên tập báo họp.\n");
}
