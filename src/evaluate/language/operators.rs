//! Operators: which special method is asked, in which order, and what is raised where none answers (`Objects/abstract.c`).

use std::sync::Arc;

use crate::evaluate::language::dispatch::{Asked, Operator};
use crate::evaluate::language::items::MOST_ITEMS;
use crate::evaluate::language::operator_names::{names_of, sign_of};
use crate::evaluate::machine::arguments::Arguments;
use crate::evaluate::machine::fault::{Fault, Pure, type_error};
use crate::evaluate::machine::identity::is_of_this_world;
use crate::evaluate::machine::run::{Eval, Run};
use crate::evaluate::machine::value::{Instance, Object, Value};
use crate::evaluate::scalar::{arithmetic, whole};
use crate::semantics::{ClassId, Why};
use crate::source::{Place, PythonVersion};
use crate::syntax::BinaryOp;

/// Who answers for an operator.
pub(super) enum Answerer {
    /// A method that has source, or one of a class of the library.
    Code(Value),
    /// One of the builtin types, by its own rules.
    Builtin,
    /// It cannot be told.
    Unknown,
}

/// The types whose operators are told here.
const TOLD: [&str; 17] = [
    "object",
    "dict_keys",
    "dict_items",
    "dict_values",
    "slice",
    "int",
    "bool",
    "float",
    "complex",
    "str",
    "bytes",
    "tuple",
    "list",
    "dict",
    "set",
    "frozenset",
    "NoneType",
];

impl Run<'_, '_> {
    /// `left op right`, or what `left op= right` falls back to.
    pub(crate) fn operated(
        &mut self,
        left: &Value,
        op: BinaryOp,
        right: &Value,
        in_place: bool,
        at: Option<Place>,
    ) -> Eval {
        if self.has_sides(&[left, right]) {
            let on_left = |run: &mut Self, left: &Value| {
                if right.is_gap() {
                    let each = run.each_side(right, at, |run, right| {
                        run.operated(left, op, right, in_place, at)
                    });
                    return each.unwrap_or_else(|| Ok(run.gap_for(at, Why::NotFollowed)));
                }
                run.operated(left, op, right, in_place, at)
            };
            if !left.is_gap() {
                return on_left(self, left);
            }
            if let Some(each) = self.each_side(left, at, on_left) {
                return each;
            }
        }
        if left.is_gap() || right.is_gap() {
            self.lose();
            self.operation_not_followed(sign_of(op), &[left, right], at);
            if let Some(class) = self.binary_class(left, op, right) {
                return Ok(self.some(class, Why::NotFollowed, at));
            }
            let gap = if left.is_gap() { left } else { right };
            return Ok(self.beyond(gap));
        }
        if is_constant(left) && is_constant(right) {
            let made = self.of_constants(left, op, right);
            return match made {
                Ok(Some(value)) => Ok(value),
                Ok(None) => Err(self.unsupported(left, op, right, in_place, at)),
                Err(fault) => self.settled_or_class(Err(fault), left, op, right, at),
            };
        }
        if self.is_dispatched(left, right) {
            return self.operated_by_code(left, op, right, in_place, at);
        }
        if let Some(union) = self.union_of_types((left, op, right), false, at)? {
            return Ok(union);
        }
        let (Some(one), Some(other)) = (self.class_of(left), self.class_of(right)) else {
            return Ok(self.gap_for(at, Why::NotFollowed));
        };
        if let Some(flag) = self.united_flags(left, op, right) {
            return Ok(flag);
        }
        let (name, reflected) = names_of(op);
        let is_derived = one != other && self.classes.is_subclass(other, one);
        let overrides =
            is_derived && self.owner_of(other, reflected) != self.owner_of(one, reflected);
        let mut asked = vec![(left, one, name, right)];
        if one != other {
            asked.push((right, other, reflected, left));
        }
        if overrides {
            asked.reverse();
        }
        let mut is_told = true;
        let mut is_builtin_asked = false;
        for (on, class, name, with) in asked {
            match self.answerer(on, class, name) {
                Some(Answerer::Code(method)) => {
                    let scope = self.any_scope();
                    let arguments = Arguments::of(vec![with.clone()]);
                    match self.call(&method, arguments, at, scope)? {
                        Value::NotImplemented => {}
                        answer => return Ok(answer),
                    }
                }
                Some(Answerer::Builtin) if !is_builtin_asked => {
                    is_builtin_asked = true;
                    if let Some(value) = self.of_builtins(left, op, right, at)? {
                        return Ok(value);
                    }
                }
                Some(Answerer::Builtin) => {}
                Some(Answerer::Unknown) => is_told = false,
                None => {}
            }
        }
        if !is_builtin_asked && let Some(value) = self.of_builtins(left, op, right, at)? {
            return Ok(value);
        }
        if is_told
            && self.is_operand(left)
            && self.is_operand(right)
            && !self.is_of_containers(left, op, right)
        {
            return Err(self.unsupported(left, op, right, in_place, at));
        }
        Ok(match self.binary_class(left, op, right) {
            Some(class) => self.some(class, Why::NotFollowed, at),
            None => self.gap_for(at, Why::NotFollowed),
        })
    }

