//! Notices from the system when a watched file changes. Polls only if the system cannot tell: on a network file system, changes
//! made on another machine send no notice, so the loop looks every few seconds instead.

use super::files::is_remote;
use notify::event::{AccessKind, AccessMode};
use notify::{Config, EventKind, RecommendedWatcher, RecursiveMode, Watcher};
use std::collections::BTreeSet;
use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

/// The time between looks if the system sends no notices.
const SLOW: Duration = Duration::from_secs(3);

/// Look at a change once the files have been quiet this long: a file that is being rewritten is empty for a moment.
pub(crate) const QUIET: Duration = Duration::from_millis(40);

/// The watched names; shared with the thread that receives changes.
type Names = Arc<Mutex<BTreeSet<OsString>>>;

/// The system's watcher, used and dropped only while its thread runs. notify 8.2.1 does not report that the thread could not
/// start, and from then on panics at each call but `configure`, even on drop.
struct Notifier(Option<RecommendedWatcher>);

impl Notifier {
    /// The watcher; `None` if there is no watcher, or no thread for it.
    fn running(&mut self) -> Option<&mut RecommendedWatcher> {
        if self.0.as_mut().is_some_and(|watcher| watcher.configure(Config::default()).is_err()) {
            std::mem::forget(self.0.take());
        }
        self.0.as_mut()
    }
}

impl Drop for Notifier {
    fn drop(&mut self) {
        self.running();
    }
}

/// The watch over the open project's files.
pub(crate) struct Watch {
    watcher: Notifier,
    names: Names,
    files: Vec<PathBuf>,
    folders: BTreeSet<PathBuf>,
    deaf: bool,
}

impl Watch {
    /// A watch over no files yet; `tell` is called on another thread, once for each change, and must not block.
    pub(crate) fn new(tell: impl Fn() + Send + 'static) -> Watch {
        let names = Names::default();
        let known = Arc::clone(&names);
        let heard = move |event: notify::Result<notify::Event>| {
            let Ok(event) = event else { return tell() };
            if !is_change(event.kind) {
                return;
            }
            let names = known.lock().unwrap_or_else(PoisonError::into_inner);
            let ours = |path: &PathBuf| path.file_name().is_some_and(|name| names.contains(name));
            if event.need_rescan() || event.paths.iter().any(ours) {
                drop(names);
                tell();
            }
        };
        let watcher = Notifier(notify::recommended_watcher(heard).ok());
        Watch { watcher, names, files: Vec::new(), folders: BTreeSet::new(), deaf: false }
    }

    /// Watches exactly these files; returns whether some are new. Watches their folders, because replacing a file creates a
    /// different file.
    pub(crate) fn follow(&mut self, files: Vec<PathBuf>) -> bool {
        if files == self.files {
            return false;
        }
        let name = |path: &PathBuf| path.file_name().map(OsString::from);
        *self.names.lock().unwrap_or_else(PoisonError::into_inner) = files.iter().filter_map(name).collect();
        let folders: BTreeSet<PathBuf> = files.iter().map(|file| folder_of(file)).collect();
        let watcher = self.watcher.running();
        let mut all = watcher.is_some();
        if let Some(watcher) = watcher {
            for old in self.folders.difference(&folders) {
                let _ = watcher.unwatch(old);
            }
            for new in folders.difference(&self.folders) {
                all &= watcher.watch(new, RecursiveMode::NonRecursive).is_ok();
            }
        }
        self.deaf = !files.is_empty() && (!all || folders.iter().any(|folder| is_remote(folder)));
        let new = files.iter().any(|file| !self.files.contains(file));
        (self.files, self.folders) = (files, folders);
        new
    }

    /// How long to wait for events before the next look; `None` if the system sends notices.
    pub(crate) fn patience(&self) -> Option<Duration> {
        self.deaf.then_some(SLOW)
    }
}

/// Reading a file does not count as a change, and each look reads the file.
fn is_change(kind: EventKind) -> bool {
    !matches!(kind, EventKind::Access(access) if access != AccessKind::Close(AccessMode::Write))
}

fn folder_of(file: &Path) -> PathBuf {
    file.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new(".")).to_owned()
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;
    use notify::event::{CreateKind, ModifyKind, RemoveKind};
    use std::fs;
    use std::sync::mpsc::channel;

    #[test]
    fn reading_a_file_is_no_change_and_all_else_is() {
        for access in [AccessKind::Any, AccessKind::Read, AccessKind::Open(AccessMode::Any)] {
            assert!(!is_change(EventKind::Access(access)), "{access:?}");
        }
        let written = EventKind::Access(AccessKind::Close(AccessMode::Write));
        let made = EventKind::Create(CreateKind::File);
        for kind in [written, made, EventKind::Modify(ModifyKind::Any), EventKind::Remove(RemoveKind::File)] {
            assert!(is_change(kind), "{kind:?}");
        }
    }

    #[test]
    fn only_the_files_that_are_followed_are_told_of() {
        let folder = tempfile::tempdir().unwrap();
        let at = |name: &str| folder.path().join(name);
        let (tell, told) = channel();
        let mut watch = Watch::new(move || _ = tell.send(()));
        assert!(watch.follow(vec![at("a"), at("b")]) && !watch.follow(vec![at("a"), at("b")]));
        assert_eq!(watch.patience(), None, "the system tells");
        fs::write(at("other"), "1").unwrap();
        fs::write(at("b"), "1").unwrap();
        told.recv_timeout(Duration::from_secs(20)).unwrap();
        assert!(!watch.follow(vec![at("a")]), "no new one");
        while told.recv_timeout(Duration::from_millis(200)).is_ok() {}
        fs::write(at("b"), "2").unwrap();
        fs::write(at("other"), "2").unwrap();
        assert!(told.recv_timeout(Duration::from_millis(100)).is_err());
        fs::rename(at("other"), at("a")).unwrap();
        told.recv_timeout(Duration::from_secs(20)).unwrap();
    }

    #[test]
    fn where_the_system_cannot_tell_a_look_is_due_every_few_seconds() {
        let folder = tempfile::tempdir().unwrap();
        let mut watch = Watch::new(|| ());
        watch.follow(vec![folder.path().join("gone/a.toml")]);
        assert_eq!(watch.patience(), Some(SLOW));
        watch.follow(Vec::new());
        assert_eq!(watch.patience(), None);
    }
}
