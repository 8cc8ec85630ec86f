//! The assembly sources as GNU `as` takes them.

use int80_support::{
    elf::check_protections,
    place::{Verdict, hosted, need, root, trial},
    qemu,
    run::{run, scratch},
    ways::Arch,
};
use libtest_mimic::Trial;
use object::{Object, ObjectSymbol};
use std::{collections::BTreeMap, fs, process::Command};

pub fn trials() -> Vec<Trial> {
    vec![
        trial("assembly_files_are_what_they_say", files),
        trial("shifts_of_i386_are_right", shifts),
    ]
}

/// By every count, in a program of C's.
fn shifts() -> Verdict {
    hosted("cc", Arch::I386)?;
    let folder = scratch();
    let program = folder.path().join("shift");
    let source = root().join("tools/tests/linking/programs/shift.c");
    let functions = root().join("asm/i386/shift.s");
    run(Command::new("cc")
        .args(["-m32", "-O1", "-std=c99", "-static", "-o"])
        .args([&program, &source, &functions]));
    let mut command = match Command::new(&program).status() {
        Ok(_) => Command::new(&program),
        // A kernel without i386 programs.
        Err(_) => {
            let mut command = Command::new(need(qemu::NAME)?);
            command.arg(&program);
            command
        }
    };
    run(&mut command);
    Ok(())
}

/// `# Size: memcpy 21, memmove 43, …` or `# Size: 17 bytes` in a file's header.
fn sizes_in_header(text: &str) -> BTreeMap<Option<String>, u64> {
    let header: String = text
        .lines()
        .take_while(|line| line.starts_with('#'))
        .skip_while(|line| !line.starts_with("# Size:"))
        .map(|line| format!("{} ", line.trim_start_matches('#').trim()))
        .collect();
    let words: Vec<&str> = header
        .split([' ', ','])
        .filter(|word| !word.is_empty())
        .collect();
    let name = |word: &str| match word {
        "Size:" => None,
        word => Some(word.to_owned()),
    };
    words
        .windows(2)
        .filter_map(|pair| Some((name(pair[0]), pair[1].parse().ok()?)))
        .collect()
}

/// Every file in `asm/` is taken by GNU `as` as it is, and is as large as it
/// says; every symbol has a type and a size, and no stack is executable; the
/// marks for control-flow enforcement are true; what pushes says so in `.cfi_*`.
fn files() -> Verdict {
    need("as")?;
    let folder = scratch();
    for (architecture, machine) in [("i386", "--32"), ("x86_64", "--64")] {
        let mut files = 0;
        for entry in fs::read_dir(root().join("asm").join(architecture)).expect("a folder") {
            let path = entry.expect("an entry").path();
            if path.extension().is_none_or(|extension| extension != "s") {
                continue;
            }
            files += 1;
            let name = path.display();
            let made = folder.path().join("made.o");
            run(Command::new("as")
                .arg(machine)
                .args(["-o"])
                .args([&made, &path]));
            let data = fs::read(&made).expect("the object");
            let elf = object::File::parse(&*data).expect("an ELF file");
            let text = fs::read_to_string(&path).expect("the source");
            let said = sizes_in_header(&text);
            assert!(!said.is_empty(), "{name}: no `# Size:` in the header");
            let defined: Vec<_> = elf
                .symbols()
                .filter(|s| s.is_global() && s.is_definition())
                .collect();
            for symbol in &defined {
                let symbol_name = symbol.name().expect("a name").to_owned();
                assert_eq!(
                    symbol.kind(),
                    object::SymbolKind::Text,
                    "{name}: {symbol_name}"
                );
                assert!(symbol.size() > 0, "{name}: {symbol_name} has no size");
                let stated = said.get(&Some(symbol_name.clone())).or(said.get(&None));
                // bcmp is memcmp by another name.
                if symbol_name != "bcmp" {
                    assert_eq!(stated, Some(&symbol.size()), "{name}: {symbol_name}");
                }
            }
            // The headers of a flat program are no code.
            if defined.is_empty() {
                continue;
            }
            let stack = elf.section_by_name(".note.GNU-stack");
            assert!(stack.is_some(), "{name}: no .note.GNU-stack");
            check_protections(&name.to_string(), &data);
            frames(&name.to_string(), &text);
        }
        assert!(files >= 3, "{architecture}: {files} files");
    }
    Ok(())
}

/// Each function that calls or returns has a frame description, and in it each
/// push and pop is followed by what it does to the frame.
fn frames(name: &str, text: &str) {
    let mut described = false;
    let mut lines = text.lines().peekable();
    while let Some(line) = lines.next() {
        let code = line.split('#').next().unwrap_or_default();
        let code = code.rsplit(':').next().unwrap_or_default();
        let mut words = code.split_whitespace();
        let word = words.next().unwrap_or_default();
        match word {
            ".cfi_startproc" => described = true,
            ".cfi_endproc" => described = false,
            "call" | "ret" => assert!(described, "{name}: no .cfi_startproc: {line}"),
            "push" | "pop" if described => {
                // In the outermost frame there is nothing to come back to.
                let next = lines.peek().unwrap_or(&"");
                let is_start = text.contains(".cfi_undefined");
                assert!(
                    is_start || next.contains(".cfi_adjust_cfa_offset"),
                    "{name}: no .cfi_adjust_cfa_offset after: {line}"
                );
            }
            _ => {}
        }
    }
}
