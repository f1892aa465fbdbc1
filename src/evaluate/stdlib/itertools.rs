//! Calls of `zip`, `map`, `enumerate`, `reversed` and of the classes of `itertools`: which iterator each makes, and what it refuses.

use crate::evaluate::language::composite_iterators::{Composite, Rule};
use crate::evaluate::language::items::MOST_ITEMS;
use crate::evaluate::language::iteration::{Iterator, Next, Source};
use crate::evaluate::language::special::Special;
use crate::evaluate::machine::arguments::Arguments;
use crate::evaluate::machine::run::{Eval, Run};
use crate::evaluate::machine::value::{Instance, Object, Part, ScopeId, Value};
use crate::source::Place;

/// The name of a class of iterators that can be made.
pub(super) fn iterator_named(name: &str) -> Option<&'static str> {
    const ALL: [&str; 23] = [
        "map",
        "zip",
        "zip_longest",
        "chain",
        "product",
        "enumerate",
        "reversed",
        "cycle",
        "pairwise",
        "filter",
        "filterfalse",
        "takewhile",
        "dropwhile",
        "starmap",
        "islice",
        "count",
        "repeat",
        "accumulate",
        "batched",
        "compress",
        "groupby",
        "combinations",
        "permutations",
    ];
    if name == "combinations_with_replacement" {
        return Some("combinations_with_replacement");
    }
    ALL.into_iter().find(|it| *it == name)
}

impl Run<'_, '_> {
    /// The iterator that a call of such a class makes; none where it cannot be told.
    pub(super) fn iterator(
        &mut self,
        kind: &'static str,
        arguments: &Arguments,
        at: Option<Place>,
    ) -> Eval<Option<Value>> {
        if arguments.is_open() {
            return Ok(None);
        }
        let composite = match kind {
            "map" => {
                let [function, columns @ ..] = arguments.positional.as_slice() else {
                    return Err(self.type_error("map() must have at least two arguments.", at));
                };
                if columns.is_empty() {
                    return Err(self.type_error("map() must have at least two arguments.", at));
                }
                if !arguments.keywords.is_empty() {
                    return if self.is_at_least(14) {
                        Ok(None)
                    } else {
                        Err(self.type_error("map() takes no keyword arguments", at))
                    };
                }
                let (function, columns) = (function.clone(), columns.to_vec());
                Composite::Map(function, self.iterators_of(&columns, at)?)
            }
            "zip" => {
                let strict = match arguments.keywords.as_slice() {
                    [] => false,
                    [(name, strict)] if name == "strict" && self.is_at_least(10) => {
                        match self.decide(strict) {
                            Some(strict) => strict,
                            None => return Ok(None),
                        }
                    }
                    _ => {
                        let message = if self.is_at_least(10) {
                            "zip() got an unexpected keyword argument"
                        } else {
                            "zip() takes no keyword arguments"
                        };
                        return Err(self.type_error(message, at));
                    }
                };
                Composite::Zip(self.iterators_of(&arguments.positional, at)?, strict)
            }
            "zip_longest" => {
                let fill = match arguments.keywords.as_slice() {
                    [] => Value::None,
                    [(name, fill)] if name == "fillvalue" => fill.clone(),
                    _ => {
                        let message = "zip_longest() got an unexpected keyword argument";
                        return Err(self.type_error(message, at));
                    }
                };
                let columns = self.iterators_of(&arguments.positional, at)?;
                Composite::ZipLongest(columns.into_iter().map(Some).collect(), fill)
            }
            "chain" => {
                if !arguments.keywords.is_empty() {
                    return Err(self.type_error("chain() takes no keyword arguments", at));
                }
                let all = Value::tuple(arguments.positional.clone());
                Composite::Chain(None, self.iterator_of(&all, at)?)
            }
            "product" => return self.product(arguments, at),
            _ => return self.iterator_of_parts(kind, arguments, at),
        };
        Ok(Some(self.composite(composite)))
    }

