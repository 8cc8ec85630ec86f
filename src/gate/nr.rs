//! The table of i386 system calls: numbers, names, and the translation that the
//! `Syscall` gate makes on x86_64.
//!
//! The rows are in `nr/table.rs`; the compiler makes constants, names and the
//! translation from them. On i386 the gates pass every number on, with or without
//! a row.
//!
//! Structures in memory have the same layout on both architectures, except that a
//! field of type pointer, `size_t` or `long` has the width of the caller's
//! registers: `iovec`, `timeval` and `rlimit` are those of x86_64 there. Fields of
//! fixed width keep it: the 32-bit offset of call 187, `stat64`, `flock64`,
//! `statfs64`, the times of calls 403 to 423.

use core::str;

/// One call of the table.
#[derive(Clone, Copy, Debug)]
pub struct Call {
    /// The number in eax.
    pub nr: u32,
    /// The kernel's name for the number.
    pub name: &'static str,
    /// The number and the name of the x86_64 call in its place, if there is
    /// exactly one.
    pub x86_64: Option<(u32, &'static str)>,
    /// The first Linux that has the number on i386.
    pub since: &'static str,
    /// The names of the arguments in register order, separated by spaces.
    pub arguments: &'static str,
    how: How,
    why: &'static str,
}

/// What the `Syscall` gate does with a call on x86_64.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Class {
    /// The arguments pass as they are.
    Same,
    /// The arguments or the result are converted, in this way.
    Converted(&'static str),
    /// The gate returns −ENOSYS, for this reason.
    Refused(&'static str),
}

impl Call {
    /// What the `Syscall` gate does with the call.
    #[must_use]
    pub const fn class(&self) -> Class {
        match self.how {
            How::Same => Class::Same,
            How::Refused => Class::Refused(self.why),
            how => Class::Converted(how.text()),
        }
    }
}

/// The conversion of a call to one of x86_64, which `gate/syscall.rs` makes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum How {
    Same,
    Refused,
    Join0,
    Join1,
    Join2,
    Join3,
    Join3Flags,
    Join12,
    Join23,
    Pages,
    SwapTls,
    Zero1,
    Zero3,
    Size1,
    Size3,
    Id0,
    Id01,
    Id012,
    Id12,
    IdResult,
    Ids,
    IntResult,
    Sendfile,
    Llseek,
    Stat64,
    Fstatat64,
    Statfs64,
    Fcntl64,
    Getrlimit,
    Sigsuspend,
    Stime,
    Mmap,
    Select,
    Socketcall,
    Ipc,
}

impl How {
    const fn text(self) -> &'static str {
        match self {
            How::Same | How::Refused => "",
            How::Join0 => "ebx and ecx joined",
            How::Join1 => "ecx and edx joined",
            How::Join2 => "edx and esi joined",
            How::Join3 => "esi and edi joined",
            How::Join3Flags => "esi and edi joined, the flags after an unused register",
            How::Join12 => "ecx and edx joined, esi and edi joined",
            How::Join23 => "edx and esi joined, edi and ebp joined",
            How::Pages => "the offset times 4096",
            How::SwapTls => "esi and edi exchanged; tls is the base of fs",
            How::Zero1 => "0 in place of the missing second argument",
            How::Zero3 => "0 in place of the missing fourth argument",
            How::Size1 => "a second argument: the set's 8 bytes",
            How::Size3 => "a fourth argument: the set's 8 bytes",
            How::Id0 => "a 16-bit id widened, 65535 to none",
            How::Id01 | How::Id12 => "two 16-bit ids widened, 65535 to none",
            How::Id012 => "three 16-bit ids widened, 65535 to none",
            How::IdResult => "an id above 65535 is 65534",
            How::Ids => "three ids stored as 16 bits each, 65534 for one above 65535",
            How::IntResult => "the 32-bit result sign-extended",
            How::Sendfile => "the offset loaded from 32 bits and stored there",
            How::Llseek => "edx and ecx joined; the position stored through esi",
            How::Stat64 | How::Fstatat64 => "the structure rewritten as stat64",
            How::Statfs64 => "the structure rewritten as statfs64",
            How::Fcntl64 => "the commands with a flock64: the structure rewritten",
            How::Getrlimit => "limits above 2^31 - 1 stored as 2^31 - 1",
            How::Sigsuspend => "the mask in memory instead of edx",
            How::Stime => "the seconds as a time with 0 microseconds",
            How::Mmap => "six words in memory are the arguments",
            How::Select => "five words in memory are the arguments",
            How::Socketcall => "the socket call that ebx names, its arguments words in memory",
            How::Ipc => "the System V call that ebx names",
        }
    }
}

