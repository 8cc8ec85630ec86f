//! What C programs link: the archives, the drop-in and the start object of one
//! architecture.

use super::binutils;
use crate::{Session, build, progress::say, setup::Need};
use anyhow::{Context, Result, ensure};
use int80_support::{command::run, ways::Arch};
use object::{Object, ObjectSymbol, SymbolKind, read::archive::ArchiveFile};
use std::{
    collections::BTreeSet,
    fs,
    path::{Path, PathBuf},
};

const PROFILE: &str = "freestanding";

/// The files that [`all`] makes, by name.
pub const FILES: [&str; 7] = [
    "libint80.a",
    "libint80_memory.a",
    "libint80_sendfile.a",
    "libint80_sendfile.so",
    "libint80_sendfile_musl.a",
    "libint80_sendfile_musl.so",
    "int80_start.o",
];

/// Makes them in `folder`.
pub fn all(session: &Session, arch: Arch, folder: &Path) -> Need<Result<()>> {
    let cargo = build::cargo(session, arch)?.in_folder("pic");
    say("dist", &format!("the C interface for {}", arch.name()));
    let root = &session.paths.root;
    let make = || -> Result<()> {
        // A program or a shared object at any address may link it.
        let remap = format!("--remap-path-prefix={}=/int80", root.display());
        // Exceptions and cancellation of the program go through its functions.
        let unwind = "force-unwind-tables=yes";
        let flags: &[&str] = &["-C", "relocation-model=pic", "-C", unwind, &remap];
        let mut command = cargo.command("rustc", &[flags, arch.processor()].concat());
        command
            .args(["--locked", "--package", "int80-capi", "--profile", PROFILE])
            .args(["--crate-type", "staticlib"])
            // The names are needed until the objects are joined.
            .args(build::WITH_SYMBOLS);
        run(
            &mut command,
            &format!("building the C interface for {}", arch.name()),
        )?;
        fs::create_dir_all(folder).with_context(|| format!("cannot make {}", folder.display()))?;
        let built = cargo.products(PROFILE).join("libint80_capi.a");
        let work = crate::scratch::folder(&session.paths.private, "capi")?;
        let assembly = Assembly {
            arch,
            sources: root.join("asm").join(arch.name()),
            work: work.path(),
        };
        library(&assembly, &built, &folder.join("libint80.a"))?;
        memory(&assembly, &folder.join("libint80_memory.a"))?;
        drop_in(&assembly, &GLIBC, folder)?;
        drop_in(&assembly, &MUSL, folder)?;
        let start = assembly.object("main", "int80_start")?;
        copy(&start, &folder.join("int80_start.o"))
    };
    Ok(make())
}

/// Where the assembly sources are, and where their objects go.
struct Assembly<'a> {
    arch: Arch,
    sources: PathBuf,
    work: &'a Path,
}

impl Assembly<'_> {
    fn object(&self, source: &str, name: &str) -> Result<PathBuf> {
        self.object_with(source, &[], name)
    }

    fn object_with(&self, source: &str, symbols: &[&str], name: &str) -> Result<PathBuf> {
        let object = self.work.join(format!("{name}.o"));
        let source = self.sources.join(format!("{source}.s"));
        binutils::assemble(self.arch, &source, symbols, &object)?;
        Ok(object)
    }
}

/// Of what the compiler has put into its archive, which holds all of the
/// language's own library: the functions of the header, and what they use.
fn library(assembly: &Assembly<'_>, built: &Path, archive: &Path) -> Result<()> {
    let exported = exported(built)?;
    let object = assembly.work.join("int80.o");
    let memory = assembly.object("memory", "own_memory")?;
    binutils::extract(assembly.arch, &exported, &[built, &memory], &object)?;
    binutils::strip(&object, &exported)?;
    let allowed = allowed(assembly.arch);
    let mut undefined = undefined(&object)?;
    undefined.retain(|symbol| !allowed.contains(&symbol.as_str()));
    // int80_a_panic_path_is_linked: see capi/src/panic.rs.
    ensure!(
        undefined.is_empty(),
        "libint80.a has undefined symbols: {}",
        Vec::from_iter(undefined).join(", ")
    );
    binutils::archive(archive, &[object])
}

