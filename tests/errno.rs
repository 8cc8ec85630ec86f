//! Errors: decoding at the boundary, and names and messages against the C
//! library's.
#![allow(unsafe_code, missing_docs)]

use std::ffi::CStr;

use int80::{Errno, errno, errno::decode};

#[test]
fn only_the_last_4095_values_are_errors() {
    for (eax, number) in [(-1, 1), (-2, 2), (-9, 9), (-4094, 4094), (-4095, 4095)] {
        assert_eq!(decode(eax).map_err(Errno::raw_os_error), Err(number));
        assert_eq!(
            Errno::from_raw_os_error(number).map(errno::encode),
            Some(eax)
        );
    }
    for eax in [
        0,
        1,
        187,
        0x7fff_f000,
        isize::MAX,
        isize::MIN,
        -4096,
        -4097,
        -1_000_000,
    ] {
        assert_eq!(decode(eax), Ok(eax as usize));
    }
    for number in [0, -1, 4096, i32::MAX, i32::MIN] {
        assert_eq!(Errno::from_raw_os_error(number), None);
    }
}

#[test]
fn every_message_is_that_of_the_c_library() {
    let mut known = 0;
    for number in 1..=4095 {
        let errno = Errno::from_raw_os_error(number).unwrap();
        // SAFETY: strerror gives a string that ends, and one thread calls it.
        let theirs = unsafe { CStr::from_ptr(libc::strerror(number)) }
            .to_str()
            .unwrap();
        match errno.message() {
            Some(message) => {
                assert_eq!(message, theirs);
                assert_eq!(
                    errno.c_message().map(CStr::to_bytes),
                    Some(theirs.as_bytes())
                );
                let c_name = errno.c_name().map(|name| name.to_str().unwrap());
                assert_eq!(c_name, errno.name());
                assert_eq!(errno.to_string(), theirs);
                known += 1;
            }
            None => {
                assert_eq!(theirs, format!("Unknown error {number}"));
                assert_eq!(errno.to_string(), theirs);
                assert_eq!(errno.name(), None);
                assert_eq!((errno.c_name(), errno.c_message()), (None, None));
            }
        }
    }
    assert_eq!(known, 131);
}

#[test]
fn names_and_constants_are_those_of_the_numbers() {
    for (errno, number, name) in [
        (Errno::EPERM, libc::EPERM, "EPERM"),
        (Errno::EBADF, libc::EBADF, "EBADF"),
        (Errno::EAGAIN, libc::EAGAIN, "EAGAIN"),
        (Errno::EDEADLK, libc::EDEADLK, "EDEADLK"),
        (Errno::ENOMSG, libc::ENOMSG, "ENOMSG"),
        (Errno::EBFONT, libc::EBFONT, "EBFONT"),
        (Errno::EOVERFLOW, libc::EOVERFLOW, "EOVERFLOW"),
        (Errno::EOPNOTSUPP, libc::EOPNOTSUPP, "EOPNOTSUPP"),
        (Errno::EHWPOISON, libc::EHWPOISON, "EHWPOISON"),
    ] {
        assert_eq!(errno.raw_os_error(), number);
        assert_eq!(errno.name(), Some(name));
        assert_eq!(format!("{errno:?}"), name);
    }
    assert_eq!(
        format!("{:?}", Errno::from_raw_os_error(41).unwrap()),
        "Errno(41)"
    );
}

#[test]
fn an_errno_is_an_error() {
    fn question(eax: isize) -> Result<usize, Box<dyn std::error::Error>> {
        Ok(decode(eax)?)
    }
    assert_eq!(question(-13).unwrap_err().to_string(), "Permission denied");
}
