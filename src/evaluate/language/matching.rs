//! `match` statements: which case takes a subject (language reference 8.6), as far as that can be told.

use crate::Name;
use crate::evaluate::language::statements::flow;
use crate::evaluate::machine::flow::Flow;
use crate::evaluate::machine::run::{Eval, Run};
use crate::evaluate::machine::value::{Dict, Object, ScopeId, Value};
use crate::semantics::{ClassId, Why};
use crate::source::Place;
use crate::syntax::{Case, CompareOp, Pattern, Stmt};

/// What patterns bind.
type Bound = Vec<(Name, Value)>;

/// Builtin classes whose one positional pattern is asked of the subject itself (language reference 8.6.4.10).
const ASKED_THEMSELVES: [&str; 11] = [
    "bool",
    "bytearray",
    "bytes",
    "dict",
    "float",
    "frozenset",
    "int",
    "list",
    "set",
    "str",
    "tuple",
];

impl Run<'_, '_> {
    /// Runs the first case that takes the subject; where that cannot be told, it is tried both ways.
    pub(super) fn exec_cases(
        &mut self,
        subject: &Value,
        cases: &[Case],
        scope: ScopeId,
        stmt: &Stmt,
    ) -> Flow {
        self.decided_here = self.decided_here.wrapping_add(1);
        let Some((case, rest)) = cases.split_first() else {
            return Flow::Next;
        };
        let at = self.place(scope, stmt.start, stmt.start);
        let mut bound = vec![];
        let matched = flow!(self.matched(subject, &case.pattern, scope, at, &mut bound));
        if matched == Some(false) {
            return self.exec_cases(subject, rest, scope, stmt);
        }
        if matched.is_none() {
            // A pattern that may have been taken binds what it can.
            for name in names(&case.pattern) {
                if bound.iter().all(|(known, _)| known != name) {
                    let gap = self.gap(Why::Undecided, name, at);
                    bound.push((name.clone(), gap));
                }
            }
        }
        // Whether the case is taken is decided once, so that the cases behind it are run once.
        let taken = |run: &mut Self| -> Eval {
            for (name, value) in bound {
                run.store(&name, value, scope, at);
            }
            match &case.guard {
                Some(guard) => run.eval(guard, scope),
                None => Ok(Value::Bool(true)),
            }
        };
        let is_taken = flow!(match matched {
            Some(_) => taken(self),
            None => self.either_value(at, taken, |_| Ok(Value::Bool(false))),
        });
        match self.decide(&is_taken) {
            Some(true) => self.exec_block(&case.body, scope),
            Some(false) => self.exec_cases(subject, rest, scope, stmt),
            None => self.fork(
                at,
                |run| run.exec_block(&case.body, scope),
                |run| run.exec_cases(subject, rest, scope, stmt),
            ),
        }
    }

    fn matched(
        &mut self,
        subject: &Value,
        pattern: &Pattern,
        scope: ScopeId,
        at: Option<Place>,
        bound: &mut Bound,
    ) -> Eval<Option<bool>> {
        Ok(match pattern {
            Pattern::Value(expr) => {
                let value = self.eval(expr, scope)?;
                let answer = self.compare(subject, CompareOp::Eq, &value, at)?;
                self.truth_of(&answer, at)?
            }
            Pattern::Same(expr) => {
                let value = self.eval(expr, scope)?;
                let answer = self.compare(subject, CompareOp::Is, &value, at)?;
                self.truth(&answer)
            }
            Pattern::Any(name) | Pattern::Star(name) => {
                bound.extend(name.iter().map(|it| (it.clone(), subject.clone())));
                Some(true)
            }
            Pattern::As(inner, name) => {
                let answer = self.matched(subject, inner, scope, at, bound)?;
                bound.push((name.clone(), subject.clone()));
                answer
            }
            Pattern::Or(patterns) => {
                let mut answer = Some(false);
                for pattern in patterns {
                    match self.matched(subject, pattern, scope, at, bound)? {
                        Some(true) if answer == Some(false) => return Ok(Some(true)),
                        Some(false) => {}
                        _ => answer = None,
                    }
                }
                answer
            }
            Pattern::Class {
                class,
                positional,
                keywords,
            } => {
                let kind = self.eval(class, scope)?;
                let Value::Class(kind) = kind else {
                    return Ok(None);
                };
                let Some(of) = self.exact_class(subject) else {
                    return Ok(None);
                };
                let is_instance = self.is_kind_of(of, &Value::Class(kind));
                if is_instance != Some(true) {
                    return Ok(is_instance);
                }
                let mut asked: Vec<(Name, &Pattern)> = vec![];
                match positional.as_ref() {
                    [] => {}
                    [one] if self.is_asked_itself(kind) => {
                        return self.matched(subject, one, scope, at, bound);
                    }
                    several => {
                        let fields = Name::const_new("__match_args__");
                        let fields = self.get_attribute(&Value::Class(kind), &fields, at)?;
                        let Value::Tuple(fields) = fields else {
                            return Ok(None);
                        };
                        for (field, pattern) in fields.iter().zip(several) {
                            let Value::Str(field) = field else {
                                return Ok(None);
                            };
                            asked.push((Name::from(&**field), pattern));
                        }
                        if several.len() > fields.len() {
                            return Ok(None);
                        }
                    }
                }
                asked.extend(keywords.iter().map(|(name, it)| (name.clone(), it)));
                let mut all = Some(true);
                for (name, pattern) in asked {
                    self.askers += 1;
                    let value = self.get_attribute(subject, &name, at);
                    self.askers -= 1;
                    let Ok(value) = value else {
                        return Ok(Some(false));
                    };
                    match self.matched(&value, pattern, scope, at, bound)? {
                        Some(false) => return Ok(Some(false)),
                        Some(true) => {}
                        None => all = None,
                    }
                }
                all
            }
            Pattern::Sequence(patterns) => {
                return self.matched_sequence(subject, patterns, scope, at, bound);
            }
            Pattern::Mapping { entries, rest } => {
                let Some(dict) = self.mapping(subject) else {
                    return Ok(self.is_of_kind(subject, "Mapping").filter(|it| !it));
                };
                let (mut left, mut all) = (dict.clone(), Some(true));
                for (key, pattern) in entries {
                    let key = self.eval(key, scope)?;
                    let Some(hashed) = key.key() else {
                        return Ok(None);
                    };
                    left.entries.shift_remove(&hashed);
                    let Some((_, value)) = dict.entries.get(&hashed) else {
                        if dict.open {
                            all = None;
                            continue;
                        }
                        return Ok(Some(false));
                    };
                    match self.matched(value, pattern, scope, at, bound)? {
                        Some(false) => return Ok(Some(false)),
                        Some(true) => {}
                        None => all = None,
                    }
                }
                if let Some(rest) = rest {
                    bound.push((rest.clone(), self.allocate(Object::Dict(left))));
                }
                all
            }
        })
    }

