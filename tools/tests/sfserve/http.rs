//! H.1 to H.11: requests, connections.

use std::time::Duration;

use libtest_mimic::Failed;

use crate::{
    Row,
    client::{Client, ask, get, once, same, statuses},
    server::Place,
};

type Result = std::result::Result<(), Failed>;

pub const ROWS: &[Row] = &[
    ("H.1 the request line", request_line),
    ("H.2 line ends and control bytes", line_ends),
    ("H.3 Host and forms of targets", host),
    ("H.4 malformed fields", malformed),
    ("H.5 targets", targets),
    ("H.6 limits of heads", limits),
    ("H.7 methods", methods),
    ("H.8 HEAD has the fields of GET", head),
    ("H.9 bodies and their framing", bodies),
    ("H.9 what follows a refused message is no request", smuggled),
    ("H.10 Expect", expect),
    ("H.11 persistent connections", persistent),
    ("H.11 pipelined requests", pipelined),
    ("H.11 responses that a full socket cuts", cut),
    ("H.11 a half-closed client", half_closed),
];

fn request_line(place: &Place) -> Result {
    let server = place.serve(&[])?;
    statuses(
        &server,
        &[
            ("GET / HTTP/1.0\r\n\r\n", 200),
            (
                "GET / HTTP/1.2\r\nHost: h\r\nConnection: close\r\n\r\n",
                200,
            ),
            ("\r\n\r\nGET / HTTP/1.0\r\n\r\n", 200),
            ("GET  / HTTP/1.1\r\nHost: h\r\n\r\n", 400),
            ("GET /  HTTP/1.1\r\nHost: h\r\n\r\n", 400),
            ("GET\t/ HTTP/1.1\r\nHost: h\r\n\r\n", 400),
            (" GET / HTTP/1.1\r\nHost: h\r\n\r\n", 400),
            ("GET / HTTP/1.1 \r\nHost: h\r\n\r\n", 400),
            ("GET /\r\n\r\n", 400),
            ("GET / HTTP/2.0\r\nHost: h\r\n\r\n", 505),
            ("GET / HTTP/0.9\r\n\r\n", 505),
            ("GET / HTTP/1.x\r\nHost: h\r\n\r\n", 400),
            ("GET / HTTP/11.1\r\nHost: h\r\n\r\n", 400),
            ("GET / http/1.1\r\nHost: h\r\n\r\n", 400),
            ("G@T / HTTP/1.1\r\nHost: h\r\n\r\n", 400),
        ],
    )
}

fn line_ends(place: &Place) -> Result {
    let server = place.serve(&[])?;
    statuses(
        &server,
        &[
            ("GET / HTTP/1.1\nHost: h\n\n", 400),
            ("GET / HTTP/1.1\r\nHost: h\n\r\n", 400),
            ("GET / HTTP/1.1\r\nHost: h\r\r\n\r\n", 400),
            ("GET / HTTP/1.1\r\nHost: h\r\nX: a\0b\r\n\r\n", 400),
            ("GET / HTTP/1.1\r\nHost: h\r\nX: a\x01b\r\n\r\n", 400),
            ("GET /\0 HTTP/1.1\r\nHost: h\r\n\r\n", 400),
            ("GET / HTTP/1.0\r\nX: a\tb\r\n\r\n", 200),
        ],
    )
}

fn host(place: &Place) -> Result {
    let server = place.serve(&[])?;
    statuses(
        &server,
        &[
            ("GET / HTTP/1.1\r\n\r\n", 400),
            ("GET / HTTP/1.1\r\nHost: a\r\nHost: a\r\n\r\n", 400),
            ("GET / HTTP/1.1\r\nHost: a b\r\n\r\n", 400),
            ("GET / HTTP/1.1\r\nHost: a/b\r\n\r\n", 400),
            ("GET / HTTP/1.1\r\nHost: a:x\r\n\r\n", 400),
            ("GET / HTTP/1.1\r\nHost: [::12345]\r\n\r\n", 400),
            ("GET / HTTP/1.0\r\n\r\n", 200),
            (
                "GET http://x.y/a.txt HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n",
                200,
            ),
            ("GET http://x y/ HTTP/1.1\r\nHost: h\r\n\r\n", 400),
            ("GET h:80 HTTP/1.1\r\nHost: h\r\n\r\n", 400),
            ("GET * HTTP/1.1\r\nHost: h\r\n\r\n", 400),
            (
                "OPTIONS * HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n",
                204,
            ),
            (
                "GET / HTTP/1.1\r\nHost: [::1]:80\r\nConnection: close\r\n\r\n",
                200,
            ),
        ],
    )
}

