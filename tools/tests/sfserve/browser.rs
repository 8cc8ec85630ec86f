//! Chromium without a screen: a page with all that pages have, and the listing.

use std::{
    fs,
    io::{BufRead, BufReader},
    os::unix::process::CommandExt,
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
    sync::mpsc,
    thread,
    time::Duration,
};

use int80_support::program;
use libtest_mimic::Failed;
use rustix::process::{Pid, Signal, kill_process_group};

use crate::{
    Row,
    client::same,
    server::{LIMIT, Place, Server, age},
};

type Result<T = ()> = std::result::Result<T, Failed>;

pub const ROWS: &[Row] = &[
    ("chromium: a page, its parts, and a seek", page),
    ("chromium: the listing", listing),
];

/// Says what it saw in the query of a last request.
const PAGE: &str = r#"<!doctype html><html lang=en><meta charset=utf-8><title>page</title>
<link rel=stylesheet href=style.css>
<body>text<img id=image src=image.png alt="">
<video id=video src=sound.wav preload=metadata muted></video>
<script>
addEventListener('load', async () => {
  const seen = [getComputedStyle(document.body).color, 'image ' + image.naturalWidth];
  if (location.search == '?font') {
    await document.fonts.load('16px face').catch(() => {});
    seen.push('font ' + document.fonts.check('16px face'));
  }
  if (video.readyState < 1) await new Promise(go => video.onloadedmetadata = go);
  seen.push('seconds ' + video.duration);
  const sought = new Promise(go => video.onseeked = go);
  video.currentTime = 900;
  await sought;
  seen.push('at ' + video.currentTime);
  fetch('/seen?' + encodeURIComponent(seen.join(', ')));
});
</script>
"#;

const STYLE: &str = "@font-face { font-family: face; src: url(font.ttf) }
body { color: rgb(1, 2, 3); font-family: face }\n";

/// Two pixels by two.
const IMAGE: &[u8] =
    b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x02\0\0\0\x02\x08\x02\0\0\0\xfd\xd4\x9as\0\
\0\0\x11IDATx\x9cc\xf8\xcf\xc0\0D`\xe2?\x03\0\x1d\xf0\x03\xfd\xa03\x09\x89\0\0\
\0\0IEND\xaeB`\x82";

/// A thousand seconds of silence: more than a browser takes before it is asked to
/// seek.
fn sound() -> Vec<u8> {
    let (rate, seconds) = (16_000_u32, 1000);
    let length = rate * seconds;
    let mut bytes = Vec::new();
    bytes.extend(b"RIFF");
    bytes.extend((36 + length).to_le_bytes());
    bytes.extend(b"WAVEfmt \x10\0\0\0\x01\0\x01\0");
    bytes.extend(rate.to_le_bytes());
    bytes.extend(rate.to_le_bytes());
    bytes.extend(b"\x01\0\x08\0data");
    bytes.extend(length.to_le_bytes());
    bytes.resize(bytes.len() + length as usize, 0x80);
    bytes
}

/// A font of this machine's.
fn font() -> Option<PathBuf> {
    let mut folders = vec![PathBuf::from("/usr/share/fonts")];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).ok()?.flatten() {
            let path = entry.path();
            if path.extension().is_some_and(|ending| ending == "ttf") {
                return Some(path);
            }
            if path.is_dir() {
                folders.push(path);
            }
        }
    }
    None
}

/// A browser, which is ended with the value, and all of its processes.
struct Browser(Child);

impl Drop for Browser {
    fn drop(&mut self) {
        let _ = kill_process_group(Pid::from_child(&self.0), Signal::KILL);
        let _ = self.0.wait();
    }
}

/// The command; its files are in `folder`.
fn command(program: &Path, folder: &Path) -> Command {
    let mut command = Command::new(program);
    // Its own sandbox takes user namespaces, and it refuses root without this.
    command.args([
        "--headless",
        "--no-sandbox",
        "--disable-gpu",
        "--no-proxy-server",
    ]);
    command.args([
        "--disable-dev-shm-usage",
        "--no-first-run",
        "--hide-scrollbars",
    ]);
    command.arg(format!("--user-data-dir={}", folder.display()));
    command.env("HOME", folder).process_group(0);
    command
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null());
    command
}

/// The lines of the log, as they are written.
fn logged(server: &mut Child) -> Result<mpsc::Receiver<String>> {
    let errors = server.stderr.take().ok_or("no standard error")?;
    let (sender, lines) = mpsc::channel();
    thread::spawn(move || {
        for line in BufReader::new(errors)
            .lines()
            .map_while(std::result::Result::ok)
        {
            let _ = sender.send(line);
        }
    });
    Ok(lines)
}

/// The status and the request line without its version, of lines up to that of
/// `/seen`.
fn requests(lines: &mpsc::Receiver<String>) -> Result<Vec<(String, String)>> {
    let mut requests: Vec<(String, String)> = Vec::new();
    loop {
        let line = lines
            .recv_timeout(LIMIT)
            .map_err(|_| format!("the page does not come to its end: {requests:?}"))?;
        let mut parts = line.split('"');
        let (_, request, rest) = (parts.next(), parts.next(), parts.next());
        let (Some(request), Some(rest)) = (request, rest) else {
            continue; // A warning.
        };
        let request = request.trim_end_matches(" HTTP/1.1").to_owned();
        let status = rest.trim().split(' ').next().unwrap_or_default().to_owned();
        let is_last = request.starts_with("GET /seen?");
        requests.push((status, request));
        if is_last {
            return Ok(requests);
        }
    }
}