/// What the linker itself defines: the place from which position-independent
/// i386 code computes addresses.
pub fn allowed(arch: Arch) -> &'static [&'static str] {
    match arch {
        Arch::I386 => &["_GLOBAL_OFFSET_TABLE_"],
        Arch::X86_64 => &[],
    }
}

/// memcpy and its like, for programs that have no C library: in an archive of
/// their own, so that they never take the place of a C library's.
fn memory(assembly: &Assembly<'_>, archive: &Path) -> Result<()> {
    let object = assembly.object("memory", "memory")?;
    binutils::archive(archive, &[object])
}

/// A C library that the drop-in is made for.
struct Libc {
    /// The drop-in's name, without ending.
    name: &'static str,
    /// What selects it in the source.
    symbols: &'static [&'static str],
    /// The name that its loader knows it by.
    soname: &'static str,
    /// The functions that the drop-in needs of it, with their versions.
    needs: fn(Arch) -> &'static [(&'static str, &'static str)],
}

const GLIBC: Libc = Libc {
    name: "libint80_sendfile",
    symbols: &[],
    soname: "libc.so.6",
    needs: |arch| match arch {
        Arch::I386 => &[
            ("GLIBC_2.0", "__errno_location"),
            ("GLIBC_2.1", "gnu_get_libc_version"),
        ],
        Arch::X86_64 => &[
            ("GLIBC_2.2.5", "__errno_location"),
            ("GLIBC_2.2.5", "gnu_get_libc_version"),
        ],
    },
};

const MUSL: Libc = Libc {
    name: "libint80_sendfile_musl",
    symbols: &["MUSL"],
    soname: "libc.so",
    needs: |_| &[("", "__errno_location"), ("", "__stat_time64")],
};

fn drop_in(assembly: &Assembly<'_>, libc: &Libc, folder: &Path) -> Result<()> {
    let Libc {
        name,
        symbols,
        soname,
        needs,
    } = libc;
    let object = assembly.object_with("hosted", symbols, name)?;
    let library = binutils::stub(assembly.arch, soname, needs(assembly.arch), assembly.work)?;
    let shared = folder.join(format!("{name}.so"));
    binutils::share(assembly.arch, &object, &library, &shared)?;
    binutils::archive(&folder.join(format!("{name}.a")), &[object])
}

/// The symbols `int80_*` that the archive defines for others, in order.
fn exported(archive: &Path) -> Result<Vec<String>> {
    let mut names = BTreeSet::new();
    let data = fs::read(archive).with_context(|| format!("cannot read {}", archive.display()))?;
    for member in ArchiveFile::parse(&*data)?.members() {
        let Ok(file) = object::File::parse(member?.data(&*data)?) else {
            continue; // The compiler's own notes.
        };
        let own = file.symbols().filter(|symbol| {
            symbol.is_definition()
                && symbol.is_global()
                && symbol.kind() == SymbolKind::Text
                && symbol.scope() == object::SymbolScope::Dynamic
        });
        for symbol in own {
            let name = symbol.name()?;
            if name.starts_with("int80_") {
                names.insert(name.to_owned());
            }
        }
    }
    ensure!(!names.is_empty(), "{} exports nothing", archive.display());
    Ok(names.into_iter().collect())
}

/// The symbols that an object has not and needs.
fn undefined(object: &Path) -> Result<BTreeSet<String>> {
    let data = fs::read(object).with_context(|| format!("cannot read {}", object.display()))?;
    let file = object::File::parse(&*data)?;
    let names = file.symbols().filter(|symbol| symbol.is_undefined());
    Ok(names
        .map(|symbol| symbol.name().map(str::to_owned))
        .collect::<Result<_, _>>()?)
}

fn copy(from: &Path, to: &Path) -> Result<()> {
    fs::copy(from, to)
        .map(drop)
        .with_context(|| format!("cannot copy {} to {}", from.display(), to.display()))
}
