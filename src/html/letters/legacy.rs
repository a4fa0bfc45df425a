//! Reads text that was typed for fonts which draw Vietnamese in place of other letters.
//!
//! Before Unicode, `.VnTime` drew "ư" where a soft hyphen is encoded, and `VNI-Times` drew "ộ" as
//! "oä". A page shows such text rightly on a machine that has the font, and nowhere else.

use std::sync::LazyLock;

use encoding_rs::{Encoding, WINDOWS_1252, WINDOWS_1258};
use unicode_normalization::UnicodeNormalization;

use super::syllable::is_syllable;

/// A way of writing Vietnamese with a font.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Legacy {
    /// TCVN 5712:1993, VN3, known as ABC: one byte a letter.
    Tcvn,
    /// VNI for Windows: a vowel and a byte for its marks.
    Vni,
    /// windows-1258 on a page that says windows-1252 or was converted from it: a letter and its tone.
    Marked,
}

/// TCVN 5712:1993 from 0xA1 to 0xFF, as glibc's charmap `TCVN5712-1` has it.
#[rustfmt::skip]
const TCVN: [char; 95] = [
    'Ă', 'Â', 'Ê', 'Ô', 'Ơ', 'Ư', 'Đ', 'ă', 'â', 'ê', 'ô', 'ơ',
    'ư', 'đ', 'Ằ', '\u{0300}', '\u{0309}', '\u{0303}', '\u{0301}', '\u{0323}', 'à', 'ả', 'ã', 'á',
    'ạ', 'Ẳ', 'ằ', 'ẳ', 'ẵ', 'ắ', 'Ẵ', 'Ắ', 'Ầ', 'Ẩ', 'Ẫ', 'Ấ',
    'Ề', 'ặ', 'ầ', 'ẩ', 'ẫ', 'ấ', 'ậ', 'è', 'Ể', 'ẻ', 'ẽ', 'é',
    'ẹ', 'ề', 'ể', 'ễ', 'ế', 'ệ', 'ì', 'ỉ', 'Ễ', 'Ế', 'Ồ', 'ĩ',
    'í', 'ị', 'ò', 'Ổ', 'ỏ', 'õ', 'ó', 'ọ', 'ồ', 'ổ', 'ỗ', 'ố',
    'ộ', 'ờ', 'ở', 'ỡ', 'ớ', 'ợ', 'ù', 'Ỗ', 'ủ', 'ũ', 'ú', 'ụ',
    'ừ', 'ử', 'ữ', 'ứ', 'ự', 'ỳ', 'ỷ', 'ỹ', 'ý', 'ỵ', 'Ố',
];

/// TCVN's capitals with tones outside of that, as glibc's charmap has them. No font draws them, and
/// Windows has quotes and dashes there; but converters write them.
#[rustfmt::skip]
const TCVN_CAPITALS: [(u8, char); 44] = [
    (0x01, 'Ú'), (0x02, 'Ụ'), (0x04, 'Ừ'), (0x05, 'Ử'), (0x06, 'Ữ'), (0x11, 'Ứ'), (0x12, 'Ự'),
    (0x13, 'Ỳ'), (0x14, 'Ỷ'), (0x15, 'Ỹ'), (0x16, 'Ý'), (0x17, 'Ỵ'), (0x80, 'À'), (0x81, 'Ả'),
    (0x82, 'Ã'), (0x83, 'Á'), (0x84, 'Ạ'), (0x85, 'Ặ'), (0x86, 'Ậ'), (0x87, 'È'), (0x88, 'Ẻ'),
    (0x89, 'Ẽ'), (0x8A, 'É'), (0x8B, 'Ẹ'), (0x8C, 'Ệ'), (0x8D, 'Ì'), (0x8E, 'Ỉ'), (0x8F, 'Ĩ'),
    (0x90, 'Í'), (0x91, 'Ị'), (0x92, 'Ò'), (0x93, 'Ỏ'), (0x94, 'Õ'), (0x95, 'Ó'), (0x96, 'Ọ'),
    (0x97, 'Ộ'), (0x98, 'Ờ'), (0x99, 'Ở'), (0x9A, 'Ỡ'), (0x9B, 'Ớ'), (0x9C, 'Ợ'), (0x9D, 'Ù'),
    (0x9E, 'Ủ'), (0x9F, 'Ũ'),
];

