//! What is not known, but was taken out of something that is: whatever is done to it is done to one of the things that were there.
//!
//! What holds them is noted beside the gap. A name, an item or a method through which such a gap is changed (`something.rs`) *touches* all of
//! them: who reads one of them from then on takes for granted that it was another.
//!
//! ```python
//! kinds = [Plain, Special]
//! random.choice(kinds).base = Mixin
//! class C(Plain.base): ...           # assumed: `random.choice(kinds).base = Mixin` changes something else
//! ```

use std::sync::Arc;

use rustc_hash::{FxHashMap, FxHashSet};

use crate::Name;
use crate::evaluate::machine::arguments::Arguments;
use crate::evaluate::machine::asked::Asked;
use crate::evaluate::machine::run::Run;
use crate::evaluate::machine::value::{GapId, ModuleIx, Object, ObjectId, ScopeId, Value};
use crate::semantics::{ClassId, Why};
use crate::source::Place;

/// How deep in one another the things are that something unknown may have been taken out of.
pub(super) const REACH: u32 = 4;

/// How deep in one another the tuples are that are looked into.
const DEEPEST_TUPLE: u32 = 16;

/// Modules of the interpreter whose functions give back what they were handed, or part of it. Of all others the results are new.
const GIVING_BACK: [&str; 12] = [
    "builtins",
    "collections",
    "_collections",
    "copy",
    "functools",
    "_functools",
    "heapq",
    "inspect",
    "itertools",
    "operator",
    "random",
    "weakref",
];

/// Something that can change.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Thing {
    Class(ClassId),
    Object(ObjectId),
    Module(ModuleIx),
}

impl From<Thing> for Value {
    fn from(thing: Thing) -> Self {
        match thing {
            Thing::Class(class) => Self::Class(class),
            Thing::Object(id) => Self::Object(id),
            Thing::Module(ix) => Self::Module(ix),
        }
    }
}

/// What is known of the origin of things that are not known.
#[derive(Debug, Default)]
pub(crate) struct Taken {
    /// What a gap was taken out of.
    from: FxHashMap<GapId, Arc<[Thing]>>,
    /// The attribute of which a gap is the value.
    pub(super) attribute_of: FxHashMap<GapId, Name>,
    /// What containers held before it was no longer known which of it they hold.
    held_before: FxHashMap<ObjectId, Vec<Thing>>,
}

impl Run<'_, '_> {
    /// Notes of what came of an operation, where it is not known, that it may be one of the things which `from` holds.
    pub(crate) fn note_taken(&mut self, result: &Value, from: &Value) {
        let Value::Gap(id) = result else { return };
        if self.is_constant_gap(*id) {
            return;
        }
        let mut things = vec![];
        self.things_of(from, &mut things);
        if let Some(known) = self.taken.from.get(id) {
            things.retain(|it| known.binary_search(it).is_err());
            if things.is_empty() {
                return;
            }
            things.extend(known.iter());
        }
        if !things.is_empty() {
            things.sort_unstable();
            things.dedup();
            self.taken.from.insert(*id, things.into());
        }
    }

    /// The same, and of a container of which it is not known what it holds.
    pub(crate) fn note_within(&mut self, result: &Value, from: &Value) {
        let Value::Object(id) = result else {
            return self.note_taken(result, from);
        };
        if self.is_open_container(*id) {
            self.note_contents(*id, std::slice::from_ref(from));
        }
    }

    fn note_contents(&mut self, id: ObjectId, values: &[Value]) {
        let mut things = vec![];
        for value in values {
            self.things_of(value, &mut things);
        }
        if !things.is_empty() {
            let held = self.taken.held_before.entry(id).or_default();
            held.extend(things);
            held.sort_unstable();
            held.dedup();
        }
    }

    /// What can change among what a value is, or holds and cannot change itself.
    fn things_of(&self, value: &Value, things: &mut Vec<Thing>) {
        self.things_within(value, DEEPEST_TUPLE, &mut FxHashSet::default(), things);
    }

    fn things_within(
        &self,
        value: &Value,
        depth: u32,
        seen: &mut FxHashSet<*const Value>,
        things: &mut Vec<Thing>,
    ) {
        match value {
            Value::Class(class) if !self.classes.is_interpreters(*class) => {
                things.push(Thing::Class(*class));
            }
            Value::Object(id) => things.push(Thing::Object(*id)),
            Value::Module(ix) if self.module(*ix).file.is_some() => {
                things.push(Thing::Module(*ix));
            }
            Value::Method(pair) if depth > 0 => {
                self.things_within(&pair.1, depth - 1, seen, things);
            }
            // A tuple that holds another twice holds it once.
            Value::Tuple(items) if depth > 0 && seen.insert(items.as_ptr()) => {
                for item in items.iter() {
                    self.things_within(item, depth - 1, seen, things);
                }
            }
            Value::Gap(id) if depth > 0 => {
                for value in &self.gaps[id.0].either {
                    self.things_within(value, depth - 1, seen, things);
                }
                things.extend(self.taken.from.get(id).into_iter().flat_map(|it| it.iter()));
            }
            _ => {}
        }
    }

    fn is_open_container(&self, id: ObjectId) -> bool {
        match self.peek(id) {
            Object::List { open, .. } | Object::Set { open, .. } => *open,
            Object::Dict(dict) => dict.open,
            Object::Instance(it) => match it.payload {
                Some(Value::Object(inner)) => inner != id && self.is_open_container(inner),
                _ => false,
            },
            _ => false,
        }
    }

