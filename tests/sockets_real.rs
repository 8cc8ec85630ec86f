//! Sockets: their own time limits, datagrams, and connections that fail.
#![allow(unsafe_code, missing_docs)]

use std::{
    io::{Read, Write},
    net::SocketAddr,
    os::{
        fd::OwnedFd,
        unix::net::{UnixDatagram, UnixStream},
    },
    time::Duration,
};

use int80::{
    Errno, Gate, Transfer,
    sys::IoSlice,
    transfer::{Buffer, Deadline, End, Rung, Side, Step, WithHeaders},
};
use int80_support::{
    gates::{contents, fd, file_with, pattern},
    net,
};
use rustix::{
    event::{PollFd, PollFlags, poll},
    fs::{OFlags, fcntl_setfl},
    io::Errno as Os,
    net::{AddressFamily, SocketFlags, SocketType, connect, socket_with},
};

const SHORT: Option<Duration> = Some(Duration::from_millis(20));

int80_support::every_gate! {
    fn d11_a_limit_of_sending_is_an_error_of_the_output(gate) {
        for first in [Rung::CopyFileRange, Rung::ReadWrite] {
            let from = file_with(&pattern(4_000_000));
            let (near, _far) = UnixStream::pair().unwrap();
            near.set_write_timeout(SHORT).unwrap();
            let mut buffer = [0; 4096];
            let mut transfer = Transfer::new(gate, fd(&near), fd(&from), &mut buffer).starting_with(first);
            let outcome = transfer.run_until(enough(gate));
            let End::Failed(failure) = outcome.end else {
                panic!("{outcome:?}, and the peer does not read");
            };
            assert_eq!((failure.errno, failure.side), (Errno::EAGAIN, Side::Output), "{failure:?}");
            assert!(outcome.moved > 0 && outcome.moved < 4_000_000, "{outcome:?}");
        }
    }

    /// A regular file never waits, whatever its flag.
    fn d11_the_flag_of_a_file_does_not_hide_a_limit(gate) {
        let from = file_with(&pattern(4_000_000));
        fcntl_setfl(&from, OFlags::NONBLOCK).unwrap();
        let (near, _far) = UnixStream::pair().unwrap();
        near.set_write_timeout(SHORT).unwrap();
        let transfer = Transfer::new(gate, fd(&near), fd(&from), Buffer::none());
        let outcome = transfer.starting_with(Rung::Sendfile64).run_until(enough(gate));
        let End::Failed(failure) = outcome.end else {
            panic!("{outcome:?}, and the peer does not read");
        };
        assert_eq!((failure.errno, failure.side), (Errno::EAGAIN, Side::Output), "{failure:?}");
    }

    fn d11_a_limit_of_receiving_is_an_error_of_the_input(gate) {
        for pipe in [false, true] {
            let (near, mut far) = UnixStream::pair().unwrap();
            far.write_all(b"0123456789").unwrap();
            near.set_read_timeout(SHORT).unwrap();
            let (reader, writer) = rustix::pipe::pipe().unwrap();
            let to = if pipe { writer } else { file_with(b"").into() };
            let mut buffer = [0; 4096];
            let outcome = Transfer::new(gate, fd(&to), fd(&near), &mut buffer).run_until(enough(gate));
            let End::Failed(failure) = outcome.end else {
                panic!("{outcome:?}, and the peer does not write");
            };
            assert_eq!((failure.errno, failure.side), (Errno::EAGAIN, Side::Input), "{failure:?}");
            assert_eq!(outcome.moved, 10);
            drop(reader);
        }
    }

    fn d11_a_limit_in_headers_is_an_error_of_the_output(gate) {
        let (near, _far) = UnixStream::pair().unwrap();
        near.set_write_timeout(SHORT).unwrap();
        let bytes = pattern(4_000_000);
        let head = [IoSlice::new(&bytes)];
        let from = file_with(b"");
        let file = Transfer::new(gate, fd(&near), fd(&from), Buffer::none());
        let End::Failed(failure) = WithHeaders::new(&head, file, &[]).run_until(enough(gate)).end else {
            panic!("the peer does not read");
        };
        assert_eq!(
            (failure.errno, failure.rung, failure.side),
            (Errno::EAGAIN, Rung::Parts, Side::Output),
        );
    }

    /// O_NONBLOCK is another thing: there the run waits.
    fn d11_a_non_blocking_socket_is_waited_for(gate) {
        let from = file_with(&pattern(4_000_000));
        let (near, _far) = UnixStream::pair().unwrap();
        near.set_write_timeout(SHORT).unwrap();
        near.set_nonblocking(true).unwrap();
        let mut transfer = Transfer::new(gate, fd(&near), fd(&from), Buffer::none());
        let deadline = Deadline::after(gate, Duration::from_millis(60)).unwrap();
        assert_eq!(transfer.run_until(deadline).end, End::TimedOut);
    }

    fn a7_a_header_alone_is_a_datagram(gate) {
        let head = [IoSlice::new(b"head"), IoSlice::new(b"er!")];
        assert_eq!(datagrams(gate, &head, b"", &[]), [b"header!"]);
    }

    /// However many pieces it has.
    fn a7_a_header_of_many_pieces_is_one_datagram(gate) {
        let head = [IoSlice::new(b"12"); 50];
        let expected = [b"12".repeat(50), b"0123456789".to_vec()];
        assert_eq!(datagrams(gate, &head, b"0123456789", &[]), expected);
    }

    fn a7_parts_are_datagrams_of_their_own(gate) {
        let (head, tail) = ([IoSlice::new(b"header!")], [IoSlice::new(b"trailer")]);
        let expected = [&b"header!"[..], b"0123456789", b"trailer"];
        assert_eq!(datagrams(gate, &head, b"0123456789", &tail), expected);
    }

    /// sendfile makes one message of what one call moves, and loses all of it
    /// where the last piece does not fit.
    fn a7_what_is_moved_to_a_datagram_socket_arrives(gate) {
        let runs = [(0, 65_536), (100, 65_736), (4000, 300_000)];
        for ((offset, length), steps) in runs.into_iter().flat_map(|run| [(run, false), (run, true)]) {
            let (ours, peer) = net::udp_pair();
            peer.set_read_timeout(Some(Duration::from_millis(200))).unwrap();
            let bytes = pattern(length);
            let from = file_with(&bytes);
            let mut buffer = [0; 4096];
            let mut file = Transfer::new(gate, fd(&ours), fd(&from), &mut buffer).from_offset(offset);
            // No more than the peer's buffer holds.
            file = file.at_most(70_000);
            let end = if steps { stepped(&mut file) } else { file.run().end };
            let moved = file.moved();
            let (mut got, mut part) = (Vec::new(), [0; 65_536]);
            while let Ok(count) = peer.recv(&mut part) {
                got.extend_from_slice(&part[..count]);
            }
            let why = format!("from {offset}, by steps: {steps}");
            assert_eq!((got.len() as u64, end), (moved, End::Complete), "{why}");
            assert!(bytes[offset as usize..].starts_with(&got), "{why}");
            assert!(!got.is_empty());
        }
    }

    /// The first read is as large as the buffer.
    fn a1_a_message_that_the_buffer_holds_is_not_cut(gate) {
        let (near, far) = UnixDatagram::pair().unwrap();
        let message = pattern(100_000);
        assert_eq!(far.send(&message).unwrap(), message.len());
        // A message that was cut leaves a count that never comes.
        near.set_read_timeout(SHORT).unwrap();
        let mut to = file_with(b"");
        let mut buffer = vec![0; 128 << 10];
        let transfer = Transfer::new(gate, fd(&to), fd(&near), &mut buffer[..]);
        let outcome = transfer.exactly(100_000).starting_with(Rung::ReadWrite).run_until(enough(gate));
        assert_eq!((outcome.moved, outcome.end), (100_000, End::Complete));
        assert!(contents(&mut to) == message);
    }

    fn d12_a_refused_connection_is_the_output_s(gate) {
        let refused = refused();
        let from = file_with(&pattern(100));
        let mut buffer = [0; 4096];
        let outcome = Transfer::new(gate, fd(&refused), fd(&from), &mut buffer).run();
        let End::Failed(failure) = outcome.end else {
            panic!("{outcome:?}, and there is no connection");
        };
        assert_eq!((failure.errno, failure.side), (Errno::ECONNREFUSED, Side::Output), "{failure:?}");
    }

    fn d12_an_input_that_is_not_connected_is_the_input_s(gate) {
        let flags = SocketFlags::CLOEXEC;
        let from = socket_with(AddressFamily::INET, SocketType::STREAM, flags, None).unwrap();
        let (_reader, to) = rustix::pipe::pipe().unwrap();
        let mut buffer = [0; 4096];
        let outcome = Transfer::new(gate, fd(&to), fd(&from), &mut buffer).run();
        let End::Failed(failure) = outcome.end else {
            panic!("{outcome:?}, and there is no connection");
        };
        assert_eq!((failure.errno, failure.side), (Errno::ENOTCONN, Side::Input), "{failure:?}");
    }
}

