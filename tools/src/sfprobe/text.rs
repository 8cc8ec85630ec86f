//! The texts that `build/pack.rs` packed, by their numbers, which are constants
//! of the build; and the other tables of the build.

use int80_rt::Filled;
use int80_tools::texts::{self, Counts};

include!(concat!(env!("OUT_DIR"), "/sfprobe.rs"));

struct Unpacked {
    counts: Counts,
    texts: [u8; LEN],
}

static UNPACKED: Filled<Unpacked> = Filled::new(Unpacked {
    counts: [[0; 2]; size_of::<Counts>() / 8],
    texts: [0; LEN],
});

/// Text `n`.
#[inline(never)]
pub fn text(n: usize) -> &'static [u8] {
    let unpacked = UNPACKED.get(|new| texts::unpack(&PACKED, &mut new.counts, &mut new.texts));
    texts::nth(&unpacked.texts, n)
}
