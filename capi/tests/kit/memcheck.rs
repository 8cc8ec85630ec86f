//! Memory without a value, under valgrind: no function of the header goes by what a
//! caller's buffer or struct held before (B8).

use int80_support::{
    freestanding::freestanding,
    place::{Kit, Skip, Verdict, need, sources},
    run::{any, said, scratch},
    ways::Arch,
};
use libtest_mimic::Trial;
use std::{
    fs,
    path::Path,
    process::{Command, Output},
};

pub fn trials(kit: &Kit) -> Vec<Trial> {
    kit.each_arch("b8_no_uninitialised_byte_is_used", uninitialised)
}

/// What valgrind exits with where it has seen one.
const SEEN: i32 = 125;

fn uninitialised(kit: &Kit, arch: Arch) -> Verdict {
    kit.runs(arch)?;
    let valgrind = need("valgrind")?;
    let folder = scratch();
    let input = folder.path().join("input");
    fs::write(&input, vec![7; 30_000]).expect("a file");
    let program = |flag: &str| {
        let source = sources().join("uninitialised.c");
        // Frames and line numbers for its messages.
        let flags = ["-O1", "-g", flag];
        freestanding(kit, arch, folder.path(), &flags, &[source])
    };
    let under = |program: &Path| {
        let code = format!("--error-exitcode={SEEN}");
        let mut command = Command::new(&valgrind);
        command.args(["--quiet", &code]).arg(program);
        started(&mut command, &input)
    };
    // One that goes by such a byte: does valgrind start for this architecture, and
    // does it see that?
    let output = under(&program("-DREADS"));
    if output.status.code() != Some(SEEN) {
        return Err(Skip(format!(
            "valgrind sees nothing here: {}",
            said(&output)
        )));
    }
    let program = program("-UREADS");
    let plain = started(&mut Command::new(&program), &input);
    assert!(plain.status.success(), "{}", said(&plain));
    let output = under(&program);
    assert!(output.status.success(), "{}", said(&output));
    Ok(())
}

/// Runs it with the input and an empty output.
fn started(command: &mut Command, input: &Path) -> Output {
    let output = input.with_extension("out");
    fs::write(&output, "").expect("a file");
    any(command.args([input, &output]))
}
