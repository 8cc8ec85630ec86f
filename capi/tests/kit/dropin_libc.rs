//! The drop-in of each C library: the right bytes under its own loader and linker,
//! and refused by the other's (A3).

use std::{
    env,
    ffi::OsStr,
    path::{Path, PathBuf},
    process::{Command, Output},
};

use crate::dropin::drop_in;
use int80_support::{
    place::{ArchCase, Kit, MUSL, Skip, Verdict, hosted, need, sources, width},
    run::{any, run, said, scratch},
    ways::Arch,
};
use libtest_mimic::Trial;

pub fn trials(kit: &Kit) -> Vec<Trial> {
    let cases: [(&str, ArchCase); 4] = [
        ("a3_the_drop_in_of_glibc", |kit, arch| {
            preloaded(kit, arch, &Glibc)
        }),
        ("a3_the_drop_in_of_musl", |kit, arch| {
            preloaded(kit, arch, &Musl::find(arch)?)
        }),
        ("a3_the_archive_of_glibc", |kit, arch| {
            linked(kit, arch, &Glibc)
        }),
        ("a3_the_archive_of_musl", |kit, arch| {
            linked(kit, arch, &Musl::find(arch)?)
        }),
    ];
    let all = cases.map(|(name, case)| kit.each_arch(name, case));
    all.into_iter().flatten().collect()
}

const SENT: &str = "5 right 4294967317 8\n";

/// A C library that programs are linked with.
trait Libc {
    /// What the names of its drop-in end in, and those of the other's.
    const OWN: &str;
    const OTHER: &str;
    /// What its loader misses when it refuses the other's drop-in.
    const MISSED: &str;

    /// The mark that its linker misses when it refuses the other's archive; `None`
    /// where it takes it, and may, since both are the same there.
    fn missed(arch: Arch) -> Option<&'static str>;

    /// The linker's command for `dropin_offset.c` and an archive.
    fn link(
        &self,
        arch: Arch,
        program: &Path,
        archive: Option<&Path>,
        is_static: bool,
    ) -> Result<Command, Skip>;
}

/// The program alone, with its own library's drop-in and with the other's.
fn preloaded<L: Libc>(kit: &Kit, arch: Arch, libc: &L) -> Verdict {
    kit.runs(arch)?;
    let folder = scratch();
    let program = folder.path().join("program");
    run(&mut libc.link(arch, &program, None, false)?);
    let with = |preload: &OsStr| any(Command::new(&program).env("LD_PRELOAD", preload));
    let drop_in = |name: &str| drop_in(kit, arch, name, folder.path());
    for preload in [OsStr::new(""), drop_in(L::OWN)?.as_os_str()] {
        check(&with(preload));
    }
    let output = with(drop_in(L::OTHER)?.as_os_str());
    let refused = !output.status.success() && output.stdout.is_empty();
    let text = said(&output).to_string();
    assert!(refused && text.contains(L::MISSED), "{text}");
    Ok(())
}

/// The program with its own library's archive and with the other's, dynamic and
/// static.
fn linked<L: Libc>(kit: &Kit, arch: Arch, libc: &L) -> Verdict {
    kit.runs(arch)?;
    let folder = scratch();
    let program = folder.path().join("program");
    for is_static in [false, true] {
        let link = |name: &str| {
            let file = format!("libint80_sendfile{name}.a");
            let archive = kit.lib(arch).join(file);
            libc.link(arch, &program, Some(&archive), is_static)
        };
        run(&mut link(L::OWN)?);
        check(&any(&mut Command::new(&program)));
        let output = any(&mut link(L::OTHER)?);
        let text = said(&output).to_string();
        match L::missed(arch) {
            Some(mark) => assert!(!output.status.success() && text.contains(mark), "{text}"),
            None => {
                assert!(output.status.success(), "{text}");
                check(&any(&mut Command::new(&program)));
            }
        }
    }
    Ok(())
}

fn check(output: &Output) {
    let right = output.status.success() && output.stdout == SENT.as_bytes();
    assert!(right, "{}", said(output));
}

struct Glibc;

