//! Import statements: what they bind, and what a module hands out under its names.

use crate::Name;
use crate::evaluate::machine::flow::Thrown;
use crate::evaluate::machine::run::{Eval, Home, Run, Stage};
use crate::evaluate::machine::scope::ScopeKind;
use crate::evaluate::machine::value::{GapId, ModuleIx, ScopeId, Value};
use crate::semantics::{Assumption, Why};
use crate::source::Place;
use crate::syntax::{ImportFrom, Imported};

impl Run<'_, '_> {
    /// `import a.b as c`
    pub(crate) fn exec_import(
        &mut self,
        imported: &Imported,
        scope: ScopeId,
        at: Option<Place>,
    ) -> Eval<()> {
        let top = imported.name.split('.').next().unwrap_or(&imported.name);
        let bound = imported.alias.clone().unwrap_or_else(|| Name::from(top));
        match self.import(&imported.name, at) {
            Ok(ix) => {
                let twin = self.twin_of(top, at);
                let top = twin.as_deref().unwrap_or(top);
                if self.world.own.has_twins() && !self.loaded.contains_key(top) {
                    let _ = self.import(top, at);
                }
                let module = match &imported.alias {
                    Some(_) if self.twin_of(&imported.name, at).is_some() => self.module_value(ix),
                    Some(_) => self
                        .along_packages(&imported.name)
                        .unwrap_or_else(|| self.module_value(ix)),
                    None => self
                        .loaded
                        .get(top)
                        .map_or(Value::Module(ix), |&top| self.module_value(top)),
                };
                self.store(&bound, module, scope, at);
                Ok(())
            }
            Err(thrown) => {
                let gap = self.failed_import(thrown, &imported.name, scope, at)?;
                self.store(&bound, gap, scope, at);
                Ok(())
            }
        }
    }

    /// `import a.b.c as d` binds the attribute `c` of the attribute `b` of `a`.
    fn along_packages(&mut self, dotted: &str) -> Option<Value> {
        let mut parts = dotted.split('.');
        let mut value = Value::Module(*self.loaded.get(parts.next()?)?);
        for part in parts {
            let Value::Module(ix) = value else {
                return None;
            };
            value = self.module_name(ix, &Name::from(part))?;
        }
        Some(value)
    }

    /// What a failed import binds where nobody catches it: a gap that names the module.
    fn failed_import(
        &mut self,
        thrown: Box<Thrown>,
        dotted: &str,
        scope: ScopeId,
        at: Option<Place>,
    ) -> Eval {
        let is_import_error = thrown
            .class
            .is_some_and(|class| self.classes.is_subclass(class, self.known.import_error));
        if self.handlers > 0 || !is_import_error {
            return Err(thrown);
        }
        self.note_lacking(thrown);
        // There is no class where its body ends in an exception.
        if self.scope(scope).kind == ScopeKind::Class {
            self.take_for_granted(Assumption {
                what: format!("`{dotted}` is installed where this runs"),
                at,
            });
        }
        Ok(self.gap(
            Why::NotInstalled {
                module: Name::from(dotted),
            },
            dotted,
            at,
        ))
    }

    /// The absolute name behind `from ..a import b`.
    fn absolute(&self, from: &ImportFrom, scope: ScopeId) -> Option<Name> {
        if from.level == 0 {
            return Some(from.module.clone());
        }
        let module = self.module(self.scope(scope).module);
        let mut package: &str = &module.name;
        let up = if module.package {
            from.level - 1
        } else {
            from.level
        };
        for _ in 0..up {
            package = package.rsplit_once('.').map_or("", |(parent, _)| parent);
        }
        if package.is_empty() {
            return None;
        }
        Some(if from.module.is_empty() {
            Name::from(package)
        } else {
            Name::from(format!("{package}.{}", from.module))
        })
    }

