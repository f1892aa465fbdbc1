//! Methods of classes that somebody calls for each class that derives from them: the interpreter `__init_subclass__`, a framework hooks of its own.
//!
//! ```python
//! class Watched:
//!     def __init_subclass__(cls, **options):
//!         event.listen(cls, "load", cls.loaded)
//! ```

use std::rc::Rc;

use crate::plugins::names::follow::{Defined, Scope, Thing, What};
use crate::plugins::sites::places::Sites;

/// The method that the interpreter calls with each class that derives (data model, "Customizing class creation").
const BY_INTERPRETER: &str = "__init_subclass__";

impl Sites<'_, '_> {
    /// Enters what the classes above a class do with it.
    pub(super) fn derived(&mut self, class: &Rc<Defined>, scope: &Scope, perhaps: Option<u32>) {
        let What::Class(def) = &class.what else {
            return;
        };
        if !scope.is_executed() {
            return;
        }
        let above = def.bases.iter().find_map(|base| {
            let base = self.follow.expr(base, scope);
            self.own_method(&base, BY_INTERPRETER)
        });
        if let Some(method) = above {
            self.with_class(&method, class, scope, perhaps);
        }
        let thing = Thing::Defined(class.clone());
        for hook in self.wanted.for_classes {
            let is_one = hook.having.iter().any(|it| {
                let found = self.follow.attribute(&thing, it);
                !matches!(&found, Thing::Defined(it) if matches!(it.what, What::Name))
            });
            if !is_one {
                continue;
            }
            for name in &hook.method {
                if let Some(method) = self.own_method(&thing, name) {
                    self.with_class(&method, class, scope, perhaps);
                }
            }
        }
    }

    /// A method that a class or one above it has, of a program's own.
    fn own_method(&self, class: &Thing, name: &str) -> Option<Rc<Defined>> {
        match self.follow.attribute(class, name) {
            Thing::Defined(it) if matches!(it.what, What::Function(_)) => Some(it),
            _ => None,
        }
    }

    fn with_class(
        &mut self,
        method: &Rc<Defined>,
        class: &Rc<Defined>,
        scope: &Scope,
        perhaps: Option<u32>,
    ) {
        let (What::Function(def), Some(file)) = (&method.what, &method.file) else {
            return;
        };
        let text = file.text.get(def.start as usize..def.end as usize);
        let is_worthwhile = text.is_some_and(|it| it.contains('(') && self.is_named(it));
        let of_framework = file.name.split('.').next() == Some(self.wanted.module);
        if !is_worthwhile || of_framework || !self.may_enter(&method.path, (scope, 0)) {
            return;
        }
        let receiver = Thing::Defined(class.clone());
        let entered = self.follow.entered(method, Some(receiver), None, true);
        if let Some((body, inner)) = entered {
            self.left -= 1;
            self.entered.push(method.path.clone());
            self.block(&body, &inner, perhaps);
            self.entered.pop();
        }
    }
}
