//! Dates of HTTP: one form that is written, three that are read.

use crate::{
    out::{Out, divide},
    scan::Scan,
};

/// The last second that four digits of a year can say.
const LAST: i64 = 253_402_300_799;
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
        let shifted = days + 719_468;
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
        if self.day == 0 || self.day > 31 || self.hour > 23 || self.minute > 59 || self.second > 60
        {
            return None;
        }
        let (year, month) = match self.month {
            month @ ..2 => (i64::from(self.year) - 1, month + 10),
            month => (i64::from(self.year), month - 2),
        };
        // No year is before 0; -1 is January of the year 0.
        let leap = |year: i64| (year >> 2) - centuries(year) + (centuries(year) >> 2);
        let of_year = i64::from((153 * month + 2) / 5 + self.day - 1);
        let days = year * 365 + leap(year) + of_year - 719_468;
        let seconds = days * 86_400 + i64::from(self.hour * 3600 + self.minute * 60 + self.second);
        // What the calendar does not have comes back as another day.
        let midnight = Self::of(days * 86_400);
        let exists = days < 0 || (midnight.day, midnight.weekday) == (self.day, self.weekday);
        exists.then_some(seconds)
    }

    fn write(self, out: &mut Out<'_>) {
        let name = |names: &[&'static str], at: u32| names.get(at as usize).copied();
        out.text(name(&DAYS, self.weekday).unwrap_or_default());
        out.text(", ").padded(self.day.into(), 2).byte(b' ');
        out.text(name(&MONTHS, self.month).unwrap_or_default());
        out.byte(b' ').padded(self.year.into(), 4).byte(b' ');
        self.write_time(out);
        out.text(" GMT");
    }

    fn write_time(self, out: &mut Out<'_>) {
        out.padded(self.hour.into(), 2).byte(b':');
        out.padded(self.minute.into(), 2).byte(b':');
        out.padded(self.second.into(), 2);
    }
}

/// The centuries before a year of at most five digits, rounded down.
fn centuries(year: i64) -> i64 {
    i64::from((year as i32).div_euclid(100))
}

/// Appends a date in the form that is sent: `Sun, 06 Nov 1994 08:49:37 GMT`.
/// `seconds` are those since 1970; a year past 9999 is written as the last second
/// of 9999, since there is no form for it.
pub fn write(out: &mut Out<'_>, seconds: i64) {
    Moment::of(seconds).write(out);
}

/// Appends a date as log lines have it: `06/Nov/1994:08:49:37 +0000`.
pub fn write_log(out: &mut Out<'_>, seconds: i64) {
    let moment = Moment::of(seconds);
    let month = MONTHS.get(moment.month as usize).copied();
    out.padded(moment.day.into(), 2).byte(b'/');
    out.text(month.unwrap_or_default()).byte(b'/');
    out.padded(moment.year.into(), 4).byte(b':');
    moment.write_time(out);
    out.text(" +0000");
}

/// Appends a date for people: `1994-11-06 08:49`.
pub fn write_short(out: &mut Out<'_>, seconds: i64) {
    let moment = Moment::of(seconds);
    out.padded(moment.year.into(), 4).byte(b'-');
    out.padded(u64::from(moment.month) + 1, 2).byte(b'-');
    out.padded(moment.day.into(), 2).byte(b' ');
    out.padded(moment.hour.into(), 2).byte(b':');
    out.padded(moment.minute.into(), 2);
}

/// Reads a date in any of the three forms of RFC 9110, 5.6.7: the seconds since
/// 1970, or `None` for what is no date. `now` decides the century of a year of
/// two digits, which is at most 50 years to come.
pub fn parse(text: &[u8], now: i64) -> Option<i64> {
    let mut scan = Scan::new(text);
    let weekday = scan.one_of(&DAYS)?;
    let mut moment = if scan.literal(b", ") {
        fixdate(&mut scan)?
    } else if scan.literal(b" ") {
        asctime(&mut scan)?
    } else {
        let rest = LONG.get(weekday as usize)?;
        if !scan.literal(rest.as_bytes()) {
            return None;
        }
        obsolete(&mut scan, Moment::of(now).year)?
    };
    moment.weekday = weekday;
    scan.is_at_end().then_some(moment)?.seconds()
}

/// `06 Nov 1994 08:49:37 GMT`, after the weekday.
fn fixdate(scan: &mut Scan<'_>) -> Option<Moment> {
    let day = scan.digits(2)?;
    let month = month(scan, b" ")?;
    let year = scan.digits(4)?;
    let moment = time(scan, year, month, day)?;
    scan.literal(b" GMT").then_some(moment)
}

/// `, 06-Nov-94 08:49:37 GMT`, after the weekday.
fn obsolete(scan: &mut Scan<'_>, this_year: u32) -> Option<Moment> {
    if !scan.literal(b", ") {
        return None;
    }
    let day = scan.digits(2)?;
    let month = month(scan, b"-")?;
    let year = this_year - this_year % 100 + scan.digits(2)?;
    let year = match year {
        _ if year > this_year + 50 => year - 100,
        _ if year + 50 <= this_year => year + 100,
        _ => year,
    };
    let moment = time(scan, year, month, day)?;
    scan.literal(b" GMT").then_some(moment)
}

/// `Nov  6 08:49:37 1994`, after the weekday.
fn asctime(scan: &mut Scan<'_>) -> Option<Moment> {
    let month = scan.one_of(&MONTHS)?;
    if !scan.literal(b" ") {
        return None;
    }
    let day = match scan.literal(b" ") {
        true => scan.digits(1)?,
        false => scan.digits(2)?,
    };
    let mut moment = time(scan, 0, month, day)?;
    moment.year = scan.literal(b" ").then(|| scan.digits(4))??;
    Some(moment)
}

/// A month between two marks.
fn month(scan: &mut Scan<'_>, mark: &[u8]) -> Option<u32> {
    let month = scan.literal(mark).then(|| scan.one_of(&MONTHS))??;
    scan.literal(mark).then_some(month)
}

/// ` 08:49:37`, which completes the date.
fn time(scan: &mut Scan<'_>, year: u32, month: u32, day: u32) -> Option<Moment> {
    let mut part = |mark: &[u8]| scan.literal(mark).then(|| scan.digits(2))?;
    Some(Moment {
        hour: part(b" ")?,
        minute: part(b":")?,
        second: part(b":")?,
        weekday: 0,
        year,
        month,
        day,
    })
}
