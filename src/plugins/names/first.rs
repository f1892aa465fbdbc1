//! Guards that let a function do its work once: what nothing has set yet when it is called for the first time.
//!
//! ```python
//! def setup(app):
//!     if getattr(app, "_shop_done", False):    # nothing but the next line but one sets it
//!         return
//!     app._shop_done = True
//! ```

use std::rc::Rc;

use memchr::memmem;

use crate::plugins::files::bound::Bound;
use crate::plugins::files::modules::File;
use crate::plugins::names::facts::Fact;
use crate::plugins::names::follow::{Defined, Follow, Scope, Thing, What};
use crate::syntax::{Expr, ExprKind};

/// How many classes above a class are looked at.
const MOST_BASES: usize = 100;

/// A part of a file that may set something as well: the function that makes an object.
type Part = (Rc<File>, u32, u32);

impl Follow<'_> {
    /// What an object has under a name when the function around is called for the first time, where that function sets it behind the place that
    /// asks, and nothing else does but the constructor.
    pub(super) fn first_attribute(
        &self,
        of: &Expr,
        name: &str,
        at: u32,
        scope: &Scope,
    ) -> Option<Fact> {
        // `setattr(app, DONE, True)` where `DONE = "_done"`
        if !behind(at, scope)?.contains("setattr(") {
            sets_behind(at, scope, &|text| attributes_set(text, name, &[]))?;
        }
        let constants = constants_of(&scope.file.text, name);
        let sets = |text: &str| attributes_set(text, name, &constants);
        sets_behind(at, scope, &sets)?;
        let Thing::Instance(it) = self.expr(of, scope) else {
            return None;
        };
        let (module, qualname) = it
            .class
            .split_once(':')
            .filter(|_| it.attributes.is_empty())?;
        let class = self.dotted(module, qualname);
        let files = self.files_of(&class)?;
        let (begins, part) = match self.begins_with(&class, name) {
            Some((thing, part)) => (Fact::Is(thing), Some(part)),
            None => match self.attribute(&class, name) {
                Thing::Defined(it) if matches!(it.what, What::Name) => (Fact::Missing, None),
                thing @ Thing::Value(..) => (Fact::Is(thing), None),
                _ => return None,
            },
        };
        self.sets_nowhere_else(at, scope, &sets, (&files, part.as_ref()))
            .then_some(begins)
    }

    /// Whether a container has a key when the function around is called for the first time, where that function puts it there behind the place
    /// that asks, nothing else does, and the container is empty where it is made: `if "shop" in app.extensions`.
    pub(super) fn first_key(
        &self,
        key: &str,
        container: &Expr,
        at: u32,
        scope: &Scope,
    ) -> Option<bool> {
        let (ExprKind::Name(name) | ExprKind::Attribute(_, name)) = &container.kind else {
            return None;
        };
        let puts = |text: &str| keys_put(text, name, key);
        sets_behind(at, scope, &puts)?;
        let files = if let ExprKind::Attribute(of, _) = &container.kind {
            let Thing::Instance(it) = self.expr(of, scope) else {
                return None;
            };
            let (module, qualname) = it
                .class
                .split_once(':')
                .filter(|_| it.attributes.is_empty())?;
            let files = self.files_of(&self.dotted(module, qualname))?;
            let made = files.iter().flat_map(|file| {
                let sets = attributes_set(&file.text, name, &[]);
                sets.into_iter().map(|at| line_of(&file.text, at as usize))
            });
            let made: Vec<&str> = made.collect();
            if made.is_empty() || !made.iter().all(|it| makes_empty(it)) {
                return None;
            }
            files
        } else {
            let is_local = scope
                .frames
                .iter()
                .any(|it| it.given.contains_key(name) || it.table.has(name));
            let [Bound::Value(value)] = &scope.file.table.get(name)[..] else {
                return None;
            };
            let text = (scope.file.text).get(value.start as usize..value.end as usize);
            if is_local || !text.is_some_and(is_empty_container) {
                return None;
            }
            vec![]
        };
        self.sets_nowhere_else(at, scope, &puts, (&files, None))
            .then_some(false)
    }

    /// What a module's variable is when the function around is called for the first time; nothing where functions change it in another way.
    #[expect(
        clippy::option_option,
        reason = "no function changes it, or what it is cannot be told"
    )]
    pub(super) fn first_global(&self, name: &str, at: u32, scope: &Scope) -> Option<Option<Thing>> {
        let is_local = scope
            .frames
            .iter()
            .any(|it| it.given.contains_key(name) || it.table.has(name));
        if is_local || !scope.file.table.has(name) || !is_declared(&scope.file.text, name) {
            return None;
        }
        let sets = |text: &str| globals_set(text, name);
        let [Bound::Value(value)] = &scope.file.table.get(name)[..] else {
            return Some(None);
        };
        let line = line_of(&scope.file.text, value.start as usize);
        let begins = offset(line.as_ptr() as usize - scope.file.text.as_ptr() as usize);
        let made = (scope.file.clone(), begins, value.end);
        let others = Some(&made);
        let is_first = sets_behind(at, scope, &sets).is_some()
            && is_within_all(&scope.file, &sets, (at, scope), others);
        Some(is_first.then(|| self.expr(value, &Scope::of(&scope.file))))
    }

    fn sets_nowhere_else(
        &self,
        at: u32,
        scope: &Scope,
        sets: &dyn Fn(&str) -> Vec<u32>,
        (files, part): (&[Rc<File>], Option<&Part>),
    ) -> bool {
        let top = |name: &str| name.split('.').next().map(ToOwned::to_owned);
        let own = top(&scope.file.name);
        let beside = self.modules.ground.analysis.modules.iter();
        let beside = beside.filter(|it| top(&it.name) == own);
        let beside = beside.filter_map(|it| self.modules.source(&it.name));
        let mut all = beside
            .chain(self.modules.of_project())
            .chain(files.iter().cloned());
        is_within_all(&scope.file, sets, (at, scope), part)
            && all.all(|it| is_within_all(&it, sets, (at, scope), part))
    }

    /// The files of a class and of all above it; none where not all are known.
    fn files_of(&self, class: &Thing) -> Option<Vec<Rc<File>>> {
        let mut files = vec![];
        let mut waiting = vec![class.clone()];
        while let Some(class) = waiting.pop() {
            let Thing::Defined(it) = &class else {
                return None;
            };
            let (What::Class(def), Some(file)) = (&it.what, &it.file) else {
                // What the interpreter has sets no attribute that a program has made up.
                if it.path.starts_with("builtins:") || it.path.starts_with("typing:") {
                    continue;
                }
                return None;
            };
            if files.len() > MOST_BASES {
                return None;
            }
            files.push(file.clone());
            let scope = Scope::of(file);
            waiting.extend(
                def.bases
                    .iter()
                    .filter(|it| !matches!(&it.kind, ExprKind::Name(name) if name == "object"))
                    .map(|it| self.expr(it, &scope)),
            );
        }
        Some(files)
    }

    /// What the constructor of a class puts under a name, and where that stands.
    fn begins_with(&self, class: &Thing, name: &str) -> Option<(Thing, Part)> {
        let Thing::Defined(init) = self.attribute(class, "__init__") else {
            return None;
        };
        let Defined {
            what: What::Function(def),
            file: Some(file),
            ..
        } = &*init
        else {
            return None;
        };
        let receiver = def.parameters.first()?;
        let body = def.body(&file.text);
        let table = self.table(file, def.start, &body);
        let [Bound::Value(value)] = &table.get(&format!("{}.{name}", receiver.name))[..] else {
            return None;
        };
        let (_, inner) = self.entered(&init, None, None, false)?;
        let part = (file.clone(), def.start, def.end);
        Some((self.settled(value, &inner), part))
    }
}

