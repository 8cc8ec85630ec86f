//! What a person sees while waiting: a moving bar on a terminal, plain lines
//! anywhere else. All of it goes to standard error; results go to standard
//! output.

use indicatif::{ProgressBar, ProgressStyle};
use std::{
    io::{self, IsTerminal},
    time::Duration,
};

/// One line about what is being done, as `set-up: text`.
pub fn say(topic: &str, text: &str) {
    eprintln!("{topic}: {text}");
}

/// Progress over a known number of items.
pub struct Progress {
    bar: Option<ProgressBar>,
    topic: &'static str,
    total: usize,
    done: usize,
}

impl Progress {
    pub fn new(topic: &'static str, total: usize) -> Progress {
        let bar = io::stderr().is_terminal().then(|| {
            let style = ProgressStyle::with_template("{prefix}: [{pos}/{len}] {wide_msg}")
                .expect("the template is a constant that has been tried");
            let bar = ProgressBar::new(total as u64).with_style(style);
            bar.set_prefix(topic);
            bar.enable_steady_tick(Duration::from_millis(200));
            bar
        });
        Progress {
            bar,
            topic,
            total,
            done: 0,
        }
    }

    /// Begins the next item.
    pub fn next(&mut self, text: &str) {
        self.done += 1;
        match &self.bar {
            Some(bar) => {
                bar.set_position(self.done as u64);
                bar.set_message(text.to_owned());
            }
            None => say(
                self.topic,
                &format!("[{}/{}] {text}", self.done, self.total),
            ),
        }
    }

    /// What the item is at now; without a terminal nothing is said.
    pub fn tell(&self, text: &str) {
        if let Some(bar) = &self.bar {
            bar.set_message(text.to_owned());
        }
    }

    /// A line that stays.
    pub fn say(&self, text: &str) {
        match &self.bar {
            Some(bar) => bar.suspend(|| say(self.topic, text)),
            None => say(self.topic, text),
        }
    }

    /// Ends it, and leaves the terminal clean.
    pub fn finish(self) {
        if let Some(bar) = self.bar {
            bar.finish_and_clear();
        }
    }
}
