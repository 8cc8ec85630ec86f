//! The options of a tool, as its `--help` lists them: the one table from which
//! completions are made and against which manual pages are compared.

/// One option.
#[derive(Debug, PartialEq)]
pub struct Opt {
    /// With its dashes.
    pub name: String,
    pub value: Option<Value>,
    /// What it does; empty where the help explains it together with the next.
    pub text: String,
}

/// The value of an option.
#[derive(Debug, PartialEq)]
pub struct Value {
    /// What the help calls it.
    pub name: String,
    /// Whether it stands after `=`, and not in the next argument.
    pub joined: bool,
}

/// From lines `  --name=VALUE  text`, `  --name VALUE  text` and `  --a, --b`; a line
/// may have several, and the next one may go on with the text.
pub fn parse(help: &str) -> Vec<Opt> {
    let mut options: Vec<Opt> = Vec::new();
    for line in help.lines() {
        if !line.starts_with("  -") {
            // Deeper than any option: the text goes on.
            if let (Some(last), true) = (options.last_mut(), line.starts_with("          ")) {
                last.text = format!("{} {}", last.text, line.trim());
            }
            continue;
        }
        let mut without_text = options.len();
        for cell in line
            .split("  ")
            .map(str::trim)
            .filter(|cell| !cell.is_empty())
        {
            if cell.starts_with('-') {
                options.extend(cell.split(", ").map(option));
                continue;
            }
            for option in &mut options[without_text..] {
                option.text = cell.to_owned();
            }
            without_text = options.len();
        }
    }
    options
}

/// One of `--name`, `--name=VALUE`, `--name VALUE`, perhaps with a text after it.
fn option(text: &str) -> Opt {
    let (word, rest) = text.split_once(' ').unwrap_or((text, ""));
    let is_value = |word: &str| word.chars().all(|c| c.is_ascii_uppercase()) && !word.is_empty();
    let (next, after) = rest.split_once(' ').unwrap_or((rest, ""));
    let value = |name: &str, joined| {
        Some(Value {
            name: name.to_owned(),
            joined,
        })
    };
    let (name, value, text) = match word.split_once('=') {
        Some((name, quoted)) if quoted.starts_with('\'') => {
            // A value with blanks in it ends with its quote.
            let (more, text) = rest.split_once('\'').unwrap_or((rest, ""));
            (name, value(&format!("{quoted} {more}'"), true), text)
        }
        Some((name, joined)) => (name, value(joined, true), rest),
        None if is_value(next) => (word, value(next, false), after),
        None => (word, None, rest),
    };
    Opt {
        name: name.to_owned(),
        value,
        text: text.trim().to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(help: &str) -> Vec<String> {
        let one = |option: Opt| {
            let value = option.value.map_or(String::new(), |value| {
                format!("{}{}", if value.joined { '=' } else { ' ' }, value.name)
            });
            format!("{}{value}: {}", option.name, option.text)
        };
        parse(help).into_iter().map(one).collect()
    }

    #[test]
    fn every_form_of_a_line_is_understood() {
        let help = "Usage: tool [OPTION]...\n\n  --offset=BYTES  start here\n  -u              (ignored)\n  \
                    --only PATTERN    those whose name\n                    has it\n  --help, --version\n  \
                    --workers=N  processes (1)      --connections=N  for each\n  --error-page=404=FILE the page\n  \
                    --header='NAME: VAL'  a field\n  --log  --quiet   lines\n\nThe end --not-one.\n";
        assert_eq!(
            shown(help),
            [
                "--offset=BYTES: start here",
                "-u: (ignored)",
                "--only PATTERN: those whose name has it",
                "--help: ",
                "--version: ",
                "--workers=N: processes (1)",
                "--connections=N: for each",
                "--error-page=404=FILE: the page",
                "--header='NAME: VAL': a field",
                "--log: lines",
                "--quiet: lines",
            ]
        );
    }
}
