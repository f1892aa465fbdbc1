//! The hooks that `type.__new__` calls once there is a class: `__set_name__` of what its namespace holds, `__init_subclass__` of its parents.

use crate::Name;
use crate::evaluate::machine::arguments::{Arguments, Keywords};
use crate::evaluate::machine::flow::Thrown;
use crate::evaluate::machine::run::{Eval, Run};
use crate::evaluate::machine::value::{Binding, Code, Object, ScopeId, Value};
use crate::semantics::{ClassId, CreationStep, Why};
use crate::source::{Place, PythonVersion};

impl Run<'_, '_> {
    /// `__set_name__` of what the namespace holds, in order (`type_new_set_names`).
    pub(crate) fn set_names(&mut self, id: ClassId, at: Option<Place>, scope: ScopeId) -> Eval<()> {
        let names: Vec<(Name, Value)> = self
            .class_names
            .get(&id)
            .map(|names| {
                names
                    .iter()
                    .map(|(name, binding)| (name.clone(), binding.value.clone()))
                    .collect()
            })
            .unwrap_or_default();
        for (name, value) in names {
            let Value::Object(object) = &value else {
                continue;
            };
            let Object::Instance(instance) = self.object(*object) else {
                continue;
            };
            let class = instance.class;
            if self.classes.is_interpreters(class) {
                self.note_library_hook(class, "__set_name__");
            }
            if self.is_library_class(class, "functools", "cached_property") {
                self.name_cached_property(id, &value, &name, at)?;
                continue;
            }
            if self.user_defines(class, "__set_name__")
                && let Some(method) = self.special_method(&value, class, "__set_name__")
            {
                let arguments = Arguments::of(vec![Value::Class(id), Value::str(&name)]);
                let before = (self.undecided, self.decided_here);
                self.note_step(CreationStep::SetName(class));
                let result = match self.misfit_verdict(&method, &arguments, at) {
                    Some(thrown) => Err(thrown),
                    None => self.call(&method, arguments, at, scope).map(|_| ()),
                };
                if let Err(thrown) = result {
                    if thrown.is_cut {
                        return Err(thrown);
                    }
                    if self.is_guarded()
                        || self.is_final(&thrown)
                        || self.is_plain_raise(&thrown, before)
                    {
                        return Err(self.in_set_name(thrown, id, &value, &name, at));
                    }
                    // What else it raises tells of a state; the class is taken to be made.
                    let assumption = self.does_not_raise(&thrown);
                    self.take_for_granted(assumption);
                }
            }
        }
        Ok(())
    }

    /// Until 3.11 what `__set_name__` raises comes as the cause of a `RuntimeError`.
    fn in_set_name(
        &mut self,
        thrown: Box<Thrown>,
        class: ClassId,
        value: &Value,
        name: &Name,
        at: Option<Place>,
    ) -> Box<Thrown> {
        let is_verdict = self.is_final(&thrown) || !self.is_guarded();
        if self.world.version >= PythonVersion::three(12) {
            return if is_verdict {
                self.as_verdict(thrown)
            } else {
                thrown
            };
        }
        let kind = self.type_name(value);
        let class = self.classes.get(class).path.name();
        let message =
            format!("Error calling __set_name__ on '{kind}' instance '{name}' in '{class}'");
        if !is_verdict {
            return self.throw(self.known.runtime_error, message, at);
        }
        self.verdict("RuntimeError", message, at)
    }

    /// `functools.cached_property.__set_name__`
    fn name_cached_property(
        &mut self,
        class: ClassId,
        value: &Value,
        name: &Name,
        at: Option<Place>,
    ) -> Eval<()> {
        let Value::Object(id) = value else {
            return Ok(());
        };
        let key = Name::const_new("attrname");
        let Object::Instance(instance) = self.object(*id) else {
            return Ok(());
        };
        match instance.names.get(&key).map(|it| it.value.clone()) {
            Some(Value::Str(first)) if *first != **name => {
                let message = format!(
                    "Cannot assign the same cached_property to two different names ('{first}' and '{name}')."
                );
                let thrown = self.verdict("TypeError", message, at);
                Err(self.in_set_name(thrown, class, value, name, at))
            }
            _ => {
                let binding = crate::evaluate::machine::value::Binding::new(Value::str(name), at);
                if let Object::Instance(instance) = self.object_mut(*id) {
                    instance.names.insert(key, binding);
                }
                Ok(())
            }
        }
    }

