//! Comparisons by the rules of the builtin types: numbers, text, sequences, dicts and sets.

use std::cmp::Ordering;

use crate::evaluate::language::operator_names::compare_sign;
use crate::evaluate::machine::identity::{has_address, is_of_this_world};
use crate::evaluate::machine::run::{Eval, Run};
use crate::evaluate::machine::value::{Object, ObjectId, Value};
use crate::evaluate::scalar;
use crate::semantics::{ClassId, Why};
use crate::source::Place;
use crate::syntax::CompareOp;

/// What a comparison by the rules of the builtin types comes to.
pub(crate) enum Told {
    /// It holds, or does not.
    Holds(bool),
    /// They have no such comparison.
    NotImplemented,
    /// It cannot be told.
    Unknown,
}

impl Run<'_, '_> {
    /// What a comparison gives of which it is not known what comes of it.
    pub(super) fn not_compared(
        &mut self,
        left: &Value,
        op: CompareOp,
        right: &Value,
        at: Option<Place>,
    ) -> Value {
        let is_identity = matches!(op, CompareOp::Is | CompareOp::IsNot);
        if !is_identity && (left.is_gap() || right.is_gap()) {
            self.operation_not_followed(compare_sign(op), &[left, right], at);
        }
        if is_identity || matches!(op, CompareOp::In | CompareOp::NotIn) {
            return self.some(self.known.bool_, Why::Undecided, at);
        }
        self.gap_for(at, Why::Undecided)
    }

