//! Enumerations: which of their names `EnumType` leaves as they are, what it says to writes, and the descriptors of `name`, `value` and
//! `__members__`.

use crate::Name;
use crate::evaluate::exact::{Entry, Found};
use crate::evaluate::machine::run::{Eval, Run};
use crate::evaluate::machine::value::{Binding, Instance, Object, Value};
use crate::semantics::{
    AccessStep, ClassId, DescriptorKind, Doing, enum_property_is_for_members,
    enum_property_refuses, member_stays, property_refuses,
};
use crate::source::PythonVersion;

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
        // The metaclass has it, and puts nothing of that name into a class.
        if is_plain && name == "__members__" {
            return true;
        }
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

    /// A member, to ask attributes of: what `EnumType` puts into its `__dict__`, where no code of the enumeration puts more there.
    pub(super) fn some_member(&mut self, class: ClassId) -> Option<Value> {
        let facts = self.enum_facts.get(&class)?;
        let is_plain = !facts.members.is_empty()
            && !["__init__", "__new__"]
                .iter()
                .any(|name| self.user_defines(class, name));
        if !is_plain {
            return None;
        }
        let mut names = vec!["_value_", "_name_", "__objclass__"];
        if self.world.version >= PythonVersion::three(11) {
            names.push("_sort_order_");
        }
        let mut member = Instance::of(class);
        for name in names {
            let held = self.something();
            member
                .names
                .insert(Name::const_new(name), Binding::new(held, None));
        }
        Some(self.allocate(Object::Instance(member)))
    }

    /// What the descriptors of `Enum.name`, `Enum.value` and `EnumType.__members__` give; none for others.
    ///
    /// ```py
    /// class Color(Enum): RED = 1
    /// Color.RED.name  # 'RED'
    /// Color.name      # AttributeError: on the class it stands for a member of that name
    /// ```
    pub(super) fn get_of_enum(
        &mut self,
        found: &Found,
        name: &Name,
        instance: Option<&Value>,
        owner: ClassId,
    ) -> Option<Eval> {
        if !matches!(found.entry, Entry::Table) || found.kind != DescriptorKind::Data {
            return None;
        }
        if self.makes_enums(found.on) && name == "__members__" {
            self.note_descriptor(self.known.property, "__get__");
            return Some(Ok(self.something()));
        }
        let descriptor = self.descriptor_of_members(found.on, name)?;
        self.note_descriptor(descriptor, "__get__");
        Some(match instance {
            Some(_) => Ok(self.something()),
            // Until 3.11 it leaves the word to `EnumMeta.__getattr__`.
            None if self.world.version < PythonVersion::three(12) => {
                Err(self.attribute_error(String::new()))
            }
            None => {
                let kind = if self.is_flag(owner) { "flag" } else { "enum" };
                let class = self.classes.get(owner).path.name();
                let message = enum_property_is_for_members(kind, class, name);
                Err(self.attribute_error(message))
            }
        })
    }

    /// What these descriptors say to writes and deletions: none takes any.
    pub(super) fn set_of_enum(
        &mut self,
        found: &Found,
        name: &Name,
        doing: Doing,
    ) -> Option<Eval<()>> {
        if !matches!(found.entry, Entry::Table) {
            return None;
        }
        let version = self.world.version;
        let (descriptor, message) = if self.makes_enums(found.on) && name == "__members__" {
            let of = self.classes.get(found.on).path.qualname.clone();
            let message = property_refuses(doing, name, &of, version);
            (self.known.property, message)
        } else {
            let descriptor = self.descriptor_of_members(found.on, name)?;
            let of = self.classes.get(found.on).path.name();
            (descriptor, enum_property_refuses(doing, name, of, version))
        };
        self.note_descriptor(
            descriptor,
            match doing {
                Doing::Deleting => "__delete__",
                Doing::Reading | Doing::Writing => "__set__",
            },
        );
        Some(Err(self.attribute_error(message)))
    }

    /// The class of the descriptor that `Enum` has as `name` and `value`: `enum.property`, before 3.11 `types.DynamicClassAttribute`.
    fn descriptor_of_members(&self, on: ClassId, name: &str) -> Option<ClassId> {
        let is_one = matches!(name, "name" | "value") && self.is_library_class(on, "enum", "Enum");
        let member = self.classes.members(on).get(name).filter(|_| is_one)?;
        member.type_of
    }

    /// `EnumMeta.__getattr__` of 3.11 and before: members by their names.
    pub(super) fn getattr_of_enum(
        &mut self,
        on: ClassId,
        value: &Value,
        name: &str,
    ) -> Option<Eval> {
        let Value::Class(class) = value else {
            return None;
        };
        if !self.makes_enums(on)
            || !self.classes.is_interpreters(on)
            || !self.enum_facts.contains_key(class)
        {
            return None;
        }
        self.note(AccessStep::Fallback { on });
        let is_dunder = name.len() > 4 && name.starts_with("__") && name.ends_with("__");
        if !is_dunder && self.is_in_member_map(*class, name) {
            return Some(Ok(self.something()));
        }
        Some(Err(self.attribute_error(name.to_owned())))
    }
}
