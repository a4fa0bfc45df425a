//! The article record: a document as JSON, in the shape that other programs build on.

use std::collections::HashSet;

use serde::{Serialize, Serializer, ser::SerializeMap};

use super::{
    Attachment, Block, By, Cell, Content, Document, Entry, Item, Link, List, Mark, Postback,
    Published, Text, Turn,
};

impl Serialize for Document {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        let kind = match &self.content {
            Content::Article(_) => "article",
            Content::Listing(_) => "listing",
            Content::Page(_) => "page",
        };
        map.serialize_entry("kind", kind)?;
        map.serialize_entry("url", &self.head.url)?;
        map.serialize_entry("canonical", &self.head.canonical)?;
        map.serialize_entry("title", self.head.title.as_str())?;
        map.serialize_entry("site", &self.head.site)?;
        map.serialize_entry("lang", &self.head.lang)?;
        let article = match &self.content {
            Content::Article(article) => Some(article),
            _ => None,
        };
        map.serialize_entry("published", &article.and_then(|a| a.published))?;
        map.serialize_entry("authors", article.map_or(&[][..], |a| &a.authors))?;
        map.serialize_entry(
            "lead",
            &article.and_then(|a| a.lead.as_ref()).map(Text::as_str),
        )?;
        map.serialize_entry("blocks", self.blocks())?;
        match &self.content {
            Content::Listing(listing) => {
                map.serialize_entry("links", &listing.entries)?;
                map.serialize_entry("navigation", &listing.navigation)?;
                map.serialize_entry("paging", &listing.paging)?;
            }
            _ => map.serialize_entry("links", &text_links(self))?,
        }
        map.serialize_entry("attachments", article.map_or(&[][..], |a| &a.attachments))?;
        let onward = article.map(|a| &a.onward);
        map.serialize_entry("next", &onward.and_then(|o| o.next.as_ref()))?;
        map.serialize_entry("whole", &onward.and_then(|o| o.whole.as_ref()))?;
        let doubts: Vec<_> = self.doubts.iter().map(|d| d.code()).collect();
        map.serialize_entry("doubts", &doubts)?;
        map.end()
    }
}

/// The links inside lead and body, each address once, in reading order.
fn text_links(document: &Document) -> Vec<Link> {
    let mut links: Vec<Link> = Vec::new();
    let mut known = HashSet::new();
    let lead = match &document.content {
        Content::Article(article) => article.lead.as_ref(),
        _ => None,
    };
    let mut take = |text: &Text| {
        for span in text.spans() {
            if let Mark::Link { url } = &span.mark
                && known.insert(url.clone())
            {
                let name = text.as_str()[span.start..span.end].to_owned();
                links.push(Link {
                    name,
                    url: url.clone(),
                });
            }
        }
    };
    lead.into_iter().for_each(&mut take);
    document
        .blocks()
        .iter()
        .for_each(|block| each_text(block, &mut take));
    links
}

fn each_text(block: &Block, take: &mut impl FnMut(&Text)) {
    match block {
        Block::Heading { text, .. } | Block::Paragraph(text) => take(text),
        Block::List(list) => each_item(list, take),
        Block::Quote(inner) => inner.iter().for_each(|b| each_text(b, take)),
        Block::Figure(figure) => figure.caption.iter().for_each(take),
        Block::Table(table) => {
            table.caption.iter().for_each(&mut *take);
            table
                .header
                .iter()
                .chain(table.rows.iter().flatten())
                .for_each(|c| take(&c.text));
        }
        Block::Code(_) | Block::Media(_) => {}
    }
}

fn each_item(list: &List, take: &mut impl FnMut(&Text)) {
    for item in &list.items {
        take(&item.text);
        if let Some(inner) = &item.inner {
            each_item(inner, take);
        }
    }
}

