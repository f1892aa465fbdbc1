//! `sorted`, `list.sort`, `min`, `max` and `bisect`: by `key`, in `reverse`, where the order can be told.

use std::cmp::Ordering;

use crate::evaluate::language::items::MOST_ITEMS;
use crate::evaluate::language::iteration::{Items, Source};
use crate::evaluate::language::special::Special;
use crate::evaluate::machine::arguments::Arguments;
use crate::evaluate::machine::asked::Asked;
use crate::evaluate::machine::run::{Eval, Run};
use crate::evaluate::machine::value::{Object, ObjectId, Value};
use crate::semantics::Why;
use crate::source::{Place, PythonVersion};
use crate::syntax::CompareOp;

impl Run<'_, '_> {
    /// `sorted(iterable, key=…, reverse=…)`
    pub(super) fn sorted(&mut self, asked: &Asked<'_>) -> Eval<Option<Value>> {
        let arguments = &asked.arguments;
        if arguments.is_open() {
            return Ok(None);
        }
        let [value] = arguments.positional.as_slice() else {
            let given = arguments.positional.len();
            let message = format!("sorted expected 1 argument, got {given}");
            return Err(self.type_error(&message, asked.at));
        };
        self.check_sorting(asked)?;
        let value = value.clone();
        let Items {
            items,
            open,
            shuffled,
        } = if self.is_dispatched(&value, &value) {
            self.items_to_keep(&value, asked.at)?
        } else {
            self.items_in_any_order(&value, asked.at)?
        };
        let ordered = self.in_order(items, shuffled, asked)?;
        if open {
            self.callbacks_not_followed(asked);
        }
        Ok(Some(match ordered {
            Some(items) if !open || items.is_empty() => self.allocate(Object::List { items, open }),
            _ => self.some(self.known.list, Why::Input, asked.at),
        }))
    }

    /// `key` and `reverse`, and no other.
    fn check_sorting(&mut self, asked: &Asked<'_>) -> Eval<()> {
        for (name, _) in &asked.arguments.keywords {
            if name != "key" && name != "reverse" {
                let message = if self.world.version >= PythonVersion::three(13) {
                    format!("sort() got an unexpected keyword argument '{name}'")
                } else {
                    format!("'{name}' is an invalid keyword argument for sort()")
                };
                return Err(self.type_error(&message, asked.at));
            }
        }
        Ok(())
    }

    /// `list.sort(key=…, reverse=…)`
    pub(super) fn sort_list(&mut self, id: ObjectId, asked: &Asked<'_>) -> Eval<Option<Value>> {
        let Object::List { items, open } = self.object(id) else {
            return Ok(None);
        };
        if asked.arguments.is_open() {
            return Ok(None);
        }
        let (items, is_open) = (items.clone(), *open);
        if asked.arguments.positional.len() > 1 {
            return Err(self.type_error("sort() takes no positional arguments", asked.at));
        }
        self.check_sorting(asked)?;
        let ordered = self.in_order(items, false, asked)?;
        if is_open {
            self.callbacks_not_followed(asked);
        }
        match ordered {
            Some(ordered) if !is_open => {
                if let Object::List { items, .. } = self.object_mut(id) {
                    *items = ordered;
                }
            }
            _ => self.lose_items(id),
        }
        Ok(Some(Value::None))
    }

    /// `min(iterable, key=…, default=…)`, `min(a, b, …)`, and `max`: the first of those that are as small, or as large.
    pub(super) fn extreme(&mut self, asked: &Asked<'_>) -> Eval<Option<Value>> {
        let arguments = &asked.arguments;
        if arguments.is_open() {
            return Ok(None);
        }
        let name = asked.path.qualname.clone();
        for (keyword, _) in &arguments.keywords {
            if keyword != "key" && keyword != "default" {
                let message = format!("{name}() got an unexpected keyword argument '{keyword}'");
                return Err(self.type_error(&message, asked.at));
            }
        }
        let is_max = asked.path.qualname == "max";
        let (items, shuffled) = match arguments.positional.as_slice() {
            [iterable] if self.is_traced() && self.is_dispatched(iterable, iterable) => {
                let source = self.source(&iterable.clone(), asked.at)?;
                return self.extreme_in_turn(source, is_max, asked);
            }
            [] => {
                let message = format!("{name} expected at least 1 argument, got 0");
                return Err(self.type_error(&message, asked.at));
            }
            [iterable] => {
                let items = self.items_in_any_order(&iterable.clone(), asked.at)?;
                if items.open {
                    return Ok(None);
                }
                (items.items, items.shuffled)
            }
            _ if arguments.keyword("default").is_some() => {
                let message = format!(
                    "Cannot specify a default for {name}() with multiple positional arguments"
                );
                return Err(self.type_error(&message, asked.at));
            }
            several => (several.to_vec(), false),
        };
        if items.is_empty() {
            return self.extreme_of_none(asked);
        }
        if !shuffled {
            let source = Source::Items {
                items: items.into(),
                at: 0,
                open: false,
            };
            return self.extreme_in_turn(source, is_max, asked);
        }
        let ordered = self.in_order_of(items, Some(is_max), shuffled, asked)?;
        Ok(ordered.and_then(|it| it.into_iter().next()))
    }

