//! Reading a long text in chunks: some deliverables at a time, and everything else at once.
//!
//! The parser keeps every token and every event of a text beside its tree: at 10,000 deliverables that is thirty times the text.
//! For a chunk it is a few hundred kilobytes, and the chunk's tree is dropped once its deliverables are read.
//!
//! Chunks are cut at headers at the start of a line, without looking at the context. A cut inside a text or a list leaves
//! something unclosed before it, so that the chunk is not TOML; scattered tables show as keys that come twice. Any text that is
//! not plain in this way is read whole: chunks give the same result or none.

use crate::project::syntax;
use std::borrow::Cow;
use std::collections::HashSet;
use std::ops::Range;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

/// Shorter texts are read whole, which takes less than a megabyte.
const LEAST: usize = 64 * 1024;
/// Bytes of a chunk; more if its last deliverable is longer.
const PART: usize = 16 * 1024;

/// The start of a deliverable's header.
const HEADER: &str = "[deliverable.";
const TABLE: &str = "deliverable";

/// The cuts of a text.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Chunks<'t> {
    text: &'t str,
    /// Whole tables of deliverables, in the order of the text.
    parts: Vec<Range<usize>>,
    /// Where the first header names [`TABLE`].
    named: Range<usize>,
    /// The number of deliverables, unless the tables of a deliverable are scattered.
    pub(super) count: usize,
}

impl<'t> Chunks<'t> {
    /// Cuts a text into chunks, if it is long enough.
    pub(super) fn of(text: &'t str) -> Option<Chunks<'t>> {
        if text.len() < LEAST { None } else { Chunks::cut(text, PART) }
    }

    pub(super) fn cut(text: &'t str, part: usize) -> Option<Chunks<'t>> {
        let mut parts = Chunks { text, parts: Vec::new(), named: 0..0, count: 0 };
        let mut last = "";
        // The start of the open chunk; `None` while inside other tables.
        let mut open: Option<usize> = None;
        for at in headers(text) {
            let Some(rest) = text[at..].strip_prefix(HEADER) else {
                parts.parts.extend(open.take().map(|start| start..at));
                last = "";
                continue;
            };
            let key = key(rest)?;
            if key == last {
                continue;
            }
            if parts.count == 0 {
                parts.named = at + 1..at + 1 + TABLE.len();
            }
            (parts.count, last) = (parts.count + 1, key);
            match open {
                Some(start) if at - start < part => {}
                _ => parts.parts.extend(open.replace(at).map(|start| start..at)),
            }
        }
        parts.parts.extend(open.map(|start| start..text.len()));
        (parts.count > 0).then_some(parts)
    }

    /// The number of deliverables, and the place of the first key beyond `most`; `None` if it is not certain that there are more.
    pub(super) fn beyond(&self, most: usize) -> Option<(usize, Range<usize>)> {
        // Report the conflict of an unfinished merge instead.
        if self.count <= most || !syntax::is_plain(self.text) {
            return None;
        }
        let (mut known, mut beyond) = (HashSet::new(), None);
        for at in headers(self.text) {
            let Some(key) = self.text[at..].strip_prefix(HEADER).and_then(key) else { continue };
            let at = at + HEADER.len();
            // The key is the same with or without quotes; and its tables may be scattered.
            if known.insert(key.trim_matches(['"', '\''])) && known.len() == most + 1 {
                beyond = Some(at..at + key.len());
            }
        }
        // Inside a multi-line text, the beginning of a line may look like a header.
        let has_long = ["\"\"\"", "'''"].iter().any(|quotes| self.text.contains(quotes));
        let beyond = beyond.filter(|_| !has_long || self.hold_more_than(most));
        beyond.map(|beyond| (known.len(), beyond))
    }

    /// Whether the parsed chunks have more than `most` deliverables, up to the first chunk that is not TOML.
    fn hold_more_than(&self, most: usize) -> bool {
        if self.top(&self.rest()).is_none() {
            return false;
        }
        let mut keys = HashSet::new();
        for tree in self.trees().map_while(|(_, tree)| tree) {
            keys.extend(tree.keys().map(|key| key.get_ref().to_string()));
            if keys.len() > most {
                return true;
            }
        }
        false
    }

    /// The text before, between and after the chunks.
    fn gaps(&self) -> impl Iterator<Item = Range<usize>> {
        let starts = std::iter::once(0).chain(self.parts.iter().map(|part| part.end));
        let ends = self.parts.iter().map(|part| part.start).chain([self.text.len()]);
        starts.zip(ends).map(|(start, end)| start..end).filter(|gap| !gap.is_empty())
    }

    /// The text with spaces in place of the chunks, so that everything else keeps its place.
    pub(super) fn rest(&self) -> Cow<'t, str> {
        let mut rest = Cow::Borrowed("");
        for gap in self.gaps() {
            if gap.start == 0 {
                rest = Cow::Borrowed(&self.text[gap]);
                continue;
            }
            let all = rest.to_mut();
            all.extend(std::iter::repeat_n(' ', gap.start - all.len() - 1));
            // A header has to begin a line.
            all.push('\n');
            all.push_str(&self.text[gap]);
        }
        rest
    }

    /// The tree of [`Chunks::rest`] with an empty table for the deliverables; `None` if it is not TOML or mentions deliverables
    /// itself.
    pub(super) fn top<'r>(&self, rest: &'r str) -> Option<DeTable<'r>> {
        // A chunk must not begin inside an open bracket or text.
        let whole = |gap: Range<usize>| syntax::tree(&self.text[gap]).is_some();
        if self.gaps().count() > 1 && !self.gaps().all(whole) {
            return None;
        }
        let mut top = syntax::tree(rest)?;
        let none = Spanned::new(self.named.clone(), DeValue::Table(DeTable::new()));
        let taken = top.insert(Spanned::new(self.named.clone(), TABLE.into()), none);
        taken.is_none().then_some(top)
    }

    /// The start of each chunk, and its deliverables in the order of the text; `None` if it is not TOML or holds anything else.
    pub(super) fn trees(&self) -> impl Iterator<Item = (usize, Option<DeTable<'t>>)> {
        self.parts.iter().map(|part| (part.start, tree(&self.text[part.clone()])))
    }
}

