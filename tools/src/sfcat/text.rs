//! The texts that `build/pack.rs` packed: sfcat's own, by the constants of the
//! build, and behind them the message of each errno.

use int80::Errno;
use int80_rt::Filled;
use int80_tools::texts::{self, Counts};

include!(concat!(env!("OUT_DIR"), "/texts.rs"));

struct Unpacked {
    counts: Counts,
    texts: [u8; LEN],
}

static UNPACKED: Filled<Unpacked> = Filled::new(Unpacked {
    counts: [[0; 2]; size_of::<Counts>() / 8],
    texts: [0; LEN],
});

/// The number of the text that is `errno`'s message.
pub fn of(errno: Errno) -> usize {
    ERRNO + errno.raw_os_error() as usize
}

/// Text `n`.
#[inline(never)]
pub fn text(n: usize) -> &'static [u8] {
    let unpacked = UNPACKED.get(|new| texts::unpack(&PACKED, &mut new.counts, &mut new.texts));
    texts::nth(&unpacked.texts, n)
}
