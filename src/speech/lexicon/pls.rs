//! W3C pronunciation lexicons, as far as they say words with words.
//!
//! Source: Pronunciation Lexicon Specification (PLS) 1.0, W3C 2008, sections 4.1 to 4.7.

use roxmltree::{Document, Node};

use super::{Entry, Lexicon, LexiconError, LexiconFault, Place};
use crate::model::Lang;

/// Reads every lexeme that has an alias; each of its graphemes becomes an entry.
pub(super) fn read(xml: &str) -> Result<Lexicon, LexiconError> {
    let document = Document::parse(xml).map_err(|error| {
        let line = error.pos().row.try_into().unwrap_or(1);
        markup(line, error.to_string())
    })?;
    let root = document.root_element();
    if root.tag_name().name() != "lexicon" {
        let found = format!("the document is a {:?}", root.tag_name().name());
        return Err(markup(line_of(&document, root), found));
    }
    let lang = root
        .attribute(("http://www.w3.org/XML/1998/namespace", "lang"))
        .and_then(Lang::parse);
    let mut lexicon = Lexicon::default();
    for lexeme in children(root, "lexeme") {
        add(&document, lexeme, lang.as_ref(), &mut lexicon)?;
    }
    Ok(lexicon)
}

fn add(
    document: &Document,
    lexeme: Node,
    lang: Option<&Lang>,
    lexicon: &mut Lexicon,
) -> Result<(), LexiconError> {
    let Some(alias) = children(lexeme, "alias").next() else {
        return Ok(());
    };
    for grapheme in children(lexeme, "grapheme") {
        let place = Place {
            lang: lang.cloned(),
            site: None,
        };
        let entry =
            Entry::new(text(grapheme), text(alias), place).map_err(|fault| LexiconError {
                line: line_of(document, lexeme),
                fault,
            })?;
        lexicon.insert(entry);
    }
    Ok(())
}

fn children<'a, 'x: 'a>(
    node: Node<'a, 'x>,
    name: &'static str,
) -> impl Iterator<Item = Node<'a, 'x>> {
    node.children().filter(move |n| n.tag_name().name() == name)
}

fn text<'a>(node: Node<'a, '_>) -> &'a str {
    node.text().unwrap_or_default()
}

fn line_of(document: &Document, node: Node) -> usize {
    let row = document.text_pos_at(node.range().start).row;
    row.try_into().unwrap_or(1)
}

fn markup(line: usize, message: String) -> LexiconError {
    LexiconError {
        line,
        fault: LexiconFault::Markup(message),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const HEAD: &str = "<lexicon version=\"1.0\" xmlns=\"http://www.w3.org/2005/01/pronunciation-lexicon\" alphabet=\"ipa\" xml:lang=\"vi\">";

    #[test]
    fn graphemes_with_an_alias_become_entries() {
        let xml = format!(
            "{HEAD}\n<lexeme><grapheme>W3C</grapheme><grapheme>w3c</grapheme><alias>vê kép ba xê</alias></lexeme>\
             <lexeme><grapheme>theta</grapheme><phoneme>ˈθeɪtə</phoneme></lexeme></lexicon>"
        );
        let lexicon = read(&xml).expect("a lexicon");
        assert_eq!(lexicon.len(), 2);
        assert_eq!(
            lexicon.find("W3C nói", 0, 3, "vi"),
            Some((3, "vê kép ba xê"))
        );
    }

    #[test]
    fn what_is_no_lexicon_is_refused_with_its_line() {
        let line = |xml: &str| read(xml).map_err(|e| e.line);
        assert_eq!(line("<lexicon>\n</lexeme>"), Err(2));
        assert_eq!(line("<html/>"), Err(1));
        let digit =
            format!("{HEAD}\n\n<lexeme><grapheme>a</grapheme><alias>1</alias></lexeme></lexicon>");
        assert_eq!(line(&digit), Err(3));
    }
}
