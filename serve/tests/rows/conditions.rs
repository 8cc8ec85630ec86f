//! Validators and conditions (H.13, H.14).

use super::{DATE, ETAG, FILE, NOW, request};
use int80_serve::{Coding, Decision, File, Out, decide};

const EARLIER: &str = "Sun, 06 Nov 1994 08:49:36 GMT";
const LATER: &str = "Sun, 06 Nov 1994 08:49:38 GMT";
const TO_COME: &str = "Fri, 31 Dec 9999 23:59:59 GMT";

fn of(method: &str, fields: &str, file: &File, now: i64) -> Decision {
    let head = format!("{method} / HTTP/1.1\r\nHost: h\r\n{fields}\r\n");
    decide(&request(head.as_bytes()), file, Coding::Identity, now)
}

/// The status of a GET, which is that of a HEAD.
fn get(fields: &str) -> u16 {
    let decision = of("GET", fields, &FILE, NOW);
    assert_eq!(of("HEAD", fields, &FILE, NOW), decision, "{fields}");
    decision.status().code()
}

fn etag(file: &File, coding: Coding, now: i64) -> Option<String> {
    let mut buffer = [0; 80];
    let mut out = Out::new(&mut buffer);
    file.etag(coding, now)?.write(&mut out);
    Some(String::from_utf8(out.as_bytes().to_vec()).unwrap())
}

#[test]
fn h13_the_entity_tag_is_of_time_and_size() {
    let tag = |file: File| etag(&file, Coding::Identity, NOW).unwrap();
    assert_eq!(tag(FILE), ETAG);
    assert_ne!(tag(File { size: 1001, ..FILE }), ETAG);
    assert_ne!(
        tag(File {
            mtime: FILE.mtime + 1,
            ..FILE
        }),
        ETAG
    );
    assert_ne!(
        tag(File {
            mtime_nsec: 6,
            ..FILE
        }),
        ETAG
    );
    let largest = File {
        size: u64::MAX,
        mtime: i64::MAX,
        mtime_nsec: u32::MAX,
    };
    assert_eq!(
        etag(&largest, Coding::Zstd, NOW).unwrap(),
        "W/\"7fffffffffffffff.ffffffff-ffffffffffffffff-zstd\""
    );
}

#[test]
fn h13_each_coding_has_a_tag_of_its_own() {
    let tags = Coding::ALL.map(|coding| etag(&FILE, coding, NOW).unwrap());
    for (at, tag) in tags.iter().enumerate() {
        assert!(!tags[..at].contains(tag), "{tag} twice");
    }
}

#[test]
fn h13_a_file_younger_than_two_seconds_has_a_weak_tag() {
    let weak = |now| FILE.etag(Coding::Identity, now).unwrap().weak;
    assert!(weak(FILE.mtime));
    assert!(weak(FILE.mtime + 1));
    assert!(!weak(FILE.mtime + 2));
    // A clock that was set back.
    assert!(weak(FILE.mtime - 1000));
    assert!(weak(i64::MIN));
}

#[test]
fn h13_times_of_images_built_from_nothing_validate_nothing() {
    for mtime in [1, 0, -1, i64::MIN] {
        let file = File { mtime, ..FILE };
        assert_eq!(etag(&file, Coding::Identity, NOW), None, "{mtime}");
        let old = format!("If-Modified-Since: {TO_COME}\r\n");
        assert_eq!(of("GET", &old, &file, NOW), Decision::Whole, "{mtime}");
        let since = "If-Unmodified-Since: Thu, 01 Jan 1970 00:00:00 GMT\r\n";
        assert_eq!(of("GET", since, &file, NOW), Decision::Whole, "{mtime}");
        let none = "If-None-Match: \"0.0-3e8\"\r\n";
        assert_eq!(of("GET", none, &file, NOW), Decision::Whole, "{mtime}");
        // Whatever it is, there is one.
        assert_eq!(
            of("GET", "If-None-Match: *\r\n", &file, NOW),
            Decision::NotModified
        );
        assert_eq!(of("GET", "If-Match: *\r\n", &file, NOW), Decision::Whole);
        assert_eq!(
            of("GET", "If-Match: \"x\"\r\n", &file, NOW),
            Decision::PreconditionFailed
        );
        let range = format!("Range: bytes=0-0\r\nIf-Range: {DATE}\r\n");
        assert_eq!(of("GET", &range, &file, NOW), Decision::Whole, "{mtime}");
    }
    assert!(etag(&File { mtime: 2, ..FILE }, Coding::Identity, NOW).is_some());
}

#[test]
fn h14_if_none_match() {
    let with = |value: &str| get(&format!("If-None-Match: {value}\r\n"));
    for same in [
        ETAG.to_owned(),
        format!("W/{ETAG}"),
        format!("\"a\", {ETAG}"),
        format!("\"a,b\",,W/\"x\" , {ETAG},\"c\""),
        "*".to_owned(),
    ] {
        assert_eq!(with(&same), 304, "{same}");
    }
    for other in [
        "\"x\"",
        "W/\"x\"",
        "",
        "2ebc98a1.5-3e8",
        "\"2ebc98a1.5-3e8",
        "w/\"2ebc98a1.5-3e8\"",
        "\"2ebc98a1.5-3e8 \"",
        "\"*\"",
        "*, \"x\"",
        "W/ \"2ebc98a1.5-3e8\"",
        "\"2EBC98A1.5-3E8\"",
    ] {
        assert_eq!(with(other), 200, "{other}");
    }
    // Over several lines, also.
    assert_eq!(
        get(&format!(
            "If-None-Match: \"a\"\r\nIf-None-Match: {ETAG}\r\n"
        )),
        304
    );
}

