//! What the archives and objects hold, and what they do not.

use crate::objects::{check_marks, code, declared, globals, members};
use int80_support::ways::Arch;
use int80_support::{
    place::{ArchCase, Kit, Verdict, root},
    run::{run, scratch},
};
use libtest_mimic::Trial;
use object::{Object, ObjectSegment, ObjectSymbol, SegmentFlags, elf};
use std::{collections::BTreeSet, fs, process::Command};
use xtask::dist::capi;

pub fn trials(kit: &Kit) -> Vec<Trial> {
    let cases: [(&str, ArchCase); 7] = [
        (
            "what_is_exported_is_declared_and_the_other_way_round",
            exported,
        ),
        ("nothing_undefined_but_what_is_documented", undefined),
        ("no_executable_stack_and_no_text_relocations", marks),
        ("memory_functions_are_in_an_archive_of_their_own", memory),
        ("the_drop_in_exports_two_functions", drop_in),
        ("the_start_object_wants_main", start),
        ("out_of_line_sendfile_is_what_one_writes_by_hand", by_hand),
    ];
    let all = cases.map(|(name, case)| kit.each_arch(name, case));
    all.into_iter().flatten().collect()
}

fn names<const N: usize>(names: [&str; N]) -> BTreeSet<String> {
    names.map(str::to_owned).into()
}

/// Both lists are equal, so that no symbol lies outside the prefix either.
fn exported(kit: &Kit, arch: Arch) -> Verdict {
    let header = fs::read_to_string(kit.include().join("int80.h")).expect("the header");
    let mut exported = BTreeSet::new();
    for (_, bytes) in members(&kit.lib(arch).join("libint80.a")) {
        exported.append(&mut globals(&bytes).0);
    }
    assert_eq!(exported, declared(&header));
    Ok(())
}

fn undefined(kit: &Kit, arch: Arch) -> Verdict {
    for (name, bytes) in members(&kit.lib(arch).join("libint80.a")) {
        let (_, undefined) = globals(&bytes);
        let allowed: BTreeSet<String> = capi::allowed(arch)
            .iter()
            .map(|&name| name.to_owned())
            .collect();
        assert!(undefined.is_subset(&allowed), "{name}: {undefined:?}");
    }
    Ok(())
}

fn marks(kit: &Kit, arch: Arch) -> Verdict {
    let lib = kit.lib(arch);
    let mut archives = 0;
    for file in capi::FILES.iter().filter(|file| file.ends_with(".a")) {
        archives += 1;
        for (name, bytes) in members(&lib.join(file)) {
            check_marks(&format!("{file}({name})"), &bytes, arch);
        }
    }
    assert_eq!(archives, 4);
    let start = fs::read(lib.join("int80_start.o")).expect("the start object");
    check_marks("int80_start.o", &start, arch);
    Ok(())
}

fn memory(kit: &Kit, arch: Arch) -> Verdict {
    let members = members(&kit.lib(arch).join("libint80_memory.a"));
    assert_eq!(members.len(), 1);
    let (defined, undefined) = globals(&members[0].1);
    let expected = ["bcmp", "memcmp", "memcpy", "memmove", "memset", "strlen"];
    assert_eq!(defined, names(expected));
    assert_eq!(undefined, BTreeSet::new());
    Ok(())
}

