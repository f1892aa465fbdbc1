//! What is not followed: its result is a gap, and what it was handed and could have changed is *touched*.
//!
//! Whoever reads a touched object from then on rests on the assumption that it is as it was. [`Run::object`] notes that by itself, so that no
//! code can forget it.
//!
//! ```python
//! bases = [Base]
//! app.setup(bases)          # out of view
//! class C(*bases): ...      # assumed: `app.setup` leaves what it is handed as it was
//! ```

use crate::evaluate::machine::asked::Asked;
use crate::evaluate::machine::run::Run;
use crate::evaluate::machine::value::{Object, ObjectId, Value};
use crate::semantics::Assumption;
use crate::source::Place;

/// How deep in one another the objects are that unseen code may reach from what it is handed.
const REACH: u32 = 3;
/// How many objects it may reach at most.
const MOST_REACHED: usize = 200;

/// Modules of the interpreter whose functions change nothing that they are handed.
const ONLY_READ: &[&str] = &[
    "typing",
    "warnings",
    "logging",
    "os",
    "posixpath",
    "posix",
    "json",
    "json.decoder",
    "json.encoder",
    "inspect",
    "sys",
    "time",
    "re",
    "abc",
    "weakref",
    "_weakref",
    "_abc",
    "_thread",
    "math",
    "string",
    "textwrap",
];

/// Builtin functions that change what they are handed.
const CHANGING_FUNCTIONS: [&str; 5] = ["next", "exec", "eval", "setattr", "delattr"];

/// Methods of containers that leave their receiver as it is, and what they are handed; an iterator among that is lost where it is read.
const READING_METHODS: [&str; 22] = [
    "index",
    "count",
    "copy",
    "get",
    "keys",
    "values",
    "items",
    "fromkeys",
    "union",
    "difference",
    "intersection",
    "symmetric_difference",
    "issubset",
    "issuperset",
    "isdisjoint",
    "elements",
    "most_common",
    "total",
    "new_child",
    "_asdict",
    "_replace",
    "_make",
];

/// Special methods that change their receiver, without their underscores.
const CHANGING_METHODS: [&str; 22] = [
    "init",
    "setitem",
    "delitem",
    "setattr",
    "delattr",
    "set",
    "delete",
    "setstate",
    "next",
    "iadd",
    "isub",
    "imul",
    "iand",
    "ior",
    "ixor",
    "ifloordiv",
    "imod",
    "ipow",
    "ilshift",
    "irshift",
    "itruediv",
    "imatmul",
];

impl Run<'_, '_> {
    /// Something that was not followed: its result is a gap, and what it was handed may have changed.
    ///
    /// The receiver of a method of the interpreter's own types has changed for all that is known; what else it was handed, and what these
    /// reach, is taken to be as it was, which is an assumption of whoever reads it from here on.
    pub(crate) fn not_followed<'v>(
        &mut self,
        what: &str,
        handed: impl IntoIterator<Item = &'v Value>,
        at: Option<Place>,
    ) {
        let mut reached: Vec<ObjectId> = vec![];
        for value in handed {
            self.reach(value, REACH, &mut reached);
        }
        if reached.is_empty() {
            return;
        }
        let assumption = Assumption {
            what: format!("`{what}` leaves what it is handed as it was"),
            at,
        };
        for id in reached {
            self.touched.entry(id).or_insert_with(|| assumption.clone());
        }
    }

    /// Whether something was looked into that may have changed out of view, and is not noted yet.
    pub(crate) fn has_read_touched(&self) -> bool {
        self.read_touched.lock().is_ok_and(|read| !read.is_empty())
    }

    /// A function or method of the interpreter that is not followed: a method may have changed its receiver in any way.
    pub(crate) fn native_not_followed(&mut self, asked: &Asked<'_>) {
        let (module, name) = (&asked.path.module, &asked.path.qualname);
        let is_builtin = module == "builtins" && !name.contains('.');
        if ONLY_READ.contains(&module.as_str())
            || is_builtin && !CHANGING_FUNCTIONS.contains(&name.as_str())
        {
            return;
        }
        let mut handed: Vec<Value> = asked.arguments.handed().cloned().collect();
        if let Some((_, method)) = name.split_once('.') {
            let method = method.rsplit('.').next().unwrap_or(method);
            let only_reads = READING_METHODS.contains(&method)
                || method.starts_with("__")
                    && !CHANGING_METHODS.contains(&method.trim_matches('_'));
            if only_reads {
                return;
            }
            if let Some(Value::Object(id)) = handed.first() {
                let id = *id;
                let inner = match self.peek(id) {
                    Object::Instance(instance) => match instance.payload {
                        Some(Value::Object(inner)) => Some(inner),
                        _ => None,
                    },
                    _ => None,
                };
                // What such an object holds is not kept.
                let is_opaque = matches!(self.peek(id), Object::Instance(it)
                    if it.payload.is_none() && self.classes.is_interpreters(it.class));
                if is_opaque {
                    handed.remove(0);
                }
                let is_container = inner.is_some() || !matches!(self.peek(id), Object::Instance(_));
                if is_container && !is_opaque {
                    self.lose_object(inner.unwrap_or(id), asked.at);
                    handed.remove(0);
                }
            }
        }
        self.not_followed(name, &handed, asked.at);
    }

    /// What was read of objects that may have changed out of view is taken to be as it was.
    pub(crate) fn settle_reads(&mut self) {
        let Ok(read) = self.read_touched.get_mut() else {
            return;
        };
        if read.is_empty() {
            return;
        }
        for id in std::mem::take(read) {
            if let Some(assumption) = self.touched.get(&id).cloned() {
                self.assume_here(assumption);
            }
        }
    }

    /// What is handed to something of which it is not known whether it is called: whatever that could change is not known from here on.
    pub(crate) fn lose_reached(&mut self, value: &Value, at: Option<Place>) {
        let mut reached: Vec<ObjectId> = vec![];
        self.reach(value, REACH + 1, &mut reached);
        for id in reached {
            self.lose_object(id, at);
        }
    }

    /// The objects that can change among what a value holds.
    fn reach(&self, value: &Value, depth: u32, reached: &mut Vec<ObjectId>) {
        let Some(below) = depth.checked_sub(1) else {
            return;
        };
        if reached.len() >= MOST_REACHED {
            return;
        }
        match value {
            Value::Tuple(items) => {
                for item in items.iter().take(MOST_REACHED) {
                    self.reach(item, below, reached);
                }
            }
            Value::Method(pair) => self.reach(&pair.1, depth, reached),
            Value::Object(id) if !reached.contains(id) => match self.peek(*id) {
                Object::List { items, .. } => {
                    reached.push(*id);
                    for item in items.iter().take(MOST_REACHED) {
                        self.reach(item, below, reached);
                    }
                }
                Object::Set { frozen: false, .. } => reached.push(*id),
                Object::Dict(dict) => {
                    reached.push(*id);
                    for (_, item) in dict.entries.values().take(MOST_REACHED) {
                        self.reach(item, below, reached);
                    }
                }
                // An object of the interpreter's own modules is not changed by being handed on.
                Object::Instance(instance) if !self.table_names.contains_key(id) => {
                    reached.push(*id);
                    if let Some(payload) = &instance.payload {
                        self.reach(payload, below, reached);
                    }
                    for binding in instance.names.values().take(MOST_REACHED) {
                        self.reach(&binding.value, below, reached);
                    }
                }
                Object::Generator(_) | Object::Iterator(_) => reached.push(*id),
                Object::View { of, .. } => self.reach(of, depth, reached),
                _ => {}
            },
            _ => {}
        }
    }
}
