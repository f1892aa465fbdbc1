//! `functools`: `lru_cache` and `cache`, which call once for each key; `cmp_to_key`; `singledispatch`, which chooses by the first argument.

use std::sync::Arc;

use crate::Name;
use crate::evaluate::machine::arguments::Arguments;
use crate::evaluate::machine::asked::Asked;
use crate::evaluate::machine::fault::{Fault, Pure, type_error, untold};
use crate::evaluate::machine::run::{Eval, Run};
use crate::evaluate::machine::value::{Binding, Dict, Instance, Object, ObjectId, ScopeId, Value};
use crate::semantics::ClassId;
use crate::source::Place;

/// Names under which such objects keep what no program can ask for.
const CACHE: &str = "<cache>";
const MOST: &str = "<maxsize>";
const TYPED: &str = "<typed>";
const HITS: &str = "<hits>";
const MISSES: &str = "<misses>";
/// What a function that `singledispatch` made has registered.
pub(crate) const REGISTRY: &str = "<registry>";

impl Run<'_, '_> {
    /// `lru_cache(maxsize)(function)`: an object that remembers what the function gave.
    pub(super) fn cached(
        &mut self,
        function: &Value,
        most: Value,
        is_typed: bool,
    ) -> Option<Value> {
        let class = self.world.facts.class("functools", "_lru_cache_wrapper")?;
        let cache = self.allocate(Object::Dict(Dict::default()));
        let mut instance = Instance::of(class);
        instance.open = true;
        for (name, value) in [
            ("__wrapped__", function.clone()),
            (CACHE, cache),
            (MOST, most),
            (TYPED, Value::Bool(is_typed)),
            (HITS, Value::Int(0)),
            (MISSES, Value::Int(0)),
        ] {
            instance
                .names
                .insert(Name::const_new(name), Binding::new(value, None));
        }
        Some(self.allocate(Object::Instance(instance)))
    }

    fn keep(&mut self, id: ObjectId, name: &'static str, value: Value) {
        if let Object::Instance(instance) = self.object_mut(id) {
            instance
                .names
                .insert(Name::const_new(name), Binding::new(value, None));
        }
    }

    fn count(&mut self, id: ObjectId, name: &'static str) {
        if let Some(Value::Int(count)) = self.kept(id, name) {
            self.keep(id, name, Value::Int(count + 1));
        }
    }

    /// Calls a function that remembers (`bounded_lru_cache_wrapper`).
    pub(super) fn call_cached(
        &mut self,
        id: ObjectId,
        arguments: &Arguments,
        at: Option<Place>,
        scope: ScopeId,
    ) -> Option<Eval> {
        let function = self.kept(id, "__wrapped__")?;
        let (Some(Value::Object(cache)), Some(most)) = (self.kept(id, CACHE), self.kept(id, MOST))
        else {
            return Some(self.call(&function, arguments.clone(), at, scope));
        };
        let mut parts = arguments.positional.clone();
        if !arguments.keywords.is_empty() {
            parts.push(Value::native("functools", "_make_key.<kwd_mark>"));
            for (name, value) in &arguments.keywords {
                parts.push(Value::str(name));
                parts.push(value.clone());
            }
        }
        if matches!(self.kept(id, TYPED), Some(Value::Bool(true))) {
            for part in parts.clone() {
                match self.class_of(&part) {
                    Some(class) => parts.push(Value::Class(class)),
                    None => return Some(self.call(&function, arguments.clone(), at, scope)),
                }
            }
        }
        let parts = Value::tuple(parts);
        if !arguments.is_open()
            && let Err(Fault::Raise(kind, message)) = self.hash_of(&parts)
        {
            return Some(Err(self.raise_of(kind, message, at)));
        }
        let is_bounded = match most {
            Value::None => None,
            Value::Int(most) => Some(usize::try_from(most).unwrap_or(0)),
            _ => Some(0),
        };
        let key = parts.key().filter(|_| !arguments.is_open());
        let Some(key) = key.filter(|_| is_bounded != Some(0)) else {
            self.count(id, MISSES);
            return Some(self.call(&function, arguments.clone(), at, scope));
        };
        let found = match self.object(cache) {
            Object::Dict(dict) => dict.entries.get(&key).cloned(),
            _ => None,
        };
        if let Some((parts, value)) = found {
            self.count(id, HITS);
            // What was asked for last goes last.
            if is_bounded.is_some()
                && let Object::Dict(dict) = self.object_mut(cache)
            {
                dict.entries.shift_remove(&key);
                dict.entries.insert(key, (parts, value.clone()));
            }
            return Some(Ok(value));
        }
        let made = match self.call(&function, arguments.clone(), at, scope) {
            Ok(made) => made,
            Err(thrown) => {
                self.count(id, MISSES);
                return Some(Err(thrown));
            }
        };
        self.count(id, MISSES);
        if let Object::Dict(dict) = self.object_mut(cache) {
            dict.entries.insert(key, (parts, made.clone()));
            if let Some(most) = is_bounded
                && dict.entries.len() > most
            {
                dict.entries.shift_remove_index(0);
            }
        }
        Some(Ok(made))
    }

