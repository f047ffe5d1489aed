//! Where a value came from and what is wrong with it: plain values that file readers produce, and screens and commands show.
//!
//! This module uses only plain names of `cost`, which has no dependencies in this program. Texts are kept as they are;
//! the code that prints them makes them safe ([`crate::words::safe`]).

mod code;

pub use crate::cost::{Layer, Level};
pub use code::{Code, IssueCode};
use std::fmt;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// A position in a text: line and column from 1, the column counted in characters (a tab is one).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Position {
    /// Line, from 1.
    pub line: u32,
    /// Column in characters, from 1.
    pub column: u32,
}

impl fmt::Display for Position {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}", self.line, self.column)
    }
}

/// Where a value was set. The file is shared, because every value of a project carries one of these.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Origin {
    /// The layer that set the value.
    pub layer: Layer,
    /// The file; `None` if the value is in no file.
    pub file: Option<Arc<Path>>,
    /// The position in that file.
    pub position: Option<Position>,
    /// The scenario whose patch of that layer set the value, by its key.
    pub scenario: Option<Arc<str>>,
}

impl Origin {
    /// An origin outside any file: built in, or given on the command line.
    #[must_use]
    pub fn without_file(layer: Layer) -> Self {
        Self { layer, file: None, position: None, scenario: None }
    }

    /// An origin in `file` at `position`.
    #[must_use]
    pub fn in_file(layer: Layer, file: Arc<Path>, position: Position) -> Self {
        Self { layer, file: Some(file), position: Some(position), scenario: None }
    }
}

/// One problem with a file or a value, and its remedy.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// How serious it is.
    pub level: Level,
    /// What is wrong, as a fixed value; scripts get its name.
    pub code: Code,
    /// The file, if there is one.
    pub file: Option<PathBuf>,
    /// The position in the file.
    pub position: Option<Position>,
    /// The dotted path of the value, `deliverable.pdp-hero.size`; empty if the problem is the file's.
    pub key: String,
    /// What is wrong, naming the value.
    pub message: String,
    /// The allowed values; may be empty.
    pub allowed: String,
    /// The remedy; may be empty.
    pub remedy: String,
    /// The remedy in a field of the dashboard, where no command can be started; `None` if [`Problem::remedy`] fits there too.
    pub field_remedy: Option<&'static str>,
    /// Whether the file itself can hold no text of this program: a folder, too many bytes, not UTF-8.
    pub no_text: bool,
}

impl Problem {
    /// A problem with only a message, of the code's level; the `with_…` and [`Problem::at`] methods add the rest.
    #[must_use]
    pub fn new(code: impl Into<Code>, message: impl Into<String>) -> Self {
        let (key, allowed, remedy) = (String::new(), String::new(), String::new());
        let (code, message) = (code.into(), message.into());
        let (file, position, field_remedy) = (None, None, None);
        Self { level: code.level(), code, file, position, key, message, allowed, remedy, field_remedy, no_text: false }
    }

    /// The same problem at a position in a file.
    #[must_use]
    pub fn at(mut self, file: Option<&Path>, position: Option<Position>) -> Self {
        self.file = file.map(Path::to_path_buf);
        self.position = position;
        self
    }

    /// The same problem with another level than its code's.
    #[must_use]
    pub fn with_level(mut self, level: Level) -> Self {
        self.level = level;
        self
    }

    /// The same problem for the value at a dotted path.
    #[must_use]
    pub fn with_key(mut self, key: impl Into<String>) -> Self {
        self.key = key.into();
        self
    }

    /// The same problem with the allowed values.
    #[must_use]
    pub fn with_allowed(mut self, allowed: impl Into<String>) -> Self {
        self.allowed = allowed.into();
        self
    }

    /// The same problem with a remedy.
    #[must_use]
    pub fn with_remedy(mut self, remedy: impl Into<String>) -> Self {
        self.remedy = remedy.into();
        self
    }

    /// The same problem with a remedy of its own for a field of the dashboard.
    #[must_use]
    pub fn with_field_remedy(mut self, remedy: &'static str) -> Self {
        self.field_remedy = Some(remedy);
        self
    }

    /// The same problem as a field of the dashboard shows it.
    #[must_use]
    pub fn in_field(self) -> Self {
        match self.field_remedy {
            Some(remedy) => self.with_remedy(remedy),
            None => self,
        }
    }

    /// The same problem with a file that can hold no text of this program.
    #[must_use]
    pub fn of_no_text(mut self) -> Self {
        self.no_text = true;
        self
    }

    /// `file:line:column: error: message; allowed: …; remedy`, without the parts that are empty.
    #[must_use]
    pub fn one_line(&self) -> String {
        format!("{}{}: {}", self.head(), self.level.code(), self.sentence())
    }

