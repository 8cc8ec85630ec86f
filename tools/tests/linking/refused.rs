//! What the scripts refuse, and what is allowed beside it, in C without the kit.

use crate::linker::{Linker, printed, script};
use int80_support::{
    elf::segment_faults,
    place::{Skip, Verdict, need, root, trial, width},
    run::{any, said, scratch},
    ways::Arch,
};
use libtest_mimic::Trial;
use std::{ffi::OsString, fs, path::Path, process::Command};

pub fn trials() -> Vec<Trial> {
    let mut trials = crate::each("the_script_says_what_is_wrong", refused);
    trials.extend(crate::each("a_got_of_addresses_is_constant", got));
    trials.extend(crate::each("a_pie_by_gcc_is_refused", |arch, linker| {
        pie(arch, linker, "gcc")
    }));
    trials.extend(crate::each("a_pie_by_clang_is_refused", |arch, linker| {
        pie(arch, linker, "clang")
    }));
    trials.extend(crate::each("a_flat_pie_is_refused", flat_pie));
    trials.push(trial("mold_says_what_to_do", mold));
    trials.push(trial("gold_says_what_to_do", gold));
    trials
}

/// A start that does nothing.
const NOTHING: &str = "void int80_rt_start(const unsigned long *s) { (void)s; for (;;) ; }\n";

/// Compiles C with the runtime's start, as link.ld prints it.
fn compile(arch: Arch, source: &str, program: &Path) -> Command {
    compile_by("cc", arch, source, program, &printed())
}

/// The same by this compiler, with other arguments.
fn compile_by(
    compiler: &str,
    arch: Arch,
    source: &str,
    program: &Path,
    printed: &[OsString],
) -> Command {
    let input = program.with_extension("c");
    fs::write(&input, format!("{NOTHING}{source}")).expect("a file");
    let mut command = Command::new(compiler);
    command
        .args([width(arch), "-Os", "-fno-pie", "-ffreestanding"])
        .arg("-fno-stack-protector")
        .args(printed)
        .arg("-o")
        .args([program, &input])
        .arg(root().join("asm").join(arch.name()).join("start.s"));
    command
}

fn refused(arch: Arch, linker: Linker) -> Verdict {
    let cases: [(&str, &[&str], &str); 13] = [
        (
            "__attribute__((constructor)) void before(void) { for (;;) ; }\n",
            &[],
            "there are constructors",
        ),
        (
            "__attribute__((destructor)) void after(void) { for (;;) ; }\n",
            &[],
            "there are constructors",
        ),
        (
            "__thread int mine = 1; int get(void) { return mine; }\n",
            &["-Wl,-u,get"],
            "there are thread-local variables",
        ),
        (
            "int *pointer = &(int){1};\n",
            &["-Wl,-pie", "-fpie", "-Wl,-u,pointer"],
            "there are relocations",
        ),
        (
            "static void *choose(void) { return 0; }\n\
             void chosen(void) __attribute__((ifunc(\"choose\")));\n\
             void call(void) { chosen(); }\n",
            &["-Wl,-u,call"],
            "there is a PLT",
        ),
        (
            "__attribute__((section(\".init\"), used)) void before(void) { for (;;) ; }\n",
            &[],
            "there are constructors",
        ),
        (
            "__attribute__((section(\".both,\\\"awx\\\",@progbits#\"))) int both = 1;\n",
            &["-Wl,-u,both"],
            "both writable and executable",
        ),
        ("", &["-Wl,-z,max-page-size=512"], "pages are smaller"),
        ("", &["-Wl,-z,max-page-size=2048"], "pages are smaller"),
        ("", &["-Wl,-z,max-page-size=1"], "pages are smaller"),
        ("", &["-Wl,--defsym=max_image=64"], "larger than max_image"),
        ("", &["-Dint80_rt_start=_other"], "int80_rt_start"),
        (
            "void missing(void); void call(void) { missing(); }\n",
            &["-Wl,-u,call"],
            "missing",
        ),
    ];
    let folder = scratch();
    let program = folder.path().join("program");
    let linker = linker.arguments()?;
    for (source, arguments, complaint) in cases {
        let mut command = compile(arch, source, &program);
        let output = any(command.args(&linker).args(arguments));
        let said = said(&output).to_string();
        assert!(!output.status.success(), "linked: {source} {arguments:?}");
        assert!(said.contains(complaint), "{source}: {said}");
    }
    let output = any(compile(arch, "", &program).args(&linker));
    assert!(output.status.success(), "{}", said(&output));
    // Some linkers make pages smaller for these, and others do not.
    for flag in ["-Wl,-N", "-Wl,-n"] {
        let output = any(compile(arch, "", &program).args(&linker).arg(flag));
        let said = said(&output).to_string();
        let refused = said.contains("pages are smaller");
        assert_ne!(output.status.success(), refused, "{flag}: {said}");
        if !refused {
            let wrong = segment_faults(&fs::read(&program).expect("the program"));
            assert!(wrong.is_empty(), "{flag}: {}", wrong.join("; "));
        }
    }
    Ok(())
}

