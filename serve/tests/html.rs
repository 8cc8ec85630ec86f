//! The pages as a validator of HTML sees them: Debian's `tidy`.

use std::{
    io::Write,
    process::{Command, Stdio},
};

use int80_serve::{
    Status,
    listing::{self, Entry},
};

/// Names that try what a page can break on.
const NAMES: [&[u8]; 7] = [
    b"plain.txt",
    b"<script>alert(1)</script>",
    b"a \"b\" 'c' & d;",
    b"\xff\xfe\x01\x7f\n",
    "\u{e9}\u{202e}\u{1f600}\u{85}\u{ffff}".as_bytes(),
    b"--><!--",
    b"?x#y%20",
];

fn listing_of(path: &[u8]) -> Vec<u8> {
    let mut buffer = vec![0; 32 * 1024];
    let mut len = listing::begin(path, &mut buffer).unwrap();
    for (at, name) in NAMES.into_iter().enumerate() {
        let size = (at % 2 == 0).then_some(1 << (at * 8));
        let entry = Entry {
            name,
            size,
            mtime: 1_000_000_000,
        };
        len += listing::entry(&entry, &mut buffer[len..]).unwrap();
    }
    len += listing::end(path.is_empty(), &mut buffer[len..]).unwrap();
    buffer.truncate(len);
    buffer
}

/// What the validator complains of, or `None` without one.
fn complaints(page: &[u8]) -> Option<String> {
    let mut tidy = Command::new("tidy")
        .args(["-quiet", "-errors", "-utf8", "--doctype", "html5"])
        .args([
            "--strict-tags-attributes",
            "yes",
            "--drop-empty-elements",
            "no",
        ])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .ok()?;
    let mut input = tidy.stdin.take().unwrap();
    input.write_all(page).unwrap();
    drop(input);
    let output = tidy.wait_with_output().unwrap();
    // The standard allows to leave out the tags of html, head and body.
    let text = String::from_utf8_lossy(&output.stderr);
    let lines = text
        .lines()
        .filter(|line| !line.contains("inserting implicit"));
    let text = lines.collect::<Vec<_>>().join("\n");
    let failed = output.status.code() == Some(2) && text.is_empty();
    Some(if failed {
        output.status.to_string()
    } else {
        text
    })
}

/// Checks pages, or says that this machine cannot.
fn check(test: &str, pages: impl IntoIterator<Item = Vec<u8>>) {
    // A validator that finds nothing in a broken page is none.
    match complaints(b"<!DOCTYPE html><title>x</title><p><b>") {
        Some(text) if !text.is_empty() => {}
        found => {
            let reason = match found {
                None => "tidy is not installed",
                Some(_) => "tidy finds nothing in a broken page",
            };
            // Past what the harness captures.
            let line = format!("skipped: {test}: {reason}\n");
            std::io::stderr().write_all(line.as_bytes()).unwrap();
            return;
        }
    }
    for page in pages {
        let text = complaints(&page).unwrap();
        assert!(
            text.is_empty(),
            "{text}\n{}",
            String::from_utf8_lossy(&page)
        );
    }
}

#[test]
fn h20_listings_are_valid() {
    let pages = [&b""[..], b"sub/<b>&", b"\xff\n"].map(listing_of);
    check("h20_listings_are_valid", pages);
}

#[test]
fn h23_errors_are_valid() {
    let statuses = [
        Status::NotFound,
        Status::HeaderFieldsTooLarge,
        Status::MovedPermanently,
    ];
    let pages = statuses.map(|status| {
        let mut buffer = vec![0; 1024];
        let len = status.write_body(&mut buffer).unwrap();
        buffer.truncate(len);
        buffer
    });
    check("h23_errors_are_valid", pages);
}
