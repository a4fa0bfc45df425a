//! Units of measure and money behind a number, with their rates: `km/h`, `m²`, `đồng/kg`, `°C`.

use super::line::Line;
use super::money;
use super::number::push;
use super::rule::{Reading, Scene};
use super::token::Case;

/// Where a unit may stand.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Place {
    /// Anywhere: it can be nothing else.
    Anywhere,
    /// Behind a number, with a blank between or not.
    Number,
    /// Behind a number that it touches.
    Glued,
}

use Place::{Anywhere, Glued, Number};

/// Units as written exactly so. Source: SI brochure (BIPM, 9th edition) with the Vietnamese names of
/// Decree 86/2012/NĐ-CP, spelled as they are spoken.
const EXACT: &[(&str, &str, Place)] = &[
    ("m", "mét", Number),
    ("g", "gam", Number),
    ("l", "lít", Number),
    ("L", "lít", Number),
    ("h", "giờ", Number),
    ("p", "phút", Glued),
    ("s", "giây", Glued),
    ("t", "tấn", Glued),
    ("W", "oát", Number),
    ("w", "oát", Glued),
    ("IU", "đơn vị quốc tế", Number),
    ("UI", "đơn vị quốc tế", Number),
    ("V", "vôn", Number),
    ("đ", "đồng", Number),
    ("Đ", "đồng", Glued),
    ("mW", "mi li oát", Number),
    ("MW", "mê ga oát", Anywhere),
    ("mV", "mi li vôn", Number),
    ("MV", "mê ga vôn", Number),
    ("mA", "mi li am pe", Number),
    ("oC", "độ xê", Number),
    ("ºC", "độ xê", Number),
    ("Pa", "pát can", Number),
    ("Hz", "héc", Anywhere),
    ("dB", "đề xi ben", Anywhere),
    ("ph", "phút", Glued),
    ("Ω", "ôm", Number),
    ("kΩ", "ki lô ôm", Anywhere),
    ("MΩ", "mê ga ôm", Anywhere),
    ("ng", "na nô gam", Glued),
    ("Nm", "niu tơn mét", Glued),
    ("Mpx", "mê ga pích xeo", Number),
];

