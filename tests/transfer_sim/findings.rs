//! Habits of other file systems and of sockets, one by one: each was a fault of
//! the transfer once.

use int80::{
    Errno, Transfer,
    gate::nr,
    transfer::{Buffer, End, Outcome, Rung, Side},
};
use int80_sim::{Era, Fault, FileKind, INPUT_SEED, Input, Kernel, Output, Rope};

const FILE: Input = Input::File(FileKind::Regular);
const LEN: u64 = 1000;

/// Moves the input to the output, at most 100 bytes a call, and compares.
fn moved(kernel: &Kernel, input: Input, output: Output, first: Rung) -> (Outcome, Rung) {
    let from = kernel.input(input, LEN, 50);
    let to = kernel.output(output, 300, 50);
    let mut buffer = [0; 64];
    let transfer = Transfer::new(kernel, to, from, &mut buffer).budget(100);
    let mut transfer = transfer.starting_with(first);
    let outcome = transfer.run();
    let expected = Rope::pattern(INPUT_SEED, 0, outcome.moved);
    assert_eq!(kernel.written(to).difference(&expected), None);
    (outcome, transfer.rung())
}

#[test]
fn a1_a_size_that_lies_cuts_nothing() {
    for size in [0, 3, 999, 1 << 30] {
        for output in [
            Output::File(FileKind::Regular),
            Output::Pipe,
            Output::Tcp,
            Output::Append,
        ] {
            let kernel = Kernel::new(Era::V6_8);
            let input = Input::Lying(size);
            let (outcome, _) = moved(&kernel, input, output, Rung::CopyFileRange);
            assert_eq!(
                (outcome.moved, outcome.end),
                (LEN, End::Complete),
                "size {size} to {output:?}"
            );
        }
    }
}

#[test]
fn a1_without_a_buffer_a_lie_is_an_error() {
    let kernel = Kernel::new(Era::V6_8);
    let from = kernel.input(Input::Lying(0), LEN, 50);
    let to = kernel.output(Output::Tcp, 300, 50);
    let outcome = Transfer::new(&kernel, to, from, Buffer::none()).run();
    assert_eq!(outcome.moved, 0);
    assert!(matches!(outcome.end, End::Failed(_)), "{outcome:?}");
}

#[test]
fn a2_an_error_told_once_ends_the_transfer() {
    // EPERM and EINVAL would have left the rung before its first byte.
    for errno in [
        Errno::ENOSPC,
        Errno::EDQUOT,
        Errno::EIO,
        Errno::EPERM,
        Errno::EINVAL,
    ] {
        for first in [
            Rung::CopyFileRange,
            Rung::Sendfile64,
            Rung::Splice,
            Rung::ReadWrite,
        ] {
            let output = match first {
                Rung::Splice => Output::Pipe,
                _ => Output::File(FileKind::Regular),
            };
            let kernel = Kernel::new(Era::V6_8);
            // The second chunk is lost, and the third call says so.
            let nothing = [Fault::None; 2];
            let mut faults = nothing[..if first == Rung::ReadWrite { 2 } else { 1 }].to_vec();
            faults.push(Fault::Lose(errno));
            kernel.schedule(&faults);
            let (outcome, rung) = moved(&kernel, FILE, output, first);
            let End::Failed(failure) = outcome.end else {
                panic!("{errno:?} of {first:?} was passed over: {outcome:?}");
            };
            assert_eq!((failure.errno, failure.rung), (errno, first));
            assert_eq!(rung, first);
            let once = kernel.returned().iter().filter(|call| call.once).count();
            assert_eq!(once, 1);
            if errno != Errno::EPERM && errno != Errno::EINVAL {
                assert_eq!(failure.side, Side::Output, "{failure:?}");
            }
        }
    }
}

#[test]
fn a6_a_call_that_a_file_system_does_not_make() {
    let enotsupp = Errno::from_raw_os_error(524).unwrap();
    for (errno, passes) in [
        (Errno::EIO, true),
        (Errno::ENOENT, true),
        (Errno::EACCES, true),
        (Errno::EXDEV, true),
        (Errno::ETXTBSY, true),
        (Errno::EOPNOTSUPP, true),
        (enotsupp, true),
        // It means another thing everywhere, and hides nothing.
        (Errno::ENOTTY, false),
        (Errno::ENOSPC, false),
        (Errno::EDQUOT, false),
    ] {
        let kernel = Kernel::new(Era::V6_8);
        kernel.refuse(nr::COPY_FILE_RANGE, errno);
        let output = Output::File(FileKind::Regular);
        let (outcome, rung) = moved(&kernel, FILE, output, Rung::CopyFileRange);
        match passes {
            true => {
                assert_eq!(
                    (outcome.moved, outcome.end),
                    (LEN, End::Complete),
                    "{errno:?}"
                );
                assert_eq!(rung, Rung::Sendfile64);
            }
            false => assert!(
                matches!(outcome.end, End::Failed(failure) if failure.errno == errno),
                "{errno:?}: {outcome:?}"
            ),
        }
    }
}

