//! A flat program: ELF headers and code, linked with `link-flat.ld`.

// Of no weight in other programs, from which link.ld leaves the sections out.
#[allow(bad_asm_style)] // The files say their syntax themselves, for GNU as.
mod headers {
    #[cfg(target_arch = "x86")]
    core::arch::global_asm!(
        include_str!("../asm/i386/header.s"),
        include_str!("../asm/i386/flat.s"),
        options(raw)
    );
    #[cfg(target_arch = "x86_64")]
    core::arch::global_asm!(
        include_str!("../asm/x86_64/header.s"),
        include_str!("../asm/x86_64/flat.s"),
        options(raw)
    );
}

/// Names the one function of a flat program: a block that gives the exit
/// status, an `i32`, of which the kernel keeps the low 8 bits.
///
/// `flat_start`, which the kernel enters, calls that function with the stack of
/// the System V ABI. There are no arguments and no variables.
#[macro_export]
macro_rules! flat {
    ($main:block) => {
        #[unsafe(no_mangle)]
        extern "C" fn flat_main() -> i32 {
            $main
        }
    };
}
