//! Functions that nobody has called: each is run with arguments that are not known, for the classes inside, from the state that the
//! imports leave. What it does to that state is dropped: by the time somebody calls the next, nobody knows which ran before.

use rustc_hash::{FxHashMap, FxHashSet};

use crate::Name;
use crate::evaluate::machine::budget::{HANDED_STEPS, UNCALLED_STEPS};
use crate::evaluate::machine::flow::Flow;
use crate::evaluate::machine::handed::{Ahead, Given};
use crate::evaluate::machine::journal::Changes;
use crate::evaluate::machine::run::{Eval, Home, Run};
use crate::evaluate::machine::scope::ScopeKind;
use crate::evaluate::machine::value::{Binding, Code, ModuleIx, Object, ObjectId, ScopeId, Value};
use crate::semantics::{Assumption, ClassId, Why};
use crate::source::Place;
use crate::syntax::{Expr, ExprKind, ParameterKind, names_of_bases};

/// What a function that was run whole leaves.
#[derive(Debug)]
pub(super) struct Came {
    /// What it returns, or yields first.
    pub value: Option<Value>,
    /// Its names.
    pub scope: ScopeId,
    /// What it took for granted.
    pub rests_on: Vec<Assumption>,
}

/// How many values a name may be given before it is only known to change.
const MOST_VALUES: usize = 4;

impl Run<'_, '_> {
    /// Runs each function that has a class statement inside and that no code has called, with arguments that are not known.
    pub(crate) fn run_functions_nobody_called(&mut self) {
        self.note_written_elsewhere();
        self.note_wanted();
        self.run_setters_of_globals();
        self.give_room_back();
        let mut next = 0;
        let mut left = vec![];
        let mut at_work = None;
        loop {
            while let Some(&id) = self.with_classes.get(next) {
                next += 1;
                let module = self.module_of(id);
                let Some(module) = module.filter(|&it| self.module(it).home == Home::Project)
                else {
                    continue;
                };
                if let Some(done) = at_work.replace(module).filter(|it| *it != module) {
                    self.give_back_bodies(done);
                }
                if self.is_wanted_fixture(id) {
                    left.push(id);
                } else if !self.is_run_as_setter(id) {
                    self.run_uncalled(id, module);
                }
            }
            // Those that nobody has asked for after all.
            let Some(id) = left.pop() else { return };
            self.run_fixture_left(id);
        }
    }

    /// Gives back the bodies of a module's functions: those that nobody calls were run.
    fn give_back_bodies(&self, module: ModuleIx) {
        if let Some(file) = self.module(module).file {
            self.library.syntax(file).give_back_bodies();
        }
    }

    fn run_uncalled(&mut self, id: ObjectId, module: ModuleIx) {
        let ahead = self.handed_to(id);
        let was_called = self.was_called(id);
        let assumptions = self.module(module).assumptions.len();
        self.running.push(module);
        self.grant_module();
        let awaited = u32::from(self.is_awaited(id));
        self.awaited += awaited;
        let (_, changes) = self.attempt(|run| run.call_with_unknowns(id, ahead));
        self.awaited -= awaited;
        self.running.pop();
        self.module_mut(module).assumptions.truncate(assumptions);
        // Who was called has given what it gives: it was run once more for class statements that no call comes to.
        if !was_called {
            self.note_given_later(changes);
        }
    }

    fn was_called(&self, id: ObjectId) -> bool {
        let Object::Function(function) = self.peek(id) else {
            return false;
        };
        match &function.code {
            Code::Def(def) => self.met.called.contains(&(function.file, def.start)),
            Code::Lambda(_) => false,
        }
    }

    /// Notes what names that code writes from elsewhere were given.
    pub(super) fn note_given_later(&mut self, changes: Changes) {
        for (scope, name, value) in changes.into_bound() {
            if self.is_written_elsewhere(scope, &name) {
                let values = self.given_later.entry((scope, name)).or_default();
                let is_known = values.iter().any(|it| it.same(&value));
                if !is_known && values.len() < MOST_VALUES {
                    values.push(value);
                }
            }
        }
    }