fn page(place: &Place) -> Result {
    let browser = match program::browser() {
        Ok(browser) => browser,
        Err(reason) => return place.skip(&reason),
    };
    let folder = tempfile::tempdir()?;
    let at = |name: &str| folder.path().join(name);
    fs::write(at("page.html"), PAGE)?;
    fs::write(at("style.css"), STYLE)?;
    fs::write(at("image.png"), IMAGE)?;
    fs::write(at("sound.wav"), sound())?;
    let font = font().filter(|font| fs::copy(font, at("font.ttf")).is_ok());
    for name in ["page.html", "style.css", "image.png", "sound.wav"] {
        age(&at(name), 1000)?;
    }
    let mut serve = place.command();
    serve
        .args(["--listen=127.0.0.1:0", "--log"])
        .arg(folder.path());
    serve
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .process_group(0);
    let mut child = serve.spawn()?;
    let lines = logged(&mut child)?;
    let server = Server::of_said(child, folder)?;
    let query = if font.is_some() { "?font" } else { "" };
    let profile = tempfile::tempdir()?;
    let url = format!("http://{}/page.html{query}", server.address);
    let running = Browser(command(&browser, profile.path()).arg(url).spawn()?);
    let requests = requests(&lines)?;
    drop(running);
    let font = if font.is_some() { ", font true" } else { "" };
    let seen = format!("rgb(1, 2, 3), image 2{font}, seconds 1000, at 900");
    let (_, last) = requests.last().ok_or("no request")?;
    same("seen", percent_decoded(last), format!("GET /seen?{seen}"))?;
    let has = |status: &str, name: &str| {
        let wanted = (status.to_owned(), format!("GET /{name}"));
        requests
            .iter()
            .filter(|request| **request == wanted)
            .count()
    };
    same("style", has("200", "style.css"), 1)?;
    same("image", has("200", "image.png"), 1)?;
    // One at the beginning, and at least one for the seek.
    same("ranges", has("206", "sound.wav") >= 2, true)?;
    same("whole sounds", has("200", "sound.wav"), 0)
}

fn percent_decoded(text: &str) -> String {
    let mut decoded = String::new();
    let mut parts = text.split('%');
    decoded.push_str(parts.next().unwrap_or_default());
    for part in parts {
        let byte = part
            .get(..2)
            .and_then(|two| u8::from_str_radix(two, 16).ok());
        decoded.extend(byte.map(char::from));
        decoded.push_str(part.get(2..).unwrap_or_default());
    }
    decoded
}

/// With INT80_PICTURES=FOLDER the pictures are kept there.
fn listing(place: &Place) -> Result {
    let browser = match program::browser() {
        Ok(browser) => browser,
        Err(reason) => return place.skip(&reason),
    };
    let folder = tempfile::tempdir()?;
    let at = |name: &str| folder.path().join(name);
    for name in ["photos", "talks", "videos"] {
        fs::create_dir(at(name))?;
        age(&at(name), 86_400 * 40)?;
    }
    for (name, size, days) in [
        ("README.txt", 2_311, 3),
        ("disk.img", 734_003_200, 120),
        ("kernel-6.12.tar.xz", 147_906_904, 380),
        ("notes & drafts.md", 18_204, 1),
        ("système.pdf", 1_048_576, 25),
    ] {
        fs::File::create(at(name))?.set_len(size)?;
        age(&at(name), 86_400 * days)?;
    }
    let server = place.serve_folder(folder, &["--list"])?;
    let pictures = tempfile::tempdir()?;
    let mut sizes = Vec::new();
    for (name, scheme) in [("listing-light.png", "1"), ("listing-dark.png", "0")] {
        let picture = pictures.path().join(name);
        let profile = tempfile::tempdir()?;
        let mut take = command(&browser, profile.path());
        take.arg(format!("--screenshot={}", picture.display()));
        take.arg(format!("--blink-settings=preferredColorScheme={scheme}"));
        take.args(["--window-size=640,400", "--force-device-scale-factor=1"]);
        let mut running = Browser(take.arg(format!("http://{}/", server.address)).spawn()?);
        let ended = int80_support::command::wait(&mut running.0, Duration::from_secs(60))?;
        same(
            "the browser",
            ended.is_some_and(|status| status.success()),
            true,
        )?;
        let bytes = fs::read(&picture)?;
        same("a picture", bytes.starts_with(b"\x89PNG"), true)?;
        sizes.push(bytes.len());
        if let Some(kept) = std::env::var_os("INT80_PICTURES") {
            fs::copy(&picture, Path::new(&kept).join(name))?;
        }
    }
    // Names in a table are more than a page of one colour.
    same(
        "what is in them",
        sizes.iter().all(|size| *size > 5_000),
        true,
    )
}
