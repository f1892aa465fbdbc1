//! `map`, `zip`, `enumerate`, `filter` and `itertools`: iterators made of others, worked out item by item as they are asked.

use std::sync::Arc;

use crate::evaluate::language::iteration::{Iterator, Next, Source};
use crate::evaluate::machine::arguments::Arguments;
use crate::evaluate::machine::run::{Eval, Run};
use crate::evaluate::machine::value::{Object, ObjectId, ScopeId, Value};
use crate::source::Place;
use crate::syntax::BinaryOp;

/// An iterator made of others, each an object of its own.
#[derive(Debug, Clone)]
pub(crate) enum Composite {
    /// `map(function, *iterables)`
    Map(Value, Vec<Value>),
    /// `zip(*iterables, strict=…)`
    Zip(Vec<Value>, bool),
    /// `enumerate(iterable, start)`
    Enumerate(Value, i64),
    /// `filter` and its relatives in `itertools`.
    Filter {
        rule: Rule,
        function: Value,
        over: Value,
        /// Whether the first that counts was met.
        begun: bool,
    },
    Starmap(Value, Value),
    /// What is being asked now, and the iterator over what comes then.
    Chain(Option<Value>, Value),
    Islice {
        over: Value,
        count: u64,
        next: u64,
        stop: Option<u64>,
        step: u64,
    },
    Cycle {
        over: Option<Value>,
        saved: Vec<Value>,
        at: usize,
    },
    Count(Value, Value),
    Repeat(Value, Option<u64>),
    Accumulate {
        over: Value,
        function: Value,
        total: Option<Value>,
        initial: Option<Value>,
    },
    Pairwise(Value, Option<Value>),
    Batched(Value, usize, bool),
    Compress(Value, Value),
    ZipLongest(Vec<Option<Value>>, Value),
    /// One of several that share what they have read of an iterator in a list.
    Tee {
        over: Value,
        read: ObjectId,
        at: usize,
    },
    GroupBy(Box<Groups>),
    /// A group of the `groupby` of this number, its key, and which of its groups it is.
    Group(ObjectId, Value, u64),
    /// What was worked out when it was made: `product` and its relatives.
    Made {
        class: &'static str,
        items: Arc<[Value]>,
        at: usize,
    },
}

/// What a `groupby` keeps (`groupbyobject`).
#[derive(Debug, Clone)]
pub(crate) struct Groups {
    over: Value,
    key: Value,
    target: Option<Value>,
    current: Option<(Value, Option<Value>)>,
    group: u64,
    own: Option<ObjectId>,
}

/// Which items pass.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Rule {
    True,
    False,
    While,
    After,
}

/// The item, or the end or the gap there is in its place.
macro_rules! item {
    ($next:expr) => {
        match $next {
            Next::Item(item) => item,
            Next::Over(_) => return Ok(Next::Over(Value::None)),
            Next::Lost => return Ok(Next::Lost),
        }
    };
}

impl Composite {
    /// What it asks for items, and what it has kept of them.
    pub(crate) fn held(&self) -> Vec<Value> {
        match self {
            Self::Map(_, over) | Self::Zip(over, _) => over.clone(),
            Self::Enumerate(over, _)
            | Self::Starmap(_, over)
            | Self::Filter { over, .. }
            | Self::Islice { over, .. }
            | Self::Accumulate { over, .. }
            | Self::Batched(over, ..)
            | Self::Compress(over, _)
            | Self::Repeat(over, _) => vec![over.clone()],
            Self::Chain(now, over) | Self::Pairwise(over, now) => {
                now.iter().chain([over]).cloned().collect()
            }
            Self::Cycle { over, saved, .. } => over.iter().chain(saved).cloned().collect(),
            Self::Count(..) => vec![],
            Self::ZipLongest(over, fill) => over.iter().flatten().chain([fill]).cloned().collect(),
            Self::Tee { over, read, .. } => vec![over.clone(), Value::Object(*read)],
            Self::GroupBy(groups) => vec![groups.over.clone()],
            Self::Group(of, ..) => vec![Value::Object(*of)],
            Self::Made { items, .. } => vec![Value::Tuple(items.clone())],
        }
    }

