//! `collections.deque`: a list inside of an object, how long it may become, and how often it was changed.

use crate::Name;
use crate::evaluate::builtins::lists::from_end;
use crate::evaluate::machine::arguments::Arguments;
use crate::evaluate::machine::asked::Asked;
use crate::evaluate::machine::run::{Eval, Run};
use crate::evaluate::machine::value::{Binding, Instance, Object, ObjectId, Value};
use crate::semantics::ClassId;
use crate::source::Place;

/// Under which name a deque counts its changes: no program can ask for it.
const STATE: &str = "<state>";
const MAXLEN: &str = "maxlen";

/// How many arguments a method takes.
fn counts(method: &str) -> Option<(usize, usize)> {
    Some(match method {
        "append" | "appendleft" | "extend" | "extendleft" | "remove" | "count" | "__iadd__" => {
            (1, 1)
        }
        "pop" | "popleft" | "clear" | "copy" | "reverse" | "__copy__" => (0, 0),
        "rotate" => (0, 1),
        "insert" => (2, 2),
        "index" => (1, 3),
        _ => return None,
    })
}

impl Run<'_, '_> {
    /// How often a deque was changed.
    pub(crate) fn deque_state(&self, id: ObjectId) -> i64 {
        match self.kept(id, STATE) {
            Some(Value::Int(state)) => state,
            _ => 0,
        }
    }

    /// What stands in the list inside of an object, and whether there may be more.
    pub(crate) fn items_inside(&self, id: ObjectId) -> Option<(&[Value], bool)> {
        let list = self.list_inside(id)?;
        match self.object(list) {
            Object::List { items, open } => Some((items, *open)),
            _ => None,
        }
    }

    pub(crate) fn list_inside(&self, id: ObjectId) -> Option<ObjectId> {
        match self.object(id) {
            Object::Instance(Instance {
                payload: Some(Value::Object(inner)),
                ..
            }) if matches!(self.object(*inner), Object::List { .. }) => Some(*inner),
            _ => None,
        }
    }

    /// `collections.deque(iterable, maxlen)`
    pub(super) fn new_deque(
        &mut self,
        class: ClassId,
        arguments: &Arguments,
        at: Option<Place>,
    ) -> Eval<Option<Value>> {
        let Some(given) = self.placed(arguments, "deque", &["iterable", "maxlen"], 0, at)? else {
            return Ok(None);
        };
        let most = match given.get(1).cloned().flatten() {
            None | Some(Value::None) => Value::None,
            Some(most) => match self.plain(&most) {
                Value::Int(number) if number >= 0 => Value::Int(number),
                Value::Bool(it) => Value::Int(i64::from(it)),
                Value::Int(_) => {
                    let message = String::from("maxlen must be non-negative");
                    return Err(self.throw(self.known.value_error, message, at));
                }
                Value::Gap(_) | Value::BigInt(_) => return Ok(None),
                _ => return Err(self.type_error("an integer is required", at)),
            },
        };
        let list = self.list(vec![]);
        let mut instance = Instance::of(class);
        instance.open = !self.is_whole(class);
        instance.payload = Some(list);
        instance
            .names
            .insert(Name::const_new(MAXLEN), Binding::new(most, None));
        let deque = self.allocate(Object::Instance(instance));
        if let (Value::Object(id), Some(iterable)) = (&deque, given.first().cloned().flatten()) {
            self.extend_deque(*id, &iterable, false, at)?;
        }
        Ok(Some(deque))
    }

    fn most_in(&self, id: ObjectId) -> usize {
        match self.kept(id, MAXLEN) {
            Some(Value::Int(most)) => usize::try_from(most).unwrap_or(usize::MAX),
            _ => usize::MAX,
        }
    }

    /// Notes that a deque was changed.
    fn changed(&mut self, id: ObjectId) {
        let state = Value::Int(self.deque_state(id) + 1);
        if let Object::Instance(instance) = self.object_mut(id) {
            instance
                .names
                .insert(Name::const_new(STATE), Binding::new(state, None));
        }
    }

    /// Changes what stands in a deque.
    fn change(&mut self, id: ObjectId, what: impl FnOnce(&mut Vec<Value>)) {
        if let Some(list) = self.list_inside(id)
            && let Object::List { items, .. } = self.object_mut(list)
        {
            what(items);
        }
        self.changed(id);
    }

