//! How deep a document is nested, by its tags alone, before it is parsed.

use super::{Fault, Spot};

/// Most elements around one another: who nests deeper writes no document.
const MOST_DEPTH: usize = 500;

/// Refuses what is nested so deeply that only an attack is.
pub(super) fn check(text: &str) -> Result<(), Fault> {
    let mut depth = 0_usize;
    let mut rest = text;
    while let Some((_, behind)) = rest.split_once('<') {
        let (tag, after) = behind.split_once('>').unwrap_or((behind, ""));
        rest = after;
        match tag.as_bytes().first() {
            Some(b'/') => depth = depth.saturating_sub(1),
            Some(b'!' | b'?') | None => {}
            Some(_) => depth += usize::from(!tag.ends_with('/')),
        }
        if depth > MOST_DEPTH {
            let before = &text[..text.len() - behind.len()];
            let line = before.matches('\n').count() + 1;
            let column = before
                .rsplit('\n')
                .next()
                .unwrap_or_default()
                .chars()
                .count();
            let number = |count: usize| u32::try_from(count).unwrap_or(u32::MAX);
            return Err(Fault {
                at: Spot {
                    line: number(line),
                    column: number(column),
                },
                what: format!("elements are nested more than {MOST_DEPTH} deep"),
            });
        }
    }
    Ok(())
}
