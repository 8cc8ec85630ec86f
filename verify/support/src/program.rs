//! Programs: those that tests make, and a browser.
//!
//! A process with threads must not write a file that it runs afterwards: a child that
//! another thread starts at that moment inherits the descriptor, up to its own
//! execve(2), and a file that is open for writing cannot be run (ETXTBSY). So another
//! process writes it.

use crate::command::output;
use std::{
    fs,
    path::{Path, PathBuf},
    process::Command,
};

/// Copies a program.
///
/// # Panics
///
/// Where it cannot be copied.
pub fn copy(from: impl AsRef<Path>, to: impl AsRef<Path>) {
    let mut install = Command::new("install");
    install
        .args(["-m", "755"])
        .arg(from.as_ref())
        .arg(to.as_ref());
    output(&mut install, "copying a program").expect("a copy of the program");
}

/// Makes a program of its bytes, or of a script's text.
///
/// # Panics
///
/// Where it cannot be written.
pub fn write(path: impl AsRef<Path>, bytes: impl AsRef<[u8]>) {
    let path = path.as_ref();
    let mut beside = path.as_os_str().to_owned();
    beside.push(".bytes");
    let beside = PathBuf::from(beside);
    fs::write(&beside, bytes).expect("a file");
    copy(&beside, path);
    fs::remove_file(&beside).expect("the file");
}

/// A browser that runs without a screen, or why there is none.
pub fn browser() -> Result<PathBuf, String> {
    let names = ["chromium", "chromium-browser", "google-chrome"];
    let mut found = names.into_iter().filter_map(|name| which::which(name).ok());
    found
        .next()
        .ok_or_else(|| "no Chromium: `cargo xtask setup --browser` installs it".to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::{
        sync::atomic::{AtomicBool, Ordering},
        thread,
    };

    /// With `fs::write` and a change of the mode instead, it fails within some
    /// hundred rounds.
    #[test]
    fn a_program_can_be_run_while_others_are_started() {
        let folder = tempfile::tempdir().unwrap();
        let end = AtomicBool::new(false);
        thread::scope(|scope| {
            for _ in 0..4 {
                scope.spawn(|| {
                    while !end.load(Ordering::Relaxed) {
                        Command::new("true").status().unwrap();
                    }
                });
            }
            for round in 0..100 {
                let path = folder.path().join(format!("program{round}"));
                write(&path, "#!/bin/sh\nexit 3\n");
                let ended = Command::new(&path).status();
                end.store(ended.is_err() || round == 99, Ordering::Relaxed);
                assert_eq!(ended.unwrap().code(), Some(3));
            }
        });
    }
}
