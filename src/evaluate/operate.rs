//! Operators and truth, over what is known of the operands.

use std::cmp::Ordering;
use std::sync::Arc;

use crate::evaluate::arithmetic::{number, whole};
use crate::evaluate::builtin::is_unset;
use crate::evaluate::call::Arguments;
use crate::evaluate::run::{Eval, Run};
use crate::evaluate::value::{Alias, AliasKind, Instance, Object, Value};
use crate::semantics::{ClassId, Why};
use crate::source::Place;
use crate::syntax::{BinaryOp, CompareOp};

impl Run<'_, '_> {
    /// `bool(value)`, if it is known.
    pub(super) fn truth(&self, value: &Value) -> Option<bool> {
        Some(match value {
            Value::None => false,
            Value::Ellipsis
            | Value::NotImplemented
            | Value::Class(_)
            | Value::Module(_)
            | Value::Method(_)
            | Value::Native(_) => true,
            Value::Bool(it) => *it,
            Value::Int(it) => *it != 0,
            Value::BigInt(_) => true,
            Value::Float(it) => *it != 0.0,
            Value::Complex(real, imaginary) => *real != 0.0 || *imaginary != 0.0,
            Value::Str(it) => !it.is_empty(),
            Value::Bytes(it) => !it.is_empty(),
            Value::Tuple(items) => !items.is_empty(),
            Value::Gap(_) => {
                let candidates = self.candidates(value)?;
                let first = self.truth(candidates.first()?)?;
                let agree = candidates.iter().all(|it| self.truth(it) == Some(first));
                return agree.then_some(first);
            }
            Value::Object(id) => match self.object(*id) {
                Object::List { items, open } => return known_size(items.len(), *open),
                Object::Set { items, open, .. } => return known_size(items.len(), *open),
                Object::Dict(dict) => match dict.view {
                    Some(_) => true,
                    None => return known_size(dict.entries.len(), dict.open),
                },
                Object::Function(_)
                | Object::Property { .. }
                | Object::ClassMethod(_)
                | Object::StaticMethod(_)
                | Object::Alias(_)
                | Object::Super { .. }
                | Object::Generator(_) => true,
                Object::Instance(instance) => {
                    if let Some(payload) = &instance.payload
                        && !self.defines(instance.class, "__bool__")
                    {
                        return match payload {
                            // The arguments of an exception say nothing of its truth.
                            Value::Tuple(_)
                                if !self.classes.is_subclass(instance.class, self.known.tuple) =>
                            {
                                Some(true)
                            }
                            payload => self.truth(payload),
                        };
                    }
                    if self.defines(instance.class, "__bool__")
                        || self.defines(instance.class, "__len__")
                    {
                        return None;
                    }
                    self.classes.mro(instance.class)?;
                    true
                }
            },
        })
    }

    /// Whether a class of the MRO, `object` aside, has this name.
    pub(super) fn defines(&self, class: ClassId, name: &str) -> bool {
        self.classes.mro(class).is_none_or(|mro| {
            mro.iter()
                .any(|&id| id != self.known.object && self.own_has(id, name))
        })
    }

    /// Whether the class itself has this name.
    pub(super) fn own_has(&self, class: ClassId, name: &str) -> bool {
        self.class_names
            .get(&class)
            .is_some_and(|names| names.contains_key(name))
            || (self.classes.is_interpreters(class)
                && self.classes.members(class).contains_key(name))
    }

