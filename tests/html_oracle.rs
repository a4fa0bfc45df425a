//! Holds Loa's tree against that of markup5ever_rcdom, on pages and on generated markup.
//!
//! Both listen to the same tree builder; what may differ is how a page is cut into tags and texts, and
//! how the builder's orders are carried out. Comments, doctypes, what templates hold, scripts and
//! attributes that nobody reads are left out of Loa's tree, and texts side by side are one.

use std::{fs, path::Path};

use encoding_rs::Encoding;
use html5ever::{ParseOpts, parse_document, tendril::TendrilSink, tree_builder::TreeBuilderOpts};
use loa::html::{Limits, Tree, parse_as_written};
use markup5ever_rcdom::{Handle, NodeData, RcDom};
use proptest::prelude::*;

/// A node as both trees can tell it: how deep, and an element with its attributes or a text.
#[derive(Debug, PartialEq, Eq)]
enum Seen {
    Element(usize, String, Vec<(String, String)>),
    Text(usize, String),
}

fn ours(tree: &Tree) -> Vec<Seen> {
    let own = |(name, value): (&str, &str)| (name.to_owned(), value.to_owned());
    let seen = tree.all().map(|id| {
        let depth = usize::from(tree.depth(id));
        match tree.element(id) {
            Some(element) => Seen::Element(
                depth,
                element.name().to_owned(),
                element.attrs().map(own).collect(),
            ),
            None => Seen::Text(depth, tree.text(id).unwrap_or_default().to_owned()),
        }
    });
    seen.collect()
}

fn theirs(text: &str) -> Vec<Seen> {
    let options = ParseOpts {
        tree_builder: TreeBuilderOpts {
            scripting_enabled: false,
            ..TreeBuilderOpts::default()
        },
        ..ParseOpts::default()
    };
    let dom = parse_document(RcDom::default(), options).one(text);
    let mut seen = Vec::new();
    let mut waiting = below(&dom.document, 0);
    while let Some((depth, node)) = waiting.pop() {
        note(&node, depth, &mut seen);
        waiting.extend(below(&node, depth + 1));
    }
    seen
}

/// Does Loa keep this attribute?
fn is_kept(name: &str) -> bool {
    let unread = ["autocomplete", "d", "fill", "nonce", "points", "viewbox"];
    let is_read = !name.starts_with("on") || name == "onclick";
    is_read && !unread.contains(&&*name.to_ascii_lowercase())
}

/// Returns what Loa keeps of an attribute's value: of a picture written out, only its type.
fn kept_part(value: &str) -> String {
    match value.split_once(";base64,") {
        Some((kind, bytes)) if kind.starts_with("data:") && !bytes.contains(' ') => {
            format!("{kind};base64,")
        }
        _ => value.to_owned(),
    }
}

/// May a script hold a function that goes to an address?
fn may_turn_pages(node: &Handle) -> bool {
    let children = node.children.borrow();
    let texts = children.iter().map(|child| match &child.data {
        NodeData::Text { contents } => contents.borrow().to_string(),
        _ => String::new(),
    });
    let script: String = texts.collect();
    let goes = script.contains("location") || script.contains(".load(");
    script.len() <= 8 << 10 && script.contains("function") && goes
}

/// Does Loa leave out the text of this element: a script, or a style sheet that names no old font?
fn is_unread(node: &Handle) -> bool {
    let NodeData::Element { name, attrs, .. } = &node.data else {
        return false;
    };
    let attrs = attrs.borrow();
    let is_data = attrs.iter().any(|a| &*a.value == "application/ld+json");
    let is_script = &*name.local == "script" && !is_data && !may_turn_pages(node);
    name.ns.ends_with("xhtml") && (is_script || &*name.local == "style")
}

/// Returns what is right below a node, last first.
fn below(node: &Handle, depth: usize) -> Vec<(usize, Handle)> {
    if is_unread(node) {
        return Vec::new();
    }
    let children = node.children.borrow();
    let shown = children
        .iter()
        .filter(|child| matches!(child.data, NodeData::Element { .. } | NodeData::Text { .. }));
    shown.rev().map(|child| (depth, child.clone())).collect()
}

fn note(node: &Handle, depth: usize, seen: &mut Vec<Seen>) {
    match &node.data {
        NodeData::Element { name, attrs, .. } => {
            let attrs = attrs.borrow();
            let own = attrs
                .iter()
                .map(|a| (a.name.local.to_string(), kept_part(&a.value)))
                .filter(|(name, _)| is_kept(name));
            seen.push(Seen::Element(depth, name.local.to_string(), own.collect()));
        }
        NodeData::Text { contents } => {
            let more = contents.borrow();
            match seen.last_mut() {
                Some(Seen::Text(before, text)) if *before == depth => text.push_str(&more),
                _ if more.is_empty() => {}
                _ => seen.push(Seen::Text(depth, more.to_string())),
            }
        }
        _ => unreachable!("only elements and texts are waiting"),
    }
}

