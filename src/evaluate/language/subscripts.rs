//! Indices and slices of sequences: read, assigned to and deleted (language reference 6.3.2 and 6.3.3).

use std::sync::Arc;

use crate::evaluate::language::special::Special;
use crate::evaluate::machine::arguments::Arguments;
use crate::evaluate::machine::flow::Thrown;
use crate::evaluate::machine::identity::has_address;
use crate::evaluate::machine::run::{Eval, Run};
use crate::evaluate::machine::value::{GapId, Instance, Object, ObjectId, Range, Value};
use crate::source::Place;

/// Which places an index or a slice means.
enum Places {
    One(usize),
    /// From, to, and in which steps: `from` is where one would be put in if there are none.
    Some {
        from: usize,
        step: i64,
        places: Vec<usize>,
    },
    /// Out of range.
    None,
    Unknown,
}

impl Run<'_, '_> {
    /// `sequence[index]` of the interpreter's own sequences.
    pub(super) fn sequence_item(
        &mut self,
        value: &Value,
        index: &Value,
        at: Option<Place>,
    ) -> Eval {
        if let Value::Str(text) = value {
            if has_address(text) {
                self.lose();
                return Ok(self.gap_for(at, crate::semantics::Why::NotFollowed));
            }
            // Its letters are counted.
            self.copies(text.len() / 64);
        }
        let (count, open) = match value {
            Value::Tuple(items) => (items.len(), false),
            Value::Str(text) => (text.chars().count(), false),
            Value::Bytes(bytes) => (bytes.len(), false),
            Value::Range(range) => {
                let range = *range.as_ref();
                return self.range_item(&range, index, at);
            }
            Value::Object(id) => match self.object(*id) {
                Object::List { items, open } => (items.len(), *open),
                _ => (0, true),
            },
            _ => (0, true),
        };
        let kind = self.class_name_of(value);
        let places = self.places_of(&kind, index, count, open, at)?;
        let gap = |run: &mut Self| Ok(run.gap_for(at, crate::semantics::Why::NotFollowed));
        let places = match places {
            Places::Unknown => {
                self.perhaps_raises("IndexError", at)?;
                return gap(self);
            }
            Places::None => {
                let message = match kind.as_str() {
                    "str" => "string index out of range",
                    "bytes" => "index out of range",
                    "tuple" => "tuple index out of range",
                    _ => "list index out of range",
                };
                return Err(self.throw(self.known.index_error, message.to_owned(), at));
            }
            Places::One(place) => {
                return match value {
                    Value::Tuple(items) => Ok(items[place].clone()),
                    Value::Str(text) => {
                        let letter = text.chars().nth(place);
                        Ok(Value::str(&letter.map(String::from).unwrap_or_default()))
                    }
                    Value::Bytes(bytes) => Ok(Value::Int(i64::from(bytes[place]))),
                    Value::Object(id) => match self.object(*id) {
                        Object::List { items, .. } => match items.get(place) {
                            Some(item) => Ok(item.clone()),
                            None => gap(self),
                        },
                        _ => gap(self),
                    },
                    _ => gap(self),
                };
            }
            Places::Some { places, .. } => places,
        };
        self.copies(count);
        Ok(match value {
            Value::Tuple(items) => {
                Value::tuple(places.iter().map(|&it| items[it].clone()).collect())
            }
            Value::Str(text) => {
                let letters: Vec<char> = text.chars().collect();
                Value::str(&places.iter().map(|&it| letters[it]).collect::<String>())
            }
            Value::Bytes(bytes) => {
                let part: Vec<u8> = places.iter().map(|&it| bytes[it]).collect();
                Value::Bytes(part.into())
            }
            Value::Object(id) => match self.object(*id) {
                Object::List { items, .. } => {
                    let part = places.iter().filter_map(|&it| items.get(it).cloned());
                    let part = part.collect();
                    self.list(part)
                }
                _ => return gap(self),
            },
            _ => return gap(self),
        })
    }

    fn range_item(&mut self, range: &Range, index: &Value, at: Option<Place>) -> Eval {
        let Ok(count) = usize::try_from(range.len()) else {
            return Ok(self.gap_for(at, crate::semantics::Why::NotFollowed));
        };
        if let Value::Slice(parts) = index {
            let Some((start, stop, step)) = self.slice_numbers(parts, count, at)? else {
                return Ok(self.gap_for(at, crate::semantics::Why::NotFollowed));
            };
            let number = |place: i64| range.start.saturating_add(place.saturating_mul(range.step));
            return Ok(Value::Range(Arc::new(Range {
                start: number(start),
                stop: number(stop),
                step: range.step.saturating_mul(step),
            })));
        }
        match self.one_place("range", index, count, false, at)? {
            Places::One(place) => match range.get(place as u64) {
                Some(number) => Ok(Value::Int(number)),
                None => Ok(self.gap_for(at, crate::semantics::Why::NotFollowed)),
            },
            Places::None => {
                let message = String::from("range object index out of range");
                Err(self.throw(self.known.index_error, message, at))
            }
            _ => Ok(self.gap_for(at, crate::semantics::Why::NotFollowed)),
        }
    }

