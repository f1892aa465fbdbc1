//! `del`: names, attributes and items that are taken away, and what is raised where they are not there.

use crate::Name;
use crate::evaluate::machine::arguments::Arguments;
use crate::evaluate::machine::run::{Eval, Run};
use crate::evaluate::machine::scope::ScopeKind;
use crate::evaluate::machine::value::{Dict, Object, ObjectId, ScopeId, Value};
use crate::semantics::{ClassId, Doing, member_stays, no_such_entry, not_deletable_of_class};
use crate::source::{Place, PythonVersion};
use crate::syntax::{Expr, ExprKind};

impl Run<'_, '_> {
    /// `del target`
    pub(super) fn delete(&mut self, target: &Expr, scope: ScopeId) -> Eval<()> {
        let at = self.place(scope, target.start, target.end);
        match &target.kind {
            ExprKind::Name(name) => return self.delete_name(name, scope, at),
            ExprKind::Attribute(of, name) => {
                let value = self.eval(of, scope)?;
                let name = self.mangled(name, scope).into_owned();
                return self.delete_attribute(&value, &name, at);
            }
            ExprKind::Subscript(pair) => {
                let value = self.eval(&pair.0, scope)?;
                let index = self.eval(&pair.1, scope)?;
                self.delete_item(&value, &index, at)?;
            }
            ExprKind::Tuple(targets) | ExprKind::List(targets) => {
                for target in targets {
                    self.delete(target, scope)?;
                }
            }
            _ => {}
        }
        Ok(())
    }

    /// `del name` (`DELETE_NAME`, `DELETE_GLOBAL`, `DELETE_FAST`)
    fn delete_name(&mut self, name: &Name, scope: ScopeId, at: Option<Place>) -> Eval<()> {
        let target = self.store_scope(name, scope);
        let name = self.mangled(name, scope).into_owned();
        let here = self.scope(target);
        let is_local = here.kind == ScopeKind::Function;
        let is_body = here.kind == ScopeKind::Class;
        if self.unbind(target, &name) || is_body && self.delete_compilers_name(&name, target) {
            return Ok(());
        }
        let module = self.scope(target).module;
        let is_nonlocal = self.scope(scope).nonlocals.contains(&name);
        if is_nonlocal || self.module(module).open.is_some() {
            return Ok(());
        }
        if !is_local {
            let message = format!("name '{name}' is not defined");
            return Err(self.throw(self.known.name_error, message, at));
        }
        let message = if self.world.version >= PythonVersion::three(11) {
            format!("cannot access local variable '{name}' where it is not associated with a value")
        } else {
            format!("local variable '{name}' referenced before assignment")
        };
        let class = self.world.facts.class("builtins", "UnboundLocalError");
        Err(self.throw(class.unwrap_or(self.known.name_error), message, at))
    }

    /// `del __qualname__` in a class body: whether the compiler may have bound the name at its head.
    fn delete_compilers_name(&mut self, name: &Name, body: ScopeId) -> bool {
        // Whether anything further on is annotated, so that this one is there, is not looked at.
        let is_annotations = name == "__annotations__" && !self.is_at_least(14);
        if !is_annotations && self.put_by_the_body(name, body).is_none() {
            return false;
        }
        if is_annotations {
            self.annotations.remove(&body);
            self.deleted_annotations.insert(body);
        }
        self.lose();
        true
    }

    /// `del value.name`
    pub(crate) fn delete_attribute(
        &mut self,
        value: &Value,
        name: &Name,
        at: Option<Place>,
    ) -> Eval<()> {
        self.lose();
        if value.is_gap() {
            let deleted =
                self.in_each_side(value, at, |run, it| run.delete_attribute(it, name, at));
            return deleted.unwrap_or_else(|| {
                self.names_something(value, name, at);
                Ok(())
            });
        }
        if let Some(hook) = self.hook_of(value, "__delattr__") {
            let scope = self.any_scope();
            let arguments = Arguments::of(vec![Value::str(name)]);
            return self.call(&hook, arguments, at, scope).map(|_| ());
        }
        self.delete_by_default(value, name, at)
    }

    /// What `object.__delattr__` and `type.__delattr__` do.
    pub(crate) fn delete_by_default(
        &mut self,
        value: &Value,
        name: &Name,
        at: Option<Place>,
    ) -> Eval<()> {
        match value {
            Value::Module(ix) => {
                let scope = self.module(*ix).scope;
                if !self.unbind(scope, name) && self.module(*ix).file.is_some() {
                    return Err(self.no_attribute(value, name, at));
                }
            }
            Value::Class(class) => return self.delete_on_class(*class, name, at),
            Value::Object(id) if matches!(self.object(*id), Object::Instance(_)) => {
                return self.delete_on_instance(value, *id, name, at);
            }
            Value::Object(id) if matches!(self.object(*id), Object::Function(_)) => {
                return self.delete_on_function(*id, name, at);
            }
            Value::Object(_) | Value::Method(_) | Value::Native(_)
                if self.takes_no_names(value, name) =>
            {
                return self.has_no_room(value, name, at);
            }
            Value::Object(_) => {}
            Value::Gap(_) | Value::Native(_) | Value::Method(_) => {}
            _ => return self.has_no_room(value, name, at),
        }
        Ok(())
    }

