//! `__prepare__`: the namespace that a class body runs in, what is no namespace, and what a mapping of its own does with each name.

use crate::Name;
use crate::evaluate::classes::class_cell::CLASS_CELL;
use crate::evaluate::classes::class_statement::docstring;
use crate::evaluate::machine::arguments::{Arguments, Keywords};
use crate::evaluate::machine::run::{Eval, Run};
use crate::evaluate::machine::value::{Object, ScopeId, Value};
use crate::semantics::{Assumption, Why};
use crate::source::{Place, PythonVersion};
use crate::syntax::ClassDef;

impl Run<'_, '_> {
    /// Calls the `__prepare__` of a metaclass, or of what stands in its place, and makes what it gives the namespace of the body
    /// (`builtin___build_class__` in CPython's `bltinmodule.c`).
    pub(super) fn prepare(
        &mut self,
        metaclass: &Value,
        name: &Name,
        bases: &[Value],
        keywords: Keywords<'_>,
        body: ScopeId,
        at: Option<Place>,
    ) -> Eval<()> {
        match metaclass {
            Value::Class(class) => {
                // Of an instance as a base, its class stands in the place of the metaclass: what that has not, its own metaclass gives.
                let is_metaclass = self.classes.is_subclass(*class, self.known.type_);
                let of = (!is_metaclass).then(|| self.metaclass_of(*class)).flatten();
                if !self.user_defines(*class, "__prepare__")
                    && !of.is_some_and(|it| self.user_defines(it, "__prepare__"))
                    || self.is_enums_own(*class, "__prepare__")
                {
                    self.note_library_hook(*class, "__prepare__");
                    return self.begin_enum(*class, name, bases, body, at);
                }
            }
            Value::Object(id) => {
                let Object::Instance(instance) = self.object(*id) else {
                    return Ok(());
                };
                let class = instance.class;
                if !self.is_whole(class) || !self.user_defines(class, "__prepare__") {
                    return Ok(());
                }
            }
            _ => return Ok(()),
        }
        let arguments = Arguments {
            positional: vec![Value::str(name), Value::tuple(bases.to_vec())],
            keywords: keywords.named.to_vec(),
            open_keywords: keywords.open,
            ..Arguments::default()
        };
        let before = (self.undecided, self.decided_here);
        let hook = self.get_attribute(metaclass, &Name::const_new("__prepare__"), at);
        let given = hook.and_then(|hook| match self.misfit_verdict(&hook, &arguments, at) {
            Some(thrown) => Err(thrown),
            None => self.call(&hook, arguments, at, body),
        });
        let namespace = match given {
            Ok(namespace) => namespace,
            Err(thrown) if self.is_final(&thrown) || self.is_plain_raise(&thrown, before) => {
                return Err(self.as_verdict(thrown));
            }
            Err(thrown) if self.is_guarded() || thrown.is_cut => return Err(thrown),
            Err(thrown) => {
                let assumption = self.does_not_raise(&thrown);
                self.take_for_granted(assumption);
                return Ok(());
            }
        };
        self.note_prepared(&namespace);
        if let Some(message) = self.no_namespace(metaclass, &namespace) {
            return Err(self.verdict("TypeError", message, at));
        }
        let Some((entries, open)) = self.dict_entries(&namespace) else {
            self.suppose("`__prepare__` gives an empty mapping", at);
            return Ok(());
        };
        if open {
            self.suppose("`__prepare__` gives no more names than are known", at);
        }
        for (key, value) in entries {
            if let Value::Str(name) = key {
                self.bind(body, &Name::from(&*name), value, at);
            }
        }
        self.adopt(body, namespace, at);
        Ok(())
    }

    fn suppose(&mut self, what: &str, at: Option<Place>) {
        self.take_for_granted(Assumption {
            what: what.to_owned(),
            at,
        });
    }

    /// What is raised where the namespace is no mapping, or one that is not asked by names: the body begins with a look at `__name__`.
    fn no_namespace(&self, metaclass: &Value, namespace: &Value) -> Option<String> {
        let class = self.class_of(namespace).filter(|it| self.is_whole(*it))?;
        let kind = match namespace {
            Value::Str(_) if self.world.version >= PythonVersion::three(11) => {
                return Some(String::from("string indices must be integers, not 'str'"));
            }
            Value::Str(_) => return Some(String::from("string indices must be integers")),
            Value::Bytes(_) => "byte",
            Value::Tuple(_) => "tuple",
            Value::Object(id) => match self.object(*id) {
                Object::List { .. } => "list",
                _ if self.find_in_mro(class, "__getitem__").is_some() => return None,
                _ => "",
            },
            _ => "",
        };
        if !kind.is_empty() {
            return Some(format!(
                "{kind} indices must be integers or slices, not str"
            ));
        }
        let by = match metaclass {
            Value::Class(class) => self.classes.get(*class).path.name(),
            _ => "<metaclass>",
        };
        let kind = self.type_name(namespace);
        Some(format!(
            "{by}.__prepare__() must return a mapping, not {kind}"
        ))
    }

