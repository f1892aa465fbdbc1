//! NumPy's arrays on one side of an operator: whether they leave the answer to the other operand, and whom they ask
//! (`binop_should_defer` in `numpy/_core/src/common/binop_override.h`, `PyUFunc_CheckOverride` in `ufunc_override.c`; NumPy 1.13 to 2).
//!
//! That a class is such an array is known from a snapshot of the environment's compiled modules.

use num_traits::ToPrimitive as _;

use crate::Name;
use crate::evaluate::language::dispatch::{Asked, Operator};
use crate::evaluate::machine::arguments::Arguments;
use crate::evaluate::machine::run::{Eval, Run};
use crate::evaluate::machine::value::Value;
use crate::semantics::ClassId;
use crate::source::Place;

const UFUNC: &str = "__array_ufunc__";
const PRIORITY: &str = "__array_priority__";
/// The priority of what says none (`NPY_SCALAR_PRIORITY`) …
const PRIORITY_OF_OTHERS: f64 = -1_000_000.0;
/// … and of an array (`NPY_PRIORITY`).
const PRIORITY_OF_ARRAYS: f64 = 0.0;

/// What an array does where it is asked.
enum Turn {
    /// It answers `NotImplemented`, for this reason.
    Defers(String),
    /// It computes, or asks an override.
    Computes,
    Unknown,
}

impl Run<'_, '_> {
    /// Whether the operators of a class are those of NumPy's arrays.
    pub(crate) fn is_array(&self, owner: ClassId) -> bool {
        self.is_library_class(owner, "numpy", "ndarray")
    }

    /// What an array answers as an operand. An array on the left leaves it to the right one where that says `__array_ufunc__ = None`, or says
    /// nothing of ufuncs and has a higher `__array_priority__`; an array on the right never leaves it. What computes is a ufunc, which asks
    /// the `__array_ufunc__` of its operands.
    ///
    /// ```py
    /// class Quantity:
    ///     __array_ufunc__ = None
    ///     def __radd__(self, other): ...
    /// array + Quantity()  # Quantity.__radd__
    /// ```
    pub(crate) fn asked_of_array(
        &mut self,
        of: &Value,
        (left, operator, right): (&Value, Operator, &Value),
        at: Option<Place>,
    ) -> Eval<Asked> {
        let is_left = of.same(left);
        let name = if is_left {
            operator.name
        } else {
            operator.reflected
        };
        if is_left {
            match self.turn_of_array(left, right)? {
                Turn::Defers(why) => {
                    self.note_native(name, format!("NotImplemented: {why}"));
                    return Ok(Asked::NotImplemented);
                }
                Turn::Computes => {}
                Turn::Unknown => return Ok(Asked::Unknown),
            }
        }
        for (index, operand) in [left, right].into_iter().enumerate() {
            let Some(class) = self.class_of(operand) else {
                return Ok(Asked::Unknown);
            };
            let shown = self.classes.get(class).path.name().to_owned();
            match self.find_in_mro(class, UFUNC) {
                Some((owner, None)) if self.is_array(owner) => {}
                Some((_, Some(binding))) if binding.maybe.is_none() => {
                    if matches!(binding.value, Value::None) {
                        self.note_native(
                            name,
                            format!("{shown}.{UFUNC} is None: ufuncs refuse it"),
                        );
                        let message =
                            format!("operand '{shown}' does not support ufuncs ({UFUNC}=None)");
                        return Err(self.type_error(&message, at));
                    }
                    self.note_native(name, format!("asks {shown}.{UFUNC}"));
                    let Some(method) = self.special_method(operand, class, UFUNC) else {
                        return Ok(Asked::Unknown);
                    };
                    let ufunc = Value::native("numpy", operator.name.trim_matches('_'));
                    let given = vec![ufunc, Value::str("__call__"), left.clone(), right.clone()];
                    let scope = self.any_scope();
                    let answer = self.call(&method, Arguments::of(given), at, scope)?;
                    return Ok(match answer {
                        // The other operand, and then an error that names the ufunc.
                        Value::NotImplemented | Value::Gap(_) => Asked::Unknown,
                        answer => Asked::Gives(answer),
                    });
                }
                Some(_) => return Ok(Asked::Unknown),
                None if !self.is_whole(class) => return Ok(Asked::Unknown),
                None if is_left == (index == 1) => {
                    self.note_native(
                        name,
                        format!("takes {shown} as an array of objects, and asks for each item"),
                    );
                }
                None => {}
            }
        }
        Ok(Asked::Unknown)
    }

