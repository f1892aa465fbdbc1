//! The next item: what each kind of source gives when it is asked, and how it ends (`tp_iternext` of CPython's iterators).

use crate::evaluate::language::generator::{Sent, Step};
use crate::evaluate::language::iteration::{Next, Source};
use crate::evaluate::machine::arguments::Arguments;
use crate::evaluate::machine::flow::Thrown;
use crate::evaluate::machine::run::{DEPTH, Eval, Run};
use crate::evaluate::machine::value::{Object, ObjectId, ScopeId, Value};
use crate::semantics::ClassId;
use crate::source::Place;
use crate::syntax::CompareOp;

impl Run<'_, '_> {
    /// The next item of an iterator, which is an object.
    pub(crate) fn next_of(
        &mut self,
        iterator: &Value,
        at: Option<Place>,
        scope: ScopeId,
    ) -> Eval<Next> {
        match iterator {
            Value::Object(id) => match self.object(*id) {
                Object::Iterator(_) => self.advance(*id, at, scope),
                Object::Generator(_) => self.next_generated(*id),
                Object::Instance(instance) => {
                    let class = instance.class;
                    self.next_by_code(iterator, class, at)
                }
                _ => Ok(Next::Lost),
            },
            Value::Class(class) => match self.metaclass_of(*class) {
                Some(metaclass) => self.next_by_code(iterator, metaclass, at),
                None => Ok(Next::Lost),
            },
            _ => Ok(Next::Lost),
        }
    }

    /// `next(iterator)` of the program; the order of sets matters to it.
    pub(crate) fn next_in_order(
        &mut self,
        iterator: &Value,
        at: Option<Place>,
        scope: ScopeId,
    ) -> Eval<Next> {
        self.in_order_of_hashes(false, |run| run.next_of(iterator, at, scope))
    }

    fn advance(&mut self, id: ObjectId, at: Option<Place>, scope: ScopeId) -> Eval<Next> {
        // Iterators of iterators are as deep as calls may be.
        if self.depth >= DEPTH {
            self.lose_iterator(id);
            return Ok(Next::Lost);
        }
        let Object::Iterator(it) = self.object_mut(id) else {
            return Ok(Next::Lost);
        };
        let mut source = std::mem::replace(&mut it.source, Source::Running);
        self.depth += 1;
        let next = self.next_item(&mut source, at, scope);
        self.depth -= 1;
        let next = match next {
            Ok(Some(item)) => Ok(Next::Item(item)),
            Ok(None) if source.is_open() => Ok(Next::Lost),
            Ok(None) => Ok(Next::Over(source.result())),
            Err(thrown) => Err(thrown),
        };
        if let Object::Iterator(it) = self.object_mut(id) {
            it.source = source;
        }
        next
    }

    fn next_generated(&mut self, id: ObjectId) -> Eval<Next> {
        Ok(match self.resume(id, Sent::Value(Value::None))? {
            Step::Yielded(value) => Next::Item(value),
            Step::Over(value) => Next::Over(value),
            Step::Unknown => Next::Lost,
        })
    }

    /// `__next__` of an object, which ends by `StopIteration`.
    fn next_by_code(&mut self, iterator: &Value, class: ClassId, at: Option<Place>) -> Eval<Next> {
        if !self.user_defines(class, "__next__") {
            return Ok(Next::Lost);
        }
        let Some(method) = self.special_method(iterator, class, "__next__") else {
            return Ok(Next::Lost);
        };
        let scope = self.any_scope();
        match self.call(&method, Arguments::default(), at, scope) {
            Ok(item) => Ok(Next::Item(item)),
            Err(thrown) if self.is_stop(&thrown) => {
                let value = match &thrown.value {
                    Value::Object(id) => self.kept(*id, "value"),
                    _ => None,
                };
                Ok(Next::Over(value.unwrap_or(Value::None)))
            }
            Err(thrown) => Err(thrown),
        }
    }

    /// Whether an exception is a `StopIteration`.
    pub(super) fn is_stop(&self, thrown: &Thrown) -> bool {
        thrown
            .class
            .is_some_and(|it| self.classes.is_subclass(it, self.known.stop_iteration))
    }

    /// The next item; none at the end, and before others that are not known.
    pub(super) fn next_item(
        &mut self,
        source: &mut Source,
        at: Option<Place>,
        scope: ScopeId,
    ) -> Eval<Option<Value>> {
        Ok(match self.next_from(source, at, scope)? {
            Next::Item(item) => Some(item),
            Next::Over(value) => {
                *source = Source::Over(value);
                None
            }
            Next::Lost => {
                *source = Source::Lost;
                None
            }
        })
    }

    /// The next item for a statement of the program, to which the order of sets matters.
    pub(crate) fn next_in_turn(
        &mut self,
        source: &mut Source,
        at: Option<Place>,
        scope: ScopeId,
    ) -> Eval<Option<Value>> {
        self.in_order_of_hashes(false, |run| run.next_item(source, at, scope))
    }

