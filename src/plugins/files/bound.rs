//! What the statements of a block bind, by name: imports, definitions, assignments, in order.

use std::sync::Arc;

use rustc_hash::{FxHashMap, FxHashSet};

use crate::Name;
use crate::syntax::{BinaryOp, Block, ClassDef, Expr, ExprKind, FunctionDef, ImportFrom, StmtKind};

/// Additions to one name that are followed.
const MOST_SUMMED: usize = 40;

/// What a statement binds a name to.
#[derive(Clone)]
pub(in crate::plugins) enum Bound {
    /// `import a.b` binds `a`; `import a.b as c` binds `c` to `a.b`.
    Module(Name),
    /// `from module import name`: the dots, the module, the name.
    From(u32, Name, Name),
    /// `def`
    Function(Arc<FunctionDef>),
    /// `class`
    Class(Arc<ClassDef>),
    /// `name = value`
    Value(Arc<Expr>),
    /// Something else.
    Other,
}

/// A statement that binds a name.
struct Binding {
    bound: Bound,
    /// Whether it hangs on a condition.
    is_perhaps: bool,
    /// From where on the name is bound.
    from: u32,
    /// The `try` statement around it, and whether it stands in a handler.
    of_try: Option<(usize, bool)>,
}

/// The names that a block binds; attributes of names stand under both, with the dot: `self.command`.
#[derive(Default)]
pub(in crate::plugins) struct Table {
    names: FxHashMap<Name, Vec<Binding>>,
    /// `from module import *`: the dots and the module.
    pub(in crate::plugins) stars: Vec<(u32, Name)>,
    /// Names whose value is changed in a way that is not followed: `names.append(x)` under a condition, `names[key] = x`.
    changed: FxHashSet<Name>,
    /// Names that the block says are bound elsewhere: `global name`.
    declared: FxHashSet<Name>,
    /// The blocks of `try` statements that import.
    tries: Vec<Tried>,
    /// In which of these statements the block that is read stands.
    within: Option<(usize, bool)>,
}

impl Table {
    /// Reads a block; what functions and classes bind inside is none of it.
    pub(in crate::plugins) fn of(block: &Block) -> Self {
        let mut table = Self::default();
        table.block(block, false);
        for name in std::mem::take(&mut table.declared) {
            table.names.remove(&name);
        }
        table
    }

    /// What a name is bound to when all statements have been executed, the likeliest first: the last statement that is always executed; else
    /// those that may be, in order.
    pub(in crate::plugins) fn get(&self, name: &str) -> Vec<&Bound> {
        let all = self.names.get(name).map_or(&[][..], |it| it);
        likeliest(all.iter().collect())
    }

    /// The same for who reads it at an offset of the block itself.
    pub(in crate::plugins) fn get_at(&self, name: &str, at: u32) -> Vec<&Bound> {
        let all = self.names.get(name).map_or(&[][..], |it| it);
        let before: Vec<&Binding> = all.iter().filter(|it| it.from <= at).collect();
        // A loop may come by again.
        if before.is_empty() && !name.contains('.') {
            return self.get(name);
        }
        likeliest(before)
    }

    /// The name that is bound to the expression which begins at an offset.
    pub(in crate::plugins) fn name_at(&self, start: u32) -> Option<&Name> {
        let begins = |it: &Binding| matches!(&it.bound, Bound::Value(it) if it.start == start);
        let mut names = self.names.iter();
        names.find(|it| it.1.iter().any(begins)).map(|it| it.0)
    }

    /// The name that the statement which ends at an offset binds to a value.
    pub(in crate::plugins) fn bound_by(&self, end: u32) -> Option<(&Name, &Arc<Expr>)> {
        self.names.iter().find_map(|(name, all)| {
            let mut own = all.iter().filter(|it| it.from == end);
            own.find_map(|it| match &it.bound {
                Bound::Value(value) => Some((name, value)),
                _ => None,
            })
        })
    }

    /// How many statements bind a name.
    pub(in crate::plugins) fn times(&self, name: &str) -> usize {
        self.names.get(name).map_or(0, Vec::len)
    }

    /// Whether it binds a name.
    pub(in crate::plugins) fn has(&self, name: &str) -> bool {
        self.names.contains_key(name)
    }

    /// Whether a loop, or another way, may come by with another value than the one that a name has at an offset.
    pub(in crate::plugins) fn is_bound_again(&self, name: &str, at: Option<u32>) -> bool {
        let all = self.names.get(name).map_or(&[][..], |it| it);
        at.is_some_and(|at| all.iter().any(|it| it.from > at && it.is_perhaps))
    }

