//! epoll, counters, signals, timers, changes of files.

use std::{ffi::CString, fs, mem::MaybeUninit, time::Duration};

use int80::{
    Errno, Gate, Register,
    sys::{self, EpollEvent, EpollFlags, EpollOp, EventFlags, How, SignalSet},
};
use int80_support::gates::no_fd;

/// A kernel whose clocks show this.
struct Clock([i64; 2]);

// SAFETY: the calls of clocks write the time.
unsafe impl Gate for Clock {
    unsafe fn call<const N: usize>(&self, _: u32, args: [Register; N]) -> isize {
        // SAFETY: the second argument of such a call.
        unsafe { args[1].as_ptr().cast::<[i64; 2]>().write(self.0) };
        0
    }
}

/// `Duration::new` panics at a second too many.
#[test]
fn a_clock_that_is_wrong_has_a_time_nevertheless() {
    for (shown, expected) in [
        ([5, 7], Duration::new(5, 7)),
        ([-1, 0], Duration::ZERO),
        ([i64::MIN, 999_999_999], Duration::new(0, 999_999_999)),
        (
            [i64::MAX, i64::MAX],
            Duration::new(i64::MAX as u64, 999_999_999),
        ),
        ([0, -1], Duration::new(0, 999_999_999)),
    ] {
        assert_eq!(sys::clock_gettime64_realtime(Clock(shown)), Ok(expected));
    }
}

int80_support::every_gate! {
    fn epoll_takes_no_nonblock(gate) {
        assert!(sys::epoll_create1(gate, EventFlags::all()).is_ok());
    }

    fn epoll_returns_the_word_of_what_is_ready(gate) {
        let epoll = sys::epoll_create1(gate, EventFlags::CLOEXEC).unwrap();
        let counter = sys::eventfd2(gate, 0, EventFlags::NONBLOCK).unwrap();
        let word = 0x1122_3344_5566_7788;
        let control = |op, events| sys::epoll_ctl(gate, &epoll, op, &counter, EpollEvent::new(events, word));
        assert_eq!(control(EpollOp::Mod, EpollFlags::IN), Err(Errno::ENOENT));
        assert_eq!(control(EpollOp::Add, EpollFlags::IN), Ok(()));
        let mut events = [MaybeUninit::uninit(); 4];
        assert!(sys::epoll_pwait(gate, &epoll, &mut events, 0, None).unwrap().is_empty());
        assert_eq!(sys::write(gate, &counter, &5_u64.to_ne_bytes()), Ok(8));
        let ready = sys::epoll_pwait(gate, &epoll, &mut events, -1, Some(SignalSet(0))).unwrap();
        assert_eq!((ready.len(), { ready[0].data }, ready[0].events()), (1, word, EpollFlags::IN));
        assert_eq!(control(EpollOp::Mod, EpollFlags::OUT), Ok(()));
        let ready = sys::epoll_pwait(gate, &epoll, &mut events, -1, None).unwrap();
        assert_eq!(ready[0].events(), EpollFlags::OUT);
        assert_eq!(control(EpollOp::Del, EpollFlags::empty()), Ok(()));
        assert!(sys::epoll_pwait(gate, &epoll, &mut events, 0, None).unwrap().is_empty());
        assert_eq!(sys::epoll_pwait(gate, &epoll, &mut [], 0, None).map(drop), Err(Errno::EINVAL));
    }

    fn a_counter_is_taken_by_a_read(gate) {
        let counter = sys::eventfd2(gate, 3, EventFlags::NONBLOCK).unwrap();
        let mut value = [0; 8];
        assert_eq!(sys::write(gate, &counter, &4_u64.to_ne_bytes()), Ok(8));
        assert_eq!(sys::read(gate, &counter, &mut value), Ok(8));
        assert_eq!(u64::from_ne_bytes(value), 7);
        assert_eq!(sys::read(gate, &counter, &mut value), Err(Errno::EAGAIN));
    }

    fn a_blocked_signal_is_read(gate) {
        const USR1: u32 = 10;
        let set = SignalSet(1 << (USR1 - 1));
        let old = sys::rt_sigprocmask(gate, How::Block, set).unwrap();
        let signals = sys::signalfd4(gate, set, EventFlags::NONBLOCK).unwrap();
        let mut buffer = [0; 256];
        assert_eq!(sys::read(gate, &signals, &mut buffer), Err(Errno::EAGAIN));
        // To this thread alone: the others do not block it.
        // SAFETY: the signal is blocked here.
        unsafe { libc::syscall(libc::SYS_tgkill, libc::getpid(), libc::gettid(), USR1) };
        assert_eq!(sys::read(gate, &signals, &mut buffer), Ok(128));
        assert_eq!(u32::from_ne_bytes(buffer[..4].try_into().unwrap()), USR1);
        sys::rt_sigprocmask(gate, How::SetMask, old).unwrap();
    }

    fn a_timer_goes_off(gate) {
        let timer = sys::timerfd_create(gate, EventFlags::empty()).unwrap();
        let (hour, short) = (Duration::from_secs(3600), Duration::from_millis(2));
        assert_eq!(sys::timerfd_settime64(gate, &timer, hour, short), Ok(()));
        let (left, interval) = sys::timerfd_gettime64(gate, &timer).unwrap();
        assert!(left <= hour && left > hour - Duration::from_secs(600), "{left:?}");
        assert_eq!(interval, short);
        assert_eq!(sys::timerfd_settime64(gate, &timer, short, Duration::ZERO), Ok(()));
        let mut often = [0; 8];
        assert_eq!(sys::read(gate, &timer, &mut often), Ok(8));
        assert_eq!(u64::from_ne_bytes(often), 1);
        assert_eq!(sys::timerfd_gettime64(gate, no_fd()), Err(Errno::EBADF));
    }

    fn inotify_tells_of_a_new_file(gate) {
        const CREATE: u32 = 0x100;
        let folder = tempfile::tempdir().unwrap();
        let path = CString::new(folder.path().to_str().unwrap()).unwrap();
        let changes = sys::inotify_init1(gate, EventFlags::NONBLOCK).unwrap();
        let watch = sys::inotify_add_watch(gate, &changes, &path, CREATE).unwrap();
        fs::write(folder.path().join("new"), b"").unwrap();
        let mut buffer = [0; 300];
        assert!(sys::read(gate, &changes, &mut buffer).unwrap() >= 16);
        assert_eq!(i32::from_ne_bytes(buffer[..4].try_into().unwrap()), watch);
        assert!(buffer.windows(3).any(|bytes| bytes == b"new"));
        assert_eq!(sys::inotify_rm_watch(gate, &changes, watch), Ok(()));
        assert_eq!(sys::inotify_rm_watch(gate, &changes, watch), Err(Errno::EINVAL));
        assert_eq!(sys::inotify_add_watch(gate, &changes, c"/nowhere/at/all", CREATE), Err(Errno::ENOENT));
    }

    fn times(gate) {
        let (before, real) = (sys::clock_gettime64(gate).unwrap(), sys::clock_gettime64_realtime(gate).unwrap());
        let wait = Duration::from_millis(5);
        assert_eq!(sys::clock_nanosleep_time64(gate, wait), Ok(()));
        assert!(sys::clock_gettime64(gate).unwrap() - before >= wait);
        let host = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).unwrap();
        assert!(host.abs_diff(real) < Duration::from_secs(3600), "{real:?}");
    }
}
