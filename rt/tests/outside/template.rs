//! The template: built by every linker, in both profiles, and run.

use crate::project::{Project, read};
use int80_support::{
    elf::segment_faults,
    linker::{Linker, rust_flags},
    place::{Verdict, need, root, trial},
    run::{any, said, scratch},
    runner,
    ways::Arch,
};
use libtest_mimic::Trial;
use std::{fs, process::Command};

pub fn trials() -> Vec<Trial> {
    let mut trials = crate::each_arch("template", |arch| all(arch, None));
    for linker in Linker::ALL {
        for arch in Arch::ALL {
            let name = format!("{}::{}::template", arch.name(), linker.name());
            trials.push(trial(&name, move || all(arch, Some(linker))));
        }
    }
    trials.push(trial("template_is_one_for_cargo_and_cargo_generate", names));
    trials.push(trial("template_by_cargo_generate", generated));
    trials
}

/// The files of the template.
pub fn template() -> Project {
    let files = ["Cargo.toml", "build.rs", "src/main.rs"];
    let texts = files.map(|path| (path, read(&format!("template/{path}"))));
    let files: Vec<(&str, &str)> = texts.iter().map(|(path, text)| (*path, &**text)).collect();
    Project::new(&files)
}

/// `None`: the linker that the compiler chooses by itself.
fn all(arch: Arch, linker: Option<Linker>) -> Verdict {
    let project = template();
    for profile in ["dev", "release"] {
        let flags = match linker {
            Some(linker) => rust_flags(linker, Vec::new())?,
            None => Vec::new(),
        };
        let (what, program) = project.build(arch, profile, &flags)?;
        let bytes = fs::read(&program).expect("the program");
        let wrong = segment_faults(&bytes);
        assert!(wrong.is_empty(), "{what}: {}", wrong.join("; "));
        let at = |name: &str| project.folder.path().join(name);
        let run = |from: &str, to: &str| -> Result<_, _> {
            let mut command = runner::command(arch, &program)?;
            Ok(any(command.args([at(from), at(to)])))
        };

        let text: Vec<u8> = (0..40_000_u32).flat_map(u32::to_le_bytes).collect();
        fs::write(at("from"), &text).expect("a file");
        fs::write(at("to"), [b'x'; 200_000]).expect("a file");
        let output = run("from", "to")?;
        assert!(
            output.status.success() && output.stdout == b"160000 bytes\n",
            "{what}: {}",
            said(&output)
        );
        assert!(fs::read(at("to")).expect("the copy") == text, "{what}");

        let output = run("missing", "to")?;
        assert_eq!(output.status.code(), Some(1), "{what}: {}", said(&output));
        assert_eq!(output.stderr, b"program: No such file or directory\n");
        let output = any(&mut runner::command(arch, &program)?);
        assert_eq!(output.status.code(), Some(2), "{what}: {}", said(&output));
        assert_eq!(output.stderr, b"usage: program FROM TO\n");
    }
    Ok(())
}

/// cargo-generate takes the manifest with a name to fill in.
fn names() -> Verdict {
    let [plain, liquid] = ["", ".liquid"].map(|end| read(&format!("template/Cargo.toml{end}")));
    assert_eq!(plain, liquid.replace("{{project-name}}", "program"));
    assert_eq!(liquid.matches("{{project-name}}").count(), 2);
    Ok(())
}

/// What cargo-generate makes of it: the files with a name filled in.
fn generated() -> Verdict {
    let program = need("cargo-generate")?;
    let folder = scratch();
    let mut command = Command::new(program);
    command
        .args(["generate", "--silent", "--vcs", "none", "--name", "copy-it"])
        .arg("--path")
        .arg(root().join("template"))
        .arg("--destination")
        .arg(folder.path())
        // It asks for an author otherwise, and keeps a file of favourites there.
        .env("CARGO_NAME", "x")
        .env("CARGO_EMAIL", "x")
        .env("CARGO_HOME", folder.path());
    let output = any(&mut command);
    assert!(output.status.success(), "{}", said(&output));
    let made = |path: &str| fs::read_to_string(folder.path().join("copy-it").join(path));
    let manifest = made("Cargo.toml").expect("a manifest");
    let plain = read("template/Cargo.toml").replace("\"program\"", "\"copy-it\"");
    assert_eq!(manifest, plain);
    for same in ["build.rs", "src/main.rs"] {
        assert_eq!(
            made(same).expect("a file"),
            read(&format!("template/{same}"))
        );
    }
    Ok(())
}
