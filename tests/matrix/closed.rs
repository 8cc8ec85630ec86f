//! Peers that are closed: which error comes when, beside plain writes.
//!
//! A TCP peer that closes with bytes unread resets the connection at once; one
//! that has read everything ends it in an orderly way, takes what was sent
//! meanwhile for a mistake, and resets it then.

use std::{
    io::Write,
    net::TcpStream,
    os::{fd::OwnedFd, unix::net::UnixStream},
};

use int80::{
    Errno, Gate, Transfer, bsd,
    transfer::{Rung, Side, Step},
};
use rustix::event::{PollFd, PollFlags, poll};

use crate::{sockets, watch::limited};
use int80_support::gates::{fd, file_with};

/// How the peer went.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Gone {
    /// TCP, having read everything.
    Orderly,
    /// TCP, with a byte unread.
    Unread,
    /// A Unix socket's.
    Unix,
    /// A Unix socket's, with a byte unread.
    UnixUnread,
}

impl Gone {
    pub const ALL: [Self; 4] = [Self::Orderly, Self::Unread, Self::Unix, Self::UnixUnread];

    fn socket(self) -> OwnedFd {
        let unread = matches!(self, Self::Unread | Self::UnixUnread);
        let near: OwnedFd = match self {
            Self::Orderly | Self::Unread => {
                let (mut near, far): (TcpStream, _) = sockets::tcp();
                if unread {
                    near.write_all(b"!").unwrap();
                    // It is there when the peer can see it.
                    far.peek(&mut [0]).unwrap();
                }
                drop(far);
                near.into()
            }
            Self::Unix | Self::UnixUnread => {
                let (mut near, far) = UnixStream::pair().unwrap();
                if unread {
                    near.write_all(b"!").unwrap();
                }
                drop(far);
                near.into()
            }
        };
        // The peer's end has arrived.
        wait(&near, PollFlags::IN);
        near
    }
}

fn wait(near: &OwnedFd, events: PollFlags) {
    limited("a closed peer", || {
        poll(&mut [PollFd::new(near, events)], None).unwrap();
    });
}

/// What a call of a sequence came to: bytes, or an errno.
type Result = std::result::Result<usize, i32>;

/// Does it three times; the reset has come after what has gone out.
fn sequence(near: &OwnedFd, mut once: impl FnMut() -> Result) -> [Result; 3] {
    [(); 3].map(|()| {
        let result = once();
        if result.is_ok() {
            // An error or a hang-up is always told.
            wait(near, PollFlags::empty());
        }
        result
    })
}

const BYTES: [u8; 3000] = [7; 3000];

pub fn compare<G: Gate + Copy>(gate: G, gone: Gone) {
    let near = gone.socket();
    let plain = sequence(&near, || {
        rustix::io::write(&near, &BYTES[..1000]).map_err(rustix::io::Errno::raw_os_error)
    });
    // As it was when this was written, so that the oracle is one.
    let (pipe, reset) = (Err(libc::EPIPE), Err(libc::ECONNRESET));
    let known = match gone {
        Gone::Orderly => [Ok(1000), pipe, pipe],
        Gone::Unread => [reset, pipe, pipe],
        // Only reading would tell of the reset.
        Gone::Unix | Gone::UnixUnread => [pipe, pipe, pipe],
    };
    assert_eq!(plain, known, "{gone:?}");

    let from = file_with(&BYTES);
    for rung in [Rung::Sendfile64, Rung::ReadWrite] {
        let near = gone.socket();
        let mut buffer = [0; 1000];
        let mut transfer = Transfer::new(gate, fd(&near), fd(&from), &mut buffer)
            .from_offset(0)
            .starting_with(rung)
            .budget(1000);
        let steps = sequence(&near, || {
            loop {
                match transfer.step() {
                    Step::Buffered(_) => {}
                    Step::Moved(count) => return Ok(count),
                    Step::Failed(error) => {
                        assert_eq!(error.side, Side::Output, "{gone:?}, {rung:?}");
                        return Err(error.errno.raw_os_error());
                    }
                    step => panic!("{gone:?}, {rung:?}: {step:?}"),
                }
            }
        });
        assert_eq!(steps, plain, "{gone:?}, {rung:?}");
    }

    let near = gone.socket();
    let calls = sequence(&near, || {
        let (result, sent) = bsd::sendfile(gate, fd(&from), fd(&near), 0, 1000, None, 0);
        result.map(|()| sent as usize).map_err(Errno::raw_os_error)
    });
    // It asks first whether there is a peer: after a reset there is none.
    let without = |result: &Result| match result {
        Err(_) => Err(libc::ENOTCONN),
        ok => *ok,
    };
    let expected = match gone {
        Gone::Orderly | Gone::Unread => plain.each_ref().map(without),
        _ => plain,
    };
    assert_eq!(calls, expected, "{gone:?}");
}
