//! Dates of HTTP: one form that is written, three that are read.

use crate::{
    out::{Out, divide},
    scan::Scan,
};

/// The last second that four digits of a year can say.
const LAST: i64 = 253_402_300_799;
/// The days from the first of March of the year 0.
const TO_1970: u32 = 719_468;
const DAYS: [&str; 7] = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"];
const LONG: [&str; 7] = ["day", "day", "sday", "nesday", "rsday", "day", "urday"];
const MONTHS: [&str; 12] = [
    "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
];

/// A moment in the Gregorian calendar, in UTC.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Moment {
    year: u32,
    /// From 0.
    month: u32,
    /// From 1.
    day: u32,
    /// From Sunday.
    weekday: u32,
    hour: u32,
    minute: u32,
    second: u32,
}

impl Moment {
    /// From the seconds since 1970. What is before is the first of 1970, what is
    /// later than the year 9999 is its last second.
    fn of(seconds: i64) -> Self {
        let seconds = seconds.clamp(0, LAST) as u64;
        // 86,400 is 128 times 675.
        let (days, rest) = divide::<675>(seconds >> 7);
        let (days, second) = (days as u32, rest << 7 | (seconds & 127) as u32);
        // Years begin in March, so that the day that comes and goes is the last.
        let shifted = days + TO_1970;
        let (era, of_era) = (shifted / 146_097, shifted % 146_097);
        let year = (of_era - of_era / 1460 + of_era / 36_524 - of_era / 146_096) / 365;
        let of_year = of_era - (365 * year + year / 4 - year / 100);
        let month = (5 * of_year + 2) / 153;
        Self {
            year: year + era * 400 + u32::from(month > 9),
            month: (month + 2) % 12,
            day: of_year - (153 * month + 2) / 5 + 1,
            weekday: (days + 4) % 7,
            hour: second / 3600,
            minute: second / 60 % 60,
            second: second % 60,
        }
    }

    /// The seconds since 1970, or `None` for a date that the calendar does not
    /// have. A leap second is the first of the next minute.
    fn seconds(self) -> Option<i64> {
        if self.hour > 23 || self.minute > 59 || self.second > 60 {
            return None;
        }
        // Years begin in March here, too.
        let (year, month) = match self.month {
            month @ ..2 => (self.year.checked_sub(1)?, month + 10),
            month => (self.year, month - 2),
        };
        let before = |month: u32| (153 * month + 2) / 5;
        let length = match month {
            11 => 28 + u32::from(is_leap(self.year)),
            month => before(month + 1) - before(month),
        };
        let of_year = before(month) + self.day.checked_sub(1)?;
        let days = year * 365 + year / 4 - year / 100 + year / 400 + of_year;
        // The first of March of the year 0 was a Wednesday.
        if self.day > length || (days + 3) % 7 != self.weekday {
            return None;
        }
        let days = i64::from(days) - i64::from(TO_1970);
        let second = self.hour * 3600 + self.minute * 60 + self.second;
        Some(days * 86_400 + i64::from(second))
    }

    /// Appends the date in a form of strftime's letters.
    fn write(self, out: &mut Out<'_>, form: &str) {
        let mut form = form.bytes();
        while let Some(byte) = form.next() {
            if byte != b'%' {
                out.byte(byte);
                continue;
            }
            let (number, width) = match form.next() {
                Some(b'a') => {
                    out.text(name(&DAYS, self.weekday));
                    continue;
                }
                Some(b'b') => {
                    out.text(name(&MONTHS, self.month));
                    continue;
                }
                Some(b'Y') => (self.year, 4),
                Some(b'm') => (self.month + 1, 2),
                Some(b'd') => (self.day, 2),
                Some(b'H') => (self.hour, 2),
                Some(b'M') => (self.minute, 2),
                _ => (self.second, 2),
            };
            out.padded(number.into(), width);
        }
    }

    /// Reads a date in such a form; `%e` is a day with a space or a zero in
    /// front, `%y` two digits of a year, which `now` says the century of.
    fn read(&mut self, scan: &mut Scan<'_>, form: &str, now: i64) -> Option<()> {
        let mut form = form.bytes();
        while let Some(byte) = form.next() {
            if byte != b'%' {
                scan.byte().filter(|&found| found == byte)?;
                continue;
            }
            let letter = form.next();
            let (place, digits) = match letter {
                Some(b'b') => {
                    self.month = one_of(scan, &MONTHS)?;
                    continue;
                }
                Some(b'Y') => (&mut self.year, 4),
                Some(b'y') => (&mut self.year, 2),
                Some(b'e') if scan.skip(b' ') => (&mut self.day, 1),
                Some(b'd' | b'e') => (&mut self.day, 2),
                Some(b'H') => (&mut self.hour, 2),
                Some(b'M') => (&mut self.minute, 2),
                _ => (&mut self.second, 2),
            };
            *place = scan.digits(digits)?;
            if letter == Some(b'y') {
                self.year = nearest(self.year, Self::of(now).year);
            }
        }
        Some(())
    }
}

/// The year of two digits that is at most 50 years after this one.
fn nearest(digits: u32, this: u32) -> u32 {
    let year = this - this % 100 + digits;
    match year {
        _ if year > this + 50 => year - 100,
        _ if year + 50 <= this => year + 100,
        _ => year,
    }
}

fn name(names: &[&'static str], at: u32) -> &'static str {
    names.get(at as usize).copied().unwrap_or_default()
}

/// Reads one of the names, and returns its index.
#[inline(never)]
fn one_of(scan: &mut Scan<'_>, names: &[&str]) -> Option<u32> {
    let at = names
        .iter()
        .position(|name| scan.literal(name.as_bytes()))?;
    Some(at as u32)
}

fn is_leap(year: u32) -> bool {
    year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
}

/// Appends a date in the form that is sent: `Sun, 06 Nov 1994 08:49:37 GMT`.
/// `seconds` are those since 1970; a year past 9999 is written as the last second
/// of 9999, since there is no form for it.
pub fn write(out: &mut Out<'_>, seconds: i64) {
    Moment::of(seconds).write(out, "%a, %d %b %Y %H:%M:%S GMT");
}

/// Appends a date as log lines have it: `06/Nov/1994:08:49:37 +0000`.
pub fn write_log(out: &mut Out<'_>, seconds: i64) {
    Moment::of(seconds).write(out, "%d/%b/%Y:%H:%M:%S +0000");
}

/// Appends a date for people: `1994-11-06 08:49`.
pub fn write_short(out: &mut Out<'_>, seconds: i64) {
    Moment::of(seconds).write(out, "%Y-%m-%d %H:%M");
}

/// Reads a date in any of the three forms of RFC 9110, 5.6.7: the seconds since
/// 1970, or `None` for what is no date. `now` decides the century of a year of
/// two digits, which is at most 50 years to come.
pub fn parse(text: &[u8], now: i64) -> Option<i64> {
    let mut scan = Scan::new(text);
    let mut moment = Moment::of(0);
    moment.weekday = one_of(&mut scan, &DAYS)?;
    let form = match scan.peek()? {
        b',' => ", %d %b %Y %H:%M:%S GMT",
        b' ' => " %b %e %H:%M:%S %Y",
        _ => {
            let rest = name(&LONG, moment.weekday);
            if !scan.literal(rest.as_bytes()) {
                return None;
            }
            ", %d-%b-%y %H:%M:%S GMT"
        }
    };
    moment.read(&mut scan, form, now)?;
    scan.is_at_end().then(|| moment.seconds())?
}
