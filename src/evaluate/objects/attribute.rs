//! Attributes: what `value.name` gives, by the rules of `object.__getattribute__`, `type.__getattribute__` and modules.

use std::sync::Arc;

use crate::Name;
use crate::evaluate::machine::arguments::Arguments;
use crate::evaluate::machine::run::{Eval, Home, Run, Stage};
use crate::evaluate::machine::value::{ModuleIx, Object, ScopeId, Value};
use crate::semantics::{ClassId, Why};
use crate::source::{Place, PythonVersion};

impl Run<'_, '_> {
    /// A scope to call from where no code of the project is at hand.
    pub(crate) fn any_scope(&self) -> ScopeId {
        self.running
            .last()
            .map_or(ScopeId(0), |&ix| self.module(ix).scope)
    }

    /// `type(value)`, if it is known.
    pub(crate) fn class_of(&self, value: &Value) -> Option<ClassId> {
        let known = &self.known;
        Some(match value {
            Value::None => known.none_type,
            Value::Ellipsis => known.ellipsis,
            Value::NotImplemented => known.not_implemented,
            Value::Bool(_) => known.bool_,
            Value::Int(_) | Value::BigInt(_) => known.int,
            Value::Float(_) => known.float,
            Value::Complex(..) => known.complex,
            Value::Str(_) => known.str_,
            Value::Bytes(_) => known.bytes,
            Value::Tuple(_) => known.tuple,
            Value::Range(_) => known.range,
            Value::Slice(_) => known.slice,
            Value::Class(id) => return self.metaclass_of(*id),
            Value::Module(_) => known.module,
            Value::Method(pair) => match &pair.0 {
                // What a decorator of the library gives is a function that sees another's names; what C binds is a function of C.
                Value::Native(path) if path.qualname.contains("<locals>") => known.function,
                Value::Native(path) if !self.is_python_native(path) => {
                    return self.class_of_bound(path);
                }
                _ => known.method,
            },
            Value::Native(path) => return self.class_of_native(path),
            Value::Gap(_) => return None,
            Value::Object(id) => match self.peek(*id) {
                Object::List { .. } => known.list,
                Object::Set { frozen: false, .. } => known.set,
                Object::Set { frozen: true, .. } => known.frozenset,
                Object::Dict(dict) if dict.is_proxy => {
                    return self.world.facts.class("builtins", "mappingproxy");
                }
                Object::Dict(_) => known.dict,
                Object::Function(_) => known.function,
                Object::Property { .. } => known.property,
                Object::ClassMethod(_) => known.classmethod,
                Object::StaticMethod(_) => known.staticmethod,
                Object::Alias(alias) if matches!(&alias.origin, Value::Native(path) if path.qualname == "UnionType") =>
                {
                    return self.world.facts.class("types", "UnionType");
                }
                Object::Alias(_) => known.generic_alias,
                Object::Super { .. } => known.super_,
                Object::Generator(it) => {
                    return self.world.facts.class("builtins", it.kind());
                }
                Object::Iterator(it) => return it.class,
                Object::View { of, part } => return self.class_of_view(of, *part),
                // What `cmp_to_key` makes is of a class that stands in no table.
                Object::Instance(instance) if instance.names.contains_key("<cmp>") => return None,
                Object::Instance(instance) => instance.class,
            },
        })
    }

    /// The metaclass of a class, as far as it is known.
    pub(crate) fn metaclass_of(&self, class: ClassId) -> Option<ClassId> {
        self.note_attribute_read(class, "__class__");
        match &self.classes.get(class).outcome {
            crate::semantics::Outcome::Created(made) => Some(made.metaclass),
            // What is not known of it may bring another: that it is `type` at least says nothing.
            crate::semantics::Outcome::Unknown { metaclass, .. } => {
                metaclass.filter(|&it| it != self.known.type_)
            }
            crate::semantics::Outcome::Raises(_) => None,
        }
    }

