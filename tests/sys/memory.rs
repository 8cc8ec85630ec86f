//! Mappings.

use std::{
    ptr,
    sync::{Mutex, MutexGuard, PoisonError},
};

use int80::{
    Errno,
    sys::{self, Advice, MapFlags, ProtFlags},
};
use int80_support::gates::{fd, file_with};

const PAGE: usize = 4096;
const RW: ProtFlags = ProtFlags::READ.union(ProtFlags::WRITE);
const PRIVATE: MapFlags = MapFlags::PRIVATE.union(MapFlags::ANONYMOUS);

/// One case at a time: a mapping of another's could take the place of one that is gone.
fn alone() -> MutexGuard<'static, ()> {
    static ONE: Mutex<()> = Mutex::new(());
    ONE.lock().unwrap_or_else(PoisonError::into_inner)
}

int80_support::every_gate! {
    fn a_mapping_is_zeros_until_it_is_gone(gate) {
        let _alone = alone();
        let at = sys::mmap2(gate, 3 * PAGE, RW, PRIVATE, None, 0).unwrap().as_ptr();
        // SAFETY: the pages of this mapping, which nothing else knows.
        unsafe {
            assert_eq!(ptr::read_volatile(at.add(2 * PAGE)), 0);
            ptr::write_volatile(at, 7);
            assert_eq!(sys::madvise(gate, at, PAGE, Advice::DONTNEED), Ok(()));
            assert_eq!(ptr::read_volatile(at), 0);
            assert_eq!(sys::mprotect(gate, at.add(PAGE), PAGE, ProtFlags::empty()), Ok(()));
            // The kernel cannot write there any more, and again, and never after. An
            // emulator that reserves the program's addresses lets `mprotect` succeed
            // where nothing is mapped, so that this asks for what every kernel tells.
            let file = file_with(b"x");
            let page = std::slice::from_raw_parts_mut(at.add(PAGE), 1);
            assert_eq!(sys::pread64(gate, fd(&file), page, 0), Err(Errno::EFAULT));
            assert_eq!(sys::mprotect(gate, at.add(PAGE), PAGE, RW), Ok(()));
            assert_eq!(sys::pread64(gate, fd(&file), page, 0), Ok(1));
            // A hole of one page: no stack and no heap of another thread fits it.
            assert_eq!(sys::munmap(gate, at.add(PAGE), PAGE), Ok(()));
            assert_eq!(sys::pread64(gate, fd(&file), page, 0), Err(Errno::EFAULT));
            assert_eq!(sys::munmap(gate, at, PAGE), Ok(()));
            assert_eq!(sys::munmap(gate, at.add(2 * PAGE), PAGE), Ok(()));
        }
        let nothing = sys::mmap2(gate, 0, RW, PRIVATE, None, 0);
        assert_eq!(nothing, Err(Errno::EINVAL));
    }

    fn a_file_is_mapped_from_its_second_page(gate) {
        let _alone = alone();
        let mut bytes = vec![b'a'; PAGE];
        bytes.extend(b"second");
        let file = file_with(&bytes);
        let flags = MapFlags::PRIVATE;
        let at = sys::mmap2(gate, 10, ProtFlags::READ, flags, Some(fd(&file)), 1).unwrap().as_ptr();
        // SAFETY: the mapping has a page, in which the file has 6 bytes.
        unsafe {
            assert_eq!(std::slice::from_raw_parts(at, 6), b"second");
            // Exactly there, in its place.
            let fixed = PRIVATE | MapFlags::FIXED;
            let again = sys::mmap2_fixed(gate, at, PAGE, RW, fixed, None, 0).unwrap();
            assert_eq!((again.as_ptr(), *at), (at, 0));
            assert_eq!(sys::munmap(gate, at, PAGE), Ok(()));
        }
    }

    /// 2^52 pages are 2^64 bytes, which is no offset, and not offset 0.
    fn a_file_is_not_mapped_beyond_64_bits(gate) {
        let _alone = alone();
        let file = file_with(b"first");
        // Every number of pages that i386 has is an offset.
        for bit in [52, 63].into_iter().filter(|bit| *bit < usize::BITS) {
            let (flags, pages) = (MapFlags::PRIVATE, 1 << bit);
            let mapped = sys::mmap2(gate, 5, ProtFlags::READ, flags, Some(fd(&file)), pages);
            assert_eq!(mapped, Err(Errno::EINVAL), "{pages:#x}");
        }
    }

    fn the_safe_form_takes_no_place(gate) {
        let _alone = alone();
        let no_replace = MapFlags::from_bits_retain(libc::MAP_FIXED_NOREPLACE as u32);
        for fixed in [MapFlags::FIXED, no_replace] {
            let flags = PRIVATE | fixed;
            let at = sys::mmap2(gate, PAGE, RW, flags, None, 0).unwrap().as_ptr();
            // SAFETY: this mapping's own page.
            unsafe { assert_eq!(sys::munmap(gate, at, PAGE), Ok(())) };
        }
    }
}
