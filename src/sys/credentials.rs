//! Credentials: users, groups and capabilities.
//!
//! # Safety
//!
//! As in `sys`: each pointer comes from a reference or a slice that lives until
//! the call returns.
#![allow(unsafe_code)]

use core::ptr;

use linux_raw_sys::general as kernel;

use crate::{Errno, Gate, errno::decode, gate::nr};

/// `getuid32()`: the real user ID of this thread.
///
/// # Returns
///
/// The user ID.
///
/// # Platform
///
/// i386: 199. x86_64: 102.
///
/// # References
///
/// getuid(2).
#[doc(alias = "getuid")]
#[inline]
pub fn getuid32<G: Gate>(gate: G) -> u32 {
    // SAFETY: getuid touches no memory.
    (unsafe { gate.call(nr::GETUID32, []) }) as u32
}

/// `getgid32()`: the real group ID of this thread.
///
/// # Returns
///
/// The group ID.
///
/// # Platform
///
/// i386: 200. x86_64: 104.
///
/// # References
///
/// getgid(2).
#[doc(alias = "getgid")]
#[inline]
pub fn getgid32<G: Gate>(gate: G) -> u32 {
    // SAFETY: getgid touches no memory.
    (unsafe { gate.call(nr::GETGID32, []) }) as u32
}

/// `setresuid32(ruid, euid, suid)`: sets the real, effective and saved user ID
/// of this thread.
///
/// Unlike the C library's function, it does not change other threads.
///
/// - `ruid`, `euid`, `suid`: `u32::MAX` leaves the ID unchanged.
///
/// # Errors
///
/// EAGAIN; EINVAL if an ID is not mapped in the user namespace; EPERM.
///
/// # Platform
///
/// i386: 208. x86_64: 117.
///
/// # References
///
/// setresuid(2).
#[doc(alias("setresuid", "setuid"))]
#[inline]
pub fn setresuid32<G: Gate>(gate: G, ruid: u32, euid: u32, suid: u32) -> Result<(), Errno> {
    // SAFETY: it touches no memory.
    decode(unsafe { gate.call(nr::SETRESUID32, [ruid.into(), euid.into(), suid.into()]) }).map(drop)
}

/// `setresgid32(rgid, egid, sgid)`: sets the real, effective and saved group ID
/// of this thread.
///
/// Unlike the C library's function, it does not change other threads.
///
/// - `rgid`, `egid`, `sgid`: `u32::MAX` leaves the ID unchanged.
///
/// # Errors
///
/// EAGAIN; EINVAL if an ID is not mapped in the user namespace; EPERM.
///
/// # Platform
///
/// i386: 210. x86_64: 119.
///
/// # References
///
/// setresgid(2).
#[doc(alias("setresgid", "setgid"))]
#[inline]
pub fn setresgid32<G: Gate>(gate: G, rgid: u32, egid: u32, sgid: u32) -> Result<(), Errno> {
    // SAFETY: it touches no memory.
    decode(unsafe { gate.call(nr::SETRESGID32, [rgid.into(), egid.into(), sgid.into()]) }).map(drop)
}

/// `setgroups32(size, list)`: sets the supplementary group IDs of this thread.
///
/// Unlike the C library's function, it does not change other threads.
///
/// # Errors
///
/// EINVAL for more than 65,536 groups, or an ID that is not mapped in the user
/// namespace; ENOMEM; EPERM.
///
/// # Platform
///
/// i386: 206. x86_64: 116.
///
/// # References
///
/// setgroups(2).
#[doc(alias = "setgroups")]
#[inline]
pub fn setgroups32<G: Gate>(gate: G, list: &[u32]) -> Result<(), Errno> {
    // SAFETY: the kernel reads the slice.
    decode(unsafe { gate.call(nr::SETGROUPS32, [list.len().into(), list.as_ptr().into()]) })
        .map(drop)
}

/// `capset(hdrp, datap)`: drops every capability of this thread.
///
/// # Errors
///
/// Only those of a seccomp filter.
///
/// # Platform
///
/// i386: 185. x86_64: 126.
///
/// # References
///
/// capset(2).
#[doc(alias = "capset")]
#[inline]
pub fn capset_none<G: Gate>(gate: G) -> Result<(), Errno> {
    // Version and thread (0 is this one), then three sets of 64 bits.
    let header = [kernel::_LINUX_CAPABILITY_VERSION_3, 0];
    let none = [0_u32; 6];
    // SAFETY: the kernel reads both arrays, and may write the first, a copy.
    decode(unsafe {
        let mut header = header;
        let header = ptr::from_mut(&mut header);
        gate.call(nr::CAPSET, [header.into(), none.as_ptr().into()])
    })
    .map(drop)
}
