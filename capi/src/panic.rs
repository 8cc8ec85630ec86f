//! The panic handler of the archive, which contains no panic path.

use core::panic::PanicInfo;

/// Refers to a symbol that does not exist. The build of the kit discards unused
/// code, and refuses an archive that still contains this function.
#[panic_handler]
fn panic(_: &PanicInfo<'_>) -> ! {
    unsafe extern "C" {
        fn int80_a_panic_path_is_linked() -> !;
    }
    // SAFETY: never runs, since it cannot be linked.
    unsafe { int80_a_panic_path_is_linked() }
}
