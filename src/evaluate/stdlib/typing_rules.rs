//! What `typing` demands of the classes that derive from its own: `Generic`, `Protocol`, `NamedTuple`, `TypedDict`.

use crate::Name;
use crate::evaluate::machine::run::{Eval, Run};
use crate::evaluate::machine::value::{Alias, AliasKind, Namespace, Object, Value};
use crate::semantics::{
    ClassId, DescriptorKind, Made, Member, MemberKind, MemberOrigin, Members, added,
};
use crate::source::{Place, PythonVersion};

/// Classes of `collections.abc` that protocols may derive from (`typing._PROTO_ALLOWLIST`).
const ABSTRACT: &[&str] = &[
    "Callable",
    "Awaitable",
    "Iterable",
    "Iterator",
    "AsyncIterable",
    "Hashable",
    "Sized",
    "Container",
    "Collection",
    "Reversible",
    "Buffer",
];

/// Names that a `NamedTuple` may not bind (`typing._prohibited`).
const KEPT: &[&str] = &[
    "__new__",
    "__init__",
    "__slots__",
    "__getnewargs__",
    "_fields",
    "_field_defaults",
    "_make",
    "_replace",
    "_asdict",
    "_source",
];

impl Run<'_, '_> {
    /// `Generic.__init_subclass__`: the type parameters of a class, and what is wrong with them.
    ///
    /// ```py
    /// class C(Generic): ...                  # TypeError: Cannot inherit from plain Generic
    /// class D(Generic[T], Sequence[U]): ...  # TypeError: Some type variables (~U) are not listed in Generic[~T]
    /// ```
    pub(crate) fn generic_init_subclass(&mut self, id: ClassId, at: Option<Place>) -> Eval<()> {
        let written = self.original_bases(id);
        // It may be among what is not known of the namespace.
        if written.is_none() && self.unlisted.contains_key(&id) {
            return Ok(());
        }
        let is_generic =
            |run: &Self, value: &Value| matches!(value, Value::Class(it) if run.is_generic(*it));
        let made = self
            .classes
            .made(id)
            .map(|made| (made.bases.clone(), made.metaclass));
        let Some((bases, metaclass)) = made else {
            return Ok(());
        };
        let is_plain = if let Some(written) = &written {
            written.iter().any(|it| is_generic(self, it))
        } else {
            let is_typed_dict = self.world.version >= PythonVersion::three(11)
                && self.is_library_class(metaclass, "typing", "_TypedDictMeta");
            bases.iter().any(|&it| self.is_generic(it))
                && self.classes.get(id).path.name() != "Protocol"
                && !is_typed_dict
        };
        if is_plain {
            let message = String::from("Cannot inherit from plain Generic");
            return Err(self.verdict("TypeError", message, at));
        }
        let Some(written) = written else {
            self.generic_parameters.insert(id, vec![]);
            return Ok(());
        };
        let Some(all) = self.type_parameters(&written) else {
            return Ok(());
        };
        let mut named: Option<Vec<Value>> = None;
        for base in &written {
            let Some(alias) = self.alias_of(base) else {
                continue;
            };
            if !is_generic(self, &alias.origin) {
                continue;
            }
            if named.is_some() {
                let times = if self.world.version >= PythonVersion::three(11) {
                    "times"
                } else {
                    "types"
                };
                let message = format!("Cannot inherit from Generic[...] multiple {times}.");
                return Err(self.verdict("TypeError", message, at));
            }
            named = self.type_parameters(&alias.arguments);
        }
        let parameters = match named {
            Some(named) => {
                let missing: Vec<&Value> = all
                    .iter()
                    .filter(|it| !named.iter().any(|other| other.same(it)))
                    .collect();
                if !missing.is_empty() {
                    let missing: Vec<String> =
                        missing.iter().map(|it| self.type_repr(it)).collect();
                    let named: Vec<String> = named.iter().map(|it| self.type_repr(it)).collect();
                    let message = format!(
                        "Some type variables ({}) are not listed in Generic[{}]",
                        missing.join(", "),
                        named.join(", ")
                    );
                    return Err(self.verdict("TypeError", message, at));
                }
                named
            }
            None => all,
        };
        self.generic_parameters.insert(id, parameters);
        Ok(())
    }

    /// `__orig_bases__` in the own namespace.
    fn original_bases(&mut self, id: ClassId) -> Option<Vec<Value>> {
        let value = self
            .class_names
            .get(&id)?
            .get("__orig_bases__")?
            .value
            .clone();
        match value {
            Value::Tuple(items) => Some(items.to_vec()),
            _ => None,
        }
    }

    pub(super) fn alias_of(&self, value: &Value) -> Option<Alias> {
        match value {
            Value::Object(id) => match self.object(*id) {
                Object::Alias(alias) => Some(alias.clone()),
                _ => None,
            },
            _ => None,
        }
    }

