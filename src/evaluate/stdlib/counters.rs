//! `collections.Counter`: what it counts, and its operators.

use crate::Name;
use crate::evaluate::builtins::dicts::Found;
use crate::evaluate::language::composite_iterators::Composite;
use crate::evaluate::machine::arguments::Arguments;
use crate::evaluate::machine::asked::Asked;
use crate::evaluate::machine::run::{Eval, Run};
use crate::evaluate::machine::value::{Dict, Instance, Object, ObjectId, Value};
use crate::semantics::ClassId;
use crate::source::Place;
use crate::syntax::{BinaryOp, CompareOp};

impl Run<'_, '_> {
    /// `Counter(iterable, **counts)`
    pub(super) fn new_counter(
        &mut self,
        class: ClassId,
        arguments: &Arguments,
        at: Option<Place>,
    ) -> Eval {
        let inner = self.allocate(Object::Dict(Dict::default()));
        let mut instance = Instance::of(class);
        instance.open = !self.is_whole(class);
        instance.payload = Some(inner.clone());
        let counter = self.allocate(Object::Instance(instance));
        if let Value::Object(inner) = inner {
            self.count_all(inner, arguments, 0, BinaryOp::Add, at)?;
        }
        Ok(counter)
    }

    /// What `Counter.update` and `Counter.subtract` do with their arguments from this position on.
    fn count_all(
        &mut self,
        inner: ObjectId,
        arguments: &Arguments,
        from: usize,
        op: BinaryOp,
        at: Option<Place>,
    ) -> Eval<()> {
        if arguments.is_open() {
            self.lose_items(inner);
            return Ok(());
        }
        let given = arguments.positional.get(from..).unwrap_or_default();
        if given.len() > 1 {
            let message = format!(
                "Counter.__init__() takes from 1 to 2 positional arguments but {} were given",
                given.len() + 1
            );
            return Err(self.type_error(&message, at));
        }
        if let Some(more) = given.first()
            && !matches!(more, Value::None)
        {
            if let Some((entries, open)) = self.dict_entries(more) {
                for (key, count) in entries {
                    self.count_one(inner, &key, op, count, at)?;
                }
                if open {
                    self.lose_items(inner);
                }
            } else {
                let items = self.items_in_any_order(more, at)?;
                if items.open {
                    self.lose_items(inner);
                    return Ok(());
                }
                for item in items.items {
                    self.count_one(inner, &item, op, Value::Int(1), at)?;
                }
                if let Object::Dict(dict) = self.object_mut(inner) {
                    dict.shuffled |= items.shuffled;
                }
            }
        }
        for (name, count) in &arguments.keywords {
            self.count_one(inner, &Value::str(name), op, count.clone(), at)?;
        }
        Ok(())
    }

    fn count_one(
        &mut self,
        inner: ObjectId,
        key: &Value,
        op: BinaryOp,
        count: Value,
        at: Option<Place>,
    ) -> Eval<()> {
        let before = match self.found_under(inner, key, at)?.1 {
            Found::Value(before) => Some(before),
            Found::Missing => None,
            Found::Unknown => Some(self.gap_for(at, crate::semantics::Why::Input)),
        };
        let is_empty = matches!(self.object(inner), Object::Dict(dict) if dict.entries.is_empty());
        let count = match (before, op) {
            // Into an empty one the counts go as they are.
            (None, BinaryOp::Add) if is_empty => count,
            (before, op) => {
                let before = before.unwrap_or(Value::Int(0));
                self.binary(&before, op, &count, at)?
            }
        };
        self.put_into(inner, key, count, at)
    }

