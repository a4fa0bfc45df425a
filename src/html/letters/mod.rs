//! Mends the letters of a parsed page, so that every text is Unicode, in NFC, with nothing unseen.
//!
//! Four kinds of old letters are met on Vietnamese portals: marks apart from their letters (NFD,
//! windows-1258, also where the page says windows-1252), UTF-8 encoded twice, and fonts that draw
//! Vietnamese in place of other letters (TCVN, VNI). Each text is judged by itself: by its font, and
//! by whether its words are syllables as they stand or as they would be read. One page may mix all of
//! them; an ordinary page is only looked over once.

mod apart;
mod font;
mod legacy;
mod piece;
mod syllable;
mod tally;
mod tidy;
mod twice;

use super::Tree;
use legacy::{Bytes, Legacy};
use piece::Piece;
use tally::{Counter, Tally};

/// Words that are counted before a page is known well enough, so that a long one costs no more.
const MOST_COUNTED: usize = 20_000;

/// Returns `text` in NFC, without characters that are not seen: what a parsed page's texts are, for
/// text that comes from elsewhere.
#[must_use]
pub fn tidied(text: &str) -> String {
    tidy::tidy(text).unwrap_or_else(|| text.to_owned())
}

/// Mends every text of a page, and every attribute that holds words.
pub(super) fn mend(tree: &mut Tree) {
    if tree.letters.is_ascii() {
        return;
    }
    let fonts = font::of_nodes(tree);
    let mut found = piece::survey(tree, &fonts);
    let judge = Judge::new(tree, &mut found);
    let texts = found
        .iter()
        .map(|piece| judge.mend(piece.text(tree), piece));
    let mut mended: Vec<_> = texts.collect();
    let pairs = || found.iter().zip(&mended);
    if pairs().any(|(piece, text)| piece.is_in_old_font() && text.is_some()) {
        raise(tree, &found, &mut mended);
    }
    for (piece, text) in found.iter().zip(mended) {
        if let Some(text) = text {
            piece.put(&text, tree);
        }
    }
    apart::join(tree);
}

/// Turns what stands in a font of capitals into capitals.
fn raise(tree: &Tree, found: &[Piece], mended: &mut [Option<String>]) {
    for (piece, text) in found.iter().zip(mended) {
        if piece.is_in_capitals() {
            let small = text.as_deref().unwrap_or_else(|| piece.text(tree));
            *text = Some(small.to_uppercase());
        }
    }
}

/// Could this style sheet name a font that draws Vietnamese in place of other letters?
pub(super) fn may_name_old_font(sheet: &str) -> bool {
    font::holds_name(sheet)
}

/// Does this text read as Vietnamese only when taken for font text?
pub(super) fn looks_legacy(text: &str) -> bool {
    let bytes = Bytes::of_page("windows-1252");
    let verdict = Counter::new(&bytes)
        .count(text)
        .verdict(tally::ENOUGH_FOR_A_PAGE);
    verdict.is_some_and(|legacy| legacy != Legacy::Marked)
}

/// Decides how texts of a page are read.
struct Judge {
    bytes: Bytes,
    /// The ways of writing that some text of the page, or all texts together, show beyond doubt.
    seen: Vec<Legacy>,
}

impl Judge {
    fn new(tree: &Tree, found: &mut [Piece]) -> Self {
        let bytes = Bytes::of_page(tree.charset.name);
        let seen = seen(tree, found, &bytes);
        Self { bytes, seen }
    }

    /// Mends one text; `None` where it is right as it stands.
    fn mend(&self, text: &str, piece: &Piece) -> Option<String> {
        let read = if piece.look.may_be_legacy() {
            twice::repair(text).or_else(|| Some(self.legacy(piece)?.read(text, &self.bytes)))
        } else {
            None
        };
        match read {
            Some(read) => Some(tidy::tidy(&read).unwrap_or(read)),
            None => tidy::tidy(text),
        }
    }

    /// Tells how a text was written: as its font says, unless its words contradict; else as they
    /// show by themselves; else in a way that the page is known to use, if they read better so.
    fn legacy(&self, piece: &Piece) -> Option<Legacy> {
        let Some(tally) = piece.tally else {
            return piece.named().or(self.seen.last().copied()); // the page was known before
        };
        if let Some(named) = piece.named() {
            return Some(named).filter(|named| tally.allows(*named));
        }
        let known = || {
            let better = self.seen.iter().filter(|legacy| tally.favours(**legacy));
            better.max_by_key(|legacy| tally.read_as(**legacy)).copied()
        };
        tally.verdict(tally::ENOUGH_FOR_A_TEXT).or_else(known)
    }
}

/// Counts the words of each text, so far as that is needed, and tells what they show.
fn seen(tree: &Tree, found: &mut [Piece], bytes: &Bytes) -> Vec<Legacy> {
    let mut counter = Counter::new(bytes);
    let mut page = Tally::default();
    let mut seen = Vec::new();
    for piece in found.iter_mut().filter(|piece| piece.look.may_be_legacy()) {
        if page.words() >= MOST_COUNTED {
            break;
        }
        let tally = counter.count(piece.text(tree));
        piece.tally = Some(tally);
        page.add(tally);
        seen.extend(tally.verdict(tally::ENOUGH_FOR_A_TEXT));
    }
    seen.extend(page.verdict(tally::ENOUGH_FOR_A_PAGE));
    seen.dedup();
    seen
}

