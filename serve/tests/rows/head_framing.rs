//! Content of requests, expectations, persistence, other protocols (H.9 to H.11,
//! H.24).

use super::{get, request, status};
use int80_serve::{Connection, Head, Parsed};

/// The status, and whether content follows.
fn body(fields: &str) -> (u16, bool) {
    let head = get(fields);
    match Head::parse(head.as_bytes()) {
        Parsed::Request(request, _) => {
            assert!(!(request.has_body && request.keep_alive), "{fields}");
            (200, request.has_body)
        }
        _ => (status(&head), false),
    }
}

#[test]
fn h9_a_request_with_content_is_the_last_of_its_connection() {
    assert_eq!(body(""), (200, false));
    assert_eq!(body("Content-Length: 0\r\n"), (200, false));
    assert_eq!(body("Content-Length: 000\r\n"), (200, false));
    assert_eq!(body("Content-Length: 1\r\n"), (200, true));
    assert_eq!(body("content-length: 010\r\n"), (200, true));
    assert_eq!(body("Content-Length: 9223372036854775807\r\n"), (200, true));
    assert_eq!(body("Transfer-Encoding: chunked\r\n"), (200, true));
    assert_eq!(body("Transfer-Encoding: Chunked\r\n"), (200, true));
    let head = get("Content-Length: 1\r\n");
    assert_eq!(request(head.as_bytes()).connection(), Connection::Close);
}

#[test]
fn h9_content_length_is_digits_only() {
    for bad in [
        "",
        "+1",
        "-1",
        "0x1",
        "1a",
        "a",
        "1 2",
        "1,1",
        "1, 1",
        "1;",
        "1.0",
        "\u{661}",
        "9223372036854775808",
        "18446744073709551616",
        "18446744073709551617",
        "99999999999999999999999999999999",
    ] {
        assert_eq!(
            body(&format!("Content-Length: {bad}\r\n")),
            (400, false),
            "{bad}"
        );
    }
    assert_eq!(body("Content-Length: 1\r\nContent-Length: 1\r\n").0, 400);
    assert_eq!(body("Content-Length: 0\r\ncontent-length: 0\r\n").0, 400);
    assert_eq!(status("GET / HTTP/1.0\r\nContent-Length: x\r\n\r\n"), 400);
}

#[test]
fn h9_transfer_encoding_ends_in_chunked_and_is_alone() {
    for bad in [
        "",
        "gzip",
        "identity",
        "xchunked",
        "chunked, gzip",
        "chunked, identity",
        "chunked, chunked",
        "chunked,",
        ",chunked",
        "gzip,, chunked",
        "chunked;a=b",
        "\"chunked\"",
        "chunked\u{b}",
        "chunke",
        "chunked chunked",
    ] {
        assert_eq!(
            body(&format!("Transfer-Encoding: {bad}\r\n")).0,
            400,
            "{bad}"
        );
    }
    for unknown in ["gzip, chunked", "identity, chunked", "x;a=b,chunked"] {
        assert_eq!(
            body(&format!("Transfer-Encoding: {unknown}\r\n")).0,
            501,
            "{unknown}"
        );
    }
    // One list, whatever lines it is on.
    let lines = |first: &str, second: &str| {
        body(&format!(
            "Transfer-Encoding: {first}\r\nTransfer-Encoding: {second}\r\n"
        ))
        .0
    };
    assert_eq!(lines("gzip", "chunked"), 501);
    assert_eq!(lines("chunked", "gzip"), 400);
    assert_eq!(lines("chunked", "chunked"), 400);
    assert_eq!(lines("chunked", ""), 400);
}

#[test]
fn h9_transfer_encoding_excludes_content_length_and_http_1_0() {
    let with = "Content-Length: 0\r\nTransfer-Encoding: chunked\r\n";
    assert_eq!(body(with).0, 400);
    assert_eq!(
        body("Transfer-Encoding: gzip, chunked\r\nContent-Length: 5\r\n").0,
        400
    );
    assert_eq!(
        status("GET / HTTP/1.0\r\nTransfer-Encoding: chunked\r\n\r\n"),
        400
    );
}

#[test]
fn h10_expectations() {
    assert_eq!(body("Expect: 100-continue\r\n"), (200, false));
    assert_eq!(
        body("Expect: 100-CONTINUE\r\nContent-Length: 3\r\n"),
        (200, true)
    );
    // Empty members are none (9110, 5.6.1.2).
    for list in ["", "100-continue,", ", 100-continue", ",,"] {
        assert_eq!(body(&format!("Expect: {list}\r\n")).0, 200, "{list}");
    }
    for other in ["x", "100-continue, x", "100-continue;a", "200-ok", ",x"] {
        assert_eq!(body(&format!("Expect: {other}\r\n")).0, 417, "{other}");
    }
}

#[test]
fn h11_connections_persist_as_the_version_says() {
    let connection = |minor: u8, fields: &str| {
        let head = format!("GET / HTTP/1.{minor}\r\nHost: h\r\n{fields}\r\n");
        request(head.as_bytes()).connection()
    };
    assert_eq!(connection(1, ""), Connection::Persistent);
    assert_eq!(connection(2, ""), Connection::Persistent);
    assert_eq!(connection(0, ""), Connection::Close);
    assert_eq!(
        connection(0, "Connection: Keep-Alive\r\n"),
        Connection::KeepAlive
    );
    assert_eq!(
        connection(1, "Connection: keep-alive\r\n"),
        Connection::Persistent
    );
    for close in [
        "Connection: close\r\n",
        "connection: CLOSE\r\n",
        "Connection: te, close\r\n",
        "Connection: keep-alive, close\r\n",
        "Connection: te\r\nConnection: close\r\n",
    ] {
        assert_eq!(connection(1, close), Connection::Close, "{close}");
        assert_eq!(connection(0, close), Connection::Close, "{close}");
    }
    assert_eq!(
        connection(1, "Connection: closed\r\n"),
        Connection::Persistent
    );
}

#[test]
fn h11_a_pipelined_request_begins_where_the_one_before_ends() {
    let both = b"GET /a HTTP/1.1\r\nHost: h\r\n\r\nGET /b HTTP/1.1\r\nHost: h\r\n\r\n";
    let Parsed::Request(first, used) = Head::parse(both) else {
        panic!("the first is none");
    };
    assert_eq!(first.path, b"/a");
    assert_eq!(request(&both[used..]).path, b"/b");
}

#[test]
fn h24_other_protocols_are_told_at_once() {
    // A ClientHello of TLS, byte for byte, and one of SSL 2.
    assert_eq!(status(b"\x16"), 400);
    assert_eq!(status(b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03"), 400);
    assert_eq!(status(b"\x80\x2e\x01\x00\x02"), 400);
    let preface = b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n";
    assert_eq!(status(preface), 505);
    assert_eq!(status(&preface[..16]), 505);
    assert_eq!(status(b"SSH-2.0-OpenSSH_9.2p1\r\n"), 400);
    // Upgrade is ignored.
    let upgrade = get("Connection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\n");
    assert_eq!(
        request(upgrade.as_bytes()).connection(),
        Connection::Persistent
    );
}
