//! What is set on a function and taken from it (`func_getsetlist` in CPython's `funcobject.c`), and what a call of it runs from then on.

use std::sync::Arc;

use crate::Name;
use crate::evaluate::machine::run::{Eval, Run};
use crate::evaluate::machine::value::{
    Binding, Definition, Dict, Function, Object, ObjectId, Value,
};
use crate::evaluate::objects::function_attributes::CODE_OF;
use crate::semantics::no_such_entry;
use crate::source::{Place, PythonVersion};
use crate::syntax::{Parameter, ParameterKind};

/// What a call of a function looks at beside its definition, once somebody has set it.
const CHANGED: [&str; 3] = ["__code__", "__defaults__", "__kwdefaults__"];

impl Run<'_, '_> {
    /// `f.name = item`
    pub(super) fn set_on_function(
        &mut self,
        id: ObjectId,
        name: &Name,
        item: Value,
        at: Option<Place>,
    ) -> Eval<()> {
        self.refuse_on_function(name, Some(&item), at)?;
        let nothing = matches!(item, Value::None);
        match name.as_str() {
            "__dict__" => return self.set_dict_of(id, &item, at),
            // Who asks for it then is given an empty one.
            "__annotations__" if nothing => {
                let dict = self.allocate(Object::Dict(Dict::default()));
                if let Object::Function(function) = self.object_mut(id) {
                    function.names.insert(name.clone(), Binding::new(dict, at));
                }
                return Ok(());
            }
            _ => {}
        }
        let is_true = self.truth(&item) != Some(false);
        if let Object::Function(function) = self.object_mut(id) {
            if name == "__isabstractmethod__" {
                function.is_abstract = is_true;
            }
            function.names.insert(name.clone(), Binding::new(item, at));
        }
        self.show_in_dict(id, name, at);
        Ok(())
    }

    /// `del f.name`
    pub(crate) fn delete_on_function(
        &mut self,
        id: ObjectId,
        name: &Name,
        at: Option<Place>,
    ) -> Eval<()> {
        self.refuse_on_function(name, None, at)?;
        if Function::keeps_apart(name) {
            return self.set_on_function(id, name, Value::None, at);
        }
        let mut is_there = false;
        if let Object::Function(function) = self.object_mut(id) {
            is_there = function.names.shift_remove(name).is_some();
            if name == "__isabstractmethod__" {
                function.is_abstract = false;
            }
        }
        if is_there {
            self.show_in_dict(id, name, at);
            return Ok(());
        }
        let message = no_such_entry("function", false, name, self.world.version);
        Err(self.throw(self.known.attribute_error, message, at))
    }

    /// Raises what a function does not take in place of what it has; `item` is none where it is deleted.
    fn refuse_on_function(
        &mut self,
        name: &Name,
        item: Option<&Value>,
        at: Option<Place>,
    ) -> Eval<()> {
        let known = self.known;
        let code = self.world.facts.class("builtins", "code");
        let version = self.world.version;
        // What it has to be, whether nothing is as good, and how CPython calls that.
        let (wanted, or_nothing, called) = match name.as_str() {
            "__globals__" | "__closure__" => {
                return Err(self.throw(known.attribute_error, "readonly attribute".into(), at));
            }
            "__builtins__" if version >= PythonVersion::three(10) => {
                return Err(self.throw(known.attribute_error, "readonly attribute".into(), at));
            }
            "__dict__" if item.is_none() => {
                return Err(self.throw(known.type_error, "cannot delete __dict__".into(), at));
            }
            "__dict__" => {
                let Some(item) = item else { return Ok(()) };
                let class = self.exact_class(item).filter(|it| self.is_whole(*it));
                if class.is_none_or(|it| self.classes.is_subclass(it, known.dict)) {
                    return Ok(());
                }
                let kind = self.type_name(item);
                let message = format!("__dict__ must be set to a dictionary, not a '{kind}'");
                return Err(self.throw(known.type_error, message, at));
            }
            "__name__" | "__qualname__" => (Some(known.str_), false, "string object"),
            "__code__" => (code, false, "code object"),
            "__defaults__" => (Some(known.tuple), true, "tuple object"),
            "__kwdefaults__" => (Some(known.dict), true, "dict object"),
            "__annotations__" => (Some(known.dict), true, "dict object"),
            "__type_params__" if version >= PythonVersion::three(12) => {
                (Some(known.tuple), false, "tuple")
            }
            _ => return Ok(()),
        };
        let is_fine = match item {
            None => or_nothing,
            Some(Value::None) => or_nothing,
            Some(item) => {
                let class = self.exact_class(item).filter(|it| self.is_whole(*it));
                let fits = |class| wanted.is_none_or(|it| self.classes.is_subclass(class, it));
                class.is_none_or(fits)
            }
        };
        if is_fine {
            return Ok(());
        }
        let message = format!("{name} must be set to a {called}");
        Err(self.throw(known.type_error, message, at))
    }

