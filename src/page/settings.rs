//! The settings page: one form, whose fields are the wishes.
//!
//! Nothing happens before the button is pressed (WCAG 3.2.2). What is set is kept by a cookie; the
//! page also shows an address that holds it, for those without cookies or with a second device.

use maud::{Markup, html};

use crate::model::{
    Cue, CustomColors, DataUse, DocumentStyle, Font, Gap, Pauses, Punctuation, Ruler, Scale,
    Spacing, Speed, Starts, Theme, UiLang, Width,
};

use super::{
    View, VoiceChoice, address,
    figures::decimal,
    frame::{Frame, page},
    theme::hex,
    words::{Words, words},
};

/// Below this, most people with low vision cannot read a pair of colours (WCAG 1.4.3). It is said,
/// never forbidden: some need little contrast (Understanding 1.4.8).
const LEAST_CONTRAST: f64 = 4.5;

/// Makes the settings page; `wrong` is the field that could not be taken.
#[must_use]
pub fn settings(view: &View<'_>, voices: &[VoiceChoice], wrong: Option<&str>) -> String {
    let form = Form {
        view,
        say: words(view.lang),
        wrong,
    };
    let title = form.say.get("settings-title");
    let main = html! {
        h1 { (title) }
        @if let Some(field) = wrong { (form.summary(field)) }
        p { (form.say.get("settings-intro")) }
        (form.whole(voices))
        (form.keep())
    };
    let title = match wrong {
        Some(_) => form.say.fill("settings-fault-title", &[("page", &title)]),
        None => title,
    };
    let frame = Frame {
        title: &title,
        indexed: false,
        main,
    };
    page(view, &frame)
}

/// One value of a field: its word in the form, what it is called, and its theme where it shows one.
struct Choice {
    value: String,
    name: String,
    theme: Option<&'static str>,
}

struct Form<'a> {
    view: &'a View<'a>,
    say: &'static Words,
    wrong: Option<&'a str>,
}

