//! `docs/instructions.md` says what is measured.
//!
//! The strict rows must be the same in every column of the architecture, the
//! others in that of the compiler, if the file has one. `INT80_BLESS=1` writes
//! the columns of today's compilers, and keeps those of others.

use std::{collections::BTreeMap, env, fs, io::Write};

use crate::{
    every_arch, skip,
    table::{LEVELS, Measured, ROWS, measured, name, root},
    toolchain::{Arch, Toolchain},
};

const FILE: &str = "docs/instructions.md";
const BEGIN: &str = "<!-- measured: INT80_BLESS=1 cargo test -p int80-proofs writes this -->\n";
const END: &str = "<!-- end -->\n";

/// A table's columns by their heads: in each, the cells by the row's name.
type Columns = BTreeMap<String, BTreeMap<String, String>>;

/// What stands above the column of one level, but for the compiler.
fn head(arch: Arch, level: &str) -> String {
    format!("{}, level {level}, ", arch.name())
}

/// The table in the file.
fn recorded() -> Columns {
    let text = fs::read_to_string(root(FILE)).expect(FILE);
    let (_, rest) = text.split_once(BEGIN).expect("where the table begins");
    let (table, _) = rest.split_once(END).expect("where the table ends");
    let lines = table.lines().filter(|line| line.starts_with("| "));
    let mut lines = lines.map(|line| line.split('|').skip(1).map(str::trim));
    let heads: Vec<&str> = lines.next().into_iter().flatten().skip(1).collect();
    let mut columns = Columns::new();
    for mut cells in lines {
        let row = cells.next().expect("a row's name");
        for (head, cell) in heads.iter().zip(cells).filter(|(head, _)| !head.is_empty()) {
            let column = columns.entry((*head).to_owned()).or_default();
            column.insert(row.to_owned(), cell.to_owned());
        }
    }
    columns
}

/// What is measured, as columns.
fn columns(arch: Arch, measured: &Measured) -> Columns {
    let column = |at: usize| {
        let cells = ROWS.iter().zip(&measured.cells);
        let cells = cells.map(|(row, cells)| (name(row), cells[at].clone()));
        (head(arch, LEVELS[at]) + &measured.compiler, cells.collect())
    };
    (0..LEVELS.len()).map(column).collect()
}

fn rendered(columns: &Columns) -> String {
    let line = |name: &str, cells: Vec<&str>| format!("| {name} | {} |\n", cells.join(" | "));
    let mut table = line("", columns.keys().map(String::as_str).collect());
    table += &format!("|---|{}\n", "---|".repeat(columns.len()));
    for row in ROWS.iter().map(name) {
        let cell = |column: &BTreeMap<String, String>| column.get(&row).cloned();
        let cells: Vec<String> = columns
            .values()
            .map(|column| cell(column).unwrap_or_else(|| "–".to_owned()))
            .collect();
        table += &line(&row, cells.iter().map(String::as_str).collect());
    }
    table
}

/// Whether each row of this kind is in the file's column as it is measured.
fn compare(head: &str, recorded: &BTreeMap<String, String>, measured: &Columns, strict: bool) {
    let level = head.rsplit_once(", ").expect("a compiler").0;
    let (_, measured) = measured
        .iter()
        .find(|(head, _)| head.starts_with(level))
        .expect("a level that is measured");
    for row in ROWS.iter().filter(|row| row.strict == strict).map(name) {
        assert_eq!(
            recorded.get(&row),
            measured.get(&row),
            "{FILE} (left) is not what is measured (right): {head}, {row}. If it is right, write \
             it with INT80_BLESS=1",
        );
    }
}

fn is_blessed() -> bool {
    env::var("INT80_BLESS").is_ok_and(|value| value == "1")
}

every_arch! {
    /// Rows that no compiler may change.
    fn own_rows(toolchain) {
        let measured = columns(toolchain.arch, measured(toolchain));
        if is_blessed() {
            return;
        }
        let mut recorded = recorded();
        let own = format!("{}, ", toolchain.arch.name());
        recorded.retain(|head, _| head.starts_with(&own));
        assert!(recorded.len() >= LEVELS.len(), "{FILE} lacks columns: {recorded:?}");
        for (head, column) in recorded {
            compare(&head, &column, &measured, true);
        }
    }

    /// Rows that depend on the compiler; and the table as it is today, shown.
    fn peers_rows(toolchain) {
        let measured = columns(toolchain.arch, measured(toolchain));
        let shown = format!("\n{}\n", rendered(&measured));
        let shown = std::io::stderr().write_all(shown.as_bytes());
        shown.expect("standard error");
        if is_blessed() {
            return;
        }
        let recorded = recorded();
        for head in measured.keys() {
            let Some(column) = recorded.get(head) else {
                let name = format!("recorded::peers_rows::{}", toolchain.arch.name());
                return skip(&name, format_args!("{FILE} has no column of {}", toolchain.version));
            };
            compare(head, column, &measured, false);
        }
    }
}

/// Writes the file when it is asked for.
#[test]
fn bless() {
    if !is_blessed() {
        return;
    }
    let mut all = recorded();
    for arch in Arch::ALL {
        if let Some(toolchain) = Toolchain::or_skip(arch, "recorded::bless") {
            all.append(&mut columns(arch, measured(toolchain)));
        }
    }
    let text = fs::read_to_string(root(FILE)).expect(FILE);
    let (before, rest) = text.split_once(BEGIN).expect("where the table begins");
    let (_, after) = rest.split_once(END).expect("where the table ends");
    let text = format!("{before}{BEGIN}\n{}\n{END}{after}", rendered(&all));
    fs::write(root(FILE), text).expect(FILE);
}
