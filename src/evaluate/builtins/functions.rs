//! The functions of `builtins`.

use crate::Name;
use crate::evaluate::machine::arguments::Arguments;
use crate::evaluate::machine::asked::Asked;
use crate::evaluate::machine::flow::Thrown;
use crate::evaluate::machine::run::{Eval, Run};
use crate::evaluate::machine::value::{Object, Value};
use crate::semantics::{ClassId, Why};

impl Run<'_, '_> {
    pub(super) fn builtin_function(&mut self, asked: &Asked<'_>) -> Eval<Option<Value>> {
        let arguments = &asked.arguments;
        let first = asked.first().cloned();
        let second = arguments.positional.get(1).cloned();
        let at = asked.at;
        let name = asked.path.qualname.as_str();
        if arguments.open_positional
            && matches!(name, "getattr" | "hasattr" | "setattr" | "delattr")
        {
            return Ok(None);
        }
        // Code that sets and deletes names is asked for those that are not known, too.
        if let (Some(object), Some(Value::Gap(_))) = (&first, &second)
            && let Some(hook) = match name {
                "setattr" => self.hook_of(object, "__setattr__"),
                "delattr" => self.hook_of(object, "__delattr__"),
                _ => None,
            }
        {
            let handed = arguments.positional.iter().skip(1).cloned().collect();
            self.call(&hook, Arguments::of(handed), at, asked.scope)?;
            return Ok(Some(Value::None));
        }
        Ok(match (name, first, second) {
            ("isinstance", Some(value), Some(kinds)) => {
                let decision = self.is_instance(&value, &kinds, asked)?;
                Some(self.decided(decision, asked))
            }
            ("issubclass", Some(Value::Class(class)), Some(kinds)) => {
                let asked_of = Value::Class(class);
                let decision =
                    match self.by_own_hook(&asked_of, &kinds, "__subclasscheck__", asked)? {
                        Some(answer) => self.decide(&answer),
                        None => self.is_kind_of(class, &kinds),
                    };
                Some(self.decided(decision, asked))
            }
            ("callable", Some(value), _) => {
                let decided = match &value {
                    Value::Gap(_) => None,
                    Value::Class(_) | Value::Native(_) | Value::Method(_) => Some(true),
                    other => self
                        .class_of(other)
                        .map(|class| self.find_in_mro(class, "__call__").is_some()),
                };
                Some(self.decided(decided, asked))
            }
            ("hasattr", Some(value), Some(Value::Str(name))) => {
                if value.is_gap() {
                    // Whatever it is: what has no `__dict__` has what its class has.
                    let class = self.exact_class(&value);
                    let class = class.filter(|&it| self.classes.is_interpreters(it));
                    let decided = class.and_then(|class| {
                        let has_dict = self.classes.made(class)?.shape.dict;
                        (!has_dict).then(|| self.find_in_mro(class, &name).is_some())
                    });
                    return Ok(Some(self.decided(decided, asked)));
                }
                self.askers += 1;
                let answer = self.get_attribute(&value, &Name::from(&*name), at);
                self.askers -= 1;
                let decided = match answer {
                    _ if self.is_perhaps(&value, &name) => None,
                    Ok(Value::Gap(id)) => match self.gaps[id.0].gap.why {
                        // It is there, only its value is not known.
                        Why::NotFollowed => Some(true),
                        _ => None,
                    },
                    Ok(_) => Some(true),
                    Err(thrown) => match self.is_of_missing_name(&thrown) {
                        Some(false) => return Err(thrown),
                        is_missing => is_missing.map(|_| false),
                    },
                };
                Some(self.decided(decided, asked))
            }
            ("getattr", Some(value), Some(Value::Str(name))) => {
                let default = arguments.positional.get(2).cloned();
                self.askers += u32::from(default.is_some());
                let answer = self.get_attribute(&value, &Name::from(&*name), at);
                self.askers -= u32::from(default.is_some());
                match (answer, default) {
                    (Ok(found), Some(default)) if self.is_perhaps(&value, &name) => {
                        Some(self.either(found, default, &name, at))
                    }
                    (Ok(value), _) => Some(value),
                    (Err(thrown), Some(default)) => match self.is_of_missing_name(&thrown) {
                        Some(true) => Some(default),
                        Some(false) => return Err(thrown),
                        None => None,
                    },
                    (Err(thrown), None) => return Err(thrown),
                }
            }
            ("setattr", Some(object), Some(Value::Str(name))) => {
                let value = arguments.positional.get(2).cloned().unwrap_or(Value::None);
                self.set_attribute(&object, &Name::from(&*name), value, at)?;
                Some(Value::None)
            }
            ("setattr", Some(object), Some(name))
                if arguments.positional.len() == 3 && self.has_sides(&[&name]) =>
            {
                let value = arguments.positional.get(2).cloned().unwrap_or(Value::None);
                let set = self.in_each_side(&name, at, |run, name| match name {
                    Value::Str(name) => {
                        run.set_attribute(&object, &Name::from(&**name), value.clone(), at)
                    }
                    _ => Ok(()),
                });
                set.transpose()?;
                Some(Value::None)
            }
            ("setattr", Some(Value::Class(class)), Some(_)) if arguments.positional.len() == 3 => {
                self.note_pattern(class, asked);
                Some(Value::None)
            }
            ("setattr" | "delattr", Some(Value::Module(ix)), Some(_)) => {
                let scope = self.module(ix).scope;
                self.open_view(scope, at);
                Some(Value::None)
            }
            ("delattr", Some(Value::Class(class)), Some(Value::Gap(_))) => {
                self.may_replace_names_of(class, "", at);
                Some(Value::None)
            }
            ("delattr", Some(object), Some(Value::Str(name))) => {
                self.delete_attribute(&object, &Name::from(&*name), at)?;
                Some(Value::None)
            }
            ("vars", Some(value), _) => {
                let names = self.get_attribute(&value, &Name::const_new("__dict__"), at);
                Some(names.map_err(|thrown| self.has_no_dict(thrown, at))?)
            }
            ("len", ..) => {
                let Some(given) = self.placed(arguments, "len", &[""], 1, at)? else {
                    return Ok(None);
                };
                let value = given.into_iter().flatten().next().unwrap_or(Value::None);
                let length = self.length_of(&value, at)?;
                if let Some(length) = length {
                    Some(Value::Int(i64::try_from(length).unwrap_or(i64::MAX)))
                } else {
                    let least = self.least_length(&value);
                    least.map(|least| self.some_at_least(least, at))
                }
            }
            ("sorted", ..) => self.sorted(asked)?,
            ("aiter", Some(value), None) if self.is_traced() && self.is_at_least(10) => {
                Some(self.asked_for_async_iterator(&value, at)?)
            }
            ("iter", ..) => self.asked_for_iterator(arguments, at)?,
            ("next", ..) => self.asked_for_next(arguments, at, asked.scope)?,
            (function @ ("any" | "all"), ..) => {
                let stop = function == "any";
                let Some(given) = self.placed(arguments, function, &[""], 1, at)? else {
                    return Ok(None);
                };
                let value = given.into_iter().flatten().next().unwrap_or(Value::None);
                let decision = self.first_of_truth(&value, stop, asked)?;
                Some(self.decided(decision, asked))
            }
            ("print", ..) => {
                for value in &arguments.positional {
                    let text = self.text_within(value, at);
                    if self.settled(text, at)?.is_none() {
                        self.lose();
                    }
                }
                Some(Value::None)
            }
            ("compile", Some(_), _) => self.compile_text(asked),
            ("exec" | "eval", Some(_), _) => {
                if let Some(value) = self.run_text(asked)? {
                    return Ok(Some(value));
                }
                // What the text binds is not known: whatever it is handed may hold more after it.
                let handed: Vec<Value> =
                    asked.arguments.positional.iter().skip(1).cloned().collect();
                if handed.is_empty() {
                    self.open_view(asked.scope, at);
                }
                for namespace in &handed {
                    self.open_dict(namespace, at);
                }
                (asked.path.qualname == "exec").then_some(Value::None)
            }
            ("id", Some(value), _) => self.identity_of(&value),
            ("min" | "max", ..) => self.extreme(asked)?,
            ("sum", ..) => self.summed(asked)?,
            ("__import__", Some(Value::Str(name)), _) => {
                self.import(&name, at)?;
                let has_list = arguments
                    .get(3, "fromlist")
                    .is_some_and(|it| self.truth(it) == Some(true));
                let top = if has_list {
                    &*name
                } else {
                    name.split('.').next().unwrap_or(&name)
                };
                self.loaded.get(top).map(|&ix| Value::Module(ix))
            }
            ("dir", Some(value), _) if self.is_listed_by_code(&value) => {
                self.listed_by_code(&value, at)?
            }
            ("dir", Some(value), _) => self.listed(&value).map(|(names, open)| {
                self.allocates(names.len());
                let items = names.iter().map(|it| Value::str(it)).collect();
                self.allocate(Object::List { items, open })
            }),
            _ => None,
        })
    }

