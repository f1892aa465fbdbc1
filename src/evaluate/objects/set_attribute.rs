//! Attributes that are set: what `value.name = item` changes, and what it raises.

use crate::Name;
use crate::evaluate::machine::arguments::Arguments;
use crate::evaluate::machine::run::{Eval, Run};
use crate::evaluate::machine::value::{Binding, Object, ObjectId, Value};
use crate::semantics::{
    ClassId, Doing, MemberKind, Outcome, immutable_type, member_stays, no_dict_for,
    property_refuses, read_only,
};
use crate::source::{Place, PythonVersion};

impl Run<'_, '_> {
    /// `value.name = item`
    pub(crate) fn set_attribute(
        &mut self,
        value: &Value,
        name: &Name,
        item: Value,
        at: Option<Place>,
    ) -> Eval<()> {
        if value.is_gap() {
            let set = self.in_each_side(value, at, |run, it| {
                run.set_attribute(it, name, item.clone(), at)
            });
            return set.unwrap_or_else(|| {
                self.names_something(value, name, at);
                Ok(())
            });
        }
        if let Some(result) = self.set_traced(value, name, &item) {
            return result;
        }
        if let Some(hook) = self.hook_of(value, "__setattr__") {
            let scope = self.any_scope();
            let arguments = Arguments::of(vec![Value::str(name), item]);
            return self.call(&hook, arguments, at, scope).map(|_| ());
        }
        self.set_by_default(value, name, item, at)
    }

    /// The `__setattr__` or `__delattr__` with source that the type of a value has, bound to it.
    pub(crate) fn hook_of(&mut self, value: &Value, method: &str) -> Option<Value> {
        let class = match value {
            Value::Class(class) => self.metaclass_of(*class)?,
            Value::Object(id) => match self.object(*id) {
                Object::Instance(instance) => instance.class,
                _ => return None,
            },
            _ => return None,
        };
        if !self.user_defines(class, method) {
            return None;
        }
        let (_, binding) = self.find_in_mro(class, method)?;
        self.function(&binding?.value)?;
        self.special_method(value, class, method)
    }

    /// What `object.__setattr__` and `type.__setattr__` do.
    pub(crate) fn set_by_default(
        &mut self,
        value: &Value,
        name: &Name,
        item: Value,
        at: Option<Place>,
    ) -> Eval<()> {
        match value {
            Value::Module(ix) => {
                let scope = self.module(*ix).scope;
                self.bind(scope, name, item, at);
            }
            Value::Class(class) => return self.set_on_class(*class, name, item, at),
            Value::Object(id) => match self.object(*id) {
                Object::Instance(_) => return self.set_on_instance(value, *id, name, item, at),
                Object::Function(_) => return self.set_on_function(*id, name, item, at),
                _ if self.takes_no_names(value, name) => return self.has_no_room(value, name, at),
                _ => {}
            },
            Value::Method(_) | Value::Native(_) if self.takes_no_names(value, name) => {
                return self.has_no_room(value, name, at);
            }
            Value::Gap(_) | Value::Native(_) | Value::Method(_) => {}
            _ => return self.has_no_room(value, name, at),
        }
        Ok(())
    }

    /// Whether a container, a method, or a function of C is known to keep no names.
    pub(crate) fn takes_no_names(&self, value: &Value, name: &str) -> bool {
        match value {
            Value::Object(id) => match self.peek(*id) {
                Object::List { .. } | Object::Set { .. } => true,
                // What the body of an enumeration is given keeps some (`enum._EnumDict`).
                Object::Dict(_) => !name.starts_with('_'),
                _ => false,
            },
            Value::Method(pair) => match &pair.0 {
                Value::Native(_) => self.takes_no_names(&pair.0, name),
                function => self.function(function).is_some(),
            },
            Value::Native(path) => {
                !path.qualname.contains("<locals>")
                    && !self.is_python_native(path)
                    && self.world.facts.module(&path.module).is_some()
            }
            _ => false,
        }
    }

