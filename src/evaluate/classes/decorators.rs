//! The decorators of a class statement: what each is handed, and what becomes of the class that it hands back.

use crate::evaluate::machine::arguments::Arguments;
use crate::evaluate::machine::run::{Eval, Run};
use crate::evaluate::machine::value::{ScopeId, Value};
use crate::semantics::{Assumption, ClassId, CreationStep, Origin, Why};
use crate::source::Place;

impl Run<'_, '_> {
    /// Calls the decorators of a statement, the lowest first, with what came of it: the class that it made, where it made one.
    pub(super) fn decorate(
        &mut self,
        value: Value,
        made_here: Option<ClassId>,
        decorators: &[(Value, Option<Place>)],
        scope: ScopeId,
    ) -> Eval {
        let mut statement = made_here.filter(|it| !self.classes.is_interpreters(*it));
        let mut value = value;
        for (index, (decorator, place)) in decorators.iter().rev().enumerate() {
            let before = value.clone();
            self.note_step(CreationStep::Decorate(index as u32));
            match self.call(decorator, Arguments::of(vec![value]), *place, scope) {
                Err(mut thrown) if self.is_final(&thrown) => {
                    let Some(mut raised) = self.verdict_in(&mut thrown) else {
                        return Err(thrown);
                    };
                    let is_inner = self.is_within_statement(scope);
                    let is_guarded = self.is_guarded() || is_inner;
                    raised.is_caught = is_guarded;
                    let is_of_others = thrown.at.is_some_and(|it| !self.is_own_file(it.file));
                    raised.led_by = place.filter(|_| is_of_others);
                    if is_inner {
                        thrown.verdict = Some(Box::new(raised.clone()));
                    }
                    match statement {
                        Some(class) => {
                            self.class_mut(class).refused = Some(Box::new(raised));
                        }
                        None => thrown.verdict = Some(Box::new(raised)),
                    }
                    if is_guarded || statement.is_none() {
                        thrown.ended.extend(statement);
                        return Err(thrown);
                    }
                    self.is_not_caught(&mut thrown);
                    return Ok(before);
                }
                Err(thrown) if self.is_guarded() => {
                    if let Some(class) = statement {
                        let assumption = self.does_not_raise(&thrown);
                        self.assume(class, vec![assumption]);
                    }
                    return Err(thrown);
                }
                Ok(result) if self.takes_the_place_of(&result, &before) => {
                    value = before.clone();
                }
                // It was followed, and what it returns depends on what could not be decided.
                Ok(result @ Value::Gap(_))
                    if !decorator.is_gap() && self.may_be_another(&result) =>
                {
                    value = result;
                }
                left @ (Ok(Value::Gap(_)) | Err(_)) => {
                    match left {
                        Err(thrown) => self.ends_statements(&thrown),
                        Ok(_) => self.started.lose(),
                    }
                    self.take_for_granted(Assumption {
                        what: String::from("the decorator returns the class it is given"),
                        at: *place,
                    });
                    value = before.clone();
                }
                Ok(result) => value = result,
            }
            self.note_decorated(&value, value.same(&before));
            // Made again, under the same name: that is the class people mean.
            if let (Value::Class(before), Value::Class(after)) = (&before, &value)
                && after > before
                && self.classes.get(*after).path == self.classes.get(*before).path
                && !self.classes.is_subclass(*after, *before)
            {
                self.exchange(*before, *after);
                statement = Some(*after);
            }
        }
        Ok(value)
    }

    /// Makes the second of two classes the one of the statement, and the first one of a call.
    pub(super) fn exchange(&mut self, first: ClassId, second: ClassId) {
        let origin = std::mem::replace(&mut self.class_mut(first).origin, Origin::Interpreter);
        let other = std::mem::replace(&mut self.class_mut(second).origin, origin);
        self.class_mut(first).origin = other;
        if let Some(facts) = self.statements.remove(&first) {
            self.statements.insert(second, facts);
        }
    }

    /// Whether a gap is one of several things, or a thing out of view rather than one that was worked out too slowly.
    fn may_be_another(&self, value: &Value) -> bool {
        let Value::Gap(id) = value else { return false };
        let state = &self.gaps[id.0];
        state.either.len() > 1
            || matches!(
                state.gap.why,
                Why::Undecided | Why::NoSource { .. } | Why::NotInstalled { .. }
            )
    }
}