    /// A comparison of values of the builtin types, or of instances that stand for one.
    pub(crate) fn builtin_comparison(
        &mut self,
        left: &Value,
        op: CompareOp,
        right: &Value,
        at: Option<Place>,
    ) -> Eval<Told> {
        // What holds itself, or doubles itself, has more parts than there is time or stack for.
        if !self.step() || !self.round() {
            return Ok(Told::Unknown);
        }
        let (a, b) = (self.stands_as(left), self.stands_as(right));
        if let (Value::Slice(one), Value::Slice(other)) = (&a, &b) {
            let (one, other) = (one.to_vec(), other.to_vec());
            return self.sequences(&one, op, &other, at);
        }
        if [&a, &b]
            .iter()
            .any(|it| matches!(it, Value::Int(it) if is_of_this_world(*it)))
            && !matches!(op, CompareOp::Eq | CompareOp::NotEq)
        {
            return Ok(Told::Unknown);
        }
        let by_order = |order: Option<Ordering>| {
            Told::Holds(match op {
                CompareOp::Eq => order == Some(Ordering::Equal),
                CompareOp::NotEq => order != Some(Ordering::Equal),
                CompareOp::Lt => order.is_some_and(Ordering::is_lt),
                CompareOp::LtE => order.is_some_and(Ordering::is_le),
                CompareOp::Gt => order.is_some_and(Ordering::is_gt),
                _ => order.is_some_and(Ordering::is_ge),
            })
        };
        let by_equality = |equal: bool| match op {
            CompareOp::Eq => Told::Holds(equal),
            CompareOp::NotEq => Told::Holds(!equal),
            _ => Told::NotImplemented,
        };
        if let Some(order) = scalar::compared(&a, &b) {
            return Ok(by_order(order));
        }
        if let Some(equal) = scalar::equal(&a, &b) {
            return Ok(by_equality(equal));
        }
        match (&a, &b) {
            (Value::Str(a), Value::Str(b)) if a != b && (has_address(a) || has_address(b)) => {
                Ok(Told::Unknown)
            }
            (Value::Str(a), Value::Str(b)) => Ok(by_order(Some(a.cmp(b)))),
            (Value::Bytes(a), Value::Bytes(b)) => Ok(by_order(Some(a.cmp(b)))),
            (Value::Range(a), Value::Range(b)) => Ok(by_equality(a.key() == b.key())),
            (Value::Tuple(a), Value::Tuple(b)) => {
                let (a, b) = (a.clone(), b.clone());
                self.sequences(&a, op, &b, at)
            }
            (Value::Object(one), Value::Object(other)) => {
                let (one, other) = (*one, *other);
                if let Some(told) = self.views_compared(&a, op, &b, at) {
                    return Ok(told);
                }
                match (self.object(one), self.object(other)) {
                    (
                        Object::List {
                            items: a,
                            open: false,
                        },
                        Object::List {
                            items: b,
                            open: false,
                        },
                    ) => {
                        let (a, b) = (a.clone(), b.clone());
                        self.copies(a.len() + b.len());
                        self.sequences(&a, op, &b, at)
                    }
                    (Object::Dict(a), Object::Dict(b)) => {
                        if a.open || b.open || a.view.is_some() || b.view.is_some() {
                            return Ok(if one == other {
                                by_equality(true)
                            } else {
                                Told::Unknown
                            });
                        }
                        let (a, b) = (a.entries.clone(), b.entries.clone());
                        self.copies(a.len() + b.len());
                        if !matches!(op, CompareOp::Eq | CompareOp::NotEq) {
                            return Ok(Told::NotImplemented);
                        }
                        if a.len() != b.len() {
                            return Ok(by_equality(false));
                        }
                        // Two ordered ones are equal in the same order alone.
                        let is_ordered = |run: &Self, it: &Value| {
                            run.class_of(it)
                                .is_some_and(|it| run.is_under(it, "collections", "OrderedDict"))
                        };
                        if is_ordered(self, left)
                            && is_ordered(self, right)
                            && a.keys().zip(b.keys()).any(|(a, b)| a != b)
                        {
                            return Ok(by_equality(false));
                        }
                        if a.values()
                            .chain(b.values())
                            .any(|(key, _)| self.is_equal_by_code(key))
                        {
                            return Ok(Told::Unknown);
                        }
                        let mut is_told = true;
                        for (key, (_, value)) in &a {
                            let Some((_, with)) = b.get(key) else {
                                return Ok(by_equality(false));
                            };
                            match self.same_or_equal(value, with, at)? {
                                Some(true) => {}
                                Some(false) => return Ok(by_equality(false)),
                                None => is_told = false,
                            }
                        }
                        Ok(if is_told {
                            by_equality(true)
                        } else {
                            Told::Unknown
                        })
                    }
                    (
                        Object::Set {
                            items: a,
                            open: false,
                            ..
                        },
                        Object::Set {
                            items: b,
                            open: false,
                            ..
                        },
                    ) => {
                        let (a, b) = (a.clone(), b.clone());
                        self.copies(a.len() + b.len());
                        if a.values()
                            .chain(b.values())
                            .any(|it| self.is_equal_by_code(it))
                        {
                            return Ok(Told::Unknown);
                        }
                        let within =
                            |one: &indexmap::IndexMap<_, Value, _>,
                             other: &indexmap::IndexMap<_, Value, _>| {
                                one.keys().all(|it| other.contains_key(it))
                            };
                        Ok(Told::Holds(match op {
                            CompareOp::Eq => a.len() == b.len() && within(&a, &b),
                            CompareOp::NotEq => a.len() != b.len() || !within(&a, &b),
                            CompareOp::Lt => a.len() < b.len() && within(&a, &b),
                            CompareOp::LtE => within(&a, &b),
                            CompareOp::Gt => a.len() > b.len() && within(&b, &a),
                            _ => within(&b, &a),
                        }))
                    }
                    _ => Ok(self.other_objects(&a, op, &b)),
                }
            }
            _ => Ok(self.other_objects(&a, op, &b)),
        }
    }

    /// A comparison in which an object has a part that is no plain container.
    fn other_objects(&self, a: &Value, op: CompareOp, b: &Value) -> Told {
        let is_open = |value: &Value| match value {
            Value::Object(id) => match self.object(*id) {
                Object::List { open, .. } | Object::Set { open, .. } => *open,
                Object::Dict(dict) => dict.open,
                Object::Instance(instance) => self.stands_for_something(instance.class),
                _ => false,
            },
            _ => false,
        };
        let is_alias = |value: &Value| matches!(value, Value::Object(id) if matches!(self.object(*id), Object::Alias(_)));
        match (a, b) {
            (Value::Object(one), Value::Object(other)) if one == other => Told::NotImplemented,
            _ if is_open(a) && matches!(b, Value::Object(_)) => Told::Unknown,
            _ if is_open(b) && matches!(a, Value::Object(_)) => Told::Unknown,
            (Value::Object(one), Value::Object(other)) if is_alias(a) && is_alias(b) => {
                match (self.unions(*one, *other), op) {
                    (Told::Holds(holds), CompareOp::NotEq) => Told::Holds(!holds),
                    (told, CompareOp::Eq) => told,
                    _ => Told::Unknown,
                }
            }
            // Aliases are equal where their parts are.
            _ if is_alias(a) && is_alias(b) => Told::Unknown,
            _ => Told::NotImplemented,
        }
    }

