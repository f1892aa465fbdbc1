//! The journal: what is tried is noted and can be undone, and two states that may both have come about are made one.
//!
//! `ways` decides what is tried; here stands how a change is noted, taken back, made again, and merged with another.

use indexmap::IndexMap;
use rustc_hash::FxHashSet;

use crate::Name;
use crate::evaluate::language::iteration::Source;
use crate::evaluate::machine::run::Run;
use crate::evaluate::machine::value::{
    Binding, Dict, Instance, Namespace, Object, ObjectId, ScopeId, Value,
};
use crate::semantics::{ClassId, Gap, Outcome, Standing, Why};
use crate::source::{FileId, Place};

/// What a branch that is being tried has changed so far, and what stood there before.
#[derive(Debug, Default)]
pub(crate) struct Journal {
    entries: Vec<(Slot, Old)>,
    /// Objects whose state before the branch is noted: once is enough.
    saved: FxHashSet<ObjectId>,
    saved_classes: FxHashSet<ClassId>,
    /// What is made inside of the branch needs no undoing: nothing outside of it knows of it.
    scopes_before: u32,
    objects_before: u32,
    classes_before: u32,
}

impl Journal {
    /// Notes what stood at a name of a scope, and at which place among its names.
    pub(super) fn note_name(&mut self, scope: ScopeId, name: &Name, old: Option<(usize, Binding)>) {
        if scope.0 < self.scopes_before {
            let slot = Slot::Scope(scope, name.clone());
            self.entries.push((slot, Old::Binding(old)));
        }
    }

    /// Notes what stood at a name of a class, and at which place among its names.
    pub(super) fn note_class_name(
        &mut self,
        class: ClassId,
        name: &Name,
        old: Option<(usize, Binding)>,
    ) {
        if class.0 < self.classes_before {
            let slot = Slot::Class(class, name.clone());
            self.entries.push((slot, Old::Binding(old)));
        }
    }

    /// Notes what a class object is that is about to change: its bases, its metaclass, what its answer rests on.
    pub(super) fn note_class(&mut self, class: ClassId, outcome: &Outcome, standing: &Standing) {
        if class.0 < self.classes_before && self.saved_classes.insert(class) {
            let old = Old::Made(Box::new((outcome.clone(), standing.clone())));
            self.entries.push((Slot::Made(class), old));
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
            Slot::Made(class) => class.0 < self.classes_before && self.saved_classes.insert(*class),
        }
    }
}

/// What a branch may have changed.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(super) enum Slot {
    Scope(ScopeId, Name),
    Class(ClassId, Name),
    Object(ObjectId),
    /// The class object itself.
    Made(ClassId),
}

/// What stood there before.
#[derive(Debug, Clone)]
pub(super) enum Old {
    Binding(Option<(usize, Binding)>),
    Object(Box<Object>),
    Made(Box<(Outcome, Standing)>),
}

/// What was changed since some moment, and to what.
#[derive(Debug, Default, Clone)]
pub(crate) struct Changes(IndexMap<Slot, Old, rustc_hash::FxBuildHasher>);

impl Changes {
    /// These changes, and then those.
    pub(crate) fn then(mut self, later: Self) -> Self {
        if self.0.is_empty() {
            return later;
        }
        self.0.extend(later.0);
        self
    }

    /// The objects among what was changed.
    pub(crate) fn objects(&self) -> impl Iterator<Item = ObjectId> {
        self.0.keys().filter_map(|slot| match slot {
            Slot::Object(id) => Some(*id),
            _ => None,
        })
    }

    /// Whether only names of scopes were bound of which this is true.
    pub(crate) fn are_names(&self, is_one: impl Fn(ScopeId, &Name) -> bool) -> bool {
        let mut slots = self.0.keys();
        slots.all(|it| matches!(it, Slot::Scope(scope, name) if is_one(*scope, name)))
    }

    /// The names of scopes that were bound, and to what.
    pub(crate) fn into_bound(self) -> impl Iterator<Item = (ScopeId, Name, Value)> {
        self.0.into_iter().filter_map(|entry| match entry {
            (Slot::Scope(scope, name), Old::Binding(Some((_, binding)))) => {
                Some((scope, name, binding.value))
            }
            _ => None,
        })
    }
}

