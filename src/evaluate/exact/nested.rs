//! What containers of a project hold that hold others: lists of tuples that decorators fill, mappings of lists.

use std::sync::Arc;

use crate::evaluate::exact::at_rest::AtRest;
use crate::evaluate::machine::run::{Home, Run, Stage};
use crate::evaluate::machine::value::{Object, Value};

/// How deep containers stand in one another.
const DEEPEST: u32 = 4;

/// How many items one holds at most.
const MOST: usize = 1_000;

/// A value, as far as it is plain.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Plain {
    /// `None`
    None,
    /// `True`, `False`
    Bool(bool),
    /// A whole number.
    Int(i64),
    /// A text.
    Text(Arc<str>),
    /// A class or a function, by its path: `module:qualname`.
    Path(String),
    /// A tuple or list.
    Several(Vec<Plain>),
    /// A mapping.
    Mapping(Vec<(Plain, Plain)>),
    /// Anything else.
    Other,
}

impl AtRest<'_, '_> {
    /// What the lists and mappings hold that hold others, to which names of the project's modules are bound: `module:name`, and that.
    pub fn nested(&self) -> Vec<(String, Plain)> {
        let mut found = vec![];
        for state in &self.run.modules {
            let is_own = state.home == Home::Project;
            if !is_own || state.stage != Stage::Done || state.gap.is_some() {
                continue;
            }
            for (name, binding) in &self.run.scope(state.scope).names {
                let is_object = matches!(binding.value, Value::Object(_));
                if !is_object || binding.maybe.is_some() {
                    continue;
                }
                let plain = self.run.as_plain(&binding.value, 0);
                if holds_others(&plain) {
                    found.push((format!("{}:{name}", state.name), plain));
                }
            }
        }
        found
    }
}

/// Whether what a container holds are containers.
fn holds_others(plain: &Plain) -> bool {
    let is_one = |it: &Plain| matches!(it, Plain::Several(_) | Plain::Mapping(_));
    match plain {
        Plain::Several(items) => items.iter().any(is_one),
        Plain::Mapping(entries) => entries.iter().any(|it| is_one(&it.0) || is_one(&it.1)),
        _ => false,
    }
}

impl Run<'_, '_> {
    fn as_plain(&self, value: &Value, depth: u32) -> Plain {
        if depth > DEEPEST {
            return Plain::Other;
        }
        let all = |items: &[Value]| {
            let items = items.iter().map(|it| self.as_plain(it, depth + 1));
            Plain::Several(items.collect())
        };
        match value {
            Value::None => Plain::None,
            Value::Bool(it) => Plain::Bool(*it),
            Value::Int(it) => Plain::Int(*it),
            Value::Str(it) => Plain::Text(it.clone()),
            // `builtins:open`
            Value::Native(path) => Plain::Path(path.to_string()),
            Value::Class(class) => Plain::Path(self.classes.get(*class).path.to_string()),
            Value::Tuple(items) if items.len() <= MOST => all(items),
            Value::Object(id) if self.is_touched_by_project(*id) => Plain::Other,
            Value::Object(id) => match self.peek(*id) {
                Object::List { items, open: false } if items.len() <= MOST => all(items),
                Object::Dict(dict)
                    if !dict.open
                        && !dict.is_proxy
                        && !dict.shuffled
                        && dict.view.is_none()
                        && dict.entries.len() <= MOST =>
                {
                    let entries = dict.entries.values();
                    let entries = entries.map(|(key, it)| {
                        (self.as_plain(key, depth + 1), self.as_plain(it, depth + 1))
                    });
                    Plain::Mapping(entries.collect())
                }
                _ => match self.function(value) {
                    Some(function) => {
                        let definition = &function.definition;
                        let module = &self.module(definition.module).name;
                        Plain::Path(format!("{module}:{}", definition.qualname))
                    }
                    None => Plain::Other,
                },
            },
            _ => Plain::Other,
        }
    }
}
