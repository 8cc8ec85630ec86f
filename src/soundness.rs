//! What safe code cannot do: programs that do not compile, each beside one that
//! does. They are tests, not part of the library.

/// Safe code cannot end a thread from whose stack others borrow.
///
/// ```compile_fail,E0133
/// int80::sys::exit(int80::Native, 0);
/// ```
///
/// ```no_run
/// // SAFETY: no other thread.
/// unsafe { int80::sys::exit(int80::Native, 0) };
/// ```
struct ExitIsUnsafe;

/// Safe code cannot end a thread by a filter either, nor feign calls.
///
/// ```compile_fail,E0133
/// # use int80::sys::{Instruction, seccomp_set_filter};
/// let kill_thread = [Instruction::end(0)];
/// let _ = seccomp_set_filter(int80::Native, &kill_thread);
/// ```
///
/// ```no_run
/// # use int80::sys::{Instruction, seccomp_set_filter};
/// let allow = [Instruction::end(Instruction::ALLOW)];
/// // SAFETY: it changes nothing.
/// let _ = unsafe { seccomp_set_filter(int80::Native, &allow) };
/// ```
struct FiltersAreUnsafe;

/// Only the descriptors of this process's kernel convert to and from std's.
///
/// ```compile_fail,E0277
/// # struct Simulated;
/// # unsafe impl int80::Gate for Simulated {
/// #     unsafe fn call<const N: usize>(&self, _: u32, _: [int80::Register; N]) -> isize { -38 }
/// # }
/// fn std(fd: int80::OwnedFd<Simulated>) -> std::os::fd::OwnedFd {
///     fd.into()
/// }
/// ```
///
/// ```compile_fail,E0277
/// # struct Simulated;
/// # unsafe impl int80::Gate for Simulated {
/// #     unsafe fn call<const N: usize>(&self, _: u32, _: [int80::Register; N]) -> isize { -38 }
/// # }
/// fn borrow<'a>(fd: &'a int80::OwnedFd<Simulated>) -> std::os::fd::BorrowedFd<'a> {
///     fd.into()
/// }
/// ```
///
/// ```compile_fail,E0277
/// # struct Simulated;
/// # unsafe impl int80::Gate for Simulated {
/// #     unsafe fn call<const N: usize>(&self, _: u32, _: [int80::Register; N]) -> isize { -38 }
/// # }
/// fn ours(fd: std::os::fd::OwnedFd) -> int80::OwnedFd<Simulated> {
///     fd.into()
/// }
/// ```
///
/// ```
/// fn std(fd: int80::OwnedFd<int80::Native>) -> std::os::fd::OwnedFd {
///     fd.into()
/// }
/// fn borrow<'a>(fd: &'a int80::OwnedFd<int80::Native>) -> std::os::fd::BorrowedFd<'a> {
///     fd.into()
/// }
/// fn ours(fd: std::os::fd::OwnedFd) -> int80::OwnedFd<int80::Native> {
///     fd.into()
/// }
/// ```
///
/// ```
/// # struct Simulated;
/// # unsafe impl int80::Gate for Simulated {
/// #     unsafe fn call<const N: usize>(&self, _: u32, _: [int80::Register; N]) -> isize { -38 }
/// # }
/// fn other(fd: int80::OwnedFd<Simulated>) -> i32 {
///     fd.into_raw_fd()
/// }
/// ```
#[cfg(feature = "std")]
struct OnlyThisKernelsDescriptorsAreStds;

/// A borrowed descriptor does not outlive its owner.
///
/// ```compile_fail,E0505
/// fn late(owner: int80::OwnedFd<int80::Native>) -> i32 {
///     let fd = owner.as_fd();
///     drop(owner);
///     fd.as_raw_fd()
/// }
/// ```
///
/// ```
/// fn early(owner: int80::OwnedFd<int80::Native>) -> i32 {
///     let number = owner.as_fd().as_raw_fd();
///     drop(owner);
///     number
/// }
/// ```
struct ABorrowedDescriptorIsOpen;

/// Nothing but a gate is a `DynGate`.
///
/// ```compile_fail,E0277
/// struct Mine;
/// impl int80::gate::DynGate for Mine {
///     unsafe fn call6(&self, _: u32, _: [int80::Register; 6]) -> isize { 0 }
/// }
/// ```
///
/// ```
/// let gate: &dyn int80::gate::DynGate = &int80::Native;
/// ```
struct DynGateIsSealed;

/// The bytes of a part live as long as the part.
///
/// ```compile_fail,E0597
/// let part = {
///     let bytes = [1, 2, 3];
///     int80::sys::IoSlice::new(&bytes)
/// };
/// assert_eq!(part.len(), 3);
/// ```
///
/// ```
/// let bytes = [1, 2, 3];
/// let part = int80::sys::IoSlice::new(&bytes);
/// assert_eq!(part.len(), 3);
/// ```
struct PartsBorrow;
