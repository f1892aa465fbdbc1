//! Descriptors: what `__get__`, `__set__` and `__delete__` of what was found do, the interpreter's own and the project's.

use crate::Name;
use crate::evaluate::exact::{Entry, Found};
use crate::evaluate::machine::arguments::Arguments;
use crate::evaluate::machine::run::{Eval, Run};
use crate::evaluate::machine::value::{Binding, Dict, Instance, Object, ObjectId, Value};
use crate::evaluate::shown::repr::whole_text;
use crate::semantics::{
    AccessStep, ClassId, DescriptorKind, Doing, MemberKind, no_attribute, property_refuses,
    slot_is_empty,
};
use crate::source::PythonVersion;

impl Run<'_, '_> {
    /// Whether the type of what was found has `__get__`.
    pub(super) fn has_get(&mut self, found: &Found, name: &str) -> bool {
        match (&found.entry, found.kind) {
            (_, DescriptorKind::NonData) => true,
            (_, DescriptorKind::None) => false,
            (_, DescriptorKind::Unknown) => {
                self.lose();
                false
            }
            (Entry::Value(value), DescriptorKind::Data) => match self.instance_class(value) {
                Some(class) => self.look_up(class, "__get__").is_some(),
                None => true,
            },
            // Every data descriptor made in C that the table knows has one.
            (_, DescriptorKind::Data) => !name.is_empty(),
        }
    }

    /// The class of an instance, or of a class.
    fn instance_class(&self, value: &Value) -> Option<ClassId> {
        match value {
            Value::Class(class) => self.metaclass_of(*class),
            Value::Object(id) => match self.object(*id) {
                Object::Instance(instance) => Some(instance.class),
                _ => None,
            },
            _ => None,
        }
    }

    /// What is found, as the lookup gives it: by its `__get__` where its type has one.
    pub(super) fn get_of(
        &mut self,
        found: &Found,
        name: &Name,
        instance: Option<&Value>,
        owner: ClassId,
    ) -> Eval {
        match &found.entry {
            Entry::Value(value) => {
                let value = value.clone();
                self.get_of_value(&value, name, instance, owner)
            }
            Entry::Slot => match instance {
                None => Ok(self.something()),
                Some(instance) => self.get_slot(found.on, name, instance),
            },
            Entry::Getset => match instance {
                Some(instance) if name == "__dict__" => Ok(self.live_dict(instance)),
                _ => Ok(self.something()),
            },
            Entry::Plain => Ok(self.something()),
            Entry::Added => Ok(self.get_of_added(found)),
            Entry::Unseen => Ok(self.lost()),
            Entry::Table => match self.get_of_enum(found, name, instance, owner) {
                Some(result) => result,
                None => Ok(self.get_of_table(found, name, instance, owner)),
            },
        }
    }

    /// What is not known itself, and raises nothing; code that does more with it is not followed.
    fn get_of_added(&mut self, found: &Found) -> Value {
        match found.kind {
            DescriptorKind::None | DescriptorKind::NonData if self.is_outermost() => {
                self.something()
            }
            _ => self.lost(),
        }
    }

    /// Whether what is got here is what the access that is traced comes to.
    fn is_outermost(&self) -> bool {
        self.tracing
            .as_ref()
            .is_some_and(|tracing| tracing.depth == self.depth)
    }

    /// Whether to get something of the table raises nothing, whatever it gives.
    fn is_harmless(&self, found: &Found, name: &str, on_class: bool) -> bool {
        let member = self.classes.members(found.on).get(name);
        member.is_some_and(|member| match member.kind {
            MemberKind::Function
            | MemberKind::Generator
            | MemberKind::AsyncFunction
            | MemberKind::AsyncGenerator
            | MemberKind::Classmethod
            | MemberKind::Staticmethod
            | MemberKind::BuiltinMethod => true,
            MemberKind::Value | MemberKind::Class => found.kind == DescriptorKind::None,
            MemberKind::Property
            | MemberKind::CachedProperty
            | MemberKind::Slot
            | MemberKind::Getset => on_class && found.kind != DescriptorKind::Unknown,
            MemberKind::DataDescriptor | MemberKind::Descriptor | MemberKind::Unknown => false,
        })
    }

