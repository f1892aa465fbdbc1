//! A project's files, watched: whoever asked is told which of them hold something else, once they have come to rest. Only files that the
//! project consists of count; what an ignore file names, a build or a cache writes is passed over.

use std::path::{Path, PathBuf};
use std::sync::mpsc::{self, Receiver, RecvTimeoutError, Sender};
use std::thread;
use std::time::{Duration, Instant};

use notify::event::{AccessKind, AccessMode, ModifyKind, RenameMode};
use notify::{EventKind, RecommendedWatcher, RecursiveMode, Watcher};
use rustc_hash::{FxHashMap, FxHashSet};

use crate::source::layout::MARKERS;
use crate::source::{Project, Stamp};

/// After a change it is waited for so long whether another one follows: an editor writes in several steps, a branch switch many files.
const QUIET: Duration = Duration::from_millis(50);
/// The same where each file that was changed is known to be whole: whoever wrote it has closed it, or put it there under its name.
const QUIET_IF_WHOLE: Duration = Duration::from_millis(12);
/// What never comes to rest is told after this long.
const LONGEST: Duration = Duration::from_secs(2);

/// Whoever wrote to a file has closed it.
const WRITTEN: EventKind = EventKind::Access(AccessKind::Close(AccessMode::Write));
/// What is noticed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Noticed {
    /// These files were changed, made or removed.
    Changed(Vec<PathBuf>),
    /// Changes cannot be noticed, and why.
    NotFollowed(String),
}

/// A watch over the files of a project. It goes on as long as the program does.
#[derive(Debug)]
pub struct Watch {
    heard: Sender<Heard>,
}

#[derive(Debug)]
enum Heard {
    Event(notify::Result<notify::Event>),
    Files {
        top: PathBuf,
        roots: Vec<PathBuf>,
        files: FxHashMap<PathBuf, Option<Stamp>>,
    },
}

impl Watch {
    /// Begins; nothing is watched until there is a project to follow. `find` finds the project anew where files may have come to it.
    pub fn start(
        find: impl Fn() -> Option<Project> + Send + 'static,
        tell: impl Fn(Noticed) + Send + 'static,
    ) -> Result<Self, String> {
        let (heard, inbox) = mpsc::channel();
        let events = heard.clone();
        let watcher = notify::recommended_watcher(move |event| {
            // Nobody listens when the program is leaving.
            let _ = events.send(Heard::Event(event));
        })
        .map_err(|error| error.to_string())?;
        let watching = Watching {
            watcher,
            find: Box::new(find),
            tell: Box::new(tell),
            top: PathBuf::new(),
            known: FxHashMap::default(),
            folders: FxHashSet::default(),
            touched: FxHashMap::default(),
            looks_anew: false,
        };
        thread::Builder::new()
            .name("watch".to_owned())
            .spawn(move || watching.listen(&inbox))
            .map_err(|error| error.to_string())?;
        Ok(Self { heard })
    }

    /// Follows these files from now on: called before they are read, so that no change between reading and watching is missed.
    pub fn follow(&self, project: &Project) {
        let stamped = project
            .files
            .iter()
            .map(|it| (it.path.clone(), Stamp::of(&it.path)));
        let _ = self.heard.send(Heard::Files {
            top: project.path.clone(),
            roots: project.roots.iter().map(|it| it.path.clone()).collect(),
            files: stamped.collect(),
        });
    }
}

/// What the thread that watches knows.
struct Watching {
    watcher: RecommendedWatcher,
    find: Box<dyn Fn() -> Option<Project> + Send>,
    tell: Box<dyn Fn(Noticed) + Send>,
    /// The file or folder that was asked about.
    top: PathBuf,
    /// The project's files, and what they were like when last looked at.
    known: FxHashMap<PathBuf, Option<Stamp>>,
    /// The folders that are watched.
    folders: FxHashSet<PathBuf>,
    /// Files of the project that something happened to, and whether each is whole after it.
    touched: FxHashMap<PathBuf, bool>,
    /// Whether files may have come to the project.
    looks_anew: bool,
}

impl Watching {
    fn listen(mut self, inbox: &Receiver<Heard>) {
        while let Ok(first) = inbox.recv() {
            self.take(first);
            if self.touched.is_empty() && !self.looks_anew {
                continue;
            }
            let began = Instant::now();
            loop {
                match inbox.recv_timeout(self.quiet()) {
                    Ok(heard) => self.take(heard),
                    Err(RecvTimeoutError::Timeout) if !self.is_being_switched() => break,
                    Err(RecvTimeoutError::Timeout) => {}
                    Err(RecvTimeoutError::Disconnected) => return,
                }
                if began.elapsed() > LONGEST {
                    break;
                }
            }
            let changed = self.changed();
            if !changed.is_empty() {
                (self.tell)(Noticed::Changed(changed));
            }
        }
    }

    /// How long nothing is to happen before what happened is told.
    fn quiet(&self) -> Duration {
        let is_whole = !self.looks_anew && self.touched.values().all(|&it| it);
        if is_whole { QUIET_IF_WHOLE } else { QUIET }
    }

