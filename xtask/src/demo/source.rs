//! The file that is sent.

use super::digest::Digest;
use crate::{progress::say, setup::lock};
use anyhow::{Context, Result, bail};
use sha2::{Digest as _, Sha256};
use std::{
    fs::{self, File, Metadata},
    io::{BufWriter, Write},
    path::{Path, PathBuf, absolute},
};

/// 40 MiB and some, so that the last page is not full.
const MADE_BYTES: u64 = (40 << 20) + 187;

pub struct Source {
    /// Absolute, so that no name looks like an option.
    pub path: PathBuf,
    pub digest: Digest,
    metadata: Metadata,
}

impl Source {
    /// Whether this can be sent at all.
    pub fn check(path: &Path) -> Result<()> {
        let metadata =
            fs::metadata(path).with_context(|| format!("cannot send {}", path.display()))?;
        if !metadata.is_file() {
            bail!("cannot send {}: it is not a regular file", path.display());
        }
        File::open(path).with_context(|| format!("cannot send {}", path.display()))?;
        Ok(())
    }

    pub fn given(path: &Path) -> Result<Source> {
        let path = absolute(path)?;
        say("demo", &format!("reading {}", path.display()));
        let context = || format!("cannot read {}", path.display());
        let file = File::open(&path).with_context(context)?;
        let metadata = file.metadata().with_context(context)?;
        let digest = Digest::of(file).with_context(context)?;
        Ok(Source {
            path,
            digest,
            metadata,
        })
    }

    /// The file of the demo's own, made when it is not there yet.
    pub fn made(folder: &Path) -> Result<Source> {
        let path = folder.join("sample.bin");
        // Of two first demos one makes it, and the other waits for it.
        let _lock = lock::take(folder, "demo")?;
        if fs::metadata(&path).map(|metadata| metadata.len()).ok() != Some(MADE_BYTES) {
            say(
                "demo",
                &format!("making {} of {MADE_BYTES} bytes", path.display()),
            );
            make(folder, &path).with_context(|| format!("cannot make {}", path.display()))?;
        }
        Source::given(&path)
    }

    pub fn has_changed(&self) -> bool {
        let Ok(now) = fs::metadata(&self.path) else {
            return true;
        };
        let state = |metadata: &Metadata| (metadata.len(), metadata.modified().ok());
        state(&now) != state(&self.metadata)
    }
}

/// The same bytes each time, and no two parts alike: digests of the numbers
/// from 0 on.
fn make(folder: &Path, path: &Path) -> Result<()> {
    let mut new = tempfile::NamedTempFile::new_in(folder)?;
    let mut to = BufWriter::with_capacity(1 << 20, new.as_file_mut());
    let mut left = MADE_BYTES as usize;
    for number in 0_u64.. {
        let block = Sha256::digest(number.to_le_bytes());
        let count = left.min(block.len());
        to.write_all(&block[..count])?;
        left -= count;
        if left == 0 {
            break;
        }
    }
    to.flush()?;
    drop(to);
    new.persist(path)?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Each used to make the file, and the later one to replace what the earlier
    /// one was sending.
    #[test]
    fn of_two_first_demos_one_makes_the_file() {
        let folder = tempfile::tempdir().unwrap();
        let made = || Source::made(folder.path()).unwrap();
        std::thread::scope(|scope| {
            let others: Vec<_> = (0..2).map(|_| scope.spawn(made)).collect();
            for other in others {
                let source = other.join().unwrap();
                assert_eq!(source.digest.bytes, MADE_BYTES);
                std::thread::sleep(std::time::Duration::from_millis(50));
                assert!(!source.has_changed());
            }
        });
    }
}