    /// `cache_info()` and `cache_clear()`.
    pub(super) fn cache_method(&mut self, method: &str, asked: &Asked<'_>) -> Pure {
        let Some(Value::Object(id)) = asked.first().cloned() else {
            return Err(Fault::Unknown);
        };
        let [] = asked.arguments.exactly(1)?;
        let Some(Value::Object(cache)) = self.kept(id, CACHE) else {
            return Err(Fault::Unknown);
        };
        match method {
            "cache_clear" => {
                *self.object_mut(cache) = Object::Dict(Dict::default());
                self.keep(id, HITS, Value::Int(0));
                self.keep(id, MISSES, Value::Int(0));
                Ok(Value::None)
            }
            "cache_info" => {
                let size = match self.object(cache) {
                    Object::Dict(dict) => dict.entries.len(),
                    _ => return Err(Fault::Unknown),
                };
                let size = Value::Int(i64::try_from(size).unwrap_or(0));
                let part = |run: &Self, name| run.kept(id, name).ok_or(Fault::Unknown);
                let parts = [
                    ("hits", part(self, HITS)?),
                    ("misses", part(self, MISSES)?),
                    ("maxsize", part(self, MOST)?),
                    ("currsize", size),
                ];
                // Its class, a named tuple, is in no table.
                let mut instance = Instance::of(self.known.tuple);
                instance.payload =
                    Some(Value::tuple(parts.iter().map(|it| it.1.clone()).collect()));
                for (name, value) in parts {
                    instance
                        .names
                        .insert(Name::const_new(name), Binding::new(value, None));
                }
                Ok(self.allocate(Object::Instance(instance)))
            }
            _ => Err(Fault::Unknown),
        }
    }

    /// `cmp_to_key(function)`, and what that makes of a value when it is called with it.
    pub(super) fn comparison_key(&mut self, function: &Value, of: Option<Value>) -> Value {
        // Its class is in no table.
        let mut instance = Instance::of(self.known.object);
        instance.open = true;
        let kept = [
            (Name::const_new("<cmp>"), Some(function.clone())),
            (Name::const_new("obj"), of),
        ];
        for (name, value) in kept {
            if let Some(value) = value {
                instance.names.insert(name, Binding::new(value, None));
            }
        }
        self.allocate(Object::Instance(instance))
    }

    /// What the function of `cmp_to_key` says of two of its keys: below zero, zero, or above.
    pub(crate) fn compared_by_key(
        &mut self,
        left: &Value,
        right: &Value,
        at: Option<Place>,
    ) -> Eval<Option<Value>> {
        let (Value::Object(one), Value::Object(other)) = (left, right) else {
            return Ok(None);
        };
        let (Some(function), Some(one), Some(other)) = (
            self.kept(*one, "<cmp>"),
            self.kept(*one, "obj"),
            self.kept(*other, "obj"),
        ) else {
            return Ok(None);
        };
        let scope = self.any_scope();
        let answer = self.call(&function, Arguments::of(vec![one, other]), at, scope)?;
        Ok(Some(answer))
    }

    /// `singledispatch(function)`: another function that chooses by the class of its first argument.
    pub(super) fn dispatching(&mut self, function: &Value) -> Option<Value> {
        let Value::Object(id) = function else {
            return None;
        };
        let Object::Function(of) = self.object(*id) else {
            return None;
        };
        let mut made = of.clone();
        let object = Value::Class(self.known.object);
        let registry = Dict::from_pairs([(object, function.clone())]);
        let registry = self.allocate(Object::Dict(registry));
        for (name, value) in [(REGISTRY, registry), ("__wrapped__", function.clone())] {
            made.names
                .insert(Name::const_new(name), Binding::new(value, None));
        }
        let made = self.allocate(Object::Function(made));
        let Value::Object(new) = made else {
            return None;
        };
        for method in ["register", "dispatch"] {
            let native = Value::native("functools", &format!("singledispatch.<locals>.{method}"));
            let bound = Value::Method(Arc::new((native, made.clone())));
            if let Object::Function(function) = self.object_mut(new) {
                function
                    .names
                    .insert(Name::const_new(method), Binding::new(bound, None));
            }
        }
        Some(made)
    }

