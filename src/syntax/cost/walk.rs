//! One walk over a body, in the order in which it is written.

use rustc_hash::{FxHashMap, FxHashSet};

use super::chain::{key, written};
use super::{Cost, Effect, EffectKind, Holder, Kept, MOST, looks};
use crate::Name;
use crate::syntax::expr::{for_parts, root};
use crate::syntax::{Block, Call, CompareOp, Expr, ExprKind, Stmt, StmtKind, Try};

/// The longest condition that is quoted, in bytes.
const LONGEST_CONDITION: usize = 200;

/// The longest place that stands in a key for the name that was bound to it, in bytes.
const LONGEST_ALIAS: usize = 60;

/// What is done with a place.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Use {
    Read,
    Write,
    /// Read and bound in one: `self.count += 1` fills no cache.
    Change,
    Delete,
}

/// What was seen so far.
pub(super) struct Walk<'t> {
    text: &'t str,
    pub(super) cost: Cost,
    /// Names that stand for a place: parameters, and what was bound to one.
    holders: FxHashMap<Name, (Holder, String)>,
    /// Names that the function binds.
    locals: FxHashSet<Name>,
    /// Names that stand for the value of a setter, or for something made of it.
    pub(super) values: FxHashSet<Name>,
    /// Names of what was put into a place, and which.
    filled: FxHashMap<Name, String>,
    /// Conditions right around.
    conditions: Vec<String>,
    /// How many tests, or `try` blocks, one is in.
    tests: usize,
    /// Whether one is in what is returned.
    is_returning: bool,
    /// Whether what is bound is made of the value of a setter.
    binds_value: bool,
}

impl<'t> Walk<'t> {
    pub(super) fn new(text: &'t str, parameters: Vec<(Name, Holder)>) -> Self {
        Self {
            text,
            cost: Cost::default(),
            locals: FxHashSet::default(),
            holders: parameters
                .into_iter()
                .map(|(name, holder)| {
                    let written = name.to_string();
                    (name, (holder, written))
                })
                .collect(),
            values: FxHashSet::default(),
            filled: FxHashMap::default(),
            conditions: vec![],
            tests: 0,
            is_returning: false,
            binds_value: false,
        }
    }

    pub(super) fn block(&mut self, block: &Block) {
        for stmt in block {
            self.stmt(stmt);
        }
    }

    fn stmt(&mut self, stmt: &Stmt) {
        match &stmt.kind {
            StmtKind::Expr(value) => self.expr(value),
            StmtKind::Return(Some(value)) => self.returned(value),
            StmtKind::Assert(parts) => self.test(&parts.0),
            StmtKind::Assign(targets, value) => self.assign(targets, value),
            StmtKind::Annotate(target, _, Some(value)) => {
                self.assign(std::slice::from_ref(&**target), value);
            }
            StmtKind::Augment(target, _, value) => {
                self.expr(value);
                self.target(target, Use::Change);
            }
            StmtKind::Delete(targets) => {
                targets.iter().for_each(|it| self.target(it, Use::Delete));
            }
            StmtKind::If(branches) => self.branches(branches),
            StmtKind::While { test, body, orelse } => {
                self.test(test);
                self.block(body);
                self.block(orelse);
            }
            StmtKind::For {
                target,
                iter,
                body,
                orelse,
                ..
            } => {
                self.expr(iter);
                self.target(target, Use::Write);
                self.block(body);
                self.block(orelse);
            }
            StmtKind::With(items, body, _) => self.with(items, body),
            StmtKind::Try(it) => self.attempt(it),
            StmtKind::Match(subject, cases) => {
                self.test(subject);
                for case in cases {
                    case.guard.iter().for_each(|it| self.test(it));
                    self.block(&case.body);
                }
            }
            StmtKind::Raise(value) => self.raise(stmt.start, value.as_deref()),
            // What is defined inside runs when somebody calls it.
            _ => {}
        }
    }

    /// What is returned.
    pub(super) fn returned(&mut self, value: &Expr) {
        self.is_returning = true;
        self.expr(value);
        self.is_returning = false;
    }

