//! What the `Syscall` gate makes of call 187 on x86_64, against the kernel's
//! own answer: `int 0x80` executed by 64-bit code, with cells below 4 GiB.
#![cfg(target_arch = "x86_64")]
#![allow(unsafe_code, missing_docs)]

mod case;
mod world;

use std::arch::asm;

use case::cases;
use int80::{Gate, Register, gate::Syscall, gate::nr};
use int80_support::skip;
use proptest::{prelude::*, test_runner::TestRunner};
use world::World;

/// The kernel's 32-bit entry, from 64-bit code: arguments are cut to 32 bits.
unsafe fn int80(nr: u32, arguments: [u32; 4]) -> isize {
    let eax: i32;
    // SAFETY: the caller's promise. The entry clears r8 to r11; LLVM keeps rbx.
    unsafe {
        asm!(
            "xchg rbx, {ebx:r}",
            "int 0x80",
            "xchg rbx, {ebx:r}",
            ebx = inout(reg) arguments[0] => _,
            inlateout("eax") nr => eax,
            in("ecx") arguments[1],
            in("edx") arguments[2],
            in("esi") arguments[3],
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
            let pid = int80(nr::GETPID, [0; 4]);
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
                        [out_fd as u32, in_fd as u32, cell.addr() as u32, count],
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
