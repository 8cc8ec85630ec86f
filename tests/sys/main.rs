//! The typed calls beyond sendfile's own, one by one, through every gate.
#![allow(unsafe_code, missing_docs)]

mod events;
mod files;
mod memory;
mod processes;
mod sandbox;
mod sockets;
