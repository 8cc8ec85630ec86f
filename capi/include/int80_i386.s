# int80_i386.s: the calls of i386; included by int80.s.
# Generated from the library's tables by xtask/src/dist/includes.rs.
        .set    SYS_restart_syscall, 0
        .macro  sys_restart_syscall
        int80_enter 0
        .endm
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
        .set    SYS_waitpid, 7
        .macro  sys_waitpid pid:req, status:req, options:req
        int80_enter 7, "\pid", "\status", "\options"
        .endm
        .set    SYS_creat, 8
        .macro  sys_creat path:req, mode:req
        int80_enter 8, "\path", "\mode"
        .endm
        .set    SYS_link, 9
        .macro  sys_link old_path:req, new_path:req
        int80_enter 9, "\old_path", "\new_path"
        .endm
        .set    SYS_unlink, 10
        .macro  sys_unlink path:req
        int80_enter 10, "\path"
        .endm
        .set    SYS_execve, 11
        .macro  sys_execve path:req, arguments:req, environment:req
        int80_enter 11, "\path", "\arguments", "\environment"
        .endm
        .set    SYS_chdir, 12
        .macro  sys_chdir path:req
        int80_enter 12, "\path"
        .endm
        .set    SYS_time, 13
        .macro  sys_time result:req
        int80_enter 13, "\result"
        .endm
        .set    SYS_mknod, 14
        .macro  sys_mknod path:req, mode:req, device:req
        int80_enter 14, "\path", "\mode", "\device"
        .endm
        .set    SYS_chmod, 15
        .macro  sys_chmod path:req, mode:req
        int80_enter 15, "\path", "\mode"
        .endm
        .set    SYS_lchown, 16
        .macro  sys_lchown path:req, owner:req, group:req
        int80_enter 16, "\path", "\owner", "\group"
        .endm
        .set    SYS_break, 17
        .macro  sys_break
        int80_enter 17
        .endm
        .set    SYS_oldstat, 18
        .macro  sys_oldstat path:req, buffer:req
        int80_enter 18, "\path", "\buffer"
        .endm
        .set    SYS_lseek, 19
        .macro  sys_lseek fd:req, offset:req, whence:req
        int80_enter 19, "\fd", "\offset", "\whence"
        .endm
        .set    SYS_getpid, 20
        .macro  sys_getpid
        int80_enter 20
        .endm
        .set    SYS_mount, 21
        .macro  sys_mount source:req, target:req, kind:req, flags:req, data:req
        int80_enter 21, "\source", "\target", "\kind", "\flags", "\data"
        .endm
        .set    SYS_umount, 22
        .macro  sys_umount target:req
        int80_enter 22, "\target"
        .endm
        .set    SYS_setuid, 23
        .macro  sys_setuid uid:req
        int80_enter 23, "\uid"
        .endm
        .set    SYS_getuid, 24
        .macro  sys_getuid
        int80_enter 24
        .endm
        .set    SYS_stime, 25
        .macro  sys_stime time:req
        int80_enter 25, "\time"
        .endm
        .set    SYS_ptrace, 26
        .macro  sys_ptrace request:req, pid:req, address:req, data:req
        int80_enter 26, "\request", "\pid", "\address", "\data"
        .endm
        .set    SYS_alarm, 27
        .macro  sys_alarm seconds:req
        int80_enter 27, "\seconds"
        .endm
        .set    SYS_oldfstat, 28
        .macro  sys_oldfstat fd:req, buffer:req
        int80_enter 28, "\fd", "\buffer"
        .endm
        .set    SYS_pause, 29
        .macro  sys_pause
        int80_enter 29
        .endm
        .set    SYS_utime, 30
        .macro  sys_utime path:req, times:req
        int80_enter 30, "\path", "\times"
        .endm
        .set    SYS_stty, 31
        .macro  sys_stty
        int80_enter 31
        .endm
        .set    SYS_gtty, 32
        .macro  sys_gtty
        int80_enter 32
        .endm
        .set    SYS_access, 33
        .macro  sys_access path:req, mode:req
        int80_enter 33, "\path", "\mode"
        .endm
        .set    SYS_nice, 34
        .macro  sys_nice increment:req
        int80_enter 34, "\increment"
        .endm
        .set    SYS_ftime, 35
        .macro  sys_ftime
        int80_enter 35
        .endm
        .set    SYS_sync, 36
        .macro  sys_sync
        int80_enter 36
        .endm
        .set    SYS_kill, 37
        .macro  sys_kill pid:req, signal:req
        int80_enter 37, "\pid", "\signal"
        .endm
        .set    SYS_rename, 38
        .macro  sys_rename old_path:req, new_path:req
        int80_enter 38, "\old_path", "\new_path"
        .endm
        .set    SYS_mkdir, 39
        .macro  sys_mkdir path:req, mode:req
        int80_enter 39, "\path", "\mode"
        .endm
        .set    SYS_rmdir, 40
        .macro  sys_rmdir path:req
        int80_enter 40, "\path"
        .endm
        .set    SYS_dup, 41
        .macro  sys_dup fd:req
        int80_enter 41, "\fd"
        .endm
        .set    SYS_pipe, 42
        .macro  sys_pipe fds:req
        int80_enter 42, "\fds"
        .endm
        .set    SYS_times, 43
        .macro  sys_times buffer:req
        int80_enter 43, "\buffer"
        .endm
        .set    SYS_prof, 44
        .macro  sys_prof
        int80_enter 44
        .endm
        .set    SYS_brk, 45
        .macro  sys_brk address:req
        int80_enter 45, "\address"
        .endm
        .set    SYS_setgid, 46
        .macro  sys_setgid gid:req
        int80_enter 46, "\gid"
        .endm
        .set    SYS_getgid, 47
        .macro  sys_getgid
        int80_enter 47
        .endm
        .set    SYS_signal, 48
        .macro  sys_signal signal:req, handler:req
        int80_enter 48, "\signal", "\handler"
        .endm
        .set    SYS_geteuid, 49
        .macro  sys_geteuid
        int80_enter 49
        .endm
        .set    SYS_getegid, 50
        .macro  sys_getegid
        int80_enter 50
        .endm
        .set    SYS_acct, 51
        .macro  sys_acct path:req
        int80_enter 51, "\path"
        .endm
        .set    SYS_umount2, 52
        .macro  sys_umount2 target:req, flags:req
        int80_enter 52, "\target", "\flags"
        .endm
        .set    SYS_lock, 53
        .macro  sys_lock
        int80_enter 53
        .endm
        .set    SYS_ioctl, 54
        .macro  sys_ioctl fd:req, request:req, argument:req
        int80_enter 54, "\fd", "\request", "\argument"
        .endm
        .set    SYS_fcntl, 55
        .macro  sys_fcntl fd:req, command:req, argument:req
        int80_enter 55, "\fd", "\command", "\argument"
        .endm
        .set    SYS_mpx, 56
        .macro  sys_mpx
        int80_enter 56
        .endm
        .set    SYS_setpgid, 57
        .macro  sys_setpgid pid:req, group:req
        int80_enter 57, "\pid", "\group"
        .endm
        .set    SYS_ulimit, 58
        .macro  sys_ulimit
        int80_enter 58
        .endm
        .set    SYS_oldolduname, 59
        .macro  sys_oldolduname buffer:req
        int80_enter 59, "\buffer"
        .endm
        .set    SYS_umask, 60
        .macro  sys_umask mask:req
        int80_enter 60, "\mask"
        .endm
        .set    SYS_chroot, 61
        .macro  sys_chroot path:req
        int80_enter 61, "\path"
        .endm
        .set    SYS_ustat, 62
        .macro  sys_ustat device:req, buffer:req
        int80_enter 62, "\device", "\buffer"
        .endm
        .set    SYS_dup2, 63
        .macro  sys_dup2 old_fd:req, new_fd:req
        int80_enter 63, "\old_fd", "\new_fd"
        .endm
        .set    SYS_getppid, 64
        .macro  sys_getppid
        int80_enter 64
        .endm
        .set    SYS_getpgrp, 65
        .macro  sys_getpgrp
        int80_enter 65
        .endm
        .set    SYS_setsid, 66
        .macro  sys_setsid
        int80_enter 66
        .endm
        .set    SYS_sigaction, 67
        .macro  sys_sigaction signal:req, new:req, old:req
        int80_enter 67, "\signal", "\new", "\old"
        .endm
        .set    SYS_sgetmask, 68
        .macro  sys_sgetmask
        int80_enter 68
        .endm
        .set    SYS_ssetmask, 69
        .macro  sys_ssetmask mask:req
        int80_enter 69, "\mask"
        .endm
        .set    SYS_setreuid, 70
        .macro  sys_setreuid real:req, effective:req
        int80_enter 70, "\real", "\effective"
        .endm
        .set    SYS_setregid, 71
        .macro  sys_setregid real:req, effective:req
        int80_enter 71, "\real", "\effective"
        .endm
        .set    SYS_sigsuspend, 72
        .macro  sys_sigsuspend unused1:req, unused2:req, mask:req
        int80_enter 72, "\unused1", "\unused2", "\mask"
        .endm
        .set    SYS_sigpending, 73
        .macro  sys_sigpending set:req
        int80_enter 73, "\set"
        .endm
        .set    SYS_sethostname, 74
        .macro  sys_sethostname name:req, length:req
        int80_enter 74, "\name", "\length"
        .endm
        .set    SYS_setrlimit, 75
        .macro  sys_setrlimit resource:req, limit:req
        int80_enter 75, "\resource", "\limit"
        .endm
        .set    SYS_getrlimit, 76
        .macro  sys_getrlimit resource:req, limit:req
        int80_enter 76, "\resource", "\limit"
        .endm
        .set    SYS_getrusage, 77
        .macro  sys_getrusage who:req, usage:req
        int80_enter 77, "\who", "\usage"
        .endm
        .set    SYS_gettimeofday, 78
        .macro  sys_gettimeofday time:req, zone:req
        int80_enter 78, "\time", "\zone"
        .endm
        .set    SYS_settimeofday, 79
        .macro  sys_settimeofday time:req, zone:req
        int80_enter 79, "\time", "\zone"
        .endm
        .set    SYS_getgroups, 80
        .macro  sys_getgroups count:req, groups:req
        int80_enter 80, "\count", "\groups"
        .endm
        .set    SYS_setgroups, 81
        .macro  sys_setgroups count:req, groups:req
        int80_enter 81, "\count", "\groups"
        .endm
        .set    SYS_select, 82
        .macro  sys_select arguments:req
        int80_enter 82, "\arguments"
        .endm
        .set    SYS_symlink, 83
        .macro  sys_symlink target:req, path:req
        int80_enter 83, "\target", "\path"
        .endm
        .set    SYS_oldlstat, 84
        .macro  sys_oldlstat path:req, buffer:req
        int80_enter 84, "\path", "\buffer"
        .endm
        .set    SYS_readlink, 85
        .macro  sys_readlink path:req, buffer:req, count:req
        int80_enter 85, "\path", "\buffer", "\count"
        .endm
        .set    SYS_uselib, 86
        .macro  sys_uselib path:req
        int80_enter 86, "\path"
        .endm
        .set    SYS_swapon, 87
        .macro  sys_swapon path:req, flags:req
        int80_enter 87, "\path", "\flags"
        .endm
        .set    SYS_reboot, 88
        .macro  sys_reboot magic1:req, magic2:req, command:req, argument:req
        int80_enter 88, "\magic1", "\magic2", "\command", "\argument"
        .endm
        .set    SYS_readdir, 89
        .macro  sys_readdir fd:req, entry:req, count:req
        int80_enter 89, "\fd", "\entry", "\count"
        .endm
        .set    SYS_mmap, 90
        .macro  sys_mmap arguments:req
        int80_enter 90, "\arguments"
        .endm
        .set    SYS_munmap, 91
        .macro  sys_munmap address:req, length:req
        int80_enter 91, "\address", "\length"
        .endm
        .set    SYS_truncate, 92
        .macro  sys_truncate path:req, length:req
        int80_enter 92, "\path", "\length"
        .endm
        .set    SYS_ftruncate, 93
        .macro  sys_ftruncate fd:req, length:req
        int80_enter 93, "\fd", "\length"
        .endm
        .set    SYS_fchmod, 94
        .macro  sys_fchmod fd:req, mode:req
        int80_enter 94, "\fd", "\mode"
        .endm
        .set    SYS_fchown, 95
        .macro  sys_fchown fd:req, owner:req, group:req
        int80_enter 95, "\fd", "\owner", "\group"
        .endm
        .set    SYS_getpriority, 96
        .macro  sys_getpriority which:req, who:req
        int80_enter 96, "\which", "\who"
        .endm
        .set    SYS_setpriority, 97
        .macro  sys_setpriority which:req, who:req, priority:req
        int80_enter 97, "\which", "\who", "\priority"
        .endm
        .set    SYS_profil, 98
        .macro  sys_profil
        int80_enter 98
        .endm
        .set    SYS_statfs, 99
        .macro  sys_statfs path:req, buffer:req
        int80_enter 99, "\path", "\buffer"
        .endm
        .set    SYS_fstatfs, 100
        .macro  sys_fstatfs fd:req, buffer:req
        int80_enter 100, "\fd", "\buffer"
        .endm
        .set    SYS_ioperm, 101
        .macro  sys_ioperm from:req, count:req, on:req
        int80_enter 101, "\from", "\count", "\on"
        .endm
        .set    SYS_socketcall, 102
        .macro  sys_socketcall call:req, arguments:req
        int80_enter 102, "\call", "\arguments"
        .endm
        .set    SYS_syslog, 103
        .macro  sys_syslog kind:req, buffer:req, length:req
        int80_enter 103, "\kind", "\buffer", "\length"
        .endm
        .set    SYS_setitimer, 104
        .macro  sys_setitimer timer:req, new:req, old:req
        int80_enter 104, "\timer", "\new", "\old"
        .endm
        .set    SYS_getitimer, 105
        .macro  sys_getitimer timer:req, value:req
        int80_enter 105, "\timer", "\value"
        .endm
        .set    SYS_stat, 106
        .macro  sys_stat path:req, buffer:req
        int80_enter 106, "\path", "\buffer"
        .endm
        .set    SYS_lstat, 107
        .macro  sys_lstat path:req, buffer:req
        int80_enter 107, "\path", "\buffer"
        .endm
        .set    SYS_fstat, 108
        .macro  sys_fstat fd:req, buffer:req
        int80_enter 108, "\fd", "\buffer"
        .endm
        .set    SYS_olduname, 109
        .macro  sys_olduname buffer:req
        int80_enter 109, "\buffer"
        .endm
        .set    SYS_iopl, 110
        .macro  sys_iopl level:req
        int80_enter 110, "\level"
        .endm
        .set    SYS_vhangup, 111
        .macro  sys_vhangup
        int80_enter 111
        .endm
        .set    SYS_idle, 112
        .macro  sys_idle
        int80_enter 112
        .endm
        .set    SYS_vm86old, 113
        .macro  sys_vm86old state:req
        int80_enter 113, "\state"
        .endm
        .set    SYS_wait4, 114
        .macro  sys_wait4 pid:req, status:req, options:req, usage:req
        int80_enter 114, "\pid", "\status", "\options", "\usage"
        .endm
        .set    SYS_swapoff, 115
        .macro  sys_swapoff path:req
        int80_enter 115, "\path"
        .endm
        .set    SYS_sysinfo, 116
        .macro  sys_sysinfo buffer:req
        int80_enter 116, "\buffer"
        .endm
        .set    SYS_ipc, 117
        .macro  sys_ipc call:req, first:req, second:req, third:req, pointer:req, fifth:req
        int80_enter 117, "\call", "\first", "\second", "\third", "\pointer", "\fifth"
        .endm
        .set    SYS_fsync, 118
        .macro  sys_fsync fd:req
        int80_enter 118, "\fd"
        .endm
        .set    SYS_sigreturn, 119
        .macro  sys_sigreturn
        int80_enter 119
        .endm
        .set    SYS_clone, 120
        .macro  sys_clone flags:req, stack:req, parent_tid:req, tls:req, child_tid:req
        int80_enter 120, "\flags", "\stack", "\parent_tid", "\tls", "\child_tid"
        .endm
        .set    SYS_setdomainname, 121
        .macro  sys_setdomainname name:req, length:req
        int80_enter 121, "\name", "\length"
        .endm
        .set    SYS_uname, 122
        .macro  sys_uname buffer:req
        int80_enter 122, "\buffer"
        .endm
        .set    SYS_modify_ldt, 123
        .macro  sys_modify_ldt function:req, pointer:req, count:req
        int80_enter 123, "\function", "\pointer", "\count"
        .endm
        .set    SYS_adjtimex, 124
        .macro  sys_adjtimex buffer:req
        int80_enter 124, "\buffer"
        .endm
        .set    SYS_mprotect, 125
        .macro  sys_mprotect address:req, length:req, protection:req
        int80_enter 125, "\address", "\length", "\protection"
        .endm
        .set    SYS_sigprocmask, 126
        .macro  sys_sigprocmask how:req, new:req, old:req
        int80_enter 126, "\how", "\new", "\old"
        .endm
        .set    SYS_create_module, 127
        .macro  sys_create_module name:req, size:req
        int80_enter 127, "\name", "\size"
        .endm
        .set    SYS_init_module, 128
        .macro  sys_init_module image:req, length:req, parameters:req
        int80_enter 128, "\image", "\length", "\parameters"
        .endm
        .set    SYS_delete_module, 129
        .macro  sys_delete_module name:req, flags:req
        int80_enter 129, "\name", "\flags"
        .endm
        .set    SYS_get_kernel_syms, 130
        .macro  sys_get_kernel_syms table:req
        int80_enter 130, "\table"
        .endm
        .set    SYS_quotactl, 131
        .macro  sys_quotactl command:req, special:req, id:req, address:req
        int80_enter 131, "\command", "\special", "\id", "\address"
        .endm
        .set    SYS_getpgid, 132
        .macro  sys_getpgid pid:req
        int80_enter 132, "\pid"
        .endm
        .set    SYS_fchdir, 133
        .macro  sys_fchdir fd:req
        int80_enter 133, "\fd"
        .endm
        .set    SYS_bdflush, 134
        .macro  sys_bdflush function:req, data:req
        int80_enter 134, "\function", "\data"
        .endm
        .set    SYS_sysfs, 135
        .macro  sys_sysfs option:req, argument1:req, argument2:req
        int80_enter 135, "\option", "\argument1", "\argument2"
        .endm
        .set    SYS_personality, 136
        .macro  sys_personality persona:req
        int80_enter 136, "\persona"
        .endm
        .set    SYS_afs_syscall, 137
        .macro  sys_afs_syscall
        int80_enter 137
        .endm
        .set    SYS_setfsuid, 138
        .macro  sys_setfsuid uid:req
        int80_enter 138, "\uid"
        .endm
        .set    SYS_setfsgid, 139
        .macro  sys_setfsgid gid:req
        int80_enter 139, "\gid"
        .endm
        .set    SYS__llseek, 140
        .macro  sys__llseek fd:req, offset_high:req, offset_low:req, result:req, whence:req
        int80_enter 140, "\fd", "\offset_high", "\offset_low", "\result", "\whence"
        .endm
        .set    SYS_getdents, 141
        .macro  sys_getdents fd:req, buffer:req, count:req
        int80_enter 141, "\fd", "\buffer", "\count"
        .endm
        .set    SYS__newselect, 142
        .macro  sys__newselect count:req, inputs:req, outputs:req, exceptions:req, timeout:req
        int80_enter 142, "\count", "\inputs", "\outputs", "\exceptions", "\timeout"
        .endm
        .set    SYS_flock, 143
        .macro  sys_flock fd:req, operation:req
        int80_enter 143, "\fd", "\operation"
        .endm
        .set    SYS_msync, 144
        .macro  sys_msync address:req, length:req, flags:req
        int80_enter 144, "\address", "\length", "\flags"
        .endm
        .set    SYS_readv, 145
        .macro  sys_readv fd:req, parts:req, count:req
        int80_enter 145, "\fd", "\parts", "\count"
        .endm
        .set    SYS_writev, 146
        .macro  sys_writev fd:req, parts:req, count:req
        int80_enter 146, "\fd", "\parts", "\count"
        .endm
        .set    SYS_getsid, 147
        .macro  sys_getsid pid:req
        int80_enter 147, "\pid"
        .endm
        .set    SYS_fdatasync, 148
        .macro  sys_fdatasync fd:req
        int80_enter 148, "\fd"
        .endm
        .set    SYS__sysctl, 149
        .macro  sys__sysctl arguments:req
        int80_enter 149, "\arguments"
        .endm
        .set    SYS_mlock, 150
        .macro  sys_mlock address:req, length:req
        int80_enter 150, "\address", "\length"
        .endm
        .set    SYS_munlock, 151
        .macro  sys_munlock address:req, length:req
        int80_enter 151, "\address", "\length"
        .endm
        .set    SYS_mlockall, 152
        .macro  sys_mlockall flags:req
        int80_enter 152, "\flags"
        .endm
        .set    SYS_munlockall, 153
        .macro  sys_munlockall
        int80_enter 153
        .endm
        .set    SYS_sched_setparam, 154
        .macro  sys_sched_setparam pid:req, parameters:req
        int80_enter 154, "\pid", "\parameters"
        .endm
        .set    SYS_sched_getparam, 155
        .macro  sys_sched_getparam pid:req, parameters:req
        int80_enter 155, "\pid", "\parameters"
        .endm
        .set    SYS_sched_setscheduler, 156
        .macro  sys_sched_setscheduler pid:req, policy:req, parameters:req
        int80_enter 156, "\pid", "\policy", "\parameters"
        .endm
        .set    SYS_sched_getscheduler, 157
        .macro  sys_sched_getscheduler pid:req
        int80_enter 157, "\pid"
        .endm
        .set    SYS_sched_yield, 158
        .macro  sys_sched_yield
        int80_enter 158
        .endm
        .set    SYS_sched_get_priority_max, 159
        .macro  sys_sched_get_priority_max policy:req
        int80_enter 159, "\policy"
        .endm
        .set    SYS_sched_get_priority_min, 160
        .macro  sys_sched_get_priority_min policy:req
        int80_enter 160, "\policy"
        .endm
        .set    SYS_sched_rr_get_interval, 161
        .macro  sys_sched_rr_get_interval pid:req, interval:req
        int80_enter 161, "\pid", "\interval"
        .endm
        .set    SYS_nanosleep, 162
        .macro  sys_nanosleep time:req, rest:req
        int80_enter 162, "\time", "\rest"
        .endm
        .set    SYS_mremap, 163
        .macro  sys_mremap address:req, old_length:req, new_length:req, flags:req, new_address:req
        int80_enter 163, "\address", "\old_length", "\new_length", "\flags", "\new_address"
        .endm
        .set    SYS_setresuid, 164
        .macro  sys_setresuid real:req, effective:req, saved:req
        int80_enter 164, "\real", "\effective", "\saved"
        .endm
        .set    SYS_getresuid, 165
        .macro  sys_getresuid real:req, effective:req, saved:req
        int80_enter 165, "\real", "\effective", "\saved"
        .endm
        .set    SYS_vm86, 166
        .macro  sys_vm86 function:req, state:req
        int80_enter 166, "\function", "\state"
        .endm
        .set    SYS_query_module, 167
        .macro  sys_query_module name:req, which:req, buffer:req, size:req, result:req
        int80_enter 167, "\name", "\which", "\buffer", "\size", "\result"
        .endm
        .set    SYS_poll, 168
        .macro  sys_poll fds:req, count:req, timeout:req
        int80_enter 168, "\fds", "\count", "\timeout"
        .endm
        .set    SYS_nfsservctl, 169
        .macro  sys_nfsservctl command:req, argument:req, result:req
        int80_enter 169, "\command", "\argument", "\result"
        .endm
        .set    SYS_setresgid, 170
        .macro  sys_setresgid real:req, effective:req, saved:req
        int80_enter 170, "\real", "\effective", "\saved"
        .endm
        .set    SYS_getresgid, 171
        .macro  sys_getresgid real:req, effective:req, saved:req
        int80_enter 171, "\real", "\effective", "\saved"
        .endm
        .set    SYS_prctl, 172
        .macro  sys_prctl option:req, argument2:req, argument3:req, argument4:req, argument5:req
        int80_enter 172, "\option", "\argument2", "\argument3", "\argument4", "\argument5"
        .endm
        .set    SYS_rt_sigreturn, 173
        .macro  sys_rt_sigreturn
        int80_enter 173
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
        .set    SYS_rt_sigqueueinfo, 178
        .macro  sys_rt_sigqueueinfo pid:req, signal:req, info:req
        int80_enter 178, "\pid", "\signal", "\info"
        .endm
        .set    SYS_rt_sigsuspend, 179
        .macro  sys_rt_sigsuspend set:req, set_size:req
        int80_enter 179, "\set", "\set_size"
        .endm
        .set    SYS_pread64, 180
        .macro  sys_pread64 fd:req, buffer:req, count:req, offset_low:req, offset_high:req
        int80_enter 180, "\fd", "\buffer", "\count", "\offset_low", "\offset_high"
        .endm
        .set    SYS_pwrite64, 181
        .macro  sys_pwrite64 fd:req, buffer:req, count:req, offset_low:req, offset_high:req
        int80_enter 181, "\fd", "\buffer", "\count", "\offset_low", "\offset_high"
        .endm
        .set    SYS_chown, 182
        .macro  sys_chown path:req, owner:req, group:req
        int80_enter 182, "\path", "\owner", "\group"
        .endm
        .set    SYS_getcwd, 183
        .macro  sys_getcwd buffer:req, size:req
        int80_enter 183, "\buffer", "\size"
        .endm
        .set    SYS_capget, 184
        .macro  sys_capget header:req, data:req
        int80_enter 184, "\header", "\data"
        .endm
        .set    SYS_capset, 185
        .macro  sys_capset header:req, data:req
        int80_enter 185, "\header", "\data"
        .endm
        .set    SYS_sigaltstack, 186
        .macro  sys_sigaltstack new:req, old:req
        int80_enter 186, "\new", "\old"
        .endm
        .set    SYS_sendfile, 187
        .macro  sys_sendfile out_fd:req, in_fd:req, offset:req, count:req
        int80_enter 187, "\out_fd", "\in_fd", "\offset", "\count"
        .endm
        .set    SYS_getpmsg, 188
        .macro  sys_getpmsg
        int80_enter 188
        .endm
        .set    SYS_putpmsg, 189
        .macro  sys_putpmsg
        int80_enter 189
        .endm
        .set    SYS_vfork, 190
        .macro  sys_vfork
        int80_enter 190
        .endm
        .set    SYS_ugetrlimit, 191
        .macro  sys_ugetrlimit resource:req, limit:req
        int80_enter 191, "\resource", "\limit"
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
        .set    SYS_stat64, 195
        .macro  sys_stat64 path:req, buffer:req
        int80_enter 195, "\path", "\buffer"
        .endm
        .set    SYS_lstat64, 196
        .macro  sys_lstat64 path:req, buffer:req
        int80_enter 196, "\path", "\buffer"
        .endm
        .set    SYS_fstat64, 197
        .macro  sys_fstat64 fd:req, buffer:req
        int80_enter 197, "\fd", "\buffer"
        .endm
        .set    SYS_lchown32, 198
        .macro  sys_lchown32 path:req, owner:req, group:req
        int80_enter 198, "\path", "\owner", "\group"
        .endm
        .set    SYS_getuid32, 199
        .macro  sys_getuid32
        int80_enter 199
        .endm
        .set    SYS_getgid32, 200
        .macro  sys_getgid32
        int80_enter 200
        .endm
        .set    SYS_geteuid32, 201
        .macro  sys_geteuid32
        int80_enter 201
        .endm
        .set    SYS_getegid32, 202
        .macro  sys_getegid32
        int80_enter 202
        .endm
        .set    SYS_setreuid32, 203
        .macro  sys_setreuid32 real:req, effective:req
        int80_enter 203, "\real", "\effective"
        .endm
        .set    SYS_setregid32, 204
        .macro  sys_setregid32 real:req, effective:req
        int80_enter 204, "\real", "\effective"
        .endm
        .set    SYS_getgroups32, 205
        .macro  sys_getgroups32 count:req, groups:req
        int80_enter 205, "\count", "\groups"
        .endm
        .set    SYS_setgroups32, 206
        .macro  sys_setgroups32 count:req, groups:req
        int80_enter 206, "\count", "\groups"
        .endm
        .set    SYS_fchown32, 207
        .macro  sys_fchown32 fd:req, owner:req, group:req
        int80_enter 207, "\fd", "\owner", "\group"
        .endm
        .set    SYS_setresuid32, 208
        .macro  sys_setresuid32 real:req, effective:req, saved:req
        int80_enter 208, "\real", "\effective", "\saved"
        .endm
        .set    SYS_getresuid32, 209
        .macro  sys_getresuid32 real:req, effective:req, saved:req
        int80_enter 209, "\real", "\effective", "\saved"
        .endm
        .set    SYS_setresgid32, 210
        .macro  sys_setresgid32 real:req, effective:req, saved:req
        int80_enter 210, "\real", "\effective", "\saved"
        .endm
        .set    SYS_getresgid32, 211
        .macro  sys_getresgid32 real:req, effective:req, saved:req
        int80_enter 211, "\real", "\effective", "\saved"
        .endm
        .set    SYS_chown32, 212
        .macro  sys_chown32 path:req, owner:req, group:req
        int80_enter 212, "\path", "\owner", "\group"
        .endm
        .set    SYS_setuid32, 213
        .macro  sys_setuid32 uid:req
        int80_enter 213, "\uid"
        .endm
        .set    SYS_setgid32, 214
        .macro  sys_setgid32 gid:req
        int80_enter 214, "\gid"
        .endm
        .set    SYS_setfsuid32, 215
        .macro  sys_setfsuid32 uid:req
        int80_enter 215, "\uid"
        .endm
        .set    SYS_setfsgid32, 216
        .macro  sys_setfsgid32 gid:req
        int80_enter 216, "\gid"
        .endm
        .set    SYS_pivot_root, 217
        .macro  sys_pivot_root new_root:req, put_old:req
        int80_enter 217, "\new_root", "\put_old"
        .endm
        .set    SYS_mincore, 218
        .macro  sys_mincore address:req, length:req, vector:req
        int80_enter 218, "\address", "\length", "\vector"
        .endm
        .set    SYS_madvise, 219
        .macro  sys_madvise address:req, length:req, advice:req
        int80_enter 219, "\address", "\length", "\advice"
        .endm
        .set    SYS_getdents64, 220
        .macro  sys_getdents64 fd:req, buffer:req, count:req
        int80_enter 220, "\fd", "\buffer", "\count"
        .endm
        .set    SYS_fcntl64, 221
        .macro  sys_fcntl64 fd:req, command:req, argument:req
        int80_enter 221, "\fd", "\command", "\argument"
        .endm
        .set    SYS_gettid, 224
        .macro  sys_gettid
        int80_enter 224
        .endm
        .set    SYS_readahead, 225
        .macro  sys_readahead fd:req, offset_low:req, offset_high:req, count:req
        int80_enter 225, "\fd", "\offset_low", "\offset_high", "\count"
        .endm
        .set    SYS_setxattr, 226
        .macro  sys_setxattr path:req, name:req, value:req, size:req, flags:req
        int80_enter 226, "\path", "\name", "\value", "\size", "\flags"
        .endm
        .set    SYS_lsetxattr, 227
        .macro  sys_lsetxattr path:req, name:req, value:req, size:req, flags:req
        int80_enter 227, "\path", "\name", "\value", "\size", "\flags"
        .endm
        .set    SYS_fsetxattr, 228
        .macro  sys_fsetxattr fd:req, name:req, value:req, size:req, flags:req
        int80_enter 228, "\fd", "\name", "\value", "\size", "\flags"
        .endm
        .set    SYS_getxattr, 229
        .macro  sys_getxattr path:req, name:req, value:req, size:req
        int80_enter 229, "\path", "\name", "\value", "\size"
        .endm
        .set    SYS_lgetxattr, 230
        .macro  sys_lgetxattr path:req, name:req, value:req, size:req
        int80_enter 230, "\path", "\name", "\value", "\size"
        .endm
        .set    SYS_fgetxattr, 231
        .macro  sys_fgetxattr fd:req, name:req, value:req, size:req
        int80_enter 231, "\fd", "\name", "\value", "\size"
        .endm
        .set    SYS_listxattr, 232
        .macro  sys_listxattr path:req, list:req, size:req
        int80_enter 232, "\path", "\list", "\size"
        .endm
        .set    SYS_llistxattr, 233
        .macro  sys_llistxattr path:req, list:req, size:req
        int80_enter 233, "\path", "\list", "\size"
        .endm
        .set    SYS_flistxattr, 234
        .macro  sys_flistxattr fd:req, list:req, size:req
        int80_enter 234, "\fd", "\list", "\size"
        .endm
        .set    SYS_removexattr, 235
        .macro  sys_removexattr path:req, name:req
        int80_enter 235, "\path", "\name"
        .endm
        .set    SYS_lremovexattr, 236
        .macro  sys_lremovexattr path:req, name:req
        int80_enter 236, "\path", "\name"
        .endm
        .set    SYS_fremovexattr, 237
        .macro  sys_fremovexattr fd:req, name:req
        int80_enter 237, "\fd", "\name"
        .endm
        .set    SYS_tkill, 238
        .macro  sys_tkill thread:req, signal:req
        int80_enter 238, "\thread", "\signal"
        .endm
        .set    SYS_sendfile64, 239
        .macro  sys_sendfile64 out_fd:req, in_fd:req, offset:req, count:req
        int80_enter 239, "\out_fd", "\in_fd", "\offset", "\count"
        .endm
        .set    SYS_futex, 240
        .macro  sys_futex word:req, operation:req, value:req, timeout:req, word2:req, value3:req
        int80_enter 240, "\word", "\operation", "\value", "\timeout", "\word2", "\value3"
        .endm
        .set    SYS_sched_setaffinity, 241
        .macro  sys_sched_setaffinity pid:req, size:req, mask:req
        int80_enter 241, "\pid", "\size", "\mask"
        .endm
        .set    SYS_sched_getaffinity, 242
        .macro  sys_sched_getaffinity pid:req, size:req, mask:req
        int80_enter 242, "\pid", "\size", "\mask"
        .endm
        .set    SYS_set_thread_area, 243
        .macro  sys_set_thread_area descriptor:req
        int80_enter 243, "\descriptor"
        .endm
        .set    SYS_get_thread_area, 244
        .macro  sys_get_thread_area descriptor:req
        int80_enter 244, "\descriptor"
        .endm
        .set    SYS_io_setup, 245
        .macro  sys_io_setup count:req, context:req
        int80_enter 245, "\count", "\context"
        .endm
        .set    SYS_io_destroy, 246
        .macro  sys_io_destroy context:req
        int80_enter 246, "\context"
        .endm
        .set    SYS_io_getevents, 247
        .macro  sys_io_getevents context:req, least:req, most:req, events:req, timeout:req
        int80_enter 247, "\context", "\least", "\most", "\events", "\timeout"
        .endm
        .set    SYS_io_submit, 248
        .macro  sys_io_submit context:req, count:req, blocks:req
        int80_enter 248, "\context", "\count", "\blocks"
        .endm
        .set    SYS_io_cancel, 249
        .macro  sys_io_cancel context:req, block:req, result:req
        int80_enter 249, "\context", "\block", "\result"
        .endm
        .set    SYS_fadvise64, 250
        .macro  sys_fadvise64 fd:req, offset_low:req, offset_high:req, length:req, advice:req
        int80_enter 250, "\fd", "\offset_low", "\offset_high", "\length", "\advice"
        .endm
        .set    SYS_exit_group, 252
        .macro  sys_exit_group status:req
        int80_enter 252, "\status"
        .endm
        .set    SYS_lookup_dcookie, 253
        .macro  sys_lookup_dcookie cookie_low:req, cookie_high:req, buffer:req, length:req
        int80_enter 253, "\cookie_low", "\cookie_high", "\buffer", "\length"
        .endm
        .set    SYS_epoll_create, 254
        .macro  sys_epoll_create size:req
        int80_enter 254, "\size"
        .endm
        .set    SYS_epoll_ctl, 255
        .macro  sys_epoll_ctl epoll_fd:req, operation:req, fd:req, event:req
        int80_enter 255, "\epoll_fd", "\operation", "\fd", "\event"
        .endm
        .set    SYS_epoll_wait, 256
        .macro  sys_epoll_wait epoll_fd:req, events:req, count:req, timeout:req
        int80_enter 256, "\epoll_fd", "\events", "\count", "\timeout"
        .endm
        .set    SYS_remap_file_pages, 257
        .macro  sys_remap_file_pages address:req, size:req, protection:req, page:req, flags:req
        int80_enter 257, "\address", "\size", "\protection", "\page", "\flags"
        .endm
        .set    SYS_set_tid_address, 258
        .macro  sys_set_tid_address word:req
        int80_enter 258, "\word"
        .endm
        .set    SYS_timer_create, 259
        .macro  sys_timer_create clock:req, event:req, timer:req
        int80_enter 259, "\clock", "\event", "\timer"
        .endm
        .set    SYS_timer_settime, 260
        .macro  sys_timer_settime timer:req, flags:req, new:req, old:req
        int80_enter 260, "\timer", "\flags", "\new", "\old"
        .endm
        .set    SYS_timer_gettime, 261
        .macro  sys_timer_gettime timer:req, value:req
        int80_enter 261, "\timer", "\value"
        .endm
        .set    SYS_timer_getoverrun, 262
        .macro  sys_timer_getoverrun timer:req
        int80_enter 262, "\timer"
        .endm
        .set    SYS_timer_delete, 263
        .macro  sys_timer_delete timer:req
        int80_enter 263, "\timer"
        .endm
        .set    SYS_clock_settime, 264
        .macro  sys_clock_settime clock:req, time:req
        int80_enter 264, "\clock", "\time"
        .endm
        .set    SYS_clock_gettime, 265
        .macro  sys_clock_gettime clock:req, time:req
        int80_enter 265, "\clock", "\time"
        .endm
        .set    SYS_clock_getres, 266
        .macro  sys_clock_getres clock:req, resolution:req
        int80_enter 266, "\clock", "\resolution"
        .endm
        .set    SYS_clock_nanosleep, 267
        .macro  sys_clock_nanosleep clock:req, flags:req, time:req, rest:req
        int80_enter 267, "\clock", "\flags", "\time", "\rest"
        .endm
        .set    SYS_statfs64, 268
        .macro  sys_statfs64 path:req, size:req, buffer:req
        int80_enter 268, "\path", "\size", "\buffer"
        .endm
        .set    SYS_fstatfs64, 269
        .macro  sys_fstatfs64 fd:req, size:req, buffer:req
        int80_enter 269, "\fd", "\size", "\buffer"
        .endm
        .set    SYS_tgkill, 270
        .macro  sys_tgkill group:req, thread:req, signal:req
        int80_enter 270, "\group", "\thread", "\signal"
        .endm
        .set    SYS_utimes, 271
        .macro  sys_utimes path:req, times:req
        int80_enter 271, "\path", "\times"
        .endm
        .set    SYS_fadvise64_64, 272
        .macro  sys_fadvise64_64 fd:req, offset_low:req, offset_high:req, length_low:req, length_high:req, advice:req
        int80_enter 272, "\fd", "\offset_low", "\offset_high", "\length_low", "\length_high", "\advice"
        .endm
        .set    SYS_vserver, 273
        .macro  sys_vserver
        int80_enter 273
        .endm
        .set    SYS_mbind, 274
        .macro  sys_mbind address:req, length:req, mode:req, mask:req, bits:req, flags:req
        int80_enter 274, "\address", "\length", "\mode", "\mask", "\bits", "\flags"
        .endm
        .set    SYS_get_mempolicy, 275
        .macro  sys_get_mempolicy mode:req, mask:req, bits:req, address:req, flags:req
        int80_enter 275, "\mode", "\mask", "\bits", "\address", "\flags"
        .endm
        .set    SYS_set_mempolicy, 276
        .macro  sys_set_mempolicy mode:req, mask:req, bits:req
        int80_enter 276, "\mode", "\mask", "\bits"
        .endm
        .set    SYS_mq_open, 277
        .macro  sys_mq_open name:req, flags:req, mode:req, attributes:req
        int80_enter 277, "\name", "\flags", "\mode", "\attributes"
        .endm
        .set    SYS_mq_unlink, 278
        .macro  sys_mq_unlink name:req
        int80_enter 278, "\name"
        .endm
        .set    SYS_mq_timedsend, 279
        .macro  sys_mq_timedsend queue:req, message:req, length:req, priority:req, timeout:req
        int80_enter 279, "\queue", "\message", "\length", "\priority", "\timeout"
        .endm
        .set    SYS_mq_timedreceive, 280
        .macro  sys_mq_timedreceive queue:req, message:req, length:req, priority:req, timeout:req
        int80_enter 280, "\queue", "\message", "\length", "\priority", "\timeout"
        .endm
        .set    SYS_mq_notify, 281
        .macro  sys_mq_notify queue:req, event:req
        int80_enter 281, "\queue", "\event"
        .endm
        .set    SYS_mq_getsetattr, 282
        .macro  sys_mq_getsetattr queue:req, new:req, old:req
        int80_enter 282, "\queue", "\new", "\old"
        .endm
        .set    SYS_kexec_load, 283
        .macro  sys_kexec_load entry:req, count:req, segments:req, flags:req
        int80_enter 283, "\entry", "\count", "\segments", "\flags"
        .endm
        .set    SYS_waitid, 284
        .macro  sys_waitid which:req, id:req, info:req, options:req, usage:req
        int80_enter 284, "\which", "\id", "\info", "\options", "\usage"
        .endm
        .set    SYS_add_key, 286
        .macro  sys_add_key kind:req, description:req, payload:req, length:req, keyring:req
        int80_enter 286, "\kind", "\description", "\payload", "\length", "\keyring"
        .endm
        .set    SYS_request_key, 287
        .macro  sys_request_key kind:req, description:req, info:req, keyring:req
        int80_enter 287, "\kind", "\description", "\info", "\keyring"
        .endm
        .set    SYS_keyctl, 288
        .macro  sys_keyctl operation:req, argument2:req, argument3:req, argument4:req, argument5:req
        int80_enter 288, "\operation", "\argument2", "\argument3", "\argument4", "\argument5"
        .endm
        .set    SYS_ioprio_set, 289
        .macro  sys_ioprio_set which:req, who:req, priority:req
        int80_enter 289, "\which", "\who", "\priority"
        .endm
        .set    SYS_ioprio_get, 290
        .macro  sys_ioprio_get which:req, who:req
        int80_enter 290, "\which", "\who"
        .endm
        .set    SYS_inotify_init, 291
        .macro  sys_inotify_init
        int80_enter 291
        .endm
        .set    SYS_inotify_add_watch, 292
        .macro  sys_inotify_add_watch fd:req, path:req, mask:req
        int80_enter 292, "\fd", "\path", "\mask"
        .endm
        .set    SYS_inotify_rm_watch, 293
        .macro  sys_inotify_rm_watch fd:req, watch:req
        int80_enter 293, "\fd", "\watch"
        .endm
        .set    SYS_migrate_pages, 294
        .macro  sys_migrate_pages pid:req, bits:req, old:req, new:req
        int80_enter 294, "\pid", "\bits", "\old", "\new"
        .endm
        .set    SYS_openat, 295
        .macro  sys_openat folder_fd:req, path:req, flags:req, mode:req
        int80_enter 295, "\folder_fd", "\path", "\flags", "\mode"
        .endm
        .set    SYS_mkdirat, 296
        .macro  sys_mkdirat folder_fd:req, path:req, mode:req
        int80_enter 296, "\folder_fd", "\path", "\mode"
        .endm
        .set    SYS_mknodat, 297
        .macro  sys_mknodat folder_fd:req, path:req, mode:req, device:req
        int80_enter 297, "\folder_fd", "\path", "\mode", "\device"
        .endm
        .set    SYS_fchownat, 298
        .macro  sys_fchownat folder_fd:req, path:req, owner:req, group:req, flags:req
        int80_enter 298, "\folder_fd", "\path", "\owner", "\group", "\flags"
        .endm
        .set    SYS_futimesat, 299
        .macro  sys_futimesat folder_fd:req, path:req, times:req
        int80_enter 299, "\folder_fd", "\path", "\times"
        .endm
        .set    SYS_fstatat64, 300
        .macro  sys_fstatat64 folder_fd:req, path:req, buffer:req, flags:req
        int80_enter 300, "\folder_fd", "\path", "\buffer", "\flags"
        .endm
        .set    SYS_unlinkat, 301
        .macro  sys_unlinkat folder_fd:req, path:req, flags:req
        int80_enter 301, "\folder_fd", "\path", "\flags"
        .endm
        .set    SYS_renameat, 302
        .macro  sys_renameat old_folder_fd:req, old_path:req, new_folder_fd:req, new_path:req
        int80_enter 302, "\old_folder_fd", "\old_path", "\new_folder_fd", "\new_path"
        .endm
        .set    SYS_linkat, 303
        .macro  sys_linkat old_folder_fd:req, old_path:req, new_folder_fd:req, new_path:req, flags:req
        int80_enter 303, "\old_folder_fd", "\old_path", "\new_folder_fd", "\new_path", "\flags"
        .endm
        .set    SYS_symlinkat, 304
        .macro  sys_symlinkat target:req, folder_fd:req, path:req
        int80_enter 304, "\target", "\folder_fd", "\path"
        .endm
        .set    SYS_readlinkat, 305
        .macro  sys_readlinkat folder_fd:req, path:req, buffer:req, count:req
        int80_enter 305, "\folder_fd", "\path", "\buffer", "\count"
        .endm
        .set    SYS_fchmodat, 306
        .macro  sys_fchmodat folder_fd:req, path:req, mode:req
        int80_enter 306, "\folder_fd", "\path", "\mode"
        .endm
        .set    SYS_faccessat, 307
        .macro  sys_faccessat folder_fd:req, path:req, mode:req
        int80_enter 307, "\folder_fd", "\path", "\mode"
        .endm
        .set    SYS_pselect6, 308
        .macro  sys_pselect6 count:req, inputs:req, outputs:req, exceptions:req, timeout:req, mask:req
        int80_enter 308, "\count", "\inputs", "\outputs", "\exceptions", "\timeout", "\mask"
        .endm
        .set    SYS_ppoll, 309
        .macro  sys_ppoll fds:req, count:req, time:req, set:req, set_size:req
        int80_enter 309, "\fds", "\count", "\time", "\set", "\set_size"
        .endm
        .set    SYS_unshare, 310
        .macro  sys_unshare flags:req
        int80_enter 310, "\flags"
        .endm
        .set    SYS_set_robust_list, 311
        .macro  sys_set_robust_list head:req, length:req
        int80_enter 311, "\head", "\length"
        .endm
        .set    SYS_get_robust_list, 312
        .macro  sys_get_robust_list pid:req, head:req, length:req
        int80_enter 312, "\pid", "\head", "\length"
        .endm
        .set    SYS_splice, 313
        .macro  sys_splice in_fd:req, in_offset:req, out_fd:req, out_offset:req, count:req, flags:req
        int80_enter 313, "\in_fd", "\in_offset", "\out_fd", "\out_offset", "\count", "\flags"
        .endm
        .set    SYS_sync_file_range, 314
        .macro  sys_sync_file_range fd:req, offset_low:req, offset_high:req, count_low:req, count_high:req, flags:req
        int80_enter 314, "\fd", "\offset_low", "\offset_high", "\count_low", "\count_high", "\flags"
        .endm
        .set    SYS_tee, 315
        .macro  sys_tee in_fd:req, out_fd:req, count:req, flags:req
        int80_enter 315, "\in_fd", "\out_fd", "\count", "\flags"
        .endm
        .set    SYS_vmsplice, 316
        .macro  sys_vmsplice fd:req, parts:req, count:req, flags:req
        int80_enter 316, "\fd", "\parts", "\count", "\flags"
        .endm
        .set    SYS_move_pages, 317
        .macro  sys_move_pages pid:req, count:req, pages:req, nodes:req, status:req, flags:req
        int80_enter 317, "\pid", "\count", "\pages", "\nodes", "\status", "\flags"
        .endm
        .set    SYS_getcpu, 318
        .macro  sys_getcpu cpu:req, node:req, cache:req
        int80_enter 318, "\cpu", "\node", "\cache"
        .endm
        .set    SYS_epoll_pwait, 319
        .macro  sys_epoll_pwait epoll_fd:req, events:req, count:req, timeout:req, set:req, set_size:req
        int80_enter 319, "\epoll_fd", "\events", "\count", "\timeout", "\set", "\set_size"
        .endm
        .set    SYS_utimensat, 320
        .macro  sys_utimensat folder_fd:req, path:req, times:req, flags:req
        int80_enter 320, "\folder_fd", "\path", "\times", "\flags"
        .endm
        .set    SYS_signalfd, 321
        .macro  sys_signalfd fd:req, set:req, set_size:req
        int80_enter 321, "\fd", "\set", "\set_size"
        .endm
        .set    SYS_timerfd_create, 322
        .macro  sys_timerfd_create clock:req, flags:req
        int80_enter 322, "\clock", "\flags"
        .endm
        .set    SYS_eventfd, 323
        .macro  sys_eventfd value:req
        int80_enter 323, "\value"
        .endm
        .set    SYS_fallocate, 324
        .macro  sys_fallocate fd:req, mode:req, offset_low:req, offset_high:req, length_low:req, length_high:req
        int80_enter 324, "\fd", "\mode", "\offset_low", "\offset_high", "\length_low", "\length_high"
        .endm
        .set    SYS_timerfd_settime, 325
        .macro  sys_timerfd_settime fd:req, flags:req, new:req, old:req
        int80_enter 325, "\fd", "\flags", "\new", "\old"
        .endm
        .set    SYS_timerfd_gettime, 326
        .macro  sys_timerfd_gettime fd:req, value:req
        int80_enter 326, "\fd", "\value"
        .endm
        .set    SYS_signalfd4, 327
        .macro  sys_signalfd4 fd:req, set:req, set_size:req, flags:req
        int80_enter 327, "\fd", "\set", "\set_size", "\flags"
        .endm
        .set    SYS_eventfd2, 328
        .macro  sys_eventfd2 value:req, flags:req
        int80_enter 328, "\value", "\flags"
        .endm
        .set    SYS_epoll_create1, 329
        .macro  sys_epoll_create1 flags:req
        int80_enter 329, "\flags"
        .endm
        .set    SYS_dup3, 330
        .macro  sys_dup3 old_fd:req, new_fd:req, flags:req
        int80_enter 330, "\old_fd", "\new_fd", "\flags"
        .endm
        .set    SYS_pipe2, 331
        .macro  sys_pipe2 fds:req, flags:req
        int80_enter 331, "\fds", "\flags"
        .endm
        .set    SYS_inotify_init1, 332
        .macro  sys_inotify_init1 flags:req
        int80_enter 332, "\flags"
        .endm
        .set    SYS_preadv, 333
        .macro  sys_preadv fd:req, parts:req, count:req, offset_low:req, offset_high:req
        int80_enter 333, "\fd", "\parts", "\count", "\offset_low", "\offset_high"
        .endm
        .set    SYS_pwritev, 334
        .macro  sys_pwritev fd:req, parts:req, count:req, offset_low:req, offset_high:req
        int80_enter 334, "\fd", "\parts", "\count", "\offset_low", "\offset_high"
        .endm
        .set    SYS_rt_tgsigqueueinfo, 335
        .macro  sys_rt_tgsigqueueinfo group:req, thread:req, signal:req, info:req
        int80_enter 335, "\group", "\thread", "\signal", "\info"
        .endm
        .set    SYS_perf_event_open, 336
        .macro  sys_perf_event_open attributes:req, pid:req, cpu:req, group_fd:req, flags:req
        int80_enter 336, "\attributes", "\pid", "\cpu", "\group_fd", "\flags"
        .endm
        .set    SYS_recvmmsg, 337
        .macro  sys_recvmmsg fd:req, messages:req, count:req, flags:req, timeout:req
        int80_enter 337, "\fd", "\messages", "\count", "\flags", "\timeout"
        .endm
        .set    SYS_fanotify_init, 338
        .macro  sys_fanotify_init flags:req, event_flags:req
        int80_enter 338, "\flags", "\event_flags"
        .endm
        .set    SYS_fanotify_mark, 339
        .macro  sys_fanotify_mark fd:req, flags:req, mask_low:req, mask_high:req, folder_fd:req, path:req
        int80_enter 339, "\fd", "\flags", "\mask_low", "\mask_high", "\folder_fd", "\path"
        .endm
        .set    SYS_prlimit64, 340
        .macro  sys_prlimit64 pid:req, resource:req, new:req, old:req
        int80_enter 340, "\pid", "\resource", "\new", "\old"
        .endm
        .set    SYS_name_to_handle_at, 341
        .macro  sys_name_to_handle_at folder_fd:req, path:req, handle:req, mount_id:req, flags:req
        int80_enter 341, "\folder_fd", "\path", "\handle", "\mount_id", "\flags"
        .endm
        .set    SYS_open_by_handle_at, 342
        .macro  sys_open_by_handle_at mount_fd:req, handle:req, flags:req
        int80_enter 342, "\mount_fd", "\handle", "\flags"
        .endm
        .set    SYS_clock_adjtime, 343
        .macro  sys_clock_adjtime clock:req, buffer:req
        int80_enter 343, "\clock", "\buffer"
        .endm
        .set    SYS_syncfs, 344
        .macro  sys_syncfs fd:req
        int80_enter 344, "\fd"
        .endm
        .set    SYS_sendmmsg, 345
        .macro  sys_sendmmsg fd:req, messages:req, count:req, flags:req
        int80_enter 345, "\fd", "\messages", "\count", "\flags"
        .endm
        .set    SYS_setns, 346
        .macro  sys_setns fd:req, kind:req
        int80_enter 346, "\fd", "\kind"
        .endm
        .set    SYS_process_vm_readv, 347
        .macro  sys_process_vm_readv pid:req, local:req, local_count:req, remote:req, remote_count:req, flags:req
        int80_enter 347, "\pid", "\local", "\local_count", "\remote", "\remote_count", "\flags"
        .endm
        .set    SYS_process_vm_writev, 348
        .macro  sys_process_vm_writev pid:req, local:req, local_count:req, remote:req, remote_count:req, flags:req
        int80_enter 348, "\pid", "\local", "\local_count", "\remote", "\remote_count", "\flags"
        .endm
        .set    SYS_kcmp, 349
        .macro  sys_kcmp pid1:req, pid2:req, kind:req, index1:req, index2:req
        int80_enter 349, "\pid1", "\pid2", "\kind", "\index1", "\index2"
        .endm
        .set    SYS_finit_module, 350
        .macro  sys_finit_module fd:req, parameters:req, flags:req
        int80_enter 350, "\fd", "\parameters", "\flags"
        .endm
        .set    SYS_sched_setattr, 351
        .macro  sys_sched_setattr pid:req, attributes:req, flags:req
        int80_enter 351, "\pid", "\attributes", "\flags"
        .endm
        .set    SYS_sched_getattr, 352
        .macro  sys_sched_getattr pid:req, attributes:req, size:req, flags:req
        int80_enter 352, "\pid", "\attributes", "\size", "\flags"
        .endm
        .set    SYS_renameat2, 353
        .macro  sys_renameat2 old_folder_fd:req, old_path:req, new_folder_fd:req, new_path:req, flags:req
        int80_enter 353, "\old_folder_fd", "\old_path", "\new_folder_fd", "\new_path", "\flags"
        .endm
        .set    SYS_seccomp, 354
        .macro  sys_seccomp operation:req, flags:req, arguments:req
        int80_enter 354, "\operation", "\flags", "\arguments"
        .endm
        .set    SYS_getrandom, 355
        .macro  sys_getrandom buffer:req, count:req, flags:req
        int80_enter 355, "\buffer", "\count", "\flags"
        .endm
        .set    SYS_memfd_create, 356
        .macro  sys_memfd_create name:req, flags:req
        int80_enter 356, "\name", "\flags"
        .endm
        .set    SYS_bpf, 357
        .macro  sys_bpf command:req, attributes:req, size:req
        int80_enter 357, "\command", "\attributes", "\size"
        .endm
        .set    SYS_execveat, 358
        .macro  sys_execveat folder_fd:req, path:req, arguments:req, environment:req, flags:req
        int80_enter 358, "\folder_fd", "\path", "\arguments", "\environment", "\flags"
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
        .set    SYS_userfaultfd, 374
        .macro  sys_userfaultfd flags:req
        int80_enter 374, "\flags"
        .endm
        .set    SYS_membarrier, 375
        .macro  sys_membarrier command:req, flags:req, cpu:req
        int80_enter 375, "\command", "\flags", "\cpu"
        .endm
        .set    SYS_mlock2, 376
        .macro  sys_mlock2 address:req, length:req, flags:req
        int80_enter 376, "\address", "\length", "\flags"
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
        .set    SYS_pkey_mprotect, 380
        .macro  sys_pkey_mprotect address:req, length:req, protection:req, key:req
        int80_enter 380, "\address", "\length", "\protection", "\key"
        .endm
        .set    SYS_pkey_alloc, 381
        .macro  sys_pkey_alloc flags:req, rights:req
        int80_enter 381, "\flags", "\rights"
        .endm
        .set    SYS_pkey_free, 382
        .macro  sys_pkey_free key:req
        int80_enter 382, "\key"
        .endm
        .set    SYS_statx, 383
        .macro  sys_statx folder_fd:req, path:req, flags:req, mask:req, buffer:req
        int80_enter 383, "\folder_fd", "\path", "\flags", "\mask", "\buffer"
        .endm
        .set    SYS_arch_prctl, 384
        .macro  sys_arch_prctl option:req, argument:req
        int80_enter 384, "\option", "\argument"
        .endm
        .set    SYS_io_pgetevents, 385
        .macro  sys_io_pgetevents context:req, least:req, most:req, events:req, timeout:req, mask:req
        int80_enter 385, "\context", "\least", "\most", "\events", "\timeout", "\mask"
        .endm
        .set    SYS_rseq, 386
        .macro  sys_rseq area:req, length:req, flags:req, signature:req
        int80_enter 386, "\area", "\length", "\flags", "\signature"
        .endm
        .set    SYS_semget, 393
        .macro  sys_semget key:req, count:req, flags:req
        int80_enter 393, "\key", "\count", "\flags"
        .endm
        .set    SYS_semctl, 394
        .macro  sys_semctl set:req, index:req, command:req, argument:req
        int80_enter 394, "\set", "\index", "\command", "\argument"
        .endm
        .set    SYS_shmget, 395
        .macro  sys_shmget key:req, size:req, flags:req
        int80_enter 395, "\key", "\size", "\flags"
        .endm
        .set    SYS_shmctl, 396
        .macro  sys_shmctl segment:req, command:req, buffer:req
        int80_enter 396, "\segment", "\command", "\buffer"
        .endm
        .set    SYS_shmat, 397
        .macro  sys_shmat segment:req, address:req, flags:req
        int80_enter 397, "\segment", "\address", "\flags"
        .endm
        .set    SYS_shmdt, 398
        .macro  sys_shmdt address:req
        int80_enter 398, "\address"
        .endm
        .set    SYS_msgget, 399
        .macro  sys_msgget key:req, flags:req
        int80_enter 399, "\key", "\flags"
        .endm
        .set    SYS_msgsnd, 400
        .macro  sys_msgsnd queue:req, message:req, size:req, flags:req
        int80_enter 400, "\queue", "\message", "\size", "\flags"
        .endm
        .set    SYS_msgrcv, 401
        .macro  sys_msgrcv queue:req, message:req, size:req, kind:req, flags:req
        int80_enter 401, "\queue", "\message", "\size", "\kind", "\flags"
        .endm
        .set    SYS_msgctl, 402
        .macro  sys_msgctl queue:req, command:req, buffer:req
        int80_enter 402, "\queue", "\command", "\buffer"
        .endm
        .set    SYS_clock_gettime64, 403
        .macro  sys_clock_gettime64 clock:req, time:req
        int80_enter 403, "\clock", "\time"
        .endm
        .set    SYS_clock_settime64, 404
        .macro  sys_clock_settime64 clock:req, time:req
        int80_enter 404, "\clock", "\time"
        .endm
        .set    SYS_clock_adjtime64, 405
        .macro  sys_clock_adjtime64 clock:req, buffer:req
        int80_enter 405, "\clock", "\buffer"
        .endm
        .set    SYS_clock_getres_time64, 406
        .macro  sys_clock_getres_time64 clock:req, resolution:req
        int80_enter 406, "\clock", "\resolution"
        .endm
        .set    SYS_clock_nanosleep_time64, 407
        .macro  sys_clock_nanosleep_time64 clock:req, flags:req, time:req, rest:req
        int80_enter 407, "\clock", "\flags", "\time", "\rest"
        .endm
        .set    SYS_timer_gettime64, 408
        .macro  sys_timer_gettime64 timer:req, value:req
        int80_enter 408, "\timer", "\value"
        .endm
        .set    SYS_timer_settime64, 409
        .macro  sys_timer_settime64 timer:req, flags:req, new:req, old:req
        int80_enter 409, "\timer", "\flags", "\new", "\old"
        .endm
        .set    SYS_timerfd_gettime64, 410
        .macro  sys_timerfd_gettime64 fd:req, value:req
        int80_enter 410, "\fd", "\value"
        .endm
        .set    SYS_timerfd_settime64, 411
        .macro  sys_timerfd_settime64 fd:req, flags:req, new:req, old:req
        int80_enter 411, "\fd", "\flags", "\new", "\old"
        .endm
        .set    SYS_utimensat_time64, 412
        .macro  sys_utimensat_time64 folder_fd:req, path:req, times:req, flags:req
        int80_enter 412, "\folder_fd", "\path", "\times", "\flags"
        .endm
        .set    SYS_pselect6_time64, 413
        .macro  sys_pselect6_time64 count:req, inputs:req, outputs:req, exceptions:req, timeout:req, mask:req
        int80_enter 413, "\count", "\inputs", "\outputs", "\exceptions", "\timeout", "\mask"
        .endm
        .set    SYS_ppoll_time64, 414
        .macro  sys_ppoll_time64 fds:req, count:req, time:req, set:req, set_size:req
        int80_enter 414, "\fds", "\count", "\time", "\set", "\set_size"
        .endm
        .set    SYS_io_pgetevents_time64, 416
        .macro  sys_io_pgetevents_time64 context:req, least:req, most:req, events:req, timeout:req, mask:req
        int80_enter 416, "\context", "\least", "\most", "\events", "\timeout", "\mask"
        .endm
        .set    SYS_recvmmsg_time64, 417
        .macro  sys_recvmmsg_time64 fd:req, messages:req, count:req, flags:req, timeout:req
        int80_enter 417, "\fd", "\messages", "\count", "\flags", "\timeout"
        .endm
        .set    SYS_mq_timedsend_time64, 418
        .macro  sys_mq_timedsend_time64 queue:req, message:req, length:req, priority:req, timeout:req
        int80_enter 418, "\queue", "\message", "\length", "\priority", "\timeout"
        .endm
        .set    SYS_mq_timedreceive_time64, 419
        .macro  sys_mq_timedreceive_time64 queue:req, message:req, length:req, priority:req, timeout:req
        int80_enter 419, "\queue", "\message", "\length", "\priority", "\timeout"
        .endm
        .set    SYS_semtimedop_time64, 420
        .macro  sys_semtimedop_time64 set:req, operations:req, count:req, timeout:req
        int80_enter 420, "\set", "\operations", "\count", "\timeout"
        .endm
        .set    SYS_rt_sigtimedwait_time64, 421
        .macro  sys_rt_sigtimedwait_time64 set:req, info:req, time:req, set_size:req
        int80_enter 421, "\set", "\info", "\time", "\set_size"
        .endm
        .set    SYS_futex_time64, 422
        .macro  sys_futex_time64 word:req, operation:req, value:req, timeout:req, word2:req, value3:req
        int80_enter 422, "\word", "\operation", "\value", "\timeout", "\word2", "\value3"
        .endm
        .set    SYS_sched_rr_get_interval_time64, 423
        .macro  sys_sched_rr_get_interval_time64 pid:req, interval:req
        int80_enter 423, "\pid", "\interval"
        .endm
        .set    SYS_pidfd_send_signal, 424
        .macro  sys_pidfd_send_signal pidfd:req, signal:req, info:req, flags:req
        int80_enter 424, "\pidfd", "\signal", "\info", "\flags"
        .endm
        .set    SYS_io_uring_setup, 425
        .macro  sys_io_uring_setup entries:req, parameters:req
        int80_enter 425, "\entries", "\parameters"
        .endm
        .set    SYS_io_uring_enter, 426
        .macro  sys_io_uring_enter fd:req, submit:req, complete:req, flags:req, argument:req, size:req
        int80_enter 426, "\fd", "\submit", "\complete", "\flags", "\argument", "\size"
        .endm
        .set    SYS_io_uring_register, 427
        .macro  sys_io_uring_register fd:req, operation:req, argument:req, count:req
        int80_enter 427, "\fd", "\operation", "\argument", "\count"
        .endm
        .set    SYS_open_tree, 428
        .macro  sys_open_tree folder_fd:req, path:req, flags:req
        int80_enter 428, "\folder_fd", "\path", "\flags"
        .endm
        .set    SYS_move_mount, 429
        .macro  sys_move_mount from_fd:req, from_path:req, to_fd:req, to_path:req, flags:req
        int80_enter 429, "\from_fd", "\from_path", "\to_fd", "\to_path", "\flags"
        .endm
        .set    SYS_fsopen, 430
        .macro  sys_fsopen name:req, flags:req
        int80_enter 430, "\name", "\flags"
        .endm
        .set    SYS_fsconfig, 431
        .macro  sys_fsconfig fd:req, command:req, key:req, value:req, extra:req
        int80_enter 431, "\fd", "\command", "\key", "\value", "\extra"
        .endm
        .set    SYS_fsmount, 432
        .macro  sys_fsmount fd:req, flags:req, attributes:req
        int80_enter 432, "\fd", "\flags", "\attributes"
        .endm
        .set    SYS_fspick, 433
        .macro  sys_fspick folder_fd:req, path:req, flags:req
        int80_enter 433, "\folder_fd", "\path", "\flags"
        .endm
        .set    SYS_pidfd_open, 434
        .macro  sys_pidfd_open pid:req, flags:req
        int80_enter 434, "\pid", "\flags"
        .endm
        .set    SYS_clone3, 435
        .macro  sys_clone3 arguments:req, size:req
        int80_enter 435, "\arguments", "\size"
        .endm
        .set    SYS_close_range, 436
        .macro  sys_close_range first:req, last:req, flags:req
        int80_enter 436, "\first", "\last", "\flags"
        .endm
        .set    SYS_openat2, 437
        .macro  sys_openat2 folder_fd:req, path:req, how:req, size:req
        int80_enter 437, "\folder_fd", "\path", "\how", "\size"
        .endm
        .set    SYS_pidfd_getfd, 438
        .macro  sys_pidfd_getfd pidfd:req, fd:req, flags:req
        int80_enter 438, "\pidfd", "\fd", "\flags"
        .endm
        .set    SYS_faccessat2, 439
        .macro  sys_faccessat2 folder_fd:req, path:req, mode:req, flags:req
        int80_enter 439, "\folder_fd", "\path", "\mode", "\flags"
        .endm
        .set    SYS_process_madvise, 440
        .macro  sys_process_madvise pidfd:req, parts:req, count:req, advice:req, flags:req
        int80_enter 440, "\pidfd", "\parts", "\count", "\advice", "\flags"
        .endm
        .set    SYS_epoll_pwait2, 441
        .macro  sys_epoll_pwait2 epoll_fd:req, events:req, count:req, timeout:req, set:req, set_size:req
        int80_enter 441, "\epoll_fd", "\events", "\count", "\timeout", "\set", "\set_size"
        .endm
        .set    SYS_mount_setattr, 442
        .macro  sys_mount_setattr folder_fd:req, path:req, flags:req, attributes:req, size:req
        int80_enter 442, "\folder_fd", "\path", "\flags", "\attributes", "\size"
        .endm
        .set    SYS_quotactl_fd, 443
        .macro  sys_quotactl_fd fd:req, command:req, id:req, address:req
        int80_enter 443, "\fd", "\command", "\id", "\address"
        .endm
        .set    SYS_landlock_create_ruleset, 444
        .macro  sys_landlock_create_ruleset attributes:req, size:req, flags:req
        int80_enter 444, "\attributes", "\size", "\flags"
        .endm
        .set    SYS_landlock_add_rule, 445
        .macro  sys_landlock_add_rule ruleset_fd:req, kind:req, attributes:req, flags:req
        int80_enter 445, "\ruleset_fd", "\kind", "\attributes", "\flags"
        .endm
        .set    SYS_landlock_restrict_self, 446
        .macro  sys_landlock_restrict_self ruleset_fd:req, flags:req
        int80_enter 446, "\ruleset_fd", "\flags"
        .endm
        .set    SYS_memfd_secret, 447
        .macro  sys_memfd_secret flags:req
        int80_enter 447, "\flags"
        .endm
        .set    SYS_process_mrelease, 448
        .macro  sys_process_mrelease pidfd:req, flags:req
        int80_enter 448, "\pidfd", "\flags"
        .endm
        .set    SYS_futex_waitv, 449
        .macro  sys_futex_waitv waiters:req, count:req, flags:req, timeout:req, clock:req
        int80_enter 449, "\waiters", "\count", "\flags", "\timeout", "\clock"
        .endm
        .set    SYS_set_mempolicy_home_node, 450
        .macro  sys_set_mempolicy_home_node address:req, length:req, node:req, flags:req
        int80_enter 450, "\address", "\length", "\node", "\flags"
        .endm
        .set    SYS_cachestat, 451
        .macro  sys_cachestat fd:req, range:req, result:req, flags:req
        int80_enter 451, "\fd", "\range", "\result", "\flags"
        .endm
        .set    SYS_fchmodat2, 452
        .macro  sys_fchmodat2 folder_fd:req, path:req, mode:req, flags:req
        int80_enter 452, "\folder_fd", "\path", "\mode", "\flags"
        .endm
        .set    SYS_map_shadow_stack, 453
        .macro  sys_map_shadow_stack address:req, size:req, flags:req
        int80_enter 453, "\address", "\size", "\flags"
        .endm
        .set    SYS_futex_wake, 454
        .macro  sys_futex_wake word:req, mask:req, count:req, flags:req
        int80_enter 454, "\word", "\mask", "\count", "\flags"
        .endm
        .set    SYS_futex_wait, 455
        .macro  sys_futex_wait word:req, value:req, mask:req, flags:req, timeout:req, clock:req
        int80_enter 455, "\word", "\value", "\mask", "\flags", "\timeout", "\clock"
        .endm
        .set    SYS_futex_requeue, 456
        .macro  sys_futex_requeue waiters:req, flags:req, wake:req, requeue:req
        int80_enter 456, "\waiters", "\flags", "\wake", "\requeue"
        .endm
        .set    SYS_statmount, 457
        .macro  sys_statmount request:req, buffer:req, size:req, flags:req
        int80_enter 457, "\request", "\buffer", "\size", "\flags"
        .endm
        .set    SYS_listmount, 458
        .macro  sys_listmount request:req, ids:req, count:req, flags:req
        int80_enter 458, "\request", "\ids", "\count", "\flags"
        .endm
        .set    SYS_lsm_get_self_attr, 459
        .macro  sys_lsm_get_self_attr attribute:req, context:req, size:req, flags:req
        int80_enter 459, "\attribute", "\context", "\size", "\flags"
        .endm
        .set    SYS_lsm_set_self_attr, 460
        .macro  sys_lsm_set_self_attr attribute:req, context:req, size:req, flags:req
        int80_enter 460, "\attribute", "\context", "\size", "\flags"
        .endm
        .set    SYS_lsm_list_modules, 461
        .macro  sys_lsm_list_modules ids:req, size:req, flags:req
        int80_enter 461, "\ids", "\size", "\flags"
        .endm
        .set    SYS_mseal, 462
        .macro  sys_mseal address:req, length:req, flags:req
        int80_enter 462, "\address", "\length", "\flags"
        .endm
        .set    SYS_setxattrat, 463
        .macro  sys_setxattrat folder_fd:req, path:req, flags:req, name:req, arguments:req, size:req
        int80_enter 463, "\folder_fd", "\path", "\flags", "\name", "\arguments", "\size"
        .endm
        .set    SYS_getxattrat, 464
        .macro  sys_getxattrat folder_fd:req, path:req, flags:req, name:req, arguments:req, size:req
        int80_enter 464, "\folder_fd", "\path", "\flags", "\name", "\arguments", "\size"
        .endm
        .set    SYS_listxattrat, 465
        .macro  sys_listxattrat folder_fd:req, path:req, flags:req, list:req, size:req
        int80_enter 465, "\folder_fd", "\path", "\flags", "\list", "\size"
        .endm
        .set    SYS_removexattrat, 466
        .macro  sys_removexattrat folder_fd:req, path:req, flags:req, name:req
        int80_enter 466, "\folder_fd", "\path", "\flags", "\name"
        .endm
        .set    SYS_open_tree_attr, 467
        .macro  sys_open_tree_attr folder_fd:req, path:req, flags:req, attributes:req, size:req
        int80_enter 467, "\folder_fd", "\path", "\flags", "\attributes", "\size"
        .endm
        .set    SYS_file_getattr, 468
        .macro  sys_file_getattr folder_fd:req, path:req, attributes:req, size:req, flags:req
        int80_enter 468, "\folder_fd", "\path", "\attributes", "\size", "\flags"
        .endm
        .set    SYS_file_setattr, 469
        .macro  sys_file_setattr folder_fd:req, path:req, attributes:req, size:req, flags:req
        int80_enter 469, "\folder_fd", "\path", "\attributes", "\size", "\flags"
        .endm