impl Libc for Glibc {
    const OWN: &str = "";
    const OTHER: &str = "_musl";
    const MISSED: &str = "libc.so";

    fn missed(arch: Arch) -> Option<&'static str> {
        match arch {
            Arch::I386 => Some("__stat_time64"),
            Arch::X86_64 => None,
        }
    }

    fn link(
        &self,
        arch: Arch,
        program: &Path,
        archive: Option<&Path>,
        is_static: bool,
    ) -> Result<Command, Skip> {
        hosted("cc", arch)?;
        let mut cc = Command::new("cc");
        cc.args([width(arch), "-D_FILE_OFFSET_BITS=64", "-o"])
            .args([program, &sources().join("dropin_offset.c")])
            .args(archive)
            .args(is_static.then_some("-static"));
        Ok(cc)
    }
}

/// musl, from the folder that [`MUSL`] names, else of the system.
struct Musl {
    include: PathBuf,
    lib: PathBuf,
    /// The shared library, which is the loader, too.
    loader: PathBuf,
}

impl Musl {
    fn find(arch: Arch) -> Result<Musl, Skip> {
        let name = match arch {
            Arch::I386 => "i386-linux-musl",
            Arch::X86_64 => "x86_64-linux-musl",
        };
        let top = env::var_os(MUSL).map_or_else(|| PathBuf::from("/"), PathBuf::from);
        let lib = top.join("usr/lib").join(name);
        let loaders = [top.join("lib").join(name), lib.clone()];
        let loader = loaders
            .map(|folder| folder.join("libc.so"))
            .into_iter()
            .find(|loader| loader.exists())
            .filter(|_| lib.join("crt1.o").exists());
        Ok(Musl {
            include: top.join("usr/include").join(name),
            lib,
            loader: loader.ok_or_else(|| {
                let arch = arch.name();
                Skip(format!(
                    "no musl for {arch}: `cargo xtask setup` unpacks it"
                ))
            })?,
        })
    }

    /// With the headers of musl and the compiler alone.
    fn compile(&self, arch: Arch, object: &Path) -> Verdict {
        need("cc")?;
        let asked = run(Command::new("cc").arg("-print-file-name=include"));
        let compiler = String::from_utf8_lossy(&asked.stdout).trim().to_owned();
        let mut cc = Command::new("cc");
        cc.args([width(arch), "-fno-pie", "-fno-stack-protector"])
            .args(["-nostdinc", "-isystem"])
            .arg(&self.include)
            .args(["-isystem", &compiler, "-c", "-o"])
            .args([object, &sources().join("dropin_offset.c")]);
        run(&mut cc);
        Ok(())
    }
}

impl Libc for Musl {
    const OWN: &str = "_musl";
    const OTHER: &str = "";
    const MISSED: &str = "gnu_get_libc_version";

    fn missed(_: Arch) -> Option<&'static str> {
        Some("gnu_get_libc_version")
    }

    fn link(
        &self,
        arch: Arch,
        program: &Path,
        archive: Option<&Path>,
        is_static: bool,
    ) -> Result<Command, Skip> {
        let object = program.with_extension("o");
        self.compile(arch, &object)?;
        let mut ld = Command::new("ld");
        ld.args(["-m", &format!("elf_{}", arch.name()), "-o"])
            .arg(program);
        let library = match is_static {
            true => self.lib.join("libc.a"),
            false => {
                ld.arg("-dynamic-linker").arg(&self.loader);
                self.loader.clone()
            }
        };
        ld.args(["crt1.o", "crti.o"].map(|file| self.lib.join(file)))
            .arg(object)
            .args(archive)
            .arg(library);
        if is_static {
            // libgcc, of long double and the like, which musl's printf divides. It
            // comes with a C library for the architecture.
            hosted("cc", arch)?;
            let asked = run(Command::new("cc").args([width(arch), "-print-libgcc-file-name"]));
            ld.arg(String::from_utf8_lossy(&asked.stdout).trim());
        }
        ld.arg(self.lib.join("crtn.o"));
        Ok(ld)
    }
}
