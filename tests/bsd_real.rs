//! FreeBSD's sendfile on real descriptors, through every gate.
#![allow(unsafe_code, missing_docs)]

#[path = "transfer_real/pairs.rs"]
#[allow(dead_code, unused_imports)]
mod pairs;

use std::{
    fs::{File, OpenOptions},
    io::Read,
    os::{
        fd::AsRawFd,
        unix::fs::OpenOptionsExt,
        unix::net::{UnixListener, UnixStream},
    },
    ptr::{null, null_mut},
};

use int80::{
    Errno, Fd, Gate, Register,
    bsd::{self, Headers, SfHdtr, sendfile_raw},
    errno,
    gate::nr,
    sys::IoSlice,
};
use int80_sim::Recorder;
use int80_support::{
    gates::{fd, file_with, no_fd, pattern, position, sparse_file},
    net,
};
use rustix::{
    mm::{MapFlags, ProtFlags, mmap_anonymous},
    net::{AddressFamily, SocketFlags, SocketType, socket, socketpair},
    pipe::{PipeFlags, pipe_with},
};

/// The errno of a call without headers that sends nothing.
fn refused<G: Gate + Copy>(gate: G, file: Fd<'_>, s: Fd<'_>, offset: i64) -> Errno {
    let (result, sent) = bsd::sendfile(gate, file, s, offset, 0, None, 0);
    assert_eq!(sent, 0);
    result.unwrap_err()
}

/// The raw call on a file of 10 bytes: its result, and what came out.
fn raw<G: Gate + Copy>(gate: G, hdtr: *const SfHdtr, sbytes: *mut i64) -> (isize, u64) {
    let file = file_with(b"0123456789");
    let (near, mut far) = UnixStream::pair().unwrap();
    let (fd, s) = (file.as_raw_fd(), near.as_raw_fd());
    // SAFETY: each test gives addresses that are good, or without memory.
    let result = unsafe { sendfile_raw(gate, fd, s, 0, 0, hdtr, sbytes, 0) };
    drop(near);
    let mut read = Vec::new();
    far.read_to_end(&mut read).unwrap();
    (result, read.len() as u64)
}

/// A kernel before 4.11, or a sandbox.
#[derive(Clone, Copy)]
struct WithoutStatx<G>(G);

// SAFETY: as the gate, or a refusal.
unsafe impl<G: Gate> Gate for WithoutStatx<G> {
    unsafe fn call<const N: usize>(&self, number: u32, args: [Register; N]) -> isize {
        match number {
            nr::STATX => errno::encode(Errno::ENOSYS),
            // SAFETY: the caller's promise.
            _ => unsafe { self.0.call(number, args) },
        }
    }
}

/// A page that cannot be touched.
fn no_page() -> *mut u8 {
    // SAFETY: a new mapping.
    let page = unsafe { mmap_anonymous(null_mut(), 4096, ProtFlags::empty(), MapFlags::PRIVATE) };
    page.unwrap().cast()
}

const NONE: SfHdtr = SfHdtr {
    headers: null(),
    hdr_cnt: 0,
    trailers: null(),
    trl_cnt: 0,
};