    /// Whether a statement before an offset binds a name.
    pub(in crate::plugins) fn is_bound_before(&self, name: &str, at: u32) -> bool {
        let all = self.names.get(name).map_or(&[][..], |it| it);
        all.iter().any(|it| it.from <= at)
    }

    /// Whether a name is bound whatever happens.
    pub(in crate::plugins) fn is_certain(&self, name: &str) -> bool {
        let all = self.names.get(name).map_or(&[][..], |it| it);
        all.iter().any(|it| !it.is_perhaps)
    }

    /// Whether what a name holds is changed after it was bound.
    pub(in crate::plugins) fn is_changed(&self, name: &str) -> bool {
        self.changed.contains(name)
    }

    /// The names, in no order.
    pub(in crate::plugins) fn names(&self) -> impl Iterator<Item = &Name> {
        self.names.keys().filter(|it| !it.contains('.'))
    }

    fn bind(&mut self, name: Name, bound: Bound, is_perhaps: bool, from: u32) {
        self.names.entry(name).or_default().push(Binding {
            bound,
            is_perhaps,
            from,
            of_try: self.within,
        });
    }

    /// What a name is bound to that both sides of one `try` statement bind, where it is known which is executed.
    pub(in crate::plugins) fn of_try(
        &self,
        name: &str,
        succeeds: &dyn Fn(&Tried) -> Option<bool>,
    ) -> Option<&Bound> {
        let all = self.names.get(name)?;
        let (statement, _) = all.first()?.of_try?;
        let is_same = |it: &Binding| it.of_try.is_some_and(|it| it.0 == statement);
        if !all.iter().all(is_same) {
            return None;
        }
        let fails = !succeeds(self.tries.get(statement)?)?;
        let mut taken = all
            .iter()
            .filter(|it| it.of_try.is_some_and(|it| it.1 == fails));
        let first = taken.next()?;
        taken.next().is_none().then_some(&first.bound)
    }

    fn block(&mut self, block: &Block, is_perhaps: bool) {
        for stmt in block {
            let from = stmt.end;
            match &stmt.kind {
                StmtKind::Import(imported) => {
                    for one in imported {
                        let top = one.name.split('.').next().unwrap_or_default();
                        let (name, module) = match &one.alias {
                            Some(alias) => (alias.clone(), one.name.clone()),
                            None => (Name::from(top), Name::from(top)),
                        };
                        self.bind(name, Bound::Module(module), is_perhaps, from);
                    }
                }
                StmtKind::ImportFrom(import) => self.import(import, is_perhaps, from),
                StmtKind::Global(names) | StmtKind::Nonlocal(names) => {
                    self.declared.extend(names.iter().cloned());
                }
                StmtKind::Function(def) => {
                    let bound = Bound::Function(def.clone());
                    self.bind(def.name.clone(), bound, is_perhaps, from);
                }
                StmtKind::Class(def) => {
                    let bound = Bound::Class(def.clone());
                    self.bind(def.name.clone(), bound, is_perhaps, from);
                }
                StmtKind::Assign(targets, value) => {
                    let value = Arc::new((**value).clone());
                    for target in targets {
                        self.target(target, Some(&value), is_perhaps, from);
                    }
                }
                StmtKind::Annotate(target, _, Some(value)) => {
                    let value = Arc::new((**value).clone());
                    self.target(target, Some(&value), is_perhaps, from);
                }
                StmtKind::Augment(target, op, value) => {
                    let sum = self.sum(target, *op, value);
                    if is_perhaps && let Some(name) = named(target) {
                        self.changed.insert(name);
                    }
                    self.target(target, sum.as_ref(), is_perhaps, from);
                }
                StmtKind::Expr(expr) => {
                    self.change(expr, is_perhaps, from);
                    self.on_the_way(expr, is_perhaps);
                }
                StmtKind::If(branches) => {
                    for (at, (test, _)) in branches.iter().enumerate() {
                        if let Some(test) = test {
                            self.on_the_way(test, is_perhaps || at > 0);
                        }
                    }
                }
                StmtKind::While { test, .. } => self.on_the_way(test, is_perhaps),
                StmtKind::For { target, .. } => self.target(target, None, true, target.end),
                StmtKind::With(items, _, _) => {
                    for (manager, target) in items {
                        if let Some(target) = target {
                            let manager = Arc::new(manager.clone());
                            self.target(target, Some(&manager), is_perhaps, target.end);
                        }
                    }
                }
                _ => {}
            }
            if let StmtKind::Try(it) = &stmt.kind
                && self.within.is_none()
                && matches!(
                    it.body.first().map(|it| &it.kind),
                    Some(StmtKind::Import(_) | StmtKind::ImportFrom(_))
                )
            {
                let number = self.tries.len();
                self.tries.push(tried(&it.body));
                self.within = Some((number, false));
                self.block(&it.body, true);
                self.block(&it.orelse, true);
                self.within = Some((number, true));
                it.handlers.iter().for_each(|it| self.block(&it.body, true));
                self.within = None;
                self.block(&it.finally, is_perhaps);
                continue;
            }
            // Names that only type checkers see are known, and those beside them are what the program sees.
            if let StmtKind::If(branches) = &stmt.kind
                && let [(Some(test), seen), (None, executed)] = &**branches
                && is_for_checkers(test)
            {
                self.block(seen, true);
                self.block(executed, is_perhaps);
                continue;
            }
            let inner = is_perhaps || !matches!(&stmt.kind, StmtKind::With(..));
            stmt.kind.blocks(&mut |block| self.block(block, inner));
        }
    }

