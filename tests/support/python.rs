//! Every CPython of this machine: the reference that answers can be held against.

use std::collections::BTreeMap;
use std::env;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::OnceLock;

use mroscope::source::PythonVersion;

/// A CPython found on this machine.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Interpreter {
    /// Its minor version.
    pub(crate) version: PythonVersion,
    /// Its version with the patch number: `3.13.0`.
    pub(crate) full_version: String,
    /// Where it is.
    pub(crate) path: PathBuf,
}

impl Interpreter {
    /// A command that starts it alone: without the user's site-packages and environment variables for Python.
    pub(crate) fn command(&self) -> Command {
        let mut command = Command::new(&self.path);
        command.arg("-I").stdin(Stdio::null());
        command
    }
}

/// Every CPython from 3.9 to 3.14 on `PATH` and below `~/.pyenv`, oldest first, one for each full version.
///
/// None of them says so on stderr, so that a test that passes for lack of a witness does not pass in silence; with
/// `MROSCOPE_REQUIRE_PYTHON` set it is a failure.
pub(crate) fn interpreters() -> Vec<Interpreter> {
    static FOUND: OnceLock<Vec<Interpreter>> = OnceLock::new();
    let found = FOUND.get_or_init(|| {
        let mut found = BTreeMap::new();
        for path in candidates() {
            if let Some(interpreter) = ask(&path) {
                let patch = patch_number(&interpreter.full_version);
                found
                    .entry((interpreter.version, patch))
                    .or_insert(interpreter);
            }
        }
        found.into_values().collect()
    });
    if found.is_empty() {
        assert!(
            env::var_os("MROSCOPE_REQUIRE_PYTHON").is_none(),
            "MROSCOPE_REQUIRE_PYTHON is set, but no CPython from 3.9 to 3.14 was found on PATH or below ~/.pyenv"
        );
        #[expect(
            clippy::print_stderr,
            reason = "the reader of a test run must hear of it"
        )]
        {
            eprintln!("no CPython from 3.9 to 3.14 was found: nothing was compared with one");
        }
    }
    found.clone()
}

/// Paths at which a CPython may be; pyenv's before those of `PATH`, whose shims would only lead there.
fn candidates() -> Vec<PathBuf> {
    let mut paths = vec![];
    let pyenv = env::var_os("PYENV_ROOT")
        .map(PathBuf::from)
        .or_else(|| Some(PathBuf::from(env::var_os("HOME")?).join(".pyenv")));
    if let Some(entries) = pyenv.and_then(|root| root.join("versions").read_dir().ok()) {
        for entry in entries.flatten() {
            paths.push(entry.path().join("bin/python"));
        }
    }
    paths.sort();
    let folders: Vec<PathBuf> = env::var_os("PATH")
        .map(|list| env::split_paths(&list).collect())
        .unwrap_or_default();
    let names = (9..=14)
        .rev()
        .map(|minor| format!("python3.{minor}"))
        .chain(["python3".to_owned()]);
    for name in names {
        paths.extend(folders.iter().map(|folder| folder.join(&name)));
    }
    paths.retain(|path| path.is_file());
    paths
}

/// Asks the program at `path` what it is; nothing if it is no CPython of a version we know.
fn ask(path: &Path) -> Option<Interpreter> {
    let question = "import sys; print(sys.implementation.name, '%d.%d.%d' % sys.version_info[:3])";
    let output = Command::new(path)
        .args(["-I", "-c", question])
        .stdin(Stdio::null())
        .stderr(Stdio::null())
        .output()
        .ok()?;
    let text = String::from_utf8(output.stdout).ok()?;
    let (name, full_version) = text.trim().split_once(' ')?;
    let version: PythonVersion = full_version.parse().ok()?;
    let known = PythonVersion::three(9)..=PythonVersion::three(14);
    (name == "cpython" && known.contains(&version)).then(|| Interpreter {
        version,
        full_version: full_version.to_owned(),
        path: path.to_owned(),
    })
}

/// The `0` of `3.13.0`.
fn patch_number(full_version: &str) -> u32 {
    full_version
        .rsplit('.')
        .next()
        .and_then(|patch| patch.parse().ok())
        .unwrap_or(0)
}