macro_rules! calls {
    ($(
        $nr:literal $name:ident $kernel:ident $(=> $x86_64:literal $($kernel64:ident)?)?:
        $how:ident $(($why:literal))?, $since:literal, $arguments:literal;
    )*) => {
        $(
            #[doc = concat!("`", stringify!($name), "(", $arguments, ")`",
                $(", on x86_64 ", stringify!($x86_64),)? ".")]
            pub const $name: u32 = $nr;
        )*

        /// Every call, in the order of the numbers.
        pub const CALLS: &[Call] = &[$(Call {
            nr: $nr,
            name: plain(stringify!($kernel)),
            x86_64: first(&[$(($x86_64, plain(last(&[
                stringify!($kernel), $(stringify!($kernel64))?
            ]))))?]),
            since: $since,
            arguments: $arguments,
            how: How::$how,
            why: concat!($($why)?),
        }),*];

        #[cfg(target_arch = "x86")]
        mod check {
            use linux_raw_sys::general::*;
            use static_assertions::const_assert_eq;
            $(const_assert_eq!($nr, $kernel);)*
        }

        #[cfg(target_arch = "x86_64")]
        mod check {
            use linux_raw_sys::general::*;
            use static_assertions::const_assert_eq;
            $($(const_assert_eq!($x86_64, checked!($kernel $($kernel64)?));)?)*

            /// `sc` does not have every call. A constant of `sc` shadows the one
            /// of the same name in this module.
            #[allow(dead_code)]
            mod own {
                $($(const $name: usize = $x86_64;)?)*

                const _: () = {
                    use sc::nr::*;
                    $($(assert!($name == $x86_64);)?)*
                };
            }
        }
    };
}

/// The kernel's name for the x86_64 call: the last one given.
#[cfg(target_arch = "x86_64")]
macro_rules! checked {
    ($kernel:ident) => {
        $kernel
    };
    ($kernel:ident $kernel64:ident) => {
        $kernel64
    };
}

mod table;
pub use table::*;

