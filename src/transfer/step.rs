//! One step: what the machine requests, made by calls.

use super::{
    Failure, Refusal, Rung, Step, Transfer,
    machine::{Answer, Request},
};
use crate::{
    Errno, Gate, sendfile, sendfile64,
    sys::{self, SpliceFlags},
};

impl<G: Gate + Copy> Transfer<'_, G> {
    /// Makes at most one call that moves bytes, on the best rung that takes the
    /// pair, and returns what came of it.
    ///
    /// It does not wait where a non-blocking side is not ready, does not try
    /// again after a signal, and does not go on after a short count. Rungs
    /// that refuse the pair have moved nothing, and are left within the step.
    /// Where a call alone does not tell which side would block or has failed,
    /// both are asked by calls that move nothing.
    ///
    /// # Returns
    ///
    /// See [`Step`]. Once the end was reached no further call is made.
    ///
    /// # Examples
    ///
    /// ```
    /// use int80::{Errno, Fd, Native, transfer::{Buffer, Side, Step, Transfer}};
    ///
    /// // Descriptor −1 is open in no program.
    /// let none = unsafe { Fd::borrow_raw(-1) };
    /// let mut transfer = Transfer::new(Native, Fd::STDOUT, none, Buffer::none());
    /// let Step::Failed(failure) = transfer.step() else { panic!() };
    /// assert_eq!((failure.errno, failure.side), (Errno::EBADF, Side::Input));
    /// ```
    pub fn step(&mut self) -> Step {
        loop {
            let request = self.machine.request();
            let result = match request {
                Request::Stop(step) => return step,
                Request::GiveUp(Refusal { rung, errno }) => {
                    self.machine.rung = rung;
                    return self.failed(errno, request);
                }
                _ => self.perform(request),
            };
            let writing = matches!(request, Request::Write);
            match self.machine.answer(request, result) {
                Answer::Again => {}
                Answer::Step(step) => return step,
                Answer::Failed(errno) => return self.failed(errno, request),
                Answer::Blocked => {
                    let side = self.unready(writing);
                    return match self.is_time_limit(side) {
                        false => Step::WouldBlock(side),
                        true => Step::Failed(Failure {
                            errno: Errno::EAGAIN,
                            rung: self.machine.rung,
                            side,
                        }),
                    };
                }
            }
        }
    }

    /// The one call of a request.
    #[inline(never)]
    fn perform(&mut self, request: Request) -> Result<usize, Errno> {
        let (gate, out_fd, in_fd) = (self.gate, self.out_fd, self.in_fd);
        let (rung, mut position, count) = match request {
            Request::Write => return self.buffer.write(gate, out_fd),
            Request::Read { position, count } => {
                return self.buffer.read(gate, in_fd, position, count);
            }
            Request::Move {
                rung,
                position,
                count,
            } => (rung, position, count),
            _ => return self.look_for_more(),
        };
        // The kernel moves a copy of the position: where it is afterwards
        // follows from the count.
        let offset = position.as_mut();
        match rung {
            Rung::CopyFileRange => sys::copy_file_range(gate, in_fd, offset, out_fd, None, count),
            Rung::Sendfile => {
                // Below 2^31: the machine leaves this rung there.
                let mut offset = offset.map(|offset| *offset as u32);
                sendfile(gate, out_fd, in_fd, offset.as_mut(), count)
            }
            Rung::Splice => {
                let flags = SpliceFlags::empty();
                sys::splice(gate, in_fd, offset, out_fd, None, count, flags)
            }
            _ => sendfile64(gate, out_fd, in_fd, offset, count),
        }
    }

    fn failed(&self, errno: Errno, request: Request) -> Step {
        Step::Failed(Failure {
            errno,
            rung: self.machine.rung,
            side: self.explain(errno, request),
        })
    }
}