#[track_caller]
fn check(bytes: &[u8], name: &str) {
    let tree = parse_as_written(bytes, None, &Limits::default());
    assert_eq!(tree.truncated(), None, "{name}");
    let encoding = Encoding::for_label(tree.charset().name.as_bytes()).expect("a known name");
    let (text, ..) = encoding.decode(bytes);
    let (ours, theirs) = (ours(&tree), theirs(&text));
    for (at, pair) in ours.iter().zip(&theirs).enumerate() {
        assert_eq!(pair.0, pair.1, "node {at} of {name}");
    }
    assert_eq!(ours.len(), theirs.len(), "nodes of {name}");
}

/// Lists every page below a folder.
fn pages(folder: &Path) -> Vec<std::path::PathBuf> {
    let mut pages = Vec::new();
    let mut waiting = vec![folder.to_owned()];
    while let Some(folder) = waiting.pop() {
        for entry in fs::read_dir(&folder).into_iter().flatten() {
            let path = entry.expect("a folder that can be read").path();
            if path.is_dir() {
                waiting.push(path);
            } else if path.extension().is_some_and(|e| e == "html" || e == "htm") {
                pages.push(path);
            }
        }
    }
    pages
}

#[test]
fn every_page_of_the_tests_becomes_the_same_tree() {
    let tests = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests");
    let folders = ["markup", "pages", "portal"].map(|folder| tests.join(folder));
    let pages: Vec<_> = folders.iter().flat_map(|folder| pages(folder)).collect();
    assert!(pages.len() >= 6, "{} pages", pages.len());
    for page in pages {
        let bytes = fs::read(&page).expect("a page that can be read");
        check(&bytes, &page.display().to_string());
    }
}

/// Tags whose mixture makes the parser move nodes about.
const TAGS: &[&str] = &[
    "a",
    "b",
    "i",
    "em",
    "font",
    "nobr",
    "p",
    "div",
    "span",
    "h1",
    "h2",
    "ul",
    "ol",
    "li",
    "dl",
    "dt",
    "dd",
    "table",
    "tbody",
    "thead",
    "tr",
    "td",
    "th",
    "caption",
    "colgroup",
    "col",
    "form",
    "input",
    "button",
    "select",
    "option",
    "optgroup",
    "textarea",
    "template",
    "svg",
    "g",
    "desc",
    "foreignObject",
    "title",
    "math",
    "mi",
    "annotation-xml",
    "script",
    "style",
    "noscript",
    "img",
    "br",
    "hr",
    "pre",
    "body",
    "html",
    "head",
    "frameset",
    "object",
    "applet",
    "marquee",
    "ruby",
    "rt",
    "rp",
    "iframe",
    "details",
    "summary",
    "figure",
    "figcaption",
    "center",
    "o:p",
    "image",
];

/// What stands between tags.
const BETWEEN: &[&str] = &[
    "text",
    " ",
    "\n",
    "&amp;",
    "&nbsp",
    "<!-- c -->",
    "<!doctype html>",
    "<",
    "</",
    "<![CDATA[x]]>",
    "<?php x ?>",
    "\u{0}",
    "Tiếng Việt",
    "</br>",
    "</p>",
    "<p/>",
    "<div/>",
    "<!",
    "<!-->",
    "<!-- a --!>",
    "<!--",
    "-->",
    "--",
    "<script><!-- <script>x</script>y",
    "<script type=application/ld+json>a",
    "</SCRIPT\n",
    "</style",
    "</>",
    "</ p>",
    "&",
    "&#x1ED9",
    "&notit;",
    "&#0;",
    "&#13;",
    "\r\n",
    "\r",
    ">",
    "\"",
    "'",
    "=",
    "<a b='c",
    "<P CLASS=\"d>e",
    "<plaintext>",
    "<xmp>",
    "<noframes>",
    "<svg><![CDATA[<p>]]",
];

/// What stands before a page: how old a browser it takes itself for decides where tables stand.
const DOCTYPES: &[&str] = &[
    "",
    "<!doctype html>",
    "<!DOCTYPE html PUBLIC \"-//W3C//DTD HTML 4.01 Transitional//EN\">",
    "<!doctype html system 'about:legacy-compat' >",
    "<!doctype",
];