    /// Whether a value is a type variable, or one of its kind.
    fn is_type_variable(&self, value: &Value) -> bool {
        ["TypeVar", "ParamSpec", "TypeVarTuple"]
            .iter()
            .any(|kind| self.is_instance_of_typing(value, kind))
    }

    pub(crate) fn is_instance_of_typing(&self, value: &Value, kind: &str) -> bool {
        let Value::Object(id) = value else {
            return false;
        };
        match self.object(*id) {
            Object::Instance(instance) => {
                let path = &self.classes.get(instance.class).path;
                path.qualname == kind
                    && (path.module == "typing" || path.module == "_typing")
                    && (self.classes.is_interpreters(instance.class)
                        || self.world.is_standard_library)
            }
            _ => false,
        }
    }

    /// `typing._collect_parameters`: the type variables in these arguments, each once; none where not all of them are known.
    pub(super) fn type_parameters(&self, arguments: &[Value]) -> Option<Vec<Value>> {
        let mut found: Vec<Value> = vec![];
        for argument in arguments {
            let inner = match argument {
                Value::Gap(_) => return None,
                value if self.is_type_variable(value) => vec![value.clone()],
                Value::Tuple(items) => self.type_parameters(items)?,
                Value::Object(id) => match self.object(*id) {
                    Object::Alias(alias) => self.type_parameters(&alias.arguments)?,
                    Object::Instance(_) if let Some(alias) = self.alias_in_source(argument) => {
                        self.type_parameters(&alias.arguments)?
                    }
                    Object::List { items, open: false } => self.type_parameters(items)?,
                    Object::Instance(instance) if instance.open && self.is_unpacked(argument) => {
                        return None;
                    }
                    _ => vec![],
                },
                _ => vec![],
            };
            for value in inner {
                if !found.iter().any(|it| it.same(&value)) {
                    found.push(value);
                }
            }
        }
        Some(found)
    }

    fn is_unpacked(&self, value: &Value) -> bool {
        self.table_name_of(value).is_none()
    }

    /// What `Class[arguments]` raises where the class is generic (`Generic.__class_getitem__`).
    pub(super) fn check_generic(
        &mut self,
        class: ClassId,
        arguments: &[Value],
        at: Option<Place>,
    ) -> Eval<()> {
        if arguments.iter().any(Value::is_gap) {
            return Ok(());
        }
        if self.is_generic(class) || self.is_library_class(class, "typing", "Protocol") {
            return self.check_variables(class, arguments, at);
        }
        // `cls in (Generic, Protocol)` asks the metaclass: that of `typing_extensions.Protocol` says yes.
        let metaclass = self.metaclass_of(class);
        if metaclass.is_none_or(|it| self.user_defines(it, "__eq__")) {
            return Ok(());
        }
        let Some(parameters) = self.generic_parameters.get(&class) else {
            return Ok(());
        };
        // These take any number of arguments, or lists of them.
        let is_odd = |it: &Value| !self.is_instance_of_typing(it, "TypeVar");
        if parameters.iter().any(is_odd) || self.has_defaults(parameters) {
            return Ok(());
        }
        let (given, expected) = (arguments.len(), parameters.len());
        if given == expected {
            return Ok(());
        }
        let shown = self.shown_class(class);
        if expected == 0 {
            let message = format!("{shown} is not a generic class");
            return Err(self.verdict("TypeError", message, at));
        }
        let version = self.world.version;
        let few = if given > expected { "many" } else { "few" };
        let what = if version >= PythonVersion::three(10) {
            "arguments"
        } else {
            "parameters"
        };
        let least = if version >= PythonVersion::three(13) && given < expected {
            "at least "
        } else {
            ""
        };
        let message =
            format!("Too {few} {what} for {shown}; actual {given}, expected {least}{expected}");
        Err(self.verdict("TypeError", message, at))
    }

    /// Whether a type variable has a default (PEP 696): it may be left out.
    pub(super) fn has_defaults(&self, parameters: &[Value]) -> bool {
        parameters.iter().any(|it| match it {
            Value::Object(id) => match self.object(*id) {
                Object::Instance(instance) => instance.names.contains_key("__default__"),
                _ => false,
            },
            _ => false,
        })
    }

