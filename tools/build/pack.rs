//! Texts packed by byte pairs: the pair of bytes that occurs most often becomes
//! one new byte, again and again. Half the size, and unpacking is a dozen
//! instructions (`src/text.rs`).

use std::collections::HashMap;

/// The bytes that may stand for a pair: all that plain texts do not use.
fn codes() -> impl Iterator<Item = u8> {
    (0x80..=0xff)
        .chain(0x01..=0x1f)
        .filter(|&byte| byte != b'\n')
}

pub struct Packed {
    /// What each byte stands for, at the place `byte ^ 0x80`.
    pub pairs: Vec<[u8; 2]>,
    /// The texts, packed, each with a NUL behind it.
    pub texts: Vec<u8>,
}

pub fn pack(texts: &[String]) -> Packed {
    let mut bytes = Vec::new();
    for text in texts {
        let plain = |byte| matches!(byte, b'\n' | b' '..=b'~');
        assert!(text.bytes().all(plain), "not plain ASCII: {text:?}");
        bytes.extend(text.bytes());
        bytes.push(0);
    }
    let mut pairs = Vec::new();
    for code in codes() {
        let Some(pair) = most_frequent(&bytes) else {
            break;
        };
        let place = usize::from(code ^ 0x80);
        pairs.resize(place + 1, [0; 2]);
        pairs[place] = pair;
        bytes = replace(&bytes, pair, code);
    }
    let packed = Packed {
        pairs,
        texts: bytes,
    };
    let unpacked: Vec<u8> = packed
        .texts
        .iter()
        .flat_map(|&b| packed.expand(b))
        .collect();
    assert_eq!(
        unpacked,
        (texts.join("\0") + "\0").as_bytes(),
        "unpacking gives other texts"
    );
    packed
}

impl Packed {
    /// As `text.rs` does it.
    fn expand(&self, byte: u8) -> Vec<u8> {
        match self.pairs.get(usize::from(byte ^ 0x80)) {
            Some(pair) if *pair != [0; 2] => pair.iter().flat_map(|&b| self.expand(b)).collect(),
            _ => vec![byte],
        }
    }
}

/// The pair that occurs most often, if replacing it pays for its two bytes;
/// among equals the smallest, so that every build is the same.
fn most_frequent(bytes: &[u8]) -> Option<[u8; 2]> {
    let mut counts = HashMap::new();
    for pair in bytes.windows(2).filter(|pair| !pair.contains(&0)) {
        *counts.entry([pair[0], pair[1]]).or_insert(0) += 1;
    }
    let (pair, count) = counts.into_iter().max_by_key(|&([a, b], n)| (n, !a, !b))?;
    (count > 2).then_some(pair)
}

fn replace(bytes: &[u8], pair: [u8; 2], stands_for: u8) -> Vec<u8> {
    let mut replaced = Vec::with_capacity(bytes.len());
    let mut rest = bytes;
    while let [first, tail @ ..] = rest {
        if rest.starts_with(&pair) {
            replaced.push(stands_for);
            rest = &rest[2..];
        } else {
            replaced.push(*first);
            rest = tail;
        }
    }
    replaced
}
