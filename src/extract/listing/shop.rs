//! What a shop or a portal puts around a list to handle it: buttons, ways to sort and to filter.
//!
//! Source: the words of the shop systems that are used most (Shopify, WooCommerce, Magento,
//! BigCommerce) and of Vietnamese shops and portals.

use super::super::blocks::Made;
use super::super::likeness::begins_in_lower_case;
use crate::model::letter::lowered;

/// Whole lines; lower case, marks left out.
const BUTTONS: &[&str] = &[
    "about us",
    "account",
    "add an item",
    "add to bag",
    "add to basket",
    "add to cart",
    "add to compare",
    "add to favorites",
    "add to wish list",
    "add to wishlist",
    "back",
    "be the first to review this product",
    "buy now",
    "cart",
    "choose options",
    "clear all",
    "clear filters",
    "clear rating",
    "compare",
    "contact us",
    "create account",
    "create an account",
    "filter",
    "filter & sort",
    "filters",
    "get started",
    "home",
    "join now",
    "load more",
    "log in",
    "log out",
    "menu",
    "more",
    "more options",
    "mua ngay",
    "my account",
    "my cart",
    "my favorites",
    "my orders",
    "my wishlist",
    "next",
    "notify me",
    "order status",
    "order tracking",
    "out of stock",
    "previous",
    "quick add",
    "quick shop",
    "quick view",
    "rate this book",
    "register",
    "save",
    "search",
    "select options",
    "shop now",
    "show filters",
    "show options",
    "sign in",
    "sign out",
    "sold out",
    "sort",
    "sort & filter",
    "sort by",
    "track order",
    "view as",
    "view cart",
    "view details",
    "view my cart",
    "view product",
    "wish list",
    "wishlist",
    "xem nhanh",
    "bộ lọc",
    "chọn mua",
    "giỏ hàng",
    "hết hàng",
    "liên hệ",
    "so sánh",
    "sắp xếp",
    "thêm vào giỏ",
    "thêm vào giỏ hàng",
    "trang chủ",
    "tài khoản",
    "tài khoản của tôi",
    "yêu thích",
    "đặt mua",
];
/// Badges on wares, which call for a look and tell nothing of any; lower case, marks left out.
const BADGES: &[&str] = &[
    "back in stock",
    "best seller",
    "best sellers",
    "bestseller",
    "clearance",
    "exclusive",
    "extra savings",
    "featured",
    "hot",
    "last chance",
    "limited edition",
    "limited time",
    "limited time offer",
    "low stock",
    "more colors available",
    "more options available",
    "new",
    "new arrival",
    "new arrivals",
    "new color",
    "new colors",
    "on sale",
    "online exclusive",
    "online only",
    "popular pick",
    "rollback",
    "sale",
    "selling fast",
    "special",
    "special offer",
    "sponsored",
    "staff pick",
    "top rated",
    "top seller",
    "trending",
    "web exclusive",
    "bán chạy",
    "giảm giá",
    "hàng mới",
    "khuyến mãi",
    "mới",
    "nổi bật",
    "trả góp 0%",
];
/// What is counted beside a button: "Quick Shop 6 colors".
const COUNTED: &[&str] = &[
    "color", "colors", "colour", "colours", "size", "sizes", "style", "styles", "option",
    "options", "màu",
];
/// Most words of one button.
const BUTTON_WORDS: usize = 6;
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
    if line.len() > 90 {
        return false;
    }
    let low = lowered(line.trim());
    let buttons = || BUTTONS.contains(&low.trim_matches(mark)) || is_bar(&low);
    begins_button(&low) && buttons()
        || BEGINNINGS.iter().any(|b| low.starts_with(b))
        || is_stars(&low)
}

/// Does any button begin as a line does? Nearly none is one.
fn begins_button(low: &str) -> bool {
    let words = low.split_whitespace().map(|word| word.trim_matches(mark));
    let mut words = words.filter(|word| !word.is_empty());
    let first = words.next();
    first.is_some_and(|first| BUTTONS.iter().any(|button| button.starts_with(first)))
}

fn mark(c: char) -> bool {
    !c.is_alphanumeric()
}

/// Beginnings of links to the same ware in another colour or size; lower case.
const VARIANTS: &[&str] = &["color:", "colour:", "size:", "màu:", "màu sắc:", "kích cỡ:"];

