//! Sends a file to standard output, with std.
//!
//!     cargo run --example hosted --features std -- FILE >COPY

use std::{env, fs::File, io, path::PathBuf, process::ExitCode};

use int80::{Native, Transfer};

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

/// Sends all of the file.
fn copy(file: &File) -> io::Result<()> {
    let stdout = io::stdout().lock();
    let mut buffer = vec![0; 128 << 10]; // For pairs that only read and write support.
    let mut transfer = Transfer::new(Native, &stdout, file, &mut buffer[..]);
    transfer.run().into_result()?;
    Ok(())
}
