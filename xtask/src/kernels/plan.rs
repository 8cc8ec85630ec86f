//! What is run on each kernel: every tool through every gate, and what moves a
//! file into a file, a pipe and a TCP connection.

use super::list::{How, Subject};
use int80_support::ways::{
    Arch::{self, I386, X86_64},
    Gate,
};
use std::path::Path;

/// What a tool is run for.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Work {
    /// It says itself what came of it.
    Probe,
    /// It moves its standard input.
    Copy,
    /// It is asked for the file over HTTP.
    Serve,
}

/// Stands in an argument for the folder in which the sample is.
pub const FOLDER: &str = "{folder}";

/// One tool. A new one is a new row.
struct Tool {
    name: &'static str,
    work: Work,
    /// It has `--gate`; the others know `int 0x80` and `syscall`.
    chooses: bool,
}

const TOOLS: [Tool; 4] = [
    Tool {
        name: "sfprobe",
        work: Work::Probe,
        chooses: true,
    },
    Tool {
        name: "sf",
        work: Work::Copy,
        chooses: false,
    },
    Tool {
        name: "sfcat",
        work: Work::Copy,
        chooses: true,
    },
    Tool {
        name: "sfserve",
        work: Work::Serve,
        chooses: true,
    },
];

/// One run of a tool.
pub struct Task {
    pub tool: &'static str,
    pub arch: Arch,
    pub gate: Gate,
    /// Where its output goes; `here` is not compared.
    pub sink: &'static str,
    arguments: Vec<String>,
}

impl Task {
    /// As it is told of a run.
    pub fn name(&self) -> String {
        let to = match self.is_probe() {
            true => String::new(),
            false => format!(" to {}", self.sink),
        };
        format!("{} {} {}{to}", self.tool, self.arch.name(), self.gate)
    }

    /// Whether what it says is read, and not only what it has moved.
    pub fn is_probe(&self) -> bool {
        self.sink == "here"
    }
}

/// Those that move a file.
pub const COPIERS: [&str; 3] = ["sf", "sfcat", "sfserve"];

pub const GATES: [(Arch, Gate, &str); 3] = [
    (I386, Gate::Int80, "int80"),
    (I386, Gate::Sysinfo, "sysinfo"),
    (X86_64, Gate::Syscall, "syscall"),
];

/// The runs for a kernel, and the tools that are not there, with the reason.
pub fn tasks(subject: &Subject, dist: &Path) -> (Vec<Task>, Vec<(String, String)>) {
    let (mut tasks, mut missing) = (Vec::new(), Vec::new());
    for (arch, gate, option) in GATES {
        if !subject.programs.contains(&arch) {
            continue;
        }
        for tool in TOOLS {
            if !tool.chooses && gate == Gate::Sysinfo {
                continue;
            }
            if !dist.join(arch.name()).join(tool.name).exists() {
                let name = format!("{} {}", arch.name(), tool.name);
                if !missing.iter().any(|(known, _)| *known == name) {
                    missing.push((name, "it was not built".to_owned()));
                }
                continue;
            }
            let mut arguments = Vec::new();
            if tool.chooses {
                arguments.extend(["--gate".to_owned(), option.to_owned()]);
            }
            let sinks: &[&str] = match tool.work {
                Work::Probe => {
                    arguments.extend(["--expect", "linux"].map(str::to_owned));
                    &["here"]
                }
                Work::Copy => &["file", "pipe", "tcp"],
                Work::Serve => {
                    arguments.push("--listen=127.0.0.1:0".to_owned());
                    // An emulator makes calls that the sandbox does not know.
                    if let How::InFront(_) = subject.how {
                        arguments.push("--no-sandbox".to_owned());
                    }
                    arguments.push(FOLDER.to_owned());
                    &["serve"]
                }
            };
            tasks.extend(sinks.iter().map(|sink| Task {
                tool: tool.name,
                arch,
                gate,
                sink,
                arguments: arguments.clone(),
            }));
        }
    }
    (tasks, missing)
}

/// The plan as init reads it: a word in a line, an empty line after each run.
///
/// - `tools`: the folder of the tools, as init sees it.
/// - `front`: the program in front of each tool, where there is one.
pub fn text(subject: &Subject, tasks: &[Task], tools: &str, front: &Path, scratch: &str) -> String {
    let mut text = String::new();
    for task in tasks {
        let mut words = vec![task.sink.to_owned()];
        if let How::InFront(arguments) = subject.how {
            words.push(front.display().to_string());
            words.extend(arguments.iter().map(|word| (*word).to_owned()));
        }
        words.push(format!("{tools}/{}/{}", task.arch.name(), task.tool));
        words.extend(task.arguments.iter().cloned());
        text += &(words.join("\n").replace(FOLDER, scratch) + "\n\n");
    }
    text
}

#[cfg(test)]
mod tests {
    use super::{super::list::SUBJECTS, *};

    fn subject(name: &str) -> &'static Subject {
        let found = SUBJECTS.iter().find(|subject| subject.name == name);
        found.expect("a subject")
    }

    #[test]
    fn a_tool_that_was_not_built_is_told_and_the_others_are_run() {
        let dist = tempfile::tempdir().unwrap();
        for arch in ["i386", "x86_64"] {
            std::fs::create_dir(dist.path().join(arch)).unwrap();
            std::fs::write(dist.path().join(arch).join("sfprobe"), "").unwrap();
        }
        std::fs::write(dist.path().join("x86_64/sf"), "").unwrap();
        let (tasks, missing) = tasks(subject("amd64 6.1"), dist.path());
        // Three gates, and one copier with three places to copy to.
        assert_eq!(tasks.len(), 3 + 3);
        let names: Vec<&str> = missing.iter().map(|(name, _)| &**name).collect();
        assert_eq!(
            names,
            [
                "i386 sf",
                "i386 sfcat",
                "i386 sfserve",
                "x86_64 sfcat",
                "x86_64 sfserve"
            ]
        );
    }

    #[test]
    fn an_emulator_stands_in_front_of_each_tool() {
        let dist = tempfile::tempdir().unwrap();
        std::fs::create_dir(dist.path().join("x86_64")).unwrap();
        std::fs::write(dist.path().join("x86_64/sf"), "").unwrap();
        let valgrind = subject("valgrind");
        let (tasks, _) = tasks(valgrind, dist.path());
        let text = text(valgrind, &tasks[..1], "/t", Path::new("/bin/v"), "/s");
        assert_eq!(
            text,
            "file\n/bin/v\n-q\n--log-file=/s/valgrind.%p\n/t/x86_64/sf\n\n"
        );
    }
}
