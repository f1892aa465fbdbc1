//! `type.__new__` and the calls of metaclasses around it: from a name, bases and a namespace to a class object.

use crate::Name;
use crate::evaluate::machine::arguments::{Arguments, Keywords};
use crate::evaluate::machine::flow::Thrown;
use crate::evaluate::machine::run::{Eval, Run};
use crate::evaluate::machine::value::{Binding, Namespace, Object, ScopeId, Value};
use crate::semantics::{
    ClassId, ClassPath, CreationStep, Declared, Made, Origin, Outcome, Raised, SlotItem,
    TypeNewError, Wanted, Why, bound_by_statement, most_derived, type_new,
};
use crate::source::{Place, PythonVersion};

impl Run<'_, '_> {
    /// `metaclass(name, bases, namespace, **keywords)`, its own `__call__` included.
    pub(crate) fn call_metaclass_fully(
        &mut self,
        metaclass: ClassId,
        arguments: Arguments,
        at: Option<Place>,
        scope: ScopeId,
    ) -> Eval {
        if let Some(above) = self.metaclass_of(metaclass)
            && self.user_defines(above, "__call__")
            && let Some(method) = self.special_method(&Value::Class(metaclass), above, "__call__")
        {
            return self.call(&method, arguments, at, scope);
        }
        self.call_metaclass(metaclass, arguments, at, scope)
    }

    /// `type.__call__(metaclass, …)`: its `__new__`, then its `__init__`.
    pub(crate) fn call_metaclass(
        &mut self,
        metaclass: ClassId,
        arguments: Arguments,
        at: Option<Place>,
        scope: ScopeId,
    ) -> Eval {
        // `type(x)` with one argument asks for a class.
        if metaclass == self.known.type_ && arguments.positional.len() == 1 && !arguments.is_open()
        {
            let value = &arguments.positional[0];
            return Ok(match self.exact_class(value) {
                Some(class) => Value::Class(class),
                None => match *value {
                    Value::Class(class) => self.class_gap(class, "", at),
                    _ => self.beyond(&value.clone()),
                },
            });
        }
        let name = arguments.positional.first();
        let is_watched = self.begin_made_by_call(name, at, scope);
        let lent = self.lend_for_class();
        let result = self.made_and_set_up(metaclass, arguments, at, scope);
        self.repay_class(lent);
        if is_watched {
            self.end_made_by_call(&result);
        }
        result
    }

    /// `__new__` of a metaclass, then its `__init__`.
    fn made_and_set_up(
        &mut self,
        metaclass: ClassId,
        arguments: Arguments,
        at: Option<Place>,
        scope: ScopeId,
    ) -> Eval {
        let made = self.metaclass_new(metaclass, arguments.clone(), at, scope)?;
        // The one that is called is that of the class that came out (`type_call`): `type("T", (Base,), {})` may give another metaclass's.
        let kind = match made {
            Value::Class(class) => self.metaclass_of(class).unwrap_or(metaclass),
            _ => metaclass,
        };
        if !matches!(made, Value::Class(_)) || !self.classes.is_subclass(kind, metaclass) {
            return Ok(made);
        }
        if !self.user_defines(kind, "__init__") {
            self.note_library_hook(kind, "__init__");
        } else if let Some(method) = self.special_method(&made, kind, "__init__") {
            self.note_step(CreationStep::Init(kind));
            let returned = self.call(&method, arguments, at, scope)?;
            self.returns_nothing(&returned, at)?;
        }
        Ok(made)
    }

    /// Whether what this metaclass does is told by [`Run::special_new`], also where its source is the project itself.
    pub(super) fn is_told(&self, metaclass: ClassId) -> bool {
        [
            ("typing", "NamedTupleMeta"),
            ("typing", "_TypedDictMeta"),
            ("typing", "_ProtocolMeta"),
            ("enum", "EnumType"),
            ("enum", "EnumMeta"),
        ]
        .iter()
        .any(|(module, name)| self.is_library_class(metaclass, module, name))
    }