#[test]
fn h14_if_match() {
    let with = |value: &str| get(&format!("If-Match: {value}\r\n"));
    assert_eq!(with(ETAG), 200);
    assert_eq!(with(&format!("\"a\", {ETAG}")), 200);
    assert_eq!(with("*"), 200);
    // Strong comparison.
    assert_eq!(with(&format!("W/{ETAG}")), 412);
    for other in ["\"x\"", "", "x", "2ebc98a1.5-3e8"] {
        assert_eq!(with(other), 412, "{other}");
    }
    let young = of("GET", &format!("If-Match: {ETAG}\r\n"), &FILE, FILE.mtime);
    assert_eq!(young, Decision::PreconditionFailed);
}

#[test]
fn h14_if_modified_since() {
    let with = |value: &str| get(&format!("If-Modified-Since: {value}\r\n"));
    assert_eq!(with(EARLIER), 200);
    assert_eq!(with(DATE), 304);
    assert_eq!(with(LATER), 304);
    assert_eq!(with(TO_COME), 304);
    assert_eq!(with("Sunday, 06-Nov-94 08:49:37 GMT"), 304);
    assert_eq!(with("Sun Nov  6 08:49:37 1994"), 304);
    for bad in [
        "",
        "0",
        "yesterday",
        "Mon, 06 Nov 1994 08:49:37 GMT",
        "Sun, 06 Nov 1994 08:49:37 CET",
    ] {
        assert_eq!(with(bad), 200, "{bad}");
    }
    let twice = format!("If-Modified-Since: {LATER}\r\nIf-Modified-Since: {LATER}\r\n");
    assert_eq!(get(&twice), 200);
}

#[test]
fn h14_if_unmodified_since() {
    let with = |value: &str| get(&format!("If-Unmodified-Since: {value}\r\n"));
    assert_eq!(with(EARLIER), 412);
    assert_eq!(with(DATE), 200);
    assert_eq!(with(LATER), 200);
    assert_eq!(with("yesterday"), 200);
}

#[test]
fn h14_the_order_of_conditions() {
    // A tag decides, not the date beside it.
    assert_eq!(
        get(&format!(
            "If-Match: {ETAG}\r\nIf-Unmodified-Since: {EARLIER}\r\n"
        )),
        200
    );
    assert_eq!(
        get(&format!(
            "If-None-Match: \"x\"\r\nIf-Modified-Since: {LATER}\r\n"
        )),
        200
    );
    assert_eq!(
        get(&format!(
            "If-None-Match: {ETAG}\r\nIf-Modified-Since: {EARLIER}\r\n"
        )),
        304
    );
    // What fails comes before what is not modified.
    assert_eq!(
        get(&format!("If-None-Match: {ETAG}\r\nIf-Match: \"x\"\r\n")),
        412
    );
    assert_eq!(
        get(&format!(
            "If-None-Match: {ETAG}\r\nIf-Unmodified-Since: {EARLIER}\r\n"
        )),
        412
    );
    assert_eq!(
        get(&format!("If-None-Match: {ETAG}\r\nIf-Match: {ETAG}\r\n")),
        304
    );
    // Both come before the range.
    let range = "Range: bytes=5000-\r\n";
    assert_eq!(
        of("GET", &format!("{range}If-None-Match: *\r\n"), &FILE, NOW),
        Decision::NotModified
    );
    let failed = of("GET", &format!("{range}If-Match: \"x\"\r\n"), &FILE, NOW);
    assert_eq!(failed, Decision::PreconditionFailed);
}

#[test]
fn h14_if_range() {
    let with = |value: &str| {
        let fields = format!("Range: bytes=0-9\r\nIf-Range: {value}\r\n");
        of("GET", &fields, &FILE, NOW)
    };
    let part = Decision::Part { first: 0, last: 9 };
    assert_eq!(with(ETAG), part);
    assert_eq!(with(DATE), part);
    assert_eq!(with("Sunday, 06-Nov-94 08:49:37 GMT"), part);
    for other in [
        format!("W/{ETAG}"),
        format!("{ETAG}, \"x\""),
        format!("{ETAG},"),
        format!(",{ETAG}"),
        format!(", {ETAG}"),
        format!("{ETAG}x"),
        "\"x\"".to_owned(),
        LATER.to_owned(),
        EARLIER.to_owned(),
        "*".to_owned(),
        String::new(),
        "x".to_owned(),
    ] {
        assert_eq!(with(&other), Decision::Whole, "{other}");
    }
    let twice = format!("Range: bytes=0-9\r\nIf-Range: {ETAG}\r\nIf-Range: {ETAG}\r\n");
    assert_eq!(of("GET", &twice, &FILE, NOW), Decision::Whole);
    // Neither is strong while the file is young.
    for validator in [ETAG, DATE] {
        let fields = format!("Range: bytes=0-9\r\nIf-Range: {validator}\r\n");
        assert_eq!(of("GET", &fields, &FILE, FILE.mtime + 1), Decision::Whole);
    }
    // An unsatisfiable range of another file is not looked at.
    let fields = "Range: bytes=5000-\r\nIf-Range: \"x\"\r\n";
    assert_eq!(of("GET", fields, &FILE, NOW), Decision::Whole);
}

#[test]
fn h14_if_none_match_fails_for_other_methods() {
    let other = of("OPTIONS", "If-None-Match: *\r\n", &FILE, NOW);
    assert_eq!(other, Decision::PreconditionFailed);
    let fields = format!("If-Modified-Since: {DATE}\r\n");
    assert_eq!(of("OPTIONS", &fields, &FILE, NOW), Decision::Whole);
}