    /// `message; allowed: …; remedy`, without the parts that are empty.
    #[must_use]
    pub fn sentence(&self) -> String {
        let mut line = self.message.clone();
        if !self.allowed.is_empty() {
            line.push_str("; allowed: ");
            line.push_str(&self.allowed);
        }
        if !self.remedy.is_empty() {
            line.push_str("; ");
            line.push_str(&self.remedy);
        }
        line
    }

    /// The first line as compilers print it, then one indented line each for the key, the allowed values and the remedy.
    #[must_use]
    pub fn lines(&self) -> String {
        let mut text = format!("{}{}: {}", self.head(), self.level.code(), self.message);
        for (name, value) in [("key", &self.key), ("allowed", &self.allowed), ("help", &self.remedy)] {
            if !value.is_empty() {
                text.push_str("\n  ");
                text.push_str(name);
                text.push_str(": ");
                text.push_str(value);
            }
        }
        text
    }

    /// `file:line:column: `, as far as they are known.
    #[must_use]
    pub fn head(&self) -> String {
        match (&self.file, self.position) {
            (Some(file), Some(position)) => format!("{}:{position}: ", file.display()),
            (Some(file), None) => format!("{}: ", file.display()),
            (None, Some(position)) => format!("{position}: "),
            (None, None) => String::new(),
        }
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.one_line())
    }
}

/// Collects the problems of one text: lists the first ones and counts the rest.
#[derive(Debug)]
pub struct Collected<'a> {
    file: Option<&'a Path>,
    index: LineIndex<'a>,
    most: usize,
    problems: Vec<Problem>,
    unlisted: usize,
}

impl<'a> Collected<'a> {
    /// An empty collection for this text; at most `most` problems are listed.
    #[must_use]
    pub fn new(file: Option<&'a Path>, text: &'a str, most: usize) -> Self {
        Self { file, index: LineIndex::new(text), most, problems: Vec::new(), unlisted: 0 }
    }

    /// Adds a problem at a byte offset of the text, or for the text as a whole.
    pub fn say(&mut self, at: Option<usize>, problem: Problem) {
        if self.problems.len() < self.most {
            let position = at.map(|at| self.index.position(at));
            self.problems.push(problem.at(self.file, position));
        } else {
            self.unlisted += 1;
        }
    }

    /// The problems in the order of the text; `rest` makes one more problem from the number of unlisted ones.
    #[must_use]
    pub fn finish(mut self, rest: impl FnOnce(usize) -> Problem) -> Vec<Problem> {
        self.problems.sort_by_key(|problem| problem.position);
        if self.unlisted > 0 {
            self.problems.push(rest(self.unlisted).at(self.file, None));
        }
        self.problems
    }
}

/// Finds the [`Position`] of a byte offset, for many offsets of one text.
///
/// Characters are counted once up to every 4 KiB mark; a look-up counts at most that much, so that a 10 MB line is fast too.
#[derive(Clone, Debug)]
pub struct LineIndex<'a> {
    text: &'a str,
    /// Byte offset where each line starts.
    line_starts: Vec<usize>,
    /// Characters before each multiple of [`MARK_BYTES`].
    marks: Vec<usize>,
}

const MARK_BYTES: usize = 4096;
const BOM: char = '\u{feff}';

impl<'a> LineIndex<'a> {
    /// Indexes `text`. A byte-order mark at its start has no column.
    #[must_use]
    pub fn new(text: &'a str) -> Self {
        let bytes = text.as_bytes();
        let after_bom = if text.starts_with(BOM) { BOM.len_utf8() } else { 0 };
        let breaks = text.match_indices('\n');
        let line_starts = std::iter::once(after_bom).chain(breaks.map(|(at, _)| at + 1)).collect();
        let mut counted = 0;
        let full = bytes.chunks(MARK_BYTES).map(|chunk| {
            counted += characters(chunk);
            counted
        });
        let marks = std::iter::once(0).chain(full).collect();
        Self { text, line_starts, marks }
    }

    /// The position of the character at `offset`. Inside a line break it is the column after the line's last character;
    /// inside a character, that character; past the end, the end.
    #[must_use]
    pub fn position(&self, offset: usize) -> Position {
        let offset = self.text.floor_char_boundary(offset.min(self.text.len()));
        let line = self.line_starts.partition_point(|start| *start <= offset).saturating_sub(1);
        let start = self.line_starts.get(line).copied().unwrap_or(0);
        let at_lf_of_crlf = self.text.as_bytes().get(offset) == Some(&b'\n') && self.text[..offset].ends_with('\r');
        let end = offset.saturating_sub(usize::from(at_lf_of_crlf));
        let column = match self.text.as_bytes().get(start..end) {
            // Most lines are shorter than the distance to the nearest mark.
            Some(line) if line.len() <= MARK_BYTES => characters(line),
            _ => self.characters_before(end).saturating_sub(self.characters_before(start)),
        };
        Position { line: from_one(line), column: from_one(column) }
    }

    fn characters_before(&self, offset: usize) -> usize {
        let mark = offset / MARK_BYTES;
        let rest = self.text.as_bytes().get(mark * MARK_BYTES..offset).unwrap_or_default();
        self.marks.get(mark).copied().unwrap_or(0) + characters(rest)
    }
}

