//! A copy of the checkout in another folder, shared by the cases that want one.

use int80_support::{
    place::{Skip, need, root},
    run::any,
};
use std::{
    fs,
    os::unix::fs::symlink,
    path::Path,
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
    need("git").map_err(|Skip(reason)| reason)?;
    let all = [
        "ls-files",
        "-z",
        "--cached",
        "--others",
        "--exclude-standard",
    ];
    let listed = any(Command::new("git").current_dir(root()).args(all));
    if !listed.status.success() {
        return Err("this is no checkout of git's".to_owned());
    }
    let folder = tempfile::Builder::new().prefix("another-folder-").tempdir();
    let folder = folder.expect("a temporary folder");
    let copy = folder.path();
    for name in listed
        .stdout
        .split(|&byte| byte == 0)
        .filter(|name| !name.is_empty())
    {
        let name = Path::new(std::str::from_utf8(name).expect("a plain name"));
        let (from, to) = (root().join(name), copy.join(name));
        fs::create_dir_all(to.parent().expect("a folder")).expect("a folder");
        if let Ok(target) = fs::read_link(&from) {
            symlink(target, &to).expect("a link");
        } else if from.exists() {
            fs::copy(&from, &to).expect("a copy");
        }
    }
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
