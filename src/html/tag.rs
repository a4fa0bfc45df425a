//! The names of HTML's elements, as one table.

use html5ever::LocalName;

macro_rules! tags {
    ($($variant:ident $name:tt $($kind:ident)*;)*) => {
        /// An HTML element's name; everything else, SVG and MathML included, is `Other`.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
        #[allow(missing_docs)] // the variants are the elements' own names
        pub enum Tag { $($variant,)* Other }

        impl Tag {
            /// Every known name with its tag.
            const NAMES: &[(&str, Tag)] = &[$(($name, Tag::$variant),)*];

            /// Finds the tag of an HTML element's name, as html5ever interns it.
            pub(super) fn of_name(name: &LocalName) -> Self {
                match *name {
                    $(html5ever::local_name!($name) => Tag::$variant,)*
                    _ => Tag::Other,
                }
            }

            const fn kinds(self) -> u8 {
                match self {
                    $(Tag::$variant => 0 $(| $kind)*,)*
                    Tag::Other => 0,
                }
            }
        }
    };
}

/// Is laid out as a block by HTML § 15.3 (display block, list-item or a table part).
const BLOCK: u8 = 1;
/// Has no content and no end tag (HTML § 13.1.2).
const VOID: u8 = 2;
/// Holds text that is no markup (HTML § 13.1.2, raw text and escapable raw text).
const RAW: u8 = 4;
/// Is a formatting element of the parser (HTML § 13.2.4.2).
const FORMAT: u8 = 8;
/// Belongs to the head and is not shown (HTML § 4.2, § 15.3.1).
const META: u8 = 16;

tags! {
    A "a" FORMAT; Abbr "abbr"; Acronym "acronym"; Address "address" BLOCK; Applet "applet";
    Area "area" VOID; Article "article" BLOCK; Aside "aside" BLOCK; Audio "audio";
    B "b" FORMAT; Base "base" VOID META; Basefont "basefont" VOID META; Bdi "bdi"; Bdo "bdo";
    Big "big" FORMAT; Blockquote "blockquote" BLOCK; Body "body" BLOCK; Br "br" VOID;
    Button "button"; Canvas "canvas"; Caption "caption" BLOCK; Center "center" BLOCK; Cite "cite";
    Code "code" FORMAT; Col "col" VOID; Colgroup "colgroup"; Data "data"; Datalist "datalist";
    Dd "dd" BLOCK; Del "del"; Details "details" BLOCK; Dfn "dfn"; Dialog "dialog" BLOCK;
    Dir "dir" BLOCK; Div "div" BLOCK; Dl "dl" BLOCK; Dt "dt" BLOCK; Em "em" FORMAT;
    Embed "embed" VOID; Fieldset "fieldset" BLOCK; Figcaption "figcaption" BLOCK;
    Figure "figure" BLOCK; Font "font" FORMAT; Footer "footer" BLOCK; Form "form" BLOCK;
    Frame "frame" VOID; Frameset "frameset" BLOCK; H1 "h1" BLOCK; H2 "h2" BLOCK; H3 "h3" BLOCK;
    H4 "h4" BLOCK; H5 "h5" BLOCK; H6 "h6" BLOCK; Head "head" META; Header "header" BLOCK;
    Hgroup "hgroup" BLOCK; Hr "hr" BLOCK VOID; Html "html" BLOCK; I "i" FORMAT;
    Iframe "iframe" RAW; Img "img" VOID; Input "input" VOID; Ins "ins"; Kbd "kbd"; Label "label";
    Legend "legend" BLOCK; Li "li" BLOCK; Link "link" VOID META; Listing "listing" BLOCK;
    Main "main" BLOCK; Map "map"; Mark "mark"; Marquee "marquee"; Menu "menu" BLOCK;
    Meta "meta" VOID META; Meter "meter"; Nav "nav" BLOCK; Nobr "nobr" FORMAT;
    Noembed "noembed" RAW; Noframes "noframes" RAW META; Noscript "noscript"; Object "object";
    Ol "ol" BLOCK; Optgroup "optgroup" BLOCK; Option "option" BLOCK; Output "output"; P "p" BLOCK;
    Param "param" VOID; Picture "picture"; Plaintext "plaintext" BLOCK RAW; Pre "pre" BLOCK;
    Progress "progress"; Q "q"; Rp "rp"; Rt "rt"; Ruby "ruby"; S "s" FORMAT; Samp "samp";
    Script "script" RAW META; Search "search" BLOCK; Section "section" BLOCK; Select "select";
    Slot "slot"; Small "small" FORMAT; Source "source" VOID; Span "span"; Strike "strike" FORMAT;
    Strong "strong" FORMAT; Style "style" RAW META; Sub "sub"; Summary "summary" BLOCK; Sup "sup";
    Table "table" BLOCK; Tbody "tbody" BLOCK; Td "td" BLOCK; Template "template" META;
    Textarea "textarea" RAW; Tfoot "tfoot" BLOCK; Th "th" BLOCK; Thead "thead" BLOCK; Time "time";
    Title "title" RAW META; Tr "tr" BLOCK; Track "track" VOID; Tt "tt" FORMAT; U "u" FORMAT;
    Ul "ul" BLOCK; Var "var"; Video "video"; Wbr "wbr" VOID; Xmp "xmp" BLOCK RAW;
}

