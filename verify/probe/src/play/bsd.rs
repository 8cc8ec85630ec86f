//! FreeBSD's function, in its C form.
//!
//! # Safety
//!
//! Pointers are to fields of the check's state and to variables that live until
//! the function returns, or to an address at which no Rust object lies;
//! descriptors are those that the world has made.
#![allow(unsafe_code)]

use core::{
    ptr::{null, without_provenance, without_provenance_mut},
    slice,
};

use int80::{
    bsd::{SfHdtr, sendfile_raw},
    sys::IoSlice,
};

use super::Play;
use crate::{Hdtr, Outcome};

/// The bytes of a header or trailer that no socket's buffer holds.
const LONG: usize = 4 << 20;

impl Play<'_> {
    pub(super) fn bsd(&mut self, nbytes: usize) -> Outcome {
        let mut bytes = [0; 100];
        self.pattern(0, &mut bytes);
        let (head, rest) = bytes.split_at(10);
        let (_, mut tail) = rest.split_at(70);
        let (mut one, two) = head.split_at(4);
        if let Some(Hdtr::LongHeader | Hdtr::LongTrailer) = self.hdtr {
            // SAFETY: all of it is there as long as the check runs, and nothing
            // writes to it.
            let long = unsafe { slice::from_raw_parts(self.map_input(LONG)?, LONG) };
            match self.hdtr {
                Some(Hdtr::LongHeader) => one = long,
                _ => tail = long.get(100..).unwrap_or_default(),
            }
        }
        let parts = [one, &[], two, tail].map(IoSlice::new);
        let nowhere = match self.hdtr {
            Some(Hdtr::BadHdtr | Hdtr::BadHeaders | Hdtr::BadTrailers | Hdtr::BadSbytes) => {
                // The function finds out by this call that an address is bad, and
                // crashes where it is refused.
                self.mask_nothing()?;
                self.world.nowhere()?
            }
            _ => 0,
        };
        let mut hdtr = SfHdtr {
            headers: parts.as_ptr().cast(),
            hdr_cnt: self.parts,
            trailers: parts.as_ptr().wrapping_add(3).cast(),
            trl_cnt: 1,
        };
        match self.hdtr {
            Some(Hdtr::BadHeaders) => hdtr.headers = without_provenance(nowhere),
            Some(Hdtr::BadTrailers) => hdtr.trailers = without_provenance(nowhere),
            Some(Hdtr::LongHeader) => hdtr.trl_cnt = 0,
            _ => {}
        }
        let hdtr = match self.hdtr {
            None => null(),
            Some(Hdtr::BadHdtr) => without_provenance(nowhere),
            Some(_) => &raw const hdtr,
        };
        self.sendfile_raw(nbytes, hdtr, nowhere);
        Ok(())
    }

    /// The call itself, whose frame has the library's buffer.
    #[inline(never)]
    fn sendfile_raw(&mut self, nbytes: usize, hdtr: *const SfHdtr, nowhere: usize) {
        // What it must write over.
        self.sent = -7;
        let sbytes = match self.hdtr {
            Some(Hdtr::BadSbytes) => without_provenance_mut(nowhere),
            _ => &raw mut self.sent,
        };
        let (file, socket) = (self.input, self.out.fd);
        let (offset, flags) = (self.offset, self.bsd_flags);
        // SAFETY: this file's header.
        self.eax =
            unsafe { sendfile_raw(self.gate, file, socket, offset, nbytes, hdtr, sbytes, flags) };
    }
}
