//! Reading project files: every message, every layer, every hostile input.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, missing_docs)]

mod bad;
mod bills;
mod codes;
mod conformance;
mod disk;
mod full;
mod hostile;
mod layers;
mod many_prompts;
mod origins;
mod prompts;
mod risks;
mod scenarios;
mod traversal;
mod values;

use retake::cost::Catalog;
use retake::cost::base::limits::PROMPT_MAX;
use retake::diagnostics::Problem;
use retake::project::{PromptCounter, Reading, TeamError, TeamFile, TeamFiles, read};
use retake::prompt::NotCounted;
use std::collections::BTreeMap;
use std::path::{Component, Path, PathBuf};

fn catalog() -> &'static Catalog {
    retake::rates::built_in().unwrap()
}

/// Extended files in memory, by path.
#[derive(Default)]
struct Memory(BTreeMap<PathBuf, String>);

impl Memory {
    fn of(files: &[(&str, &str)]) -> Memory {
        Memory(files.iter().map(|(path, text)| (PathBuf::from(path), (*text).to_owned())).collect())
    }
}

fn cleaned(path: &Path) -> PathBuf {
    path.components().fold(PathBuf::new(), |mut clean, part| {
        match part {
            Component::ParentDir => drop(clean.pop()),
            part => clean.push(part),
        }
        clean
    })
}

impl TeamFiles for Memory {
    fn identity(&mut self, file: &Path) -> PathBuf {
        cleaned(file)
    }

    fn open(&mut self, from: &Path, wanted: &str) -> Result<TeamFile, TeamError> {
        let path = cleaned(&from.parent().unwrap().join(wanted));
        let text = self.0.get(&path).ok_or(TeamError::NotFound)?.clone();
        Ok(TeamFile { identity: path.clone(), path, text })
    }
}

/// Counts words instead of tokens, and keeps prompt files in memory.
#[derive(Default)]
struct Words {
    files: BTreeMap<PathBuf, String>,
    /// A build without a tokenizer.
    mute: bool,
}

impl PromptCounter for Words {
    fn count(&mut self, text: &str) -> Result<u64, NotCounted> {
        match text.chars().count() {
            _ if self.mute => Err(NotCounted::NoTokenizer),
            characters if characters > PROMPT_MAX => Err(NotCounted::TooLong(characters)),
            _ => Ok(text.split_whitespace().count() as u64),
        }
    }

    fn file(&mut self, from: &Path, wanted: &str) -> Result<Result<u64, NotCounted>, TeamError> {
        let text = self.files.get(&cleaned(&from.parent().unwrap().join(wanted))).cloned();
        Ok(self.count(&text.ok_or(TeamError::NotFound)?))
    }
}

/// Reads a text as `p.toml`, with no other files.
fn reading(text: &str) -> Reading {
    read(text, Some(Path::new("p.toml")), catalog(), &mut Memory::default(), &mut Words::default())
}

fn codes(problems: &[Problem]) -> Vec<&'static str> {
    problems.iter().map(|problem| problem.code.name()).collect()
}

fn printed(problems: &[Problem]) -> String {
    problems.iter().map(|problem| problem.lines() + "\n").collect()
}
