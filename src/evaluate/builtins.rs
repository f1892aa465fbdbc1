//! Calls that have no source: the interpreter's functions and classes, by their path.

pub(super) mod alike;
pub(super) mod arity;
pub(super) mod codec;
pub(super) mod constructors;
pub(super) mod containers;
pub(super) mod conversions;
pub(super) mod dicts;
pub(super) mod executed_text;
pub(super) mod functions;
pub(super) mod hashes;
pub(super) mod listing;
pub(super) mod lists;
pub(super) mod native_operators;
pub(super) mod numbers;
pub(super) mod places;
pub(super) mod properties;
pub(super) mod pure;
pub(super) mod ranges;
pub(super) mod return_types;
pub(super) mod scope_dicts;
pub(super) mod sets;
pub(super) mod sides;
pub(super) mod sorting;
pub(super) mod text;
pub(super) mod text_parts;
pub(super) mod views;

use std::sync::Arc;

use crate::Name;
use crate::evaluate::language::operators::is_constant;
use crate::evaluate::machine::arguments::Arguments;
use crate::evaluate::machine::asked::Asked;
use crate::evaluate::machine::fault::{Fault, Pure};
use crate::evaluate::machine::run::{Eval, Run};
use crate::evaluate::machine::scope::ScopeKind;
use crate::evaluate::machine::value::{Code, Definition, Dict, Instance, Object, ScopeId, Value};
use crate::semantics::{ClassId, ClassPath, Why};
use crate::source::Place;
use crate::syntax::Call;

impl Run<'_, '_> {
    /// Calls a function without source.
    pub(super) fn call_native(
        &mut self,
        path: &Arc<ClassPath>,
        arguments: Arguments,
        at: Option<Place>,
        scope: ScopeId,
    ) -> Eval {
        let asked = Asked {
            path,
            arguments,
            at,
            scope,
        };
        if let Some(result) = self.call_traced(&asked) {
            return result;
        }
        if matches!(path.module.as_str(), "os" | "posix" | "nt")
            && path.qualname == "fspath"
            && let [value] = asked.arguments.positional.as_slice()
            && self.is_dispatched(value, value)
            && let Some(text) = self.path_of(&value.clone(), at)?
        {
            return Ok(text);
        }
        if let Some(bound) = self.bound_by_hand(&asked) {
            return Ok(bound);
        }
        if Self::looks_only(path)
            && let Some(each) = self.call_on_sides(&asked.arguments, at, &mut |run, arguments| {
                run.call_native(path, arguments, at, scope)
            })
        {
            return each;
        }
        let (gaps, objects) = (self.gaps.len(), self.heap.len());
        let before = self.gone_through_by(&asked.arguments);
        let pure = self.pure_call(&asked);
        let is_too_large = matches!(pure, Some(Err(Fault::Budget)));
        let answer = match path.module.as_str() {
            _ if pure.is_some() => match pure {
                Some(made) => self.settled(made, at)?,
                None => None,
            },
            "builtins" => match path.qualname.split_once('.') {
                Some((class, method)) => self.builtin_method(class, method, &asked)?,
                None => self.builtin_function(&asked)?,
            },
            _ => self.library_function(&asked)?,
        };
        if answer.is_none() {
            self.native_not_followed(&asked);
        }
        let result = match answer {
            // That it is one of several things says no more than its class.
            Some(value) if !self.is_nothing_known(&value) => value,
            answer => {
                let why = if is_too_large {
                    Why::Budget
                } else {
                    Why::NotFollowed
                };
                match self.result_class(asked.path, asked.first()) {
                    Some(class) => self.some(class, why, at),
                    None => answer.unwrap_or_else(|| self.gap_for(at, why)),
                }
            }
        };
        let is_new = match &result {
            Value::Gap(id) => id.0 as usize >= gaps,
            Value::Object(id) => id.0 as usize >= objects,
            _ => false,
        };
        if is_new {
            self.note_given_back(&result, &asked, &before);
        }
        Ok(result)
    }

