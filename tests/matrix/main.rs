//! The matrix: every kind of input to every kind of output, through every gate,
//! against a plain read/write copy of another such pair: the bytes at the far
//! end, how many they are, the errno, its side and the input's own position.
//!
//! One test is one output with every input; it names each pair that differs.
//! What may differ is in `known`, with its reason.
#![allow(unsafe_code, missing_docs)]

mod closed;
mod compare;
mod ends;
mod inputs;
mod known;
mod outputs;
mod plain;
mod readers;
mod sockets;
mod watch;
mod writers;

use closed::Gone;
use outputs::Output;
use readers::{How, Kind};

int80_support::every_gate! {
    fn to_a_file(gate) { compare::every_input(gate, Output::Regular); }
    fn to_a_file_at_a_position(gate) { compare::every_input(gate, Output::Overwrite); }
    fn to_a_file_that_appends(gate) { compare::every_input(gate, Output::Append); }
    fn to_a_pipe(gate) { compare::every_input(gate, Output::Pipe); }
    fn to_a_full_non_blocking_pipe(gate) { compare::every_input(gate, Output::FullPipe); }
    fn to_a_fifo(gate) { compare::every_input(gate, Output::Fifo); }
    fn to_a_unix_socket(gate) { compare::every_input(gate, Output::Unix); }
    fn to_a_non_blocking_unix_socket(gate) {
        compare::every_input(gate, Output::NonblockingUnix);
    }
    fn to_a_tcp_socket(gate) { compare::every_input(gate, Output::Tcp); }
    fn to_a_non_blocking_tcp_socket(gate) {
        compare::every_input(gate, Output::NonblockingTcp);
    }
    fn to_an_unconnected_tcp_socket(gate) { compare::every_input(gate, Output::Unconnected); }
    fn to_a_tcp_socket_that_was_reset(gate) { compare::every_input(gate, Output::Reset); }
    fn to_a_socket_whose_peer_is_closed(gate) { compare::every_input(gate, Output::Closed); }
    fn to_a_pipe_without_a_reader(gate) { compare::every_input(gate, Output::ReaderGone); }
    fn to_a_udp_socket(gate) { compare::every_input(gate, Output::Udp); }
    fn to_a_udp_socket_more_than_a_datagram(gate) {
        compare::every_input(gate, Output::UdpTooMuch);
    }
    fn to_dev_null(gate) { compare::every_input(gate, Output::Null); }
    fn to_dev_full(gate) { compare::every_input(gate, Output::Full); }
    fn to_a_tty(gate) { compare::every_input(gate, Output::Tty); }
    fn to_a_non_blocking_tty(gate) { compare::every_input(gate, Output::NonblockingTty); }
    fn to_an_eventfd(gate) { compare::every_input(gate, Output::Eventfd); }
    fn to_an_eventfd_too_little(gate) { compare::every_input(gate, Output::EventfdTooLittle); }
    fn to_a_memfd(gate) { compare::every_input(gate, Output::Memfd); }
    fn to_a_memfd_sealed_against_writing(gate) { compare::every_input(gate, Output::Sealed); }
    fn to_a_memfd_sealed_against_growing(gate) {
        compare::every_input(gate, Output::SealedSize);
    }
    fn to_a_file_open_for_reading(gate) { compare::every_input(gate, Output::ReadOnly); }
    fn to_no_descriptor(gate) { compare::every_input(gate, Output::Unopened); }
    fn to_a_file_system_that_fills_up(gate) { compare::every_input(gate, Output::Quota); }

    fn a_reader_of_single_bytes(gate) {
        for how in How::ALL {
            for (kind, nonblocking) in readers::KINDS {
                readers::slow(gate, how, kind, nonblocking);
            }
        }
    }
    fn a_reader_that_stalls_and_goes_on(gate) {
        for kind in [Kind::Pipe, Kind::Unix, Kind::Tcp] {
            readers::stalling(gate, kind);
        }
        for kind in [Kind::Unix, Kind::Tcp] {
            readers::stalling_bsd(gate, kind);
        }
    }
    fn a_reader_that_vanishes(gate) {
        for how in How::ALL {
            for (kind, nonblocking) in readers::KINDS {
                readers::vanishing(gate, how, kind, nonblocking);
            }
        }
    }
    fn a_peer_that_is_closed(gate) {
        for gone in Gone::ALL {
            closed::compare(gate, gone);
        }
    }
    fn a_writer_that_stalls_and_goes_on(gate) { writers::stalling(gate); }
    fn a_writer_that_vanishes(gate) { writers::vanishing(gate); }
}
