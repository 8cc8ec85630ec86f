//! What the `Syscall` gate makes of the i386 calls on x86_64, against what the
//! kernel makes of them: `int 0x80` executed by 64-bit code, with addresses below
//! 4 GiB. Call 187 has cases of its own.
#![cfg(target_arch = "x86_64")]
#![allow(unsafe_code, missing_docs)]

mod arguments;
mod case;
mod every;
mod room;
mod world;

use std::arch::asm;

use case::cases;
use int80::{Gate, Register, gate::Syscall, gate::nr};
use int80_support::skip;
use proptest::{prelude::*, test_runner::TestRunner};
use world::World;

/// The kernel's 32-bit entry, from 64-bit code: arguments are cut to 32 bits.
///
/// # Safety
///
/// The effects of the i386 call must be sound.
unsafe fn int80(nr: u32, arguments: [u32; 6]) -> isize {
    let eax: i32;
    let [ebx, ecx, edx, esi, edi, ebp] = arguments;
    // SAFETY: the caller's promise. The entry clears r8 to r11; LLVM keeps rbx and
    // rbp, which are put back.
    unsafe {
        asm!(
            "xchg rbx, r12",
            "xchg rbp, r13",
            "int 0x80",
            "xchg rbp, r13",
            "xchg rbx, r12",
            inout("r12") u64::from(ebx) => _,
            inout("r13") u64::from(ebp) => _,
            inlateout("eax") nr => eax,
            in("ecx") ecx,
            in("edx") edx,
            in("esi") esi,
            in("edi") edi,
            out("r8") _, out("r9") _, out("r10") _, out("r11") _,
        );
    }
    eax as isize
}

/// Whether this kernel has a 32-bit entry: a child that uses it lives.
fn has_32_bit_entry() -> bool {
    // SAFETY: the child makes two calls and ends; the parent waits for it.
    unsafe {
        let child = libc::fork();
        if child == 0 {
            let pid = int80(nr::GETPID, [0; 6]);
            libc::_exit(i32::from(pid != libc::getpid() as isize));
        }
        let mut status = 0;
        libc::waitpid(child, &mut status, 0) == child && status == 0
    }
}

#[test]
fn call_187_agrees_with_the_32_bit_entry() {
    if !has_32_bit_entry() {
        skip::say(
            "call_187_agrees_with_the_32_bit_entry",
            "this kernel has no 32-bit entry",
        );
        return;
    }
    let world = std::cell::RefCell::new(World::new());
    let config = ProptestConfig {
        cases: 20_000,
        failure_persistence: None,
        ..Default::default()
    };
    let moved = std::cell::Cell::new(0);
    TestRunner::new(config)
        .run(&cases(), |case| {
            let mut world = world.borrow_mut();
            let kernel = world.run(&case, |out_fd, in_fd, cell, count| {
                // SAFETY: the cell lies in a page of the world's, or nowhere.
                unsafe {
                    int80(
                        nr::SENDFILE,
                        [out_fd as u32, in_fd as u32, cell.addr() as u32, count, 0, 0],
                    )
                }
            });
            let gate = world.run(&case, |out_fd, in_fd, cell, count| {
                let [out_fd, in_fd] = [out_fd, in_fd].map(Register::from);
                // SAFETY: the cell lies in a page of the world's, or nowhere.
                unsafe { Syscall.call(nr::SENDFILE, [out_fd, in_fd, cell.into(), count.into()]) }
            });
            moved.set(moved.get() + usize::from(kernel.eax > 0));
            prop_assert_eq!(gate, kernel);
            Ok(())
        })
        .unwrap();
    // The cases are of use only if many of them move something.
    assert!(moved.get() > 1000, "{moved:?}");
}
