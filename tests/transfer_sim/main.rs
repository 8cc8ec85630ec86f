//! Every byte once, in order, whatever happens: `Transfer` on the simulated
//! kernels, over random pairs, eras, faults and ways to drive it.

mod blame;
mod check;
mod drive;
#[path = "../schedules/mod.rs"]
mod schedules;
mod short;
#[path = "../sim/mod.rs"]
mod sim;

#[test]
fn every_byte_once_in_order() {
    schedules::hold("transfer", 45, check::scenario);
}

#[test]
fn the_short_ladder() {
    schedules::hold("the short ladder", 5, short::scenario);
}
