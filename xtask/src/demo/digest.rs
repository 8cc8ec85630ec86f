//! SHA-256 of what is read.

use sha2::{Digest as _, Sha256};
use std::{
    fmt::Write,
    io::{self, Read},
};

/// How much was read, and its digest.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Digest {
    pub bytes: u64,
    /// In hexadecimal digits.
    pub sha256: String,
}

impl Digest {
    /// Reads to the end.
    pub fn of(mut from: impl Read) -> io::Result<Digest> {
        let mut hasher = Sha256::new();
        let mut bytes = 0;
        let mut buffer = vec![0; 1 << 18];
        loop {
            match from.read(&mut buffer) {
                Ok(0) => break,
                Ok(count) => {
                    hasher.update(&buffer[..count]);
                    bytes += count as u64;
                }
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                Err(error) => return Err(error),
            }
        }
        let mut sha256 = String::new();
        for byte in hasher.finalize() {
            let _ = write!(sha256, "{byte:02x}");
        }
        Ok(Digest { bytes, sha256 })
    }

    /// As much as a table shows.
    pub fn short(&self) -> &str {
        &self.sha256[..8]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_digest_is_sha_256() {
        let digest = Digest::of(&b"abc"[..]).unwrap();
        assert_eq!(digest.bytes, 3);
        // The example of FIPS 180-4.
        let abc = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
        assert_eq!(digest.sha256, abc);
    }
}
