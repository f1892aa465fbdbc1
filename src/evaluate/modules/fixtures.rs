//! What a test is handed: by fixtures, which are found by name, and by `parametrize`.
//!
//! Nobody in the project calls a test, and its parameters are no value of the project's. pytest finds for each the fixture of that name: in the
//! class and those above it, in the module, in the `conftest.py` of its folder and of those around it (`_pytest/fixtures.py`,
//! `FixtureManager.getfixturedefs`). That is run once on paper, and who reads the parameter takes it for granted.

use std::path::Path;

use crate::Name;
use crate::evaluate::machine::handed::{Ahead, Given};
use crate::evaluate::machine::run::Run;
use crate::evaluate::machine::scope::ScopeKind;
use crate::evaluate::machine::value::{
    Binding, Code, Definition, Instance, ModuleIx, Object, ObjectId, ScopeId, Value,
};
use crate::semantics::{Assumption, ClassId};
use crate::source::Place;
use crate::syntax::{
    Call, Expr, ExprKind, FunctionDef, Literal, Parameter, ParameterKind, names_of_bases,
};

impl Run<'_, '_> {
    /// Notes a function that may decide what others find when they are called: one that sets globals, or that is marked as a fixture, by a
    /// decorator of this name, whoever it comes from.
    pub(crate) fn note_handing(&mut self, def: &FunctionDef, id: ObjectId, scope: ScopeId) {
        if !def.summary.globals.is_empty() {
            self.handed.global_setters.push(id);
        }
        let mut decorators = def.decorators.iter();
        let Some(mark) = decorators.find(|it| is_called(it, &["fixture", "yield_fixture"])) else {
            return;
        };
        if self.scope(scope).kind == ScopeKind::Function {
            return;
        }
        let own = call_of(mark).and_then(|it| keyword(it, "name"));
        let own = own.and_then(text_of);
        let name = own.map_or_else(|| def.name.clone(), Name::from);
        self.handed.fixtures.entry(name).or_default().push(id);
    }

    /// Notes which fixtures and methods are run for those who ask for what they give and set.
    pub(super) fn note_wanted(&mut self) {
        let asking: Vec<ObjectId> = self.with_classes.clone();
        for &id in &asking {
            self.note_setters(id);
        }
        let fixtures = self.handed.fixtures.values().flatten().copied();
        let asking: Vec<ObjectId> = fixtures.chain(asking).collect();
        for id in asking {
            let Object::Function(function) = self.peek(id) else {
                continue;
            };
            if let Code::Def(def) = &function.code {
                let names = def.parameters.iter().map(|it| it.name.clone());
                let names: Vec<Name> = names.collect();
                self.handed.wanted.extend(names);
            }
        }
    }

    /// Whether a function is run for what it sets; it is then.
    pub(super) fn is_run_as_setter(&mut self, id: ObjectId) -> bool {
        let is_setter = self.handed.setters.contains(&id);
        if is_setter {
            self.set_by(id);
        }
        is_setter
    }

    /// Whether a function is a fixture of a name that some function asks for.
    pub(super) fn is_wanted_fixture(&self, id: ObjectId) -> bool {
        let wanted = self.handed.wanted.iter();
        let mut wanted = wanted.filter_map(|it| self.handed.fixtures.get(it));
        wanted.any(|it| it.contains(&id)) || self.is_class_fixture(id)
    }

    /// Runs a fixture for the classes inside of it, unless somebody has asked for what it gives.
    pub(super) fn run_fixture_left(&mut self, id: ObjectId) {
        let is_run = self.handed.run_for_one.contains(&id);
        if !is_run && self.handed.by_fixture.keys().all(|it| it.0 != id) {
            self.given_by_fixture(id, None);
        }
    }

