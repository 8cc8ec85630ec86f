//! The ways to drive a transfer to its end.

use std::time::Duration;

use int80::{
    Errno, Fd, Transfer,
    gate::nr,
    transfer::{Deadline, End, Rung, Step},
};

use crate::{
    check::ensure,
    says::{after_the_end, blocked},
};
use int80_sim::{Kernel, Returned};
use int80_support::schedules::scenario::{Drive, Scenario};

/// What a transfer was when it had come to its end.
#[derive(Debug)]
pub struct Final {
    pub end: End,
    pub moved: u64,
    pub pending: u64,
    pub position: Option<u64>,
    pub remaining: Option<u64>,
    pub rung: Rung,
    /// How often it was begun or taken up again.
    pub begun: u64,
    /// The kernel's returned before the last transfer was made.
    pub earlier: usize,
}

/// The two descriptors and their kernel.
#[derive(Clone, Copy)]
pub struct Pair<'k> {
    pub kernel: &'k Kernel,
    pub input: Fd<'static>,
    pub output: Fd<'static>,
}

pub fn make<'b, 'k: 'b>(
    s: &Scenario,
    pair: Pair<'k>,
    buffer: &'b mut [u8],
    offset: Option<u64>,
    count: Option<u64>,
) -> Transfer<'b, &'k Kernel> {
    let mut transfer =
        Transfer::new(pair.kernel, pair.output, pair.input, buffer).starting_with(s.first);
    if let Some(offset) = offset {
        transfer = transfer.from_offset(offset);
    }
    if let Some(count) = count {
        transfer = transfer.exactly(count);
    }
    if let Some(budget) = s.budget {
        transfer = transfer.budget(budget);
    }
    if s.grow {
        transfer = transfer.grow_pipe();
    }
    transfer
}

/// Drives it to its end, and checks what each step says.
pub fn to_the_end(s: &Scenario, pair: Pair<'_>) -> Result<Final, String> {
    let mut buffer = vec![0; s.buffer];
    let mut transfer = make(s, pair, &mut buffer, s.offset, s.count);
    let mut begun = 1;
    let end = match s.drive {
        Drive::Run => run(pair, &mut transfer, &mut begun)?,
        Drive::Step => {
            steps(s, pair, &mut transfer, u32::MAX, &mut 0)?.ok_or("more than 2^32 steps")?
        }
        Drive::Until(milliseconds, stalled) => {
            let time = Duration::from_millis(milliseconds.into());
            if stalled && s.nonblocking == [true; 2] {
                pair.kernel.stall(true);
            }
            match Deadline::after(pair.kernel, time) {
                Ok(deadline) => {
                    let outcome = transfer.run_until(deadline);
                    pair.kernel.stall(false);
                    if outcome.end == End::TimedOut {
                        let left = u128::from(pair.kernel.clock()) + 1_000_000;
                        ensure!(left >= time.as_nanos(), "timed out early");
                        begun += 1;
                        transfer.run().end
                    } else {
                        outcome.end
                    }
                }
                Err(errno) => {
                    ensure!(errno == Errno::ENOSYS, "no clock: {errno:?}");
                    pair.kernel.stall(false);
                    transfer.run().end
                }
            }
        }
        Drive::Renew(_) => return renewed(s, pair),
    };
    after_the_end(pair, &mut transfer, end)?;
    Ok(last(&transfer, end, begun))
}

/// An error of a rung that has moved bytes is final, and told: some file systems
/// report one once, and another call would hide it.
fn told(pair: Pair<'_>, made: usize, from: usize, failed: bool) -> Result<(), String> {
    let returned = pair.kernel.returned();
    for (index, call) in returned.iter().enumerate().skip(from) {
        let Err(errno) = call.result else { continue };
        let earlier = &returned[made..index];
        let moved = |a: &Returned| a.nr == call.nr && matches!(a.result, Ok(1..));
        let rung = call.nr != nr::READ && call.nr != nr::PREAD64;
        // copy_file_range says these where the file systems cannot do it, too.
        let unclear = call.nr == nr::COPY_FILE_RANGE
            && [Errno::EIO, Errno::EPERM, Errno::EACCES].contains(&errno);
        ensure!(
            failed || !call.once || unclear && !earlier.iter().any(moved),
            "{errno:?}, which is told once, was passed over"
        );
        let passing = [Errno::EINTR, Errno::EAGAIN, Errno::EOVERFLOW].contains(&errno);
        ensure!(
            failed || passing || !rung || !earlier.iter().any(moved),
            "{errno:?} of call {} after its first byte was passed over",
            call.nr
        );
    }
    Ok(())
}