    /// Runs the functions that set a global on which the bases of some class depend, before those that find it set.
    ///
    /// ```py
    /// Base = None
    /// def setup():
    ///     global Base
    ///     Base = declarative_base()
    /// def test_one():
    ///     class A(Base): ...
    /// ```
    fn run_setters_of_globals(&mut self) {
        let setters = std::mem::take(&mut self.handed.global_setters);
        let modules: FxHashSet<ModuleIx> = setters
            .iter()
            .filter_map(|&it| self.module_of(it))
            .collect();
        let mut read = FxHashMap::<ModuleIx, FxHashSet<Name>>::default();
        let fixtures = self.handed.fixtures.values().flatten();
        for &id in fixtures.chain(&self.with_classes) {
            let Object::Function(function) = self.peek(id) else {
                continue;
            };
            let Code::Def(def) = &function.code else {
                continue;
            };
            if modules.contains(&function.module) {
                let text = &self.library.file(function.file).text;
                let names = if def.summary.has_class {
                    names_of_bases(&def.body_for_classes(text), None)
                } else {
                    names_of_bases(&def.body(text), Some(&[]))
                };
                read.entry(function.module).or_default().extend(names);
            }
        }
        for id in setters {
            let Object::Function(function) = self.peek(id) else {
                continue;
            };
            let module = function.module;
            let Code::Def(def) = &function.code else {
                continue;
            };
            // What a call has done is done.
            if self.met.called.contains(&(function.file, def.start)) {
                continue;
            }
            let names = def.summary.globals.iter();
            let read = read.get(&module);
            let names = names.filter(|it| read.is_some_and(|read| read.contains(*it)));
            let names: Vec<Name> = names.cloned().collect();
            if self.module(module).home == Home::Project && !names.is_empty() {
                self.run_whole(id, None, names, |_, _| ());
            }
        }
    }

    fn module_of(&self, function: ObjectId) -> Option<ModuleIx> {
        match self.peek(function) {
            Object::Function(function) => Some(function.module),
            _ => None,
        }
    }

    /// Runs a function that nobody has called, with what it is handed and with arguments that are not known, for the classes inside of it. What it
    /// gives, and what the one that ran took for granted, is known of one that runs whole.
    pub(super) fn call_with_unknowns(&mut self, id: ObjectId, mut ahead: Ahead) -> Option<Came> {
        let Object::Function(function) = self.object(id) else {
            return None;
        };
        let function = function.definition.clone();
        let Code::Def(def) = &function.code else {
            return None;
        };
        let is_whole = ahead.is_whole;
        let was_called = !self.met.called.insert((function.file, def.start));
        if was_called && !is_whole && !self.has_unmet(&function, def) {
            return None;
        }
        let only_unmet = Some(id).filter(|_| was_called && !is_whole);
        let outer_only = std::mem::replace(&mut self.met.only_in, only_unmet);
        let scope = self.push_scope(ScopeKind::Function, Some(function.scope), function.module);
        self.scope_mut(scope).function = Some(id);
        let place = Some(Place {
            file: function.file,
            start: def.name_at,
            end: def.name_at,
        });
        for (index, parameter) in def.parameters.iter().enumerate() {
            let receiver = index == 0
                && !matches!(
                    parameter.kind,
                    ParameterKind::Rest | ParameterKind::Keywords
                );
            let own_class = function
                .class_body
                .filter(|_| receiver)
                .and_then(|body| self.scope(body).class);
            let own_class = own_class.map(|it| ahead.own.unwrap_or(it));
            let handed = ahead.parameters.iter();
            let handed = handed.into_iter().find(|it| it.0 == parameter.name);
            let value = match own_class {
                Some(class) if parameter.name == "self" => {
                    self.receiver_by_then(class, &ahead, place)
                }
                // Who reads it rests on that (`read_of_receiver`).
                Some(class) if parameter.name == "cls" && !self.makes_classes(class) => {
                    self.set_on_class_by_then(class, &ahead, place);
                    Value::Class(class)
                }
                _ => match handed {
                    Some((_, given)) => given.value.clone(),
                    None => self.gap(Why::Input, &parameter.name, place),
                },
            };
            if let Some(own) = ahead.own.filter(|_| own_class.is_some()) {
                let class = self.classes.get(own).path.qualname.clone();
                let what = format!("`{}` is that of `{class}`", parameter.name);
                let rests_on = vec![Assumption { what, at: place }];
                let value = value.clone();
                let given = Given { value, rests_on };
                ahead.parameters.push((parameter.name.clone(), given));
            }
            if receiver {
                self.scope_mut(scope).receiver = Some(value.clone());
            }
            self.bind(scope, &parameter.name, value, None);
        }
        let text = self.library.file(function.file).text.clone();
        let (body, granted) = if is_whole {
            (def.body(&text), HANDED_STEPS)
        } else {
            (def.body_for_classes(&text), UNCALLED_STEPS)
        };
        let bases = names_of_bases(&body, is_whole.then_some(&ahead.sets));
        let bases = std::mem::replace(&mut self.handed.bases, bases);
        if !ahead.parameters.is_empty() {
            self.handed.parameters.insert(scope, ahead.parameters);
        }
        let attributes = std::mem::replace(&mut self.handed.attributes, ahead.attributes);
        let outer = std::mem::replace(&mut self.handed.is_whole, is_whole);
        let bound = std::mem::take(&mut self.handed.bound);
        let kept = std::mem::replace(&mut self.steps, granted);
        // What it hands on, and what it takes for granted of that, is nobody else's.
        let touched = self.touched.len();
        let assumed = self.module(function.module).assumptions.len();
        self.depth += 1;
        let floor = std::mem::replace(&mut self.floor, self.depth);
        let mark = self.forks.len();
        let returned = self.exec_leniently(&body, scope);
        let value = is_whole.then(|| self.given_in_the_end(scope, returned, mark, place));
        self.settle_reads();
        self.touched.truncate(touched);
        let assumptions = &mut self.module_mut(function.module).assumptions;
        let rests_on = assumptions.split_off(assumed.min(assumptions.len()));
        self.floor = floor;
        self.depth -= 1;
        self.steps = kept;
        self.handed.is_whole = outer;
        self.handed.bound = bound;
        self.handed.attributes = attributes;
        self.handed.bases = bases;
        self.met.only_in = outer_only;
        Some(Came {
            value: value.flatten(),
            scope,
            rests_on,
        })
    }