    /// `from module import names`
    pub(crate) fn exec_import_from(
        &mut self,
        from: &ImportFrom,
        scope: ScopeId,
        at: Option<Place>,
    ) -> Eval<()> {
        if from.module.starts_with("cython.cimports") && self.is_compiled(scope) {
            // What the compiler finds for itself (Cython, *Pure Python mode*).
            let gap = self.no_source(&from.module, at);
            for imported in &from.names {
                let bound = imported.alias.as_ref().unwrap_or(&imported.name);
                self.store(bound, gap.clone(), scope, at);
            }
            return Ok(());
        }
        let found = if let Some(dotted) = self.absolute(from, scope) {
            self.import(&dotted, at).map_err(|thrown| (thrown, dotted))
        } else {
            let message = String::from("attempted relative import with no known parent package");
            Err((
                self.throw(self.known.import_error, message, at),
                from.module.clone(),
            ))
        };
        let ix = match found {
            Ok(ix) => ix,
            Err((thrown, dotted)) => {
                let gap = self.failed_import(thrown, &dotted, scope, at)?;
                for imported in &from.names {
                    if imported.name == "*" {
                        self.open_module(scope, &gap);
                        continue;
                    }
                    let bound = imported.alias.as_ref().unwrap_or(&imported.name);
                    self.store(bound, gap.clone(), scope, at);
                }
                return Ok(());
            }
        };
        for imported in &from.names {
            if imported.name == "*" {
                self.import_star(ix, scope, at);
                continue;
            }
            let value = self.imported_name(ix, &imported.name, scope, at)?;
            self.note_imported(&value);
            let bound = imported.alias.as_ref().unwrap_or(&imported.name);
            self.store(bound, value, scope, at);
        }
        Ok(())
    }

    /// Notes that a module which a package has by name is imported with it.
    fn note_imported(&mut self, value: &Value) {
        if let (Value::Module(ix), Some(&importer)) = (value, self.running.last()) {
            let name = self.module(*ix).name.clone();
            self.imports.insert((importer, name));
            self.note_import(*ix);
        }
    }

    /// The value of `name` in `from module import name`: an attribute, else a submodule.
    fn imported_name(
        &mut self,
        ix: ModuleIx,
        name: &Name,
        scope: ScopeId,
        at: Option<Place>,
    ) -> Eval {
        let stand_in = self.module_value(ix);
        if let Some(value) = self.imported_from_stand_in(&stand_in, ix, name, at) {
            return Ok(value);
        }
        let full = format!("{}.{name}", self.module(ix).name);
        if self.module(ix).file.is_none() && self.twin_of(&full, at).is_some() {
            return Ok(Value::Module(self.import(&full, at)?));
        }
        if let Some(value) = self.bound_or_told(ix, name, at) {
            // A submodule that raises is bound in no package by CPython, which imports it again here.
            if let Value::Module(sub) = value
                && *self.module(sub).name == full
            {
                self.import_that_raises(sub, at)?;
            }
            return Ok(value);
        }
        let state = self.module(ix);
        // By the name that the package gives itself: setuptools has its own `distutils` go by that name (`_handle_fromlist`).
        let said = self.scope(state.scope).names.get("__name__");
        let package = match said.map(|it| &it.value) {
            Some(Value::Str(said)) if state.package => said.to_string(),
            _ => state.name.to_string(),
        };
        let full = format!("{package}.{name}");
        if state.package {
            if state.gap.is_none() {
                let saved = self.handlers;
                self.handlers += 1;
                let imported = self.import(&full, at);
                self.handlers = saved;
                match imported {
                    Ok(sub) => {
                        return Ok(self
                            .module_name(ix, name)
                            .unwrap_or_else(|| self.module_value(sub)));
                    }
                    // The submodule is there, and raises itself.
                    Err(thrown)
                        if thrown.message.as_deref()
                            != Some(&format!("No module named '{full}'")) =>
                    {
                        if self.handlers > 0 {
                            return Err(thrown);
                        }
                        // Nobody catches it: run it again, going on after what raises.
                        if let Ok(sub) = self.import(&full, at) {
                            return Ok(Value::Module(sub));
                        }
                    }
                    Err(_) => {}
                }
            }
        } else if let Some(&sub) = self.loaded.get(full.as_str()) {
            return Ok(Value::Module(sub));
        }
        if let Ok(value) = self.get_attribute(&Value::Module(ix), name, at) {
            Ok(value)
        } else {
            let state = self.module(ix);
            let module = state.name.clone();
            let is_in_circle = state.stage == Stage::Running;
            // Nothing in the module's file is undecided or unknown. It may be given names before another module is imported for real, and what comes
            // after an import of that is looked at all the same; a class body has its statement to end.
            let is_whole = state.is_certain
                && state.stage == Stage::Done
                && !state.package
                && self.scope(scope).kind == ScopeKind::Class;
            if is_in_circle && state.home == Home::Project {
                self.meets_circle();
            }
            let why = if is_in_circle {
                Why::Cycle
            } else {
                Why::NotFound
            };
            if self.handlers > 0 || is_whole && self.is_certain_here() {
                let message = format!("cannot import name '{name}' from '{module}'");
                return Err(self.throw(self.known.import_error, message, at));
            }
            Ok(self.gap(why, &format!("{module}.{name}"), at))
        }
    }

