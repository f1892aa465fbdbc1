//! Configuration: defaults, below a person's own file, below the project's, below `--config`, below the flags.
//!
//! A project has `[tool.mroscope]` in its `pyproject.toml`, or a `mroscope.toml` with the same keys at the top; a person
//! has `config.toml` in `$XDG_CONFIG_HOME/mroscope`. A key that is none of ours is an error, not a wish unheard.
#![expect(
    clippy::disallowed_methods,
    reason = "a person's own files are read here"
)]

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use crate::app::mistake::{Mistake, suggest};
use crate::cli::args::WorldArguments;
use crate::cli::surroundings::Surroundings;
use crate::cli::versions;
use crate::error::{Error, Kind};
use crate::evaluate::Limits;
use crate::source::PythonVersion;

/// What can be set.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Config {
    /// Interpreter or virtual environment whose packages are searched.
    pub(super) python: Option<PathBuf>,
    /// Version of Python to answer for.
    pub(super) python_version: Option<PythonVersion>,
    /// `sys.platform` to answer for.
    pub(super) platform: Option<String>,
    /// Name of the theme.
    pub(super) theme: Option<String>,
    /// How much of a value is shown.
    pub(super) limits: Limits,
}

/// Its keys.
const KEYS: [&str; 5] = ["platform", "python", "python-version", "repr", "theme"];

impl Config {
    /// Reads what applies to the project at `project`.
    pub(super) fn read(
        arguments: &WorldArguments,
        surroundings: &Surroundings,
        project: &Path,
    ) -> Result<Self, Error> {
        let mut config = Self::default();
        let (files, pairs): (Vec<&String>, Vec<&String>) = arguments
            .config
            .iter()
            .partition(|given| !given.contains('='));
        if files.is_empty() {
            if let Some(folder) = &surroundings.config_folder {
                config.lay_file(&folder.join("config.toml"), Presence::Optional)?;
            }
            config.lay_project(project)?;
        }
        for file in files {
            config.lay_file(Path::new(file), Presence::Required)?;
        }
        for pair in pairs {
            config
                .lay(pair, Path::new("."), Section::Whole)
                .or_else(|_| config.lay(&quoted(pair), Path::new("."), Section::Whole))
                .map_err(|mistake| in_file("--config", &mistake))?;
        }
        config.lay_arguments(arguments)?;
        Ok(config)
    }

    /// The nearest file above the project that has something to say to us.
    fn lay_project(&mut self, project: &Path) -> Result<(), Error> {
        let start = fs::canonicalize(project).unwrap_or_else(|_| project.to_owned());
        for folder in start.ancestors() {
            if self.lay_file(&folder.join("mroscope.toml"), Presence::Optional)? {
                return Ok(());
            }
            let file = folder.join("pyproject.toml");
            if let Some(text) = read(&file, Presence::Optional)? {
                // A project file that is no TOML is not ours to report; other tools will.
                if let Err(mistake) = self.lay(&text, folder, Section::ToolMroscope)
                    && text.contains("mroscope")
                {
                    return Err(in_file(&file.display().to_string(), &mistake));
                }
                if text.contains("[tool.mroscope]") {
                    return Ok(());
                }
            }
            if folder.join(".git").exists() {
                break;
            }
        }
        Ok(())
    }

    /// Lays a file over what is there; false where there is none.
    fn lay_file(&mut self, path: &Path, presence: Presence) -> Result<bool, Error> {
        let Some(text) = read(path, presence)? else {
            return Ok(false);
        };
        let folder = path.parent().unwrap_or(Path::new("."));
        let section = if path
            .file_name()
            .is_some_and(|name| name == "pyproject.toml")
        {
            Section::ToolMroscope
        } else {
            Section::Whole
        };
        self.lay(&text, folder, section)
            .map_err(|mistake| in_file(&path.display().to_string(), &mistake))?;
        Ok(true)
    }

