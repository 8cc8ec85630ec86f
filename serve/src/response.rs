//! The head of a response (H.12, H.13, H.17 to H.19, H.22, H.23).

use crate::{
    coding::Coding,
    date,
    decide::Decision,
    file::File,
    options::Field,
    out::Out,
    request::{Connection, Request},
    scan::{Scan, alike},
    status::Status,
    types::HTML,
};

/// What the operator says of every response.
#[derive(Clone, Copy, Debug, Default)]
pub struct Site<'a> {
    /// The value of Server; none where it is empty.
    pub server: &'a [u8],
    /// How long a response may be kept, in seconds (`--cache`).
    pub cache: Option<u32>,
    /// Whether pages of any origin may read what is served (`--cors`).
    pub cors: bool,
    /// Fields that replace those of the same name (`--header`).
    pub fields: &'a [Field<'a>],
}

/// A response, but for its content.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub struct Response<'a> {
    /// The status.
    pub status: Status,
    /// The length of the content that GET is sent.
    pub length: u64,
    /// The type of the content.
    pub content_type: &'a [u8],
    /// The file that is sent.
    pub file: Option<Sent>,
    /// Where the client goes instead.
    pub location: Option<Location<'a>>,
}

/// A file that is sent, whole or in part, or was asked for.
#[derive(Clone, Copy, Debug)]
pub struct Sent {
    /// The file whose bytes are sent, coded or not.
    pub file: File,
    /// Its coding.
    pub coding: Coding,
    /// Whether another client may be sent another coding: also where this one is
    /// sent the file as it is.
    pub varies: bool,
    /// What of it is sent.
    pub decision: Decision,
}

/// A redirect below the folder that is served.
#[derive(Clone, Copy, Debug)]
pub struct Location<'a> {
    /// The resolved path of the folder, without slashes at the ends.
    pub path: &'a [u8],
    /// The query of the request, if it has one.
    pub query: Option<&'a [u8]>,
}

impl<'a> Response<'a> {
    /// A page that is made for the request: a listing, the operator's page for an
    /// error.
    pub fn page(status: Status, content_type: &'a [u8], length: u64) -> Self {
        Self {
            status,
            length,
            content_type,
            file: None,
            location: None,
        }
    }

    /// A status alone, with the text of [`Status::write_body`] as its content.
    pub fn status(status: Status) -> Self {
        Self::page(status, HTML, status.body_len())
    }

    /// What was decided for a file. The content of 412 and 416 is that of
    /// [`Response::status`].
    pub fn file(sent: Sent, content_type: &'a [u8]) -> Self {
        let status = sent.decision.status();
        let mut response = Self::status(status);
        if !status.is_error() {
            response.content_type = content_type;
            (_, response.length) = sent.decision.content(&sent.file);
        }
        response.file = Some(sent);
        response
    }

    /// 301 to the folder of this path, which the request named without a slash.
    pub fn redirect(path: &'a [u8], request: &Request<'a>) -> Self {
        let mut response = Self::status(Status::MovedPermanently);
        response.location = Some(Location {
            path,
            query: request.query,
        });
        response
    }

    /// Writes the head, with the empty line at its end. Returns its length, or
    /// `None` where `buffer` is too small. `now` are the seconds since 1970.
    ///
    /// The head for HEAD is that for GET.
    pub fn write_head(
        &self,
        site: &Site<'_>,
        now: i64,
        connection: Connection,
        buffer: &mut [u8],
    ) -> Option<usize> {
        let mut writer = Writer {
            out: Out::new(buffer),
            site,
            error: self.status.is_error(),
        };
        let out = &mut writer.out;
        out.text("HTTP/1.1 ").text(self.status.line());
        date::write(out.text("\r\nDate: "), now);
        out.text(match connection {
            Connection::Persistent => "\r\n",
            Connection::KeepAlive => "\r\nConnection: keep-alive\r\n",
            Connection::Close => "\r\nConnection: close\r\n",
        });
        if !site.server.is_empty() && writer.begin("Server: ") {
            writer.out.bytes(site.server).line_end();
        }
        writer.line("X-Content-Type-Options: nosniff\r\n");
        if !self.status.is_empty() {
            self.write_content(&mut writer);
        }
        if let Some(sent) = &self.file {
            self.write_file(&mut writer, sent, now);
        }
        self.write_rest(&mut writer);
        writer.operators();
        writer.out.line_end().finish()
    }

