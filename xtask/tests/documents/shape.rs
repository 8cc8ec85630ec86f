//! The documentation of each function that makes a system call: results, errors,
//! numbers and manual page, under headings of the same names.

use crate::{read, root};
use std::{fs, path::PathBuf};

/// The files with a function for each call.
fn sources() -> Vec<PathBuf> {
    let source = root().join("src");
    let entries = fs::read_dir(source.join("sys")).expect("src/sys");
    let mut all: Vec<PathBuf> = entries
        .map(|entry| entry.expect("an entry").path())
        .collect();
    all.extend(["sendfile.rs", "raw.rs", "bsd.rs", "bsd/raw.rs"].map(|name| source.join(name)));
    all
}

/// A public function: its documentation, its name and what it returns.
struct Function {
    doc: String,
    name: String,
    result: String,
}

fn functions(source: &str) -> Vec<Function> {
    let (mut doc, mut all) = (String::new(), Vec::new());
    let mut lines = source.lines();
    while let Some(line) = lines.next() {
        let text = line.trim_start();
        if let Some(rest) = text.strip_prefix("///") {
            doc += rest.trim_start();
            doc.push('\n');
        } else if let Some(signature) = signature(text, &mut lines) {
            let name = signature.split(['<', '(']).next().unwrap_or_default();
            let (_, result) = signature.rsplit_once("->").unwrap_or(("", "()"));
            all.push(Function {
                doc: std::mem::take(&mut doc),
                name: name.to_owned(),
                result: result.trim().trim_end_matches('{').trim().to_owned(),
            });
        } else if !text.starts_with("#[") {
            doc.clear();
        }
    }
    all
}

/// From the name to the brace, where a public function begins in this line.
fn signature<'a>(line: &'a str, rest: &mut impl Iterator<Item = &'a str>) -> Option<String> {
    let line = line.strip_prefix("pub ")?;
    let line = line.strip_prefix("const ").unwrap_or(line);
    let line = line.strip_prefix("unsafe ").unwrap_or(line);
    let mut signature = line.strip_prefix("fn ")?.to_owned();
    while !signature.contains('{') {
        signature += rest.next()?.trim();
    }
    Some(signature)
}

/// The headings that a function of this result must have.
fn headings(result: &str) -> Vec<&'static str> {
    let mut all = vec!["# Platform\n", "# References\n"];
    if result.contains("Result") || result.contains("isize") {
        all.push("# Errors\n");
    }
    if !result.starts_with("Result<()") && result != "()" && result != "!" {
        all.push("# Returns\n");
    }
    all
}

#[test]
fn each_call_says_what_it_returns_and_where_it_is_described() {
    let (mut calls, mut wrong) = (0, Vec::new());
    for path in sources() {
        for Function { doc, name, result } in functions(&read(&path)) {
            // A call's first line is the call as in C.
            let first = doc.lines().next().unwrap_or_default();
            if !first.starts_with('`') || !first.contains('(') {
                continue;
            }
            calls += 1;
            for heading in headings(&result) {
                if !doc.contains(heading) {
                    let heading = heading.trim();
                    wrong.push(format!("{}: {name}: {heading}", path.display()));
                }
            }
        }
    }
    assert!(calls > 60, "{calls} calls are found");
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn functions_are_found_with_their_documentation() {
    let source = "/// `a(b)`: c.\n///\n/// # Errors\n#[inline]\npub unsafe fn a<G>(\n    b: u8,\n) -> Result<(), E> {\n\
                  let x = 1;\n}\n/// no\n\npub fn d() {\n";
    let found = functions(source);
    assert_eq!(
        (found[0].name.as_str(), found[0].result.as_str()),
        ("a", "Result<(), E>")
    );
    assert!(found[0].doc.contains("# Errors\n"));
    assert_eq!((found[1].name.as_str(), found[1].doc.as_str()), ("d", ""));
}
