//! Safe code alone, which the compiler holds it to.

#![no_std]
#![no_main]
#![forbid(unsafe_code)]
#![deny(warnings)]

use int80_rt::{
    Writer,
    int80::{Fd, Native},
};

int80_rt::main!(|_process| {
    let zeros = int80_rt::zeroed!(16);
    let count = zeros.map_or(0, |zeros| zeros.len());
    let mut out = Writer::new(Native, Fd::STDOUT);
    u8::from(writeln!(out, "{count} safe").is_err())
});
