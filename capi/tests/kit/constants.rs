//! The header's constants, as a C program sees them, against the library's and
//! the kernel's.

use int80::Errno;
use int80_support::{
    place::{Kit, Verdict, need, trial},
    run::{run, scratch},
    skip,
};
use libtest_mimic::Trial;
use std::{collections::BTreeMap, fs, process::Command};

pub fn trials(kit: &Kit) -> Vec<Trial> {
    let (one, other) = (kit.clone(), kit.clone());
    vec![
        trial("constants::of_int80_h", move || own(&one)),
        trial("constants::errnos_and_numbers", move || tables(&other)),
    ]
}

/// The names that a header defines with a value.
fn defined(kit: &Kit, header: &str) -> Vec<String> {
    let text = fs::read_to_string(kit.include().join(header)).expect("the header");
    let name = |line: &str| {
        let rest = line.strip_prefix("#define ")?;
        let (name, value) = rest.split_once(' ')?;
        (!value.is_empty()).then(|| name.to_owned())
    };
    text.lines().filter_map(name).collect()
}

/// Compiles a program whose lines are `name value`, and runs it.
fn values(kit: &Kit, includes: &str, lines: &str) -> BTreeMap<String, String> {
    let folder = scratch();
    let (source, program) = (folder.path().join("a.c"), folder.path().join("a"));
    let text =
        format!("#include <stdio.h>\n{includes}\nint main(void)\n{{\n{lines}    return 0;\n}}\n");
    fs::write(&source, text).expect("a file");
    let mut command = Command::new("cc");
    command
        .args(["-std=c99", "-Wall", "-Wextra", "-Werror", "-I"])
        .arg(kit.include());
    run(command.arg("-o").args([&program, &source]));
    let said = run(&mut Command::new(&program)).stdout;
    let said = String::from_utf8(said).expect("plain text");
    let pair = |line: &str| {
        let (name, value) = line.split_once(' ').expect("a name and a value");
        (name.to_owned(), value.to_owned())
    };
    said.lines().map(pair).collect()
}

fn own(kit: &Kit) -> Verdict {
    need("cc")?;
    let names = defined(kit, "int80.h");
    let line = |name: &String| {
        let format = if name.ends_with("_STRING") {
            "%s"
        } else {
            "%d"
        };
        format!("    printf(\"{name} {format}\\n\", {name});\n")
    };
    let lines: String = names.iter().map(line).collect();
    let values = values(kit, "#include \"int80.h\"", &lines);
    let version: Vec<&str> = env!("CARGO_PKG_VERSION").split('.').collect();
    let expected: BTreeMap<String, String> = [
        ("INT80_MAX_COUNT", int80::MAX_COUNT.to_string()),
        ("INT80_VERSION_MAJOR", version[0].to_owned()),
        ("INT80_VERSION_MINOR", version[1].to_owned()),
        ("INT80_VERSION_PATCH", version[2].to_owned()),
        ("INT80_VERSION_STRING", env!("CARGO_PKG_VERSION").to_owned()),
    ]
    .map(|(name, value)| (name.to_owned(), value))
    .into_iter()
    .chain(transfer_constants())
    .collect();
    assert_eq!(values, expected);
    Ok(())
}

/// The library's own values where it has them. What a step answers is numbered
/// in `capi/src/transfer.rs`, and looked at by `calls_transfer.c`.
fn transfer_constants() -> impl Iterator<Item = (String, String)> {
    use int80::transfer::{Rung, Side};
    let answers = [
        "COMPLETE",
        "MOVED",
        "BUFFERED",
        "WOULD_BLOCK",
        "INTERRUPTED",
        "UNEXPECTED_EOF",
        "TIMED_OUT",
    ];
    let answers = answers.into_iter().zip(0..);
    let sides = [
        ("UNKNOWN", Side::Unknown),
        ("INPUT", Side::Input),
        ("OUTPUT", Side::Output),
    ];
    let rungs = [
        Rung::CopyFileRange,
        Rung::Sendfile64,
        Rung::Sendfile,
        Rung::Splice,
        Rung::ReadWrite,
    ];
    let rung = |rung: Rung| rung.name().to_uppercase().replace('/', "_");
    answers
        .map(|(name, value)| (format!("INT80_TRANSFER_{name}"), value))
        .chain(sides.map(|(name, side)| (format!("INT80_SIDE_{name}"), side as i32)))
        .chain(rungs.map(|one| (format!("INT80_RUNG_{}", rung(one)), one as i32)))
        .map(|(name, value)| (name, value.to_string()))
}

/// Each errno has the library's name for it, and each call the kernel's number,
/// with which the library's own table is compared when it is compiled.
fn tables(kit: &Kit) -> Verdict {
    need("cc")?;
    let errnos = defined(kit, "int80_errno.h");
    let numbers = defined(kit, "int80_nr.h");
    assert!(
        errnos.len() == 131 && numbers.len() > 450,
        "the tables are not whole"
    );
    let mut lines = String::new();
    for name in &errnos {
        lines += &format!("    printf(\"{name} %d\\n\", {name});\n");
    }
    for name in &numbers {
        let kernel = kernel(name);
        lines += &format!("    printf(\"{name} %d\\n\", {name});\n");
        lines += &format!("#ifdef {kernel}\n    printf(\"{kernel} %d\\n\", {kernel});\n#endif\n");
    }
    // This header of the kernel's has the i386 numbers on x86_64 too.
    let includes = "#include \"int80.h\"\n#include <asm/unistd_32.h>";
    let values = values(kit, includes, &lines);
    for name in &errnos {
        let number: i32 = values[name].parse().expect("a number");
        let library = Errno::from_raw_os_error(number).and_then(Errno::name);
        assert_eq!(library, name.strip_prefix("INT80_"), "{number}");
    }
    let mut newer = Vec::new();
    for name in &numbers {
        match values.get(&kernel(name)) {
            Some(number) => assert_eq!(&values[name], number, "{name}"),
            None => newer.push(kernel(name)),
        }
    }
    // Linux 6.1's headers lack some ten.
    assert!(
        numbers.len() - newer.len() > 400,
        "the kernel's header lacks {newer:?}"
    );
    if !newer.is_empty() {
        let reason = format!("the kernel's headers here lack {}", newer.join(", "));
        skip::say("constants::numbers_of_newer_calls", &reason);
    }
    Ok(())
}

fn kernel(name: &str) -> String {
    let name = name.strip_prefix("INT80_NR_").expect("the prefix");
    format!("__NR_{}", name.to_lowercase())
}
