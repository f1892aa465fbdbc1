//! `collections.Counter`: what it counts, and its operators.

use crate::evaluate::builtins::dicts::Found;
use crate::evaluate::language::composite_iterators::Composite;
use crate::evaluate::machine::arguments::Arguments;
use crate::evaluate::machine::asked::Asked;
use crate::evaluate::machine::run::{Eval, Run};
use crate::evaluate::machine::value::{Dict, Instance, Object, ObjectId, Value};
use crate::semantics::ClassId;
use crate::source::Place;
use crate::syntax::BinaryOp;

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
        let shuffled = dict.shuffled && dict.entries.len() > 1;
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

    /// `counter op= other` (`Counter.__iadd__` and its relatives).
    pub(crate) fn counter_inplace(
        &mut self,
        id: ObjectId,
        op: BinaryOp,
        value: &Value,
        at: Option<Place>,
    ) -> Eval<Option<Value>> {
        let counter = Value::Object(id);
        let (Some((one, a)), Some((other, b))) = (self.counts_of(&counter), self.counts_of(value))
        else {
            return Ok(None);
        };
        let merged = merged(&one, op, &other, |it| self.hashed(it, at).ok().flatten());
        let (Some(merged), Some(inner)) = (merged, self.mapping_in(&counter)) else {
            return Ok(None);
        };
        self.keep_counts(inner, merged, a || b, at)?;
        Ok(Some(counter))
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
