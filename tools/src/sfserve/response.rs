//! Responses, put together in a buffer.

use int80::{OwnedFd, sys};
use int80_rt::Gate;
use int80_serve::{
    Connection as Persistence, Decision, File, Method, Request, Resolved, Response, Sent, Status,
    content_type, decide, resolve,
};

use crate::{
    cache::{Content, Facts},
    connection::MAX_OUT,
    files::{Kind, Opened, status},
    memory::copy,
    reply::Replier,
};

/// A file of at most so many bytes goes in one piece with its head.
const SMALL: u64 = 16 << 10;

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

/// A response that is being put together.
pub struct Draft<'b> {
    head_only: bool,
    persistence: Persistence,
    pub buffer: &'b mut [u8],
    pub reply: Reply,
}

impl<'b> Draft<'b> {
    pub fn new(method: Method, persistence: Persistence, buffer: &'b mut [u8]) -> Self {
        Self {
            head_only: method == Method::Head,
            persistence,
            buffer,
            reply: Reply {
                status: Status::Ok,
                head: 0,
                end: 0,
                file: None,
                offset: 0,
                left: 0,
                keep: persistence != Persistence::Close,
                listing: false,
                content: 0,
            },
        }
    }

    /// The head of a response, which `left` bytes of a file follow, from `offset`
    /// on.
    #[inline(never)]
    fn head(&mut self, replier: &Replier<'_>, response: &Response<'_>, (offset, left): (u64, u64)) {
        let (site, now) = (&replier.site, replier.now);
        let reply = &mut self.reply;
        reply.status = response.status;
        reply.offset = offset;
        reply.left = if self.head_only { 0 } else { left };
        reply.head = match response.write_head(site, now, self.persistence, self.buffer) {
            Some(head) => head,
            // A redirect to what is longer than any client would ask for.
            None => {
                let short = Response::status(Status::UriTooLong);
                (reply.status, reply.keep, reply.left) = (Status::UriTooLong, false, 0);
                let written = short.write_head(site, now, Persistence::Close, self.buffer);
                written.unwrap_or(0)
            }
        };
        (reply.end, reply.content) = (reply.head, reply.left);
    }

    /// A response whose content is the text of its status.
    #[inline(never)]
    pub fn page(&mut self, replier: &Replier<'_>, response: &Response<'_>) {
        self.head(replier, response, (0, 0));
        let reply = &mut self.reply;
        if !self.head_only {
            let rest = self.buffer.get_mut(reply.head..).unwrap_or_default();
            let length = reply.status.write_body(rest).unwrap_or(0);
            reply.end += length;
            reply.content = length as u64;
        }
    }

    #[inline(never)]
    pub fn status(&mut self, replier: &Replier<'_>, status: Status) {
        self.page(replier, &Response::status(status));
    }

