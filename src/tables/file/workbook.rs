//! A workbook (.xlsx, .xlsm): its sheets, the texts that its cells share, and what its number formats mean.

use super::archive::{Archive, Trouble};
use super::shown::{Form, built_in_form, form};
use super::xml::{Piece, Xml};
use crate::cost::base::limits::SHEET_TEXTS_MAX;
use std::collections::HashMap;

/// A workbook whose sheets are not read yet.
pub(super) struct Workbook {
    /// In the order of their tabs.
    pub(super) sheets: Vec<SheetPart>,
    /// Whether it holds macros.
    pub(super) has_macros: bool,
    /// What all sheets share.
    pub(super) shared: Shared,
}

/// A sheet of a workbook, and the part that holds it.
pub(super) struct SheetPart {
    pub(super) name: String,
    pub(super) visible: bool,
    pub(super) part: String,
}

/// What the cells of all sheets refer to.
#[derive(Default)]
pub(super) struct Shared {
    pub(super) texts: Vec<String>,
    /// The form of each cell style.
    pub(super) forms: Vec<Form>,
    /// Whether days are counted from 1904.
    pub(super) from_1904: bool,
}

/// A reference from one part to another.
struct Link {
    id: String,
    kind: String,
    target: String,
}

impl Workbook {
    /// Reads everything but the sheets.
    pub(super) fn read(archive: &mut Archive<'_>) -> Result<Workbook, Trouble> {
        let is_book = |link: &Link| link.kind.ends_with("/officeDocument");
        let book = links(archive, "")?.into_iter().find(is_book).ok_or(Trouble::Damaged)?.target;
        let links = links(archive, &book)?;
        let target = |kind: &str| links.iter().find(|link| link.kind.ends_with(kind)).map(|link| link.target.as_str());
        let part = archive.part(&book)?.ok_or(Trouble::Damaged)?;
        let (sheets, from_1904) = sheets(&part, &links)?;
        let mut shared = Shared { from_1904, ..Shared::default() };
        if let Some(part) = target("/styles").map(|name| archive.part(name)).transpose()?.flatten() {
            shared.forms = forms(&part)?;
        }
        if let Some(part) = target("/sharedStrings").map(|name| archive.part(name)).transpose()?.flatten() {
            shared.texts = texts(&part)?;
        }
        Ok(Workbook { sheets, has_macros: target("/vbaProject").is_some(), shared })
    }
}

/// The references of a part; those of the whole archive for an empty name.
fn links(archive: &mut Archive<'_>, of: &str) -> Result<Vec<Link>, Trouble> {
    let (folder, name) = of.rsplit_once('/').unwrap_or(("", of));
    let slash = if folder.is_empty() { "" } else { "/" };
    let Some(part) = archive.part(&format!("{folder}{slash}_rels/{name}.rels"))? else { return Ok(Vec::new()) };
    let (mut xml, mut links) = (Xml::new(&part)?, Vec::new());
    while let Some(piece) = xml.next()? {
        if let Piece::Open(tag) = piece
            && tag.name() == "Relationship"
        {
            let [id, kind, target] = ["Id", "Type", "Target"].map(|name| tag.get(name).unwrap_or_default());
            links.push(Link { id, kind, target: resolved(folder, &target) });
        }
    }
    Ok(links)
}

/// The name of the part that a path in a folder leads to.
fn resolved(folder: &str, target: &str) -> String {
    let mut steps: Vec<&str> = match target.strip_prefix('/') {
        Some(_) => Vec::new(),
        None => folder.split('/').collect(),
    };
    for step in target.split('/') {
        match step {
            "." => {}
            ".." => drop(steps.pop()),
            step => steps.push(step),
        }
    }
    steps.retain(|step| !step.is_empty());
    steps.join("/")
}

