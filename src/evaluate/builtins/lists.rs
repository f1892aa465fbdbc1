//! The methods of `list` and `tuple`: where an item goes, where it is found, and what is raised where it is not.

use crate::evaluate::machine::asked::Asked;
use crate::evaluate::machine::budget::MOST_HELD;
use crate::evaluate::machine::flow::Thrown;
use crate::evaluate::machine::run::{Eval, Run};
use crate::evaluate::machine::value::{Object, ObjectId, Value};
use crate::source::{Place, PythonVersion};

/// How many arguments a method takes; none for what is no method of a list.
fn counts(method: &str) -> Option<(usize, usize)> {
    Some(match method {
        "append" | "extend" | "remove" | "count" | "__iadd__" => (1, 1),
        "insert" => (2, 2),
        "pop" | "__init__" => (0, 1),
        "index" => (1, 3),
        "reverse" | "clear" | "copy" => (0, 0),
        _ => return None,
    })
}

impl Run<'_, '_> {
    /// A method of a list, by its name.
    pub(super) fn list_method(
        &mut self,
        method: &str,
        id: ObjectId,
        asked: &Asked<'_>,
    ) -> Eval<Option<Value>> {
        let Some(counts) = counts(method) else {
            return Ok(None);
        };
        let at = asked.at;
        let Some(taken) = self.taken(&asked.arguments, "list", method, counts, at)? else {
            return Ok(None);
        };
        let Object::List { items, open } = self.object(id) else {
            return Ok(None);
        };
        let (count, is_open) = (items.len(), *open);
        let mut taken = taken.into_iter();
        let first = taken.next();
        match (method, first) {
            ("append", Some(item)) => {
                self.note_entry(id, None, &item, at);
                if let Object::List { items, open: false } = self.object_mut(id) {
                    items.push(item);
                }
            }
            ("extend" | "__iadd__", Some(more)) => {
                self.extend_list(id, &more, at)?;
                if method == "__iadd__" {
                    return Ok(asked.first().cloned());
                }
            }
            ("__init__", more) => {
                let items = match more {
                    Some(more) => Some(self.items_of_list(&more, at)?),
                    None => None,
                };
                if let Object::List { items: kept, open } = self.object_mut(id) {
                    *open = items.as_ref().is_some_and(|it| it.open);
                    *kept = items.map(|it| it.items).unwrap_or_default();
                }
            }
            ("insert", Some(place)) => {
                let Some(place) = self.index_of(&place, at)? else {
                    return Ok(None);
                };
                let item = taken.next().unwrap_or(Value::None);
                // Behind what is known of it, or from an end that is not known.
                let within = usize::try_from(place).ok().filter(|&it| it <= count);
                if is_open && within.is_none() {
                    return Ok(None);
                }
                let place = within.unwrap_or_else(|| from_end(place, count));
                self.note_entry(id, None, &item, at);
                if let Object::List { items, .. } = self.object_mut(id) {
                    items.insert(place, item);
                }
            }
            ("pop", place) => {
                let place = match place {
                    Some(place) => match self.index_of(&place, at)? {
                        Some(place) => place,
                        None => return Ok(None),
                    },
                    None => -1,
                };
                let within = usize::try_from(place).ok().filter(|&it| it < count);
                if is_open && within.is_none() {
                    return Ok(None);
                }
                let back = usize::try_from(place.unsigned_abs()).unwrap_or(usize::MAX);
                let Some(place) = within.or_else(|| count.checked_sub(back).filter(|_| place < 0))
                else {
                    let message = if count == 0 {
                        "pop from empty list"
                    } else {
                        "pop index out of range"
                    };
                    return Err(self.throw(self.known.index_error, message.to_owned(), at));
                };
                if let Object::List { items, .. } = self.object_mut(id) {
                    return Ok(Some(items.remove(place)));
                }
            }
            ("remove", Some(item)) => {
                let Some(found) = self.position_in(id, &item, (0, count), at)? else {
                    return Ok(None);
                };
                match found {
                    Some(place) => {
                        if let Object::List { items, .. } = self.object_mut(id)
                            && place < items.len()
                        {
                            items.remove(place);
                        }
                    }
                    None if is_open => return Ok(None),
                    None => return Err(self.not_in_list(method, &item, at)?),
                }
            }
            ("index", Some(item)) => {
                let Some((from, to)) = self.bounds_of(taken.next(), taken.next(), count, at)?
                else {
                    return Ok(None);
                };
                return match self.position_in(id, &item, (from, to), at)? {
                    Some(Some(place)) => Ok(Some(Value::Int(i64::try_from(place).unwrap_or(0)))),
                    Some(None) if !is_open => Err(self.not_in_list(method, &item, at)?),
                    _ => Ok(None),
                };
            }
            ("count", Some(item)) => {
                let items = items.clone();
                return Ok(if is_open {
                    None
                } else {
                    self.counted(&items, &item, at)?
                });
            }
            ("reverse", None) => {
                if is_open {
                    return Ok(None);
                }
                if let Object::List { items, .. } = self.object_mut(id) {
                    items.reverse();
                }
            }
            ("clear", None) => {
                if let Object::List { items, open } = self.object_mut(id) {
                    items.clear();
                    *open = false;
                }
            }
            ("copy", None) => {
                let copy = self.object(id).clone();
                self.copies(count);
                return Ok(Some(self.allocate(copy)));
            }
            _ => return Ok(None),
        }
        Ok(Some(Value::None))
    }

