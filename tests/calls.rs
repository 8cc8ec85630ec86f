//! The typed calls, one by one, through every gate.
#![allow(unsafe_code, missing_docs)]

use std::{
    ffi::CString,
    fs::{self, FileTimes},
    os::linux::fs::MetadataExt,
    time::{Duration, UNIX_EPOCH},
};

use int80::{
    Errno, Fd,
    sys::{self, AtFlags, IoSlice, OpenFlags, PollFd, PollFlags, Whence},
};
use int80_support::gates::{contents, fd, file_with, no_fd, pattern, sparse_file};
use rustix::pipe::{PipeFlags, pipe_with};

int80_support::every_gate! {
    fn read_and_write(gate) {
        let mut file = file_with(b"");
        assert_eq!(sys::write(gate, fd(&file), b"0123456789"), Ok(10));
        assert_eq!(sys::lseek(gate, fd(&file), 4, Whence::Set), Ok(4));
        let mut buffer = [0; 4];
        assert_eq!(sys::read(gate, fd(&file), &mut buffer), Ok(4));
        assert_eq!(&buffer, b"4567");
        assert_eq!(sys::read(gate, fd(&file), &mut [0; 100]), Ok(2));
        assert_eq!(sys::read(gate, fd(&file), &mut buffer), Ok(0));
        assert_eq!(sys::read(gate, no_fd(), &mut buffer), Err(Errno::EBADF));
        assert_eq!(sys::read(gate, fd(&fs::File::open("/").unwrap()), &mut buffer), Err(Errno::EISDIR));
        let parts = [IoSlice::new(b"ab"), IoSlice::new(b""), IoSlice::new(b"cde")];
        assert_eq!(sys::writev(gate, fd(&file), &parts), Ok(5));
        assert_eq!(contents(&mut file), b"0123456789abcde");
    }

    fn pread_leaves_the_position(gate) {
        let bytes = pattern(300);
        let file = sparse_file(0x1_0000_0000, &bytes);
        let mut buffer = [0; 100];
        assert_eq!(sys::pread64(gate, fd(&file), &mut buffer, 0x1_0000_0064), Ok(100));
        assert_eq!(buffer, bytes[100..200]);
        assert_eq!(sys::lseek(gate, fd(&file), 0, Whence::Current), Ok(0));
        assert_eq!(sys::pread64(gate, fd(&file), &mut buffer, u64::MAX), Err(Errno::EINVAL));
        let (reader, _writer) = pipe_with(PipeFlags::empty()).unwrap();
        assert_eq!(sys::pread64(gate, fd(&reader), &mut buffer, 0), Err(Errno::ESPIPE));
    }

    fn open_makes_large_files_and_close_says_what_it_says(gate) {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("made");
        let name = CString::new(path.to_str().unwrap()).unwrap();
        let flags = OpenFlags::CREAT | OpenFlags::EXCL | OpenFlags::RDWR;
        let file = sys::openat(gate, Fd::CWD, &name, flags, 0o600).unwrap();
        // Past 2 GiB, where a file opened without O_LARGEFILE ends.
        assert_eq!(sys::lseek(gate, file.as_fd(), 0x7fff_fff8, Whence::Set), Ok(0x7fff_fff8));
        assert_eq!(sys::write(gate, file.as_fd(), &[1; 16]), Ok(16));
        assert_eq!(sys::fcntl_getfl(gate, file.as_fd()).unwrap() & OpenFlags::RDWR, OpenFlags::RDWR);
        let raw = file.as_fd().as_raw_fd();
        assert_eq!(file.close(), Ok(()));
        // SAFETY: closed above; who has it now is not touched by F_GETFL.
        let _ = sys::fcntl_getfl(gate, unsafe { Fd::borrow_raw(raw) });
        assert_eq!(fs::metadata(&path).unwrap().len(), 0x8000_0008);
        let again = sys::openat(gate, Fd::CWD, &name, flags, 0o600);
        assert_eq!(again.map(drop), Err(Errno::EEXIST));
        // And a file that is larger already can be opened.
        drop(sys::openat(gate, Fd::CWD, &name, OpenFlags::empty(), 0).unwrap());
        let missing = sys::openat(gate, Fd::CWD, c"/nowhere/at/all", OpenFlags::empty(), 0);
        assert_eq!(missing.map(drop), Err(Errno::ENOENT));
    }

    fn fstat_knows_files_from_pipes(gate) {
        let file = sparse_file(0x1_2345_6789, b"x");
        let status = sys::statx(gate, fd(&file), c"", AtFlags::EMPTY_PATH).unwrap();
        assert_eq!((status.stx_size, status.stx_mode & 0o170_000), (0x1_2345_678a, 0o100_000));
        let (reader, _writer) = pipe_with(PipeFlags::empty()).unwrap();
        assert_eq!(sys::statx(gate, fd(&reader), c"", AtFlags::EMPTY_PATH).unwrap().stx_mode & 0o170_000, 0o010_000);
        assert_eq!(sys::statx(gate, no_fd(), c"", AtFlags::EMPTY_PATH).map(drop), Err(Errno::EBADF));
    }

    fn fstat_has_each_time_in_its_place(gate) {
        let file = file_with(b"");
        let at = |seconds| UNIX_EPOCH + Duration::new(seconds, 5);
        let times = FileTimes::new().set_accessed(at(1000)).set_modified(at(2000));
        file.set_times(times).unwrap();
        let times = sys::fstat64(gate, fd(&file)).unwrap().times;
        let [accessed, modified, changed] = times;
        assert_eq!([accessed, modified], [[1000, 5], [2000, 5]]);
        let known = file.metadata().unwrap();
        assert_eq!(changed, [known.st_ctime() as u32, known.st_ctime_nsec() as u32]);
    }

    fn lseek_goes_everywhere(gate) {
        let file = sparse_file(0x1_0000_0000, b"x");
        let seek = |offset, whence| sys::lseek(gate, fd(&file), offset, whence);
        assert_eq!(seek(0, Whence::End), Ok(0x1_0000_0001));
        assert_eq!(seek(-0x1_0000_0000, Whence::Current), Ok(1));
        assert_eq!(seek(0x2_ffff_ffff, Whence::Set), Ok(0x2_ffff_ffff));
        assert_eq!(seek(-1, Whence::Set), Err(Errno::EINVAL));
        let (reader, _writer) = pipe_with(PipeFlags::empty()).unwrap();
        assert_eq!(sys::lseek(gate, fd(&reader), 0, Whence::Current), Err(Errno::ESPIPE));
    }

    fn poll_tells_the_sides_apart(gate) {
        let (reader, writer) = pipe_with(PipeFlags::empty()).unwrap();
        let mut fds = [
            PollFd { fd: fd(&reader), events: PollFlags::IN, revents: PollFlags::empty() },
            PollFd { fd: fd(&writer), events: PollFlags::OUT, revents: PollFlags::empty() },
        ];
        assert_eq!(sys::poll(gate, &mut fds, 0), Ok(1));
        assert_eq!(fds.map(|entry| entry.revents), [PollFlags::empty(), PollFlags::OUT]);
        rustix::io::write(&writer, b"x").unwrap();
        assert_eq!(sys::poll(gate, &mut fds, -1), Ok(2));
        assert_eq!(fds[0].revents, PollFlags::IN);
        let mut nothing = [PollFd { fd: no_fd(), events: PollFlags::IN, revents: PollFlags::IN }];
        assert_eq!(sys::poll(gate, &mut nothing, 10), Ok(0));
    }

    fn set_pipe_size_makes_room(gate) {
        let (_reader, writer) = pipe_with(PipeFlags::NONBLOCK).unwrap();
        assert_eq!(sys::fcntl_setpipe_sz(gate, fd(&writer), 200_000), Ok(262_144));
        assert_eq!(sys::write(gate, fd(&writer), &vec![0; 1 << 20]), Ok(262_144));
        assert_eq!(sys::fcntl_setpipe_sz(gate, fd(&writer), 4096), Err(Errno::EBUSY));
        assert_eq!(sys::fcntl_setpipe_sz(gate, fd(&file_with(b"")), 4096), Err(Errno::EBADF));
    }
}

#[cfg(feature = "std")]
#[test]
fn std_types_convert_both_ways() {
    use std::{
        io::{self, Read, Write},
        os::fd::AsFd,
    };
    let (from, mut to) = (file_with(b"from std"), file_with(b""));
    int80::sendfile64(int80::Native, &to, from.as_fd(), None, 100).unwrap();
    assert_eq!(contents(&mut to), b"from std");
    let error = io::Error::from(Errno::ENOENT);
    assert_eq!(error.kind(), io::ErrorKind::NotFound);
    assert_eq!(Errno::try_from(&error), Ok(Errno::ENOENT));
    assert_eq!(Errno::try_from(&io::Error::other("no number")), Err(()));
    let opened = sys::openat(
        int80::Native,
        Fd::CWD,
        c"/proc/version",
        OpenFlags::empty(),
        0,
    )
    .unwrap();
    let mut text = String::new();
    fs::File::from(std::os::fd::OwnedFd::from(opened))
        .read_to_string(&mut text)
        .unwrap();
    assert!(text.starts_with("Linux version "));
    writeln!(to, "and on").unwrap();
}
