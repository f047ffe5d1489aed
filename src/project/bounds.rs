//! How much a text may become: a limit on bytes says little, since two bytes can be a table of a kilobyte.
//!
//! The parser holds every token and every event beside its tree, some 50 bytes for each, and a table of one key takes 1.3 KiB.
//! With these limits a file of 64 MiB stays below a gigabyte whatever is in it; `tests/headless/amplify.rs` measures it.

use crate::cost::Decimal;
use crate::cost::base::limits::{FILE_LINES_MAX, ITEMS_MAX, KEYS_MAX, NESTING_MAX, PIECES_MAX, TABLES_MAX};
use crate::cost::base::number_text::grouped;
use crate::words;
use std::ops::Range;
use toml_parser::Source;
use toml_parser::lexer::{Token, TokenKind};

/// Texts up to here cannot become much: `a.a.a…` makes a table of every second byte.
const SURELY_SMALL: usize = 512 * 1024;

/// A limit that a text breaks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Limit {
    Lines,
    Keys,
    Items,
    Pieces,
    Tables,
    Nesting,
}

impl Limit {
    fn max(self) -> usize {
        match self {
            Limit::Lines => FILE_LINES_MAX,
            Limit::Keys => KEYS_MAX,
            Limit::Items => ITEMS_MAX,
            Limit::Pieces => PIECES_MAX,
            Limit::Tables => TABLES_MAX,
            Limit::Nesting => NESTING_MAX as usize,
        }
    }

    /// The limit in words: at most so many of the kind.
    pub(super) fn allowed(self) -> String {
        let max = grouped(Decimal::from(self.max()));
        match self {
            Limit::Lines => words::limit_lines(max),
            Limit::Keys => words::limit_keys(max),
            Limit::Items => words::limit_items(max),
            Limit::Pieces => words::limit_pieces(max),
            Limit::Tables => words::limit_tables(max),
            Limit::Nesting => words::limit_nesting(max),
        }
    }
}

/// A broken limit, and where the first thing stands that is too many.
pub(super) type Beyond = (Limit, Range<usize>);

/// The first line that is too many.
pub(super) fn lines(text: &str) -> Option<Beyond> {
    let beyond = memchr::memchr_iter(b'\n', text.as_bytes()).nth(FILE_LINES_MAX - 1)? + 1;
    (beyond < text.len()).then(|| (Limit::Lines, beyond..text.ceil_char_boundary(beyond + 1)))
}

/// Whether a text may be read at all, if need be by parts.
pub(super) fn of_text(text: &str) -> Option<Beyond> {
    lines(text).or_else(|| if is_sparse(text) { None } else { Counter::new(text, false).first_beyond() })
}

/// Whether a text may become one tree.
pub(super) fn of_tree(text: &str) -> Option<Beyond> {
    let few = || signs(text, b".") + signs(text, b"[{") <= TABLES_MAX;
    let plain = text.len() <= SURELY_SMALL || (is_sparse(text) && few());
    lines(text).or_else(|| if plain { None } else { Counter::new(text, true).first_beyond() })
}

/// Whether a text has so few signs that it keeps every limit but those of tables, whatever the signs mean.
fn is_sparse(text: &str) -> bool {
    text.len() <= PIECES_MAX && signs(text, b"=") <= KEYS_MAX && signs(text, b",") <= ITEMS_MAX
}

fn signs(text: &str, wanted: &[u8]) -> usize {
    wanted.iter().map(|sign| memchr::memchr_iter(*sign, text.as_bytes()).count()).sum()
}

/// Counts what a text has, token by token, without keeping any.
struct Counter<'t> {
    text: &'t str,
    /// Whether tables count: those of a tree.
    tree: bool,
    keys: usize,
    items: usize,
    pieces: usize,
    tables: usize,
    depth: usize,
    /// Dots of the name that is open now: a table inside another for each.
    dots: usize,
    /// Of the innermost 128 brackets, the last in the lowest bit: whether a brace opened it.
    braces: u128,
    /// Behind an equals sign, where a dot belongs to a number and a bracket to a list.
    in_value: bool,
    /// The header or the key that is open now, and the one before: what both begin with is there already.
    name: Range<usize>,
    name_before: Range<usize>,
}

