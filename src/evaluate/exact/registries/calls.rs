//! Calls of watched functions, told in words that outlive the run: those that the modules made, and those of a program's function that is run to
//! learn what it registers.

use rustc_hash::{FxHashMap, FxHashSet};

use super::Gathering;
use crate::Name;
use crate::evaluate::exact::at_rest::AtRest;
use crate::evaluate::machine::arguments::Arguments;
use crate::evaluate::machine::budget::{PLAY_STEPS, stack_here};
use crate::evaluate::machine::run::{Home, Run};
use crate::evaluate::machine::value::{
    Code, Function, Instance, ModuleIx, Object, ObjectId, Value,
};
use crate::evaluate::machine::watched::Noted;
use crate::semantics::{ClassId, Leads, Spotted, Why};
use crate::source::{FileId, Place};
use crate::syntax::{ParameterKind, StmtKind};

/// How many items of a list or tuple are told.
const MOST_ITEMS: usize = 64;
/// How deep lists stand in one another.
const DEEPEST: u32 = 3;
/// How many items of a container that an object keeps are told.
const MOST_KEPT: usize = 10_000;
/// How many mappings stand in one another there.
const MOST_KEYS: usize = 4;

/// A call of a function that is watched.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WatchedCall {
    /// Which of the watched functions, by its place among them.
    pub function: usize,
    /// What was asked of the call, in the order of the questions; none where it has nothing of that name.
    pub values: Vec<Option<Given>>,
    /// Which objects these are: the same for the same object of one run; none of what is no function and no object of a class.
    pub objects: Vec<Option<u32>>,
    /// The object whose method it is, in the same way.
    pub receiver: Option<u32>,
    /// Where it was called, and what called it, from outside.
    pub chain: Vec<Link>,
    /// Whether the program comes by it for certain.
    pub is_certain: bool,
}

/// A call on the way to another.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Link {
    /// The module in which it stands.
    pub module: Name,
    /// Where it stands there.
    pub at: Spotted,
    /// Offsets in its file.
    pub range: (u32, u32),
}

/// What a call was handed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Given {
    /// `None`
    None,
    /// A text.
    Text(String),
    /// Anything else that is shown as it is written: `404`, `True`.
    Written(String),
    /// A class, a function or a module.
    Code {
        /// Which; of a function that `functools.wraps` has made like another, that one, and of a `partial` its function.
        leads: Leads,
        /// The paths of the functions around it that were made like it.
        around: Vec<String>,
    },
    /// An object.
    Object(GivenObject),
    /// The items of a list or tuple.
    Several(Vec<Given>),
    /// What it is cannot be told; as it stands in the source.
    Unknown(String),
}

/// An object.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GivenObject {
    /// Which one: the same for the same object of one run.
    pub id: u32,
    /// The name of a module under which it stands: `shop.web:pages`.
    pub name: Option<String>,
    /// Its class, and what that derives from, in the order of the MRO: `flask.app:Flask`.
    pub classes: Vec<String>,
    /// Its bounded repr.
    pub shown: String,
}

/// Something that an object of a library keeps.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Kept {
    /// Which of the watched attributes it is, by its place among them.
    pub attribute: usize,
    /// The object, and those that stand between it and the container.
    pub holders: Vec<GivenObject>,
    /// The keys of the mappings around it, from outside.
    pub keys: Vec<Given>,
    /// What is kept there.
    pub value: Given,
    /// Another attribute of it: the function of a command.
    pub callback: Option<Given>,
}

/// What a function has done that was run to learn what it registers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Played {
    /// The watched functions that it has called.
    pub calls: Vec<WatchedCall>,
    /// What the objects keep in the end whose methods these are.
    pub kept: Vec<Kept>,
    /// Whether it came to its end.
    pub is_whole: bool,
}

impl AtRest<'_, '_> {
    /// What the modules have done while they ran.
    pub fn done(&self) -> Played {
        Telling::new(&self.run, (self.classes, self.files)).played(true)
    }

    /// Functions of the project's modules that begin a program, as they make the object with which all is registered, and that nobody has called.
    /// Each is a module and a name in it.
    pub fn beginnings(&self) -> Vec<(Name, Name)> {
        let run = &self.run;
        let programs = run.world.watched.programs();
        let is_program =
            |class: &ClassId| programs.contains(&run.classes.get(*class).path.to_string());
        let names: FxHashSet<&str> = run
            .classes
            .own_ids()
            .filter(|it| {
                run.classes
                    .mro(*it)
                    .is_some_and(|mro| mro.iter().any(is_program))
            })
            .map(|it| run.classes.get(it).path.name())
            .collect();
        let mut found = vec![];
        for module in run.modules.iter().filter(|it| it.home == Home::Project) {
            let Some(file) = module.file.filter(|_| !names.is_empty()) else {
                continue;
            };
            let text = &run.library.file(file).text;
            for stmt in &run.library.syntax(file).body {
                let StmtKind::Function(def) = &stmt.kind else {
                    continue;
                };
                let body = text
                    .get(def.start as usize..def.end as usize)
                    .unwrap_or_default();
                let is_called = run.met.called.contains(&(file, def.start));
                if !is_called && names.iter().any(|it| calls(body, it)) {
                    found.push((module.name.clone(), def.name.clone()));
                }
            }
        }
        found
    }

