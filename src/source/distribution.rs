//! Distributions and the entry points they declare: those installed, and the project itself.
#![expect(
    clippy::disallowed_methods,
    reason = "installed metadata is read from files"
)]

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use toml::de::{DeTable, DeValue};

use crate::source::ini;

/// A distribution: what `pip install` installs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Distribution {
    /// Its name as it spells it.
    pub name: String,
    /// Its version; empty where it does not say one.
    pub version: String,
    /// What it declares.
    pub entry_points: Vec<DeclaredEntryPoint>,
    /// The folder or file that says all this: `….dist-info`, `….egg-info`, `pyproject.toml`, `setup.cfg`.
    pub path: PathBuf,
    /// Which entry of its folder it is, in the order in which the system lists them, as Python finds it; 0 where that is not asked.
    pub listed: usize,
    /// Where the environment has it installed, too, for one that a project declares.
    pub installed: Option<PathBuf>,
}

/// A line of an `entry_points.txt`, or of what it will be made from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DeclaredEntryPoint {
    /// The group: `console_scripts`, `pytest11`.
    pub group: String,
    /// The name inside the group.
    pub name: String,
    /// What it points to, as written: `package.module:Class`.
    pub value: String,
    /// The line that declares it, from 1, where that could be told.
    pub line: Option<u32>,
}

impl Distribution {
    /// The distributions installed in a site-packages folder, sorted by name.
    pub fn installed_in(folder: &Path) -> Vec<Self> {
        let mut found: Vec<Self> = fs::read_dir(folder)
            .into_iter()
            .flatten()
            .flatten()
            .enumerate()
            .filter_map(|(listed, entry)| {
                let found = installed(&entry.path())?;
                Some(Self { listed, ..found })
            })
            .collect();
        found.sort_by(|one, other| (&one.name, &one.path).cmp(&(&other.name, &other.path)));
        found
    }

    /// The version of the distribution of a name that is found first in these folders (`importlib.metadata.version`); none where there is none,
    /// or it does not say its version.
    ///
    /// ```py
    /// importlib.metadata.version("marshmallow")   # '3.26.1'
    /// ```
    pub fn version_in(folders: &[PathBuf], name: &str) -> Option<String> {
        let wanted = normalized(name);
        let entries = folders.iter().filter_map(|it| fs::read_dir(it).ok());
        let paths = entries.flatten().flatten().map(|it| it.path());
        let mut named = paths.filter(|path| {
            let file_name = path.file_name().and_then(|it| it.to_str());
            let stem = file_name.and_then(|it| {
                it.strip_suffix(".dist-info")
                    .or_else(|| it.strip_suffix(".egg-info"))
            });
            let name = stem.and_then(|it| it.split('-').next());
            name.is_some_and(|it| normalized(it) == wanted)
        });
        let (_, version) = metadata(&named.next()?)?;
        Some(version).filter(|it| !it.is_empty())
    }

    /// The distribution that installed a file of a site-packages folder; `inside` is its path from there (`RECORD`, PEP 376).
    pub fn owning(folder: &Path, inside: &Path) -> Option<Self> {
        let line = format!("{},", inside.to_string_lossy().replace('\\', "/"));
        let entries = fs::read_dir(folder).ok()?.flatten();
        let mut entries: Vec<PathBuf> = entries.map(|entry| entry.path()).collect();
        entries.sort();
        let owner = entries.into_iter().find(|path| {
            let record = fs::read_to_string(path.join("RECORD"));
            record.is_ok_and(|text| text.lines().any(|it| it.starts_with(&line)))
        });
        installed(&owner?)
    }

    /// The Python files that distributions have installed in a site-packages folder, each with the name of its distribution (`RECORD`, PEP 376).
    pub fn files_in(folder: &Path) -> Vec<(PathBuf, Arc<str>)> {
        let mut found = vec![];
        for one in Self::installed_in(folder) {
            let name: Arc<str> = one.name.into();
            let record = fs::read_to_string(one.path.join("RECORD")).unwrap_or_default();
            let files = record.lines().filter_map(|line| line.split(',').next());
            let is_source = |it: &&str| Path::new(it).extension().is_some_and(|it| it == "py");
            let files = files.filter(is_source);
            found.extend(files.map(|it| (folder.join(it), name.clone())));
        }
        found
    }

