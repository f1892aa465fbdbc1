//! `zip`, `enumerate`, `filter`, `reversed` and the finite ones of `itertools`, worked out at once.

use crate::evaluate::call::Arguments;
use crate::evaluate::items::MOST_ITEMS;
use crate::evaluate::run::{Eval, Run};
use crate::evaluate::value::{Object, ScopeId, Value};
use crate::source::Place;
use crate::syntax::BinaryOp;

/// Items, and whether there may be others.
type Items = (Vec<Value>, bool);

impl Run<'_, '_> {
    /// The iterator of this kind; none where what it gives cannot be told.
    pub(super) fn iterator(
        &mut self,
        kind: &str,
        arguments: &Arguments,
        at: Option<Place>,
        scope: ScopeId,
    ) -> Eval<Option<Value>> {
        let positional = arguments.positional.as_slice();
        let items = match (kind, positional) {
            ("zip", all) => Some(self.zipped(all, None)),
            ("zip_longest", all) => {
                let fill = arguments.keyword("fillvalue").cloned();
                Some(self.zipped(all, Some(&fill.unwrap_or(Value::None))))
            }
            ("enumerate", [iterable, ..]) => {
                let start = match arguments.get(1, "start") {
                    Some(Value::Int(start)) => Some(*start),
                    Some(_) => None,
                    None => Some(0),
                };
                let (column, open) = self.iterate(iterable);
                start.map(|start| {
                    let numbered = (start..).zip(column);
                    let pairs =
                        numbered.map(|(index, it)| Value::tuple(vec![Value::Int(index), it]));
                    (pairs.collect(), open)
                })
            }
            ("chain", all) => {
                let mut chained = (vec![], false);
                for iterable in all {
                    let (part, open) = self.iterate(iterable);
                    chained.0.extend(part);
                    chained.1 |= open;
                }
                Some(chained)
            }
            ("reversed", [iterable]) => {
                let (mut column, open) = self.iterate(iterable);
                column.reverse();
                Some((column, open))
            }
            ("map", [function, columns @ ..]) => {
                let rows = self.zipped(columns, None);
                Some(self.mapped(function, rows, at, scope)?)
            }
            ("starmap", [function, iterable]) => {
                let rows = self.iterate(iterable);
                Some(self.mapped(function, rows, at, scope)?)
            }
            ("filter" | "filterfalse" | "takewhile" | "dropwhile", [function, iterable]) => {
                Some(self.filtered(kind, function, iterable, at, scope)?)
            }
            ("islice", [iterable, bounds @ ..]) => self.sliced(iterable, bounds),
            ("repeat", [item, Value::Int(times)]) => repeated(item, *times),
            ("product", all) => {
                let repeat = match arguments.keyword("repeat") {
                    None => Some(1),
                    Some(Value::Int(times)) => usize::try_from(*times).ok(),
                    Some(_) => None,
                };
                repeat.and_then(|times| self.products(all, times))
            }
            ("pairwise", [iterable]) => {
                let (column, open) = self.iterate(iterable);
                let pairs = column.windows(2).map(|it| Value::tuple(it.to_vec()));
                Some((pairs.collect(), open))
            }
            ("accumulate", [iterable]) if arguments.keywords.is_empty() => {
                let (column, open) = self.iterate(iterable);
                let mut sums: Vec<Value> = vec![];
                for item in column {
                    sums.push(match sums.last().cloned() {
                        Some(sum) => self.binary(&sum, BinaryOp::Add, &item, at)?,
                        None => item,
                    });
                }
                Some((sums, open))
            }
            _ => None,
        };
        Ok(items.map(|(items, open)| {
            self.copies(items.len());
            self.allocate(Object::List { items, open })
        }))
    }

    /// Rows of the columns, up to the end of the shortest, or of the longest where there is something to fill the others with.
    fn zipped(&mut self, columns: &[Value], fill: Option<&Value>) -> Items {
        let mut open = false;
        let mut all = Vec::with_capacity(columns.len());
        let mut known = usize::MAX;
        for column in columns {
            let (items, more) = self.iterate(column);
            if more {
                open = true;
                known = known.min(items.len());
            }
            all.push(items);
        }
        let lengths = all.iter().map(Vec::len);
        // Behind the end of what is known of one column, nothing is.
        let rows = if fill.is_some() {
            lengths.max().map(|rows| rows.min(known))
        } else {
            lengths.min()
        };
        let cell = |column: &Vec<Value>, row: usize| {
            let filled = || fill.cloned().unwrap_or(Value::None);
            column.get(row).cloned().unwrap_or_else(filled)
        };
        let rows = (0..rows.unwrap_or(0))
            .map(|row| Value::tuple(all.iter().map(|column| cell(column, row)).collect()))
            .collect();
        (rows, open)
    }