/// Position-independent executables and shared objects, also without a relocation
/// to refuse.
fn pie(arch: Arch, linker: Linker, compiler: &str) -> Verdict {
    need(compiler)?;
    let source = "int values[2] = {0, 1};\n\
                  int value(int i) { return values[i]; }\n";
    let kinds: [&[&str]; 4] = [
        &["-static-pie"],
        &["-pie"],
        &["-shared"],
        &["-shared", "-Wl,-Bsymbolic"],
    ];
    let folder = scratch();
    let program = folder.path().join("program");
    let linker = linker.arguments()?;
    let printed: Vec<_> = printed()
        .into_iter()
        .filter(|word| word != "-static" && word != "-no-pie")
        .collect();
    for kind in kinds {
        for model in ["-fpie", "-fno-pie"] {
            let mut command = compile_by(compiler, arch, source, &program, &printed);
            command.args([model, "-Wl,-u,value"]).args(kind);
            let output = any(command.args(&linker));
            let said = said(&output).to_string();
            assert!(!output.status.success(), "linked: {kind:?} {model}");
            // Some linkers stop at what the code of such a file may not contain.
            let by_linker = model == "-fno-pie" || kind[0] == "-shared";
            assert!(
                said.contains("link.ld: there is a dynamic section")
                    || by_linker && said.contains("recompile with -f"),
                "{kind:?} {model}: {said}"
            );
        }
    }
    Ok(())
}

/// The headers of a flat program contain addresses, for which a position-independent
/// one would have relocations.
fn flat_pie(arch: Arch, linker: Linker) -> Verdict {
    let folder = scratch();
    let program = folder.path().join("program");
    let linker = linker.arguments()?;
    let header = root().join("asm").join(arch.name()).join("header.s");
    let printed: Vec<_> = printed()
        .into_iter()
        .filter(|word| word != "-static" && word != "-no-pie")
        .map(|word| match word == script("link.ld") {
            true => script("link-flat.ld").into(),
            false => word,
        })
        .collect();
    let source = "void flat_start(void) { for (;;) ; }\n";
    let link = |kind: &[&str]| {
        let mut command = compile_by("cc", arch, source, &program, &printed);
        any(command.arg(&header).args(kind).args(&linker))
    };
    for kind in ["-static-pie", "-pie", "-shared"] {
        let output = link(&["-fpie", kind]);
        let said = said(&output).to_string();
        assert!(!output.status.success(), "linked: {kind}");
        assert!(
            said.contains("link-flat.ld: there is a PLT, a relocation")
                || said.contains("recompile with -f"),
            "{kind}: {said}"
        );
    }
    let output = link(&["-static", "-no-pie"]);
    assert!(output.status.success(), "{}", said(&output));
    Ok(())
}

/// Asked for by code compiled as position-independent; it lies in the segment
/// of the code, which is not written.
fn got(arch: Arch, linker: Linker) -> Verdict {
    // Pushes, since the linker makes a plain address of a move's operand.
    let source = "int kept = 7;\n\
                  #ifdef __x86_64__\n\
                  __asm__(\".section .text._start\\n push kept@GOTPCREL(%rip)\\n .text\");\n\
                  #else\n\
                  __asm__(\".section .text._start\\n push kept@GOT(%ebx)\\n .text\");\n\
                  #endif\n";
    let folder = scratch();
    let program = folder.path().join("program");
    let mut command = compile(arch, source, &program);
    let output = any(command.args(linker.arguments()?));
    assert!(output.status.success(), "{}", said(&output));
    let bytes = fs::read(&program).expect("the program");
    let wrong = int80_support::elf::segment_faults(&bytes);
    assert!(wrong.is_empty(), "{}", wrong.join("; "));
    let elf = object::File::parse(&*bytes).expect("an ELF file");
    let symbol = object::Object::symbol_by_name(&elf, "kept").expect("the variable");
    let address = object::ObjectSymbol::address(&symbol) as u32;
    let got = object::Object::section_by_name(&elf, ".got").expect("a GOT");
    let data = object::ObjectSection::data(&got).expect("its bytes");
    let mut words = data.chunks_exact(4);
    assert!(words.any(|word| word == address.to_le_bytes()), "{data:x?}");
    Ok(())
}

/// mold shows the line of the script at which it stops.
fn mold() -> Verdict {
    let said = stopped("mold")?;
    assert!(said.contains(CURE), "{said}");
    Ok(())
}

/// gold gives the number of the line.
fn gold() -> Verdict {
    let said = stopped("gold")?;
    let number = said.split("link.ld:").nth(1).and_then(|rest| {
        let digits = rest.split(':').next()?;
        digits.parse::<usize>().ok()
    });
    let script = fs::read_to_string(script("link.ld")).expect("link.ld");
    let line = number.and_then(|number| script.lines().nth(number - 1));
    assert!(line.is_some_and(|line| line.contains(CURE)), "{said}");
    Ok(())
}

const CURE: &str = "link with -fuse-ld=bfd or -fuse-ld=lld";

/// What a linker says that cannot use the script.
fn stopped(linker: &str) -> Result<String, Skip> {
    need(&format!("ld.{linker}"))?;
    let folder = scratch();
    let program = folder.path().join("program");
    let mut command = compile(Arch::X86_64, "", &program);
    let output = any(command.arg(format!("-fuse-ld={linker}")));
    let said = said(&output).to_string();
    assert!(!output.status.success(), "{linker} can use it now: {said}");
    Ok(said)
}
