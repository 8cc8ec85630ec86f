//! The functions that make a call: one for each form and gate.
//!
//! # Safety
//!
//! Each hands on what it is given. In a traced run no call is carried out; the
//! calls of the list are refused by the kernel.
#![allow(clippy::missing_safety_doc, clippy::too_many_arguments)]

use int80::{Errno, Fd, Gate as _, errno};
use int80_proofs::plan::Gate;

/// A gate, and how one is had.
trait Way {
    type Gate: int80::Gate;

    fn gate() -> Self::Gate;
}

/// The gate that is a value of no size.
struct Native;

impl Way for Native {
    type Gate = int80::Native;

    fn gate() -> int80::Native {
        int80::Native
    }
}

#[cfg(target_arch = "x86")]
mod sysinfo {
    use int80::gate::Sysinfo;
    use std::{
        num::NonZero,
        sync::atomic::{AtomicUsize, Ordering::Relaxed},
    };

    /// The kernel's entry point, or 0.
    pub static ENTRY: AtomicUsize = AtomicUsize::new(0);

    pub struct Kernel;

    impl super::Way for Kernel {
        type Gate = Sysinfo;

        fn gate() -> Sysinfo {
            let entry = NonZero::new(ENTRY.load(Relaxed)).expect("AT_SYSINFO");
            // SAFETY: it is from this process's auxiliary vector.
            unsafe { Sysinfo::new(entry) }
        }
    }

    pub struct Called;

    impl super::Way for Called {
        type Gate = Sysinfo;

        fn gate() -> Sysinfo {
            Sysinfo::int80()
        }
    }
}

unsafe extern "C" {
    // Of the C interface. Only their addresses are taken.
    fn int80_call0();
    fn int80_call1();
    fn int80_call2();
    fn int80_call3();
    fn int80_call4();
    fn int80_call5();
    fn int80_call6();
    fn int80_sendfile();
    fn int80_sendfile64();
    fn int80_use_sysinfo(entry: usize) -> i32;
}

/// Tells the C interface which way in to take.
pub fn choose(gate: Gate) {
    let entry = match gate {
        #[cfg(target_arch = "x86")]
        Gate::Kernel => sysinfo::ENTRY.load(std::sync::atomic::Ordering::Relaxed),
        _ => 0,
    };
    // SAFETY: 0, or this process's own entry point.
    assert_eq!(unsafe { int80_use_sysinfo(entry) }, 0);
}

/// Looks for the kernel's entry point, and tells whether there is one.
pub fn find_kernel_entry() -> bool {
    #[cfg(target_arch = "x86")]
    {
        const AT_SYSINFO: usize = 32;
        let vector = std::fs::read("/proc/self/auxv").expect("the auxiliary vector");
        let words = vector.chunks_exact(4);
        let words: Vec<usize> = words
            .map(|word| usize::from_ne_bytes(word.try_into().expect("4 bytes")))
            .collect();
        let mut pairs = words.chunks_exact(2);
        let entry = pairs
            .find(|pair| pair[0] == AT_SYSINFO)
            .map_or(0, |pair| pair[1]);
        sysinfo::ENTRY.store(entry, std::sync::atomic::Ordering::Relaxed);
        entry != 0
    }
    #[cfg(not(target_arch = "x86"))]
    false
}

/// The addresses of a gate's functions, in the order of `plan::FORMS`.
pub fn functions(gate: Gate) -> [*const (); 34] {
    match gate {
        Gate::Int80 | Gate::Syscall => table::<Native>(),
        #[cfg(target_arch = "x86")]
        Gate::Kernel => table::<sysinfo::Kernel>(),
        #[cfg(target_arch = "x86")]
        Gate::Called => table::<sysinfo::Called>(),
        #[cfg(not(target_arch = "x86"))]
        _ => unreachable!("a gate of i386"),
    }
}