int80_support::every_gate! {
    fn headers_file_and_trailers(gate) {
        let bytes = pattern(400_000);
        let big = pattern(3_000_000);
        let head = [IoSlice::new(b"head"), IoSlice::new(b""), IoSlice::new(&big)];
        let tail = [IoSlice::new(b"tail")];
        let hdtr = Headers { headers: &head, trailers: &tail };
        for (offset, nbytes, part) in [
            (0, 0, &bytes[..]),
            (1, 1, &bytes[1..2]),
            (4096, 4096, &bytes[4096..8192]),
            (12_345, 0, &bytes[12_345..]),
            (399_999, 1_000, &bytes[399_999..]),
            (400_000, 0, &[]),
            (500_000, 7, &[]),
        ] {
            let file = file_with(&bytes);
            let (to, read) = pairs::tcp();
            let (result, sent) = bsd::sendfile(gate, fd(&file), fd(&to), offset, nbytes, Some(&hdtr), 0);
            assert_eq!(result, Ok(()));
            let mut expected = b"head".to_vec();
            expected.extend(&big);
            expected.extend(part);
            expected.extend(b"tail");
            assert_eq!(sent, expected.len() as u64);
            assert_eq!(position(&file), 0);
            drop(to);
            assert!(read.join().unwrap() == expected, "from {offset}, {nbytes} bytes");
        }
    }

    fn offsets_past_4_gib(gate) {
        let file = sparse_file(0x1_0000_0001, b"the end");
        let (near, mut far) = UnixStream::pair().unwrap();
        let (result, sent) = bsd::sendfile(gate, fd(&file), fd(&near), 0x1_0000_0001, 0, None, 0);
        assert_eq!((result, sent), (Ok(()), 7));
        drop(near);
        let mut read = String::new();
        far.read_to_string(&mut read).unwrap();
        assert_eq!(read, "the end");
    }

    fn errors_and_their_order(gate) {
        let file = file_with(b"0123456789");
        let (near, _far) = UnixStream::pair().unwrap();
        let (near, file) = (fd(&near), fd(&file));
        let name = tempfile::NamedTempFile::new().unwrap();
        let write_only = OpenOptions::new().write(true).open(name.path()).unwrap();
        let directory = File::open("/").unwrap();
        let (reader, _writer) = pipe_with(PipeFlags::empty()).unwrap();
        let udp = net::udp();
        let listening = net::listener();
        let unconnected = socket(AddressFamily::INET, SocketType::STREAM, None).unwrap();
        let folder = tempfile::tempdir().unwrap();
        let unix = UnixListener::bind(folder.path().join("socket")).unwrap();

        assert_eq!(refused(gate, no_fd(), no_fd(), -1), Errno::EINVAL);
        assert_eq!(refused(gate, no_fd(), near, 0), Errno::EBADF);
        assert_eq!(refused(gate, fd(&write_only), no_fd(), 0), Errno::EBADF);
        assert_eq!(refused(gate, fd(&directory), no_fd(), 0), Errno::EINVAL);
        assert_eq!(refused(gate, fd(&reader), near, 0), Errno::EINVAL);
        assert_eq!(refused(gate, file, no_fd(), 0), Errno::EBADF);
        assert_eq!(refused(gate, file, fd(&reader), 0), Errno::ENOTSOCK);
        assert_eq!(refused(gate, file, file, 0), Errno::ENOTSOCK);
        assert_eq!(refused(gate, file, fd(&udp), 0), Errno::EINVAL);
        let (packets, _far) = socketpair(
            AddressFamily::UNIX,
            SocketType::SEQPACKET,
            SocketFlags::empty(),
            None,
        )
        .unwrap();
        assert_eq!(refused(gate, file, fd(&packets), 0), Errno::EINVAL);
        for socket in [fd(&listening), fd(&unconnected), fd(&unix)] {
            assert_eq!(refused(gate, file, socket, 0), Errno::ENOTCONN);
            let empty = file_with(b"");
            assert_eq!(refused(gate, fd(&empty), socket, 0), Errno::ENOTCONN);
        }
    }

    fn the_kind_of_the_file_is_known_without_statx(gate) {
        let (near, _far) = UnixStream::pair().unwrap();
        let (reader, _writer) = pipe_with(PipeFlags::empty()).unwrap();
        let head = [IoSlice::new(b"head")];
        let hdtr = Headers { headers: &head, trailers: &[] };
        for (file, expected) in [
            (fd(&reader), (Err(Errno::EINVAL), 0)),
            (fd(&file_with(b"file")), (Ok(()), 8)),
        ] {
            let sent = bsd::sendfile(WithoutStatx(gate), file, fd(&near), 0, 0, Some(&hdtr), 0);
            assert_eq!(sent, expected);
        }
    }

    /// Before the headers, too.
    fn a_path_is_not_open_for_reading(gate) {
        let name = tempfile::NamedTempFile::new().unwrap();
        let path = OpenOptions::new()
            .read(true)
            .custom_flags(libc::O_PATH)
            .open(name.path())
            .unwrap();
        let (near, _far) = UnixStream::pair().unwrap();
        let head = [IoSlice::new(b"head")];
        let hdtr = Headers { headers: &head, trailers: &[] };
        let sent = bsd::sendfile(gate, fd(&path), fd(&near), 0, 0, Some(&hdtr), 0);
        assert_eq!(sent, (Err(Errno::EBADF), 0));
    }

    fn flags(gate) {
        let file = file_with(b"0123456789");
        for (flags, expected) in [
            (1 | 2 | 4 | 8 | 16, Ok(())),
            (7 << 16, Ok(())),
            (i32::MIN, Ok(())),
            (32, Err(Errno::EINVAL)),
            (0x8000, Err(Errno::EINVAL)),
        ] {
            let (near, _far) = UnixStream::pair().unwrap();
            let (result, sent) = bsd::sendfile(gate, fd(&file), fd(&near), 0, 0, None, flags);
            assert_eq!(result, expected, "{flags:#x}");
            assert_eq!(sent, if expected.is_ok() { 10 } else { 0 });
        }
    }

    fn a_full_socket_is_eagain_and_goes_on(gate) {
        let bytes = pattern(1_000_000);
        let file = file_with(&bytes);
        let (near, mut far) = UnixStream::pair().unwrap();
        near.set_nonblocking(true).unwrap();
        let (mut offset, mut read, mut times) = (0, Vec::new(), 0);
        loop {
            let (result, sent) = bsd::sendfile(gate, fd(&file), fd(&near), offset, 0, None, 0);
            offset += sent as i64;
            match result {
                Ok(()) => break,
                Err(errno) => assert_eq!(errno, Errno::EAGAIN),
            }
            times += 1;
            let mut some = vec![0; 100_000];
            let count = far.read(&mut some).unwrap();
            read.extend_from_slice(&some[..count]);
        }
        drop(near);
        far.read_to_end(&mut read).unwrap();
        assert!(read == bytes);
        assert!(times > 0, "the socket was never full");
    }

    fn a_peer_that_is_gone_is_epipe(gate) {
        let file = file_with(b"0123456789");
        let (near, far) = UnixStream::pair().unwrap();
        drop(far);
        assert_eq!(refused(gate, fd(&file), fd(&near), 0), Errno::EPIPE);
    }

    fn bad_pointers_are_efault(gate) {
        let bad = no_page();
        let efault = (errno::encode(Errno::EFAULT), 0);
        let mut sbytes = -1;
        for bad in [bad, std::ptr::without_provenance_mut(8)] {
            assert_eq!(raw(gate, bad.cast(), &mut sbytes), efault);
            assert_eq!(sbytes, 0);
            let headers = SfHdtr { headers: bad.cast(), hdr_cnt: 1, ..NONE };
            assert_eq!(raw(gate, &headers, null_mut()), efault);
            let trailers = SfHdtr { trailers: bad.cast(), trl_cnt: 1, ..NONE };
            assert_eq!(raw(gate, &trailers, null_mut()), efault);
            assert_eq!(raw(gate, &NONE, bad.cast()), efault);
        }
        // An array whose second page cannot be read.
        // SAFETY: two new pages, the second of which is made untouchable.
        let array = unsafe {
            let pages = mmap_anonymous(
                null_mut(),
                8192,
                ProtFlags::READ | ProtFlags::WRITE,
                MapFlags::PRIVATE,
            )
            .unwrap();
            rustix::mm::mprotect(pages.add(4096), 4096, rustix::mm::MprotectFlags::empty()).unwrap();
            pages.cast::<IoSlice<'static>>()
        };
        let parts = (4096 / size_of::<IoSlice<'_>>()) as i32;
        let one = SfHdtr { headers: array, hdr_cnt: parts, ..NONE };
        assert_eq!(raw(gate, &one, &mut sbytes), (0, 10));
        assert_eq!(sbytes, 10);
        let over = SfHdtr { hdr_cnt: parts + 1, ..one };
        assert_eq!(raw(gate, &over, null_mut()), efault);
        assert_eq!(raw(gate, null(), null_mut()), (0, 10));
    }

    fn arrays_that_no_slice_can_be(gate) {
        let parts = [IoSlice::new(b"head"), IoSlice::new(b"more")];
        let askew = SfHdtr { headers: parts.as_ptr().wrapping_byte_add(1), hdr_cnt: 1, ..NONE };
        assert_eq!(raw(gate, &askew, null_mut()), (errno::encode(Errno::EFAULT), 0));
        // Of two parts only the sum is too large. Nothing reads them.
        let most = isize::MAX as usize;
        for lengths in [[most, 1], [most, most], [most + 1, 0], [usize::MAX, 1]] {
            let parts = lengths.map(|length| [8, length]);
            let long = SfHdtr { trailers: parts.as_ptr().cast(), trl_cnt: 2, ..NONE };
            assert_eq!(raw(gate, &long, null_mut()), (errno::encode(Errno::EINVAL), 0));
        }
    }

    fn the_calls_are_those_documented(gate) {
        let file = file_with(b"0123456789");
        let (near, _far) = UnixStream::pair().unwrap();
        let recorder = Recorder::new(gate);
        let sent = bsd::sendfile(&recorder, fd(&file), fd(&near), 0, 10, None, 0);
        assert_eq!(sent, (Ok(()), 10));
        let calls = recorder.calls();
        let numbers: Vec<_> = calls.iter().map(|call| call.nr).collect();
        let checks = [nr::FCNTL64, nr::STATX, nr::GETSOCKOPT, nr::GETPEERNAME];
        let sends = [nr::SENDFILE64, nr::SETSOCKOPT];
        assert_eq!(numbers, [checks.as_slice(), &sends].concat());
    }

    /// The first and the last part can be read, and a page between them cannot.
    fn b13_an_array_with_a_hole_is_efault(gate) {
        let part = size_of::<IoSlice<'_>>();
        // SAFETY: three new pages, the middle one of which is made untouchable;
        // the array starts with the last part of the first page.
        let array = unsafe {
            let pages = mmap_anonymous(
                null_mut(),
                3 * 4096,
                ProtFlags::READ | ProtFlags::WRITE,
                MapFlags::PRIVATE,
            )
            .unwrap();
            let middle = pages.add(4096);
            rustix::mm::mprotect(middle, 4096, rustix::mm::MprotectFlags::empty()).unwrap();
            pages.add(4096 - part).cast::<IoSlice<'static>>()
        };
        let parts = (4096 / part + 2) as i32;
        let mut sbytes = -1;
        let efault = (errno::encode(Errno::EFAULT), 0);
        let headers = SfHdtr { headers: array, hdr_cnt: parts, ..NONE };
        assert_eq!(raw(gate, &headers, &mut sbytes), efault);
        assert_eq!(sbytes, 0);
        let trailers = SfHdtr { trailers: array, trl_cnt: parts, ..NONE };
        assert_eq!(raw(gate, &trailers, null_mut()), efault);
        let one = SfHdtr { headers: array, hdr_cnt: 1, ..NONE };
        assert_eq!(raw(gate, &one, null_mut()), (0, 10));
    }
}
