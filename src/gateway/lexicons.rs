//! Words with a reading of their own: Loa's, the operator's, one portal's.
//!
//! Files are looked at again while Loa runs, so that a word an operator adds is heard without a
//! restart. One who speaks looks; others meanwhile go by what is known. A file that cannot be used is
//! left out and named; one that was good before stays as it was.

use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant, SystemTime};
use std::{fs, io};

use rustc_hash::FxHashMap;

use crate::speech::{Lexicon, LexiconError, site_name};

/// How foreign names and words are said by a Vietnamese voice.
const BUILT_IN: &str = include_str!("../../voices/lexicon/vi-foreign.tsv");

/// How long the files are taken as unchanged.
const LOOK_AGAIN: Duration = Duration::from_secs(2);

/// A file of readings, or a folder of such files.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LexiconSource {
    /// Where it lies: a `.tsv` or `.pls` file, or a folder of them.
    pub path: PathBuf,
    /// The one portal it holds for, by its host.
    pub site: Option<String>,
}

/// A lexicon that cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum LexiconFileError {
    /// It cannot be read.
    #[error("lexicon {path}: {source}")]
    Unreadable {
        /// The file or folder.
        path: PathBuf,
        /// Why.
        source: io::Error,
    },
    /// A line of it is wrong.
    #[error("lexicon {path}, {source}")]
    Wrong {
        /// The file.
        path: PathBuf,
        /// The line and what is wrong with it.
        source: LexiconError,
    },
}

/// The readings at hand.
#[derive(Debug)]
pub struct Lexicons {
    sources: Vec<LexiconSource>,
    state: Mutex<State>,
}

#[derive(Debug)]
struct State {
    /// When the files were looked at; nothing while somebody does.
    looked: Option<Instant>,
    files: Arc<Vec<File>>,
    common: Arc<Lexicon>,
    by_site: FxHashMap<String, Arc<Lexicon>>,
}

/// A file as it was when it was last looked at.
#[derive(Clone, Debug)]
struct File {
    source: LexiconSource,
    changed: Option<(SystemTime, u64)>,
    /// What it said when it was last right.
    lexicon: Option<Arc<Lexicon>>,
}

impl Default for Lexicons {
    /// Knows Loa's own readings alone.
    fn default() -> Self {
        Self::open(Vec::new()).0
    }
}

impl Lexicons {
    /// Reads the files; returns what is wrong with those that are left out. Of two readings for the
    /// same words the later file's holds.
    #[must_use]
    pub fn open(sources: Vec<LexiconSource>) -> (Self, Vec<LexiconFileError>) {
        let (files, faults) = look(&sources, &[]);
        let state = State::of(files);
        let lexicons = Self {
            sources,
            state: Mutex::new(state),
        };
        (lexicons, faults)
    }

    /// Returns the readings that hold on a site, as the files now are. Looks at the files, so it is no
    /// work for threads that wait.
    #[must_use]
    pub fn on(&self, site: Option<&str>) -> Arc<Lexicon> {
        if let Some(known) = self.due() {
            let (files, faults) = look(&self.sources, &known);
            for fault in &faults {
                tracing::warn!("{fault}");
            }
            self.take(&known, files);
        }
        let state = self.state();
        let own = site.and_then(|site| state.by_site.get(&site_name(site)));
        Arc::clone(own.unwrap_or(&state.common))
    }

    /// Returns the files as they were, where it is time to look at them and nobody else does.
    fn due(&self) -> Option<Arc<Vec<File>>> {
        let mut state = self.state();
        let is_due = |looked: Instant| looked.elapsed() >= LOOK_AGAIN;
        if self.sources.is_empty() || !state.looked.is_some_and(is_due) {
            return None;
        }
        state.looked = None;
        Some(Arc::clone(&state.files))
    }