    /// The same where an operand is an object of a class of the program's, or a class.
    fn operated_by_code(
        &mut self,
        left: &Value,
        op: BinaryOp,
        right: &Value,
        in_place: bool,
        at: Option<Place>,
    ) -> Eval {
        if let Some(flag) = self.united_flags(left, op, right) {
            return Ok(flag);
        }
        let mut asked = self.asked_of_both(left, Operator::of(op), right, at)?;
        if let Asked::NotImplemented = asked {
            asked = self.asked_of_sequences(left, op, right, at)?;
        }
        match asked {
            Asked::Gives(value) => return Ok(value),
            Asked::NotImplemented => {
                if let Some(union) = self.union_of_types((left, op, right), true, at)? {
                    return Ok(union);
                }
                if self.is_of_known_type(left) && self.is_of_known_type(right) {
                    return Err(self.unsupported(left, op, right, in_place, at));
                }
            }
            Asked::Unknown => {}
        }
        Ok(match self.binary_class(left, op, right) {
            Some(class) => self.some(class, Why::NotFollowed, at),
            None => self.gap_for(at, Why::NotFollowed),
        })
    }

    /// Whether all that the type of a value has is known.
    pub(crate) fn is_of_known_type(&self, value: &Value) -> bool {
        let is_odd = match value {
            Value::Gap(_) | Value::Method(_) | Value::Native(_) | Value::Module(_) => true,
            Value::Object(id) => matches!(self.peek(*id), Object::Alias(_) | Object::Super { .. }),
            _ => false,
        };
        !is_odd
            && self
                .class_of(value)
                .is_some_and(|class| self.is_whole(class))
    }

    /// Whether an operator is one that two containers may have, though what it gives could not be told.
    pub(super) fn is_of_containers(&self, left: &Value, op: BinaryOp, right: &Value) -> bool {
        let collected = |class: ClassId| {
            ["Counter", "OrderedDict", "defaultdict", "deque"]
                .iter()
                .any(|it| self.is_under(class, "collections", it))
        };
        let has = |value: &Value, with_lists: bool, with_sets: bool| match value {
            Value::Object(id) => match self.object(*id) {
                Object::List { .. } => with_lists,
                Object::Set { .. } => with_sets,
                Object::Dict(_) => with_sets,
                Object::Instance(it) => collected(it.class) || self.stands_for_something(it.class),
                Object::Function(_)
                | Object::Property { .. }
                | Object::ClassMethod(_)
                | Object::StaticMethod(_)
                | Object::Generator(_) => false,
                _ => true,
            },
            _ => false,
        };
        // A counter answers to counters alone, and leaves `|` of others to `dict`.
        let is_counter = |value: &Value| {
            self.class_of(value)
                .is_some_and(|it| self.is_under(it, "collections", "Counter"))
        };
        if is_counter(left) != is_counter(right) {
            let is_mapping = |value: &Value| self.mapping_in(value).is_some();
            return op == BinaryOp::Or && is_mapping(left) && is_mapping(right);
        }
        match op {
            BinaryOp::Or | BinaryOp::And | BinaryOp::Sub | BinaryOp::Xor => {
                has(left, false, true) && has(right, false, true)
            }
            BinaryOp::Add => has(left, true, false) && has(right, true, false),
            BinaryOp::Mul => {
                (has(left, true, false) && whole(&self.plain(right)).is_some())
                    || (has(right, true, false) && whole(&self.plain(left)).is_some())
            }
            _ => false,
        }
    }