    /// What a function has returned, or yielded: one of some, where that hangs on what is not known.
    fn given_in_the_end(
        &mut self,
        scope: ScopeId,
        returned: Option<Value>,
        mark: usize,
        at: Option<Place>,
    ) -> Option<Value> {
        let end = self.joined_since(
            mark,
            Ok(returned.unwrap_or(Value::None)),
            at,
            |left| match left {
                Flow::Raise(thrown) => Err(Flow::Raise(thrown)),
                Flow::Return(value) => Ok(value),
                _ => Ok(Value::None),
            },
        );
        let mut yields = std::mem::take(&mut self.scope_mut(scope).yields).into_iter();
        let Some(first) = yields.next() else {
            return end.ok();
        };
        Some(yields.fold(first, |one, other| self.either(one, other, "", at)))
    }

    fn makes_classes(&self, class: ClassId) -> bool {
        self.classes.is_subclass(class, self.known.type_)
    }

    /// Notes, of a function that nobody has called, that it looks at its `cls`: any class below may be handed in.
    ///
    /// ```py
    /// class Fixture:
    ///     class Basic: ...
    ///     @classmethod
    ///     def setup(cls):
    ///         class Thing(cls.Basic): ...
    /// ```
    pub(crate) fn read_of_receiver(
        &mut self,
        of: &Name,
        name: &Name,
        scope: ScopeId,
        at: Option<Place>,
    ) {
        if self.floor == 0 || of != "cls" && of != "self" {
            return;
        }
        self.read_of_attribute(of, name);
        let Some(Value::Class(class)) = self.scope(scope).receiver else {
            return;
        };
        let here = self.scope(scope).names.get(of).map(|it| &it.value);
        let is_uncalled = self.depth == self.floor;
        if is_uncalled && matches!(here, Some(Value::Class(it)) if *it == class) {
            let class = self.classes.get(class).path.qualname.clone();
            let what = format!("`cls` is `{class}`, which defines the method");
            self.assume_here(Assumption { what, at });
        }
    }

    /// Whether what an assignment of a function that nobody has called binds decides of which bases a class is made: working that out
    /// may take as long as making the class.
    pub(crate) fn leads_to_base(&self, targets: &[Expr]) -> bool {
        self.floor > 0
            && self.depth == self.floor
            && self.making == 0
            && targets.iter().any(|it| match &it.kind {
                ExprKind::Name(name) | ExprKind::Attribute(_, name) => {
                    self.handed.bases.contains(name)
                }
                _ => false,
            })
    }

    /// Whether what a function returns or yields here is what it is run for.
    pub(crate) fn gives_here(&self) -> bool {
        self.handed.is_whole && self.depth == self.floor && self.making == 0
    }