    /// A method of a `Counter`; none where it is one of `dict`, or cannot be told.
    pub(super) fn counter_method(
        &mut self,
        method: &str,
        receiver: &Value,
        asked: &Asked<'_>,
    ) -> Eval<Option<Value>> {
        let at = asked.at;
        let Some(inner) = self.mapping_in(receiver) else {
            return Ok(None);
        };
        let mut rest = asked.arguments.clone();
        rest.positional.remove(0);
        match method {
            "update" | "__init__" => {
                self.count_all(inner, &asked.arguments, 1, BinaryOp::Add, at)?;
                return Ok(Some(Value::None));
            }
            "subtract" => {
                self.count_all(inner, &asked.arguments, 1, BinaryOp::Sub, at)?;
                return Ok(Some(Value::None));
            }
            "__missing__" => return Ok(Some(Value::Int(0))),
            "__delitem__" if rest.positional.len() == 1 => {
                self.delete_item(receiver, &rest.positional[0], at)?;
                return Ok(Some(Value::None));
            }
            "elements" | "most_common" | "total" => {}
            _ => return Ok(None),
        }
        let names: &[&str] = if method == "most_common" { &["n"] } else { &[] };
        let Some(given) = self.placed(&rest, method, names, 0, at)? else {
            return Ok(None);
        };
        let Some(counts) = self.counts_of(receiver) else {
            return Ok(None);
        };
        let (mut counts, shuffled) = counts;
        Ok(match method {
            "elements" => {
                if shuffled {
                    return Ok(None);
                }
                let mut all = vec![];
                for (key, count) in counts {
                    let count = usize::try_from(count).unwrap_or(0);
                    if all.len().saturating_add(count)
                        > crate::evaluate::language::items::MOST_ITEMS
                    {
                        return Ok(None);
                    }
                    all.extend(std::iter::repeat_n(key, count));
                }
                self.copies(all.len());
                let all = Value::tuple(vec![Value::tuple(all)]);
                let all = self.iterator_of(&all, at)?;
                Some(self.composite(Composite::Chain(None, all)))
            }
            "most_common" => {
                let most = match given.first().cloned().flatten() {
                    None | Some(Value::None) => counts.len(),
                    Some(most) => match self.index_of(&most, at)? {
                        Some(most) => usize::try_from(most).unwrap_or(0),
                        None => return Ok(None),
                    },
                };
                counts.sort_by_key(|it| std::cmp::Reverse(it.1));
                if shuffled && counts.windows(2).any(|it| it[0].1 == it[1].1) {
                    return Ok(None);
                }
                let pairs = counts
                    .into_iter()
                    .take(most)
                    .map(|(key, count)| Value::tuple(vec![key, Value::Int(count)]));
                let pairs = pairs.collect();
                Some(self.list(pairs))
            }
            _ if self.is_at_least(10) => {
                let total = counts
                    .iter()
                    .try_fold(0_i64, |sum, it| sum.checked_add(it.1));
                total.map(Value::Int)
            }
            _ => None,
        })
    }

    /// The counts, where all of them are whole numbers that are known; and whether their order is not.
    fn counts_of(&self, counter: &Value) -> Option<(Vec<(Value, i64)>, bool)> {
        let Object::Dict(dict) = self.object(self.mapping_in(counter)?) else {
            return None;
        };
        if dict.open {
            return None;
        }
        let counts = dict.entries.values().map(|(key, count)| match count {
            Value::Int(count) => Some((key.clone(), *count)),
            _ => None,
        });
        let shuffled = dict.is_disordered();
        Some((counts.collect::<Option<Vec<_>>>()?, shuffled))
    }

    /// `left op right` of two counters: what is more than nothing (`Counter.__add__` and its relatives).
    pub(crate) fn binary_of_counters(
        &mut self,
        left: &Value,
        op: BinaryOp,
        right: &Value,
        at: Option<Place>,
    ) -> Eval<Option<Value>> {
        let (Some((one, a)), Some((other, b))) = (self.counts_of(left), self.counts_of(right))
        else {
            return Ok(None);
        };
        let Some(class) = self.class_of(left) else {
            return Ok(None);
        };
        let merged = merged(&one, op, &other, |it| self.hashed(it, at).ok().flatten());
        let Some(merged) = merged else {
            return Ok(None);
        };
        let Value::Object(made) = self.new_counter(class, &Arguments::default(), at)? else {
            return Ok(None);
        };
        let Some(inner) = self.mapping_in(&Value::Object(made)) else {
            return Ok(None);
        };
        self.keep_counts(inner, merged, a || b, at)?;
        Ok(Some(Value::Object(made)))
    }

