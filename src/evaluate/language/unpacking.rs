//! Unpacking to targets, `len`, and `in` over what is iterated: how many items there are, and which.

use crate::evaluate::language::iteration::Source;
use crate::evaluate::language::special::Special;
use crate::evaluate::machine::run::{Eval, Run};
use crate::evaluate::machine::value::{Instance, Object, ScopeId, Value};
use crate::source::Place;
use crate::syntax::{Expr, ExprKind};

impl Run<'_, '_> {
    /// `a, b = value`: as many items as there are targets, asked for before the first is bound (`_PyEval_UnpackIterable`).
    pub(super) fn unpack(
        &mut self,
        targets: &[Expr],
        value: &Value,
        scope: ScopeId,
        at: Option<Place>,
    ) -> Eval<()> {
        let Some(items) = self.unpacked(targets, value, scope, at)? else {
            self.perhaps_raises("ValueError", at)?;
            for target in targets {
                let part = self.any_item_of(value, at);
                self.assign(target, part, scope, at)?;
            }
            return Ok(());
        };
        for (target, item) in targets.iter().zip(items) {
            self.assign(target, item, scope, at)?;
        }
        Ok(())
    }

    /// What each target is given; none where that is not known.
    fn unpacked(
        &mut self,
        targets: &[Expr],
        value: &Value,
        scope: ScopeId,
        at: Option<Place>,
    ) -> Eval<Option<Vec<Value>>> {
        let is_starred = |it: &Expr| matches!(it.kind, ExprKind::Starred(_));
        let star = targets.iter().position(is_starred);
        let wanted = star.unwrap_or(targets.len());
        let mut source = match self.source(value, at) {
            Ok(source) => source,
            Err(thrown)
                if self.is_type_error_of_iteration(&thrown, value)
                    && !self.has_special(value, "__iter__") =>
            {
                let name = self.class_name_of(value);
                let message = format!("cannot unpack non-iterable {name} object");
                return Err(self.type_error(&message, at));
            }
            Err(thrown) => return Err(thrown),
        };
        let mut items = vec![];
        while items.len() < wanted {
            match self.next_in_turn(&mut source, at, scope)? {
                Some(item) => items.push(item),
                None if source.is_open() => return Ok(None),
                None => {
                    let message = match star {
                        Some(_) => format!(
                            "not enough values to unpack (expected at least {}, got {})",
                            targets.len() - 1,
                            items.len()
                        ),
                        None => {
                            format!(
                                "not enough values to unpack (expected {wanted}, got {})",
                                items.len()
                            )
                        }
                    };
                    return Err(self.throw(self.known.value_error, message, at));
                }
            }
        }
        let Some(star) = star else {
            // One more is asked for, to see that there is none.
            return match self.next_in_turn(&mut source, at, scope)? {
                None if source.is_open() => Ok(None),
                None => Ok(Some(items)),
                Some(_) => {
                    let message = match (self.is_at_least(14), self.size_at_once(value)) {
                        (true, Some(size)) => {
                            format!("too many values to unpack (expected {wanted}, got {size})")
                        }
                        _ => format!("too many values to unpack (expected {wanted})"),
                    };
                    Err(self.throw(self.known.value_error, message, at))
                }
            };
        };
        let mut rest = vec![];
        while self.round() {
            match self.next_in_turn(&mut source, at, scope)? {
                Some(item) => rest.push(item),
                None => break,
            }
        }
        if !matches!(source, Source::Over(_)) {
            return Ok(None);
        }
        let after = targets.len() - star - 1;
        let Some(kept) = rest.len().checked_sub(after) else {
            let message = format!(
                "not enough values to unpack (expected at least {}, got {})",
                targets.len() - 1,
                items.len() + rest.len()
            );
            return Err(self.throw(self.known.value_error, message, at));
        };
        let last = rest.split_off(kept);
        let rest = self.list(rest);
        items.push(rest);
        items.extend(last);
        Ok(Some(items))
    }

    /// Whether an exception says that the value itself cannot be iterated, rather than something in its `__iter__`.
    fn is_type_error_of_iteration(
        &self,
        thrown: &crate::evaluate::machine::flow::Thrown,
        value: &Value,
    ) -> bool {
        let name = self.class_name_of(value);
        thrown.class == Some(self.known.type_error)
            && thrown.message.as_deref() == Some(&format!("'{name}' object is not iterable"))
    }

    /// The size of what tells it without being iterated, as 3.14 says it.
    fn size_at_once(&self, value: &Value) -> Option<usize> {
        match value {
            Value::Tuple(items) => Some(items.len()),
            Value::Object(id) => match self.object(*id) {
                Object::List { items, open: false } => Some(items.len()),
                Object::Dict(dict) if dict.view.is_none() && !dict.open => Some(dict.entries.len()),
                _ => None,
            },
            _ => None,
        }
    }