    /// `value.name`
    pub(crate) fn get_attribute(&mut self, value: &Value, name: &Name, at: Option<Place>) -> Eval {
        if !self.step() {
            return Ok(self.gap(Why::Budget, name, at));
        }
        if let Some(result) = self.get_traced(value, name) {
            return result;
        }
        if name == "__class__"
            && let Some(class) = self.exact_class(value)
        {
            return Ok(Value::Class(class));
        }
        if name == "__class__"
            && let Value::Class(class) = *value
        {
            return Ok(self.class_gap(class, "", at));
        }
        // Who stands ready for it to be missing is told so.
        if self.askers > 0 && self.is_without(value, name) {
            return Err(self.no_attribute(value, name, at));
        }
        if let Some(found) = self.class_name_perhaps(value, name, at) {
            return found;
        }
        // What is one of several things has what each of them has, or lacks it.
        if let Some(found) = self.in_each_side(value, at, |run, it| run.get_attribute(it, name, at))
        {
            return found;
        }
        match value {
            Value::Gap(id) => {
                self.lose_to(*id);
                if let Some(class) = self.gaps[id.0].class
                    && self.classes.is_interpreters(class)
                    && let Some(method) = self.table_method(value, class, name)
                {
                    return Ok(method);
                }
                // What has no `__dict__` has no names but those of its class.
                if let Some(class) = self.gaps[id.0].class
                    && self.classes.get(class).path.module == "builtins"
                    && self.classes.is_interpreters(class)
                    && !self.classes.made(class).is_none_or(|made| made.shape.dict)
                    && class != self.known.module
                    && !self.classes.is_subclass(class, self.known.type_)
                    && self.find_in_mro(class, name).is_none()
                {
                    return Err(self.no_attribute(value, name, at));
                }
                Ok(self.beyond_named(value, name))
            }
            Value::Module(ix) => self.module_attribute(*ix, name, at),
            Value::Class(class) => self.class_attribute(*class, name, at),
            Value::Object(id) if self.stands_for(*id).is_some() => {
                self.stand_in_attribute(value, *id, name, at)
            }
            Value::Object(id) => {
                // Containers and instances can be large: only what is asked for is copied out of them.
                let small = match self.object(*id) {
                    Object::List { .. } => return self.builtin_attribute("list", value, name, at),
                    Object::Set { .. } => return self.builtin_attribute("set", value, name, at),
                    Object::Dict(_) => return self.builtin_attribute("dict", value, name, at),
                    Object::Instance(_) => return self.instance_attribute(value, *id, name, at),
                    small => small.clone(),
                };
                self.small_object_attribute(value, small, name, at)
            }
            Value::Method(pair) => {
                let (function, receiver) = (pair.0.clone(), pair.1.clone());
                self.method_attribute(value, &function, receiver, name, at)
            }
            Value::Native(path) => self.native_attribute(value, path, name, at),
            Value::Range(range) => Ok(match name.as_str() {
                "start" => Value::Int(range.start),
                "stop" => Value::Int(range.stop),
                "step" => Value::Int(range.step),
                _ => return self.builtin_attribute("range", value, name, at),
            }),
            Value::Slice(parts) => Ok(match name.as_str() {
                "start" => parts[0].clone(),
                "stop" => parts[1].clone(),
                "step" => parts[2].clone(),
                _ => return self.builtin_attribute("slice", value, name, at),
            }),
            Value::Str(_)
            | Value::Bytes(_)
            | Value::Tuple(_)
            | Value::Int(_)
            | Value::BigInt(_)
            | Value::Bool(_)
            | Value::Float(_)
            | Value::Complex(..) => self.constant_attribute(value, name, at),
            Value::None | Value::Ellipsis | Value::NotImplemented => {
                if self.defines_any(self.class_of(value), name) {
                    return Ok(self.gap_for(at, Why::NotFollowed));
                }
                Err(self.no_attribute(value, name, at))
            }
        }
    }

    /// An attribute of a number, a text, bytes or a tuple: what its class has.
    fn constant_attribute(&mut self, value: &Value, name: &Name, at: Option<Place>) -> Eval {
        if let Some(found) = Self::number_attribute(value, name) {
            return Ok(found);
        }
        let Some(class) = self.class_of(value) else {
            return Ok(self.gap_for(at, Why::NotFollowed));
        };
        match self.find_in_mro(class, name) {
            Some((owner, None)) => Ok(self.table_member(owner, name, value, false, at)),
            Some((_, Some(binding))) => self.get_descriptor(&binding.value, Some(value), class, at),
            None => Err(self.no_attribute(value, name, at)),
        }
    }

