//! Flat programs: ELF headers and code, linked with `link-flat.ld`.

// Other programs contain none of this: link.ld discards the headers, and nothing
// refers to the entry point.
#[allow(bad_asm_style)] // The files set their syntax themselves, for GNU as.
mod code {
    #[cfg(target_arch = "x86")]
    core::arch::global_asm!(include_str!("../asm/i386/header.s"), options(raw));
    #[cfg(target_arch = "x86")]
    core::arch::global_asm!(include_str!("../asm/i386/flat.s"), options(raw));
    #[cfg(target_arch = "x86_64")]
    core::arch::global_asm!(include_str!("../asm/x86_64/header.s"), options(raw));
    #[cfg(target_arch = "x86_64")]
    core::arch::global_asm!(include_str!("../asm/x86_64/flat.s"), options(raw));
}

/// Names the main function of a flat program: a block that does not return.
///
/// There are no arguments, and no static variables.
#[macro_export]
macro_rules! flat {
    ($main:block) => {
        $crate::panic_must_abort!();

        // Called by the entry point, which gives it the stack of the C ABI.
        #[unsafe(no_mangle)]
        extern "C" fn flat_main() -> ! {
            $main
        }
    };
}
