//! What cannot be built, and what is said of it.

use crate::project::{LIMIT, Project, patches, read, target, unpacked};
use crate::template::template;
use int80_support::{
    environment,
    place::{Verdict, trial},
    run::{any_within, said},
    ways::Arch,
};
use libtest_mimic::Trial;
use std::{env, fs, process::Command};

pub fn trials() -> Vec<Trial> {
    let mut trials = crate::each_arch("an_unwinding_profile_is_named", unwinds);
    trials.extend(crate::each_arch(
        "b6_taking_descriptors_by_number_is_unsafe",
        takes,
    ));
    trials.push(trial("another_target_is_named", other_target));
    trials
}

fn unwinds(arch: Arch) -> Verdict {
    let project = template();
    let manifest = project.folder.path().join("Cargo.toml");
    let text = fs::read_to_string(&manifest).expect("the manifest");
    fs::write(&manifest, text.replace("panic = \"abort\"\n", "")).expect("the manifest");
    for profile in ["dev", "release"] {
        let (what, output) = project.cargo(arch, &["--profile", profile], &[])?;
        let said = said(&output).to_string();
        assert!(!output.status.success(), "{what} builds");
        assert!(
            said.contains("Put `panic = \"abort\"` under [profile.dev]"),
            "{said}"
        );
    }
    Ok(())
}

/// Where the program was started without a standard output, or with a wrong
/// LISTEN_FDS, a file that it opens has a number that was to be taken, and would have
/// two owners.
fn takes(arch: Arch) -> Verdict {
    for call in ["take_output(Native)", "take_listen_fds(Native, 1)"] {
        let main = format!(
            "#![no_std]
            #![no_main]
            use int80_rt::{{Process, int80::Native}};
            int80_rt::main!(main);
            fn main(process: Process) {{
                drop(process.{call});
            }}"
        );
        let project = Project::with_main(&main, None);
        let (what, output) = project.cargo(arch, &["--profile", "dev"], &[])?;
        let said = said(&output).to_string();
        assert!(!output.status.success(), "{what} builds: {call}");
        assert!(said.contains("E0133"), "{said}");
    }
    Ok(())
}

/// The build script by itself, told of targets that need not be installed.
fn other_target() -> Verdict {
    let project = Project::new(&[
        (
            "Cargo.toml",
            &read("template/Cargo.toml").replace("int80-rt = \"0.1\"\n", ""),
        ),
        ("build.rs", &read("template/build.rs")),
        ("src/main.rs", "fn main() {}\n"),
    ]);
    // Compiles the build script.
    let mut command = Command::new(env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    environment::clean(&mut command);
    command
        .current_dir(project.folder.path())
        .args(["check", "--quiet", "--offline"])
        .args(patches(unpacked, "program"))
        .env("CARGO_TARGET_DIR", target().join("script"));
    let output = any_within(&mut command, LIMIT);
    assert!(output.status.success(), "{}", said(&output));
    let build = target().join("script/debug/build");
    let script = fs::read_dir(build)
        .expect("build scripts")
        .map(|entry| entry.expect("an entry").path().join("build-script-build"))
        .find(|path| path.exists())
        .expect("the build script");

    let out = project.folder.path();
    for (os, arch, width, abi, expected) in [
        ("linux", "x86_64", "64", "gnu", None),
        ("linux", "x86", "32", "gnu", None),
        (
            "linux",
            "x86_64",
            "32",
            "gnu",
            Some("is not x86 Linux. Build with --target i686-unknown-linux-gnu or"),
        ),
        ("linux", "aarch64", "64", "gnu", Some("is not x86 Linux")),
        ("freebsd", "x86_64", "64", "", Some("is not x86 Linux")),
        ("none", "x86", "32", "", Some("is not x86 Linux")),
        (
            "linux",
            "x86_64",
            "64",
            "musl",
            Some("Build with --target x86_64-unknown-linux-gnu,"),
        ),
        (
            "linux",
            "x86",
            "32",
            "musl",
            Some("Build with --target i686-unknown-linux-gnu,"),
        ),
        ("android", "x86_64", "64", "", Some("is not x86 Linux")),
    ] {
        let mut command = Command::new(&script);
        command
            .env("OUT_DIR", out)
            .env("TARGET", "the-target")
            .env("CARGO_CFG_TARGET_OS", os)
            .env("CARGO_CFG_TARGET_ARCH", arch)
            .env("CARGO_CFG_TARGET_POINTER_WIDTH", width)
            .env("CARGO_CFG_TARGET_ENV", abi);
        let output = any_within(&mut command, LIMIT);
        let said = String::from_utf8(output.stdout).expect("text");
        let error = said
            .lines()
            .find_map(|line| line.strip_prefix("cargo::error="));
        match (error, expected) {
            (None, None) => assert!(
                said.contains("cargo:rustc-link-arg-bins=-static\n"),
                "{said}"
            ),
            (Some(error), Some(part)) => {
                assert!(error.contains(part), "{os} {arch} {abi}: {error}")
            }
            _ => panic!("{os} {arch} {abi}: {said}"),
        }
        assert_eq!(said.contains("link-arg"), expected.is_none(), "{said}");
    }
    Ok(())
}
