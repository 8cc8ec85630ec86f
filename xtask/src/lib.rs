//! The commands of the README and of contributors. `main.rs` reads the command line.

pub mod bench;
pub mod build;
pub mod calls;
pub mod cargo;
pub mod demo;
pub mod dist;
pub mod fresh;
pub mod kernels;
pub mod lint;
pub mod pages;
pub mod paths;
pub mod progress;
mod scratch;
pub mod setup;
pub mod soak;
pub mod space;
mod table;
pub mod test;
mod toolchain;

pub use int80_support::environment;

/// One run of `cargo xtask`: where everything lies and what the machine has.
pub struct Session {
    pub paths: paths::Paths,
    pub machine: setup::Machine,
}
