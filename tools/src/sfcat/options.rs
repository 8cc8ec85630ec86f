//! The command line, taken apart as getopt does.

use core::ffi::CStr;

use int80_rt::{Arguments, GateName, after};

use crate::{report, text};

/// What the command line asks for.
pub struct Options {
    /// [`OFFSET`] and [`COUNT`]; `u64::MAX` where none is given.
    pub numbers: [u64; 2],
    pub gate: Option<GateName>,
    /// The number of a text to show instead of copying, unless it is 0.
    pub show: usize,
    /// Whether to say how each file was copied.
    pub stats: bool,
}

pub const OFFSET: usize = Kind::Offset as usize;
pub const COUNT: usize = Kind::Count as usize;

/// First those that have a value, and of these first those that may have it in
/// the same argument.
#[derive(Clone, Copy, PartialEq, PartialOrd)]
enum Kind {
    Offset,
    Count,
    GateHere,
    Gate,
    Stats,
    Help,
    Version,
}

/// The options, each name filled up with zeros: half the size of slices.
static NAMES: [([u8; 9], Kind); 7] = [
    (*b"-o\0\0\0\0\0\0\0", Kind::Offset),
    (*b"-n\0\0\0\0\0\0\0", Kind::Count),
    (*b"--gate=\0\0", Kind::GateHere),
    (*b"--gate\0\0\0", Kind::Gate),
    (*b"--stats\0\0", Kind::Stats),
    (*b"--help\0\0\0", Kind::Help),
    (*b"--version", Kind::Version),
];

/// Walks over the arguments: options go into `options`, operands to `operand`.
///
/// Options may stand behind operands; who needs them first walks twice, so
/// that no list has to be kept. A line that is not understood ends the program.
#[inline(never)]
pub fn walk(
    mut arguments: Arguments,
    options: &mut Options,
    operand: &mut dyn FnMut(&Options, &'static CStr),
) {
    // The program's name.
    arguments.next();
    let mut none = true;
    // What an option begins with: nothing behind "--".
    let mut dash = b'-';
    let (what, problem) = loop {
        let Some(argument) = arguments.next() else {
            if none {
                operand(options, c"-");
            }
            return;
        };
        let text = argument.to_bytes();
        if text.len() < 2 || text.first() != Some(&dash) {
            none = false;
            operand(options, argument);
            continue;
        }
        if text == b"--" {
            dash = 0;
            continue;
        }
        let Some((kind, mut value)) = find(text) else {
            break (text, text::UNKNOWN_OPTION);
        };
        if kind <= Kind::Gate && value.is_empty() {
            let Some(next) = arguments.next() else {
                break (text, text::NO_VALUE);
            };
            value = next.to_bytes();
        }
        match kind {
            Kind::Offset | Kind::Count => options.numbers[kind as usize] = number(value),
            Kind::GateHere | Kind::Gate => match GateName::parse(value) {
                None => break (value, text::UNKNOWN_GATE),
                gate => options.gate = gate,
            },
            Kind::Stats => options.stats = true,
            Kind::Help => options.show = text::HELP,
            Kind::Version => options.show = text::VERSION,
        }
    };
    report::fail(what, problem)
}

/// The option that `text` begins with, and the value in the same argument.
fn find(text: &'static [u8]) -> Option<(Kind, &'static [u8])> {
    NAMES.iter().find_map(|(name, kind)| {
        let rest = after(text, name)?;
        (rest.is_empty() || *kind <= Kind::GateHere).then_some((*kind, rest))
    })
}

/// Decimal digits and perhaps K, M or G; at most 2^63 − 1, the largest offset
/// that the kernel knows.
#[inline(never)]
fn number(text: &[u8]) -> u64 {
    let (digits, thousands) = match text {
        [digits @ .., b'K'] => (digits, 1),
        [digits @ .., b'M'] => (digits, 2),
        [digits @ .., b'G'] => (digits, 3),
        digits => (digits, 0),
    };
    let mut value = 0_u64;
    let mut good = !digits.is_empty();
    for &byte in digits {
        let digit = byte.wrapping_sub(b'0');
        // Ten times as much must stay below 2^64; the end looks at 2^63.
        good &= digit < 10 && value >> 60 == 0;
        value = value.wrapping_mul(10).wrapping_add(digit.into());
    }
    for _ in 0..thousands {
        good &= value >> 53 == 0;
        value <<= 10;
    }
    if !good || value >> 63 != 0 {
        report::fail(text, text::INVALID_NUMBER);
    }
    value
}