    /// `if name := value`: the names that an expression binds whatever its parts come to.
    fn on_the_way(&mut self, expr: &Expr, is_perhaps: bool) {
        let (name, value) = match &expr.kind {
            ExprKind::Walrus(name, value) => (name, value),
            ExprKind::Compare(left, _) => return self.on_the_way(left, is_perhaps),
            ExprKind::Unary(_, of) => return self.on_the_way(of, is_perhaps),
            ExprKind::And(parts) | ExprKind::Or(parts) => {
                for (at, part) in parts.iter().enumerate() {
                    self.on_the_way(part, is_perhaps || at > 0);
                }
                return;
            }
            _ => return,
        };
        let value = Arc::new((**value).clone());
        self.bind(name.clone(), Bound::Value(value), is_perhaps, expr.end);
    }

    /// `names.append(x)`, `names.extend(more)`; any other method that changes what a name holds.
    fn change(&mut self, expr: &Expr, is_perhaps: bool, from: u32) {
        let ExprKind::Call(call) = &expr.kind else {
            return;
        };
        let ExprKind::Attribute(of, method) = &call.function.kind else {
            return;
        };
        if !CHANGING.contains(&method.as_str()) {
            return;
        }
        let Some(name) = named(of) else { return };
        let added = match (method.as_str(), &*call.arguments) {
            ("extend", [more]) => Some(more.clone()),
            ("append", [item]) => Some(Expr {
                kind: ExprKind::List([item.clone()].into()),
                start: item.start,
                end: item.end,
            }),
            _ => None,
        };
        let sum = added.and_then(|it| self.sum(of, BinaryOp::Add, &it));
        match sum.filter(|_| !is_perhaps) {
            Some(sum) => self.target(of, Some(&sum), false, from),
            None => {
                self.changed.insert(name);
            }
        }
    }

    /// What a name holds that is added to: the sum, where both parts are written out.
    fn sum(&self, target: &Expr, op: BinaryOp, value: &Expr) -> Option<Arc<Expr>> {
        let ExprKind::Name(name) = &target.kind else {
            return None;
        };
        let Bound::Value(before) = &self.names.get(name)?.last()?.bound else {
            return None;
        };
        let mut parts = 0;
        let mut part = &**before;
        while let ExprKind::Binary(sum) = &part.kind {
            parts += 1;
            part = &sum.0;
        }
        // Each is a copy of the one before.
        if parts >= MOST_SUMMED {
            return None;
        }
        Some(Arc::new(Expr {
            kind: ExprKind::Binary(Box::new(((**before).clone(), op, value.clone()))),
            start: before.start,
            end: before.end,
        }))
    }

    /// What a name holds that is given one more entry, where the mapping is written out: `names["key"] = value`.
    fn with_entry(&self, parts: &(Expr, Expr), value: Option<&Arc<Expr>>) -> Option<Arc<Expr>> {
        let ExprKind::Name(name) = &parts.0.kind else {
            return None;
        };
        let binding = self.names.get(name)?.last()?;
        let Bound::Value(before) = &binding.bound else {
            return None;
        };
        let ExprKind::Dict(entries) = &before.kind else {
            return None;
        };
        // Each is a copy of the one before.
        if binding.is_perhaps || entries.len() >= MOST_SUMMED || self.is_changed(name) {
            return None;
        }
        let own = (Some(parts.1.clone()), (**value?).clone());
        let entries = entries.iter().cloned().chain([own]);
        Some(Arc::new(Expr {
            kind: ExprKind::Dict(entries.collect()),
            start: before.start,
            end: before.end,
        }))
    }

    fn import(&mut self, import: &ImportFrom, is_perhaps: bool, at: u32) {
        for one in &import.names {
            if one.name == "*" {
                self.stars.push((import.level, import.module.clone()));
                continue;
            }
            let name = one.alias.as_ref().unwrap_or(&one.name).clone();
            let from = Bound::From(import.level, import.module.clone(), one.name.clone());
            self.bind(name, from, is_perhaps, at);
        }
    }

