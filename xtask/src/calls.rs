//! `cargo xtask calls`: what is written from the table of calls: `docs/calls.md`
//! and the include files of `capi/include/`.

use crate::{dist::includes, paths::Paths};
use anyhow::{Context, Result};
use int80::gate::nr::{CALLS, Call, Class};
use int80_support::oracle::{LEFT_OUT, RECIPES};
use std::{
    fmt::Write,
    fs,
    path::{Path, PathBuf},
};

/// The document, from the top folder.
pub const DOCUMENT: &str = "docs/calls.md";

/// The `calls` command.
pub fn command(paths: &Paths) -> Result<bool> {
    for (path, text) in files(&paths.root)? {
        fs::write(&path, text).with_context(|| format!("cannot write {}", path.display()))?;
        println!("{}", path.display());
    }
    Ok(true)
}

/// Every file that is written, and its text.
pub fn files(root: &Path) -> Result<Vec<(PathBuf, String)>> {
    let includes = includes::all(root)?.into_iter();
    let includes = includes.map(|(name, text)| (root.join("capi/include").join(name), text));
    let document = (root.join(DOCUMENT), document());
    Ok([document].into_iter().chain(includes).collect())
}

/// `docs/calls.md`.
fn document() -> String {
    let count = |class: fn(&Class) -> bool| {
        let calls = CALLS.iter().filter(|call| class(&call.class()));
        calls.count()
    };
    let mut text = format!(
        "# The calls of `int 80h`\n\n\
         Written by `cargo xtask calls` from the table in `src/gate/nr/table.rs`. The numbers are\n\
         checked against `linux-raw-sys` on both architectures, and against `sc`, when the\n\
         library is compiled.\n\n\
         On i386 the gates pass every number on. On x86_64 the `Syscall` gate takes the same\n\
         numbers and arguments:\n\n\
         | class | calls | what the gate does |\n|---|---|---|\n\
         | same | {} | passes the arguments unchanged |\n\
         | converted | {} | converts the arguments, a structure or the result, as the table says |\n\
         | refused | {} | returns −ENOSYS |\n\n\
         A field in memory of type pointer, `size_t` or `long` has the width of the caller's registers:\n\
         `iovec`, `timeval`, `timespec`, `rlimit`, `msghdr`, `stat` (106 to 108), signal sets, and the words of\n\
         `socketcall`, `ipc`, the old `mmap` and `select`. A field of fixed width keeps it: the offset of\n\
         187, `stat64`, `flock64`, `statfs64`, the times of 403 to 423. The caller sign-extends signed numbers\n\
         of register width, such as the offset of `lseek`.\n\n\
         Remaining differences: a 16-bit call returns 65534 for an ID that does not fit, whatever\n\
         `/proc/sys/kernel/overflowuid` is; 403 to 423 do not ignore the upper half of the nanoseconds;\n\
         `ipc` has the newer structures only (`IPC_64`); memory that the gate itself reads or writes\n\
         faults where the kernel would return −EFAULT.\n\n\
         `compared`: `tests/oracle` makes the call with 1,000 random sets of arguments by the kernel's own\n\
         32-bit entry and by the gate, and compares results, memory, descriptors and file names. It does\n\
         so for {} calls.\n\n\
         | i386 | name | x86_64 | class | since | arguments | compared |\n|---|---|---|---|---|---|---|\n",
        count(|class| *class == Class::Same),
        count(|class| matches!(class, Class::Converted(_))),
        count(|class| matches!(class, Class::Refused(_))),
        RECIPES.len()
    );
    for call in CALLS {
        text += &row(call);
    }
    text
}

fn row(call: &Call) -> String {
    let mut row = format!("| {} | `{}` |", call.nr, call.name);
    let _ = match call.x86_64 {
        None => write!(row, " – |"),
        Some((number, name)) if name == call.name => write!(row, " {number} |"),
        Some((number, name)) => write!(row, " {number} `{name}` |"),
    };
    let _ = match call.class() {
        Class::Same => write!(row, " same |"),
        Class::Converted(how) => write!(row, " converted: {how} |"),
        Class::Refused(why) => write!(row, " refused: {why} |"),
    };
    let arguments = call.arguments.replace(' ', ", ");
    let _ = writeln!(row, " {} | {arguments} | {} |", call.since, compared(call));
    row
}

fn compared(call: &Call) -> String {
    let left_out = LEFT_OUT.iter().find(|(nr, _)| *nr == call.nr);
    match (call.class(), left_out) {
        (Class::Refused(_), _) => "–".to_owned(),
        (_, Some((_, why))) => format!("no: {why}"),
        (_, None) => "yes".to_owned(),
    }
}
