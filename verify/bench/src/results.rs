//! What was measured: samples in tables, tables in sections; JSON in
//! `target/bench/`.

use anyhow::{Context, Result};
use serde::{Deserialize, Serialize};
use std::{fs, path::Path};

use crate::machine::Machine;

/// One part of the benchmark.
#[derive(Serialize, Deserialize)]
pub struct Section {
    pub name: String,
    /// How it was measured, a paragraph.
    pub method: String,
    pub tables: Vec<Table>,
    /// What could not be measured here, and why.
    pub skipped: Vec<String>,
    pub machine: Machine,
}

/// Rows that are compared with each other.
#[derive(Serialize, Deserialize)]
pub struct Table {
    pub title: String,
    pub unit: String,
    /// The row that ratios are of, round by round.
    pub base: String,
    /// The row that is a limit and no competitor: a line in the plot.
    pub reference: Option<String>,
    pub rows: Vec<Row>,
}

/// One competitor, by name, and a sample of each round.
#[derive(Serialize, Deserialize)]
pub struct Row {
    pub name: String,
    /// Whether it is this project's.
    pub own: bool,
    pub samples: Vec<f64>,
}

/// The median and the quartiles about it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Spread {
    pub low: f64,
    pub median: f64,
    pub high: f64,
}

impl Section {
    pub fn save(&self, folder: &Path) -> Result<()> {
        let path = folder.join(format!("{}.json", self.name));
        let text = serde_json::to_string_pretty(self)?;
        fs::write(&path, text + "\n").with_context(|| format!("cannot write {}", path.display()))
    }

    /// What an earlier run has saved; `None` where there was none.
    pub fn load(folder: &Path, name: &str) -> Option<Section> {
        let text = fs::read_to_string(folder.join(format!("{name}.json"))).ok()?;
        serde_json::from_str(&text).ok()
    }

    pub fn table(&self, title: &str) -> Option<&Table> {
        self.tables.iter().find(|table| table.title == title)
    }
}

impl Table {
    pub fn row(&self, name: &str) -> Option<&Row> {
        self.rows.iter().find(|row| row.name == name)
    }

    /// The ratio of two rows, round by round.
    pub fn ratio(&self, row: &str, base: &str) -> Option<Spread> {
        let (row, base) = (self.row(row)?, self.row(base)?);
        let pairs = row.samples.iter().zip(&base.samples);
        Spread::of(pairs.map(|(one, other)| one / other).collect())
    }
}

impl Row {
    pub fn spread(&self) -> Option<Spread> {
        Spread::of(self.samples.clone())
    }
}

impl Spread {
    /// `None` where there is no sample.
    pub fn of(mut samples: Vec<f64>) -> Option<Spread> {
        samples.sort_by(f64::total_cmp);
        let last = samples.len().checked_sub(1)?;
        // Between two samples, in proportion.
        let at = |part: f64| {
            let place = part * last as f64;
            let (below, above) = (place.floor() as usize, place.ceil() as usize);
            samples[below] + (samples[above] - samples[below]) * place.fract()
        };
        Some(Spread {
            low: at(0.25),
            median: at(0.5),
            high: at(0.75),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quartiles_lie_between_samples() {
        let spread = Spread::of(vec![4.0, 1.0, 3.0, 2.0]).unwrap();
        assert_eq!((spread.low, spread.median, spread.high), (1.75, 2.5, 3.25));
        let one = Spread::of(vec![7.0]).unwrap();
        assert_eq!((one.low, one.median, one.high), (7.0, 7.0, 7.0));
        assert_eq!(Spread::of(Vec::new()), None);
    }

    /// A machine that is twice as slow in one round is so for both rows.
    #[test]
    fn ratios_are_of_one_round() {
        let row = |name: &str, samples: &[f64]| Row {
            name: name.to_owned(),
            own: false,
            samples: samples.to_vec(),
        };
        let table = Table {
            title: String::new(),
            unit: String::new(),
            base: "b".to_owned(),
            reference: None,
            rows: vec![row("a", &[1.0, 20.0, 3.0]), row("b", &[2.0, 40.0, 6.0])],
        };
        let ratio = table.ratio("a", "b").unwrap();
        assert_eq!((ratio.low, ratio.median, ratio.high), (0.5, 0.5, 0.5));
        assert!(table.ratio("a", "c").is_none());
    }
}
