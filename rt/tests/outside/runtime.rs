//! What the runtime does in a program, on both architectures and in both
//! profiles.

use crate::project::Project;
use int80_support::{
    place::{Skip, Verdict},
    run::{any, said, scratch},
    runner,
    ways::Arch,
};
use libtest_mimic::Trial;
use std::{
    fs,
    path::Path,
    process::{Command, Output, Stdio},
    sync::OnceLock,
};

pub fn trials() -> Vec<Trial> {
    let cases: [(&str, Case); 8] = [
        ("a_result_is_an_exit_status", results),
        ("b6_standard_output_is_taken_once", output_once),
        ("d17_a_panic_names_message_and_place", panic_message),
        ("d17_a_panic_without_the_feature_is_one_word", panic_plain),
        ("d18_a_program_forbids_unsafe_code", forbids),
        ("lines_are_read_in_pieces", lines),
        ("numbers_are_parsed", numbers),
        ("the_runtime_links_without_a_panic_path", no_panic),
    ];
    let each = cases.map(|(name, case)| crate::each_arch(name, case));
    each.into_iter().flatten().collect()
}

type Case = fn(Arch) -> Verdict;

const PROFILES: [&str; 2] = ["dev", "release"];
const RUNTIME: &str = include_str!("programs/runtime.rs");

/// The program, built once for each use.
fn project() -> &'static Project {
    static PROJECT: OnceLock<Project> = OnceLock::new();
    PROJECT.get_or_init(|| Project::with_main(RUNTIME, None))
}

/// Runs the program of `project` in both profiles, and hands on what came of it.
fn each(
    project: &Project,
    arch: Arch,
    prepare: impl Fn(&mut Command),
    check: impl Fn(&str, Output),
) -> Verdict {
    for profile in PROFILES {
        let (what, program) = project.build(arch, profile, &[])?;
        let mut command = command(arch, &program)?;
        prepare(&mut command);
        let output = any(&mut command);
        check(&format!("{what}\n{}", said(&output)), output);
    }
    Ok(())
}

fn command(arch: Arch, program: &Path) -> Result<Command, Skip> {
    runner::command(arch, program)
}

fn results(arch: Arch) -> Verdict {
    for (argument, status, stderr) in [
        ("ok", 0, ""),
        ("status", 7, ""),
        ("enoent", 1, "program: No such file or directory\n"),
        // A number that Linux does not use.
        ("unknown", 1, "program: Unknown error\n"),
    ] {
        let prepare = |command: &mut Command| {
            command.args(["result", argument]);
        };
        each(project(), arch, prepare, |what, output| {
            assert_eq!(output.status.code(), Some(status), "{argument}: {what}");
            assert_eq!(output.stderr, stderr.as_bytes(), "{argument}: {what}");
        })?;
    }
    Ok(())
}

/// The second owner would close the file that has taken the number since.
fn output_once(arch: Arch) -> Verdict {
    let folder = scratch();
    let file = folder.path().join("file");
    let prepare = |command: &mut Command| {
        command.arg("output").arg(&file);
    };
    each(project(), arch, prepare, |what, output| {
        assert!(output.status.success(), "{what}");
        assert_eq!(output.stdout, b"before\n", "{what}");
        assert_eq!(fs::read(&file).expect("the file"), b"taken\nstill open\n");
    })
}

fn panics(arch: Arch, feature: Option<&str>, expected: &str) -> Verdict {
    let project = Project::with_main(RUNTIME, feature);
    let prepare = |command: &mut Command| {
        command.args(["panic", "7"]);
    };
    each(&project, arch, prepare, |what, output| {
        assert_eq!(output.status.code(), Some(134), "{what}");
        assert_eq!(output.stderr, expected.as_bytes(), "{what}");
        assert_eq!(output.stdout, b"", "{what}");
    })
}

fn panic_message(arch: Arch) -> Verdict {
    let text = "panic!(\"number {number}\")";
    let before = RUNTIME.split(text).next().expect("where it panics");
    let line = before.lines().count();
    let column = before.lines().last().map_or(0, str::len) + 1;
    let expected = format!("panicked at src/main.rs:{line}:{column}:\nnumber 7\n");
    panics(arch, Some("panic-message"), &expected)
}

fn panic_plain(arch: Arch) -> Verdict {
    panics(arch, None, "panicked\n")
}

/// With every macro of the runtime's that a program of this form may use, and
/// without one warning.
fn forbids(arch: Arch) -> Verdict {
    let project = Project::with_main(include_str!("programs/forbids.rs"), None);
    each(
        &project,
        arch,
        |_| (),
        |what, output| {
            assert!(output.status.success(), "{what}");
            assert_eq!(output.stdout, b"16 safe\n", "{what}");
        },
    )
}

fn lines(arch: Arch) -> Verdict {
    let folder = scratch();
    let input = folder.path().join("input");
    fs::write(&input, "one\n\nmuch longer than the buffer\nlast").expect("a file");
    let expected = "[one]\n[]\n[much lon>\n[ger than>\n[ the buf>\n[fer]\n[last]\n";
    for profile in PROFILES {
        let (what, program) = project().build(arch, profile, &[])?;
        let mut command = command(arch, &program)?;
        let file = fs::File::open(&input).expect("the file");
        let output = command
            .arg("lines")
            .stdin(Stdio::from(file))
            .output()
            .expect("it starts");
        assert!(output.status.success(), "{what}: {}", said(&output));
        assert_eq!(String::from_utf8_lossy(&output.stdout), expected, "{what}");
    }
    Ok(())
}

fn numbers(arch: Arch) -> Verdict {
    let prepare = |command: &mut Command| {
        command.args(["numbers", "18446744073709551615", "-9223372036854775808"]);
    };
    each(project(), arch, prepare, |what, output| {
        assert!(output.status.success(), "{what}");
        assert_eq!(
            output.stdout, b"18446744073709551615 -9223372036854775808\n",
            "{what}"
        );
    })
}

/// The panic handler refers to a symbol that does not exist. Formatting is left
/// out: core's own has such paths.
fn no_panic(arch: Arch) -> Verdict {
    let project = Project::with_main(include_str!("programs/no_panic.rs"), Some("no-panic"));
    let (what, program) = project.build(arch, "release", &[])?;
    let mut command = command(arch, &program)?;
    let output = any(command.args(["12", "-12"]));
    assert!(output.status.success(), "{what}: {}", said(&output));
    Ok(())
}
