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
    assert_eq!(part.is_empty(), written == Ok(0));
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

/// Address and length, as the kernel reads them (`struct iovec`).
fn iovec(part: IoSlice<'_>) -> [usize; 2] {
    // SAFETY: a part is an address and a length.
    #[allow(unsafe_code)]
    unsafe {
        std::mem::transmute(part)
    }
}

/// The kernel checks the address of an empty part, too.
#[test]
fn b13_skip_stays_within_the_part() {
    let text = b"0123456789";
    let [start, _] = iovec(IoSlice::new(text));
    for count in [0, 1, 9, 10, 11, 1 << 20, usize::MAX] {
        let skipped = count.min(10);
        let expected = [start + skipped, 10 - skipped];
        assert_eq!(iovec(IoSlice::new(text).skip(count)), expected, "{count}");
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
