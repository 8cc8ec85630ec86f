//! The gates: every number of arguments, wherever the compiler puts them, and
//! what x86_64 makes of the calls whose arguments differ.
#![allow(unsafe_code, missing_docs)]

mod offsets;
mod system_v;

use std::{hint::black_box, io::Write, os::fd::AsRawFd, ptr::null_mut};

use int80::{
    Errno, Gate, Register, errno,
    gate::{DynGate, nr},
    sys::{self, Whence},
};
use int80_support::gates::{contents, expect_in, fd, file_with, pattern, position};
use rustix::pipe::{PipeFlags, pipe_with};

const NONE: Register = Register::ZERO;

/// Calls with `esi` in `G`'s hands while every register that the compiler
/// keeps across the call is in use: what comes back must be what was there.
#[inline(never)]
fn with_registers_in_use<G: Gate + Copy>(gate: G, fd: i32, buffer: *mut u8) -> (isize, usize) {
    let mut kept = [1_usize, 2, 3, 4, 5, 6, 7, 8].map(black_box);
    let [a, b, c, d, e, f, g, h] = &mut kept;
    *a += *b * *h;
    *b ^= *c + *g;
    // SAFETY: pread64 writes 4 bytes, which the caller has given.
    let eax = unsafe {
        gate.call(
            nr::PREAD64,
            [
                fd.into(),
                buffer.into(),
                4_usize.into(),
                Register::low(0),
                Register::high(0),
            ],
        )
    };
    *d += *a + *e;
    *f ^= *b + *d;
    (eax, *a + *b + *c + *d + *e + *f + *g + *h)
}

