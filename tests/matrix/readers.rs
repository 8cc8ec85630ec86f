//! Slow, stalling and vanishing ends on loopback.

use std::{
    fs::File,
    io::{Read, Write},
    os::{fd::OwnedFd, unix::net::UnixStream},
    sync::OnceLock,
    thread,
    time::Duration,
};

use int80::{
    Errno, Gate, Transfer,
    transfer::{Deadline, End, Outcome, Side},
};
use rustix::{
    fs::{OFlags, fcntl_setfl},
    net::sockopt,
    pipe::{PipeFlags, fcntl_getpipe_size, pipe_with},
};

use crate::{
    common::{self, contents, fd, file_with},
    sockets,
    watch::limited,
};

/// More than every buffer on the way holds.
fn given() -> &'static [u8] {
    static GIVEN: OnceLock<Vec<u8>> = OnceLock::new();
    GIVEN.get_or_init(|| common::pattern(2_000_000))
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    Pipe,
    Unix,
    Tcp,
}

/// What is written to, its reader, and the bytes that can lie between them.
struct Way {
    near: OwnedFd,
    far: File,
    between: usize,
}

/// The ways that a reader can be at the end of.
pub const KINDS: [(Kind, bool); 6] = [
    (Kind::Pipe, false),
    (Kind::Pipe, true),
    (Kind::Unix, false),
    (Kind::Unix, true),
    (Kind::Tcp, false),
    (Kind::Tcp, true),
];

fn open(kind: Kind, nonblocking: bool) -> Way {
    let (near, far): (OwnedFd, OwnedFd) = match kind {
        Kind::Pipe => {
            let (reader, writer) = pipe_with(PipeFlags::CLOEXEC).unwrap();
            (writer, reader)
        }
        Kind::Unix => {
            let (near, far) = UnixStream::pair().unwrap();
            (near.into(), far.into())
        }
        Kind::Tcp => {
            let (near, far) = sockets::tcp();
            sockopt::set_socket_send_buffer_size(&near, 65536).unwrap();
            sockopt::set_socket_recv_buffer_size(&far, 65536).unwrap();
            (near.into(), far.into())
        }
    };
    let between = match kind {
        Kind::Pipe => fcntl_getpipe_size(&near).unwrap(),
        _ => {
            let send = sockopt::socket_send_buffer_size(&near).unwrap();
            let receive = sockopt::socket_recv_buffer_size(&far).unwrap();
            // The kernel counts memory, of which bytes are at least a half.
            2 * (send + receive)
        }
    };
    if nonblocking {
        fcntl_setfl(&near, OFlags::NONBLOCK).unwrap();
    }
    let far = far.into();
    Way { near, far, between }
}

fn run<G: Gate + Copy>(gate: G, to: &OwnedFd) -> Outcome {
    let from = file_with(given());
    let mut buffer = vec![0; 65536];
    Transfer::new(gate, fd(to), fd(&from), &mut buffer).run()
}

/// Reads a byte, sleeps, reads a byte.
pub fn slow<G: Gate + Copy>(gate: G, kind: Kind, nonblocking: bool) {
    let Way { near, mut far, .. } = open(kind, nonblocking);
    let reader = thread::spawn(move || {
        let mut bytes = vec![0; 20];
        for byte in bytes.chunks_mut(1) {
            far.read_exact(byte).unwrap();
            thread::sleep(Duration::from_millis(1));
        }
        far.read_to_end(&mut bytes).unwrap();
        bytes
    });
    let outcome = limited("a slow reader", || run(gate, &near));
    drop(near);
    let bytes = reader.join().unwrap();
    assert_eq!((outcome.moved, outcome.end), (2_000_000, End::Complete));
    assert!(bytes == given(), "{kind:?}");
}

/// Reads nothing until the transfer's time is over, and then goes on.
pub fn stalling<G: Gate + Copy>(gate: G, kind: Kind) {
    let way = open(kind, true);
    let (near, mut far) = (way.near, way.far);
    let from = file_with(given());
    let mut buffer = vec![0; 65536];
    let mut transfer = Transfer::new(gate, fd(&near), fd(&from), &mut buffer);
    let soon = Deadline::after(gate, Duration::from_millis(50)).unwrap();
    let outcome = limited("a stalling reader", || transfer.run_until(soon));
    assert_eq!(outcome.end, End::TimedOut);
    assert!(
        outcome.moved > 0 && outcome.moved <= way.between as u64,
        "{outcome:?}"
    );
    let reader = thread::spawn(move || {
        let mut bytes = Vec::new();
        far.read_to_end(&mut bytes).unwrap();
        bytes
    });
    let outcome = limited("a reader that goes on", || transfer.run());
    assert_eq!((outcome.moved, outcome.end), (2_000_000, End::Complete));
    drop(near);
    assert!(reader.join().unwrap() == given(), "{kind:?}");
}

/// Closes in the middle, with bytes unread.
pub fn vanishing<G: Gate + Copy>(gate: G, kind: Kind, nonblocking: bool) {
    let way = open(kind, nonblocking);
    let mut far = way.far;
    let reader = thread::spawn(move || {
        let mut bytes = vec![0; 300_000];
        far.read_exact(&mut bytes).unwrap();
        bytes
    });
    let outcome = limited("a vanishing reader", || run(gate, &way.near));
    assert!(reader.join().unwrap() == given()[..300_000], "{kind:?}");
    let End::Failed(error) = outcome.end else {
        panic!("{kind:?}: {outcome:?}");
    };
    let errno = matches!(error.errno, Errno::EPIPE | Errno::ECONNRESET);
    assert!(errno && error.side == Side::Output, "{kind:?}: {error:?}");
    let most = 300_000 + way.between as u64;
    assert!(
        (300_000..=most).contains(&outcome.moved),
        "{kind:?}: {outcome:?}, at most {most}"
    );
}

/// A writer that resets its connection in the middle: the input has failed.
pub fn vanishing_writer<G: Gate + Copy>(gate: G) {
    let (near, mut far) = sockets::tcp();
    let mut to = file_with(b"");
    let writer = thread::spawn(move || {
        far.write_all(&given()[..500_000]).unwrap();
        // Until all was read, since a reset throws away what was not: the
        // other side says so by a byte.
        far.read_exact(&mut [0]).unwrap();
        sockets::reset(far);
    });
    let mut buffer = vec![0; 65536];
    let mut transfer = Transfer::new(gate, fd(&to), fd(&near), &mut buffer);
    let read = limited("a writer", || {
        let first = Transfer::new(gate, fd(&to), fd(&near), &mut [0; 65536])
            .count(500_000)
            .run();
        (&near).write_all(b"!").unwrap();
        (first, transfer.run())
    });
    writer.join().unwrap();
    assert_eq!((read.0.moved, read.0.end), (500_000, End::Complete));
    let End::Failed(error) = read.1.end else {
        panic!("{:?}", read.1);
    };
    assert_eq!((error.errno, error.side), (Errno::ECONNRESET, Side::Input));
    assert!(contents(&mut to) == given()[..500_000]);
}