impl Serialize for Block {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        match self {
            Self::Heading { level, text } => {
                map.serialize_entry("type", "heading")?;
                map.serialize_entry("level", level)?;
                text_entries(&mut map, text)?;
            }
            Self::Paragraph(text) => {
                map.serialize_entry("type", "paragraph")?;
                text_entries(&mut map, text)?;
            }
            Self::List(list) => {
                map.serialize_entry("type", "list")?;
                map.serialize_entry("ordered", &list.ordered)?;
                map.serialize_entry("items", &list.items)?;
            }
            Self::Quote(blocks) => {
                map.serialize_entry("type", "quote")?;
                map.serialize_entry("blocks", blocks)?;
            }
            Self::Figure(figure) => {
                map.serialize_entry("type", "figure")?;
                map.serialize_entry("src", &figure.src)?;
                map.serialize_entry("alt", &figure.alt)?;
                map.serialize_entry("caption", &figure.caption.as_ref().map(Text::as_str))?;
            }
            Self::Table(table) => {
                map.serialize_entry("type", "table")?;
                map.serialize_entry("caption", &table.caption.as_ref().map(Text::as_str))?;
                map.serialize_entry("header", &table.header)?;
                map.serialize_entry("rows", &table.rows)?;
                map.serialize_entry("row_headers", &table.row_headers)?;
            }
            Self::Code(code) => {
                map.serialize_entry("type", "code")?;
                map.serialize_entry("text", code)?;
            }
            Self::Media(link) => {
                map.serialize_entry("type", "media")?;
                map.serialize_entry("text", &link.name)?;
                map.serialize_entry("url", &link.url)?;
            }
        }
        map.end()
    }
}

fn text_entries<M: SerializeMap>(map: &mut M, text: &Text) -> Result<(), M::Error> {
    map.serialize_entry("text", text.as_str())?;
    map.serialize_entry("spans", text.spans())
}

/// A string, or `{"text","items"}` where lists nest.
impl Serialize for Item {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let Some(inner) = &self.inner else {
            return serializer.serialize_str(self.text.as_str());
        };
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry("text", self.text.as_str())?;
        map.serialize_entry("ordered", &inner.ordered)?;
        map.serialize_entry("items", &inner.items)?;
        map.end()
    }
}

/// A string, or `{"text","colspan","rowspan"}` where cells are merged.
impl Serialize for Cell {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        if self.colspan == 1 && self.rowspan == 1 {
            return serializer.serialize_str(self.text.as_str());
        }
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry("text", self.text.as_str())?;
        map.serialize_entry("colspan", &self.colspan)?;
        map.serialize_entry("rowspan", &self.rowspan)?;
        map.end()
    }
}

impl Serialize for Entry {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(5))?;
        map.serialize_entry("title", self.title.as_str())?;
        map.serialize_entry("url", &self.url)?;
        map.serialize_entry("published", &self.published)?;
        map.serialize_entry("summary", &self.summary.as_ref().map(Text::as_str))?;
        map.serialize_entry("after", &self.after)?;
        map.end()
    }
}

impl Serialize for Link {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(2))?;
        map.serialize_entry("title", &self.name)?;
        map.serialize_entry("url", &self.url)?;
        map.end()
    }
}

/// A link, and what is sent to follow it where that is a form.
impl Serialize for Turn {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry("title", &self.name)?;
        map.serialize_entry("url", &self.url)?;
        if let Some(post) = &self.post {
            map.serialize_entry("post", post)?;
        }
        map.end()
    }
}

impl Serialize for Postback {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(2))?;
        let [target, argument] = match self.by() {
            By::Script => ["target", "argument"],
            By::Button => ["name", "value"],
        };
        map.serialize_entry(target, self.target())?;
        map.serialize_entry(argument, self.argument())?;
        map.end()
    }
}

impl Serialize for Attachment {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(4))?;
        map.serialize_entry("name", &self.name)?;
        map.serialize_entry("url", &self.url)?;
        map.serialize_entry("type", &self.kind)?;
        map.serialize_entry("bytes", &self.bytes)?;
        map.end()
    }
}

impl Serialize for Published {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}
