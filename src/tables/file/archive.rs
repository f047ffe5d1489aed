//! The parts of a ZIP archive in memory, each unpacked under a limit of bytes that all of them share.
//!
//! The directory says how long each part will be, which refuses most bombs before anything is unpacked; since it may lie, the
//! unpacking stops at the limit too.

use crate::cost::base::limits::{ARCHIVE_PARTS_MAX, UNPACKED_BYTES_MAX};
use miniz_oxide::inflate::{TINFLStatus, decompress_to_vec_with_limit};
use std::borrow::Cow;

/// Why parts cannot be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Trouble {
    /// It is not what it claims to be.
    Damaged,
    /// It unpacks to more than is read.
    TooMuch,
    /// It is encrypted.
    Locked,
    /// It has more rows than are read.
    TooLong,
    /// Nobody waits for it any more.
    Stopped,
}

/// An archive and how many bytes may still be unpacked.
pub(super) struct Archive<'a> {
    bytes: &'a [u8],
    parts: Vec<Part>,
    left: usize,
}

struct Part {
    name: String,
    encrypted: bool,
    method: u16,
    packed: u64,
    unpacked: u64,
    header: u64,
}

/// Reads numbers of a few bytes, the lowest first.
struct Fields<'a>(&'a [u8]);

impl Fields<'_> {
    fn number(&self, at: usize, bytes: usize) -> Option<u64> {
        let bytes = self.0.get(at..at.checked_add(bytes)?)?;
        Some(bytes.iter().rev().fold(0, |number, byte| number << 8 | u64::from(*byte)))
    }

    fn size(&self, at: usize, bytes: usize) -> Option<usize> {
        usize::try_from(self.number(at, bytes)?).ok()
    }
}

impl<'a> Archive<'a> {
    /// Reads the directory of an archive; nothing is unpacked.
    pub(super) fn new(bytes: &'a [u8]) -> Result<Archive<'a>, Trouble> {
        let parts = directory(bytes).ok_or(Trouble::Damaged)?;
        if parts.len() > ARCHIVE_PARTS_MAX {
            return Err(Trouble::TooMuch);
        }
        Ok(Archive { bytes, parts, left: UNPACKED_BYTES_MAX })
    }

    /// The names of its parts.
    pub(super) fn names(&self) -> impl Iterator<Item = &str> {
        self.parts.iter().map(|part| part.name.as_str())
    }

    /// A part's content; `None` if there is no such part. Names differ in case between programs that write them.
    pub(super) fn part(&mut self, name: &str) -> Result<Option<Cow<'a, [u8]>>, Trouble> {
        let Some(part) = self.parts.iter().find(|part| part.name.eq_ignore_ascii_case(name)) else { return Ok(None) };
        if part.encrypted {
            return Err(Trouble::Locked);
        }
        if part.unpacked > self.left as u64 {
            return Err(Trouble::TooMuch);
        }
        let packed = content(self.bytes, part).ok_or(Trouble::Damaged)?;
        let content = match part.method {
            0 => Cow::Borrowed(packed),
            8 => Cow::Owned(decompress_to_vec_with_limit(packed, self.left).map_err(|error| match error.status {
                TINFLStatus::HasMoreOutput => Trouble::TooMuch,
                _ => Trouble::Damaged,
            })?),
            _ => return Err(Trouble::Damaged),
        };
        self.left = self.left.checked_sub(content.len()).ok_or(Trouble::TooMuch)?;
        Ok(Some(content))
    }
}

const END: &[u8] = b"PK\x05\x06";
const END_64: &[u8] = b"PK\x06\x06";
const END_64_LOCATOR: &[u8] = b"PK\x06\x07";
const ENTRY: &[u8] = b"PK\x01\x02";
const LOCAL: &[u8] = b"PK\x03\x04";

/// The entries of the directory at the archive's end, at most one more than are read.
fn directory(bytes: &[u8]) -> Option<Vec<Part>> {
    // A comment of at most 65,535 bytes may follow.
    let from = bytes.len().saturating_sub(65_535 + 22);
    let end = from + bytes.get(from..)?.windows(4).rposition(|four| four == END)?;
    let mut at = Fields(bytes).size(end + 16, 4)?;
    let locator = end.checked_sub(20).filter(|at| bytes[*at..].starts_with(END_64_LOCATOR));
    if let Some(locator) = locator {
        let end = Fields(bytes).size(locator + 8, 8)?;
        at = Fields(bytes).size(end.checked_add(48)?, 8).filter(|_| bytes[end..].starts_with(END_64))?;
    }
    let mut parts = Vec::new();
    while parts.len() <= ARCHIVE_PARTS_MAX && bytes.get(at..)?.starts_with(ENTRY) {
        let (part, length) = entry(bytes.get(at..)?)?;
        parts.push(part);
        at = at.checked_add(length)?;
    }
    Some(parts)
}

/// An entry of the directory, and its length there.
fn entry(bytes: &[u8]) -> Option<(Part, usize)> {
    let fields = Fields(bytes);
    let (name, extra, comment) = (fields.size(28, 2)?, fields.size(30, 2)?, fields.size(32, 2)?);
    let written = String::from_utf8_lossy(bytes.get(46..46 + name)?).replace('\\', "/");
    let mut part = Part {
        name: written.trim_start_matches('/').to_owned(),
        encrypted: fields.number(8, 2)? & 1 == 1,
        method: u16::try_from(fields.number(10, 2)?).ok()?,
        packed: fields.number(20, 4)?,
        unpacked: fields.number(24, 4)?,
        header: fields.number(42, 4)?,
    };
    long_numbers(&mut part, bytes.get(46 + name..46 + name + extra)?);
    Some((part, 46 + name + extra + comment))
}

/// Takes what does not fit four bytes from the entry's extra fields: in this order, and only what does not fit.
fn long_numbers(part: &mut Part, mut extra: &[u8]) {
    let is_long = |number: u64| number == u64::from(u32::MAX);
    while let (Some(id), Some(length)) = (Fields(extra).number(0, 2), Fields(extra).size(2, 2)) {
        let Some(field) = extra.get(4..4 + length) else { return };
        if id == 1 {
            let mut at = 0;
            for number in [&mut part.unpacked, &mut part.packed, &mut part.header] {
                if is_long(*number)
                    && let Some(long) = Fields(field).number(at, 8)
                {
                    (*number, at) = (long, at + 8);
                }
            }
        }
        extra = &extra[4 + length..];
    }
}

fn content<'a>(bytes: &'a [u8], part: &Part) -> Option<&'a [u8]> {
    let header = bytes.get(usize::try_from(part.header).ok()?..)?;
    let fields = Fields(header).size(26, 2).zip(Fields(header).size(28, 2)).filter(|_| header.starts_with(LOCAL));
    let begin = fields.map(|(name, extra)| 30 + name + extra)?;
    header.get(begin..begin.checked_add(usize::try_from(part.packed).ok()?)?)
}
