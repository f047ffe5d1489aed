//! `prompt` and `prompt_file`: text in place of a number of tokens.
//!
//! A count made here is not a value of the file: it is never written back as `prompt_tokens`.

use super::other_files::{PromptCounter, TeamError, not_a_relative_path, reason_of};
use super::problem::{At, Sentence, shortened};
use super::reader::Reader;
use super::team;
use super::values::{Filled, Written};
use crate::cost::base::limits::{PROMPT_BYTES_MAX, PROMPT_FILES_MAX, PROMPT_MAX, PROMPTS_MAX};
use crate::cost::budget::{Setting, Value};
use crate::cost::{Budget, Decimal, Knob, Line};
use crate::diagnostics::Code;
use crate::prompt::{self, NotCounted};
use crate::words;
use crate::words::number::grouped;
use std::collections::{HashMap, HashSet};
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// Counts with the built-in tokenizer and reads prompt files from disk, within the bound of the project's `extends`. For one
/// reading: each text is counted and each file read once, however many deliverables have it.
#[derive(Debug)]
pub struct DiskPrompts {
    project: PathBuf,
    /// The bound, found at the first look-up.
    root: Option<PathBuf>,
    counter: prompt::Counter,
    /// By the file that names another, and that name.
    named: HashMap<PathBuf, HashMap<Box<str>, OfFile>>,
    /// By the path without links.
    files: HashMap<PathBuf, OfFile>,
    /// Names that were looked up.
    looked_up: usize,
}

/// Tokens of a file's text, or why they are not counted; or why it is not read.
type OfFile = Result<Result<u64, NotCounted>, TeamError>;

impl DiskPrompts {
    /// For a project file at `project`; nothing is touched before a prompt is found.
    #[must_use]
    pub fn new(project: &Path) -> DiskPrompts {
        let (counter, named, files) = (prompt::Counter::default(), HashMap::new(), HashMap::new());
        DiskPrompts { project: project.to_path_buf(), root: None, counter, named, files, looked_up: 0 }
    }

    fn look_up(&mut self, from: &Path, wanted: &str) -> OfFile {
        if self.counter.is_full() || self.looked_up >= PROMPT_FILES_MAX {
            return Ok(Err(NotCounted::TooManyTogether));
        }
        self.looked_up += 1;
        let project = &self.project;
        let root = match &self.root {
            Some(root) => root,
            // A team file two folders up may not reach further than the project that extends it.
            None => self.root.insert(team::bound(&team::folder_of(project).ok_or(TeamError::NoPlace)?)),
        };
        let path = team::located(from, wanted, root)?;
        if let Some(known) = self.files.get(&path) {
            return known.clone();
        }
        let read = team::text_of(&path, PROMPT_BYTES_MAX).map(|text| self.of_text(prompt::of_file(&text)));
        self.files.insert(path, read.clone());
        read
    }

    /// The tokens of a file's text. A text that is too long was read all the same, and counts towards the limit.
    fn of_text(&mut self, text: &str) -> Result<u64, NotCounted> {
        let counted = self.count(text);
        if let Err(NotCounted::TooLong(characters)) = counted {
            self.counter.takes(characters);
        }
        counted
    }
}

impl PromptCounter for DiskPrompts {
    fn count(&mut self, text: &str) -> Result<u64, NotCounted> {
        self.counter.count(text)
    }

    fn file(&mut self, from: &Path, wanted: &str) -> OfFile {
        if let Some(known) = self.named.get(from).and_then(|named| named.get(wanted)) {
            return known.clone();
        }
        let found = self.look_up(from, wanted);
        // Past the limit nothing is remembered: each answer is the same.
        if !matches!(found, Ok(Err(NotCounted::TooManyTogether))) {
            self.named.entry(from.to_owned()).or_default().insert(wanted.into(), found.clone());
        }
        found
    }
}

