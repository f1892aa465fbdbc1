//! Which operand of a binary operator is asked first, and what the types of the interpreter do when it is their turn: `binary_op1`,
//! `slot_nb_add` and their relatives (`Objects/abstract.c`, `Objects/typeobject.c`).

use crate::evaluate::language::compare::is_lower;
use crate::evaluate::language::operator_names::names_of;
use crate::evaluate::language::operators::is_constant;
use crate::evaluate::language::special::Special;
use crate::evaluate::machine::fault::Fault;
use crate::evaluate::machine::run::{Eval, Run};
use crate::evaluate::machine::value::{Object, Value};
use crate::evaluate::scalar::{power_modulo, whole};
use crate::semantics::ClassId;
use crate::source::Place;
use crate::syntax::BinaryOp;

/// An operator, by the names of its methods, and what the types of the interpreter do for it.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Operator {
    /// The method of the left operand.
    pub name: &'static str,
    /// The method of the right one.
    pub reflected: &'static str,
    /// What it is in the language; none for `divmod`.
    pub op: Option<BinaryOp>,
}

/// What a type has in the place of an operator of numbers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Slot {
    /// Nothing.
    Empty,
    /// A call of what the class has under the two names.
    Generic,
    /// A type of the interpreter.
    Native,
    /// An array of NumPy's.
    Array,
    /// It cannot be told.
    Unknown,
}

/// What comes of asking.
pub(crate) enum Asked {
    /// This.
    Gives(Value),
    /// Nobody answers.
    NotImplemented,
    /// It cannot be told.
    Unknown,
}

impl Operator {
    /// An operator of the language.
    pub(crate) fn of(op: BinaryOp) -> Self {
        let (name, reflected) = names_of(op);
        Self {
            name,
            reflected,
            op: Some(op),
        }
    }

    /// `divmod(a, b)`
    pub(crate) const DIVMOD: Self = Self {
        name: "__divmod__",
        reflected: "__rdivmod__",
        op: None,
    };
}

impl Run<'_, '_> {
    /// Whether code of the program may have a word in an operator of these operands.
    pub(crate) fn is_dispatched(&self, left: &Value, right: &Value) -> bool {
        let is_one = |value: &Value| match value {
            Value::Class(_) => true,
            Value::Object(id) => match self.peek(*id) {
                Object::Instance(instance) => {
                    !self.classes.is_interpreters(instance.class) && self.is_whole(instance.class)
                }
                _ => false,
            },
            _ => false,
        };
        is_one(left) || is_one(right)
    }

    /// `binary_op1(left, right)`
    pub(crate) fn asked_of_both(
        &mut self,
        left: &Value,
        operator: Operator,
        right: &Value,
        at: Option<Place>,
    ) -> Eval<Asked> {
        let (Some(one), Some(other)) = (self.class_of(left), self.class_of(right)) else {
            return Ok(Asked::Unknown);
        };
        let slot = self.number_slot(one, operator);
        let other_slot = if one == other {
            Slot::Empty
        } else {
            self.number_slot(other, operator)
        };
        if slot == Slot::Unknown || other_slot == Slot::Unknown {
            return Ok(Asked::Unknown);
        }
        let is_derived = one != other && self.classes.is_subclass(other, one);
        // Two classes of the program have one and the same function there, and so have two of arrays.
        let is_one = slot == other_slot && matches!(slot, Slot::Generic | Slot::Array);
        let mut waits = other_slot != Slot::Empty && !is_one;
        if slot != Slot::Empty {
            if waits && is_derived {
                match self.asked_of_slot(other_slot, right, (left, operator, right), at)? {
                    Asked::NotImplemented => waits = false,
                    answer => return Ok(answer),
                }
            }
            match self.asked_of_slot(slot, left, (left, operator, right), at)? {
                Asked::NotImplemented => {}
                answer => return Ok(answer),
            }
        }
        if waits {
            match self.asked_of_slot(other_slot, right, (left, operator, right), at)? {
                Asked::NotImplemented => {}
                answer => return Ok(answer),
            }
        }
        if slot == Slot::Array {
            return self.unanswered_by_array(left, operator, right, at);
        }
        Ok(Asked::NotImplemented)
    }

    fn asked_of_slot(
        &mut self,
        slot: Slot,
        of: &Value,
        (left, operator, right): (&Value, Operator, &Value),
        at: Option<Place>,
    ) -> Eval<Asked> {
        match slot {
            Slot::Empty => Ok(Asked::NotImplemented),
            Slot::Generic => self.asked_by_name(left, operator, right, at),
            Slot::Native => self.asked_of_natives(of, (left, operator, right), at),
            Slot::Array => self.asked_of_array(of, (left, operator, right), at),
            Slot::Unknown => Ok(Asked::Unknown),
        }
    }

