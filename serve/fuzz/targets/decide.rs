//! Any fields of a request for any file: the part lies in the file, and the head
//! of the response is lines.
#![no_main]

use int80_serve::{
    Coding, Decision, File, Head, Parsed, Response, Sent, Site, content_type, decide,
};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|input: (u64, i64, u32, i64, &[u8])| {
    let (size, mtime, mtime_nsec, now, fields) = input;
    let start = b"GET /a.html?q HTTP/1.1\r\nHost: h\r\n";
    let head = [&start[..], fields, b"\r\n\r\n"].concat();
    let Parsed::Request(request, _) = Head::parse(&head) else {
        return;
    };
    let file = File {
        size,
        mtime,
        mtime_nsec,
    };
    for coding in Coding::ALL {
        let decision = decide(&request, &file, coding, now);
        if let Decision::Part { first, last } = decision {
            assert!(first <= last && last < size);
        }
        let sent = Sent {
            file,
            coding,
            varies: true,
            decision,
        };
        for response in [
            Response::file(sent, content_type(request.path, &[])),
            Response::redirect(fields, &request),
        ] {
            let mut buffer = [0; 64 * 1024];
            let site = Site::default();
            let Some(len) = response.write_head(&site, now, request.connection(), &mut buffer)
            else {
                continue;
            };
            let text = std::str::from_utf8(&buffer[..len]).expect("ASCII");
            let lines = text
                .strip_suffix("\r\n\r\n")
                .expect("ends in an empty line");
            assert!(lines.lines().skip(1).all(|line| line.contains(": ")));
            assert!(!lines.contains("\r\n\r\n"));
        }
    }
});
