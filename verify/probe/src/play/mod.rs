//! The player of checks: a check's steps, one after the other, on one kernel.

mod bsd;
mod calls;
mod does;
mod look;

use int80::{Errno, Fd, errno, gate::nr};
use linux_raw_sys::general::{O_NONBLOCK, O_RDWR};

use crate::{
    Fault, Hdtr, Input, Machine, Out, Outcome, Output, Recorder, Step, World,
    note::{EAX, OFFSET},
};

/// The pointer that sendfile is given.
#[derive(Clone, Copy)]
enum At {
    Null,
    /// To `Play::offset`.
    Own,
    Address(*mut ()),
}

/// A check that is being played.
struct Play<'a> {
    world: &'a dyn World,
    gate: &'a Recorder<'a>,
    machine: Machine,
    input: i32,
    out: Out,
    at: At,
    /// The offset: 187 sees the first 4 bytes.
    offset: i64,
    /// Whether the last call was 239.
    wide: bool,
    /// The offset before the last call.
    before: i64,
    eax: isize,
    /// The bytes of the last call that moved some.
    sent: i64,
    /// The bytes that were read back.
    read: u64,
    /// How long the input is to be when the other process comes; 0 is as it is.
    cut: u32,
    hdtr: Option<Hdtr>,
    parts: i32,
    bsd_flags: i32,
}

/// Plays a check on the kernel of `world`. Where a sandbox refuses a call, what
/// comes of it is no difference.
///
/// # Errors
///
/// Why it has stopped; the gate's note says more.
pub fn play(world: &dyn World, machine: Machine, steps: &[Step]) -> Outcome {
    let mut play = Play {
        world,
        gate: world.gate(),
        machine,
        input: -1,
        out: Out::NONE,
        at: At::Null,
        offset: 0,
        wide: false,
        before: 0,
        eax: 0,
        sent: 0,
        read: 0,
        cut: 0,
        hdtr: None,
        parts: 3,
        bsd_flags: 0,
    };
    play.gate.begin(machine.emulator.is_some());
    let outcome = play.steps(steps);
    match play.refused(outcome) {
        0 => outcome,
        nr => Err(play.gate.skip_refused(nr)),
    }
}

/// So many GiB, and so many bytes.
fn far(gib: u8, bytes: i32) -> i64 {
    (i64::from(gib) << 30) + i64::from(bytes)
}

