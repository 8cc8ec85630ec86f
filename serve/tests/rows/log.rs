//! Lines of the log (S.11, U.4).

use super::NOW;
use int80_serve::log::{LINE_MAX, Line, Peer};

fn line() -> Line<'static> {
    Line {
        peer: Peer::V4([192, 0, 2, 1]),
        now: NOW,
        request: b"GET /a HTTP/1.1",
        status: 200,
        sent: 1000,
        referer: Some(b"http://h/"),
        user_agent: Some(b"curl/7.88.1"),
    }
}

fn written(line: &Line<'_>) -> String {
    let mut buffer = [0; LINE_MAX];
    let len = line.write(&mut buffer).unwrap();
    String::from_utf8(buffer[..len].to_vec()).unwrap()
}

#[test]
fn u4_the_combined_format() {
    assert_eq!(
        written(&line()),
        "192.0.2.1 - - [09/Sep/2001:01:46:40 +0000] \"GET /a HTTP/1.1\" 200 1000 \
        \"http://h/\" \"curl/7.88.1\"\n"
    );
    let none = Line {
        referer: None,
        user_agent: None,
        peer: Peer::Unix,
        ..line()
    };
    assert_eq!(
        written(&none),
        "unix: - - [09/Sep/2001:01:46:40 +0000] \"GET /a HTTP/1.1\" 200 1000 \"-\" \"-\"\n"
    );
}

#[test]
fn u4_addresses() {
    let address = |peer| {
        let line = written(&Line { peer, ..line() });
        line.split_once(' ').unwrap().0.to_owned()
    };
    let mut mapped = [0; 16];
    mapped[10..].copy_from_slice(&[0xff, 0xff, 10, 0, 0, 255]);
    assert_eq!(address(Peer::V6(mapped)), "10.0.0.255");
    let mut v6 = [0; 16];
    v6[15] = 1;
    assert_eq!(address(Peer::V6(v6)), "::1");
}

#[test]
fn s11_lines_cannot_be_forged() {
    let forged = Line {
        request: b"GET /\"\n1.2.3.4 - - \x1b[31m\\x\x7f\x80\xff HTTP/1.1",
        referer: Some(b"\r\n\" \""),
        user_agent: Some(b"\0\t"),
        ..line()
    };
    let line = written(&forged);
    assert!(line.contains(
        r#""GET /\x22\x0A1.2.3.4 - - \x1B[31m\x5Cx\x7F\x80\xFF HTTP/1.1" 200 1000 "\x0D\x0A\x22 \x22" "\x00\x09""#
    ), "{line}");
    assert_eq!(line.matches('\n').count(), 1);
}

#[test]
fn s11_what_is_too_long_is_cut_and_the_line_is_whole() {
    let long = [b'\n'; 20_000];
    let line = Line {
        peer: Peer::V6([0xff; 16]),
        now: i64::MAX,
        request: &long,
        status: u16::MAX,
        sent: u64::MAX,
        referer: Some(&long),
        user_agent: Some(&long),
    };
    for size in [LINE_MAX, 60_000] {
        let mut buffer = vec![0; size];
        let len = line.write(&mut buffer).expect("cut to the longest");
        assert_eq!(buffer[len - 2..len], *b"\"\n");
        assert_eq!(
            buffer[..len].iter().filter(|&&byte| byte == b'"').count(),
            6
        );
    }
}

#[test]
fn s11_a_line_is_the_same_in_every_buffer() {
    let agent = [b'a'; 200];
    let line = Line {
        user_agent: Some(&agent),
        ..line()
    };
    let whole = written(&line);
    assert!(whole.contains(&"a".repeat(200)), "{whole}");
    for size in 0..LINE_MAX {
        let mut buffer = vec![0; size];
        let length = line.write(&mut buffer);
        assert_eq!(length, (size >= whole.len()).then_some(whole.len()));
        if length.is_some() {
            assert_eq!(buffer[..whole.len()], *whole.as_bytes());
        }
    }
}