    /// What such a function calls for its first argument; none where the function is no such, `Some(None)` where it cannot be told.
    #[expect(
        clippy::option_option,
        reason = "no such function and not known are two things"
    )]
    pub(crate) fn dispatched(
        &mut self,
        function: ObjectId,
        arguments: &Arguments,
    ) -> Option<Option<Value>> {
        let Object::Function(of) = self.object(function) else {
            return None;
        };
        let registry = of.names.get(REGISTRY)?.value.clone();
        let class = arguments
            .positional
            .first()
            .and_then(|it| self.exact_class(it));
        Some(class.and_then(|class| self.registered_for(&registry, class)))
    }

    /// The function that is registered for a class, or for the nearest of its ancestors.
    fn registered_for(&self, registry: &Value, class: ClassId) -> Option<Value> {
        let Value::Object(id) = registry else {
            return None;
        };
        let Object::Dict(dict) = self.object(*id) else {
            return None;
        };
        if dict.open {
            return None;
        }
        // A class that others can be registered with says more than the MRO.
        let is_plain = dict.entries.values().all(|(kind, _)| {
            matches!(kind, Value::Class(kind) if self.metaclass_of(*kind) == Some(self.known.type_))
        });
        if !is_plain {
            return None;
        }
        self.classes
            .mro(class)?
            .iter()
            .find_map(|&it| dict.entries.get(&Value::Class(it).key()?))
            .map(|(_, function)| function.clone())
    }

    /// `function.register(class, function)`, also as a decorator; `function.dispatch(class)`.
    pub(super) fn dispatch_method(&mut self, method: &str, asked: &Asked<'_>) -> Pure {
        let Some(Value::Object(id)) = asked.first().cloned() else {
            return Err(Fault::Unknown);
        };
        let Object::Function(of) = self.object(id) else {
            return Err(Fault::Unknown);
        };
        let Some(registry @ Value::Object(registry_id)) =
            of.names.get(REGISTRY).map(|it| it.value.clone())
        else {
            return Err(Fault::Unknown);
        };
        let at = asked.at;
        let registered = |run: &mut Self, class: &Value, function: &Value| {
            run.note_entry(registry_id, Some(class), function, at);
            if let Object::Dict(dict) = run.object_mut(registry_id) {
                match class {
                    Value::Class(_) => dict.insert(class.clone(), function.clone()),
                    _ => dict.open = true,
                }
            }
        };
        if method == "dispatch" {
            let [class] = asked.arguments.exactly(1)?;
            let Value::Class(class) = class else {
                return Err(Fault::Unknown);
            };
            return self.registered_for(&registry, class).ok_or(Fault::Unknown);
        }
        let [class, function] = asked.arguments.places(1, ["cls", "func"], 1)?;
        let class = class.unwrap_or(Value::None);
        if let Some(function) = function.filter(|it| !matches!(it, Value::None)) {
            registered(self, &class, &function);
            return Ok(function);
        }
        match &class {
            Value::Class(_) => {
                let native = self.native(
                    "functools",
                    "singledispatch.<locals>.register.<locals>.<lambda>",
                );
                let bound = Value::tuple(vec![Value::Object(id), class.clone()]);
                Ok(Value::Method(Arc::new((native, bound))))
            }
            Value::Object(of) if matches!(self.object(*of), Object::Function(_)) => {
                // By the annotation of its first parameter.
                let name = Name::const_new("__annotations__");
                let hints = self.get_attribute(&class, &name, asked.at)?;
                let first = self
                    .dict_entries(&hints)
                    .filter(|(_, open)| !open)
                    .and_then(|(entries, _)| entries.into_iter().next());
                match first {
                    Some((Value::Str(name), hint)) if &*name != "return" => {
                        registered(self, &hint, &class);
                        Ok(class)
                    }
                    _ => {
                        registered(self, &Value::None, &class);
                        Ok(class)
                    }
                }
            }
            Value::Object(_) | Value::Gap(_) => {
                registered(self, &Value::None, &Value::None);
                Err(Fault::Unknown)
            }
            _ => untold("TypeError"),
        }
    }

    /// The decorator that `register(class)` gives.
    pub(super) fn register_later(&mut self, asked: &Asked<'_>) -> Pure {
        let [Value::Tuple(bound), function, ..] = asked.arguments.positional.as_slice() else {
            return Err(Fault::Unknown);
        };
        if let [Value::Object(id), class] = &**bound
            && let Object::Function(of) = self.object(*id)
            && let Some(Value::Object(registry)) = of.names.get(REGISTRY).map(|it| it.value.clone())
        {
            self.note_entry(registry, Some(class), function, asked.at);
            if let Object::Dict(dict) = self.object_mut(registry) {
                dict.insert(class.clone(), function.clone());
            }
            return Ok(function.clone());
        }
        Err(Fault::Unknown)
    }

    /// A function of `functools` that is told here; none where it is told elsewhere.
    pub(crate) fn caching_function(&mut self, name: &str, asked: &Asked<'_>) -> Option<Pure> {
        let arguments = &asked.arguments;
        if arguments.is_open() || arguments.positional.iter().any(Value::is_gap) {
            return None;
        }
        Some(match name {
            "cache" => arguments.exactly(0).and_then(|[function]| {
                self.cached(&function, Value::None, false)
                    .ok_or(Fault::Unknown)
            }),
            "lru_cache" => self.new_cache(asked),
            "lru_cache.<locals>.decorating_function" => {
                let [Value::Tuple(bound), function] = arguments.positional.as_slice() else {
                    return Some(Err(Fault::Unknown));
                };
                let most = bound.first().cloned().unwrap_or(Value::None);
                let is_typed = matches!(bound.get(1), Some(Value::Bool(true)));
                self.cached(&function.clone(), most, is_typed)
                    .ok_or(Fault::Unknown)
            }
            "_lru_cache_wrapper.cache_info" | "_lru_cache_wrapper.cache_clear" => {
                self.cache_method(&name["_lru_cache_wrapper.".len()..], asked)
            }
            "cmp_to_key" => arguments.places(0, ["mycmp"], 1).map(|[function]| {
                let function = function.unwrap_or(Value::None);
                self.comparison_key(&function, None)
            }),
            "singledispatch" => arguments.places(0, ["func"], 1).and_then(|[function]| {
                let function = function.unwrap_or(Value::None);
                self.dispatching(&function).ok_or(Fault::Unknown)
            }),
            "singledispatch.<locals>.register" => self.dispatch_method("register", asked),
            "singledispatch.<locals>.dispatch" => self.dispatch_method("dispatch", asked),
            "singledispatch.<locals>.register.<locals>.<lambda>" => self.register_later(asked),
            _ => return None,
        })
    }

    /// `lru_cache(maxsize=128, typed=False)`, and `lru_cache(function)`.
    fn new_cache(&mut self, asked: &Asked<'_>) -> Pure {
        let [most, typed] = asked.arguments.places(0, ["maxsize", "typed"], 0)?;
        let is_typed = match &typed {
            Some(typed) => self.truth_of(typed, asked.at)?.ok_or(Fault::Unknown)?,
            None => false,
        };
        let is_plain = typed.is_none_or(|it| matches!(it, Value::Bool(_)));
        let most = most.unwrap_or(Value::Int(128));
        let most = match &most {
            Value::None | Value::Int(_) => most,
            Value::Bool(most) => Value::Int(i64::from(*most)),
            function if is_plain && self.is_callable(function) == Some(true) => {
                return self
                    .cached(function, Value::Int(128), is_typed)
                    .ok_or(Fault::Unknown);
            }
            Value::Object(_) if !self.is_operand(&most) => return Err(Fault::Unknown),
            _ => {
                return type_error("Expected first argument to be an integer, a callable, or None");
            }
        };
        let native = self.native("functools", "lru_cache.<locals>.decorating_function");
        Ok(Value::Method(Arc::new((
            native,
            Value::tuple(vec![most, Value::Bool(is_typed)]),
        ))))
    }

    /// `callable(value)`
    pub(super) fn is_callable(&self, value: &Value) -> Option<bool> {
        match value {
            Value::Gap(_) => None,
            Value::Class(_) | Value::Native(_) | Value::Method(_) => Some(true),
            other => self
                .class_of(other)
                .map(|class| self.find_in_mro(class, "__call__").is_some()),
        }
    }
}
