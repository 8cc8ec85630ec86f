//! The properties of a call of FreeBSD's sendfile.

use int80::{
    Errno, Fd,
    bsd::{self, Headers},
    gate::nr,
    sys::IoSlice,
};

use crate::case::Call;
use int80_sim::{Fault, FileKind, INPUT_SEED, Input, Kernel, Output, Rope};

const HEADER: u32 = 2;
const TRAILER: u32 = 3;

macro_rules! ensure {
    ($holds:expr, $($message:tt)*) => {
        if !$holds {
            return Err(format!($($message)*));
        }
    };
}

/// The bytes of the parts, of pattern `seed`, without the first `sent`.
fn bytes(seed: u32, parts: &[u16], sent: u64) -> Vec<u8> {
    let len: u64 = parts.iter().map(|len| u64::from(*len)).sum();
    Rope::pattern(seed, sent, len - sent).to_vec()
}

/// The bytes in parts of those lengths from the end.
fn slices<'a>(mut bytes: &'a [u8], parts: &[u16]) -> Vec<IoSlice<'a>> {
    let mut slices = Vec::new();
    for len in parts.iter().rev() {
        let at = bytes.len().saturating_sub(usize::from(*len));
        let (rest, part) = bytes.split_at(at);
        slices.push(IoSlice::new(part));
        bytes = rest;
    }
    slices.reverse();
    slices
}

/// The error of the arguments, in the order of the checks, as far as that era
/// has the calls that tell.
fn refused(c: &Call) -> Option<Errno> {
    let [fd, s] = c.open;
    let fcntl = c.era.has(nr::FCNTL64);
    let statx = c.era.has(nr::STATX) || c.era.has(nr::FSTAT64);
    let sockets = c.era.has(nr::GETSOCKOPT);
    if c.flags & !0x1f & 0xffff != 0 || c.offset < 0 {
        return Some(Errno::EINVAL);
    }
    if fcntl && (!fd || c.file == Input::WriteOnly) {
        return Some(Errno::EBADF);
    }
    let regular = matches!(
        c.file,
        Input::File(FileKind::Regular | FileKind::Proc) | Input::WriteOnly
    );
    if statx && !fd {
        return Some(Errno::EBADF);
    }
    if statx && !regular {
        return Some(Errno::EINVAL);
    }
    if sockets && !s {
        return Some(Errno::EBADF);
    }
    let socket = matches!(c.socket, Output::Tcp | Output::Unix | Output::Unconnected);
    if sockets && !socket {
        return Some(Errno::ENOTSOCK);
    }
    if sockets && !c.stream {
        return Some(Errno::EINVAL);
    }
    (sockets && c.socket == Output::Unconnected).then_some(Errno::ENOTCONN)
}

