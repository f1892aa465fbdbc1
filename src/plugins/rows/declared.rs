//! Keys that a class gives which is registered: names in its body, and names of what it says it makes.
//!
//! ```python
//! class StationFactory(Factory):       # station_factory, station
//!     class Meta:
//!         model = Station
//!     height = 10                      # station__height
//! register(StationFactory)
//! ```

use std::rc::Rc;

use crate::plugins::names::follow::{Defined, Scope, Thing, What};
use crate::plugins::rows::keys::Keyed;
use crate::plugins::rows::matching::Matching;
use crate::plugins::sites::places::Site;
use crate::syntax::{Expr, ExprKind, StmtKind};

/// How far bases of bases are looked at.
const DEEPEST: usize = 16;

impl Matching<'_, '_> {
    /// The name, with underscores, of the class that a site registers, or of what that has under a path: `self`, `Meta.model`.
    pub(super) fn underscored(&self, path: &str, site: &Site) -> Option<String> {
        let mut thing = Thing::Defined(self.class_registered(site)?);
        for name in path.split('.').filter(|it| *it != "self") {
            thing = self.follow.attribute(&thing, name);
        }
        match thing {
            Thing::Defined(it) if matches!(it.what, What::Class(_)) => {
                let name = it.qualname().rsplit('.').next()?;
                Some(underscore(name))
            }
            _ => None,
        }
    }

    /// The names in the body of that class, and in those of the project's classes above it, that hold something.
    pub(super) fn declared(&self, site: &Site) -> Option<Vec<Keyed>> {
        let mut names: Vec<String> = vec![];
        self.names_declared(&self.class_registered(site)?, &mut names, 0);
        let keys = names.into_iter().map(|it| (Some(it), true, None));
        Some(keys.collect())
    }

    fn names_declared(&self, class: &Rc<Defined>, names: &mut Vec<String>, depth: usize) {
        let (What::Class(def), Some(file)) = (&class.what, &class.file) else {
            return;
        };
        if depth > DEEPEST || !file.is_project {
            return;
        }
        let scope = Scope::of(file);
        for base in &def.bases {
            if let Thing::Defined(base) = self.follow.expr(base, &scope) {
                self.names_declared(&base, names, depth + 1);
            }
        }
        let named = |it: &Expr| match &it.kind {
            ExprKind::Name(name) => Some(name.to_string()),
            _ => None,
        };
        for stmt in &def.body {
            let found = match &stmt.kind {
                StmtKind::Assign(targets, _) => targets.iter().filter_map(named).collect(),
                StmtKind::Annotate(target, _, Some(_)) => named(target).into_iter().collect(),
                StmtKind::Function(def) => {
                    let is_of_class = |it: &Expr| matches!(&it.kind, ExprKind::Name(it) if matches!(it.as_str(), "classmethod" | "staticmethod"));
                    let mut decorators = def.decorators.iter();
                    let is_of_class = decorators.any(is_of_class);
                    (!is_of_class)
                        .then(|| def.name.to_string())
                        .into_iter()
                        .collect()
                }
                _ => vec![],
            };
            for name in found {
                if !name.starts_with('_') && !names.contains(&name) {
                    names.push(name);
                }
            }
        }
    }

    /// The class that a call is handed first, or that it decorates.
    fn class_registered(&self, site: &Site) -> Option<Rc<Defined>> {
        let class = if let Some(decorated) = &site.decorated {
            decorated.clone()
        } else {
            let given = site.arguments()?.arguments.first()?;
            self.follow.settled(given, &site.scope).defined()?.clone()
        };
        matches!(class.what, What::Class(_)).then_some(class)
    }
}

/// `HTTPStation` is `http_station` (`inflection.underscore`).
fn underscore(name: &str) -> String {
    let letters: Vec<char> = name.chars().collect();
    let mut found = String::new();
    for (at, letter) in letters.iter().enumerate() {
        let before = at.checked_sub(1).and_then(|at| letters.get(at));
        let behind = letters.get(at + 1);
        let begins = letter.is_ascii_uppercase()
            && before.is_some_and(|before| {
                let is_small = before.is_ascii_lowercase() || before.is_ascii_digit();
                let ends_large = before.is_ascii_uppercase() || before.is_ascii_digit();
                is_small || ends_large && behind.is_some_and(char::is_ascii_lowercase)
            });
        if begins {
            found.push('_');
        }
        found.push(if *letter == '-' {
            '_'
        } else {
            letter.to_ascii_lowercase()
        });
    }
    found
}