    fn keep_counts(
        &mut self,
        inner: ObjectId,
        counts: Vec<(Value, i64)>,
        shuffled: bool,
        at: Option<Place>,
    ) -> Eval<()> {
        if let Object::Dict(dict) = self.object_mut(inner) {
            dict.entries.clear();
            dict.shuffled = shuffled;
        }
        for (key, count) in counts {
            if count > 0 {
                self.put_into(inner, &key, Value::Int(count), at)?;
            }
        }
        Ok(())
    }

    /// `counter op= other` (`Counter.__iadd__` and its relatives): entry by entry; what was changed before an exception stays.
    pub(crate) fn counter_inplace(
        &mut self,
        id: ObjectId,
        op: BinaryOp,
        value: &Value,
        at: Option<Place>,
    ) -> Eval<Option<Value>> {
        let counter = Value::Object(id);
        let Some(inner) = self.mapping_in(&counter) else {
            return Ok(None);
        };
        let is_told = match op {
            BinaryOp::Add | BinaryOp::Sub | BinaryOp::Or => {
                self.count_entries_of(&counter, inner, op, value, at)?
            }
            BinaryOp::And => self.keep_common(inner, value, at)?,
            _ => return Ok(None),
        };
        if !is_told || !self.keep_positive(inner, at)? {
            self.lose_items(inner);
        }
        Ok(Some(counter))
    }

    /// `for elem, count in other.items(): self[elem] += count`, or the largest of both. Whether that could be told.
    fn count_entries_of(
        &mut self,
        counter: &Value,
        inner: ObjectId,
        op: BinaryOp,
        other: &Value,
        at: Option<Place>,
    ) -> Eval<bool> {
        let Some((entries, open)) = self.dict_entries(other) else {
            if !other.is_gap() {
                // What has no `items` raises here.
                self.get_attribute(other, &Name::const_new("items"), at)?;
            }
            return Ok(false);
        };
        let shuffled = match self.mapping_in(other).map(|it| self.object(it)) {
            Some(Object::Dict(dict)) => dict.shuffled,
            _ => false,
        };
        for (key, count) in entries {
            let before = self.get_item(counter, &key, at)?;
            let after = if op == BinaryOp::Or {
                let is_more = self.compare(&count, CompareOp::Gt, &before, at)?;
                match self.truth_of(&is_more, at)? {
                    Some(true) => count,
                    Some(false) => continue,
                    None => return Ok(false),
                }
            } else {
                self.augmented(&before, op, &count, at)?
            };
            self.put_into(inner, &key, after, at)?;
        }
        if let Object::Dict(dict) = self.object_mut(inner) {
            dict.shuffled |= shuffled;
        }
        Ok(!open)
    }

    /// `Counter.__iand__`: the smaller count of each, as `other[elem]` has it. Whether that could be told.
    fn keep_common(&mut self, inner: ObjectId, other: &Value, at: Option<Place>) -> Eval<bool> {
        let Some((entries, open)) = self.dict_entries(&Value::Object(inner)) else {
            return Ok(false);
        };
        if other.is_gap() {
            return Ok(false);
        }
        for (key, count) in entries {
            let against = self.get_item(other, &key, at)?;
            let is_less = self.compare(&against, CompareOp::Lt, &count, at)?;
            match self.truth_of(&is_less, at)? {
                Some(true) => self.put_into(inner, &key, against, at)?,
                Some(false) => {}
                None => return Ok(false),
            }
        }
        Ok(!open)
    }