    fn delete_on_class(&mut self, class: ClassId, name: &Name, at: Option<Place>) -> Eval<()> {
        self.refuse_builtin(class, name, at)?;
        let version = self.world.version;
        let called = Name::from(self.classes.get(class).path.name());
        if matches!(
            name.as_str(),
            "__name__" | "__qualname__" | "__module__" | "__bases__" | "__doc__"
        ) {
            let message = not_deletable_of_class(name, &called, version);
            return Err(self.throw(self.known.type_error, message, at));
        }
        if self.enum_facts.contains_key(&class) && self.enum_member(class, name).is_some() {
            let message = member_stays(name, &called, false, version);
            return Err(self.throw(self.known.attribute_error, message, at));
        }
        if let Some(metaclass) = self.metaclass_of(class)
            && let Some((_, Some(binding))) = self.find_in_mro(metaclass, name)
            && self.is_data_descriptor(&binding.value)
        {
            return self.delete_by_descriptor(&binding.value, &Value::Class(class), name, at);
        }
        let is_there = self
            .class_names
            .get(&class)
            .is_some_and(|names| names.contains_key(name));
        self.set_class_name(class, name, None);
        // What `type.__new__` adds, slots and what calls may have set are not among the names.
        let may_be_there = name.starts_with("__")
            || self.is_slot(class, name)
            || self.classes.is_interpreters(class)
            || !self.is_whole(class)
            || self.unlisted.contains_key(&class)
            || self.patterns.contains_key(&class);
        if is_there || may_be_there {
            return Ok(());
        }
        let message = no_such_entry(&called, true, name, version);
        Err(self.throw(self.known.attribute_error, message, at))
    }

    fn delete_on_instance(
        &mut self,
        value: &Value,
        id: ObjectId,
        name: &Name,
        at: Option<Place>,
    ) -> Eval<()> {
        let Object::Instance(instance) = self.object(id) else {
            return Ok(());
        };
        let (class, is_open) = (instance.class, instance.open || instance.payload.is_some());
        if let Some((_, Some(binding))) = self.behind_slots(class, name)
            && self.is_data_descriptor(&binding.value)
        {
            return self.delete_by_descriptor(&binding.value, value, name, at);
        }
        let is_there = instance.names.contains_key(name);
        // What is not there is not taken away: to change nothing is not to be noted.
        if is_there && let Object::Instance(instance) = self.object_mut(id) {
            instance.names.shift_remove(name);
            self.show_in_dict(id, name, at);
        }
        if name == "__dict__" && self.classes.made(class).is_some_and(|it| it.shape.dict) {
            let empty = self.allocate(Object::Dict(Dict::default()));
            return self.set_dict_of(id, &empty, at);
        }
        if is_there
            || is_open
            || name.starts_with("__")
            || self.classes.is_interpreters(class)
            || !self.is_whole(class)
        {
            return Ok(());
        }
        let has_dict = self.classes.made(class).is_some_and(|it| it.shape.dict);
        if !has_dict && !self.is_slot(class, name) {
            return self.has_no_room(value, name, at);
        }
        let kind = self.type_name(value);
        let message = if has_dict {
            no_such_entry(&kind, false, name, self.world.version)
        } else {
            // A slot that holds nothing (`PyMember_SetOne`).
            name.to_string()
        };
        Err(self.throw(self.known.attribute_error, message, at))
    }

    fn delete_by_descriptor(
        &mut self,
        descriptor: &Value,
        on: &Value,
        name: &Name,
        at: Option<Place>,
    ) -> Eval<()> {
        let Value::Object(id) = descriptor else {
            return Ok(());
        };
        let scope = self.any_scope();
        match self.object(*id) {
            Object::Property { delete, .. } => {
                let delete = delete.clone();
                if matches!(delete, Value::None) {
                    return self.property_refuses(Doing::Deleting, on, name, at);
                }
                self.call(&delete, Arguments::of(vec![on.clone()]), at, scope)?;
            }
            Object::Instance(instance) => {
                let class = instance.class;
                if self.user_defines(class, "__delete__")
                    && let Some(method) = self.special_method(descriptor, class, "__delete__")
                {
                    self.call(&method, Arguments::of(vec![on.clone()]), at, scope)?;
                }
            }
            _ => {}
        }
        Ok(())
    }
}