impl Run<'_, '_> {
    fn read(&self, slot: &Slot) -> Old {
        let found = |names: Option<&Namespace>, name: &Name| {
            let (index, _, binding) = names?.get_full(name)?;
            Some((index, binding.clone()))
        };
        match slot {
            Slot::Scope(scope, name) => Old::Binding(found(Some(&self.scope(*scope).names), name)),
            Slot::Class(class, name) => Old::Binding(found(self.class_names.get(class), name)),
            Slot::Object(id) => Old::Object(Box::new(self.peek(*id).clone())),
            Slot::Made(class) => {
                let class = self.classes.get(*class);
                Old::Made(Box::new((class.outcome.clone(), class.standing.clone())))
            }
        }
    }

    fn write(&mut self, slot: &Slot, value: Old) {
        match (slot, value) {
            (Slot::Scope(scope, name), Old::Binding(binding)) => {
                put(&mut self.scopes[scope.0].names, name, binding);
            }
            (Slot::Class(class, name), Old::Binding(binding)) => {
                put(self.class_names.entry(*class).or_default(), name, binding);
            }
            (Slot::Object(id), Old::Object(object)) => self.heap[id.0] = *object,
            (Slot::Made(class), Old::Made(made)) => {
                let class = self.classes_mut().get_mut(*class);
                (class.outcome, class.standing) = *made;
            }
            _ => {}
        }
    }

    /// Begins to note what changes.
    pub(crate) fn open_journal(&mut self) {
        self.journals.push(Journal {
            scopes_before: self.scopes.len() as u32,
            objects_before: self.heap.len() as u32,
            classes_before: self.classes.len() as u32,
            ..Journal::default()
        });
    }

    /// Takes back all that changed since the last journal was opened, and returns it.
    pub(crate) fn close_journal(&mut self) -> Changes {
        let journal = self.journals.pop().unwrap_or_default();
        let mut changes = Changes::default();
        for (slot, _) in &journal.entries {
            if !changes.0.contains_key(slot) {
                // An object is noted once, and changes places with what it was below.
                let now = match slot {
                    Slot::Object(_) => Old::Binding(None),
                    _ => self.read(slot),
                };
                changes.0.insert(slot.clone(), now);
            }
        }
        for (slot, old) in journal.entries.into_iter().rev() {
            match (&slot, old) {
                (Slot::Object(id), Old::Object(mut object)) => {
                    std::mem::swap(&mut *object, &mut self.heap[id.0]);
                    changes.0.insert(slot, Old::Object(object));
                }
                (_, old) => self.write(&slot, old),
            }
        }
        changes
    }

    /// That the import which is followed ends with an exception here. The run goes on behind it, so that a page has something to show; what
    /// it does there to what was there before is undone where the import ends, for CPython does nothing of it.
    ///
    /// ```py
    /// class Meta(type):
    ///     made = {}
    ///     def __init__(cls, *rest): Meta.made[cls] = True
    ///
    /// class Both(int, str): ...           # TypeError: `Meta.made` stays empty
    /// class Behind(metaclass=Meta): ...
    /// ```
    pub(crate) fn note_end(&mut self) {
        if self.behind.is_none() && !self.running.is_empty() {
            self.behind = Some(Box::new(Journal {
                objects_before: self.heap.len() as u32,
                classes_before: self.classes.len() as u32,
                ..Journal::default()
            }));
        }
    }

    /// Whether the import that is followed has ended with an exception, and the run goes on behind that.
    pub(crate) fn is_behind_end(&self) -> bool {
        self.behind.is_some()
    }

    /// Takes back what was changed behind the end of an import.
    pub(crate) fn undo_behind(&mut self) {
        let Some(behind) = self.behind.take() else {
            return;
        };
        for (slot, old) in behind.entries.into_iter().rev() {
            self.write(&slot, old);
        }
    }

    /// Tries something: returns what it gave, with everything as it was before.
    pub(crate) fn attempt<T>(&mut self, what: impl FnOnce(&mut Self) -> T) -> (T, Changes) {
        let mark = self.forks.len();
        let started = self.started.mark();
        self.open_journal();
        let result = what(self);
        self.started.back_to(started);
        while self.forks.len() > mark {
            self.forks.pop();
            self.close_journal();
        }
        (result, self.close_journal())
    }

