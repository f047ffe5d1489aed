//! Power cuts: the possible contents of a disk after a series of saves, at every moment.
//!
//! `strace` records the system calls of a series of saves; a model of a disk then plays each moment at which the power may fail.
//! Of a file it keeps what was synced (`fsync`), and of later writes nothing, a part, or all. Of names (created, renamed,
//! removed) it keeps those whose folder was synced, and of later ones any number in order.

use crate::store_children::command;
use std::collections::BTreeMap;
use std::path::Path;
use std::process::Command;

/// The number of saves: each writes its text and reports it.
pub(crate) const SAVES: u64 = 40;

/// The file's content after save `number`; 0 is the content before.
pub(crate) fn content(number: u64) -> String {
    format!("the content of save {number}\n")
}

/// One request to the disk, or one promise to the user.
#[derive(Debug)]
enum Asked {
    Make(String),
    Write(String, String),
    Cut(String, usize),
    Hold(String),
    Rename(String, String),
    Remove(String),
    Said(u64),
}

/// The path behind a descriptor, `3</tmp/a>`.
fn behind(descriptor: &str) -> String {
    let path = descriptor.split_once('<').map_or("", |(_, path)| path);
    path.split_once('>').map_or(path, |(path, _)| path).to_owned()
}

/// Texts in quotes, with `\n` read.
fn quoted(arguments: &str) -> Vec<String> {
    arguments.split('"').skip(1).step_by(2).map(|text| text.replace("\\n", "\n")).collect()
}

fn read(call: &str) -> Option<Asked> {
    let (name, rest) = call.split_once('(')?;
    let (arguments, result) = rest.rsplit_once(" = ")?;
    if result.starts_with('-') {
        return None;
    }
    let file = || behind(arguments);
    let mut texts = quoted(arguments).into_iter();
    match name {
        "openat" if arguments.contains("O_CREAT") => Some(Asked::Make(texts.next()?)),
        "write" => {
            let text = texts.next()?;
            let said = text.trim().strip_prefix("saved ").and_then(|number| number.parse().ok());
            Some(said.map_or_else(|| Asked::Write(file(), text), Asked::Said))
        }
        "ftruncate" => Some(Asked::Cut(file(), arguments.rsplit_once(", ")?.1.trim_end_matches(')').parse().ok()?)),
        "fsync" | "fdatasync" => Some(Asked::Hold(file())),
        "rename" | "renameat" | "renameat2" => Some(Asked::Rename(texts.next()?, texts.next()?)),
        "unlink" | "unlinkat" => Some(Asked::Remove(texts.next()?)),
        _ => None,
    }
}

/// The content of a file: the writes, and how much of them certainly survives.
#[derive(Clone, Debug, Default)]
struct File {
    written: String,
    held: Option<String>,
}

impl File {
    /// The possible contents when the power returns.
    fn possible(&self) -> Vec<String> {
        match &self.held {
            Some(held) if *held == self.written => vec![held.clone()],
            held => {
                let half = self.written[..self.written.len() / 2].to_owned();
                [held.clone().unwrap_or_default(), half, self.written.clone()].to_vec()
            }
        }
    }
}

/// A change of names: the name and the number of its file from now on.
#[derive(Clone, Debug)]
struct Named(String, Option<usize>);

#[derive(Default)]
struct Disk {
    files: Vec<File>,
    /// The current names.
    now: BTreeMap<String, usize>,
    /// Changes of names since the start, in order.
    changes: Vec<Named>,
    /// How many of them are synced.
    held: usize,
}

impl Disk {
    fn name(&mut self, name: &str, file: Option<usize>) {
        self.changes.push(Named(name.to_owned(), file));
        match file {
            Some(file) => self.now.insert(name.to_owned(), file),
            None => self.now.remove(name),
        };
    }

