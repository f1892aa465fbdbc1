//! What is put into containers while modules run: a log of classes, functions and objects of the project, with the statement or call that
//! is the reason, from which it is told what a registry holds and how that got there.
//!
//! What a container holds in the end, the container itself says. The log only says who put it there, and what stood under a key before; so it
//! needs no journal: what was written on a way that was only tried is marked, and counts where the container holds it in the end. Nothing is
//! written of what holds no class, function or object with source; and where the log is full, that is said ([`Entered::is_full`]).
//!
//! The reason is looked for outwards, along the calls: from the one that writes to the first that was not handed what is written.
//!
//! ```python
//! def register(key):
//!     def enter(cls):
//!         TABLE[key] = cls        # writes, and was handed the class
//!         return cls
//!     return enter
//!
//! @register("tsv")                # is the reason
//! class Tsv: ...
//! ```

use indexmap::IndexMap;
use rustc_hash::{FxBuildHasher, FxHashSet};

use crate::evaluate::machine::run::Run;
use crate::evaluate::machine::value::{Code, Dict, Key, Object, ObjectId, ScopeId, Value};
use crate::semantics::{ClassId, CreationStep};
use crate::source::{FileId, Place};

/// How many entries are noted.
const MOST: usize = 1 << 17;
/// How deep a function may stand in others that only hand it on: `staticmethod(staticmethod(f))`.
const MOST_AROUND: usize = 8;
/// How many items of a tuple, and how many names of a call, are looked at.
const MOST_PARTS: usize = 8;

/// A call that runs now.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Running {
    /// The function.
    pub function: ObjectId,
    /// How many decisions stood open when it was called.
    pub open: usize,
    /// Where it was called.
    pub at: Option<Place>,
    /// Its scope; none before that is made.
    pub scope: Option<ScopeId>,
    /// How many objects there were.
    pub objects: u32,
}

/// What something is put into.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum Holder {
    /// A container.
    Object(ObjectId),
    /// The virtual subclasses of an abstract class.
    Abstract(ClassId),
}

/// Something that was put into a container.
#[derive(Debug, Clone)]
pub(crate) struct Entry {
    pub holder: Holder,
    /// The key in a mapping.
    pub key: Option<Value>,
    pub value: Value,
    pub reason: Reason,
    /// Whether that happened on a way which was only tried.
    pub is_tried: bool,
    /// Whether the key was taken out instead; without one, all of them.
    pub is_gone: bool,
    /// What its module's body has called when that happened.
    pub within: Within,
}

/// A function that a module's body has called, by file and offset; the body itself, without an offset.
pub(crate) type Within = Option<(FileId, Option<u32>)>;

/// Why something stands in a container.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Reason {
    /// The statement or call.
    pub at: Option<Place>,
    /// The function that was called there, or the hook that ran.
    pub by: Option<ObjectId>,
    /// The class statement, or the call that makes a class, whose hook that is.
    pub statement: Option<u32>,
    /// Whether it is a decorator of a class.
    pub is_decorator: bool,
}

/// The log.
#[derive(Debug, Default)]
pub(crate) struct Entered {
    entries: Vec<Entry>,
    is_full: bool,
    /// What used up its steps, and was not followed to its end.
    cut: FxHashSet<Within>,
}

impl Entered {
    /// Whether what has put an entry there was not followed to its end: it may have gone on.
    pub(crate) fn is_cut(&self, entry: &Entry) -> bool {
        entry.within.is_some() && self.cut.contains(&entry.within)
    }

    /// What was put into containers, in order.
    pub(crate) fn entries(&self) -> &[Entry] {
        &self.entries
    }

    /// Whether something could not be noted any more.
    pub(crate) fn is_full(&self) -> bool {
        self.is_full
    }
}

impl Run<'_, '_> {
    /// Notes that a container is given a value, in a mapping under a key.
    pub(crate) fn note_entry(
        &mut self,
        container: ObjectId,
        key: Option<&Value>,
        value: &Value,
        at: Option<Place>,
    ) {
        self.note_held(Holder::Object(container), key, value, at);
    }

    /// The same of anything that holds others.
    pub(crate) fn note_held(
        &mut self,
        holder: Holder,
        key: Option<&Value>,
        value: &Value,
        at: Option<Place>,
    ) {
        let Some(handed) = self
            .registered_in(value)
            .or_else(|| self.registered_in(key?))
        else {
            return;
        };
        // What nobody has called, and what a question makes run, registers nothing.
        if self.floor > 0 || self.tracing.is_some() {
            return;
        }
        if self.entered.entries.len() >= MOST {
            self.entered.is_full = true;
            return;
        }
        let reason = self.reason(&handed.clone(), key, at);
        let entry = Entry {
            holder,
            key: key.cloned(),
            value: value.clone(),
            reason,
            is_tried: !self.journals.is_empty(),
            is_gone: false,
            within: self.within(),
        };
        self.entered.entries.push(entry);
    }

