//! Content codings (H.22).

use super::{get, request};
use int80_serve::{Coding, candidates};

fn order(accept: &str) -> String {
    let head = match accept {
        "(none)" => get(""),
        accept => get(&format!("Accept-Encoding: {accept}\r\n")),
    };
    let request = request(head.as_bytes());
    let names = candidates(&request.fields).map(|coding| match coding {
        Coding::Identity => "identity",
        coding => coding.name(),
    });
    names.collect::<Vec<_>>().join(" ")
}

#[test]
fn h22_the_codings_that_a_client_takes() {
    assert_eq!(order("(none)"), "identity");
    assert_eq!(order(""), "identity");
    assert_eq!(order("gzip"), "gzip identity");
    assert_eq!(order("GZip"), "gzip identity");
    assert_eq!(order("x-gzip"), "gzip identity");
    assert_eq!(order("gzip, deflate, br, zstd"), "br zstd gzip identity");
    assert_eq!(order("deflate"), "identity");
    assert_eq!(order("gzipped, bro, brr"), "identity");
    assert_eq!(order("*"), "br zstd gzip identity");
}

#[test]
fn h22_weights() {
    assert_eq!(order("gzip;q=1.0, br;q=0.5"), "gzip br identity");
    assert_eq!(
        order("gzip; q=0.2 , br ;q=0.100,zstd ; Q=0.15"),
        "gzip zstd br identity"
    );
    assert_eq!(order("gzip;q=0"), "identity");
    assert_eq!(order("gzip;q=0.000, br"), "br identity");
    assert_eq!(order("gzip;q=0.001"), "gzip identity");
    assert_eq!(order("*;q=0.5, gzip"), "gzip br zstd identity");
    assert_eq!(order("*, br;q=0"), "zstd gzip identity");
    assert_eq!(order("gzip, *;q=0"), "gzip identity");
    // Not even the file itself is better than what is preferred to it.
    assert_eq!(order("identity, gzip;q=0.5"), "identity");
    assert_eq!(order("identity;q=0.5, gzip;q=0.6"), "gzip identity");
}

#[test]
fn h22_without_any_other_the_file_itself_is_sent() {
    assert_eq!(order("identity;q=0"), "identity");
    assert_eq!(order("gzip, identity;q=0"), "gzip identity");
    assert_eq!(order("*;q=0"), "identity");
}

#[test]
fn h22_what_is_no_weight_says_nothing() {
    for bad in [
        "1.001", "2", "1.5", "-1", "", "0.1234", "a", "0,5", "0.5x", ".5", "0.5 x",
    ] {
        assert_eq!(order(&format!("gzip;q={bad}")), "identity", "{bad}");
    }
    assert_eq!(order("gzip;level=9"), "identity");
    assert_eq!(order("gzip;q=1., br;q=0."), "gzip identity");
}

#[test]
fn h22_lists_over_several_lines() {
    let head = get("Accept-Encoding: br;q=0.1\r\nX: y\r\naccept-encoding: gzip\r\n");
    let request = request(head.as_bytes());
    let found: Vec<_> = candidates(&request.fields).collect();
    assert_eq!(found, [Coding::Gzip, Coding::Brotli, Coding::Identity]);
}

#[test]
fn h22_names_of_coded_files() {
    let endings = Coding::ALL.map(Coding::ending);
    assert_eq!(endings, [".br", ".zst", ".gz", ""]);
}
