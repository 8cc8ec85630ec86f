//! The steps that checks are made of.

use int80::Errno;

use crate::{Input, Output};

/// A version of Linux.
pub type Version = [u8; 3];

/// What a check needs of the kernel.
#[derive(Clone, Copy, Debug)]
pub enum Need {
    /// Files without splice_write are refused.
    Unbuffered,
    /// A full non-blocking pipe is not waited for.
    PipeRefuses,
    /// A pipe that may block takes what it has room for.
    PipeTakesSome,
    /// A pipe takes the file's own pages.
    PipeShares,
    /// Every file system has splice_read.
    SpliceReads,
    /// Splice looks at O_APPEND.
    SpliceLooks,
}

/// On which kernels a check can be tried.
pub(crate) struct Rule {
    /// From this version on.
    pub since: Version,
    /// But not from the first of these versions until the second.
    pub except: [Version; 2],
    /// Why not on others.
    pub why: &'static str,
}

const fn since(since: Version, why: &'static str) -> Rule {
    let except = [[0; 3]; 2];
    Rule { since, except, why }
}

impl Need {
    pub(crate) fn rule(self) -> &'static Rule {
        const RULES: [Rule; 6] = [
            since(
                [5, 10, 0],
                "Linux before 5.10 writes every file through a buffer",
            ),
            Rule {
                since: [0, 0, 0],
                except: [[5, 12, 0], [5, 19, 0]],
                why: "Linux 5.12 to 5.18 wait for room in every pipe",
            },
            since(
                [5, 12, 0],
                "Linux before 5.12 waits until all of it is in the pipe",
            ),
            since(
                [5, 12, 0],
                "Linux before 5.12 copies what it sends to a pipe",
            ),
            since(
                [2, 6, 23],
                "every file system has splice since Linux 2.6.23",
            ),
            since([2, 6, 28], "splice looks at O_APPEND since Linux 2.6.28"),
        ];
        let [unbuffered, refuses, some, shares, reads, looks] = &RULES;
        match self {
            Self::Unbuffered => unbuffered,
            Self::PipeRefuses => refuses,
            Self::PipeTakesSome => some,
            Self::PipeShares => shares,
            Self::SpliceReads => reads,
            Self::SpliceLooks => looks,
        }
    }
}

/// Headers and trailers of [`Step::Bsd`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Hdtr {
    /// Bytes 0 to 9 of the input as headers, in two parts with an empty one
    /// between them, and bytes 80 to 99 as a trailer.
    Framed,
    /// `hdtr` itself at an address without memory.
    BadHdtr,
    /// Headers at such an address.
    BadHeaders,
    /// Trailers at such an address.
    BadTrailers,
    /// The parts of `Framed`, and `sbytes` at such an address.
    BadSbytes,
    /// The first 4 MiB of the input as header, and no trailer.
    LongHeader,
    /// The bytes of the input from 100 up to 4 MiB as trailer.
    LongTrailer,
}

/// One step of a check. Lengths, counts and positions are in bytes, and in the
/// `Far` forms in GiB and bytes; `(start, count)` are the bytes that an input has
/// from `start` on.
#[derive(Clone, Copy, Debug)]
pub enum Step {
    // What there is to work with.
    /// A regular file of this length as input, its position at the start.
    File(i32),
    /// The same.
    FileFar(u8, i32),
    /// An input of another kind.
    In(Input, u32),
    /// Descriptor −1 as input.
    NoInput,
    /// A Unix stream socket as output, which every kernel can send to.
    Stream,
    /// An output of another kind.
    To(Output),
    /// Descriptor −1 as output.
    NoOutput,
    /// The input as output, too.
    BothSides,

    // What is done to it.
    /// Sets O_NONBLOCK on the output.
    Nonblocking,
    /// Clears O_NONBLOCK on the output.
    Blocking,
    /// Sets O_APPEND on the output.
    Appending,
    /// Moves the input's position.
    Seek(i32),
    /// Writes such bytes to the output.
    Write(i32, u16),
    /// Writes such bytes into the input, from its start on.
    Overwrite(i32, u16),
    /// From here on, looks at what is left in the input, a pipe, and not at
    /// what has arrived.
    LookAtInput,
    /// Closes the output's other end.
    HangUp,
    /// From 50 ms on, another process reads the output's other end, and finds so
    /// many of the input's bytes and no more.
    ReadsLater(u32),
    /// The process of the next [`Step::ReadsLater`] first cuts the input down
    /// to this length.
    CutLater(u32),
    /// Sets or clears TCP_CORK.
    Cork(bool),
    /// Blocks SIGPIPE, so that it stays pending.
    BlockSigpipe,
    /// Lets SIGALRM come every 50 ms, to a handler that returns, without
    /// SA_RESTART.
    Alarms,

