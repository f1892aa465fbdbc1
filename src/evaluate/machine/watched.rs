//! Functions of libraries whose calls are told of: what was handed to them, and by which calls they were come by.
//!
//! A registry that a library keeps is filled by functions of its own, whoever asked for that in whichever way. So the calls of these few functions
//! say what the program registers: keys that were worked out, loops, conditions and objects handed from one to the next are behind them.
//!
//! ```python
//! class Shop(Framework):
//!     def page(self, name, view):
//!         self.add_route("/shop/" + name, view)     # a call of `Framework.add_route`, which is watched
//! ```

use rustc_hash::{FxHashMap, FxHashSet};

use crate::Name;
use crate::evaluate::machine::flow::Flow;
use crate::evaluate::machine::run::Run;
use crate::evaluate::machine::value::{Definition, Object, ScopeId, Value};
use crate::source::Place;

/// How many calls are noted.
const MOST: usize = 1 << 15;

/// A function that is watched, and what is asked of each call of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WatchedFunction {
    /// The function: `module:qualname`.
    pub path: String,
    /// Its parameters, or attributes of what they are handed: `view_func`, `cmd.callback`.
    pub asked: Vec<String>,
}

/// What objects of a library keep that programs have filled.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WatchedAttribute {
    /// The classes of the objects: `module:qualname`.
    pub on: Vec<String>,
    /// The attribute, and attributes of what that is: `cli.commands`.
    pub attribute: String,
}

/// Objects in a list under a name of a module, and lists in these: `urlpatterns`.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct WatchedList {
    /// The name.
    pub name: String,
    /// The attribute of an object in it that has more of them: a list, a module that has the name, or the name of that module.
    pub inside: String,
    /// The key of an object, the first of these attributes that is there,
    pub key: Vec<String>,
    /// and what it leads to.
    pub leads: Vec<String>,
}

/// All that are watched.
#[derive(Debug, Clone, Default)]
pub struct Watched {
    functions: Vec<WatchedFunction>,
    by_qualname: FxHashMap<Name, Vec<(Name, u32)>>,
    modules: FxHashSet<Name>,
    attributes: Vec<WatchedAttribute>,
    programs: Vec<String>,
    lists: Vec<WatchedList>,
}

impl Watched {
    /// These functions, of which each path stands there once, and attributes of the objects whose methods they are; `programs` are classes of which
    /// programs make the object that all is registered with.
    pub fn new(
        functions: Vec<WatchedFunction>,
        attributes: Vec<WatchedAttribute>,
        programs: Vec<String>,
    ) -> Self {
        let mut by_qualname: FxHashMap<Name, Vec<(Name, u32)>> = FxHashMap::default();
        let mut modules = FxHashSet::default();
        for (index, it) in functions.iter().enumerate() {
            let Some((module, qualname)) = it.path.split_once(':') else {
                continue;
            };
            let of = by_qualname.entry(Name::from(qualname)).or_default();
            of.push((Name::from(module), index as u32));
            modules.insert(Name::from(module));
        }
        Self {
            functions,
            by_qualname,
            modules,
            attributes,
            programs,
            lists: vec![],
        }
    }

    /// The same, with lists that modules have under a name.
    #[must_use]
    pub fn with_lists(mut self, lists: Vec<WatchedList>) -> Self {
        self.lists = lists;
        self
    }

    /// Lists that modules have under a name, in the order in which answers speak of them.
    pub fn lists(&self) -> &[WatchedList] {
        &self.lists
    }

    /// Attributes of the objects whose methods are watched, in the order in which answers speak of them.
    pub fn attributes(&self) -> &[WatchedAttribute] {
        &self.attributes
    }

    /// Classes of which programs make the object that all is registered with: a function that makes one begins a program.
    pub(crate) fn programs(&self) -> &[String] {
        &self.programs
    }

    /// The functions, in the order in which calls speak of them.
    pub fn functions(&self) -> &[WatchedFunction] {
        &self.functions
    }

    /// Whether a function of this module is watched.
    pub(crate) fn has_module(&self, module: &Name) -> bool {
        self.modules.contains(module)
    }

    fn find(&self, module: &Name, qualname: &Name) -> Option<u32> {
        let of = self.by_qualname.get(qualname)?;
        of.iter().find(|it| it.0 == *module).map(|it| it.1)
    }
}

