//! The request line, the fields, their limits (H.1 to H.7).

use super::{get, request, status};
use int80_serve::{Head, Method, Parsed, Status, empty_lines};

/// A request line, with what else HTTP/1.1 wants.
fn line(line: &str) -> u16 {
    status(format!("{line}\r\nHost: h\r\n\r\n"))
}

#[test]
fn h1_the_request_line_is_three_parts_with_one_space_between() {
    assert_eq!(line("GET / HTTP/1.1"), 200);
    for bad in [
        "GET  / HTTP/1.1",
        "GET /  HTTP/1.1",
        "GET / HTTP/1.1 ",
        " GET / HTTP/1.1",
        "GET\t/ HTTP/1.1",
        "GET / HTTP/1.1 x",
        "GET / x HTTP/1.1",
        "GET /",
        "GET / ",
        "GET",
        "GET / HTTP/1",
        "GET / HTTP/1.",
        "GET / HTTP/1.10",
        "GET / HTTP/11.1",
        "GET / http/1.1",
        "GET / HTTP 1.1",
        "GET / HTTP/a.1",
        "GET / HTTPS/1.1",
        "G(T / HTTP/1.1",
        "G\u{e9}T / HTTP/1.1",
    ] {
        assert_eq!(line(bad), 400, "{bad}");
    }
}

#[test]
fn h1_versions() {
    let minor = |version| {
        let head = format!("GET / HTTP/{version}\r\nHost: h\r\n\r\n");
        request(head.as_bytes()).minor
    };
    assert_eq!(minor("1.0"), 0);
    assert_eq!(minor("1.1"), 1);
    assert_eq!(minor("1.2"), 2);
    assert_eq!(minor("1.9"), 9);
    for other in ["0.9", "2.0", "3.0", "9.9"] {
        assert_eq!(line(&format!("GET / HTTP/{other}")), 505, "{other}");
    }
}

#[test]
fn h1_empty_lines_before_the_request_line_are_skipped() {
    let head = b"\r\n\r\nGET / HTTP/1.0\r\n\r\n";
    assert_eq!(request(head).line, b"GET / HTTP/1.0");
    assert_eq!(status("\r"), 100);
    assert_eq!(status("\r\n"), 100);
    assert_eq!(status("\r\rGET / HTTP/1.0\r\n\r\n"), 400);
    assert_eq!(status("\nGET / HTTP/1.0\r\n\r\n"), 400);
    assert_eq!(empty_lines(b"\r\n\r\n\rG"), 4);
    assert_eq!(empty_lines(b""), 0);
}

#[test]
fn h2_lines_end_in_crlf() {
    for bad in [
        "GET / HTTP/1.1\nHost: h\n\n",
        "GET / HTTP/1.1\nHost: h\r\n\r\n",
        "GET / HTTP/1.1\r\nHost: h\n\r\n",
        "GET / HTTP/1.1\r\nHost: h\r\n\n",
        "GET / HTTP/1.1\rHost: h\r\n\r\n",
        "GET / HTTP/1.1\r\nHost: h\r\r\n\r\n",
        "GET / HTTP/1.1\r\nHost: h\r\n\rX",
        "GET / HTTP/1.1\r\r\nHost: h\r\n\r\n",
    ] {
        assert_eq!(status(bad), 400, "{bad:?}");
    }
}

#[test]
fn h2_no_control_byte_is_in_a_line() {
    let others = (0..=0xff).filter(|byte| !matches!(byte, b'\t' | b'\r' | b' '..=b'~' | 0x80..));
    for byte in others {
        let mut field = get("X: a").into_bytes();
        field.truncate(field.len() - 2);
        field.extend([byte, b'b', b'\r', b'\n', b'\r', b'\n']);
        assert_eq!(status(&field), 400, "{byte:#x} in a field");
        let mut target = b"GET /a".to_vec();
        target.push(byte);
        target.extend(b" HTTP/1.0\r\n\r\n");
        assert_eq!(status(&target), 400, "{byte:#x} in a target");
    }
    for byte in [b'\t', b' ', b'~', 0x80, 0xff] {
        let mut field = get("X: a").into_bytes();
        field.truncate(field.len() - 2);
        field.extend([byte, b'b', b'\r', b'\n', b'\r', b'\n']);
        assert_eq!(status(&field), 200, "{byte:#x} in a field");
    }
}