fn tree(part: &str) -> Option<DeTable<'_>> {
    let mut top = syntax::tree(part)?;
    let all = top.remove(TABLE)?;
    // An indented `[deliverable]` has another span; in two chunks it would be a duplicate table.
    let by_header = all.span() == (1..1 + TABLE.len());
    match all.into_inner() {
        DeValue::Table(table) if by_header && top.is_empty() => Some(table),
        _ => None,
    }
}

/// The offset of each line that begins with a bracket.
fn headers(text: &str) -> impl Iterator<Item = usize> {
    let starts = std::iter::once(0).chain(text.match_indices('\n').map(|(at, _)| at + 1));
    starts.filter(|at| text.as_bytes().get(*at) == Some(&b'['))
}

/// The key after [`HEADER`] as written; `None` if its spelling is not its meaning.
fn key(rest: &str) -> Option<&str> {
    let Some(quote @ ('"' | '\'')) = rest.chars().next() else {
        let bare = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_');
        let end = rest.find(|c| !bare(c))?;
        return (end > 0 && rest[end..].starts_with(['.', ']'])).then(|| &rest[..end]);
    };
    let end = rest[1..].find(quote)? + 2;
    let plain = !rest[..end].contains(['\\', '\n']) && rest[end..].starts_with(['.', ']']);
    plain.then(|| &rest[..end])
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use crate::cost::budget::Catalog;
    use crate::cost::rates::rate_card::{Extras, Provenance};
    use crate::project::chunks::*;
    use crate::project::extends::{Chain, OneFile};
    use crate::project::other_files::{PromptCounter, TeamError, TeamFile, TeamFiles};
    use crate::project::read::{Reading, reading};
    use crate::prompt::NotCounted;
    use proptest::prelude::*;
    use std::collections::BTreeMap;
    use std::path::{Path, PathBuf};

    /// No other files, and prompts with a token for each byte.
    struct Alone;

    impl TeamFiles for Alone {
        fn identity(&mut self, file: &Path) -> PathBuf {
            file.to_owned()
        }

        fn open(&mut self, _: &Path, _: &str) -> Result<TeamFile, TeamError> {
            Err(TeamError::NotFound)
        }
    }

    impl PromptCounter for Alone {
        fn count(&mut self, text: &str) -> Result<u64, NotCounted> {
            Ok(text.len() as u64)
        }

        fn file(&mut self, _: &Path, _: &str) -> Result<Result<u64, NotCounted>, TeamError> {
            Err(TeamError::NotFound)
        }
    }

    /// Without models: the result of reading stays the same, since each model name is unknown both ways.
    fn catalog() -> Catalog {
        let provenance = Provenance { source: String::new(), checked: None, grade: None };
        let extras = Extras {
            partial_image_tokens: 0,
            partial_images_max: 3,
            images_per_call_max: 10,
            prompt_overhead_tokens: 0,
            references_max: 16,
            provenance,
        };
        let (presets, profiles, cards) = (Vec::new(), BTreeMap::new(), Vec::new());
        Catalog { read_on: jiff::civil::date(2026, 1, 1), models: Vec::new(), extras, presets, profiles, cards }
    }

    fn by(read: impl FnOnce(&mut Chain<'_>, Option<&Path>) -> Option<OneFile>) -> Option<Reading> {
        let file = Some(Path::new("p.toml"));
        let (mut team, mut prompts) = (Alone, Alone);
        let catalog = catalog();
        read(&mut Chain::new(file, &catalog, &mut team, &mut prompts), file).map(|one| reading(one, file))
    }

    /// The reading in chunks, if possible, checked to equal the reading of the whole text.
    fn same(text: &str) -> Option<Reading> {
        let by_parts = by(|chain, file| chain.read_by_parts(text, file, Chunks::cut(text, 24)?))?;
        assert_eq!(by(|chain, file| Some(chain.read_whole(text, file))).as_ref(), Some(&by_parts), "{text}");
        Some(by_parts)
    }

    #[test]
    fn samples_and_bad_files_say_the_same_by_parts() {
        let root = Path::new(env!("CARGO_MANIFEST_DIR"));
        let mut read = 0;
        for folder in ["sample-projects", "tests/read/bad"] {
            for entry in std::fs::read_dir(root.join(folder)).unwrap() {
                let path = entry.unwrap().path();
                if path.extension().is_some_and(|ending| ending == "toml") {
                    let text = std::fs::read_to_string(path).unwrap_or_default();
                    read += usize::from(same(&text).is_some());
                }
            }
        }
        assert!(read > 30, "{read}");
    }

    #[test]
    fn what_is_not_plain_is_read_whole() {
        let plain = "retake = 1\n[deliverable.a]\nfinals = 1\n";
        assert!(same(plain).is_some());
        for more in [
            "[deliverable.b]\nfinals = 2\n[deliverable.a.explore]\ndrafts_per_final = 2\n",
            "[deliverable.b]\nnote = \"\"\"\n[deliverable.c]\nfinals = 1\n[deliverable.d]\n\"\"\"\n",
            "[deliverable.b]\n [rates.\"openai/x\"]\nchecked = 2026-01-01\n",
            "[[deliverable.b]]\nfinals = 2\n",
            "[deliverable]\nb = { finals = 2 }\n",
            "[deliverable.b]\n [deliverable]\n",
            "[deliverable.b]\n [deliverable]\n[deliverable.c]\n [deliverable]\n",
            "[deliverable.\"b\\u0063\"]\nfinals = 2\n",
            "[deliverable.a]\nfinals = 2\n",
            "[assumptions]\nx = [\n[deliverable.b]\n]\n",
        ] {
            assert_eq!(same(&format!("{plain}{more}")), None, "{more}");
        }
        // A multi-line text contains no deliverable, even if it closes what it opens.
        let inside = "retake = 1\nnotes = \"\"\"\n[deliverable.b]\nfinals = 1\n[assumptions]\n\"\"\"\n[deliverable.a]\nfinals = 1\n";
        assert_eq!(same(inside), None);
        assert_eq!(by(|chain, file| Some(chain.read_whole(inside, file))).unwrap().budget.lines.len(), 1);
    }

    #[test]
    fn only_headers_of_different_deliverables_show_that_there_are_too_many() {
        let beyond = |text: &str| {
            let found = Chunks::cut(text, 24).unwrap().beyond(2);
            assert_eq!(Chunks::cut(text, 1000).unwrap().beyond(2), found, "{text}");
            found
        };
        let two = "[deliverable.a]\nfinals = 1\n[deliverable.b]\nfinals = 1\n";
        assert_eq!(beyond(two), None);
        assert_eq!(beyond(&format!("{two}[deliverable.a.explore]\n[deliverable.\"b\".explore]\n")), None);
        for quotes in ["\"\"\"", "'''"] {
            let note = format!("note = {quotes}\n[deliverable.c]\n{quotes}\n");
            assert_eq!(beyond(&format!("{two}{note}")), None);
            let three = format!("{two}note = {quotes}\na\n{quotes}\n[deliverable.c]\n");
            assert_eq!(beyond(&three), Some((3, three.len() - 3..three.len() - 2)));
        }
        let conflict = format!("{two}<<<<<<< ours\n[deliverable.c]\n=======\n[deliverable.d]\n>>>>>>> theirs\n");
        assert_eq!(beyond(&conflict), None);
        let three = format!("{two}[deliverable.a.explore]\n[deliverable.'c']\n[rates]\n[deliverable.c.explore]\n");
        let place = three.find("'c'").unwrap();
        assert_eq!(beyond(&three), Some((3, place..place + 3)));
    }

    const PIECES: [&str; 14] = [
        "finals = 3\n",
        "finals = 3 # three\nname = \"x\"\n",
        "nonsense = 1\n\n# a comment\n",
        "finals = \"x\"\r\n",
        "prompt = \"two\\nlines\"\n",
        "note = \"\"\"\n[deliverable.z]\n\"\"\"\n",
        "references = [\n  \"1024x1024\",\n]\n",
        "retry = { low = 1, likely = 2 }\n",
        "explore = { drafts_per_final = 2 }\n",
        "explore.drafts_per_final = 2\n",
        "\n[assumptions]\nretry = 2\n",
        "\n[exchange]\nrate = 1\n",
        "\n  [indented]\n",
        "broken =\n",
    ];

    proptest! {
        #[test]
        fn any_text_says_the_same_by_parts_or_nothing(
            tables in prop::collection::vec((0..9_usize, prop::collection::vec(0..PIECES.len(), 0..3)), 0..6),
        ) {
            let keys = ["a", "b", "c", "\"d e\"", "'f'", "g-1", "a.explore", "b.explore", "h . i"];
            let mut text = String::from("retake = 1\nname = \"n\"\n");
            for (key, pieces) in tables {
                text.push_str(&format!("[deliverable.{}]\n", keys[key]));
                text.extend(pieces.into_iter().map(|piece| PIECES[piece]));
            }
            same(&text);
        }
    }
}
