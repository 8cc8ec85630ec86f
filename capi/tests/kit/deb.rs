//! The Debian packages: installed below a folder, used, and removed.

use int80_support::{
    place::{Kit, Skip, Verdict, hosted, need, width},
    run::{run, scratch},
    ways::Arch,
};
use libtest_mimic::Trial;
use std::{
    fs,
    os::unix::fs::PermissionsExt,
    path::{Path, PathBuf},
    process::Command,
};
use xtask::dist::deb;

pub fn trials(kit: &Kit) -> Vec<Trial> {
    let mut trials = kit.each_arch("deb::unpacked_they_are_of_use", unpacked);
    trials.extend(kit.each_arch("deb::installed_and_removed_nothing_is_left", installed));
    trials
}

/// The packages of all architectures that there are.
pub fn debs(kit: &Kit) -> Vec<PathBuf> {
    let all = Arch::ALL.into_iter().flat_map(deb::names);
    all.map(|name| kit.folder.with_file_name(name))
        .filter(|path| path.exists())
        .collect()
}

fn of(kit: &Kit, arch: Arch) -> Result<[PathBuf; 2], Skip> {
    need("dpkg-deb")?;
    let paths = deb::names(arch).map(|name| kit.folder.with_file_name(name));
    for path in &paths {
        assert!(path.exists(), "{} was not made", path.display());
    }
    Ok(paths)
}

/// Without a package manager, as on a machine where one is not root.
fn unpacked(kit: &Kit, arch: Arch) -> Verdict {
    let root = scratch();
    for deb in of(kit, arch)? {
        run(Command::new("dpkg-deb")
            .arg("--extract")
            .args([&deb, root.path()]));
    }
    used(kit, arch, root.path())
}

/// The tools run, and a program is compiled and linked as pkg-config says.
fn used(kit: &Kit, arch: Arch, root: &Path) -> Verdict {
    let usr = root.join("usr");
    for name in xtask::build::TOOLS {
        let path = usr.join("bin").join(name);
        let mode = fs::metadata(&path).expect("a tool").permissions().mode();
        assert_eq!(mode & 0o777, 0o755, "{name}");
        let bytes = fs::read(&path).expect("a tool");
        let class = if arch == Arch::I386 { 1 } else { 2 };
        assert_eq!(bytes[4], class, "{name} is of another architecture");
    }
    let lib = usr.join("lib").join(format!("{}-linux-gnu", arch.name()));
    assert!(lib.join("libint80.a").is_file());
    kit.runs(arch)?;
    let licence = usr.join("share/doc/int80-tools/LICENSE-MIT");
    let output = run(Command::new(usr.join("bin/sfcat")).arg(&licence));
    assert!(output.stdout == fs::read(&licence).expect("the licence"));

    need("pkg-config")?;
    hosted("cc", arch)?;
    let flags = run(Command::new("pkg-config")
        .args(["--cflags", "--libs", "int80"])
        .env("PKG_CONFIG_LIBDIR", lib.join("pkgconfig")))
    .stdout;
    let flags = String::from_utf8(flags).expect("plain text");
    let folder = scratch();
    let (source, program) = (folder.path().join("a.c"), folder.path().join("a"));
    let text = "#include <int80.h>\nint main(void) { return int80_call0(INT80_NR_GETPID) <= 0; }\n";
    fs::write(&source, text).expect("a file");
    let mut command = Command::new("cc");
    command.arg(width(arch)).arg("-o").args([&program, &source]);
    run(command.args(flags.split_whitespace()));
    run(&mut Command::new(&program));
    Ok(())
}

/// dpkg with a folder for its root, which knows no other package.
fn dpkg(root: &Path) -> Command {
    let mut command = Command::new("dpkg");
    command
        .arg("--root")
        .arg(root)
        // A root without ldconfig in its path, and of any architecture.
        .args(["--force-bad-path", "--force-architecture"]);
    command
}

fn installed(kit: &Kit, arch: Arch) -> Verdict {
    let debs = of(kit, arch)?;
    need("dpkg")?;
    if !rustix::process::geteuid().is_root() {
        return Err(Skip("dpkg installs as root only".to_owned()));
    }
    let root = scratch();
    let data = root.path().join("var/lib/dpkg");
    for folder in ["info", "updates", "triggers"] {
        fs::create_dir_all(data.join(folder)).expect("a folder");
    }
    for file in ["status", "available"] {
        fs::write(data.join(file), "").expect("a file");
    }
    let said = |command: &mut Command| {
        let output = int80_support::run::any(command);
        assert!(
            output.status.success(),
            "{}",
            int80_support::run::said(&output)
        );
        String::from_utf8(output.stdout).expect("text")
    };
    said(dpkg(root.path()).arg("--install").args(&debs));
    let listed = said(dpkg(root.path()).args(["--listfiles", "libint80-dev"]));
    assert!(listed.contains("/usr/include/int80.h"), "{listed}");
    used(kit, arch, root.path())?;
    said(dpkg(root.path()).args(["--purge", "int80-tools", "libint80-dev"]));
    assert!(!root.path().join("usr").exists(), "something is left");
    Ok(())
}
