//! Environment variables that the programs of a project set for themselves before they import anything of it: `manage.py` and its like, and
//! runners of tests whose files of settings say so.

use std::path::{Path, PathBuf};

use rustc_hash::FxHashMap;

use crate::evaluate::{Own, Sheets, Variable};
use crate::plugins::told_in;
use crate::source::Project;

/// The files by which projects are started that set such variables, those that are asked first before those that others start.
const PROGRAMS: &[&[&str]] = &[
    &["manage.py"],
    &["runtests.py", "conftest.py"],
    &["wsgi.py", "asgi.py"],
];

/// Who sets a variable, and how far it is from being asked: which kind of program, how deep it stands, and whether it is a file of settings.
struct Setting {
    variable: Variable,
    rank: (usize, usize, bool),
}

/// The variables that name a module of the project, as the programs nearest to its root set them; where two of these differ, as the next ones do.
pub(super) fn set_by_programs(
    project: &Project,
    own: &Own,
    sheets: &Sheets,
) -> FxHashMap<String, Variable> {
    let mut all: FxHashMap<String, Vec<Setting>> = FxHashMap::default();
    let mut add = |name: &str, value: &str, path: &Path, rank| {
        if own.module(value).is_none() {
            return;
        }
        let shown = path.strip_prefix(&project.path).unwrap_or(path);
        let variable = Variable {
            value: value.to_owned(),
            by: shown.to_string_lossy().into_owned(),
        };
        let setting = Setting { variable, rank };
        all.entry(name.to_owned()).or_default().push(setting);
    };
    let depth = |path: &Path| path.components().count();
    let mut folders: Vec<PathBuf> = vec![project.path.clone()];
    folders.extend(project.roots.iter().map(|it| it.path.clone()));
    for (kind, names) in PROGRAMS.iter().enumerate() {
        let files = project.files.iter().map(|it| &*it.path);
        for path in files.filter(|it| names.iter().any(|name| it.ends_with(name))) {
            let sheet = sheets.sheet(path);
            let Some((text, _)) = sheet.text_and_syntax() else {
                continue;
            };
            for (name, value) in set_in(text) {
                add(name, value, path, (kind, depth(path), false));
            }
            folders.extend(path.parent().filter(|_| kind == 0).map(Path::to_owned));
        }
    }
    folders.retain(|it| it.starts_with(&project.path));
    folders.sort();
    folders.dedup();
    for folder in &folders {
        for (name, value, path) in told_in(folder) {
            add(&name, &value, &path, (0, depth(&path), true));
        }
    }
    let nearest = all.into_iter().filter_map(|(name, mut settings)| {
        settings.sort_by_key(|it| it.rank);
        let mut groups = settings.chunk_by(|one, other| one.rank == other.rank);
        let agrees = groups.find(|group| {
            let value = &group[0].variable.value;
            group.iter().all(|it| it.variable.value == *value)
        })?;
        Some((name, agrees[0].variable.clone()))
    });
    nearest.collect()
}

/// The names and values of `os.environ.setdefault("NAME", "value")` and `os.environ["NAME"] = "value"` in a text.
fn set_in(text: &str) -> Vec<(&str, &str)> {
    let calls = text.split("environ.setdefault(").skip(1);
    let calls = calls.filter_map(|rest| {
        let (name, rest) = quoted(rest)?;
        Some((name, valued(text, rest.trim_start().strip_prefix(',')?)?))
    });
    let assigned = text.split("environ[").skip(1);
    let assigned = assigned.filter_map(|rest| {
        let (name, rest) = quoted(rest)?;
        let rest = rest.trim_start().strip_prefix(']')?.trim_start();
        let rest = rest.strip_prefix('=').filter(|it| !it.starts_with('='))?;
        Some((name, valued(text, rest)?))
    });
    calls.chain(assigned).collect()
}

/// The text that an expression gives, as far as that is written out: itself, the default of a variable that nobody sets, or what its name is bound
/// to where the file binds it once.
fn valued<'a>(text: &'a str, expression: &'a str) -> Option<&'a str> {
    let expression = expression.trim_start();
    if let Some((value, rest)) = quoted(expression) {
        let rest = rest.trim_start_matches([' ', '\t']);
        // More of it is computed: `"shop.settings." + kind`, `"shop.settings.%s" % kind`.
        return (!rest.starts_with(['+', '%', '.'])).then_some(value);
    }
    for asked in ["os.environ.get(", "os.getenv(", "environ.get(", "getenv("] {
        if let Some(rest) = expression.strip_prefix(asked) {
            let (_, rest) = quoted(rest)?;
            let rest = rest.trim_start().strip_prefix(',')?.trim_start();
            return quoted(rest).map(|it| it.0);
        }
    }
    let end = expression.find(|it: char| !it.is_alphanumeric() && it != '_')?;
    let (name, behind) = expression.split_at(end);
    if name.is_empty()
        || !behind
            .trim_start_matches([' ', '\t'])
            .starts_with([')', '\n', ','])
    {
        return None;
    }
    let mut bound = text.lines().filter_map(|line| {
        let rest = line.trim_start().strip_prefix(name)?.trim_start();
        rest.strip_prefix('=').filter(|it| !it.starts_with('='))
    });
    let only = bound.next()?;
    let value = quoted(only)?;
    (bound.next().is_none() && value.1.trim().is_empty()).then_some(value.0)
}

/// A text in quotes, and what stands behind it.
fn quoted(text: &str) -> Option<(&str, &str)> {
    let text = text.trim_start();
    let quote = text.chars().next().filter(|it| matches!(it, '"' | '\''))?;
    text[1..].split_once(quote)
}
