//! Texts packed by byte pairs: the pair of bytes that occurs most often becomes
//! one new byte, again and again. Half the size, and unpacking is a dozen
//! instructions (`src/text.rs`).

use std::collections::HashMap;

/// The first byte that stands for a pair; the texts are ASCII.
const FIRST: usize = 0x80;

pub struct Packed {
    /// What each byte from [`FIRST`] on stands for.
    pub pairs: Vec<[u8; 2]>,
    /// The texts, packed, each with a NUL behind it.
    pub texts: Vec<u8>,
}

pub fn pack(texts: &[String]) -> Packed {
    let mut bytes = Vec::new();
    for text in texts {
        assert!(
            text.is_ascii() && !text.contains('\0'),
            "not plain ASCII: {text:?}"
        );
        bytes.extend(text.bytes());
        bytes.push(0);
    }
    let mut pairs = Vec::new();
    while let Some(pair) = most_frequent(&bytes) {
        let Ok(stands_for) = u8::try_from(FIRST + pairs.len()) else {
            break;
        };
        pairs.push(pair);
        bytes = replace(&bytes, pair, stands_for);
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
    fn expand(&self, byte: u8) -> Vec<u8> {
        match usize::from(byte).checked_sub(FIRST) {
            Some(n) => self.pairs[n].iter().flat_map(|&b| self.expand(b)).collect(),
            None => vec![byte],
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
