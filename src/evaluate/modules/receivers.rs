//! What a method that nobody calls finds on its receiver, since another method has set it by then: `setUp`, a fixture, a class method that a
//! framework calls first. That one is run once, for what it sets.

use crate::Name;
use crate::evaluate::machine::handed::{Ahead, Given, Set};
use crate::evaluate::machine::run::Run;
use crate::evaluate::machine::value::{Binding, Code, Instance, Object, ObjectId, Value};
use crate::evaluate::modules::uncalled::Came;
use crate::semantics::{Assumption, ClassId, Why};
use crate::source::Place;
use crate::syntax::{FunctionDef, names_of_bases};

/// How many fixtures and methods are run for one another at most.
const MOST_IN_ONE_ANOTHER: usize = 12;

impl Run<'_, '_> {
    /// What a function reads of its receiver and no class statement gives it, with what another method of its class sets there.
    ///
    /// ```py
    /// class TestOrders(TestCase):
    ///     def setUp(self):
    ///         self.Base = declarative_base()
    ///     def test_one(self):
    ///         class Order(self.Base): ...
    /// ```
    pub(super) fn set_by_others(
        &mut self,
        id: ObjectId,
        def: &FunctionDef,
        text: &str,
        own: ClassId,
    ) -> Vec<(Name, Given, bool)> {
        let mut all = vec![];
        for name in def.read_of_receiver(text) {
            let Some((setter, on_class)) = self.setter_of(own, &name, &def.name) else {
                if self.find_in_mro(own, &name).is_none()
                    && let Some(given) = self.set_on_class_of_test(id, def, own, &name)
                {
                    all.push((name, given, true));
                }
                continue;
            };
            let set = self.what_it_sets(setter, on_class);
            if let Some((_, given)) = set.iter().find(|it| it.0 == name) {
                all.push((name, given.clone(), on_class));
            }
        }
        all
    }

    /// The first class below that has what a method makes a class of and that neither its own class nor one above has: tests that are written
    /// for whoever derives are run by those alone.
    ///
    /// ```py
    /// class GraphTester:
    ///     def test_subclass(self):
    ///         class Mine(self.Graph): ...
    /// class TestGraph(GraphTester):
    ///     Graph = nx.Graph
    /// ```
    pub(super) fn heir_with_bases(
        &self,
        def: &FunctionDef,
        text: &str,
        own: ClassId,
    ) -> Option<ClassId> {
        if !def.summary.has_class {
            return None;
        }
        let lacks = |class: ClassId, name: &Name| {
            self.find_in_mro(class, name).is_none()
                && self.setter_of(class, name, &def.name).is_none()
        };
        let read = def.read_of_receiver(text);
        let mut lacking = read.iter().filter(|it| lacks(own, it)).peekable();
        lacking.peek()?;
        let bases = names_of_bases(&def.body_for_classes(text), None);
        let lacking: Vec<&Name> = lacking.filter(|it| bases.contains(*it)).collect();
        if lacking.is_empty() {
            return None;
        }
        let mut below = self
            .classes
            .own_ids()
            .filter(|&it| it != own && self.classes.mro(it).is_some_and(|mro| mro.contains(&own)));
        below.find(|&it| lacking.iter().all(|name| !lacks(it, name)))
    }

    /// Notes which methods are run for what they set.
    pub(super) fn note_setters(&mut self, id: ObjectId) {
        let Some((def, text, own)) = self.as_method(id) else {
            return;
        };
        let own = self.heir_with_bases(&def, &text, own).unwrap_or(own);
        for name in def.read_of_receiver(&text) {
            if let Some((setter, _)) = self.setter_of(own, &name, &def.name) {
                self.handed.setters.insert(setter);
            }
        }
    }

    /// A function that stands in a class body, the text it stands in, and the class.
    pub(super) fn as_method(
        &self,
        id: ObjectId,
    ) -> Option<(std::sync::Arc<FunctionDef>, std::sync::Arc<str>, ClassId)> {
        let Object::Function(function) = self.peek(id) else {
            return None;
        };
        let definition = &function.definition;
        let Code::Def(def) = &definition.code else {
            return None;
        };
        let own = self.scope(definition.class_body?).class?;
        let text = self.library.file(definition.file).text.clone();
        Some((def.clone(), text, own))
    }