fn markup() -> impl Strategy<Value = String> {
    let attrs = prop_oneof![
        4 => Just(""),
        1 => Just(" id=x"),
        1 => Just(" class='a b' id=\"y\" CLASS=c"),
        1 => Just(" xlink:href=z type=hidden"),
        1 => Just(" encoding=text/html color=red"),
        1 => Just(" a = 'b&amp;c&ampd' ONCLICK=x / e=f/g =h i\0='\0'j"),
        1 => Just(" d=M0 viewBox='0 0' data-x=&lt'&copy=1\r\n/"),
    ];
    let start = (prop::sample::select(TAGS), attrs).prop_map(|(t, a)| format!("<{t}{a}>"));
    let end = prop::sample::select(TAGS).prop_map(|tag| format!("</{tag}>"));
    let between = prop::sample::select(BETWEEN).prop_map(str::to_owned);
    let piece = prop_oneof![4 => start, 3 => end, 3 => between];
    let pieces = prop::collection::vec(piece, 0..60).prop_map(|pieces| pieces.concat());
    (prop::sample::select(DOCTYPES), pieces)
        .prop_map(|(doctype, pieces)| format!("{doctype}{pieces}"))
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 2000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn generated_markup_becomes_the_same_tree(markup in markup()) {
        // A line feed right behind <pre> is left out. `</>` is nothing at all (HTML, 13.2.5.7), so it stands right behind
        // there too; html5ever's tree builder forgets so at any error, and is no oracle here.
        prop_assume!(!["</>\n", "</>\r"].iter().any(|end| markup.contains(end)));
        check(markup.as_bytes(), &markup);
    }
}

/// Markup that states of the standard's tokenizer were made for.
const NASTY: &[&str] = &[
    // comments
    "a<!-->b<!--->c<!---->d<!----->e<!--!>f-->g<!----!>h<!---!>i--!>j",
    "a<!-- <!-- b --> c<!-- <!--> d<!-- <!---> e<!-- <!-> f --!-> g --!--> h",
    "a<!--\0-->b<!-- -\0->c-->d<!-é->e-->f<!>g<!->h<!-",
    "a<?php echo '>' ?>b</ p>c</>d</é>e</?f>g<!x>h<!doctype",
    // doctypes
    "<!DOCTYPE html PUBLIC \"-//W3C//DTD HTML 4.01//EN\" 'x>y'><table><p>a",
    "<!doctype\0html\r\npublic''\"\"><p><table><!doctype x><p>b",
    "<!DOCTYPEhtml SYSTEMx>a<!doctype html [ <!ENTITY x 'y'> ]>b",
    // scripts
    "<script>a<!--<script>b</script>c</script>d--></script>e<p>f",
    "<script type=application/ld+json><!--<SCRIPT\n>b</script/>c--></script x='>'>d",
    "<script type=application/ld+json><!--<script>a--><script></script>b</script>c",
    "<script type=application/ld+json><!--<scripty></script>b",
    "<script type=application/ld+json><!-- </ script></scriptx></script\t>b",
    "<script type=application/ld+json><!--<script </script>-></script>--->c</script>d",
    "<script type=application/ld+json><!-<!---><script></script>b",
    "<script type=application/ld+json>a\0&amp;</script\0></script/>b",
    "<script/>a</script>b<script src=x />c<p>d</SCRIPT>e",
    // titles, fields, frames
    "<title>a&amp;b<p>&notit;&lt</titles></title\0></TITLE/ x=y>c",
    "<textarea>\n\na&#10;<b></textarea >c<textarea>\r\nd</textare></textarea",
    "<textarea>\ra&#10;</textarea><pre>\n\nb</pre><pre>\0c</pre><listing>\0\nd",
    "<style>a<!--</style>b--></style >c<xmp></xm></xmp p>d<iframe>&lt;</iframe>",
    "<noscript><p>a<img src=b></noscript><body><noscript><p>c</noscript>d",
    "<noembed><p>a</noembed>b<noframes>&amp;</noframes>c<plaintext>&lt;</plaintext>\0<p>",
    "<frameset><frame src=a>b<noframes>c</noframes></frameset>d",
    "<template><p>a</template>b<template><tr><td>c</template><table><template>d",
    // foreign content
    "<svg><title>a<p>b</title><style>c<p>d</style><script>e</script><b>f",
    "<svg><title><style>a</p></style></title><desc><title>b&lt;</title>c",
    "<svg><style>&lt;p><!-- a --></style><textarea>b<i>c</textarea>d",
    "<svg viewBox='0 0' XLINK:HREF=a definitionURL=b><foreignobject><P>c</svg>d",
    "<math><annotation-xml encoding='Text/HTML'><p>a<script>b</script></math>c",
    "<math><annotation-xml encoding=x><p>a</math><math><mi><b>c<mglyph>d",
    "<svg><![CDATA[a\0<p>&amp;]]]>b<![cdata[c]]>d<p><![CDATA[e]]>f",
    "<svg><![CDATA[]]><![CDATA[ ]]>a<desc><![CDATA[b]]></desc><![CDATA[c]]",
    "<![CDATA[a<p>b]]>c<math><mtext><![CDATA[d]]></mtext><![CDATA[e",
    "<svg><font>a<font color=b>c<svg><br/>d</br>e</p>f",
    // attributes
    "<a b=c'd\"e`f<g=h/ i='j\"\n>' k=\"l'>\" m = n o =p q= r>s",
    "<a =b==c '=d' \"e <f\0='\0' g=\0 h=&#0; I=j i=k/l=m//n>o",
    "<a b=>c<a b= >d<a b=''e=''f>g<a/b/c=d/>e</a/ =f '>'>h",
    "<a\x0Cb\x0C=\x0Cc\x0Bd\u{A0}e>f<é>g<a\u{130}é=ü>h<A\0B\r\nC='\r\n\r'>i",
    "<input type='HIDDEN'><table><input type=\"hidden\"><input type=hidde&#110;>a",
    "<a id='&amp=1&amp;=&ampx&amp&copy=2&copy;3&copy4&not&notin=&notin;'>b",
    "<a id=&amp&lt=&gt;&#65;&#x41&#xX;&nosuch;&'é href=?a&b=c&sect=d&amp;e>f",
    // references
    "&amp&ampamp;&AMP;&Amp;&notit;&notin;&notinx;&ThickSpace;&nGt;&bne;&fjlig;",
    "&#x80;&#x81;&#150;&#xD800;&#xDFFF;&#x10FFFF;&#x110000;&#4294967361;&#0;&#00065",
    "&#xFDD0;&#xFFFE;&#11;&#13;&#10;&#x0D&#;&#x;&#X;&#xZ;&#a;&;&&amp&<b>&\0&é",
    "&frac14&frac1;&sup1&sup1;&sup;&supe&there4;&there4&CounterClockwiseContourIntegral",
    // tags and texts
    "<br/>a</br>b</p>c<p/>d<image src=e>f<P>g</P x>h<o:p/>i</o:p><a/>j",
    "<1>a< b<<c><=d></1>e<\0f></\0g>h<a<b>i</a<b>j",
    "\u{FEFF}a\0b\r\rc\r\n\nd\r<p>\r\n</p>\u{FEFF}<table>\0 \0a<tr>\0",
    "<body a=b><html c=d><body a=e f=g><head><title>h</title></head>i<col><td>j",
    "<select><option>a<select><b>c<option>d<input>e<optgroup></select>f",
    "<table>a<!-- b -->c<tr> <!-- -->d</table><b><table>&#32;e&nbsp;<td>f",
];

