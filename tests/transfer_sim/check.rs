//! The properties of a transfer that has come to its end.

use int80::{
    Errno,
    gate::nr,
    transfer::{End, FILE_BUDGET, Rung, SOCKET_BUDGET},
};

use crate::{
    blame::failed,
    drive::{self, Final, Pair},
};
use int80_sim::{Fault, INPUT_SEED, Input, Kernel, Output, Returned, Rope};
use int80_support::schedules::scenario::{Drive, Scenario};

/// Ends the check with a message where something does not hold.
macro_rules! ensure {
    ($holds:expr, $($message:tt)*) => {
        if !$holds {
            return Err(format!($($message)*));
        }
    };
}
pub(crate) use ensure;

/// The property.
pub fn scenario(s: &Scenario) -> Result<(), String> {
    let kernel = Kernel::new(s.era);
    let pair = pair(s, &kernel);
    let last = drive::to_the_end(s, pair)?;
    content(s, pair, &last)?;
    order(s, pair, &last)?;
    end(s, pair, &last)?;
    calls(s, pair, &last)
}

/// What the scenario moves bytes between, on a kernel that does to it what the
/// scenario says.
pub fn pair<'k>(s: &Scenario, kernel: &'k Kernel) -> Pair<'k> {
    kernel.deny(&s.denied, s.denial);
    for (nr, errno) in &s.refused {
        kernel.refuse(*nr, *errno);
    }
    let pair = Pair {
        kernel,
        input: kernel.input(s.input, s.len, s.pace),
        output: kernel.output(s.output, s.capacity, s.pace),
    };
    kernel.seek(pair.input, s.own);
    for (fd, nonblocking) in [pair.input, pair.output].into_iter().zip(s.nonblocking) {
        if nonblocking {
            kernel.nonblocking(fd);
        }
    }
    kernel.schedule(&s.faults);
    pair
}

/// The output is the input's range, and the positions are where they belong.
pub fn content(s: &Scenario, pair: Pair<'_>, last: &Final) -> Result<(), String> {
    let start = s.offset.unwrap_or(s.own);
    let written = pair.kernel.written(pair.output);
    let expected = Rope::pattern(INPUT_SEED, start, last.moved);
    if let Some(at) = written.difference(&expected) {
        return Err(format!(
            "output of {} bytes differs at {at}, {last:?}",
            written.len()
        ));
    }
    if let Some(count) = s.count {
        let left = last.remaining.ok_or("a count, but nothing remains")?;
        ensure!(last.moved + left == count, "{last:?} of {count}");
    }
    let own = pair.kernel.position(pair.input);
    match s.offset {
        Some(offset) => {
            ensure!(own == s.own, "the input's own position moved to {own}");
            let expected = Some(offset + last.moved);
            ensure!(last.position == expected, "position {:?}", last.position);
        }
        None if own > 0 || s.own > 0 => {
            let expected = s.own + last.moved + last.pending;
            ensure!(own == expected, "input at {own}, not {expected}");
        }
        None => {}
    }
    Ok(())
}

/// What is written at once to what is neither pipe nor socket.
const ONE_WRITE: usize = 60 << 10;

/// No rung was left out: each before the one in use has refused since the last
/// transfer was made, or one before it has returned 0, after which a read has
/// to tell. A transfer does not know what an earlier one has found.
fn order(s: &Scenario, pair: Pair<'_>, last: &Final) -> Result<(), String> {
    let all = pair.kernel.returned();
    let returned = &all[last.earlier..];
    let refused = |nr: u32| {
        let left = |result| matches!(result, Err(_) | Ok(0));
        returned.iter().any(|a| a.nr == nr && left(a.result))
    };
    // Its last answer: EOVERFLOW may come after another errno.
    let no_239 = |a: &Returned| (a.nr, a.result) == (nr::SENDFILE64, Err(Errno::ENOSYS));
    let last_239 = returned.iter().rev().find(|a| a.nr == nr::SENDFILE64);
    let below = last.position.unwrap_or(0) < 0x7fff_ffff;
    let ladder = [
        (Rung::CopyFileRange, nr::COPY_FILE_RANGE, true),
        (Rung::Sendfile64, nr::SENDFILE64, true),
        (
            Rung::Sendfile,
            nr::SENDFILE,
            below && last_239.is_some_and(no_239),
        ),
        (Rung::Splice, nr::SPLICE, true),
    ];
    // A run goes straight to the last rung where a side has messages, or may have.
    let messages = s.output == Output::Datagram || s.denied.contains(&nr::GETSOCKOPT);
    let straight = messages && s.buffer > 0 && last.rung == Rung::ReadWrite;
    let mut zero = straight;
    for (rung, nr, meant) in ladder {
        let passed = s.first <= rung && rung < last.rung && meant;
        ensure!(
            !passed || zero || refused(nr),
            "{rung:?} was left out, {last:?}"
        );
        zero |= returned.iter().any(|a| a.nr == nr && a.result == Ok(0));
    }
    let needless = |a: &Returned| a.nr == nr::SENDFILE && !all.iter().any(no_239);
    ensure!(
        !all.iter().any(needless),
        "sendfile, though there is sendfile64"
    );
    Ok(())
}