    fn places_of(
        &mut self,
        kind: &str,
        index: &Value,
        count: usize,
        open: bool,
        at: Option<Place>,
    ) -> Eval<Places> {
        let Value::Slice(parts) = index else {
            return self.one_place(kind, index, count, open, at);
        };
        if open {
            // What is known of it stands at its beginning.
            let [start, stop, step] = &**parts;
            let within = |it: &Value| matches!(it, Value::Int(it) if usize::try_from(*it).is_ok_and(|it| it <= count));
            let is_known = (within(start) || matches!(start, Value::None))
                && within(stop)
                && (matches!(step, Value::None) || matches!(step, Value::Int(it) if *it > 0));
            if !is_known {
                return Ok(Places::Unknown);
            }
        }
        let Some((start, stop, step)) = self.slice_numbers(parts, count, at)? else {
            return Ok(Places::Unknown);
        };
        let mut places = vec![];
        let mut place = start;
        while (step > 0 && place < stop) || (step < 0 && place > stop) {
            if let Ok(place) = usize::try_from(place) {
                places.push(place);
            }
            place = place.saturating_add(step);
        }
        Ok(Places::Some {
            from: usize::try_from(start).unwrap_or(0),
            step,
            places,
        })
    }

    fn one_place(
        &mut self,
        kind: &str,
        index: &Value,
        count: usize,
        open: bool,
        at: Option<Place>,
    ) -> Eval<Places> {
        let place = match self.index_of(index, at) {
            Ok(Some(place)) => place,
            Ok(None) => return Ok(Places::Unknown),
            Err(thrown) if thrown.class == Some(self.known.type_error) && !self.is_index(index) => {
                let of = self.class_name_of(index);
                let message = match kind {
                    "str" if self.is_at_least(11) => {
                        format!("string indices must be integers, not '{of}'")
                    }
                    "str" => String::from("string indices must be integers"),
                    "bytes" => format!("byte indices must be integers or slices, not {of}"),
                    kind => format!("{kind} indices must be integers or slices, not {of}"),
                };
                return Err(self.type_error(&message, at));
            }
            Err(thrown) => return Err(thrown),
        };
        let back = usize::try_from(place.unsigned_abs()).unwrap_or(usize::MAX);
        Ok(if place < 0 {
            match count.checked_sub(back) {
                _ if open => Places::Unknown,
                Some(place) => Places::One(place),
                None => Places::None,
            }
        } else if back < count {
            Places::One(back)
        } else if open {
            Places::Unknown
        } else {
            Places::None
        })
    }

    /// `slice.indices(count)` (`PySlice_Unpack`, `PySlice_AdjustIndices`); none where they are not known.
    pub(super) fn slice_numbers(
        &mut self,
        parts: &[Value; 3],
        count: usize,
        at: Option<Place>,
    ) -> Eval<Option<(i64, i64, i64)>> {
        let mut numbers = [None; 3];
        for (number, part) in numbers.iter_mut().zip(parts) {
            if matches!(part, Value::None) {
                continue;
            }
            *number = match self.index_of(part, at) {
                Ok(Some(it)) => Some(it),
                Ok(None) => return Ok(None),
                Err(thrown)
                    if thrown.class == Some(self.known.type_error) && !self.is_index(part) =>
                {
                    let message =
                        "slice indices must be integers or None or have an __index__ method";
                    return Err(self.type_error(message, at));
                }
                Err(thrown) => return Err(thrown),
            };
        }
        let count = i64::try_from(count).unwrap_or(i64::MAX);
        let step = numbers[2].unwrap_or(1).max(-i64::MAX);
        if step == 0 {
            let message = String::from("slice step cannot be zero");
            return Err(self.throw(self.known.value_error, message, at));
        }
        let (lowest, highest) = if step < 0 {
            (-1, count - 1)
        } else {
            (0, count)
        };
        let fixed = |number: i64| {
            let number = if number < 0 {
                number.saturating_add(count)
            } else {
                number
            };
            number.clamp(lowest, highest)
        };
        let start = numbers[0].map_or(if step < 0 { highest } else { lowest }, fixed);
        let stop = numbers[1].map_or(if step < 0 { lowest } else { highest }, fixed);
        Ok(Some((start, stop, step)))
    }

    /// Whether a type has `__index__`: what that raises is not put into other words (`_PyIndex_Check`).
    fn is_index(&self, value: &Value) -> bool {
        self.has_special(value, "__index__")
    }