    /// `from module import *`
    fn import_star(&mut self, ix: ModuleIx, scope: ScopeId, at: Option<Place>) {
        let state = self.module(ix);
        if let Some(gap) = state.gap.or(state.open) {
            self.may_bind_anew(ix, gap, scope, at);
            self.open_module(scope, &Value::Gap(gap));
        }
        let mut names: Vec<Name> = vec![];
        if let Some(all) = self.module_name(ix, &Name::const_new("__all__")) {
            let (items, open) = self.iterate_any_order(&all);
            names.extend(
                items
                    .iter()
                    .filter_map(|it| self.str_of(it))
                    .map(Name::from),
            );
            if open {
                let gap = self.gap(Why::Input, "__all__", at);
                self.may_replace_names_in(scope, at);
                self.open_module(scope, &gap);
            }
        } else {
            let facts = self.world.facts.clone();
            let state = self.module(ix);
            if let Some(table) = facts
                .module(&state.name)
                .filter(|_| state.home == Home::Table)
            {
                match table.all() {
                    Some(all) => names.extend(all.iter().cloned()),
                    None => names.extend(
                        table
                            .names()
                            .map(|(name, _)| name.clone())
                            .filter(|it| !it.starts_with('_')),
                    ),
                }
            } else {
                let theirs = &self.scope(state.scope).names;
                names.extend(theirs.keys().filter(|it| !it.starts_with('_')).cloned());
            }
        }
        for name in names {
            if let Ok(value) = self.imported_name(ix, &name, scope, at) {
                self.store(&name, value, scope, at);
            }
        }
    }

    /// A star import of something out of view may bind again what the module has bound so far. For its own classes that is what such
    /// imports are there for (a compiled form of each comes in its place); of other names it is taken not to happen, and said.
    fn may_bind_anew(&mut self, from: ModuleIx, gap: GapId, scope: ScopeId, at: Option<Place>) {
        let module = self.scope(scope).module;
        let name = self.module(module).name.clone();
        let bound: Vec<(Name, Value)> = self
            .scope(scope)
            .names
            .iter()
            .filter(|(bound, _)| !bound.starts_with('_'))
            .map(|(name, binding)| (name.clone(), binding.value.clone()))
            .collect();
        for (bound, value) in &bound {
            let is_own = matches!(value, Value::Class(id)
                if self.classes.get(*id).path.module == name);
            if is_own {
                let may_be = self.either(value.clone(), Value::Gap(gap), bound, at);
                self.bind(scope, bound, may_be, at);
            }
        }
        if !bound.is_empty() {
            let what = format!(
                "`from {} import *` binds no name anew that was imported before it",
                self.module(from).name
            );
            self.unknowns += 1;
            let assumptions = &mut self.module_mut(module).assumptions;
            if assumptions.iter().all(|it| it.what != what) {
                assumptions.push(Assumption { what, at });
            }
        }
    }

    /// Any name of the module may now be bound by something that is not known.
    fn open_module(&mut self, scope: ScopeId, gap: &Value) {
        let module = self.scope(scope).module;
        if let Value::Gap(id) = gap
            && self.module(module).open.is_none()
        {
            self.module_mut(module).open = Some(*id);
        }
    }
}
