//! The wall at 2 GiB.

use super::*;

int80_support::every_gate! {
    /// Call 187 with a cell ends at 2^31 − 1; there is no such wall in qemu.
    fn eoverflow_at_2_gib_through_187(gate) {
        let (from, to) = (sparse_file(0x8000_0000, &pattern(500)), file_with(b""));
        let at = |offset: i32, count: usize| {
            let mut cell = offset;
            // SAFETY: the cell is borrowed.
            (unsafe { raw::sendfile(gate, fd(&to), fd(&from), &mut cell, count) }, cell)
        };
        let max = i32::MAX;
        assert_eq!(at(max, 10), expect((-75, max), (10, max.wrapping_add(10))));
        assert_eq!(at(max - 15, 100), expect((15, max), (100, max.wrapping_add(85))));
        assert_eq!(at(max - 15, 15), (15, max));
        assert_eq!(at(max, 0), (0, max));
        // The checks that the kernel makes before that one come before it.
        let (reader, _writer) = pipe_with(PipeFlags::empty()).unwrap();
        let mut cell = max as u32;
        assert_eq!(sendfile(gate, fd(&to), fd(&reader), Some(&mut cell), 1), Err(Errno::ESPIPE));
        assert_eq!(sendfile(gate, no_fd(), fd(&from), Some(&mut cell), 1), Err(Errno::EBADF));
        assert_eq!(sendfile(gate, fd(&to), no_fd(), Some(&mut cell), 1), Err(Errno::EBADF));
        assert_eq!(
            sendfile(gate, fd(&append_only()), fd(&from), Some(&mut cell), 1),
            Err(expect(Errno::EOVERFLOW, Errno::EINVAL)),
        );
    }

    /// X.15: a `sendfile64` that issued 187 would fail here.
    fn the_same_place_through_239_moves_on(gate) {
        let bytes = pattern(500);
        let (from, mut to) = (sparse_file(0x8000_0000, &bytes), file_with(b""));
        let mut cell = i64::from(i32::MAX);
        // SAFETY: the cell is borrowed.
        let moved = unsafe { raw::sendfile64(gate, fd(&to), fd(&from), &mut cell, 100) };
        assert_eq!((moved, cell), (100, 0x7fff_ffff + 100));
        assert_eq!(contents(&mut to)[1..], bytes[..99]);
    }
}
