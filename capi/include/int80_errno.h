/* int80_errno.h: the errnos of Linux; functions return them as negative numbers.
 * Generated from the library's tables by xtask/src/dist/includes.rs.
 */
#ifndef INT80_ERRNO_H
#define INT80_ERRNO_H

#define INT80_EPERM 1 /* Operation not permitted */
#define INT80_ENOENT 2 /* No such file or directory */
#define INT80_ESRCH 3 /* No such process */
#define INT80_EINTR 4 /* Interrupted system call */
#define INT80_EIO 5 /* Input/output error */
#define INT80_ENXIO 6 /* No such device or address */
#define INT80_E2BIG 7 /* Argument list too long */
#define INT80_ENOEXEC 8 /* Exec format error */
#define INT80_EBADF 9 /* Bad file descriptor */
#define INT80_ECHILD 10 /* No child processes */
#define INT80_EAGAIN 11 /* Resource temporarily unavailable */
#define INT80_ENOMEM 12 /* Cannot allocate memory */
#define INT80_EACCES 13 /* Permission denied */
#define INT80_EFAULT 14 /* Bad address */
#define INT80_ENOTBLK 15 /* Block device required */
#define INT80_EBUSY 16 /* Device or resource busy */
#define INT80_EEXIST 17 /* File exists */
#define INT80_EXDEV 18 /* Invalid cross-device link */
#define INT80_ENODEV 19 /* No such device */
#define INT80_ENOTDIR 20 /* Not a directory */
#define INT80_EISDIR 21 /* Is a directory */
#define INT80_EINVAL 22 /* Invalid argument */
#define INT80_ENFILE 23 /* Too many open files in system */
#define INT80_EMFILE 24 /* Too many open files */
#define INT80_ENOTTY 25 /* Inappropriate ioctl for device */
#define INT80_ETXTBSY 26 /* Text file busy */
#define INT80_EFBIG 27 /* File too large */
#define INT80_ENOSPC 28 /* No space left on device */
#define INT80_ESPIPE 29 /* Illegal seek */
#define INT80_EROFS 30 /* Read-only file system */
#define INT80_EMLINK 31 /* Too many links */
#define INT80_EPIPE 32 /* Broken pipe */
#define INT80_EDOM 33 /* Numerical argument out of domain */
#define INT80_ERANGE 34 /* Numerical result out of range */
#define INT80_EDEADLK 35 /* Resource deadlock avoided */
#define INT80_ENAMETOOLONG 36 /* File name too long */
#define INT80_ENOLCK 37 /* No locks available */
#define INT80_ENOSYS 38 /* Function not implemented */
#define INT80_ENOTEMPTY 39 /* Directory not empty */
#define INT80_ELOOP 40 /* Too many levels of symbolic links */
#define INT80_ENOMSG 42 /* No message of desired type */
#define INT80_EIDRM 43 /* Identifier removed */
#define INT80_ECHRNG 44 /* Channel number out of range */
#define INT80_EL2NSYNC 45 /* Level 2 not synchronized */
#define INT80_EL3HLT 46 /* Level 3 halted */
#define INT80_EL3RST 47 /* Level 3 reset */
#define INT80_ELNRNG 48 /* Link number out of range */
#define INT80_EUNATCH 49 /* Protocol driver not attached */
#define INT80_ENOCSI 50 /* No CSI structure available */
#define INT80_EL2HLT 51 /* Level 2 halted */
#define INT80_EBADE 52 /* Invalid exchange */
#define INT80_EBADR 53 /* Invalid request descriptor */
#define INT80_EXFULL 54 /* Exchange full */
#define INT80_ENOANO 55 /* No anode */
#define INT80_EBADRQC 56 /* Invalid request code */
#define INT80_EBADSLT 57 /* Invalid slot */
#define INT80_EBFONT 59 /* Bad font file format */
#define INT80_ENOSTR 60 /* Device not a stream */
#define INT80_ENODATA 61 /* No data available */
#define INT80_ETIME 62 /* Timer expired */
#define INT80_ENOSR 63 /* Out of streams resources */
#define INT80_ENONET 64 /* Machine is not on the network */
#define INT80_ENOPKG 65 /* Package not installed */
#define INT80_EREMOTE 66 /* Object is remote */
#define INT80_ENOLINK 67 /* Link has been severed */
#define INT80_EADV 68 /* Advertise error */
#define INT80_ESRMNT 69 /* Srmount error */
#define INT80_ECOMM 70 /* Communication error on send */
#define INT80_EPROTO 71 /* Protocol error */
#define INT80_EMULTIHOP 72 /* Multihop attempted */
#define INT80_EDOTDOT 73 /* RFS specific error */
#define INT80_EBADMSG 74 /* Bad message */
#define INT80_EOVERFLOW 75 /* Value too large for defined data type */
#define INT80_ENOTUNIQ 76 /* Name not unique on network */
#define INT80_EBADFD 77 /* File descriptor in bad state */
#define INT80_EREMCHG 78 /* Remote address changed */
#define INT80_ELIBACC 79 /* Can not access a needed shared library */
#define INT80_ELIBBAD 80 /* Accessing a corrupted shared library */
#define INT80_ELIBSCN 81 /* .lib section in a.out corrupted */
#define INT80_ELIBMAX 82 /* Attempting to link in too many shared libraries */
#define INT80_ELIBEXEC 83 /* Cannot exec a shared library directly */
#define INT80_EILSEQ 84 /* Invalid or incomplete multibyte or wide character */
#define INT80_ERESTART 85 /* Interrupted system call should be restarted */
#define INT80_ESTRPIPE 86 /* Streams pipe error */
#define INT80_EUSERS 87 /* Too many users */
#define INT80_ENOTSOCK 88 /* Socket operation on non-socket */
#define INT80_EDESTADDRREQ 89 /* Destination address required */
#define INT80_EMSGSIZE 90 /* Message too long */
#define INT80_EPROTOTYPE 91 /* Protocol wrong type for socket */
#define INT80_ENOPROTOOPT 92 /* Protocol not available */
#define INT80_EPROTONOSUPPORT 93 /* Protocol not supported */
#define INT80_ESOCKTNOSUPPORT 94 /* Socket type not supported */
#define INT80_EOPNOTSUPP 95 /* Operation not supported */
#define INT80_EPFNOSUPPORT 96 /* Protocol family not supported */
#define INT80_EAFNOSUPPORT 97 /* Address family not supported by protocol */
#define INT80_EADDRINUSE 98 /* Address already in use */
#define INT80_EADDRNOTAVAIL 99 /* Cannot assign requested address */
#define INT80_ENETDOWN 100 /* Network is down */
#define INT80_ENETUNREACH 101 /* Network is unreachable */
#define INT80_ENETRESET 102 /* Network dropped connection on reset */
#define INT80_ECONNABORTED 103 /* Software caused connection abort */
#define INT80_ECONNRESET 104 /* Connection reset by peer */
#define INT80_ENOBUFS 105 /* No buffer space available */
#define INT80_EISCONN 106 /* Transport endpoint is already connected */
#define INT80_ENOTCONN 107 /* Transport endpoint is not connected */
#define INT80_ESHUTDOWN 108 /* Cannot send after transport endpoint shutdown */
#define INT80_ETOOMANYREFS 109 /* Too many references: cannot splice */
#define INT80_ETIMEDOUT 110 /* Connection timed out */
#define INT80_ECONNREFUSED 111 /* Connection refused */
#define INT80_EHOSTDOWN 112 /* Host is down */
#define INT80_EHOSTUNREACH 113 /* No route to host */
#define INT80_EALREADY 114 /* Operation already in progress */
#define INT80_EINPROGRESS 115 /* Operation now in progress */
#define INT80_ESTALE 116 /* Stale file handle */
#define INT80_EUCLEAN 117 /* Structure needs cleaning */
#define INT80_ENOTNAM 118 /* Not a XENIX named type file */
#define INT80_ENAVAIL 119 /* No XENIX semaphores available */
#define INT80_EISNAM 120 /* Is a named type file */
#define INT80_EREMOTEIO 121 /* Remote I/O error */
#define INT80_EDQUOT 122 /* Disk quota exceeded */
#define INT80_ENOMEDIUM 123 /* No medium found */
#define INT80_EMEDIUMTYPE 124 /* Wrong medium type */
#define INT80_ECANCELED 125 /* Operation canceled */
#define INT80_ENOKEY 126 /* Required key not available */
#define INT80_EKEYEXPIRED 127 /* Key has expired */
#define INT80_EKEYREVOKED 128 /* Key has been revoked */
#define INT80_EKEYREJECTED 129 /* Key was rejected by service */
#define INT80_EOWNERDEAD 130 /* Owner died */
#define INT80_ENOTRECOVERABLE 131 /* State not recoverable */
#define INT80_ERFKILL 132 /* Operation not possible due to RF-kill */
#define INT80_EHWPOISON 133 /* Memory page has hardware error */

#endif
