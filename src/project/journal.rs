//! Edits that are not saved yet, in a file of the user's own folder: what a crash, a kill or a closed window leaves behind.
//!
//! A journal is lines of `CHECKSUM TEXT`. The first says the format's version, the path of the project, and the whole text
//! that the edits start from, so that a journal alone is enough to bring a project back. Each further line is one step as its
//! caller wrote it. A line goes out in one plain write: what was handed to the system outlives the process, however it
//! ends. A last line that is torn is not there.
//!
//! The file is locked while its session lives, so that no other session is offered edits in progress.
//!
//! The path of an edit to its journal:
//!
//! 1. `History` logs each edit, undo and redo. After each event, before its effects and its frame, `runtime` appends the log: one
//!    JSON line with a checksum, one `write()`.
//! 2. The first edit after an open or a save starts the journal. For a project above 256 KiB the first line is written ahead, under
//!    a temporary name; the edit adds its own line and renames the file. Past 4 MiB of steps the journal starts again with their
//!    net difference.
//! 3. One second after the first edit that the disk may not hold yet, a thread of its own asks for a sync: the program's only timer.
//! 4. A save, and quitting on purpose, delete the journal. After any other exit it stays, unlocked because the process is gone.
//!    A journal that cannot be used is kept for 90 days; each start of its project says until which day.
//! 5. The next start of that file (even if the file is gone), or of none, replays the edits on the journal's own base and asks
//!    whether to restore them.
//! 6. A restored journal stays until a save. While the new session's own journal has its edits, its name is not a journal's.

use super::checksum::{START, checksum, continued};
use super::store::{Temp, sweep};
use super::versions::label;
use crate::cost::base::limits::JOURNAL_BYTES_MAX;
use crate::system::files::{Readers, is_folder, open_to_read, private_folder};
use crate::system::process::is_alive;
use serde::{Deserialize, Serialize};
use std::ffi::OsString;
use std::fs::{self, File, TryLockError};
use std::hash::{BuildHasher, Hasher, RandomState};
use std::io::{self, BufWriter, Read, Seek, Write};
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

/// The version of the format. Version 1 wrote edits as lists, and no release ever did.
pub const VERSION: u64 = 2;
/// Bytes of steps after which a journal is rewritten with their net difference.
pub const GROWTH_MAX: u64 = 4 * 1024 * 1024;

/// How long a journal that cannot be used is kept after its last edit. Until then each start of its project says until when.
pub const UNUSABLE_KEPT: Duration = Duration::from_secs(90 * 24 * 60 * 60);

const ENDING: &str = ".journal";
/// Prefix of the name for a project without a file.
const UNTITLED: &str = "untitled";
/// Bytes that are looked at together for the end of a first line.
const PART: usize = 64 * 1024;

/// The first line.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Start {
    #[serde(rename = "retake-journal")]
    version: u64,
    /// The project's file, behind all links; none for a project without one.
    pub path: Option<PathBuf>,
    /// The text that the edits start from.
    pub base: String,
}

/// A newer version may have anything but this in its first line.
#[derive(Deserialize)]
struct OnlyVersion {
    #[serde(rename = "retake-journal")]
    version: u64,
}

impl Start {
    /// The first line of a project's journal.
    #[must_use]
    pub fn new(path: Option<&Path>, base: String) -> Start {
        Start { version: VERSION, path: path.map(Path::to_owned), base }
    }
}

/// A journal that is being written.
#[derive(Debug)]
pub struct Journal {
    path: PathBuf,
    file: File,
    /// Bytes of whole lines.
    len: u64,
    /// Bytes with which it began.
    began: u64,
}

/// A journal's first line on the disk, under a temporary name. The file is deleted on drop.
#[derive(Debug)]
pub struct Prepared {
    temp: Temp,
    path: PathBuf,
    len: u64,
}

impl Prepared {
    /// Writes the first line of a journal that may begin later.
    ///
    /// # Errors
    /// The system's error.
    pub fn new(folder: &Path, start: &Start) -> io::Result<Prepared> {
        private_folder(folder)?;
        let name = start.path.as_ref().map_or_else(|| UNTITLED.to_owned(), |path| label(path));
        let random = RandomState::new().build_hasher().finish();
        let path = folder.join(format!("{name}.{}.{random:016x}{ENDING}", std::process::id()));
        let mut temp = Temp::create(folder, name.as_ref(), Readers::Owner)?;
        let len = first_line(temp.file(), start)?;
        Ok(Prepared { temp, path, len })
    }

