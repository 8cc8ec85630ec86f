//! Every byte once, in order, whatever happens: `Transfer` on the simulated
//! kernels, over random pairs, eras, faults and ways to drive it.

mod blame;
mod check;
mod drive;
mod says;

use int80::{Errno, transfer::Rung};
use int80_sim::{Era, Fault, Input, Output};
use int80_support::schedules::scenario::{Drive, Scenario};

#[test]
fn every_byte_once_in_order() {
    int80_support::schedules::hold("transfer", 50, check::scenario);
}

/// The soak has found it: a transfer that met ENOSYS of call 239 was followed by
/// one that met EPERM, and was asked why it had not tried 187.
#[test]
fn what_one_transfer_has_found_the_next_does_not_know() {
    let faults = [
        Fault::Fail(Errno::EFAULT),
        Fault::Short(16),
        Fault::Interrupt,
        Fault::Short(1),
        Fault::Fail(Errno::ENOSYS),
        Fault::None,
        Fault::Fail(Errno::EPERM),
    ];
    let found = Scenario {
        era: Era::V6_8,
        denied: Vec::new(),
        denial: Errno::ENOSYS,
        refused: Vec::new(),
        input: Input::Elsewhere,
        output: Output::Unix,
        len: 18,
        offset: None,
        own: 0,
        count: None,
        buffer: 4096,
        budget: None,
        grow: false,
        first: Rung::Sendfile64,
        nonblocking: [false; 2],
        pace: 1 << 30,
        capacity: 65536,
        faults: faults.to_vec(),
        drive: Drive::Renew(2),
    };
    assert_eq!(check::scenario(&found), Ok(()));
}
