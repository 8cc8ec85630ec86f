//! Owned descriptors: each is closed once, through its gate, or not at all.
#![allow(unsafe_code, missing_docs)]

use int80::{Errno, Fd, OwnedFd, gate::nr};
use int80_sim::{Era, FileKind, Input, Kernel, Recorder};

/// A descriptor of a simulated kernel, the owner of it, and what it does.
fn owned<'g>(gate: &'g Recorder<Kernel>, fd: Fd<'static>) -> OwnedFd<&'g Recorder<Kernel>> {
    // SAFETY: open in this kernel, and no other code closes it.
    unsafe { OwnedFd::from_raw_fd(gate, fd.as_raw_fd()) }
}

fn kernel() -> (Recorder<Kernel>, Fd<'static>) {
    let kernel = Kernel::new(Era::V6_8);
    let fd = kernel.input(Input::File(FileKind::Regular), 10, 1);
    (Recorder::new(kernel), fd)
}

/// The descriptors that were closed, and the results.
fn closed(gate: &Recorder<Kernel>) -> Vec<(i32, isize)> {
    let calls = gate.calls_of(nr::CLOSE);
    let of = |call: &int80_sim::Call| (call.args[0] as i32, call.result);
    calls.iter().map(of).collect()
}

#[test]
fn b13_a_dropped_descriptor_is_closed_once() {
    let (gate, fd) = kernel();
    let owner = owned(&gate, fd);
    assert_eq!(owner.as_raw_fd(), fd.as_raw_fd());
    assert_eq!(owner.as_fd(), fd);
    assert_eq!(closed(&gate), []);
    drop(owner);
    assert_eq!(closed(&gate), [(fd.as_raw_fd(), 0)]);
}

#[test]
fn b13_close_closes_once_and_returns_the_error() {
    let (gate, fd) = kernel();
    assert_eq!(owned(&gate, fd).close(), Ok(()));
    assert_eq!(closed(&gate), [(fd.as_raw_fd(), 0)]);
    assert_eq!(owned(&gate, fd).close(), Err(Errno::EBADF));
    assert_eq!(closed(&gate).len(), 2);
}

#[test]
fn b13_into_raw_fd_closes_nothing() {
    let (gate, fd) = kernel();
    assert_eq!(owned(&gate, fd).into_raw_fd(), fd.as_raw_fd());
    assert_eq!(closed(&gate), []);
    let mut byte = [0];
    assert_eq!(int80::sys::read(&gate, fd, &mut byte), Ok(1));
}

#[test]
fn descriptors_of_a_simulated_kernel_are_open_in_no_process() {
    let kernel = Kernel::new(Era::V6_8);
    for _ in 0..64 {
        let fd = kernel.input(Input::File(FileKind::Regular), 1, 1);
        assert!(fd.as_raw_fd() >= 0x7fff_ffc0, "{fd:?}");
        if !cfg!(miri) {
            let here = int80::sys::read(int80::Native, fd, &mut [0]);
            assert_eq!(here, Err(Errno::EBADF));
        }
    }
}
