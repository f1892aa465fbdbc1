//! What running a piece of code may change: whether the body of a function only reads, and whether a statement decides something on its
//! way. Asked of calls that were not followed to their end, since what they only read stays as it is.

use crate::Name;
use crate::syntax::expr::{for_parts, root};
use crate::syntax::{Block, ClassDef, Expr, ExprKind, Parameter, Stmt, StmtKind};

/// The names of a function whose objects its body may change by `+=`, where it changes nothing else, whatever else it does; none where
/// it may. `only_reads` says of what a call calls that it leaves all as it was. What operators and attributes run counts as code that
/// only reads.
pub fn names_extended(body: &Block, only_reads: &dyn Fn(&Expr) -> bool) -> Option<Vec<Name>> {
    let mut reader = Reader::of(only_reads);
    reader.block(body);
    (!reader.changes).then_some(reader.extended)
}

/// What code may change of what stands around it; each name once.
///
/// ```py
/// def note(event):
///     global last
///     log.append(event)           # changes `log`
///     seen[event.key] += 1        # changes `seen`
///     last = event                # binds `last`
///     Event.count = len(log)      # sets `count` of `Event`
///     publish(registry[event])    # calls `publish`
/// ```
#[derive(Debug, Clone, Default)]
pub struct Changed {
    /// The names whose objects it may change: it calls their methods, adds to them, or sets something in them.
    pub names: Box<[Name]>,
    /// The names around it that it binds (`global`, `nonlocal`).
    pub bound: Box<[Name]>,
    /// The attributes that it sets or deletes, with the name they stand behind.
    pub attributes: Box<[(Name, Name)]>,
    /// The attributes that it sets or deletes behind names of its own: of its receiver, say.
    pub own_attributes: Box<[Name]>,
    /// The names that it calls.
    pub called: Box<[Name]>,
}

impl Changed {
    /// Whether it changes nothing around it, and calls nothing that might.
    pub fn is_nothing(&self) -> bool {
        self.names.is_empty()
            && self.bound.is_empty()
            && self.attributes.is_empty()
            && self.called.is_empty()
    }

    /// What the body of a function with these parameters may change.
    pub(super) fn by_body(parameters: &[Parameter], body: &Block) -> Self {
        let mut reader = Reader::of(&|_| false);
        reader.block(body);
        let own = parameters.iter().map(|it| it.name.clone());
        reader.own.extend(own);
        reader.changed()
    }

    /// What evaluating an expression may change, the body of a lambda.
    pub fn by(body: &Expr) -> Self {
        let mut reader = Reader::of(&|_| false);
        reader.expr(body);
        reader.changed()
    }
}

impl StmtKind {
    /// Whether a part of a statement is run or not as another decides.
    pub fn has_condition(&self) -> bool {
        match self {
            Self::Pass => false,
            Self::Expr(value) => decides(value),
            Self::Assign(targets, value) => decides(value) || targets.iter().any(decides),
            Self::Annotate(target, _, value) => {
                decides(target) || value.as_ref().is_some_and(|it| decides(it))
            }
            Self::Augment(target, _, value) => decides(target) || decides(value),
            Self::Function(def) => def.decorators.iter().any(decides),
            Self::Class(def) => class_decides(def),
            _ => true,
        }
    }
}

fn class_decides(def: &ClassDef) -> bool {
    let mut outside = def.decorators.iter().chain(&def.bases);
    outside.any(decides)
        || def.keywords.iter().any(|(_, it)| decides(it))
        || def.body.iter().any(|it| it.kind.has_condition())
}

fn decides(expr: &Expr) -> bool {
    match &expr.kind {
        ExprKind::And(_) | ExprKind::Or(_) | ExprKind::If(_) | ExprKind::Opaque => true,
        ExprKind::Compare(_, rest) if rest.len() > 1 => true,
        ExprKind::Comprehension(it) if it.clauses.iter().any(|it| !it.conditions.is_empty()) => {
            true
        }
        _ => {
            let mut any = false;
            for_parts(expr, &mut |part| any = any || decides(part));
            any
        }
    }
}

struct Reader<'a> {
    only_reads: &'a dyn Fn(&Expr) -> bool,
    extended: Vec<Name>,
    changed: Vec<Name>,
    /// The names that it declares to be those around it.
    bound: Vec<Name>,
    attributes: Vec<(Name, Name)>,
    called: Vec<Name>,
    /// The names that it binds.
    own: Vec<Name>,
    changes: bool,
}

impl<'a> Reader<'a> {
    fn of(only_reads: &'a dyn Fn(&Expr) -> bool) -> Self {
        Self {
            only_reads,
            extended: vec![],
            changed: vec![],
            bound: vec![],
            attributes: vec![],
            called: vec![],
            own: vec![],
            changes: false,
        }
    }

