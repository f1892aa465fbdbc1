//! What `parametrize` lists for the parameters of a test: on it, on its class, in `pytestmark`, and by a decorator of the project that ends in it.
//!
//! ```py
//! pytestmark = pytest.mark.parametrize("base", [A, B])
//! def combinations(*rows, names):
//!     return pytest.mark.parametrize(names, rows)
//! @combinations((int, 1), (str, 2), names="kind, number")
//! def test_one(base, kind, number): ...
//! ```

use std::sync::Arc;

use rustc_hash::FxHashMap;

use crate::Name;
use crate::evaluate::machine::arguments::Arguments;
use crate::evaluate::machine::handed::{Given, Noted};
use crate::evaluate::machine::run::{Home, Run};
use crate::evaluate::machine::value::{Code, Definition, Object, ObjectId, ScopeId, Value};
use crate::evaluate::modules::fixtures::{call_of, is_called, keyword, text_of};
use crate::semantics::{Assumption, ClassId};
use crate::source::Place;
use crate::syntax::{
    Block, Call, ClassDef, Expr, ExprKind, FunctionDef, Literal, ParameterKind, StmtKind,
};

/// How many of the values that a parameter may have are looked at.
const MOST_VALUES: usize = 8;

/// A parameter that `parametrize` names.
pub(super) struct Listed {
    pub name: Name,
    pub given: Given,
    /// Whether it is handed to the fixture of that name, as `request.param`.
    pub is_indirect: bool,
}

impl Run<'_, '_> {
    /// The parameters that `parametrize` names, on the function, on its class or one above, or in `pytestmark`, and what it lists for each.
    pub(super) fn parametrized(
        &mut self,
        def: &FunctionDef,
        id: ObjectId,
        function: &Definition,
        own: Option<ClassId>,
    ) -> Vec<Listed> {
        let syntax = self.library.syntax(function.file);
        let module = self.module(function.module).scope;
        let mut classes: Vec<(Arc<ClassDef>, ScopeId)> = vec![];
        let mro = own.and_then(|it| self.classes.mro(it)).unwrap_or_default();
        for class in mro {
            let facts = self.statements.get(class);
            classes.extend(facts.and_then(|it| it.def.clone().zip(it.body)));
        }
        let mut calls: Vec<(&Call, ScopeId)> = vec![];
        let mut others: Vec<&Expr> = vec![];
        for mark in &def.decorators {
            let before = calls.len();
            marks_in(mark, &syntax.body, function.scope, &mut calls);
            if calls.len() == before {
                others.push(mark);
            }
        }
        for (class, body) in &classes {
            let around = self.scope(*body).parent.unwrap_or(module);
            for mark in &class.decorators {
                marks_in(mark, &syntax.body, around, &mut calls);
            }
            if let Some(marks) = assigned(&class.body, "pytestmark") {
                marks_in(marks, &syntax.body, *body, &mut calls);
            }
        }
        if let Some(marks) = assigned(&syntax.body, "pytestmark") {
            marks_in(marks, &syntax.body, module, &mut calls);
        }
        let mut all = vec![];
        for (call, scope) in calls {
            self.list_of(call, scope, &mut all);
        }
        for mark in others {
            self.list_by_decorator(mark, id, function, &mut all);
        }
        all
    }

    /// What one call of `parametrize` lists.
    fn list_of(&mut self, call: &Call, scope: ScopeId, all: &mut Vec<Listed>) {
        let names = call.arguments.first().or_else(|| keyword(call, "argnames"));
        let values = call.arguments.get(1).or_else(|| keyword(call, "argvalues"));
        let (Some(names), Some(values)) = (names.and_then(names_listed), values) else {
            return;
        };
        let indirect: Vec<Name> = match keyword(call, "indirect").map(|it| &it.kind) {
            None | Some(ExprKind::Literal(Literal::Bool(false))) => vec![],
            Some(ExprKind::Literal(Literal::Bool(true))) => names.clone(),
            Some(ExprKind::List(items) | ExprKind::Tuple(items)) => {
                let some = items.iter().filter_map(text_of).map(Name::from);
                some.collect()
            }
            // Which of them are handed to fixtures is not known.
            Some(_) => return,
        };
        let at = self.place(scope, values.start, values.end);
        let rows = self.values_listed(values, names.len(), scope);
        self.list_rows(&names, &rows, &indirect, at, all);
    }

    fn list_rows(
        &mut self,
        names: &[Name],
        rows: &[Vec<Value>],
        indirect: &[Name],
        at: Option<Place>,
        all: &mut Vec<Listed>,
    ) {
        for (index, name) in names.iter().enumerate() {
            let column = rows.iter().map(|it| it.get(index).cloned());
            if let Some(value) = self.one_of(column, at) {
                let what = format!("`{name}` is what `parametrize` lists");
                let rests_on = vec![Assumption { what, at }];
                all.push(Listed {
                    name: name.clone(),
                    given: Given { value, rests_on },
                    is_indirect: indirect.contains(name),
                });
            }
        }
    }

