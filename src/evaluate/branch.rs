//! Branches that cannot be decided: each is tried, what it changed is noted and undone, and what both agree on is kept.

use indexmap::IndexMap;
use rustc_hash::FxHashSet;

use crate::Name;
use crate::evaluate::run::Run;
use crate::evaluate::value::{Binding, Dict, Instance, Namespace, Object, ObjectId, ScopeId};
use crate::semantics::ClassId;
use crate::source::Place;

/// What a branch that is being tried has changed so far, and what stood there before.
#[derive(Debug, Default)]
pub(super) struct Journal {
    entries: Vec<(Slot, Old)>,
    /// Objects whose state before the branch is noted: once is enough.
    saved: FxHashSet<ObjectId>,
    /// What is made inside of the branch needs no undoing: nothing outside of it knows of it.
    scopes_before: u32,
    objects_before: u32,
    classes_before: u32,
}

impl Journal {
    /// Notes what stood at a name of a scope.
    pub(super) fn note_name(&mut self, scope: ScopeId, name: &Name, old: Option<Binding>) {
        if scope.0 < self.scopes_before {
            let slot = Slot::Scope(scope, name.clone());
            self.entries.push((slot, Old::Binding(old)));
        }
    }

    /// Notes what stood at a name of a class.
    pub(super) fn note_class_name(&mut self, class: ClassId, name: &Name, old: Option<Binding>) {
        if class.0 < self.classes_before {
            let slot = Slot::Class(class, name.clone());
            self.entries.push((slot, Old::Binding(old)));
        }
    }

    /// Notes the state of an object that is about to change.
    pub(super) fn note_object(&mut self, id: ObjectId, object: &Object) {
        let slot = Slot::Object(id);
        if self.wants(&slot) {
            self.entries
                .push((slot, Old::Object(Box::new(object.clone()))));
        }
    }

    /// Whether the state of this slot has to be noted before it changes.
    fn wants(&mut self, slot: &Slot) -> bool {
        match slot {
            Slot::Scope(scope, _) => scope.0 < self.scopes_before,
            Slot::Class(class, _) => class.0 < self.classes_before,
            Slot::Object(id) => id.0 < self.objects_before && self.saved.insert(*id),
        }
    }
}

/// What a branch may have changed.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(super) enum Slot {
    Scope(ScopeId, Name),
    Class(ClassId, Name),
    Object(ObjectId),
}

/// What stood there before.
#[derive(Debug, Clone)]
pub(super) enum Old {
    Binding(Option<Binding>),
    Object(Box<Object>),
}

/// What a branch changed, and to what.
#[derive(Debug, Default)]
pub(super) struct Changes(indexmap::IndexMap<Slot, Old, rustc_hash::FxBuildHasher>);

impl Run<'_, '_> {
    fn read(&self, slot: &Slot) -> Old {
        match slot {
            Slot::Scope(scope, name) => Old::Binding(self.scope(*scope).names.get(name).cloned()),
            Slot::Class(class, name) => Old::Binding(
                self.class_names
                    .get(class)
                    .and_then(|names| names.get(name))
                    .cloned(),
            ),
            Slot::Object(id) => Old::Object(Box::new(self.object(*id).clone())),
        }
    }

    fn write(&mut self, slot: &Slot, value: Old) {
        match (slot, value) {
            (Slot::Scope(scope, name), Old::Binding(binding)) => {
                let names = &mut self.scopes[scope.0].names;
                match binding {
                    Some(binding) => names.insert(name.clone(), binding),
                    None => names.shift_remove(name),
                };
            }
            (Slot::Class(class, name), Old::Binding(binding)) => {
                let names = self.class_names.entry(*class).or_default();
                match binding {
                    Some(binding) => names.insert(name.clone(), binding),
                    None => names.shift_remove(name),
                };
            }
            (Slot::Object(id), Old::Object(object)) => self.heap[id.0] = *object,
            (Slot::Object(_), Old::Binding(_)) | (_, Old::Object(_)) => {}
        }
    }

    /// Tries something: returns what it gave and what it changed, with everything as it was before.
    pub(super) fn attempt<T>(&mut self, what: impl FnOnce(&mut Self) -> T) -> (T, Changes) {
        self.journals.push(Journal {
            scopes_before: self.scopes.len() as u32,
            objects_before: self.heap.len() as u32,
            classes_before: self.classes.len() as u32,
            ..Journal::default()
        });
        let result = what(self);
        let journal = self.journals.pop().unwrap_or_default();
        let mut changes = Changes::default();
        for (slot, _) in &journal.entries {
            if !changes.0.contains_key(slot) {
                let now = self.read(slot);
                changes.0.insert(slot.clone(), now);
            }
        }
        for (slot, old) in journal.entries.into_iter().rev() {
            self.write(&slot, old);
        }
        (result, changes)
    }