/// Do a link's words name only in what colour or size a ware is sold too?
pub(super) fn is_variant(words: &str) -> bool {
    let words = words.trim_start();
    VARIANTS
        .iter()
        .any(|begin| begins_in_lower_case(words, begin))
}

/// Returns a line without the button that stands before what it counts: "Quick Shop 6 colors".
pub(super) fn without_button(line: &str) -> &str {
    let number = line.find(|c: char| c.is_ascii_digit());
    let Some((button, rest)) = number.filter(|at| *at > 0).map(|at| line.split_at(at)) else {
        return line;
    };
    let counted = rest.split_whitespace().nth(1).unwrap_or_default();
    let is_counted = COUNTED.contains(&counted.to_lowercase().as_str());
    if is_counted && is_control(button) {
        rest
    } else {
        line
    }
}

/// Is a line several buttons in a row: "Quick view Add to cart"?
fn is_bar(low: &str) -> bool {
    let words: Vec<&str> = low
        .split_whitespace()
        .map(|word| word.trim_matches(mark))
        .filter(|word| !word.is_empty())
        .collect();
    let (mut at, mut buttons) = (0, 0);
    while at < words.len() {
        let longest = BUTTON_WORDS.min(words.len() - at);
        let button = (1..=longest)
            .rev()
            .find(|n| BUTTONS.contains(&words[at..at + n].join(" ").as_str()));
        match button {
            Some(length) => (at, buttons) = (at + length, buttons + 1),
            None => return false,
        }
    }
    buttons > 0
}

/// Is a line the stars that one may give: "1 of 5 stars 2 of 5 stars"?
fn is_stars(low: &str) -> bool {
    let mut rest = low;
    let mut stars = 0;
    while let Some(after) = rest.find("of 5 stars").map(|at| &rest[at + 10..]) {
        let number = rest[..rest.len() - after.len() - 10].trim();
        if number.len() != 1 || !number.bytes().all(|b| b.is_ascii_digit()) {
            return false;
        }
        (rest, stars) = (after, stars + 1);
    }
    stars > 1 && rest.trim().is_empty()
}

/// Is a line of an entry a badge: "Sale", "Save 25%", "30% off"?
pub(super) fn is_badge(line: &str) -> bool {
    if line.len() > 40 {
        return false;
    }
    let low = lowered(line.trim());
    let bare = low.trim_matches(|c: char| mark(c) && c != '%');
    let percent = |text: &str| {
        let number = text.trim().trim_start_matches(['-', '–']).strip_suffix('%');
        number.is_some_and(|n| n.parse::<u8>().is_ok())
    };
    let parts = ["save ", "up to ", "giảm "]
        .iter()
        .find_map(|b| bare.strip_prefix(b));
    let saved = parts.or_else(|| bare.strip_suffix(" off"));
    BADGES.contains(&bare) || saved.is_some_and(percent)
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn buttons_alone_and_in_rows_are_controls() {
        for line in [
            "Add to cart",
            "Quick view Add to Cart",
            "1 of 5 stars2 of 5 stars3 of 5 stars",
            "My Wishlist",
            "+ More",
        ] {
            assert!(is_control(line), "{line}");
        }
        for line in [
            "Cart for garden work",
            "4.9 out of 5 stars",
            "4 of 5 stars",
            "Home lamps",
        ] {
            assert!(!is_control(line), "{line}");
        }
    }

    #[test]
    fn a_button_gives_way_to_what_it_counts() {
        assert_eq!(without_button("Quick Shop 6 colors"), "6 colors");
        assert_eq!(without_button("Holds 6 colors"), "Holds 6 colors");
        assert_eq!(without_button("Quick Shop 6 times"), "Quick Shop 6 times");
    }

    #[test]
    fn badges_tell_nothing_and_ratings_do() {
        for line in ["Sale", "NEW!", "Save 25%", "30% off", "Giảm 20%"] {
            assert!(is_badge(line), "{line}");
        }
        for line in ["New York", "98%", "Save the date", "Sale of the house"] {
            assert!(!is_badge(line), "{line}");
        }
    }

    #[test]
    fn another_colour_of_a_ware_is_no_entry_of_its_own() {
        assert!(is_variant("Color: Gold Size: Mini"));
        assert!(!is_variant("Colour in the garden"));
    }
}
