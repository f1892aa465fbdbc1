//! What a fixture sets on the class of the test that asks for it: by a parameter, by `usefixtures`, or since it is for all (`autouse`); and
//! the fixtures of installed plugins.
//!
//! ```py
//! @pytest.fixture
//! def prepared(request):
//!     request.cls.Base = declarative_base()
//! @pytest.mark.usefixtures("prepared")
//! class TestOrders:
//!     def test_one(self):
//!         class Order(self.Base): ...
//! ```

use std::sync::Arc;

use crate::Name;
use crate::evaluate::machine::handed::Given;
use crate::evaluate::machine::run::Run;
use crate::evaluate::machine::value::{
    Binding, Code, Definition, Instance, Object, ObjectId, ScopeId, Value,
};
use crate::evaluate::modules::fixtures::{call_of, is_called, keyword};
use crate::evaluate::modules::marks::assigned;
use crate::semantics::{Assumption, ClassId};
use crate::source::Place;
use crate::syntax::{ClassDef, Expr, ExprKind, FunctionDef, Literal};

impl Run<'_, '_> {
    /// What a fixture that a method asks for sets under a name on the class of the method.
    pub(super) fn set_on_class_of_test(
        &mut self,
        id: ObjectId,
        def: &FunctionDef,
        own: ClassId,
        name: &Name,
    ) -> Option<Given> {
        if self.handed.fixtures.is_empty() || !def.name.starts_with("test") {
            return None;
        }
        let Object::Function(function) = self.peek(id) else {
            return None;
        };
        let function = function.definition.clone();
        let asked = self.asked_by_marks(def, &function, own);
        let parameters = def.parameters.iter().map(|it| it.name.clone());
        let asked: Vec<Name> = asked.into_iter().chain(parameters).collect();
        let named = asked.iter();
        let named = named.filter_map(|it| self.fixture_for(it, &function, Some(own)));
        let mut all: Vec<ObjectId> = named.collect();
        all.extend(self.fixtures_for_all(&function, own));
        let fixture = all.into_iter().find(|&it| self.sets_on_class(it, name))?;
        self.set_by_class_fixture(fixture, own, name)
    }

    /// Whether a fixture is run for what it sets on the classes of tests.
    pub(super) fn is_class_fixture(&self, id: ObjectId) -> bool {
        self.looks_at_class(id).is_some()
    }

    /// What a fixture sets under a name on a class whose tests ask for it, worked out once.
    fn set_by_class_fixture(
        &mut self,
        fixture: ObjectId,
        own: ClassId,
        name: &Name,
    ) -> Option<Given> {
        let key = (fixture, own, name.clone());
        if let Some(known) = self.handed.by_class_fixture.get(&key) {
            return known.clone();
        }
        let outer = self.handed.asking.replace(own);
        let left = self.run_whole(fixture, Some(own), vec![name.clone()], |run, came| {
            let instance = run.handed_as_instance(came.scope);
            let on_instance = instance.and_then(|it| run.kept(it, name));
            let on_class = run.class_names.get(&own).and_then(|it| it.get(name));
            on_instance.or_else(|| on_class.map(|it| it.value.clone()))
        });
        self.handed.asking = outer;
        self.handed.run_for_one.insert(fixture);
        let given = left.and_then(|(value, rests_on)| {
            let value = value.filter(|it| !self.is_quite_unknown(it))?;
            let given_by = self.name_of_fixture(fixture);
            let what = format!("`self.{name}` is what the fixture `{given_by}` sets");
            let at = self.where_defined(fixture);
            let mut all = vec![Assumption { what, at }];
            all.extend(rests_on);
            let rests_on = all;
            Some(Given { value, rests_on })
        });
        self.handed.by_class_fixture.insert(key, given.clone());
        given
    }

    /// `request.instance` of a fixture that has run.
    fn handed_as_instance(&self, scope: ScopeId) -> Option<ObjectId> {
        let request = self.scope(scope).names.get("request")?;
        let Value::Object(request) = request.value else {
            return None;
        };
        match self.kept(request, "instance")? {
            Value::Object(it) => Some(it),
            _ => None,
        }
    }

    /// `request` of a fixture that is run for the tests of a class: what it has beside `param`.
    pub(super) fn request_of_class(&mut self, own: ClassId, request: &mut Instance) {
        let mut instance = Instance::of(own);
        instance.open = true;
        let instance = self.allocate(Object::Instance(instance));
        let names = [("cls", Value::Class(own)), ("instance", instance)];
        for (name, value) in names {
            let name = Name::const_new(name);
            request.names.insert(name, Binding::new(value, None));
        }
    }

