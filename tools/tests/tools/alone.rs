//! A tool in a root with nothing else in it, as in an image made of that one file.

use std::{
    fs::{self, File, Permissions},
    os::unix::fs::PermissionsExt,
    process::Command,
};

use libtest_mimic::{Failed, Trial};

use int80_support::{outcome::Place, program, skip, stage::pattern};

pub fn trials(place: &Place) -> impl Iterator<Item = Trial> {
    ["sf", "sfcat"].into_iter().map(|tool| {
        let place = place.clone();
        let name = format!("{}: {tool}: alone in an empty root", place.way.name);
        Trial::test(name.clone(), move || alone(&place, tool, &name))
    })
}

fn alone(place: &Place, tool: &str, name: &str) -> Result<(), Failed> {
    let missing = match (&place.way.emulator, rustix::process::getuid().is_root()) {
        (Some(_), _) => "the emulator is not alone there",
        (None, false) => "chroot needs root",
        (None, true) => "",
    };
    if !missing.is_empty() {
        skip::say(name, missing);
        return Ok(());
    }
    let root = tempfile::tempdir()?;
    fs::set_permissions(root.path(), Permissions::from_mode(0o755))?;
    program::copy(place.way.tool(&place.dist, tool), root.path().join(tool));
    let files = tempfile::tempdir()?;
    let at = |name: &str| files.path().join(name);
    fs::write(at("input"), pattern(100_000))?;
    let mut command = Command::new("chroot");
    command.arg("--userspec=65534:65534").arg(root.path());
    command.arg(format!("/{tool}"));
    if tool == "sfcat" {
        command.args(place.way.gate_arguments());
    }
    command
        .stdin(File::open(at("input"))?)
        .stdout(File::create(at("output"))?);
    let status = command.status()?;
    assert!(status.success(), "{status}");
    assert!(fs::read(at("output"))? == pattern(100_000), "other bytes");
    Ok(())
}
