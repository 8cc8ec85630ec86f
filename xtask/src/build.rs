//! Builds the freestanding tools and puts them into `target/dist/`.

use crate::{Session, cargo::Cargo, dist::binutils, progress::say, setup::Need, table::table};
use anyhow::{Context, Result};
use comfy_table::Table;
use int80_support::{
    command::run,
    qemu,
    ways::{Arch, Available, WAYS, Way},
};
use object::{Object, ObjectSection};
use std::{
    fs::{self, Permissions},
    io::Write,
    os::unix::fs::PermissionsExt,
    path::{Path, PathBuf},
};

/// The tools, by the names of their programs.
pub const TOOLS: [&str; 4] = ["sf", "sfcat", "sfprobe", "sfserve"];

/// Those that copy standard input to standard output.
pub const COPIERS: [&str; 2] = ["sf", "sfcat"];

/// The folder beside the tools with the same programs before their symbols are
/// taken away, for tests and debuggers.
pub const SYMBOLS: &str = "symbols";

/// The file beside the tools that names the compiler which made them.
pub const COMPILER: &str = "compiler";

const PROFILE: &str = "freestanding";

/// What cargo is told for symbols that are taken away later.
pub const WITH_SYMBOLS: [&str; 2] = ["--config", "profile.freestanding.strip=false"];

/// One finished tool.
pub struct Product {
    pub arch: Arch,
    pub tool: &'static str,
    pub path: PathBuf,
    pub bytes: u64,
}

/// What was built, and why an architecture was not.
pub struct Built {
    pub products: Vec<Product>,
    pub skipped: Vec<(Arch, String)>,
}

/// The `build` command.
pub fn command(session: &Session) -> Result<bool> {
    let built = all(session)?;
    println!("{}", listing(&built, &session.paths.root).trim_fmt());
    for (arch, reason) in &built.skipped {
        println!("skipped: {}: {reason}", arch.name());
    }
    Ok(true)
}

/// Builds every tool for every architecture that has a toolchain.
pub fn all(session: &Session) -> Result<Built> {
    let mut built = Built {
        products: Vec::new(),
        skipped: Vec::new(),
    };
    for arch in Arch::ALL {
        match cargo(session, arch) {
            Ok(cargo) => build(session, &cargo, arch, &mut built.products)?,
            Err(reason) => built.skipped.push((arch, reason)),
        }
    }
    Ok(built)
}

/// The cargo that compiles for this architecture.
pub fn cargo(session: &Session, arch: Arch) -> Need<Cargo> {
    match arch {
        Arch::X86_64 => Ok(Cargo::host(&session.paths).with_target(arch)),
        Arch::I386 => {
            let toolchain = session.machine.i386.as_ref().map_err(String::clone)?;
            Ok(Cargo::i386(&session.paths, toolchain))
        }
    }
}

fn build(session: &Session, cargo: &Cargo, arch: Arch, products: &mut Vec<Product>) -> Result<()> {
    say("build", &format!("the tools for {}", arch.name()));
    compile(cargo, arch, &[])?;
    let folder = session.paths.dist.join(arch.name());
    let symbols = folder.join(SYMBOLS);
    fs::create_dir_all(&symbols).with_context(|| format!("cannot make {}", symbols.display()))?;
    fs::write(folder.join(COMPILER), cargo.compiler()?)?;
    for tool in TOOLS {
        let path = folder.join(tool);
        let from = cargo.products(PROFILE).join(tool);
        let bytes = put(&from, &path)
            .with_context(|| format!("cannot copy {} to {}", from.display(), path.display()))?;
        fs::copy(&from, symbols.join(tool))
            .with_context(|| format!("cannot copy {} to {}", from.display(), symbols.display()))?;
        products.push(Product {
            arch,
            tool,
            path,
            bytes,
        });
    }
    Ok(())
}