    /// An attribute of an object of fixed size.
    fn small_object_attribute(
        &mut self,
        value: &Value,
        object: Object,
        name: &Name,
        at: Option<Place>,
    ) -> Eval {
        match object {
            Object::Super { after, receiver } => self.super_attribute(after, &receiver, name, at),
            Object::Function(function) => {
                if let Some(binding) = function.names.get(name) {
                    return Ok(binding.value.clone());
                }
                if let Value::Object(id) = value
                    && let Some(own) = self.function_attribute(*id, &function, name)
                {
                    return Ok(own);
                }
                // What classes alone have: programs ask for it to tell the two apart. Who stands ready for a name to be missing is told
                // so; elsewhere it is more likely that we did not see it set.
                let is_of_classes = matches!(
                    name.as_str(),
                    "__mro__" | "__bases__" | "__base__" | "mro" | "__subclasses__"
                );
                if self.find_in_mro(self.known.function, name).is_none()
                    && (is_of_classes || self.askers + self.handlers > 0 || self.is_plainly_here())
                {
                    return Err(self.no_attribute(value, name, at));
                }
                Ok(self.method_or_gap(value, self.known.function, name, at))
            }
            Object::Property { get, set, delete } => Ok(match name.as_str() {
                "fget" => get,
                "fset" => set,
                "fdel" => delete,
                _ => return self.builtin_attribute("property", value, name, at),
            }),
            Object::ClassMethod(inner) => {
                self.wrapper_attribute("classmethod", value, &inner, name, at)
            }
            Object::StaticMethod(inner) => {
                self.wrapper_attribute("staticmethod", value, &inner, name, at)
            }
            Object::Alias(alias) => self.alias_attribute(&alias, name, at),
            Object::Generator(_) if name.starts_with("gi_") => {
                Ok(self.gap_for(at, Why::NotFollowed))
            }
            Object::Generator(it) => {
                let class = self.world.facts.class("builtins", it.kind());
                let class = class.unwrap_or(self.known.generator);
                Ok(self.method_or_gap(value, class, name, at))
            }
            Object::Iterator(_) => self.builtin_attribute("iterator", value, name, at),
            Object::View { of, .. }
                if name == "mapping" && self.world.version >= PythonVersion::three(10) =>
            {
                Ok(of)
            }
            Object::View { .. } => self.builtin_attribute("dict_keys", value, name, at),
            Object::List { .. } | Object::Set { .. } | Object::Dict(_) | Object::Instance(_) => {
                Ok(self.gap_for(at, Why::NotFollowed))
            }
        }
    }

    fn defines_any(&self, class: Option<ClassId>, name: &str) -> bool {
        class.is_none_or(|class| self.find_in_mro(class, name).is_some())
    }

    pub(crate) fn no_attribute(
        &mut self,
        value: &Value,
        name: &str,
        at: Option<Place>,
    ) -> Box<crate::evaluate::machine::flow::Thrown> {
        let kind = match value {
            Value::Module(ix) => format!("module '{}'", self.module(*ix).name),
            Value::Class(id) => format!("type object '{}'", self.classes.get(*id).path.name()),
            other => {
                let class = self
                    .exact_class(other)
                    .map_or("object", |id| self.classes.get(id).path.name());
                format!("'{class}' object")
            }
        };
        self.no_attribute_of(&kind, value, name, at)
    }

    /// The same, in other words for what has none.
    fn no_attribute_of(
        &mut self,
        kind: &str,
        value: &Value,
        name: &str,
        at: Option<Place>,
    ) -> Box<crate::evaluate::machine::flow::Thrown> {
        let message = format!("{kind} has no attribute '{name}'");
        if self.is_certain_so_far()
            && matches!(value, Value::Class(id) if !self.classes.is_interpreters(*id) && self.is_made_here(*id))
        {
            return self.verdict("AttributeError", message, at);
        }
        let mut thrown = self.throw(self.known.attribute_error, message, at);
        // A module may have more names than were seen: those that the import system gives it, those that it gives itself in a way out of view.
        if let Value::Module(ix) = value {
            let module = self.module(*ix);
            let is_whole = module.is_certain
                || module.home == Home::Table
                    && !name.starts_with("__")
                    && (!module.package || self.is_no_submodule(&module.name, name));
            thrown.is_certain &= is_whole;
        }
        thrown
    }