impl Tag {
    /// Finds the tag of a name in lower case.
    #[must_use]
    pub fn from_name(name: &str) -> Self {
        let known = Self::NAMES.iter().find(|(known, _)| *known == name);
        known.map_or(Self::Other, |(_, tag)| *tag)
    }

    /// Returns the name in lower case; empty for `Other`.
    #[must_use]
    pub fn name(self) -> &'static str {
        Self::NAMES.get(self as usize).map_or("", |(name, _)| name)
    }

    /// Does a browser lay it out as a block, on lines of its own?
    #[must_use]
    pub const fn is_block(self) -> bool {
        self.kinds() & BLOCK != 0
    }

    /// Has it never any content?
    #[must_use]
    pub const fn is_void(self) -> bool {
        self.kinds() & VOID != 0
    }

    /// Is its content text alone, whatever it looks like (`script`, `textarea`, `title`)?
    #[must_use]
    pub const fn is_raw_text(self) -> bool {
        self.kinds() & RAW != 0
    }

    /// Does the parser open it anew in every block until it is closed (`b`, `font`, `a`)?
    #[must_use]
    pub const fn is_formatting(self) -> bool {
        self.kinds() & FORMAT != 0
    }

    /// Does it speak about the page and is never shown (`script`, `style`, `meta`, `title`)?
    #[must_use]
    pub const fn is_metadata(self) -> bool {
        self.kinds() & META != 0
    }

    /// Is it `h1` to `h6`, and which level?
    #[must_use]
    pub const fn heading_level(self) -> Option<u8> {
        match self {
            Self::H1 => Some(1),
            Self::H2 => Some(2),
            Self::H3 => Some(3),
            Self::H4 => Some(4),
            Self::H5 => Some(5),
            Self::H6 => Some(6),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_tag_is_found_by_its_name_and_tells_it() {
        for (name, tag) in Tag::NAMES {
            assert_eq!(Tag::from_name(name), *tag);
            assert_eq!(Tag::of_name(&LocalName::from(*name)), *tag);
            assert_eq!(tag.name(), *name);
        }
        assert_eq!(Tag::from_name("o:p"), Tag::Other);
        assert_eq!(Tag::Other.name(), "");
    }

    #[test]
    fn kinds_are_those_of_the_table() {
        assert!(Tag::Hr.is_block() && Tag::Hr.is_void() && !Tag::Span.is_block());
        assert!(Tag::Font.is_formatting() && Tag::Title.is_raw_text() && Tag::Style.is_metadata());
        assert_eq!(Tag::H4.heading_level(), Some(4));
        assert_eq!(Tag::Header.heading_level(), None);
    }
}
