//! A second run of the same row under a tracer: strace for what the kernel
//! runs, qemu's own trace for what it emulates.

use int80_support::ways::Way;
use std::{path::Path, process::Command};

/// The calls that can move bytes to the output.
const MOVING: [&str; 6] = [
    "sendfile",
    "sendfile64",
    "splice",
    "copy_file_range",
    "write",
    "writev",
];

/// One call, as the tracer wrote it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Call {
    /// The line without the process's number.
    pub line: String,
    /// Where the call came from, if the tracer says it.
    pub address: Option<u64>,
    pub result: i64,
}

/// The command for a way, under its tracer, which writes to `to`.
pub fn command(way: &Way, dist: &Path, tool: &str, to: &Path) -> Command {
    match way.emulator {
        None => {
            let mut command = Command::new("strace");
            command
                .args(["-f", "-i", "-e"])
                .arg(format!("trace={}", MOVING.join(",")))
                .arg("-o")
                .arg(to)
                .arg("--")
                .arg(way.tool(dist, tool));
            command
        }
        Some(emulator) => {
            let mut command = Command::new(emulator);
            command
                .args(["-strace", "-D"])
                .arg(to)
                .arg(way.tool(dist, tool));
            command
        }
    }
}

/// The calls of a trace that can move bytes, whatever came of them. What goes
/// to standard error is a message, not the file.
pub fn calls(trace: &str) -> Vec<Call> {
    trace
        .lines()
        .filter_map(call)
        .filter(|call| !call.line.contains("write(2,"))
        .collect()
}

/// `13584 [004000a7] sendfile64(1, 3, NULL, 2147479552) = 18868` from strace,
/// `13586 sendfile64(1,4,0,2147479552,0,-1) = 18868` from qemu.
fn call(line: &str) -> Option<Call> {
    let line = line
        .trim_start_matches(|c: char| c.is_ascii_digit())
        .trim_start();
    let (address, text) = match line.strip_prefix('[') {
        Some(rest) => {
            let (address, text) = rest.split_once("] ")?;
            (u64::from_str_radix(address, 16).ok(), text)
        }
        None => (None, line),
    };
    let (name, _) = text.split_once('(')?;
    if !MOVING.contains(&name) {
        return None;
    }
    let (_, result) = text.rsplit_once(" = ")?;
    Some(Call {
        line: line.to_owned(),
        address,
        result: result.split_whitespace().next()?.parse().ok()?,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    const STRACE: &str = r#"13584 [004000a7] sendfile64(1, 3, NULL, 2147479552) = 18868
13584 [004000a7] sendfile64(1, 3, NULL, 2147479552) = 0
13584 [????????] +++ exited with 0 +++
"#;
    const QEMU: &str = r#"13586 openat(AT_FDCWD,"a = 5",O_RDONLY|O_LARGEFILE) = 4
13586 sendfile64(1,4,0,2147479552,4194469,-1) = -1 errno=22 (Invalid argument)
13586 write(1,0x40800000,18868) = 18868
13586 write(2,0x40800000,30) = 30
13586 exit_group(0)
"#;

    #[test]
    fn strace_s_lines_are_read() {
        let calls = calls(STRACE);
        assert_eq!(calls.len(), 2);
        assert_eq!(calls[0].address, Some(0x40_00a7));
        assert_eq!(calls[0].result, 18868);
        assert!(calls[0].line.starts_with("[004000a7] sendfile64(1"));
        assert_eq!(calls[1].result, 0);
    }

    #[test]
    fn qemu_s_lines_are_read() {
        let calls = calls(QEMU);
        assert_eq!(calls.len(), 2);
        assert_eq!((calls[0].result, calls[0].address), (-1, None));
        assert_eq!(calls[1].result, 18868);
    }

    #[test]
    fn a_call_that_never_came_back_is_none() {
        assert_eq!(
            calls("1 [004000a7] sendfile(1, 0, NULL, 5 <unfinished ...>"),
            []
        );
        assert_eq!(calls("1 [004000a7] sendfile(1, 0, NULL, 5) = ?"), []);
        assert_eq!(calls(""), []);
    }
}
