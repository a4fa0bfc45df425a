//! SSML: what is said of it, case by case, and how it sounds.

mod common;

use std::process::Stdio;

use common::loa::{command, output};
use loa::gateway::Understood;
use loa::model::{Lang, Plan};
use loa::speech::Options;
use loa::speech::ssml::{is_ssml, read};

fn plan(inside: &str) -> (Plan, Vec<String>) {
    let script = read(&format!("<speak xml:lang=\"vi\">{inside}</speak>"));
    let script = script.unwrap_or_else(|fault| panic!("{inside}: {fault}"));
    let remarks = script.remarks.iter().map(ToString::to_string).collect();
    let page = Understood::of_script(script);
    ((*page.plan(&Options::default())).clone(), remarks)
}

/// What is said, in one line: words, then in brackets the language, rate, voice and marks that are not the usual ones,
/// then the pause.
fn line(plan: &Plan) -> String {
    let said = plan.utterances.iter().map(|u| {
        let mut how = Vec::new();
        if u.lang != Lang::vi() {
            how.push(u.lang.to_string());
        }
        if u.delivery.rate != 1.0 {
            how.push(format!("x{}", u.delivery.rate));
        }
        how.extend(u.delivery.voice.iter().map(ToString::to_string));
        how.extend(
            u.delivery
                .marks
                .iter()
                .map(|mark| format!("#{}@{}", mark.name, mark.word)),
        );
        let how = if how.is_empty() {
            String::new()
        } else {
            format!("[{}]", how.join(" "))
        };
        format!("{}{how} {}", u.spoken, u.pause_ms)
    });
    said.collect::<Vec<_>>().join(" | ")
}

#[test]
fn each_element_is_said_as_it_asks() {
    for (inside, expected) in [
        ("Xin chào.", "Xin chào. 500"),
        ("<p>Một.</p><p>Hai.</p>", "Một. 500 | Hai. 500"),
        ("<p><s>Một.</s><s>Hai.</s></p>", "Một. 300 | Hai. 300"),
        ("Một <break time='1.5s'/> hai.", "Một 1500 | hai. 500"),
        ("Một <break strength='strong'/> hai.", "Một 700 | hai. 500"),
        ("Một <break/> hai.", "Một 400 | hai. 500"),
        (
            "Một <break time='1s'/><break time='1s'/> hai.",
            "Một 2000 | hai. 500",
        ),
        ("<break time='300ms'/>Một.", " 300 | Một. 500"),
        ("Một.<break strength='none'/>", "Một. 0"),
        (
            "<sub alias='Ủy ban nhân dân'>UBND</sub> xã.",
            "Ủy ban nhân dân xã. 500",
        ),
        (
            "Mã <say-as interpret-as='characters'>AB1</say-as>.",
            "Mã A, bê, một. 500",
        ),
        (
            "Số <say-as interpret-as='telephone'>024-31</say-as>.",
            "Số không hai bốn ba một. 500",
        ),
        (
            "Mã <say-as interpret-as='characters'>ma\u{301}</say-as>.",
            "Mã mờ, á. 500",
        ),
        (
            "<say-as xml:lang='en-US' interpret-as='date' format='dmy'>3/4/2020</say-as>.",
            "ngày ba tháng tư năm hai nghìn không trăm hai mươi. 500",
        ),
        (
            "<lang xml:lang='en-US'><say-as interpret-as='date' format='dmy'>3/4/2020</say-as>.</lang>",
            "April third, twenty twenty.[en-US] 500",
        ),
        (
            "Một <say-as interpret-as='digits'><mark name='a'/>12<break time='1s'/>3<mark name='b'/></say-as> hai.",
            "Một một hai ba[#a@1] 1000 | hai.[#b@0] 500",
        ),
        (
            "<sub alias='Ủy ban'>U<mark name='a'/>B</sub> xã.",
            "Ủy ban xã.[#a@2] 500",
        ),
        (
            "<prosody rate='10%'>Chậm <break time='500ms'/> hơn.</prosody>",
            "Chậm[x0.25] 500 | hơn.[x0.25] 500",
        ),
        (
            "Hạng <say-as interpret-as='ordinal'>3</say-as>.",
            "Hạng thứ ba. 500",
        ),
        (
            "<say-as interpret-as='date' format='mdy'>02/25/2020</say-as>.",
            "ngày hai mươi lăm tháng hai năm hai nghìn không trăm hai mươi. 500",
        ),
        ("<prosody rate='150%'>Nhanh.</prosody>", "Nhanh.[x1.5] 500"),
        (
            "Một <prosody rate='slow'>hai <prosody rate='2'>ba</prosody></prosody> bốn.",
            "Một 0 | hai[x0.75] 0 | ba[x1.5] 0 | bốn. 500",
        ),
        (
            "<lang xml:lang='en'>Good morning.</lang>",
            "Good morning.[en] 500",
        ),
        (
            "<p xml:lang='en'>Good morning.</p>",
            "Good morning.[en] 500",
        ),
        ("<voice name='vi-south'>Dạ.</voice>", "Dạ.[vi-south] 500"),
        (
            "Một <mark name='a'/>hai ba.<mark name='z'/>",
            "Một hai ba.[#a@1 #z@3] 500",
        ),
        ("<mark name='a'/>Một.", "Một.[#a@0] 500"),
        (
            "Năm 2020 có 5%.",
            "Năm hai nghìn không trăm hai mươi có năm phần trăm. 500",
        ),
        ("A &amp; B &lt; C", "A và bê nhỏ hơn xê 500"),
        ("<![CDATA[Một]]> hai<!-- không -->.", "Một hai. 500"),
        ("", ""),
    ] {
        let (plan, remarks) = plan(inside);
        assert_eq!(line(&plan), expected, "{inside}");
        assert_eq!(remarks, Vec::<String>::new(), "{inside}");
    }
}

