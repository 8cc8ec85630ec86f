//! Everything once a round, and the next round begins with another row: what the
//! machine does meanwhile meets all rows alike.

use anyhow::Result;
use indicatif::{ProgressBar, ProgressStyle};
use std::{
    io::{self, IsTerminal},
    time::{Duration, Instant},
};

use crate::results::Row;

/// How often, and for how long at most.
#[derive(Clone, Copy)]
pub struct Rounds {
    pub count: usize,
    pub limit: Duration,
}

impl Rounds {
    /// The time is that of so many tables together.
    pub fn divided(self, tables: usize) -> Rounds {
        Rounds {
            limit: self.limit / tables as u32,
            ..self
        }
    }
}

/// Something that is measured: each run gives a sample.
pub struct Subject<'a> {
    pub name: String,
    pub own: bool,
    pub run: Box<dyn FnMut() -> Result<f64> + 'a>,
}

/// Runs all subjects in turn, after a round that does not count; ends with the
/// round in which the time is up.
pub fn interleave(topic: &str, rounds: Rounds, mut subjects: Vec<Subject<'_>>) -> Result<Vec<Row>> {
    let bar = bar(topic, rounds.count);
    let mut samples = vec![Vec::new(); subjects.len()];
    let end = Instant::now() + rounds.limit;
    for round in 0..=rounds.count {
        for turn in 0..subjects.len() {
            let at = (round + turn) % subjects.len();
            bar.set_message(subjects[at].name.clone());
            let sample = (subjects[at].run)()?;
            if round > 0 {
                samples[at].push(sample);
            }
        }
        bar.set_position(round as u64);
        if round > 0 && Instant::now() > end {
            break;
        }
    }
    bar.finish_and_clear();
    let rows = subjects.into_iter().zip(samples);
    Ok(rows
        .map(|(Subject { name, own, .. }, samples)| Row { name, own, samples })
        .collect())
}

/// A bar on a terminal; one line elsewhere.
pub fn bar(topic: &str, length: usize) -> ProgressBar {
    if !io::stderr().is_terminal() {
        eprintln!("bench: {topic}, {length} rounds");
        return ProgressBar::hidden();
    }
    let style =
        ProgressStyle::with_template("bench: {prefix} {wide_bar} {pos}/{len} {msg:30!} {eta}")
            .expect("the template is a constant that has been tried");
    let bar = ProgressBar::new(length as u64).with_style(style);
    bar.set_prefix(topic.to_owned());
    bar
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::cell::RefCell;

    #[test]
    fn each_round_has_all_and_begins_with_another() {
        let order = RefCell::new(String::new());
        let subject = |name: &'static str| Subject {
            name: name.to_owned(),
            own: true,
            run: Box::new(|| {
                order.borrow_mut().push_str(name);
                Ok(1.0)
            }),
        };
        let rounds = Rounds {
            count: 2,
            limit: Duration::from_secs(60),
        };
        let rows = interleave("trial", rounds, vec![subject("a"), subject("b")]).unwrap();
        assert_eq!(*order.borrow(), "abbaab");
        assert!(rows.iter().all(|row| row.samples.len() == 2));
    }

    #[test]
    fn the_limit_of_time_leaves_one_round() {
        let subject = Subject {
            name: String::new(),
            own: true,
            run: Box::new(|| Ok(1.0)),
        };
        let rounds = Rounds {
            count: 1000,
            limit: Duration::ZERO,
        };
        let rows = interleave("trial", rounds, vec![subject]).unwrap();
        assert_eq!(rows[0].samples.len(), 1);
    }
}
