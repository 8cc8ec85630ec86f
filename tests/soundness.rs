//! Soundness that a run shows: B8; the compiler shows the rest
//! (`src/soundness.rs`).
#![allow(missing_docs)]

use std::mem::MaybeUninit;

use int80::{
    Transfer, bsd,
    transfer::{Buffer, End, Rung, Step},
};
use int80_sim::{Era, FileKind, INPUT_SEED, Input, Kernel, Output, Rope};

/// Read by Miri, too: no byte is taken to be initialised but those of a read.
#[test]
fn b8_an_uninitialised_buffer_will_do() {
    for len in [0, 1, 63, 64, 65, 200] {
        let kernel = Kernel::new(Era::V6_8);
        let from = kernel.input(Input::File(FileKind::Regular), len, 1);
        let to = kernel.output(Output::File(FileKind::Terminal), 1, 1);
        let mut buffer = [MaybeUninit::uninit(); 64];
        let mut transfer = Transfer::new(&kernel, to, from, &mut buffer);
        let outcome = transfer.run();
        assert_eq!((outcome.moved, outcome.end), (len, End::Complete));
        assert_eq!(transfer.pending(), []);
        let expected = Rope::pattern(INPUT_SEED, 0, len);
        assert_eq!(kernel.written(to).difference(&expected), None);
    }
}

#[test]
fn b8_pending_bytes_are_those_that_were_read() {
    let kernel = Kernel::new(Era::V6_8);
    let from = kernel.input(Input::File(FileKind::Regular), 10, 1);
    let to = kernel.output(Output::File(FileKind::Terminal), 1, 1);
    let mut buffer: Box<[MaybeUninit<u8>]> = Box::new_uninit_slice(64);
    let transfer = Transfer::new(&kernel, to, from, &mut *buffer);
    let mut transfer = transfer.starting_with(Rung::ReadWrite);
    assert_eq!(transfer.step(), Step::Buffered(10));
    let expected = Rope::pattern(INPUT_SEED, 0, 10).to_vec();
    assert_eq!(transfer.pending(), expected);
    assert_eq!(transfer.give_back(), Ok(()));
    assert_eq!(transfer.pending(), []);
    assert_eq!(kernel.position(from), 0);
}

#[test]
fn b8_bsd_has_a_buffer_of_its_own() {
    let kernel = Kernel::new(Era::V2_2);
    let from = kernel.input(Input::File(FileKind::Proc), 5000, 1);
    let to = kernel.output(Output::Tcp, 65536, 65536);
    let sent = bsd::sendfile(&kernel, from, to, 0, 0, None, 0);
    assert_eq!(sent, (Ok(()), 5000));
}

#[test]
fn no_buffer_holds_nothing() {
    let kernel = Kernel::new(Era::V6_8);
    let from = kernel.input(Input::File(FileKind::Regular), 10, 1);
    let to = kernel.output(Output::Tcp, 64, 64);
    let transfer = Transfer::new(&kernel, to, from, Buffer::none());
    assert_eq!(transfer.pending(), []);
}

#[cfg(feature = "std")]
mod std_types {
    use std::{
        error::Error as _,
        fs::File,
        io::{self, Write},
        os::fd::{AsRawFd, OwnedFd},
    };

    use int80::{
        Errno, Fd, Native, Transfer,
        sys::{self, OpenFlags},
        transfer::{Buffer, Deadline, Error, Failure, Side},
    };
    use int80_support::gates::{contents, file_with};
    use static_assertions::{assert_impl_all, assert_not_impl_any};

    use super::Kernel;

