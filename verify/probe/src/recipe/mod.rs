//! Lists of calls: how each kind of input and output is made, and what checks do
//! to them.
//!
//! Code that makes the calls is three times as large. A call has up to six
//! arguments, each a number, a word of the frame that it is made in, the address
//! of such a word, or that of a path.
//!
//! # Safety
//!
//! Pointers are to words of the frame, which live until the call returns.
#![allow(unsafe_code)]

mod list;

use int80::Register;
use linux_raw_sys::net::AF_INET;

use crate::{Outcome, Recorder};
pub use list::*;

/// The words of a frame: where the bytes of what is made can be read back, what
/// is made, and another descriptor. A pair is two words, one after the other.
pub const BACK: usize = 0;
pub const FD: usize = 1;
pub const OTHER: usize = 2;
/// Where results go that no one wants.
const UNUSED: usize = 3;
/// An address family, and an address of it with its size.
pub const FAMILY: usize = 4;
pub const SIZE: usize = 5;
pub const ADDRESS: usize = 6;
/// A name, and the flags that a file of that name is opened with.
pub const NAME: usize = ADDRESS;
pub const FLAGS: usize = SIZE;
/// A length, in two words.
pub const LENGTH: usize = 14;
/// What a check gives, and what it sees; both are two words.
pub const VALUE: usize = FAMILY;
pub const SEEN: usize = ADDRESS;
/// The set of signals that SIGPIPE is alone in, two words.
pub const SIGPIPE: usize = LENGTH;
/// As many words as there are in all.
const WORDS: usize = 16;

/// What calls are made in.
pub type Frame = [i32; WORDS];

/// A frame in which nothing is made, with the address of the loopback.
#[inline(never)]
pub fn frame() -> Frame {
    let mut words = [0; WORDS];
    words[BACK] = -1;
    (words[FAMILY], words[SIZE]) = (AF_INET as i32, 16);
    // struct sockaddr_in: family, port 0, 127.0.0.1, both in the network's order.
    words[ADDRESS] = AF_INET as i32;
    words[ADDRESS + 1] = i32::from_ne_bytes([127, 0, 0, 1]);
    words
}

/// An argument: its kind in the lowest two bits.
type Argument = i16;

const NUMBER: Argument = 0;
const WORD: Argument = 1;
const PLACE: Argument = 2;
const PATH: Argument = 3;

const fn number(value: i16) -> Argument {
    (value << 2) | NUMBER
}

const fn word(word: usize) -> Argument {
    ((word as i16) << 2) | WORD
}

const fn place(word: usize) -> Argument {
    ((word as i16) << 2) | PLACE
}

const fn path(place: i16) -> Argument {
    (place << 2) | PATH
}

/// A call: its number, where its result goes, and its arguments.
type Call = (u32, usize, &'static [Argument]);

/// A call as it is kept: a word with its number, how many arguments it has,
/// where its result goes, and whether it is the last of its recipe; and the
/// arguments.
const NR: u16 = 0x1ff;
const COUNT: u32 = 9;
const TO: u32 = 12;
const LAST: u16 = 0x8000;

const ALL: usize = {
    let (mut length, mut recipes) = (0, RECIPES);
    while let [recipe, rest @ ..] = recipes {
        let mut calls = *recipe;
        while let [(_, _, arguments), rest @ ..] = calls {
            length += 1 + arguments.len();
            calls = rest;
        }
        recipes = rest;
    }
    length
};

/// All calls, recipe after recipe.
static CALLS: [u16; ALL] = {
    let mut words = [0; ALL];
    let (mut at, mut recipes) = (0, RECIPES);
    while let [recipe, rest @ ..] = recipes {
        let mut calls = *recipe;
        while let [(nr, to, arguments), rest @ ..] = calls {
            let last = if rest.is_empty() { LAST } else { 0 };
            let count = arguments.len() << COUNT;
            words[at] = *nr as u16 | count as u16 | (*to << TO) as u16 | last;
            let mut n = 0;
            while n < arguments.len() {
                words[at + 1 + n] = arguments[n] as u16;
                n += 1;
            }
            at += 1 + n;
            calls = rest;
        }
        recipes = rest;
    }
    words
};

impl Recorder<'_> {
    /// Makes the calls of recipe `number`.
    #[inline(never)]
    pub fn follow(&self, number: u8, words: &mut Frame) -> Outcome {
        let (mut before, mut rest) = (number, &CALLS[..]);
        while let [call, tail @ ..] = rest {
            let count = usize::from((call >> COUNT) & 7);
            let (arguments, tail) = tail.split_at_checked(count).unwrap_or_default();
            rest = tail;
            if before == 0 {
                let mut registers = [Register::ZERO; 6];
                for (register, argument) in registers.iter_mut().zip(arguments) {
                    let value = *argument as i16 >> 2;
                    let place = value as usize;
                    *register = match *argument as i16 & 3 {
                        NUMBER => i32::from(value).into(),
                        PATH => PATHS.as_ptr().wrapping_add(place).into(),
                        PLACE => words.as_mut_ptr().wrapping_add(place).into(),
                        _ => words.get(place).copied().unwrap_or(0).into(),
                    };
                }
                // SAFETY: this file's header.
                let result = unsafe { self.make6((call & NR).into(), registers) }?;
                if let Some(word) = words.get_mut(usize::from((call >> TO) & 7)) {
                    *word = result;
                }
            }
            if call & LAST != 0 {
                if before == 0 {
                    break;
                }
                before -= 1;
            }
        }
        Ok(())
    }
}