    /// Makes changes that were taken back.
    pub(super) fn apply(&mut self, changes: Changes) {
        for (slot, value) in changes.0 {
            let is_wanted = self
                .journals
                .last_mut()
                .is_some_and(|journal| journal.wants(&slot));
            if !is_wanted {
                self.write(&slot, value);
                continue;
            }
            let old = match (&slot, value) {
                (Slot::Object(id), Old::Object(mut object)) => {
                    std::mem::swap(&mut *object, &mut self.heap[id.0]);
                    Old::Object(object)
                }
                (_, value) => {
                    let old = self.read(&slot);
                    self.write(&slot, value);
                    old
                }
            };
            if let Some(journal) = self.journals.last_mut() {
                journal.entries.push((slot, old));
            }
        }
    }

    /// One state out of two that may both have come about since now: what they agree on; where they differ, a gap that remembers both.
    pub(super) fn joined(
        &mut self,
        one: Changes,
        mut other: Changes,
        what: &str,
        at: Option<Place>,
    ) -> Changes {
        let mut joined = Changes::default();
        // Taken out one by one, in any order: removing would move all that stand behind, each time.
        let mut left: Vec<Option<Old>> = vec![];
        let mut places = IndexMap::<Slot, usize, rustc_hash::FxBuildHasher>::default();
        for (slot, value) in other.0.drain(..) {
            places.insert(slot, left.len());
            left.push(Some(value));
        }
        for (slot, value) in one.0 {
            let against = places.get(&slot).and_then(|&place| left[place].take());
            let against = against.unwrap_or_else(|| self.read(&slot));
            let value = self.agree(value, against, what, at);
            joined.0.insert(slot, value);
        }
        for ((slot, _), value) in places.into_iter().zip(left) {
            let Some(value) = value else { continue };
            let before = self.read(&slot);
            let value = self.agree(before, value, what, at);
            joined.0.insert(slot, value);
        }
        joined
    }

    /// The state somewhere between now and the end of these changes: each has been made or not, and a name may have been bound to
    /// something else on the way.
    pub(crate) fn halfway(&mut self, changes: Changes, at: Option<Place>) -> Changes {
        let mut halfway = self.joined(changes, Changes::default(), "", at);
        for (slot, value) in &mut halfway.0 {
            if let (Slot::Scope(..) | Slot::Class(..), Old::Binding(Some((_, binding)))) =
                (slot, value)
            {
                binding.value = self.gap_for(at, Why::Undecided);
            }
        }
        halfway
    }

    fn agree(&mut self, one: Old, other: Old, what: &str, at: Option<Place>) -> Old {
        match (one, other) {
            (Old::Binding(one), Old::Binding(other)) => {
                Old::Binding(self.agreed_binding(one, other, what, at))
            }
            (Old::Object(one), Old::Object(other)) => {
                Old::Object(Box::new(self.agreed_object(*one, *other, what, at)))
            }
            (Old::Made(one), Old::Made(other)) => {
                Old::Made(Box::new(agreed_class(*one, *other, at)))
            }
            (one, _) => one,
        }
    }

    fn agreed_binding(
        &mut self,
        one: Option<(usize, Binding)>,
        other: Option<(usize, Binding)>,
        what: &str,
        at: Option<Place>,
    ) -> Option<(usize, Binding)> {
        match (one, other) {
            (Some((index, one)), Some((_, other))) => {
                let place = if one.at == other.at {
                    one.at
                } else {
                    at.or(one.at)
                };
                let maybe = one.maybe.or(other.maybe);
                let value = self.either(one.value, other.value, what, at);
                let agreed = Binding {
                    maybe,
                    ..Binding::new(value, place)
                };
                Some((index, agreed))
            }
            // Bound in one of them only: what it is where it is bound, and not known whether it is.
            (Some((index, one)), None) | (None, Some((index, one))) => {
                self.perhaps += 1;
                let maybe = one.maybe.or(at).or(one.at).or(Some(nowhere()));
                Some((index, Binding { maybe, ..one }))
            }
            (None, None) => None,
        }
    }