    /// `Counter._keep_positive`: what is not more than nothing goes. Whether that could be told.
    fn keep_positive(&mut self, inner: ObjectId, at: Option<Place>) -> Eval<bool> {
        let Some((entries, open)) = self.dict_entries(&Value::Object(inner)) else {
            return Ok(false);
        };
        let mut gone = vec![];
        for (key, count) in entries {
            let is_more = self.compare(&count, CompareOp::Gt, &Value::Int(0), at)?;
            match self.truth_of(&is_more, at)? {
                Some(true) => {}
                Some(false) => gone.push(key),
                None => return Ok(false),
            }
        }
        for key in gone {
            let Some(hashed) = self.hashed(&key, at)? else {
                return Ok(false);
            };
            if let Object::Dict(dict) = self.object_mut(inner) {
                dict.entries.shift_remove(&hashed);
            }
        }
        Ok(!open)
    }

    /// The mapping that `left | right` makes, where no code of the program does: `OrderedDict` and `defaultdict` make one of their own class,
    /// also as the right operand, `dict` and what leaves the word to it a plain dict (`dict_or`, `odict_or`, `defdict_or`).
    pub(crate) fn united_mappings(
        &mut self,
        left: &Value,
        right: &Value,
        at: Option<Place>,
    ) -> Eval<Option<Value>> {
        let (Some(entries), Some(_)) = (self.mapping_in(left), self.mapping_in(right)) else {
            return Ok(None);
        };
        let makes_own = |run: &Self, value: &Value| {
            let class = run.class_of(value)?;
            let is_one = ["OrderedDict", "defaultdict"]
                .iter()
                .any(|it| run.is_under(class, "collections", it));
            is_one.then_some(class)
        };
        let maker = match makes_own(self, left) {
            Some(class) => Some((class, left)),
            None => makes_own(self, right).map(|class| (class, right)),
        };
        let Object::Dict(dict) = self.object(entries) else {
            return Ok(None);
        };
        if dict.view.is_some() {
            return Ok(None);
        }
        let dict = dict.clone();
        self.copies(dict.entries.len());
        let inner = self.allocate(Object::Dict(dict));
        let made = match maker {
            None => inner.clone(),
            Some((class, of)) => {
                let Value::Object(of) = of else {
                    return Ok(None);
                };
                // What else a class of the program does when it is made is not followed here.
                let Object::Instance(instance) = self.object(*of) else {
                    return Ok(None);
                };
                if !self.classes.is_interpreters(class) {
                    return Ok(None);
                }
                let mut copy = instance.clone();
                copy.payload = Some(inner.clone());
                self.allocate(Object::Instance(copy))
            }
        };
        if let Value::Object(inner) = inner {
            self.update_in_place(inner, Some(right), &Arguments::default(), at)?;
        }
        Ok(Some(made))
    }
}

/// The counts of two counters put together; none for what is no operator of theirs.
fn merged<K: PartialEq>(
    one: &[(Value, i64)],
    op: BinaryOp,
    other: &[(Value, i64)],
    mut key: impl FnMut(&Value) -> Option<K>,
) -> Option<Vec<(Value, i64)>> {
    let mut keyed = |counts: &[(Value, i64)]| {
        let keys = counts.iter().map(|(it, count)| Some((key(it)?, *count)));
        keys.collect::<Option<Vec<_>>>()
    };
    let (one_keys, other_keys) = (keyed(one)?, keyed(other)?);
    let count_in =
        |counts: &[(K, i64)], key: &K| counts.iter().find(|it| it.0 == *key).map(|it| it.1);
    let mut merged = vec![];
    for ((item, count), (key, _)) in one.iter().zip(&one_keys) {
        let against = count_in(&other_keys, key).unwrap_or(0);
        let count = match op {
            BinaryOp::Add => count.checked_add(against)?,
            BinaryOp::Sub => count.checked_sub(against)?,
            BinaryOp::Or => (*count).max(against),
            BinaryOp::And => (*count).min(against),
            _ => return None,
        };
        merged.push((item.clone(), count));
    }
    if op != BinaryOp::And {
        for ((item, count), (key, _)) in other.iter().zip(&other_keys) {
            if count_in(&one_keys, key).is_none() {
                let count = match op {
                    BinaryOp::Sub => count.checked_neg()?,
                    _ => *count,
                };
                merged.push((item.clone(), count));
            }
        }
    }
    merged.retain(|it| it.1 > 0);
    Some(merged)
}
