//! The second way: rustup adds the target to the toolchain in use.

use crate::{paths::Paths, progress::say};
use anyhow::{Context, Result, bail};
use int80_support::{
    command::{last_lines, show, wait},
    ways::Arch,
};
use std::{
    fs::{self, File},
    process::{Command, Stdio},
    time::Duration,
};

/// The download is some 30 MB; where rustup cannot reach its server it says so
/// at once, unless something in between swallows what is sent.
const LIMIT: Duration = Duration::from_secs(180);

pub fn add_target(paths: &Paths) -> Result<()> {
    if which::which("rustup").is_err() {
        bail!("rustup is not installed, so the next way is tried");
    }
    let log = paths.private.join("rustup.log");
    let mut rustup = Command::new("rustup");
    rustup
        .current_dir(&paths.root)
        .args(["target", "add", Arch::I386.triple()]);
    say(
        "set-up",
        &format!("no i386 target yet; running `{}`", show(&rustup)),
    );
    let file = File::create(&log).with_context(|| format!("cannot make {}", log.display()))?;
    let mut child = rustup
        .stdin(Stdio::null())
        .stdout(file.try_clone()?)
        .stderr(file)
        .spawn()
        .context("cannot start rustup")?;
    let Some(status) = wait(&mut child, LIMIT)? else {
        child.kill()?;
        child.wait()?;
        bail!("rustup did not finish within {} seconds", LIMIT.as_secs());
    };
    if !status.success() {
        let said = fs::read_to_string(&log).unwrap_or_default();
        bail!("rustup cannot add it: {}", last_lines(&said, 1).trim());
    }
    Ok(())
}
