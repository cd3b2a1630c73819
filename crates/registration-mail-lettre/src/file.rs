//! A file is there whole or not at all, and only its owner can read it: it holds links that work.
use std::{
    fs::{self, DirBuilder, OpenOptions},
    io::{self, Write},
    os::unix::fs::{DirBuilderExt, OpenOptionsExt},
    path::{Path, PathBuf},
};

use tokio::task::spawn_blocking;

pub(crate) fn make_directory(path: &Path) -> io::Result<()> {
    DirBuilder::new().recursive(true).mode(0o700).create(path)
}

/// Keeps a mail as `NAME.eml`, in the place of an earlier try of the same, and answers the name.
pub(crate) async fn keep(directory: PathBuf, name: String, eml: Vec<u8>) -> io::Result<String> {
    off_the_runtime(move || write(&directory, &format!("{name}.eml"), &eml).map(|()| name)).await
}

/// A draft with a dot before its name is no mail yet; two that write the same write the same bytes.
pub(crate) fn write(directory: &Path, name: &str, bytes: &[u8]) -> io::Result<()> {
    let draft = directory.join(format!(".{name}.{}", std::process::id()));
    let mut options = OpenOptions::new();
    options.write(true).create(true).truncate(true).mode(0o600);
    options.open(&draft)?.write_all(bytes)?;
    fs::rename(&draft, directory.join(name))
}

/// Files block, and are not waited for on the threads of the runtime.
pub(crate) async fn off_the_runtime<T: Send + 'static>(
    work: impl FnOnce() -> io::Result<T> + Send + 'static,
) -> io::Result<T> {
    spawn_blocking(work).await.map_err(io::Error::other)?
}
