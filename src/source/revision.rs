//! A project as it was at a revision: a git repository is asked, by the `git` program, and nothing in it is touched.
//!
//! Why the program and not a library: whoever has revisions has it, and it knows what is theirs: their configuration, worktrees,
//! alternates, partial clones, filters such as LFS, formats that are newer than any library; and it spares two hundred crates. The files of a
//! revision are written to a temporary folder, by way of an index of its own; hooks, monitors and shared indexes are switched off, so that neither
//! the repository's index nor anything else in it is written. Only what can say something about classes is written, not a repository's data.
#![expect(
    clippy::disallowed_methods,
    reason = "a revision is read by git, for a person who named one, into a folder that is made for it"
)]

use std::ffi::OsStr;
use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread;
use std::time::Duration;

use tempfile::TempDir;

use crate::source::resolved;

/// A folder that is gone when nobody holds it any more, together with whoever writes to it.
#[derive(Debug)]
pub struct TemporaryFolder {
    folder: TempDir,
    writer: Arc<Mutex<Writer>>,
}

/// Who writes to a temporary folder.
#[derive(Debug, Default)]
enum Writer {
    /// Nobody at the moment.
    #[default]
    Nobody,
    /// The process of this number.
    Process(u32),
    /// Nobody any more: the folder is gone, or about to go.
    Over,
}

/// How often it is tried to remove a folder, a moment apart: a process that was ended may be at its last file.
const TRIES: u32 = 50;

impl TemporaryFolder {
    /// Makes one, in the system's place for them.
    pub fn new() -> io::Result<Self> {
        Ok(Self {
            folder: tempfile::Builder::new().prefix("mroscope-").tempdir()?,
            writer: Arc::default(),
        })
    }

    /// A part of it, to write files to.
    pub fn part(&self, name: &str) -> Part {
        Part {
            path: resolved(self.folder.path()).join(name),
            writer: Arc::clone(&self.writer),
        }
    }
}

impl Drop for TemporaryFolder {
    fn drop(&mut self) {
        let before = std::mem::replace(&mut *held(&self.writer), Writer::Over);
        if let Writer::Process(process) = before {
            end(process);
        }
        for _ in 0..TRIES {
            match fs::remove_dir_all(self.folder.path()) {
                Err(error) if error.kind() != io::ErrorKind::NotFound => {
                    thread::sleep(Duration::from_millis(10));
                }
                _ => return,
            }
        }
    }
}

/// Ends a process that writes to a folder which is to go.
#[cfg(unix)]
fn end(process: u32) {
    use rustix::process::{Pid, Signal, kill_process};
    let id = i32::try_from(process).ok().and_then(Pid::from_raw);
    if let Some(id) = id {
        // Where it has ended by itself there is nothing to end.
        let _ = kill_process(id, Signal::KILL);
    }
}

#[cfg(not(unix))]
fn end(_process: u32) {}

/// A folder inside of a temporary one.
#[derive(Debug, Clone)]
pub struct Part {
    path: PathBuf,
    writer: Arc<Mutex<Writer>>,
}

fn held(writer: &Mutex<Writer>) -> MutexGuard<'_, Writer> {
    writer.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Part {
    /// Where it is, or will be.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Writes to it, or begins to; not while the folder goes, and not when it is gone.
    fn written<T>(
        &self,
        write: impl FnOnce(&mut Writer) -> Result<T, RevisionError>,
    ) -> Result<T, RevisionError> {
        let mut writer = held(&self.writer);
        if matches!(*writer, Writer::Over) {
            return Err(io::Error::from(io::ErrorKind::Interrupted).into());
        }
        write(&mut writer)
    }

    /// Runs a program that writes to it.
    fn ran(&self, command: &mut Command, what: &'static str) -> Result<Vec<u8>, RevisionError> {
        let child = self.written(|writer| {
            let child = command
                .stdout(Stdio::piped())
                .stderr(Stdio::piped())
                .spawn()
                .map_err(|source| RevisionError::NoGit { source })?;
            *writer = Writer::Process(child.id());
            Ok(child)
        })?;
        let output = child.wait_with_output();
        let mut writer = held(&self.writer);
        if let Writer::Process(_) = *writer {
            *writer = Writer::Nobody;
        }
        drop(writer);
        done(&output?, what)
    }
}

