//! Sets: how one is made, its methods, and its operators, for views of dicts as well.

use indexmap::IndexMap;
use rustc_hash::FxBuildHasher;

use crate::evaluate::language::compare_values::Told;
use crate::evaluate::language::iteration::Items;
use crate::evaluate::machine::asked::Asked;
use crate::evaluate::machine::run::{Eval, Run};
use crate::evaluate::machine::set_table::{Table, number_of, order_of_keys};
use crate::evaluate::machine::value::{Key, Object, ObjectId, Part, Value};
use crate::source::Place;
use crate::syntax::{BinaryOp, CompareOp};

/// What stands in a set: by key, whether there may be more, and in which slots, where that can be known.
#[derive(Clone)]
struct Held {
    items: IndexMap<Key, Value, FxBuildHasher>,
    open: bool,
    table: Option<Box<Table>>,
}

impl Held {
    fn empty(open: bool) -> Self {
        Self {
            items: IndexMap::default(),
            open,
            table: Some(Box::default()),
        }
    }

    /// Notes in which slot a new key goes.
    fn note(&mut self, key: &Key) {
        note_in(&mut self.table, key);
    }

    fn remove(&mut self, key: &Key) -> bool {
        if let (Some(table), Some(number)) = (self.table.as_mut(), number_of(key)) {
            table.discard(number);
        }
        self.items.shift_remove(key).is_some()
    }

    /// Its keys in their order, where that is known.
    fn order(&self) -> Option<Vec<Key>> {
        if self.open {
            return None;
        }
        let ordered = order_of_keys(&self.items, self.table.as_deref()?)?;
        Some(ordered.into_iter().map(Key::Int).collect())
    }
}

/// Notes in which slot of a table a new key goes; there is none any more where that cannot be told.
fn note_in(table: &mut Option<Box<Table>>, key: &Key) {
    let noted = match (table.as_mut(), number_of(key)) {
        (Some(table), Some(number)) => table.add(number),
        _ => None,
    };
    if noted.is_none() {
        *table = None;
    }
}

/// How many arguments a method takes, and whether it changes the set; none for what is no method of one.
fn counts(method: &str, frozen: bool) -> Option<(usize, usize)> {
    let any = usize::MAX;
    Some(match method {
        "union" | "difference" | "intersection" => (0, any),
        "symmetric_difference" | "issubset" | "issuperset" | "isdisjoint" => (1, 1),
        "copy" => (0, 0),
        _ if frozen => return None,
        "add" | "discard" | "remove" | "symmetric_difference_update" => (1, 1),
        "update" | "difference_update" | "intersection_update" => (0, any),
        "clear" | "pop" => (0, 0),
        "__init__" => (0, 1),
        _ => return None,
    })
}

impl Run<'_, '_> {
    /// A set of these items; raises where one cannot be hashed.
    pub(crate) fn new_set_of(
        &mut self,
        items: Vec<Value>,
        open: bool,
        frozen: bool,
        at: Option<Place>,
    ) -> Eval {
        let held = self.held_of(items, open, at)?;
        Ok(self.allocate(Object::Set {
            items: held.items,
            frozen,
            open: held.open,
            table: held.table,
        }))
    }

    /// `{a, b, c}`, which the compiler makes of a constant where all of three or more are constants.
    pub(crate) fn set_display(
        &mut self,
        items: Vec<Value>,
        open: bool,
        is_constant: bool,
        at: Option<Place>,
    ) -> Eval {
        let mut held = self.held_of(items, open, at)?;
        if is_constant {
            // In a loop it is the constant itself; one of a cached module was put together in another order.
            let copy = copied(held.clone());
            let collided = held.table.as_ref().is_none_or(|it| it.collided);
            let is_same = held.order() == copy.order() && !collided;
            held.table = copy.table.filter(|_| is_same);
        }
        Ok(self.allocate(Object::Set {
            items: held.items,
            frozen: false,
            open: held.open,
            table: held.table,
        }))
    }

    /// `set(iterable)`, `frozenset(iterable)`
    pub(super) fn set_from(
        &mut self,
        iterable: Option<&Value>,
        frozen: bool,
        at: Option<Place>,
    ) -> Eval {
        let Some(iterable) = iterable else {
            return self.new_set_of(vec![], false, frozen, at);
        };
        if frozen
            && let Value::Object(id) = iterable
            && matches!(self.object(*id), Object::Set { frozen: true, .. })
        {
            return Ok(iterable.clone());
        }
        let mut held = self.held_from(iterable, at)?;
        if self.kind_of_set(iterable).is_some() {
            held = copied(held);
        }
        Ok(self.allocate(Object::Set {
            items: held.items,
            frozen,
            open: held.open,
            table: held.table,
        }))
    }