    /// `re.M | re.S`: flags of one class are put together to one of that class.
    fn united_flags(&mut self, left: &Value, op: BinaryOp, right: &Value) -> Option<Value> {
        if !matches!(op, BinaryOp::Or | BinaryOp::And | BinaryOp::Xor) {
            return None;
        }
        let flag = [left, right].into_iter().find_map(|it| {
            let class = self.class_of(it)?;
            (self.classes.is_interpreters(class) && self.is_under(class, "enum", "IntFlag"))
                .then_some(class)
        })?;
        let fits =
            |run: &Self, it: &Value| matches!(it, Value::Int(_)) || run.class_of(it) == Some(flag);
        if !fits(self, left) || !fits(self, right) {
            return None;
        }
        let (a, b) = (self.plain(left), self.plain(right));
        let united = arithmetic(&a, op, &b, self.world.version).ok()??;
        let mut instance = Instance::of(flag);
        instance.payload = Some(united);
        instance.open = true;
        Some(self.allocate(Object::Instance(instance)))
    }

    /// Which class of the MRO has a name.
    fn owner_of(&self, class: ClassId, name: &str) -> Option<ClassId> {
        self.find_in_mro(class, name).map(|(owner, _)| owner)
    }

    /// Who answers for a special method of a class; none where it has none.
    pub(super) fn answerer(&mut self, on: &Value, class: ClassId, name: &str) -> Option<Answerer> {
        let Some((owner, binding)) = self.find_in_mro(class, name) else {
            return (!self.is_whole(class)).then_some(Answerer::Unknown);
        };
        if binding.is_some_and(|it| matches!(it.value, Value::None)) {
            return None;
        }
        if self.classes.is_interpreters(owner) && !self.user_defines(class, name) {
            let path = &self.classes.get(owner).path;
            if path.module == "builtins" && TOLD.contains(&path.name()) {
                return Some(Answerer::Builtin);
            }
            if path.module == "builtins" && path.name() == "type" {
                return None;
            }
            if path.module == "collections"
                && matches!(
                    path.name(),
                    "Counter" | "OrderedDict" | "defaultdict" | "deque"
                )
            {
                return Some(Answerer::Builtin);
            }
        }
        Some(match self.special_method(on, class, name) {
            Some(method) if !method.is_gap() => Answerer::Code(method),
            _ => Answerer::Unknown,
        })
    }

    /// An operator of values of the builtin types, or of instances that stand for one; none where these have no such operator.
    pub(crate) fn of_builtins(
        &mut self,
        left: &Value,
        op: BinaryOp,
        right: &Value,
        at: Option<Place>,
    ) -> Eval<Option<Value>> {
        let (a, b) = (self.plain(left), self.plain(right));
        if is_constant(&a) && is_constant(&b) {
            return match self.of_constants(&a, op, &b) {
                Err(fault) => self
                    .settled_or_class(Err(fault), left, op, right, at)
                    .map(Some),
                Ok(value) => Ok(value),
            };
        }
        if matches!(a, Value::Str(_) | Value::Bytes(_) | Value::Tuple(_))
            && matches!(op, BinaryOp::Add | BinaryOp::Mul | BinaryOp::Mod)
            && (op == BinaryOp::Mod || self.is_operand(right))
        {
            // What stands on the right of `%` may be anything, and is shown by its own methods.
            let operand = if op == BinaryOp::Mod { right } else { &b };
            let made = self.of_constants(&a, op, operand);
            return match made {
                Err(fault) => self
                    .settled_or_class(Err(fault), left, op, right, at)
                    .map(Some),
                Ok(value) => Ok(value),
            };
        }
        if op == BinaryOp::Add && self.is_too_long(left, right) {
            return self
                .settled_or_class(Err(Fault::Budget), left, op, right, at)
                .map(Some);
        }
        if let Some(value) = self.binary_of_containers(left, op, right, at)? {
            return Ok(Some(value));
        }
        let made = self.repeated_list(&a, op, &b);
        match made {
            Ok(None) => Ok(None),
            Ok(Some(value)) => Ok(Some(value)),
            Err(fault) => self
                .settled_or_class(Err(fault), left, op, right, at)
                .map(Some),
        }
    }

    /// Whether two lists are together longer than anything that is followed.
    fn is_too_long(&mut self, left: &Value, right: &Value) -> bool {
        let length = |run: &Self, value: &Value| match value {
            Value::Object(id) => match run.object(*id) {
                Object::List { items, .. } => items.len(),
                _ => 0,
            },
            _ => 0,
        };
        let count = length(self, left) + length(self, right);
        self.copies(count);
        count > MOST_ITEMS
    }

