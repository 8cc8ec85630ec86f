//! Transfers under seccomp filters: a refused question is not taken for an
//! answer, and one call is one call.
#![allow(unsafe_code, missing_docs)]

use std::{
    fs::File,
    io::{Read, Seek},
    os::fd::OwnedFd,
    os::unix::net::UnixStream,
    thread,
    time::Duration,
};

use int80::{
    Gate, Transfer, bsd,
    bsd::Headers,
    raw,
    sys::IoSlice,
    transfer::{End, Rung, Side, WithHeaders},
};
use int80_support::{
    gates::{contents, fd, file_with, pattern, position, sparse_file},
    net, sandbox, skip,
};
use rustix::pipe::{PipeFlags, pipe_with};

/// What a sandbox says to a call that it does not know or does not want.
const REFUSALS: [i32; 4] = [libc::EPERM, libc::ENOSYS, libc::EACCES, libc::EINVAL];

#[cfg(target_arch = "x86")]
const FSTAT: [libc::c_long; 1] = [libc::SYS_fstat64];
#[cfg(target_arch = "x86_64")]
const FSTAT: [libc::c_long; 1] = [libc::SYS_fstat];
/// The calls that move bytes within the kernel.
#[cfg(target_arch = "x86")]
const WITHIN: [libc::c_long; 4] = [
    libc::SYS_copy_file_range,
    libc::SYS_sendfile,
    libc::SYS_sendfile64,
    libc::SYS_splice,
];
#[cfg(target_arch = "x86_64")]
const WITHIN: [libc::c_long; 3] = [
    libc::SYS_copy_file_range,
    libc::SYS_sendfile,
    libc::SYS_splice,
];
#[cfg(target_arch = "x86")]
const FCNTL: libc::c_long = libc::SYS_fcntl64;
#[cfg(target_arch = "x86_64")]
const FCNTL: libc::c_long = libc::SYS_fcntl;

/// The calls that only ask: each alone, and all of them.
fn probes() -> Vec<Vec<libc::c_long>> {
    let one = [
        libc::SYS_statx,
        FSTAT[0],
        FCNTL,
        libc::SYS_getsockopt,
        libc::SYS_getpeername,
        libc::SYS_setsockopt,
        libc::SYS_sendmsg,
    ];
    let mut probes: Vec<_> = one.iter().map(|call| vec![*call]).collect();
    probes.push(one[..5].to_vec());
    probes.push(one.to_vec());
    probes
}

/// Runs `body` where each set of probes is refused in each way.
fn under_each<T: Send>(body: impl Fn() -> T + Send + Sync, check: impl Fn(T, &str)) {
    for probes in probes() {
        for errno in REFUSALS {
            // EINVAL of a sendmsg is an error of its own.
            if errno == libc::EINVAL && probes.contains(&libc::SYS_sendmsg) {
                continue;
            }
            match sandbox::refusing(&probes, errno, &body) {
                Ok(value) => check(value, &format!("errno {errno} of {probes:?}")),
                Err(reason) => skip::here(reason),
            }
        }
    }
}

