//! What is written to: made anew for each copy.

use std::{
    fs::{File, OpenOptions},
    io::{Read, Seek, SeekFrom, Write},
    os::{fd::OwnedFd, unix::net::UnixStream},
};

use rustix::{
    event::{EventfdFlags, eventfd},
    fs::{OFlags, SealFlags, fcntl_setfl},
    net::{AddressFamily, SocketType, socket},
    pipe::{PipeFlags, pipe_with},
};

use crate::{
    ends::{all_of_file, file, full_pipe, sealed, small_file_system, stream, terminal, udp},
    inputs::fifo,
    sockets,
};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Output {
    Regular,
    /// Into the middle of what is there.
    Overwrite,
    Append,
    Pipe,
    /// Full at the start, and drained slowly.
    FullPipe,
    Fifo,
    Unix,
    NonblockingUnix,
    Tcp,
    NonblockingTcp,
    Unconnected,
    Reset,
    Closed,
    ReaderGone,
    Udp,
    /// More than a datagram holds.
    UdpTooMuch,
    Null,
    Full,
    Tty,
    NonblockingTty,
    /// It takes eight bytes a time, and is given no more.
    Eventfd,
    EventfdTooLittle,
    Memfd,
    Sealed,
    SealedSize,
    ReadOnly,
    Unopened,
    /// A file system of 64 KiB.
    Quota,
}

pub struct Sink {
    /// `None`: −1 takes its place.
    pub fd: Option<OwnedFd>,
    /// What has arrived; to be asked when `fd` is closed.
    pub arrived: Box<dyn FnOnce() -> Vec<u8>>,
}

impl Output {
    /// Whether writing the first byte to it is an error.
    pub fn is_bad(self) -> bool {
        matches!(
            self,
            Self::Unconnected
                | Self::Reset
                | Self::Closed
                | Self::ReaderGone
                | Self::UdpTooMuch
                | Self::Full
                | Self::EventfdTooLittle
                | Self::Sealed
                | Self::ReadOnly
                | Self::Unopened
        )
    }

    /// The most that is copied to it.
    pub fn most(self) -> Option<u64> {
        match self {
            // What a socket's buffer holds: datagrams that find it full are lost.
            Self::Udp => Some(20_000),
            Self::UdpTooMuch => Some(70_000),
            Self::Eventfd => Some(8),
            Self::EventfdTooLittle => Some(7),
            _ => None,
        }
    }

    /// The error is why this machine does not have it.
    pub fn open(self) -> Result<Sink, String> {
        let open = |options: &mut OpenOptions, name: &str| -> OwnedFd {
            options.open(name).expect(name).into()
        };
        let silent = |fd: OwnedFd| Sink {
            fd: Some(fd),
            arrived: Box::new(Vec::new),
        };
        Ok(match self {
            Self::Regular => file(tempfile::tempfile().unwrap()),
            Self::Overwrite => {
                let mut named = tempfile::tempfile().unwrap();
                named.write_all(&[b'.'; 10_000]).unwrap();
                named.seek(SeekFrom::Start(777)).unwrap();
                file(named)
            }
            Self::Append | Self::ReadOnly => {
                let named = tempfile::NamedTempFile::new().unwrap();
                std::fs::write(named.path(), b"here before\n").unwrap();
                let mut options = OpenOptions::new();
                let options = match self {
                    Self::Append => options.append(true),
                    _ => options.read(true),
                };
                let again = File::open(named.path()).unwrap();
                Sink {
                    fd: Some(options.open(named.path()).unwrap().into()),
                    arrived: Box::new(move || all_of_file(&again)),
                }
            }
            Self::Pipe => {
                let (reader, writer) = pipe_with(PipeFlags::CLOEXEC).unwrap();
                stream(writer, File::from(reader))
            }
            Self::FullPipe => full_pipe(),
            Self::Fifo => {
                let (reader, writer) = fifo();
                stream(writer, File::from(reader))
            }
            Self::Unix | Self::NonblockingUnix => {
                let (near, far) = UnixStream::pair().unwrap();
                near.set_nonblocking(self == Self::NonblockingUnix).unwrap();
                stream(near.into(), far)
            }
            Self::Tcp | Self::NonblockingTcp => {
                let (near, far) = sockets::tcp();
                near.set_nonblocking(self == Self::NonblockingTcp).unwrap();
                stream(near.into(), far)
            }
            Self::Unconnected => {
                silent(socket(AddressFamily::INET, SocketType::STREAM, None).unwrap())
            }
            Self::Reset => {
                let (near, far) = sockets::tcp();
                sockets::reset(far);
                silent(near.into())
            }
            Self::Closed => silent(UnixStream::pair().unwrap().0.into()),
            Self::ReaderGone => silent(pipe_with(PipeFlags::CLOEXEC).unwrap().1),
            Self::Udp | Self::UdpTooMuch => udp(),
            Self::Null => silent(open(OpenOptions::new().write(true), "/dev/null")),
            Self::Full => silent(open(OpenOptions::new().write(true), "/dev/full")),
            Self::Tty | Self::NonblockingTty => {
                let (controller, terminal) = terminal();
                if self == Self::NonblockingTty {
                    fcntl_setfl(&terminal, OFlags::NONBLOCK).unwrap();
                }
                stream(terminal, controller)
            }
            Self::Eventfd | Self::EventfdTooLittle => {
                let fd = File::from(eventfd(0, EventfdFlags::NONBLOCK).unwrap());
                let mut again = fd.try_clone().unwrap();
                let arrived = move || {
                    let mut value = [0; 8];
                    // EAGAIN where nothing was added.
                    let count = again.read(&mut value).unwrap_or(0);
                    value[..count].to_vec()
                };
                Sink {
                    fd: Some(fd.into()),
                    arrived: Box::new(arrived),
                }
            }
            Self::Memfd => sealed(0, SealFlags::empty()),
            Self::Sealed => sealed(0, SealFlags::WRITE),
            // The last page is not whole.
            Self::SealedSize => sealed(8192 + 100, SealFlags::GROW),
            Self::Unopened => Sink {
                fd: None,
                arrived: Box::new(Vec::new),
            },
            Self::Quota => file(small_file_system()?),
        })
    }
}
