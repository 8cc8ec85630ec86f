//! Texts packed by an arithmetic coder: how likely the next bit is follows from
//! the bits that came after the same 0 to 4 bytes before. Two fifths of the
//! size, and unpacking is some 400 bytes of code.
//!
//! The build packs with the same model (`build/pack.rs`).

/// The runs of bytes before a bit that are looked at: those of 0 to 4 bytes.
const RUNS: usize = 5;
const SLOT_BITS: u32 = 20;

/// How often a 0 and a 1 came after each run of bytes, of late; at a place that
/// is computed from the run, where two of them may meet. All zero at first.
pub type Counts = [[u32; 2]; 1 << SLOT_BITS];

/// Goes through the bits of all texts: `next` is told how likely 0 and 1 are,
/// as two weights, and says which it is.
#[inline(always)]
pub fn walk(counts: &mut Counts, texts: &mut [u8], mut next: impl FnMut([u32; 2]) -> u32) {
    let mut before = 0_u32;
    for text in texts {
        // A one, and behind it the bits of this byte: seven, since it is ASCII.
        let mut byte = 1_u32;
        while byte < 1 << 7 {
            let (mut zeros, mut ones) = (1, 1);
            let mut run = before;
            let mut hash = byte;
            let mut hashes = [0; RUNS];
            for (length, slot) in hashes.iter_mut().enumerate() {
                hash = hash.wrapping_mul(0x9e37_79b1);
                *slot = hash;
                let [zero, one] = counts[place(hash)];
                zeros += zero << length;
                ones += one << length;
                hash ^= run & 0xff;
                run >>= 8;
            }
            let bit = next([zeros, ones]) & 1;
            for &hash in &hashes {
                let count = &mut counts[place(hash)];
                let same = &mut count[bit as usize];
                *same = same.wrapping_add(1);
                let other = &mut count[(bit ^ 1) as usize];
                *other = other.wrapping_add(1) / 2;
            }
            byte = (byte << 1) | bit;
        }
        before = (before << 8) | byte;
        *text = byte as u8 & 0x7f;
    }
}

/// Where the counts of a run are.
fn place(hash: u32) -> usize {
    (hash >> (32 - SLOT_BITS)) as usize
}

/// The part of `range` that stands for a 0.
pub fn bound(range: u32, [zero, one]: [u32; 2]) -> u32 {
    range / ((zero + one) | 1) * zero
}

/// Unpacks the texts, each with a NUL behind it.
#[inline(never)]
pub fn unpack(packed: &[u8], counts: &mut Counts, texts: &mut [u8]) {
    let mut packed = packed.iter();
    // Nothing is read yet: the first round reads three bytes.
    let (mut range, mut code) = (1, 0);
    walk(counts, texts, |weights| {
        while range < 1 << 24 {
            range <<= 8;
            code = (code << 8) | packed.next().map_or(0, |&byte| u32::from(byte));
        }
        let bound = bound(range, weights);
        if code < bound {
            range = bound;
            0
        } else {
            code -= bound;
            range -= bound;
            1
        }
    });
}

/// Text `n` of the unpacked ones; the last one where there are not as many.
pub fn nth(texts: &[u8], n: usize) -> &[u8] {
    let mut bytes = texts.iter();
    let mut left = n;
    loop {
        let rest = bytes.as_slice();
        let mut length = 0;
        while bytes.next().is_some_and(|&byte| byte != 0) {
            length += 1;
        }
        if left == 0 || bytes.as_slice().is_empty() {
            return rest.get(..length).unwrap_or(rest);
        }
        left -= 1;
    }
}
