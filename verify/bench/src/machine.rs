//! The machine that was measured, and the versions of what was.

use serde::{Deserialize, Serialize};
use std::{fs, process::Command, thread};

#[derive(Clone, PartialEq, Serialize, Deserialize)]
pub struct Machine {
    pub processor: String,
    pub processors: usize,
    /// Whether a hypervisor is below it.
    pub is_virtual: bool,
    pub kernel: String,
    /// Programs that were measured or that compiled what was, as they say it.
    pub versions: Vec<String>,
}

/// Programs, and what makes them say their version.
const VERSIONS: [(&str, &[&str]); 4] = [
    ("rustc", &["--version"]),
    ("gcc", &["--version"]),
    ("cat", &["--version"]),
    ("busybox", &[]),
];

impl Machine {
    pub fn this() -> Machine {
        let about = fs::read_to_string("/proc/cpuinfo").unwrap_or_default();
        let uname = rustix::system::uname();
        let versions = VERSIONS.into_iter();
        Machine {
            processor: field(&about, "model name").unwrap_or_else(|| "unknown".to_owned()),
            processors: thread::available_parallelism().map_or(1, usize::from),
            is_virtual: field(&about, "flags")
                .is_some_and(|flags| flags.split(' ').any(|flag| flag == "hypervisor")),
            kernel: uname.release().to_string_lossy().into_owned(),
            versions: versions
                .filter_map(|(name, arguments)| version(name, arguments))
                .collect(),
        }
    }

    /// The processes that wanted a processor in the last minute, on average.
    pub fn load() -> Option<f64> {
        let text = fs::read_to_string("/proc/loadavg").ok()?;
        text.split(' ').next()?.parse().ok()
    }
}

/// The first value of this name in /proc/cpuinfo.
fn field(about: &str, name: &str) -> Option<String> {
    about.lines().find_map(|line| {
        let (key, value) = line.split_once(':')?;
        (key.trim() == name).then(|| value.trim().to_owned())
    })
}

/// The first line that a program says of itself.
fn version(name: &str, arguments: &[&str]) -> Option<String> {
    let mut command = Command::new(name);
    let output = command.args(arguments).env("LC_ALL", "C").output().ok()?;
    let text = String::from_utf8_lossy(&output.stdout).into_owned();
    let line = text.lines().next()?.trim();
    (!line.is_empty()).then(|| line.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_field_is_found_by_its_whole_name() {
        let about = "model\t: 1\nmodel name\t: A B\nflags\t: fpu hypervisor\n";
        assert_eq!(field(about, "model name").as_deref(), Some("A B"));
        assert_eq!(field(about, "name"), None);
    }
}
