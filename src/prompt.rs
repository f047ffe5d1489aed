//! Tokens of prompt text, counted as the API counts them: o200k_base, as `gpt-4o` and the image models of 2025 and later use.
//!
//! The vocabulary is unpacked at the first count (about 70 ms and 26 MB) and stays for the rest of the run. A build without the
//! feature `prompt-tokens` has none and says so.

/// Characters that the API takes as a prompt at most; a longer one is refused there, so that its price means nothing.
pub const CHARACTERS_MAX: usize = 32_000;

/// The name of the encoding.
pub const ENCODING: &str = "o200k_base";

/// Why a text has no number of tokens.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NotCounted {
    /// More than [`CHARACTERS_MAX`]; the characters that it has.
    TooLong(usize),
    /// This program was built without a tokenizer.
    NoTokenizer,
}

/// Tokens of a prompt, without the overhead that each generation adds. Names of special tokens count as the text that they are.
///
/// # Errors
/// The text is longer than a prompt may be, or this build cannot count.
pub fn count(text: &str) -> Result<u64, NotCounted> {
    // A character has a byte at least: most texts need not be walked through.
    if text.len() > CHARACTERS_MAX {
        let characters = text.chars().count();
        if characters > CHARACTERS_MAX {
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

/// The prompt that a text file holds: a byte order mark and the line break that ends the last line belong to the file.
#[must_use]
pub fn of_file(text: &str) -> &str {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    text.strip_suffix("\r\n").or_else(|| text.strip_suffix('\n')).unwrap_or(text)
}
