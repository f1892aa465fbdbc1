//! Where a project keeps its packages: what its own files say, and what its imports show.
#![expect(
    clippy::disallowed_methods,
    reason = "a project's description is read from its files"
)]

use std::cell::OnceCell;
use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use rayon::prelude::*;
use rustc_hash::{FxHashMap, FxHashSet};

use crate::source::stdlib_names::STDLIB_NAMES;
use crate::source::{Finder, ini};

/// The files that make a folder a project.
pub(super) const MARKERS: [&str; 4] = ["pyproject.toml", "setup.py", "setup.cfg", "manage.py"];

/// Whether the folder holds the description of a project.
pub(super) fn is_project(folder: &Path) -> bool {
    MARKERS.iter().any(|marker| folder.join(marker).is_file())
}

/// Returns the folders that a project's description names as import roots, and `src`; those that are there.
///
/// The project's folder itself is not among them, though it is one more: tests and scripts are run from there.
pub(super) fn declared_roots(project: &Path) -> Vec<PathBuf> {
    let mut named = named_roots(project);
    named.push("src".to_owned());
    existing(project, named)
}

/// Whether `src` is an import root only by its name: the project's description does not say so.
pub(super) fn src_is_a_guess(project: &Path) -> bool {
    !existing(project, named_roots(project)).contains(&project.join("src"))
}

fn named_roots(project: &Path) -> Vec<String> {
    let mut named = vec![];
    named.extend(of_pyproject(project).unwrap_or_default());
    named.extend(of_setup_cfg(project).unwrap_or_default());
    named.extend(of_setup_py(project).unwrap_or_default());
    named
}

fn existing(project: &Path, named: Vec<String>) -> Vec<PathBuf> {
    let mut roots: Vec<PathBuf> = vec![];
    for name in named {
        let name = name.trim_start_matches("./").trim_end_matches('/');
        if name.is_empty() || name == "." {
            continue;
        }
        let root = project.join(name);
        let escapes = name.split('/').any(|part| part == "..");
        if !escapes && root.is_dir() && !is_regular_package(&root) && !roots.contains(&root) {
            roots.push(root);
        }
    }
    roots
}

/// Whether a folder has an `__init__.py`.
pub(super) fn is_regular_package(folder: &Path) -> bool {
    folder.join("__init__.py").is_file()
}

/// Whether a folder shares its name with folders of other roots: it has no `__init__.py` (PEP 420), or one that joins them.
///
/// ```py
/// __path__ = __import__("pkgutil").extend_path(__path__, __name__)
/// __import__("pkg_resources").declare_namespace(__name__)
/// ```
pub(super) fn shares_its_path(folder: &Path) -> bool {
    match fs::read_to_string(folder.join("__init__.py")) {
        Ok(text) => text.contains("extend_path(") || text.contains("declare_namespace("),
        Err(_) => !is_regular_package(folder),
    }
}

/// The innermost project that holds a folder, not further out than `top`; the folder itself where there is none.
pub(super) fn project_around<'a>(folder: &'a Path, top: &Path) -> &'a Path {
    let inside = |it: &&Path| it.starts_with(top);
    let mut around = folder.ancestors().take_while(inside);
    around.find(|it| is_project(it)).unwrap_or(folder)
}

/// A string, or the strings of a list, or `from`/`include`'s kind of table.
fn strings(value: Option<&toml::Value>) -> Vec<String> {
    match value {
        Some(toml::Value::String(text)) => vec![text.clone()],
        Some(toml::Value::Array(values)) => values
            .iter()
            .filter_map(|value| value.as_str().map(str::to_owned))
            .collect(),
        _ => vec![],
    }
}

