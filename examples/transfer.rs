//! Sends a file over TCP, with std.
//!
//!     cargo run --example transfer --features std -- FILE HOST:PORT

use std::{env, error::Error, fs::File, net::TcpStream};

use int80::{Native, Transfer, transfer::Outcome, without_sigpipe};

/// Sends all of the file. The outcome has the count, however it ends, and the failed side.
fn send_all(socket: &TcpStream, file: &File) -> Outcome {
    let mut buffer = [0; 16 << 10]; // For pairs that only read and write support.
    let mut transfer = Transfer::new(Native, socket, file, &mut buffer);
    without_sigpipe(Native, socket, || transfer.run())
}

fn main() -> Result<(), Box<dyn Error>> {
    let mut arguments = env::args_os().skip(1);
    let (Some(name), Some(address)) = (arguments.next(), arguments.next()) else {
        return Err("usage: transfer FILE HOST:PORT".into());
    };
    let address = address
        .into_string()
        .map_err(|_| "the address is not text")?;
    let socket = TcpStream::connect(address)?;
    let outcome = send_all(&socket, &File::open(name)?);
    println!("{} bytes", outcome.moved);
    outcome.into_result()?;
    Ok(())
}
