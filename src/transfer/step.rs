//! One step: the calls that the machine requests.

use super::{
    Failure, Refusal, Rung, Step, Transfer,
    machine::{Answer, Request},
};
use crate::{
    Errno, Gate, sendfile, sendfile64,
    sys::{self, SpliceFlags},
};

impl<G: Gate + Copy> Transfer<'_, G> {
    /// Moves bytes by at most one call, of the first rung that supports the pair.
    ///
    /// It does not wait for a non-blocking side, does not retry after a signal,
    /// and does not continue after a short count. Calls that refuse the pair move
    /// nothing, and the step goes on to the next rung. If the result does not
    /// tell which side would block or has failed, calls that move nothing find
    /// out.
    ///
    /// # Returns
    ///
    /// See [`Step`]. After the end of the transfer no call is made.
    ///
    /// # Platform
    ///
    /// The calls of the rungs, and a pread64 where one returns 0. Before the first,
    /// once, getsockopt for the kinds of both sides and, without a budget,
    /// F_GETPIPE_SZ for an output that is no socket. After an error, poll and calls
    /// that ask about a descriptor.
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
        self.prepare();
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

    /// Makes the call of a request.
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
        // The kernel advances this copy; the machine advances its own position
        // by the count.
        let offset = position.as_mut();
        match rung {
            Rung::CopyFileRange => sys::copy_file_range(gate, in_fd, offset, out_fd, None, count),
            Rung::Sendfile => {
                // Below 2^31 − 1, where the machine leaves this rung.
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
