//! What a shop or a portal puts around a list to handle it: buttons, ways to sort and to filter.
//!
//! Source: the words of the shop systems that are used most (Shopify, WooCommerce, Magento,
//! BigCommerce) and of Vietnamese shops and portals.

use super::super::blocks::Made;

/// Whole lines; lower case, marks left out.
const BUTTONS: &[&str] = &[
    "add to cart",
    "add to bag",
    "add to basket",
    "add to compare",
    "add to wishlist",
    "add to wish list",
    "add to favorites",
    "be the first to review this product",
    "buy now",
    "choose options",
    "clear all",
    "clear filters",
    "compare",
    "filter",
    "filter & sort",
    "filters",
    "join now",
    "load more",
    "notify me",
    "out of stock",
    "quick add",
    "quick shop",
    "quick view",
    "rate this book",
    "clear rating",
    "save",
    "select options",
    "shop now",
    "show filters",
    "show options",
    "sold out",
    "sort",
    "sort & filter",
    "sort by",
    "view as",
    "view details",
    "view product",
    "bộ lọc",
    "chọn mua",
    "đặt mua",
    "mua ngay",
    "so sánh",
    "sắp xếp",
    "thêm vào giỏ",
    "thêm vào giỏ hàng",
    "xem nhanh",
    "yêu thích",
    "hết hàng",
];
/// Beginnings of lines.
const BEGINNINGS: &[&str] = &[
    "sort by",
    "sort:",
    "filter by",
    "filters (",
    "sắp xếp theo",
    "lọc theo",
    "hiển thị:",
    "show:",
    "items per page",
    "view as",
    "skip to ",
];
/// So many short lines in a row are ways to sort or to filter.
const RUN: usize = 4;
/// Longer lines say something.
const SHORT: usize = 25;

/// Is a line a button, or a way to sort and to filter?
pub(super) fn is_control(line: &str) -> bool {
    if line.len() > 60 {
        return false;
    }
    let mark = |c: char| !c.is_alphanumeric();
    let low = line.trim().to_lowercase();
    BUTTONS.contains(&low.trim_matches(mark)) || BEGINNINGS.iter().any(|b| low.starts_with(b))
}

/// Takes the controls out of what is said around entries.
pub(super) fn drop_controls(made: &mut Vec<Made>) {
    made.retain(|one| !one.line().is_some_and(|text| is_control(text.as_str())));
    let short: Vec<bool> = made.iter().map(is_short).collect();
    let run = |at: usize| {
        let before = short[..at]
            .iter()
            .rev()
            .take_while(|short| **short)
            .take(RUN);
        let after = short[at..].iter().take_while(|short| **short).take(RUN);
        before.count() + after.count()
    };
    let mut in_run = (0..short.len())
        .map(|at| short[at] && run(at) >= RUN)
        .collect::<Vec<_>>()
        .into_iter();
    made.retain(|_| !in_run.next().unwrap_or_default());
}

fn is_short(one: &Made) -> bool {
    one.paragraph().is_some_and(|text| {
        text.as_str().len() < SHORT && !text.as_str().ends_with(['.', '!', '?'])
    })
}
