//! Classes that a framework keeps because they derive from one of its own, under the label of the package they stand in.
//!
//! ```python
//! class Item(models.Model):                      # shop.Item
//!     tags = models.ManyToManyField("Tag")       # shop.Item_tags
//!     class Meta:
//!         app_label = "shop"
//! ```

use std::rc::Rc;
use std::sync::Arc;

use rustc_hash::FxHashSet;

use crate::Name;
use crate::plugins::files::modules::File;
use crate::plugins::frameworks::Derived;
use crate::plugins::names::calls::keyword;
use crate::plugins::names::follow::{Defined, Scope, Thing, What, is_same};
use crate::plugins::rows::applied::{Applying, row};
use crate::plugins::rows::matching::Row;
use crate::semantics::{Leads, NamedSort, Registered, RowState};
use crate::syntax::{Block, ClassDef, ExprKind, StmtKind};

/// How far bases of bases are looked at.
const DEEPEST: usize = 16;

/// A class statement, and where the condition stands on which it hangs.
type Stated = (Arc<ClassDef>, Option<u32>);

impl Applying<'_, '_> {
    /// A row for each class below a framework's own, in the modules that are imported.
    pub(super) fn derived(&self, rule: &Derived) -> Vec<Row> {
        let mut own: Vec<&Name> = self.own.iter().collect();
        own.sort();
        let all = self.loads.modules.iter().chain(own);
        let mut seen: FxHashSet<&Name> = FxHashSet::default();
        let mut rows = vec![];
        for module in all.chain(&self.loads.reached) {
            if !seen.insert(module) {
                continue;
            }
            let Some(file) = self.follow.modules.source(module) else {
                continue;
            };
            let around = self.follow.label_of(module);
            if file.text.contains("type(") || file.is_project {
                let from = rows.len();
                self.made_by_calls(rule, &file, around.as_deref(), &mut rows);
                for row in &mut rows[from..] {
                    let unsure = self.loads.unsure.get(module);
                    let unsure = unsure.or_else(|| self.loads.perhaps_reached.get(module));
                    if let Some(why) = unsure {
                        row.registered.state = RowState::Unknown(why.clone());
                    }
                }
            }
            if !file.text.contains("class ")
                || around.is_none() && !file.text.contains(rule.label.as_str())
            {
                continue;
            }
            let mut stated = vec![];
            self.stated(&file.syntax.body, &Scope::of(&file), None, &mut stated);
            for (def, perhaps) in stated {
                let from = rows.len();
                self.of_class(rule, (&def, &file), around.as_deref(), &mut rows);
                for row in &mut rows[from..] {
                    let unsure = self.loads.unsure.get(module);
                    let unsure = unsure.or_else(|| self.loads.perhaps_reached.get(module));
                    let on = |at: u32| format!("hangs on a condition: line {}", file.line(at));
                    let why = unsure.cloned().or_else(|| perhaps.map(on));
                    if let (Some(why), RowState::Alive) = (why, &row.registered.state) {
                        row.registered.state = RowState::Unknown(why);
                    }
                }
            }
        }
        rows
    }

    /// The class statements of a module that may be executed when it is imported.
    fn stated(&self, block: &Block, scope: &Scope, perhaps: Option<u32>, found: &mut Vec<Stated>) {
        for stmt in block {
            match &stmt.kind {
                StmtKind::Class(def) => found.push((def.clone(), perhaps)),
                StmtKind::If(branches) => {
                    for (block, hangs) in self.follow.may_be_taken(branches, scope).0 {
                        let perhaps = perhaps.or(hangs.then_some(stmt.start));
                        self.stated(block, scope, perhaps, found);
                    }
                }
                kind => kind.blocks(&mut |block| {
                    self.stated(block, scope, perhaps.or(Some(stmt.start)), found);
                }),
            }
        }
    }