impl Reader<'_> {
    /// Counts the prompts of a layer. One that cannot be counted leaves its tokens unreadable: 0 must not stand in for them.
    pub(super) fn prompts(&mut self, filled: &mut Filled, at: &At<'_>) {
        let mut written = std::mem::take(&mut filled.prompts);
        let Some(one) = written.pop() else { return };
        let beside = filled.settings.get(Knob::PromptTokens).cloned();
        if let Some(setting) = beside {
            if let (Setting::Value(Value::Count(tokens)), true) = (setting, written.is_empty()) {
                self.compared(&one, tokens, at);
            }
            return;
        }
        let read = match written.pop() {
            Some(_) => {
                let sentence = Sentence::new(words::prompt_twice()).allowed(words::prompt_twice_allowed());
                Err((Code::PromptTwice, sentence.remedy(words::prompt_twice_remedy())))
            }
            None => match &one.text {
                Some(text) => self.counted(one.key, text),
                None => Err((Code::TypeWrong, Sentence::default())),
            },
        };
        let setting = match read {
            Ok(tokens) => Setting::Value(Value::Count(tokens)),
            Err((code, sentence)) => {
                // A value of another kind has been reported where it was met.
                if one.text.is_some() || code != Code::TypeWrong {
                    self.report.say(code, &at.below(one.key), &one.span, |_| sentence);
                }
                Setting::Unreadable
            }
        };
        filled.settings.put(Knob::PromptTokens, Some(setting));
        filled.places.push((Knob::PromptTokens, one.span));
        filled.counted = true;
    }

    /// Notes where a prompt and the number beside it disagree; the number counts.
    fn compared(&mut self, one: &Written, tokens: u64, at: &At<'_>) {
        let Some(text) = &one.text else { return };
        let number = |tokens: u64| grouped(Decimal::from(tokens));
        let (code, message) = match self.counted(one.key, text) {
            Ok(counted) if counted == tokens => return,
            Ok(counted) => (Code::PromptDiffers, words::prompt_differs(one.key, number(counted), number(tokens))),
            Err((Code::PromptNotCounted, _)) => return,
            Err((_, why)) => (Code::PromptNotCompared, words::prompt_not_compared(one.key, why.message())),
        };
        self.report.say(code, &at.below(one.key), &one.span, |_| {
            Sentence::new(message).remedy(words::prompt_differs_remedy())
        });
    }

    fn counted(&mut self, key: &str, text: &str) -> Result<u64, (Code, Sentence)> {
        let of_file = key == "prompt_file";
        let read = match self.prompts.as_deref_mut() {
            _ if of_file => self.prompt_file(text)?,
            Some(prompts) => prompts.count(text),
            None => Err(NotCounted::NoTokenizer),
        };
        read.map_err(|why| match why {
            NotCounted::TooLong(characters) => {
                let what = if of_file { shortened(text, false) } else { key.to_owned() };
                let sentence = Sentence::new(words::prompt_too_long(what, grouped(Decimal::from(characters))))
                    .allowed(words::text_allowed(grouped(Decimal::from(PROMPT_MAX))));
                (Code::PromptTooLong, sentence.remedy(words::prompt_too_long_remedy()))
            }
            NotCounted::TooManyTogether => {
                let number = |number: usize| grouped(Decimal::from(number));
                let allowed = words::prompts_allowed(number(PROMPTS_MAX), number(PROMPT_FILES_MAX));
                let sentence = Sentence::new(words::prompts_too_many(key)).allowed(allowed);
                (Code::PromptsTooMany, sentence.remedy(words::prompts_too_many_remedy()))
            }
            NotCounted::NoTokenizer => {
                let sentence = Sentence::new(words::prompt_not_counted(key)).allowed(words::prompt_allowed());
                (Code::PromptNotCounted, sentence.remedy(words::prompt_remedy()))
            }
        })
    }

    fn prompt_file(&mut self, wanted: &str) -> Result<Result<u64, NotCounted>, (Code, Sentence)> {
        let wrong = |message: String, remedy: &str| {
            let sentence = Sentence::new(message).allowed(words::prompt_file_allowed()).remedy(remedy);
            (Code::PromptFile, sentence)
        };
        if let Some(why) = not_a_relative_path(wanted, words::prompt_file_empty()) {
            return Err(wrong(why, words::extends_path_remedy()));
        }
        let shown = shortened(wanted, false);
        let (Some(from), Some(prompts)) = (self.file, self.prompts.as_deref_mut()) else {
            return Err(wrong(words::extends_no_place(shown), words::extends_no_place_remedy()));
        };
        prompts.file(from, wanted).map_err(|error| match error {
            TeamError::Outside(root) => {
                let sentence = Sentence::new(words::extends_outside(&shown));
                let sentence = sentence.allowed(words::extends_outside_allowed(root.display()));
                (Code::PromptFile, sentence.remedy(words::extends_outside_remedy()))
            }
            TeamError::Folder | TeamError::NotRegular => {
                wrong(words::prompt_file_not_ordinary(&shown), words::prompt_file_remedy())
            }
            error => {
                let (message, remedy) = reason_of(&shown, error, PROMPT_BYTES_MAX, words::prompt_file_remedy());
                wrong(message, remedy)
            }
        })
    }
}

/// Gives the tokens that were counted from text the numbers that are on screen.
///
/// A prompt file that changed since the project was opened is no change of the project: without this, a save would not read
/// back as it was meant, and the next one would write the old count beside the prompt.
pub(super) fn keep_counts(counted: &[Option<String>], read: &mut Budget, shown: &Budget) {
    let knob = Knob::PromptTokens;
    if counted.contains(&None) {
        read.assumptions.put(knob, shown.assumptions.get(knob).cloned());
    }
    let keys: HashSet<&str> = counted.iter().flatten().map(String::as_str).collect();
    let on_screen: HashMap<&str, &Line> = shown.lines.iter().map(|line| (line.key.as_str(), &**line)).collect();
    for line in read.lines.iter_mut().filter(|line| keys.contains(line.key.as_str())) {
        if let Some(shown) = on_screen.get(line.key.as_str()) {
            line.settings.put(knob, shown.settings.get(knob).cloned());
        }
    }
}

/// The same for the values that scenarios set.
pub(super) fn keep_patched_counts(counted: &[(String, Option<String>)], read: &mut Budget, shown: &Budget) {
    let knob = Knob::PromptTokens;
    for (scenario, line) in counted {
        let (Some(read), Some(shown)) = (read.scenarios.get_mut(scenario), shown.scenarios.get(scenario)) else {
            continue;
        };
        let changes = &mut Arc::make_mut(read).changes;
        let Some(key) = line else {
            changes.assumptions.put(knob, shown.changes.assumptions.get(knob).cloned());
            continue;
        };
        if let (Some(read), Some(shown)) = (changes.lines.get_mut(key), shown.changes.lines.get(key)) {
            read.line.settings.put(knob, shown.line.settings.get(knob).cloned());
        }
    }
}
