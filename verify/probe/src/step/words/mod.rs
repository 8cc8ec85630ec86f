//! The vocabulary: what a check can say, one function per step.

mod calls;
mod looks;
mod means;

pub use calls::*;
pub use looks::*;
pub use means::*;