    /// The same of the result of a call, which may be what the call was handed, or hold it; `before`: what iterators among that went through.
    pub(crate) fn note_handed_to(
        &mut self,
        result: &Value,
        arguments: &Arguments,
        before: &[Value],
    ) {
        let is_known = match result {
            Value::Gap(_) => false,
            Value::Object(id) => !self.is_open_container(*id),
            _ => true,
        };
        if is_known {
            return;
        }
        let handed = arguments.handed().chain(before);
        let handed: Vec<Value> = handed.cloned().collect();
        self.note_within(result, &Value::tuple(handed));
    }

    /// What iterators that a call is handed go through, before it asks them.
    pub(crate) fn gone_through_by(&self, arguments: &Arguments) -> Vec<Value> {
        let mut held = vec![];
        for value in &arguments.positional {
            self.gone_through(value, REACH, &mut held);
        }
        held
    }

    fn gone_through(&self, value: &Value, depth: u32, held: &mut Vec<Value>) {
        let Value::Object(id) = value else { return };
        if !matches!(self.peek(*id), Object::Iterator(_) | Object::Generator(_)) {
            return;
        }
        let sources = self.contents_of(*id);
        for source in sources {
            if let Some(below) = depth.checked_sub(1) {
                self.gone_through(&source, below, held);
            }
            held.push(source);
        }
    }

    /// The same of a function without source that was not followed.
    pub(crate) fn note_given_back(&mut self, result: &Value, asked: &Asked<'_>, before: &[Value]) {
        let module = asked.path.module.as_str();
        if GIVING_BACK.contains(&module) || self.world.facts.module(module).is_none() {
            self.note_handed_to(result, &asked.arguments, before);
        }
    }

    /// The same of what comes of a gap that may be one of several things, or was taken out of something.
    pub(crate) fn note_taken_like(&mut self, result: &Value, gap: GapId) {
        if let Value::Gap(id) = result
            && self.gaps[gap.0].either.is_empty()
        {
            // Most have what another has, and share it.
            let Some(from) = self.taken.from.get(&gap) else {
                return;
            };
            let known = self.taken.from.get(id);
            if known.is_some_and(|it| Arc::ptr_eq(it, from)) {
                return;
            }
            if known.is_none() && !self.is_constant_gap(*id) {
                let from = from.clone();
                self.taken.from.insert(*id, from);
                return;
            }
        }
        self.note_taken(result, &Value::Gap(gap));
    }

    /// Whether a call hands over anything that its result may be, and that can change.
    pub(super) fn hands_any(&self, arguments: &Arguments) -> bool {
        let mut things = vec![];
        let mut handed = arguments.handed();
        handed.any(|it| {
            self.things_of(it, &mut things);
            !things.is_empty()
        })
    }

    /// Whether all that a gap may be is known to stay what it is.
    fn is_constant_gap(&self, gap: GapId) -> bool {
        let known = &self.known;
        let constants = [known.bool_, known.int, known.float, known.str_, known.bytes];
        self.gaps[gap.0]
            .class
            .is_some_and(|it| constants.contains(&it))
    }

    /// One of the items that something iterable gives, which is not known.
    pub(crate) fn any_item_of(&mut self, iterable: &Value, at: Option<Place>) -> Value {
        if iterable.is_gap() {
            return self.beyond(iterable);
        }
        let item = self.gap_for(at, Why::Input);
        self.note_taken(&item, iterable);
        item
    }

    /// What a gap may be, or may have been taken out of.
    pub(super) fn behind_gap(&self, gap: GapId) -> impl Iterator<Item = Value> {
        let from = self.taken.from.get(&gap).into_iter();
        let from = from.flat_map(|it| it.iter().copied().map(Value::from));
        self.gaps[gap.0].either.iter().cloned().chain(from)
    }

    /// What a container held before it was no longer known which of it that holds.
    pub(super) fn held_before(&self, id: ObjectId) -> impl Iterator<Item = Value> {
        let held = self.taken.held_before.get(&id).into_iter().flatten();
        held.copied().map(Value::from)
    }

    /// Notes what a container holds, of which it is no longer known what.
    pub(crate) fn note_held_before(&mut self, id: ObjectId) {
        let held = match self.peek(id) {
            Object::List { .. } | Object::Set { .. } | Object::Dict(_) | Object::Instance(_) => {
                self.contents_of(id)
            }
            _ => return,
        };
        self.note_contents(id, &held);
    }

    /// What an object holds, or has held.
    pub(super) fn contents_of(&self, id: ObjectId) -> Vec<Value> {
        let mut held: Vec<Value> = match self.peek(id) {
            Object::List { items, .. } => items.clone(),
            Object::Set { items, .. } => items.values().cloned().collect(),
            Object::Dict(dict) => match dict.view {
                Some(view) => self.bound_in(view),
                None => dict.entries.values().map(|(_, it)| it.clone()).collect(),
            },
            Object::View { of, .. } => vec![of.clone()],
            Object::Iterator(it) => it.source.held(),
            Object::Generator(it) => {
                let mut held = self.bound_in(it.scope);
                held.extend(it.held());
                held
            }
            Object::Instance(it) => {
                let names = it.names.values().map(|it| it.value.clone());
                names.chain(it.payload.clone()).collect()
            }
            _ => vec![],
        };
        held.extend(self.held_before(id));
        held
    }

    pub(super) fn bound_in(&self, scope: ScopeId) -> Vec<Value> {
        let names = self.scope(scope).names.values();
        names.map(|it| it.value.clone()).collect()
    }
}