    fn get_of_table(
        &mut self,
        found: &Found,
        name: &Name,
        instance: Option<&Value>,
        owner: ClassId,
    ) -> Value {
        if let Some(function) =
            instance.and_then(|on| self.function_of_property(found.on, name, on))
        {
            return function;
        }
        match (found.kind, instance) {
            (DescriptorKind::Unknown, _) => self.lost(),
            _ if self.is_outermost() && self.is_harmless(found, name, instance.is_none()) => {
                self.something()
            }
            (DescriptorKind::Data, Some(on)) => match name.as_str() {
                "__dict__" => self.live_dict(on),
                "__name__" => match on {
                    Value::Class(class) => Value::str(self.classes.get(*class).path.name()),
                    _ => self.lost(),
                },
                "__class__" => match self.class_of(on) {
                    Some(class) => Value::Class(class),
                    None => self.lost(),
                },
                _ => self.lost(),
            },
            (_, Some(on)) => self.table_member(found.on, name, on, false, None),
            (_, None) => self.table_member(found.on, name, &Value::Class(owner), true, None),
        }
    }

    pub(super) fn get_of_value(
        &mut self,
        value: &Value,
        name: &Name,
        instance: Option<&Value>,
        owner: ClassId,
    ) -> Eval {
        if let Some(class) = self.instance_class(value) {
            return self.get_of_instance(value, class, name, instance, owner);
        }
        let Value::Object(id) = value else {
            if value.is_gap() {
                return Ok(self.lost());
            }
            self.note(AccessStep::Value);
            return Ok(value.clone());
        };
        Ok(match self.object(*id) {
            Object::Function(_) => match instance {
                Some(instance) => Value::Method((value.clone(), instance.clone()).into()),
                None => value.clone(),
            },
            Object::StaticMethod(inner) => inner.clone(),
            Object::ClassMethod(inner) => {
                let (inner, on) = (inner.clone(), Value::Class(owner));
                // Until 3.12 it asks what it wraps for its own `__get__`.
                if self.world.version < PythonVersion::three(13)
                    && self.kind_of_value(&inner) != DescriptorKind::None
                {
                    return self.get_of_value(&inner, name, Some(&on), owner);
                }
                Value::Method((inner, on).into())
            }
            Object::Property { .. } => match (instance, self.property_functions(value)) {
                (Some(instance), Some(functions)) => {
                    return self.run_property(&functions, Doing::Reading, name, instance, None);
                }
                _ => value.clone(),
            },
            _ => {
                self.note(AccessStep::Value);
                value.clone()
            }
        })
    }

    fn get_of_instance(
        &mut self,
        value: &Value,
        class: ClassId,
        name: &Name,
        instance: Option<&Value>,
        owner: ClassId,
    ) -> Eval {
        match self.look_up(class, "__get__") {
            None => {
                self.note(AccessStep::Value);
                Ok(value.clone())
            }
            Some(Found { on, .. }) if self.is_library_class(on, "functools", "cached_property") => {
                match instance {
                    None => Ok(value.clone()),
                    Some(instance) => self.get_cached(value, name, instance),
                }
            }
            Some(Found { on, .. }) if on == self.known.classmethod => {
                match self.class_method_inside(value) {
                    Some(inside) => self.get_of_value(&inside, name, instance, owner),
                    None => Ok(self.lost()),
                }
            }
            Some(Found { on, .. }) if on == self.known.property => {
                match (instance, self.property_functions(value)) {
                    (None, _) => Ok(value.clone()),
                    (Some(instance), Some(functions)) => {
                        let name = self.name_told(class, name);
                        self.run_property(&functions, Doing::Reading, name, instance, None)
                    }
                    (Some(_), None) => Ok(self.lost()),
                }
            }
            Some(Found {
                entry: Entry::Value(function),
                ..
            }) => {
                self.note_descriptor(class, "__get__");
                let arguments = vec![
                    value.clone(),
                    instance.cloned().unwrap_or(Value::None),
                    Value::Class(owner),
                ];
                // `slot_tp_descr_get` calls what it finds as it is, without binding it.
                self.call_plainly(&function, arguments)
            }
            Some(_) => Ok(self.lost()),
        }
    }

    pub(super) fn note_descriptor(&mut self, of: ClassId, method: &'static str) {
        self.note(AccessStep::Descriptor {
            of: Some(of),
            method,
        });
    }

    /// A function of a property: called with the instance, or missed.
    pub(super) fn call_part(
        &mut self,
        function: &Value,
        doing: Doing,
        name: &str,
        instance: &Value,
        item: Option<Value>,
    ) -> Eval {
        if matches!(function, Value::None) {
            let qualname = self.class_of(instance).map_or_else(Name::default, |class| {
                self.classes.get(class).path.qualname.clone()
            });
            let message = property_refuses(doing, name, &qualname, self.world.version);
            return Err(self.attribute_error(message));
        }
        let mut arguments = vec![instance.clone()];
        arguments.extend(item);
        self.call_plainly(function, arguments)
    }

