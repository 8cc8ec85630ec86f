//! Ranges (H.15, H.16).

use super::{FILE, NOW, request};
use int80_serve::{Coding, Decision, File, decide};

fn of(method: &str, range: &str, size: u64) -> Decision {
    let head = format!("{method} / HTTP/1.1\r\nHost: h\r\nRange: {range}\r\n\r\n");
    let file = File { size, ..FILE };
    decide(&request(head.as_bytes()), &file, Coding::Identity, NOW)
}

#[track_caller]
fn part(range: &str, first: u64, last: u64) {
    assert_eq!(
        of("GET", range, 1000),
        Decision::Part { first, last },
        "{range}"
    );
}

#[test]
fn h15_one_range() {
    part("bytes=0-0", 0, 0);
    part("bytes=0-999", 0, 999);
    part("bytes=10-19", 10, 19);
    part("bytes=999-999", 999, 999);
    part("bytes=0010-0019", 10, 19);
    part("Bytes=1-2", 1, 2);
    part("BYTES=1-2", 1, 2);
}

#[test]
fn h15_open_and_suffix_ranges() {
    part("bytes=0-", 0, 999);
    part("bytes=999-", 999, 999);
    part("bytes=-1", 999, 999);
    part("bytes=-1000", 0, 999);
    part("bytes=-1001", 0, 999);
}

#[test]
fn h15_an_end_beyond_the_file_is_cut() {
    part("bytes=0-1000", 0, 999);
    part("bytes=500-99999", 500, 999);
}

#[test]
fn h15_unsatisfiable_ranges() {
    for range in [
        "bytes=1000-",
        "bytes=1000-1000",
        "bytes=1001-2000",
        "bytes=-0",
        "bytes=-000",
    ] {
        assert_eq!(
            of("GET", range, 1000),
            Decision::RangeNotSatisfiable,
            "{range}"
        );
    }
}

#[test]
fn h15_what_is_no_range_is_ignored() {
    for range in [
        "",
        "bytes",
        "bytes=",
        "bytes=-",
        "bytes=1",
        "bytes=a-b",
        "bytes=1-b",
        "bytes=1-2x",
        "bytes=--1",
        "bytes=1--2",
        "bytes=+1-2",
        "bytes= 1-2",
        "bytes=1 -2",
        "bytes=1- 2",
        "bytes =1-2",
        "bytes:1-2",
        "=1-2",
        "1-2",
        "items=1-2",
        "byte=1-2",
        "bytes=2-1",
        "bytes=0x1-2",
        "bytes=1.0-2",
        "bytes=5-3",
    ] {
        assert_eq!(of("GET", range, 1000), Decision::Whole, "{range}");
    }
}

#[test]
fn h15_large_numbers_do_not_wrap() {
    let wraps = "18446744073709551616";
    part(&format!("bytes=0-{wraps}"), 0, 999);
    part(&format!("bytes=-{wraps}"), 0, 999);
    part(&format!("bytes=5-{wraps}0"), 5, 999);
    let beyond = Decision::RangeNotSatisfiable;
    assert_eq!(of("GET", &format!("bytes={wraps}-"), 1000), beyond);
    assert_eq!(of("GET", &format!("bytes={wraps}-{wraps}9"), 1000), beyond);
    assert_eq!(
        of("GET", &format!("bytes={wraps}-5"), 1000),
        Decision::Whole
    );
    let largest = Decision::Part {
        first: u64::MAX - 1,
        last: u64::MAX - 1,
    };
    assert_eq!(of("GET", "bytes=-1", u64::MAX), largest);
}

#[test]
fn h15_an_empty_file() {
    assert_eq!(of("GET", "bytes=0-", 0), Decision::RangeNotSatisfiable);
    assert_eq!(of("GET", "bytes=0-0", 0), Decision::RangeNotSatisfiable);
    assert_eq!(of("GET", "bytes=-0", 0), Decision::RangeNotSatisfiable);
    assert_eq!(of("GET", "bytes=-5", 0), Decision::Whole);
}

#[test]
fn h15_ranges_are_of_get_alone() {
    assert_eq!(of("HEAD", "bytes=0-0", 1000), Decision::Whole);
    assert_eq!(of("HEAD", "bytes=5000-", 1000), Decision::Whole);
}

#[test]
fn h16_several_ranges_are_the_whole() {
    for range in [
        "bytes=0-0,2-2",
        "bytes=0-0, -1",
        "bytes=0-,0-,0-,0-",
        "bytes=0-0,",
        "bytes=,0-0",
        "bytes=5000-,0-0",
    ] {
        assert_eq!(of("GET", range, 1000), Decision::Whole, "{range}");
    }
    let head = b"GET / HTTP/1.0\r\nRange: bytes=0-0\r\nRange: bytes=2-2\r\n\r\n";
    let decision = decide(&request(head), &FILE, Coding::Identity, NOW);
    assert_eq!(decision, Decision::Whole);
}

#[test]
fn h15_the_bytes_of_each_decision() {
    assert_eq!(Decision::Whole.content(&FILE), (0, 1000));
    assert_eq!(Decision::Part { first: 5, last: 5 }.content(&FILE), (5, 1));
    assert_eq!(Decision::NotModified.content(&FILE), (0, 0));
    assert_eq!(Decision::RangeNotSatisfiable.content(&FILE), (0, 0));
}