    /// What is known of the arguments that a function will be called with, and of its receiver.
    pub(super) fn handed_to(&mut self, id: ObjectId) -> Ahead {
        let mut ahead = Ahead::default();
        let Object::Function(function) = self.peek(id) else {
            return ahead;
        };
        let function = function.definition.clone();
        let Code::Def(def) = &function.code else {
            return ahead;
        };
        if let Some((def, text, own)) = self.as_method(id) {
            ahead.own = self.heir_with_bases(&def, &text, own);
            ahead.attributes = self.set_by_others(id, &def, &text, ahead.own.unwrap_or(own));
        }
        let own = function.class_body.and_then(|it| self.scope(it).class);
        let mark = def.decorators.iter();
        let mark = mark.into_iter().find(|it| is_called(it, &["fixture"]));
        if mark.is_none() && !def.name.starts_with("test") {
            return ahead;
        }
        let listed = self.parametrized(def, id, &function, own);
        // What it lists for fixtures is theirs while they are run for it.
        let of_fixtures = listed.iter().filter(|it| it.is_indirect);
        let of_fixtures = of_fixtures.map(|it| (it.name.clone(), it.given.clone()));
        let of_fixtures: Vec<(Name, Given)> = of_fixtures.collect();
        let outer = mark
            .is_none()
            .then(|| std::mem::replace(&mut self.handed.indirect, of_fixtures));
        let skipped = usize::from(own.is_some());
        for parameter in def.parameters.iter().skip(skipped) {
            if !is_asked_for(parameter) {
                continue;
            }
            let name = &parameter.name;
            let mut direct = listed.iter().filter(|it| !it.is_indirect);
            let given = if let Some(listed) = direct.find(|it| it.name == *name) {
                Some(listed.given.clone())
            } else if name == "request" {
                let own = self.name_of_fixture(id);
                let mut indirect = self.handed.indirect.iter();
                let param = indirect.find(|it| it.0 == own).map(|it| it.1.clone());
                let param = param.or_else(|| {
                    let params = mark.and_then(call_of).and_then(|it| keyword(it, "params"));
                    params.and_then(|it| self.param_of(it, &function))
                });
                self.request_of(param)
            } else {
                let fixture = self.fixture_for(name, &function, own);
                let fixture = fixture.or_else(|| {
                    let (def, function) = (def.clone(), function.clone());
                    self.fixture_of_plugin(name, &def, &function)
                });
                fixture.and_then(|it| self.given_by_fixture(it, own))
            };
            ahead.parameters.extend(given.map(|it| (name.clone(), it)));
        }
        if let Some(outer) = outer {
            self.handed.indirect = outer;
        }
        ahead
    }

    /// What a fixture gives to the tests of a class: worked out once, unless it looks at its receiver.
    fn given_by_fixture(&mut self, fixture: ObjectId, own: Option<ClassId>) -> Option<Given> {
        let method = self.as_method(fixture);
        let own = own.filter(|&own| {
            method.as_ref().is_some_and(|(def, text, class)| {
                own != *class && !def.read_of_receiver(text).is_empty()
            }) || self.is_class_fixture(fixture)
        });
        let key = (fixture, own);
        let is_shared = self.handed.indirect.is_empty();
        if is_shared && let Some(given) = self.handed.by_fixture.get(&key) {
            return given.clone();
        }
        let outer = self.handed.asking;
        if own.is_some() {
            self.handed.asking = own;
        }
        let come = self.run_whole(fixture, own, vec![], |_, came| came.value.clone());
        self.handed.asking = outer;
        let come = come?;
        let (value, mut rests_on) = come;
        let value = value.filter(|it| !self.is_quite_unknown(it));
        let given = value.map(|value| {
            let name = self.name_of_fixture(fixture);
            let what = format!("`{name}` is what the fixture of that name gives");
            let at = self.where_defined(fixture);
            rests_on.insert(0, Assumption { what, at });
            Given { value, rests_on }
        });
        if is_shared {
            self.handed.by_fixture.insert(key, given.clone());
        } else {
            self.handed.run_for_one.insert(fixture);
        }
        given
    }

    /// The name under which a fixture is asked for.
    pub(super) fn name_of_fixture(&self, id: ObjectId) -> Name {
        let mut all = self.handed.fixtures.iter();
        let found = all.find(|it| it.1.contains(&id));
        found.map(|it| it.0.clone()).unwrap_or_default()
    }

    /// The fixture of a name in the body of a class.
    pub(super) fn fixtures_in(&self, class: ClassId, function: &Name) -> Option<ObjectId> {
        let mut all = self.handed.fixtures.values().flatten();
        all.find(|&&id| {
            let Object::Function(it) = self.peek(id) else {
                return false;
            };
            let body = it.class_body;
            it.name == *function && body.and_then(|it| self.scope(it).class) == Some(class)
        })
        .copied()
    }