/// The name in `__NR_name`.
const fn plain(constant: &'static str) -> &'static str {
    let (_, name) = constant.as_bytes().split_at("__NR_".len());
    match str::from_utf8(name) {
        Ok(name) => name,
        Err(_) => "",
    }
}

const fn first(calls: &[(u32, &'static str)]) -> Option<(u32, &'static str)> {
    if let [call, ..] = calls {
        Some(*call)
    } else {
        None
    }
}

const fn last(names: &[&'static str]) -> &'static str {
    names[names.len() - 1]
}

/// One more than the highest number.
const COUNT: usize = CALLS[CALLS.len() - 1].nr as usize + 1;

/// The names, one line for each number and an empty one for a number without a
/// call: a third of the space of an array of `&str`.
static NAMES: &str = {
    const TEXT: [u8; NAMES_LENGTH] = {
        let mut text = [b'\n'; NAMES_LENGTH];
        let (mut at, mut line, mut call) = (0, 0, 0);
        while call < CALLS.len() {
            let name = CALLS[call].name.as_bytes();
            at += CALLS[call].nr as usize - line;
            line = CALLS[call].nr as usize;
            let mut byte = 0;
            while byte < name.len() {
                text[at] = name[byte];
                (at, byte) = (at + 1, byte + 1);
            }
            call += 1;
        }
        text
    };
    match str::from_utf8(&TEXT) {
        Ok(text) => text,
        Err(_) => "",
    }
};

const NAMES_LENGTH: usize = {
    let (mut length, mut call) = (COUNT, 0);
    while call < CALLS.len() {
        length += CALLS[call].name.len();
        call += 1;
    }
    length
};

/// Every number of the table, with the kernel's name for it.
pub fn names() -> impl Iterator<Item = (u32, &'static str)> {
    let (mut rest, mut next) = (NAMES, 0);
    core::iter::from_fn(move || {
        loop {
            let end = rest.bytes().position(|byte| byte == b'\n')?;
            let (name, nr) = (rest.get(..end)?, next);
            (rest, next) = (rest.get(end + 1..)?, nr + 1);
            if !name.is_empty() {
                return Some((nr, name));
            }
        }
    })
}

/// The kernel's name for a number: `name(187)` is `Some("sendfile")`.
#[must_use]
pub fn name(nr: u32) -> Option<&'static str> {
    names().find(|known| known.0 == nr).map(|(_, name)| name)
}

/// The number of a name: `by_name("sendfile")` is `Some(187)`.
#[must_use]
pub fn by_name(name: &str) -> Option<u32> {
    names().find(|known| known.1 == name).map(|(nr, _)| nr)
}

/// Whether [`Native`](super::Native) passes a call of this number on to the
/// kernel: on i386 any, on x86_64 those that are not [refused](Class::Refused).
#[must_use]
pub fn passes(nr: u32) -> bool {
    #[cfg(target_arch = "x86")]
    let refused = {
        let _ = nr;
        false
    };
    #[cfg(target_arch = "x86_64")]
    let refused = TRANSLATIONS[place(nr)].how == How::Refused;
    !refused
}

/// The x86_64 call in place of a number.
#[cfg(target_arch = "x86_64")]
#[derive(Clone, Copy)]
pub(super) struct Translation {
    pub number: u16,
    pub how: How,
}

/// The size of the translation table, more than there are numbers. Its last entry
/// is refused, and stands for all higher numbers.
#[cfg(target_arch = "x86_64")]
const ROOM: usize = 512;

/// 4 bytes for each number. It is a `const`, since the compiler cannot evaluate
/// the contents of a `static` in other crates.
#[cfg(target_arch = "x86_64")]
pub(super) const TRANSLATIONS: &[Translation; ROOM] = &{
    let refused = Translation {
        number: 0,
        how: How::Refused,
    };
    let mut all = [refused; ROOM];
    let mut call = 0;
    while call < CALLS.len() {
        let Call {
            nr, x86_64, how, ..
        } = CALLS[call];
        all[nr as usize].how = how;
        if let Some((number, _)) = x86_64 {
            all[nr as usize].number = number as u16;
        }
        call += 1;
    }
    all
};

#[cfg(target_arch = "x86_64")]
static_assertions::const_assert!(size_of::<[Translation; ROOM]>() <= 3 * 1024 && COUNT < ROOM);

/// The index of a number in `TRANSLATIONS`.
#[cfg(target_arch = "x86_64")]
#[inline(always)]
pub(super) const fn place(nr: u32) -> usize {
    const LAST: usize = ROOM - 1;
    // Without a jump, so that even a compiler that does not optimise folds it.
    (nr as usize & LAST) | ((nr as usize > LAST) as usize * LAST)
}

/// The x86_64 number in place of `nr`.
#[cfg(target_arch = "x86_64")]
pub(super) const fn x86_64(nr: u32) -> Option<u32> {
    match TRANSLATIONS[place(nr)] {
        Translation {
            how: How::Refused | How::Socketcall | How::Ipc,
            ..
        } => None,
        Translation { number, .. } => Some(number as u32),
    }
}
