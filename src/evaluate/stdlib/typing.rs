//! What `typing` puts into base lists: `__mro_entries__`, subscripts of classes, special forms (PEP 560, PEP 585, PEP 695).

use std::sync::Arc;

use crate::Name;
use crate::evaluate::language::items::spread;
use crate::evaluate::machine::arguments::Arguments;
use crate::evaluate::machine::run::{Eval, Run};
use crate::evaluate::machine::value::{
    Alias, AliasKind, Binding, Dict, Instance, Key, Namespace, Object, ScopeId, Value,
};
use crate::semantics::{ClassId, Why};
use crate::source::{Place, PythonVersion};

impl Run<'_, '_> {
    /// Whether this class is the one of that name in the standard library, from the table or from its own source.
    pub(crate) fn is_library_class(&self, class: ClassId, module: &str, name: &str) -> bool {
        let path = &self.classes.get(class).path;
        path.module == module
            && path.qualname == name
            && (self.classes.is_interpreters(class) || self.world.is_standard_library)
    }

    /// Whether a class is that one or derives from it.
    pub(crate) fn is_under(&self, class: ClassId, module: &str, name: &str) -> bool {
        self.classes.mro(class).is_some_and(|mro| {
            mro.iter()
                .any(|&it| self.is_library_class(it, module, name))
        })
    }

    pub(crate) fn is_generic(&self, class: ClassId) -> bool {
        self.is_library_class(class, "typing", "Generic")
    }

    /// A class of the standard library by module and global name.
    pub(super) fn library_class(
        &mut self,
        module: &'static str,
        name: &'static str,
    ) -> Option<ClassId> {
        let ix = self.import(module, None).ok()?;
        match self.module_name(ix, &Name::const_new(name))? {
            Value::Class(id) => Some(id),
            _ => None,
        }
    }

    /// Whether a base is replaced by what its `__mro_entries__` gives.
    pub(crate) fn has_entries(&self, base: &Value) -> bool {
        match base {
            Value::Native(path) => {
                path.module == "typing"
                    && matches!(path.qualname.as_str(), "NamedTuple" | "TypedDict")
            }
            Value::Object(id) => match self.object(*id) {
                Object::Alias(_) => true,
                Object::Function(function) => {
                    function.names.contains_key("__mro_entries__")
                        || self.is_library_form(base).is_some()
                }
                Object::Instance(instance) => {
                    self.is_instance_of_typing(base, "NewType")
                        && self.world.version >= PythonVersion::three(11)
                        || self.user_defines(instance.class, "__mro_entries__")
                        || self.table_entries(base).is_some()
                }
                _ => false,
            },
            _ => false,
        }
    }

