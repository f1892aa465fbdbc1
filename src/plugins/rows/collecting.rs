//! Which files and classes a framework looks at because of their names: as its own rules have it, or the project's settings.

use std::path::{Path, PathBuf};
use std::rc::Rc;

use globset::{GlobBuilder, GlobMatcher};

use crate::plugins::files::modules::File;
use crate::plugins::frameworks::{Rule, RuleSettings};
use crate::plugins::names::follow::Follow;
use crate::plugins::rows::applied::Applying;
use crate::semantics::RowState;
use crate::source::{is_there, setting};

/// The names that count for one registry.
#[derive(Debug, Default)]
pub(super) struct Collecting {
    /// Patterns of file names.
    files: Vec<GlobMatcher>,
    /// How the names of classes begin, and patterns of them.
    begins: Vec<(String, Option<GlobMatcher>)>,
    /// Files and folders that are left out, and whether that hangs on a condition.
    ignored: Vec<(PathBuf, bool)>,
    /// Those that an option leaves out, and the same by patterns.
    ignored_by_option: Vec<(PathBuf, String)>,
    ignored_like_by_option: Vec<(GlobMatcher, String)>,
    /// Patterns of paths that are left out.
    ignored_like: Vec<(GlobMatcher, bool)>,
    /// The folders and files that are looked at alone; none where all are.
    only: Vec<PathBuf>,
    /// The files that say what is left out.
    ignores_in: String,
    /// The key that says what is looked at alone.
    only_in: String,
    /// Patterns of folders that are not gone into, and what says so.
    skips: Vec<GlobMatcher>,
    skipped_by: String,
    /// Those of which the files that say what is left out are read all the same, where one begins.
    skips_not: Option<GlobMatcher>,
    /// The folder of the project.
    top: PathBuf,
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
        found.ignores_in.clone_from(&settings.ignores_in);
        found.only_in.clone_from(&settings.only_in);
        if let Some(said) = words(&settings.only_in) {
            let folders = said.split_whitespace().map(|it| folder.join(it));
            found.only = folders.filter(|it| is_there(it).is_ok()).collect();
        }
        let skips = words(&settings.skips);
        let skips = skips.as_deref().unwrap_or(&settings.skips_usually);
        found.skips = skips.split_whitespace().filter_map(pattern).collect();
        found.skipped_by.clone_from(&settings.skips);
        found.skips_not = Some(&settings.skips_not)
            .filter(|it| !it.is_empty())
            .and_then(|it| pattern(it));
        found.top.clone_from(folder);
        found.left_out(settings, follow);
        let line = words(&settings.line).unwrap_or_default();
        let of_option = |option: &String| {
            let behind = behind_option(&line, option).into_iter();
            let all = behind.map(|it| (folder.join(it), format!("left out by `{option}`")));
            all.collect::<Vec<_>>()
        };
        let by_option = settings.ignores_option.iter().flat_map(of_option);
        found.ignored_by_option = by_option.collect();
        let by_option = settings.ignores_like_option.iter().flat_map(of_option);
        found.ignored_like_by_option = by_option
            .filter_map(|(path, why)| Some((pattern(&path.to_string_lossy())?, why)))
            .collect();
        found
    }

    /// Whether a file stands in a folder that is not gone into from where one begins.
    fn is_skipped(&self, path: &Path) -> bool {
        let mut begin = self.only.iter().filter(|it| path.starts_with(it));
        let begin = begin.next().unwrap_or(&self.top);
        let Some(below) = path.parent().and_then(|it| it.strip_prefix(begin).ok()) else {
            return false;
        };
        // `PytestPluginManager._try_load_conftest`: from where one begins these are read whatever they are called else.
        let is_read = below.components().count() == 1
            && path.file_name().is_some_and(|it| *it == *self.ignores_in)
            && self.skips_not.as_ref().is_some_and(|it| it.is_match(below));
        let mut folders = below.components();
        !is_read && folders.any(|it| self.skips.iter().any(|like| like.is_match(it.as_os_str())))
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
            for (text, perhaps) in texts(&settings.ignores, &file, follow) {
                self.ignored.push((around.join(text), perhaps));
            }
            for (text, perhaps) in texts(&settings.ignores_like, &file, follow) {
                let like = pattern(&around.join(text).to_string_lossy());
                self.ignored_like.extend(like.map(|it| (it, perhaps)));
            }
        }
    }

    /// Whether a file counts because of its name.
    pub(super) fn has_file(&self, file: &File) -> bool {
        let named = file.path.file_name().unwrap_or_default();
        self.files.iter().any(|it| it.is_match(named))
            && matches!(
                self.leaves_out(&file.path),
                None | Some(RowState::Unknown(_))
            )
    }

    /// Whether a file is one of those that are loaded because they are found, rather than because somebody names them.
    pub(super) fn is_found(&self, file: &File) -> bool {
        let named = file.path.file_name().unwrap_or_default();
        *named == *self.ignores_in
    }

    /// Whether such a file is found from the start, rather than when its folder is gone through: around where one begins, there, and in the
    /// folders beside that are read whatever is left out (`PytestPluginManager._try_load_conftest`).
    pub(super) fn is_early(&self, file: &File) -> bool {
        let Some(folder) = file.path.parent() else {
            return true;
        };
        let begins = match &self.only[..] {
            [] => std::slice::from_ref(&self.top),
            only => only,
        };
        begins.iter().any(|begin| {
            let beside = || {
                let name = folder.file_name().map(Path::new);
                let like = self.skips_not.as_ref();
                folder.parent() == Some(begin)
                    && name.is_some_and(|name| like.is_some_and(|it| it.is_match(name)))
            };
            begin.starts_with(folder) || beside()
        })
    }

    /// What stands for a row of a file that the project says is not to be looked at.
    pub(super) fn leaves_out(&self, path: &Path) -> Option<RowState> {
        let mut named = self.ignored.iter().filter(|it| path.starts_with(&it.0));
        let mut like = self.ignored_like.iter().filter(|(like, _)| {
            let mut around = path.ancestors();
            around.any(|it| like.is_match(it))
        });
        let perhaps = match (named.next(), like.next()) {
            (Some((_, perhaps)), _) | (None, Some((_, perhaps))) => Some(*perhaps),
            (None, None) => None,
        };
        match perhaps {
            Some(false) => {
                let why = format!("left out in a `{}`", self.ignores_in);
                return Some(RowState::NeverImported(why));
            }
            Some(true) => {
                let why = format!("left out under a condition in a `{}`", self.ignores_in);
                return Some(RowState::Unknown(why));
            }
            None => {}
        }
        let mut by_option = self.ignored_by_option.iter();
        let by_option = by_option.find(|it| path.starts_with(&it.0)).map(|it| &it.1);
        let like = || {
            let mut all = self.ignored_like_by_option.iter();
            let is_like = |like: &GlobMatcher| path.ancestors().any(|it| like.is_match(it));
            all.find(|it| is_like(&it.0)).map(|it| &it.1)
        };
        if let Some(why) = by_option.or_else(like) {
            return Some(RowState::NeverImported(why.clone()));
        }
        if self.is_skipped(path) {
            let why = format!("in a folder that `{}` leaves out", self.skipped_by);
            return Some(RowState::NeverImported(why));
        }
        // What lies around one of these folders is come by on the way.
        let is_in = |it: &PathBuf| {
            path.starts_with(it) || path.parent().is_some_and(|around| it.starts_with(around))
        };
        if self.only.is_empty() || self.only.iter().any(is_in) {
            return None;
        }
        let why = format!("outside of `{}`", self.only_in);
        Some(RowState::NeverImported(why))
    }

    /// Whether a class counts because of its name.
    pub(super) fn has_class(&self, name: &str) -> bool {
        self.begins.iter().any(|(begin, like)| {
            name.starts_with(begin.as_str()) || like.as_ref().is_some_and(|it| it.is_match(name))
        })
    }
}