    fn assign(&mut self, targets: &[Expr], value: &Expr) {
        self.expr(value);
        let place = self.place(value);
        self.binds_value = self.is_of_value(value);
        for target in targets {
            self.target(target, Use::Write);
            if let (ExprKind::Name(name), Some(place)) = (&target.kind, &place) {
                self.holders.insert(name.clone(), place.clone());
            }
        }
        self.binds_value = false;
        self.fill(targets, value);
    }

    /// Whether an expression has something of the value that a setter is given.
    fn is_of_value(&self, value: &Expr) -> bool {
        if self.values.is_empty() {
            return false;
        }
        if let ExprKind::Name(name) = &value.kind {
            return self.values.contains(name);
        }
        let mut is_of_value = false;
        for_parts(value, &mut |part| {
            is_of_value = is_of_value || self.is_of_value(part);
        });
        is_of_value
    }

    /// Notes the names that stand for what was put into a place: `value = self._x = compute()`, `cache[key] = value`.
    fn fill(&mut self, targets: &[Expr], value: &Expr) {
        let mut places = targets.iter().filter_map(|it| self.place(it));
        let Some((_, place)) = places.find(|(_, text)| text.contains(['.', '['])) else {
            return;
        };
        for one in targets.iter().chain([value]) {
            if let ExprKind::Name(name) = &one.kind {
                self.filled.insert(name.clone(), place.clone());
            }
        }
    }

    fn branches(&mut self, branches: &[(Option<Expr>, Box<Block>)]) {
        for (test, body) in branches {
            let condition = match test {
                Some(test) => {
                    self.test(test);
                    format!("if {}", self.quoted(test))
                }
                None => "else".to_owned(),
            };
            self.under(condition, body);
        }
    }

    fn attempt(&mut self, it: &Try) {
        let is_test = usize::from(!it.handlers.is_empty());
        self.tests += is_test;
        self.block(&it.body);
        self.tests -= is_test;
        for handler in &it.handlers {
            let kind = handler.kind.as_ref().map(|kind| self.quoted(kind));
            let kind = kind.map_or_else(|| "except".to_owned(), |kind| format!("except {kind}"));
            self.under(kind, &handler.body);
        }
        self.block(&it.orelse);
        self.block(&it.finally);
    }

    fn under(&mut self, condition: String, body: &Block) {
        self.conditions.push(condition);
        self.block(body);
        self.conditions.pop();
    }

    fn with(&mut self, items: &[(Expr, Option<Expr>)], body: &Block) {
        for (manager, target) in items {
            if looks::is_lock(manager) {
                let text = format!("with {}", written(manager));
                self.effect(EffectKind::Lock, text, manager.start, self.on(manager));
            } else {
                self.expr(manager);
            }
            if let Some(target) = target {
                self.target(target, Use::Write);
            }
        }
        self.block(body);
    }

    fn raise(&mut self, start: u32, value: Option<&Expr>) {
        let text = match value.map(|value| (&value.kind, value)) {
            None => "raise".to_owned(),
            Some((ExprKind::Call(call), _)) => {
                self.arguments(call);
                format!("raise {}", written(&call.function))
            }
            Some((_, value)) => format!("raise {}", written(value)),
        };
        self.effect(EffectKind::Raise, text, start, None);
        if let Some(effect) = self.cost.effects.last_mut()
            && effect.start == start
        {
            effect.when = self.conditions.last().cloned();
        }
    }

    /// The source of an expression, on one line and bounded.
    fn quoted(&self, expr: &Expr) -> String {
        let text = self.text.get(expr.start as usize..expr.end as usize);
        let text = text.unwrap_or("…");
        let cut = text.floor_char_boundary(LONGEST_CONDITION);
        let words: Vec<&str> = text[..cut].split_whitespace().collect();
        let more = if cut < text.len() { "…" } else { "" };
        format!("{}{more}", words.join(" "))
    }

    fn test(&mut self, test: &Expr) {
        self.tests += 1;
        self.expr(test);
        self.tests -= 1;
    }

