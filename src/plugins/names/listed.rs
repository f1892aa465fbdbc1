//! Calls that give the classes of a registry, which are known once all that is loaded was looked at: `for model in apps.get_models()`.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use crate::plugins::frameworks::{Derived, Framework, Lists};
use crate::plugins::names::follow::{Defined, Follow, Scope, Thing, What};
use crate::syntax::{Call, Expr, ExprKind, StmtKind};

/// The classes that stand in a registry, by its name; each with the label of its package.
pub(in crate::plugins) type Listed = Vec<(String, String, Rc<Defined>)>;

/// What is known of such registries.
#[derive(Default)]
pub(in crate::plugins) struct Lasting {
    rules: RefCell<Vec<Lists>>,
    derived: RefCell<Vec<Derived>>,
    listed: RefCell<Option<Rc<Listed>>>,
    is_asked: Cell<bool>,
    objects: RefCell<Vec<Object>>,
}

/// A class of which an object is registered, and whether that certainly is.
pub(in crate::plugins) type Object = (Rc<Defined>, bool);

impl Lasting {
    /// Begins with the rules of a framework.
    pub(super) fn begin(&self, framework: &Framework) {
        self.rules.borrow_mut().clone_from(&framework.lists);
        let derived = framework.registry.iter();
        let derived = derived.filter_map(|it| it.derived.clone());
        *self.derived.borrow_mut() = derived.filter(|it| !it.absent_as.is_empty()).collect();
    }

    /// The classes of objects that code was seen to register when it was gone through before.
    pub(in crate::plugins) fn objects(&self) -> Vec<Object> {
        self.objects.borrow().clone()
    }

    /// Adds such classes; false where none of them is new.
    pub(in crate::plugins) fn add_objects(&self, more: Vec<Object>) -> bool {
        let mut known = self.objects.borrow_mut();
        let before = known.len();
        for (class, is_sure) in more {
            if !known.iter().any(|it| it.0.path == class.path) {
                known.push((class, is_sure));
            }
        }
        known.len() > before
    }

    /// Forgets what is known of a framework that was looked at before.
    pub(in crate::plugins) fn forget(&self) {
        self.objects.borrow_mut().clear();
        self.know(None);
    }

    /// Says what stands in these registries, or that it is not known yet, and that nobody has asked for it.
    pub(in crate::plugins) fn know(&self, listed: Option<Listed>) {
        *self.listed.borrow_mut() = listed.map(Rc::new);
        self.is_asked.set(false);
    }

    /// Whether somebody has asked for one.
    pub(in crate::plugins) fn is_asked(&self) -> bool {
        self.is_asked.get()
    }
}

impl Follow<'_> {
    /// The classes that a call gives because they stand in a registry.
    pub(super) fn given_of_registry(&self, call: &Call, scope: &Scope) -> Option<Thing> {
        let ExprKind::Attribute(_, name) = &call.function.kind else {
            return None;
        };
        let lasting = &self.facts.lasting;
        let rules = lasting.rules.borrow();
        let is_named = |it: &Lists| it.method.iter().any(|it| it == name.as_str());
        if !rules.iter().any(is_named) || !call.arguments.is_empty() || !call.keywords.is_empty() {
            return None;
        }
        let Thing::Instance(callee) = self.expr(&call.function, scope) else {
            return None;
        };
        let rule = rules.iter().find(|rule| {
            rule.method.contains(&callee.attributes)
                && rule.on.iter().any(|class| self.is_a(&callee.class, class))
        })?;
        lasting.is_asked.set(true);
        let listed = lasting.listed.borrow().clone()?;
        let own = if rule.own {
            Some(self.package_of(&callee)?.label)
        } else {
            None
        };
        let of_it = listed.iter().filter(|(registry, label, _)| {
            *registry == rule.of && own.as_ref().is_none_or(|it| it == label)
        });
        let classes = of_it.map(|it| Thing::Defined(it.2.clone())).collect();
        Some(Thing::Several(Rc::new(classes)))
    }

    /// Whether an expression asks for an attribute that is false of each class of such a registry.
    pub(super) fn is_never(&self, expr: &Expr, scope: &Scope) -> bool {
        let rules = self.facts.lasting.rules.borrow();
        let Some(listed) = self.facts.lasting.listed.borrow().clone() else {
            return false;
        };
        let mut never = rules.iter().flat_map(|it| &it.never);
        never.any(|path| {
            self.class_before(expr, path, scope)
                .is_some_and(|it| listed.iter().any(|(.., class)| class.path == it.path))
        })
    }

    /// Whether a class is only there to derive from, where an expression asks for that: `cls._meta.abstract`.
    pub(super) fn asks_absent(&self, expr: &Expr, scope: &Scope) -> Option<bool> {
        let derived = self.facts.lasting.derived.borrow();
        derived.iter().find_map(|rule| {
            let class = self.class_before(expr, &rule.absent_as, scope)?;
            let mut bases = rule.bases.iter();
            bases
                .any(|it| self.is_a(&class.path, it))
                .then(|| self.is_absent(rule, &class))?
        })
    }

    /// Whether a class is only there to derive from, as a flag in it alone says; none where that is not known.
    pub(in crate::plugins) fn is_absent(&self, rule: &Derived, class: &Defined) -> Option<bool> {
        let (What::Class(def), Some(file)) = (&class.what, &class.file) else {
            return Some(false);
        };
        for stmt in &def.body {
            let StmtKind::Class(meta) = &stmt.kind else {
                continue;
            };
            if meta.name != rule.within {
                continue;
            }
            for stmt in &meta.body {
                let (target, value) = match &stmt.kind {
                    StmtKind::Assign(targets, value) => match &**targets {
                        [target] => (target, value),
                        _ => continue,
                    },
                    StmtKind::Annotate(target, _, Some(value)) => (&**target, value),
                    _ => continue,
                };
                if matches!(&target.kind, ExprKind::Name(it) if *it == rule.absent) {
                    return self.decide(value, &Scope::of(file));
                }
            }
        }
        Some(false)
    }

    /// The class of which an expression asks for attributes, one of the other.
    fn class_before(&self, expr: &Expr, path: &str, scope: &Scope) -> Option<Rc<Defined>> {
        let mut of = expr;
        for name in path.rsplit('.') {
            match &of.kind {
                ExprKind::Attribute(inner, it) if it == name => of = inner,
                _ => return None,
            }
        }
        match self.expr(of, scope) {
            Thing::Defined(it) if matches!(it.what, What::Class(_)) => Some(it),
            _ => None,
        }
    }
}
