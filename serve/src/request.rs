//! A request whose head is well-formed.

use crate::{
    fields::{Fields, Name},
    host::is_host,
    scan::{Scan, same},
    status::Status,
};

/// The methods that are told apart (H.7).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Method {
    /// The content.
    Get,
    /// The head of the response to GET.
    Head,
    /// Which methods there are.
    Options,
    /// The request for a tunnel, which is refused.
    Connect,
    /// POST, PUT, DELETE, PATCH and TRACE, which are refused.
    Other,
    /// Any other token.
    Unknown,
}

const METHODS: [(&str, Method); 9] = [
    ("GET", Method::Get),
    ("HEAD", Method::Head),
    ("OPTIONS", Method::Options),
    ("CONNECT", Method::Connect),
    ("POST", Method::Other),
    ("PUT", Method::Other),
    ("DELETE", Method::Other),
    ("PATCH", Method::Other),
    ("TRACE", Method::Other),
];

impl Method {
    pub(crate) fn of(token: &[u8]) -> Self {
        let is = |(name, _): &&(&str, Self)| name.as_bytes() == token;
        let known = METHODS.iter().find(is);
        known.map_or(Self::Unknown, |&(_, method)| method)
    }

    /// The error of a method that no resource has.
    pub const fn refusal(self) -> Option<Status> {
        match self {
            Self::Get | Self::Head | Self::Options => None,
            Self::Connect | Self::Other => Some(Status::MethodNotAllowed),
            Self::Unknown => Some(Status::NotImplemented),
        }
    }
}

/// A request, without its content.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Request<'a> {
    /// The method.
    pub method: Method,
    /// The request line as it was received, without CRLF, for the log.
    pub line: &'a [u8],
    /// The path as it was received, which begins with a slash, or `*`. That of a
    /// method that is refused is whatever was received.
    pub path: &'a [u8],
    /// What follows the question mark, if there is one.
    pub query: Option<&'a [u8]>,
    /// The authority of the target or the field Host; empty without either.
    pub host: &'a [u8],
    /// The version is HTTP/1.`minor`.
    pub minor: u8,
    /// Whether the connection may serve another request (H.11).
    pub keep_alive: bool,
    /// Whether content follows, which nothing reads (H.9).
    pub has_body: bool,
    /// The fields.
    pub fields: Fields<'a>,
}

impl<'a> Request<'a> {
    /// Takes the target apart (9112, 3.2).
    pub(crate) fn new(
        method: Method,
        line: &'a [u8],
        target: &'a [u8],
        minor: u8,
        fields: Fields<'a>,
    ) -> Result<Self, Status> {
        let (host, rest) = match absolute(target) {
            Some((host, _)) if !is_host(host) => return Err(Status::BadRequest),
            Some(parts) => parts,
            None => (fields.first(Name::Host).unwrap_or_default(), target),
        };
        let mut parts = Scan::new(rest);
        let mut path = parts.before(b'?');
        let query = parts.skip(b'?').then_some(parts.rest());
        if path.is_empty() && rest.len() < target.len() {
            path = if method == Method::Options {
                b"*"
            } else {
                b"/"
            };
        }
        let good = match method {
            // An authority, which is no target of any other method.
            Method::Connect => true,
            Method::Options if path == b"*" => true,
            _ => path.starts_with(b"/"),
        };
        if !(good && target.iter().all(|&byte| byte != b'#')) {
            return Err(Status::BadRequest);
        }
        Ok(Self {
            method,
            line,
            path,
            query,
            host,
            minor,
            keep_alive: false,
            has_body: false,
            fields,
        })
    }

    /// How the connection goes on after the response.
    pub fn connection(&self) -> Connection {
        match (self.keep_alive, self.minor) {
            (false, _) => Connection::Close,
            (true, 0) => Connection::KeepAlive,
            (true, _) => Connection::Persistent,
        }
    }

    /// Whether the response has its content, or the head alone.
    pub fn wants_content(&self) -> bool {
        self.method != Method::Head
    }

    /// Who the client says it is, for the log.
    pub fn user_agent(&self) -> Option<&'a [u8]> {
        self.fields.first(Name::UserAgent)
    }

    /// Where the client says it comes from, for the log.
    pub fn referer(&self) -> Option<&'a [u8]> {
        self.fields.first(Name::Referer)
    }
}

/// What a response says of its connection.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Connection {
    /// Goes on, as it does by default in HTTP/1.1.
    Persistent,
    /// Goes on, which HTTP/1.0 has to be told.
    KeepAlive,
    /// Is closed after the response.
    Close,
}

/// The authority of a target with a scheme, and what follows it.
fn absolute(target: &[u8]) -> Option<(&[u8], &[u8])> {
    let after = |scheme: &str| {
        let (begin, rest) = target.split_at_checked(scheme.len())?;
        same(begin, scheme).then_some(rest)
    };
    let rest = after("http://").or_else(|| after("https://"))?;
    let ends = |byte: &u8| matches!(byte, b'/' | b'?' | b'#');
    let end = rest.iter().position(ends).unwrap_or(rest.len());
    rest.split_at_checked(end)
}