    /// `type.__new__(metaclass, name, bases, namespace, **keywords)`, or that of one of the interpreter's metaclasses.
    pub(crate) fn new_class(
        &mut self,
        metaclass: ClassId,
        arguments: &Arguments,
        at: Option<Place>,
        scope: ScopeId,
    ) -> Eval {
        if let Some(message) = self.misfit_type(metaclass, arguments) {
            return Err(self.throw(self.known.type_error, message, at));
        }
        let [Value::Str(name), written, namespace, ..] = arguments.positional.as_slice() else {
            let gap = self.gap_for(at, Why::Input);
            let name = arguments.positional.first();
            if let Some(Value::Str(_)) = name {
                return self.unknown_class(arguments, Some(metaclass), &[gap], at, scope);
            }
            let bases = arguments.positional.get(1).cloned();
            let (bases, _) = self.iterate(&bases.unwrap_or(Value::None));
            self.list_nameless(Some(metaclass), name, &bases, at, scope);
            return Ok(gap);
        };
        let name = Name::from(&**name);
        let (bases, open) = self.iterate(written);
        if let Some(winner) = self.another_metaclass(metaclass, &bases).filter(|_| !open) {
            return self.metaclass_new(winner, arguments.clone(), at, scope);
        }
        // Where its own metaclass makes it, its place is that of the call which made it do so.
        let made_at = self.started.call_that_makes(&name).or(at);
        let mut names = self.namespace_of(namespace, &name, made_at);
        let cell = self.taken_class_cell(&mut names);
        self.refused_keywords_of_typing(metaclass, &bases, &arguments.keywords, at)?;
        if let Some(value) = self.special_new(metaclass, &name, &bases, &names, at, scope)? {
            // `NamedTupleMeta` hands it on to nobody.
            if let (Value::Class(class), Ok(cell)) = (&value, &cell)
                && !self.is_library_class(metaclass, "typing", "NamedTupleMeta")
            {
                self.fill_class_cell(*cell, *class);
            }
            return Ok(value);
        }
        let mut gaps: Vec<Value> = vec![];
        if open {
            gaps.push(self.gap_for(at, Why::Input));
        }
        let mut ids = vec![];
        for base in &bases {
            match base {
                Value::Class(id) => ids.push(*id),
                Value::Gap(_) => gaps.push(base.clone()),
                Value::Object(_) if self.has_entries(base) => {
                    let message = String::from(
                        "type() doesn't support MRO entry resolution; use types.new_class()",
                    );
                    return Err(self.throw(self.known.type_error, message, at));
                }
                _ => gaps.push(self.gap_for(at, Why::NotFollowed)),
            }
        }
        let blocked = ids
            .iter()
            .copied()
            .find(|&id| matches!(self.classes.get(id).outcome, Outcome::Raises(_)));
        let is_unknown = !gaps.is_empty()
            || ids.iter().any(|&id| !self.is_whole(id))
            || !self.is_whole(metaclass);
        if is_unknown && blocked.is_none() {
            return self.unknown_class(arguments, Some(metaclass), &gaps, at, scope);
        }
        if blocked.is_none()
            && self.world.version >= PythonVersion::three(12)
            && self.is_under(metaclass, "typing", "_ProtocolMeta")
        {
            self.check_protocol(&ids, at)?;
        }
        // The names of a body that may be absent are listed as such.
        let is_body = matches!(namespace, Value::Object(id)
            if matches!(self.object(*id), Object::Dict(dict) if dict.view.is_some()));
        let (opened, is_replaced) = match namespace {
            Value::Object(id) => match self.object(*id) {
                Object::Dict(dict) => {
                    let body = dict.view.and_then(|it| self.opened_bodies.get(&it));
                    (body.copied(), dict.replaced)
                }
                _ => (None, false),
            },
            _ => (None, false),
        };
        let is_open = match self.dict_entries(namespace) {
            Some(_) if is_body => opened.is_some(),
            Some((_, open)) => open,
            None => !matches!(namespace, Value::None),
        };
        let rests_on = self.bases_rest_on(&ids);
        let id = self.begin_class(&name, names, made_at, scope);
        self.assume(id, rests_on);
        let odd_cell = match cell {
            Ok(cell) => {
                self.fill_class_cell(cell, id);
                None
            }
            Err(raised) => Some(*raised),
        };
        let place = at.or_else(|| self.classes.get(id).origin.place());
        if let Some(place) = place.filter(|_| is_open) {
            self.unlisted.insert(id, place);
            if is_replaced || opened.is_some() {
                self.may_replace_names_of(id, "", opened.flatten().or(Some(place)));
            }
        }
        if let Some(base) = blocked {
            self.started.lose();
            let base_path = self.classes.get(base).path.to_string();
            self.class_mut(id).outcome = Outcome::Raises(Raised {
                kind: Name::const_new("NameError"),
                message: format!("its base {base_path} cannot be made"),
                inherited_from: Some(base),
                bases: ids,
                ..Raised::default()
            });
            return Ok(Value::Class(id));
        }
        let book = match self.pending.last() {
            Some(pending) if pending.made == Some(id) => self.enum_bodies.remove(&pending.body),
            _ => None,
        };
        if let Some(raised) = book.as_ref().and_then(|book| self.before_enum(book)) {
            return self.raise_for_class(id, raised, at);
        }
        // `ABCMeta` sets two names of the class by way of it, which is not followed (`_abc__abc_init`).
        if self.is_under(metaclass, "abc", "ABCMeta") && self.user_defines(metaclass, "__setattr__")
        {
            self.started.lose();
        }
        let keywords = self.keywords_left(metaclass, &arguments.keywords);
        let keywords = Keywords {
            named: &keywords,
            open: arguments.open_keywords,
        };
        let made = self.finish_class(id, metaclass, &name, &ids, keywords, at, scope)?;
        let is_made = matches!(self.classes.get(id).outcome, Outcome::Created(_));
        if let Some(raised) = odd_cell.filter(|_| is_made) {
            return self.raise_for_class(id, raised, at);
        }
        if is_made && self.is_under(metaclass, "abc", "ABCMeta") {
            self.ask_marks(id, at)?;
        }
        if matches!(self.classes.get(id).outcome, Outcome::Created(_))
            && let Some(raised) = self
                .abc_flags_fault(id, metaclass, at)
                .or_else(|| self.ctypes_fault(id, metaclass))
        {
            return self.raise_for_class(id, raised, at);
        }
        if let Some(raised) = self.add_ctypes_fields(id, at) {
            return self.raise_for_class(id, raised, at);
        }
        if let Some(book) = book
            && matches!(self.classes.get(id).outcome, Outcome::Created(_))
            && let Some(raised) = self.finish_enum(id, &book)
        {
            return self.raise_for_class(id, raised, at);
        }
        Ok(made)
    }