fn malformed(place: &Place) -> Result {
    let server = place.serve(&[])?;
    for line in [
        "X : 1",
        " X: 1",
        "X",
        ": 1",
        "X@: 1",
        "X: 1\r\n folded",
        "X\u{e9}: 1",
    ] {
        let request = format!("GET / HTTP/1.1\r\nHost: h\r\n{line}\r\n\r\n");
        same(line, once(&server, request)?.status, 400)?;
    }
    let first = "GET / HTTP/1.1\r\n Host: h\r\n\r\n";
    same(first, once(&server, first)?.status, 400)
}

fn targets(place: &Place) -> Result {
    let server = place.serve(&[])?;
    for (path, status) in [
        ("/a%2Etxt", 200),
        ("/a%20b+c%25.txt", 200),
        ("/a%20b%2bc%25.txt", 200),
        ("/a.txt?x=1&y", 200),
        ("/sub/../a.txt", 200),
        ("/sub/%2e%2e/a.txt", 200),
        ("/./a.txt", 200),
        ("//a.txt", 200),
        ("/sub//deep///b", 200),
        ("/%2e%2e/a.txt", 400),
        ("/../a.txt", 400),
        ("/sub/../../a.txt", 400),
        ("/a%00.txt", 400),
        ("/a%2", 400),
        ("/a%zz", 400),
        ("/a.txt#x", 400),
        ("/sub%2fdeep%2fb", 404),
        ("/a%252Etxt", 404),
        ("/\u{e9}", 404),
    ] {
        same(path, get(&server, path)?.status, status)?;
    }
    let bytes = [&b"GET /\xff\xfe HTTP/1.0\r\n\r\n"[..]].concat();
    same("raw bytes", once(&server, bytes)?.status, 404)
}

fn limits(place: &Place) -> Result {
    let server = place.serve(&[])?;
    let line = |length: usize| {
        let path = "a".repeat(length - "GET / HTTP/1.1".len());
        format!("GET /{path} HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n")
    };
    same("8000", once(&server, line(8000))?.status, 404)?;
    same("8001", once(&server, line(8001))?.status, 414)?;
    // What was not read must not reset the answer away.
    same("far longer", once(&server, line(300_000))?.status, 414)?;
    let head = |length: usize| {
        let begin = "GET / HTTP/1.1\r\nHost: h\r\nConnection: close\r\nX: ";
        format!("{begin}{}\r\n\r\n", "x".repeat(length - begin.len() - 4))
    };
    same("16 KiB", once(&server, head(16 << 10))?.status, 200)?;
    let lines = "\r\n".repeat(50) + &head(16 << 10);
    same("empty lines before", once(&server, lines)?.status, 200)?;
    same("more", once(&server, head((16 << 10) + 1))?.status, 431)?;
    same("far more", once(&server, head(400_000))?.status, 431)
}

fn methods(place: &Place) -> Result {
    let server = place.serve(&[])?;
    for method in ["POST", "PUT", "DELETE", "PATCH", "TRACE", "CONNECT"] {
        let response = ask(&server, &format!("{method} /a.txt"), "")?;
        same(method, response.status, 405)?;
        same(method, response.field("Allow"), Some("GET, HEAD, OPTIONS"))?;
    }
    for method in ["get", "BREW", "GETX", "PROPFIND"] {
        same(
            method,
            ask(&server, &format!("{method} /"), "")?.status,
            501,
        )?;
    }
    for path in ["/", "/a.txt", "*"] {
        let response = ask(&server, &format!("OPTIONS {path}"), "")?;
        same(path, response.status, 204)?;
        same(path, response.field("Allow"), Some("GET, HEAD, OPTIONS"))?;
    }
    Ok(())
}

