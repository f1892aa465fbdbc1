//! What making an instance refuses: arguments that `object` does not take, abstract methods, an `__init__` that returns something. And
//! what calling something refuses that cannot be called.

use std::collections::BTreeSet;

use crate::Name;
use crate::evaluate::machine::arguments::Arguments;
use crate::evaluate::machine::flow::Thrown;
use crate::evaluate::machine::run::{Eval, Run};
use crate::evaluate::machine::value::{Object, ScopeId, Value};
use crate::semantics::{ClassId, no_instance_for_super};
use crate::source::{Place, PythonVersion};

impl Run<'_, '_> {
    /// Raises what `object.__new__(class, …)` raises (`object_new` in CPython's `typeobject.c`); nothing where another `__new__` is asked.
    ///
    /// ```py
    /// class Trait: ...
    /// Trait(3)  # TypeError: Trait() takes no arguments
    /// ```
    pub(crate) fn refused_by_new(
        &mut self,
        class: ClassId,
        arguments: &Arguments,
        is_asked_for: bool,
        at: Option<Place>,
    ) -> Eval<()> {
        if self.classes.is_interpreters(class) || !self.is_whole(class) {
            return Ok(());
        }
        let has_new = self.defines_beyond_object(class, "__new__");
        if has_new && !is_asked_for {
            return Ok(());
        }
        if is_excess(arguments) {
            if has_new {
                let message =
                    "object.__new__() takes exactly one argument (the type to instantiate)";
                return Err(self.throw(self.known.type_error, message.to_owned(), at));
            }
            if !self.defines_beyond_object(class, "__init__") {
                let message = format!(
                    "{}() takes no arguments",
                    self.classes.get(class).path.name()
                );
                return Err(self.throw(self.known.type_error, message, at));
            }
        }
        // `ABCMeta` looks for them once `type.__new__` is done.
        if self.in_hooks.contains(&class) {
            return Ok(());
        }
        match self.abstract_names(class, 0) {
            Some(names) if !names.is_empty() => {
                let message = self.lacks_methods(class, &names);
                Err(self.throw(self.known.type_error, message, at))
            }
            Some(_) => Ok(()),
            None => {
                self.lose();
                Ok(())
            }
        }
    }

    /// Whether the `__new__` that runs for a class is one of the interpreter's modules' own, rather than that of the type it derives from:
    /// `tokenize.TokenInfo(…)` takes five arguments, as a tuple does not.
    pub(crate) fn is_made_otherwise(&self, class: ClassId, kind: ClassId) -> bool {
        let found = self.find_in_mro(class, "__new__");
        found.is_some_and(|(owner, _)| owner != kind && self.classes.is_interpreters(owner))
    }

    /// Raises what `object.__new__(class)` raises where instances of the class are laid out by another type (`tp_new_wrapper`).
    ///
    /// ```py
    /// class Names(list): ...
    /// object.__new__(Names)  # TypeError: object.__new__(Names) is not safe, use Names.__new__()
    /// ```
    pub(crate) fn refused_by_layout(&mut self, class: ClassId, at: Option<Place>) -> Eval<()> {
        let mut by = class;
        loop {
            let gives = self.find_in_mro(by, "__new__").map(|(owner, _)| owner);
            // A `__new__` with source, in the library too, is passed over: `Enum.__new__` (`slot_tp_new`).
            let in_c = |owner: ClassId| {
                self.classes.is_interpreters(owner)
                    && !self.is_python_native(&self.classes.get(owner).path)
            };
            if gives.is_none_or(in_c) {
                break;
            }
            match self.classes.made(by).and_then(|made| made.best_base) {
                Some(base) => by = base,
                None => return Ok(()),
            }
        }
        if !self.is_whole(class) || !self.defines_beyond_object(by, "__new__") {
            return Ok(());
        }
        let message = format!(
            "object.__new__({}) is not safe, use {}.__new__()",
            self.classes.get(class).path.name(),
            self.classes.get(by).path.name()
        );
        Err(self.throw(self.known.type_error, message, at))
    }

