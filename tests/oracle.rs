//! What the `Syscall` gate makes of call 187 on x86_64, against the kernel's
//! own answer: `int 0x80` executed by 64-bit code, with cells below 4 GiB.
#![cfg(target_arch = "x86_64")]
#![allow(unsafe_code, missing_docs)]

mod common;

use std::{
    arch::asm,
    fs::{File, OpenOptions},
    io::{Read, Seek, SeekFrom},
    os::fd::{AsRawFd, OwnedFd},
    ptr::null_mut,
};

use common::{pattern, skip, sparse_file};
use int80::{Gate, Register, gate::Syscall, gate::nr};
use proptest::{prelude::*, sample::select, test_runner::TestRunner};
use rustix::{
    mm::{MapFlags, MprotectFlags, ProtFlags, mmap_anonymous, mprotect},
    pipe::{PipeFlags, pipe_with},
};

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

#[derive(Clone, Copy, Debug)]
enum Cell {
    Null,
    Value(i32),
    ReadOnly(i32),
    Unmapped,
}

// The descriptors by name, so that a failing case can be read; what can be
// moved, more often than what cannot.
const INPUTS: [&str; 9] = [
    "small",
    "small",
    "small",
    "large",
    "large",
    "write-only",
    "pipe",
    "directory",
    "none",
];
const OUTPUTS: [&str; 9] = [
    "file",
    "file",
    "file",
    "pipe",
    "pipe",
    "append",
    "read-only",
    "closed pipe",
    "none",
];

#[derive(Clone, Debug)]
struct Case {
    output: &'static str,
    input: &'static str,
    position: u64,
    cell: Cell,
    count: u32,
}

fn cases() -> impl Strategy<Value = Case> {
    let value = prop_oneof![
        0..12_000,
        (i32::MAX - 9000)..=i32::MAX,
        -3..=3,
        any::<i32>(),
        Just(i32::MAX),
    ];
    let cell = prop_oneof![
        1 => Just(Cell::Null),
        6 => value.clone().prop_map(Cell::Value),
        1 => value.prop_map(Cell::ReadOnly),
        1 => Just(Cell::Unmapped),
    ];
    let count = prop_oneof![0_u32..3, 0_u32..20_000, 0x7fff_0000_u32..=u32::MAX];
    let position = prop_oneof![0_u64..12_000, 0x7fff_f000_u64..0x8000_2000];
    (
        select(&OUTPUTS[..]),
        select(&INPUTS[..]),
        position,
        cell,
        count,
    )
        .prop_map(|(output, input, position, cell, mut count)| {
            // Of the large file, no more than can be moved ten thousand times.
            if input == "large" {
                count %= 20_000;
            }
            Case {
                output,
                input,
                position,
                cell,
                count,
            }
        })
}

/// Everything that a case can name.
struct World {
    small: File,
    large: File,
    write_only: File,
    directory: File,
    output: File,
    append: File,
    read_only: File,
    full_reader: OwnedFd,
    pipe_reader: File,
    pipe_writer: OwnedFd,
    closed: OwnedFd,
    /// Two pages below 4 GiB: one to write, one to read.
    cells: [*mut i32; 2],
}

/// What is left behind by a call.
#[derive(Debug, PartialEq)]
struct Outcome {
    eax: isize,
    cell: Option<i32>,
    positions: [u64; 5],
    written: u64,
    piped: Vec<u8>,
}