impl Form<'_> {
    fn whole(&self, voices: &[VoiceChoice]) -> Markup {
        let back = self.view.back().unwrap_or_else(|| "/settings".to_owned());
        html! {
            form method="post" action=(self.view.to("/settings", &[])) {
                input type="hidden" name="back" value=(back);
                h2 { (self.say.get("settings-looks")) }
                (self.select("scale", &self.scales()))
                (self.radios("theme", &self.choices("theme", Theme::ALL, Theme::word)))
                (self.own_colors())
                (self.radios("spacing", &self.choices("spacing", Spacing::ALL, Spacing::word)))
                @for field in ["letters", "words", "lines"] {
                    (self.select(field, &self.choices("gap", Gap::ALL, Gap::word)))
                }
                (self.radios("font", &self.choices("font", Font::ALL, Font::word)))
                (self.radios("width", &self.choices("width", Width::ALL, Width::word)))
                (self.radios("ruler", &self.choices("ruler", Ruler::ALL, Ruler::word)))
                h2 { (self.say.get("settings-sound")) }
                (self.select("voice", &self.voices(voices)))
                (self.samples(voices))
                (self.select("speed", &self.speeds()))
                (self.radios("data", &self.data_uses()))
                (self.radios("starts", &self.choices("starts", Starts::ALL, Starts::word)))
                h2 { (self.say.get("settings-diction")) }
                (self.radios("documents", &self.open_choices("documents", DocumentStyle::ALL, DocumentStyle::word)))
                (self.radios("punctuation", &self.open_choices("punctuation", Punctuation::ALL, Punctuation::word)))
                (self.radios("pauses", &self.open_choices("pauses", Pauses::ALL, Pauses::word)))
                (self.cues())
                h2 { (self.say.get("settings-language")) }
                (self.radios("lang", &self.languages()))
                p { button type="submit" { (self.say.get("settings-button")) } }
            }
        }
    }

    /// Says at the top what could not be taken, with the way to the field.
    fn summary(&self, field: &str) -> Markup {
        html! {
            p.fault {
                (self.say.get("settings-fault")) " "
                @if let Some(label) = label(field) {
                    a href={ "#" (target(field)) } { (self.say.get(label)) }
                }
            }
        }
    }

    /// Says at a field that what was given for it could not be taken.
    fn fault(&self, field: &str) -> Markup {
        html! {
            @if self.wrong == Some(field) {
                p.fault id={ (field) "-fault" } { (self.say.get("settings-field-fault")) }
            }
        }
    }

    /// The ids of what describes a field, for `aria-describedby`.
    fn described(&self, field: &str, more: Option<&str>) -> Option<String> {
        let fault = (self.wrong == Some(field)).then(|| format!("{field}-fault"));
        let ids: Vec<_> = fault
            .into_iter()
            .chain(more.map(ToOwned::to_owned))
            .collect();
        (!ids.is_empty()).then(|| ids.join(" "))
    }

    fn invalid(&self, field: &str) -> Option<&'static str> {
        (self.wrong == Some(field)).then_some("true")
    }

    fn radios(&self, field: &str, choices: &[Choice]) -> Markup {
        let chosen = self.view.wishes.get(field).unwrap_or_default();
        html! {
            fieldset id=(field) aria-describedby=[self.described(field, None)] {
                legend { (label(field).map(|name| self.say.get(name)).unwrap_or_default()) }
                (self.fault(field))
                div.choices {
                    @for choice in choices {
                        label.choice data-theme=[choice.theme] {
                            input type="radio" name=(field) value=(choice.value)
                                checked[choice.value == chosen];
                            span { (choice.name) }
                        }
                    }
                }
            }
        }
    }

    fn select(&self, field: &str, choices: &[Choice]) -> Markup {
        let chosen = self.view.wishes.get(field).unwrap_or_default();
        html! {
            div.field {
                label for=(field) { (label(field).map(|name| self.say.get(name)).unwrap_or_default()) }
                (self.fault(field))
                select id=(field) name=(field) aria-invalid=[self.invalid(field)]
                    aria-describedby=[self.described(field, None)] {
                    @for choice in choices {
                        option value=(choice.value) selected[choice.value == chosen] { (choice.name) }
                    }
                }
            }
        }
    }

    fn own_colors(&self) -> Markup {
        let colors = self.view.wishes.colors;
        let faint = colors.contrast() < LEAST_CONTRAST;
        let more = if faint {
            "colors-hint colors-faint"
        } else {
            "colors-hint"
        };
        html! {
            fieldset #colors {
                legend { (self.say.get("settings-colors")) }
                p.hint #colors-hint { (self.say.get("settings-colors-hint")) }
                @if faint { (self.faint(&colors)) }
                @for (field, value) in [("text_color", colors.text), ("ground_color", colors.ground)] {
                    div.field {
                        label for=(field) { (label(field).map(|name| self.say.get(name)).unwrap_or_default()) }
                        (self.fault(field))
                        input id=(field) name=(field) type="color" value=(hex(value))
                            aria-invalid=[self.invalid(field)]
                            aria-describedby=[self.described(field, Some(more))];
                    }
                }
            }
        }
    }

    fn faint(&self, colors: &CustomColors) -> Markup {
        let contrast = decimal(self.view.lang, (colors.contrast() * 10.0).floor() / 10.0);
        html! {
            p.fault #colors-faint { (self.say.fill("settings-colors-faint", &[("contrast", &contrast)])) }
        }
    }

    /// Shows an address that holds the settings.
    fn keep(&self) -> Markup {
        let code = self.view.wishes.code();
        let address = address::with_query("/", &[("s", &code)]);
        html! {
            h2 { (self.say.get("settings-keep-title")) }
            p { (self.say.get("settings-keep-hint")) }
            p { a.go href=(address) { (self.say.get("settings-keep-link")) } }
            p { (self.say.get("settings-keep-code")) " " code { (address) } }
        }
    }

    fn choices<T: Copy>(&self, field: &str, all: &[T], word: fn(T) -> &'static str) -> Vec<Choice> {
        all.iter()
            .map(|&value| Choice {
                value: word(value).to_owned(),
                name: self.say.get(&format!("{field}-{}", word(value))),
                theme: (field == "theme").then(|| word(value)),
            })
            .collect()
    }

    /// The choices of a field that may be left open.
    fn open_choices<T: Copy>(
        &self,
        field: &str,
        all: &[T],
        word: fn(T) -> &'static str,
    ) -> Vec<Choice> {
        let open = Choice::plain(String::new(), self.say.get("settings-usual"));
        std::iter::once(open)
            .chain(self.choices(field, all, word))
            .collect()
    }

    /// What is said of pictures, tables and lists: a level, or cues one by one.
    fn cues(&self) -> Markup {
        let chosen = self.view.wishes.diction.cues;
        let own =
            chosen.is_some_and(|cues| !["none", "some", "all"].contains(&cues.word().as_str()));
        let level = if own {
            OWN_CUES.to_owned()
        } else {
            self.view.wishes.get("cues").unwrap_or_default()
        };
        let ticked = chosen.unwrap_or_default();
        html! {
            fieldset #cues aria-describedby=[self.described("cues", None)] {
                legend { (self.say.get("settings-cues")) }
                (self.fault("cues"))
                div.choices {
                    @for (word, name) in CUE_LEVELS {
                        label.choice {
                            input type="radio" name="cues" value=(word) checked[level == word];
                            span { (self.say.get(name)) }
                        }
                    }
                }
            }
            fieldset #cue aria-describedby="cue-hint" {
                legend { (self.say.get("settings-cue")) }
                p.hint #cue-hint { (self.say.get("settings-cue-hint")) }
                div.choices {
                    @for cue in Cue::ALL {
                        label.choice {
                            input type="checkbox" name={ (CUE_FIELD) (cue.word()) } value="yes" checked[ticked.says(*cue)];
                            span { (self.say.get(&format!("cue-{}", cue.word()))) }
                        }
                    }
                }
            }
        }
    }

    /// The sizes of the buttons, and the reader's own where it lies between.
    fn scales(&self) -> Vec<Choice> {
        let mut percents = Scale::STEPS.to_vec();
        percents.push(self.view.wishes.scale.percent());
        percents.sort_unstable();
        percents.dedup();
        let plain = |percent: u16| Choice::plain(percent.to_string(), format!("{percent} %"));
        percents.into_iter().map(plain).collect()
    }

    fn speeds(&self) -> Vec<Choice> {
        let mut speeds = Speed::STEPS.to_vec();
        speeds.push(self.view.wishes.speed);
        speeds.sort_unstable();
        speeds.dedup();
        let name = |speed: Speed| {
            let times = decimal(self.view.lang, speed.times());
            self.say.fill("settings-times", &[("times", &times)])
        };
        speeds
            .into_iter()
            .map(|speed| Choice::plain(speed.to_string(), name(speed)))
            .collect()
    }

    /// The voices, and the reader's own where it is not there just now, so that it is not lost.
    fn voices(&self, voices: &[VoiceChoice]) -> Vec<Choice> {
        let mut choices = vec![Choice::plain(
            String::new(),
            self.say.get("settings-voice-auto"),
        )];
        choices.extend(
            voices
                .iter()
                .map(|voice| Choice::plain(voice.id.to_string(), voice_name(voice, self.say))),
        );
        if let Some(own) = &self.view.wishes.voice
            && !voices.iter().any(|voice| voice.id == *own)
        {
            choices.push(Choice::plain(own.to_string(), own.to_string()));
        }
        choices
    }

    /// The voices that can be heard before they are chosen.
    fn samples(&self, voices: &[VoiceChoice]) -> Markup {
        let heard: Vec<_> = voices.iter().filter(|voice| voice.has_sample).collect();
        html! {
            @if !heard.is_empty() {
                details {
                    summary { (self.say.get("settings-voice-samples")) }
                    ul.links {
                        @for voice in heard {
                            @let to = self.view.to("/sample.mp3", &[("voice", voice.id.as_str())]);
                            li { a href=(to) { (voice.name) } }
                        }
                    }
                }
            }
        }
    }

    fn data_uses(&self) -> Vec<Choice> {
        let auto = Choice::plain(String::new(), self.say.get("settings-lang-auto"));
        let each = self.choices("data", DataUse::ALL, DataUse::word);
        std::iter::once(auto).chain(each).collect()
    }

    /// The languages, each in itself.
    fn languages(&self) -> Vec<Choice> {
        let auto = Choice::plain(String::new(), self.say.get("settings-lang-auto"));
        let each = UiLang::ALL
            .iter()
            .map(|&lang| Choice::plain(lang.word().to_owned(), words(lang).get("language-name")));
        std::iter::once(auto).chain(each).collect()
    }
}