#[test]
fn h3_http_1_1_has_one_host() {
    assert_eq!(status("GET / HTTP/1.1\r\n\r\n"), 400);
    assert_eq!(status("GET / HTTP/1.2\r\n\r\n"), 400);
    assert_eq!(status("GET / HTTP/1.0\r\n\r\n"), 200);
    assert_eq!(status(get("Host: h\r\n")), 400);
    assert_eq!(status(get("hOST: other\r\n")), 400);
    assert_eq!(status("GET / HTTP/1.0\r\nHost: a\r\nHost: a\r\n\r\n"), 400);
}

#[test]
fn h3_the_host_is_a_host_with_a_port_or_without() {
    let host = |host: &str| status(format!("GET / HTTP/1.1\r\nHost:{host}\r\n\r\n"));
    for good in [
        "example.org",
        " example.org ",
        "h:80",
        "h:",
        "h:65535",
        "127.0.0.1:8080",
        "[::1]",
        "[::1]:80",
        "[fe80::1:2]:0",
        "[::ffff:1.2.3.4]",
        "[1:2:3:4:5:6:7::]",
        "a_b",
        "xn--a",
        "a%20b",
        "a!$&'()*+,;=~",
    ] {
        assert_eq!(host(good), 200, "{good}");
    }
    for bad in [
        "",
        " ",
        ":80",
        "h:x",
        "h:80x",
        "h:65536",
        "h:99999999999999999999999",
        "h:-1",
        "h:+1",
        "h:80:80",
        "a b",
        "a/b",
        "a?b",
        "a#b",
        "a@b",
        "user:p@h",
        "a\\b",
        "<a>",
        "[",
        "[]",
        "[::1",
        "::1",
        "[::1]x",
        "[::1]:",
        "[1::2::3]",
        "[1::2:3:4:5:6:7:8]",
        "[1:2:3:4:5:6:7:8::]",
        "[1:2:3:4:5:6:7]",
        "[::1.2.3]",
        "[g::]",
        "a%2",
        "a%zz",
        "%",
        "\u{e9}",
        "http://h",
        "a\tb",
        "\"a\"",
    ] {
        let expected = if bad == "[::1]:" { 200 } else { 400 };
        assert_eq!(host(bad), expected, "{bad}");
    }
}

#[test]
fn h3_an_absolute_target_wins_over_host() {
    let parse = |target: &str| {
        let head = format!("GET {target} HTTP/1.1\r\nHost: other\r\n\r\n").leak();
        match Head::parse(head.as_bytes()) {
            Parsed::Request(request, _) => Ok((request.host, request.path, request.query)),
            Parsed::Refused(refusal) => Err(refusal.status),
            Parsed::Partial => panic!("{target} is a part"),
        }
    };
    assert_eq!(
        parse("/p?q"),
        Ok((&b"other"[..], &b"/p"[..], Some(&b"q"[..])))
    );
    assert_eq!(
        parse("http://h:1/p?q?r"),
        Ok((&b"h:1"[..], &b"/p"[..], Some(&b"q?r"[..])))
    );
    assert_eq!(parse("HTTPS://h"), Ok((&b"h"[..], &b"/"[..], None)));
    assert_eq!(
        parse("http://h?"),
        Ok((&b"h"[..], &b"/"[..], Some(&b""[..])))
    );
    for bad in [
        "http://",
        "http:///p",
        "http://u@h/",
        "http://h:x/",
        "http:/h/",
        "ftp://h/",
        "h:80",
        "h",
        "*",
        "?q",
        "",
        "p",
        "file:///etc/passwd",
        "http:",
    ] {
        assert_eq!(parse(bad), Err(Status::BadRequest), "{bad}");
    }
}

#[test]
fn h4_a_field_is_a_token_a_colon_and_a_value() {
    for bad in [
        "X : a\r\n",
        " X: a\r\n",
        "\tX: a\r\n",
        "X: a\r\n b\r\n",
        "X: a\r\n\tb\r\n",
        "X\r\n",
        "X a\r\n",
        ": a\r\n",
        "X(): a\r\n",
        "X\u{e9}: a\r\n",
        "X/Y: a\r\n",
        "\"X\": a\r\n",
    ] {
        assert_eq!(status(get(bad)), 400, "{bad:?}");
        let first = format!("GET / HTTP/1.1\r\n{bad}Host: h\r\n\r\n");
        assert_eq!(status(first), 400, "{bad:?} as the first");
    }
    for good in [
        "X:\r\n",
        "X:a\r\n",
        "X: \t a \t \r\n",
        "!#$%&'*+-.^_`|~09azAZ: a\r\n",
        "X: a:b\r\n",
    ] {
        assert_eq!(status(get(good)), 200, "{good:?}");
    }
}