impl Play<'_> {
    fn steps(&mut self, steps: &[Step]) -> Outcome {
        for step in steps {
            self.gate.count_step();
            if let Step::FailsBefore(version, errno) = *step {
                if !self.machine.since(version) {
                    return self.fails(errno);
                }
            }
            self.step(*step)?;
        }
        Ok(())
    }

    fn step(&mut self, step: Step) -> Outcome {
        match step {
            Step::File(len) => self.file(len.into())?,
            Step::FileFar(gib, bytes) => self.file(far(gib, bytes))?,
            Step::In(kind, len) => self.input = self.world.input(kind, len.into())?,
            Step::NoInput => self.input = -1,
            Step::Stream => self.to(Output::Stream)?,
            Step::To(kind) => self.to(kind)?,
            Step::NoOutput => self.out = Out::NONE,
            Step::BothSides => self.out.fd = self.input,

            // O_NONBLOCK is the only flag that these outputs have.
            Step::Nonblocking => self.set_flags(O_NONBLOCK)?,
            Step::Blocking => self.set_flags(0)?,
            Step::Appending => self.set_flags(O_RDWR | linux_raw_sys::general::O_APPEND)?,
            Step::Seek(to) => self.seek(to.into())?,
            Step::Write(start, count) => self.write(self.out.fd, start, count)?,
            Step::Overwrite(start, count) => {
                self.seek(0)?;
                self.write(self.input, start, count)?;
            }
            Step::LookAtInput => self.out.back = self.input,
            Step::HangUp => self.hang_up()?,
            Step::CutLater(len) => self.cut = len,
            Step::ReadsLater(count) => self.reads_later(count)?,
            Step::Cork(on) => self.cork(on)?,
            Step::BlockSigpipe => self.block_sigpipe()?,
            Step::Alarms => self.alarms()?,

            Step::Offset(value) => self.offset(value.into()),
            Step::OffsetFar(gib, bytes) => self.offset(far(gib, bytes)),
            Step::OffsetBeforeEnd(bytes) => self.offset(i64::MAX - i64::from(bytes)),
            Step::WordAfter(word) => {
                self.offset = i64::from(self.offset as u32) | i64::from(word) << 32;
            }
            Step::NoOffset => self.at = At::Null,
            Step::OffsetNowhere => {
                let address = self.world.nowhere()?;
                self.at = At::Address(core::ptr::without_provenance_mut(address));
            }
            Step::OffsetInPage(rights) => self.at = At::Address(self.page(rights)?),

            Step::Return(eax) => self.gate.inject(Fault::Return(eax as isize)),
            Step::Echo => self.gate.inject(Fault::Echo),
            Step::InjectAfter4096(errno) => {
                self.gate.inject(Fault::After(errno::encode(errno)));
            }

            Step::Send(count) => self.send(nr::SENDFILE, count as usize),
            Step::Send64(count) => self.send(nr::SENDFILE64, count as usize),
            Step::SafeSend(count) => self.safe_send(count as usize),
            Step::SafeSend64(count) => self.safe_send64(count as usize),
            Step::PassesOn(errno) => self.passes_on(errno)?,
            Step::Splice(count) => self.splice(count)?,
            Step::SendAll(end) => self.send_all(end.into()),
            Step::Resume(all) => self.resume(all.into())?,
            Step::Headers(hdtr) => self.hdtr = Some(hdtr),
            Step::Parts(count) => self.parts = count,
            Step::BsdFlags(flags) => self.bsd_flags = flags,
            Step::Bsd(nbytes) => self.bsd(nbytes as usize)?,
            Step::BsdFar(gib, bytes) => self.bsd(far(gib, bytes) as usize)?,

            _ => self.look(step)?,
        }
        Ok(())
    }

    /// A step that looks at something, and changes nothing.
    fn look(&mut self, step: Step) -> Outcome {
        match step {
            Step::Needs(need) => {
                let rule = need.rule();
                let is = |version| self.machine.since(version);
                let [from, to] = rule.except;
                match is(rule.since) && (is(to) || !is(from)) {
                    true => Ok(()),
                    false => Err(self.gate.skip(rule.why)),
                }
            }
            Step::HolesStay => self.holes_stay(),
            Step::EaxOf64BitKernel(eax) => match self.machine.compat {
                Some(true) => self.eax(eax.into()),
                Some(false) => self.fails(Errno::EINVAL),
                None => Err(self.gate.skip("whether the kernel has 64 bits is not told")),
            },
            Step::Eax(expected) => self.eax(expected.into()),
            Step::Fails(errno) => self.fails(errno),
            Step::Sbytes(expected) => self.sbytes(expected.into()),
            Step::SbytesFar(gib, bytes) => self.sbytes(far(gib, bytes)),
            Step::SomeOf(count) => {
                self.holds("some bytes went out", self.sent > 0)?;
                self.holds("not all bytes went out", self.sent < count.into())
            }
            Step::OffsetIs(expected) => self.offset_is(expected.into()),
            Step::OffsetIsFar(gib, bytes) => self.offset_is(far(gib, bytes)),
            Step::OffsetIsBeforeEnd(bytes) => self.offset_is(i64::MAX - i64::from(bytes)),
            Step::OffsetFollows => self.offset_follows(),
            Step::WordAfterIs(expected) => self.gate.is(
                "the word after the offset",
                self.offset >> 32,
                expected.into(),
            ),
            Step::Stands(at) => self.input_stands(at.into()),
            Step::StandsFar(gib, bytes) => self.input_stands(far(gib, bytes)),
            Step::OutputStands(at) => self.stands("out_fd's position", self.out.fd, at.into()),
            Step::FlagsAre(flags) => {
                let seen = self.flags(self.out.fd)?;
                self.gate.is("out_fd's flags", seen.into(), flags.into())
            }
            Step::InputWaits => {
                let seen = self.flags(self.input)? & O_NONBLOCK;
                self.gate.is("in_fd's O_NONBLOCK", seen.into(), 0)
            }
            Step::CannotBeMapped => {
                let mapped = self.map_input(1).is_ok();
                match self.gate.refused() {
                    0 => self.holds("in_fd cannot be mapped", !mapped),
                    nr => Err(self.gate.skip_refused(nr)),
                }
            }
            Step::SigpipeWaits => self.sigpipe_waits(),
            Step::Arrived(start, count) => self.arrived(start.into(), count.into(), true),
            Step::ArrivedFar(gib, bytes, count) => {
                self.arrived(far(gib, bytes), count.into(), true)
            }
            Step::Next(start, count) => self.arrived(start.into(), count.into(), false),
            Step::NextAre(byte, count) => self.come(Some(byte), 0, count.into(), false),
            Step::SentArrived(start) => self.arrived(start.into(), self.sent, true),
            Step::WasRead => self.was_read(),
            _ => Ok(()),
        }
    }

    fn to(&mut self, kind: Output) -> Outcome {
        self.out = self.world.output(kind)?;
        self.read = 0;
        Ok(())
    }

    fn file(&mut self, len: i64) -> Outcome {
        self.input = self.world.input(Input::File, len as u64)?;
        Ok(())
    }

    fn offset(&mut self, value: i64) {
        (self.offset, self.at) = (value, At::Own);
    }

    fn offset_is(&self, expected: i64) -> Outcome {
        self.gate.is(OFFSET, self.value(), expected)
    }

    fn sbytes(&self, expected: i64) -> Outcome {
        self.gate.is("sbytes", self.sent, expected)
    }

    fn input_stands(&self, at: i64) -> Outcome {
        self.stands("in_fd's position", self.input, at)
    }

    fn passes_on(&mut self, errno: Errno) -> Outcome {
        self.gate.inject(Fault::Return(errno::encode(errno)));
        self.safe_send(1);
        self.fails(errno)?;
        self.safe_send64(1);
        self.fails(errno)
    }

    fn eax(&self, expected: i64) -> Outcome {
        self.gate.is(EAX, self.eax as i64, expected)
    }

    fn fails(&self, errno: Errno) -> Outcome {
        self.eax(errno::encode(errno) as i64)
    }

    /// A descriptor as the library has it.
    #[allow(unsafe_code)]
    fn fd(&self, number: i32) -> Fd<'static> {
        // SAFETY: the world's descriptors stay open as long as the check runs.
        unsafe { Fd::borrow_raw(number) }
    }
}
