//! The command line of `sfcat`.

use std::{
    fs,
    path::Path,
    process::{Command, Stdio},
};

use int80_support::ways::Gate;
use libtest_mimic::Failed;

use crate::own::{expect, sfcat};
use int80_support::outcome::{Outcome, Place, captured, number, run};

pub fn places(place: &Place, folder: &Path) -> Result<(), Failed> {
    expect(sfcat(place, folder, &["a", "-o", "4"]), 0, "", b"t\n")?;
    expect(
        sfcat(place, folder, &["--", "-n", "a"]),
        0,
        "",
        b"named like an option\nfirst\n",
    )?;
    expect(sfcat(place, folder, &["-o", "4", "--", "a"]), 0, "", b"t\n")?;
    expect(
        sfcat(place, folder, &["a", "--version", "b"]),
        0,
        "",
        VERSION,
    )
}

const VERSION: &[u8] = concat!("sfcat (int80) ", env!("CARGO_PKG_VERSION"), "\n").as_bytes();

pub fn misunderstood(place: &Place, folder: &Path) -> Result<(), Failed> {
    for (arguments, message) in [
        (&["-x", "a"][..], "-x: unrecognized option; try --help"),
        (
            &["a", "--helpful"],
            "--helpful: unrecognized option; try --help",
        ),
        (&["--help=x"], "--help=x: unrecognized option; try --help"),
        (&["-o"], "-o: option requires an argument"),
        (&["a", "-n"], "-n: option requires an argument"),
        (&["--gate"], "--gate: option requires an argument"),
        (&["--gate", "int81"], "int81: unknown gate; try --help"),
        (&["--gate=", "int81"], "int81: unknown gate; try --help"),
        (&["-o", "x"], "x: invalid number"),
        (&["-o", ""], ": invalid number"),
        (&["-n", "-1"], "-1: invalid number"),
        (&["-n", "K"], "K: invalid number"),
        (&["-n", "1T"], "1T: invalid number"),
        (&["-n", "1KK"], "1KK: invalid number"),
        (&["-n", "0x10"], "0x10: invalid number"),
        (
            &["-n", "9223372036854775808"],
            "9223372036854775808: invalid number",
        ),
        (
            &["-n", "99999999999999999999999"],
            "99999999999999999999999: invalid number",
        ),
        (&["-n", "8589934592G"], "8589934592G: invalid number"),
    ] {
        expect(
            sfcat(place, folder, arguments),
            1,
            &format!("sfcat: {message}\n"),
            b"",
        )?;
    }
    Ok(())
}

pub fn help(place: &Place, folder: &Path) -> Result<(), Failed> {
    let help = fs::read(concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/../src/sfcat/help.txt"
    ))?;
    expect(sfcat(place, folder, &["--help"]), 0, "", &help)?;
    expect(sfcat(place, folder, &["--version"]), 0, "", VERSION)?;
    let mut command = place.sfcat();
    command.arg("--help");
    let full = fs::OpenOptions::new().write(true).open("/dev/full")?;
    let (status, messages, ()) = run(command, folder, Stdio::null(), full.into(), || ());
    let got = Outcome {
        status: number(status),
        messages,
        written: Vec::new(),
    };
    expect(got, 1, "sfcat: write error: No space left on device\n", b"")
}

pub fn gates(place: &Place, folder: &Path) -> Result<(), Failed> {
    let here: &[&str] = match (place.way.gate, place.is_emulated()) {
        (Gate::Syscall, _) => &["syscall"],
        (_, true) => &["int80"],
        (_, false) => &["int80", "sysinfo"],
    };
    for gate in ["int80", "sysinfo", "syscall"] {
        let run = |arguments: &[&str]| {
            let mut command: Command = place.way.command(&place.dist, "sfcat");
            command.args(arguments);
            captured(command, folder, Stdio::null())
        };
        // The AT_SYSINFO way exists only where the kernel has it.
        if gate == "sysinfo" && place.way.name == "i386-int80" {
            continue;
        }
        let (status, message, written): (_, _, &[u8]) = match here.contains(&gate) {
            true => (0, "", b"first\n"),
            false => (1, "sfcat: --gate: not on this machine\n", b""),
        };
        expect(run(&["--gate", gate, "a"]), status, message, written)?;
        expect(
            run(&[&format!("--gate={gate}"), "a"]),
            status,
            message,
            written,
        )?;
    }
    Ok(())
}