    /// What `type.__new__` says to arguments that do not fit (`type_new` and `type_call`).
    fn misfit_type(&self, metaclass: ClassId, arguments: &Arguments) -> Option<String> {
        if arguments.is_open() {
            return None;
        }
        let given = arguments.positional.len();
        let [name, bases, namespace] = arguments.positional.as_slice() else {
            let by_abc = self
                .find_in_mro(metaclass, "__new__")
                .is_some_and(|(owner, _)| self.is_library_class(owner, "abc", "ABCMeta"));
            if by_abc && arguments.keywords.is_empty() {
                return Some(self.misfit_abc(given));
            }
            return Some(if metaclass == self.known.type_ {
                String::from("type() takes 1 or 3 arguments")
            } else {
                format!("type.__new__() takes exactly 3 arguments ({given} given)")
            });
        };
        let known = &self.known;
        let wanted = [
            (name, known.str_, "str"),
            (bases, known.tuple, "tuple"),
            (namespace, known.dict, "dict"),
        ];
        let mut wanted = wanted.iter().enumerate();
        wanted.find_map(|(index, (value, class, wants))| {
            let is = self.class_of(value).filter(|it| self.is_whole(*it))?;
            if self.classes.is_subclass(is, *class) {
                return None;
            }
            let is = self.type_name(value);
            let place = index + 1;
            Some(format!(
                "type.__new__() argument {place} must be {wants}, not {is}"
            ))
        })
    }