#[test]
fn what_is_not_followed_is_named_with_its_place_and_its_words_are_said() {
    for (inside, said, remark) in [
        (
            "<phoneme alphabet='x-sampa' ph='x'>Một</phoneme>.",
            "Một. 500",
            "\"x-sampa\"",
        ),
        (
            "<phoneme alphabet='ipa' ph='[[x]]'>Một</phoneme>.",
            "Một. 500",
            "no sign of the International",
        ),
        ("<phoneme ph=' '>Một</phoneme>.", "Một. 500", "ph is blank"),
        ("<emphasis>Một</emphasis>.", "Một. 500", "emphasis"),
        (
            "<audio src='http://a.example/x.mp3'>Một</audio>.",
            "Một. 500",
            "not fetched",
        ),
        (
            "<amazon:effect xmlns:amazon='a' name='whispered'>Một</amazon:effect>.",
            "Một. 500",
            "effect is not known",
        ),
        (
            "<prosody pitch='high'>Một.</prosody>",
            "Một. 500",
            "pitch of prosody",
        ),
        (
            "<prosody rate='quick'>Một.</prosody>",
            "Một. 500",
            "\"quick\"",
        ),
        ("<break time='long'/>Một.", " 400 | Một. 500", "\"long\""),
        (
            "<say-as interpret-as='poem'>Một</say-as>.",
            "Một. 500",
            "\"poem\"",
        ),
        (
            "<voice gender='female'>Một.</voice>",
            "Một. 500",
            "by name alone",
        ),
        ("<sub>Một</sub>.", "Một. 500", "alias"),
        ("<sub alias=' '>Một</sub>.", "Một. 500", "blank"),
        (
            "<say-as interpret-as='digits'>mười</say-as>.",
            "mười. 500",
            "no such thing",
        ),
        (
            "<say-as interpret-as='date' format='dmy'>mồng ba Tết</say-as>.",
            "mồng ba Tết. 500",
            "no such thing",
        ),
        ("<mark/>Một.", "Một. 500", "without a name"),
    ] {
        let (plan, remarks) = plan(inside);
        assert_eq!(line(&plan), said, "{inside}");
        let told = remarks
            .iter()
            .any(|told| told.contains(remark) && told.starts_with("line 1, column "));
        assert!(told, "{inside}: {remarks:?}");
    }
}

#[test]
fn a_malformed_document_gets_the_line_and_column_of_its_fault() {
    let deep = format!("<speak>{}</speak>", "<p>".repeat(100_000));
    let many = format!("<speak>{}</speak>", "<p/>".repeat(200_000));
    let bomb = "<!DOCTYPE speak [<!ENTITY a 'aaaaaaaaaa'><!ENTITY b '&a;&a;'>]><speak>&b;</speak>";
    for (text, line, column) in [
        ("<speak>\n  <p>Một</s>\n</speak>", 2, 9),
        ("<speak>Một", 1, 1), // where it begins that does not end
        ("<speak>á <b x=1/></speak>", 1, 15),
        ("<speak>&nothing;</speak>", 1, 8),
        ("<speaker>Một</speaker>", 1, 1),
        ("<speak/><speak/>", 1, 9),
        (&deep, 1, 1_505),
        (bomb, 1, 1),
    ] {
        let fault = read(text).expect_err(&text[..20.min(text.len())]);
        assert_eq!((fault.at.line, fault.at.column), (line, column), "{fault}");
        assert!(!fault.what.is_empty());
    }
    assert!(read(&many).is_err());
}

