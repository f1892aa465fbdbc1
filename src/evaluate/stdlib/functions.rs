//! Functions and classes of the standard library whose results decide what classes there are.

use std::sync::Arc;

use crate::Name;
use crate::evaluate::language::composite_iterators::Composite;
use crate::evaluate::machine::arguments::{Arguments, Keywords};
use crate::evaluate::machine::asked::Asked;
use crate::evaluate::machine::entered::Holder;
use crate::evaluate::machine::run::{Eval, Run};
use crate::evaluate::machine::value::{Code, Dict, Instance, Object, ScopeId, Value};
use crate::evaluate::stdlib::indentation;
use crate::semantics::{Assumption, ClassId, CreationStep, Why};
use crate::source::{Distribution, Finder, Place, PythonVersion};

impl Run<'_, '_> {
    pub(crate) fn library_function(&mut self, asked: &Asked<'_>) -> Eval<Option<Value>> {
        let arguments = &asked.arguments;
        let first = asked.first().cloned();
        let second = arguments.positional.get(1).cloned();
        let at = asked.at;
        let path = (asked.path.module.as_str(), asked.path.qualname.as_str());
        Ok(match (path, first) {
            // Decorators that return what they are given.
            (("abc", "abstractmethod"), Some(function)) => {
                self.refuses_mark(&function, at)?;
                self.set_attribute(
                    &function,
                    &Name::const_new("__isabstractmethod__"),
                    Value::Bool(true),
                    at,
                )?;
                Some(function)
            }
            (("functools", "total_ordering"), Some(class @ Value::Class(_))) => {
                self.check_ordering(&class, at)?;
                self.add_orderings(&class, at);
                Some(class)
            }
            (("dataclasses", made), Some(receiver @ Value::Object(_))) if made.contains(".__") => {
                self.call_of_dataclass(made, &receiver, asked)?
            }
            (("asyncio.runners", "run"), Some(coroutine)) => self.run_to_its_end(&coroutine, at)?,
            (("typing", "runtime_checkable"), Some(class @ Value::Class(_))) => {
                self.check_runtime_checkable(&class, at)?;
                self.mark(&class, "_is_runtime_protocol", at)?;
                Some(class)
            }
            // Since 3.11 it leaves a mark, where it can.
            (("typing", "final"), Some(given))
                if self.world.version >= PythonVersion::three(11) =>
            {
                // What takes no attribute is given back as it is.
                let _ = self.mark(&given, "__final__", at);
                Some(given)
            }
            (("enum", "unique"), Some(class @ Value::Class(_))) => {
                self.check_unique(&class, at)?;
                Some(class)
            }
            (
                (
                    "typing",
                    "overload"
                    | "final"
                    | "no_type_check"
                    | "runtime_checkable"
                    | "override"
                    | "type_check_only"
                    | "runtime"
                    | "dataclass_transform.<locals>.decorator",
                )
                | ("enum", "unique")
                | ("functools", "total_ordering")
                | ("types", "coroutine")
                | ("atexit", "register")
                | ("copyreg", "pickle")
                | ("warnings", "deprecated.<locals>.decorator"),
                Some(given),
            ) => Some(given),
            (
                ("functools", function @ ("wraps" | "wraps.<locals>.decorator" | "update_wrapper")),
                Some(first),
            ) => Some(self.wrapping(function, first, asked)),
            (("enum", "Enum.__new__"), Some(Value::Class(class))) if second.is_some() => {
                let value = second.unwrap_or(Value::None);
                Some(self.new_of_enum(class, &value, at)?)
            }
            (("enum", "global_enum"), Some(class @ Value::Class(id))) => {
                let by_value = asked.arguments.get(1, "update_str").is_none();
                by_value.then(|| {
                    self.export_members(id, at);
                    class
                })
            }
            (("enum", "_simple_enum"), _) => {
                let convert = self.native("enum", "_simple_enum.<locals>.convert_class");
                let base = arguments.get(0, "etype").cloned();
                base.map(|base| Value::Method(Arc::new((convert, base))))
            }
            (("enum", "_simple_enum.<locals>.convert_class"), Some(Value::Class(base))) => {
                match second {
                    Some(Value::Class(class)) => {
                        Some(self.simple_enum(class, base, at, asked.scope)?)
                    }
                    other => other,
                }
            }
            (("typing", "dataclass_transform"), _) => {
                Some(self.native("typing", "dataclass_transform.<locals>.decorator"))
            }
            (("contextlib", "contextmanager" | "asynccontextmanager"), Some(function)) => {
                Some(self.function_before(&function))
            }
            // It wraps the function in another (`ContextDecorator.__call__`).
            (("contextlib", "ContextDecorator.__call__"), Some(_)) => {
                second.map(
                    |function| match self.function(&function).map(|it| &it.code) {
                        Some(Code::Def(def)) if !def.summary.is_generator => {
                            self.function_before(&function)
                        }
                        _ => self.some(self.known.function, Why::NotFollowed, at),
                    },
                )
            }
            (("typing", "NewType"), Some(_)) => {
                Some(self.native("typing", "NewType.<locals>.new_type"))
            }
            (("typing", "NewType.<locals>.new_type"), value) => value,
            (("typing", "cast"), _) => second,
            (("typing", "get_origin"), Some(hint)) => self.origin_of_hint(&hint),
            (("typing", "get_args"), Some(hint)) => self.arguments_of_hint(&hint),
            (("typing", "_eval_type"), Some(hint)) if arguments.positional.len() >= 3 => {
                let spaces = [&arguments.positional[1], &arguments.positional[2]];
                self.evaluated_hint(&hint, spaces, at)?
            }
            (("copy", function @ ("copy" | "deepcopy")), _) => self.copied(function, asked)?,
            (("itertools", "tee"), _) => self.tee(arguments, at)?,
            // Imports.
            (("importlib" | "importlib.__init__", "import_module"), Some(Value::Str(name))) => {
                let package = match arguments.get(1, "package") {
                    Some(Value::Str(package)) => package.to_string(),
                    _ => self.module(self.scope(asked.scope).module).name.to_string(),
                };
                let level = name.len() - name.trim_start_matches('.').len();
                let target = if level == 0 {
                    name.to_string()
                } else {
                    let mut base = package.as_str();
                    for _ in 1..level {
                        base = base.rsplit_once('.').map_or("", |it| it.0);
                    }
                    format!("{base}.{}", &name[level..])
                };
                Some(Value::Module(self.import(&target, at)?))
            }
            (("_frozen_importlib", "spec_from_loader"), Some(name)) => {
                let loader = second.unwrap_or(Value::None);
                let origin = arguments.keyword("origin").cloned();
                self.new_spec(name, loader, origin.unwrap_or(Value::None))
            }
            (("_frozen_importlib_external", "spec_from_file_location"), Some(name))
                if arguments.keyword("loader").is_none() =>
            {
                let location = arguments.get(1, "location").and_then(|it| self.str_of(it));
                let origin = location.map_or(Value::None, |it| Value::str(&it));
                self.new_spec(name, Value::None, origin)
            }
            (("pkgutil", "extend_path"), Some(path)) => {
                let name = arguments.get(1, "name").and_then(|it| self.str_of(it));
                Some(self.extended_path(path, name.as_deref()))
            }
            (
                ("importlib.metadata" | "importlib.metadata.__init__", "version"),
                Some(Value::Str(name)),
            ) if self.world.is_complete => {
                let roots = [&self.world.project, &self.world.installed];
                let roots = roots.into_iter().flat_map(Finder::roots).cloned();
                let version = Distribution::version_in(&roots.collect::<Vec<_>>(), &name);
                version.map(|it| Value::str(&it))
            }
            (("pkgutil", name @ ("iter_modules" | "walk_packages")), _) => {
                self.modules_in_folders(asked, name == "walk_packages")?
            }
            (("posixpath" | "os.path", "realpath"), Some(path @ Value::Str(_))) => Some(path),
            (("posix" | "os", "fspath"), Some(path @ Value::Str(_))) => Some(path),
            // Where a program is started nobody knows: such a file is mostly one that somebody may put there.
            (
                ("genericpath" | "posixpath" | "os.path", "isfile" | "isdir" | "exists"),
                Some(Value::Str(path)),
            ) if !path.starts_with('/') => {
                let what = format!("the program starts in a folder without `{path}`");
                self.assume_here(Assumption { what, at });
                Some(Value::Bool(false))
            }
            // Classes.
            (("types", "new_class"), Some(_)) => Some(self.types_new_class(asked)?),
            (("types", "prepare_class"), Some(_)) => self.types_prepare_class(asked)?,
            (("types", "resolve_bases"), Some(bases)) => {
                let (bases, open) = self.iterate(&bases);
                if open {
                    return Ok(None);
                }
                let (resolved, _) = self.mro_entries(&bases, at)?;
                Some(Value::tuple(resolved))
            }
            (("collections", "namedtuple") | ("typing", "NamedTuple"), Some(_)) => {
                Some(self.make_named_tuple(asked)?)
            }
            (("collections", method), Some(receiver))
                if method.starts_with("namedtuple.<locals>.") =>
            {
                let method = &method["namedtuple.<locals>.".len()..];
                self.named_tuple_method(method, &receiver, asked)?
            }
            (("typing", "TypedDict"), Some(_)) => Some(self.make_typed_dict(asked)?),
            (("dataclasses", "dataclass"), Some(class @ Value::Class(_))) => {
                Some(self.dataclass(class, arguments, at)?)
            }
            (("dataclasses", "dataclass"), _) => {
                self.refused_options(arguments, at)?;
                self.dataclass_later(arguments)
            }
            (("dataclasses", "fields"), Some(value)) => self.fields_of(&value),
            (("dataclasses", "is_dataclass"), Some(value)) => {
                let class = match &value {
                    Value::Class(class) => Some(*class),
                    other => self.exact_class(other),
                };
                let class = class.filter(|&it| self.is_whole(it));
                let has = |it| self.find_in_mro(it, "__dataclass_fields__").is_some();
                class.map(|it| Value::Bool(has(it)))
            }
            (("dataclasses", "field"), _) => self.dataclass_field(arguments, at)?,
            (("dataclasses", "make_dataclass"), Some(_)) => Some(self.make_dataclass(asked)?),
            (("abc", "update_abstractmethods"), Some(given)) => {
                if let Value::Class(class) = given {
                    self.note_abstract_names(class);
                }
                Some(given)
            }
            (("abc", "ABCMeta.register"), Some(base)) => {
                if let (Value::Class(base), Some(virtual_one)) = (&base, &second) {
                    let holder = Holder::Abstract(*base);
                    self.note_held(holder, None, virtual_one, at);
                }
                second
            }
            (
                (module @ "abc", name @ "ABCMeta.__new__")
                | (module @ "enum", name @ ("EnumType.__new__" | "EnumMeta.__new__")),
                Some(Value::Class(meta)),
            ) => {
                let mut rest = arguments.clone();
                rest.positional.remove(0);
                Some(self.library_new(meta, (module, name), rest, at, asked.scope)?)
            }
            (
                ("enum", "EnumType.__call__" | "EnumMeta.__call__") | ("abc", "ABCMeta.__call__"),
                Some(Value::Class(class)),
            ) => {
                let mut rest = arguments.clone();
                rest.positional.remove(0);
                match self.call_known_class(class, &rest, at, asked.scope) {
                    Some(result) => Some(result?),
                    None => Some(self.instantiate(class, rest, at, asked.scope)?),
                }
            }
            // What has no value, or none that matters.
            (
                ("warnings", "warn" | "warn_explicit" | "filterwarnings" | "simplefilter")
                | ("sys", "setrecursionlimit")
                | ("gc", "collect")
                | ("locale", "setlocale"),
                _,
            ) => Some(Value::None),
            (("logging", "getLogger"), _) => self.instance_of("logging", "Logger"),
            (("re" | "re.__init__", name), Some(_)) => {
                match (name, self.regular_expression(name, asked)?) {
                    ("compile", None) => self.instance_of("re", "Pattern"),
                    (_, answer) => answer,
                }
            }
            (("sys", "intern"), Some(text)) => Some(text),
            (("_contextvars", method), Some(_)) if method.starts_with("ContextVar.") => {
                self.context_variable(&method["ContextVar.".len()..], asked)?
            }
            (
                (
                    "_contextvars" | "contextvars",
                    method @ ("copy_context" | "Context.run" | "Context.copy"),
                ),
                _,
            ) => self.context(method, asked)?,
            // Other blanks than ASCII's are blanks to some versions only.
            (("inspect", "cleandoc"), Some(Value::Str(text))) if text.is_ascii() => {
                Some(Value::str(&indentation::cleaned(&text)))
            }
            (("sys", "_getframe") | ("inspect", "currentframe"), _) => self.frame(asked),
            (("functools", function), Some(left)) if function.contains("_from_") => {
                second.and_then(|right| self.ordering_from(function, &left, &right))
            }
            (("bisect" | "_bisect", function), Some(_)) => self.bisected(function, asked)?,
            (("inspect", "getmembers"), _) => self.members_listed(asked)?,
            (("inspect", question), Some(value)) if question.starts_with("is") => {
                let decided = self.inspected(question, &value);
                decided.map(Value::Bool)
            }
            (("inspect", "getmro"), Some(class @ Value::Class(_))) => {
                Some(self.get_attribute(&class, &Name::const_new("__mro__"), at)?)
            }
            (("platform", "python_implementation"), _) => Some(Value::str("CPython")),
            (("platform", "system"), _) => self.system().map(Value::str),
            (("os", "getenv"), _) => self.environ_get(asked, 0),
            (("sys", "_getframemodulename"), _) => self.frame_module(asked),
            (("functools" | "_functools", "reduce"), Some(_)) => self.reduced(asked)?,
            (("itertools", "chain.from_iterable"), Some(_)) => {
                let over = arguments.positional.last().cloned().unwrap_or(Value::None);
                let over = self.iterator_of(&over, at)?;
                Some(self.composite(Composite::Chain(None, over)))
            }
            ((module, name), Some(receiver)) => {
                return self.library_method(module, name, &receiver, asked);
            }
            _ => None,
        })
    }

