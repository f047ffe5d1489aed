//! From the parser's events to an [`Outline`].

use crate::cost::base::limits::NESTING_MAX;
use std::borrow::Cow;
use std::collections::HashMap;
use std::ops::Range;

use toml_parser::lexer::{Token, TokenKind};
use toml_parser::parser::{Event, EventKind, RecursionGuard, ValidateWhitespace, parse_document};
use toml_parser::{ParseError, Source};

use super::{FEW, Item, Kind, NONE, Node, Outline, OutlineError, Span, narrow};

/// Tokens that are parsed at once, or as many more as the expression has that they end in: the tokens of a whole text would take
/// five times the room of its outline.
const TOKENS: usize = 4096;

pub(super) fn parse(text: &str) -> Result<Outline<'_>, OutlineError> {
    if u32::try_from(text.len()).is_err() {
        return Err(OutlineError { offset: 0, reason: "too long".to_owned() });
    }
    let source = Source::new(text);
    let mut builder = Builder::new(text, source);
    let mut first_error: Option<ParseError> = None;
    {
        let mut receiver = |event: Event| builder.on(event);
        let mut checked = ValidateWhitespace::new(&mut receiver, source);
        let mut guarded = RecursionGuard::new(&mut checked, NESTING_MAX);
        let mut lexer = source.lex();
        let mut tokens = Vec::with_capacity(TOKENS + 64);
        while first_error.is_none() && expressions(&mut lexer, &mut tokens) {
            parse_document(&tokens, &mut guarded, &mut first_error);
        }
    }
    if let Some(error) = first_error {
        let offset = error.unexpected().or(error.context()).map_or(0, |span| span.start());
        return Err(OutlineError { offset, reason: error.description().to_owned() });
    }
    builder.finish()
}

/// The tokens of the next expressions, each of them whole: outside of all brackets a line break ends one. False at the end.
fn expressions(lexer: &mut impl Iterator<Item = Token>, tokens: &mut Vec<Token>) -> bool {
    tokens.clear();
    let mut depth = 0_i64;
    for token in lexer {
        let kind = token.kind();
        tokens.push(token);
        match kind {
            TokenKind::LeftSquareBracket | TokenKind::LeftCurlyBracket => depth += 1,
            TokenKind::RightSquareBracket | TokenKind::RightCurlyBracket => depth -= 1,
            TokenKind::Newline if depth <= 0 && tokens.len() >= TOKENS => break,
            _ => {}
        }
    }
    !tokens.is_empty()
}

struct Builder<'a> {
    source: Source<'a>,
    outline: Outline<'a>,
    error: Option<OutlineError>,
    /// The header that keys belong to now, or [`NONE`] above the first.
    table: u32,
    /// Kind and start of a header whose closing bracket has not come yet.
    header: Option<(Kind, usize)>,
    keys: Vec<Cow<'a, str>>,
    key_span: Range<usize>,
    /// The key that waits for its value.
    pending: Option<u32>,
    /// Keys of the inline tables that are open now.
    inline: Vec<u32>,
    /// Arrays that are open now, and the start of the outermost.
    arrays: usize,
    array_start: usize,
    /// The last key with a value: a comma would belong to it.
    finished: Option<u32>,
    line_start: usize,
    line_item: Option<u32>,
}

impl<'a> Builder<'a> {
    fn new(text: &'a str, source: Source<'a>) -> Self {
        let root = Node::new(NONE, 0, Cow::Borrowed(""));
        // A line that is neither empty nor a comment names one thing as a rule, with an inline table here and there.
        let lines = text.split('\n').filter(|line| !line.is_empty() && !line.starts_with(['\r', '#'])).count() + 1;
        let lines = lines + lines / 8;
        let mut nodes = Vec::with_capacity(lines + 1);
        nodes.push(root);
        let line_start = if text.starts_with('\u{feff}') { '\u{feff}'.len_utf8() } else { 0 };
        Self {
            source,
            outline: Outline { text, items: Vec::with_capacity(lines), nodes, lookup: HashMap::new() },
            error: None,
            table: NONE,
            header: None,
            keys: Vec::new(),
            key_span: 0..0,
            pending: None,
            inline: Vec::new(),
            arrays: 0,
            array_start: 0,
            finished: None,
            line_start,
            line_item: None,
        }
    }

    fn on(&mut self, event: Event) {
        let (start, end) = (event.span().start(), event.span().end());
        match event.kind() {
            EventKind::StdTableOpen => self.header = Some((Kind::Table, start)),
            EventKind::ArrayTableOpen => self.header = Some((Kind::ArrayTable, start)),
            EventKind::StdTableClose | EventKind::ArrayTableClose => self.close_header(end),
            EventKind::ArrayOpen => {
                if self.arrays == 0 {
                    self.array_start = start;
                }
                self.arrays += 1;
            }
            EventKind::ArrayClose => {
                self.arrays = self.arrays.saturating_sub(1);
                if self.arrays == 0 {
                    self.close_value(self.array_start..end);
                }
            }
            EventKind::Error => self.fail(start, "unexpected text"),
            EventKind::Newline => self.end_line(end),
            EventKind::KeySep | EventKind::Whitespace => {}
            // Tables inside arrays have no path of their own.
            _ if self.arrays > 0 => {}
            EventKind::SimpleKey => self.push_key(event),
            EventKind::KeyValSep => self.open_entry(),
            EventKind::Scalar if start == end => self.fail(start, "missing value"),
            EventKind::Scalar => self.close_value(start..end),
            EventKind::InlineTableOpen => self.open_inline(start),
            EventKind::InlineTableClose => self.close_inline(end),
            EventKind::ValueSep => {
                if let Some(item) = self.finished {
                    self.outline.items[item as usize].comma = narrow(start);
                }
            }
            EventKind::Comment => {
                if let (true, Some(item)) = (self.inline.is_empty(), self.line_item) {
                    self.outline.items[item as usize].comment = narrow(start);
                }
            }
        }
    }