    fn changed(self) -> Changed {
        let bound = once_each(self.bound);
        let mut own = self.own;
        own.retain(|it| !bound.contains(it));
        let not_own = |it: &Name| !own.contains(it);
        let outer = |names: Vec<Name>| once_each(names.into_iter().filter(not_own).collect());
        let (attributes, of_own): (Vec<_>, Vec<_>) =
            self.attributes.into_iter().partition(|it| not_own(&it.0));
        let own_attributes = once_each(of_own.into_iter().map(|it| it.1).collect());
        let (called, attributes) = (outer(self.called), once_each(attributes));
        let changed = self.changed.into_iter().chain(self.extended).collect();
        Changed {
            names: outer(changed).into(),
            bound: bound.into(),
            attributes: attributes.into(),
            own_attributes: own_attributes.into(),
            called: called.into(),
        }
    }

    fn block(&mut self, block: &Block) {
        for stmt in block {
            self.stmt(stmt);
            stmt.kind.blocks(&mut |block| self.block(block));
        }
    }

    fn stmt(&mut self, stmt: &Stmt) {
        match &stmt.kind {
            StmtKind::Assign(targets, value) => {
                targets.iter().for_each(|it| self.target(it));
                self.expr(value);
            }
            StmtKind::Annotate(target, _, Some(value)) => {
                self.target(target);
                self.expr(value);
            }
            StmtKind::Augment(target, _, value) => {
                match &target.kind {
                    ExprKind::Name(name) => self.extended.push(name.clone()),
                    _ => self.target(target),
                }
                self.expr(value);
            }
            StmtKind::Delete(targets) => targets.iter().for_each(|it| self.target(it)),
            StmtKind::For { target, iter, .. } => {
                self.target(target);
                self.expr(iter);
            }
            StmtKind::While { test, .. } => self.expr(test),
            StmtKind::Assert(it) => {
                self.expr(&it.0);
                it.1.iter().for_each(|it| self.expr(it));
            }
            StmtKind::If(branches) => {
                branches
                    .iter()
                    .filter_map(|it| it.0.as_ref())
                    .for_each(|it| self.expr(it));
            }
            StmtKind::Try(it) => {
                it.handlers
                    .iter()
                    .filter_map(|it| it.kind.as_ref())
                    .for_each(|it| self.expr(it));
            }
            StmtKind::Expr(value) => self.expr(value),
            StmtKind::With(items, ..) => {
                for (context, target) in items {
                    self.expr(context);
                    if let Some(target) = target {
                        self.target(target);
                    }
                }
                self.changes = true;
            }
            StmtKind::Global(names) | StmtKind::Nonlocal(names) => {
                self.bound.extend(names.iter().cloned());
                self.changes = true;
            }
            StmtKind::Return(Some(value)) | StmtKind::Raise(Some(value)) => self.expr(value),
            StmtKind::Annotate(..)
            | StmtKind::Return(None)
            | StmtKind::Raise(None)
            | StmtKind::Pass
            | StmtKind::Break
            | StmtKind::Continue => {}
            _ => self.changes = true,
        }
    }

    /// What is bound: a name of the function itself, or something that others see.
    fn target(&mut self, target: &Expr) {
        match &target.kind {
            ExprKind::Name(name) => self.own.push(name.clone()),
            ExprKind::Tuple(items) | ExprKind::List(items) => {
                items.iter().for_each(|it| self.target(it));
            }
            ExprKind::Starred(inner) => self.target(inner),
            _ => {
                self.changed.extend(root(target).cloned());
                if let ExprKind::Attribute(of, attribute) = &target.kind
                    && let ExprKind::Name(of) = &of.kind
                {
                    let set = (of.clone(), attribute.clone());
                    self.attributes.push(set);
                }
                self.changes = true;
            }
        }
    }

    fn expr(&mut self, expr: &Expr) {
        match &expr.kind {
            ExprKind::Call(call) => {
                match &call.function.kind {
                    ExprKind::Attribute(of, _) => self.changed.extend(root(of).cloned()),
                    ExprKind::Name(name) => self.called.push(name.clone()),
                    _ => {}
                }
                // What is handed on may be called there.
                for it in &call.arguments {
                    if let ExprKind::Name(name) = &it.kind {
                        self.called.push(name.clone());
                    }
                }
                self.changes |= !(self.only_reads)(&call.function);
            }
            ExprKind::Comprehension(it) => {
                it.clauses.iter().for_each(|it| self.target(&it.target));
            }
            ExprKind::Yield(_)
            | ExprKind::YieldFrom(_)
            | ExprKind::Lambda(_)
            | ExprKind::Await(_)
            | ExprKind::Opaque => self.changes = true,
            _ => {}
        }
        for_parts(expr, &mut |part| self.expr(part));
    }
}

fn once_each<T: Ord>(mut all: Vec<T>) -> Vec<T> {
    all.sort_unstable();
    all.dedup();
    all
}