/// The end is the true one.
pub fn end(s: &Scenario, pair: Pair<'_>, last: &Final) -> Result<(), String> {
    let start = s.offset.unwrap_or(s.own);
    let unread = pair.kernel.unread(pair.input, start + last.moved);
    match (last.end, s.count) {
        (End::Complete, Some(count)) => {
            ensure!(last.moved == count, "complete after {}", last.moved);
        }
        (End::Complete | End::UnexpectedEof, count) => {
            ensure!(unread == 0, "{unread} bytes unread at {:?}", last.end);
            ensure!(last.pending == 0, "{} pending at the end", last.pending);
            let short = count.is_some_and(|count| last.moved < count);
            ensure!((last.end == End::UnexpectedEof) == short, "{last:?}");
        }
        (End::TimedOut, _) => return Err("timed out without a deadline".into()),
        (End::Failed(error), _) => failed(s, pair, error, last)?,
        (other, _) => return Err(format!("{other:?} is not known here")),
    }
    Ok(())
}

/// No call too many: no spinning, and near the minimum where nothing happens.
pub fn calls(s: &Scenario, pair: Pair<'_>, last: &Final) -> Result<(), String> {
    let counts = pair.kernel.counts();
    let returned = pair.kernel.returned();
    let errors = returned
        .iter()
        .filter_map(|call| call.result.err())
        .filter(|errno| ![Errno::EINTR, Errno::EAGAIN].contains(errno))
        .count() as u64;
    // EAGAIN: the call, the question which side, two whether it is non-blocking,
    // up to two whether the input is a regular file, the wait. 0: four questions whether that is the end. A failure: up to five
    // questions. A beginning: the kinds of both sides, by socketcall before 4.3, up to
    // two sizes of the output's pipe, lseek.
    let bound = counts.moving
        + 5 * counts.zeros
        + counts.interrupted
        + 7 * counts.again
        + errors
        + counts.clock
        + 5 * (errors.min(4) + 1)
        + 8 * last.begun;
    ensure!(counts.calls <= bound, "{counts:?}, bound {bound}");
    let zeros = s.faults.iter().filter(|fault| **fault == Fault::Zero);
    let zeros = zeros.count() as u64;
    ensure!(
        // Without a buffer the ladder is tried anew after each failure.
        s.buffer == 0 || counts.zeros <= 2 * last.begun + errors + zeros,
        "{} calls said 0 of {returned:?}",
        counts.zeros
    );
    let calm = s.faults.iter().all(|fault| *fault == Fault::None)
        && s.drive == Drive::Run
        && s.nonblocking == [false; 2]
        && !matches!(last.end, End::Failed(_));
    if !calm || matches!(s.input, Input::Pipe | Input::Socket) {
        return Ok(());
    }
    let tells = s.denied.is_empty();
    let chunk = match (last.rung, s.output) {
        (Rung::CopyFileRange, _) => FILE_BUDGET,
        (_, Output::Tcp | Output::Unix) => SOCKET_BUDGET,
        (_, Output::Pipe) if tells && s.era.grows_pipes() => FILE_BUDGET,
        _ => ONE_WRITE,
    };
    let chunk = s.budget.unwrap_or(chunk) as u64;
    let minimum = match last.rung {
        Rung::ReadWrite => 2 * last.moved.div_ceil(chunk.min(s.buffer.max(1) as u64)) + 2,
        _ => last.moved.div_ceil(chunk) + 1,
    };
    ensure!(
        counts.moving <= minimum + 1,
        "{} moving calls where {minimum} would do",
        counts.moving
    );
    Ok(())
}
