//! Containers in containers that the run has filled: what decorators of a program's own put into a list, to be gone through later.
//!
//! ```python
//! HANDLERS = []
//! def handler(target, name):
//!     def decorate(function):
//!         HANDLERS.append((target, name, function))
//!         return function
//!     return decorate
//! ```

use std::rc::Rc;
use std::sync::Arc;

use rustc_hash::FxHashMap;

use crate::Name;
use crate::evaluate::Plain;
use crate::plugins::names::calls::round;
use crate::plugins::names::follow::{Follow, Scope, Thing};
use crate::plugins::names::rounds::Rounds;
use crate::syntax::{Expr, ExprKind, Literal};

impl Follow<'_> {
    /// What the names of a loop are that goes through a part of such a container; none where it is none, or what it holds is not all known.
    pub(super) fn nested_rounds(
        &self,
        path: &str,
        (target, part): (&Expr, &str),
        scope: &Scope,
    ) -> Option<Rounds> {
        let items: Vec<Thing> = match (self.nested.get(path)?, part) {
            (Plain::Several(items), "") => {
                items.iter().map(|it| self.of_plain(it, scope)).collect()
            }
            (Plain::Mapping(entries), part) => {
                let of_entry = |(key, value): &(Plain, Plain)| match part {
                    "items" => {
                        let pair = [self.of_plain(key, scope), self.of_plain(value, scope)];
                        Thing::Several(Rc::new(pair.into()))
                    }
                    "values" => self.of_plain(value, scope),
                    _ => self.of_plain(key, scope),
                };
                entries.iter().map(of_entry).collect()
            }
            _ => return None,
        };
        let rounds = items.into_iter().map(|it| {
            let mut given = FxHashMap::default();
            self.unpack(target, it, &mut given)?;
            Some(given)
        });
        rounds.collect()
    }

    fn of_plain(&self, plain: &Plain, scope: &Scope) -> Thing {
        let at = |kind: ExprKind| Expr {
            kind,
            start: 0,
            end: 0,
        };
        let literal = |it: Literal| {
            let value = at(ExprKind::Literal(it));
            Thing::Value(Scope::of(&scope.file), Arc::new(value))
        };
        match plain {
            Plain::None => literal(Literal::None),
            Plain::Bool(it) => literal(Literal::Bool(*it)),
            Plain::Int(it) => literal(Literal::Int(*it)),
            Plain::Text(it) => literal(Literal::Str(it.clone())),
            Plain::Path(path) => match path.split_once(':') {
                Some((module, name)) if !name.contains("<locals>") => self.dotted(module, name),
                _ => Thing::Unknown,
            },
            Plain::Several(items) => {
                let items = items.iter().map(|it| self.of_plain(it, scope));
                Thing::Several(Rc::new(items.collect()))
            }
            Plain::Mapping(entries) => {
                let mut given: FxHashMap<Name, Thing> = FxHashMap::default();
                let mut named = |thing: Thing| {
                    // No name of a program.
                    let name = Name::from(format!("*{}", given.len()));
                    given.insert(name.clone(), thing);
                    at(ExprKind::Name(name))
                };
                let entries = entries.iter().map(|(key, value)| {
                    let key = named(self.of_plain(key, scope));
                    (Some(key), named(self.of_plain(value, scope)))
                });
                let whole = at(ExprKind::Dict(entries.collect()));
                Thing::Value(round(&Scope::of(&scope.file), given), Arc::new(whole))
            }
            Plain::Other => Thing::Unknown,
        }
    }
}
