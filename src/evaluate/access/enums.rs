//! Enumerations: which of their names `EnumType` leaves as they are, and what it says to writes.

use crate::Name;
use crate::evaluate::run::{Eval, Run};
use crate::evaluate::value::Value;
use crate::semantics::{ClassId, DescriptorKind, member_stays};

impl Run<'_, '_> {
    /// Whether an enumeration has under this name what its body bound, or the member made of it, and nothing else: `EnumType.__new__` puts
    /// a member into the class as it is, unless a base has something of that name. What begins with an underscore may be its own.
    pub(super) fn is_kept_by_enum(&self, class: ClassId, name: &str) -> bool {
        if !self.enum_facts.contains_key(&class) {
            return false;
        }
        let metaclass = self.metaclass_of(class);
        let is_plain = metaclass
            .is_some_and(|it| self.makes_enums(it) && self.classes.is_interpreters(it))
            && self.descriptor_of(class) == DescriptorKind::None;
        if !is_plain || name.starts_with('_') {
            return false;
        }
        let names = self.class_names.get(&class);
        let Some(binding) = names.and_then(|names| names.get(name)) else {
            return true;
        };
        if !self.is_member(name, binding) {
            return !binding.value.is_gap();
        }
        // Whether a class in the body is a member has changed.
        self.is_in_member_map(class, name)
            && !matches!(binding.value, Value::Class(_))
            && !self.bases_have(class, name)
    }

    /// Whether `_member_map_` has the name for certain: members, aliases, and what flags put together of others.
    fn is_in_member_map(&self, class: ClassId, name: &str) -> bool {
        let Some(facts) = self.enum_facts.get(&class) else {
            return false;
        };
        let mut aliases = facts.aliases.iter().map(|(alias, _)| alias);
        if facts.members.iter().any(|it| it == name) || aliases.any(|it| it == name) {
            return true;
        }
        let names = self.class_names.get(&class);
        let is_taken_out = names.is_none_or(|names| names.contains_key("_ignore_"));
        let binding = names.and_then(|names| names.get(name));
        self.is_flag(class)
            && !is_taken_out
            && binding
                .is_some_and(|it| matches!(it.value, Value::Int(_)) && self.is_member(name, it))
    }

    fn bases_have(&self, class: ClassId, name: &str) -> bool {
        let bases = self.classes.mro(class).unwrap_or_default().iter().skip(1);
        bases
            .copied()
            .any(|base| self.find_in_mro(base, name).is_some())
    }

    /// `EnumType.__setattr__` and `EnumType.__delattr__`: members stay as they are.
    ///
    /// ```py
    /// class Color(Enum): RED = 1
    /// Color.RED = 2  # AttributeError: cannot reassign member 'RED'
    /// ```
    pub(super) fn write_enum(
        &mut self,
        value: &Value,
        name: &Name,
        item: Option<Value>,
    ) -> Eval<()> {
        let class = match value {
            Value::Class(class) if self.enum_facts.contains_key(class) => *class,
            _ => {
                self.lose();
                return Ok(());
            }
        };
        if self.is_in_member_map(class, name) {
            let of = self.classes.get(class).path.name();
            let message = member_stays(name, of, item.is_some(), self.world.version);
            return Err(self.attribute_error(message));
        }
        // A name of the body may be a member for reasons that are not known here.
        let binding = self.class_names.get(&class).and_then(|it| it.get(name));
        if binding.is_some_and(|binding| self.is_member(name, binding)) {
            self.lose();
            return Ok(());
        }
        self.write_by_default(value, name, item)
    }
}