    /// `[…] * n`, and the operands that lists do not take.
    fn repeated_list(&mut self, a: &Value, op: BinaryOp, b: &Value) -> Pure<Option<Value>> {
        let is_list = |run: &Self, it: &Value| matches!(it, Value::Object(id) if matches!(run.object(*id), Object::List { .. }));
        let (list, times, is_left) = if is_list(self, a) {
            (a, b, true)
        } else if is_list(self, b) {
            (b, a, false)
        } else {
            return Ok(None);
        };
        let Value::Object(id) = list else {
            return Ok(None);
        };
        match op {
            BinaryOp::Mul => {
                let Some(times) = whole(times) else {
                    if !self.is_operand(times) {
                        return Err(Fault::Unknown);
                    }
                    let of = self.type_name(times);
                    return type_error(format!(
                        "can't multiply sequence by non-int of type '{of}'"
                    ));
                };
                let Object::List { items, open: false } = self.object(*id) else {
                    return Err(Fault::Unknown);
                };
                let items = items.clone();
                let items = self.repeated_items(&items, &times)?;
                Ok(Some(self.list(items)))
            }
            BinaryOp::Add if is_left && self.is_operand(times) && !is_list(self, times) => {
                let of = self.type_name(times);
                type_error(format!("can only concatenate list (not \"{of}\") to list"))
            }
            _ => Ok(None),
        }
    }

    /// Items so many times.
    fn repeated_items(&mut self, items: &[Value], times: &num_bigint::BigInt) -> Pure<Vec<Value>> {
        use num_traits::ToPrimitive as _;
        if items.is_empty() || times.sign() != num_bigint::Sign::Plus {
            return Ok(vec![]);
        }
        let count = times.to_usize().and_then(|it| it.checked_mul(items.len()));
        let Some(count) = count.filter(|it| *it <= MOST_ITEMS) else {
            return Err(Fault::Budget);
        };
        self.copies(count);
        if self.steps == 0 {
            return Err(Fault::Budget);
        }
        Ok(items.iter().cycle().take(count).cloned().collect())
    }

    /// An operator of two constants; none where they have no such operator.
    pub(crate) fn of_constants(
        &mut self,
        left: &Value,
        op: BinaryOp,
        right: &Value,
    ) -> Pure<Option<Value>> {
        use num_traits::ToPrimitive as _;
        let is_of_this_world = |it: &Value| matches!(it, Value::Int(it) if is_of_this_world(*it));
        if is_of_this_world(left) || is_of_this_world(right) && op != BinaryOp::Mod {
            return Err(Fault::Unknown);
        }
        if let Some(value) = arithmetic(left, op, right, self.world.version)? {
            self.pay_for(match &value {
                Value::BigInt(it) => usize::try_from(it.bits() / 4).unwrap_or(0),
                _ => 0,
            })?;
            return Ok(Some(value));
        }
        match (left, op, right) {
            (Value::Str(format), BinaryOp::Mod, value) => {
                let text = self.percent(&format.clone(), &value.clone())?;
                Ok(Some(Value::str(&text)))
            }
            (Value::Bytes(format), BinaryOp::Mod, value) => {
                let bytes = self.percent_of_bytes(&format.clone(), &value.clone())?;
                Ok(Some(Value::Bytes(bytes.into())))
            }
            (Value::Str(a), BinaryOp::Add, Value::Str(b)) => {
                self.pay_for(a.len() + b.len())?;
                Ok(Some(Value::Str(Arc::from([&**a, &**b].concat()))))
            }
            (Value::Bytes(a), BinaryOp::Add, Value::Bytes(b)) => {
                self.pay_for(a.len() + b.len())?;
                Ok(Some(Value::Bytes([&**a, &**b].concat().into())))
            }
            (Value::Tuple(a), BinaryOp::Add, Value::Tuple(b)) => {
                let count = a.len() + b.len();
                self.copies(count);
                if count > MOST_ITEMS || self.steps == 0 {
                    return Err(Fault::Budget);
                }
                Ok(Some(Value::tuple(
                    a.iter().chain(b.iter()).cloned().collect(),
                )))
            }
            (Value::Str(_), BinaryOp::Add, other) => {
                let of = self.type_name(other);
                type_error(format!("can only concatenate str (not \"{of}\") to str"))
            }
            (Value::Bytes(_), BinaryOp::Add, other) => {
                let of = self.type_name(other);
                type_error(format!("can't concat {of} to bytes"))
            }
            (Value::Tuple(_), BinaryOp::Add, other) => {
                let of = self.type_name(other);
                type_error(format!(
                    "can only concatenate tuple (not \"{of}\") to tuple"
                ))
            }
            (
                sequence @ (Value::Str(_) | Value::Bytes(_) | Value::Tuple(_)),
                BinaryOp::Mul,
                times,
            )
            | (
                times,
                BinaryOp::Mul,
                sequence @ (Value::Str(_) | Value::Bytes(_) | Value::Tuple(_)),
            ) => {
                let Some(times) = whole(times) else {
                    let of = self.type_name(times);
                    return type_error(format!(
                        "can't multiply sequence by non-int of type '{of}'"
                    ));
                };
                if let Value::Tuple(items) = sequence {
                    return Ok(Some(Value::tuple(
                        self.repeated_items(&items.clone(), &times)?,
                    )));
                }
                let times = if times.sign() == num_bigint::Sign::Minus {
                    Some(0)
                } else {
                    times.to_usize()
                };
                let length = match sequence {
                    Value::Str(text) => text.len(),
                    Value::Bytes(bytes) => bytes.len(),
                    _ => 0,
                };
                if length == 0 {
                    return Ok(Some(sequence.clone()));
                }
                let length = times.and_then(|it| it.checked_mul(length));
                let (Some(times), Some(length)) = (times, length) else {
                    return Err(Fault::Budget);
                };
                self.pay_for(length)?;
                Ok(Some(match sequence {
                    Value::Str(text) => Value::str(&text.repeat(times)),
                    Value::Bytes(bytes) => Value::Bytes(bytes.repeat(times).into()),
                    other => other.clone(),
                }))
            }
            _ => Ok(None),
        }
    }

