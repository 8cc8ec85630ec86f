//! The completions, tried by the shells that are installed.

use int80_support::{command::show, limited, skip};
use std::{
    fs,
    path::{Path, PathBuf},
    process::{Command, Stdio},
    time::Duration,
};
use tempfile::TempDir;
use xtask::dist::completions::all;

/// The completions in a folder, as below `share/`.
fn written() -> TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    for (path, text) in all() {
        let path = folder.path().join(path);
        fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
        fs::write(&path, text).expect("a file");
    }
    folder
}

fn need(shell: &str) {
    if which::which(shell).is_err() {
        skip::here(format!("{shell} is not installed"));
    }
}

/// What a shell prints.
fn said(command: &mut Command) -> String {
    let shown = show(command);
    let mut text = String::new();
    command.stdin(Stdio::null());
    let limit = Duration::from_secs(120);
    let status = limited::stream(command, "a shell", limit, |line| {
        text += line;
        text += "\n";
    });
    assert!(status.expect("it starts").success(), "{shown}\n{text}");
    text
}

/// Lines of what is typed, and what must be offered; an empty offer is nothing.
const CASES: [(&str, &str, &[&str]); 7] = [
    ("sfserve", "--err", &["--error-page="]),
    ("sfcat", "--off", &["--offset="]),
    ("sfcat", "--st", &["--stats"]),
    ("sfprobe", "--li", &["--list"]),
    ("sfprobe", "--ex", &["--expect"]),
    ("sfcat", "--gate=s", &["sysinfo", "syscall"]),
    ("sfprobe", "--none", &[]),
];

#[test]
fn bash() {
    skip::or_say("documents::completions::bash", || {
        need("bash");
        let folder = written();
        for (tool, typed, expected) in CASES {
            let path = folder
                .path()
                .join(format!("bash-completion/completions/{tool}"));
            // bash takes `=` for a word of its own.
            let words = typed.replace('=', " = ");
            let script = format!(
                "set -eu; source {path:?}; COMP_WORDS=({tool} {words}); \
                 COMP_CWORD=$((${{#COMP_WORDS[@]}} - 1)); _{tool}; printf '%s\\n' \"${{COMPREPLY[@]-}}\""
            );
            let text = said(Command::new("bash").args(["--norc", "-c", &script]));
            assert_eq!(
                text.split_whitespace().collect::<Vec<_>>(),
                expected,
                "{tool} {typed}"
            );
        }
    });
}

#[test]
fn fish() {
    skip::or_say("documents::completions::fish", || {
        need("fish");
        let folder = written();
        for (tool, typed, expected) in CASES {
            let path = folder
                .path()
                .join(format!("fish/vendor_completions.d/{tool}.fish"));
            let script = format!("source {path:?}; complete -C '{tool} {typed}'");
            let text = said(Command::new("fish").args(["--no-config", "-c", &script]));
            let first = text
                .lines()
                .map(|line| line.split('\t').next().unwrap_or_default());
            let offered: Vec<String> = first.map(|word| word.replace("--gate=", "")).collect();
            let mut expected: Vec<&str> = expected
                .iter()
                .map(|word| word.trim_end_matches('='))
                .collect();
            let mut offered: Vec<&str> = offered
                .iter()
                .map(|word| word.trim_end_matches('='))
                .collect();
            // Its order is that of the last use.
            offered.sort_unstable();
            expected.sort_unstable();
            assert_eq!(offered, expected, "{tool} {typed}");
        }
    });
}

/// In a terminal, since completion is a part of zsh's line editor.
#[test]
fn zsh() {
    skip::or_say("documents::completions::zsh", || {
        need("zsh");
        let folder = written();
        let functions: PathBuf = folder.path().join("zsh/site-functions");
        for (tool, typed, expected) in CASES {
            if let [only] = expected {
                completed_by_zsh(&functions, tool, typed, only);
            }
        }
    });
}

/// A word that has one completion is replaced by it.
fn completed_by_zsh(functions: &Path, tool: &str, typed: &str, expected: &str) {
    let script = format!(
        "zmodload zsh/zpty; export TERM=dumb; zpty z zsh -f -i; \
         zpty -w z 'fpath=({functions:?} $fpath); autoload -Uz compinit; compinit -D -u; PROMPT=; echo rea''dy'; \
         zpty -r -m z seen '*ready*'; \
         zpty -n -w z $'{tool} {typed}\\t'; \
         zpty -r -m z seen '*{expected}*'; print -r -- $seen; zpty -d z"
    );
    let text = said(Command::new("zsh").args(["-f", "-c", &script]));
    assert!(text.contains(expected), "{tool} {typed}: {text}");
}
