//! Calls of the standard library's classes: the instance that each makes, with what it stands for, and what it refuses.

use crate::Name;
use crate::evaluate::language::operators::is_constant;
use crate::evaluate::machine::arguments::Arguments;
use crate::evaluate::machine::flow::Thrown;
use crate::evaluate::machine::run::{Eval, Run};
use crate::evaluate::machine::value::{Binding, Dict, Instance, Object, ScopeId, Value};
use crate::evaluate::stdlib::itertools::iterator_named;
use crate::semantics::{ClassId, Why};
use crate::source::Place;

impl Run<'_, '_> {
    /// Calls a class of the library: an instance, with what it stands for where that is known.
    pub(crate) fn call_library_class(
        &mut self,
        class: ClassId,
        arguments: &Arguments,
        at: Option<Place>,
        scope: ScopeId,
    ) -> Option<Eval> {
        if self.is_enum(class) {
            if arguments.positional.len() >= 2 {
                return Some(self.functional_enum(class, arguments, at, scope));
            }
            return Some(Ok(self.gap_for(at, Why::NotFollowed)));
        }
        let path = self.classes.get(class).path.clone();
        let mut instance = Instance::of(class);
        instance.open = true;
        match (path.module.as_str(), path.qualname.as_str()) {
            ("builtins", "range") => return self.new_range(arguments, at).transpose(),
            ("builtins", "slice") => return self.new_slice(arguments, at).transpose(),
            ("builtins", "zip" | "enumerate" | "map" | "filter" | "reversed")
            | ("itertools", _) => {
                let kind = iterator_named(&path.qualname)?;
                return self.iterator(kind, arguments, at).transpose();
            }
            ("operator" | "_operator", "attrgetter" | "itemgetter" | "methodcaller") => {
                if arguments.is_open() {
                    return None;
                }
                let kind = path.qualname.clone();
                let checked = self.check_getter(&kind, arguments);
                match self.settled(checked, at) {
                    Ok(Some(())) => {}
                    Ok(None) => return None,
                    Err(thrown) => return Some(Err(thrown)),
                }
                self.remember_getter(&mut instance, arguments, at);
            }
            ("functools", "partial") => {
                if arguments.is_open() {
                    return None;
                }
                let mut all = arguments.positional.iter().cloned();
                let function = all.next()?;
                if self.is_callable(&function) == Some(false) {
                    let message = "the first argument must be callable".to_owned();
                    return Some(Err(self.throw(self.known.type_error, message, at)));
                }
                let rest = Value::tuple(all.collect());
                instance
                    .names
                    .insert(Name::const_new("args"), Binding::new(rest.clone(), at));
                instance.payload = Some(rest);
                let keywords = Dict::from_pairs(
                    arguments
                        .keywords
                        .iter()
                        .map(|(name, value)| (Value::str(name), value.clone())),
                );
                let keywords = self.allocate(Object::Dict(keywords));
                instance
                    .names
                    .insert(Name::const_new("func"), Binding::new(function, at));
                instance
                    .names
                    .insert(Name::const_new("keywords"), Binding::new(keywords, at));
            }
            ("builtins" | "_contextvars", "ContextVar") => {
                Self::remember_default(&mut instance, arguments, at);
            }
            ("typing" | "annotationlib", "ForwardRef") => {
                let text = arguments.positional.first().cloned()?;
                Self::keep_text(&mut instance, &text, at);
            }
            ("functools", "cached_property") => {
                if arguments.positional.len() > 1 {
                    return Some(Err(self.raise_of("TypeError", None, at)));
                }
                let function = arguments.positional.first().cloned()?;
                // Since 3.13 it takes over the name of the module, which values of C have none of.
                if self.is_at_least(13) && self.is_without_module(&function) {
                    return Some(Err(self.no_attribute(&function, "__module__", at)));
                }
                instance
                    .names
                    .insert(Name::const_new("func"), Binding::new(function, at));
            }
            ("typing" | "_typing", "TypeVar" | "ParamSpec" | "TypeVarTuple" | "NewType") => {
                let said = [
                    ("__covariant__", "covariant"),
                    ("__contravariant__", "contravariant"),
                    ("__default__", "default"),
                ];
                let name = arguments
                    .positional
                    .first()
                    .map(|it| ("__name__", it.clone()));
                let flags = said
                    .iter()
                    .filter_map(|(name, key)| Some((*name, arguments.keyword(key)?.clone())));
                for (name, value) in name.into_iter().chain(flags) {
                    instance
                        .names
                        .insert(Name::const_new(name), Binding::new(value, at));
                }
            }
            ("functools", kind @ ("partialmethod" | "singledispatchmethod")) => {
                let first = arguments.positional.first().cloned();
                if let Some(thrown) = self.no_method(kind, first.as_ref(), arguments, at) {
                    return Some(Err(thrown));
                }
                if let Some(function) = first {
                    instance
                        .names
                        .insert(Name::const_new("func"), Binding::new(function, at));
                }
            }
            ("string", "Template") => {
                if arguments.positional.len() + arguments.keywords.len() != 1
                    && !arguments.is_open()
                {
                    return Some(Err(self.raise_of("TypeError", None, at)));
                }
                let text = arguments.get(0, "template").cloned()?;
                instance
                    .names
                    .insert(Name::const_new("template"), Binding::new(text, at));
            }
            ("string", "Formatter") if !arguments.positional.is_empty() => {
                return Some(Err(self.raise_of("TypeError", None, at)));
            }
            ("re", "Match" | "Pattern") => {
                let message = format!("cannot create 're.{}' instances", path.qualname);
                return Some(Err(self.throw(self.known.type_error, message, at)));
            }
            ("enum", "member" | "nonmember") => {
                instance.payload = Some(Value::tuple(arguments.positional.clone()));
            }
            ("contextlib", "ExitStack") if arguments.handed().next().is_none() => {
                return Some(Ok(self.new_exit_stack(class)));
            }
            // What runs beside us may have changed what its function changes.
            ("threading", "Thread" | "Timer") => {
                self.not_followed(&path.qualname, arguments.handed(), at);
            }
            ("contextlib", "suppress") => {
                instance.payload = Some(Value::tuple(arguments.positional.clone()));
            }
            ("collections", "Counter") => return Some(self.new_counter(class, arguments, at)),
            ("collections", "ChainMap")
                if !arguments.is_open() && arguments.keywords.is_empty() =>
            {
                return Some(Ok(self.new_chain_map(class, arguments.positional.clone())));
            }
            ("collections", "OrderedDict" | "defaultdict")
            | ("weakref", "WeakValueDictionary" | "WeakKeyDictionary") => {
                let skip = usize::from(path.qualname == "defaultdict");
                if path.module == "collections"
                    && let Some(thrown) = self.misfit_of_mapping(skip == 1, arguments, at)
                {
                    return Some(Err(thrown));
                }
                let mut dict = Dict::default();
                if let Some(value) = arguments.positional.get(skip)
                    && let Err(thrown) = self.updated(&mut dict, &value.clone(), at)
                {
                    return Some(Err(thrown));
                }
                dict.replaced |= arguments.is_open() && !dict.entries.is_empty();
                for (name, value) in &arguments.keywords {
                    dict.insert(Value::str(name), value.clone());
                }
                dict.open |= arguments.is_open();
                if skip == 1 {
                    let factory = arguments.positional.first().cloned();
                    let factory = Binding::new(factory.unwrap_or(Value::None), at);
                    instance
                        .names
                        .insert(Name::const_new("default_factory"), factory);
                }
                instance.payload = Some(self.allocate(Object::Dict(dict)));
            }
            ("collections", "deque") => return self.new_deque(class, arguments, at).transpose(),
            ("types", "ModuleType") | ("builtins", "module") => {
                let name = match arguments.positional.first() {
                    Some(Value::Str(name)) => name.to_string(),
                    _ => return Some(Ok(self.gap_for(at, Why::Input))),
                };
                let doc = arguments.get(1, "doc").cloned().unwrap_or(Value::None);
                let named = [("__name__", Value::str(&name)), ("__doc__", doc)];
                let others = ["__package__", "__loader__", "__spec__"];
                for (name, value) in named.into_iter().chain(others.map(|it| (it, Value::None))) {
                    let binding = Binding::new(value, at);
                    instance.names.insert(Name::const_new(name), binding);
                }
            }
            ("_frozen_importlib" | "importlib.machinery", "ModuleSpec")
                if arguments.positional.len() == 2 =>
            {
                let origin = arguments.keyword("origin").cloned().unwrap_or(Value::None);
                let [name, loader] = arguments.positional.as_slice() else {
                    return None;
                };
                return self.new_spec(name.clone(), loader.clone(), origin).map(Ok);
            }
            // `Path()` makes an instance of the class for the platform (`pathlib.Path.__new__`).
            ("pathlib" | "pathlib._local", "Path" | "PurePath") => {
                let flavour = match (self.world.os_name(), path.qualname.as_str()) {
                    ("nt", "Path") => "WindowsPath",
                    ("nt", _) => "PureWindowsPath",
                    (_, "Path") => "PosixPath",
                    _ => "PurePosixPath",
                };
                let module: &str = &path.module;
                if let Some(class) = self.world.facts.class(module, flavour) {
                    instance.class = class;
                }
            }
            ("types", "MappingProxyType") | ("builtins", "mappingproxy") => {
                let mapping = arguments.get(0, "mapping").cloned()?;
                if let Some(message) = self.no_mapping(&mapping) {
                    return Some(Err(self.type_error(&message, at)));
                }
                return Some(Ok(mapping));
            }
            _ => return None,
        }
        Some(Ok(self.allocate(Object::Instance(instance))))
    }

