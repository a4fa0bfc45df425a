//! What holds for every tree, and what limits leave of a page.

use proptest::prelude::*;

use super::{Limit, Limits, NodeId, Tag, Tree, parse};

fn tree(markup: &str) -> Tree {
    let tree = parse(markup.as_bytes(), None, &Limits::default());
    check(&tree);
    tree
}

/// Holds the links of a tree against its order.
#[track_caller]
fn check(tree: &Tree) {
    assert_eq!(tree.tag(tree.root()), Some(Tag::Html));
    assert_eq!(tree.end(tree.root()).index(), tree.len());
    for id in tree.all() {
        let children: Vec<_> = tree.children(id).collect();
        let inside = tree.subtree(id).filter(|c| tree.parent(*c) == Some(id));
        assert_eq!(children, inside.collect::<Vec<_>>());
        for pair in children.windows(2) {
            assert_eq!(tree.next_sibling(pair[0]), Some(pair[1]));
            assert_eq!(tree.previous_sibling(pair[1]), Some(pair[0]));
            let texts = pair.iter().filter(|id| tree.text(**id).is_some());
            assert!(texts.count() < 2, "texts side by side are one");
        }
        assert_eq!(usize::from(tree.depth(id)), tree.ancestors(id).count());
        assert!(tree.ancestors(id).all(|outer| tree.contains(outer, id)));
        assert_eq!(tree.text(id).is_some(), tree.tag(id).is_none());
    }
}

#[test]
fn a_page_becomes_elements_and_texts_in_document_order() {
    let page = tree("<!doctype html><title>T</title><p id=a class='x y'>1<b>2</b>3<p>4");
    let p = page.by_id("a").expect("the paragraph");
    let tags: Vec<_> = page.all().filter_map(|id| page.tag(id)).collect();
    let expected = [
        Tag::Html,
        Tag::Head,
        Tag::Title,
        Tag::Body,
        Tag::P,
        Tag::B,
        Tag::P,
    ];
    assert_eq!(tags, expected);
    assert_eq!(page.text_of(p), "123");
    let element = page.element(p).expect("an element");
    assert!(element.has_class("y") && !element.has_class("X"));
    assert_eq!(
        element.attrs().collect::<Vec<_>>(),
        [("id", "a"), ("class", "x y")]
    );
    assert_eq!(page.by_id("b"), None);
    assert_eq!(page.truncated(), None);
}

#[test]
fn comments_and_templates_are_left_out_and_noscript_is_read() {
    let page = tree("a<!-- x -->b<template>c<p>d</template><noscript><i>e</i></noscript>");
    assert_eq!(page.text_of(page.root()), "abe");
    assert!(page.all().any(|id| page.tag(id) == Some(Tag::I)));
}

#[test]
fn scripts_keep_their_text_if_it_is_data_about_the_page() {
    let page =
        tree("<script type='application/ld+json'>{\"a\": \"<b>\"}</script><script>1</script>");
    assert_eq!(page.text_of(page.root()), "{\"a\": \"<b>\"}");
}

#[test]
fn pictures_written_out_in_an_address_leave_only_their_type() {
    let page = tree("<img id=a src='data:image/png;base64,iVBORw0KGgo=' alt='data: 1;base64'>");
    let image = page
        .element(page.by_id("a").expect("it"))
        .expect("an element");
    assert_eq!(image.attr("src"), Some("data:image/png;base64,"));
    assert_eq!(image.attr("alt"), Some("data: 1;base64"));
}

#[test]
fn addresses_behind_a_picture_written_out_stay() {
    let page = tree("<img id=a srcset='data:image/gif;base64,R0lGODlh 1w, /a.jpg 800w'>");
    let image = page.element(page.by_id("a").expect("it"));
    assert_eq!(
        image.expect("an element").attr("srcset"),
        Some("data:image/gif;base64,R0lGODlh 1w, /a.jpg 800w")
    );
}

#[test]
fn an_empty_page_is_a_page() {
    let page = tree("");
    assert_eq!(page.len(), 3);
    assert_eq!(page.parent(page.root()), None);
    assert_eq!(page.first_child(NodeId(2)), None);
}

#[test]
fn text_in_a_table_stands_before_it_and_stays_whole() {
    let page = tree("<table>a<tr><td>1</td></tr>b<tr><td>2</td></tr>c</table>");
    let body = page.all().find(|id| page.tag(*id) == Some(Tag::Body));
    let first = body.and_then(|id| page.first_child(id)).expect("a text");
    assert_eq!(page.text(first), Some("abc"));
    assert_eq!(page.text_of(page.root()), "abc12");
}

/// Pages that make a browser's parser slow: what is opened, what stands between, what closes.
const HOSTILE: &[(&str, &str, &str)] = &[
    ("<div>", "x", "</div>"),
    ("<div>", "x", ""),
    ("<ul><li>", "x", "</li></ul>"),
    ("<ul><li>", "x", ""),
    ("<dl><dd>", "x", ""),
    ("<span>", "x", "</span>"),
    ("<table><tr><td>", "x", ""),
    ("<table>", "x", ""),
    ("<b>", "x", "</b>"),
    ("<b><p>", "x", "</b>"),
    ("<a href=x>", "x", ""),
    ("<a><div>", "x", "</a>"),
    ("<i><section>", "x", "</i></section>"),
    ("<p><font color=x>", "x", ""),
    ("<nobr>", "x", ""),
    ("<button>", "x", ""),
    ("<h1>", "x", "</h2>"),
    ("<svg><g>", "x", ""),
    ("<svg><foreignObject>", "x", ""),
    ("<math><mi>", "x", ""),
    ("<select><option>", "x", ""),
    ("<object>", "x", "</object>"),
    ("<template>", "", ""),
    ("<form><p>", "x", "</form>"),
    ("<my-thing>", "x", ""),
    ("<my-thing/>", "x", ""),
    ("<svg><style>", "x", "</style>"),
    ("<svg><input>", "x", ""),
];