    /// The items in their order, where every comparison can be told.
    fn in_order(
        &mut self,
        items: Vec<Value>,
        shuffled: bool,
        asked: &Asked<'_>,
    ) -> Eval<Option<Vec<Value>>> {
        let reverse = match asked.arguments.keyword("reverse") {
            Some(value) => self.truth(value),
            None => Some(false),
        };
        self.in_order_of(items, reverse, shuffled, asked)
    }

    fn in_order_of(
        &mut self,
        items: Vec<Value>,
        reverse: Option<bool>,
        shuffled: bool,
        asked: &Asked<'_>,
    ) -> Eval<Option<Vec<Value>>> {
        let key = asked.arguments.keyword("key").cloned();
        let key = key.filter(|it| !matches!(it, Value::None));
        let mut keyed = Vec::with_capacity(items.len());
        for item in items {
            let by = match &key {
                Some(key) => {
                    let arguments = Arguments::of(vec![item.clone()]);
                    self.call(key, arguments, asked.at, asked.scope)?
                }
                None => item.clone(),
            };
            keyed.push((by, item));
        }
        if !keyed.iter().any(|(by, _)| self.is_ordered_by_code(by)) {
            for (by, _) in &mut keyed {
                *by = self.plain(by);
            }
        }
        let Some(reverse) = reverse else {
            return Ok(None);
        };
        // Two tuples are told apart by what differs first: where their firsts all differ, by these.
        if keyed.len() > 1 && !is_uniform(&keyed) {
            let firsts: Option<Vec<(Value, Value)>> = keyed
                .iter()
                .map(|(by, item)| match by {
                    Value::Tuple(parts) => Some((parts.first()?.clone(), item.clone())),
                    _ => None,
                })
                .collect();
            let Some(firsts) = firsts.filter(|it| is_uniform(it) && all_differ(it)) else {
                if shuffled {
                    return Ok(None);
                }
                return self.in_order_by_code(keyed, reverse, asked.at);
            };
            keyed = firsts;
        }
        keyed.sort_by(|(a, _), (b, _)| {
            let order = compared(a, b);
            if reverse { order.reverse() } else { order }
        });
        // Those that are alike stay as they stood, and how they stood is not known.
        let is_tie = |pair: &[(Value, Value)]| {
            compared(&pair[0].0, &pair[1].0).is_eq() && !pair[0].1.same(&pair[1].1)
        };
        if shuffled && keyed.windows(2).any(is_tie) {
            return Ok(None);
        }
        Ok(Some(keyed.into_iter().map(|(_, item)| item).collect()))
    }

    /// Whether code of a program's may say how an object compares.
    fn is_ordered_by_code(&self, value: &Value) -> bool {
        self.is_dispatched(value, value)
            && ["__lt__", "__gt__"]
                .iter()
                .any(|it| self.has_code(value, it))
    }