    /// What a class has in the place of an operator of numbers (`update_one_slot`).
    fn number_slot(&self, class: ClassId, operator: Operator) -> Slot {
        let own = self.find_in_mro(class, operator.name);
        let reflected = self.find_in_mro(class, operator.reflected);
        if !self.is_whole(class) {
            return Slot::Unknown;
        }
        let is_code = |found: &Option<(ClassId, Option<_>)>| match found {
            Some((_, Some(_))) => true,
            Some((owner, None)) => !self.classes.is_native(*owner),
            None => false,
        };
        if is_code(&own) || is_code(&reflected) {
            return Slot::Generic;
        }
        match own.or(reflected) {
            // Sequences have `+` and `*` in a place of their own. Where a class behind them has the one of numbers, the two are told apart by
            // a look-up (`resolve_slotdups`).
            Some((owner, _)) if self.is_of_sequences(owner, operator) => {
                let mro = self.classes.mro(class).unwrap_or_default();
                let has_number = mro.iter().any(|&it| {
                    !self.classes.is_interpreters(it)
                        && (self.own_has(it, operator.name) || self.own_has(it, operator.reflected))
                });
                if has_number {
                    Slot::Generic
                } else {
                    Slot::Empty
                }
            }
            Some((owner, _)) if self.is_written_here(owner) => Slot::Native,
            Some((owner, _)) if self.is_array(owner) => Slot::Array,
            // `c_char * 3`, a `timedelta`, a `Decimal`: what their code in C does is not written here.
            Some(_) => Slot::Unknown,
            None => Slot::Empty,
        }
    }

    /// Whether `asked_of_natives` tells what the operators of a type of the interpreter do, and with what they do nothing.
    fn is_written_here(&self, owner: ClassId) -> bool {
        let path = &self.classes.get(owner).path;
        let told: &[&str] = match path.module.as_str() {
            "builtins" => &[
                "int",
                "bool",
                "float",
                "complex",
                "str",
                "bytes",
                "set",
                "frozenset",
                "dict",
                "type",
            ],
            "collections" => &["OrderedDict", "defaultdict"],
            // `int | None` and `list[int] | None`.
            "types" => &["UnionType", "GenericAlias"],
            _ => &[],
        };
        told.contains(&path.name())
    }

    fn is_of_sequences(&self, owner: ClassId, operator: Operator) -> bool {
        let known = &self.known;
        matches!(operator.op, Some(BinaryOp::Add | BinaryOp::Mul))
            && ([known.str_, known.bytes, known.list, known.tuple].contains(&owner)
                || self.is_library_class(owner, "builtins", "bytearray")
                || self.is_library_class(owner, "collections", "deque"))
    }

    /// What the left operand answers, and the right one where its class is another: `SLOT1BINFULL`.
    fn asked_by_name(
        &mut self,
        left: &Value,
        operator: Operator,
        right: &Value,
        at: Option<Place>,
    ) -> Eval<Asked> {
        let (Some(one), Some(other)) = (self.class_of(left), self.class_of(right)) else {
            return Ok(Asked::Unknown);
        };
        let is_generic = |run: &Self, class| run.number_slot(class, operator) == Slot::Generic;
        let mut asks_other = one != other && is_generic(self, other);
        if is_generic(self, one) {
            if asks_other
                && self.classes.is_subclass(other, one)
                && self.is_overloaded(one, other, operator.reflected)
            {
                match self.asked_once(right, other, operator.reflected, left, at)? {
                    Asked::NotImplemented => asks_other = false,
                    answer => return Ok(answer),
                }
            }
            match self.asked_once(left, one, operator.name, right, at)? {
                Asked::NotImplemented if one != other => {}
                answer => return Ok(answer),
            }
        }
        if asks_other {
            return self.asked_once(right, other, operator.reflected, left, at);
        }
        Ok(Asked::NotImplemented)
    }

    /// Whether a derived class has another method than its base (`method_is_overloaded`).
    pub(crate) fn is_overloaded(&self, base: ClassId, derived: ClassId, name: &str) -> bool {
        match (
            self.find_in_mro(derived, name),
            self.find_in_mro(base, name),
        ) {
            (None, _) => false,
            (Some(_), None) => true,
            // Bound to two classes, they are two methods.
            (Some((_, Some(one))), Some((_, Some(_)))) if self.is_class_method(&one.value) => true,
            (Some((_, Some(one))), Some((_, Some(other)))) => !one.value.same(&other.value),
            (Some((one, None)), Some((other, None))) => one != other,
            _ => true,
        }
    }

    fn is_class_method(&self, value: &Value) -> bool {
        matches!(value, Value::Object(id) if matches!(self.peek(*id), Object::ClassMethod(_)))
    }

