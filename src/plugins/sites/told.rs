//! Objects in class bodies that a framework tells of the class: a field's `contribute_to_class(cls, name)` may register something for it.
//!
//! ```python
//! class StatusField(models.CharField):
//!     def contribute_to_class(self, cls, name):
//!         class_prepared.connect(self.prepared, sender=cls)
//!         super().contribute_to_class(cls, name)
//! ```

use std::cell::RefCell;
use std::rc::Rc;

use rustc_hash::FxHashMap;

use crate::plugins::files::modules::top;
use crate::plugins::frameworks::Derived;
use crate::plugins::names::follow::{Defined, Frame, Instance, Scope, Thing, What};
use crate::plugins::names::written::said;
use crate::plugins::sites::places::Sites;
use crate::syntax::{ExprKind, StmtKind};

/// How many classes above a class are looked at.
const DEEPEST: u32 = 8;

/// Rules about classes whose objects are told, and which classes of objects have something of their own to do then.
#[derive(Default)]
pub(in crate::plugins) struct Told<'a> {
    /// The rules.
    pub(in crate::plugins) rules: Vec<&'a Derived>,
    /// Whether classes of objects do, by their paths.
    known: RefCell<FxHashMap<String, bool>>,
}

impl<'a> Told<'a> {
    /// Of these rules those that tell objects.
    pub(in crate::plugins) fn of(rules: impl Iterator<Item = &'a Derived>) -> Self {
        Self {
            rules: rules.filter(|it| !it.tells.is_empty()).collect(),
            known: RefCell::default(),
        }
    }
}

impl Sites<'_, '_> {
    /// Enters what the objects in a class body do when they are told of the class.
    pub(super) fn told(&mut self, class: &Rc<Defined>, scope: &Scope, perhaps: Option<u32>) {
        if !scope.is_executed() {
            return;
        }
        for rule in &self.wanted.told.rules {
            let mut bases = rule.bases.iter();
            if bases.any(|it| *it != class.path && self.follow.is_a(&class.path, it)) {
                self.tell(rule, class, class, perhaps, 0);
            }
        }
    }

    fn tell(
        &mut self,
        rule: &Derived,
        of: &Rc<Defined>,
        class: &Rc<Defined>,
        perhaps: Option<u32>,
        depth: u32,
    ) {
        let (What::Class(def), Some(file)) = (&of.what, &of.file) else {
            return;
        };
        let scope = Scope::of(file);
        let inside = scope.within(Frame {
            qualname: of.qualname().to_owned(),
            is_class: true,
            table: self.follow.table(file, def.start, &def.body),
            ..Frame::default()
        });
        for stmt in &def.body {
            let StmtKind::Assign(targets, value) = &stmt.kind else {
                continue;
            };
            let ([target], ExprKind::Call(_)) = (&**targets, &value.kind) else {
                continue;
            };
            let ExprKind::Name(name) = &target.kind else {
                continue;
            };
            let Thing::Instance(object) = self.follow.expr(value, &inside) else {
                continue;
            };
            let mut inherited = rule.inherited.iter();
            let mut is_copied = || inherited.any(|it| self.follow.is_a(&object.class, it));
            if !object.attributes.is_empty()
                || !self.has_own(rule, &object)
                || depth > 0 && !is_copied()
            {
                continue;
            }
            let asked = Instance {
                attributes: rule.tells.clone(),
                ..(*object).clone()
            };
            let Some((method, receiver)) = self.follow.method_of(&asked) else {
                continue;
            };
            let What::Function(function) = &method.what else {
                continue;
            };
            if !self.may_enter(&method.path, (&scope, def.start)) {
                continue;
            }
            let entered = self.follow.entered(&method, receiver, None, true);
            let Some((body, mut inner)) = entered else {
                continue;
            };
            let given = [Thing::Defined(class.clone()), said(name, &scope)];
            let names = function.parameters.iter().skip(1).map(|it| it.name.clone());
            inner.alter(|frame| frame.given.extend(names.zip(given)));
            self.entered.push(method.path.clone());
            self.block(&body, &inner, perhaps);
            self.entered.pop();
        }
        if depth >= DEEPEST {
            return self.note_too_deep(&scope, def.start);
        }
        for base in &def.bases {
            if let Thing::Defined(base) = self.follow.expr(base, &scope)
                && matches!(base.what, What::Class(_))
                && self.follow.is_absent(rule, &base) == Some(true)
            {
                self.tell(rule, &base, class, perhaps, depth + 1);
            }
        }
    }

    /// Whether the class of an object has a method of its own for that, or one of the framework's that registers something.
    fn has_own(&self, rule: &Derived, object: &Instance) -> bool {
        let known = self.wanted.told.known.borrow().get(&object.class).copied();
        if let Some(known) = known {
            return known;
        }
        let asked = Instance {
            attributes: rule.tells.clone(),
            ..object.clone()
        };
        let method = self.follow.method_of(&asked);
        let registers = |it: &Defined| match (&it.what, &it.file) {
            (What::Function(def), Some(file)) => {
                let text = file.text.get(def.start as usize..def.end as usize);
                text.is_some_and(|it| self.is_named(it))
            }
            _ => false,
        };
        let is_own =
            method.is_some_and(|it| top(&it.0.path) != self.wanted.module || registers(&it.0));
        let mut known = self.wanted.told.known.borrow_mut();
        known.insert(object.class.clone(), is_own);
        is_own
    }
}
