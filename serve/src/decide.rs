//! Conditions and ranges: what a request for a file gets of it (H.14 to H.16).

use crate::{
    coding::Coding,
    date,
    fields::Name,
    file::{Etag, File},
    range::{self, Part},
    request::{Method, Request},
    scan::Scan,
    status::Status,
};

/// What a request for a file gets.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Decision {
    /// 200 and the whole file.
    Whole,
    /// 206 and the bytes from `first` to `last`, both included.
    Part {
        /// The first byte.
        first: u64,
        /// The last byte, which is below the size.
        last: u64,
    },
    /// 304.
    NotModified,
    /// 412.
    PreconditionFailed,
    /// 416.
    RangeNotSatisfiable,
}

impl Decision {
    /// The status of the response.
    pub const fn status(self) -> Status {
        match self {
            Self::Whole => Status::Ok,
            Self::Part { .. } => Status::PartialContent,
            Self::NotModified => Status::NotModified,
            Self::PreconditionFailed => Status::PreconditionFailed,
            Self::RangeNotSatisfiable => Status::RangeNotSatisfiable,
        }
    }

    /// The bytes of the file that a GET is sent: the first, and how many. The
    /// content of an error is not of the file: 0 bytes.
    pub const fn content(self, file: &File) -> (u64, u64) {
        match self {
            Self::Whole => (0, file.size),
            Self::Part { first, last } => (first, last - first + 1),
            _ => (0, 0),
        }
    }
}

/// Decides in the order of RFC 9110, 13.2.2. `file` is the file that is sent,
/// coded or not; `now` are the seconds since 1970.
#[inline(never)]
pub fn decide(request: &Request<'_>, file: &File, coding: Coding, now: i64) -> Decision {
    let fields = &request.fields;
    let conditions = Conditions {
        request,
        etag: file.etag(coding, now),
        modified: file.last_modified(now),
        now,
    };
    if fields.has(Name::IfMatch) {
        if !conditions.lists(Name::IfMatch, Etag::matches_strongly) {
            return Decision::PreconditionFailed;
        }
    } else if conditions.is_modified_since(Name::IfUnmodifiedSince) == Some(true) {
        return Decision::PreconditionFailed;
    }
    let reads = matches!(request.method, Method::Get | Method::Head);
    if fields.has(Name::IfNoneMatch) {
        match conditions.lists(Name::IfNoneMatch, Etag::matches_weakly) {
            true if reads => return Decision::NotModified,
            true => return Decision::PreconditionFailed,
            false => {}
        }
    } else if reads && conditions.is_modified_since(Name::IfModifiedSince) == Some(false) {
        return Decision::NotModified;
    }
    let range = fields.only(Name::Range);
    match range {
        Some(range) if request.method == Method::Get && conditions.is_range_of(file) => {
            match range::part(range, file.size) {
                Part::Whole => Decision::Whole,
                Part::Of(first, last) => Decision::Part { first, last },
                Part::Unsatisfiable => Decision::RangeNotSatisfiable,
            }
        }
        _ => Decision::Whole,
    }
}

/// A request and the validators that its conditions are compared with.
struct Conditions<'a> {
    request: &'a Request<'a>,
    etag: Option<Etag>,
    modified: Option<i64>,
    now: i64,
}

impl Conditions<'_> {
    /// Whether a list of tags has the file's, or is `*`. A list that is none
    /// ends at the fault.
    fn lists(&self, name: Name, matches: fn(&Etag, Tag<'_>) -> bool) -> bool {
        let fields = &self.request.fields;
        if fields.only(name) == Some(b"*") {
            return true;
        }
        let mut tags = fields.values(name).flat_map(Tags::of);
        self.etag
            .is_some_and(|etag| tags.any(|tag| matches(&etag, tag)))
    }

    /// Compares the file's date with a field's; `None` where there is none of
    /// either.
    fn is_modified_since(&self, name: Name) -> Option<bool> {
        let since = date::parse(self.request.fields.only(name)?, self.now)?;
        Some(self.modified? > since)
    }

    /// Whether a range is one of this file: If-Range says so, or is not there.
    fn is_range_of(&self, file: &File) -> bool {
        let fields = &self.request.fields;
        if !fields.has(Name::IfRange) {
            return true;
        }
        let Some(value) = fields.only(Name::IfRange) else {
            return false;
        };
        if let Some(date) = date::parse(value, self.now) {
            return file.strong_date(self.now) == Some(date);
        }
        // One tag, and no list.
        let is_same = |etag: &Etag| !etag.weak && etag.opaque() == value;
        self.etag.as_ref().is_some_and(is_same)
    }
}

/// An entity tag of a request: the quoted text, and whether it is weak.
#[derive(Clone, Copy)]
pub(crate) struct Tag<'a> {
    weak: bool,
    opaque: &'a [u8],
}

impl Etag {
    fn matches_weakly(&self, tag: Tag<'_>) -> bool {
        self.opaque() == tag.opaque
    }

    fn matches_strongly(&self, tag: Tag<'_>) -> bool {
        !self.weak && !tag.weak && self.matches_weakly(tag)
    }
}

/// The tags of a line, up to the first that is none.
struct Tags<'a> {
    scan: Scan<'a>,
}

impl<'a> Tags<'a> {
    fn of(line: &'a [u8]) -> Self {
        Self {
            scan: Scan::new(line),
        }
    }
}

impl<'a> Iterator for Tags<'a> {
    type Item = Tag<'a>;

    fn next(&mut self) -> Option<Tag<'a>> {
        // Members of a list may be empty.
        while let Some(b',' | b' ' | b'\t') = self.scan.peek() {
            self.scan.byte();
        }
        let weak = self.scan.literal(b"W/");
        let mut inside = self.scan;
        let quoted = inside.skip(b'"');
        let text = inside.before(b'"');
        if !quoted || !inside.skip(b'"') {
            self.scan = Scan::new(b"");
            return None;
        }
        let opaque = self.scan.rest().get(..text.len() + 2)?;
        self.scan = inside;
        Some(Tag { weak, opaque })
    }
}