    /// `pow(base, exponent, modulus)` where one of the three is an object of a class of the program's (`ternary_op`, `slot_nb_power`).
    pub(crate) fn power_of_three(&mut self, all: [&Value; 3], at: Option<Place>) -> Eval<Asked> {
        let operator = Operator::of(BinaryOp::Pow);
        let [base, exponent, modulus] = all;
        let mut classes = vec![];
        for value in all {
            let Some(class) = self.class_of(value) else {
                return Ok(Asked::Unknown);
            };
            classes.push(class);
        }
        let slots = [0, 1, 2].map(|it: usize| self.number_slot(classes[it], operator));
        if slots.contains(&Slot::Unknown) {
            return Ok(Asked::Unknown);
        }
        // Two classes of the program have one and the same function there, and so has a class with itself.
        let is_one = |a: usize, b: usize| {
            classes[a] == classes[b] || (slots[a] == Slot::Generic && slots[b] == Slot::Generic)
        };
        let mut order = vec![];
        if slots[0] != Slot::Empty {
            order.push(0);
        }
        if slots[1] != Slot::Empty && !(slots[0] != Slot::Empty && is_one(0, 1)) {
            let is_derived = self.classes.is_subclass(classes[1], classes[0]);
            if is_derived && !order.is_empty() {
                order.insert(0, 1);
            } else {
                order.push(1);
            }
        }
        if slots[2] != Slot::Empty && !order.iter().any(|&it| is_one(it, 2)) {
            order.push(2);
        }
        for it in order {
            if slots[it] == Slot::Native {
                let plain = all.map(|it| self.plain(it));
                if plain.iter().any(|it| matches!(it, Value::Complex(..))) {
                    return Ok(Asked::Unknown);
                }
                if let Value::Float(_) = self.plain(all[it]) {
                    let message =
                        "pow() 3rd argument not allowed unless all arguments are integers";
                    return Err(self.type_error(message, at));
                }
                let [Some(base), Some(exponent), Some(modulus)] = plain.map(|it| whole(&it)) else {
                    continue;
                };
                let made = power_modulo(&base, &exponent, &modulus);
                return Ok(match self.settled(made, at)? {
                    Some(number) => Asked::Gives(Value::whole(number)),
                    None => Asked::Unknown,
                });
            }
            // Only where the first operand is of such a class it is asked, and by `__pow__` alone until 3.13.
            if slots[0] != Slot::Generic {
                continue;
            }
            if self.is_at_least(14) {
                return Ok(Asked::Unknown);
            }
            let method = match self.special_of(base, classes[0], operator.name)? {
                Special::Code(method) => method,
                Special::Builtin(owner) => self.table_member(owner, operator.name, base, false, at),
                Special::Missing => {
                    let message = operator.name.to_owned();
                    return Err(self.throw(self.known.attribute_error, message, at));
                }
                Special::Unknown => return Ok(Asked::Unknown),
            };
            let given = vec![exponent.clone(), modulus.clone()];
            match self.call_method(&method, given, at)? {
                Value::NotImplemented => {}
                Value::Gap(_) => return Ok(Asked::Unknown),
                answer => return Ok(Asked::Gives(answer)),
            }
        }
        Ok(Asked::NotImplemented)
    }

    /// Calls one method; where there is none, nobody answers (`vectorcall_maybe`).
    fn asked_once(
        &mut self,
        on: &Value,
        class: ClassId,
        name: &str,
        with: &Value,
        at: Option<Place>,
    ) -> Eval<Asked> {
        let answer = match self.special_of(on, class, name)? {
            Special::Missing => return Ok(Asked::NotImplemented),
            Special::Unknown => return Ok(Asked::Unknown),
            Special::Code(method) => self.call_method(&method, vec![with.clone()], at)?,
            Special::Builtin(owner)
                if owner == self.known.type_ && matches!(name, "__or__" | "__ror__") =>
            {
                let (left, right) = if name == "__or__" {
                    (on, with)
                } else {
                    (with, on)
                };
                let union = self.union_by_type(left, right);
                return Ok(union.map_or(Asked::NotImplemented, Asked::Gives));
            }
            Special::Builtin(owner) => {
                let bound = self.table_member(owner, name, on, false, at);
                self.call_method(&bound, vec![with.clone()], at)?
            }
        };
        Ok(match answer {
            Value::NotImplemented => Asked::NotImplemented,
            Value::Gap(_) => Asked::Unknown,
            answer => Asked::Gives(answer),
        })
    }

