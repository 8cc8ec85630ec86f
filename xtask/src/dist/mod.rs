//! The kit: everything for both architectures in one folder and one archive.

pub mod includes;
mod parameters;
mod tables;
