//! `sfprobe --calls`: one line for every number of the table, and a count.

use std::path::Path;

use int80::gate::nr::{CALLS, Class};
use int80_support::{
    command::capture,
    ways::{Arch, Way},
};
use libtest_mimic::{Failed, Trial};

use crate::report::sfprobe;

pub fn trial(dist: &Path, way: Way) -> Trial {
    let dist = dist.to_owned();
    Trial::test(
        format!("{} sfprobe: --calls has every number", way.name),
        move || {
            let output = capture(sfprobe(&dist, way).arg("--calls"), "sfprobe")?;
            let text = String::from_utf8_lossy(&output.stdout);
            check(&text, way).map_err(|error| format!("{error}: {}\n{text}", output.status))?;
            match output.status.code() {
                Some(0) => Ok(()),
                other => Err(format!("exit status {other:?}").into()),
            }
        },
    )
}

/// Calls that every kernel and emulator has here.
const THERE: [&str; 8] = [
    "fork",
    "read",
    "write",
    "close",
    "getpid",
    "futex",
    "sendfile",
    "rt_sigaction",
];

fn check(text: &str, way: Way) -> Result<(), Failed> {
    let mut lines = text.lines();
    let head = [lines.next(), lines.next()];
    let plan = format!("1..{}", CALLS.len());
    if head != [Some("TAP version 13"), Some(&plan)] {
        return Err(format!("the report begins with {head:?}").into());
    }
    let mut counts = [0; 3];
    for (at, call) in CALLS.iter().enumerate() {
        let line = lines.next().ok_or("the report ends too soon")?;
        let name = format!("ok {} - {} {}", at + 1, call.nr, call.name);
        let rest = line.strip_prefix("not ").unwrap_or(line);
        let state = rest
            .strip_prefix(&name)
            .ok_or(format!("{line}: not {name}"))?;
        let place = match (line.starts_with("not "), state) {
            (false, "") => 0,
            (true, " # TODO ENOSYS") => 1,
            (false, state) if state.starts_with(" # SKIP ") => 2,
            _ => return Err(format!("not understood: {line}").into()),
        };
        counts[place] += 1;
        let refused = matches!(call.class(), Class::Refused(_)) && way.arch == Arch::X86_64;
        if THERE.contains(&call.name) && place != 0 || refused && place != 2 {
            return Err(format!("wrong: {line}").into());
        }
        // No kernel has ever had it.
        if call.name == "ulimit" && place == 0 {
            return Err(format!("wrong: {line}").into());
        }
    }
    let [there, missing, skipped] = counts;
    let last = format!("# {there} there, {missing} missing, {skipped} not tried");
    match lines.next() {
        Some(line) if line == last => Ok(()),
        other => Err(format!("{other:?} and not {last}").into()),
    }
}