/// Units in any capitals, keyed in lower case.
const FOLDED: &[(&str, &str, Place)] = &[
    ("km", "ki lô mét", Anywhere),
    ("hm", "héc tô mét", Number),
    ("dam", "đề ca mét", Glued),
    ("dm", "đề xi mét", Number),
    ("cm", "xăng ti mét", Anywhere),
    ("mm", "mi li mét", Anywhere),
    ("nm", "na nô mét", Number),
    ("µm", "mi crô mét", Anywhere),
    ("μm", "mi crô mét", Anywhere),
    ("kg", "ki lô gam", Anywhere),
    ("gr", "gam", Glued),
    ("mg", "mi li gam", Number),
    ("µg", "mi crô gam", Anywhere),
    ("μg", "mi crô gam", Anywhere),
    ("ml", "mi li lít", Anywhere),
    ("cl", "xăng ti lít", Number),
    ("dl", "đề xi lít", Number),
    ("hl", "héc tô lít", Number),
    ("cc", "xê xê", Number),
    ("cum", "mét khối", Glued),
    ("sqm", "mét vuông", Number),
    ("gsm", "gam trên mét vuông", Glued),
    ("ha", "héc ta", Number),
    ("kw", "ki lô oát", Anywhere),
    ("mw", "mê ga oát", Number),
    ("gw", "gi ga oát", Anywhere),
    ("tw", "tê ra oát", Glued),
    ("kwh", "ki lô oát giờ", Anywhere),
    ("mwh", "mê ga oát giờ", Anywhere),
    ("gwh", "gi ga oát giờ", Anywhere),
    ("wh", "oát giờ", Number),
    ("kwp", "ki lô oát pích", Anywhere),
    ("mwp", "mê ga oát pích", Anywhere),
    ("gwp", "gi ga oát pích", Anywhere),
    ("twh", "tê ra oát giờ", Anywhere),
    ("kv", "ki lô vôn", Anywhere),
    ("kva", "ki lô vôn am pe", Anywhere),
    ("mva", "mê ga vôn am pe", Anywhere),
    ("ma", "mi li am pe", Glued),
    ("mah", "mi li am pe giờ", Anywhere),
    ("hz", "héc", Number),
    ("khz", "ki lô héc", Anywhere),
    ("mhz", "mê ga héc", Anywhere),
    ("ghz", "gi ga héc", Anywhere),
    ("kb", "ki lô bai", Number),
    ("mb", "mê ga bai", Number),
    ("gb", "gi ga bai", Number),
    ("tb", "tê ra bai", Glued),
    ("kbps", "ki lô bít trên giây", Anywhere),
    ("mbps", "mê ga bít trên giây", Anywhere),
    ("gbps", "gi ga bít trên giây", Anywhere),
    ("mp", "mê ga pích xeo", Glued),
    ("kpa", "ki lô pát can", Anywhere),
    ("mpa", "mê ga pát can", Anywhere),
    ("hpa", "héc tô pát can", Anywhere),
    ("atm", "át mốt phe", Number),
    ("bar", "ba", Number),
    ("mmhg", "mi li mét thủy ngân", Anywhere),
    ("kj", "ki lô giun", Anywhere),
    ("cal", "ca lo", Number),
    ("kcal", "ki lô ca lo", Anywhere),
    ("db", "đề xi ben", Number),
    ("ppm", "phần triệu", Anywhere),
    ("rpm", "vòng trên phút", Anywhere),
    ("kmh", "ki lô mét trên giờ", Glued),
    ("hp", "mã lực", Glued),
    ("cv", "mã lực", Glued),
    ("px", "pích xeo", Number),
    ("inch", "inh", Number),
    ("ounce", "ao xơ", Anywhere),
    ("mcg", "mi crô gam", Number),
    ("µmol", "mi crô mon", Anywhere),
    ("μmol", "mi crô mon", Anywhere),
    ("min", "phút", Number),
    ("ms", "mi li giây", Number),
    ("sec", "giây", Number),
    ("hrs", "giờ", Number),
    ("lb", "pao", Number),
    ("oz", "ao xơ", Number),
    ("ft", "phít", Number),
    ("mi", "dặm", Glued),
    ("mph", "dặm trên giờ", Number),
    ("yd", "thước Anh", Number),
    ("mol", "mon", Number),
    ("mmol", "mi li mon", Anywhere),
    ("lux", "lúc", Number),
];

/// What a rate may be counted by, besides units: "đồng/người/tháng".
const PER: &str = "\
    giờ|phút|giây|ngày|đêm|tuần|tháng|quý|năm|người|hộ|lượt|vụ|kỳ|suất|con|cây|cái|chiếc|\
    tấn|tạ|yến|lít|mét|lần|kg|sào|công|héc|khẩu|cặp|bộ|tờ|cuốn|phòng|học|trẻ|chuyến|ca|\
    buổi|tiết|hành|đầu|cổ|cp|thùng|chai|bao|gói|hợp|xe|lao|trường|hồ|mẫu|lô|hội|đơn|máy|m|\
    nhân|cán|sinh|phiếu|vé|xã|huyện|tỉnh|thôn|bản|lớp|nhà|căn|ngôi|khách|gốc|tổ|nhóm|đội|\
    trang|bài|môn|khóa|đợt|trận|hiệp|vòng|phiên|thuê|chi|đảng|em|thửa|trạm|cột|bàn|đoàn|giường|phụ|lượng|thùng|liều|bình|mũi|quả|kiện|túi|vạn|câu|\
    lứa|nái|ổ|lồng|ao|gian|khay|rổ|bó|nhánh|ngăn|mét|nền|container|tàu";

/// Reads what is written behind a number: percent, degrees, money, a unit and its rates.
pub(super) fn after(line: &Line, at: usize) -> Option<(usize, String)> {
    let (end, mut out) = beats(line, at)
        .or_else(|| rated(line, at))
        .or_else(|| sign(line, at))
        .or_else(|| flattened_degrees(line, at))
        .or_else(|| base(line, at, Place::Number))?;
    let end = rates(line, end, &mut out);
    Some((end, out))
}

