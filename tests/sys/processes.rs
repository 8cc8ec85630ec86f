//! Processes, their rights and limits. What changes a process is tried in a
//! child.

use std::ptr;

use int80::{
    Errno, Gate, Register, errno,
    gate::nr,
    sys::{self, How, Limit, Resource, SignalSet},
};
use int80_support::gates::{skip, under_qemu};

/// What a child of this process ends with that runs `child`.
pub fn in_child<G: Gate + Copy>(gate: G, child: impl FnOnce() -> i32) -> sys::WaitStatus {
    // SAFETY: the child makes raw calls and ends.
    let number = unsafe { sys::fork(gate) }.unwrap();
    if number == 0 {
        let status = child();
        sys::exit_group(gate, status);
    }
    let (ended, status) = sys::wait4(gate, number as i32, false).unwrap().unwrap();
    assert_eq!(ended, number);
    status
}

/// As wait(2) has them: the exit status, a signal, a core dump, a stop, a
/// continuation.
#[test]
fn a_status_is_one_of_wait_s() {
    for (status, code, signal) in [
        (0, Some(0), None),
        (0xff00, Some(255), None),
        (9, None, Some(9)),
        (0x80 | 11, None, Some(11)),
        (0x137f, None, None),
        (0xffff, None, None),
    ] {
        let status = sys::WaitStatus(status);
        assert_eq!(
            (status.code(), status.signal()),
            (code, signal),
            "{status:?}"
        );
    }
}