    /// Raises what the type written in C that lays out the instances raises for these arguments: in its `__init__` where it changes
    /// (`list___init___impl`, `dict_init`, `set_init`), in its `__new__` where it does not (`long_new`, `tuple_new`, …). Only where the arguments
    /// are values that no code of the project stands behind.
    ///
    /// ```py
    /// class Names(dict): ...
    /// Names("default")  # ValueError: dictionary update sequence element #0 has length 1; 2 is required
    /// ```
    pub(crate) fn refused_by_base(
        &mut self,
        class: ClassId,
        arguments: &Arguments,
        at: Option<Place>,
        scope: ScopeId,
    ) -> Eval<()> {
        let known = self.known;
        let by_init = [known.list, known.dict, known.set];
        let by_new = [
            known.tuple,
            known.frozenset,
            known.str_,
            known.int,
            known.float,
            known.bytes,
            known.complex,
        ];
        if self.classes.is_interpreters(class)
            || arguments.is_open()
            || !arguments.keywords.is_empty()
        {
            return Ok(());
        }
        let is_under = |it: &ClassId| self.classes.is_subclass(class, *it);
        let (base, hook) = match by_init.into_iter().find(is_under) {
            Some(base) => (base, "__init__"),
            None => match by_new.into_iter().find(is_under) {
                Some(base) => (base, "__new__"),
                None => return Ok(()),
            },
        };
        // Another type written in C may stand between.
        let gives = self.find_in_mro(class, hook).map(|(owner, _)| owner);
        if gives != Some(base) {
            return Ok(());
        }
        let is_plain = |value: &Value| match value {
            Value::Object(id) => matches!(
                self.object(*id),
                Object::List { open: false, .. } | Object::Set { .. } | Object::Dict(_)
            ),
            value => !value.is_gap() && !matches!(value, Value::Class(_) | Value::Method(_)),
        };
        if !arguments.positional.iter().all(is_plain) {
            return Ok(());
        }
        let given = arguments.positional.len();
        if (base == known.set || base == known.frozenset) && given > 1 {
            let name = self.classes.get(class).path.name();
            let message = format!("{name} expected at most 1 argument, got {given}");
            return Err(self.throw(self.known.type_error, message, at));
        }
        match self.call_known_class(base, arguments, at, scope) {
            Some(Err(thrown)) => Err(thrown),
            _ => Ok(()),
        }
    }

    /// Raises what `object.__init__(self, …)` raises (`object_init`).
    pub(crate) fn refused_by_init(
        &mut self,
        class: ClassId,
        arguments: &Arguments,
        at: Option<Place>,
    ) -> Eval<()> {
        if self.classes.is_interpreters(class) || !self.is_whole(class) || !is_excess(arguments) {
            return Ok(());
        }
        let name = if self.defines_beyond_object(class, "__init__") {
            "object"
        } else if self.defines_beyond_object(class, "__new__") {
            return Ok(());
        } else {
            self.classes.get(class).path.name()
        };
        let message =
            format!("{name}.__init__() takes exactly one argument (the instance to initialize)");
        Err(self.throw(self.known.type_error, message, at))
    }

    /// `vars()` says so in its own words.
    pub(crate) fn has_no_dict(&mut self, thrown: Box<Thrown>, at: Option<Place>) -> Box<Thrown> {
        let is_missing = thrown
            .class
            .is_some_and(|it| self.classes.is_subclass(it, self.known.attribute_error));
        if !is_missing {
            return thrown;
        }
        let message = String::from("vars() argument must have __dict__ attribute");
        let mut said = self.throw(self.known.type_error, message, at);
        said.is_certain &= thrown.is_certain;
        said
    }