/// A call of a function that is watched.
#[derive(Debug, Clone)]
pub(crate) struct Noted {
    /// Which function.
    pub function: u32,
    /// The object whose method it is.
    pub receiver: Option<Value>,
    /// What was asked of it; none where there is no such parameter or attribute.
    pub values: Vec<Option<Value>>,
    /// Where it was called, and what called it, from outside.
    pub chain: Vec<Place>,
    /// Whether that happened on a way of which it is not known whether it is gone.
    pub is_tried: bool,
}

/// The log of such calls.
#[derive(Debug, Default)]
pub(crate) struct NotedCalls {
    pub calls: Vec<Noted>,
    /// How many steps were lent for them,
    pub lent: u32,
    /// and how many of these to the call of a module's body that runs now.
    pub lent_here: u32,
    /// How many journals stood open when it was begun to note them.
    journals: usize,
    /// Whether modules have run, so that nothing counts but what is asked for.
    is_closed: bool,
}

impl Run<'_, '_> {
    /// Notes no more calls: modules have run.
    pub(crate) fn close_noting(&mut self) {
        self.noted.is_closed = true;
    }

    /// Begins to note the calls of what is about to be tried; returns those that were noted before.
    pub(crate) fn begin_noting(&mut self) -> Vec<Noted> {
        self.noted.is_closed = false;
        self.noted.journals = self.journals.len() + 1;
        std::mem::take(&mut self.noted.calls)
    }

    /// Ends that.
    pub(crate) fn end_noting(&mut self, before: Vec<Noted>) {
        self.noted.is_closed = true;
        self.noted.journals = 0;
        self.noted.calls = before;
    }

    /// Notes that a function begins, where it is one of those that are watched.
    pub(crate) fn note_watched(&mut self, function: &Definition, scope: ScopeId) {
        let world = self.world;
        let module = self.module(function.module);
        // What nobody has called registers nothing.
        if !module.is_watched || self.floor > 0 || self.noted.is_closed {
            return;
        }
        let Some(index) = world.watched.find(&module.name, &function.qualname) else {
            return;
        };
        self.lend_for_watched();
        if self.noted.calls.len() >= MOST {
            return;
        }
        let asked = &world.watched.functions()[index as usize].asked;
        let values = asked.iter().map(|it| self.asked_value(it, scope)).collect();
        let outside = self.calls.len().saturating_sub(self.callers.len());
        let calls = self.calls.get(outside..).unwrap_or_default();
        let chain = calls.iter().filter_map(|it| it.at).collect();
        let noted = Noted {
            function: index,
            receiver: self.scope(scope).receiver.clone(),
            values,
            chain,
            is_tried: self.is_one_of_several_ways(),
        };
        self.noted.calls.push(noted);
    }

    /// Whether what runs now does so on one side of a decision that could not be made: while that is being tried, or behind a statement that
    /// the other side has left without an exception. Who gets any further has come by no exception.
    fn is_one_of_several_ways(&self) -> bool {
        let is_left = |it: &Flow| !matches!(it, Flow::Raise(_));
        self.journals.len() > self.forks.len() + self.noted.journals
            || self.forks.iter().any(|it| it.is_left(is_left))
    }

    /// A parameter of the call that runs in a scope, or an attribute of it that is there without code being run.
    fn asked_value(&self, asked: &str, scope: ScopeId) -> Option<Value> {
        let mut parts = asked.split('.');
        let first = self.scope(scope).names.get(parts.next()?)?;
        parts.try_fold(first.value.clone(), |value, name| {
            self.kept_under(&value, name)
        })
    }

    /// What an object, a function or a dict keeps under a name, or a class does where that is no descriptor; none where that hangs on
    /// what is not known.
    pub(crate) fn kept_under(&self, value: &Value, name: &str) -> Option<Value> {
        let Value::Object(id) = value else {
            return None;
        };
        match self.peek(*id) {
            Object::Function(it) => {
                let own = it.names.get(name)?;
                own.maybe.is_none().then(|| own.value.clone())
            }
            Object::Dict(dict) => {
                let (_, value) = dict.entries.get(&Value::str(name).key()?)?;
                Some(value.clone())
            }
            Object::Instance(it) => {
                if let Some(own) = it.names.get(name) {
                    return own.maybe.is_none().then(|| own.value.clone());
                }
                let (_, binding) = self.find_in_mro(it.class, name)?;
                let value = binding?.value;
                matches!(
                    value,
                    Value::Str(_) | Value::Int(_) | Value::Bool(_) | Value::None
                )
                .then_some(value)
            }
            _ => None,
        }
    }
}