    fn target(&mut self, target: &Expr, value: Option<&Arc<Expr>>, is_perhaps: bool, from: u32) {
        let bound = || value.map_or(Bound::Other, |it| Bound::Value(it.clone()));
        match &target.kind {
            ExprKind::Name(name) => self.bind(name.clone(), bound(), is_perhaps, from),
            ExprKind::Attribute(of, name) => {
                if let ExprKind::Name(of) = &of.kind {
                    let whole = Name::from(format!("{of}.{name}"));
                    self.bind(whole, bound(), is_perhaps, from);
                }
            }
            ExprKind::Subscript(parts) => {
                let whole = self.with_entry(parts, value.filter(|_| !is_perhaps));
                match (whole, &parts.0.kind) {
                    (Some(whole), ExprKind::Name(name)) => {
                        self.bind(name.clone(), Bound::Value(whole), false, from);
                    }
                    _ => self.changed.extend(named(&parts.0)),
                }
            }
            ExprKind::Tuple(items) | ExprKind::List(items) => {
                for (at, item) in items.iter().enumerate() {
                    let given = value.and_then(|it| side_by_side(items, it)?.get(at));
                    let given = given.map(|it| Arc::new(it.clone()));
                    self.target(item, given.as_ref(), is_perhaps, from);
                }
            }
            _ => {}
        }
    }
}

/// Whether a condition holds for type checkers alone: `TYPE_CHECKING`.
pub(in crate::plugins) fn is_for_checkers(test: &Expr) -> bool {
    matches!(&test.kind, ExprKind::Name(name) | ExprKind::Attribute(_, name) if name == "TYPE_CHECKING")
}

/// What stands on the right of `a, b = x, y`, where each name has its own there.
fn side_by_side<'e>(targets: &[Expr], value: &'e Expr) -> Option<&'e [Expr]> {
    let (ExprKind::Tuple(given) | ExprKind::List(given)) = &value.kind else {
        return None;
    };
    let is_starred = |it: &Expr| matches!(it.kind, ExprKind::Starred(_));
    let is_plain = given.len() == targets.len() && !targets.iter().chain(given).any(is_starred);
    is_plain.then_some(given)
}

/// Methods of containers that change them.
const CHANGING: [&str; 11] = [
    "append",
    "extend",
    "insert",
    "add",
    "update",
    "setdefault",
    "remove",
    "discard",
    "pop",
    "popitem",
    "clear",
];

/// The name, or the attribute of a name, that an expression is.
fn named(expr: &Expr) -> Option<Name> {
    match &expr.kind {
        ExprKind::Name(name) => Some(name.clone()),
        ExprKind::Attribute(of, name) => match &of.kind {
            ExprKind::Name(of) => Some(Name::from(format!("{of}.{name}"))),
            _ => None,
        },
        _ => None,
    }
}

/// What a block imports, where it does nothing else that could raise: modules, and names of theirs.
pub(in crate::plugins) type Tried = Option<Vec<(Name, Vec<Name>)>>;

/// Reads the block of a `try` statement.
pub(in crate::plugins) fn tried(block: &Block) -> Tried {
    let mut found = vec![];
    for stmt in block {
        match &stmt.kind {
            StmtKind::Assign(_, value) if matches!(value.kind, ExprKind::Literal(_)) => {}
            StmtKind::Import(names) => {
                found.extend(names.iter().map(|it| (it.name.clone(), vec![])));
            }
            StmtKind::ImportFrom(import) if import.level == 0 => {
                let names = import.names.iter().map(|it| it.name.clone());
                found.push((import.module.clone(), names.collect()));
            }
            _ => return None,
        }
    }
    Some(found)
}

fn likeliest(all: Vec<&Binding>) -> Vec<&Bound> {
    match all.iter().rposition(|it| !it.is_perhaps) {
        // What comes after it under a condition may have bound it anew.
        Some(at) => vec![&all[at].bound],
        None => all.into_iter().map(|it| &it.bound).collect(),
    }
}

/// Whether an expression makes a container of its own.
pub(in crate::plugins) fn is_container(expr: &Expr) -> bool {
    match &expr.kind {
        ExprKind::List(_)
        | ExprKind::Dict(_)
        | ExprKind::Set(_)
        | ExprKind::Comprehension(_)
        | ExprKind::Binary(_) => true,
        ExprKind::Call(call) => {
            let name = matches!(&call.function.kind, ExprKind::Name(name) if matches!(name.as_str(), "list" | "dict" | "set"));
            name
        }
        _ => false,
    }
}
