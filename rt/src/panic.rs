//! What is done on a panic.

use core::panic::PanicInfo;

/// Ends the program: nothing in the library, the runtime or the tools panics,
/// so that whoever does is the program's own code.
#[cfg(not(feature = "no-panic"))]
#[panic_handler]
fn panic(_: &PanicInfo<'_>) -> ! {
    use int80::{Fd, Native, sys};

    // Nothing can be done for a message that is not written.
    let _ = sys::write(Native, Fd::STDERR, b"panicked\n");
    // What a shell shows for SIGABRT.
    sys::exit_group(Native, 134)
}

/// Refers to a symbol that does not exist: a program that links all the same
/// has no path that leads here.
#[cfg(feature = "no-panic")]
#[panic_handler]
fn panic(_: &PanicInfo<'_>) -> ! {
    unsafe extern "C" {
        fn int80_a_panic_path_is_linked() -> !;
    }
    // SAFETY: never run, since it cannot be linked.
    unsafe { int80_a_panic_path_is_linked() }
}
