//! The compilers that the set-up looks for and that `Cargo` runs.

use std::{env, ffi::OsString, path::PathBuf};

/// Something of the machine, or the reason why the machine lacks it.
pub type Need<T> = Result<T, String>;

/// The oldest compiler that the library is written for.
pub const OLDEST: &str = "1.85";

pub const DEBIAN_RUSTC: &str = "/usr/bin/rustc";

/// An i386 Rust toolchain.
#[derive(Clone, Debug)]
pub enum Toolchain {
    /// The toolchain that runs xtask has the target.
    Installed,
    /// Debian's compiler with this folder as its `--sysroot`.
    Debian { sysroot: PathBuf },
}

/// The compiler that cargo uses here.
pub fn rustc() -> OsString {
    env::var_os("RUSTC").unwrap_or_else(|| "rustc".into())
}