    /// `list.extend(iterable)`: what a list or tuple holds at once, the items of anything else one by one (`list_extend`).
    pub(super) fn extend_list(
        &mut self,
        id: ObjectId,
        more: &Value,
        at: Option<Place>,
    ) -> Eval<()> {
        let at_once = match more {
            Value::Tuple(_) => true,
            Value::Object(id) => {
                matches!(self.object(*id), Object::List { .. } | Object::Set { .. })
            }
            _ => false,
        };
        if at_once {
            let more = self.items_of(more, at)?;
            self.copies(more.items.len());
            for item in &more.items {
                self.note_entry(id, None, item, at);
            }
            if let Object::List { items, open } = self.object_mut(id)
                && !*open
            {
                items.extend(more.items);
                *open = more.open;
                if items.len() > MOST_HELD {
                    items.truncate(MOST_HELD);
                    *open = true;
                }
            }
            return Ok(());
        }
        let scope = self.any_scope();
        let mut source = self.source(more, at)?;
        self.ask_length(more, at)?;
        let mut count = 0;
        loop {
            let is_too_much =
                count >= crate::evaluate::language::items::MOST_ITEMS || !self.round();
            let next = if is_too_much {
                self.lose_iterators(&source);
                None
            } else {
                self.next_in_turn(&mut source, at, scope)?
            };
            if let Some(item) = &next {
                self.note_entry(id, None, item, at);
            }
            let Object::List { items, open } = self.object_mut(id) else {
                return Ok(());
            };
            match next {
                Some(item) if !*open => items.push(item),
                Some(_) => {}
                None => {
                    *open |= is_too_much || source.is_open();
                    return Ok(());
                }
            }
            count += 1;
        }
    }

    /// The bounds of a search, as slices have them (`_PyEval_SliceIndexNotNone`).
    pub(crate) fn bounds_of(
        &mut self,
        from: Option<Value>,
        to: Option<Value>,
        count: usize,
        at: Option<Place>,
    ) -> Eval<Option<(usize, usize)>> {
        let mut bounds = [0, count];
        for (bound, given) in bounds.iter_mut().zip([from, to]) {
            let Some(given) = given else { continue };
            if !matches!(
                self.plain(&given),
                Value::Int(_) | Value::Bool(_) | Value::BigInt(_)
            ) && !matches!(given, Value::Object(_) | Value::Gap(_))
            {
                let message = "slice indices must be integers or have an __index__ method";
                return Err(self.type_error(message, at));
            }
            match self.index_of(&given, at)? {
                Some(place) => *bound = from_end(place, count),
                None => return Ok(None),
            }
        }
        Ok(Some((bounds[0], bounds[1])))
    }

