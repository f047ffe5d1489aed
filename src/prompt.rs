//! Tokens of prompt text, counted like the API: o200k_base, as `gpt-4o` and the image models of 2025 and later use.
//!
//! The vocabulary is unpacked at the first count (about 70 ms and 26 MB) and stays for the rest of the run. A build without
//! the feature `prompt-tokens` has no tokenizer and reports that.

use crate::cost::base::limits::PROMPT_MAX;

/// The name of the encoding.
pub const ENCODING: &str = "o200k_base";

/// Why the tokens of a text cannot be counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NotCounted {
    /// More than [`PROMPT_MAX`]; holds the number of characters.
    TooLong(usize),
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
    let encoding = tiktoken::get_encoding(ENCODING).ok_or(NotCounted::NoTokenizer)?;
    u64::try_from(encoding.count(text)).map_err(|_| NotCounted::NoTokenizer)
}

#[cfg(not(feature = "prompt-tokens"))]
fn tokens(_: &str) -> Result<u64, NotCounted> {
    Err(NotCounted::NoTokenizer)
}

/// The prompt in a text file, without the byte order mark and the final line break, which belong to the file.
#[must_use]
pub fn of_file(text: &str) -> &str {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    text.strip_suffix("\r\n").or_else(|| text.strip_suffix('\n')).unwrap_or(text)
}
