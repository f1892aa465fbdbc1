//! Packages of which several folders of the path have a part: `pkgutil.extend_path`, `pkg_resources.declare_namespace`.

use std::path::PathBuf;

use crate::evaluate::machine::run::Run;
use crate::evaluate::machine::value::{Object, Value};
use crate::source::{FileId, Finder, Located};

impl Run<'_, '_> {
    /// `pkgutil.extend_path(path, name)`: the path, and each folder of that name along `sys.path`, or along the `__path__` of the package
    /// around it, that is not in it yet. Files named `*.pkg` are not looked for.
    ///
    /// ```py
    /// __path__ = __import__("pkgutil").extend_path(__path__, __name__)
    /// ```
    pub(crate) fn extended_path(&mut self, path: Value, name: Option<&str>) -> Value {
        let Some(name) = name else { return path };
        let (mut items, is_open) = self.iterate(&path);
        if is_open {
            return path;
        }
        let known: Vec<PathBuf> = items
            .iter()
            .filter_map(|it| self.str_of(it))
            .map(|it| PathBuf::from(it.as_str()))
            .collect();
        let portions = self.portions(name).into_iter();
        items.extend(
            portions
                .filter(|it| !known.contains(it))
                .map(|it| Value::str(&it.to_string_lossy())),
        );
        self.allocate(Object::List { items, open: false })
    }

    /// The folders of a package along the path on which it is looked for, one for each folder of the path that has it.
    pub(super) fn portions(&mut self, dotted: &str) -> Vec<PathBuf> {
        let (path, last) = if let Some((parent, last)) = dotted.rsplit_once('.') {
            let Some(&parent) = self.loaded.get(parent) else {
                return vec![];
            };
            (self.search_path(parent), last)
        } else {
            let roots = [&self.world.project, &self.world.installed];
            let roots = roots.into_iter().flat_map(Finder::roots).cloned();
            (roots.collect(), dotted)
        };
        let mut portions = vec![];
        for folder in path {
            let found = self.world.project.find_in(&[folder], last);
            for portion in found.iter().flat_map(Located::folders) {
                if !portions.contains(&portion) {
                    portions.push(portion);
                }
            }
        }
        portions
    }

    /// Whether the `__init__.py` of a package hands it to setuptools, which then joins all its folders (`pkg_resources`, until 81).
    ///
    /// ```py
    /// __import__("pkg_resources").declare_namespace(__name__)
    /// ```
    pub(super) fn declares_namespace(&self, file: FileId) -> bool {
        let text = &self.library.file(file).text;
        text.contains("declare_namespace(__name__)")
    }
}
