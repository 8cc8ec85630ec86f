//! Relative links of the Markdown documents: the file exists, and so does the
//! heading.

use crate::{read, root};
use int80_support::skip;
use std::{
    fs,
    path::{Path, PathBuf},
};

/// Documents that a command writes, and which a checkout may not have yet.
const GENERATED: [(&str, &str); 2] = [
    ("docs/performance.md", "cargo xtask bench"),
    ("docs/kernels.md", "cargo xtask kernels"),
];

/// The documents at the top and in `docs/`.
fn documents() -> Vec<PathBuf> {
    let folders = [root(), root().join("docs")];
    let entries = folders.iter().flat_map(|folder| {
        fs::read_dir(folder)
            .expect("a folder")
            .map(|entry| entry.expect("an entry").path())
    });
    let mut all: Vec<PathBuf> = entries
        .filter(|path| path.extension().is_some_and(|ending| ending == "md"))
        .collect();
    all.sort();
    all
}

#[test]
fn every_relative_link_leads_somewhere() {
    let documents = documents();
    assert!(documents.len() > 10, "{documents:?}");
    let mut links = 0;
    let mut wrong = Vec::new();
    for document in &documents {
        for link in targets(&read(document)) {
            links += 1;
            if let Err(why) = follow(document, &link) {
                wrong.push(format!("{}: {link}: {why}", document.display()));
            }
        }
    }
    assert!(links > 30, "{links} links are found");
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn what_a_command_writes_is_there() {
    for (path, command) in GENERATED {
        if !root().join(path).exists() {
            let name = format!("documents::links::{path}");
            skip::say(&name, &format!("`{command}` has not written it yet"));
        }
    }
}

/// Every document of the book is in its index.
#[test]
fn the_index_has_every_chapter() {
    let index = read(&root().join("docs/README.md"));
    let targets = targets(&index);
    for document in documents() {
        let name = document
            .file_name()
            .and_then(|name| name.to_str())
            .expect("plain text");
        let in_docs = document.parent() == Some(&root().join("docs"));
        if in_docs && name != "README.md" {
            assert!(
                targets.iter().any(|target| target == name),
                "{name} is not in docs/README.md"
            );
        }
    }
}

/// The recipes name files; one that has moved is found here.
#[test]
fn the_paths_that_contributors_are_sent_to_exist() {
    let text = read(&root().join("CONTRIBUTING.md"));
    let spans = text.split('`').skip(1).step_by(2);
    let is_path = |span: &&str| span.contains('/') && !span.contains(' ') && !span.contains("NAME");
    let paths: Vec<&str> = spans.filter(is_path).collect();
    assert!(paths.len() > 25, "{paths:?}");
    for path in paths {
        let is_generated = GENERATED.iter().any(|(name, _)| *name == path);
        assert!(is_generated || root().join(path).exists(), "{path}");
    }
}

/// The targets of links and pictures that are no addresses, outside of code.
fn targets(text: &str) -> Vec<String> {
    let mut all = Vec::new();
    for line in outside_of_code(text) {
        for (start, end) in [("](", ')'), ("src=\"", '"'), ("srcset=\"", '"')] {
            let parts = line.split(start).skip(1);
            all.extend(parts.filter_map(|rest| Some(rest.split_once(end)?.0.to_owned())));
        }
    }
    all.retain(|target| !target.contains("://") && !target.starts_with("mailto:"));
    all
}

/// The lines of a document without blocks and spans of code.
fn outside_of_code(text: &str) -> Vec<String> {
    let mut lines = Vec::new();
    let mut in_block = false;
    for line in text.lines() {
        if line.trim_start().starts_with("```") {
            in_block = !in_block;
        } else if !in_block {
            // Every other part is between backquotes.
            lines.push(line.split('`').step_by(2).collect::<Vec<_>>().join("`"));
        }
    }
    lines
}

fn follow(document: &Path, link: &str) -> Result<(), String> {
    let (file, anchor) = link.split_once('#').unwrap_or((link, ""));
    let target = match file {
        "" => document.to_owned(),
        _ => document.parent().expect("a folder").join(file),
    };
    if !target.exists() {
        let is_generated = GENERATED
            .iter()
            .any(|(path, _)| target.file_name() == Path::new(path).file_name());
        return match is_generated {
            true => Ok(()),
            false => Err("there is no such file".to_owned()),
        };
    }
    if anchor.is_empty() {
        return Ok(());
    }
    let anchors = anchors(&read(&target));
    match anchors.iter().any(|one| one == anchor) {
        true => Ok(()),
        false => Err(format!("the headings are {anchors:?}")),
    }
}

/// The anchors that GitHub gives to the headings.
fn anchors(text: &str) -> Vec<String> {
    let mut in_block = false;
    let headings = text.lines().filter(|line| {
        in_block ^= line.trim_start().starts_with("```");
        !in_block && line.starts_with('#')
    });
    headings
        .map(|line| {
            let title = line.trim_start_matches('#').trim().to_lowercase();
            let kept = title
                .chars()
                .filter(|c| c.is_alphanumeric() || " -_".contains(*c));
            kept.map(|c| if c == ' ' { '-' } else { c }).collect()
        })
        .collect()
}

#[test]
fn links_are_found_and_followed() {
    let text = "# A `b`, c!\n[x](y.md) `[no](code.md)` [z](#a-b-c)\n```\n[no](block.md)\n# no\n```\n\
                <img src=\"p.svg\"> [w](https://example.org)\n";
    assert_eq!(targets(text), ["y.md", "#a-b-c", "p.svg"]);
    assert_eq!(anchors(text), ["a-b-c"]);
    let readme = root().join("README.md");
    assert!(follow(&readme, "docs/faults.md").is_ok());
    assert!(follow(&readme, "docs/no-such.md").is_err());
    assert!(follow(&readme, "docs/faults.md#no-such-heading").is_err());
}
