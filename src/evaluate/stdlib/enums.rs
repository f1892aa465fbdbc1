//! Enumerations: which names of a class body become members. `begin`, `body` and `finish` say what the making of one raises.

mod begin;
mod body;
mod finish;
mod members;
mod own;

pub(crate) use body::EnumBody;

use crate::Name;
use crate::evaluate::machine::arguments::Keywords;
use crate::evaluate::machine::run::{Eval, Run};
use crate::evaluate::machine::value::{Binding, Dict, Instance, Object, ScopeId, Value};
use crate::semantics::{ClassId, Why};
use crate::source::Place;

/// What later enumerations ask of one.
#[derive(Debug, Clone)]
pub(crate) struct EnumFacts {
    /// `_member_names_`: its members in order, without aliases.
    pub members: Vec<Name>,
    /// All names of `_member_map_`, in order.
    pub all: Vec<Name>,
    /// Its aliases, and the members they stand for.
    pub aliases: Vec<(Name, Name)>,
    /// Names of which it is not known whether they are aliases.
    pub unsure: Vec<Name>,
    /// Whether these are all members there are, of the values that the body gives them: no code of the program makes them.
    pub is_sure: bool,
    /// Whether code of the program makes the members: they may have any value.
    pub makes_own: bool,
    /// The type whose instances they are; none for `object`.
    pub data_type: Option<ClassId>,
    /// Whether its members are being made: these are the ones that are there so far.
    pub is_in_making: bool,
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

