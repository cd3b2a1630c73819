//! The file is there whole or not at all, and nobody but its owner can read it.
use std::{
    fs::{self, File, OpenOptions},
    io::{self, ErrorKind, Read, Write},
    os::unix::fs::{OpenOptionsExt, PermissionsExt},
    path::{Path, PathBuf},
};

use zeroize::Zeroizing;

use super::KeyringError;
use crate::random;

/// No ring of keys is larger.
const MAX_OCTETS: u64 = 64 * 1024;

/// Nothing where there is no file.
pub(super) fn read(path: &Path) -> Result<Option<Zeroizing<String>>, KeyringError> {
    let file = match File::open(path) {
        Ok(file) => file,
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(None),
        Err(error) => return Err(failed(path)(error)),
    };
    // Of the file that is open, so that no other one can slip in between.
    let mode = file.metadata().map_err(failed(path))?.permissions().mode() & 0o7777;
    if mode & 0o077 != 0 {
        return Err(KeyringError::Exposed { path: path.to_owned(), mode });
    }
    let mut text = Zeroizing::new(String::with_capacity(4096));
    file.take(MAX_OCTETS).read_to_string(&mut text).map_err(failed(path))?;
    Ok(Some(text))
}

/// Puts the text there, unless somebody else was first: then theirs stays.
pub(super) fn create(path: &Path, text: &str) -> Result<(), KeyringError> {
    let draft = Draft::write(path, text)?;
    match fs::hard_link(&draft.0, path) {
        Err(error) if error.kind() != ErrorKind::AlreadyExists => return Err(failed(path)(error)),
        Ok(()) | Err(_) => {}
    }
    keep_directory(path).map_err(failed(path))
}

/// Puts the text in the place of what is there.
pub(super) fn replace(path: &Path, text: &str) -> Result<(), KeyringError> {
    let draft = Draft::write(path, text)?;
    fs::rename(&draft.0, path).map_err(failed(path))?;
    keep_directory(path).map_err(failed(path))
}

/// Keeps others from replacing the file until it is dropped.
pub(super) fn lock(path: &Path) -> Result<File, KeyringError> {
    let directory = File::open(directory(path)).map_err(failed(path))?;
    directory.lock().map_err(failed(path))?;
    Ok(directory)
}

pub(super) fn failed(path: &Path) -> impl FnOnce(io::Error) -> KeyringError {
    let path = path.to_owned();
    |source| KeyringError::File { path, source }
}

/// A file beside the ring that goes when it is dropped.
struct Draft(PathBuf);

impl Draft {
    fn write(path: &Path, text: &str) -> Result<Self, KeyringError> {
        let mut name = path.file_name().unwrap_or_default().to_owned();
        name.push(format!(".{:016x}", u64::from_be_bytes(random::bytes()?)));
        let draft = Self(path.with_file_name(name));
        fs::create_dir_all(directory(path)).map_err(failed(path))?;
        let mut options = OpenOptions::new();
        options.write(true).create_new(true).mode(0o600);
        let mut file = options.open(&draft.0).map_err(failed(path))?;
        file.write_all(text.as_bytes()).and_then(|()| file.sync_all()).map_err(failed(path))?;
        Ok(draft)
    }
}

impl Drop for Draft {
    fn drop(&mut self) {
        // After a rename there is none; a draft that stays is harmless, for it is as secret as the ring.
        let _ = fs::remove_file(&self.0);
    }
}

/// After this the name of the file survives a loss of power too.
fn keep_directory(path: &Path) -> io::Result<()> {
    File::open(directory(path))?.sync_all()
}

fn directory(path: &Path) -> &Path {
    match path.parent() {
        Some(parent) if parent != Path::new("") => parent,
        _ => Path::new("."),
    }
}