    fn held_of(&mut self, items: Vec<Value>, open: bool, at: Option<Place>) -> Eval<Held> {
        let mut held = Held::empty(open);
        self.copies(items.len());
        for item in items {
            self.put_in(&mut held, item, at)?;
        }
        Ok(held)
    }

    /// Puts an item into a set: one that is there stays (`set_add_entry`).
    fn put_in(&mut self, held: &mut Held, item: Value, at: Option<Place>) -> Eval<()> {
        let Some(key) = self.hashed(&item, at)? else {
            held.open = true;
            held.table = None;
            return Ok(());
        };
        let Some(key) = self.key_among(held.items.iter(), key, &item, at)? else {
            held.open = true;
            held.table = None;
            return Ok(());
        };
        // Whether it is equal to one that is there is for its own code to say.
        if !self.is_traced()
            && !matches!(key, Key::Hashed(..))
            && !held.items.contains_key(&key)
            && self.says_what_it_equals(&item)
        {
            let others = held.items.iter();
            let others = others.filter(|(key, _)| matches!(key, Key::Object(_) | Key::Hashed(..)));
            let others: Vec<Value> = others.map(|(_, it)| it.clone()).collect();
            for other in others {
                match self.is_or_equals(&other, &item) {
                    Some(true) => return Ok(()),
                    Some(false) => {}
                    None => held.open = true,
                }
            }
        }
        held.note(&key);
        held.items.entry(key).or_insert(item);
        Ok(())
    }

    /// Whether a value has an `__eq__` of a program's.
    pub(super) fn says_what_it_equals(&self, value: &Value) -> bool {
        matches!(value, Value::Object(id) if matches!(self.object(*id), Object::Instance(_)))
            && self
                .class_of(value)
                .is_some_and(|class| self.user_defines(class, "__eq__"))
    }

    /// Which of two sets put together are equal is not worked out where code says it.
    fn lose_by_hashes(&mut self, one: &Held, other: &Held) {
        let is_by_code =
            |run: &Self, held: &Held| held.items.values().any(|it| run.is_hashed_by_code(it));
        let is_lost = is_by_code(self, one) || is_by_code(self, other);
        if is_lost {
            self.lose();
        }
    }

    fn held_in(&self, id: ObjectId) -> Option<Held> {
        match self.object(id) {
            Object::Set {
                items, open, table, ..
            } => Some(Held {
                items: items.clone(),
                open: *open,
                table: table.clone(),
            }),
            _ => None,
        }
    }

    /// What an iterable gives, as a set.
    fn held_from(&mut self, value: &Value, at: Option<Place>) -> Eval<Held> {
        if let Value::Object(id) = value
            && let Some(held) = self.held_in(*id)
        {
            self.copies(held.items.len());
            return Ok(held);
        }
        // A dict is put into a table that was made large enough before.
        let is_dict = self.mapping_in(value).is_some();
        let Items {
            items,
            open,
            shuffled,
        } = self.items_in_any_order(value, at)?;
        let mut held = self.held_of(items, open, at)?;
        if is_dict || shuffled {
            held.table = None;
        }
        Ok(held)
    }

