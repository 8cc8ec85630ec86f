//! `docs/performance.md`, and the plots that it and the README show.

use anyhow::{Context, Result};
use std::{fmt::Write, fs, path::Path};

use crate::{
    goals::GOALS,
    machine::Machine,
    plot::{Item, Plot},
    programs,
    results::{Section, Spread, Table},
    size, start,
};

pub const FILE: &str = "performance.md";

/// What stands around the README's plots.
const BEGIN: &str = "<!-- plots: `cargo xtask bench` writes this -->\n";
const END: &str = "<!-- end -->\n";

/// The plots of the README.
const SHOWN: [&str; 2] = ["size", "speed"];

/// Writes the document and the plots into the folder `docs`.
pub fn write(docs: &Path, sections: &[Section]) -> Result<()> {
    let folder = docs.join("plots");
    fs::create_dir_all(&folder).with_context(|| format!("cannot make {}", folder.display()))?;
    let plots = plots(sections);
    for plot in &plots {
        plot.write(&folder)?;
    }
    let path = docs.join(FILE);
    fs::write(&path, text(sections, &plots))
        .with_context(|| format!("cannot write {}", path.display()))
}

/// Puts the plots that there are into the README.
pub fn readme(readme: &Path, docs: &Path) -> Result<()> {
    let text = fs::read_to_string(readme)?;
    let marks = "the README has lost the marks of its plots";
    let (before, rest) = text.split_once(BEGIN).context(marks)?;
    let (_, after) = rest.split_once(END).context(marks)?;
    let mut block = String::new();
    for name in SHOWN {
        if let Ok(alt) = fs::read_to_string(docs.join(format!("plots/{name}.txt"))) {
            block += &picture(name, alt.trim(), "docs/plots");
        }
    }
    fs::write(readme, format!("{before}{BEGIN}{block}{END}{after}"))?;
    Ok(())
}

fn text(sections: &[Section], plots: &[Plot]) -> String {
    let mut text = String::from(
        "# Performance\n\n`cargo xtask bench` has measured and written this. Every table is of one \
         run in which all rows\ntake turns, round by round; what is shown is the median, the quartiles \
         about it, and the\nmedian of the ratios of each round.\n\n",
    );
    if let Some(section) = sections.first() {
        text += &machine(&section.machine);
    }
    text += &goals(sections);
    for one in sections {
        let plot = plots.iter().find(|plot| plot.section == one.name);
        text += &section(one, plot);
    }
    text
}

fn machine(machine: &Machine) -> String {
    let Machine {
        processor,
        processors,
        kernel,
        ..
    } = machine;
    let kind = match machine.is_virtual {
        true => "a virtual machine",
        false => "no hypervisor",
    };
    let mut text = format!(
        "## Machine\n\n| | |\n|---|---|\n| processor | {processor}, {processors} available, {kind} |\n\
         | kernel | Linux {kernel} |\n"
    );
    for version in &machine.versions {
        let _ = writeln!(text, "| version | {version} |");
    }
    text + "\n"
}

fn goals(sections: &[Section]) -> String {
    let mut text = String::from(
        "## Goals\n\n\
        The last column is the same ratio of the row that does the least that there is to do:\n\
        an empty process, or a server that only receives and sends.\n\n\
        | what | of | beside | at most | measured | quartiles | reached | least |\n\
        |---|---|---|---|---|---|---|---|\n",
    );
    for goal in GOALS {
        if let Some((table, ratio)) = goal.measured(sections) {
            let (median, quartiles) = shown(ratio);
            let reached = match ratio.median <= goal.at_most {
                true => "yes",
                false => "no",
            };
            let least = goal.allowed(table).map(|ratio| shown(ratio).0);
            let least = least.unwrap_or_else(|| "–".to_owned());
            let _ = writeln!(
                text,
                "| {} | {} | {} | {:.2} | {median} | {quartiles} | {reached} | {least} |",
                table.title, goal.of, goal.to, goal.at_most
            );
        }
    }
    text + "\n"
}

/// One section, with its plot where there is one.
pub fn section(section: &Section, plot: Option<&Plot>) -> String {
    let mut name = section.name.clone();
    name[..1].make_ascii_uppercase();
    let mut text = format!("## {name}\n\n{}\n\n", section.method);
    if let Some(plot) = plot {
        text += &picture(plot.name, &plot.alt(), "plots");
        text += "\n";
    }
    for one in &section.tables {
        text += &table(one);
    }
    for reason in &section.skipped {
        let _ = writeln!(text, "Not measured: {reason}.\n");
    }
    text
}

fn table(table: &Table) -> String {
    let Table {
        title, unit, base, ..
    } = table;
    // What is not measured in rounds has one sample, and no quartiles.
    let is_sampled = table.rows.iter().any(|row| row.samples.len() > 1);
    let mut text = format!("### {title}\n\n");
    text += &match is_sampled {
        true => format!(
            "| | {unit} | quartiles | beside {base} | quartiles |\n|---|---:|---:|---:|---:|\n"
        ),
        false => format!("| | {unit} | beside {base} |\n|---|---:|---:|\n"),
    };
    for row in &table.rows {
        let Some(spread) = row.spread() else { continue };
        let (median, quartiles) = shown(spread);
        let ratio = table.ratio(&row.name, base).map(shown);
        let (ratio, about) = ratio.unwrap_or(("–".to_owned(), "–".to_owned()));
        let _ = match is_sampled {
            true => writeln!(
                text,
                "| {} | {median} | {quartiles} | {ratio} | {about} |",
                row.name
            ),
            false => writeln!(text, "| {} | {median} | {ratio} |", row.name),
        };
    }
    text + "\n"
}