    fn iterators_of(&mut self, iterables: &[Value], at: Option<Place>) -> Eval<Vec<Value>> {
        iterables
            .iter()
            .map(|it| self.iterator_of(it, at))
            .collect()
    }

    /// Those whose arguments have names or a fixed number.
    fn iterator_of_parts(
        &mut self,
        kind: &'static str,
        arguments: &Arguments,
        at: Option<Place>,
    ) -> Eval<Option<Value>> {
        let (names, least): (&[&str], usize) = match kind {
            "enumerate" => (&["iterable", "start"], 1),
            "reversed" | "cycle" | "pairwise" => (&[""], 1),
            "filter" | "filterfalse" | "takewhile" | "dropwhile" | "starmap" => (&["", ""], 2),
            "islice" => (&["", "", "", ""], 2),
            "count" => (&["start", "step"], 0),
            "repeat" => (&["object", "times"], 1),
            "accumulate" => (&["iterable", "func", "initial"], 1),
            "batched" if self.is_at_least(13) => (&["iterable", "n", "strict"], 2),
            "batched" => (&["iterable", "n"], 2),
            "compress" => (&["data", "selectors"], 2),
            "groupby" => (&["iterable", "key"], 1),
            "combinations" | "combinations_with_replacement" => (&["iterable", "r"], 2),
            "permutations" => (&["iterable", "r"], 1),
            _ => return Ok(None),
        };
        let Some(given) = self.placed(arguments, kind, names, least, at)? else {
            return Ok(None);
        };
        // The last of its three is taken by name alone.
        if kind == "accumulate" && arguments.positional.len() > 2 {
            let given = arguments.positional.len();
            let message =
                format!("accumulate() takes at most 2 positional arguments ({given} given)");
            return Err(self.type_error(&message, at));
        }
        let part = |index: usize| given.get(index).cloned().flatten();
        let first = part(0).unwrap_or(Value::None);
        let second = part(1);
        let composite = match kind {
            "enumerate" => {
                let start = match second {
                    None => 0,
                    Some(start) => match self.index_of(&start, at)? {
                        Some(start) => start,
                        None => return Ok(None),
                    },
                };
                Composite::Enumerate(self.iterator_of(&first, at)?, start)
            }
            "reversed" => return self.reversed(&first, at),
            "filter" | "filterfalse" | "takewhile" | "dropwhile" => Composite::Filter {
                rule: match kind {
                    "filter" => Rule::True,
                    "filterfalse" => Rule::False,
                    "takewhile" => Rule::While,
                    _ => Rule::After,
                },
                over: self.iterator_of(&second.unwrap_or(Value::None), at)?,
                // `None` stands for `bool` in two of them; in the others it is called, and is not callable.
                function: match first {
                    Value::None if kind.ends_with("while") => return Ok(None),
                    first => first,
                },
                begun: false,
            },
            "starmap" => {
                Composite::Starmap(first, self.iterator_of(&second.unwrap_or(Value::None), at)?)
            }
            "islice" => return self.islice(&given, at),
            "cycle" => Composite::Cycle {
                over: Some(self.iterator_of(&first, at)?),
                saved: vec![],
                at: 0,
            },
            "pairwise" => Composite::Pairwise(self.iterator_of(&first, at)?, None),
            "count" => {
                let start = part(0).unwrap_or(Value::Int(0));
                let step = second.unwrap_or(Value::Int(1));
                for number in [&start, &step] {
                    match self.plain(number) {
                        Value::Int(_) | Value::BigInt(_) | Value::Float(_) | Value::Bool(_) => {}
                        Value::Str(_) | Value::None | Value::Tuple(_) | Value::Bytes(_) => {
                            return Err(self.type_error("a number is required", at));
                        }
                        _ => return Ok(None),
                    }
                }
                Composite::Count(start, step)
            }
            "repeat" => {
                let times = match second {
                    None => None,
                    Some(times) => match self.index_of(&times, at)? {
                        Some(times) => Some(u64::try_from(times).unwrap_or(0)),
                        None => return Ok(None),
                    },
                };
                Composite::Repeat(first, times)
            }
            "accumulate" => Composite::Accumulate {
                over: self.iterator_of(&first, at)?,
                function: second.unwrap_or(Value::None),
                total: None,
                initial: part(2).filter(|it| !matches!(it, Value::None)),
            },
            "batched" => {
                let Some(size) = self.index_of(&second.unwrap_or(Value::None), at)? else {
                    return Ok(None);
                };
                let Some(size) = usize::try_from(size).ok().filter(|&it| it > 0) else {
                    let message = String::from("n must be at least one");
                    return Err(self.throw(self.known.value_error, message, at));
                };
                let strict = match part(2) {
                    None => Some(false),
                    Some(strict) => self.decide(&strict),
                };
                let Some(strict) = strict else {
                    return Ok(None);
                };
                Composite::Batched(self.iterator_of(&first, at)?, size, strict)
            }
            "compress" => {
                let data = self.iterator_of(&first, at)?;
                Composite::Compress(data, self.iterator_of(&second.unwrap_or(Value::None), at)?)
            }
            "groupby" => {
                let over = self.iterator_of(&first, at)?;
                return Ok(Some(self.grouped_by(over, second.unwrap_or(Value::None))));
            }
            _ => return self.choices(kind, &first, second, at),
        };
        Ok(Some(self.composite(composite)))
    }

