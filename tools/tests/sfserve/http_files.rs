//! H.19 to H.25: folders, codings, errors, the ends of connections.

use std::{fs, os::unix::fs::PermissionsExt, time::Duration};

use libtest_mimic::Failed;

use crate::{
    Row,
    client::{Client, ask, get, once, same},
    server::{Place, age, site, until},
};

type Result = std::result::Result<(), Failed>;

pub const ROWS: &[Row] = &[
    ("H.19 folders", folders),
    ("H.19 a folder whose names cannot be read", unreadable),
    ("H.20 the listing", listing),
    ("H.20 a large listing", large_listing),
    ("H.21 a slash after a file", slash),
    ("H.22 coded files", coded),
    ("H.23 pages of errors", errors),
    ("H.23 an error page of the operator's", error_page),
    ("H.23 fields of the operator's", operator),
    ("H.24 408 for a part of a request alone", timeouts),
    ("H.24 the limit of connections", full),
    ("H.24 other protocols", protocols),
    ("H.25 an error is seen, not a reset", lingering),
];

fn folders(place: &Place) -> Result {
    let server = place.serve(&[])?;
    fs::create_dir(server.path("a b"))?;
    for (path, location) in [
        ("/sub", "/sub/"),
        ("/sub?x=1", "/sub/?x=1"),
        ("//sub", "/sub/"),
        ("///sub/deep", "/sub/deep/"),
        ("/a%20b", "/a%20b/"),
    ] {
        let response = get(&server, path)?;
        same(path, response.status, 301)?;
        same(path, response.field("Location"), Some(location))?;
    }
    same("index", get(&server, "/sub/")?.body, b"sub".to_vec())?;
    same("none", get(&server, "/none/")?.status, 404)?;
    let server = place.serve(&["--index", "c.css"])?;
    same("--index", get(&server, "/none/")?.body, b"css".to_vec())
}

/// The names are no one's business, the files are: what is asked for is served.
fn unreadable(place: &Place) -> Result {
    let folder = site()?;
    let modes = [
        ("", 0o311),
        ("sub", 0o311),
        ("none", 0o311),
        ("sub/deep", 0o000),
        ("a.txt", 0o000),
    ];
    let server = match rustix::process::getuid().is_root() {
        // Root can read everything.
        true => place.serve_folder(folder, &["--list", "--user=65534:65534"])?,
        false => place.serve_folder(folder, &["--list"])?,
    };
    for (name, mode) in modes {
        fs::set_permissions(server.path(name), fs::Permissions::from_mode(mode))?;
    }
    let seen = [
        ("/", 200),
        ("/sub", 301),
        ("/sub/", 200),
        ("/sub/index.html", 200),
        ("/none", 301),
        ("/none/c.css", 200),
        ("/none/", 403),
        ("/none/x", 404),
        ("/sub/deep/", 403),
        ("/sub/deep/b", 403),
        ("/a.txt", 403),
        ("/a.txt/", 404),
    ]
    .map(|(path, status)| (path, get(&server, path).map(|seen| seen.status), status));
    // The folder is to be removed.
    for (name, _) in modes {
        fs::set_permissions(server.path(name), fs::Permissions::from_mode(0o755))?;
    }
    seen.into_iter()
        .try_for_each(|(path, seen, status)| same(path, seen?, status))
}

fn listing(place: &Place) -> Result {
    let server = place.serve(&["--list"])?;
    for name in ["z.txt", "<b>&\"'.txt", "a%41", "\u{e9}", ".hidden"] {
        fs::write(server.path(&format!("none/{name}")), "x")?;
    }
    fs::create_dir(server.path("none/folder"))?;
    fs::create_dir(server.path("none/another"))?;
    std::os::unix::fs::symlink("/etc/passwd", server.path("none/out"))?;
    let response = get(&server, "/none/")?;
    same("status", response.status, 200)?;
    same(
        "type",
        response.field("Content-Type"),
        Some("text/html; charset=utf-8"),
    )?;
    let page = String::from_utf8(response.body)?;
    for part in [
        "<!DOCTYPE html>",
        "href=\"%3Cb%3E%26%22%27.txt\"",
        "&lt;b&gt;&amp;",
        "href=\"a%2541\"",
        "href=\"%C3%A9\"",
        "color-scheme",
        "width=device-width",
        "href=\"../\"",
    ] {
        same(part, page.contains(part), true)?;
    }
    for part in ["<script", "<b>&", ".hidden", "out", "<a href=\"./\""] {
        same(part, page.contains(part), false)?;
    }
    let names = ["another/", "folder/", "a%2541", "c.css", "z.txt"];
    let places = names.map(|name| page.find(&format!("href=\"{name}\"")));
    same(
        "order",
        places.is_sorted() && places.iter().all(Option::is_some),
        true,
    )?;
    let head = ask(&server, "HEAD /none/", "")?;
    same(
        "HEAD",
        head.field("Content-Length"),
        Some(&*page.len().to_string()),
    )?;
    // An index goes first.
    same("index", get(&server, "/sub/")?.body, b"sub".to_vec())
}