    /// Raises what `type.__init__` raises (`type_init`).
    pub(crate) fn refused_by_type_init(
        &mut self,
        arguments: &Arguments,
        at: Option<Place>,
    ) -> Eval<()> {
        let message = match arguments.positional.len() {
            _ if arguments.is_open() => return Ok(()),
            1 if !arguments.keywords.is_empty() => "type.__init__() takes no keyword arguments",
            1 | 3 => return Ok(()),
            _ => "type.__init__() takes 1 or 3 arguments",
        };
        Err(self.throw(self.known.type_error, message.to_owned(), at))
    }

    /// `__init__` returns nothing (`slot_tp_init`).
    pub(crate) fn returns_nothing(&mut self, returned: &Value, at: Option<Place>) -> Eval<()> {
        if matches!(returned, Value::None | Value::Gap(_)) {
            return Ok(());
        }
        let message = format!(
            "__init__() should return None, not '{}'",
            self.type_name(returned)
        );
        Err(self.throw(self.known.type_error, message, at))
    }

    /// Notes which names are abstract in a class now: `ABCMeta.__new__` does it once, `abc.update_abstractmethods` again.
    pub(crate) fn note_abstract_names(&mut self, class: ClassId) {
        if self.classes.get(class).abstract_left.is_some() {
            self.class_mut(class).abstract_left = None;
        }
        if self.classes.is_interpreters(class) || self.classes.made(class).is_none() {
            return;
        }
        if let Some(names) = self.abstract_names(class, 0) {
            self.class_mut(class).abstract_left = Some(names.into_iter().collect());
        }
    }

    /// The names that a class of `ABCMeta` has in `__abstractmethods__` (`_abc__abc_init_impl`): none where that cannot be told.
    pub(super) fn abstract_names(&self, class: ClassId, depth: u32) -> Option<BTreeSet<Name>> {
        let made = self.classes.made(class)?;
        if let Some(names) = &self.classes.get(class).abstract_left {
            return Some(names.iter().cloned().collect());
        }
        let mut names = BTreeSet::new();
        let is_abstract = self
            .classes
            .mro(made.metaclass)?
            .iter()
            .any(|it| self.is_library_class(*it, "abc", "ABCMeta"))
            && !self.classes.get(class).skips_abc;
        if !is_abstract || self.is_library_class(class, "abc", "ABC") {
            return Some(names);
        }
        // A class of the standard library, or one below a chain that nobody writes.
        if self.classes.is_interpreters(class) || depth > 64 {
            return None;
        }
        for (name, binding) in self.class_names.get(&class)? {
            // What `ABCMeta` and `type` put there themselves.
            if matches!(
                name.as_str(),
                "_abc_impl" | "__abstractmethods__" | "__doc__"
            ) {
                continue;
            }
            if binding.maybe.is_some() {
                return None;
            }
            if self.is_abstract_value(&binding.value)? {
                names.insert(name.clone());
            }
        }
        for base in &made.bases {
            for name in self.abstract_names(*base, depth + 1)? {
                let (_, binding) = self.find_in_mro(class, &name)?;
                if self.is_abstract_value(&binding?.value)? {
                    names.insert(name);
                }
            }
        }
        Some(names)
    }

    /// Raises where an object says itself whether it is abstract, and cannot be told so: `@abstractmethod` around `@classmethod`.
    pub(crate) fn refuses_mark(&mut self, value: &Value, at: Option<Place>) -> Eval<()> {
        let Value::Object(id) = value else {
            return Ok(());
        };
        let kind = match self.object(*id) {
            Object::ClassMethod(_) => "classmethod",
            Object::StaticMethod(_) => "staticmethod",
            Object::Property { .. } => "property",
            _ => return Ok(()),
        };
        let message =
            format!("attribute '__isabstractmethod__' of '{kind}' objects is not writable");
        Err(self.throw(self.known.attribute_error, message, at))
    }

