//! Comparisons: identity, equality, order and membership, over what is known of the operands.
#![expect(
    clippy::single_match_else,
    reason = "what is one and what is none are two cases of one rank"
)]

use crate::evaluate::language::compare_values::Told;
use crate::evaluate::language::operator_names::methods_of;
use crate::evaluate::language::operators::is_constant;
use crate::evaluate::language::special::Special;
use crate::evaluate::machine::arguments::Arguments;
use crate::evaluate::machine::identity::has_address;
use crate::evaluate::machine::run::{DEPTH, Eval, Run};
use crate::evaluate::machine::value::{Object, Value};
use crate::evaluate::scalar;
use crate::semantics::ClassId;
use crate::source::Place;
use crate::syntax::CompareOp;

/// Steps that one comparison without code may take: nested tuples can be of any depth.
const MOST_EQUALS: u32 = 2_000;

impl Run<'_, '_> {
    /// `left op right`
    pub(crate) fn compare(
        &mut self,
        left: &Value,
        op: CompareOp,
        right: &Value,
        at: Option<Place>,
    ) -> Eval {
        let is_identity = matches!(op, CompareOp::Is | CompareOp::IsNot);
        if !is_identity && self.has_sides(&[left, right]) {
            let is_left = left.is_gap();
            let each = self.each_side(if is_left { left } else { right }, at, |run, it| {
                if is_left {
                    run.compare(it, op, right, at)
                } else {
                    run.compare(left, op, it, at)
                }
            });
            if let Some(each) = each {
                return each;
            }
        }
        if let Some(answer) = self.told_by_the_least(left, op, right) {
            return Ok(Value::Bool(answer));
        }
        let answer = match op {
            CompareOp::Is => self.identical(left, right).map(Value::Bool),
            CompareOp::IsNot => self.identical(left, right).map(|it| Value::Bool(!it)),
            CompareOp::In => self.holds(right, left, at)?.map(Value::Bool),
            CompareOp::NotIn => self.holds(right, left, at)?.map(|it| Value::Bool(!it)),
            _ => self.rich(left, op, right, at)?,
        };
        Ok(answer.unwrap_or_else(|| self.not_compared(left, op, right, at)))
    }

    /// What a comparison says of a number of which only the least that it may be is known.
    fn told_by_the_least(&self, left: &Value, op: CompareOp, right: &Value) -> Option<bool> {
        let (least, number, op) = match (left, right) {
            (Value::Gap(id), Value::Int(number)) => (self.gaps[id.0].at_least()?, *number, op),
            (Value::Int(number), Value::Gap(id)) => {
                let turned = match op {
                    CompareOp::Lt => CompareOp::Gt,
                    CompareOp::LtE => CompareOp::GtE,
                    CompareOp::Gt => CompareOp::Lt,
                    CompareOp::GtE => CompareOp::LtE,
                    op => op,
                };
                (self.gaps[id.0].at_least()?, *number, turned)
            }
            _ => return None,
        };
        match op {
            CompareOp::Eq if number < least => Some(false),
            CompareOp::NotEq if number < least => Some(true),
            CompareOp::Lt if number <= least => Some(false),
            CompareOp::LtE if number < least => Some(false),
            CompareOp::Gt if number < least => Some(true),
            CompareOp::GtE if number <= least => Some(true),
            _ => None,
        }
    }