/// VNI's letters of one byte. Source: VNI's own table of its Windows fonts, as xvnkb's `vni.h` and
/// unikey's `data.cpp` list it.
#[rustfmt::skip]
const VNI_LETTERS: [(u8, char); 14] = [
    (0xC6, 'Ỉ'), (0xCC, 'Ì'), (0xCD, 'Í'), (0xCE, 'Ỵ'), (0xD1, 'Đ'), (0xD2, 'Ị'), (0xD3, 'Ĩ'),
    (0xE6, 'ỉ'), (0xEC, 'ì'), (0xED, 'í'), (0xEE, 'ỵ'), (0xF1, 'đ'), (0xF2, 'ị'), (0xF3, 'ĩ'),
];

/// VNI's vowels of one byte, which take marks like those of ASCII.
const VNI_VOWELS: [(u8, char); 4] = [(0xD4, 'Ơ'), (0xD6, 'Ư'), (0xF4, 'ơ'), (0xF6, 'ư')];

/// VNI's marks after a vowel, for small letters: combining marks of Unicode. Capitals are 0x20 less.
#[rustfmt::skip]
const VNI_MARKS: [(u8, &str); 17] = [
    (0xE0, "\u{302}\u{300}"), (0xE1, "\u{302}\u{301}"), (0xE2, "\u{302}"), (0xE3, "\u{302}\u{303}"),
    (0xE4, "\u{302}\u{323}"), (0xE5, "\u{302}\u{309}"), (0xE8, "\u{306}\u{300}"),
    (0xE9, "\u{306}\u{301}"), (0xEA, "\u{306}"), (0xEB, "\u{306}\u{323}"), (0xEF, "\u{323}"),
    (0xF5, "\u{303}"), (0xF8, "\u{300}"), (0xF9, "\u{301}"), (0xFA, "\u{306}\u{309}"),
    (0xFB, "\u{309}"), (0xFC, "\u{306}\u{303}"),
];

/// Turns a page's letters back into the bytes they were written as.
pub(super) struct Bytes {
    high: [char; 128],
}

/// The bytes of windows-1258, whose tones are marks of their own. Made once, since every word of a
/// page is held against them.
static MARKED: LazyLock<Bytes> = LazyLock::new(|| Bytes::of_page(WINDOWS_1258.name()));

impl Bytes {
    /// Makes the way back for a page that was read in `charset`. Where that has several bytes a
    /// letter, font text was typed as windows-1252 shows it.
    pub(super) fn of_page(charset: &str) -> Self {
        let encoding = Encoding::for_label(charset.as_bytes())
            .filter(|encoding| encoding.is_single_byte())
            .unwrap_or(WINDOWS_1252);
        let high = std::array::from_fn(|at| {
            let byte = [0x80 | u8::try_from(at).unwrap_or_default()];
            encoding
                .decode_without_bom_handling(&byte)
                .0
                .chars()
                .next()
                .unwrap_or('\u{FFFD}')
        });
        Self { high }
    }

    /// Are they of another character set than windows-1258?
    fn are_unmarked(&self) -> bool {
        self.high != MARKED.high
    }

    /// Returns the byte of a letter, or `None` where it has none.
    pub(super) fn byte(&self, letter: char) -> Option<u8> {
        if letter.is_ascii() {
            return u8::try_from(letter).ok();
        }
        let latin = u8::try_from(letter)
            .ok()
            .filter(|b| self.high[usize::from(b & 0x7F)] == letter);
        let found = || {
            self.high
                .iter()
                .position(|own| *own == letter && letter != '\u{FFFD}')
        };
        latin.or_else(|| found().and_then(|at| u8::try_from(at + 0x80).ok()))
    }
}

impl Legacy {
    /// Reads text in this way; what is not of it stays as it is. The result is NFC.
    pub(super) fn read(self, text: &str, bytes: &Bytes) -> String {
        match self {
            Self::Tcvn => tcvn(text, bytes),
            Self::Vni => vni(text, bytes),
            Self::Marked => marked(text, bytes),
        }
    }
}

impl Legacy {
    /// Reads one word, or tells that it cannot have been typed so.
    pub(super) fn read_word(self, word: &str, bytes: &Bytes) -> Option<String> {
        let possible = match self {
            Self::Tcvn => word.chars().filter_map(|c| bytes.byte(c)).all(is_drawn),
            Self::Vni => vni_leaves_nothing(word, bytes),
            Self::Marked => bytes.are_unmarked(),
        };
        possible.then(|| self.read(word, bytes))
    }
}

