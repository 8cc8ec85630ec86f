//! The kit as a whole: the same wherever it is built, installed where compilers
//! look, and what its README says.

use crate::{
    copy::{copied, outer},
    deb::debs,
};
use flate2::read::GzDecoder;
use int80_support::ways::Arch;
use int80_support::{
    place::{Kit, Verdict, hosted, long, need, root, trial, width},
    run::{any_within, run, said, scratch},
};
use libtest_mimic::Trial;
use sha2::{Digest, Sha256};
use std::{
    collections::BTreeMap,
    fs,
    io::Read,
    os::unix::fs::PermissionsExt,
    path::{Path, PathBuf},
    process::Command,
    time::Duration,
};
use tar::Archive;
use xtask::dist;

pub fn trials(kit: &Kit) -> Vec<Trial> {
    let of = |name: &str, case: fn(&Kit) -> Verdict| {
        let kit = kit.clone();
        trial(&format!("dist::{name}"), move || case(&kit))
    };
    let mut trials = vec![
        of("the_archive_holds_the_folder", packed),
        of("the_checksums_are_right", sums),
        of("nothing_names_where_it_was_built", places),
        of("two_builds_in_two_folders_are_the_same", reproducible),
    ];
    trials.extend(kit.each_arch("dist::installed_it_is_found", installed));
    trials
}

fn archive(kit: &Kit) -> PathBuf {
    kit.folder
        .with_file_name(format!("{}.tar.gz", dist::name()))
}

/// Paths, modes and bytes of all files below a folder.
fn files(top: &Path) -> BTreeMap<PathBuf, (u32, Vec<u8>)> {
    let mut all = BTreeMap::new();
    let mut folders = vec![top.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(&folder).expect("a folder") {
            let path = entry.expect("an entry").path();
            if path.is_dir() {
                folders.push(path);
                continue;
            }
            let mode = fs::metadata(&path).expect("a file").permissions().mode() & 0o777;
            let name = path.strip_prefix(top).expect("below it").to_owned();
            all.insert(name, (mode, fs::read(&path).expect("a file")));
        }
    }
    all
}

fn packed(kit: &Kit) -> Verdict {
    let packed = fs::File::open(archive(kit)).expect("the archive");
    let mut archive = Archive::new(GzDecoder::new(packed));
    let mut inside = BTreeMap::new();
    for entry in archive.entries().expect("an archive") {
        let mut entry = entry.expect("an entry");
        let path = entry.path().expect("a path").into_owned();
        let path = path
            .strip_prefix(dist::name())
            .expect("one folder at the top")
            .to_owned();
        let header = entry.header().clone();
        let owner = (
            header.uid().expect("a number"),
            header.gid().expect("a number"),
        );
        assert_eq!(owner, (0, 0), "{}", path.display());
        assert_eq!(header.mtime().expect("a time"), 315_532_800);
        let mut bytes = Vec::new();
        entry.read_to_end(&mut bytes).expect("its bytes");
        inside.insert(path, (header.mode().expect("a mode"), bytes));
    }
    let outside = files(&kit.folder);
    assert!(
        inside.keys().eq(outside.keys()),
        "{:?}\n{:?}",
        inside.keys(),
        outside.keys()
    );
    assert!(
        inside == outside,
        "the same files, and other bytes or modes"
    );
    Ok(())
}

fn sums(kit: &Kit) -> Verdict {
    let text = fs::read_to_string(kit.folder.join("SHA256SUMS")).expect("the sums");
    let listed: BTreeMap<PathBuf, String> = text
        .lines()
        .map(|line| line.split_once("  ").expect("a sum and a name"))
        .map(|(sum, name)| (name.into(), sum.to_owned()))
        .collect();
    let mut files = files(&kit.folder);
    files.remove(Path::new("SHA256SUMS"));
    assert!(listed.keys().eq(files.keys()));
    for (name, (_, bytes)) in files {
        let sum: String = Sha256::digest(&bytes)
            .iter()
            .map(|byte| format!("{byte:02x}"))
            .collect();
        assert_eq!(listed[&name], sum, "{}", name.display());
    }
    Ok(())
}

/// Neither the checkout nor the person's folder is named anywhere in it.
fn places(kit: &Kit) -> Verdict {
    let mut names = vec![root().display().to_string()];
    names.extend(std::env::var("HOME").ok().filter(|home| home.len() > 1));
    for (path, (_, bytes)) in files(&kit.folder) {
        for name in &names {
            let found = bytes
                .windows(name.len())
                .any(|window| window == name.as_bytes());
            assert!(!found, "{} names {name}", path.display());
        }
    }
    Ok(())
}

/// A copy of the sources in a folder with another name, built from nothing.
fn reproducible(kit: &Kit) -> Verdict {
    long()?;
    let folder = copied()?;
    let copy = folder.path();
    let mut command = Command::new("cargo");
    command
        .args(["xtask", "--no-install", "dist"])
        .current_dir(copy);
    // It compiles everything, on a machine that may have one slow processor.
    let output = any_within(outer(&mut command), Duration::from_secs(3600));
    assert!(output.status.success(), "{}", said(&output));
    let other = files(&copy.join("target/dist").join(dist::name()));
    let one = files(&kit.folder);
    assert!(
        one.keys().eq(other.keys()),
        "{:?}\n{:?}",
        one.keys(),
        other.keys()
    );
    for (name, file) in &one {
        assert!(
            other[name] == *file,
            "{} is another file there",
            name.display()
        );
    }
    let archives = [
        archive(kit),
        copy.join(format!("target/dist/{}.tar.gz", dist::name())),
    ];
    for deb in debs(kit) {
        let copy = copy
            .join("target/dist")
            .join(deb.file_name().expect("a name"));
        let same = fs::read(&deb).expect("the package") == fs::read(&copy).expect("the package");
        assert!(same, "{} is another file there", deb.display());
    }
    let [first, second] = archives.map(|path| fs::read(path).expect("the archive"));
    assert!(first == second, "the archives differ");
    Ok(())
}

/// Where it is installed, pkg-config finds it, and what it says is enough.
fn installed(kit: &Kit, arch: Arch) -> Verdict {
    let folder = scratch();
    let prefix = folder.path().join("prefix");
    let paths = dist::install(&kit.folder, &prefix).expect("an installation");
    assert!(paths.iter().all(|path| path.is_file()) && paths.len() > 30);
    for name in ["sf", "sfcat"] {
        let name = match arch {
            Arch::I386 => format!("{name}-i386"),
            Arch::X86_64 => name.to_owned(),
        };
        let mode = fs::metadata(prefix.join("bin").join(name))
            .expect("a tool")
            .permissions();
        assert_eq!(mode.mode() & 0o777, 0o755);
    }
    need("pkg-config")?;
    kit.runs(arch)?;
    hosted("cc", arch)?;
    let lib = prefix
        .join("lib")
        .join(format!("{}-linux-gnu", arch.name()));
    let flags = run(Command::new("pkg-config")
        .args(["--cflags", "--libs", "int80"])
        .env("PKG_CONFIG_LIBDIR", lib.join("pkgconfig")))
    .stdout;
    let flags = String::from_utf8(flags).expect("plain text");
    let (source, program) = (folder.path().join("a.c"), folder.path().join("a"));
    let text = "#include <int80.h>\nint main(void) { return int80_call0(INT80_NR_GETPID) <= 0; }\n";
    fs::write(&source, text).expect("a file");
    let mut command = Command::new("cc");
    command.arg(width(arch)).arg("-o").args([&program, &source]);
    run(command.args(flags.split_whitespace()));
    run(&mut Command::new(&program));
    Ok(())
}
