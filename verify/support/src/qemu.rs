//! The releases of qemu-i386 whose behaviour is known.

use std::{env, process::Command};

use crate::command::output;

/// The emulator's name.
pub const NAME: &str = "qemu-i386";

/// The variable that tells a test under which emulator it runs, as
/// `qemu-i386 7.2.22`: the guest cannot tell for certain.
pub const RUNNER: &str = "INT80_RUNNER";

/// The releases whose differences from the kernel are written down.
pub const KNOWN: [&str; 2] = ["7.2", "10.0"];

/// The version of the installed emulator, as `7.2.22`. It is asked each time,
/// since the set-up may have installed it since.
pub fn installed() -> Result<String, String> {
    if which::which(NAME).is_err() {
        return Err(format!("{NAME} is not installed"));
    }
    let mut ask = Command::new(NAME);
    let text = output(ask.arg("--version"), "asking for its version");
    let text = text.map_err(|error| format!("{error:#}"))?;
    let version = version(&text).map(str::to_owned);
    version.ok_or_else(|| format!("{NAME} has no version: {text}"))
}

/// `qemu-i386 version 7.2.22 (Debian 1:7.2+dfsg-7+deb12u18)`
fn version(text: &str) -> Option<&str> {
    let (_, rest) = text.split_once("version ")?;
    rest.split(|c: char| c != '.' && !c.is_ascii_digit())
        .next()
        .filter(|version| !version.is_empty())
}

/// The one of [`KNOWN`] that a version belongs to, or the reason to skip what
/// depends on it.
pub fn release(version: &str) -> Result<&'static str, String> {
    let belongs = |release: &&str| {
        let rest = version.strip_prefix(*release);
        rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
    };
    KNOWN
        .into_iter()
        .find(belongs)
        .ok_or_else(|| format!("for qemu {}, this is {version}", KNOWN.join(" and ")))
}

/// The release under which this test runs; `None`: it is the kernel.
pub fn running() -> Option<Result<&'static str, String>> {
    let runner = env::var(RUNNER).ok()?;
    let version = runner.strip_prefix(NAME)?;
    Some(release(version.trim()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_version_is_read_and_belongs_to_a_release() {
        let debian = "qemu-i386 version 10.0.13 (Debian 1:10.0.13+ds-0+deb13u1)\nCopyright";
        assert_eq!(version(debian), Some("10.0.13"));
        assert_eq!(version("something else"), None);
        assert_eq!(release("10.0.13"), Ok("10.0"));
        assert_eq!(release("7.2"), Ok("7.2"));
        for unknown in ["7.20.1", "10.1.0", "5.2.0", ""] {
            let reason = release(unknown).unwrap_err();
            assert!(
                reason.starts_with("for qemu 7.2 and 10.0, this is"),
                "{reason}"
            );
        }
    }
}