    /// Runs a function of a module that nobody has called, as whoever starts the program calls it: with nothing but what it asks for, of which
    /// nothing is known. Undoes what it did. None where the module has no such function.
    pub fn play(&mut self, module: &str, name: &str) -> Option<Played> {
        self.run.stack_base = stack_here();
        let &ix = self.run.loaded.get(module)?;
        let scope = self.run.module(ix).scope;
        let function = self.run.scope(scope).names.get(name)?.value.clone();
        let limits = (self.classes, self.files);
        let kept = std::mem::replace(&mut self.run.steps, PLAY_STEPS);
        // Who asks first, and how often, is not to change an answer.
        let exhausted = self.run.exhausted.clone();
        let calls = self.run.begin_noting();
        let (played, _) = self.run.attempt(|run| run.played(&function, ix, limits));
        self.run.end_noting(calls);
        self.run.exhausted = exhausted;
        self.run.steps = kept;
        played
    }
}

impl Run<'_, '_> {
    fn played(
        &mut self,
        function: &Value,
        module: ModuleIx,
        limits: (u32, usize),
    ) -> Option<Played> {
        let definition = &self.function(function)?.definition;
        let Code::Def(def) = &definition.code else {
            return None;
        };
        let is_positional =
            |it: ParameterKind| matches!(it, ParameterKind::Positional | ParameterKind::Either);
        let has_default = |at: usize| definition.defaults.get(at).is_some_and(Option::is_some);
        let parameters = def.parameters.iter().enumerate();
        let asked = parameters.filter(|(at, it)| is_positional(it.kind) && !has_default(*at));
        let asked: Vec<Name> = asked.map(|(_, it)| it.name.clone()).collect();
        let given = asked.iter().map(|it| self.gap(Why::Input, it, None));
        let arguments = Arguments {
            positional: given.collect(),
            ..Arguments::default()
        };
        let scope = self.module(module).scope;
        self.begin_tracing();
        // Its steps are its own: no call is the outermost of a module.
        self.depth += 1;
        let ended = self.call(function, arguments, None, scope);
        self.depth -= 1;
        self.tracing = None;
        let is_whole = ended.is_ok() && self.steps > 0;
        Some(Telling::new(self, limits).played(is_whole))
    }
}

/// Whether a text has a call of this name.
fn calls(text: &str, name: &str) -> bool {
    text.match_indices(name).any(|(at, _)| {
        let before = text[..at].chars().next_back();
        let is_part = |it: char| it.is_alphanumeric() || it == '_';
        !before.is_some_and(is_part) && text[at + name.len()..].starts_with('(')
    })
}

/// Calls as they are told.
pub(super) struct Telling<'r, 'w, 's> {
    pub(super) gathering: Gathering<'r, 'w, 's>,
    /// Names of modules under which objects stand.
    names: FxHashMap<ObjectId, String>,
    modules: FxHashMap<FileId, Name>,
}

impl<'r, 'w, 's> Telling<'r, 'w, 's> {
    pub(super) fn new(run: &'r Run<'w, 's>, (classes, files): (u32, usize)) -> Self {
        let gathering = Gathering::new(run, (classes, files));
        let mut names: FxHashMap<ObjectId, String> = FxHashMap::default();
        for (name, value) in gathering.names() {
            if let Value::Object(id) = value
                && let Object::Instance(_) = run.peek(id)
            {
                names.entry(id).or_insert(name);
            }
        }
        let modules = run.modules.iter();
        let modules = modules.filter_map(|it| Some((it.file?, it.name.clone())));
        Self {
            gathering,
            names,
            modules: modules.collect(),
        }
    }

    fn played(&self, is_whole: bool) -> Played {
        let noted = &self.gathering.run.noted.calls;
        Played {
            calls: noted.iter().map(|it| self.call(it)).collect(),
            kept: self.kept(noted),
            is_whole,
        }
    }

    /// What the objects keep whose methods were called.
    fn kept(&self, noted: &[Noted]) -> Vec<Kept> {
        let run = self.gathering.run;
        let mut seen: FxHashSet<ObjectId> = FxHashSet::default();
        let mut found = vec![];
        for call in noted.iter().filter(|it| !it.is_tried) {
            let Some(receiver @ Value::Object(id)) = &call.receiver else {
                continue;
            };
            let Object::Instance(instance) = run.peek(*id) else {
                continue;
            };
            if !seen.insert(*id) {
                continue;
            }
            let classes = self.classes(instance.class);
            for (attribute, it) in run.world.watched.attributes().iter().enumerate() {
                if !it.on.iter().any(|it| classes.contains(it)) {
                    continue;
                }
                let mut holders = vec![receiver.clone()];
                for name in it.attribute.split('.') {
                    let last = holders.last().and_then(|it| run.kept_under(it, name));
                    holders.extend(last);
                }
                if holders.len() > it.attribute.split('.').count()
                    && let Some(container) = holders.pop()
                {
                    let holders = holders.iter().filter_map(|it| match self.given(it, 0) {
                        Given::Object(it) => Some(it),
                        _ => None,
                    });
                    let holders: Vec<GivenObject> = holders.collect();
                    self.within(&container, (attribute, &holders), &[], &mut found);
                }
            }
        }
        found
    }

