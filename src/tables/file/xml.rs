//! The XML of a workbook's parts as a stream of three kinds of pieces. Prefixes of names are left out: programs choose their own.

use super::archive::Trouble;
use quick_xml::Reader;
use quick_xml::escape::resolve_predefined_entity;
use quick_xml::events::{BytesStart, Event};
use std::borrow::Cow;

/// A piece of a part.
pub(super) enum Piece<'x> {
    /// An element begins; one without content ends at once.
    Open(Tag<'x>),
    /// The element of this name ends.
    Close(String),
    /// Text between tags, escapes resolved.
    Text(Cow<'x, str>),
}

/// The start of an element.
pub(super) struct Tag<'x>(BytesStart<'x>);

impl Tag<'_> {
    pub(super) fn name(&self) -> &str {
        local(self.0.name().into_inner())
    }

    /// The value of an attribute, whatever its prefix.
    pub(super) fn get(&self, name: &str) -> Option<String> {
        let mut attributes = self.0.attributes();
        let found = attributes.with_checks(false).flatten().find(|found| local(found.key.into_inner()) == name)?;
        quick_xml::escape::unescape(&found.value).ok().map(Cow::into_owned)
    }

    pub(super) fn number(&self, name: &str) -> Option<usize> {
        self.get(name)?.trim().parse().ok()
    }

    /// Whether an attribute says yes.
    pub(super) fn is(&self, name: &str) -> bool {
        matches!(self.get(name).as_deref(), Some("1" | "true"))
    }
}

fn local(name: &str) -> &str {
    name.rsplit_once(':').map_or(name, |(_, local)| local)
}

/// A part that is read from its beginning to its end.
pub(super) struct Xml<'x>(Reader<&'x [u8]>);

impl<'x> Xml<'x> {
    pub(super) fn new(part: &'x [u8]) -> Result<Xml<'x>, Trouble> {
        let text = std::str::from_utf8(part).map_err(|_| Trouble::Damaged)?;
        let mut reader = Reader::from_str(text);
        reader.config_mut().expand_empty_elements = true;
        Ok(Xml(reader))
    }

    /// The next piece; `None` at the end.
    pub(super) fn next(&mut self) -> Result<Option<Piece<'x>>, Trouble> {
        loop {
            return Ok(Some(match self.0.read_event().map_err(|_| Trouble::Damaged)? {
                Event::Eof => return Ok(None),
                Event::Start(tag) | Event::Empty(tag) => Piece::Open(Tag(tag)),
                Event::End(tag) => Piece::Close(local(tag.name().into_inner()).to_owned()),
                Event::Text(text) => Piece::Text(text.xml10_content()),
                Event::CData(text) => Piece::Text(text.xml10_content()),
                Event::GeneralRef(name) => {
                    let sign = name.resolve_char_ref().map_err(|_| Trouble::Damaged)?;
                    let text = sign.map(String::from);
                    let known = || resolve_predefined_entity(&name).map(str::to_owned);
                    Piece::Text(Cow::Owned(text.or_else(known).ok_or(Trouble::Damaged)?))
                }
                Event::Comment(_) | Event::Decl(_) | Event::PI(_) | Event::DocType(_) => continue,
            }));
        }
    }
}
