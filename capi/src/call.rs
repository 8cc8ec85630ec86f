//! `int80_call0` to `int80_call6`: any system call, by its i386 number.

use int80::{Gate, Register};

use crate::sysinfo::Chosen;

macro_rules! calls {
    ($($name:ident($($register:ident),*);)*) => {
        $(
            /// Makes the call with i386 number `nr` and these registers.
            ///
            /// # Safety
            ///
            /// As in `int80.h`.
            #[unsafe(no_mangle)]
            unsafe extern "C" fn $name(nr: u32 $(, $register: Register)*) -> isize {
                // SAFETY: the C caller's promise.
                unsafe { Chosen.call(nr, [$($register),*]) }
            }
        )*
    };
}

calls! {
    int80_call0();
    int80_call1(ebx);
    int80_call2(ebx, ecx);
    int80_call3(ebx, ecx, edx);
    int80_call4(ebx, ecx, edx, esi);
    int80_call5(ebx, ecx, edx, esi, edi);
    int80_call6(ebx, ecx, edx, esi, edi, ebp);
}