fn large_listing(place: &Place) -> Result {
    let server = place.serve(&["--list"])?;
    let mut wanted: Vec<String> = (0..1000)
        .map(|at| format!("file-{:05}", at * 7919 % 10_007))
        .collect();
    for name in &wanted {
        fs::write(server.path(&format!("none/{name}")), "")?;
    }
    let page = String::from_utf8(get(&server, "/none/")?.body)?;
    let seen: Vec<&str> = page
        .split("href=\"")
        .filter_map(|part| part.split_once('"').map(|(name, _)| name))
        .filter(|name| name.starts_with("file-"))
        .collect();
    wanted.sort();
    same("names", seen, wanted.iter().map(String::as_str).collect())?;
    same("others", page.contains("and others"), false)?;
    // More than there is room for.
    let long = "x".repeat(240);
    for at in 0..1100 {
        fs::write(server.path(&format!("none/{long}{at}")), "")?;
    }
    let page = String::from_utf8(get(&server, "/none/")?.body)?;
    same("others", page.contains("and others"), true)
}

fn slash(place: &Place) -> Result {
    let server = place.serve(&[])?;
    for path in ["/a.txt/", "/a.txt/x", "/a.txt/.."] {
        let wanted = if path.ends_with("..") { 200 } else { 404 };
        same(path, get(&server, path)?.status, wanted)?;
    }
    Ok(())
}

fn coded(place: &Place) -> Result {
    let server = place.serve(&[])?;
    fs::write(server.path("x.js"), "plain")?;
    age(&server.path("x.js"), 100)?;
    for ending in ["br", "zst", "gz"] {
        fs::write(server.path(&format!("x.js.{ending}")), ending)?;
    }
    let mut etags = Vec::new();
    for (accepted, body, coding) in [
        ("gzip", "gz", Some("gzip")),
        ("br", "br", Some("br")),
        ("zstd", "zst", Some("zstd")),
        ("gzip, deflate, br, zstd", "br", Some("br")),
        ("gzip;q=1, br;q=0.5", "gz", Some("gzip")),
        ("br;q=0, gzip", "gz", Some("gzip")),
        ("*", "br", Some("br")),
        ("deflate", "plain", None),
        ("gzip;q=0", "plain", None),
        ("identity", "plain", None),
    ] {
        let fields = format!("Accept-Encoding: {accepted}\r\n");
        let response = ask(&server, "GET /x.js", &fields)?;
        same(accepted, response.field("Content-Encoding"), coding)?;
        same(accepted, response.field("Vary"), Some("Accept-Encoding"))?;
        let javascript = Some("text/javascript; charset=utf-8");
        same(accepted, response.field("Content-Type"), javascript)?;
        etags.push((
            coding,
            response.field("ETag").unwrap_or_default().to_owned(),
        ));
        same(accepted, response.body, body.as_bytes().to_vec())?;
    }
    for (coding, etag) in &etags {
        let alike = etags
            .iter()
            .all(|(other, tag)| (other == coding) == (tag == etag));
        same("an ETag for each coding", alike, true)?;
    }
    same(
        "none asked for",
        get(&server, "/x.js")?.body,
        b"plain".to_vec(),
    )?;
    // One that is older than the file is not believed.
    age(&server.path("x.js.br"), 1000)?;
    place.outwait();
    let response = ask(&server, "GET /x.js", "Accept-Encoding: br\r\n")?;
    same("older", response.body, b"plain".to_vec())
}

fn errors(place: &Place) -> Result {
    let server = place.serve(&[])?;
    std::os::unix::fs::symlink("loop", server.path("loop"))?;
    std::os::unix::fs::symlink("/etc/passwd", server.path("out"))?;
    let long = format!("/{}", "x".repeat(300));
    let deep = "/x".repeat(2500);
    for path in ["/missing", "/loop", "/out", "/a.txt/b", &long, &deep] {
        let response = get(&server, path)?;
        same(path, response.status, 404)?;
        let page = String::from_utf8(response.body)?;
        same(path, page.contains("404 Not Found"), true)?;
        same(
            path,
            page.contains("missing") || page.contains("passwd"),
            false,
        )?;
    }
    fs::set_permissions(server.path("a.txt"), fs::Permissions::from_mode(0o000))?;
    if rustix::process::getuid().is_root() {
        return place.skip("403: root can read everything");
    }
    same("403", get(&server, "/a.txt")?.status, 403)
}

