//! The command line, taken apart as getopt does.

use core::ffi::CStr;

use int80_rt::{Arguments, GateName, after};

use crate::{report, text};

/// What the command line asks for.
pub struct Options {
    pub offset: Option<u64>,
    /// `u64::MAX` for all of it.
    pub count: u64,
    pub gate: Option<GateName>,
    /// The number of a text to show instead of copying.
    pub show: Option<usize>,
    /// Whether to say how each file was copied.
    pub stats: bool,
}

#[derive(Clone, Copy)]
enum Kind {
    Offset,
    Count,
    Gate,
    Stats,
    Help,
    Version,
}

/// The options, each name filled up with zeros: half the size of slices. One of
/// two letters, or one that ends in `=`, may have its value in the same
/// argument.
static NAMES: [([u8; 9], Kind); 7] = [
    (*b"-o\0\0\0\0\0\0\0", Kind::Offset),
    (*b"-n\0\0\0\0\0\0\0", Kind::Count),
    (*b"--gate\0\0\0", Kind::Gate),
    (*b"--gate=\0\0", Kind::Gate),
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
    let mut only_operands = false;
    while let Some(argument) = arguments.next() {
        let text = argument.to_bytes();
        if only_operands || text.len() < 2 || text.first() != Some(&b'-') {
            operand(options, argument);
        } else if text == b"--" {
            only_operands = true;
        } else {
            let (kind, rest) = find(text);
            let mut value = || match rest {
                b"" => match arguments.next() {
                    Some(value) => value.to_bytes(),
                    None => report::fail(text, text::NO_VALUE),
                },
                rest => rest,
            };
            match kind {
                Kind::Offset => options.offset = Some(number(value())),
                Kind::Count => options.count = number(value()),
                Kind::Gate => options.gate = Some(gate(value())),
                Kind::Stats => options.stats = true,
                Kind::Help => options.show = Some(text::HELP),
                Kind::Version => options.show = Some(text::VERSION),
            }
        }
    }
}

/// The option that `text` begins with, and the value in the same argument.
fn find(text: &'static [u8]) -> (Kind, &'static [u8]) {
    for (name, kind) in &NAMES {
        if let Some(rest) = after(text, name) {
            // Behind "--gate=" comes its value; "--gate" is the name itself.
            let with_value = matches!(name, [b'-', b'o' | b'n', ..] | [.., b'=', 0, 0]);
            if rest.is_empty() || with_value {
                return (*kind, rest);
            }
        }
    }
    report::fail(text, text::UNKNOWN_OPTION)
}

fn gate(name: &[u8]) -> GateName {
    match GateName::parse(name) {
        Some(gate) => gate,
        None => report::fail(name, text::UNKNOWN_GATE),
    }
}

/// Decimal digits and perhaps K, M or G; at most 2^63 − 1, the largest offset
/// that the kernel knows.
#[inline(never)]
fn number(text: &[u8]) -> u64 {
    let mut value = 0_u64;
    let mut rest = text;
    while let [digit @ b'0'..=b'9', tail @ ..] = rest {
        // Ten times as much must stay below 2^64; the end looks at 2^63.
        if value > i64::MAX as u64 / 10 {
            break;
        }
        value = value * 10 + u64::from(digit - b'0');
        rest = tail;
    }
    let shift = match rest {
        [] => 0,
        [b'K'] => 10,
        [b'M'] => 20,
        [b'G'] => 30,
        _ => 63,
    };
    let no_digit = rest.len() == text.len();
    if no_digit || shift == 63 || value >> (63 - shift) != 0 {
        report::fail(text, text::INVALID_NUMBER);
    }
    value << shift
}
