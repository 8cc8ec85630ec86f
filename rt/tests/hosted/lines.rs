//! `Lines`: every byte once, whatever the reads return.

use crate::script::{
    Answer::{self, *},
    Script,
};
use int80::{Errno, Fd};
use int80_rt::Lines;

/// The lines, `+` after a piece that continues.
fn lines(size: usize, answers: impl IntoIterator<Item = Answer>) -> Vec<String> {
    let script = Script::new(answers);
    let mut buffer = vec![0; size];
    let mut lines = Lines::new(&script, Fd::STDIN, &mut buffer);
    let mut all = Vec::new();
    loop {
        match lines.next_line() {
            Ok(Some(line)) => {
                let text = String::from_utf8(line.text.to_vec()).unwrap();
                all.push(text + if line.continues { "+" } else { "" });
            }
            Ok(None) => break,
            Err(errno) => all.push(format!("{errno:?}")),
        }
    }
    // The end stays the end, without a call.
    assert_eq!(lines.next_line(), Ok(None));
    script.end();
    all
}

const END: Answer = Bytes(b"");

#[test]
fn lines_end_where_newlines_are() {
    assert_eq!(
        lines(16, [Bytes(b"one\ntwo\n\nfour\n"), END]),
        ["one", "two", "", "four"]
    );
}

#[test]
fn the_last_line_needs_no_newline() {
    assert_eq!(lines(16, [Bytes(b"one\ntwo"), END]), ["one", "two"]);
    assert_eq!(lines(16, [Bytes(b"x"), END]), ["x"]);
}

#[test]
fn no_bytes_are_no_lines() {
    assert!(lines(16, [END]).is_empty());
}

#[test]
fn a_line_may_come_in_many_reads() {
    let answers = [
        Bytes(b"o"),
        Fails(Errno::EINTR),
        Bytes(b"ne"),
        Bytes(b"\nt"),
        Bytes(b"wo\n"),
        END,
    ];
    assert_eq!(lines(16, answers), ["one", "two"]);
}

/// With and without the newline, at and around the buffer's size.
#[test]
fn a_line_that_does_not_fit_comes_in_pieces() {
    let piece = |size, answers: &[Answer]| lines(size, answers.iter().cloned());
    assert_eq!(piece(4, &[Bytes(b"abc\n"), END]), ["abc"]);
    assert_eq!(
        piece(4, &[Bytes(b"abcd"), Bytes(b"\n"), END]),
        ["abcd+", ""]
    );
    assert_eq!(
        piece(4, &[Bytes(b"abcd"), Bytes(b"efgh"), Bytes(b"i\njk"), END]),
        ["abcd+", "efgh+", "i", "jk"]
    );
    // The promised rest is empty where the input ends at the buffer's size.
    assert_eq!(piece(4, &[Bytes(b"abcd"), END]), ["abcd+", ""]);
    assert_eq!(piece(1, &[Bytes(b"a"), Bytes(b"\n"), END]), ["a+", ""]);
}

/// What is left of a block is moved to make room, and not lost.
#[test]
fn a_line_across_two_blocks_is_whole() {
    let answers = [Bytes(b"ab\ncdefg"), Bytes(b"h\ni"), Bytes(b"j\n"), END];
    assert_eq!(lines(8, answers), ["ab", "cdefgh", "ij"]);
}

#[test]
fn an_error_loses_nothing() {
    let answers = [Bytes(b"ab"), Fails(Errno::EIO), Bytes(b"c\nd"), END];
    assert_eq!(lines(8, answers), ["EIO", "abc", "d"]);
}

#[test]
fn a_nonblocking_descriptor_is_waited_for() {
    // O_NONBLOCK.
    let answers = [
        Fails(Errno::EAGAIN),
        Number(0o4000),
        Number(1),
        Bytes(b"a\n"),
        Fails(Errno::EAGAIN),
        Number(0),
        END,
    ];
    assert_eq!(lines(8, answers), ["a", "EAGAIN"]);
}

/// A read into no room would look like the end.
#[test]
fn an_empty_buffer_is_an_error() {
    let script = Script::new([]);
    let mut lines = Lines::new(&script, Fd::STDIN, &mut []);
    assert_eq!(lines.next_line(), Err(Errno::EINVAL));
}
