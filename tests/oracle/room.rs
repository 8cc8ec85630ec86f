//! The files, descriptors and memory that the calls of the recipes are made on:
//! the same before every call.

use std::{
    ffi::CString,
    fs,
    os::{
        fd::{IntoRawFd, OwnedFd, RawFd},
        unix::fs::{MetadataExt, PermissionsExt, symlink},
    },
    path::Path,
    ptr,
};

use int80::{errno, gate::nr};
use int80_support::oracle::{Kind, Recipe};

/// Bytes for each argument; one slot more is for what `iovec`s point to.
pub const SLOT: usize = 1024;
const SLOTS: usize = 7;
/// An address below 4 GiB at which nothing is.
pub const BAD: u64 = 0x1000;

pub struct Room {
    memory: *mut u8,
    top: tempfile::TempDir,
    /// Descriptors that stay: the input, the output, the write-only file, the
    /// folder.
    files: [RawFd; 4],
    /// Those made anew before each call: a pipe, a pair of sockets, an eventfd,
    /// an epoll, a timerfd.
    made: [RawFd; 7],
    /// The first number above all of them.
    free: RawFd,
    has_names: bool,
    /// What the folder holds when it is as it was made.
    names: Vec<String>,
    /// Whether it holds something else now.
    names_differ: bool,
    /// The descriptors that the last call was given: the others are as before.
    drawn: Vec<RawFd>,
}

/// Gives who has no rights but its own the folders below back, of whatever mode the
/// last call has made them.
fn open_up(folder: &Path) {
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        if entry.file_type().is_ok_and(|kind| kind.is_dir()) {
            let _ = fs::set_permissions(entry.path(), fs::Permissions::from_mode(0o700));
            open_up(&entry.path());
        }
    }
}

fn checked(result: i32) -> RawFd {
    assert!(result >= 0, "{}", std::io::Error::last_os_error());
    result
}

impl Room {
    pub fn new(recipe: &Recipe) -> Self {
        let has = |wanted: fn(&Kind) -> bool| recipe.arguments.iter().any(wanted);
        let shared = Path::new("/dev/shm");
        let top = match shared.is_dir() {
            true => tempfile::tempdir_in(shared),
            false => tempfile::tempdir(),
        };
        let top = top.expect("a folder");
        let open = |name: &str, options: &fs::OpenOptions| {
            let file = options.open(top.path().join(name)).expect("a file");
            OwnedFd::from(file).into_raw_fd()
        };
        fs::create_dir(top.path().join("world")).expect("a folder");
        fs::write(top.path().join("input"), pattern(10_000)).expect("a file");
        for name in ["output", "written"] {
            fs::write(top.path().join(name), "").expect("a file");
        }
        let mut options = fs::OpenOptions::new();
        let files = [
            open("input", options.read(true)),
            open("output", options.write(true)),
            open("written", options.read(false)),
            open("world", fs::OpenOptions::new().read(true)),
        ];
        // SAFETY: a new mapping below 4 GiB; the page after the slots is taken
        // away again, so that what runs over them faults.
        let memory = unsafe {
            let flags = libc::MAP_PRIVATE | libc::MAP_ANONYMOUS | libc::MAP_32BIT;
            let protection = libc::PROT_READ | libc::PROT_WRITE;
            let memory = libc::mmap(ptr::null_mut(), 0x3000, protection, flags, -1, 0);
            assert_ne!(memory, libc::MAP_FAILED);
            libc::mprotect(memory.byte_add(0x2000), 0x1000, libc::PROT_NONE);
            memory.cast()
        };
        let mut room = Self {
            memory,
            top,
            files,
            made: [-1; 7],
            free: 0,
            has_names: has(|kind| matches!(kind, Kind::Path | Kind::NewPath)),
            names: Vec::new(),
            names_differ: false,
            drawn: files.to_vec(),
        };
        room.fill_holes();
        room.build();
        room.names = room.names();
        room
    }

    /// Leaves no number free below those of the room.
    fn fill_holes(&mut self) {
        let highest = self.files.into_iter().max().expect("files") + 1;
        // SAFETY: new descriptors, of this process until it ends.
        unsafe {
            while checked(libc::dup(self.files[0])) < highest {}
            self.free = checked(libc::dup(self.files[0]));
            libc::close(self.free);
        }
        self.made = std::array::from_fn(|at| self.free + at as i32);
        self.free += self.made.len() as i32;
        self.make();
    }