    /// `descriptor.__set__(instance, item)`, without an item `descriptor.__delete__(instance)`.
    pub(super) fn set_of(
        &mut self,
        found: &Found,
        name: &Name,
        instance: &Value,
        item: Option<Value>,
    ) -> Eval<()> {
        let value = match &found.entry {
            Entry::Slot => return self.set_slot(found.on, name, instance, item),
            Entry::Value(value) => value.clone(),
            Entry::Getset | Entry::Table => {
                let doing = match item {
                    Some(_) => Doing::Writing,
                    None => Doing::Deleting,
                };
                if let Some(refused) = self.set_of_enum(found, name, doing) {
                    return refused;
                }
                return self.set_of_native(found, name, instance, item);
            }
            Entry::Plain | Entry::Added | Entry::Unseen => {
                self.lose();
                return Ok(());
            }
        };
        let doing = if item.is_some() {
            Doing::Writing
        } else {
            Doing::Deleting
        };
        let method = if item.is_some() {
            "__set__"
        } else {
            "__delete__"
        };
        let functions = self.property_functions(&value);
        let Some(class) = self.instance_class(&value) else {
            let Some(functions) = functions else {
                self.lose();
                return Ok(());
            };
            self.run_property(&functions, doing, name, instance, item)?;
            return Ok(());
        };
        let special = self.look_up(class, method);
        if let (Some(Found { on, .. }), Some(functions)) = (&special, &functions)
            && *on == self.known.property
        {
            let name = self.name_told(class, name);
            self.run_property(functions, doing, name, instance, item)?;
            return Ok(());
        }
        self.note_descriptor(class, method);
        let Some(special) = special else {
            // The type has the other of the two, and both share a slot.
            return Err(self.attribute_error(method.into()));
        };
        let Entry::Value(function) = special.entry else {
            self.lose();
            return Ok(());
        };
        let mut arguments = vec![instance.clone()];
        arguments.extend(item);
        self.call_special(&value, class, &function, arguments)?;
        Ok(())
    }

    /// A method found on a type, bound to the object and called.
    pub(super) fn call_special(
        &mut self,
        on: &Value,
        class: ClassId,
        function: &Value,
        arguments: Vec<Value>,
    ) -> Eval {
        if self.function(function).is_some() {
            let arguments = Arguments::of(arguments).with_receiver(on.clone());
            let scope = self.any_scope();
            return self.call(function, arguments, None, scope);
        }
        let bound = self.get_of_value(function, &Name::default(), Some(on), class)?;
        self.call_plainly(&bound, arguments)
    }

    /// `function(*arguments)`; what cannot be called says so.
    fn call_plainly(&mut self, function: &Value, arguments: Vec<Value>) -> Eval {
        let is_constant = matches!(
            function,
            Value::None
                | Value::Ellipsis
                | Value::NotImplemented
                | Value::Bool(_)
                | Value::Int(_)
                | Value::Float(_)
                | Value::Str(_)
                | Value::Bytes(_)
                | Value::Tuple(_)
        );
        if is_constant {
            let message = format!("'{}' object is not callable", self.type_name(function));
            return Err(self.throw(self.known.type_error, message, None));
        }
        let scope = self.any_scope();
        self.call(function, Arguments::of(arguments), None, scope)
    }

    /// `cached_property.__get__`: asks for the instance's `__dict__` as anybody would, calls its function once, and stores what that gives.
    fn get_cached(&mut self, value: &Value, name: &Name, instance: &Value) -> Eval {
        self.note_descriptor(self.class_of(value).unwrap_or(self.known.object), "__get__");
        let function = match value {
            Value::Object(id) => match self.object(*id) {
                Object::Instance(it) => it.names.get("func").map(|it| it.value.clone()),
                _ => None,
            },
            _ => None,
        };
        let Some(function) = function else {
            return Ok(self.lost());
        };
        let dict = match self.read_exactly(instance, &Name::const_new("__dict__")) {
            Ok(dict) => dict,
            Err(thrown) if self.is_attribute_error(&thrown) => {
                let type_name = self.type_name_repr(instance)?;
                let message = format!(
                    "No '__dict__' attribute on {type_name} instance to cache '{name}' property."
                );
                return Err(self.throw(self.known.type_error, message, None));
            }
            Err(thrown) => return Err(thrown),
        };
        let shown = match &dict {
            Value::Object(id) => self.shown_by(*id),
            _ => None,
        };
        let Some(shown) = shown else {
            if dict.is_gap() || matches!(dict, Value::Object(_)) {
                return Ok(self.lost());
            }
            let message = no_attribute(&self.type_name(&dict), false, "get");
            return Err(self.attribute_error(message));
        };
        let cached = match &shown {
            Value::Class(class) => match self.entry(*class, name) {
                Some(Entry::Value(value)) => Some(value),
                Some(_) => return Ok(self.lost()),
                None => None,
            },
            shown => self.dict_entry(shown, name),
        };
        if let Some(cached) = cached {
            return Ok(cached);
        }
        let result = self.call_plainly(&function, vec![instance.clone()])?;
        if matches!(shown, Value::Class(_)) {
            let type_name = self.type_name_repr(instance)?;
            let message = format!(
                "The '__dict__' attribute on {type_name} instance does not support item assignment for caching '{name}' property."
            );
            return Err(self.throw(self.known.type_error, message, None));
        }
        self.note(AccessStep::Stored);
        self.put(&shown, name.clone(), Some(result.clone()));
        self.put_in_dict(&shown, name);
        Ok(result)
    }

