//! What is not known, but was taken out of something that is: whatever is done to it is done to one of the things that were there.
//!
//! What holds them is noted beside the gap. A name, an item or a method through which such a gap is changed *touches* all of them: who reads
//! one of them from then on takes for granted that it was another.
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
use crate::evaluate::machine::gaps::GapState;
use crate::evaluate::machine::reach::Reached;
use crate::evaluate::machine::run::{Eval, Run};
use crate::evaluate::machine::touched::READING_METHODS;
use crate::evaluate::machine::value::{
    Definition, GapId, ModuleIx, Object, ObjectId, ScopeId, Value,
};
use crate::evaluate::machine::ways::MOST_DEPTH_OF_SIDES;
use crate::semantics::{Assumption, ClassId, Why};
use crate::source::Place;

/// How deep in one another the things are that something unknown may have been taken out of.
const REACH: u32 = 4;

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
    attribute_of: FxHashMap<GapId, Name>,
    /// What containers held before it was no longer known which of it they hold.
    held_before: FxHashMap<ObjectId, Vec<Thing>>,
}

/// What stands in things from which something was taken.
#[derive(Debug, Default)]
struct Held {
    classes: FxHashSet<ClassId>,
    objects: FxHashSet<ObjectId>,
    scopes: FxHashSet<ScopeId>,
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

