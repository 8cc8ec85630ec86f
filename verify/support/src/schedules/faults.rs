//! Random faults.

use int80::Errno;

use super::Random;
use int80_sim::Fault;

/// The errors of a call that a file system does not make, and ENOTSUPP, 524,
/// which is the kernel's own and no program should see.
pub fn refusal(random: &mut Random) -> Errno {
    let enotsupp = Errno::from_raw_os_error(524).expect("a number");
    random.pick(&[
        Errno::EPERM,
        Errno::ENOENT,
        Errno::EIO,
        Errno::EBADF,
        Errno::EACCES,
        Errno::EXDEV,
        Errno::EISDIR,
        Errno::EINVAL,
        Errno::ETXTBSY,
        Errno::ENOTTY,
        Errno::ENOSYS,
        Errno::EOVERFLOW,
        Errno::EOPNOTSUPP,
        enotsupp,
    ])
}

const ERRNOS: [Errno; 24] = [
    Errno::EPERM,
    Errno::EIO,
    Errno::EBADF,
    Errno::ENOMEM,
    Errno::EACCES,
    Errno::EFAULT,
    Errno::EXDEV,
    Errno::EISDIR,
    Errno::EINVAL,
    Errno::ETXTBSY,
    Errno::EFBIG,
    Errno::ENOSPC,
    Errno::ESPIPE,
    Errno::EROFS,
    Errno::EPIPE,
    Errno::ENOSYS,
    Errno::EOVERFLOW,
    Errno::EOPNOTSUPP,
    Errno::ECONNRESET,
    Errno::ENOTCONN,
    Errno::ETIMEDOUT,
    Errno::EDQUOT,
    Errno::ENOENT,
    Errno::ENOTTY,
];

/// One random fault.
pub fn fault(random: &mut Random, len: u64) -> Fault {
    let size = random.below(len.min(1000) as u32 + 2);
    match random.below(30) {
        0..=4 => Fault::Short(size.max(1)),
        5 | 6 => Fault::Short(1),
        7..=9 => Fault::Interrupt,
        10..=12 => Fault::Again,
        13 => Fault::Fail(random.pick(&ERRNOS)),
        14 => Fault::BreakInput(random.pick(&[Errno::EIO, Errno::ENOMEM, Errno::ECONNRESET])),
        15 => Fault::BreakOutput(random.pick(&[
            Errno::EIO,
            Errno::ENOSPC,
            Errno::EDQUOT,
            Errno::EFBIG,
            Errno::ECONNRESET,
        ])),
        16 => Fault::Grow(size),
        17 => Fault::Shrink(size),
        18 => Fault::ReaderGone,
        19 | 20 => Fault::Peers,
        21 => Fault::Zero,
        22 => Fault::TimeLimit,
        23 => Fault::Lose(random.pick(&[
            Errno::ENOSPC,
            Errno::EDQUOT,
            Errno::EIO,
            Errno::EPERM,
            Errno::EACCES,
        ])),
        _ => Fault::None,
    }
}