    /// `item in container`, which raises where that is none (`PySequence_Contains`).
    pub(crate) fn holds(
        &mut self,
        container: &Value,
        item: &Value,
        at: Option<Place>,
    ) -> Eval<Option<bool>> {
        if item.is_gap() || container.is_gap() {
            return Ok(self.contains(container, item));
        }
        if let Value::Object(id) = container
            && let Object::Instance(instance) = self.object(*id)
            && let class = instance.class
            && self.is_flag(class)
            && !self.user_defines(class, "__contains__")
            && let Some(other) = self.class_of(item)
            && self.is_whole(other)
            && !self.classes.is_subclass(other, class)
        {
            // `Flag.__contains__` of `Lib/enum.py`.
            let (one, of) = (self.classes.get(other), self.classes.get(class));
            let message = format!(
                "unsupported operand type(s) for 'in': '{}' and '{}'",
                one.path.qualname, of.path.qualname
            );
            return Err(self.type_error(&message, at));
        }
        match self.special(container, "__contains__")? {
            Special::Code(Value::None) => {
                let of = self.type_name(container);
                let message = format!("'{of}' object is not a container");
                return Err(self.type_error(&message, at));
            }
            Special::Code(method) => {
                let answer = self.call_method(&method, vec![item.clone()], at)?;
                return self.truth_of(&answer, at);
            }
            // What has neither is iterated, up to the item.
            Special::Missing if self.is_dispatched(container, container) => {
                return self.found_in(container, item, at);
            }
            _ => {}
        }
        if self.is_dispatched(container, container)
            && let payload = self.plain(container)
            && !payload.same(container)
        {
            return self.holds(&payload, item, at);
        }
        if let Value::Object(id) = container {
            let items = match self.object(*id) {
                Object::List { items, open: false } => Some(items.clone()),
                _ => None,
            };
            if let Some(items) = items {
                return self.among(&items, item, at);
            }
            match self.object(*id) {
                Object::Dict(dict) if dict.view.is_none() && !dict.open => {
                    return self.has_key(*id, item, at);
                }
                Object::Set { .. }
                    if self.is_hashed_by_code(item)
                        || self.is_traced() && self.is_dispatched(item, item) =>
                {
                    let key = self.key_within_set(*id, item, at)?;
                    return Ok(match (key, self.object(*id)) {
                        (Some(key), Object::Set { items, .. }) if items.contains_key(&key) => {
                            Some(true)
                        }
                        (Some(_), Object::Set { open: false, .. }) => Some(false),
                        _ => None,
                    });
                }
                _ => {}
            }
        }
        if let Value::Tuple(items) = container {
            return self.among(&items.clone(), item, at);
        }
        self.check_looked_for(container, item, at)?;
        let message = match (&self.plain(container), &self.plain(item)) {
            (Value::Str(one), Value::Str(part)) if has_address(one) || has_address(part) => {
                self.lose();
                return Ok(None);
            }
            (Value::Str(_), Value::Str(_)) => return Ok(self.contains(container, item)),
            (Value::Str(_), _) => {
                let of = self.type_name(item);
                format!("'in <string>' requires string as left operand, not {of}")
            }
            (Value::Bytes(bytes), part) => match part {
                Value::Bytes(part) => {
                    let is_in =
                        part.is_empty() || bytes.windows(part.len()).any(|it| it == &**part);
                    return Ok(Some(is_in));
                }
                other => match scalar::whole(other) {
                    Some(number) => match u8::try_from(&number) {
                        Ok(byte) => return Ok(Some(bytes.contains(&byte))),
                        Err(_) => {
                            let message = "byte must be in range(0, 256)".to_owned();
                            return Err(self.raise_of("ValueError", Some(message), at));
                        }
                    },
                    None => {
                        let of = self.type_name(item);
                        format!("a bytes-like object is required, not '{of}'")
                    }
                },
            },
            (
                container @ (Value::None
                | Value::Slice(_)
                | Value::Module(_)
                | Value::Ellipsis
                | Value::Bool(_)
                | Value::Int(_)
                | Value::BigInt(_)
                | Value::Float(_)
                | Value::Complex(..)
                | Value::Object(_)),
                _,
            ) if !matches!(container, Value::Object(id)
                    if !matches!(self.object(*id), Object::Function(_))) =>
            {
                let of = self.type_name(container);
                if self.world.version >= crate::source::PythonVersion::three(14) {
                    format!("argument of type '{of}' is not a container or iterable")
                } else {
                    format!("argument of type '{of}' is not iterable")
                }
            }
            _ => return Ok(self.contains(container, item)),
        };
        Err(self.throw(self.known.type_error, message, at))
    }

