//! Type hints that a program looks at while it runs: what an alias is made of, and names that stand in quotes.

use std::sync::Arc;

use crate::Name;
use crate::evaluate::machine::run::{Eval, Run};
use crate::evaluate::machine::scope::ScopeKind;
use crate::evaluate::machine::value::{Alias, AliasKind, Binding, Instance, Object, Value};
use crate::semantics::Why;
use crate::source::{Place, PythonVersion};
use crate::syntax::{Expr, ExprKind, StmtKind};

/// How deep aliases may stand in one another to be looked into.
const DEEPEST: u32 = 30;

impl Run<'_, '_> {
    /// `typing.get_origin(hint)`: what was subscripted; `None` where nothing was.
    ///
    /// ```py
    /// get_origin(Optional[int])      # typing.Union
    /// get_origin(List[int])          # list
    /// get_origin(Annotated[int, 3])  # typing.Annotated
    /// ```
    pub(super) fn origin_of_hint(&mut self, hint: &Value) -> Option<Value> {
        match hint {
            Value::Gap(_) => None,
            Value::Class(class) if self.is_generic(*class) => Some(hint.clone()),
            hint => match self.alias_of(hint) {
                Some(alias) => Some(self.alias_origin(&alias)),
                None => Some(Value::None),
            },
        }
    }

    /// `typing.get_args(hint)`: what stands between the brackets, as `typing` keeps it.
    ///
    /// ```py
    /// get_args(Optional[int])        # (int, NoneType)
    /// get_args(Callable[[int], str]) # ([int], str)
    /// get_args(List)                 # ()
    /// ```
    pub(super) fn arguments_of_hint(&mut self, hint: &Value) -> Option<Value> {
        match hint {
            Value::Gap(_) => None,
            hint => match self.alias_of(hint) {
                Some(alias) => Some(Value::Tuple(self.alias_arguments(&alias))),
                None => Some(Value::tuple(vec![])),
            },
        }
    }

    /// An attribute of an alias: its own, or that of what was subscripted.
    pub(crate) fn alias_attribute(
        &mut self,
        alias: &Alias,
        name: &Name,
        at: Option<Place>,
    ) -> Eval {
        let is_annotated = alias.kind == AliasKind::Annotated;
        Ok(match name.as_str() {
            "__origin__" if is_annotated => alias.origin.clone(),
            "__origin__" => self.alias_origin(alias),
            "__metadata__" if is_annotated => {
                Value::tuple(alias.arguments.iter().skip(1).cloned().collect())
            }
            "__args__" if is_annotated => Value::tuple(vec![alias.origin.clone()]),
            "__args__" => Value::Tuple(self.alias_arguments(alias)),
            "__parameters__" => match self.alias_parameters(&alias.arguments, DEEPEST) {
                Some(parameters) => Value::tuple(parameters),
                None => self.some(self.known.tuple, Why::NotFollowed, at),
            },
            // `_BaseGenericAlias.__getattr__`: the same for both, and that of typing where it has one.
            "__name__" | "__qualname__"
                if matches!(alias.kind, AliasKind::Named | AliasKind::Generic)
                    && self.world.version >= PythonVersion::three(10) =>
            {
                let known = self.name_in_typing(&alias.origin);
                if let Some(name) = known.filter(|_| alias.kind == AliasKind::Named) {
                    return Ok(Value::str(&name));
                }
                let origin = alias.origin.clone();
                return self.get_attribute(&origin, &Name::const_new("__name__"), at);
            }
            // What `typing` makes asks its origin for no special name.
            _ if name.starts_with("__")
                && name.ends_with("__")
                && alias.kind != AliasKind::Builtin =>
            {
                self.gap_for(at, Why::Input)
            }
            _ => return self.get_attribute(&alias.origin.clone(), name, at),
        })
    }

