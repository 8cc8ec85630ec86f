//! What sfprobe prints, read back: TAP version 13, as far as it uses it.

use anyhow::{Context, Result, bail, ensure};

/// What came of a check.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum State {
    Ok,
    /// The value of `seen` in its block.
    NotOk {
        seen: String,
    },
    Skipped(String),
}

/// One test line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    pub name: String,
    pub state: State,
    /// The lines of its block, without their indentation.
    pub block: Vec<String>,
}

/// Reads a whole report; an error where anything of it is missing.
pub fn parse(text: &str) -> Result<Vec<Line>> {
    let mut rest = text.lines();
    ensure!(
        rest.next() == Some("TAP version 13"),
        "the version line is missing"
    );
    let plan = rest.next().and_then(|plan| plan.strip_prefix("1.."));
    let plan: usize = plan.context("the plan is missing")?.parse()?;
    let mut lines: Vec<Line> = Vec::new();
    while let Some(line) = rest.next() {
        if line.starts_with('#') {
            continue;
        }
        if line == "  ---" {
            let block = rest.by_ref().take_while(|line| *line != "  ...");
            let block: Vec<String> = block.map(|line| line.trim().to_owned()).collect();
            let last = lines.last_mut().context("a block without a test")?;
            if let State::NotOk { seen } = &mut last.state {
                *seen = value(&block, "seen").context("a failure without what was seen")?;
            }
            last.block = block;
            continue;
        }
        lines.push(test(line, lines.len() + 1)?);
    }
    ensure!(
        lines.len() == plan,
        "{plan} tests are planned, {} came",
        lines.len()
    );
    Ok(lines)
}

/// The value of a key in a block.
pub fn value(block: &[String], key: &str) -> Option<String> {
    let found = block
        .iter()
        .find_map(|line| line.strip_prefix(key)?.strip_prefix(": "))?;
    Some(found.trim_matches('"').to_owned())
}

fn test(line: &str, number: usize) -> Result<Line> {
    let (ok, rest) = match line.strip_prefix("not ") {
        Some(rest) => (false, rest),
        None => (true, line),
    };
    let start = format!("ok {number} - ");
    let Some(rest) = rest.strip_prefix(&start) else {
        bail!("this is not test {number}: {line}");
    };
    let (name, rest) = rest
        .split_once(' ')
        .context("a test without a description")?;
    let state = match rest.split_once(" # SKIP ") {
        Some((_, reason)) => State::Skipped(reason.to_owned()),
        None if ok => State::Ok,
        None => State::NotOk {
            seen: String::new(),
        },
    };
    Ok(Line {
        name: name.to_owned(),
        state,
        block: Vec::new(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_report_is_read_whole_or_not_at_all() {
        let text = "TAP version 13\n1..3\nok 1 - a (P0.1): x\n  ---\n  seen: \"y\"\n  ...\n\
                    not ok 2 - b (P0.2): x\n  ---\n  seen: -5\n  ...\nok 3 - c (P0.3): x # SKIP why\n# end\n";
        let lines = parse(text).unwrap();
        assert_eq!(lines[0].state, State::Ok);
        assert_eq!(
            lines[1].state,
            State::NotOk {
                seen: "-5".to_owned()
            }
        );
        assert_eq!(lines[2].state, State::Skipped("why".to_owned()));
        for cut in ["1..3\n", "ok 3 - c (P0.3): x # SKIP why\n", "  seen: -5\n"] {
            assert!(parse(&text.replace(cut, "")).is_err(), "{cut}");
        }
    }
}
