//! Which files and classes a framework looks at because of their names: as its own rules have it, or the project's settings.

use std::path::{Path, PathBuf};

use globset::{GlobBuilder, GlobMatcher};

use crate::plugins::follow::{Follow, Scope, Thing};
use crate::plugins::frameworks::{Rule, RuleSettings};
use crate::plugins::modules::File;
use crate::source::setting;

/// The names that count for one registry.
#[derive(Debug, Default)]
pub(super) struct Collecting {
    /// Patterns of file names.
    files: Vec<GlobMatcher>,
    /// How the names of classes begin, and patterns of them.
    begins: Vec<(String, Option<GlobMatcher>)>,
    /// Files and folders that are left out.
    ignored: Vec<PathBuf>,
    /// Patterns of paths that are left out.
    ignored_like: Vec<GlobMatcher>,
}

impl Collecting {
    /// What a rule says, and files of settings instead; modules of the project say what is left out.
    pub(super) fn new(rule: &Rule, follow: &Follow<'_>) -> Self {
        let mut found = Self {
            files: rule.also_in.iter().filter_map(|it| pattern(it)).collect(),
            ..Self::default()
        };
        let begins = rule.collected.as_ref().map(|it| it.begins.clone());
        let begins = begins.filter(|it| !it.is_empty());
        found.begins = begins.into_iter().map(|it| (it, None)).collect();
        let Some(settings) = &rule.settings else {
            return found;
        };
        let folder = &follow.modules.ground.project.path;
        let words = |key: &str| {
            let files = settings.files.iter();
            let said =
                |(file, section): &(String, String)| setting(&folder.join(file), section, key);
            files.filter(|_| !key.is_empty()).find_map(said)
        };
        if let Some(said) = words(&settings.also_in) {
            found.files = said.split_whitespace().filter_map(pattern).collect();
        }
        if let Some(said) = words(&settings.begins) {
            let words = said.split_whitespace().map(str::to_owned);
            found.begins = words
                .map(|it| {
                    let like = it.contains(['*', '?', '[']).then(|| pattern(&it)).flatten();
                    (it, like)
                })
                .collect();
        }
        found.left_out(settings, follow);
        found
    }

    fn left_out(&mut self, settings: &RuleSettings, follow: &Follow<'_>) {
        for module in &follow.modules.ground.analysis.modules {
            let last = module.name.rsplit('.').next().unwrap_or_default();
            if settings.ignores_in.strip_suffix(".py") != Some(last) {
                continue;
            }
            let Some(file) = follow.modules.source(&module.name) else {
                continue;
            };
            let around = file.path.parent().unwrap_or(Path::new("")).to_owned();
            for text in texts(&settings.ignores, &file, follow) {
                self.ignored.push(around.join(text));
            }
            for text in texts(&settings.ignores_like, &file, follow) {
                let whole = around.join(text);
                self.ignored_like.extend(pattern(&whole.to_string_lossy()));
            }
        }
    }

    /// Whether a file counts because of its name.
    pub(super) fn has_file(&self, file: &File) -> bool {
        let named = file.path.file_name().unwrap_or_default();
        self.files.iter().any(|it| it.is_match(named)) && !self.leaves_out(file)
    }

    /// Whether the project says that a file is not to be looked at.
    pub(super) fn leaves_out(&self, file: &File) -> bool {
        self.ignored.iter().any(|it| file.path.starts_with(it))
            || self.ignored_like.iter().any(|like| {
                let mut around = file.path.ancestors();
                around.any(|it| like.is_match(it))
            })
    }

    /// Whether a class counts because of its name.
    pub(super) fn has_class(&self, name: &str) -> bool {
        self.begins.iter().any(|(begin, like)| {
            name.starts_with(begin.as_str()) || like.as_ref().is_some_and(|it| it.is_match(name))
        })
    }
}

/// The texts that a list holds to which a module's name is bound.
fn texts(name: &str, file: &std::rc::Rc<File>, follow: &Follow<'_>) -> Vec<String> {
    if name.is_empty() || !file.table.has(name) {
        return vec![];
    }
    let scope = Scope::of(file);
    let Thing::Value(scope, value) = follow.name(name, &scope) else {
        return vec![];
    };
    let items = follow.items(&value, &scope).unwrap_or_default();
    let texts = items
        .iter()
        .filter_map(|(scope, it)| follow.text(it, scope));
    texts.map(|it| it.to_string()).collect()
}

/// A pattern of `fnmatch`: a star takes in slashes, too.
fn pattern(text: &str) -> Option<GlobMatcher> {
    let mut builder = GlobBuilder::new(text);
    builder.literal_separator(false).backslash_escape(false);
    Some(builder.build().ok()?.compile_matcher())
}