    /// What `typing` calls the alias of a class: `Dict` for `dict`, `AbstractSet` for `collections.abc.Set`.
    pub(crate) fn name_in_typing(&self, origin: &Value) -> Option<Name> {
        let Value::Class(class) = origin else {
            return None;
        };
        let path = &self.classes.get(*class).path;
        Some(Name::from(match (path.module.as_str(), path.name()) {
            ("builtins", "dict") => "Dict",
            ("builtins", "list") => "List",
            ("builtins", "set") => "Set",
            ("builtins", "frozenset") => "FrozenSet",
            ("builtins", "tuple") => "Tuple",
            ("builtins", "type") => "Type",
            ("collections", "deque") => "Deque",
            ("collections", "defaultdict") => "DefaultDict",
            ("_collections_abc" | "collections.abc", "Set") => "AbstractSet",
            ("contextlib", "AbstractContextManager") => "ContextManager",
            ("contextlib", "AbstractAsyncContextManager") => "AsyncContextManager",
            (_, name) => name,
        }))
    }

    fn alias_origin(&mut self, alias: &Alias) -> Value {
        match (alias.kind, &alias.origin) {
            (AliasKind::Annotated, _) => self.typing_name("Annotated"),
            (_, Value::Native(path)) if path.qualname == "UnionType" => {
                match self.world.facts.class("types", "UnionType") {
                    Some(class) => Value::Class(class),
                    None => alias.origin.clone(),
                }
            }
            (AliasKind::Special, form)
                if self.special_form(form).as_deref() == Some("Optional") =>
            {
                self.typing_name("Union")
            }
            (_, origin) => origin.clone(),
        }
    }

    /// The arguments, with `None` as its class and `Optional[X]` as the union it is.
    pub(crate) fn alias_arguments(&mut self, alias: &Alias) -> Arc<[Value]> {
        let form = self.special_form(&alias.origin);
        if !self.is_union(alias) {
            return alias.arguments.clone();
        }
        let mut arguments: Vec<Value> = alias.arguments.to_vec();
        if form.as_deref() == Some("Optional") {
            arguments.push(Value::None);
        }
        // A union of unions is one union, and has each type once.
        let mut members: Vec<Value> = vec![];
        for argument in arguments {
            let parts = match (&argument, self.alias_of(&argument)) {
                (Value::None, _) => [Value::Class(self.known.none_type)].into(),
                (_, Some(inner)) if self.is_union(&inner) => self.alias_arguments(&inner),
                _ => [argument].into(),
            };
            for part in parts.iter() {
                if !members.iter().any(|it| it.same(part)) {
                    members.push(part.clone());
                }
            }
        }
        members.into()
    }

    /// What `Literal[…]` keeps: the values of another `Literal` in place of it, and each value of a type once
    /// (`typing._flatten_literal_params`, `_LiteralSpecialForm`).
    pub(super) fn literal_arguments(&self, written: &[Value]) -> Arc<[Value]> {
        let mut kept: Vec<Value> = vec![];
        for argument in written {
            let inner = self.alias_of(argument);
            let inner =
                inner.filter(|it| self.special_form(&it.origin).as_deref() == Some("Literal"));
            let parts = inner.map_or_else(|| Arc::from([argument.clone()]), |it| it.arguments);
            for part in parts.iter() {
                let is_there =
                    |it: &Value| it.same(part) && self.class_of(it) == self.class_of(part);
                if part.is_gap() || !kept.iter().any(is_there) {
                    kept.push(part.clone());
                }
            }
        }
        kept.into()
    }

    /// The type that a union of one type is.
    ///
    /// ```py
    /// Union[int]       # int
    /// Union[int, int]  # int
    /// ```
    pub(super) fn only_member(&mut self, alias: &Alias) -> Option<Value> {
        let form = self.special_form(&alias.origin)?;
        if !matches!(form.as_str(), "Union" | "Optional") {
            return None;
        }
        let is_known = |it: &Value| !it.is_gap() && !matches!(it, Value::Str(_));
        if !alias.arguments.iter().all(is_known) {
            return None;
        }
        match &*self.alias_arguments(alias) {
            [only] => Some(only.clone()),
            _ => None,
        }
    }