#[test]
fn a6_where_every_call_is_refused_read_and_write_move_it() {
    for errno in [
        Errno::EPERM,
        Errno::EINVAL,
        Errno::ENOSYS,
        Errno::EOPNOTSUPP,
    ] {
        let kernel = Kernel::new(Era::V6_8);
        for call in [
            nr::COPY_FILE_RANGE,
            nr::SENDFILE64,
            nr::SENDFILE,
            nr::SPLICE,
        ] {
            kernel.refuse(call, errno);
        }
        let (outcome, rung) = moved(&kernel, FILE, Output::Tcp, Rung::CopyFileRange);
        assert_eq!((outcome.moved, outcome.end), (LEN, End::Complete));
        assert_eq!(rung, Rung::ReadWrite);
    }
}

#[test]
fn d11_a_socket_s_own_limit_ends_the_transfer() {
    for first in [Rung::Sendfile64, Rung::ReadWrite] {
        let kernel = Kernel::new(Era::V6_8);
        let from = kernel.input(FILE, LEN, 50);
        let to = kernel.output(Output::Tcp, 300, 50);
        kernel.time_limit(to);
        kernel.stall(true);
        let mut buffer = [0; 64];
        let transfer = Transfer::new(&kernel, to, from, &mut buffer);
        let outcome = transfer.starting_with(first).run();
        let End::Failed(failure) = outcome.end else {
            panic!("{outcome:?}");
        };
        assert_eq!((failure.errno, failure.side), (Errno::EAGAIN, Side::Output));
        assert_eq!(outcome.moved, 300);
    }
    let kernel = Kernel::new(Era::V6_8);
    let from = kernel.input(Input::Socket, LEN, 50);
    let to = kernel.output(Output::Pipe, 300, 50);
    kernel.time_limit(from);
    kernel.stall(true);
    let mut buffer = [0; 64];
    let outcome = Transfer::new(&kernel, to, from, &mut buffer).run();
    assert!(
        matches!(outcome.end, End::Failed(failure)
            if (failure.errno, failure.side) == (Errno::EAGAIN, Side::Input)),
        "{outcome:?}"
    );
}

#[test]
fn a_message_larger_than_the_socket_takes_is_the_output_s_error() {
    let kernel = Kernel::new(Era::V6_8);
    let from = kernel.input(FILE, LEN, 50);
    let to = kernel.output(Output::Datagram, 300, 50);
    let transfer = Transfer::new(&kernel, to, from, Buffer::none());
    let outcome = transfer.starting_with(Rung::Sendfile64).run();
    assert!(
        matches!(outcome.end, End::Failed(failure)
            if (failure.errno, failure.side) == (Errno::EMSGSIZE, Side::Output)),
        "{outcome:?}"
    );
    assert_eq!((outcome.moved, kernel.messages(to).len()), (0, 0));
}

/// The read that tells whether a 0 was the end has failed: that is the input,
/// and needs no further question, which a signal could leave open.
#[test]
fn the_read_after_a_0_fails_on_the_input_s_side() {
    let kernel = Kernel::new(Era::V5_10);
    let from = kernel.input(Input::File(FileKind::Proc), LEN, 50);
    let to = kernel.output(Output::File(FileKind::Regular), 300, 50);
    kernel.schedule(&[Fault::BreakInput(Errno::EIO), Fault::Interrupt]);
    let outcome = Transfer::new(&kernel, to, from, Buffer::none()).run();
    assert!(
        matches!(outcome.end, End::Failed(failure)
            if (failure.errno, failure.side) == (Errno::EIO, Side::Input)),
        "{outcome:?}"
    );
}

/// A file that cannot seek, may lie, and is of a type that cannot be asked for.
#[test]
fn a1_a_refused_question_is_not_taken_for_the_end() {
    for denied in [vec![], vec![nr::STATX], vec![nr::STATX, nr::FSTAT64]] {
        for errno in [Errno::EPERM, Errno::EACCES, Errno::ENOSYS, Errno::EINVAL] {
            let kernel = Kernel::new(Era::V6_8);
            kernel.deny(&denied, errno);
            let input = Input::File(FileKind::Stream);
            let (outcome, _) = moved(&kernel, input, Output::Pipe, Rung::CopyFileRange);
            assert_eq!(
                (outcome.moved, outcome.end),
                (LEN, End::Complete),
                "{errno:?} of {denied:?}"
            );
        }
    }
}
