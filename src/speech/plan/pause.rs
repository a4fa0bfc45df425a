//! How long a voice is silent between utterances, in milliseconds at speed 1.
//!
//! Chosen so that structure is heard: a sentence 0.3 s, a paragraph half a second, a title most. No
//! norm for them was found; what a listener minds is two of one kind that differ.

use crate::model::Role;
use crate::speech::Pause;

/// After a sentence that its part goes on behind.
pub(in crate::speech) const SENTENCE_MS: u32 = 300;
/// After a clause that was cut off at a comma.
pub(in crate::speech) const CLAUSE_MS: u32 = 120;
/// After the last cell of a row.
const ROW_MS: u32 = 400;
/// Before a heading.
const BEFORE_HEADING_MS: u32 = 800;

/// The pause inside a part, by the mark that ends `spoken`.
pub(super) fn within(spoken: &str) -> u32 {
    let mark = spoken.chars().next_back().and_then(Pause::from_mark);
    match mark {
        Some(Pause::Comma) => CLAUSE_MS,
        Some(Pause::Colon | Pause::Semicolon) => 200,
        _ => SENTENCE_MS,
    }
}

/// The pause at the end of a part.
pub(super) fn after(role: Role) -> u32 {
    match role {
        Role::Title => 800,
        Role::Lead => 700,
        Role::Heading(_) => 600,
        Role::Paragraph | Role::Quote | Role::Date | Role::Author => 500,
        Role::Alt | Role::Caption | Role::TableCaption | Role::Code | Role::Media => 500,
        Role::Item { .. } | Role::Attachment | Role::EntryTitle => 400,
        Role::ColumnHeader(_) | Role::Cell { .. } => 200,
        Role::EntryDate => 300,
        Role::EntrySummary => 600,
    }
}

/// The pause between the parts `before` and `behind`.
pub(super) fn between(before: Role, behind: Role) -> u32 {
    let least = match (before, behind) {
        (_, Role::Heading(_)) => BEFORE_HEADING_MS,
        (Role::Cell { row: above, .. }, Role::Cell { row, .. }) if above == row => 0,
        (Role::ColumnHeader(_), Role::ColumnHeader(_)) => 0,
        (Role::ColumnHeader(_) | Role::Cell { .. }, _) => ROW_MS,
        _ => 0,
    };
    after(before).max(least)
}