    /// Whether an exception says that a name is missing, which `hasattr` and `getattr` with a default take for an answer; none where its
    /// class is not known.
    pub(crate) fn is_of_missing_name(&self, thrown: &Thrown) -> Option<bool> {
        if thrown.is_cut {
            return Some(false);
        }
        let missing = self.world.facts.class("builtins", "AttributeError")?;
        let is_missing = self.classes.is_subclass(thrown.class?, missing);
        // Another exception may be there on paper alone, by what is not known.
        (is_missing || thrown.is_certain || thrown.verdict.is_some()).then_some(is_missing)
    }

    /// `any(iterable)`, `all(iterable)`: up to the first item that says so.
    fn first_of_truth(
        &mut self,
        iterable: &Value,
        stop: bool,
        asked: &Asked<'_>,
    ) -> Eval<Option<bool>> {
        let mut source = self.source(iterable, asked.at)?;
        let mut undecided = false;
        while self.round() {
            let next = self.next_in_any_order(&mut source, asked.at, asked.scope)?;
            let Some(item) = next else {
                undecided |= source.is_open();
                return Ok((!undecided).then_some(!stop));
            };
            match self.truth_of(&item, asked.at)? {
                Some(truth) if truth == stop => {
                    if undecided {
                        // It may have stopped before.
                        self.lose_iterators(&source);
                    }
                    return Ok(Some(stop));
                }
                Some(_) => {}
                None => undecided = true,
            }
        }
        self.lose_iterators(&source);
        Ok(None)
    }