    /// The next item for a statement that does not mind their order; `met_disorder` says whether it is that of hashes.
    pub(crate) fn next_in_any_order(
        &mut self,
        source: &mut Source,
        at: Option<Place>,
        scope: ScopeId,
    ) -> Eval<Option<Value>> {
        let before = std::mem::replace(&mut self.any_order, true);
        let next = self.next_item(source, at, scope);
        self.any_order = before;
        next
    }

    /// Notes that it is not known how far an iterator was read; what it may do besides is done.
    pub(crate) fn lose_iterators(&mut self, source: &Source) {
        let scope = self.any_scope();
        match source {
            Source::Of(id) => {
                let before = match self.object_mut(*id) {
                    Object::Iterator(it) => std::mem::replace(&mut it.source, Source::Lost),
                    _ => return,
                };
                if !matches!(before, Source::Of(_)) {
                    self.lose_iterators(&before);
                }
            }
            Source::Generated(id) => {
                if let Object::Generator(it) = self.object_mut(*id) {
                    it.lose();
                    let (body, scope) = (it.body.clone(), it.scope);
                    self.rest_of_generator(&body, scope, None);
                }
            }
            // What would be raised then is raised by none of the items that are known.
            Source::Composite(composite) => {
                let _ = self.rest_of_composite(composite, scope, None);
            }
            Source::Called(function, _) => {
                let none = Arguments::default();
                let _ = self.call_any_number_of_times(function, &none, scope, None);
            }
            Source::Asked(iterator) => {
                let class = self.class_of(iterator);
                if let Some(class) = class
                    && self.user_defines(class, "__next__")
                    && let Some(method) = self.special_method(iterator, class, "__next__")
                {
                    let none = Arguments::default();
                    let _ = self.call_any_number_of_times(&method, &none, scope, None);
                }
            }
            Source::Awaited(iterator) => self.not_followed("__anext__", [iterator], None),
            _ => {}
        }
    }

    fn next_from(
        &mut self,
        source: &mut Source,
        place: Option<Place>,
        scope: ScopeId,
    ) -> Eval<Next> {
        let over = Next::Over(Value::None);
        let item = match source {
            Source::Over(value) => return Ok(Next::Over(value.clone())),
            Source::Lost | Source::Running => return Ok(Next::Lost),
            Source::Items { items, at, open } => match items.get(*at) {
                Some(item) => {
                    *at += 1;
                    Some(item.clone())
                }
                None if *open => return Ok(Next::Lost),
                None => None,
            },
            Source::Text(text, at) => text[*at..].chars().next().map(|it| {
                *at += it.len_utf8();
                Value::str(it.encode_utf8(&mut [0; 4]))
            }),
            Source::Bytes(bytes, at) => bytes.get(*at).map(|&it| {
                *at += 1;
                Value::Int(i64::from(it))
            }),
            Source::Range(range, at) => range.get(*at).map(|it| {
                *at += 1;
                Value::Int(it)
            }),
            Source::List(list, at) => match self.object(*list) {
                Object::List { items, open } => match items.get(*at) {
                    Some(item) => {
                        *at += 1;
                        Some(item.clone())
                    }
                    None if *open => return Ok(Next::Lost),
                    None => None,
                },
                _ => return Ok(Next::Lost),
            },
            Source::ListBack(list, at) => match self.object(*list) {
                // What is not known of it stands at its end.
                Object::List { open: true, .. } => return Ok(Next::Lost),
                Object::List { items, .. } => match at.checked_sub(1) {
                    Some(index) => {
                        *at = index;
                        items.get(index).cloned()
                    }
                    None => None,
                },
                _ => return Ok(Next::Lost),
            },
            Source::Deque {
                deque,
                at,
                state,
                back,
            } => {
                let (deque, state) = (*deque, *state);
                if self.deque_state(deque) != state {
                    let message = String::from("deque mutated during iteration");
                    return Err(self.throw(self.known.runtime_error, message, place));
                }
                let Some((items, open)) = self.items_inside(deque) else {
                    return Ok(Next::Lost);
                };
                let index = if *back {
                    items.len().checked_sub(*at + 1)
                } else {
                    Some(*at)
                };
                match index.and_then(|it| items.get(it)) {
                    Some(item) => {
                        *at += 1;
                        Some(item.clone())
                    }
                    None if open => return Ok(Next::Lost),
                    None => None,
                }
            }
            Source::Set { .. } => return self.next_of_set(source, place),
            Source::Entries { .. } => return self.next_entry(source, place),
            Source::Sequence(value, at) => {
                let index = Value::Int(*at);
                match self.get_item(value, &index, place) {
                    Ok(item) => {
                        *at += 1;
                        Some(item)
                    }
                    Err(thrown) if self.is_stop(&thrown) || self.is_index_error(&thrown) => None,
                    Err(thrown) => return Err(thrown),
                }
            }
            Source::SequenceBack(value, at) => {
                if *at < 0 {
                    return Ok(over);
                }
                let index = Value::Int(*at);
                *at -= 1;
                match self.get_item(value, &index, place) {
                    Ok(item) => Some(item),
                    Err(thrown) if self.is_stop(&thrown) || self.is_index_error(&thrown) => None,
                    Err(thrown) => return Err(thrown),
                }
            }
            Source::Called(function, sentinel) => {
                let (function, sentinel) = (function.clone(), sentinel.clone());
                match self.call(&function, Arguments::default(), place, scope) {
                    Ok(item) => {
                        let equal = self.compare(&item, CompareOp::Eq, &sentinel, place)?;
                        match self.decide(&equal) {
                            Some(true) => None,
                            Some(false) => Some(item),
                            // It may go on from here.
                            None => {
                                self.call_any_number_of_times(
                                    &function,
                                    &Arguments::default(),
                                    scope,
                                    place,
                                )?;
                                return Ok(Next::Lost);
                            }
                        }
                    }
                    Err(thrown) if self.is_stop(&thrown) => None,
                    Err(thrown) => return Err(thrown),
                }
            }
            Source::Asked(iterator) => {
                let iterator = iterator.clone();
                return self.next_of(&iterator, place, scope);
            }
            Source::Awaited(iterator) => {
                let iterator = iterator.clone();
                return self.next_awaited(&iterator, place);
            }
            Source::Generated(id) => return self.next_generated(*id),
            Source::Of(id) => return self.advance(*id, place, scope),
            Source::Composite(composite) => {
                let next = self.next_composite(composite, place, scope)?;
                if let Next::Lost = next {
                    self.rest_of_composite(composite, scope, place)?;
                }
                return Ok(next);
            }
        };
        Ok(item.map_or(over, Next::Item))
    }

