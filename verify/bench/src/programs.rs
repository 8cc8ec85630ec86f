//! The programs that are compared: this project's, and the peers that this machine
//! has or can compile.

use anyhow::{Context, Result};
use int80_support::{
    command::{capture, output},
    ways::{Arch, Available},
};
use std::{
    env, fs,
    os::unix::fs::PermissionsExt,
    path::{Path, PathBuf},
    process::Command,
};

/// Names of rows, which tables, goals and plots share.
pub const EMPTY: &str = "empty process, x86_64";
pub const COREUTILS: &str = "coreutils cat";
pub const BUSYBOX: &str = "busybox cat";
pub const MUSL: &str = "C and musl, static";
pub const STD: &str = "Rust and std";
pub const SFCAT_X86_64: &str = "sfcat, x86_64";
pub const SFCAT_I386: &str = "sfcat, i386";
pub const SF_X86_64: &str = "sf, x86_64";
pub const SF_I386: &str = "sf, i386";

/// A program that copies a file to its standard output.
#[derive(Clone)]
pub struct Program {
    pub name: &'static str,
    pub own: bool,
    pub path: PathBuf,
    arguments: &'static [&'static str],
    /// `sf` sends its standard input; the others are given names.
    pub takes_names: bool,
}

impl Program {
    pub fn command(&self) -> Command {
        let mut command = Command::new(&self.path);
        command.args(self.arguments);
        command
    }
}

/// All that there are, and what there is not.
pub struct Programs {
    /// Processes that do nothing.
    pub empty: Vec<Program>,
    pub copiers: Vec<Program>,
    pub skipped: Vec<String>,
}

impl Programs {
    pub fn find(root: &Path, folder: &Path, available: &Available) -> Result<Programs> {
        fs::create_dir_all(folder)?;
        let mut programs = Programs {
            empty: Vec::new(),
            copiers: Vec::new(),
            skipped: Vec::new(),
        };
        programs.own(root, folder, available)?;
        programs.peers(root, folder)?;
        Ok(programs)
    }

    fn own(&mut self, root: &Path, folder: &Path, available: &Available) -> Result<()> {
        for (arch, way, names) in [
            (Arch::X86_64, "x86_64", [EMPTY, SF_X86_64, SFCAT_X86_64]),
            (
                Arch::I386,
                "i386-int80",
                ["empty process, i386", SF_I386, SFCAT_I386],
            ),
        ] {
            let state = available.ways.iter().find(|(one, _)| one.name == way);
            if let Some((_, Err(reason))) = state {
                self.skipped.push(format!("{}: {reason}", arch.name()));
                continue;
            }
            let own = |name, path, takes_names| Program {
                name,
                own: true,
                path,
                arguments: &[],
                takes_names,
            };
            let dist = available.dist.join(arch.name());
            self.empty
                .push(own(names[0], empty(root, folder, arch)?, true));
            self.copiers.push(own(names[1], dist.join("sf"), false));
            self.copiers.push(own(names[2], dist.join("sfcat"), true));
        }
        Ok(())
    }

    fn peers(&mut self, root: &Path, folder: &Path) -> Result<()> {
        let sources = root.join("verify/bench/programs");
        let (musl, std) = (folder.join("cat-musl"), folder.join("cat-std"));
        let rustc = env::var_os("RUSTC").unwrap_or_else(|| "rustc".into());
        let compilers: [(_, _, &[&str], _, _); 2] = [
            (
                MUSL,
                "musl-gcc".into(),
                &["-Os", "-s", "-static"],
                "cat.c",
                &musl,
            ),
            (
                STD,
                rustc,
                &["--edition=2024", "-O", "-Cpanic=abort", "-Cstrip=symbols"],
                "cat.rs",
                &std,
            ),
        ];
        for (name, compiler, flags, source, path) in compilers {
            let mut command = Command::new(&compiler);
            command.args(flags).arg("-o").arg(path);
            // Not that of an earlier run.
            let _ = fs::remove_file(path);
            match capture(command.arg(sources.join(source)), "compiling a peer") {
                Ok(result) if result.status.success() => self.peer(name, path.clone(), &[]),
                _ => {
                    let compiler = compiler.to_string_lossy();
                    self.skipped
                        .push(format!("{name}: {compiler} does not compile it here"));
                }
            }
        }
        for (name, program, arguments) in [
            (BUSYBOX, "busybox", &["cat"][..]),
            (COREUTILS, "cat", &[][..]),
        ] {
            match which::which(program) {
                Ok(path) => self.peer(name, path, arguments),
                Err(_) => self
                    .skipped
                    .push(format!("{name}: {program} is not installed")),
            }
        }
        Ok(())
    }

    fn peer(&mut self, name: &'static str, path: PathBuf, arguments: &'static [&'static str]) {
        self.copiers.push(Program {
            name,
            own: false,
            path,
            arguments,
            takes_names: true,
        });
    }
}

/// A flat program that ends at once, as `sf` is linked.
fn empty(root: &Path, folder: &Path, arch: Arch) -> Result<PathBuf> {
    let (width, emulation) = match arch {
        Arch::I386 => ("--32", "elf_i386"),
        Arch::X86_64 => ("--64", "elf_x86_64"),
    };
    let name = format!("empty_{}", arch.name());
    let sources = [
        root.join("asm").join(arch.name()).join("header.s"),
        root.join("verify/bench/programs").join(format!("{name}.s")),
    ];
    let (mut link, linked) = (Command::new("ld"), folder.join(format!("{name}.elf")));
    link.args(["-m", emulation, "-z", "noexecstack", "-T"])
        .arg(root.join("link-flat.ld"))
        .arg("-o")
        .arg(&linked);
    for (number, source) in sources.iter().enumerate() {
        let object = folder.join(format!("{name}{number}.o"));
        let mut assemble = Command::new("as");
        assemble.args([width, "-o"]).arg(&object).arg(source);
        output(&mut assemble, "assembling the empty process")?;
        link.arg(object);
    }
    output(&mut link, "linking the empty process")?;
    let path = folder.join(&name);
    let mut copy = Command::new("objcopy");
    copy.args(["-O", "binary", "--only-section=.flat"])
        .args([&linked, &path]);
    output(&mut copy, "writing the empty process")?;
    fs::set_permissions(&path, fs::Permissions::from_mode(0o755))
        .with_context(|| format!("cannot make {} a program", path.display()))?;
    Ok(path)
}