    // The offset that sendfile is given.
    /// A 64-bit variable with this value; call 187 sees its first 4 bytes.
    Offset(i32),
    /// The same.
    OffsetFar(u8, i32),
    /// The same, so many bytes before 2^63 - 1.
    OffsetBeforeEnd(i32),
    /// Another value in the 4 bytes after the offset of call 187.
    WordAfter(i32),
    /// A null pointer.
    NoOffset,
    /// A pointer to an address without memory.
    OffsetNowhere,
    /// A pointer to the value 10 in a page with these rights.
    OffsetInPage(u32),

    // What sendfile meets with instead of the kernel, from here on.
    /// This value in eax.
    Return(i32),
    /// Its own count in eax.
    Echo,
    /// The next sendfile moves at most 4096 bytes, and those after it meet with
    /// this errno.
    InjectAfter4096(Errno),

    // The calls that move bytes.
    /// Call 187 with this count.
    Send(i32),
    /// Call 239.
    Send64(i32),
    /// Call 187 by the library's safe function.
    SafeSend(i32),
    /// Call 239 by the library's safe function.
    SafeSend64(i32),
    /// Call splice; skips the check where the kernel has none.
    Splice(u32),
    /// Calls 187 again and again, until the offset has this value or nothing
    /// moves, which counts as one call.
    SendAll(i32),
    /// Calls 187 until so many bytes are through, and reads the output empty
    /// each time that it is full. Offset, eax and bytes are looked at each time.
    Resume(i32),
    /// Both calls by the library's safe functions: they meet with this errno
    /// instead of the kernel, and return it.
    PassesOn(Errno),
    /// FreeBSD's function, from the offset's value on, with this `nbytes`.
    Bsd(i32),
    /// The same.
    BsdFar(u8, i32),
    /// What the next [`Step::Bsd`] has as `hdtr`, in place of null.
    Headers(Hdtr),
    /// How many parts the headers have, in place of 3.
    Parts(i32),
    /// What the next [`Step::Bsd`] has as `flags`, in place of 0.
    BsdFlags(i32),

    // Where kernels differ.
    /// Skips the check on some kernels.
    Needs(Need),
    /// Skips the check where holes of the input are filled when they are sent:
    /// 2 GiB of memory would be.
    HolesStay,
    /// On a kernel before this version eax is this errno, and the check is at
    /// its end.
    FailsBefore(Version, Errno),
    /// Eax is this for a 32-bit program of a 64-bit kernel, and EINVAL
    /// elsewhere.
    EaxOf64BitKernel(i32),

    // What is looked at.
    /// Eax is this.
    Eax(i32),
    /// Eax is this errno, negated.
    Fails(Errno),
    /// The bytes that went out, beside the result of [`Step::Bsd`].
    Sbytes(i32),
    /// The same.
    SbytesFar(u8, i32),
    /// Some bytes have gone out, and fewer than these.
    SomeOf(i32),
    /// The offset is this.
    OffsetIs(i32),
    /// The same.
    OffsetIsFar(u8, i32),
    /// The same, so many bytes before 2^63 - 1.
    OffsetIsBeforeEnd(i32),
    /// The offset has moved by eax since before the call, or not at all if eax
    /// is an errno.
    OffsetFollows,
    /// The 4 bytes after the offset of call 187 are these.
    WordAfterIs(i32),
    /// The input's position is there.
    Stands(i32),
    /// The same.
    StandsFar(u8, i32),
    /// The output's position is there.
    OutputStands(i32),
    /// The output's status flags are these.
    FlagsAre(u32),
    /// The input has no O_NONBLOCK.
    InputWaits,
    /// Mmap of the input fails.
    CannotBeMapped,
    /// SIGPIPE is pending, and no other signal.
    SigpipeWaits,
    /// Such bytes, and no more, have arrived since the last look.
    Arrived(i32, u16),
    /// The same.
    ArrivedFar(u8, i32, u16),
    /// As `Arrived`, but more may come.
    Next(i32, u16),
    /// As `Next`, but each byte is this.
    NextAre(u8, u16),
    /// The input's bytes from here on, as many as the last call that moved some
    /// has moved, and no more, have arrived.
    SentArrived(i32),
    /// The process of [`Step::ReadsLater`] has ended, and has found its bytes.
    WasRead,
}

// 880 steps of 8 bytes are 7 KiB of sfprobe.
const _: () = assert!(size_of::<Step>() == 8);

/// The most bytes that a check writes at once.
pub(crate) const WRITTEN: usize = 64;

/// Lists, one after the other.
macro_rules! join {
    ($($part:expr),* $(,)?) => {{
        const COUNT: usize = 0 $(+ $part.len())*;
        crate::step::joined::<_, COUNT>(&[$(&$part),*])
    }};
}
pub(crate) use join;

/// The lists `parts` as one; the first has at least one element.
pub(crate) const fn joined<T: Copy, const N: usize>(mut parts: &[&[T]]) -> [T; N] {
    let mut joined = [parts[0][0]; N];
    let mut at = 0;
    while let [part, rest @ ..] = parts {
        let mut n = 0;
        while n < part.len() {
            joined[at] = part[n];
            (at, n) = (at + 1, n + 1);
        }
        parts = rest;
    }
    joined
}
