//! The source of the C interface: each kind of the library's steps, ends, rungs and
//! sides has an arm of its own, and C's buffers may be uninitialised.

use int80_support::place::{Kit, Verdict, root, trial};
use libtest_mimic::Trial;
use std::fs;

pub fn trials(_: &Kit) -> Vec<Trial> {
    vec![
        trial("each_kind_has_an_arm_of_its_own", arms),
        trial("b8_buffers_of_c_may_be_uninitialised", buffers),
    ]
}

fn read(path: &str) -> String {
    fs::read_to_string(root().join(path)).expect("a source")
}

/// Slices of bytes without a value are undefined even where nothing reads them, so
/// that no run shows them.
fn buffers() -> Verdict {
    let interface = read("capi/src/transfer.rs");
    assert!(interface.contains("\n    buffer: *mut MaybeUninit<u8>,\n"));
    for entry in fs::read_dir(root().join("capi/src")).expect("the sources") {
        let path = entry.expect("an entry").path();
        let source = fs::read_to_string(&path).expect("a source");
        // Of the parameter's own type.
        let slices = source.matches("from_raw_parts").count();
        let own = source.matches("from_raw_parts_mut(buffer, size)").count();
        assert_eq!(slices, own, "{}", path.display());
    }
    Ok(())
}

fn arms() -> Verdict {
    let interface = read("capi/src/transfer.rs");
    let outcome = read("src/transfer/outcome.rs");
    let rung = read("src/transfer/rung.rs");
    for (name, source) in [
        ("Step", &outcome),
        ("End", &outcome),
        ("Side", &outcome),
        ("Rung", &rung),
    ] {
        let kinds = kinds(source, name);
        assert!(kinds.len() > 2, "{name}: {kinds:?}");
        for kind in kinds {
            let arm = format!("{name}::{kind}");
            let arms = interface.lines().filter(|line| {
                let rest = line.trim_start().strip_prefix(&arm);
                rest.is_some_and(|rest| rest.starts_with([' ', '(']) && rest.contains("=>"))
            });
            assert_eq!(arms.count(), 1, "arms of {name}::{kind}");
        }
    }
    // What a later library adds is an errno, and no success.
    let others: Vec<&str> = interface
        .lines()
        .filter_map(|line| line.trim_start().strip_prefix("_ => "))
        .collect();
    assert_eq!(others, ["UNKNOWN,"; 3]);
    assert!(interface.contains("const UNKNOWN: i32 = -Errno::ENOSYS.raw_os_error();"));
    Ok(())
}

/// The names of an enumeration's variants.
fn kinds<'a>(source: &'a str, name: &str) -> Vec<&'a str> {
    let (_, body) = source
        .split_once(&format!("pub enum {name} {{\n"))
        .expect("the enumeration");
    let (body, _) = body.split_once("\n}").expect("its end");
    let names = body.lines().map(str::trim).filter_map(|line| {
        let is_name = line.starts_with(|c: char| c.is_ascii_uppercase());
        is_name.then(|| line.split([',', '(']).next().expect("a name"))
    });
    names.collect()
}
