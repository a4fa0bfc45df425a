//! `loa plan` and `loa normalize`: what will be said, and why.

use std::borrow::Cow;
use std::io::{self, BufRead, Write};

use serde::Serialize;

use super::args::{Common, Normalize, Plan, Words};
use super::{config, runtime, source};
use crate::config::Layer;
use crate::gateway::{Gateway, Understood};
use crate::model::phoneme::words_alone;
use crate::model::{Lang, Utterance, VoiceId};
use crate::speech::{self, Spoken};

pub(super) fn run(plan: &Plan, common: &Common) -> anyhow::Result<()> {
    let mut out = io::BufWriter::new(io::stdout().lock());
    let gateway = source::gateway(&config(common, Layer::default())?);
    let page = page(plan, &gateway)?;
    let options = options(
        &gateway,
        plan.voice.as_ref(),
        page.site().as_deref(),
        plan.words,
    );
    for utterance in &page.plan(&options).utterances {
        serde_json::to_writer(&mut out, &Line::of(utterance, &page.reading.text))?;
        writeln!(out)?;
    }
    Ok(out.flush()?)
}

fn page(plan: &Plan, gateway: &Gateway) -> anyhow::Result<Understood> {
    if !source::is_address(&plan.src) {
        return source::understood(&plan.src, plan.lang.as_ref());
    }
    let page = runtime()?.block_on(source::page(gateway, &plan.src))?;
    let mut document = page.document.clone();
    if let Some(lang) = &plan.lang {
        document.head.lang = lang.clone();
    }
    Ok(Understood::of(document))
}

/// How text of a site is said by a voice, as the settings and the flags have it.
fn options(
    gateway: &Gateway,
    voice: Option<&VoiceId>,
    site: Option<&str>,
    words: Words,
) -> speech::Options {
    let region = gateway.region(voice);
    gateway.wording().options_on(site, words.diction(), region)
}

/// An utterance as one line of output.
#[derive(Serialize)]
struct Line<'a> {
    id: String,
    block: Option<usize>,
    lang: &'a Lang,
    written: &'a str,
    spoken: Cow<'a, str>,
    start: usize,
    end: usize,
}

impl<'a> Line<'a> {
    fn of(utterance: &'a Utterance, text: &'a str) -> Self {
        Self {
            id: utterance.id.to_string(),
            block: utterance.block,
            lang: &utterance.lang,
            written: &text[utterance.written.clone()],
            spoken: words_alone(&utterance.spoken),
            start: utterance.written.start,
            end: utterance.written.end,
        }
    }
}

/// Speaks line for line; with `--explain`, standard error says which rule read what. A line is
/// answered as soon as no further one waits, so that a program can ask and listen in turn.
pub(super) fn normalize(normalize: &Normalize, common: &Common) -> anyhow::Result<()> {
    let gateway = source::gateway(&config(common, Layer::default())?);
    let (voice, site) = (normalize.voice.as_ref(), normalize.site.as_deref());
    let options = options(&gateway, voice, site, normalize.words);
    let mut input = io::BufReader::new(io::stdin().lock());
    let mut out = io::BufWriter::new(io::stdout().lock());
    let mut bytes = Vec::new();
    while input.read_until(b'\n', &mut bytes)? > 0 {
        let line = String::from_utf8_lossy(bytes.trim_ascii_end()).into_owned();
        let spoken = speech::normalize(&line, &normalize.lang, &options);
        writeln!(out, "{}", spoken.text)?;
        if normalize.explain {
            explain(&spoken, &line)?;
        }
        if input.buffer().is_empty() {
            out.flush()?;
        }
        bytes.clear();
    }
    Ok(out.flush()?)
}

fn explain(spoken: &Spoken, line: &str) -> io::Result<()> {
    let mut log = io::stderr().lock();
    for step in &spoken.steps {
        writeln!(
            log,
            "{}\t{}\t{}",
            step.rule,
            &line[step.written.clone()],
            step.spoken
        )?;
    }
    Ok(())
}