impl Applying<'_, '_> {
    /// Whether a file that makes something of what stands elsewhere is looked at: where the other one stands does not matter then.
    pub(super) fn is_kept_in(&self, rule: &Rule, file: &File) -> bool {
        rule.settings.is_some() && self.collecting(rule).leaves_out(&file.path).is_none()
    }
}

/// What stands behind an option of a command line: `--ignore=build`, `--ignore build`.
fn behind_option(line: &str, option: &str) -> Vec<String> {
    let mut found = vec![];
    let mut words = line.split_whitespace();
    while let Some(word) = words.next() {
        let given = match word.strip_prefix(option) {
            Some("") => words.next(),
            Some(behind) => behind.strip_prefix('='),
            None => None,
        };
        found.extend(given.map(|it| it.trim_matches(['"', '\'']).to_owned()));
    }
    found
}

/// The texts that a list holds to which a module's name is bound, and whether each hangs on a condition.
fn texts(name: &str, file: &Rc<File>, follow: &Follow<'_>) -> Vec<(String, bool)> {
    if name.is_empty() || !file.table.has(name) {
        return vec![];
    }
    let items = follow.grown(name, file).items.into_iter();
    let texts = items.filter_map(|it| {
        let text = follow.text(&it.expr, &it.scope)?.to_string();
        Some((text, it.perhaps.is_some()))
    });
    texts.collect()
}

/// A pattern of `fnmatch`: a star takes in slashes, too.
fn pattern(text: &str) -> Option<GlobMatcher> {
    let mut builder = GlobBuilder::new(text);
    builder.literal_separator(false).backslash_escape(false);
    Some(builder.build().ok()?.compile_matcher())
}
