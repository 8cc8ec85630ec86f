//! Listings of folders (H.20).

use super::NOW;
use int80_serve::listing::{self, ENTRY_MAX, Entry};

fn row(name: &[u8], size: Option<u64>) -> String {
    let mut buffer = [0; ENTRY_MAX];
    let entry = Entry {
        name,
        size,
        mtime: NOW,
    };
    let len = listing::entry(&entry, &mut buffer).unwrap();
    String::from_utf8(buffer[..len].to_vec()).expect("the page is UTF-8")
}

#[test]
fn h20_files_have_sizes_and_dates() {
    assert_eq!(
        row(b"a.txt", Some(5)),
        "<tr><td><a href=\"a.txt\">a.txt</a><td>5<td>2001-09-09 01:46\n"
    );
}

#[test]
fn h20_folders_have_a_slash() {
    assert_eq!(
        row(b"sub", None),
        "<tr><td><a href=\"sub/\">sub/</a><td><td>2001-09-09 01:46\n"
    );
}

#[test]
fn h20_names_are_escaped_and_encoded() {
    let link = |name: &[u8]| {
        let row = row(name, Some(0));
        let row = row.strip_prefix("<tr><td><a href=\"").unwrap();
        row.split_once("</a>").unwrap().0.to_owned()
    };
    assert_eq!(
        link(b"<script>alert('x')<b>&amp;\""),
        "%3Cscript%3Ealert%28%27x%27%29%3Cb%3E%26amp%3B%22\">\
        &lt;script&gt;alert(&#39;x&#39;)&lt;b&gt;&amp;amp;&quot;"
    );
    assert_eq!(link(b"a b+c%20?#"), "a%20b%2Bc%2520%3F%23\">a b+c%20?#");
    assert_eq!(link(b"javascript:x"), "javascript%3Ax\">javascript:x");
    assert_eq!(
        link("\u{e9}\u{1f600}".as_bytes()),
        "%C3%A9%F0%9F%98%80\">\u{e9}\u{1f600}"
    );
    // What no text of HTML can have.
    assert_eq!(link(b"\xff\x80x"), "%FF%80x\">\u{fffd}\u{fffd}x");
    assert_eq!(
        link(b"a\nb\x1b\x7f"),
        "a%0Ab%1B%7F\">a\u{fffd}b\u{fffd}\u{fffd}"
    );
    assert_eq!(
        link("\u{85}\u{fffe}\u{fdd0}\u{10ffff}".as_bytes())
            .split_once('>')
            .unwrap()
            .1,
        "\u{fffd}".repeat(4)
    );
}

#[test]
fn h20_sizes_are_for_people() {
    let size = |size: u64| {
        let row = row(b"a", Some(size));
        row.split("<td>").nth(2).unwrap().to_owned()
    };
    assert_eq!(size(0), "0");
    assert_eq!(size(1023), "1023");
    assert_eq!(size(1024), "1.0 KiB");
    assert_eq!(size(1536), "1.5 KiB");
    assert_eq!(size(1024 * 1024 - 1), "1023.9 KiB");
    assert_eq!(size(1024 * 1024), "1.0 MiB");
    assert_eq!(size(5 << 30), "5.0 GiB");
    assert_eq!(size(3 << 40), "3.0 TiB");
    assert_eq!(size(7 << 50), "7.0 PiB");
    assert_eq!(size(u64::MAX), "15.9 EiB");
}

#[test]
fn h20_the_longest_name_fits() {
    for byte in [b'\'', b'"', b'&', 0xff, b'a', 1] {
        let row = row(&[byte; 255], Some(u64::MAX));
        assert!(row.len() <= ENTRY_MAX);
        // A replacement is longer than the byte that it replaces.
        assert!(row.ends_with("01:46\n"));
    }
    let row = row("\u{e9}".repeat(127).as_bytes(), None);
    assert!(row.ends_with("01:46\n"));
}

#[test]
fn h20_the_page_names_its_folder() {
    let begin = |path: &[u8]| {
        let mut buffer = [0; 4096];
        let len = listing::begin(path, &mut buffer).unwrap();
        String::from_utf8(buffer[..len].to_vec()).unwrap()
    };
    let root = begin(b"");
    assert!(root.starts_with("<!DOCTYPE html>\n"));
    assert!(root.contains("<title>/</title>") && root.contains("<h1>/</h1>"));
    assert!(!root.contains("../"));
    let below = begin(b"a<b/c");
    assert!(below.contains("<title>/a&lt;b/c/</title>") && below.contains("<h1>/a&lt;b/c/</h1>"));
    assert!(below.contains("<a href=\"../\">../</a>"));
    for page in [root, below] {
        assert!(!page.contains("<script"));
        assert!(page.contains("width=device-width") && page.contains("light dark"));
    }
    let mut short = [0; 100];
    assert_eq!(listing::begin(b"", &mut short), None);
}