    /// Makes the descriptors that are made anew.
    fn make(&self) {
        let made = self.made;
        // SAFETY: numbers of this room's.
        unsafe {
            for fd in made {
                libc::close(fd);
            }
            let mut fds = [0; 2];
            checked(libc::pipe2(fds.as_mut_ptr(), libc::O_NONBLOCK));
            assert_eq!(fds, made[..2]);
            let kind = libc::SOCK_STREAM | libc::SOCK_NONBLOCK;
            checked(libc::socketpair(libc::AF_UNIX, kind, 0, fds.as_mut_ptr()));
            assert_eq!(fds, made[2..4]);
            assert_eq!(libc::eventfd(3, libc::EFD_NONBLOCK), made[4]);
            assert_eq!(libc::epoll_create1(0), made[5]);
            let clock = libc::CLOCK_MONOTONIC;
            assert_eq!(libc::timerfd_create(clock, libc::TFD_NONBLOCK), made[6]);
            let bytes = pattern(700);
            libc::write(made[1], bytes.as_ptr().cast(), bytes.len());
            libc::write(made[3], bytes.as_ptr().cast(), bytes.len());
        }
    }

    /// Makes the names in the folder.
    fn build(&self) {
        let world = self.top.path().join("world");
        open_up(&world);
        for entry in fs::read_dir(&world).expect("the folder").flatten() {
            let path = entry.path();
            let _ = fs::remove_dir_all(&path).or_else(|_| fs::remove_file(&path));
        }
        for folder in ["b", "e"] {
            fs::create_dir(world.join(folder)).expect("a folder");
        }
        for file in ["a", "b/x"] {
            fs::write(world.join(file), b"contents").expect("a file");
        }
        symlink("a", world.join("l")).expect("a link");
    }

