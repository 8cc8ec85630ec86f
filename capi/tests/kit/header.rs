//! The headers compile alone, as C and as C++, with every warning an error.

use int80_support::ways::Arch;
use int80_support::{
    place::{Kit, Verdict, need, trial, width},
    run::{run, scratch},
};
use libtest_mimic::Trial;
use std::{fs, process::Command};

const WARNINGS: [&str; 10] = [
    "-Wall",
    "-Wextra",
    "-Wpedantic",
    "-Werror",
    "-Wconversion",
    "-Wsign-conversion",
    "-Wshadow",
    "-Wundef",
    "-Wredundant-decls",
    "-pedantic-errors",
];

const COMPILERS: [(&str, &[&str]); 4] = [
    ("gcc", &["c99", "c11", "c17"]),
    ("g++", &["c++11", "c++17"]),
    ("clang", &["c99", "c11", "c17"]),
    ("clang++", &["c++11", "c++17"]),
];

pub fn trials(kit: &Kit) -> Vec<Trial> {
    let mut trials = Vec::new();
    for (compiler, standards) in COMPILERS {
        let kit = kit.clone();
        trials.push(trial(&format!("header::{compiler}"), move || {
            alone(&kit, compiler, standards)
        }));
    }
    trials
}

/// The header is the first and the only thing in the file, and a second time.
fn alone(kit: &Kit, compiler: &str, standards: &[&str]) -> Verdict {
    need(compiler)?;
    let folder = scratch();
    let is_cpp = compiler.ends_with("++");
    let mut headers = 0;
    for entry in fs::read_dir(kit.include()).expect("the kit's include folder") {
        let name = entry.expect("an entry").file_name();
        let name = name.to_str().expect("a plain name");
        if !name.ends_with(".h") {
            continue;
        }
        headers += 1;
        let source = folder.path().join(if is_cpp { "a.cpp" } else { "a.c" });
        // ISO C wants something in every file.
        let text = format!("#include \"{name}\"\n#include \"{name}\"\nextern int used;\n");
        fs::write(&source, text).expect("a file");
        for arch in Arch::ALL {
            for standard in standards {
                let mut command = Command::new(compiler);
                command
                    .args([width(arch), "-ffreestanding", "-fsyntax-only"])
                    .arg(format!("-std={standard}"))
                    .args(WARNINGS)
                    .args((!is_cpp).then_some("-Wstrict-prototypes"))
                    .args((!is_cpp).then_some("-Wc++-compat"))
                    .arg("-I")
                    .arg(kit.include())
                    .arg(&source);
                run(&mut command);
            }
        }
    }
    assert_eq!(headers, 3, "int80.h, int80_errno.h, int80_nr.h");
    Ok(())
}
