//! Transfers between real descriptors, through every gate, against a plain
//! read/write copy of the same pair: bytes, errno and side.
#![allow(unsafe_code, missing_docs)]

#[path = "transfer_real/pairs.rs"]
mod pairs;

use std::{
    cell::RefCell,
    fs::{File, OpenOptions},
    io::{Read, Write},
    os::unix::net::UnixStream,
    thread,
    time::{Duration, Instant},
};

use int80::{
    Errno, Gate, Register, Transfer,
    gate::{nr, six},
    sys::IoSlice,
    transfer::{Deadline, End, Rung, Side, Step, WithHeaders},
};
use int80_support::gates::{contents, fd, file_with, pattern, position, sparse_file};
use pairs::{Input, Output};
use rustix::{
    pipe::{PipeFlags, fcntl_getpipe_size, pipe_with},
    pty::{OpenptFlags, grantpt, openpt, ptsname, unlockpt},
};

int80_support::every_gate! {
    fn every_pair_as_read_and_write_do(gate) {
        for input in Input::ALL {
            for output in Output::ALL {
                pairs::compare(gate, input, output);
            }
        }
    }

    fn an_offset_leaves_the_position_and_own_moves_it(gate) {
        let bytes = pattern(200_000);
        let (from, mut to) = (file_with(&bytes), file_with(b""));
        let outcome = Transfer::new(gate, fd(&to), fd(&from), int80::transfer::Buffer::none())
            .from_offset(1000)
            .exactly(150_000)
            .run();
        assert_eq!((outcome.moved, outcome.end), (150_000, End::Complete));
        assert_eq!((position(&from), position(&to)), (0, 150_000));
        assert_eq!(contents(&mut to), &bytes[1000..151_000]);
        let outcome = Transfer::new(gate, fd(&to), fd(&from), int80::transfer::Buffer::none()).run();
        assert_eq!((outcome.moved, outcome.end), (200_000, End::Complete));
        assert_eq!(position(&from), 200_000);
    }

    fn bytes_past_4_gib(gate) {
        const AT: u64 = 0x1_2345_6789;
        let bytes = pattern(100_000);
        let (from, mut to) = (sparse_file(AT, &bytes), file_with(b""));
        let mut transfer = Transfer::new(gate, fd(&to), fd(&from), int80::transfer::Buffer::none()).from_offset(AT);
        assert_eq!(transfer.run().end, End::Complete);
        assert_eq!(transfer.position(), Some(AT + 100_000));
        assert_eq!(contents(&mut to), bytes);
    }

    /// A terminal's file system has a limit of 2 GiB, which sendfile applies to the
    /// input's position: after its first bytes, too.
    fn a_terminal_takes_what_is_past_2_gib(gate) {
        let from = sparse_file(0x7fff_fff0, &[b'x'; 100]);
        let controller = openpt(OpenptFlags::RDWR | OpenptFlags::NOCTTY).unwrap();
        grantpt(&controller).unwrap();
        unlockpt(&controller).unwrap();
        let name = ptsname(&controller, Vec::new()).unwrap();
        let to = OpenOptions::new().write(true).open(name.to_str().unwrap()).unwrap();
        let mut buffer = [0; 4096];
        let transfer = Transfer::new(gate, fd(&to), fd(&from), &mut buffer);
        let outcome = transfer.from_offset(0x7fff_fff0).run();
        assert_eq!((outcome.moved, outcome.end), (100, End::Complete));
    }

    fn the_end_before_the_count_is_premature(gate) {
        let (from, to) = (file_with(&pattern(100)), file_with(b""));
        let mut transfer = Transfer::new(gate, fd(&to), fd(&from), int80::transfer::Buffer::none()).exactly(101);
        let outcome = transfer.run();
        assert_eq!((outcome.moved, outcome.end), (100, End::UnexpectedEof));
        assert_eq!(transfer.remaining(), Some(1));
        let at_most = Transfer::new(gate, fd(&to), fd(&from), int80::transfer::Buffer::none())
            .from_offset(0)
            .at_most(101)
            .run();
        assert_eq!((at_most.moved, at_most.end), (100, End::Complete));
    }

    fn without_a_buffer_the_first_error_is_told(gate) {
        let (reader, _writer) = UnixStream::pair().unwrap();
        let to = file_with(b"");
        let mut transfer =
            Transfer::new(gate, fd(&to), fd(&reader), int80::transfer::Buffer::none()).starting_with(Rung::Sendfile64);
        let End::Failed(error) = transfer.run().end else {
            panic!("a socket to a file");
        };
        assert_eq!((error.errno, error.rung), (Errno::EINVAL, Rung::Sendfile64));
    }

    fn a_pipe_grows_where_it_may(gate) {
        let bytes = pattern(3_000_000);
        let from = file_with(&bytes);
        let (mut reader, writer) = pipe_with(PipeFlags::empty()).map(ends).unwrap();
        let read = thread::spawn(move || {
            let mut read = Vec::new();
            reader.read_to_end(&mut read).map(|_| read)
        });
        let mut transfer = Transfer::new(gate, fd(&writer), fd(&from), int80::transfer::Buffer::none()).grow_pipe();
        let outcome = transfer.run();
        assert_eq!((outcome.moved, outcome.end), (3_000_000, End::Complete));
        assert_eq!(transfer.rung(), Rung::Sendfile64);
        drop(writer);
        assert!(read.join().unwrap().unwrap() == bytes);
    }

    fn d10_a_pipe_keeps_its_size_and_has_it_back(gate) {
        let (mut reader, writer) = pipe_with(PipeFlags::empty()).map(ends).unwrap();
        let size = || fcntl_getpipe_size(&writer).unwrap();
        let before = size();
        let send = |len: usize| {
            let from = file_with(&pattern(len));
            let transfer = Transfer::new(gate, fd(&writer), fd(&from), int80::transfer::Buffer::none());
            assert_eq!(transfer.grow_pipe().run().end, End::Complete);
        };
        // Six bytes leave the pipe alone.
        send(6);
        assert_eq!(size(), before);
        reader.read_exact(&mut [0; 6]).unwrap();
        // More than 64 KiB: it grows, and has its size back.
        let bytes = pattern(500_000);
        let from = file_with(&bytes);
        rustix::fs::fcntl_setfl(&reader, rustix::fs::OFlags::NONBLOCK).unwrap();
        let emptied = Emptied { gate, reader: &reader, read: RefCell::default(), sizes: RefCell::default() };
        let transfer = Transfer::new(&emptied, fd(&writer), fd(&from), int80::transfer::Buffer::none());
        assert_eq!(transfer.grow_pipe().run().end, End::Complete);
        assert_eq!(emptied.sizes.take(), [1 << 20, before]);
        assert_eq!(size(), before);
        assert!(emptied.read.take() == bytes);
    }

    /// D10: pipes that were made larger, the output and the input, have their old
    /// size at the end, where what is left in them fits.
    fn d10_a_pipe_has_its_old_size_at_the_end(gate) {
        let (mut reader, writer) = pipe_with(PipeFlags::empty()).map(ends).unwrap();
        let (from, mut feed) = pipe_with(PipeFlags::empty()).map(ends).unwrap();
        let feeding = thread::spawn(move || {
            feed.write_all(&pattern(300_000)).unwrap();
            let mut read = vec![0; 300_000];
            reader.read_exact(&mut read).unwrap();
            // Now nothing is in either pipe.
            let grown = [&reader, &feed].map(|pipe| fcntl_getpipe_size(pipe).unwrap());
            feed.write_all(b"the end").unwrap();
            (reader, grown)
        });
        let mut buffer = [0; 4096];
        let mut transfer = Transfer::new(gate, fd(&writer), fd(&from), &mut buffer).grow_pipe();
        let outcome = transfer.run();
        let (reader, grown) = feeding.join().unwrap();
        assert_eq!((outcome.moved, outcome.end), (300_007, End::Complete));
        assert_eq!(grown, [1 << 20; 2]);
        assert_eq!([&reader, &from].map(fcntl_getpipe_size), [Ok(65536); 2]);
        assert_eq!(transfer.rung(), Rung::Splice);
    }

    fn steps_of_an_event_loop(gate) {
        let bytes = pattern(500_000);
        let from = file_with(&bytes);
        let (mut near, far) = UnixStream::pair().unwrap();
        far.set_nonblocking(true).unwrap();
        let mut transfer = Transfer::new(gate, fd(&far), fd(&from), int80::transfer::Buffer::none());
        let (mut read, mut blocked) = (Vec::new(), 0);
        loop {
            match transfer.step() {
                Step::Moved(_) | Step::Interrupted => {}
                Step::WouldBlock(side) => {
                    assert_eq!(side, Side::Output);
                    blocked += 1;
                    let mut some = vec![0; 70_000];
                    let count = near.read(&mut some).unwrap();
                    read.extend_from_slice(&some[..count]);
                }
                Step::Complete => break,
                step => panic!("{step:?}"),
            }
        }
        drop(far);
        near.read_to_end(&mut read).unwrap();
        assert!(read == bytes);
        assert!(blocked > 0, "the socket was never full");
    }

    fn a_deadline_comes(gate) {
        let from = file_with(&pattern(1_000_000));
        let (_reader, writer) = pipe_with(PipeFlags::NONBLOCK).unwrap();
        let mut transfer = Transfer::new(gate, fd(&writer), fd(&from), int80::transfer::Buffer::none());
        // On a loaded machine, too, something moves before.
        let time = Duration::from_millis(600);
        let start = Instant::now();
        let outcome = transfer.run_until(Deadline::after(gate, time).unwrap());
        assert_eq!((outcome.moved, outcome.end), (65536, End::TimedOut));
        // The clock is read to the millisecond.
        assert!(start.elapsed() >= Duration::from_millis(599));
    }

    fn headers_and_trailers(gate) {
        let bytes = pattern(100_000);
        let many: Vec<_> = (0..2000).map(|_| IoSlice::new(b"many ")).collect();
        let trailers = [IoSlice::new(b"the "), IoSlice::new(b""), IoSlice::new(b"end")];
        let mut expected = b"many ".repeat(2000);
        expected.extend(&bytes);
        expected.extend(b"the end");
        for tcp in [false, true] {
            let from = file_with(&bytes);
            let (to, read) = if tcp { pairs::tcp() } else { pairs::pipe() };
            let file = Transfer::new(gate, fd(&to), fd(&from), int80::transfer::Buffer::none());
            let outcome = WithHeaders::new(&many, file, &trailers).run();
            assert_eq!(outcome.end, End::Complete);
            assert_eq!(outcome.moved, expected.len() as u64);
            drop(to);
            assert!(read.join().unwrap() == expected);
        }
    }
}

/// A gate that reads the pipe empty before its size is set.
struct Emptied<'a, G> {
    gate: G,
    reader: &'a File,
    read: RefCell<Vec<u8>>,
    sizes: RefCell<Vec<usize>>,
}

// SAFETY: the other gate keeps the contract.
unsafe impl<G: Gate> Gate for Emptied<'_, G> {
    unsafe fn call<const N: usize>(&self, nr: u32, args: [Register; N]) -> isize {
        let [_, command, size, ..] = six(args).map(Register::bits);
        if nr == nr::FCNTL64 && command == libc::F_SETPIPE_SZ as usize {
            // It ends with EAGAIN.
            let _ = { self.reader }.read_to_end(&mut self.read.borrow_mut());
            self.sizes.borrow_mut().push(size);
        }
        // SAFETY: the caller's promise.
        unsafe { self.gate.call(nr, args) }
    }
}

fn ends((reader, writer): (std::os::fd::OwnedFd, std::os::fd::OwnedFd)) -> (File, File) {
    (reader.into(), writer.into())
}
