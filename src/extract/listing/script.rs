//! Reads the little of a page's scripts that says where a pager leads: one call in a link, and a
//! function that puts an address together from its parameters. Nothing is run.

/// A call as a link makes it: `loadNews('2')`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Call<'s> {
    /// The function's name.
    pub(super) name: &'s str,
    /// Its arguments, as far as they are written out.
    pub(super) arguments: Vec<&'s str>,
}

/// Reads the call in a `javascript:` address or an `onclick`.
pub(super) fn call(text: &str) -> Option<Call<'_>> {
    let text = text.trim();
    let text = match text.get(..11) {
        Some(scheme) if scheme.eq_ignore_ascii_case("javascript:") => text[11..].trim_start(),
        _ => text,
    };
    let text = text.strip_prefix("return ").unwrap_or(text).trim_start();
    let (name, rest) = text.split_once('(')?;
    let name = name.trim();
    let is_name = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '$' | '.');
    let does_nothing = matches!(name, "void" | "");
    if does_nothing || !name.chars().all(is_name) {
        return None;
    }
    let rest = rest
        .strip_prefix("new WebForm_PostBackOptions(")
        .unwrap_or(rest);
    Some(Call {
        name,
        arguments: literals(rest),
    })
}

/// Most arguments that are looked at.
const ARGUMENTS: usize = 8;

/// Reads the strings and numbers up to the end of a list of arguments.
fn literals(mut rest: &str) -> Vec<&str> {
    let mut found = Vec::new();
    while found.len() < ARGUMENTS {
        rest = rest.trim_start_matches([' ', ',']);
        let Some((literal, behind)) = literal(rest) else {
            break;
        };
        found.push(literal);
        rest = behind;
    }
    found
}

/// Reads a string without escapes, or a number, and returns what stands behind it.
fn literal(text: &str) -> Option<(&str, &str)> {
    for quote in ['\'', '"'] {
        if let Some(inner) = text.strip_prefix(quote) {
            let (inner, behind) = inner.split_once(quote)?;
            return (!inner.contains('\\')).then_some((inner, behind));
        }
    }
    let end = text
        .find(|c: char| !c.is_ascii_digit())
        .unwrap_or(text.len());
    (end > 0).then(|| text.split_at(end))
}

/// Longest function that is looked into, in bytes.
const FUNCTION: usize = 2000;

/// Says where a script's function goes when it is called so, at a page with that path.
pub(super) fn goes_to(script: &str, call: &Call<'_>, path: &str) -> Option<String> {
    let (parameters, body) = function(script, call.name)?;
    let end = (0..=FUNCTION.min(body.len()))
        .rev()
        .find(|at| body.is_char_boundary(*at))?;
    let names = parameters.split(',').map(str::trim);
    let known: Vec<_> = names.zip(call.arguments.iter().copied()).collect();
    let address = evaluated(target(&body[..end])?, &known, path)?;
    let says_page = call
        .arguments
        .iter()
        .any(|argument| address.contains(argument));
    says_page.then_some(address)
}

/// Finds a function's parameters and body.
fn function<'s>(script: &'s str, name: &str) -> Option<(&'s str, &'s str)> {
    let heads = [
        format!("function {name}("),
        format!("function {name} ("),
        format!("{name} = function("),
        format!("{name} = function ("),
        format!("{name}=function("),
    ];
    let behind = heads.iter().find_map(|head| {
        let at = script.find(head)?;
        Some(&script[at + head.len()..])
    })?;
    let (parameters, rest) = behind.split_once(')')?;
    let (_, body) = rest.split_once('{')?;
    Some((parameters, body))
}

/// Finds the expression that a body goes to, or loads a part of the page from.
fn target(body: &str) -> Option<&str> {
    const CALLED: [&str; 3] = ["location.assign(", "location.replace(", ".load("];
    const SET: [&str; 2] = ["location.href", "location"];
    let called = CALLED.iter().find_map(|head| {
        let (_, rest) = body.split_once(head)?;
        rest.find([')', ',', ';']).map(|end| &rest[..end])
    });
    let set = || {
        SET.iter().find_map(|head| {
            let (_, rest) = body.split_once(head)?;
            let rest = rest.trim_start().strip_prefix('=')?;
            let end = rest.find([';', '\n', '}']).unwrap_or(rest.len());
            (!rest.starts_with('=')).then_some(&rest[..end])
        })
    };
    called.or_else(set)
}

/// Joins strings, parameters and the page's own path; nothing where there is anything else.
fn evaluated(expression: &str, known: &[(&str, &str)], path: &str) -> Option<String> {
    let mut address = String::new();
    let mut rest = expression.trim();
    while !rest.is_empty() {
        rest = rest.trim_start_matches([' ', '+']);
        if let Some((text, behind)) = literal(rest) {
            address.push_str(text);
            rest = behind.trim();
            continue;
        }
        let end = rest.find(['+', ' ']).unwrap_or(rest.len());
        let (term, behind) = rest.split_at(end);
        let value = known
            .iter()
            .find(|(name, _)| *name == term)
            .map(|(_, value)| *value);
        let own = term.ends_with("location.pathname").then_some(path);
        address.push_str(value.or(own)?);
        rest = behind.trim();
    }
    (!address.is_empty()).then_some(address)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(script: &str, link: &str, expected: Option<&str>) {
        let call = call(link).expect("a call");
        let got = goes_to(script, &call, "/tin/ds.aspx");
        assert_eq!(got.as_deref(), expected, "{script} {link}");
    }

    #[test]
    fn an_address_is_put_together_as_the_function_would() {
        check(
            "function loadNews(p) { window.location.href = '/tin?page=' + p; }",
            "javascript:loadNews('2')",
            Some("/tin?page=2"),
        );
        check(
            "var go = function(c, p){location = location.pathname + \"?c=\" + c + '&p=' + p}",
            "return go(7, 3);",
            Some("/tin/ds.aspx?c=7&p=3"),
        );
        check(
            "function t(n){ $('#ds').load('/ajax/ds?trang='+n, xong); }",
            "t('4')",
            Some("/ajax/ds?trang=4"),
        );
    }

    #[test]
    fn what_is_not_written_out_is_not_guessed() {
        check("function f(p){ $.post(u, {p: p}) }", "f('2')", None);
        check("function f(p){ location.href = u + p }", "f('2')", None);
        check("function f(p){ location.href = '/tin' }", "f('2')", None);
        check("", "f('2')", None);
        assert_eq!(call("javascript:void(0)"), None);
        assert_eq!(call("#"), None);
    }
}