/// "mạch 82 l/p": a pulse or a breath is counted, not poured.
fn beats(line: &Line, at: usize) -> Option<(usize, String)> {
    const REACH: usize = 6;
    let counted =
        line.is_mark(at + 1, '/') && line.joins(at + 1) && line.is_in(at + 2, "p|ph|phút");
    let of_body = |back: usize| line.is_in(at.wrapping_sub(back), "mạch|tim|thở");
    (line.str(at) == "l" && counted && (2..=REACH).any(of_body))
        .then(|| (at + 3, "lần một phút".to_owned()))
}

/// "45 U/L", "10 N/m²": units of one letter, known as such by their rate.
fn rated(line: &Line, at: usize) -> Option<(usize, String)> {
    let name = match line.str(at) {
        "N" => "niu tơn",
        "U" => "đơn vị",
        "mU" | "mIU" => "mi li đơn vị",
        "µU" | "μU" | "µIU" | "μIU" => "mi crô đơn vị",
        _ => return None,
    };
    let over =
        line.is_mark(at + 1, '/') && line.joins(at + 1) && base(line, at + 2, Glued).is_some();
    over.then(|| (at + 1, name.to_owned()))
}

/// Reads a unit that stands without a number: "đơn vị km", "m²".
pub(super) fn alone(scene: &Scene, at: usize) -> Option<Reading> {
    let line = &scene.line;
    let milestone = line.glued(at + 1) && line.is_digits(at + 1) && !is_power(line, at + 1);
    if line.is(at, "km") && milestone {
        return Some(Reading::new(at + 1, "ki lô mét"));
    }
    let squared = is_power(line, at + 1) && line.str(at) == "m";
    let over =
        line.is_mark(at + 1, '/') && line.joins(at + 1) && base(line, at + 2, Glued).is_some();
    let wanted = if squared || over { Number } else { Anywhere };
    if line.glued(at) && !line.is_one_of(at.wrapping_sub(1), &['(', '/', '"', '“', ':']) {
        return None;
    }
    let (end, mut out) = base(line, at, wanted)?;
    let end = rates(line, end, &mut out);
    let goes_on = line.glued(end) && line.is_word(end);
    (!goes_on).then(|| Reading::new(end, out))
}

/// Reads the slash behind a measured noun and what it is measured by: "tạ/ha", "ca/ngày".
pub(super) fn rate(scene: &Scene, at: usize) -> Option<Reading> {
    let line = &scene.line;
    let mut out = String::new();
    let end = rates(line, at, &mut out);
    (end > at).then(|| Reading::new(end, out))
}

/// Nothing is measured by more than this: "đồng/người/ngày/ca".
const MOST_RATES: usize = 4;

/// Reads the rates that begin at `at`; returns where they end.
fn rates(line: &Line, mut at: usize, out: &mut String) -> usize {
    for _ in 0..MOST_RATES {
        if !line.is_mark(at, '/') || !line.joins(at) {
            break;
        }
        let Some((end, words)) = denominator(line, at + 1) else {
            break;
        };
        let repeated = words == "lần" || line.is_in(at.wrapping_sub(1), "lần|lượt|buổi");
        push(out, if repeated { "một" } else { "trên" });
        push(out, &words);
        at = end;
    }
    at
}

fn denominator(line: &Line, at: usize) -> Option<(usize, String)> {
    if let Some(found) = base(line, at, Glued) {
        return Some(found);
    }
    let digits = line.digits(at);
    if let Some((end, words)) = digits.and_then(|_| base(line, at + 1, Number)) {
        let number = super::number::cardinal(line.str(at), line.options.region);
        return Some((end, format!("{number} {words}")));
    }
    line.is_in(at, PER).then(|| {
        let share = line.is_in(at, "cp");
        let name = if share {
            "cổ phiếu".to_owned()
        } else {
            line.word(at)
        };
        (at + 1, name)
    })
}

