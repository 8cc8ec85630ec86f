//! Values of options (U.2, U.3, S.5).

use int80_serve::{
    Out,
    options::{Field, Listen, TypeRule, error_page, number, user},
};

fn url(text: &str) -> Option<String> {
    let listen = Listen::parse(text.as_bytes()).ok()?;
    let mut buffer = [0; 128];
    let mut out = Out::new(&mut buffer);
    listen.write_url(&mut out);
    Some(String::from_utf8(out.as_bytes().to_vec()).unwrap())
}

#[test]
fn u2_addresses_to_listen_at() {
    let v6 = |last| {
        let mut address = [0; 16];
        address[15] = last;
        address
    };
    let parse = |text: &'static str| Listen::parse(text.as_bytes());
    assert_eq!(
        parse("127.0.0.1:8080"),
        Ok(Listen::V4([127, 0, 0, 1], 8080))
    );
    assert_eq!(parse("0.0.0.0:0"), Ok(Listen::V4([0; 4], 0)));
    assert_eq!(parse("[::1]:80"), Ok(Listen::V6(v6(1), 80)));
    assert_eq!(parse("[::]:65535"), Ok(Listen::V6(v6(0), 65535)));
    assert_eq!(parse(":8080"), Ok(Listen::Any(8080)));
    assert_eq!(parse("unix:/run/s"), Ok(Listen::Unix(b"/run/s")));
    assert_eq!(parse("unix:a:b"), Ok(Listen::Unix(b"a:b")));
    for bad in [
        "",
        ":",
        "8080",
        "127.0.0.1",
        "127.0.0.1:",
        "127.0.0.1:x",
        "127.0.0.1:65536",
        "127.0.0.1:80x",
        "127.0.0.1:-1",
        "127.0.0.1:+1",
        "127.0.0:80",
        "127.0.0.256:80",
        "127.0.0.01:80",
        "1.2.3.4.5:80",
        "::1:80",
        "[::1]",
        "[::1]80",
        "[::1:80",
        "[::x]:80",
        "[]:80",
        "[1.2.3.4]:80",
        "localhost:80",
        "unix:",
        "unix",
        " :80",
        ":80 ",
        "[::1%lo]:80",
        "127.0.0.1:18446744073709551696",
    ] {
        assert!(parse(bad).is_err(), "{bad}");
    }
}

#[test]
fn u2_the_longest_path_of_a_socket() {
    let parse = |length| {
        let text = format!("unix:{}", "x".repeat(length));
        Listen::parse(text.as_bytes()).is_ok()
    };
    assert_eq!([107, 108, 4096].map(parse), [true, false, false]);
}

#[test]
fn u3_the_longest_field() {
    let parse = |length: usize| {
        let text = format!("X: {}", "x".repeat(length - 3));
        Field::parse(text.as_bytes()).is_ok()
    };
    assert_eq!([3800, 3801, 70_000].map(parse), [true, false, false]);
    let parse = |length: usize| {
        let text = format!(".x=a/b;{}", "x".repeat(length - 7));
        TypeRule::parse(text.as_bytes()).is_ok()
    };
    assert_eq!([3800, 3801, 70_000].map(parse), [true, false, false]);
}

#[test]
fn u2_the_url_that_is_printed() {
    assert_eq!(
        url("127.0.0.1:8080").as_deref(),
        Some("http://127.0.0.1:8080/")
    );
    assert_eq!(url(":80").as_deref(), Some("http://127.0.0.1:80/"));
    assert_eq!(url("0.0.0.0:80").as_deref(), Some("http://127.0.0.1:80/"));
    assert_eq!(url("[::]:80").as_deref(), Some("http://[::1]:80/"));
    assert_eq!(
        url("[2001:db8::1]:80").as_deref(),
        Some("http://[2001:db8::1]:80/")
    );
    assert_eq!(url("unix:/run/s").as_deref(), Some("unix:/run/s"));
    let chosen = Listen::parse(b"127.0.0.1:0").unwrap().with_port(4000);
    assert_eq!(chosen, Listen::V4([127, 0, 0, 1], 4000));
}

#[test]
fn u3_fields() {
    let parse =
        |text: &'static str| Field::parse(text.as_bytes()).map(|field| (field.name, field.value));
    assert_eq!(parse("X-A: b"), Ok((&b"X-A"[..], &b"b"[..])));
    assert_eq!(parse("X-A:b:c "), Ok((&b"X-A"[..], &b"b:c"[..])));
    assert_eq!(parse("X-A:"), Ok((&b"X-A"[..], &b""[..])));
    for bad in [
        "",
        "X",
        ": b",
        "X A: b",
        "X : b",
        "X: a\r\nY: b",
        "X: a\nb",
        "X: a\0",
        "X: a\x7f",
        "X\n: b",
    ] {
        assert!(parse(bad).is_err(), "{bad:?}");
    }
    // What is different for each response.
    for ours in [
        "Content-Length: 1",
        "transfer-encoding: chunked",
        "Connection: close",
        "Date: x",
        "ETag: x",
        "Content-Range: x",
        "Last-Modified: x",
        "content-encoding: gzip",
    ] {
        assert!(parse(ours).is_err(), "{ours}");
    }
}

#[test]
fn u3_types() {
    let parse = |text: &'static str| {
        TypeRule::parse(text.as_bytes()).map(|rule| (rule.ending, rule.content_type))
    };
    assert_eq!(parse(".a=b/c"), Ok((&b".a"[..], &b"b/c"[..])));
    assert_eq!(
        parse(".tar.gz=b/c; d=e"),
        Ok((&b".tar.gz"[..], &b"b/c; d=e"[..]))
    );
    for bad in [
        "",
        ".a",
        ".a=",
        "a=b/c",
        ".=b/c",
        ".a=b",
        ".a=/c",
        ".a=b/",
        ".a=b/c d",
        ".a=b/c\r\nX: y",
        ".a=b/c;\x01",
        "./a=b/c",
        "=b/c",
        ".a= b/c",
    ] {
        assert!(parse(bad).is_err(), "{bad:?}");
    }
}

#[test]
fn u3_error_pages() {
    assert_eq!(error_page(b"404=/x.html"), Ok(&b"/x.html"[..]));
    for bad in ["", "404", "404=", "500=x", "=x", "4040=x", " 404=x"] {
        assert!(error_page(bad.as_bytes()).is_err(), "{bad}");
    }
}

#[test]
fn s5_users() {
    assert_eq!(user(b"0:0"), Ok((0, 0)));
    assert_eq!(user(b"65534:4294967294"), Ok((65534, u32::MAX - 1)));
    for bad in [
        "",
        "1",
        "1:",
        ":1",
        "a:b",
        "1:2:3",
        "-1:1",
        "+1:1",
        "1: 1",
        "4294967295:1",
        "1:4294967296",
        "18446744073709551616:1",
    ] {
        assert!(user(bad.as_bytes()).is_err(), "{bad}");
    }
}

#[test]
fn numbers_have_limits() {
    assert_eq!(number(b"1", 1, 10), Some(1));
    assert_eq!(number(b"010", 1, 10), Some(10));
    for bad in [
        "",
        "0",
        "11",
        "1x",
        "x",
        "-1",
        "+1",
        " 1",
        "18446744073709551617",
    ] {
        assert_eq!(number(bad.as_bytes(), 1, 10), None, "{bad}");
    }
}
