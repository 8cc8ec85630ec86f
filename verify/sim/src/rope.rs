//! Byte strings made of parts of patterns and of plain bytes: a gigabyte of a
//! pattern costs as much memory as a byte.

use std::collections::VecDeque;

/// Byte `at` of pattern `seed`: no two places near each other look alike.
#[must_use]
pub fn pattern(seed: u32, at: u64) -> u8 {
    let mixed = (at ^ (u64::from(seed) << 40)).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    (mixed >> 53) as u8
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum Piece {
    Pattern { seed: u32, at: u64, len: u64 },
    Bytes(Vec<u8>),
}

impl Piece {
    fn len(&self) -> u64 {
        match self {
            Self::Pattern { len, .. } => *len,
            Self::Bytes(bytes) => bytes.len() as u64,
        }
    }

    fn byte(&self, index: u64) -> u8 {
        match self {
            Self::Pattern { seed, at, .. } => pattern(*seed, at + index),
            Self::Bytes(bytes) => bytes[index as usize],
        }
    }

    fn part(&self, from: u64, len: u64) -> Self {
        match self {
            Self::Pattern { seed, at, .. } => Self::Pattern {
                seed: *seed,
                at: at + from,
                len,
            },
            Self::Bytes(bytes) => Self::Bytes(bytes[from as usize..][..len as usize].to_vec()),
        }
    }
}

/// A byte string made of pieces, each a part of a pattern or plain bytes.
#[derive(Clone, Debug, Default)]
pub struct Rope {
    pieces: VecDeque<Piece>,
    len: u64,
}

impl Rope {
    /// `len` bytes of pattern `seed`, from its byte `at` on.
    #[must_use]
    pub fn pattern(seed: u32, at: u64, len: u64) -> Self {
        let mut rope = Self::default();
        rope.push(Piece::Pattern { seed, at, len });
        rope
    }

    /// A string of these bytes.
    #[must_use]
    pub fn bytes(bytes: &[u8]) -> Self {
        let mut rope = Self::default();
        rope.push(Piece::Bytes(bytes.to_vec()));
        rope
    }

    /// How many bytes there are.
    #[must_use]
    pub fn len(&self) -> u64 {
        self.len
    }

    /// Whether there are none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len == 0
    }

    fn push(&mut self, piece: Piece) {
        let added = piece.len();
        if added == 0 {
            return;
        }
        self.len += added;
        match (self.pieces.back_mut(), &piece) {
            (
                Some(Piece::Pattern { seed, at, len }),
                Piece::Pattern {
                    seed: other,
                    at: next,
                    ..
                },
            ) if seed == other && *at + *len == *next => *len += added,
            (Some(Piece::Bytes(bytes)), Piece::Bytes(more)) => bytes.extend_from_slice(more),
            _ => self.pieces.push_back(piece),
        }
    }

    /// Appends `other`.
    pub fn append(&mut self, other: Self) {
        for piece in other.pieces {
            self.push(piece);
        }
    }

    /// Up to `len` bytes from `from` on.
    #[must_use]
    pub fn slice(&self, mut from: u64, len: u64) -> Self {
        let mut wanted = len.min(self.len.saturating_sub(from));
        let mut rope = Self::default();
        for piece in &self.pieces {
            if wanted == 0 {
                break;
            }
            if from >= piece.len() {
                from -= piece.len();
                continue;
            }
            let part = wanted.min(piece.len() - from);
            rope.push(piece.part(from, part));
            wanted -= part;
            from = 0;
        }
        rope
    }

    /// Takes up to `len` bytes from the front.
    pub fn take(&mut self, len: u64) -> Self {
        if len >= self.len {
            return std::mem::take(self);
        }
        let front = self.slice(0, len);
        *self = self.slice(len, u64::MAX);
        front
    }

    /// Overwrites from byte `at` on with `other`; a gap before `at` becomes zeros.
    pub fn write(&mut self, at: u64, other: Self) {
        let end = at + other.len;
        if at > self.len {
            let gap = (at - self.len) as usize;
            self.push(Piece::Bytes(vec![0; gap]));
        }
        let rest = self.slice(end, u64::MAX);
        if at < self.len {
            *self = self.slice(0, at);
        }
        self.append(other);
        self.append(rest);
    }

    /// The bytes as a vector.
    #[must_use]
    pub fn to_vec(&self) -> Vec<u8> {
        let mut bytes = Vec::with_capacity(self.len as usize);
        for piece in &self.pieces {
            match piece {
                Piece::Pattern { seed, at, len } => {
                    bytes.extend((*at..at + len).map(|at| pattern(*seed, at)));
                }
                Piece::Bytes(some) => bytes.extend_from_slice(some),
            }
        }
        bytes
    }

    /// The index of the first byte that differs from `other`'s, or where the
    /// shorter one ends.
    #[must_use]
    pub fn difference(&self, other: &Self) -> Option<u64> {
        let common = self.len.min(other.len);
        let mut at = 0;
        for mine in &self.pieces {
            let theirs = other.slice(at, mine.len());
            let mut within = 0;
            for piece in &theirs.pieces {
                let part = mine.part(within, piece.len());
                if part != *piece {
                    if let Some(i) = (0..piece.len()).find(|&i| part.byte(i) != piece.byte(i)) {
                        return Some(at + within + i);
                    }
                }
                within += piece.len();
            }
            at += mine.len();
            if at >= common {
                break;
            }
        }
        (self.len != other.len).then_some(common)
    }
}
