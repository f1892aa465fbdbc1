//! What `EnumType.__new__` puts into the class it makes, besides its members.

use crate::evaluate::machine::run::Run;
use crate::evaluate::stdlib::enums::EnumFacts;
use crate::semantics::{
    ClassId, DescriptorKind, Made, Member, MemberKind, MemberOrigin, Members, added,
};
use crate::source::PythonVersion;

/// Methods that an enumeration takes from the first enumeration among its bases, where they would be those of its data type.
const KEPT_FROM_DATA: [&str; 4] = ["__repr__", "__str__", "__format__", "__reduce_ex__"];

/// Operators that a flag takes from `Flag` itself.
const OPERATORS: [&str; 7] = [
    "__or__",
    "__and__",
    "__xor__",
    "__ror__",
    "__rand__",
    "__rxor__",
    "__invert__",
];

impl Run<'_, '_> {
    /// Adds those names to the own namespace of an enumeration.
    ///
    /// ```py
    /// class Color(Enum): RED = 1
    /// vars(Color)  # …, '_member_names_', '_member_map_', '_value2member_map_', '__new__'
    /// ```
    pub(crate) fn add_enum_names(&self, class: ClassId, made: &Made, own: &mut Members) {
        let Some(facts) = self.enum_facts.get(&class) else {
            return;
        };
        let version = self.world.version;
        let eleven = version >= PythonVersion::three(11);
        let value = || created(MemberKind::Value, DescriptorKind::None);
        let function = || created(MemberKind::Function, DescriptorKind::NonData);
        let has_own_new = own.contains_key("__new__");
        let generates = if version >= PythonVersion::three(12) {
            created(MemberKind::Staticmethod, DescriptorKind::NonData)
        } else {
            function()
        };
        match own.get_mut("_generate_next_value_") {
            Some(member) if version >= PythonVersion::three(12) => {
                member.kind = MemberKind::Staticmethod;
            }
            Some(_) => {}
            None => {
                own.insert("_generate_next_value_".into(), generates);
            }
        }
        for name in ["_member_names_", "_member_map_", "_value2member_map_"] {
            own.insert(name.into(), value());
        }
        let data_type = facts.data_type.unwrap_or(self.known.object);
        own.insert(
            "_member_type_".into(),
            Member {
                class: Some(data_type),
                ..created(MemberKind::Class, DescriptorKind::None)
            },
        );
        if eleven {
            for name in ["_use_args_", "_unhashable_values_"] {
                own.insert(name.into(), value());
            }
            if version >= PythonVersion::three(13) {
                own.insert("_unhashable_values_map_".into(), value());
            }
            let kind = if has_own_new || self.has_new_in_source(class) {
                MemberKind::Function
            } else {
                MemberKind::BuiltinMethod
            };
            own.insert(
                "_new_member_".into(),
                created(kind, DescriptorKind::NonData),
            );
            let kind = self.value_repr(&made.bases);
            own.insert("_value_repr_".into(), created(kind, DescriptorKind::None));
        }
        let is_flag = self.is_flag(class);
        if eleven && is_flag {
            let masks = [
                "_boundary_",
                "_flag_mask_",
                "_singles_mask_",
                "_all_bits_",
                "_inverted_",
            ];
            for name in masks {
                own.insert(name.into(), value());
            }
        }
        self.add_repr_enum(made, data_type, own);
        for name in KEPT_FROM_DATA {
            if !own.contains_key(name)
                && let Some(kind) = self.kept_method(class, made, facts, name)
            {
                own.insert(name.into(), created(kind, DescriptorKind::NonData));
            }
        }
        if eleven && is_flag {
            for name in OPERATORS {
                own.entry(name.into()).or_insert_with(function);
            }
        }
        if has_own_new {
            own.insert("__new_member__".into(), function());
        }
        own.insert("__new__".into(), function());
    }

