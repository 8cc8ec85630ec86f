//! Bars in an SVG file, for a light and for a dark page.

use anyhow::{Result, anyhow};
use plotters::{
    coord::Shift,
    prelude::*,
    style::text_anchor::{HPos, Pos, VPos},
};
use std::{fs, path::Path};

use crate::{document::number, results::Spread};

pub struct Plot {
    /// Of its files.
    pub name: &'static str,
    /// The section of the document in which it is shown.
    pub section: &'static str,
    pub title: String,
    pub items: Vec<Item>,
    /// A value that all are compared with, and what it is.
    pub line: Option<f64>,
    pub line_is: String,
    /// Whether each step of the axis is ten times the one before.
    pub log: bool,
}

pub enum Item {
    Heading(String),
    Bar {
        name: String,
        own: bool,
        spread: Spread,
    },
}

/// The colours of a page; its own background shows through.
struct Theme {
    name: &'static str,
    text: RGBColor,
    own: RGBColor,
    other: RGBColor,
    line: RGBColor,
}

const THEMES: [Theme; 2] = [
    Theme {
        name: "light",
        text: RGBColor(0x1f, 0x23, 0x28),
        own: RGBColor(0x09, 0x69, 0xda),
        other: RGBColor(0x9a, 0xa4, 0xaf),
        line: RGBColor(0xcf, 0x22, 0x2e),
    },
    Theme {
        name: "dark",
        text: RGBColor(0xe6, 0xed, 0xf3),
        own: RGBColor(0x44, 0x93, 0xf8),
        other: RGBColor(0x65, 0x6c, 0x76),
        line: RGBColor(0xf8, 0x51, 0x49),
    },
];

const WIDTH: i32 = 760;
/// Where bars begin, and the longest ends.
const BARS: [i32; 2] = [200, 640];
const TOP: i32 = 44;
const STEP: i32 = 24;
const FONT: &str = "system-ui, sans-serif";

type Area<'a> = DrawingArea<SVGBackend<'a>, Shift>;

impl Plot {
    /// Writes `NAME-light.svg`, `NAME-dark.svg`, and `NAME.txt` with the values.
    pub fn write(&self, folder: &Path) -> Result<()> {
        for theme in &THEMES {
            let path = folder.join(format!("{}-{}.svg", self.name, theme.name));
            let height = TOP + STEP * self.items.len() as i32 + STEP;
            let area = SVGBackend::new(&path, (WIDTH as u32, height as u32)).into_drawing_area();
            self.draw(&area, theme)
                .and_then(|()| Ok(area.present()?))
                .map_err(|error| anyhow!("cannot write {}: {error}", path.display()))?;
        }
        fs::write(folder.join(format!("{}.txt", self.name)), self.alt() + "\n")?;
        Ok(())
    }

    /// The values as a sentence, for those who do not see the bars.
    pub fn alt(&self) -> String {
        let one = |item: &Item| match item {
            Item::Heading(text) => format!("{text}:"),
            Item::Bar { name, spread, .. } => format!("{name} {};", number(spread.median)),
        };
        let values: Vec<String> = self.items.iter().map(one).collect();
        format!("{}: {}", self.title, values.join(" "))
    }