    /// Works something out that the making of a class waits for; what that takes for granted, all that comes after it here does.
    pub(crate) fn as_part_of_making(&mut self, what: impl FnOnce(&mut Self) -> Eval) -> Eval {
        let outer = std::mem::take(&mut self.assumptions);
        self.making += 1;
        let result = what(self);
        self.making -= 1;
        for assumption in std::mem::replace(&mut self.assumptions, outer) {
            self.assume_here(assumption);
        }
        result
    }

    /// Whether a function is handed to something that waits for the exception it raises.
    fn is_awaited(&self, id: ObjectId) -> bool {
        let Object::Function(function) = self.peek(id) else {
            return false;
        };
        let syntax = self.library.syntax(function.file);
        syntax.written.awaited.binary_search(&function.name).is_ok()
    }

    fn note_written_elsewhere(&mut self) {
        for index in 0..self.modules.len() {
            let module = &self.modules[index];
            let Some(file) = module.file.filter(|_| module.home == Home::Project) else {
                continue;
            };
            let scope = module.scope;
            let syntax = self.library.syntax(file);
            for (on, name) in &syntax.written.attributes {
                if let Some(target) = self.module_called(scope, on) {
                    self.written_elsewhere.insert((target, name.clone()));
                }
            }
            for (module, name) in &syntax.written.patched {
                if let Some(&ix) = self.loaded.get(module) {
                    let target = self.module(ix).scope;
                    self.written_elsewhere.insert((target, name.clone()));
                }
            }
        }
    }

    /// The names of the module that `a.b` leads to from here.
    fn module_called(&self, from: ScopeId, dotted: &str) -> Option<ScopeId> {
        dotted.split('.').try_fold(from, |scope, part| {
            match self.scope(scope).names.get(part)?.value {
                Value::Module(ix) => Some(self.module(ix).scope),
                _ => None,
            }
        })
    }

    fn is_written_elsewhere(&self, scope: ScopeId, name: &Name) -> bool {
        let kind = self.scope(scope).kind;
        let file = self.file_of(scope);
        let is_global = kind == ScopeKind::Module;
        let declares = |file| {
            let written = &self.library.syntax(file).written;
            written.declares(name, is_global)
        };
        self.written_elsewhere.contains(&(scope, name.clone()))
            || kind != ScopeKind::Class && file.is_some_and(declares)
    }

    /// What a name around a function holds by the time that somebody calls it, where other code writes it: the only value that is seen
    /// to be put there in place of none, which is said, or what is not known. None where nothing else writes the name.
    pub(crate) fn held_by_then(
        &mut self,
        scope: ScopeId,
        name: &Name,
        now: Option<&Value>,
        at: Option<Place>,
    ) -> Option<Value> {
        if self.floor == 0 || !self.is_written_elsewhere(scope, name) {
            return None;
        }
        if self.handed.bound.contains(&(scope, name.clone())) {
            return None;
        }
        let given = self.given_later.get(&(scope, name.clone()));
        if let Some([only]) = given.map(Vec::as_slice)
            && now.is_none_or(|now| matches!(now, Value::None) || now.same(only))
        {
            let only = only.clone();
            self.assume_here(Assumption {
                what: format!("`{name}` holds by then what a function puts there"),
                at,
            });
            return Some(only);
        }
        let unknown = self.gap(Why::Input, name, at);
        Some(match now {
            // What stands there until then may never be meant to be used.
            None | Some(Value::None) => unknown,
            Some(now) => self.either(now.clone(), unknown, name, at),
        })
    }

    /// What methods of a class and of those above it set on their receivers, which an instance that nobody has seen made may have.
    pub(crate) fn set_by_methods(
        &mut self,
        class: ClassId,
        at: Option<Place>,
    ) -> Vec<(Name, Binding)> {
        let mro = self.classes.mro(class).unwrap_or_default().to_vec();
        let mut names: Vec<Name> = vec![];
        for id in mro {
            let Some(def) = self.statements.get(&id).and_then(|it| it.def.clone()) else {
                continue;
            };
            let set = def.assigned.iter().filter_map(|it| it.name.as_ref());
            for name in set {
                let name = Name::from(crate::semantics::mangle(&def.name, name));
                if !names.contains(&name) {
                    names.push(name);
                }
            }
        }
        names
            .into_iter()
            .map(|name| {
                let value = self.gap(Why::Input, &name, at);
                (name, Binding::new(value, None))
            })
            .collect()
    }
}
