//! Does what its first argument names.

#![no_std]
#![no_main]

use core::ffi::CStr;
use int80_rt::{
    Arguments, Lines, Process, Writer,
    int80::{
        Errno, Fd, Native,
        sys::{self, OpenFlags},
    },
    parse_signed, parse_unsigned,
};

int80_rt::main!(main);

fn main(process: Process) -> Result<u8, Errno> {
    let mut arguments = process.arguments();
    let case = arguments.nth(1).map_or(&b""[..], CStr::to_bytes);
    match case {
        b"result" => return result(&mut arguments),
        b"output" => output(process, &mut arguments)?,
        b"panic" => panics(parse_unsigned(next(&mut arguments)?.to_bytes())?),
        b"lines" => lines()?,
        b"numbers" => numbers(&mut arguments)?,
        _ => return Err(Errno::EINVAL),
    }
    Ok(0)
}

fn next(arguments: &mut Arguments) -> Result<&'static CStr, Errno> {
    arguments.next().ok_or(Errno::EINVAL)
}

fn result(arguments: &mut Arguments) -> Result<u8, Errno> {
    match next(arguments)?.to_bytes() {
        b"ok" => Ok(0),
        b"status" => Ok(7),
        b"enoent" => Err(Errno::ENOENT),
        b"unknown" => Err(Errno::from_raw_os_error(4000).ok_or(Errno::EINVAL)?),
        _ => Err(Errno::EINVAL),
    }
}

/// Closes standard output, and opens a file that takes its number.
fn output(process: Process, arguments: &mut Arguments) -> Result<(), Errno> {
    let name = next(arguments)?;
    // SAFETY: no file has been opened.
    let output = unsafe { process.take_output(Native) }.ok_or(Errno::EBUSY)?;
    Writer::new(Native, &output).write_all(b"before\n")?;
    output.close()?;
    let flags = OpenFlags::WRONLY | OpenFlags::CREAT | OpenFlags::TRUNC;
    let file = sys::openat(Native, Fd::CWD, name, flags, 0o600)?;
    assert_eq!(file.as_raw_fd(), 1);
    let mut writer = Writer::new(Native, &file);
    writer.write_all(b"taken\n")?;
    // Dropped at once, as a program does that cares for the descriptor only once.
    // SAFETY: the tests start this program with standard output open.
    drop(unsafe { process.take_output(Native) });
    writer.write_all(b"still open\n")
}

fn panics(number: u8) {
    panic!("number {number}")
}

fn lines() -> Result<(), Errno> {
    let mut out = Writer::new(Native, Fd::STDOUT);
    let mut buffer = [0; 8];
    let mut lines = Lines::new(Native, Fd::STDIN, &mut buffer);
    while let Some(line) = lines.next_line()? {
        out.write_all(b"[")?;
        out.write_all(line.text)?;
        out.write_all(if line.continues { b">\n" } else { b"]\n" })?;
    }
    Ok(())
}

fn numbers(arguments: &mut Arguments) -> Result<(), Errno> {
    let unsigned: u64 = parse_unsigned(next(arguments)?.to_bytes())?;
    let signed: i64 = parse_signed(next(arguments)?.to_bytes())?;
    writeln!(Writer::new(Native, Fd::STDOUT), "{unsigned} {signed}")
}
