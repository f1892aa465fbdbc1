//! What a framework registers for functions that have a meaning by their name alone, in modules and classes that it looks at:
//! `setup_module`, `setUpClass`.

use std::rc::Rc;

use crate::plugins::files::modules::File;
use crate::plugins::frameworks::{Rule, StandIn};
use crate::plugins::names::follow::{Defined, Scope, Thing, What, is_same};
use crate::plugins::rows::applied::{Applying, row};
use crate::plugins::rows::matching::Row;
use crate::semantics::{Leads, NamedSort, Registered, RowState};
use crate::syntax::ExprKind;

impl Applying<'_, '_> {
    /// The rows of what stands for such functions; `collected` are the classes that the framework makes instances of.
    pub(super) fn stand_ins(&self, rule: &Rule, collected: &[String]) -> Vec<Row> {
        if rule.stand_ins.is_empty() {
            return vec![];
        }
        let mut rows = vec![];
        let mut modules: Vec<_> = self.own.iter().collect();
        modules.retain(|it| self.is_named_so(rule, it));
        modules.sort();
        let bases = rule.collected.as_ref().map_or(&[][..], |it| &it.bases);
        for file in modules
            .iter()
            .filter_map(|it| self.follow.modules.source(it))
        {
            let scope = Scope::of(&file);
            let of_modules = rule.stand_ins.iter().filter(|it| it.within == "module");
            for it in of_modules {
                let has = |name: &String| self.is_plain(&self.follow.name(name, &scope));
                if it.names.iter().any(has) {
                    rows.push(self.stand_in(it, &file.name, &file));
                }
            }
            // The base itself is one of the classes that a module has, where it imports it.
            let always = |it: &&StandIn| it.names.is_empty() && it.within == "derived class";
            let of_bases = rule.stand_ins.iter().filter(always);
            for it in of_bases {
                let names = self.names_in(&file).into_iter();
                let base = names.filter_map(|name| match self.follow.name(&name, &scope) {
                    Thing::Defined(it) if bases.iter().any(|base| is_same(base, &it.path)) => {
                        Some(it.qualname().to_owned())
                    }
                    _ => None,
                });
                let keys: Vec<String> = base.collect();
                rows.extend(keys.first().map(|key| self.stand_in(it, key, &file)));
            }
        }
        for path in collected {
            let Some((module, qualname)) = path.split_once(':') else {
                continue;
            };
            let Thing::Defined(class) = self.follow.dotted(module, qualname) else {
                continue;
            };
            let (What::Class(_), Some(file)) = (&class.what, &class.file) else {
                continue;
            };
            let is_case = bases.iter().any(|it| self.follow.is_a(path, it));
            let is_skipped = if is_case {
                self.skipped(&class)
            } else {
                Some(false)
            };
            if is_skipped == Some(true) {
                let of_skipped = rule
                    .stand_ins
                    .iter()
                    .filter(|it| it.within == "skipped class");
                // Not all versions have one.
                let there = of_skipped.filter(|it| it.leads.iter().any(|it| self.is_there(it)));
                rows.extend(there.map(|it| self.stand_in(it, qualname, file)));
                continue;
            }
            for it in &rule.stand_ins {
                let is_of = match it.within.as_str() {
                    "class" => true,
                    "plain class" => !is_case,
                    "derived class" => is_case,
                    _ => false,
                };
                let thing = Thing::Defined(class.clone());
                let has = |name: &String| self.is_plain(&self.follow.attribute(&thing, name));
                if is_of && (it.names.is_empty() || it.names.iter().any(has)) {
                    let mut row = self.stand_in(it, qualname, file);
                    if is_skipped.is_none() {
                        let why = "whether its class is skipped hangs on a condition";
                        row.registered.state = RowState::Unknown(String::from(why));
                    }
                    row.defined = Some(class.clone());
                    rows.push(row);
                }
            }
        }
        rows
    }

    /// Whether something is a function that no decorator makes another thing of.
    #[expect(clippy::unused_self, reason = "it stands beside what asks")]
    fn is_plain(&self, thing: &Thing) -> bool {
        let Thing::Defined(it) = thing else {
            return false;
        };
        let (What::Function(def), Some(file)) = (&it.what, &it.file) else {
            return false;
        };
        let text = |start: u32, end: u32| file.text.get(start as usize..end as usize);
        let is_marked = |it: &crate::syntax::Expr| {
            text(it.start, it.end).is_none_or(|it| it.contains("fixture"))
        };
        !def.decorators.iter().any(is_marked)
    }

    /// Whether a class is skipped as a whole, as its decorators say; none where one hangs on a condition.
    fn skipped(&self, class: &Defined) -> Option<bool> {
        let (What::Class(def), Some(file)) = (&class.what, &class.file) else {
            return Some(false);
        };
        let scope = Scope::of(file);
        let mut is_skipped = Some(false);
        for decorator in &def.decorators {
            let (function, call) = match &decorator.kind {
                ExprKind::Call(call) => (&call.function, Some(call)),
                _ => (decorator, None),
            };
            let Thing::Defined(it) = self.follow.expr(function, &scope) else {
                continue;
            };
            let path = it.path.replace(':', ".");
            let condition = call.and_then(|it| it.arguments.first());
            let truth = || condition.and_then(|it| self.follow.decide(it, &scope));
            let skips = match path.as_str() {
                "unittest.skip" | "unittest.case.skip" => Some(true),
                "unittest.skipIf" | "unittest.case.skipIf" => truth(),
                "unittest.skipUnless" | "unittest.case.skipUnless" => truth().map(|it| !it),
                _ => Some(false),
            };
            match skips {
                Some(true) => return Some(true),
                Some(false) => {}
                None => is_skipped = None,
            }
        }
        is_skipped
    }

    /// Whether the installed version has the function that a path names, or around what it names.
    fn is_there(&self, path: &str) -> bool {
        let whole = path.split(".<locals>").next().unwrap_or_default();
        whole.split_once(':').is_some_and(|(module, qualname)| {
            let thing = self.follow.dotted(module, qualname);
            matches!(thing, Thing::Defined(it) if matches!(it.what, What::Function(_)))
        })
    }

    fn stand_in(&self, rule: &StandIn, of: &str, file: &Rc<File>) -> Row {
        // The first that the installed version has.
        let mut paths = rule.leads.iter();
        let path = paths.find(|it| self.is_there(it));
        let path = path.or_else(|| rule.leads.first());
        let leads = Leads::Named {
            sort: NamedSort::Function,
            path: path.cloned().unwrap_or_default(),
            at: None,
        };
        let mut registered = Registered::new(Some(format!("{}{of}", rule.before)), leads);
        registered.at = Some(file.spot(0, 0));
        registered.by = match rule.names.first() {
            Some(name) => format!("{name} of {of}"),
            None => of.to_owned(),
        };
        row(registered)
    }
}
