//! Programs in C and C++ on the kit, by the command that docs/c.md prints.

use crate::{linker::Linker, runner};
use int80_support::{
    command::show,
    place::{Kit, Skip, Verdict, need, root},
    run::{any_within, said, scratch},
    ways::Arch,
};
use libtest_mimic::Trial;
use std::{
    fs,
    path::{Path, PathBuf},
    process::Command,
    time::Duration,
};

pub fn trials() -> Vec<Trial> {
    [
        crate::each("c_by_gcc", |arch, linker| all(arch, linker, "gcc")),
        crate::each("c_by_clang", |arch, linker| all(arch, linker, "clang")),
        crate::each("cpp_by_gcc", |arch, linker| all(arch, linker, "g++")),
        crate::each("cpp_by_clang", |arch, linker| all(arch, linker, "clang++")),
    ]
    .into_iter()
    .flatten()
    .collect()
}

fn all(arch: Arch, linker: Linker, compiler: &str) -> Verdict {
    need(compiler)?;
    let kit = Kit::from_env().map_err(|error| Skip(error.to_string()))?;
    kit.has(arch)?;
    let folder = scratch();
    let example = kit.folder.join("share/int80/examples/copy.c");
    let input = kit.folder.join("README.md");
    let expected = fs::read(&input).expect("the kit's README");
    let is_cpp = compiler.ends_with("++");
    let ending = if is_cpp { "cpp" } else { "c" };
    let [own, sections] = [
        ("program", include_str!("programs/program.c")),
        ("sections", include_str!("programs/sections.c")),
    ]
    .map(|(name, text)| {
        let path = folder.path().join(name).with_extension(ending);
        fs::write(&path, text).expect("a file");
        path
    });
    // LLD does not read gcc's intermediate code, and GNU ld reads clang's with
    // a plug-in only.
    let has_lto = compiler.starts_with('g') == (linker == Linker::Gnu);
    for (level, lto) in crate::settings() {
        if lto && !has_lto {
            continue;
        }
        let build = Build {
            kit: &kit,
            arch,
            linker,
            compiler,
            level,
            lto,
        };
        let program = folder.path().join("program");
        for source in [&example, &own, &sections] {
            if is_cpp && source == &example {
                continue; // Its casts are C's.
            }
            let what = build.run(source, &program)?;
            runner::check(&what, arch, &program, Some(&input), &expected)?;
        }
    }
    Ok(())
}

struct Build<'a> {
    kit: &'a Kit,
    arch: Arch,
    linker: Linker,
    compiler: &'a str,
    level: &'a str,
    lto: bool,
}

impl Build<'_> {
    /// The printed command, with other compilers, levels and linkers; the command.
    fn run(&self, source: &Path, program: &Path) -> Result<String, Skip> {
        let mut command = Command::new(self.compiler);
        command.current_dir(&*self.kit.folder);
        for word in printed(self.arch) {
            match &*word {
                "cc" => command.args(self.linker.arguments()?),
                "-O2" => command.arg(format!("-O{}", self.level)),
                "copy" => command.arg(program),
                word if word.ends_with("/copy.c") => command.arg(source),
                word => command.arg(word),
            };
        }
        if self.lto {
            command.arg("-flto");
        }
        if self.compiler.ends_with("++") {
            command.args(["-std=c++11", "-fno-exceptions", "-fno-rtti"]);
        }
        let output = any_within(&mut command, Duration::from_secs(120));
        let what = show(&command);
        assert!(output.status.success(), "{what}\n{}", said(&output));
        // clang says that it does not use what is for linking or compiling.
        Ok(what)
    }
}

/// The words of the command for this architecture in docs/c.md.
fn printed(arch: Arch) -> Vec<String> {
    let document: PathBuf = root().join("docs/c.md");
    let text = fs::read_to_string(document).expect("docs/c.md");
    let width = int80_support::place::width(arch);
    let line = text
        .lines()
        .find(|line| line.starts_with(&format!("cc {width} ")));
    let words = line.expect("the command").split_whitespace();
    words.map(str::to_owned).collect()
}
