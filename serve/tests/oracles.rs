//! Other parsers on the same texts: where both speak, both say the same, but for
//! the differences that are named here.

use std::{
    net::{Ipv6Addr, SocketAddr},
    time::{Duration, SystemTime},
};

use int80_serve::{Head, Out, Parsed, date, host, options::Listen};
use proptest::{
    collection::vec,
    prelude::*,
    sample::{Index, select},
    string::string_regex,
};

/// What httparse makes of a head, and the number of its fields.
fn httparse(bytes: &[u8]) -> Option<(usize, String, String, u8)> {
    let mut fields = [httparse::EMPTY_HEADER; 64];
    let mut request = httparse::Request::new(&mut fields);
    match request.parse(bytes) {
        Ok(httparse::Status::Complete(used)) => Some((
            used,
            request.method?.to_owned(),
            request.path?.to_owned(),
            request.version?,
        )),
        _ => None,
    }
}

/// A line of a head, mostly good.
fn field() -> impl Strategy<Value = String> {
    let name = string_regex("[A-Za-z0-9!#$%&'*+.^_`|~-]{1,12}").unwrap();
    let value = string_regex("[ -~\t]{0,20}").unwrap();
    (name, value).prop_map(|(name, value)| format!("{name}:{value}\r\n"))
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

    /// What is a request here is one to httparse, with the same parts.
    #[test]
    fn httparse_takes_what_is_taken(
        method in "[A-Z]{1,9}", target in "/[!-~]{0,20}", minor in 0..2_u8,
        fields in vec(field(), 0..8), cut in any::<usize>(),
    ) {
        let mut head = format!("{method} {target} HTTP/1.{minor}\r\nHost: h\r\n");
        head.extend(fields);
        head += "\r\n";
        let Parsed::Request(request, used) = Head::parse(head.as_bytes()) else {
            // Fields that have a meaning here, and fragments.
            return Ok(());
        };
        let theirs = httparse(head.as_bytes()).expect("a request");
        prop_assert_eq!(used, theirs.0);
        let line = format!("{} {} HTTP/1.{}", theirs.1, theirs.2, theirs.3);
        prop_assert_eq!(request.line, line.as_bytes());
        prop_assert_eq!(request.minor, theirs.3);
        // Neither takes a part for the whole.
        let cut = cut % used;
        prop_assert_eq!(Head::parse(&head.as_bytes()[..cut]), Parsed::Partial);
        prop_assert_eq!(httparse(&head.as_bytes()[..cut]), None);
    }

    /// What httparse refuses is refused here, one changed byte or another.
    #[test]
    fn what_httparse_refuses_is_refused(at in 0..54_usize, byte in any::<u8>()) {
        let mut head = b"GET /a?b HTTP/1.1\r\nHost: h:80\r\nX-Other: some value\r\n\r\n".to_vec();
        let at = at % head.len();
        let original = std::mem::replace(&mut head[at], byte);
        let mut fields = [httparse::EMPTY_HEADER; 64];
        let theirs = httparse::Request::new(&mut fields).parse(&head);
        let taken = matches!(Head::parse(&head), Parsed::Request(..));
        if let Err(error) = theirs {
            // A minor version above 1 is one of HTTP/1 (9110, 2.5).
            let version = error == httparse::Error::Version && (b'2'..=b'9').contains(&byte);
            // Raw bytes in a target are taken (H.5).
            let raw = byte >= 0x80 && b"/a?b".contains(&original);
            prop_assert!(!taken || version || raw, "{}: {error}", head.escape_ascii());
        }
    }

    /// A target is one to `http` as well.
    #[test]
    fn targets_are_uris(target in "/[a-zA-Z0-9%&+.:~!@$'()*,;=_-]{0,20}(\\?[a-z=&/?]{0,8})?") {
        let head = format!("GET {target} HTTP/1.0\r\n\r\n");
        let Parsed::Request(request, _) = Head::parse(head.as_bytes()) else { panic!("{head}") };
        let uri: http::Uri = target.parse().unwrap();
        prop_assert_eq!(request.path, uri.path().as_bytes());
        prop_assert_eq!(request.query, uri.query().map(str::as_bytes));
    }

    /// What is a host here is an authority to `http`.
    #[test]
    fn hosts_are_authorities(text in "(\\[[0-9a-f:.]{0,20}\\]|[a-zA-Z0-9._~!$&'()*+,;=-]{0,12})(:[0-9]{0,6})?") {
        let ours = host::is_host(text.as_bytes());
        let theirs = text.parse::<http::uri::Authority>();
        prop_assert!(!ours || theirs.is_ok(), "{text}");
        // It takes an empty host before a port, a port above 65535, and any text
        // in brackets.
        if let (false, Ok(authority)) = (ours, theirs) {
            let port = text.rsplit(':').next().unwrap_or_default();
            let large = port.parse::<u32>().is_ok_and(|port| port > 65535);
            let host = authority.host();
            prop_assert!(host.is_empty() || large || host.starts_with('['), "{text}");
        }
    }

    #[test]
    fn dates_are_written_as_httpdate_writes_them(seconds in 0..253_402_300_800_i64) {
        let mut buffer = [0; 40];
        let mut out = Out::new(&mut buffer);
        date::write(&mut out, seconds);
        let time = SystemTime::UNIX_EPOCH + Duration::from_secs(seconds as u64);
        let theirs = httpdate::fmt_http_date(time);
        prop_assert_eq!(out.as_bytes(), theirs.as_bytes());
        prop_assert_eq!(date::parse(theirs.as_bytes(), seconds), Some(seconds));
    }

    /// Dates that are nearly right: a day of another month, another weekday.
    #[test]
    fn dates_are_read_as_httpdate_reads_them(
        weekday in select(vec!["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"]),
        month in select(vec!["Jan", "Feb", "Mar", "Apr", "Nov", "Dec"]),
        day in 0..33_u32, year in 1969..2105_u32, hour in 0..25_u32, second in 0..60_u32, form in 0..2_u8,
    ) {
        let text = match form {
            0 => format!("{weekday}, {day:02} {month} {year} {hour:02}:59:{second:02} GMT"),
            _ => format!("{weekday} {month} {day:2} {hour:02}:59:{second:02} {year}"),
        };
        let ours = date::parse(text.as_bytes(), 0);
        let theirs = httpdate::parse_http_date(&text).ok();
        let since = |time: SystemTime| time.duration_since(SystemTime::UNIX_EPOCH).unwrap().as_secs();
        // httpdate has no year before 1970, and no leap second.
        if year >= 1970 {
            prop_assert_eq!(ours, theirs.map(|time| since(time) as i64), "{}", text);
        }
    }

    #[test]
    fn ipv6_is_read_and_written_as_the_standard_library_does(
        groups in vec(prop_oneof![Just(0_u16), any::<u16>()], 8), text in "[0-9a-f:.]{0,20}",
        place in any::<Index>(), more in "[0-9a-f:.]{1,3}",
    ) {
        let groups: [u16; 8] = groups.try_into().unwrap();
        let address = Ipv6Addr::from(groups);
        let read = |text: &str| match Listen::parse(format!("[{text}]:80").as_bytes()) {
            Ok(Listen::V6(address, 80)) => Some(Ipv6Addr::from(address)),
            _ => None,
        };
        prop_assert_eq!(read(&address.to_string()), Some(address));
        let mut nearly = address.to_string();
        nearly.insert_str(place.index(nearly.len() + 1), &more);
        for text in [text, nearly] {
            prop_assert_eq!(read(&text), text.parse().ok(), "{}", text);
        }
        let mut buffer = [0; 80];
        let mut out = Out::new(&mut buffer);
        Listen::V6(address.octets(), 80).write_url(&mut out);
        let url = std::str::from_utf8(out.as_bytes()).unwrap().to_owned();
        // The standard library writes addresses that stand for IPv4 with dots.
        if address.to_ipv4().is_none() && !address.is_unspecified() {
            prop_assert_eq!(url, format!("http://[{address}]:80/"));
        } else {
            let socket: SocketAddr = url["http://".len()..url.len() - 1].parse().unwrap();
            prop_assert!(socket.ip() == address || address.is_unspecified());
        }
    }
}

