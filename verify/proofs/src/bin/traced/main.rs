//! The program that is traced: makes the calls of a plan, each through the gate
//! and in the form that the plan says, and checks what only the program itself
//! can see: the result, and the registers and variables that must be as before.
//!
//! ```text
//! traced plan SEED COUNT FLAGS GATES    all calls of the plan, under a tracer
//! traced list                           the calls of `list::LIST`, under qemu
//! ```
//!
//! FLAGS is `flags` where the flags are to be checked as well. GATES is `kernel`
//! for the kernel's entry point, anything else for the other gates.
#![allow(unsafe_code, missing_docs)]

mod guard;
mod mark;
mod ways;

// Its functions are called by their C names.
use int80_capi as _;

use std::{env, ptr::from_mut};

use int80_proofs::{
    list::{FILL, LIST, list_forms},
    plan::{FORMS, Form, Gate, Plan, Step, WORDS, World, marker},
};

const BITS: u32 = usize::BITS;

fn main() {
    let arguments: Vec<String> = env::args().skip(1).collect();
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    match arguments[..] {
        ["plan", seed, count, flags, gates] => {
            let [seed, count] = [seed, count].map(|one| one.parse().expect("a number"));
            plan(seed, count, flags == "flags", gates == "kernel");
        }
        ["list"] => list(),
        _ => panic!("traced plan SEED COUNT FLAGS GATES, or traced list"),
    }
}

fn plan(seed: u64, count: u64, flags: bool, by_kernel: bool) {
    let kernel_entry = ways::find_kernel_entry();
    let mut words = WORDS.map(|word| word as usize);
    let address = from_mut(&mut words).expose_provenance();
    let world = World {
        gates: World::gates(BITS, by_kernel),
        bits: BITS,
        offset: address as u64,
    };
    mark::mark(marker::BEGIN, [usize::from(kernel_entry), address, 0]);
    for step in Plan::new(seed, world).take(count as usize) {
        check(&step, flags);
    }
    mark::mark(marker::END, [0; 3]);
}

/// Makes the call, and tells the tracer what is not as it must be.
fn check(step: &Step, flags: bool) {
    let done = make(step);
    if done.result != step.returned as usize {
        fail(0, 0, step.returned as usize, done.result);
    }
    for (at, (wanted, found)) in guard::KEPT.into_iter().zip(done.kept).enumerate() {
        if wanted != found {
            fail(1, at, wanted, found);
        }
    }
    // `int 0x80` in a function of loads, pushes and pops alone.
    let promised = match step.form {
        Form::OutOfLine(n) => n < 6,
        Form::Sendfile | Form::Sendfile64 | Form::CSendfile | Form::CSendfile64 => true,
        _ => false,
    };
    if flags && promised && step.gate == Gate::Int80 && done.flags != guard::FLAGS {
        fail(2, 0, guard::FLAGS, done.flags);
    }
    for (at, (wanted, found)) in done.asked.into_iter().zip(done.echo).enumerate() {
        if wanted != found {
            fail(3, at, wanted, found);
        }
    }
}

fn fail(check: usize, at: usize, wanted: usize, found: usize) -> ! {
    mark::mark(marker::FAILED, [check << 8 | at, wanted, found]);
    std::process::exit(1);
}

/// What a call has left.
struct Done {
    result: usize,
    kept: [usize; guard::KEPT.len()],
    flags: usize,
    /// The variables of an inline form, before and after.
    asked: [usize; 13],
    echo: [usize; 13],
}

fn make(step: &Step) -> Done {
    let registers = step.registers.map(|register| register as usize);
    let mut asked = [0; 13];
    asked[0] = step.nr as usize;
    asked[1..7].copy_from_slice(&registers);
    for (at, kept) in asked[7..].iter_mut().enumerate() {
        *kept = (step.nr as usize ^ at).wrapping_mul(0x9e37_79b1) | 1;
    }
    // What a form does not read, it does not write either.
    let mut echo = asked;
    let mut words = [0; 8];
    match step.form {
        Form::OutOfLine(_) | Form::C(_) => words[..7].copy_from_slice(&asked[..7]),
        Form::Inline(_) | Form::Busy(_) => {
            echo[1..=step.arguments()].fill(0);
            words[0] = (&raw const asked).expose_provenance();
            words[1] = (&raw mut echo).expose_provenance();
        }
        _ => words[..4].copy_from_slice(&registers[..4]),
    }
    if let Form::Busy(_) = step.form {
        echo[7..].fill(0);
    }
    if let Form::C(_) = step.form {
        ways::choose(step.gate);
    }
    let form = FORMS
        .iter()
        .position(|&form| form == step.form)
        .expect("a form");
    let function = ways::functions(step.gate)[form];
    let mut kept = [0; guard::KEPT.len() + 1];
    // SAFETY: the words are what the form's function takes. Its call is made
    // up, and its result is the tracer's, or it is one of `LIST`.
    let result = unsafe { guard::call(function, &words, &mut kept) };
    let [kept @ .., flags] = kept;
    Done {
        result,
        kept,
        flags: flags & guard::FLAGS,
        asked,
        echo,
    }
}

/// The fixed calls, each in every form and by every gate. The kernel refuses
/// them, and who listens reads the registers.
fn list() {
    for (nr, n) in LIST {
        for form in list_forms(n) {
            for &gate in World::gates(BITS, false) {
                let step = Step {
                    gate,
                    form,
                    nr,
                    registers: FILL.map(u64::from),
                    result: 0,
                    returned: 0,
                    reaches_kernel: true,
                };
                let done = make(&step);
                assert_eq!(done.kept, guard::KEPT, "{step:?}");
                assert_eq!(done.asked, done.echo, "{step:?}");
            }
        }
    }
}