    /// What the tables of functions that only compute give; none where the function stands in none of them.
    fn pure_call(&mut self, asked: &Asked<'_>) -> Option<Pure> {
        let name = asked.path.qualname.as_str();
        match asked.path.module.as_str() {
            "builtins" => match name.split_once('.') {
                Some((
                    _,
                    "__new__" | "__init__" | "__init_subclass__" | "__class_getitem__"
                    | "__setattr__" | "__delattr__" | "__getattribute__" | "__get__"
                    | "__reduce_ex__" | "__reduce__" | "__getnewargs__" | "__sizeof__" | "__dir__"
                    | "__iter__" | "__subclasshook__",
                )) => None,
                Some((class @ ("str" | "bytes"), method)) => {
                    Some(self.text_method(class, method, asked))
                }
                Some(("int" | "bool", method)) => Some(self.int_method(method, asked)),
                Some(("float", method)) => Some(self.float_method(method, asked)),
                Some(("complex", method)) => Some(self.complex_method(method, asked)),
                Some(_) => None,
                None => self.pure_builtin(asked),
            },
            "functools" | "_functools" => self.caching_function(name, asked),
            _ => self.library_pure(asked),
        }
    }

    /// `function.__get__(obj, owner)` of functions, with source or without: a method. Of class methods and static methods likewise.
    fn bound_by_hand(&self, asked: &Asked<'_>) -> Option<Value> {
        let bare = asked.path.qualname.strip_suffix(".__get__")?;
        let module = &asked.path.module;
        if let [on @ Value::Object(_), obj, ..] = asked.arguments.positional.as_slice() {
            let inside = self.class_method_inside(on);
            let Value::Object(id) = inside.as_ref().unwrap_or(on) else {
                return None;
            };
            match self.object(*id) {
                Object::StaticMethod(inner) if bare == "staticmethod" => {
                    return Some(inner.clone());
                }
                Object::ClassMethod(inner) if bare == "classmethod" => {
                    let owner = match asked.arguments.positional.get(2) {
                        Some(owner) if !matches!(owner, Value::None) => owner.clone(),
                        _ => Value::Class(self.class_of(obj)?),
                    };
                    return Some(Value::Method(Arc::new((inner.clone(), owner))));
                }
                _ => {}
            }
        }
        let (function, obj) = match asked.arguments.positional.as_slice() {
            [function @ Value::Object(_), obj, ..]
                if bare == "function"
                    && module == "builtins"
                    && self.function(function).is_some() =>
            {
                (function.clone(), obj)
            }
            [function @ Value::Native(_), obj, ..]
                if module == "builtins"
                    && matches!(
                        bare,
                        "function" | "method_descriptor" | "wrapper_descriptor"
                    ) =>
            {
                (function.clone(), obj)
            }
            _ => return None,
        };
        Some(match obj {
            Value::None => function,
            obj => Value::Method(Arc::new((function, obj.clone()))),
        })
    }

    fn is_nothing_known(&self, value: &Value) -> bool {
        matches!(value, Value::Gap(id) if self.gaps[id.0].class.is_none() && self.candidates(value).is_none())
    }

    /// Whether a function of the standard library's own source is told by [`Run::call_native`] instead.
    #[expect(clippy::unused_self, reason = "reads like its neighbours")]
    pub(super) fn has_native(&self, path: &ClassPath) -> bool {
        Self::is_library_pure(&path.module, &path.qualname)
            || matches!(
                (path.module.as_str(), path.qualname.as_str()),
                ("collections", "namedtuple")
                    | (
                        "typing",
                        "NamedTuple"
                            | "TypedDict"
                            | "cast"
                            | "get_origin"
                            | "get_args"
                            | "_eval_type"
                            | "NewType"
                            | "final"
                            | "runtime_checkable"
                            | "overload"
                    )
                    | ("types", "new_class" | "prepare_class" | "resolve_bases")
                    | (
                        "re" | "re.__init__",
                        "compile"
                            | "match"
                            | "search"
                            | "fullmatch"
                            | "sub"
                            | "subn"
                            | "split"
                            | "findall"
                            | "finditer"
                            | "escape"
                    )
                    | ("os", "getenv")
                    | ("asyncio.runners", "run")
                    | ("textwrap", "dedent")
                    | ("inspect", "currentframe" | "getmro" | "getmembers")
                    | ("platform", "python_implementation" | "system")
                    | (
                        "warnings",
                        "warn" | "warn_explicit" | "filterwarnings" | "simplefilter"
                    )
                    | ("dataclasses", "dataclass" | "make_dataclass")
                    | (
                        "functools",
                        "wraps"
                            | "update_wrapper"
                            | "total_ordering"
                            | "lru_cache"
                            | "cache"
                            | "reduce"
                    )
                    | ("abc", "abstractmethod")
                    | ("contextlib", "contextmanager" | "asynccontextmanager")
                    | ("importlib" | "importlib.__init__", "import_module")
                    | (
                        "importlib.metadata" | "importlib.metadata.__init__",
                        "version"
                    )
                    | (
                        "enum",
                        "unique" | "global_enum" | "_simple_enum" | "Enum.__new__"
                    )
            )
    }

