//! What the methods do that `dataclass` writes beside `__init__`: comparisons, the hash and the representation (`Lib/dataclasses.py`:
//! `_cmp_fn`, `_hash_add`, `_repr_fn` until 3.12; `_process_class` from 3.13 on).

use crate::Name;
use crate::evaluate::machine::asked::Asked;
use crate::evaluate::machine::fault::Fault;
use crate::evaluate::machine::run::{Eval, Run};
use crate::evaluate::machine::value::Value;
use crate::evaluate::stdlib::dataclasses::Field;
use crate::semantics::ClassId;
use crate::source::Place;
use crate::syntax::CompareOp;

impl Run<'_, '_> {
    /// A call of such a method; none for one that is not followed, or whose fields are not all known.
    ///
    /// ```py
    /// @dataclass(frozen=True, order=True)
    /// class Key:
    ///     region: str
    ///     number: int = field(compare=False)
    ///
    /// hash(Key("eu", 1))      # hash(("eu",))
    /// ```
    pub(super) fn method_of_dataclass(
        &mut self,
        owner: ClassId,
        method: &str,
        receiver: &Value,
        asked: &Asked<'_>,
    ) -> Eval<Option<Value>> {
        let Some(facts) = self.dataclasses.get(&owner).filter(|it| !it.is_open) else {
            return Ok(None);
        };
        let kept = facts.fields.iter().filter(|it| !it.is_handed_on);
        let fields: Vec<Field> = kept.cloned().collect();
        let other = asked.arguments.positional.get(1).cloned();
        let operator = match method {
            "__eq__" => Some(CompareOp::Eq),
            "__lt__" => Some(CompareOp::Lt),
            "__le__" => Some(CompareOp::LtE),
            "__gt__" => Some(CompareOp::Gt),
            "__ge__" => Some(CompareOp::GtE),
            _ => None,
        };
        match (method, operator, other) {
            (_, Some(operator), Some(other)) if !other.is_gap() => {
                let Some(names) = chosen(&fields, |it| it.is_compared) else {
                    return Ok(None);
                };
                self.compared_as_dataclass(receiver, operator, &other, &names, asked.at)
            }
            ("__hash__", ..) => {
                let Some(names) = chosen(&fields, Field::is_hashed) else {
                    return Ok(None);
                };
                let values = self.fields_in(receiver, &names, asked.at)?;
                let hash = self.hash_of(&values);
                self.settled(hash, asked.at)
            }
            ("__repr__", ..) => {
                let Some(names) = chosen(&fields, |it| it.is_shown) else {
                    return Ok(None);
                };
                self.shown_as_dataclass(receiver, &names, asked.at)
            }
            _ => Ok(None),
        }
    }

    fn compared_as_dataclass(
        &mut self,
        receiver: &Value,
        operator: CompareOp,
        other: &Value,
        names: &[Name],
        at: Option<Place>,
    ) -> Eval<Option<Value>> {
        let field_by_field = operator == CompareOp::Eq && self.is_at_least(13);
        if field_by_field && receiver.same(other) {
            return Ok(Some(Value::Bool(true)));
        }
        let class = Name::const_new("__class__");
        let of_other = self.get_attribute(other, &class, at)?;
        let of_receiver = self.get_attribute(receiver, &class, at)?;
        match (of_other, of_receiver) {
            (Value::Class(one), Value::Class(two)) if one == two => {}
            (Value::Gap(_), _) | (_, Value::Gap(_)) => return Ok(None),
            _ => return Ok(Some(Value::NotImplemented)),
        }
        if !field_by_field {
            let left = self.fields_in(receiver, names, at)?;
            let right = self.fields_in(other, names, at)?;
            return self.rich(&left, operator, &right, at);
        }
        let mut answer = Value::Bool(true);
        for (index, name) in names.iter().enumerate() {
            let left = self.get_attribute(receiver, name, at)?;
            let right = self.get_attribute(other, name, at)?;
            match self.rich(&left, operator, &right, at)? {
                Some(found) => answer = found,
                None => return Ok(None),
            }
            if index + 1 < names.len() {
                match self.truth_of(&answer, at)? {
                    Some(true) => {}
                    Some(false) => break,
                    None => return Ok(None),
                }
            }
        }
        Ok(Some(answer))
    }

    /// `(self.a, self.b,)`
    fn fields_in(&mut self, value: &Value, names: &[Name], at: Option<Place>) -> Eval {
        let mut values = Vec::with_capacity(names.len());
        for name in names {
            values.push(self.get_attribute(value, name, at)?);
        }
        Ok(Value::tuple(values))
    }

    /// `Key(region='eu', number=1)`, with the name of the instance's own class.
    fn shown_as_dataclass(
        &mut self,
        receiver: &Value,
        names: &[Name],
        at: Option<Place>,
    ) -> Eval<Option<Value>> {
        let Some(class) = self.class_of(receiver) else {
            return Ok(None);
        };
        let mut text = self.classes.get(class).path.qualname.to_string();
        text.push('(');
        for (index, name) in names.iter().enumerate() {
            let value = self.get_attribute(receiver, name, at)?;
            let shown = match self.repr_within(&value, at) {
                Err(Fault::Unknown | Fault::Budget) => return Ok(None),
                shown => self.settled(shown, at)?,
            };
            let Some(shown) = shown else {
                return Ok(None);
            };
            if index > 0 {
                text.push_str(", ");
            }
            text.push_str(name);
            text.push('=');
            text.push_str(&shown);
            self.copies(text.len() / 16);
        }
        text.push(')');
        Ok(Some(Value::str(&text)))
    }
}

/// The names of the fields for which something holds; none where that is not known of one.
fn chosen(fields: &[Field], is_one: impl Fn(&Field) -> Option<bool>) -> Option<Vec<Name>> {
    let mut names = vec![];
    for field in fields {
        if is_one(field)? {
            names.push(field.name.clone());
        }
    }
    Some(names)
}
