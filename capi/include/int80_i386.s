# int80_i386.s: the calls of i386; included by int80.s.
# Made of the library's tables by xtask/src/dist/includes.rs.
        .set    SYS_exit, 1
        .macro  sys_exit status:req
        int80_enter 1, "\status"
        .endm
        .set    SYS_fork, 2
        .macro  sys_fork
        int80_enter 2
        .endm
        .set    SYS_read, 3
        .macro  sys_read fd:req, buffer:req, count:req
        int80_enter 3, "\fd", "\buffer", "\count"
        .endm
        .set    SYS_write, 4
        .macro  sys_write fd:req, buffer:req, count:req
        int80_enter 4, "\fd", "\buffer", "\count"
        .endm
        .set    SYS_open, 5
        .macro  sys_open path:req, flags:req, mode:req
        int80_enter 5, "\path", "\flags", "\mode"
        .endm
        .set    SYS_close, 6
        .macro  sys_close fd:req
        int80_enter 6, "\fd"
        .endm
        .set    SYS_lseek, 19
        .macro  sys_lseek fd:req, offset:req, whence:req
        int80_enter 19, "\fd", "\offset", "\whence"
        .endm
        .set    SYS_getpid, 20
        .macro  sys_getpid
        int80_enter 20
        .endm
        .set    SYS_kill, 37
        .macro  sys_kill pid:req, signal:req
        int80_enter 37, "\pid", "\signal"
        .endm
        .set    SYS_ioctl, 54
        .macro  sys_ioctl fd:req, request:req, argument:req
        int80_enter 54, "\fd", "\request", "\argument"
        .endm
        .set    SYS_dup2, 63
        .macro  sys_dup2 old_fd:req, new_fd:req
        int80_enter 63, "\old_fd", "\new_fd"
        .endm
        .set    SYS_munmap, 91
        .macro  sys_munmap address:req, length:req
        int80_enter 91, "\address", "\length"
        .endm
        .set    SYS_setitimer, 104
        .macro  sys_setitimer timer:req, new:req, old:req
        int80_enter 104, "\timer", "\new", "\old"
        .endm
        .set    SYS_wait4, 114
        .macro  sys_wait4 pid:req, status:req, options:req, usage:req
        int80_enter 114, "\pid", "\status", "\options", "\usage"
        .endm
        .set    SYS_uname, 122
        .macro  sys_uname buffer:req
        int80_enter 122, "\buffer"
        .endm
        .set    SYS_mprotect, 125
        .macro  sys_mprotect address:req, length:req, protection:req
        int80_enter 125, "\address", "\length", "\protection"
        .endm
        .set    SYS__llseek, 140
        .macro  sys__llseek fd:req, offset_high:req, offset_low:req, result:req, whence:req
        int80_enter 140, "\fd", "\offset_high", "\offset_low", "\result", "\whence"
        .endm
        .set    SYS_readv, 145
        .macro  sys_readv fd:req, parts:req, count:req
        int80_enter 145, "\fd", "\parts", "\count"
        .endm
        .set    SYS_writev, 146
        .macro  sys_writev fd:req, parts:req, count:req
        int80_enter 146, "\fd", "\parts", "\count"
        .endm
        .set    SYS_poll, 168
        .macro  sys_poll fds:req, count:req, timeout:req
        int80_enter 168, "\fds", "\count", "\timeout"
        .endm
        .set    SYS_rt_sigaction, 174
        .macro  sys_rt_sigaction signal:req, new:req, old:req, set_size:req
        int80_enter 174, "\signal", "\new", "\old", "\set_size"
        .endm
        .set    SYS_rt_sigprocmask, 175
        .macro  sys_rt_sigprocmask how:req, new:req, old:req, set_size:req
        int80_enter 175, "\how", "\new", "\old", "\set_size"
        .endm
        .set    SYS_rt_sigpending, 176
        .macro  sys_rt_sigpending set:req, set_size:req
        int80_enter 176, "\set", "\set_size"
        .endm
        .set    SYS_rt_sigtimedwait, 177
        .macro  sys_rt_sigtimedwait set:req, info:req, time:req, set_size:req
        int80_enter 177, "\set", "\info", "\time", "\set_size"
        .endm
        .set    SYS_pread64, 180
        .macro  sys_pread64 fd:req, buffer:req, count:req, offset_low:req, offset_high:req
        int80_enter 180, "\fd", "\buffer", "\count", "\offset_low", "\offset_high"
        .endm
        .set    SYS_pwrite64, 181
        .macro  sys_pwrite64 fd:req, buffer:req, count:req, offset_low:req, offset_high:req
        int80_enter 181, "\fd", "\buffer", "\count", "\offset_low", "\offset_high"
        .endm
        .set    SYS_sendfile, 187
        .macro  sys_sendfile out_fd:req, in_fd:req, offset:req, count:req
        int80_enter 187, "\out_fd", "\in_fd", "\offset", "\count"
        .endm
        .set    SYS_mmap2, 192
        .macro  sys_mmap2 address:req, length:req, protection:req, flags:req, fd:req, pages:req
        int80_enter 192, "\address", "\length", "\protection", "\flags", "\fd", "\pages"
        .endm
        .set    SYS_truncate64, 193
        .macro  sys_truncate64 path:req, length_low:req, length_high:req
        int80_enter 193, "\path", "\length_low", "\length_high"
        .endm
        .set    SYS_ftruncate64, 194
        .macro  sys_ftruncate64 fd:req, length_low:req, length_high:req
        int80_enter 194, "\fd", "\length_low", "\length_high"
        .endm
        .set    SYS_fstat64, 197
        .macro  sys_fstat64 fd:req, buffer:req
        int80_enter 197, "\fd", "\buffer"
        .endm
        .set    SYS_fcntl64, 221
        .macro  sys_fcntl64 fd:req, command:req, argument:req
        int80_enter 221, "\fd", "\command", "\argument"
        .endm
        .set    SYS_gettid, 224
        .macro  sys_gettid
        int80_enter 224
        .endm
        .set    SYS_sendfile64, 239
        .macro  sys_sendfile64 out_fd:req, in_fd:req, offset:req, count:req
        int80_enter 239, "\out_fd", "\in_fd", "\offset", "\count"
        .endm
        .set    SYS_exit_group, 252
        .macro  sys_exit_group status:req
        int80_enter 252, "\status"
        .endm
        .set    SYS_clock_gettime, 265
        .macro  sys_clock_gettime clock:req, time:req
        int80_enter 265, "\clock", "\time"
        .endm
        .set    SYS_tgkill, 270
        .macro  sys_tgkill group:req, thread:req, signal:req
        int80_enter 270, "\group", "\thread", "\signal"
        .endm
        .set    SYS_fadvise64_64, 272
        .macro  sys_fadvise64_64 fd:req, offset_low:req, offset_high:req, length_low:req, length_high:req, advice:req
        int80_enter 272, "\fd", "\offset_low", "\offset_high", "\length_low", "\length_high", "\advice"
        .endm
        .set    SYS_openat, 295
        .macro  sys_openat folder_fd:req, path:req, flags:req, mode:req
        int80_enter 295, "\folder_fd", "\path", "\flags", "\mode"
        .endm
        .set    SYS_unlinkat, 301
        .macro  sys_unlinkat folder_fd:req, path:req, flags:req
        int80_enter 301, "\folder_fd", "\path", "\flags"
        .endm
        .set    SYS_splice, 313
        .macro  sys_splice in_fd:req, in_offset:req, out_fd:req, out_offset:req, count:req, flags:req
        int80_enter 313, "\in_fd", "\in_offset", "\out_fd", "\out_offset", "\count", "\flags"
        .endm
        .set    SYS_tee, 315
        .macro  sys_tee in_fd:req, out_fd:req, count:req, flags:req
        int80_enter 315, "\in_fd", "\out_fd", "\count", "\flags"
        .endm
        .set    SYS_fallocate, 324
        .macro  sys_fallocate fd:req, mode:req, offset_low:req, offset_high:req, length_low:req, length_high:req
        int80_enter 324, "\fd", "\mode", "\offset_low", "\offset_high", "\length_low", "\length_high"
        .endm
        .set    SYS_eventfd2, 328
        .macro  sys_eventfd2 value:req, flags:req
        int80_enter 328, "\value", "\flags"
        .endm
        .set    SYS_dup3, 330
        .macro  sys_dup3 old_fd:req, new_fd:req, flags:req
        int80_enter 330, "\old_fd", "\new_fd", "\flags"
        .endm
        .set    SYS_pipe2, 331
        .macro  sys_pipe2 fds:req, flags:req
        int80_enter 331, "\fds", "\flags"
        .endm
        .set    SYS_preadv, 333
        .macro  sys_preadv fd:req, parts:req, count:req, offset_low:req, offset_high:req
        int80_enter 333, "\fd", "\parts", "\count", "\offset_low", "\offset_high"
        .endm
        .set    SYS_pwritev, 334
        .macro  sys_pwritev fd:req, parts:req, count:req, offset_low:req, offset_high:req
        int80_enter 334, "\fd", "\parts", "\count", "\offset_low", "\offset_high"
        .endm
        .set    SYS_getrandom, 355
        .macro  sys_getrandom buffer:req, count:req, flags:req
        int80_enter 355, "\buffer", "\count", "\flags"
        .endm
        .set    SYS_memfd_create, 356
        .macro  sys_memfd_create name:req, flags:req
        int80_enter 356, "\name", "\flags"
        .endm
        .set    SYS_socket, 359
        .macro  sys_socket family:req, kind:req, protocol:req
        int80_enter 359, "\family", "\kind", "\protocol"
        .endm
        .set    SYS_socketpair, 360
        .macro  sys_socketpair family:req, kind:req, protocol:req, fds:req
        int80_enter 360, "\family", "\kind", "\protocol", "\fds"
        .endm
        .set    SYS_bind, 361
        .macro  sys_bind fd:req, address:req, length:req
        int80_enter 361, "\fd", "\address", "\length"
        .endm
        .set    SYS_connect, 362
        .macro  sys_connect fd:req, address:req, length:req
        int80_enter 362, "\fd", "\address", "\length"
        .endm
        .set    SYS_listen, 363
        .macro  sys_listen fd:req, backlog:req
        int80_enter 363, "\fd", "\backlog"
        .endm
        .set    SYS_accept4, 364
        .macro  sys_accept4 fd:req, address:req, length:req, flags:req
        int80_enter 364, "\fd", "\address", "\length", "\flags"
        .endm
        .set    SYS_getsockopt, 365
        .macro  sys_getsockopt fd:req, level:req, option:req, value:req, length:req
        int80_enter 365, "\fd", "\level", "\option", "\value", "\length"
        .endm
        .set    SYS_setsockopt, 366
        .macro  sys_setsockopt fd:req, level:req, option:req, value:req, length:req
        int80_enter 366, "\fd", "\level", "\option", "\value", "\length"
        .endm
        .set    SYS_getsockname, 367
        .macro  sys_getsockname fd:req, address:req, length:req
        int80_enter 367, "\fd", "\address", "\length"
        .endm
        .set    SYS_getpeername, 368
        .macro  sys_getpeername fd:req, address:req, length:req
        int80_enter 368, "\fd", "\address", "\length"
        .endm
        .set    SYS_sendto, 369
        .macro  sys_sendto fd:req, buffer:req, count:req, flags:req, address:req, length:req
        int80_enter 369, "\fd", "\buffer", "\count", "\flags", "\address", "\length"
        .endm
        .set    SYS_sendmsg, 370
        .macro  sys_sendmsg fd:req, message:req, flags:req
        int80_enter 370, "\fd", "\message", "\flags"
        .endm
        .set    SYS_recvfrom, 371
        .macro  sys_recvfrom fd:req, buffer:req, count:req, flags:req, address:req, length:req
        int80_enter 371, "\fd", "\buffer", "\count", "\flags", "\address", "\length"
        .endm
        .set    SYS_recvmsg, 372
        .macro  sys_recvmsg fd:req, message:req, flags:req
        int80_enter 372, "\fd", "\message", "\flags"
        .endm
        .set    SYS_shutdown, 373
        .macro  sys_shutdown fd:req, how:req
        int80_enter 373, "\fd", "\how"
        .endm
        .set    SYS_copy_file_range, 377
        .macro  sys_copy_file_range in_fd:req, in_offset:req, out_fd:req, out_offset:req, count:req, flags:req
        int80_enter 377, "\in_fd", "\in_offset", "\out_fd", "\out_offset", "\count", "\flags"
        .endm
        .set    SYS_preadv2, 378
        .macro  sys_preadv2 fd:req, parts:req, count:req, offset_low:req, offset_high:req, flags:req
        int80_enter 378, "\fd", "\parts", "\count", "\offset_low", "\offset_high", "\flags"
        .endm
        .set    SYS_pwritev2, 379
        .macro  sys_pwritev2 fd:req, parts:req, count:req, offset_low:req, offset_high:req, flags:req
        int80_enter 379, "\fd", "\parts", "\count", "\offset_low", "\offset_high", "\flags"
        .endm
        .set    SYS_statx, 383
        .macro  sys_statx folder_fd:req, path:req, flags:req, mask:req, buffer:req
        int80_enter 383, "\folder_fd", "\path", "\flags", "\mask", "\buffer"
        .endm
        .set    SYS_clock_gettime64, 403
        .macro  sys_clock_gettime64 clock:req, time:req
        int80_enter 403, "\clock", "\time"
        .endm
        .set    SYS_clock_nanosleep_time64, 407
        .macro  sys_clock_nanosleep_time64 clock:req, flags:req, time:req, rest:req
        int80_enter 407, "\clock", "\flags", "\time", "\rest"
        .endm
        .set    SYS_ppoll_time64, 414
        .macro  sys_ppoll_time64 fds:req, count:req, time:req, set:req, set_size:req
        int80_enter 414, "\fds", "\count", "\time", "\set", "\set_size"
        .endm
        .set    SYS_rt_sigtimedwait_time64, 421
        .macro  sys_rt_sigtimedwait_time64 set:req, info:req, time:req, set_size:req
        int80_enter 421, "\set", "\info", "\time", "\set_size"
        .endm