    /// `NamedTuple` or `TypedDict` themselves, where they are functions.
    fn is_library_form(&self, base: &Value) -> Option<&'static str> {
        let (module, name) = match base {
            Value::Native(path) => (path.module.clone(), path.qualname.clone()),
            other => {
                let function = self.function(other)?;
                let path = self.library_path(function)?;
                (path.module.clone(), path.qualname.clone())
            }
        };
        match (module.as_str(), name.as_str()) {
            ("typing", "NamedTuple") => Some("_NamedTuple"),
            ("typing", "TypedDict") => Some("_TypedDict"),
            _ => None,
        }
    }

    /// The entries the interpreter's table gives for an object of its own.
    fn table_entries(&self, base: &Value) -> Option<Vec<ClassId>> {
        let (module, name) = self.table_name_of(base)?;
        match self.world.facts.module(module)?.get(name)? {
            crate::cpython::Global::Instance { mro_entries, .. } if !mro_entries.is_empty() => {
                Some(mro_entries.clone())
            }
            _ => None,
        }
    }

    /// `types.resolve_bases`: each base that is no class, replaced by its `__mro_entries__`; and whether any was.
    pub(crate) fn mro_entries(
        &mut self,
        written: &[Value],
        at: Option<Place>,
    ) -> Eval<(Vec<Value>, bool)> {
        let mut resolved = vec![];
        let mut replaced = false;
        for (index, base) in written.iter().enumerate() {
            if !self.has_entries(base) {
                resolved.push(base.clone());
                continue;
            }
            replaced = true;
            if let Some(form) = self.is_library_form(base) {
                match self.library_class("typing", form) {
                    Some(class) => resolved.push(Value::Class(class)),
                    None => resolved.push(self.gap_for(at, Why::NotFollowed)),
                }
                continue;
            }
            let Value::Object(id) = base else { continue };
            match self.object(*id).clone() {
                Object::Alias(alias) => {
                    self.alias_entries(&alias, base, index, written, at, &mut resolved);
                }
                Object::Function(function) => {
                    if let Some(hook) = function.names.get("__mro_entries__") {
                        let hook = hook.value.clone();
                        self.own_entries(&hook, written, at, &mut resolved)?;
                    }
                }
                Object::Instance(instance) => {
                    if let Some(alias) = self.alias_in_source(base) {
                        self.alias_entries(&alias, base, index, written, at, &mut resolved);
                    } else if let Some(stand_in) = self.new_type_stand_in(base, at) {
                        resolved.push(Value::Class(stand_in));
                    } else if let Some(entries) = self.table_entries(base) {
                        resolved.extend(entries.into_iter().map(Value::Class));
                    } else if let Some(hook) =
                        self.special_method(base, instance.class, "__mro_entries__")
                    {
                        self.own_entries(&hook, written, at, &mut resolved)?;
                    } else {
                        resolved.push(self.gap_for(at, Why::NotFollowed));
                    }
                }
                _ => {}
            }
        }
        Ok((resolved, replaced))
    }

    /// Calls an `__mro_entries__` that has source.
    fn own_entries(
        &mut self,
        hook: &Value,
        written: &[Value],
        at: Option<Place>,
        resolved: &mut Vec<Value>,
    ) -> Eval<()> {
        let scope = self.any_scope();
        let arguments = Arguments::of(vec![Value::tuple(written.to_vec())]);
        if let Some(thrown) = self.misfit_verdict(hook, &arguments, at) {
            return Err(thrown);
        }
        let before = (self.undecided, self.decided_here);
        let answer = match self.call(hook, arguments, at, scope) {
            Ok(answer) => answer,
            Err(thrown) if self.is_plain_raise(&thrown, before) => {
                return Err(self.as_verdict(thrown));
            }
            Err(thrown) => return Err(thrown),
        };
        match answer {
            Value::Gap(_) => resolved.push(answer),
            answer
                if self.class_of(&answer).is_some_and(|it| {
                    self.is_whole(it) && !self.classes.is_subclass(it, self.known.tuple)
                }) =>
            {
                let message = String::from("__mro_entries__ must return a tuple");
                return Err(self.verdict("TypeError", message, at));
            }
            answer => {
                let (items, open) = self.iterate(&answer);
                resolved.extend(items);
                if open {
                    resolved.push(self.gap_for(at, Why::Input));
                }
            }
        }
        Ok(())
    }

    fn is_alias(&self, value: &Value) -> bool {
        matches!(value, Value::Object(id) if matches!(
            self.object(*id),
            Object::Alias(Alias { kind: AliasKind::Generic | AliasKind::Named, .. })
        )) || self.alias_in_source(value).is_some()
    }

    /// The alias of a class that `typing` has made where its source is the project: `Generic` stands in C since 3.12, and its aliases are told here.
    pub(super) fn alias_in_source(&self, value: &Value) -> Option<Alias> {
        let Value::Object(id) = value else {
            return None;
        };
        let Object::Instance(instance) = self.object(*id) else {
            return None;
        };
        let is_one = ["_GenericAlias", "_SpecialGenericAlias"]
            .iter()
            .any(|name| self.is_library_class(instance.class, "typing", name));
        if !is_one || self.classes.is_interpreters(instance.class) {
            return None;
        }
        let kind = match self.kept(*id, "_name")? {
            Value::Str(_) => AliasKind::Named,
            Value::None => AliasKind::Generic,
            _ => return None,
        };
        let origin = self.kept(*id, "__origin__")?;
        let arguments: Arc<[Value]> = match self.kept(*id, "__args__") {
            Some(Value::Tuple(arguments)) => arguments,
            _ => Arc::from([]),
        };
        matches!(origin, Value::Class(_)).then_some(Alias {
            kind,
            origin,
            arguments,
        })
    }

    /// What `_GenericAlias`, `_SpecialGenericAlias` and `types.GenericAlias` give (CPython's `typing.py`, `genericaliasobject.c`).
    fn alias_entries(
        &mut self,
        alias: &Alias,
        base: &Value,
        index: usize,
        written: &[Value],
        at: Option<Place>,
        resolved: &mut Vec<Value>,
    ) {
        let later = &written[index + 1..];
        if alias.kind == AliasKind::Annotated
            && let Some(inner) = self.alias_of(&alias.origin)
        {
            return self.alias_entries(&inner, base, index, written, at, resolved);
        }
        let Value::Class(origin) = alias.origin else {
            resolved.push(match &alias.origin {
                gap @ Value::Gap(_) => gap.clone(),
                // `int | str` is a base like any other object; until 3.9 `Union[…]` puts what it is made from.
                Value::Native(path) if path.qualname == "UnionType" => base.clone(),
                form if self.special_form(form).is_some() => form.clone(),
                _ => self.gap_for(at, Why::NotFollowed),
            });
            return;
        };
        match alias.kind {
            AliasKind::Builtin | AliasKind::Special | AliasKind::Annotated => {
                resolved.push(alias.origin.clone());
            }
            AliasKind::Generic if self.is_generic(origin) => {
                // `Protocol in bases`: a backport of it has a metaclass that takes it for the same.
                let protocol = self.world.facts.class("typing", "Protocol");
                let has_protocol = protocol.is_some_and(|protocol| {
                    let classes = written.iter().filter(|it| matches!(it, Value::Class(_)));
                    let protocol = Value::Class(protocol);
                    let mut asked = classes.map(|it| self.is_or_equals(it, &protocol));
                    asked.any(|it| it == Some(true))
                }) || written.iter().any(|it| {
                    matches!(it, Value::Class(id) if self.is_library_class(*id, "typing", "Protocol"))
                });
                let has_later = later.iter().any(|it| self.is_alias(it) && !it.same(base));
                if !has_protocol && !has_later {
                    resolved.push(alias.origin.clone());
                }
            }
            AliasKind::Generic => resolved.push(alias.origin.clone()),
            AliasKind::Named => {
                if !written
                    .iter()
                    .any(|it| matches!(it, Value::Class(id) if *id == origin))
                {
                    resolved.push(alias.origin.clone());
                }
                let has_later = later.iter().any(|it| {
                    self.is_alias(it)
                        || matches!(it, Value::Class(id) if self.derives_from_generic(*id))
                        || self.is_alias_of_generic(it)
                });
                if !has_later && let Some(generic) = self.library_class("typing", "Generic") {
                    resolved.push(Value::Class(generic));
                }
            }
        }
    }

    /// Whether a value is an alias of `collections.abc`'s kind, of a class that is generic all the same.
    fn is_alias_of_generic(&self, value: &Value) -> bool {
        let Value::Object(id) = value else {
            return false;
        };
        matches!(self.object(*id), Object::Alias(alias)
            if matches!(alias.origin, Value::Class(origin) if self.derives_from_generic(origin)))
    }

    pub(crate) fn derives_from_generic(&self, class: ClassId) -> bool {
        self.classes
            .mro(class)
            .is_some_and(|mro| mro.iter().any(|&id| self.is_generic(id)))
    }

    /// `Class[index]`
    pub(crate) fn class_item(&mut self, class: ClassId, index: &Value, at: Option<Place>) -> Eval {
        if let Value::Str(name) = index
            && let Some(member) = self.enum_member(class, name)
        {
            return Ok(member);
        }
        let scope = self.any_scope();
        if let Some(metaclass) = self.metaclass_of(class)
            && self.is_whole(metaclass)
            && self.user_defines(metaclass, "__getitem__")
            && let Some(method) =
                self.special_method(&Value::Class(class), metaclass, "__getitem__")
        {
            return self.call(&method, Arguments::of(vec![index.clone()]), at, scope);
        }
        // `EnumType.__getitem__`: the member of that name, or none.
        if self.enum_members(class).is_some()
            && let Some(metaclass) = self.metaclass_of(class)
            && matches!(self.find_in_mro(metaclass, "__getitem__"), Some((_, None)))
        {
            return match self.hashed(index, at)? {
                Some(_) if !matches!(index, Value::Object(_)) => Err(self.key_error(index, at)),
                _ => Ok(self.gap_for(at, Why::NotFollowed)),
            };
        }
        // Until 3.12 it is a class.
        if self.is_library_class(class, "typing", "Annotated") {
            self.check_special_form("Annotated", index, at)?;
            return Ok(self.special_form_item("Annotated", &Value::Class(class), index, at));
        }
        let arguments = spread(index);
        let origin = Value::Class(class);
        match self.find_in_mro(class, "__class_getitem__") {
            Some((owner, Some(binding))) if !self.is_generic_owner(owner) => {
                let function = self.static_part(&binding.value);
                match &function {
                    Value::Object(_) => {
                        let arguments = Arguments::of(vec![origin, index.clone()]);
                        self.call(&function, arguments, at, scope)
                    }
                    // `__class_getitem__ = classmethod(types.GenericAlias)`
                    _ => Ok(self.allocate(Object::Alias(Alias {
                        kind: AliasKind::Builtin,
                        origin,
                        arguments,
                    }))),
                }
            }
            Some((owner, _)) => {
                // `collections.abc` makes aliases of its own kind, whatever stands behind it in the MRO.
                let is_generic = self.derives_from_generic(owner);
                if is_generic {
                    self.check_generic(class, &arguments, at)?;
                } else if self.classes.get(owner).path.name() == "Callable"
                    && self.classes.is_interpreters(owner)
                    && self.world.version >= PythonVersion::three(10)
                    && arguments.len() == 1
                    && !index.is_gap()
                {
                    let message =
                        String::from("Callable must be used as Callable[[arg, ...], result].");
                    return Err(self.verdict("TypeError", message, at));
                }
                let kind = if is_generic {
                    AliasKind::Generic
                } else {
                    AliasKind::Builtin
                };
                // `typing` keeps what it has made: the same subscript gives the same object.
                let keys: Option<Vec<Key>> = arguments.iter().map(Value::key).collect();
                let keys = keys.filter(|_| is_generic).map(|keys| (class, keys));
                if let Some(known) = keys.as_ref().and_then(|keys| self.aliases.get(keys)) {
                    return Ok(known.clone());
                }
                let alias = self.allocate(Object::Alias(Alias {
                    kind,
                    origin,
                    arguments,
                }));
                if let Some(keys) = keys {
                    self.aliases.insert(keys, alias.clone());
                }
                Ok(alias)
            }
            // `type[int]` works although `type` has no `__class_getitem__`.
            None if class == self.known.type_ => Ok(self.allocate(Object::Alias(Alias {
                kind: AliasKind::Builtin,
                origin,
                arguments,
            }))),
            None if !self.is_whole(class) => Ok(self.allocate(Object::Alias(Alias {
                kind: AliasKind::Generic,
                origin,
                arguments,
            }))),
            None => {
                let message = if self.is_at_least(11) {
                    format!(
                        "type '{}' is not subscriptable",
                        self.classes.get(class).path.name()
                    )
                } else {
                    let of = self.type_name(&Value::Class(class));
                    format!("'{of}' object is not subscriptable")
                };
                Err(self.throw(self.known.type_error, message, at))
            }
        }
    }

    fn is_generic_owner(&self, owner: ClassId) -> bool {
        self.is_generic(owner) || self.is_library_class(owner, "typing", "Protocol")
    }

    /// The name of a special form: `Annotated`, `Union`, `Literal`.
    pub(crate) fn special_form(&self, value: &Value) -> Option<Name> {
        let (module, name) = self.table_name_of(value)?;
        if module != "typing" {
            return None;
        }
        let class = self.class_of(value)?;
        let kind = self.classes.get(class).path.qualname.as_str();
        kind.contains("SpecialForm").then(|| Name::from(name))
    }

    /// `form[index]`
    pub(crate) fn special_form_item(
        &mut self,
        form: &str,
        value: &Value,
        index: &Value,
        at: Option<Place>,
    ) -> Value {
        let mut arguments = spread(index);
        if form == "Literal" {
            arguments = self.literal_arguments(&arguments);
        }
        if form == "Annotated" {
            return match arguments.first() {
                Some(first) => {
                    let origin = first.clone();
                    self.allocate(Object::Alias(Alias {
                        kind: AliasKind::Annotated,
                        origin,
                        arguments,
                    }))
                }
                None => self.gap_for(at, Why::NotFollowed),
            };
        }
        let alias = Alias {
            kind: AliasKind::Special,
            origin: value.clone(),
            arguments,
        };
        if let Some(only) = self.only_member(&alias) {
            return only;
        }
        self.allocate(Object::Alias(alias))
    }

    /// What the interpreter's metaclasses do instead of `type.__new__` with the bases they were given.
    pub(crate) fn special_new(
        &mut self,
        metaclass: ClassId,
        name: &Name,
        bases: &[Value],
        names: &Namespace,
        at: Option<Place>,
        scope: ScopeId,
    ) -> Eval<Option<Value>> {
        // Without bases it is `NamedTuple` itself that is being made.
        if self.is_library_class(metaclass, "typing", "NamedTupleMeta") && !bases.is_empty() {
            // The class is made by `namedtuple`, and derives from `tuple` (and `Generic`) in place of `NamedTuple`.
            let written = bases.to_vec();
            let bases: Vec<Value> = bases
                .iter()
                .map(|base| match base {
                    Value::Class(id) if self.is_library_class(*id, "typing", "NamedTuple") => {
                        Value::Class(self.known.tuple)
                    }
                    other => other.clone(),
                })
                .collect();
            let fields = self.annotated_names();
            self.check_named_tuple(&written, &fields, names, at)?;
            self.check_fields(
                |field| format!("field {field} annotation must be a type"),
                at,
            )?;
            let defaults = fields.iter().filter_map(|field| {
                let bound = names.get(field)?;
                Some((field.clone(), bound.value.clone()))
            });
            let defaults: Vec<(Name, Value)> = defaults.collect();
            let mut names = names.clone();
            self.look_for_set_name(&names, at)?;
            self.add_tuple_fields(&mut names, &fields, &defaults, at);
            let value = self.make_plain(self.known.type_, name, &bases, names, at, scope)?;
            return Ok(Some(value));
        }
        // A metaclass of one's own that derives from it refuses the same.
        if self.is_under(metaclass, "typing", "_TypedDictMeta") && !bases.is_empty() {
            self.check_typed_dict(bases, at)?;
            let message = "TypedDict('Name', {f0: t0, f1: t1, ...}); each t must be a type";
            self.check_fields(|_| String::from(message), at)?;
            self.check_read_only(bases, at)?;
        }
        if self.is_library_class(metaclass, "typing", "_TypedDictMeta") && !bases.is_empty() {
            // The parents' keys are copied; the class derives from `dict` (and `Generic`) alone.
            let generic = self.library_class("typing", "Generic");
            let is_generic = |run: &Self, base: &Value| match base {
                Value::Class(id) => run.is_generic(*id) || run.derives_from_generic(*id),
                _ => false,
            };
            let mut own: Vec<Value> = vec![];
            if bases.iter().any(|base| is_generic(self, base)) {
                own.extend(generic.map(Value::Class));
            }
            own.push(Value::Class(self.known.dict));
            let gaps: Vec<Value> = bases.iter().filter(|it| it.is_gap()).cloned().collect();
            own.extend(gaps);
            let value = self.make_plain(metaclass, name, &own, names.clone(), at, scope)?;
            return Ok(Some(value));
        }
        Ok(None)
    }

    /// `type.__new__(metaclass, name, bases, names)` itself, whatever the metaclass would do.
    pub(super) fn make_plain(
        &mut self,
        metaclass: ClassId,
        name: &Name,
        bases: &[Value],
        names: Namespace,
        at: Option<Place>,
        scope: ScopeId,
    ) -> Eval {
        let pairs = names
            .iter()
            .map(|(name, binding)| (Value::str(name), binding.value.clone()));
        let dict = crate::evaluate::machine::value::Dict::from_pairs(pairs.collect::<Vec<_>>());
        let namespace = self.allocate(Object::Dict(dict));
        let arguments = Arguments::of(vec![
            Value::str(name),
            Value::tuple(bases.to_vec()),
            namespace,
        ]);
        let ids: Option<Vec<ClassId>> = bases
            .iter()
            .map(|base| match base {
                Value::Class(id) if self.is_whole(*id) => Some(*id),
                _ => None,
            })
            .collect();
        if let Some(ids) = ids {
            self.plain_class(metaclass, name, &ids, names, at, scope)
        } else {
            let gaps: Vec<Value> = bases.iter().filter(|it| it.is_gap()).cloned().collect();
            self.unknown_class(&arguments, Some(metaclass), &gaps, at, scope)
        }
    }

    /// The names that the body of the class statement on its way annotates, in order.
    fn annotated_names(&self) -> Vec<Name> {
        let body = self.pending.last().map(|pending| pending.body);
        body.and_then(|body| self.annotations.get(&body))
            .map(|names| names.keys().cloned().collect())
            .unwrap_or_default()
    }

    /// `_fields` and the members of a named tuple.
    pub(super) fn add_tuple_fields(
        &mut self,
        names: &mut Namespace,
        fields: &[Name],
        defaults: &[(Name, Value)],
        at: Option<Place>,
    ) {
        let tuple = Value::tuple(fields.iter().map(|it| Value::str(it)).collect());
        names.insert(Name::const_new("_fields"), Binding::new(tuple, at));
        let empty: Arc<[Value]> = Arc::from([]);
        names.insert(
            Name::const_new("__slots__"),
            Binding::new(Value::Tuple(empty), at),
        );
        let getter = self
            .world
            .facts
            .class("_collections", "_tuplegetter")
            .or_else(|| self.world.facts.class("collections", "_tuplegetter"));
        for field in fields {
            let value = match getter {
                Some(class) => self.allocate(Object::Instance(Instance::of(class))),
                None => self.gap(Why::NotFollowed, field, at),
            };
            names.insert(field.clone(), Binding::new(value, at));
        }
        let mut values = vec!["_field_defaults"];
        if self.world.version >= PythonVersion::three(10) {
            values.push("__match_args__");
        }
        for name in values {
            let value = if name == "__match_args__" {
                Value::tuple(fields.iter().map(|it| Value::str(it)).collect())
            } else {
                let pairs = defaults.iter();
                let pairs = pairs.map(|(name, value)| (Value::str(name), value.clone()));
                let dict = Dict::from_pairs(pairs.collect::<Vec<_>>());
                self.allocate(Object::Dict(dict))
            };
            if !names.contains_key(name) {
                names.insert(Name::from(name), Binding::new(value, at));
            }
        }
        if self.world.version >= PythonVersion::three(13) && !names.contains_key("__replace__") {
            let value = Value::native("collections", "namedtuple.<locals>.__replace__");
            names.insert(Name::const_new("__replace__"), Binding::new(value, at));
        }
        for method in [
            "__new__",
            "_make",
            "_replace",
            "_asdict",
            "__repr__",
            "__getnewargs__",
        ] {
            if !names.contains_key(method) {
                let mut value =
                    Value::native("collections", &format!("namedtuple.<locals>.{method}"));
                if method == "_make" {
                    value = self.allocate(Object::ClassMethod(value));
                }
                names.insert(Name::from(method), Binding::new(value, at));
            }
        }
    }
}
