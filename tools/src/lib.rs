//! What the freestanding tools have in common.

#![no_std]

pub mod texts;