    /// The keywords that reach `__init_subclass__`: what one of the interpreter's metaclasses does not take for itself.
    fn keywords_left(&self, metaclass: ClassId, keywords: &[(Name, Value)]) -> Vec<(Name, Value)> {
        if keywords.is_empty() {
            return vec![];
        }
        let takes = |name: &Name| {
            self.makes_enums(metaclass) && matches!(name.as_str(), "boundary" | "_simple")
        };
        let passes_on = self.classes.mro(metaclass).is_some_and(|mro| {
            mro.iter().all(|&it| {
                !self.classes.is_interpreters(it)
                    || it == self.known.type_
                    || it == self.known.object
                    || self.makes_enums(it)
                    || self.is_library_class(it, "abc", "ABCMeta")
                    || self.is_library_class(it, "typing", "_ProtocolMeta")
            })
        });
        let left = keywords
            .iter()
            .filter(|(name, _)| passes_on && !takes(name));
        left.cloned().collect()
    }

    /// A class of these names and bases, whatever its metaclass would do.
    pub(crate) fn plain_class(
        &mut self,
        metaclass: ClassId,
        name: &Name,
        bases: &[ClassId],
        names: Namespace,
        at: Option<Place>,
        scope: ScopeId,
    ) -> Eval {
        let id = self.begin_class(name, names, at, scope);
        self.finish_class(id, metaclass, name, bases, Keywords::default(), at, scope)
    }

    /// The class statement that waits for a class of this name. A metaclass may call `type.__new__` with a name of its own; the
    /// qualified name in the namespace tells all the same.
    pub(super) fn awaiting(
        &self,
        name: &str,
        qualname: Option<&str>,
    ) -> Option<&crate::evaluate::classes::class_statement::Pending> {
        self.pending
            .last()
            .filter(|it| it.made.is_none())
            .filter(|it| it.name == name || qualname == Some(&*it.path.qualname))
    }

    /// Enters the class that is about to be made: the one of the class statement that waits for it, or one of its own.
    pub(super) fn begin_class(
        &mut self,
        name: &Name,
        names: Namespace,
        at: Option<Place>,
        scope: ScopeId,
    ) -> ClassId {
        let qualname = match names.get("__qualname__").map(|binding| &binding.value) {
            Some(Value::Str(text)) => Some(text.clone()),
            _ => None,
        };
        let waiting = self.awaiting(name, qualname.as_deref()).is_some();
        let placeholder = Outcome::Unknown {
            because: vec![],
            known: vec![],
            metaclass: None,
        };
        if waiting {
            let Some(pending) = self.pending.last().cloned() else {
                return self.known.object;
            };
            let id = self.push_class(pending.path, pending.origin, placeholder);
            if let Some(pending) = self.pending.last_mut() {
                pending.made = Some(id);
            }
            self.scope_mut(pending.body).class = Some(id);
            self.statements.insert(id, pending.facts);
            let names = self.with_implicit_wrappers(names);
            self.class_names.insert(id, names);
            return id;
        }
        let text = |key: &str| match names.get(key).map(|binding| &binding.value) {
            Some(Value::Str(text)) => Some(Name::from(&**text)),
            _ => None,
        };
        let module = text("__module__")
            .unwrap_or_else(|| self.module(self.scope(scope).module).name.clone());
        let qualname = text("__qualname__").unwrap_or_else(|| name.clone());
        let origin = at.map_or(Origin::Interpreter, Origin::Call);
        let id = self.push_class(ClassPath::new(module, qualname), origin, placeholder);
        let names = self.with_implicit_wrappers(names);
        self.class_names.insert(id, names);
        id
    }

    /// `type.__new__` makes `__new__` a static method, `__init_subclass__` and `__class_getitem__` class methods.
    /// A class that compares its instances and does not say how they are hashed gets `__hash__ = None` (`type_ready_set_hash`).
    fn with_implicit_wrappers(&mut self, mut names: Namespace) -> Namespace {
        // A slot of that name is there before it is looked for.
        let slots = names.get("__slots__").map(|it| match &it.value {
            Value::Object(id) => match self.object(*id) {
                Object::List { items, .. } => items.as_slice(),
                _ => &[],
            },
            Value::Tuple(items) => items,
            one => std::slice::from_ref(one),
        });
        let is_hash = |it: &Value| matches!(it, Value::Str(slot) if &**slot == "__hash__");
        let has_slot = slots.is_some_and(|slots| slots.iter().any(is_hash));
        if names.contains_key("__eq__") && !names.contains_key("__hash__") && !has_slot {
            let nothing = Binding::new(Value::None, None);
            names.insert(Name::const_new("__hash__"), nothing);
        }
        for name in ["__new__", "__init_subclass__", "__class_getitem__"] {
            let Some(binding) = names.get(name) else {
                continue;
            };
            if self.function(&binding.value).is_none() {
                continue;
            }
            let (inner, at) = (binding.value.clone(), binding.at);
            let wrapped = self.allocate(match name {
                "__new__" => Object::StaticMethod(inner),
                _ => Object::ClassMethod(inner),
            });
            names.insert(Name::from(name), Binding::new(wrapped, at));
        }
        names
    }

