//! Tests of the machine with plain values: each rule of the ladder, without a
//! kernel.

use super::{Answer, Machine, Request};
use crate::{
    Errno, MAX_COUNT,
    transfer::{FILE_BUDGET, Refusal, Rung, SOCKET_BUDGET, Step},
};

/// The rungs that move bytes within the kernel, and what leaves each of them
/// before its first byte. Written down a second time on purpose.
const LADDER: [(Rung, &[i32]); 4] = [
    // EPERM, ENOENT, EIO, EBADF, EACCES, EXDEV, EISDIR, EINVAL, ETXTBSY,
    // ENOSYS, EOVERFLOW, EOPNOTSUPP, ENOTSUPP.
    (
        Rung::CopyFileRange,
        &[1, 2, 5, 9, 13, 18, 21, 22, 26, 38, 75, 95, 524],
    ),
    // EPERM, EACCES, EINVAL, ENOSYS, EOVERFLOW, EOPNOTSUPP, ENOTSUPP.
    (Rung::Sendfile64, &[1, 13, 22, 38, 75, 95, 524]),
    (Rung::Sendfile, &[1, 13, 22, 38, 75, 95, 524]),
    (Rung::Splice, &[1, 13, 22, 38, 75, 95, 524]),
];

/// A machine with a buffer of 100 bytes, on `rung`.
fn on(rung: Rung) -> Machine {
    let mut machine = Machine::new(100);
    machine.rung = rung;
    machine
}

/// Each errno but those of a signal and of a side that is not ready; under
/// Miri, which takes its time, those that programs see.
fn errors() -> impl Iterator<Item = Errno> {
    (1..=4095)
        .filter_map(Errno::from_raw_os_error)
        .filter(|errno| !cfg!(miri) || errno.raw_os_error() < 134 || *errno == Errno::ENOTSUPP)
        .filter(|errno| ![Errno::EINTR, Errno::EAGAIN].contains(errno))
}

/// Gives the machine's next request this result.
fn give(machine: &mut Machine, result: Result<usize, Errno>) -> Answer {
    let request = machine.request();
    machine.answer(request, result)
}

#[test]
fn rule_1_after_the_first_byte_every_error_is_final() {
    for (rung, _) in LADDER {
        for errno in errors().filter(|errno| *errno != Errno::EOVERFLOW) {
            let mut machine = on(rung);
            assert_eq!(give(&mut machine, Ok(5)), Answer::Step(Step::Moved(5)));
            assert_eq!(give(&mut machine, Err(errno)), Answer::Failed(errno));
            assert_eq!((machine.rung, machine.last), (rung, None), "{errno:?}");
            // So it is the second time.
            assert_eq!(give(&mut machine, Err(errno)), Answer::Failed(errno));
            assert_eq!(machine.rung, rung, "{errno:?}");
        }
    }
}

/// A terminal takes what is below 2 GiB of a file by sendfile, and the rest by
/// write.
#[test]
fn rule_1_but_a_limit_of_the_position_leaves_the_rung() {
    for (rung, _) in LADDER {
        for capacity in [0, 100] {
            let mut machine = Machine::new(capacity);
            let earlier = give(&mut machine, Err(Errno::EXDEV));
            assert_eq!(earlier, Answer::Again);
            machine.rung = rung;
            assert_eq!(give(&mut machine, Ok(5)), Answer::Step(Step::Moved(5)));
            let (errno, last) = (Errno::EOVERFLOW, rung.after(Errno::EOVERFLOW));
            assert_eq!(give(&mut machine, Err(errno)), Answer::Again);
            assert_eq!(machine.rung, last, "{rung:?}");
            // Without a buffer it is the error, not that of a rung before.
            machine.rung = Rung::ReadWrite;
            if capacity == 0 {
                let first = Refusal { rung, errno };
                assert_eq!(machine.request(), Request::GiveUp(first));
            }
        }
    }
}

#[test]
fn rule_1_bytes_of_another_rung_do_not_count() {
    let mut machine = on(Rung::Sendfile);
    machine.position = Some(0x7fff_fff0);
    assert_eq!(give(&mut machine, Ok(15)), Answer::Step(Step::Moved(15)));
    // Call 187 ends at 2 GiB: splice is next, and may be refused.
    assert!(matches!(
        machine.request(),
        Request::Move {
            rung: Rung::Splice,
            position: Some(0x7fff_ffff),
            ..
        }
    ));
    assert_eq!(give(&mut machine, Err(Errno::EINVAL)), Answer::Again);
    assert_eq!(machine.rung, Rung::ReadWrite);
}

#[test]
fn rule_1_copying_is_left_out_where_another_call_has_written() {
    for (rung, next) in [
        (Rung::CopyFileRange, Rung::Sendfile64),
        (Rung::Sendfile64, Rung::Sendfile64),
        (Rung::ReadWrite, Rung::ReadWrite),
    ] {
        let mut machine = on(rung);
        machine.leave_copying();
        assert_eq!(machine.rung, next);
    }
}