    fn ask(&mut self, asked: &Asked) {
        match asked {
            Asked::Make(name) if !self.now.contains_key(name) => {
                self.files.push(File::default());
                self.name(name, Some(self.files.len() - 1));
            }
            Asked::Write(name, text) => {
                if let Some(file) = self.now.get(name) {
                    self.files[*file].written += text;
                }
            }
            Asked::Cut(name, len) => {
                if let Some(file) = self.now.get(name) {
                    self.files[*file].written.truncate(*len);
                }
            }
            Asked::Hold(name) => match self.now.get(name) {
                Some(file) => self.files[*file].held = Some(self.files[*file].written.clone()),
                // One folder: the other is that of the versions, whose names do not matter here.
                None if self.now.keys().any(|file| file.rsplit_once('/').is_some_and(|(folder, _)| folder == name)) => {
                    self.held = self.changes.len();
                }
                None => {}
            },
            Asked::Rename(from, to) => {
                let file = self.now.get(from).copied();
                self.name(to, file);
                self.name(from, None);
            }
            Asked::Remove(name) => self.name(name, None),
            Asked::Make(_) | Asked::Said(_) => {}
        }
    }

    /// Every possible content of the file if the power fails now; `None` for a missing file.
    fn after_a_cut(&self, target: &str) -> Vec<Option<String>> {
        let mut outcomes = Vec::new();
        for kept in self.held..=self.changes.len() {
            let last = self.changes[..kept].iter().rev().find(|Named(name, _)| name == target);
            match last {
                Some(Named(_, Some(file))) => outcomes.extend(self.files[*file].possible().into_iter().map(Some)),
                _ => outcomes.push(None),
            }
        }
        outcomes
    }
}

/// Plays every moment of a series of saves: returns the number of outcomes, and how many of them go back to the last promise; or
/// the torn or lost content.
fn play<'a>(asked: impl Iterator<Item = &'a Asked>, path: &Path) -> Result<(u32, u32), String> {
    let target = path.to_str().unwrap();
    let mut disk = Disk::default();
    disk.ask(&Asked::Make(target.to_owned()));
    disk.ask(&Asked::Write(target.to_owned(), content(0)));
    disk.files[0].held = Some(content(0));
    disk.held = disk.changes.len();
    let (mut said, mut cuts, mut older) = (0, 0, 0);
    for asked in asked {
        disk.ask(asked);
        if let Asked::Said(number) = asked {
            said = *number;
        }
        for outcome in disk.after_a_cut(target) {
            let text = outcome.ok_or_else(|| format!("no file after {asked:?}"))?;
            let number = (0..=SAVES).find(|number| content(*number) == text);
            let number = number.ok_or_else(|| format!("torn after {asked:?}: {text:?}"))?;
            if number < said {
                return Err(format!("save {said} was acknowledged, and {number} is there after {asked:?}"));
            }
            older += u32::from(number == said);
            cuts += 1;
        }
    }
    Ok((cuts, older))
}

#[test]
fn no_power_cut_loses_an_acknowledged_save_or_tears_the_file() {
    let folder = tempfile::tempdir().unwrap();
    let folder = std::fs::canonicalize(folder.path()).unwrap();
    let path = folder.join("a.toml");
    std::fs::write(&path, content(0)).unwrap();
    let log = tempfile::NamedTempFile::new().unwrap();
    let child = command("", "row", &path);
    let mut strace = Command::new("strace");
    strace.args(["-f", "-y", "-s", "4096", "-o"]).arg(log.path());
    strace.arg(child.get_program()).args(child.get_args());
    for (name, value) in child.get_envs() {
        strace.env(name, value.unwrap());
    }
    if !strace.output().is_ok_and(|output| output.status.success()) {
        eprintln!("strace is not installed or not allowed: power cuts are not played here");
        return;
    }
    let log = std::fs::read_to_string(log.path()).unwrap();
    let asked: Vec<Asked> = log.lines().filter_map(|line| read(line.split_once(' ')?.1.trim_start())).collect();
    let (cuts, older) = play(asked.iter(), &path).unwrap_or_else(|bad| panic!("{bad}\n{log}"));
    println!("{cuts} power cuts, {older} back to the last acknowledged save, 0 lost, 0 torn");
    assert!(asked.iter().any(|asked| matches!(asked, Asked::Said(SAVES))) && cuts > 1_000, "{cuts} cuts\n{log}");
    // The model notices if the file or the folder is not synced.
    let is_folder = |name: &String| *name == folder.to_str().unwrap();
    for folders in [true, false] {
        let unasked = asked.iter().filter(|asked| !matches!(asked, Asked::Hold(name) if is_folder(name) == folders));
        assert!(play(unasked, &path).is_err(), "folders {folders}");
    }
}
