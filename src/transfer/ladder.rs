//! Which rungs there are, chosen when a program is compiled.

/// The rungs that a [`Transfer`](super::Transfer) has: [`Full`] or [`Short`].
pub trait Ladder: Sealed {}

/// All rungs. An error's side is found by calls that move nothing.
#[derive(Clone, Copy, Debug)]
pub enum Full {}

/// sendfile64, then read and write, for programs of which each byte counts; see
/// [`Transfer::short`](super::Transfer::short).
#[derive(Clone, Copy, Debug)]
pub enum Short {}

impl Ladder for Full {}
impl Ladder for Short {}

/// What the ladders differ in.
pub trait Sealed {
    const SHORT: bool;
}

impl Sealed for Full {
    const SHORT: bool = false;
}

impl Sealed for Short {
    const SHORT: bool = true;
}
