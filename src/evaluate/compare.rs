//! Comparisons: identity, equality, order and membership, over what is known of the operands.

use std::cmp::Ordering;

use crate::evaluate::arithmetic::{number, whole};
use crate::evaluate::builtin::is_unset;
use crate::evaluate::call::Arguments;
use crate::evaluate::run::Run;
use crate::evaluate::value::{Object, Value};
use crate::semantics::{ClassId, Why};
use crate::source::Place;
use crate::syntax::CompareOp;

impl Run<'_, '_> {
    /// `left op right`
    pub(super) fn compare(
        &mut self,
        left: &Value,
        op: CompareOp,
        right: &Value,
        at: Option<Place>,
    ) -> Value {
        let answer = match op {
            CompareOp::Is => self.identical(left, right).map(Value::Bool),
            CompareOp::IsNot => self.identical(left, right).map(|it| Value::Bool(!it)),
            CompareOp::In => self.contains(right, left).map(Value::Bool),
            CompareOp::NotIn => self.contains(right, left).map(|it| Value::Bool(!it)),
            _ => self.rich(left, op, right),
        };
        answer.unwrap_or_else(|| self.gap_for(at, Why::Undecided))
    }

    /// `left == right`, `left < right` and their relatives: what the methods of the operands answer, which need not be a `bool`.
    fn rich(&mut self, left: &Value, op: CompareOp, right: &Value) -> Option<Value> {
        let known = match op {
            CompareOp::Eq => self.equal(left, right),
            CompareOp::NotEq => self.equal(left, right).map(|it| !it),
            CompareOp::Lt => self.order(left, right).map(Ordering::is_lt),
            CompareOp::LtE => self.order(left, right).map(Ordering::is_le),
            CompareOp::Gt => self.order(left, right).map(Ordering::is_gt),
            CompareOp::GtE => self.order(left, right).map(Ordering::is_ge),
            _ => None,
        };
        match known {
            Some(known) if !self.is_compared_by_code(left, right, op) => Some(Value::Bool(known)),
            _ => self.rich_by_code(left, op, right),
        }
    }

    /// The methods that have source, in the order in which Python asks them (`do_richcompare`).
    fn rich_by_code(&mut self, left: &Value, op: CompareOp, right: &Value) -> Option<Value> {
        let (name, reflected) = methods_of(op)?;
        if left.is_gap() || right.is_gap() {
            return None;
        }
        let (one, other) = (self.class_of(left)?, self.class_of(right)?);
        let mut asked = [(left, one, right, name), (right, other, left, reflected)];
        let is_below = |a, b| a != b && self.classes.is_subclass(a, b);
        if is_below(other, one) {
            asked.reverse();
        }
        for (on, class, with, name) in asked {
            match self.answer_of(on, class, name, with)? {
                Value::NotImplemented => {}
                answer => return Some(answer),
            }
        }
        // Nobody knows better than `object`.
        match op {
            CompareOp::Eq => Some(Value::Bool(left.same(right))),
            CompareOp::NotEq => Some(Value::Bool(!left.same(right))),
            _ => None,
        }
    }

    /// What one comparison method says; `NotImplemented` where its class has none, or one that does not take the other operand.
    fn answer_of(
        &mut self,
        on: &Value,
        class: ClassId,
        name: &'static str,
        with: &Value,
    ) -> Option<Value> {
        let scope = self.any_scope();
        let mut asked = name;
        if !self.user_defines(class, name) {
            // `object.__ne__` turns the answer of `__eq__` round.
            if name == "__ne__" && self.user_defines(class, "__eq__") {
                asked = "__eq__";
            } else {
                let other = self.class_of(with)?;
                let takes = self.defines(class, name) && !self.is_foreign(class, other);
                return (!takes).then_some(Value::NotImplemented);
            }
        }
        let method = self.special_method(on, class, asked)?;
        let arguments = Arguments::of(vec![with.clone()]);
        let answer = self.call(&method, arguments, None, scope).ok()?;
        if asked == name || matches!(answer, Value::NotImplemented) {
            return Some(answer);
        }
        self.decide(&answer).map(|it| Value::Bool(!it))
    }

    /// Whether a class of the interpreter does not know instances of a class of the project, which derives from none of its kind.
    fn is_foreign(&self, class: ClassId, other: ClassId) -> bool {
        let known = &self.known;
        let plain = [
            known.none_type,
            known.int,
            known.float,
            known.str_,
            known.bytes,
            known.tuple,
            known.list,
            known.dict,
            known.bool_,
        ];
        let is_plain = |of: ClassId| plain.iter().any(|&it| self.classes.is_subclass(of, it));
        plain.contains(&class) && self.is_whole(other) && !is_plain(other)
    }

    /// `left < right`, if it is known.
    pub(super) fn is_less(&mut self, left: &Value, right: &Value) -> Option<bool> {
        let answer = self.rich(left, CompareOp::Lt, right)?;
        self.decide(&answer)
    }