#[test]
fn breaks_last_ten_minutes_together_and_no_longer() {
    let (plan, remarks) = plan(&"Một <break time='10s'/>".repeat(100));
    let pauses: u64 = plan.utterances.iter().map(|u| u64::from(u.pause_ms)).sum();
    assert_eq!(pauses, 600_000);
    assert_eq!(remarks.len(), 1, "{remarks:?}");
}

#[test]
fn a_message_that_is_no_document_after_all_is_heard_as_it_stands() {
    let said = |text: &str| {
        let folder = tempfile::tempdir().expect("a folder");
        let sound = folder.path().join("a.wav");
        output(&["say", "-o", sound.to_str().expect("a plain path"), text]);
        std::fs::metadata(&sound).expect("a sound").len()
    };
    assert!(said("<speak>Trời nắng đẹp quá") > 44_100);
}

#[test]
fn only_what_begins_with_its_root_is_ssml() {
    for text in [
        "<speak>a</speak>",
        "\u{feff} <speak version='1.1'>",
        "<?xml version='1.0'?>\n<speak/>",
        "\n<?xml version='1.0' encoding='utf-8'?>\u{feff}<!-- a > b --> <speak/>",
        "<!DOCTYPE speak PUBLIC \"-//W3C//DTD SYNTHESIS 1.0//EN\" \"http://a.example/x.dtd\">\n<speak/>",
        "<!DOCTYPE speak [<!ENTITY a 'b'>]><speak/>",
        "<ssml:speak xmlns:ssml='http://www.w3.org/2001/10/synthesis'/>",
    ] {
        assert!(is_ssml(text), "{text}");
        let is_whole = text.ends_with("/>") && !text.contains("ENTITY");
        assert_eq!(
            read(text).is_ok(),
            is_whole || text.ends_with("</speak>"),
            "{text}"
        );
    }
    for text in [
        "speak",
        "<speaker>",
        "a <speak>",
        "<?xml version='1.0'",
        "<!-- <speak/>",
        "<!DOCTYPE speak",
        "<:speak/>",
        "<ssml:speaker/>",
        "<p>",
        "",
    ] {
        assert!(!is_ssml(text), "{text}");
    }
}

/// Speaks SSML to samples at 22.05 kHz, with marks.
fn heard(ssml: &str, marks: bool) -> (Vec<i16>, Vec<serde_json::Value>) {
    let folder = tempfile::tempdir().expect("a folder");
    let [file, sound, told] = ["a.ssml", "a.wav", "a.ndjson"].map(|name| folder.path().join(name));
    std::fs::write(&file, ssml).expect("a file");
    let path = |path: &std::path::Path| path.to_str().expect("a plain path").to_owned();
    let (file, sound_path, told_path) = (path(&file), path(&sound), path(&told));
    let mut arguments = vec!["speak", &file, "-o", &sound_path, "--voice", "vi-north"];
    if marks {
        arguments.extend(["--marks", &told_path]);
    }
    output(&arguments);
    let bytes = std::fs::read(&sound).expect("a sound");
    let samples = bytes[44..]
        .chunks_exact(2)
        .map(|pair| i16::from_le_bytes([pair[0], pair[1]]));
    let lines = std::fs::read_to_string(&told).unwrap_or_default();
    let marks = lines
        .lines()
        .map(|line| serde_json::from_str(line).expect("a mark"));
    (samples.collect(), marks.collect())
}

fn milliseconds(samples: usize) -> f64 {
    samples as f64 / 22.05
}