    /// The path of a function that stands in the standard library's own source, while that is the project.
    pub(super) fn library_path(&self, function: &Definition) -> Option<Arc<ClassPath>> {
        if !self.world.is_standard_library {
            return None;
        }
        let module = self.module(function.module).name.clone();
        matches!(function.code, Code::Def(_))
            .then(|| Arc::new(ClassPath::new(module, function.qualname.clone())))
    }

    /// `super()`, `globals()` and their kind, which look at the frame that calls them.
    pub(super) fn frame_call(
        &mut self,
        name: &Name,
        call: &Call,
        scope: ScopeId,
        at: Option<Place>,
    ) -> Eval<Option<Value>> {
        if !call.keywords.is_empty() {
            return Ok(None);
        }
        Ok(match (name.as_str(), &*call.arguments) {
            ("super", []) => {
                let class = self.class_around(scope);
                let receiver = self.receiver_of(scope);
                match (class, receiver) {
                    (Some(after), Some(receiver)) => Some(self.new_super(after, receiver, at)?),
                    // It looks for the first argument of the function that calls it (`super_init_without_args`).
                    _ if self.scope(scope).kind != ScopeKind::Function => {
                        let message = String::from("super(): no arguments");
                        return Err(self.throw(self.known.runtime_error, message, at));
                    }
                    _ => Some(self.gap_for(at, Why::Input)),
                }
            }
            ("super", [class, receiver]) => {
                let class = self.eval(class, scope)?;
                let receiver = self.eval(receiver, scope)?;
                match class {
                    Value::Class(after) => Some(self.new_super(after, receiver, at)?),
                    _ => Some(self.gap_for(at, Why::Input)),
                }
            }
            ("globals", []) => {
                let module = self.scope(scope).module;
                let scope = self.module(module).scope;
                Some(self.namespace_dict(scope))
            }
            ("locals" | "vars", []) => Some(self.namespace_dict(scope)),
            ("dir", []) => {
                self.allocates(self.scope(scope).names.len());
                let mut names: Vec<Name> = self.scope(scope).names.keys().cloned().collect();
                names.sort_unstable();
                Some(self.list(names.iter().map(|it| Value::str(it)).collect()))
            }
            _ => None,
        })
    }

    /// The first argument of the function a scope belongs to.
    fn receiver_of(&self, scope: ScopeId) -> Option<Value> {
        let mut at = Some(scope);
        while let Some(id) = at {
            let here = self.scope(id);
            if here.kind == ScopeKind::Function && here.function.is_some() {
                return here.receiver.clone();
            }
            at = here.parent;
        }
        None
    }