    /// What a call of a function runs: its definition, with what was set on it since; none where that cannot be told.
    ///
    /// ```py
    /// def f(a=1): return a
    ///
    /// f.__defaults__ = (2,)
    /// f()  # 2
    /// ```
    pub(crate) fn called_definition(&self, function: &Function) -> Option<Arc<Definition>> {
        let names = &function.names;
        if names.is_empty() || CHANGED.iter().all(|it| !names.contains_key(*it)) {
            return Some(function.definition.clone());
        }
        if names
            .iter()
            .any(|(name, it)| it.maybe.is_some() && CHANGED.contains(&name.as_str()))
        {
            return None;
        }
        let old = &function.definition;
        let (code, file) = match names.get("__code__") {
            Some(binding) => {
                let Value::Object(id) = binding.value else {
                    return None;
                };
                let other = self.kept(id, CODE_OF)?;
                let other = self.function(&other)?;
                (other.code.clone(), other.file)
            }
            None => (old.code.clone(), old.file),
        };
        let is_placed =
            |it: &&Parameter| matches!(it.kind, ParameterKind::Positional | ParameterKind::Either);
        let mut by_place: Vec<Value> = match names.get("__defaults__").map(|it| &it.value) {
            Some(Value::Tuple(items)) => items.to_vec(),
            Some(Value::None) => vec![],
            Some(_) => return None,
            None => {
                let both = function.parameters().iter().zip(old.defaults.iter());
                let both = both.filter(|(it, _)| is_placed(it));
                both.filter_map(|(_, default)| default.clone()).collect()
            }
        };
        let by_name: Vec<(Value, Value)> = match names.get("__kwdefaults__").map(|it| &it.value) {
            Some(Value::Object(id)) => match self.object(*id) {
                Object::Dict(dict) if !dict.open && dict.view.is_none() => {
                    dict.entries.values().cloned().collect()
                }
                _ => return None,
            },
            Some(Value::None) => vec![],
            Some(_) => return None,
            None => {
                let both = function.parameters().iter().zip(old.defaults.iter());
                let both = both.filter(|(it, _)| it.kind == ParameterKind::Keyword);
                both.filter_map(|(it, default)| {
                    let name = self.mangled(&it.name, old.scope);
                    Some((Value::str(&name), default.clone()?))
                })
                .collect()
            }
        };
        let mut definition = Definition {
            code,
            file,
            module: old.module,
            scope: old.scope,
            class_body: old.class_body,
            name: old.name.clone(),
            qualname: old.qualname.clone(),
            defaults: Arc::from([]),
        };
        // Those by place belong to the last parameters; what is too many for them is for none.
        let parameters = definition.parameters();
        let places = parameters.iter().filter(is_placed).count();
        let excess = by_place.len().saturating_sub(places);
        by_place.drain(..excess);
        let mut lacking = places - by_place.len();
        let mut by_place = by_place.into_iter();
        let defaults: Vec<Option<Value>> = parameters
            .iter()
            .map(|parameter| match parameter.kind {
                ParameterKind::Positional | ParameterKind::Either => {
                    if lacking > 0 {
                        lacking -= 1;
                        None
                    } else {
                        by_place.next()
                    }
                }
                ParameterKind::Keyword => {
                    let name = self.mangled(&parameter.name, old.scope);
                    let mut named = by_name
                        .iter()
                        .filter(|(it, _)| matches!(it, Value::Str(it) if **it == **name));
                    named.next().map(|(_, default)| default.clone())
                }
                ParameterKind::Rest | ParameterKind::Keywords => None,
            })
            .collect();
        definition.defaults = defaults.into();
        Some(Arc::new(definition))
    }
}