/// The sheets with cells, and whether days are counted from 1904.
fn sheets(part: &[u8], links: &[Link]) -> Result<(Vec<SheetPart>, bool), Trouble> {
    let (mut xml, mut sheets, mut from_1904) = (Xml::new(part)?, Vec::new(), false);
    while let Some(piece) = xml.next()? {
        let Piece::Open(tag) = piece else { continue };
        match tag.name() {
            "workbookPr" => from_1904 = tag.is("date1904"),
            "sheet" => {
                let id = tag.get("id").unwrap_or_default();
                // Sheets of a chart alone have no cells.
                let link = links.iter().find(|link| link.id == id && link.kind.ends_with("/worksheet"));
                let visible = tag.get("state").is_none_or(|state| state == "visible");
                let name = tag.get("name").unwrap_or_default();
                sheets.extend(link.map(|link| SheetPart { name, visible, part: link.target.clone() }));
            }
            _ => {}
        }
    }
    Ok((sheets, from_1904))
}

/// The form of each cell style.
fn forms(part: &[u8]) -> Result<Vec<Form>, Trouble> {
    let (mut xml, mut own, mut forms, mut in_cells) = (Xml::new(part)?, HashMap::new(), Vec::new(), false);
    while let Some(piece) = xml.next()? {
        match piece {
            Piece::Open(tag) => match tag.name() {
                "numFmt" => {
                    let code = tag.get("formatCode").unwrap_or_default();
                    own.extend(tag.number("numFmtId").map(|id| (id, form(&code))));
                }
                "cellXfs" => in_cells = true,
                "xf" if in_cells => {
                    let id = tag.number("numFmtId").unwrap_or(0);
                    forms.push(own.get(&id).copied().unwrap_or_else(|| built_in_form(id)));
                }
                _ => {}
            },
            Piece::Close(name) if name == "cellXfs" => in_cells = false,
            Piece::Close(_) | Piece::Text(_) => {}
        }
    }
    Ok(forms)
}

/// The texts that cells share.
fn texts(part: &[u8]) -> Result<Vec<String>, Trouble> {
    let (mut xml, mut texts, mut text) = (Xml::new(part)?, Vec::new(), RichText::default());
    while let Some(piece) = xml.next()? {
        if let Piece::Close(name) = &piece
            && name == "si"
        {
            if texts.len() == SHEET_TEXTS_MAX {
                return Err(Trouble::TooMuch);
            }
            texts.push(text.take());
        }
        text.follow(&piece);
    }
    Ok(texts)
}

/// A text in runs of different looks, without the readings that are shown above Japanese ones.
#[derive(Default)]
pub(super) struct RichText {
    text: String,
    in_text: bool,
    in_reading: bool,
}

impl RichText {
    pub(super) fn follow(&mut self, piece: &Piece<'_>) {
        match piece {
            Piece::Open(tag) if tag.name() == "rPh" => self.in_reading = true,
            Piece::Open(tag) => self.in_text = tag.name() == "t",
            Piece::Close(name) if name == "rPh" => self.in_reading = false,
            Piece::Close(_) => self.in_text = false,
            Piece::Text(text) if self.in_text && !self.in_reading => self.text.push_str(text),
            Piece::Text(_) => {}
        }
    }

    pub(super) fn take(&mut self) -> String {
        unescaped(std::mem::take(&mut self.text))
    }
}

/// Characters that XML cannot hold stand in a workbook as `_x000D_`.
fn unescaped(text: String) -> String {
    if !text.contains("_x") {
        return text;
    }
    let mut plain = String::with_capacity(text.len());
    let mut rest = text.as_str();
    while let Some(at) = rest.find("_x") {
        let code = rest.get(at + 2..at + 6).filter(|_| rest.get(at + 6..at + 7) == Some("_"));
        let sign = code.and_then(|code| u32::from_str_radix(code, 16).ok()).and_then(char::from_u32);
        let (kept, end) = if sign.is_some() { (at, at + 7) } else { (at + 2, at + 2) };
        plain.push_str(&rest[..kept]);
        plain.extend(sign.filter(|c| *c != '\r' && *c != '\0'));
        rest = &rest[end..];
    }
    plain + rest
}
