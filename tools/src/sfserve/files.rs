//! Files below the folder that is served (S.1, S.3).

use core::ffi::CStr;

use int80::{
    Errno, OwnedFd,
    sys::{self, AtFlags, OpenFlags, ResolveFlags},
};
use int80_rt::Gate;
use int80_serve::File;

use crate::{memory::copy, options::Options, say::must};

// The type of a file in its mode (`include/uapi/linux/stat.h`).
pub const S_IFMT: u32 = 0o170_000;
const S_IFREG: u32 = 0o100_000;
const S_IFDIR: u32 = 0o040_000;

/// For reading. What is neither a file nor a folder is not waited for.
pub const READ: OpenFlags = OpenFlags::NONBLOCK
    .union(OpenFlags::NOCTTY)
    .union(OpenFlags::CLOEXEC);
/// To see what a path names, without the right to read it.
pub const PLACE: OpenFlags = OpenFlags::PATH.union(OpenFlags::CLOEXEC);
const BENEATH: ResolveFlags = ResolveFlags::BENEATH.union(ResolveFlags::NO_MAGICLINKS);

/// How often openat2 is asked: wherever a name was moved while it followed `..`, as
/// in a link, it returns EAGAIN.
const TRIES: u32 = 32;

/// The folder that is served, or the file.
pub struct Files {
    gate: Gate,
    pub root: OwnedFd<Gate>,
    /// Whether it is a file, which is served at `/` alone.
    pub single: bool,
    /// Whether openat2 is there: links that lead inside are followed.
    pub beneath: bool,
}

/// What a file is.
#[derive(Clone, Copy, PartialEq)]
pub enum Kind {
    Regular,
    Folder,
    Other,
}

/// A file, or a folder, that is open.
pub struct Opened {
    pub fd: OwnedFd<Gate>,
    pub kind: Kind,
    pub file: File,
}

impl Files {
    /// Opens what is to be served; what fails ends the program.
    pub fn open_folder(gate: Gate, options: &Options) -> Self {
        let files = Self::open_root(gate, options.folder);
        must(options.folder.to_bytes(), files)
    }

    /// Opens what is to be served.
    pub fn open_root(gate: Gate, path: &CStr) -> Result<Self, Errno> {
        let root = sys::openat(gate, int80::Fd::CWD, path, READ, 0)?;
        let single = match status(gate, &root)?.0 {
            Kind::Folder => false,
            Kind::Regular => true,
            Kind::Other => return Err(Errno::ENOTDIR),
        };
        let beneath = !single && sys::openat2(gate, &root, c".", PLACE, 0, BENEATH).is_ok();
        Ok(Self {
            gate,
            root,
            single,
            beneath,
        })
    }

    /// Opens a file or a folder, by [`READ`] or [`PLACE`].
    #[inline(never)]
    pub fn open(&self, path: &CStr, flags: OpenFlags) -> Result<Opened, Errno> {
        let fd = if self.single {
            self.again(path)?
        } else if self.beneath {
            let open = |_| match sys::openat2(self.gate, &self.root, path, flags, 0, BENEATH) {
                Err(Errno::EAGAIN) => None,
                result => Some(result),
            };
            (0..TRIES).find_map(open).unwrap_or(Err(Errno::EAGAIN))?
        } else {
            self.segments(path, flags)?
        };
        let (kind, file) = status(self.gate, &fd)?;
        Ok(Opened { fd, kind, file })
    }

    /// The one file once more: a descriptor of its own, since connections close
    /// theirs.
    fn again(&self, path: &CStr) -> Result<OwnedFd<Gate>, Errno> {
        match path.to_bytes() {
            b"." => sys::fcntl_dupfd_cloexec(self.gate, &self.root, 3),
            _ => Err(Errno::ENOENT),
        }
    }

    /// Segment by segment, no link followed: for kernels without openat2.
    #[inline(never)]
    fn segments(&self, path: &CStr, flags: OpenFlags) -> Result<OwnedFd<Gate>, Errno> {
        let mut rest = path.to_bytes();
        let mut folder: Option<OwnedFd<Gate>> = None;
        loop {
            let end = rest.iter().position(|&byte| byte == b'/');
            let from = folder.as_ref().unwrap_or(&self.root);
            let Some(end) = end else {
                // The last segment is the end of `path`, with its NUL.
                let last = path.to_bytes_with_nul();
                let start = last.len().saturating_sub(rest.len() + 1);
                let last = last.get(start..).unwrap_or_default();
                let last = sys::c_string(last).unwrap_or(c".");
                return sys::openat(self.gate, from, last, flags | OpenFlags::NOFOLLOW, 0);
            };
            let (segment, after) = rest.split_at_checked(end).ok_or(Errno::ENOENT)?;
            let mut name = [0; 256];
            let place = name.get_mut(..end).filter(|_| end < 256);
            copy(place.ok_or(Errno::ENAMETOOLONG)?, segment);
            let name = sys::c_string(&name).unwrap_or(c".");
            let flags = PLACE | OpenFlags::DIRECTORY | OpenFlags::NOFOLLOW;
            folder = Some(sys::openat(self.gate, from, name, flags, 0)?);
            rest = after.get(1..).unwrap_or_default();
        }
    }
}

/// What an open file is, by an older call where a newer is refused.
#[inline(never)]
pub fn status(gate: Gate, fd: &OwnedFd<Gate>) -> Result<(Kind, File), Errno> {
    if let Ok(status) = sys::statx(gate, fd, c"", AtFlags::EMPTY_PATH) {
        let file = File {
            size: status.stx_size,
            mtime: status.stx_mtime.tv_sec,
            mtime_nsec: status.stx_mtime.tv_nsec,
        };
        return Ok((kind(status.stx_mode.into()), file));
    }
    let status = sys::fstat64(gate, fd)?;
    let [_, [seconds, nanoseconds], _] = status.times;
    let file = File {
        size: status.st_size as u64,
        mtime: seconds.into(),
        mtime_nsec: nanoseconds,
    };
    Ok((kind(status.st_mode), file))
}

fn kind(mode: u32) -> Kind {
    match mode & S_IFMT {
        S_IFREG => Kind::Regular,
        S_IFDIR => Kind::Folder,
        _ => Kind::Other,
    }
}