#[test]
fn hostile_nesting_stays_within_the_limits_and_keeps_its_text() {
    for (open, text, close) in HOSTILE {
        let markup = format!(
            "{}{}",
            format!("{open}{text}").repeat(3000),
            close.repeat(3000)
        );
        let page = parse(markup.as_bytes(), None, &Limits::default());
        check(&page);
        assert!(page.all().all(|id| page.depth(id) <= 256), "{open}");
        let letters = page.text_of(page.root()).matches('x').count();
        assert_eq!(letters, 3000 * text.len(), "{open}");
    }
}

#[test]
fn a_page_too_deep_keeps_words_apart() {
    let markup = format!("{}<p>one</p><p>two</p>", "<div>".repeat(400));
    let page = tree(&markup);
    assert_eq!(page.truncated(), Some(Limit::Depth));
    assert!(page.text_of(page.root()).contains("one two"));
}

#[test]
fn nodes_past_the_limit_are_missing_and_the_tree_tells() {
    let limits = Limits {
        nodes: 100,
        ..Limits::default()
    };
    let page = parse("<p>x".repeat(1000).as_bytes(), None, &limits);
    check(&page);
    assert!(page.len() <= 110, "{}", page.len());
    assert_eq!(page.truncated(), Some(Limit::Nodes));
}

#[test]
fn bytes_past_the_limit_are_missing_and_the_tree_tells() {
    let limits = Limits {
        bytes: 10,
        ..Limits::default()
    };
    let page = parse(b"<p>1234567890", None, &limits);
    assert_eq!(page.text_of(page.root()), "1234567");
    assert_eq!(page.truncated(), Some(Limit::Bytes));
}

#[test]
fn a_flood_of_attributes_is_cut_and_what_follows_is_read() {
    let plain: String = (0..20_000).map(|i| format!("a{i} ")).collect();
    let quoted: String = (0..20_000).map(|i| format!("a{i}=\">\"")).collect();
    for flood in [plain, quoted] {
        let page = tree(&format!("<p>before<div id=d {flood}>inside</div>after"));
        let div = page.by_id("d").expect("the element");
        let kept = page.element(div).expect("an element").attrs().count();
        assert!((100..4000).contains(&kept), "{kept}");
        assert_eq!(page.text_of(page.root()), "beforeinsideafter");
    }
}

#[test]
fn long_values_comments_and_scripts_are_no_flood_and_stay_whole() {
    let json = "{\"a\": [1, 2, 'b'], \"c\": \"d &amp; e / f\"}, ".repeat(2000);
    let value = json.replace('"', "&quot;");
    let page = tree(&format!(
        "<div id=d data-a=\"{value}\" b=c>x<!-- {json} -->y<script type=application/ld+json>{json}</script></div>"
    ));
    let div = page
        .element(page.by_id("d").expect("the element"))
        .expect("an element");
    let expected = json.replace("&amp;", "&");
    let names: Vec<_> = div.attrs().map(|(name, _)| name).collect();
    assert_eq!(names, ["id", "data-a", "b"]);
    assert!(
        div.attr("data-a") == Some(&expected),
        "a long value was changed"
    );
    assert_eq!(page.text_of(page.root()), format!("xy{json}"));
}

/// What foreign bytes are made of: pieces of markup in several character sets, and anything.
fn bytes() -> impl Strategy<Value = Vec<u8>> {
    let piece = prop_oneof![
        prop::collection::vec(any::<u8>(), 0..40),
        prop::sample::select(HOSTILE)
            .prop_map(|(open, text, close)| { format!("{open}{text}{close}").into_bytes() }),
        prop::sample::select(
            &[
                "<meta charset=windows-1258>",
                "<font face=.VnTimeH>x· héi",
                "Ä‘á»“ng",
                "e\u{323}\u{302}",
                "<!--",
                "<script>",
                "</script>",
                "<textarea>",
                "\u{200B}",
                "<a b='",
                "&#x110000;",
                "]]>",
            ][..]
        )
        .prop_map(|text| text.as_bytes().to_vec()),
    ];
    prop::collection::vec(piece, 0..30).prop_map(|pieces| pieces.concat())
}

proptest! {
    #[test]
    fn any_bytes_become_a_tree(bytes in bytes(), nodes in 1_usize..200, depth in 0_usize..20) {
        check(&parse(&bytes, None, &Limits::default()));
        let narrow = Limits { bytes: 500, nodes, depth };
        let tree = parse(&bytes, Some("text/html; charset=utf-8"), &narrow);
        check(&tree);
        prop_assert!(tree.all().all(|id| usize::from(tree.depth(id)) <= depth.max(2)));
    }
}