    fn set_on_class(
        &mut self,
        class: ClassId,
        name: &Name,
        item: Value,
        at: Option<Place>,
    ) -> Eval<()> {
        self.refuse_builtin(class, name, at)?;
        if self.enum_facts.contains_key(&class) && self.enum_member(class, name).is_some() {
            let enumeration = self.classes.get(class).path.name();
            let message = member_stays(name, enumeration, true, self.world.version);
            return Err(self.throw(self.known.attribute_error, message, at));
        }
        let on = Value::Class(class);
        match name.as_str() {
            "__bases__" => return self.set_bases(class, &item, at),
            // `type` keeps these two outside of the class's namespace (`type_set_name`, `type_set_qualname`).
            "__name__" | "__qualname__" => {
                let is_text = self
                    .class_of(&item)
                    .is_none_or(|it| self.classes.is_subclass(it, self.known.str_));
                if is_text {
                    return Ok(());
                }
                let message = format!(
                    "can only assign string to {}.{name}, not '{}'",
                    self.classes.get(class).path.name(),
                    self.type_name(&item)
                );
                return Err(self.throw(self.known.type_error, message, at));
            }
            "__class__" => return self.set_metaclass(class, &item, at),
            _ => {}
        }
        if let Some(metaclass) = self.metaclass_of(class)
            && let Some((_, Some(binding))) = self.find_in_mro(metaclass, name)
            && self.is_data_descriptor(&binding.value)
        {
            return self.set_descriptor(&binding.value, &on, name, item, at);
        }
        self.set_class_name(class, name, Some(Binding::new(item.clone(), at)));
        match (name.as_str(), &item) {
            ("_fields_", _) => {
                self.refuse_early_fields(class, at)?;
                if let Some(raised) = self.add_ctypes_fields(class, at) {
                    return Err(self.throw(self.known.type_error, raised.message, at));
                }
            }
            ("__parameters__", Value::Tuple(parameters)) => {
                self.generic_parameters.insert(class, parameters.to_vec());
            }
            _ => {}
        }
        Ok(())
    }

    /// Raises for a change of a type made in C (`type_setattro`).
    pub(crate) fn refuse_builtin(
        &mut self,
        class: ClassId,
        name: &Name,
        at: Option<Place>,
    ) -> Eval<()> {
        let path = &self.classes.get(class).path;
        if !self.classes.is_interpreters(class) || path.module != "builtins" {
            return Ok(());
        }
        let message = immutable_type(name, path.name(), self.world.version);
        Err(self.throw(self.known.type_error, message, at))
    }

    /// `cls.__class__ = metaclass` (`object_set_class`)
    fn set_metaclass(&mut self, class: ClassId, item: &Value, at: Option<Place>) -> Eval<()> {
        let Value::Class(metaclass) = item else {
            return match item {
                Value::Gap(_) => Ok(()),
                item => self.refuse_class(item, at),
            };
        };
        let is_fixed = |it: ClassId| self.classes.is_interpreters(it);
        if is_fixed(*metaclass) || self.metaclass_of(class).is_some_and(is_fixed) {
            // A metaclass of a module written in Python is one that may change.
            let builtins = |it: ClassId| self.classes.get(it).path.module == "builtins";
            if builtins(*metaclass) || self.metaclass_of(class).is_some_and(builtins) {
                return self.refuse_fixed(at);
            }
        }
        if !self.classes.is_interpreters(class)
            && let Outcome::Created(made) = &mut self.class_mut(class).outcome
        {
            made.metaclass = *metaclass;
        }
        Ok(())
    }

    fn refuse_class(&mut self, item: &Value, at: Option<Place>) -> Eval<()> {
        let message = format!(
            "__class__ must be set to a class, not '{}' object",
            self.type_name(item)
        );
        Err(self.throw(self.known.type_error, message, at))
    }

    fn refuse_fixed(&mut self, at: Option<Place>) -> Eval<()> {
        let kind = if self.world.version >= PythonVersion::three(10) {
            "mutable"
        } else {
            "heap"
        };
        let message = format!(
            "__class__ assignment only supported for {kind} types or ModuleType subclasses"
        );
        Err(self.throw(self.known.type_error, message, at))
    }