    /// `repr(type(instance).__name__)`, where a metaclass may have a word in what the name is.
    fn type_name_repr(&mut self, instance: &Value) -> Eval<String> {
        let Some(class) = self.class_of(instance) else {
            self.lose();
            return Ok(String::new());
        };
        let name = self.read_exactly(&Value::Class(class), &Name::const_new("__name__"))?;
        Ok(match name {
            Value::Str(name) => whole_text(&name, self.world.version),
            Value::None => "None".into(),
            _ => {
                self.lose();
                String::new()
            }
        })
    }

    /// The names of an instance or class, as a dict that can be told from others.
    fn live_dict(&mut self, on: &Value) -> Value {
        let dict = self.allocate(Object::Dict(Dict {
            open: true,
            ..Dict::default()
        }));
        if let (Value::Object(id), Some(tracing)) = (&dict, &mut self.tracing) {
            tracing.dicts.insert(*id, on.clone());
        }
        dict
    }

    fn shown_by(&self, dict: ObjectId) -> Option<Value> {
        self.tracing.as_ref()?.dicts.get(&dict).cloned()
    }

    /// An object of which nothing is asked.
    pub(super) fn something(&mut self) -> Value {
        let mut instance = Instance::of(self.known.object);
        instance.open = true;
        self.allocate(Object::Instance(instance))
    }

    fn get_slot(&mut self, on: ClassId, name: &Name, instance: &Value) -> Eval {
        let held = self.dict_entry(instance, &slot_key(on, name));
        self.note(AccessStep::Slot {
            on,
            has: held.is_some(),
        });
        match held {
            Some(value) => Ok(value),
            None => Err(self.empty_slot(Doing::Reading, instance, name)),
        }
    }

    fn set_slot(
        &mut self,
        on: ClassId,
        name: &Name,
        instance: &Value,
        item: Option<Value>,
    ) -> Eval<()> {
        let key = slot_key(on, name);
        let has = self.dict_entry(instance, &key).is_some();
        self.note(AccessStep::Slot { on, has });
        if item.is_none() && !has {
            return Err(self.empty_slot(Doing::Deleting, instance, name));
        }
        self.put(instance, key, item);
        Ok(())
    }

    fn empty_slot(
        &mut self,
        doing: Doing,
        instance: &Value,
        name: &str,
    ) -> Box<crate::evaluate::machine::flow::Thrown> {
        let class = self.class_of(instance).unwrap_or(self.known.object);
        let path = &self.classes.get(class).path;
        let message = slot_is_empty(doing, path, name, self.world.version);
        self.attribute_error(message)
    }

    /// After an entry was put among the names of an instance, or taken out: whoever holds its `__dict__` sees that.
    pub(super) fn put_in_dict(&mut self, instance: &Value, name: &Name) {
        if let Value::Object(id) = instance {
            self.show_in_dict(*id, name, None);
        }
    }

    /// Puts an entry among the names of an instance, or takes it out.
    pub(super) fn put(&mut self, instance: &Value, name: Name, item: Option<Value>) {
        if let Value::Object(id) = instance
            && let Object::Instance(instance) = self.object_mut(*id)
        {
            match item {
                Some(item) => {
                    instance.names.insert(name, Binding::new(item, None));
                }
                None => {
                    instance.names.shift_remove(&name);
                }
            }
        }
    }
}

/// Slots lie beside the `__dict__`, which can have an entry of the same name: no name of Python's holds a blank.
fn slot_key(on: ClassId, name: &str) -> Name {
    Name::from(format!("{name} of {}", on.0))
}
