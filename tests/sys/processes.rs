//! Processes, their rights and limits. What changes a process is tried in a
//! child.

use std::ptr;

use int80::{
    Errno, Gate,
    sys::{self, Limit, Resource},
};
use int80_support::gates::skip;

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
