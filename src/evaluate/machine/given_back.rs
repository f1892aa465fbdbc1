//! What a run does not need any more is given back between its parts: bodies of functions, and room for more than there is in what has
//! come to rest.

use std::hash::Hash;

use indexmap::IndexMap;
use rustc_hash::FxBuildHasher;

use crate::evaluate::machine::run::Run;
use crate::evaluate::machine::value::{Object, ScopeId};
use crate::semantics::ClassId;

impl Run<'_, '_> {
    /// A scope whose code has ended: its names seldom grow any more.
    pub(crate) fn scope_ends(&mut self, scope: ScopeId) {
        cut_to_size(&mut self.scope_mut(scope).names);
    }

    /// A class whose statement has ended.
    pub(crate) fn class_ends(&mut self, class: ClassId) {
        if let Some(names) = self.class_names.get_mut(&class) {
            cut_to_size(names);
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
                Object::Dict(dict) => cut_to_size(&mut dict.entries),
                Object::Function(function) => cut_to_size(&mut function.names),
                Object::Instance(instance) => cut_to_size(&mut instance.names),
                _ => {}
            }
        }
    }
}

/// Moves what a map holds to where there is room for that alone: an allocator that is asked to cut a block leaves one as it is that is half full.
pub(crate) fn cut_to_size<K: Hash + Eq, V>(map: &mut IndexMap<K, V, FxBuildHasher>) {
    if map.len() < map.capacity() {
        *map = std::mem::take(map).into_iter().collect();
    }
}
