//! Programs that people fetch files with: curl, wget, aria2c, Python.

use std::{
    fs,
    path::Path,
    process::{Command, Output, Stdio},
};

use int80_support::command::capture;
use libtest_mimic::Failed;

use crate::{
    Row,
    client::same,
    server::{Place, Server, big},
};

pub const ROWS: &[Row] = &[
    ("curl: a file, and what is left of it", curl_continues),
    ("curl: many files over one connection", curl_persists),
    ("curl: conditions by date and by tag", curl_conditions),
    ("curl: a coded file is decoded", curl_decodes),
    ("curl: a folder without a slash is followed", curl_redirects),
    ("curl: a body is refused", curl_posts),
    ("wget: a copy of the whole site", wget_mirrors),
    ("wget: only what is newer", wget_newer),
    ("aria2c: a file in segments", aria2c_segments),
    ("python: requests on one connection", python_persists),
];

/// Runs a client, or skips where it is missing; `None` after a skip.
fn client(place: &Place, program: &str, arguments: &[&str]) -> Result<Option<Output>, Failed> {
    if which::which(program).is_err() {
        place.skip(&format!("{program} is not installed"))?;
        return Ok(None);
    }
    let mut command = Command::new(program);
    // A server that hangs fails the test.
    let limits: &[&str] = match program {
        "curl" => &["-q", "--max-time", "60"],
        "wget" => &["--timeout=60", "--tries=1"],
        "aria2c" => &["--timeout=60", "--max-tries=1"],
        _ => &[],
    };
    command.args(limits).args(arguments).stdin(Stdio::null());
    // No proxy between the two, and no file of the person's own.
    for name in ["http_proxy", "HTTP_PROXY", "all_proxy", "ALL_PROXY"] {
        command.env_remove(name);
    }
    command.env("no_proxy", "*").env("HOME", "/nonexistent");
    Ok(Some(capture(&mut command, "a client of the server")?))
}

/// The standard output of a client that succeeds.
fn output(place: &Place, program: &str, arguments: &[&str]) -> Result<Option<Vec<u8>>, Failed> {
    let Some(output) = client(place, program, arguments)? else {
        return Ok(None);
    };
    if !output.status.success() {
        let errors = String::from_utf8_lossy(&output.stderr).into_owned();
        return Err(format!("{program} {arguments:?}: {}\n{errors}", output.status).into());
    }
    Ok(Some(output.stdout))
}

fn url(server: &Server, path: &str) -> String {
    format!("http://{}{path}", server.address)
}

fn text(path: &Path) -> &str {
    path.to_str().expect("temporary folders have plain names")
}

/// Compares files without printing nine megabytes.
fn same_file(path: &Path, wanted: &[u8]) -> Result<(), Failed> {
    let found = fs::read(path)?;
    same(text(path), found.len(), wanted.len())?;
    match found == wanted {
        true => Ok(()),
        false => Err(format!("{} has other bytes", path.display()).into()),
    }
}

fn curl_continues(place: &Place) -> Result<(), Failed> {
    let server = place.serve(&[])?;
    let folder = tempfile::tempdir()?;
    let copy = folder.path().join("copy");
    fs::write(&copy, &big()[..1_000_001])?;
    let address = url(&server, "/big");
    let arguments = ["-sSf", "-C", "-", "-o", text(&copy), &address];
    if output(place, "curl", &arguments)?.is_none() {
        return Ok(());
    }
    same_file(&copy, big())?;
    let range = output(
        place,
        "curl",
        &["-sSf", "-r", "2-4", &url(&server, "/a.txt")],
    )?;
    same("a range", range.as_deref(), Some(b"234"))
}

fn curl_persists(place: &Place) -> Result<(), Failed> {
    let server = place.serve(&[])?;
    let address = url(&server, "/a.txt");
    let mut arguments = vec!["-sSf", "-w", "|%{num_connects}"];
    arguments.extend([&*address; 20]);
    let Some(found) = output(place, "curl", &arguments)? else {
        return Ok(());
    };
    let wanted = format!("0123456789|1{}", "0123456789|0".repeat(19));
    same("20 files", String::from_utf8_lossy(&found), wanted.into())
}

fn curl_conditions(place: &Place) -> Result<(), Failed> {
    let server = place.serve(&[])?;
    let folder = tempfile::tempdir()?;
    let [copy, tag] = ["copy", "tag"].map(|name| folder.path().join(name));
    let address = url(&server, "/a.txt");
    let code = ["-sSf", "-w", "%{http_code}", "-R", "-o", text(&copy)];
    let of = |more: &[&str]| output(place, "curl", &[&code, more, &[&*address]].concat());
    // Older versions know no tags.
    let Some(first) = of(&["--etag-save", text(&tag)])? else {
        return Ok(());
    };
    same("the first", &*first, b"200")?;
    let second = of(&["--etag-compare", text(&tag)])?;
    same("the same tag", second.as_deref(), Some(b"304"))?;
    let third = of(&["-z", text(&copy)])?;
    same("the same date", third.as_deref(), Some(b"304"))
}

fn curl_decodes(place: &Place) -> Result<(), Failed> {
    let server = place.serve(&[])?;
    // "hello\n", as gzip 1.12 writes it with -n.
    let coded = b"\x1f\x8b\x08\0\0\0\0\0\0\x03\xcbH\xcd\xc9\xc9\xe7\x02\0 0:6\x06\0\0\0";
    fs::write(server.folder.path().join("h.txt"), "hello\n")?;
    fs::write(server.folder.path().join("h.txt.gz"), coded)?;
    let address = url(&server, "/h.txt");
    let arguments = ["-sSf", "--compressed", "-w", "%{size_download}", &address];
    let Some(found) = output(place, "curl", &arguments)? else {
        return Ok(());
    };
    let wanted = format!("hello\n{}", coded.len());
    same(
        "what is decoded",
        String::from_utf8_lossy(&found),
        wanted.into(),
    )
}