    fn set_on_instance(
        &mut self,
        value: &Value,
        id: ObjectId,
        name: &Name,
        item: Value,
        at: Option<Place>,
    ) -> Eval<()> {
        let Object::Instance(instance) = self.object(id) else {
            return Ok(());
        };
        let class = instance.class;
        let found = self.behind_slots(class, name);
        if let Some((_, Some(binding))) = &found
            && self.is_data_descriptor(&binding.value)
        {
            return self.set_descriptor(&binding.value.clone(), value, name, item, at);
        }
        if !self.classes.is_interpreters(class)
            && name != "__class__"
            && let Some(made) = self.classes.made(class)
            && !made.shape.dict
            && !self.is_slot(class, name)
            // Each class has a docstring of its own, which hides what those above it have by that name.
            && (name == "__doc__" || found.as_ref().is_none_or(|(_, binding)| binding.is_some()))
        {
            return self.has_no_room(value, name, at);
        }
        match name.as_str() {
            "__class__" => self.set_class_of(id, &item, at),
            "__dict__" => return self.set_dict_of(id, &item, at),
            _ => {
                if let Object::Instance(instance) = self.object_mut(id) {
                    instance.names.insert(name.clone(), Binding::new(item, at));
                }
                self.show_in_dict(id, name, at);
            }
        }
        Ok(())
    }

    /// `x.__class__ = Other`: from then on it is looked up there (`object_set_class`).
    fn set_class_of(&mut self, id: ObjectId, item: &Value, at: Option<Place>) {
        match item {
            Value::Class(class) if !self.classes.is_interpreters(*class) => {
                let is_whole = self.is_whole(*class);
                if let Object::Instance(instance) = self.object_mut(id) {
                    instance.class = *class;
                    instance.open |= !is_whole;
                }
            }
            _ => self.lose_object(id, at),
        }
    }

    /// Raises for an object that has no `__dict__` to keep the name in (`_PyObject_GenericSetAttrWithDict`).
    pub(crate) fn has_no_room(
        &mut self,
        value: &Value,
        name: &Name,
        at: Option<Place>,
    ) -> Eval<()> {
        let Some(class) = self.class_of(value).filter(|it| self.is_whole(*it)) else {
            return Ok(());
        };
        // It has rules of its own, of which each raises (`object_set_class`).
        if name == "__class__" {
            return Err(self.raise_of("TypeError", None, at));
        }
        let kind = self.type_name(value);
        let found = self.find_in_mro(class, name);
        let is_hidden = name == "__doc__" && !self.classes.is_interpreters(class);
        let in_c = found.as_ref().and_then(|(owner, binding)| match binding {
            Some(_) => None,
            None if is_hidden => None,
            None => self.classes.members(*owner).get(name.as_str()),
        });
        // `getset_set`, `PyMember_SetOne`, `_PyObject_GenericSetAttrWithDict`
        let message = if let Some(MemberKind::Getset) = in_c.map(|it| it.kind) {
            format!("attribute '{name}' of '{kind}' objects is not writable")
        } else if let Some(MemberKind::Slot) = in_c.map(|it| it.kind) {
            String::from("readonly attribute")
        } else if found.is_some() {
            read_only(&kind, name)
        } else {
            let is_default = !self.user_defines(class, "__setattr__");
            no_dict_for(&kind, name, is_default, self.world.version)
        };
        Err(self.throw(self.known.attribute_error, message, at))
    }

    fn set_descriptor(
        &mut self,
        descriptor: &Value,
        on: &Value,
        name: &Name,
        item: Value,
        at: Option<Place>,
    ) -> Eval<()> {
        let Value::Object(id) = descriptor else {
            return Ok(());
        };
        let scope = self.any_scope();
        match self.object(*id) {
            Object::Property { set, .. } => {
                let set = set.clone();
                if matches!(set, Value::None) {
                    return self.property_refuses(Doing::Writing, on, name, at);
                }
                self.call(&set, Arguments::of(vec![on.clone(), item]), at, scope)?;
            }
            Object::Instance(instance) => {
                let class = instance.class;
                if self.user_defines(class, "__set__")
                    && let Some(method) = self.special_method(descriptor, class, "__set__")
                {
                    self.call(&method, Arguments::of(vec![on.clone(), item]), at, scope)?;
                }
            }
            _ => {}
        }
        Ok(())
    }

    /// Raises for a property that lacks the function that is asked for.
    pub(crate) fn property_refuses(
        &mut self,
        doing: Doing,
        on: &Value,
        name: &Name,
        at: Option<Place>,
    ) -> Eval<()> {
        let of = self.class_of(on).map_or_else(Name::default, |class| {
            self.classes.get(class).path.qualname.clone()
        });
        let message = property_refuses(doing, name, &of, self.world.version);
        Err(self.throw(self.known.attribute_error, message, at))
    }
}
