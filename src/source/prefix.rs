//! Where an environment keeps what: from its folder, its interpreter, or a path inside it.
#![expect(
    clippy::disallowed_methods,
    reason = "environments are known by their files"
)]

use std::fs;
use std::path::{Path, PathBuf};

use crate::source::PythonVersion;
use crate::source::environment::{EnvironmentError, resolved};

/// An environment's folders.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Prefix {
    pub(super) root: PathBuf,
    pub(super) version: Option<PythonVersion>,
    pub(super) stdlib: Option<PathBuf>,
    pub(super) site_packages: Vec<PathBuf>,
}

/// `pyvenv.cfg`, the file that makes a folder a virtual environment (PEP 405).
#[derive(Debug, Default)]
struct VenvConfig {
    home: Option<PathBuf>,
    version: Option<PythonVersion>,
    system_site_packages: bool,
}

impl VenvConfig {
    fn read(root: &Path) -> Option<Self> {
        let text = fs::read_to_string(root.join("pyvenv.cfg")).ok()?;
        let mut config = Self::default();
        for (key, value) in text.lines().filter_map(|line| line.split_once('=')) {
            let value = value.trim();
            match key.trim().to_ascii_lowercase().as_str() {
                "home" => config.home = Some(root.join(value)),
                // `venv` writes the first, `virtualenv` and `uv` the second.
                "version" | "version_info" => config.version = value.parse().ok(),
                "include-system-site-packages" => {
                    config.system_site_packages = value.eq_ignore_ascii_case("true");
                }
                _ => {}
            }
        }
        Some(config)
    }
}

/// What `--python` names: an environment's folder, an interpreter, or the name of one.
pub(super) fn of_interpreter(
    python: &Path,
    commands: &[PathBuf],
) -> Result<Prefix, EnvironmentError> {
    let not_python = || EnvironmentError::NotPython {
        path: python.to_owned(),
    };
    let mut interpreter = python.to_owned();
    let is_name = python.components().count() == 1;
    if is_name && !python.exists() {
        let version = python.to_string_lossy().parse::<PythonVersion>();
        let name = version.map_or_else(
            |()| python.to_owned(),
            |version| PathBuf::from(format!("python{version}")),
        );
        interpreter = commands
            .iter()
            .map(|folder| folder.join(&name))
            .find(|path| path.is_file())
            .ok_or_else(|| EnvironmentError::Missing {
                path: python.to_owned(),
            })?;
    }
    let interpreter = std::path::absolute(&interpreter).unwrap_or(interpreter);
    if interpreter.is_dir() {
        return of_folder(&interpreter).ok_or_else(not_python);
    }
    if !interpreter.is_file() {
        return Err(EnvironmentError::Missing {
            path: python.to_owned(),
        });
    }
    of_executable(&interpreter).ok_or_else(not_python)
}

/// Follows an interpreter's links one by one: the first whose folder lies in an environment decides, as for CPython's `getpath`.
fn of_executable(executable: &Path) -> Option<Prefix> {
    let mut at = executable.to_owned();
    // Chains of links are short; a loop would have failed when the file was looked at.
    for _ in 0..40 {
        let named = at.file_name().and_then(|name| name.to_str());
        let root = at.parent()?.parent()?;
        let version = named.and_then(PythonVersion::of_file_name);
        if VenvConfig::read(root).is_some() || library(root, version).is_some() {
            return of_root(root, version);
        }
        if let Some(chosen) = chosen_by_pyenv(&at) {
            return of_root(&chosen, None);
        }
        let next = fs::read_link(&at).ok()?;
        at = at.parent()?.join(next);
    }
    None
}

/// A shim of pyenv is a script; which interpreter it starts stands in a file beside it.
fn chosen_by_pyenv(executable: &Path) -> Option<PathBuf> {
    let shims = executable.parent()?;
    let home = shims.parent()?;
    if shims.file_name()? != "shims" {
        return None;
    }
    let chosen = fs::read_to_string(home.join("version")).ok()?;
    let root = home
        .join("versions")
        .join(chosen.split_whitespace().next()?);
    root.is_dir().then_some(root)
}

/// The environment whose folder this is, if it is one.
pub(super) fn of_folder(root: &Path) -> Option<Prefix> {
    let root = std::path::absolute(root).ok()?;
    let is_one = root.join("pyvenv.cfg").is_file() || library(&root, None).is_some();
    is_one.then(|| of_root(&root, None)).flatten()
}

/// The environment in whose library folder `path` lies.
pub(super) fn around(path: &Path) -> Option<Prefix> {
    around_as_written(path).or_else(|| around_as_written(&resolved(path)))
}

fn around_as_written(path: &Path) -> Option<Prefix> {
    path.ancestors().find_map(|folder| {
        let name = folder.file_name()?.to_str()?;
        // `lib/python3.13`, with `lib64` and Debian's `lib/python3` beside it; on Windows `Lib`.
        let (root, version) = if let Some(version) = PythonVersion::of_file_name(name) {
            (folder.parent()?.parent()?, Some(version))
        } else if name == "Lib" || (name == "python3" && folder.join("dist-packages").is_dir()) {
            let lib = if name == "Lib" {
                folder
            } else {
                folder.parent()?
            };
            (lib.parent()?, None)
        } else {
            return None;
        };
        let has_library = folder.join("site-packages").is_dir()
            || folder.join("dist-packages").is_dir()
            || is_stdlib(folder);
        let is_one = has_library && (name != "Lib" || folder.join("site-packages").is_dir());
        is_one.then(|| of_root(root, version)).flatten()
    })
}