    pub(super) fn expr(&mut self, expr: &Expr) {
        if let Some((holder, text)) = self.place(expr) {
            self.keys(expr);
            // The holder by itself is no place.
            if text.contains(['.', '[']) {
                let how = match accessor(expr) {
                    Some("pop") => Use::Delete,
                    Some("setdefault") => Use::Write,
                    _ => Use::Read,
                };
                let tests = usize::from(accessor(expr) == Some("setdefault"));
                self.tests += tests;
                self.keep(holder, text, how);
                self.tests -= tests;
            }
            return;
        }
        match &expr.kind {
            ExprKind::Name(name) if self.is_returning => {
                let filled = self.filled.get(name);
                let kept = self.cost.kept.iter_mut();
                kept.filter(|it| Some(&it.text) == filled)
                    .for_each(|it| it.is_returned = true);
            }
            ExprKind::Call(call) => self.call(expr.start, call),
            ExprKind::Yield(_) | ExprKind::YieldFrom(_) => {
                for_parts(expr, &mut |part| self.expr(part));
                self.effect(EffectKind::Yield, "yield".into(), expr.start, None);
            }
            ExprKind::Await(inner) => {
                let text = format!("await {}", written(inner));
                self.effect(EffectKind::Await, text, expr.start, None);
                for_parts(expr, &mut |part| self.expr(part));
            }
            ExprKind::If(it) => {
                self.test(&it.0);
                self.expr(&it.1);
                self.expr(&it.2);
            }
            ExprKind::And(items) | ExprKind::Or(items) => items.iter().for_each(|it| self.test(it)),
            ExprKind::Walrus(name, value) => {
                self.expr(value);
                self.locals.insert(name.clone());
                if let Some(place) = self.place(value) {
                    self.holders.insert(name.clone(), place);
                }
            }
            ExprKind::Compare(first, rest) => {
                for_parts(expr, &mut |part| self.expr(part));
                if let [(CompareOp::In | CompareOp::NotIn, among)] = &**rest {
                    self.among(first, among);
                }
            }
            ExprKind::Subscript(pair) => {
                for_parts(expr, &mut |part| self.expr(part));
                self.outside(&pair.0, &pair.1, Use::Read);
            }
            ExprKind::Lambda(_) => {}
            _ => for_parts(expr, &mut |part| self.expr(part)),
        }
    }

    /// `key in place`: looks whether the item is there.
    fn among(&mut self, at: &Expr, of: &Expr) {
        self.tests += 1;
        match self.place(of) {
            Some((holder, text)) => {
                self.keep(holder, format!("{text}[{}]", self.key(at)), Use::Read);
            }
            None => self.outside(of, at, Use::Read),
        }
        self.tests -= 1;
    }

    fn call(&mut self, start: u32, call: &Call) {
        match &call.function.kind {
            ExprKind::Name(_) => {}
            ExprKind::Attribute(of, name) => {
                match self.place(of) {
                    // What a method is called on is the way to a value, not where one is kept.
                    Some((holder, text)) => {
                        self.keys(of);
                        if holder == Holder::Descriptor && !text.contains(['.', '[']) {
                            self.cost.calls_own.push(name.clone());
                        }
                    }
                    None => self.expr(of),
                }
            }
            _ => self.expr(&call.function),
        }
        if let Some((holder, text, how)) = self.named_by_call(call) {
            let tests = usize::from(how == Use::Read);
            let binds = call.arguments.get(2).is_some_and(|it| self.is_of_value(it));
            self.tests += tests;
            self.binds_value = binds;
            self.keep(holder, text, how);
            self.binds_value = false;
            self.tests -= tests;
        } else {
            if let (Some("get" | "setdefault"), ExprKind::Attribute(of, _), Some(at)) =
                (method(call), &call.function.kind, call.arguments.first())
            {
                self.outside(of, at, Use::Read);
            }
            let is_bare = call.arguments.is_empty() && call.keywords.is_empty();
            let arguments = if is_bare { "" } else { "…" };
            let text = format!("{}({arguments})", written(&call.function));
            self.effect(
                looks::call(&call.function),
                text,
                start,
                self.on(&call.function),
            );
        }
        self.arguments(call);
    }