    /// Makes a journal of it, with the steps that there are already: it is there whole or not at all.
    ///
    /// # Errors
    /// The system's error; then there is no journal.
    pub fn begin<'s>(self, steps: impl IntoIterator<Item = &'s str>) -> io::Result<Journal> {
        let Prepared { temp, path, len: base } = self;
        let mut file = File::options().append(true).open(temp.path())?;
        let text = steps.into_iter().map(line).collect::<String>();
        file.write_all(text.as_bytes())?;
        let _no_locks_here = file.try_lock();
        temp.replace(&path)?;
        let len = base + text.len() as u64;
        Ok(Journal { path, file, len, began: len })
    }
}

/// Writes the first line and returns its length. The checksum comes first and is known last, so the text goes through a small
/// buffer instead of being held twice.
fn first_line(file: &mut File, start: &Start) -> io::Result<u64> {
    let mut out = Summed { out: BufWriter::with_capacity(BUFFER, file), sum: START, len: 0 };
    out.out.write_all(&[b'0'; SUM + 1])?;
    serde_json::to_writer(&mut out, start)?;
    let Summed { mut out, sum, len } = out;
    out.write_all(b"\n")?;
    out.rewind()?;
    out.write_all(format!("{sum:016x} ").as_bytes())?;
    out.flush()?;
    Ok(len + SUM as u64 + 2)
}

/// Bytes that go out at once.
const BUFFER: usize = 64 * 1024;
/// Digits of a checksum.
const SUM: usize = 16;

/// A checksum of what is written.
struct Summed<W> {
    out: W,
    sum: u64,
    len: u64,
}

impl<W: Write> Write for Summed<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let written = self.out.write(bytes)?;
        self.sum = continued(self.sum, &bytes[..written]);
        self.len += written as u64;
        Ok(written)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.out.flush()
    }
}

impl Journal {
    /// Begins a journal with its first line and the steps that there are already, in one step: it is there whole or not
    /// at all.
    ///
    /// # Errors
    /// The system's error; then there is no journal.
    pub fn begin<'s>(folder: &Path, start: &Start, steps: impl IntoIterator<Item = &'s str>) -> io::Result<Journal> {
        Prepared::new(folder, start)?.begin(steps)
    }

    /// Adds a step.
    ///
    /// # Errors
    /// The system's error; the journal is then unchanged, or must be abandoned.
    pub fn add(&mut self, step: &str) -> io::Result<()> {
        let line = line(step);
        if let Err(error) = self.file.write_all(line.as_bytes()) {
            self.file.set_len(self.len)?;
            return Err(error);
        }
        self.len += line.len() as u64;
        Ok(())
    }

    /// Whether the journal should be rewritten with the net difference of its steps.
    #[must_use]
    pub fn is_long(&self) -> bool {
        self.len - self.began > GROWTH_MAX
    }

    /// A second handle, with which another thread can force it to the disk.
    ///
    /// # Errors
    /// The system's error.
    pub fn handle(&self) -> io::Result<File> {
        self.file.try_clone()
    }

    /// Forces it to the disk, for as long as that takes.
    ///
    /// # Errors
    /// The system's error.
    pub fn sync(&self) -> io::Result<()> {
        self.file.sync_data()
    }

    /// Deletes it: its edits are saved, or dropped on purpose.
    pub fn remove(self) {
        let _already_gone = fs::remove_file(&self.path);
    }
}

/// The lock goes now, not with the last handle: the thread that has the disk hold the file has one too, and until it is done
/// the next session would take this one for alive and not offer its edits.
impl Drop for Journal {
    fn drop(&mut self) {
        let _no_locks_here = self.file.unlock();
    }
}

fn line(text: &str) -> String {
    format!("{:016x} {text}\n", checksum(text.as_bytes()))
}

/// A journal that its session left behind. No other session is offered it while this value lives.
#[derive(Debug)]
pub struct Left {
    path: PathBuf,
    file: File,
    /// Its temporary path, while another journal has its edits.
    aside: Option<PathBuf>,
}

