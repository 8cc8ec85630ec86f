# int80_errno.s: the errnos of Linux; included by int80.s.
# Generated from the library's tables by xtask/src/dist/includes.rs.
        .set    EPERM, 1 # Operation not permitted
        .set    ENOENT, 2 # No such file or directory
        .set    ESRCH, 3 # No such process
        .set    EINTR, 4 # Interrupted system call
        .set    EIO, 5 # Input/output error
        .set    ENXIO, 6 # No such device or address
        .set    E2BIG, 7 # Argument list too long
        .set    ENOEXEC, 8 # Exec format error
        .set    EBADF, 9 # Bad file descriptor
        .set    ECHILD, 10 # No child processes
        .set    EAGAIN, 11 # Resource temporarily unavailable
        .set    ENOMEM, 12 # Cannot allocate memory
        .set    EACCES, 13 # Permission denied
        .set    EFAULT, 14 # Bad address
        .set    ENOTBLK, 15 # Block device required
        .set    EBUSY, 16 # Device or resource busy
        .set    EEXIST, 17 # File exists
        .set    EXDEV, 18 # Invalid cross-device link
        .set    ENODEV, 19 # No such device
        .set    ENOTDIR, 20 # Not a directory
        .set    EISDIR, 21 # Is a directory
        .set    EINVAL, 22 # Invalid argument
        .set    ENFILE, 23 # Too many open files in system
        .set    EMFILE, 24 # Too many open files
        .set    ENOTTY, 25 # Inappropriate ioctl for device
        .set    ETXTBSY, 26 # Text file busy
        .set    EFBIG, 27 # File too large
        .set    ENOSPC, 28 # No space left on device
        .set    ESPIPE, 29 # Illegal seek
        .set    EROFS, 30 # Read-only file system
        .set    EMLINK, 31 # Too many links
        .set    EPIPE, 32 # Broken pipe
        .set    EDOM, 33 # Numerical argument out of domain
        .set    ERANGE, 34 # Numerical result out of range
        .set    EDEADLK, 35 # Resource deadlock avoided
        .set    ENAMETOOLONG, 36 # File name too long
        .set    ENOLCK, 37 # No locks available
        .set    ENOSYS, 38 # Function not implemented
        .set    ENOTEMPTY, 39 # Directory not empty
        .set    ELOOP, 40 # Too many levels of symbolic links
        .set    ENOMSG, 42 # No message of desired type
        .set    EIDRM, 43 # Identifier removed
        .set    ECHRNG, 44 # Channel number out of range
        .set    EL2NSYNC, 45 # Level 2 not synchronized
        .set    EL3HLT, 46 # Level 3 halted
        .set    EL3RST, 47 # Level 3 reset
        .set    ELNRNG, 48 # Link number out of range
        .set    EUNATCH, 49 # Protocol driver not attached
        .set    ENOCSI, 50 # No CSI structure available
        .set    EL2HLT, 51 # Level 2 halted
        .set    EBADE, 52 # Invalid exchange
        .set    EBADR, 53 # Invalid request descriptor
        .set    EXFULL, 54 # Exchange full
        .set    ENOANO, 55 # No anode
        .set    EBADRQC, 56 # Invalid request code
        .set    EBADSLT, 57 # Invalid slot
        .set    EBFONT, 59 # Bad font file format
        .set    ENOSTR, 60 # Device not a stream
        .set    ENODATA, 61 # No data available
        .set    ETIME, 62 # Timer expired
        .set    ENOSR, 63 # Out of streams resources
        .set    ENONET, 64 # Machine is not on the network
        .set    ENOPKG, 65 # Package not installed
        .set    EREMOTE, 66 # Object is remote
        .set    ENOLINK, 67 # Link has been severed
        .set    EADV, 68 # Advertise error
        .set    ESRMNT, 69 # Srmount error
        .set    ECOMM, 70 # Communication error on send
        .set    EPROTO, 71 # Protocol error
        .set    EMULTIHOP, 72 # Multihop attempted
        .set    EDOTDOT, 73 # RFS specific error
        .set    EBADMSG, 74 # Bad message
        .set    EOVERFLOW, 75 # Value too large for defined data type
        .set    ENOTUNIQ, 76 # Name not unique on network
        .set    EBADFD, 77 # File descriptor in bad state
        .set    EREMCHG, 78 # Remote address changed
        .set    ELIBACC, 79 # Can not access a needed shared library
        .set    ELIBBAD, 80 # Accessing a corrupted shared library
        .set    ELIBSCN, 81 # .lib section in a.out corrupted
        .set    ELIBMAX, 82 # Attempting to link in too many shared libraries
        .set    ELIBEXEC, 83 # Cannot exec a shared library directly
        .set    EILSEQ, 84 # Invalid or incomplete multibyte or wide character
        .set    ERESTART, 85 # Interrupted system call should be restarted
        .set    ESTRPIPE, 86 # Streams pipe error
        .set    EUSERS, 87 # Too many users
        .set    ENOTSOCK, 88 # Socket operation on non-socket
        .set    EDESTADDRREQ, 89 # Destination address required
        .set    EMSGSIZE, 90 # Message too long
        .set    EPROTOTYPE, 91 # Protocol wrong type for socket
        .set    ENOPROTOOPT, 92 # Protocol not available
        .set    EPROTONOSUPPORT, 93 # Protocol not supported
        .set    ESOCKTNOSUPPORT, 94 # Socket type not supported
        .set    EOPNOTSUPP, 95 # Operation not supported
        .set    EPFNOSUPPORT, 96 # Protocol family not supported
        .set    EAFNOSUPPORT, 97 # Address family not supported by protocol
        .set    EADDRINUSE, 98 # Address already in use
        .set    EADDRNOTAVAIL, 99 # Cannot assign requested address
        .set    ENETDOWN, 100 # Network is down
        .set    ENETUNREACH, 101 # Network is unreachable
        .set    ENETRESET, 102 # Network dropped connection on reset
        .set    ECONNABORTED, 103 # Software caused connection abort
        .set    ECONNRESET, 104 # Connection reset by peer
        .set    ENOBUFS, 105 # No buffer space available
        .set    EISCONN, 106 # Transport endpoint is already connected
        .set    ENOTCONN, 107 # Transport endpoint is not connected
        .set    ESHUTDOWN, 108 # Cannot send after transport endpoint shutdown
        .set    ETOOMANYREFS, 109 # Too many references: cannot splice
        .set    ETIMEDOUT, 110 # Connection timed out
        .set    ECONNREFUSED, 111 # Connection refused
        .set    EHOSTDOWN, 112 # Host is down
        .set    EHOSTUNREACH, 113 # No route to host
        .set    EALREADY, 114 # Operation already in progress
        .set    EINPROGRESS, 115 # Operation now in progress
        .set    ESTALE, 116 # Stale file handle
        .set    EUCLEAN, 117 # Structure needs cleaning
        .set    ENOTNAM, 118 # Not a XENIX named type file
        .set    ENAVAIL, 119 # No XENIX semaphores available
        .set    EISNAM, 120 # Is a named type file
        .set    EREMOTEIO, 121 # Remote I/O error
        .set    EDQUOT, 122 # Disk quota exceeded
        .set    ENOMEDIUM, 123 # No medium found
        .set    EMEDIUMTYPE, 124 # Wrong medium type
        .set    ECANCELED, 125 # Operation canceled
        .set    ENOKEY, 126 # Required key not available
        .set    EKEYEXPIRED, 127 # Key has expired
        .set    EKEYREVOKED, 128 # Key has been revoked
        .set    EKEYREJECTED, 129 # Key was rejected by service
        .set    EOWNERDEAD, 130 # Owner died
        .set    ENOTRECOVERABLE, 131 # State not recoverable
        .set    ERFKILL, 132 # Operation not possible due to RF-kill
        .set    EHWPOISON, 133 # Memory page has hardware error