fn error_page(place: &Place) -> Result {
    let server = place.serve(&[])?;
    fs::write(server.path("404.html"), "mine")?;
    let response = get(&server, "/missing")?;
    same(
        "/404.html",
        (response.status, response.body),
        (404, b"mine".to_vec()),
    )?;
    let head = ask(&server, "HEAD /missing", "")?;
    same("HEAD", head.field("Content-Length"), Some("4"))?;
    let server = place.serve(&["--error-page", "404=sub/index.html"])?;
    let response = get(&server, "/missing")?;
    same(
        "--error-page",
        (response.status, response.body),
        (404, b"sub".to_vec()),
    )
}

fn operator(place: &Place) -> Result {
    let server = place.serve(&[
        "--header",
        "Cache-Control: no-store",
        "--header",
        "X-A: b",
        "--cache",
        "60",
    ])?;
    let response = get(&server, "/a.txt")?;
    same(
        "replaced",
        response.field("Cache-Control"),
        Some("no-store"),
    )?;
    same("added", response.field("X-A"), Some("b"))?;
    same(
        "on errors",
        get(&server, "/missing")?.field("X-A"),
        Some("b"),
    )
}

fn timeouts(place: &Place) -> Result {
    let server = place.serve(&["--timeout", "1"])?;
    let mut silent = Client::new(&server)?;
    let mut begun = Client::new(&server)?;
    begun.send("GET / HTTP/1.1\r\nHost:")?;
    let mut lines = Client::new(&server)?;
    lines.send("\r\n\r\n")?;
    let mut after = Client::new(&server)?;
    after.send("GET /a.txt HTTP/1.1\r\nHost: h\r\n\r\n")?;
    after.response(false)?;
    let mut head = Client::new(&server)?;
    head.send("\r\nHEAD / HTTP/1.1\r\nHo")?;
    silent.closed()?;
    lines.closed()?;
    after.closed()?;
    same("408", begun.response(false)?.status, 408)?;
    begun.closed()?;
    same("408 to HEAD", head.response(true)?.status, 408)?;
    head.closed()
}

fn full(place: &Place) -> Result {
    let server = place.serve(&["--connections", "3"])?;
    let mut clients = Vec::new();
    for _ in 0..3 {
        let mut client = Client::new(&server)?;
        client.send("GET /a.txt HTTP/1.1\r\nHost: h\r\n\r\n")?;
        client.response(false)?;
        clients.push(client);
    }
    // The second is now the one that has been idle longest.
    let mut first = clients.remove(0);
    first.send("GET /a.txt HTTP/1.1\r\nHost: h\r\n\r\n")?;
    first
        .response(false)
        .map_err(|e| format!("first again: {e:?}"))?;
    same("a fourth", get(&server, "/a.txt")?.status, 200)?;
    clients.remove(0).closed()?;
    for client in [&mut first, &mut clients[0]] {
        client.send("GET /a.txt HTTP/1.1\r\nHost: h\r\n\r\n")?;
        client.response(false).map_err(|e| format!("kept: {e:?}"))?;
    }
    drop((first, clients));
    std::thread::sleep(Duration::from_millis(200));
    // None is idle: a further one waits until one is free.
    let mut busy = Vec::new();
    for _ in 0..3 {
        let mut client = Client::new(&server)?;
        client.send("GET /big HTTP/1.1\r\nHost: h\r\n\r\nG")?;
        client.stream.peek(&mut [0])?;
        busy.push(client);
    }
    let mut waits = Client::new(&server)?;
    waits.send("GET /a.txt HTTP/1.1\r\nHost: h\r\n\r\n")?;
    waits.silent(Duration::from_millis(300))?;
    same("big", busy.remove(0).response(false)?.body.len(), 9_000_000)?;
    drop(busy);
    same("free again", waits.response(false)?.status, 200)
}

fn protocols(place: &Place) -> Result {
    let server = place.serve(&[])?;
    let hello = b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03";
    same("TLS", once(&server, hello)?.status, 400)?;
    let preface = "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n";
    same("HTTP/2", once(&server, preface)?.status, 505)?;
    let upgrade = "Upgrade: h2c\r\nConnection: Upgrade\r\n";
    let mut client = Client::new(&server)?;
    client.send(format!("GET /a.txt HTTP/1.1\r\nHost: h\r\n{upgrade}\r\n"))?;
    same("Upgrade", client.response(false)?.status, 200)
}

fn lingering(place: &Place) -> Result {
    let server = place.serve(&[])?;
    for _ in 0..20 {
        let mut client = Client::new(&server)?;
        client.send("POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 3000000\r\n\r\n")?;
        // The client goes on sending after the answer is there.
        let piece = [b'x'; 1000];
        for _ in 0..3000 {
            client.send(piece)?;
        }
        same("405", client.response(false)?.status, 405)?;
        client.closed()?;
    }
    until("all are gone", || get(&server, "/").is_ok())
}
