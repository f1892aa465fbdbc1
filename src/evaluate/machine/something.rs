//! What is done to something that is not known, and may be done to each of the things that it was taken out of: a name that is set, an item,
//! a method that is called. All that it may change is touched.

use rustc_hash::{FxHashMap, FxHashSet};

use crate::Name;
use crate::evaluate::machine::gaps::GapState;
use crate::evaluate::machine::reach::Reached;
use crate::evaluate::machine::run::Run;
use crate::evaluate::machine::taken::REACH;
use crate::evaluate::machine::touched::READING_METHODS;
use crate::evaluate::machine::value::{Definition, GapId, Object, ObjectId, ScopeId, Value};
use crate::semantics::{Assumption, ClassId};
use crate::source::Place;

/// What stands in things from which something was taken.
#[derive(Debug, Default)]
struct Held {
    classes: FxHashSet<ClassId>,
    objects: FxHashSet<ObjectId>,
    scopes: FxHashSet<ScopeId>,
}

impl Run<'_, '_> {
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

    fn touch_elsewhere(&mut self, reached: Reached, at: Option<Place>) {
        if reached.is_empty() {
            return;
        }
        self.started.lose();
        let line = self.first_line(at);
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
}