    /// `len(value)`; none where it cannot be told.
    pub(crate) fn length_of(&mut self, value: &Value, at: Option<Place>) -> Eval<Option<usize>> {
        let lacks = |run: &mut Self| {
            let name = run.class_name_of(value);
            run.type_error(&format!("object of type '{name}' has no len()"), at)
        };
        Ok(match value {
            Value::Native(path) if path.module == "builtins" && !path.qualname.contains('.') => {
                return Err(lacks(self));
            }
            Value::Module(_) => return Err(lacks(self)),
            Value::Gap(id) => {
                let known = &self.known;
                let without = [
                    known.int,
                    known.float,
                    known.complex,
                    known.bool_,
                    known.none_type,
                ];
                if self.gaps[id.0]
                    .class
                    .is_some_and(|it| without.contains(&it))
                {
                    return Err(lacks(self));
                }
                None
            }
            Value::Method(_) | Value::Native(_) => None,
            Value::Tuple(items) => Some(items.len()),
            Value::Str(text) if crate::evaluate::machine::identity::has_address(text) => {
                self.lose();
                None
            }
            Value::Str(text) => Some(text.chars().count()),
            Value::Bytes(bytes) => Some(bytes.len()),
            Value::Range(range) => usize::try_from(range.len()).ok(),
            Value::Class(class) => {
                if let Some(members) = self.enum_members(*class) {
                    return Ok(Some(members.len()));
                }
                match self.metaclass_of(*class) {
                    Some(metaclass)
                        if self.is_whole(metaclass) && !self.defines(metaclass, "__len__") =>
                    {
                        return Err(lacks(self));
                    }
                    Some(metaclass) => match self.special_of(value, metaclass, "__len__")? {
                        Special::Code(method) => return self.length_from(&method, at),
                        Special::Missing => return Err(lacks(self)),
                        _ => None,
                    },
                    None => None,
                }
            }
            Value::Object(id) => match self.object(*id) {
                Object::List { items, open } => (!*open).then_some(items.len()),
                Object::Set { items, open, .. } => (!*open).then_some(items.len()),
                Object::Dict(dict) => match dict.view {
                    Some(_) => None,
                    None => (!dict.open).then_some(dict.entries.len()),
                },
                Object::View { of, .. } => {
                    let of = self.mapping_in(of);
                    return match of {
                        Some(dict) => self.length_of(&Value::Object(dict), at),
                        None => Ok(None),
                    };
                }
                Object::Instance(Instance { class, payload, .. }) => {
                    let (class, payload) = (*class, payload.clone());
                    if let Some(chained) = self.chained(value) {
                        return Ok((!chained.open).then_some(chained.entries.len()));
                    }
                    match self.special_of(value, class, "__len__")? {
                        Special::Code(method) => return self.length_from(&method, at),
                        Special::Missing => return Err(lacks(self)),
                        Special::Builtin(_) | Special::Unknown => {}
                    }
                    match payload {
                        Some(payload) if self.is_container(class) => {
                            return self.length_of(&payload, at);
                        }
                        _ if !self.is_whole(class) || self.defines(class, "__len__") => None,
                        _ => return Err(lacks(self)),
                    }
                }
                Object::Alias(_) | Object::Super { .. } => None,
                _ => return Err(lacks(self)),
            },
            _ => return Err(lacks(self)),
        })
    }

    /// What a `__len__` gives, as a size (`slot_sq_length`).
    pub(crate) fn length_from(&mut self, method: &Value, at: Option<Place>) -> Eval<Option<usize>> {
        let answer = self.call_method(method, vec![], at)?;
        let Some(length) = self.index_of(&answer, at)? else {
            return Ok(None);
        };
        let Ok(length) = usize::try_from(length) else {
            let message = String::from("__len__() should return >= 0");
            return Err(self.throw(self.known.value_error, message, at));
        };
        Ok(Some(length))
    }

    /// `item in container`, where the container has no other way to tell than to be iterated, up to the item (`_PySequence_IterSearch`).
    pub(crate) fn found_in(
        &mut self,
        container: &Value,
        item: &Value,
        at: Option<Place>,
    ) -> Eval<Option<bool>> {
        if let Value::Range(range) = container
            && let Some(place) = self.place_in_range(range, item)
        {
            return Ok(Some(place.is_some()));
        }
        if let Value::Object(id) = container
            && let Object::View { of, part } = self.object(*id)
        {
            let (of, part) = (of.clone(), *part);
            return self.found_in_view(&of, part, item, at);
        }
        let is_read = match container {
            Value::Object(id) => {
                matches!(self.object(*id), Object::Iterator(_) | Object::Generator(_))
            }
            _ => false,
        };
        let scope = self.any_scope();
        let mut source = match self.source(container, at) {
            Ok(source) => source,
            // Whatever `TypeError` it is (`_PySequence_IterSearch`).
            Err(thrown)
                if thrown.class == Some(self.known.type_error)
                    && (self.is_traced()
                        || self.is_type_error_of_iteration(&thrown, container)) =>
            {
                let name = self.class_name_of(container);
                let message = if self.is_at_least(14) {
                    format!("argument of type '{name}' is not a container or iterable")
                } else {
                    format!("argument of type '{name}' is not iterable")
                };
                return Err(self.type_error(&message, at));
            }
            Err(thrown) => return Err(thrown),
        };
        let mut undecided = false;
        while self.round() {
            let next = if is_read {
                self.next_in_turn(&mut source, at, scope)?
            } else {
                self.next_in_any_order(&mut source, at, scope)?
            };
            let Some(it) = next else {
                undecided |= source.is_open();
                return Ok((!undecided).then_some(false));
            };
            match self.same_or_equal(&it, item, at)? {
                Some(true) if undecided && is_read => break,
                Some(true) => return Ok(Some(true)),
                Some(false) => {}
                None => undecided = true,
            }
        }
        if is_read {
            // How far it was read is not known.
            self.lose_iterators(&source);
        }
        Ok(None)
    }
}
