//! The command line, parsed as by getopt_long, but without abbreviated names.

use core::ffi::CStr;

use int80_rt::{Arguments, GateName, after};

use crate::message::{Messages, is_in};

/// The options of the command line.
pub struct Options {
    /// [`OFFSET`] and [`BYTES`]; `u64::MAX` if not given.
    pub numbers: [u64; 2],
    pub gate: Option<GateName>,
    /// A text to show instead of copying.
    pub show: Option<&'static str>,
    /// Whether to show how each file was copied.
    pub stats: bool,
}

pub const OFFSET: usize = Long::Offset as usize;
pub const BYTES: usize = Long::Bytes as usize;

/// The long options, those with a value first.
#[derive(Clone, Copy, PartialEq, PartialOrd)]
enum Long {
    Offset,
    Bytes,
    Gate,
    Help,
    Stats,
    Version,
}

const LONG: [(&str, Long); 6] = [
    ("--offset", Long::Offset),
    ("--bytes", Long::Bytes),
    ("--gate", Long::Gate),
    ("--help", Long::Help),
    ("--stats", Long::Stats),
    ("--version", Long::Version),
];

/// Walks over the arguments after the program's name: calls `operand` with each
/// operand, and `option` with each option and the arguments after it. After `--`
/// all are operands.
#[inline(never)]
fn walk(
    mut arguments: Arguments,
    operand: &mut dyn FnMut(&'static CStr),
    option: &mut dyn FnMut(&'static [u8], &mut Arguments),
) {
    arguments.next();
    let mut options = true;
    while let Some(argument) = arguments.next() {
        match argument.to_bytes() {
            b"--" if options => options = false,
            text @ [b'-', _, ..] if options => option(text, &mut arguments),
            _ => operand(argument),
        }
    }
}

/// Calls `each` with each file; with `-` if there is none.
pub fn operands(arguments: Arguments, mut each: impl FnMut(&'static CStr)) {
    let mut none = true;
    let operand = &mut |name| {
        none = false;
        each(name);
    };
    walk(arguments, operand, &mut |text, rest| {
        // An argument that is the value of an option is no file.
        if find(text).is_some_and(|(long, value)| long <= Long::Gate && value.is_none()) {
            rest.next();
        }
    });
    if none {
        each(c"-");
    }
}

impl Options {
    /// Reads the options; an invalid one ends the program.
    pub fn parse(arguments: Arguments, messages: Messages) -> Self {
        let mut options = Self {
            numbers: [u64::MAX; 2],
            gate: None,
            show: None,
            stats: false,
        };
        let option = &mut |text, rest: &mut Arguments| options.read(text, rest, messages);
        walk(arguments, &mut |_| {}, option);
        options
    }

    fn read(&mut self, text: &'static [u8], rest: &mut Arguments, messages: Messages) {
        // Nothing that follows counts.
        if self.show.is_some() {
            return;
        }
        let Some((long, value)) = find(text) else {
            return short(text, messages);
        };
        let value = match value {
            None if long <= Long::Gate => match rest.next() {
                Some(value) => value.to_bytes(),
                None => messages.misused("option requires an argument: ", text),
            },
            Some(_) if long > Long::Gate => {
                messages.misused("option doesn't allow an argument: ", text)
            }
            value => value.unwrap_or_default(),
        };
        match long {
            Long::Offset | Long::Bytes => {
                let number = number(value);
                match self.numbers.get_mut(long as usize) {
                    Some(place) if number.is_some() => *place = number.unwrap_or_default(),
                    _ => messages.misused("invalid number of bytes: ", value),
                }
            }
            Long::Gate => match GateName::parse(value) {
                None => messages.misused("unknown gate: ", value),
                gate => self.gate = gate,
            },
            Long::Help => self.show = Some(include_str!("help.txt")),
            Long::Stats => self.stats = true,
            Long::Version => {
                self.show = Some(concat!("sfcat (int80) ", env!("CARGO_PKG_VERSION"), "\n"));
            }
        }
    }
}

/// The option with this name, and the value after `=`.
#[inline(never)]
fn find(text: &'static [u8]) -> Option<(Long, Option<&'static [u8]>)> {
    LONG.iter()
        .find_map(|&(name, long)| match after(text, name.as_bytes())? {
            [] => Some((long, None)),
            [b'=', value @ ..] => Some((long, Some(value))),
            _ => None,
        })
}

/// Single-letter options, those of cat; `-u` is ignored.
fn short(text: &'static [u8], messages: Messages) {
    for &letter in text.iter().skip(1) {
        if letter != b'u' {
            messages.misused(
                match letter {
                    b'-' => "unrecognized option: ",
                    _ if is_in(letter, b"AbeEnstTv") => {
                        "option of cat that changes the text is not supported: "
                    }
                    _ => "invalid option: ",
                },
                text,
            );
        }
    }
}

/// Decimal digits and an optional K, M or G; at most 2^63 − 1, the largest offset
/// of the kernel.
#[inline(never)]
fn number(text: &[u8]) -> Option<u64> {
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
        // Ten times the value must stay below 2^64; the end checks 2^63.
        good &= digit < 10 && value >> 60 == 0;
        value = value.wrapping_mul(10).wrapping_add(digit.into());
    }
    for _ in 0..thousands {
        good &= value >> 53 == 0;
        value <<= 10;
    }
    (good && value >> 63 == 0).then_some(value)
}
