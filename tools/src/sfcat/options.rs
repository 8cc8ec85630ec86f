//! The command line. It is read twice, first for the options and then for the
//! operands, so that no list has to be kept.

use core::ffi::CStr;

use int80_rt::{Arguments, GateName};

use crate::report::Report;

pub const VERSION: &str = concat!("sfcat (int80) ", env!("CARGO_PKG_VERSION"), "\n");

pub const HELP: &str = "\
Usage: sfcat [OPTION]... [FILE]...
Copy each FILE to standard output by sendfile, and by read and write where the
kernel cannot. With no FILE, or when FILE is -, copy standard input.

  -o OFFSET      start at byte OFFSET of each FILE
  -n COUNT       copy at most COUNT bytes of each FILE
  --gate GATE    enter the kernel by int80 or sysinfo (i386; default: sysinfo
                 where the kernel offers it) or syscall (x86_64)
  --help         show this help and exit
  --version      show the version and exit

OFFSET and COUNT may end in K, M or G, for 1024, 1024^2 and 1024^3 bytes.
";

/// What the command line asks for.
#[derive(Default)]
pub struct Options {
    pub offset: Option<u64>,
    pub count: Option<u64>,
    pub gate: Option<GateName>,
}

#[derive(Clone, Copy)]
pub enum Action {
    Copy,
    Help,
    Version,
}

/// A command line that is not understood: what is wrong with it.
pub struct Usage {
    problem: &'static [u8],
    argument: &'static [u8],
}

impl Usage {
    pub fn report(&self) -> u8 {
        let try_help = b"'\nTry 'sfcat --help' for more information.";
        Report::of(&[self.problem, b" '", self.argument, try_help])
    }
}

/// An option, or an operand.
enum Item {
    Offset(&'static [u8]),
    Count(&'static [u8]),
    Gate(&'static [u8]),
    Action(Action),
    Operand(&'static CStr),
}

/// The options; the last of each kind counts, and the first that asks for help
/// or the version.
pub fn parse(arguments: Arguments) -> Result<(Action, Options), Usage> {
    let mut options = Options::default();
    let mut action = Action::Copy;
    for item in Items::new(arguments) {
        match (item?, action) {
            (Item::Offset(text), _) => options.offset = Some(number(text)?),
            (Item::Count(text), _) => options.count = Some(number(text)?),
            (Item::Gate(name), _) => {
                options.gate = Some(GateName::parse(name).ok_or(Usage {
                    problem: b"unknown gate",
                    argument: name,
                })?);
            }
            (Item::Action(asked), Action::Copy) => action = asked,
            (Item::Action(_) | Item::Operand(_), _) => {}
        }
    }
    Ok((action, options))
}

/// The operands of a command line that [`parse`] has understood.
pub fn operands(arguments: Arguments) -> impl Iterator<Item = &'static CStr> {
    Items::new(arguments).filter_map(|item| match item {
        Ok(Item::Operand(name)) => Some(name),
        _ => None,
    })
}

/// The arguments, taken apart as getopt does.
struct Items {
    arguments: Arguments,
    only_operands: bool,
}

impl Items {
    fn new(mut arguments: Arguments) -> Self {
        // The program's name.
        arguments.next();
        Self {
            arguments,
            only_operands: false,
        }
    }

    /// The value of an option: the rest of its argument, or the next one.
    fn value(
        &mut self,
        option: &'static [u8],
        rest: &'static [u8],
    ) -> Result<&'static [u8], Usage> {
        if !rest.is_empty() {
            return Ok(rest);
        }
        let missing = Usage {
            problem: b"option requires an argument",
            argument: option,
        };
        self.arguments.next().map(CStr::to_bytes).ok_or(missing)
    }
}

impl Iterator for Items {
    type Item = Result<Item, Usage>;

    fn next(&mut self) -> Option<Self::Item> {
        let argument = self.arguments.next()?;
        let text = argument.to_bytes();
        if self.only_operands {
            return Some(Ok(Item::Operand(argument)));
        }
        Some(match text {
            b"--" => {
                self.only_operands = true;
                return self.next();
            }
            b"--help" => Ok(Item::Action(Action::Help)),
            b"--version" => Ok(Item::Action(Action::Version)),
            b"--gate" => self.value(text, b"").map(Item::Gate),
            [b'-', b'-', b'g', b'a', b't', b'e', b'=', name @ ..] => Ok(Item::Gate(name)),
            [b'-', b'o', rest @ ..] => self.value(text, rest).map(Item::Offset),
            [b'-', b'n', rest @ ..] => self.value(text, rest).map(Item::Count),
            [b'-', _, ..] => Err(Usage {
                problem: b"unrecognized option",
                argument: text,
            }),
            _ => Ok(Item::Operand(argument)),
        })
    }
}

/// Decimal digits and perhaps K, M or G; at most 2^63 − 1, the largest offset
/// that the kernel knows.
fn number(text: &'static [u8]) -> Result<u64, Usage> {
    let invalid = Usage {
        problem: b"invalid number",
        argument: text,
    };
    let (digits, shift) = match text {
        [digits @ .., b'K'] => (digits, 10),
        [digits @ .., b'M'] => (digits, 20),
        [digits @ .., b'G'] => (digits, 30),
        digits => (digits, 0),
    };
    if digits.is_empty() {
        return Err(invalid);
    }
    let mut value = 0_u64;
    for digit in digits {
        let digit = digit.wrapping_sub(b'0');
        match value.checked_mul(10) {
            Some(tens) if digit < 10 => value = tens + u64::from(digit),
            _ => return Err(invalid),
        }
    }
    if value > i64::MAX as u64 >> shift {
        return Err(invalid);
    }
    Ok(value << shift)
}