fn of_pyproject(project: &Path) -> Option<Vec<String>> {
    let tree: toml::Table = fs::read_to_string(project.join("pyproject.toml"))
        .ok()?
        .parse()
        .ok()?;
    let get = |keys: &str| -> Option<&toml::Value> {
        let (first, rest) = keys.split_once('.')?;
        rest.split('.')
            .try_fold(tree.get(first)?, |value, key| value.get(key))
    };
    let mut roots = vec![];
    roots.extend(strings(get("tool.setuptools.packages.find.where")));
    for (package, folder) in get("tool.setuptools.package-dir")
        .and_then(toml::Value::as_table)
        .into_iter()
        .flatten()
    {
        roots.extend(
            folder
                .as_str()
                .and_then(|folder| root_of_mapping(package, folder)),
        );
    }
    for package in get("tool.poetry.packages")
        .and_then(toml::Value::as_array)
        .into_iter()
        .flatten()
    {
        roots.extend(strings(package.get("from")));
    }
    for package in strings(get("tool.hatch.build.targets.wheel.packages")) {
        roots.extend(package.rsplit_once('/').map(|(root, _)| root.to_owned()));
    }
    roots.extend(strings(get("tool.hatch.build.targets.wheel.sources")));
    roots.extend(strings(get("tool.hatch.build.sources")));
    roots.extend(strings(get("tool.pdm.build.package-dir")));
    roots.extend(strings(get("tool.maturin.python-source")));
    roots.extend(strings(get("tool.uv.build-backend.module-root")));
    roots.extend(strings(get("tool.pytest.pythonpath")));
    roots.extend(strings(get("tool.pytest.ini_options.pythonpath")));
    Some(roots)
}

/// `package-dir`: `"" = "src"` names a root; `"shop" = "lib/shop"` does if the folder bears the package's name.
fn root_of_mapping(package: &str, folder: &str) -> Option<String> {
    if package.is_empty() {
        return Some(folder.to_owned());
    }
    let tail = package.replace('.', "/");
    folder.strip_suffix(&tail).map(str::to_owned)
}

fn of_setup_cfg(project: &Path) -> Option<Vec<String>> {
    let sections = ini::sections(&fs::read_to_string(project.join("setup.cfg")).ok()?);
    let mut roots = vec![];
    if let Some(mappings) = ini::value(&sections, "options", "package_dir") {
        roots.extend(mappings.lines().filter_map(|line| {
            let (package, folder) = line.split_once('=')?;
            root_of_mapping(package.trim(), folder.trim())
        }));
    }
    if let Some(folders) = ini::value(&sections, "options.packages.find", "where") {
        roots.extend(folders.lines().map(str::to_owned));
    }
    Some(roots)
}

/// `setup.py` is a program; two literals that it usually has are looked for as text.
fn of_setup_py(project: &Path) -> Option<Vec<String>> {
    let text = fs::read_to_string(project.join("setup.py")).ok()?;
    let after = |mark: &str| text.split_once(mark).map(|(_, rest)| rest);
    let quoted = |text: &str| -> Option<String> {
        let quote = text.chars().next().filter(|c| matches!(c, '"' | '\''))?;
        Some(text[1..].split_once(quote)?.0.to_owned())
    };
    let mut roots = vec![];
    if let Some(mapping) = after("package_dir") {
        let mapping: String = mapping
            .chars()
            .take(200)
            .filter(|character| !character.is_whitespace())
            .collect();
        roots.extend(
            ["={\"\":", "={'':"]
                .iter()
                .find_map(|start| quoted(mapping.strip_prefix(start)?)),
        );
    }
    if let Some(arguments) = after("find_packages(").or_else(|| after("find_namespace_packages(")) {
        let arguments = arguments.trim_start();
        let arguments = arguments.strip_prefix("where").map_or(arguments, |rest| {
            rest.trim_start().trim_start_matches('=').trim_start()
        });
        roots.extend(quoted(arguments));
    }
    Some(roots)
}

/// The folders without `__init__.py` below a root that hold Python files, with the names that could be imported from each.
#[derive(Debug)]
pub(super) struct Bare {
    /// The folder.
    pub(super) folder: PathBuf,
    /// Its name from the root, if it is a namespace package: `tools.checks`.
    pub(super) dotted: String,
    /// What lies in it.
    pub(super) holds: BTreeSet<String>,
}

