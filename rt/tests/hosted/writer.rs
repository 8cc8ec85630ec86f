//! `Writer`: all bytes, or the first error.

use crate::script::{Answer::*, Script};
use int80::{Errno, Fd, gate::nr};
use int80_rt::Writer;
use std::fmt::{self, Write};

/// O_WRONLY | O_NONBLOCK.
const NONBLOCKING: isize = 0o4001;

fn write(answers: impl IntoIterator<Item = crate::script::Answer>) -> (Script, Result<(), Errno>) {
    let script = Script::new(answers);
    let result = Writer::new(&script, Fd::STDOUT).write_all(b"0123456789");
    script.end();
    (script, result)
}

#[test]
fn a_short_write_is_followed_by_another() {
    let (script, result) = write([Takes(3), Takes(1), Takes(99)]);
    assert_eq!(result, Ok(()));
    assert_eq!(*script.written.borrow(), b"0123456789");
}

#[test]
fn nothing_is_no_call() {
    let script = Script::new([]);
    assert_eq!(Writer::new(&script, Fd::STDOUT).write_all(b""), Ok(()));
}

#[test]
fn a_signal_is_no_error() {
    let (script, result) = write([
        Fails(Errno::EINTR),
        Takes(4),
        Fails(Errno::EINTR),
        Takes(99),
    ]);
    assert_eq!(result, Ok(()));
    assert_eq!(*script.written.borrow(), b"0123456789");
}

#[test]
fn a_nonblocking_descriptor_is_waited_for() {
    let (script, result) = write([
        Takes(4),
        Fails(Errno::EAGAIN),
        Number(NONBLOCKING),
        Fails(Errno::EINTR),
        Fails(Errno::EAGAIN),
        Number(NONBLOCKING),
        Number(1),
        Takes(99),
    ]);
    assert_eq!(result, Ok(()));
    assert_eq!(*script.written.borrow(), b"0123456789");
    let polls = script
        .calls
        .borrow()
        .iter()
        .filter(|nr| **nr == nr::POLL)
        .count();
    assert_eq!(polls, 2);
}

/// A socket's own time limit, or a sandbox that refuses to say.
#[test]
fn a_time_limit_is_an_error() {
    for state in [Number(1), Fails(Errno::EPERM)] {
        let (_, result) = write([Fails(Errno::EAGAIN), state]);
        assert_eq!(result, Err(Errno::EAGAIN));
    }
}

#[test]
fn a_refused_poll_is_an_error() {
    let answers = [
        Fails(Errno::EAGAIN),
        Number(NONBLOCKING),
        Fails(Errno::ENOMEM),
    ];
    assert_eq!(write(answers).1, Err(Errno::ENOMEM));
}

#[test]
fn a_write_of_nothing_does_not_spin() {
    let (_, result) = write([Takes(2), Takes(0)]);
    assert_eq!(result, Err(Errno::EIO));
}

/// A file system may report an error once: what comes later must not hide it.
#[test]
fn the_first_error_is_kept() {
    let script = Script::new([Takes(3), Fails(Errno::ENOSPC)]);
    let mut writer = Writer::new(&script, Fd::STDOUT);
    assert_eq!(writer.write_all(b"abcdef"), Err(Errno::ENOSPC));
    assert_eq!(writer.write_all(b"more"), Err(Errno::ENOSPC));
    assert_eq!(writeln!(writer, "{}", 1), Err(Errno::ENOSPC));
    assert_eq!(writer.write_str("x"), Err(fmt::Error));
    assert_eq!(writer.finish(), Err(Errno::ENOSPC));
    assert_eq!(*script.written.borrow(), b"abc");
    script.end();
}

#[test]
fn text_is_formatted() {
    let script = Script::new([Takes(1), Takes(99), Takes(99), Takes(99)]);
    let mut writer = Writer::new(&script, Fd::STDOUT);
    assert_eq!(writeln!(writer, "a{}b", -42), Ok(()));
    assert_eq!(writer.finish(), Ok(()));
    assert_eq!(*script.written.borrow(), b"a-42b\n");
}

/// That is no error of the descriptor's, and is not kept.
#[test]
fn a_value_that_cannot_be_formatted_is_an_error() {
    struct Never;
    impl fmt::Display for Never {
        fn fmt(&self, _: &mut fmt::Formatter<'_>) -> fmt::Result {
            Err(fmt::Error)
        }
    }
    let script = Script::new([Takes(99)]);
    let mut writer = Writer::new(&script, Fd::STDOUT);
    assert_eq!(write!(writer, "a{Never}"), Err(Errno::EINVAL));
    assert_eq!(writer.finish(), Ok(()));
}
