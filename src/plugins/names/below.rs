//! `Class.__subclasses__()`: the classes that derive from one, as far as whoever asks has imported them.

use crate::plugins::names::follow::{Follow, Scope, Thing, What};
use crate::plugins::names::imports::imports_in;
use crate::semantics::ClassPath;
use crate::syntax::Expr;

impl Follow<'_> {
    /// The classes that derive from one, where each of them stands in its module, in the one that asks, or in one that this imports at its top.
    pub(super) fn classes_below(&self, of: &Expr, scope: &Scope) -> Option<Vec<Thing>> {
        let Thing::Defined(class) = self.settled(of, scope) else {
            return None;
        };
        let (What::Class(_), Some((module, qualname))) = (&class.what, class.path.split_once(':'))
        else {
            return None;
        };
        let analysis = self.modules.ground.analysis;
        let known = analysis.by_path(&ClassPath::new(module, qualname));
        let [id] = known else { return None };
        let mut imported = vec![];
        imports_in(&scope.file.syntax.body, &scope.file, &mut imported);
        let is_there = |it: &str| {
            it == module
                || it == scope.file.name.as_str()
                || imported.iter().any(|name| *name == it)
        };
        let below = analysis.class(*id).subclasses();
        let below = below.into_iter().map(|it| {
            let path = it.path();
            if !is_there(&path.module) || it.mro().is_none() {
                return None;
            }
            match self.dotted(&path.module, &path.qualname) {
                Thing::Defined(it) if matches!(it.what, What::Class(_)) => Some(Thing::Defined(it)),
                _ => None,
            }
        });
        below.collect()
    }
}
