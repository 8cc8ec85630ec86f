//! Heads of responses, types, errors (H.8, H.12, H.13, H.17 to H.19, H.22, H.23).

use super::{DATE, ETAG, FILE, NOW, request};
use int80_serve::{
    Coding, Connection, Decision, File, Response, Sent, Site, Status, content_type,
    options::TypeRule, status_of,
};

/// A head that was written, taken apart.
pub struct Head {
    pub line: String,
    pub fields: Vec<(String, String)>,
}

impl Head {
    #[track_caller]
    pub fn of(response: &Response<'_>, site: &Site<'_>, connection: Connection) -> Self {
        let mut buffer = [0; 2048];
        let len = response
            .write_head(site, NOW, connection, &mut buffer)
            .expect("it fits");
        let text = std::str::from_utf8(&buffer[..len]).expect("heads are ASCII");
        let text = text
            .strip_suffix("\r\n\r\n")
            .expect("an empty line ends it");
        let mut lines = text.split("\r\n");
        let line = lines.next().unwrap().to_owned();
        let split = |line: &str| {
            let (name, value) = line.split_once(": ").expect("a name and a value");
            (name.to_owned(), value.to_owned())
        };
        Self {
            line,
            fields: lines.map(split).collect(),
        }
    }

    /// The value of a field, which is not there twice.
    #[track_caller]
    pub fn get(&self, name: &str) -> Option<&str> {
        let mut found = self
            .fields
            .iter()
            .filter(|(field, _)| field.eq_ignore_ascii_case(name));
        let value = found.next().map(|(_, value)| value.as_str());
        assert!(found.next().is_none(), "{name} twice");
        value
    }
}

pub fn plain(response: &Response<'_>) -> Head {
    Head::of(response, &Site::default(), Connection::Persistent)
}

pub fn sent(decision: Decision) -> Sent {
    Sent {
        file: FILE,
        coding: Coding::Identity,
        varies: false,
        decision,
    }
}

pub const STATUSES: [Status; 19] = [
    Status::Ok,
    Status::NoContent,
    Status::PartialContent,
    Status::MovedPermanently,
    Status::NotModified,
    Status::BadRequest,
    Status::Forbidden,
    Status::NotFound,
    Status::MethodNotAllowed,
    Status::RequestTimeout,
    Status::PreconditionFailed,
    Status::UriTooLong,
    Status::RangeNotSatisfiable,
    Status::ExpectationFailed,
    Status::HeaderFieldsTooLarge,
    Status::InternalServerError,
    Status::NotImplemented,
    Status::ServiceUnavailable,
    Status::VersionNotSupported,
];

#[test]
fn h12_every_response_has_a_date_and_a_length() {
    for status in STATUSES {
        let head = plain(&Response::status(status));
        assert_eq!(head.line, format!("HTTP/1.1 {}", status.line()));
        assert!(status.line().starts_with(&status.code().to_string()));
        assert_eq!(head.get("Date"), Some("Sun, 09 Sep 2001 01:46:40 GMT"));
        assert_eq!(head.get("Server"), None);
        assert_eq!(head.get("Transfer-Encoding"), None);
        let length = (!status.is_empty()).then(|| status.body_len().to_string());
        assert_eq!(head.get("Content-Length"), length.as_deref(), "{status:?}");
    }
}

#[test]
fn h12_the_server_is_named_with_an_option() {
    let site = Site {
        server: b"sfserve",
        ..Site::default()
    };
    let head = Head::of(
        &Response::status(Status::NotFound),
        &site,
        Connection::Close,
    );
    assert_eq!(head.get("Server"), Some("sfserve"));
}

#[test]
fn h11_the_connection_is_told() {
    let connection = |connection| {
        let head = Head::of(&Response::status(Status::Ok), &Site::default(), connection);
        head.get("Connection").map(str::to_owned)
    };
    assert_eq!(connection(Connection::Persistent), None);
    assert_eq!(
        connection(Connection::KeepAlive).as_deref(),
        Some("keep-alive")
    );
    assert_eq!(connection(Connection::Close).as_deref(), Some("close"));
}

#[test]
fn h13_h17_a_file() {
    let head = plain(&Response::file(sent(Decision::Whole), b"text/css"));
    assert_eq!(head.line, "HTTP/1.1 200 OK");
    assert_eq!(head.get("Content-Length"), Some("1000"));
    assert_eq!(head.get("Content-Type"), Some("text/css; charset=utf-8"));
    assert_eq!(head.get("Last-Modified"), Some(DATE));
    assert_eq!(head.get("ETag"), Some(ETAG));
    assert_eq!(head.get("Accept-Ranges"), Some("bytes"));
    for none in [
        "Vary",
        "Content-Encoding",
        "Content-Range",
        "Cache-Control",
        "Location",
    ] {
        assert_eq!(head.get(none), None, "{none}");
    }
}