    /// What an operator gave; where it cannot be told, a value of which at most the class is known.
    fn settled_or_class(
        &mut self,
        made: Pure,
        left: &Value,
        op: BinaryOp,
        right: &Value,
        at: Option<Place>,
    ) -> Eval {
        let why = match &made {
            Err(Fault::Budget) => Why::Budget,
            _ => Why::NotFollowed,
        };
        if let Some(value) = self.settled(made, at)? {
            return Ok(value);
        }
        Ok(match self.binary_class(left, op, right) {
            Some(class) => self.some(class, why, at),
            None => self.gap_for(at, why),
        })
    }

    /// Whether it is known of a value which operators its class has.
    pub(crate) fn is_operand(&self, value: &Value) -> bool {
        match value {
            Value::Gap(_) => false,
            Value::Class(class) => self
                .metaclass_of(*class)
                .is_some_and(|it| it == self.known.type_),
            Value::Object(id) => match self.object(*id) {
                Object::Instance(instance) => {
                    let class = instance.class;
                    self.is_whole(class)
                        && (instance.payload.is_some() || !self.stands_for_something(class))
                        && self.classes.mro(class).is_some_and(|mro| {
                            mro.iter().all(|&it| {
                                let path = &self.classes.get(it).path;
                                !self.classes.is_interpreters(it)
                                    || (path.module == "collections"
                                        && matches!(
                                            path.name(),
                                            "Counter" | "OrderedDict" | "defaultdict" | "deque"
                                        ))
                                    || (path.module == "builtins"
                                        && (TOLD.contains(&path.name())
                                            || self
                                                .classes
                                                .is_subclass(it, self.known.base_exception)))
                            })
                        })
                }
                Object::Alias(_) | Object::Super { .. } => false,
                _ => true,
            },
            _ => true,
        }
    }

    /// The `TypeError` of an operator that no operand answers for.
    pub(super) fn unsupported(
        &mut self,
        left: &Value,
        op: BinaryOp,
        right: &Value,
        in_place: bool,
        at: Option<Place>,
    ) -> Box<crate::evaluate::machine::flow::Thrown> {
        let sign = match (op, in_place) {
            (BinaryOp::Pow, false) => "** or pow()".to_owned(),
            (BinaryOp::Pow, true) if self.world.version < PythonVersion::three(10) => {
                "** or pow()".to_owned()
            }
            (_, false) => sign_of(op).to_owned(),
            (_, true) => format!("{}=", sign_of(op)),
        };
        let (one, other) = (self.type_name(left), self.type_name(right));
        let message = format!("unsupported operand type(s) for {sign}: '{one}' and '{other}'");
        self.throw(self.known.type_error, message, at)
    }
}

/// Whether a value is of one of the types that hold nothing which can change.
pub(crate) fn is_constant(value: &Value) -> bool {
    matches!(
        value,
        Value::None
            | Value::Ellipsis
            | Value::Bool(_)
            | Value::Int(_)
            | Value::BigInt(_)
            | Value::Float(_)
            | Value::Complex(..)
            | Value::Str(_)
            | Value::Bytes(_)
            | Value::Tuple(_)
    )
}