    /// Its name as names are compared (PEP 503): `Zope_Thing` and `zope.thing` are one.
    pub fn normalized_name(&self) -> String {
        self.name.to_lowercase().replace(['-', '.'], "_")
    }

    /// Takes the place that the same distribution has in an environment: installed from the project, it is found there, and its entry points
    /// in the order in which they were written down there.
    pub fn stand_as(&mut self, installed: &[Self]) {
        let name = self.normalized_name();
        let Some(twin) = installed.iter().find(|it| it.normalized_name() == name) else {
            return;
        };
        self.listed = twin.listed;
        self.installed = Some(twin.path.clone());
        let turn = |it: &DeclaredEntryPoint| {
            let mut known = twin.entry_points.iter();
            known
                .position(|known| known.group == it.group && known.name == it.name)
                .unwrap_or(usize::MAX)
        };
        self.entry_points.sort_by_key(turn);
    }

    /// What the folder of a project declares of itself: `pyproject.toml`, and `setup.cfg` beside it.
    pub fn declared_in(project: &Path) -> Vec<Self> {
        let mut found: Vec<Self> = vec![];
        found.extend(of_pyproject(&project.join("pyproject.toml")));
        found.extend(of_setup_cfg(&project.join("setup.cfg")));
        // One of the two files may leave the name to the other, or to the folder.
        let folder = project.file_name().map(|name| name.to_string_lossy());
        let name = found
            .iter()
            .map(|one| one.name.clone())
            .find(|name| !name.is_empty())
            .or_else(|| folder.map(Into::into));
        for nameless in found.iter_mut().filter(|one| one.name.is_empty()) {
            nameless.name = name.clone().unwrap_or_default();
        }
        found
    }
}

fn installed(path: &Path) -> Option<Distribution> {
    let file_name = path.file_name()?.to_str()?;
    let stem = file_name
        .strip_suffix(".dist-info")
        .or_else(|| file_name.strip_suffix(".egg-info"))?;
    // `name-version[-pyX.Y]`; the name has no hyphen of its own there (PEP 427). Without a version, the metadata has it.
    let mut parts = stem.split('-');
    let mut name = parts.next().unwrap_or_default().to_owned();
    let mut version = parts.next().unwrap_or_default().to_owned();
    if version.is_empty() {
        (name, version) = metadata(path).unwrap_or((name, version));
    }
    let text = fs::read_to_string(path.join("entry_points.txt")).unwrap_or_default();
    Some(Distribution {
        listed: 0,
        installed: None,
        name,
        version,
        entry_points: entry_points(&text),
        path: path.to_owned(),
    })
}

/// A name as names are compared (PEP 503).
fn normalized(name: &str) -> String {
    let parts = name.split(['-', '_', '.']).filter(|it| !it.is_empty());
    parts.collect::<Vec<_>>().join("_").to_lowercase()
}

fn metadata(path: &Path) -> Option<(String, String)> {
    let text = ["METADATA", "PKG-INFO", ""]
        .iter()
        .find_map(|name| fs::read_to_string(path.join(name)).ok())?;
    let field = |field: &str| {
        text.lines()
            .take_while(|line| !line.is_empty())
            .find_map(|line| Some(line.strip_prefix(field)?.trim().to_owned()))
    };
    Some((field("Name:")?, field("Version:").unwrap_or_default()))
}

/// The lines of an `entry_points.txt`.
fn entry_points(text: &str) -> Vec<DeclaredEntryPoint> {
    ini::sections(text)
        .into_iter()
        .flat_map(|section| {
            let group = section.name;
            let values = section.values.into_iter().zip(section.lines);
            values.map(move |((name, value), lines)| DeclaredEntryPoint {
                group: group.clone(),
                name,
                value: without_comment(&value),
                line: lines.first().copied(),
            })
        })
        .collect()
}

