//! A flat program with a local variable that the compiler fills by aligned moves.

#![no_std]
#![no_main]
#![forbid(unsafe_code)]

use core::hint::black_box;
use int80_rt::int80::{Fd, Native, sys};

int80_rt::flat!({
    let aligned = black_box(Aligned([3; 16]));
    let odd = black_box((&raw const aligned).addr()) % 16;
    let text = black_box(if odd == 0 { "aligned\n" } else { "not aligned\n" });
    let sent = sys::write(Native, Fd::STDOUT, text.as_bytes());
    int80_rt::exit(u8::from(sent.is_err()) + aligned.0[15] - 3)
});

#[repr(align(16))]
struct Aligned([u8; 16]);
