//! `cargo xtask fresh`: a newly made Debian, and the README's two commands run in
//! it from a clean clone.
//!
//! It is a folder below `target/`, entered by chroot in a mount namespace of
//! its own (`fresh.sh`), and removed when it has done its work.

use crate::{
    paths::Paths,
    progress::say,
    setup::{Need, apt::Apt},
    table::table,
    toolchain::rustc,
};
use anyhow::{Context, Result, bail, ensure};
use int80_support::{
    command::{output, run},
    limited::stream,
};
use std::{
    fs,
    io::Write,
    path::{Path, PathBuf},
    process::Command,
    time::{Duration, Instant},
};

/// A release of Debian, and how Rust comes to it.
struct Release {
    number: u8,
    suite: &'static str,
    packages: &'static str,
    /// This machine's toolchain is copied, without its i386 target.
    rustup: bool,
}

const RELEASES: [Release; 2] = [
    Release {
        number: 12,
        suite: "bookworm",
        packages: "gcc,git,libc6-dev,ca-certificates",
        rustup: true,
    },
    Release {
        number: 13,
        suite: "trixie",
        packages: "gcc,git,libc6-dev,ca-certificates,rustc,cargo",
        rustup: false,
    },
];

/// The user without rights.
const SOMEONE: &str = "someone";

/// The name by which rustup knows the toolchain of `rust-toolchain.toml`.
const STABLE: &str = "stable-x86_64-unknown-linux-gnu";

/// The longest that one command may take in it.
const LIMIT: Duration = Duration::from_secs(2 * 3600);

#[derive(clap::Args)]
pub struct Options {
    /// Debian's release: 12, with this machine's Rust (RUSTUP_TOOLCHAIN names
    /// another), or 13, with its own [default: both]
    #[arg(value_parser = clap::value_parser!(u8).range(12..=13))]
    release: Option<u8>,
    /// Run the commands as a user without rights, too: before root, who installs
    /// packages, and after
    #[arg(long)]
    user: bool,
    /// Leave the machine in target/fresh/
    #[arg(long)]
    keep: bool,
}

/// One command in it, and what came of it.
struct Row {
    user: &'static str,
    command: &'static str,
    seconds: u64,
    /// The last line, where it came to its end.
    end: Need<String>,
}

/// The `fresh` command. `false`: one of the commands failed.
pub fn command(paths: &Paths, options: &Options) -> Result<bool> {
    ensure!(
        rustix::process::geteuid().is_root(),
        "making another Debian needs root: `sudo -E env PATH=\"$PATH\" cargo xtask fresh`"
    );
    let mut shown = table(
        &["machine", "user", "command", "seconds", "last line"],
        &[3],
    );
    let is_wanted = |release: &&Release| options.release.is_none_or(|one| one == release.number);
    let mut all_right = true;
    for release in RELEASES.iter().filter(is_wanted) {
        for row in try_all(paths, release, options)? {
            all_right &= row.end.is_ok();
            shown.add_row([
                format!("Debian {}", release.number),
                row.user.to_owned(),
                format!("cargo xtask {}", row.command),
                row.seconds.to_string(),
                row.end.unwrap_or_else(|why| format!("FAILED: {why}")),
            ]);
        }
    }
    println!("{}", shown.trim_fmt());
    Ok(all_right)
}

/// Both commands, as each user, in a new machine.
fn try_all(paths: &Paths, release: &Release, options: &Options) -> Result<Vec<Row>> {
    let machine = Machine::make(paths, release)?;
    let users: &[&str] = if options.user {
        &[SOMEONE, "root", SOMEONE]
    } else {
        &["root"]
    };
    let mut rows = Vec::new();
    for &user in users {
        machine.prepare(user)?;
        for command in ["demo", "test"] {
            rows.push(machine.try_out(user, command)?);
        }
    }
    if options.keep {
        say("fresh", &format!("left in {}", machine.root.display()));
    } else {
        remove(&machine.root)?;
    }
    Ok(rows)
}

struct Machine<'a> {
    paths: &'a Paths,
    release: &'a Release,
    /// Its file system.
    root: PathBuf,
    /// What was said in it.
    logs: PathBuf,
}

