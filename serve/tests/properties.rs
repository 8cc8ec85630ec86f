//! Properties of every function, over any bytes.

use int80_serve::{
    Coding, Connection, Decision, File, Head, MAX_HEAD, Method, Out, Parsed, Response, Sent, Site,
    Status, candidates, content_type, date, decide, empty_lines, host,
    listing::{self, ENTRY_MAX, Entry},
    log::{LINE_MAX, Line, Peer},
    options::{Field, Listen, TypeRule, error_page, number, user},
    out::divide,
    resolve, status_of,
};
use proptest::{collection::vec, prelude::*, sample::select, string::string_regex};

/// Parts that heads are made of, good and bad, so that random sequences of them
/// come far into the parser.
fn pieces() -> impl Strategy<Value = Vec<u8>> {
    let known = select(vec![
        "GET / HTTP/1.1\r\n",
        "HEAD /a/%2e%2e/b?q HTTP/1.0\r\n",
        "OPTIONS * HTTP/1.1\r\n",
        "GET http://h:80/p HTTP/1.1\r\n",
        "POST / HTTP/1.2\r\n",
        "PRI * HTTP/2.0\r\n\r\n",
        "Host: h\r\n",
        "Host: [::1]:80\r\n",
        "Host: a b\r\n",
        "\r\n",
        "\r",
        "\n",
        " ",
        ":",
        ",",
        "Connection: close\r\n",
        "Connection: keep-alive\r\n",
        "Content-Length: 5\r\n",
        "Content-Length: 0\r\n",
        "Transfer-Encoding: chunked\r\n",
        "Transfer-Encoding: gzip, ",
        "chunked\r\n",
        "Expect: 100-continue\r\n",
        "Range: bytes=",
        "0-",
        "-5",
        "5-9",
        "\r\n\r\n",
        "If-None-Match: ",
        "\"a\"",
        "W/",
        "*",
        "If-Match: ",
        "If-Range: ",
        "If-Modified-Since: Sun, 06 Nov 1994 08:49:37 GMT\r\n",
        "Accept-Encoding: gzip;q=0.5, ",
        "br\r\n",
        "User-Agent: x\r\n",
        "GET ",
        "/",
        "..",
        "%2f",
        "HTTP/1.1",
        "\0",
        "\u{7f}",
    ]);
    let piece = prop_oneof![
        8 => known.prop_map(|text| text.as_bytes().to_vec()),
        1 => vec(any::<u8>(), 0..20),
        1 => (any::<u8>(), 0..20_000_usize).prop_map(|(byte, count)| vec![byte; count]),
    ];
    vec(piece, 0..16).prop_map(|pieces| pieces.concat())
}

/// A head whose request is served.
fn good_head() -> impl Strategy<Value = Vec<u8>> {
    let target = string_regex("/[a-z%&+.:~!]{0,8}(\\?[a-z=&/?]{0,8})?").unwrap();
    let value = string_regex("[ -~\t]{0,30}").unwrap();
    let name = select(vec![
        "Range",
        "If-Range",
        "If-None-Match",
        "If-Match",
        "If-Modified-Since",
        "Accept-Encoding",
        "User-Agent",
        "X-Other",
        "Cookie",
        "If-Unmodified-Since",
        "Referer",
        "Connection",
    ]);
    let fields = vec((name, value), 0..6);
    (
        select(vec!["GET", "HEAD", "POST", "BREW"]),
        target,
        0..10_u8,
        fields,
    )
        .prop_map(|(method, target, minor, fields)| {
            let mut head = format!("{method} {target} HTTP/1.{minor}\r\nHost: h\r\n");
            for (name, value) in fields {
                head += &format!("{name}:{value}\r\n");
            }
            (head + "\r\n").into_bytes()
        })
}

fn any_file() -> impl Strategy<Value = File> {
    let size = prop_oneof![0..3000_u64, any::<u64>()];
    let mtime = prop_oneof![-5..5_i64, 0..2_000_000_000_i64, any::<i64>()];
    (size, mtime, any::<u32>()).prop_map(|(size, mtime, mtime_nsec)| File {
        size,
        mtime,
        mtime_nsec,
    })
}