    /// Lays a text over what is there. Paths in it are relative to `folder`.
    fn lay(&mut self, text: &str, folder: &Path, section: Section) -> Result<(), Mistake> {
        let table = DeTable::parse(text).map_err(|error| Mistake::not_toml(text, &error))?;
        let table = match section {
            Section::Whole => Some(table.get_ref()),
            Section::ToolMroscope => table
                .get_ref()
                .get("tool")
                .and_then(|tool| tool.get_ref().get("mroscope"))
                .and_then(|ours| ours.get_ref().as_table()),
        };
        for (key, value) in table.into_iter().flatten() {
            let name: &str = key.get_ref();
            if !KEYS.contains(&name) {
                return Err(Mistake::at(
                    text,
                    &key.span(),
                    format!("`{name}` is not a setting"),
                    Some(suggest(name, KEYS.into_iter())),
                ));
            }
            if name == "repr" {
                self.lay_limits(text, value)?;
                continue;
            }
            let wrong = |message: String| Mistake::at(text, &value.span(), message, None);
            let DeValue::String(given) = value.get_ref() else {
                return Err(wrong(format!("`{name}` has to be a string")));
            };
            match name {
                // A bare name is looked up like a command; anything else is a path beside the file.
                "python" if Path::new(given.as_ref()).components().count() == 1 => {
                    self.python = Some(given.as_ref().into());
                }
                "python" => self.python = Some(folder.join(given.as_ref())),
                "python-version" => self.python_version = Some(version(given).map_err(wrong)?),
                "platform" => self.platform = Some(given.to_string()),
                _ => self.theme = Some(given.to_string()),
            }
        }
        Ok(())
    }

    /// Lays limits over what is there: `maxlist = 12` in a table.
    fn lay_limits(&mut self, text: &str, value: &Spanned<DeValue<'_>>) -> Result<(), Mistake> {
        let wrong = |span, message, hint| Err(Mistake::at(text, &span, message, Some(hint)));
        let DeValue::Table(limits) = value.get_ref() else {
            let hint = "write `[repr]` and the limits below it, as `maxlist = 12`".to_owned();
            return wrong(value.span(), "`repr` has to be a table".to_owned(), hint);
        };
        for (key, value) in limits {
            let name: &str = key.get_ref();
            let Some(most) = Limits::most(name) else {
                let message = format!("`{name}` is not a limit of `reprlib.Repr`");
                return wrong(
                    key.span(),
                    message,
                    suggest(name, Limits::NAMES.into_iter()),
                );
            };
            let number = match value.get_ref() {
                DeValue::Integer(number) => {
                    usize::from_str_radix(number.as_str(), number.radix()).ok()
                }
                _ => None,
            };
            let Some(number) = number.filter(|it| *it <= most) else {
                let message = format!("`{name}` has to be a whole number");
                return wrong(value.span(), message, format!("give a number up to {most}"));
            };
            self.limits.set(name, number);
        }
        Ok(())
    }

    fn lay_arguments(&mut self, arguments: &WorldArguments) -> Result<(), Error> {
        if let Some(given) = &arguments.python_version {
            if versions::is_several(given) {
                let message = format!("`{given}` is more than one version of Python");
                return Err(Error::new(Kind::Usage, message)
                    .hint("name one; only `mroscope check` answers for several at once"));
            }
            self.python_version =
                Some(version(given).map_err(|message| Error::new(Kind::Usage, message))?);
        }
        if let Some(python) = &arguments.python {
            self.python = Some(python.clone());
        }
        if let Some(platform) = &arguments.platform {
            self.platform = Some(platform.clone());
        }
        for &(name, number) in &arguments.repr {
            self.limits.set(name, number);
        }
        if let Some(theme) = &arguments.theme {
            self.theme = Some(theme.clone());
        }
        Ok(())
    }
}

/// Whether a file has to be there.
#[derive(Clone, Copy)]
enum Presence {
    Required,
    Optional,
}

/// Where in a file our keys stand.
#[derive(Clone, Copy)]
enum Section {
    /// At the top.
    Whole,
    /// In `[tool.mroscope]`.
    ToolMroscope,
}

/// `theme=dark` as TOML: a shell has taken the quotes away.
fn quoted(pair: &str) -> String {
    match pair.split_once('=') {
        Some((key, value)) => format!("{} = {}", key.trim(), toml::Value::from(value.trim())),
        None => pair.to_owned(),
    }
}

