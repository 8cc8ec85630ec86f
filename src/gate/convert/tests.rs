//! Conversions of plain values.

use super::{MAX_ARGS, Register, both, id, id16, join};

fn registers(values: [usize; MAX_ARGS]) -> [Register; MAX_ARGS] {
    values.map(Register::from)
}

#[test]
fn two_registers_become_one_low_half_first() {
    let both = |low: usize, high: usize| high << 32 | low;
    for (place, joined) in [
        [both(1, 2), 3, 4, 5, 6, 0],
        [1, both(2, 3), 4, 5, 6, 0],
        [1, 2, both(3, 4), 5, 6, 0],
        [1, 2, 3, both(4, 5), 6, 0],
    ]
    .into_iter()
    .enumerate()
    {
        let r = registers([1, 2, 3, 4, 5, 6]);
        assert_eq!(join(r, place), registers(joined), "{place}");
    }
}

#[test]
fn the_upper_half_of_a_low_register_is_not_read() {
    let (low, high) = (
        Register::from(0xdead_0000_0005_usize),
        Register::from(7_u32),
    );
    assert_eq!(both(low, high).bits(), 0x7_0000_0005);
}

#[test]
fn ids_of_16_bits() {
    for (given, taken) in [
        (0, 0),
        (65_534, 65_534),
        (65_535, 0xffff_ffff),
        (0x1_0005, 5),
    ] {
        assert_eq!(id(Register::from(given as usize)).bits(), taken, "{given}");
    }
    for (known, returned) in [
        (0, 0),
        (65_535, 65_535),
        (65_536, 65_534),
        (u32::MAX, 65_534),
    ] {
        assert_eq!(id16(known), returned, "{known}");
    }
}