    /// Puts an item at the right end, or the left one; one at the other goes where it is full.
    fn put_at_end(&mut self, id: ObjectId, item: Value, left: bool, at: Option<Place>) {
        let most = self.most_in(id);
        if let Some(list) = self.list_inside(id) {
            self.note_entry(list, None, &item, at);
        }
        self.change(id, |items| {
            if left {
                items.insert(0, item);
                items.truncate(most);
            } else {
                items.push(item);
                if items.len() > most {
                    items.remove(0);
                }
            }
        });
    }

    fn extend_deque(
        &mut self,
        id: ObjectId,
        more: &Value,
        left: bool,
        at: Option<Place>,
    ) -> Eval<()> {
        // `q.extend(q)` takes what it holds before.
        let more = match more {
            Value::Object(other) if *other == id => {
                let items = self.items_inside(id).map(|(items, _)| items.to_vec());
                Value::tuple(items.unwrap_or_default())
            }
            more => more.clone(),
        };
        let scope = self.any_scope();
        let mut source = self.source(&more, at)?;
        for _ in 0..crate::evaluate::language::items::MOST_ITEMS {
            if !self.round() {
                break;
            }
            let length = self.items_inside(id).map_or(0, |(items, _)| items.len());
            self.copies(length);
            match self.next_in_turn(&mut source, at, scope)? {
                Some(item) => self.put_at_end(id, item, left, at),
                None if source.is_open() => break,
                None => return Ok(()),
            }
        }
        self.lose_iterators(&source);
        self.open_deque(id);
        Ok(())
    }

    /// What a deque holds is not known any more: with a length that cannot be exceeded, what goes in at one end goes out at the other.
    fn open_deque(&mut self, id: ObjectId) {
        if let Some(list) = self.list_inside(id)
            && let Object::List { items, open } = self.object_mut(list)
        {
            items.clear();
            *open = true;
        }
        self.changed(id);
    }

