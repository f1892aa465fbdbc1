//! Objects in lists that modules have under a name which a framework looks for, and lists in these.
//!
//! ```python
//! urlpatterns = [path("shop/", include("shop.urls")), path("status/", status)]
//! ```

use super::calls::{Given, Telling};
use crate::Name;
use crate::evaluate::exact::at_rest::AtRest;
use crate::evaluate::machine::run::Home;
use crate::evaluate::machine::value::{Object, Value};
use crate::evaluate::machine::watched::WatchedList;

/// How deep lists stand in one another.
const DEEPEST: u32 = 12;
/// How many objects of all lists are told.
const MOST: usize = 50_000;

/// A list that a module has under a name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Listed {
    /// Which of the watched lists it is, by its place among them.
    pub list: usize,
    /// The module.
    pub module: Name,
    /// What stands in it.
    pub items: Vec<Item>,
    /// Whether that is all.
    pub is_whole: bool,
}

/// An object in a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Item {
    /// Its key; none where it has none of the attributes.
    pub key: Option<Given>,
    /// What it has.
    pub holds: Holds,
    /// Which object it is.
    pub object: Option<u32>,
}

/// What an object in a list has.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Holds {
    /// What it leads to.
    One(Given),
    /// A list in which more stand, and whether these are all.
    Items(Vec<Item>, bool),
    /// A module that has more under the same name.
    Module(Name),
}

impl AtRest<'_, '_> {
    /// The lists that modules have which a framework looks for.
    pub fn listed(&self) -> Vec<Listed> {
        let run = &self.run;
        let telling = Telling::new(run, (self.classes, self.files));
        let mut left = MOST;
        let mut found = vec![];
        for (list, watched) in run.world.watched.lists().iter().enumerate() {
            for module in &run.modules {
                if !matches!(module.home, Home::Project | Home::Installed) {
                    continue;
                }
                let names = &run.scope(module.scope).names;
                let Some(binding) = names.get(watched.name.as_str()) else {
                    continue;
                };
                let told = telling.items(&binding.value, watched, &mut left, 0);
                let (items, is_whole) = told.unwrap_or_default();
                found.push(Listed {
                    list,
                    module: module.name.clone(),
                    items,
                    is_whole: is_whole && binding.maybe.is_none(),
                });
            }
        }
        found
    }
}

impl Telling<'_, '_, '_> {
    /// What stands in a list or tuple, and whether that is all; none where it is neither.
    fn items(
        &self,
        value: &Value,
        watched: &WatchedList,
        left: &mut usize,
        depth: u32,
    ) -> Option<(Vec<Item>, bool)> {
        let run = self.gathering.run;
        let (items, open): (&[Value], bool) = match value {
            Value::Tuple(items) => (items, false),
            Value::Object(id) => match run.peek(*id) {
                Object::List { items, open } => (items, *open),
                _ => return None,
            },
            _ => return None,
        };
        let mut is_whole = !open && depth < DEEPEST;
        let mut found = vec![];
        for item in items {
            if *left == 0 || depth >= DEEPEST {
                is_whole = false;
                break;
            }
            *left -= 1;
            match self.item(item, watched, left, depth) {
                Some(item) => found.push(item),
                None => is_whole = false,
            }
        }
        Some((found, is_whole))
    }

    fn item(
        &self,
        value: &Value,
        watched: &WatchedList,
        left: &mut usize,
        depth: u32,
    ) -> Option<Item> {
        let Value::Object(id) = value else {
            return None;
        };
        let first = |asked: &[String]| asked.iter().find_map(|it| self.under(value, it));
        let key = first(&watched.key).map(|it| self.given(&it, 0));
        let holds = match self.under(value, &watched.inside) {
            Some(Value::Module(ix)) => Holds::Module(self.gathering.run.module(ix).name.clone()),
            Some(Value::Str(name)) => Holds::Module(Name::from(&*name)),
            Some(inside) => {
                let (items, is_whole) = self.items(&inside, watched, left, depth + 1)?;
                Holds::Items(items, is_whole)
            }
            None => Holds::One(self.given(&first(&watched.leads)?, 0)),
        };
        Some(Item {
            key,
            holds,
            object: Some(id.0),
        })
    }

    /// What an object keeps under a name, and that under another one: `pattern.text`.
    fn under(&self, value: &Value, path: &str) -> Option<Value> {
        let mut names = path.split('.');
        names.try_fold(value.clone(), |value, name| {
            self.gathering.run.kept_under(&value, name)
        })
    }
}