    /// Makes the changes of a branch that was tried.
    pub(super) fn apply(&mut self, changes: Changes) {
        for (slot, value) in changes.0 {
            let is_wanted = self
                .journals
                .last_mut()
                .is_some_and(|journal| journal.wants(&slot));
            if is_wanted {
                let old = self.read(&slot);
                if let Some(journal) = self.journals.last_mut() {
                    journal.entries.push((slot.clone(), old));
                }
            }
            self.write(&slot, value);
        }
    }

    /// Makes what two branches agree on; where they differ, a gap that remembers both.
    pub(super) fn merge(
        &mut self,
        one: Changes,
        mut other: Changes,
        what: &str,
        at: Option<Place>,
    ) {
        let mut merged = Changes::default();
        for (slot, value) in one.0 {
            let against = other
                .0
                .shift_remove(&slot)
                .unwrap_or_else(|| self.read(&slot));
            let value = self.agree(value, against, what, at);
            merged.0.insert(slot, value);
        }
        for (slot, value) in other.0 {
            let before = self.read(&slot);
            let value = self.agree(before, value, what, at);
            merged.0.insert(slot, value);
        }
        self.apply(merged);
    }

    fn agree(&mut self, one: Old, other: Old, what: &str, at: Option<Place>) -> Old {
        match (one, other) {
            (Old::Binding(Some(one)), Old::Binding(Some(other))) => {
                let place = if one.at == other.at {
                    one.at
                } else {
                    at.or(one.at)
                };
                let maybe = one.maybe.or(other.maybe);
                let value = self.either(one.value, other.value, what, at);
                Old::Binding(Some(Binding {
                    maybe,
                    ..Binding::new(value, place)
                }))
            }
            // Bound in one branch only: what it is where it is bound, and not known whether it is.
            (Old::Binding(Some(one)), Old::Binding(None))
            | (Old::Binding(None), Old::Binding(Some(one))) => Old::Binding(Some(Binding {
                maybe: one.maybe.or(at).or(one.at),
                ..one
            })),
            (Old::Object(one), Old::Object(other)) => {
                Old::Object(Box::new(self.agreed_object(*one, *other, what, at)))
            }
            (one, _) => one,
        }
    }

    /// An object that two branches left in two states: what both have, and open for the rest.
    fn agreed_object(
        &mut self,
        one: Object,
        other: Object,
        what: &str,
        at: Option<Place>,
    ) -> Object {
        match (one, other) {
            (
                Object::List { items, open },
                Object::List {
                    items: others,
                    open: also,
                },
            ) => {
                let same = items.len() == others.len()
                    && items.iter().zip(&others).all(|(a, b)| a.same(b));
                let common = items
                    .iter()
                    .zip(&others)
                    .take_while(|(a, b)| a.same(b))
                    .count();
                let open = open || also || !same;
                Object::List {
                    items: items.into_iter().take(common).collect(),
                    open,
                }
            }
            (Object::Dict(mut one), Object::Dict(mut other)) => {
                one.open |= other.open || one.entries.len() != other.entries.len();
                let mut agreed = Dict {
                    entries: IndexMap::default(),
                    ..one
                };
                // A key that only one of them has may be there.
                for (key, (written, value)) in one.entries {
                    match other.entries.swap_remove(&key) {
                        Some((_, against)) => {
                            let value = self.either(value, against, what, at);
                            agreed.entries.insert(key, (written, value));
                        }
                        None => agreed.open = true,
                    }
                }
                Object::Dict(agreed)
            }
            (
                Object::Set {
                    mut items,
                    frozen,
                    open,
                },
                Object::Set {
                    items: others,
                    open: also,
                    ..
                },
            ) => {
                let before = items.len();
                items.retain(|key, _| others.contains_key(key));
                let open = open || also || items.len() != before || before != others.len();
                Object::Set {
                    items,
                    frozen,
                    open,
                }
            }
            (Object::Instance(one), Object::Instance(mut other)) => {
                let mut agreed = Instance {
                    names: Namespace::default(),
                    open: true,
                    ..one
                };
                for (name, binding) in one.names {
                    if let Some(against) = other.names.swap_remove(&name) {
                        let value = self.either(binding.value, against.value, what, at);
                        agreed.names.insert(name, Binding::new(value, binding.at));
                    }
                }
                Object::Instance(agreed)
            }
            (one, _) => one,
        }
    }
}
