//! The choice of a version of Debian's compiler.

use crate::toolchain::OLDEST;
use std::cmp::Ordering;

/// Debian has the compiler under two sets of names: a current one for building
/// web browsers, and the distribution's own.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Family {
    pub rustc: &'static str,
    pub cargo: &'static str,
    pub std: &'static str,
}

pub const FAMILIES: [Family; 2] = [
    Family {
        rustc: "rustc-web",
        cargo: "cargo-web",
        std: "libstd-rust-web-dev",
    },
    Family {
        rustc: "rustc",
        cargo: "cargo",
        std: "libstd-rust-dev",
    },
];

/// The versions in what `apt-cache madison PACKAGE` prints:
/// `package | version | where it is`.
pub fn madison(output: &str) -> Vec<String> {
    let mut versions = Vec::new();
    for line in output.lines() {
        let mut columns = line.split('|').map(str::trim);
        if let (Some(_), Some(version), Some(_)) = (columns.next(), columns.next(), columns.next())
        {
            if !version.is_empty() && !versions.iter().any(|known| known == version) {
                versions.push(version.to_owned());
            }
        }
    }
    versions
}

/// The versions that are in every list and not older than [`OLDEST`].
pub fn common(
    lists: &[Vec<String>],
    compare: impl Fn(&str, &str) -> Ordering,
) -> impl Iterator<Item = &String> {
    let (first, others) = lists.split_first().unwrap_or((const { &Vec::new() }, &[]));
    first
        .iter()
        .filter(|version| others.iter().all(|list| list.contains(version)))
        .filter(move |version| compare(version, OLDEST) != Ordering::Less)
}

#[cfg(test)]
mod tests {
    use super::*;

    const AMD64: &str = " rustc-web | 1.96.0+dfsg1-1~deb12u2 | http://mirror/debian-security bookworm-security/main amd64 Packages
 rustc-web | 1.85.0+dfsg3-1~deb12u3 | http://mirror/debian bookworm/main amd64 Packages
 rustc-web | 1.85.0+dfsg3-1~deb12u3 | http://mirror/debian bookworm-updates/main amd64 Packages
";
    const I386: &str = "libstd-rust-web-dev:i386 | 1.85.0+dfsg3-1~deb12u3 | http://mirror/debian bookworm/main i386 Packages
";

    /// Enough for these versions: the first two numbers.
    fn compare(a: &str, b: &str) -> Ordering {
        let key = |version: &str| -> Vec<u32> {
            let parts = version.split('.').take(2);
            parts.map(|part| part.parse().unwrap()).collect()
        };
        key(a).cmp(&key(b))
    }

    #[test]
    fn madison_gives_each_version_once() {
        assert_eq!(
            madison(AMD64),
            ["1.96.0+dfsg1-1~deb12u2", "1.85.0+dfsg3-1~deb12u3"]
        );
        assert_eq!(madison(""), Vec::<String>::new());
        assert_eq!(madison("W: a warning\nN: | x"), Vec::<String>::new());
    }

    fn common(lists: &[Vec<String>]) -> Vec<&str> {
        super::common(lists, compare).map(String::as_str).collect()
    }

    #[test]
    fn what_both_architectures_have_can_be_taken() {
        let lists = [madison(AMD64), madison(I386)];
        assert_eq!(common(&lists), ["1.85.0+dfsg3-1~deb12u3"]);
        let both = [madison(AMD64), madison(AMD64)];
        assert_eq!(common(&both), madison(AMD64));
    }

    #[test]
    fn too_old_or_on_one_side_only_is_nothing() {
        let old = vec!["1.63.0+dfsg1-2".to_owned()];
        assert!(common(&[old.clone(), old]).is_empty());
        assert!(common(&[madison(AMD64), Vec::new()]).is_empty());
        assert!(common(&[]).is_empty());
    }
}