/// The function around a place.
fn span(scope: &Scope) -> Option<(u32, u32)> {
    scope.frames.iter().rev().find(|it| it.is_call)?.span
}

/// What stands behind a place in the function around it.
fn behind(at: u32, scope: &Scope) -> Option<&str> {
    let (_, end) = span(scope)?;
    scope.file.text.get(at as usize..end as usize)
}

/// Whether the function around sets something behind a place.
fn sets_behind(at: u32, scope: &Scope, sets: &dyn Fn(&str) -> Vec<u32>) -> Option<()> {
    (!sets(behind(at, scope)?).is_empty()).then_some(())
}

/// Whether all places of a file that set something stand behind the place that asks, in the function around it, or in a part that may.
fn is_within_all(
    file: &Rc<File>,
    sets: &dyn Fn(&str) -> Vec<u32>,
    (at, scope): (u32, &Scope),
    part: Option<&Part>,
) -> bool {
    let is_behind = |it: u32| {
        file.name == scope.file.name && it > at && span(scope).is_some_and(|around| it < around.1)
    };
    let is_part = |it: u32| {
        part.is_some_and(|(of, start, end)| of.name == file.name && it >= *start && it < *end)
    };
    sets(&file.text)
        .into_iter()
        .all(|it| is_behind(it) || is_part(it))
}

