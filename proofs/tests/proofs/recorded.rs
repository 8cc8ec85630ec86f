//! `docs/instructions.md` says what is measured.
//!
//! The strict rows are compared always, the others where the compiler is the
//! one that made the figures. `INT80_BLESS=1` writes the file.

use std::{collections::HashMap, env, fs, io::Write};

use crate::{
    every_arch, skip,
    table::{LEVELS, Measured, ROWS, measured, name, root},
    toolchain::{Arch, Toolchain},
};

const FILE: &str = "docs/instructions.md";
const BEGIN: &str = "<!-- measured: INT80_BLESS=1 cargo test -p int80-proofs writes this -->\n";
const END: &str = "<!-- end -->\n";

/// The row with the compilers' names.
const COMPILER: &str = "compiler";

/// The cells of the file's table, by the row's name.
fn recorded() -> HashMap<String, Vec<String>> {
    let text = fs::read_to_string(root(FILE)).expect(FILE);
    let lines = text.lines().filter_map(|line| line.strip_prefix('|'));
    let rows = lines.map(|line| line.split('|').map(|cell| cell.trim().to_owned()));
    rows.map(|mut cells| (cells.next().expect("a name"), cells.collect()))
        .collect()
}

/// This architecture's part of a row of the file.
fn part(row: &str, arch: Arch) -> Vec<String> {
    let mut recorded = recorded();
    let cells = recorded
        .remove(row)
        .unwrap_or_else(|| panic!("{FILE} has no row `{row}`: write it with INT80_BLESS=1"));
    let from = arch as usize * LEVELS.len();
    cells[from..from + LEVELS.len()].to_owned()
}

fn compare(arch: Arch, measured: &Measured, strict: bool) {
    let rows = ROWS.iter().zip(&measured.cells);
    for (row, cells) in rows.filter(|(row, _)| row.strict == strict) {
        let name = name(row);
        let recorded = part(&name, arch);
        assert_eq!(
            recorded,
            cells,
            "{FILE} (left) is not what is measured (right) on {}: {name}; is it right, then \
             write it with INT80_BLESS=1",
            arch.name(),
        );
    }
}

/// The table, or the part of it that could be measured.
fn rendered(all: &[(Arch, &Measured)]) -> String {
    let line = |name: &str, cells: Vec<String>| format!("| {name} | {} |\n", cells.join(" | "));
    let columns = |cell: &dyn Fn(Arch, &Measured, usize) -> String| {
        let each = |&(arch, measured): &(Arch, &Measured)| {
            (0..LEVELS.len())
                .map(|level| cell(arch, measured, level))
                .collect::<Vec<_>>()
        };
        all.iter().flat_map(each).collect::<Vec<_>>()
    };
    let head = columns(&|arch, _, level| format!("{}, level {}", arch.name(), LEVELS[level]));
    let mut table = line("", head.clone());
    table += &format!("|---|{}\n", "---|".repeat(head.len()));
    table += &line(
        COMPILER,
        columns(&|_, measured, _| measured.compiler.clone()),
    );
    for (at, row) in ROWS.iter().enumerate() {
        table += &line(
            &name(row),
            columns(&|_, measured, level| measured.cells[at][level].clone()),
        );
    }
    table
}

fn is_blessed() -> bool {
    env::var("INT80_BLESS").is_ok_and(|value| value == "1")
}

every_arch! {
    /// Rows that no compiler may change.
    fn own_rows(toolchain) {
        if !is_blessed() {
            compare(toolchain.arch, measured(toolchain), true);
        }
    }

    /// Rows that depend on the compiler; and the table as it is today, shown.
    fn peers_rows(toolchain) {
        let arch = toolchain.arch;
        let measured = measured(toolchain);
        let table = rendered(&[(arch, measured)]);
        let shown = std::io::stderr().write_all(format!("\n{table}\n").as_bytes());
        shown.expect("standard error");
        if is_blessed() {
            return;
        }
        let recorded = &part(COMPILER, arch)[0];
        if *recorded == measured.compiler {
            compare(arch, measured, false);
        } else {
            let name = format!("recorded::{}::peers_rows", arch.name());
            skip(&name, format_args!("recorded with {recorded}, this is {}", measured.compiler));
        }
    }
}

/// Writes the file when it is asked for.
#[test]
fn bless() {
    if !is_blessed() {
        return;
    }
    let all = Arch::ALL.map(|arch| {
        let toolchain = Toolchain::or_skip(arch, "recorded::bless").expect("both compilers");
        (arch, measured(toolchain))
    });
    let text = fs::read_to_string(root(FILE)).expect(FILE);
    let (before, rest) = text.split_once(BEGIN).expect("where the table begins");
    let (_, after) = rest.split_once(END).expect("where the table ends");
    let text = format!("{before}{BEGIN}\n{}\n{END}{after}", rendered(&all));
    fs::write(root(FILE), text).expect(FILE);
}