    /// The method of a class, or of one above, that sets a name on its receiver which no class has; and whether that is the class.
    fn setter_of(&self, own: ClassId, name: &Name, but: &Name) -> Option<(ObjectId, bool)> {
        let of_class = self.find_in_mro(own, name).map(|it| it.1);
        let is_none =
            |it: &Option<Binding>| matches!(it.as_ref().map(|it| &it.value), Some(Value::None));
        if of_class.as_ref().is_some_and(|it| !is_none(it)) {
            return None;
        }
        let mro = self.classes.mro(own)?;
        mro.iter().find_map(|&class| {
            let def = self.statements.get(&class)?.def.as_ref()?;
            let mut sets = def.assigned.iter();
            let set = sets.find(|it| it.name.as_ref() == Some(name) && it.method != *but)?;
            // What is `None` on the class may be so for long.
            if of_class.is_some() && set.on_class {
                return None;
            }
            let bound = self.class_names.get(&class)?.get(&set.method)?;
            let marked = self.fixtures_in(class, &set.method);
            match self.static_part(&bound.value) {
                Value::Object(id) if matches!(self.peek(id), Object::Function(_)) => {
                    Some((id, set.on_class))
                }
                _ => Some((marked?, set.on_class)),
            }
        })
    }

    /// Runs a method for what it sets.
    pub(super) fn set_by(&mut self, setter: ObjectId) {
        let def = self.as_method(setter).map(|it| it.0);
        let on_class = def.is_some_and(|def| {
            let receiver = def.parameters.first();
            receiver.is_some_and(|it| it.name == "cls")
        });
        self.what_it_sets(setter, on_class);
    }

    /// What a method sets on its receiver, worked out once.
    fn what_it_sets(&mut self, setter: ObjectId, on_class: bool) -> Set {
        if let Some(set) = self.handed.by_setter.get(&setter) {
            return set.clone();
        }
        let nothing: Set = std::sync::Arc::from([]);
        let Some((def, _, own)) = self.as_method(setter) else {
            return nothing;
        };
        let Some(syntax) = self.statements.get(&own).and_then(|it| it.def.clone()) else {
            return nothing;
        };
        let sets = syntax.assigned.iter().filter(|it| it.method == def.name);
        let names: Vec<Name> = sets.filter_map(|it| it.name.clone()).collect();
        let left = self.run_whole(setter, None, names.clone(), |run, came| {
            let receiver = run.scope(came.scope).receiver.clone();
            let read = |name: &Name| match &receiver {
                Some(Value::Class(class)) => {
                    let found = run.class_names.get(class)?.get(name)?;
                    Some(found.value.clone())
                }
                Some(Value::Object(id)) => run.kept(*id, name),
                _ => None,
            };
            let pairs = names.iter().filter_map(|it| Some((it.clone(), read(it)?)));
            pairs.collect::<Vec<_>>()
        });
        let Some((values, rests_on)) = left else {
            return nothing;
        };
        let word = if on_class { "cls" } else { "self" };
        let at = self.where_defined(setter);
        let set = values
            .into_iter()
            .filter(|it| !self.is_quite_unknown(&it.1));
        let set: Set = set
            .map(|(name, value)| {
                let what = format!("`{word}.{name}` is what `{}` sets", def.name);
                let mut all = vec![Assumption { what, at }];
                all.extend(rests_on.iter().cloned());
                let rests_on = all;
                (name, Given { value, rests_on })
            })
            .collect();
        self.handed.by_setter.insert(setter, set.clone());
        set
    }

    /// Whether nothing is known of a value, not even which of some it is.
    pub(super) fn is_quite_unknown(&self, value: &Value) -> bool {
        value.is_gap() && self.candidates(value).is_none()
    }