/// Characters that start in `bytes`: every byte of UTF-8 that is not a continuation (`10xxxxxx`).
fn characters(bytes: &[u8]) -> usize {
    bytes.iter().filter(|byte| **byte & 0b1100_0000 != 0b1000_0000).count()
}

fn from_one(index: usize) -> u32 {
    u32::try_from(index).unwrap_or(u32::MAX).saturating_add(1)
}

#[cfg(test)]
mod tests {
    use crate::diagnostics::*;

    fn at(text: &str, offset: usize) -> (u32, u32) {
        let Position { line, column } = LineIndex::new(text).position(offset);
        (line, column)
    }

    #[test]
    fn lines_and_columns_start_at_one() {
        assert_eq!(at("", 0), (1, 1));
        assert_eq!(at("ab\ncd", 0), (1, 1));
        assert_eq!(at("ab\ncd", 2), (1, 3));
        assert_eq!(at("ab\ncd", 3), (2, 1));
        assert_eq!(at("ab\ncd", 5), (2, 3));
        assert_eq!(at("ab\n", 3), (2, 1));
    }

    #[test]
    fn both_bytes_of_a_crlf_are_the_end_of_the_line() {
        assert_eq!(at("ab\r\ncd", 2), (1, 3));
        assert_eq!(at("ab\r\ncd", 3), (1, 3));
        assert_eq!(at("ab\r\ncd", 4), (2, 1));
    }

    #[test]
    fn columns_count_characters_and_tabs_count_once() {
        assert_eq!(at("\tä発🎨x", "\tä発🎨".len()), (1, 5));
        assert_eq!(at("a\u{301}b", 3), (1, 3));
    }

    #[test]
    fn a_byte_order_mark_has_no_column() {
        assert_eq!(at("\u{feff}ab\ncd", 0), (1, 1));
        assert_eq!(at("\u{feff}ab\ncd", 3), (1, 1));
        assert_eq!(at("\u{feff}ab\ncd", 4), (1, 2));
        assert_eq!(at("\u{feff}ab\ncd", 6), (2, 1));
    }

    #[test]
    fn offsets_inside_a_character_and_past_the_end_are_harmless() {
        assert_eq!(at("発x", 1), (1, 1));
        assert_eq!(at("発x", 2), (1, 1));
        assert_eq!(at("発x", 99), (1, 3));
        assert_eq!(at("発x", usize::MAX), (1, 3));
    }

    #[test]
    fn the_index_agrees_with_counting_from_the_start() {
        let text = format!("{}\r\n{}\n{}", "発é🎨x".repeat(3000), "y".repeat(9000), "\t発".repeat(2500));
        let index = LineIndex::new(&text);
        let (mut line, mut column) = (1, 1);
        for (offset, c) in text.char_indices() {
            let expected = if c == '\n' && text[..offset].ends_with('\r') { column - 1 } else { column };
            assert_eq!(index.position(offset), Position { line, column: expected }, "at byte {offset}");
            (line, column) = if c == '\n' { (line + 1, 1) } else { (line, column + 1) };
        }
    }

    fn problem() -> Problem {
        Problem::new(Code::PercentBare, "buffer = 20 lacks its sign")
            .at(Some(Path::new("a.toml")), Some(Position { line: 12, column: 8 }))
            .with_key("assumptions.buffer")
            .with_allowed("0 % to 1000 %")
            .with_remedy("write \"20%\"")
    }

    #[test]
    fn problems_read_like_those_of_a_compiler() {
        let problem = problem();
        let expected = "a.toml:12:8: error: buffer = 20 lacks its sign; allowed: 0 % to 1000 %; write \"20%\"";
        assert_eq!(problem.to_string(), expected);
        assert_eq!(
            problem.lines(),
            "a.toml:12:8: error: buffer = 20 lacks its sign\n  key: assumptions.buffer\n  allowed: 0 % to 1000 %\n  help: write \"20%\""
        );
    }

    #[test]
    fn what_is_not_known_leaves_no_gap() {
        let bare = Problem::new(Code::NoFinals, "all is well");
        assert_eq!((bare.one_line().as_str(), bare.lines().as_str()), ("note: all is well", "note: all is well"));
        let file_only = bare.clone().at(Some(Path::new("a.toml")), None);
        assert_eq!(file_only.one_line(), "a.toml: note: all is well");
        assert_eq!(bare.at(None, Some(Position { line: 1, column: 2 })).one_line(), "1:2: note: all is well");
    }

    #[test]
    fn later_layers_win_and_errors_sort_first() {
        assert!(Layer::BuiltIn < Layer::Team && Layer::Team < Layer::Project && Layer::Project < Layer::Preset);
        assert!(Layer::Preset < Layer::Deliverable);
        assert!(Level::Error < Level::Warning && Level::Warning < Level::Note);
    }
}
