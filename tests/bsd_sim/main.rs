//! FreeBSD's sendfile on the simulated kernels: the bytes that go out, their
//! count, the errors and their order.

mod case;
mod check;

use std::ptr;

use int80::{
    Errno,
    bsd::{SfHdtr, sendfile_raw},
    errno,
    sys::IoSlice,
};
use int80_sim::{Era, FileKind, INPUT_SEED, Input, Kernel, Output, Rope};

#[test]
fn the_freebsd_shape() {
    int80_support::schedules::hold("bsd", 20, check::case);
}

/// An address without memory.
const BAD: usize = 64;

/// A file of 10 bytes, a connected socket, and the raw call on them.
fn raw(hdtr: *const SfHdtr, sbytes: *mut i64) -> (isize, u64) {
    let kernel = Kernel::new(Era::V6_8);
    let fd = kernel.input(Input::File(FileKind::Regular), 10, 100);
    let s = kernel.output(Output::Tcp, 65536, 65536);
    // SAFETY: the addresses are good, or below 4096, which this kernel refuses.
    #[allow(unsafe_code)]
    let result = unsafe {
        sendfile_raw(
            &kernel,
            fd.as_raw_fd(),
            s.as_raw_fd(),
            0,
            0,
            hdtr,
            sbytes,
            0,
        )
    };
    (result, kernel.written(s).len())
}

fn hdtr(headers: *const IoSlice<'static>, hdr_cnt: i32) -> SfHdtr {
    SfHdtr {
        headers,
        hdr_cnt,
        trailers: ptr::null(),
        trl_cnt: 0,
    }
}

const EFAULT: (isize, u64) = (errno::encode(Errno::EFAULT), 0);
const EINVAL: (isize, u64) = (errno::encode(Errno::EINVAL), 0);

#[test]
fn bad_pointers_are_efault_before_a_byte_goes_out() {
    let bad = ptr::without_provenance::<SfHdtr>(BAD);
    let array = ptr::without_provenance::<IoSlice<'static>>(BAD);
    let mut sbytes = -1;
    assert_eq!(raw(bad, &mut sbytes), EFAULT);
    assert_eq!(sbytes, 0);
    assert_eq!(raw(&hdtr(array, 1), &mut sbytes), EFAULT);
    let trailers = SfHdtr {
        trailers: array,
        trl_cnt: 1,
        ..hdtr(ptr::null(), 0)
    };
    assert_eq!(raw(&trailers, &mut sbytes), EFAULT);
    let sbytes = ptr::without_provenance_mut::<i64>(BAD);
    assert_eq!(raw(ptr::null(), sbytes), EFAULT);
    // An array of no parts is not looked at.
    assert_eq!(raw(&hdtr(array, 0), ptr::null_mut()), (0, 10));
    // A part without memory is EFAULT when its turn comes: the header's is at once.
    let parts = [bad_part()];
    assert_eq!(raw(&hdtr(parts.as_ptr(), 1), ptr::null_mut()), EFAULT);
}

/// A part of 5 bytes without memory, as C can make it.
fn bad_part() -> IoSlice<'static> {
    let part: [usize; 2] = [BAD, 5];
    // SAFETY: the layout is an address and a length; only a kernel goes by it.
    #[allow(unsafe_code)]
    unsafe {
        std::mem::transmute(part)
    }
}

#[test]
fn numbers_of_parts_are_checked() {
    let parts = vec![IoSlice::new(b"x"); 1025];
    for (count, expected) in [
        (-1, EINVAL),
        (1025, EINVAL),
        (1024, (0, 1034)),
        (0, (0, 10)),
        (1, (0, 11)),
    ] {
        let hdtr = hdtr(parts.as_ptr(), count);
        assert_eq!(raw(&hdtr, ptr::null_mut()), expected, "{count}");
    }
}

#[test]
fn sbytes_counts_headers_file_and_trailers() {
    let kernel = Kernel::new(Era::V6_8);
    let fd = kernel.input(Input::File(FileKind::Regular), 10, 100);
    let s = kernel.output(Output::Tcp, 65536, 65536);
    let (head, tail) = ([IoSlice::new(b"head")], [IoSlice::new(b"tail!")]);
    let hdtr = SfHdtr {
        headers: head.as_ptr(),
        hdr_cnt: 1,
        trailers: tail.as_ptr(),
        trl_cnt: 1,
    };
    let mut sbytes = -1;
    // SAFETY: all addresses are good.
    #[allow(unsafe_code)]
    let result = unsafe {
        sendfile_raw(
            &kernel,
            fd.as_raw_fd(),
            s.as_raw_fd(),
            2,
            3,
            &hdtr,
            &mut sbytes,
            0,
        )
    };
    assert_eq!((result, sbytes), (0, 12));
    let mut expected = b"head".to_vec();
    expected.extend(Rope::pattern(INPUT_SEED, 2, 3).to_vec());
    expected.extend(b"tail!");
    assert_eq!(kernel.written(s).to_vec(), expected);
}
