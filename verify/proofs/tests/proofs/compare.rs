//! What a traced program has in its registers, and how it came into the kernel,
//! against what the plan says.

use int80_proofs::plan::{Gate, Step, at_the_gate};
use nix::libc::user_regs_struct as Registers;

use crate::{toolchain::Arch, trace::Failure, translate};

/// Whether every register that the call loads is as it is to be.
///
/// A 64-bit tracer sees the registers of a 32-bit program in the structure
/// of its own. Seen on an Intel processor: by AT_SYSINFO too ecx, edx and ebp
/// are the caller's, though the vDSO has used them for itself by then.
pub fn registers(arch: Arch, step: &Step, found: &Registers) -> Result<(), Failure> {
    let asked = at_the_gate(step);
    let (number, arguments, values) = match arch {
        Arch::I386 => (
            u64::from(step.nr),
            i386(found),
            asked[..step.arguments()]
                .iter()
                .copied()
                .map(Some)
                .collect(),
        ),
        Arch::X86_64 => (
            translate::number(step.nr, asked),
            x86_64(found),
            translate::arguments(step.nr, step.arguments(), asked),
        ),
    };
    let number = ("the number", found.orig_rax, Some(number));
    let arguments = arguments.into_iter().zip(values);
    let arguments = arguments.map(|((name, found), wanted)| (name, found, wanted));
    for (name, found, wanted) in std::iter::once(number).chain(arguments) {
        // Of a 32-bit program's number the kernel keeps a sign with it.
        let found = if arch == Arch::I386 {
            found & 0xffff_ffff
        } else {
            found
        };
        if let Some(wanted) = wanted.filter(|wanted| *wanted != found) {
            return Err(Failure::Wrong(format!(
                "{name} is {found:#x} and not {wanted:#x} at the trap of {step:x?}"
            )));
        }
    }
    Ok(())
}

fn i386(found: &Registers) -> [(&'static str, u64); 6] {
    [
        ("ebx", found.rbx),
        ("ecx", found.rcx),
        ("edx", found.rdx),
        ("esi", found.rsi),
        ("edi", found.rdi),
        ("ebp", found.rbp),
    ]
}

fn x86_64(found: &Registers) -> [(&'static str, u64); 6] {
    [
        ("rdi", found.rdi),
        ("rsi", found.rsi),
        ("rdx", found.rdx),
        ("r10", found.r10),
        ("r8", found.r8),
        ("r9", found.r9),
    ]
}

/// How a program came into the kernel.
#[derive(Debug)]
pub struct Way {
    /// The last two bytes before the instruction that comes next.
    pub instruction: u16,
    /// Whether that instruction is the kernel's own.
    pub in_vdso: bool,
    /// Which table the kernel looks the number up in.
    pub audit_arch: u32,
}

/// Whether the gate's own instruction brought the program here.
pub fn way_in(step: &Step, way: &Way) -> Result<(), Failure> {
    const AUDIT_ARCH_I386: u32 = 0x4000_0003;
    const AUDIT_ARCH_X86_64: u32 = 0xc000_003e;
    const INT_80: u16 = 0x80cd;
    const SYSCALL: u16 = 0x050f;
    let right = match step.gate {
        Gate::Kernel => way.in_vdso && way.audit_arch == AUDIT_ARCH_I386,
        Gate::Int80 | Gate::Called => {
            !way.in_vdso && way.instruction == INT_80 && way.audit_arch == AUDIT_ARCH_I386
        }
        Gate::Syscall => way.instruction == SYSCALL && way.audit_arch == AUDIT_ARCH_X86_64,
    };
    match right {
        true => Ok(()),
        false => Err(Failure::Wrong(format!("{step:x?} came by {way:x?}"))),
    }
}