/// Runs it, and again where it failed: what failed once may go on, since the
/// state is whole.
pub fn run(
    pair: Pair<'_>,
    transfer: &mut Transfer<'_, &Kernel>,
    begun: &mut u64,
) -> Result<End, String> {
    let made = pair.kernel.returned().len();
    loop {
        let answered = pair.kernel.returned().len();
        let outcome = transfer.run();
        let failed = matches!(outcome.end, End::Failed(_));
        told(pair, made, answered, failed)?;
        ensure!(
            outcome.moved == transfer.moved(),
            "{outcome:?}, but moved() {}",
            transfer.moved()
        );
        if !matches!(outcome.end, End::Failed(_)) || *begun > 3 {
            return Ok(outcome.end);
        }
        *begun += 1;
    }
}

pub fn last(transfer: &Transfer<'_, &Kernel>, end: End, begun: u64) -> Final {
    Final {
        end,
        moved: transfer.moved(),
        pending: transfer.pending().len() as u64,
        position: transfer.position(),
        remaining: transfer.remaining(),
        rung: transfer.rung(),
        begun,
        earlier: 0,
    }
}

/// Up to `most` steps, each checked; the end, if it was reached.
pub fn steps(
    s: &Scenario,
    pair: Pair<'_>,
    transfer: &mut Transfer<'_, &Kernel>,
    most: u32,
    failures: &mut u32,
) -> Result<Option<End>, String> {
    let made = pair.kernel.returned().len();
    for index in 0..most {
        ensure!(index < 20_000, "it spins");
        let before = (
            pair.kernel.counts().moving,
            pair.kernel.written_len(pair.output),
        );
        let pending = transfer.pending().len();
        let answered = pair.kernel.returned().len();
        let step = transfer.step();
        told(pair, made, answered, matches!(step, Step::Failed(_)))?;
        let after = (
            pair.kernel.counts().moving,
            pair.kernel.written_len(pair.output),
        );
        let (calls, bytes) = (after.0 - before.0, after.1 - before.1);
        ensure!(calls <= 1, "{calls} moving calls in a step");
        let (moved, read) = match step {
            Step::Moved(count) => (count as u64, 0),
            Step::Buffered(count) => (0, count),
            _ => (0, 0),
        };
        ensure!(moved == bytes, "{step:?}, but {bytes} bytes came");
        ensure!(
            read == 0 || pending == 0 && transfer.pending().len() == read,
            "{step:?} with {pending} pending"
        );
        match step {
            Step::Moved(0) | Step::Buffered(0) => return Err(format!("{step:?}")),
            Step::Moved(_) | Step::Buffered(_) => {}
            Step::WouldBlock(side) => {
                blocked(s, pair, transfer, side)?;
                pair.kernel.advance();
            }
            Step::Interrupted => {}
            Step::Complete => return Ok(Some(End::Complete)),
            Step::UnexpectedEof => return Ok(Some(End::UnexpectedEof)),
            Step::Failed(error) if *failures > 2 => return Ok(Some(End::Failed(error))),
            Step::Failed(_) => *failures += 1,
            other => return Err(format!("{other:?} is not known here")),
        }
    }
    Ok(None)
}

/// A new transfer takes the old one's place again and again.
fn renewed(s: &Scenario, pair: Pair<'_>) -> Result<Final, String> {
    let Drive::Renew(after) = s.drive else {
        return Err("not to be renewed".into());
    };
    let (mut offset, mut count, mut moved, mut begun) = (s.offset, s.count, 0, 0);
    let (mut most, mut failures) = (after, 0);
    loop {
        let mut buffer = vec![0; s.buffer];
        let mut transfer = make(s, pair, &mut buffer, offset, count);
        let earlier = pair.kernel.returned().len();
        begun += 1;
        let end = steps(s, pair, &mut transfer, most, &mut failures)?;
        if let Some(end) = end {
            after_the_end(pair, &mut transfer, end)?;
            let mut last = last(&transfer, end, begun);
            (last.moved, last.earlier) = (last.moved + moved, earlier);
            return Ok(last);
        }
        // A pipe's bytes cannot be given back: then the same one goes on.
        if !transfer.pending().is_empty() && transfer.give_back().is_err() {
            let end =
                steps(s, pair, &mut transfer, u32::MAX, &mut 0)?.ok_or("more than 2^32 steps")?;
            after_the_end(pair, &mut transfer, end)?;
            let mut last = last(&transfer, end, begun);
            (last.moved, last.earlier) = (last.moved + moved, earlier);
            return Ok(last);
        }
        ensure!(transfer.pending().is_empty(), "given back, and pending");
        moved += transfer.moved();
        (offset, count) = (transfer.position(), transfer.remaining());
        // Where nothing moved before the change the same would come again.
        most = most.saturating_add(1);
    }
}
