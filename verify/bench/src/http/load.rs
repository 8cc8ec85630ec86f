//! One run of wrk, and what it says.

use anyhow::{Context, Result, bail};
use int80_support::command::output;
use std::process::Command;

/// What came of one run.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Load {
    pub requests: u64,
    pub seconds: f64,
    /// Responses that were no success, and connections that failed.
    pub errors: u64,
}

/// How a server is asked.
#[derive(Clone, Copy, Debug)]
pub struct Client {
    pub core: usize,
    pub connections: u32,
    pub keep_alive: bool,
}

impl Client {
    pub fn run(&self, url: &str) -> Result<Load> {
        let mut command = Command::new("taskset");
        command
            .args(["--cpu-list", &self.core.to_string()])
            .args(["wrk", "--threads", "1"])
            .args(["--connections", &self.connections.to_string()])
            .args(["--duration", "1s"]);
        if !self.keep_alive {
            command.args(["--header", "Connection: close"]);
        }
        let text = output(command.arg(url), "the load")?;
        parse(&text).with_context(|| format!("wrk says otherwise than expected:\n{text}"))
    }
}

/// Reads `  4127 requests in 2.10s, 4.97MB read` and the lines of errors.
fn parse(text: &str) -> Result<Load> {
    let mut load = None;
    let mut errors = 0;
    for line in text.lines().map(str::trim) {
        if let Some((requests, rest)) = line.split_once(" requests in ") {
            let time = rest.split(',').next().unwrap_or_default();
            load = Some((requests.parse()?, seconds(time)?));
        } else if let Some(counts) = line.strip_prefix("Socket errors: ") {
            // A connection that the server closes as it was asked to is counted
            // as a read that failed.
            let counts = counts
                .split(", ")
                .filter(|count| !count.starts_with("read "));
            for count in counts {
                errors += count
                    .rsplit(' ')
                    .next()
                    .unwrap_or_default()
                    .parse::<u64>()?;
            }
        } else if let Some(count) = line.strip_prefix("Non-2xx or 3xx responses: ") {
            errors += count.parse::<u64>()?;
        }
    }
    match load {
        Some((requests, seconds)) => Ok(Load {
            requests,
            seconds,
            errors,
        }),
        None => bail!("no line of requests"),
    }
}

/// Reads `2.10s`, `500.00ms` or `1.50m`.
fn seconds(text: &str) -> Result<f64> {
    let units = [
        ("ms", 0.001),
        ("us", 0.000_001),
        ("s", 1.0),
        ("m", 60.0),
        ("h", 3600.0),
    ];
    let found = units
        .iter()
        .find_map(|(unit, factor)| Some((text.strip_suffix(unit)?, factor)));
    let (number, factor) = found.with_context(|| format!("no time: {text}"))?;
    Ok(number.parse::<f64>()? * factor)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_wrk_says_is_read() {
        let text = "Running 2s test @ http://127.0.0.1:80/\n  1 threads and 8 connections\n  \
            Thread Stats   Avg      Stdev     Max   +/- Stdev\n    Latency   1.2ms\n  \
            4127 requests in 2.10s, 4.97MB read\n  \
            Socket errors: connect 1, read 4127, write 2, timeout 3\n  \
            Non-2xx or 3xx responses: 7\nRequests/sec:   1965.24\n";
        let load = Load {
            requests: 4127,
            seconds: 2.1,
            errors: 13,
        };
        assert_eq!(parse(text).unwrap(), load);
        assert!(parse("unable to connect").is_err());
        assert_eq!(seconds("1.50m").unwrap(), 90.0);
        assert_eq!(seconds("500.00ms").unwrap(), 0.5);
        assert!(seconds("5").is_err());
    }
}
