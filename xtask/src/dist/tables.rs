//! The library's tables: call numbers, which the library has as data, and errnos,
//! read from its source.

use anyhow::{Context, Result, ensure};
use int80::gate::nr::{self, CALLS, Class};
use int80_support::ways::Arch;
use std::{fs, path::Path};

/// One system call of one architecture's own table.
#[derive(Debug, PartialEq, Eq)]
pub struct Call {
    /// In small letters, as the kernel writes it.
    pub name: String,
    pub number: u32,
    pub parameters: Vec<String>,
}

/// One errno.
#[derive(Debug, PartialEq, Eq)]
pub struct Errno {
    pub name: String,
    pub number: u32,
    pub message: String,
}

/// The calls of the table for one architecture, in the order of their numbers:
/// all of them for i386; for x86_64 those that stand for one.
pub fn calls(arch: Arch) -> Vec<Call> {
    let mut calls: Vec<Call> = Vec::new();
    // A call whose arguments are the same names its x86_64 call better than one
    // whose arguments are converted.
    let (same, others): (Vec<&nr::Call>, Vec<&nr::Call>) =
        CALLS.iter().partition(|call| call.class() == Class::Same);
    for call in same.into_iter().chain(others) {
        let (number, name) = match arch {
            Arch::I386 => (call.nr, call.name),
            Arch::X86_64 => match call.x86_64 {
                Some(known) => known,
                None => continue,
            },
        };
        if calls.iter().any(|known| known.number == number) {
            continue;
        }
        let given = call
            .arguments
            .split_whitespace()
            .map(str::to_owned)
            .collect();
        calls.push(Call {
            name: name.to_owned(),
            number,
            parameters: match arch {
                Arch::I386 => given,
                Arch::X86_64 => on_x86_64(name, given),
            },
        });
    }
    calls.sort_by_key(|call| call.number);
    calls
}

/// The parameters of the x86_64 call that stands for an i386 one.
fn on_x86_64(name: &str, given: Vec<String>) -> Vec<String> {
    let mut parameters: Vec<String> = Vec::new();
    for parameter in given {
        match parameter.strip_suffix("_low") {
            Some(whole) => parameters.push(whole.to_owned()),
            None if parameter.ends_with("_high") => {}
            None => parameters.push(parameter),
        }
    }
    match name {
        // The kernel keeps the place of i386's second half, and does not read it.
        "preadv2" | "pwritev2" => parameters.insert(4, "unused".to_owned()),
        "clone" => parameters.swap(3, 4),
        "mmap" => {
            let words = "address length protection flags fd offset";
            parameters = words.split(' ').map(str::to_owned).collect();
        }
        "rt_sigsuspend" => parameters = vec!["set".to_owned(), "set_size".to_owned()],
        _ => {}
    }
    parameters
}

/// The errnos of `src/errno/table.rs`, in the order of their numbers.
pub fn errnos(root: &Path) -> Result<Vec<Errno>> {
    let path = root.join("src/errno/table.rs");
    let source =
        fs::read_to_string(&path).with_context(|| format!("cannot read {}", path.display()))?;
    parse_errnos(&source).with_context(|| format!("in {}", path.display()))
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

    #[test]
    fn each_architecture_has_its_own_names_numbers_and_parameters() {
        let find = |arch, name: &str| {
            let call = calls(arch).into_iter().find(|call| call.name == name);
            call.map(|call| (call.number, call.parameters.join(" ")))
        };
        let own = |number, parameters: &str| Some((number, parameters.to_owned()));
        assert_eq!(find(Arch::I386, "read"), own(3, "fd buffer count"));
        assert_eq!(find(Arch::X86_64, "read"), own(0, "fd buffer count"));
        assert_eq!(
            find(Arch::I386, "sendfile64"),
            own(239, "out_fd in_fd offset count")
        );
        assert_eq!(find(Arch::X86_64, "sendfile64"), None);
        assert_eq!(find(Arch::X86_64, "chown"), own(92, "path owner group"));
        assert_eq!(
            find(Arch::I386, "fadvise64_64"),
            own(
                272,
                "fd offset_low offset_high length_low length_high advice"
            )
        );
        assert_eq!(
            find(Arch::X86_64, "fadvise64"),
            own(221, "fd offset length advice")
        );
        assert_eq!(
            find(Arch::X86_64, "mmap"),
            own(9, "address length protection flags fd offset")
        );
        assert_eq!(find(Arch::I386, "vm86"), own(166, "function state"));
        assert_eq!(find(Arch::X86_64, "vm86"), None);
    }

    #[test]
    fn no_call_of_x86_64_has_an_argument_in_two_registers() {
        for call in calls(Arch::X86_64) {
            let halves = |one: &String| one.ends_with("_low") || one.ends_with("_high");
            assert!(!call.parameters.iter().any(halves), "{call:?}");
            assert!(call.parameters.len() <= 6, "{call:?}");
        }
    }

    #[test]
    fn a_row_that_is_not_understood_is_an_error() {
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