    /// `Generic[…]` and `Protocol[…]` take type variables, each once.
    fn check_variables(
        &mut self,
        class: ClassId,
        arguments: &[Value],
        at: Option<Place>,
    ) -> Eval<()> {
        let name = self.classes.get(class).path.name().to_owned();
        // An unpacked `*Ts` is no type variable and is taken all the same.
        let is_other = |it: &Value| match it {
            Value::Class(_) | Value::None | Value::Int(_) | Value::Str(_) => true,
            Value::Object(id) => {
                matches!(self.object(*id), Object::Alias(alias)
                    if !matches!(alias.kind, AliasKind::Special | AliasKind::Annotated))
            }
            _ => false,
        };
        let message = if arguments.iter().any(is_other) {
            let or = if self.world.version >= PythonVersion::three(10) {
                " or parameter specification variables."
            } else {
                ""
            };
            format!("Parameters to {name}[...] must all be type variables{or}")
        } else if (1..arguments.len())
            .any(|at| arguments[..at].iter().any(|it| it.same(&arguments[at])))
        {
            format!("Parameters to {name}[...] must all be unique")
        } else {
            return Ok(());
        };
        Err(self.verdict("TypeError", message, at))
    }

    /// `Protocol.__init_subclass__`; since 3.12 its metaclass looks at the bases before there is a class.
    pub(crate) fn protocol_init_subclass(&mut self, id: ClassId, at: Option<Place>) -> Eval<()> {
        if self.world.version >= PythonVersion::three(12) {
            return Ok(());
        }
        let bases = self.classes.made(id).map(|made| made.bases.clone());
        self.check_protocol(&bases.unwrap_or_default(), at)
    }

    /// The bases of a protocol are protocols.
    pub(crate) fn check_protocol(&mut self, bases: &[ClassId], at: Option<Place>) -> Eval<()> {
        if !bases
            .iter()
            .any(|&it| self.is_library_class(it, "typing", "Protocol"))
        {
            return Ok(());
        }
        let odd = bases
            .iter()
            .copied()
            .find(|&it| !self.may_be_under_protocol(it));
        let Some(odd) = odd else { return Ok(()) };
        let shown = self.shown_class(odd);
        let message = format!("Protocols can only inherit from other protocols, got {shown}");
        Err(self.verdict("TypeError", message, at))
    }

    fn may_be_under_protocol(&self, base: ClassId) -> bool {
        if base == self.known.object || self.is_generic(base) {
            return true;
        }
        if self.is_library_class(base, "typing", "Protocol") {
            return true;
        }
        let path = &self.classes.get(base).path;
        let name = path.name();
        let is_library = self.classes.is_interpreters(base) || self.world.is_standard_library;
        let is_listed = match path.module.as_str() {
            "collections.abc" | "_collections_abc" => {
                ABSTRACT.contains(&name)
                    && (name != "Buffer" || self.world.version >= PythonVersion::three(12))
            }
            "contextlib" => matches!(
                name,
                "AbstractContextManager" | "AbstractAsyncContextManager"
            ),
            "os" => name == "PathLike" && self.world.version >= PythonVersion::three(14),
            "io" => {
                matches!(name, "Reader" | "Writer")
                    && self.world.version >= PythonVersion::three(14)
            }
            _ => false,
        };
        is_library && is_listed || self.is_protocol(base)
    }

    /// Whether a class is a protocol rather than a class that keeps to one; it may say so of itself.
    pub(crate) fn is_protocol(&self, class: ClassId) -> bool {
        let derives = self.classes.made(class).is_some_and(|made| {
            made.bases
                .iter()
                .any(|&it| self.is_library_class(it, "typing", "Protocol"))
        });
        derives || self.says_protocol(class)
    }

    fn says_protocol(&self, base: ClassId) -> bool {
        self.class_names
            .get(&base)
            .and_then(|names| names.get("_is_protocol"))
            .is_some_and(|it| self.truth(&it.value) != Some(false))
    }

    /// What `NamedTupleMeta.__new__` refuses.
    pub(super) fn check_named_tuple(
        &mut self,
        bases: &[Value],
        fields: &[Name],
        names: &Namespace,
        at: Option<Place>,
    ) -> Eval<()> {
        let is_own = |run: &Self, base: &Value| match base {
            Value::Class(id) => {
                run.is_library_class(*id, "typing", "NamedTuple")
                    || run.is_library_class(*id, "typing", "_NamedTuple")
                    || run.is_generic(*id)
            }
            Value::Gap(_) => true,
            _ => false,
        };
        if self.world.version >= PythonVersion::three(11)
            && bases.iter().any(|base| !is_own(self, base))
        {
            let message = String::from("can only inherit from a NamedTuple type and Generic");
            return Err(self.verdict("TypeError", message, at));
        }
        let mut with_default: Vec<&Name> = vec![];
        for field in fields {
            if names.contains_key(field) {
                with_default.push(field);
            } else if !with_default.is_empty() {
                let s = if with_default.len() > 1 { "s" } else { "" };
                let listed: Vec<&str> = with_default.iter().map(|it| it.as_str()).collect();
                let message = format!(
                    "Non-default namedtuple field {field} cannot follow default field{s} {}",
                    listed.join(", ")
                );
                return Err(self.verdict("TypeError", message, at));
            }
        }
        if let Some(field) = fields.iter().find(|it| it.starts_with('_')) {
            let message = format!("Field names cannot start with an underscore: '{field}'");
            return Err(self.verdict("ValueError", message, at));
        }
        // `__slots__` and the like are bound by the body itself.
        let kept = names
            .iter()
            .find(|(name, binding)| KEPT.contains(&name.as_str()) && binding.at.is_some());
        if let Some((name, _)) = kept {
            let message = format!("Cannot overwrite NamedTuple attribute {name}");
            return Err(self.verdict("AttributeError", message, at));
        }
        Ok(())
    }

