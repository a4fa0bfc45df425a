//! Reads files that an operator or a user has put there, and nothing else that a name may lead to.

use std::fs::{self, File};
use std::io::Read;
use std::path::Path;

/// Reads a file of at most `most` bytes.
///
/// # Errors
/// A sentence, where it cannot be read, is longer, or is no file: a pipe would be waited for, and a device may
/// never end.
pub(super) fn read(path: &Path, most: u64) -> Result<Vec<u8>, String> {
    let found = fs::metadata(path).map_err(|error| error.to_string())?;
    if !found.is_file() {
        return Err("it is no file".to_owned());
    }
    let bytes = found.len();
    if bytes > most {
        return Err(format!("it has {bytes} bytes, more than {most}"));
    }
    let file = File::open(path).map_err(|error| error.to_string())?;
    let mut read = Vec::with_capacity(usize::try_from(bytes).unwrap_or(0));
    let end = file.take(most + 1).read_to_end(&mut read);
    end.map_err(|error| error.to_string())?;
    if read.len() as u64 > most {
        return Err(format!("it has more than {most} bytes"));
    }
    Ok(read)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_file_of_a_fitting_length_is_read() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("tệp");
        fs::write(&path, b"1234").expect("a file");
        assert_eq!(read(&path, 4), Ok(b"1234".to_vec()));
        assert_eq!(read(&path, 3), Err("it has 4 bytes, more than 3".into()));
        assert_eq!(read(folder.path(), 4), Err("it is no file".into()));
        assert!(read(&folder.path().join("x"), 4).is_err());
    }

    #[cfg(unix)]
    #[test]
    fn what_never_ends_is_not_begun() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("zero.json");
        std::os::unix::fs::symlink("/dev/zero", &path).expect("a link");
        assert_eq!(read(&path, 9), Err("it is no file".into()));
        let pipe = folder.path().join("pipe.json");
        let made = std::process::Command::new("mkfifo").arg(&pipe).status();
        assert!(made.expect("mkfifo runs").success());
        assert_eq!(read(&pipe, 9), Err("it is no file".into()));
    }
}
