//! What the program `interface` tells, and what it has written.

use int80::{Errno, transfer::Side};
use libtest_mimic::Failed;

/// What it writes to the output where a call has failed.
const MARK: &[u8] = b"<failed>";

/// A line of it: what one call of the interface answered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Told {
    /// A number, or the name of an errno.
    pub result: String,
    pub moved: u64,
    /// Not told of FreeBSD's function.
    pub transfer: Option<State>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct State {
    pub side: u64,
    pub rung: u64,
    pub pending: u64,
}

impl Told {
    pub fn has_failed(&self) -> bool {
        self.result.starts_with('E')
    }

    pub fn is(&self, errno: Errno) -> bool {
        errno.name() == Some(&self.result)
    }
}

/// As `int80.h` has them.
pub const COMPLETE: &str = "0";
pub const WOULD_BLOCK: &str = "3";
pub const INTERRUPTED: &str = "4";
pub const UNEXPECTED_EOF: &str = "5";

/// `INT80_SIDE_...`
pub fn side_number(side: Side) -> u64 {
    match side {
        Side::Unknown => 0,
        Side::Input => 1,
        Side::Output => 2,
    }
}

/// The lines, and whether the last one says that a signal's handler was run.
pub fn parse(messages: &str) -> Result<(Vec<Told>, bool), Failed> {
    let (lines, signalled) = match messages.strip_suffix("signalled\n") {
        Some(lines) => (lines, true),
        None => (messages, false),
    };
    let told = lines.lines().map(|line| {
        line_of(line).ok_or_else(|| Failed::from(format!("not a line of the program's: {line}")))
    });
    Ok((told.collect::<Result<_, _>>()?, signalled))
}

fn line_of(line: &str) -> Option<Told> {
    let words: Vec<&str> = line.split(' ').collect();
    let (result, moved, rest) = match words[..] {
        [result, "moved", moved, ref rest @ ..] => (result, moved, rest),
        _ => return None,
    };
    let transfer = match *rest {
        [] => None,
        ["side", side, "rung", rung, "pending", pending] => Some(State {
            side: side.parse().ok()?,
            rung: rung.parse().ok()?,
            pending: pending.parse().ok()?,
        }),
        _ => return None,
    };
    Some(Told {
        result: result.to_owned(),
        moved: moved.parse().ok()?,
        transfer,
    })
}

/// `whole` with a mark wherever a call has failed: exactly what is to be
/// written, if what was told to have moved then had, and nothing else.
pub fn with_marks(whole: &[u8], told: &[Told]) -> Result<Vec<u8>, Failed> {
    let (mut written, mut from) = (Vec::new(), 0);
    for told in told {
        let part = whole.get(from..told.moved as usize);
        written.extend_from_slice(part.ok_or("fewer bytes are told to have moved than before")?);
        from = told.moved as usize;
        if told.has_failed() {
            written.extend_from_slice(MARK);
        }
    }
    Ok(written)
}
