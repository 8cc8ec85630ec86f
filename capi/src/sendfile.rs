//! `int80_sendfile` and `int80_sendfile64`, in assembly: the same code with every
//! compiler.

#[allow(bad_asm_style)] // The files set their syntax themselves, for GNU as.
mod assembly {
    #[cfg(target_arch = "x86")]
    core::arch::global_asm!(include_str!("../../asm/i386/sendfile.s"), options(raw));
    #[cfg(target_arch = "x86_64")]
    core::arch::global_asm!(include_str!("../../asm/x86_64/sendfile.s"), options(raw));
}

/// Call 187 by the library's conversion, since x86_64 does not have it.
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

    // SAFETY: the C caller's promise for the descriptors and the offset.
    unsafe {
        let (out_fd, in_fd) = (Fd::borrow_raw(out_fd), Fd::borrow_raw(in_fd));
        int80::raw::sendfile(Native, out_fd, in_fd, offset, count)
    }
}
