//! Environment variables that programs set for a project since its files of settings say so: a runner of tests that is told what to import first.

use std::path::{Path, PathBuf};

use serde::Deserialize;

use super::all;
use crate::source::setting;

/// Where files of settings say what an environment variable holds.
#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields, default)]
pub(in crate::plugins) struct ToldVariable {
    /// The variable.
    name: String,
    /// The files with their sections; the first that says it counts.
    files: Vec<(String, String)>,
    /// The key.
    key: String,
    /// What stands before the value where the key holds more than that: the option of a command line, the name of a variable among others.
    option: String,
}

/// What the files of settings in a folder say of environment variables: the variable, its value, and the file. What is said first of one counts.
pub fn told_in(folder: &Path) -> Vec<(String, String, PathBuf)> {
    let mut told: Vec<(String, String, PathBuf)> = vec![];
    for variable in all().into_iter().flat_map(|it| it.variables) {
        if told.iter().any(|it| it.0 == variable.name) {
            continue;
        }
        let said = variable.files.iter().find_map(|(file, section)| {
            let path = folder.join(file);
            let text = setting(&path, section, &variable.key)?;
            Some((value_in(&text, &variable.option)?, path))
        });
        told.extend(said.map(|(value, path)| (variable.name, value, path)));
    }
    told
}

/// The value that a text of settings gives: the whole of it, or what stands behind an option.
///
/// ```text
/// -ra --ds=shop.settings
/// DJANGO_SETTINGS_MODULE = shop.settings
/// ```
fn value_in(text: &str, option: &str) -> Option<String> {
    let value = if option.is_empty() {
        text
    } else {
        let starts = |at: usize| {
            let before = text[..at].chars().next_back();
            before.is_none_or(|it| it.is_whitespace() || matches!(it, '"' | '\'' | ':'))
        };
        let (at, _) = text.match_indices(option).find(|(at, _)| starts(*at))?;
        let rest = text[at + option.len()..].trim_start_matches([' ', '\t']);
        let rest = rest.strip_prefix('=').unwrap_or(rest);
        rest.split_whitespace().next()?
    };
    let value = value.trim().trim_matches(['"', '\'']);
    (!value.is_empty()).then(|| value.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_value_stands_alone_or_behind_an_option() {
        let value = |text, option| value_in(text, option);
        assert_eq!(value(" shop.a ", "").as_deref(), Some("shop.a"));
        assert_eq!(
            value("-ra --ds=shop.a -x", "--ds").as_deref(),
            Some("shop.a")
        );
        assert_eq!(value("--ds shop.a", "--ds").as_deref(), Some("shop.a"));
        assert_eq!(value("A=1\nB = shop.a", "B").as_deref(), Some("shop.a"));
        assert_eq!(value("D:B=shop.a", "B").as_deref(), Some("shop.a"));
        assert_eq!(value("AB=shop.a", "B"), None);
        assert_eq!(value("-ra", "--ds"), None);
    }
}
