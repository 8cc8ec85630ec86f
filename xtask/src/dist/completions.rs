//! Completions of the tools' options for bash, zsh and fish.

use super::options::{Opt, Value, parse};
use std::fmt::Write;

/// The tools that have options, each with its help.
pub const HELPS: [(&str, &str); 3] = [
    ("sfcat", include_str!("../../../tools/src/sfcat/help.txt")),
    (
        "sfprobe",
        include_str!("../../../tools/src/sfprobe/help.txt"),
    ),
    (
        "sfserve",
        include_str!("../../../tools/src/sfserve/help.txt"),
    ),
];

/// Those that are given names of files.
const TAKE_FILES: [&str; 2] = ["sfcat", "sfserve"];

/// What may be typed for a value.
enum Words {
    Gates,
    Files,
    Folders,
    Unknown,
}

const GATES: &str = "int80 sysinfo syscall";

impl Value {
    fn words(&self) -> Words {
        match self.name.as_str() {
            "GATE" => Words::Gates,
            "DIR" | "FOLDER" => Words::Folders,
            name if name.ends_with("FILE") => Words::Files,
            _ => Words::Unknown,
        }
    }
}

/// Each completion by its path below `share/`.
pub fn all() -> Vec<(String, String)> {
    let mut files = Vec::new();
    for (tool, help) in HELPS {
        let options = parse(help);
        files.extend([
            (
                format!("bash-completion/completions/{tool}"),
                bash(tool, &options),
            ),
            (format!("zsh/site-functions/_{tool}"), zsh(tool, &options)),
            (
                format!("fish/vendor_completions.d/{tool}.fish"),
                fish(tool, &options),
            ),
        ]);
    }
    files
}

fn takes_files(tool: &str) -> bool {
    TAKE_FILES.contains(&tool)
}

/// The value of the option before the word comes first, then options, then files.
/// bash takes `=` for a word of its own.
fn bash(tool: &str, options: &[Opt]) -> String {
    let mut names = String::new();
    let mut values = String::new();
    for Opt { name, value, .. } in options {
        let joined = value.as_ref().is_some_and(|value| value.joined);
        let _ = write!(names, " {name}{}", if joined { "=" } else { "" });
        if let Some(value) = value {
            let words = match value.words() {
                Words::Gates => format!("-W '{GATES}'"),
                Words::Files => "-f".to_owned(),
                Words::Folders => "-d".to_owned(),
                Words::Unknown => "-W ''".to_owned(),
            };
            let _ = writeln!(values, "        {name}) words=({words}) ;;");
        }
    }
    let files = if takes_files(tool) { "-f" } else { "-W ''" };
    format!(
        "# Completion of {tool}'s options, for bash.\n\
         _{tool}()\n{{\n    \
             local word=${{COMP_WORDS[COMP_CWORD]}} before=${{COMP_WORDS[COMP_CWORD - 1]}} words\n    \
             if [[ $word == = ]]; then\n        word=\n    \
             elif [[ $before == = ]]; then\n        before=${{COMP_WORDS[COMP_CWORD - 2]}}\n    fi\n    \
             case $before in\n{values}        \
                 *) if [[ $word == -* ]]; then words=(-W '{}'); else words=({files}); fi ;;\n    \
             esac\n    \
             mapfile -t COMPREPLY < <(compgen \"${{words[@]}}\" -- \"$word\")\n    \
             if [[ ${{COMPREPLY[0]-}} == *= ]]; then compopt -o nospace 2>/dev/null || :; fi\n\
         }}\n\
         complete -F _{tool} {tool}\n",
        names.trim()
    )
}

fn zsh(tool: &str, options: &[Opt]) -> String {
    let mut text =
        format!("#compdef {tool}\n# Completion of {tool}'s options, for zsh.\n_arguments");
    for Opt {
        name,
        value,
        text: about,
    } in options
    {
        let about = about
            .replace('\'', "'\\''")
            .replace('[', "(")
            .replace(']', ")");
        let _ = write!(text, " \\\n    '");
        // The star: it may be given several times.
        let _ = write!(text, "*{name}");
        let Some(value) = value else {
            let _ = write!(text, "[{about}]'");
            continue;
        };
        let action = match value.words() {
            Words::Gates => format!("({GATES})"),
            Words::Files => "_files".to_owned(),
            Words::Folders => "_files -/".to_owned(),
            Words::Unknown => " ".to_owned(),
        };
        let joined = if value.joined { "=" } else { "" };
        let label = value.name.replace(['\'', ':'], "").to_lowercase();
        let _ = write!(text, "{joined}[{about}]:{label}:{action}'");
    }
    if takes_files(tool) {
        text += " \\\n    '*:file:_files'";
    }
    text + "\n"
}

fn fish(tool: &str, options: &[Opt]) -> String {
    let mut text = format!("# Completion of {tool}'s options, for fish.\n");
    if !takes_files(tool) {
        let _ = writeln!(text, "complete -c {tool} -f");
    }
    for Opt {
        name,
        value,
        text: about,
    } in options
    {
        let name = match name.strip_prefix("--") {
            Some(long) => format!("-l {long}"),
            None => format!("-s {}", name.trim_start_matches('-')),
        };
        let value = match value.as_ref().map(Value::words) {
            None => String::new(),
            Some(Words::Gates) => format!(" -x -a '{GATES}'"),
            Some(Words::Files) => " -r -F".to_owned(),
            Some(Words::Folders) => " -x -a '(__fish_complete_directories)'".to_owned(),
            Some(Words::Unknown) => " -x".to_owned(),
        };
        let about = about.replace('\\', "\\\\").replace('\'', "\\'");
        let _ = writeln!(text, "complete -c {tool} {name}{value} -d '{about}'");
    }
    text
}
