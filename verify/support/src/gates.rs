//! What the tests of single calls share: every gate, files to move, and how a
//! difference of qemu-i386's is written down.
#![allow(unsafe_code)] // Descriptors of tests, and the auxiliary vector.

use std::{
    fs::File,
    io::{Read, Seek, SeekFrom, Write},
    os::fd::AsRawFd,
};

use int80::Fd;

pub use crate::skip::say as skip;
use crate::{qemu, skip};

/// Whether this runs under qemu-i386, which differs from the kernel in known
/// ways.
pub fn under_qemu() -> bool {
    qemu::running().is_some()
}

/// What the kernel returns, or in its place each known release of qemu-i386.
/// Under another release the test is skipped.
pub fn expect<T>(kernel: T, emulated: T) -> T {
    match qemu::running() {
        None => kernel,
        Some(Ok(_)) => emulated,
        Some(Err(reason)) => skip::here(reason),
    }
}

/// The same for one release alone: the other known ones do what the kernel does.
pub fn expect_in<T>(release: &str, kernel: T, emulated: T) -> T {
    match qemu::running() {
        Some(Ok(running)) if running == release => emulated,
        Some(Err(reason)) => skip::here(reason),
        _ => kernel,
    }
}

/// The descriptor of something that outlives the call.
pub fn fd<T: AsRawFd>(owner: &T) -> Fd<'_> {
    // SAFETY: the owner keeps it open for the borrow.
    unsafe { Fd::borrow_raw(owner.as_raw_fd()) }
}

/// A number that is open in no process.
pub fn no_fd() -> Fd<'static> {
    // SAFETY: −1 cannot be open.
    unsafe { Fd::borrow_raw(-1) }
}

/// `length` bytes, no two pages of which are alike.
pub fn pattern(length: usize) -> Vec<u8> {
    (0..length)
        .map(|at| ((at * 7) ^ (at >> 8) ^ (at >> 16)) as u8)
        .collect()
}

/// A temporary file with these bytes, its position at the start.
pub fn file_with(bytes: &[u8]) -> File {
    let mut file = tempfile::tempfile().expect("a temporary file");
    file.write_all(bytes).expect("writing it");
    file.rewind().expect("rewinding it");
    file
}

/// A sparse file with `bytes` at `offset`, its position at the start.
pub fn sparse_file(offset: u64, bytes: &[u8]) -> File {
    let mut file = tempfile::tempfile().expect("a temporary file");
    file.seek(SeekFrom::Start(offset)).expect("seeking it");
    file.write_all(bytes).expect("writing it");
    file.rewind().expect("rewinding it");
    file
}

/// All of a file's bytes.
pub fn contents(file: &mut File) -> Vec<u8> {
    let mut bytes = Vec::new();
    file.rewind().expect("rewinding it");
    file.read_to_end(&mut bytes).expect("reading it");
    bytes
}

/// A file's position.
pub fn position(mut file: &File) -> u64 {
    file.stream_position().expect("a file that can seek")
}

/// The kernel's AT_SYSINFO gate of this process.
#[cfg(target_arch = "x86")]
pub fn sysinfo() -> Option<int80::gate::Sysinfo> {
    const AT_SYSINFO: libc::c_ulong = 32;
    // SAFETY: getauxval reads the process's own auxiliary vector.
    let entry = unsafe { libc::getauxval(AT_SYSINFO) } as usize;
    // SAFETY: the entry point is from this process's auxiliary vector.
    std::num::NonZero::new(entry).map(|entry| unsafe { int80::gate::Sysinfo::new(entry) })
}

/// Makes each function a test through every gate of the architecture.
#[macro_export]
macro_rules! every_gate {
    (@run $module:literal, $name:ident, $gate:expr) => {
        $crate::skip::or_say(concat!($module, "::", stringify!($name)), || super::$name($gate))
    };
    ($($(#[$doc:meta])* fn $name:ident($gate:ident) $body:block)*) => {
        $(
            $(#[$doc])*
            fn $name<G: int80::Gate + Copy + Send + Sync>($gate: G) $body
        )*

        #[cfg(target_arch = "x86_64")]
        mod syscall {
            $(#[test] fn $name() {
                $crate::every_gate!(@run "syscall", $name, int80::gate::Syscall)
            })*
        }

        #[cfg(target_arch = "x86")]
        mod int80_ {
            $(#[test] fn $name() {
                $crate::every_gate!(@run "int80", $name, int80::gate::Int80)
            })*
        }

        #[cfg(target_arch = "x86")]
        mod sysinfo {
            $(#[test] fn $name() {
                match $crate::gates::sysinfo() {
                    Some(gate) => $crate::every_gate!(@run "sysinfo", $name, gate),
                    None => $crate::skip::say(
                        concat!("sysinfo::", stringify!($name)),
                        "no AT_SYSINFO in the auxiliary vector",
                    ),
                }
            })*
        }

        #[cfg(target_arch = "x86")]
        mod sysinfo_int80 {
            $(#[test] fn $name() {
                $crate::every_gate!(@run "sysinfo_int80", $name, int80::gate::Sysinfo::int80())
            })*
        }
    };
}
