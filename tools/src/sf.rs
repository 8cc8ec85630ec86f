//! `sf`: standard input to standard output by sendfile, until it returns 0.
//!
//! The exit status is 0 then, or the errno of the call that failed. There is
//! nothing else in it: it is the measure of how small the layer is. That is
//! why it makes the raw call: of eax it has to know only whether it is above
//! zero, and an errno is negated as 0 is.

#![no_std]
#![no_main]
#![allow(unsafe_code)]

use core::ptr::null_mut;

use int80::{Fd, MAX_COUNT, Native, raw};

int80_rt::flat!({
    loop {
        // SAFETY: the offset is null: standard input's position is used.
        let eax = unsafe { raw::sendfile(Native, Fd::STDOUT, Fd::STDIN, null_mut(), MAX_COUNT) };
        // The errno, 0, or the bytes moved below zero: at most MAX_COUNT.
        let status = (eax as i32).wrapping_neg();
        if status >= 0 {
            break status;
        }
    }
});