    /// `value.__isabstractmethod__`, where it can be told.
    fn is_abstract_value(&self, value: &Value) -> Option<bool> {
        let Value::Object(id) = value else {
            return (!value.is_gap()).then_some(false);
        };
        match self.object(*id) {
            Object::Function(function) => Some(function.is_abstract),
            Object::ClassMethod(inner) | Object::StaticMethod(inner) => {
                self.is_abstract_value(inner)
            }
            Object::Property { get, set, delete } => {
                let mut parts = [get, set, delete].into_iter();
                parts.try_fold(false, |any, part| Some(any | self.is_abstract_value(part)?))
            }
            Object::Instance(instance) => {
                let knows = instance.open
                    || instance.payload.is_some()
                    || self.classes.is_interpreters(instance.class)
                    || instance.names.contains_key("__isabstractmethod__")
                    || self.user_defines(instance.class, "__isabstractmethod__")
                    || self.user_defines(instance.class, "__getattr__");
                (!knows).then_some(false)
            }
            _ => Some(false),
        }
    }

    fn lacks_methods(&self, class: ClassId, names: &BTreeSet<Name>) -> String {
        let class = self.classes.get(class).path.name();
        let plural = if names.len() == 1 { "" } else { "s" };
        let names: Vec<&str> = names.iter().map(Name::as_str).collect();
        if self.world.version >= PythonVersion::three(12) {
            let names = names.join("', '");
            return format!(
                "Can't instantiate abstract class {class} without an implementation for abstract method{plural} '{names}'"
            );
        }
        let names = names.join(", ");
        format!("Can't instantiate abstract class {class} with abstract method{plural} {names}")
    }

    /// Raises for a call of what cannot be called (`_PyObject_MakeTpCall`).
    pub(crate) fn not_callable(&mut self, callee: &Value, at: Option<Place>) -> Eval {
        let unknown = crate::semantics::Why::NotFollowed;
        let is_known = match callee {
            Value::Gap(_) | Value::Class(_) | Value::Method(_) | Value::Native(_) => false,
            Value::Object(id) => match self.object(*id) {
                Object::Instance(instance) => !self.classes.is_interpreters(instance.class),
                Object::Property { .. }
                | Object::List { .. }
                | Object::Dict(_)
                | Object::Set { .. } => true,
                _ => false,
            },
            _ => true,
        };
        let class = self.class_of(callee).filter(|_| is_known);
        let Some(class) = class.filter(|it| self.is_whole(*it)) else {
            if matches!(callee, Value::Object(_)) {
                self.perhaps_raises("TypeError", at)?;
            }
            return Ok(self.gap_for(at, unknown));
        };
        if self.find_in_mro(class, "__call__").is_some() {
            return Ok(self.gap_for(at, unknown));
        }
        let message = format!("'{}' object is not callable", self.type_name(callee));
        Err(self.throw(self.known.type_error, message, at))
    }

    /// `super(after, receiver)` (`supercheck`).
    pub(crate) fn new_super(&mut self, after: ClassId, receiver: Value, at: Option<Place>) -> Eval {
        let fits = match &receiver {
            Value::Gap(_) | Value::None => true,
            value => {
                let by_itself = matches!(value, Value::Class(it)
                    if !self.is_whole(*it) || self.classes.is_subclass(*it, after));
                by_itself
                    || self.class_of(value).is_none_or(|it| {
                        !self.is_whole(it)
                            || self.classes.is_subclass(it, after)
                            || self.user_defines(it, "__class__")
                    })
            }
        };
        if fits || !self.is_whole(after) {
            return Ok(self.allocate(Object::Super { after, receiver }));
        }
        let called = |it: ClassId| self.classes.get(it).path.name();
        let message = match &receiver {
            Value::Class(it) if self.world.version >= PythonVersion::three(13) => format!(
                "super(type, obj): obj (type {}) is not an instance or subtype of type ({}).",
                called(*it),
                called(after)
            ),
            value => {
                let of = self.type_name(value);
                no_instance_for_super(&of, called(after), self.world.version)
            }
        };
        Err(self.throw(self.known.type_error, message, at))
    }
}

/// Whether there is an argument besides the first.
fn is_excess(arguments: &Arguments) -> bool {
    let has_any = !arguments.positional.is_empty() || !arguments.keywords.is_empty();
    has_any && !arguments.is_open()
}