/// A git repository, seen from a path.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Repository {
    /// Its `.git`, or the folder of a bare one.
    git: PathBuf,
    /// Its working tree; none for a bare one.
    pub working_tree: Option<PathBuf>,
    /// The path it is seen from, told from the top of its tree.
    pub inside: PathBuf,
}

/// A commit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Commit {
    /// Its whole name.
    pub id: String,
}

impl Commit {
    /// Its name as people write it.
    pub fn short(&self) -> &str {
        self.id.get(..7).unwrap_or(&self.id)
    }
}

/// The files of a revision, in a folder.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CheckedOut {
    /// The top of the tree.
    pub top: PathBuf,
    /// What the repository was seen from.
    pub path: PathBuf,
    /// Submodules, whose files another repository has.
    pub submodules: Vec<String>,
}

/// Why there is no revision to look at.
#[derive(Debug, thiserror::Error)]
pub enum RevisionError {
    /// The program is not there.
    #[error("the program `git` cannot be started, which reads revisions")]
    NoGit {
        /// What the system says.
        source: io::Error,
    },
    /// No repository holds the path.
    #[error("`{}` is in no git repository", path.display())]
    NoRepository {
        /// What was given.
        path: PathBuf,
    },
    /// A bare repository has no working tree.
    #[error("the repository `{}` is bare: it has no working tree to compare with", path.display())]
    Bare {
        /// The repository.
        path: PathBuf,
    },
    /// Nothing of the repository has this name.
    #[error("`{revision}` is no revision of the repository `{}`", path.display())]
    Unknown {
        /// What was given.
        revision: String,
        /// The repository.
        path: PathBuf,
        /// Branches and tags.
        known: Vec<String>,
    },
    /// The revision does not have the path.
    #[error("revision `{revision}` has no `{}`", path.display())]
    PathMissing {
        /// The revision.
        revision: String,
        /// The path from the top of the tree.
        path: PathBuf,
    },
    /// Two revisions that share no commit.
    #[error("`{one}` and `{other}` have no commit in common")]
    Unrelated {
        /// The one.
        one: String,
        /// The other.
        other: String,
    },
    /// The program complains.
    #[error("git could not {what}: {said}")]
    Git {
        /// What was wanted, as a clause.
        what: &'static str,
        /// What it said.
        said: String,
    },
    /// The temporary folder cannot be written.
    #[error("the files of a revision cannot be written to a temporary folder")]
    NotWritten {
        /// What the system says.
        #[from]
        source: io::Error,
    },
}

/// Settings that would let git write to the repository, run something of it, or leave files out.
const SETTINGS: [&str; 5] = [
    "core.hooksPath=/dev/null",
    "core.fsmonitor=false",
    "core.splitIndex=false",
    "core.sparseCheckout=false",
    "index.sparse=false",
];

/// Variables by which another repository or index would be meant than the one of the path: git sets them for its hooks.
const VARIABLES: [&str; 6] = [
    "GIT_DIR",
    "GIT_WORK_TREE",
    "GIT_INDEX_FILE",
    "GIT_PREFIX",
    "GIT_OBJECT_DIRECTORY",
    "GIT_COMMON_DIR",
];

fn git(folder: &Path) -> Command {
    let mut command = Command::new("git");
    for variable in VARIABLES {
        command.env_remove(variable);
    }
    command.arg("-C").arg(folder);
    for setting in SETTINGS {
        command.args(["-c", setting]);
    }
    command
        .env("GIT_OPTIONAL_LOCKS", "0")
        .env("GIT_TERMINAL_PROMPT", "0")
        .env("LC_ALL", "C")
        .stdin(Stdio::null());
    command
}

/// Runs it; its output if it did what was wanted.
fn ran(command: &mut Command, what: &'static str) -> Result<Vec<u8>, RevisionError> {
    done(&output(command)?, what)
}

/// What it printed, if it did what was wanted.
fn done(output: &Output, what: &'static str) -> Result<Vec<u8>, RevisionError> {
    if output.status.success() {
        return Ok(output.stdout.clone());
    }
    Err(RevisionError::Git {
        what,
        said: complaint(output),
    })
}

fn output(command: &mut Command) -> Result<Output, RevisionError> {
    command
        .output()
        .map_err(|source| RevisionError::NoGit { source })
}

