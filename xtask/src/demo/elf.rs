//! Where a program's own code lies: a call that comes from elsewhere came
//! through the kernel's page, that is AT_SYSINFO.

use anyhow::{Context, Result};
use object::{Object, ObjectSegment};
use std::ops::RangeInclusive;

/// The addresses of the segments that are loaded. The address after the last
/// byte counts, too: a trap may be the last instruction.
pub fn loaded(program: &[u8]) -> Result<Vec<RangeInclusive<u64>>> {
    let elf = object::File::parse(program).context("the tool is no ELF program")?;
    let addresses = elf
        .segments()
        .map(|one| one.address()..=one.address() + one.size());
    Ok(addresses.collect())
}