    /// `left == right`, `left < right` and their relatives: what the methods of the operands answer, which need not be a `bool`
    /// (`do_richcompare`).
    pub(crate) fn rich(
        &mut self,
        left: &Value,
        op: CompareOp,
        right: &Value,
        at: Option<Place>,
    ) -> Eval<Option<Value>> {
        let Some((name, reflected)) = methods_of(op) else {
            return Ok(None);
        };
        if left.is_gap() || right.is_gap() {
            return Ok(match op {
                CompareOp::Eq => self.equal(left, right).map(Value::Bool),
                CompareOp::NotEq => self.equal(left, right).map(|it| Value::Bool(!it)),
                _ => None,
            });
        }
        if self.depth >= DEPTH {
            return Ok(None);
        }
        if is_constant(left) && is_constant(right) {
            return match self.builtin_comparison(left, op, right, at)? {
                Told::Holds(holds) => Ok(Some(Value::Bool(holds))),
                Told::NotImplemented => self.without_answer(left, op, right, at),
                Told::Unknown => Ok(None),
            };
        }
        if let Some(difference) = self.compared_by_key(left, right, at)? {
            return self.rich(&difference, op, &Value::Int(0), at);
        }
        let (Some(one), Some(other)) = (self.class_of(left), self.class_of(right)) else {
            return Ok(None);
        };
        let mut asked = [(left, one, right, name), (right, other, left, reflected)];
        if one != other && self.classes.is_subclass(other, one) {
            asked.reverse();
        }
        let mut is_builtin_asked = false;
        for (on, class, with, name) in asked {
            match self.answer_of(on, class, name, with, at)? {
                Answer::Gives(Value::NotImplemented) => {}
                Answer::Gives(answer) => return Ok(Some(answer)),
                Answer::Unknown => return Ok(None),
                Answer::Builtin if is_builtin_asked => {}
                Answer::Builtin
                    if (self.lacks_value(left) || self.lacks_value(right)) && !left.same(right) =>
                {
                    return Ok(None);
                }
                // `int` leaves floating numbers to their own type, which may be the program's.
                Answer::Builtin
                    if self.is_dispatched(left, right)
                        && is_lower(&self.plain(on), &self.plain(with)) => {}
                Answer::Builtin => {
                    is_builtin_asked = true;
                    match self.builtin_comparison(left, op, right, at)? {
                        Told::Holds(holds) => return Ok(Some(Value::Bool(holds))),
                        Told::NotImplemented => {}
                        Told::Unknown => return Ok(None),
                    }
                }
            }
        }
        self.without_answer(left, op, right, at)
    }

    /// What a comparison comes to that no method answers for.
    fn without_answer(
        &mut self,
        left: &Value,
        op: CompareOp,
        right: &Value,
        at: Option<Place>,
    ) -> Eval<Option<Value>> {
        // Nobody knows better than `object`.
        let is_same = |run: &mut Self| match left {
            // A method is made each time that it is asked for, and equal to another of the same parts.
            Value::Method(_) => Some(left.same(right)),
            _ => run.identical(left, right),
        };
        Ok(match op {
            CompareOp::Eq => is_same(self).map(Value::Bool),
            CompareOp::NotEq => is_same(self).map(|it| Value::Bool(!it)),
            _ if self.is_of_known_type(left) && self.is_of_known_type(right)
                || self.is_operand(left) && self.is_operand(right) =>
            {
                let (one, other) = (self.type_name(left), self.type_name(right));
                let sign = match op {
                    CompareOp::Lt => "<",
                    CompareOp::LtE => "<=",
                    CompareOp::Gt => ">",
                    _ => ">=",
                };
                let message =
                    format!("'{sign}' not supported between instances of '{one}' and '{other}'");
                return Err(self.throw(self.known.type_error, message, at));
            }
            _ => None,
        })
    }