    /// The names of an object that was left in two states.
    fn agreed_names(
        &mut self,
        one: Namespace,
        other: &Namespace,
        what: &str,
        at: Option<Place>,
    ) -> Namespace {
        // Taken out one by one they would move up each time.
        let only_other: Vec<Name> = other
            .keys()
            .filter(|it| !one.contains_key(*it))
            .cloned()
            .collect();
        let mut agreed = one;
        for (index, (name, binding)) in agreed.iter_mut().enumerate() {
            // Most stand where they stand in the other, too.
            let beside = other.get_index(index).filter(|it| it.0 == name);
            let against = beside.map(|it| it.1).or_else(|| other.get(name));
            if against.is_some_and(|it| it.is_very(binding)) {
                continue;
            }
            let against = against.map(|it| (0, it.clone()));
            if let Some((_, joined)) =
                self.agreed_binding(Some((0, binding.clone())), against, what, at)
            {
                *binding = joined;
            }
        }
        for name in only_other {
            let against = other.get(&name).map(|it| (0, it.clone()));
            let joined = self.agreed_binding(None, against, what, at);
            agreed.extend(joined.map(|it| (name, it.1)));
        }
        agreed
    }

    /// An object that was left in two states: what both have, and open for the rest.
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
                let is_as_long = items.len() == others.len() && !open && !also;
                if is_as_long {
                    let pairs = items.into_iter().zip(others);
                    let items = pairs
                        .map(|(one, other)| self.either(one, other, what, at))
                        .collect();
                    return Object::List { items, open: false };
                }
                let pairs = items.into_iter().zip(others);
                let items = pairs
                    .map_while(|(one, other)| one.same(&other).then_some(one))
                    .collect();
                Object::List { items, open: true }
            }
            (Object::Dict(mut one), Object::Dict(other)) if one.has_keys_of(&other) => {
                one.open |= other.open;
                one.shuffled |= other.shuffled;
                one.gapped |= other.gapped;
                let pairs = one.entries.values_mut().zip(other.entries.into_values());
                for ((_, value), (_, against)) in pairs {
                    let before = std::mem::replace(value, Value::None);
                    *value = self.either(before, against, what, at);
                }
                Object::Dict(one)
            }
            (Object::Dict(one), Object::Dict(other)) => {
                let mut agreed = Dict {
                    replaced: one.replaced || other.replaced,
                    entries: IndexMap::default(),
                    open: one.open || other.open || one.entries.len() != other.entries.len(),
                    view: one.view,
                    shuffled: one.shuffled || other.shuffled,
                    gapped: one.gapped || other.gapped,
                    is_proxy: one.is_proxy,
                };
                // A key that only one of them has may be there.
                for (key, (written, value)) in &one.entries {
                    match other.entries.get(key) {
                        Some((_, against)) => {
                            let value = self.either(value.clone(), against.clone(), what, at);
                            agreed.entries.insert(key.clone(), (written.clone(), value));
                        }
                        None => agreed.open = true,
                    }
                }
                agreed.ordered_among(&one);
                agreed.ordered_among(&other);
                Object::Dict(agreed)
            }
            (
                Object::Set {
                    mut items,
                    frozen,
                    open,
                    table,
                },
                Object::Set {
                    items: others,
                    open: also,
                    table: another,
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
                    table: table.filter(|it| Some(it) == another.as_ref()),
                }
            }
            (Object::Instance(one), Object::Instance(other)) => {
                let mut agreed = Instance {
                    class: one.class,
                    names: Namespace::default(),
                    payload: None,
                    open: one.open || other.open || one.class != other.class,
                };
                agreed.payload = match (one.payload, other.payload) {
                    (Some(one), Some(other)) => Some(self.either(one, other, what, at)),
                    (None, None) => None,
                    (one, other) => {
                        agreed.open = true;
                        one.or(other).map(|_| self.gap(Why::Undecided, what, at))
                    }
                };
                agreed.names = self.agreed_names(one.names, &other.names, what, at);
                Object::Instance(agreed)
            }
            (Object::Function(one), Object::Function(other)) => {
                let mut agreed = crate::evaluate::machine::value::Function {
                    names: Namespace::default(),
                    ..one.clone()
                };
                agreed.names = self.agreed_names(one.names, &other.names, what, at);
                Object::Function(agreed)
            }
            (
                Object::Property { get, set, delete },
                Object::Property {
                    get: other_get,
                    set: other_set,
                    delete: other_delete,
                },
            ) => Object::Property {
                get: self.either(get, other_get, what, at),
                set: self.either(set, other_set, what, at),
                delete: self.either(delete, other_delete, what, at),
            },
            (Object::Generator(mut one), Object::Generator(_)) => {
                one.lose();
                Object::Generator(one)
            }
            (Object::Iterator(mut one), Object::Iterator(_)) => {
                one.source = Source::Lost;
                Object::Iterator(one)
            }
            // Nothing changes these once they are made.
            (one, _) => one,
        }
    }

    /// What an object holds is not known any more, since code that was not followed may have changed it.
    pub(crate) fn lose_object(&mut self, id: ObjectId, at: Option<Place>) {
        self.lose_itself(id, at);
        self.show_on_instance(id, at);
        if let Some(dict) = self.own_dict(id) {
            self.lose_itself(dict, at);
        }
    }

    fn lose_itself(&mut self, id: ObjectId, at: Option<Place>) {
        self.note_held_before(id);
        let unknown = self.gap(Why::NotFollowed, "", at);
        match self.object_mut(id) {
            Object::List { items, open } => {
                items.clear();
                *open = true;
            }
            Object::Set { items, open, .. } => {
                items.clear();
                *open = true;
            }
            Object::Dict(dict) => {
                dict.entries.clear();
                dict.open = true;
            }
            Object::Instance(instance) => {
                instance.open = true;
                for binding in instance.names.values_mut() {
                    *binding = Binding {
                        maybe: binding.maybe.or(at).or(Some(nowhere())),
                        ..Binding::new(unknown.clone(), binding.at)
                    };
                }
                if let Some(payload) = &mut instance.payload
                    && !matches!(payload, Value::Object(_))
                {
                    *payload = unknown;
                }
            }
            Object::Generator(generator) => generator.lose(),
            Object::Iterator(iterator) => iterator.source = Source::Lost,
            _ => {}
        }
    }
}