int80_support::every_gate! {
    fn refused_probes_cost_no_byte(gate) {
        // More than 64 KiB, so that the kind of the output is asked for.
        let bytes = pattern(300_000);
        let body = || {
            let (from, mut to) = (file_with(&bytes), file_with(b""));
            let mut buffer = [0; 4096];
            let end = Transfer::new(gate, fd(&to), fd(&from), &mut buffer).run().end;
            (end, contents(&mut to))
        };
        under_each(body, |(end, got), why| {
            assert_eq!(end, End::Complete, "{why}");
            assert!(got == bytes, "{why}: {} bytes", got.len());
        });
    }

    /// A sandbox refuses every call of the ladder but the last, with or without bytes.
    fn refused_calls_are_left_for_read_and_write(gate) {
        let bytes = pattern(100_000);
        for errno in REFUSALS {
            for socket in [false, true] {
                let body = || {
                    let from = file_with(&bytes);
                    let (near, far) = UnixStream::pair().unwrap();
                    let mut file = file_with(b"");
                    let to = if socket { fd(&near) } else { fd(&file) };
                    let read = thread::spawn(move || all(File::from(OwnedFd::from(far))));
                    let mut buffer = [0; 4096];
                    let mut transfer = Transfer::new(gate, to, fd(&from), &mut buffer);
                    let (end, rung) = (transfer.run().end, transfer.rung());
                    drop(near);
                    let got = read.join().unwrap();
                    (end, rung, if socket { got } else { contents(&mut file) })
                };
                match sandbox::refusing(&WITHIN, errno, body) {
                    Ok((end, rung, got)) => {
                        assert_eq!((end, rung), (End::Complete, Rung::ReadWrite), "{errno}");
                        assert!(got == bytes, "{errno}: {} bytes", got.len());
                    }
                    Err(reason) => skip::here(reason),
                }
            }
        }
    }

    fn refused_probes_of_a_pipe_and_its_size(gate) {
        let bytes = pattern(300_000);
        let body = || {
            let from = file_with(&bytes);
            let (reader, writer) = pipe_with(PipeFlags::empty()).unwrap();
            let read = thread::spawn(move || all(File::from(reader)));
            let mut buffer = [0; 4096];
            let transfer = Transfer::new(gate, fd(&writer), fd(&from), &mut buffer);
            let end = transfer.grow_pipe().run().end;
            drop(writer);
            (end, read.join().unwrap())
        };
        under_each(body, |(end, got), why| {
            assert_eq!(end, End::Complete, "{why}");
            assert!(got == bytes, "{why}: {} bytes", got.len());
        });
    }

    fn a_pipe_at_its_end_is_at_its_end(gate) {
        let body = || {
            let (reader, writer) = pipe_with(PipeFlags::empty()).unwrap();
            rustix::io::write(&writer, b"0123456789").unwrap();
            drop(writer);
            let mut to = file_with(b"");
            let mut buffer = [0; 4096];
            let end = Transfer::new(gate, fd(&to), fd(&reader), &mut buffer).run().end;
            (end, contents(&mut to))
        };
        under_each(body, |(end, got), why| {
            assert_eq!((end, &got[..]), (End::Complete, &b"0123456789"[..]), "{why}");
        });
    }

    /// Whether it is non-blocking cannot be asked: it is waited for.
    fn a_non_blocking_socket_is_waited_for(gate) {
        let bytes = pattern(2_000_000);
        let body = || {
            let from = file_with(&bytes);
            let (near, far) = UnixStream::pair().unwrap();
            near.set_nonblocking(true).unwrap();
            let read = thread::spawn(move || all(File::from(OwnedFd::from(far))));
            let mut buffer = [0; 4096];
            let end = Transfer::new(gate, fd(&near), fd(&from), &mut buffer).run().end;
            drop(near);
            (end, read.join().unwrap())
        };
        under_each(body, |(end, got), why| {
            assert_eq!(end, End::Complete, "{why}");
            assert!(got == bytes, "{why}: {} bytes", got.len());
        });
    }

    /// There is no way to wait: it is an error, and no loop.
    fn a_refused_poll_is_told(gate) {
        for errno in REFUSALS {
            let body = || {
                let (reader, _writer) = pipe_with(PipeFlags::NONBLOCK).unwrap();
                let to = file_with(b"");
                let mut buffer = [0; 4096];
                Transfer::new(gate, fd(&to), fd(&reader), &mut buffer).run().end
            };
            let full = || {
                let from = file_with(&pattern(300_000));
                let (_reader, writer) = pipe_with(PipeFlags::NONBLOCK).unwrap();
                let mut buffer = [0; 4096];
                Transfer::new(gate, fd(&writer), fd(&from), &mut buffer).run().end
            };
            for (end, side) in [
                (sandbox::refusing(&[libc::SYS_poll], errno, body), Side::Unknown),
                (sandbox::refusing(&[libc::SYS_poll], errno, full), Side::Output),
            ] {
                match end {
                    Ok(End::Failed(failure)) => {
                        assert_eq!((failure.errno.raw_os_error(), failure.side), (errno, side));
                    }
                    Ok(end) => panic!("{errno}: {end:?}"),
                    Err(reason) => skip::here(reason),
                }
            }
        }
    }

    /// What is not known to be a stream may have messages, which sendfile loses.
    fn a7_a_datagram_socket_of_unknown_kind_loses_nothing(gate) {
        let bytes = pattern(65_736);
        for errno in REFUSALS {
            let body = || {
                let from = file_with(&bytes);
                let (ours, peer) = net::udp_pair();
                peer.set_read_timeout(Some(Duration::from_millis(200))).unwrap();
                let mut buffer = [0; 4096];
                let transfer = Transfer::new(gate, fd(&ours), fd(&from), &mut buffer);
                let outcome = transfer.from_offset(100).run();
                let (mut got, mut part) = (0, [0; 65_536]);
                while let Ok(count) = peer.recv(&mut part) {
                    got += count as u64;
                }
                (outcome.end, outcome.moved, got)
            };
            match sandbox::refusing(&[libc::SYS_getsockopt], errno, body) {
                Ok(seen) => assert_eq!(seen, (End::Complete, 65_636, 65_636), "{errno}"),
                Err(reason) => skip::here(reason),
            }
        }
    }

    fn headers_and_trailers_go_out(gate) {
        let bytes = pattern(100_000);
        let (head, tail) = ([IoSlice::new(b"head")], [IoSlice::new(b"tail")]);
        let mut expected = b"head".to_vec();
        expected.extend(&bytes);
        expected.extend(b"tail");
        let body = || {
            let from = file_with(&bytes);
            let (near, far) = UnixStream::pair().unwrap();
            let read = thread::spawn(move || all(File::from(OwnedFd::from(far))));
            let mut buffer = [0; 4096];
            let file = Transfer::new(gate, fd(&near), fd(&from), &mut buffer);
            let end = WithHeaders::new(&head, file, &tail).run().end;
            drop(near);
            (end, read.join().unwrap())
        };
        under_each(body, |(end, got), why| {
            assert_eq!(end, End::Complete, "{why}");
            assert!(got == expected, "{why}: {} bytes", got.len());
        });
    }

    fn a5_bsd_goes_on_where_probes_are_refused(gate) {
        let (head, tail) = ([IoSlice::new(b"head")], [IoSlice::new(b"tail")]);
        let hdtr = Headers { headers: &head, trailers: &tail };
        let body = || {
            let from = file_with(b"0123456789");
            let (near, far) = UnixStream::pair().unwrap();
            let result = bsd::sendfile(gate, fd(&from), fd(&near), 0, 0, Some(&hdtr), 0);
            drop(near);
            (result, all(File::from(OwnedFd::from(far))))
        };
        under_each(body, |(result, got), why| {
            assert_eq!(result, (Ok(()), 18), "{why}");
            assert_eq!(got, b"head0123456789tail", "{why}");
        });
    }

    /// Nothing but call 40 on x86_64, and nothing but 187 on i386.
    fn b12_sendfile_with_an_offset_is_one_call(gate) {
        let (from, to) = (file_with(&pattern(100)), file_with(b""));
        let one = one_call(gate, &from, &to, 5);
        match sandbox::allowing(&[libc::SYS_sendfile], one) {
            Ok(done) => {
                assert!(done, "another call, or another result");
                assert_eq!((position(&from), position(&to)), (0, 10));
            }
            Err(reason) => skip::here(reason),
        }
    }

    /// The wall at 2 GiB and a negative offset need no other call either.
    fn b12_errors_of_the_offset_are_one_call(gate) {
        let (from, to) = (sparse_file(0x7fff_fff0, &pattern(100)), file_with(b""));
        for (offset, expected) in [
            (0x7fff_ffff, -i64::from(libc::EOVERFLOW)),
            (-1, -i64::from(libc::EINVAL)),
        ] {
            let (out, input) = (fd(&to), fd(&from));
            let one = move || {
                let mut cell = offset;
                // SAFETY: the cell is borrowed.
                let eax = unsafe { raw::sendfile(gate, out, input, &mut cell, 10) };
                (eax as i64, cell) == (expected, offset)
            };
            match sandbox::allowing(&[libc::SYS_sendfile], one) {
                Ok(done) => assert!(done, "{offset:#x}"),
                Err(reason) => skip::here(reason),
            }
        }
    }
}

