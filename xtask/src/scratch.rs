//! Temporary folders inside `target/`.

use anyhow::{Context, Result};
use std::{fs, path::Path, process};
use tempfile::TempDir;

/// A folder `PREFIX-PROCESS-…` that is removed when it is dropped. One whose
/// process was killed before that is removed here: it may hold a large file.
pub fn folder(parent: &Path, prefix: &str) -> Result<TempDir> {
    let make = || -> Result<TempDir> {
        fs::create_dir_all(parent)?;
        for entry in fs::read_dir(parent)? {
            let entry = entry?;
            let name = entry.file_name();
            let owner = owner(&name.to_string_lossy(), prefix);
            if owner.is_some_and(|id| !Path::new("/proc").join(id.to_string()).exists()) {
                // Another process may be removing it at this moment.
                let _ = fs::remove_dir_all(entry.path());
            }
        }
        let prefix = format!("{prefix}-{}-", process::id());
        Ok(tempfile::Builder::new()
            .prefix(&prefix)
            .tempdir_in(parent)?)
    };
    make().with_context(|| format!("cannot make a temporary folder in {}", parent.display()))
}

/// The process that has made the folder with this name.
fn owner(name: &str, prefix: &str) -> Option<u32> {
    let rest = name.strip_prefix(prefix)?.strip_prefix('-')?;
    rest.split('-').next()?.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_folders_of_processes_that_are_gone_are_removed() {
        let parent = tempfile::tempdir().unwrap();
        // No process has a number as large as this one.
        let gone = parent.path().join("run-4194305-abc");
        let other = parent.path().join("runner-4194305-abc");
        for path in [&gone, &other] {
            fs::create_dir(path).unwrap();
        }
        let mine = folder(parent.path(), "run").unwrap();
        let second = folder(parent.path(), "run").unwrap();
        assert!(!gone.exists() && other.exists());
        assert!(mine.path().exists() && second.path().exists());
    }
}
