//! Formulas in plain form: products, powers, functions, logarithms with their base.
//!
//! Letters beside an equals sign are quantities and are said by their names; the same letters in
//! prose are words.

use super::letter;
use super::line::Line;
use super::number::cardinal;
use super::rule::{Reading, Scene};
use super::syllable::is_syllable;
use super::token::Case;
use crate::speech::window;

/// "x" between numbers is a multiplication.
pub(super) fn times(scene: &Scene, at: usize) -> Option<Reading> {
    let line = &scene.line;
    let counted = line.is_digits(at.wrapping_sub(2)) && line.is_word(at.wrapping_sub(1));
    let bracketed = line.is_mark(at.wrapping_sub(1), ')');
    let operand = |i: usize| line.is_word(i) && line.str(i).len() == 1;
    let letters = operand(at.wrapping_sub(1)) && operand(at + 1) && is_in_formula(line, at);
    let rated = line.is_word(at.wrapping_sub(1)) && line.is_mark(at.wrapping_sub(2), '/');
    let after_number = scene.after == at || counted || bracketed || rated;
    let between = after_number && line.is_digits(at + 1);
    let spaced = !line.glued(at) && !line.glued(at + 1);
    let said = line.is_word(at.wrapping_sub(1)) && (line.is_word(at + 1) || line.is_digits(at + 1));
    let unknown = line.is_in(at.wrapping_sub(1), "tìm|ẩn|biến|nghiệm|số|trị|để|với");
    let words = spaced && said && !unknown && is_in_formula(line, at);
    ((between || letters || words) && matches!(line.str(at), "x" | "X"))
        .then(|| Reading::new(at + 1, "nhân"))
}

/// Is there an equals sign before long, on either side?
pub(super) fn is_in_formula(line: &Line, at: usize) -> bool {
    const REACH: usize = 40;
    let (before, behind) = line.text.split_at(line.tokens[at].start);
    window::tail(before, REACH).contains('=') || window::head(behind, REACH).contains('=')
}

/// Functions of the school book, said by their names.
const FUNCTIONS: &str = "sin|cos|tan|cot|log|ln|lg|arcsin|arccos|arctan";

/// May it be multiplied or divided in a formula: a letter, "mc", "sin"?
pub(super) fn is_factor(line: &Line, at: usize) -> bool {
    let letter = line.is_word(at) && line.str(at).chars().count() == 1;
    letter || line.is_in(at, FUNCTIONS) || is_product(line, at)
}

/// May it carry a power: any letter, a function, a product?
pub(super) fn is_raisable(line: &Line, at: usize) -> bool {
    is_factor(line, at)
}

/// "log₂8": a logarithm with its base, which stands behind it as plain digits by now.
pub(super) fn logarithm(scene: &Scene, at: usize) -> Option<Reading> {
    let line = &scene.line;
    let base = line.digits(at + 1).filter(|_| line.glued(at + 1))?;
    let operand = line.is_digits(at + 2)
        || line.is_mark(at + 2, '(')
        || line.is_word(at + 2) && line.str(at + 2).chars().count() == 1;
    let base = cardinal(base, line.options.region);
    (line.is(at, "log") && operand).then(|| Reading::new(at + 2, format!("lốc cơ số {base} của")))
}

/// "ax²", "4ac", "= mgh": letters of a formula without a mark between, no word.
fn is_product(line: &Line, at: usize) -> bool {
    const MOST_LETTERS: usize = 4;
    let word = line.str(at);
    let short = (2..=MOST_LETTERS).contains(&word.chars().count());
    if !short || !line.is_word(at) || line.is_in(at, FUNCTIONS) {
        return false;
    }
    let letters = word
        .chars()
        .all(|c| letter::name(c).is_some() && !c.is_uppercase());
    if !letters || !is_in_formula(line, at) {
        return false;
    }
    const SIGNS: &[char] = &['=', '+', '-', '−', '±', '(', ')', '/', '×'];
    let raised = line.glued(at + 1) && line.is_one_of(at + 1, &['²', '³']);
    let numbered = line.glued(at) && line.is_digits(at.wrapping_sub(1));
    let left = line.is_one_of(at.wrapping_sub(1), SIGNS);
    let right = line.is_one_of(at + 1, SIGNS);
    let defined = line.is_mark(at.wrapping_sub(1), '=')
        && line.case(at.wrapping_sub(2)) == Some(Case::Letter)
        && (right || !line.is_word(at + 1));
    raised || numbered || defined || ((left || right) && !is_syllable(&line.word(at)))
}

/// A product of a formula, letter by letter.
pub(super) fn product(scene: &Scene, at: usize) -> Option<Reading> {
    let line = &scene.line;
    is_product(line, at).then(|| Reading::new(at + 1, letter::spell(line.str(at))))
}
