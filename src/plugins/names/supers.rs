//! What `super()` leads to: the methods of the classes behind the one around, in the order of the receiver's own.
//!
//! ```python
//! class Hub(Consumer):
//!     def __init__(self, name):
//!         super().__init__(name, __name__)    # `Consumer.__init__`, with this `self`
//! ```

use std::rc::Rc;

use crate::plugins::names::follow::{Defined, Follow, Scope, Thing, What};
use crate::semantics::ClassPath;
use crate::syntax::{Expr, ExprKind};

impl Follow<'_> {
    /// What a class that derives from several has under a name by the first class above it, in the order of its MRO, that has it; none where
    /// that order is not known.
    pub(super) fn of_first_above(&self, path: &str, name: &str) -> Option<Thing> {
        let (module, qualname) = path.split_once(':')?;
        let analysis = self.modules.ground.analysis;
        let known = analysis.by_path(&ClassPath::new(module, qualname));
        let class = analysis.class(*known.last()?);
        class.mro()?;
        let owner = class.winner(name)?.class.path();
        let owner = format!("{}:{}", owner.module, owner.qualname);
        if owner == path {
            return None;
        }
        let (module, qualname) = owner.split_once(':')?;
        let Thing::Defined(owner) = self.dotted(module, qualname) else {
            return None;
        };
        match (&owner.what, &owner.file) {
            (What::Class(def), Some(file)) => self.guarded_member(def, file, &owner.path, name),
            _ => None,
        }
    }

    /// The method that an attribute of `super()` is, where code that certainly runs asks for it, and the receiver of the method around.
    pub(in crate::plugins) fn of_super(
        &self,
        function: &Expr,
        scope: &Scope,
    ) -> Option<(Rc<Defined>, Thing)> {
        let ExprKind::Attribute(of, name) = &function.kind else {
            return None;
        };
        let ExprKind::Call(call) = &of.kind else {
            return None;
        };
        let is_super = matches!(&call.function.kind, ExprKind::Name(it) if it == "super");
        if !is_super || !scope.is_executed() {
            return None;
        }
        let frames = scope.frames.iter().enumerate();
        let mut calls = frames.filter(|it| it.1.is_call);
        let (at, around) = calls.next_back()?;
        let class = scope
            .frames
            .get(at.checked_sub(1)?)
            .filter(|it| it.is_class)?;
        let owner = format!("{}:{}", scope.file.name, class.qualname);
        let receiver = ["self", "cls"]
            .iter()
            .find_map(|it| around.given.get(*it))?;
        let path = match receiver {
            Thing::Instance(it) if it.attributes.is_empty() => &it.class,
            Thing::Defined(it) if matches!(it.what, What::Class(_)) => &it.path,
            _ => return None,
        };
        let method = match self.behind_in_order(path, &owner) {
            Some(behind) => behind.iter().find_map(|it| {
                let method = self.method_at(it, name)?;
                let own = format!("{it}.{name}");
                (method.path == own).then_some(method)
            }),
            None => self
                .bases_at(&owner)
                .iter()
                .find_map(|it| self.method_at(it, name)),
        };
        Some((method?, receiver.clone()))
    }

    /// The classes behind one in the order of another class, by their paths; none where that is not known.
    fn behind_in_order(&self, class: &str, owner: &str) -> Option<Vec<String>> {
        let (module, qualname) = class.split_once(':')?;
        let analysis = self.modules.ground.analysis;
        let id = *analysis.by_path(&ClassPath::new(module, qualname)).last()?;
        let order = analysis.class(id).mro()?.into_iter();
        let paths = order.map(|it| {
            let path = it.path();
            format!("{}:{}", path.module, path.qualname)
        });
        let mut behind = paths.skip_while(|it| it != owner);
        behind.next()?;
        Some(behind.collect())
    }

    fn bases_at(&self, class: &str) -> Vec<String> {
        let (module, qualname) = class.split_once(':').unwrap_or((class, ""));
        let Thing::Defined(class) = self.dotted(module, qualname) else {
            return vec![];
        };
        let (What::Class(def), Some(file)) = (&class.what, &class.file) else {
            return vec![];
        };
        let scope = Scope::of(file);
        let bases = def
            .bases
            .iter()
            .filter_map(|it| match self.expr(it, &scope) {
                Thing::Defined(it) => Some(it.path.clone()),
                _ => None,
            });
        bases.collect()
    }

    fn method_at(&self, class: &str, name: &str) -> Option<Rc<Defined>> {
        let (module, qualname) = class.split_once(':')?;
        match self.attribute(&self.dotted(module, qualname), name) {
            Thing::Defined(it) if matches!(it.what, What::Function(_)) => Some(it),
            _ => None,
        }
    }
}
