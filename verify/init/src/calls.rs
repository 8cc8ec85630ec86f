//! The calls that the library has no function for: processes, mounts, the
//! loopback, pipes and connections.
//!
//! # Safety
//!
//! Pointers are from references that live until the call returns, and the
//! structures are the kernel's own.
#![allow(unsafe_code)]

use core::{
    convert::Infallible,
    ffi::{CStr, c_char},
    ptr::null,
};

use int80::{
    Errno, Fd, Native, OwnedFd, Register,
    errno::decode,
    gate::{Gate, nr},
};
use linux_raw_sys::{
    general::{LINUX_REBOOT_CMD_POWER_OFF, LINUX_REBOOT_MAGIC1, LINUX_REBOOT_MAGIC2, SIGTERM},
    ioctl::SIOCSIFFLAGS,
    net::{AF_INET, SOCK_DGRAM, SOCK_STREAM, ifreq, net_device_flags, sockaddr_in},
    system::new_utsname,
};

use crate::plan::Run;

/// A descriptor of this process's.
pub type Open = OwnedFd<Native>;

const NONE: Register = Register::ZERO;

/// # Safety
///
/// As for [`Gate::call`].
unsafe fn call<const N: usize>(number: u32, args: [Register; N]) -> Result<usize, Errno> {
    // SAFETY: the caller's promise.
    decode(unsafe { Native.call(number, args) })
}

/// Whether this is the kernel's first process.
pub fn is_first() -> bool {
    // SAFETY: no pointer is passed.
    unsafe { call(nr::GETPID, []) == Ok(1) }
}

/// Mounts a file system that has no source.
pub fn mount(kind: &CStr, place: &CStr) -> Result<(), Errno> {
    let (kind, place) = (kind.as_ptr().into(), place.as_ptr().into());
    // SAFETY: strings of the caller's; the kernel copies them.
    unsafe { call(nr::MOUNT, [kind, place, kind, NONE, NONE]) }.map(drop)
}

/// Ends the machine; it returns where that is refused.
pub fn power_off() {
    let words = [
        LINUX_REBOOT_MAGIC1,
        LINUX_REBOOT_MAGIC2,
        LINUX_REBOOT_CMD_POWER_OFF,
    ];
    // SAFETY: no pointer is passed; the first process has nothing to save.
    let _ = unsafe { call(nr::REBOOT, words.map(Register::from)) };
}

/// Brings the loopback up; the kernel gives it 127.0.0.1 and ::1 itself.
pub fn loopback() -> Result<(), Errno> {
    let control = socket(SOCK_DGRAM)?;
    // SAFETY: zeros are a value of it.
    let mut request: ifreq = unsafe { core::mem::zeroed() };
    // SAFETY: fields of unions that are plain numbers.
    unsafe {
        request.ifr_ifrn.ifrn_name[0] = b'l' as c_char;
        request.ifr_ifrn.ifrn_name[1] = b'o' as c_char;
        request.ifr_ifru.ifru_flags =
            (net_device_flags::IFF_UP as u32 | net_device_flags::IFF_RUNNING as u32) as i16;
    }
    let args = [
        control.as_fd().into(),
        SIOCSIFFLAGS.into(),
        (&raw const request).into(),
    ];
    // SAFETY: the request is the structure of this ioctl.
    unsafe { call(nr::IOCTL, args) }.map(drop)
}

fn socket(kind: u32) -> Result<Open, Errno> {
    // SAFETY: no pointer is passed.
    let fd = unsafe { call(nr::SOCKET, [AF_INET.into(), kind.into(), NONE]) }?;
    // SAFETY: the descriptor is new.
    Ok(unsafe { own(fd) })
}

/// # Safety
///
/// The descriptor is open, and no other part of the program closes it.
unsafe fn own(fd: usize) -> Open {
    // SAFETY: the caller's promise.
    unsafe { OwnedFd::from_raw_fd(Native, fd as i32) }
}

