//! Attributes of classes: what `Class.name` gives, by the class itself, its MRO and its metaclass (`type.__getattribute__`), and what
//! `type` answers without a look at the namespace.

use std::sync::Arc;

use crate::Name;
use crate::evaluate::machine::arguments::Arguments;
use crate::evaluate::machine::run::{Eval, Run};
use crate::evaluate::machine::value::{Binding, Dict, Instance, Object, Value};
use crate::evaluate::shown::repr::docstring_of;
use crate::semantics::{ClassId, MemberKind, Slots, Why};
use crate::source::{Place, PythonVersion};

impl Run<'_, '_> {
    /// The entry of the first class of the MRO that has the name, and that class.
    pub(crate) fn find_in_mro(
        &self,
        class: ClassId,
        name: &str,
    ) -> Option<(ClassId, Option<Binding>)> {
        let ancestry: &[ClassId] = match &self.classes.get(class).outcome {
            crate::semantics::Outcome::Created(made) => &made.mro,
            crate::semantics::Outcome::Unknown { known, .. } => known,
            crate::semantics::Outcome::Raises(_) => &[],
        };
        self.find_along(ancestry, name)
    }

    pub(crate) fn find_along(
        &self,
        classes: &[ClassId],
        name: &str,
    ) -> Option<(ClassId, Option<Binding>)> {
        for &id in classes {
            self.note_attribute_read(id, name);
            if let Some(binding) = self.class_names.get(&id).and_then(|names| names.get(name)) {
                return Some((id, Some(binding.clone())));
            }
            if self.classes.is_interpreters(id) && self.classes.members(id).contains_key(name) {
                return Some((id, None));
            }
        }
        None
    }

    /// Whether a call of `setattr` whose name is not known may have given this name to the class or to one above it.
    ///
    /// ```py
    /// for column in read_columns():           # out of view
    ///     setattr(Table, f"get_{column}", …)  # `Table.get_id` may be there, `Table.id` is not
    /// ```
    pub(crate) fn may_have_been_set(&self, class: ClassId, name: &str) -> bool {
        let has = |it: &ClassId| {
            let calls = self.patterns.get(it).into_iter().flatten();
            calls.into_iter().any(|given| {
                let call = given.place;
                let text = self.library.file(call.file).text.clone();
                let text = text.get(call.start as usize..call.end as usize);
                name.starts_with(written_start(text.unwrap_or_default()))
            })
        };
        !self.patterns.is_empty() && self.classes.mro(class).unwrap_or_default().iter().any(has)
    }

    /// Whether every ancestor of the class is known.
    pub(crate) fn is_whole(&self, class: ClassId) -> bool {
        self.classes.made(class).is_some()
    }

    /// `Class.name`
    pub(super) fn class_attribute(
        &mut self,
        class: ClassId,
        name: &Name,
        at: Option<Place>,
    ) -> Eval {
        let value = Value::Class(class);
        let metaclass = self.metaclass_of(class).filter(|&it| self.is_whole(it));
        let hook = metaclass.and_then(|it| Some((it, self.own_getattribute(&value, it)?)));
        let Some((metaclass, hook)) = hook else {
            return self.class_attribute_by_default(class, name, at);
        };
        let scope = self.any_scope();
        let fallback = if self.user_defines(metaclass, "__getattr__") {
            self.special_method(&value, metaclass, "__getattr__")
        } else {
            None
        };
        let is_ready = u32::from(fallback.is_some());
        self.askers += is_ready;
        let answer = self.call(&hook, Arguments::of(vec![Value::str(name)]), at, scope);
        self.askers -= is_ready;
        match (answer, fallback) {
            (Err(thrown), Some(fallback))
                if thrown
                    .class
                    .is_some_and(|it| self.classes.is_subclass(it, self.known.attribute_error)) =>
            {
                self.call(&fallback, Arguments::of(vec![Value::str(name)]), at, scope)
            }
            (answer, _) => answer,
        }
    }