    /// The fixture that a parameter asks for, which is another than those that are being run.
    pub(super) fn fixture_for(
        &self,
        name: &Name,
        asking: &Definition,
        own: Option<ClassId>,
    ) -> Option<ObjectId> {
        let all = self.handed.fixtures.get(name)?;
        let definition = |id: ObjectId| match self.peek(id) {
            Object::Function(it) if !self.handed.active.contains(&id) => Some(&it.definition),
            _ => None,
        };
        let class_of = |it: &Definition| it.class_body.and_then(|it| self.scope(it).class);
        // The last of one name in one place is the one that is bound.
        let mro = own.and_then(|it| self.classes.mro(it)).unwrap_or_default();
        for &class in mro {
            let mut in_class = all.iter().rev();
            let is_in = |it: &Definition| class_of(it) == Some(class);
            if let Some(&id) = in_class.find(|&&id| definition(id).is_some_and(|it| is_in(it))) {
                return Some(id);
            }
        }
        let of_module = |ix: ModuleIx| {
            let mut all = all.iter().rev();
            all.find(|&&id| {
                definition(id).is_some_and(|it| it.class_body.is_none() && it.module == ix)
            })
            .copied()
        };
        let seen_from = |ix: ModuleIx| {
            of_module(ix).or_else(|| {
                let imported = all.iter().rev().find(|&&id| {
                    definition(id).is_some_and(|it| {
                        it.class_body.is_none() && self.is_seen_from(ix, it.module, name)
                    })
                });
                imported.copied()
            })
        };
        seen_from(asking.module).or_else(|| {
            let around = self.conftests_around(asking.module);
            around.into_iter().find_map(seen_from)
        })
    }

    /// Whether a module has a fixture of another one: it imports it by its name, or names the module in `pytest_plugins`.
    fn is_seen_from(&self, from: ModuleIx, of: ModuleIx, name: &Name) -> bool {
        let module = self.module(of).name.clone();
        let names = &self.scope(self.module(from).scope).names;
        let is_imported =
            names.contains_key(name) && self.imports.contains(&(from, module.clone()));
        let is_plugin = |value: &Value| matches!(value, Value::Str(it) if **it == *module);
        is_imported
            || names
                .get("pytest_plugins")
                .is_some_and(|it| match &it.value {
                    Value::Object(id) => match self.peek(*id) {
                        Object::List { items, .. } => items.iter().any(is_plugin),
                        _ => false,
                    },
                    Value::Tuple(items) => items.iter().any(is_plugin),
                    value => is_plugin(value),
                })
    }

    /// The modules that are the `conftest.py` of a module's folder and of those around it, the nearest first.
    fn conftests_around(&self, ix: ModuleIx) -> Vec<ModuleIx> {
        let folder_of = |ix: ModuleIx| -> Option<&Path> {
            let file = self.module(ix).file?;
            self.library.file(file).path.parent()
        };
        let Some(here) = folder_of(ix) else {
            return vec![];
        };
        let all = (0..self.modules.len() as u32).map(ModuleIx);
        let mut around: Vec<(usize, ModuleIx)> = all
            .filter(|&it| self.module(it).name.rsplit('.').next() == Some("conftest"))
            .filter_map(|it| {
                let folder = folder_of(it)?;
                let depth = folder.components().count();
                here.starts_with(folder).then_some((depth, it))
            })
            .collect();
        around.sort_by_key(|it| std::cmp::Reverse(it.0));
        around.into_iter().map(|it| it.1).collect()
    }

    /// The fixture of an installed plugin that a parameter asks for on which the bases of some class depend.
    fn fixture_of_plugin(
        &mut self,
        name: &Name,
        def: &FunctionDef,
        asking: &Definition,
    ) -> Option<ObjectId> {
        let text = self.library.file(asking.file).text.clone();
        let is_wanted = if def.summary.has_class {
            names_of_bases(&def.body_for_classes(&text), None).contains(name)
        } else {
            names_of_bases(&def.body(&text), Some(&[])).contains(name)
        };
        if !is_wanted {
            return None;
        }
        self.import_plugins(self.place(asking.scope, def.name_at, def.name_at));
        let plugins = self.plugins_of_fixtures();
        let mut plugins = plugins.iter().filter_map(|it| self.loaded.get(it).copied());
        let all = self.handed.fixtures.get(name)?;
        plugins.find_map(|plugin| {
            let mut all = all.iter().rev().copied();
            all.find(|&id| {
                let Object::Function(it) = self.peek(id) else {
                    return false;
                };
                let is_here = it.module == plugin || self.is_seen_from(plugin, it.module, name);
                it.class_body.is_none() && is_here && !self.handed.active.contains(&id)
            })
        })
    }

    /// What `request.param` of a fixture with `params` is: one of them.
    fn param_of(&mut self, params: &Expr, function: &Definition) -> Option<Given> {
        let values = self.values_listed(params, 1, function.scope);
        let at = self.place(function.scope, params.start, params.end);
        let value = self.one_of(values.into_iter().map(|it| it.into_iter().next()), at)?;
        let rests_on = vec![Assumption {
            what: String::from("`request.param` is what `params` lists"),
            at,
        }];
        Some(Given { value, rests_on })
    }

