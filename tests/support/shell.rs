//! `Shell`: the real binary in a folder, with nothing around it but what the test says.

use std::fmt;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use super::Sandbox;

/// Runs mroscope in a sandbox. It sees no variable of ours: not our home, our colours, our interpreters.
pub(crate) struct Shell {
    folder: PathBuf,
    variables: Vec<(String, String)>,
}

/// What came of it.
pub(crate) struct Ran {
    /// Exit code; -1 where a signal ended it.
    pub(crate) code: i32,
    /// Standard output.
    pub(crate) out: String,
    /// Standard error.
    pub(crate) err: String,
}

impl Shell {
    /// In the root of a sandbox, whose `home` is the home folder.
    pub(crate) fn new(sandbox: &Sandbox) -> Self {
        Self::in_folder(&sandbox.root())
    }

    /// In any folder.
    pub(crate) fn in_folder(folder: &Path) -> Self {
        let home = folder.join("home").display().to_string();
        Self {
            folder: folder.to_owned(),
            variables: vec![("HOME".to_owned(), home)],
        }
    }

    /// The same with a variable set.
    pub(crate) fn with(mut self, name: &str, value: &str) -> Self {
        self.variables.push((name.to_owned(), value.to_owned()));
        self
    }

    /// Runs it with these arguments, divided by spaces.
    pub(crate) fn run(&self, arguments: &str) -> Ran {
        self.run_with(&arguments.split_whitespace().collect::<Vec<_>>())
    }

    /// Runs it with these arguments.
    pub(crate) fn run_with(&self, arguments: &[&str]) -> Ran {
        let output = self
            .command(arguments)
            .output()
            .expect("the binary is built before its tests");
        let root = self.folder.display().to_string();
        let text = |bytes: Vec<u8>| String::from_utf8_lossy(&bytes).replace(&root, "[root]");
        Ran {
            code: output.status.code().unwrap_or(-1),
            out: text(output.stdout),
            err: text(output.stderr),
        }
    }

    /// The command itself, not yet started.
    pub(crate) fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_mroscope"));
        command
            .args(arguments)
            .current_dir(&self.folder)
            .env_clear()
            .envs(self.variables.iter().cloned())
            .stdin(Stdio::null());
        command
    }
}

/// Everything a shell sees of it: standard output, standard error behind `!`, and the exit code.
impl fmt::Display for Ran {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for line in self.out.lines() {
            writeln!(f, "{}", line.trim_end())?;
        }
        for line in self.err.lines() {
            writeln!(f, "{}", format!("! {line}").trim_end())?;
        }
        writeln!(f, "exit {}", self.code)
    }
}
