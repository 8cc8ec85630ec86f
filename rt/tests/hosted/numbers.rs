//! Numbers in text, at the ends of every width.

use int80::Errno;
use int80_rt::{parse_signed, parse_unsigned};

#[test]
fn digits_are_a_number() {
    assert_eq!(parse_unsigned(b"0"), Ok(0_u64));
    assert_eq!(parse_unsigned(b"007"), Ok(7_u32));
    assert_eq!(parse_unsigned(b"18446744073709551615"), Ok(u64::MAX));
    assert_eq!(parse_unsigned(b"255"), Ok(255_u8));
    assert_eq!(parse_unsigned(b"2147483647"), Ok(i32::MAX));
    assert_eq!(parse_signed(b"-0"), Ok(0_i64));
    assert_eq!(parse_signed(b"+9"), Ok(9_i8));
    assert_eq!(parse_signed(b"-9223372036854775808"), Ok(i64::MIN));
    assert_eq!(parse_signed(b"9223372036854775807"), Ok(i64::MAX));
    assert_eq!(parse_signed(b"-32768"), Ok(i16::MIN));
}

#[test]
fn what_does_not_fit_is_out_of_range() {
    let unsigned: [&[u8]; 3] = [
        b"18446744073709551616",
        b"18446744073709551620",
        b"99999999999999999999999",
    ];
    for text in unsigned {
        assert_eq!(parse_unsigned::<u64>(text), Err(Errno::ERANGE));
        assert_eq!(parse_signed::<i64>(text), Err(Errno::ERANGE));
    }
    assert_eq!(parse_unsigned::<u8>(b"256"), Err(Errno::ERANGE));
    assert_eq!(
        parse_signed::<i64>(b"9223372036854775808"),
        Err(Errno::ERANGE)
    );
    assert_eq!(
        parse_signed::<i64>(b"-9223372036854775809"),
        Err(Errno::ERANGE)
    );
    assert_eq!(parse_signed::<u8>(b"-1"), Err(Errno::ERANGE));
}

#[test]
fn anything_else_is_no_number() {
    let texts: [&[u8]; 11] = [
        b"",
        b"-",
        b"+",
        b" 1",
        b"1 ",
        b"0x1",
        b"1e3",
        b"--1",
        b"/",
        b":",
        b"99999999999999999999999x",
    ];
    for text in texts {
        assert_eq!(parse_unsigned::<u64>(text), Err(Errno::EINVAL), "{text:?}");
        assert_eq!(parse_signed::<i64>(text), Err(Errno::EINVAL), "{text:?}");
    }
    // A sign is for signed numbers.
    assert_eq!(parse_unsigned::<u64>(b"+1"), Err(Errno::EINVAL));
    assert_eq!(parse_unsigned::<u64>(b"-1"), Err(Errno::EINVAL));
}