    fn draw(&self, area: &Area<'_>, theme: &Theme) -> Result<(), Box<dyn std::error::Error>> {
        let text = |size: i32, color: &RGBColor, right: bool| {
            let side = if right { HPos::Right } else { HPos::Left };
            (FONT, size)
                .into_font()
                .color(color)
                .pos(Pos::new(side, VPos::Center))
        };
        let title = text(19, &theme.text, false);
        area.draw(&Text::new(self.title.clone(), (8, 16), title))?;
        for (at, item) in self.items.iter().enumerate() {
            let y = TOP + STEP * at as i32;
            match item {
                Item::Heading(heading) => {
                    let style = text(15, &theme.text, false);
                    area.draw(&Text::new(heading.clone(), (8, y + 4), style))?;
                }
                Item::Bar { name, own, spread } => {
                    let fill = if *own { theme.own } else { theme.other };
                    let style = text(15, &theme.text, true);
                    area.draw(&Text::new(name.clone(), (BARS[0] - 8, y), style))?;
                    let [low, end, high] =
                        [spread.low, spread.median, spread.high].map(|value| self.x(value));
                    area.draw(&Rectangle::new(
                        [(BARS[0], y - 8), (end, y + 8)],
                        fill.filled(),
                    ))?;
                    area.draw(&PathElement::new(vec![(low, y), (high, y)], theme.text))?;
                    let style = text(15, &theme.text, false);
                    let place = (end.max(high) + 6, y);
                    area.draw(&Text::new(number(spread.median), place, style))?;
                }
            }
        }
        if let Some(value) = self.line {
            let (x, end) = (
                self.x(value),
                TOP + STEP * self.items.len() as i32 - STEP / 2,
            );
            area.draw(&PathElement::new(
                vec![(x, TOP - STEP / 2), (x, end)],
                theme.line,
            ))?;
            let style = text(15, &theme.line, x > WIDTH / 2);
            area.draw(&Text::new(self.line_is.clone(), (x, end + 10), style))?;
        }
        Ok(())
    }

    /// Where a value is between the ends of the bars.
    fn x(&self, value: f64) -> i32 {
        let all = self.items.iter().filter_map(|item| match item {
            Item::Bar { spread, .. } => Some([spread.low, spread.high]),
            Item::Heading(_) => None,
        });
        let all = || all.clone().flatten().chain(self.line);
        let largest = all().fold(f64::MIN_POSITIVE, f64::max);
        let part = match self.log {
            // The shortest bar has a tenth of a step.
            true => {
                let smallest =
                    all().fold(largest, f64::min).max(f64::MIN_POSITIVE) / 10_f64.powf(0.1);
                (value / smallest).ln() / (largest / smallest).ln()
            }
            false => value / largest,
        };
        BARS[0] + (part.clamp(0.0, 1.0) * f64::from(BARS[1] - BARS[0])) as i32
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn plot(log: bool) -> Plot {
        let bar = |name: &str, value| Item::Bar {
            name: name.to_owned(),
            own: name == "a",
            spread: Spread {
                low: value,
                median: value,
                high: value,
            },
        };
        Plot {
            name: "trial",
            section: "trial",
            title: "sizes".to_owned(),
            items: vec![bar("a", 10.0), bar("b", 1000.0)],
            line: Some(100.0),
            line_is: "c".to_owned(),
            log,
        }
    }

    #[test]
    fn longer_is_more_and_the_longest_is_at_the_end() {
        for log in [false, true] {
            let plot = plot(log);
            let places = [10.0, 100.0, 1000.0].map(|value| plot.x(value));
            assert!(places[0] >= BARS[0] && places[0] < places[1], "{places:?}");
            assert_eq!(places[2], BARS[1]);
        }
        // Equal factors are equal distances.
        let plot = plot(true);
        let [a, b, c] = [10.0, 100.0, 1000.0].map(|value| plot.x(value));
        assert!(((c - b) - (b - a)).abs() <= 1);
    }

    #[test]
    fn both_files_have_every_name_and_the_text_has_the_values() {
        let folder = tempfile::tempdir().unwrap();
        plot(true).write(folder.path()).unwrap();
        for theme in ["light", "dark"] {
            let path = folder.path().join(format!("trial-{theme}.svg"));
            let text = fs::read_to_string(path).unwrap();
            assert!(text.starts_with("<svg") && text.contains("sizes") && text.contains("1000"));
            assert_eq!(text.matches("<rect").count(), 2, "{text}");
        }
        let alt = fs::read_to_string(folder.path().join("trial.txt")).unwrap();
        assert_eq!(alt, "sizes: a 10; b 1000;\n");
    }
}
