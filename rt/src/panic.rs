//! The panic handler.
//!
//! The library, the runtime and the tools do not panic: a panic is the
//! program's own.

#[cfg(not(feature = "std"))]
use core::panic::PanicInfo;

/// The exit status that a shell shows for SIGABRT.
#[cfg(not(any(feature = "no-panic", feature = "std")))]
const ABORTED: u8 = 134;

/// Writes `panicked` to standard error and ends the program. With feature
/// `panic-message` the message and the place follow, which takes some ten
/// kilobytes of core's formatting.
#[cfg(not(any(feature = "no-panic", feature = "std")))]
#[panic_handler]
fn panic(info: &PanicInfo<'_>) -> ! {
    #[cfg(feature = "panic-message")]
    {
        use core::fmt::Write;
        // A message that cannot be written has nowhere else to go.
        let _ = writeln!(Stderr, "{info}");
    }
    #[cfg(not(feature = "panic-message"))]
    {
        let _ = (info, write(b"panicked\n"));
    }
    crate::exit(ABORTED)
}

#[cfg(not(any(feature = "no-panic", feature = "std")))]
fn write(mut text: &[u8]) -> Result<(), int80::Errno> {
    while !text.is_empty() {
        let written = int80::sys::write(int80::Native, int80::Fd::STDERR, text)?;
        text = text.get(written..).unwrap_or_default();
    }
    Ok(())
}

#[cfg(all(
    feature = "panic-message",
    not(any(feature = "no-panic", feature = "std"))
))]
struct Stderr;

#[cfg(all(
    feature = "panic-message",
    not(any(feature = "no-panic", feature = "std"))
))]
impl core::fmt::Write for Stderr {
    fn write_str(&mut self, text: &str) -> core::fmt::Result {
        self::write(text.as_bytes()).map_err(|_| core::fmt::Error)
    }
}

/// Refers to a symbol that does not exist: a program that links all the same
/// has no path that leads here.
#[cfg(all(feature = "no-panic", not(feature = "std")))]
#[panic_handler]
fn panic(_: &PanicInfo<'_>) -> ! {
    unsafe extern "C" {
        fn int80_a_panic_path_is_linked() -> !;
    }
    // SAFETY: never run, since it cannot be linked.
    unsafe { int80_a_panic_path_is_linked() }
}
