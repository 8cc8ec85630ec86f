//! The properties of an error: its call, its rung, its side.

use int80::{
    Errno,
    gate::nr,
    transfer::{Failure, Rung, Side},
};

use crate::{
    check::ensure,
    drive::{Final, Pair},
};
use int80_sim::{Era, Fault, FileKind, Input, Output};
use int80_support::schedules::scenario::{Drive, Scenario};

/// The error is one that a call gave, on a rung that had to report it.
pub fn failed(s: &Scenario, pair: Pair<'_>, error: Failure, last: &Final) -> Result<(), String> {
    let calls: &[u32] = match error.rung {
        Rung::CopyFileRange => &[nr::COPY_FILE_RANGE],
        Rung::Sendfile64 => &[nr::SENDFILE64],
        Rung::Sendfile => &[nr::SENDFILE],
        Rung::Splice => &[nr::SPLICE],
        Rung::ReadWrite => &[nr::READ, nr::PREAD64, nr::WRITE],
        _ => &[],
    };
    if error.rung == Rung::ReadWrite && s.buffer == 0 {
        ensure!(error.errno == Errno::EINVAL, "{error:?} without a buffer");
        return Ok(());
    }
    let [input, output] = s.nonblocking;
    let waits = [
        !input || s.input.is_regular(),
        !output || s.output.is_regular(),
    ];
    ensure!(
        error.errno != Errno::EAGAIN || waits == [true; 2],
        "{error:?}, and a side is non-blocking"
    );
    // Whether a pipe or a terminal is at its end cannot be asked there.
    let has = |nr| s.era.has(nr) && !s.denied.contains(&nr);
    let stream = s.input == Input::File(FileKind::Stream);
    let untold = !has(nr::STATX) && !has(nr::FSTAT64);
    if s.buffer == 0 && error.errno == Errno::ESPIPE && (untold || stream) {
        return Ok(());
    }
    // Without a buffer the read after a 0 has to tell.
    let questions = [nr::LSEEK, nr::_LLSEEK, nr::PREAD64];
    let untellable = s.denied.iter().any(|call| questions.contains(call));
    if s.buffer == 0 && error.errno == s.denial && untellable {
        return Ok(());
    }
    let returned = pair.kernel.returned();
    // Without a buffer a rung that returns 0 before the end is one that refuses.
    let zero = returned.iter().any(|a| a.result == Ok(0));
    if s.buffer == 0 && error.errno == Errno::EINVAL && zero {
        return Ok(());
    }
    let mut errors = returned
        .iter()
        .filter_map(|a| Some((a.nr, a.result.err()?)));
    // A call past its limit is not made.
    let limit = s.buffer == 0 && (error.rung, error.errno) == (Rung::Sendfile, Errno::EOVERFLOW);
    ensure!(
        limit
            || errors.any(|(call, errno)| errno == error.errno
                && (calls.contains(&call) || s.buffer == 0 && call == nr::PREAD64)),
        "{error:?}, which no call answered"
    );
    // EPERM and EACCES leave it if a call without bytes is refused, too.
    let sandbox = calls
        .iter()
        .any(|nr| s.refused.contains(&(*nr, error.errno)));
    let of_bytes = matches!(error.errno, Errno::EPERM | Errno::EACCES)
        && error.rung != Rung::CopyFileRange
        && !sandbox;
    let refusal = leaves(error.rung, error.errno) && !of_bytes;
    // A rung is left before its first byte, and never after it.
    let moved = returned
        .iter()
        .any(|a| calls.contains(&a.nr) && matches!(a.result, Ok(1..)));
    ensure!(
        s.buffer == 0 || !refusal || moved || error.rung == Rung::ReadWrite,
        "{error:?}, and no other rung was tried"
    );
    if s.buffer == 0 && refusal && !limit && last.begun == 1 && !matches!(s.drive, Drive::Step) {
        let first = returned.iter().find_map(|a| a.result.err());
        ensure!(
            first == Some(error.errno) || s.faults.iter().any(|f| *f != Fault::None),
            "{error:?}, but the first was {first:?}"
        );
    }
    blame(s, pair, error)
}

/// Whether the errno, before the rung's first byte, means "not this pair, not
/// here".
fn leaves(rung: Rung, errno: Errno) -> bool {
    match errno {
        Errno::EACCES
        | Errno::EINVAL
        | Errno::ENOSYS
        | Errno::EOVERFLOW
        | Errno::EPERM
        | Errno::EOPNOTSUPP => true,
        Errno::EBADF
        | Errno::EIO
        | Errno::EISDIR
        | Errno::ENOENT
        | Errno::ETXTBSY
        | Errno::EXDEV => rung == Rung::CopyFileRange,
        errno => errno.raw_os_error() == 524,
    }
}

/// The side is the right one, and known where it can be.
fn blame(s: &Scenario, pair: Pair<'_>, error: Failure) -> Result<(), String> {
    let [input, output] = pair.kernel.broken();
    let lost = s.faults.contains(&Fault::Lose(error.errno)) && input.is_some();
    let once = lost || s.faults.contains(&Fault::Fail(error.errno));
    let denied = !s.denied.is_empty();
    let expected = match error.errno {
        // A fault that strikes once, or both sides at once: nothing is certain.
        errno if s.refused.iter().any(|(_, refusal)| *refusal == errno) => return Ok(()),
        errno if denied && errno == s.denial => return Ok(()),
        _ if once || input.is_some() && output.is_some() => return Ok(()),
        errno if input == Some(errno) && errno != Errno::ENOMEM => Side::Input,
        errno if output == Some(errno) => Side::Output,
        // Of lost bytes, which only the output can lose.
        errno if s.faults.contains(&Fault::Lose(errno)) => Side::Output,
        Errno::EISDIR | Errno::ESPIPE => Side::Input,
        Errno::EPIPE | Errno::ENOSPC => Side::Output,
        Errno::EBADF if denied || !s.era.has(nr::FCNTL64) => return Ok(()),
        Errno::EBADF if s.input == Input::WriteOnly => Side::Input,
        Errno::EBADF => Side::Output,
        // Of copy_file_range it may mean "not this pair".
        Errno::EPERM if error.rung == Rung::CopyFileRange => return Ok(()),
        Errno::EPERM if s.output == Output::Sealed && !denied => Side::Output,
        _ => return Ok(()),
    };
    // What can neither seek nor is known to be a pipe cannot be asked.
    let pipe = s.input == Input::Pipe && !s.era.grows_pipes();
    if error.errno == Errno::EIO
        && (pipe
            || matches!(
                s.input,
                Input::Socket | Input::File(FileKind::Terminal | FileKind::Stream)
            ))
    {
        ensure!(
            error.side == expected || error.side == Side::Unknown,
            "{error:?}, but it was {expected:?}"
        );
        return Ok(());
    }
    // Who fails cannot be asked where asking is forbidden.
    let asked = denied || s.era == Era::V2_2;
    let network = error.errno == Errno::ECONNRESET && !s.era.has(nr::GETSOCKOPT);
    if asked && error.side == Side::Unknown || network || denied && error.errno == Errno::ECONNRESET
    {
        return Ok(());
    }
    // A pipe, the output of an input socket, has no connection, and nothing tells that
    // one of a file is broken that cannot seek: faults of the test's.
    let told = match s.input {
        Input::Socket => output.is_none(),
        Input::File(FileKind::Terminal | FileKind::Stream) => false,
        _ => true,
    };
    if error.errno == Errno::ECONNRESET && !told {
        return Ok(());
    }
    ensure!(error.side == expected, "{error:?}, but it was {expected:?}");
    Ok(())
}