#[test]
fn rule_2_what_leaves_a_rung_before_its_first_byte() {
    for (rung, refusals) in LADDER {
        for errno in errors() {
            let mut machine = on(rung);
            let mut answer = give(&mut machine, Err(errno));
            if machine.rung == rung && answer == Answer::Again {
                assert!([Errno::EPERM, Errno::EACCES].contains(&errno), "{errno:?}");
                answer = give(&mut machine, Err(errno));
            }
            if refusals.contains(&errno.raw_os_error()) {
                assert_eq!(answer, Answer::Again, "{rung:?} {errno:?}");
                let next = match (rung, errno) {
                    (Rung::CopyFileRange, _) => Rung::Sendfile64,
                    (Rung::Sendfile64, Errno::ENOSYS) => Rung::Sendfile,
                    (Rung::Sendfile64 | Rung::Sendfile, _) => Rung::Splice,
                    _ => Rung::ReadWrite,
                };
                assert_eq!(machine.rung, next, "{rung:?} {errno:?}");
                assert_eq!(machine.last, Some(Refusal { rung, errno }));
            } else {
                assert_eq!(answer, Answer::Failed(errno), "{rung:?}");
                assert_eq!(machine.rung, rung, "{errno:?}");
            }
        }
    }
}

/// A sandbox refuses a call of 0 bytes, too; a file system does not, and may have
/// told of another transfer's bytes.
#[test]
fn rule_2_eperm_and_eacces_are_asked_again_without_bytes() {
    for (rung, _) in LADDER.into_iter().skip(1) {
        for errno in [Errno::EPERM, Errno::EACCES] {
            for second in [
                Ok(0),
                Err(Errno::EINVAL),
                Err(Errno::EAGAIN),
                Err(Errno::EINTR),
                Err(Errno::EIO),
            ] {
                let mut machine = on(rung);
                let asked = machine.request();
                assert_eq!(give(&mut machine, Err(errno)), Answer::Again);
                let without = machine.request();
                assert!(
                    matches!(without, Request::Move { count: 0, .. }),
                    "{without:?}"
                );
                assert_eq!(give(&mut machine, second), Answer::Failed(errno));
                // The next call is with bytes, on the same rung.
                assert_eq!((machine.request(), machine.last), (asked, None));
            }
        }
    }
}

#[test]
fn rule_2_read_and_write_are_never_left() {
    for errno in errors() {
        let mut machine = on(Rung::ReadWrite);
        assert_eq!(give(&mut machine, Err(errno)), Answer::Failed(errno));
        assert_eq!(give(&mut machine, Ok(7)), Answer::Step(Step::Buffered(7)));
        assert_eq!(machine.request(), Request::Write);
        assert_eq!(give(&mut machine, Err(errno)), Answer::Failed(errno));
        assert_eq!((machine.rung, machine.pending), (Rung::ReadWrite, 7));
    }
}

#[test]
fn rule_3_only_a_read_that_returns_0_is_the_end() {
    for (rung, _) in LADDER {
        for first in [None, Some(5)] {
            let mut machine = on(rung);
            if let Some(count) = first {
                let _ = give(&mut machine, Ok(count));
            }
            assert_eq!(give(&mut machine, Ok(0)), Answer::Again);
            assert_eq!(machine.request(), Request::Look);
            // An interrupted read tells nothing: it is asked again.
            let interrupted = Answer::Step(Step::Interrupted);
            assert_eq!(give(&mut machine, Err(Errno::EINTR)), interrupted);
            assert_eq!(machine.request(), Request::Look);
            let mut lies = machine.clone();
            assert_eq!(give(&mut machine, Ok(0)), Answer::Again);
            assert_eq!(machine.request(), Request::Stop(Step::Complete));
            // There is a byte: the rung does not move it, and read does.
            lies.last = Some(Refusal {
                rung,
                errno: Errno::EXDEV,
            });
            assert_eq!(give(&mut lies, Ok(1)), Answer::Again);
            assert!(matches!(lies.request(), Request::Read { count: 100, .. }));
            // No errno is why the rung was left.
            assert_eq!((lies.rung, lies.last), (Rung::ReadWrite, None));
        }
    }
}

#[test]
fn rule_3_a_refused_question_is_left_to_the_read() {
    let mut machine = on(Rung::Sendfile64);
    let _ = give(&mut machine, Ok(0));
    assert_eq!(give(&mut machine, Err(Errno::ESPIPE)), Answer::Again);
    assert!(matches!(machine.request(), Request::Read { .. }));
    assert_eq!(give(&mut machine, Ok(0)), Answer::Again);
    assert_eq!(machine.request(), Request::Stop(Step::Complete));
}

#[test]
fn rule_3_without_a_buffer() {
    let mut machine = Machine::new(0);
    let _ = give(&mut machine, Ok(0));
    assert_eq!(give(&mut machine, Ok(1)), Answer::Again);
    // Another rung may move what this one does not, as long as none was moved.
    assert_eq!(machine.rung, Rung::Sendfile64);
    let _ = give(&mut machine, Ok(5));
    let _ = give(&mut machine, Ok(0));
    assert_eq!(
        give(&mut machine, Ok(1)),
        Answer::Failed(Errno::EINVAL),
        "the rest is read's to move, and there is no buffer"
    );
}

