//! What functions say of themselves: `__code__`, `__defaults__` and their kind.

use std::sync::Arc;

use crate::Name;
use crate::evaluate::machine::run::Run;
use crate::evaluate::machine::scope::ScopeKind;
use crate::evaluate::machine::value::{
    Binding, Code, Definition, Dict, Function, Instance, Object, ObjectId, Value,
};
use crate::evaluate::shown::repr::docstring_of;
use crate::semantics::Why;
use crate::source::{Place, PythonVersion};
use crate::syntax::{ExprKind, FunctionDef, Literal, Parameter, ParameterKind, StmtKind};

// Bits of `co_flags` (`inspect.CO_VARARGS` and its kind).
const NEW_LOCALS: i64 = 0x3;
const REST: i64 = 0x4;
const KEYWORDS: i64 = 0x8;
const GENERATOR: i64 = 0x20;
const COROUTINE: i64 = 0x80;
const ASYNC_GENERATOR: i64 = 0x200;

/// Under which a code object keeps the function it was taken from.
pub(super) const CODE_OF: &str = "<code of>";

impl Run<'_, '_> {
    /// What a function has under a name that functions have of themselves (Data model, "User-defined functions").
    ///
    /// ```py
    /// def f(a, b=1): ...
    ///
    /// f.__code__.co_argcount  # 2
    /// ```
    pub(super) fn function_attribute(
        &mut self,
        id: ObjectId,
        function: &Function,
        name: &str,
    ) -> Option<Value> {
        let version = self.world.version;
        let positional =
            |it: &Parameter| matches!(it.kind, ParameterKind::Positional | ParameterKind::Either);
        let parameters = function.parameters();
        match name {
            "__name__" => Some(Value::str(&function.name)),
            "__qualname__" => Some(Value::str(&function.qualname)),
            "__module__" => Some(Value::str(&self.module(function.module).name.clone())),
            "__doc__" => Some(self.docstring_of_function(function)),
            "__dict__" => self.dict_of_instance(id),
            "__closure__" => Some(self.closure_of(function)),
            "__annotations__" => {
                let annotations = self.annotations_of_function(function);
                Some(self.kept_by_function(id, "__annotations__", annotations))
            }
            "__type_params__" if version >= PythonVersion::three(12) => {
                let has_some = match &function.code {
                    Code::Def(def) => !def.type_parameters.is_empty(),
                    Code::Lambda(_) => false,
                };
                Some(if has_some {
                    self.some(self.known.tuple, Why::NotFollowed, None)
                } else {
                    Value::tuple(vec![])
                })
            }
            "__builtins__" if version >= PythonVersion::three(10) => {
                Some(self.some(self.known.dict, Why::NotFollowed, None))
            }
            "__code__" => self.code_object(function, Some(id)),
            "__defaults__" => {
                let defaults = parameters.iter().zip(function.defaults.iter());
                let defaults: Vec<Value> = defaults
                    .filter(|(parameter, _)| positional(parameter))
                    .filter_map(|(_, default)| default.clone())
                    .collect();
                Some(if defaults.is_empty() {
                    Value::None
                } else {
                    Value::tuple(defaults)
                })
            }
            "__kwdefaults__" => {
                let defaults = parameters.iter().zip(function.defaults.iter());
                let defaults: Vec<(Value, Value)> = defaults
                    .filter(|(parameter, _)| parameter.kind == ParameterKind::Keyword)
                    .filter_map(|(it, default)| {
                        let name = self.mangled(&it.name, function.scope);
                        Some((Value::str(&name), default.clone()?))
                    })
                    .collect();
                if defaults.is_empty() {
                    return Some(Value::None);
                }
                let dict = self.allocate(Object::Dict(Dict::from_pairs(defaults)));
                Some(self.kept_by_function(id, "__kwdefaults__", dict))
            }
            "__globals__" => {
                let scope = self.module(function.module).scope;
                Some(self.namespace_dict(scope))
            }
            _ => None,
        }
    }

    /// Keeps what a function made when it was asked for it: it is one object from then on, and what is put into it counts.
    fn kept_by_function(&mut self, id: ObjectId, name: &'static str, value: Value) -> Value {
        if let Object::Function(function) = self.object_mut(id) {
            let binding = Binding::new(value.clone(), None);
            function.names.insert(Name::const_new(name), binding);
        }
        value
    }

    /// The text that a function's body begins with.
    fn docstring_of_function(&self, function: &Function) -> Value {
        let Code::Def(def) = &function.code else {
            return Value::None;
        };
        let text = self.library.file(function.file).text.clone();
        let body = def.body(&text);
        match body.first().map(|it| &it.kind) {
            Some(StmtKind::Expr(first)) => match &first.kind {
                ExprKind::Literal(Literal::Str(text)) => {
                    Value::str(&docstring_of(text, self.world.version))
                }
                _ => Value::None,
            },
            _ => Value::None,
        }
    }

    /// `f.__closure__`: none where no function is around it whose names it could see, and no class whose `__class__`.
    fn closure_of(&mut self, function: &Function) -> Value {
        let mut around = Some(function.scope);
        let mut sees_some = false;
        while let Some(scope) = around {
            sees_some |= self.scope(scope).kind == ScopeKind::Function;
            around = self.scope(scope).parent;
        }
        let (start, end) = match &function.code {
            Code::Def(def) => (def.start, def.end),
            Code::Lambda(lambda) => (lambda.start, lambda.end),
        };
        let place = Place {
            file: function.file,
            start,
            end,
        };
        let text = self.text(Some(place));
        self.cells_asked.extend(function.class_body);
        let asks_for_class = text.contains("super") || text.contains("__class__");
        if sees_some || function.class_body.is_some() && asks_for_class {
            self.gap(Why::NotFollowed, "__closure__", Some(place))
        } else {
            Value::None
        }
    }

