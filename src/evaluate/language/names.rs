//! Names: where one is looked up, and where it is bound.

use std::borrow::Cow;
use std::sync::Arc;

use crate::Name;
use crate::cpython::{Constant, Global};
use crate::evaluate::machine::flow::Thrown;
use crate::evaluate::machine::run::{Eval, Home, Run};
use crate::evaluate::machine::scope::ScopeKind;
use crate::evaluate::machine::value::{
    Alias, AliasKind, Binding, Code, Dict, Instance, ModuleIx, Object, ScopeId, Value,
};
use crate::semantics::{ClassId, Why};
use crate::source::{Place, PythonVersion};
use crate::syntax::{Block, Expr, ExprKind, names_bound};

impl Run<'_, '_> {
    /// The value of a name (language reference 4.2.2): the scope itself, the functions around it, the module, builtins.
    pub(super) fn load(&mut self, name: &Name, scope: ScopeId, expr: &Expr) -> Eval {
        let name = self.mangled(name, scope);
        self.load_from(&name, Some(scope), scope, expr)
    }

    /// The value of a name, looked up from one of the scopes around on.
    fn load_from(
        &mut self,
        name: &Name,
        from: Option<ScopeId>,
        scope: ScopeId,
        expr: &Expr,
    ) -> Eval {
        let mut at = from;
        while let Some(id) = at {
            let here = self.scope(id);
            let skipped = here.kind == ScopeKind::Class && !self.sees_class(scope, id);
            if !skipped && let Some(binding) = here.names.get(name) {
                self.note_name_read(id, name);
                if binding.maybe.is_some() {
                    let binding = binding.clone();
                    return self.load_perhaps(name, &binding, id, scope, expr);
                }
                let value = binding.value.clone();
                if self.floor > 0 && id != scope {
                    let place = self.place(scope, expr.start, expr.end);
                    let by_then = self.held_by_then(id, name, Some(&value), place);
                    return Ok(by_then.unwrap_or(value));
                }
                return Ok(value);
            }
            if !skipped
                && here.kind == ScopeKind::Class
                && let Some(value) = self.put_by_the_body(name, id)
            {
                return Ok(value);
            }
            let here = self.scope(id);
            if here.kind == ScopeKind::Function && here.globals.contains(name) {
                let module = here.module;
                at = Some(self.module(module).scope);
                continue;
            }
            let parent = here.parent;
            // Of a function that nobody has called, only some statements are run.
            let is_whole = self.floor == 0 || self.calls.iter().any(|it| it.scope == Some(id));
            if is_whole && self.is_unbound_local(name, id) {
                let at = self.place(scope, expr.start, expr.end);
                return Err(self.unbound_local(name, id == scope, at));
            }
            at = parent;
        }
        if name == "__class__"
            && let Some(class) = self.class_around(scope)
        {
            return Ok(Value::Class(class));
        }
        if let Some(value) = self.builtin_name(name) {
            return Ok(value);
        }
        let place = self.place(scope, expr.start, expr.end);
        let module = self.scope(scope).module;
        if name.starts_with("__")
            && let Some(value) = self.module_name(module, name)
        {
            return Ok(value);
        }
        if let Some(gap) = self.module(module).open {
            return Ok(Value::Gap(gap));
        }
        let globals = self.module(module).scope;
        if let Some(value) = self.held_by_then(globals, name, None, place) {
            return Ok(value);
        }
        self.note_name_read(globals, name);
        let message = format!("name '{name}' is not defined");
        if self.is_certain_so_far() || self.is_bound_later(name, scope, expr) {
            return Err(self.verdict("NameError", message, place));
        }
        Err(self.throw(self.known.name_error, message, place))
    }

    /// What the compiler binds at the head of a class body (`codegen_class_body`), until the body binds it anew.
    ///
    /// ```py
    /// class C:
    ///     where = __module__, __qualname__
    /// ```
    pub(super) fn put_by_the_body(&mut self, name: &Name, body: ScopeId) -> Option<Value> {
        match name.as_str() {
            "__qualname__" => Some(Value::str(&self.scope(body).qualname)),
            "__module__" => {
                let module = self.scope(body).module;
                let globals = self.module(module).scope;
                let own = self.scope(globals).names.get("__name__");
                match own.map(|it| it.value.clone()) {
                    Some(set) => Some(set),
                    None => self.module_name(module, &Name::const_new("__name__")),
                }
            }
            // Where the body annotates anything, an empty one is there from the start, until 3.14.
            "__annotations__" if !self.is_at_least(14) => {
                let is_there = self.annotations.contains_key(&body);
                is_there.then(|| self.gap(Why::NotFollowed, name, None))
            }
            "__firstlineno__" if self.is_at_least(13) => {
                Some(self.gap(Why::NotFollowed, name, None))
            }
            _ => None,
        }
    }

