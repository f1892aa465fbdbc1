//! What a module or a class has that is handed over whole: `pluginmanager.add_hookspecs(hookspecs)`.

use crate::Name;
use crate::plugins::frameworks::By;
use crate::plugins::names::follow::{Scope, Thing, What};
use crate::plugins::rows::matching::Matching;
use crate::plugins::sites::places::Site;

impl Matching<'_, '_> {
    /// The functions of the module or class that a call is handed whose names begin as a way says, in the order of their names.
    pub(super) fn members(&self, by: &By, site: &Site) -> Option<Vec<Thing>> {
        let given = site.arguments()?.arguments.first()?;
        let of = self.follow.settled(given, &site.scope);
        let begins = |it: &&Name| it.starts_with(&by.begins);
        let mut names: Vec<Name>;
        let get: Box<dyn Fn(&Name) -> Thing + '_> = match &of {
            Thing::Module(name) => {
                let file = self.follow.modules.source(name)?;
                names = file.table.names().filter(begins).cloned().collect();
                let scope = Scope::of(&file);
                Box::new(move |name| self.follow.name(name, &scope))
            }
            Thing::Defined(class) => {
                let (What::Class(def), Some(file)) = (&class.what, &class.file) else {
                    return None;
                };
                let table = self.follow.table(file, def.start, &def.body);
                names = table.names().filter(begins).cloned().collect();
                let of = of.clone();
                Box::new(move |name| self.follow.attribute(&of, name))
            }
            _ => return None,
        };
        names.sort();
        let found = names.iter().map(get);
        let is_function =
            |it: &Thing| matches!(it, Thing::Defined(it) if matches!(it.what, What::Function(_)));
        Some(found.filter(is_function).collect())
    }
}