impl<'a> Machine<'a> {
    /// A copy of what debootstrap has made once.
    fn make(paths: &'a Paths, release: &'a Release) -> Result<Machine<'a>> {
        let folder = paths.target.join("fresh");
        let of = |kind: &str| folder.join(format!("debian-{}{kind}", release.number));
        let (base, root, logs) = (of("-base"), of(""), of("-logs"));
        fs::create_dir_all(&logs)?;
        if !base.join("etc/debian_version").exists() {
            bootstrap(paths, release, &of("-unfinished"), &base)?;
        }
        remove(&root)?;
        say("fresh", &format!("making {}", root.display()));
        copy(&base, &root)?;
        // The network is this machine's, and so are the authorities that it takes
        // to be trusted in it.
        let network = [
            "etc/resolv.conf",
            "etc/hosts",
            "etc/ssl/certs/ca-certificates.crt",
        ];
        for name in network {
            fs::copy(Path::new("/").join(name), root.join(name))
                .with_context(|| format!("cannot copy /{name}"))?;
        }
        let entry = format!("{SOMEONE}:x:1000:1000::/home/{SOMEONE}:/bin/sh\n");
        append(&root.join("etc/passwd"), &entry)?;
        append(&root.join("etc/group"), &format!("{SOMEONE}:x:1000:\n"))?;
        Ok(Machine {
            paths,
            release,
            root,
            logs,
        })
    }

    /// Gives a user Rust and a clean clone of the checkout.
    fn prepare(&self, user: &str) -> Result<()> {
        let home = match user {
            "root" => self.root.join("root"),
            user => self.root.join("home").join(user),
        };
        if home.join("int80").exists() {
            return Ok(());
        }
        fs::create_dir_all(&home)?;
        if self.release.rustup {
            copy_toolchain(&home)?;
        }
        let mut clone = Command::new("git");
        clone
            .args(["clone", "--quiet", "--no-local"])
            .arg(&self.paths.root)
            .arg(home.join("int80"));
        output(&mut clone, "cloning the checkout")?;
        let mut chown = Command::new("chown");
        let id = if user == "root" { "0:0" } else { "1000:1000" };
        chown.args(["-R", id]).arg(&home);
        run(&mut chown, "giving the files to their user")
    }

    fn try_out(&self, user: &'static str, command: &'static str) -> Result<Row> {
        say("fresh", &format!("{user}: cargo xtask {command}"));
        let folder = match user {
            "root" => "/root/int80".to_owned(),
            user => format!("/home/{user}/int80"),
        };
        // It ends with this process, however that ends.
        let mut inside = Command::new("setpriv");
        inside
            .args(["--pdeathsig", "KILL", "unshare"])
            .args([
                "--mount",
                "--propagation=private",
                "--pid",
                "--fork",
                "--kill-child",
            ])
            .args(["sh", "-c", include_str!("fresh.sh"), "fresh.sh"])
            .arg(&self.root)
            .args([user, &folder, "cargo", "xtask", command]);
        let log = self.logs.join(format!("{user}-{command}"));
        let mut log = fs::File::create(&log)?;
        let mut last = String::new();
        let start = Instant::now();
        let status = stream(&mut inside, "a command in the machine", LIMIT, |line| {
            // A log that cannot be written is no reason to stop.
            let _ = writeln!(log, "{line}");
            if is_summary(line) {
                last = line.to_owned();
            }
        })?;
        let end = match status.success() {
            true => Ok(last),
            false => Err(format!("{status}, {last}")),
        };
        Ok(Row {
            user,
            command,
            seconds: start.elapsed().as_secs(),
            end,
        })
    }
}

/// The lines in which the commands say what came of everything.
fn is_summary(line: &str) -> bool {
    line.contains(" failed, ") && (line.ends_with(" skipped") || line.ends_with(" skipped."))
}

/// Makes the file system: beside its place, and moved there when complete.
fn bootstrap(paths: &Paths, release: &Release, unfinished: &Path, place: &Path) -> Result<()> {
    say(
        "fresh",
        &format!(
            "debootstrap of Debian {} ({})",
            release.number, release.suite
        ),
    );
    remove(unfinished)?;
    let mut command = match which::which("debootstrap") {
        Ok(installed) => Command::new(installed),
        // A few scripts, which need not be installed.
        Err(_) => {
            let own = paths.private.join("debootstrap");
            if !own.exists() {
                fs::create_dir_all(&paths.private)?;
                let apt = Apt::new(paths, true)?;
                apt.update(false)?;
                apt.unpack("debootstrap", &own)?;
            }
            let mut command = Command::new(own.join("usr/sbin/debootstrap"));
            command.env("DEBOOTSTRAP_DIR", own.join("usr/share/debootstrap"));
            command
        }
    };
    command
        .args(["--variant=minbase", "--arch=amd64"])
        .arg(format!("--include={}", release.packages))
        .arg(release.suite)
        .arg(unfinished);
    let status = stream(&mut command, "debootstrap", LIMIT, |_| ())?;
    ensure!(
        status.success(),
        "debootstrap failed ({status}); its log is in {}/debootstrap",
        unfinished.display()
    );
    Ok(fs::rename(unfinished, place)?)
}