    /// Methods of the library's classes that create: `M.__new__`, `M.__init__` of metaclasses, and instance makers.
    fn library_method(
        &mut self,
        module: &str,
        name: &str,
        receiver: &Value,
        asked: &Asked<'_>,
    ) -> Eval<Option<Value>> {
        let Some((class, method)) = name.rsplit_once('.') else {
            return Ok(None);
        };
        if let Value::Object(id) = receiver {
            let id = *id;
            if matches!(self.object(id), Object::Iterator(_)) {
                return self.iterator_method(method, receiver, asked);
            }
            if (module, class) == ("collections", "deque") && self.list_inside(id).is_some() {
                return match self.deque_method(method, id, asked)? {
                    None => self.special_of_container(method, receiver, asked),
                    answer => Ok(answer),
                };
            }
            if (module, class) == ("contextlib", "ExitStack")
                || (module, class) == ("contextlib", "_BaseExitStack")
            {
                return self.exit_stack_method(method, receiver, asked);
            }
            if (module, class) == ("collections", "ChainMap") {
                return self.chain_map_method(method, receiver, asked);
            }
            if (module, class) == ("collections", "Counter")
                && let Some(answer) = self.counter_method(method, receiver, asked)?
            {
                return Ok(Some(answer));
            }
        }
        if let (("collections", "OrderedDict" | "defaultdict" | "Counter"), "fromkeys") =
            ((module, class), method)
            && let Some(class) = match receiver {
                Value::Class(class) => Some(*class),
                value => self.class_of(value),
            }
        {
            return self.from_keys(class, asked);
        }
        if self.is_environ(receiver) {
            return Ok(self.environ_method(method, asked));
        }
        match (method, receiver) {
            ("__new__", Value::Class(id)) => {
                let mut rest = asked.arguments.clone();
                rest.positional.remove(0);
                let id = *id;
                if self.classes.is_subclass(id, self.known.type_) {
                    return self
                        .library_new(id, (module, class), rest, asked.at, asked.scope)
                        .map(Some);
                }
                self.new_instance(id, &rest, asked.at).map(Some)
            }
            ("__init_subclass__", Value::Class(id)) if !asked.arguments.is_open() => {
                if let Some(owner) = self.world.facts.class(module, class)
                    && self.classes.is_subclass(*id, owner)
                {
                    let keywords = Keywords {
                        named: &asked.arguments.keywords,
                        open: false,
                    };
                    self.note_step(CreationStep::Library(owner, "__init_subclass__"));
                    self.library_init_subclass(owner, *id, keywords, asked.at, asked.scope)?;
                }
                Ok(Some(Value::None))
            }
            ("__init__" | "__init_subclass__" | "__setattr__", _) => {
                if method == "__setattr__" {
                    return self.builtin_method("object", method, asked);
                }
                Ok(Some(Value::None))
            }
            ("__class_getitem__", Value::Class(id)) => {
                let index = asked
                    .arguments
                    .positional
                    .get(1)
                    .cloned()
                    .unwrap_or(Value::None);
                let arguments = crate::evaluate::language::items::spread(&index);
                let alias = crate::evaluate::machine::value::Alias {
                    kind: crate::evaluate::machine::value::AliasKind::Generic,
                    origin: Value::Class(*id),
                    arguments,
                };
                Ok(Some(self.allocate(Object::Alias(alias))))
            }
            ("__prepare__", _) => Ok(Some(self.allocate(Object::Dict(Dict::default())))),
            // `OrderedDict`, `defaultdict`, `UserDict`: the methods of the dict inside.
            (method, _)
                if matches!(
                    (module, class),
                    ("collections", "OrderedDict" | "defaultdict" | "Counter")
                        | ("weakref", "WeakValueDictionary" | "WeakKeyDictionary")
                ) =>
            {
                self.builtin_method("dict", method, asked)
            }
            _ => Ok(None),
        }
    }

