//! What running a piece of code may change: whether the body of a function only reads, and whether a statement decides something on its
//! way. Asked of calls that were not followed to their end, since what they only read stays as it is.

use crate::Name;
use crate::syntax::expr::{for_parts, root};
use crate::syntax::{Block, ClassDef, Expr, ExprKind, Stmt, StmtKind};

/// The names of a function whose objects its body may change by `+=`, where it changes nothing else, whatever else it does; none where
/// it may. `only_reads` says of what a call calls that it leaves all as it was. What operators and attributes run counts as code that
/// only reads.
pub fn names_extended(body: &Block, only_reads: &dyn Fn(&Expr) -> bool) -> Option<Vec<Name>> {
    let mut reader = Reader::of(only_reads);
    reader.block(body);
    (!reader.changes).then_some(reader.extended)
}

/// The names whose objects code may change: it calls their methods, adds to them, or sets something in them.
///
/// ```py
/// def note(event):
///     log.append(event)           # log
///     seen[event.key] += 1        # seen
///     return registry[event]      # only reads
/// ```
pub fn names_changed(body: &Block) -> Vec<Name> {
    let mut reader = Reader::of(&|_| false);
    reader.block(body);
    reader.changed.extend(reader.extended);
    reader.changed
}

/// The same of an expression, the body of a lambda.
pub fn names_changed_by(body: &Expr) -> Vec<Name> {
    let mut reader = Reader::of(&|_| false);
    reader.expr(body);
    reader.changed
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
    /// The names in whose objects something is set, or whose methods are called.
    changed: Vec<Name>,
    changes: bool,
}

impl<'a> Reader<'a> {
    fn of(only_reads: &'a dyn Fn(&Expr) -> bool) -> Self {
        Self {
            only_reads,
            extended: vec![],
            changed: vec![],
            changes: false,
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
            ExprKind::Name(_) => {}
            ExprKind::Tuple(items) | ExprKind::List(items) => {
                items.iter().for_each(|it| self.target(it));
            }
            ExprKind::Starred(inner) => self.target(inner),
            _ => {
                self.changed.extend(root(target).cloned());
                self.changes = true;
            }
        }
    }

    fn expr(&mut self, expr: &Expr) {
        match &expr.kind {
            ExprKind::Call(call) => {
                if let ExprKind::Attribute(of, _) = &call.function.kind {
                    self.changed.extend(root(of).cloned());
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
