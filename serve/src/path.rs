//! The path of a request as a path below the folder that is served (H.5, S.2).

use core::ffi::CStr;

use crate::{scan::Scan, status::Status};

/// A path below the folder that is served: no empty segment, none of dots alone,
/// no slash at either end, no NUL. The folder itself is the empty path.
#[derive(Debug, PartialEq, Eq)]
pub struct Resolved<'b> {
    /// Ends in a NUL after the path.
    buffer: &'b mut [u8],
    len: usize,
    /// Whether the path ended in a slash, which says that it names a folder.
    pub slash: bool,
}

/// Decodes the path of a request, resolves its dot segments and counts repeated
/// slashes as one.
///
/// `buffer` limits the length, of which one byte is for a NUL: a longer path is
/// not found, as one that is longer than the kernel's 4096 bytes. Unless
/// `dot_files`, what begins with a dot is not found, but for `.well-known`.
///
/// # Errors
///
/// 400 where there is NUL, where an escape is cut or is none, and where the path leads
/// out of the folder; 404 where a segment contains an escaped slash.
pub fn resolve<'b>(
    path: &[u8],
    dot_files: bool,
    buffer: &'b mut [u8],
) -> Result<Resolved<'b>, Status> {
    let mut resolved = Resolved {
        buffer,
        len: 0,
        slash: true,
    };
    let mut scan = Scan::new(path);
    while !scan.is_at_end() {
        if scan.skip(b'/') {
            resolved.slash = true;
            continue;
        }
        let before = resolved.len;
        if before > 0 {
            resolved.push(b'/')?;
        }
        let begin = resolved.len;
        while let Some(byte) = scan.peek().filter(|&byte| byte != b'/') {
            scan.byte();
            let byte = match byte {
                b'%' => escaped(&mut scan)?,
                0 => return Err(Status::BadRequest),
                byte => byte,
            };
            resolved.push(byte)?;
        }
        let segment = resolved.as_bytes().get(begin..).unwrap_or_default();
        let dots = matches!(segment, b"." | b"..");
        match segment {
            b"." => resolved.len = before,
            b".." if before == 0 => return Err(Status::BadRequest),
            b".." => resolved.len = parent(resolved.as_bytes().get(..before).unwrap_or_default()),
            _ => {}
        }
        resolved.slash = dots;
    }
    let mut segments = resolved.as_bytes().split(|&byte| byte == b'/');
    if !dot_files && segments.any(is_hidden) {
        return Err(Status::NotFound);
    }
    resolved.terminate()?;
    Ok(resolved)
}

fn is_hidden(segment: &[u8]) -> bool {
    segment.starts_with(b".") && segment != b".well-known"
}

/// The byte of an escape, after the percent sign.
fn escaped(scan: &mut Scan<'_>) -> Result<u8, Status> {
    let mut digit = || {
        let digit = char::from(scan.byte()?).to_digit(16)?;
        Some(digit as u8)
    };
    match digit().zip(digit()).map(|(high, low)| high << 4 | low) {
        None | Some(0) => Err(Status::BadRequest),
        Some(b'/') => Err(Status::NotFound),
        Some(byte) => Ok(byte),
    }
}

/// The length of what is left without the last segment.
fn parent(path: &[u8]) -> usize {
    path.iter().rposition(|&byte| byte == b'/').unwrap_or(0)
}

impl Resolved<'_> {
    fn push(&mut self, byte: u8) -> Result<(), Status> {
        *self.buffer.get_mut(self.len).ok_or(Status::NotFound)? = byte;
        self.len += 1;
        Ok(())
    }

    fn terminate(&mut self) -> Result<(), Status> {
        *self.buffer.get_mut(self.len).ok_or(Status::NotFound)? = 0;
        Ok(())
    }

    /// The path; empty for the folder that is served.
    pub fn as_bytes(&self) -> &[u8] {
        self.buffer.get(..self.len).unwrap_or_default()
    }

    /// The path for a system call, which has `.` for the folder that is served.
    pub fn as_c_str(&self) -> &CStr {
        CStr::from_bytes_with_nul(self.with_nul()).unwrap_or(c".")
    }

    /// [`as_c_str`](Self::as_c_str) as bytes, the last of which is a NUL: for
    /// programs without code of `core`'s own, which may need a newer processor than
    /// theirs does.
    pub fn with_nul(&self) -> &[u8] {
        match self.buffer.get(..=self.len) {
            Some(path) if self.len > 0 => path,
            _ => b".\0",
        }
    }

    /// The last segment.
    pub fn name(&self) -> &[u8] {
        let path = self.as_bytes();
        path.rsplit(|&byte| byte == b'/').next().unwrap_or(path)
    }

    /// Whether the last segment has an ending, as `style.css` has (`--spa`).
    pub fn has_ending(&self) -> bool {
        self.name().iter().skip(1).any(|&byte| byte == b'.')
    }

    /// How long the path is, to be restored by [`truncate`](Self::truncate).
    pub fn len(&self) -> usize {
        self.len
    }

    /// Whether it is the folder that is served.
    pub fn is_empty(&self) -> bool {
        self.len == 0
    }

    /// Appends a segment: the name of an index file.
    ///
    /// # Errors
    ///
    /// 404 where the buffer is too small; the path is as it was.
    pub fn join(&mut self, name: &[u8]) -> Result<(), Status> {
        let slash: &[u8] = if self.len > 0 { b"/" } else { b"" };
        self.append(slash, name)
    }

    /// Appends to the last segment: the ending of a coding.
    ///
    /// # Errors
    ///
    /// As of [`join`](Self::join).
    pub fn add_ending(&mut self, ending: &str) -> Result<(), Status> {
        self.append(ending.as_bytes(), b"")
    }

    fn append(&mut self, first: &[u8], second: &[u8]) -> Result<(), Status> {
        let before = self.len;
        let mut bytes = first.iter().chain(second);
        let result = bytes
            .try_for_each(|&byte| self.push(byte))
            .and_then(|()| self.terminate());
        if result.is_err() {
            self.truncate(before);
        }
        result
    }

    /// Takes away what was appended, down to a length that was.
    pub fn truncate(&mut self, len: usize) {
        self.len = self.len.min(len);
        if let Some(byte) = self.buffer.get_mut(self.len) {
            *byte = 0;
        }
    }
}
