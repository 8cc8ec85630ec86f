//! H.12 to H.18: fields, validators, conditions, ranges, types.

use std::{
    fs,
    time::{Duration, SystemTime},
};

use libtest_mimic::Failed;

use crate::{
    Row,
    client::{ask, get, same},
    server::{Place, Server, age},
};

type Result = std::result::Result<(), Failed>;

pub const ROWS: &[Row] = &[
    ("H.12 fields of every response", every),
    ("H.13 Last-Modified and ETag", validators),
    ("H.14 conditions", conditions),
    ("H.15 one range", range),
    ("H.15 an empty file", empty),
    ("H.16 several ranges", ranges),
    ("H.17 Accept-Ranges and nosniff", accept_ranges),
    ("H.18 types", types),
];

fn set_time(server: &Server, name: &str, time: SystemTime) -> Result {
    let file = fs::File::options().write(true).open(server.path(name))?;
    Ok(file.set_modified(time)?)
}

fn validators(place: &Place) -> Result {
    let server = place.serve(&[])?;
    let old = get(&server, "/a.txt")?;
    let etag = old.field("ETag").ok_or("no ETag")?;
    same(
        "strong",
        (etag.starts_with('"'), etag.ends_with('"')),
        (true, true),
    )?;
    old.field("Last-Modified").ok_or("no Last-Modified")?;
    // The name and the inode are no part of it.
    fs::copy(server.path("a.txt"), server.path("copy"))?;
    let time = fs::metadata(server.path("a.txt"))?.modified()?;
    set_time(&server, "copy", time)?;
    same("a copy", get(&server, "/copy")?.field("ETag"), Some(etag))?;
    fs::write(server.path("a.txt"), "other")?;
    place.outwait();
    // Young now, however long that took.
    set_time(&server, "a.txt", SystemTime::now())?;
    let new = get(&server, "/a.txt")?;
    let other = new.field("ETag").ok_or("no ETag")?;
    same("young", other.starts_with("W/\""), true)?;
    // A time to come is not later than Date.
    let hour = Duration::from_secs(3600);
    set_time(&server, "a.txt", SystemTime::now() + hour)?;
    place.outwait();
    let future = get(&server, "/a.txt")?;
    same(
        "to come",
        future.field("Last-Modified"),
        future.field("Date"),
    )?;
    for seconds in [0, 1] {
        set_time(
            &server,
            "a.txt",
            SystemTime::UNIX_EPOCH + Duration::from_secs(seconds),
        )?;
        place.outwait();
        let response = get(&server, "/a.txt")?;
        same("no time", response.field("ETag"), None)?;
        same("no time", response.field("Last-Modified"), None)?;
    }
    let far = Duration::from_secs(300_000_000_000);
    if set_time(&server, "a.txt", SystemTime::UNIX_EPOCH + far).is_ok() {
        same("the year 11476", get(&server, "/a.txt")?.status, 200)?;
    }
    Ok(())
}

fn conditions(place: &Place) -> Result {
    let server = place.serve(&[])?;
    let response = get(&server, "/a.txt")?;
    let etag = response.field("ETag").ok_or("no ETag")?;
    let date = response.field("Last-Modified").ok_or("no Last-Modified")?;
    let before = "Sun, 06 Nov 1994 08:49:37 GMT";
    for (fields, status) in [
        (format!("If-None-Match: {etag}"), 304),
        (format!("If-None-Match: W/{etag}"), 304),
        (format!("If-None-Match: \"x\", {etag}"), 304),
        ("If-None-Match: *".to_owned(), 304),
        ("If-None-Match: \"x\"".to_owned(), 200),
        (format!("If-Match: {etag}"), 200),
        (format!("If-Match: W/{etag}"), 412),
        ("If-Match: *".to_owned(), 200),
        ("If-Match: \"x\"".to_owned(), 412),
        (format!("If-Modified-Since: {date}"), 304),
        (
            "If-Modified-Since: Fri, 01 Jan 2100 00:00:00 GMT".to_owned(),
            304,
        ),
        (format!("If-Modified-Since: {before}"), 200),
        (
            "If-Modified-Since: Sunday, 06-Nov-94 08:49:37 GMT".to_owned(),
            200,
        ),
        (
            "If-Modified-Since: Sun Nov  6 08:49:37 1994".to_owned(),
            200,
        ),
        ("If-Modified-Since: yesterday".to_owned(), 200),
        (format!("If-Unmodified-Since: {before}"), 412),
        (format!("If-Unmodified-Since: {date}"), 200),
        (
            format!("If-None-Match: \"x\"\r\nIf-Modified-Since: {date}"),
            200,
        ),
        (
            format!("If-Match: {etag}\r\nIf-Unmodified-Since: {before}"),
            200,
        ),
        (format!("Range: bytes=1-2\r\nIf-Range: {etag}"), 206),
        (format!("Range: bytes=1-2\r\nIf-Range: W/{etag}"), 200),
        ("Range: bytes=1-2\r\nIf-Range: \"x\"".to_owned(), 200),
        (format!("Range: bytes=1-2\r\nIf-Range: {date}"), 206),
        (format!("Range: bytes=1-2\r\nIf-Range: {before}"), 200),
        (format!("Range: bytes=1-2\r\nIf-None-Match: {etag}"), 304),
    ] {
        let response = ask(&server, "GET /a.txt", &format!("{fields}\r\n"))?;
        same(&fields, response.status, status)?;
        if status == 304 {
            same(&fields, response.field("ETag"), Some(etag))?;
        }
    }
    Ok(())
}