fn curl_redirects(place: &Place) -> Result<(), Failed> {
    let server = place.serve(&[])?;
    let address = url(&server, "/sub?x=1");
    let arguments = ["-sSfL", "-w", "|%{url_effective}", &address];
    let Some(found) = output(place, "curl", &arguments)? else {
        return Ok(());
    };
    let wanted = format!("sub|{}", url(&server, "/sub/?x=1"));
    same(
        "after the redirect",
        String::from_utf8_lossy(&found),
        wanted.into(),
    )
}

fn curl_posts(place: &Place) -> Result<(), Failed> {
    let server = place.serve(&[])?;
    let folder = tempfile::tempdir()?;
    let body = folder.path().join("body");
    // More than a socket takes: the answer comes before the end of the body.
    fs::write(&body, big())?;
    let data = format!("@{}", text(&body));
    let address = url(&server, "/a.txt");
    let codes = ["-s", "-o", text(&body), "-w", "%{http_code}"];
    for expect in ["Expect: 100-continue", "Expect:"] {
        let more = ["-H", expect, "--data-binary", &data, &address];
        let Some(found) = client(place, "curl", &[&codes[..], &more].concat())? else {
            return Ok(());
        };
        same(expect, &*found.stdout, b"405")?;
        fs::write(&body, big())?;
    }
    Ok(())
}

fn wget_mirrors(place: &Place) -> Result<(), Failed> {
    let server = place.serve(&["--list", "--index", "none.html"])?;
    let folder = tempfile::tempdir()?;
    let address = url(&server, "/");
    let arguments = [
        "-q",
        "-r",
        "-np",
        "-nH",
        "-P",
        text(folder.path()),
        &address,
    ];
    if output(place, "wget", &arguments)?.is_none() {
        return Ok(());
    }
    for name in [
        "a.txt",
        "a b+c%.txt",
        "sub/deep/b",
        "none/c.css",
        "empty",
        "big",
    ] {
        let wanted = fs::read(server.folder.path().join(name))?;
        same_file(&folder.path().join(name), &wanted)?;
    }
    same("a dot file", folder.path().join(".env").exists(), false)
}

fn wget_newer(place: &Place) -> Result<(), Failed> {
    let server = place.serve(&["--log"])?;
    let folder = tempfile::tempdir()?;
    let address = url(&server, "/a.txt");
    let arguments = ["-nv", "-N", "-P", text(folder.path()), &address];
    for _ in 0..2 {
        if output(place, "wget", &arguments)?.is_none() {
            return Ok(());
        }
    }
    same_file(&folder.path().join("a.txt"), b"0123456789")?;
    let modified = |path: &Path| -> Result<_, Failed> { Ok(fs::metadata(path)?.modified()?) };
    let original = modified(&server.folder.path().join("a.txt"))?;
    let seconds = |time: std::time::SystemTime| {
        let since = time.duration_since(std::time::UNIX_EPOCH);
        since.map(|since| since.as_secs()).unwrap_or(0)
    };
    let copy = modified(&folder.path().join("a.txt"))?;
    same("the date", seconds(copy), seconds(original))
}

fn aria2c_segments(place: &Place) -> Result<(), Failed> {
    let server = place.serve(&[])?;
    let folder = tempfile::tempdir()?;
    let address = url(&server, "/big");
    let arguments = [
        "--quiet",
        "--split=8",
        "--max-connection-per-server=8",
        "--min-split-size=1M",
        "--file-allocation=none",
        "--dir",
        text(folder.path()),
        "--out=copy",
        &address,
    ];
    if output(place, "aria2c", &arguments)?.is_none() {
        return Ok(());
    }
    same_file(&folder.path().join("copy"), big())
}

/// Requests of all kinds on one connection, which must last to the end.
const PYTHON: &str = "
import http.client, sys
c = http.client.HTTPConnection(sys.argv[1], timeout=60)
c.connect()
first = c.sock
def ask(method, path, **fields):
    c.request(method, path, headers={k.replace('_', '-'): v for k, v in fields.items()})
    r = c.getresponse()
    body = r.read()
    assert c.sock is first, (method, path, 'another connection')
    return r.status, r.headers, body
for _ in range(50):
    s, h, b = ask('GET', '/a.txt')
    assert (s, b) == (200, b'0123456789'), (s, b)
    s, _, b = ask('GET', '/a.txt', If_None_Match=h['ETag'])
    assert (s, b) == (304, b''), (s, b)
    s, h, b = ask('GET', '/a.txt', Range='bytes=-3')
    assert (s, b, h['Content-Range']) == (206, b'789', 'bytes 7-9/10'), (s, b)
    s, h, b = ask('HEAD', '/big')
    assert (s, b, h['Content-Length']) == (200, b'', sys.argv[2]), (s, b)
    s, _, b = ask('GET', '/missing')
    assert s == 404 and b, (s, b)
    s, _, b = ask('OPTIONS', '*')
    assert (s, b) == (204, b''), (s, b)
print('ok', end='')
";

fn python_persists(place: &Place) -> Result<(), Failed> {
    let server = place.serve(&[])?;
    let [address, length] = [server.address.to_string(), big().len().to_string()];
    match output(place, "python3", &["-I", "-c", PYTHON, &address, &length])? {
        Some(found) => same("what it says", &*found, b"ok"),
        None => Ok(()),
    }
}
