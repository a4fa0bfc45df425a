//! What a speech worker is kept from, tried from inside by the worker itself.

mod common;

use common::loa::output;

/// Is a restriction of the system's in force here?
fn tried() -> Vec<(String, bool)> {
    let told = output(&["speak-worker", "--prove"]);
    let read = |line: &str| {
        let (what, answer) = line.split_once('\t').expect("what and whether");
        (what.to_owned(), answer == "refused")
    };
    told.lines().map(read).collect()
}

#[cfg(target_os = "linux")]
#[test]
fn a_worker_reaches_no_network_starts_no_program_and_writes_no_file() {
    let tried = tried();
    for what in ["network", "programs", "writing files", "much memory"] {
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

#[test]
fn a_check_tells_the_operator_what_a_worker_is_kept_from() {
    let told = output(&["check"]);
    for (what, is_refused) in tried() {
        let answer = if is_refused {
            "refused"
        } else {
            "not refused on this system"
        };
        let line = format!("worker\t{what}\t{answer}");
        assert!(told.lines().any(|other| other == line), "{line} in {told}");
    }
}