    /// Whether an enumeration stands among these classes before the one that is told, or is that one: `EnumType` has put a `__new__` into it.
    pub(crate) fn is_behind_enum(&self, classes: &[ClassId], owner: Option<ClassId>) -> bool {
        let mut before = classes.iter().take_while(|&&it| Some(it) != owner);
        before.any(|&it| self.is_enum(it)) || owner.is_some_and(|it| self.is_enum(it))
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
        let mut has_value = !matches!(binding.value, Value::Object(_) | Value::Gap(_));
        if let Some(facts) = self.enum_facts.get(&class) {
            // An alias is the member that has the value already.
            let original = facts.aliases.iter().find(|(alias, _)| alias == name);
            if let Some((_, original)) = original.cloned() {
                return self.enum_member(class, &original);
            }
            let is_told = facts.is_sure || facts.makes_own || facts.all.iter().any(|it| it == name);
            if !is_told || facts.unsure.iter().any(|it| it == name) {
                return Some(self.some(class, Why::NotFollowed, binding.at));
            }
            let data_type = facts.data_type;
            has_value &= !facts.makes_own
                && data_type.is_none_or(|it| self.class_of(&binding.value) == Some(it));
        }
        let key = self.key_of_member(class, name);
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
        if has_value {
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

    /// Under which key a member is kept.
    fn key_of_member(&self, class: ClassId, name: &str) -> (Name, Name) {
        (
            Name::from(self.classes.get(class).path.to_string()),
            Name::from(format!("{}#{name}", class.0)),
        )
    }

    /// `__members__`, `_member_map_` and `_member_names_` of an enumeration whose members are known.
    pub(crate) fn members_of_enum(&mut self, class: ClassId, name: &str) -> Option<Value> {
        if !matches!(name, "__members__" | "_member_map_" | "_member_names_") {
            return None;
        }
        let facts = self.enum_facts.get(&class).filter(|it| it.is_sure)?;
        if name == "_member_names_" {
            let names = facts.members.iter().map(|it| Value::str(it)).collect();
            return Some(self.list(names));
        }
        let mut entries = vec![];
        for name in facts.all.clone() {
            let member = self.enum_member(class, &name)?;
            entries.push((Value::str(&name), member));
        }
        let map = Dict::from_pairs(entries);
        let map = self.allocate(Object::Dict(map));
        if name == "_member_map_" {
            return Some(map);
        }
        let facts = &self.world.facts;
        let proxy = facts
            .class("builtins", "mappingproxy")
            .or_else(|| facts.class("types", "MappingProxyType"))?;
        let mut proxy = Instance::of(proxy);
        proxy.payload = Some(map);
        Some(self.allocate(Object::Instance(proxy)))
    }

    /// `enum.global_enum(class)`: its members become names of the module that it says it stands in, and it shows them by those.
    ///
    /// ```py
    /// @enum.global_enum
    /// class Flag(enum.IntFlag):
    ///     VERBOSE = 1
    ///
    /// VERBOSE is Flag.VERBOSE  # True
    /// ```
    pub(super) fn export_members(&mut self, class: ClassId, at: Option<Place>) {
        let shown = if self.is_flag(class) {
            "global_flag_repr"
        } else {
            "global_enum_repr"
        };
        let mut shows = vec![("__repr__", self.native("enum", shown))];
        if !self.is_under(class, "enum", "ReprEnum") {
            shows.push(("__str__", self.native("enum", "global_str")));
        }
        for (name, function) in shows {
            let binding = Binding::new(function, at);
            self.set_class_name(class, &Name::const_new(name), Some(binding));
        }
        let said = self.class_special(class, "__module__");
        let module = match &said {
            Some(Value::Str(name)) => self.loaded.get(&**name).copied(),
            _ => None,
        };
        let Some(module) = module else {
            return;
        };
        let names: Vec<Name> = if let Some(facts) = self.enum_facts.get(&class) {
            facts.all.clone()
        } else {
            let own = self.class_names.get(&class).into_iter().flatten();
            own.map(|(name, _)| name.clone()).collect()
        };
        let scope = self.module(module).scope;
        for name in names {
            if let Some(member) = self.enum_member(class, &name) {
                self.bind(scope, &name, member, at);
            }
        }
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
        self.finish_class(
            class,
            metaclass,
            &name,
            &[base],
            Keywords::default(),
            at,
            scope,
        )
    }

    /// `Color(1)`: the member of that value, where one is known to be it; or that there is none (`Enum.__new__`).
    pub(crate) fn member_of_value(
        &mut self,
        class: ClassId,
        value: &Value,
        at: Option<Place>,
    ) -> Eval {
        let Some(members) = self.enum_members(class) else {
            return Ok(self.some(class, Why::Input, at));
        };
        let mut is_none_of_them = !value.is_gap();
        for member in members {
            if member.same(value) {
                return Ok(member);
            }
            let held = match &member {
                Value::Object(id) => self.kept(*id, "_value_"),
                _ => None,
            };
            match held.map(|held| self.equal(&held, value)) {
                Some(Some(true)) => return Ok(member),
                Some(Some(false)) => {}
                _ => is_none_of_them = false,
            }
        }
        let is_sure = self.enum_facts.get(&class).is_some_and(|it| it.is_sure);
        let asks_code =
            self.user_defines(class, "_missing_") && !self.is_enums_own(class, "_missing_");
        if is_none_of_them && is_sure && !asks_code && !self.is_flag(class) {
            let shown = self.repr_of(value);
            let of = self.classes.get(class).path.qualname.clone();
            let message = format!("{shown} is not a valid {of}");
            return Err(self.throw(self.known.value_error, message, at));
        }
        Ok(self.some(class, Why::Input, at))
    }

    /// The members of an enumeration in order, without aliases; none where they are not known.
    pub(crate) fn enum_members(&mut self, class: ClassId) -> Option<Vec<Value>> {
        if self.classes.is_interpreters(class) || !self.is_enum(class) {
            return None;
        }
        let names: Vec<Name> = match self.enum_facts.get(&class) {
            Some(facts) if facts.unsure.is_empty() && (facts.is_sure || facts.makes_own) => {
                facts.members.clone()
            }
            Some(_) => return None,
            None => self.class_names.get(&class)?.keys().cloned().collect(),
        };
        Some(
            names
                .iter()
                .filter_map(|name| self.enum_member(class, name))
                .collect(),
        )
    }
}
