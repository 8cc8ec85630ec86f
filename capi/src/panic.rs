//! The panic handler of the archive, in which nothing panics.

use core::panic::PanicInfo;

/// Refers to a symbol that does not exist. The kit's build leaves out what is
/// not used, and refuses an archive in which this is left.
#[panic_handler]
fn panic(_: &PanicInfo<'_>) -> ! {
    unsafe extern "C" {
        fn int80_a_panic_path_is_linked() -> !;
    }
    // SAFETY: never run, since it cannot be linked.
    unsafe { int80_a_panic_path_is_linked() }
}
