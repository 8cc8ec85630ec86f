//! The operator's fields and values in responses (U.3).

use super::response::{Head, STATUSES, plain, sent};
use int80_serve::{Connection, Decision, Response, Sent, Site, Status, options::Field};

#[test]
fn u3_the_operators_fields_replace_ours() {
    let fields = [
        "content-type: a/b",
        "CACHE-CONTROL: no-cache",
        "Server: x",
        "X-A: 1",
        "X-A: 2",
        "Vary: Origin",
        "x-content-type-options: other",
    ]
    .map(|text| Field::parse(text.as_bytes()).unwrap());
    let site = Site {
        server: b"ours",
        cache: Some(1),
        cors: true,
        fields: &fields,
    };
    let file = Response::file(
        Sent {
            varies: true,
            ..sent(Decision::Whole)
        },
        b"text/css",
    );
    let head = Head::of(&file, &site, Connection::Close);
    assert_eq!(head.get("Content-Type"), Some("a/b"));
    assert_eq!(head.get("Cache-Control"), Some("no-cache"));
    assert_eq!(head.get("Server"), Some("x"));
    assert_eq!(head.get("X-Content-Type-Options"), Some("other"));
    assert_eq!(head.get("Vary"), Some("Origin, Accept-Encoding"));
    let own = head.fields.iter().filter(|(name, _)| name == "X-A").count();
    assert_eq!(own, 2);
    // What is said of files is not said of an error, which would be kept as long.
    let head = Head::of(
        &Response::status(Status::NotFound),
        &site,
        Connection::Close,
    );
    assert_eq!(head.get("Cache-Control"), None);
    assert_eq!(head.get("Content-Type"), Some("text/html; charset=utf-8"));
    assert_eq!(head.get("Server"), Some("x"));
}

#[test]
fn u3_vary_names_each_field_once() {
    for (given, expected) in [
        ("Accept-Encoding", "Accept-Encoding"),
        ("a, accept-encoding", "a, accept-encoding"),
        ("*", "*"),
        ("a", "a, Accept-Encoding"),
    ] {
        let text = format!("Vary: {given}");
        let fields = [Field::parse(text.as_bytes()).unwrap()];
        let site = Site {
            fields: &fields,
            ..Site::default()
        };
        let file = Response::file(
            Sent {
                varies: true,
                ..sent(Decision::Whole)
            },
            b"a/b",
        );
        assert_eq!(
            Head::of(&file, &site, Connection::Close).get("Vary"),
            Some(expected)
        );
    }
}

#[test]
fn u3_cors() {
    let site = Site {
        cors: true,
        ..Site::default()
    };
    for status in STATUSES {
        let head = Head::of(&Response::status(status), &site, Connection::Close);
        assert_eq!(head.get("Access-Control-Allow-Origin"), Some("*"));
        let preflight = head.get("Access-Control-Allow-Methods").is_some();
        assert_eq!(preflight, status == Status::NoContent, "{status:?}");
    }
    let head = plain(&Response::status(Status::NoContent));
    assert_eq!(head.get("Access-Control-Allow-Origin"), None);
}

#[test]
fn u3_cache() {
    let site = Site {
        cache: Some(3600),
        ..Site::default()
    };
    let cache = |response: &Response<'_>| {
        let head = Head::of(response, &site, Connection::Close);
        head.get("Cache-Control").map(str::to_owned)
    };
    let kept = Some("max-age=3600".to_owned());
    assert_eq!(cache(&Response::file(sent(Decision::Whole), b"a/b")), kept);
    assert_eq!(
        cache(&Response::file(sent(Decision::NotModified), b"a/b")),
        kept
    );
    assert_eq!(
        cache(&Response::file(sent(Decision::PreconditionFailed), b"a/b")),
        None
    );
    assert_eq!(cache(&Response::status(Status::NotFound)), None);
}