    /// `itertools.islice(iterable, stop)`, `islice(iterable, start, stop, step)`
    fn islice(&mut self, given: &[Option<Value>], at: Option<Place>) -> Eval<Option<Value>> {
        let mut bounds = vec![];
        for bound in given.iter().skip(1).flatten() {
            bounds.push(match self.plain(bound) {
                Value::None => None,
                Value::Int(number) => Some(number),
                Value::Bool(it) => Some(i64::from(it)),
                Value::Gap(_) | Value::Object(_) | Value::BigInt(_) => return Ok(None),
                _ => Some(-1),
            });
        }
        let (start, stop, step) = match bounds.as_slice() {
            [stop] => (None, *stop, None),
            [start, stop] => (*start, *stop, None),
            [start, stop, step] => (*start, *stop, *step),
            _ => return Ok(None),
        };
        let positive = "must be None or an integer: 0 <= x <= sys.maxsize.";
        let message = if stop.is_some_and(|it| it < 0) {
            Some(match bounds.len() {
                1 => format!("Stop argument for islice() {positive}"),
                _ => format!("Indices for islice() {positive}"),
            })
        } else if start.is_some_and(|it| it < 0) {
            Some(format!("Indices for islice() {positive}"))
        } else if step.is_some_and(|it| it < 1) {
            Some(String::from(
                "Step for islice() must be a positive integer or None.",
            ))
        } else {
            None
        };
        if let Some(message) = message {
            return Err(self.throw(self.known.value_error, message, at));
        }
        let first = given.first().cloned().flatten().unwrap_or(Value::None);
        let number = |it: i64| u64::try_from(it).unwrap_or(0);
        let composite = Composite::Islice {
            over: self.iterator_of(&first, at)?,
            count: 0,
            next: start.map_or(0, number),
            stop: stop.map(number),
            step: step.map_or(1, number),
        };
        Ok(Some(self.composite(composite)))
    }