    /// What one comparison method says.
    fn answer_of(
        &mut self,
        on: &Value,
        class: ClassId,
        name: &'static str,
        with: &Value,
        at: Option<Place>,
    ) -> Eval<Answer> {
        let mut asked = name;
        if !self.is_code(class, name) {
            // `object.__ne__` turns the answer of `__eq__` round.
            if name == "__ne__"
                && self.is_code(class, "__eq__")
                && self
                    .find_in_mro(class, name)
                    .is_none_or(|(owner, _)| owner == self.known.object)
            {
                asked = "__eq__";
            } else {
                return Ok(self.builtin_answer(class, name, with));
            }
        }
        let Special::Code(method) = self.special_of(on, class, asked)? else {
            return Ok(Answer::Unknown);
        };
        let answer = self.call_method(&method, vec![with.clone()], at)?;
        if answer.is_gap() {
            return Ok(Answer::Unknown);
        }
        if asked == name || matches!(answer, Value::NotImplemented) {
            return Ok(Answer::Gives(answer));
        }
        Ok(match self.truth_of(&answer, at)? {
            Some(truth) => Answer::Gives(Value::Bool(!truth)),
            None => Answer::Unknown,
        })
    }

    /// Whether the builtin types' own rules say how instances of a class compare.
    fn builtin_answer(&self, class: ClassId, name: &str, with: &Value) -> Answer {
        let Some((owner, binding)) = self.find_in_mro(class, name) else {
            return if self.is_whole(class) {
                Answer::Gives(Value::NotImplemented)
            } else {
                Answer::Unknown
            };
        };
        if binding.is_some() || !self.is_whole(class) {
            return Answer::Unknown;
        }
        // Nothing but identity, which is asked last.
        if owner == self.known.object {
            return Answer::Gives(Value::NotImplemented);
        }
        let path = &self.classes.get(owner).path;
        // These compare with whatever has bytes.
        if path.module == "builtins" && matches!(path.name(), "bytearray" | "memoryview") {
            return Answer::Unknown;
        }
        if matches!(path.module.as_str(), "builtins" | "types" | "typing") {
            return Answer::Builtin;
        }
        // What has source in the library, or C of its own, is not followed unless it is a container that stands for a plain one.
        match (path.module.as_str(), path.name()) {
            ("collections", "OrderedDict" | "defaultdict") => Answer::Builtin,
            // It compares with its own kind alone, and leaves the rest to `dict`.
            ("collections", "Counter") => {
                let other = self.class_of(with);
                match other.map(|it| self.is_under(it, "collections", "Counter")) {
                    Some(false) if matches!(name, "__eq__" | "__ne__") => Answer::Builtin,
                    Some(false) => Answer::Gives(Value::NotImplemented),
                    _ => Answer::Unknown,
                }
            }
            _ => Answer::Unknown,
        }
    }

    /// Whether two values are the same object or equal (`PyObject_RichCompareBool` with `==`).
    pub(crate) fn same_or_equal(
        &mut self,
        one: &Value,
        other: &Value,
        at: Option<Place>,
    ) -> Eval<Option<bool>> {
        match (one, other) {
            // One and the same number that is none is itself, and equal to nothing else.
            (Value::Float(a), Value::Float(b)) if a.is_nan() && b.is_nan() => return Ok(None),
            (Value::Object(a), Value::Object(b)) if a == b => return Ok(Some(true)),
            (Value::Gap(_), _) | (_, Value::Gap(_)) => {}
            _ if !is_constant(one) && one.same(other) => return Ok(Some(true)),
            _ => {}
        }
        match self.rich(one, CompareOp::Eq, other, at)? {
            Some(answer) => self.truth_of(&answer, at),
            None => Ok(None),
        }
    }

    /// `left < right`, if it is known.
    pub(crate) fn is_less(&mut self, left: &Value, right: &Value) -> Option<bool> {
        self.less(left, right, None).ok().flatten()
    }

    /// `left < right`, or what it raises.
    pub(super) fn less(
        &mut self,
        left: &Value,
        right: &Value,
        at: Option<Place>,
    ) -> Eval<Option<bool>> {
        match self.rich(left, CompareOp::Lt, right, at)? {
            Some(answer) => self.truth_of(&answer, at),
            None => Ok(None),
        }
    }

