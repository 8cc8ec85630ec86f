//! The command line.

use core::ffi::CStr;

use int80_rt::{Arguments, FixedVec, Gate, GateName};
use int80_serve::{
    after,
    options::{self as value, Expected, Field, Listen, TypeRule},
};

use crate::{memory, say::Line};

/// The most `--listen`, `--header` or `--type`.
pub const MOST: usize = 16;
/// The most processes.
pub const MOST_WORKERS: u32 = 64;
/// The most connections of a process.
const MOST_CONNECTIONS: u32 = 60_000;

/// What to do instead of serving.
#[derive(Clone, Copy, PartialEq)]
pub enum Instead {
    Nothing,
    Check,
    DryRun,
    Show(&'static str),
}

/// What the command line asks for.
pub struct Options {
    pub folder: &'static CStr,
    pub listen: FixedVec<Listen<'static>>,
    pub fields: FixedVec<Field<'static>>,
    pub types: FixedVec<TypeRule<'static>>,
    pub index: &'static [u8],
    pub spa: Option<&'static [u8]>,
    pub error_page: &'static [u8],
    pub cache: Option<u32>,
    pub user: Option<(u32, u32)>,
    pub workers: u32,
    pub connections: u32,
    pub timeout: u32,
    pub grace: u32,
    pub gate: Option<GateName>,
    pub list: bool,
    pub cors: bool,
    pub dot_files: bool,
    pub fresh: bool,
    pub sandbox: bool,
    pub log: bool,
    pub quiet: bool,
    pub instead: Instead,
}

/// Those with a value first.
#[derive(Clone, Copy, PartialEq, PartialOrd)]
enum Long {
    Listen,
    Index,
    Spa,
    ErrorPage,
    Cache,
    Header,
    Type,
    User,
    Workers,
    Connections,
    Timeout,
    Grace,
    Gate,
    List,
    Cors,
    DotFiles,
    Fresh,
    NoSandbox,
    Log,
    Quiet,
    Check,
    DryRun,
    Help,
    Version,
}

/// In the order of [`Long`].
const NAMES: [(&str, Long); 24] = [
    ("--listen", Long::Listen),
    ("--index", Long::Index),
    ("--spa", Long::Spa),
    ("--error-page", Long::ErrorPage),
    ("--cache", Long::Cache),
    ("--header", Long::Header),
    ("--type", Long::Type),
    ("--user", Long::User),
    ("--workers", Long::Workers),
    ("--connections", Long::Connections),
    ("--timeout", Long::Timeout),
    ("--grace", Long::Grace),
    ("--gate", Long::Gate),
    ("--list", Long::List),
    ("--cors", Long::Cors),
    ("--dot-files", Long::DotFiles),
    ("--fresh", Long::Fresh),
    ("--no-sandbox", Long::NoSandbox),
    ("--log", Long::Log),
    ("--quiet", Long::Quiet),
    ("--check", Long::Check),
    ("--dry-run", Long::DryRun),
    ("--help", Long::Help),
    ("--version", Long::Version),
];

impl Options {
    /// Reads the arguments after the program's name; one that is not understood
    /// ends the program.
    pub fn parse(gate: Gate, mut arguments: Arguments) -> Self {
        let mut options = Self {
            folder: c".",
            listen: memory::vector(gate, MOST),
            fields: memory::vector(gate, MOST),
            types: memory::vector(gate, MOST),
            index: b"index.html",
            spa: None,
            error_page: b"404.html",
            cache: None,
            user: None,
            workers: 1,
            connections: 4096,
            timeout: 30,
            grace: 10,
            gate: None,
            list: false,
            cors: false,
            dot_files: false,
            fresh: false,
            sandbox: true,
            log: false,
            quiet: false,
            instead: Instead::Nothing,
        };
        let (mut only_operands, mut folder) = (false, None);
        arguments.next();
        while let Some(argument) = arguments.next() {
            match argument.to_bytes() {
                b"--" if !only_operands => only_operands = true,
                text @ [b'-', _, ..] if !only_operands => options.read(text, &mut arguments),
                text if folder.is_some() => misused(text, "one FOLDER alone"),
                _ => folder = Some(argument),
            }
        }
        options.folder = folder.unwrap_or(c".");
        options
    }

