//! The marks for shadow stacks (SHSTK) and indirect branches (IBT), which a
//! linker takes from a whole program when one object lacks them.

use crate::objects::members;
use int80_support::{
    elf::{check_protections, protections},
    place::{ArchCase, Kit, Verdict, width},
    run::{run, scratch},
    ways::Arch,
};
use libtest_mimic::Trial;
use object::elf::{
    GNU_PROPERTY_X86_FEATURE_1_IBT as IBT, GNU_PROPERTY_X86_FEATURE_1_SHSTK as SHSTK,
};
use std::{fs, process::Command};
use xtask::dist::capi;

pub fn trials(kit: &Kit) -> Vec<Trial> {
    let cases: [(&str, ArchCase); 2] = [
        ("each_object_bears_the_marks_that_are_true_of_it", objects),
        ("no_archive_takes_the_marks_from_a_program", programs),
    ];
    let all = cases.map(|(name, case)| kit.each_arch(name, case));
    all.into_iter().flatten().collect()
}

fn objects(kit: &Kit, arch: Arch) -> Verdict {
    let lib = kit.lib(arch);
    for file in capi::FILES {
        let path = lib.join(file);
        if file.ends_with(".a") {
            for (name, bytes) in members(&path) {
                check_protections(&format!("{file}({name})"), &bytes);
            }
        } else if file.ends_with(".o") {
            check_protections(file, &fs::read(path).expect("the object"));
        }
    }
    // endbr32 is no instruction to a processor before the Pentium Pro.
    let hosted = match arch {
        Arch::I386 => SHSTK,
        Arch::X86_64 => SHSTK | IBT,
    };
    for file in capi::FILES.iter().filter(|file| file.ends_with(".so")) {
        let shared = fs::read(lib.join(file)).expect("the shared object");
        assert_eq!(protections(&shared), hosted, "{file}");
    }
    Ok(())
}

/// A program that bears both marks, without an archive and with each.
fn programs(kit: &Kit, arch: Arch) -> Verdict {
    let folder = scratch();
    let (source, program) = (folder.path().join("a.c"), folder.path().join("a"));
    let text = "#include \"int80.h\"\n\
                void *memcpy(void *, const void *, size_t);\n\
                long sendfile(int, int, void *, size_t);\n\
                const char *gnu_get_libc_version(void) { return \"\"; }\n\
                void __stat_time64(void) {}\n\
                int *__errno_location(void) { static int number; return &number; }\n\
                int main(void) { char a[9] = \"\", b[9]; (void)a; (void)b;\n\
                #ifdef CALL\n CALL;\n#endif\n return 0; }\n\
                #ifndef START\n void _start(void) { main(); }\n#endif\n";
    fs::write(&source, text).expect("a file");
    let everywhere = match arch {
        Arch::I386 => SHSTK,
        Arch::X86_64 => SHSTK | IBT,
    };
    let cases: [(&[&str], u32); 6] = [
        (&[], SHSTK | IBT),
        (&["-DCALL=int80_sendfile64(1,0,0,9)", "-lint80"], SHSTK),
        (&["-DCALL=memcpy(b,a,sizeof(b))", "-lint80_memory"], SHSTK),
        (
            &["-DCALL=sendfile(1,0,0,9)", "-lint80_sendfile"],
            everywhere,
        ),
        (
            &["-DCALL=sendfile(1,0,0,9)", "-lint80_sendfile_musl"],
            everywhere,
        ),
        (&["-DSTART", "-l:int80_start.o"], everywhere),
    ];
    for (arguments, expected) in cases {
        let mut cc = Command::new("cc");
        cc.args([width(arch), "-O0", "-fcf-protection=full", "-fno-builtin"])
            .args([
                "-fno-pie",
                "-no-pie",
                "-static",
                "-nostdlib",
                "-ffreestanding",
            ])
            .args(["-fno-stack-protector", "-I"])
            .arg(kit.include())
            .arg("-o")
            .args([&program, &source])
            .arg("-L")
            .arg(kit.lib(arch))
            .args(arguments);
        run(&mut cc);
        let bytes = fs::read(&program).expect("the program");
        assert_eq!(protections(&bytes), expected, "{arguments:?}");
    }
    Ok(())
}
