//! The table of sizes in docs/tools.md: a tool may not grow past its line, and a line
//! that is more than 32 bytes above its tool is to be lowered.

use std::fs;

use int80_support::ways::{Arch, Available};
use libtest_mimic::{Failed, Trial};
use xtask::build::{COMPILER, TOOLS};

/// What the tools may be at most; docs/tools.md has the parts of those that are
/// larger than was asked for.
const LIMITS: [(&str, Arch, u64); 8] = [
    ("sf", Arch::I386, 160),
    ("sf", Arch::X86_64, 216),
    ("sfcat", Arch::I386, 14_592),
    ("sfcat", Arch::X86_64, 15_616),
    ("sfprobe", Arch::I386, 61_440),
    ("sfprobe", Arch::X86_64, 61_440),
    ("sfserve", Arch::I386, 64_512),
    ("sfserve", Arch::X86_64, 65_536),
];

const SLACK: u64 = 32;

pub fn trials(available: &Available) -> impl Iterator<Item = Trial> {
    let dist = available.dist.clone();
    let tools = TOOLS
        .into_iter()
        .flat_map(|tool| Arch::ALL.map(|arch| (tool, arch)));
    tools.filter_map(move |(tool, arch)| {
        let folder = dist.join(arch.name());
        let size = fs::metadata(folder.join(tool)).ok()?.len();
        let compiler = fs::read_to_string(folder.join(COMPILER)).unwrap_or_default();
        let name = format!("{} {tool}: {size} bytes", arch.name());
        Some(Trial::test(name, move || {
            judge(tool, arch, size, compiler.trim())
        }))
    })
}

fn judge(tool: &str, arch: Arch, size: u64, compiler: &str) -> Result<(), Failed> {
    let limit = LIMITS
        .iter()
        .find(|limit| (limit.0, limit.1) == (tool, arch));
    let limit = limit.ok_or("no limit is set")?.2;
    if size > limit {
        return Err(format!("{size} bytes, and {limit} are allowed").into());
    }
    let (line, recorded) = recorded(tool, arch)?;
    if recorded != compiler && recorded != "GNU as" {
        eprintln!(
            "skipped: the line in docs/tools.md for {} {tool}: it is for {recorded}, this is {compiler}",
            arch.name()
        );
        return Ok(());
    }
    if size > line {
        return Err(format!("{size} bytes, and docs/tools.md says {line}").into());
    }
    if size + SLACK < line {
        return Err(format!("{size} bytes: lower its line in docs/tools.md, {line}").into());
    }
    Ok(())
}

/// The line for a tool in docs/tools.md, and the compiler that it holds for: from rows
/// `| sf | i386 | 157 | 160 | 1 KiB | GNU as |`.
fn recorded(tool: &str, arch: Arch) -> Result<(u64, String), Failed> {
    let table = fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/../../docs/tools.md"))?;
    for row in table.lines() {
        let cells: Vec<&str> = row.split('|').map(str::trim).collect();
        if let ["", name, architecture, bytes, _, _, compiler, ""] = cells[..] {
            if name.trim_matches('`') == tool && architecture == arch.name() {
                return Ok((bytes.parse()?, compiler.to_owned()));
            }
        }
    }
    Err(format!("docs/tools.md has no line for {} {tool}", arch.name()).into())
}