    /// What `types.MappingProxyType` says to a value that has no items by key, or is a list or a tuple (`mappingproxy_check_mapping`).
    pub(super) fn no_mapping(&self, value: &Value) -> Option<String> {
        let class = self.exact_class(value).filter(|it| self.is_whole(*it))?;
        let under = |of: ClassId| self.classes.is_subclass(class, of);
        let is_mapping = self.find_in_mro(class, "__getitem__").is_some()
            && !under(self.known.list)
            && !under(self.known.tuple);
        let given = self.type_name(value);
        (!is_mapping).then(|| format!("mappingproxy() argument must be a mapping, not {given}"))
    }

    /// Whether a value is one of the builtin types that has no `__module__` of its own.
    fn is_without_module(&self, value: &Value) -> bool {
        match value {
            Value::Object(id) => matches!(
                self.object(*id),
                Object::List { .. } | Object::Set { .. } | Object::Dict(_)
            ),
            other => is_constant(other),
        }
    }

    /// What `partialmethod` and `singledispatchmethod` say to what is neither callable nor a descriptor.
    fn no_method(
        &mut self,
        kind: &str,
        first: Option<&Value>,
        arguments: &Arguments,
        at: Option<Place>,
    ) -> Option<Box<Thrown>> {
        if arguments.is_open() {
            return None;
        }
        let Some(first) = first else {
            if kind == "singledispatchmethod" && !arguments.keywords.is_empty() {
                return None;
            }
            let of = if self.is_at_least(10) {
                format!("{kind}.")
            } else {
                String::new()
            };
            let message = format!("{of}__init__() missing 1 required positional argument: 'func'");
            return Some(self.verdict("TypeError", message, at));
        };
        if first.is_gap() || self.is_callable(first) != Some(false) {
            return None;
        }
        let class = self.class_of(first).filter(|&it| self.is_whole(it))?;
        if self.find_in_mro(class, "__get__").is_some() || self.user_defines(class, "__getattr__") {
            return None;
        }
        Some(match first {
            Value::None | Value::Int(_) | Value::Str(_) | Value::Tuple(_) => {
                let shown = self.repr_of(first);
                let message = format!("{shown} is not callable or a descriptor");
                self.verdict("TypeError", message, at)
            }
            _ => self.raise_of("TypeError", None, at),
        })
    }
}