    /// `type.__getattribute__(Class, name)`
    pub(super) fn class_attribute_by_default(
        &mut self,
        class: ClassId,
        name: &Name,
        at: Option<Place>,
    ) -> Eval {
        if let Some(value) = self.class_special(class, name) {
            return Ok(value);
        }
        if name == "__abstractmethods__"
            && let Some(found) = self.abstract_methods_attribute(class, at)
        {
            return found;
        }
        if let Some(value) = self.enum_member(class, name) {
            return Ok(value);
        }
        if let Some(value) = self.members_of_enum(class, name) {
            return Ok(value);
        }
        if self.is_slot(class, name)
            && let Some(descriptor) = self.world.facts.class("builtins", "member_descriptor")
        {
            return Ok(self.some(descriptor, Why::NotFollowed, at));
        }
        if let Some((owner, binding)) = self.find_in_mro(class, name) {
            return match binding {
                Some(binding) => self.get_descriptor(&binding.value, None, class, at),
                None => Ok(self.table_member(owner, name, &Value::Class(class), true, at)),
            };
        }
        let metaclass = self.metaclass_of(class);
        // What `_TypedDictMeta.__new__` puts into the class.
        if matches!(
            name.as_str(),
            "__total__"
                | "__required_keys__"
                | "__optional_keys__"
                | "__readonly_keys__"
                | "__mutable_keys__"
                | "__orig_bases__"
        ) && metaclass.is_some_and(|it| self.is_library_class(it, "typing", "_TypedDictMeta"))
        {
            return Ok(self.gap_for(at, Why::Input));
        }
        if let Some(metaclass) = metaclass
            && let Some((owner, binding)) = self.find_in_mro(metaclass, name)
        {
            return match binding {
                Some(binding) => {
                    self.get_descriptor(&binding.value, Some(&Value::Class(class)), metaclass, at)
                }
                None => Ok(self.table_member(owner, name, &Value::Class(class), false, at)),
            };
        }
        if let Some(metaclass) = metaclass
            && self.user_defines(metaclass, "__getattr__")
            && let Some(method) =
                self.special_method(&Value::Class(class), metaclass, "__getattr__")
        {
            let scope = self.any_scope();
            return self.call(&method, Arguments::of(vec![Value::str(name)]), at, scope);
        }
        if self.may_have_been_set(class, name) {
            return Ok(self.class_gap(class, name, at));
        }
        if self.is_whole(class)
            && metaclass.is_some_and(|it| self.is_whole(it))
            && !self.in_progress(class)
            && (self.askers > 0
                || self.handlers > 0
                || self.is_certain_so_far() && self.is_made_here(class))
        {
            return Err(self.no_attribute(&Value::Class(class), name, at));
        }
        Ok(self.class_gap(class, name, at))
    }

    /// `cls.__abstractmethods__`: what `ABCMeta` has put there; other classes have none (`type_abstractmethods`).
    fn abstract_methods_attribute(&mut self, class: ClassId, at: Option<Place>) -> Option<Eval> {
        let own = self.class_names.get(&class);
        if let Some(binding) = own.and_then(|it| it.get("__abstractmethods__")) {
            return Some(Ok(binding.value.clone()));
        }
        let metaclass = self.classes.made(class)?.metaclass;
        if class == self.known.type_ || self.user_defines(metaclass, "__abstractmethods__") {
            return None;
        }
        if !self.is_under(metaclass, "abc", "ABCMeta") || self.classes.get(class).skips_abc {
            self.classes.mro(metaclass)?;
            let message = String::from("__abstractmethods__");
            return Some(Err(self.throw(self.known.attribute_error, message, at)));
        }
        let names = self.abstract_names(class, 0)?;
        let names: Vec<Value> = names.iter().map(|it| Value::str(it)).collect();
        self.new_set_of(names, false, true, at).ok().map(Ok)
    }

    /// Whether the first class of the MRO that has a name has it as a slot.
    pub(crate) fn is_slot(&self, class: ClassId, name: &str) -> bool {
        let mut mro = self.classes.mro(class).unwrap_or_default().iter();
        let first = mro.find_map(|&id| {
            let slots = self.classes.made(id).map(|it| &it.slots);
            match slots {
                Some(Slots::Names(slots)) if slots.iter().any(|it| it == name) => Some(true),
                _ => self.own_has(id, name).then_some(false),
            }
        });
        first == Some(true)
    }

    /// The entry that [`Self::find_in_mro`] finds, unless a slot of this name stands before it: that hides it, as a data descriptor of its own.
    ///
    /// ```py
    /// class Below(Base):           # `Base.port` is a property
    ///     __slots__ = ("port",)    # an instance of `Below` keeps its own
    /// ```
    pub(crate) fn behind_slots(
        &self,
        class: ClassId,
        name: &str,
    ) -> Option<(ClassId, Option<Binding>)> {
        let found = self.find_in_mro(class, name)?;
        let is_hidden = found.1.is_some() && self.is_slot(class, &Name::from(name));
        (!is_hidden).then_some(found)
    }

    /// Whether the class is a placeholder whose statement still runs.
    fn in_progress(&self, class: ClassId) -> bool {
        !self.classes.is_interpreters(class) && !self.class_names.contains_key(&class)
    }

    /// The gap a class's unknown part is.
    pub(crate) fn class_gap(&mut self, class: ClassId, name: &str, at: Option<Place>) -> Value {
        let first = match &self.classes.get(class).outcome {
            crate::semantics::Outcome::Unknown { because, .. } => because.first().cloned(),
            _ => None,
        };
        match first {
            Some(gap) => self.gap_of(gap),
            None => self.gap(Why::NotFound, name, at),
        }
    }

