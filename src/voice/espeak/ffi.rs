//! Where Rust meets C: the library libespeak-ng, loaded at run time, and the four system calls that
//! copy this process.
//!
//! The library keeps all of its state in global variables, so there is one [`Engine`] in a process,
//! used by one thread. Some of that state (where it is in its pitch flutter, the phase of its waves)
//! outlives an utterance and cannot be reset by any call; see `worker` for what is done about it.
//!
//! Sources: `speak_lib.h` of eSpeak NG 1.51, whose interface 12 is the oldest one meant here;
//! POSIX.1-2017 `fork`, `waitpid`, `alarm`, `_exit`.
#![expect(
    unsafe_code,
    reason = "the one place in `voice` that calls C; each block says why it holds"
)]

use std::ffi::{CStr, CString, c_char, c_int, c_uint, c_void};
use std::marker::PhantomData;
use std::path::Path;
use std::sync::atomic::{AtomicBool, Ordering};
use std::{io, ptr, slice, thread};

use libloading::Library;

use crate::model::phoneme::has_phonemes;

use super::phoneme::Table;
use super::take::{Clause, Listed, Mark, Take};

/// `espeak_AUDIO_OUTPUT`: samples go to the callback, and `espeak_Synth` returns when all are made.
const SYNCHRONOUS: c_int = 2;
/// `espeakINITIALIZE_DONT_EXIT`: missing data is an answer, not the end of the process.
const DONT_EXIT: c_int = 0x8000;
/// `espeak_PARAMETER`.
const RATE: c_int = 1;
/// `espeak_PARAMETER`.
const VOLUME: c_int = 2;
/// `espeak_POSITION_TYPE`: characters.
const BY_CHARACTER: c_int = 1;
/// `espeakCHARS_UTF8`.
const UTF8: c_uint = 1;
/// `espeakPHONEMES`: what stands between `[[` and `]]` are mnemonics.
const PHONEMES: c_uint = 0x100;
/// Phonemes in the International Phonetic Alphabet.
const IPA: c_int = 2;
/// `espeak_EVENT_TYPE`: the end of a list of events.
const LIST_END: c_int = 0;
/// `espeak_EVENT_TYPE`: a word begins.
const WORD: c_int = 1;
/// What the callback answers to be called again, and to be left alone.
const GO_ON: c_int = 0;
const STOP: c_int = 1;

/// The most samples of one utterance; half an hour.
const MOST_SAMPLES: usize = 22_050 * 1_800;

/// `espeak_EVENT`.
#[repr(C)]
struct Event {
    kind: c_int,
    message: c_uint,
    text_position: c_int,
    length: c_int,
    audio_position: c_int,
    sample: c_int,
    user_data: *mut c_void,
    id: [u8; 8],
}

/// `espeak_VOICE`.
#[repr(C)]
struct CVoice {
    name: *const c_char,
    languages: *const c_char,
    identifier: *const c_char,
    gender: u8,
    age: u8,
    variant: u8,
    unused: u8,
    score: c_int,
    spare: *mut c_void,
}

type Callback = extern "C" fn(*mut i16, c_int, *mut Event) -> c_int;
type Initialize = unsafe extern "C" fn(c_int, c_int, *const c_char, c_int) -> c_int;
type Info = unsafe extern "C" fn(*mut *const c_char) -> *const c_char;
type SetSynthCallback = unsafe extern "C" fn(Callback);
type SetVoiceByName = unsafe extern "C" fn(*const c_char) -> c_int;
type SetParameter = unsafe extern "C" fn(c_int, c_int, c_int) -> c_int;
type ListVoices = unsafe extern "C" fn(*mut CVoice) -> *const *const CVoice;
type TextToPhonemes = unsafe extern "C" fn(*mut *const c_void, c_int, c_int) -> *const c_char;
type Synth = unsafe extern "C" fn(
    *const c_void,
    usize,
    c_uint,
    c_int,
    c_uint,
    c_uint,
    *mut c_uint,
    *mut c_void,
) -> c_int;

