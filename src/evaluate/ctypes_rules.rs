//! What `ctypes` demands of the arrays that derive from its own (`PyCArrayType_new`).

use crate::evaluate::run::Run;
use crate::evaluate::value::Value;
use crate::semantics::{ClassId, Raised};

impl Run<'_, '_> {
    /// What the making of a class below `ctypes.Array` raises.
    ///
    /// ```py
    /// class Three(Array): _length_ = 3  # AttributeError: class must define a '_type_' attribute
    /// ```
    pub(super) fn ctypes_fault(&self, class: ClassId, metaclass: ClassId) -> Option<Raised> {
        if !self.is_under(metaclass, "_ctypes", "PyCArrayType") {
            return None;
        }
        let lacks = |name: &str| {
            Raised::new(
                "AttributeError",
                format!("class must define a '{name}' attribute"),
            )
        };
        let Some((_, length)) = self.find_in_mro(class, "_length_") else {
            return Some(lacks("_length_"));
        };
        let length = length?.value;
        let fault = match self.plain(&length) {
            Value::Int(number) if number < 0 => Some((
                "ValueError",
                "The '_length_' attribute must not be negative",
            )),
            Value::BigInt(number) if number.sign() == num_bigint::Sign::Minus => Some((
                "ValueError",
                "The '_length_' attribute must not be negative",
            )),
            Value::BigInt(_) => Some(("OverflowError", "The '_length_' attribute is too large")),
            Value::Int(_) | Value::Bool(_) | Value::Gap(_) | Value::Object(_) => None,
            _ => Some(("TypeError", "The '_length_' attribute must be an integer")),
        };
        if let Some((kind, message)) = fault {
            return Some(Raised::new(kind, message.to_owned()));
        }
        self.find_in_mro(class, "_type_")
            .is_none()
            .then(|| lacks("_type_"))
    }
}
