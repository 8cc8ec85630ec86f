//! `sfcat`.
#![no_std]
#![no_main]
int80_rt::main!(|_p| 0);
