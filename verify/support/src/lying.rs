//! A FUSE file system whose files have any size in the inode, and lose bytes.
//!
//! The kernel reads such a file by the file system's own read alone: sendfile,
//! splice and copy_file_range go by the page cache and the inode's size.

use std::{
    ffi::OsStr,
    path::{Path, PathBuf},
    sync::{Arc, Mutex},
    time::{Duration, SystemTime},
};

use fuser::{
    BackgroundSession, FileAttr, FileType, Filesystem, MountOption, ReplyAttr, ReplyData,
    ReplyEntry, ReplyOpen, ReplyWrite, Request, TimeOrNow, consts,
};
use tempfile::TempDir;

use crate::gates::pattern;

/// The bytes that each file has when it is read.
pub const LEN: usize = 100_000;

/// The files to read: name, size in the inode, flags of each open.
const FILES: [(&str, u64, u32); 5] = [
    ("size-0", 0, consts::FOPEN_DIRECT_IO),
    ("size-too-small", 10, consts::FOPEN_DIRECT_IO),
    ("size-too-large", 1 << 20, consts::FOPEN_DIRECT_IO),
    ("size-right", LEN as u64, consts::FOPEN_DIRECT_IO),
    (
        "cannot-seek",
        0,
        consts::FOPEN_DIRECT_IO | consts::FOPEN_NONSEEKABLE,
    ),
];
/// The file to write: the first write from a byte on, 64 KiB at first, fails once
/// with ENOSPC, and the bytes before it are lost.
const LOSES: &str = "loses";

/// The file to write or to copy to: the first call is taken and its bytes are
/// lost, which the next call of either kind tells once.
const LATE: &str = "tells-late";
/// The file to write that takes no byte, and does not say why.
const TAKES_NOTHING: &str = "takes-nothing";
/// The file to read whose every read fails with ENOTCONN.
const BROKEN: &str = "broken";

/// When [`LOSES`] tells, what [`LATE`] tells, and how often one has.
#[derive(Debug, Default)]
struct Told {
    taken: u64,
    errno: i32,
    times: u32,
}

/// The mounted file system. It is unmounted when the value is dropped.
#[derive(Debug)]
pub struct Lying {
    folder: TempDir,
    told: Arc<Mutex<Told>>,
    _session: BackgroundSession,
}

impl Lying {
    /// Mounts it.
    ///
    /// # Errors
    ///
    /// The reason why this machine cannot: no /dev/fuse, or no right to mount.
    pub fn mount() -> Result<Self, String> {
        if !Path::new("/dev/fuse").exists() {
            return Err("there is no /dev/fuse".into());
        }
        let folder = tempfile::tempdir().map_err(|error| format!("no folder: {error}"))?;
        let told = Arc::default();
        let files = Files {
            bytes: pattern(LEN),
            told: Arc::clone(&told),
            owes: false,
        };
        let options = [MountOption::FSName("int80-lying".into())];
        let session = fuser::spawn_mount2(files, folder.path(), &options)
            .map_err(|error| format!("FUSE cannot be mounted: {error}"))?;
        Ok(Self {
            folder,
            told,
            _session: session,
        })
    }

    /// The files to read, each of which has [`LEN`] bytes of
    /// [`pattern`](crate::gates::pattern).
    pub fn files(&self) -> impl Iterator<Item = PathBuf> {
        let names = FILES.map(|(name, ..)| self.folder.path().join(name));
        names.into_iter()
    }

    /// A file that acknowledges `taken` bytes, fails once with ENOSPC at the write
    /// that follows, and takes every later one.
    #[must_use]
    pub fn loses(&self, taken: u64) -> PathBuf {
        *self.told.lock().expect("no panic under the lock") = Told {
            taken,
            ..Told::default()
        };
        self.folder.path().join(LOSES)
    }

    /// A file that acknowledges the bytes of its first call and loses them, fails
    /// once with `errno` at the call that follows, and takes every later one. Another
    /// file of this file system can be copied to it by copy_file_range.
    #[must_use]
    pub fn tells_late(&self, errno: i32) -> PathBuf {
        self.told.lock().expect("no panic under the lock").errno = errno;
        self.folder.path().join(LATE)
    }

    /// A file that takes no byte, and does not say why.
    #[must_use]
    pub fn takes_nothing(&self) -> PathBuf {
        self.folder.path().join(TAKES_NOTHING)
    }

    /// A file whose every read fails with ENOTCONN.
    #[must_use]
    pub fn broken(&self) -> PathBuf {
        self.folder.path().join(BROKEN)
    }

    /// How often an error was told.
    #[must_use]
    pub fn told(&self) -> u32 {
        self.told.lock().expect("no panic under the lock").times
    }
}

struct Files {
    bytes: Vec<u8>,
    told: Arc<Mutex<Told>>,
    /// Whether [`LATE`] has lost bytes.
    owes: bool,
}

impl Files {
    /// What [`LATE`] does with some bytes.
    fn take_late(&mut self, count: usize, reply: ReplyWrite) {
        let mut told = self.told.lock().expect("no panic under the lock");
        if self.owes && told.times == 0 {
            told.times += 1;
            return reply.error(told.errno);
        }
        self.owes = true;
        reply.written(count as u32);
    }
}

