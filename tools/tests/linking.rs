//! The linker script's promises, each broken once, and the assembly sources as
//! GNU `as` takes them.

use object::{Object, ObjectSymbol};
use std::{
    collections::BTreeMap,
    fs,
    path::{Path, PathBuf},
    process::Command,
};

fn top() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

/// Links `source`, C, with the runtime's start code and `link.ld`; what the
/// linker said against it, or the program.
fn link(machine: &str, source: &str, arguments: &[&str]) -> Result<Vec<u8>, String> {
    let folder = tempfile::tempdir().expect("a folder");
    let (input, output) = (
        folder.path().join("program.c"),
        folder.path().join("program"),
    );
    fs::write(&input, source).expect("writing the source");
    let architecture = if machine == "-m32" { "i386" } else { "x86_64" };
    let result = Command::new("cc")
        .args([
            machine,
            "-Os",
            "-fno-pie",
            "-no-pie",
            "-fuse-ld=bfd",
            "-fno-stack-protector",
        ])
        .args(["-static", "-nostdlib", "-nostartfiles", "-ffreestanding"])
        .args([
            "-Wl,-z,noseparate-code",
            "-Wl,-z,norelro",
            "-Wl,-z,noexecstack",
        ])
        .args([
            "-Wl,--build-id=none",
            "-Wl,--gc-sections",
            "-Wl,-z,max-page-size=4096",
            "-o",
        ])
        .args([&output, &input])
        .arg(top().join("asm").join(architecture).join("start.s"))
        .arg(format!("-Wl,-T,{}", top().join("link.ld").display()))
        .args(arguments)
        .output()
        .expect("cc starts");
    match result.status.success() {
        true => Ok(fs::read(&output).expect("the program")),
        false => Err(String::from_utf8_lossy(&result.stderr).into_owned()),
    }
}

/// Each machine that `cc` compiles freestanding programs for.
fn machines() -> Vec<&'static str> {
    let mut machines = vec!["-m64"];
    match link("-m32", NOTHING, &[]) {
        Ok(_) => machines.push("-m32"),
        Err(reason) => eprintln!("skipped: linking for i386: {}", reason.trim()),
    }
    machines
}

/// A program that does nothing, for ever.
const NOTHING: &str = "void int80_rt_start(const unsigned long *s) { (void)s; for (;;) ; }\n";

#[test]
fn the_script_says_what_is_wrong() {
    let cases: [(&str, &str, &[&str], &str); 4] = [
        (
            "a constructor",
            "__attribute__((constructor)) void before(void) { for (;;) ; }\n",
            &["-Wl,--no-gc-sections"],
            "there are constructors",
        ),
        (
            "a thread-local variable",
            "__attribute__((used)) __thread int mine = 1;\n",
            &["-Wl,--no-gc-sections"],
            "there are thread-local variables",
        ),
        (
            "relocations",
            "int *pointer = &(int){1};\n",
            &["-Wl,-pie", "-fpie", "-Wl,--no-gc-sections"],
            "there are relocations",
        ),
        (
            "a limit",
            "",
            &["-Wl,--defsym=max_image=64"],
            "larger than max_image",
        ),
    ];
    for machine in machines() {
        assert!(link(machine, NOTHING, &[]).is_ok());
        for (name, more, arguments, complaint) in cases {
            match link(machine, &format!("{NOTHING}{more}"), arguments) {
                Ok(_) => panic!("{name} was linked for {machine}"),
                Err(said) => assert!(said.contains(complaint), "{name}, {machine}: {said}"),
            }
        }
    }
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
/// says; every symbol has a type and a size, and no stack is executable.
#[test]
fn assembly_files_are_what_they_say() {
    let folder = tempfile::tempdir().expect("a folder");
    for (architecture, machine) in [("i386", "--32"), ("x86_64", "--64")] {
        let mut files = 0;
        for entry in fs::read_dir(top().join("asm").join(architecture)).expect("a folder") {
            let path = entry.expect("an entry").path();
            if path.extension().is_none_or(|extension| extension != "s") {
                continue;
            }
            files += 1;
            let name = path.display();
            let made = folder.path().join("made.o");
            let status = Command::new("as")
                .arg(machine)
                .args(["-o"])
                .args([&made, &path])
                .status();
            assert!(status.expect("as starts").success(), "{name}");
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
            let stack = elf.section_by_name(".note.GNU-stack");
            // The headers of a flat program are no code.
            assert!(
                stack.is_some() || defined.is_empty(),
                "{name}: no .note.GNU-stack"
            );
        }
        assert!(files >= 3, "{architecture}: {files} files");
    }
}