    /// Whether what stands in a scope sees the names of a class body: the body itself, and the type parameters right inside of it.
    ///
    /// ```py
    /// class Outer:
    ///     class Private: pass
    ///     class Inner[T](Private): pass       # seen; in a method's body it would not be
    /// ```
    fn sees_class(&self, scope: ScopeId, class: ScopeId) -> bool {
        let mut at = scope;
        while at != class {
            let here = self.scope(at);
            match here.parent {
                Some(parent) if here.kind == ScopeKind::Parameters => at = parent,
                _ => return false,
            }
        }
        true
    }

    /// Whether a name is one that the module binds further on: whatever is not known of what came before, it did not bind it.
    ///
    /// ```py
    /// unknown()
    /// class Node:
    ///     def next(self) -> Node: ...     # NameError until 3.14
    /// ```
    fn is_bound_later(&self, name: &Name, scope: ScopeId, expr: &Expr) -> bool {
        let mut around = Some(scope);
        while let Some(id) = around {
            let here = self.scope(id);
            // What a function asks for it asks when it is called.
            if here.kind == ScopeKind::Function {
                return false;
            }
            around = here.parent;
        }
        let Some(file) = self.module(self.scope(scope).module).file else {
            return false;
        };
        if !self.is_plainly_here() {
            return false;
        }
        let syntax = self.library.syntax(file);
        let binds = |stmts: &Block| {
            let mut names = vec![];
            names_bound(stmts, &mut names);
            names.contains(&name)
        };
        let here = syntax.body.partition_point(|it| it.end <= expr.start);
        let (before, rest) = syntax.body.split_at(here);
        // What was to be bound before was passed over: an import of what is not installed.
        binds(rest) && !binds(before)
    }

    /// Whether a name is one of a function's own, which lacks it in this scope.
    fn is_unbound_local(&self, name: &Name, id: ScopeId) -> bool {
        let here = self.scope(id);
        let Some(Object::Function(function)) = here.function.map(|id| self.peek(id)) else {
            return false;
        };
        match &function.definition.code {
            Code::Def(def) if here.kind == ScopeKind::Function => {
                let file = self.library.file(function.file);
                def.is_local(name, &file.text) && !here.nonlocals.contains(name)
            }
            _ => false,
        }
    }

    /// What a name raises that its function, or one around, has not bound yet or has bound no more.
    fn unbound_local(&mut self, name: &Name, is_own: bool, at: Option<Place>) -> Box<Thrown> {
        let is_new = self.world.version >= PythonVersion::three(11);
        if !is_own {
            let message = if is_new {
                format!(
                    "cannot access free variable '{name}' where it is not associated with a value in enclosing scope"
                )
            } else {
                format!("free variable '{name}' referenced before assignment in enclosing scope")
            };
            return self.throw(self.known.name_error, message, at);
        }
        let class = self.world.facts.class("builtins", "UnboundLocalError");
        let message = if is_new {
            format!("cannot access local variable '{name}' where it is not associated with a value")
        } else {
            format!("local variable '{name}' referenced before assignment")
        };
        self.throw(class.unwrap_or(self.known.name_error), message, at)
    }

    /// The value of a name of which it is not known whether it is bound in this scope: where it is not, it is looked up further on, or
    /// raises.
    fn load_perhaps(
        &mut self,
        name: &Name,
        binding: &Binding,
        id: ScopeId,
        scope: ScopeId,
        expr: &Expr,
    ) -> Eval {
        let here = self.scope(id);
        let (kind, parent) = (here.kind, here.parent);
        let at = self.place(scope, expr.start, expr.end);
        let certain = binding.clone();
        self.either_value(
            at,
            |run| {
                run.bind(id, name, certain.value.clone(), certain.at);
                Ok(certain.value)
            },
            |run| {
                run.unbind(id, name);
                if kind == ScopeKind::Function {
                    return Err(run.unbound_local(name, id == scope, at));
                }
                run.load_from(name, parent, scope, expr)
            },
        )
    }

