//! Environment variables that the programs of a project set for themselves before they import anything of it: `manage.py` and its like.

use std::path::Path;

use rustc_hash::FxHashMap;

use crate::evaluate::{Own, Sheets, Variable};
use crate::source::Project;

/// The files by which projects are started that set such variables, those that are asked first before those that others start.
const PROGRAMS: &[&[&str]] = &[&["manage.py"], &["wsgi.py", "asgi.py"]];

/// The variables that name a module of the project, as the programs nearest to its root set them; none where two of them differ.
pub(super) fn set_by_programs(
    project: &Project,
    own: &Own,
    sheets: &Sheets,
) -> FxHashMap<String, Variable> {
    let mut known: FxHashMap<String, Option<Variable>> = FxHashMap::default();
    for names in PROGRAMS {
        let mut programs: Vec<&Path> = project
            .files
            .iter()
            .map(|it| &*it.path)
            .filter(|it| names.iter().any(|name| it.ends_with(name)))
            .collect();
        programs.sort_by_key(|it| it.components().count());
        let mut here: FxHashMap<String, (usize, Option<Variable>)> = FxHashMap::default();
        for path in programs {
            let depth = path.components().count();
            let sheet = sheets.sheet(path);
            let Some((text, _)) = sheet.text_and_syntax() else {
                continue;
            };
            for (name, value) in set_in(text) {
                if own.module(value).is_none() {
                    continue;
                }
                let shown = path.strip_prefix(&project.path).unwrap_or(path);
                let variable = Variable {
                    value: value.to_owned(),
                    by: shown.to_string_lossy().into_owned(),
                };
                let known = here.entry(name.to_owned());
                let (nearest, first) = known.or_insert((depth, Some(variable)));
                if *nearest == depth && first.as_ref().is_some_and(|it| it.value != value) {
                    *first = None;
                }
            }
        }
        for (name, (_, variable)) in here {
            known.entry(name).or_insert(variable);
        }
    }
    let only = known.into_iter();
    only.filter_map(|(name, it)| Some((name, it?))).collect()
}

/// The names and values of `os.environ.setdefault("NAME", "value")` in a text.
fn set_in(text: &str) -> impl Iterator<Item = (&str, &str)> {
    let calls = text.split("environ.setdefault(").skip(1);
    calls.filter_map(|rest| {
        let (name, rest) = quoted(rest)?;
        let (value, _) = quoted(rest.trim_start().strip_prefix(',')?)?;
        Some((name, value))
    })
}

/// A text in quotes, and what stands behind it.
fn quoted(text: &str) -> Option<(&str, &str)> {
    let text = text.trim_start();
    let quote = text.chars().next().filter(|it| matches!(it, '"' | '\''))?;
    text[1..].split_once(quote)
}
