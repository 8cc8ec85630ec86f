//! The calls that the kernel's 32-bit entry is compared on with the `Syscall`
//! gate: what random arguments each takes, and why others are left out.
//!
//! `tests/oracle` makes the calls; `docs/calls.md` says which.

mod left_out;
mod recipes;

pub use self::{left_out::LEFT_OUT, recipes::RECIPES};

/// What one argument is drawn from.
#[derive(Clone, Copy, Debug)]
pub enum Kind {
    /// A descriptor of the world's, or none.
    Fd,
    /// A folder's descriptor, AT_FDCWD or none.
    Folder,
    /// A path in the world, one that does not exist, or a bad address.
    Path,
    /// A name that need not exist yet.
    NewPath,
    /// Memory of bytes that are the same on both sides.
    Bytes,
    /// Memory of that many words as wide as the caller's register.
    Words(usize),
    /// `iovec`s, at most three.
    Parts,
    /// A time of the caller's words, of no or little length: seconds, nanoseconds.
    Time,
    /// The same with fields of 64 bits.
    Time64,
    /// The same in microseconds, of which a million and more are no error.
    Micro,
    /// An address at which nothing is.
    Bad,
    /// A null pointer.
    Null,
    /// A count of bytes.
    Length,
    /// Any 32 bits, mostly small or at an edge.
    Int,
    /// A number with a sign, as wide as a register.
    Long,
    /// Any of these bits.
    Bits(u32),
    /// One of these.
    Of(&'static [u32]),
    /// Half of a number of 64 bits, of which the high half is mostly 0.
    Low,
    High,
    /// A `stat64`, whose two gaps 64-bit kernels leave alone and others fill with 0.
    Stat64,
    /// A `flock64`.
    Flock64,
    /// A `sockaddr`, and its length.
    Address,
    AddressLength,
    /// The arguments of a socket call, as words.
    SocketWords,
    /// The arguments of the old mmap and select, as words.
    MmapWords,
    SelectWords,
}

/// What is compared beside the world.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Look {
    /// The result, and memory.
    All,
    /// The result: the structure has fields of both kinds, or the time in it.
    Result,
    /// Whether it failed, and how: the result is a time or an address.
    Failure,
}

/// One call and its arguments.
#[derive(Clone, Copy, Debug)]
pub struct Recipe {
    pub nr: u32,
    pub look: Look,
    pub arguments: &'static [Kind],
}
