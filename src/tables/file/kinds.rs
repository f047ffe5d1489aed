//! Files that are no lists, known by their first bytes: each refused with what it is and what to do.

use super::archive::{Archive, Trouble};
use crate::words::{self, Explanation};

/// A file of another kind than text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Foreign {
    /// A ZIP archive, which may be a workbook.
    Archive,
    /// A container of older Office programs, which also holds encrypted workbooks.
    OldOffice,
    Pdf,
    Picture,
    Packed,
    /// A web page, which some systems call .xls.
    Html,
}

const SIGNS: &[(&[u8], Foreign)] = &[
    (b"PK\x03\x04", Foreign::Archive),
    (b"PK\x05\x06", Foreign::Archive),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", Foreign::OldOffice),
    (b"%PDF", Foreign::Pdf),
    (b"\x89PNG", Foreign::Picture),
    (b"\xff\xd8\xff", Foreign::Picture),
    (b"GIF8", Foreign::Picture),
    (b"RIFF", Foreign::Picture),
    (b"II*\0", Foreign::Picture),
    (b"MM\0*", Foreign::Picture),
    (b"8BPS", Foreign::Picture),
    (b"\x1f\x8b", Foreign::Packed),
    (b"BZh", Foreign::Packed),
    (b"7z\xbc\xaf", Foreign::Packed),
    (b"Rar!", Foreign::Packed),
    (b"\xfd7zXZ", Foreign::Packed),
    (b"\x28\xb5\x2f\xfd", Foreign::Packed),
];

/// What a file is by its first bytes; `None` for a text.
pub(super) fn foreign(bytes: &[u8]) -> Option<Foreign> {
    let signed = SIGNS.iter().find(|(sign, _)| bytes.starts_with(sign)).map(|(_, kind)| *kind);
    let picture = bytes.get(4..12).is_some_and(|brand| matches!(brand, b"ftypheic" | b"ftypavif" | b"ftypmif1"));
    signed.or(picture.then_some(Foreign::Picture)).or_else(|| {
        let begin = bytes.iter().position(|byte| !byte.is_ascii_whitespace())?;
        let head = String::from_utf8_lossy(&bytes[begin..bytes.len().min(begin + 256)]).to_lowercase();
        let page = ["<!doctype html", "<html", "<table"].iter().any(|tag| head.starts_with(tag));
        let old_xml = head.starts_with("<?xml") && head.contains("mso-application");
        (page || old_xml).then_some(Foreign::Html)
    })
}

/// Why a file of another kind is no list. An archive is refused here if it is no workbook.
pub(super) fn refusal(kind: Foreign, bytes: &[u8]) -> Explanation {
    match kind {
        Foreign::Archive => words::list_foreign(words::list_is_archive(), words::list_unpack()),
        Foreign::OldOffice if is_encrypted(bytes) => locked(),
        Foreign::OldOffice => words::list_foreign(words::list_is_old(), words::list_save_as()),
        Foreign::Pdf => words::list_foreign(words::list_is_pdf(), words::list_from_spreadsheet()),
        Foreign::Picture => words::list_foreign(words::list_is_picture(), words::list_from_spreadsheet()),
        Foreign::Packed => words::list_foreign(words::list_is_packed(), words::list_unpack()),
        Foreign::Html => words::list_foreign(words::list_is_html(), words::list_save_as()),
    }
}

/// A workbook with a password.
pub(super) fn locked() -> Explanation {
    words::list_foreign(words::list_is_locked(), words::list_unlock())
}

/// The names in such a container are UTF-16.
fn is_encrypted(bytes: &[u8]) -> bool {
    let name: Vec<u8> = "EncryptedPackage".encode_utf16().flat_map(u16::to_le_bytes).collect();
    bytes.windows(name.len()).any(|part| part == name)
}

/// Why an archive is no workbook that is read; `None` if it looks like one.
pub(super) fn not_a_workbook(archive: &mut Archive<'_>) -> Result<Option<Explanation>, Trouble> {
    let has = |archive: &Archive<'_>, begins: &str| archive.names().any(|name| name.starts_with(begins));
    let why = if has(archive, "xl/workbook.bin") {
        Some((words::list_is_binary(), words::list_save_as()))
    } else if has(archive, "xl/") {
        None
    } else if has(archive, "word/") || has(archive, "ppt/") {
        Some((words::list_is_document(), words::list_from_spreadsheet()))
    } else if archive.names().any(|name| name.ends_with(".iwa") || name == "Index.zip") {
        Some((words::list_is_numbers(), words::list_save_as()))
    } else if has(archive, "mimetype") && archive.part("mimetype")?.is_some_and(|kind| is_open_document(&kind)) {
        Some((words::list_is_open_document(), words::list_save_as()))
    } else {
        Some((words::list_is_archive(), words::list_unpack()))
    };
    Ok(why.map(|(what, remedy)| words::list_foreign(what, remedy)))
}

fn is_open_document(kind: &[u8]) -> bool {
    kind.starts_with(b"application/vnd.oasis.opendocument")
}
