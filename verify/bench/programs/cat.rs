//! A cat of std's `io::copy`: a peer.

use std::{env, fs::File, io};

fn main() -> io::Result<()> {
    let mut output = io::stdout().lock();
    match env::args_os().nth(1) {
        Some(name) => io::copy(&mut File::open(name)?, &mut output)?,
        None => io::copy(&mut io::stdin().lock(), &mut output)?,
    };
    Ok(())
}
