//! Folders that stand on `sys.path` once what a framework loads is imported: statements put them there, or the framework itself does.

use std::path::{Path, PathBuf};
use std::rc::Rc;

use crate::plugins::files::modules::{File, SearchPath};
use crate::plugins::frameworks::Load;
use crate::plugins::loading::loads::Loads;
use crate::plugins::loading::refused::given;
use crate::plugins::names::follow::Follow;
use crate::source::is_there;

/// Looks for modules also in the folders that the statements of a file put on `sys.path`.
pub(super) fn put_on_path(loads: &mut Loads, follow: &Follow<'_>, file: &Rc<File>) {
    let path = follow.search_path(file);
    loads.is_path_open |= path.is_open;
    follow.modules.add_to_path(path);
}

/// The same with the files that a framework looks for by their names, and with the folders that it puts there for them: each time that
/// above the outermost package in which such a file is.
pub(super) fn of_files_folders(
    loads: &mut Loads,
    load: &Load,
    follow: &Follow<'_>,
    project: &[Rc<File>],
) {
    let is_it = |file: &&Rc<File>| {
        let name = file.path.file_name().unwrap_or_default();
        load.files.iter().any(|it| name == it.as_str())
    };
    if load.search_path {
        for file in project.iter().filter(is_it) {
            put_on_path(loads, follow, file);
        }
    }
    let Some(option) = &load.folders_on_path else {
        return;
    };
    let words = given(option, follow).map_or_else(Vec::new, |it| it.1);
    let word = words.last().map(|it| it.trim_start_matches('='));
    if word.is_some_and(|it| it == option.but) {
        return;
    }
    let mut folders: Vec<PathBuf> = vec![];
    for file in project.iter().filter(is_it) {
        let folder = above_packages(&file.path);
        folders.extend(folder.filter(|it| !folders.contains(it)));
    }
    // The last one stands first, where nobody says that they are put behind.
    if word.is_none_or(|it| it != option.behind) {
        folders.reverse();
    }
    follow.modules.add_to_path(SearchPath {
        after: folders,
        ..SearchPath::default()
    });
}

/// The folder above the outermost package in which a file is.
fn above_packages(file: &Path) -> Option<PathBuf> {
    let mut folders = file.ancestors().skip(1);
    let found = folders.find(|it| is_there(&it.join("__init__.py")).is_err());
    found.map(Path::to_owned)
}