#[test]
fn h13_last_modified_is_never_later_than_date() {
    let of = |mtime| {
        let file = File { mtime, ..FILE };
        let head = plain(&Response::file(
            Sent {
                file,
                ..sent(Decision::Whole)
            },
            b"a/b",
        ));
        let [modified, etag] =
            ["Last-Modified", "ETag"].map(|name| head.get(name).map(str::to_owned));
        (modified, etag.map(|etag| etag.starts_with("W/")))
    };
    let now = Some("Sun, 09 Sep 2001 01:46:40 GMT".to_owned());
    assert_eq!(of(NOW), (now.clone(), Some(true)));
    assert_eq!(of(NOW + 1000), (now.clone(), Some(true)));
    assert_eq!(of(i64::MAX), (now, Some(true)));
    for nothing in [1, 0, -5, i64::MIN] {
        assert_eq!(of(nothing), (None, None), "{nothing}");
    }
}

#[test]
fn h15_parts_and_what_cannot_be_one() {
    let head = plain(&Response::file(
        sent(Decision::Part { first: 1, last: 9 }),
        b"a/b",
    ));
    assert_eq!(head.line, "HTTP/1.1 206 Partial Content");
    assert_eq!(head.get("Content-Range"), Some("bytes 1-9/1000"));
    assert_eq!(head.get("Content-Length"), Some("9"));
    assert_eq!(head.get("ETag"), Some(ETAG));
    let head = plain(&Response::file(sent(Decision::RangeNotSatisfiable), b"a/b"));
    assert_eq!(head.get("Content-Range"), Some("bytes */1000"));
    assert_eq!(head.get("Content-Type"), Some("text/html; charset=utf-8"));
    assert_eq!(
        head.get("Content-Length"),
        Some(&*Status::RangeNotSatisfiable.body_len().to_string())
    );
    assert_eq!(head.get("ETag"), None);
}

#[test]
fn h12_not_modified_has_what_changes_a_kept_response() {
    let site = Site {
        cache: Some(60),
        ..Site::default()
    };
    let response = Response::file(
        Sent {
            varies: true,
            ..sent(Decision::NotModified)
        },
        b"a/b",
    );
    let head = Head::of(&response, &site, Connection::Persistent);
    let names: Vec<&str> = head.fields.iter().map(|(name, _)| name.as_str()).collect();
    assert_eq!(
        names,
        [
            "Date",
            "X-Content-Type-Options",
            "Vary",
            "ETag",
            "Cache-Control"
        ]
    );
}

#[test]
fn h17_the_type_is_not_to_be_guessed() {
    for status in STATUSES {
        let head = plain(&Response::status(status));
        assert_eq!(head.get("X-Content-Type-Options"), Some("nosniff"));
    }
}

#[test]
fn h18_types() {
    let of = |name: &str| String::from_utf8(content_type(name.as_bytes(), &[]).to_vec()).unwrap();
    assert_eq!(of("index.html"), "text/html");
    assert_eq!(of("A.HTML"), "text/html");
    assert_eq!(of("a/b.c/style.css"), "text/css");
    assert_eq!(of("a.min.js"), "text/javascript");
    assert_eq!(of("a.mjs"), "text/javascript");
    assert_eq!(of("a.tar.gz"), "application/gzip");
    assert_eq!(of("a.svg"), "image/svg+xml");
    assert_eq!(of("a.woff2"), "font/woff2");
    assert_eq!(of("a.wasm"), "application/wasm");
    assert_eq!(of("a.7z"), "application/x-7z-compressed");
    for unknown in [
        "a",
        "",
        ".",
        "a.",
        "a.xyz",
        ".html",
        "a.html/b",
        "a.htm l",
        "a.html htm",
        "html",
        "a.b/c",
    ] {
        assert_eq!(of(unknown), "application/octet-stream", "{unknown}");
    }
}

#[test]
fn h18_text_is_utf_8_unless_said_otherwise() {
    let of = |content_type: &[u8]| {
        let head = plain(&Response::page(Status::Ok, content_type, 1));
        head.get("Content-Type").unwrap().to_owned()
    };
    assert_eq!(of(b"text/plain"), "text/plain; charset=utf-8");
    assert_eq!(
        of(b"text/plain;charset=latin1"),
        "text/plain;charset=latin1"
    );
    assert_eq!(of(b"image/png"), "image/png");
}