/// The functions of the library that are used.
struct Functions {
    initialize: Initialize,
    info: Info,
    set_synth_callback: SetSynthCallback,
    set_voice_by_name: SetVoiceByName,
    set_parameter: SetParameter,
    list_voices: ListVoices,
    synth: Synth,
    text_to_phonemes: TextToPhonemes,
}

/// The library, initialised.
pub(super) struct Engine {
    functions: Functions,
    rate: u32,
    /// Keeps the functions where they are.
    _library: Library,
    /// Neither to be sent to other threads nor to be shared with them.
    _one_thread: PhantomData<*const ()>,
}

/// Was the library loaded into this process before?
static LOADED: AtomicBool = AtomicBool::new(false);

impl Engine {
    /// Loads the library from the first of `names` that the system finds, and its data.
    ///
    /// # Errors
    /// A sentence on what was tried, where library or data are missing, or on a second call.
    pub(super) fn load(names: &[&Path], data: Option<&Path>) -> Result<Self, String> {
        if LOADED.swap(true, Ordering::SeqCst) {
            return Err("the library is in use in this process".into());
        }
        let library = open(names)?;
        let functions = Functions::find(&library).map_err(|e| e.to_string())?;
        let data = data.map(|folder| c_string(&folder.to_string_lossy()));
        let folder = data.as_ref().map_or(ptr::null(), |folder| folder.as_ptr());
        // SAFETY: `folder` is null or a string that lives until the call is over; the library copies.
        let rate = unsafe { (functions.initialize)(SYNCHRONOUS, 0, folder, DONT_EXIT) };
        let rate = u32::try_from(rate).map_err(|_| "the library has not found its data")?;
        // SAFETY: `hear` has the signature of the C header and lives as long as the process.
        unsafe { (functions.set_synth_callback)(hear) };
        Ok(Self {
            functions,
            rate,
            _library: library,
            _one_thread: PhantomData,
        })
    }

    /// Returns the samples a second.
    pub(super) fn rate(&self) -> u32 {
        self.rate
    }

    /// Returns the library's version and its data folder.
    pub(super) fn info(&self) -> (String, String) {
        let mut folder = ptr::null();
        // SAFETY: `folder` is a place for one pointer; both answers are strings of the library's own
        // or null, and `string` copies them at once.
        unsafe {
            let version = (self.functions.info)(&raw mut folder);
            (string(version), string(folder))
        }
    }

    /// Lists the voices that the library has data for.
    pub(super) fn voices(&mut self) -> Vec<Listed> {
        let mut voices = Vec::new();
        // SAFETY: null asks for all; the answer is an array of pointers to voices that ends with a
        // null one, and stays as it is until the next call, which `&mut self` keeps away.
        unsafe {
            let mut place = (self.functions.list_voices)(ptr::null_mut());
            while !place.is_null() && !(*place).is_null() {
                voices.push(listed(&**place));
                place = place.add(1);
            }
        }
        voices
    }

    /// Speaks `text` at so many words a minute and so much of full volume (100 is the library's own).
    ///
    /// # Errors
    /// A sentence, where there is no such voice or the library refuses.
    pub(super) fn speak(
        &mut self,
        voice: &str,
        words_per_minute: u16,
        volume: u8,
        text: &str,
    ) -> Result<Take, String> {
        self.set_voice(voice)?;
        self.set(RATE, words_per_minute.into())?;
        self.set(VOLUME, volume.into())?;
        let mut take = Take::default();
        if has_phonemes(text) {
            // From a text with this flag on, the library takes mnemonics, also where it is asked for phonemes.
            self.synth("a", UTF8 | PHONEMES, &raw mut take)?;
            let taken = self.phonemes_of(voice)?.written(text);
            take = Take::default();
            self.synth(&taken.text, UTF8 | PHONEMES, &raw mut take)?;
            for mark in &mut take.marks {
                mark.character = taken.given(mark.character);
            }
        } else {
            self.synth(text, UTF8, &raw mut take)?;
        }
        if take.samples.len() > MOST_SAMPLES {
            return Err("an utterance took more than half an hour".into());
        }
        Ok(take)
    }

