//! The caller's memory.
//!
//! # Safety
//!
//! The caller has promised, by `Gate::call6`, that its pointers are valid for
//! what the call does, or are such that the kernel returns EFAULT: here
//! those below 4096.
#![allow(unsafe_code)]

use int80::{Errno, Register};

fn check(at: Register, len: usize) -> Result<(), Errno> {
    if len > 0 && at.bits() < 4096 {
        return Err(Errno::EFAULT);
    }
    Ok(())
}

/// Reads a value; a plain one of integers and pointers.
pub fn load<T: Copy>(at: Register) -> Result<T, Errno> {
    check(at, size_of::<T>())?;
    // SAFETY: the caller's pointer, by this file's header.
    Ok(unsafe { at.as_ptr().cast::<T>().read_unaligned() })
}

/// Writes a value.
pub fn store<T: Copy>(at: Register, value: T) -> Result<(), Errno> {
    check(at, size_of::<T>())?;
    // SAFETY: the caller's pointer, by this file's header.
    unsafe { at.as_ptr().cast::<T>().write_unaligned(value) };
    Ok(())
}

/// Reads bytes.
pub fn read(at: Register, len: usize) -> Result<Vec<u8>, Errno> {
    check(at, len)?;
    let mut bytes = vec![0; len];
    if len > 0 {
        // SAFETY: the caller's pointer, by this file's header.
        unsafe { bytes.as_mut_ptr().copy_from(at.as_ptr().cast(), len) };
    }
    Ok(bytes)
}

/// Writes bytes.
pub fn write(at: Register, bytes: &[u8]) -> Result<(), Errno> {
    check(at, bytes.len())?;
    if !bytes.is_empty() {
        // SAFETY: the caller's pointer, by this file's header.
        unsafe { bytes.as_ptr().copy_to(at.as_ptr().cast(), bytes.len()) };
    }
    Ok(())
}
