//! What a dotted name of a module leads to when all modules have run: what an entry point's `load()` gives.

use crate::Name;
use crate::evaluate::exact::at_rest::AtRest;
use crate::evaluate::machine::budget::{MOST_ASKED, stack_here};
use crate::evaluate::machine::run::{Home, Run, Stage};
use crate::evaluate::machine::value::{Code, Object, ObjectId, Value};
use crate::semantics::{AccessError, ClassId};
use crate::source::Place;

/// What a name leads to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Led {
    /// A class.
    Class(ClassId),
    /// A function with source: its module, its qualified name, its place.
    Function(Name, Name, Option<Place>),
    /// A module.
    Module(Name),
    /// An object of this class, as far as that is known.
    Object(Option<ClassId>),
    /// An exception.
    Raises(AccessError),
    /// It cannot be told.
    Unknown,
    /// The run has no such module.
    NotRun,
}

impl AtRest<'_, '_> {
    /// What a module has under a name when it has been imported, dots followed; the module itself where the name is empty.
    pub fn led(&mut self, module: &str, qualname: &str) -> Led {
        self.run.stack_base = stack_here();
        let Some(&ix) = self.run.loaded.get(module) else {
            return Led::NotRun;
        };
        let state = self.run.module(ix);
        if state.stage != Stage::Done || state.raises.is_some() || state.gap.is_some() {
            return Led::Unknown;
        }
        let kept = std::mem::replace(&mut self.run.steps, MOST_ASKED);
        let exhausted = self.run.exhausted.clone();
        let (mut led, _) = self.run.attempt(|run| run.led(Value::Module(ix), qualname));
        self.run.exhausted = exhausted;
        self.run.steps = kept;
        match &mut led {
            Led::Class(class) if class.0 >= self.classes => Led::Unknown,
            Led::Object(class) => {
                *class = class.filter(|it| it.0 < self.classes);
                led
            }
            Led::Function(_, _, place) => {
                *place = place.filter(|it| it.file.index() < self.files);
                led
            }
            _ => led,
        }
    }

    /// The texts that a list or tuple holds to which a module's name is bound; an item that is no known text is none.
    pub fn texts(&self, module: &str, name: &str) -> Option<Vec<Option<Name>>> {
        let &ix = self.run.loaded.get(module)?;
        let scope = self.run.module(ix).scope;
        let binding = self.run.scope(scope).names.get(name)?;
        let items: &[Value] = match &binding.value {
            Value::Tuple(items) => items,
            Value::Object(id) if self.run.is_touched_by_project(*id) => return None,
            Value::Object(id) => match self.run.peek(*id) {
                Object::List { items, open: false } => items,
                _ => return None,
            },
            _ => return None,
        };
        let text = |value: &Value| match value {
            Value::Str(text) => Some(Name::from(&**text)),
            _ => None,
        };
        Some(items.iter().map(text).collect())
    }

    /// What the containers hold to which modules' names are bound, of those that hold classes and functions alone: keys, and paths.
    pub fn containers(&self) -> Vec<Container> {
        let mut found = vec![];
        for state in &self.run.modules {
            if state.stage != Stage::Done || state.gap.is_some() {
                continue;
            }
            for (name, binding) in &self.run.scope(state.scope).names {
                if binding.maybe.is_none()
                    && let Some(held) = self.run.held_paths(&binding.value)
                    && !held.is_empty()
                {
                    found.push((format!("{}:{name}", state.name), held));
                }
            }
        }
        found
    }

    /// The names of modules that some module of the project imports, or that code of it asks for by name.
    pub fn imported(&self) -> impl Iterator<Item = (&Name, &Name)> {
        let imports = self.run.imports.iter();
        imports.map(|(importer, imported)| (&self.run.module(*importer).name, imported))
    }
}

/// The name of a container, and what it holds: keys, where they are texts, and paths.
pub type Container = (String, Vec<(Option<String>, String)>);

impl Run<'_, '_> {
    /// Whether code of the project has handed an object to a call that is not followed; a library that reads a list of the program's leaves it as it is.
    pub(super) fn is_touched_by_project(&self, id: ObjectId) -> bool {
        let Some(assumption) = self.touched.get(id) else {
            return false;
        };
        let Some(place) = assumption.at else {
            return true;
        };
        let mut own = self.modules.iter().filter(|it| it.home == Home::Project);
        own.any(|it| it.file == Some(place.file))
    }

    /// The classes and functions that a container holds, where it holds nothing else.
    fn held_paths(&self, value: &Value) -> Option<Vec<(Option<String>, String)>> {
        let path = |value: &Value| match value {
            Value::Class(class) => Some(self.classes.get(*class).path.to_string()),
            value => {
                let definition = &self.function(value)?.definition;
                let module = &self.module(definition.module).name;
                Some(format!("{module}:{}", definition.qualname))
            }
        };
        let plain = |value: &Value| Some((None, path(value)?));
        match value {
            Value::Tuple(items) => items.iter().map(plain).collect(),
            // Code that was not followed may have changed it.
            Value::Object(id) if self.touched.contains(*id) => None,
            Value::Object(id) => match self.peek(*id) {
                Object::List { items, open: false } => items.iter().map(plain).collect(),
                Object::Set {
                    items, open: false, ..
                } => items.values().map(plain).collect(),
                Object::Dict(dict) if !dict.open && !dict.is_proxy && dict.view.is_none() => {
                    let entries = dict.entries.values();
                    let keyed = entries.map(|(key, value)| match key {
                        Value::Str(key) => Some((Some(key.to_string()), path(value)?)),
                        _ => None,
                    });
                    keyed.collect()
                }
                _ => None,
            },
            _ => None,
        }
    }

    /// `functools.reduce(getattr, attrs, module)` (`importlib.metadata.EntryPoint.load`).
    fn led(&mut self, module: Value, qualname: &str) -> Led {
        let mut value = module;
        for name in qualname.split('.').filter(|it| !it.is_empty()) {
            let gaps = self.gaps.len();
            value = match self.get_attribute(&value, &Name::from(name), None) {
                Ok(value) => value,
                Err(thrown) if self.gaps.len() == gaps && thrown.class.is_some() => {
                    return Led::Raises(self.error_of(*thrown));
                }
                Err(_) => return Led::Unknown,
            };
        }
        if let Some(function) = self.function(&value) {
            let definition = &function.definition;
            let name = self.module(definition.module).name.clone();
            let at = match &definition.code {
                Code::Def(def) => (def.name_at, def.end),
                Code::Lambda(lambda) => (lambda.start, lambda.end),
            };
            let place = Place {
                file: definition.file,
                start: at.0,
                end: at.1,
            };
            return Led::Function(name, definition.qualname.clone(), Some(place));
        }
        match &value {
            Value::Class(class) => Led::Class(*class),
            Value::Module(ix) => Led::Module(self.module(*ix).name.clone()),
            Value::Method(bound) => match self.function(&bound.0) {
                Some(_) => self.led(bound.0.clone(), ""),
                None => Led::Object(None),
            },
            Value::Gap(_) => Led::Unknown,
            value => Led::Object(self.exact_class(value)),
        }
    }
}