    /// Asks how a voice writes each of the mnemonics.
    fn phonemes_of(&mut self, voice: &str) -> Result<Table, String> {
        Table::learned(voice.starts_with("vi"), |mnemonic| {
            // The voice is set already. Each time that it is set puts an event before those of the next text, and the
            // library drops what is more than it has room for.
            let clauses = self.clauses(mnemonic);
            Ok::<_, String>(clauses.into_iter().map(|clause| clause.phonemes).collect())
        })
    }

    /// Has a text said into `take`, which stays where it is until the caller has had all said.
    fn synth(&mut self, text: &str, flags: c_uint, take: *mut Take) -> Result<(), String> {
        let text = c_string(text);
        let bytes = text.as_bytes_with_nul().len();
        let user_data = take.cast();
        // SAFETY: `text` is a string of `bytes` with its end; `user_data` comes back to `hear` alone, during this call
        // or the caller's next (the mode is synchronous), while nobody touches what `take` points to.
        let status = unsafe {
            let text = text.as_ptr().cast();
            let message = ptr::null_mut();
            (self.functions.synth)(text, bytes, 0, BY_CHARACTER, 0, flags, message, user_data)
        };
        done(status, "speak")
    }

    /// Tells how a voice would say a text, clause by clause.
    ///
    /// # Errors
    /// A sentence, where there is no such voice.
    pub(super) fn phonemes(&mut self, voice: &str, text: &str) -> Result<Vec<Clause>, String> {
        self.set_voice(voice)?;
        Ok(self.clauses(text))
    }

    fn clauses(&mut self, text: &str) -> Vec<Clause> {
        let text = c_string(text);
        let begin = text.as_ptr().cast::<c_void>();
        let mut next = begin;
        let mut clauses: Vec<Clause> = Vec::new();
        while !next.is_null() {
            // SAFETY: `next` is a place within `text`, which lives until the loop is over; the library moves it on
            // within the text or sets it to null. The answer is a string of its own, copied before the next call.
            let phonemes = unsafe {
                string((self.functions.text_to_phonemes)(
                    &raw mut next,
                    UTF8.cast_signed(),
                    IPA,
                ))
            };
            let end = if next.is_null() {
                text.as_bytes().len()
            } else {
                (next as usize).saturating_sub(begin as usize)
            };
            if clauses.last().is_some_and(|last| end <= last.end) {
                break; // it would go on for ever
            }
            clauses.push(Clause { phonemes, end });
        }
        clauses
    }

    fn set_voice(&mut self, voice: &str) -> Result<(), String> {
        let name = c_string(voice);
        // SAFETY: `name` is a string that lives until the call is over; the library copies it.
        let status = unsafe { (self.functions.set_voice_by_name)(name.as_ptr()) };
        done(status, &format!("take the voice {voice}"))
    }

    fn set(&mut self, parameter: c_int, value: c_int) -> Result<(), String> {
        // SAFETY: three numbers; the last says that the value is absolute.
        let status = unsafe { (self.functions.set_parameter)(parameter, value, 0) };
        done(status, "be set")
    }
}

impl Functions {
    fn find(library: &Library) -> Result<Self, libloading::Error> {
        // SAFETY: names and types are those of `speak_lib.h`, unchanged since its interface 8; the
        // functions are used only while `Engine` holds the library.
        unsafe {
            Ok(Self {
                initialize: *library.get::<Initialize>(c"espeak_Initialize")?,
                info: *library.get::<Info>(c"espeak_Info")?,
                set_synth_callback: *library.get::<SetSynthCallback>(c"espeak_SetSynthCallback")?,
                set_voice_by_name: *library.get::<SetVoiceByName>(c"espeak_SetVoiceByName")?,
                set_parameter: *library.get::<SetParameter>(c"espeak_SetParameter")?,
                list_voices: *library.get::<ListVoices>(c"espeak_ListVoices")?,
                synth: *library.get::<Synth>(c"espeak_Synth")?,
                text_to_phonemes: *library.get::<TextToPhonemes>(c"espeak_TextToPhonemes")?,
            })
        }
    }
}

