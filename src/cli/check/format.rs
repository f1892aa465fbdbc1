//! The forms in which `mroscope check` says its faults: lines that editors read, workflow commands for GitHub, JSON lines for programs.

use std::fmt::Write as _;
use std::path::Path;

use serde::Serialize;

use crate::view::{self, Fault, Severity};

/// A form.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, clap::ValueEnum)]
pub enum OutputFormat {
    /// `models.py:12:7: duplicate-base: …`
    #[default]
    Text,
    /// Annotations of the lines of a pull request, as GitHub's runners read them from what a step prints.
    Github,
    /// A JSON object a line.
    Json,
}

/// A fault as it is said.
pub(super) struct Said {
    pub(super) fault: Fault,
    /// Of several versions: those it holds for, in words.
    pub(super) versions: Option<String>,
}

/// What the JSON of a fault has.
#[derive(Serialize)]
struct Row<'a> {
    path: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    line: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    column: Option<u32>,
    name: &'a str,
    severity: &'a str,
    message: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    raised_at: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    versions: Option<&'a str>,
}

impl OutputFormat {
    /// A fault as a line, its path told from a folder where it lies below that.
    pub(super) fn line(self, said: &Said, folder: &Path) -> String {
        let fault = &said.fault;
        let versions = said.versions.as_deref();
        match self {
            Self::Text => {
                let line = fault.line(folder);
                match versions {
                    Some(versions) => format!("{line} ({versions})"),
                    None => line,
                }
            }
            Self::Github => github(fault, versions, folder),
            Self::Json => {
                let row = Row {
                    path: slashed(&fault.shown_path(folder)),
                    line: fault.at.map(|at| at.0),
                    column: fault.at.map(|at| at.1),
                    name: fault.name,
                    severity: fault.severity().word(),
                    message: &fault.message,
                    raised_at: fault.raised_at.as_deref(),
                    versions,
                };
                serde_json::to_string(&row).unwrap_or_default()
            }
        }
    }
}

/// `::error file=models.py,line=12,col=7,title=mroscope duplicate-base::…`
fn github(fault: &Fault, versions: Option<&str>, folder: &Path) -> String {
    let command = match fault.severity() {
        Severity::Error => "error",
        Severity::Warning => "warning",
    };
    let path = slashed(&fault.shown_path(folder));
    let mut line = format!("::{command} file={}", property(&path));
    if let Some((at, column)) = fault.at {
        let _ = write!(line, ",line={at},col={column}");
    }
    let title = property(&format!("mroscope {}", fault.name));
    let mut message = fault.said();
    if let Some(versions) = versions {
        let _ = write!(message, " ({versions})");
    }
    let _ = write!(line, ",title={title}::{}", view::safe(&data(&message)));
    line
}

/// Paths of reports have slashes everywhere.
pub(super) fn slashed(path: &Path) -> String {
    let path = path.display().to_string();
    if std::path::MAIN_SEPARATOR == '\\' {
        path.replace('\\', "/")
    } else {
        path
    }
}

/// The text of a workflow command, as GitHub's toolkit escapes it.
fn data(text: &str) -> String {
    text.replace('%', "%25")
        .replace('\r', "%0D")
        .replace('\n', "%0A")
}

/// A property of a workflow command, likewise.
fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}

#[cfg(test)]
mod tests {
    use std::path::PathBuf;

    use super::*;

    #[test]
    fn what_a_workflow_command_means_is_escaped() {
        let fault = Fault {
            path: PathBuf::from("/repo/a,b:c.py"),
            at: Some((3, 1)),
            name: "raises",
            message: String::from("100 %\nsure"),
            raised_at: None,
        };
        assert_eq!(
            github(&fault, None, Path::new("/repo")),
            "::error file=a%2Cb%3Ac.py,line=3,col=1,title=mroscope raises::100 %25%0Asure"
        );
    }
}
