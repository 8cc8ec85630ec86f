//! Where the pages contradict each other, or themselves.

/// One contradiction.
#[derive(Clone, Copy, Debug)]
pub struct Contradiction {
    /// What it is about.
    pub about: &'static str,
    /// What each page says.
    pub says: &'static str,
    /// What is so, and the check that shows it.
    pub so: &'static str,
    /// What `int80` does.
    pub int80: &'static str,
}

const fn about(
    about: &'static str,
    says: &'static str,
    so: &'static str,
    int80: &'static str,
) -> Contradiction {
    Contradiction {
        about,
        says,
        so,
        int80,
    }
}

/// All of them.
pub const CONTRADICTIONS: [Contradiction; 16] = [
    about(
        "the width of the offset of 187",
        "P0.3: 64 bits. P1.1, P4.1: an off_t. P2.26: too small for large offsets",
        "32 bits (`cell-of-32-bits`, `wall-overflow`)",
        "`sendfile` is 187 with a 32-bit offset, `sendfile64` 239 with a 64-bit one",
    ),
    about(
        "the order of the descriptors",
        "P0.2, P1.1, P2.1, P4.1: the output first. P3.1: the file first",
        "of two calls that share a name (`registers`, `bsd-all`)",
        "each function as its page",
    ),
    about(
        "what the output may be",
        "P0.7, P4.4: any descriptor open for writing. P1.11: a socket. P2.11: a socket in every version before 2.6.33. P1.14, P2.25: a file too up to 2.4. P3.2: a stream socket",
        "each at its time, but P2.11 is wrong of 2.2 and 2.4; today anything that has splice_write and not O_APPEND (`output-file`, `output-append`)",
        "raw: what the kernel returns. `transfer` falls back where it is EINVAL",
    ),
    about(
        "the input's position",
        "P0.12, P4.9: not modified. P1.8, P2.8: moved where offset is null",
        "the latter (`cell-moves`, `null-moves-position`)",
        "`sendfile64` with `None` uses and moves it, with `Some` it does neither",
    ),
    about(
        "sockets as input",
        "P0.6, P4.3: either or both. P0.15, P1.10, P2.4, P4.11: never",
        "to a pipe, since 5.12 (`input-socket`, `input-socket-to-pipe`)",
        "raw: what the kernel returns. `transfer` falls back",
    ),
    about(
        "a pipe as input, with an offset",
        "P1.20, P2.18: cannot be mapped, so EINVAL. P2.21: cannot seek, so ESPIPE",
        "ESPIPE with an offset since 2.6.31, EINVAL without (`unseekable-offset`, `input-pipe`)",
        "documents both; `transfer` gives an offset only where one was asked for",
    ),
    about(
        "where the offset is afterwards",
        "P0.9, P1.6, P2.6, P4.6: after the last byte read. P0.17 and others: the result counts those written",
        "after the last byte sent; both agree (`short-write`)",
        "relies on it: a short count is continued from the offset alone",
    ),
    about(
        "a count that is too large",
        "P2.1: it is unsigned. P2.14, P2.24: the rest is left. P2.18: negative, so EINVAL. P2.20: EOVERFLOW",
        "what goes beyond 0x7ffff000 bytes or the offset's limit is left; a top bit is EINVAL, but for a 64-bit kernel's 32-bit programs; EOVERFLOW is not about the count (`count-limit`, `wall-cut`, `count-negative`)",
        "raw: what the kernel returns. Safe: never more than 0x7ffff000 are asked for",
    ),
    about(
        "EOVERFLOW",
        "P2.20: the count is too large. The others do not have it",
        "the start is at the limit (`wall-overflow`)",
        "documents it so; `transfer` uses 239, which does not have this limit, if the kernel has it",
    ),
    about(
        "a descriptor that is not valid",
        "P0.21, P1.20, P2.18, P4.16: EINVAL. P3.18, P3.19: EBADF. P0.19 and others have EBADF for the wrong rights",
        "EBADF in both cases (`no-descriptor`, `output-not-writable`)",
        "documents EBADF",
    ),
    about(
        "how an error is returned",
        "P0.18: a negative code. P1.16, P2.30, P4.14, P3.17: -1 and errno",
        "both, at different levels (`no-descriptor`)",
        "raw: eax. Safe: `Result`. C: -1 and errno",
    ),
    about(
        "what success is",
        "P0.17, P1.15, P2.13, P4.13: the number of bytes. P3.17: 0",
        "of two calls that share a name (`registers`, `bsd-all`)",
        "`sendfile64` returns the bytes; `bsd::sendfile` success, and the bytes beside it",
    ),
    about(
        "a count of 0",
        "P3.4: up to the end. P0.10 and others: nothing, by silence",
        "of two calls that share a name (`count-zero`, `bsd-all`)",
        "each function as its page",
    ),
    about(
        "how the offset is given",
        "P0.8, P1.5, P2.5, P4.5: through a pointer, and moved. P3.3: by value",
        "of two calls that share a name (`cell-moves`, `bsd-part`)",
        "each function as its page",
    ),
    about(
        "a socket that is full after some bytes",
        "P2.14: a short count. P3.10: EAGAIN, and the count beside it",
        "of two calls that share a name (`short-write`, `bsd-full`)",
        "each function as its page",
    ),
    about(
        "a signal after some bytes",
        "P2.14: a short count. P3.28: EINTR, and the count beside it",
        "of two calls that share a name (`signal-later`, `bsd-failing`)",
        "each function as its page",
    ),
];
