//! Paths (H.5, H.21, S.2).

use int80_serve::{Status, resolve};

/// The resolved path, with a slash where it ended in one.
fn path(path: impl AsRef<[u8]>) -> Result<Vec<u8>, u16> {
    with(path.as_ref(), false)
}

fn with(path: &[u8], dot_files: bool) -> Result<Vec<u8>, u16> {
    let mut buffer = [0; 256];
    let resolved = resolve(path, dot_files, &mut buffer).map_err(Status::code)?;
    let mut bytes = resolved.as_bytes().to_vec();
    let shown = if bytes.is_empty() { b"." } else { &bytes[..] };
    assert_eq!(resolved.as_c_str().to_bytes(), shown);
    if resolved.slash {
        bytes.push(b'/');
    }
    Ok(bytes)
}

#[track_caller]
fn is(given: impl AsRef<[u8]>, expected: &str) {
    let given = given.as_ref();
    let found = path(given);
    assert_eq!(
        found.as_deref(),
        Ok(expected.as_bytes()),
        "{}",
        given.escape_ascii()
    );
}

#[test]
fn h5_escapes_are_decoded_once() {
    is("/a%20b", "a b");
    is("/%61%7a%7A", "azz");
    is("/a+b", "a+b");
    is("/%2561", "%61");
    is("/%25%32%65", "%2e");
    is("/a%3fb%23c", "a?b#c");
    is("/%0d%0a", "\r\n");
    assert_eq!(path(b"/%ff\x80"), Ok(b"\xff\x80".to_vec()));
    assert_eq!(path(b"/\x80\xff"), Ok(b"\x80\xff".to_vec()));
}

#[test]
fn h5_bad_and_cut_escapes() {
    for bad in [
        "/%",
        "/%2",
        "/%zz",
        "/%2z",
        "/%z2",
        "/a%/b",
        "/a%2/b",
        "/%%",
        "/%00",
        "/a%00.html",
        "/%-1",
        "/\0",
        "/a\0b",
        "/%+1",
        "/%u0041",
        "/% 1",
    ] {
        assert_eq!(path(bad), Err(400), "{bad}");
    }
}

#[test]
fn h5_dot_segments_are_resolved() {
    is("/.", "/");
    is("/./", "/");
    is("/a/.", "a/");
    is("/a/./b", "a/b");
    is("/a/../b", "b");
    is("/a/b/../../c/", "c/");
    is("/a/..", "/");
    is("/a/b/..", "a/");
    is("/a/%2e%2E/b", "b");
    is("/a/.%2e/b", "b");
    is("/a/%2e/b", "a/b");
}

#[test]
fn h5_no_path_leads_out_of_the_folder() {
    for bad in [
        "/..",
        "/../",
        "/../a",
        "/a/../..",
        "/a/../../b",
        "/%2e%2e/a",
        "/.%2e",
        "/./..",
        "//..",
        "/a/..//../b",
    ] {
        assert_eq!(path(bad), Err(400), "{bad}");
    }
}

#[test]
fn h5_an_escaped_slash_is_in_no_name() {
    for missing in [
        "/a%2fb",
        "/%2f",
        "/%2Fetc/passwd",
        "/..%2f..%2fetc",
        "/a/..%2f",
    ] {
        assert_eq!(path(missing), Err(404), "{missing}");
    }
    is("/a%5cb", "a\\b");
}

#[test]
fn h5_repeated_slashes_count_as_one() {
    is("/", "/");
    is("//", "/");
    is("//a", "a");
    is("/a//b///", "a/b/");
    is("/a//../b", "b");
}

#[test]
fn h21_a_slash_at_the_end_is_told() {
    is("/a", "a");
    is("/a/", "a/");
    is("/a.txt/", "a.txt/");
}

#[test]
fn s2_names_that_begin_with_a_dot_are_not_found() {
    for hidden in [
        "/.git/config",
        "/.env",
        "/a/.htpasswd",
        "/%2egit",
        "/.",
        "/...",
        "/..a",
        "/.a/",
        "/.well-known2",
        "/.well-known/.x",
        "/.Well-Known/a",
    ] {
        let expected = if hidden == "/." {
            Ok(b"/".to_vec())
        } else {
            Err(404)
        };
        assert_eq!(path(hidden), expected, "{hidden}");
    }
    is("/.well-known/security.txt", ".well-known/security.txt");
    is("/.well-known/", ".well-known/");
    is("/a.b/c.d", "a.b/c.d");
    // What is left again is not asked for.
    is("/.git/../a", "a");
    assert_eq!(with(b"/.git/...", true), Ok(b".git/...".to_vec()));
    assert_eq!(with(b"/..", true), Err(400));
}

#[test]
fn a_path_that_does_not_fit_is_not_found() {
    let of = |len: usize| format!("/{}", "a".repeat(len));
    assert_eq!(path(of(255)).map(|path| path.len()), Ok(255));
    assert_eq!(path(of(256)), Err(404));
    assert_eq!(path(of(5000)), Err(404));
    let mut empty = [];
    assert_eq!(resolve(b"/", false, &mut empty).unwrap_err().code(), 404);
}

#[test]
fn names_are_appended_and_taken_away() {
    let mut buffer = [0; 16];
    let mut path = resolve(b"/a/b.css", false, &mut buffer).unwrap();
    assert_eq!((path.name(), path.has_ending()), (&b"b.css"[..], true));
    let before = path.len();
    path.add_ending(".gz").unwrap();
    assert_eq!(path.as_c_str(), c"a/b.css.gz");
    assert_eq!(path.add_ending(".123456"), Err(Status::NotFound));
    assert_eq!(path.as_c_str(), c"a/b.css.gz");
    path.truncate(before);
    path.join(b"index").unwrap();
    assert_eq!(path.as_c_str(), c"a/b.css/index");
    let mut buffer = [0; 16];
    let mut root = resolve(b"/", false, &mut buffer).unwrap();
    assert!(root.is_empty() && root.slash);
    root.join(b"index.html").unwrap();
    assert_eq!(root.as_c_str(), c"index.html");
    let mut buffer = [0; 16];
    assert!(!resolve(b"/a.b/c", false, &mut buffer).unwrap().has_ending());
}