fn head(place: &Place) -> Result {
    let server = place.serve(&["--list"])?;
    for (path, fields) in [
        ("/", ""),
        ("/a.txt", ""),
        ("/big", ""),
        ("/missing", ""),
        ("/sub", ""),
        ("/none/", ""),
        ("/../x", ""),
        ("/a.txt", "If-None-Match: *\r\n"),
        ("/a.txt", "If-Match: \"x\"\r\n"),
        ("/a.txt", "Expect: x\r\n"),
    ] {
        let got = ask(&server, &format!("GET {path}"), fields)?;
        let head = ask(&server, &format!("HEAD {path}"), fields)?;
        same(path, head.status, got.status)?;
        same(path, head.lasting(), got.lasting())?;
    }
    Ok(())
}

fn bodies(place: &Place) -> Result {
    let server = place.serve(&[])?;
    for (fields, status) in [
        ("Content-Length: 5\r\n", 200),
        ("Content-Length: 0\r\n", 200),
        ("Content-Length: +5\r\n", 400),
        ("Content-Length: -5\r\n", 400),
        ("Content-Length: 0x5\r\n", 400),
        ("Content-Length: 5, 5\r\n", 400),
        ("Content-Length: \r\n", 400),
        ("Content-Length: 5\r\nContent-Length: 5\r\n", 400),
        ("Content-Length: 9223372036854775808\r\n", 400),
        ("Transfer-Encoding: chunked\r\nContent-Length: 5\r\n", 400),
        ("Transfer-Encoding: \r\n", 400),
        ("Transfer-Encoding: chunked, gzip\r\n", 400),
        ("Transfer-Encoding: gzip, chunked\r\n", 501),
        ("Transfer-Encoding: chunked\r\n", 200),
    ] {
        let request = format!("GET /a.txt HTTP/1.1\r\nHost: h\r\n{fields}\r\nhello");
        if fields == "Content-Length: 0\r\n" {
            let mut client = Client::new(&server)?;
            client.send(format!("GET /a.txt HTTP/1.1\r\nHost: h\r\n{fields}\r\n"))?;
            same(fields, client.response(false)?.status, status)?;
            continue;
        }
        let response = once(&server, request)?;
        same(fields, response.status, status)?;
        same(fields, response.field("Connection"), Some("close"))?;
    }
    let old = "GET / HTTP/1.0\r\nTransfer-Encoding: chunked\r\n\r\n";
    same(old, once(&server, old)?.status, 400)
}

fn smuggled(place: &Place) -> Result {
    let server = place.serve(&[])?;
    let inner = "GET /a.txt HTTP/1.1\r\nHost: h\r\n\r\n";
    let length = inner.len();
    for outer in [
        format!("POST / HTTP/1.1\r\nHost: h\r\nContent-Length: {length}\r\n\r\n"),
        format!("GET / HTTP/1.1\r\nHost: h\r\nContent-Length: {length}\r\n\r\n"),
        "GET / HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n".to_owned(),
        "GET / HTTP/1.1\r\nHost: h\r\nContent-Length: x\r\n\r\n".to_owned(),
        "GET / HTTP/1.1\r\n\r\n".to_owned(),
    ] {
        // In one piece, and the second request a moment later.
        once(&server, format!("{outer}{inner}"))?;
        let mut client = Client::new(&server)?;
        client.send(&outer)?;
        client.response(false)?;
        let _ = client.send(inner);
        client.closed()?;
    }
    Ok(())
}

