//! The runtime's writer, lines and numbers, in programs with std, on a gate that
//! returns what a test has written down.

mod lines;
mod numbers;
mod script;
mod writer;
