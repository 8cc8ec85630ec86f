//! A reference to a gate is a gate.

use super::{Gate, Register};

macro_rules! forward {
    ($($call:ident($($register:ident),*);)*) => {
        // SAFETY: the gate behind the reference keeps `Gate`'s contract.
        unsafe impl<G: Gate + ?Sized> Gate for &G {
            $(
                #[inline(always)]
                unsafe fn $call(&self, nr: u32 $(, $register: Register)*) -> isize {
                    // SAFETY: the caller's promise.
                    unsafe { (**self).$call(nr $(, $register)*) }
                }
            )*
        }
    };
}

// Each arity to its like: `call6` alone would load registers for nothing.
forward! {
    call0();
    call1(ebx);
    call2(ebx, ecx);
    call3(ebx, ecx, edx);
    call4(ebx, ecx, edx, esi);
    call5(ebx, ecx, edx, esi, edi);
    call6(ebx, ecx, edx, esi, edi, ebp);
}