#[cfg(test)]
mod tests {
    use crate::html::{Limits, parse};

    #[track_caller]
    fn check(markup: &str, expected: &str) {
        let tree = parse(markup.as_bytes(), None, &Limits::default());
        assert_eq!(tree.text_of(tree.root()), expected, "{markup}");
    }

    #[test]
    fn text_for_a_named_font_is_turned_to_unicode() {
        check(
            "<font face=.VnTime>Céng hßa x· héi</font>",
            "Cộng hòa xã hội",
        );
        check("<font face=.VnTime>TØnh</font>", "Tỉnh");
        check(
            "<font face=VNI-Times>Coäng hoøa xaõ hoäi</font>",
            "Cộng hòa xã hội",
        );
        check("<p style='font-family:.VnTimeH'>uû ban x·</p>", "UỶ BAN XÃ");
        check(
            "<font face=.VnArialH>x· minh t©m, <b>thon 2</b></font>",
            "XÃ MINH TÂM, THON 2",
        );
    }

    #[test]
    fn unicode_under_the_name_of_an_old_font_stays() {
        check(
            "<font face=.VnTime>Cộng hòa xã hội</font>",
            "Cộng hòa xã hội",
        );
        check("<font face=.VnTime>Hà Nam</font>", "Hà Nam");
        check(
            "<font face=.VnTimeH>Hội nghị</font><font face=.VnTimeH>ban tin</font>",
            "Hội nghịban tin",
        );
        check("<font face=VNI-Times>tôi và bà</font>", "tôi và bà");
    }

    #[test]
    fn text_for_an_unnamed_font_is_known_by_its_syllables() {
        check(
            "<p>Nh÷ng thöa ruéng bËc thang ®· ng¶ vµng",
            "Những thửa ruộng bậc thang đã ngả vàng",
        );
        check(
            "<p>Nhöõng thöûa ruoäng baäc thang ñaõ ngaû vaøng",
            "Những thửa ruộng bậc thang đã ngả vàng",
        );
    }

    #[test]
    fn windows_1258_is_known_by_its_syllables_where_the_page_says_windows_1252() {
        check(
            "<p>Sáng nay, ðoaÌn công tác ðaÞ vêÌ xaÞ, týÌng hôò dân ðýõòc cấp giôìng",
            "Sáng nay, ðoaÌn công tác ðaÞ vêÌ xaÞ, týÌng hôò dân ðýõòc cấp giôìng",
        );
        check(
            "<p>Sáng nay, ðoaÌn công tác ðaÞ vêÌ xaÞ, týÌng hôò dân ðýõòc nhâòn giôìng",
            "Sáng nay, đoàn công tác đã về xã, từng hộ dân được nhận giống",
        );
    }

    #[test]
    fn one_page_may_mix_all_of_them() {
        check(
            "<title>TØnh</title><p>Những thửa ruộng<p>ngöôøi daân taêng gia, chaên nuoâi<p>Cafe\u{301} \
             <p>Ä‘á»“ng chÃ\u{AD}<p>Nh÷ng thöa ruéng bËc thang ®· ng¶ vµng, sè vèn cßn l¹i",
            "TỉnhNhững thửa ruộngngười dân tăng gia, chăn nuôiCafé đồng chíNhững thửa ruộng bậc thang \
             đã ngả vàng, số vốn còn lại",
        );
    }

    #[test]
    fn a_mark_behind_a_tag_joins_its_letter_unless_a_block_begins_there() {
        check(
            "Ho<b>\u{302}</b><i>\u{323}</i>i<b>\u{300} nay</b>",
            "Hộì nay",
        );
        check("a<!-- -->\u{301} b<script>x</script>\u{301}", "á b\u{301}");
        check("<p>sắc<p>\u{301}", "sắc\u{301}");
        check("<br>\u{301}a<b>\u{302}", "\u{301}â");
    }

    #[test]
    fn other_languages_stay_as_they_are() {
        for text in [
            "Le maire a été réélu à l’unanimité, même après deux années très agitées à Orléans.",
            "Não há solução fácil: a inflação é alta e o câmbio também está em queda, é só ver.",
            "Für die Bürger änderte sich über Jahre nichts; schließlich öffnete das Café früher.",
            "El niño está aquí según él; mañana habrá más información, después también.",
            "På ön är å och ä ö; «guillemets» © 2024 ® ½ µm ¼",
            "Tôi và bà ăn cơm",
        ] {
            check(&format!("<p>{text}"), text);
        }
    }

    #[test]
    fn attributes_of_words_are_mended_and_addresses_are_not() {
        let page = "<img id=i alt='Hô\u{323}i\u{200B}' src='Hô\u{323}i.jpg' title='Ä‘á»“ng'>";
        let tree = parse(page.as_bytes(), None, &Limits::default());
        let image = tree
            .element(tree.by_id("i").expect("the image"))
            .expect("an element");
        let values: Vec<_> = image.attrs().map(|(_, value)| value).collect();
        assert_eq!(values, ["i", "Hội", "Hô\u{323}i.jpg", "đồng"]);
    }
}