    /// The module and name of its class.
    pub(crate) fn class(&self) -> (&'static str, &'static str) {
        match self {
            Self::Map(..) => ("builtins", "map"),
            Self::Zip(..) => ("builtins", "zip"),
            Self::Enumerate(..) => ("builtins", "enumerate"),
            Self::Filter { rule, .. } => match rule {
                Rule::True => ("builtins", "filter"),
                Rule::False => ("itertools", "filterfalse"),
                Rule::While => ("itertools", "takewhile"),
                Rule::After => ("itertools", "dropwhile"),
            },
            Self::Starmap(..) => ("itertools", "starmap"),
            Self::Chain(..) => ("itertools", "chain"),
            Self::Islice { .. } => ("itertools", "islice"),
            Self::Cycle { .. } => ("itertools", "cycle"),
            Self::Count(..) => ("itertools", "count"),
            Self::Repeat(..) => ("itertools", "repeat"),
            Self::Accumulate { .. } => ("itertools", "accumulate"),
            Self::Pairwise(..) => ("itertools", "pairwise"),
            Self::Batched(..) => ("itertools", "batched"),
            Self::Compress(..) => ("itertools", "compress"),
            Self::ZipLongest(..) => ("itertools", "zip_longest"),
            Self::Tee { .. } => ("itertools", "_tee"),
            Self::GroupBy(_) => ("itertools", "groupby"),
            Self::Group(..) => ("itertools", "_grouper"),
            Self::Made { class, .. } => ("itertools", class),
        }
    }
}

impl Composite {
    /// The function that it calls for its items, and with how many arguments; none where that hangs on the item.
    pub(super) fn calls(&self) -> Option<(&Value, Option<usize>)> {
        let (function, count) = match self {
            Self::Map(function, columns) => (function, Some(columns.len())),
            Self::Filter { function, .. } => (function, Some(1)),
            Self::Starmap(function, _) => (function, None),
            Self::Accumulate { function, .. } => (function, Some(2)),
            Self::GroupBy(groups) => (&groups.key, Some(1)),
            _ => return None,
        };
        (!matches!(function, Value::None)).then_some((function, count))
    }
}