/// A pipe: where it is read, and where it is written.
pub fn pipe() -> Result<(Open, Open), Errno> {
    let mut ends = [0_i32; 2];
    // SAFETY: room for two descriptors, which are new.
    unsafe {
        call(nr::PIPE2, [(&raw mut ends).into(), NONE])?;
        Ok((own(ends[0] as usize), own(ends[1] as usize)))
    }
}

/// An address of the loopback.
fn address(port: u16) -> sockaddr_in {
    // SAFETY: zeros are a value of it.
    let mut address: sockaddr_in = unsafe { core::mem::zeroed() };
    address.sin_family = AF_INET as u16;
    address.sin_port = port.to_be();
    address.sin_addr.s_addr = u32::from_ne_bytes([127, 0, 0, 1]);
    address
}

/// A TCP connection to a port of the loopback.
pub fn connect(port: u16) -> Result<Open, Errno> {
    let client = socket(SOCK_STREAM)?;
    let address = address(port);
    let args = [
        client.as_fd().into(),
        (&raw const address).into(),
        size_of::<sockaddr_in>().into(),
    ];
    // SAFETY: the address is the kernel's structure.
    unsafe { call(nr::CONNECT, args) }?;
    Ok(client)
}

/// Both ends of a TCP connection over the loopback.
pub fn connection() -> Result<(Open, Open), Errno> {
    let listener = socket(SOCK_STREAM)?;
    let mut address = address(0);
    let mut len = size_of::<sockaddr_in>() as u32;
    let (at, room) = (Register::from(&raw mut address), Register::from(len));
    let listening = listener.as_fd().into();
    // SAFETY: the address and its length are the kernel's structures.
    unsafe {
        call(nr::BIND, [listening, at, room])?;
        call(nr::LISTEN, [listening, 1_u32.into()])?;
        call(nr::GETSOCKNAME, [listening, at, (&raw mut len).into()])?;
    }
    let client = connect(u16::from_be(address.sin_port))?;
    // SAFETY: the accepted descriptor is new.
    let server = unsafe { own(call(nr::ACCEPT4, [listening, NONE, NONE, NONE])?) };
    Ok((server, client))
}

/// A new process: 0 in it, its number here.
pub fn fork() -> Result<usize, Errno> {
    // SAFETY: the process has one thread, and its copy has copies of everything.
    unsafe { call(nr::FORK, []) }
}

/// What a process ended with, as wait4(2) has it.
pub fn wait(pid: usize) -> Result<i32, Errno> {
    let mut status = 0_i32;
    let args = [pid.into(), (&raw mut status).into(), NONE, NONE];
    // SAFETY: room for the status.
    unsafe { call(nr::WAIT4, args) }.map(|_| status)
}

/// Asks a process to end.
pub fn end(pid: usize) -> Result<(), Errno> {
    // SAFETY: no pointer is passed.
    unsafe { call(nr::KILL, [pid.into(), SIGTERM.into()]) }.map(drop)
}

/// Makes `to` another number of `from`. For a process that is about to be
/// replaced: it closes what had the number.
pub fn replace(from: Fd<'_>, to: Fd<'_>) -> Result<(), Errno> {
    // SAFETY: the process has no other use of standard input and output.
    unsafe { call(nr::DUP2, [from.into(), to.into()]) }.map(drop)
}

/// Replaces this process by a run's program; it returns only where that fails.
pub fn execute(run: &Run) -> Result<Infallible, Errno> {
    let environment = [null::<c_char>()];
    let (argv, envp) = (run.words.as_ptr().into(), environment.as_ptr().into());
    // SAFETY: a run's words are strings that end in NUL, and its list ends in
    // null, as does the environment.
    let result = unsafe { call(nr::EXECVE, [run.words[0].into(), argv, envp]) };
    // No other result comes back.
    Err(result.err().unwrap_or(Errno::ENOEXEC))
}

/// The names of the system, of its release and of its machine.
pub fn uname() -> Result<new_utsname, Errno> {
    // SAFETY: zeros are a value of it.
    let mut names: new_utsname = unsafe { core::mem::zeroed() };
    // SAFETY: the structure is the call's own.
    unsafe { call(nr::UNAME, [(&raw mut names).into()]) }?;
    Ok(names)
}
