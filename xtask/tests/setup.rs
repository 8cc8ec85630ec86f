//! The set-up on machines that this one is not, made of programs that only
//! write down what they are asked.

use std::{
    fs,
    os::unix::fs::symlink,
    path::{Path, PathBuf},
    process::Command,
};

/// A checkout, and a PATH with these programs and nothing else.
struct Machine {
    folder: tempfile::TempDir,
}

impl Machine {
    fn new() -> Machine {
        let folder = tempfile::tempdir().expect("a folder");
        let machine = Machine { folder };
        for folder in ["bin", "checkout/xtask"] {
            fs::create_dir_all(machine.path(folder)).expect("a folder");
        }
        for file in ["checkout/link.ld", "checkout/xtask/Cargo.toml"] {
            fs::write(machine.path(file), "").expect("a file");
        }
        for program in ["sh", "env"] {
            let real = which::which(program).expect("a shell");
            symlink(real, machine.path("bin").join(program)).expect("a link");
        }
        // No compiler links anything here.
        machine.program("cc", "exit 1");
        machine
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    fn program(&self, name: &str, script: &str) {
        let place = self.path("bin").join(name);
        let log = self.path("log");
        let text = format!(
            "#!/bin/sh\necho \"{name} $*\" >>'{}'\n{script}\n",
            log.display()
        );
        int80_support::program::write(place, text);
    }

    /// What `cargo xtask setup` says, and what was asked of the programs.
    fn set_up(&self) -> (String, String) {
        let output = Command::new(env!("CARGO_BIN_EXE_xtask"))
            .args(["--i386", "debian", "setup"])
            .current_dir(self.path("checkout"))
            .env_clear()
            .env("PATH", self.path("bin"))
            .env("CARGO_MANIFEST_DIR", self.path("checkout/xtask"))
            .output()
            .expect("xtask starts");
        let said = [output.stdout, output.stderr].concat();
        let said = String::from_utf8_lossy(&said).into_owned();
        assert!(output.status.success(), "{said}");
        (said, read(&self.path("log")))
    }
}

fn read(file: &Path) -> String {
    fs::read_to_string(file).unwrap_or_default()
}

#[test]
fn without_apt_get_the_commands_for_others_are_named() {
    let (said, _) = Machine::new().set_up();
    for command in [
        "sudo dnf install rustup",
        "sudo pacman -S --needed lib32-rust-libs",
        "rustup target add i686-unknown-linux-gnu",
    ] {
        assert!(said.contains(command), "{command}: {said}");
    }
}

/// It used to run `dpkg --configure -a`, which finishes what the person, or
/// another program, had begun.
#[test]
fn an_installation_that_was_cut_off_is_not_finished_for_the_person() {
    let machine = Machine::new();
    let refusal = "E: dpkg was interrupted, you must manually run 'dpkg --configure -a' to correct";
    let apt_get = format!("case \"$*\" in *install*) echo \"{refusal}\" >&2; exit 100 ;; esac");
    machine.program("apt-get", &apt_get);
    for program in ["apt-cache", "dpkg", "dpkg-deb", "dpkg-query"] {
        machine.program(program, "");
    }
    machine.program("sudo", "shift; exec \"$@\"");
    machine.program("true", "");
    let (said, asked) = machine.set_up();
    assert!(asked.contains("install gcc-multilib qemu-user"), "{asked}");
    assert!(!asked.contains("--configure"), "{asked}");
    assert!(said.contains(refusal), "{said}");
    let before =
        said.find("these Debian packages will be installed, and none removed: gcc-multilib");
    let after = said.find(refusal);
    assert!(before.is_some() && before < after, "{said}");
}