/// Call 187 of 10 bytes from `start` on: whether it did as it should.
fn one_call<G: Gate + Copy>(gate: G, from: &File, to: &File, start: i32) -> impl FnOnce() -> bool {
    let (from, to) = (fd(from), fd(to));
    move || {
        let mut cell = start;
        // SAFETY: the cell is borrowed.
        let eax = unsafe { raw::sendfile(gate, to, from, &mut cell, 10) };
        (eax, cell) == (10, start + 10)
    }
}

fn all(mut from: impl Read) -> Vec<u8> {
    let mut bytes = Vec::new();
    from.read_to_end(&mut bytes).unwrap();
    bytes
}

#[test]
fn the_sandbox_refuses_and_kills() {
    let file = file_with(b"x");
    let refused = sandbox::refusing(&[libc::SYS_getppid], libc::EXDEV, || {
        // SAFETY: getppid touches no memory.
        let ppid = unsafe { libc::syscall(libc::SYS_getppid) };
        (ppid, std::io::Error::last_os_error().raw_os_error())
    });
    match refused {
        Ok(refused) => assert_eq!(refused, (-1, Some(libc::EXDEV))),
        Err(reason) => return skip::say("the_sandbox_refuses_and_kills", &reason),
    }
    let killed = sandbox::allowing(&[], || {
        // SAFETY: getppid touches no memory.
        unsafe { libc::syscall(libc::SYS_getppid) > 0 }
    });
    assert_eq!(killed, Ok(false));
    assert_eq!(sandbox::allowing(&[], || true), Ok(true));
    assert_eq!((&file).stream_position().unwrap(), 0);
}
