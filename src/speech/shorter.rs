//! Cuts long utterances for voices that take their time: nothing of an utterance is heard before all of it is made.

use std::ops::Range;

use super::plan::CLAUSE_MS;
use crate::model::{Plan, SpokenWord, Utterance};

/// How many letters and spaces of a piece are aimed at, at most: some twenty syllables, four or five seconds.
const LONGEST: usize = 100;
/// A piece has at least so many: shorter ones sound torn off.
const SHORTEST: usize = 30;

/// Cuts the utterances that `is_slow` holds for at the ends of clauses. The pieces of one keep its name, and follow
/// one another without a pause but that of the clause.
#[must_use]
pub fn shorter(plan: &Plan, is_slow: impl Fn(&Utterance) -> bool) -> Plan {
    let mut utterances = Vec::with_capacity(plan.utterances.len());
    for utterance in &plan.utterances {
        if is_slow(utterance) {
            utterances.extend(pieces(utterance));
        } else {
            utterances.push(utterance.clone());
        }
    }
    Plan {
        utterances,
        ..plan.clone()
    }
}

fn pieces(utterance: &Utterance) -> Vec<Utterance> {
    let ranges = cuts(&utterance.spoken);
    let last = ranges.len().saturating_sub(1);
    let mut written = utterance.written.start;
    let piece = |(at, range): (usize, Range<usize>)| {
        let within = |word: &&SpokenWord| range.contains(&word.spoken.start);
        let words = utterance.words.iter().filter(within);
        let before = utterance
            .words
            .partition_point(|word| word.spoken.start < range.start);
        let moved = words.map(|word| SpokenWord {
            spoken: word.spoken.start - range.start..word.spoken.end.min(range.end) - range.start,
            written: word.written.clone(),
        });
        let words: Vec<SpokenWord> = moved.collect();
        let mut delivery = utterance.delivery.clone();
        delivery.marks.retain_mut(|mark| {
            let is_here = mark.word >= before && (mark.word < before + words.len() || at == last);
            mark.word = mark.word.saturating_sub(before);
            is_here
        });
        let ends = words.iter().map(|word| word.written.end);
        let end = if at == last {
            utterance.written.end
        } else {
            ends.max().unwrap_or(written)
        };
        let end = end.max(written);
        let from = std::mem::replace(&mut written, end);
        Utterance {
            written: from..written,
            spoken: utterance.spoken[range].to_owned(),
            words,
            delivery,
            pause_ms: if at == last {
                utterance.pause_ms
            } else {
                CLAUSE_MS
            },
            ..utterance.clone()
        }
    };
    ranges.into_iter().enumerate().map(piece).collect()
}

/// Returns the pieces of a text: as few as are not too long, each up to the end of a clause.
fn cuts(spoken: &str) -> Vec<Range<usize>> {
    let mut pieces = Vec::new();
    let (mut from, mut letters) = (0, 0);
    let mut end = None; // the last end of a clause, and the letters up to it
    let mut after_stop = false;
    for (at, letter) in spoken.char_indices() {
        if after_stop && letter.is_whitespace() {
            if letters > LONGEST
                && let Some((cut, before)) = end
            {
                pieces.push(from..cut);
                (from, letters) = (cut, letters - before);
            }
            if letters >= SHORTEST {
                end = Some((at + letter.len_utf8(), letters + 1));
            }
        }
        letters += 1;
        after_stop = matches!(letter, ',' | ';' | ':' | '.' | '!' | '?' | '…');
    }
    if letters > LONGEST
        && let Some((cut, before)) = end
        && cut > from
        && letters - before >= SHORTEST
    {
        pieces.push(from..cut);
        from = cut;
    }
    pieces.push(from..spoken.len());
    pieces
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Delivery, Lang, Role, UtteranceId};

    fn plan(spoken: &str) -> Plan {
        let words = spoken.split_whitespace().map(|word| {
            let start = word.as_ptr() as usize - spoken.as_ptr() as usize;
            let range = start..start + word.len();
            SpokenWord {
                spoken: range.clone(),
                written: range,
            }
        });
        Plan {
            lang: Lang::vi(),
            utterances: vec![Utterance {
                id: UtteranceId(3),
                role: Role::Paragraph,
                block: None,
                lang: Lang::vi(),
                written: 0..spoken.len(),
                words: words.collect(),
                spoken: spoken.to_owned(),
                pause_ms: 400,
                delivery: Delivery::default(),
            }],
        }
    }

    #[test]
    fn a_long_sentence_is_cut_at_clauses_and_nothing_is_lost() {
        let clause = "một hai ba bốn năm sáu bảy tám chín mười, ";
        for repeated in 1..12 {
            let spoken = format!("{}hết.", clause.repeat(repeated));
            let shorter = shorter(&plan(&spoken), |_| true);
            let pieces = &shorter.utterances;
            let joined: String = pieces.iter().map(|piece| piece.spoken.as_str()).collect();
            assert_eq!(joined, spoken);
            let (last, others) = pieces.split_last().expect("there is one");
            assert_eq!(last.pause_ms, 400);
            assert!(others.iter().all(|piece| piece.pause_ms == CLAUSE_MS));
            assert_eq!(pieces.len() > 1, repeated > 2, "{repeated}");
            let mut next = 0;
            for piece in pieces {
                let letters = piece.spoken.chars().count();
                assert!(
                    (SHORTEST..=LONGEST + 1).contains(&letters),
                    "{letters}: {piece:?}"
                );
                assert_eq!(piece.written.start, next);
                next = piece.written.end;
                for word in &piece.words {
                    assert_eq!(
                        piece.spoken[word.spoken.clone()],
                        spoken[word.written.clone()]
                    );
                }
            }
            assert_eq!(next, spoken.len());
            let words: usize = pieces.iter().map(|piece| piece.words.len()).sum();
            assert_eq!(words, spoken.split(' ').count());
        }
    }

    #[test]
    fn what_has_no_clauses_or_is_not_slow_stays_whole() {
        let long = "một hai ba bốn năm ".repeat(20);
        assert_eq!(shorter(&plan(&long), |_| true), plan(&long));
        let clauses = "một hai ba bốn năm sáu bảy tám chín, ".repeat(9);
        assert_eq!(shorter(&plan(&clauses), |_| false), plan(&clauses));
    }
}
