//! Where what is said can be read. Kernel files and their functions are as in
//! Linux 6.12, manual pages as in man-pages 6.03; a commit stands with the
//! version that first had it.

/// The entries of 187 and 239: the offset.
pub const ENTRY: &str = "fs/read_write.c (sys_sendfile, sys_sendfile64)";
/// What both do: descriptors, positions, the limit.
pub const CALL: &str = "fs/read_write.c (do_sendfile)";
/// What is said of the position and the count.
pub const AREA: &str = "fs/read_write.c (rw_verify_area)";
/// The loop for every output but pipes.
pub const LOOP: &str = "fs/splice.c (splice_direct_to_actor)";
/// Which inputs are taken.
pub const INPUT: &str = "fs/splice.c (do_splice_read, splice_direct_to_actor); commits 36e2c7421f02 (5.10), 97ef77c52b78 (6.0); release notes of 2.6.23";
/// Which outputs are taken.
pub const OUTPUT: &str =
    "fs/splice.c (do_splice_from, do_splice_direct_actor); commit 36e2c7421f02 (5.10)";
/// Pipes as outputs.
pub const PIPE: &str = "fs/splice.c (splice_file_to_pipe); commit b964bf53e540 (5.12)";
/// What a full pipe does.
pub const FULL: &str =
    "fs/splice.c (splice_direct_to_actor, wait_for_space); commit bdeb77bc2c40 (5.19)";
/// What locks did.
pub const LOCKS: &str = "fcntl(2); commit f7e33bdbd6d1 (5.15)";
/// The call's own page, which also tells its history.
pub const MAN: &str = "sendfile(2)";
/// Which version first had which call.
pub const VERSIONS: &str = "sendfile(2), syscalls(2)";
/// How a call tells an error.
pub const INTRO: &str = "intro(2)";
/// The option TCP_CORK.
pub const CORK: &str = "tcp(7)";
/// Page P3's function, as the library has it.
pub const BSD: &str = "src/bsd.rs";
/// The same with C's structures.
pub const RAW: &str = "src/bsd/raw.rs";
/// FreeBSD's own page and code.
pub const FREEBSD: &str = "FreeBSD's sendfile(2)";
/// What FreeBSD does, and in which order.
pub const FREEBSD_CODE: &str =
    "src/bsd.rs; FreeBSD's sys/kern/kern_sendfile.c (sendfile, vn_sendfile)";