fn version(given: &str) -> Result<PythonVersion, String> {
    given
        .parse()
        .map_err(|()| format!("`{given}` is not a version of Python: write it as `3.13`"))
}

/// Reads a file of a person's.
fn read(path: &Path, presence: Presence) -> Result<Option<String>, Error> {
    match (fs::read_to_string(path), presence) {
        (Ok(text), _) => Ok(Some(text)),
        (Err(error), Presence::Optional) if is_absent(&error) => Ok(None),
        (Err(error), _) => Err(Error::new(
            Kind::Config,
            format!("`{}` cannot be read", path.display()),
        )
        .caused_by(error)),
    }
}

fn is_absent(error: &io::Error) -> bool {
    matches!(
        error.kind(),
        io::ErrorKind::NotFound | io::ErrorKind::NotADirectory | io::ErrorKind::IsADirectory
    )
}

/// A mistake in a person's file, with the file's name before its place.
pub(super) fn in_file(file: &str, mistake: &Mistake) -> Error {
    let error = Error::new(Kind::Config, format!("{file}:{mistake}"));
    match &mistake.hint {
        Some(hint) => error.hint(hint.clone()),
        None => error,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn laid(text: &str, section: Section) -> Result<Config, String> {
        let mut config = Config::default();
        config
            .lay(text, Path::new("/project"), section)
            .map(|()| config)
            .map_err(|mistake| {
                format!(
                    "{mistake} ({})",
                    mistake.hint.as_deref().unwrap_or_default()
                )
            })
    }

    #[test]
    fn keys_stand_at_the_top_or_in_the_table_of_the_tool() {
        let wanted = Config {
            python: Some("/project/.venv".into()),
            python_version: Some(PythonVersion::three(12)),
            platform: Some("win32".into()),
            theme: Some("light".into()),
            ..Config::default()
        };
        let keys = "python = \"./.venv\"\npython-version = \"3.12\"\nplatform = \"win32\"\ntheme = \"light\"\n";
        assert_eq!(laid(keys, Section::Whole), Ok(wanted.clone()));
        let tool = format!("[project]\nname = \"shop\"\n[tool.mroscope]\n{keys}");
        assert_eq!(laid(&tool, Section::ToolMroscope), Ok(wanted));
        assert_eq!(
            laid("[project]\nname = \"shop\"\n", Section::ToolMroscope),
            Ok(Config::default())
        );
    }

    #[test]
    fn a_bare_name_of_an_interpreter_is_no_path() {
        let config = laid("python = \"python3.11\"", Section::Whole).expect("it is well written");
        assert_eq!(config.python, Some("python3.11".into()));
    }

    #[test]
    fn a_later_file_lays_over_what_it_names_and_nothing_else() {
        let mut config = Config::default();
        let folder = Path::new("/project");
        for text in [
            "theme = \"dark\"\nplatform = \"linux\"",
            "theme = \"light\"",
        ] {
            config
                .lay(text, folder, Section::Whole)
                .expect("it is well written");
        }
        assert_eq!(config.theme.as_deref(), Some("light"));
        assert_eq!(config.platform.as_deref(), Some("linux"));
    }

    #[test]
    fn what_is_wrong_is_said_with_its_place() {
        let wrong = |text| laid(text, Section::Whole).expect_err("it is not well written");
        assert_eq!(
            wrong("theme = \"dark\"\nphyton = \"x\""),
            "2:1: `phyton` is not a setting (did you mean `python`?)"
        );
        assert_eq!(wrong("theme = 3"), "1:9: `theme` has to be a string ()");
        assert_eq!(
            wrong("python-version = \"new\""),
            "1:18: `new` is not a version of Python: write it as `3.13` ()"
        );
        assert!(wrong("theme = ").starts_with("1:9: "));
    }

    #[test]
    fn a_pair_of_the_command_line_needs_no_quotes() {
        assert_eq!(quoted("theme=dark"), "theme = \"dark\"");
    }
}
