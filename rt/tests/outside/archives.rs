//! Each package from its own archive: what is in it, and its tests.

use crate::project::{LIMIT, PACKAGES, patches, target, unpacked};
use int80_support::{
    command::show,
    place::{Verdict, trial},
    run::{any_within, said},
    toolchain::cargo,
    ways::Arch,
};
use libtest_mimic::Trial;
use std::fs;

pub fn trials() -> Vec<Trial> {
    let mut trials = Vec::new();
    for (package, _) in PACKAGES {
        trials.push(trial(&format!("{package}::archive"), move || {
            contents(package)
        }));
        for arch in Arch::ALL {
            let name = format!("{package}::{}::from_its_archive", arch.name());
            trials.push(trial(&name, move || own_tests(package, arch)));
        }
    }
    trials
}

fn contents(package: &str) -> Verdict {
    let folder = unpacked(package);
    let mut files = vec!["README.md", "LICENSE-APACHE", "LICENSE-MIT", "src/lib.rs"];
    files.extend(match package {
        "int80" => ["CHANGELOG.md", "asm/i386/sendfile.s"],
        "int80-build" => ["link.ld", "link-flat.ld"],
        "int80-rt" => ["link.ld", "asm/x86_64/start.s"],
        _ => ["src/dispatch.rs", "src/record.rs"],
    });
    for file in files {
        let bytes = fs::read(folder.join(file)).unwrap_or_default();
        assert!(!bytes.is_empty(), "{package} has no {file}");
    }
    let manifest = fs::read_to_string(folder.join("Cargo.toml")).expect("the manifest");
    let fields = [
        "version",
        "rust-version",
        "description",
        "readme",
        "keywords",
        "categories",
        "license",
        "repository",
        "documentation",
    ];
    for field in fields {
        let start = format!("\n{field} = ");
        assert!(manifest.contains(&start), "{package} has no {field}");
    }
    // What is compiled for one architecture only is shown for both.
    if package != "int80-build" {
        for arch in Arch::ALL {
            let (_, docs) = manifest.split_once("docs.rs]").expect("how docs.rs builds");
            assert!(docs.contains(arch.triple()), "{package}: {}", arch.name());
        }
    }
    Ok(())
}

/// The tests of the archive, on the machine itself. For i386 it is built, since
/// tests want a C library. The runtime has no tests in its archive: a panic
/// handler of its own does not go with std's.
fn own_tests(package: &'static str, arch: Arch) -> Verdict {
    let command = match (package, arch) {
        ("int80-rt", _) | (_, Arch::I386) => "build",
        _ => "test",
    };
    let mut cargo = cargo(arch)?;
    cargo
        .current_dir(unpacked(package))
        .args([command, "--quiet", "--offline"])
        .args(patches(unpacked, package))
        .env("CARGO_TARGET_DIR", target().join("own"));
    // On x86_64 without --target, since some cargos run no documentation tests
    // with it.
    if arch == Arch::I386 || command == "build" {
        cargo.args(["--target", arch.triple()]);
    }
    if package == "int80" {
        cargo.arg("--all-features");
    }
    let output = any_within(&mut cargo, LIMIT);
    let said = said(&output).to_string();
    assert!(output.status.success(), "{}\n{said}", show(&cargo));
    let tested = |line: &str| line.contains("test result: ok. ") && !line.contains("ok. 0 passed");
    assert!(
        command == "build" || said.lines().any(tested),
        "no test was run: {said}"
    );
    Ok(())
}