    /// `alias.__parameters__`: the type variables among the arguments, each once; none where they cannot be told
    /// (`typing._collect_parameters`, `_Py_make_parameters`).
    fn alias_parameters(&self, arguments: &[Value], deep: u32) -> Option<Vec<Value>> {
        let below = deep.checked_sub(1)?;
        let mut found: Vec<Value> = vec![];
        for argument in arguments {
            let parts = match argument {
                Value::Gap(_) => return None,
                Value::Object(id) => match self.object(*id) {
                    Object::Alias(inner) => {
                        let inner = inner.arguments.clone();
                        self.alias_parameters(&inner, below)?
                    }
                    Object::Instance(instance) => {
                        let path = &self.classes.get(instance.class).path;
                        match path.name() {
                            "TypeVar" | "ParamSpec" | "TypeVarTuple" => vec![argument.clone()],
                            _ if self.classes.is_interpreters(instance.class) => return None,
                            _ => vec![],
                        }
                    }
                    _ => return None,
                },
                _ => vec![],
            };
            for part in parts {
                if !found.iter().any(|it| it.same(&part)) {
                    found.push(part);
                }
            }
        }
        Some(found)
    }

    pub(crate) fn is_union(&self, alias: &Alias) -> bool {
        matches!(&alias.origin, Value::Native(path) if path.qualname == "UnionType")
            || matches!(
                self.special_form(&alias.origin).as_deref(),
                Some("Union" | "Optional")
            )
    }

    pub(super) fn typing_name(&mut self, name: &'static str) -> Value {
        let found = self
            .import("typing", None)
            .ok()
            .and_then(|ix| self.module_name(ix, &Name::const_new(name)));
        found.unwrap_or_else(|| self.gap(Why::NotFound, name, None))
    }

    /// `typing.ForwardRef(text)`: it keeps the text.
    pub(super) fn keep_text(forward: &mut Instance, text: &Value, at: Option<Place>) {
        forward.names.insert(
            Name::const_new("__forward_arg__"),
            Binding::new(text.clone(), at),
        );
    }

    /// `typing._eval_type(hint, globals, locals)`: the hint with what stands in quotes looked up; none where it cannot be told.
    pub(super) fn evaluated_hint(
        &mut self,
        hint: &Value,
        spaces: [&Value; 2],
        at: Option<Place>,
    ) -> Eval<Option<Value>> {
        self.evaluated_within(hint, spaces, at, DEEPEST)
    }

    fn evaluated_within(
        &mut self,
        hint: &Value,
        spaces: [&Value; 2],
        at: Option<Place>,
        deep: u32,
    ) -> Eval<Option<Value>> {
        if deep == 0 || hint.is_gap() {
            return Ok(None);
        }
        if let Some(text) = self.forward_text(hint) {
            let Some(value) = self.looked_up(&text, spaces, at)? else {
                return Ok(None);
            };
            return match value {
                Value::None => Ok(Some(Value::Class(self.known.none_type))),
                value => self.evaluated_within(&value, spaces, at, deep - 1),
            };
        }
        let Some(alias) = self.alias_of(hint) else {
            return Ok(Some(hint.clone()));
        };
        if self.special_form(&alias.origin).as_deref() == Some("Literal") {
            return Ok(Some(hint.clone()));
        }
        // What `Annotated` says of a type is no type.
        let types = match alias.kind {
            AliasKind::Annotated => 1,
            _ => alias.arguments.len(),
        };
        let mut arguments = alias.arguments.to_vec();
        let mut is_same = true;
        for argument in arguments.iter_mut().take(types) {
            let quoted = match &*argument {
                Value::Str(text) => self.looked_up(text, spaces, at)?,
                other => self.evaluated_within(other, spaces, at, deep - 1)?,
            };
            let Some(value) = quoted else {
                return Ok(None);
            };
            is_same &= value.same(argument);
            *argument = value;
        }
        if is_same {
            return Ok(Some(hint.clone()));
        }
        let origin = match (alias.kind, arguments.first()) {
            (AliasKind::Annotated, Some(first)) => first.clone(),
            _ => alias.origin,
        };
        Ok(Some(self.allocate(Object::Alias(Alias {
            kind: alias.kind,
            origin,
            arguments: arguments.into(),
        }))))
    }