    fn matched_sequence(
        &mut self,
        subject: &Value,
        patterns: &[Pattern],
        scope: ScopeId,
        at: Option<Place>,
        bound: &mut Bound,
    ) -> Eval<Option<bool>> {
        let plain = self.plain(subject);
        let is_sequence = match &plain {
            Value::Tuple(_) => Some(true),
            Value::Str(_) | Value::Bytes(_) => Some(false),
            Value::Object(id) if matches!(self.object(*id), Object::List { .. }) => Some(true),
            _ => self.is_of_kind(subject, "Sequence"),
        };
        if is_sequence != Some(true) {
            return Ok(is_sequence);
        }
        let (items, open) = self.iterate(&plain);
        let star = patterns
            .iter()
            .position(|it| matches!(it, Pattern::Star(_)));
        let wanted = patterns.len() - usize::from(star.is_some());
        if open {
            return Ok(None);
        }
        if items.len() < wanted || star.is_none() && items.len() > wanted {
            return Ok(Some(false));
        }
        let over = items.len() - wanted;
        let mut items = items.into_iter();
        let mut all = Some(true);
        for pattern in patterns {
            let item = match pattern {
                Pattern::Star(_) => {
                    let rest: Vec<Value> = items.by_ref().take(over).collect();
                    self.list(rest)
                }
                _ => match items.next() {
                    Some(item) => item,
                    None => return Ok(Some(false)),
                },
            };
            match self.matched(&item, pattern, scope, at, bound)? {
                Some(false) => return Ok(Some(false)),
                Some(true) => {}
                None => all = None,
            }
        }
        Ok(all)
    }

    /// The dict that a subject is, or is made around.
    fn mapping(&self, subject: &Value) -> Option<Dict> {
        let Value::Object(id) = self.plain(subject) else {
            return None;
        };
        match self.object(id) {
            Object::Dict(dict) if dict.view.is_none() => Some(dict.clone()),
            _ => None,
        }
    }

    /// Whether a subject is an instance of one of the abstract classes of `collections.abc`.
    fn is_of_kind(&self, subject: &Value, kind: &str) -> Option<bool> {
        let facts = &self.world.facts;
        let kind = facts
            .class("_collections_abc", kind)
            .or_else(|| facts.class("collections.abc", kind))?;
        self.is_kind_of(self.exact_class(subject)?, &Value::Class(kind))
    }

    /// Whether a class, or one it derives from, has its one positional pattern asked of the subject itself.
    fn is_asked_itself(&self, class: ClassId) -> bool {
        let of = ASKED_THEMSELVES.iter();
        let mut of = of.filter_map(|name| self.world.facts.class("builtins", name));
        of.any(|it| self.classes.is_subclass(class, it))
    }
}

/// The names that a pattern binds.
fn names(pattern: &Pattern) -> Vec<&Name> {
    match pattern {
        Pattern::Value(_) | Pattern::Same(_) => vec![],
        Pattern::Any(name) | Pattern::Star(name) => name.iter().collect(),
        Pattern::As(inner, name) => {
            let mut all = names(inner);
            all.push(name);
            all
        }
        Pattern::Or(patterns) | Pattern::Sequence(patterns) => {
            patterns.iter().flat_map(names).collect()
        }
        Pattern::Class {
            positional,
            keywords,
            ..
        } => {
            let named = keywords.iter().map(|(_, it)| it);
            positional.iter().chain(named).flat_map(names).collect()
        }
        Pattern::Mapping { entries, rest } => {
            let inside = entries.iter().flat_map(|(_, it)| names(it));
            inside.chain(rest).collect()
        }
    }
}
