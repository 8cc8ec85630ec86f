//! sendfile, one call: every error that can be provoked, and the state after
//! it. Through every gate, by calls 187 and 239.
#![allow(unsafe_code, missing_docs)]

mod wall;

use std::{
    fs::{File, OpenOptions},
    io::{Read, Seek, SeekFrom, Write},
    os::{fd::OwnedFd, unix::net::UnixStream},
    ptr::null_mut,
};

use int80::{Errno, errno, raw, sendfile, sendfile64};
use int80_support::gates::{
    contents, expect, fd, file_with, no_fd, pattern, position, sparse_file,
};
use int80_support::net;
use rustix::{
    fs::{MemfdFlags, OFlags, SealFlags, fcntl_add_seals, fcntl_setfl, memfd_create},
    mm::{MapFlags, MprotectFlags, ProtFlags, mmap_anonymous, mprotect},
    pipe::{PipeFlags, pipe_with},
};

fn read_only() -> File {
    File::open("/proc/self/exe").unwrap()
}

fn write_only() -> File {
    let file = tempfile::NamedTempFile::new().unwrap();
    OpenOptions::new().write(true).open(file.path()).unwrap()
}

fn append_only() -> File {
    let file = tempfile::NamedTempFile::new().unwrap();
    OpenOptions::new().append(true).open(file.path()).unwrap()
}

/// A page with `protection`, the number 5 in its first bytes.
fn page(protection: MprotectFlags) -> *mut i64 {
    // SAFETY: a new mapping, which is never unmapped; its protection changes
    // after the last access.
    unsafe {
        let page = mmap_anonymous(
            null_mut(),
            4096,
            ProtFlags::READ | ProtFlags::WRITE,
            MapFlags::PRIVATE,
        )
        .unwrap();
        page.cast::<i64>().write(5);
        mprotect(page, 4096, protection).unwrap();
        page.cast()
    }
}