const ROOT: u64 = 1;
/// The first file's inode.
const FIRST: u64 = 2;
/// The inode of [`LATE`]; that of [`LOSES`] is before it.
const LATE_INODE: u64 = FIRST + FILES.len() as u64 + 1;
const NOTHING_INODE: u64 = LATE_INODE + 1;
const BROKEN_INODE: u64 = LATE_INODE + 2;
const NONE: Duration = Duration::ZERO;

/// The size and the open flags of the inode.
fn file(inode: u64) -> Option<(u64, u32)> {
    let at = inode.checked_sub(FIRST)? as usize;
    let read = FILES.get(at).map(|(_, size, flags)| (*size, *flags));
    read.or(match inode {
        // Through the page cache, so that sendfile gets the error.
        BROKEN_INODE => Some((LEN as u64, 0)),
        0..BROKEN_INODE => Some((0, consts::FOPEN_DIRECT_IO)),
        _ => None,
    })
}

fn attributes(inode: u64) -> Option<FileAttr> {
    let size = match inode {
        ROOT => 0,
        _ => file(inode)?.0,
    };
    let zero = SystemTime::UNIX_EPOCH;
    let kind = match inode {
        ROOT => FileType::Directory,
        _ => FileType::RegularFile,
    };
    Some(FileAttr {
        ino: inode,
        size,
        blocks: 0,
        atime: zero,
        mtime: zero,
        ctime: zero,
        crtime: zero,
        kind,
        perm: 0o777,
        nlink: 1,
        uid: 0,
        gid: 0,
        rdev: 0,
        blksize: 4096,
        flags: 0,
    })
}

impl Filesystem for Files {
    fn lookup(&mut self, _: &Request<'_>, parent: u64, name: &OsStr, reply: ReplyEntry) {
        let named = FILES.iter().position(|(file, ..)| name == *file);
        let others = [LOSES, LATE, TAKES_NOTHING, BROKEN];
        let other = others.iter().position(|file| name == *file);
        let at = named.or(other.map(|at| FILES.len() + at));
        match at.and_then(|at| attributes(FIRST + at as u64)) {
            Some(attributes) if parent == ROOT => reply.entry(&NONE, &attributes, 0),
            _ => reply.error(libc::ENOENT),
        }
    }

    fn getattr(&mut self, _: &Request<'_>, inode: u64, _: Option<u64>, reply: ReplyAttr) {
        match attributes(inode) {
            Some(attributes) => reply.attr(&NONE, &attributes),
            None => reply.error(libc::ENOENT),
        }
    }

    /// Truncation, and all else, changes nothing.
    fn setattr(
        &mut self,
        request: &Request<'_>,
        inode: u64,
        _: Option<u32>,
        _: Option<u32>,
        _: Option<u32>,
        _: Option<u64>,
        _: Option<TimeOrNow>,
        _: Option<TimeOrNow>,
        _: Option<SystemTime>,
        _: Option<u64>,
        _: Option<SystemTime>,
        _: Option<SystemTime>,
        _: Option<SystemTime>,
        _: Option<u32>,
        reply: ReplyAttr,
    ) {
        self.getattr(request, inode, None, reply);
    }

    fn open(&mut self, _: &Request<'_>, inode: u64, _: i32, reply: ReplyOpen) {
        match file(inode) {
            Some((_, flags)) => reply.opened(0, flags),
            None => reply.error(libc::ENOENT),
        }
    }

    fn read(
        &mut self,
        _: &Request<'_>,
        inode: u64,
        _: u64,
        offset: i64,
        size: u32,
        _: i32,
        _: Option<u64>,
        reply: ReplyData,
    ) {
        if inode == BROKEN_INODE {
            return reply.error(libc::ENOTCONN);
        }
        let start = self.bytes.len().min(offset as usize);
        let end = self.bytes.len().min(start + size as usize);
        reply.data(&self.bytes[start..end]);
    }

    fn write(
        &mut self,
        _: &Request<'_>,
        inode: u64,
        _: u64,
        offset: i64,
        bytes: &[u8],
        _: u32,
        _: i32,
        _: Option<u64>,
        reply: ReplyWrite,
    ) {
        if inode == LATE_INODE {
            return self.take_late(bytes.len(), reply);
        }
        if inode == NOTHING_INODE {
            return reply.written(0);
        }
        let mut told = self.told.lock().expect("no panic under the lock");
        if told.times == 0 && offset as u64 >= told.taken {
            told.times += 1;
            return reply.error(libc::ENOSPC);
        }
        reply.written(bytes.len() as u32);
    }
    /// [`LATE`] alone can be copied to.
    fn copy_file_range(
        &mut self,
        _: &Request<'_>,
        _: u64,
        _: u64,
        offset: i64,
        to: u64,
        _: u64,
        _: i64,
        count: u64,
        _: u32,
        reply: ReplyWrite,
    ) {
        if to != LATE_INODE {
            return reply.error(libc::EOPNOTSUPP);
        }
        let rest = self.bytes.len().saturating_sub(offset as usize);
        self.take_late(rest.min(count as usize), reply);
    }
}