/// Where a text sets an attribute of any object: `app.name = …`, `setattr(app, "name", …)`.
fn attributes_set(text: &str, name: &str, constants: &[&str]) -> Vec<u32> {
    let mut found = vec![];
    if !constants.is_empty() && memmem::find(text.as_bytes(), b"setattr(").is_some() {
        for constant in constants {
            let all = text.match_indices(constant);
            let set = all.filter(|(at, _)| line_of(text, *at).contains("setattr("));
            found.extend(set.map(|it| offset(it.0)));
        }
    }
    // Every file of a project is asked for each guard.
    for at in memmem::find_iter(text.as_bytes(), name) {
        let (before, behind) = (&text[..at], &text[at + name.len()..]);
        let is_quoted = |quote: char| before.ends_with(quote) && behind.starts_with(quote);
        let is_set = before.ends_with('.') && is_set(behind)
            || (is_quoted('"') || is_quoted('\'')) && line_of(text, at).contains("setattr");
        if is_set {
            found.push(offset(at));
        }
    }
    found
}

/// The names that a text gives to a text: `DONE = "_done"`.
fn constants_of<'t>(text: &'t str, named: &str) -> Vec<&'t str> {
    let lines = text.lines().filter_map(|it| it.split_once('='));
    let is_it = |value: &str| {
        let value = value.trim();
        let inner = value.strip_prefix(['"', '\'']);
        inner.and_then(|it| it.strip_suffix(['"', '\''])) == Some(named)
    };
    let named = lines.filter(|it| is_it(it.1));
    named
        .map(|it| it.0.split(':').next().unwrap_or_default().trim())
        .filter(|it| !it.is_empty())
        .collect()
}

/// Where a text puts something under a key of a container: `name["key"] = …`, `name.add("key")`.
fn keys_put(text: &str, name: &str, key: &str) -> Vec<u32> {
    let mut found = vec![];
    for quoted in [format!("\"{key}\""), format!("'{key}'")] {
        let ways = ["[", ".add(", ".append(", ".setdefault("];
        for way in ways {
            let whole = format!("{name}{way}{quoted}");
            for (at, _) in text.match_indices(&whole) {
                let behind = &text[at + whole.len()..];
                let is_put = way != "[" || behind.strip_prefix(']').is_some_and(is_set);
                if is_put {
                    found.push(offset(at));
                }
            }
        }
    }
    found
}

/// Where a text sets a variable of a module.
fn globals_set(text: &str, name: &str) -> Vec<u32> {
    let all = text.match_indices(name);
    let begins = all.filter(|(at, _)| {
        let line = text[..*at].rfind(['\n', ';']).map_or(0, |it| it + 1);
        text[line..*at].trim().is_empty() && is_set(&text[at + name.len()..])
    });
    begins.map(|it| offset(it.0)).collect()
}

/// Whether a function says that a name is the module's.
fn is_declared(text: &str, name: &str) -> bool {
    let mut lines = text
        .lines()
        .filter_map(|it| it.trim_start().strip_prefix("global "));
    lines.any(|names| names.split([',', ' ', '#']).any(|it| it == name))
}

/// Whether what stands behind a name sets it.
fn is_set(behind: &str) -> bool {
    let line = behind.lines().next().unwrap_or_default();
    let line = line.trim_start();
    if line.starts_with(':') {
        return line.contains('=');
    }
    let sign = line.trim_start_matches(['+', '-', '|', '&', '*', '/']);
    sign.starts_with('=') && !sign.starts_with("==")
}

/// The line in which an offset stands.
fn line_of(text: &str, at: usize) -> &str {
    let start = text[..at].rfind('\n').map_or(0, |it| it + 1);
    text[start..].lines().next().unwrap_or_default()
}

/// Whether a line makes an empty container.
fn makes_empty(line: &str) -> bool {
    let value = line.rsplit_once('=').map_or("", |it| it.1);
    let value = value.split('#').next().unwrap_or_default();
    is_empty_container(value.trim())
}

fn is_empty_container(text: &str) -> bool {
    matches!(text, "{}" | "[]" | "set()" | "dict()" | "list()")
}

fn offset(at: usize) -> u32 {
    u32::try_from(at).unwrap_or(u32::MAX)
}