    /// A method of a set.
    pub(super) fn set_method(
        &mut self,
        method: &str,
        id: ObjectId,
        asked: &Asked<'_>,
    ) -> Eval<Option<Value>> {
        let Object::Set { frozen, .. } = self.object(id) else {
            return Ok(None);
        };
        let frozen = *frozen;
        let name = if frozen { "frozenset" } else { "set" };
        let at = asked.at;
        let Some(counts) = counts(method, frozen) else {
            return Ok(None);
        };
        let Some(taken) = self.taken(&asked.arguments, name, method, counts, at)? else {
            return Ok(None);
        };
        let first = taken.first().cloned().unwrap_or(Value::None);
        // One item goes in, or out, without a look at the others.
        match method {
            "add" if !self.says_what_it_equals(&first) && !self.is_hashed_by_code(&first) => {
                return self.add_to_set(id, first, at).map(Some);
            }
            "discard" | "remove" => return self.take_from_set(method, id, &first, at),
            _ => {}
        }
        let Some(mut held) = self.held_in(id) else {
            return Ok(None);
        };
        self.copies(held.items.len());
        let is_plain = matches!(asked.first(), Some(Value::Object(receiver)) if *receiver == id);
        match method {
            "add" => self.put_in(&mut held, first, at)?,
            "clear" => held = Held::empty(false),
            "pop" => {
                if held.items.is_empty() && !held.open {
                    let message = Value::str("pop from an empty set");
                    return Err(self.key_error(&message, at));
                }
                let popped = match held.items.len() {
                    _ if held.open => None,
                    1 => held.items.keys().next().cloned(),
                    _ if held.order().is_none() => None,
                    _ => held.table.as_mut().and_then(|it| it.pop()).map(Key::Int),
                };
                let Some(popped) = popped else {
                    // Any of them may be gone.
                    self.lose_items(id);
                    return Ok(None);
                };
                let item = held.items.get(&popped).cloned();
                held.remove(&popped);
                self.keep_held(id, held, at);
                return Ok(item);
            }
            "__init__" => {
                held = match taken.first() {
                    Some(more) => self.held_from(more, at)?,
                    None => Held::empty(false),
                };
            }
            "copy"
            | "union"
            | "difference"
            | "intersection"
            | "symmetric_difference"
            | "update"
            | "difference_update"
            | "intersection_update"
            | "symmetric_difference_update" => {
                let op = match method {
                    "difference" | "difference_update" => BinaryOp::Sub,
                    "intersection" | "intersection_update" => BinaryOp::And,
                    "symmetric_difference" | "symmetric_difference_update" => BinaryOp::Xor,
                    _ => BinaryOp::Or,
                };
                let in_place = method.ends_with("update");
                if !in_place && (taken.is_empty() || op == BinaryOp::Or) {
                    held = copied(held);
                }
                for other in &taken {
                    let is_set = self.kind_of_set(other).is_some();
                    let other = self.held_from(other, at)?;
                    held = {
                        self.lose_by_hashes(&held, &other);
                        combined(held, op, other, in_place || op == BinaryOp::Or)
                    };
                    if !is_set {
                        // Of anything but another set the order of what is put in is another.
                        held.table = held.table.filter(|_| held.items.len() < 2);
                    }
                    if matches!(method, "update" | "difference_update") {
                        // What was taken in before an error stays.
                        self.keep_held(id, held.clone(), at);
                    }
                }
                if !method.ends_with("update") {
                    if !is_plain {
                        return Ok(None);
                    }
                    return Ok(Some(self.allocate(Object::Set {
                        items: held.items,
                        frozen,
                        open: held.open,
                        table: held.table,
                    })));
                }
            }
            "issubset" | "issuperset" | "isdisjoint" => {
                let other = self.held_from(&first, at)?;
                let answer = match method {
                    "issubset" => is_within(&held, &other),
                    "issuperset" => is_within(&other, &held),
                    _ => is_apart(&held, &other),
                };
                return Ok(answer.map(Value::Bool));
            }
            _ => return Ok(None),
        }
        self.keep_held(id, held, at);
        Ok(Some(Value::None))
    }

    /// `set.add(item)`
    fn add_to_set(&mut self, id: ObjectId, item: Value, at: Option<Place>) -> Eval {
        let key = self.hashed(&item, at)?;
        self.note_entry(id, None, &item, at);
        if let Object::Set {
            items, open, table, ..
        } = self.object_mut(id)
        {
            if let Some(key) = key {
                note_in(table, &key);
                items.entry(key).or_insert(item);
            } else {
                *open = true;
                *table = None;
            }
        }
        Ok(Value::None)
    }

    /// `set.discard(item)`, `set.remove(item)`
    fn take_from_set(
        &mut self,
        method: &str,
        id: ObjectId,
        item: &Value,
        at: Option<Place>,
    ) -> Eval<Option<Value>> {
        let Some(key) = self.key_within_set(id, item, at)? else {
            return Ok(None);
        };
        let (was_there, is_open) = match self.object(id) {
            Object::Set { items, open, .. } => (items.contains_key(&key), *open),
            _ => return Ok(None),
        };
        if !was_there {
            let is_hashed = self.is_traced() || matches!(key, Key::Hashed(..));
            if is_open || !is_hashed && self.says_what_it_equals(item) {
                return Ok(None);
            }
            return match method {
                "remove" => Err(self.key_error(item, at)),
                _ => Ok(Some(Value::None)),
            };
        }
        if let Object::Set { items, table, .. } = self.object_mut(id) {
            if let (Some(table), Some(number)) = (table.as_mut(), number_of(&key)) {
                table.discard(number);
            }
            items.shift_remove(&key);
        }
        Ok(Some(Value::None))
    }

