//! A checkout in a folder with an odd name.

use int80_support::{
    checkout::copy,
    command::show,
    place::{Verdict, trial},
    run::{any, any_within, said, scratch},
    toolchain::cargo,
    ways::Arch,
};
use libtest_mimic::Trial;
use std::{fs, process::Command, time::Duration};

pub fn trials() -> Vec<Trial> {
    vec![trial("c6_a_path_may_have_any_character", odd)]
}

/// A comma, a space, quotes and letters beyond ASCII, each of which a shell, a
/// compiler or a linker may take for something else.
const NAME: &str = "a,b c'd\"é$(x)";

fn odd() -> Verdict {
    let folder = scratch();
    let top = folder.path().join(NAME);
    fs::create_dir(&top).expect("a folder");
    copy(&top)?;
    let arch = Arch::X86_64;
    let build = |arguments: &[&str]| -> Result<(), int80_support::place::Skip> {
        let mut command = cargo(arch)?;
        command
            .current_dir(&top)
            .args(["build", "--quiet", "--offline", "--locked"])
            .args(["--target", arch.triple()])
            .args(arguments)
            .env("CARGO_TARGET_DIR", top.join("target"));
        let output = any_within(&mut command, Duration::from_secs(600));
        assert!(
            output.status.success(),
            "{}\n{}",
            show(&command),
            said(&output)
        );
        Ok(())
    };
    // The build scripts of the example and of the tools.
    build(&["--package", "freestanding", "--release"])?;
    build(&["--package", "int80-tools", "--profile", "freestanding"])?;
    let target = top.join("target").join(arch.triple());
    let file = top.join("link.ld");
    for program in ["release/freestanding", "freestanding/sfcat"] {
        let output = any(Command::new(target.join(program)).arg(&file));
        assert!(
            output.status.success() && output.stdout == fs::read(&file).expect("the script"),
            "{program}: {}",
            said(&output)
        );
    }
    Ok(())
}