    #[inline(never)]
    fn read(&mut self, text: &'static [u8], rest: &mut Arguments) {
        let mut parts = text.splitn(2, |&byte| byte == b'=');
        let name = parts.next().unwrap_or_default();
        let found = NAMES.iter().find(|(known, _)| known.as_bytes() == name);
        let Some(&(_, long)) = found else {
            misused(name, "an option that --help lists");
        };
        let value = match parts.next() {
            Some(_) if long > Long::Gate => misused(name, "no value"),
            None if long <= Long::Gate => match rest.next() {
                Some(value) => value.to_bytes(),
                None => misused(name, "a value"),
            },
            value => value.unwrap_or_default(),
        };
        if let Err(expected) = self.set(long, value) {
            Line::new()
                .add(b"sfserve: ")
                .add(name)
                .add(b" '")
                .add(value)
                .add(b"': expected ")
                .add(expected.as_bytes())
                .end_program(2)
        }
    }

    #[inline(never)]
    fn set(&mut self, long: Long, text: &'static [u8]) -> Result<(), Expected> {
        match long {
            Long::Listen => add(&mut self.listen, Listen::parse(text)?)?,
            Long::Header => add(&mut self.fields, Field::parse(text)?)?,
            Long::Type => add(&mut self.types, TypeRule::parse(text)?)?,
            Long::Index => self.index = name(text)?,
            Long::Spa => self.spa = Some(path(text)?),
            Long::ErrorPage => self.error_page = path(value::error_page(text)?)?,
            Long::Cache => self.cache = Some(number(text, 0, 1 << 31, "seconds")?),
            Long::User => self.user = Some(value::user(text)?),
            Long::Workers => self.workers = number(text, 1, MOST_WORKERS, "1 to 64")?,
            Long::Connections => {
                self.connections = number(text, 1, MOST_CONNECTIONS, "1 to 60000")?;
            }
            Long::Timeout => self.timeout = number(text, 1, 86_400, "1 to 86400 seconds")?,
            Long::Grace => self.grace = number(text, 0, 86_400, "0 to 86400 seconds")?,
            Long::Gate => {
                let gate = GateName::parse(text);
                self.gate = Some(gate.ok_or("int80, sysinfo or syscall")?);
            }
            Long::List => self.list = true,
            Long::Cors => self.cors = true,
            Long::DotFiles => self.dot_files = true,
            Long::Fresh => self.fresh = true,
            Long::NoSandbox => self.sandbox = false,
            Long::Log => self.log = true,
            Long::Quiet => self.quiet = true,
            Long::Check => self.instead = Instead::Check,
            Long::DryRun => self.instead = Instead::DryRun,
            Long::Help => self.instead = Instead::Show(include_str!("help.txt")),
            Long::Version => {
                let version = concat!("sfserve (int80) ", env!("CARGO_PKG_VERSION"), "\n");
                self.instead = Instead::Show(version);
            }
        }
        Ok(())
    }
}

fn add<T>(values: &mut FixedVec<T>, value: T) -> Result<(), Expected> {
    values.push(value).map_err(|_| "at most 16 of them")
}

#[inline(never)]
fn number(text: &[u8], least: u32, most: u32, expected: Expected) -> Result<u32, Expected> {
    value::number(text, least, most).ok_or(expected)
}

/// The name of a file in a folder.
#[inline(never)]
fn name(text: &[u8]) -> Result<&[u8], Expected> {
    match text {
        b"" | b"." | b".." => Err("the name of a file"),
        _ if text.iter().all(|&byte| byte != b'/') => Ok(text),
        _ => Err("a name without a slash"),
    }
}

/// A path below the folder, with or without a slash before it.
#[inline(never)]
fn path(text: &[u8]) -> Result<&[u8], Expected> {
    let text = after(text, b"/").unwrap_or(text);
    let good = |part: &[u8]| !matches!(part, b"" | b"." | b"..");
    match text.split(|&byte| byte == b'/').all(good) {
        true => Ok(text),
        false => Err("a file below FOLDER"),
    }
}

#[inline(never)]
fn misused(what: &[u8], expected: &str) -> ! {
    Line::new()
        .add(b"sfserve: ")
        .add(what)
        .add(b": expected ")
        .add(expected.as_bytes())
        .end_program(2)
}
