//! Tokens of prompt text, counted like the API: o200k_base, as `gpt-4o` and the image models of 2025 and later use.
//!
//! The vocabulary is unpacked at the first count (about 70 ms and 26 MB) and stays for the rest of the run. A build without
//! the feature `prompt-tokens` has no tokenizer and reports that.

#[cfg(feature = "prompt-tokens")]
use crate::cost::base::limits::PROMPTS_KEPT_BYTES_MAX;
use crate::cost::base::limits::{PROMPT_MAX, PROMPTS_MAX};
use std::collections::HashMap;
#[cfg(feature = "prompt-tokens")]
use std::sync::{LazyLock, Mutex, MutexGuard, PoisonError};

/// The name of the encoding.
pub const ENCODING: &str = "o200k_base";

/// Why the tokens of a text cannot be counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NotCounted {
    /// More than [`PROMPT_MAX`]; holds the number of characters.
    TooLong(usize),
    /// It and the project's prompts before it are more than are counted.
    TooManyTogether,
    /// This program was built without a tokenizer.
    NoTokenizer,
}

/// Tokens of a prompt, without the overhead that each image adds. Names of special tokens count as ordinary text.
///
/// # Errors
/// If the text is longer than a prompt may be, or this build has no tokenizer.
pub fn count(text: &str) -> Result<u64, NotCounted> {
    // A character has at least one byte: most texts need no character count.
    if text.len() > PROMPT_MAX {
        let characters = text.chars().count();
        if characters > PROMPT_MAX {
            return Err(NotCounted::TooLong(characters));
        }
    }
    tokens(text)
}

#[cfg(feature = "prompt-tokens")]
fn tokens(text: &str) -> Result<u64, NotCounted> {
    if let Some(tokens) = counted().tokens.get(text) {
        return Ok(*tokens);
    }
    let encoding = tiktoken::get_encoding(ENCODING).ok_or(NotCounted::NoTokenizer)?;
    let tokens = u64::try_from(encoding.count(text)).map_err(|_| NotCounted::NoTokenizer)?;
    counted().keep(text, tokens);
    Ok(tokens)
}

/// The tokens of texts that were counted in this run. A project is read when it is opened and at each save, and most of its
/// prompts are the same each time.
#[cfg(feature = "prompt-tokens")]
#[derive(Default)]
struct Counted {
    tokens: HashMap<Box<str>, u64>,
    bytes: usize,
}

#[cfg(feature = "prompt-tokens")]
fn counted() -> MutexGuard<'static, Counted> {
    static COUNTED: LazyLock<Mutex<Counted>> = LazyLock::new(Mutex::default);
    COUNTED.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(feature = "prompt-tokens")]
impl Counted {
    fn keep(&mut self, text: &str, tokens: u64) {
        if self.bytes.saturating_add(text.len()) > PROMPTS_KEPT_BYTES_MAX {
            *self = Counted::default();
        }
        if self.tokens.insert(text.into(), tokens).is_none() {
            self.bytes += text.len();
        }
    }
}

#[cfg(not(feature = "prompt-tokens"))]
fn tokens(_: &str) -> Result<u64, NotCounted> {
    Err(NotCounted::NoTokenizer)
}

/// Counts the prompts of a project or of a list: each different text once, up to [`PROMPTS_MAX`] characters together.
#[derive(Debug)]
pub struct Counter {
    /// Characters that may still be counted; none are left once a text did not fit.
    room: usize,
    texts: HashMap<Box<str>, Result<u64, NotCounted>>,
}

impl Default for Counter {
    fn default() -> Counter {
        Counter { room: PROMPTS_MAX, texts: HashMap::new() }
    }
}

impl Counter {
    /// Tokens of a prompt; see [`count`].
    ///
    /// # Errors
    /// As [`count`], and if the texts before it leave no room for it.
    pub fn count(&mut self, text: &str) -> Result<u64, NotCounted> {
        if let Some(known) = self.texts.get(text) {
            return *known;
        }
        let characters = text.chars().count();
        if characters > PROMPT_MAX {
            return Err(NotCounted::TooLong(characters));
        }
        if !self.takes(characters) {
            return Err(NotCounted::TooManyTogether);
        }
        let counted = count(text);
        self.texts.insert(text.into(), counted);
        counted
    }

    /// Whether a text of so many characters may be counted; then they take their room.
    pub fn takes(&mut self, characters: usize) -> bool {
        let rest = self.room.checked_sub(characters);
        // Without a gap: which prompts are counted must not depend on the lengths of those behind the first that is not.
        self.room = rest.unwrap_or(0);
        rest.is_some()
    }

    /// Whether no further text fits.
    #[must_use]
    pub fn is_full(&self) -> bool {
        self.room == 0
    }
}

/// The prompt in a text file, without the byte order mark and the final line break, which belong to the file.
#[must_use]
pub fn of_file(text: &str) -> &str {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    text.strip_suffix("\r\n").or_else(|| text.strip_suffix('\n')).unwrap_or(text)
}

#[cfg(all(test, feature = "prompt-tokens"))]
mod tests {
    use super::*;

    #[test]
    fn a_text_is_counted_once_in_a_run_and_what_is_kept_has_a_limit() {
        let tokens = count("a red shoe on white");
        assert_eq!(counted().tokens.get("a red shoe on white").copied(), tokens.ok());
        let mut kept = Counted::default();
        let long = |at: usize| format!("{at}{}", "x".repeat(PROMPT_MAX - 1));
        for at in 0..2 * PROMPTS_KEPT_BYTES_MAX / PROMPT_MAX {
            kept.keep(&long(at), 1);
            assert!(kept.tokens.contains_key(long(at).as_str()) && kept.bytes <= PROMPTS_KEPT_BYTES_MAX);
            assert_eq!(kept.tokens.keys().map(|text| text.len()).sum::<usize>(), kept.bytes);
        }
    }
}
