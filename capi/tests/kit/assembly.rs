//! The include files of both assemblers: what each macro is assembled to.

use int80_support::ways::Arch;
use int80_support::{
    place::{Kit, Verdict, need},
    run::{any, run, said, scratch},
};
use libtest_mimic::Trial;
use object::{Object, ObjectSection};
use std::{fs, path::Path, process::Command};
use xtask::dist::tables::{Call, calls};

pub fn trials(kit: &Kit) -> Vec<Trial> {
    let mut trials = kit.each_arch("every_macro_loads_its_registers::gas", |kit, arch| {
        macros(kit, arch, &GAS)
    });
    trials.extend(
        kit.each_arch("every_macro_loads_its_registers::nasm", |kit, arch| {
            macros(kit, arch, &NASM)
        }),
    );
    trials.extend(kit.each_arch("mistakes_are_errors::gas", |kit, arch| {
        mistakes(kit, arch, &GAS)
    }));
    trials.extend(kit.each_arch("mistakes_are_errors::nasm", |kit, arch| {
        mistakes(kit, arch, &NASM)
    }));
    trials
}

struct Assembler {
    program: &'static str,
    include: &'static str,
    /// The shorter form of a small number in a 64-bit register.
    shortens: bool,
}

const GAS: Assembler = Assembler {
    program: "as",
    include: "        .include \"int80.s\"\n        .text\n",
    shortens: false,
};
const NASM: Assembler = Assembler {
    program: "nasm",
    include: "        %include \"int80.inc\"\n        section .text\n",
    shortens: true,
};

impl Assembler {
    fn command(&self, kit: &Kit, arch: Arch, source: &Path, object: &Path) -> Command {
        let mut command = Command::new(self.program);
        let include = format!("{}/", kit.include().display());
        command.args(match (self.program, arch) {
            ("as", Arch::I386) => &["--32"][..],
            ("as", Arch::X86_64) => &["--64"],
            (_, Arch::I386) => &["-f", "elf32"],
            (_, Arch::X86_64) => &["-f", "elf64"],
        });
        command.args(["-I", &include, "-o"]).args([object, source]);
        command
    }
}

/// Each with numbers for arguments, then with the registers themselves.
fn macros(kit: &Kit, arch: Arch, assembler: &Assembler) -> Verdict {
    need(assembler.program)?;
    let calls = calls(arch);
    assert!(calls.len() > 350, "the table is nearly empty");
    let mut source = assembler.include.to_owned();
    let mut expected = Vec::new();
    for call in &calls {
        let registers = &registers(arch)[..call.parameters.len()];
        let numbers: Vec<String> = (0..registers.len())
            .map(|n| (n + 101).to_string())
            .collect();
        for arguments in [numbers.join(", "), registers.join(", ")] {
            source += &format!("        sys_{} {arguments}\n", call.name);
        }
        expected.extend(loads(arch, assembler.shortens, call));
        expected.extend(enter(arch, call.number));
        expected.extend(enter(arch, call.number));
    }
    // The constants, beside the macros.
    for call in &calls {
        source += &match assembler.program {
            "as" => format!("        .long SYS_{}\n", call.name),
            _ => format!("        dd SYS_{}\n", call.name),
        };
        expected.extend(call.number.to_le_bytes());
    }
    let folder = scratch();
    let (path, object) = (folder.path().join("a.s"), folder.path().join("a.o"));
    fs::write(&path, source).expect("a file");
    run(&mut assembler.command(kit, arch, &path, &object));
    let bytes = fs::read(&object).expect("the object");
    let file = object::File::parse(&*bytes).expect("an object");
    let text = file.section_by_name(".text").expect("code");
    let made = text.data().expect("code");
    let differs = made
        .iter()
        .zip(&expected)
        .position(|(made, expected)| made != expected);
    assert_eq!(differs, None, "{}", hexadecimal(made, differs));
    assert_eq!(made.len(), expected.len());
    Ok(())
}

fn hexadecimal(bytes: &[u8], at: Option<usize>) -> String {
    let start = at.unwrap_or(0).saturating_sub(16);
    format!("{:02x?}", &bytes[start..bytes.len().min(start + 48)])
}

fn registers(arch: Arch) -> [&'static str; 6] {
    match arch {
        Arch::I386 => ["ebx", "ecx", "edx", "esi", "edi", "ebp"],
        Arch::X86_64 => ["rdi", "rsi", "rdx", "r10", "r8", "r9"],
    }
}

/// mov register, number: for each parameter, from 101 on.
fn loads(arch: Arch, shortens: bool, call: &Call) -> Vec<u8> {
    let mut bytes = Vec::new();
    for n in 0..call.parameters.len() {
        let number = (n as u32 + 101).to_le_bytes();
        match (arch, shortens) {
            (Arch::I386, _) => bytes.push([0xbb, 0xb9, 0xba, 0xbe, 0xbf, 0xbd][n]),
            (Arch::X86_64, true) => bytes.extend(
                [
                    &[0xbf][..],
                    &[0xbe],
                    &[0xba],
                    &[0x41, 0xba],
                    &[0x41, 0xb8],
                    &[0x41, 0xb9],
                ][n],
            ),
            (Arch::X86_64, false) => {
                let (prefix, register) = [
                    (0x48, 7),
                    (0x48, 6),
                    (0x48, 2),
                    (0x49, 2),
                    (0x49, 0),
                    (0x49, 1),
                ][n];
                bytes.extend([prefix, 0xc7, 0xc0 + register]);
            }
        }
        bytes.extend(number);
    }
    bytes
}

/// mov eax, number; int 0x80 or syscall.
fn enter(arch: Arch, number: u32) -> Vec<u8> {
    let mut bytes = vec![0xb8];
    bytes.extend(number.to_le_bytes());
    bytes.extend(match arch {
        Arch::I386 => [0xcd, 0x80],
        Arch::X86_64 => [0x0f, 0x05],
    });
    bytes
}

/// A register that has been overwritten, too few and too many arguments.
fn mistakes(kit: &Kit, arch: Arch, assembler: &Assembler) -> Verdict {
    need(assembler.program)?;
    let [first, second, ..] = registers(arch);
    let folder = scratch();
    let (path, object) = (folder.path().join("a.s"), folder.path().join("a.o"));
    let assemble = |line: &str| {
        fs::write(&path, format!("{}        {line}\n", assembler.include)).expect("a file");
        any(&mut assembler.command(kit, arch, &path, &object))
    };
    let right = assemble(&format!("sys_write {first}, {second}, 3"));
    assert!(right.status.success(), "{}", said(&right));
    for line in [
        format!("sys_write 1, {first}, 3"),
        format!("sys_write 1, 2, {second}"),
        "sys_write 1, 2".to_owned(),
        "sys_write 1, 2, 3, 4".to_owned(),
    ] {
        let output = assemble(&line);
        assert!(
            !output.status.success(),
            "`{line}` was taken\n{}",
            said(&output)
        );
    }
    Ok(())
}
