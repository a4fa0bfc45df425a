//! The store on disk: what it keeps, what it gives back after a fall, and that it never lies.

mod common;

use std::fs;
use std::io::Read;
use std::path::Path;
use std::process::Command;

use common::client::{begin, get, read_head};
use common::loa::{Server, command};
use common::portal::Portal;
use loa::store::{Disk, DiskSettings, Error, Key, Memory, Store};
use tempfile::TempDir;

fn settings(folder: &Path) -> DiskSettings {
    DiskSettings {
        folder: folder.to_owned(),
        bytes: DiskSettings::LEAST_BYTES,
    }
}

async fn opened(settings: DiskSettings) -> Disk {
    let disk = Disk::new(settings);
    disk.open().await.expect("a folder of one's own");
    disk
}

fn key(number: u8) -> Key {
    [number; 32]
}

/// A value that tells which it is at every byte.
fn value(number: u8) -> Vec<u8> {
    (0..20_000u32)
        .map(|at| number ^ at.to_le_bytes()[0] ^ at.to_le_bytes()[1])
        .collect()
}

#[tokio::test]
async fn what_was_kept_is_there_after_the_process_has_ended() {
    let folder = TempDir::new().expect("a folder");
    let disk = opened(settings(folder.path())).await;
    for number in 0..100 {
        disk.put(key(number), &value(number));
    }
    disk.close().await.expect("room on the disk");
    drop(disk);
    let again = opened(settings(folder.path())).await;
    for number in 0..100 {
        let found = again.get(key(number)).await.expect("a whole value");
        assert_eq!(found.as_deref(), Some(value(number).as_slice()));
    }
    assert!(again.get(key(200)).await.expect("no value").is_none());
}

#[tokio::test]
async fn a_folder_is_one_stores_alone() {
    let folder = TempDir::new().expect("a folder");
    let first = opened(settings(folder.path())).await;
    let second = Disk::new(settings(folder.path()));
    assert!(matches!(second.open().await, Err(Error::InUse(_))));
    second.put(key(1), b"lost");
    assert!(second.get(key(1)).await.expect("nothing").is_none());
    drop(first);
    second.open().await.expect("a folder that was given back");
}

#[tokio::test]
async fn a_value_that_was_damaged_on_disk_is_a_miss_and_never_another_value() {
    let folder = TempDir::new().expect("a folder");
    let disk = opened(settings(folder.path())).await;
    for number in 0..100 {
        disk.put(key(number), &value(number));
    }
    disk.close().await.expect("room on the disk");
    drop(disk);
    // A bit in most pages, so that some values, some indices and some seals are hit.
    for file in files_below(folder.path()) {
        let mut bytes = fs::read(&file).expect("a file of the store");
        for at in (1000..bytes.len()).step_by(30_011) {
            bytes[at] ^= 0x10;
        }
        fs::write(&file, bytes).expect("a file of the store");
    }
    let again = opened(settings(folder.path())).await;
    let (mut whole, mut lost) = (0, 0);
    for number in 0..100 {
        match again.get(key(number)).await {
            Ok(Some(found)) => {
                assert_eq!(*found, *value(number));
                whole += 1;
            }
            Ok(None) | Err(_) => lost += 1,
        }
    }
    assert!(
        lost > 0,
        "the test damaged nothing, {whole} values are whole"
    );
}

#[tokio::test]
async fn a_store_of_another_size_begins_anew_and_leaves_no_files_behind() {
    let folder = TempDir::new().expect("a folder");
    let disk = opened(settings(folder.path())).await;
    disk.put(key(1), &value(1));
    disk.close().await.expect("room on the disk");
    drop(disk);
    let larger = DiskSettings {
        bytes: 2 * DiskSettings::LEAST_BYTES,
        ..settings(folder.path())
    };
    let again = opened(larger.clone()).await;
    assert!(again.get(key(1)).await.expect("nothing").is_none());
    let together: u64 = files_below(folder.path())
        .iter()
        .map(|file| fs::metadata(file).expect("a file").len())
        .sum();
    assert!(together <= larger.bytes, "{together} bytes");
}

#[tokio::test]
async fn the_oldest_makes_room() {
    let folder = TempDir::new().expect("a folder");
    let disk = opened(settings(folder.path())).await;
    let large = vec![7; 1 << 18];
    for number in 0..=200 {
        disk.put(key(number), &large);
        // What comes while too much waits to be written is not kept, which is not what is tested here.
        while disk.get(key(number)).await.expect("a value").is_none() {
            tokio::task::yield_now().await;
            disk.put(key(number), &large);
        }
    }
    assert!(disk.get(key(0)).await.expect("no damage").is_none());
    assert!(disk.get(key(200)).await.expect("no damage").is_some());
}

#[tokio::test]
async fn a_store_in_memory_keeps_the_latest() {
    let store = Memory::new(50_000);
    for number in 0..3 {
        store.put(key(number), &value(number));
    }
    assert!(store.get(key(0)).await.expect("no damage").is_none());
    let latest = store.get(key(2)).await.expect("no damage");
    assert_eq!(latest.as_deref(), Some(value(2).as_slice()));
    store.put(key(9), &[0; 60_000]);
    assert!(store.get(key(9)).await.expect("no damage").is_none());
}