    /// `super(cls, cls).__init_subclass__(**keywords)`: the one that comes next in the MRO, after another where one is named.
    pub(crate) fn init_subclass(
        &mut self,
        id: ClassId,
        after: Option<ClassId>,
        keywords: Keywords<'_>,
        at: Option<Place>,
        scope: ScopeId,
    ) -> Eval<()> {
        let Some(mro) = self.classes.mro(id).map(<[ClassId]>::to_vec) else {
            return Ok(());
        };
        let first = after.unwrap_or(id);
        let rest = mro.into_iter().skip_while(|&it| it != first).skip(1);
        for ancestor in rest {
            if let Some(of) = self.new_types.get(&ancestor) {
                let name = self.classes.get(id).path.name();
                let message = format!(
                    "Cannot subclass an instance of NewType. Perhaps you were looking for: `{name} = NewType('{name}', {of})`"
                );
                return Err(self.verdict("TypeError", message, at));
            }
            if !self.own_has(ancestor, "__init_subclass__") {
                continue;
            }
            if ancestor != self.known.object
                && (self.classes.is_interpreters(ancestor) || self.tells_of_subclasses(ancestor))
            {
                self.note_step(CreationStep::Library(ancestor, "__init_subclass__"));
            }
            if self.tells_of_subclasses(ancestor) {
                return self.library_init_subclass(ancestor, id, keywords, at, scope);
            }
            if self.classes.is_interpreters(ancestor) {
                return Ok(());
            }
            let Some(binding) = self
                .class_names
                .get(&ancestor)
                .and_then(|names| names.get("__init_subclass__"))
            else {
                return Ok(());
            };
            // `type.__new__` makes it a class method where it is a plain function.
            let function = self.static_part(&binding.value.clone());
            let arguments = Arguments {
                positional: vec![Value::Class(id)],
                keywords: keywords.named.to_vec(),
                open_keywords: keywords.open,
                ..Arguments::default()
            };
            if let Some(thrown) = self.misfit_verdict(&function, &arguments, at) {
                return Err(thrown);
            }
            let before = (self.undecided, self.decided_here);
            self.note_step(CreationStep::InitSubclass(ancestor));
            self.note_keywords(keywords.named);
            let result = self.call(&function, arguments, at, scope);
            return match result {
                Err(thrown)
                    if self.is_final(&thrown)
                        || self.undecided == before.0
                            && (self.rejects(&thrown) || self.is_plain_raise(&thrown, before)) =>
                {
                    Err(self.as_verdict(thrown))
                }
                Err(thrown) if self.is_guarded() || thrown.is_cut => Err(thrown),
                Err(thrown) => {
                    let assumption = self.does_not_raise(&thrown);
                    self.take_for_granted(assumption);
                    Ok(())
                }
                Ok(_) => Ok(()),
            };
        }
        Ok(())
    }

    /// Whether a hook of the standard library is told here: those of `object` and of the classes of `typing`, `TestCase`, `Template`.
    fn tells_of_subclasses(&self, class: ClassId) -> bool {
        class == self.known.object
            || self.is_generic(class)
            || self.is_library_class(class, "typing", "Protocol")
            || self.is_library_class(class, "unittest.case", "TestCase")
            || self.is_library_class(class, "typing", "_Final")
            || self.is_library_class(class, "typing", "Annotated")
            || self.is_library_class(class, "string", "Template")
    }

