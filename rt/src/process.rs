//! Arguments, environment and auxiliary vector, read in place.

use core::{
    ffi::CStr,
    iter::FusedIterator,
    marker::PhantomData,
    num::NonZero,
    sync::atomic::{AtomicBool, Ordering},
};

use int80::{Fd, OwnedFd, gate::ProcessGate};
use linux_raw_sys::auxvec::AT_NULL;

use crate::parse_unsigned;

/// The entry point for 32-bit programs (`arch/x86/include/uapi/asm/auxvec.h`);
/// the 64-bit headers do not have it.
const AT_SYSINFO: usize = 32;

/// The initial stack of the process: argc, the arguments, the environment and the
/// auxiliary vector. Nothing is copied.
#[derive(Clone, Copy, Debug)]
pub struct Process {
    /// Points to argc.
    stack: *const usize,
}

impl Process {
    /// The process whose argc is at `stack`.
    ///
    /// # Safety
    ///
    /// `stack` is the stack pointer with which the kernel started the process, and
    /// the words above it have not been changed since.
    #[inline(always)]
    #[must_use]
    pub const unsafe fn new(stack: *const usize) -> Self {
        Self { stack }
    }

    /// The arguments, the program's name first.
    #[inline(always)]
    #[must_use]
    pub fn arguments(self) -> Arguments {
        // SAFETY: the first argument follows argc; the list ends in null.
        let next = unsafe { self.stack.add(1) }.cast();
        Strings {
            next,
            lifetime: PhantomData,
        }
    }

    /// The environment; each entry is `NAME=value`.
    #[inline(always)]
    #[must_use]
    pub fn environment(self) -> Environment {
        // SAFETY: `stack` points to argc, and the environment follows
        // that many arguments and their null; it ends in null itself.
        let next = unsafe { self.stack.add(*self.stack + 2) }.cast();
        Strings {
            next,
            lifetime: PhantomData,
        }
    }

    /// The auxiliary vector.
    #[must_use]
    pub fn auxiliary(self) -> Auxiliary {
        let mut environment = self.environment();
        environment.by_ref().for_each(drop);
        // SAFETY: the iterator has stopped at the environment's null, and the
        // auxiliary vector follows it, up to an entry of AT_NULL.
        let next = unsafe { environment.next.add(1) }.cast();
        Auxiliary { next }
    }

    /// The kernel's entry point for 32-bit programs (AT_SYSINFO); `None` in
    /// 64-bit programs and under qemu-i386, which do not have it.
    #[must_use]
    pub fn sysinfo(self) -> Option<NonZero<usize>> {
        self.auxiliary()
            .find(|&(kind, _)| kind == AT_SYSINFO)
            .and_then(|(_, entry)| NonZero::new(entry))
    }

    /// Standard output as an owned descriptor, at the first call; then `None`.
    ///
    /// Closing it returns the errors that some file systems report only then. A
    /// file that is opened afterwards may get its number, and a second owner would
    /// close that file: it is therefore handed out once.
    ///
    /// # Safety
    ///
    /// Standard output was open when the program was started, or no file that has
    /// been opened since is open: the first one gets the number of a standard
    /// output that was closed.
    #[must_use]
    pub unsafe fn take_output<G: ProcessGate>(self, gate: G) -> Option<OwnedFd<G>> {
        static TAKEN: AtomicBool = AtomicBool::new(false);
        if TAKEN.swap(true, Ordering::Relaxed) {
            return None;
        }
        // SAFETY: the program's standard output belongs to the program, and
        // this is the one time that it is handed out; by the caller's promise
        // the number is no other file's. If it is not open, every call returns
        // EBADF.
        Some(unsafe { OwnedFd::from_raw_fd(gate, Fd::STDOUT.as_raw_fd()) })
    }
}

impl Process {
    /// The value of the environment variable `name`; `None` if it is not set.
    #[must_use]
    pub fn variable(self, name: &[u8]) -> Option<&'static [u8]> {
        self.environment().find_map(|entry| {
            // Unlike `strip_prefix`, this has no panic path with any compiler.
            let (start, rest) = entry.to_bytes().split_at_checked(name.len())?;
            let (equals, value) = rest.split_first()?;
            (start == name && *equals == b'=').then_some(value)
        })
    }

    /// The sockets that a service manager has opened for this process
    /// (LISTEN_FDS and LISTEN_PID, sd_listen_fds(3)), at the first call; then
    /// none.
    ///
    /// - `most`: the largest number of sockets to return.
    ///
    /// # Safety
    ///
    /// Until the iterator has returned the last socket, no file with a number from 3
    /// on is open that has been opened since the program was started: LISTEN_FDS may
    /// count numbers that were not open then, which the first files get.
    pub unsafe fn take_listen_fds<G: ProcessGate + Copy>(
        self,
        gate: G,
        most: i32,
    ) -> impl Iterator<Item = OwnedFd<G>> {
        static TAKEN: AtomicBool = AtomicBool::new(false);
        let number = |name| parse_unsigned(self.variable(name)?).ok();
        let own = int80::sys::getpid(gate);
        let mut count = 0;
        if number(b"LISTEN_PID") == Some(own) && !TAKEN.swap(true, Ordering::Relaxed) {
            count = number(b"LISTEN_FDS").unwrap_or(0).min(most.unsigned_abs());
        }
        (3..).zip(0..count).map(move |(fd, _)| {
            // SAFETY: by the protocol they were opened for this process, and
            // belong to the program; this is the one time that they are handed
            // out. By the caller's promise one that is not open is no other file's,
            // and every call returns EBADF.
            unsafe { OwnedFd::from_raw_fd(gate, fd) }
        })
    }
}

/// An iterator over the arguments.
pub type Arguments = Strings;
/// An iterator over the environment.
pub type Environment = Strings;

/// An iterator over a list of strings that ends in a null pointer.
#[derive(Clone, Debug)]
pub struct Strings {
    next: *const *const core::ffi::c_char,
    lifetime: PhantomData<&'static CStr>,
}

impl Iterator for Strings {
    type Item = &'static CStr;

    #[inline]
    fn next(&mut self) -> Option<&'static CStr> {
        // SAFETY: the iterator never goes past the null that ends the list.
        let string = unsafe { *self.next };
        if string.is_null() {
            return None;
        }
        // SAFETY: this entry is not the null, so there is another.
        self.next = unsafe { self.next.add(1) };
        // SAFETY: the kernel's strings end in a NUL and stay where they are.
        Some(unsafe { CStr::from_ptr(string) })
    }
}

impl FusedIterator for Strings {}

/// An iterator over the auxiliary vector: type (`AT_…`) and value.
#[derive(Clone, Debug)]
pub struct Auxiliary {
    next: *const [usize; 2],
}

impl Iterator for Auxiliary {
    type Item = (usize, usize);

    #[inline]
    fn next(&mut self) -> Option<(usize, usize)> {
        // SAFETY: the iterator never goes past the entry that ends the vector.
        let [kind, value] = unsafe { *self.next };
        if kind == AT_NULL as usize {
            return None;
        }
        // SAFETY: this entry is not the last, so there is another.
        self.next = unsafe { self.next.add(1) };
        Some((kind, value))
    }
}

impl FusedIterator for Auxiliary {}