/// Picks those of the bare folders that are import roots of their own: something imports what lies in them by its bare name, and
/// nothing names them as a package.
///
/// ```text
/// scripts/run.py:     import helpers           → `scripts` is where Python was started
/// scripts/helpers.py
/// zope/interface/…:   import zope.interface    → `zope` is a namespace package
/// ```
pub(super) fn roots_by_imports(
    bare: &[Bare],
    imported: &Imported,
    elsewhere: &Finder,
) -> Vec<PathBuf> {
    if bare.is_empty() {
        return vec![];
    }
    let is_known = |name: &str| {
        STDLIB_NAMES.contains(&name) || elsewhere.find_in(elsewhere.roots(), name).is_some()
    };
    let all: FxHashMap<&Path, &BTreeSet<String>> = bare
        .iter()
        .map(|bare| (bare.folder.as_path(), &bare.holds))
        .collect();
    let is_evidence = |bare: &Bare, name: &String| {
        let inside = bare.folder.join(name);
        // A folder alone may bear the name of what is used in it: `examples/pydantic/tasks.py`.
        let is_module =
            || is_regular_package(&inside) || bare.folder.join(format!("{name}.py")).is_file();
        let holds = || {
            let found = all.get(inside.as_path());
            found.is_some_and(|holds| {
                holds
                    .iter()
                    .any(|it| imported.names(&format!("{name}.{it}")))
            })
        };
        imported.names(name) && !is_known(name) && (is_module() || holds())
    };
    bare.iter()
        .filter(|bare| !imported.names(&bare.dotted))
        .filter(|bare| bare.holds.iter().any(|name| is_evidence(bare, name)))
        .map(|bare| bare.folder.clone())
        .collect()
}

/// What the import statements of some files name, read when somebody asks.
pub(super) struct Imported<'a> {
    files: &'a [PathBuf],
    found: OnceCell<FxHashSet<String>>,
}

impl<'a> Imported<'a> {
    pub(super) fn by(files: &'a [PathBuf]) -> Self {
        Self {
            files,
            found: OnceCell::new(),
        }
    }

    /// Whether some import statement names `module` or something in it.
    pub(super) fn names(&self, module: &str) -> bool {
        self.found
            .get_or_init(|| {
                self.files
                    .par_iter()
                    .flat_map_iter(|file| imported_names(&fs::read(file).unwrap_or_default()))
                    .collect()
            })
            .contains(module)
    }
}

/// The dotted names, and their beginnings, that lines of import statements name. A line in a string counts too: it is a hint.
fn imported_names(text: &[u8]) -> Vec<String> {
    let mut names = vec![];
    for line in text.split(|&byte| byte == b'\n') {
        let line = line.trim_ascii_start();
        if !(line.starts_with(b"import ") || line.starts_with(b"from ")) {
            continue;
        }
        let line = String::from_utf8_lossy(line);
        let mut words = line.split_whitespace();
        if words.next() == Some("from") {
            let (Some(module), Some("import")) = (words.next(), words.next()) else {
                continue;
            };
            if module.starts_with('.') {
                continue;
            }
            add_with_beginnings(&mut names, module);
            for word in line
                .split_once(" import ")
                .map_or("", |(_, rest)| rest)
                .split(',')
            {
                let name = word.trim_matches(|c: char| c == '(' || c == ')' || c.is_whitespace());
                if let Some(name) = name.split_whitespace().next() {
                    names.push(format!("{module}.{name}"));
                }
            }
        } else {
            for module in line["import ".len()..].split(',') {
                add_with_beginnings(&mut names, module.split_whitespace().next().unwrap_or(""));
            }
        }
    }
    names
}

fn add_with_beginnings(names: &mut Vec<String>, module: &str) {
    for (at, _) in module.match_indices('.') {
        names.push(module[..at].to_owned());
    }
    names.push(module.to_owned());
}