fn range(place: &Place) -> Result {
    let server = place.serve(&[])?;
    let huge = "bytes=0-18446744073709551616";
    let wrapped = "bytes=18446744073709551617-";
    for (range, wanted) in [
        ("bytes=0-0", Some(("0-0", "0"))),
        ("bytes=2-5", Some(("2-5", "2345"))),
        ("BYTES=2-5", Some(("2-5", "2345"))),
        ("bytes=8-", Some(("8-9", "89"))),
        ("bytes=-3", Some(("7-9", "789"))),
        ("bytes=-300", Some(("0-9", "0123456789"))),
        ("bytes=5-100", Some(("5-9", "56789"))),
        (huge, Some(("0-9", "0123456789"))),
        ("bytes=5-4", None),
        ("bytes=x-4", None),
        ("bytes=-", None),
        ("lines=1-2", None),
    ] {
        let response = ask(&server, "GET /a.txt", &format!("Range: {range}\r\n"))?;
        let seen = response.field("Content-Range").map(str::to_owned);
        match wanted {
            Some((part, bytes)) => {
                same(range, response.status, 206)?;
                same(range, seen, Some(format!("bytes {part}/10")))?;
                same(range, response.body, bytes.as_bytes().to_vec())?;
            }
            None => same(range, (response.status, seen), (200, None))?,
        }
    }
    for range in ["bytes=10-", "bytes=10-20", "bytes=-0", wrapped] {
        let response = ask(&server, "GET /a.txt", &format!("Range: {range}\r\n"))?;
        same(range, response.status, 416)?;
        same(range, response.field("Content-Range"), Some("bytes */10"))?;
    }
    // Of what a socket does not take at once.
    let big = crate::server::big();
    let response = ask(&server, "GET /big", "Range: bytes=1000001-8000000\r\n")?;
    same("big", response.body == big[1_000_001..=8_000_000], true)?;
    let head = ask(&server, "HEAD /a.txt", "Range: bytes=1-2\r\n")?;
    same("HEAD", head.status, 200)
}

fn empty(place: &Place) -> Result {
    let server = place.serve(&[])?;
    let status = |range: &str| ask(&server, "GET /empty", range).map(|response| response.status);
    same("whole", status("")?, 200)?;
    same("0-", status("Range: bytes=0-\r\n")?, 416)?;
    same("-1", status("Range: bytes=-1\r\n")?, 200)
}

fn ranges(place: &Place) -> Result {
    let server = place.serve(&[])?;
    let response = ask(&server, "GET /a.txt", "Range: bytes=0-1,3-4\r\n")?;
    same("two", (response.status, response.body.len()), (200, 10))?;
    let many = format!("Range: bytes={}\r\n", "0-,".repeat(1000));
    same("many", ask(&server, "GET /a.txt", &many)?.status, 200)
}

fn accept_ranges(place: &Place) -> Result {
    let server = place.serve(&[])?;
    let response = get(&server, "/a.txt")?;
    same("file", response.field("Accept-Ranges"), Some("bytes"))?;
    same(
        "file",
        response.field("X-Content-Type-Options"),
        Some("nosniff"),
    )
}

fn types(place: &Place) -> Result {
    let server = place.serve(&["--type", ".foo=text/x-foo", "--type=.html=text/mine"])?;
    for (name, wanted) in [
        ("x.css", "text/css; charset=utf-8"),
        ("x.JS", "text/javascript; charset=utf-8"),
        ("x.Png", "image/png"),
        ("x.mp4", "video/mp4"),
        ("x.wasm", "application/wasm"),
        ("x.unknown", "application/octet-stream"),
        ("x", "application/octet-stream"),
        ("x.foo", "text/x-foo; charset=utf-8"),
        ("x.html", "text/mine; charset=utf-8"),
    ] {
        fs::write(server.path(name), "x")?;
        let path = format!("/{name}");
        same(
            name,
            get(&server, &path)?.field("Content-Type"),
            Some(wanted),
        )?;
    }
    age(&server.path("x"), 10)
}

fn every(place: &Place) -> Result {
    let server = place.serve(&[])?;
    for (line, fields) in [
        ("GET /", ""),
        ("GET /missing", ""),
        ("GET /sub", ""),
        ("OPTIONS *", ""),
        ("POST /", ""),
        ("GET /a.txt", "If-None-Match: *\r\n"),
        ("GET /../", ""),
    ] {
        let response = ask(&server, line, fields)?;
        let date = response.field("Date").ok_or("no Date")?;
        same(line, (date.len(), date.ends_with(" GMT")), (29, true))?;
        same(line, response.field("Server"), None)?;
        same(line, response.field("Transfer-Encoding"), None)?;
        same(
            line,
            response.field("X-Content-Type-Options"),
            Some("nosniff"),
        )?;
    }
    let server = place.serve(&["--header", "Server: mine"])?;
    same("Server", get(&server, "/")?.field("Server"), Some("mine"))
}