    /// The rows of one class: its own, and those of the classes that are made beside it.
    fn of_class(
        &self,
        rule: &Derived,
        (def, file): (&Arc<ClassDef>, &Rc<File>),
        around: Option<&str>,
        rows: &mut Vec<Row>,
    ) {
        let path = format!("{}:{}", file.name, def.name);
        let is_below = |base: &String| !is_same(base, &path) && self.follow.is_a(&path, base);
        if !rule.bases.iter().any(is_below) {
            return;
        }
        let class = Rc::new(Defined {
            path,
            what: What::Class(def.clone()),
            file: Some(file.clone()),
        });
        let is_absent = self.follow.is_absent(rule, &class);
        let is_swapped = rule.swapped.split_once(' ').is_some_and(|(at, settings)| {
            let thing = Thing::Defined(class.clone());
            self.follow.is_swapped(&thing, at, settings)
        });
        if is_absent == Some(true) || is_swapped {
            return;
        }
        let said = self.label_said(rule, &class, 0);
        let Some(label) = said.as_deref().or(around) else {
            return;
        };
        let mut add = |key: String, leads: Leads, at| {
            let mut registered = Registered::new(Some(key), leads);
            registered.at = Some(at);
            registered.distribution = self.follow.modules.distribution(file);
            registered.by = file.name.to_string();
            if is_absent.is_none() {
                let why = format!("whether it is {} is not known", rule.absent);
                registered.state = RowState::Unknown(why);
            }
            let mut row = row(registered);
            row.defined = Some(class.clone());
            rows.push(row);
        };
        let leads = self.leads(&Thing::Defined(class.clone()));
        let at = file.spot(def.name_at.0, def.end);
        add(format!("{label}.{}", def.name), leads, at);
        for (name, start, end, of) in self.made_beside(rule, &class, 0) {
            let leads = Leads::Named {
                sort: NamedSort::Class,
                path: format!("{}_{name}", class.path),
                at: None,
            };
            add(
                format!("{label}.{}_{name}", def.name),
                leads,
                of.spot(start, end),
            );
        }
    }

    /// The label that a class says, or one that is only there to derive from.
    fn label_said(&self, rule: &Derived, class: &Rc<Defined>, depth: usize) -> Option<String> {
        let (What::Class(def), Some(file)) = (&class.what, &class.file) else {
            return None;
        };
        let has_own = |stmt: &crate::syntax::Stmt| matches!(&stmt.kind, StmtKind::Class(it) if it.name == rule.within);
        if def.body.iter().any(has_own) {
            let meta = self
                .follow
                .attribute(&Thing::Defined(class.clone()), &rule.within);
            let label = self.follow.attribute(&meta, &rule.label);
            return Some(self.follow.text_of(&label)?.to_string());
        }
        if depth >= DEEPEST {
            return None;
        }
        let scope = Scope::of(file);
        let mut bases = def.bases.iter();
        bases.find_map(|base| match self.follow.expr(base, &scope) {
            Thing::Defined(base) if self.follow.is_absent(rule, &base) == Some(true) => {
                self.label_said(rule, &base, depth + 1)
            }
            _ => None,
        })
    }

    /// The attributes of a class, and of those above it that are only there to derive from, with which a class of its own is made; each with
    /// where it stands.
    fn made_beside(
        &self,
        rule: &Derived,
        class: &Rc<Defined>,
        depth: usize,
    ) -> Vec<(Name, u32, u32, Rc<File>)> {
        let (What::Class(def), Some(file)) = (&class.what, &class.file) else {
            return vec![];
        };
        let mut found = vec![];
        let scope = Scope::of(file);
        for stmt in &def.body {
            if let StmtKind::Assign(targets, value) = &stmt.kind
                && let [target] = &**targets
                && let ExprKind::Name(name) = &target.kind
                && let ExprKind::Call(call) = &value.kind
                && keyword(call, &rule.beside_without).is_none()
                && let Thing::Defined(made) = self.follow.expr(&call.function, &scope)
                && rule
                    .beside
                    .iter()
                    .any(|it| is_same(it, &made.path) || self.follow.is_a(&made.path, it))
            {
                found.push((name.clone(), stmt.start, stmt.end, file.clone()));
            }
        }
        for base in def.bases.iter().filter(|_| depth < DEEPEST) {
            if let Thing::Defined(base) = self.follow.expr(base, &scope)
                && self.follow.is_absent(rule, &base) == Some(true)
            {
                found.extend(self.made_beside(rule, &base, depth + 1));
            }
        }
        found
    }
}