impl Drop for Left {
    fn drop(&mut self) {
        let _no_locks_here = self.file.unlock();
    }
}

/// The content of a journal.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Content {
    /// Its first line.
    pub start: Start,
    /// Its steps, as they were written.
    pub steps: Vec<String>,
    /// Whether something behind them is damaged, beyond a torn last line.
    pub damaged: bool,
}

/// Why a journal cannot be used. It is kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Unusable {
    /// A newer version of the program wrote it.
    Newer,
    /// Its first line is damaged.
    Damaged,
    /// More bytes than [`JOURNAL_BYTES_MAX`].
    TooLarge,
    /// The system does not give it out.
    Closed(String),
}

impl Left {
    /// Reads it.
    ///
    /// # Errors
    /// Why it cannot be used.
    pub fn read(&self) -> Result<Content, Unusable> {
        if self.size() > JOURNAL_BYTES_MAX {
            return Err(Unusable::TooLarge);
        }
        let closed = |error: io::Error| Unusable::Closed(error.to_string());
        if !self.begins().map_err(closed)? {
            return Err(Unusable::Damaged);
        }
        let mut bytes = Vec::new();
        (&self.file).rewind().map_err(closed)?;
        // It may grow while it is read.
        (&self.file).take(JOURNAL_BYTES_MAX + 1).read_to_end(&mut bytes).map_err(closed)?;
        if bytes.len() as u64 > JOURNAL_BYTES_MAX {
            return Err(Unusable::TooLarge);
        }
        content(&bytes)
    }

    /// Whether its first line ends, could be one and has its checksum: JSON writes control characters in another way. Most damage
    /// shows in the first part of the file, and none needs the memory for the whole of it: the first frame waits for this.
    fn begins(&self) -> io::Result<bool> {
        let mut part = vec![0; PART];
        (&self.file).rewind()?;
        let mut rest = (&self.file).take(JOURNAL_BYTES_MAX);
        let mut head = Vec::new();
        rest.by_ref().take(SUM as u64 + 1).read_to_end(&mut head)?;
        let head = std::str::from_utf8(&head).ok().and_then(|head| head.strip_suffix(' '));
        let Some(wanted) = head.and_then(|sum| u64::from_str_radix(sum, 16).ok()) else { return Ok(false) };
        let mut sum = START;
        loop {
            let read = rest.read(&mut part)?;
            let end = memchr::memchr(b'\n', &part[..read]);
            let text = &part[..end.unwrap_or(read)];
            if read == 0 || text.iter().copied().fold(u8::MAX, u8::min) < b' ' {
                return Ok(false);
            }
            sum = continued(sum, text);
            if end.is_some() {
                return Ok(sum == wanted);
            }
        }
    }

    /// Its path.
    #[must_use]
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Its size in bytes, from the file's metadata.
    #[must_use]
    pub fn size(&self) -> u64 {
        self.file.metadata().map_or(0, |metadata| metadata.len())
    }

    /// When its last edit was written. `None` if the system does not say.
    #[must_use]
    pub fn written(&self) -> Option<SystemTime> {
        self.file.metadata().and_then(|metadata| metadata.modified()).ok()
    }

    /// When it goes if it cannot be used; at once where the system does not say when it was written.
    #[must_use]
    pub fn ends(&self) -> SystemTime {
        self.written().and_then(|written| written.checked_add(UNUSABLE_KEPT)).unwrap_or(SystemTime::UNIX_EPOCH)
    }

    /// Renames it to a temporary name, because another journal has its edits. After a kill, the file is swept like
    /// a killed save's. If the rename fails, the journal keeps its name.
    pub fn put_aside(&mut self) {
        if let (None, Some(folder), Some(name)) = (&self.aside, self.path.parent(), self.path.file_name()) {
            let aside = Temp::name_for(folder, name);
            self.aside = fs::rename(&self.path, &aside).is_ok().then_some(aside);
        }
    }

    /// Whether it has such a name.
    #[must_use]
    pub fn is_aside(&self) -> bool {
        self.aside.is_some()
    }

    /// Gives it its own name back.
    pub fn give_back(&mut self) {
        if let Some(aside) = self.aside.take() {
            let _as_far_as_it_goes = fs::rename(aside, &self.path);
        }
    }