impl Choice {
    fn plain(value: String, name: String) -> Self {
        Self {
            value,
            name,
            theme: None,
        }
    }
}

/// The regions that have words of their own; another is named as its manifest has it.
const REGIONS: [(&str, &str); 5] = [
    ("north", "region-north"),
    ("central", "region-central"),
    ("south", "region-south"),
    ("america", "region-america"),
    ("britain", "region-britain"),
];

/// Names a voice, its language and its region in words.
fn voice_name(voice: &VoiceChoice, say: &Words) -> String {
    let lang = match UiLang::from_word(voice.lang.primary()) {
        Some(known) => words(known).get("language-name"),
        None => voice.lang.to_string(),
    };
    let known = |region: &String| REGIONS.iter().find(|(word, _)| word == region);
    let region = voice.region.as_ref().map(|region| match known(region) {
        Some((_, name)) => say.get(name),
        None => region.clone(),
    });
    let about: Vec<_> = std::iter::once(lang).chain(region).collect();
    format!("{} ({})", voice.name, about.join(", "))
}

/// What the fields of the cues begin with; the cue's word follows.
pub const CUE_FIELD: &str = "cue-";

/// The level in the form that leaves to the boxes beside it which cues are said.
pub const OWN_CUES: &str = "own";

/// How much is said of pictures, tables and lists, and the messages that name it.
const CUE_LEVELS: [(&str, &str); 5] = [
    ("", "settings-usual"),
    ("none", "cues-none"),
    ("some", "cues-some"),
    ("all", "cues-all"),
    (OWN_CUES, "cues-own"),
];

/// Returns the message that names a field.
pub(super) fn label(field: &str) -> Option<&'static str> {
    Some(match field {
        "scale" => "settings-scale",
        "theme" => "settings-theme",
        "colors" => "settings-colors",
        "text_color" => "settings-text-color",
        "ground_color" => "settings-ground-color",
        "spacing" => "settings-spacing",
        "letters" => "settings-letters",
        "words" => "settings-words",
        "lines" => "settings-lines",
        "ruler" => "settings-ruler",
        "starts" => "settings-starts",
        "font" => "settings-font",
        "width" => "settings-width",
        "voice" => "settings-voice",
        "speed" => "settings-speed",
        "data" => "settings-data",
        "lang" => "settings-lang",
        "documents" => "settings-documents",
        "punctuation" => "settings-punctuation",
        "pauses" => "settings-pauses",
        "cues" => "settings-cues",
        "cue" => "settings-cue",
        _ => return None,
    })
}

/// Returns the id of a field that `label` knows.
fn target(field: &str) -> &str {
    if label(field).is_some() {
        field
    } else {
        "main"
    }
}