    /// Does something with each of the few things that a value may be; none where that is not known.
    ///
    /// ```py
    /// target = Plain if unknown() else Special
    /// target.base = Mixin                 # of one of them
    /// ```
    pub(crate) fn on_something(
        &mut self,
        value: &Value,
        at: Option<Place>,
        what: impl FnMut(&mut Self, &Value) -> Eval<()>,
    ) -> Option<Eval<()>> {
        if !self.has_sides(&[value]) || self.depth >= MOST_DEPTH_OF_SIDES {
            return None;
        }
        self.depth += 1;
        let done = self.each_side(value, at, what);
        self.depth -= 1;
        done
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

    /// What an attribute is of something that is not known: a method of it is one of what it may be.
    pub(crate) fn beyond_named(&mut self, value: &Value, name: &Name) -> Value {
        let Value::Gap(of) = value else {
            return value.clone();
        };
        if self.behind_gap(*of).next().is_none() {
            return self.beyond(value);
        }
        let about = self.gaps[of.0].gap.clone();
        self.started.lose();
        self.unknowns += 1;
        let id = GapId(self.gaps.push(GapState::of(about)));
        self.note_taken_like(&Value::Gap(id), *of);
        self.taken.attribute_of.insert(id, name.clone());
        Value::Gap(id)
    }

    /// A call of something that is not known, which may be one of the things that it was taken out of, or a method of one.
    pub(crate) fn calls_something(&mut self, callee: &Value, at: Option<Place>) {
        if let Value::Gap(gap) = callee {
            let name = self.taken.attribute_of.get(gap).cloned();
            self.method_of_something(callee, name.as_ref(), at);
        }
    }

    /// A method of something that is not known is called, or the thing itself.
    pub(crate) fn method_of_something(
        &mut self,
        value: &Value,
        name: Option<&Name>,
        at: Option<Place>,
    ) {
        let mut held = self.held_behind(value);
        let mut reached = Reached::default();
        let method = name.map_or("__call__", |it| it.as_str());
        let only_reads = READING_METHODS.contains(&method);
        let mut codes: Vec<&Definition> = vec![];
        let mut by_class: FxHashMap<ClassId, bool> = FxHashMap::default();
        for &id in &held.objects {
            let class = self.class_of(&Value::Object(id));
            match self.peek(id) {
                Object::Function(of) if name.is_none_or(|it| *it == of.name) => {
                    self.reach_by_code(&of.definition, 2, &mut reached);
                }
                Object::Instance(it) if it.names.contains_key(method) || it.open => {
                    reached.objects.push(id);
                }
                _ => {
                    let Some(class) = class else { continue };
                    let is_changed = *by_class.entry(class).or_insert_with(|| {
                        let found = self.find_in_mro(class, method);
                        let code = found.as_ref().and_then(|it| it.1.as_ref());
                        let code = code.and_then(|it| self.code_of(&it.value));
                        codes.extend(code);
                        let is_changed = code.is_some() || !only_reads && found.is_some();
                        is_changed || !self.is_whole(class)
                    });
                    if is_changed {
                        reached.objects.push(id);
                    }
                }
            }
        }
        for &class in &held.classes {
            if name.is_none() {
                self.reach_by_class(class, 2, &mut reached);
            } else if let Some((_, Some(binding))) = self.find_in_mro(class, method)
                && let Some(code) = self.code_of(&binding.value)
            {
                codes.push(code);
            }
        }
        if !codes.is_empty() {
            self.receivers_of_something(&codes, &mut held, &mut reached);
        }
        self.touch_elsewhere(reached, at);
    }

    /// What methods with source may change of the receivers that they may have, and of what these hold.
    fn receivers_of_something(
        &self,
        codes: &[&Definition],
        held: &mut Held,
        reached: &mut Reached,
    ) {
        for id in held.objects.clone() {
            if let Object::Instance(it) = self.peek(id) {
                self.hold(&Value::Class(it.class), 2, held);
            }
        }
        for code in codes {
            self.reach_by_code(code, 2, reached);
            let set = self.attributes_set_by(code);
            for class in &held.classes {
                reached
                    .attributes
                    .extend(set.iter().map(|it| (*class, it.clone())));
            }
        }
        let is_code = |it: &ObjectId| matches!(self.peek(*it), Object::Function(_));
        let objects = held.objects.iter().filter(|it| !is_code(it));
        reached.objects.extend(objects);
    }

    /// `value.name = item` or `del value.name` of something that is not known.
    pub(crate) fn names_something(&mut self, value: &Value, name: &Name, at: Option<Place>) {
        let held = self.held_behind(value);
        let mut reached = Reached::default();
        let objects = held.objects.into_iter();
        let has_names =
            |it: &ObjectId| matches!(self.peek(*it), Object::Instance(_) | Object::Function(_));
        reached.objects.extend(objects.filter(has_names));
        let scopes = held.scopes.into_iter();
        reached.names.extend(scopes.map(|it| (it, name.clone())));
        let classes = held.classes.into_iter();
        reached
            .attributes
            .extend(classes.map(|it| (it, name.clone())));
        self.touch_elsewhere(reached, at);
    }

    /// `value[index] = item` or `del value[index]` of something that is not known.
    pub(crate) fn changes_items_of_something(&mut self, value: &Value, at: Option<Place>) {
        let held = self.held_behind(value);
        let has_items = |it: &ObjectId| match self.peek(*it) {
            Object::List { .. } | Object::Dict(_) => true,
            Object::Instance(it) => {
                it.payload.is_some()
                    || !self.is_whole(it.class)
                    || self.find_in_mro(it.class, "__setitem__").is_some()
            }
            _ => false,
        };
        let mut reached = Reached::default();
        reached
            .objects
            .extend(held.objects.into_iter().filter(has_items));
        self.touch_elsewhere(reached, at);
    }

    /// Notes that a class was given a value under a name that is not known, but for how it begins: who reads one of its names takes for
    /// granted that it was not that one.
    ///
    /// ```py
    /// class Kinds: base = Plain
    /// setattr(Kinds, sys.argv[1], Special)
    /// class C(Kinds.base): ...            # where that was another name
    /// ```
    pub(crate) fn may_replace_names_of(&mut self, class: ClassId, start: &str, at: Option<Place>) {
        let names = self.class_names.get(&class).into_iter().flatten();
        let names = names.map(|it| it.0).filter(|it| it.starts_with(start));
        let mut reached = Reached::default();
        reached
            .attributes
            .extend(names.map(|it| (class, it.clone())));
        self.touch_there(reached, at);
    }

    /// Notes that the metaclass of a class rests on an assumption.
    pub(crate) fn may_have_another_metaclass(&mut self, class: ClassId, assumption: &Assumption) {
        let mut reached = Reached::default();
        reached
            .attributes
            .insert((class, Name::const_new("__class__")));
        self.touch(reached, assumption);
    }

    /// The same of a module or of the body of a class.
    pub(crate) fn may_replace_names_in(&mut self, scope: ScopeId, at: Option<Place>) {
        let names = self.scope(scope).names.keys();
        let mut reached = Reached::default();
        reached.names.extend(names.map(|it| (scope, it.clone())));
        self.touch_there(reached, at);
    }

    fn touch_there(&mut self, reached: Reached, at: Option<Place>) {
        if !reached.is_empty() && !self.is_traced() {
            self.started.lose();
            let text = self.text(at);
            let line = text.lines().next().unwrap_or_default();
            let what = format!("`{line}` replaces nothing that is there");
            self.touch(reached, &Assumption { what, at });
        }
    }

    fn touch_elsewhere(&mut self, reached: Reached, at: Option<Place>) {
        if reached.is_empty() {
            return;
        }
        self.started.lose();
        let text = self.text(at);
        let line = text.lines().next().unwrap_or_default();
        let what = format!("`{line}` changes something else");
        self.touch(reached, &Assumption { what, at });
    }

    fn held_behind(&self, value: &Value) -> Held {
        let mut held = Held::default();
        let Value::Gap(id) = value else { return held };
        for one in self.behind_gap(*id) {
            self.hold(&one, REACH, &mut held);
        }
        // The class of what is meant, and not that itself.
        if self
            .taken
            .attribute_of
            .get(id)
            .is_some_and(|it| it == "__class__")
        {
            for id in held.objects.clone() {
                if let Object::Instance(it) = self.peek(id) {
                    self.hold(&Value::Class(it.class), 2, &mut held);
                }
            }
        }
        held
    }

    fn hold(&self, value: &Value, depth: u32, held: &mut Held) {
        let Some(below) = depth.checked_sub(1) else {
            return;
        };
        let inside: Vec<Value> = match value {
            Value::Tuple(items) => items.to_vec(),
            Value::Method(pair) => return self.hold(&pair.1, depth, held),
            Value::Class(class) => {
                if self.classes.is_interpreters(*class) || !held.classes.insert(*class) {
                    return;
                }
                let names = self.class_names.get(class).into_iter().flatten();
                names.map(|(_, it)| it.value.clone()).collect()
            }
            Value::Module(ix) if self.module(*ix).file.is_some() => {
                let scope = self.module(*ix).scope;
                if !held.scopes.insert(scope) {
                    return;
                }
                self.bound_in(scope)
            }
            Value::Gap(id) => self.behind_gap(*id).collect(),
            Value::Object(id) => {
                if self.table_names.contains_key(id) || !held.objects.insert(*id) {
                    return;
                }
                self.contents_of(*id)
            }
            _ => return,
        };
        for value in &inside {
            self.hold(value, below, held);
        }
    }

    /// What an object holds, or has held.
    fn contents_of(&self, id: ObjectId) -> Vec<Value> {
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

    fn bound_in(&self, scope: ScopeId) -> Vec<Value> {
        let names = self.scope(scope).names.values();
        names.map(|it| it.value.clone()).collect()
    }
}
