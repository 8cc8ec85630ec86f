//! The free space beside `target/`.

use crate::{paths::Paths, progress::say};
use rustix::fs::statvfs;

/// What a first run of each command writes to `target/`, in MiB.
#[derive(Clone, Copy, Debug)]
pub enum Needs {
    Demo = 1024,
    Test = 6144,
}

/// Says so where less is free than a first run needs. A later run needs less,
/// so that this is no reason to stop.
pub fn warn(paths: &Paths, needs: Needs) {
    if let Ok(stat) = statvfs(&paths.root) {
        if let Some(line) = warning(stat.f_bavail.saturating_mul(stat.f_frsize), needs) {
            say("set-up", &line);
        }
    }
}

fn warning(free: u64, needs: Needs) -> Option<String> {
    let (free, needs) = (free >> 20, needs as u64);
    (free < needs).then(|| {
        format!("{free} MiB are free where target/ is, and a first run writes some {needs} MiB")
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_full_disk_is_told_and_a_roomy_one_is_not() {
        let full = warning(80 << 20, Needs::Demo).unwrap();
        assert!(full.starts_with("80 MiB are free"), "{full}");
        assert!(full.ends_with("1024 MiB"), "{full}");
        assert_eq!(warning(1024 << 20, Needs::Demo), None);
        assert!(warning(1024 << 20, Needs::Test).is_some());
    }
}
