//! Loops and comprehensions over what is written out, or over what the run has filled: what their names are in each round.

use std::rc::Rc;

use rustc_hash::FxHashMap;

use crate::Name;
use crate::plugins::names::calls::{Asked, round};
use crate::plugins::names::follow::{Follow, Scope, Thing};
use crate::plugins::names::written::{MOST_ITEMS, said};
use crate::syntax::{Comprehension, Expr, ExprKind};

/// What the names of a loop are in each round.
pub(super) type Rounds = Vec<FxHashMap<Name, Thing>>;

/// Words behind a variable's name that put something into what it holds,
const FILLING: [&str; 6] = [
    ".add(",
    ".append(",
    ".update(",
    ".extend(",
    ".setdefault(",
    ".insert(",
];

/// and that take something out of it, or put another thing in its place.
const EMPTYING: [&str; 7] = [
    ".pop(",
    ".popitem(",
    ".remove(",
    ".discard(",
    ".clear(",
    " +=",
    " |=",
];

/// Whether a text puts something under a key of what a name holds, or takes it away: `names[key] = value`, `del names[key]`.
fn puts_item(text: &str, name: &str) -> bool {
    let begin = format!("{name}[");
    text.match_indices(&begin).any(|(at, _)| {
        if text[..at].trim_end().ends_with("del") {
            return true;
        }
        let mut depth = 1;
        let inside = text[at + begin.len()..].find(|it: char| {
            depth += match it {
                '[' | '(' | '{' => 1,
                ']' | ')' | '}' => -1,
                _ => 0,
            };
            depth == 0
        });
        let Some(end) = inside else { return true };
        let behind = text[at + begin.len() + end + 1..].trim_start_matches([' ', '\t']);
        // `names[key] += 1`, `names[key][other] = value`, `names[key].append(value)`; none is `names[key] == value`.
        let operator =
            behind.trim_start_matches(['+', '-', '*', '/', '|', '&', '%', '^', '@', '<', '>']);
        let is_set = operator.starts_with('=')
            && !behind.starts_with("==")
            && !behind.starts_with("<=")
            && !behind.starts_with(">=");
        // `for name in names[key]:` ends a line, `names[key]: int = value` does not.
        let is_annotated = behind.strip_prefix(':').is_some_and(|it| {
            !it.trim_start_matches([' ', '\t', '\r'])
                .starts_with(['\n', '#'])
        });
        // `names[key], other = pair`, not `call(names[key], other)`.
        let line = text[..at].rsplit('\n').next().unwrap_or_default();
        let is_target =
            behind.starts_with(',') && line.matches('(').count() <= line.matches(')').count();
        is_set || is_annotated || is_target || behind.starts_with(['[', '.'])
    })
}

/// Whether a text changes what a name, or an attribute of one, holds.
pub(super) fn changes_container(text: &str, name: &str) -> bool {
    let mut words = FILLING.iter().chain(&EMPTYING);
    text.contains(name)
        && (words.any(|it| text.contains(&format!("{name}{it}"))) || puts_item(text, name))
}

