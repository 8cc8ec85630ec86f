//! A flat program: ELF headers and code, linked with `link-flat.ld`.

// Of no weight in other programs, from which link.ld leaves the section out.
#[cfg(target_arch = "x86")]
core::arch::global_asm!(include_str!("../asm/i386/header.s"), options(raw));
#[cfg(target_arch = "x86_64")]
core::arch::global_asm!(include_str!("../asm/x86_64/header.s"), options(raw));

/// The one function of a flat program, a block that does not return.
///
/// The kernel jumps to it. There are no arguments and no variables.
#[macro_export]
macro_rules! flat {
    ($main:block) => {
        // The entry point, to which the kernel jumps.
        #[unsafe(no_mangle)]
        #[unsafe(link_section = ".flat.start")]
        #[allow(unsafe_code)]
        extern "C" fn flat_start() -> ! {
            $main
        }
    };
}
