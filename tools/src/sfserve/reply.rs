//! From a request to its response: which file, and which status.

use int80::{
    OwnedFd,
    sys::{self, OpenFlags},
};
use int80_rt::Gate;
use int80_serve::{
    Coding, Connection as Persistence, Head, Method, Parsed, Request, Resolved, Response, Site,
    Status, candidates, options::TypeRule, resolve, status_of,
};

use crate::{
    cache::{Cache, Key},
    files::{Files, Kind, Opened, PLACE, READ},
    listing::Lister,
    options::Options,
    response::{Draft, Reply},
};

/// What replies are made with.
pub struct Replier<'a> {
    pub gate: Gate,
    pub options: &'a Options,
    pub site: Site<'a>,
    pub types: &'a [TypeRule<'static>],
    pub files: &'a Files,
    pub cache: Cache,
    pub lister: Option<Lister>,
    /// Whether a folder may be listed now.
    pub lists: bool,
    /// The seconds since 1970.
    pub now: i64,
}

/// What was found for a path.
enum Found {
    File(Opened),
    /// A folder without an index.
    Folder(Opened),
    /// A folder that was named without a slash.
    Redirect,
}

impl Replier<'_> {
    /// The response to a request, its head and small contents in `buffer`.
    #[inline(never)]
    pub fn reply(
        &mut self,
        request: &Request<'_>,
        path: &mut [u8],
        persistence: Persistence,
        buffer: &mut [u8],
    ) -> Reply {
        let mut draft = Draft::new(request.method, persistence, buffer);
        match self.respond(request, path, &mut draft) {
            Ok(()) => {}
            Err(Status::NotFound) => draft.not_found(self),
            Err(status) => draft.status(self, status),
        }
        draft.reply
    }

    /// The response to what is no request.
    #[inline(never)]
    pub fn refusal(&mut self, status: Status, method: Method, buffer: &mut [u8]) -> Reply {
        let mut draft = Draft::new(method, Persistence::Close, buffer);
        draft.status(self, status);
        draft.reply
    }

    #[inline(never)]
    fn respond(
        &mut self,
        request: &Request<'_>,
        path: &mut [u8],
        draft: &mut Draft<'_>,
    ) -> Result<(), Status> {
        if let Some(status) = request.method.refusal() {
            return Err(status);
        }
        if request.method == Method::Options {
            return Err(Status::NoContent);
        }
        let mut path = resolve(request.path, self.options.dot_files, path)?;
        let codings = candidates(&request.fields).fold(1, |all, one| all << 2 | one as u16);
        let (kind, length) = ((path.slash, codings), path.len());
        let kept = self.cache.find(&Key {
            path: path.as_bytes(),
            kind,
        });
        let is_new = kept.is_none();
        if kept.is_some_and(|kept| draft.kept(self, request, kept)) {
            return Ok(());
        }
        let missing = match self.find(&mut path) {
            Ok(Found::File(opened)) => {
                let facts = draft.file(self, request, &mut path, opened);
                // The name of an index file follows it.
                let path = path.as_bytes().get(..length).unwrap_or_default();
                match draft.to_keep(&facts.file) {
                    Some(content) if is_new => self.cache.keep(&Key { path, kind }, facts, content),
                    _ => {}
                }
                return Ok(());
            }
            Ok(Found::Redirect) => {
                draft.page(self, &Response::redirect(path.as_bytes(), request));
                return Ok(());
            }
            Ok(Found::Folder(folder)) => match self.list(&mut path, folder) {
                Ok((file, length)) => {
                    draft.listing(self, file, length);
                    return Ok(());
                }
                Err(status) => status,
            },
            Err(status) => status,
        };
        match self.options.spa {
            Some(spa) if missing == Status::NotFound && !path.has_ending() => {
                path.truncate(0);
                path.join(spa)?;
                let opened = self.open(&path)?;
                if opened.kind != Kind::Regular {
                    return Err(missing);
                }
                draft.file(self, request, &mut path, opened);
                Ok(())
            }
            _ => Err(missing),
        }
    }

    pub fn open(&mut self, path: &Resolved<'_>) -> Result<Opened, Status> {
        self.open_by(path, READ)
    }

    #[inline(never)]
    fn open_by(&mut self, path: &Resolved<'_>, flags: OpenFlags) -> Result<Opened, Status> {
        loop {
            let path = sys::c_string(path.with_nul()).unwrap_or(c".");
            let opened = self.files.open(path, flags);
            let opened = opened.map_err(|errno| status_of(errno.raw_os_error()));
            // What is kept open may be what is in the way.
            if !matches!(opened, Err(Status::ServiceUnavailable)) || !self.cache.clear() {
                return opened;
            }
        }
    }

    /// The file of a path, which is that of the index where it is a folder.
    #[inline(never)]
    fn find(&mut self, path: &mut Resolved<'_>) -> Result<Found, Status> {
        let (opened, readable) = match self.open(path) {
            // The names in a folder may be no one's business, its index everyone's.
            Err(Status::Forbidden) => (self.open_by(path, PLACE)?, false),
            opened => (opened?, true),
        };
        let found = match opened.kind {
            Kind::Regular if path.slash && !path.is_empty() => return Err(Status::NotFound),
            Kind::Regular => Found::File(opened),
            Kind::Other => return Err(Status::NotFound),
            Kind::Folder if !path.slash => return Ok(Found::Redirect),
            Kind::Folder => {
                let length = path.len();
                path.join(self.options.index)?;
                match self.open(path) {
                    Ok(index) if index.kind == Kind::Regular => return Ok(Found::File(index)),
                    Ok(_) | Err(Status::NotFound) => {
                        path.truncate(length);
                        Found::Folder(opened)
                    }
                    Err(status) => return Err(status),
                }
            }
        };
        readable.then_some(found).ok_or(Status::Forbidden)
    }

    #[inline(never)]
    fn list(
        &mut self,
        path: &mut Resolved<'_>,
        folder: Opened,
    ) -> Result<(OwnedFd<Gate>, u64), Status> {
        match &mut self.lister {
            Some(_) if !self.lists => Err(Status::ServiceUnavailable),
            Some(lister) => lister.list(self.gate, self.files, self.options, path, folder),
            None => Err(Status::NotFound),
        }
    }

    /// The file beside this one that is coded as the client takes it (H.22).
    #[inline(never)]
    pub fn coded(
        &mut self,
        request: &Request<'_>,
        path: &mut Resolved<'_>,
        original: Opened,
    ) -> (Opened, Coding) {
        if self.files.single {
            return (original, Coding::Identity);
        }
        for coding in candidates(&request.fields) {
            if coding == Coding::Identity {
                break;
            }
            let length = path.len();
            if path.add_ending(coding.ending()).is_err() {
                continue;
            }
            let opened = self.open(path);
            path.truncate(length);
            let time = |opened: &Opened| (opened.file.mtime, opened.file.mtime_nsec);
            match opened {
                Ok(opened) if opened.kind == Kind::Regular && time(&opened) >= time(&original) => {
                    return (opened, coding);
                }
                _ => {}
            }
        }
        (original, Coding::Identity)
    }
}

/// The request at the beginning of `bytes`.
pub fn parse(bytes: &[u8]) -> Parsed<'_> {
    Head::parse(bytes)
}