    /// What those hooks do.
    pub(crate) fn library_init_subclass(
        &mut self,
        owner: ClassId,
        id: ClassId,
        keywords: Keywords<'_>,
        at: Option<Place>,
        scope: ScopeId,
    ) -> Eval<()> {
        if self.is_library_class(owner, "unittest.case", "TestCase") {
            self.prepare_test_case(id, at);
            return self.init_subclass(id, Some(owner), keywords, at, scope);
        }
        if self.is_library_class(owner, "typing", "_Final") {
            if keywords.named.iter().any(|(name, _)| name == "_root") {
                return Ok(());
            }
            let message = String::from("Cannot subclass special typing classes");
            return Err(self.verdict("TypeError", message, at));
        }
        if self.is_library_class(owner, "typing", "Annotated") {
            let message = format!(
                "Cannot subclass {}.Annotated",
                self.classes.get(id).path.module
            );
            return Err(self.verdict("TypeError", message, at));
        }
        if self.is_library_class(owner, "string", "Template") {
            self.init_subclass(id, Some(owner), keywords, at, scope)?;
            return self.compile_template(id, at, scope);
        }
        let is_typings =
            self.is_generic(owner) || self.is_library_class(owner, "typing", "Protocol");
        if owner != self.known.object && !is_typings {
            // What else it does is not followed; it hands on what is above it.
            return Ok(());
        }
        if owner != self.known.object {
            self.init_subclass(id, Some(owner), keywords, at, scope)?;
            return if self.is_generic(owner) {
                self.generic_init_subclass(id, at)
            } else {
                self.protocol_init_subclass(id, at)
            };
        }
        if keywords.named.is_empty() {
            return Ok(());
        }
        let class = self.classes.get(id).path.qualname.clone();
        let message = format!("{class}.__init_subclass__() takes no keyword arguments");
        Err(self.verdict("TypeError", message, at))
    }

    /// `string.Template.__init_subclass__`: the pattern that a class gives itself is compiled.
    fn compile_template(&mut self, class: ClassId, at: Option<Place>, scope: ScopeId) -> Eval<()> {
        let name = Name::const_new("pattern");
        let own = self.class_names.get(&class).and_then(|it| it.get(&name));
        let Some(own) = own.cloned() else {
            let unknown = Binding::new(self.gap(Why::NotFollowed, "pattern", at), at);
            self.set_class_name(class, &name, Some(unknown));
            return Ok(());
        };
        let compile = self.native("re", "compile");
        // `re.VERBOSE`, and `re.IGNORECASE` unless the class has flags of its own.
        let flags = if self.user_defines(class, "flags") {
            self.gap(Why::NotFollowed, "flags", at)
        } else {
            Value::Int(64 | 2)
        };
        let arguments = Arguments::of(vec![own.value.clone(), flags]);
        let compiled = match self.call(&compile, arguments, at, scope) {
            Ok(compiled) => compiled,
            Err(thrown) => return Err(self.as_verdict(thrown)),
        };
        self.set_class_name(class, &name, Some(Binding::new(compiled, own.at)));
        Ok(())
    }

    /// `unittest.TestCase.__init_subclass__`, since 3.10: what each class of tests keeps for itself.
    fn prepare_test_case(&mut self, class: ClassId, at: Option<Place>) {
        let cleanups = self.list(vec![]);
        for (name, value) in [
            ("_classSetupFailed", Value::Bool(false)),
            ("_class_cleanups", cleanups),
        ] {
            let binding = Binding::new(value, at);
            self.set_class_name(class, &Name::const_new(name), Some(binding));
        }
    }

    /// Whether a `raise` was reached on a path on which nothing had to be decided: it is reached whatever the program did before.
    pub(crate) fn is_plain_raise(&self, thrown: &Thrown, before: (u32, u32)) -> bool {
        thrown.is_written && (self.undecided, self.decided_here) == before
    }

    /// The same exception, as one that is certain.
    pub(crate) fn as_verdict(&mut self, mut thrown: Box<Thrown>) -> Box<Thrown> {
        if thrown.verdict.is_none() {
            thrown.verdict = Some(Box::new(self.raised(&thrown)));
        }
        thrown
    }

    /// The exception with which a function refuses these arguments, where it has source and they are all known.
    pub(crate) fn misfit_verdict(
        &mut self,
        callee: &Value,
        arguments: &Arguments,
        at: Option<Place>,
    ) -> Option<Box<Thrown>> {
        let (function, receiver) = match callee {
            Value::Method(bound) => (&bound.0, Some(bound.1.clone())),
            other => (other, None),
        };
        let function = self.called_definition(self.function(function)?)?;
        let Code::Def(def) = &function.code else {
            return None;
        };
        let arguments = match receiver {
            Some(receiver) => arguments.clone().with_receiver(receiver),
            None => arguments.clone(),
        };
        let message = self.misfit(&function, &def.parameters, &arguments)?;
        Some(self.verdict("TypeError", message, at))
    }
}