/// rustup, and the toolchain that is in use here: as the stable one, and without
/// its i386 target. `RUSTUP_TOOLCHAIN` chooses another.
fn copy_toolchain(home: &Path) -> Result<()> {
    let mut sysroot = Command::new(rustc());
    let from = output(
        sysroot.args(["--print", "sysroot"]),
        "asking for the toolchain",
    )?;
    let from = PathBuf::from(from.trim());
    let rustup = which::which("rustup").context("Debian 12 is tried with rustup's Rust")?;
    let to = home.join(".rustup/toolchains").join(STABLE);
    fs::create_dir_all(to.join("share"))?;
    for part in ["bin", "lib", "libexec", "etc"] {
        if from.join(part).exists() {
            copy(&from.join(part), &to.join(part))?;
        }
    }
    let libraries = to.join("lib/rustlib");
    const I386: &str = "i686-unknown-linux-gnu";
    let target = libraries.join(I386);
    if target.exists() {
        fs::remove_dir_all(target)?;
        fs::remove_file(libraries.join(format!("manifest-rust-std-{I386}")))?;
        let list = libraries.join("components");
        let text = fs::read_to_string(&list)?;
        let kept = text.lines().filter(|line| !line.ends_with(I386));
        fs::write(
            &list,
            kept.map(|line| format!("{line}\n")).collect::<String>(),
        )?;
        let list = libraries.join("multirust-config.toml");
        let text = fs::read_to_string(&list)?;
        let (head, blocks) = text.split_once("[[components]]").unwrap_or((&text, ""));
        let kept = blocks
            .split("[[components]]")
            .filter(|block| !block.contains(I386));
        let kept = kept.map(|block| format!("[[components]]{block}"));
        fs::write(&list, head.to_owned() + &kept.collect::<String>())?;
    }
    let settings = format!(
        "version = \"12\"\ndefault_toolchain = \"{STABLE}\"\nprofile = \"default\"\n[overrides]\n"
    );
    fs::write(home.join(".rustup/settings.toml"), settings)?;
    let bin = home.join(".cargo/bin");
    fs::create_dir_all(&bin)?;
    fs::copy(rustup, bin.join("rustup"))?;
    for proxy in [
        "cargo",
        "rustc",
        "rustdoc",
        "rustfmt",
        "cargo-fmt",
        "cargo-clippy",
    ] {
        std::os::unix::fs::symlink("rustup", bin.join(proxy))?;
    }
    Ok(())
}

fn copy(from: &Path, to: &Path) -> Result<()> {
    let mut copy = Command::new("cp");
    copy.args(["-a", "--reflink=auto"]).arg(from).arg(to);
    output(&mut copy, "copying a folder").map(drop)
}

fn append(file: &Path, text: &str) -> Result<()> {
    let mut file = fs::OpenOptions::new().append(true).open(file)?;
    Ok(file.write_all(text.as_bytes())?)
}

/// Removes a machine, unless something is mounted in it: then what would be
/// removed is not its own.
fn remove(folder: &Path) -> Result<()> {
    if !folder.exists() {
        return Ok(());
    }
    let mounts = fs::read_to_string("/proc/self/mountinfo")?;
    let inside = mounts
        .lines()
        .filter_map(|line| line.split(' ').nth(4))
        .find(|mount| Path::new(mount).starts_with(folder));
    if let Some(mount) = inside {
        bail!("{mount} is mounted; nothing below it is removed");
    }
    fs::remove_dir_all(folder).with_context(|| format!("cannot remove {}", folder.display()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_last_lines_of_both_commands_are_known() {
        assert!(is_summary("21 rows arrived whole, 0 failed, 0 skipped."));
        assert!(is_summary("2977 passed, 3 failed, 0 skipped"));
        let inner = "test result: ok. 3 passed; 0 failed; 0 ignored; 0 measured";
        assert!(!is_summary(inner));
    }
}