/// A gateway with a store, and one of a portal's articles.
struct Kept {
    folder: TempDir,
    portal: Portal,
}

impl Kept {
    fn new() -> Self {
        let folder = TempDir::new().expect("a folder");
        let store = folder.path().join("store");
        let settings = format!("store_folder = {store:?}\nstore_bytes = {}\n", 64 << 20);
        fs::write(folder.path().join("loa.toml"), settings).expect("a settings file");
        Self {
            folder,
            portal: Portal::start(),
        }
    }

    fn settings(&self) -> String {
        let path = self.folder.path().join("loa.toml");
        path.to_str().expect("a path in UTF-8").to_owned()
    }

    fn server(&self) -> Server {
        Server::start(&[
            "--config",
            &self.settings(),
            "--trust",
            &self.portal.trust(),
        ])
    }

    /// The address of the article's sound at a speed, which makes it a sound of its own.
    fn sound(&self, hundredths: u32) -> String {
        let url = self.portal.url("/utf-8.aspx");
        format!(
            "/audio.mp3?speed={}.{:02}&url={url}",
            hundredths / 100,
            hundredths % 100
        )
    }
}

/// What comes after the tag, whose chapters are not known to a sound's first listener.
fn frames(mp3: &[u8]) -> &[u8] {
    let length = mp3[6..10]
        .iter()
        .fold(0, |sum, byte| sum << 7 | usize::from(*byte));
    &mp3[10 + length..]
}

#[test]
fn what_was_heard_is_known_after_a_restart() {
    let kept = Kept::new();
    let first = kept.server();
    let heard = get(first.address, &kept.sound(100), &[]);
    assert!(heard.header("content-length").is_none(), "it was not known");
    first.stop();
    let second = kept.server();
    // The store may still be reading what it holds; then the sound is made anew.
    let again = loop {
        let again = get(second.address, &kept.sound(100), &[]);
        assert!(frames(&again.body) == frames(&heard.body));
        if again.header("content-length").is_some() {
            break again;
        }
    };
    assert_eq!(
        again.header("content-length"),
        Some(&*heard.body.len().to_string())
    );
}

/// Killed fifty times while it writes, it is ready again and never says a wrong byte.
#[test]
fn a_gateway_that_is_killed_while_it_writes_serves_no_wrong_byte_afterwards() {
    let kept = Kept::new();
    let unkept = Server::start(&["--trust", &kept.portal.trust()]);
    for round in 0..50u32 {
        let sound = kept.sound(100 + round / 5);
        let truth = get(unkept.address, &sound, &[]).body;
        let server = kept.server();
        let mut listening = begin(server.address, "GET", &sound, &[], b"");
        let (status, _) = read_head(&mut listening);
        assert_eq!(status, 200);
        // Somewhere else in the sound each time, and in the end behind it.
        let heard = u64::from(round % 5) * truth.len() as u64 / 4;
        let mut part = Vec::new();
        listening
            .by_ref()
            .take(heard)
            .read_to_end(&mut part)
            .expect("sound");
        drop(server); // SIGKILL
    }
    let server = kept.server();
    for step in 0..10 {
        let sound = kept.sound(100 + step);
        let truth = get(unkept.address, &sound, &[]).body;
        let heard = get(server.address, &sound, &[]).body;
        assert!(frames(&heard) == frames(&truth), "speed {step}");
    }
}

/// On a disk of half a megabyte sound goes on, uncached. It needs the right to mount one, which a
/// container may refuse; then it says so.
#[test]
fn a_full_disk_does_not_end_the_sound() {
    let kept = Kept::new();
    let may_mount = Command::new("unshare")
        .args([
            "--mount",
            "mount",
            "-t",
            "tmpfs",
            "-o",
            "size=512k",
            "tmpfs",
            "/mnt",
        ])
        .output();
    if !may_mount.is_ok_and(|tried| tried.status.success()) {
        eprintln!("not tested: no file system may be mounted here");
        return;
    }
    let store = kept.folder.path().join("store");
    fs::create_dir_all(&store).expect("a folder");
    let script = r#"mount -t tmpfs -o size=512k tmpfs "$1" && shift && exec "$@""#;
    let mut small = Command::new("unshare");
    small
        .args(["--mount", "sh", "-c", script, "sh"])
        .arg(&store);
    small.arg(command().get_program());
    let server = Server::start_as(
        small,
        &[
            "--config",
            &kept.settings(),
            "--trust",
            &kept.portal.trust(),
        ],
    );
    let unkept = Server::start(&["--trust", &kept.portal.trust()]);
    for step in 0..4 {
        let sound = kept.sound(100 + step);
        let heard = get(server.address, &sound, &[]);
        assert_eq!(heard.status, 200);
        let truth = get(unkept.address, &sound, &[]).body;
        assert!(frames(&heard.body) == frames(&truth), "speed {step}");
    }
}

fn files_below(folder: &Path) -> Vec<std::path::PathBuf> {
    let mut files = Vec::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).expect("a folder") {
            let path = entry.expect("an entry").path();
            if path.is_dir() {
                folders.push(path);
            } else {
                files.push(path);
            }
        }
    }
    files
}
