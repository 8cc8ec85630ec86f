//! Calls that are not compared.

use int80::gate::nr::*;

const ENDS: &str = "ends the process";
const FORKS: &str = "the child goes on in the middle of the comparison";
const WAITS: &str = "waits for a signal";

/// The calls of the classes *same* and *converted* without a recipe, and why.
pub const LEFT_OUT: &[(u32, &str)] = &[
    (EXIT, ENDS),
    (FORK, FORKS),
    (
        STIME,
        "sets the clock, and has no argument that is refused but an address",
    ),
    (PAUSE, WAITS),
    (SYNC, "writes all files of the machine"),
    (SETSID, "works once in a process"),
    (SIGSUSPEND, WAITS),
    (
        REBOOT,
        "ends the machine where the kernel does not look at the arguments",
    ),
    (VHANGUP, "takes the terminal away"),
    (RT_SIGRETURN, "takes every register from the stack"),
    (SENDFILE, "compared in a test of its own, with 20,000 cases"),
    (VFORK, FORKS),
    (EXIT_GROUP, ENDS),
];
