//! What the processes of a server cost: time, memory, files.

use anyhow::{Context, Result};
use rustix::param::clock_ticks_per_second;
use std::{
    collections::BTreeSet,
    fs,
    path::{Path, PathBuf},
};

/// A process and those that it has started.
pub fn tree(pid: u32) -> Vec<u32> {
    let mut all = vec![pid];
    let mut at = 0;
    while let Some(&pid) = all.get(at) {
        let children = format!("/proc/{pid}/task/{pid}/children");
        let children = fs::read_to_string(children).unwrap_or_default();
        all.extend(
            children
                .split_whitespace()
                .filter_map(|pid| pid.parse::<u32>().ok()),
        );
        at += 1;
    }
    all
}

/// The seconds that a tree of processes has been on a processor, those of its
/// processes that have ended included.
pub fn seconds(pid: u32) -> Result<f64> {
    let mut ticks = 0;
    for pid in tree(pid) {
        // One that has ended since is counted by its parent.
        if let Ok(text) = fs::read_to_string(format!("/proc/{pid}/stat")) {
            ticks += ticks_of(&text).with_context(|| format!("/proc/{pid}/stat: {text}"))?;
        }
    }
    Ok(ticks as f64 / clock_ticks_per_second() as f64)
}

/// Its own time and that of children that have ended: fields 14 to 17 of stat.
fn ticks_of(text: &str) -> Option<u64> {
    // The name, in parentheses, may hold anything.
    let fields: Vec<&str> = text.rsplit_once(") ")?.1.split(' ').collect();
    fields
        .get(11..15)?
        .iter()
        .map(|field| field.parse::<u64>().ok())
        .sum()
}

/// The memory that a tree of processes has, shared pages by their share, in
/// KiB.
pub fn memory(pid: u32) -> u64 {
    let pss = |pid: u32| {
        let text = fs::read_to_string(format!("/proc/{pid}/smaps_rollup")).ok()?;
        let line = text.lines().find_map(|line| line.strip_prefix("Pss:"))?;
        line.split_whitespace().next()?.parse::<u64>().ok()
    };
    tree(pid).into_iter().filter_map(pss).sum()
}

/// The length of the program and of all libraries that it maps, in bytes.
pub fn size(pid: u32) -> u64 {
    let maps = fs::read_to_string(format!("/proc/{pid}/maps")).unwrap_or_default();
    let files = maps.lines().filter_map(|line| {
        let path = line.splitn(6, ' ').nth(5)?.trim();
        path.starts_with('/').then(|| PathBuf::from(path))
    });
    let files: BTreeSet<PathBuf> = files.collect();
    let length = |path: &Path| fs::metadata(path).map(|file| file.len()).unwrap_or(0);
    files.iter().map(|path| length(path)).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_time_of_a_process_is_read_past_its_name() {
        let text = "12 (a) b) S 1 12 12 0 -1 4194560 1 2 3 4 10 20 300 4000 20 0 1 0";
        assert_eq!(ticks_of(text), Some(4330));
        assert_eq!(ticks_of("12 (a) S"), None);
    }

    #[test]
    fn this_process_has_time_memory_and_files() {
        let pid = std::process::id();
        assert!(tree(pid).contains(&pid));
        assert!(seconds(pid).unwrap() >= 0.0);
        assert!(memory(pid) > 0 && size(pid) > 0);
    }
}
