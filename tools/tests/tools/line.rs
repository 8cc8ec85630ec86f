//! The command line of `sfcat`.

use std::{
    fs,
    path::Path,
    process::{Command, Stdio},
};

use int80_support::{qemu, skip, ways::Gate};
use libtest_mimic::Failed;

use crate::own::{expect, sfcat};
use int80_support::outcome::{Outcome, Place, captured, number, run};

pub fn places(place: &Place, folder: &Path) -> Result<(), Failed> {
    expect(sfcat(place, folder, &["a", "--offset", "4"]), 0, "", b"t\n")?;
    expect(
        sfcat(place, folder, &["--", "-n", "a"]),
        0,
        "",
        b"named like an option\nfirst\n",
    )?;
    expect(
        sfcat(place, folder, &["--offset", "4", "--", "a"]),
        0,
        "",
        b"t\n",
    )?;
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
        (&["-x", "a"][..], "invalid option: -x"),
        (&["a", "--helpful"], "unrecognized option: --helpful"),
        (
            &["--help=x"],
            "option doesn't allow an argument: '--help=x'",
        ),
        (&["--offset"], "option requires an argument: --offset"),
        (&["a", "--bytes"], "option requires an argument: --bytes"),
        (&["--gate"], "option requires an argument: --gate"),
        (&["--gate", "int81"], "unknown gate: int81"),
        (&["--gate=", "int81"], "unknown gate: ''"),
        (&["--offset", "x"], "invalid number of bytes: x"),
        (&["--offset", ""], "invalid number of bytes: ''"),
        (&["--bytes", "-1"], "invalid number of bytes: -1"),
        (&["--bytes", "K"], "invalid number of bytes: K"),
        (&["--bytes", "1T"], "invalid number of bytes: 1T"),
        (&["--bytes", "1KK"], "invalid number of bytes: 1KK"),
        (&["--bytes", "0x10"], "invalid number of bytes: 0x10"),
        (
            &["--bytes", "9223372036854775808"],
            "invalid number of bytes: 9223372036854775808",
        ),
        (
            &["--bytes", "99999999999999999999999"],
            "invalid number of bytes: 99999999999999999999999",
        ),
        (
            &["--bytes", "8589934592G"],
            "invalid number of bytes: 8589934592G",
        ),
        (&["-\x1b[31m"], "invalid option: '-'$'\\033''[31m'"),
        (
            &["-uA"],
            "option of cat that changes the text is not supported: -uA",
        ),
    ] {
        expect(
            sfcat(place, folder, arguments),
            1,
            &format!("sfcat: {message}\nTry 'sfcat --help' for more information.\n"),
            b"",
        )?;
    }
    for letter in "AbeEnstTv".chars() {
        let option = format!("-{letter}");
        let message = format!(
            "sfcat: option of cat that changes the text is not supported: {option}\n\
             Try 'sfcat --help' for more information.\n"
        );
        expect(sfcat(place, folder, &[&option, "a"]), 1, &message, b"")?;
    }
    expect(sfcat(place, folder, &["-u", "a", "-uu"]), 0, "", b"first\n")
}

/// Names are quoted as the installed `cat` quotes them in the C locale.
pub fn names(place: &Place, folder: &Path) -> Result<(), Failed> {
    use std::os::unix::ffi::OsStrExt;
    let mut names: Vec<Vec<u8>> = (1..=255_u8)
        .filter(|&byte| byte != b'/')
        .flat_map(|byte| [vec![byte], vec![b'a', byte, b'b'], vec![byte, b'\'', b'x']])
        .collect();
    // Not a name with a quote that ends in an escape: quotearg of coreutils 9 then
    // leaves out the first `$'`.
    for more in [
        "it's",
        "it's a",
        "'",
        "''",
        "a'b\"c",
        "a'b\nc",
        "\n\n",
        "a\n\u{1b}b",
        "{}",
        "}",
        "a#b'c",
        "#'",
        "~'x",
        "a{'",
        "gr\u{fc}\u{df}e",
        "a:b",
        " ",
        "  ",
        "\u{1b}]0;x\u{7}",
        "a\\b'c",
        "$(x)",
    ] {
        names.push(more.as_bytes().to_vec());
    }
    // One run for all: a message a line, in which no name has an end of line.
    let run = |mut command: Command| {
        command.arg("--");
        command.args(names.iter().map(|name| std::ffi::OsStr::from_bytes(name)));
        captured(command, folder, Stdio::null()).messages
    };
    let (ours, theirs) = (run(place.called("cat")), run(Command::new("cat")));
    for (ours, theirs) in ours.lines().zip(theirs.lines()) {
        if ours != theirs {
            return Err(format!("ours:  {ours}\ncat\'s: {theirs}").into());
        }
    }
    match ours == theirs {
        true => Ok(()),
        false => Err(format!("{} and {} bytes", ours.len(), theirs.len()).into()),
    }
}

/// Messages bear the name that the program was called by, with its path.
pub fn called(place: &Place, folder: &Path) -> Result<(), Failed> {
    for name in ["cat", "/bin/cat", "a b"] {
        let mut command = place.called(name);
        command.arg("missing");
        let message = format!("{name}: missing: No such file or directory\n");
        expect(captured(command, folder, Stdio::null()), 1, &message, b"")?;
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
    // As of cat, nothing that follows counts.
    for rest in ["--help", "--unknown", "-n", "missing"] {
        expect(sfcat(place, folder, &["--version", rest]), 0, "", VERSION)?;
    }
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
    let emulator = place
        .is_emulated()
        .then(|| qemu::installed().and_then(|version| qemu::release(&version)));
    let here: &[&str] = match (place.way.gate, emulator) {
        (Gate::Syscall, _) => &["syscall"],
        (_, Some(Ok("7.2"))) => &["int80"],
        (_, Some(Err(reason))) => skip::here(reason),
        // qemu has AT_SYSINFO since.
        _ => &["int80", "sysinfo"],
    };
    for gate in ["int80", "sysinfo", "syscall"] {
        let run = |arguments: &[&str]| {
            let mut command = place.plain_sfcat();
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
