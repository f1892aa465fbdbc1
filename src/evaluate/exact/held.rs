//! What the descriptors of a class keep for themselves: the key that `__set_name__` made, a lock, a list of locks.

use crate::Name;
use crate::evaluate::exact::at_rest::AtRest;
use crate::evaluate::machine::run::Run;
use crate::evaluate::machine::value::{Object, Value};
use crate::semantics::{ClassId, Held, HeldBy, HeldByOne};

/// How many descriptors are looked into.
const MOST: usize = 500;
/// How many attributes of one.
const MOST_FIELDS: usize = 64;
/// The longest text that is a key.
const LONGEST_KEY: usize = 200;

/// Modules that define locks, and what these are called in some version of CPython.
const MODULES: [&str; 4] = [
    "threading",
    "_thread",
    "multiprocessing.synchronize",
    "asyncio.locks",
];
const LOCKS: [&str; 7] = [
    "lock",
    "LockType",
    "Lock",
    "RLock",
    "Condition",
    "Semaphore",
    "BoundedSemaphore",
];

impl AtRest<'_, '_> {
    /// What the descriptors of a class and its ancestors hold, by name.
    pub fn held(&self, class: ClassId) -> HeldBy {
        let run = &self.run;
        let mut held = HeldBy::default();
        for &on in run.classes.mro(class).unwrap_or(&[class]) {
            for (name, binding) in run.class_names.get(&on).into_iter().flatten() {
                if held.len() == MOST {
                    return held;
                }
                if binding.maybe.is_none()
                    && !held.contains_key(name)
                    && let Some(one) = run.held_by(&binding.value)
                {
                    held.insert(name.clone(), one);
                }
            }
        }
        held
    }
}

impl Run<'_, '_> {
    /// The attributes of an instance of a class with source.
    fn held_by(&self, value: &Value) -> Option<HeldByOne> {
        let Value::Object(id) = value else {
            return None;
        };
        let Object::Instance(instance) = self.peek(*id) else {
            return None;
        };
        if self.touched.contains(*id) || self.classes.is_interpreters(instance.class) {
            return None;
        }
        let mut one = HeldByOne {
            object: id.0,
            ..HeldByOne::default()
        };
        let own = instance.names.iter();
        let of_class = self.classes.mro(instance.class).unwrap_or(&[]).iter();
        let of_class = of_class.flat_map(|class| self.class_names.get(class).into_iter().flatten());
        for (name, binding) in own.chain(of_class).take(MOST_FIELDS) {
            if binding.maybe.is_none()
                && !one.fields.contains_key(name)
                && let Some(held) = self.kept_as(&binding.value)
            {
                one.fields.insert(name.clone(), held);
            }
        }
        Some(one)
    }

    fn kept_as(&self, value: &Value) -> Option<Held> {
        if let Value::Str(text) = value {
            let is_short = text.len() <= LONGEST_KEY;
            return is_short.then(|| Held::Text(Name::from(&**text)));
        }
        if self.is_lock(value) {
            return Some(Held::Lock);
        }
        let items: &[Value] = match value {
            Value::Tuple(items) => items,
            Value::Object(id) => match self.peek(*id) {
                Object::List { items, open: false } => items,
                _ => return None,
            },
            _ => return None,
        };
        let all = !items.is_empty() && items.iter().all(|it| self.is_lock(it));
        all.then_some(Held::Locks(items.len()))
    }

    fn is_lock(&self, value: &Value) -> bool {
        self.class_of(value).is_some_and(|class| {
            let path = &self.classes.get(class).path;
            MODULES.contains(&path.module.as_str()) && LOCKS.contains(&path.name())
        })
    }
}