    /// A decision as a value, or a gap where it could not be made.
    pub(super) fn decided(&mut self, decision: Option<bool>, asked: &Asked<'_>) -> Value {
        match decision {
            Some(truth) => Value::Bool(truth),
            None => self.gap_for(asked.at, Why::Undecided),
        }
    }

    /// Whether it hangs on a condition that could not be decided whether a class, or an instance of it, has a name.
    /// How many items an open container has at least.
    fn least_length(&self, value: &Value) -> Option<usize> {
        let Value::Object(id) = value else {
            return None;
        };
        match self.object(*id) {
            Object::List { items, .. } => Some(items.len()),
            Object::Set { items, .. } => Some(items.len()),
            Object::Dict(dict) if dict.view.is_none() => Some(dict.entries.len()),
            _ => None,
        }
    }

    fn is_perhaps(&self, value: &Value, name: &str) -> bool {
        let class = match value {
            Value::Class(class) => Some(*class),
            Value::Object(id) => match self.object(*id) {
                Object::Instance(it) => match it.names.get(name) {
                    Some(own) => return own.maybe.is_some(),
                    None => Some(it.class),
                },
                _ => None,
            },
            _ => None,
        };
        let found = class.and_then(|class| self.find_in_mro(class, name));
        found.is_some_and(|(_, binding)| binding.is_some_and(|it| it.maybe.is_some()))
    }

    /// `isinstance(value, kinds)`, where `kinds` is a class or a tuple of such (`object_isinstance`).
    fn is_instance(
        &mut self,
        value: &Value,
        kinds: &Value,
        asked: &Asked<'_>,
    ) -> Eval<Option<bool>> {
        if let Value::Tuple(kinds) = kinds {
            let mut all = Some(false);
            for kind in kinds.iter() {
                match self.is_instance(value, kind, asked)? {
                    Some(true) => return Ok(Some(true)),
                    Some(false) => {}
                    None => all = None,
                }
            }
            return Ok(all);
        }
        // A tuple of which only the beginning is known: one of these is enough.
        if let Value::Gap(id) = kinds
            && let Some(first) = self.beginnings.get(id).cloned()
        {
            let answer = self.is_instance(value, &Value::Tuple(first), asked)?;
            return Ok(answer.filter(|it| *it));
        }
        let class = self.exact_class(value);
        if matches!(kinds, Value::Class(kind) if class == Some(*kind)) {
            return Ok(Some(true));
        }
        if let Some(answer) = self.by_own_hook(value, kinds, "__instancecheck__", asked)? {
            return Ok(self.decide(&answer));
        }
        Ok(match class {
            // An object may say that it is of another class than it is (`object_isinstance` asks for its `__class__`).
            Some(class) => match self.is_kind_of(class, kinds) {
                Some(false) if self.user_defines(class, "__class__") => None,
                Some(false) if self.is_code(class, "__getattribute__") => {
                    self.is_instance_by_class(value, class, kinds, asked)?
                }
                answer => answer,
            },
            None => self.is_instance_out_of_view(value, kinds),
        })
    }

    /// What an object whose class answers for all of its attributes says of its `__class__` (`object_isinstance`).
    fn is_instance_by_class(
        &mut self,
        value: &Value,
        class: ClassId,
        kinds: &Value,
        asked: &Asked<'_>,
    ) -> Eval<Option<bool>> {
        let Value::Class(kind) = kinds else {
            return Ok(None);
        };
        let hook = self
            .metaclass_of(*kind)
            .and_then(|it| self.find_in_mro(it, "__instancecheck__"));
        if hook.is_none_or(|(owner, _)| owner != self.known.type_) {
            self.lose();
            return Ok(Some(false));
        }
        let name = Name::const_new("__class__");
        Ok(match self.get_attribute(value, &name, asked.at) {
            Ok(Value::Class(said)) if said == class => Some(false),
            Ok(Value::Class(said)) => Some(self.classes.is_subclass(said, *kind)),
            Ok(Value::Gap(_)) => None,
            Ok(_) => Some(false),
            Err(thrown) if thrown.class == Some(self.known.attribute_error) => Some(false),
            Err(thrown) => return Err(thrown),
        })
    }