macro_rules! arities {
    ($($out:ident $inline:ident $busy:ident($($register:ident = $at:literal),*);)*) => {
        $(
            unsafe extern "C" fn $out<W: Way>(nr: usize $(, $register: usize)*) -> isize {
                // SAFETY: as this file's header says.
                unsafe { W::gate().call(nr as u32, [$($register.into()),*]) }
            }

            #[inline(always)] // Into the function below.
            unsafe extern "C" fn $inline<W: Way>(asked: *const usize, _echo: *mut usize) -> isize {
                // SAFETY: both are arrays of 13 words; then as above.
                unsafe {
                    let nr = asked.read_volatile();
                    $(let $register = asked.add($at).read_volatile();)*
                    let eax = W::gate().call(nr as u32, [$($register.into()),*]);
                    $(_echo.add($at).write_volatile($register);)*
                    eax
                }
            }

            unsafe extern "C" fn $busy<W: Way>(asked: *const usize, echo: *mut usize) -> isize {
                // SAFETY: both are arrays of 13 words; then as above.
                unsafe {
                    let kept = |at: usize| asked.add(at).read_volatile();
                    let (a, b, c, d, e, f) = (kept(7), kept(8), kept(9), kept(10), kept(11), kept(12));
                    let eax = $inline::<W>(asked, echo);
                    let back = |at: usize, kept| echo.add(at).write_volatile(kept);
                    (back(7, a), back(8, b), back(9, c), back(10, d), back(11, e), back(12, f));
                    eax
                }
            }
        )*

        fn table<W: Way>() -> [*const (); 34] {
            let out: [*const (); 7] = [$($out::<W> as *const ()),*];
            let inline: [*const (); 7] = [$($inline::<W> as *const ()),*];
            let busy: [*const (); 7] = [$($busy::<W> as *const ()),*];
            let c = [
                int80_call0 as *const (),
                int80_call1 as *const (),
                int80_call2 as *const (),
                int80_call3 as *const (),
                int80_call4 as *const (),
                int80_call5 as *const (),
                int80_call6 as *const (),
            ];
            let typed = [
                sendfile::<W> as *const (),
                sendfile64::<W> as *const (),
                send::<W> as *const (),
                send32::<W> as *const (),
                int80_sendfile as *const (),
                int80_sendfile64 as *const (),
            ];
            let mut all = out.into_iter().chain(inline).chain(busy).chain(c).chain(typed);
            std::array::from_fn(|_| all.next().expect("34 functions"))
        }
    };
}

arities! {
    out0 inline0 busy0();
    out1 inline1 busy1(ebx = 1);
    out2 inline2 busy2(ebx = 1, ecx = 2);
    out3 inline3 busy3(ebx = 1, ecx = 2, edx = 3);
    out4 inline4 busy4(ebx = 1, ecx = 2, edx = 3, esi = 4);
    out5 inline5 busy5(ebx = 1, ecx = 2, edx = 3, esi = 4, edi = 5);
    out6 inline6 busy6(ebx = 1, ecx = 2, edx = 3, esi = 4, edi = 5, ebp = 6);
}

/// `fd` as the library's type.
fn fd(fd: &i32) -> Fd<'_> {
    // SAFETY: as this file's header says.
    unsafe { Fd::borrow_raw(*fd) }
}

unsafe extern "C" fn sendfile<W: Way>(o: i32, i: i32, offset: *mut i32, count: usize) -> isize {
    // SAFETY: as this file's header says.
    unsafe { int80::raw::sendfile(W::gate(), fd(&o), fd(&i), offset, count) }
}

unsafe extern "C" fn sendfile64<W: Way>(o: i32, i: i32, offset: *mut i64, count: usize) -> isize {
    // SAFETY: as this file's header says.
    unsafe { int80::raw::sendfile64(W::gate(), fd(&o), fd(&i), offset, count) }
}

extern "C" fn send<W: Way>(o: i32, i: i32, offset: Option<&mut u64>, count: usize) -> isize {
    encode(int80::sendfile64(W::gate(), fd(&o), fd(&i), offset, count))
}

extern "C" fn send32<W: Way>(o: i32, i: i32, offset: Option<&mut u32>, count: usize) -> isize {
    encode(int80::sendfile(W::gate(), fd(&o), fd(&i), offset, count))
}

fn encode(result: Result<usize, Errno>) -> isize {
    match result {
        Ok(moved) => moved as isize,
        Err(errno) => errno::encode(errno),
    }
}
