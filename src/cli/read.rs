//! `loa read`: the article for the eye, or for another program.

use std::io::{self, Write};

use super::args::{Common, Read, Shape};
use super::{config, runtime, source};
use crate::config::Layer;
use crate::model::{Document, Reading};
use crate::page;

pub(super) fn run(read: &Read, common: &Common) -> anyhow::Result<()> {
    let config = config(common, Layer::default())?;
    if !source::is_address(&read.src) {
        let document = source::document(&read.src, read.base.as_ref(), &config.rules)?;
        return print(&document, read.format);
    }
    let gateway = source::gateway(&config);
    let page = runtime()?.block_on(source::page(&gateway, &read.src))?;
    print(&page.document, read.format)
}

fn print(document: &Document, shape: Shape) -> anyhow::Result<()> {
    let mut out = io::stdout().lock();
    match shape {
        Shape::Text => out.write_all(Reading::of(document).text.as_bytes())?,
        Shape::Html => out.write_all(page::standalone(document).as_bytes())?,
        Shape::Json => writeln!(out, "{}", serde_json::to_string(document)?)?,
        Shape::Markdown => out.write_all(page::markdown(document).as_bytes())?,
    }
    Ok(out.flush()?)
}
