//! Sandboxes of the tests' own: seccomp filters that refuse some calls.
//!
//! A filter holds for one thread, or for a child process that does nothing but
//! what is tried.
#![allow(unsafe_code)] // prctl, fork, and a filter that lives across them.

use std::{io, os::unix::process::CommandExt, panic::resume_unwind, process::Command, thread};

use libc::{c_long, sock_filter, sock_fprog};

/// Loads the number of the call.
const LOAD_NR: sock_filter = filter(
    libc::BPF_LD | libc::BPF_W | libc::BPF_ABS,
    0, // seccomp_data.nr
    0,
);

const fn filter(code: u32, k: u32, if_not: u8) -> sock_filter {
    sock_filter {
        code: code as u16,
        jt: 0,
        jf: if_not,
        k,
    }
}

/// Returns `then` for each of these calls, and `otherwise` for any other.
fn program(calls: &[c_long], then: u32, otherwise: u32) -> Vec<sock_filter> {
    let mut program = vec![LOAD_NR];
    for nr in calls {
        let equal = libc::BPF_JMP | libc::BPF_JEQ | libc::BPF_K;
        program.push(filter(equal, *nr as u32, 1));
        program.push(filter(libc::BPF_RET | libc::BPF_K, then, 0));
    }
    program.push(filter(libc::BPF_RET | libc::BPF_K, otherwise, 0));
    program
}

/// Puts the calling thread under the filter, until it ends.
fn enter(program: &[sock_filter]) -> io::Result<()> {
    let program = sock_fprog {
        len: program.len() as u16,
        filter: program.as_ptr().cast_mut(),
    };
    // SAFETY: prctl reads the program alone, which lives for the call.
    let refused = unsafe {
        libc::prctl(libc::PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0
            || libc::prctl(
                libc::PR_SET_SECCOMP,
                libc::SECCOMP_MODE_FILTER,
                &raw const program,
            ) != 0
    };
    match refused {
        true => Err(io::Error::last_os_error()),
        false => Ok(()),
    }
}

/// Runs `body` on a thread whose calls of these numbers fail with `errno`.
///
/// # Errors
///
/// The reason why this machine cannot: no seccomp, as under qemu-user.
pub fn refusing<T: Send>(
    calls: &[c_long],
    errno: i32,
    body: impl FnOnce() -> T + Send,
) -> Result<T, String> {
    let program = program(
        calls,
        libc::SECCOMP_RET_ERRNO | errno as u32,
        libc::SECCOMP_RET_ALLOW,
    );
    thread::scope(|scope| {
        let run = || enter(&program).map(|()| body());
        // A body that skips the test unwinds.
        let result = scope
            .spawn(run)
            .join()
            .unwrap_or_else(|why| resume_unwind(why));
        result.map_err(|error| format!("no seccomp filter: {error}"))
    })
}

/// Lets these calls of a command's program fail with `errno`. The numbers are
/// those of the program's architecture, and are none that the start of a program
/// makes.
pub fn refuse(command: &mut Command, calls: &[c_long], errno: i32) {
    let refused = libc::SECCOMP_RET_ERRNO | errno as u32;
    let program = program(calls, refused, libc::SECCOMP_RET_ALLOW);
    // SAFETY: between fork and exec the closure makes calls only.
    unsafe { command.pre_exec(move || enter(&program)) };
}

/// Runs `body` in a child process that is killed at any call but these and
/// exit_group, and returns whether it came to its end with `true`.
///
/// The child has one thread and copies of this process's locks: `body` makes
/// calls and nothing else.
///
/// # Errors
///
/// As for [`refusing`].
pub fn allowing(calls: &[c_long], body: impl FnOnce() -> bool) -> Result<bool, String> {
    let mut allowed = calls.to_vec();
    allowed.push(libc::SYS_exit_group);
    let program = program(
        &allowed,
        libc::SECCOMP_RET_ALLOW,
        libc::SECCOMP_RET_KILL_PROCESS,
    );
    const NO_FILTER: i32 = 77;
    // SAFETY: the child makes calls and ends.
    match unsafe { libc::fork() } {
        0 => {
            let status = match enter(&program) {
                Ok(()) => i32::from(!body()),
                Err(_) => NO_FILTER,
            };
            // SAFETY: ends the child.
            unsafe { libc::syscall(libc::SYS_exit_group, status) };
            unreachable!()
        }
        -1 => Err(format!("no child: {}", io::Error::last_os_error())),
        child => {
            let mut status = 0;
            // SAFETY: waits for the child, and writes its status.
            let waited = unsafe { libc::waitpid(child, &mut status, 0) };
            assert_eq!(waited, child, "waitpid");
            match libc::WIFEXITED(status).then(|| libc::WEXITSTATUS(status)) {
                Some(NO_FILTER) => Err("no seccomp filter".into()),
                status => Ok(status == Some(0)),
            }
        }
    }
}
