//! The short ladder: the same property, with what it has.

use int80::{
    Errno, Transfer,
    gate::nr,
    transfer::{End, Rung, SOCKET_BUDGET, Side},
};

use crate::{
    check::{calls, content, end, ensure, pair},
    drive::{self, Final, Pair},
    says,
};
use int80_sim::{FileKind, Input, Kernel};
use int80_support::schedules::scenario::{Drive, Scenario};

/// The property. A count is one that the end of the input may come before.
pub fn scenario(s: &Scenario) -> Result<(), String> {
    match s.len.saturating_sub(s.offset.unwrap_or(s.own)) {
        0..1000 => with_buffer::<60>(s),
        _ => with_buffer::<131_072>(s),
    }
}

fn with_buffer<const N: usize>(s: &Scenario) -> Result<(), String> {
    let kernel = Kernel::new(s.era);
    // As the documentation asks: sendfile has no socket as its input.
    let first = match s.input {
        Input::Socket => Rung::ReadWrite,
        _ => s.first.max(Rung::Sendfile64),
    };
    let seeks = !matches!(
        s.input,
        Input::Pipe | Input::Socket | Input::File(FileKind::Terminal)
    );
    let s = &Scenario {
        offset: None,
        own: s.offset.filter(|_| seeks).unwrap_or(s.own),
        buffer: N,
        budget: Some(SOCKET_BUDGET),
        first,
        ..s.clone()
    };
    let pair = pair(s, &kernel);
    let mut buffer = Box::new([0; N]);
    let mut transfer =
        Transfer::short(pair.kernel, pair.output, pair.input, &mut buffer).starting_with(first);
    if let Some(count) = s.count {
        transfer = transfer.at_most(count);
    }
    let mut begun = 1;
    let ended = match s.drive {
        Drive::Step => drive::steps(pair, &mut transfer, u32::MAX, &mut 0)?.ok_or("no end")?,
        _ => drive::run(&mut transfer, &mut begun)?,
    };
    says::after_the_end(pair, &mut transfer, ended)?;
    let last = drive::last(&transfer, ended, begun);
    ensure!(last.remaining.is_none(), "nothing was promised: {last:?}");
    ensure!(s.count.is_none_or(|count| last.moved <= count), "{last:?}");
    order(s, pair, &last)?;
    // To the others a part that was moved whole is complete, and one that the
    // end came before is all that there was.
    let count = s.count.filter(|&count| last.moved == count);
    let s = &Scenario {
        count: None,
        ..s.clone()
    };
    content(s, pair, &last)?;
    if count.is_none() || last.end != End::Complete {
        end(s, pair, &last)?;
    }
    calls(s, pair, &last)
}

/// sendfile64 is left for an error, and not for one that comes only once.
fn order(s: &Scenario, pair: Pair<'_>, last: &Final) -> Result<(), String> {
    let answers = pair.kernel.answers();
    let errors = || {
        let sent = answers.iter().filter(|a| a.nr == nr::SENDFILE64);
        sent.filter_map(|a| a.result.err())
    };
    let once = |errno: &Errno| {
        *errno == Errno::EPIPE
            || (Errno::ENETDOWN.raw_os_error()..=Errno::EHOSTUNREACH.raw_os_error())
                .contains(&errno.raw_os_error())
    };
    let left = |errno: &Errno| *errno != Errno::EINTR && !once(errno);
    let passed = s.first == Rung::Sendfile64 && last.rung == Rung::ReadWrite;
    ensure!(
        !passed || errors().any(|errno| left(&errno)),
        "left: {last:?}"
    );
    if let End::Failed(error) = last.end {
        if error.rung == Rung::Sendfile64 {
            ensure!(once(&error.errno), "{error:?}, and read was not tried");
            ensure!(error.side == Side::Output, "{error:?}");
        } else {
            ensure!(error.side != Side::Unknown, "{error:?}");
        }
    }
    Ok(())
}