    /// The items in the order that their `__lt__` gives them; those that are alike stay as they stand (`list.sort`: the run at the beginning,
    /// then a binary insertion for each of the rest, as it is done with fewer than 64).
    fn in_order_by_code(
        &mut self,
        keyed: Vec<(Value, Value)>,
        reverse: bool,
        at: Option<Place>,
    ) -> Eval<Option<Vec<Value>>> {
        let mut items = keyed;
        let count = items.len();
        // Since 3.13 runs are found in another way, and tuples are compared in yet another.
        let is_other = self.is_at_least(13) || count >= 64;
        let has_tuples = items.iter().any(|(by, _)| matches!(by, Value::Tuple(_)));
        if count > 2 && is_other || count > 1 && has_tuples {
            self.lose();
        }
        let first = items.first().and_then(|(by, _)| self.class_of(by));
        let is_one = items.iter().all(|(by, _)| self.class_of(by) == first);
        if reverse {
            items.reverse();
        }
        let mut run = count.min(1);
        let mut is_falling = false;
        while run < count {
            let Some(less) = self.sorts_before(&items[run].0, &items[run - 1].0, is_one, at)?
            else {
                return Ok(None);
            };
            if run == 1 {
                is_falling = less;
            } else if less != is_falling {
                break;
            }
            run += 1;
        }
        if is_falling && let Some(run) = items.get_mut(..run) {
            run.reverse();
        }
        for start in run..count {
            let pivot = items[start].0.clone();
            let (mut low, mut high) = (0, start);
            while low < high {
                let middle = usize::midpoint(low, high);
                let there = items[middle].0.clone();
                match self.sorts_before(&pivot, &there, is_one, at)? {
                    Some(true) => high = middle,
                    Some(false) => low = middle + 1,
                    None => return Ok(None),
                }
            }
            items[low..=start].rotate_right(1);
        }
        if reverse {
            items.reverse();
        }
        Ok(Some(items.into_iter().map(|(_, item)| item).collect()))
    }

    /// `left < right` as `list.sort` asks: where all are of one type its method first, and all over again where that does not answer
    /// (`unsafe_object_compare`).
    fn sorts_before(
        &mut self,
        left: &Value,
        right: &Value,
        is_one: bool,
        at: Option<Place>,
    ) -> Eval<Option<bool>> {
        if is_one && let Special::Code(method) = self.special(left, "__lt__")? {
            match self.call_method(&method, vec![right.clone()], at)? {
                Value::NotImplemented => {}
                answer => return self.truth_of(&answer, at),
            }
        }
        self.holds_between(left, CompareOp::Lt, right, at)
    }

    /// The truth of `left op right`; none where it cannot be told.
    fn holds_between(
        &mut self,
        left: &Value,
        op: CompareOp,
        right: &Value,
        at: Option<Place>,
    ) -> Eval<Option<bool>> {
        match self.rich(left, op, right, at)? {
            Some(answer) => self.truth_of(&answer, at),
            None => Ok(None),
        }
    }

    /// The first of those that are as small, or as large: each is held against the best of those before it (`min_max`).
    fn extreme_in_turn(
        &mut self,
        mut source: Source,
        is_max: bool,
        asked: &Asked<'_>,
    ) -> Eval<Option<Value>> {
        let at = asked.at;
        let key = asked.arguments.keyword("key").cloned();
        let key = key.filter(|it| !matches!(it, Value::None));
        let op = if is_max { CompareOp::Gt } else { CompareOp::Lt };
        let mut best: Option<(Value, Value)> = None;
        let mut count = 0;
        loop {
            count += 1;
            if count > MOST_ITEMS || !self.round() {
                self.lose_iterators(&source);
                return Ok(None);
            }
            let Some(item) = self.next_in_turn(&mut source, at, asked.scope)? else {
                break;
            };
            let by = match &key {
                Some(key) => self.call_one(key, item.clone(), asked)?,
                None => item.clone(),
            };
            let is_better = match &best {
                None => Some(true),
                Some((there, _)) => self.holds_between(&by, op, &there.clone(), at)?,
            };
            match is_better {
                Some(true) => best = Some((by, item)),
                Some(false) => {}
                None => {
                    self.lose_iterators(&source);
                    return Ok(None);
                }
            }
        }
        if source.is_open() {
            return Ok(None);
        }
        match best {
            Some((_, item)) => Ok(Some(item)),
            None => self.extreme_of_none(asked),
        }
    }

    /// `min` or `max` of nothing: the default, or an error.
    fn extreme_of_none(&mut self, asked: &Asked<'_>) -> Eval<Option<Value>> {
        if let Some(default) = asked.arguments.keyword("default") {
            return Ok(Some(default.clone()));
        }
        let name = &asked.path.qualname;
        let message = if self.world.version >= PythonVersion::three(12) {
            format!("{name}() iterable argument is empty")
        } else {
            format!("{name}() arg is an empty sequence")
        };
        Err(self.throw(self.known.value_error, message, asked.at))
    }

