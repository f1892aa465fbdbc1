//! Attributes of instances: what `obj.name` gives, by a `__getattribute__` of the class, by its descriptors, the instance's own names, and
//! a `__getattr__` behind them (`object.__getattribute__`).

use crate::Name;
use crate::evaluate::machine::arguments::Arguments;
use crate::evaluate::machine::run::{Eval, Run};
use crate::evaluate::machine::value::{Binding, Object, ObjectId, Value};
use crate::semantics::{ClassId, Why};
use crate::source::Place;

impl Run<'_, '_> {
    pub(crate) fn instance_attribute(
        &mut self,
        value: &Value,
        id: ObjectId,
        name: &Name,
        at: Option<Place>,
    ) -> Eval {
        let Object::Instance(instance) = self.object(id) else {
            return Ok(self.gap_for(at, Why::NotFollowed));
        };
        let class = instance.class;
        if let Some(hook) = self.own_getattribute(value, class) {
            let scope = self.any_scope();
            // A `__getattr__` stands ready for what is not there.
            let is_ready = self.user_defines(class, "__getattr__");
            self.askers += u32::from(is_ready);
            let answer = self.call(&hook, Arguments::of(vec![Value::str(name)]), at, scope);
            self.askers -= u32::from(is_ready);
            let is_missing = answer.as_ref().is_err_and(|thrown| {
                let error = self.known.attribute_error;
                thrown
                    .class
                    .is_some_and(|it| self.classes.is_subclass(it, error))
            });
            if is_missing && let Some(fallback) = self.answer_of_getattr(value, id, name, at) {
                return fallback;
            }
            return answer;
        }
        if let Some(found) = self.plain_attribute(value, id, name, at) {
            return found;
        }
        if let Some(answer) = self.answer_of_getattr(value, id, name, at) {
            return answer;
        }
        self.nothing_found(value, id, name, at)
    }

    /// A `__getattribute__` that has source, bound to the value.
    pub(super) fn own_getattribute(&mut self, value: &Value, class: ClassId) -> Option<Value> {
        let name = "__getattribute__";
        if !self.user_defines(class, name) {
            return None;
        }
        let (_, binding) = self.find_in_mro(class, name)?;
        self.function(&binding?.value)?;
        self.special_method(value, class, name)
    }

    /// `object.__getattribute__(value, name)`, which no `__getattr__` answers for.
    pub(crate) fn attribute_by_default(
        &mut self,
        value: &Value,
        name: &Name,
        at: Option<Place>,
    ) -> Eval {
        match value {
            Value::Object(id) if matches!(self.object(*id), Object::Instance(_)) => {
                if name == "__class__"
                    && let Some(class) = self.class_of(value)
                    && !self.user_defines(class, "__class__")
                {
                    return Ok(Value::Class(class));
                }
                match self.plain_attribute(value, *id, name, at) {
                    Some(found) => found,
                    None => self.nothing_found(value, *id, name, at),
                }
            }
            Value::Class(class) => self.class_attribute_by_default(*class, name, at),
            value => self.get_attribute(value, name, at),
        }
    }

    /// What the class and the instance have under a name.
    fn plain_attribute(
        &mut self,
        value: &Value,
        id: ObjectId,
        name: &Name,
        at: Option<Place>,
    ) -> Option<Eval> {
        let Object::Instance(instance) = self.object(id) else {
            return None;
        };
        let class = instance.class;
        let own = instance.names.get(name).cloned();
        if let Some(binding) = own.as_ref().filter(|it| it.maybe.is_some())
            && self.askers == 0
        {
            let binding = binding.clone();
            return Some(self.own_perhaps(value, id, name, binding, at));
        }
        let Object::Instance(instance) = self.object(id) else {
            return None;
        };
        let own = own.map(|binding| binding.value);
        let payload = instance.payload.clone();
        let on_class = self.behind_slots(class, name);
        if let Some((_, Some(binding))) = &on_class
            && self.is_tuple_field(&binding.value)
            && let Some(item) = self.payload_attribute(class, payload.as_ref(), name)
        {
            return Some(Ok(item));
        }
        if let Some((_, Some(binding))) = &on_class
            && self.is_data_descriptor(&binding.value)
        {
            let descriptor = binding.value.clone();
            return Some(self.get_descriptor(&descriptor, Some(value), class, at));
        }
        if let Some(own) = own {
            return Some(Ok(own));
        }
        // What has no room for names has no `__dict__`.
        let has_room = self.classes.made(class).is_none_or(|it| it.shape.dict);
        if name == "__dict__"
            && has_room
            && let Some(dict) = self.dict_of_instance(id)
        {
            return Some(Ok(dict));
        }
        if let Some(value) = self.payload_attribute(class, payload.as_ref(), name) {
            return Some(Ok(value));
        }
        match on_class? {
            (_, Some(binding)) => Some(self.get_descriptor(&binding.value, Some(value), class, at)),
            (owner, None) => Some(Ok(self.table_member(owner, name, value, false, at))),
        }
    }

    /// An attribute of which it is not known whether the instance has it: where it does not, its class is asked.
    fn own_perhaps(
        &mut self,
        value: &Value,
        id: ObjectId,
        name: &Name,
        binding: Binding,
        at: Option<Place>,
    ) -> Eval {
        let found = binding.value.clone();
        self.either_value(
            at,
            |run| {
                if let Object::Instance(instance) = run.object_mut(id) {
                    let certain = Binding::new(binding.value, binding.at);
                    instance.names.insert(name.clone(), certain);
                }
                Ok(found)
            },
            |run| {
                if let Object::Instance(instance) = run.object_mut(id) {
                    instance.names.shift_remove(name);
                }
                match run.plain_attribute(value, id, name, at) {
                    Some(found) => found,
                    None => run.nothing_found(value, id, name, at),
                }
            },
        )
    }

