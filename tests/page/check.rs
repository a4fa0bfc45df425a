//! What must hold for every page.

use std::collections::HashSet;

use loa::page::View;

use crate::dom::{Element, Page};

/// Checks a page's markup; `name` tells which one failed.
pub(crate) fn page(name: &str, view: &View<'_>, html: &str) {
    let page = Page::parse(html);
    assert_eq!(page.faults, Vec::<String>::new(), "{name}");
    frame_is_whole(name, &page, view);
    headings_step_down_one_by_one(name, &page);
    ids_are_unique_and_found(name, &page);
    controls_have_names(name, &page);
    nothing_runs_and_nothing_is_styled_in_the_page(name, &page);
    links_say_where_they_lead(name, &page);
    if view.carry {
        settings_are_carried_on(name, &page, &view.wishes.code());
    }
}

fn frame_is_whole(name: &str, page: &Page, view: &View<'_>) {
    for once in ["title", "header", "main", "footer", "h1"] {
        let count = page.all(once).filter(|e| !e.text.trim().is_empty()).count();
        assert_eq!(count, 1, "{name}: {once}");
    }
    let html = &page.elements[0];
    assert_eq!(html.get("lang"), Some(view.lang.word()), "{name}");
    assert_eq!(
        html.get("data-theme"),
        Some(view.wishes.theme.word()),
        "{name}"
    );
    let first = page
        .elements
        .iter()
        .find(|e| is_focusable(e))
        .expect("a link");
    assert_eq!(
        first.get("href"),
        Some("#main"),
        "{name}: the skip link is first"
    );
    let larger = page.elements.iter().filter(|e| is_focusable(e)).nth(1);
    assert!(
        larger.is_some_and(|e| e.text.starts_with("A+")),
        "{name}: then the size buttons"
    );
}

fn is_focusable(element: &Element) -> bool {
    let control = matches!(
        element.name.as_str(),
        "a" | "button" | "input" | "select" | "textarea"
    );
    control && element.get("type") != Some("hidden")
}

pub(crate) fn headings_step_down_one_by_one(name: &str, page: &Page) {
    let mut last = 0;
    for element in &page.elements {
        let Some(level) = element
            .name
            .strip_prefix('h')
            .and_then(|n| n.parse::<u8>().ok())
        else {
            continue;
        };
        assert!(level <= last + 1, "{name}: h{level} after h{last}");
        assert!(!element.text.trim().is_empty(), "{name}: an empty heading");
        last = level;
    }
}

fn ids_are_unique_and_found(name: &str, page: &Page) {
    let mut ids = HashSet::new();
    for id in page.elements.iter().filter_map(|e| e.get("id")) {
        assert!(ids.insert(id), "{name}: #{id} is there twice");
    }
    for element in &page.elements {
        let named = ["aria-labelledby", "aria-describedby", "for"].map(|a| element.get(a));
        let jump = element.get("href").and_then(|href| href.strip_prefix('#'));
        for id in named
            .into_iter()
            .flatten()
            .flat_map(str::split_whitespace)
            .chain(jump)
        {
            assert!(ids.contains(id), "{name}: nothing is #{id}");
        }
    }
}

fn controls_have_names(name: &str, page: &Page) {
    let labels: HashSet<_> = page
        .all("label")
        .filter_map(|label| label.get("for"))
        .collect();
    for element in page.elements.iter().filter(|e| is_focusable(e)) {
        let said = match element.name.as_str() {
            "a" | "button" => !element.text.trim().is_empty(),
            _ => {
                page.is_in(element, "label")
                    || element.get("id").is_some_and(|id| labels.contains(id))
            }
        };
        assert!(
            said,
            "{name}: {} {:?} has no name",
            element.name, element.attributes
        );
    }
    for choices in page.all("fieldset") {
        let legend = page.elements.iter().find(|e| {
            e.name == "legend"
                && e.inside
                    .iter()
                    .any(|&i| std::ptr::eq(&page.elements[i], choices))
        });
        assert!(
            legend.is_some_and(|l| !l.text.is_empty()),
            "{name}: a nameless group"
        );
    }
}

fn nothing_runs_and_nothing_is_styled_in_the_page(name: &str, page: &Page) {
    const NEVER: [&str; 6] = ["style", "iframe", "object", "embed", "base", "svg"];
    for element in &page.elements {
        assert!(
            !NEVER.contains(&element.name.as_str()),
            "{name}: {}",
            element.name
        );
        if element.name == "img" {
            let sources = ["src", "srcset"].map(|name| element.get(name).unwrap_or_default());
            let all = sources.iter().flat_map(|list| list.split(", "));
            assert!(
                all.clone().all(|src| src.starts_with("/picture?")),
                "{name}"
            );
            assert_eq!(
                element.get("alt"),
                Some(""),
                "{name}: its words stand beside it"
            );
        }
        if element.name == "script" {
            let own = element
                .get("src")
                .is_some_and(|src| src.starts_with("/static/"));
            assert!(
                own && element.text.is_empty(),
                "{name}: {:?}",
                element.attributes
            );
        }
        for (attribute, value) in &element.attributes {
            let bad = attribute.starts_with("on")
                || ["style", "srcdoc", "autoplay", "autofocus", "accesskey"]
                    .contains(&attribute.as_str());
            assert!(!bad, "{name}: {attribute}={value}");
        }
        for address in ["href", "src", "action"]
            .iter()
            .filter_map(|a| element.get(a))
        {
            let known = ["/", "#", "http://", "https://"]
                .iter()
                .any(|start| address.starts_with(start));
            assert!(known && !address.starts_with("//"), "{name}: {address}");
        }
    }
}

fn links_say_where_they_lead(name: &str, page: &Page) {
    for link in page.all("a") {
        let outside = link
            .get("href")
            .is_some_and(|href| href.starts_with("http"));
        let said = link.text.contains("(trang ngoài)") || link.text.contains("(outside page)");
        assert_eq!(outside, said, "{name}: {:?}", link.attributes);
        assert!(
            !outside || link.get("rel") == Some("noopener noreferrer"),
            "{name}"
        );
        assert!(!page.is_in(link, "a"), "{name}: a link in a link");
    }
}

fn settings_are_carried_on(name: &str, page: &Page, code: &str) {
    let apart = ["/static/", "/audio.", "/theme.css", "/loa.webmanifest"];
    for element in &page.elements {
        let addresses = ["href", "action"].iter().filter_map(|a| element.get(a));
        for address in
            addresses.filter(|a| a.starts_with('/') && !apart.iter().any(|p| a.starts_with(p)))
        {
            let form = element.get("method") == Some("get");
            let size = element.get("class") == Some("button");
            let carried = address.contains(&format!("s={code}"));
            assert!(
                carried || form || (size && address.contains("s=1")),
                "{name}: {address}"
            );
        }
    }
    for form in page
        .all("form")
        .filter(|form| form.get("method") == Some("get"))
    {
        let carried = page
            .all("input")
            .any(|i| i.get("name") == Some("s") && i.get("value") == Some(code));
        assert!(carried, "{name}: {:?}", form.attributes);
    }
}
