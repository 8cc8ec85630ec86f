//! The report: TAP version 13, with YAML blocks.

use int80::gate::nr;
use int80_probe::{
    Check, Difference, Ended, Machine, Profile, Registers, Seen, Stop, Told, as_expected,
};

use crate::print::Printer;

/// How many checks were as expected, were not, and were skipped.
#[derive(Default)]
pub struct Counts {
    pub right: usize,
    pub wrong: usize,
    pub skipped: usize,
}

impl Counts {
    fn all(&self) -> usize {
        self.right + self.wrong + self.skipped
    }

    /// The last line, and the exit status: 1 where something differs, 2 where
    /// less than half could be tried.
    pub fn end(&self, out: &mut Printer<'_>) -> u8 {
        out.text("# ")
            .number(self.right as i64)
            .text(" as expected, ")
            .number(self.wrong as i64)
            .text(" not, ")
            .number(self.skipped as i64)
            .text(" skipped\n");
        if self.wrong > 0 {
            return 1;
        }
        if self.right * 2 < self.all() {
            return crate::TROUBLE;
        }
        0
    }
}

/// The first lines: the plan, and what is taken for granted.
pub fn begin(out: &mut Printer<'_>, all: usize, machine: &Machine, profile: Profile) {
    out.text("TAP version 13\n1..").number(all as i64);
    out.text("\n# Linux ");
    match machine.version {
        Some(version) => {
            let mut dot = "";
            for number in version {
                out.text(dot).number(number.into());
                dot = ".";
            }
        }
        None => drop(out.text("of unknown version, taken for today's; see --kernel")),
    }
    out.text("; expected: ").text(profile.name()).text("\n");
}

/// One check's line and block.
#[inline(never)]
pub fn report(
    out: &mut Printer<'_>,
    counts: &mut Counts,
    check: &Check,
    known: Option<&Difference>,
    ended: &Ended,
) {
    let mut skipped = None;
    match ended {
        Ended::Told(told) if told.is_skipped() => {
            counts.skipped += 1;
            skipped = Some(told);
        }
        _ if as_expected(known, ended) => counts.right += 1,
        _ => {
            counts.wrong += 1;
            out.text("not ");
        }
    }
    out.text("ok ").number(counts.all() as i64);
    out.text(" - ").text(check.text);
    match skipped {
        Some(told) => skip(out, told),
        None => block(out, known, ended),
    }
}

/// Why it is skipped.
fn skip(out: &mut Printer<'_>, told: &Told) {
    let note = &told.note;
    // Of the call that failed or is refused, if one is.
    let name = nr::name(note.expected as u32).unwrap_or_default();
    out.text(" # SKIP ");
    match told.outcome {
        Err(Stop::Refused) => {
            out.text("a sandbox refuses ").text(name);
        }
        Err(Stop::SetUp) => {
            out.text(name);
            out.text(" of the set-up gave errno ").number(note.seen);
        }
        _ => drop(out.text(note.what)),
    }
    out.text("\n");
}

fn block(out: &mut Printer<'_>, known: Option<&Difference>, ended: &Ended) {
    out.text("\n  ---\n");
    match ended {
        Ended::Told(told) => {
            differs(out, known, told);
            registers(out, &told.registers);
        }
        Ended::Signal(signal) => {
            out.text("  expected: \"an end of its own\"\n  seen: \"ended by signal ");
            out.number((*signal).into()).text("\"\n");
        }
    }
    if let Some(known) = known {
        out.text("  known: \"").text(known.cause.why).text("\"\n");
    }
    out.text("  ...\n");
}

/// What was looked at, what was expected and what was seen.
fn differs(out: &mut Printer<'_>, known: Option<&Difference>, told: &Told) {
    if told.outcome != Err(Stop::Differs) {
        let expected = known.map_or("as described", |_| "the known difference");
        out.text("  expected: \"").text(expected);
        out.text("\"\n  seen: \"as described\"\n");
        return;
    }
    let note = &told.note;
    let expected = match known.map(|row| row.seen) {
        Some(Seen::Value(value)) => value.into(),
        _ => note.expected,
    };
    out.text("  at: \"").text(note.what).text(", step ");
    out.number(note.step.into()).text("\"\n  expected: ");
    out.number(expected).text("\n  seen: ");
    out.number(note.seen).text("\n");
}

/// The last sendfile call, if there was one.
fn registers(out: &mut Printer<'_>, registers: &Registers) {
    const NAMES: [&str; 6] = [
        "  before:\n    eax: ",
        "\n    ebx: ",
        "\n    ecx: ",
        "\n    edx: ",
        "\n    esi: ",
        "\n  after:\n    eax: ",
    ];
    if registers.0[0] == 0 {
        return;
    }
    for (name, value) in NAMES.iter().zip(&registers.0) {
        out.text(name).hex(*value);
    }
    out.text("\n");
}