/// A deadline that only a run without an end comes to.
fn enough<G: Gate>(gate: G) -> Deadline {
    Deadline::after(gate, Duration::from_secs(20)).unwrap()
}

/// The end of a transfer that is made step by step.
fn stepped<G: Gate + Copy>(transfer: &mut Transfer<'_, G>) -> End {
    loop {
        match transfer.step() {
            Step::Moved(_) | Step::Buffered(_) => {}
            Step::Complete => return End::Complete,
            Step::Failed(failure) => return End::Failed(failure),
            step => panic!("{step:?} of a blocking socket"),
        }
    }
}

/// The datagrams that reach the peer.
fn datagrams<G: Gate + Copy>(
    gate: G,
    headers: &[IoSlice<'_>],
    bytes: &[u8],
    trailers: &[IoSlice<'_>],
) -> Vec<Vec<u8>> {
    let (ours, peer) = net::udp_pair();
    peer.set_read_timeout(Some(Duration::from_millis(200)))
        .unwrap();
    let from = file_with(bytes);
    let file = Transfer::new(gate, fd(&ours), fd(&from), Buffer::none());
    let mut whole = WithHeaders::new(headers, file, trailers);
    let outcome = whole.run();
    assert_eq!(outcome.end, End::Complete);
    let mut datagrams = Vec::new();
    let mut buffer = [0; 1000];
    let mut left = outcome.moved as usize;
    // Nothing more is waited for than was said to be out.
    while left > 0 {
        let Ok(count) = peer.recv(&mut buffer) else {
            panic!("{left} bytes are said to be out and are not: {datagrams:?}");
        };
        left -= count;
        datagrams.push(buffer[..count].to_vec());
    }
    datagrams
}

/// A socket whose connection was refused.
fn refused() -> OwnedFd {
    let listener = net::listener();
    let address: SocketAddr = listener.local_addr().unwrap();
    drop(listener);
    let flags = SocketFlags::NONBLOCK | SocketFlags::CLOEXEC;
    let socket = socket_with(AddressFamily::INET, SocketType::STREAM, flags, None).unwrap();
    match connect(&socket, &address) {
        // Without an error the socket keeps it for the next call.
        Err(Os::INPROGRESS) => {}
        result => panic!("a connection to a closed port: {result:?}"),
    }
    poll(&mut [PollFd::new(&socket, PollFlags::OUT)], None).unwrap();
    socket
}

#[test]
fn the_peer_of_a_limited_socket_may_still_read() {
    let (near, mut far) = UnixStream::pair().unwrap();
    near.set_write_timeout(SHORT).unwrap();
    let from = file_with(&pattern(100));
    let outcome = Transfer::new(int80::Native, fd(&near), fd(&from), Buffer::none()).run();
    assert_eq!((outcome.moved, outcome.end), (100, End::Complete));
    drop(near);
    let mut bytes = Vec::new();
    far.read_to_end(&mut bytes).unwrap();
    assert_eq!(bytes, pattern(100));
}
