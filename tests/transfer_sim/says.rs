//! The truth of what a step returns.

use int80::{
    Transfer,
    gate::nr,
    transfer::{End, Rung, Side, Step},
};

use crate::{check::ensure, drive::Pair};
use int80_sim::{Fault, Kernel};
use int80_support::schedules::scenario::Scenario;

/// Whether the side that is said not to be ready is not.
pub fn blocked(
    s: &Scenario,
    pair: Pair<'_>,
    transfer: &Transfer<'_, &Kernel>,
    side: Side,
) -> Result<(), String> {
    let input = pair.kernel.ready(pair.input, 1);
    let output = pair.kernel.ready(pair.output, 4);
    let right = match (transfer.rung(), side) {
        (Rung::ReadWrite, Side::Input) => transfer.pending().is_empty(),
        (Rung::ReadWrite, Side::Output) => !transfer.pending().is_empty(),
        (_, Side::Output) => !output,
        (_, Side::Input) => output && !input,
        (_, Side::Unknown) => output && input,
    };
    ensure!(
        s.nonblocking != [false; 2] || !s.era.has(nr::FCNTL64) || s.denied.contains(&nr::FCNTL64),
        "a wait for {side:?}, and neither side is non-blocking"
    );
    ensure!(
        right,
        "{side:?} would block, but input ready is {input}, output {output}"
    );
    Ok(())
}

/// After the end there is no further call, and it stays the end.
pub fn after_the_end(
    pair: Pair<'_>,
    transfer: &mut Transfer<'_, &Kernel>,
    end: End,
) -> Result<(), String> {
    let calls = pair.kernel.counts().calls;
    pair.kernel.schedule(&[Fault::Grow(50)]);
    let expected = match end {
        End::Complete => Step::Complete,
        End::UnexpectedEof => Step::UnexpectedEof,
        _ => return Ok(()),
    };
    let step = transfer.step();
    ensure!(step == expected, "{step:?} after {end:?}");
    let outcome = transfer.run();
    ensure!(outcome.end == end, "{outcome:?} after {end:?}");
    let more = pair.kernel.counts().calls - calls;
    ensure!(more == 0, "{more} calls after the end");
    Ok(())
}
