//! The commands of docs/rust.md, as they are printed.

use crate::project::{LIMIT, read};
use int80_support::{
    environment,
    place::{Skip, Verdict, root, trial},
    run::{any_within, said, scratch},
    toolchain::cargo,
    ways::{Arch, Available},
};
use libtest_mimic::Trial;
use std::{
    env, fs,
    path::{Path, PathBuf},
    process::Command,
};

pub fn trials() -> Vec<Trial> {
    vec![
        trial("guide::five_steps_as_printed", steps),
        trial("guide::the_program_is_the_template_s", same),
        trial("guide::a_copy_of_the_template", copied),
    ]
}

fn blocks() -> Vec<String> {
    let text = read("docs/rust.md");
    let after = text.split("```sh\n").skip(1);
    after
        .map(|rest| rest.split("```").next().unwrap_or_default().to_owned())
        .collect()
}

/// The first five blocks make and run the program, the sixth is for i386.
fn steps() -> Verdict {
    let blocks = blocks();
    assert_eq!(blocks.len(), 6, "the steps of docs/rust.md");
    let folder = scratch();
    let at = folder.path().join("copy");
    shell(Arch::X86_64, folder.path(), &blocks[0])?;
    let mut said = String::new();
    for block in &blocks[1..5] {
        said = shell(Arch::X86_64, &at, block)?;
    }
    let compare = |said: &str| {
        let [one, other] = ["Cargo.toml", "copy-of-it"].map(|name| fs::read(at.join(name)));
        let (one, other) = (one.expect("the file"), other.expect("the copy"));
        assert!(one == other && !one.is_empty());
        assert!(
            said.contains(&format!("{} bytes\n", one.len())),
            "prints no number: {said}"
        );
    };
    compare(&said);
    fs::remove_file(at.join("copy-of-it")).expect("the copy");
    native_i386()?;
    compare(&shell(Arch::I386, &at, &blocks[5])?);
    Ok(())
}

/// The printed command starts the program without an emulator.
fn native_i386() -> Verdict {
    let Ok(available) = Available::from_env() else {
        return Ok(());
    };
    let mut ways = available.ways.into_iter();
    match ways.find(|(way, _)| way.name == "i386-int80") {
        Some((_, Err(reason))) => Err(Skip(reason)),
        _ => Ok(()),
    }
}

/// Runs a block in a person's shell, whose `cargo` compiles for `arch`.
fn shell(arch: Arch, folder: &Path, block: &str) -> Result<String, Skip> {
    let bin = scratch();
    cargo_for(arch, bin.path())?;
    let mut paths = vec![PathBuf::from(bin.path())];
    paths.extend(env::split_paths(&env::var_os("PATH").unwrap_or_default()));
    let mut command = Command::new("sh");
    environment::clean(&mut command);
    command
        .arg("-euc")
        .arg(block)
        .current_dir(folder)
        .env("INT80", root())
        .env("PATH", env::join_paths(paths).expect("paths"));
    let output = any_within(&mut command, LIMIT);
    let said = said(&output).to_string();
    assert!(output.status.success(), "{block}\n{said}");
    Ok(said)
}

/// A program `cargo` that is the cargo of these tests, with its environment. It
/// goes by what is here, and asks no registry.
fn cargo_for(arch: Arch, bin: &Path) -> Verdict {
    let command = cargo(arch)?;
    let quoted = |text: &std::ffi::OsStr| {
        let text = text.to_str().expect("text");
        format!("'{}'", text.replace('\'', r"'\''"))
    };
    let mut script = "#!/bin/sh\nexport CARGO_NET_OFFLINE=true\n".to_owned();
    for (name, value) in command.get_envs() {
        if let Some(value) = value {
            let name = name.to_str().expect("a name");
            script += &format!("export {name}={}\n", quoted(value));
        }
    }
    script += &format!("exec {} \"$@\"\n", quoted(command.get_program()));
    int80_support::program::write(bin.join("cargo"), script);
    Ok(())
}

/// One program, in two places.
fn same() -> Verdict {
    let blocks = blocks();
    let [manifest, build, program] = [2, 3, 4].map(|step: usize| {
        let (_, rest) = blocks[step].split_once("<<'END'\n").expect("a file");
        rest.split("END\n").next().expect("its end").to_owned()
    });
    assert_eq!(program, read("template/src/main.rs"));
    assert_eq!(build, read("template/build.rs"));
    let template = read("template/Cargo.toml");
    for line in manifest.lines() {
        let line = line.replace("\"copy\"", "\"program\"");
        assert!(template.contains(&line), "the template has no {line}");
    }
    Ok(())
}

/// With the lines of its dependencies, a copy builds.
fn copied() -> Verdict {
    let text = read("docs/rust.md");
    let block = text
        .split("```toml\n")
        .nth(1)
        .and_then(|rest| rest.split("```").next());
    let place = root().display().to_string();
    let patch = block.expect("the lines").replace("INT80", &place);
    let folder = scratch();
    fs::create_dir(folder.path().join("src")).expect("a folder");
    for file in ["Cargo.toml", "build.rs", "src/main.rs"] {
        fs::write(folder.path().join(file), read(&format!("template/{file}"))).expect("a file");
    }
    let manifest = read("template/Cargo.toml") + "\n" + &patch;
    fs::write(folder.path().join("Cargo.toml"), manifest).expect("the manifest");
    fs::copy(root().join("Cargo.lock"), folder.path().join("Cargo.lock")).expect("the lock file");
    shell(Arch::X86_64, folder.path(), "cargo build")?;
    Ok(())
}
