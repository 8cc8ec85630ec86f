//! Types of content, by the ending of a name (H.18).

use crate::{
    options::TypeRule,
    scan::{Scan, alike},
};

/// The type of our own pages.
pub const HTML: &[u8] = b"text/html";
/// The type of what has no known ending.
pub const UNKNOWN: &[u8] = b"application/octet-stream";

/// In each line a type and the endings of its names. Text is sent as UTF-8, which
/// [`Response::write_head`](crate::response::Response::write_head) adds.
const TYPES: &str = "\
text/html html htm
text/css css
text/javascript js mjs cjs
application/json json map
image/png png
image/jpeg jpg jpeg jfif
image/svg+xml svg
text/plain txt text log conf cfg ini diff patch
font/woff2 woff2
application/wasm wasm
image/webp webp
image/avif avif
image/gif gif
image/x-icon ico
image/bmp bmp
image/tiff tif tiff
image/apng apng
image/jxl jxl
image/heic heic
font/woff woff
font/ttf ttf
font/otf otf
font/collection ttc
application/vnd.ms-fontobject eot
video/mp4 mp4 m4v
video/webm webm
video/ogg ogv
video/quicktime mov
video/x-matroska mkv
video/x-msvideo avi
video/mpeg mpg mpeg
video/mp2t ts
video/iso.segment m4s
application/vnd.apple.mpegurl m3u8
application/dash+xml mpd
audio/mpeg mp3
audio/mp4 m4a
audio/aac aac
audio/ogg ogg oga opus
audio/wav wav
audio/flac flac
audio/midi mid midi
text/csv csv
text/markdown md markdown
text/calendar ics
text/vcard vcf
text/vtt vtt
text/tab-separated-values tsv
application/yaml yaml yml
application/toml toml
application/xml xml xsl
application/xhtml+xml xhtml
application/rss+xml rss
application/atom+xml atom
application/ld+json jsonld
application/geo+json geojson
application/manifest+json webmanifest
application/pdf pdf
application/rtf rtf
application/epub+zip epub
application/zip zip
application/gzip gz tgz
application/zstd zst
application/x-bzip2 bz2
application/x-xz xz
application/x-tar tar
application/x-7z-compressed 7z
application/vnd.rar rar
application/java-archive jar
application/vnd.android.package-archive apk
application/vnd.debian.binary-package deb
application/x-rpm rpm
application/msword doc
application/vnd.ms-excel xls
application/vnd.ms-powerpoint ppt
application/vnd.openxmlformats-officedocument.wordprocessingml.document docx
application/vnd.openxmlformats-officedocument.spreadsheetml.sheet xlsx
application/vnd.openxmlformats-officedocument.presentationml.presentation pptx
application/vnd.oasis.opendocument.text odt
application/vnd.oasis.opendocument.spreadsheet ods
model/gltf+json gltf
model/gltf-binary glb
";

/// The type of a name: the operator's, ours, or [`UNKNOWN`]. Without the
/// `charset` of a text.
pub fn content_type<'a>(name: &[u8], rules: &[TypeRule<'a>]) -> &'a [u8] {
    let name = name.rsplit(|&byte| byte == b'/').next().unwrap_or(name);
    let ruled = rules.iter().find(|rule| ends_in(name, rule.ending));
    if let Some(rule) = ruled {
        return rule.content_type;
    }
    // A name that begins with its only dot has no ending.
    let dot = name.iter().rposition(|&byte| byte == b'.').unwrap_or(0);
    let ending = name.get(dot + 1..).filter(|_| dot > 0);
    let Some(ending) = ending else { return UNKNOWN };
    let mut lines = Scan::new(TYPES.as_bytes());
    while !lines.is_at_end() {
        let mut words = Scan::new(lines.before(b'\n'));
        lines.byte();
        let content_type = words.before(b' ');
        while words.skip(b' ') {
            if alike(words.before(b' '), ending) {
                return content_type;
            }
        }
    }
    UNKNOWN
}

/// Whether a name ends in this, in any case, and does not consist of it.
fn ends_in(name: &[u8], ending: &[u8]) -> bool {
    let begin = name.len().checked_sub(ending.len()).filter(|&at| at > 0);
    let end = begin.and_then(|begin| name.get(begin..));
    end.is_some_and(|end| alike(end, ending))
}
