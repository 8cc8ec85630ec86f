# int80_x86_64.s: the calls of x86_64; included by int80.s.
# Made of the library's tables by xtask/src/dist/includes.rs.
        .set    SYS_read, 0
        .macro  sys_read fd:req, buffer:req, count:req
        int80_enter 0, "\fd", "\buffer", "\count"
        .endm
        .set    SYS_write, 1
        .macro  sys_write fd:req, buffer:req, count:req
        int80_enter 1, "\fd", "\buffer", "\count"
        .endm
        .set    SYS_open, 2
        .macro  sys_open path:req, flags:req, mode:req
        int80_enter 2, "\path", "\flags", "\mode"
        .endm
        .set    SYS_close, 3
        .macro  sys_close fd:req
        int80_enter 3, "\fd"
        .endm
        .set    SYS_fstat, 5
        .macro  sys_fstat fd:req, buffer:req
        int80_enter 5, "\fd", "\buffer"
        .endm
        .set    SYS_poll, 7
        .macro  sys_poll fds:req, count:req, timeout:req
        int80_enter 7, "\fds", "\count", "\timeout"
        .endm
        .set    SYS_lseek, 8
        .macro  sys_lseek fd:req, offset:req, whence:req
        int80_enter 8, "\fd", "\offset", "\whence"
        .endm
        .set    SYS_mmap, 9
        .macro  sys_mmap address:req, length:req, protection:req, flags:req, fd:req, offset:req
        int80_enter 9, "\address", "\length", "\protection", "\flags", "\fd", "\offset"
        .endm
        .set    SYS_mprotect, 10
        .macro  sys_mprotect address:req, length:req, protection:req
        int80_enter 10, "\address", "\length", "\protection"
        .endm
        .set    SYS_munmap, 11
        .macro  sys_munmap address:req, length:req
        int80_enter 11, "\address", "\length"
        .endm
        .set    SYS_rt_sigaction, 13
        .macro  sys_rt_sigaction signal:req, new:req, old:req, set_size:req
        int80_enter 13, "\signal", "\new", "\old", "\set_size"
        .endm
        .set    SYS_rt_sigprocmask, 14
        .macro  sys_rt_sigprocmask how:req, new:req, old:req, set_size:req
        int80_enter 14, "\how", "\new", "\old", "\set_size"
        .endm
        .set    SYS_ioctl, 16
        .macro  sys_ioctl fd:req, request:req, argument:req
        int80_enter 16, "\fd", "\request", "\argument"
        .endm
        .set    SYS_pread64, 17
        .macro  sys_pread64 fd:req, buffer:req, count:req, offset:req
        int80_enter 17, "\fd", "\buffer", "\count", "\offset"
        .endm
        .set    SYS_pwrite64, 18
        .macro  sys_pwrite64 fd:req, buffer:req, count:req, offset:req
        int80_enter 18, "\fd", "\buffer", "\count", "\offset"
        .endm
        .set    SYS_readv, 19
        .macro  sys_readv fd:req, parts:req, count:req
        int80_enter 19, "\fd", "\parts", "\count"
        .endm
        .set    SYS_writev, 20
        .macro  sys_writev fd:req, parts:req, count:req
        int80_enter 20, "\fd", "\parts", "\count"
        .endm
        .set    SYS_dup2, 33
        .macro  sys_dup2 old_fd:req, new_fd:req
        int80_enter 33, "\old_fd", "\new_fd"
        .endm
        .set    SYS_setitimer, 38
        .macro  sys_setitimer timer:req, new:req, old:req
        int80_enter 38, "\timer", "\new", "\old"
        .endm
        .set    SYS_getpid, 39
        .macro  sys_getpid
        int80_enter 39
        .endm
        .set    SYS_sendfile, 40
        .macro  sys_sendfile out_fd:req, in_fd:req, offset:req, count:req
        int80_enter 40, "\out_fd", "\in_fd", "\offset", "\count"
        .endm
        .set    SYS_socket, 41
        .macro  sys_socket family:req, kind:req, protocol:req
        int80_enter 41, "\family", "\kind", "\protocol"
        .endm
        .set    SYS_connect, 42
        .macro  sys_connect fd:req, address:req, length:req
        int80_enter 42, "\fd", "\address", "\length"
        .endm
        .set    SYS_sendto, 44
        .macro  sys_sendto fd:req, buffer:req, count:req, flags:req, address:req, length:req
        int80_enter 44, "\fd", "\buffer", "\count", "\flags", "\address", "\length"
        .endm
        .set    SYS_recvfrom, 45
        .macro  sys_recvfrom fd:req, buffer:req, count:req, flags:req, address:req, length:req
        int80_enter 45, "\fd", "\buffer", "\count", "\flags", "\address", "\length"
        .endm
        .set    SYS_sendmsg, 46
        .macro  sys_sendmsg fd:req, message:req, flags:req
        int80_enter 46, "\fd", "\message", "\flags"
        .endm
        .set    SYS_recvmsg, 47
        .macro  sys_recvmsg fd:req, message:req, flags:req
        int80_enter 47, "\fd", "\message", "\flags"
        .endm
        .set    SYS_shutdown, 48
        .macro  sys_shutdown fd:req, how:req
        int80_enter 48, "\fd", "\how"
        .endm
        .set    SYS_bind, 49
        .macro  sys_bind fd:req, address:req, length:req
        int80_enter 49, "\fd", "\address", "\length"
        .endm
        .set    SYS_listen, 50
        .macro  sys_listen fd:req, backlog:req
        int80_enter 50, "\fd", "\backlog"
        .endm
        .set    SYS_getsockname, 51
        .macro  sys_getsockname fd:req, address:req, length:req
        int80_enter 51, "\fd", "\address", "\length"
        .endm
        .set    SYS_getpeername, 52
        .macro  sys_getpeername fd:req, address:req, length:req
        int80_enter 52, "\fd", "\address", "\length"
        .endm
        .set    SYS_socketpair, 53
        .macro  sys_socketpair family:req, kind:req, protocol:req, fds:req
        int80_enter 53, "\family", "\kind", "\protocol", "\fds"
        .endm
        .set    SYS_setsockopt, 54
        .macro  sys_setsockopt fd:req, level:req, option:req, value:req, length:req
        int80_enter 54, "\fd", "\level", "\option", "\value", "\length"
        .endm
        .set    SYS_getsockopt, 55
        .macro  sys_getsockopt fd:req, level:req, option:req, value:req, length:req
        int80_enter 55, "\fd", "\level", "\option", "\value", "\length"
        .endm
        .set    SYS_fork, 57
        .macro  sys_fork
        int80_enter 57
        .endm
        .set    SYS_exit, 60
        .macro  sys_exit status:req
        int80_enter 60, "\status"
        .endm
        .set    SYS_wait4, 61
        .macro  sys_wait4 pid:req, status:req, options:req, usage:req
        int80_enter 61, "\pid", "\status", "\options", "\usage"
        .endm
        .set    SYS_kill, 62
        .macro  sys_kill pid:req, signal:req
        int80_enter 62, "\pid", "\signal"
        .endm
        .set    SYS_uname, 63
        .macro  sys_uname buffer:req
        int80_enter 63, "\buffer"
        .endm
        .set    SYS_fcntl, 72
        .macro  sys_fcntl fd:req, command:req, argument:req
        int80_enter 72, "\fd", "\command", "\argument"
        .endm
        .set    SYS_truncate, 76
        .macro  sys_truncate path:req, length:req
        int80_enter 76, "\path", "\length"
        .endm
        .set    SYS_ftruncate, 77
        .macro  sys_ftruncate fd:req, length:req
        int80_enter 77, "\fd", "\length"
        .endm
        .set    SYS_rt_sigpending, 127
        .macro  sys_rt_sigpending set:req, set_size:req
        int80_enter 127, "\set", "\set_size"
        .endm
        .set    SYS_rt_sigtimedwait, 128
        .macro  sys_rt_sigtimedwait set:req, info:req, time:req, set_size:req
        int80_enter 128, "\set", "\info", "\time", "\set_size"
        .endm
        .set    SYS_gettid, 186
        .macro  sys_gettid
        int80_enter 186
        .endm
        .set    SYS_fadvise64, 221
        .macro  sys_fadvise64 fd:req, offset:req, length:req, advice:req
        int80_enter 221, "\fd", "\offset", "\length", "\advice"
        .endm
        .set    SYS_clock_gettime, 228
        .macro  sys_clock_gettime clock:req, time:req
        int80_enter 228, "\clock", "\time"
        .endm
        .set    SYS_clock_nanosleep, 230
        .macro  sys_clock_nanosleep clock:req, flags:req, time:req, rest:req
        int80_enter 230, "\clock", "\flags", "\time", "\rest"
        .endm
        .set    SYS_exit_group, 231
        .macro  sys_exit_group status:req
        int80_enter 231, "\status"
        .endm
        .set    SYS_tgkill, 234
        .macro  sys_tgkill group:req, thread:req, signal:req
        int80_enter 234, "\group", "\thread", "\signal"
        .endm
        .set    SYS_openat, 257
        .macro  sys_openat folder_fd:req, path:req, flags:req, mode:req
        int80_enter 257, "\folder_fd", "\path", "\flags", "\mode"
        .endm
        .set    SYS_unlinkat, 263
        .macro  sys_unlinkat folder_fd:req, path:req, flags:req
        int80_enter 263, "\folder_fd", "\path", "\flags"
        .endm
        .set    SYS_ppoll, 271
        .macro  sys_ppoll fds:req, count:req, time:req, set:req, set_size:req
        int80_enter 271, "\fds", "\count", "\time", "\set", "\set_size"
        .endm
        .set    SYS_splice, 275
        .macro  sys_splice in_fd:req, in_offset:req, out_fd:req, out_offset:req, count:req, flags:req
        int80_enter 275, "\in_fd", "\in_offset", "\out_fd", "\out_offset", "\count", "\flags"
        .endm
        .set    SYS_tee, 276
        .macro  sys_tee in_fd:req, out_fd:req, count:req, flags:req
        int80_enter 276, "\in_fd", "\out_fd", "\count", "\flags"
        .endm
        .set    SYS_fallocate, 285
        .macro  sys_fallocate fd:req, mode:req, offset:req, length:req
        int80_enter 285, "\fd", "\mode", "\offset", "\length"
        .endm
        .set    SYS_accept4, 288
        .macro  sys_accept4 fd:req, address:req, length:req, flags:req
        int80_enter 288, "\fd", "\address", "\length", "\flags"
        .endm
        .set    SYS_eventfd2, 290
        .macro  sys_eventfd2 value:req, flags:req
        int80_enter 290, "\value", "\flags"
        .endm
        .set    SYS_dup3, 292
        .macro  sys_dup3 old_fd:req, new_fd:req, flags:req
        int80_enter 292, "\old_fd", "\new_fd", "\flags"
        .endm
        .set    SYS_pipe2, 293
        .macro  sys_pipe2 fds:req, flags:req
        int80_enter 293, "\fds", "\flags"
        .endm
        .set    SYS_preadv, 295
        .macro  sys_preadv fd:req, parts:req, count:req, offset:req
        int80_enter 295, "\fd", "\parts", "\count", "\offset"
        .endm
        .set    SYS_pwritev, 296
        .macro  sys_pwritev fd:req, parts:req, count:req, offset:req
        int80_enter 296, "\fd", "\parts", "\count", "\offset"
        .endm
        .set    SYS_getrandom, 318
        .macro  sys_getrandom buffer:req, count:req, flags:req
        int80_enter 318, "\buffer", "\count", "\flags"
        .endm
        .set    SYS_memfd_create, 319
        .macro  sys_memfd_create name:req, flags:req
        int80_enter 319, "\name", "\flags"
        .endm
        .set    SYS_copy_file_range, 326
        .macro  sys_copy_file_range in_fd:req, in_offset:req, out_fd:req, out_offset:req, count:req, flags:req
        int80_enter 326, "\in_fd", "\in_offset", "\out_fd", "\out_offset", "\count", "\flags"
        .endm
        .set    SYS_preadv2, 327
        .macro  sys_preadv2 fd:req, parts:req, count:req, offset:req, unused:req, flags:req
        int80_enter 327, "\fd", "\parts", "\count", "\offset", "\unused", "\flags"
        .endm
        .set    SYS_pwritev2, 328
        .macro  sys_pwritev2 fd:req, parts:req, count:req, offset:req, unused:req, flags:req
        int80_enter 328, "\fd", "\parts", "\count", "\offset", "\unused", "\flags"
        .endm
        .set    SYS_statx, 332
        .macro  sys_statx folder_fd:req, path:req, flags:req, mask:req, buffer:req
        int80_enter 332, "\folder_fd", "\path", "\flags", "\mask", "\buffer"
        .endm