    fn mark(&mut self, value: &Value, name: &'static str, at: Option<Place>) -> Eval<()> {
        self.set_attribute(value, &Name::const_new(name), Value::Bool(true), at)
    }

    /// An instance of one of the interpreter's classes.
    fn instance_of(&mut self, module: &str, name: &str) -> Option<Value> {
        let class = self.world.facts.class(module, name)?;
        let mut instance = Instance::of(class);
        instance.open = true;
        Some(self.allocate(Object::Instance(instance)))
    }

    /// Calls an instance of one of the library's classes: a cached function, a `partial`, a `NewType`.
    pub(crate) fn call_table_instance(
        &mut self,
        callee: &Value,
        class: ClassId,
        arguments: &Arguments,
        at: Option<Place>,
        scope: ScopeId,
    ) -> Option<Eval> {
        if !self.classes.is_interpreters(class) {
            return None;
        }
        let Value::Object(id) = callee else {
            return None;
        };
        let Object::Instance(instance) = self.object(*id) else {
            return None;
        };
        let path = &self.classes.get(class).path;
        match (path.module.as_str(), path.qualname.as_str()) {
            ("functools", "_lru_cache_wrapper") => self.call_cached(*id, arguments, at, scope),
            ("builtins", "object") => {
                let function = instance.names.get("<cmp>")?.value.clone();
                let of = arguments.positional.first().cloned();
                Some(Ok(self.comparison_key(&function, of)))
            }
            ("functools", "partial") => {
                let function = instance.names.get("func")?.value.clone();
                let Some(Value::Tuple(bound)) = instance.payload.clone() else {
                    return None;
                };
                let mut all = Arguments {
                    positional: bound.to_vec(),
                    ..arguments.clone()
                };
                all.positional.extend(arguments.positional.iter().cloned());
                let keywords = instance.names.get("keywords").map(|it| it.value.clone());
                if let Some((entries, _)) = keywords.and_then(|it| self.dict_entries(&it)) {
                    for (key, value) in entries {
                        if let Value::Str(name) = key
                            && all.keyword(&name).is_none()
                        {
                            all.keywords.push((Name::from(&*name), value));
                        }
                    }
                }
                Some(self.call(&function, all, at, scope))
            }
            ("typing", "NewType") => arguments.positional.first().cloned().map(Ok),
            // A context manager that decorates a function (`ContextDecorator.__call__`).
            ("contextlib", "_GeneratorContextManager") => {
                arguments.positional.first().cloned().map(Ok)
            }
            ("operator" | "_operator", kind) => {
                let (kind, getter) = (Name::from(kind), instance.clone());
                self.call_getter(&kind, &getter, arguments, at, scope)
            }
            _ => None,
        }
    }
}
