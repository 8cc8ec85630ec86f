//! Sends a file to standard output, with std.
//!
//!     cargo run --example hosted --features std -- FILE >COPY

use std::{env, fs::File, io, path::PathBuf, process::ExitCode};

use int80::{Errno, MAX_COUNT, Native, sendfile64};

fn main() -> ExitCode {
    let mut arguments = env::args_os().skip(1);
    let (Some(name), None) = (arguments.next().map(PathBuf::from), arguments.next()) else {
        eprintln!("usage: hosted FILE");
        return ExitCode::FAILURE;
    };
    match File::open(&name).and_then(|file| copy(&file)) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("hosted: {}: {error}", name.display());
            ExitCode::FAILURE
        }
    }
}

/// Sends the whole file, whatever its position.
fn copy(file: &File) -> io::Result<()> {
    let stdout = io::stdout().lock();
    let mut offset = 0;
    loop {
        match sendfile64(Native, &stdout, file, Some(&mut offset), MAX_COUNT) {
            Ok(0) => return Ok(()),
            Ok(_) | Err(Errno::EINTR) => {}
            Err(errno) => return Err(errno.into()),
        }
    }
}
