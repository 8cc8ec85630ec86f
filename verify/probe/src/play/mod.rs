//! Playing a check: its steps, one after the other, on one kernel.

mod calls;
mod look;
mod means;

use int80::{Errno, Fd, errno, gate::nr};
use linux_raw_sys::general::O_NONBLOCK;

use crate::{
    Fault, Input, Machine, Out, Outcome, Output, Recorder, Text, World, recipe,
    step::{Op, decode},
};

/// Where sendfile finds its cell.
#[derive(Clone, Copy)]
enum At {
    /// Null.
    Nowhere,
    /// In `Play::cell`.
    Own,
    /// At some address.
    Address(*mut ()),
}

/// A check that is being played.
struct Play<'a> {
    world: &'a dyn World,
    gate: &'a Recorder<'a>,
    machine: Machine,
    /// The steps to come.
    code: &'a [u8],
    /// The step's value, and the first of two values.
    value: i64,
    also: i64,
    input: i32,
    out: Out,
    at: At,
    /// The cell: 187 sees the first 4 bytes.
    cell: i64,
    /// Whether the last call was 239.
    wide: bool,
    /// The cell before the last call.
    before: i64,
    eax: isize,
    /// The bytes of the last call that moved some.
    sent: i64,
    /// The bytes that were read back.
    read: u64,
    /// How long the input is to be when the other process comes; 0 is as it is.
    cut: i32,
    frame: u32,
    parts: i32,
    bsd_flags: i32,
}

/// Plays a check on the kernel behind `world`'s gate.
///
/// # Errors
///
/// Why it has stopped; the gate's note says more.
#[inline(never)]
pub fn play(world: &dyn World, machine: Machine, code: &[u8]) -> Outcome {
    let mut play = Play {
        world,
        gate: world.gate(),
        machine,
        code,
        value: 0,
        also: 0,
        input: -1,
        out: Out::NONE,
        at: At::Nowhere,
        cell: 0,
        wide: false,
        before: 0,
        eax: 0,
        sent: 0,
        read: 0,
        cut: 0,
        frame: 0,
        parts: 3,
        bsd_flags: 0,
    };
    while let Some((op, value, rest)) = decode(play.code) {
        (play.code, play.value) = (rest, value);
        if op == Op::Also {
            play.also = value;
            continue;
        }
        play.gate.count_step();
        play.step(op)?;
        play.also = 0;
    }
    Ok(())
}

impl Play<'_> {
    #[inline(never)]
    fn step(&mut self, op: Op) -> Outcome {
        let (also, value) = (self.also, self.value);
        match op {
            Op::File => self.input = self.world.input(Input::File, value as u64)?,
            Op::In => {
                self.input = self.world.input(Input(also as u8), value as u64)?;
            }
            Op::To => {
                self.out = self.world.output(Output(value as u8))?;
                self.read = 0;
            }
            Op::NoInput => self.input = -1,
            Op::NoOutput => self.out = Out::NONE,
            Op::Both => self.out.fd = self.input,
            Op::Call => drop(self.ask(value as u8)?),
            Op::Ask => {
                let seen = self.ask((also >> 8) as u8)?;
                self.is(Text(also as u8), seen.into())?;
            }
            Op::Seek => self.seek(value)?,
            Op::Write => self.write(self.out.fd)?,
            Op::Overwrite => {
                self.seek(0)?;
                self.write(self.input)?;
            }
            Op::Left => self.out.back = self.input,
            Op::Cut => self.cut = value as i32,
            Op::Later => self.later()?,
            Op::Alarms => self.alarms()?,
            Op::Cell => {
                self.cell = value;
                self.at = At::Own;
            }
            Op::NoCell => self.at = At::Nowhere,
            Op::CellAt => self.at = At::Address(core::ptr::without_provenance_mut(value as usize)),
            Op::Page => self.at = At::Address(self.page(value as u32)?),
            Op::Answer => self.gate.inject(Fault::Answer(value as isize)),
            Op::Echo => self.gate.inject(Fault::Echo),
            Op::FailAfter => self.gate.inject(Fault::After(value as isize)),
            Op::Send => self.send(nr::SENDFILE, value as usize),
            Op::Send64 => self.send(nr::SENDFILE64, value as usize),
            Op::Safe32 => self.safe(false),
            Op::Safe64 => self.safe(true),
            Op::Splice => self.splice()?,
            Op::SendAll => self.send_all(),
            Op::Resume => self.resume()?,
            Op::Frame => self.frame = value as u32,
            Op::BsdFlags => self.bsd_flags = value as i32,
            Op::Parts => self.parts = value as i32,
            Op::Bsd => self.bsd()?,
            Op::Needs if self.machine.since(also as u32 >> 16) && !self.since() => {
                return Err(self.gate.skip(Text(value as u8)));
            }
            Op::Before if !self.since() => {
                self.code = &[];
                self.eax()?;
            }
            Op::Needs | Op::Before => {}
            Op::Wide => {
                if !self.machine.compat {
                    self.value = errno::encode(Errno::EINVAL) as i64;
                }
                self.eax()?;
            }
            Op::Eax => self.eax()?,
            Op::Sbytes => self.is(Text::SBYTES, self.sent)?,
            Op::Some => self.some_of()?,
            Op::CellIs => self.is(Text::CELL, self.value())?,
            Op::CellFollows => self.cell_follows()?,
            Op::WordAfter => self.is(Text::WORD_AFTER, self.cell >> 32)?,
            Op::Stands => self.stands(Text::IN_STANDS, self.input)?,
            Op::OutStands => self.stands(Text::OUT_STANDS, self.out.fd)?,
            Op::Arrived => self.arrived(also, value, true)?,
            Op::Next => self.arrived(also, value, false)?,
            Op::Bytes => self.come(Some(also as u8), 0, value as usize, false)?,
            Op::NotMapped => {
                let mapped = self.map_input(1).is_ok();
                self.holds(Text::NOT_MAPPED, !mapped)?;
            }
            Op::InFlags => {
                let flags = self.ask(recipe::INPUT_FLAGS)? as u32;
                self.is(Text::IN_FLAGS, (flags & O_NONBLOCK).into())?;
            }
            Op::Sent => self.arrived(value, self.sent, true)?,
            _ => {}
        }
        Ok(())
    }

    /// Whether the kernel is the step's version or a later one.
    fn since(&self) -> bool {
        self.machine.since(self.also as u16 as u32)
    }

    /// A descriptor as the library has it.
    #[allow(unsafe_code)]
    fn fd(&self, number: i32) -> Fd<'static> {
        // SAFETY: the world's descriptors stay open as long as the check runs.
        unsafe { Fd::borrow_raw(number) }
    }
}
