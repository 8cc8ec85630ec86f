//! Sends a file over TCP, with std.
//!
//!     cargo run --example transfer --features std -- FILE HOST:PORT

use std::{env, error::Error, fs::File, net::TcpStream};

use int80::{Native, Transfer, transfer, without_sigpipe};

/// Sends all of the file. An error names the side, and `transfer.moved()` has the count.
fn send_all(socket: &TcpStream, file: &File) -> Result<u64, transfer::Error> {
    let mut buffer = [0; 16 << 10]; // For pairs that only read and write support.
    let mut transfer = Transfer::new(Native, socket, file, &mut buffer);
    without_sigpipe(Native, socket, || transfer.run()).into_result()
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
    let moved = send_all(&socket, &File::open(name)?)?;
    println!("{moved} bytes");
    Ok(())
}