    /// `A | B == B | A`: unions of classes are equal where they are of the same ones (`union_richcompare`).
    fn unions(&self, one: ObjectId, other: ObjectId) -> Told {
        let parts = |id| -> Option<Vec<Value>> {
            let Object::Alias(alias) = self.object(id) else {
                return None;
            };
            let is_union =
                matches!(&alias.origin, Value::Native(path) if path.qualname == "UnionType");
            let is_plain = alias
                .arguments
                .iter()
                .all(|it| matches!(it, Value::Class(_) | Value::None));
            (is_union && is_plain).then(|| alias.arguments.to_vec())
        };
        match (parts(one), parts(other)) {
            (Some(one), Some(other)) => {
                let within = |one: &[Value], other: &[Value]| {
                    one.iter().all(|it| other.iter().any(|of| it.same(of)))
                };
                Told::Holds(within(&one, &other) && within(&other, &one))
            }
            _ => Told::Unknown,
        }
    }

    /// Whether instances of a class stand for a value of a builtin type.
    pub(crate) fn stands_for_something(&self, class: ClassId) -> bool {
        let known = &self.known;
        [
            known.int,
            known.float,
            known.complex,
            known.str_,
            known.bytes,
            known.tuple,
            known.list,
            known.dict,
            known.set,
            known.frozenset,
        ]
        .iter()
        .any(|&it| self.classes.is_subclass(class, it))
    }

    /// The value of a builtin type that an instance stands for; itself for what stands for none.
    fn stands_as(&self, value: &Value) -> Value {
        match self.class_of(value) {
            Some(class) if self.stands_for_something(class) => self.plain(value),
            _ => value.clone(),
        }
    }

    /// `==`, `<` and their relatives of two sequences: the first items that differ decide (`list_richcompare`).
    fn sequences(
        &mut self,
        a: &[Value],
        op: CompareOp,
        b: &[Value],
        at: Option<Place>,
    ) -> Eval<Told> {
        if a.len() != b.len() {
            match op {
                CompareOp::Eq => return Ok(Told::Holds(false)),
                CompareOp::NotEq => return Ok(Told::Holds(true)),
                _ => {}
            }
        }
        self.depth += 1;
        let mut found = Ok(Told::Unknown);
        let mut is_told = true;
        let mut is_over = false;
        for (one, other) in a.iter().zip(b) {
            // Few items cost nothing: nested ones pay for each level.
            self.copies(if self.depth > 8 { 64 } else { 4 });
            if self.steps == 0 {
                is_over = true;
                break;
            }
            match self.same_or_equal(one, other, at) {
                Ok(Some(true)) => continue,
                Ok(Some(false)) if is_told => {}
                // Behind an item that is not known, only that there is a difference is certain.
                Ok(Some(false)) if matches!(op, CompareOp::Eq | CompareOp::NotEq) => {}
                Ok(Some(false)) => {
                    is_over = true;
                    break;
                }
                Ok(None) => {
                    is_told = false;
                    continue;
                }
                Err(thrown) => {
                    found = Err(thrown);
                    is_over = true;
                    break;
                }
            }
            found = match op {
                CompareOp::Eq => Ok(Told::Holds(false)),
                CompareOp::NotEq => Ok(Told::Holds(true)),
                _ => match self.rich(one, op, other, at) {
                    Ok(Some(answer)) => match self.truth_of(&answer, at) {
                        Ok(Some(truth)) => Ok(Told::Holds(truth)),
                        Ok(None) => Ok(Told::Unknown),
                        Err(thrown) => Err(thrown),
                    },
                    Ok(None) => Ok(Told::Unknown),
                    Err(thrown) => Err(thrown),
                },
            };
            is_over = true;
            break;
        }
        self.depth -= 1;
        if is_over || !is_told {
            return found;
        }
        let (a, b) = (a.len(), b.len());
        Ok(Told::Holds(match op {
            CompareOp::Eq => a == b,
            CompareOp::NotEq => a != b,
            CompareOp::Lt => a < b,
            CompareOp::LtE => a <= b,
            CompareOp::Gt => a > b,
            _ => a >= b,
        }))
    }
}
