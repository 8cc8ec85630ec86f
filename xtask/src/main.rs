//! `cargo xtask`: set-up, build, demo and test in one program.

use anyhow::{Result, ensure};
use clap::{Parser, Subcommand};
use std::{path::PathBuf, process::ExitCode};
use xtask::{
    Session, bench, build, calls, demo, dist, fresh, kernels, lint, pages,
    paths::Paths,
    setup::{self, Options, Source},
    soak,
    space::{self, Needs},
    test,
};

/// Builds, shows and tests int80 on this machine.
///
/// Every command first sets up what it needs: an i386 Rust toolchain, a 32-bit
/// C library, qemu-i386, strace and curl. Files go to target/, with two exceptions:
/// rustup may add the i386 target to the toolchain in use (not with `--i386
/// debian`), and missing Debian packages are installed when this needs no
/// password; otherwise the command to run is printed. What cannot run here says
/// `skipped: reason`.
#[derive(Parser)]
#[command(name = "cargo xtask", bin_name = "cargo xtask")]
struct Arguments {
    #[command(subcommand)]
    command: Task,

    /// Where the i386 standard library comes from
    #[arg(long, global = true, value_enum, default_value_t, env = "INT80_I386")]
    i386: Source,

    /// Never install packages of the system
    #[arg(long, global = true)]
    no_install: bool,
}

#[derive(Subcommand)]
enum Task {
    /// Fetch what the other commands need, and say what this machine has
    Setup {
        /// Install Chromium as well, some 400 MB, with which a test fetches from sfserve
        #[arg(long)]
        browser: bool,
    },
    /// Build the tools for both architectures into target/dist/
    Build,
    /// Send a file in every way that this machine has, and compare what arrives
    Demo {
        /// The file to send; by default one of some tens of MiB is created
        file: Option<PathBuf>,
    },
    /// Check the statements of the five pages in every way that this machine has, and write docs/pages.md
    Pages,
    /// Write docs/calls.md and the include files of capi/ from the table of calls
    Calls,
    /// Build the kit for both architectures: target/dist/int80-VERSION, .tar.gz and .deb
    Dist,
    /// Build the kit and install it below a directory
    Install {
        /// The directory for bin, include, lib and share
        #[arg(long, value_name = "DIR")]
        prefix: PathBuf,
    },
    /// Run many more schedules of the simulated kernels than the tests do
    Soak {
        /// The number of schedules
        #[arg(default_value_t = 100_000_000)]
        schedules: u64,
    },
    /// Run every test, and end with a summary
    Test(Steps),
    /// Compare the tools and the gates with others, and write docs/performance.md
    Bench(bench::Options),
    /// Check format, lints, documentation, licences and spelling, for contributors
    Lint(Steps),
    /// Run the tools on other kernels and emulators, and write docs/kernels.md
    ///
    /// Fetches them from Debian's packages into target/kernels/ without installing
    /// them, except for qemu-system-x86 and valgrind, which are installed if that
    /// needs no password. Takes about ten minutes.
    Kernels(kernels::Options),
    /// Make a fresh Debian in target/fresh/ and run `demo` and `test` in it (needs root)
    Fresh(fresh::Options),
}

#[derive(clap::Args)]
struct Steps {
    /// Run only this step; may be given several times
    #[arg(long, value_name = "STEP")]
    only: Vec<String>,
    /// List the steps and run nothing
    #[arg(long)]
    list: bool,
}

fn main() -> ExitCode {
    match run(Arguments::parse()) {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(error) => {
            eprintln!("error: {error:#}");
            ExitCode::FAILURE
        }
    }
}

/// `false`: the command did its work, and something in it failed.
fn run(arguments: Arguments) -> Result<bool> {
    ensure!(
        cfg!(all(target_arch = "x86_64", target_os = "linux")),
        "int80 is for x86 Linux, and this is another machine"
    );
    if let Task::Kernels(kernels::Options { list: true, .. }) = arguments.command {
        print!("{}", kernels::list());
        return Ok(true);
    }
    let listed = match &arguments.command {
        Task::Test(steps) if steps.list => Some(test::STEPS),
        Task::Lint(steps) if steps.list => Some(lint::STEPS),
        _ => None,
    };
    if let Some(steps) = listed {
        print!("{}", test::list(steps));
        return Ok(true);
    }
    let paths = Paths::find()?;
    let options = Options {
        source: arguments.i386,
        no_install: arguments.no_install,
        browser: matches!(arguments.command, Task::Setup { browser: true }),
    };
    let session = || -> Result<Session> {
        let machine = setup::prepare(&paths, options)?;
        let paths = paths.clone();
        Ok(Session { paths, machine })
    };
    match &arguments.command {
        Task::Demo { .. } => space::warn(&paths, Needs::Demo),
        Task::Test(_) | Task::Lint(_) => space::warn(&paths, Needs::Test),
        _ => {}
    }
    match arguments.command {
        Task::Setup { .. } => {
            print!("{}", setup::report(&session()?.machine));
            Ok(true)
        }
        Task::Build => build::command(&session()?),
        Task::Pages => pages::command(&session()?),
        Task::Calls => calls::command(&paths),
        Task::Dist => dist::command(&session()?),
        Task::Install { prefix } => dist::install_command(&session()?, &prefix),
        Task::Demo { file } => demo::command(file, session),
        Task::Soak { schedules } => soak::command(&session()?, schedules),
        Task::Kernels(chosen) => kernels::command(&session()?, options, &chosen),
        Task::Fresh(options) => fresh::command(&paths, &options),
        Task::Test(steps) => test::command("test", test::STEPS, &steps.only, session),
        Task::Bench(options) => bench::command(&session()?, &options),
        Task::Lint(steps) => test::command("lint", lint::STEPS, &steps.only, session),
    }
}