    /// `__name__`, `__mro__` and their kind, which `type` itself answers.
    pub(crate) fn class_special(&mut self, class: ClassId, name: &str) -> Option<Value> {
        let classes =
            |ids: &[ClassId]| Value::tuple(ids.iter().map(|&id| Value::Class(id)).collect());
        Some(match name {
            "__name__" => Value::str(self.classes.get(class).path.name()),
            "__qualname__" => Value::str(&self.classes.get(class).path.qualname.clone()),
            "__module__" => match self
                .class_names
                .get(&class)
                .and_then(|names| names.get("__module__"))
            {
                Some(binding) => binding.value.clone(),
                None => Value::str(&self.classes.get(class).path.module.clone()),
            },
            // `type.__new__` adds it where no base has it.
            "__weakref__" if self.classes.made(class)?.shape.weakref => {
                match self.world.facts.class("builtins", "getset_descriptor") {
                    Some(descriptor) => self.some(descriptor, Why::NotFollowed, None),
                    None => self.gap(Why::NotFollowed, name, None),
                }
            }
            // Each class has one of its own (`type_get_doc`).
            "__doc__" if !self.classes.is_interpreters(class) => {
                let bound = self
                    .class_names
                    .get(&class)
                    .and_then(|it| it.get("__doc__"));
                if let Some(binding) = bound {
                    return Some(binding.value.clone());
                }
                let facts = self.statements.get(&class)?;
                match &facts.docstring {
                    Some(text) => Value::str(&docstring_of(text, self.world.version)),
                    // A decorator such as `dataclass` writes one where there is none.
                    None if facts.is_decorated
                        && (self.making == 0 || self.dataclasses.contains_key(&class)) =>
                    {
                        self.gap(Why::NotFollowed, name, None)
                    }
                    None => Value::None,
                }
            }
            // Set by `Generic.__init_subclass__` on each class below it.
            "__parameters__" => {
                let mro = self.classes.mro(class)?;
                let known = mro.iter().find_map(|it| self.generic_parameters.get(it));
                Value::tuple(known?.clone())
            }
            // What has no type parameters has an empty tuple of them (PEP 695, `type_get_type_params`).
            "__type_params__"
                if self.world.version >= PythonVersion::three(12)
                    && !self
                        .statements
                        .get(&class)
                        .is_some_and(|it| it.has_type_parameters) =>
            {
                Value::tuple(vec![])
            }
            "__mro__" => classes(&self.classes.made(class)?.mro),
            "__bases__" => classes(&self.classes.made(class)?.bases),
            "__base__" => Value::Class(self.classes.made(class)?.best_base?),
            "__dict__" => {
                let mut dict = self.dict_of_class(class);
                dict.is_proxy = true;
                self.allocate(Object::Dict(dict))
            }
            "__annotations__" if !self.classes.is_interpreters(class) => {
                self.annotations_attribute(class)?
            }
            // A metaclass has them itself: `type.mro` is what a call gives its class to.
            "mro" | "__subclasses__" if !self.classes.is_subclass(class, self.known.type_) => {
                let metaclass = self.metaclass_of(class)?;
                if self.user_defines(metaclass, name) {
                    return None;
                }
                self.bound_native("type", &Value::Class(class), name)
            }
            _ => return None,
        })
    }

    /// The entries of the `__dict__` of an interpreter's class; none for another.
    pub(super) fn dict_of_table(&mut self, class: ClassId) -> Dict {
        let mut dict = Dict::default();
        if !self.classes.is_interpreters(class) {
            return dict;
        }
        let path = self.classes.get(class).path.clone();
        let entries: Vec<(Name, MemberKind)> = self
            .classes
            .members(class)
            .iter()
            .map(|(name, member)| (name.clone(), member.kind))
            .collect();
        for (name, kind) in entries {
            if let Some(slots) = self.slots_of_table(class, &name) {
                dict.insert(Value::str(&name), slots);
                continue;
            }
            let native = Value::native(&path.module, &format!("{}.{name}", path.qualname));
            let value = match kind {
                MemberKind::Classmethod => self.allocate(Object::ClassMethod(native)),
                MemberKind::Staticmethod => self.allocate(Object::StaticMethod(native)),
                MemberKind::Function
                | MemberKind::Generator
                | MemberKind::AsyncFunction
                | MemberKind::AsyncGenerator
                | MemberKind::BuiltinMethod => native,
                _ => self.gap(Why::NotFollowed, &name, None),
            };
            dict.insert(Value::str(&name), value);
        }
        dict
    }

    /// The `__slots__` of an interpreter's class, under that name; all that have them have a tuple.
    fn slots_of_table(&self, class: ClassId, name: &str) -> Option<Value> {
        if name != "__slots__" || !self.classes.is_interpreters(class) {
            return None;
        }
        match &self.classes.made(class)?.slots {
            Slots::Absent => None,
            Slots::Names(names) => Some(Value::tuple(
                names.iter().map(|it| Value::str(it)).collect(),
            )),
        }
    }