/// What it complained of, on one line.
fn complaint(output: &Output) -> String {
    let said = String::from_utf8_lossy(&output.stderr);
    let first = said.lines().find(|line| !line.trim().is_empty());
    let first = first.unwrap_or("it said nothing").trim();
    first.strip_prefix("fatal: ").unwrap_or(first).to_owned()
}

fn lines(output: &[u8]) -> Vec<String> {
    String::from_utf8_lossy(output)
        .lines()
        .map(str::to_owned)
        .collect()
}

impl Repository {
    /// The repository that holds a path, which need not be there itself: a revision may have it.
    pub fn around(path: &Path) -> Result<Self, RevisionError> {
        let absolute = std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
        let folder = absolute.ancestors().find(|it| it.is_dir());
        let folder = folder.unwrap_or(Path::new("/"));
        let below = absolute.strip_prefix(folder).unwrap_or(Path::new(""));
        let mut asked = git(folder);
        asked.args([
            "rev-parse",
            "--absolute-git-dir",
            "--is-bare-repository",
            "--is-inside-git-dir",
        ]);
        let output = output(&mut asked)?;
        if !output.status.success() {
            let said = complaint(&output);
            return Err(if said.contains("not a git repository") {
                RevisionError::NoRepository {
                    path: path.to_owned(),
                }
            } else {
                RevisionError::Git {
                    what: "open the repository",
                    said,
                }
            });
        }
        let said = lines(&output.stdout);
        let said: Vec<&str> = said.iter().map(String::as_str).collect();
        let [git_folder, bare, inside_git] = said.as_slice() else {
            return Err(RevisionError::NoRepository {
                path: path.to_owned(),
            });
        };
        let mut repository = Self {
            git: PathBuf::from(git_folder),
            working_tree: None,
            inside: PathBuf::new(),
        };
        if *bare == "true" || *inside_git == "true" {
            return Ok(repository);
        }
        let top = ran(
            git(folder).args(["rev-parse", "--show-toplevel"]),
            "tell where the working tree is",
        )?;
        let top = lines(&top).into_iter().next().unwrap_or_default();
        let top = resolved(Path::new(&top));
        let folder = resolved(folder);
        let inside = folder.strip_prefix(&top).unwrap_or(Path::new(""));
        repository.inside = inside.join(below);
        repository.working_tree = Some(top);
        Ok(repository)
    }

    /// Where it is, as people know it.
    pub fn path(&self) -> &Path {
        self.working_tree.as_deref().unwrap_or(&self.git)
    }

    /// What to call the top of its tree: a package at the top is named by its folder.
    fn name(&self) -> &OsStr {
        let path = self.path();
        let name = match path.extension() {
            Some(end) if end == "git" && self.working_tree.is_none() => path.file_stem(),
            _ => path.file_name(),
        };
        name.unwrap_or(OsStr::new("tree"))
    }

    fn command(&self) -> Command {
        let mut command = git(self.path());
        let mut option = std::ffi::OsString::from("--git-dir=");
        option.push(&self.git);
        command.arg(option);
        command
    }

    /// The commit that a revision stands for.
    pub fn commit(&self, revision: &str) -> Result<Commit, RevisionError> {
        let mut asked = self.command();
        asked.args(["rev-parse", "--verify", "--quiet"]);
        asked.arg(format!("{revision}^{{commit}}"));
        let output = output(&mut asked)?;
        let id = lines(&output.stdout).pop().unwrap_or_default();
        if !revision.starts_with('-') && output.status.success() && !id.is_empty() {
            return Ok(Commit { id });
        }
        let mut asked = self.command();
        asked.args(["for-each-ref", "--format=%(refname:short)"]);
        asked.args(["refs/heads", "refs/tags", "refs/remotes"]);
        Err(RevisionError::Unknown {
            revision: revision.to_owned(),
            path: self.path().to_owned(),
            known: lines(&ran(&mut asked, "list branches and tags")?),
        })
    }

    /// The last commit from which both come.
    pub fn merge_base(&self, one: &str, other: &str) -> Result<Commit, RevisionError> {
        let (first, second) = (self.commit(one)?, self.commit(other)?);
        let mut asked = self.command();
        asked.args(["merge-base", &first.id, &second.id]);
        let output = output(&mut asked)?;
        match lines(&output.stdout).into_iter().next() {
            Some(id) if output.status.success() => Ok(Commit { id }),
            _ => Err(RevisionError::Unrelated {
                one: one.to_owned(),
                other: other.to_owned(),
            }),
        }
    }

