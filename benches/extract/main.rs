//! How fast pages are understood, against dom_smoothie on the same pages in the same run:
//! `./run bench pages [FOLDER]`.
//!
//! One thread. Loa's time is that of parsing, finding and rendering a page, from its bytes to a
//! document of HTML; dom_smoothie's is that of the same, without dates, listings, captions and
//! letters of old encodings. The two alternate page by page, and which of them begins alternates with
//! the rounds; what is printed are medians of the rounds. `FOLDER` holds `.html` or `.html.gz` files
//! at any depth; without it the project's own pages are read.

mod growth;
mod memory;
mod reader;
#[path = "../../tests/pages_check/saved.rs"]
mod saved;
mod speed;

use std::path::Path;

fn main() {
    let arguments: Vec<String> = std::env::args()
        .skip(1)
        .filter(|argument| argument != "--bench")
        .collect();
    if let [first, reader] = &arguments[..]
        && first == memory::ASKED
    {
        return memory::measure(reader);
    }
    let pages = match arguments.first() {
        Some(folder) => saved::below(Path::new(folder)),
        None => saved::own(),
    };
    speed::report(&pages);
    growth::report(&pages);
    memory::report(&pages);
}