fn without_comment(value: &str) -> String {
    value
        .split(" #")
        .next()
        .unwrap_or_default()
        .trim()
        .to_owned()
}

fn of_pyproject(path: &Path) -> Option<Distribution> {
    let text = fs::read_to_string(path).ok()?;
    let tree = DeTable::parse(&text).ok()?.into_inner();
    let table = |keys: &[&str]| -> Option<&DeTable<'_>> {
        let get = |table, key: &&str| as_table(DeTable::get(table, *key)?.get_ref());
        keys.iter().try_fold(&tree, get)
    };
    let project = table(&["project"]).or_else(|| table(&["tool", "poetry"]))?;
    let said = |key: &str| project.get(key).and_then(|it| as_text(it.get_ref()));
    let line_of = |offset: usize| 1 + text.bytes().take(offset).filter(|&it| it == b'\n').count();
    let mut entry_points = vec![];
    let mut add = |group: &str, declared: Option<&DeTable<'_>>| {
        for (name, value) in declared.into_iter().flatten() {
            // Poetry also takes a table here: `{ reference = "package:function", type = "console" }`.
            let value = as_text(value.get_ref()).or_else(|| {
                let value = as_table(value.get_ref())?;
                let value = value.get("reference").or_else(|| value.get("callable"))?;
                as_text(value.get_ref())
            });
            if let Some(value) = value {
                entry_points.push(DeclaredEntryPoint {
                    group: group.to_owned(),
                    name: name.get_ref().clone().into_owned(),
                    value,
                    line: u32::try_from(line_of(name.span().start)).ok(),
                });
            }
        }
    };
    add("console_scripts", table(&["project", "scripts"]));
    add("gui_scripts", table(&["project", "gui-scripts"]));
    add("console_scripts", table(&["tool", "poetry", "scripts"]));
    for groups in [
        table(&["project", "entry-points"]),
        table(&["tool", "poetry", "plugins"]),
    ] {
        for (group, declared) in groups.into_iter().flatten() {
            add(group.get_ref(), as_table(declared.get_ref()));
        }
    }
    // As they are written.
    entry_points.sort_by_key(|it| it.line);
    Some(Distribution {
        listed: 0,
        installed: None,
        name: said("name").unwrap_or_default(),
        version: said("version").unwrap_or_default(),
        entry_points,
        path: path.to_owned(),
    })
}

fn as_table<'v, 't>(value: &'v DeValue<'t>) -> Option<&'v DeTable<'t>> {
    match value {
        DeValue::Table(table) => Some(table),
        _ => None,
    }
}

fn as_text(value: &DeValue<'_>) -> Option<String> {
    match value {
        DeValue::String(text) => Some(text.clone().into_owned()),
        _ => None,
    }
}

fn of_setup_cfg(path: &Path) -> Option<Distribution> {
    let sections = ini::sections(&fs::read_to_string(path).ok()?);
    let value = |section: &str, key: &str| ini::value(&sections, section, key).unwrap_or_default();
    let name = value("metadata", "name");
    let declared = sections
        .iter()
        .find(|section| section.name == "options.entry_points");
    if name.is_empty() && declared.is_none() {
        return None;
    }
    let entry_points = declared
        .into_iter()
        .flat_map(|section| section.values.iter().zip(&section.lines))
        .flat_map(|((group, lines), numbers)| {
            let numbered = lines.lines().zip(numbers);
            numbered.filter_map(move |(line, &number)| {
                let (name, value) = line.split_once('=')?;
                Some(DeclaredEntryPoint {
                    group: group.clone(),
                    name: name.trim().to_owned(),
                    value: without_comment(value.trim()),
                    line: Some(number),
                })
            })
        })
        .collect();
    Some(Distribution {
        listed: 0,
        installed: None,
        name: name.to_owned(),
        version: value("metadata", "version").to_owned(),
        entry_points,
        path: path.to_owned(),
    })
}
