//! The methods of `list`: where an item goes, where it is found, and what is raised where it is not.

use crate::evaluate::run::{Eval, Run, Thrown};
use crate::evaluate::value::{Object, ObjectId, Value};
use crate::source::PythonVersion;

impl Run<'_, '_> {
    /// A method of a list, by its name.
    pub(super) fn list_method(
        &mut self,
        method: &str,
        id: ObjectId,
        arguments: &[Value],
    ) -> Eval<Option<Value>> {
        let Object::List { items, open } = self.object(id) else {
            return Ok(None);
        };
        let (count, is_open) = (items.len(), *open);
        let first = arguments.first().cloned();
        let extension = match (method, &first) {
            ("extend" | "__init__" | "__iadd__", Some(more)) => Some(self.iterate(more)),
            _ => None,
        };
        let position = match &first {
            Some(Value::Int(position)) => Some(*position),
            _ => None,
        };
        // From the end where it is negative; as `list.insert` takes it, beyond no end.
        let within = position.map(|it| {
            let from_end = usize::try_from(it.unsigned_abs()).unwrap_or(usize::MAX);
            if it < 0 {
                count.checked_sub(from_end).ok_or(())
            } else {
                Ok(from_end)
            }
        });
        let found = match (method, &first) {
            ("remove" | "index", Some(item)) if arguments.len() == 1 => self.position_in(id, item),
            _ => None,
        };
        match (method, found) {
            ("remove" | "index", Some(None)) if !is_open => {
                return Err(self.not_in_list(method, &first.unwrap_or(Value::None)));
            }
            ("pop", _) if !is_open && count == 0 => {
                let message = "pop from empty list".to_owned();
                return Err(self.throw(self.known.index_error, message, None));
            }
            ("pop", _) if !is_open && within.is_some_and(|it| it.is_ok_and(|it| it < count)) => {}
            ("pop", _) if !is_open && position.is_some() => {
                let message = "pop index out of range".to_owned();
                return Err(self.throw(self.known.index_error, message, None));
            }
            _ => {}
        }
        match method {
            "copy" | "index" | "__len__" => {}
            _ => {
                self.object_mut(id);
            }
        }
        let Object::List { items, open } = &mut self.heap[id.0] else {
            return Ok(None);
        };
        Ok(match (method, first) {
            ("append", Some(item)) => {
                items.push(item);
                Some(Value::None)
            }
            ("extend" | "__init__" | "__iadd__", Some(_)) => {
                if let Some((more, unknown)) = extension {
                    items.extend(more);
                    *open |= unknown;
                }
                Some(Value::None)
            }
            ("insert", Some(_)) => {
                let item = arguments.get(1).cloned().unwrap_or(Value::None);
                if let Some(place) = within {
                    items.insert(place.unwrap_or(0).min(count), item);
                } else {
                    items.push(item);
                    *open = true;
                }
                Some(Value::None)
            }
            ("pop", None) if !*open => items.pop(),
            ("pop", Some(_)) if !*open => match within {
                Some(Ok(index)) if index < count => Some(items.remove(index)),
                _ => {
                    *open = true;
                    None
                }
            },
            ("remove", Some(_)) => {
                match found {
                    Some(Some(index)) => {
                        items.remove(index);
                    }
                    _ => *open = true,
                }
                Some(Value::None)
            }
            ("index", Some(_)) => found
                .flatten()
                .map(|it| Value::Int(i64::try_from(it).unwrap_or(0))),
            ("reverse", None) => {
                items.reverse();
                Some(Value::None)
            }
            ("clear", None) => {
                items.clear();
                *open = false;
                Some(Value::None)
            }
            ("copy", None) => {
                let copy = Object::List {
                    items: items.clone(),
                    open: *open,
                };
                Some(self.allocate(copy))
            }
            _ => None,
        })
    }

    /// Where an item stands first in a list, or that it does not; none where that cannot be told.
    #[expect(
        clippy::option_option,
        reason = "not there and not known are two things"
    )]
    fn position_in(&mut self, id: ObjectId, item: &Value) -> Option<Option<usize>> {
        let Object::List { items, .. } = self.object(id) else {
            return None;
        };
        for (index, it) in items.clone().into_iter().enumerate() {
            if self.is_or_equals(&it, item)? {
                return Some(Some(index));
            }
        }
        Some(None)
    }

    /// The `ValueError` of a list that does not have an item.
    fn not_in_list(&mut self, method: &str, item: &Value) -> Box<Thrown> {
        let is_shown = method == "index" && self.world.version < PythonVersion::three(14);
        let message = match self.exact_repr(item).filter(|_| is_shown) {
            Some(shown) => format!("{shown} is not in list"),
            None => format!("list.{method}(x): x not in list"),
        };
        self.throw(self.known.value_error, message, None)
    }
}