    /// A name of the `builtins` module.
    pub(crate) fn builtin_name(&mut self, name: &str) -> Option<Value> {
        if name == "__debug__" {
            return Some(Value::Bool(true));
        }
        // What programs have put there: `builtins._ = gettext`.
        if let Some(&ix) = self.loaded.get("builtins")
            && !name.starts_with("__")
            && let Some(binding) = self.scope(self.module(ix).scope).names.get(name)
        {
            return Some(binding.value.clone());
        }
        if let Some(known) = self.builtin_names.get(name) {
            return Some(known.clone());
        }
        let facts = self.world.facts.clone();
        let global = facts.module("builtins")?.get(name)?;
        let value = self.from_global("builtins", name, global);
        if matches!(value, Value::Class(_) | Value::Native(_) | Value::None) {
            self.builtin_names.insert(Name::from(name), value.clone());
        }
        Some(value)
    }

    /// The value of a name of one of the interpreter's modules.
    pub(super) fn from_global(&mut self, module: &str, name: &str, global: &Global) -> Value {
        match global {
            Global::Class(id) => Value::Class(*id),
            Global::Module(target) => match self.import(target, None) {
                Ok(ix) => Value::Module(ix),
                Err(_) => self.gap(Why::NotFound, target, None),
            },
            Global::Function(path) => Value::Native(std::sync::Arc::new(path.clone())),
            Global::Constant(constant) => from_constant(constant),
            Global::Instance {
                class,
                origin,
                mro_entries,
            } => self.table_instance(module, name, *class, *origin, mro_entries),
        }
    }

    /// An object of the interpreter's table: the same one each time it is asked for.
    fn table_instance(
        &mut self,
        module: &str,
        name: &str,
        class: ClassId,
        origin: Option<ClassId>,
        entries: &[ClassId],
    ) -> Value {
        let key = (Name::from(module), Name::from(name));
        if let Some(value) = self.table_objects.get(&key) {
            return value.clone();
        }
        let value = match (origin, module, name) {
            (_, "sys", "version_info") => {
                let version = self.world.version;
                let parts = vec![
                    Value::Int(i64::from(version.major)),
                    Value::Int(i64::from(version.minor)),
                    Value::Int(0),
                    Value::str("final"),
                    Value::Int(0),
                ];
                let mut instance = Instance::of(class);
                instance.payload = Some(Value::tuple(parts));
                self.allocate(Object::Instance(instance))
            }
            (_, "sys", "meta_path") => self.meta_path(),
            (_, "re", name) if flag_of(name).is_some() => {
                let mut flag = Instance::of(class);
                flag.payload = flag_of(name).map(Value::Int);
                self.allocate(Object::Instance(flag))
            }
            (Some(origin), _, _) if !entries.is_empty() => self.allocate(Object::Alias(Alias {
                kind: if entries.len() > 1 || entries.first() != Some(&origin) {
                    AliasKind::Named
                } else {
                    AliasKind::Generic
                },
                origin: Value::Class(origin),
                arguments: std::sync::Arc::from([]),
            })),
            _ => {
                let mut instance = Instance::of(class);
                instance.open = true;
                self.allocate(Object::Instance(instance))
            }
        };
        if let Value::Object(id) = &value {
            self.table_names.insert(*id, key.clone());
        }
        self.table_objects.insert(key, value.clone());
        value
    }

    /// Binds a name where the scope's declarations say.
    pub(crate) fn store(&mut self, name: &Name, value: Value, scope: ScopeId, at: Option<Place>) {
        let target = self.store_scope(name, scope);
        let name = self.mangled(name, scope);
        let value = if self.enum_bodies.contains_key(&target) {
            self.note_enum_name(target, &name, value, at)
        } else {
            value
        };
        if target != scope {
            let key = (target, name.clone().into_owned());
            if self.floor > 0 {
                self.handed.bound.insert(key);
            } else if self.journals.is_empty() {
                // Whoever calls that function again is given the like.
                self.given_later.insert(key, vec![value.clone()]);
            }
        }
        if self.prepared.is_empty() {
            self.bind(target, &name, value, at);
        } else {
            self.bind_in_body(target, &name, value, at);
        }
    }

    /// The scope in which an assignment to `name` takes effect.
    pub(super) fn store_scope(&self, name: &Name, scope: ScopeId) -> ScopeId {
        let here = self.scope(scope);
        if here.globals.contains(name) {
            return self.module(here.module).scope;
        }
        if here.nonlocals.contains(name) {
            let mut at = here.parent;
            while let Some(id) = at {
                let around = self.scope(id);
                if around.kind == ScopeKind::Function && around.names.contains_key(name) {
                    return id;
                }
                at = around.parent;
            }
        }
        scope
    }

    /// The name of a handler is deleted behind it, wherever it is bound (language reference 8.4.1).
    ///
    /// ```py
    /// def f():
    ///     global e
    ///     try: int("x")
    ///     except ValueError as e: pass    # and `e` of the module is no more
    /// ```
    pub(super) fn unbind_caught(&mut self, name: &Name, scope: ScopeId) {
        let target = self.store_scope(name, scope);
        let name = self.mangled(name, scope).into_owned();
        self.unbind(target, &name);
    }