fn drop_in(kit: &Kit, arch: Arch) -> Verdict {
    let lib = kit.lib(arch);
    let members = members(&lib.join("libint80_sendfile.a"));
    let (defined, undefined) = globals(&members[0].1);
    assert_eq!(
        (members.len(), defined),
        (1, names(["sendfile", "sendfile64"]))
    );
    let libc = ["__errno_location", "gnu_get_libc_version"];
    let expected = names(["_GLOBAL_OFFSET_TABLE_", libc[0], libc[1]]);
    assert!(undefined.is_subset(&expected), "{undefined:?}");

    let bytes = fs::read(lib.join("libint80_sendfile.so")).expect("the shared object");
    let file = object::File::parse(&*bytes).expect("an ELF file");
    let dynamic = |defined: bool| -> BTreeSet<String> {
        let all = file
            .dynamic_symbols()
            .filter(|symbol| symbol.is_undefined() != defined);
        let names = all.map(|symbol| symbol.name().expect("a name").to_owned());
        names.filter(|name| !name.is_empty()).collect()
    };
    assert_eq!(dynamic(true), names(["sendfile", "sendfile64"]));
    assert_eq!(dynamic(false), names(libc));
    for segment in file.segments() {
        let SegmentFlags::Elf { p_flags, .. } = segment.flags() else {
            panic!("no ELF file");
        };
        let both = p_flags.contains(elf::PF_W) && p_flags.contains(elf::PF_X);
        assert!(!both, "a segment is writable and executable");
    }
    let said = run(Command::new("readelf")
        .arg("-dlW")
        .arg(lib.join("libint80_sendfile.so")));
    let said = String::from_utf8_lossy(&said.stdout).into_owned();
    assert!(
        said.contains("Library soname: [libint80_sendfile.so]"),
        "{said}"
    );
    for word in ["TEXTREL", "RWE", "INTERP"] {
        assert!(!said.contains(word), "{word}: {said}");
    }
    let needed = said.lines().filter(|line| line.contains("NEEDED"));
    let needed: Vec<&str> = needed.collect();
    assert!(
        matches!(needed[..], [one] if one.contains("[libc.so.6]")),
        "{said}"
    );
    let stack = said.lines().find(|line| line.contains("GNU_STACK"));
    assert!(stack.is_some_and(|line| line.contains(" RW ")), "{said}");
    Ok(())
}

fn start(kit: &Kit, arch: Arch) -> Verdict {
    let bytes = fs::read(kit.lib(arch).join("int80_start.o")).expect("the start object");
    assert_eq!(globals(&bytes), (names(["_start"]), names(["main"])));
    Ok(())
}

/// The archive has the bytes that GNU as makes of the same file, and these are
/// the ones that a person writes.
fn by_hand(kit: &Kit, arch: Arch) -> Verdict {
    let folder = scratch();
    let object = folder.path().join("a.o");
    let source = root().join("asm").join(arch.name()).join("sendfile.s");
    let width = match arch {
        Arch::I386 => "--32",
        Arch::X86_64 => "--64",
    };
    run(Command::new("as")
        .arg(width)
        .arg("-o")
        .args([&object, &source]));
    let assembled = fs::read(&object).expect("the object");
    let (name, library) = members(&kit.lib(arch).join("libint80.a")).remove(0);
    let expected: &[(&str, Vec<u8>)] = &match arch {
        Arch::I386 => vec![
            ("int80_sendfile", i386(187)),
            ("int80_sendfile64", i386(239)),
        ],
        Arch::X86_64 => vec![(
            "int80_sendfile64",
            vec![0x49, 0x89, 0xca, 0xb8, 40, 0, 0, 0, 0x0f, 0x05, 0xc3],
        )],
    };
    for (symbol, bytes) in expected {
        assert_eq!(
            code(&library, symbol).as_ref(),
            Some(bytes),
            "{symbol} in {name}"
        );
        assert_eq!(
            code(&assembled, symbol).as_ref(),
            Some(bytes),
            "{symbol} by GNU as"
        );
    }
    assert_eq!(globals(&assembled).0.len(), expected.len());
    Ok(())
}

/// push ebx; push esi; four loads; mov eax, number; int 0x80; two pops; ret.
fn i386(number: u8) -> Vec<u8> {
    let mut bytes = vec![0x53, 0x56];
    for (register, offset) in [(0x5c, 12), (0x4c, 16), (0x54, 20), (0x74, 24)] {
        bytes.extend([0x8b, register, 0x24, offset]);
    }
    bytes.extend([0xb8, number, 0, 0, 0, 0xcd, 0x80, 0x5e, 0x5b, 0xc3]);
    bytes
}