    /// Makes the class object, then runs the hooks: `mro()`, `__set_name__`, `__init_subclass__`.
    #[expect(clippy::too_many_arguments, reason = "these are the parts of a class")]
    pub(crate) fn finish_class(
        &mut self,
        id: ClassId,
        metaclass: ClassId,
        name: &Name,
        bases: &[ClassId],
        keywords: Keywords<'_>,
        at: Option<Place>,
        scope: ScopeId,
    ) -> Eval {
        let qualname = self
            .class_names
            .get(&id)
            .and_then(|names| names.get("__qualname__"));
        if let Some(value) = qualname.map(|it| it.value.clone())
            && !matches!(self.plain(&value), Value::Str(_) | Value::Gap(_))
        {
            let message = format!(
                "type __qualname__ must be a str, not {}",
                self.type_name(&value)
            );
            let raised = Raised {
                kind: Name::const_new("TypeError"),
                message,
                ..Raised::default()
            };
            return self.raise_for_class(id, raised, at);
        }
        let slots = self.declared_slots(id);
        let made = self.type_new(id, metaclass, name, bases, &slots, None);
        let made = match made {
            Ok(made) => made,
            // Only `super().mro()` would find this where the metaclass has an `mro()` of its own.
            Err(TypeNewError::InconsistentMro { .. } | TypeNewError::DuplicateBase(_))
                if most_derived(metaclass, bases, &self.classes)
                    .is_ok_and(|metaclass| self.user_defines(metaclass, "mro")) =>
            {
                match self.type_new(id, metaclass, name, bases, &slots, Some(&[id])) {
                    Ok(made) => made,
                    Err(_) => return Ok(self.gap_for(at, Why::NotFollowed)),
                }
            }
            Err(error) => {
                let raised = Raised {
                    bases: bases.to_vec(),
                    ..error.raised(&self.classes, self.world.version)
                };
                return self.raise_for_class(id, raised, at);
            }
        };
        let metaclass = made.metaclass;
        self.class_mut(id).outcome = Outcome::Created(made);
        if self.user_defines(metaclass, "mro")
            && let Some(left) = self.own_mro(id, metaclass, name, bases, &slots, at, scope)
        {
            return left;
        }
        self.in_hooks.push(id);
        self.note_step(CreationStep::TypeNew(id));
        let hooks = self.set_names(id, at, scope);
        let hooks = hooks.and_then(|()| self.init_subclass(id, None, keywords, at, scope));
        self.in_hooks.pop();
        hooks.map(|()| Value::Class(id))
    }

    pub(super) fn type_new(
        &self,
        id: ClassId,
        metaclass: ClassId,
        name: &Name,
        bases: &[ClassId],
        slots: &DeclaredSlots,
        mro: Option<&[ClassId]>,
    ) -> Result<Made, TypeNewError> {
        let names = self.class_names.get(&id);
        let implicit = bound_by_statement(self.world.version);
        let is_statement = matches!(self.classes.get(id).origin, Origin::Statement { .. });
        let binds = |name: &str| {
            names.is_some_and(|names| {
                // What may be absent is no conflict for certain.
                let bound = names.get(name).is_some_and(|it| it.maybe.is_none());
                bound && name != "__qualname__"
            }) || (is_statement && implicit.contains(&name))
        };
        let wanted = Wanted {
            name,
            metaclass,
            slots: slots.declared(),
            binds: &binds,
            mro,
            version: self.world.version,
        };
        type_new(id, &wanted, bases, &self.classes)
    }