    fn write_content(&self, writer: &mut Writer<'_>) {
        let out = writer.out.text("Content-Length: ");
        out.number(self.length).line_end();
        if writer.begin("Content-Type: ") {
            writer.out.bytes(self.content_type);
            // Text is UTF-8 unless something else is said.
            let has_no_parameter = self.content_type.iter().all(|&byte| byte != b';');
            if self.content_type.starts_with(b"text/") && has_no_parameter {
                writer.out.text("; charset=utf-8");
            }
            writer.out.line_end();
        }
    }

    fn write_file(&self, writer: &mut Writer<'_>, sent: &Sent, now: i64) {
        let Sent { file, coding, .. } = sent;
        // What the operator says that responses vary by is added to.
        if sent.varies {
            writer.line("Vary: Accept-Encoding\r\n");
        }
        let out = &mut writer.out;
        match sent.decision {
            Decision::Part { first, last } => {
                out.text("Content-Range: bytes ").number(first);
                out.byte(b'-').number(last);
                out.byte(b'/').number(file.size).line_end();
            }
            Decision::RangeNotSatisfiable => {
                out.text("Content-Range: bytes */");
                out.number(file.size).line_end();
            }
            _ => {}
        }
        if self.status.is_error() {
            return;
        }
        if let Some(etag) = file.etag(*coding, now) {
            etag.write(out.text("ETag: "));
            out.line_end();
        }
        if let Some(seconds) = writer.site.cache {
            if writer.begin("Cache-Control: max-age=") {
                writer.out.number(seconds.into()).line_end();
            }
        }
        // 304 has what it changes of a kept response, and no more (9110, 15.4.5).
        if self.status == Status::NotModified {
            return;
        }
        let out = &mut writer.out;
        if let Some(modified) = file.last_modified(now) {
            date::write(out.text("Last-Modified: "), modified);
            out.line_end();
        }
        if *coding != Coding::Identity {
            let out = out.text("Content-Encoding: ");
            out.text(coding.name()).line_end();
        }
        out.text("Accept-Ranges: bytes\r\n");
    }

    fn write_rest(&self, writer: &mut Writer<'_>) {
        if let Some(location) = &self.location {
            location.write(writer.out.text("Location: "));
            writer.out.line_end();
        }
        let options = self.status == Status::NoContent;
        if options || self.status == Status::MethodNotAllowed {
            writer.out.text("Allow: GET, HEAD, OPTIONS\r\n");
        }
        if self.status == Status::ServiceUnavailable {
            writer.line("Retry-After: 1\r\n");
        }
        if !writer.site.cors {
            return;
        }
        writer.line("Access-Control-Allow-Origin: *\r\n");
        writer.line("Access-Control-Expose-Headers: *\r\n");
        if options {
            writer.line("Access-Control-Allow-Methods: GET, HEAD, OPTIONS\r\n");
            writer.line("Access-Control-Allow-Headers: *\r\n");
            writer.line("Access-Control-Max-Age: 86400\r\n");
        }
    }
}

impl Location<'_> {
    /// A path that begins with one slash, since two would begin a host.
    fn write(&self, out: &mut Out<'_>) {
        out.byte(b'/').percent_encoded(self.path);
        if !self.path.is_empty() {
            out.byte(b'/');
        }
        let Some(query) = self.query else { return };
        out.byte(b'?');
        for &byte in query {
            match byte {
                0x80.. | b'"' | b'<' | b'>' | b'\\' => out.escape("%", byte),
                _ => out.byte(byte),
            };
        }
    }
}

struct Writer<'b> {
    out: Out<'b>,
    site: &'b Site<'b>,
    error: bool,
}

/// What no option may say is written to `out` at once: see [`Field::parse`].
impl<'b> Writer<'b> {
    /// Writes the beginning of a line, unless the operator has the field that it
    /// names.
    #[inline(never)]
    fn begin(&mut self, line: &str) -> bool {
        let name = Scan::new(line.as_bytes()).before(b':');
        let is = |field: &Field<'_>| alike(field.name, name);
        let replaced = self.applying().any(is);
        if !replaced {
            self.out.text(line);
        }
        !replaced
    }

    /// Writes a whole line likewise.
    fn line(&mut self, line: &str) {
        self.begin(line);
    }

    /// The operator's fields that this response has.
    fn applying(&self) -> impl Iterator<Item = &'b Field<'b>> + use<'b> {
        let error = self.error;
        let fields = self.site.fields.iter();
        fields.filter(move |field| !(error && field.is_of_content()))
    }

    fn operators(&mut self) {
        for field in self.applying() {
            self.out.bytes(field.name).text(": ").bytes(field.value);
            if field.is("Vary") && !field.lists("Accept-Encoding") {
                self.out.text(", Accept-Encoding");
            }
            self.out.line_end();
        }
    }
}