impl Follow<'_> {
    /// The scopes in which the element of a comprehension is worked out.
    pub(in crate::plugins) fn comprehended(
        &self,
        of: &Comprehension,
        scope: &Scope,
    ) -> Option<Vec<Scope>> {
        self.comprehended_as(of, scope, Asked::Whole)
    }

    fn comprehended_as(
        &self,
        of: &Comprehension,
        scope: &Scope,
        asked: Asked,
    ) -> Option<Vec<Scope>> {
        let mut scopes = vec![scope.clone()];
        for clause in &of.clauses {
            let mut next = vec![];
            for scope in &scopes {
                for given in self.rounds(&clause.target, &clause.iter, scope)? {
                    let inner = round(scope, given);
                    let mut holds = true;
                    for condition in &clause.conditions {
                        holds &= match self.decide(condition, &inner) {
                            Some(truth) => truth,
                            None if asked == Asked::Partly => false,
                            None => return None,
                        };
                    }
                    if holds {
                        next.push(inner);
                    }
                    if next.len() > MOST_ITEMS {
                        return None;
                    }
                }
            }
            scopes = next;
        }
        Some(scopes)
    }

    /// What the names of a loop are in each round.
    pub(in crate::plugins) fn rounds(
        &self,
        target: &Expr,
        iter: &Expr,
        scope: &Scope,
    ) -> Option<Rounds> {
        match self.filled_rounds(target, iter, scope) {
            Some(rounds) => rounds,
            None => self.written_rounds(target, iter, scope),
        }
    }

    /// What they are in some of its rounds, where a generator yields more than is known, or conditions of a comprehension cannot be decided.
    pub(in crate::plugins) fn rounds_partly(
        &self,
        target: &Expr,
        iter: &Expr,
        scope: &Scope,
    ) -> Option<Rounds> {
        let ExprKind::Call(call) = &iter.kind else {
            return None;
        };
        let returned = self.settled(iter, scope);
        let items = match &returned {
            // What a function returns: `[it for it in get_models() if issubclass(it, Indexed)]`.
            Thing::Value(scope, value) if let ExprKind::Comprehension(of) = &value.kind => {
                let scopes = self.comprehended_as(of, scope, Asked::Partly)?;
                let items = scopes.iter().map(|it| self.expr(&of.element, it));
                items.collect()
            }
            _ => self.yielded_partly(call, scope)?,
        };
        let rounds = items.into_iter().map(|it| {
            let mut given = FxHashMap::default();
            self.unpack(target, it, &mut given)?;
            Some(given)
        });
        rounds.collect()
    }

    /// The same where it is written out.
    fn written_rounds(&self, target: &Expr, iter: &Expr, scope: &Scope) -> Option<Rounds> {
        let items = self.each(&self.settled(iter, scope))?;
        self.goes_round(items.len());
        let rounds = items.into_iter().map(|it| {
            let mut given = FxHashMap::default();
            self.unpack(target, it, &mut given)?;
            Some(given)
        });
        rounds.collect()
    }

    /// Binds the names of a target.
    pub(super) fn unpack(
        &self,
        target: &Expr,
        thing: Thing,
        given: &mut FxHashMap<Name, Thing>,
    ) -> Option<()> {
        match &target.kind {
            ExprKind::Name(name) => {
                given.insert(name.clone(), thing);
                Some(())
            }
            ExprKind::Tuple(targets) | ExprKind::List(targets) => {
                let parts = self.each(&thing)?;
                if parts.len() != targets.len() {
                    return None;
                }
                for (target, part) in targets.iter().zip(parts) {
                    self.unpack(target, part, given)?;
                }
                Some(())
            }
            _ => None,
        }
    }

    /// The keys of a mapping that a module has, and what they lead to, where the run has filled it.
    pub(in crate::plugins) fn filled_entries(
        &self,
        expr: &Expr,
        (callee, scope): (&Expr, &Scope),
    ) -> Option<Vec<(String, Thing)>> {
        let (file, name) = self.variable(expr, scope)?;
        let path = format!("{}:{name}", file.name);
        let rows = self.filled.get(&path).or_else(|| {
            // That it is handed to this very call does nothing to it before.
            let text = scope
                .file
                .text
                .get(callee.start as usize..callee.end as usize)?;
            let granted = format!("taken for granted: `{text}` leaves what it is handed as it was");
            self.filled.get(&format!("{path} {granted}"))
        })?;
        let entries = rows.iter().map(|(key, path)| {
            let (module, qualname) = path.split_once(':')?;
            Some((key.clone()?, self.dotted(module, qualname)))
        });
        entries.collect()
    }

    /// What a loop over a module's variable goes through, where the run has filled it; nothing where it has, and what that holds is not known.
    #[expect(
        clippy::option_option,
        reason = "nothing is known of the loop, or that nothing can be known"
    )]
    fn filled_rounds(&self, target: &Expr, iter: &Expr, scope: &Scope) -> Option<Option<Rounds>> {
        let (of, part) = match &iter.kind {
            ExprKind::Call(call) if call.arguments.is_empty() => match &call.function.kind {
                ExprKind::Attribute(of, name)
                    if matches!(name.as_str(), "items" | "keys" | "values") =>
                {
                    (&**of, name.as_str())
                }
                _ => return None,
            },
            ExprKind::Name(_) | ExprKind::Attribute(..) => (iter, ""),
            _ => return None,
        };
        let (file, name) = self.variable(of, scope)?;
        let has = |text: &str, words: &[&str]| {
            let mut words = words.iter();
            words.any(|it| text.contains(&format!("{name}{it}")))
        };
        let is_filled = has(&file.text, &FILLING) || puts_item(&file.text, &name);
        let path = format!("{}:{name}", file.name);
        if is_filled
            && let Some(rounds) = self.nested_rounds(&path, (target, part), &Scope::of(&file))
        {
            return Some(Some(rounds));
        }
        let Some(rows) = self.filled.get(&path) else {
            return is_filled.then_some(None);
        };
        // What the run has seen of it is classes and functions alone: where nothing changes it, what is written says more.
        let is_changed = || {
            let mut all = self.modules.of_project().into_iter();
            all.any(|it| {
                let text = &*it.text;
                has(text, &FILLING) || has(text, &EMPTYING) || puts_item(text, &name)
            })
        };
        if !is_filled
            && !has(&file.text, &EMPTYING)
            && !is_changed()
            && let Some(rounds) = self.written_rounds(target, iter, scope)
        {
            return Some(Some(rounds));
        }
        let rounds = rows.iter().map(|(key, path)| {
            let thing = path.split_once(':').map(|it| self.dotted(it.0, it.1));
            let thing = thing.unwrap_or(Thing::Unknown);
            let key = key.as_deref().map(|it| said(it, &Scope::of(&file)));
            let thing = match (part, key) {
                ("items", Some(key)) => Thing::Several(Rc::new(vec![key, thing])),
                ("" | "keys", Some(key)) => key,
                _ => thing,
            };
            let mut given = FxHashMap::default();
            self.unpack(target, thing, &mut given)?;
            Some(given)
        });
        Some(rounds.collect())
    }
}