    /// `bisect.bisect_left(list, item, lo=0, hi=None, *, key=None)` and its relatives: where the item belongs, and it is put there.
    pub(crate) fn bisected(&mut self, function: &str, asked: &Asked<'_>) -> Eval<Option<Value>> {
        let arguments = &asked.arguments;
        let (Some(Value::Object(id)), Some(item)) = (
            arguments.get(0, "a").cloned(),
            arguments.get(1, "x").cloned(),
        ) else {
            return Ok(None);
        };
        let inserts = function.starts_with("insort");
        let place = self.bisection(id, &item, function.ends_with("left"), asked)?;
        if !inserts {
            return Ok(place.map(|it| Value::Int(i64::try_from(it).unwrap_or(i64::MAX))));
        }
        if let Object::List { .. } = self.object(id)
            && let Object::List { items, open } = self.object_mut(id)
        {
            match place {
                Some(place) if place <= items.len() => items.insert(place, item),
                _ => {
                    items.push(item);
                    *open = true;
                }
            }
        }
        Ok(Some(Value::None))
    }

    fn bisection(
        &mut self,
        id: ObjectId,
        item: &Value,
        is_left: bool,
        asked: &Asked<'_>,
    ) -> Eval<Option<usize>> {
        let items = match self.object(id) {
            Object::List { items, open: false } => items.clone(),
            _ => return Ok(None),
        };
        if asked.arguments.positional.len() > 2 || asked.arguments.is_open() {
            return Ok(None);
        }
        let key = asked.arguments.keyword("key").cloned();
        let key = key.filter(|it| !matches!(it, Value::None));
        let mut wanted = item.clone();
        // To look for a place takes the key of what is there alone; to put something there takes that of the item, too.
        if let Some(key) = &key
            && asked.path.qualname.starts_with("insort")
        {
            wanted = self.call_one(key, wanted, asked)?;
        }
        let (mut low, mut high) = (0, items.len());
        while low < high {
            let middle = usize::midpoint(low, high);
            let mut there = items[middle].clone();
            if let Some(key) = &key {
                there = self.call_one(key, there, asked)?;
            }
            let is_before = if is_left {
                self.is_less(&there, &wanted)
            } else {
                self.is_less(&wanted, &there).map(|it| !it)
            };
            match is_before {
                Some(true) => low = middle + 1,
                Some(false) => high = middle,
                None => return Ok(None),
            }
        }
        Ok(Some(low))
    }
}

/// Whether all keys are of one kind, so that any two can be compared.
fn is_uniform(keyed: &[(Value, Value)]) -> bool {
    let Some((first, rest)) = keyed.split_first() else {
        return true;
    };
    is_like(&first.0, &first.0) && rest.iter().all(|(by, _)| is_like(&first.0, by))
}

fn is_like(a: &Value, b: &Value) -> bool {
    match (a, b) {
        (Value::Str(_), Value::Str(_)) | (Value::Bytes(_), Value::Bytes(_)) => true,
        (Value::Float(a), Value::Float(b)) => !a.is_nan() && !b.is_nan(),
        (Value::Tuple(a), Value::Tuple(b)) => {
            a.len() == b.len() && a.iter().zip(b.iter()).all(|(a, b)| is_like(a, b))
        }
        (a, b) => whole(a).is_some() && whole(b).is_some(),
    }
}

fn all_differ(keyed: &[(Value, Value)]) -> bool {
    let mut seen = rustc_hash::FxHashSet::default();
    keyed
        .iter()
        .all(|(by, _)| by.key().is_some_and(|key| seen.insert(key)))
}

/// How Python orders two values of one kind.
fn compared(a: &Value, b: &Value) -> Ordering {
    match (a, b) {
        (Value::Str(a), Value::Str(b)) => a.cmp(b),
        (Value::Bytes(a), Value::Bytes(b)) => a.cmp(b),
        (Value::Float(a), Value::Float(b)) => a.partial_cmp(b).unwrap_or(Ordering::Equal),
        (Value::Tuple(a), Value::Tuple(b)) => {
            let mut orders = a.iter().zip(b.iter()).map(|(a, b)| compared(a, b));
            orders.find(|it| it.is_ne()).unwrap_or(Ordering::Equal)
        }
        (a, b) => whole(a).cmp(&whole(b)),
    }
}

fn whole(value: &Value) -> Option<i64> {
    match value {
        Value::Int(number) => Some(*number),
        Value::Bool(truth) => Some(i64::from(*truth)),
        _ => None,
    }
}
