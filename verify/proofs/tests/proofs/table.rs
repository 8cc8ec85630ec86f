//! Measures one sendfile, through this library and through its peers, compiled
//! here and now: the rows of `docs/instructions.md`.

use std::{fs, path::PathBuf, sync::OnceLock};

use iced_x86::Mnemonic;

use crate::{
    assembly::assembled,
    build::{Variant, callers, profile, profile_folder},
    code::Code,
    toolchain::{Toolchain, output},
};

/// The levels of the table.
pub const LEVELS: [&str; 2] = ["3", "s"];

/// Where a row's function comes from.
#[derive(Clone, Copy, PartialEq)]
pub enum Source {
    /// `asm/`: written by hand.
    Assembly,
    Own,
    /// Another package, which is a feature of this one.
    Peer(&'static str),
}

pub struct Row {
    source: Source,
    function: &'static str,
    title: &'static str,
    /// Whether it is the same whatever the compiler.
    pub strict: bool,
}

const fn row(source: Source, function: &'static str, title: &'static str, strict: bool) -> Row {
    Row {
        source,
        function,
        title,
        strict,
    }
}

const fn peer(peer: &'static str, function: &'static str, title: &'static str) -> Row {
    row(Source::Peer(peer), function, title, false)
}

pub const ROWS: [Row; 10] = [
    row(
        Source::Assembly,
        "int80_sendfile64",
        "by hand, in assembly",
        true,
    ),
    row(
        Source::Own,
        "out_call4",
        "`Gate::call`, four arguments",
        true,
    ),
    row(Source::Own, "out_sendfile64", "`raw::sendfile64`", true),
    row(Source::Own, "out_send", "`sendfile64`, decoded", false),
    peer("rustix", "peer_rustix", "`fs::sendfile`, decoded"),
    peer("nc", "peer_nc", "`syscall4`, decoded"),
    peer("syscalls", "peer_syscalls_raw", "`raw::syscall4`"),
    peer("syscalls", "peer_syscalls", "`syscall4`, decoded"),
    peer(
        "linux-syscalls",
        "peer_linux_syscalls_raw",
        "`raw_syscall!`",
    ),
    peer(
        "linux-syscalls",
        "peer_linux_syscalls",
        "`syscall!`, decoded",
    ),
];

/// What one architecture's compiler makes of every row.
pub struct Measured {
    pub compiler: String,
    pub cells: Vec<[String; LEVELS.len()]>,
}

/// Measures, once for all tests.
pub fn measured(toolchain: &Toolchain) -> &'static Measured {
    static ALL: [OnceLock<Measured>; 2] = [const { OnceLock::new() }; 2];
    ALL[toolchain.arch as usize].get_or_init(|| Measured {
        compiler: toolchain.version.clone(),
        cells: ROWS
            .iter()
            .map(|row| LEVELS.map(|level| cell(toolchain, row, level)))
            .collect(),
    })
}

/// `instructions / bytes`, and how many of the instructions are dead or calls.
fn cell(toolchain: &Toolchain, row: &Row, level: &'static str) -> String {
    let library = match row.source {
        Source::Assembly => return shown(&assembled(toolchain, "sendfile.s", row.function)),
        Source::Own => callers(toolchain, Variant::plain(level)),
        Source::Peer(peer) => match build_peer(toolchain, peer, level) {
            Ok(library) => library,
            Err(error) => {
                println!("{error}");
                return "does not build".to_owned();
            }
        },
    };
    let code = Code::find(&library, row.function, toolchain.arch.bits());
    shown(&code.unwrap_or_else(|| panic!("no {} in {}", row.function, library.display())))
}

/// This package's library with the callers of one peer.
fn build_peer(toolchain: &Toolchain, peer: &str, level: &str) -> Result<PathBuf, String> {
    let mut cargo = toolchain.cargo_build();
    cargo
        .args(["--package", "int80-proofs", "--lib", "--features", peer])
        .args(profile(level));
    output(&mut cargo)?;
    Ok(profile_folder(toolchain, level).join("libint80_proofs.rlib"))
}

fn shown(code: &Code) -> String {
    let dead = code
        .instructions
        .iter()
        .filter(|one| one.mnemonic() == Mnemonic::Xchg && one.op0_register() == one.op1_register());
    let calls = code
        .instructions
        .iter()
        .filter(|one| one.mnemonic() == Mnemonic::Call);
    let mut shown = format!("{} / {}", code.count(), code.bytes.len());
    for (number, what) in [(dead.count(), "dead"), (calls.count(), "calls")] {
        if number > 0 {
            shown += &format!(", {number} {what}");
        }
    }
    shown
}

/// The row's name in the table, with the peer's version.
pub fn name(row: &Row) -> String {
    match row.source {
        Source::Assembly => row.title.to_owned(),
        Source::Own => format!("int80: {}", row.title),
        Source::Peer(peer) => format!("{peer} {}: {}", version(peer), row.title),
    }
}

/// A peer's version in Cargo.lock.
fn version(peer: &str) -> String {
    let lock = fs::read_to_string(root("Cargo.lock")).expect("Cargo.lock");
    let name = format!("name = \"{peer}\"\nversion = \"");
    let (_, rest) = lock
        .split_once(&name)
        .unwrap_or_else(|| panic!("{peer} in Cargo.lock"));
    rest.split('"').next().expect("a version").to_owned()
}

pub fn root(path: &str) -> PathBuf {
    [env!("CARGO_MANIFEST_DIR"), "../..", path].iter().collect()
}
