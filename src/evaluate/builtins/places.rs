//! Arguments of functions without source, put in their places.

use num_traits::ToPrimitive as _;

use crate::evaluate::machine::arguments::Arguments;
use crate::evaluate::machine::fault::{Fault, Pure, type_error, untold};
use crate::evaluate::machine::run::Run;
use crate::evaluate::machine::value::{Object, Value};
use crate::evaluate::scalar::whole;
use crate::source::Place;

impl Arguments {
    /// The arguments from a position on, by place and by name; a place without a name is given by position alone. A `TypeError` where they
    /// are too many, too few, or of another name.
    pub(crate) fn places<const N: usize>(
        &self,
        skip: usize,
        names: [&str; N],
        least: usize,
    ) -> Pure<[Option<Value>; N]> {
        if self.is_open() {
            return Err(Fault::Unknown);
        }
        let given = self.positional.get(skip..).unwrap_or_default();
        if given.len() > N {
            return untold("TypeError");
        }
        let mut places: [Option<Value>; N] = std::array::from_fn(|at| given.get(at).cloned());
        for (name, value) in &self.keywords {
            let Some(at) = names.iter().position(|it| !it.is_empty() && it == name) else {
                return untold("TypeError");
            };
            if places[at].is_some() {
                return untold("TypeError");
            }
            places[at] = Some(value.clone());
        }
        if places.iter().take(least).any(Option::is_none) {
            return untold("TypeError");
        }
        if places.iter().flatten().any(Value::is_gap) {
            return Err(Fault::Unknown);
        }
        Ok(places)
    }

    /// The same for a function that takes exactly these, by position.
    pub(crate) fn exactly<const N: usize>(&self, skip: usize) -> Pure<[Value; N]> {
        let places = self.places::<N>(skip, [""; N], N)?;
        let mut values = places.into_iter().flatten();
        Ok(std::array::from_fn(|_| {
            values.next().unwrap_or(Value::None)
        }))
    }
}

impl Run<'_, '_> {
    /// The same as a size: what does not fit raises.
    pub(super) fn size_of(&mut self, value: &Value) -> Pure<i64> {
        match self.whole_index(value)?.to_i64() {
            Some(size) => Ok(size),
            None => untold("OverflowError"),
        }
    }

    /// A size of which only what is above zero counts, and which is bounded.
    pub(super) fn width_of(&mut self, value: &Value) -> Pure<usize> {
        let size = self.size_of(value)?.max(0);
        let size = usize::try_from(size).map_err(|_| Fault::Budget)?;
        if size > crate::evaluate::machine::fault::MOST_BYTES {
            return Err(Fault::Budget);
        }
        Ok(size)
    }

    /// A bound of a slice: `None`, or an integer, cut to what a machine holds (`_PyEval_SliceIndex`).
    pub(super) fn bound_of(&mut self, value: Option<&Value>) -> Pure<Option<i64>> {
        let Some(value) = value.filter(|it| !matches!(it, Value::None)) else {
            return Ok(None);
        };
        if !value.is_gap()
            && whole(&self.plain(value)).is_none()
            && self.is_operand(value)
            && self
                .class_of(value)
                .is_some_and(|class| self.find_in_mro(class, "__index__").is_none())
        {
            return type_error(
                "slice indices must be integers or None or have an __index__ method",
            );
        }
        let number = self.whole_index(value)?;
        Ok(Some(number.to_i64().unwrap_or(
            if number.sign() == num_bigint::Sign::Minus {
                i64::MIN
            } else {
                i64::MAX
            },
        )))
    }

    /// The items of an object as a sequence (`PySequence_Fast`): a list is made of its iterator, which is iterated and asked for its length on
    /// the way. A `TypeError` of the first step has other words.
    pub(crate) fn items_at_once(
        &mut self,
        value: &Value,
        refused: &str,
        at: Option<Place>,
    ) -> Pure<Vec<Value>> {
        let kind = self.class_of(value);
        let items = if kind == Some(self.known.list) || kind == Some(self.known.tuple) {
            self.items_of(value, at)?
        } else {
            match self.iterator_of(value, at).map_err(Fault::from) {
                Ok(Value::Gap(_)) => return Err(Fault::Unknown),
                Ok(iterator) => self.items_to_keep(&iterator, at)?,
                Err(fault) if self.is_type_error(&fault) => return type_error(refused),
                Err(fault) => return Err(fault),
            }
        };
        if items.open {
            return Err(Fault::Unknown);
        }
        Ok(items.items)
    }

    /// The items of an iterable that must be known to the last; what is none raises.
    pub(crate) fn all_items_of(&mut self, value: &Value) -> Pure<Vec<Value>> {
        match value {
            Value::None
            | Value::Ellipsis
            | Value::Bool(_)
            | Value::Int(_)
            | Value::BigInt(_)
            | Value::Float(_)
            | Value::Complex(..) => {
                let of = self.type_name(value);
                return type_error(format!("'{of}' object is not iterable"));
            }
            Value::Object(id) if matches!(self.object(*id), Object::Function(_)) => {
                return type_error("'function' object is not iterable");
            }
            Value::Native(_) => return untold("TypeError"),
            Value::Slice(_) => return type_error("'slice' object is not iterable"),
            Value::Object(id)
                if matches!(self.object(*id), Object::Instance(_))
                    && self.is_operand(value)
                    && self.class_of(value).is_some_and(|class| {
                        ["__iter__", "__getitem__"]
                            .iter()
                            .all(|it| self.find_in_mro(class, it).is_none())
                    }) =>
            {
                let of = self.type_name(value);
                return type_error(format!("'{of}' object is not iterable"));
            }
            _ => {}
        }
        let (items, open) = self.iterate(value);
        if open {
            return Err(Fault::Unknown);
        }
        self.copies(items.len());
        Ok(items)
    }
}
