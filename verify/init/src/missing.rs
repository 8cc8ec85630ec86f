//! Three calls that the library's table does not have.
//!
//! # Safety
//!
//! The arguments are handed on as they are, as by a gate.
#![allow(unsafe_code)]

use int80::Register;

macro_rules! calls {
    ($($name:ident = $i386:literal, $sc:ident, $count:literal;)*) => {
        $(
            /// # Safety
            ///
            /// As for `Gate::call`.
            #[cfg(target_arch = "x86")]
            pub unsafe fn $name(args: [Register; $count]) -> isize {
                // SAFETY: the caller's promise.
                unsafe { int80::Gate::call(&int80::Native, $i386, args) }
            }

            /// # Safety
            ///
            /// As for `Gate::call`.
            #[cfg(target_arch = "x86_64")]
            pub unsafe fn $name(args: [Register; $count]) -> isize {
                let mut all = [0; 5];
                for (word, register) in all.iter_mut().zip(args) {
                    *word = register.bits();
                }
                let [a, b, c, d, e] = all;
                // SAFETY: the caller's promise.
                unsafe { sc::syscall5(sc::nr::$sc, a, b, c, d, e) as isize }
            }
        )*
    };
}

calls! {
    execve = 11, EXECVE, 3;
    mount = 21, MOUNT, 5;
    reboot = 88, REBOOT, 3;
}
