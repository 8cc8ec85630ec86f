//! Packs texts for `src/texts.rs`, whose model it uses.

use crate::texts::{Counts, bound, unpack, walk};

/// The texts, each with a NUL behind it, packed.
pub fn pack(texts: &[String]) -> (usize, Vec<u8>) {
    let mut bytes = Vec::new();
    for text in texts {
        let plain = |byte| matches!(byte, b'\n' | b' '..=b'~');
        assert!(text.bytes().all(plain), "not plain ASCII: {text:?}");
        bytes.extend(text.bytes());
        bytes.push(0);
    }
    let packed = encode(&bytes);
    let mut unpacked = vec![0; bytes.len()];
    unpack(&packed, &mut counts(), &mut unpacked);
    assert_eq!(unpacked, bytes, "unpacking gives other texts");
    (bytes.len(), packed)
}

/// On the heap, since it is megabytes.
fn counts() -> Box<Counts> {
    let zeros = vec![[0; 2]; size_of::<Counts>() / 8].into_boxed_slice();
    zeros.try_into().expect("the same length")
}

/// Any number from `low` up to less than `low + range` leads the decoder through
/// the bits.
fn encode(bytes: &[u8]) -> Vec<u8> {
    let (mut low, mut range) = (Vec::new(), 1);
    let mut bits = bytes.iter().flat_map(|&byte| {
        (0..7)
            .rev()
            .map(move |shift| u32::from((byte >> shift) & 1))
    });
    walk(&mut counts(), &mut vec![0; bytes.len()], |weights| {
        while range < 1 << 24 {
            range <<= 8;
            low.push(0);
        }
        let bound = bound(range, weights);
        let bit = bits.next().expect("seven bits a byte");
        if bit == 0 {
            range = bound;
        } else {
            add(&mut low, bound);
            range -= bound;
        }
        bit
    });
    // Shorter is any number between the two that ends where they part.
    let mut high = low.clone();
    add(&mut high, range - 1);
    let same = low.iter().zip(&high).take_while(|(a, b)| a == b).count();
    high.truncate(same + 1);
    high
}

/// Adds to a number's last digits.
fn add(digits: &mut [u8], value: u32) {
    let mut carry = value;
    for digit in digits.iter_mut().rev() {
        carry += u32::from(*digit);
        *digit = carry as u8;
        carry >>= 8;
    }
    assert_eq!(carry, 0, "the number has its digits");
}