#[test]
fn an_ipv6_group_has_four_digits_at_most() {
    for text in [
        "::aa000",
        "::00001",
        "1::00001",
        "1:2::aaaaa:3",
        "12345::",
        "1:2:3:4:5:6:7:00008",
        "::1:00002",
        "::1.2.3.4.5",
        "::12345.2.3.4",
        "::1:",
        "::g",
    ] {
        assert!(text.parse::<Ipv6Addr>().is_err(), "{text}");
        assert!(!host::is_host(format!("[{text}]").as_bytes()), "{text}");
        let listen = format!("[{text}]:80");
        assert!(Listen::parse(listen.as_bytes()).is_err(), "{text}");
    }
}

/// What httparse takes, and is refused here on purpose.
#[test]
fn each_deliberate_difference_to_httparse() {
    for (difference, head) in [
        ("H.2: lines that end in LF alone", "GET / HTTP/1.0\n\n"),
        (
            "H.2: empty lines that end in LF alone",
            "\nGET / HTTP/1.0\r\n\r\n",
        ),
        ("H.3: HTTP/1.1 without Host", "GET / HTTP/1.1\r\n\r\n"),
        (
            "H.3: two hosts",
            "GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n",
        ),
        (
            "H.3: authority-form",
            "GET h:80 HTTP/1.1\r\nHost: h\r\n\r\n",
        ),
        ("H.5: a fragment", "GET /a#b HTTP/1.0\r\n\r\n"),
        (
            "H.9: Content-Length that is no number",
            "GET / HTTP/1.0\r\nContent-Length: x\r\n\r\n",
        ),
        (
            "H.10: an unknown expectation",
            "GET / HTTP/1.0\r\nExpect: x\r\n\r\n",
        ),
    ] {
        assert!(httparse(head.as_bytes()).is_some(), "{difference}");
        let ours = Head::parse(head.as_bytes());
        assert!(matches!(ours, Parsed::Refused(_)), "{difference}: {ours:?}");
    }
}

/// What httparse refuses, and is taken here on purpose.
#[test]
fn each_deliberate_difference_in_the_other_direction() {
    for (difference, head) in [
        (
            "H.1: minor versions above 1",
            "GET / HTTP/1.2\r\nHost: h\r\n\r\n",
        ),
        (
            "H.5: bytes that are no UTF-8 in a target",
            "GET /%s HTTP/1.0\r\n\r\n",
        ),
    ] {
        let head = head.replace("%s", "\u{1}").into_bytes();
        let head: Vec<u8> = head
            .iter()
            .map(|&byte| if byte == 1 { 0xff } else { byte })
            .collect();
        let mut fields = [httparse::EMPTY_HEADER; 8];
        assert!(
            httparse::Request::new(&mut fields).parse(&head).is_err(),
            "{difference}"
        );
        let ours = Head::parse(&head);
        assert!(
            matches!(ours, Parsed::Request(..)),
            "{difference}: {ours:?}"
        );
    }
}