fn open(names: &[&Path]) -> Result<Library, String> {
    let mut tried = Vec::new();
    for name in names {
        // SAFETY: libespeak-ng's own initialisers do nothing but set variables; a file that is named
        // in the configuration is trusted as the configuration is.
        match unsafe { Library::new(*name) } {
            Ok(library) => return Ok(library),
            Err(error) => tried.push(cause(&error)),
        }
    }
    Err(tried.join("; "))
}

/// Returns what the system says: the crate's own words are only that it failed.
fn cause(error: &libloading::Error) -> String {
    let cause = std::error::Error::source(error);
    cause.map_or_else(|| error.to_string(), ToString::to_string)
}

/// Takes what the library has made: samples, and the events that belong to them.
extern "C" fn hear(samples: *mut i16, count: c_int, events: *mut Event) -> c_int {
    if events.is_null() {
        return GO_ON;
    }
    // SAFETY: `events` is an array that ends with an event of the kind `LIST_END`, and each event, that
    // one too, carries the `user_data` of `Engine::speak`: a `Take` that nobody else holds meanwhile.
    let take = unsafe { (*events).user_data.cast::<Take>().as_mut() };
    let Some(take) = take else { return GO_ON };
    thread::yield_now(); // who waits for the scheduler's next tick need not
    let count = usize::try_from(count).unwrap_or(0);
    if !samples.is_null() {
        // SAFETY: the library gives `count` samples, which stay until this function returns.
        take.samples
            .extend_from_slice(unsafe { slice::from_raw_parts(samples, count) });
    }
    let mut event = events;
    // SAFETY: see above; the end of the list is not passed.
    while let Some(one) = unsafe { event.as_ref() }.filter(|e| e.kind != LIST_END) {
        if one.kind == WORD {
            take.marks.extend(mark(one));
        }
        // SAFETY: `one` was not the last.
        event = unsafe { event.add(1) };
    }
    if take.samples.len() > MOST_SAMPLES {
        return STOP;
    }
    GO_ON
}

fn mark(event: &Event) -> Option<Mark> {
    Some(Mark {
        character: usize::try_from(event.text_position).ok()?.checked_sub(1)?,
        length: usize::try_from(event.length).ok()?,
        sample: usize::try_from(event.sample).ok()?,
    })
}

/// Copies a voice's strings.
///
/// # Safety
/// `voice`'s pointers are null or strings.
unsafe fn listed(voice: &CVoice) -> Listed {
    // SAFETY: as the caller promises. A voice's languages are a byte of priority and a string, several
    // times; the first is the one that it speaks best.
    unsafe {
        let none = voice.languages.is_null() || *voice.languages == 0;
        let first = if none {
            ptr::null()
        } else {
            voice.languages.add(1)
        };
        Listed {
            name: string(voice.name),
            language: string(first),
            identifier: string(voice.identifier),
            gender: voice.gender,
        }
    }
}

/// Copies a string of the library; null is empty.
///
/// # Safety
/// `text` is null or a string.
unsafe fn string(text: *const c_char) -> String {
    if text.is_null() {
        return String::new();
    }
    // SAFETY: as the caller promises.
    let text = unsafe { CStr::from_ptr(text) };
    text.to_string_lossy().into_owned()
}

/// Makes a C string; a null character, which none of ours has, would end it early.
fn c_string(text: &str) -> CString {
    let text = text.split('\0').next().unwrap_or_default();
    CString::new(text).expect("it has been cut before the first null")
}

fn done(status: c_int, what: &str) -> Result<(), String> {
    match status {
        0 => Ok(()),
        status => Err(format!("libespeak-ng would not {what} (status {status})")),
    }
}

/// Which of the two processes this is.
pub(super) enum Side {
    /// The copy.
    Copy,
    /// The process that was copied.
    Original(Copied),
}

/// A copy of this process.
pub(super) struct Copied(c_int);

/// Copies this process, which must have one thread.
pub(super) fn copy() -> io::Result<Side> {
    // SAFETY: with one thread, no lock is held by a thread that the copy would not have.
    match unsafe { libc::fork() } {
        -1 => Err(io::Error::last_os_error()),
        0 => Ok(Side::Copy),
        id => Ok(Side::Original(Copied(id))),
    }
}

