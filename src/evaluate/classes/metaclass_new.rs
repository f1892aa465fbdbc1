//! The `__new__` of a metaclass: whose it is, and what `ABCMeta.__new__` and `type.__new__` do where others stand before or behind them.

use crate::Name;
use crate::evaluate::machine::arguments::Arguments;
use crate::evaluate::machine::run::{Eval, Run};
use crate::evaluate::machine::value::{ScopeId, Value};
use crate::semantics::{ClassId, CreationStep, most_derived};
use crate::source::Place;

impl Run<'_, '_> {
    /// `metaclass.__new__(metaclass, …)`, whichever class gives it.
    pub(super) fn metaclass_new(
        &mut self,
        metaclass: ClassId,
        arguments: Arguments,
        at: Option<Place>,
        scope: ScopeId,
    ) -> Eval {
        match self.find_in_mro(metaclass, "__new__") {
            Some((owner, _))
                if self.classes.is_interpreters(owner)
                    && self.is_library_class(owner, "abc", "ABCMeta") =>
            {
                return self.abc_new(owner, metaclass, arguments, at, scope);
            }
            Some((owner, Some(binding)))
                if !self.classes.is_interpreters(owner) && !self.is_told(metaclass) =>
            {
                let function = self.static_part(&binding.value);
                let arguments = arguments.with_receiver(Value::Class(metaclass));
                self.note_step(CreationStep::New(metaclass));
                return self.call(&function, arguments, at, scope);
            }
            _ => self.note_library_hook(metaclass, "__new__"),
        }
        self.new_class(metaclass, &arguments, at, scope)
    }

    /// `ABCMeta.__new__(metaclass, …)`: `super().__new__`, which another metaclass may give, and then `_abc_init`.
    ///
    /// ```py
    /// class Tracked(type):
    ///     def __new__(mcls, name, bases, namespace): ...
    /// class Meta(ABCMeta, Tracked): ...  # calls `Tracked.__new__` by way of `ABCMeta.__new__`
    /// ```
    pub(crate) fn abc_new(
        &mut self,
        abc: ClassId,
        metaclass: ClassId,
        arguments: Arguments,
        at: Option<Place>,
        scope: ScopeId,
    ) -> Eval {
        let given = arguments.positional.len();
        if given != 3 && !arguments.is_open() && arguments.keywords.is_empty() {
            let message = self.misfit_abc(given);
            return Err(self.throw(self.known.type_error, message, at));
        }
        self.note_step(CreationStep::Library(abc, "__new__"));
        let rest: Vec<ClassId> = self
            .classes
            .mro(metaclass)
            .unwrap_or_default()
            .iter()
            .skip_while(|&&it| it != abc)
            .skip(1)
            .copied()
            .collect();
        let made = match self.find_along(&rest, "__new__") {
            Some((owner, Some(binding)))
                if !self.classes.is_interpreters(owner) && !self.is_told(owner) =>
            {
                let function = self.static_part(&binding.value);
                let arguments = arguments.with_receiver(Value::Class(metaclass));
                self.note_step(CreationStep::New(owner));
                self.call(&function, arguments, at, scope)?
            }
            _ => self.new_class(metaclass, &arguments, at, scope)?,
        };
        if let Value::Class(class) = made {
            if self.classes.get(class).skips_abc {
                self.class_mut(class).skips_abc = false;
            }
            self.note_abstract_names(class);
        } else if !made.is_gap() {
            // `_abc_init` takes it for a class whatever it is.
            for name in ["__dict__", "__bases__"] {
                self.get_attribute(&made, &Name::const_new(name), at)?;
            }
            self.lose();
        }
        Ok(made)
    }

    /// The `__new__` of a metaclass of the standard library, called by name or by `super()`.
    pub(crate) fn library_new(
        &mut self,
        metaclass: ClassId,
        (module, name): (&str, &str),
        arguments: Arguments,
        at: Option<Place>,
        scope: ScopeId,
    ) -> Eval {
        let class = name.split('.').next().unwrap_or(name);
        let ancestors = self.classes.mro(metaclass).unwrap_or_default();
        let provider = ancestors
            .iter()
            .find(|&&it| self.is_library_class(it, module, class))
            .copied();
        match provider {
            Some(provider) if class == "ABCMeta" => {
                self.abc_new(provider, metaclass, arguments, at, scope)
            }
            Some(provider) => {
                self.note_step(CreationStep::Library(provider, "__new__"));
                self.new_class(metaclass, &arguments, at, scope)
            }
            None => self.new_class(metaclass, &arguments, at, scope),
        }
    }

    /// `type.__new__(metaclass, …)`, written out or by `super()` below every other metaclass: what `ABCMeta.__new__` does beside it does not happen.
    pub(crate) fn type_new_alone(
        &mut self,
        metaclass: ClassId,
        arguments: &Arguments,
        at: Option<Place>,
        scope: ScopeId,
    ) -> Eval {
        let made = self.new_class(metaclass, arguments, at, scope)?;
        if let Value::Class(class) = made
            && let Some(of) = self.metaclass_of(class)
            && of == metaclass
            && self.classes.mro(of).unwrap_or_default().iter().any(|&it| {
                // One with source says itself what it does besides.
                self.classes.is_interpreters(it) && self.is_library_class(it, "abc", "ABCMeta")
            })
        {
            self.class_mut(class).skips_abc = true;
        }
        Ok(made)
    }

    /// The metaclass of a base that makes the class in place of this one, by a `__new__` of its own (`type_new_get_bases`).
    ///
    /// ```py
    /// class Base(metaclass=Meta): ...
    /// type("T", (Base,), {})  # calls Meta.__new__(Meta, "T", (Base,), {})
    /// ```
    pub(super) fn another_metaclass(&self, metaclass: ClassId, bases: &[Value]) -> Option<ClassId> {
        let ids = bases.iter().map(|base| match base {
            Value::Class(id) if self.is_whole(*id) => Some(*id),
            _ => None,
        });
        let ids: Vec<ClassId> = ids.collect::<Option<_>>()?;
        let winner = most_derived(metaclass, &ids, &self.classes).ok()?;
        let defines = |class| Some(self.find_in_mro(class, "__new__")?.0);
        (winner != metaclass && self.is_whole(winner) && defines(winner) != defines(metaclass))
            .then_some(winner)
    }

    /// What `ABCMeta.__new__`, which is written in Python, says to so many arguments.
    pub(super) fn misfit_abc(&self, given: usize) -> String {
        let name = if self.is_at_least(10) {
            "ABCMeta.__new__()"
        } else {
            "__new__()"
        };
        match given {
            0 => format!(
                "{name} missing 3 required positional arguments: 'name', 'bases', and 'namespace'"
            ),
            1 => format!("{name} missing 2 required positional arguments: 'bases' and 'namespace'"),
            2 => format!("{name} missing 1 required positional argument: 'namespace'"),
            _ => format!(
                "{name} takes 4 positional arguments but {} were given",
                given + 1
            ),
        }
    }
}
