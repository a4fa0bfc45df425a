//! Languages that are told apart, by their tag (ISO 639-1) and the detector's name.

use whatlang::Lang::{self, *};

/// Languages with Latin letters among which a detector may choose: those of the portals, and those
/// whose prose stands on Vietnamese pages.
pub(super) const DETECTABLE: &[(&str, Lang)] = &[
    ("vi", Vie),
    ("en", Eng),
    ("fr", Fra),
    ("de", Deu),
    ("es", Spa),
    ("pt", Por),
    ("it", Ita),
    ("nl", Nld),
    ("pl", Pol),
    ("cs", Ces),
    ("sv", Swe),
    ("fi", Fin),
    ("hu", Hun),
    ("tr", Tur),
    ("id", Ind),
    ("ro", Ron),
];

/// Languages that their script gives away, alone or nearly so.
pub(super) const UNMISTAKABLE: &[(&str, Lang)] = &[
    ("zh", Cmn),
    ("ja", Jpn),
    ("ko", Kor),
    ("th", Tha),
    ("km", Khm),
    ("my", Mya),
    ("ru", Rus),
    ("uk", Ukr),
    ("be", Bel),
    ("bg", Bul),
    ("mk", Mkd),
    ("sr", Srp),
    ("el", Ell),
    ("he", Heb),
    ("ar", Ara),
    ("fa", Pes),
    ("ur", Urd),
    ("hi", Hin),
    ("mr", Mar),
    ("ne", Nep),
    ("bn", Ben),
    ("ta", Tam),
    ("te", Tel),
    ("kn", Kan),
    ("ml", Mal),
    ("gu", Guj),
    ("pa", Pan),
    ("or", Ori),
    ("si", Sin),
    ("ka", Kat),
    ("hy", Hye),
    ("am", Amh),
];

/// Languages that share a script: a short text does not tell them apart, the page does.
pub(super) const FAMILIES: &[&[&str]] = &[
    &["ru", "uk", "be", "bg", "mk", "sr", "kk", "mn", "ky", "tg"],
    &["ar", "fa", "ur", "ps", "ug"],
    &["hi", "mr", "ne", "sa"],
    &["zh", "ja", "yue"],
    &["he", "yi"],
    &["bn", "as"],
];

/// Frequent English words that are no words of its neighbours and no Vietnamese syllables.
pub(super) const ENGLISH_ALONE: &[&str] = &[
    "the", "and", "that", "with", "from", "this", "which", "have", "their", "they", "would",
    "could", "should", "about", "there", "been", "were", "your", "you", "our", "what",
];

/// Those that are words of its neighbours ("was will" is German), but no Vietnamese syllables.
pub(super) const ENGLISH_SHARED: &[&str] = &[
    "of", "is", "for", "was", "are", "by", "will", "has", "its", "not", "we", "after", "when",
    "who",
];