    /// Notes the exception on the class of the statement, and raises it where somebody may catch it.
    pub(super) fn raise_for_class(
        &mut self,
        id: ClassId,
        raised: Raised,
        at: Option<Place>,
    ) -> Eval {
        let kind = self
            .world
            .facts
            .class("builtins", &raised.kind)
            .unwrap_or(self.known.type_error);
        let message = raised.message.clone();
        let said = raised.clone();
        self.class_mut(id).outcome = Outcome::Raises(raised);
        if self.is_guarded() {
            return Err(self.throw(kind, message, at));
        }
        // A class that a call makes on the way of a statement, as a decorator does, ends that statement.
        let is_called = !matches!(self.classes.get(id).origin, Origin::Statement { .. });
        if is_called && self.making > 0 {
            let mut thrown = self.throw(kind, message, at);
            thrown.verdict = Some(Box::new(said));
            return Err(thrown);
        }
        if let Outcome::Raises(raised) = &self.classes.get(id).outcome {
            let raised = raised.clone();
            self.ends_with(&raised);
        }
        Ok(Value::Class(id))
    }

    /// Whether an exception is a hook's verdict on the class: a `raise` in source of what hooks reject classes with. Anything else
    /// tells of a state that a program changes before it imports this, or of what we could not follow.
    pub(super) fn rejects(&self, thrown: &Thrown) -> bool {
        thrown.verdict.is_some()
            || thrown.is_written
                && thrown.on.is_none()
                && thrown.class.is_some_and(|class| {
                    [self.known.type_error, self.known.value_error]
                        .iter()
                        .any(|kind| self.classes.is_subclass(class, *kind))
                })
    }

    /// What the class's namespace says with `__slots__`.
    pub(super) fn declared_slots(&mut self, id: ClassId) -> DeclaredSlots {
        let value = match self
            .class_names
            .get(&id)
            .and_then(|names| names.get("__slots__"))
        {
            Some(binding) => binding.value.clone(),
            None => return DeclaredSlots::Absent,
        };
        let name = match &value {
            Value::Str(text) => {
                return DeclaredSlots::Items(vec![SlotItem::Name(Name::from(&**text))]);
            }
            Value::Gap(_) => {
                self.take_for_granted(crate::semantics::Assumption {
                    what: String::from("`__slots__`, which could not be computed, changes nothing"),
                    at: self
                        .class_names
                        .get(&id)
                        .and_then(|names| names.get("__slots__"))
                        .and_then(|it| it.at),
                });
                return DeclaredSlots::Absent;
            }
            Value::None | Value::Int(_) | Value::Bool(_) | Value::Float(_) | Value::Ellipsis => {
                self.class_of(&value)
                    .map(|class| Name::from(self.classes.get(class).path.name()))
            }
            // A class is gone through by its metaclass, if at all.
            Value::Class(class) => self
                .metaclass_of(*class)
                .filter(|&it| {
                    let has = |name| self.find_in_mro(it, name).is_some();
                    self.is_whole(it) && !has("__iter__") && !has("__getitem__")
                })
                .map(|it| Name::from(self.classes.get(it).path.name())),
            Value::Native(path) if !self.is_python_native(path) && path.module == "builtins" => {
                Some(Name::const_new("builtin_function_or_method"))
            }
            _ => None,
        };
        if let Some(name) = name {
            return DeclaredSlots::NotIterable(name);
        }
        let (items, _) = self.iterate_any_order(&value);
        let items = items
            .iter()
            .filter_map(|item| match self.plain(item) {
                Value::Str(text) => Some(SlotItem::Name(Name::from(&*text))),
                Value::Gap(_) => None,
                other => {
                    let class = self.class_of(&other)?;
                    Some(SlotItem::NotString(Name::from(
                        self.classes.get(class).path.name(),
                    )))
                }
            })
            .collect();
        DeclaredSlots::Items(items)
    }
}

/// `__slots__`, with the items it holds.
pub(super) enum DeclaredSlots {
    Absent,
    Items(Vec<SlotItem>),
    NotIterable(Name),
}

impl DeclaredSlots {
    fn declared(&self) -> Declared<'_> {
        match self {
            Self::Absent => Declared::Absent,
            Self::Items(items) => Declared::Items(items),
            Self::NotIterable(name) => Declared::NotIterable(name),
        }
    }
}
