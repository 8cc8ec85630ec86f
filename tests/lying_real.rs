//! Transfers from and to a file system that lies, through every gate.
#![allow(unsafe_code, missing_docs)]

use std::{
    fs::{File, OpenOptions},
    io::{Read, Write},
    os::unix::net::UnixStream,
    sync::Mutex,
    thread,
};

use int80::{
    Errno, Transfer, bsd,
    sys::IoSlice,
    transfer::{Buffer, End, Progress, Rung, Side, WithHeaders},
};
use int80_support::{
    gates::{contents, fd, file_with, pattern},
    lying::{LEN, Lying},
    skip,
};
use rustix::pipe::{PipeFlags, pipe_with};

/// One file system at a time: each has a thread.
static ONE: Mutex<()> = Mutex::new(());

/// Runs `body` with the file system mounted, or says why that cannot be.
fn mounted(body: impl FnOnce(&Lying)) {
    let _one = ONE.lock();
    match Lying::mount() {
        Ok(lying) => body(&lying),
        Err(reason) => skip::here(reason),
    }
}

int80_support::every_gate! {
    fn a1_all_bytes_to_a_file(gate) {
        mounted(|lying| for path in lying.files() {
            for first in [Rung::CopyFileRange, Rung::Sendfile64, Rung::Splice, Rung::ReadWrite] {
                for offset in [None, Some(0), Some(5000)] {
                    let (from, mut to) = (File::open(&path).unwrap(), file_with(b""));
                    let mut buffer = [0; 4096];
                    let mut transfer = Transfer::new(gate, fd(&to), fd(&from), &mut buffer).starting_with(first);
                    if let Some(offset) = offset {
                        transfer = transfer.from_offset(offset);
                    }
                    let outcome = transfer.run();
                    let told = format!("{path:?} {first:?} from {offset:?}: {outcome:?}");
                    if path.ends_with("cannot-seek") && offset.is_some() {
                        assert!(matches!(outcome.end, End::Failed(_)), "{told}");
                        continue;
                    }
                    let expected = &pattern(LEN)[offset.unwrap_or(0) as usize..];
                    assert_eq!((outcome.moved, outcome.end), (expected.len() as u64, End::Complete), "{told}");
                    assert!(contents(&mut to) == expected, "{told}");
                }
            }
        });
    }

    fn a1_all_bytes_to_a_pipe_and_a_socket(gate) {
        mounted(|lying| for path in lying.files() {
            for socket in [false, true] {
                let (to, mut far): (File, File) = match socket {
                    true => UnixStream::pair().map(|(near, far)| {
                        let [near, far] = [near, far].map(std::os::fd::OwnedFd::from);
                        (near.into(), far.into())
                    }).unwrap(),
                    false => pipe_with(PipeFlags::empty()).map(|(r, w)| (w.into(), r.into())).unwrap(),
                };
                let read = thread::spawn(move || {
                    let mut bytes = Vec::new();
                    far.read_to_end(&mut bytes).unwrap();
                    bytes
                });
                let from = File::open(&path).unwrap();
                let mut buffer = [0; 4096];
                let end = Transfer::new(gate, fd(&to), fd(&from), &mut buffer).grow_pipe().run().end;
                drop(to);
                assert_eq!(end, End::Complete, "{path:?}");
                assert!(read.join().unwrap() == pattern(LEN), "{path:?}, socket: {socket}");
            }
        });
    }

    fn a1_a_promised_count_is_kept(gate) {
        mounted(|lying| for path in lying.files() {
            for (count, end) in [(99_999, End::Complete), (100_001, End::UnexpectedEof)] {
                let (from, to) = (File::open(&path).unwrap(), file_with(b""));
                let mut buffer = [0; 4096];
                let outcome = Transfer::new(gate, fd(&to), fd(&from), &mut buffer).exactly(count).run();
                let moved = count.min(LEN as u64);
                assert_eq!((outcome.moved, outcome.end), (moved, end), "{path:?} {count}");
            }
        });
    }

    /// Without a buffer there is an error, and not a success that lacks bytes.
    fn a1_without_a_buffer_nothing_is_lost_in_silence(gate) {
        mounted(|lying| for path in lying.files() {
            let (from, mut to) = (File::open(&path).unwrap(), file_with(b""));
            let outcome = Transfer::new(gate, fd(&to), fd(&from), Buffer::none()).run();
            let whole = contents(&mut to) == pattern(LEN);
            assert_eq!(outcome.end == End::Complete, whole, "{path:?} {outcome:?}");
        });
    }

    fn a1_bsd_sends_all_bytes(gate) {
        mounted(|lying| for path in lying.files() {
            if path.ends_with("cannot-seek") {
                continue;
            }
            let from = File::open(&path).unwrap();
            let (near, mut far) = UnixStream::pair().unwrap();
            let read = thread::spawn(move || {
                let mut bytes = Vec::new();
                far.read_to_end(&mut bytes).unwrap();
                bytes
            });
            let result = bsd::sendfile(gate, fd(&from), fd(&near), 0, 0, None, 0);
            drop(near);
            assert_eq!(result, (Ok(()), LEN as u64), "{path:?}");
            assert!(read.join().unwrap() == pattern(LEN), "{path:?}");
        });
    }

    fn a2_an_error_told_once_is_told(gate) {
        // Within one call of the kernel's own copy, too.
        mounted(|lying| for taken in [64 << 10, 100_000, 192 << 10, 1 << 20] {
            let from = file_with(&pattern(1_300_000));
            let to = OpenOptions::new().write(true).open(lying.loses(taken)).unwrap();
            let mut buffer = [0; 4096];
            let outcome = Transfer::new(gate, fd(&to), fd(&from), &mut buffer).run();
            let End::Failed(failure) = outcome.end else {
                panic!("{outcome:?}, and {taken} bytes are lost");
            };
            assert_eq!((failure.errno, failure.side), (Errno::ENOSPC, Side::Output));
            assert!((taken..taken + (64 << 10)).contains(&outcome.moved), "{}", outcome.moved);
            assert_eq!(lying.told(), 1);
            // The file system tells it once: another call would hide it.
            assert_eq!((&to).write(b"x").unwrap(), 1);
        });
    }

    /// The header is lost, and the file's first call is told. Of copy_file_range EIO
    /// would be a refusal, and of any call EPERM and EACCES.
    fn a2_an_error_of_a_header_that_is_told_once_is_told(gate) {
        for errno in [Errno::EIO, Errno::EPERM, Errno::EACCES] {
            mounted(|lying| {
                let from = File::open(lying.files().find(|path| path.ends_with("size-right")).unwrap()).unwrap();
                let to = OpenOptions::new().write(true).open(lying.tells_late(errno.raw_os_error())).unwrap();
                let mut buffer = [0; 4096];
                let file = Transfer::new(gate, fd(&to), fd(&from), &mut buffer);
                let head = [IoSlice::new(b"header")];
                let outcome = WithHeaders::new(&head, file, &[]).run();
                let End::Failed(failure) = outcome.end else {
                    panic!("{outcome:?}, and the header is lost");
                };
                assert_eq!((failure.errno, failure.side), (errno, Side::Output));
                assert_eq!((outcome.moved, lying.told()), (6, 1));
            });
        }
    }

    /// So it is of one that goes on where another stopped.
    fn a2_an_error_of_what_was_sent_before_is_told(gate) {
        mounted(|lying| {
            let from = File::open(lying.files().find(|path| path.ends_with("size-right")).unwrap()).unwrap();
            let to = OpenOptions::new().write(true).open(lying.tells_late(libc::EIO)).unwrap();
            assert_eq!((&to).write(b"01234").unwrap(), 5);
            let mut buffer = [0; 4096];
            let file = Transfer::new(gate, fd(&to), fd(&from), &mut buffer).from_offset(0);
            let sent = Progress { file: 5, ..Progress::default() };
            let outcome = WithHeaders::new(&[], file, &[]).resume(sent).run();
            let errno = match outcome.end {
                End::Failed(failure) => Some(failure.errno),
                _ => None,
            };
            assert_eq!((errno, outcome.moved, lying.told()), (Some(Errno::EIO), 5, 1));
        });
    }

    /// splice returns 0, which is not the end of the pipe.
    fn a1_an_output_that_takes_nothing_is_an_error(gate) {
        mounted(|lying| for bytes in [&mut [0; 4096][..], &mut []] {
            let (reader, writer) = pipe_with(PipeFlags::empty()).unwrap();
            rustix::io::write(&writer, b"0123456789").unwrap();
            drop(writer);
            let to = OpenOptions::new().write(true).open(lying.takes_nothing()).unwrap();
            let expected = match bytes.is_empty() {
                // No call moves these.
                true => Errno::EINVAL,
                false => Errno::ENOSPC,
            };
            let outcome = Transfer::new(gate, fd(&to), fd(&reader), bytes).run();
            let End::Failed(failure) = outcome.end else {
                panic!("{outcome:?}, and 10 bytes are lost");
            };
            assert_eq!((failure.errno, outcome.moved), (expected, 0));
        });
    }

    /// A file has no connection, but its server may.
    fn d12_a_file_whose_server_is_gone_is_the_input_s(gate) {
        mounted(|lying| for socket in [false, true] {
            let from = File::open(lying.broken()).unwrap();
            let (reader, writer) = pipe_with(PipeFlags::empty()).unwrap();
            let (near, _far) = UnixStream::pair().unwrap();
            let to = if socket { near.into() } else { writer };
            let mut buffer = [0; 4096];
            let outcome = Transfer::new(gate, fd(&to), fd(&from), &mut buffer).run();
            let End::Failed(failure) = outcome.end else {
                panic!("{outcome:?}, and nothing can be read");
            };
            assert_eq!((failure.errno, failure.side), (Errno::ENOTCONN, Side::Input));
            drop(reader);
        });
    }
}