fn expect(place: &Place) -> Result {
    let server = place.serve(&[])?;
    let fields = "Expect: 100-continue\r\nContent-Length: 5\r\n";
    same("100", ask(&server, "GET /a.txt", fields)?.status, 200)?;
    same("POST", ask(&server, "POST /a.txt", fields)?.status, 405)?;
    same(
        "other",
        ask(&server, "GET /a.txt", "Expect: tea\r\n")?.status,
        417,
    )
}

fn persistent(place: &Place) -> Result {
    let server = place.serve(&[])?;
    let mut client = Client::new(&server)?;
    for path in ["/a.txt", "/missing", "/big", "/sub", "/a.txt"] {
        client.send(format!("GET {path} HTTP/1.1\r\nHost: h\r\n\r\n"))?;
        let response = client.response(false)?;
        same(path, response.field("Connection"), None)?;
    }
    client.send("GET / HTTP/1.1\r\nHost: h\r\nConnection: x, Close\r\n\r\n")?;
    same(
        "close",
        client.response(false)?.field("Connection"),
        Some("close"),
    )?;
    client.closed()?;
    let mut old = Client::new(&server)?;
    for _ in 0..2 {
        old.send("GET /a.txt HTTP/1.0\r\nConnection: keep-alive\r\n\r\n")?;
        same(
            "1.0",
            old.response(false)?.field("Connection"),
            Some("keep-alive"),
        )?;
    }
    old.send("GET /a.txt HTTP/1.0\r\n\r\n")?;
    same("1.0", old.response(false)?.status, 200)?;
    old.closed()
}

fn pipelined(place: &Place) -> Result {
    let server = place.serve(&[])?;
    // More than the server reads at once, among them what no socket takes.
    let mut client = Client::new(&server)?;
    let mut requests = String::new();
    let paths: Vec<&str> = (0..1500)
        .map(|at| match at % 250 {
            100 => "/big",
            at if at % 3 == 0 => "/missing",
            _ => "/a.txt",
        })
        .collect();
    for path in &paths {
        requests += &format!("GET {path} HTTP/1.1\r\nHost: h\r\n\r\n");
    }
    let mut sender = client.stream.try_clone()?;
    let sending =
        std::thread::spawn(move || std::io::Write::write_all(&mut sender, requests.as_bytes()));
    let big = crate::server::big();
    for path in paths {
        let response = client.response(false)?;
        match path {
            "/big" => same("big", response.body == big, true)?,
            "/a.txt" => same("a.txt", response.body, b"0123456789".to_vec())?,
            _ => same("missing", response.status, 404)?,
        }
    }
    sending.join().map_err(|_| "the sender")??;
    client.silent(Duration::from_millis(50))
}

/// Heads and small files go in one piece, which a full socket cuts anywhere.
fn cut(place: &Place) -> Result {
    let server = place.serve(&[])?;
    // The shorter one is kept.
    for (length, count) in [(15_001, 1500), (3_000, 8000)] {
        let small = &crate::server::big()[..length];
        let name = format!("small-{length}");
        std::fs::write(server.path(&name), small)?;
        let mut client = Client::new(&server)?;
        let requests = format!("GET /{name} HTTP/1.1\r\nHost: h\r\n\r\n").repeat(count);
        let mut sender = client.stream.try_clone()?;
        let sending =
            std::thread::spawn(move || std::io::Write::write_all(&mut sender, requests.as_bytes()));
        for at in 0..count {
            // The socket is full before anything is read, and again and again.
            if at % (count / 5) == 0 {
                std::thread::sleep(Duration::from_millis(100));
            }
            same(&name, client.response(false)?.body == small, true)?;
        }
        sending.join().map_err(|_| "the sender")??;
    }
    Ok(())
}

fn half_closed(place: &Place) -> Result {
    let server = place.serve(&[])?;
    let mut client = Client::new(&server)?;
    client.send("GET /big HTTP/1.1\r\nHost: h\r\n\r\n")?;
    client.end()?;
    same(
        "big",
        client.response(false)?.body == crate::server::big(),
        true,
    )?;
    client.closed()
}