    /// The names that `usefixtures` lists on a test, on its class or one above, and in `pytestmark`.
    fn asked_by_marks(&self, def: &FunctionDef, function: &Definition, own: ClassId) -> Vec<Name> {
        let mut names = vec![];
        for mark in &def.decorators {
            names_of_mark(mark, &mut names);
        }
        for class in self.classes.mro(own).unwrap_or_default() {
            let Some(class) = self.statements.get(class).and_then(|it| it.def.clone()) else {
                continue;
            };
            let class: Arc<ClassDef> = class;
            for mark in &class.decorators {
                names_of_mark(mark, &mut names);
            }
            if let Some(marks) = assigned(&class.body, "pytestmark") {
                names_of_mark(marks, &mut names);
            }
        }
        let syntax = self.library.syntax(function.file);
        if let Some(marks) = assigned(&syntax.body, "pytestmark") {
            names_of_mark(marks, &mut names);
        }
        names
    }

    /// The fixtures that all tests of a class have, the nearest last.
    fn fixtures_for_all(&self, function: &Definition, own: ClassId) -> Vec<ObjectId> {
        let names = self.handed.fixtures.iter();
        let names = names.filter(|it| it.1.iter().any(|&it| self.is_for_all(it)));
        let mut names: Vec<&Name> = names.map(|it| it.0).collect();
        names.sort_unstable();
        let found = names
            .into_iter()
            .filter_map(|it| self.fixture_for(it, function, Some(own)));
        found.filter(|&it| self.is_for_all(it)).collect()
    }

    fn is_for_all(&self, fixture: ObjectId) -> bool {
        let Object::Function(function) = self.peek(fixture) else {
            return false;
        };
        let Code::Def(def) = &function.code else {
            return false;
        };
        let mut marks = def.decorators.iter();
        let mark = marks.find(|it| is_called(it, &["fixture", "yield_fixture"]));
        let given = mark.and_then(call_of).and_then(|it| keyword(it, "autouse"));
        given.is_some_and(|it| matches!(it.kind, ExprKind::Literal(Literal::Bool(true))))
    }

    /// Whether a fixture may set a name on the class of the test that asks for it, as its words tell.
    fn sets_on_class(&self, fixture: ObjectId, name: &Name) -> bool {
        self.looks_at_class(fixture)
            .is_some_and(|text| text.contains(name.as_str()))
    }

    /// The text of a fixture that looks at the class of the test that asks for it.
    fn looks_at_class(&self, fixture: ObjectId) -> Option<&str> {
        let Object::Function(function) = self.peek(fixture) else {
            return None;
        };
        let Code::Def(def) = &function.code else {
            return None;
        };
        let text = &self.library.file(function.file).text;
        let text = text.get(def.name_at as usize..def.end as usize)?;
        let mut words = ["request.cls", "request.instance", "request.node.cls"].iter();
        words.any(|it| text.contains(it)).then_some(text)
    }

    /// Imports the modules of the plugins that the environment has, whose fixtures any test may ask for.
    pub(super) fn import_plugins(&mut self, at: Option<Place>) {
        if std::mem::replace(&mut self.handed.has_plugins, true) {
            return;
        }
        let world = self.world;
        for module in self.plugins_of_fixtures() {
            // Nobody needs one that cannot be imported.
            if world.own.module(&module).is_none() {
                let _ = self.import(&module, at);
            }
        }
    }

    /// The modules that are plugins wherever a test stands: those of the environment, and what modules of the project name.
    pub(super) fn plugins_of_fixtures(&self) -> Vec<Name> {
        let mut all = self.world.fixture_plugins.clone();
        for module in &self.modules {
            let names = &self.scope(module.scope).names;
            let named = names.get("pytest_plugins").map(|it| &it.value);
            let listed = match named {
                Some(Value::Object(id)) => match self.peek(*id) {
                    Object::List { items, .. } => items.as_slice(),
                    _ => &[],
                },
                Some(Value::Tuple(items)) => items,
                Some(value) => std::slice::from_ref(value),
                None => &[],
            };
            let listed = listed.iter().filter_map(|it| match it {
                Value::Str(it) => Some(Name::from(&**it)),
                _ => None,
            });
            all.extend(listed);
        }
        all
    }
}

/// The names that a mark or a list of them lists as `usefixtures`.
fn names_of_mark(mark: &Expr, names: &mut Vec<Name>) {
    match &mark.kind {
        ExprKind::Call(call) if is_called(mark, &["usefixtures"]) => {
            let listed = call.arguments.iter().filter_map(|it| match &it.kind {
                ExprKind::Literal(Literal::Str(it)) => Some(Name::from(&**it)),
                _ => None,
            });
            names.extend(listed);
        }
        ExprKind::List(marks) | ExprKind::Tuple(marks) => {
            for mark in marks {
                names_of_mark(mark, names);
            }
        }
        _ => {}
    }
}
