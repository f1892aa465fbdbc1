//! Files → module names, so that no two files share one and none goes without.
//!
//! Each file is named from its own import root. Where another file has that name, or Python would never look for a file of that name, it is
//! named from further out, and [`Twin`] keeps the name by which the files beside it import it.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use crate::Name;
use crate::source::discover::{FileTrouble, Found, Twin};
use crate::source::stdlib_names::{LOADED_AT_START, is_standard_library};
use crate::source::{Owner, SearchPath, Trouble, layout};

/// Names the files, sorted by name; what shares its name with a file in the same folder that Python takes first is said to be hidden.
///
/// `top` is the folder that was asked about.
pub(super) fn name(
    files: &[PathBuf],
    roots: &[SearchPath],
    top: &Path,
) -> (Vec<Found>, Vec<FileTrouble>) {
    let is_library = roots
        .iter()
        .any(|root| root.owner == Owner::StandardLibrary);
    let folders: Vec<PathBuf> = roots.iter().map(|root| root.path.clone()).collect();
    let is_evident = |root: &SearchPath| {
        let project = layout::project_around(&root.path, top);
        root.owner == Owner::Project
            && root.path != top
            && root.path.starts_with(top)
            && !layout::is_project(&root.path)
            && !layout::declared_roots(project).contains(&root.path)
    };
    let evident: Vec<bool> = roots.iter().map(is_evident).collect();
    let mut names = Names {
        roots: &folders,
        evident: &evident,
        top,
        taken: BTreeMap::new(),
        troubles: vec![],
    };
    let mut later = vec![];
    let never = |index: usize, top: &str| {
        let is_loaded = LOADED_AT_START.contains(&top) && !is_library;
        is_loaded || evident[index] && is_standard_library(top)
    };
    let (at_home, abroad) = divided(files, &folders, &never);
    for (index, file) in at_home {
        let found = name_from(&folders[index], file);
        if let Some(found) = names.take(found) {
            later.push((Some(index), found.path));
        }
    }
    let abroad = abroad.into_iter().map(|(at, file)| (at, file.to_owned()));
    for (index, file) in abroad.chain(later) {
        names.take_from_further_out(index, &file);
    }
    (names.taken.into_values().collect(), names.troubles)
}

/// The root that holds `path` and lies deepest.
pub(super) fn innermost<'a>(roots: &'a [PathBuf], path: &Path) -> Option<&'a PathBuf> {
    roots
        .iter()
        .filter(|root| path.starts_with(root))
        .max_by_key(|root| root.components().count())
}

/// A file, and the root it is named from if one holds it.
type Rooted<'a, Root> = (Root, &'a PathBuf);

/// The files that keep the names they have from their own roots, and the others.
///
/// Two roots may have a `tests` package each, of which the first root in order keeps the name. Portions of one namespace package, and packages
/// that join what all roots have of them, share it (PEP 420, `pkgutil.extend_path`), down to the first package in them that does not. What
/// `never` says of a root and a name in it is that an import of that name does not lead there.
fn divided<'a>(
    files: &'a [PathBuf],
    roots: &[PathBuf],
    never: &dyn Fn(usize, &str) -> bool,
) -> (Vec<Rooted<'a, usize>>, Vec<Rooted<'a, Option<usize>>>) {
    let mut rooted: Vec<(usize, &PathBuf)> = vec![];
    let mut abroad: Vec<(Option<usize>, &PathBuf)> = vec![];
    for file in files {
        let root = innermost(roots, file);
        match root.and_then(|root| roots.iter().position(|known| known == root)) {
            Some(index) => rooted.push((index, file)),
            None => abroad.push((None, file)),
        }
    }
    rooted.sort();
    let mut shared: BTreeMap<PathBuf, bool> = BTreeMap::new();
    let mut shares = |folder: &Path| {
        let known = shared.get(folder).copied();
        known.unwrap_or_else(|| {
            let shares = folder.is_dir() && layout::shares_its_path(folder);
            shared.insert(folder.to_owned(), shares);
            shares
        })
    };
    // Which root a folder or module of a name is taken from first; folders of all that share it are equally good.
    let mut owners: BTreeMap<PathBuf, usize> = BTreeMap::new();
    let mut at_home = vec![];
    for (index, file) in rooted {
        let root = &roots[index];
        let inside = file.strip_prefix(root).unwrap_or(file);
        let mut stays = true;
        let mut at = PathBuf::new();
        for part in inside {
            let stem = Path::new(part)
                .file_stem()
                .unwrap_or(part)
                .to_string_lossy();
            let is_folder = at.join(part) != inside;
            if at.as_os_str().is_empty() && never(index, &stem) {
                stays = false;
                break;
            }
            // A module and a package of one name are compared with one another.
            let named = at.join(
                if is_folder {
                    part.to_string_lossy()
                } else {
                    stem
                }
                .as_ref(),
            );
            let owner = *owners.entry(named).or_insert(index);
            let is_shared = owner == index
                || is_folder
                    && shares(&roots[owner].join(&at).join(part))
                    && shares(&root.join(&at).join(part));
            if !is_shared {
                stays = false;
                break;
            }
            at.push(part);
        }
        if stays {
            at_home.push((index, file));
        } else {
            abroad.push((Some(index), file));
        }
    }
    (at_home, abroad)
}

