//! The calls that move bytes.
//!
//! # Safety
//!
//! Offset cells are fields of the check's state, or at addresses at which no
//! Rust object lies; descriptors are those that the world has made.
#![allow(unsafe_code)]

use core::{
    ptr::{null, null_mut, without_provenance, without_provenance_mut},
    slice,
};

use int80::{
    Errno, Gate, Register,
    bsd::{SfHdtr, sendfile_raw},
    errno,
    gate::nr,
    sendfile, sendfile64,
    sys::IoSlice,
};

use super::{At, Play};
use crate::{
    Outcome, Text,
    step::{BAD_HDTR, BAD_HEADERS, BAD_SBYTES, BAD_TRAILERS, LONG_HEADER, LONG_TRAILER},
};

/// The bytes of a header or trailer that no socket's buffer holds.
const LONG: usize = 4 << 20;

impl Play<'_> {
    /// The cell's value, as the last call sees it.
    pub(super) fn value(&self) -> i64 {
        if self.wide {
            self.cell
        } else {
            (self.cell as i32).into()
        }
    }

    /// Call 187 or 239, eax as it is.
    #[inline(never)]
    pub(super) fn send(&mut self, number: u32, count: usize) {
        self.wide = number == nr::SENDFILE64;
        self.before = self.value();
        let at = match self.at {
            At::Nowhere => null_mut(),
            At::Own => (&raw mut self.cell).cast(),
            At::Address(address) => address,
        };
        let (out, input) = (self.out.fd.into(), self.input.into());
        // SAFETY: this file's header.
        let eax = unsafe {
            self.gate
                .call(number, [out, input, at.into(), count.into()])
        };
        self.came(eax);
    }

    /// Notes what a call has given.
    fn came(&mut self, eax: isize) {
        self.eax = eax;
        if eax > 0 {
            self.sent = eax as i64;
        }
    }

    /// The same by the library's safe function.
    pub(super) fn safe(&mut self, wide: bool) {
        let count = self.value as usize;
        let (out, input) = (self.fd(self.out.fd), self.fd(self.input));
        let result = if wide {
            sendfile64(self.gate, out, input, Some(&mut 7), count)
        } else {
            sendfile(self.gate, out, input, Some(&mut 7), count)
        };
        self.came(result.map_or_else(errno::encode, |count| count as isize));
    }

    #[inline(never)]
    pub(super) fn splice(&mut self) -> Outcome {
        let zero = Register::ZERO;
        let (out, input) = (self.out.fd.into(), self.input.into());
        let count = Register::from(self.value as usize);
        // SAFETY: no cell is given.
        let eax = unsafe {
            self.gate
                .call(nr::SPLICE, [input, zero, out, zero, count, zero])
        };
        if eax == errno::encode(Errno::ENOSYS) {
            return Err(self.gate.skip(Text::NO_SPLICE));
        }
        self.came(eax);
        Ok(())
    }

    /// Sends until the cell is at the step's value, or nothing moves any more.
    #[inline(never)]
    pub(super) fn send_all(&mut self) {
        while self.value() < self.value {
            self.send(nr::SENDFILE, (self.value - self.value()) as usize);
            if self.eax <= 0 {
                return;
            }
        }
    }

    #[inline(never)]
    pub(super) fn resume(&mut self) -> Outcome {
        let all = self.value;
        let arrived = |this: &mut Self, to: i64| {
            let from = this.read as i64;
            this.arrived(from, to - from, true)
        };
        while self.value() < all {
            self.send(nr::SENDFILE, (all - self.value()) as usize);
            self.cell_follows()?;
            if self.eax > 0 {
                continue;
            }
            self.value = errno::encode(Errno::EAGAIN) as i64;
            self.eax()?;
            arrived(self, self.before)?;
        }
        arrived(self, all)
    }

    /// Page P3's function, in its own form.
    #[inline(never)]
    pub(super) fn bsd(&mut self) -> Outcome {
        let mut bytes = [0; 100];
        self.pattern(0, &mut bytes);
        let (head, rest) = bytes.split_at(10);
        let (_, mut tail) = rest.split_at(70);
        let (mut one, two) = head.split_at(4);
        let is = |frame| self.frame == frame;
        if is(LONG_HEADER) || is(LONG_TRAILER) {
            // SAFETY: all of it is there as long as the check runs, and no one
            // writes to it.
            let long = unsafe { slice::from_raw_parts(self.map_input(LONG)?, LONG) };
            if is(LONG_HEADER) {
                one = long;
            } else {
                tail = long.get(100..).unwrap_or_default();
            }
        }
        let empty: &[u8] = &[];
        let parts = [one, empty, two, tail].map(IoSlice::new);
        let nowhere = without_provenance::<IoSlice<'static>>(16);
        let good = |n| parts.as_ptr().wrapping_add(n).cast();
        let framed = SfHdtr {
            headers: if is(BAD_HEADERS) { nowhere } else { good(0) },
            hdr_cnt: self.parts,
            trailers: if is(BAD_TRAILERS) { nowhere } else { good(3) },
            trl_cnt: i32::from(!is(LONG_HEADER)),
        };
        let hdtr = match self.frame {
            0 => null(),
            BAD_HDTR => nowhere.cast(),
            _ => &raw const framed,
        };
        self.p3(hdtr);
        Ok(())
    }

    /// The call itself. Alone, since its frame has a buffer of 4 KiB, and what
    /// lies behind that has long addresses.
    #[inline(never)]
    fn p3(&mut self, hdtr: *const SfHdtr) {
        // What it must write over.
        self.sent = -7;
        let mut sbytes = &raw mut self.sent;
        if self.frame == BAD_SBYTES {
            sbytes = without_provenance_mut(16);
        }
        // SAFETY: this file's header; so too are the addresses in `hdtr`.
        self.eax = unsafe {
            sendfile_raw(
                self.gate,
                self.input,
                self.out.fd,
                self.cell,
                self.value as usize,
                hdtr,
                sbytes,
                self.bsd_flags,
            )
        };
    }
}