    /// The key that is looked for in a set: a set itself is looked for as the frozenset that it is equal to, which is not followed.
    fn key_in_set(&mut self, value: &Value, at: Option<Place>) -> Eval<Option<Key>> {
        // An instance of a subclass is one, too (`PySet_Check` in `set_contains`).
        let is_set = match self.plain(value) {
            Value::Object(id) => matches!(self.object(id), Object::Set { .. }),
            _ => false,
        };
        if is_set {
            return Ok(None);
        }
        self.hashed(value, at)
    }

    /// Under which key of a set a value is found, or its own; none where that cannot be told.
    pub(crate) fn key_within_set(
        &mut self,
        id: ObjectId,
        value: &Value,
        at: Option<Place>,
    ) -> Eval<Option<Key>> {
        let Some(key) = self.key_in_set(value, at)? else {
            return Ok(None);
        };
        if !self.may_be_under_another(&key, value) {
            return Ok(Some(key));
        }
        let Object::Set { items, .. } = self.object(id) else {
            return Ok(Some(key));
        };
        let count = items.len();
        let alike = self.alike(items.iter(), &key, value);
        self.copies(count / 16);
        self.key_of_alike(alike, key, value, at)
    }

    fn keep_held(&mut self, id: ObjectId, held: Held, at: Option<Place>) {
        self.note_changed_items(id, &held.items, at);
        if let Object::Set {
            items, open, table, ..
        } = self.object_mut(id)
        {
            *items = held.items;
            *open = held.open;
            *table = held.table;
        }
    }

    /// `left op right` of sets and of views that are like sets. None where neither is one.
    pub(super) fn binary_of_sets(
        &mut self,
        left: &Value,
        op: BinaryOp,
        right: &Value,
        at: Option<Place>,
    ) -> Eval<Option<Value>> {
        if !matches!(
            op,
            BinaryOp::Or | BinaryOp::And | BinaryOp::Sub | BinaryOp::Xor
        ) {
            return Ok(None);
        }
        let (one, other) = (self.kind_of_set(left), self.kind_of_set(right));
        let frozen = match (one, other) {
            // A view takes any iterable on its other side, and gives a set.
            (Some(None), _) | (Some(_), Some(None)) => false,
            (Some(Some(frozen)), Some(Some(_))) => frozen,
            (None, Some(None)) if !self.has_operators(left) => false,
            _ => return Ok(None),
        };
        let mut one = self.held_from(left, at)?;
        let other = self.held_from(right, at)?;
        if op == BinaryOp::Or {
            one = copied(one);
        }
        self.lose_by_hashes(&one, &other);
        let mut held = combined(one, op, other, op == BinaryOp::Or);
        if !matches!(
            (self.kind_of_set(left), self.kind_of_set(right)),
            (Some(Some(_)), Some(Some(_)))
        ) {
            held.table = None;
        }
        Ok(Some(self.allocate(Object::Set {
            items: held.items,
            frozen,
            open: held.open,
            table: held.table,
        })))
    }

    /// Whether a value answers operators itself, so that a view on the other side may not be asked.
    fn has_operators(&self, value: &Value) -> bool {
        match value {
            Value::Object(id) => !matches!(
                self.object(*id),
                Object::List { .. } | Object::Dict(_) | Object::Iterator(_) | Object::Generator(_)
            ),
            _ => !matches!(value, Value::Tuple(_) | Value::Str(_)),
        }
    }