impl Run<'_, '_> {
    /// The next item of an iterator that is made of others.
    pub(crate) fn next_composite(
        &mut self,
        composite: &mut Composite,
        at: Option<Place>,
        scope: ScopeId,
    ) -> Eval<Next> {
        Ok(match composite {
            Composite::Map(function, columns) => {
                let mut row = Vec::with_capacity(columns.len());
                for column in columns.iter() {
                    row.push(item!(self.next_of(column, at, scope)?));
                }
                Next::Item(self.call(function, Arguments::of(row), at, scope)?)
            }
            Composite::Zip(columns, strict) => return self.next_row(columns, *strict, at, scope),
            Composite::Enumerate(over, index) => {
                let item = item!(self.next_of(over, at, scope)?);
                let number = *index;
                *index = index.saturating_add(1);
                Next::Item(Value::tuple(vec![Value::Int(number), item]))
            }
            Composite::Filter {
                rule,
                function,
                over,
                begun,
            } => loop {
                let item = item!(self.next_of(over, at, scope)?);
                if !self.round() {
                    return Ok(Next::Lost);
                }
                if *rule == Rule::After && *begun {
                    break Next::Item(item);
                }
                let answer = match &*function {
                    Value::None => item.clone(),
                    function => {
                        self.call(function, Arguments::of(vec![item.clone()]), at, scope)?
                    }
                };
                match (*rule, self.decide(&answer)) {
                    (_, None) => return Ok(Next::Lost),
                    (Rule::True | Rule::While, Some(true)) | (Rule::False, Some(false)) => {
                        break Next::Item(item);
                    }
                    (Rule::While, Some(false)) => {
                        // It stays at its end, whatever comes after (`takewhile_next`).
                        *over = self.iterator_object(Source::Over(Value::None));
                        break Next::Over(Value::None);
                    }
                    (Rule::After, Some(false)) => {
                        *begun = true;
                        break Next::Item(item);
                    }
                    _ => {}
                }
            },
            Composite::Starmap(function, over) => {
                let row = item!(self.next_of(over, at, scope)?);
                let row = self.items_of(&row, at)?;
                if row.open {
                    return Ok(Next::Lost);
                }
                Next::Item(self.call(function, Arguments::of(row.items), at, scope)?)
            }
            Composite::Chain(now, rest) => loop {
                if let Some(over) = now {
                    match self.next_of(over, at, scope)? {
                        Next::Over(_) => *now = None,
                        next => break next,
                    }
                }
                let next = item!(self.next_of(rest, at, scope)?);
                if !self.round() {
                    return Ok(Next::Lost);
                }
                *now = Some(self.iterator_of(&next, at)?);
            },
            Composite::Islice {
                over,
                count,
                next,
                stop,
                step,
            } => {
                while *count < *next {
                    if !self.round() {
                        return Ok(Next::Lost);
                    }
                    item!(self.next_of(over, at, scope)?);
                    *count += 1;
                }
                if stop.is_some_and(|stop| *count >= stop) {
                    return Ok(Next::Over(Value::None));
                }
                let item = item!(self.next_of(over, at, scope)?);
                *count += 1;
                let after = next.saturating_add(*step);
                *next = stop.map_or(after, |stop| after.min(stop));
                Next::Item(item)
            }
            Composite::Cycle {
                over,
                saved,
                at: index,
            } => {
                if let Some(iterator) = over {
                    match self.next_of(iterator, at, scope)? {
                        Next::Item(item) => {
                            saved.push(item.clone());
                            return Ok(Next::Item(item));
                        }
                        Next::Over(_) => *over = None,
                        Next::Lost => return Ok(Next::Lost),
                    }
                }
                let Some(item) = saved.get(*index) else {
                    return Ok(Next::Over(Value::None));
                };
                *index = (*index + 1) % saved.len();
                Next::Item(item.clone())
            }
            Composite::Count(number, step) => {
                let item = number.clone();
                *number = self.binary(number, BinaryOp::Add, step, at)?;
                Next::Item(item)
            }
            Composite::Repeat(item, times) => match times {
                Some(0) => Next::Over(Value::None),
                Some(left) => {
                    *left -= 1;
                    Next::Item(item.clone())
                }
                None => Next::Item(item.clone()),
            },
            Composite::Accumulate {
                over,
                function,
                total,
                initial,
            } => {
                if let Some(first) = initial.take() {
                    *total = Some(first.clone());
                    return Ok(Next::Item(first));
                }
                let item = item!(self.next_of(over, at, scope)?);
                let sum = match (total.as_ref(), &*function) {
                    (None, _) => item,
                    (Some(total), Value::None) => self.binary(total, BinaryOp::Add, &item, at)?,
                    (Some(total), function) => {
                        let arguments = Arguments::of(vec![total.clone(), item]);
                        self.call(function, arguments, at, scope)?
                    }
                };
                *total = Some(sum.clone());
                Next::Item(sum)
            }
            Composite::Pairwise(over, old) => {
                let before = match old.take() {
                    Some(before) => before,
                    None => item!(self.next_of(over, at, scope)?),
                };
                let item = item!(self.next_of(over, at, scope)?);
                *old = Some(item.clone());
                Next::Item(Value::tuple(vec![before, item]))
            }
            Composite::Batched(over, size, strict) => {
                let mut batch = vec![];
                while batch.len() < *size {
                    if !self.round() {
                        return Ok(Next::Lost);
                    }
                    match self.next_of(over, at, scope)? {
                        Next::Item(item) => batch.push(item),
                        Next::Over(_) if batch.is_empty() => return Ok(Next::Over(Value::None)),
                        Next::Over(_) if *strict => {
                            let message = String::from("batched(): incomplete batch");
                            return Err(self.throw(self.known.value_error, message, at));
                        }
                        Next::Over(_) => break,
                        Next::Lost => return Ok(Next::Lost),
                    }
                }
                Next::Item(Value::tuple(batch))
            }
            Composite::Compress(data, selectors) => loop {
                let item = item!(self.next_of(data, at, scope)?);
                let selector = item!(self.next_of(selectors, at, scope)?);
                if !self.round() {
                    return Ok(Next::Lost);
                }
                match self.decide(&selector) {
                    Some(true) => break Next::Item(item),
                    Some(false) => {}
                    None => return Ok(Next::Lost),
                }
            },
            Composite::ZipLongest(columns, fill) => {
                if columns.iter().all(Option::is_none) {
                    return Ok(Next::Over(Value::None));
                }
                let mut row = Vec::with_capacity(columns.len());
                for index in 0..columns.len() {
                    let next = match &columns[index] {
                        Some(column) => self.next_of(column, at, scope)?,
                        None => Next::Over(Value::None),
                    };
                    row.push(match next {
                        Next::Item(item) => item,
                        Next::Over(_) => {
                            columns[index] = None;
                            if columns.iter().all(Option::is_none) {
                                return Ok(Next::Over(Value::None));
                            }
                            fill.clone()
                        }
                        Next::Lost => return Ok(Next::Lost),
                    });
                }
                Next::Item(Value::tuple(row))
            }
            Composite::Tee {
                over,
                read,
                at: index,
            } => {
                let there = match self.object(*read) {
                    Object::List { items, .. } => items.get(*index).cloned(),
                    _ => None,
                };
                let item = if let Some(item) = there {
                    item
                } else {
                    let item = item!(self.next_of(over, at, scope)?);
                    if let Object::List { items, .. } = self.object_mut(*read) {
                        items.push(item.clone());
                    }
                    item
                };
                *index += 1;
                Next::Item(item)
            }
            Composite::GroupBy(groups) => return self.next_group(groups, at, scope),
            Composite::Group(of, key, number) => {
                return self.next_of_group(*of, key, *number, at, scope);
            }
            Composite::Made { items, at, .. } => match items.get(*at) {
                Some(item) => {
                    *at += 1;
                    Next::Item(item.clone())
                }
                None => Next::Over(Value::None),
            },
        })
    }