    /// 404, with the operator's page where there is one.
    #[inline(never)]
    pub fn not_found(&mut self, replier: &mut Replier<'_>) {
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
                self.head(replier, &response, (0, size));
                self.with_file(replier.gate, page.fd);
            }
            _ => self.status(replier, Status::NotFound),
        }
    }

    #[inline(never)]
    pub fn listing(&mut self, replier: &Replier<'_>, file: OwnedFd<Gate>, length: u64) {
        let response = Response::page(Status::Ok, b"text/html", length);
        self.head(replier, &response, (0, length));
        self.reply.listing = true;
        self.with_file(replier.gate, file);
    }

    /// What a request for this file gets of it.
    #[inline(never)]
    pub fn file(
        &mut self,
        replier: &mut Replier<'_>,
        request: &Request<'_>,
        path: &mut Resolved<'_>,
        original: Opened,
    ) -> Facts {
        let name = match replier.files.single {
            true => replier.options.folder.to_bytes(),
            false => path.name(),
        };
        let content_type = content_type(name, replier.types);
        let (opened, coding) = replier.coded(request, path, original);
        let facts = Facts {
            file: opened.file,
            coding,
            content_type,
        };
        self.decided(replier, request, &facts);
        self.with_file(replier.gate, opened.fd);
        facts
    }

    /// The head of what a request for this file gets of it, and the whole response
    /// where nothing of the file is sent.
    #[inline(never)]
    fn decided(&mut self, replier: &Replier<'_>, request: &Request<'_>, facts: &Facts) {
        let &Facts {
            file,
            coding,
            content_type,
        } = facts;
        let decision = decide(request, &file, coding, replier.now);
        let sent = Sent {
            file,
            coding,
            varies: !replier.files.single,
            decision,
        };
        let response = Response::file(sent, content_type);
        match decision {
            Decision::Whole | Decision::Part { .. } => {
                self.head(replier, &response, decision.content(&file));
            }
            _ => self.page(replier, &response),
        }
    }

    /// The response from a file that is kept; `false` where it is longer than what a
    /// connection can keep of it, or there is no descriptor left.
    #[inline(never)]
    pub fn kept(
        &mut self,
        replier: &Replier<'_>,
        request: &Request<'_>,
        (facts, content): (&Facts, Content<'_>),
    ) -> bool {
        let content = match content {
            Content::Bytes(bytes) => bytes,
            Content::File(file) => return self.kept_file(replier, request, (facts, file)),
        };
        self.decided(replier, request, facts);
        let reply = &mut self.reply;
        let (offset, left) = (reply.offset as usize, reply.left as usize);
        let content = content.get(offset..).and_then(|rest| rest.get(..left));
        let room = self.buffer.get_mut(reply.head..MAX_OUT);
        let room = room.and_then(|room| room.get_mut(..left));
        let (Some(content), Some(room)) = (content, room) else {
            return false;
        };
        copy(room, content);
        reply.end += left;
        reply.left = 0;
        true
    }

    /// The response from a file that is open; `false`, too, where it has changed in
    /// place: its new bytes need not be what the path has now.
    #[inline(never)]
    fn kept_file(
        &mut self,
        replier: &Replier<'_>,
        request: &Request<'_>,
        (facts, file): (&Facts, &OwnedFd<Gate>),
    ) -> bool {
        let gate = replier.gate;
        if !status(gate, file).is_ok_and(|(_, now)| now == facts.file) {
            return false;
        }
        self.decided(replier, request, facts);
        if self.reply.left > 0 {
            // The connection closes its own.
            match sys::fcntl_dupfd_cloexec(gate, file, 3) {
                Ok(file) => self.with_file(gate, file),
                Err(_) => return false,
            }
        }
        true
    }

    /// What is to be kept of the file: all its bytes, if [`kept`](Self::kept) takes
    /// so many, or else the open file.
    pub fn to_keep(&self, file: &File) -> Option<Content<'_>> {
        let reply = &self.reply;
        if file.size > MAX_OUT as u64 || reply.end > MAX_OUT {
            return reply.file.as_ref().map(Content::File);
        }
        let all = reply.left == 0 && reply.content == file.size && reply.status == Status::Ok;
        let content = self.buffer.get(reply.head..reply.end);
        content.filter(|_| all).map(Content::Bytes)
    }

    /// The response whose content is in a file, and is read here where it is small.
    #[inline(never)]
    fn with_file(&mut self, gate: Gate, file: OwnedFd<Gate>) {
        let reply = &mut self.reply;
        if reply.left == 0 {
            return;
        }
        if reply.left <= SMALL {
            let room = reply.head..reply.head + reply.left as usize;
            if let Some(room) = self.buffer.get_mut(room) {
                let count = sys::pread64(gate, &file, room, reply.offset).unwrap_or(0);
                reply.end += count;
                reply.offset += count as u64;
                reply.left -= count as u64;
            }
        }
        reply.file = Some(file);
    }
}
