//! What `ctypes` demands of the arrays that derive from its own (`PyCArrayType_new`), and the descriptors it puts into structures.

use crate::Name;
use crate::evaluate::machine::run::{Eval, Run};
use crate::evaluate::machine::value::{Binding, Instance, Object, Value};
use crate::semantics::{ClassId, Raised};
use crate::source::Place;

impl Run<'_, '_> {
    /// Gives a structure or union a descriptor for each of the fields that it has just been told of (`PyCStructUnionType_update_stgdict`).
    ///
    /// ```py
    /// class Point(Structure): _fields_ = [("x", c_int), ("y", c_int)]
    /// Point.x  # <Field type=c_int, ofs=0, size=4>
    /// ```
    pub(crate) fn add_ctypes_fields(
        &mut self,
        class: ClassId,
        at: Option<Place>,
    ) -> Option<Raised> {
        let is_one = ["Structure", "Union"]
            .iter()
            .any(|name| self.is_under(class, "_ctypes", name));
        let fields = self
            .class_names
            .get(&class)
            .and_then(|it| it.get("_fields_"));
        let (true, Some(fields)) = (is_one, fields) else {
            return None;
        };
        let (value, at) = (fields.value.clone(), fields.at.or(at));
        let plain = self.plain(&value);
        if matches!(
            plain,
            Value::None | Value::Int(_) | Value::Bool(_) | Value::Float(_)
        ) {
            let message = String::from("'_fields_' must be a sequence of pairs");
            return Some(Raised::new("TypeError", message));
        }
        let (fields, open) = self.iterate(&value);
        if open && let Some(place) = at {
            self.unlisted.insert(class, place);
        }
        let descriptor = self.world.facts.class("_ctypes", "CField")?;
        for (index, field) in fields.into_iter().enumerate() {
            let field = self.plain(&field);
            if let Some(message) = self.no_field(&field, index) {
                return Some(Raised::new("TypeError", message));
            }
            let Value::Tuple(parts) = field else {
                continue;
            };
            if let Some(Value::Str(name)) = parts.first() {
                let field = self.allocate(Object::Instance(Instance::of(descriptor)));
                let binding = Binding::new(field, at);
                self.set_class_name(class, &Name::from(&**name), Some(binding));
            }
        }
        if open {
            None
        } else {
            self.odd_anonymous(class)
        }
    }

    /// Raises for fields that a hook of `type.__new__` sets: what `ctypes` keeps of the structure is not there before that is done.
    pub(crate) fn refuse_early_fields(&mut self, class: ClassId, at: Option<Place>) -> Eval<()> {
        let is_one = ["Structure", "Union"]
            .iter()
            .any(|name| self.is_under(class, "_ctypes", name));
        if !is_one || !self.in_hooks.contains(&class) {
            return Ok(());
        }
        Err(if self.is_at_least(10) {
            self.type_error("ctypes state is not initialized", at)
        } else {
            let message = String::from("error return without exception set");
            self.raise_of("SystemError", Some(message), at)
        })
    }

    /// What is said to a name among `_anonymous_` that is none of the fields (`MakeAnonFields`).
    fn odd_anonymous(&mut self, class: ClassId) -> Option<Raised> {
        let names = self.class_names.get(&class)?.get("_anonymous_")?;
        let (names, open) = self.iterate(&names.value.clone());
        if open {
            return None;
        }
        let is_field = |run: &Self, name: &str| {
            let (_, binding) = run.find_in_mro(class, name)?;
            let of = run.class_of(&binding?.value)?;
            Some(run.classes.get(of).path.name() == "CField")
        };
        let odd = names.iter().find_map(|name| match self.plain(name) {
            Value::Str(name) if is_field(self, &name) == Some(false) => Some(name),
            _ => None,
        })?;
        let message = format!("'{odd}' is specified in _anonymous_ but not in _fields_");
        Some(Raised::new("AttributeError", message))
    }

    /// What is said to something among `_fields_` that is no pair of a name and a type.
    fn no_field(&self, field: &Value, index: usize) -> Option<String> {
        let no_pair = || String::from("'_fields_' must be a sequence of (name, C type) pairs");
        let parts = match field {
            Value::Tuple(parts) => parts,
            Value::Gap(_) | Value::Object(_) => return None,
            _ => return Some(no_pair()),
        };
        match (parts.first(), parts.get(1)) {
            (None | Some(_), None) => return Some(no_pair()),
            (Some(Value::None | Value::Int(_) | Value::Bool(_) | Value::Bytes(_)), _) => {
                return Some(no_pair());
            }
            _ => {}
        }
        let is_odd = match &parts[1] {
            Value::None | Value::Int(_) | Value::Bool(_) | Value::Str(_) | Value::Tuple(_) => true,
            Value::Class(class) => {
                self.is_whole(*class) && self.metaclass_of(*class) == Some(self.known.type_)
            }
            _ => false,
        };
        is_odd.then(|| format!("second item in _fields_ tuple (index {index}) must be a C type"))
    }

    /// What the making of a class below `ctypes.Array` raises.
    ///
    /// ```py
    /// class Three(Array): _length_ = 3  # AttributeError: class must define a '_type_' attribute
    /// ```
    pub(crate) fn ctypes_fault(&self, class: ClassId, metaclass: ClassId) -> Option<Raised> {
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
        let Some((_, of)) = self.find_in_mro(class, "_type_") else {
            return Some(lacks("_type_"));
        };
        let is_odd = match &of?.value {
            Value::None | Value::Int(_) | Value::Bool(_) | Value::Str(_) | Value::Tuple(_) => true,
            Value::Class(of) => {
                self.is_whole(*of) && self.metaclass_of(*of) == Some(self.known.type_)
            }
            _ => false,
        };
        is_odd.then(|| Raised::new("TypeError", String::from("_type_ must have storage info")))
    }
}