int80_support::every_gate! {
    fn a_child_ends_with_its_status(gate) {
        let own = sys::getpid(gate);
        assert_eq!(own, std::process::id());
        let status = in_child(gate, || if sys::getpid(gate) == own { 1 } else { 42 });
        assert_eq!((status.code(), status.signal()), (Some(42), None));
        assert_eq!(sys::wait4(gate, own as i32, true), Err(Errno::ECHILD));
    }

    fn a_child_is_killed(gate) {
        // SAFETY: the child makes raw calls only.
        let number = unsafe { sys::fork(gate) }.unwrap();
        if number == 0 {
            loop {
                let _ = sys::poll(gate, &mut [], -1);
            }
        }
        assert_eq!(sys::wait4(gate, number as i32, true), Ok(None));
        assert_eq!(sys::kill(gate, number as i32, 0), Ok(()));
        assert_eq!(sys::kill(gate, number as i32, 9), Ok(()));
        let (_, status) = sys::wait4(gate, number as i32, false).unwrap().unwrap();
        assert_eq!((status.code(), status.signal()), (None, Some(9)));
        assert_eq!(sys::kill(gate, number as i32, 0), Err(Errno::ESRCH));
    }

    /// What lies in the registers after a call's own arguments is not read.
    fn waitpid_and_umount_read_no_further_argument(gate) {
        // SAFETY: the child makes raw calls only.
        let number = unsafe { sys::fork(gate) }.unwrap();
        if number == 0 {
            sys::exit_group(gate, 5);
        }
        let mut status = 0_u32;
        let (pid, options) = (Register::from(number), Register::ZERO);
        let nowhere = Register::from(1_u32);
        let place = Register::from(ptr::from_mut(&mut status));
        // SAFETY: the kernel writes the status.
        let waited = unsafe { gate.call(nr::WAITPID, [pid, place, options, nowhere]) };
        assert_eq!((waited, status), (number as isize, 5 << 8));
        let no_flag = Register::from(0x4000_0000_u32);
        // SAFETY: there is no such path.
        let refused = unsafe { gate.call(nr::UMOUNT, [c"/nowhere/at/all".as_ptr().into(), no_flag]) };
        assert_eq!(refused, errno::encode(Errno::ENOENT));
    }

    fn clone_stores_the_child_s_number_through_its_fifth_argument(gate) {
        const CLONE_CHILD_SETTID: u32 = 0x0100_0000;
        let mut tid = 0_u32;
        let flags = Register::from(CLONE_CHILD_SETTID | libc::SIGCHLD as u32);
        let place = Register::from(ptr::from_mut(&mut tid));
        const NONE: Register = Register::ZERO;
        // SAFETY: as `sys::fork`; the child makes raw calls only.
        let made = unsafe { gate.call(nr::CLONE, [flags, NONE, NONE, NONE, place]) };
        if made == 0 {
            // SAFETY: this process's own.
            let tid = unsafe { ptr::from_ref(&tid).read_volatile() };
            sys::exit_group(gate, i32::from(tid != sys::getpid(gate)));
        }
        assert!(made > 0, "{made}");
        let (_, status) = sys::wait4(gate, made as i32, false).unwrap().unwrap();
        assert_eq!(status.code(), Some(0));
    }

    fn execve_replaces_the_program(gate) {
        let argv = [c"sh".as_ptr(), c"-c".as_ptr(), c"exit $GIVEN".as_ptr(), ptr::null()];
        let envp = [c"GIVEN=17".as_ptr(), ptr::null()];
        let status = in_child(gate, || {
            // SAFETY: both arrays end in null.
            unsafe { sys::execve(gate, c"/bin/sh", argv.as_ptr(), envp.as_ptr()) };
            1
        });
        assert_eq!(status.code(), Some(17));
        // SAFETY: as above.
        let refused = unsafe { sys::execve(gate, c"/nowhere/at/all", argv.as_ptr(), envp.as_ptr()) };
        assert_eq!(refused, Errno::ENOENT);
    }

    fn prctl_changes_the_child_alone(gate) {
        const GET_DUMPABLE: u32 = 3;
        const GET_NO_NEW_PRIVS: u32 = 39;
        let get = |option| {
            // SAFETY: neither option touches memory.
            unsafe { sys::prctl(gate, option, [0_u32.into(); 4]) }
        };
        let before = get(GET_NO_NEW_PRIVS);
        let status = in_child(gate, || {
            let done = sys::prctl_set_no_new_privs(gate).is_ok()
                && sys::prctl_set_dumpable(gate, false).is_ok()
                && sys::prctl_set_pdeathsig(gate, 9).is_ok();
            let seen = (get(GET_NO_NEW_PRIVS), get(GET_DUMPABLE)) == (Ok(1), Ok(0));
            i32::from(!(done && seen))
        });
        assert_eq!(status.code(), Some(0));
        assert_eq!(get(GET_NO_NEW_PRIVS), before);
        assert_eq!(sys::prctl_set_pdeathsig(gate, 100), Err(Errno::EINVAL));
    }

    fn rights_are_given_up(gate) {
        if sys::getuid32(gate) != 0 {
            return skip("rights_are_given_up", "not root");
        }
        let status = in_child(gate, || {
            let done = sys::setgroups32(gate, &[7, 8]).is_ok()
                && sys::setresgid32(gate, 65_534, 65_534, 65_534).is_ok()
                && sys::setresuid32(gate, 65_534, 65_534, 65_534).is_ok()
                && sys::capset_none(gate).is_ok();
            let seen = sys::getuid32(gate) == 65_534 && sys::getgid32(gate) == 65_534;
            let back = sys::setresuid32(gate, 0, 0, 0) == Err(Errno::EPERM)
                && sys::setgroups32(gate, &[]) == Err(Errno::EPERM);
            i32::from(!(done && seen && back))
        });
        assert_eq!(status.code(), Some(0));
        assert_eq!(sys::getuid32(gate), 0);
        // Root without capabilities is not root.
        let status = in_child(gate, || {
            let none = sys::capset_none(gate).is_ok();
            i32::from(!(none && sys::setresuid32(gate, 1, 1, 1) == Err(Errno::EPERM)))
        });
        assert_eq!(status.code(), Some(0));
    }

    fn three_16_bit_ids_are_set_and_stored_in_their_order(gate) {
        if sys::getuid32(gate) != 0 {
            return skip("three_16_bit_ids_are_set_and_stored_in_their_order", "not root");
        }
        for (given, stored) in [([1, 2, 3], [1, 2, 3]), ([70_000, 70_001, 4], [65_534, 65_534, 4])] {
            let status = in_child(gate, || {
                let [real, effective, saved] = given;
                let set = sys::setresuid32(gate, real, effective, saved).is_ok();
                let mut ids = [0_u16; 3];
                let pointers = ids.each_mut().map(|id| Register::from(ptr::from_mut(id)));
                // SAFETY: the kernel writes three 16-bit IDs.
                let got = unsafe { gate.call(nr::GETRESUID, pointers) };
                // SAFETY: no memory is touched.
                let [uid, euid] = [nr::GETUID, nr::GETEUID].map(|nr| unsafe { gate.call(nr, []) });
                let own = [uid, euid] == [stored[0] as isize, stored[1] as isize];
                i32::from(!(set && got == 0 && ids == stored && own))
            });
            assert_eq!(status.code(), Some(0), "{given:?}");
        }
        // 65535 leaves an ID as it is.
        for kept in 0..3 {
            let status = in_child(gate, || {
                let mut given = [7_u32; 3];
                given[kept] = 65_535;
                // SAFETY: no memory is touched.
                let set = unsafe { gate.call(nr::SETRESUID, given.map(Register::from)) };
                let mut ids = [0_u16; 3];
                let pointers = ids.each_mut().map(|id| Register::from(ptr::from_mut(id)));
                // SAFETY: the kernel writes three 16-bit IDs.
                unsafe { gate.call(nr::GETRESUID, pointers) };
                let mut expected = [7; 3];
                expected[kept] = 0;
                i32::from(!(set == 0 && ids == expected))
            });
            assert_eq!(status.code(), Some(0), "{kept}");
        }
    }

    fn sigsuspend_takes_its_mask(gate) {
        if under_qemu() {
            return skip("sigsuspend_takes_its_mask", "qemu-user looks for the mask through ebx");
        }
        extern "C" fn nothing(_: i32) {}
        let status = in_child(gate, || {
            let usr1 = SignalSet(1 << (libc::SIGUSR1 - 1));
            // SAFETY: the handler does nothing.
            unsafe { libc::signal(libc::SIGUSR1, nothing as *const () as usize) };
            let blocked = sys::rt_sigprocmask(gate, How::Block, usr1).is_ok();
            let sent = sys::kill(gate, sys::getpid(gate) as i32, libc::SIGUSR1 as u32).is_ok();
            // SAFETY: the call touches no memory; a mask of 0 blocks nothing.
            let eax = unsafe { gate.call(nr::SIGSUSPEND, [Register::ZERO; 3]) };
            i32::from(!(blocked && sent && eax == errno::encode(Errno::EINTR)))
        });
        assert_eq!(status.code(), Some(0));
    }

    fn a_default_action_is_set(gate) {
        let status = in_child(gate, || {
            let usr1 = libc::SIGUSR1;
            // SAFETY: the signal is ignored, without a handler.
            unsafe { libc::signal(usr1, libc::SIG_IGN) };
            let _ = sys::kill(gate, sys::getpid(gate) as i32, usr1 as u32);
            let set = sys::rt_sigaction_default(gate, usr1 as u32);
            let _ = sys::kill(gate, sys::getpid(gate) as i32, usr1 as u32);
            i32::from(set.is_ok())
        });
        assert_eq!((status.code(), status.signal()), (None, Some(libc::SIGUSR1 as u8)));
        let kill = libc::SIGKILL as u32;
        assert_eq!(sys::rt_sigaction_default(gate, kill), Err(Errno::EINVAL));
        assert_eq!(sys::rt_sigaction_default(gate, 65), Err(Errno::EINVAL));
    }

    fn limits_are_read_and_set(gate) {
        let before = sys::prlimit64(gate, Resource::CORE, None).unwrap();
        let status = in_child(gate, || {
            let none = Limit { soft: 0, hard: before.hard };
            let old = sys::prlimit64(gate, Resource::CORE, Some(none));
            let new = sys::prlimit64(gate, Resource::CORE, None);
            i32::from((old, new) != (Ok(before), Ok(none)))
        });
        assert_eq!(status.code(), Some(0));
        let wrong = Limit { soft: 2, hard: 1 };
        assert_eq!(sys::prlimit64(gate, Resource::NOFILE, Some(wrong)), Err(Errno::EINVAL));
    }
}