    fn arguments(&mut self, call: &Call) {
        call.arguments.iter().for_each(|it| self.expr(it));
        call.keywords.iter().for_each(|(_, it)| self.expr(it));
    }

    /// `setattr(o, k, v)`, `delattr(o, k)`, `hasattr(o, k)`, `object.__setattr__(o, k, v)`: what is done, and to which place.
    fn named_by_call(&self, call: &Call) -> Option<(Holder, String, Use)> {
        let how = match written(&call.function).as_str() {
            "setattr" | "object.__setattr__" => Use::Write,
            "delattr" | "object.__delattr__" => Use::Delete,
            "hasattr" => Use::Read,
            _ => return None,
        };
        let (holder, text) = self.place(call.arguments.first()?)?;
        let name = attribute(&text, call.arguments.get(1)?);
        Some((holder, name, how))
    }

    /// What is bound, changed or deleted.
    fn target(&mut self, target: &Expr, how: Use) {
        match &target.kind {
            ExprKind::Name(name) => {
                self.locals.insert(name.clone());
                self.holders.remove(name);
                self.filled.remove(name);
                if self.binds_value {
                    self.values.insert(name.clone());
                }
            }
            ExprKind::Tuple(items) | ExprKind::List(items) => {
                items.iter().for_each(|it| self.target(it, how));
            }
            ExprKind::Starred(inner) => self.target(inner, how),
            _ => {
                self.keys(target);
                match (self.place(target), &target.kind) {
                    (Some((holder, text)), _) => self.keep(holder, text, how),
                    (None, ExprKind::Subscript(pair)) => {
                        self.expr(&pair.0);
                        self.outside(&pair.0, &pair.1, how);
                    }
                    (None, _) => for_parts(target, &mut |part| self.expr(part)),
                }
            }
        }
    }

    /// An item of something that no name of the function leads to.
    fn outside(&mut self, of: &Expr, at: &Expr, how: Use) {
        let is_known = |root: &Name| self.locals.contains(root) || self.holders.contains_key(root);
        if root(of).is_some_and(|root| !is_known(root)) {
            let text = format!("{}[{}]", written(of), self.key(at));
            self.keep(Holder::Outside, text, how);
        }
    }

    /// The keys and arguments inside of a place: they are expressions of their own.
    fn keys(&mut self, expr: &Expr) {
        match &expr.kind {
            ExprKind::Attribute(of, _) => self.keys(of),
            ExprKind::Subscript(pair) => {
                self.keys(&pair.0);
                self.expr(&pair.1);
            }
            ExprKind::Call(call) => {
                self.keys(&call.function);
                call.arguments.iter().skip(1).for_each(|it| self.expr(it));
                if accessor(expr).is_some() {
                    call.arguments.iter().take(1).for_each(|it| self.expr(it));
                }
            }
            _ => {}
        }
    }

    /// The place that an expression stands for: a chain of attributes and items that begins at the instance or the descriptor.
    fn place(&self, expr: &Expr) -> Option<(Holder, String)> {
        match &expr.kind {
            ExprKind::Name(name) => self.holders.get(name).cloned(),
            ExprKind::Attribute(of, name) => {
                let (holder, text) = self.place(of)?;
                Some((holder, format!("{text}.{name}")))
            }
            ExprKind::Subscript(pair) => {
                let (holder, text) = self.place(&pair.0)?;
                Some((holder, format!("{text}[{}]", self.key(&pair.1))))
            }
            ExprKind::Call(call) => self.place_of_call(expr, call),
            _ => None,
        }
    }

    /// How a key is written; what it stands for, where it is the name of a place.
    fn key(&self, at: &Expr) -> String {
        match &at.kind {
            ExprKind::Name(name) => {
                let place = self.holders.get(name).map(|(_, text)| text);
                // `d = d[d]`, again and again, would double it each time.
                let place = place.filter(|text| text.len() <= LONGEST_ALIAS);
                place.map_or_else(|| key(at), Clone::clone)
            }
            _ => key(at),
        }
    }

