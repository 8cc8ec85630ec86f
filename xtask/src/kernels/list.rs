//! The kernels and emulators: where each comes from, how it is run, and what it
//! cannot have. A new one is a new row.

use int80_probe::Profile;
use int80_support::ways::Arch::{self, I386, X86_64};

/// Where a kernel or an emulator comes from.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Origin {
    /// The kernel in the package that this one depends on, of a suite of Debian.
    Kernel(&'static str, &'static str),
    /// One file of a package of a suite of Debian.
    File(&'static str, &'static str, &'static str),
    /// A program of this machine, and the package that has it.
    Installed(&'static str, &'static str),
}

/// How it is run.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum How {
    /// By this program of QEMU, with these parameters of the kernel.
    Machine(&'static str, &'static str),
    /// As a program: user-mode Linux.
    Program,
    /// In front of each tool, with these arguments, on this machine's kernel.
    /// Those that stand for a folder begin with `{folder}`.
    InFront(&'static [&'static str]),
}

/// What a kernel does not have.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Lack {
    /// An entry point in the auxiliary vector of i386 programs.
    Sysinfo,
    /// i386 programs: execve returns ENOEXEC.
    I386,
}

/// A kernel or an emulator.
pub struct Subject {
    pub name: &'static str,
    pub origin: Origin,
    pub how: How,
    /// The architecture of the first process.
    pub first: Arch,
    /// The architectures of the programs that are tried on it.
    pub programs: &'static [Arch],
    pub lacks: &'static [(Lack, &'static str)],
    /// Whose differences from today's kernel are known (`verify/probe/src/differs.rs`).
    /// Any other is a failure, and so is one of these that is not seen any more.
    pub profile: Profile,
    /// One of those that `cargo xtask test` runs.
    pub quick: bool,
}

const NO_SYSINFO: &str = "user-mode Linux gives no AT_SYSINFO";

/// A kernel that QEMU boots.
const fn machine(name: &'static str, package: Origin, arch: Arch) -> Subject {
    let (program, programs): (_, &[Arch]) = match arch {
        I386 => ("qemu-system-i386", &[I386]),
        X86_64 => ("qemu-system-x86_64", &[I386, X86_64]),
    };
    Subject {
        name,
        origin: package,
        how: How::Machine(program, ""),
        first: arch,
        programs,
        lacks: &[],
        profile: Profile::Linux,
        quick: false,
    }
}

/// The same with one more parameter, by which it loses something.
const fn without(
    kernel: Subject,
    name: &'static str,
    lack: Lack,
    parameter: &'static str,
) -> Subject {
    let How::Machine(program, _) = kernel.how else {
        panic!("only a kernel has parameters");
    };
    let lacks: &[(Lack, &str)] = match lack {
        Lack::Sysinfo => &[(Lack::Sysinfo, "the kernel was told vdso32=0")],
        Lack::I386 => &[(Lack::I386, "the kernel was told ia32_emulation=off")],
    };
    // Where only one gate is lost, the 64-bit programs are as without.
    let programs: &[Arch] = match lack {
        Lack::Sysinfo => &[I386],
        Lack::I386 => kernel.programs,
    };
    Subject {
        name,
        how: How::Machine(program, parameter),
        programs,
        lacks,
        ..kernel
    }
}

const AMD64_6_1: Subject = machine(
    "amd64 6.1",
    Origin::Kernel("bookworm", "linux-image-amd64:amd64"),
    X86_64,
);
const AMD64_6_12: Subject = machine(
    "amd64 6.12",
    Origin::Kernel("trixie", "linux-image-amd64:amd64"),
    X86_64,
);

/// All of them, the quickest first.
pub const SUBJECTS: &[Subject] = &[
    Subject {
        name: "UML amd64 6.1",
        origin: Origin::File("bookworm", "user-mode-linux:amd64", "usr/bin/linux.uml"),
        how: How::Program,
        first: X86_64,
        programs: &[X86_64],
        lacks: &[],
        profile: Profile::UserMode,
        quick: true,
    },
    Subject {
        name: "UML i386 6.1",
        origin: Origin::File("bookworm", "user-mode-linux:i386", "usr/bin/linux.uml"),
        how: How::Program,
        first: I386,
        programs: &[I386],
        lacks: &[(Lack::Sysinfo, NO_SYSINFO)],
        profile: Profile::UserMode,
        quick: true,
    },
    Subject {
        name: "valgrind",
        origin: Origin::Installed("valgrind", "valgrind"),
        how: How::InFront(&["-q", "--log-file={folder}/valgrind.%p"]),
        first: X86_64,
        programs: &[I386, X86_64],
        lacks: &[(Lack::Sysinfo, "valgrind takes AT_SYSINFO out of the vector")],
        profile: Profile::Linux,
        quick: false,
    },
    Subject {
        name: "qemu-user 10.0",
        origin: Origin::File("trixie", "qemu-user:amd64", "usr/bin/qemu-i386"),
        how: How::InFront(&[]),
        first: X86_64,
        programs: &[I386],
        lacks: &[],
        profile: Profile::Qemu10_0,
        quick: false,
    },
    Subject {
        name: "qemu-user 5.2",
        origin: Origin::File(
            "bullseye",
            "qemu-user-static:amd64",
            "usr/bin/qemu-i386-static",
        ),
        how: How::InFront(&[]),
        first: X86_64,
        programs: &[I386],
        lacks: &[(Lack::Sysinfo, "qemu-user before 8.2 gives no AT_SYSINFO")],
        profile: Profile::Qemu5_2,
        quick: false,
    },
    machine(
        "i386 5.10",
        Origin::Kernel("bullseye", "linux-image-686:i386"),
        I386,
    ),
    machine(
        "i386 6.1",
        Origin::Kernel("bookworm", "linux-image-686:i386"),
        I386,
    ),
    machine(
        "amd64 5.10",
        Origin::Kernel("bullseye", "linux-image-amd64:amd64"),
        X86_64,
    ),
    AMD64_6_1,
    without(AMD64_6_1, "amd64 6.1, vdso32=0", Lack::Sysinfo, "vdso32=0"),
    AMD64_6_12,
    without(
        AMD64_6_12,
        "amd64 6.12, ia32_emulation=off",
        Lack::I386,
        "ia32_emulation=off",
    ),
];
