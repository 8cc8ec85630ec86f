//! Dates (H.12 to H.14).

use int80_serve::{Out, date};

use super::{DATE, FILE, NOW};

fn written(seconds: i64) -> String {
    let mut buffer = [0; 64];
    let mut out = Out::new(&mut buffer);
    date::write(&mut out, seconds);
    String::from_utf8(out.as_bytes().to_vec()).unwrap()
}

#[test]
fn h12_dates_are_written_in_the_preferred_form() {
    assert_eq!(written(784_111_777), DATE);
    assert_eq!(written(0), "Thu, 01 Jan 1970 00:00:00 GMT");
    assert_eq!(written(951_782_400), "Tue, 29 Feb 2000 00:00:00 GMT");
    assert_eq!(written(951_868_799), "Tue, 29 Feb 2000 23:59:59 GMT");
    assert_eq!(written(4_107_542_400), "Mon, 01 Mar 2100 00:00:00 GMT");
}

#[test]
fn h13_what_four_digits_cannot_say_is_the_nearest_date() {
    let last = "Fri, 31 Dec 9999 23:59:59 GMT";
    assert_eq!(written(253_402_300_799), last);
    assert_eq!(written(253_402_300_800), last);
    assert_eq!(written(i64::MAX), last);
    assert_eq!(written(-1), written(0));
    assert_eq!(written(i64::MIN), written(0));
}

#[test]
fn h14_three_forms_are_read() {
    let parse = |text: &str| date::parse(text.as_bytes(), NOW);
    assert_eq!(parse(DATE), Some(FILE.mtime));
    assert_eq!(parse("Sunday, 06-Nov-94 08:49:37 GMT"), Some(FILE.mtime));
    assert_eq!(parse("Sun Nov  6 08:49:37 1994"), Some(FILE.mtime));
    assert_eq!(parse("Sun Nov 06 08:49:37 1994"), Some(FILE.mtime));
    assert_eq!(
        parse("Wed Nov 16 08:49:37 1994"),
        Some(FILE.mtime + 864_000)
    );
    for (at, day) in ["Thurs", "Fri", "Satur", "Sun", "Mon", "Tues", "Wednes"]
        .iter()
        .enumerate()
    {
        let text = format!("{day}day, {:02}-Jan-70 00:00:00 GMT", at + 1);
        assert_eq!(parse(&text), Some(at as i64 * 86_400), "{text}");
    }
}

#[test]
fn h14_a_year_of_two_digits_is_at_most_50_years_to_come() {
    // In 2001: 51 is 2051, 52 is 1952.
    let parse = |text: &str| date::parse(text.as_bytes(), NOW);
    assert_eq!(parse("Sunday, 01-Jan-51 00:00:00 GMT"), Some(2_556_144_000));
    assert_eq!(parse("Tuesday, 01-Jan-52 00:00:00 GMT"), Some(-568_080_000));
    assert_eq!(parse("Thursday, 01-Jan-52 00:00:00 GMT"), None);
}

#[test]
fn h14_a_leap_second_is_the_next_minute() {
    let parse = |text: &str| date::parse(text.as_bytes(), NOW);
    assert_eq!(
        parse("Sat, 31 Dec 2016 23:59:60 GMT"),
        parse("Sun, 01 Jan 2017 00:00:00 GMT")
    );
    assert!(parse("Sat, 31 Dec 2016 23:59:60 GMT").is_some());
}

#[test]
fn h14_what_is_no_date() {
    for bad in [
        "",
        "0",
        "784111777",
        "Sun",
        "Sun,",
        "Sun, ",
        "sun, 06 Nov 1994 08:49:37 GMT",
        "Sun, 6 Nov 1994 08:49:37 GMT",
        "Sun, 06 nov 1994 08:49:37 GMT",
        "Sun, 06 Nov 94 08:49:37 GMT",
        "Sun, 06 Nov 1994 08:49:37",
        "Sun, 06 Nov 1994 08:49:37 UTC",
        "Sun, 06 Nov 1994 08:49:37 GMT ",
        "Sun, 06 Nov 1994 08:49:37 GMTx",
        "Sun, 06 Nov 1994 24:00:00 GMT",
        "Sun, 06 Nov 1994 08:60:37 GMT",
        "Sun, 06 Nov 1994 08:49:61 GMT",
        "Sun, 00 Nov 1994 08:49:37 GMT",
        "Sun, 32 Nov 1994 08:49:37 GMT",
        "Sun,  6 Nov 1994 08:49:37 GMT",
        "Sun, 06 Nov 1994 8:49:37 GMT",
        "Sun, +6 Nov 1994 08:49:37 GMT",
        "Sun, 06-Nov-1994 08:49:37 GMT",
        "Sunday, 06 Nov 1994 08:49:37 GMT",
        "Sunday, 06-Nov-94 08:49:37",
        "Sundy, 06-Nov-94 08:49:37 GMT",
        "Sun Nov 6 08:49:37 1994",
        "Sun Nov  6 08:49:37 94",
        "Sun Nov  6 08:49:37 1994 GMT",
        // Days that the calendar does not have, and a weekday that it was not.
        "Wed, 30 Feb 1994 00:00:00 GMT",
        "Tue, 29 Feb 1994 00:00:00 GMT",
        "Thu, 29 Feb 1900 00:00:00 GMT",
        "Mon, 06 Nov 1994 08:49:37 GMT",
        "Thu, 31 Nov 1994 00:00:00 GMT",
    ] {
        assert_eq!(date::parse(bad.as_bytes(), NOW), None, "{bad}");
    }
}