    /// `vars(o)`, `getattr(o, k)`, `o.__dict__.get(k)`: other spellings of `o.__dict__`, `o.k`, `o.__dict__[k]`.
    fn place_of_call(&self, expr: &Expr, call: &Call) -> Option<(Holder, String)> {
        if accessor(expr).is_some()
            && let ExprKind::Attribute(of, _) = &call.function.kind
        {
            let (holder, text) = self.place(of)?;
            // The methods of a dictionary; anything else may have methods of these names.
            let is_dict = text.ends_with(".__dict__") || holder == Holder::Descriptor;
            let at = self.key(call.arguments.first()?);
            return is_dict.then(|| (holder, format!("{text}[{at}]")));
        }
        let ExprKind::Name(function) = &call.function.kind else {
            return None;
        };
        let (holder, text) = self.place(call.arguments.first()?)?;
        match function.as_str() {
            "vars" => Some((holder, format!("{text}.__dict__"))),
            "getattr" => Some((holder, attribute(&text, call.arguments.get(1)?))),
            _ => None,
        }
    }

    fn keep(&mut self, holder: Holder, text: String, how: Use) {
        if self.is_returning {
            self.give_back(&text);
        }
        let known = self.cost.kept.iter().position(|it| it.text == text);
        let at = known.unwrap_or_else(|| {
            self.cost.kept.push(Kept {
                text,
                holder,
                is_read: false,
                is_written: false,
                is_deleted: false,
                is_tested: false,
                is_returned: false,
                takes_value: false,
            });
            self.cost.kept.len() - 1
        });
        let kept = &mut self.cost.kept[at];
        kept.is_returned |= self.is_returning;
        match how {
            Use::Read => {
                kept.is_read = true;
                kept.is_tested |= self.tests > 0;
            }
            Use::Write => {
                kept.is_written = true;
                kept.takes_value |= self.binds_value;
                kept.is_tested |= self.tests > 0 && kept.is_read;
            }
            Use::Change => kept.is_read = true,
            Use::Delete => kept.is_deleted = true,
        }
    }

    /// What is behind a place is returned: the place is the way to it.
    fn give_back(&mut self, behind: &str) {
        for kept in &mut self.cost.kept {
            let rest = behind.strip_prefix(kept.text.as_str());
            kept.is_returned |= rest.is_some_and(|rest| rest.starts_with(['.', '[']));
        }
    }

    /// Whose attribute an expression begins with, and which: of `self.locks[0]` the descriptor's `locks`, of `LOCK` the module's.
    fn on(&self, expr: &Expr) -> Option<(Holder, Name)> {
        match &expr.kind {
            ExprKind::Name(name) => {
                let is_known = self.locals.contains(name) || self.holders.contains_key(name);
                (!is_known).then(|| (Holder::Outside, name.clone()))
            }
            ExprKind::Attribute(of, name) => match &of.kind {
                ExprKind::Name(root) => {
                    let (holder, text) = self.holders.get(root)?;
                    (!text.contains(['.', '['])).then(|| (*holder, name.clone()))
                }
                _ => self.on(of),
            },
            ExprKind::Subscript(pair) => self.on(&pair.0),
            _ => None,
        }
    }

    fn effect(&mut self, kind: EffectKind, text: String, start: u32, on: Option<(Holder, Name)>) {
        if self.cost.effects.len() == MOST {
            self.cost.more += 1;
            return;
        }
        self.cost.effects.push(Effect {
            kind,
            text,
            when: None,
            on,
            start,
        });
    }
}

/// The attribute of a place whose name is given by an expression.
fn attribute(of: &str, name: &Expr) -> String {
    let name = key(name);
    match name.strip_prefix('"').and_then(|it| it.strip_suffix('"')) {
        Some(plain) => format!("{of}.{plain}"),
        None => format!("{of}.{{{name}}}"),
    }
}

/// The method of a dictionary that a call names, where it is one that is about a key.
fn accessor(expr: &Expr) -> Option<&'static str> {
    match &expr.kind {
        ExprKind::Call(call) => method(call),
        _ => None,
    }
}

fn method(call: &Call) -> Option<&'static str> {
    let ExprKind::Attribute(_, name) = &call.function.kind else {
        return None;
    };
    ["get", "pop", "setdefault"]
        .into_iter()
        .find(|it| it == name)
}