/// The property.
pub fn case(c: &Call) -> Result<(), String> {
    let kernel = Kernel::new(c.era);
    let fd = kernel.input(c.file, c.len, c.pace);
    let s = kernel.output(c.socket, c.capacity, c.pace);
    kernel.seek(fd, c.own);
    if c.nonblocking {
        kernel.nonblocking(s);
    }
    if !c.stream {
        kernel.datagram(s);
    }
    kernel.schedule(&c.faults);
    // SAFETY: a descriptor that is open in no kernel.
    #[allow(unsafe_code)]
    let closed = unsafe { Fd::borrow_raw(-1) };
    let fds = (
        if c.open[0] { fd } else { closed },
        if c.open[1] { s } else { closed },
    );
    let mut offset = c.offset;
    let mut nbytes = c.nbytes;
    let [mut headers, mut file, mut trailers] = [0; 3];
    for begun in 0.. {
        ensure!(begun < 2000, "it spins");
        let (head, tail) = (
            bytes(HEADER, &c.headers, headers),
            bytes(TRAILER, &c.trailers, trailers),
        );
        let hdtr = Headers {
            headers: &slices(&head, &c.headers),
            trailers: &slices(&tail, &c.trailers),
        };
        let before = kernel.written_len(s);
        let made = kernel.returned().len();
        let signals = kernel.counts().interrupted;
        let (result, sent) =
            bsd::sendfile(&kernel, fds.0, fds.1, offset, nbytes, Some(&hdtr), c.flags);
        let came = kernel.written_len(s) - before;
        for call in &kernel.returned()[made..] {
            let told = call.result.err() == result.err();
            ensure!(!call.once || told, "{call:?} was passed over: {result:?}");
        }
        let interrupted = kernel.counts().interrupted > signals;
        // Of a question whether a sandbox refuses a call, the first error counts.
        let asked = matches!(result, Err(Errno::ENOSYS | Errno::EPERM | Errno::EACCES));
        ensure!(
            interrupted == (result == Err(Errno::EINTR)) || asked,
            "{result:?}, and a signal came: {interrupted}"
        );
        ensure!(came == sent, "{sent} were counted, {came} came, {result:?}");
        if let Some(errno) = refused(c) {
            ensure!(result == Err(errno), "{result:?}, not {errno:?}");
            ensure!(sent == 0, "{errno:?}, and {sent} bytes went out");
            return Ok(());
        }

        if changes(c) {
            return changed(c, &kernel, s, result, sent);
        }

        // What went out, part by part.
        let to_headers = sent.min(all(&c.headers) - headers);
        headers += to_headers;
        let rest = sent - to_headers;
        let there = kernel.unread(fd, offset as u64).min(match nbytes {
            0 => u64::MAX,
            _ => nbytes as u64,
        });
        let seeks = c.file != Input::Pipe;
        let to_file = if seeks { rest.min(there) } else { rest };
        file += to_file;
        trailers += rest - to_file;
        content(c, &kernel, s, [headers, file, trailers])?;
        ensure!(
            !c.era.has(nr::SETSOCKOPT) || !kernel.corked(s),
            "corked after {result:?}"
        );
        ensure!(
            c.file == Input::Pipe || kernel.position(fd) == c.own,
            "the file's own position moved"
        );
        match result {
            Ok(()) => {
                let whole = (headers, trailers) == (all(&c.headers), all(&c.trailers));
                let counted = c.nbytes > 0 && file == c.nbytes as u64;
                let at_end = kernel.unread(fd, c.offset as u64 + file) == 0;
                ensure!(
                    whole && (counted || at_end),
                    "success after {headers}, {file} and {trailers}"
                );
                return Ok(());
            }
            Err(Errno::EAGAIN) => {
                ensure!(
                    c.nonblocking || c.faults.contains(&Fault::TimeLimit),
                    "EAGAIN, and the socket blocks"
                );
                kernel.advance();
            }
            Err(Errno::EINTR) => {}
            Err(errno) => return failed(&kernel, errno, rest - to_file),
        }
        // The part of the file that is to go yet; where nothing of it is left
        // the next call must not take 0 for all.
        offset += to_file as i64;
        if nbytes > 0 {
            nbytes -= to_file as usize;
            if nbytes == 0 {
                nbytes = 1;
                offset = i64::MAX;
            }
        }
        if trailers > 0 {
            // The file is out.
            offset = i64::MAX;
        }
    }
    Ok(())
}

/// Whether the file changes while it is sent.
fn changes(c: &Call) -> bool {
    c.faults
        .iter()
        .any(|fault| matches!(fault, Fault::Grow(_) | Fault::Shrink(_)))
}

/// A file that changes while it is sent: with success whatever of it was there
/// lies between headers and trailers, which are whole.
fn changed(
    c: &Call,
    kernel: &Kernel,
    s: Fd<'_>,
    result: Result<(), Errno>,
    sent: u64,
) -> Result<(), String> {
    let (head, tail) = (all(&c.headers), all(&c.trailers));
    match result {
        Ok(()) => {
            let file = sent
                .checked_sub(head + tail)
                .ok_or_else(|| format!("success after {sent}"))?;
            content(c, kernel, s, [head, file, tail])
        }
        // Where the file part ended is not known then.
        Err(_) => Ok(()),
    }
}

/// The bytes of all parts.
fn all(parts: &[u16]) -> u64 {
    parts.iter().map(|len| u64::from(*len)).sum()
}

/// Exactly headers, file and trailers, as far as they were sent.
fn content(c: &Call, kernel: &Kernel, s: Fd<'_>, sent: [u64; 3]) -> Result<(), String> {
    let mut expected = Rope::pattern(HEADER, 0, sent[0]);
    expected.append(Rope::pattern(INPUT_SEED, c.offset as u64, sent[1]));
    expected.append(Rope::pattern(TRAILER, 0, sent[2]));
    let written = kernel.written(s);
    match written.difference(&expected) {
        Some(at) => Err(format!("{} bytes differ at {at}, {sent:?}", written.len())),
        None => Ok(()),
    }
}

/// An error that a call gave, and no trailer after it.
fn failed(kernel: &Kernel, errno: Errno, trailers: u64) -> Result<(), String> {
    let returned = kernel.returned();
    let given = returned.iter().any(|call| call.result == Err(errno));
    ensure!(given, "{errno:?}, which no call answered");
    let parts = |nr| nr == nr::SENDMSG || nr == nr::WRITEV;
    let last = returned.last().is_some_and(|call| parts(call.nr));
    ensure!(
        trailers == 0 || last,
        "{errno:?} in the file, and {trailers} bytes of trailers"
    );
    Ok(())
}
