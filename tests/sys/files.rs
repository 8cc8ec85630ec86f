//! Folders and files.

use std::{
    ffi::CString,
    fs,
    mem::MaybeUninit,
    os::{fd::AsRawFd, unix::ffi::OsStrExt},
    path::Path,
};

use int80::{
    Errno, Fd,
    gate::nr,
    sys::{self, Entry, OpenFlags, RenameFlags, ResolveFlags, SpliceFlags},
};
use int80_sim::Recorder;
use int80_support::gates::{fd, file_with, no_fd, skip, sparse_file};

fn name(path: &Path) -> CString {
    CString::new(path.as_os_str().as_bytes()).unwrap()
}

int80_support::every_gate! {
    /// On i386 only with O_LARGEFILE.
    fn files_are_of_any_size(gate) {
        let file = sparse_file(1 << 32, b"x");
        let path = CString::new(format!("/proc/self/fd/{}", file.as_raw_fd())).unwrap();
        let recorder = Recorder::new(gate);
        let opened = sys::openat(&recorder, Fd::CWD, &path, OpenFlags::empty(), 0).map(drop);
        assert_eq!(opened, Ok(()));
        let flags = recorder.calls_of(nr::OPENAT)[0].args[2];
        assert_eq!(flags as u32 & 0o100_000, 0o100_000);
        let none = (OpenFlags::empty(), 0, ResolveFlags::empty());
        let opened = sys::openat2(gate, Fd::CWD, &path, none.0, none.1, none.2).map(drop);
        assert!(matches!(opened, Ok(()) | Err(Errno::ENOSYS)), "{opened:?}");
    }

    /// As of sendfile: kernels differ on counts of 2^31 and more.
    fn counts_between_descriptors_are_clamped(gate) {
        let recorder = Recorder::new(gate);
        let none = SpliceFlags::empty();
        for count in [int80::MAX_COUNT, int80::MAX_COUNT + 1, usize::MAX] {
            let _ = sys::splice(&recorder, no_fd(), None, no_fd(), None, count, none);
            let _ = sys::copy_file_range(&recorder, no_fd(), None, no_fd(), None, count);
        }
        let counts: Vec<_> = recorder.calls().iter().map(|call| call.args[4]).collect();
        assert_eq!(counts, [int80::MAX_COUNT; 6]);
    }

    fn openat2_stays_beneath(gate) {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join("file"), b"inside").unwrap();
        std::os::unix::fs::symlink("file", folder.path().join("within")).unwrap();
        std::os::unix::fs::symlink("/etc/passwd", folder.path().join("out")).unwrap();
        let root = fs::File::open(folder.path()).unwrap();
        let beneath = ResolveFlags::BENEATH | ResolveFlags::NO_MAGICLINKS;
        let open = |path, resolve| sys::openat2(gate, fd(&root), path, OpenFlags::empty(), 0, resolve).map(drop);
        if open(c"file", beneath) == Err(Errno::ENOSYS) {
            return skip("openat2_stays_beneath", "no openat2: Linux 5.6 or qemu-user 9.0 has it");
        }
        assert_eq!(open(c"within", beneath), Ok(()));
        assert_eq!(open(c"out", beneath), Err(Errno::EXDEV));
        assert_eq!(open(c"../file", beneath), Err(Errno::EXDEV));
        assert_eq!(open(c"within", ResolveFlags::NO_SYMLINKS), Err(Errno::ELOOP));
        assert_eq!(open(c"/etc/passwd", ResolveFlags::empty()), Ok(()));
        let place = sys::openat2(gate, fd(&root), c".", OpenFlags::PATH, 0, beneath);
        assert_eq!(place.map(drop), Ok(()));
    }

    fn getdents64_lists_every_name_once(gate) {
        let folder = tempfile::tempdir().unwrap();
        let mut wanted: Vec<String> = (0..100).map(|n| format!("name-{n}-{}", "x".repeat(n))).collect();
        for one in &wanted {
            fs::write(folder.path().join(one), b"").unwrap();
        }
        fs::create_dir(folder.path().join("folder")).unwrap();
        let opened = fs::File::open(folder.path()).unwrap();
        let (mut seen, mut kinds) = (Vec::new(), Vec::new());
        let mut buffer = [0; 1000];
        loop {
            let mut entries = sys::getdents64(gate, fd(&opened), &mut buffer).unwrap().peekable();
            if entries.peek().is_none() {
                break;
            }
            for entry in entries {
                if !matches!(entry.name.to_bytes(), b"." | b"..") {
                    seen.push(entry.name.to_str().unwrap().to_owned());
                    kinds.push(entry.kind);
                }
            }
        }
        let at = seen.iter().position(|name| name == "folder").unwrap();
        assert!(matches!(kinds[at], Entry::DIR | 0));
        seen.remove(at);
        seen.sort();
        wanted.sort();
        assert_eq!(seen, wanted);
        assert_eq!(sys::getdents64(gate, fd(&file_with(b"")), &mut buffer).map(drop), Err(Errno::ENOTDIR));
    }

    fn names_are_made_moved_read_and_removed(gate) {
        let folder = tempfile::tempdir().unwrap();
        let root = fs::File::open(folder.path()).unwrap();
        assert_eq!(sys::mkdirat(gate, fd(&root), c"made", 0o750), Ok(()));
        assert_eq!(sys::mkdirat(gate, fd(&root), c"made", 0o750), Err(Errno::EEXIST));
        fs::write(folder.path().join("a"), b"a").unwrap();
        fs::write(folder.path().join("b"), b"b").unwrap();
        let rename = |from, to, flags| sys::renameat2(gate, fd(&root), from, fd(&root), to, flags);
        assert_eq!(rename(c"a", c"b", RenameFlags::NOREPLACE), Err(Errno::EEXIST));
        assert_eq!(rename(c"a", c"made/c", RenameFlags::empty()), Ok(()));
        assert_eq!(fs::read(folder.path().join("made/c")).unwrap(), b"a");
        assert_eq!(rename(c"b", c"made/c", RenameFlags::EXCHANGE), Ok(()));
        assert_eq!(fs::read(folder.path().join("b")).unwrap(), b"a");
        std::os::unix::fs::symlink("to/there", folder.path().join("link")).unwrap();
        let mut buffer = [MaybeUninit::uninit(); 100];
        assert_eq!(sys::readlinkat(gate, fd(&root), c"link", &mut buffer), Ok(&b"to/there"[..]));
        assert_eq!(sys::readlinkat(gate, fd(&root), c"link", &mut buffer[..2]), Ok(&b"to"[..]));
        assert_eq!(sys::readlinkat(gate, fd(&root), c"b", &mut buffer), Err(Errno::EINVAL));
        assert_eq!(sys::unlinkat(gate, fd(&root), c"made", true), Err(Errno::ENOTEMPTY));
        assert_eq!(sys::unlinkat(gate, fd(&root), c"made", false), Err(Errno::EISDIR));
        assert_eq!(sys::unlinkat(gate, Fd::CWD, &name(&folder.path().join("made/c")), false), Ok(()));
        assert_eq!(sys::unlinkat(gate, fd(&root), c"made", true), Ok(()));
        assert!(!folder.path().join("made").exists());
    }

    fn ftruncate64_knows_64_bits_and_fsync_waits(gate) {
        let file = file_with(b"0123456789");
        assert_eq!(sys::ftruncate64(gate, fd(&file), 4), Ok(()));
        assert_eq!(file.metadata().unwrap().len(), 4);
        assert_eq!(sys::ftruncate64(gate, fd(&file), 0x1_0000_0004), Ok(()));
        assert_eq!(file.metadata().unwrap().len(), 0x1_0000_0004);
        assert_eq!(sys::ftruncate64(gate, fd(&file), u64::MAX), Err(Errno::EINVAL));
        assert_eq!(sys::fsync(gate, fd(&file)), Ok(()));
        assert_eq!(sys::fsync(gate, no_fd()), Err(Errno::EBADF));
    }

    fn pipes_and_files_in_memory(gate) {
        let [from, to] = sys::pipe2(gate, sys::EventFlags::NONBLOCK).unwrap();
        assert_eq!(sys::read(gate, &from, &mut [0; 9]), Err(Errno::EAGAIN));
        assert_eq!(sys::write(gate, &to, b"through"), Ok(7));
        let mut buffer = [0; 9];
        assert_eq!(sys::read(gate, &from, &mut buffer), Ok(7));
        assert_eq!(&buffer[..7], b"through");
        let memory = sys::memfd_create(gate, c"a name").unwrap();
        assert_eq!(sys::write(gate, &memory, b"kept"), Ok(4));
        assert_eq!(sys::pread64(gate, &memory, &mut buffer, 0), Ok(4));
        assert_eq!(&buffer[..4], b"kept");
        let other = sys::fcntl_dupfd_cloexec(gate, &memory, 50).unwrap();
        assert!(other.as_raw_fd() >= 50);
        drop(memory);
        assert_eq!(sys::pread64(gate, &other, &mut buffer, 2), Ok(2));
    }
}