    /// A name as the compiler takes it in code of this scope: `__x` inside of `class C` is `_C__x` (language reference 6.2.1).
    pub(crate) fn mangled<'n>(&self, name: &'n Name, scope: ScopeId) -> Cow<'n, Name> {
        if !name.starts_with("__") || name.ends_with("__") {
            return Cow::Borrowed(name);
        }
        let Some(body) = self.class_body_around(scope) else {
            return Cow::Borrowed(name);
        };
        let qualname = &self.scope(body).qualname;
        let class = qualname.rsplit('.').next().unwrap_or(qualname);
        Cow::Owned(Name::from(crate::semantics::mangle(class, name)))
    }

    /// The class whose body a scope stands in, once it exists.
    pub(crate) fn class_around(&self, scope: ScopeId) -> Option<ClassId> {
        let mut at = Some(scope);
        while let Some(id) = at {
            let here = self.scope(id);
            if let Some(Object::Function(function)) = here.function.map(|id| self.object(id))
                && let Some(body) = function.class_body
            {
                return self.scope(body).class;
            }
            if here.kind == ScopeKind::Class {
                return here.class;
            }
            at = here.parent;
        }
        None
    }

    /// Binds a target: a name, an attribute, an item, or several of these.
    pub(super) fn assign(
        &mut self,
        target: &Expr,
        value: Value,
        scope: ScopeId,
        at: Option<Place>,
    ) -> Eval<()> {
        match &target.kind {
            ExprKind::Name(name) => self.store(name, value, scope, at),
            ExprKind::Attribute(of, name) => {
                let object = self.eval(of, scope)?;
                let name = self.mangled(name, scope);
                self.set_attribute(&object, &name, value, at)?;
            }
            ExprKind::Subscript(pair) => {
                let object = self.eval(&pair.0, scope)?;
                let index = self.eval(&pair.1, scope)?;
                self.set_item(&object, &index, value, at)?;
            }
            ExprKind::Starred(inner) => self.assign(inner, value, scope, at)?,
            ExprKind::Tuple(targets) | ExprKind::List(targets) => {
                self.unpack(targets, &value, scope, at)?;
            }
            _ => {}
        }
        Ok(())
    }

    /// Binds every name of a target to the same gap: what it would have been could not be computed.
    pub(super) fn assign_gap(
        &mut self,
        target: &Expr,
        value: &Value,
        scope: ScopeId,
        at: Option<Place>,
    ) {
        match &target.kind {
            ExprKind::Name(name) => self.store(name, value.clone(), scope, at),
            ExprKind::Starred(inner) => self.assign_gap(inner, value, scope, at),
            ExprKind::Tuple(targets) | ExprKind::List(targets) => {
                for target in targets {
                    self.assign_gap(target, value, scope, at);
                }
            }
            _ => {}
        }
    }

    /// An exception of one of the interpreter's classes.
    pub(crate) fn throw(
        &mut self,
        class: ClassId,
        message: String,
        at: Option<Place>,
    ) -> Box<Thrown> {
        let mut instance = Instance::of(class);
        instance.payload = Some(Value::tuple(vec![Value::str(&message)]));
        let value = self.allocate(Object::Instance(instance));
        Box::new(Thrown {
            class: Some(class),
            value,
            message: Some(message),
            at,
            on: None,
            is_written: false,
            is_certain: self.is_certain_here(),
            ended: vec![],
            verdict: None,
            is_cut: false,
        })
    }

    /// The names of a module, as a dict that shows them.
    pub(crate) fn namespace_dict(&mut self, scope: ScopeId) -> Value {
        self.keep_scope(scope);
        // The dict of a module is one and the same each time.
        let is_module = self.scope(scope).kind == ScopeKind::Module;
        if let Some(shown) = self.module_dicts.get(&scope).filter(|_| is_module) {
            return shown.clone();
        }
        let dict = self.allocate(Object::Dict(Dict {
            view: Some(scope),
            ..Dict::default()
        }));
        if is_module && self.journals.is_empty() {
            self.module_dicts.insert(scope, dict.clone());
        }
        dict
    }

    /// The module a table-backed name belongs to, for modules of the interpreter.
    pub(crate) fn table_name_of<'v>(&'v self, value: &'v Value) -> Option<(&'v str, &'v str)> {
        match value {
            Value::Object(id) => self
                .table_names
                .get(id)
                .map(|(module, name)| (module.as_str(), name.as_str())),
            Value::Native(path) => Some((path.module.as_str(), path.qualname.as_str())),
            _ => None,
        }
    }

    /// A name of a module, without its `__getattr__`.
    pub(crate) fn module_name(&mut self, ix: ModuleIx, name: &Name) -> Option<Value> {
        let scope = self.module(ix).scope;
        if let Some(binding) = self.scope(scope).names.get(name) {
            return Some(binding.value.clone());
        }
        if self.module(ix).home == Home::Table {
            let module = self.module(ix).name.clone();
            if module == "os" && name == "name" {
                return Some(Value::str(self.world.os_name()));
            }
            if module == "sys" && name == "platform" {
                return Some(Value::Str(Arc::from(self.world.platform.as_str())));
            }
            let facts = self.world.facts.clone();
            if let Some(global) = facts.module(&module).and_then(|module| module.get(name)) {
                let value = self.from_global(&module, name, global);
                return Some(value);
            }
        }
        if name == "__spec__"
            && let Some(spec) = self.module_spec(ix, None)
        {
            return Some(spec);
        }
        // What the import system sets on every module: there, whatever it is.
        matches!(
            name.as_str(),
            "__doc__" | "__spec__" | "__loader__" | "__cached__" | "__builtins__"
        )
        .then(|| self.gap(Why::NotFollowed, name, None))
    }
}