impl Copied {
    /// Waits until the copy ends and returns what it said with [`leave`], or `None` where it was killed.
    pub(super) fn wait(self) -> io::Result<Option<i32>> {
        let mut status = 0;
        // SAFETY: `status` is a place for one number.
        while unsafe { libc::waitpid(self.0, &raw mut status, 0) } == -1 {
            let error = io::Error::last_os_error();
            if error.kind() != io::ErrorKind::Interrupted {
                return Err(error);
            }
        }
        Ok(libc::WIFEXITED(status).then(|| libc::WEXITSTATUS(status)))
    }
}

/// Ends this process by a signal if it is still there after so many seconds.
pub(super) fn end_after(seconds: u32) {
    // SAFETY: no handler is set, so the signal runs no code.
    unsafe { libc::alarm(seconds) };
}

/// Tries whether this process may send signals: to itself, one that does nothing.
pub(super) fn can_signal() -> bool {
    // SAFETY: takes numbers; the signal 0 is none, the call only asks whether one could be sent.
    unsafe { libc::kill(libc::getpid(), 0) == 0 }
}

/// Tries whether this process can get memory that may be run.
pub(super) fn can_map_code() -> bool {
    can_map(libc::PROT_READ | libc::PROT_EXEC, libc::MAP_PRIVATE)
}

/// Tries whether this process can get memory that it could share, and that counts as nobody's.
pub(super) fn can_share_memory() -> bool {
    can_map(libc::PROT_READ | libc::PROT_WRITE, libc::MAP_SHARED)
}

fn can_map(protection: c_int, sharing: c_int) -> bool {
    /// A page, of whatever size.
    const LENGTH: usize = 1;
    // SAFETY: maps new memory where there is none, and gives it back; nothing refers to it.
    unsafe {
        let flags = sharing | libc::MAP_ANONYMOUS;
        let place = libc::mmap(ptr::null_mut(), LENGTH, protection, flags, -1, 0);
        place != libc::MAP_FAILED && libc::munmap(place, LENGTH) == 0
    }
}

/// Ends a copy without what a process does at its end, which is the original's to do.
pub(super) fn leave(code: i32) -> ! {
    // SAFETY: ends the process.
    unsafe { libc::_exit(code) }
}

/// How much speaking gives way to answering (nice(2)): about a tenth of what another would get, and all that
/// others leave.
const NICENESS: i32 = 10;
/// How long a speaking thread goes on at a time, in nanoseconds: the longest that the scheduler takes. A thread whose
/// slice is shorter, as that of any other is, takes its place at once; with equal or shorter slices than theirs it
/// is left on until the clock next ticks, up to four milliseconds.
#[cfg(target_os = "linux")]
const SLICE: u64 = 100_000_000;

/// Lets this thread, and what it starts, give way to those that answer readers: a page takes a fraction of a
/// millisecond, and is not to wait for an utterance that takes ten.
///
/// Source: sched_setattr(2); the slice of an ordinary thread counts since Linux 6.12, and is passed over before.
pub(in crate::voice) fn give_way() {
    #[cfg(target_os = "linux")]
    {
        /// `struct sched_attr`, in its first form.
        #[repr(C)]
        struct Attributes {
            size: u32,
            policy: u32,
            flags: u64,
            nice: i32,
            priority: u32,
            runtime: u64,
            deadline: u64,
            period: u64,
        }
        let attributes = Attributes {
            size: u32::try_from(size_of::<Attributes>()).unwrap_or_default(),
            policy: 0,
            flags: 0,
            nice: NICENESS,
            priority: 0,
            runtime: SLICE,
            deadline: 0,
            period: 0,
        };
        // SAFETY: the kernel reads as many bytes as the struct says it has, of this thread's own.
        let set = unsafe { libc::syscall(libc::SYS_sched_setattr, 0, &raw const attributes, 0) };
        if set == 0 {
            return;
        }
    }
    // SAFETY: takes a number. Elsewhere than on Linux it is the whole process that gives way, so only a worker does.
    #[cfg(unix)]
    unsafe {
        libc::nice(NICENESS)
    };
}