    fn fail(&mut self, offset: usize, reason: &str) {
        self.error.get_or_insert_with(|| OutlineError { offset, reason: reason.to_owned() });
    }

    fn push_key(&mut self, event: Event) {
        let span = event.span();
        if self.keys.is_empty() {
            self.key_span.start = span.start();
        }
        self.key_span.end = span.end();
        let mut key = Cow::Borrowed("");
        let mut error: Option<ParseError> = None;
        match self.source.get(event) {
            Some(raw) if !raw.is_empty() => raw.decode_key(&mut key, &mut error),
            _ => self.fail(span.start(), "missing key"),
        }
        if let Some(error) = error {
            self.fail(span.start(), error.description());
        }
        self.keys.push(key);
    }

    fn close_header(&mut self, end: usize) {
        let Some((kind, start)) = self.header.take() else { return self.fail(end, "unexpected bracket") };
        let item = self.add_item(kind, NONE);
        self.outline.items[item as usize].value = Span::from(start..end);
        self.table = item;
    }

    fn open_entry(&mut self) {
        let parent = self.inline.last().copied().unwrap_or(self.table);
        self.pending = Some(self.add_item(Kind::Value, parent));
    }

    fn open_inline(&mut self, start: usize) {
        let Some(item) = self.pending.take() else { return self.fail(start, "unexpected brace") };
        let entry = &mut self.outline.items[item as usize];
        entry.kind = Kind::Inline;
        entry.value = Span::from(start..start);
        self.inline.push(item);
        self.finished = None;
    }

    fn close_inline(&mut self, end: usize) {
        let Some(item) = self.inline.pop() else { return self.fail(end, "unexpected brace") };
        self.outline.items[item as usize].value.end = narrow(end);
        self.finished = Some(item);
    }

    fn close_value(&mut self, span: Range<usize>) {
        let Some(item) = self.pending.take() else { return self.fail(span.start, "value without a key") };
        self.outline.items[item as usize].value = Span::from(span);
        self.finished = Some(item);
    }

    fn end_line(&mut self, end: usize) {
        if self.arrays == 0 && self.inline.is_empty() {
            if let Some(item) = self.line_item.take() {
                self.outline.items[item as usize].line.end = narrow(end);
            }
            self.line_start = end;
        }
    }

    fn add_item(&mut self, kind: Kind, parent: u32) -> u32 {
        let items = &self.outline.items;
        let index = u32::try_from(items.len()).unwrap_or(NONE);
        let own_keys = u32::try_from(self.keys.len()).unwrap_or(NONE);
        let owner = self.inline.first().copied().unwrap_or(index);
        let mut node = items.get(parent as usize).map_or(0, |parent| parent.node);
        for key in self.keys.drain(..) {
            node = self.outline.child_or_new(node, key);
        }
        let line = if owner == index { self.line_start..self.line_start } else { 0..0 };
        let key = Span::from(self.key_span.clone());
        let item = Item {
            kind,
            node,
            parent,
            owner,
            next_same: NONE,
            own_keys,
            value: key,
            key,
            line: Span::from(line),
            comment: NONE,
            comma: NONE,
        };
        self.outline.push_item(item, index);
        if owner == index {
            self.line_item = Some(index);
        }
        index
    }

    fn finish(mut self) -> Result<Outline<'a>, OutlineError> {
        let end = self.outline.text.len();
        self.end_line(end);
        let open = self.pending.is_some() || self.header.is_some() || !self.inline.is_empty() || self.arrays > 0;
        if open || !self.keys.is_empty() {
            self.fail(end, "unexpected end");
        }
        self.error.map_or(Ok(self.outline), Err)
    }
}

/// Room for an eighth more where it is full: the lists begin with about what they need, and a save holds two outlines.
fn make_room<T>(list: &mut Vec<T>) {
    if list.len() == list.capacity() {
        list.reserve_exact(list.len() / 8 + 16);
    }
}

impl<'a> Outline<'a> {
    fn child_or_new(&mut self, parent: u32, key: Cow<'a, str>) -> u32 {
        if let Some(found) = self.child(parent, &key) {
            return found;
        }
        let new = u32::try_from(self.nodes.len()).unwrap_or(NONE);
        let depth = self.nodes[parent as usize].depth + 1;
        let siblings = self.nodes[parent as usize].child_count;
        if siblings >= FEW {
            if siblings == FEW {
                let known: Vec<u32> = self.children(parent).collect();
                self.lookup.extend(known.into_iter().map(|at| ((parent, self.nodes[at as usize].key.clone()), at)));
            }
            self.lookup.insert((parent, key.clone()), new);
        }
        self.nodes[parent as usize].child_count += 1;
        make_room(&mut self.nodes);
        self.nodes.push(Node::new(parent, depth, key));
        let last = std::mem::replace(&mut self.nodes[parent as usize].last_child, new);
        match self.nodes.get_mut(last as usize) {
            Some(last) => last.next_sibling = new,
            None => self.nodes[parent as usize].first_child = new,
        }
        new
    }

    fn push_item(&mut self, item: Item, index: u32) {
        let node = item.node as usize;
        make_room(&mut self.items);
        self.items.push(item);
        let last = std::mem::replace(&mut self.nodes[node].last_item, index);
        match self.items.get_mut(last as usize) {
            Some(last) => last.next_same = index,
            None => self.nodes[node].first_item = index,
        }
    }
}