    /// What the body of the module that runs has called; the body itself where it has called nothing.
    fn within(&self) -> Within {
        let outside = self.calls.len().saturating_sub(self.callers.len());
        let Some(call) = self.calls.get(outside) else {
            let module = self.module(*self.running.last()?);
            return Some((module.file?, None));
        };
        let Object::Function(function) = self.peek(call.function) else {
            return None;
        };
        let (file, start) = function.key();
        Some((file, Some(start)))
    }

    /// Notes that what runs now is not followed to its end.
    pub(crate) fn note_cut_entries(&mut self) {
        if self.floor == 0 && self.tracing.is_none() {
            let within = self.within();
            self.entered.cut.insert(within);
        }
    }

    /// Notes that a mapping is about to lose what it has under a key, or all that it has.
    pub(crate) fn note_gone(&mut self, container: ObjectId, key: Option<&Value>) {
        let Object::Dict(dict) = self.peek(container) else {
            return;
        };
        let is_noted = match key.map(Value::key) {
            Some(Some(key)) => dict.entries.get(&key).into_iter().any(|it| {
                self.registered_in(&it.1).is_some() || self.registered_in(&it.0).is_some()
            }),
            Some(None) => false,
            None => dict
                .entries
                .values()
                .any(|it| self.registered_in(&it.1).is_some()),
        };
        if !is_noted || self.floor > 0 || self.tracing.is_some() {
            return;
        }
        if self.entered.entries.len() >= MOST {
            self.entered.is_full = true;
            return;
        }
        let reason = Reason {
            at: None,
            by: None,
            statement: None,
            is_decorator: false,
        };
        self.entered.entries.push(Entry {
            holder: Holder::Object(container),
            key: key.cloned(),
            value: Value::None,
            reason,
            is_tried: !self.journals.is_empty(),
            is_gone: true,
            within: None,
        });
    }

    /// Notes what a dict is given by one that is about to take the place of what it holds.
    pub(crate) fn note_changed_entries(
        &mut self,
        container: ObjectId,
        new: &Dict,
        at: Option<Place>,
    ) {
        let Object::Dict(held) = self.peek(container) else {
            return;
        };
        let is_new = |(hashed, (_, value)): &(&Key, &(Value, Value))| {
            let there = held.entries.get(*hashed);
            there.is_none_or(|(_, there)| !there.same(value))
        };
        let is_registered = |(key, value): &&(Value, Value)| {
            self.registered_in(value).is_some() || self.registered_in(key).is_some()
        };
        let entries = new.entries.iter().filter(is_new).map(|(_, it)| it);
        let entries: Vec<(Value, Value)> = entries.filter(is_registered).cloned().collect();
        for (key, value) in entries {
            self.note_entry(container, Some(&key), &value, at);
        }
    }

    /// Notes what a set is given by items that are about to take the place of those it holds.
    pub(crate) fn note_changed_items(
        &mut self,
        container: ObjectId,
        new: &IndexMap<Key, Value, FxBuildHasher>,
        at: Option<Place>,
    ) {
        let Object::Set { items, .. } = self.peek(container) else {
            return;
        };
        let is_new = |(hashed, item): &(&Key, &Value)| {
            self.registered_in(item).is_some() && !items.contains_key(*hashed)
        };
        let added: Vec<Value> = new.iter().filter(is_new).map(|it| it.1.clone()).collect();
        for item in added {
            self.note_entry(container, None, &item, at);
        }
    }

