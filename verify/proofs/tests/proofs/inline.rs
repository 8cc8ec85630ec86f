//! Calls in the middle of a function: the loads, the trap, and nothing else.
//! What a load is, `call.rs` says.

use iced_x86::{Mnemonic, OpKind, Register};

use crate::{
    build::LEVELS,
    call::{Call, is_exchange},
    code::{Code, is_transfer, loaded, text},
    every_arch,
    out_of_line::{OPTIMISED, function},
    toolchain::Arch,
};

/// The call in the function, or all that is wrong.
fn call(code: &Code, level: &str) -> Call {
    code.body()
        .and_then(Call::of)
        .unwrap_or_else(|error| panic!("at level {level}: {error} in {code}"))
}

fn assert_loads(code: &Code, level: &str, arch: Arch, arguments: usize, more: usize) {
    let call = call(code, level);
    let loads = call.loads_only(arch, arguments, more);
    assert!(
        loads.is_ok() && call.after.is_empty() && !call.exchange,
        "at level {level}: {loads:?} in {code}",
    );
}

every_arch! {
    /// Every number of arguments, from memory. The pointer to them is one load
    /// more: on i386 always, on x86_64 where the compiler loads rdi, in which
    /// it comes, before the others (and so it does for `hand_memory`).
    fn arguments_from_memory(toolchain) {
        for level in OPTIMISED {
            for arguments in 0..=6_usize {
                let code = function(toolchain, level, &format!("inline_call{arguments}"));
                if (toolchain.arch, arguments) == (Arch::I386, 6) {
                    // One call of `int80_six`; see out_of_line.rs.
                    assert_eq!(code.traps().len(), 0, "at level {level}: {code}");
                    continue;
                }
                let more = match (toolchain.arch, arguments) {
                    (_, 0) | (Arch::X86_64, 1) => 0,
                    (Arch::I386, _) => 1,
                    (Arch::X86_64, _) => usize::from(rdi_is_moved(&code)),
                };
                assert_loads(&code, level, toolchain.arch, arguments, more);
            }
        }
    }

    /// References to references as the gate, in a generic function: nothing is left of it.
    fn generic_code_costs_nothing(toolchain) {
        for level in OPTIMISED {
            let code = function(toolchain, level, "inline_generic");
            let plain = function(toolchain, level, "inline_call4");
            assert_eq!(code.bytes, plain.bytes, "at level {level}: {code}{plain}");
            if toolchain.arch == Arch::X86_64 {
                let hand = function(toolchain, level, "hand_memory");
                assert_eq!(code.count(), hand.count(), "at level {level}: {code}{hand}");
            }
        }
    }

    /// Everything known when it is compiled: a load for each register.
    fn constants(toolchain) {
        for level in OPTIMISED {
            let code = function(toolchain, level, "inline_constants");
            assert_loads(&code, level, toolchain.arch, 4, 0);
        }
    }

    /// esi in use elsewhere: it is exchanged before the trap and put back
    /// after it, the two instructions that are allowed. x86_64 has no such
    /// register.
    fn a_busy_esi_costs_two_instructions(toolchain) {
        let mut exchanged = 0;
        for level in OPTIMISED {
            let code = function(toolchain, level, "inline_busy");
            let call = call(&code, level);
            // Two pointers on i386, none but rdi or rsi on x86_64.
            let more = match toolchain.arch {
                Arch::I386 => 2,
                Arch::X86_64 => call.loads.len() - 5,
            };
            let loads = call.loads_only(toolchain.arch, 4, more);
            let after: Vec<String> = call.after.iter().map(text).collect();
            assert!(
                loads.is_ok() && after.len() == 1 && after[0].starts_with("add "),
                "at level {level}: {loads:?} in {code}",
            );
            exchanged += usize::from(call.exchange);
        }
        match toolchain.arch {
            Arch::I386 => assert!(exchanged > 0, "esi was never in use"),
            Arch::X86_64 => assert_eq!(exchanged, 0),
        }
    }

    /// In a loop the trap is alone as well: no call, and no exchange but that
    /// of a busy esi, next to the trap on both sides.
    fn in_a_loop(toolchain) {
        for level in OPTIMISED {
            let code = function(toolchain, level, "inline_loop");
            let [trap] = code.traps()[..] else {
                panic!("at level {level}: {code}");
            };
            let all = &code.instructions;
            let calls = all.iter().filter(|one| one.mnemonic() == Mnemonic::Call).count();
            let exchanges = all.iter().filter(|one| one.mnemonic() == Mnemonic::Xchg).count();
            let around = [&all[trap - 1], &all[trap + 1]];
            let expected = if around.iter().all(|one| is_exchange(one)) { 2 } else { 0 };
            assert_eq!((calls, exchanges), (0, expected), "at level {level}: {code}");
        }
    }

    /// The safe function adds the clamp of the count (`mov`, `cmp`, `cmov`) and
    /// the test of the result, without a jump.
    fn the_safe_function_adds_clamp_and_test(toolchain) {
        for level in OPTIMISED {
            let raw = function(toolchain, level, "out_sendfile64");
            let safe = function(toolchain, level, "out_send");
            let more = safe.count() - raw.count();
            // `mov`, `cmp`, `cmov` each; where size counts, −1 is loaded by two.
            let allowed = 6 + usize::from(["s", "z"].contains(&level));
            assert!(
                more <= allowed && !safe.instructions.iter().any(is_transfer),
                "at level {level}, {more} more: {raw}{safe}",
            );
        }
    }

    /// Without optimisation every value passes through the stack; each trap is
    /// after a load. On i386 there is one, and no call and no jump either; on
    /// x86_64 the translation of the number is not folded, and the compiler may
    /// leave every way of it in the code, as 1.85 does.
    fn without_optimisation(toolchain) {
        let functions = (0..=5).flat_map(|n| [format!("out_call{n}"), format!("inline_call{n}")]);
        for name in functions {
            let code = function(toolchain, LEVELS[0], &name);
            let traps = code.traps();
            let one = toolchain.arch == Arch::I386;
            assert!(traps.len() == 1 || !one && !traps.is_empty(), "{traps:?} in {code}");
            for trap in traps {
                let before = &code.instructions[trap - 1];
                assert!(loaded(before).is_some() || is_exchange(before), "{code}");
            }
            if toolchain.arch == Arch::I386 {
                assert!(!code.instructions.iter().any(is_transfer), "{code}");
            }
        }
    }
}

/// Whether rdi, which held the pointer, is set last from another register.
fn rdi_is_moved(code: &Code) -> bool {
    code.instructions.iter().any(|one| {
        one.mnemonic() == Mnemonic::Mov
            && one.op0_register() == Register::RDI
            && one.op1_kind() == OpKind::Register
    })
}