    /// The text of a `ForwardRef`.
    fn forward_text(&self, hint: &Value) -> Option<Arc<str>> {
        let Value::Object(id) = hint else { return None };
        let Object::Instance(instance) = self.object(*id) else {
            return None;
        };
        if self.classes.get(instance.class).path.qualname != "ForwardRef" {
            return None;
        }
        match &instance.names.get("__forward_arg__")?.value {
            Value::Str(text) => Some(text.clone()),
            _ => None,
        }
    }

    /// What an expression in quotes is, its names looked up in the locals, then the globals, then the builtins.
    fn looked_up(
        &mut self,
        text: &str,
        [globals, locals]: [&Value; 2],
        at: Option<Place>,
    ) -> Eval<Option<Value>> {
        let Some((file, syntax)) = self.expression_of(text.trim()) else {
            return Ok(None);
        };
        let mut wanted = vec![];
        if let [stmt] = &*syntax.body
            && let StmtKind::Expr(expr) = &stmt.kind
            && !names_in(expr, &mut wanted)
        {
            return Ok(None);
        }
        let Some(&module) = self.running.last() else {
            return Ok(None);
        };
        let scope = self.push_scope(ScopeKind::Function, None, module);
        for name in wanted {
            let mut found = None;
            for space in [locals, globals] {
                if matches!(space, Value::None) {
                    continue;
                }
                match self.get_item(space, &Value::str(&name), at) {
                    // It may be there.
                    Ok(Value::Gap(id)) => match self.shown_names(space) {
                        Some(shown) if !shown.contains(&name) => {}
                        _ => {
                            found = Some(Value::Gap(id));
                            break;
                        }
                    },
                    Ok(value) => {
                        found = Some(value);
                        break;
                    }
                    Err(_) => {}
                }
            }
            match found {
                Some(Value::Gap(_)) => return Ok(None),
                Some(value) => self.bind(scope, &name, value, None),
                None if self.builtin_name(&name).is_some() => {}
                None => {
                    let message = format!("name '{name}' is not defined");
                    return Err(self.throw(self.known.name_error, message, at));
                }
            }
        }
        self.run_file(file, scope, true, at).map(Some)
    }

    /// The names that the dict of a module shows, where all of them are known.
    fn shown_names(&self, space: &Value) -> Option<Vec<Name>> {
        let Value::Object(id) = space else {
            return None;
        };
        let Object::Dict(dict) = self.object(*id) else {
            return None;
        };
        let scope = self.scope(dict.view?);
        let module = self.module(scope.module);
        (module.open.is_none()).then(|| scope.names.keys().cloned().collect())
    }
}

/// The names that an expression reads; false where it binds some of its own.
fn names_in(expr: &Expr, names: &mut Vec<Name>) -> bool {
    match &expr.kind {
        ExprKind::Name(name) => {
            if !names.contains(name) {
                names.push(name.clone());
            }
            true
        }
        ExprKind::Literal(_) => true,
        ExprKind::Attribute(of, _) | ExprKind::Unary(_, of) | ExprKind::Starred(of) => {
            names_in(of, names)
        }
        ExprKind::Subscript(pair) => names_in(&pair.0, names) && names_in(&pair.1, names),
        ExprKind::Binary(parts) => names_in(&parts.0, names) && names_in(&parts.2, names),
        ExprKind::Tuple(items) | ExprKind::List(items) => {
            items.iter().all(|it| names_in(it, names))
        }
        ExprKind::Call(call) => {
            names_in(&call.function, names)
                && call.arguments.iter().all(|it| names_in(it, names))
                && call.keywords.iter().all(|(_, it)| names_in(it, names))
        }
        _ => false,
    }
}
