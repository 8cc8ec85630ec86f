//! What compiles for which architecture.

use crate::{
    command::output,
    environment,
    place::{Skip, root},
    ways::Arch,
};
use std::{env, ffi::OsString, path::Path, process::Command};

/// The compiler of the checkout, which outside it may be another: rustup looks for
/// `rust-toolchain.toml` in the folder from which it is called.
fn compiler() -> OsString {
    let of_sysroot = || {
        let mut ask = Command::new("rustc");
        ask.args(["--print", "sysroot"]).current_dir(root());
        let said = output(&mut ask, "asking for the compiler's folder").ok()?;
        let rustc = Path::new(said.trim()).join("bin/rustc");
        rustc.exists().then(|| rustc.into_os_string())
    };
    env::var_os("RUSTC").unwrap_or_else(|| of_sysroot().unwrap_or_else(|| "rustc".into()))
}

/// The cargo for this architecture, in a person's environment, with the
/// compiler that xtask names for i386.
pub fn cargo(arch: Arch) -> Result<Command, Skip> {
    let given = |name| env::var_os(name).filter(|_| arch == Arch::I386);
    let own = |name, or: &str| env::var_os(name).unwrap_or_else(|| or.into());
    let rustc = given("INT80_RUSTC_I386").unwrap_or_else(compiler);
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_compiler_is_that_of_the_checkout_wherever_it_is_called() {
        let version = |folder: &Path| {
            let mut ask = Command::new(compiler());
            environment::clean(&mut ask);
            ask.arg("--version").current_dir(folder);
            output(&mut ask, "asking for the compiler's version").expect("a compiler")
        };
        assert_eq!(version(Path::new("/")), version(root()));
    }
}
