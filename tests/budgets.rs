//! How much one call of a run moves, how it waits, and what a pipe's size is:
//! calls that a recorder has seen.
#![allow(missing_docs)]

use int80::{
    Gate, Transfer,
    gate::nr,
    transfer::{Buffer, End, FILE_BUDGET, Rung, SOCKET_BUDGET, Side, Step},
};
use int80_sim::{Era, Fault, FileKind, Input, Kernel, Output, Recorder};

const LEN: u64 = 40 << 20;
/// What is written at once to what is neither pipe nor socket.
const ONE_WRITE: usize = 60 << 10;

/// The counts that the calls of `nr` asked for, each different one once.
fn counts<G: Gate>(gate: &Recorder<G>, nr: u32) -> Vec<usize> {
    let calls = gate.calls_of(nr);
    let place = if nr == nr::SENDFILE64 { 3 } else { 4 };
    let mut counts: Vec<_> = calls.iter().map(|call| call.args[place]).collect();
    counts.dedup();
    counts
}

/// Runs a transfer of 40 MiB to `output`, which starts with sendfile64.
fn run(output: Output, change: fn(Transfer<'_, &Recorder<Kernel>>)) -> Recorder<Kernel> {
    let kernel = Kernel::new(Era::V6_8);
    let from = kernel.input(Input::File(FileKind::Regular), LEN, 1);
    let to = kernel.output(output, LEN, LEN);
    let gate = Recorder::new(kernel);
    let transfer = Transfer::new(&gate, to, from, Buffer::none());
    change(transfer.starting_with(Rung::Sendfile64));
    gate
}

#[test]
fn b13_the_calls_of_a_run_are_as_large_as_the_output_takes() {
    for (output, budget) in [
        (Output::Tcp, SOCKET_BUDGET),
        (Output::Unix, SOCKET_BUDGET),
        (Output::File(FileKind::Null), ONE_WRITE),
        (Output::File(FileKind::Regular), ONE_WRITE),
        (Output::Pipe, FILE_BUDGET),
    ] {
        let gate = run(output, |mut transfer| {
            assert_eq!(transfer.run().end, End::Complete);
        });
        assert_eq!(counts(&gate, nr::SENDFILE64)[0], budget, "to {output:?}");
        assert_eq!(gate.calls_of(nr::GETSOCKOPT).len(), 2, "{output:?}");
    }
}

/// The documentation says so.
#[test]
fn b13_the_budgets_are_2_mib_for_a_socket_and_16_mib_for_a_pipe() {
    assert_eq!((SOCKET_BUDGET, FILE_BUDGET), (2 << 20, 16 << 20));
}

#[test]
fn b13_a_run_that_may_enlarge_a_pipe_starts_with_64_kib() {
    let gate = run(Output::Pipe, |transfer| {
        assert_eq!(transfer.grow_pipe().run().end, End::Complete);
    });
    let counts = counts(&gate, nr::SENDFILE64);
    assert_eq!(counts[..2], [64 << 10, FILE_BUDGET]);
}

#[test]
fn the_calls_of_steps_are_as_large_as_those_of_a_run() {
    for (output, budget) in [
        (Output::Tcp, SOCKET_BUDGET),
        (Output::File(FileKind::Null), ONE_WRITE),
        (Output::Pipe, FILE_BUDGET),
    ] {
        // Only a run enlarges a pipe, and only a run waits for that.
        let gate = run(output, |transfer| {
            assert!(matches!(transfer.grow_pipe().step(), Step::Moved(_)));
        });
        assert_eq!(counts(&gate, nr::SENDFILE64), [budget], "to {output:?}");
        assert_eq!(gate.calls_of(nr::GETSOCKOPT).len(), 2, "{output:?}");
    }
}

#[test]
fn parts_are_no_rung_to_start_with() {
    let kernel = Kernel::new(Era::V6_8);
    let from = kernel.input(Input::File(FileKind::Regular), 1, 1);
    let to = kernel.output(Output::Pipe, 1, 1);
    for (first, rung) in [(Rung::Splice, Rung::Splice), (Rung::Parts, Rung::ReadWrite)] {
        let transfer = Transfer::new(&kernel, to, from, Buffer::none());
        assert_eq!(transfer.starting_with(first).rung(), rung);
    }
}

#[test]
fn copy_file_range_has_the_budget_of_a_file_from_the_start() {
    let kernel = Kernel::new(Era::V6_8);
    let from = kernel.input(Input::File(FileKind::Regular), LEN, 1);
    let to = kernel.output(Output::File(FileKind::Regular), 1, 1);
    let gate = Recorder::new(kernel);
    let outcome = Transfer::new(&gate, to, from, Buffer::none()).run();
    assert_eq!((outcome.moved, outcome.end), (LEN, End::Complete));
    assert_eq!(counts(&gate, nr::COPY_FILE_RANGE), [FILE_BUDGET]);
}

#[test]
fn a_budget_that_was_given_holds_from_the_first_call_on() {
    let gate = run(Output::Tcp, |transfer| {
        assert_eq!(transfer.budget(5000).run().end, End::Complete);
    });
    assert_eq!(counts(&gate, nr::SENDFILE64), [5000]);
    let gate = run(Output::Tcp, |transfer| {
        assert_eq!(transfer.budget(1 << 20).run().end, End::Complete);
    });
    assert_eq!(counts(&gate, nr::SENDFILE64), [1 << 20]);
}

#[test]
fn b13_a_budget_of_0_is_1() {
    let gate = run(Output::Tcp, |transfer| {
        let mut transfer = transfer.budget(0);
        assert_eq!(transfer.step(), Step::Moved(1));
        assert_eq!(transfer.step(), Step::Moved(1));
    });
    assert_eq!(counts(&gate, nr::SENDFILE64), [1]);
}

#[test]
fn b13_where_both_sides_look_ready_a_run_pauses() {
    let kernel = Kernel::new(Era::V6_8);
    let from = kernel.input(Input::File(FileKind::Regular), 100, 1);
    let to = kernel.output(Output::Tcp, 1000, 1000);
    kernel.nonblocking(to);
    kernel.schedule(&[Fault::Again, Fault::Again]);
    let gate = Recorder::new(kernel);
    let transfer = Transfer::new(&gate, to, from, Buffer::none());
    let mut transfer = transfer.starting_with(Rung::Sendfile64);
    assert_eq!(transfer.step(), Step::WouldBlock(Side::Unknown));
    let asked = gate.calls_of(nr::POLL).len();
    assert_eq!(transfer.run().end, End::Complete);
    // Of no descriptor, for a millisecond: the pause. Of both, for none: the
    // question which side it is.
    let polls = gate.calls_of(nr::POLL);
    let waits: Vec<_> = polls[asked..]
        .iter()
        .map(|call| (call.args[1], call.args[2]))
        .collect();
    assert_eq!(waits, [(2, 0), (0, 1)]);
}

#[test]
fn d10_a_pipe_grows_after_64_kib_and_shrinks_at_the_end() {
    const SET: usize = 1031; // F_SETPIPE_SZ
    let sizes = |len: u64| {
        let kernel = Kernel::new(Era::V6_8);
        let from = kernel.input(Input::File(FileKind::Regular), len, 1);
        let to = kernel.output(Output::Pipe, 65536, 1 << 20);
        let gate = Recorder::new(kernel);
        let transfer = Transfer::new(&gate, to, from, Buffer::none());
        let mut transfer = transfer.starting_with(Rung::Sendfile64).grow_pipe();
        assert_eq!(transfer.run().end, End::Complete);
        let calls = gate.calls_of(nr::FCNTL64);
        let set = calls.iter().filter(|call| call.args[1] == SET);
        set.map(|call| call.args[2]).collect::<Vec<_>>()
    };
    assert_eq!(sizes(6), [0; 0]);
    assert_eq!(sizes(65535), [0; 0]);
    assert_eq!(sizes(1 << 20), [1 << 20, 65536]);
}
