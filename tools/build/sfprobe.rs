//! The checks of `sfprobe`, with their texts.

use std::{fmt::Write, fs, path::Path};

use int80_probe::{CHECKS, Check, Profile, SET_UP, Text, ledger::PAGES};

/// What stands for an argument in a message (`src/sfprobe/print.rs`).
const ARGUMENTS: [char; 4] = ['~', '$', '%', '@'];

/// The texts, and the table of checks, in bytes.
///
/// Texts 2n and 2n + 1 are the name of check n and what it says.
pub fn texts(here: &Path) -> String {
    let read = |name: &str| {
        let path = here.join("src/sfprobe").join(name);
        println!("cargo:rerun-if-changed={}", path.display());
        fs::read_to_string(path).expect("a text of sfprobe's")
    };
    let mut texts = Texts::default();
    for check in checks() {
        texts.add(check.name.to_owned());
        texts.add(check.what.to_owned());
    }
    let first = texts.next();
    for text in Text::ALL {
        texts.add((*text).to_owned());
    }
    let calls = texts.next();
    for (_, name) in SET_UP {
        texts.add(name.to_owned());
    }
    texts.add("a call without a name".to_owned());
    let (why, table) = (texts.next(), table());
    let differences = differences(&mut texts);
    texts.name("HELP", read("help.txt"));
    let plain = |text: &String| !text.contains(ARGUMENTS);
    assert!(
        texts.all().iter().all(plain),
        "an argument where none can be"
    );
    let version = env!("CARGO_PKG_VERSION");
    texts.messages(&read("messages.txt").replace("{version}", version));

    let mut code = texts.code();
    let numbers = SET_UP.map(|(number, _)| number as u16);
    let pages = PAGES.map(|(name, _, statements)| {
        let mut letters = [0; 2];
        letters[..name.len()].copy_from_slice(name.as_bytes());
        (letters, byte(statements.len()))
    });
    let profiles = Profile::ALL.map(|(name, _)| name).join("\0");
    let profiles = profiles.as_bytes();
    writeln!(
        code,
        "/// The first of the checks' own texts.\n\
         pub const OWN: usize = {first};\n\
         /// The calls of the set-up, and the number of the first one's name.\n\
         pub static CALLS: [u16; {}] = {numbers:?};\n\
         pub const CALL: usize = {calls};\n\
         /// The pages' names, and how many statements they have.\n\
         pub static PAGES: [([u8; 2], u8); {}] = {pages:?};\n\
         /// Whose answer to which check differs (`differences` in build/).\n\
         pub static DIFFERENCES: [[u8; 4]; {}] = {differences:?};\n\
         pub const REASON: usize = {why};\n\
         /// The names of the profiles, a NUL after each.\n\
         pub static PROFILES: [u8; {}] = {profiles:?};\n\
         pub static CHECKS: [u8; {}] = {table:?};",
        numbers.len(),
        pages.len(),
        differences.len(),
        profiles.len(),
        table.len()
    )
    .expect("a string grows");
    code
}

fn checks() -> impl Iterator<Item = &'static Check> {
    CHECKS.into_iter().flatten()
}

/// For each check, each with its length before it: the numbers of the
/// statements that it shows, and its steps.
fn table() -> Vec<u8> {
    let ids: Vec<&str> = PAGES
        .iter()
        .flat_map(|(_, _, statements)| statements.iter().map(|one| one.id))
        .collect();
    let number = |id: &str| ids.iter().position(|one| *one == id).expect("a statement");
    let mut table = Vec::new();
    let mut put = |bytes: &[u8]| {
        table.push(byte(bytes.len()));
        table.extend(bytes);
    };
    for check in checks() {
        let shows = check.shows.split(' ').map(|id| byte(number(id)));
        put(&shows.collect::<Vec<u8>>());
        put(check.code);
    }
    table
}

/// For each difference: the check's number, whose it is, what is seen, and the
/// number of the text that says why, counted from the first such text.
fn differences(texts: &mut Texts) -> Vec<[u8; 4]> {
    let first = texts.next();
    let all = (0..).zip(checks()).flat_map(|(number, check)| {
        let differs = check.differs.iter();
        differs.map(move |one| (number, one))
    });
    all.map(|(number, one)| {
        let seen = i8::try_from(one.seen).expect("an errno or a short count");
        let why = byte(texts.once(one.why) - first);
        [byte(number), one.profile as u8, seen as u8, why]
    })
    .collect()
}

fn byte(number: usize) -> u8 {
    u8::try_from(number).expect("few enough to be counted in a byte")
}

/// The texts of a tool, in the order of their numbers.
#[derive(Default)]
struct Texts {
    texts: Vec<String>,
    constants: String,
}

impl Texts {
    /// The number of the next text.
    fn next(&self) -> usize {
        self.texts.len()
    }

    /// All texts so far.
    fn all(&self) -> &[String] {
        &self.texts
    }

    fn add(&mut self, text: String) {
        self.texts.push(text);
    }

    /// The number of a text that is added unless it is there.
    fn once(&mut self, text: &str) -> usize {
        let found = self.texts.iter().position(|one| one == text);
        found.unwrap_or_else(|| {
            self.add(text.to_owned());
            self.next() - 1
        })
    }

    /// Adds a text, and a constant for its number.
    fn name(&mut self, name: &str, text: String) {
        let number = self.next();
        writeln!(
            self.constants,
            "#[allow(dead_code)]\npub const {name}: usize = {number};"
        )
        .expect("a string grows");
        self.add(text);
    }

    /// The same for each line, which begins with the name; `\n` is an end of line.
    fn messages(&mut self, lines: &str) {
        for line in lines.lines() {
            let (name, text) = line.split_once(' ').expect("a name and a text");
            self.name(name, text.replace("\\n", "\n"));
        }
    }

    /// The constants, and the texts.
    fn code(self) -> String {
        format!(
            "{}static TEXTS: [&str; {}] = {:?};\n",
            self.constants,
            self.texts.len(),
            self.texts
        )
    }
}