impl Run<'_, '_> {
    /// A module's `__spec__`, with its name and its package; of one that is read from a file, which its loader and its path say, and the folders in which
    /// what is in it is looked for, all that it has.
    pub(crate) fn module_spec(
        &mut self,
        ix: ModuleIx,
        read: Option<(Value, &str, Value)>,
    ) -> Option<Value> {
        let class = self.import_class("ModuleSpec", "_frozen_importlib")?;
        let state = self.module(ix);
        let name = state.name.clone();
        let parent = if state.package {
            name.as_str()
        } else {
            name.rsplit_once('.').map_or("", |(parent, _)| parent)
        };
        let mut instance = Instance::of(class);
        for (key, text) in [("name", name.as_str()), ("parent", parent)] {
            let binding = Binding::new(Value::str(text), None);
            instance.names.insert(Name::const_new(key), binding);
        }
        instance.open = read.is_none();
        if let Some((loader, path, folders)) = read {
            for (key, value) in [
                ("loader", loader),
                ("origin", Value::str(path)),
                ("loader_state", Value::None),
                ("submodule_search_locations", folders),
            ] {
                instance
                    .names
                    .insert(Name::const_new(key), Binding::new(value, None));
            }
        }
        Some(self.allocate(Object::Instance(instance)))
    }

    /// A module's `__loader__`.
    pub(crate) fn module_loader(&mut self, name: &str, path: &str) -> Option<Value> {
        let class = self.import_class("SourceFileLoader", "_frozen_importlib_external")?;
        let mut instance = Instance::of(class);
        for (key, text) in [("name", name), ("path", path)] {
            let binding = Binding::new(Value::str(text), None);
            instance.names.insert(Name::const_new(key), binding);
        }
        Some(self.allocate(Object::Instance(instance)))
    }

    /// A class of the import system.
    fn import_class(&self, name: &str, module: &str) -> Option<ClassId> {
        let facts = &self.world.facts;
        let shown = facts.class("importlib.machinery", name);
        shown.or_else(|| facts.class(module, name))
    }
}

fn from_constant(constant: &Constant) -> Value {
    match constant {
        Constant::None => Value::None,
        Constant::Ellipsis => Value::Ellipsis,
        Constant::NotImplemented => Value::NotImplemented,
        Constant::Bool(it) => Value::Bool(*it),
        Constant::Int(it) => Value::Int(*it),
        Constant::BigInt(digits) => digits
            .parse()
            .map_or(Value::Int(i64::MAX), |big| Value::BigInt(Arc::new(big))),
        Constant::Float(it) => Value::Float(*it),
        Constant::Str(it) => Value::str(it),
        Constant::Bytes(it) => Value::Bytes(Arc::from(&**it)),
        Constant::Tuple(items) => Value::tuple(items.iter().map(from_constant).collect()),
    }
}

/// The number that a flag of `re` is.
fn flag_of(name: &str) -> Option<i64> {
    Some(match name {
        "NOFLAG" => 0,
        "I" | "IGNORECASE" => 2,
        "L" | "LOCALE" => 4,
        "M" | "MULTILINE" => 8,
        "S" | "DOTALL" => 16,
        "U" | "UNICODE" => 32,
        "X" | "VERBOSE" => 64,
        "DEBUG" => 128,
        "A" | "ASCII" => 256,
        _ => return None,
    })
}
