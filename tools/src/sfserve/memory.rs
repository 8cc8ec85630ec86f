//! Memory that is set aside at the start: where there is too little, the program
//! ends.

use int80_rt::{FixedVec, Gate};
use int80_serve::Out;

use crate::say::must;

/// So many zeros.
pub fn zeros(gate: Gate, bytes: usize) -> &'static mut [u8] {
    must(b"memory", int80_rt::zeros(gate, bytes))
}

/// A vector for so many elements.
pub fn vector<T>(gate: Gate, capacity: usize) -> FixedVec<T> {
    must(b"memory", FixedVec::new(gate, capacity))
}

/// Copies all of `from`, if there is room for it: unlike `copy_from_slice` it has no
/// path that panics.
pub fn copy(to: &mut [u8], from: &[u8]) {
    Out::new(to).bytes(from);
}
