//! What a transfer writes to, and what is read at the far end.

use std::{
    fs::{File, OpenOptions},
    io::Read,
    os::fd::OwnedFd,
    os::unix::net::UnixStream,
    thread::{self, JoinHandle},
};

use rustix::{
    event::{EventfdFlags, eventfd},
    fs::{MemfdFlags, OFlags, SealFlags, fcntl_add_seals, fcntl_setfl, memfd_create},
    net::{AddressFamily, SocketType, socket},
    pipe::{PipeFlags, pipe_with},
};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Output {
    Regular,
    Append,
    Pipe,
    NonblockingPipe,
    Tcp,
    Unix,
    NonblockingUnix,
    DevNull,
    Full,
    Sealed,
    Eventfd,
    ReadOnly,
    ReaderGone,
    Unconnected,
}

/// What is read at the far end, when the near end is closed.
pub type Reader = JoinHandle<Vec<u8>>;

impl Output {
    pub const ALL: [Self; 14] = [
        Self::Regular,
        Self::Append,
        Self::Pipe,
        Self::NonblockingPipe,
        Self::Tcp,
        Self::Unix,
        Self::NonblockingUnix,
        Self::DevNull,
        Self::Full,
        Self::Sealed,
        Self::Eventfd,
        Self::ReadOnly,
        Self::ReaderGone,
        Self::Unconnected,
    ];

    pub fn open(self) -> (OwnedFd, Reader) {
        let write = |path: &str| -> OwnedFd {
            let file = OpenOptions::new().write(true).open(path);
            file.unwrap().into()
        };
        let plain = match self {
            Self::Regular | Self::Append | Self::ReadOnly => {
                let name = tempfile::NamedTempFile::new().unwrap();
                let mut options = OpenOptions::new();
                let file = match self {
                    Self::Append => options.append(true).open(name.path()),
                    Self::Regular => options.write(true).open(name.path()),
                    _ => options.read(true).open(name.path()),
                };
                let mut again = File::open(name.path()).unwrap();
                let (done, wait) = std::sync::mpsc::channel::<()>();
                // Read when the other end of the channel is gone: `DONE`.
                let reader = thread::spawn(move || {
                    let _ = wait.recv();
                    let mut bytes = Vec::new();
                    again.read_to_end(&mut bytes).unwrap();
                    bytes
                });
                DONE.with(|slot| slot.replace(Some(done)));
                return (file.unwrap().into(), reader);
            }
            Self::Pipe => return pipe(),
            Self::NonblockingPipe => {
                let (to, reader) = pipe();
                fcntl_setfl(&to, OFlags::NONBLOCK).unwrap();
                return (to, reader);
            }
            Self::Tcp => return tcp(),
            Self::Unix | Self::NonblockingUnix => {
                let (near, mut far) = UnixStream::pair().unwrap();
                near.set_nonblocking(self == Self::NonblockingUnix).unwrap();
                let reader = thread::spawn(move || all(&mut far));
                return (near.into(), reader);
            }
            Self::DevNull => write("/dev/null"),
            Self::Full => write("/dev/full"),
            Self::Sealed => {
                let file = memfd_create("sealed", MemfdFlags::ALLOW_SEALING).unwrap();
                fcntl_add_seals(&file, SealFlags::WRITE).unwrap();
                file
            }
            Self::Eventfd => eventfd(0, EventfdFlags::empty()).unwrap(),
            Self::ReaderGone => {
                let (reader, writer) = pipe_with(PipeFlags::empty()).unwrap();
                drop(reader);
                writer
            }
            Self::Unconnected => socket(AddressFamily::INET, SocketType::STREAM, None).unwrap(),
        };
        (plain, thread::spawn(Vec::new))
    }

    pub fn is_bad(self) -> bool {
        self as u8 >= Self::Full as u8
    }
}

thread_local! {
    static DONE: std::cell::RefCell<Option<std::sync::mpsc::Sender<()>>> =
        const { std::cell::RefCell::new(None) };
}

fn all(from: &mut impl Read) -> Vec<u8> {
    let mut bytes = Vec::new();
    from.read_to_end(&mut bytes).unwrap();
    bytes
}

pub fn pipe() -> (OwnedFd, Reader) {
    let (reader, writer) = pipe_with(PipeFlags::empty()).unwrap();
    (writer, thread::spawn(move || all(&mut File::from(reader))))
}

pub fn tcp() -> (OwnedFd, Reader) {
    let (near, mut far) = int80_support::net::tcp();
    (near.into(), thread::spawn(move || all(&mut far)))
}

/// Lets the file that was written be read: the descriptor is closed.
pub fn read_files() {
    DONE.with(|slot| slot.take());
}