    /// The receiver of a method that nobody has called: an instance that has what methods set on it.
    pub(super) fn receiver_by_then(
        &mut self,
        class: ClassId,
        ahead: &Ahead,
        at: Option<Place>,
    ) -> Value {
        let mut instance = Instance::of(class);
        instance.open = true;
        instance.names.extend(self.set_by_methods(class, at));
        for (name, given, on_class) in &ahead.attributes {
            if *on_class {
                instance.names.shift_remove(name);
            } else {
                let binding = Binding::new(given.value.clone(), at);
                instance.names.insert(name.clone(), binding);
            }
        }
        self.set_on_class_by_then(class, ahead, at);
        self.allocate(Object::Instance(instance))
    }

    /// Sets on a class what class methods have set by then; what is `None` until one does is anything.
    pub(super) fn set_on_class_by_then(
        &mut self,
        class: ClassId,
        ahead: &Ahead,
        at: Option<Place>,
    ) {
        for (name, given, on_class) in &ahead.attributes {
            if *on_class {
                let binding = Binding::new(given.value.clone(), at);
                self.set_class_name(class, name, Some(binding));
            }
        }
        if !ahead.is_whole {
            return;
        }
        let mro = self.classes.mro(class).unwrap_or_default().to_vec();
        for above in mro {
            let Some(def) = self.statements.get(&above).and_then(|it| it.def.clone()) else {
                continue;
            };
            for name in def.assigned.iter().filter(|it| it.on_class) {
                let Some(name) = &name.name else { continue };
                let now = self.find_in_mro(class, name).and_then(|it| it.1);
                if now.is_some_and(|it| matches!(it.value, Value::None)) {
                    let value = self.gap(Why::Input, name, at);
                    self.set_class_name(class, name, Some(Binding::new(value, at)));
                }
            }
        }
    }

    /// Notes that what another method sets on the receiver is read.
    pub(super) fn read_of_attribute(&mut self, of: &Name, name: &Name) {
        let here = &self.handed.attributes;
        let Some((_, given, _)) = here.iter().find(|it| it.0 == *name) else {
            return;
        };
        if self.depth != self.floor {
            return;
        }
        for mut assumption in given.rests_on.clone() {
            let said = assumption.what.strip_prefix("`cls.");
            if let Some(rest) = said.filter(|_| of == "self") {
                assumption.what = format!("`self.{rest}");
            }
            self.assume_here(assumption);
        }
    }

    /// Runs a function whole, for what it gives or sets, and takes back what it changes of what is there. None where it is being run.
    pub(super) fn run_whole<T>(
        &mut self,
        id: ObjectId,
        own: Option<ClassId>,
        names: Vec<Name>,
        take: impl FnOnce(&mut Self, &Came) -> T,
    ) -> Option<(T, Vec<Assumption>)> {
        let Object::Function(function) = self.peek(id) else {
            return None;
        };
        let module = function.module;
        if self.handed.active.contains(&id) || self.handed.active.len() > MOST_IN_ONE_ANOTHER {
            return None;
        }
        self.handed.active.push(id);
        let ahead = Ahead {
            is_whole: true,
            sets: names,
            ..self.handed_to(id)
        };
        let ahead = Ahead {
            own: own.or(ahead.own),
            ..ahead
        };
        let outer = std::mem::take(&mut self.assumptions);
        let assumed = self.module(module).assumptions.len();
        self.running.push(module);
        let steps = self.grant_module();
        let (taken, changes) = self.attempt(|run| {
            let came = run.call_with_unknowns(id, ahead)?;
            let taken = take(run, &came);
            Some((taken, came.rests_on))
        });
        self.steps = steps;
        self.running.pop();
        self.module_mut(module).assumptions.truncate(assumed);
        self.assumptions = outer;
        self.handed.active.pop();
        self.note_given_later(changes);
        taken
    }

    /// Where a function is defined.
    pub(super) fn where_defined(&self, id: ObjectId) -> Option<Place> {
        let Object::Function(function) = self.peek(id) else {
            return None;
        };
        let Code::Def(def) = &function.code else {
            return None;
        };
        let (file, start) = (function.file, def.name_at);
        Some(Place {
            file,
            start,
            end: start + def.name.len() as u32,
        })
    }
}