    /// `reversed(value)`
    fn reversed(&mut self, value: &Value, at: Option<Place>) -> Eval<Option<Value>> {
        let back = |run: &mut Self, of: &Value, length: usize| {
            let last = i64::try_from(length).unwrap_or(0) - 1;
            run.iterator_object(Source::SequenceBack(of.clone(), last))
        };
        Ok(match value {
            Value::Class(class)
                if self.metaclass_of(*class).is_some_and(|it| {
                    self.is_whole(it)
                        && !self.defines(it, "__reversed__")
                        && !self.defines(it, "__getitem__")
                }) =>
            {
                return Err(self.not_reversible(value, at));
            }
            Value::Native(path) if path.module == "builtins" && !path.qualname.contains('.') => {
                return Err(self.not_reversible(value, at));
            }
            Value::Gap(_) | Value::Native(_) | Value::Method(_) | Value::Class(_) => None,
            Value::Tuple(items) => Some(back(self, value, items.len())),
            Value::Str(text) => Some(back(self, value, text.chars().count())),
            Value::Bytes(bytes) => Some(back(self, value, bytes.len())),
            Value::Range(range) => {
                let reversed = range.reversed();
                let range = std::sync::Arc::new(reversed);
                Some(self.iterator_object(Source::Range(range, 0)))
            }
            Value::Object(id) => {
                let id = *id;
                match self.object(id) {
                    Object::List { items, .. } => {
                        let count = items.len();
                        Some(self.iterator_object(Source::ListBack(id, count)))
                    }
                    Object::Dict(_) => {
                        let source = self.source_of_entries(value, Part::Keys, true);
                        Some(self.iterator_object(source))
                    }
                    Object::View { of, part } => {
                        let (of, part) = (of.clone(), *part);
                        let source = self.source_of_entries(&of, part, true);
                        Some(self.iterator_object(source))
                    }
                    Object::Instance(Instance { class, payload, .. }) => {
                        let (class, payload) = (*class, payload.clone());
                        let found = self.special_of(value, class, "__reversed__")?;
                        match found {
                            Special::Code(Value::None) => {
                                return Err(self.not_reversible(value, at));
                            }
                            Special::Code(method) => {
                                return self.call_method(&method, vec![], at).map(Some);
                            }
                            Special::Unknown => return Ok(None),
                            _ if self.is_under(class, "collections", "deque") => {
                                let state = self.deque_state(id);
                                return Ok(Some(self.iterator_object(Source::Deque {
                                    deque: id,
                                    at: 0,
                                    state,
                                    back: true,
                                })));
                            }
                            Special::Builtin(_) => {
                                return match payload.filter(|_| self.is_container(class)) {
                                    Some(payload) => self.reversed(&payload, at),
                                    None => Ok(None),
                                };
                            }
                            Special::Missing => {}
                        }
                        if self.find_in_mro(class, "__getitem__").is_none()
                            || self.classes.is_subclass(class, self.known.dict)
                        {
                            return Err(self.not_reversible(value, at));
                        }
                        // A sequence is asked for its length (`reversed_new_impl`).
                        let length = self.length_of(value, at)?;
                        return Ok(length.map(|length| back(self, value, length)));
                    }
                    Object::Alias(_) | Object::Super { .. } => None,
                    _ => return Err(self.not_reversible(value, at)),
                }
            }
            _ => return Err(self.not_reversible(value, at)),
        })
    }

    fn not_reversible(
        &mut self,
        value: &Value,
        at: Option<Place>,
    ) -> Box<crate::evaluate::machine::flow::Thrown> {
        let message = format!("'{}' object is not reversible", self.class_name_of(value));
        self.throw(self.known.type_error, message, at)
    }

