//! The parts that the set-up fetches, and their packages on each distribution.

use std::fmt;

/// Something that the other commands use.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Part {
    Toolchain,
    Libc32,
    Qemu,
    Strace,
    Curl,
    Kit,
    Musl,
    Browser,
}

/// Its program, and its package everywhere.
pub const BROWSER: &str = "chromium";

impl fmt::Display for Part {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Part::Toolchain => "a Rust toolchain for i386",
            Part::Libc32 => "a 32-bit C library with `cc -m32`",
            Part::Qemu => "qemu-i386",
            Part::Strace => "strace",
            Part::Curl => "curl for the demo of sfserve",
            Part::Kit => "nasm, busybox, g++ -m32 and pkg-config for the kit's tests",
            Part::Musl => "musl for the drop-in's tests",
            Part::Browser => "Chromium for a test of sfserve",
        })
    }
}

impl Part {
    /// Debian's packages. Those of the toolchain have versions: see `debian`. Those
    /// of musl are unpacked only: see `musl`.
    pub fn debian(self) -> &'static str {
        match self {
            Part::Toolchain | Part::Musl => "",
            Part::Libc32 => "gcc-multilib",
            Part::Qemu => "qemu-user",
            Part::Strace => "strace",
            Part::Curl => "curl",
            Part::Kit => "nasm busybox g++-multilib pkg-config",
            Part::Browser => BROWSER,
        }
    }

    fn fedora(self) -> &'static str {
        match self {
            // Fedora has no i386 library for its own compiler.
            Part::Toolchain => "rustup",
            Part::Libc32 => "gcc glibc-devel.i686 libgcc.i686",
            Part::Qemu => "qemu-user",
            Part::Strace => "strace",
            Part::Curl => "curl",
            Part::Kit => "nasm busybox gcc-c++ libstdc++-devel.i686 pkgconf-pkg-config",
            Part::Musl => "",
            Part::Browser => BROWSER,
        }
    }

    fn arch(self) -> &'static str {
        match self {
            Part::Toolchain => "lib32-rust-libs",
            Part::Libc32 => "gcc lib32-glibc lib32-gcc-libs",
            Part::Qemu => "qemu-user",
            Part::Strace => "strace",
            Part::Curl => "curl",
            Part::Kit => "nasm busybox gcc lib32-gcc-libs pkgconf",
            Part::Musl => "",
            Part::Browser => BROWSER,
        }
    }
}

/// The command that installs Debian's packages.
pub fn apt_get(packages: &[String]) -> String {
    format!(
        "sudo apt-get update && sudo apt-get install --no-install-recommends {}",
        packages.join(" ")
    )
}

/// The commands for a machine that has no `apt-get`: one a line.
pub fn elsewhere(missing: &[Part]) -> Vec<String> {
    let names = |of: fn(Part) -> &'static str| -> String {
        let mut names: Vec<&str> = Vec::new();
        for name in missing.iter().flat_map(|part| of(*part).split(' ')) {
            if !name.is_empty() && !names.contains(&name) {
                names.push(name);
            }
        }
        names.join(" ")
    };
    if missing == [Part::Musl] {
        return Vec::new();
    }
    let mut lines = vec![
        format!("on Fedora: sudo dnf install {}", names(Part::fedora)),
        format!(
            "on Arch, with [multilib] in /etc/pacman.conf: sudo pacman -S --needed {}",
            names(Part::arch)
        ),
    ];
    if missing.contains(&Part::Toolchain) {
        lines.push(
            "with rustup (https://rustup.rs; on Fedora `rustup-init` first): \
             rustup target add i686-unknown-linux-gnu"
                .to_owned(),
        );
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_machine_without_apt_is_told_commands_for_what_it_lacks() {
        let lines = elsewhere(&[Part::Toolchain, Part::Libc32, Part::Kit]);
        let words = |line: &str| lines.iter().find(|one| one.contains(line)).unwrap().clone();
        assert!(words("dnf install rustup gcc glibc-devel.i686").contains("nasm"));
        // gcc is in two lists.
        assert_eq!(words("pacman").matches(" gcc ").count(), 1);
        assert!(words("rustup target add").contains("i686-unknown-linux-gnu"));
        let lines = elsewhere(&[Part::Strace]);
        assert_eq!(lines[0], "on Fedora: sudo dnf install strace");
        assert_eq!(lines.len(), 2);
        // Of another system's musl, the tests know nothing.
        assert_eq!(elsewhere(&[Part::Musl]), Vec::<String>::new());
        assert_eq!(elsewhere(&[Part::Strace, Part::Musl]), lines);
    }
}