/// Reads one unit with its power.
fn base(line: &Line, at: usize, wanted: Place) -> Option<(usize, String)> {
    if !line.is_word(at) {
        return None;
    }
    let words = known(line, at, wanted).filter(|_| !begins_name(line, at))?;
    if !is_power(line, at + 1) {
        let free = !(line.glued(at + 1) && line.is_digits(at + 1));
        return free.then(|| (at + 1, words.to_owned()));
    }
    let power = match line.str(at + 1) {
        "2" | "²" => "vuông",
        _ => "khối",
    };
    match words {
        "niu tơn mét" => Some((at + 2, "mét khối".to_owned())), // of gas at normal pressure
        "giây" => Some((at + 2, "giây bình phương".to_owned())),
        _ => words
            .ends_with("mét")
            .then(|| (at + 2, format!("{words} {power}"))),
    }
}

/// "vòng 5 V-League": a letter that is part of a name.
fn begins_name(line: &Line, at: usize) -> bool {
    line.case(at) == Some(Case::Letter)
        && line.is_one_of(at + 1, &['-', '.'])
        && line.joins(at + 1)
        && line.is_word(at + 2)
}

fn is_power(line: &Line, at: usize) -> bool {
    line.glued(at)
        && matches!(line.str(at), "2" | "3" | "²" | "³")
        && !(line.glued(at + 1) && line.is_word(at + 1))
}

/// "1080p" counts the lines of a picture, not minutes.
fn is_picture_height(line: &Line, at: usize) -> bool {
    line.glued(at.wrapping_add(1))
        && matches!(
            line.str(at),
            "240" | "360" | "480" | "720" | "1080" | "1440" | "2160"
        )
}

fn known(line: &Line, at: usize, wanted: Place) -> Option<&'static str> {
    let written = line.str(at);
    if written == "p" && is_picture_height(line, at.wrapping_sub(1)) {
        return Some("pê");
    }
    let fits = |place: Place| match wanted {
        Anywhere => place == Anywhere,
        Number | Glued => place != Glued || line.glued(at) || wanted == Glued,
    };
    if let Some(words) = money::of_code(written) {
        return Some(words);
    }
    let exact = EXACT.iter().find(|(key, ..)| *key == written);
    if let Some((_, words, place)) = exact {
        return fits(*place).then_some(words);
    }
    if written.len() < 2 || written.len() > 8 {
        return None;
    }
    let lower = written.to_lowercase();
    let folded = FOLDED.iter().find(|(key, ..)| *key == lower);
    folded
        .filter(|(_, _, place)| fits(*place))
        .map(|(_, words, _)| *words)
}

/// "37 0C": the raised circle was lost in copying.
fn flattened_degrees(line: &Line, at: usize) -> Option<(usize, String)> {
    let circle = line.str(at) == "0" && !line.glued(at) && line.glued(at + 1);
    (circle && line.str(at + 1) == "C" && !line.glued(at + 2)).then(|| (at + 2, "độ xê".to_owned()))
}

/// Percent, degrees and money signs.
fn sign(line: &Line, at: usize) -> Option<(usize, String)> {
    let Some(super::token::Kind::Mark(mark)) = line.kind(at) else {
        return None;
    };
    match mark {
        '%' => Some((at + 1, "phần trăm".to_owned())),
        '‰' => Some((at + 1, "phần nghìn".to_owned())),
        '°' | 'º' | '˚' => Some(degrees(line, at)),
        '⁰' if matches!(line.str(at + 1), "C" | "F") => Some(degrees(line, at)),
        _ => money::of_sign(mark).map(|words| (at + 1, words.to_owned())),
    }
}

fn degrees(line: &Line, at: usize) -> (usize, String) {
    let scale = match line.str(at + 1) {
        "C" | "c" => "độ xê",
        "F" | "f" => "độ ép",
        "K" | "k" => "độ ca",
        _ => return (at + 1, "độ".to_owned()),
    };
    (at + 2, scale.to_owned())
}