/// The fonts of TCVN draw no capitals with tones, whatever the standard says: that is what their
/// twins in `H` are for.
fn is_drawn(byte: u8) -> bool {
    byte < 0xA8 || !TCVN[usize::from(byte - 0xA1)].is_uppercase()
}

fn tcvn(text: &str, bytes: &Bytes) -> String {
    let letter = |c: char| match bytes.byte(c) {
        Some(byte @ 0xA1..) => TCVN[usize::from(byte - 0xA1)],
        _ => c,
    };
    if !text.chars().any(|c| capital(c, bytes).is_some()) {
        return text.chars().map(letter).nfc().collect();
    }
    let mut read = String::with_capacity(text.len() + 8);
    for word in text.split_inclusive(char::is_whitespace) {
        let full = |c: char| capital(c, bytes).unwrap_or_else(|| letter(c));
        let capitals: String = word.chars().map(full).nfc().collect();
        // What might be a capital is a quote or a dash as often; the word decides.
        let lettered = word.contains(|c: char| c.is_ascii_alphabetic());
        if lettered && is_syllable(capitals.trim_matches(|c: char| !c.is_alphabetic())) {
            read.push_str(&capitals);
        } else {
            read.extend(word.chars().map(letter).nfc());
        }
    }
    read
}

fn capital(c: char, bytes: &Bytes) -> Option<char> {
    let byte = bytes.byte(c)?;
    let found = TCVN_CAPITALS.iter().find(|(own, _)| *own == byte);
    found.map(|(_, letter)| *letter)
}

fn marked(text: &str, bytes: &Bytes) -> String {
    let high = &MARKED.high;
    let letter = |c: char| match bytes.byte(c) {
        Some(byte @ 0x80..) => high[usize::from(byte & 0x7F)],
        _ => c,
    };
    text.chars().map(letter).nfc().collect()
}

fn vni(text: &str, bytes: &Bytes) -> String {
    let mut read = String::with_capacity(text.len() + 8);
    for (c, byte, after_vowel) in vni_steps(text, bytes) {
        match marks(byte).filter(|_| after_vowel) {
            Some(marks) => read.push_str(marks),
            None => read.push(single(byte).unwrap_or(c)),
        }
    }
    read.nfc().collect()
}

fn vni_leaves_nothing(word: &str, bytes: &Bytes) -> bool {
    vni_steps(word, bytes).all(|(c, byte, after_vowel)| {
        c.is_ascii() || single(byte).is_some() || after_vowel && marks(byte).is_some()
    })
}

/// Walks the letters, each with its byte and whether a vowel without marks stands before it.
fn vni_steps<'a>(text: &'a str, bytes: &'a Bytes) -> impl Iterator<Item = (char, u8, bool)> + 'a {
    let mut vowel = false;
    text.chars().map(move |c| {
        let byte = bytes.byte(c).unwrap_or_default();
        let after_vowel = vowel;
        let marked = after_vowel && marks(byte).is_some();
        vowel = !marked && "aeiouyAEIOUYơưƠƯ".contains(single(byte).unwrap_or(c));
        (c, byte, after_vowel)
    })
}

fn marks(byte: u8) -> Option<&'static str> {
    let small = if byte < 0xE0 {
        byte.wrapping_add(0x20)
    } else {
        byte
    };
    let found = VNI_MARKS.iter().find(|(mark, _)| *mark == small);
    found.map(|(_, marks)| *marks)
}

