//! What a value is, in words, where its own representation is not known: an object, or a container that holds some.

use crate::Name;
use crate::evaluate::machine::run::Run;
use crate::evaluate::machine::value::{Dict, Object, Value};
use crate::semantics::ClassId;

/// How many entries of a dict are told.
const MOST_TOLD: usize = 4;
/// How many items are looked at for what they have in common.
const MOST_ALIKE: usize = 64;

impl Run<'_, '_> {
    /// What a value is, in words: `an object of queue.Queue`, or what a container holds. None where it is not known what it is.
    pub(crate) fn what_it_is(&self, value: &Value) -> Option<Name> {
        let class = match value {
            Value::Object(id) => match self.object(*id) {
                Object::Instance(instance) => instance.class,
                _ => return self.what_it_holds(value),
            },
            Value::Gap(_) => self.exact_class(value)?,
            _ => return None,
        };
        self.what_it_holds(value)
            .or_else(|| self.an_object_of(class))
    }

    /// What a container holds, in words: `list of 3 Truck`, `{'number': <Column>, …}`. None for one that is empty, or may hold more.
    pub(crate) fn what_it_holds(&self, value: &Value) -> Option<Name> {
        let Value::Object(id) = value else {
            return None;
        };
        let (kind, items): (&str, Vec<&Value>) = match self.object(*id) {
            Object::List { items, open: false } => ("list", items.iter().collect()),
            Object::Set {
                items, open: false, ..
            } => ("set", items.values().collect()),
            Object::Dict(dict) if !dict.open => return self.a_dict(dict),
            Object::Instance(instance) => {
                let inside = match &instance.payload {
                    Some(Value::Object(id)) => match self.object(*id) {
                        Object::Dict(dict) if !dict.open => self.a_dict(dict),
                        _ => None,
                    },
                    _ => None,
                };
                let name = self.classes.get(instance.class).path.name();
                return inside.map(|it| Name::from(format!("{name} of {it}")));
            }
            _ => return None,
        };
        let first = items.first()?;
        let of = self.type_name(first);
        let alike = items.iter().take(MOST_ALIKE);
        let is_one_kind = alike.clone().all(|it| self.type_name(it) == of);
        let count = items.len();
        let of = match of.as_str() {
            "type" => String::from("classes"),
            "function" => String::from("functions"),
            _ => of,
        };
        Some(Name::from(
            if is_one_kind && count <= MOST_ALIKE && self.class_of(first).is_some() {
                format!("{kind} of {count} {of}")
            } else {
                format!("{kind} of {count}")
            },
        ))
    }

    /// An object of a class that says more than its name: not of the builtin types, whose values are shown where they are known.
    fn an_object_of(&self, class: ClassId) -> Option<Name> {
        let path = &self.classes.get(class).path;
        let is_builtin = path.module == "builtins" && self.classes.is_interpreters(class);
        if is_builtin {
            return None;
        }
        let name = format!("an object of {}.{}", path.module, path.qualname);
        Some(Name::from(name))
    }

    /// The first entries of a dict, each value by its class where it is no more than an object.
    fn a_dict(&self, dict: &Dict) -> Option<Name> {
        if dict.entries.is_empty() || dict.view.is_some() {
            return None;
        }
        let limits = &self.world.limits;
        let count = dict.entries.len();
        let told = dict.entries.values().take(MOST_TOLD).map(|(key, value)| {
            let text = |it: &Value| {
                self.bounded_repr(it, limits)
                    .unwrap_or_else(|| format!("<{}>", self.type_name(it)))
            };
            format!("{}: {}", text(key), text(value))
        });
        let told: Vec<String> = told.collect();
        let more = if count > MOST_TOLD { ", …" } else { "" };
        let entries = format!("{{{}{more}}}", told.join(", "));
        Some(Name::from(if count > MOST_TOLD {
            format!("dict of {count}: {entries}")
        } else {
            entries
        }))
    }
}
