//! The calls that make files, pipes and sockets.
//!
//! # Safety
//!
//! As in `real`: pointers are from references that live until the call returns.
#![allow(unsafe_code)]

use int80::{Register, gate::nr};
use linux_raw_sys::general::{O_CREAT, O_EXCL, O_LARGEFILE, O_RDWR};

use super::Real;
use crate::recipe::{FD, FLAGS, IN_DIRECTORY, IN_MEMORY, LENGTH, NAME, OTHER, frame};
use crate::{Stop, World};

const NONE: Register = Register::ZERO;

/// Up to here every byte of a file is written; beyond, its first and last 64 KiB.
const WHOLE: u64 = 10 << 20;
const EDGE: u64 = 64 << 10;

/// The bytes that are written at once.
const ROOM: usize = 2048;

impl Real<'_> {
    /// A regular file of that length without a name, open for reading and
    /// writing, its position at the start.
    #[inline(never)]
    pub(super) fn file(&self, directory: Option<i32>, len: u64) -> Result<i32, Stop> {
        let mut words = frame();
        words[LENGTH] = len as i32;
        words[LENGTH + 1] = (len >> 32) as i32;
        let mut recipe = IN_MEMORY;
        if let Some(directory) = directory {
            recipe = IN_DIRECTORY;
            words[OTHER] = directory;
            words[FLAGS] = (O_RDWR | O_CREAT | O_EXCL | O_LARGEFILE) as i32;
            // The process's number, in letters, makes the name its own.
            // SAFETY: no pointer is passed.
            let pid = unsafe { self.gate.make(nr::GETPID, NONE, NONE, NONE) }? as u32;
            let letters = |half: u32| {
                let spread = (half & 0xf) | ((half & 0xf0) << 4) | ((half & 0xf00) << 8);
                (((half & 0xf000) << 12) | spread) as i32 + i32::from_ne_bytes(*b"aaaa")
            };
            words[NAME] = i32::from_ne_bytes(*b"sfpr");
            words[NAME + 1] = i32::from_ne_bytes(*b"obe-");
            words[NAME + 2] = letters(pid);
            words[NAME + 3] = letters(pid >> 16);
        }
        self.gate.follow(recipe, &mut words)?;
        let file = words[FD];
        let mut at = 0;
        while at < len {
            if len > WHOLE && at == EDGE {
                at = len - EDGE;
            }
            at += self.fill(Some(at), file, len - at)? as u64;
        }
        Ok(file)
    }

    /// Writes at most so many of the bytes that stand at `at`.
    #[inline(never)]
    pub(super) fn fill(&self, at: Option<u64>, fd: i32, len: u64) -> Result<i32, Stop> {
        let mut buffer = [0; ROOM];
        let from = at.unwrap_or(0);
        for (place, byte) in (from..).zip(&mut buffer) {
            *byte = self.byte(place);
        }
        let bytes = Register::from(buffer.as_ptr());
        let count = Register::from(len.min(ROOM as u64) as usize);
        let (low, high) = (Register::low(from), Register::high(from));
        let nr = at.map_or(nr::WRITE, |_| nr::PWRITE64);
        let call = [fd.into(), bytes, count, low, high, NONE];
        // SAFETY: this file's header; write looks at three of the registers.
        unsafe { self.gate.make6(nr, call) }
    }
}
