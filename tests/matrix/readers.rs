//! Slow, stalling and vanishing ends on loopback.

use std::{
    fs::File,
    io::Read,
    os::{fd::OwnedFd, unix::net::UnixStream},
    sync::OnceLock,
    thread,
    time::Duration,
};

use int80::{
    Errno, Gate, Transfer, bsd,
    transfer::{Deadline, End, Side},
};
use rustix::{
    event::{PollFd, PollFlags, poll},
    fs::{OFlags, fcntl_getfl, fcntl_setfl},
    net::sockopt,
    pipe::{PipeFlags, fcntl_getpipe_size, pipe_with},
};

use crate::{sockets, watch::limited};
use int80_support::gates::{fd, file_with};

/// More than every buffer on the way holds.
fn given() -> &'static [u8] {
    static GIVEN: OnceLock<Vec<u8>> = OnceLock::new();
    GIVEN.get_or_init(|| int80_support::gates::pattern(2_000_000))
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

/// What drives the bytes: without an end, with one that is far, or FreeBSD's
/// function, called again wherever it says that the socket is full.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum How {
    Run,
    Until,
    Bsd,
}

impl How {
    pub const ALL: [Self; 3] = [Self::Run, Self::Until, Self::Bsd];

    /// A pipe is no socket, which FreeBSD's function takes alone.
    fn takes(self, kind: Kind) -> bool {
        self != Self::Bsd || kind != Kind::Pipe
    }
}

/// Sends all there is: the bytes that went out, and the output's error.
fn send<G: Gate + Copy>(gate: G, how: How, to: &OwnedFd) -> (u64, Option<Errno>) {
    let from = file_with(given());
    if how == How::Bsd {
        return send_by_bsd(gate, &from, to);
    }
    let mut buffer = vec![0; 65536];
    let mut transfer = Transfer::new(gate, fd(to), fd(&from), &mut buffer[..]);
    let outcome = match how {
        How::Run => transfer.run(),
        _ => transfer.run_until(Deadline::after(gate, Duration::from_secs(600)).unwrap()),
    };
    match outcome.end {
        End::Complete => (outcome.moved, None),
        End::Failed(error) if error.side == Side::Output => (outcome.moved, Some(error.errno)),
        end => panic!("{how:?}: {end:?}"),
    }
}

fn send_by_bsd<G: Gate + Copy>(gate: G, from: &File, to: &OwnedFd) -> (u64, Option<Errno>) {
    let mut sent = 0;
    loop {
        let (result, more) = bsd::sendfile(gate, fd(from), fd(to), sent as i64, 0, None, 0);
        sent += more;
        match result {
            Ok(()) => return (sent, None),
            Err(Errno::EAGAIN) => {
                let flags = fcntl_getfl(to).unwrap();
                assert!(
                    flags.contains(OFlags::NONBLOCK),
                    "it blocks, and says EAGAIN"
                );
                poll(&mut [PollFd::new(to, PollFlags::OUT)], None).unwrap();
            }
            Err(errno) => return (sent, Some(errno)),
        }
    }
}

/// Reads a byte, sleeps, reads a byte.
pub fn slow<G: Gate + Copy>(gate: G, how: How, kind: Kind, nonblocking: bool) {
    if !how.takes(kind) {
        return;
    }
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
    let sent = limited("a slow reader", || send(gate, how, &near));
    drop(near);
    let bytes = reader.join().unwrap();
    assert_eq!(sent, (2_000_000, None), "{how:?}, {kind:?}");
    assert!(bytes == given(), "{how:?}, {kind:?}");
}

/// Reads nothing until the transfer's time is over, and then goes on.
pub fn stalling<G: Gate + Copy>(gate: G, kind: Kind) {
    let way = open(kind, true);
    let (near, mut far) = (way.near, way.far);
    let from = file_with(given());
    let mut buffer = vec![0; 65536];
    let mut transfer = Transfer::new(gate, fd(&near), fd(&from), &mut buffer[..]);
    // A busy machine may move nothing at all within the first.
    let outcome = [50, 500, 5000]
        .into_iter()
        .map(|time| {
            let soon = Deadline::after(gate, Duration::from_millis(time)).unwrap();
            limited("a stalling reader", || transfer.run_until(soon))
        })
        .find(|outcome| outcome.moved > 0)
        .expect("a transfer that moves something");
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

/// The same for FreeBSD's function, which says at once that the socket is full.
pub fn stalling_bsd<G: Gate + Copy>(gate: G, kind: Kind) {
    let way = open(kind, true);
    let (near, mut far) = (way.near, way.far);
    let from = file_with(given());
    let (result, sent) = limited("a stalling reader", || {
        bsd::sendfile(gate, fd(&from), fd(&near), 0, 0, None, 0)
    });
    assert_eq!(result, Err(Errno::EAGAIN), "{kind:?}");
    assert!((1..=way.between as u64).contains(&sent), "{kind:?}: {sent}");
    // Nothing more goes out, and nothing is waited for.
    let again = bsd::sendfile(gate, fd(&from), fd(&near), sent as i64, 0, None, 0);
    assert_eq!(again.0, Err(Errno::EAGAIN), "{kind:?}");
    let sent = sent + again.1;
    let reader = thread::spawn(move || {
        let mut bytes = Vec::new();
        far.read_to_end(&mut bytes).unwrap();
        bytes
    });
    fcntl_setfl(&near, OFlags::empty()).unwrap();
    let (result, rest) = limited("a reader that goes on", || {
        bsd::sendfile(gate, fd(&from), fd(&near), sent as i64, 0, None, 0)
    });
    assert_eq!((result, sent + rest), (Ok(()), 2_000_000));
    drop(near);
    assert!(reader.join().unwrap() == given(), "{kind:?}");
}

/// Closes in the middle, with bytes unread.
pub fn vanishing<G: Gate + Copy>(gate: G, how: How, kind: Kind, nonblocking: bool) {
    if !how.takes(kind) {
        return;
    }
    let way = open(kind, nonblocking);
    let mut far = way.far;
    let reader = thread::spawn(move || {
        let mut bytes = vec![0; 300_000];
        far.read_exact(&mut bytes).unwrap();
        bytes
    });
    let (sent, errno) = limited("a vanishing reader", || send(gate, how, &way.near));
    assert!(reader.join().unwrap() == given()[..300_000], "{kind:?}");
    let gone = match errno {
        Some(Errno::EPIPE | Errno::ECONNRESET) => true,
        // FreeBSD's function is called anew, and asks first whether there is a peer.
        Some(Errno::ENOTCONN) => (how, kind, nonblocking) == (How::Bsd, Kind::Tcp, true),
        _ => false,
    };
    assert!(gone, "{how:?}, {kind:?}: {errno:?}");
    let most = 300_000 + way.between as u64;
    assert!(
        (300_000..=most).contains(&sent),
        "{how:?}, {kind:?}: {sent}, at most {most}"
    );
}