fn shown(spread: Spread) -> (String, String) {
    let quartiles = format!("{} – {}", number(spread.low), number(spread.high));
    (number(spread.median), quartiles)
}

/// Three digits that mean something, and whole numbers as they are.
pub fn number(value: f64) -> String {
    match value.abs() {
        large if large >= 100.0 || value.fract() == 0.0 => format!("{value:.0}"),
        middle if middle >= 10.0 => format!("{value:.1}"),
        small if small >= 0.1 => format!("{value:.2}"),
        _ => format!("{value:.3}"),
    }
}

fn picture(name: &str, alt: &str, folder: &str) -> String {
    format!(
        "<picture><source media=\"(prefers-color-scheme: dark)\" srcset=\"{folder}/{name}-dark.svg\">\n\
         <img alt=\"{alt}\" src=\"{folder}/{name}-light.svg\"></picture>\n"
    )
}

fn plots(sections: &[Section]) -> Vec<Plot> {
    let find = |name: &str| sections.iter().find(|section| section.name == name);
    let mut plots = Vec::new();
    if let Some(table) = find("size").and_then(|section| section.table(size::FILE)) {
        plots.push(of_table("size", "size", table, true));
    }
    if let Some(table) = find("start").and_then(|section| section.table(start::TITLE)) {
        plots.push(of_table("start", "start", table, false));
    }
    if let (Some(start), Some(moves)) = (find("start"), find("move")) {
        plots.push(speed(start.tables.iter().chain(&moves.tables)));
    }
    if let Some(section) = find("entry") {
        plots.extend(entry(section));
    }
    plots
}

fn bar(name: &str, own: bool, spread: Spread) -> Item {
    Item::Bar {
        name: name.to_owned(),
        own,
        spread,
    }
}

/// Each row of a table, in its unit.
fn of_table(name: &'static str, section: &'static str, table: &Table, log: bool) -> Plot {
    let reference = table.reference.as_deref();
    let rows = table.rows.iter();
    let rows = rows.filter_map(|row| Some(bar(&row.name, row.own, row.spread()?)));
    let line = reference.and_then(|name| table.row(name)?.spread());
    Plot {
        name,
        section,
        title: format!("{}, {}", table.title, table.unit),
        items: rows.collect(),
        line: line.map(|spread| spread.median),
        line_is: reference.unwrap_or_default().to_owned(),
        log,
    }
}

/// The ratios to coreutils' cat of all tables.
fn speed<'a>(tables: impl Iterator<Item = &'a Table>) -> Plot {
    let mut items = Vec::new();
    for table in tables {
        items.push(Item::Heading(table.title.clone()));
        for name in [
            programs::SFCAT_X86_64,
            programs::SFCAT_I386,
            programs::BUSYBOX,
        ] {
            let row = table.row(name);
            if let Some((row, ratio)) = row.zip(table.ratio(name, programs::COREUTILS)) {
                items.push(bar(name, row.own, ratio));
            }
        }
    }
    Plot {
        name: "speed",
        section: "move",
        title: format!("time beside that of {}", programs::COREUTILS),
        items,
        line: Some(1.0),
        line_is: programs::COREUTILS.to_owned(),
        log: false,
    }
}

/// A call by each way, for each architecture.
fn entry(section: &Section) -> Option<Plot> {
    let mut items = Vec::new();
    for table in &section.tables {
        items.push(Item::Heading(table.title.clone()));
        let rows = table.rows.iter();
        items.extend(
            rows.filter_map(|row| Some(bar(&row.name.replace('`', ""), row.own, row.spread()?))),
        );
    }
    (!items.is_empty()).then(|| Plot {
        name: "entry",
        section: "entry",
        title: "one system call, ns".to_owned(),
        items,
        line: None,
        line_is: String::new(),
        log: true,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_have_the_digits_that_mean_something() {
        for (value, expected) in [
            (14440.0, "14440"),
            (123.4, "123"),
            (12.34, "12.3"),
            (1.234, "1.23"),
            (0.1234, "0.12"),
            (0.01234, "0.012"),
            (2.0, "2"),
        ] {
            assert_eq!(number(value), expected);
        }
    }

    #[test]
    fn the_readme_keeps_what_stands_around_its_plots() {
        let folder = tempfile::tempdir().unwrap();
        let (docs, file) = (folder.path().join("docs"), folder.path().join("README.md"));
        fs::create_dir_all(docs.join("plots")).unwrap();
        fs::write(&file, format!("before\n{BEGIN}old\n{END}after\n")).unwrap();
        readme(&file, &docs).unwrap();
        let written = || fs::read_to_string(&file).unwrap();
        assert_eq!(written(), format!("before\n{BEGIN}{END}after\n"));
        fs::write(docs.join("plots/size.txt"), "sf 157\n").unwrap();
        readme(&file, &docs).unwrap();
        let picture = picture("size", "sf 157", "docs/plots");
        assert_eq!(written(), format!("before\n{BEGIN}{picture}{END}after\n"));
        fs::write(&file, "no marks").unwrap();
        assert!(readme(&file, &docs).is_err());
    }
}