    assert_impl_all!(OwnedFd: From<int80::OwnedFd<Native>>, From<int80::OwnedFd<&'static Native>>);
    assert_not_impl_any!(OwnedFd: From<int80::OwnedFd<Kernel>>, From<int80::OwnedFd<&'static Kernel>>);
    assert_impl_all!(int80::OwnedFd<Native>: From<OwnedFd>);
    assert_not_impl_any!(int80::OwnedFd<Kernel>: From<OwnedFd>);

    #[test]
    fn b5_owned_descriptors_change_hands_both_ways() {
        let opened = sys::openat(Native, Fd::CWD, c"/dev/null", OpenFlags::RDWR, 0).unwrap();
        let number = opened.as_raw_fd();
        let theirs = OwnedFd::from(opened);
        assert_eq!(theirs.as_raw_fd(), number);
        File::from(theirs.try_clone().unwrap())
            .write_all(b"x")
            .unwrap();
        let ours = int80::OwnedFd::<Native>::from(theirs);
        assert_eq!((ours.as_raw_fd(), ours.close()), (number, Ok(())));
    }

    /// A failure, as a transfer to no descriptor gives it.
    fn failure() -> Failure {
        let from = file_with(b"0123456789");
        // SAFETY: −1 is open in no process.
        #[allow(unsafe_code)]
        let none = unsafe { Fd::borrow_raw(-1) };
        let outcome = Transfer::new(Native, none, &from, Buffer::none()).run();
        match outcome.into_result() {
            Err(Error::Failed(failure)) => failure,
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn into_result_is_for_the_question_mark() {
        fn copy(from: &File, to: &File, count: u64) -> Result<u64, Error> {
            let transfer = Transfer::new(Native, to, from, Buffer::none());
            transfer.from_offset(0).exactly(count).run().into_result()
        }
        fn io(from: &File, to: &File, count: u64) -> io::Result<u64> {
            Ok(copy(from, to, count)?)
        }
        let (from, mut to) = (file_with(b"0123456789"), file_with(b""));
        assert_eq!(copy(&from, &to, 10), Ok(10));
        assert_eq!(contents(&mut to), b"0123456789");
        assert_eq!(copy(&from, &to, 11), Err(Error::UnexpectedEof));
        let error = io(&from, &to, 11).unwrap_err();
        assert_eq!(error.kind(), io::ErrorKind::UnexpectedEof);
        let failure = failure();
        assert_eq!((failure.errno, failure.side), (Errno::EBADF, Side::Output));
    }

    #[test]
    fn errors_become_io_errors() {
        let failure = failure();
        let error = io::Error::from(failure);
        assert_eq!(error.raw_os_error(), Some(Errno::EBADF.raw_os_error()));
        let error = io::Error::from(Error::Failed(failure));
        assert_eq!(Errno::try_from(&error), Ok(Errno::EBADF));
        let kind = |error: Error| io::Error::from(error).kind();
        assert_eq!(kind(Error::TimedOut), io::ErrorKind::TimedOut);
        assert_eq!(kind(Error::UnexpectedEof), io::ErrorKind::UnexpectedEof);
    }

    #[test]
    fn errors_become_errnos() {
        let errno = |error: Error| Errno::from(error);
        assert_eq!(errno(Error::Failed(failure())), Errno::EBADF);
        assert_eq!(errno(Error::TimedOut), Errno::ETIMEDOUT);
        assert_eq!(errno(Error::UnexpectedEof), Errno::ENODATA);
    }

    #[test]
    fn errors_have_a_message_and_a_source() {
        let error = Error::Failed(failure());
        let source = error.source().map(ToString::to_string);
        assert_eq!(source, Some(Errno::EBADF.to_string()));
        let told = error.to_string();
        assert!(
            told.starts_with("output: ") && told.contains("Bad file descriptor"),
            "{told}"
        );
        assert!(Error::TimedOut.source().is_none());
        assert_eq!(Error::TimedOut.to_string(), "the deadline passed");
    }

    #[test]
    fn a_run_that_times_out_is_an_error() {
        let (reader, writer) = rustix::pipe::pipe().unwrap();
        rustix::fs::fcntl_setfl(&reader, rustix::fs::OFlags::NONBLOCK).unwrap();
        let to = file_with(b"");
        let mut buffer = [0; 64];
        let mut transfer = Transfer::new(Native, &to, &reader, &mut buffer);
        let deadline = Deadline::after(Native, std::time::Duration::from_millis(5)).unwrap();
        assert_eq!(
            transfer.run_until(deadline).into_result(),
            Err(Error::TimedOut)
        );
        drop(writer);
        assert_eq!(transfer.run().into_result(), Ok(0));
    }
}
