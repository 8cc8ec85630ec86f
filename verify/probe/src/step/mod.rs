//! The steps that checks are made of: one sentence each, in the order in which
//! things happen. What each does is in `play`.
//!
//! A check is kept as bytes, a sixth of what an array of an enumeration takes:
//! one byte for the step and how wide its value is, and the value, its highest
//! byte first. A value of three bytes or more has its width before it, in a
//! byte of its own. The compiler encodes it ([`encode`]), and `Play` reads it back
//! (`decode`), in the tests as in `sfprobe`.

mod words;

pub use words::*;

/// What a step does; `words` says it of each.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Op(u8);

macro_rules! ops {
    ($($name:ident)*) => {
        enum Number { $($name,)* }

        // Bytes with names: an enumeration would need a table to be read back.
        #[allow(non_upper_case_globals)]
        impl Op {
            $(pub const $name: Self = Self(Number::$name as u8);)*
        }
    };
}

ops! {
    Also
    File In To NoInput NoOutput Both
    Call Ask Seek Write Overwrite Left Cut Later Alarms
    Cell NoCell CellAt Page
    Answer Echo FailAfter
    Send Send64 Safe32 Safe64 Splice SendAll Resume Frame Parts BsdFlags Bsd
    Needs Before Wide
    Eax Sbytes Some CellIs CellFollows WordAfter Stands OutStands
    Arrived Next Bytes Sent NotMapped InFlags
}

/// The most bytes that a check writes at once.
pub(crate) const WRITTEN: usize = 64;

/// One step: what it does, its value, and the first of two values.
#[derive(Clone, Copy, Debug)]
pub struct Step {
    op: Op,
    also: i64,
    value: i64,
}

impl Step {
    const fn new(op: Op, value: i64) -> Self {
        Self { op, also: 0, value }
    }

    const fn two(op: Op, also: i64, value: i64) -> Self {
        Self { op, also, value }
    }
}

/// Lists of steps, one after the other.
macro_rules! join {
    ($($part:expr),* $(,)?) => {{
        const PARTS: &[&[crate::step::Step]] = &[$(&$part),*];
        const COUNT: usize = crate::step::count(PARTS);
        crate::step::joined::<COUNT>(PARTS)
    }};
}
pub(crate) use join;

pub(crate) const fn count(mut parts: &[&[Step]]) -> usize {
    let mut count = 0;
    while let [part, rest @ ..] = parts {
        count += part.len();
        parts = rest;
    }
    count
}

pub(crate) const fn joined<const N: usize>(mut parts: &[&[Step]]) -> [Step; N] {
    let mut joined = [Step::new(Op::Also, 0); N];
    let mut at = 0;
    while let [part, rest @ ..] = parts {
        let mut n = 0;
        while n < part.len() {
            joined[at] = part[n];
            (at, n) = (at + 1, n + 1);
        }
        parts = rest;
    }
    joined
}

/// The fewest bytes that hold a value, none for 0.
const fn width(value: i64) -> usize {
    let mut width = 0;
    while !fits(value, width) {
        width += 1;
    }
    width
}

/// Whether all bits from the highest one kept on are the same.
const fn fits(value: i64, width: usize) -> bool {
    match width {
        0 => value == 0,
        1..8 => matches!(value >> (8 * width - 1), 0 | -1),
        _ => true,
    }
}

/// From here on the width stands in a byte of its own.
const WIDE: usize = 3;

const fn size(value: i64) -> usize {
    match width(value) {
        width @ WIDE.. => 2 + width,
        width => 1 + width,
    }
}

/// The bytes that these steps take.
#[must_use]
pub const fn length(mut steps: &[Step]) -> usize {
    let mut length = 0;
    while let [step, rest @ ..] = steps {
        if step.also != 0 {
            length += size(step.also);
        }
        length += size(step.value);
        steps = rest;
    }
    length
}

/// The steps as bytes.
#[must_use]
pub const fn encode<const N: usize>(steps: &[Step]) -> [u8; N] {
    let mut code = [0; N];
    let mut at = 0;
    let mut rest = steps;
    while let [step, tail @ ..] = rest {
        if step.also != 0 {
            at = put(&mut code, at, Op::Also, step.also);
        }
        at = put(&mut code, at, step.op, step.value);
        rest = tail;
    }
    code
}

const fn put(code: &mut [u8], at: usize, op: Op, value: i64) -> usize {
    assert!(op.0 < 0x40, "a step's number has six bits");
    let width = width(value);
    let class = if width < WIDE { width } else { WIDE };
    code[at] = op.0 | ((class as u8) << 6);
    let mut next = at + 1;
    if class == WIDE {
        code[next] = width as u8;
        next += 1;
    }
    let mut rest = width;
    while rest > 0 {
        rest -= 1;
        code[next] = (value >> (8 * rest)) as u8;
        next += 1;
    }
    next
}

/// The first step of `code`, its value, and what comes after it; `None` at the
/// end.
pub(crate) fn decode(code: &[u8]) -> Option<(Op, i64, &[u8])> {
    let (first, mut rest) = code.split_first()?;
    let op = Op(first & 0x3f);
    let mut width = usize::from(first >> 6);
    if width == WIDE {
        let (wide, tail) = rest.split_first()?;
        (width, rest) = (usize::from(*wide), tail);
    }
    let mut value = 0;
    for n in 0..width {
        let (byte, tail) = rest.split_first()?;
        let high = if n == 0 {
            i64::from(*byte as i8) >> 8
        } else {
            value
        };
        (value, rest) = ((high << 8) | i64::from(*byte), tail);
    }
    Some((op, value, rest))
}