    /// How many files at the path are not as the last commit has them.
    pub fn uncommitted(&self) -> Result<usize, RevisionError> {
        let Some(top) = &self.working_tree else {
            return Ok(0);
        };
        let mut asked = git(top);
        asked.args(["status", "--porcelain", "-z", "--no-renames", "--"]);
        asked.arg(if self.inside.as_os_str().is_empty() {
            Path::new(".")
        } else {
            &self.inside
        });
        let listed = ran(&mut asked, "compare the working tree with its index")?;
        let entries = listed.split(|&byte| byte == 0);
        Ok(entries.filter(|entry| !entry.is_empty()).count())
    }

    /// Writes the files of a commit to a folder.
    pub fn check_out(
        &self,
        commit: &Commit,
        revision: &str,
        into: &Part,
    ) -> Result<CheckedOut, RevisionError> {
        let below = &into.path;
        let top = below.join(self.name());
        // With its mark the tree ends where the repository's does: nothing above it is taken for a part of the project.
        let marked = top.join(".git/info");
        into.written(|_| {
            fs::create_dir_all(&marked)?;
            let rules = self.git.join("info/exclude");
            if rules.is_file() {
                fs::copy(rules, marked.join("exclude"))?;
            }
            Ok(())
        })?;
        let index = below.join("index");
        let command = || {
            let mut command = self.command();
            let mut option = std::ffi::OsString::from("--work-tree=");
            option.push(&top);
            command.arg(option).env("GIT_INDEX_FILE", &index);
            command
        };
        let what = "read the revision";
        into.ran(command().args(["read-tree", &commit.id]), what)?;
        let listed = into.ran(command().args(["ls-files", "--stage", "-z"]), what)?;
        let (mut wanted, mut submodules) = (vec![], vec![]);
        // `100644 <object> 0<tab>path`
        for entry in listed.split(|&byte| byte == 0) {
            let Some(tab) = entry.iter().position(|&byte| byte == b'\t') else {
                continue;
            };
            let (mode, path) = (&entry[..tab], &entry[tab + 1..]);
            if mode.starts_with(b"160000") {
                submodules.push(String::from_utf8_lossy(path).into_owned());
            } else if mode.starts_with(b"120000") || tells_of_classes(path) {
                wanted.extend_from_slice(path);
                wanted.push(0);
            }
        }
        let list = below.join("list");
        into.written(|_| Ok(fs::write(&list, wanted)?))?;
        let mut written = command();
        written
            .args(["checkout-index", "--quiet", "--force", "-z", "--stdin"])
            .stdin(Stdio::from(File::open(&list)?));
        into.ran(&mut written, "write the files of the revision")?;
        let path = top.join(&self.inside);
        if !path.exists() {
            return Err(RevisionError::PathMissing {
                revision: revision.to_owned(),
                path: self.inside.clone(),
            });
        }
        Ok(CheckedOut {
            top,
            path,
            submodules,
        })
    }
}

/// Whether a file can have a part in what classes there are: sources, compiled modules, descriptions of projects, ignore files, scripts
/// without an extension. All others, which may be large, stay where they are.
fn tells_of_classes(path: &[u8]) -> bool {
    let name = path.rsplit(|&byte| byte == b'/').next().unwrap_or(path);
    let end = name.iter().rposition(|&byte| byte == b'.');
    match end {
        None => true,
        // `.gitignore`, `.ignore`, `.pth`
        Some(0) => true,
        Some(at) => {
            matches!(
                &name[at + 1..],
                b"py"
                    | b"pyw"
                    | b"pyi"
                    | b"pyx"
                    | b"pxd"
                    | b"pyc"
                    | b"so"
                    | b"pyd"
                    | b"toml"
                    | b"cfg"
                    | b"ini"
                    | b"pth"
            ) || is_metadata(path)
        }
    }
}

/// Whether a file describes a distribution: entry points stand in one.
fn is_metadata(path: &[u8]) -> bool {
    let mut folders = path.split(|&byte| byte == b'/');
    folders.any(|folder| folder.ends_with(b".egg-info") || folder.ends_with(b".dist-info"))
}