    /// What the number, text or container of the interpreter that one of two operands is does with both; the sequences are asked later.
    fn asked_of_natives(
        &mut self,
        of: &Value,
        (left, operator, right): (&Value, Operator, &Value),
        at: Option<Place>,
    ) -> Eval<Asked> {
        let of = self.plain(of);
        let (a, b) = (self.plain(left), self.plain(right));
        let is_number = |it: &Value| {
            matches!(
                it,
                Value::Bool(_)
                    | Value::Int(_)
                    | Value::BigInt(_)
                    | Value::Float(_)
                    | Value::Complex(..)
            )
        };
        // `int` leaves floating numbers to their own type.
        let is_ours = is_number(&of)
            && is_number(&a)
            && is_number(&b)
            && !is_lower(&of, &a)
            && !is_lower(&of, &b);
        let made = match (operator.op, &of, &a) {
            (Some(BinaryOp::Mod), Value::Str(_), Value::Str(_))
            | (Some(BinaryOp::Mod), Value::Bytes(_), Value::Bytes(_)) => {
                self.of_constants(&a, BinaryOp::Mod, right)
            }
            (Some(op), ..) if is_ours => self.of_constants(&a, op, &b),
            (None, ..) if is_ours => {
                if matches!(a, Value::Complex(..)) || matches!(b, Value::Complex(..)) {
                    return Ok(Asked::NotImplemented);
                }
                self.divided_numbers(&a, &b).map(Some)
            }
            (Some(op), ..) if !matches!(op, BinaryOp::Add | BinaryOp::Mul) => {
                if is_constant(&of) || is_constant(&a) || is_constant(&b) {
                    return Ok(Asked::NotImplemented);
                }
                if let Some(union) = self.union_of_types((left, op, right), false, at)? {
                    return Ok(Asked::Gives(union));
                }
                let made = self.binary_of_containers(&a, op, &b, at)?;
                return Ok(match made {
                    Some(value) => Asked::Gives(value),
                    None if self.is_of_containers(&a, op, &b) => Asked::Unknown,
                    None => Asked::NotImplemented,
                });
            }
            _ => return Ok(Asked::NotImplemented),
        };
        match made {
            Ok(Some(value)) => Ok(Asked::Gives(value)),
            Ok(None) => Ok(Asked::NotImplemented),
            Err(Fault::Unknown | Fault::Budget) => Ok(Asked::Unknown),
            Err(fault) => match self.settled::<()>(Err(fault), at)? {
                Some(()) | None => Ok(Asked::Unknown),
            },
        }
    }

    /// `+` and `*` of sequences, which come after the methods of numbers (`PyNumber_Add`, `PyNumber_Multiply`).
    pub(super) fn asked_of_sequences(
        &mut self,
        left: &Value,
        op: BinaryOp,
        right: &Value,
        at: Option<Place>,
    ) -> Eval<Asked> {
        let operator = Operator::of(op);
        match op {
            BinaryOp::Add if self.is_sequence(left, operator) => {
                let (a, b) = (self.plain(left), self.plain(right));
                let kind = self.class_of(&a);
                if kind.is_some() && kind == self.class_of(&b) {
                    let made = self.of_builtins(&a, op, &b, at)?;
                    return Ok(made.map_or(Asked::Unknown, Asked::Gives));
                }
                let of = self.type_name(right);
                let message = match &a {
                    Value::Str(_) => format!("can only concatenate str (not \"{of}\") to str"),
                    Value::Bytes(_) => format!("can't concat {of} to bytes"),
                    Value::Tuple(_) => {
                        format!("can only concatenate tuple (not \"{of}\") to tuple")
                    }
                    Value::Object(id) if matches!(self.object(*id), Object::List { .. }) => {
                        format!("can only concatenate list (not \"{of}\") to list")
                    }
                    _ => return Ok(Asked::Unknown),
                };
                Err(self.type_error(&message, at))
            }
            BinaryOp::Mul => {
                let (sequence, times) = if self.is_sequence(left, operator) {
                    (left, right)
                } else if self.is_sequence(right, operator) {
                    (right, left)
                } else {
                    return Ok(Asked::NotImplemented);
                };
                if !self.has_special(times, "__index__") {
                    let of = self.type_name(times);
                    let message = format!("can't multiply sequence by non-int of type '{of}'");
                    return Err(self.type_error(&message, at));
                }
                let number = self.whole_index(times);
                let Some(number) = self.settled(number, at)? else {
                    return Ok(Asked::Unknown);
                };
                let sequence = self.plain(sequence);
                let made = self.of_builtins(&sequence, op, &Value::whole(number), at)?;
                Ok(made.map_or(Asked::Unknown, Asked::Gives))
            }
            _ => Ok(Asked::NotImplemented),
        }
    }

    /// Whether a value has the `+` or `*` of sequences: neither method of the two is the program's own.
    fn is_sequence(&self, value: &Value, operator: Operator) -> bool {
        let Some(class) = self.class_of(value) else {
            return false;
        };
        match self.find_in_mro(class, operator.name) {
            Some((owner, None)) if self.is_of_sequences(owner, operator) => {
                operator.op == Some(BinaryOp::Add) || !self.is_code(class, operator.reflected)
            }
            _ => false,
        }
    }
}