#[test]
fn h5_a_fragment_is_no_part_of_a_target() {
    assert_eq!(line("GET /a#b HTTP/1.1"), 400);
    assert_eq!(line("GET /a?b#c HTTP/1.1"), 400);
    assert_eq!(line("GET http://h#c HTTP/1.1"), 400);
    assert_eq!(line("GET /a%23b HTTP/1.1"), 200);
}

#[test]
fn h5_raw_bytes_above_ascii_are_taken_as_they_are() {
    let head = b"GET /\x80\xff HTTP/1.0\r\n\r\n";
    assert_eq!(request(head).path, b"/\x80\xff");
}

#[test]
fn h6_a_request_line_of_8000_bytes_works() {
    let of = |len: usize| {
        let around = "GET / HTTP/1.1".len();
        format!("GET /{} HTTP/1.1", "a".repeat(len - around))
    };
    assert_eq!(of(8000).len(), 8000);
    assert_eq!(line(&of(8000)), 200);
    assert_eq!(line(&of(8001)), 414);
    assert_eq!(line(&of(100_000)), 414);
    // Told before the line ends, but not before it is too long.
    assert_eq!(status(of(8000)), 100);
    assert_eq!(status(&of(20_000)[..8000]), 100);
    assert_eq!(status(&of(20_000)[..8001]), 414);
    assert_eq!(status("A".repeat(8001)), 414);
}

#[test]
fn h6_a_head_of_16_kib_works() {
    let of = |len: usize| {
        let around = get("X: \r\n").len();
        get(&format!("X: {}\r\n", "a".repeat(len - around)))
    };
    assert_eq!(of(16_384).len(), 16_384);
    assert_eq!(status(of(16_384)), 200);
    assert_eq!(status(of(16_385)), 431);
    assert_eq!(status(&of(20_000)[..16_383]), 100);
    assert_eq!(status(&of(20_000)[..16_384]), 431);
    // Many short lines are as long.
    assert_eq!(status(get(&"A:\r\n".repeat(5000))), 431);
    assert_eq!(status("\r\n".repeat(8192)), 431);
}

#[test]
fn h7_methods() {
    let method = |method: &str| {
        let head = format!("{method} / HTTP/1.0\r\n\r\n");
        let method = request(head.as_bytes()).method;
        (method, method.refusal().map(Status::code))
    };
    assert_eq!(method("GET"), (Method::Get, None));
    assert_eq!(method("HEAD"), (Method::Head, None));
    assert_eq!(method("OPTIONS"), (Method::Options, None));
    for other in ["POST", "PUT", "DELETE", "PATCH", "TRACE"] {
        assert_eq!(method(other), (Method::Other, Some(405)), "{other}");
    }
    assert_eq!(method("CONNECT"), (Method::Connect, Some(405)));
    for unknown in ["get", "Get", "GETT", "G", "PROPFIND", "PRI", "!"] {
        assert_eq!(method(unknown), (Method::Unknown, Some(501)), "{unknown}");
    }
}

#[test]
fn h7_options_has_an_asterisk_as_its_target_too() {
    let path = |target: &str| {
        let head = format!("OPTIONS {target} HTTP/1.1\r\nHost: h\r\n\r\n").leak();
        request(head.as_bytes()).path
    };
    assert_eq!(path("*"), b"*");
    assert_eq!(path("/a"), b"/a");
    // What a proxy makes of a client's asterisk (9112, 3.2.4).
    assert_eq!(path("http://h"), b"*");
    assert_eq!(line("OPTIONS h:80 HTTP/1.1"), 400);
    assert_eq!(line("OPTIONS ** HTTP/1.1"), 400);
    assert_eq!(line("HEAD * HTTP/1.1"), 400);
    let connect = b"CONNECT h:443 HTTP/1.1\r\nHost: h:443\r\n\r\n";
    assert_eq!(request(connect).method, Method::Connect);
    assert!(!request(connect).keep_alive);
}

#[test]
fn h8_a_refused_head_request_is_known_as_one() {
    let method = |head: &'static [u8]| match Head::parse(head) {
        Parsed::Refused(refusal) => refusal.method,
        other => panic!("{other:?}"),
    };
    assert_eq!(method(b"HEAD / HTTP/1.1\r\n\r\n"), Method::Head);
    assert_eq!(method(b"HEAD / HTTP/2.0\r\n"), Method::Head);
    assert_eq!(method(b"HEAD / x"), Method::Head);
    assert_eq!(method(b"GET / HTTP/1.1\r\n\r\n"), Method::Get);
}
