//! The demo's file and a small page, served by `sfserve` in each way and fetched
//! by curl.

use super::{digest::Digest, size, source::Source};
use crate::{build::Built, scratch, setup::Need, table::table};
use anyhow::{Context, Result, bail, ensure};
use int80_support::{
    command::wait,
    ways::{Available, Way},
};
use std::{
    fmt::Write,
    fs,
    io::{BufRead, BufReader},
    path::Path,
    process::{Child, Command, Stdio},
    time::Duration,
};

const TOOL: &str = "sfserve";
const PAGE: &str = "<!DOCTYPE html>\n<title>int80</title>\n<p>Served by sendfile.\n";
const COLUMNS: [&str; 7] = [
    "tool",
    "architecture",
    "runner",
    "gate",
    "page",
    "bytes",
    "digest",
];
/// The longest that curl may take for the file.
const SECONDS: &str = "300";

/// The table of what was served, and whether all of it was right.
pub fn text(
    ways: &Available,
    built: &Built,
    source: &Source,
    folder: &Path,
    no_tcp: Option<&str>,
) -> Result<(String, bool)> {
    let can = match (no_tcp, which::which("curl")) {
        (Some(reason), _) => Err(reason.to_owned()),
        (None, Err(_)) => Err("there is no curl".to_owned()),
        (None, Ok(_)) => Ok(()),
    };
    let site = scratch::folder(folder, "site")?;
    fs::write(site.path().join("index.html"), PAGE)?;
    let file = site.path().join("file");
    // A link that leads out of the folder is not served, a second name is.
    if fs::hard_link(&source.path, &file).is_err() {
        fs::copy(&source.path, &file).context("copying the file")?;
    }
    let mut table = table(&COLUMNS, &[4, 5]);
    let (mut failures, mut skipped) = (Vec::new(), 0);
    for (way, state) in &ways.ways {
        let tool = match size(built, way.arch, TOOL) {
            Some(bytes) => format!("{TOOL} ({bytes})"),
            None => format!("{TOOL} (–)"),
        };
        let mut cells = vec![
            tool,
            way.arch.name().to_owned(),
            way.runner().to_owned(),
            way.gate.to_string(),
        ];
        let can: Need<()> = state.clone().and(can.clone());
        cells.extend(match can {
            Err(reason) => {
                skipped += 1;
                ["–".to_owned(), "–".to_owned(), format!("skipped: {reason}")]
            }
            Ok(()) => match served(way, &ways.dist, site.path(), source) {
                Ok(digest) => [
                    PAGE.len().to_string(),
                    digest.bytes.to_string(),
                    format!("{}… ok", digest.short()),
                ],
                Err(error) => {
                    failures.push(format!("FAILED: {TOOL}, {way}: {error:#}"));
                    ["–".to_owned(), "–".to_owned(), "FAILED".to_owned()]
                }
            },
        });
        table.add_row(cells);
    }
    let mut text = format!("{}\n", table.trim_fmt());
    for failure in &failures {
        let _ = writeln!(text, "{failure}");
    }
    let whole = ways.ways.len() - skipped - failures.len();
    let _ = writeln!(
        text,
        "Over HTTP {whole} rows arrived whole, {} failed, {skipped} skipped.",
        failures.len()
    );
    Ok((text, failures.is_empty()))
}

/// Runs a server, which ends with the value.
struct Server(Child);

impl Drop for Server {
    fn drop(&mut self) {
        // Its worker ends with it.
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

/// Fetches the page and the file; the file's digest.
fn served(way: &Way, dist: &Path, site: &Path, source: &Source) -> Result<Digest> {
    let mut command = way.command(dist, TOOL);
    command
        .args(way.gate_arguments())
        .args(["--listen", "127.0.0.1:0"])
        .arg(site)
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::null());
    let mut server = Server(command.spawn().context("starting it")?);
    let output = server.0.stdout.take().context("its output is piped")?;
    let mut line = String::new();
    BufReader::new(output).read_line(&mut line)?;
    let (_, url) = line
        .trim_end()
        .split_once(" at ")
        .with_context(|| format!("it says {line:?}"))?;
    let page = fetch(url)?;
    ensure!(
        page == Digest::of(PAGE.as_bytes())?,
        "the page is another one"
    );
    let file = fetch(&format!("{url}file"))?;
    ensure!(
        file == source.digest,
        "{} bytes of another file",
        file.bytes
    );
    let id = rustix::process::Pid::from_child(&server.0);
    rustix::process::kill_process(id, rustix::process::Signal::TERM)?;
    match wait(&mut server.0, Duration::from_secs(30))? {
        Some(status) if status.success() => Ok(file),
        Some(status) => bail!("it ended with {status}"),
        None => bail!("it does not end"),
    }
}

fn fetch(url: &str) -> Result<Digest> {
    let mut curl = Command::new("curl")
        .args(["--silent", "--show-error", "--fail", "--noproxy", "*"])
        .args(["--max-time", SECONDS, url])
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::inherit())
        .spawn()
        .context("starting curl")?;
    let output = curl.stdout.take().context("its output is piped")?;
    let digest = Digest::of(output)?;
    let status = curl.wait()?;
    ensure!(status.success(), "curl {url} ended with {status}");
    Ok(digest)
}
