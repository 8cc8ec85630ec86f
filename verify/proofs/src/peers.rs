//! The same caller through other crates: C's `sendfile64`, as `out_sendfile64`
//! and `out_send` in `callers.rs` are through this library.
//!
//! Each takes what the peer offers for it. Where the peer decodes the result, the
//! caller returns the count or −1.
//!
//! # Safety
//!
//! None of these functions is ever run; their callers would have to keep the
//! descriptors open and the offset valid.
#![allow(unsafe_code, missing_docs, clippy::missing_safety_doc)]

/// The functions of one peer: each gets descriptors, offset and count.
#[cfg(feature = "peers")]
macro_rules! peer {
    ($($name:ident($out_fd:ident: $fd:ty, $in_fd:ident, $offset:ident, $count:ident) $body:block)*) => {
        $(
            #[unsafe(no_mangle)]
            pub unsafe extern "C" fn $name(
                $out_fd: $fd,
                $in_fd: $fd,
                $offset: Option<&mut u64>,
                $count: usize,
            ) -> isize {
                // SAFETY: the caller's promise; a peer may ask for none.
                #[allow(unused_unsafe)]
                unsafe { $body }
            }
        )*
    };
}

/// The offset's address, as the crates without types want it.
#[cfg(any(feature = "nc", feature = "syscalls", feature = "linux-syscalls"))]
fn address(offset: Option<&mut u64>) -> usize {
    offset.map_or(0, |offset| core::ptr::from_mut(offset) as usize)
}

#[cfg(feature = "rustix")]
mod rustix {
    use rustix::{fd::BorrowedFd, fs::sendfile};

    peer! {
        // Its descriptors have a type whose making is checked: that is not
        // sendfile's, and left to the caller.
        peer_rustix(out_fd: BorrowedFd<'_>, in_fd, offset, count) {
            match sendfile(out_fd, in_fd, offset, count) {
                Ok(moved) => moved as isize,
                Err(_) => -1,
            }
        }
    }
}

#[cfg(feature = "nc")]
mod nc {
    /// On i386 nc's `sendfile64` takes the offset by value, so its general
    /// function has to do.
    #[cfg(target_arch = "x86")]
    const SENDFILE: nc::syscalls::Sysno = nc::SYS_SENDFILE64;
    #[cfg(target_arch = "x86_64")]
    const SENDFILE: nc::syscalls::Sysno = nc::SYS_SENDFILE;

    peer! {
        peer_nc(out_fd: i32, in_fd, offset, count) {
            let offset = super::address(offset);
            match nc::syscalls::syscall4(SENDFILE, out_fd as usize, in_fd as usize, offset, count) {
                Ok(moved) => moved as isize,
                Err(_) => -1,
            }
        }
    }
}

#[cfg(feature = "syscalls")]
mod syscalls {
    use syscalls::{Sysno, raw, syscall4};

    #[cfg(target_arch = "x86")]
    const SENDFILE: Sysno = Sysno::sendfile64;
    #[cfg(target_arch = "x86_64")]
    const SENDFILE: Sysno = Sysno::sendfile;

    peer! {
        peer_syscalls_raw(out_fd: i32, in_fd, offset, count) {
            let offset = super::address(offset);
            raw::syscall4(SENDFILE, out_fd as usize, in_fd as usize, offset, count) as isize
        }

        peer_syscalls(out_fd: i32, in_fd, offset, count) {
            let offset = super::address(offset);
            match syscall4(SENDFILE, out_fd as usize, in_fd as usize, offset, count) {
                Ok(moved) => moved as isize,
                Err(_) => -1,
            }
        }
    }
}

#[cfg(feature = "linux-syscalls")]
mod linux_syscalls {
    use linux_syscalls::{Sysno, raw_syscall, syscall};

    #[cfg(target_arch = "x86")]
    const SENDFILE: Sysno = Sysno::sendfile64;
    #[cfg(target_arch = "x86_64")]
    const SENDFILE: Sysno = Sysno::sendfile;

    peer! {
        peer_linux_syscalls_raw(out_fd: i32, in_fd, offset, count) {
            raw_syscall!(SENDFILE, out_fd, in_fd, super::address(offset), count) as isize
        }

        peer_linux_syscalls(out_fd: i32, in_fd, offset, count) {
            match syscall!(SENDFILE, out_fd, in_fd, super::address(offset), count) {
                Ok(moved) => moved as isize,
                Err(_) => -1,
            }
        }
    }
}
