//! What a run does not need any more is given back between its parts: bodies of functions, and room for more than there is in what has
//! come to rest.

use crate::evaluate::machine::run::Run;
use crate::evaluate::machine::value::{Object, ScopeId};
use crate::semantics::ClassId;

impl Run<'_, '_> {
    /// A scope whose code has ended: its names seldom grow any more.
    pub(crate) fn scope_ends(&mut self, scope: ScopeId) {
        self.scope_mut(scope).names.shrink_to_fit();
    }

    /// A class whose statement has ended.
    pub(crate) fn class_ends(&mut self, class: ClassId) {
        if let Some(names) = self.class_names.get_mut(&class) {
            names.shrink_to_fit();
        }
    }

    /// Gives back what the next part of the run can do without: most of what there is does not grow any more.
    pub(crate) fn give_room_back(&mut self) {
        self.library.give_back_bodies();
        // They are made again of their texts.
        self.patterns_seen.clear();
        self.started.shrink_to_fit();
        for object in self.heap.iter_mut() {
            match object {
                Object::List { items, .. } => items.shrink_to_fit(),
                Object::Set { items, .. } => items.shrink_to_fit(),
                Object::Dict(dict) => dict.entries.shrink_to_fit(),
                Object::Function(function) => function.names.shrink_to_fit(),
                Object::Instance(instance) => instance.names.shrink_to_fit(),
                _ => {}
            }
        }
    }
}
