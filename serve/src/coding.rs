//! Content codings, and which of them a client takes (H.22).

use crate::{
    fields::{Fields, Name},
    scan::{Scan, same, trim},
};

/// How the bytes of a file are coded for the transfer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Coding {
    /// `FILE.br`.
    Brotli,
    /// `FILE.zst`.
    Zstd,
    /// `FILE.gz`.
    Gzip,
    /// The file itself.
    Identity,
}

impl Coding {
    /// All, the one that is preferred first.
    pub const ALL: [Self; 4] = [Self::Brotli, Self::Zstd, Self::Gzip, Self::Identity];

    /// The value of Content-Encoding; empty for the file itself.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Brotli => "br",
            Self::Zstd => "zstd",
            Self::Gzip => "gzip",
            Self::Identity => "",
        }
    }

    /// What the coded file's name has after the name of the file.
    pub const fn ending(self) -> &'static str {
        match self {
            Self::Brotli => ".br",
            Self::Zstd => ".zst",
            Self::Gzip => ".gz",
            Self::Identity => "",
        }
    }

    /// The coding of a name in Accept-Encoding.
    fn of(name: &[u8]) -> Option<Self> {
        const NAMES: [(&str, Coding); 5] = [
            ("gzip", Coding::Gzip),
            ("x-gzip", Coding::Gzip),
            ("br", Coding::Brotli),
            ("zstd", Coding::Zstd),
            ("identity", Coding::Identity),
        ];
        let is = |(text, _): &&(&str, Self)| same(name, text);
        NAMES.iter().find(is).map(|&(_, coding)| coding)
    }
}

/// The codings that are to be tried, the best first. The last is the file itself,
/// which is sent even to a client that refuses it where there is no other.
#[derive(Clone, Debug)]
pub struct Candidates {
    weights: [u16; 4],
    finished: bool,
}

/// The codings that a request's Accept-Encoding takes, in the order of its
/// weights, and of [`Coding::ALL`] for equal ones.
pub fn candidates(fields: &Fields<'_>) -> Candidates {
    // What is not named has the weight of `*`. The file itself is taken where
    // nothing says otherwise, after all that is asked for.
    let mut named = [None; 4];
    let mut any = None;
    for member in fields.members(Name::AcceptEncoding) {
        let mut parts = Scan::new(member);
        let name = trim(parts.before(b';'));
        let weight = match parts.skip(b';') {
            true => weight(parts.rest()),
            false => Some(1000),
        };
        if name == b"*" {
            any = weight;
        } else if let Some(coding) = Coding::of(name) {
            if let Some(place) = named.get_mut(coding as usize) {
                *place = weight;
            }
        }
    }
    Candidates {
        weights: named.map(|weight| weight.or(any).unwrap_or(0)),
        finished: false,
    }
}

/// The thousandths of `q=0.5`; `None` where it is no weight, and the member says
/// nothing.
fn weight(text: &[u8]) -> Option<u16> {
    let mut scan = Scan::new(trim(text));
    let good = scan.literal(b"q=") || scan.literal(b"Q=");
    let whole = scan.digits(1).filter(|&whole| good && whole < 2)?;
    let mut weight = whole * 1000;
    if scan.skip(b'.') {
        let mut place = 100;
        for _ in 0..3 {
            if scan.is_at_end() {
                break;
            }
            weight += scan.digits(1)? * place;
            place /= 10;
        }
    }
    (scan.is_at_end() && weight <= 1000).then_some(weight as u16)
}

impl Iterator for Candidates {
    type Item = Coding;

    fn next(&mut self) -> Option<Coding> {
        if self.finished {
            return None;
        }
        let mut best = (Coding::Identity, 0);
        for (coding, &weight) in Coding::ALL.into_iter().zip(&self.weights) {
            if weight > best.1 {
                best = (coding, weight);
            }
        }
        let (coding, _) = best;
        self.finished = coding == Coding::Identity;
        if let Some(weight) = self.weights.get_mut(coding as usize) {
            *weight = 0;
        }
        Some(coding)
    }
}
