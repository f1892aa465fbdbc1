//! Attributes that are set and deleted: what `value.name = item` and `del value.name` change.

use crate::Name;
use crate::evaluate::call::Arguments;
use crate::evaluate::run::{Eval, Run};
use crate::evaluate::value::{Binding, Object, Value};
use crate::source::Place;

impl Run<'_, '_> {
    /// `value.name = item`
    pub(super) fn set_attribute(
        &mut self,
        value: &Value,
        name: &Name,
        item: Value,
        at: Option<Place>,
    ) -> Eval<()> {
        if let Some(result) = self.set_traced(value, name, &item) {
            return result;
        }
        match value {
            Value::Module(ix) => {
                let scope = self.module(*ix).scope;
                self.bind(scope, name, item, at);
            }
            Value::Class(class) if name == "__bases__" => self.set_bases(*class, &item, at),
            // `type` keeps these two outside of the class's namespace (`type_set_name`, `type_set_qualname`).
            Value::Class(_) if name == "__name__" || name == "__qualname__" => {}
            Value::Class(class) if name == "__class__" => {
                if let Value::Class(metaclass) = item
                    && !self.classes.is_interpreters(*class)
                    && let crate::semantics::Outcome::Created(made) =
                        &mut self.class_mut(*class).outcome
                {
                    made.metaclass = metaclass;
                }
            }
            Value::Class(class) => {
                self.set_class_name(*class, name, Some(Binding::new(item.clone(), at)));
                match (name.as_str(), &item) {
                    ("_fields_", _) => self.add_ctypes_fields(*class, at),
                    ("__parameters__", Value::Tuple(parameters)) => {
                        self.generic_parameters.insert(*class, parameters.to_vec());
                    }
                    _ => {}
                }
            }
            Value::Object(id) => match self.object(*id) {
                Object::Instance(instance) => {
                    let class = instance.class;
                    if let Some((_, Some(binding))) = self.find_in_mro(class, name)
                        && self.is_data_descriptor(&binding.value)
                    {
                        return self.set_descriptor(&binding.value, value, item, at);
                    }
                    if let Object::Instance(instance) = self.object_mut(*id) {
                        instance.names.insert(name.clone(), Binding::new(item, at));
                    }
                }
                Object::Function(_) => {
                    if let Object::Function(function) = self.object_mut(*id) {
                        if name == "__isabstractmethod__" {
                            function.is_abstract = true;
                        }
                        function.names.insert(name.clone(), Binding::new(item, at));
                    }
                }
                _ => {}
            },
            _ => {}
        }
        Ok(())
    }

    fn set_descriptor(
        &mut self,
        descriptor: &Value,
        on: &Value,
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
                if !matches!(set, Value::None) {
                    self.call(&set, Arguments::of(vec![on.clone(), item]), at, scope)?;
                }
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

    /// `del value.name`
    pub(super) fn delete_attribute(&mut self, value: &Value, name: &Name) {
        self.lose();
        match value {
            Value::Module(ix) => {
                let scope = self.module(*ix).scope;
                self.unbind(scope, name);
            }
            Value::Class(class) => self.set_class_name(*class, name, None),
            Value::Object(id) => {
                if matches!(self.object(*id), Object::Instance(_))
                    && let Object::Instance(instance) = self.object_mut(*id)
                {
                    instance.names.shift_remove(name);
                }
            }
            _ => {}
        }
    }
}