/// Builds `verify/init`, the first process of the kernels that are tried.
pub fn init(session: &Session, arch: Arch) -> Need<PathBuf> {
    let cargo = cargo(session, arch)?;
    say("build", &format!("init for {}", arch.name()));
    let built = freestanding(&cargo, arch, "int80-init", &[]);
    built.map_err(|error| format!("{error:#}"))?;
    Ok(cargo.products(PROFILE).join("init"))
}

fn compile(cargo: &Cargo, arch: Arch, more: &[&str]) -> Result<()> {
    freestanding(cargo, arch, "int80-tools", more)
}

fn freestanding(cargo: &Cargo, arch: Arch, package: &str, more: &[&str]) -> Result<()> {
    // A static program without relocations; tools/build/ has the arguments of
    // the linker. Without RELRO the compiler also calls without a GOT.
    let link = ["-C", "relocation-model=static", "-C", "relro-level=off"];
    let mut build = cargo.command("build", &[&link, arch.processor()].concat());
    build
        .args(["--locked", "--package", package, "--profile", PROFILE])
        .args(WITH_SYMBOLS)
        .args(more);
    run(
        &mut build,
        &format!("building {package} for {}", arch.name()),
    )
}

/// The proof that nothing in the tools and in `serve/` can panic: the panic
/// handler refers to a symbol that does not exist, and the linker does not need
/// it.
pub fn prove_no_panic(session: &Session, arch: Arch) -> Need<Result<()>> {
    let cargo = cargo(session, arch)?.in_folder("no-panic");
    say(
        "no-panic",
        &format!("the tools for {} must link without it", arch.name()),
    );
    let link = |package| freestanding(&cargo, arch, package, &["--features", "no-panic"]);
    Ok(link("int80-tools").and_then(|()| link("int80-serve-proof")))
}

/// Puts a linked program into its place, which holds the old one or the new
/// one at any time, never a part of it.
fn put(from: &Path, to: &Path) -> Result<u64> {
    let program = finished(from)?;
    let folder = to.parent().context("a product has a folder")?;
    let mut new = tempfile::NamedTempFile::new_in(folder)?;
    new.write_all(&program)?;
    new.as_file()
        .set_permissions(Permissions::from_mode(0o755))?;
    new.persist(to)?;
    Ok(program.len() as u64)
}

/// What link-flat.ld has linked is the contents of its one section, headers
/// included (`objcopy -O binary --only-section=.flat` does the same). Any other
/// program is finished without its symbols.
fn finished(linked: &Path) -> Result<Vec<u8>> {
    let data = fs::read(linked)?;
    let elf = object::File::parse(&*data).context("the linker made no ELF file")?;
    if let Some(section) = elf.section_by_name(".flat") {
        return Ok(section.data()?.to_vec());
    }
    let stripped = tempfile::NamedTempFile::new()?;
    binutils::strip_program(linked, stripped.path())?;
    Ok(fs::read(stripped.path())?)
}

/// Which ways exist for these products on this machine.
pub fn ways(session: &Session, built: &Built) -> Available {
    let machine = &session.machine;
    let state = |way: &Way| -> Need<()> {
        if let Some((_, reason)) = built.skipped.iter().find(|(arch, _)| *arch == way.arch) {
            return Err(reason.clone());
        }
        match way.name {
            qemu::NAME => machine.qemu.clone().map(drop),
            "i386-int80" => machine.kernel.clone().map(drop),
            "i386-sysinfo" => match machine.kernel.clone()? {
                kernel if kernel.sysinfo => Ok(()),
                _ => Err("the kernel gives no AT_SYSINFO".to_owned()),
            },
            _ => Ok(()),
        }
    };
    Available {
        dist: session.paths.dist.clone(),
        ways: WAYS.into_iter().map(|way| (way, state(&way))).collect(),
    }
}

fn listing(built: &Built, root: &Path) -> Table {
    let mut table = table(&["tool", "architecture", "bytes", "file"], &[2]);
    for product in &built.products {
        let path = product.path.strip_prefix(root).unwrap_or(&product.path);
        table.add_row([
            product.tool.to_owned(),
            product.arch.name().to_owned(),
            product.bytes.to_string(),
            path.display().to_string(),
        ]);
    }
    table
}