    /// What a decorator of the project lists that calls `parametrize` itself: it is called for that, and what it does is undone.
    fn list_by_decorator(
        &mut self,
        mark: &Expr,
        id: ObjectId,
        function: &Definition,
        all: &mut Vec<Listed>,
    ) {
        let called = call_of(mark).map_or(mark, |it| &it.function);
        if !matches!(called.kind, ExprKind::Name(_) | ExprKind::Attribute(..)) {
            return;
        }
        let scope = function.scope;
        // What asks a function for its parameters (`getfullargspec(test).args[1:]`) gets these.
        let called_by_position = match &function.code {
            Code::Def(def) => {
                let all = def
                    .parameters
                    .iter()
                    .skip(usize::from(function.class_body.is_some()));
                let all = all.filter(|it| it.default.is_none() && it.kind == ParameterKind::Either);
                Some(all.map(|it| it.name.clone()).collect::<Vec<Name>>())
            }
            Code::Lambda(_) => None,
        };
        let noted = self.on_paper(scope, |run| {
            let decorator = run.eval(called, scope).ok()?;
            let Value::Object(decorator) = decorator else {
                return None;
            };
            let Object::Function(it) = run.peek(decorator) else {
                return None;
            };
            let home = run.module(it.module).home;
            let text = run.library.file(it.file).text.clone();
            let is_source = matches!(home, Home::Project | Home::Installed);
            if !is_source {
                return None;
            }
            let facades = run.facades();
            let mut named = facades.keys();
            if !text.contains("parametrize") && !named.any(|it| text.contains(it.as_str())) {
                return None;
            }
            let noting = Noted {
                facades,
                ..Noted::default()
            };
            let outer = run.handed.noting.replace(noting);
            let made = run.eval(mark, scope);
            if let Ok(made @ Value::Object(_)) = made {
                let given = Arguments::of(vec![Value::Object(id)]);
                let at = run.place(scope, mark.start, mark.end);
                let _ = run.call(&made, given, at, scope);
            }
            let noted = std::mem::replace(&mut run.handed.noting, outer)?;
            let calls = noted.calls.into_iter().map(|(given, at)| {
                let argument = |place: usize, name: &str| {
                    let first = given.positional.get(place);
                    first.or_else(|| given.keyword(name)).cloned()
                };
                let names = argument(0, "argnames")?;
                let names = run
                    .names_in(&names)
                    .or_else(|| called_by_position.clone())?;
                let indirect = match argument(2, "indirect") {
                    None | Some(Value::Bool(false)) => vec![],
                    Some(Value::Bool(true)) => names.clone(),
                    Some(some) => run.names_in(&some)?,
                };
                let (items, _) = run.iterate(&argument(1, "argvalues")?);
                let rows = items.into_iter().take(MOST_VALUES);
                let rows = rows.map(|it| match it {
                    Value::Object(row) if noted.rows.contains(&row) => run.iterate(&it).0,
                    it if names.len() > 1 => run.iterate(&it).0,
                    it => vec![it],
                });
                let rows: Vec<Vec<Value>> = rows.collect();
                Some((names, rows, indirect, at))
            });
            let calls: Vec<_> = calls.flatten().collect();
            Some(calls)
        });
        for (names, rows, indirect, at) in noted.into_iter().flatten() {
            self.list_rows(&names, &rows, &indirect, at, all);
        }
    }

    /// The methods that call `parametrize` and are the only ones of their names that do.
    fn facades(&mut self) -> Arc<FxHashMap<Name, Value>> {
        if let Some(known) = &self.handed.facades {
            return known.clone();
        }
        let mut all: FxHashMap<Name, Option<Value>> = FxHashMap::default();
        for class in self.classes.own_ids() {
            let names = self.class_names.get(&class).into_iter().flatten();
            for (name, binding) in names {
                if self.calls_parametrize(&binding.value) {
                    let known = all.entry(name.clone());
                    let value = binding.value.clone();
                    known.and_modify(|it| *it = None).or_insert(Some(value));
                }
            }
        }
        let only = all.into_iter().filter_map(|(name, it)| Some((name, it?)));
        let facades = Arc::new(only.collect::<FxHashMap<_, _>>());
        self.handed.facades = Some(facades.clone());
        facades
    }