#[test]
fn h18_the_operators_types_come_first() {
    let rules = [
        TypeRule::parse(b".html=text/plain").unwrap(),
        TypeRule::parse(b".tar.gz=application/x-tgz; a=b").unwrap(),
    ];
    assert_eq!(content_type(b"a.HTML", &rules), b"text/plain");
    assert_eq!(content_type(b"a.htm", &rules), b"text/html");
    assert_eq!(
        content_type(b"x/a.tar.gz", &rules),
        b"application/x-tgz; a=b"
    );
    assert_eq!(content_type(b".html", &rules), b"application/octet-stream");
}

#[test]
fn h19_redirects_stay_on_this_host() {
    let to = |target: &str, path: &[u8]| {
        let head = format!("GET {target} HTTP/1.1\r\nHost: h\r\n\r\n");
        let request = request(head.as_bytes());
        let head = plain(&Response::redirect(path, &request));
        assert_eq!(head.line, "HTTP/1.1 301 Moved Permanently");
        head.get("Location").unwrap().to_owned()
    };
    assert_eq!(to("/a", b"a"), "/a/");
    assert_eq!(to("/a/b?x=1&y", b"a/b"), "/a/b/?x=1&y");
    assert_eq!(to("/a?", b"a"), "/a/?");
    assert_eq!(to("//evil.example", b"evil.example"), "/evil.example/");
    assert_eq!(to("/%5cevil", b"\\evil"), "/%5Cevil/");
    assert_eq!(to("/a", b"a b\r\nX: y\xff"), "/a%20b%0D%0AX%3A%20y%FF/");
    assert_eq!(to("/a?\u{e9}\"<>\\", b"a"), "/a/?%C3%A9%22%3C%3E%5C");
    assert_eq!(to("/", b""), "/");
}

#[test]
fn h7_allow_and_retry_after() {
    for status in STATUSES {
        let head = plain(&Response::status(status));
        let allow = matches!(status, Status::MethodNotAllowed | Status::NoContent);
        assert_eq!(
            head.get("Allow"),
            allow.then_some("GET, HEAD, OPTIONS"),
            "{status:?}"
        );
        let retry = status == Status::ServiceUnavailable;
        assert_eq!(head.get("Retry-After").is_some(), retry, "{status:?}");
    }
}

#[test]
fn h22_coded_files() {
    let of = |coding, varies| {
        let sent = Sent {
            coding,
            varies,
            ..sent(Decision::Whole)
        };
        plain(&Response::file(sent, b"text/html"))
    };
    let head = of(Coding::Gzip, true);
    assert_eq!(head.get("Content-Encoding"), Some("gzip"));
    assert_eq!(head.get("Vary"), Some("Accept-Encoding"));
    assert_eq!(head.get("ETag"), Some("\"2ebc98a1.5-3e8-gzip\""));
    let head = of(Coding::Identity, true);
    assert_eq!(head.get("Content-Encoding"), None);
    assert_eq!(head.get("Vary"), Some("Accept-Encoding"));
}

#[test]
fn h23_errors_repeat_nothing_of_the_request() {
    for status in STATUSES {
        let mut buffer = [0; 512];
        let len = status.write_body(&mut buffer).unwrap();
        assert_eq!(len as u64, status.body_len());
        let text = String::from_utf8(buffer[..len].to_vec()).unwrap();
        assert_eq!(text.is_empty(), status.is_empty());
        assert_eq!(
            text.matches(status.line()).count(),
            if text.is_empty() { 0 } else { 2 }
        );
        let short = status.write_body(&mut buffer[..len.saturating_sub(1)]);
        assert_eq!(short, text.is_empty().then_some(0));
    }
}

#[test]
fn h23_errnos() {
    for missing in [2, 20, 40, 36, 18] {
        assert_eq!(status_of(missing), Status::NotFound, "{missing}");
    }
    assert_eq!(status_of(13), Status::Forbidden);
    for busy in [24, 23, 12] {
        assert_eq!(status_of(busy), Status::ServiceUnavailable, "{busy}");
    }
    assert_eq!(status_of(5), Status::InternalServerError);
    assert_eq!(status_of(-1), Status::InternalServerError);
}

#[test]
fn a_head_that_does_not_fit_is_none() {
    let response = Response::file(sent(Decision::Whole), b"text/css");
    let site = Site::default();
    let mut buffer = [0; 2048];
    let len = response
        .write_head(&site, NOW, Connection::Close, &mut buffer)
        .unwrap();
    for short in 0..len {
        let head = response.write_head(&site, NOW, Connection::Close, &mut buffer[..short]);
        assert_eq!(head, None, "{short}");
    }
    let exact = response.write_head(&site, NOW, Connection::Close, &mut buffer[..len]);
    assert_eq!(exact, Some(len));
}