    /// `zip_next`
    fn next_row(
        &mut self,
        columns: &[Value],
        strict: bool,
        at: Option<Place>,
        scope: ScopeId,
    ) -> Eval<Next> {
        if columns.is_empty() {
            return Ok(Next::Over(Value::None));
        }
        let before = |index: usize| match index {
            1 => String::from(" 1"),
            several => format!("s 1-{several}"),
        };
        let mut row = Vec::with_capacity(columns.len());
        for (index, column) in columns.iter().enumerate() {
            match self.next_of(column, at, scope)? {
                Next::Item(item) => row.push(item),
                Next::Lost => return Ok(Next::Lost),
                Next::Over(_) if strict && index > 0 => {
                    let message = format!(
                        "zip() argument {} is shorter than argument{}",
                        index + 1,
                        before(index)
                    );
                    return Err(self.throw(self.known.value_error, message, at));
                }
                Next::Over(_) if strict => {
                    for (index, column) in columns.iter().enumerate().skip(1) {
                        match self.next_of(column, at, scope)? {
                            Next::Item(_) => {
                                let message = format!(
                                    "zip() argument {} is longer than argument{}",
                                    index + 1,
                                    before(index)
                                );
                                return Err(self.throw(self.known.value_error, message, at));
                            }
                            Next::Lost => return Ok(Next::Lost),
                            Next::Over(_) => {}
                        }
                    }
                    return Ok(Next::Over(Value::None));
                }
                Next::Over(_) => return Ok(Next::Over(Value::None)),
            }
        }
        Ok(Next::Item(Value::tuple(row)))
    }

