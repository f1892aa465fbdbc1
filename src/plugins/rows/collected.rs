//! Classes of which a framework makes instances because of their names and bases: what stands in any other one counts nowhere.

use std::rc::Rc;

use rustc_hash::FxHashSet;

use crate::Name;
use crate::plugins::frameworks::{Collected, Rule};
use crate::plugins::names::follow::{Defined, Follow, Scope, Thing, What};
use crate::plugins::rows::applied::{Applying, class_around};
use crate::plugins::rows::matching::Row;
use crate::plugins::rows::methods::Object;
use crate::plugins::sites::places::Site;
use crate::semantics::RowState;
use crate::syntax::{ExprKind, Literal};

impl Applying<'_, '_> {
    /// The paths of the classes of which a framework makes instances, each once.
    pub(super) fn collected(&self, rule: &Rule, by: &Collected) -> Vec<String> {
        let is_named = |module: &&Name| self.is_named_so(rule, module);
        let mut modules: Vec<&Name> = self.own.iter().filter(is_named).collect();
        modules.sort();
        let mut found: Vec<String> = vec![];
        let mut met: FxHashSet<String> = FxHashSet::default();
        for module in modules {
            let Some(file) = self.follow.modules.source(module) else {
                continue;
            };
            let scope = Scope::of(&file);
            let mut waiting: Vec<Rc<Defined>> = vec![];
            for name in self.names_in(&file) {
                if let Thing::Defined(class) = self.follow.name(&name, &scope)
                    && self.is_collected((rule, by), &name, &class)
                {
                    waiting.push(class);
                }
            }
            while let Some(class) = waiting.pop() {
                if !met.insert(class.path.clone()) {
                    continue;
                }
                found.push(class.path.clone());
                // Classes inside of one are looked at in the same way.
                let (What::Class(def), Some(file)) = (&class.what, &class.file) else {
                    continue;
                };
                let table = self.follow.table(file, def.start, &def.body);
                for name in table.names() {
                    let thing = self.follow.attribute(&Thing::Defined(class.clone()), name);
                    if let Thing::Defined(inner) = thing
                        && self.is_collected((rule, by), name, &inner)
                    {
                        waiting.push(inner);
                    }
                }
            }
        }
        found
    }

    /// The same row for each other object that is certainly registered and has the method that a row leads to; each then says of which one it is.
    pub(super) fn of_others(&self, registered: &[Object], row: &mut Row) -> Vec<Row> {
        let Some(defined) = row.defined.clone() else {
            return vec![];
        };
        let around = defined.path.rfind('.').map(|at| &defined.path[..at]);
        let Some(class) = around.filter(|it| it.contains(':')) else {
            return vec![];
        };
        let alive = registered.iter().filter(|it| it.1 == RowState::Alive);
        let having = alive.filter(|it| {
            self.follow.is_a(&it.0.path, class) && has_it(self.follow, &it.0, class, Some(&defined))
        });
        let having: Vec<&Object> = having.collect();
        let [first, others @ ..] = &having[..] else {
            return vec![];
        };
        if others.is_empty() {
            return vec![];
        }
        row.of = Some(first.0.path.clone());
        let others = others.iter().enumerate().map(|(at, (class, _, known_as))| {
            let is_another = having[..=at].iter().any(|it| it.0.path == class.path);
            let known_as = known_as.as_ref().filter(|_| is_another);
            let of = match known_as {
                Some(known_as) => format!("{} {known_as}", class.path),
                None => class.path.clone(),
            };
            Row {
                of: Some(of),
                ..row.clone()
            }
        });
        others.collect()
    }

    /// What stands in a method that waits to be called counts where its object is registered.
    pub(super) fn of_method(&self, site: &Site, registered: &[Object]) -> RowState {
        match class_around(site).filter(|_| !site.is_executed()) {
            Some(class) => of_class(self.follow, registered, &[], (Some(class), None)),
            None => RowState::Alive,
        }
    }

    fn is_collected(
        &self,
        (rule, by): (&Rule, &Collected),
        name: &str,
        class: &Rc<Defined>,
    ) -> bool {
        if !matches!(class.what, What::Class(_)) {
            return false;
        }
        let thing = Thing::Defined(class.clone());
        let has = |name: &str| match self.follow.attribute(&thing, name) {
            Thing::Defined(it) => !matches!(it.what, What::Name),
            _ => false,
        };
        let is_barred = match self.follow.attribute(&thing, &by.unless) {
            Thing::Value(_, value) => {
                matches!(value.kind, ExprKind::Literal(Literal::Bool(false)))
            }
            _ => false,
        };
        let mut bases = by.bases.iter();
        let is_of_bases = bases.any(|it| self.follow.is_a(&class.path, it) && class.path != **it);
        !is_barred
            && (is_of_bases
                || self.collecting(rule).has_class(name) && !by.without.iter().any(|it| has(it)))
    }
}

/// Whether a class has what another one, from which it derives, has under a name; it may have another one itself.
fn has_it(
    follow: &Follow<'_>,
    of: &Rc<Defined>,
    class: &str,
    defined: Option<&Rc<Defined>>,
) -> bool {
    let Some(own) = defined.filter(|_| of.path != class) else {
        return true;
    };
    let name = own.path.rsplit('.').next().unwrap_or_default();
    match follow.attribute(&Thing::Defined(of.clone()), name) {
        Thing::Defined(found) => !matches!(found.what, What::Function(_)) || found.path == own.path,
        _ => true,
    }
}

/// Whether what stands in a class counts: where an instance of it, or of one that derives from it, is registered or made.
pub(super) fn of_class(
    follow: &Follow<'_>,
    registered: &[Object],
    collected: &[String],
    (class, defined): (Option<String>, Option<&Rc<Defined>>),
) -> RowState {
    let Some(class) = class else {
        return RowState::Alive;
    };
    let has_it = |of: &Rc<Defined>| has_it(follow, of, &class, defined);
    let class_at = |path: &str| {
        let (module, name) = path.split_once(':')?;
        follow.dotted(module, name).defined().cloned()
    };
    let is_of =
        |path: &String| follow.is_a(path, &class) && class_at(path).is_none_or(|it| has_it(&it));
    if collected.iter().any(is_of) {
        return RowState::Alive;
    }
    let below = registered
        .iter()
        .filter(|it| follow.is_a(&it.0.path, &class));
    let below: Vec<_> = below.collect();
    let having = below.iter().filter(|it| has_it(&it.0)).map(|it| &it.1);
    let states: Vec<&RowState> = having.collect();
    if states.is_empty()
        && let Some(over) = below.first()
    {
        return RowState::Dead(format!("overridden in {}", over.0.path));
    }
    if states.contains(&&RowState::Alive) {
        return RowState::Alive;
    }
    let why = "counts where its class, or one that derives from it, is collected or registered";
    states
        .first()
        .map_or_else(|| RowState::Unknown(String::from(why)), |&it| it.clone())
}