    /// The class, function or object with source that a value is, or that a tuple begins with.
    pub(crate) fn registered_in<'v>(&self, value: &'v Value) -> Option<&'v Value> {
        match value {
            Value::Tuple(items) => items
                .iter()
                .take(MOST_PARTS)
                .find(|it| !matches!(it, Value::Tuple(_)) && self.registered_in(it).is_some()),
            Value::Class(id) => (!self.classes.is_interpreters(*id)).then_some(value),
            Value::Method(pair) => self.registered_in_object(&pair.0).then_some(value),
            Value::Object(id) => match self.peek(*id) {
                Object::Function(_) => Some(value),
                Object::ClassMethod(inner) | Object::StaticMethod(inner) => {
                    self.registered_in_object(inner).then_some(value)
                }
                Object::Instance(it) => {
                    let is_partial = || {
                        let path = &self.classes.get(it.class).path;
                        path.module == "functools" && path.qualname.starts_with("partial")
                    };
                    let is_own = !self.classes.is_interpreters(it.class) || is_partial();
                    is_own.then_some(value)
                }
                _ => None,
            },
            _ => None,
        }
    }

    /// The function that a method, a `classmethod` or a `staticmethod` stands for; anything else as it is.
    pub(crate) fn function_within<'v>(&'v self, value: &'v Value) -> &'v Value {
        let mut inner = value;
        for _ in 0..MOST_AROUND {
            inner = match inner {
                Value::Method(pair) => &pair.0,
                Value::Object(id) => match self.peek(*id) {
                    Object::ClassMethod(it) | Object::StaticMethod(it) => it,
                    _ => break,
                },
                _ => break,
            };
        }
        inner
    }

    /// Whether a value is a function with source.
    fn registered_in_object(&self, value: &Value) -> bool {
        matches!(value, Value::Object(id) if matches!(self.peek(*id), Object::Function(_)))
    }

    /// Why a value is put somewhere by what runs now.
    fn reason(&self, value: &Value, key: Option<&Value>, at: Option<Place>) -> Reason {
        // A module that is imported begins anew: what has imported it is no reason.
        let outside = self.calls.len().saturating_sub(self.callers.len());
        let calls = self.calls.get(outside..).unwrap_or_default();
        let mut first = calls.len();
        while let Some(before) = first.checked_sub(1)
            && calls
                .get(before)
                .is_some_and(|it| self.was_handed(it, value, key))
        {
            first = before;
        }
        let handed_at = calls.get(first).map_or(at, |it| it.at);
        let mut reason = Reason {
            at: handed_at,
            by: calls.get(first).map(|it| it.function),
            statement: None,
            is_decorator: false,
        };
        let Some((statement, calls_before, step)) = self.started.innermost() else {
            return reason;
        };
        let begins = (calls_before as usize).saturating_sub(outside);
        let (Some(outermost), Some(&caller)) = (calls.get(begins), self.callers.get(begins)) else {
            return reason;
        };
        if let Some(CreationStep::Decorate(_)) = step {
            reason.is_decorator = first <= begins;
            return reason;
        }
        let is_body = self.scope(caller).kind == crate::evaluate::machine::scope::ScopeKind::Class;
        let is_asked = matches!(step, Some(CreationStep::Decorators | CreationStep::Bases));
        if is_body || is_asked || calls_before as usize != begins + outside {
            return reason;
        }
        // Of the functions on the way, the last that the making of the class has called.
        let upto = (first + 1).min(calls.len());
        let hook = calls.get(begins..upto).unwrap_or_default();
        let hook = hook.iter().rev().find(|it| self.is_hook(it.function));
        reason.by = Some(hook.unwrap_or(outermost).function);
        reason.statement = Some(statement);
        reason.at = self.started.place_of(statement).or(reason.at);
        reason
    }

    /// Whether a call was handed a value, or the key for it, or has made it of a class or function that it was handed.
    fn was_handed(&self, call: &Running, value: &Value, key: Option<&Value>) -> bool {
        let Some(scope) = call.scope else {
            return false;
        };
        let is_made = matches!(value, Value::Object(id) if id.0 >= call.objects);
        let is_it = |it: &Value| match it {
            Value::Class(_) if is_made => true,
            Value::Object(_) | Value::Class(_) | Value::Method(_) => {
                it.same(value) || is_made && self.function(it).is_some()
            }
            Value::Str(_) => key.is_some_and(|key| key.same(it)),
            _ => false,
        };
        let names = self.scope(scope).names.values().take(MOST_PARTS);
        // Only parameters are bound without a place.
        names
            .filter(|it| it.at.is_none())
            .any(|it| match &it.value {
                Value::Tuple(items) => items.iter().take(MOST_PARTS).any(is_it),
                one => is_it(one),
            })
    }

    /// Whether a function has the name of one that is called when a class is made.
    fn is_hook(&self, function: ObjectId) -> bool {
        let Object::Function(function) = self.peek(function) else {
            return false;
        };
        let Code::Def(def) = &function.code else {
            return false;
        };
        matches!(
            def.name.as_str(),
            "__init_subclass__"
                | "__set_name__"
                | "__new__"
                | "__init__"
                | "__call__"
                | "__prepare__"
                | "mro"
        )
    }
}
