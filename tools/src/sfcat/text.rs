//! The texts that `build/pack.rs` packed: the message of each errno, by its
//! number, and behind them sfcat's own, by the constants of the build.

use crate::line::Line;

include!(concat!(env!("OUT_DIR"), "/texts.rs"));

/// Unpacks text `n`.
pub fn unpack(n: usize, line: &mut Line) {
    let mut at = 0;
    for &byte in &TEXTS {
        if byte == 0 {
            at += 1;
        } else if at == n {
            expand(byte, line);
        }
    }
}

/// Puts in what `byte` stands for: itself, or a pair.
fn expand(byte: u8, line: &mut Line) {
    match PAIRS.get(usize::from(byte ^ 0x80)) {
        Some(&[first, second]) if first != 0 => {
            expand(first, line);
            expand(second, line);
        }
        _ => line.byte(byte),
    }
}
