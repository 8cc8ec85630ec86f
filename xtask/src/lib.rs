//! What the README's commands run. `main.rs` reads the command line.

pub mod build;
pub mod calls;
pub mod cargo;
pub mod demo;
pub mod dist;
pub mod environment;
pub mod fresh;
pub mod lint;
pub mod pages;
pub mod paths;
pub mod progress;
mod scratch;
pub mod setup;
pub mod soak;
mod table;
pub mod test;

/// One run of `cargo xtask`: where everything lies and what the machine has.
pub struct Session {
    pub paths: paths::Paths,
    pub machine: setup::Machine,
}