    fn take(&mut self, heard: Heard) {
        match heard {
            Heard::Files { top, roots, files } => {
                self.top = top;
                self.known = files;
                self.watch_folders(&roots);
            }
            Heard::Event(Ok(event)) if event.kind == WRITTEN => {
                for path in event.paths {
                    if let Some(is_whole) = self.touched.get_mut(&path) {
                        *is_whole = true;
                    }
                }
            }
            // Whoever only reads changes nothing.
            Heard::Event(Ok(event)) if matches!(event.kind, EventKind::Access(_)) => {}
            Heard::Event(Ok(event)) => {
                let is_whole = is_put_there(event.kind);
                // Too much happened to be told one by one.
                self.looks_anew |= event.need_rescan();
                for path in event.paths {
                    if self.known.contains_key(&path) {
                        self.touched.insert(path, is_whole);
                    } else if may_concern(&path) {
                        self.looks_anew = true;
                    }
                }
            }
            Heard::Event(Err(_)) => self.looks_anew = true,
        }
    }

    /// Watches the folders that hold the project's files, each by itself: what lies in others is nobody's concern, and there may be a
    /// great many of them.
    fn watch_folders(&mut self, roots: &[PathBuf]) {
        let mut folders: FxHashSet<PathBuf> = FxHashSet::default();
        if self.top.is_dir() {
            folders.insert(self.top.clone());
        }
        for file in self.known.keys() {
            for folder in file.ancestors().skip(1) {
                let is_last = folder == self.top || roots.iter().any(|root| root == folder);
                if !folders.insert(folder.to_owned()) || is_last {
                    break;
                }
            }
        }
        let mut failed = None;
        let mut paths = self.watcher.paths_mut();
        for gone in self.folders.difference(&folders) {
            // One that was removed is watched no more anyway.
            let _ = paths.remove(gone);
        }
        for new in folders.difference(&self.folders) {
            if let Err(error) = paths.add(new, RecursiveMode::NonRecursive) {
                failed = Some(error);
            }
        }
        if let Err(error) = paths.commit() {
            failed = Some(error);
        }
        self.folders = folders;
        if let Some(error) = failed {
            (self.tell)(Noticed::NotFollowed(error.to_string()));
        }
    }

    /// Whether git is at work on the files: it holds this lock from the first to the last of them.
    fn is_being_switched(&self) -> bool {
        let mut repositories = self.top.ancestors().map(|folder| folder.join(".git"));
        let git = repositories.find(|it| it.exists());
        git.is_some_and(|git| git.join("index.lock").exists())
    }

    /// The files that are not what they were, sorted; from now on they are known as they are.
    fn changed(&mut self) -> Vec<PathBuf> {
        let touched = std::mem::take(&mut self.touched);
        let mut changed: Vec<PathBuf> = vec![];
        for path in touched.into_keys() {
            let stamp = Stamp::of(&path);
            if self.known.get(&path) != Some(&stamp) {
                // One that is gone is gone from the project too.
                self.looks_anew |= stamp.is_none();
                self.known.insert(path.clone(), stamp);
                changed.push(path);
            }
        }
        if std::mem::take(&mut self.looks_anew)
            && let Some(project) = (self.find)()
        {
            let stamped = project
                .files
                .iter()
                .map(|it| (it.path.clone(), Stamp::of(&it.path)));
            let now: FxHashMap<PathBuf, Option<Stamp>> = stamped.collect();
            let is_other = |path: &PathBuf| now.get(path) != self.known.get(path);
            changed.extend(now.keys().filter(|path| is_other(path)).cloned());
            let is_gone = |path: &PathBuf| !now.contains_key(path);
            changed.extend(self.known.keys().filter(|path| is_gone(path)).cloned());
            self.known = now;
            let roots: Vec<PathBuf> = project.roots.iter().map(|it| it.path.clone()).collect();
            self.watch_folders(&roots);
        }
        changed.sort();
        changed.dedup();
        changed
    }
}

/// Whether something that happened to a path which is no file of the project can have made it one, or brought others: a new file, a
/// folder, a file that says what is ignored or what the project is.
fn may_concern(path: &Path) -> bool {
    let name = path.file_name().and_then(|name| name.to_str());
    let name = name.unwrap_or_default();
    if matches!(name, ".gitignore" | ".ignore") || MARKERS.contains(&name) {
        return true;
    }
    if name.starts_with('.') || name == "__pycache__" {
        return false;
    }
    match path.extension().and_then(|end| end.to_str()) {
        Some(end) => end == "py" || end == "pyw",
        // A folder has none, nor have many files that are none of ours: those are found not to be.
        None => true,
    }
}

/// Whether files were given names, in place of others that may have had them.
fn is_put_there(kind: EventKind) -> bool {
    let names = [RenameMode::To, RenameMode::Both].map(ModifyKind::Name);
    matches!(kind, EventKind::Modify(it) if names.contains(&it))
}