    /// Whether the class of a value says itself how its instances compare.
    fn is_compared_by_code(&self, left: &Value, right: &Value, op: CompareOp) -> bool {
        let Some((name, reflected)) = methods_of(op) else {
            return false;
        };
        [left, right].into_iter().any(|value| {
            self.class_of(value).is_some_and(|class| {
                !self.classes.is_interpreters(class)
                    && [name, reflected]
                        .iter()
                        .any(|it| self.user_defines(class, it))
            })
        })
    }

    /// What `functools.total_ordering` puts beside the comparison that a class has: `_gt_from_lt` and its relatives.
    pub(super) fn ordering_from(
        &mut self,
        function: &str,
        left: &Value,
        right: &Value,
    ) -> Option<Value> {
        let (wanted, root) = function.strip_prefix('_')?.split_once("_from_")?;
        let class = self.class_of(left)?;
        let method = self.special_method(left, class, &format!("__{root}__"))?;
        let (arguments, scope) = (Arguments::of(vec![right.clone()]), self.any_scope());
        let answer = self.call(&method, arguments, None, scope).ok()?;
        if matches!(answer, Value::NotImplemented) {
            return Some(answer);
        }
        let root_holds = self.decide(&answer)?;
        let equal = |run: &mut Self| run.equal_by_code(left, right);
        let holds = match (wanted, root) {
            ("ge", "lt") | ("gt", "le") | ("le", "gt") | ("lt", "ge") => !root_holds,
            ("gt", "lt") | ("lt", "gt") => !root_holds && !equal(self)?,
            ("le", "lt") | ("ge", "gt") => root_holds || equal(self)?,
            ("ge", "le") | ("le", "ge") => !root_holds || equal(self)?,
            ("lt", "le") | ("gt", "ge") => root_holds && !equal(self)?,
            _ => return None,
        };
        Some(Value::Bool(holds))
    }

    fn identical(&mut self, left: &Value, right: &Value) -> Option<bool> {
        self.is_same(left, right)
            .or_else(|| self.is_same_object(left, right))
    }

    fn is_same(&self, left: &Value, right: &Value) -> Option<bool> {
        if let Some(decided) = self.over_candidates(left, |run, it| run.is_same(it, right)) {
            return decided;
        }
        if let Some(decided) = self.over_candidates(right, |run, it| run.is_same(left, it)) {
            return decided;
        }
        Some(left.same(right))
    }