    /// Whether an array on the left leaves the answer to what stands on the right.
    fn turn_of_array(&mut self, array: &Value, other: &Value) -> Eval<Turn> {
        let (Some(own), Some(class)) = (self.class_of(array), self.class_of(other)) else {
            return Ok(Turn::Unknown);
        };
        if own == class || self.is_array(class) {
            return Ok(Turn::Computes);
        }
        let shown = self.classes.get(class).path.name().to_owned();
        match self.find_in_mro(class, UFUNC) {
            Some((_, Some(binding))) if binding.maybe.is_some() => return Ok(Turn::Unknown),
            Some((_, Some(binding))) if binding.value.is_gap() => return Ok(Turn::Unknown),
            Some((_, Some(binding))) => {
                return Ok(if matches!(binding.value, Value::None) {
                    Turn::Defers(format!("{shown}.{UFUNC} is None"))
                } else {
                    Turn::Computes
                });
            }
            Some((_, None)) => return Ok(Turn::Computes),
            None if !self.is_whole(class) => return Ok(Turn::Unknown),
            None => {}
        }
        if self.classes.is_subclass(class, own) {
            return Ok(Turn::Computes);
        }
        let one = self.priority_of(array, PRIORITY_OF_ARRAYS, None)?;
        let two = self.priority_of(other, PRIORITY_OF_OTHERS, None)?;
        Ok(match (one, two) {
            (Some(one), Some(two)) if one < two => {
                Turn::Defers(format!("{shown}.{PRIORITY} is higher"))
            }
            (Some(_), Some(_)) => Turn::Computes,
            _ => Turn::Unknown,
        })
    }

    /// `value.__array_priority__`, or what counts where it has none; nothing where that is not known (`PyArray_GetPriority`).
    fn priority_of(
        &mut self,
        value: &Value,
        otherwise: f64,
        at: Option<Place>,
    ) -> Eval<Option<f64>> {
        let class = self.class_of(value);
        let found = class.and_then(|class| self.find_in_mro(class, PRIORITY));
        if matches!(found, Some((owner, None)) if self.is_array(owner)) {
            return Ok(Some(PRIORITY_OF_ARRAYS));
        }
        match self.get_attribute(value, &Name::const_new(PRIORITY), at) {
            Ok(Value::Int(number)) => Ok(number.to_f64()),
            Ok(Value::Float(number)) => Ok(Some(number)),
            Ok(_) => Ok(None),
            Err(thrown) if thrown.class == Some(self.known.attribute_error) => Ok(Some(otherwise)),
            Err(thrown) => Err(thrown),
        }
    }

    /// What is left where neither operand answers: arrays can be put together by name alone (`array_concat`).
    pub(crate) fn unanswered_by_array(
        &mut self,
        left: &Value,
        operator: Operator,
        right: &Value,
        at: Option<Place>,
    ) -> Eval<Asked> {
        if operator.name == "__add__" {
            let message = "Concatenation operation is not implemented for NumPy arrays, use np.concatenate() instead. Please do not rely on \
                           this error; it may not be given on all Python implementations.";
            return Err(self.type_error(message, at));
        }
        let (Some(sign), Some(one), Some(two)) = (
            operator
                .op
                .map(crate::evaluate::language::operator_names::sign_of),
            self.class_of(left),
            self.class_of(right),
        ) else {
            return Ok(Asked::Unknown);
        };
        let [one, two] = [one, two].map(|class| {
            if self.is_array(class) {
                String::from("numpy.ndarray")
            } else {
                self.classes.get(class).path.name().to_owned()
            }
        });
        let message = format!("unsupported operand type(s) for {sign}: '{one}' and '{two}'");
        Err(self.type_error(&message, at))
    }
}
