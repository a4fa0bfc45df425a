//! Locks a speech worker in: the engine is a large C library that reads whatever strangers write.
//!
//! There are two rings. Once the engine is loaded, a worker gives up all but reading its pipe and the engine's
//! data, writing its pipe, and copying itself ([`lock_in`]). It never reads what a stranger wrote: that is for its
//! copies, which before they do give up copying themselves and whatever else speaking needs not
//! ([`Inner::lock`]). Calls beyond these fail (seccomp), files outside the data folder cannot be read (Landlock),
//! and memory, files and their sizes have limits. Where a kernel has one of them not, the others hold; `loa
//! check` has a copy try what holds.
//!
//! What a copy that strangers have taken over could still do: answer with any sound, and, until its time is up,
//! read the next texts that its worker is asked to speak.
//!
//! Sources: seccomp(2), landlock(7), setrlimit(2), `PR_SET_PDEATHSIG(2const)`; the calls are those that glibc and
//! musl make for what is done.

#[cfg(all(
    target_os = "linux",
    any(
        target_arch = "x86_64",
        target_arch = "aarch64",
        target_arch = "riscv64"
    )
))]
mod calls;
#[cfg(not(all(
    target_os = "linux",
    any(
        target_arch = "x86_64",
        target_arch = "aarch64",
        target_arch = "riscv64"
    )
)))]
#[path = "no_calls.rs"]
mod calls;
#[cfg(target_os = "linux")]
mod files;
mod trial;

use std::fmt::Display;
use std::path::Path;

use rustix::process::{Pid, Resource, Rlimit, getppid, setrlimit};

use super::ffi;

pub(super) use trial::try_out;

/// Most bytes of a worker's own memory. It takes some 20 MB; a minute of speech is 3 MB.
const MOST_MEMORY: u64 = 256 << 20;
/// Most files that a worker has open: its pipes, and one or two of the engine's.
const MOST_FILES: u64 = 32;

/// The name of the system's filter of calls.
const SECCOMP: &str = "seccomp";

/// The ring that a copy still has to go into.
pub(super) struct Inner(Option<calls::Filter>);

/// Locks this process in, with all of its threads; it must have loaded all code that it needs. What the system
/// does not have is left out: whichever is missing, the others hold, and what holds is told by [`try_out`].
pub(super) fn lock_in(data: &Path) -> Inner {
    limit(&[
        (Resource::Data, MOST_MEMORY),
        (Resource::Nofile, MOST_FILES),
        (Resource::Fsize, 0),
        (Resource::Core, 0),
    ]);
    #[cfg(target_os = "linux")]
    or_tell("Landlock", files::restrict(data));
    #[cfg(not(target_os = "linux"))]
    let _ = data;
    let inner = or_tell(SECCOMP, calls::Filter::of_copies());
    or_tell(SECCOMP, calls::restrict());
    Inner(inner)
}

impl Inner {
    /// Locks a copy in, for good, before it looks at what a stranger wrote. It has so long from now, by the clock
    /// and by the processor's.
    pub(super) fn lock(&self, seconds: u32) {
        ffi::end_after(seconds);
        limit(&[(Resource::Cpu, seconds.into())]);
        if let Some(filter) = &self.0 {
            or_tell(SECCOMP, filter.apply());
        }
    }
}

/// Sees that this copy ends when its worker does, however that comes; tells whether the worker is still there.
pub(super) fn end_with_worker(worker: Pid) -> bool {
    #[cfg(target_os = "linux")]
    or_tell(
        "PR_SET_PDEATHSIG",
        rustix::process::set_parent_process_death_signal(Some(rustix::process::Signal::KILL)),
    );
    // It may have ended before it was to be told.
    getppid() == Some(worker)
}

fn limit(resources: &[(Resource, u64)]) {
    for &(resource, most) in resources {
        let limit = Rlimit {
            current: Some(most),
            maximum: Some(most),
        };
        let _ = setrlimit(resource, limit); // a lower limit of the system's own holds as well
    }
}

/// Passes over what the system does not have, with a line for who looks for it.
fn or_tell<T, E: Display>(what: &str, done: Result<T, E>) -> Option<T> {
    let tell = |error: &E| eprintln!("{what} does not hold this worker: {error}"); // logged by Loa when debugging
    done.inspect_err(tell).ok()
}