    /// What a container keeps, and those within it.
    fn within(
        &self,
        container: &Value,
        (attribute, holders): (usize, &[GivenObject]),
        keys: &[Given],
        found: &mut Vec<Kept>,
    ) {
        let run = self.gathering.run;
        let is_container = |it: &Value| match it {
            Value::Object(id) => match run.peek(*id) {
                Object::List { .. } | Object::Dict(_) => true,
                Object::Instance(it) => matches!(it.payload, Some(Value::Object(_))),
                _ => false,
            },
            _ => false,
        };
        let held = self.gathering.held(container);
        let entries = held.into_iter().flat_map(|it| it.entries);
        for (key, value) in entries.take(MOST_KEPT) {
            let mut keys = keys.to_vec();
            keys.extend(key.map(|it| self.given(&it, 0)));
            if is_container(&value) && keys.len() < MOST_KEYS {
                self.within(&value, (attribute, holders), &keys, found);
                continue;
            }
            let callback = run.kept_under(&value, "callback");
            found.push(Kept {
                attribute,
                holders: holders.to_vec(),
                keys,
                value: self.given(&value, 0),
                callback: callback.map(|it| self.given(&it, 0)),
            });
        }
    }

    fn call(&self, noted: &Noted) -> WatchedCall {
        let values = noted.values.iter();
        let object = |it: &Value| match it {
            Value::Object(id) => match self.gathering.run.peek(*id) {
                Object::Function(_) | Object::Instance(_) => Some(id.0),
                _ => None,
            },
            _ => None,
        };
        WatchedCall {
            function: noted.function as usize,
            objects: values.clone().map(|it| object(it.as_ref()?)).collect(),
            values: values.map(|it| Some(self.given(it.as_ref()?, 0))).collect(),
            receiver: noted.receiver.as_ref().and_then(object),
            chain: noted.chain.iter().filter_map(|it| self.link(*it)).collect(),
            is_certain: !noted.is_tried,
        }
    }

    fn link(&self, place: Place) -> Option<Link> {
        let file = self.gathering.run.library.file(place.file);
        let at = if self.gathering.has(place) {
            Spotted::Source(place)
        } else {
            Spotted::File(file.shown.clone(), Some(file.line(place.start)))
        };
        Some(Link {
            module: self.modules.get(&place.file)?.clone(),
            at,
            range: (place.start, place.end),
        })
    }

    pub(super) fn given(&self, value: &Value, depth: u32) -> Given {
        let run = self.gathering.run;
        match value {
            Value::None => Given::None,
            Value::Str(text) => Given::Text(text.to_string()),
            Value::Gap(id) => Given::Unknown(run.told(*id).what.to_string()),
            Value::Tuple(items) if depth < DEEPEST => self.several(items, depth),
            Value::Object(id) => match run.peek(*id) {
                Object::List { items, open: false } if depth < DEEPEST => {
                    self.several(items, depth)
                }
                Object::Instance(instance) if self.is_partial(instance) && depth < DEEPEST => {
                    match instance.names.get("func") {
                        Some(inside) => self.given(&inside.value, depth + 1),
                        None => Given::Unknown(self.gathering.shown(value)),
                    }
                }
                Object::Instance(instance) => Given::Object(GivenObject {
                    id: id.0,
                    name: self.names.get(id).cloned(),
                    classes: self.classes(instance.class),
                    shown: self.gathering.shown(value),
                }),
                _ => self.code(value),
            },
            _ => self.code(value),
        }
    }

    fn is_partial(&self, instance: &Instance) -> bool {
        let path = &self.gathering.run.classes.get(instance.class).path;
        path.module == "functools" && path.qualname == "partial"
    }

    fn several(&self, items: &[Value], depth: u32) -> Given {
        let items = items.iter().take(MOST_ITEMS);
        Given::Several(items.map(|it| self.given(it, depth + 1)).collect())
    }

    fn code(&self, value: &Value) -> Given {
        match self.gathering.leads(value).0 {
            Leads::Text(text) => Given::Written(text),
            leads => Given::Code {
                leads,
                around: self.around(value),
            },
        }
    }

    fn around(&self, value: &Value) -> Vec<String> {
        let run = self.gathering.run;
        let Value::Object(id) = run.function_within(value) else {
            return vec![];
        };
        let Object::Function(function) = run.peek(*id) else {
            return vec![];
        };
        let mut all = self.gathering.wrapped(function);
        all.pop();
        let path = |it: &Function| format!("{}:{}", run.module(it.module).name, it.qualname);
        all.into_iter().map(path).collect()
    }

    fn classes(&self, class: ClassId) -> Vec<String> {
        let classes = &self.gathering.run.classes;
        let mro = classes.mro(class).unwrap_or(std::slice::from_ref(&class));
        mro.iter()
            .map(|it| classes.get(*it).path.to_string())
            .collect()
    }
}