#[test]
fn breaks_rates_and_marks_are_heard_where_they_are_told() {
    let of = |inside: &str| format!("<speak xml:lang='vi'>{inside}</speak>");
    let length = |inside: &str| milliseconds(heard(&of(inside), false).0.len());
    let (short, long) = (
        length("Một <break time='0s'/> hai."),
        length("Một <break time='900ms'/> hai."),
    );
    assert!((long - short - 900.0).abs() < 20.0, "{short} {long}");
    // However slow or fast the words are.
    for rate in ["25%", "400%"] {
        let of = |ms: u32| {
            length(&format!(
                "<prosody rate='{rate}'>Một <break time='{ms}ms'/> hai.</prosody>"
            ))
        };
        let more = of(900) - of(0);
        assert!((more - 900.0).abs() < 20.0, "{rate}: {more}");
    }
    let words = "Bà con ra đồng gặt lúa từ sớm";
    let usual = length(words);
    let slow = length(&format!("<prosody rate='50%'>{words}</prosody>"));
    assert!(
        (1.7..2.3).contains(&((slow - 560.0) / (usual - 560.0))),
        "{slow} of {usual}"
    );
    let marked = of("Một hai <mark name='here'/>ba <break time='1s'/><mark name='there'/> bốn.");
    let (samples, marks) = heard(&marked, true);
    let time = |value: &str| {
        let found = marks.iter().find(|mark| mark["value"] == value);
        found
            .and_then(|mark| mark["time"].as_f64())
            .unwrap_or_else(|| panic!("{value}: {marks:?}"))
    };
    assert_eq!(time("here"), time("ba"));
    assert!(time("there") > time("ba") + 1_000.0 && time("there") <= time("bốn."));
    let ssml = marks.iter().filter(|mark| mark["type"] == "ssml").count();
    assert_eq!(ssml, 2);
    // The second is silent.
    let from = (time("there") - 900.0) * 22.05;
    let silent = &samples[from as usize..(from + 800.0 * 22.05) as usize];
    assert!(silent.iter().all(|sample| sample.unsigned_abs() < 40));
}

#[test]
fn a_command_tells_what_is_wrong_and_what_is_not_followed() {
    let say = |text: &str| {
        let mut plan = command();
        let plan = plan
            .args(["plan", "-"])
            .stdin(Stdio::piped())
            .stdout(Stdio::piped());
        let mut running = plan.stderr(Stdio::piped()).spawn().expect("loa runs");
        let mut given = running.stdin.take().expect("its input");
        std::io::Write::write_all(&mut given, text.as_bytes()).expect("taken");
        drop(given);
        running.wait_with_output().expect("its end")
    };
    let done = say("<speak><emphasis>Một</emphasis>.</speak>");
    assert!(done.status.success());
    assert!(String::from_utf8_lossy(&done.stderr).contains("line 1, column 8: emphasis"));
    let done = say("<speak>\n<p>Một.</speak>");
    assert_eq!(done.status.code(), Some(1));
    assert!(String::from_utf8_lossy(&done.stderr).contains("line 2, column "));
}

#[test]
fn words_sound_as_their_phonemes_tell_and_everything_else_as_before() {
    let of = |ph: &str| {
        let inside = format!("Từ <phoneme alphabet='ipa' ph='{ph}'>hai chữ</phoneme> là.");
        format!("<speak xml:lang='vi'>{inside}</speak>")
    };
    let (hello, marks) = heard(&of("həlˈoʊ"), true);
    let words: Vec<_> = marks
        .iter()
        .filter(|mark| mark["type"] == "word")
        .map(|mark| &mark["value"])
        .collect();
    assert_eq!(words, ["Từ", "hai chữ", "là"]);
    let (again, _) = heard(&of("h\u{259}.lˈo\u{361}ʊ"), false);
    let (other, _) = heard(&of("mˈaːnʃ"), false);
    let (plain, _) = heard("<speak xml:lang='vi'>Từ hai chữ là.</speak>", false);
    assert_eq!(hello, again);
    assert_ne!(hello, other);
    assert_ne!(hello, plain);
    assert_ne!(other, plain);
    // What no voice can say leaves the words; a voice that breathes differently differs by some samples.
    let words = heard(&of("ʘʘ"), false).0.len();
    assert!(words.abs_diff(plain.len()) < 200, "{words} {}", plain.len());
    // Brackets of a text are no phonemes.
    let (brackets, _) = heard(&of("həlˈoʊ").replace("là", "là [[mˈaː]]"), false);
    assert!(brackets.len() > hello.len());
}

#[test]
fn phonemes_are_told_beside_their_words_wherever_these_stand() {
    for inside in [
        "Từ <phoneme ph='ma'>má</phoneme> là",
        "<phoneme ph='ma'>má</phoneme>",
        "Số <phoneme ph='ma'>12/3/2020</phoneme>, <mark name='a'/>rồi thôi.",
        "a<phoneme ph='ma'>b</phoneme>c",
    ] {
        let (plan, remarks) = plan(inside);
        assert_eq!(remarks, Vec::<String>::new(), "{inside}");
        for utterance in &plan.utterances {
            let within =
                |word: &loa::model::SpokenWord| utterance.spoken.get(word.spoken.clone()).is_some();
            assert!(utterance.words.iter().all(within), "{inside}");
        }
        let is_told = plan
            .utterances
            .iter()
            .any(|u| loa::model::phoneme::has_phonemes(&u.spoken));
        assert_eq!(is_told, !inside.starts_with('a'), "{inside}");
    }
}