    fn is_index_error(&self, thrown: &Thrown) -> bool {
        thrown
            .class
            .is_some_and(|it| self.classes.is_subclass(it, self.known.index_error))
    }

    /// Sets come in the order of hashes: where that is not known, one item alone is (`setiter_iternext`).
    fn next_of_set(&mut self, source: &mut Source, place: Option<Place>) -> Eval<Next> {
        let Source::Set {
            set,
            items: known,
            at,
            ordered,
        } = source
        else {
            return Ok(Next::Lost);
        };
        let Object::Set { items, open, .. } = self.object(*set) else {
            return Ok(Next::Lost);
        };
        if *open && *at >= known.len() {
            return Ok(Next::Lost);
        }
        if items.len() != known.len() {
            if *open {
                return Ok(Next::Lost);
            }
            let message = String::from("Set changed size during iteration");
            return Err(self.throw(self.known.runtime_error, message, place));
        }
        let Some(item) = known.get(*at) else {
            return Ok(Next::Over(Value::None));
        };
        // Another in the place of one that was there.
        if item.key().is_none_or(|key| !items.contains_key(&key))
            && !items.values().any(|it| it.same(item))
        {
            return Ok(Next::Lost);
        }
        if !*ordered && (known.len() > 1 || *open) {
            if !self.any_order {
                return Ok(Next::Lost);
            }
            self.met_disorder = true;
        }
        *at += 1;
        Ok(Next::Item(item.clone()))
    }

    /// `dictiter_iternextkey` and its relatives.
    fn next_entry(&mut self, source: &mut Source, place: Option<Place>) -> Eval<Next> {
        let Source::Entries {
            dict,
            part,
            at,
            count,
            back,
            last,
            order,
        } = source
        else {
            return Ok(Next::Lost);
        };
        let Object::Dict(it) = self.object(*dict) else {
            return Ok(Next::Lost);
        };
        let (open, shuffled) = (it.open, it.is_disordered());
        if it.entries.len() != *count {
            if open {
                return Ok(Next::Lost);
            }
            let message = String::from("dictionary changed size during iteration");
            return Err(self.throw(self.known.runtime_error, message, place));
        }
        let order = order.as_deref();
        let turn = |at: usize| match order {
            Some(order) => order.get(at).copied(),
            None if *back => count.checked_sub(at + 1),
            None => Some(at),
        };
        let index = turn(*at);
        // Others in the place of those that were there.
        let before = at
            .checked_sub(1)
            .and_then(|at| it.entries.get_index(turn(at)?).map(|(key, _)| key));
        if before != last.as_ref() || (*back && open) {
            return Ok(Next::Lost);
        }
        let Some((key, entry)) = index.and_then(|index| it.entries.get_index(index)) else {
            return Ok(if open {
                Next::Lost
            } else {
                Next::Over(Value::None)
            });
        };
        let item = part.of(entry.clone());
        let key = key.clone();
        if shuffled && order.is_none() {
            if !self.any_order {
                return Ok(Next::Lost);
            }
            self.met_disorder = true;
        }
        *last = Some(key);
        *at += 1;
        Ok(Next::Item(item))
    }
}
