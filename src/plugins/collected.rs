//! Classes of which a framework makes instances because of their names and bases: what stands in any other one counts nowhere.

use std::rc::Rc;

use rustc_hash::FxHashSet;

use crate::Name;
use crate::plugins::applied::Applying;
use crate::plugins::follow::{Defined, Follow, Scope, Thing, What};
use crate::plugins::frameworks::{Collected, Rule};
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

/// Whether what stands in a class counts: where an instance of it, or of one that derives from it, is registered or made.
pub(super) fn of_class(
    follow: &Follow<'_>,
    registered: &[(Rc<Defined>, RowState)],
    collected: &[String],
    class: Option<String>,
) -> RowState {
    let Some(class) = class else {
        return RowState::Alive;
    };
    if collected.iter().any(|it| follow.is_a(it, &class)) {
        return RowState::Alive;
    }
    let of = registered
        .iter()
        .filter(|it| follow.is_a(&it.0.path, &class))
        .map(|it| &it.1);
    let states: Vec<&RowState> = of.collect();
    if states.contains(&&RowState::Alive) {
        return RowState::Alive;
    }
    let why = "counts where its class, or one that derives from it, is collected or registered";
    states
        .first()
        .map_or_else(|| RowState::Unknown(String::from(why)), |&it| it.clone())
}