    /// A slice of a tuple of which only the beginning is known.
    pub(super) fn beginning_of(&self, value: &Value, id: GapId, parts: &[Value; 3]) -> Value {
        let number = |part: &Value| match part {
            Value::Int(it) => usize::try_from(*it).ok(),
            _ => None,
        };
        let from = match &parts[0] {
            Value::None => Some(0),
            part => number(part),
        };
        // A negative bound counts from an end that is not known.
        let part = match (self.beginnings.get(&id), from, number(&parts[1]), &parts[2]) {
            (Some(items), Some(from), Some(to), Value::None) => items.get(from.min(to)..to),
            _ => None,
        };
        part.map_or_else(|| value.clone(), |part| Value::tuple(part.to_vec()))
    }

    /// `list[index] = item`
    pub(super) fn set_list_item(
        &mut self,
        id: ObjectId,
        index: &Value,
        item: Value,
        at: Option<Place>,
    ) -> Eval<()> {
        let Object::List { items, open } = self.object(id) else {
            return Ok(());
        };
        let (count, open) = (items.len(), *open);
        let (from, step, places) = match self.places_of("list", index, count, open, at)? {
            Places::Unknown => {
                self.lose_items(id);
                return Ok(());
            }
            Places::None => {
                let message = String::from("list assignment index out of range");
                return Err(self.throw(self.known.index_error, message, at));
            }
            Places::One(place) => {
                self.note_entry(id, None, &item, at);
                if let Object::List { items, .. } = self.object_mut(id)
                    && let Some(there) = items.get_mut(place)
                {
                    *there = item;
                }
                return Ok(());
            }
            Places::Some { from, step, places } => (from, step, places),
        };
        let is_whole =
            matches!(index, Value::Slice(parts) if matches!(parts[2], Value::None)) || step == 1;
        let more = match self.items_of(&item, at) {
            Ok(more) => more,
            Err(thrown) if thrown.class == Some(self.known.type_error) => {
                let message = if is_whole {
                    "can only assign an iterable"
                } else {
                    "must assign iterable to extended slice"
                };
                return Err(self.type_error(message, at));
            }
            Err(thrown) => return Err(thrown),
        };
        self.copies(count + more.items.len());
        if more.open {
            self.lose_items(id);
            return Ok(());
        }
        if !is_whole && more.items.len() != places.len() {
            let message = format!(
                "attempt to assign sequence of size {} to extended slice of size {}",
                more.items.len(),
                places.len()
            );
            return Err(self.throw(self.known.value_error, message, at));
        }
        for item in &more.items {
            self.note_entry(id, None, item, at);
        }
        if let Object::List { items, .. } = self.object_mut(id) {
            if is_whole {
                let from = from.min(items.len());
                let to = (from + places.len()).min(items.len());
                items.splice(from..to, more.items);
            } else {
                for (place, item) in places.into_iter().zip(more.items) {
                    if let Some(there) = items.get_mut(place) {
                        *there = item;
                    }
                }
            }
        }
        Ok(())
    }

    /// Nothing that a container holds is known any more.
    pub(crate) fn lose_items(&mut self, id: ObjectId) {
        self.note_held_before(id);
        match self.object_mut(id) {
            Object::List { items, open } => {
                items.clear();
                *open = true;
            }
            Object::Set { items, open, .. } => {
                items.clear();
                *open = true;
            }
            Object::Dict(dict) if dict.view.is_none() => {
                dict.entries.clear();
                dict.open = true;
            }
            _ => {}
        }
    }

    /// `TypeError: 'tuple' object does not support item assignment`
    pub(super) fn without_assignment(&mut self, value: &Value, at: Option<Place>) -> Box<Thrown> {
        let name = self.class_name_of(value);
        let message = format!("'{name}' object does not support item assignment");
        self.type_error(&message, at)
    }