    /// What `functools.total_ordering` puts beside the comparison that a class has: `_gt_from_lt` and its relatives.
    pub(crate) fn ordering_from(
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

    /// Asks a question of each thing a gap may be: their common answer. None for what is no gap.
    #[expect(
        clippy::option_option,
        reason = "not asked of a gap, and asked without an answer, are two things"
    )]
    pub(super) fn over_candidates(
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
        let answer = self.rich(left, CompareOp::Eq, right, None).ok()??;
        self.decide(&answer)
    }

    /// `left == right`, if it is known.
    pub(crate) fn equal(&self, left: &Value, right: &Value) -> Option<bool> {
        self.equal_within(left, right, &mut MOST_EQUALS.clone())
    }

    /// The same, by so many steps at most.
    fn equal_within(&self, left: &Value, right: &Value, steps: &mut u32) -> Option<bool> {
        *steps = steps.checked_sub(1)?;
        let (one, other) = (*steps, *steps);
        if let Some(decided) = self.over_candidates(left, |run, it| {
            run.equal_within(it, right, &mut one.clone())
        }) {
            return decided;
        }
        if let Some(decided) = self.over_candidates(right, |run, it| {
            run.equal_within(left, it, &mut other.clone())
        }) {
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
            (Value::Tuple(a), Value::Tuple(b)) => self.all_equal(a, b, steps),
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
                ) => self.all_equal(a, b, steps),
                (Object::Instance(one), _) | (_, Object::Instance(one))
                    if self.defines(one.class, "__eq__") =>
                {
                    None
                }
                (Object::Instance(one), _) | (_, Object::Instance(one))
                    if self.has_data_type(one.class) =>
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
                Object::Instance(one)
                    if self.defines(one.class, "__eq__") || self.has_data_type(one.class) =>
                {
                    None
                }
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

    fn all_equal(&self, a: &[Value], b: &[Value], steps: &mut u32) -> Option<bool> {
        if a.len() != b.len() {
            return Some(false);
        }
        let mut all = Some(true);
        for (a, b) in a.iter().zip(b) {
            match self.equal_within(a, b, steps) {
                Some(true) => {}
                Some(false) => return Some(false),
                None => all = None,
            }
        }
        all
    }

    /// Whether two values are the same or equal: what is the same is equal here, whatever its `__eq__` says (`PyObject_RichCompareBool`).
    pub(crate) fn is_or_equals(&mut self, one: &Value, other: &Value) -> Option<bool> {
        self.same_or_equal(one, other, None).ok().flatten()
    }

    /// Whether a value says itself what it is equal to: two of them can be one key of a dict or set.
    pub(super) fn is_equal_by_code(&self, value: &Value) -> bool {
        matches!(value, Value::Object(id) if matches!(self.object(*id), Object::Instance(_)))
            && self.class_of(value).is_some_and(|class| {
                !self.classes.is_interpreters(class) && self.user_defines(class, "__eq__")
            })
    }

    /// Whether an item is in a sequence: the first that is it, or is equal (`list_contains`; what is in the sequence stands on the left).
    fn among(&mut self, items: &[Value], item: &Value, at: Option<Place>) -> Eval<Option<bool>> {
        self.copies(items.len());
        let mut undecided = false;
        for it in items {
            match self.same_or_equal(it, item, at)? {
                Some(true) => return Ok(Some(true)),
                Some(false) => {}
                None => undecided = true,
            }
        }
        Ok((!undecided).then_some(false))
    }
}

/// Whether a number is of a type that leaves what is done with another to the type of that.
pub(crate) fn is_lower(one: &Value, other: &Value) -> bool {
    let rank = |value: &Value| match value {
        Value::Bool(_) | Value::Int(_) | Value::BigInt(_) => 1,
        Value::Float(_) => 2,
        Value::Complex(..) => 3,
        _ => 0,
    };
    rank(one) > 0 && rank(one) < rank(other)
}

/// What a comparison method says.
enum Answer {
    /// This, which may be `NotImplemented`.
    Gives(Value),
    /// What the rules of the builtin types say.
    Builtin,
    /// It cannot be told.
    Unknown,
}