int80_support::every_gate! {
    fn no_argument(gate) {
        // SAFETY: getpid reads and writes nothing.
        let pid = unsafe { gate.call(nr::GETPID, []) };
        assert_eq!(pid as u32, std::process::id());
    }

    fn one_argument(gate) {
        let file = file_with(b"");
        let number = rustix::io::dup(&file).unwrap();
        // SAFETY: the descriptor is this test's, and is closed by it alone.
        let closed = unsafe {
            let raw = number.as_raw_fd();
            std::mem::forget(number);
            [gate.call(nr::CLOSE, [raw.into()]), gate.call(nr::CLOSE, [(-1).into()])]
        };
        assert_eq!(closed, [0, errno::encode(Errno::EBADF)]);
    }

    fn two_arguments(gate) {
        let (reader, _writer) = pipe_with(PipeFlags::empty()).unwrap();
        let mut pair = [-1_i32; 2];
        // SAFETY: pipe2 writes two descriptors, which are closed below.
        let made = unsafe { gate.call(nr::PIPE2, [pair.as_mut_ptr().into(), NONE]) };
        assert_eq!(made, 0);
        assert!(pair.iter().all(|&number| number > 2 && number != reader.as_raw_fd()));
        for number in pair {
            // SAFETY: made above, and owned by no other code.
            unsafe { gate.call(nr::CLOSE, [number.into()]) };
        }
    }

    fn three_arguments(gate) {
        let mut file = file_with(b"");
        assert_eq!(sys::write(gate, fd(&file), b"three"), Ok(5));
        assert_eq!(contents(&mut file), b"three");
    }

    fn four_arguments(gate) {
        let (from, mut to) = (file_with(b"0123456789"), file_with(b""));
        let mut cell = 2_i64;
        let cell = Register::from(&raw mut cell);
        // SAFETY: the cell is borrowed.
        let moved = unsafe {
            gate.call(nr::SENDFILE64, [fd(&to).into(), fd(&from).into(), cell, 7_usize.into()])
        };
        assert_eq!((moved, contents(&mut to)), (7, b"2345678".to_vec()));
    }

    fn five_arguments(gate) {
        let bytes = pattern(100);
        let file = file_with(&bytes);
        let mut buffer = [0; 50];
        assert_eq!(sys::pread64(gate, fd(&file), &mut buffer, 30), Ok(50));
        assert_eq!((&buffer[..], position(&file)), (&bytes[30..80], 0));
    }

    /// Six, each of which matters: from a file at an offset to a pipe.
    fn six_arguments(gate) {
        let from = file_with(b"0123456789");
        let (reader, writer) = pipe_with(PipeFlags::empty()).unwrap();
        let mut cell = 3_i64;
        let flags = 2_u32; // SPLICE_F_NONBLOCK
        // SAFETY: the cell is borrowed.
        let moved = unsafe {
            gate.call(nr::SPLICE, [fd(&from).into(), Register::from(&raw mut cell), fd(&writer).into(), NONE, 5_usize.into(), flags.into()])
        };
        assert_eq!((moved, cell), (5, 8));
        let mut buffer = [0; 8];
        assert_eq!(sys::read(gate, fd(&reader), &mut buffer), Ok(5));
        assert_eq!(&buffer[..5], b"34567");
        // The sixth: without it, splice would wait for the empty pipe's writer.
        // SAFETY: no memory is touched.
        let empty = unsafe {
            gate.call(nr::SPLICE, [fd(&reader).into(), NONE, fd(&from).into(), NONE, 5_usize.into(), flags.into()])
        };
        assert_eq!(empty, errno::encode(Errno::EAGAIN));
    }

    fn registers_in_use_come_back(gate) {
        let file = file_with(b"1234");
        let mut buffer = [0_u8; 4];
        let undisturbed = with_registers_in_use(Unmoved, -1, null_mut()).1;
        for _ in 0..100 {
            let (eax, sum) = with_registers_in_use(gate, file.as_raw_fd(), buffer.as_mut_ptr());
            assert_eq!((eax, sum), (4, undisturbed));
        }
        assert_eq!(&buffer, b"1234");
    }

    fn a_number_that_is_not_in_the_table_is_enosys(gate) {
        for nr in [0x7fff, u32::MAX >> 1] {
            // SAFETY: there is no such call.
            assert_eq!(unsafe { gate.call(nr, []) }, errno::encode(Errno::ENOSYS), "{nr}");
            // SAFETY: there is no such call.
            let eax = unsafe { gate.call(nr, [NONE, NONE, NONE, NONE, NONE, NONE]) };
            assert_eq!(eax, errno::encode(Errno::ENOSYS), "{nr}");
        }
    }

    fn a_reference_to_a_gate_is_the_gate(gate) {
        let by_reference: &dyn DynGate = &gate;
        let (from, mut to) = (file_with(b"referred"), file_with(b""));
        assert_eq!(int80::sendfile64(by_reference, fd(&to), fd(&from), None, 8), Ok(8));
        assert_eq!(contents(&mut to), b"referred");
    }
}

/// A gate that leads nowhere, for what a call leaves undisturbed.
#[derive(Clone, Copy)]
struct Unmoved;

// SAFETY: it refuses every call.
unsafe impl Gate for Unmoved {
    unsafe fn call<const N: usize>(&self, _: u32, _: [Register; N]) -> isize {
        errno::encode(Errno::ENOSYS)
    }
}

#[test]
fn the_native_gate_has_no_size() {
    assert_eq!(size_of::<int80::gate::Native>(), 0);
}

#[test]
fn a_register_holds_what_was_put_in_it() {
    assert_eq!(Register::from(-1_i32).bits(), 0xffff_ffff);
    assert_eq!(Register::from(usize::MAX).bits(), usize::MAX);
    assert_eq!(Register::low(0x1234_5678_9abc_def0).bits(), 0x9abc_def0);
    assert_eq!(Register::high(0x1234_5678_9abc_def0).bits(), 0x1234_5678);
    let value = 5_u32;
    assert_eq!(
        Register::from(&raw const value)
            .as_ptr()
            .cast_const()
            .cast(),
        &raw const value
    );
}