    /// How many items are the same as or equal to one; none where that cannot be told.
    pub(crate) fn counted(
        &mut self,
        items: &[Value],
        item: &Value,
        at: Option<Place>,
    ) -> Eval<Option<Value>> {
        let mut count = 0;
        for it in items {
            match self.same_or_equal(it, item, at)? {
                Some(is_one) => count += i64::from(is_one),
                None => return Ok(None),
            }
        }
        Ok(Some(Value::Int(count)))
    }

    /// A method of a tuple.
    pub(super) fn tuple_method(
        &mut self,
        method: &str,
        items: &[Value],
        asked: &Asked<'_>,
    ) -> Eval<Option<Value>> {
        let counts = match method {
            "count" => (1, 1),
            "index" => (1, 3),
            _ => return Ok(None),
        };
        let at = asked.at;
        let Some(taken) = self.taken(&asked.arguments, "tuple", method, counts, at)? else {
            return Ok(None);
        };
        let mut taken = taken.into_iter();
        let item = taken.next().unwrap_or(Value::None);
        if method == "count" {
            return self.counted(items, &item, at);
        }
        let Some((from, to)) = self.bounds_of(taken.next(), taken.next(), items.len(), at)? else {
            return Ok(None);
        };
        for (place, it) in items.iter().enumerate().take(to).skip(from) {
            match self.same_or_equal(it, &item, at)? {
                Some(true) => return Ok(Some(Value::Int(i64::try_from(place).unwrap_or(0)))),
                Some(false) => {}
                None => return Ok(None),
            }
        }
        let message = String::from("tuple.index(x): x not in tuple");
        Err(self.throw(self.known.value_error, message, at))
    }

    /// Where an item stands first in a list, or that it does not; none where that cannot be told (`list_index`).
    #[expect(
        clippy::option_option,
        reason = "not there and not known are two things"
    )]
    fn position_in(
        &mut self,
        id: ObjectId,
        item: &Value,
        (from, to): (usize, usize),
        at: Option<Place>,
    ) -> Eval<Option<Option<usize>>> {
        let Object::List { items, .. } = self.object(id) else {
            return Ok(None);
        };
        for (index, it) in items.clone().into_iter().enumerate().take(to).skip(from) {
            match self.same_or_equal(&it, item, at)? {
                Some(true) => return Ok(Some(Some(index))),
                Some(false) => {}
                None => return Ok(None),
            }
        }
        Ok(Some(None))
    }

    /// The `ValueError` of a list that does not have an item, which is shown by its own `__repr__`.
    fn not_in_list(&mut self, method: &str, item: &Value, at: Option<Place>) -> Eval<Box<Thrown>> {
        let is_shown = method == "index" && self.world.version < PythonVersion::three(14);
        if !is_shown {
            let message = format!("list.{method}(x): x not in list");
            return Ok(self.throw(self.known.value_error, message, at));
        }
        let shown = self.shown_in_error(item);
        Ok(match self.settled(shown, at)? {
            Some(None) => self.raise_of("ValueError", None, at),
            Some(Some(shown)) => {
                let message = format!("{shown} is not in list");
                self.throw(self.known.value_error, message, at)
            }
            None => {
                self.lose();
                self.raise_of("ValueError", None, at)
            }
        })
    }
}

/// A place of at most so many, from the end where it is negative.
pub(crate) fn from_end(place: i64, count: usize) -> usize {
    let back = usize::try_from(place.unsigned_abs()).unwrap_or(usize::MAX);
    if place < 0 {
        count.saturating_sub(back)
    } else {
        back.min(count)
    }
}