/// The virtual environment of a project: in its folder, or in one above it.
pub(super) fn of_project(path: &Path) -> Option<Prefix> {
    let start = if path.is_dir() { path } else { path.parent()? };
    for folder in start.ancestors() {
        if folder.join("pyvenv.cfg").is_file() {
            return of_folder(folder);
        }
        for name in [".venv", "venv", "env", ".env"] {
            let root = folder.join(name);
            if root.join("pyvenv.cfg").is_file() {
                return of_folder(&root);
            }
        }
        // Under another name it is looked for in the project itself, not in whatever lies above it.
        if (folder == start || folder.join(".git").exists())
            && let Some(found) = any_below(folder)
        {
            return Some(found);
        }
        if folder.join(".git").exists() {
            return None;
        }
    }
    None
}

fn any_below(folder: &Path) -> Option<Prefix> {
    let mut found: Vec<PathBuf> = fs::read_dir(folder)
        .ok()?
        .flatten()
        .map(|entry| entry.path())
        .filter(|path| path.join("pyvenv.cfg").is_file())
        .collect();
    found.sort();
    found.iter().find_map(|root| of_folder(root))
}

fn of_root(root: &Path, version: Option<PythonVersion>) -> Option<Prefix> {
    let Some(config) = VenvConfig::read(root) else {
        let (stdlib, found) = library(root, version)?;
        let version = version.or(found);
        return Some(Prefix {
            root: root.to_owned(),
            version,
            site_packages: site_packages(root, version),
            stdlib: is_stdlib(&stdlib).then_some(stdlib),
        });
    };
    let version = config
        .version
        .or(version)
        .or_else(|| library(root, None).and_then(|(_, version)| version));
    let base = config
        .home
        .as_deref()
        .and_then(|home| base_of(home, version))
        .filter(|(base, _)| resolved(base) != resolved(root));
    let stdlib = base.as_ref().map(|(_, stdlib)| stdlib.clone());
    let mut folders = site_packages(root, version);
    if config.system_site_packages
        && let Some((base, _)) = &base
    {
        folders.extend(site_packages(base, version));
    }
    Some(Prefix {
        root: root.to_owned(),
        version,
        stdlib: stdlib.filter(|stdlib| is_stdlib(stdlib)),
        site_packages: folders,
    })
}

/// The installation that a virtual environment was made from: `home` is the folder of its interpreter, links and all.
fn base_of(home: &Path, version: Option<PythonVersion>) -> Option<(PathBuf, PathBuf)> {
    let of = |home: &Path| {
        [home.parent(), Some(home)]
            .into_iter()
            .flatten()
            .find_map(|base| Some((base.to_owned(), library(base, version)?.0)))
    };
    of(home).or_else(|| of(&resolved(home))).or_else(|| {
        let name = version.map_or_else(
            || "python3".to_owned(),
            |version| format!("python{version}"),
        );
        of(resolved(&home.join(name)).parent()?)
    })
}

/// The library folder below a prefix, and the version in its name.
fn library(
    root: &Path,
    version: Option<PythonVersion>,
) -> Option<(PathBuf, Option<PythonVersion>)> {
    if let Some(version) = version {
        for lib in ["lib", "lib64"] {
            let folder = root.join(lib).join(format!("python{version}"));
            if folder.is_dir() {
                return Some((folder, Some(version)));
            }
        }
    }
    let mut found: Vec<(bool, PythonVersion, PathBuf)> = fs::read_dir(root.join("lib"))
        .into_iter()
        .flatten()
        .flatten()
        .filter_map(|entry| {
            let version = PythonVersion::of_file_name(entry.file_name().to_str()?)?;
            let folder = entry.path();
            folder
                .is_dir()
                .then(|| (is_stdlib(&folder), version, folder))
        })
        .collect();
    // A whole standard library before a folder that only has packages; the newest before older ones.
    found.sort();
    if version.is_none()
        && let Some((_, version, folder)) = found.pop()
    {
        return Some((folder, Some(version)));
    }
    let windows = root.join("Lib");
    windows
        .join("os.py")
        .is_file()
        .then_some((windows, version))
}

/// Whether a folder holds the standard library, by the landmark that CPython itself looks for.
pub(super) fn is_stdlib(folder: &Path) -> bool {
    folder.join("os.py").is_file() && folder.join("types.py").is_file()
}

fn site_packages(root: &Path, version: Option<PythonVersion>) -> Vec<PathBuf> {
    let mut folders: Vec<PathBuf> = vec![];
    let mut add = |folder: PathBuf| {
        let known = |known: &PathBuf| resolved(known) == resolved(&folder);
        if folder.is_dir() && !folders.iter().any(known) {
            folders.push(folder);
        }
    };
    if let Some(version) = version {
        let python = format!("python{version}");
        add(root.join("local/lib").join(&python).join("dist-packages"));
        // Debian's own Python keeps what is installed by hand apart, below `/usr/local`.
        add(root.join("lib").join(&python).join("site-packages"));
        add(root.join("lib64").join(&python).join("site-packages"));
        add(root.join("lib").join(&python).join("dist-packages"));
    }
    add(root.join("lib/python3/dist-packages"));
    add(root.join("Lib/site-packages"));
    folders
}
