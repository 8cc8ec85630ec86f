//! Every call that has a recipe: the kernel's 32-bit entry against the `Syscall`
//! gate, by random arguments, each call in a child process of its own.

use std::{fmt::Write as _, fs::File, io::Read, os::fd::AsRawFd};

use int80::{
    Errno, Gate, Register, errno,
    gate::{
        Syscall,
        nr::{self, CALLS, Class},
    },
};
use int80_support::{
    oracle::{LEFT_OUT, Look, RECIPES, Recipe},
    skip,
};

use crate::{
    arguments::{Arguments, Random, Side},
    has_32_bit_entry, int80,
    room::Room,
};

/// Argument sets for each call.
const SETS: usize = 1000;

/// Seconds after which a child whose call blocks is ended.
const BLOCKED: u32 = 100;

#[test]
fn every_call_is_compared_or_left_out_with_a_reason() {
    for call in CALLS {
        let refused = matches!(call.class(), Class::Refused(_));
        let recipes = RECIPES.iter().filter(|one| one.nr == call.nr).count();
        let left_out = LEFT_OUT.iter().filter(|one| one.0 == call.nr).count();
        let places = recipes + left_out + usize::from(refused);
        assert_eq!(
            places, 1,
            "{}: {recipes} recipes, left out {left_out} times",
            call.name
        );
    }
    assert!(RECIPES.len() >= 250, "{} calls", RECIPES.len());
}

/// `INT80_ORACLE=read` in the environment tries that call alone.
#[test]
fn every_call_agrees_with_the_32_bit_entry() {
    let name = "every_call_agrees_with_the_32_bit_entry";
    if !has_32_bit_entry() {
        return skip::say(name, "this kernel has no 32-bit entry");
    }
    let mut wrong = String::new();
    let mut missing = 0;
    let at_once = std::thread::available_parallelism().map_or(1, Into::into);
    let only = std::env::var("INT80_ORACLE").ok();
    let recipes: Vec<&Recipe> = RECIPES
        .iter()
        .filter(|recipe| only.is_none() || nr::name(recipe.nr) == only.as_deref())
        .collect();
    for recipes in recipes.chunks(at_once) {
        let children: Vec<Child> = recipes.iter().map(|recipe| Child::start(recipe)).collect();
        for (recipe, child) in recipes.iter().zip(children) {
            match child.verdict() {
                Verdict::Agrees { tried } => missing += usize::from(!tried),
                Verdict::Differs(how) => {
                    let name = nr::name(recipe.nr).unwrap_or("?");
                    eprintln!("{name}: {how}");
                    let _ = writeln!(wrong, "{name}: {how}");
                }
            }
        }
    }
    println!(
        "{} calls, {missing} of them not in this kernel",
        RECIPES.len()
    );
    assert!(wrong.is_empty(), "{wrong}");
}

enum Verdict {
    /// Whether the kernel has the call.
    Agrees {
        tried: bool,
    },
    Differs(String),
}

/// A process that makes all sets of one recipe.
struct Child {
    pid: libc::pid_t,
    says: File,
}

impl Child {
    fn start(recipe: &Recipe) -> Self {
        let (reader, writer) = rustix::pipe::pipe().expect("a pipe");
        // SAFETY: the child makes its calls and ends without unwinding.
        let pid = unsafe { libc::fork() };
        assert!(pid >= 0, "fork");
        if pid == 0 {
            // SAFETY: the process's own; a call that blocks ends it.
            unsafe {
                libc::alarm(BLOCKED);
                // A panic has said what it has to say.
                let said = std::panic::catch_unwind(|| compare(recipe));
                let said = said.unwrap_or_else(|_| "a panic".to_owned());
                libc::write(writer.as_raw_fd(), said.as_ptr().cast(), said.len());
                libc::_exit(0);
            }
        }
        Self {
            pid,
            says: reader.into(),
        }
    }

    fn verdict(mut self) -> Verdict {
        let mut said = String::new();
        let read = self.says.read_to_string(&mut said);
        let mut status = 0;
        // SAFETY: the child is this process's.
        unsafe { libc::waitpid(self.pid, &mut status, 0) };
        match (read, status, &*said) {
            (Ok(_), 0, "agrees") => Verdict::Agrees { tried: true },
            (Ok(_), 0, "ENOSYS") => Verdict::Agrees { tried: false },
            (Ok(_), 0, _) => Verdict::Differs(said),
            _ => Verdict::Differs(format!("the child ended with status {status:#x}: {said}")),
        }
    }
}