    /// A dict of a class with source is the namespace itself: it is told each name, and the metaclass gets it back.
    fn adopt(&mut self, body: ScopeId, namespace: Value, at: Option<Place>) {
        let Value::Object(id) = &namespace else {
            return;
        };
        let Object::Instance(instance) = self.object(*id) else {
            return;
        };
        let class = instance.class;
        if self.classes.is_interpreters(class) || !self.classes.is_subclass(class, self.known.dict)
        {
            return;
        }
        if ["__getitem__", "__missing__", "__contains__"]
            .iter()
            .any(|method| self.user_defines(class, method))
        {
            self.suppose("the namespace is read as a dict is", at);
        }
        let view = self.namespace_dict(body);
        if let Object::Instance(instance) = self.object_mut(*id) {
            instance.payload = Some(view);
        }
        self.prepared.insert(body, namespace);
        let module = self.module(self.scope(body).module).name.clone();
        let qualname = self.scope(body).qualname.clone();
        for (name, text) in [("__module__", module), ("__qualname__", qualname)] {
            self.bind_in_body(body, &Name::const_new(name), Value::str(&text), None);
        }
    }

    /// The namespace of a body is told what the compiler binds besides the statements: before them, or after them.
    ///
    /// These names are the statement's own, so that only a `__setitem__` with source learns of them here.
    pub(super) fn tell_compilers_names(&mut self, def: &ClassDef, body: ScopeId, is_over: bool) {
        if !self.prepared.contains_key(&body) || !self.started.is_watching() {
            return;
        }
        // How annotations and type parameters are bound hangs on the version.
        if !def.type_parameters.is_empty()
            || self.annotations.contains_key(&body)
            || self.world.version >= PythonVersion::three(14)
        {
            self.started.lose();
            return;
        }
        let since_13 = self.world.version >= PythonVersion::three(13);
        let names: [(&'static str, bool); 2] = if is_over {
            [
                ("__static_attributes__", since_13),
                (CLASS_CELL, def.uses_cell),
            ]
        } else {
            [
                ("__firstlineno__", since_13),
                ("__doc__", docstring(def).is_some()),
            ]
        };
        for (name, _) in names.into_iter().filter(|(_, is_bound)| *is_bound) {
            let name = Name::const_new(name);
            if self.scope(body).names.contains_key(&name) {
                continue;
            }
            // What it is bound to is looked up nowhere yet; whoever does finds something that is not known.
            let unknowns = self.unknowns;
            let value = self.gap(Why::NotFollowed, &name, None);
            self.unknowns = unknowns;
            self.bind_in_body(body, &name, value, None);
            if self.scope(body).names.contains_key(&name) {
                self.unbind(body, &name);
            }
        }
    }

    /// The namespace as the metaclass gets it, with all that the body has bound.
    pub(super) fn handed_back(&mut self, namespace: Value, body: ScopeId) -> Value {
        let names = self.handed_namespace(body);
        if let Value::Object(id) = &namespace
            && let Object::Instance(instance) = self.object_mut(*id)
        {
            instance.payload = Some(names);
        }
        namespace
    }

    /// Binds a name in a scope; a class body whose namespace has a `__setitem__` with source asks that.
    pub(crate) fn bind_in_body(
        &mut self,
        scope: ScopeId,
        name: &Name,
        value: Value,
        at: Option<Place>,
    ) {
        let hook = self.prepared.get(&scope).cloned().and_then(|namespace| {
            let class = self.class_of(&namespace)?;
            if !self.user_defines(class, "__setitem__") {
                return None;
            }
            self.special_method(&namespace, class, "__setitem__")
        });
        let Some(hook) = hook else {
            self.bind(scope, name, value, at);
            return;
        };
        let arguments = Arguments::of(vec![Value::str(name), value.clone()]);
        match self.call(&hook, arguments, at, scope) {
            Ok(_) => {
                // It was written through the view; here it gets its place.
                let bound = self.scope(scope).names.get(name);
                if bound.is_some_and(|it| it.value.same(&value)) {
                    self.bind(scope, name, value, at);
                }
            }
            Err(mut thrown) => {
                if let Some(raised) = self.verdict_in(&mut thrown) {
                    self.note_fault(scope, raised, at);
                } else {
                    let assumption = self.does_not_raise(&thrown);
                    self.take_for_granted(assumption);
                }
            }
        }
    }
}
