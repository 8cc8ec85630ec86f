//! SIGPIPE, from real pipes.
#![allow(unsafe_code, missing_docs)]

use std::{
    os::unix::net::UnixStream,
    sync::atomic::{AtomicU32, Ordering},
};

use int80::{
    Errno, Transfer,
    transfer::{End, Side},
    without_sigpipe,
};
use int80_sim::Recorder;
use int80_support::{
    gates::{expect_in, fd, file_with, pattern},
    skip,
};
use rustix::pipe::{PipeFlags, pipe_with};

int80_support::every_gate! {
    fn no_signal_comes_through_where_it_is_quiet(gate) {
        // The program hangs or fails in thread-local storage soon after the
        // handler, whatever the handler does. With 10.0 it does not.
        if expect_in("7.2", false, true) {
            skip::here("signal handlers in programs with threads break qemu-i386 7.2");
        }
        // SAFETY: the handler adds to an atomic number.
        unsafe { libc::signal(libc::SIGPIPE, count_signal as *const () as usize) };
        let from = file_with(&pattern(100));
        let (reader, writer) = pipe_with(PipeFlags::empty()).unwrap();
        drop(reader);
        let mut transfer = Transfer::new(gate, fd(&writer), fd(&from), int80::transfer::Buffer::none());
        let before = signals();
        let End::Failed(error) = without_sigpipe(gate, fd(&writer), || transfer.run()).end else {
            panic!("the reader is gone");
        };
        assert_eq!((error.errno, error.side), (Errno::EPIPE, Side::Output));
        assert_eq!(signals(), before, "SIGPIPE came through");
        let _ = transfer.run();
        assert_eq!(signals(), before + 1, "SIGPIPE is still kept away");
    }

    fn the_calls_besides_are_as_many_as_documented(gate) {
        let (_reader, pipe) = pipe_with(PipeFlags::empty()).unwrap();
        let (socket, _peer) = UnixStream::pair().unwrap();
        let file = file_with(b"");
        for (out_fd, expected) in [(fd(&socket), 5), (fd(&pipe), 6), (fd(&file), 2)] {
            let recorder = Recorder::new(gate);
            without_sigpipe(&recorder, out_fd, || {});
            assert_eq!(recorder.calls().len(), expected, "{:?}", recorder.calls());
        }
    }
}

thread_local! {
    static SIGNALS: AtomicU32 = const { AtomicU32::new(0) };
}

/// SIGPIPE goes to the thread that wrote.
extern "C" fn count_signal(_: libc::c_int) {
    SIGNALS.with(|signals| signals.fetch_add(1, Ordering::Relaxed));
}

fn signals() -> u32 {
    SIGNALS.with(|signals| signals.load(Ordering::Relaxed))
}