    /// Classes of the interpreter whose call does something of its own.
    pub(super) fn call_known_class(
        &mut self,
        class: ClassId,
        arguments: &Arguments,
        at: Option<Place>,
        scope: ScopeId,
    ) -> Option<Eval> {
        if !self.classes.is_interpreters(class) {
            if self.is_enum(class)
                && arguments.positional.is_empty()
                && arguments.keywords.is_empty()
                && !arguments.is_open()
                && !self.is_at_least(14)
                && !self
                    .metaclass_of(class)
                    .is_some_and(|it| self.user_defines(it, "__call__"))
            {
                // `EnumType.__call__` takes at least a value; until 3.9 messages do not name the class.
                let by = match () {
                    () if self.is_at_least(11) => "EnumType.__call__()",
                    () if self.is_at_least(10) => "EnumMeta.__call__()",
                    () => "__call__()",
                };
                let message = format!("{by} missing 1 required positional argument: 'value'");
                return Some(Err(self.throw(self.known.type_error, message, at)));
            }
            if self.is_enum(class) && arguments.positional.len() >= 2 {
                return Some(self.functional_enum(class, arguments, at, scope));
            }
            if let [value] = arguments.positional.as_slice()
                && self.enum_facts.contains_key(&class)
            {
                let value = value.clone();
                return Some(self.member_of_value(class, &value, at));
            }
            return None;
        }
        let known = self.known;
        if class == known.type_ {
            return None;
        }
        if self.is_made_anew(class)
            && let Some(each) = self.call_on_sides(arguments, at, &mut |run, arguments| {
                run.call(&Value::Class(class), arguments, at, scope)
            })
        {
            return Some(each);
        }
        if let Some(made) = self.constant_from(class, arguments, at) {
            return Some(match self.settled(made, at) {
                Ok(Some(value)) => Ok(value),
                Ok(None) => Ok(self.some(class, Why::Input, at)),
                Err(thrown) => Err(thrown),
            });
        }
        let first = arguments.positional.first().cloned();
        if let Some(thrown) = self.misfit_of_container(class, arguments, at) {
            return Some(Err(thrown));
        }
        let items = |run: &mut Self| {
            let nothing = Value::tuple(vec![]);
            let given = first.clone().unwrap_or(nothing);
            if class == known.list {
                run.items_of_list(&given, at)
            } else {
                run.items_to_keep(&given, at)
            }
        };
        let value = if class == known.property {
            self.allocate(arguments.property(0))
        } else if self.is_library_class(class, "abc", "abstractproperty") {
            match self.new_instance(class, arguments, at) {
                Ok(made) => made,
                raised => return Some(raised),
            }
        } else if [known.classmethod, known.staticmethod].contains(&class)
            && !arguments.is_open()
            && (arguments.positional.len() != 1 || !arguments.keywords.is_empty())
        {
            return Some(Err(self.raise_of("TypeError", None, at)));
        } else if class == known.classmethod {
            self.allocate(Object::ClassMethod(first?))
        } else if class == known.staticmethod {
            self.allocate(Object::StaticMethod(first?))
        } else if class == known.method && !arguments.is_open() {
            return self.new_method(arguments, at);
        } else if class == known.super_ {
            match (first, arguments.positional.get(1)) {
                (Some(Value::Class(after)), Some(receiver)) => {
                    return Some(self.new_super(after, receiver.clone(), at));
                }
                _ => self.gap_for(at, Why::Input),
            }
        } else if class == known.tuple {
            let (items, open) = match items(self) {
                Ok(it) => (it.items, it.open),
                Err(thrown) => return Some(Err(thrown)),
            };
            if open {
                let value = self.some(class, Why::Input, at);
                if let Value::Gap(id) = value {
                    self.beginnings.insert(id, items.into());
                }
                value
            } else {
                Value::tuple(items)
            }
        } else if class == known.list {
            let (items, open) = match items(self) {
                Ok(it) => (it.items, it.open),
                Err(thrown) => return Some(Err(thrown)),
            };
            self.allocate(Object::List { items, open })
        } else if class == known.set || class == known.frozenset {
            let made = self.set_from(first.as_ref(), class == known.frozenset, at);
            return Some(made);
        } else if class == known.dict {
            let mut dict = Dict::default();
            if let Some(value) = &first
                && let Err(thrown) = self.updated(&mut dict, value, at)
            {
                return Some(Err(thrown));
            }
            dict.replaced |= arguments.open_keywords && !dict.entries.is_empty();
            for (name, value) in &arguments.keywords {
                dict.insert(Value::str(name), value.clone());
            }
            dict.open |= arguments.open_keywords;
            self.allocate(Object::Dict(dict))
        } else if class == known.object {
            self.allocate(Object::Instance(Instance::of(class)))
        } else {
            return self.call_library_class(class, arguments, at, scope);
        };
        Some(Ok(value))
    }

    /// `types.MethodType(function, object)` (`method_new_impl`).
    fn new_method(&mut self, arguments: &Arguments, at: Option<Place>) -> Option<Eval> {
        let message = match arguments.positional.as_slice() {
            _ if !arguments.keywords.is_empty() => "method() takes no keyword arguments",
            [function, _] if is_constant(function) => "first argument must be callable",
            [_, Value::None] if self.is_at_least(11) => "instance must not be None",
            [_, Value::None] => "self must not be None",
            [function, object] => {
                let pair = (function.clone(), object.clone());
                return (!function.is_gap()).then(|| Ok(Value::Method(Arc::new(pair))));
            }
            given => {
                let message = format!("method expected 2 arguments, got {}", given.len());
                return Some(Err(self.throw(self.known.type_error, message, at)));
            }
        };
        Some(Err(self.throw(
            self.known.type_error,
            String::from(message),
            at,
        )))
    }
}
