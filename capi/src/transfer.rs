//! `int80_transfer_*`: the whole transfer, in a struct that the caller owns.

use core::{mem::MaybeUninit, slice, time::Duration};

use int80::{
    Errno, Fd, Gate, Register,
    gate::{MAX_ARGS, six},
    transfer::{Buffer, Deadline, End, Rung, Side, Step, Transfer},
};

use crate::sysinfo::Chosen;

/// A gate with one copy of the call, with all six arguments, for code that makes
/// many different calls.
#[derive(Clone, Copy)]
pub struct Shared;

// SAFETY: `Chosen` keeps `Gate`'s contract.
unsafe impl Gate for Shared {
    #[inline(always)]
    unsafe fn call<const N: usize>(&self, nr: u32, args: [Register; N]) -> isize {
        // SAFETY: the caller's promise.
        unsafe { shared(nr, six(args)) }
    }
}

/// The only copy of the call.
///
/// # Safety
///
/// As for `Gate::call`.
#[inline(never)]
unsafe fn shared(nr: u32, args: [Register; MAX_ARGS]) -> isize {
    // SAFETY: the caller's promise.
    unsafe { Chosen.call(nr, args) }
}

/// The contents of C's `int80_transfer`.
pub struct State {
    transfer: Transfer<'static, Shared>,
    /// The side that was last not ready or has last failed.
    side: Side,
}

// The header's `uint64_t opaque[24]`.
const _: () = assert!(size_of::<State>() <= 24 * 8 && align_of::<State>() <= 8);

// The results, by their numbers in the header.
const COMPLETE: i32 = 0;
const MOVED: i32 = 1;
const BUFFERED: i32 = 2;
const WOULD_BLOCK: i32 = 3;
const INTERRUPTED: i32 = 4;
const UNEXPECTED_EOF: i32 = 5;
const TIMED_OUT: i32 = 6;
/// A result for which the header has no number.
const UNKNOWN: i32 = -Errno::ENOSYS.raw_os_error();

/// # Safety
///
/// As in `int80.h`, as for every function here: `state` has the header's size and
/// alignment, and only the transfer uses `buffer` until it ends.
#[unsafe(no_mangle)]
unsafe extern "C" fn int80_transfer_init(
    state: *mut MaybeUninit<State>,
    out_fd: i32,
    in_fd: i32,
    buffer: *mut MaybeUninit<u8>,
    size: usize,
) {
    let buffer = match buffer.is_null() {
        true => Buffer::none(),
        // SAFETY: the caller's promise; C's bytes need not be initialised.
        false => unsafe { slice::from_raw_parts_mut(buffer, size) }.into(),
    };
    // SAFETY: the descriptors are the caller's.
    let (out_fd, in_fd) = unsafe { (Fd::borrow_raw(out_fd), Fd::borrow_raw(in_fd)) };
    let transfer = Transfer::new(Shared, out_fd, in_fd, buffer);
    let side = Side::Unknown;
    // SAFETY: the caller's promise.
    unsafe { (*state).write(State { transfer, side }) };
}

