//! The page of a folder, in a file in memory (H.20).

use core::ffi::CStr;

use int80::{
    OwnedFd,
    sys::{self, Entry as Name, Whence},
};
use int80_rt::{FixedVec, Gate};
use int80_serve::{
    Resolved, Status,
    listing::{self, ENTRY_MAX, Entry},
    status_of,
};

use crate::{
    files::{Files, Kind, Opened},
    memory,
    options::Options,
};

/// The most bytes of names, with their NULs; further names are left out.
const NAMES: usize = 256 << 10;
/// The most names.
const MOST: usize = 8192;

/// What is needed to list a folder, set aside at the start.
pub struct Lister {
    names: FixedVec<u8>,
    entries: FixedVec<Place>,
    buffer: &'static mut [u8],
}

/// An entry: where its name begins, and what it is.
#[derive(Clone, Copy)]
struct Place {
    name: u32,
    folder: bool,
    size: u64,
    mtime: i64,
}

const BUFFER: usize = 32 << 10;

impl Lister {
    #[inline(never)]
    pub fn new(gate: Gate) -> Self {
        Self {
            names: memory::vector(gate, NAMES),
            entries: memory::vector(gate, MOST),
            buffer: memory::zeros(gate, BUFFER),
        }
    }

    /// Writes the page of a folder into a file in memory; its length.
    pub fn list(
        &mut self,
        gate: Gate,
        files: &Files,
        options: &Options,
        path: &mut Resolved<'_>,
        folder: Opened,
    ) -> Result<(OwnedFd<Gate>, u64), Status> {
        self.names.clear();
        self.entries.clear();
        let read = self.read(gate, files, options, path, &folder.fd);
        self.sort();
        let page = read.and_then(|()| sys::memfd_create(gate, c"listing"));
        let page = page.map_err(|errno| status_of(errno.raw_os_error()))?;
        let written = self.write(gate, &page, path.as_bytes());
        let length = written.and_then(|()| sys::lseek(gate, &page, 0, Whence::Current));
        let length = length.map_err(|_| Status::ServiceUnavailable)?;
        Ok((page, length))
    }

    /// Reads the names, and asks what each is: what cannot be served is not
    /// listed.
    #[inline(never)]
    fn read(
        &mut self,
        gate: Gate,
        files: &Files,
        options: &Options,
        path: &mut Resolved<'_>,
        folder: &OwnedFd<Gate>,
    ) -> Result<(), int80::Errno> {
        loop {
            let mut names = sys::getdents64(gate, folder, self.buffer)?;
            let mut any = false;
            for Name { name, .. } in &mut names {
                any = true;
                let hidden = name.to_bytes().starts_with(b".") && !options.dot_files;
                if hidden || matches!(name.to_bytes(), b"." | b"..") {
                    continue;
                }
                let length = path.len();
                if path.join(name.to_bytes()).is_err() {
                    continue;
                }
                let found = files.look(sys::c_string(path.with_nul()).unwrap_or(c"."));
                path.truncate(length);
                let Ok(Opened { kind, file, .. }) = found else {
                    continue;
                };
                if kind == Kind::Other {
                    continue;
                }
                let place = Place {
                    name: self.names.len() as u32,
                    folder: kind == Kind::Folder,
                    size: file.size,
                    mtime: file.mtime,
                };
                let room = self.names.capacity() - self.names.len();
                let bytes = name.to_bytes_with_nul();
                if bytes.len() > room || self.entries.push(place).is_err() {
                    return Ok(());
                }
                for &byte in bytes {
                    let _ = self.names.push(byte);
                }
            }
            if !any {
                return Ok(());
            }
        }
    }

    /// Folders first, then by name. Shell's sort: short, and never slow.
    #[inline(never)]
    fn sort(&mut self) {
        let names: &[u8] = &self.names;
        let key = |place: Place| (!place.folder, name_at(names, place));
        let mut gap = self.entries.len() / 2;
        while gap > 0 {
            for end in gap..self.entries.len() {
                let mut at = end;
                while at >= gap {
                    let (Some(&left), Some(&right)) =
                        (self.entries.get(at - gap), self.entries.get(at))
                    else {
                        break;
                    };
                    if key(left) <= key(right) {
                        break;
                    }
                    if let Some(place) = self.entries.get_mut(at) {
                        *place = left;
                    }
                    if let Some(place) = self.entries.get_mut(at - gap) {
                        *place = right;
                    }
                    at -= gap;
                }
            }
            gap /= 2;
        }
    }

    #[inline(never)]
    fn write(&mut self, gate: Gate, page: &OwnedFd<Gate>, path: &[u8]) -> Result<(), int80::Errno> {
        let begin = listing::begin(path, self.buffer);
        let mut used = begin.ok_or(int80::Errno::ENAMETOOLONG)?;
        for &place in self.entries.iter() {
            if BUFFER - used < ENTRY_MAX {
                flush(gate, page, self.buffer, &mut used)?;
            }
            let entry = Entry {
                name: name_at(&self.names, place),
                size: (!place.folder).then_some(place.size),
                mtime: place.mtime,
            };
            let room = self.buffer.get_mut(used..).unwrap_or_default();
            used += listing::entry(&entry, room).unwrap_or(0);
        }
        if BUFFER - used < ENTRY_MAX {
            flush(gate, page, self.buffer, &mut used)?;
        }
        let room = self.buffer.get_mut(used..).unwrap_or_default();
        used += listing::end(room).unwrap_or(0);
        flush(gate, page, self.buffer, &mut used)
    }
}

/// Writes what the buffer has, and empties it.
fn flush(
    gate: Gate,
    page: &OwnedFd<Gate>,
    buffer: &[u8],
    used: &mut usize,
) -> Result<(), int80::Errno> {
    let mut bytes = buffer.get(..*used).unwrap_or_default();
    while !bytes.is_empty() {
        let written = sys::write(gate, page, bytes)?;
        bytes = bytes.get(written..).unwrap_or_default();
    }
    *used = 0;
    Ok(())
}

fn name_at(names: &[u8], place: Place) -> &[u8] {
    let from = names.get(place.name as usize..).unwrap_or_default();
    sys::c_string(from).map_or(&[], CStr::to_bytes)
}
