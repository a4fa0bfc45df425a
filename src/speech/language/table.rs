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

/// Frequent English words that are neither Vietnamese syllables nor words of its neighbours.
pub(super) const ENGLISH_WORDS: &[&str] = &[
    "the", "of", "and", "is", "for", "that", "with", "was", "are", "by", "from", "this", "have",
    "will", "which", "has", "its", "their", "were", "been", "not", "you", "your", "they", "we",
    "our", "would", "could", "should", "about", "after", "when", "who", "what", "there",
];
