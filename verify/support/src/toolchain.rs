//! What compiles for which architecture.

use crate::{environment, place::Skip, ways::Arch};
use std::{env, path::Path, process::Command};

/// The cargo for this architecture, in a person's environment, with the
/// compiler that xtask names for i386.
pub fn cargo(arch: Arch) -> Result<Command, Skip> {
    let given = |name| env::var_os(name).filter(|_| arch == Arch::I386);
    let own = |name, or: &str| env::var_os(name).unwrap_or_else(|| or.into());
    let rustc = given("INT80_RUSTC_I386").unwrap_or_else(|| own("RUSTC", "rustc"));
    let flags = given("INT80_RUSTFLAGS_I386").unwrap_or_default();
    let mut command =
        Command::new(given("INT80_CARGO_I386").unwrap_or_else(|| own("CARGO", "cargo")));
    environment::clean(&mut command);
    command
        .env("RUSTC", &rustc)
        .env("CARGO_ENCODED_RUSTFLAGS", &flags);
    let mut ask = Command::new(&rustc);
    environment::clean(&mut ask);
    let flags = flags.to_str().expect("flags in UTF-8");
    ask.args(flags.split('\u{1f}').filter(|flag| !flag.is_empty()))
        .args(["--print", "target-libdir", "--target", arch.triple()]);
    let said = ask.output().expect("rustc starts").stdout;
    let folder = String::from_utf8(said).expect("a path");
    match Path::new(folder.trim()).is_dir() {
        true => Ok(command),
        false => Err(Skip(format!(
            "{} has no target {}",
            Path::new(&rustc).display(),
            arch.triple()
        ))),
    }
}
