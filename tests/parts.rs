//! Parts of a writev: what is left of one when bytes of it have been sent.
#![allow(missing_docs)]

use int80::sys::{IoSlice, writev};
use int80_sim::{Era, FileKind, Kernel, Output};

/// The bytes that a kernel reads through the part.
fn bytes(part: IoSlice<'_>) -> Vec<u8> {
    let kernel = Kernel::new(Era::V6_8);
    let output = kernel.output(Output::File(FileKind::Regular), 1, 1);
    let written = writev(&kernel, output, &[part]);
    assert_eq!(written, Ok(part.len()));
    assert_eq!(part.is_empty(), part.len() == 0);
    kernel.written(output).to_vec()
}

#[test]
fn b13_skip_leaves_the_rest_and_no_more() {
    let text = b"0123456789";
    for count in 0..=10 {
        let part = IoSlice::new(text).skip(count);
        assert_eq!(bytes(part), &text[count..], "{count}");
    }
}

#[test]
fn b13_skip_ends_with_the_part() {
    for count in [10, 11, 12, 1 << 20, usize::MAX - 1, usize::MAX] {
        let part = IoSlice::new(b"0123456789").skip(count);
        assert_eq!((part.len(), part.is_empty()), (0, true), "{count}");
        assert_eq!(bytes(part), b"");
    }
}

#[test]
fn b13_skip_after_skip() {
    let part = IoSlice::new(b"0123456789").skip(3).skip(4);
    assert_eq!(bytes(part), b"789");
    assert_eq!(bytes(part.skip(3)), b"");
}

/// Both a shared slice and its parts may cross threads.
#[test]
fn parts_are_send_and_sync() {
    fn check<T: Send + Sync>(_: T) {}
    check(IoSlice::new(b"x"));
}