    /// `request` of a fixture whose `param` is this, and that is run for the tests of a class or of none.
    fn request_of(&mut self, param: Option<Given>) -> Option<Given> {
        let asking = self.handed.asking;
        if param.is_none() && asking.is_none() {
            return None;
        }
        let mut request = Instance::of(self.known.object);
        request.open = true;
        let mut rests_on = vec![];
        if let Some(param) = param {
            let name = Name::const_new("param");
            request.names.insert(name, Binding::new(param.value, None));
            rests_on = param.rests_on;
        }
        if let Some(asking) = asking {
            self.request_of_class(asking, &mut request);
        }
        let value = self.allocate(Object::Instance(request));
        Some(Given { value, rests_on })
    }

    /// A value that is one of these; none where one of them is not known.
    pub(super) fn one_of(
        &mut self,
        values: impl Iterator<Item = Option<Value>>,
        at: Option<Place>,
    ) -> Option<Value> {
        let values: Option<Vec<Value>> = values.collect();
        let mut values = values?.into_iter();
        let first = values.next()?;
        let value = values.fold(first, |one, other| self.either(one, other, "", at));
        (!self.is_quite_unknown(&value)).then_some(value)
    }

    /// Notes that a parameter which was handed in is read.
    pub(crate) fn read_of_handed(&mut self, name: &Name, value: &Value, scope: ScopeId) {
        if self.floor == 0 || self.handed.parameters.is_empty() {
            return;
        }
        let given = self.handed_around(scope, |all| all.iter().find(|it| it.0 == *name));
        let given = given.filter(|it| it.1.value.same(value));
        let rests_on = given.map(|it| it.1.rests_on.clone());
        for assumption in rests_on.into_iter().flatten() {
            self.assume_here(assumption);
        }
    }

    /// The first of some answer that what the function of a scope was handed gives, or that of one around it.
    fn handed_around<'r, T>(
        &'r self,
        scope: ScopeId,
        ask: impl Fn(&'r Vec<(Name, Given)>) -> Option<T>,
    ) -> Option<T> {
        let mut around = std::iter::successors(Some(scope), |&it| self.scope(it).parent);
        around.find_map(|it| ask(self.handed.parameters.get(&it)?))
    }

    /// Bases of a class of a test, each of which is one of some that it may be handed: the first of them, taken for granted.
    ///
    /// ```py
    /// @pytest.mark.parametrize("base", [A, B])
    /// def test_one(base):
    ///     class C(base): ...  # C A object
    /// ```
    pub(crate) fn first_of_handed(
        &mut self,
        bases: &mut [Value],
        written: &[Expr],
        scope: ScopeId,
    ) {
        let is_empty = self.floor == 0 || self.handed.parameters.is_empty();
        if is_empty || self.handed_around(scope, |_| Some(())).is_none() {
            return;
        }
        for (base, expr) in bases.iter_mut().zip(written) {
            let Some(all) = self.candidates(base) else {
                continue;
            };
            let first = all.iter().find(|it| matches!(it, Value::Class(_)));
            let Some(first) = first.cloned() else {
                continue;
            };
            let (count, at) = (all.len(), self.place(scope, expr.start, expr.end));
            let text = self.text(at);
            let what = format!("`{text}` is the first of the {count} that it may be");
            self.take_for_granted(Assumption { what, at });
            *base = first;
        }
    }
}

/// Whether pytest looks for a fixture for a parameter: it has no default.
fn is_asked_for(parameter: &Parameter) -> bool {
    parameter.default.is_none()
        && matches!(
            parameter.kind,
            ParameterKind::Either | ParameterKind::Keyword
        )
}

/// Whether a decorator is of one of these names, called or not: `fixture`, `pytest.fixture(scope="class")`.
pub(super) fn is_called(decorator: &Expr, names: &[&str]) -> bool {
    let function = call_of(decorator).map_or(decorator, |it| &it.function);
    match &function.kind {
        ExprKind::Name(name) | ExprKind::Attribute(_, name) => names.contains(&name.as_str()),
        _ => false,
    }
}

/// The call that an expression is.
pub(super) fn call_of(expr: &Expr) -> Option<&Call> {
    match &expr.kind {
        ExprKind::Call(call) => Some(call),
        _ => None,
    }
}

/// What a call is given under a name.
pub(super) fn keyword<'c>(call: &'c Call, name: &str) -> Option<&'c Expr> {
    let mut all = call.keywords.iter();
    let found = all.find(|it| it.0.as_deref() == Some(name))?;
    Some(&found.1)
}

/// The text that an expression is.
pub(super) fn text_of(expr: &Expr) -> Option<&str> {
    match &expr.kind {
        ExprKind::Literal(Literal::Str(text)) => Some(text),
        _ => None,
    }
}