    /// Whether a value is a set, and frozen; `Some(None)` for a view that is like one.
    #[expect(
        clippy::option_option,
        reason = "a view and no set at all are two things"
    )]
    fn kind_of_set(&self, value: &Value) -> Option<Option<bool>> {
        let Value::Object(id) = value else {
            return None;
        };
        match self.object(*id) {
            Object::Set { frozen, .. } => Some(Some(*frozen)),
            Object::View { part, .. } if *part != Part::Values => Some(None),
            _ => None,
        }
    }

    /// How views of dicts compare with one another and with sets; none where neither is a view, or one is nothing like a set.
    pub(crate) fn views_compared(
        &mut self,
        left: &Value,
        op: CompareOp,
        right: &Value,
        at: Option<Place>,
    ) -> Option<Told> {
        let (one, other) = (self.kind_of_set(left)?, self.kind_of_set(right)?);
        if one.is_some() && other.is_some() {
            return None;
        }
        // Items that cannot be hashed are compared all the same, which is not followed.
        let (Ok(one), Ok(other)) = (self.held_from(left, at), self.held_from(right, at)) else {
            return Some(Told::Unknown);
        };
        let (below, above) = (is_within(&one, &other), is_within(&other, &one));
        let both = |a: Option<bool>, b: Option<bool>| Some(a? && b?);
        let holds = match op {
            CompareOp::Eq => both(below, above),
            CompareOp::NotEq => both(below, above).map(|it| !it),
            CompareOp::LtE => below,
            CompareOp::GtE => above,
            CompareOp::Lt => both(below, above.map(|it| !it)),
            CompareOp::Gt => both(above, below.map(|it| !it)),
            _ => None,
        };
        Some(holds.map_or(Told::Unknown, Told::Holds))
    }

    /// Raises where an item that is looked for in a dict or set cannot be hashed.
    pub(crate) fn check_looked_for(
        &mut self,
        container: &Value,
        item: &Value,
        at: Option<Place>,
    ) -> Eval<()> {
        let Value::Object(id) = self.plain(container) else {
            return Ok(());
        };
        let by_code = self
            .class_of(container)
            .is_some_and(|it| self.user_defines(it, "__contains__"));
        let is_hashed = match self.object(id) {
            Object::Dict(dict) => dict.view.is_none(),
            // A set is looked for as a frozenset.
            Object::Set { .. } => self.kind_of_set(item).is_none(),
            _ => false,
        };
        // Where code says it, it is asked once, when the item is looked for.
        if is_hashed && !by_code && !self.is_hashed_by_code(item) {
            self.hashed(item, at)?;
        }
        Ok(())
    }

    /// `set op= other`, which other sets alone can be.
    pub(super) fn set_inplace(
        &mut self,
        id: ObjectId,
        op: BinaryOp,
        value: &Value,
        at: Option<Place>,
    ) -> Eval<bool> {
        let is_set = matches!(
            op,
            BinaryOp::Or | BinaryOp::And | BinaryOp::Sub | BinaryOp::Xor
        ) && matches!(self.kind_of_set(value), Some(Some(_)));
        let (true, Some(held)) = (is_set, self.held_in(id)) else {
            return Ok(false);
        };
        let other = self.held_from(value, at)?;
        self.lose_by_hashes(&held, &other);
        self.keep_held(id, combined(held, op, other, true), at);
        Ok(true)
    }
}

/// A set made of another (`set_merge` into an empty one).
fn copied(mut held: Held) -> Held {
    let mut table = Table::default();
    let merged = held.table.as_ref().and_then(|it| table.merge(it));
    held.table = merged.map(|()| Box::new(table));
    held
}

/// The table of two sets put together, where both are known whole.
fn combined_table(one: &Held, op: BinaryOp, other: &Held, in_place: bool) -> Option<Table> {
    one.order()?;
    other.order()?;
    let (a, b) = (one.table.as_deref()?, other.table.as_deref()?);
    a.combined(op, b, in_place)
}

/// Two sets put together: a new one, or the first changed.
fn combined(one: Held, op: BinaryOp, other: Held, in_place: bool) -> Held {
    let table = combined_table(&one, op, &other, in_place).map(Box::new);
    let Held {
        mut items,
        open: is_open,
        ..
    } = one;
    let open = is_open || other.open;
    match op {
        BinaryOp::Or => {
            for (key, item) in other.items {
                items.entry(key).or_insert(item);
            }
        }
        BinaryOp::And => items.retain(|key, _| other.items.contains_key(key)),
        // Any of them may be among those that are not known.
        BinaryOp::Sub | BinaryOp::Xor if other.open => items.clear(),
        BinaryOp::Sub => items.retain(|key, _| !other.items.contains_key(key)),
        _ => {
            for (key, item) in other.items {
                if items.shift_remove(&key).is_none() && !is_open {
                    items.insert(key, item);
                }
            }
        }
    }
    Held { items, open, table }
}

fn is_within(one: &Held, other: &Held) -> Option<bool> {
    let all = one.items.keys().all(|key| other.items.contains_key(key));
    match (all, one.open, other.open) {
        (true, false, _) => Some(true),
        (false, _, false) => Some(false),
        _ => None,
    }
}

fn is_apart(one: &Held, other: &Held) -> Option<bool> {
    if one.items.keys().any(|key| other.items.contains_key(key)) {
        return Some(false);
    }
    let is_empty = |it: &Held| it.items.is_empty() && !it.open;
    if is_empty(one) || is_empty(other) || (!one.open && !other.open) {
        return Some(true);
    }
    None
}
