//! The processor that the README promises: what i386 programs link runs on a 486
//! (C9).

use crate::objects::members;
use int80_support::{
    freestanding::freestanding,
    place::{Kit, Verdict, root, trial},
    processor,
    run::{any, said, scratch},
    skip,
    ways::{Arch, Way},
};
use libtest_mimic::Trial;
use std::{fs, process::Command};
use xtask::dist::capi;

pub fn trials(kit: &Kit) -> Vec<Trial> {
    let (objects_of, program_of) = (kit.clone(), kit.clone());
    vec![
        trial("i386::instructions_of_a_486", move || objects(&objects_of)),
        skip::trial(
            "i386::a_c_program_on_a_486".to_owned(),
            move || match program(&program_of) {
                Ok(()) => Ok(()),
                Err(reason) => skip::here(reason.0),
            },
        ),
    ]
}

/// Every executable section of every object.
fn objects(kit: &Kit) -> Verdict {
    kit.has(Arch::I386)?;
    let mut wrong = Vec::new();
    let mut check = |name: &str, bytes: &[u8]| {
        let all = processor::newer_than_i486(bytes);
        wrong.extend(all.into_iter().map(|one| format!("{name}: {one}")));
    };
    for file in capi::FILES {
        let path = kit.lib(Arch::I386).join(file);
        if file.ends_with(".a") {
            for (name, bytes) in members(&path) {
                check(&format!("{file}({name})"), &bytes);
            }
        } else {
            check(file, &fs::read(path).expect("a file of the kit"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    Ok(())
}

/// The example in C, compiled for a 486, does there what it does elsewhere.
fn program(kit: &Kit) -> Verdict {
    kit.has(Arch::I386)?;
    let folder = scratch();
    let source = kit.folder.join("share/int80/examples/copy.c");
    let flags = ["-O2", "-march=i486"];
    let program = freestanding(kit, Arch::I386, folder.path(), &flags, &[source]);
    let emulated = Way::named("qemu-i386").expect("a way");
    let readme = root().join("README.md");
    for arguments in [&[readme.as_path()][..], &[], &[root()]] {
        let run = |mut command: Command| any(command.args(arguments));
        let on_486 = run(processor::on_a_486(&program));
        let plain = run(emulated.program(&program));
        assert!(on_486 == plain, "{}\nand {}", said(&on_486), said(&plain));
    }
    Ok(())
}
