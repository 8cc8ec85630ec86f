//! Include files generated from the library's tables: numbers, errnos and macros
//! for C, GNU as and NASM. `capi/include/` has them, so that a checkout can be
//! used directly; a test compares them with the output of this file.

use super::tables::{Call, Errno, calls, errnos};
use anyhow::Result;
use int80_support::ways::Arch;
use std::{fmt::Write, path::Path};

/// Every generated file: its name in `capi/include/`, and its text.
pub fn all(root: &Path) -> Result<Vec<(&'static str, String)>> {
    let (i386, x86_64) = (calls(Arch::I386), calls(Arch::X86_64));
    let errnos = errnos(root)?;
    Ok(vec![
        ("int80_nr.h", c_numbers(&i386)),
        ("int80_errno.h", c_errnos(&errnos)),
        ("int80_i386.s", gnu_calls(Arch::I386, &i386)),
        ("int80_x86_64.s", gnu_calls(Arch::X86_64, &x86_64)),
        ("int80_errno.s", gnu_errnos(&errnos)),
        ("int80_i386.inc", nasm_calls(Arch::I386, &i386)),
        ("int80_x86_64.inc", nasm_calls(Arch::X86_64, &x86_64)),
        ("int80_errno.inc", nasm_errnos(&errnos)),
    ])
}

const MADE: &str = "Generated from the library's tables by xtask/src/dist/includes.rs.";

/// The lines of a file; writing to a string cannot fail.
struct Text(String);

impl Text {
    fn line(&mut self, line: std::fmt::Arguments<'_>) -> &mut Text {
        let _ = writeln!(self.0, "{line}");
        self
    }
}

fn c_file(name: &str, title: &str, lines: impl FnOnce(&mut Text)) -> String {
    let guard = name.to_uppercase().replace('.', "_");
    let mut text = Text(String::new());
    text.line(format_args!("/* {name}: {title}\n * {MADE}\n */"));
    text.line(format_args!("#ifndef {guard}\n#define {guard}\n"));
    lines(&mut text);
    text.line(format_args!("\n#endif"));
    text.0
}

fn c_numbers(calls: &[Call]) -> String {
    let title = "call numbers for int80_call0..6: those of i386 on both\n \
                 * architectures. On x86_64 some are refused with -INT80_ENOSYS (docs/calls.md).";
    c_file("int80_nr.h", title, |text| {
        for call in calls {
            let name = call.name.to_uppercase();
            text.line(format_args!("#define INT80_NR_{name} {}", call.number));
        }
    })
}

fn c_errnos(errnos: &[Errno]) -> String {
    let title = "the errnos of Linux; functions return them as negative numbers.";
    c_file("int80_errno.h", title, |text| {
        for Errno {
            name,
            number,
            message,
        } in errnos
        {
            text.line(format_args!(
                "#define INT80_{name} {number} /* {message} */"
            ));
        }
    })
}

fn gnu_calls(arch: Arch, calls: &[Call]) -> String {
    let mut text = Text(String::new());
    let name = arch.name();
    text.line(format_args!(
        "# int80_{name}.s: the calls of {name}; included by int80.s.\n# {MADE}"
    ));
    for Call {
        name,
        number,
        parameters,
    } in calls
    {
        let declared = list(parameters, |parameter| format!("{parameter}:req"));
        let given: String = parameters
            .iter()
            .map(|parameter| format!(", \"\\{parameter}\""))
            .collect();
        text.line(format_args!("        .set    SYS_{name}, {number}"));
        let head = format!("        .macro  sys_{name} {declared}");
        text.line(format_args!("{}", head.trim_end()));
        text.line(format_args!(
            "        int80_enter {number}{given}\n        .endm"
        ));
    }
    text.0
}

fn gnu_errnos(errnos: &[Errno]) -> String {
    let mut text = Text(String::new());
    text.line(format_args!(
        "# int80_errno.s: the errnos of Linux; included by int80.s.\n# {MADE}"
    ));
    for errno in errnos {
        let (name, number, message) = (&errno.name, errno.number, &errno.message);
        text.line(format_args!("        .set    {name}, {number} # {message}"));
    }
    text.0
}

fn nasm_calls(arch: Arch, calls: &[Call]) -> String {
    let mut text = Text(String::new());
    let name = arch.name();
    text.line(format_args!(
        "; int80_{name}.inc: the calls of {name}; included by int80.inc.\n; {MADE}"
    ));
    for Call {
        name,
        number,
        parameters,
    } in calls
    {
        let count = parameters.len();
        let names = list(parameters, |parameter| parameter.clone());
        let given: String = (1..=count).map(|n| format!(", %{n}")).collect();
        text.line(format_args!("%assign SYS_{name} {number}"));
        match count {
            0 => text.line(format_args!("%macro sys_{name} 0")),
            _ => text.line(format_args!("%macro sys_{name} {count} ; {names}")),
        };
        text.line(format_args!(
            "        int80_enter {number}{given}\n%endmacro"
        ));
    }
    text.0
}

fn nasm_errnos(errnos: &[Errno]) -> String {
    let mut text = Text(String::new());
    text.line(format_args!(
        "; int80_errno.inc: the errnos of Linux; included by int80.inc.\n; {MADE}"
    ));
    for errno in errnos {
        let (name, number, message) = (&errno.name, errno.number, &errno.message);
        text.line(format_args!("%assign {name} {number} ; {message}"));
    }
    text.0
}

fn list(parameters: &[String], text: impl Fn(&String) -> String) -> String {
    parameters.iter().map(text).collect::<Vec<_>>().join(", ")
}
