//! From a request to its response: which file, which status, which head.

use int80::{OwnedFd, sys};
use int80_rt::Gate;
use int80_serve::{
    Coding, Connection as Persistence, Decision, Head, Method, Parsed, Request, Resolved, Response,
    Sent, Site, Status, candidates, content_type, decide, options::TypeRule, resolve, status_of,
};

use crate::{
    files::{Files, Kind, Opened},
    listing::Lister,
    options::Options,
};

/// A file of at most so many bytes goes in one piece with its head.
pub const SMALL: u64 = 16 << 10;

/// A response: head and perhaps content in the buffer, the rest in a file.
pub struct Reply {
    pub status: Status,
    /// The length of the head, and of what follows it in the buffer.
    pub head: usize,
    pub end: usize,
    pub file: Option<OwnedFd<Gate>>,
    pub offset: u64,
    pub left: u64,
    pub keep: bool,
    pub listing: bool,
    /// The bytes of content, for the log.
    pub content: u64,
}

/// What replies are made with.
pub struct Replier<'a> {
    pub gate: Gate,
    pub options: &'a Options,
    pub site: Site<'a>,
    pub types: &'a [TypeRule<'a>],
    pub files: &'a Files,
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
        let mut reply = Asked {
            head_only: !request.wants_content(),
            persistence,
            buffer,
        };
        if let Some(status) = request.method.refusal() {
            return reply.status(self, status);
        }
        if request.method == Method::Options {
            return reply.status(self, Status::NoContent);
        }
        let mut path = match resolve(request.path, self.options.dot_files, path) {
            Ok(path) => path,
            Err(Status::NotFound) => return reply.not_found(self),
            Err(status) => return reply.status(self, status),
        };
        let status = match self.find(&mut path) {
            Ok(Found::File(opened)) => return reply.file(self, request, &mut path, opened),
            Ok(Found::Redirect) => {
                let response = Response::redirect(path.as_bytes(), request);
                return reply.page(self, &response);
            }
            Ok(Found::Folder(folder)) => match self.list(&mut path, folder) {
                Ok((file, length)) => return reply.listing(self, file, length),
                Err(status) => status,
            },
            Err(status) => status,
        };
        if status != Status::NotFound {
            return reply.status(self, status);
        }
        match self.options.spa {
            Some(spa) if !path.has_ending() => {
                path.truncate(0);
                let opened = path.join(spa).and_then(|()| self.open(&path));
                match opened {
                    Ok(opened) if opened.kind == Kind::Regular => {
                        reply.file(self, request, &mut path, opened)
                    }
                    _ => reply.not_found(self),
                }
            }
            _ => reply.not_found(self),
        }
    }

    /// The response to what is no request.
    #[inline(never)]
    pub fn refusal(&mut self, status: Status, method: Method, buffer: &mut [u8]) -> Reply {
        let mut reply = Asked {
            head_only: method == Method::Head,
            persistence: Persistence::Close,
            buffer,
        };
        reply.status(self, status)
    }

    #[inline(never)]
    fn open(&self, path: &Resolved<'_>) -> Result<Opened, Status> {
        let opened = self
            .files
            .open(sys::c_string(path.with_nul()).unwrap_or(c"."));
        opened.map_err(|errno| status_of(errno.raw_os_error()))
    }

    /// The file of a path, which is that of the index where it is a folder.
    #[inline(never)]
    fn find(&self, path: &mut Resolved<'_>) -> Result<Found, Status> {
        let opened = self.open(path)?;
        match opened.kind {
            Kind::Regular if path.slash && !path.is_empty() => Err(Status::NotFound),
            Kind::Regular => Ok(Found::File(opened)),
            Kind::Other => Err(Status::NotFound),
            Kind::Folder if !path.slash => Ok(Found::Redirect),
            Kind::Folder => {
                let length = path.len();
                path.join(self.options.index)?;
                match self.open(path) {
                    Ok(index) if index.kind == Kind::Regular => Ok(Found::File(index)),
                    Ok(_) | Err(Status::NotFound) => {
                        path.truncate(length);
                        Ok(Found::Folder(opened))
                    }
                    Err(status) => Err(status),
                }
            }
        }
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
    fn coded(
        &self,
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
            let opened = self
                .files
                .open(sys::c_string(path.with_nul()).unwrap_or(c"."));
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

/// What a request asks of every response.
struct Asked<'b> {
    head_only: bool,
    persistence: Persistence,
    buffer: &'b mut [u8],
}

impl Asked<'_> {
    /// The head of a response, without content.
    #[inline(never)]
    fn head(&mut self, replier: &Replier<'_>, response: &Response<'_>) -> Reply {
        let (site, now) = (&replier.site, replier.now);
        let mut reply = Reply {
            status: response.status,
            head: 0,
            end: 0,
            file: None,
            offset: 0,
            left: 0,
            keep: self.persistence != Persistence::Close,
            listing: false,
            content: 0,
        };
        match response.write_head(site, now, self.persistence, self.buffer) {
            Some(head) => reply.head = head,
            // A redirect to what is longer than any client would ask for.
            None => {
                let short = Response::status(Status::UriTooLong);
                reply.status = Status::UriTooLong;
                reply.keep = false;
                let written = short.write_head(site, now, Persistence::Close, self.buffer);
                reply.head = written.unwrap_or(0);
            }
        }
        reply.end = reply.head;
        reply
    }

    /// A response whose content is the text of its status.
    #[inline(never)]
    fn page(&mut self, replier: &Replier<'_>, response: &Response<'_>) -> Reply {
        let mut reply = self.head(replier, response);
        if !self.head_only {
            let rest = self.buffer.get_mut(reply.head..).unwrap_or_default();
            let length = reply.status.write_body(rest).unwrap_or(0);
            reply.end += length;
            reply.content = length as u64;
        }
        reply
    }

    fn status(&mut self, replier: &Replier<'_>, status: Status) -> Reply {
        self.page(replier, &Response::status(status))
    }

    /// 404, with the operator's page where there is one.
    #[inline(never)]
    fn not_found(&mut self, replier: &Replier<'_>) -> Reply {
        let mut path = [0; 512];
        let resolved = resolve(b"/", true, &mut path).and_then(|mut path| {
            path.join(replier.options.error_page)?;
            let opened = replier.open(&path)?;
            Ok((opened, content_type(path.name(), replier.types)))
        });
        match resolved {
            Ok((page, content_type)) if page.kind == Kind::Regular && !replier.files.single => {
                let size = page.file.size;
                let response = Response::page(Status::NotFound, content_type, size);
                let reply = self.head(replier, &response);
                self.with_file(replier.gate, reply, page.fd, 0, size)
            }
            _ => self.status(replier, Status::NotFound),
        }
    }

    #[inline(never)]
    fn listing(&mut self, replier: &Replier<'_>, file: OwnedFd<Gate>, length: u64) -> Reply {
        let response = Response::page(Status::Ok, b"text/html", length);
        let mut reply = self.head(replier, &response);
        reply.listing = true;
        self.with_file(replier.gate, reply, file, 0, length)
    }

    #[inline(never)]
    fn file(
        &mut self,
        replier: &Replier<'_>,
        request: &Request<'_>,
        path: &mut Resolved<'_>,
        original: Opened,
    ) -> Reply {
        let name = match replier.files.single {
            true => replier.options.folder.to_bytes(),
            false => path.name(),
        };
        let content_type = content_type(name, replier.types);
        let (opened, coding) = replier.coded(request, path, original);
        let decision = decide(request, &opened.file, coding, replier.now);
        let sent = Sent {
            file: opened.file,
            coding,
            varies: !replier.files.single,
            decision,
        };
        let response = Response::file(sent, content_type);
        if !matches!(decision, Decision::Whole | Decision::Part { .. }) {
            return self.page(replier, &response);
        }
        let reply = self.head(replier, &response);
        let (offset, left) = decision.content(&opened.file);
        self.with_file(replier.gate, reply, opened.fd, offset, left)
    }

    /// The response with a part of a file as its content, which is read here
    /// where it is small.
    #[inline(never)]
    fn with_file(
        &mut self,
        gate: Gate,
        mut reply: Reply,
        file: OwnedFd<Gate>,
        offset: u64,
        left: u64,
    ) -> Reply {
        if self.head_only || left == 0 || reply.status == Status::UriTooLong {
            return reply;
        }
        (reply.offset, reply.left, reply.content) = (offset, left, left);
        if left <= SMALL {
            let room = reply.head..reply.head + left as usize;
            if let Some(room) = self.buffer.get_mut(room) {
                let count = sys::pread64(gate, &file, room, offset).unwrap_or(0);
                reply.end += count;
                reply.offset += count as u64;
                reply.left -= count as u64;
            }
        }
        reply.file = Some(file);
        reply
    }
}

/// The request at the beginning of `bytes`.
pub fn parse(bytes: &[u8]) -> Parsed<'_> {
    Head::parse(bytes)
}