#[test]
fn rule_4_eagain_changes_nothing() {
    for rung in [
        Rung::CopyFileRange,
        Rung::Sendfile64,
        Rung::Sendfile,
        Rung::Splice,
        Rung::ReadWrite,
    ] {
        let mut machine = on(rung);
        let request = machine.request();
        assert_eq!(give(&mut machine, Err(Errno::EAGAIN)), Answer::Blocked);
        assert_eq!(machine.request(), request);
    }
}

#[test]
fn the_end_before_a_promised_count() {
    for exact in [true, false] {
        let mut machine = on(Rung::ReadWrite);
        machine.set_total(10, exact);
        let _ = give(&mut machine, Ok(4));
        assert_eq!(give(&mut machine, Ok(4)), Answer::Step(Step::Moved(4)));
        assert_eq!(give(&mut machine, Ok(0)), Answer::Again);
        let end = match exact {
            true => Step::UnexpectedEof,
            false => Step::Complete,
        };
        assert_eq!(machine.request(), Request::Stop(end));
        assert_eq!((machine.left, machine.total), (6, 10));
    }
}

#[test]
fn a_promised_count_of_0_asks_for_nothing() {
    let mut machine = Machine::new(100);
    machine.set_total(0, true);
    assert_eq!(machine.request(), Request::Stop(Step::Complete));
}

#[test]
fn every_result_counts_as_one_call() {
    let mut machine = on(Rung::Splice);
    let results = [
        Err(Errno::EINTR),
        Err(Errno::EAGAIN),
        Err(Errno::EINVAL),
        Ok(7),
        Ok(3),
        Ok(4),
        Err(Errno::EIO),
    ];
    for (made, result) in (1..).zip(results) {
        let _ = give(&mut machine, result);
        assert_eq!(machine.calls, made, "{result:?}");
    }
}

#[test]
fn a_short_write_keeps_the_rest() {
    let mut machine = on(Rung::ReadWrite);
    machine.position = Some(50);
    let _ = give(&mut machine, Ok(10));
    assert_eq!((machine.position, machine.pending), (Some(60), 10));
    assert_eq!(give(&mut machine, Ok(3)), Answer::Step(Step::Moved(3)));
    assert_eq!(machine.request(), Request::Write);
    assert_eq!((machine.position, machine.pending), (Some(60), 7));
    // A device that takes nothing, and gives no reason.
    assert_eq!(give(&mut machine, Ok(0)), Answer::Failed(Errno::ENOSPC));
    assert_eq!(machine.pending, 7);
}

#[test]
fn call_187_is_not_made_from_2_gib_on() {
    for (position, rung) in [
        (0x7fff_fffe, Rung::Sendfile),
        (0x7fff_ffff, Rung::Splice),
        (1 << 40, Rung::Splice),
    ] {
        let mut machine = on(Rung::Sendfile);
        machine.position = Some(position);
        let Request::Move { rung: next, .. } = machine.request() else {
            panic!("{position:#x}");
        };
        assert_eq!(next, rung, "{position:#x}");
        let left = Refusal {
            rung: Rung::Sendfile,
            errno: Errno::EOVERFLOW,
        };
        let last = (rung != Rung::Sendfile).then_some(left);
        assert_eq!(machine.last, last, "{position:#x}");
    }
}

#[test]
fn a_budget_is_at_least_1_and_at_most_what_a_call_moves() {
    for (budget, limit) in [
        (0, 1),
        (1, 1),
        (MAX_COUNT, MAX_COUNT),
        (usize::MAX, MAX_COUNT),
    ] {
        let mut machine = on(Rung::Sendfile64);
        machine.set_budget(budget);
        let Request::Move { count, .. } = machine.request() else {
            panic!("{budget}");
        };
        assert_eq!(count, limit, "{budget}");
    }
}

#[test]
fn without_a_budget_a_step_moves_what_a_socket_or_a_file_takes() {
    for (rung, budget) in [
        (Rung::CopyFileRange, FILE_BUDGET),
        (Rung::Sendfile64, SOCKET_BUDGET),
        (Rung::Sendfile, SOCKET_BUDGET),
        (Rung::Splice, SOCKET_BUDGET),
    ] {
        let Request::Move { count, .. } = on(rung).request() else {
            panic!("{rung:?}");
        };
        assert_eq!(count, budget, "{rung:?}");
    }
}

#[test]
fn where_no_rung_is_left_the_first_error_is_told() {
    let mut machine = Machine::new(0);
    let mut last = Request::Look;
    for errno in [Errno::EXDEV, Errno::EPERM, Errno::EPERM, Errno::EINVAL] {
        assert_eq!(give(&mut machine, Err(errno)), Answer::Again);
        last = machine.request();
    }
    let (rung, errno) = (Rung::CopyFileRange, Errno::EXDEV);
    assert_eq!(last, Request::GiveUp(Refusal { rung, errno }));
}
