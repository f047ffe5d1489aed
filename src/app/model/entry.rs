//! One line of text being typed, edited by grapheme cluster.
//!
//! Under 100 lines of our own: the crates for text fields bring 7 or 8 packages each.

use crate::cost::base::limits::TYPED_BYTES_MAX;
use unicode_segmentation::UnicodeSegmentation;

/// A text and the place where the next character goes.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Entry {
    text: String,
    cursor: usize,
    /// The text was offered and not typed: the first character typed takes its place, a movement keeps it.
    offered: bool,
}

impl Entry {
    /// A text that is offered, with the cursor at its end.
    #[must_use]
    pub fn new(text: impl Into<String>) -> Entry {
        let text = text.into();
        Entry { cursor: text.len(), offered: !text.is_empty(), text }
    }

    /// A text that was typed, with the cursor at its end.
    #[must_use]
    pub fn typed(text: impl Into<String>) -> Entry {
        Entry { offered: false, ..Entry::new(text) }
    }

    /// Whether the first character typed takes the text's place.
    #[must_use]
    pub fn is_offered(&self) -> bool {
        self.offered
    }

    /// The typed text.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The text before and from the cursor on.
    #[must_use]
    pub fn split(&self) -> (&str, &str) {
        self.text.split_at(self.cursor)
    }

    /// Puts text at the cursor, as much as there is room for; line breaks and control characters become blanks, as a field
    /// has one line.
    pub fn insert(&mut self, text: &str) {
        let text = text.trim_end_matches(['\r', '\n']);
        // What is offered gives way first, so that it takes no room.
        if std::mem::take(&mut self.offered) && !text.is_empty() {
            self.clear();
        }
        let room = TYPED_BYTES_MAX.saturating_sub(self.text.len());
        let cut = &text[..text.floor_char_boundary(room.min(text.len()))];
        let clean: String = cut.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
        self.text.insert_str(self.cursor, &clean);
        self.cursor += clean.len();
    }

    /// Takes the cluster before the cursor away.
    pub fn backspace(&mut self) {
        self.offered = false;
        if let Some((at, _)) = self.text[..self.cursor].grapheme_indices(true).next_back() {
            self.text.replace_range(at..self.cursor, "");
            self.cursor = at;
        }
    }

    /// Takes the cluster behind the cursor away.
    pub fn delete(&mut self) {
        self.offered = false;
        if let Some(cluster) = self.text[self.cursor..].graphemes(true).next() {
            let end = self.cursor + cluster.len();
            self.text.replace_range(self.cursor..end, "");
        }
    }

    /// Takes the word before the cursor away.
    pub fn delete_word(&mut self) {
        self.offered = false;
        let before = self.text[..self.cursor].trim_end();
        let at = before.rfind(char::is_whitespace).map_or(0, |at| at + 1);
        let at = (at..=self.cursor).find(|at| self.text.is_char_boundary(*at)).unwrap_or(0);
        self.text.replace_range(at..self.cursor, "");
        self.cursor = at;
    }

    /// Empties the field.
    pub fn clear(&mut self) {
        self.text.clear();
        self.cursor = 0;
    }

    /// One cluster to the left.
    pub fn left(&mut self) {
        self.offered = false;
        self.cursor = self.text[..self.cursor].grapheme_indices(true).next_back().map_or(0, |(at, _)| at);
    }

    /// One cluster to the right.
    pub fn right(&mut self) {
        self.offered = false;
        self.cursor += self.text[self.cursor..].graphemes(true).next().map_or(0, str::len);
    }

    /// To the start.
    pub fn home(&mut self) {
        self.offered = false;
        self.cursor = 0;
    }

    /// To the end.
    pub fn end(&mut self) {
        self.offered = false;
        self.cursor = self.text.len();
    }
}
