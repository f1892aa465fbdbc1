//! Functions that nobody has called: each is run with arguments that are not known, for the classes inside, from the state that the
//! imports leave. What it does to that state is dropped: by the time somebody calls the next, nobody knows which ran before.

use crate::Name;
use crate::evaluate::machine::run::{Home, Run, ScopeKind};
use crate::evaluate::machine::value::{Binding, ModuleIx, Object, ObjectId, ScopeId, Value};
use crate::semantics::{Assumption, ClassId, Why};
use crate::source::Place;

/// How many values a name may be given before it is only known to change.
const MOST_VALUES: usize = 4;

impl Run<'_, '_> {
    /// Runs each function that has a class statement inside and that no code has called, with arguments that are not known.
    pub(crate) fn run_functions_nobody_called(&mut self) {
        self.note_written_elsewhere();
        let mut next = 0;
        while let Some(&id) = self.with_classes.get(next) {
            next += 1;
            let Object::Function(function) = self.object(id) else {
                continue;
            };
            let module = function.module;
            if self.module(module).home == Home::Project {
                self.run_uncalled(id, module);
            }
        }
    }

    fn run_uncalled(&mut self, id: ObjectId, module: ModuleIx) {
        let assumptions = self.module(module).assumptions.len();
        self.running.push(module);
        self.grant_module();
        let awaited = u32::from(self.is_awaited(id));
        self.awaited += awaited;
        let ((), changes) = self.attempt(|run| run.call_with_unknowns(id));
        self.awaited -= awaited;
        self.running.pop();
        self.module_mut(module).assumptions.truncate(assumptions);
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
        let here = self.scope(scope);
        let file = self.file_of(scope);
        self.written_elsewhere.contains(&(scope, name.clone()))
            || here.kind != ScopeKind::Class
                && file.is_some_and(|file| self.library.syntax(file).written.declares(name))
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
