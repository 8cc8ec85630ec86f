//! The processor that docs/tools.md promises: the i386 tools run on a 486 (C9).

use std::{
    fs::{self, File},
    path::Path,
    process::{Command, Output, Stdio},
};

use int80_support::{
    processor,
    run::{said, scratch},
    skip,
    ways::{Arch, Available, Way},
};
use libtest_mimic::{Failed, Trial};
use xtask::build::{SYMBOLS, TOOLS};

pub fn trials(available: &Available) -> Vec<Trial> {
    let folder = available.dist.join(Arch::I386.name());
    let built = TOOLS.into_iter().filter(|tool| folder.join(tool).exists());
    let each = |tool: &str| {
        let symbols = folder.join(SYMBOLS).join(tool);
        let program = folder.join(tool);
        let tool = tool.to_owned();
        [
            Trial::test(format!("i386 {tool}: instructions of a 486"), move || {
                instructions(&symbols)
            }),
            skip::trial(format!("i386 {tool}: on a 486"), move || {
                runs(&tool, &program)
            }),
        ]
    };
    built.flat_map(each).collect()
}

fn instructions(program: &Path) -> Result<(), Failed> {
    let wrong = processor::newer_than_i486(&fs::read(program)?);
    match wrong.is_empty() {
        true => Ok(()),
        false => Err(wrong.join("\n").into()),
    }
}

/// What a tool does on the emulator's own processor, it does on its 486.
fn runs(tool: &str, program: &Path) -> Result<(), Failed> {
    let folder = scratch();
    let input = folder.path().join("input");
    fs::write(
        &input,
        (0..300_007_u32)
            .map(|at| (at * 7) as u8)
            .collect::<Vec<_>>(),
    )?;
    let place = folder.path().to_str().ok_or("the temporary folder")?;
    let input = input.to_str().ok_or("the temporary folder")?;
    let cases: &[&[&str]] = match tool {
        "sf" => &[&[]],
        // It waits for a signal now and then: once is enough.
        "sfprobe" => &[&["--dir", place], &["--help"]],
        // It serves until a signal comes.
        "sfserve" => &[
            &["--dry-run", place],
            &["--listen", "x"],
            &["--check", "--listen", "unix:/nowhere"],
            &["--help"],
        ],
        _ => &[
            &[],
            &[input, "/nowhere\n", input],
            &["--offset", "4096", "--bytes", "5000", input],
            &["--no-such-option"],
            &["--help"],
        ],
    };
    let emulated = Way::named("qemu-i386").ok_or("qemu-i386 is no way")?;
    for arguments in cases {
        let run = |mut command: Command| {
            let stdin = Stdio::from(File::open(input).expect("the input"));
            let ended = command.args(*arguments).stdin(stdin).output();
            ended.expect("the emulator")
        };
        let on_486 = run(processor::on_a_486(program));
        let plain = run(emulated.program(program));
        let (one, other) = (told(tool, &on_486), told(tool, &plain));
        if on_486.status != plain.status || one != other {
            let text = format!("{arguments:?}: {}\nand {}", said(&on_486), said(&plain));
            return Err(text.into());
        }
    }
    Ok(())
}

/// What has to be the same. Of sfprobe, which may skip what takes too long, what it
/// has seen to differ.
fn told(tool: &str, output: &Output) -> Vec<u8> {
    let all = [&*output.stdout, &*output.stderr].concat();
    match tool {
        "sfprobe" => {
            let text = String::from_utf8_lossy(&all);
            let red = text.lines().filter(|line| line.starts_with("not ok"));
            red.collect::<Vec<_>>().join("\n").into_bytes()
        }
        _ => all,
    }
}