    /// What `_TypedDictMeta.__new__` refuses.
    pub(super) fn check_typed_dict(&mut self, bases: &[Value], at: Option<Place>) -> Eval<()> {
        let is_own = |run: &Self, base: &Value| match base {
            Value::Class(id) => {
                run.metaclass_of(*id)
                    .is_none_or(|it| run.is_library_class(it, "typing", "_TypedDictMeta"))
                    || run.is_generic(*id) && run.world.version >= PythonVersion::three(11)
            }
            Value::Gap(_) => true,
            _ => false,
        };
        if bases.iter().all(|base| is_own(self, base)) {
            return Ok(());
        }
        let message = String::from(
            "cannot inherit from both a TypedDict type and a non-TypedDict base class",
        );
        Err(self.verdict("TypeError", message, at))
    }

    /// What `_TypedDictMeta.__new__` puts into the class it makes.
    pub(crate) fn add_typed_dict_keys(&self, class: ClassId, made: &Made, own: &mut Members) {
        if !self.is_library_class(made.metaclass, "typing", "_TypedDictMeta")
            || self.classes.get(class).path.module == "typing"
        {
            return;
        }
        let mut names = vec!["__required_keys__", "__optional_keys__", "__total__"];
        if self.world.version >= PythonVersion::three(12) {
            names.push("__orig_bases__");
        }
        if self.world.version >= PythonVersion::three(13) {
            names.extend(["__readonly_keys__", "__mutable_keys__"]);
        }
        if self.world.version < PythonVersion::three(14) {
            names.push("__annotations__");
        }
        for name in names {
            own.entry(name.into()).or_insert_with(|| Member {
                origin: MemberOrigin::Created,
                ..added(MemberKind::Value, DescriptorKind::None)
            });
        }
    }

    /// `typing._type_repr`: how a type is shown inside of another's brackets.
    pub(crate) fn type_repr(&self, value: &Value) -> String {
        match value {
            Value::None => String::from("None"),
            Value::Ellipsis => String::from("..."),
            Value::Class(class) if *class == self.known.none_type => String::from("None"),
            Value::Class(class) => {
                let path = &self.classes.get(*class).path;
                if path.module == "builtins" {
                    return path.qualname.to_string();
                }
                format!("{}.{}", path.module, path.qualname)
            }
            value if self.is_type_variable(value) => self.variable_repr(value),
            Value::Object(id) => match self.object(*id) {
                Object::Alias(alias) => {
                    let named = match alias.kind {
                        AliasKind::Named => self.name_in_typing(&alias.origin),
                        _ => None,
                    };
                    let origin = match (named, self.table_name_of(&alias.origin)) {
                        (Some(name), _) => format!("typing.{name}"),
                        (None, Some((module, name))) => format!("{module}.{name}"),
                        (None, None) => self.type_repr(&alias.origin),
                    };
                    let inner: Vec<String> = alias
                        .arguments
                        .iter()
                        .map(|it| self.type_repr(it))
                        .collect();
                    format!("{origin}[{}]", inner.join(", "))
                }
                Object::List { items, .. } => {
                    let inner: Vec<String> = items.iter().map(|it| self.type_repr(it)).collect();
                    format!("[{}]", inner.join(", "))
                }
                _ => match self.table_name_of(value) {
                    Some((module, name)) => format!("{module}.{name}"),
                    None => self.repr_of(value),
                },
            },
            other => self.repr_of(other),
        }
    }

    /// `~T`, `+T_co`, `-T_contra`.
    fn variable_repr(&self, value: &Value) -> String {
        let Value::Object(id) = value else {
            return String::new();
        };
        let Object::Instance(instance) = self.object(*id) else {
            return String::new();
        };
        let said = |name: &str| instance.names.get(name).map(|it| &it.value);
        let name = match said("__name__") {
            Some(Value::Str(name)) => name.to_string(),
            _ => String::from("T"),
        };
        let holds = |flag: &str| said(flag).is_some_and(|it| self.truth(it) == Some(true));
        let sign =
            if self.is_instance_of_typing(value, "TypeVarTuple") || holds("__infer_variance__") {
                ""
            } else if holds("__covariant__") {
                "+"
            } else if holds("__contravariant__") {
                "-"
            } else {
                "~"
            };
        format!("{sign}{name}")
    }
}