    /// Whether a package of the interpreter's table has no module of that name, which somebody may have imported.
    fn is_no_submodule(&self, package: &str, name: &str) -> bool {
        let facts = &self.world.facts;
        // Their tests are in no table, and neither is what answers for names that are not there.
        let is_test = matches!(name, "test" | "tests");
        let asks = |it: &str| {
            facts
                .module(package)
                .is_some_and(|module| module.get(it).is_some())
        };
        !is_test && !asks("__getattr__") && facts.module(&format!("{package}.{name}")).is_none()
    }

    // --- modules ----------------------------------------------------------------------------------------------------

    fn module_attribute(&mut self, ix: ModuleIx, name: &Name, at: Option<Place>) -> Eval {
        if let Some(twin) = self.twin_in(ix, name, at) {
            return Ok(twin);
        }
        if let Some(value) = self.bound_or_told(ix, name, at) {
            let scope = self.module(ix).scope;
            self.note_name_read(scope, name);
            let by_then = self.held_by_then(scope, name, Some(&value), at);
            return Ok(by_then.unwrap_or(value));
        }
        let scope = self.module(ix).scope;
        if name == "__dict__" {
            return Ok(self.namespace_dict(scope));
        }
        if let Some(value) = self.held_by_then(scope, name, None, at) {
            return Ok(value);
        }
        // PEP 562: a module's own `__getattr__`.
        let hook = self.module_name(ix, &Name::const_new("__getattr__"));
        if hook.is_some()
            && let Some(given) = self.given_by_stub(ix, name, at)
        {
            return Ok(given);
        }
        if let Some(hook) = hook
            && self.function(&hook).is_some()
        {
            let scope = self.module(ix).scope;
            let answer = self.call(&hook, Arguments::of(vec![Value::str(name)]), at, scope)?;
            if answer.is_gap()
                && let Some(told) = self.told_to_type_checkers(ix, name, at)
            {
                return Ok(told);
            }
            return Ok(answer);
        }
        if let Some(value) = self.attribute_out_of_view(ix, name) {
            return Ok(value);
        }
        let state = self.module(ix);
        // What a module of the interpreter lacks in the table may be a submodule that somebody imports.
        if state.home == Home::Table && state.package {
            let full = format!("{}.{name}", state.name);
            if self.world.facts.module(&full).is_some() {
                return self.import(&full, at).map(Value::Module);
            }
        }
        if state.stage == Stage::Running && !self.running.contains(&ix) {
            return Ok(self.gap(Why::Cycle, name, at));
        }
        Err(self.no_attribute(&Value::Module(ix), name, at))
    }

    /// What a class attribute gives when it is asked for on a class (`instance` is none) or on an instance.
    pub(crate) fn get_descriptor(
        &mut self,
        value: &Value,
        instance: Option<&Value>,
        class: ClassId,
        at: Option<Place>,
    ) -> Eval {
        let Value::Object(id) = value else {
            return Ok(match (value, instance) {
                // A function without source that a class holds is bound like any other, unless it is one of C's; a method of C is.
                (Value::Native(path), Some(instance))
                    if self.is_python_native(path) || self.is_native_method(path) =>
                {
                    Value::Method(Arc::new((value.clone(), instance.clone())))
                }
                _ => value.clone(),
            });
        };
        match self.object(*id) {
            Object::Function(_) => Ok(match instance {
                Some(instance) => Value::Method(Arc::new((value.clone(), instance.clone()))),
                None => value.clone(),
            }),
            Object::ClassMethod(inner) => Ok(Value::Method(Arc::new((
                inner.clone(),
                Value::Class(class),
            )))),
            Object::StaticMethod(inner) => Ok(inner.clone()),
            Object::Property { get, .. } => match instance {
                None => Ok(value.clone()),
                Some(instance) => {
                    let get = get.clone();
                    let scope = self.any_scope();
                    self.call(&get, Arguments::of(vec![instance.clone()]), at, scope)
                }
            },
            Object::Instance(inner) => {
                let kind = inner.class;
                if !self.user_defines(kind, "__get__") {
                    if let Some(property) = &inner.payload
                        && self.classes.is_subclass(kind, self.known.property)
                    {
                        return match instance {
                            Some(_) => self.get_descriptor(&property.clone(), instance, class, at),
                            None => Ok(value.clone()),
                        };
                    }
                    if let Some(instance) = instance
                        && self.is_under(kind, "functools", "cached_property")
                    {
                        return self.cached_attribute(*id, &instance.clone(), at);
                    }
                    if let Some(instance) = instance
                        && self.is_library_class(kind, "functools", "_lru_cache_wrapper")
                    {
                        return Ok(Value::Method(Arc::new((value.clone(), instance.clone()))));
                    }
                    return Ok(if self.table_descriptor(kind) {
                        self.gap_for(at, Why::NotFollowed)
                    } else {
                        value.clone()
                    });
                }
                let Some(method) = self.special_method(value, kind, "__get__") else {
                    return Ok(value.clone());
                };
                let scope = self.any_scope();
                let arguments = vec![
                    instance.cloned().unwrap_or(Value::None),
                    Value::Class(class),
                ];
                self.call(&method, Arguments::of(arguments), at, scope)
            }
            _ => Ok(value.clone()),
        }
    }

