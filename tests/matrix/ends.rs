//! The far ends of outputs, and what is laborious to make.

use std::{
    ffi::CString,
    fs::{File, OpenOptions},
    io::{ErrorKind, Read, Write},
    os::{
        fd::{AsRawFd, OwnedFd},
        unix::{ffi::OsStrExt, fs::FileExt},
    },
    thread,
    time::Duration,
};

use int80_support::net;
use rustix::{
    fs::{MemfdFlags, OFlags, SealFlags, fcntl_add_seals, fcntl_setfl, memfd_create},
    pipe::{PipeFlags, pipe_with},
    pty::{OpenptFlags, grantpt, openpt, ptsname, unlockpt},
};

use crate::outputs::Sink;

pub fn all_of_file(file: &File) -> Vec<u8> {
    let mut bytes = vec![0; file.metadata().unwrap().len() as usize];
    file.read_exact_at(&mut bytes, 0).unwrap();
    bytes
}

pub fn file(file: File) -> Sink {
    let again = file.try_clone().unwrap();
    Sink {
        fd: Some(file.into()),
        arrived: Box::new(move || all_of_file(&again)),
    }
}

pub fn sealed(length: u64, seals: SealFlags) -> Sink {
    let flags = MemfdFlags::CLOEXEC | MemfdFlags::ALLOW_SEALING;
    let memfd = File::from(memfd_create("output", flags).unwrap());
    memfd.set_len(length).unwrap();
    fcntl_add_seals(&memfd, seals).unwrap();
    file(memfd)
}

pub fn stream(fd: OwnedFd, mut far: impl Read + Send + 'static) -> Sink {
    let reader = thread::spawn(move || {
        let mut bytes = Vec::new();
        match far.read_to_end(&mut bytes) {
            // How a terminal says that its other side is closed.
            Err(error) if error.raw_os_error() == Some(libc::EIO) => {}
            result => drop(result.unwrap()),
        }
        bytes
    });
    Sink {
        fd: Some(fd),
        arrived: Box::new(|| reader.join().unwrap()),
    }
}

pub fn full_pipe() -> Sink {
    let (reader, writer) = pipe_with(PipeFlags::CLOEXEC).unwrap();
    fcntl_setfl(&writer, OFlags::NONBLOCK).unwrap();
    let mut filling = File::from(writer.try_clone().unwrap());
    let mut before = 0;
    let full = loop {
        match filling.write(&[b'x'; 4096]) {
            Ok(count) => before += count,
            Err(error) => break error,
        }
    };
    assert_eq!(full.kind(), ErrorKind::WouldBlock);
    drop(filling);
    let (mut reader, mut slow) = (File::from(reader), Vec::new());
    let drained = thread::spawn(move || {
        let mut page = [0; 4096];
        for _ in 0..20 {
            thread::sleep(Duration::from_millis(1));
            let count = reader.read(&mut page).unwrap();
            slow.extend_from_slice(&page[..count]);
        }
        reader.read_to_end(&mut slow).unwrap();
        slow.split_off(before)
    });
    Sink {
        fd: Some(writer),
        arrived: Box::new(|| drained.join().unwrap()),
    }
}

/// How the bytes are cut into datagrams is the call's affair: not compared.
pub fn udp() -> Sink {
    let (near, far) = net::udp_pair();
    far.set_nonblocking(true).unwrap();
    let arrived = move || {
        let (mut bytes, mut datagram) = (Vec::new(), [0; 65536]);
        while let Ok(count) = far.recv(&mut datagram) {
            bytes.extend_from_slice(&datagram[..count]);
        }
        bytes
    };
    Sink {
        fd: Some(near.into()),
        arrived: Box::new(arrived),
    }
}

/// The controller of a terminal that changes nothing of what is written, and
/// the terminal.
pub fn terminal() -> (File, OwnedFd) {
    let controller = openpt(OpenptFlags::RDWR | OpenptFlags::NOCTTY).expect("a terminal");
    grantpt(&controller).expect("a terminal");
    unlockpt(&controller).expect("a terminal");
    let name = ptsname(&controller, Vec::new()).expect("its name");
    let name = name.to_str().expect("a plain name").to_owned();
    let terminal = OpenOptions::new().read(true).write(true).open(name);
    let terminal = terminal.expect("a terminal");
    // By libc: qemu-i386 7.2 does not know the ioctl that rustix makes.
    let number = terminal.as_raw_fd();
    // SAFETY: all zeros is a termios, and it is filled in.
    let result = unsafe {
        let mut attributes: libc::termios = std::mem::zeroed();
        libc::tcgetattr(number, &mut attributes);
        attributes.c_oflag = 0;
        attributes.c_lflag &= !libc::ECHO;
        libc::tcsetattr(number, libc::TCSANOW, &attributes)
    };
    assert_eq!(result, 0, "its attributes");
    (controller.into(), terminal.into())
}

/// A file on a file system of 64 KiB of this test alone, or why there is none.
pub fn small_file_system() -> Result<File, String> {
    let folder = tempfile::tempdir().unwrap();
    let path = CString::new(folder.path().as_os_str().as_bytes()).unwrap();
    let refused = |what: &str| Err(format!("{what}: {}", std::io::Error::last_os_error()));
    let mount = move || {
        // SAFETY: a mount namespace of this thread's own, which ends with it.
        if unsafe { libc::unshare(libc::CLONE_NEWNS) } != 0 {
            return refused("unshare(CLONE_NEWNS)");
        }
        let (none, kind, nil) = (c"none".as_ptr(), c"tmpfs".as_ptr(), std::ptr::null());
        let private = libc::MS_REC | libc::MS_PRIVATE;
        // SAFETY: strings with their ends; nothing is mounted for others.
        if unsafe { libc::mount(none, c"/".as_ptr(), nil, private, nil.cast()) } != 0 {
            return refused("a private /");
        }
        let size = c"size=64k".as_ptr().cast();
        // SAFETY: as above.
        if unsafe { libc::mount(none, path.as_ptr(), kind, 0, size) } != 0 {
            return refused("mounting a tmpfs");
        }
        let mut options = OpenOptions::new();
        let options = options.read(true).write(true).create_new(true);
        // The open file keeps the file system.
        Ok(options.open(folder.path().join("file")).unwrap())
    };
    // In a thread, so that the others stay where they are.
    thread::spawn(mount).join().unwrap()
}
