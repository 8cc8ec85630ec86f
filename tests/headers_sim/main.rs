//! Headers and trailers around a transfer, and quiet, on the simulated kernels:
//! every byte once, in order, nothing left corked, no signal let through.

mod case;
mod check;

use int80::{
    Cork, Errno, Transfer,
    sys::IoSlice,
    transfer::{Side, Step, WithHeaders},
};
use int80_sim::{Era, FileKind, Input, Kernel, Output};

#[test]
fn headers_file_and_trailers() {
    int80_support::schedules::hold("headers and trailers", 30, check::case);
}

#[test]
fn header_and_first_bytes_share_a_packet() {
    let kernel = Kernel::new(Era::V6_8);
    let input = kernel.input(Input::File(FileKind::Regular), 100, 100);
    let output = kernel.output(Output::Tcp, 65536, 65536);
    let header = [IoSlice::new(b"header")];
    let file = Transfer::new(&kernel, output, input, int80::transfer::Buffer::none()).exactly(100);
    let mut whole = WithHeaders::new(&header, file, &[]);
    assert_eq!(whole.step(), Step::Moved(6));
    assert!(kernel.corked(output), "the header went out alone");
    assert_eq!(whole.step(), Step::Moved(100));
    assert!(!kernel.corked(output));
    assert_eq!(whole.step(), Step::Complete);
}

#[test]
fn an_input_that_is_waited_for_does_not_keep_the_header_back() {
    let kernel = Kernel::new(Era::V6_8);
    let input = kernel.input(Input::Pipe, 100, 100);
    let output = kernel.output(Output::Tcp, 65536, 65536);
    kernel.nonblocking(input);
    let header = [IoSlice::new(b"header")];
    let mut buffer = [0; 10];
    let file = Transfer::new(&kernel, output, input, &mut buffer);
    let mut whole = WithHeaders::new(&header, file, &[]);
    assert_eq!(whole.step(), Step::Moved(6));
    assert_eq!(whole.step(), Step::WouldBlock(Side::Input));
    assert!(!kernel.corked(output), "the header is held back");
}

#[test]
fn the_cork_comes_off_with_the_guard() {
    let kernel = Kernel::new(Era::V6_8);
    let output = kernel.output(Output::Tcp, 65536, 65536);
    let cork = Cork::new(&kernel, output).expect("TCP");
    assert!(kernel.corked(output));
    drop(cork);
    assert!(!kernel.corked(output));
    let unix = kernel.output(Output::Unix, 65536, 65536);
    assert_eq!(Cork::new(&kernel, unix).err(), Some(Errno::EOPNOTSUPP));
}
