//! What a check works with: calls, comparisons, and what came of it.
//!
//! # Safety
//!
//! Offset cells come from references, or are addresses at which no Rust object
//! lies; descriptors are those that the world has made.
#![allow(unsafe_code)]

use core::ptr::null_mut;

use int80::{
    Errno, Fd, Gate, Register,
    call::{self, Whence},
    errno::decode,
    gate::nr,
};
use linux_raw_sys::general::{F_GETFL, F_SETFL, O_NONBLOCK};

use crate::{Input, Machine, Out, Outcome, Output, Stop, World};

/// One check that runs.
pub struct Case<'a> {
    /// Who makes what is needed.
    pub world: &'a dyn World,
    /// The way into the kernel.
    pub gate: &'a dyn Gate,
    /// What kernel it is.
    pub machine: Machine,
}

impl Case<'_> {
    /// Whether the kernel is this version or a later one.
    #[must_use]
    pub fn since(&self, major: u32, minor: u32) -> bool {
        let [has_major, has_minor, _] = self.machine.release;
        (has_major, has_minor) >= (major, minor)
    }

    /// An input of `len` bytes.
    #[inline(never)]
    pub fn input(&self, kind: Input, len: u64) -> Result<i32, Stop> {
        self.world.input(kind, len)
    }

    /// A regular file of `len` bytes.
    #[inline(never)]
    pub fn file(&self, len: u64) -> Result<i32, Stop> {
        self.input(Input::File, len)
    }

    /// An output.
    #[inline(never)]
    pub fn output(&self, kind: Output) -> Result<Out, Stop> {
        self.world.output(kind)
    }

    /// The output that every kernel can send to.
    #[inline(never)]
    pub fn stream(&self) -> Result<Out, Stop> {
        self.output(Output::Stream)
    }

    /// Call 187, eax as it is.
    #[inline(never)]
    pub fn send(&self, out: i32, input: i32, cell: Option<&mut i32>, count: usize) -> isize {
        let Some(cell) = cell else {
            return self.raw(nr::SENDFILE, out, input, null_mut(), count);
        };
        // A gate that writes 8 bytes finds room for them.
        let mut cells = [*cell, 0];
        let at = (&raw mut cells).cast();
        let eax = self.raw(nr::SENDFILE, out, input, at, count);
        *cell = cells[0];
        eax
    }

    /// Call 239, eax as it is.
    #[inline(never)]
    pub fn send64(&self, out: i32, input: i32, cell: Option<&mut i64>, count: usize) -> isize {
        let cell = cell.map_or(null_mut(), |cell| (&raw mut *cell).cast());
        self.raw(nr::SENDFILE64, out, input, cell, count)
    }

    /// Either call with any address for its cell.
    #[inline(never)]
    pub fn raw(&self, number: u32, out: i32, input: i32, cell: *mut (), count: usize) -> isize {
        // SAFETY: this file's header.
        unsafe {
            self.gate
                .call4(number, out.into(), input.into(), cell.into(), count.into())
        }
    }

    /// Any other call of the set-up.
    ///
    /// # Safety
    ///
    /// As for `Gate::call6`.
    #[inline(never)]
    pub unsafe fn call(
        &self,
        name: &'static str,
        number: u32,
        r: [Register; 6],
    ) -> Result<usize, Stop> {
        let [a, b, c, d, e, f] = r;
        // SAFETY: the caller's promise.
        let eax = unsafe { self.gate.call6(number, a, b, c, d, e, f) };
        self.done(name, decode(eax))
    }

    /// What a call of the set-up has given.
    pub fn done<T>(&self, name: &'static str, result: Result<T, Errno>) -> Result<T, Stop> {
        result.map_err(|errno| self.world.notes().set_up(name, errno))
    }

    /// Whether `what` is as on today's kernel.
    #[inline(never)]
    pub fn is(&self, what: &'static str, seen: isize, expected: isize) -> Outcome {
        self.is64(what, seen as i64, expected as i64)
    }

    /// The same of what an `isize` need not hold.
    #[inline(never)]
    pub fn is64(&self, what: &'static str, seen: i64, expected: i64) -> Outcome {
        if seen == expected {
            return Ok(());
        }
        Err(self.world.notes().differs(what, seen, expected))
    }

    /// Whether the cell is as on today's kernel.
    #[inline(never)]
    pub fn cell(&self, seen: i32, expected: i32) -> Outcome {
        self.is("cell", seen as isize, expected as isize)
    }

    /// Whether eax is as on today's kernel.
    #[inline(never)]
    pub fn eax(&self, seen: isize, expected: isize) -> Outcome {
        self.is("eax", seen, expected)
    }

    /// Whether the descriptor's position is there.
    #[inline(never)]
    pub fn stands(&self, what: &'static str, fd: i32, expected: i64) -> Outcome {
        self.is64(what, self.position(fd), expected)
    }

    /// It cannot be done here, for this reason.
    pub fn skip(&self, reason: &'static str) -> Outcome {
        Err(self.world.notes().skip(reason))
    }

    /// Whether eax is this errno, negated.
    #[inline(never)]
    pub fn fails(&self, what: &'static str, seen: isize, errno: Errno) -> Outcome {
        self.is(what, seen, errno.as_eax())
    }

    /// Whether `what` holds.
    pub fn holds(&self, what: &'static str, seen: bool) -> Outcome {
        self.is(what, seen.into(), 1)
    }

    /// Whether exactly the input's bytes from `start` on, `count` of them, have
    /// arrived since `skip` bytes were read back.
    #[inline(never)]
    pub fn arrived_after(&self, out: &Out, skip: u64, start: u64, count: u64) -> Outcome {
        let mut buffer = [0; 4096];
        let mut at = 0;
        loop {
            let got = self
                .world
                .read_back(out, skip + at, &mut buffer, at < count)?;
            for &byte in buffer.iter().take(got) {
                if byte != self.world.byte(start + at) {
                    return self.is64("first byte that is another", at as i64, -1);
                }
                at += 1;
            }
            if got == 0 {
                return self.is64("bytes that arrived", at as i64, count as i64);
            }
        }
    }

    /// Whether exactly the input's bytes from `start` on have arrived.
    #[inline(never)]
    pub fn arrived(&self, out: &Out, start: u64, count: u64) -> Outcome {
        self.arrived_after(out, 0, start, count)
    }

    /// A descriptor as the library has it.
    pub fn fd(&self, number: i32) -> Fd<'static> {
        // SAFETY: the world's descriptors stay open as long as the check runs.
        unsafe { Fd::borrow_raw(number) }
    }

    /// The descriptor's position; −1 where there is none.
    #[inline(never)]
    pub fn position(&self, fd: i32) -> i64 {
        call::lseek(self.gate, self.fd(fd), 0, Whence::Current).map_or(-1, |at| at as i64)
    }

    /// Moves the descriptor's position.
    #[inline(never)]
    pub fn seek(&self, fd: i32, to: i64) -> Outcome {
        self.done(
            "lseek",
            call::lseek(self.gate, self.fd(fd), to, Whence::Set),
        )
        .map(drop)
    }

    /// The status flags of a descriptor.
    #[inline(never)]
    pub fn flags(&self, fd: i32) -> Result<u32, Stop> {
        let zero = Register::ZERO;
        let get = [fd.into(), F_GETFL.into(), zero, zero, zero, zero];
        // SAFETY: F_GETFL touches no memory.
        let flags = unsafe { self.call("fcntl", nr::FCNTL64, get) };
        flags.map(|flags| flags as u32)
    }

    /// Sets O_NONBLOCK.
    #[inline(never)]
    pub fn nonblocking(&self, fd: i32) -> Outcome {
        let zero = Register::ZERO;
        let flags = self.flags(fd)? | O_NONBLOCK;
        let set = [fd.into(), F_SETFL.into(), flags.into(), zero, zero, zero];
        // SAFETY: F_SETFL touches no memory.
        unsafe { self.call("fcntl", nr::FCNTL64, set) }.map(drop)
    }

    /// Writes bytes to the descriptor.
    #[inline(never)]
    pub fn write(&self, fd: i32, bytes: &[u8]) -> Outcome {
        self.done("write", call::write(self.gate, self.fd(fd), bytes))
            .map(drop)
    }
}