impl World {
    fn new() -> Self {
        let name = tempfile::NamedTempFile::new().unwrap();
        let (full_reader, writer) = pipe_with(PipeFlags::empty()).unwrap();
        rustix::io::write(&writer, b"in the pipe").unwrap();
        std::mem::forget(writer);
        let (pipe_reader, pipe_writer) = pipe_with(PipeFlags::NONBLOCK).unwrap();
        let (_, closed) = pipe_with(PipeFlags::empty()).unwrap();
        let cell = |protection| {
            // SAFETY: new mappings, never unmapped.
            unsafe {
                let page = mmap_anonymous(
                    null_mut(),
                    4096,
                    ProtFlags::READ | ProtFlags::WRITE,
                    MapFlags::PRIVATE | MapFlags::from_bits_retain(libc::MAP_32BIT as u32),
                )
                .unwrap();
                mprotect(page, 4096, protection).unwrap();
                page.cast::<i32>()
            }
        };
        Self {
            small: common::file_with(&pattern(10_000)),
            large: sparse_file(0x8000_0000, &pattern(5000)),
            write_only: OpenOptions::new().write(true).open(name.path()).unwrap(),
            directory: File::open("/").unwrap(),
            output: tempfile::tempfile().unwrap(),
            append: OpenOptions::new().append(true).open(name.path()).unwrap(),
            read_only: File::open(name.path()).unwrap(),
            full_reader,
            pipe_reader: pipe_reader.into(),
            pipe_writer,
            closed,
            cells: [
                cell(MprotectFlags::READ | MprotectFlags::WRITE),
                cell(MprotectFlags::READ | MprotectFlags::WRITE),
            ],
        }
    }

    fn number(&self, name: &str, output: bool) -> i32 {
        match (name, output) {
            ("small", _) => self.small.as_raw_fd(),
            ("large", _) => self.large.as_raw_fd(),
            ("write-only", _) => self.write_only.as_raw_fd(),
            ("directory", _) => self.directory.as_raw_fd(),
            ("pipe", false) => self.full_reader.as_raw_fd(),
            ("file", _) => self.output.as_raw_fd(),
            ("append", _) => self.append.as_raw_fd(),
            ("read-only", _) => self.read_only.as_raw_fd(),
            ("pipe", true) => self.pipe_writer.as_raw_fd(),
            ("closed pipe", _) => self.closed.as_raw_fd(),
            _ => -1,
        }
    }

    /// Makes the call of `case` by `call`, from a state that is always the same.
    fn run(&mut self, case: &Case, call: impl Fn(i32, i32, *mut i32, u32) -> isize) -> Outcome {
        for mut file in [&self.small, &self.large] {
            file.seek(SeekFrom::Start(case.position)).unwrap();
        }
        self.output.set_len(0).unwrap();
        self.output.rewind().unwrap();
        let [writable, read_only] = self.cells;
        let pointer = match case.cell {
            Cell::Null => null_mut(),
            Cell::Unmapped => std::ptr::without_provenance_mut(16),
            Cell::Value(value) => {
                // SAFETY: a page of this world's.
                unsafe { writable.write(value) };
                writable
            }
            Cell::ReadOnly(value) => {
                // SAFETY: a page of this world's, whose protection changes
                // around the access.
                unsafe {
                    mprotect(
                        read_only.cast(),
                        4096,
                        MprotectFlags::READ | MprotectFlags::WRITE,
                    )
                    .unwrap();
                    read_only.write(value);
                    mprotect(read_only.cast(), 4096, MprotectFlags::READ).unwrap();
                }
                read_only
            }
        };
        let (out_fd, in_fd) = (
            self.number(case.output, true),
            self.number(case.input, false),
        );
        let eax = call(out_fd, in_fd, pointer, case.count);
        let mut piped = Vec::new();
        // Non-blocking: ends in EAGAIN when the pipe is empty.
        let _ = self.pipe_reader.read_to_end(&mut piped);
        let position = |mut file: &File| file.stream_position().unwrap();
        Outcome {
            eax,
            cell: match case.cell {
                Cell::Null | Cell::Unmapped => None,
                // SAFETY: a page of this world's.
                Cell::Value(_) | Cell::ReadOnly(_) => Some(unsafe { pointer.read_volatile() }),
            },
            positions: [
                &self.small,
                &self.large,
                &self.output,
                &self.append,
                &self.read_only,
            ]
            .map(position),
            written: self.output.metadata().unwrap().len(),
            piped,
        }
    }
}

#[test]
fn call_187_agrees_with_the_32_bit_entry() {
    if !has_32_bit_entry() {
        skip(
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
                unsafe { Syscall.call4(nr::SENDFILE, out_fd, in_fd, cell.into(), count.into()) }
            });
            moved.set(moved.get() + usize::from(kernel.eax > 0));
            prop_assert_eq!(gate, kernel);
            Ok(())
        })
        .unwrap();
    // The cases are of use only if many of them move something.
    assert!(moved.get() > 1000, "{moved:?}");
}
