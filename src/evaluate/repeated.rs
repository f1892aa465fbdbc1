//! Class statements that were run again and again: classes that differ in nothing one can see are one row, which says how often.
//!
//! ```python
//! for _ in range(1000):
//!     class Model(BaseModel):   # one row, made 1,000 times
//!         x: int
//! ```

use std::sync::Arc;

use rustc_hash::FxHashMap;

use crate::evaluate::run::Run;
use crate::evaluate::value::{Code, Definition, Namespace, Object, Value};
use crate::semantics::{ClassId, ClassPath, Outcome};
use crate::source::Place;

/// How many classes of one statement that do look different a further one is held against.
const MOST_KINDS: usize = 4;
/// How deep in one another the values are that are looked into.
const DEPTH: u32 = 4;

/// Which class stands for a class that looks the same.
type Stands = FxHashMap<ClassId, ClassId>;

impl Run<'_, '_> {
    /// Takes the classes that look like an earlier one of the same statement from the lists of the modules, and counts them with that.
    pub(super) fn gather_repeated(&mut self) -> Stands {
        let mut kinds: FxHashMap<(Place, ClassPath), Vec<ClassId>> = FxHashMap::default();
        let mut stands: Stands = FxHashMap::default();
        for id in self.classes.own_ids() {
            let class = self.classes.get(id);
            let Some(place) = class.origin.place() else {
                continue;
            };
            let seen = kinds.entry((place, class.path.clone())).or_default();
            match seen.iter().find(|&&it| self.looks_like(it, id, &stands)) {
                Some(&first) => {
                    stands.insert(id, first);
                }
                None if seen.len() < MOST_KINDS => seen.push(id),
                None => {}
            }
        }
        if stands.is_empty() {
            return stands;
        }
        for module in &mut self.modules {
            module.classes.retain(|id| !stands.contains_key(id));
        }
        for first in stands.values() {
            self.classes_mut().get_mut(*first).times += 1;
        }
        stands
    }

    fn looks_like(&self, one: ClassId, other: ClassId, stands: &Stands) -> bool {
        let as_shown = |id: ClassId| match id {
            id if id == other => one,
            id => stands.get(&id).copied().unwrap_or(id),
        };
        let same = |left: &[ClassId], right: &[ClassId]| {
            left.len() == right.len()
                && left
                    .iter()
                    .zip(right)
                    .all(|(&left, &right)| as_shown(left) == as_shown(right))
        };
        let (left, right) = (self.classes.get(one), self.classes.get(other));
        let is_made_alike = match (&left.outcome, &right.outcome) {
            (Outcome::Created(a), Outcome::Created(b)) => {
                as_shown(a.metaclass) == as_shown(b.metaclass)
                    && same(&a.mro, &b.mro)
                    && same(&a.bases, &b.bases)
            }
            (Outcome::Raises(a), Outcome::Raises(b)) => {
                a.kind == b.kind && a.message == b.message && same(&a.bases, &b.bases)
            }
            (
                Outcome::Unknown { because, known, .. },
                Outcome::Unknown {
                    because: also,
                    known: others,
                    ..
                },
            ) => because == also && same(known, others),
            _ => false,
        };
        is_made_alike
            && left.standing == right.standing
            && left.refused == right.refused
            && self.names_alike(one, other, &as_shown)
    }

    fn names_alike(
        &self,
        one: ClassId,
        other: ClassId,
        as_shown: &dyn Fn(ClassId) -> ClassId,
    ) -> bool {
        let nothing = Namespace::default();
        let left = self.class_names.get(&one).unwrap_or(&nothing);
        let right = self.class_names.get(&other).unwrap_or(&nothing);
        left.len() == right.len()
            && left.iter().zip(right).all(|((name, a), (also, b))| {
                name == also
                    && a.maybe == b.maybe
                    && self.alike(&a.value, &b.value, as_shown, DEPTH)
            })
    }

    fn alike(
        &self,
        left: &Value,
        right: &Value,
        as_shown: &dyn Fn(ClassId) -> ClassId,
        depth: u32,
    ) -> bool {
        let Some(below) = depth.checked_sub(1) else {
            return false;
        };
        let inner = |a: &Value, b: &Value| self.alike(a, b, as_shown, below);
        match (left, right) {
            (Value::Class(a), Value::Class(b)) => as_shown(*a) == as_shown(*b),
            (Value::Gap(a), Value::Gap(b)) => a == b || self.told(*a) == self.told(*b),
            (Value::Tuple(a), Value::Tuple(b)) => {
                a.len() == b.len() && a.iter().zip(b.iter()).all(|(a, b)| inner(a, b))
            }
            (Value::Object(a), Value::Object(b)) => {
                a == b
                    || match (self.peek(*a), self.peek(*b)) {
                        (Object::Function(a), Object::Function(b)) => {
                            is_one_definition(&a.definition, &b.definition)
                                && a.is_abstract == b.is_abstract
                        }
                        (Object::ClassMethod(a), Object::ClassMethod(b))
                        | (Object::StaticMethod(a), Object::StaticMethod(b)) => inner(a, b),
                        (
                            Object::Property { get, set, delete },
                            Object::Property {
                                get: also_get,
                                set: also_set,
                                delete: also_delete,
                            },
                        ) => {
                            inner(get, also_get)
                                && inner(set, also_set)
                                && inner(delete, also_delete)
                        }
                        (
                            Object::List { items, open },
                            Object::List {
                                items: others,
                                open: also,
                            },
                        ) => {
                            open == also
                                && items.len() == others.len()
                                && items.iter().zip(others).all(|(a, b)| inner(a, b))
                        }
                        (Object::Dict(a), Object::Dict(b)) => {
                            a.open == b.open
                                && a.entries.len() == b.entries.len()
                                && a.entries
                                    .values()
                                    .zip(b.entries.values())
                                    .all(|(a, b)| inner(&a.0, &b.0) && inner(&a.1, &b.1))
                        }
                        (Object::Instance(a), Object::Instance(b)) => {
                            as_shown(a.class) == as_shown(b.class)
                                && a.names.len() == b.names.len()
                                && a.names.iter().zip(&b.names).all(|((name, a), (also, b))| {
                                    name == also && inner(&a.value, &b.value)
                                })
                                && match (&a.payload, &b.payload) {
                                    (Some(a), Some(b)) => inner(a, b),
                                    (None, None) => true,
                                    _ => false,
                                }
                        }
                        _ => false,
                    }
            }
            (a, b) => a.same(b),
        }
    }
}

/// Whether two functions are of the same `def` and lack nothing that the other has.
fn is_one_definition(one: &Definition, other: &Definition) -> bool {
    let is_same_code = match (&one.code, &other.code) {
        (Code::Def(one), Code::Def(other)) => Arc::ptr_eq(one, other),
        (Code::Lambda(one), Code::Lambda(other)) => Arc::ptr_eq(one, other),
        _ => false,
    };
    let mut defaults = one.defaults.iter().zip(other.defaults.iter());
    is_same_code
        && defaults.all(|it| match it {
            (Some(one), Some(other)) => one.same(other),
            (None, None) => true,
            _ => false,
        })
}
