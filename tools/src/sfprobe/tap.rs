//! The report: TAP version 14, with YAML blocks.

use int80_probe::{Ended, Registers, Stop, Told, as_expected};

use crate::{
    checks::{Check, Known},
    print::{Printer, halves},
    text,
};

/// How many checks were as expected, were not, and were skipped.
#[derive(Default)]
pub struct Counts {
    pub right: usize,
    pub wrong: usize,
    pub skipped: usize,
}

/// One check's line and block.
#[inline(never)]
pub fn report(
    out: &mut Printer<'_>,
    counts: &mut Counts,
    check: &Check,
    profile: u8,
    ended: &Ended,
) {
    let known = check.known(profile);
    let number = counts.right + counts.wrong + counts.skipped + 1;
    let mut skipped = None;
    match ended {
        Ended::Told(told) if told.is_skipped() => {
            counts.skipped += 1;
            skipped = Some(told);
        }
        Ended::Told(told)
            if as_expected(known.map(|known| known.seen), told.outcome, &told.note) =>
        {
            counts.right += 1;
        }
        _ => {
            counts.wrong += 1;
            out.text(text::NOT);
        }
    }
    out.say(text::CHECK, &[number, check.name()]);
    out.ids(check.shows);
    out.say(text::WHAT, &[check.what()]);
    match skipped {
        Some(told) => skip(out, told),
        None => block(out, known, ended),
    }
}

/// Why it is skipped.
fn skip(out: &mut Printer<'_>, told: &Told) {
    let note = &told.note;
    if told.outcome == Err(Stop::Skip) {
        out.say(text::SKIP, &[own(note.what)]);
    } else {
        let call = |number: &u16| u32::from(*number) == note.expected as u32;
        let call = text::CALLS
            .iter()
            .position(call)
            .unwrap_or(text::CALLS.len());
        out.say(text::SET_UP, &[text::CALL + call, note.seen as usize]);
    }
}

fn block(out: &mut Printer<'_>, known: Option<Known>, ended: &Ended) {
    out.text(text::BLOCK);
    match ended {
        Ended::Told(told) => {
            differs(out, known, told);
            registers(out, &told.registers);
        }
        Ended::Signal(signal) => out.say(text::SIGNAL, &[*signal as usize]),
        Ended::Late => out.text(text::LATE),
    }
    out.text(text::END);
}

/// What was looked at, what was expected and what was seen.
fn differs(out: &mut Printer<'_>, known: Option<Known>, told: &Told) {
    if told.outcome == Err(Stop::Differs) {
        let note = &told.note;
        let [low, high] = halves(known.map_or(note.expected, |known| known.seen));
        let [seen, seen_high] = halves(note.seen);
        let at = [own(note.what), note.step as usize];
        out.say(text::DIFFERS, &[at[0], at[1], low, high, seen, seen_high]);
    } else {
        let expected = known.map_or(text::DESCRIBED, |_| text::KNOWN_DIFFERENCE);
        out.say(text::AS_DESCRIBED, &[expected]);
    }
    if let Some(known) = known {
        out.say(text::KNOWN, &[known.why]);
    }
}

/// The number here of a text of the checks'.
fn own(text: int80_probe::Text) -> usize {
    text::OWN + usize::from(text.0)
}

/// The last sendfile call, if there was one.
fn registers(out: &mut Printer<'_>, registers: &Registers) {
    let Registers(all) = registers;
    if all[0] != 0 {
        out.say(text::REGISTERS, all);
    }
}
