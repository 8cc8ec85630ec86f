//! A copy of the checkout in another folder, shared by the cases that want one.

use int80_support::{
    checkout,
    place::{Skip, root},
};
use std::{
    fs,
    os::unix::fs::symlink,
    process::Command,
    sync::{Mutex, MutexGuard, OnceLock, PoisonError},
};
use tempfile::TempDir;

/// Removed by [`clean`].
static COPY: OnceLock<Result<Mutex<TempDir>, String>> = OnceLock::new();

/// The copy, for one case at a time: each of them makes the kit anew.
pub fn copied() -> Result<MutexGuard<'static, TempDir>, Skip> {
    let copy = COPY.get_or_init(|| copy().map(Mutex::new));
    let folder = copy.as_ref().map_err(|reason| Skip(reason.clone()))?;
    // A case that has failed leaves the sources as they are.
    Ok(folder.lock().unwrap_or_else(PoisonError::into_inner))
}

fn copy() -> Result<TempDir, String> {
    let folder = tempfile::Builder::new().prefix("another-folder-").tempdir();
    let folder = folder.expect("a temporary folder");
    let copy = folder.path();
    checkout::copy(copy).map_err(|Skip(reason)| reason)?;
    // What the set-up has fetched is no part of what is built.
    let private = root().join("target/xtask");
    if private.exists() {
        fs::create_dir(copy.join("target")).expect("a folder");
        symlink(private, copy.join("target/xtask")).expect("a link");
    }
    Ok(folder)
}

/// The environment of a person, and not that of the cargo that runs this test.
pub fn outer(command: &mut Command) -> &mut Command {
    xtask::environment::clean(command);
    if let Some(source) = std::env::var_os("INT80_I386") {
        command.env("INT80_I386", source);
    }
    command
}

/// Removes the copy: nothing drops what is static.
pub fn clean() {
    if let Some(Ok(folder)) = COPY.get() {
        let folder = folder.lock().unwrap_or_else(PoisonError::into_inner);
        // A temporary folder that stays is no failure.
        let _ = fs::remove_dir_all(folder.path());
    }
}
