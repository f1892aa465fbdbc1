//! What marks functions for objects of one project, and what those objects are handed: a marker of another project, and a class that nobody
//! hands over, have no part in it.

use std::rc::Rc;

use rustc_hash::FxHashSet;

use crate::Name;
use crate::plugins::files::modules::File;
use crate::plugins::frameworks::{Classes, Rule};
use crate::plugins::names::follow::{Defined, Instance, Thing, What};
use crate::plugins::rows::applied::Applying;
use crate::plugins::rows::matching::Row;
use crate::plugins::sites::places::Site;
use crate::semantics::RowState;
use crate::syntax::ExprKind;

/// What is known of the objects that a registry's rule tells of.
#[derive(Debug, Default)]
pub(super) struct Projects {
    /// The names of their projects; none where one is not known.
    names: Option<FxHashSet<String>>,
    /// The paths of modules and classes that they are handed; none where one is not known, or none is handed anything.
    handed: Option<FxHashSet<String>>,
}

impl Applying<'_, '_> {
    /// What all sites say of the objects of a rule.
    pub(super) fn projects(&self, rule: &Rule) -> Projects {
        let Some(by) = &rule.classes else {
            return Projects::default();
        };
        let mut names: Option<FxHashSet<String>> = Some(FxHashSet::default());
        let mut handed: Option<FxHashSet<String>> = Some(FxHashSet::default());
        for site in self.sites {
            let Thing::Instance(of) = &site.callee else {
                continue;
            };
            let is_seen = self.own.contains(&site.root) || self.loads.hosts.contains(&site.root);
            if !is_seen || !by.on.iter().any(|class| self.follow.is_a(&of.class, class)) {
                continue;
            }
            // One that is handed about is made elsewhere.
            if of.call.is_some() {
                names = names.and_then(|mut it| {
                    it.insert(self.project_of(of)?);
                    Some(it)
                });
            }
            if by.handed && by.method.contains(&of.attributes) {
                handed = handed.and_then(|mut it| {
                    it.insert(self.handed_path(site)?);
                    Some(it)
                });
            }
        }
        Projects {
            names: names.filter(|it| !it.is_empty() && !by.markers.is_empty()),
            handed: handed.filter(|it| !it.is_empty()),
        }
    }

    /// What speaks against a site that is one of a marker: another project, or that nobody hands over where it stands.
    pub(super) fn of_projects(
        &self,
        rule: &Rule,
        site: &Site,
        known: &Projects,
    ) -> Option<RowState> {
        let by: &Classes = rule.classes.as_ref()?;
        if let (Some(names), Thing::Instance(marker)) = (&known.names, &site.callee)
            && by
                .markers
                .iter()
                .any(|it| self.follow.is_a(&marker.class, it))
            && let Some(name) = self.project_of(marker)
            && !names.contains(&name)
        {
            let why = format!("marks for the project `{name}`, of which no manager is seen");
            return Some(RowState::Unknown(why));
        }
        let handed = known.handed.as_ref()?;
        let module = &site.scope.file.name;
        let around = site.scope.frames.iter().rev().find(|it| it.is_class);
        let is_handed = match around {
            Some(class) => {
                let path = format!("{module}:{}", class.qualname);
                handed
                    .iter()
                    .any(|it| *it == path || self.follow.is_a(it, &path))
            }
            None => handed.contains(module.as_str()),
        };
        (!is_handed).then(|| {
            RowState::Unknown(format!(
                "counts where it is handed to `{}`",
                by.method.join("`, `")
            ))
        })
    }

    /// Whether a module that is registered has what a row leads to from the module of it: `from .impl import start`.
    pub(super) fn is_imported_by_registered(&self, row: &Row, file: &Rc<File>) -> bool {
        let defined = row.defined.as_ref();
        defined.is_some_and(|it| self.importing(it, file).next().is_some())
    }

    /// The modules that are registered and have what another one defines from there.
    pub(super) fn importing(
        &self,
        defined: &Defined,
        file: &Rc<File>,
    ) -> impl Iterator<Item = &Name> {
        let name = Name::from(defined.qualname());
        let registered = self.loads.modules.iter();
        let registered = registered.filter(|it| self.loads.is_registered(it));
        registered.filter(move |module| {
            let of = self.follow.modules.source(module);
            of.is_some_and(|of| {
                let found = self.follow.comes_from(&of, &name, 0);
                of.name != file.name
                    && found.is_some_and(|it| it.0.name == file.name && it.1 == name)
            })
        })
    }

    /// The path of the module or class that a call is handed.
    fn handed_path(&self, site: &Site) -> Option<String> {
        let call = site.arguments()?;
        let first = call
            .arguments
            .first()
            .or_else(|| Some(&call.keywords.first()?.1))?;
        match self.follow.settled(first, &site.scope) {
            Thing::Module(module) => Some(module.to_string()),
            Thing::Defined(it) if matches!(it.what, What::Class(_)) => Some(it.path.clone()),
            Thing::Instance(it) if it.attributes.is_empty() => Some(it.class.clone()),
            _ => None,
        }
    }

    /// The name of the project that an object is made with.
    fn project_of(&self, of: &Instance) -> Option<String> {
        let mut of = of.clone();
        of.attributes.clear();
        let (made, scope) = self.follow.made_by(&of)?;
        let ExprKind::Call(made) = &made.kind else {
            return None;
        };
        let first = made
            .arguments
            .first()
            .or_else(|| Some(&made.keywords.first()?.1))?;
        Some(self.follow.text(first, &scope)?.to_string())
    }
}
