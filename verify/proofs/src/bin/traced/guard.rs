//! Calls a function with known values in every register that it has to keep,
//! and tells which values came back.

use std::arch::global_asm;

/// The arithmetic flags: carry, parity, adjust, zero, sign, overflow.
pub const FLAGS: usize = 0x8d5;

/// Before the call ebx, esi, edi and ebp hold these.
#[cfg(target_arch = "x86")]
pub const KEPT: [usize; 4] = [0xb0b0_b0b1, 0x5151_5152, 0xd1d1_d1d3, 0xbebe_beb4];

/// Before the call rbx, rbp, r12, r13, r14 and r15 hold these.
#[cfg(target_arch = "x86_64")]
pub const KEPT: [usize; 6] = [
    0xb0b0_b0b0_b0b0_b0b1,
    0xbebe_bebe_bebe_beb2,
    0x1212_1212_1212_1213,
    0x1313_1313_1313_1314,
    0x1414_1414_1414_1415,
    0x1515_1515_1515_1516,
];

unsafe extern "C" {
    /// Calls `function` with `words` as its arguments, on the stack or in
    /// registers; writes the kept registers and then the flags.
    fn int80_proofs_guard(function: *const (), words: *const usize, kept: *mut usize) -> usize;
}

/// # Safety
///
/// `function` is a C function of at most seven words, and may be called with
/// these.
pub unsafe fn call<const N: usize>(
    function: *const (),
    words: &[usize; 8],
    kept: &mut [usize; N],
) -> usize {
    const { assert!(N == KEPT.len() + 1) };
    // SAFETY: the caller's promise; `kept` has room for what is written.
    unsafe { int80_proofs_guard(function, words.as_ptr(), kept.as_mut_ptr()) }
}

#[cfg(target_arch = "x86")]
global_asm!(
    ".text",
    ".globl int80_proofs_guard",
    ".type int80_proofs_guard, @function",
    "int80_proofs_guard:",
    "push ebp",
    "push ebx",
    "push esi",
    "push edi",
    // 32 bytes of arguments, and 12 that align the stack to 16.
    "sub esp, 44",
    "mov eax, [esp + 64]", // The function.
    "mov esi, [esp + 68]", // The words.
    "mov edi, esp",
    "mov ecx, 8",
    "cld",
    "rep movsd",
    "mov ebx, {ebx}",
    "mov esi, {esi}",
    "mov edi, {edi}",
    "mov ebp, {ebp}",
    "pushfd",
    "or dword ptr [esp], {flags}",
    "popfd",
    "call eax",
    "pushfd",
    "mov ecx, [esp + 76]", // Where the kept registers go.
    "mov [ecx], ebx",
    "mov [ecx + 4], esi",
    "mov [ecx + 8], edi",
    "mov [ecx + 12], ebp",
    "pop edx",
    "mov [ecx + 16], edx",
    "add esp, 44",
    "pop edi",
    "pop esi",
    "pop ebx",
    "pop ebp",
    "ret",
    ".size int80_proofs_guard, . - int80_proofs_guard",
    ebx = const KEPT[0],
    esi = const KEPT[1],
    edi = const KEPT[2],
    ebp = const KEPT[3],
    flags = const FLAGS,
);

#[cfg(target_arch = "x86_64")]
global_asm!(
    ".text",
    ".globl int80_proofs_guard",
    ".type int80_proofs_guard, @function",
    "int80_proofs_guard:",
    "push rbp",
    "push rbx",
    "push r12",
    "push r13",
    "push r14",
    "push r15",
    // The seventh argument, where the kept registers go, and 8 that align.
    "sub rsp, 24",
    "mov [rsp + 8], rdx",
    "mov r11, rdi",
    "mov rax, [rsi + 48]",
    "mov [rsp], rax",
    "mov r9, [rsi + 40]",
    "mov r8, [rsi + 32]",
    "mov rcx, [rsi + 24]",
    "mov rdx, [rsi + 16]",
    "mov rdi, [rsi]",
    "mov rsi, [rsi + 8]",
    "movabs rbx, {rbx}",
    "movabs rbp, {rbp}",
    "movabs r12, {r12}",
    "movabs r13, {r13}",
    "movabs r14, {r14}",
    "movabs r15, {r15}",
    "pushfq",
    "or qword ptr [rsp], {flags}",
    "popfq",
    "call r11",
    "mov rcx, [rsp + 8]",
    "pushfq",
    "pop rdx",
    "mov [rcx], rbx",
    "mov [rcx + 8], rbp",
    "mov [rcx + 16], r12",
    "mov [rcx + 24], r13",
    "mov [rcx + 32], r14",
    "mov [rcx + 40], r15",
    "mov [rcx + 48], rdx",
    "add rsp, 24",
    "pop r15",
    "pop r14",
    "pop r13",
    "pop r12",
    "pop rbx",
    "pop rbp",
    "ret",
    ".size int80_proofs_guard, . - int80_proofs_guard",
    rbx = const KEPT[0],
    rbp = const KEPT[1],
    r12 = const KEPT[2],
    r13 = const KEPT[3],
    r14 = const KEPT[4],
    r15 = const KEPT[5],
    flags = const FLAGS,
);