    /// The dict of what the head of a function annotates.
    fn annotations_of_function(&mut self, function: &Function) -> Value {
        let def: Option<Arc<FunctionDef>> = match &function.code {
            Code::Def(def) => Some(def.clone()),
            Code::Lambda(_) => None,
        };
        let text = self.library.file(function.file).text.clone();
        let annotated = def.map(|it| it.annotations(&text)).unwrap_or_default();
        let mut dict = Dict::default();
        for (name, start, end) in annotated {
            let place = Place {
                file: function.file,
                start,
                end,
            };
            let value = self.annotation(place, function.scope);
            dict.insert(Value::str(&name), value);
        }
        self.allocate(Object::Dict(dict))
    }

    /// The code object of a function: what can be told without compiling it.
    pub(crate) fn code_object(
        &mut self,
        function: &Function,
        id: Option<ObjectId>,
    ) -> Option<Value> {
        let class = self.world.facts.class("builtins", "code")?;
        let parameters = function.parameters();
        let count = |kinds: &[ParameterKind]| {
            let counted = parameters.iter().filter(|it| kinds.contains(&it.kind));
            i64::try_from(counted.count()).unwrap_or(i64::MAX)
        };
        let has = |kind| parameters.iter().any(|it| it.kind == kind);
        let mut flags = NEW_LOCALS;
        flags |= if has(ParameterKind::Rest) { REST } else { 0 };
        flags |= if has(ParameterKind::Keywords) {
            KEYWORDS
        } else {
            0
        };
        if let Code::Def(def) = &function.code {
            flags |= match (def.summary.is_async, def.summary.is_generator) {
                (false, false) => 0,
                (false, true) => GENERATOR,
                (true, false) => COROUTINE,
                (true, true) => ASYNC_GENERATOR,
            };
        }
        // The names of parameters come first, those that collect the rest after all others; then come the body's own.
        let collects =
            |it: &&Parameter| matches!(it.kind, ParameterKind::Rest | ParameterKind::Keywords);
        let named = parameters.iter().filter(|it| !collects(it));
        let names = named.chain(parameters.iter().filter(collects));
        let first: Vec<Value> = names.map(|it| Value::str(&it.name)).collect();
        let names = self.some(self.known.tuple, Why::NotFollowed, None);
        if let Value::Gap(id) = names {
            self.beginnings.insert(id, first.into());
        }
        let mut code = Instance::of(class);
        code.open = true;
        let entries = [
            ("co_name", Value::str(&function.name)),
            ("co_qualname", Value::str(&function.qualname)),
            (
                "co_argcount",
                Value::Int(count(&[ParameterKind::Positional, ParameterKind::Either])),
            ),
            (
                "co_posonlyargcount",
                Value::Int(count(&[ParameterKind::Positional])),
            ),
            (
                "co_kwonlyargcount",
                Value::Int(count(&[ParameterKind::Keyword])),
            ),
            ("co_flags", Value::Int(flags)),
            ("co_varnames", names),
        ];
        for (name, value) in entries {
            let binding = Binding::new(value, None);
            code.names.insert(Name::const_new(name), binding);
        }
        // By which a function that is given this code finds it.
        if let Some(id) = id {
            let binding = Binding::new(Value::Object(id), None);
            code.names.insert(Name::const_new(CODE_OF), binding);
        }
        Some(self.allocate(Object::Instance(code)))
    }

    /// Another function of the same code that stands before this one, as a decorator makes with `functools.wraps`.
    pub(crate) fn function_before(&mut self, function: &Value) -> Value {
        let Value::Object(id) = function else {
            return function.clone();
        };
        let Object::Function(inner) = self.object(*id) else {
            return function.clone();
        };
        let mut outer = inner.clone();
        let binding = Binding::new(function.clone(), None);
        outer.names.insert(Name::const_new("__wrapped__"), binding);
        self.allocate(Object::Function(outer))
    }

    /// The generator function that `@contextmanager` has put this one before.
    pub(crate) fn generator_behind(&self, function: &Function) -> Option<Value> {
        let inner = function.names.get("__wrapped__")?.value.clone();
        let Code::Def(def) = &function.definition.code else {
            return None;
        };
        let is_one = def.summary.is_generator && !def.summary.is_async;
        (is_one && self.stands_before(function)).then_some(inner)
    }

    /// Whether a function stands before another one whose code it shows: calling it gives what the decorator makes of that.
    pub(crate) fn stands_before(&self, function: &Function) -> bool {
        let inner = function.names.get("__wrapped__").map(|it| &it.value);
        let inner = inner.and_then(|it| self.function(it));
        inner.is_some_and(|it| Arc::ptr_eq(&it.definition, &function.definition))
    }
}

impl Definition {
    /// Its parameters in order.
    pub(crate) fn parameters(&self) -> &[Parameter] {
        match &self.code {
            Code::Def(def) => &def.parameters,
            Code::Lambda(lambda) => &lambda.parameters,
        }
    }
}
