//! Labels: short lines that stand the same in nearly all cards ("Quick shop", "Add to wish list") tell nothing of
//! any one of them.

use rustc_hash::FxHashMap;

use super::card::Card;
use crate::model::Text;

/// Longer lines say something.
const LONGEST: usize = 40;
/// Fewer cards with the same line may say the same by chance.
const FEWEST: usize = 3;

/// Takes them out of the summaries.
pub(super) fn drop_labels(cards: &mut [Card]) {
    let labels = labels(cards);
    if labels.is_empty() {
        return;
    }
    for card in cards {
        let Some(summary) = card.entry.summary.take() else {
            continue;
        };
        let said = summary.as_str().lines();
        let said: Vec<&str> = said
            .filter(|line| !labels.iter().any(|l| l == line))
            .collect();
        card.entry.summary = (!said.is_empty()).then(|| Text::new(said.join("\n")));
    }
}

/// The short lines that nearly all of the cards with a summary hold.
fn labels(cards: &[Card]) -> Vec<String> {
    let mut counts: FxHashMap<&str, usize> = FxHashMap::default();
    let summaries = cards.iter().filter_map(|card| card.entry.summary.as_ref());
    let told = summaries.clone().count();
    // A card says a line once.
    for summary in summaries {
        let mut lines = summary.as_str().lines().peekable();
        let mut before = "";
        while let Some(line) = lines.next() {
            let named = std::mem::replace(&mut before, line).ends_with(':');
            if !named && !is_told(line, lines.peek().copied()) {
                *counts.entry(line).or_default() += 1;
            }
        }
    }
    let label = |count: usize| count >= FEWEST && count * 20 >= told * 17;
    let found = counts.into_iter().filter(|(_, count)| label(*count));
    found.map(|(line, _)| line.to_owned()).collect()
}

/// Does a line tell something even if all cards hold it: what it costs, or what the line after it is
/// the value of ("Weight:", "Replies" over a number)?
fn is_told(line: &str, next: Option<&str>) -> bool {
    let valued = next.is_some_and(|next| next.starts_with(|c: char| c.is_ascii_digit()));
    line.len() > LONGEST
        || line.ends_with(':')
        || line.contains(['$', '€', '£', '₫', '¥'])
        || valued
}
