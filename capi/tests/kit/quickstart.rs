//! The commands in the documents, run as they are printed.

use crate::copy::{copied, outer};
use int80_support::ways::Arch;
use int80_support::{
    place::{Kit, Verdict, hosted, long, need, root, trial},
    run::{any_within, said, scratch},
};
use libtest_mimic::Trial;
use std::{fs, process::Command, time::Duration};
use xtask::dist;

pub fn trials(kit: &Kit) -> Vec<Trial> {
    let mut trials = Vec::new();
    for document in ["docs/c.md", "docs/assembly.md", "README.md"] {
        let text = fs::read_to_string(root().join(document)).expect("the document");
        trials.extend(of_document(kit, document, &text, Where::Checkout));
    }
    let readme = fs::read_to_string(kit.folder.join("README.md")).expect("the kit's README");
    trials.extend(of_document(
        kit,
        "README.md of the kit",
        &readme,
        Where::Kit,
    ));
    trials
}

/// What folder the reader is in.
#[derive(Clone, Copy)]
enum Where {
    /// A checkout; the first line builds the kit and goes there.
    Checkout,
    Kit,
}

fn of_document(kit: &Kit, name: &str, text: &str, place: Where) -> Vec<Trial> {
    let mut blocks = blocks(text);
    // The first commands of the README are what runs this test.
    blocks.retain(|block| !block.starts_with("cargo xtask demo"));
    assert!(blocks.len() >= 2, "{name} has lost its commands");
    let one = |(number, block): (usize, String)| {
        let kit = kit.clone();
        trial(&format!("quick_start::{name}::{}", number + 1), move || {
            as_printed(&kit, &block, place)
        })
    };
    blocks.into_iter().enumerate().map(one).collect()
}

/// The blocks of commands.
fn blocks(text: &str) -> Vec<String> {
    let after = text.split("```sh\n").skip(1);
    after
        .map(|rest| rest.split("```").next().unwrap_or_default().to_owned())
        .collect()
}

/// All of these send README.md, the kit's, to standard output.
fn as_printed(kit: &Kit, block: &str, place: Where) -> Verdict {
    needs(kit, block)?;
    let folder = scratch();
    let readme = fs::read(kit.folder.join("README.md")).expect("the kit's README");
    let first = match place {
        Where::Kit => String::new(),
        Where::Checkout => format!("cargo xtask dist && cd target/dist/{}\n", dist::name()),
    };
    let rest = block.strip_prefix(&first).expect("the kit is built first");
    let is_short = matches!(place, Where::Kit) || block.lines().count() <= 3;
    assert!(is_short, "a quick start has three lines");
    let mut command = Command::new("bash");
    command.args(["-euo", "pipefail", "-c"]);
    // No other case has the folder for as long as this lives.
    let copy;
    if matches!(place, Where::Checkout) && long().is_ok() {
        copy = copied()?;
        outer(command.arg(block).current_dir(copy.path()));
    } else {
        // The kit that the first line builds is there.
        let copy = folder.path().join("kit");
        let mut cp = Command::new("cp");
        int80_support::run::run(cp.arg("-r").arg(&*kit.folder).arg(&copy));
        command.arg(rest).current_dir(&copy);
    }
    let output = any_within(&mut command, Duration::from_secs(3600));
    assert!(output.status.success(), "{block}\n{}", said(&output));
    assert!(
        output.stdout.ends_with(&readme),
        "{block}\n{}",
        said(&output)
    );
    Ok(())
}

/// The programs and libraries that the commands want.
fn needs(kit: &Kit, block: &str) -> Verdict {
    let is_i386 = ["-m32", "elf_i386", "--32", "lib/i386"]
        .iter()
        .any(|word| block.contains(word));
    let arch = if is_i386 { Arch::I386 } else { Arch::X86_64 };
    kit.runs(arch)?;
    for program in ["nasm", "busybox", "cc", "c++", "as"] {
        let named = |line: &str| line.split_whitespace().any(|word| word == program);
        if block.lines().any(named) {
            need(program)?;
        }
    }
    if block.contains("c++ ") {
        hosted("c++", arch)?;
    }
    need("bash").map(drop)
}
