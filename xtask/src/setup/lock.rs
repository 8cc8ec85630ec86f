//! One process at a time, and nothing half-made left behind.

use crate::{paths::Paths, progress::say};
use anyhow::{Context, Result};
use rustix::{
    fs::{FlockOperation, flock},
    io::Errno,
};
use std::{
    fs::{self, File},
    path::Path,
};

/// Unfinished things carry this prefix, and the next set-up removes them.
pub const UNFINISHED: &str = ".unfinished-";

/// Waits until no other process of this checkout is at work in `folder`. The
/// lock ends with the file, so also when this process is killed.
pub fn take(folder: &Path, topic: &str) -> Result<File> {
    let path = folder.join("lock");
    let file = File::create(&path).with_context(|| format!("cannot make {}", path.display()))?;
    match flock(&file, FlockOperation::NonBlockingLockExclusive) {
        Err(Errno::WOULDBLOCK) => {
            say(topic, "waiting for another `cargo xtask` to finish with it");
            flock(&file, FlockOperation::LockExclusive)
        }
        result => result,
    }
    .with_context(|| format!("cannot lock {}", path.display()))?;
    Ok(file)
}

/// Removes what an interrupted set-up has left. Call it with the lock held.
pub fn sweep(paths: &Paths) -> Result<()> {
    for entry in fs::read_dir(&paths.private)? {
        let entry = entry?;
        if entry.file_name().to_string_lossy().starts_with(UNFINISHED) {
            say("set-up", "removing what an interrupted set-up left behind");
            fs::remove_dir_all(entry.path())
                .with_context(|| format!("cannot remove {}", entry.path().display()))?;
        }
    }
    Ok(())
}
