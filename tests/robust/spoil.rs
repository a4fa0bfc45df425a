//! Spoils pages, by a number: the same number spoils a page in the same way.
//!
//! Source of the generator: Steele, Lea and Flood, "Fast splittable pseudorandom number generators"
//! (SplitMix64, OOPSLA 2014).

use std::ops::Range;

/// Numbers that look like chance.
pub(crate) struct Dice(u64);

/// One way to spoil a page.
pub(crate) type Spoiler = fn(&[u8], &mut Dice) -> Vec<u8>;

/// The ways, by name.
pub(crate) const SPOILERS: [(&str, Spoiler); 8] = [
    ("bytes replaced", replace_bytes),
    ("tags doubled", double_tags),
    ("tags dropped", drop_tags),
    ("tags exchanged", exchange_tags),
    ("tags slipped in", slip_in_tags),
    ("figures grown", grow_figures),
    ("odd letters slipped in", slip_in_letters),
    ("a part said over and over", repeat_part),
];

/// What may stand in any page, from harmless to hostile.
const PIECES: [&str; 48] = [
    "<p>",
    "</p>",
    "<div>",
    "</div>",
    "<table>",
    "<tr>",
    "<td>",
    "<th>",
    "</table>",
    "<ul>",
    "<li>",
    "</ul>",
    "<h1>",
    "<h4>",
    "</h1>",
    "<a href=\"/a\">",
    "</a>",
    "<a href=\"javascript:x\">",
    "<a name=x>",
    "<b>",
    "</b>",
    "<blockquote>",
    "<figure>",
    "<figcaption>",
    "<img src=a.png alt=a>",
    "<img src=//[",
    "<svg><title>",
    "<math><mi>",
    "<template>",
    "<select><option>",
    "<textarea>",
    "<script>",
    "</script>",
    "<!--",
    "-->",
    "<![CDATA[",
    "<title>",
    "<body lang=vi>",
    "<base href=http://b/>",
    "<td colspan=0 rowspan=99999>",
    "<font face=.VnTime>",
    "<plaintext>",
    "&amp;#0;&#xD800;&nGt;",
    "Ngày 31/02/2020, 12/2021/NĐ-CP ",
    "- ",
    "Ảnh: ",
    "<span lang=\"ar-\">",
    "\u{0}",
];

/// Letters that readers of text stumble on: bare accents, marks of direction, joiners, astral letters,
/// digits of other scripts, fractions, and signs that fold into several letters.
const LETTERS: [char; 24] = [
    '\u{301}',
    '\u{323}',
    '\u{31b}',
    '\u{200b}',
    '\u{200d}',
    '\u{202e}',
    '\u{2066}',
    '\u{feff}',
    '\u{ad}',
    '\u{a0}',
    '\u{2028}',
    '\u{fffd}',
    '\u{1f469}',
    '\u{1d7d8}',
    '\u{663}',
    '½',
    'ﷺ',
    'İ',
    'ß',
    'Ⅻ',
    '㎏',
    '²',
    '/',
    '.',
];

impl Dice {
    /// Starts from a number.
    pub(crate) fn of(seed: u64) -> Self {
        Self(seed)
    }

    fn throw(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }

    /// A number below `end`; 0 where nothing is below it.
    pub(crate) fn below(&mut self, end: usize) -> usize {
        let end = u64::try_from(end.max(1)).expect("lengths fit 64 bits");
        usize::try_from(self.throw() % end).expect("below a length")
    }

    /// One of the rows.
    pub(crate) fn pick<T: Clone>(&mut self, rows: &[T]) -> T {
        rows[self.below(rows.len())].clone()
    }
}

/// Cuts a page off anywhere.
pub(crate) fn cut(page: &[u8], dice: &mut Dice) -> Vec<u8> {
    page[..dice.below(page.len())].to_vec()
}

/// Bytes without any sense.
pub(crate) fn noise(dice: &mut Dice) -> Vec<u8> {
    let length = dice.below(2000);
    (0..length).map(|_| dice.throw().to_le_bytes()[0]).collect()
}

/// Tags, ends of tags and words in any order.
pub(crate) fn soup(dice: &mut Dice) -> Vec<u8> {
    let length = dice.below(200);
    let pieces = (0..length).map(|_| dice.pick(&PIECES));
    pieces.collect::<String>().into_bytes()
}

fn replace_bytes(page: &[u8], dice: &mut Dice) -> Vec<u8> {
    let mut page = page.to_vec();
    for _ in 0..=dice.below(40) {
        let at = dice.below(page.len());
        if let Some(byte) = page.get_mut(at) {
            *byte = dice.throw().to_le_bytes()[0];
        }
    }
    page
}

fn double_tags(page: &[u8], dice: &mut Dice) -> Vec<u8> {
    with_tags(page, dice, |tags, dice| {
        let tag = dice.pick(tags);
        let at = dice.below(tags.len());
        tags.insert(at, tag);
    })
}

fn drop_tags(page: &[u8], dice: &mut Dice) -> Vec<u8> {
    with_tags(page, dice, |tags, dice| {
        tags.remove(dice.below(tags.len()));
    })
}

fn exchange_tags(page: &[u8], dice: &mut Dice) -> Vec<u8> {
    with_tags(page, dice, |tags, dice| {
        let (one, other) = (dice.below(tags.len()), dice.below(tags.len()));
        tags.swap(one, other);
    })
}

fn slip_in_tags(page: &[u8], dice: &mut Dice) -> Vec<u8> {
    let mut page = page.to_vec();
    for _ in 0..=dice.below(30) {
        let piece = dice.pick(&PIECES).repeat(1 + dice.below(4));
        let at = dice.below(page.len());
        page.splice(at..at, piece.bytes());
    }
    page
}

fn grow_figures(page: &[u8], dice: &mut Dice) -> Vec<u8> {
    let mut grown = Vec::with_capacity(page.len() * 2);
    for &byte in page {
        grown.push(byte);
        if byte.is_ascii_digit() && dice.below(4) == 0 {
            grown.extend(dice.pick(&["0", "99999999999", "/", ",5", "-"]).bytes());
        }
    }
    grown
}

fn slip_in_letters(page: &[u8], dice: &mut Dice) -> Vec<u8> {
    let text = String::from_utf8_lossy(page);
    let mut spoilt = String::with_capacity(text.len());
    for letter in text.chars() {
        spoilt.push(letter);
        if dice.below(30) == 0 {
            spoilt.push(dice.pick(&LETTERS));
        }
    }
    spoilt.into_bytes()
}

fn repeat_part(page: &[u8], dice: &mut Dice) -> Vec<u8> {
    let start = dice.below(page.len());
    let end = (start + dice.below(400)).min(page.len());
    [&page[..end], &page[start..end].repeat(20), &page[end..]].concat()
}

/// Changes a page tag by tag, and the text behind each along with it.
fn with_tags(
    page: &[u8],
    dice: &mut Dice,
    change: impl Fn(&mut Vec<Range<usize>>, &mut Dice),
) -> Vec<u8> {
    let starts = (0..page.len()).filter(|&at| page[at] == b'<');
    let starts: Vec<_> = starts.chain([page.len()]).collect();
    let mut tags: Vec<Range<usize>> = starts.windows(2).map(|pair| pair[0]..pair[1]).collect();
    for _ in 0..=dice.below(12) {
        if !tags.is_empty() {
            change(&mut tags, dice);
        }
    }
    let parts = tags.into_iter().map(|tag| &page[tag]);
    parts.collect::<Vec<_>>().concat()
}
