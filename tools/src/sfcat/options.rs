//! The command line, taken apart as getopt_long does.

use core::ffi::CStr;

use int80_rt::{Arguments, GateName, after};

use crate::message::{Message, fail};

/// What the command line asks for.
#[derive(Default)]
pub struct Options {
    pub offset: Option<u64>,
    pub bytes: Option<u64>,
    pub gate: Option<GateName>,
    pub show: Option<Show>,
    /// Whether to show how each file was copied.
    pub stats: bool,
}

/// A text to show instead of copying.
#[derive(Clone, Copy)]
pub enum Show {
    Help,
    Version,
}

#[derive(Clone, Copy, PartialEq)]
enum Long {
    Bytes,
    Gate,
    Offset,
    Help,
    Stats,
    Version,
    /// One of cat's that changes the text.
    Changes,
}

const LONG: [(&[u8], Long); 13] = [
    (b"bytes", Long::Bytes),
    (b"gate", Long::Gate),
    (b"offset", Long::Offset),
    (b"help", Long::Help),
    (b"stats", Long::Stats),
    (b"version", Long::Version),
    (b"show-all", Long::Changes),
    (b"number-nonblank", Long::Changes),
    (b"show-ends", Long::Changes),
    (b"number", Long::Changes),
    (b"squeeze-blank", Long::Changes),
    (b"show-tabs", Long::Changes),
    (b"show-nonprinting", Long::Changes),
];

/// One argument after another, options before and after operands.
enum Argument {
    Operand(&'static CStr),
    /// Without its first dash.
    Option(&'static [u8]),
}

/// The arguments after the program's name. After `--` all are operands.
struct Walk {
    arguments: Arguments,
    only_operands: bool,
}

impl Walk {
    fn new(mut arguments: Arguments) -> Self {
        arguments.next();
        Self {
            arguments,
            only_operands: false,
        }
    }
}

impl Iterator for Walk {
    type Item = Argument;

    fn next(&mut self) -> Option<Argument> {
        let argument = self.arguments.next()?;
        match argument.to_bytes() {
            b"--" if !self.only_operands => {
                self.only_operands = true;
                self.next()
            }
            [b'-', option @ ..] if !self.only_operands && !option.is_empty() => {
                Some(Argument::Option(option))
            }
            _ => Some(Argument::Operand(argument)),
        }
    }
}

/// Hands each file to `each`; `-` where the line names none.
pub fn operands(arguments: Arguments, mut each: impl FnMut(&'static CStr)) {
    let mut walk = Walk::new(arguments);
    let mut none = true;
    while let Some(argument) = walk.next() {
        match argument {
            Argument::Operand(name) => {
                none = false;
                each(name);
            }
            // A value that is an argument of its own is no file.
            Argument::Option([b'-', long @ ..]) => {
                if let Some((Long::Bytes | Long::Gate | Long::Offset, None)) = find(long) {
                    walk.arguments.next();
                }
            }
            Argument::Option(_) => {}
        }
    }
    if none {
        each(c"-");
    }
}

impl Options {
    /// Reads the options; one that is not understood ends the program.
    pub fn parse(arguments: Arguments) -> Self {
        let mut options = Self::default();
        let mut walk = Walk::new(arguments);
        while let Some(argument) = walk.next() {
            match argument {
                Argument::Operand(_) => {}
                Argument::Option([b'-', long @ ..]) => options.long(long, &mut walk),
                Argument::Option(letters) => letters.iter().for_each(|&letter| short(letter)),
            }
        }
        options
    }

    fn long(&mut self, text: &'static [u8], walk: &mut Walk) {
        let Some((long, value)) = find(text) else {
            misused("unrecognized option '--", text, "'");
        };
        let takes_value = matches!(long, Long::Bytes | Long::Gate | Long::Offset);
        let value = match value {
            Some(_) if !takes_value && long != Long::Changes => {
                misused("option '--", text, "' doesn't allow an argument");
            }
            None if takes_value => match walk.arguments.next() {
                Some(value) => value.to_bytes(),
                None => misused("option '--", text, "' requires an argument"),
            },
            value => value.unwrap_or_default(),
        };
        match long {
            Long::Bytes => self.bytes = Some(number(value)),
            Long::Offset => self.offset = Some(number(value)),
            Long::Gate => match GateName::parse(value) {
                None => misused("unknown gate '", value, "': int80, sysinfo or syscall"),
                gate => self.gate = gate,
            },
            Long::Help => _ = self.show.get_or_insert(Show::Help),
            Long::Stats => self.stats = true,
            Long::Version => _ = self.show.get_or_insert(Show::Version),
            Long::Changes => changes("--", text),
        }
    }
}

/// The option whose name, or the beginning of it and of no other, stands before
/// `=` in `text`, and the value after that.
fn find(text: &'static [u8]) -> Option<(Long, Option<&'static [u8]>)> {
    let end = text.iter().position(|&byte| byte == b'=');
    let (name, value) = match end {
        Some(end) => (text.get(..end)?, text.get(end.wrapping_add(1)..)),
        None => (text, None),
    };
    let mut found = None;
    for &(known, long) in &LONG {
        let Some(rest) = after(known, name) else {
            continue;
        };
        if rest.is_empty() {
            return Some((long, value));
        }
        match found {
            None => found = Some(long),
            Some(other) if other == long => {}
            Some(_) => return None,
        }
    }
    Some((found?, value))
}

fn short(letter: u8) {
    match letter {
        b'u' => {}
        b'A' | b'b' | b'e' | b'E' | b'n' | b's' | b't' | b'T' | b'v' => changes("-", &[letter]),
        _ => misused("invalid option -- '", &[letter], "'"),
    }
}

/// Refuses an option of cat's that changes the text.
fn changes(dashes: &str, option: &[u8]) -> ! {
    fail(|message| {
        message.text("option '");
        message.text(dashes);
        printable(message, option);
        message.text("' changes the text, and this program only copies: use cat");
    })
}

/// Ends the program with a sentence about a wrong command line.
fn misused(before: &str, what: &[u8], after: &str) -> ! {
    fail(|message| {
        message.text(before);
        printable(message, what);
        message.text(after);
        message.end();
        message.text("Try '");
        message.program();
        message.text(" --help' for more information.");
    })
}

/// Adds bytes of the command line, each control byte as `?`.
fn printable(message: &mut Message, text: &[u8]) {
    for &byte in text {
        message.byte(if matches!(byte, 0x20..=0x7e) {
            byte
        } else {
            b'?'
        });
    }
}

/// Decimal digits and perhaps K, M or G; at most 2^63 − 1, the largest offset
/// that the kernel knows.
fn number(text: &'static [u8]) -> u64 {
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
        // Ten times as much must stay below 2^64; the end checks 2^63.
        good &= digit < 10 && value >> 60 == 0;
        value = value.wrapping_mul(10).wrapping_add(digit.into());
    }
    for _ in 0..thousands {
        good &= value >> 53 == 0;
        value <<= 10;
    }
    if !good || value >> 63 != 0 {
        misused("invalid number of bytes: '", text, "'");
    }
    value
}