impl<'t> Counter<'t> {
    fn new(text: &'t str, tree: bool) -> Counter<'t> {
        let (keys, items, pieces, tables, depth, dots, braces) = (0, 0, 0, 0, 0, 0, 0);
        let (in_value, name, name_before) = (false, 0..0, 0..0);
        Counter { text, tree, keys, items, pieces, tables, depth, dots, braces, in_value, name, name_before }
    }

    fn first_beyond(mut self) -> Option<Beyond> {
        Source::new(self.text).lex().find_map(|token| {
            let limit = self.take(token)?;
            Some((limit, token.span().start()..token.span().end()))
        })
    }

    /// The limit that is broken with this token.
    fn take(&mut self, token: Token) -> Option<Limit> {
        self.pieces += 1;
        match token.kind() {
            TokenKind::Equals => {
                self.keys += 1;
                self.close_name(token.span().start());
                self.in_value = true;
            }
            TokenKind::Comma => {
                self.items += 1;
                self.in_value = self.depth > 0 && self.braces & 1 == 0;
                self.open_name(token.span().end());
            }
            TokenKind::LeftSquareBracket | TokenKind::LeftCurlyBracket => self.open(token),
            TokenKind::RightSquareBracket | TokenKind::RightCurlyBracket => {
                self.close_name(token.span().start());
                (self.depth, self.braces) = (self.depth.saturating_sub(1), self.braces >> 1);
            }
            TokenKind::Newline if self.depth == 0 => {
                self.in_value = false;
                self.open_name(token.span().end());
            }
            TokenKind::Dot if !self.in_value => self.dots += 1,
            _ => {}
        }
        let counts = [
            (Limit::Nesting, self.depth + self.dots),
            (Limit::Keys, self.keys),
            (Limit::Items, self.items),
            (Limit::Pieces, self.pieces),
            (Limit::Tables, if self.tree { self.tables } else { 0 }),
        ];
        counts.into_iter().find(|(limit, count)| *count > limit.max()).map(|(limit, _)| limit)
    }

    fn open(&mut self, token: Token) {
        let brace = token.kind() == TokenKind::LeftCurlyBracket;
        if brace || !self.in_value {
            self.tables += 1;
            self.in_value = false;
        }
        self.depth += 1;
        self.braces = self.braces << 1 | u128::from(brace);
        self.open_name(token.span().end());
    }

    fn open_name(&mut self, at: usize) {
        (self.name, self.dots) = (at..at, 0);
    }

    /// Counts the tables that a header or a dotted key names and the one before did not.
    fn close_name(&mut self, end: usize) {
        if self.in_value || self.name.is_empty() && self.name.start >= end {
            return;
        }
        self.name.end = end;
        let (before, name) =
            (&self.text.as_bytes()[self.name_before.clone()], &self.text.as_bytes()[self.name.clone()]);
        let same = before.iter().zip(name).take_while(|(a, b)| a == b).count();
        self.tables += memchr::memchr_iter(b'.', &name[same..]).count();
        self.name_before = std::mem::replace(&mut self.name, end..end);
        self.dots = 0;
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;

    /// What `first` and `rest`, as often as the limit allows and once more, are told to be too much of.
    #[track_caller]
    fn at_the_limit(limit: Limit, within: &str, beyond: &str, tell: fn(&str) -> Option<Beyond>) {
        assert_eq!(tell(within), None, "{limit:?}");
        let (told, place) = tell(&format!("{within}{beyond}")).unwrap();
        assert_eq!(told, limit);
        assert!(place.start + 8 >= within.len(), "{limit:?}: {place:?} of {}", within.len());
    }

    #[test]
    fn each_limit_is_the_first_thing_beyond_it() {
        at_the_limit(Limit::Lines, &"\n".repeat(FILE_LINES_MAX - 1), "\n#", of_text);
        at_the_limit(Limit::Keys, &"a=1\n".repeat(KEYS_MAX), "a=1\n", of_text);
        at_the_limit(Limit::Items, &format!("a=[{}", "1,".repeat(ITEMS_MAX)), "1,", of_text);
        at_the_limit(Limit::Pieces, &"a ".repeat(PIECES_MAX / 2), "a a", of_text);
        at_the_limit(Limit::Tables, &format!("x=[{}", "{},".repeat(TABLES_MAX)), "{}", of_tree);
        // Short texts are left to the parser, which knows this limit.
        let long = "#".repeat(SURELY_SMALL) + "\n" + &"a.b=1\n".repeat(TABLES_MAX + 1);
        at_the_limit(Limit::Nesting, &format!("{long}x={}", "[".repeat(NESTING_MAX as usize)), "[", of_tree);
    }

    #[test]
    fn tables_are_counted_by_the_names_that_are_new() {
        let tables = |text: &str| {
            let mut counter = Counter::new(text, true);
            Source::new(text).lex().for_each(|token| _ = counter.take(token));
            counter.tables
        };
        assert_eq!(tables("a = 1.5\nb = [1.5, 2.5, [0.5]]\nc = 1979-05-27T07:32:00.5\n"), 0);
        assert_eq!(tables("[a]\n[b]\n[[c]]\n"), 4, "a list of tables has two brackets");
        assert_eq!(tables("[a.b]\n[a.c]\n[a.c.d]\n"), 2 + 1 + 2);
        assert_eq!(tables("a.b.c = 1\na.b.d = 1\na.e.f = 1\n"), 3);
        assert_eq!(tables("x = { a = 1.5, b.c = [{}, 1.5] }\n"), 3);
    }
}
