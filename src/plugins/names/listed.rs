//! Calls that give the classes of a registry, which are known once all that is loaded was looked at: `for model in apps.get_models()`.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use crate::plugins::frameworks::Lists;
use crate::plugins::names::follow::{Defined, Follow, Scope, Thing, What};
use crate::syntax::{Call, Expr, ExprKind};

/// The classes that stand in a registry, by its name; each with the label of its package.
pub(in crate::plugins) type Listed = Vec<(String, String, Rc<Defined>)>;

/// What is known of such registries.
#[derive(Default)]
pub(in crate::plugins) struct Lasting {
    rules: RefCell<Vec<Lists>>,
    listed: RefCell<Option<Rc<Listed>>>,
    is_asked: Cell<bool>,
}

impl Lasting {
    /// Begins with the rules of a framework.
    pub(super) fn begin(&self, rules: &[Lists]) {
        self.rules.borrow_mut().clone_from(&rules.to_vec());
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
        rules.iter().flat_map(|it| &it.never).any(|path| {
            let mut of = expr;
            for name in path.rsplit('.') {
                match &of.kind {
                    ExprKind::Attribute(inner, it) if it == name => of = inner,
                    _ => return false,
                }
            }
            match self.expr(of, scope) {
                Thing::Defined(it) => {
                    matches!(it.what, What::Class(_))
                        && listed.iter().any(|(.., class)| class.path == it.path)
                }
                _ => false,
            }
        })
    }
}
