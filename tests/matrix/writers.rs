//! Writers that keep a transfer waiting, and that vanish.

use std::{
    fs::File,
    io::{Read, Write},
    thread,
    time::Duration,
};

use int80::{
    Errno, Gate, Transfer,
    transfer::{Deadline, End, Side},
};
use rustix::{
    fs::{OFlags, fcntl_setfl},
    pipe::{PipeFlags, pipe_with},
};

use crate::{inputs::given, sockets, watch::limited};
use int80_support::gates::{contents, fd, file_with};

/// Gives some bytes, nothing until the transfer's time is over, and the rest.
pub fn stalling<G: Gate + Copy>(gate: G) {
    let (reader, writer) = pipe_with(PipeFlags::CLOEXEC).unwrap();
    fcntl_setfl(&reader, OFlags::NONBLOCK).unwrap();
    let mut writer = File::from(writer);
    writer.write_all(&given()[..50_000]).unwrap();
    let mut to = file_with(b"");
    let mut buffer = vec![0; 65536];
    let mut transfer = Transfer::new(gate, fd(&to), fd(&reader), &mut buffer[..]);
    let soon = Deadline::after(gate, Duration::from_millis(50)).unwrap();
    let outcome = limited("a stalling writer", || transfer.run_until(soon));
    assert_eq!((outcome.moved, outcome.end), (50_000, End::TimedOut));
    let rest = thread::spawn(move || writer.write_all(&given()[50_000..]).unwrap());
    let late = Deadline::after(gate, Duration::from_secs(600)).unwrap();
    let outcome = limited("a writer that goes on", || transfer.run_until(late));
    rest.join().unwrap();
    let all = given().len() as u64;
    assert_eq!((outcome.moved, outcome.end), (all, End::Complete));
    assert!(contents(&mut to) == given());
}

/// A writer that resets its connection in the middle: the input has failed.
pub fn vanishing<G: Gate + Copy>(gate: G) {
    let (near, mut far) = sockets::tcp();
    let mut to = file_with(b"");
    let writer = thread::spawn(move || {
        far.write_all(&given()[..200_000]).unwrap();
        // Until all was read, since a reset throws away what was not: the
        // other side says so by a byte.
        far.read_exact(&mut [0]).unwrap();
        sockets::reset(far);
    });
    let mut buffer = vec![0; 65536];
    let mut transfer = Transfer::new(gate, fd(&to), fd(&near), &mut buffer[..]);
    let read = limited("a writer", || {
        let first = Transfer::new(gate, fd(&to), fd(&near), &mut [0; 65536])
            .exactly(200_000)
            .run();
        (&near).write_all(b"!").unwrap();
        (first, transfer.run())
    });
    writer.join().unwrap();
    assert_eq!((read.0.moved, read.0.end), (200_000, End::Complete));
    let End::Failed(error) = read.1.end else {
        panic!("{:?}", read.1);
    };
    assert_eq!((error.errno, error.side), (Errno::ECONNRESET, Side::Input));
    assert!(contents(&mut to) == given()[..200_000]);
}