/// `agrees`, `ENOSYS` where every set returned that, or the first difference.
fn compare(recipe: &Recipe) -> String {
    let mut room = Room::new(recipe);
    let mut random = Random(u64::from(recipe.nr) << 32 | 0x80);
    let mut only_enosys = true;
    for set in 0..SETS {
        let seed = random.next();
        // What other processes change, such as free space, is another now and
        // then; what the gate does, always.
        let differs = |room: &mut Room| {
            let (kernel, gate, registers) = both(recipe, seed, room);
            only_enosys &= kernel.0 == errno::encode(Errno::ENOSYS) as i64;
            (kernel != gate).then(|| difference(&kernel, &gate) + &format!("; {registers:x?}"))
        };
        if let Some(how) = persists(differs, &mut room) {
            return format!("set {set}: {how}");
        }
    }
    match only_enosys {
        true => "ENOSYS".to_owned(),
        false => "agrees".to_owned(),
    }
}

/// The last of five differences, or none.
fn persists(
    mut differs: impl FnMut(&mut Room) -> Option<String>,
    room: &mut Room,
) -> Option<String> {
    let mut how = None;
    for _ in 0..5 {
        how = Some(differs(room)?);
    }
    how
}

/// One set of arguments by the kernel's entry and by the gate.
fn both(recipe: &Recipe, seed: u64, room: &mut Room) -> (Outcome, Outcome, [u64; 6]) {
    room.reset();
    let narrow = Arguments::new(recipe, seed, room, Side::Kernel);
    // SAFETY: the recipe's arguments: pointers are to the room's memory or to
    // nothing.
    let eax = unsafe { int80(recipe.nr, narrow.registers.map(|word| word as u32)) };
    room.release(recipe.nr, eax as u32 as usize, eax);
    let kernel = (seen(recipe, eax), narrow.memory(room, recipe), room.state());
    room.reset();
    let wide = Arguments::new(recipe, seed, room, Side::Gate);
    // SAFETY: as above.
    let rax = unsafe { call(recipe, wide.registers) };
    room.release(recipe.nr, rax as usize, rax);
    let gate = (seen(recipe, rax), wide.memory(room, recipe), room.state());
    (kernel, gate, narrow.registers)
}

/// What a call has left: the result, memory, and the room.
type Outcome = (i64, Vec<u8>, Vec<String>);

/// Both results, and the first that differs of the rest.
fn difference(kernel: &Outcome, gate: &Outcome) -> String {
    let byte = kernel
        .1
        .iter()
        .zip(&gate.1)
        .position(|(one, other)| one != other);
    let state = kernel
        .2
        .iter()
        .zip(&gate.2)
        .find(|(one, other)| one != other);
    let near =
        |memory: &[u8]| byte.map(|at| format!("{:x?}", &memory[at..memory.len().min(at + 16)]));
    format!(
        "the kernel {}, the gate {}; memory from {byte:?}: {:?}, {:?}; state: {state:?}",
        kernel.0,
        gate.0,
        near(&kernel.1),
        near(&gate.1)
    )
}

/// The call by the gate, with as many registers as the recipe has.
///
/// # Safety
///
/// As for `Gate::call`.
unsafe fn call(recipe: &Recipe, words: [u64; 6]) -> isize {
    let r = words.map(|word| Register::from(word as usize));
    let [a, b, c, d, e, f] = r;
    // SAFETY: the caller's promise.
    unsafe {
        match recipe.arguments.len() {
            0 => Syscall.call(recipe.nr, []),
            1 => Syscall.call(recipe.nr, [a]),
            2 => Syscall.call(recipe.nr, [a, b]),
            3 => Syscall.call(recipe.nr, [a, b, c]),
            4 => Syscall.call(recipe.nr, [a, b, c, d]),
            5 => Syscall.call(recipe.nr, [a, b, c, d, e]),
            _ => Syscall.call(recipe.nr, [a, b, c, d, e, f]),
        }
    }
}

/// The result: an error, or the low 32 bits of a number.
fn seen(recipe: &Recipe, result: isize) -> i64 {
    match (errno::decode(result), recipe.look) {
        (Err(_), _) => result as i64,
        (Ok(_), Look::Failure) => 0,
        (Ok(_), _) => i64::from(result as u32),
    }
}