    /// What the metaclass of a class says to a value, where it has a hook with source.
    fn by_own_hook(
        &mut self,
        value: &Value,
        kind: &Value,
        name: &str,
        asked: &Asked<'_>,
    ) -> Eval<Option<Value>> {
        let Value::Class(class) = kind else {
            return Ok(None);
        };
        let Some(metaclass) = self.metaclass_of(*class) else {
            return Ok(None);
        };
        if value.is_gap() || !self.is_whole(metaclass) || !self.user_defines(metaclass, name) {
            return Ok(None);
        }
        let found = self.find_in_mro(metaclass, name);
        // A parent's hook that was taken back is no code of anybody's.
        let hook = found.and_then(|(_, binding)| binding);
        if hook.is_none_or(|it| self.function(&it.value).is_none()) {
            return Ok(None);
        }
        match self.special_method(kind, metaclass, name) {
            Some(method) => self.call_one(&method, value.clone(), asked).map(Some),
            None => Ok(None),
        }
    }

    /// `issubclass(class, kinds)`, where `kinds` is a class or a tuple of such.
    pub(crate) fn is_kind_of(&self, class: ClassId, kinds: &Value) -> Option<bool> {
        match kinds {
            Value::Class(kind) => {
                if class == *kind || *kind == self.known.object {
                    return Some(true);
                }
                let is_below = self.classes.is_subclass(class, *kind);
                if is_below {
                    return Some(true);
                }
                if !self.is_whole(class) {
                    return None;
                }
                // A metaclass may say yes without the MRO: `ABCMeta.register`, `__subclasshook__`.
                let hook = self.metaclass_of(*kind)?;
                if self.has_instance_hook(hook) {
                    self.by_hook(class, *kind)
                } else {
                    Some(false)
                }
            }
            Value::Tuple(kinds) => {
                let mut all = Some(false);
                for kind in kinds.iter() {
                    match self.is_kind_of(class, kind) {
                        Some(true) => return Some(true),
                        Some(false) => {}
                        None => all = None,
                    }
                }
                all
            }
            _ => None,
        }
    }

    fn has_instance_hook(&self, metaclass: ClassId) -> bool {
        if !self.is_whole(metaclass) {
            return true;
        }
        ["__instancecheck__", "__subclasscheck__"]
            .iter()
            .any(|name| {
                match self.find_in_mro(metaclass, name) {
                    Some((owner, _)) if owner == self.known.type_ => false,
                    // `__subclasscheck__ = type.__subclasscheck__` takes a parent's hook back.
                    Some((_, Some(binding))) => !matches!(&binding.value, Value::Native(path)
                    if path.module == "builtins" && path.qualname == format!("type.{name}")),
                    Some((_, None)) => true,
                    None => false,
                }
            })
    }

    /// What an ABC of one method answers: whether the class has that method.
    fn by_hook(&self, class: ClassId, kind: ClassId) -> Option<bool> {
        let needed: &[&str] = match self.classes.get(kind).path.name() {
            "Hashable" => &["__hash__"],
            "Iterable" => &["__iter__"],
            "Sized" => &["__len__"],
            "Callable" => &["__call__"],
            "Container" => &["__contains__"],
            "Iterator" => &["__iter__", "__next__"],
            // The builtin sequences and mappings are registered.
            "Sequence" => {
                return Some(
                    [
                        self.known.tuple,
                        self.known.str_,
                        self.known.list,
                        self.known.bytes,
                        self.known.range,
                    ]
                    .iter()
                    .any(|it| self.classes.is_subclass(class, *it))
                        || self.is_under(class, "collections", "deque"),
                );
            }
            "Mapping" | "MutableMapping" => {
                return Some(self.classes.is_subclass(class, self.known.dict));
            }
            "Set" | "MutableSet" => {
                return Some(
                    [self.known.set, self.known.frozenset]
                        .iter()
                        .any(|it| self.classes.is_subclass(class, *it)),
                );
            }
            _ => return None,
        };
        Some(
            needed
                .iter()
                .all(|name| self.find_in_mro(class, name).is_some()),
        )
    }

    /// Calls a callable with one argument, its exceptions taken for gaps.
    pub(crate) fn call_one(
        &mut self,
        function: &Value,
        argument: Value,
        asked: &Asked<'_>,
    ) -> Eval {
        self.call(
            function,
            Arguments::of(vec![argument]),
            asked.at,
            asked.scope,
        )
    }
}
