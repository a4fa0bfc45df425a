//! What a copy that speaks can still do, tried by itself.

use std::fs::{self, File};
use std::net::UdpSocket;
use std::process::Command;

use rustix::process::{Resource, Rlimit, setrlimit};

use super::MOST_MEMORY;
use crate::voice::espeak::ffi::{self, Side};

/// Tries what a copy must not be able to do; each with whether it was kept from it.
pub(in crate::voice::espeak) fn try_out() -> Vec<(String, bool)> {
    let unlimited = Rlimit {
        current: None,
        maximum: None,
    };
    let tried = [
        ("network", UdpSocket::bind("127.0.0.1:0").is_err()),
        ("programs", Command::new("/bin/true").status().is_err()),
        ("writing files", !writes()),
        ("reading other files", File::open("/etc/passwd").is_err()),
        ("much memory", !takes(4 * MOST_MEMORY)),
        ("copies of itself", !copies()),
        ("signals to others", !ffi::can_signal()),
        ("executable memory", !ffi::can_map_code()),
        ("shared memory", !ffi::can_share_memory()),
        ("more time", setrlimit(Resource::Cpu, unlimited).is_err()),
    ];
    tried
        .map(|(what, is_refused)| (what.to_owned(), is_refused))
        .to_vec()
}

fn writes() -> bool {
    let file = std::env::temp_dir().join(format!("loa-{}", std::process::id()));
    let writes = File::create(&file).is_ok();
    if writes {
        let _ = fs::remove_file(&file); // the answer is the same
    }
    writes
}

fn takes(bytes: u64) -> bool {
    let mut memory: Vec<u8> = Vec::new();
    usize::try_from(bytes).is_ok_and(|bytes| memory.try_reserve_exact(bytes).is_ok())
}

fn copies() -> bool {
    match ffi::copy() {
        Ok(Side::Copy) => ffi::leave(0),
        Ok(Side::Original(_)) => true,
        Err(_) => false,
    }
}