    /// What a function makes of each row of arguments.
    fn mapped(
        &mut self,
        function: &Value,
        (rows, open): Items,
        at: Option<Place>,
        scope: ScopeId,
    ) -> Eval<Items> {
        let mut made = Vec::with_capacity(rows.len());
        for row in rows {
            let (arguments, more) = self.iterate(&row);
            if more || !self.round() {
                return Ok((made, true));
            }
            made.push(self.call(function, Arguments::of(arguments), at, scope)?);
        }
        Ok((made, open))
    }

    /// The items that a function lets pass, by the rule of this kind.
    fn filtered(
        &mut self,
        kind: &str,
        function: &Value,
        iterable: &Value,
        at: Option<Place>,
        scope: ScopeId,
    ) -> Eval<Items> {
        let (column, mut open) = self.iterate(iterable);
        let mut passed = vec![];
        let mut dropping = kind == "dropwhile";
        for item in column {
            if kind == "dropwhile" && !dropping {
                passed.push(item);
                continue;
            }
            let answer = match function {
                Value::None => item.clone(),
                _ => self.call(function, Arguments::of(vec![item.clone()]), at, scope)?,
            };
            match (kind, self.truth(&answer)) {
                ("filter" | "filterfalse", None) => open = true,
                // From here on nothing is certain.
                (_, None) => return Ok((passed, true)),
                ("filter" | "takewhile", Some(true)) | ("filterfalse", Some(false)) => {
                    passed.push(item);
                }
                ("takewhile", Some(false)) => return Ok((passed, false)),
                ("dropwhile", Some(false)) => {
                    dropping = false;
                    passed.push(item);
                }
                _ => {}
            }
        }
        Ok((passed, open))
    }

    /// `itertools.islice(iterable, stop)`, `islice(iterable, start, stop, step)`
    fn sliced(&mut self, iterable: &Value, bounds: &[Value]) -> Option<Items> {
        let bounds: Option<Vec<Option<usize>>> = bounds
            .iter()
            .map(|it| match it {
                Value::None => Some(None),
                Value::Int(at) => usize::try_from(*at).ok().map(Some),
                _ => None,
            })
            .collect();
        let (start, stop, step) = match bounds?.as_slice() {
            [stop] => (0, *stop, 1),
            [start, stop] => (start.unwrap_or(0), *stop, 1),
            [start, stop, step] => (start.unwrap_or(0), *stop, step.unwrap_or(1)),
            _ => return None,
        };
        let (column, open) = self.iterate(iterable);
        // What is cut off before the end of what is known is known.
        let open = open && stop.is_none_or(|stop| stop > column.len());
        let stop = stop.unwrap_or(usize::MAX).min(column.len());
        let part = column.into_iter().take(stop).skip(start);
        Some((part.step_by(step.max(1)).collect(), open))
    }

    /// `itertools.product(*iterables, repeat=times)`
    fn products(&mut self, iterables: &[Value], times: usize) -> Option<Items> {
        let mut columns = Vec::with_capacity(iterables.len());
        for iterable in iterables {
            let (column, open) = self.iterate(iterable);
            if open {
                return None;
            }
            columns.push(column);
        }
        let mut rows: Vec<Vec<Value>> = vec![vec![]];
        for _ in 0..times.min(MOST_ITEMS) {
            for column in &columns {
                let width = rows.first().map_or(0, Vec::len) + 1;
                if rows.len().saturating_mul(column.len()) > MOST_ITEMS / width {
                    return None;
                }
                let longer = rows.iter().flat_map(|row| {
                    column.iter().map(|it| {
                        let mut row = row.clone();
                        row.push(it.clone());
                        row
                    })
                });
                rows = longer.collect();
                self.copies(rows.len() * rows.first().map_or(0, Vec::len));
            }
        }
        Some((rows.into_iter().map(Value::tuple).collect(), false))
    }
}

/// `itertools.repeat(item, times)`
fn repeated(item: &Value, times: i64) -> Option<Items> {
    let times = usize::try_from(times.max(0)).ok()?;
    (times <= MOST_ITEMS).then(|| (vec![item.clone(); times], false))
}