struct Names<'a> {
    roots: &'a [PathBuf],
    /// Which of the roots are known only by what is imported: Python is started there, and only there.
    evident: &'a [bool],
    top: &'a Path,
    taken: BTreeMap<Name, Found>,
    troubles: Vec<FileTrouble>,
}

impl Names<'_> {
    /// Gives a file its name; hands it back where a file of another folder has that already.
    fn take(&mut self, found: Found) -> Option<Found> {
        let Some(first) = self.taken.get(&found.module) else {
            self.taken.insert(found.module.clone(), found);
            return None;
        };
        let folder = |it: &Found| {
            let folder = it.path.parent();
            let around = folder.filter(|_| it.package).and_then(Path::parent);
            around.or(folder).map(Path::to_owned)
        };
        if folder(first) != folder(&found) {
            return Some(found);
        }
        // A package comes before a module of its name, `.py` before `.pyw`; the rest as the files are sorted.
        let (first, hidden) = if found.package && !first.package {
            (found, first.clone())
        } else {
            (first.clone(), found)
        };
        self.hide(hidden, &first);
        self.taken.insert(first.module.clone(), first);
        None
    }

    fn hide(&mut self, hidden: Found, first: &Found) {
        self.troubles.push(FileTrouble {
            kind: Trouble::Hidden,
            message: format!("`import {}` finds `{}`", first.module, first.shown),
            path: hidden.path,
            shown: hidden.shown,
        });
    }

    /// Names a file from the folder that was asked about, as Python started there would, or from one around that.
    fn take_from_further_out(&mut self, index: Option<usize>, file: &Path) {
        let outer = self.top.ancestors().take(3);
        let outer = outer.filter(|it| *it != file && file.starts_with(it));
        let twin = index.map(|index| {
            let own = &self.roots[index];
            let within = if self.evident[index] {
                own.as_path()
            } else {
                layout::project_around(own, self.top)
            };
            let within = within.to_owned();
            let module = name_from(own, file).module;
            Twin { within, module }
        });
        // Who joins the others runs only where it comes first.
        let shares =
            file.ends_with("__init__.py") && file.parent().is_some_and(layout::shares_its_path);
        let twin = twin.filter(|it| !shares && !is_loaded_at_start(&it.module));
        let mut last = None;
        for root in outer {
            let found = Found {
                twin: twin.clone(),
                ..name_from(root, file)
            };
            let is_free =
                !self.taken.contains_key(&found.module) && !is_loaded_at_start(&found.module);
            if is_free {
                self.taken.insert(found.module.clone(), found);
                return;
            }
            last = Some(found);
        }
        let found = last.unwrap_or_else(|| name_from(self.top, file));
        if let Some(found) = self.take(found)
            && let Some(first) = self.taken.get(&found.module).cloned()
        {
            self.hide(found, &first);
        }
    }
}

fn is_loaded_at_start(module: &str) -> bool {
    let top = module.split('.').next().unwrap_or(module);
    LOADED_AT_START.contains(&top)
}

fn name_from(root: &Path, file: &Path) -> Found {
    let inside = file.strip_prefix(root).unwrap_or(file);
    let package = file.file_name().is_some_and(|name| name == "__init__.py");
    let mut parts: Vec<String> = inside
        .components()
        .map(|part| part.as_os_str().to_string_lossy().into_owned())
        .collect();
    if package && parts.len() > 1 {
        parts.pop();
    } else if let Some(last) = parts.last_mut() {
        let stem = last
            .strip_suffix(".py")
            .or_else(|| last.strip_suffix(".pyw"));
        *last = stem.unwrap_or(last).to_owned();
    }
    // What no import can name is told from packages in packages.
    for part in &mut parts {
        if part.contains('.') {
            *part = part.replace('.', "_");
        }
    }
    Found {
        path: file.to_owned(),
        module: Name::from(parts.join(".")),
        package,
        shown: shown(inside),
        twin: None,
    }
}

/// The folders of the packages around the modules of these files, by their names.
pub fn packages_around(files: &[Found]) -> BTreeMap<Name, BTreeSet<PathBuf>> {
    let mut around: BTreeMap<Name, BTreeSet<PathBuf>> = BTreeMap::new();
    for found in files {
        let mut folder = found.path.parent();
        if found.package {
            folder = folder.and_then(Path::parent);
        }
        let mut name: &str = &found.module;
        while let (Some((package, _)), Some(at)) = (name.rsplit_once('.'), folder) {
            let folders = around.entry(Name::from(package)).or_default();
            if !folders.insert(at.to_owned()) {
                break;
            }
            name = package;
            folder = at.parent();
        }
    }
    around
}

/// A path as people are shown it, with `/` between its parts on every system.
pub(super) fn shown(path: &Path) -> String {
    let parts: Vec<_> = path
        .components()
        .map(|part| part.as_os_str().to_string_lossy())
        .collect();
    parts.join("/")
}