    /// A name of a class of which it is not known whether it has it: where it does not, it is looked for further on.
    pub(super) fn class_name_perhaps(
        &mut self,
        value: &Value,
        name: &Name,
        at: Option<Place>,
    ) -> Option<Eval> {
        if self.perhaps == 0 || self.askers > 0 || self.tracing.is_some() {
            return None;
        }
        let class = match value {
            Value::Class(class) => *class,
            Value::Object(id) => match self.peek(*id) {
                Object::Instance(it) if !it.names.contains_key(name) => it.class,
                _ => return None,
            },
            _ => return None,
        };
        let (owner, binding) = self.find_in_mro(class, name)?;
        let binding = binding.filter(|it| it.maybe.is_some())?;
        let certain = Binding::new(binding.value, binding.at);
        Some(self.either_value(
            at,
            |run| {
                run.set_class_name(owner, name, Some(certain));
                run.get_attribute(value, name, at)
            },
            |run| {
                run.set_class_name(owner, name, None);
                run.get_attribute(value, name, at)
            },
        ))
    }

    /// What a `__getattr__` with source answers; none where there is none.
    fn answer_of_getattr(
        &mut self,
        value: &Value,
        id: ObjectId,
        name: &Name,
        at: Option<Place>,
    ) -> Option<Eval> {
        let Object::Instance(instance) = self.object(id) else {
            return None;
        };
        let class = instance.class;
        if !self.user_defines(class, "__getattr__") {
            return None;
        }
        let method = self.special_method(value, class, "__getattr__")?;
        // It asks for the very name that it is asked for: what it rests on was set out of our sight.
        let question = (id, name.clone());
        if self.asked_for.contains(&question) {
            return Some(Ok(self.gap_for(at, Why::Input)));
        }
        self.asked_for.push(question);
        let scope = self.any_scope();
        let answer = self.call(&method, Arguments::of(vec![Value::str(name)]), at, scope);
        self.asked_for.pop();
        Some(answer)
    }

    fn nothing_found(
        &mut self,
        value: &Value,
        id: ObjectId,
        name: &Name,
        at: Option<Place>,
    ) -> Eval {
        let Object::Instance(instance) = self.object(id) else {
            return Ok(self.gap_for(at, Why::NotFollowed));
        };
        let (class, open) = (instance.class, instance.open);
        let payload = &instance.payload;
        // An attribute that nobody set is missing for those who ask; elsewhere it is more likely that we did not see it set.
        let has_none = payload.is_none() || self.makes_addresses();
        let is_missing =
            !open && self.is_whole(class) && has_none && !self.may_have_been_set(class, name);
        let is_sure = self.askers > 0
            || self.asking_at == Some(self.depth)
            || self.makes_addresses()
            || self.is_certain_here() && self.is_made_for_certain(class);
        // A slot that holds nothing (`PyMember_GetOne`).
        if is_missing && is_sure && !self.is_at_least(10) && self.is_slot(class, name) {
            return Err(self.throw(self.known.attribute_error, name.to_string(), at));
        }
        if is_missing && is_sure {
            return Err(self.no_attribute(value, name, at));
        }
        Ok(self.gap_for(at, Why::Input))
    }

    /// Whether a value found on a class is the descriptor of a named tuple's field.
    fn is_tuple_field(&self, value: &Value) -> bool {
        let class = self.class_of(value);
        class.is_some_and(|it| self.classes.get(it).path.name() == "_tuplegetter")
    }

    /// `sys.version_info.major`, `error.args`, the fields of a named tuple.
    fn payload_attribute(
        &mut self,
        class: ClassId,
        payload: Option<&Value>,
        name: &str,
    ) -> Option<Value> {
        if let Some(Value::Object(id)) = payload
            && let Object::Property { get, set, delete } = self.object(*id)
        {
            return match name {
                "fget" => Some(get.clone()),
                "fset" => Some(set.clone()),
                "fdel" => Some(delete.clone()),
                _ => None,
            };
        }
        let Some(Value::Tuple(items)) = payload else {
            return None;
        };
        if name == "args" && self.classes.is_subclass(class, self.known.base_exception) {
            return Some(Value::Tuple(items.clone()));
        }
        if self.classes.get(class).path.module == "sys" {
            let index = ["major", "minor", "micro", "releaselevel", "serial"]
                .iter()
                .position(|it| *it == name)?;
            return items.get(index).cloned();
        }
        let fields = self.fields_of_tuple(class)?;
        let index = fields.iter().position(|it| it == name)?;
        items.get(index).cloned()
    }

    /// Whether a value found on a class wins over the instance's own names.
    pub(crate) fn is_data_descriptor(&self, value: &Value) -> bool {
        match value {
            Value::Object(id) => match self.object(*id) {
                Object::Property { .. } => true,
                Object::Instance(instance) => {
                    self.find_in_mro(instance.class, "__set__").is_some()
                        || self.find_in_mro(instance.class, "__delete__").is_some()
                }
                _ => false,
            },
            _ => false,
        }
    }
}
