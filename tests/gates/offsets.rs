//! The calls whose offsets stand in two registers on i386 and in one on x86_64.

use super::*;

/// A kernel of 64 bits truncates the counts of its 32-bit programs instead.
#[cfg(target_arch = "x86_64")]
#[test]
fn a_count_with_the_top_bit_is_refused_by_187_with_an_offset() {
    let (from, mut to) = (file_with(b"0123456789"), file_with(b""));
    let mut offset = 3_i32;
    let count = usize::MAX / 2 + 1;
    let gate = int80::Native;
    // SAFETY: the offset is borrowed.
    let moved = unsafe { int80::raw::sendfile(gate, fd(&to), fd(&from), &raw mut offset, count) };
    assert_eq!((moved, offset), (errno::encode(Errno::EINVAL), 3));
    assert_eq!(contents(&mut to), b"");
}

int80_support::every_gate! {
    /// Offsets in two registers: low, then high; `_llseek` the other way round.
    fn offsets_beyond_4_gib_reach_the_kernel(gate) {
        let far = 0x1_8000_0003_u64;
        let mut file = file_with(b"");
        let call3 = |nr| {
            let (low, high) = (Register::low(far), Register::high(far));
            // SAFETY: no memory is touched.
            unsafe { gate.call(nr, [fd(&file).into(), low, high]) }
        };
        assert_eq!(call3(nr::FTRUNCATE64), 0);
        assert_eq!(file.metadata().unwrap().len(), far);
        assert_eq!(sys::lseek(gate, fd(&file), -1, Whence::End), Ok(far - 1));
        file.write_all(b"!").unwrap();
        let mut buffer = [0; 3];
        assert_eq!(sys::pread64(gate, fd(&file), &mut buffer, far - 3), Ok(3));
        assert_eq!(&buffer, b"\0\0!");
        let mut result = 0_u64;
        // SAFETY: the kernel writes the position.
        let eax = unsafe {
            gate.call(nr::_LLSEEK, [fd(&file).into(), Register::high(far - 2), Register::low(far - 2), Register::from(&raw mut result), NONE])
        };
        assert_eq!((eax, result, position(&file)), (0, far - 2, far - 2));
    }

    /// As from C, whose registers are all of them integers: what the gate writes
    /// itself is written, too, whatever the compiler makes of the integer.
    fn an_address_may_come_as_a_number(gate) {
        let mut file = file_with(b"0123456789");
        let mut result = 0_u64;
        let address = (&raw mut result).expose_provenance();
        let count = 7_usize;
        // SAFETY: the kernel writes the position.
        let eax = unsafe {
            gate.call(nr::_LLSEEK, [fd(&file).into(), Register::ZERO, count.into(), address.into(), Register::ZERO])
        };
        assert_eq!((eax, result), (0, 7));
        let mut offset = 2_i32;
        let address = (&raw mut offset).expose_provenance();
        let (_reader, writer) = pipe_with(PipeFlags::empty()).unwrap();
        // SAFETY: the kernel reads and writes the offset.
        let moved = unsafe {
            gate.call(nr::SENDFILE, [fd(&writer).into(), fd(&file).into(), address.into(), 5_usize.into()])
        };
        assert_eq!((moved, offset), (5, 7));
        assert_eq!(contents(&mut file), b"0123456789");
    }

    fn pwrite_and_the_vectors_join_their_offsets(gate) {
        let far = 0x1_0000_0010_u64;
        let file = file_with(b"");
        let (low, high) = (Register::low(far), Register::high(far));
        // SAFETY: the kernel reads the bytes given.
        let wrote = unsafe {
            gate.call(nr::PWRITE64, [fd(&file).into(), b"abcdef".as_ptr().into(), 6_usize.into(), low, high])
        };
        assert_eq!(wrote, 6);
        let mut buffer = [0_u8; 3];
        let vector = [libc::iovec { iov_base: buffer.as_mut_ptr().cast(), iov_len: 3 }];
        let (low, high) = (Register::low(far + 2), Register::high(far + 2));
        // SAFETY: the kernel writes the buffer.
        let read = unsafe {
            gate.call(nr::PREADV, [fd(&file).into(), vector.as_ptr().into(), 1_usize.into(), low, high])
        };
        assert_eq!((read, &buffer), (3, b"cde"));
        let (low, high) = (Register::low(far + 3), Register::high(far + 3));
        let wrong_flags = 0x4000_0000_u32;
        // SAFETY: as above.
        let [read, refused] = [0, wrong_flags].map(|flags| unsafe {
            let (vector, one) = (vector.as_ptr().into(), 1_usize.into());
            gate.call(nr::PREADV2, [fd(&file).into(), vector, one, low, high, flags.into()])
        });
        // qemu-i386 7.2 has no preadv2; 10.0 has.
        let enosys = errno::encode(Errno::ENOSYS);
        assert_eq!((read, &buffer), expect_in("7.2", (3, b"def"), (enosys, b"cde")));
        assert_eq!(refused, expect_in("7.2", errno::encode(Errno::EOPNOTSUPP), enosys));
    }

    /// A lock in 24 bytes, whose start and length are at 4 and 12.
    fn locks_that_wait_are_set_and_told(gate) {
        const F_SETLKW64: u32 = 14;
        const F_OFD_GETLK: u32 = 36;
        const F_OFD_SETLKW: u32 = 38;
        let pid = std::process::id();
        for (command, owner) in [(F_SETLKW64, pid), (F_OFD_SETLKW, u32::MAX)] {
            let file = file_with(b"0123456789");
            let again = std::fs::File::open(format!("/proc/self/fd/{}", file.as_raw_fd())).unwrap();
            let lock = |file, command: u32, mut words: [u32; 6]| {
                // SAFETY: the lock is borrowed.
                let eax = unsafe {
                    gate.call(nr::FCNTL64, [fd(file).into(), command.into(), words.as_mut_ptr().into()])
                };
                (eax, words)
            };
            let wanted = [1, 5, 1, 7, 0, 0];
            assert_eq!(lock(&file, command, wanted).0, 0, "{command}");
            let found = lock(&again, F_OFD_GETLK, [0, 0, 0, 0, 0, 0]);
            assert_eq!(found, (0, [1, 5, 1, 7, 0, owner]), "{command}");
        }
    }
    fn mmap2_counts_its_offset_in_pages(gate) {
        let mut bytes = vec![0; 3 * 4096];
        bytes[2 * 4096] = b'2';
        let file = file_with(&bytes);
        let (length, protection, flags) = (4096_usize, 1_u32, 2_u32); // PROT_READ, MAP_PRIVATE
        // SAFETY: a new mapping.
        let address = unsafe {
            gate.call(nr::MMAP2, [NONE, length.into(), protection.into(), flags.into(), fd(&file).into(), 2_usize.into()])
        };
        let address = errno::decode(address).unwrap();
        let page = std::ptr::with_exposed_provenance::<u8>(address);
        // SAFETY: mapped above, and readable.
        assert_eq!(unsafe { page.read() }, b'2');
        // SAFETY: mapped above, and not used again.
        let unmapped = unsafe { gate.call(nr::MUNMAP, [address.into(), length.into()]) };
        assert_eq!(unmapped, 0);
    }

    fn fallocate_joins_offset_and_length(gate) {
        let file = file_with(b"");
        let (offset, length) = (0x1_0000_0000_u64, 4096_u64);
        // SAFETY: no memory is touched.
        let eax = unsafe {
            gate.call(nr::FALLOCATE, [fd(&file).into(), NONE, Register::low(offset), Register::high(offset), Register::low(length), Register::high(length)])
        };
        match eax {
            0 => assert_eq!(file.metadata().unwrap().len(), offset + length),
            // Not every file system has it.
            other => assert_eq!(other, errno::encode(Errno::EOPNOTSUPP)),
        }
    }

    fn fadvise_joins_offset_and_length(gate) {
        let file = file_with(b"");
        let advise = |advice: u32| {
            let (low, high) = (Register::low(1 << 33), Register::high(1 << 33));
            // SAFETY: no memory is touched.
            unsafe {
                gate.call(nr::FADVISE64_64, [fd(&file).into(), low, high, low, high, advice.into()])
            }
        };
        // The advice is the last argument, after both pairs.
        assert_eq!([advise(4), advise(99)], [0, errno::encode(Errno::EINVAL)]);
    }
}