    /// `del value[index]`; false where what it did is not known.
    pub(crate) fn delete_item(
        &mut self,
        value: &Value,
        index: &Value,
        at: Option<Place>,
    ) -> Eval<bool> {
        if value.is_gap() {
            let deleted = self.in_each_side(value, at, |run, it| {
                run.delete_item(it, index, at).map(|_| ())
            });
            return deleted.map_or_else(
                || {
                    self.changes_items_of_something(value, at);
                    Ok(false)
                },
                |deleted| deleted.map(|()| true),
            );
        }
        let lacks = |run: &mut Self| {
            let name = run.class_name_of(value);
            // The two words are CPython's: of sequences an index is deleted in another place (`PyObject_DelItem`).
            let is_sequence = match value {
                Value::Str(_) | Value::Bytes(_) | Value::Tuple(_) | Value::Range(_) => true,
                Value::Object(id) => match run.object(*id) {
                    Object::Instance(it) => {
                        let class = it.class;
                        !run.classes.is_interpreters(class) || run.stands_for_something(class)
                    }
                    Object::Set { .. } => true,
                    _ => false,
                },
                _ => false,
            };
            let says = if is_sequence && run.is_index(index) {
                "doesn't"
            } else {
                "does not"
            };
            let message = format!("'{name}' object {says} support item deletion");
            run.type_error(&message, at)
        };
        let Value::Object(id) = value else {
            return match value {
                Value::Class(class) => {
                    let Some(metaclass) = self.metaclass_of(*class) else {
                        return Ok(false);
                    };
                    match self.special_of(value, metaclass, "__delitem__")? {
                        Special::Code(method) => {
                            self.call_method(&method, vec![index.clone()], at)?;
                            Ok(true)
                        }
                        Special::Missing => Err(lacks(self)),
                        Special::Builtin(_) | Special::Unknown => Ok(false),
                    }
                }
                Value::Method(_) | Value::Native(_) => Ok(false),
                _ => Err(lacks(self)),
            };
        };
        let id = *id;
        match self.object(id) {
            Object::Dict(dict) => {
                if let Some(view) = dict.view {
                    if let Value::Str(name) = index {
                        let was_there = self.unbind(view, &crate::Name::from(&**name));
                        return if was_there || self.module(self.scope(view).module).open.is_some() {
                            Ok(true)
                        } else {
                            Err(self.key_error(index, at))
                        };
                    }
                    self.open_view(view, at);
                    return Ok(false);
                }
                let is_done = self.delete_under(id, index, at)?;
                if !is_done {
                    self.lose_items(id);
                }
                Ok(is_done)
            }
            Object::List { items, open } => {
                let (count, open) = (items.len(), *open);
                let places = match self.places_of("list", index, count, open, at)? {
                    Places::Unknown => {
                        self.lose_items(id);
                        return Ok(false);
                    }
                    Places::None => {
                        let message = String::from("list assignment index out of range");
                        return Err(self.throw(self.known.index_error, message, at));
                    }
                    Places::One(place) => vec![place],
                    Places::Some { places, .. } => places,
                };
                self.copies(count);
                if let Object::List { items, .. } = self.object_mut(id) {
                    let gone: rustc_hash::FxHashSet<usize> = places.into_iter().collect();
                    let mut place = 0;
                    items.retain(|_| {
                        place += 1;
                        !gone.contains(&(place - 1))
                    });
                }
                Ok(true)
            }
            Object::Instance(Instance { class, payload, .. }) => {
                let (class, payload) = (*class, payload.clone());
                if self.table_name_of(value) == Some(("sys", "modules")) {
                    if let Value::Str(name) = index
                        && self.forgotten_module(name).is_none()
                    {
                        self.perhaps_raises("KeyError", at)?;
                    }
                    return Ok(true);
                }
                if self.is_whole(class)
                    && self.find_in_mro(class, "__delitem__").is_none()
                    && self.find_in_mro(class, "__setitem__").is_some()
                {
                    let message = String::from("__delitem__");
                    return Err(self.throw(self.known.attribute_error, message, at));
                }
                if self.user_defines(class, "__delitem__")
                    && let Some(method) = self.special_method(value, class, "__delitem__")
                {
                    let scope = self.any_scope();
                    self.call(&method, Arguments::of(vec![index.clone()]), at, scope)?;
                    return Ok(true);
                }
                if self.is_under(class, "collections", "Counter")
                    && let Some(inner) = self.mapping_in(value)
                {
                    // It takes away what is there, and says nothing of what is not (`Counter.__delitem__`).
                    return match self.delete_under(inner, index, at) {
                        Err(thrown) if thrown.class == Some(self.known.key_error) => Ok(true),
                        other => other,
                    };
                }
                if let Some(first) = self.first_of_chain(value) {
                    return self.delete_item(&first, index, at);
                }
                if self.is_whole(class) && self.find_in_mro(class, "__delitem__").is_none() {
                    return Err(lacks(self));
                }
                match payload {
                    Some(Value::Str(_) | Value::Bytes(_) | Value::Tuple(_)) => Err(lacks(self)),
                    Some(Value::Object(inner))
                        if matches!(self.object(inner), Object::Set { .. }) =>
                    {
                        Err(lacks(self))
                    }
                    Some(payload) if self.is_container(class) => {
                        self.delete_item(&payload, index, at)
                    }
                    None if self.is_whole(class) && !self.defines(class, "__delitem__") => {
                        Err(lacks(self))
                    }
                    _ => {
                        self.perhaps_raises("TypeError", at)?;
                        Ok(false)
                    }
                }
            }
            Object::Alias(_) | Object::Super { .. } => Ok(false),
            _ => Err(lacks(self)),
        }
    }
}
