//! `int80_sendfile` and `int80_sendfile64`, in assembly: the bytes that one
//! writes by hand, whatever the compiler.

#[allow(bad_asm_style)] // The files set their syntax themselves, for GNU as.
mod assembly {
    #[cfg(target_arch = "x86")]
    core::arch::global_asm!(include_str!("../../asm/i386/sendfile.s"), options(raw));
    #[cfg(target_arch = "x86_64")]
    core::arch::global_asm!(include_str!("../../asm/x86_64/sendfile.s"), options(raw));
}

/// Call 187, by the library's conversion: x86_64 has no such call.
///
/// # Safety
///
/// As in `int80.h`.
#[cfg(target_arch = "x86_64")]
#[unsafe(no_mangle)]
unsafe extern "C" fn int80_sendfile(
    out_fd: i32,
    in_fd: i32,
    offset: *mut i32,
    count: usize,
) -> isize {
    use int80::{Fd, Native};

    // SAFETY: the descriptors are the caller's, and so is the promise for the
    // offset.
    unsafe {
        let (out_fd, in_fd) = (Fd::borrow_raw(out_fd), Fd::borrow_raw(in_fd));
        int80::raw::sendfile(Native, out_fd, in_fd, offset, count)
    }
}
