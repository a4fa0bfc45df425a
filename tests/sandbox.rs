//! What a speech worker is kept from, tried from inside by a copy of it that is asked to, and how it ends.

mod common;

use common::loa::output;

/// What a check tells of a worker; each with whether it is kept from it.
fn tried() -> Vec<(String, bool)> {
    let told = output(&["check"]);
    let read = |line: &str| {
        let (what, answer) = line.strip_prefix("worker\t")?.split_once('\t')?;
        match answer {
            "refused" => Some((what.to_owned(), true)),
            "not refused on this system" => Some((what.to_owned(), false)),
            other => panic!("{what}: {other}"),
        }
    };
    told.lines().filter_map(read).collect()
}

#[cfg(target_os = "linux")]
#[test]
fn a_worker_gets_nothing_that_speaking_does_not_need() {
    let tried = tried();
    for what in [
        "network",
        "programs",
        "writing files",
        "much memory",
        "copies of itself",
        "signals to others",
        "executable memory",
        "shared memory",
        "more time",
    ] {
        assert!(
            tried.contains(&(what.to_owned(), true)),
            "{what} of {tried:?}"
        );
    }
}

/// Landlock is in most kernels of today, and not in all.
#[cfg(target_os = "linux")]
#[test]
fn a_worker_reads_no_file_but_the_engines_where_the_kernel_knows_how() {
    use landlock::{ABI, Access, AccessFs, CompatLevel, Compatible, Ruleset, RulesetAttr};
    let ruleset = Ruleset::default().set_compatibility(CompatLevel::HardRequirement);
    let ruleset = ruleset.handle_access(AccessFs::from_all(ABI::V1));
    let has_landlock = ruleset.is_ok_and(|ruleset| ruleset.create().is_ok());
    let tried = tried();
    assert!(
        tried.contains(&("reading other files".to_owned(), has_landlock)),
        "{tried:?}"
    );
}

/// A worker as Loa starts it, and what the system says of it.
#[cfg(target_os = "linux")]
mod process {
    use std::fs;
    use std::io::Read;
    use std::path::Path;
    use std::process::{Child, Stdio};
    use std::thread;
    use std::time::{Duration, Instant};

    use super::common::loa::command;

    /// Looks again and again for what must come to be.
    fn until<T>(what: &str, mut look: impl FnMut() -> Option<T>) -> T {
        let start = Instant::now();
        loop {
            if let Some(found) = look() {
                return found;
            }
            assert!(start.elapsed() < Duration::from_secs(30), "{what}");
            thread::yield_now();
        }
    }

    /// A worker that has loaded the engine and said so.
    fn started() -> Child {
        let mut command = command();
        command.arg("speak-worker");
        command.stdin(Stdio::piped()).stdout(Stdio::piped());
        let mut worker = command.spawn().expect("a worker");
        let mut first = [0];
        let greeting = worker.stdout.as_mut().expect("its pipe");
        greeting.read_exact(&mut first).expect("its greeting");
        worker
    }

    fn status(of: &Path) -> String {
        fs::read_to_string(of.join("status")).unwrap_or_default()
    }

    fn copy_of(worker: &Child) -> u32 {
        let id = worker.id();
        let children = format!("/proc/{id}/task/{id}/children");
        let first = || {
            let children = fs::read_to_string(&children).ok()?;
            children.split_whitespace().next()?.parse().ok()
        };
        until("the worker has copied itself", first)
    }

    #[test]
    fn every_thread_of_a_worker_is_in_the_filter_the_engines_own_too() {
        let mut worker = started();
        let threads = fs::read_dir(format!("/proc/{}/task", worker.id())).expect("its threads");
        for thread in threads.flatten() {
            let status = status(&thread.path());
            let filtered = status.lines().any(|line| line == "Seccomp:\t2");
            assert!(filtered, "{status}");
        }
        worker.kill().expect("its end");
        worker.wait().expect("its end");
    }

    #[test]
    fn a_copy_ends_with_its_worker_however_that_ends() {
        let mut worker = started();
        let pipe = worker.stdin.take(); // held open, so that the copy would go on waiting
        let copy = copy_of(&worker);
        worker.kill().expect("its end");
        worker.wait().expect("its end");
        until("the copy has ended", || {
            let status = status(Path::new(&format!("/proc/{copy}")));
            (status.is_empty() || status.contains("\nState:\tZ")).then_some(())
        });
        drop(pipe);
    }
}
