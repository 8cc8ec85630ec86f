//! What is at either end of a program that is measured, and on which core.

use anyhow::{Context, Result, anyhow};
use int80_support::net;
use rustix::{
    fd::OwnedFd,
    pipe::{PipeFlags, SpliceFlags, pipe_with, splice},
    thread::{CpuSet, sched_getaffinity, sched_setaffinity},
};
use std::{
    fs::{self, File, OpenOptions},
    io::{Read, Write},
    os::unix::net::UnixStream,
    path::{Path, PathBuf},
    process::Command,
    sync::mpsc::{Sender, channel},
    thread::{self, JoinHandle},
};

/// Whether the two sides share a core.
#[derive(Clone, Copy)]
pub enum Cores {
    One,
    Two,
}

/// The core of the program, and that of who feeds it and reads from it.
#[derive(Clone, Copy)]
pub struct Cpus {
    program: usize,
    other: usize,
}

/// Puts the thread's former cores back when dropped.
pub struct Pinned(CpuSet);

impl Cores {
    /// Why there are not as many.
    pub fn exist(self) -> Result<(), String> {
        self.cpus().map(drop).map_err(|error| format!("{error:#}"))
    }

    pub fn cpus(self) -> Result<Cpus> {
        let allowed = sched_getaffinity(None)?;
        let mut cpus = (0..CpuSet::MAX_CPU).filter(|&cpu| allowed.is_set(cpu));
        let program = cpus.next().context("no core is allowed")?;
        let other = match self {
            Cores::One => program,
            Cores::Two => cpus.next().context("there is one core only")?,
        };
        Ok(Cpus { program, other })
    }
}

impl Cpus {
    /// The calling thread goes to the program's core, and so do its children.
    pub fn pin_this(self) -> Result<Pinned> {
        let former = sched_getaffinity(None)?;
        only(self.program)?;
        Ok(Pinned(former))
    }

    /// A thread on the other side's core.
    fn beside<T: Send + 'static>(
        self,
        work: impl FnOnce() -> Result<T> + Send + 'static,
    ) -> JoinHandle<Result<T>> {
        thread::spawn(move || {
            only(self.other)?;
            work()
        })
    }
}

impl Drop for Pinned {
    fn drop(&mut self) {
        // They were allowed before.
        let _ = sched_setaffinity(None, &self.0);
    }
}

fn only(cpu: usize) -> Result<()> {
    let mut set = CpuSet::new();
    set.set(cpu);
    sched_setaffinity(None, &set).context("choosing a core")
}

/// Where bytes come from.
pub enum Input {
    File,
    Pipe,
}

/// A thread that waits for its start and then writes.
pub struct Writer(Sender<()>);

impl Writer {
    pub fn start(self) {
        // One that has failed is seen by the bytes that do not arrive.
        let _ = self.0.send(());
    }
}

impl Input {
    /// Gives the program a pipe into which so many bytes will be written.
    pub fn feed(command: &mut Command, bytes: usize, cpus: Cpus) -> Result<Writer> {
        let (from, to) = pipe_with(PipeFlags::CLOEXEC)?;
        command.stdin(from);
        let (sender, started) = channel();
        cpus.beside(move || {
            started.recv()?;
            let (mut to, block) = (File::from(to), vec![1; 128 << 10]);
            for _ in 0..bytes / block.len() {
                to.write_all(&block)?;
            }
            Ok(())
        });
        Ok(Writer(sender))
    }
}

/// Where bytes go to.
pub enum Output {
    Pipe,
    File,
    Tcp,
    Unix,
}

/// What counts the bytes that arrive.
pub enum Reader {
    Thread(JoinHandle<Result<u64>>),
    File(PathBuf),
}

impl Output {
    /// Why there is none here.
    pub fn exists(&self) -> Result<(), String> {
        match self {
            Output::Tcp => net::no_tcp().map_or(Ok(()), Err),
            _ => Ok(()),
        }
    }

    /// Gives the program its output.
    pub fn open(&self, command: &mut Command, folder: &Path, cpus: Cpus) -> Result<Reader> {
        Ok(match self {
            Output::Pipe => {
                let (from, to) = pipe_with(PipeFlags::CLOEXEC)?;
                command.stdout(to);
                Reader::Thread(cpus.beside(move || discard(&from)))
            }
            Output::File => {
                let path = folder.join("output");
                command.stdout(File::create(&path)?);
                Reader::File(path)
            }
            Output::Tcp => {
                let (to, from) = net::tcp();
                command.stdout(OwnedFd::from(to));
                Reader::Thread(cpus.beside(move || count(from)))
            }
            Output::Unix => {
                let (to, from) = UnixStream::pair()?;
                command.stdout(OwnedFd::from(to));
                Reader::Thread(cpus.beside(move || count(from)))
            }
        })
    }
}

impl Reader {
    /// The bytes that have arrived, once all have.
    pub fn finish(self) -> Result<u64> {
        match self {
            Reader::Thread(thread) => thread
                .join()
                .map_err(|_| anyhow!("the reader has panicked"))?,
            Reader::File(path) => Ok(fs::metadata(path)?.len()),
        }
    }
}

/// Moves all that a pipe holds to where it costs nothing.
fn discard(from: &OwnedFd) -> Result<u64> {
    let null = OpenOptions::new().write(true).open("/dev/null")?;
    let mut all = 0;
    loop {
        match splice(from, None, &null, None, 1 << 20, SpliceFlags::empty())? {
            0 => return Ok(all),
            moved => all += moved as u64,
        }
    }
}

/// Reads all that a socket brings.
fn count(mut from: impl Read) -> Result<u64> {
    let (mut all, mut buffer) = (0, vec![0; 256 << 10]);
    loop {
        match from.read(&mut buffer)? {
            0 => return Ok(all),
            read => all += read as u64,
        }
    }
}