    /// Asks a question of each thing a gap may be: their common answer. None for what is no gap.
    #[expect(
        clippy::option_option,
        reason = "not asked of a gap, and asked without an answer, are two things"
    )]
    fn over_candidates(
        &self,
        value: &Value,
        ask: impl Fn(&Self, &Value) -> Option<bool>,
    ) -> Option<Option<bool>> {
        if !value.is_gap() {
            return None;
        }
        let Some(candidates) = self.candidates(value) else {
            return Some(None);
        };
        let first = candidates.first().and_then(|it| ask(self, it));
        Some(first.filter(|first| candidates.iter().all(|it| ask(self, it) == Some(*first))))
    }

    /// `left == right`, an `__eq__` with source followed where it takes one.
    pub(super) fn equal_by_code(&mut self, left: &Value, right: &Value) -> Option<bool> {
        let answer = self.rich(left, CompareOp::Eq, right)?;
        self.decide(&answer)
    }

    /// `left == right`, if it is known.
    pub(super) fn equal(&self, left: &Value, right: &Value) -> Option<bool> {
        if let Some(decided) = self.over_candidates(left, |run, it| run.equal(it, right)) {
            return decided;
        }
        if let Some(decided) = self.over_candidates(right, |run, it| run.equal(left, it)) {
            return decided;
        }
        let (left, right) = (self.plain(left), self.plain(right));
        if left.same(&right) {
            return Some(true);
        }
        match (&left, &right) {
            (
                Value::Bool(_) | Value::Int(_) | Value::Float(_) | Value::Complex(..),
                Value::Bool(_) | Value::Int(_) | Value::Float(_) | Value::Complex(..),
            ) => Some(left.key() == right.key()),
            (Value::Tuple(a), Value::Tuple(b)) => self.all_equal(a, b),
            (Value::Object(a), Value::Object(b)) => match (self.object(*a), self.object(*b)) {
                (
                    Object::List {
                        items: a,
                        open: false,
                    },
                    Object::List {
                        items: b,
                        open: false,
                    },
                ) => self.all_equal(a, b),
                (Object::Instance(one), _) | (_, Object::Instance(one))
                    if self.defines(one.class, "__eq__") =>
                {
                    None
                }
                (
                    Object::Dict(_) | Object::Set { .. } | Object::List { .. } | Object::Alias(_),
                    _,
                ) => None,
                _ => Some(false),
            },
            (Value::Object(id), _) | (_, Value::Object(id)) => match self.object(*id) {
                Object::Instance(one) if self.defines(one.class, "__eq__") => None,
                _ => Some(false),
            },
            (Value::Class(id), _) | (_, Value::Class(id)) => {
                let metaclass = self.classes.made(*id)?.metaclass;
                if self.user_defines(metaclass, "__eq__") {
                    None
                } else {
                    Some(false)
                }
            }
            _ => Some(false),
        }
    }

    fn all_equal(&self, a: &[Value], b: &[Value]) -> Option<bool> {
        if a.len() != b.len() {
            return Some(false);
        }
        let mut all = Some(true);
        for (a, b) in a.iter().zip(b) {
            match self.equal(a, b) {
                Some(true) => {}
                Some(false) => return Some(false),
                None => all = None,
            }
        }
        all
    }

    fn order(&self, left: &Value, right: &Value) -> Option<Ordering> {
        match (self.plain(left), self.plain(right)) {
            (Value::Str(a), Value::Str(b)) => Some(a.cmp(&b)),
            (Value::Bytes(a), Value::Bytes(b)) => Some(a.cmp(&b)),
            (Value::Tuple(a), Value::Tuple(b)) => {
                for (a, b) in a.iter().zip(b.iter()) {
                    if self.equal(a, b)? {
                        continue;
                    }
                    return self.order(a, b);
                }
                Some(a.len().cmp(&b.len()))
            }
            (a, b) => {
                if let (Some(a), Some(b)) = (whole(&a), whole(&b)) {
                    return Some(a.cmp(&b));
                }
                number(&a)?.partial_cmp(&number(&b)?)
            }
        }
    }

    /// Whether two values are the same or equal: what is the same is equal here, whatever its `__eq__` says (`PyObject_RichCompareBool`).
    pub(super) fn is_or_equals(&mut self, one: &Value, other: &Value) -> Option<bool> {
        if one.same(other) && !one.is_gap() {
            return Some(true);
        }
        self.equal_by_code(one, other)
    }

    /// Whether a value says itself what it is equal to: two of them can be one key of a dict or set.
    fn is_equal_by_code(&self, value: &Value) -> bool {
        matches!(value, Value::Object(id) if matches!(self.object(*id), Object::Instance(_)))
            && self.class_of(value).is_some_and(|class| {
                !self.classes.is_interpreters(class) && self.user_defines(class, "__eq__")
            })
    }

    pub(super) fn contains(&mut self, container: &Value, item: &Value) -> Option<bool> {
        if let (Value::Str(text), Value::Str(part)) = (&self.plain(container), &self.plain(item)) {
            return Some(text.contains(&**part));
        }
        if let Value::Object(id) = container {
            match self.object(*id) {
                Object::Dict(dict) => {
                    if let Some(view) = dict.view {
                        let Value::Str(name) = item else { return None };
                        let found = self.scope(view).names.get(&**name);
                        return match found {
                            Some(binding) if binding.maybe.is_some() => None,
                            found => Some(found.is_some()),
                        };
                    }
                    let key = item.key()?;
                    let has = dict.entries.contains_key(&key);
                    return if has || !dict.open { Some(has) } else { None };
                }
                Object::Set { items, open, .. } => {
                    let has = items.contains_key(&item.key()?);
                    if !has && self.is_equal_by_code(item) {
                        // Whoever is equal has the same hash.
                        let (items, open) = (items.values().cloned().collect::<Vec<_>>(), *open);
                        return self.is_among(items, open, item);
                    }
                    return if has || !open { Some(has) } else { None };
                }
                Object::Instance(_) if self.is_environ(container) && is_unset(item) => {
                    return Some(false);
                }
                Object::Instance(_) | Object::Function(_)
                    if self.table_name_of(container) == Some(("sys", "modules")) =>
                {
                    let Value::Str(name) = item else { return None };
                    return self.loaded.contains_key(&**name).then_some(true);
                }
                Object::Instance(instance) => {
                    let (class, payload) = (instance.class, instance.payload.clone());
                    if self.user_defines(class, "__contains__") {
                        let method = self.special_method(container, class, "__contains__")?;
                        let (arguments, scope) =
                            (Arguments::of(vec![item.clone()]), self.any_scope());
                        let answer = self.call(&method, arguments, None, scope).ok()?;
                        return self.truth(&answer);
                    }
                    if let Some(inner @ Value::Object(_)) = payload
                        && !self.user_defines(class, "__iter__")
                    {
                        return self.contains(&inner, item);
                    }
                }
                _ => {}
            }
        }
        self.found_in(container, item, None).ok().flatten()
    }

    fn is_among(&mut self, items: Vec<Value>, open: bool, item: &Value) -> Option<bool> {
        let mut undecided = open;
        for it in items {
            match self.is_or_equals(&it, item) {
                Some(true) => return Some(true),
                Some(false) => {}
                None => undecided = true,
            }
        }
        if undecided { None } else { Some(false) }
    }
}

/// The method that is asked of the left operand, and the one that is asked of the right.
fn methods_of(op: CompareOp) -> Option<(&'static str, &'static str)> {
    Some(match op {
        CompareOp::Eq => ("__eq__", "__eq__"),
        CompareOp::NotEq => ("__ne__", "__ne__"),
        CompareOp::Lt => ("__lt__", "__gt__"),
        CompareOp::LtE => ("__le__", "__ge__"),
        CompareOp::Gt => ("__gt__", "__lt__"),
        CompareOp::GtE => ("__ge__", "__le__"),
        _ => return None,
    })
}
