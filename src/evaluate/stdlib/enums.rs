//! Enumerations: which names of a class body become members. `begin`, `body` and `finish` say what the making of one raises.

mod begin;
mod body;
mod finish;
mod own;

pub(crate) use body::EnumBody;

use crate::Name;
use crate::evaluate::machine::run::{Eval, Run};
use crate::evaluate::machine::value::{Binding, Instance, Object, ScopeId, Value};
use crate::semantics::{ClassId, Why};
use crate::source::Place;

/// What later enumerations ask of one.
#[derive(Debug, Clone)]
pub(crate) struct EnumFacts {
    /// `_member_names_`: its members in order, without aliases.
    pub members: Vec<Name>,
    /// Its aliases, and the members they stand for.
    pub aliases: Vec<(Name, Name)>,
    /// The type whose instances they are; none for `object`.
    pub data_type: Option<ClassId>,
}

impl Run<'_, '_> {
    /// Whether the class is an enumeration: its metaclass is `enum.EnumType` or derives from it.
    pub(crate) fn is_enum(&self, class: ClassId) -> bool {
        let Some(metaclass) = self.metaclass_of(class) else {
            return false;
        };
        self.makes_enums(metaclass)
    }

    /// Whether a metaclass is `enum.EnumType` or derives from it.
    pub(crate) fn makes_enums(&self, metaclass: ClassId) -> bool {
        self.is_under(metaclass, "enum", "EnumType") || self.is_under(metaclass, "enum", "EnumMeta")
    }

    /// Whether what a class has by this name is that of the `enum` module.
    pub(crate) fn is_enums_own(&self, class: ClassId, name: &str) -> bool {
        self.find_in_mro(class, name).is_some_and(|(owner, _)| {
            self.classes.get(owner).path.module == "enum"
                && (self.classes.is_interpreters(owner) || self.world.is_standard_library)
        })
    }

    /// Whether a name of an enumeration's body is a member (`enum.EnumDict.__setitem__`).
    pub(crate) fn is_member(&self, name: &str, binding: &Binding) -> bool {
        if name.starts_with('_') && name.ends_with('_')
            || name.starts_with("__")
            || binding.at.is_none()
        {
            return false;
        }
        match &binding.value {
            Value::Object(id) => match self.object(*id) {
                Object::Function(_)
                | Object::Property { .. }
                | Object::ClassMethod(_)
                | Object::StaticMethod(_) => false,
                Object::Instance(instance) => self.find_in_mro(instance.class, "__get__").is_none(),
                _ => true,
            },
            Value::Native(_) | Value::Method(_) => false,
            _ => true,
        }
    }

    /// The member of that name.
    pub(crate) fn enum_member(&mut self, class: ClassId, name: &str) -> Option<Value> {
        if self.classes.is_interpreters(class) || !self.is_enum(class) {
            return None;
        }
        let binding = self.class_names.get(&class)?.get(name)?.clone();
        if !self.is_member(name, &binding) {
            return None;
        }
        let key = (
            Name::from(self.classes.get(class).path.to_string()),
            Name::from(format!("{}#{name}", class.0)),
        );
        if let Some(value) = self.table_objects.get(&key) {
            return Some(value.clone());
        }
        let mut instance = Instance::of(class);
        instance.names.insert(
            Name::const_new("_name_"),
            Binding::new(Value::str(name), None),
        );
        instance.names.insert(
            Name::const_new("name"),
            Binding::new(Value::str(name), None),
        );
        if !matches!(binding.value, Value::Object(_)) {
            instance.names.insert(
                Name::const_new("_value_"),
                Binding::new(binding.value.clone(), None),
            );
            instance.names.insert(
                Name::const_new("value"),
                Binding::new(binding.value.clone(), None),
            );
        }
        let is_text = self.classes.is_subclass(class, self.known.str_)
            && matches!(binding.value, Value::Str(_));
        let is_number = self.classes.is_subclass(class, self.known.int)
            && matches!(binding.value, Value::Int(_));
        if is_text || is_number {
            instance.payload = Some(binding.value);
        }
        instance.open = true;
        let value = self.allocate(Object::Instance(instance));
        self.table_objects.insert(key, value.clone());
        Some(value)
    }

    /// `enum._simple_enum(base)(class)`: the class made again, of the same names, as an enumeration.
    pub(super) fn simple_enum(
        &mut self,
        class: ClassId,
        base: ClassId,
        at: Option<Place>,
        scope: ScopeId,
    ) -> Eval {
        let Some(metaclass) = self.metaclass_of(base) else {
            return Ok(self.gap_for(at, Why::NotFollowed));
        };
        let name = Name::from(self.classes.get(class).path.name());
        self.finish_class(class, metaclass, &name, &[base], &[], at, scope)
    }

    /// `Color(1)`: the member of that value, where one is known to be it.
    pub(crate) fn member_of_value(
        &mut self,
        class: ClassId,
        value: &Value,
        at: Option<Place>,
    ) -> Value {
        for member in self.enum_members(class).unwrap_or_default() {
            if member.same(value) {
                return member;
            }
            let Value::Object(id) = &member else { continue };
            let held = self.kept(*id, "_value_");
            if held.is_some_and(|held| self.equal(&held, value) == Some(true)) {
                return member;
            }
        }
        self.some(class, Why::Input, at)
    }

    /// The members of an enumeration in order.
    pub(crate) fn enum_members(&mut self, class: ClassId) -> Option<Vec<Value>> {
        if self.classes.is_interpreters(class) || !self.is_enum(class) {
            return None;
        }
        let names: Vec<Name> = self.class_names.get(&class)?.keys().cloned().collect();
        Some(
            names
                .iter()
                .filter_map(|name| self.enum_member(class, name))
                .collect(),
        )
    }
}
