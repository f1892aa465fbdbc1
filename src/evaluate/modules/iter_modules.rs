//! `pkgutil.iter_modules` and `walk_packages`: the modules that stand in the folders of a package.

use std::path::PathBuf;

use crate::evaluate::language::iteration::{Iterator as Iterating, Source};
use crate::evaluate::machine::asked::Asked;
use crate::evaluate::machine::run::{Eval, Run};
use crate::evaluate::machine::value::{Instance, Object, Value};
use crate::semantics::Why;

/// How many modules are told of.
const MOST: usize = 2_000;

impl Run<'_, '_> {
    /// `pkgutil.iter_modules(path, prefix)`: for each module in these folders its finder, its name and whether it is a package, by name. With
    /// `walks` packages are imported and gone into, as `pkgutil.walk_packages` does. None where the folders are not known; without any, which are those
    /// of `sys.path`, that depends on where the program is started.
    ///
    /// ```py
    /// for module in pkgutil.iter_modules(shop.plugins.__path__, "shop.plugins."):
    ///     importlib.import_module(module.name)
    /// ```
    pub(crate) fn modules_in_folders(
        &mut self,
        asked: &Asked<'_>,
        walks: bool,
    ) -> Eval<Option<Value>> {
        let arguments = &asked.arguments;
        let prefix = match arguments.get(1, "prefix") {
            None => String::new(),
            Some(Value::Str(prefix)) => prefix.to_string(),
            Some(_) => return Ok(None),
        };
        let path = arguments
            .get(0, "path")
            .filter(|it| !matches!(it, Value::Str(_)))
            .cloned();
        let (Some(path), false) = (path, arguments.is_open()) else {
            return Ok(None);
        };
        let mut items = vec![];
        if self
            .modules_below(&path, &prefix, walks, asked, &mut items)?
            .is_none()
        {
            return Ok(None);
        }
        let iterator = Iterating {
            class: Some(self.known.generator),
            source: Source::Items {
                items: items.into(),
                at: 0,
                open: false,
            },
        };
        Ok(Some(self.allocate(Object::Iterator(Box::new(iterator)))))
    }

    fn modules_below(
        &mut self,
        path: &Value,
        prefix: &str,
        walks: bool,
        asked: &Asked<'_>,
        items: &mut Vec<Value>,
    ) -> Eval<Option<()>> {
        let (folders, is_open) = self.iterate(path);
        let folders: Option<Vec<PathBuf>> = folders
            .iter()
            .map(|it| Some(PathBuf::from(self.str_of(it)?.as_str())))
            .collect();
        let (Some(folders), false) = (folders, is_open) else {
            return Ok(None);
        };
        let Some(class) = self.world.facts.class("pkgutil", "ModuleInfo") else {
            return Ok(None);
        };
        for (name, is_package) in self.world.project.names_in(&folders) {
            if items.len() >= MOST {
                return Ok(None);
            }
            let name = format!("{prefix}{name}");
            let finder = self.gap(Why::NotFollowed, "the finder of a module", asked.at);
            let parts = vec![finder, Value::str(&name), Value::Bool(is_package)];
            let mut info = Instance::of(class);
            info.payload = Some(Value::tuple(parts));
            items.push(self.allocate(Object::Instance(info)));
            if walks && is_package {
                let module = self.import(&name, asked.at)?;
                let below = self.module_name(module, &crate::Name::const_new("__path__"));
                let Some(below) = below else { continue };
                let inside = format!("{name}.");
                if self
                    .modules_below(&below, &inside, walks, asked, items)?
                    .is_none()
                {
                    return Ok(None);
                }
            }
        }
        Ok(Some(()))
    }
}