    /// A class directly below `ReprEnum` shows and formats its members as its data type does.
    fn add_repr_enum(&self, made: &Made, data_type: ClassId, own: &mut Members) {
        let is_direct = made
            .bases
            .iter()
            .any(|&it| self.is_library_class(it, "enum", "ReprEnum"));
        if !is_direct {
            return;
        }
        let kind = if self.classes.is_interpreters(data_type) {
            MemberKind::BuiltinMethod
        } else {
            MemberKind::Function
        };
        for name in ["__format__", "__str__"] {
            own.entry(name.into())
                .or_insert_with(|| created(kind, DescriptorKind::NonData));
        }
    }

    /// The kind of the method that is taken from the first enumeration; none where the class's own is kept.
    fn kept_method(
        &self,
        class: ClassId,
        made: &Made,
        facts: &EnumFacts,
        name: &str,
    ) -> Option<MemberKind> {
        let (found, kind) = self.method_along(class, name)?;
        let of_data = facts
            .data_type
            .and_then(|data_type| self.method_along_from(data_type, name));
        let is_data = match of_data {
            Some((owner, _)) => {
                owner == found && owner != self.known.object
                    // `IntEnum` has that of `int` under its own name.
                    || owner != self.known.object
                        && kind == MemberKind::BuiltinMethod
                        && self.is_enum(found)
            }
            None => false,
        };
        let is_objects =
            found == self.known.object && self.world.version >= PythonVersion::three(11);
        if !is_data && !is_objects {
            return None;
        }
        let first = made.bases.last()?;
        self.method_along_from(*first, name).map(|(_, kind)| kind)
    }

    /// The class after this one that has a method, and its kind.
    fn method_along(&self, class: ClassId, name: &str) -> Option<(ClassId, MemberKind)> {
        let mro = self.classes.mro(class)?;
        mro.iter().skip(1).find_map(|&it| self.method_of(it, name))
    }

    fn method_along_from(&self, class: ClassId, name: &str) -> Option<(ClassId, MemberKind)> {
        let mro = self.classes.mro(class)?;
        mro.iter().find_map(|&it| self.method_of(it, name))
    }

    /// What a class itself has by that name, be it put there by `EnumType`.
    fn method_of(&self, class: ClassId, name: &str) -> Option<(ClassId, MemberKind)> {
        if self.classes.is_interpreters(class) {
            let member = self.classes.members(class).get(name)?;
            return Some((class, member.kind));
        }
        if self.own_has(class, name) {
            return Some((class, MemberKind::Function));
        }
        let facts = self.enum_facts.get(&class)?;
        let made = self.classes.made(class)?;
        self.kept_method(class, made, facts, name)
            .map(|kind| (class, kind))
    }

    /// Whether a class among the ancestors has a `__new__` with source.
    fn has_new_in_source(&self, class: ClassId) -> bool {
        self.user_defines(class, "__new__") && !self.is_enums_own(class, "__new__")
    }

    /// `EnumType._find_data_repr_`: the kind of what shows a member's value.
    fn value_repr(&self, bases: &[ClassId]) -> MemberKind {
        for &base in bases {
            for &ancestor in self.classes.mro(base).unwrap_or_default() {
                if ancestor == self.known.object {
                    continue;
                }
                if self.is_enum(ancestor) {
                    if self.classes.is_interpreters(ancestor) {
                        let members = self.classes.members(ancestor);
                        return members
                            .get("_value_repr_")
                            .map_or(MemberKind::Value, |it| it.kind);
                    }
                    let made = self.classes.made(ancestor);
                    return made.map_or(MemberKind::Value, |made| self.value_repr(&made.bases));
                }
                if let Some((_, kind)) = self.method_of(ancestor, "__repr__") {
                    return kind;
                }
            }
        }
        MemberKind::Value
    }
}

fn created(kind: MemberKind, descriptor: DescriptorKind) -> Member {
    Member {
        origin: MemberOrigin::Created,
        ..added(kind, descriptor)
    }
}