    fn calls_parametrize(&self, value: &Value) -> bool {
        let Value::Object(id) = value else {
            return false;
        };
        let Object::Function(it) = self.peek(*id) else {
            return false;
        };
        let Code::Def(def) = &it.code else {
            return false;
        };
        let is_source = matches!(self.module(it.module).home, Home::Project | Home::Installed);
        let text = &self.library.file(it.file).text;
        let text = text.get(def.name_at as usize..def.end as usize);
        // A test that is called so has its mark before it.
        is_source && text.is_some_and(|it| it.contains(".parametrize("))
    }

    /// The names of a text or of a list of them.
    fn names_in(&mut self, names: &Value) -> Option<Vec<Name>> {
        match names {
            Value::Str(text) => Some(names_of_text(text)),
            names => {
                let (items, open) = self.iterate(names);
                let names = items.iter().map(|it| self.str_of(it).map(Name::from));
                names.collect::<Option<Vec<Name>>>().filter(|_| !open)
            }
        }
    }

    /// Works something out in a scope, by steps of its own, and undoes it.
    fn on_paper<T>(&mut self, scope: ScopeId, what: impl FnOnce(&mut Self) -> T) -> T {
        let module = self.scope(scope).module;
        self.running.push(module);
        let steps = self.grant_module();
        let outer = std::mem::take(&mut self.assumptions);
        let assumed = self.module(module).assumptions.len();
        let (given, _) = self.attempt(what);
        self.module_mut(module).assumptions.truncate(assumed);
        self.assumptions = outer;
        self.steps = steps;
        self.running.pop();
        given
    }

    /// The values of a list of them, each as many as there are names; fewer where one is not known.
    pub(super) fn values_listed(
        &mut self,
        list: &Expr,
        width: usize,
        scope: ScopeId,
    ) -> Vec<Vec<Value>> {
        self.on_paper(scope, |run| {
            let one = |run: &mut Self, it: &Expr| -> Vec<Value> {
                let parts = match call_of(it) {
                    Some(call) if is_called(it, &["param"]) => &call.arguments[..],
                    _ => std::slice::from_ref(it),
                };
                let values = parts.iter().map(|it| run.eval(it, scope));
                let values: Vec<Value> = values.filter_map(Result::ok).collect();
                match values.as_slice() {
                    [row] if width > 1 => run.iterate(&row.clone()).0,
                    _ => values,
                }
            };
            match &list.kind {
                ExprKind::List(items) | ExprKind::Tuple(items) => items
                    .iter()
                    .take(MOST_VALUES)
                    .map(|it| one(run, it))
                    .collect(),
                _ => {
                    let Ok(value) = run.eval(list, scope) else {
                        return vec![];
                    };
                    let (items, _) = run.iterate(&value);
                    let items = items.into_iter().take(MOST_VALUES);
                    items
                        .map(|it| {
                            if width > 1 {
                                run.iterate(&it).0
                            } else {
                                vec![it]
                            }
                        })
                        .collect()
                }
            }
        })
    }
}

/// The calls of `parametrize` among marks: one, a list of them, or a name that the module gives to one.
fn marks_in<'s>(
    mark: &'s Expr,
    module: &'s Block,
    scope: ScopeId,
    calls: &mut Vec<(&'s Call, ScopeId)>,
) {
    match &mark.kind {
        ExprKind::Call(call) if is_called(mark, &["parametrize"]) => calls.push((call, scope)),
        ExprKind::List(marks) | ExprKind::Tuple(marks) => {
            for mark in marks {
                marks_in(mark, module, scope, calls);
            }
        }
        ExprKind::Name(name) => {
            if let Some(mark) = assigned(module, name)
                && let ExprKind::Call(call) = &mark.kind
                && is_called(mark, &["parametrize"])
            {
                calls.push((call, scope));
            }
        }
        _ => {}
    }
}

/// What the statements of a block assign to a name last.
pub(super) fn assigned<'s>(block: &'s Block, name: &str) -> Option<&'s Expr> {
    let is_it = |it: &Expr| matches!(&it.kind, ExprKind::Name(it) if it == name);
    block.iter().rev().find_map(|stmt| match &stmt.kind {
        StmtKind::Assign(targets, value) if targets.iter().any(is_it) => Some(&**value),
        _ => None,
    })
}

/// The names of `"a, b"`, `["a", "b"]` and `("a", "b")`.
fn names_listed(expr: &Expr) -> Option<Vec<Name>> {
    match &expr.kind {
        ExprKind::List(items) | ExprKind::Tuple(items) => {
            let names = items.iter().map(|it| text_of(it).map(Name::from));
            names.collect()
        }
        _ => Some(names_of_text(text_of(expr)?)),
    }
}

fn names_of_text(text: &str) -> Vec<Name> {
    let names = text.split(',').map(|it| Name::from(it.trim()));
    names.filter(|it| !it.is_empty()).collect()
}