fn single(byte: u8) -> Option<char> {
    let mut all = VNI_LETTERS.iter().chain(&VNI_VOWELS);
    all.find(|(own, _)| *own == byte).map(|(_, letter)| *letter)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Text, and what `iconv -f UTF-8 -t TCVN` of glibc 2.41 makes of it.
    const TCVN_ROWS: &[(&str, &[u8])] = &[
        ("Cộng hòa xã hội chủ nghĩa Việt Nam", b"C\xE9ng h\xDFa x\xB7 h\xE9i ch\xF1 ngh\xDCa Vi\xD6t Nam"),
        ("Độc lập - Tự do - Hạnh phúc", b"\xA7\xE9c l\xCBp - T\xF9 do - H\xB9nh ph\xF3c"),
        ("Bà con được vay vốn để mở rộng chuồng trại", b"B\xB5 con \xAE\xAD\xEEc vay v\xE8n \xAE\xD3 m\xEB r\xE9ng chu\xE5ng tr\xB9i"),
        ("Những thửa ruộng bậc thang đã ngả vàng", b"Nh\xF7ng th\xF6a ru\xE9ng b\xCBc thang \xAE\xB7 ng\xB6 v\xB5ng"),
        ("Quỹ khuyến học trao hai mươi suất học bổng", b"Qu\xFC khuy\xD5n h\xE4c trao hai m\xAD\xACi su\xCAt h\xE4c b\xE6ng"),
        ("Sở Y tế nhắc người dân ngủ màn, diệt bọ gậy", b"S\xEB Y t\xD5 nh\xBEc ng\xAD\xEAi d\xA9n ng\xF1 m\xB5n, di\xD6t b\xE4 g\xCBy"),
        ("Đường ống, Ăn Âm Êm Ôm Ơn Ưu: ẵm ẩm ỡm kỵ kẻ kẽ ì ĩ", b"\xA7\xAD\xEAng \xE8ng, \xA1n \xA2m \xA3m \xA4m \xA5n \xA6u: \xBDm \xC8m \xECm k\xFE k\xCE k\xCF \xD7 \xDC"),
    ];

    #[test]
    fn tcvn_is_read_as_glibc_reads_it() {
        for charset in ["UTF-8", "windows-1252", "windows-1258"] {
            let encoding = Encoding::for_label(charset.as_bytes()).filter(|e| e.is_single_byte());
            let shown_in = encoding.unwrap_or(WINDOWS_1252);
            for (text, bytes) in TCVN_ROWS {
                let (shown, _) = shown_in.decode_without_bom_handling(bytes);
                assert_eq!(Legacy::Tcvn.read(&shown, &Bytes::of_page(charset)), *text);
            }
        }
    }

    #[test]
    fn capitals_that_converters_write_are_read_and_quotes_stay() {
        let bytes = Bytes::of_page("UTF-8");
        for (shown, text) in [
            ("\u{17E}y ban nh©n d©n", "Ủy ban nhân dân"),
            (
                "\u{201C}C«ng an\u{201D} x· \u{2013} th«n",
                "\u{201C}Công an\u{201D} xã \u{2013} thôn",
            ),
            ("T\u{17D}NH", "TỈNH"),
        ] {
            assert_eq!(Legacy::Tcvn.read(shown, &bytes), text);
        }
    }

    /// Text, and what `iconv -f UTF-8 -t CP1258` of glibc 2.41 makes of it.
    #[test]
    fn windows_1258_on_a_page_that_says_windows_1252_is_read() {
        let rows: [(&str, &[u8]); 2] = [
            (
                "Ủy ban nhân dân xã đã họp",
                b"U\xD2y ban nh\xE2n d\xE2n xa\xDE \xF0a\xDE ho\xF2p",
            ),
            ("rừng gỗ lớn", b"r\xFD\xCCng g\xF4\xDE l\xF5\xECn"),
        ];
        for (text, bytes) in rows {
            let (shown, _) = WINDOWS_1252.decode_without_bom_handling(bytes);
            assert_eq!(
                Legacy::Marked.read(&shown, &Bytes::of_page("windows-1252")),
                text
            );
        }
    }

    #[test]
    fn vni_is_read_with_its_marks_after_the_vowels() {
        for (shown, text) in [
            (
                "Coäng hoøa xaõ hoäi chuû nghóa Vieät Nam",
                "Cộng hòa xã hội chủ nghĩa Việt Nam",
            ),
            (
                "Ñoäc laäp - Töï do - Haïnh phuùc",
                "Độc lập - Tự do - Hạnh phúc",
            ),
            (
                "UÛY BAN NHAÂN DAÂN THAØNH PHOÁ",
                "ỦY BAN NHÂN DÂN THÀNH PHỐ",
            ),
            (
                "ngöôøi daân taêng gia, chaên nuoâi",
                "người dân tăng gia, chăn nuôi",
            ),
            (
                "kyõ thuaät, tæ leä, chòu khoù, thuûy lôïi",
                "kỹ thuật, tỉ lệ, chịu khó, thủy lợi",
            ),
        ] {
            assert_eq!(Legacy::Vni.read(shown, &Bytes::of_page("UTF-8")), text);
        }
    }
}