/// Applies a builder method to a transfer.
///
/// # Safety
///
/// `state` has been initialised.
unsafe fn build(
    state: *mut State,
    with: impl FnOnce(Transfer<'static, Shared>) -> Transfer<'static, Shared>,
) {
    // SAFETY: the caller's promise; nothing between the two unwinds.
    unsafe {
        let State { transfer, side } = state.read();
        let transfer = with(transfer);
        state.write(State { transfer, side });
    }
}

macro_rules! builders {
    ($($name:ident($($argument:ident: $type:ty)?) $builder:ident;)*) => {
        $(
            /// # Safety
            ///
            /// As in `int80.h`.
            #[unsafe(no_mangle)]
            unsafe extern "C" fn $name(state: *mut State $(, $argument: $type)?) {
                // SAFETY: the caller's promise.
                unsafe { build(state, |transfer| transfer.$builder($($argument)?)) };
            }
        )*
    };
}

builders! {
    int80_transfer_set_offset(offset: u64) from_offset;
    int80_transfer_set_exactly(count: u64) exactly;
    int80_transfer_set_most(count: u64) at_most;
    int80_transfer_set_budget(bytes: usize) budget;
    int80_transfer_grow_pipe() grow_pipe;
}

/// # Safety
///
/// As in `int80.h`.
#[unsafe(no_mangle)]
unsafe extern "C" fn int80_transfer_step(state: *mut State) -> i32 {
    // SAFETY: the caller's promise.
    let state = unsafe { &mut *state };
    match state.transfer.step() {
        Step::Moved(_) => MOVED,
        Step::Buffered(_) => BUFFERED,
        Step::WouldBlock(side) => {
            state.side = side;
            WOULD_BLOCK
        }
        Step::Interrupted => INTERRUPTED,
        Step::Complete => COMPLETE,
        Step::UnexpectedEof => UNEXPECTED_EOF,
        Step::Failed(failure) => {
            state.side = failure.side;
            -failure.errno.raw_os_error()
        }
        _ => UNKNOWN,
    }
}

impl State {
    fn ended(&mut self, end: End) -> i32 {
        match end {
            End::Complete => COMPLETE,
            End::UnexpectedEof => UNEXPECTED_EOF,
            End::TimedOut => TIMED_OUT,
            End::Failed(failure) => {
                self.side = failure.side;
                -failure.errno.raw_os_error()
            }
            _ => UNKNOWN,
        }
    }
}

/// # Safety
///
/// As in `int80.h`.
#[unsafe(no_mangle)]
unsafe extern "C" fn int80_transfer_run(state: *mut State) -> i32 {
    // SAFETY: the caller's promise.
    let state = unsafe { &mut *state };
    let end = state.transfer.run().end;
    state.ended(end)
}

/// # Safety
///
/// As in `int80.h`.
#[unsafe(no_mangle)]
unsafe extern "C" fn int80_transfer_run_for(state: *mut State, milliseconds: u32) -> i32 {
    // SAFETY: the caller's promise.
    let state = unsafe { &mut *state };
    // Not `from_millis`, whose 64-bit division is a function on i386.
    let (seconds, rest) = (milliseconds / 1000, milliseconds % 1000);
    let time = Duration::new(seconds.into(), rest * 1_000_000);
    match Deadline::after(Shared, time) {
        Ok(deadline) => {
            let end = state.transfer.run_until(deadline).end;
            state.ended(end)
        }
        Err(errno) => {
            state.side = Side::Unknown;
            -errno.raw_os_error()
        }
    }
}

/// The header's number of a rung.
fn number(rung: Rung) -> i32 {
    match rung {
        Rung::CopyFileRange => 0,
        Rung::Sendfile64 => 1,
        Rung::Sendfile => 2,
        Rung::Splice => 3,
        Rung::ReadWrite => 4,
        // Only of headers and trailers, which C's transfers do not have.
        Rung::Parts => UNKNOWN,
        _ => UNKNOWN,
    }
}

/// The header's number of a side.
fn side(side: Side) -> i32 {
    match side {
        Side::Unknown => 0,
        Side::Input => 1,
        Side::Output => 2,
    }
}

macro_rules! fields {
    ($($name:ident -> $type:ty = |$state:ident| $value:expr;)*) => {
        $(
            /// # Safety
            ///
            /// As in `int80.h`.
            #[unsafe(no_mangle)]
            unsafe extern "C" fn $name($state: *const State) -> $type {
                // SAFETY: the caller's promise.
                let $state = unsafe { &*$state };
                $value
            }
        )*
    };
}

fields! {
    int80_transfer_moved -> u64 = |state| state.transfer.moved();
    int80_transfer_remaining -> u64 = |state| state.transfer.remaining().unwrap_or(u64::MAX);
    int80_transfer_pending -> usize = |state| state.transfer.pending().len();
    int80_transfer_calls -> u32 = |state| state.transfer.calls();
    int80_transfer_side -> i32 = |state| side(state.side);
    int80_transfer_rung -> i32 = |state| number(state.transfer.rung());
    int80_transfer_refusal -> i32 = |state| match state.transfer.refusal() {
        Some(refusal) => -refusal.errno.raw_os_error(),
        None => 0,
    };
}

/// # Safety
///
/// As in `int80.h`.
#[unsafe(no_mangle)]
unsafe extern "C" fn int80_transfer_give_back(state: *mut State) -> i32 {
    // SAFETY: the caller's promise.
    match unsafe { &mut *state }.transfer.give_back() {
        Ok(()) => 0,
        Err(errno) => -errno.raw_os_error(),
    }
}
