//! Functions as C calls them: exactly what one writes by hand.

use iced_x86::{Instruction, Mnemonic};

use crate::{
    build::{Variant, callers},
    code::{Code, text},
    every_arch,
    toolchain::{Arch, Toolchain},
};

/// The optimising levels: at level 0 every value passes through the stack.
pub const OPTIMISED: [&str; 5] = ["1", "2", "3", "s", "z"];

/// A function of the callers', compiled at this level.
pub fn function(toolchain: &Toolchain, level: &'static str, name: &str) -> Code {
    let archive = callers(toolchain, Variant::plain(level));
    Code::find(&archive, name, toolchain.arch.bits())
        .unwrap_or_else(|| panic!("no function {name} in {}", archive.display()))
}

/// i386's sendfile for C: 28 bytes, with the order of the pushes and that of
/// the loads left free.
pub fn is_28_bytes(code: &Code, nr: u32) -> Result<(), String> {
    let number = format!("mov eax,0{nr:X}h");
    let loads = [
        "mov ebx,[esp+0Ch]",
        "mov ecx,[esp+10h]",
        "mov edx,[esp+14h]",
        "mov esi,[esp+18h]",
        &number,
    ];
    is_loads_and_trap(code.body()?, &loads, "int 80h")?;
    is_of_size(code, 28)
}

/// x86_64's sendfile for C, with arguments as wide as a register: 11 bytes, or
/// 9 where the compiler takes a small number by way of the stack (level z).
pub fn is_11_bytes(code: &Code, level: &str) -> Result<(), String> {
    let (number, bytes): (&[&str], usize) = match level {
        "z" => (&["push 28h", "pop rax"], 9),
        _ => (&["mov eax,28h"], 11),
    };
    let loads = [number, &["mov r10,rcx"]].concat();
    is_loads_and_trap(code.body()?, &loads, "syscall")?;
    is_of_size(code, bytes)
}

/// These loads in any order, then the trap, and nothing else.
fn is_loads_and_trap(body: &[Instruction], loads: &[&str], trap: &str) -> Result<(), String> {
    let (last, first) = body.split_last().ok_or("it is empty")?;
    let mut found: Vec<String> = first.iter().map(text).collect();
    let mut expected = loads.to_owned();
    found.sort();
    expected.sort();
    if found == expected && text(last) == trap {
        Ok(())
    } else {
        Err(format!("it is not {loads:?} and then `{trap}`"))
    }
}

fn is_of_size(code: &Code, bytes: usize) -> Result<(), String> {
    match code.bytes.len() {
        found if found == bytes => Ok(()),
        found => Err(format!("it has {found} bytes and not {bytes}")),
    }
}

fn check(code: &Code, level: &str, result: Result<(), String>) {
    if let Err(error) = result {
        panic!("at level {level}: {error}, but {code}");
    }
}

every_arch! {
    /// Four arguments, each as wide as a register.
    fn call4_is_what_one_writes_by_hand(toolchain) {
        for level in OPTIMISED {
            let code = function(toolchain, level, "out_call4");
            let result = match toolchain.arch {
                Arch::I386 => is_28_bytes(&code, 239),
                Arch::X86_64 => is_11_bytes(&code, level),
            };
            check(&code, level, result);
        }
    }

    /// C's own types. On x86_64 the descriptors are `int`, and the crate `sc`
    /// takes registers: each is widened by one `mov`, which 32-bit operands
    /// would not need (`hand_int`).
    fn sendfile_with_c_types(toolchain) {
        for level in OPTIMISED {
            let function = |name: &str| function(toolchain, level, name);
            match toolchain.arch {
                Arch::I386 => {
                    for (name, nr) in [("out_sendfile", 187), ("out_sendfile64", 239)] {
                        let code = function(name);
                        check(&code, level, is_28_bytes(&code, nr));
                    }
                }
                Arch::X86_64 => {
                    let hand = function("hand_usize");
                    check(&hand, level, is_11_bytes(&hand, level));
                    let hand = function("hand_int");
                    check(&hand, level, is_11_bytes(&hand, level));
                    let code = function("out_sendfile64");
                    let texts: Vec<String> = code.instructions.iter().map(text).collect();
                    let widened = ["mov edi,edi", "mov esi,esi"];
                    assert!(
                        widened.iter().all(|one| texts.iter().any(|text| text == one))
                            && code.count() == hand.count() + widened.len(),
                        "at level {level}: {code}",
                    );
                }
            }
        }
    }

    /// Every number of arguments: the registers that must be saved, a load for
    /// each argument, one for the number, the trap and `ret`.
    fn every_number_of_arguments(toolchain) {
        for level in OPTIMISED {
            for arguments in 0..=6_usize {
                let code = function(toolchain, level, &format!("out_call{arguments}"));
                let hand = match toolchain.arch {
                    // ebx from one argument on, esi from four, edi from five.
                    Arch::I386 if arguments < 6 => {
                        2 * [0, 1, 1, 1, 2, 3][arguments] + arguments + 3
                    }
                    Arch::I386 => {
                        by_six(&code, level);
                        continue;
                    }
                    // C has the arguments where the kernel wants them, but for
                    // the fourth.
                    Arch::X86_64 => 3 + usize::from(arguments > 3),
                };
                let by_stack = level == "z" && fits_in_a_byte(toolchain.arch, arguments);
                let hand = hand + usize::from(by_stack);
                assert_eq!(code.count(), hand, "at level {level}: {code}");
                assert_eq!(code.traps().len(), 1, "at level {level}: {code}");
            }
        }
    }
}

/// Six arguments on i386: six words are stored, and `int80_six` is called with
/// their address; nothing traps here.
fn by_six(code: &Code, level: &str) {
    let calls = |one: &&Instruction| one.mnemonic() == Mnemonic::Call;
    let calls = code.instructions.iter().filter(calls).count();
    // Position-independent code first asks for its own address.
    assert!((1..=2).contains(&calls), "at level {level}: {code}");
    assert_eq!(code.traps().len(), 0, "at level {level}: {code}");
}

/// Whether the number that `out_callN` calls fits in a signed byte, and so is
/// loaded by `push` and `pop` at level z.
fn fits_in_a_byte(arch: Arch, arguments: usize) -> bool {
    match arch {
        Arch::I386 => arguments < 3,
        Arch::X86_64 => arguments < 3 || arguments == 4,
    }
}
