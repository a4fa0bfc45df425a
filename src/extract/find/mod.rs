//! Finds where an article lies in a tree, knowing nothing of the site.
//!
//! The page is cut into lines, as a reader sees them; each is worth something or costs something,
//! and the body is the element whose lines are worth most. One pass over the tree and sums over
//! lines make every question about a subtree a subtraction.

mod body;
mod line;
mod name;
mod spare;
mod survey;
mod surveyor;

pub(super) use body::{Found, body};
pub(super) use line::Line;
pub(super) use name::{Signs, signs};
pub(super) use survey::Survey;
