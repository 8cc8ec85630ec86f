//! The statements of the five pages, in our own words, each with its verdict
//! on today's kernel; and what others' suites assert beyond them.

mod beyond;
mod contradictions;
mod p0;
mod p1;
mod p2;
mod p3;
mod p4;
mod source;

pub use contradictions::{CONTRADICTIONS, Contradiction};

/// What today's kernel says to a statement.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// It is so.
    Holds,
    /// A part of it is so, or it is so in some cases.
    InPart,
    /// It is not so.
    False,
    /// It is of other versions, where it is so.
    Bound,
    /// It is advice, history or of the inside: a program cannot see it.
    NotBehaviour,
}

impl Verdict {
    /// As the table has it.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Holds => "holds",
            Self::InPart => "holds in part",
            Self::False => "false",
            Self::Bound => "bound to versions",
            Self::NotBehaviour => "not about behaviour",
        }
    }
}

/// One statement.
#[derive(Clone, Copy, Debug)]
pub struct Statement {
    /// Page and number, as in `P0.1`.
    pub id: &'static str,
    /// What the page says, in our words.
    pub says: &'static str,
    /// What of it is so.
    pub verdict: Verdict,
    /// Why, and where it is so only in part.
    pub because: &'static str,
    /// Kernel file, commit or manual page.
    pub source: &'static str,
    /// Why there can be no check; `None` where there is one.
    pub unchecked: Option<&'static str>,
}

impl Statement {
    /// The same, with the reason why there can be no check.
    const fn unchecked(self, why: &'static str) -> Self {
        let unchecked = Some(why);
        Self { unchecked, ..self }
    }
}

const fn say(
    id: &'static str,
    says: &'static str,
    verdict: Verdict,
    because: &'static str,
    source: &'static str,
) -> Statement {
    Statement {
        id,
        says,
        verdict,
        because,
        source,
        unchecked: None,
    }
}

/// A statement that holds as it stands.
const fn holds(id: &'static str, says: &'static str, source: &'static str) -> Statement {
    say(id, says, Verdict::Holds, "", source)
}

/// A statement that no program can see, with the reason why there is no check.
const fn aside(
    id: &'static str,
    says: &'static str,
    because: &'static str,
    source: &'static str,
    why: &'static str,
) -> Statement {
    say(id, says, Verdict::NotBehaviour, because, source).unchecked(why)
}

// Reasons that several statements share.
const TIME: &str = "what a program sees is the same; time is no test of it";
const NO_LIBC: &str = "there is no C library here";
const BEFORE_2_2: &str = "there is no kernel before 2.2 to run, and none is simulated";
const ADVICE: &str = "advice: there is nothing to see";
const CUSTOM: &str = "what the standards have is not seen by a call";

/// The pages and what each describes, with its statements.
pub const PAGES: [(&str, &str, &[Statement]); 7] = [
    ("P0", "The i386 reference of call 187", &p0::STATEMENTS),
    (
        "P1",
        "The Linux manual page of 2004-12-17, kernel 2.6.9",
        &p1::STATEMENTS,
    ),
    (
        "P2",
        "The Linux manual page of 2017-09-15, man-pages 5.02",
        &p2::STATEMENTS,
    ),
    ("P3", "The manual page of FreeBSD 5.2.1", &p3::STATEMENTS),
    (
        "P4",
        "The older Linux manual page, in Spanish, kernel 2.2",
        &p4::STATEMENTS,
    ),
    (
        "X",
        "Beyond the pages: what others' suites assert of Linux's sendfile",
        &beyond::LINUX,
    ),
    (
        "F",
        "Beyond the pages: what others' suites assert of the FreeBSD shape",
        &beyond::FREEBSD,
    ),
];

/// All statements.
pub fn statements() -> impl Iterator<Item = &'static Statement> {
    PAGES.into_iter().flat_map(|(_, _, statements)| statements)
}