    /// `left op right`
    pub(super) fn compare(
        &mut self,
        left: &Value,
        op: CompareOp,
        right: &Value,
        at: Option<Place>,
    ) -> Value {
        let decided = match op {
            CompareOp::Is => self.is_same(left, right),
            CompareOp::IsNot => self.is_same(left, right).map(|it| !it),
            CompareOp::Eq => self.equal_by_code(left, right),
            CompareOp::NotEq => self.equal_by_code(left, right).map(|it| !it),
            CompareOp::In => self.contains(right, left),
            CompareOp::NotIn => self.contains(right, left).map(|it| !it),
            CompareOp::Lt => self.order(left, right).map(Ordering::is_lt),
            CompareOp::LtE => self.order(left, right).map(Ordering::is_le),
            CompareOp::Gt => self.order(left, right).map(Ordering::is_gt),
            CompareOp::GtE => self.order(left, right).map(Ordering::is_ge),
        };
        match decided {
            Some(truth) => Value::Bool(truth),
            None => self.gap_for(at, Why::Undecided),
        }
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
    fn equal_by_code(&mut self, left: &Value, right: &Value) -> Option<bool> {
        let known = self.equal(left, right);
        if known.is_some() {
            return known;
        }
        let scope = self.any_scope();
        let mut was_asked = false;
        for (one, other) in [(left, right), (right, left)] {
            if one.is_gap() || other.is_gap() {
                return None;
            }
            let class = self.class_of(one)?;
            if !self.user_defines(class, "__eq__") {
                continue;
            }
            let method = self.special_method(one, class, "__eq__")?;
            let arguments = Arguments::of(vec![other.clone()]);
            match self.call(&method, arguments, None, scope).ok()? {
                Value::NotImplemented => was_asked = true,
                answer => return self.truth(&answer),
            }
        }
        // Nobody knows better than `object.__eq__`.
        was_asked.then(|| left.same(right))
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

    /// Whether a class written in Python that is not the interpreter's defines the name along the MRO.
    pub(super) fn user_defines(&self, class: ClassId, name: &str) -> bool {
        self.classes.mro(class).is_none_or(|mro| {
            mro.iter()
                .any(|&id| !self.classes.is_interpreters(id) && self.own_has(id, name))
        })
    }

    /// The constant that an instance of a subclass of `str`, `int` or `tuple` stands for; itself for the rest.
    pub(super) fn plain(&self, value: &Value) -> Value {
        if let Value::Object(id) = value
            && let Object::Instance(Instance {
                payload: Some(payload),
                class,
                ..
            }) = self.object(*id)
            && !self.classes.is_subclass(*class, self.known.base_exception)
        {
            return payload.clone();
        }
        value.clone()
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

    fn contains(&mut self, container: &Value, item: &Value) -> Option<bool> {
        if let (Value::Str(text), Value::Str(part)) = (&self.plain(container), &self.plain(item)) {
            return Some(text.contains(&**part));
        }
        if let Value::Object(id) = container {
            match self.object(*id) {
                Object::Dict(dict) => {
                    if let Some(view) = dict.view {
                        let Value::Str(name) = item else { return None };
                        return Some(self.scope(view).names.contains_key(&**name));
                    }
                    let key = item.key()?;
                    let has = dict.entries.contains_key(&key);
                    return if has || !dict.open { Some(has) } else { None };
                }
                Object::Set { items, open, .. } => {
                    let has = items.contains_key(&item.key()?);
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
        let (items, open) = self.iterate(container);
        let mut undecided = open;
        for it in items {
            // What is the same is equal here, whatever its `__eq__` says (`PyObject_RichCompareBool`).
            if it.same(item) && !it.is_gap() {
                return Some(true);
            }
            match self.equal_by_code(&it, item) {
                Some(true) => return Some(true),
                Some(false) => {}
                None => undecided = true,
            }
        }
        if undecided { None } else { Some(false) }
    }

    /// `left op right`
    pub(super) fn binary(
        &mut self,
        left: &Value,
        op: BinaryOp,
        right: &Value,
        at: Option<Place>,
    ) -> Eval {
        if left.is_gap() || right.is_gap() {
            self.lose();
        }
        if (left.is_gap() || right.is_gap())
            && let Some(class) = self.binary_class(left, op, right)
        {
            return Ok(self.some(class, Why::NotFollowed, at));
        }
        for gap in [left, right] {
            if gap.is_gap() {
                return Ok(self.beyond(gap));
            }
        }
        let (a, b) = (self.plain(left), self.plain(right));
        if let Some(message) = self.by_zero(&a, op, &b) {
            return Err(self.verdict("ZeroDivisionError", message.to_owned(), at));
        }
        if let Some(value) = self.constants(&a, op, &b) {
            return Ok(value);
        }
        let is_type = |run: &Self, value: &Value| {
            matches!(value, Value::Class(_) | Value::None)
                || matches!(value, Value::Object(id) if matches!(run.object(*id), Object::Alias(_)))
        };
        if op == BinaryOp::Or && is_type(self, left) && is_type(self, right) {
            if self.world.version < crate::source::PythonVersion::three(10)
                && self.class_of(left) == Some(self.known.type_)
                && self.class_of(right) == Some(self.known.type_)
            {
                let message = String::from("unsupported operand type(s) for |: 'type' and 'type'");
                return Err(self.verdict("TypeError", message, at));
            }
            let arguments: Arc<[Value]> = Arc::from([left.clone(), right.clone()]);
            let origin = self.native("types", "UnionType");
            return Ok(self.allocate(Object::Alias(Alias {
                kind: AliasKind::Special,
                origin,
                arguments,
            })));
        }
        if let Some(value) = self.collections(left, op, right) {
            return Ok(value);
        }
        self.binary_method(left, op, right, at)
    }

    fn collections(&mut self, left: &Value, op: BinaryOp, right: &Value) -> Option<Value> {
        let (Value::Object(a), Value::Object(b)) = (left, right) else {
            return None;
        };
        let (one, other) = (self.object(*a).clone(), self.object(*b).clone());
        match (one, op, other) {
            (
                Object::List { mut items, open },
                BinaryOp::Add,
                Object::List {
                    items: more,
                    open: also,
                },
            ) => {
                items.extend(more);
                Some(self.allocate(Object::List {
                    items,
                    open: open || also,
                }))
            }
            (
                Object::Set {
                    mut items,
                    frozen,
                    open,
                },
                op,
                Object::Set {
                    items: others,
                    open: also,
                    ..
                },
            ) => {
                match op {
                    BinaryOp::Or => items.extend(others),
                    BinaryOp::And => items.retain(|key, _| others.contains_key(key)),
                    BinaryOp::Sub => items.retain(|key, _| !others.contains_key(key)),
                    _ => return None,
                }
                Some(self.allocate(Object::Set {
                    items,
                    frozen,
                    open: open || also,
                }))
            }
            (Object::Dict(mut one), BinaryOp::Or, Object::Dict(_)) => {
                self.update_dict(&mut one, right);
                Some(self.allocate(Object::Dict(one)))
            }
            _ => None,
        }
    }

    fn binary_method(
        &mut self,
        left: &Value,
        op: BinaryOp,
        right: &Value,
        at: Option<Place>,
    ) -> Eval {
        let name = match op {
            BinaryOp::Add => "__add__",
            BinaryOp::Sub => "__sub__",
            BinaryOp::Mul => "__mul__",
            BinaryOp::Or => "__or__",
            BinaryOp::And => "__and__",
            BinaryOp::Mod => "__mod__",
            BinaryOp::Div => "__truediv__",
            BinaryOp::LShift => "__lshift__",
            BinaryOp::RShift => "__rshift__",
            BinaryOp::Xor => "__xor__",
            BinaryOp::FloorDiv => "__floordiv__",
            BinaryOp::Pow => "__pow__",
            BinaryOp::MatMul => "__matmul__",
        };
        if let Some(class) = self.binary_class(left, op, right) {
            return Ok(self.some(class, Why::NotFollowed, at));
        }
        if let Some(class) = self.class_of(left)
            && let Some(method) = self.special_method(left, class, name)
        {
            let scope = self.any_scope();
            return self.call(&method, Arguments::of(vec![right.clone()]), at, scope);
        }
        Ok(self.gap_for(at, Why::NotFollowed))
    }

    /// The text `str(value)` gives, if it is known.
    pub(super) fn str_of(&self, value: &Value) -> Option<String> {
        if let Some(text) = self.str_of_exception(value) {
            return Some(text);
        }
        Some(match self.plain(value) {
            Value::None => "None".into(),
            Value::Bool(true) => "True".into(),
            Value::Bool(false) => "False".into(),
            Value::Int(it) => it.to_string(),
            Value::BigInt(it) => it.to_string(),
            Value::Str(it) => it.to_string(),
            _ => return None,
        })
    }
}

fn known_size(len: usize, open: bool) -> Option<bool> {
    if len > 0 {
        Some(true)
    } else if open {
        None
    } else {
        Some(false)
    }
}