    /// `itertools.product(*iterables, repeat=times)`, which reads all of them when it is made.
    fn product(&mut self, arguments: &Arguments, at: Option<Place>) -> Eval<Option<Value>> {
        let times = match arguments.keywords.as_slice() {
            [] => 1,
            [(name, times)] if name == "repeat" => match self.index_of(times, at)? {
                Some(times) if times < 0 => {
                    let message = String::from("repeat argument cannot be negative");
                    return Err(self.throw(self.known.value_error, message, at));
                }
                Some(times) => usize::try_from(times).unwrap_or(0),
                None => return Ok(None),
            },
            _ => {
                return Err(self.type_error("product() got an unexpected keyword argument", at));
            }
        };
        let mut columns = Vec::with_capacity(arguments.positional.len());
        for iterable in &arguments.positional {
            let column = self.items_of(iterable, at)?;
            if column.open {
                return Ok(None);
            }
            columns.push(column.items);
        }
        let mut rows: Vec<Vec<Value>> = vec![vec![]];
        for _ in 0..times.min(MOST_ITEMS) {
            for column in &columns {
                let width = rows.first().map_or(0, Vec::len) + 1;
                if rows.len().saturating_mul(column.len()) > MOST_ITEMS / width {
                    return Ok(None);
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
        Ok(Some(self.made("product", rows)))
    }

    fn made(&mut self, class: &'static str, rows: Vec<Vec<Value>>) -> Value {
        let items: Vec<Value> = rows.into_iter().map(Value::tuple).collect();
        self.composite(Composite::Made {
            class,
            items: items.into(),
            at: 0,
        })
    }

    /// `permutations`, `combinations` and `combinations_with_replacement`, by positions, in their order.
    fn choices(
        &mut self,
        kind: &'static str,
        iterable: &Value,
        size: Option<Value>,
        at: Option<Place>,
    ) -> Eval<Option<Value>> {
        let pool = self.items_of(iterable, at)?;
        if pool.open {
            return Ok(None);
        }
        let pool = pool.items;
        let size = match size {
            None => i64::try_from(pool.len()).unwrap_or(0),
            Some(Value::None) if kind == "permutations" => i64::try_from(pool.len()).unwrap_or(0),
            Some(Value::Float(_) | Value::Str(_) | Value::None) if kind == "permutations" => {
                return Err(self.type_error("Expected int as r", at));
            }
            Some(size) => match self.index_of(&size, at)? {
                Some(size) => size,
                None => return Ok(None),
            },
        };
        let Ok(size) = usize::try_from(size) else {
            let message = String::from("r must be non-negative");
            return Err(self.throw(self.known.value_error, message, at));
        };
        let replaces = kind == "combinations_with_replacement";
        if (size > pool.len() && !replaces) || (size > 0 && pool.is_empty()) {
            return Ok(Some(self.made(kind, vec![])));
        }
        let mut rows: Vec<Vec<usize>> = vec![vec![]];
        for _ in 0..size {
            let mut longer: Vec<Vec<usize>> = vec![];
            for row in &rows {
                for index in 0..pool.len() {
                    let fits = match kind {
                        "permutations" => !row.contains(&index),
                        "combinations" => row.last().is_none_or(|&last| last < index),
                        _ => row.last().is_none_or(|&last| last <= index),
                    };
                    if fits {
                        if longer.len() * size > MOST_ITEMS {
                            return Ok(None);
                        }
                        let mut row = row.clone();
                        row.push(index);
                        longer.push(row);
                    }
                }
                self.copies(pool.len());
            }
            rows = longer;
        }
        let rows = rows
            .into_iter()
            .map(|row| row.into_iter().map(|at| pool[at].clone()).collect())
            .collect();
        Ok(Some(self.made(kind, rows)))
    }

    /// `itertools.tee(iterable, n)`
    pub(super) fn tee(&mut self, arguments: &Arguments, at: Option<Place>) -> Eval<Option<Value>> {
        let Some(given) = self.placed(arguments, "tee", &["", ""], 1, at)? else {
            return Ok(None);
        };
        let count = match given.get(1).cloned().flatten() {
            None => 2,
            Some(count) => match self.index_of(&count, at)? {
                Some(count) => count,
                None => return Ok(None),
            },
        };
        let Ok(count) = usize::try_from(count) else {
            let message = String::from("n must be >= 0");
            return Err(self.throw(self.known.value_error, message, at));
        };
        if count > 1_000 {
            return Ok(None);
        }
        let iterable = given.first().cloned().flatten().unwrap_or(Value::None);
        let over = self.iterator_of(&iterable, at)?;
        if count == 0 {
            return Ok(Some(Value::tuple(vec![])));
        }
        // One of several is copied, and is the first of them itself (until 3.13).
        if let Value::Object(id) = over
            && let Object::Iterator(it) = self.object(id)
            && let Iterator {
                source: Source::Composite(it),
                ..
            } = &**it
            && matches!(**it, Composite::Tee { .. })
        {
            let copy = (**it).clone();
            let mut all = vec![];
            if self.is_at_least(14) {
                all.push(self.composite(copy.clone()));
            } else {
                all.push(over.clone());
            }
            for _ in 1..count {
                all.push(self.composite(copy.clone()));
            }
            return Ok(Some(Value::tuple(all)));
        }
        let read = self.list(vec![]);
        let Value::Object(read) = read else {
            return Ok(None);
        };
        let all = (0..count).map(|_| {
            let tee = Composite::Tee {
                over: over.clone(),
                read,
                at: 0,
            };
            self.composite(tee)
        });
        Ok(Some(Value::tuple(all.collect())))
    }

    /// `next(iterator, default)`
    pub(crate) fn asked_for_next(
        &mut self,
        arguments: &Arguments,
        at: Option<Place>,
        scope: ScopeId,
    ) -> Eval<Option<Value>> {
        let Some(given) = self.placed(arguments, "next", &["", ""], 1, at)? else {
            return Ok(None);
        };
        let iterator = given.first().cloned().flatten().unwrap_or(Value::None);
        if !self.may_be_iterator(&iterator) {
            let name = self.class_name_of(&iterator);
            let message = format!("'{name}' object is not an iterator");
            return Err(self.type_error(&message, at));
        }
        let default = given.get(1).cloned().flatten();
        // `StopIteration` of an object's own passes as it is.
        Ok(match (self.next_in_order(&iterator, at, scope)?, default) {
            (Next::Item(item), _) => Some(item),
            (Next::Over(_), Some(default)) => Some(default),
            (Next::Over(value), None) => return Err(self.stop_iteration(value, at)),
            (Next::Lost, _) => None,
        })
    }

    /// Whether a value may have a `__next__`.
    fn may_be_iterator(&self, value: &Value) -> bool {
        match value {
            Value::Gap(_)
            | Value::Class(_)
            | Value::Module(_)
            | Value::Method(_)
            | Value::Native(_) => true,
            Value::Object(id) => match self.object(*id) {
                Object::Iterator(_) | Object::Generator(_) | Object::Super { .. } => true,
                Object::Instance(it) => {
                    !self.is_whole(it.class) || self.defines(it.class, "__next__")
                }
                _ => false,
            },
            _ => false,
        }
    }

    /// `iter(value)`, `iter(function, sentinel)`
    pub(crate) fn asked_for_iterator(
        &mut self,
        arguments: &Arguments,
        at: Option<Place>,
    ) -> Eval<Option<Value>> {
        let Some(given) = self.placed(arguments, "iter", &["", ""], 1, at)? else {
            return Ok(None);
        };
        let value = given.first().cloned().flatten().unwrap_or(Value::None);
        match given.get(1).cloned().flatten() {
            None => {
                let iterator = self.iterator_of(&value, at)?;
                Ok(Some(iterator).filter(|it| !it.is_gap()))
            }
            Some(sentinel) => {
                let is_callable = match &value {
                    Value::Class(_) | Value::Native(_) | Value::Method(_) => true,
                    Value::Gap(_) | Value::Module(_) => return Ok(None),
                    other => match self.class_of(other) {
                        Some(class) => self.find_in_mro(class, "__call__").is_some(),
                        None => return Ok(None),
                    },
                };
                if !is_callable {
                    // Only 3.12 says it so.
                    let message = if self.is_at_least(12) && !self.is_at_least(13) {
                        "iter(object, sentinel): object must be callable"
                    } else {
                        "iter(v, w): v must be callable"
                    };
                    return Err(self.type_error(message, at));
                }
                Ok(Some(self.iterator_object(Source::Called(value, sentinel))))
            }
        }
    }
}