/// Stands where a condition has no place in a file.
fn nowhere() -> Place {
    Place {
        file: FileId::at(0),
        start: 0,
        end: 0,
    }
}

/// Puts a binding where it stood, or takes the name out.
fn put(names: &mut Namespace, name: &Name, binding: Option<(usize, Binding)>) {
    match binding {
        Some((index, binding)) => {
            if let Some(there) = names.get_mut(name) {
                *there = binding;
            } else {
                names.shift_insert(index.min(names.len()), name.clone(), binding);
            }
        }
        None => {
            names.shift_remove(name);
        }
    }
}

/// A class that was left in two states: what it is where these agree, unknown where they do not.
fn agreed_class(
    one: (Outcome, Standing),
    other: (Outcome, Standing),
    at: Option<Place>,
) -> (Outcome, Standing) {
    let standing = match (one.1, other.1) {
        (Standing::Assumed(mut one), Standing::Assumed(other)) => {
            one.extend(
                other
                    .into_iter()
                    .filter(|it| !one.contains(it))
                    .collect::<Vec<_>>(),
            );
            Standing::Assumed(one)
        }
        (assumed @ Standing::Assumed(_), _) | (_, assumed) => assumed,
    };
    let outcome = match (one.0, other.0) {
        (Outcome::Created(one), Outcome::Created(other)) if one == other => Outcome::Created(one),
        (
            Outcome::Unknown {
                because,
                known,
                metaclass,
            },
            _,
        ) => Outcome::Unknown {
            because,
            known,
            metaclass,
        },
        (
            _,
            Outcome::Unknown {
                because,
                known,
                metaclass,
            },
        ) => Outcome::Unknown {
            because,
            known,
            metaclass,
        },
        (Outcome::Created(one), Outcome::Created(other)) => {
            let both = one.mro.iter().filter(|it| other.mro.contains(it));
            Outcome::Unknown {
                because: vec![Gap {
                    why: Why::Undecided,
                    what: Name::default(),
                    at,
                }],
                known: both.copied().collect(),
                metaclass: Some(one.metaclass).filter(|it| *it == other.metaclass),
            }
        }
        (Outcome::Created(made), Outcome::Raises(_))
        | (Outcome::Raises(_), Outcome::Created(made)) => Outcome::Unknown {
            because: vec![Gap {
                why: Why::Undecided,
                what: Name::default(),
                at,
            }],
            known: made.mro.to_vec(),
            metaclass: Some(made.metaclass),
        },
        (raises @ Outcome::Raises(_), Outcome::Raises(_)) => raises,
    };
    (outcome, standing)
}
