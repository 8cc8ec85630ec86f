//! The functions that are written in assembly: what one writes by hand, and the
//! same bytes by each assembler.

use std::{path::Path, process::Command};

use crate::{
    build::package,
    code::Code,
    every_arch,
    out_of_line::{is_11_bytes, is_28_bytes},
    toolchain::{Arch, Toolchain, output},
};

/// The function of this name in a file of `asm/`, assembled by GNU as.
pub fn assembled(toolchain: &Toolchain, file: &str, name: &str) -> Code {
    let arch = toolchain.arch;
    let folder = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("../../asm")
        .join(arch.name());
    let object = toolchain.folder().join(format!("{name}.o"));
    std::fs::create_dir_all(toolchain.folder()).expect("a folder");
    let mut assembler = Command::new("as");
    assembler
        .arg(format!("--{}", arch.bits()))
        .arg(folder.join(file))
        .arg("-o")
        .arg(&object);
    // It comes with the linker, without which nothing here is compiled.
    output(&mut assembler).unwrap_or_else(|error| panic!("{error}"));
    let code = Code::in_object(&object, name, arch.bits());
    code.unwrap_or_else(|| panic!("{file} has no {name}"))
}

/// The same function in an archive of the compiler's.
fn included(toolchain: &Toolchain, package_name: &str, archive: &str, name: &str) -> Code {
    let archive = package(toolchain, "3", package_name).join(archive);
    let code = Code::find(&archive, name, toolchain.arch.bits());
    code.unwrap_or_else(|| panic!("{} has no {name}", archive.display()))
}

every_arch! {
    /// 28 bytes each on i386, 11 on x86_64.
    fn sendfile_for_c(toolchain) {
        let names: &[&str] = match toolchain.arch {
            Arch::I386 => &["int80_sendfile", "int80_sendfile64"],
            // int80_sendfile is a conversion there.
            Arch::X86_64 => &["int80_sendfile64"],
        };
        for name in names {
            let code = assembled(toolchain, "sendfile.s", name);
            let result = match (toolchain.arch, *name) {
                (Arch::I386, "int80_sendfile") => is_28_bytes(&code, 187),
                (Arch::I386, _) => is_28_bytes(&code, 239),
                (Arch::X86_64, _) => is_11_bytes(&code, "3"),
            };
            result.unwrap_or_else(|error| panic!("{error}, but {code}"));
            let included = included(toolchain, "int80-capi", "libint80_capi.a", name);
            assert_eq!(code.bytes, included.bytes, "{code}{included}");
        }
    }
}

/// The calls with six arguments, which are functions on i386 alone.
#[test]
fn six() {
    if let Some(toolchain) = Toolchain::or_skip(Arch::I386, "assembly::six") {
        for (name, bytes) in [("int80_six", 37), ("int80_six_through", 39)] {
            let code = assembled(toolchain, "call6.s", name);
            // As the file's header says.
            assert_eq!(code.bytes.len(), bytes, "{code}");
            let included = included(toolchain, "int80", "libint80.rlib", name);
            assert_eq!(code.bytes, included.bytes, "{code}{included}");
        }
    }
}

/// The instruction as a function, which only i386 has.
#[test]
fn entry() {
    if let Some(toolchain) = Toolchain::or_skip(Arch::I386, "assembly::entry") {
        let code = assembled(toolchain, "entry.s", "int80_entry");
        assert_eq!(code.bytes, [0xcd, 0x80, 0xc3], "{code}");
        let included = included(toolchain, "int80", "libint80.rlib", "int80_entry");
        assert_eq!(code.bytes, included.bytes, "{code}{included}");
    }
}
