//! The table of calls: names, classes, and what a refused number returns.
#![allow(unsafe_code, missing_docs)]

use int80::gate::nr::{self, CALLS, Class};
#[cfg(target_arch = "x86_64")]
use int80::{Errno, Gate, Native, errno};

#[test]
fn names_and_numbers_are_each_other_s() {
    let rows: Vec<(u32, &str)> = CALLS.iter().map(|call| (call.nr, call.name)).collect();
    assert_eq!(nr::names().collect::<Vec<_>>(), rows);
    for (number, name) in rows {
        assert_eq!(nr::name(number), Some(name));
        assert_eq!(nr::by_name(name), Some(number));
    }
}

#[test]
fn what_has_no_row_has_no_name() {
    for number in [
        222,
        223,
        251,
        285,
        387,
        392,
        415,
        470,
        0x4000_0003,
        u32::MAX,
    ] {
        assert_eq!(nr::name(number), None, "{number}");
    }
    for name in ["", "READ", "read ", "accept", "read\nwrite"] {
        assert_eq!(nr::by_name(name), None, "{name:?}");
    }
}

#[test]
fn rows_are_in_order_and_complete() {
    assert!(CALLS.windows(2).all(|pair| pair[0].nr < pair[1].nr));
    for call in CALLS {
        let arguments = call.arguments.split_whitespace().count();
        assert!(arguments <= 6, "{call:?}");
        assert!(call.since.split('.').count() >= 2, "{call:?}");
        match call.class() {
            Class::Same => assert!(call.x86_64.is_some(), "{call:?}"),
            Class::Converted(how) => assert!(!how.is_empty(), "{call:?}"),
            Class::Refused(why) => assert!(!why.is_empty() && call.x86_64.is_none(), "{call:?}"),
        }
    }
}

/// On i386 the kernel decides.
#[cfg(target_arch = "x86_64")]
#[test]
fn refused_numbers_return_enosys() {
    let refused = CALLS
        .iter()
        .filter(|call| matches!(call.class(), Class::Refused(_)));
    let refused = refused
        .map(|call| call.nr)
        .chain([222, 470, 0x4000_0003, u32::MAX]);
    for number in refused {
        assert!(!nr::passes(number), "{number}");
        // SAFETY: the gate has no call for the number.
        let result = unsafe { Native.call(number, []) };
        assert_eq!(errno::decode(result), Err(Errno::ENOSYS), "{number}");
    }
    assert!(nr::passes(nr::READ) && nr::passes(nr::SOCKETCALL));
}