#[test]
fn nasty_markup_becomes_the_same_tree_wherever_it_is_cut() {
    for markup in NASTY {
        for (end, _) in markup.char_indices() {
            check(&markup.as_bytes()[..end], &markup[..end]);
        }
        check(markup.as_bytes(), markup);
        let after = format!("<table><b>a{markup}");
        check(after.as_bytes(), &after);
    }
}

/// The smallest pieces that change a tokenizer's state.
const PIECES: &[&str] = &[
    "<",
    "<",
    "</",
    ">",
    ">",
    "/",
    "!",
    "-",
    "--",
    "?",
    "=",
    "\"",
    "'",
    "`",
    "&",
    "#",
    "x",
    ";",
    " ",
    "\n",
    "\r",
    "\t",
    "\0",
    "a",
    "B",
    "é",
    "1",
    "amp",
    "not",
    "gt;",
    "copy",
    "p",
    "table",
    "svg",
    "math",
    "mi",
    "title",
    "textarea",
    "style",
    "script",
    "SCRIPT",
    "xmp",
    "iframe",
    "template",
    "select",
    "b",
    "doctype",
    "[CDATA[",
    "]]>",
    "<!--",
    "-->",
    "<script",
    "</script",
    "id",
    "type",
    "data:a;base64,",
    "hidden",
    "plaintext",
    "onclick",
    "onload",
];

proptest! {
    #![proptest_config(ProptestConfig { cases: 4000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn crumbs_of_markup_become_the_same_tree(crumbs in prop::collection::vec(prop::sample::select(PIECES), 0..60)) {
        let markup = crumbs.concat();
        check(markup.as_bytes(), &markup);
    }
}

#[test]
fn a_line_feed_behind_pre_is_left_out_also_behind_what_is_nothing() {
    let text = |page: &str| {
        let document = loa::gateway::understand(page.as_bytes(), Some("text/html"), None);
        loa::model::Reading::of(&document).text
    };
    let plain = text("<p>Một đoạn.</p><pre>b</pre>");
    assert_eq!(text("<p>Một đoạn.</p><pre></>\nb</pre>"), plain);
    assert_eq!(text("<p>Một đoạn.</p><pre>\nb</pre>"), plain);
}
