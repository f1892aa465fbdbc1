//! Calls that have used up their steps: what they would have done besides is not known, and may have changed what they hold and name.

use std::sync::Arc;

use indexmap::IndexSet;
use rustc_hash::{FxBuildHasher, FxHashSet};

use crate::Name;
use crate::evaluate::machine::entered::Running;
use crate::evaluate::machine::run::Run;
use crate::evaluate::machine::value::{Code, Definition, Object, ObjectId, ScopeId, Value};
use crate::semantics::{Assumption, Why};
use crate::source::Place;

/// How often a function that calls itself is followed into itself where it is not known whether it does.
const MOST_UNSURE_CALLS: usize = 3;
/// How many functions are gone through that a call might have called on.
const MOST_FUNCTIONS: usize = 60;

impl Run<'_, '_> {
    /// Whether a function is called inside of itself again and again, each time behind a decision that could not be made: no such call
    /// is known to be the last, and what one more would do those before have done.
    ///
    /// ```python
    /// def walk(path):
    ///     if exists(path): walk(parent(path))      # `exists` is out of view
    /// ```
    pub(super) fn is_unsure_recursion(&self, function: ObjectId) -> bool {
        let now = self.journals.len();
        let before = |it: &&Running| it.function == function && it.open < now;
        self.calls.iter().filter(before).count() >= MOST_UNSURE_CALLS
    }

    /// Notes what a call may have changed whose steps are used up: what its names hold, what the words of its code name around it, and what the
    /// functions among that name. Names that it binds elsewhere are not known from here on. Returns what it gives.
    ///
    /// ```python
    /// def fill():
    ///     while is_not_done(): step()     # more rounds than are run
    ///     bases.append(Base)
    /// fill()
    /// class C(*bases): ...                # assumed: `fill`, not followed to its end, changes nothing here
    /// ```
    pub(super) fn cut_short(
        &mut self,
        function: &Definition,
        scope: ScopeId,
        at: Option<Place>,
    ) -> Value {
        if let Code::Def(def) = &function.code {
            let text = self.library.file(function.file).text.clone();
            if let Some(held) = self.read_only(&def.body(&text), scope) {
                self.not_followed(&function.name, &held, at);
                return self.gap(Why::Budget, &function.name, at);
            }
        }
        let frame = self.scope(scope);
        let mut held: Vec<Value> = frame.names.values().map(|it| it.value.clone()).collect();
        let elsewhere: Vec<_> = frame
            .globals
            .iter()
            .chain(&frame.nonlocals)
            .cloned()
            .collect();
        for name in elsewhere {
            self.lose_name(&name, scope, at);
        }
        let mut seen: FxHashSet<ObjectId> = held.iter().filter_map(object_of).collect();
        let mut asked = 0;
        self.named_by(function, &mut held, &mut seen);
        while asked < held.len().min(MOST_FUNCTIONS) {
            let value = match &held[asked] {
                Value::Method(pair) => pair.0.clone(),
                value => value.clone(),
            };
            asked += 1;
            let inner = match &value {
                Value::Object(id) => match self.peek(*id) {
                    Object::Function(inner) => Some(inner.definition.clone()),
                    _ => None,
                },
                _ => None,
            };
            if let Some(inner) = inner {
                self.named_by(&inner, &mut held, &mut seen);
            }
        }
        self.not_followed(&function.name, &held, at);
        self.assume_here(Assumption {
            what: format!(
                "`{}`, not followed to its end, changes nothing here",
                function.name
            ),
            at,
        });
        self.gap(Why::Budget, &function.name, at)
    }

    /// What the words of a function's code name in the scopes around it, as far as that can change.
    fn named_by(
        &mut self,
        function: &Definition,
        held: &mut Vec<Value>,
        seen: &mut FxHashSet<ObjectId>,
    ) {
        let words = self.words_of(function);
        for word in &*words {
            let mut around = Some(function.scope);
            while let Some(id) = around {
                let scope = self.scope(id);
                if let Some(binding) = scope.names.get(word) {
                    let value = &binding.value;
                    let is_new = match value {
                        Value::Object(id) => seen.insert(*id),
                        Value::Method(_) => held.iter().all(|it| !it.same(value)),
                        _ => false,
                    };
                    if is_new {
                        held.push(value.clone());
                    }
                    break;
                }
                around = scope.parent;
            }
        }
    }

    /// The words of a function's code, each once: what it does not come to the end of is asked for them again and again.
    fn words_of(&mut self, function: &Definition) -> Arc<[Name]> {
        let (start, end) = match &function.code {
            Code::Def(def) => (def.start, def.end),
            Code::Lambda(lambda) => (lambda.body.start, lambda.body.end),
        };
        let key = (function.file, start);
        if let Some(words) = self.words.get(&key) {
            return words.clone();
        }
        let text = &self.library.file(function.file).text;
        let text = text.get(start as usize..end as usize).unwrap_or_default();
        let words = text.split(|it: char| !it.is_alphanumeric() && it != '_');
        let words = words.filter(|it| it.starts_with(|it: char| !it.is_ascii_digit()));
        let words: IndexSet<&str, FxBuildHasher> = words.collect();
        let words: Arc<[Name]> = words.into_iter().map(Name::from).collect();
        self.words.insert(key, words.clone());
        words
    }
}

fn object_of(value: &Value) -> Option<ObjectId> {
    match value {
        Value::Object(id) => Some(*id),
        _ => None,
    }
}
