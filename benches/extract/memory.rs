//! How much memory a page takes while it is read, as times its size.
//!
//! Each page is read by a process of its own; what counts is how far the kernel's mark of most memory
//! (`VmHWM`, set back before reading) rises above what is held. Small pages of each kind are read
//! before, one of them in English: the tables, the words of both languages and the code itself, which
//! take as much as a page of 100 kB, are held once for all pages.
//! Linux only: elsewhere nothing is printed.

use std::fs;
use std::io::{self, Read, Write};
use std::process::{Command, Stdio};

use crate::growth::{entries, page, prose, rows};
use crate::reader::{BOTH, Reader};
use crate::saved::Saved;

/// The argument by which this program asks itself.
pub(crate) const ASKED: &str = "--memory";

/// Pages below this size say more of the allocator than of the page.
const SMALLEST: usize = 100_000;

/// A paragraph in English, with a list and a picture.
const ENGLISH: &str = "<p lang=en>On Monday the village council opened a reading room for the blind; more \
    than a hundred people came to the opening, and the school choir sang two songs.</p><ul><li>Open \
    from Monday to Friday<li>Closed in July</ul><figure><img src=/1.jpg><figcaption>The reading room \
    on its first day</figcaption></figure>";

/// Prints how much memory pages take, for pages that are large enough to tell and for one of 5 MB.
pub(crate) fn report(pages: &[Saved]) {
    if peak().is_none() {
        return;
    }
    let mut large: Vec<&[u8]> = pages.iter().map(|page| &page.bytes[..]).collect();
    large.retain(|bytes| bytes.len() >= SMALLEST);
    let made = prose(5_000_000);
    println!(
        "memory, as times the page's size: {} pages of {SMALLEST} bytes or more",
        large.len()
    );
    for reader in BOTH {
        let mut times: Vec<f64> = large.iter().map(|bytes| asked(reader, bytes)).collect();
        times.sort_by(f64::total_cmp);
        if let (Some(most), Some(middle)) = (times.last(), times.get(times.len() / 2)) {
            println!("{:12}  middle {middle:5.1}  most {most:5.1}", reader.name());
        }
        println!(
            "{:12}  5 MB of prose {:5.1}",
            reader.name(),
            asked(reader, made.as_bytes())
        );
    }
}

/// Lets a process of its own read the page; returns by how many times its size memory grew.
fn asked(reader: Reader, bytes: &[u8]) -> f64 {
    let own = std::env::current_exe().expect("the path of this program");
    let mut child = Command::new(own)
        .args([ASKED, reader.name()])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .expect("this program starts again");
    let mut input = child.stdin.take().expect("a pipe to the child");
    input.write_all(bytes).expect("the child reads the page");
    drop(input);
    let output = child.wait_with_output().expect("the child ends");
    let grown = String::from_utf8_lossy(&output.stdout)
        .trim()
        .parse::<usize>();
    grown.expect("the child says a number") as f64 / bytes.len() as f64
}

/// The child's part: reads the page on standard input, prints by how many bytes memory grew.
pub(crate) fn measure(reader: &str) {
    let reader = BOTH
        .into_iter()
        .find(|each| each.name() == reader)
        .expect("a reader's name");
    let mut bytes = Vec::new();
    io::stdin()
        .read_to_end(&mut bytes)
        .expect("a page on standard input");
    bytes.shrink_to_fit();
    let page = Saved {
        bytes,
        ..page(String::new())
    };
    for small in [prose(2000), rows(2000), entries(2000), ENGLISH.repeat(5)] {
        reader.read(&self::page(small));
    }
    // Sets the mark back to what is held now (proc(5), clear_refs).
    fs::write("/proc/self/clear_refs", "5").expect("the mark of most memory can be set back");
    let before = peak().unwrap_or_default();
    reader.read(&page);
    println!("{}", peak().unwrap_or_default() - before);
}

/// The most memory that this process has held, in bytes.
fn peak() -> Option<usize> {
    let status = fs::read_to_string("/proc/self/status").ok()?;
    let line = status
        .lines()
        .find_map(|line| line.strip_prefix("VmHWM:"))?;
    let kilobytes: usize = line.trim().strip_suffix("kB")?.trim().parse().ok()?;
    Some(kilobytes << 10)
}
