//! What functions say of themselves: `__code__`, `__defaults__` and their kind.

use std::sync::Arc;

use crate::Name;
use crate::evaluate::machine::run::Run;
use crate::evaluate::machine::value::{Binding, Code, Dict, Function, Instance, Object, Value};
use crate::semantics::Why;
use crate::syntax::{Parameter, ParameterKind};

// Bits of `co_flags` (`inspect.CO_VARARGS` and its kind).
const NEW_LOCALS: i64 = 0x3;
const REST: i64 = 0x4;
const KEYWORDS: i64 = 0x8;
const GENERATOR: i64 = 0x20;
const COROUTINE: i64 = 0x80;
const ASYNC_GENERATOR: i64 = 0x200;

impl Run<'_, '_> {
    /// What a function has under a name that functions have of themselves (Data model, "User-defined functions").
    ///
    /// ```py
    /// def f(a, b=1): ...
    ///
    /// f.__code__.co_argcount  # 2
    /// ```
    pub(super) fn function_attribute(&mut self, function: &Function, name: &str) -> Option<Value> {
        let positional =
            |it: &Parameter| matches!(it.kind, ParameterKind::Positional | ParameterKind::Either);
        let parameters = function.parameters();
        match name {
            "__code__" => self.code_object(function),
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
                    .filter_map(|(it, default)| Some((Value::str(&it.name), default.clone()?)))
                    .collect();
                Some(if defaults.is_empty() {
                    Value::None
                } else {
                    self.allocate(Object::Dict(Dict::from_pairs(defaults)))
                })
            }
            "__globals__" => {
                let scope = self.module(function.module).scope;
                Some(self.namespace_dict(scope))
            }
            _ => None,
        }
    }

    /// The code object of a function: what can be told without compiling it.
    pub(crate) fn code_object(&mut self, function: &Function) -> Option<Value> {
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

impl Function {
    /// Its parameters in order.
    pub(super) fn parameters(&self) -> &[Parameter] {
        match &self.definition.code {
            Code::Def(def) => &def.parameters,
            Code::Lambda(lambda) => &lambda.parameters,
        }
    }
}
