//! Running other programs. Every error names what was being done and the
//! command, so that it can be tried by hand.

use anyhow::{Context, Result, bail};
use std::{
    ffi::OsStr,
    process::{Command, ExitStatus, Output, Stdio},
    thread,
    time::{Duration, Instant},
};

/// The command as one would type it, with the variables that it sets.
pub fn show(command: &Command) -> String {
    let variables = command
        .get_envs()
        .filter_map(|(name, value)| Some(format!("{}={}", quote(name), quote(value?))));
    let words = std::iter::once(command.get_program())
        .chain(command.get_args())
        .map(quote);
    variables.chain(words).collect::<Vec<_>>().join(" ")
}

fn quote(word: &OsStr) -> String {
    let word = word.to_string_lossy();
    let plain = |c: char| c.is_ascii_alphanumeric() || "_-+=:,./~^%@".contains(c);
    if !word.is_empty() && word.chars().all(plain) {
        word.into_owned()
    } else {
        // \x1f stands between compiler flags in cargo's variables.
        let word = word.replace('\x1f', "\\x1f").replace('\'', r"'\''");
        format!("'{word}'")
    }
}

/// Runs the command with the person's own output, and fails when it fails.
pub fn run(command: &mut Command, purpose: &str) -> Result<()> {
    let status = command
        .stdin(Stdio::null())
        .status()
        .with_context(|| format!("{purpose}: cannot start `{}`", show(command)))?;
    if !status.success() {
        bail!("{purpose} failed ({status}): `{}`", show(command));
    }
    Ok(())
}

/// Runs the command and gives its standard output; its standard error is shown
/// only in the error.
pub fn output(command: &mut Command, purpose: &str) -> Result<String> {
    let output = capture(command, purpose)?;
    if !output.status.success() {
        bail!(
            "{purpose} failed ({}): `{}`\n{}",
            output.status,
            show(command),
            last_lines(&String::from_utf8_lossy(&output.stderr), 8)
        );
    }
    Ok(String::from_utf8_lossy(&output.stdout).into_owned())
}

/// Runs the command with nothing on its input and keeps all that it says.
pub fn capture(command: &mut Command, purpose: &str) -> Result<Output> {
    command
        .stdin(Stdio::null())
        .output()
        .with_context(|| format!("{purpose}: cannot start `{}`", show(command)))
}

/// The last lines of a text that may be long. Of a line that was written over
/// and over, as a counter is, the last state is kept.
pub fn last_lines(text: &str, count: usize) -> String {
    let last_state = |line: &'_ str| line.rsplit('\r').next().unwrap_or_default().to_owned();
    let lines: Vec<String> = text.trim_end().split('\n').map(last_state).collect();
    lines[lines.len().saturating_sub(count)..].join("\n")
}

/// Waits for a child, at most so long. `None`: it is still running.
pub fn wait(child: &mut std::process::Child, limit: Duration) -> Result<Option<ExitStatus>> {
    let end = Instant::now() + limit;
    let mut pause = Duration::from_millis(1);
    loop {
        if let Some(status) = child.try_wait()? {
            return Ok(Some(status));
        }
        if Instant::now() >= end {
            return Ok(None);
        }
        thread::sleep(pause);
        pause = (pause * 2).min(Duration::from_millis(50));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_command_is_shown_as_one_types_it() {
        let mut command = Command::new("cargo");
        command
            .args(["test", "a b", "it's", ""])
            .env("X", "1")
            .env_remove("Y");
        assert_eq!(show(&command), r"X=1 cargo test 'a b' 'it'\''s' ''");
    }

    #[test]
    fn of_a_counter_the_last_state_is_kept() {
        let text = "a\nb\n5%\r10%\r100% read\nc\n";
        assert_eq!(last_lines(text, 2), "100% read\nc");
        assert_eq!(last_lines("", 2), "");
    }

    #[test]
    fn an_error_names_the_purpose_the_command_and_what_it_said() {
        let mut command = Command::new("sh");
        command.args(["-c", "echo no luck >&2; exit 7"]);
        let error = output(&mut command, "the trial").unwrap_err().to_string();
        for part in ["the trial failed", "exit status: 7", "sh -c", "no luck"] {
            assert!(error.contains(part), "{error}");
        }
    }
}
