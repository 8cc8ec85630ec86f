//! sendfile, one call: what is moved, from where, and which position follows.
//! Through every gate, by calls 187 and 239, raw and safe.
#![allow(unsafe_code, missing_docs)]

use std::{
    io::{Read, Seek, SeekFrom, Write},
    os::unix::net::UnixStream,
    ptr::null_mut,
};

use int80::{Errno, MAX_COUNT, errno, raw, sendfile, sendfile64};
use int80_support::gates::{contents, expect, fd, file_with, pattern, position, sparse_file};

int80_support::every_gate! {
    fn a_null_offset_uses_and_moves_the_position(gate) {
        let bytes = pattern(70_000);
        let (mut from, mut to) = (file_with(&bytes), file_with(b""));
        from.seek(SeekFrom::Start(1000)).unwrap();
        // SAFETY: a null pointer is no cell.
        let moved = unsafe { raw::sendfile(gate, fd(&to), fd(&from), null_mut(), 5000) };
        assert_eq!((moved, position(&from), position(&to)), (5000, 6000, 5000));
        // SAFETY: as above.
        let moved = unsafe { raw::sendfile64(gate, fd(&to), fd(&from), null_mut(), 4000) };
        assert_eq!((moved, position(&from), position(&to)), (4000, 10_000, 9000));
        assert_eq!(contents(&mut to), bytes[1000..10_000]);
    }

    fn an_offset_is_moved_and_the_position_left(gate) {
        let bytes = pattern(70_000);
        let (mut from, mut to) = (file_with(&bytes), file_with(b""));
        from.seek(SeekFrom::Start(11)).unwrap();
        let mut cell = 1000_i32;
        // SAFETY: the cell is borrowed.
        let moved = unsafe { raw::sendfile(gate, fd(&to), fd(&from), &mut cell, 5000) };
        assert_eq!((moved, cell, position(&from)), (5000, 6000, 11));
        let mut cell = 6000_i64;
        // SAFETY: the cell is borrowed.
        let moved = unsafe { raw::sendfile64(gate, fd(&to), fd(&from), &mut cell, 4000) };
        assert_eq!((moved, cell, position(&from)), (4000, 10_000, 11));
        assert_eq!(contents(&mut to), bytes[1000..10_000]);
    }

    /// The i386 reference gives call 187 a 64-bit offset; the kernel's has 32 bits.
    fn the_cell_of_187_has_32_bits(gate) {
        let bytes = pattern(100);
        let (from, mut to) = (file_with(&bytes), file_with(b""));
        let mut cell = [5_i32, 0xdead_beef_u32 as i32];
        // SAFETY: the cell is borrowed.
        let moved = unsafe { raw::sendfile(gate, fd(&to), fd(&from), cell.as_mut_ptr(), 10) };
        assert_eq!((moved, cell), (10, [15, 0xdead_beef_u32 as i32]));
        assert_eq!(contents(&mut to), bytes[5..15]);
    }

    /// An 8-byte cell whose high word is zero is right for both calls.
    fn an_8_byte_cell_serves_both_calls(gate) {
        let (from, to) = (file_with(&pattern(100)), file_with(b""));
        let mut cell = 5_i64;
        // SAFETY: the cell is borrowed, and longer than call 187 needs.
        let moved = unsafe { raw::sendfile(gate, fd(&to), fd(&from), (&raw mut cell).cast(), 10) };
        assert_eq!((moved, cell), (10, 15));
        // SAFETY: the cell is borrowed.
        let moved = unsafe { raw::sendfile64(gate, fd(&to), fd(&from), &mut cell, 10) };
        assert_eq!((moved, cell), (10, 25));
    }

    fn the_safe_forms_do_the_same(gate) {
        let bytes = pattern(9000);
        let (from, mut to) = (file_with(&bytes), file_with(b""));
        let (mut cell, mut cell32) = (100, 300);
        assert_eq!(sendfile64(gate, fd(&to), fd(&from), Some(&mut cell), 200), Ok(200));
        assert_eq!(sendfile(gate, fd(&to), fd(&from), Some(&mut cell32), 200), Ok(200));
        assert_eq!((cell, cell32, position(&from)), (300, 500, 0));
        assert_eq!(contents(&mut to), bytes[100..500]);
        assert_eq!(sendfile64(gate, fd(&to), fd(&from), None, 70), Ok(70));
        assert_eq!(sendfile(gate, fd(&to), fd(&from), None, 70), Ok(70));
        assert_eq!(position(&from), 140);
    }

    fn a_count_of_0_moves_nothing_and_is_checked(gate) {
        let (from, mut to) = (file_with(&pattern(100)), file_with(b""));
        let mut cell = 7;
        assert_eq!(sendfile64(gate, fd(&to), fd(&from), Some(&mut cell), 0), Ok(0));
        assert_eq!(sendfile64(gate, fd(&to), fd(&from), None, 0), Ok(0));
        assert_eq!((cell, position(&from), contents(&mut to).len()), (7, 0, 0));
        let mut cell = -1_i64;
        // SAFETY: the cell is borrowed.
        let moved = unsafe { raw::sendfile64(gate, fd(&to), fd(&from), &mut cell, 0) };
        assert_eq!((moved, cell), (errno::encode(Errno::EINVAL), -1));
    }

    fn a_count_beyond_the_end_is_short_and_then_0(gate) {
        let bytes = pattern(10_000);
        let (from, mut to) = (file_with(&bytes), file_with(b""));
        let mut cell = 9000;
        assert_eq!(sendfile64(gate, fd(&to), fd(&from), Some(&mut cell), 5000), Ok(1000));
        assert_eq!(sendfile64(gate, fd(&to), fd(&from), Some(&mut cell), 5000), Ok(0));
        assert_eq!(cell, 10_000);
        cell = 50_000;
        assert_eq!(sendfile64(gate, fd(&to), fd(&from), Some(&mut cell), 5000), Ok(0));
        assert_eq!(cell, 50_000);
        assert_eq!(contents(&mut to), bytes[9000..]);
        assert_eq!(sendfile64(gate, fd(&to), fd(&file_with(b"")), None, 5000), Ok(0));
    }

    fn the_output_starts_at_its_position(gate) {
        let (from, mut to) = (file_with(b"moved"), file_with(b"0123456789"));
        to.seek(SeekFrom::Start(3)).unwrap();
        assert_eq!(sendfile64(gate, fd(&to), fd(&from), None, 100), Ok(5));
        assert_eq!((position(&to), contents(&mut to)), (8, b"012moved89".to_vec()));
    }

    /// Kernels differ on counts from 2^31 on; the safe form never asks.
    fn the_safe_forms_clamp_the_count(gate) {
        let bytes = pattern(1000);
        let (from, mut to) = (file_with(&bytes), file_with(b""));
        assert_eq!(sendfile64(gate, fd(&to), fd(&from), Some(&mut 0), usize::MAX), Ok(1000));
        assert_eq!(sendfile(gate, fd(&to), fd(&from), Some(&mut 0), usize::MAX), Ok(1000));
        assert_eq!(contents(&mut to), [&bytes[..], &bytes[..]].concat());
    }

    fn the_raw_form_does_not_clamp(gate) {
        let (from, to) = (file_with(&pattern(1000)), file_with(b""));
        // A 64-bit kernel takes a 32-bit caller's 4 GiB − 1 as such; a 64-bit
        // caller's 2^64 − 1 is negative to it, and qemu has a kernel of its own.
        let answer = if cfg!(target_arch = "x86") { expect(1000, -22) } else { -22 };
        // SAFETY: a null pointer is no cell.
        let moved = unsafe { raw::sendfile64(gate, fd(&to), fd(&from), null_mut(), usize::MAX) };
        assert_eq!(moved, answer);
    }

    fn the_same_descriptor_on_both_sides(gate) {
        let bytes = pattern(10 << 20);
        let mut both = file_with(&bytes);
        both.seek(SeekFrom::End(0)).unwrap();
        let mut offset = 0;
        while offset < bytes.len() as u64 {
            let left = bytes.len() - offset as usize;
            assert!(sendfile64(gate, fd(&both), fd(&both), Some(&mut offset), left).unwrap() > 0);
        }
        assert!(contents(&mut both) == [&bytes[..], &bytes[..]].concat());
    }

    fn sockets_keep_the_order_of_what_is_written_around(gate) {
        let from = file_with(b"body ");
        let (mut ours, mut theirs) = UnixStream::pair().unwrap();
        ours.write_all(b"header ").unwrap();
        assert_eq!(sendfile64(gate, fd(&ours), fd(&from), None, 100), Ok(5));
        ours.write_all(b"trailer").unwrap();
        drop(ours);
        let mut got = String::new();
        theirs.read_to_string(&mut got).unwrap();
        assert_eq!(got, "header body trailer");
    }

    /// At most 0x7ffff000 bytes move, and /dev/zero to /dev/null moves them all.
    fn one_call_moves_at_most_max_count(gate) {
        let zero = std::fs::File::open("/dev/zero").unwrap();
        let null = std::fs::File::options().write(true).open("/dev/null").unwrap();
        let moved = sendfile64(gate, fd(&null), fd(&zero), None, MAX_COUNT + 4096).unwrap();
        assert_eq!((moved, MAX_COUNT), (0x7fff_f000, 0x7fff_f000));
    }

    fn offsets_beyond_2_and_4_gib(gate) {
        for offset in [0x8000_0000, 0xffff_fff0, 0x1_0000_0000, 0x1_8000_0001] {
            let bytes = pattern(5000);
            let (from, mut to) = (sparse_file(offset, &bytes), file_with(b""));
            let mut cell = offset;
            assert_eq!(sendfile64(gate, fd(&to), fd(&from), Some(&mut cell), 10_000), Ok(5000));
            assert_eq!(cell, offset + 5000);
            assert!(contents(&mut to) == bytes, "at {offset:#x}");
        }
    }

    fn a_position_beyond_4_gib(gate) {
        let bytes = pattern(5000);
        let (mut from, mut to) = (sparse_file(0x1_0000_0123, &bytes), file_with(b""));
        from.seek(SeekFrom::Start(0x1_0000_0123)).unwrap();
        // With a null pointer there is no wall at 2 GiB, not for call 187 either.
        assert_eq!(sendfile(gate, fd(&to), fd(&from), None, 2000), Ok(2000));
        assert_eq!(sendfile64(gate, fd(&to), fd(&from), None, 10_000), Ok(3000));
        assert_eq!(position(&from), 0x1_0000_0123 + 5000);
        assert!(contents(&mut to) == bytes);
    }
}
