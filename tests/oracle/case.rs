//! Random calls.

use proptest::{prelude::*, sample::select};

#[derive(Clone, Copy, Debug)]
pub enum Cell {
    Null,
    Value(i32),
}

// The descriptors by name, so that a failing case can be read; what can be
// moved, more often than what cannot.
const INPUTS: [&str; 9] = [
    "small",
    "small",
    "small",
    "large",
    "large",
    "write-only",
    "pipe",
    "directory",
    "none",
];
const OUTPUTS: [&str; 9] = [
    "file",
    "file",
    "file",
    "pipe",
    "pipe",
    "append",
    "read-only",
    "closed pipe",
    "none",
];

#[derive(Clone, Debug)]
pub struct Case {
    pub output: &'static str,
    pub input: &'static str,
    pub position: u64,
    pub cell: Cell,
    pub count: u32,
}

pub fn cases() -> impl Strategy<Value = Case> {
    let value = prop_oneof![
        0..12_000,
        (i32::MAX - 9000)..=i32::MAX,
        -3..=3,
        any::<i32>(),
        Just(i32::MAX),
    ];
    let cell = prop_oneof![
        1 => Just(Cell::Null),
        7 => value.prop_map(Cell::Value),
    ];
    let count = prop_oneof![0_u32..3, 0_u32..20_000, 0x7fff_0000_u32..=u32::MAX];
    let position = prop_oneof![0_u64..12_000, 0x7fff_f000_u64..0x8000_2000];
    (
        select(&OUTPUTS[..]),
        select(&INPUTS[..]),
        position,
        cell,
        count,
    )
        .prop_map(|(output, input, position, cell, mut count)| {
            // Of the large file, no more than can be moved ten thousand times.
            if input == "large" {
                count %= 20_000;
            }
            Case {
                output,
                input,
                position,
                cell,
                count,
            }
        })
}