int80_support::every_gate! {
    fn ebadf(gate) {
        let (from, to) = (file_with(&pattern(10)), file_with(b""));
        let mut cell = 3;
        assert_eq!(sendfile64(gate, no_fd(), fd(&from), Some(&mut cell), 10), Err(Errno::EBADF));
        assert_eq!(sendfile64(gate, fd(&to), no_fd(), Some(&mut cell), 10), Err(Errno::EBADF));
        assert_eq!(sendfile64(gate, fd(&read_only()), fd(&from), Some(&mut cell), 10), Err(Errno::EBADF));
        assert_eq!(sendfile64(gate, fd(&to), fd(&write_only()), Some(&mut cell), 10), Err(Errno::EBADF));
        // It comes before EINVAL for an output that only appends.
        assert_eq!(sendfile64(gate, fd(&append_only()), no_fd(), None, 10), Err(Errno::EBADF));
        assert_eq!((cell, position(&from)), (3, 0));
    }

    fn einval_for_a_pair_that_cannot_be_done(gate) {
        let (from, to) = (file_with(&pattern(10)), file_with(b""));
        let (reader, _writer) = pipe_with(PipeFlags::empty()).unwrap();
        let (socket, mut other) = UnixStream::pair().unwrap();
        other.write_all(b"something").unwrap();
        let directory = File::open("/").unwrap();
        assert_eq!(sendfile64(gate, fd(&append_only()), fd(&from), None, 10), Err(Errno::EINVAL));
        assert_eq!(sendfile64(gate, fd(&to), fd(&directory), None, 10), Err(Errno::EINVAL));
        assert_eq!(sendfile64(gate, fd(&to), fd(&reader), None, 10), Err(Errno::EINVAL));
        assert_eq!(sendfile64(gate, fd(&to), fd(&socket), None, 10), Err(Errno::EINVAL));
        assert_eq!(position(&from), 0);
    }

    fn einval_for_a_negative_offset(gate) {
        let (from, to) = (file_with(&pattern(10)), file_with(b""));
        for offset in [-1, i32::MIN] {
            let mut cell = offset;
            // SAFETY: the cell is borrowed.
            let moved = unsafe { raw::sendfile(gate, fd(&to), fd(&from), &mut cell, 10) };
            assert_eq!((moved, cell), (errno::encode(Errno::EINVAL), offset));
        }
        for offset in [-1, i64::MIN] {
            let mut cell = offset;
            // SAFETY: the cell is borrowed.
            let moved = unsafe { raw::sendfile64(gate, fd(&to), fd(&from), &mut cell, 10) };
            assert_eq!((moved, cell), (errno::encode(Errno::EINVAL), offset));
        }
        let mut offset = u64::MAX;
        assert_eq!(sendfile64(gate, fd(&to), fd(&from), Some(&mut offset), 10), Err(Errno::EINVAL));
        let mut offset = 0x8000_0000;
        assert_eq!(sendfile(gate, fd(&to), fd(&from), Some(&mut offset), 10), Err(Errno::EINVAL));
    }

    fn einval_for_an_end_beyond_2_to_the_63(gate) {
        let (from, to) = (file_with(&pattern(10)), file_with(b""));
        let mut offset = i64::MAX as u64 - 5;
        assert_eq!(sendfile64(gate, fd(&to), fd(&from), Some(&mut offset), 10), Err(Errno::EINVAL));
    }

    fn espipe_for_an_offset_in_what_cannot_seek(gate) {
        let to = file_with(b"");
        let (reader, _writer) = pipe_with(PipeFlags::empty()).unwrap();
        let (socket, _other) = UnixStream::pair().unwrap();
        assert_eq!(sendfile64(gate, fd(&to), fd(&reader), Some(&mut 0), 10), Err(Errno::ESPIPE));
        assert_eq!(sendfile(gate, fd(&to), fd(&socket), Some(&mut 0), 10), Err(Errno::ESPIPE));
    }

    fn eagain_after_what_a_full_pipe_took(gate) {
        let from = file_with(&pattern(1 << 20));
        let (_reader, writer) = pipe_with(PipeFlags::NONBLOCK).unwrap();
        let mut cell = 0;
        let moved = sendfile64(gate, fd(&writer), fd(&from), Some(&mut cell), 1 << 20).unwrap();
        assert!(moved > 0 && moved < 1 << 20, "{moved}");
        assert_eq!(cell, moved as u64);
        assert_eq!(sendfile64(gate, fd(&writer), fd(&from), Some(&mut cell), 10), Err(Errno::EAGAIN));
        assert_eq!(cell, moved as u64);
    }

    fn eagain_after_what_a_full_socket_took(gate) {
        let bytes = pattern(5 << 20);
        let from = file_with(&bytes);
        let (ours, mut theirs) = net::tcp();
        ours.set_nonblocking(true).unwrap();
        let reader = std::thread::spawn(move || {
            let mut got = Vec::new();
            theirs.read_to_end(&mut got).unwrap();
            got
        });
        let (mut cell, mut waits) = (0, 0);
        while cell < bytes.len() as u64 {
            let before = cell;
            match sendfile64(gate, fd(&ours), fd(&from), Some(&mut cell), 1 << 20) {
                Ok(moved) => assert_eq!(cell, before + moved as u64),
                Err(errno) => {
                    assert_eq!((errno, cell), (Errno::EAGAIN, before));
                    waits += 1;
                    std::thread::yield_now();
                }
            }
        }
        drop(ours);
        assert!(reader.join().unwrap() == bytes, "after {waits} waits");
    }

    /// The kernel writes the cell last: the bytes have moved when it fails.
    fn efault_for_a_cell_that_cannot_be_written_moves_the_bytes(gate) {
        let from = file_with(&pattern(100));
        for (protection, moved) in [
            (MprotectFlags::READ, 10),
            (MprotectFlags::READ | MprotectFlags::EXEC, 10),
            (MprotectFlags::empty(), 0),
        ] {
            let cell = page(protection);
            // On x86_64 the gate itself reads and writes the offset of 187, so
            // that such an address is the caller's fault.
            for call_187 in [cfg!(target_arch = "x86"), false] {
                let to = file_with(b"");
                // SAFETY: the cell is no Rust object.
                let eax = unsafe {
                    match call_187 {
                        true => raw::sendfile(gate, fd(&to), fd(&from), cell.cast(), 10),
                        false => raw::sendfile64(gate, fd(&to), fd(&from), cell, 10),
                    }
                };
                // qemu looks whether the cell can be written before it calls,
                // or not at all: then the answer is the bytes.
                let known = [(-14, moved), expect((-14, moved), (-14, 0))];
                let got = (eax, position(&to));
                assert!(known.contains(&got), "{protection:?} 187: {call_187}: {got:?}");
            }
        }
    }

    fn efault_for_a_cell_that_is_not_there(gate) {
        let (from, to) = (file_with(&pattern(100)), file_with(b""));
        for cell in [1_usize, 0x10, usize::MAX - 4095, usize::MAX - 1] {
            let cell = std::ptr::without_provenance_mut::<i64>(cell);
            if cfg!(target_arch = "x86") {
                // SAFETY: no Rust object lies there.
                let eax = unsafe { raw::sendfile(gate, fd(&to), fd(&from), cell.cast(), 10) };
                assert_eq!(eax, errno::encode(Errno::EFAULT), "187 at {cell:?}");
            }
            // SAFETY: as above.
            let eax = unsafe { raw::sendfile64(gate, fd(&to), fd(&from), cell, 10) };
            assert_eq!(eax, errno::encode(Errno::EFAULT), "239 at {cell:?}");
        }
        assert_eq!(position(&to), 0);
    }

    fn epipe_when_the_reader_is_gone(gate) {
        let from = file_with(&pattern(100));
        let (reader, writer) = pipe_with(PipeFlags::empty()).unwrap();
        drop(reader);
        assert_eq!(sendfile64(gate, fd(&writer), fd(&from), None, 10), Err(Errno::EPIPE));
        let (ours, theirs) = UnixStream::pair().unwrap();
        drop(theirs);
        assert_eq!(sendfile64(gate, fd(&ours), fd(&from), None, 10), Err(Errno::EPIPE));
        assert_eq!(position(&from), 0);
    }

    fn eperm_for_a_sealed_memfd(gate) {
        let from = file_with(&pattern(100));
        let to = memfd_create("sealed", MemfdFlags::ALLOW_SEALING).unwrap();
        fcntl_add_seals(&to, SealFlags::WRITE).unwrap();
        assert_eq!(sendfile64(gate, fd(&to), fd(&from), None, 10), Err(Errno::EPERM));
    }

    /// What one page list holds, 64 KiB, is one datagram, and too large for one.
    fn emsgsize_for_a_datagram_of_64_kib(gate) {
        let from = file_with(&pattern(100_000));
        let socket = net::udp();
        assert_eq!(sendfile64(gate, fd(&socket), fd(&from), Some(&mut 0), 1000), Ok(1000));
        assert_eq!(
            sendfile64(gate, fd(&socket), fd(&from), Some(&mut 0), 100_000),
            Err(Errno::EMSGSIZE),
        );
    }

    fn o_nonblock_of_neither_side_changes(gate) {
        let from = file_with(&pattern(100));
        let (_reader, writer): (OwnedFd, OwnedFd) = pipe_with(PipeFlags::NONBLOCK).unwrap();
        fcntl_setfl(&from, OFlags::NONBLOCK).unwrap();
        sendfile64(gate, fd(&writer), fd(&from), None, 10).unwrap();
        let flags = |fd| int80::sys::fcntl_getfl(gate, fd).unwrap().bits() & OFlags::NONBLOCK.bits();
        assert_ne!(flags(fd(&writer)), 0);
        assert_ne!(flags(fd(&from)), 0);
    }

    fn a_write_past_the_end_of_what_is_allowed_is_efbig(gate) {
        let mut to = file_with(b"");
        to.seek(SeekFrom::Start(i64::MAX as u64 - 4)).unwrap_or(0);
        if position(&to) == 0 {
            // ext4 and others refuse the seek itself: a memfd does not.
            to = File::from(memfd_create("far", MemfdFlags::CLOEXEC).unwrap());
            to.seek(SeekFrom::Start(i64::MAX as u64 - 4)).unwrap();
        }
        let result = sendfile64(gate, fd(&to), fd(&file_with(&pattern(100))), None, 10);
        assert!(matches!(result, Err(Errno::EFBIG | Errno::EINVAL | Errno::EOVERFLOW)), "{result:?}");
    }
}
