//! Landlock and seccomp, each tried in a child.

use int80::{
    Errno, Fd, Gate,
    sys::{self, AccessFs, AccessNet, Instruction, OpenFlags},
};
use int80_support::gates::{expect, fd, skip};

use crate::processes::in_child;

fn opens<G: Gate + Copy>(gate: G, folder: Fd<'_>, name: &std::ffi::CStr) -> Result<(), Errno> {
    sys::openat(gate, folder, name, OpenFlags::empty(), 0).map(drop)
}

int80_support::every_gate! {
    fn landlock_leaves_one_folder(gate) {
        let abi = sys::landlock_abi(gate);
        if let Err(errno @ (Errno::ENOSYS | Errno::EOPNOTSUPP)) = abi {
            return skip("landlock_leaves_one_folder", &format!("no Landlock: {errno}"));
        }
        assert!(abi.unwrap() >= 1);
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join("file"), b"x").unwrap();
        let root = std::fs::File::open(folder.path()).unwrap();
        let refused = sys::landlock_create_ruleset(gate, AccessFs::empty(), AccessNet::empty());
        assert_eq!(refused.map(drop), Err(Errno::ENOMSG));
        let rules = sys::landlock_create_ruleset(gate, AccessFs::V1, AccessNet::empty()).unwrap();
        let allowed = AccessFs::READ_FILE | AccessFs::READ_DIR;
        assert_eq!(sys::landlock_add_rule_path(gate, &rules, fd(&root), allowed), Ok(()));
        let status = in_child(gate, || {
            let set = sys::prctl_set_no_new_privs(gate).is_ok()
                && sys::landlock_restrict_self(gate, &rules).is_ok();
            let inside = opens(gate, fd(&root), c"file");
            let outside = opens(gate, Fd::CWD, c"/proc/version");
            i32::from((set, inside, outside) != (true, Ok(()), Err(Errno::EACCES)))
        });
        assert_eq!(status.code(), Some(0));
    }

    fn seccomp_ends_a_call_that_is_not_allowed(gate) {
        let known = sys::seccomp_get_action_avail(gate, Instruction::KILL_PROCESS);
        if known == Err(Errno::ENOSYS) {
            return skip("seccomp_ends_a_call_that_is_not_allowed", "no seccomp");
        }
        assert_eq!(known, Ok(()));
        // SAFETY: the kernel refuses it.
        assert_eq!(unsafe { sys::seccomp_set_filter(gate, &[]) }, Err(Errno::EINVAL));
        // The kernel's length has 16 bits, in which this one is 1.
        let long = vec![Instruction::end(Instruction::ALLOW); 0x1_0001];
        // SAFETY: it would allow every call.
        assert_eq!(unsafe { sys::seccomp_set_filter(gate, &long) }, Err(Errno::EINVAL));
        // getuid fails, getpid ends the process; the numbers of this kernel.
        let number = |nr| int80::gate::kernel_number(nr).unwrap();
        let filter = [
            Instruction::load(0),
            Instruction::equal(number(int80::gate::nr::GETPID), 2, 0),
            Instruction::equal(number(int80::gate::nr::GETUID32), 0, 2),
            Instruction::end(Instruction::ERRNO | 77),
            Instruction::end(Instruction::KILL_PROCESS),
            Instruction::end(Instruction::ALLOW),
        ];
        let status = in_child(gate, || {
            // SAFETY: it ends the process, or refuses getuid.
            let set = sys::prctl_set_no_new_privs(gate).is_ok()
                && unsafe { sys::seccomp_set_filter(gate, &filter) }.is_ok();
            let refused = sys::getuid32(gate) as i32 == -77;
            if set && refused {
                sys::getpid(gate);
            }
            1
        });
        assert_eq!(status.signal(), expect(Some(31), None));
    }
}
