//! The panic handler.
//!
//! The library, the runtime and the tools do not panic: only the program can.

#[cfg(not(feature = "std"))]
use core::panic::PanicInfo;

/// The exit status that a shell shows for SIGABRT.
#[cfg(not(any(feature = "no-panic", feature = "std")))]
const ABORTED: u8 = 134;

/// Writes `panicked`, or with feature `panic-message` the message and location, to
/// standard error and ends the program. The feature adds some ten kilobytes of
/// core's formatting.
#[cfg(not(any(feature = "no-panic", feature = "std")))]
#[panic_handler]
fn panic(info: &PanicInfo<'_>) -> ! {
    let mut stderr = crate::Writer::new(int80::Native, int80::Fd::STDERR);
    // A message that cannot be written has nowhere else to go.
    #[cfg(feature = "panic-message")]
    let _ = writeln!(stderr, "{info}");
    #[cfg(not(feature = "panic-message"))]
    let _ = (info, stderr.write_all(b"panicked\n"));
    crate::exit(ABORTED)
}

/// Refers to a symbol that does not exist: a program that links nevertheless has
/// no panic path.
#[cfg(all(feature = "no-panic", not(feature = "std")))]
#[panic_handler]
fn panic(_: &PanicInfo<'_>) -> ! {
    unsafe extern "C" {
        fn int80_a_panic_path_is_linked() -> !;
    }
    // SAFETY: never runs, since it cannot be linked.
    unsafe { int80_a_panic_path_is_linked() }
}