    /// Every name with what it is.
    fn names(&self) -> Vec<String> {
        let world = self.top.path().join("world");
        let mut names = Vec::new();
        for folder in [world.clone(), world.join("b"), world.join("e")] {
            for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
                let path = entry.path();
                let name = path
                    .strip_prefix(&world)
                    .expect("a name")
                    .display()
                    .to_string();
                let Ok(meta) = fs::symlink_metadata(&path) else {
                    continue;
                };
                // A folder's size and links follow from the names.
                let file = !meta.is_dir();
                let (size, links) = (file.then_some(meta.len()), file.then_some(meta.nlink()));
                let (mode, uid, gid) = (meta.mode(), meta.uid(), meta.gid());
                names.push(format!("{name} {mode:o} {size:?} {links:?} {uid} {gid}"));
            }
        }
        names.sort();
        names
    }

    /// Everything as it was.
    pub fn reset(&mut self) {
        // SAFETY: descriptors and memory of this room's.
        unsafe {
            libc::syscall(libc::SYS_close_range, self.free, u32::MAX, 0);
            libc::fchdir(self.files[3]);
            libc::umask(0o22);
            let mut none = std::mem::zeroed();
            libc::sigemptyset(&mut none);
            libc::sigprocmask(libc::SIG_SETMASK, &none, ptr::null_mut());
            ptr::write_bytes(self.memory, 0xa5, SLOT * SLOTS);
        }
        let drawn = std::mem::take(&mut self.drawn);
        if drawn.iter().any(|fd| self.made.contains(fd)) {
            self.make();
        }
        if drawn.iter().any(|fd| self.files.contains(fd)) {
            let written = pattern(3000);
            for (at, fd) in self.files.into_iter().enumerate() {
                // SAFETY: as above.
                unsafe {
                    if at == 1 || at == 2 {
                        libc::ftruncate(fd, 0);
                        libc::pwrite(fd, written.as_ptr().cast(), written.len(), 0);
                    }
                    let mut lock: libc::flock = std::mem::zeroed();
                    lock.l_type = libc::F_UNLCK as i16;
                    libc::fcntl(fd, libc::F_SETLK, &lock);
                    libc::fcntl(fd, libc::F_OFD_SETLK, &lock);
                    libc::flock(fd, libc::LOCK_UN);
                    libc::fcntl(fd, libc::F_SETFL, 0);
                    libc::fcntl(fd, libc::F_SETFD, 0);
                    libc::lseek(fd, if at == 3 { 0 } else { 100 }, libc::SEEK_SET);
                }
            }
        }
        if std::mem::take(&mut self.names_differ) {
            self.build();
        }
    }

    /// Takes a mapping away that a call has made.
    pub fn release(&self, call: u32, address: usize, result: isize) {
        if [nr::MMAP, nr::MMAP2].contains(&call) && errno::decode(result).is_ok() {
            // SAFETY: the mapping is the call's.
            unsafe { libc::munmap(ptr::without_provenance_mut(address), 70_000) };
        }
    }

    /// What is to be the same on both sides.
    pub fn state(&mut self) -> Vec<String> {
        let mut state = Vec::new();
        // SAFETY: descriptors of this room's, and of this process.
        unsafe {
            let free = libc::dup(self.files[0]);
            libc::close(free);
            let umask = libc::umask(0o22);
            let mut mask: libc::sigset_t = std::mem::zeroed();
            libc::sigprocmask(libc::SIG_SETMASK, ptr::null(), &mut mask);
            let low = (1..32).filter(|&signal| libc::sigismember(&mask, signal) == 1);
            state.push(format!("{free} {umask:o} {:?}", low.collect::<Vec<_>>()));
        }
        let cwd = std::env::current_dir();
        state.push(format!("{:?}", cwd.map_err(|error| error.kind())));
        self.descriptors_state(&mut state);
        if self.has_names {
            let names = self.names();
            self.names_differ = names != self.names;
            state.extend(names);
        }
        state
    }

    fn descriptors_state(&self, state: &mut Vec<String>) {
        for &fd in &self.drawn {
            let (mut waiting, mut count) = (0_i32, 0_u64);
            // SAFETY: descriptors of this room's.
            unsafe {
                let position = libc::lseek(fd, 0, libc::SEEK_CUR);
                let flags = (
                    libc::fcntl(fd, libc::F_GETFL),
                    libc::fcntl(fd, libc::F_GETFD),
                );
                libc::ioctl(fd, libc::FIONREAD, &raw mut waiting);
                if fd == self.made[4] {
                    libc::read(fd, (&raw mut count).cast(), 8);
                }
                state.push(format!("{fd}: {position} {flags:?} {waiting} {count}"));
            }
        }
        for (name, fd) in [("output", self.files[1]), ("written", self.files[2])] {
            if !self.drawn.contains(&fd) {
                continue;
            }
            let path = self.top.path().join(name);
            let size = fs::metadata(&path).map_or(0, |meta| meta.len());
            let bytes = if size < 20_000 {
                fs::read(&path).unwrap_or_default()
            } else {
                Vec::new()
            };
            let sum = bytes.iter().fold(0_u64, |sum, byte| {
                sum.wrapping_mul(31).wrapping_add(u64::from(*byte))
            });
            state.push(format!("{name}: {size} {sum:x}"));
        }
    }

    /// A descriptor by a random number.
    pub fn descriptor(&mut self, random: u64) -> RawFd {
        let [input, output, written, folder] = self.files;
        let [read, write, a, b, event, epoll, timer] = self.made;
        let none = -1;
        let all = [
            input, input, output, output, written, folder, read, write, a, b, event, epoll, timer,
            none,
        ];
        let fd = all[(random % all.len() as u64) as usize];
        self.drawn.push(fd);
        fd
    }

    pub fn folder(&self) -> RawFd {
        self.files[3]
    }

    pub fn address(&self, at: usize) -> u64 {
        self.memory.addr() as u64 + (SLOT * at) as u64
    }

    pub fn slot(&self, at: usize) -> &[u8] {
        // SAFETY: slots of the mapping.
        unsafe { std::slice::from_raw_parts(self.memory.add(SLOT * at), SLOT) }
    }

    pub fn slot_mut(&mut self, at: usize) -> &mut [u8] {
        // SAFETY: slots of the mapping.
        unsafe { std::slice::from_raw_parts_mut(self.memory.add(SLOT * at), SLOT) }
    }

    /// The address of a text.
    pub fn text(&mut self, at: usize, text: &str) -> u64 {
        let text = CString::new(text).expect("no NUL");
        let bytes = text.as_bytes_with_nul();
        self.slot_mut(at)[..bytes.len()].copy_from_slice(bytes);
        self.address(at)
    }
}

fn pattern(length: usize) -> Vec<u8> {
    (0..length).map(|at| (at % 251) as u8).collect()
}
