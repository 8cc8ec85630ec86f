//! The manual pages beside the tools' help and the header, in both directions.

use crate::{read, root};
use int80_support::{command::capture, skip};
use std::{collections::BTreeSet, fs, process::Command};
use xtask::dist::{completions::HELPS, man_pages, options::parse};

/// What one line of a list of options is: the option, and whether it has a value.
type Flags = BTreeSet<(String, bool)>;

fn page(name: &str) -> String {
    read(&root().join("man").join(name))
}

fn listed(page: &str) -> Flags {
    let items = page.lines().filter_map(|line| line.strip_prefix(".It Fl "));
    items
        .map(|item| {
            let name = item.split(' ').next().expect("a name");
            (format!("-{name}"), item.contains(" Ar "))
        })
        .collect()
}

#[test]
fn each_page_has_the_options_of_the_help_and_no_other() {
    for (tool, help) in HELPS {
        let options = parse(help).into_iter();
        let of_help: Flags = options
            .map(|option| (option.name, option.value.is_some()))
            .collect();
        assert!(of_help.len() > 4, "{tool}: {of_help:?}");
        assert_eq!(
            listed(&page(&format!("{tool}.1"))),
            of_help,
            "man/{tool}.1 and --help"
        );
    }
}

/// Each program has a page, and each page a program.
#[test]
fn each_tool_has_a_page() {
    let mut tools: Vec<String> = xtask::build::TOOLS
        .iter()
        .map(|tool| format!("{tool}.1"))
        .collect();
    tools.sort();
    let pages = man_pages(&root().join("man")).expect("the pages");
    let mut of_tools = pages;
    of_tools.retain(|page| page.ends_with(".1"));
    assert_eq!(of_tools, tools);
    // Those without a help have no options.
    for tool in xtask::build::TOOLS {
        let has_help = HELPS.iter().any(|(name, _)| *name == tool);
        let source = root().join("tools/src").join(tool).join("help.txt");
        assert_eq!(has_help, source.exists(), "{tool}");
        assert!(has_help || listed(&page(&format!("{tool}.1"))).is_empty());
    }
}

/// The functions of a page's synopsis, as C declares them.
fn prototypes(page: &str) -> Vec<(String, String)> {
    let synopsis = page.split(".Sh SYNOPSIS\n").nth(1).expect("a synopsis");
    let synopsis = synopsis.split(".Sh ").next().unwrap_or_default();
    let (mut result, mut name, mut arguments) = (String::new(), String::new(), Vec::new());
    let mut all = Vec::new();
    for line in synopsis.lines() {
        let (macro_, rest) = line.split_once(' ').unwrap_or((line, ""));
        match macro_ {
            ".Ft" => result = rest.trim_matches('"').to_owned(),
            ".Fo" => name = rest.to_owned(),
            ".Fa" => arguments.push(rest.trim_matches('"').to_owned()),
            ".Fn" => {
                let (called, rest) = rest.split_once(' ').expect("a name and arguments");
                name = called.to_owned();
                let quoted = rest.split('"').filter(|part| !part.trim().is_empty());
                arguments = quoted.map(str::to_owned).collect();
            }
            _ => {}
        }
        if matches!(macro_, ".Fn" | ".Fc") {
            let list = std::mem::take(&mut arguments).join(", ");
            all.push((name.clone(), format!("{result} {name}({list});")));
        }
    }
    all
}

fn all_prototypes() -> Vec<(String, String)> {
    let pages = man_pages(&root().join("man")).expect("the pages");
    let of_functions = pages.iter().filter(|page| page.ends_with(".3"));
    of_functions
        .flat_map(|name| prototypes(&page(name)))
        .collect()
}

/// The functions that the header declares: a name, and `(` directly after it,
/// outside of comments.
fn declared() -> BTreeSet<String> {
    let header = read(&root().join("capi/include/int80.h"));
    let parts = header.split("/*");
    let code: String = parts
        .map(|part| part.split_once("*/").map_or(part, |(_, code)| code))
        .collect();
    let mut names = BTreeSet::new();
    for (at, _) in code.match_indices("int80_") {
        let name: String = code[at..]
            .chars()
            .take_while(|c| c.is_ascii_alphanumeric() || *c == '_')
            .collect();
        if code[at + name.len()..].starts_with('(') {
            names.insert(name);
        }
    }
    names
}

#[test]
fn the_pages_have_the_functions_of_the_header_and_no_other() {
    let of_pages: BTreeSet<String> = all_prototypes().into_iter().map(|(name, _)| name).collect();
    assert!(of_pages.len() > 25, "{of_pages:?}");
    assert_eq!(of_pages, declared(), "man/*.3 and int80.h");
    // Each is found by its name, too.
    for page_name in man_pages(&root().join("man")).expect("the pages") {
        let page = page(&page_name);
        if page_name.ends_with(".3") {
            let named: BTreeSet<&str> = page
                .split(".Sh LIBRARY")
                .next()
                .unwrap_or_default()
                .lines()
                .filter_map(|line| line.strip_prefix(".Nm "))
                .map(|name| name.trim_end_matches(" ,"))
                .collect();
            let shown = prototypes(&page);
            assert_eq!(
                named,
                shown.iter().map(|(name, _)| &**name).collect(),
                "{page_name}"
            );
        }
    }
}

/// A second declaration with other types is an error of the compiler's.
#[test]
fn the_prototypes_are_those_of_the_header() {
    skip::or_say("documents::manual::prototypes", || {
        if which::which("cc").is_err() {
            skip::here("cc is not installed".to_owned());
        }
        let folder = tempfile::tempdir().expect("a folder");
        let source = folder.path().join("a.c");
        let lines: Vec<String> = all_prototypes().into_iter().map(|(_, line)| line).collect();
        fs::write(
            &source,
            format!("#include <int80.h>\n{}\n", lines.join("\n")),
        )
        .expect("a file");
        let mut command = Command::new("cc");
        command
            .args([
                "-std=c99",
                "-Wall",
                "-Wextra",
                "-Werror",
                "-fsyntax-only",
                "-I",
            ])
            .arg(root().join("capi/include"))
            .arg(&source);
        let output = capture(&mut command, "compiling").expect("cc starts");
        let said = String::from_utf8_lossy(&output.stderr);
        assert!(output.status.success(), "{said}");
    });
}

/// `cargo xtask lint` asks for warnings; what mandoc calls an error is no page.
#[test]
fn the_pages_are_pages() {
    skip::or_say("documents::manual::pages", || {
        if which::which("mandoc").is_err() {
            skip::here("mandoc is not installed".to_owned());
        }
        for name in man_pages(&root().join("man")).expect("the pages") {
            let mut command = Command::new("mandoc");
            command.args(["-T", "lint", "-W", "error"]);
            let output = capture(
                command.arg(root().join("man").join(&name)),
                "reading a page",
            );
            let output = output.expect("mandoc starts");
            let said = String::from_utf8_lossy(&output.stdout).into_owned();
            assert!(output.status.success(), "{name}: {said}");
        }
    });
}