    /// Takes the files as they now are; where nothing has changed, what was planned by them stays.
    fn take(&self, known: &[File], files: Vec<File>) {
        let stamps = |files: &[File]| -> Vec<_> {
            let stamps = files.iter().map(|f| (f.source.path.clone(), f.changed));
            stamps.collect()
        };
        // The readings are put together before anybody has to wait for them.
        let renewed = (stamps(&files) != stamps(known)).then(|| State::of(files));
        let mut state = self.state();
        match renewed {
            Some(renewed) => *state = renewed,
            None => state.looked = Some(Instant::now()),
        }
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Returns each file with the number of its readings.
    #[must_use]
    pub fn files(&self) -> Vec<(PathBuf, usize)> {
        let state = self.state();
        let read = state.files.iter().filter_map(|file| {
            let lexicon = file.lexicon.as_ref()?;
            Some((file.source.path.clone(), lexicon.len()))
        });
        read.collect()
    }
}

impl State {
    fn of(files: Vec<File>) -> Self {
        let mut all = Lexicon::from_tsv(BUILT_IN).expect("a test reads Loa's own lexicon");
        for file in &files {
            if let Some(lexicon) = file.lexicon.as_deref().cloned() {
                all.extend(match &file.source.site {
                    Some(site) => lexicon.bound_to(site),
                    None => lexicon,
                });
            }
        }
        let sites = all
            .sites()
            .into_iter()
            .map(|site| (site.to_owned(), Arc::new(all.on_site(site))));
        Self {
            looked: Some(Instant::now()),
            by_site: sites.collect(),
            common: Arc::new(all.on_site("")),
            files: Arc::new(files),
        }
    }
}

/// Looks at the files; those that are as they were are not read again.
fn look(sources: &[LexiconSource], known: &[File]) -> (Vec<File>, Vec<LexiconFileError>) {
    let (mut files, mut faults) = (Vec::new(), Vec::new());
    let by_path: FxHashMap<&Path, &File> =
        known.iter().map(|f| (f.source.path.as_path(), f)).collect();
    for source in sources {
        let paths = match paths_of(&source.path) {
            Ok(paths) => paths,
            Err(error) => {
                faults.push(unreadable(&source.path, error));
                known_below(known, &source.path, &mut files);
                continue;
            }
        };
        for path in paths {
            let before = by_path.get(path.as_path()).copied();
            let source = LexiconSource {
                path,
                site: source.site.clone(),
            };
            files.push(look_at(source, before, &mut faults));
        }
    }
    (files, faults)
}

/// What a place said that cannot be read just now stays said.
fn known_below(known: &[File], path: &Path, files: &mut Vec<File>) {
    let below = known
        .iter()
        .filter(|file| file.source.path.starts_with(path));
    files.extend(below.cloned());
}

fn look_at(
    source: LexiconSource,
    before: Option<&File>,
    faults: &mut Vec<LexiconFileError>,
) -> File {
    let changed = stamp(&source.path);
    if let Some(before) = before.filter(|before| before.changed == changed && changed.is_some()) {
        return File {
            source,
            ..before.clone()
        };
    }
    let lexicon = match read(&source.path) {
        Ok(lexicon) => Some(Arc::new(lexicon)),
        Err(fault) => {
            faults.push(fault);
            before.and_then(|before| before.lexicon.clone())
        }
    };
    File {
        source,
        changed,
        lexicon,
    }
}

fn stamp(path: &Path) -> Option<(SystemTime, u64)> {
    let about = fs::metadata(path).ok()?;
    Some((about.modified().ok()?, about.len()))
}

/// A file itself, or the lexicons of a folder by their names.
fn paths_of(path: &Path) -> io::Result<Vec<PathBuf>> {
    if !fs::metadata(path)?.is_dir() {
        return Ok(vec![path.to_owned()]);
    }
    let mut paths = Vec::new();
    for entry in fs::read_dir(path)? {
        let path = entry?.path();
        if path.extension().is_some_and(|e| e == "tsv" || e == "pls") {
            paths.push(path);
        }
    }
    paths.sort();
    Ok(paths)
}

fn read(path: &Path) -> Result<Lexicon, LexiconFileError> {
    // A pipe would be waited for.
    if !fs::metadata(path).is_ok_and(|about| about.is_file() || about.is_dir()) {
        let cause = io::Error::new(io::ErrorKind::InvalidInput, "not a file");
        return Err(unreadable(path, cause));
    }
    let text = fs::read_to_string(path).map_err(|error| unreadable(path, error))?;
    // Editors of some systems begin a file with a byte-order mark.
    let text = text.strip_prefix('\u{feff}').unwrap_or(&text);
    let is_pls = path.extension().is_some_and(|e| e == "pls");
    let lexicon = if is_pls {
        Lexicon::from_pls(text)
    } else {
        Lexicon::from_tsv(text)
    };
    lexicon.map_err(|source| LexiconFileError::Wrong {
        path: path.to_owned(),
        source,
    })
}

fn unreadable(path: &Path, source: io::Error) -> LexiconFileError {
    LexiconFileError::Unreadable {
        path: path.to_owned(),
        source,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn says(lexicon: &Lexicon, word: &str) -> Option<String> {
        let found = lexicon.find(word, 0, word.len(), "vi");
        found.map(|(_, spoken)| spoken.to_owned())
    }

    fn source(path: &Path, site: Option<&str>) -> LexiconSource {
        LexiconSource {
            path: path.to_owned(),
            site: site.map(str::to_owned),
        }
    }

    /// Looks at the files as if the time until the next look had passed.
    fn look_now(lexicons: &Lexicons) -> Vec<String> {
        lexicons.state().looked = Instant::now().checked_sub(LOOK_AGAIN);
        let known = lexicons.due().expect("it is time and nobody else looks");
        let (files, faults) = look(&lexicons.sources, &known);
        lexicons.take(&known, files);
        faults.iter().map(ToString::to_string).collect()
    }

    #[test]
    fn an_operators_reading_holds_over_loas_and_a_portals_over_both() {
        let folder = tempfile::tempdir().expect("a folder");
        let (common, own) = (folder.path().join("a.tsv"), folder.path().join("b.tsv"));
        fs::write(&common, "Zalo\tza lô\nBBT\tban bí thư\n").expect("a file");
        fs::write(&own, "\u{feff}BBT\tban biên tập\n").expect("a file");
        let sources = vec![source(&common, None), source(&own, Some("Bao.example"))];
        let (lexicons, faults) = Lexicons::open(sources);
        assert!(faults.is_empty(), "{faults:?}");
        let said = |site, word| says(&lexicons.on(site), word);
        assert_eq!(said(None, "Zalo").as_deref(), Some("za lô"));
        assert_eq!(said(None, "BBT").as_deref(), Some("ban bí thư"));
        assert_eq!(
            said(Some("bao.example"), "BBT").as_deref(),
            Some("ban biên tập")
        );
        assert_eq!(said(Some("bao.example"), "Zalo").as_deref(), Some("za lô"));
        assert_eq!(
            said(Some("other.example"), "BBT").as_deref(),
            Some("ban bí thư")
        );
    }

    #[test]
    fn a_changed_file_is_read_again_and_a_wrong_one_is_named_while_the_old_holds() {
        let folder = tempfile::tempdir().expect("a folder");
        let file = folder.path().join("own.tsv");
        fs::write(&file, "HTX\thợp tác xã\n").expect("a file");
        let (lexicons, faults) = Lexicons::open(vec![source(folder.path(), None)]);
        assert!(faults.is_empty(), "{faults:?}");
        fs::write(&file, "HTX\thát tê ích xì\nAB\ta bê\n").expect("a file");
        assert!(look_now(&lexicons).is_empty());
        let said = |word| says(&lexicons.on(None), word);
        assert_eq!(said("HTX").as_deref(), Some("hát tê ích xì"));
        fs::write(&file, "HTX\thợp tác xã\nno tab here\n").expect("a file");
        let faults = look_now(&lexicons);
        assert!(faults[0].contains("own.tsv, line 2: "), "{faults:?}");
        assert_eq!(said("HTX").as_deref(), Some("hát tê ích xì"));
        fs::remove_file(&file).expect("a file that is there");
        assert!(look_now(&lexicons).is_empty());
        assert_eq!(said("HTX"), None);
    }

    #[test]
    fn a_lexicon_that_is_not_there_is_named_and_the_others_hold() {
        let folder = tempfile::tempdir().expect("a folder");
        let good = folder.path().join("good.pls");
        let pls = "<lexicon version='1.0' xmlns='http://www.w3.org/2005/01/pronunciation-lexicon' \
                   alphabet='ipa' xml:lang='vi'><lexeme><grapheme>W3C</grapheme>\
                   <alias>vê kép ba xê</alias></lexeme></lexicon>";
        fs::write(&good, pls).expect("a file");
        let missing = folder.path().join("missing.tsv");
        let (lexicons, faults) = Lexicons::open(vec![source(&missing, None), source(&good, None)]);
        assert_eq!(faults.len(), 1);
        assert_eq!(
            says(&lexicons.on(None), "W3C").as_deref(),
            Some("vê kép ba xê")
        );
        assert_eq!(lexicons.files(), [(good, 1)]);
    }

    #[test]
    fn while_one_looks_the_others_go_by_what_is_known() {
        let folder = tempfile::tempdir().expect("a folder");
        fs::write(folder.path().join("own.tsv"), "HTX\thợp tác xã\n").expect("a file");
        let (lexicons, _) = Lexicons::open(vec![source(folder.path(), None)]);
        lexicons.state().looked = Instant::now().checked_sub(LOOK_AGAIN);
        assert!(lexicons.due().is_some());
        assert!(lexicons.due().is_none());
        let said = says(&lexicons.on(None), "HTX");
        assert_eq!(said.as_deref(), Some("hợp tác xã"));
    }

    #[test]
    fn one_file_may_be_for_two_portals() {
        let folder = tempfile::tempdir().expect("a folder");
        let (shared, other) = (folder.path().join("a.tsv"), folder.path().join("b.tsv"));
        fs::write(&shared, "BBT\tban biên tập\n").expect("a file");
        fs::write(&other, "HTX\thợp tác xã\n").expect("a file");
        let (lexicons, _) = Lexicons::open(vec![
            source(&shared, Some("bao.example")),
            source(&shared, Some("tin.example")),
            source(&other, None),
        ]);
        fs::write(&other, "HTX\thát tê ích xì\n").expect("a file");
        assert!(look_now(&lexicons).is_empty());
        for site in ["bao.example", "tin.example"] {
            let said = says(&lexicons.on(Some(site)), "BBT");
            assert_eq!(said.as_deref(), Some("ban biên tập"), "{site}");
        }
    }

    #[test]
    fn many_files_and_many_readings_of_one_portal_are_looked_at_in_time() {
        let folder = tempfile::tempdir().expect("a folder");
        let readings = |n: usize| -> String {
            let line = |i| format!("Tên{i}\ttên\tsite=bao.example\n");
            (0..n).map(line).collect()
        };
        fs::write(folder.path().join("bao.tsv"), readings(5000)).expect("a file");
        for i in 0..2000 {
            let file = folder.path().join(format!("{i}.tsv"));
            fs::write(file, "HTX\thợp tác xã\n").expect("a file");
        }
        let (lexicons, faults) = Lexicons::open(vec![source(folder.path(), None)]);
        assert!(faults.is_empty(), "{faults:?}");
        assert!(look_now(&lexicons).is_empty());
        assert_eq!(lexicons.files().len(), 2001);
    }
}
