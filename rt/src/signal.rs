//! A signal handler that does nothing, for programs that rely on EINTR.

#[allow(bad_asm_style)] // The files set their syntax themselves, for GNU as.
mod code {
    #[cfg(target_arch = "x86")]
    core::arch::global_asm!(include_str!("../asm/i386/signal.s"), options(raw));
    #[cfg(target_arch = "x86_64")]
    core::arch::global_asm!(include_str!("../asm/x86_64/signal.s"), options(raw));
}

unsafe extern "C" {
    fn int80_rt_signal_handler(signal: i32);
    fn int80_rt_signal_return();
}

/// The addresses of a signal handler that does nothing (`sa_handler`) and of the
/// code that returns from it (`sa_restorer`).
///
/// Set SA_RESTORER with them, and do not set SA_SIGINFO.
#[must_use]
pub fn ignoring_handler() -> (usize, usize) {
    let handler: unsafe extern "C" fn(i32) = int80_rt_signal_handler;
    let restorer: unsafe extern "C" fn() = int80_rt_signal_return;
    (handler as usize, restorer as usize)
}
