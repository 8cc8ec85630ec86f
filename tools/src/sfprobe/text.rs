//! The texts, by their numbers, which are constants of the build; and the other
//! tables of the build.

include!(concat!(env!("OUT_DIR"), "/sfprobe.rs"));

/// Text `n`; nothing where there are not as many.
pub fn text(n: usize) -> &'static [u8] {
    TEXTS.get(n).map_or(b"", |text| text.as_bytes())
}
