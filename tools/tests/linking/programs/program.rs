//! A program with all that a linker has to place: constants, tables of addresses,
//! variables with a value and without, formatted numbers.

#![no_std]
#![no_main]
#![forbid(unsafe_code)]

use core::{
    fmt::{self, Write},
    hint::black_box,
    sync::atomic::{AtomicU32, Ordering::Relaxed},
};
use int80_rt::int80::{Fd, Native, sys};

int80_rt::main!(|process| {
    let arguments = process.arguments().count() as u32;
    COUNTER.fetch_add(arguments, Relaxed);
    ZEROS[black_box(1999)].fetch_add(arguments, Relaxed);
    let sum: u32 = ZEROS.iter().map(|zero| zero.load(Relaxed)).sum();
    let call = TABLE[black_box(arguments as usize)];
    let aligned = black_box(Aligned([1; 64]));
    let odd = black_box((&raw const aligned).addr()) % 64;
    let counter = COUNTER.load(Relaxed);
    let written = writeln!(Out, "{counter} {sum} {} {odd} {}", call(20), aligned.0[7]);
    u8::from(written.is_err())
});

static COUNTER: AtomicU32 = AtomicU32::new(40);
static ZEROS: [AtomicU32; 2000] = [const { AtomicU32::new(0) }; 2000];
static TABLE: [fn(u32) -> u32; 3] = [|x| x, |x| x + 1, |x| x * 2];

#[repr(align(64))]
struct Aligned([u8; 64]);

struct Out;

impl Write for Out {
    fn write_str(&mut self, text: &str) -> fmt::Result {
        match sys::write(Native, Fd::STDOUT, text.as_bytes()) {
            Ok(count) if count == text.len() => Ok(()),
            _ => Err(fmt::Error),
        }
    }
}
