//! What a page says about itself: JSON-LD, OpenGraph and other meta elements, microdata.

mod claims;
mod jsonld;
mod tags;

pub(super) use claims::{Claims, claims};