    /// Whether instances of an interpreter's class are descriptors.
    fn table_descriptor(&self, class: ClassId) -> bool {
        self.find_in_mro(class, "__get__").is_some()
    }

    pub(crate) fn is_python_native(&self, path: &crate::semantics::ClassPath) -> bool {
        self.world
            .facts
            .module(&path.module)
            .is_some_and(|module| !module.is_native())
    }

    /// A special method, looked up on the class of the value and bound to it.
    pub(crate) fn special_method(
        &mut self,
        value: &Value,
        class: ClassId,
        name: &str,
    ) -> Option<Value> {
        let (owner, binding) = self.find_in_mro(class, name)?;
        match binding {
            Some(binding) => self
                .get_descriptor(&binding.value, Some(value), class, None)
                .ok(),
            None => Some(self.table_member(owner, name, value, false, None)),
        }
    }

    // --- super ------------------------------------------------------------------------------------------------------

    fn super_attribute(
        &mut self,
        after: ClassId,
        receiver: &Value,
        name: &Name,
        at: Option<Place>,
    ) -> Eval {
        // `super(C, cls)` looks along the MRO of `cls` where that is a class below C, else along that of its type.
        let (along, on_class) = match receiver {
            Value::Class(class) if self.classes.is_subclass(*class, after) || *class == after => {
                (*class, true)
            }
            other => match self.class_of(other) {
                Some(class) => (class, false),
                None => return Ok(self.gap_for(at, Why::Input)),
            },
        };
        let mro: Vec<ClassId> = match &self.classes.get(along).outcome {
            crate::semantics::Outcome::Created(made) => made.mro.to_vec(),
            crate::semantics::Outcome::Unknown { known, .. } => known.clone(),
            crate::semantics::Outcome::Raises(_) => vec![],
        };
        let rest: Vec<ClassId> = mro
            .iter()
            .copied()
            .skip_while(|&id| id != after)
            .skip(1)
            .collect();
        if !mro.contains(&after) {
            return Ok(self.gap_for(at, Why::Input));
        }
        let found = self.find_along(&rest, name);
        if name == "__new__" && self.is_behind_enum(&rest, found.as_ref().map(|it| it.0)) {
            return Ok(self.native("enum", "Enum.__new__"));
        }
        match found {
            Some((_, Some(binding))) => {
                // `__new__` is a static method even where nobody says so.
                if name == "__new__" && self.function(&binding.value).is_some() {
                    return Ok(binding.value);
                }
                let instance = if on_class {
                    None
                } else {
                    Some(receiver.clone())
                };
                self.get_descriptor(&binding.value, instance.as_ref(), along, at)
            }
            Some((owner, None)) => Ok(self.table_member(owner, name, receiver, on_class, at)),
            // What the `super` object has itself.
            None if name == "__thisclass__" => Ok(Value::Class(after)),
            None if name == "__self_class__" => Ok(Value::Class(along)),
            None if name == "__self__" => Ok(receiver.clone()),
            None if self.may_have_been_set(along, name) => Ok(self.class_gap(along, name, at)),
            None if self.is_whole(along) => {
                Err(self.no_attribute_of("'super' object", &Value::Class(along), name, at))
            }
            None => Ok(self.class_gap(along, name, at)),
        }
    }
}