    /// Deletes it: its edits were saved or dropped.
    pub fn remove(self) {
        let _already_gone = fs::remove_file(self.aside.as_ref().unwrap_or(&self.path));
    }
}

/// Reads the bytes of a journal.
///
/// # Errors
/// Why they are none.
pub fn content(bytes: &[u8]) -> Result<Content, Unusable> {
    let mut lines = bytes.split_inclusive(|byte| *byte == b'\n');
    let first = lines.next().and_then(checked).ok_or(Unusable::Damaged)?;
    match serde_json::from_str(first) {
        Ok(OnlyVersion { version: VERSION }) => {}
        Ok(OnlyVersion { version }) if version > VERSION => return Err(Unusable::Newer),
        Ok(_) | Err(_) => return Err(Unusable::Damaged),
    }
    let start = serde_json::from_str(first).map_err(|_| Unusable::Damaged)?;
    let mut steps = Vec::new();
    for line in lines.by_ref() {
        match checked(line) {
            Some(step) => steps.push(step.to_owned()),
            // The later steps start from a step that cannot be read.
            None => return Ok(Content { start, steps, damaged: line.ends_with(b"\n") || lines.next().is_some() }),
        }
    }
    Ok(Content { start, steps, damaged: false })
}

/// The text of a line whose checksum agrees.
fn checked(line: &[u8]) -> Option<&str> {
    let line = std::str::from_utf8(line.strip_suffix(b"\n")?).ok()?;
    let (sum, text) = line.split_once(' ')?;
    (sum.len() == 16 && u64::from_str_radix(sum, 16) == Ok(checksum(text.as_bytes()))).then_some(text)
}

/// The journals that sessions of a project left behind, or of projects without a file, the latest first. Only the `most` latest
/// files are opened, and none is read; the number is that of the others.
#[must_use]
pub fn left(folder: &Path, real_path: Option<&Path>, most: usize) -> (Vec<Left>, usize) {
    if !is_folder(folder) {
        return (Vec::new(), 0);
    }
    sweep(folder);
    let start = format!("{}.", real_path.map_or_else(|| UNTITLED.to_owned(), label));
    let mut found: Vec<_> = journals(folder)
        .filter(|(name, _)| name.to_str().is_some_and(|name| name.starts_with(&start)))
        .filter_map(|(_, path)| Some((modified(&path)?, path)))
        .collect();
    found.sort_by_key(|(modified, _)| std::cmp::Reverse(*modified));
    let more = found.len().saturating_sub(most);
    (found.into_iter().take(most).filter_map(|(_, path)| unlocked(path)).collect(), more)
}

/// How many journals there are, of living sessions too.
#[must_use]
pub fn count(folder: &Path) -> usize {
    journals(folder).count()
}

fn journals(folder: &Path) -> impl Iterator<Item = (OsString, PathBuf)> {
    // Behind a link there would be others' files, to be read and deleted.
    let own = is_folder(folder).then(|| fs::read_dir(folder).ok()).flatten();
    let entries = own.into_iter().flatten().flatten();
    let files = entries.filter(|entry| entry.file_type().is_ok_and(|kind| kind.is_file()));
    let names = files.map(|entry| (entry.file_name(), entry.path()));
    names.filter(|(name, _)| name.to_str().is_some_and(|name| name.ends_with(ENDING)))
}

fn modified(path: &Path) -> Option<SystemTime> {
    fs::symlink_metadata(path).ok()?.modified().ok()
}

/// The journal, unless a living session writes it.
fn unlocked(path: PathBuf) -> Option<Left> {
    let file = open_to_read(&path).ok()?;
    match file.try_lock() {
        Ok(()) => Some(Left { path, file, aside: None }),
        Err(TryLockError::WouldBlock) => None,
        // Without locks the process in the name decides.
        Err(TryLockError::Error(_)) => (!owner_lives(&path)).then_some(Left { path, file, aside: None }),
    }
}

fn owner_lives(path: &Path) -> bool {
    let name = path.file_name().and_then(|name| name.to_str()).unwrap_or_default();
    let pid = name.rsplit('.').nth(2).and_then(|pid| pid.parse().ok());
    pid.is_some_and(is_alive)
}
