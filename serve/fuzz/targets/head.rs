//! Any bytes as a head: each beginning gives the same answer as the whole.
#![no_main]

use int80_serve::{Head, MAX_HEAD, Parsed, candidates, empty_lines};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let whole = Head::parse(bytes);
    // All beginnings of a short text, some of a long one.
    for cut in (0..bytes.len()).step_by(1 + bytes.len() / 256) {
        match Head::parse(&bytes[..cut]) {
            Parsed::Partial => {}
            early => assert_eq!(early, whole, "after {cut}"),
        }
    }
    assert!(empty_lines(bytes) <= bytes.len());
    match whole {
        Parsed::Partial => assert!(bytes.len() < MAX_HEAD),
        Parsed::Refused(refusal) => assert!(refusal.status.is_error()),
        Parsed::Request(request, used) => {
            assert!(used <= MAX_HEAD.min(bytes.len()));
            assert!(bytes[..used].ends_with(b"\r\n"));
            assert!(!(request.has_body && request.keep_alive));
            assert!(request.minor == 0 || !request.host.is_empty());
            assert!((1..=4).contains(&candidates(&request.fields).count()));
        }
    }
});
