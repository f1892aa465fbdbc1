//! Names that a program's class says itself: `def get_canonical_name(self, plugin): return plugin.__name__.removeprefix("shop.")`.

use std::sync::Arc;

use crate::plugins::files::modules::top;
use crate::plugins::names::follow::{Follow, Instance, Scope, Thing};
use crate::syntax::{Call, Expr};

impl Follow<'_> {
    /// The name that a method of an object's class, which is one of these or derives from one, gives what a call hands to it: none where a framework's own method does that, and an empty
    /// one where it cannot be told.
    #[expect(
        clippy::option_option,
        reason = "nobody says a name, or nobody knows which"
    )]
    pub(in crate::plugins) fn asked_name(
        &self,
        (method, on): (&str, &[String]),
        of: &Instance,
        (given, scope): (&Expr, &Scope),
    ) -> Option<Option<Arc<str>>> {
        if method.is_empty() {
            return None;
        }
        let asked = Instance {
            attributes: method.to_owned(),
            ..of.clone()
        };
        let (function, receiver) = self.method_of(&asked)?;
        if on.iter().any(|it| top(it) == top(&function.path)) {
            return None;
        }
        let call = Call {
            function: given.clone(),
            arguments: Box::new([given.clone()]),
            keywords: Box::new([]),
        };
        let entered = self.entered(&function, receiver, Some((&call, scope)), false);
        let Some((body, inner)) = entered else {
            return Some(None);
        };
        Some(match &self.returned_values(&body, &inner)[..] {
            [(value, inner)] => self.text(value, inner),
            _ => None,
        })
    }

    /// The same of a call that hands it over first, or by its name.
    #[expect(
        clippy::option_option,
        reason = "nobody says a name, or nobody knows which"
    )]
    pub(in crate::plugins) fn named_by(
        &self,
        asks: (&str, &[String]),
        callee: &Thing,
        given: (Option<&Expr>, &Scope),
    ) -> Option<Option<Arc<str>>> {
        match callee {
            Thing::Instance(of) => self.asked_name(asks, of, (given.0?, given.1)),
            _ => None,
        }
    }
}
