//! The linkers, and what compilers and linkers are told.

use crate::{
    place::{Skip, need, root},
    run::run,
    ways::Arch,
};
use std::{env, ffi::OsString, fs, path::PathBuf, process::Command};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Linker {
    Gnu,
    /// The system's.
    Lld,
    /// The one that rustc brings, with which it links for x86_64 by default.
    RustLld,
}

impl Linker {
    pub const ALL: [Linker; 3] = [Linker::Gnu, Linker::Lld, Linker::RustLld];

    pub fn name(self) -> &'static str {
        match self {
            Linker::Gnu => "gnu_ld",
            Linker::Lld => "lld",
            Linker::RustLld => "rust_lld",
        }
    }

    /// The linker by itself.
    pub fn program(self) -> Result<PathBuf, Skip> {
        match self {
            Linker::Gnu => need("ld.bfd"),
            Linker::Lld => need("ld.lld"),
            Linker::RustLld => {
                let rustc = env::var_os("RUSTC").unwrap_or_else(|| "rustc".into());
                let sysroot = run(Command::new(rustc).args(["--print", "sysroot"])).stdout;
                let sysroot = String::from_utf8(sysroot).expect("a path");
                let triple = Arch::X86_64.triple();
                let path = PathBuf::from(sysroot.trim())
                    .join("lib/rustlib")
                    .join(triple)
                    .join("bin/gcc-ld/ld.lld");
                match path.exists() {
                    true => Ok(path),
                    false => Err(Skip("this rustc brings no LLD".to_owned())),
                }
            }
        }
    }

    /// The arguments by which a compiler uses it.
    pub fn arguments(self) -> Result<Vec<OsString>, Skip> {
        let program = self.program()?;
        Ok(match self {
            Linker::Gnu => vec!["-fuse-ld=bfd".into()],
            Linker::Lld => vec!["-fuse-ld=lld".into()],
            Linker::RustLld => {
                let folder = program.parent().expect("a folder");
                let mut search = OsString::from("-B");
                search.push(folder);
                vec![search, "-fuse-ld=lld".into()]
            }
        })
    }
}

/// The flags by which rustc links with `link`, arguments of a compiler, and this
/// linker. rustc may put the folder of its own LLD before others, so that the
/// system's is called without a compiler between.
pub fn rust_flags(linker: Linker, link: Vec<OsString>) -> Result<Vec<OsString>, Skip> {
    let mut flags = Vec::new();
    let mut arguments = link;
    if linker == Linker::Lld {
        let mut program = OsString::from("-Clinker=");
        program.push(linker.program()?);
        flags.extend([program, "-Clinker-flavor=ld.lld".into()]);
        arguments = arguments.into_iter().flat_map(of_linker).collect();
    } else {
        arguments.extend(linker.arguments()?);
    }
    flags.extend(arguments.iter().map(link_arg));
    Ok(flags)
}

/// What the compiler would give to the linker of `-Wl,ONE,TWO`.
fn of_linker(argument: OsString) -> Vec<OsString> {
    match argument.to_str().and_then(|text| text.strip_prefix("-Wl,")) {
        Some(list) => list.split(',').map(OsString::from).collect(),
        None => vec![argument],
    }
}

pub fn link_arg(argument: &OsString) -> OsString {
    let mut flag = OsString::from("-Clink-arg=");
    flag.push(argument);
    flag
}

pub fn script(name: &str) -> PathBuf {
    root().join(name)
}

/// The arguments in the command at the beginning of link.ld.
pub fn printed() -> Vec<OsString> {
    let text = fs::read_to_string(script("link.ld")).expect("link.ld");
    let (_, after) = text.split_once(" *     cc ").expect("a command");
    let (command, _) = after.split_once(" ...").expect("its end");
    let words = command.split_whitespace();
    let words: Vec<OsString> = words
        .filter(|&word| word != "\\" && word != "*")
        .map(|word| match word {
            "link.ld" => script("link.ld").into(),
            word => word.into(),
        })
        .collect();
    assert!(words.len() >= 5, "{words:?}");
    words
}
