//! The texts that `build/pack.rs` packed: the message of each errno, by its
//! number, and behind them sfcat's own, by the constants of the build.

include!(concat!(env!("OUT_DIR"), "/texts.rs"));

/// Room for any text.
pub type Space = [u8; LONGEST];

/// Unpacks text `n` into `space`.
pub fn unpack(n: usize, space: &mut Space) -> &[u8] {
    let mut free = space.iter_mut();
    let mut at = 0;
    for &byte in &TEXTS {
        if byte == 0 {
            at += 1;
        } else if at == n {
            expand(byte, &mut free);
        }
    }
    let unused = free.len();
    space.get(..LONGEST - unused).unwrap_or_default()
}

/// Writes what `byte` stands for: itself, or a pair.
fn expand(byte: u8, free: &mut core::slice::IterMut<'_, u8>) {
    match PAIRS.get(usize::from(byte ^ 0x80)) {
        Some(&[first, second]) if first != 0 => {
            expand(first, free);
            expand(second, free);
        }
        _ => {
            if let Some(slot) = free.next() {
                *slot = byte;
            }
        }
    }
}
