//! Boots a kernel with init and the tools in its memory, or runs init with an
//! emulator in front of each tool.

use super::{
    fetch::Fetched,
    heard::Heard,
    list::{How, Subject},
    plan::{self, Task},
};
use crate::progress::Progress;
use anyhow::{Context, Result};
use cpio::newc::{Builder, ModeFileType};
use int80_support::{limited::watch, ways::Arch};
use std::{
    fs::{self, File},
    io::{Cursor, Write},
    path::Path,
    process::Command,
    time::Duration,
};

/// What the kernels without a machine of their own are told as well.
const QUIET: &str = "quiet loglevel=1 panic=-1";

/// What is run, and with what.
pub struct Boot<'a> {
    pub subject: &'static Subject,
    pub fetched: &'a Fetched,
    pub tasks: &'a [Task],
    /// The folder with the tools, one folder for each architecture.
    pub dist: &'a Path,
    /// The first process.
    pub init: &'a Path,
    /// A folder of its own.
    pub scratch: &'a Path,
    /// The longest that it may take.
    pub limit: Duration,
}

impl Boot<'_> {
    /// Everything that was heard, also of a kernel that does not come to its end.
    pub fn run(&self, progress: &Progress) -> Result<Heard> {
        let mut command = match self.subject.how {
            How::InFront(_) => self.in_front()?,
            How::Machine(program, parameters) => self.machine(program, parameters)?,
            How::Program => self.program()?,
        };
        command.current_dir(self.scratch);
        let mut heard = Heard::default();
        let mut ended = usize::MAX;
        let result = watch(&mut command, self.subject.name, self.limit, |line| {
            heard.line(line);
            if heard.ends.len() != ended {
                ended = heard.ends.len();
                let (name, all) = (self.subject.name, self.tasks.len());
                progress.tell(&format!("{name}: {ended} of {all} runs"));
            }
        });
        match result {
            Err(error) => heard.troubles.push(format!("{error:#}")),
            Ok(status) if !heard.is_done => {
                heard
                    .troubles
                    .push(format!("it ended before its time, {status}"));
            }
            Ok(_) => {}
        }
        Ok(heard)
    }

    fn in_front(&self) -> Result<Command> {
        let plan = self.scratch.join("plan");
        let scratch = self.scratch.display().to_string();
        let tools = self.dist.display().to_string();
        let text = plan::text(
            self.subject,
            self.tasks,
            &tools,
            &self.fetched.file,
            &scratch,
        );
        fs::write(&plan, text)?;
        let mut command = Command::new(self.init);
        command.arg(plan).arg(self.scratch);
        Ok(command)
    }

    fn machine(&self, program: &str, parameters: &str) -> Result<Command> {
        let mut command = Command::new(program);
        command
            .args(["-m", "512", "-nographic", "-no-reboot", "-net", "none"])
            .arg("-kernel")
            .arg(&self.fetched.file)
            .arg("-initrd")
            .arg(self.memory()?)
            .args(["-append", &format!("console=ttyS0 {QUIET} {parameters}")]);
        Ok(command)
    }

    fn program(&self) -> Result<Command> {
        let mut command = Command::new(&self.fetched.file);
        command
            .env("TMPDIR", self.scratch)
            .args(["mem=512M", "con=null", "con0=fd:0,fd:1"])
            .arg(format!("initrd={}", self.memory()?))
            .arg(format!("uml_dir={}", self.scratch.display()))
            .args(QUIET.split(' '));
        Ok(command)
    }

    /// Makes the kernel's first file system, and gives its place.
    fn memory(&self) -> Result<String> {
        let place = self.scratch.join("initramfs");
        let mut archive = File::create(&place)?;
        for folder in ["dev", "proc", "tmp", "i386", "x86_64"] {
            put(&mut archive, folder, ModeFileType::Directory, &[])?;
        }
        let mut file = |name: &str, bytes: &[u8]| {
            put(&mut archive, name, ModeFileType::Regular, bytes)
                .with_context(|| format!("writing {name} to {}", place.display()))
        };
        file("init", &fs::read(self.init)?)?;
        let plan = plan::text(self.subject, self.tasks, "", Path::new(""), "/tmp");
        file("plan", plan.as_bytes())?;
        let mut names: Vec<(Arch, &str)> = Vec::new();
        for task in self.tasks {
            if !names.contains(&(task.arch, task.tool)) {
                names.push((task.arch, task.tool));
                let bytes = fs::read(self.dist.join(task.arch.name()).join(task.tool))?;
                file(&format!("{}/{}", task.arch.name(), task.tool), &bytes)?;
            }
        }
        cpio::newc::trailer(archive)?;
        Ok(place.display().to_string())
    }
}

fn put(archive: &mut File, name: &str, kind: ModeFileType, bytes: &[u8]) -> Result<()> {
    let entry = Builder::new(name).mode(0o755).set_mode_file_type(kind);
    let mut writer = entry.write(archive, u32::try_from(bytes.len())?);
    std::io::copy(&mut Cursor::new(bytes), &mut writer)?;
    writer.flush()?;
    Ok(writer.finish().map(drop)?)
}