    /// `groupby_next`
    fn next_group(&mut self, groups: &mut Groups, at: Option<Place>, scope: ScopeId) -> Eval<Next> {
        groups.group += 1;
        loop {
            if let Some((key, _)) = &groups.current {
                let Some(target) = groups.target.clone() else {
                    break;
                };
                let key = key.clone();
                match self.is_or_equals(&target, &key) {
                    Some(true) => {}
                    Some(false) => break,
                    None => return Ok(Next::Lost),
                }
            }
            if !self.round() {
                return Ok(Next::Lost);
            }
            let item = item!(self.next_of(&groups.over, at, scope)?);
            let key = self.key_of_group(&groups.key, &item, at, scope)?;
            groups.current = Some((key, Some(item)));
        }
        let Some((key, _)) = &groups.current else {
            return Ok(Next::Lost);
        };
        groups.target = Some(key.clone());
        let Some(own) = groups.own else {
            return Ok(Next::Lost);
        };
        let key = key.clone();
        let group = Composite::Group(own, key.clone(), groups.group);
        let group = self.iterator_object(Source::Composite(Box::new(group)));
        Ok(Next::Item(Value::tuple(vec![key, group])))
    }

    fn key_of_group(
        &mut self,
        function: &Value,
        item: &Value,
        at: Option<Place>,
        scope: ScopeId,
    ) -> Eval {
        match function {
            Value::None => Ok(item.clone()),
            function => self.call(function, Arguments::of(vec![item.clone()]), at, scope),
        }
    }

    /// `_grouper_next`
    fn next_of_group(
        &mut self,
        of: ObjectId,
        target: &Value,
        number: u64,
        at: Option<Place>,
        scope: ScopeId,
    ) -> Eval<Next> {
        let groups = match self.object(of) {
            Object::Iterator(it) => match &it.source {
                Source::Composite(it) => match &**it {
                    Composite::GroupBy(groups) => Some(groups.clone()),
                    _ => None,
                },
                Source::Over(_) => return Ok(Next::Over(Value::None)),
                _ => None,
            },
            _ => None,
        };
        let Some(mut groups) = groups else {
            return Ok(Next::Lost);
        };
        if groups.group != number {
            return Ok(Next::Over(Value::None));
        }
        let (key, item) = if let Some((key, Some(item))) = groups.current.take() {
            (key, item)
        } else {
            let item = item!(self.next_of(&groups.over, at, scope)?);
            (self.key_of_group(&groups.key, &item, at, scope)?, item)
        };
        let next = match self.is_or_equals(target, &key) {
            Some(true) => Next::Item(item),
            Some(false) => {
                groups.current = Some((key, Some(item)));
                Next::Over(Value::None)
            }
            None => Next::Lost,
        };
        if let Object::Iterator(it) = self.object_mut(of) {
            it.source = Source::Composite(Box::new(Composite::GroupBy(groups)));
        }
        Ok(next)
    }

    /// A composite as an object.
    pub(crate) fn composite(&mut self, composite: Composite) -> Value {
        let is_group = matches!(composite, Composite::GroupBy(_));
        let value = self.iterator_object(Source::Composite(Box::new(composite)));
        if is_group
            && let Value::Object(id) = value
            && let Object::Iterator(it) = self.object_mut(id)
            && let Iterator {
                source: Source::Composite(it),
                ..
            } = &mut **it
            && let Composite::GroupBy(groups) = &mut **it
        {
            groups.own = Some(id);
        }
        value
    }

    /// `itertools.groupby(iterable, key)`
    pub(crate) fn grouped_by(&mut self, over: Value, key: Value) -> Value {
        self.composite(Composite::GroupBy(Box::new(Groups {
            over,
            key,
            target: None,
            current: None,
            group: 0,
            own: None,
        })))
    }
}
