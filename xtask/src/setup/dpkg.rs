//! What dpkg knows.

use int80_support::command::{capture, output};
use std::{cmp::Ordering, process::Command};

/// The version of a package that is completely installed.
pub fn installed(package: &str) -> Option<String> {
    let mut query = Command::new("dpkg-query");
    query.args(["-W", "-f", "${db:Status-Abbrev}|${Version}\n", package]);
    let text = output(&mut query, "asking for an installed package").ok()?;
    let line = text.lines().find(|line| line.starts_with("ii"))?;
    Some(line.split_once('|')?.1.to_owned())
}

/// dpkg's own order of versions.
pub fn compare(a: &str, b: &str) -> Ordering {
    let holds = |relation: &str| {
        let mut dpkg = Command::new("dpkg");
        dpkg.args(["--compare-versions", a, relation, b]);
        capture(&mut dpkg, "comparing versions").is_ok_and(|result| result.status.success())
    };
    if holds("lt") {
        Ordering::Less
    } else if holds("gt") {
        Ordering::Greater
    } else {
        Ordering::Equal
    }
}
