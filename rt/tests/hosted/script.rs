//! A gate that returns what a test has written down.
//!
//! # Safety
//!
//! The gate reads and writes the slices that read and write are called with, and
//! no more of them than their length.
#![allow(unsafe_code)]

use int80::{
    Errno, Gate, Register,
    errno::encode,
    gate::{nr, six},
};
use std::{cell::RefCell, collections::VecDeque, slice};

/// What one call returns.
#[derive(Clone, Debug)]
pub enum Answer {
    /// read: these bytes; none are the end.
    Bytes(&'static [u8]),
    /// write: so many bytes taken.
    Takes(usize),
    /// Any call: this errno.
    Fails(Errno),
    /// fcntl: these flags; poll: so many descriptors.
    Number(isize),
}

#[derive(Debug, Default)]
pub struct Script {
    answers: RefCell<VecDeque<Answer>>,
    /// The numbers of the calls that were made.
    pub calls: RefCell<Vec<u32>>,
    /// What was written.
    pub written: RefCell<Vec<u8>>,
}

impl Script {
    pub fn new(answers: impl IntoIterator<Item = Answer>) -> Script {
        Script {
            answers: RefCell::new(answers.into_iter().collect()),
            ..Script::default()
        }
    }

    /// Panics unless every answer was asked for.
    pub fn end(&self) {
        assert_eq!(self.answers.borrow().len(), 0, "answers nobody asked for");
    }
}

// SAFETY: it makes no call, and touches the slices alone.
unsafe impl Gate for Script {
    unsafe fn call<const N: usize>(&self, nr: u32, args: [Register; N]) -> isize {
        let [_, at, count, ..] = six(args);
        let count = count.bits();
        self.calls.borrow_mut().push(nr);
        let answer = self.answers.borrow_mut().pop_front();
        let answer = answer.unwrap_or_else(|| panic!("call {nr} is one too many"));
        match (nr, answer) {
            (_, Answer::Fails(errno)) => encode(errno),
            (nr::READ, Answer::Bytes(bytes)) => {
                assert!(bytes.len() <= count, "no room for what is there: {count}");
                // SAFETY: the slice that read was called with.
                let buffer = unsafe { slice::from_raw_parts_mut(at.as_ptr().cast::<u8>(), count) };
                buffer[..bytes.len()].copy_from_slice(bytes);
                bytes.len() as isize
            }
            (nr::WRITE, Answer::Takes(most)) => {
                // SAFETY: the slice that write was called with.
                let bytes = unsafe { slice::from_raw_parts(at.as_ptr().cast::<u8>(), count) };
                let taken = &bytes[..most.min(count)];
                self.written.borrow_mut().extend(taken);
                taken.len() as isize
            }
            (nr::FCNTL64 | nr::POLL, Answer::Number(number)) => number,
            (nr, answer) => panic!("call {nr}, and not what returns {answer:?}"),
        }
    }
}
