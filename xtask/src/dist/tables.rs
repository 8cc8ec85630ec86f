//! The library's tables, read from its source: call numbers and errnos.

use super::parameters::{I386, X86_64};
use anyhow::{Context, Result, ensure};
use int80_support::ways::Arch;
use std::{fs, path::Path};

/// One system call of one architecture's own table.
#[derive(Debug, PartialEq, Eq)]
pub struct Call {
    /// In small letters, as the kernel writes it.
    pub name: String,
    pub number: u32,
    pub parameters: &'static [&'static str],
}

/// One errno.
#[derive(Debug, PartialEq, Eq)]
pub struct Errno {
    pub name: String,
    pub number: u32,
    pub message: String,
}

/// The calls of `src/gate/nr.rs` for one architecture, in the order of their
/// numbers, with their parameters.
pub fn calls(root: &Path, arch: Arch) -> Result<Vec<Call>> {
    let path = root.join("src/gate/nr.rs");
    let source =
        fs::read_to_string(&path).with_context(|| format!("cannot read {}", path.display()))?;
    parse_calls(&source, arch).with_context(|| format!("in {}", path.display()))
}

/// The errnos of `src/errno/table.rs`, in the order of their numbers.
pub fn errnos(root: &Path) -> Result<Vec<Errno>> {
    let path = root.join("src/errno/table.rs");
    let source =
        fs::read_to_string(&path).with_context(|| format!("cannot read {}", path.display()))?;
    parse_errnos(&source).with_context(|| format!("in {}", path.display()))
}

/// Rows `NAME = 187, __NR_sendfile => 40, SENDFILE;`.
fn parse_calls(source: &str, arch: Arch) -> Result<Vec<Call>> {
    let mut calls: Vec<Call> = Vec::new();
    for line in rows(source, "numbers! {")? {
        let row = || -> Option<(String, u32)> {
            let (name, rest) = line.strip_suffix(';')?.split_once(" = ")?;
            let (i386, x86_64) = rest.split_once(" => ")?;
            Some(match arch {
                Arch::I386 => (name.to_lowercase(), i386.split_once(", ")?.0.parse().ok()?),
                Arch::X86_64 => {
                    let (number, name) = x86_64.split_once(", ")?;
                    (name.to_lowercase(), number.parse().ok()?)
                }
            })
        };
        let (name, number) = row().with_context(|| format!("not a row: `{line}`"))?;
        // Two i386 calls can be one call of x86_64's.
        if calls.iter().any(|call| call.name == name) {
            continue;
        }
        let parameters = parameters(&name, arch)?;
        calls.push(Call {
            name,
            number,
            parameters,
        });
    }
    calls.sort_by_key(|call| call.number);
    Ok(calls)
}

fn parameters(name: &str, arch: Arch) -> Result<&'static [&'static str]> {
    let own = match arch {
        Arch::I386 => I386,
        Arch::X86_64 => X86_64,
    };
    let find = |table: &'static [super::parameters::Row]| {
        let row = table.iter().find(|(known, _)| *known == name);
        row.map(|(_, parameters)| *parameters)
    };
    find(own)
        .or_else(|| find(super::parameters::BOTH))
        .with_context(|| {
            format!("{name} has no parameters: add it to xtask/src/dist/parameters.rs")
        })
}

/// Rows `EPERM 1 "Operation not permitted";`; the name of an unused number is `_`.
fn parse_errnos(source: &str) -> Result<Vec<Errno>> {
    let mut errnos = Vec::new();
    for line in rows(source, "errnos! {")? {
        let row = || -> Option<Errno> {
            let (name, rest) = line.strip_suffix(';')?.split_once(' ')?;
            let (number, message) = rest.split_once(' ')?;
            Some(Errno {
                name: name.to_owned(),
                number: number.parse().ok()?,
                message: message.strip_prefix('"')?.strip_suffix('"')?.to_owned(),
            })
        };
        errnos.push(row().with_context(|| format!("not a row: `{line}`"))?);
    }
    errnos.retain(|errno| errno.name != "_");
    Ok(errnos)
}

/// The lines between `start` and the next line `}`, without comments.
fn rows<'a>(source: &'a str, start: &str) -> Result<Vec<&'a str>> {
    let rows: Vec<&str> = source
        .lines()
        .skip_while(|line| *line != start)
        .skip(1)
        .take_while(|line| *line != "}")
        .map(str::trim)
        .filter(|line| !line.is_empty() && !line.starts_with("//"))
        .collect();
    ensure!(!rows.is_empty(), "there is no table `{start} ... }}`");
    Ok(rows)
}

#[cfg(test)]
mod tests {
    use super::*;

    const SOURCE: &str = "numbers! {\n    READ = 3, __NR_read => 0, READ;\n    /// A cell.\n    \
                          SENDFILE64 = 239, __NR_sendfile64 => 40, SENDFILE;\n    \
                          SENDFILE = 187, __NR_sendfile => 40, SENDFILE;\n}\n";

    #[test]
    fn each_architecture_has_its_own_names_and_numbers() {
        let names = |arch| -> Vec<(String, u32)> {
            let calls = parse_calls(SOURCE, arch).unwrap();
            calls
                .into_iter()
                .map(|call| (call.name, call.number))
                .collect()
        };
        let own = |name: &str, number| (name.to_owned(), number);
        assert_eq!(
            names(Arch::I386),
            [own("read", 3), own("sendfile", 187), own("sendfile64", 239)]
        );
        assert_eq!(names(Arch::X86_64), [own("read", 0), own("sendfile", 40)]);
    }

    #[test]
    fn a_row_that_is_not_understood_is_an_error() {
        for row in [
            "READ = three, __NR_read => 0, READ;",
            "NEW = 1, x => 2, NEW;",
        ] {
            let source = format!("numbers! {{\n    {row}\n}}\n");
            assert!(parse_calls(&source, Arch::I386).is_err(), "{row}");
        }
        assert!(parse_errnos("errnos! {\n    EPERM one \"x\";\n}\n").is_err());
        assert!(parse_errnos("errno! {\n}\n").is_err());
    }

    #[test]
    fn unused_numbers_are_left_out() {
        let source = "errnos! {\n    EPERM 1 \"No \\\"luck\\\"\";\n    _ 2 \"\";\n}\n";
        let errnos = parse_errnos(source).unwrap();
        assert_eq!((errnos.len(), errnos[0].number), (1, 1));
    }
}