    /// A method of a deque.
    pub(crate) fn deque_method(
        &mut self,
        method: &str,
        id: ObjectId,
        asked: &Asked<'_>,
    ) -> Eval<Option<Value>> {
        let at = asked.at;
        if method == "__init__" {
            let mut rest = asked.arguments.clone();
            rest.positional.remove(0);
            let Some(class) = self.class_of(&Value::Object(id)) else {
                return Ok(None);
            };
            let Some(Value::Object(made)) = self.new_deque(class, &rest, at)? else {
                return Ok(None);
            };
            let (payload, most) = match self.object(made) {
                Object::Instance(it) => (it.payload.clone(), it.names.get(MAXLEN).cloned()),
                _ => (None, None),
            };
            if let Object::Instance(instance) = self.object_mut(id) {
                instance.payload = payload;
                if let Some(most) = most {
                    instance.names.insert(Name::const_new(MAXLEN), most);
                }
            }
            return Ok(Some(Value::None));
        }
        let Some(counts) = counts(method) else {
            return Ok(None);
        };
        let Some(taken) = self.taken(&asked.arguments, "deque", method, counts, at)? else {
            return Ok(None);
        };
        let Some((items, open)) = self.items_inside(id) else {
            return Ok(None);
        };
        let count = items.len();
        if open && method != "clear" {
            return Ok(None);
        }
        if !matches!(method, "append" | "pop" | "popleft") {
            self.copies(count);
        }
        let mut taken = taken.into_iter();
        let first = taken.next().unwrap_or(Value::None);
        match method {
            "append" | "appendleft" => self.put_at_end(id, first, method == "appendleft", at),
            "extend" | "__iadd__" => {
                self.extend_deque(id, &first, false, at)?;
                if method == "__iadd__" {
                    return Ok(Some(Value::Object(id)));
                }
            }
            "extendleft" => self.extend_deque(id, &first, true, at)?,
            "pop" | "popleft" => {
                if count == 0 {
                    let message = String::from("pop from an empty deque");
                    return Err(self.throw(self.known.index_error, message, at));
                }
                let mut popped = Value::None;
                self.change(id, |items| {
                    let at = if method == "pop" { count - 1 } else { 0 };
                    if at < items.len() {
                        popped = items.remove(at);
                    }
                });
                return Ok(Some(popped));
            }
            "clear" => {
                let list = self.list(vec![]);
                if let Object::Instance(instance) = self.object_mut(id) {
                    instance.payload = Some(list);
                }
                self.changed(id);
            }
            "reverse" => self.change(id, |items| items.reverse()),
            "rotate" => {
                let by = match asked.arguments.positional.get(1) {
                    None => 1,
                    Some(by) => match self.index_of(by, at)? {
                        Some(by) => by,
                        None => return Ok(None),
                    },
                };
                self.change(id, |items| {
                    let size = i64::try_from(items.len()).unwrap_or(1).max(1);
                    let by = usize::try_from(by.rem_euclid(size)).unwrap_or(0);
                    items.rotate_right(by);
                });
            }
            "insert" => {
                if count >= self.most_in(id) {
                    let message = String::from("deque already at its maximum size");
                    return Err(self.throw(self.known.index_error, message, at));
                }
                let Some(place) = self.index_of(&first, at)? else {
                    return Ok(None);
                };
                let item = taken.next().unwrap_or(Value::None);
                let place = from_end(place, count);
                self.change(id, |items| items.insert(place.min(items.len()), item));
            }
            "remove" | "index" | "count" => {
                let items = self
                    .items_inside(id)
                    .map(|(items, _)| items.to_vec())
                    .unwrap_or_default();
                if method == "count" {
                    return self.counted(&items, &first, at);
                }
                let Some((from, to)) = self.bounds_of(taken.next(), taken.next(), count, at)?
                else {
                    return Ok(None);
                };
                for (place, it) in items.iter().enumerate().take(to).skip(from) {
                    match self.is_or_equals(it, &first) {
                        Some(true) if method == "index" => {
                            return Ok(Some(Value::Int(i64::try_from(place).unwrap_or(0))));
                        }
                        Some(true) => {
                            self.change(id, |items| {
                                if place < items.len() {
                                    items.remove(place);
                                }
                            });
                            return Ok(Some(Value::None));
                        }
                        Some(false) => {}
                        None => return Ok(None),
                    }
                }
                let message = match (method, self.exact_repr(&first)) {
                    ("index", Some(shown)) => format!("{shown} is not in deque"),
                    _ => String::from("deque.remove(x): x not in deque"),
                };
                return Err(self.throw(self.known.value_error, message, at));
            }
            _ => {
                let (class, most) = (self.class_of(&Value::Object(id)), self.kept(id, MAXLEN));
                let items = self.items_inside(id).map(|(items, _)| items.to_vec());
                let (Some(class), Some(items)) = (class, items) else {
                    return Ok(None);
                };
                if !self.classes.is_interpreters(class) {
                    return Ok(None);
                }
                return Ok(Some(self.deque_of(class, items, most)));
            }
        }
        Ok(Some(Value::None))
    }

    /// A deque of these items.
    pub(super) fn deque_of(
        &mut self,
        class: ClassId,
        items: Vec<Value>,
        most: Option<Value>,
    ) -> Value {
        let list = self.list(items);
        let mut instance = Instance::of(class);
        instance.payload = Some(list);
        let most = Binding::new(most.unwrap_or(Value::None), None);
        instance.names.insert(Name::const_new(MAXLEN), most);
        self.allocate(Object::Instance(instance))
    }

    /// `deque op value` and `deque op= value`; none where a deque has no such operator.
    pub(crate) fn deque_multiplied(
        &mut self,
        id: ObjectId,
        times: i64,
        in_place: bool,
    ) -> Option<Value> {
        let (items, open) = self.items_inside(id)?;
        let times = usize::try_from(times).unwrap_or(0);
        if open || items.len().saturating_mul(times) > crate::evaluate::language::items::MOST_ITEMS
        {
            return None;
        }
        let mut all: Vec<Value> = std::iter::repeat_n(items, times)
            .flatten()
            .cloned()
            .collect();
        self.copies(all.len());
        let most = self.most_in(id);
        if all.len() > most {
            all.drain(..all.len() - most);
        }
        if in_place {
            self.change(id, |items| *items = all);
            return Some(Value::Object(id));
        }
        let class = self.class_of(&Value::Object(id))?;
        let most = self.kept(id, MAXLEN);
        Some(self.deque_of(class, all, most))
    }
}