/// What the parser says of each beginning of the bytes is what it says of all.
fn check_pieces(bytes: &[u8], cuts: &[usize]) {
    let whole = Head::parse(bytes);
    for &cut in cuts {
        let cut = cut % (bytes.len() + 1);
        match Head::parse(&bytes[..cut]) {
            Parsed::Partial => {}
            early => assert_eq!(early, whole, "after {cut} of {} bytes", bytes.len()),
        }
    }
    match whole {
        Parsed::Partial => assert!(bytes.len() < MAX_HEAD),
        Parsed::Request(_, used) => {
            assert!(used <= MAX_HEAD);
            // It is not told before its last byte is there.
            assert_eq!(Head::parse(&bytes[..used - 1]), Parsed::Partial);
            assert_eq!(Head::parse(&bytes[..used]), whole);
        }
        Parsed::Refused(refusal) => assert!(refusal.status.is_error()),
    }
}

/// A head is well-formed for another parser, and has no field twice.
fn check_response(head: &[u8], status: Status) {
    let mut fields = [httparse::EMPTY_HEADER; 40];
    let mut response = httparse::Response::new(&mut fields);
    let parsed = response.parse(head).expect("well-formed");
    assert_eq!(parsed, httparse::Status::Complete(head.len()));
    assert_eq!(response.code, Some(status.code()));
    assert_eq!(response.version, Some(1));
    let mut names: Vec<String> = Vec::new();
    for field in response.headers.iter() {
        http::HeaderName::from_bytes(field.name.as_bytes()).unwrap();
        http::HeaderValue::from_bytes(field.value).unwrap();
        let name = field.name.to_ascii_lowercase();
        assert!(!names.contains(&name), "{name} twice");
        names.push(name);
    }
    let lengths = names
        .iter()
        .filter(|name| *name == "content-length")
        .count();
    assert_eq!(lengths, usize::from(!status.is_empty()));
    for always in ["date", "x-content-type-options"] {
        assert!(names.iter().any(|name| name == always), "no {always}");
    }
}

/// As many cases as take some seconds; a failure is told, not kept in a file.
fn config() -> ProptestConfig {
    ProptestConfig {
        cases: 500,
        failure_persistence: None,
        ..ProptestConfig::default()
    }
}

