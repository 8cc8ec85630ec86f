//! What the runtime offers but formatted text.

#![no_std]
#![no_main]

use int80_rt::{
    Lines, Process, Writer,
    int80::{Errno, Fd, Native},
    parse_signed, parse_unsigned,
};

int80_rt::main!(main);

fn main(process: Process) -> Result<u8, Errno> {
    let mut out = Writer::new(Native, Fd::STDOUT);
    let mut buffer = [0; 100];
    let mut lines = Lines::new(Native, Fd::STDIN, &mut buffer);
    while let Some(line) = lines.next_line()? {
        out.write_all(line.text)?;
    }
    let mut arguments = process.arguments().skip(1).map(|one| one.to_bytes());
    let unsigned: u32 = parse_unsigned(arguments.next().unwrap_or_default())?;
    let signed: i32 = parse_signed(arguments.next().unwrap_or_default())?;
    // SAFETY: no file has been opened.
    let output = unsafe { process.take_output(Native) }.ok_or(Errno::EBUSY)?;
    output.close()?;
    Ok(u8::from(i64::from(unsigned) + i64::from(signed) != 0))
}
