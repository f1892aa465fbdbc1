//! Classes that a text names by the label of a package and their own name: `"shop.Item"`, and calls that give the class of such a name.
//!
//! ```python
//! apps.get_model("shop.Item")
//! apps.get_model("shop", "Item")
//! self.get_model("Item")          # of the class that says more of the package
//! ```

use std::rc::Rc;

use crate::Name;
use crate::plugins::frameworks::Named;
use crate::plugins::names::calls::keyword;
use crate::plugins::names::follow::{Follow, Instance, Scope, Thing, What, is_same};
use crate::plugins::names::written::said;
use crate::syntax::{Call, ExprKind};

/// A package that is loaded.
#[derive(Clone)]
pub(in crate::plugins) struct Package {
    /// What it is called.
    pub(in crate::plugins) label: String,
    /// The module.
    pub(in crate::plugins) module: Name,
    /// The path of the class that says more of it; empty where there is none.
    pub(in crate::plugins) class: String,
}

/// How the name of an object begins that says more of a package,
const OBJECT: &str = "package ";

/// and what stands for the name of each of them.
pub(in crate::plugins) const EACH: &str = "<package>";

impl Follow<'_> {
    /// The class that a call gives by its name.
    pub(super) fn given_by_name(&self, call: &Call, scope: &Scope) -> Option<Thing> {
        let ExprKind::Attribute(_, name) = &call.function.kind else {
            return None;
        };
        if !self.facts.names_classes(name) {
            return None;
        }
        let Thing::Instance(callee) = self.expr(&call.function, scope) else {
            return None;
        };
        let rule = self.facts.named().into_iter().find(|rule| {
            rule.method.contains(&callee.attributes)
                && rule.on.iter().any(|class| self.is_a(&callee.class, class))
        })?;
        let given = |at: usize| {
            let name = rule.arguments.get(at)?;
            let by_name = || keyword(call, name);
            let given = call.arguments.get(at).or_else(by_name)?;
            self.text(given, scope)
        };
        let first = given(0)?;
        if rule.own {
            let package = self.package_of(&callee)?;
            return self.class_in(&package, &rule, &first);
        }
        match given(1) {
            Some(name) => {
                let package = self.facts.package(&first)?;
                self.class_in(&package, &rule, &name)
            }
            None if call.arguments.len() > 1 => None,
            None => self.class_named(&first),
        }
    }

    /// The class that a text names: `shop.Item`.
    pub(in crate::plugins) fn class_named(&self, text: &str) -> Option<Thing> {
        let rule = self.facts.named().into_iter().next()?;
        let (label, name) = text.split_once('.')?;
        let package = self.facts.package(label)?;
        self.class_in(&package, &rule, name)
    }

    /// The label of the package that a class stands in.
    pub(in crate::plugins) fn label_of(&self, module: &str) -> Option<String> {
        let packages = self.facts.packages();
        let is_around = |it: &&Package| {
            let rest = module.strip_prefix(it.module.as_str());
            rest.is_some_and(|it| it.is_empty() || it.starts_with('.'))
        };
        let around = packages.iter().filter(is_around);
        let innermost = around.max_by_key(|it| it.module.len())?;
        Some(innermost.label.clone())
    }

    /// The package of which an object says more: one that a call gives for its label, else the one of its class.
    pub(super) fn package_of(&self, of: &Instance) -> Option<Package> {
        if of.object == EACH {
            return Some(Package {
                label: EACH.to_owned(),
                module: EACH.into(),
                class: String::new(),
            });
        }
        if let Some(label) = of.object.strip_prefix(OBJECT) {
            return self.facts.package(label);
        }
        let mut packages = self.facts.packages().into_iter();
        packages.find(|it| is_same(&it.class, &of.class))
    }

    /// The objects that say more of packages: of the one whose label a call names, or of all. Where these are not known yet, one stands for
    /// each.
    pub(super) fn objects_of_packages(&self, call: &Call, scope: &Scope) -> Option<Thing> {
        let ExprKind::Attribute(of, method) = &call.function.kind else {
            return None;
        };
        let rule = self.facts.packaging()?;
        let is_one = *method == rule.one && call.arguments.len() == 1;
        if !is_one && (*method != rule.all || !call.arguments.is_empty()) {
            return None;
        }
        let Thing::Instance(of) = self.expr(of, scope) else {
            return None;
        };
        if !of.attributes.is_empty() || !rule.on.iter().any(|it| self.is_a(&of.class, it)) {
            return None;
        }
        let object = |package: &Package| {
            let class = match package.class.as_str() {
                "" => rule.class.clone(),
                class => class.to_owned(),
            };
            Thing::Instance(Rc::new(Instance {
                class,
                object: match package.label.as_str() {
                    EACH => EACH.to_owned(),
                    label => format!("{OBJECT}{label}"),
                },
                call: None,
                attributes: String::new(),
                of: None,
            }))
        };
        if is_one {
            let label = self.text(&call.arguments[0], scope)?;
            return Some(object(&self.facts.package(&label)?));
        }
        let packages = if self.facts.is_each.get() {
            vec![Package {
                label: EACH.to_owned(),
                module: EACH.into(),
                class: String::new(),
            }]
        } else {
            self.facts.packages()
        };
        Some(Thing::Several(Rc::new(
            packages.iter().map(object).collect(),
        )))
    }

    /// What such an object has under a name: the name of its package, and the label.
    pub(super) fn of_package(&self, of: &Instance, name: &str, scope: &Scope) -> Option<Thing> {
        if of.object != EACH && !of.object.starts_with(OBJECT) {
            return None;
        }
        let rule = self.facts.packaging()?;
        let package = self.package_of(of)?;
        if name == rule.name {
            Some(said(&package.module, scope))
        } else if name == rule.label {
            Some(said(&package.label, scope))
        } else {
            None
        }
    }

    /// A class of a package, whatever the case of its name.
    fn class_in(&self, package: &Package, rule: &Named, name: &str) -> Option<Thing> {
        let module = format!("{}.{}", package.module, rule.inside);
        let mut files = vec![self.modules.source(&module)?];
        if files[0].package {
            let inside = self.modules.inside(&module).into_iter();
            let inside = inside.filter_map(|it| self.modules.source(&format!("{module}.{it}")));
            files.extend(inside);
        }
        files.iter().find_map(|file| {
            let mut names = file.table.names();
            let own = names.find(|it| it.eq_ignore_ascii_case(name));
            // What a star brings has the case in which it is asked for.
            let thing = self.global(own.map_or(name, |it| it), file, None);
            matches!(&thing, Thing::Defined(it) if matches!(it.what, What::Class(_)))
                .then_some(thing)
        })
    }
}