proptest! {
    #![proptest_config(config())]

    #[test]
    fn s13_pieces_of_a_head_give_the_same_answer(bytes in pieces(), cuts in vec(any::<usize>(), 8)) {
        check_pieces(&bytes, &cuts);
    }

    #[test]
    fn s13_so_do_those_of_a_good_head(head in good_head(), rest in vec(any::<u8>(), 0..9)) {
        let cuts: Vec<usize> = (0..=head.len()).collect();
        check_pieces(&[&head[..], &rest].concat(), &cuts);
        let whole = matches!(Head::parse(&head), Parsed::Request(_, used) if used == head.len());
        prop_assert!(whole, "{}", head.escape_ascii());
    }

    #[test]
    fn s13_one_byte_changed_gives_the_same_answer_in_pieces(
        mut head in good_head(), at in any::<usize>(), byte in any::<u8>(),
    ) {
        let at = at % head.len();
        head[at] = byte;
        let cuts: Vec<usize> = (0..=head.len()).collect();
        check_pieces(&head, &cuts);
    }

    #[test]
    fn s13_any_bytes(bytes in vec(any::<u8>(), 0..200)) {
        check_pieces(&bytes, &[0, 1, 2, 3, 50]);
        prop_assert!(empty_lines(&bytes) <= bytes.len());
    }

    #[test]
    fn s1_no_path_leads_out(
        bytes in prop_oneof![
            vec(any::<u8>(), 0..60),
            vec(select(vec!["/", "..", ".", "%2e", "%2F", "a", "%", "%00", ".well-known", "\\", "//"]), 0..20)
                .prop_map(|parts| parts.concat().into_bytes()),
        ],
        dot_files in any::<bool>(),
        size in 0..64_usize,
    ) {
        let mut buffer = vec![0; size];
        let Ok(path) = resolve(&bytes, dot_files, &mut buffer) else { return Ok(()) };
        let resolved = path.as_bytes();
        prop_assert!(!resolved.starts_with(b"/") && !resolved.ends_with(b"/"));
        prop_assert!(!resolved.contains(&0));
        prop_assert!(resolved.len() < size);
        if !resolved.is_empty() {
            for segment in resolved.split(|&byte| byte == b'/') {
                prop_assert!(!segment.is_empty() && segment != b"." && segment != b"..");
                let hidden = segment[0] == b'.' && segment != b".well-known";
                prop_assert!(dot_files || !hidden);
            }
            prop_assert_eq!(path.as_c_str().to_bytes(), resolved);
        }
    }

    #[test]
    fn a_resolved_path_is_the_same_when_resolved_again(bytes in vec(any::<u8>(), 0..60)) {
        let mut buffer = [0; 256];
        let Ok(path) = resolve(&bytes, true, &mut buffer) else { return Ok(()) };
        let mut encoded = [0; 1024];
        let mut out = Out::new(&mut encoded);
        out.byte(b'/').percent_encoded(path.as_bytes());
        let mut again = [0; 256];
        let again = resolve(out.as_bytes(), true, &mut again).unwrap();
        prop_assert_eq!(again.as_bytes(), path.as_bytes());
    }

    #[test]
    fn h15_ranges_are_within_the_file(head in good_head(), range in "bytes=[0-9]{0,21}-[0-9]{0,21}", file in any_file(), now in any::<i64>()) {
        let mut head = head;
        head.truncate(head.len() - 2);
        head.extend(format!("Range: {range}\r\n\r\n").bytes());
        let Parsed::Request(request, _) = Head::parse(&head) else { panic!() };
        for coding in Coding::ALL {
            match decide(&request, &file, coding, now) {
                Decision::Part { first, last } => {
                    prop_assert!(first <= last && last < file.size);
                    prop_assert_eq!(request.method, Method::Get);
                }
                Decision::Whole => prop_assert!(file.size == Decision::Whole.content(&file).1),
                _ => {}
            }
        }
    }

    #[test]
    fn h12_heads_are_well_formed(
        head in good_head(), file in any_file(), now in any::<i64>(), coding in 0..4_usize,
        path in vec(any::<u8>(), 0..50), cache in any::<Option<u32>>(), cors in any::<bool>(),
        varies in any::<bool>(), own in any::<bool>(), errno in any::<i32>(),
    ) {
        let Parsed::Request(request, _) = Head::parse(&head) else { panic!() };
        let fields = [Field::parse(b"Vary: Origin").unwrap(), Field::parse(b"Server: other").unwrap()];
        let site = Site { server: b"s", cache, cors, fields: if own { &fields } else { &[] } };
        let coding = Coding::ALL[coding];
        let decision = decide(&request, &file, coding, now);
        let sent = Sent { file, coding, varies, decision };
        for response in [
            Response::file(sent, content_type(&path, &[])),
            Response::redirect(&path, &request),
            Response::status(status_of(errno)),
            Response::status(Status::NoContent),
            Response::status(Status::MethodNotAllowed),
        ] {
            let mut buffer = [0; 2048];
            let len = response.write_head(&site, now, request.connection(), &mut buffer);
            check_response(&buffer[..len.unwrap()], response.status);
        }
    }

    #[test]
    fn h19_no_location_leads_to_another_host(path in vec(any::<u8>(), 0..30), query in string_regex("[ -~]{0,20}").unwrap()) {
        let query = query.replace([' ', '#'], "");
        let head = format!("GET /?{query} HTTP/1.1\r\nHost: h\r\n\r\n");
        let Parsed::Request(request, _) = Head::parse(head.as_bytes()) else { panic!() };
        let mut resolved = [0; 256];
        let path = [b"/", &path[..]].concat();
        let Ok(path) = resolve(&path, true, &mut resolved) else { return Ok(()) };
        let mut buffer = [0; 2048];
        let response = Response::redirect(path.as_bytes(), &request);
        let len = response.write_head(&Site::default(), 0, Connection::Close, &mut buffer).unwrap();
        let text = std::str::from_utf8(&buffer[..len]).unwrap();
        let location = text.split("\r\nLocation: ").nth(1).unwrap().split("\r\n").next().unwrap();
        prop_assert!(location.starts_with('/') && !location.starts_with("//"), "{}", location);
        prop_assert!(!location.contains('\\'));
        location.parse::<http::Uri>().unwrap();
    }

    #[test]
    fn s11_log_lines_have_no_control_bytes(
        request in vec(any::<u8>(), 0..3000), referer in any::<Option<Vec<u8>>>(),
        user_agent in any::<Option<Vec<u8>>>(), now in any::<i64>(), peer in any::<[u8; 16]>(),
        status in any::<u16>(), sent in any::<u64>(),
    ) {
        let line = Line {
            peer: Peer::V6(peer), now, request: &request, status, sent,
            referer: referer.as_deref(), user_agent: user_agent.as_deref(),
        };
        let mut buffer = vec![0; LINE_MAX];
        let len = line.write(&mut buffer).unwrap();
        let (end, text) = buffer[..len].split_last().unwrap();
        prop_assert_eq!(*end, b'\n');
        prop_assert!(text.iter().all(|byte| (b' '..=b'~').contains(byte)));
        prop_assert_eq!(text.iter().filter(|&&byte| byte == b'"').count(), 6);
    }

    #[test]
    fn h20_entries_fit_and_have_no_markup_of_their_names(name in vec(any::<u8>(), 1..=255), size in any::<Option<u64>>(), mtime in any::<i64>()) {
        let mut buffer = [0; ENTRY_MAX];
        let len = listing::entry(&Entry { name: &name, size, mtime }, &mut buffer).unwrap();
        let row = std::str::from_utf8(&buffer[..len]).unwrap();
        prop_assert_eq!(row.matches('<').count(), 6);
        prop_assert_eq!(row.matches('"').count(), 2);
        prop_assert_eq!(row.matches('\'').count(), 0);
        // The link leads to the name.
        let link = row.split('"').nth(1).unwrap();
        let link = link.strip_suffix('/').filter(|_| size.is_none()).unwrap_or(link);
        let special = name.contains(&0) || name.contains(&b'/') || name == b"." || name == b"..";
        if !special {
            let mut resolved = [0; 300];
            let path = format!("/{link}");
            let path = resolve(path.as_bytes(), true, &mut resolved).unwrap();
            prop_assert_eq!(path.as_bytes(), &name[..]);
        }
    }

    #[test]
    fn numbers_are_written_as_the_standard_library_does(value in any::<u64>(), shift in 0..64_u32, width in 1..=20_usize) {
        let value = value >> shift;
        let mut buffer = [0; 80];
        let mut out = Out::new(&mut buffer);
        out.number(value).byte(b' ').hex(value).byte(b' ').padded(value, width);
        let text = std::str::from_utf8(out.as_bytes()).unwrap();
        prop_assert_eq!(text, format!("{value} {value:x} {value:0width$}"));
        prop_assert_eq!(divide::<10>(value), (value / 10, (value % 10) as u32));
        prop_assert_eq!(divide::<65535>(value), (value / 65535, (value % 65535) as u32));
    }

    #[test]
    fn any_text_is_taken_by_every_parser(text in vec(any::<u8>(), 0..60), now in any::<i64>()) {
        host::is_host(&text);
        date::parse(&text, now);
        let _ = (Field::parse(&text), TypeRule::parse(&text), Listen::parse(&text));
        let _ = (error_page(&text), user(&text), number(&text, 1, 5));
        content_type(&text, &[]);
        let mut buffer = [0; 4096];
        listing::begin(&text, &mut buffer);
        listing::end(now > 0, &mut buffer[..text.len()]);
    }

    #[test]
    fn h22_the_last_candidate_is_the_file_itself(value in "[a-z*;=.0-9, ]{0,40}") {
        let head = format!("GET / HTTP/1.0\r\nAccept-Encoding: {value}, gzip\r\n\r\n");
        let Parsed::Request(request, _) = Head::parse(head.as_bytes()) else { panic!() };
        let found: Vec<Coding> = candidates(&request.fields).collect();
        prop_assert!(found.len() <= 4);
        prop_assert_eq!(found.last(), Some(&Coding::Identity));
        for (at, coding) in found.iter().enumerate() {
            prop_assert!(!found[..at].contains(coding));
        }
    }
}
