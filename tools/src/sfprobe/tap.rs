//! The report: TAP version 14, with YAML blocks.

use int80_probe::{Check, Ended, Profile, Registers, Stop, Told, judge};

use crate::print::Printer;

/// How many checks were as expected, were not, and were skipped.
#[derive(Default)]
pub struct Counts {
    pub right: u32,
    pub wrong: u32,
    pub skipped: u32,
}

/// One check's line and block.
pub fn report(
    out: &mut Printer<'_>,
    counts: &mut Counts,
    number: u32,
    check: &Check,
    profile: Profile,
    ended: &Ended,
) {
    if let Ended::Told(Told {
        outcome: Err(Stop::Skip | Stop::SetUp),
        ..
    })
    | Ended::NotTried(..) = ended
    {
        counts.skipped += 1;
        line(out, true, number, check);
        skip(out.text(" # SKIP "), ended);
        out.text("\n").flush();
        return;
    }
    let right = match ended {
        Ended::Told(told) => judge(check, profile, told.outcome, &told.note),
        _ => false,
    };
    if right {
        counts.right += 1;
    } else {
        counts.wrong += 1;
    }
    line(out, right, number, check);
    out.text("\n  ---\n");
    match ended {
        Ended::Told(told) => {
            differs(out, check, profile, told);
            registers(out, &told.registers);
        }
        Ended::Signal(signal) => {
            out.text("  expected: \"an end of its own\"\n  seen: \"ended by signal ");
            out.number((*signal).into()).text("\"\n");
        }
        _ => {
            out.text("  expected: \"an end of its own\"\n  seen: \"no end within 10 seconds\"\n");
        }
    }
    out.text("  ...\n").flush();
}

fn line(out: &mut Printer<'_>, right: bool, number: u32, check: &Check) {
    out.text(if right { "ok " } else { "not ok " })
        .number(number.into())
        .text(" - ")
        .text(check.name)
        .text(" (")
        .text(check.shows)
        .text("): ")
        .text(check.what);
}

fn skip(out: &mut Printer<'_>, ended: &Ended) {
    match ended {
        Ended::Told(Told {
            outcome: Err(Stop::Skip),
            note,
            ..
        }) => {
            out.text(note.what);
        }
        Ended::Told(told) => set_up(out, told.note.what, told.note.seen),
        Ended::NotTried(call, errno) => set_up(out, call, (*errno).into()),
        _ => {}
    }
}

fn set_up(out: &mut Printer<'_>, call: &str, errno: i64) {
    out.text("set-up: ").text(call).text(" gave errno ");
    out.number(errno);
}

/// What was looked at, what was expected and what was seen.
fn differs(out: &mut Printer<'_>, check: &Check, profile: Profile, told: &Told) {
    let known = check.differs.iter().find(|one| one.profile == profile);
    if told.outcome == Err(Stop::Differs) {
        let note = &told.note;
        out.text("  at: \"")
            .text(note.what)
            .text("\"\n  expected: ");
        out.number(known.map_or(note.expected, |known| known.seen));
        out.text("\n  seen: ").number(note.seen).text("\n");
    } else {
        out.text("  expected: \"");
        out.text(if known.is_some() {
            "the known difference"
        } else {
            "as described"
        });
        out.text("\"\n  seen: \"as described\"\n");
    }
    if let Some(known) = known {
        out.text("  known: \"").text(known.why).text("\"\n");
    }
}

/// The last sendfile call, if there was one.
fn registers(out: &mut Printer<'_>, registers: &Registers) {
    let [eax, ebx, ecx, edx, esi] = registers.before;
    if eax == 0 {
        return;
    }
    out.text("  before:\n");
    for (name, value) in [
        ("eax", eax),
        ("ebx", ebx),
        ("ecx", ecx),
        ("edx", edx),
        ("esi", esi),
    ] {
        out.text("    ").text(name).text(": ").hex(value).text("\n");
    }
    out.text("  after:\n    eax: ")
        .hex(registers.after as usize);
    out.text("\n");
}