    /// A member of an interpreter's class. `owner` is that class; asked for on a class or on an instance.
    pub(crate) fn table_member(
        &mut self,
        owner: ClassId,
        name: &str,
        on: &Value,
        on_class: bool,
        at: Option<Place>,
    ) -> Value {
        let member = self.classes.members(owner).get(name).cloned();
        let Some(member) = member else {
            return self.gap_for(at, Why::NotFound);
        };
        if let Some(slots) = self.slots_of_table(owner, name) {
            return slots;
        }
        let path = self.classes.get(owner).path.clone();
        let native = Value::Native(Arc::new(crate::semantics::ClassPath::new(
            path.module,
            format!("{}.{name}", path.qualname),
        )));
        match member.kind {
            MemberKind::Classmethod => {
                let receiver = if on_class {
                    on.clone()
                } else {
                    self.class_of(on).map_or_else(|| on.clone(), Value::Class)
                };
                Value::Method(Arc::new((native, receiver)))
            }
            MemberKind::Function
            | MemberKind::Generator
            | MemberKind::AsyncFunction
            | MemberKind::AsyncGenerator => {
                if on_class {
                    native
                } else {
                    Value::Method(Arc::new((native, on.clone())))
                }
            }
            // Class methods in C.
            MemberKind::BuiltinMethod
                if matches!(
                    name,
                    "__init_subclass__"
                        | "__class_getitem__"
                        | "__subclasshook__"
                        | "fromkeys"
                        | "fromhex"
                        | "from_bytes"
                ) =>
            {
                let receiver = if on_class {
                    on.clone()
                } else {
                    self.class_of(on).map_or_else(|| on.clone(), Value::Class)
                };
                Value::Method(Arc::new((native, receiver)))
            }
            MemberKind::BuiltinMethod => {
                if on_class || name == "__new__" {
                    native
                } else {
                    Value::Method(Arc::new((native, on.clone())))
                }
            }
            MemberKind::Staticmethod => native,
            MemberKind::Class => member
                .class
                .map_or_else(|| self.gap_for(at, Why::NotFound), Value::Class),
            MemberKind::Value => match member.type_of {
                Some(class) if class == self.known.none_type => Value::None,
                Some(class) => {
                    let key = (
                        Name::from(format!("{}:{}", self.classes.get(owner).path, "")),
                        Name::from(name),
                    );
                    if let Some(value) = self.table_objects.get(&key) {
                        return value.clone();
                    }
                    let mut instance = Instance::of(class);
                    instance.open = true;
                    let value = self.allocate(Object::Instance(instance));
                    self.table_objects.insert(key, value.clone());
                    value
                }
                None => self.gap_for(at, Why::NotFollowed),
            },
            _ => self.gap_for(at, Why::NotFollowed),
        }
    }
}

/// How the name begins that a call of `setattr` gives, as far as that is written there: `get_` of `setattr(cls, f"get_{name}", value)`.
pub(crate) fn written_start(call: &str) -> &str {
    let Some((_, rest)) = call.split_once(',') else {
        return "";
    };
    let rest = rest.trim_start();
    let (is_formatted, rest) = match rest.strip_prefix(['f', 'F']) {
        Some(rest) => (true, rest),
        None => (false, rest),
    };
    let Some(quote) = rest.chars().next().filter(|it| matches!(it, '"' | '\'')) else {
        return "";
    };
    let text = &rest[1..];
    let Some(end) = text.find(quote) else {
        return "";
    };
    let behind = text[end + 1..].trim_start();
    let is_begun = if is_formatted {
        behind.starts_with(',')
    } else {
        behind.starts_with('%') || behind.starts_with(".format(") || behind.starts_with('+')
    };
    if !is_begun || behind.contains(" if ") {
        return "";
    }
    let start = &text[..end];
    let stop = start.find(['{', '%', '\\']).unwrap_or(start.len());
    &start[..stop]
}

#[cfg(test)]
mod tests {
    use super::written_start;

    #[test]
    fn a_name_begins_as_it_is_written() {
        assert_eq!(written_start("setattr(A, f\"get_{n}\", 1)"), "get_");
        assert_eq!(written_start("setattr(A, 'get_' + n, 1)"), "get_");
        assert_eq!(written_start("setattr(A, \"get_%s\" % n, 1)"), "get_");
        assert_eq!(written_start("setattr(A, n, 1)"), "");
        assert_eq!(written_start("setattr(A, 'a' + n if n else 'b', 1)"), "");
        assert_eq!(written_start("setattr(A, f'{n}_x', 1)"), "");
    }
}
