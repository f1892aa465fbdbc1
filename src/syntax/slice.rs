//! A function's body, cut down to what its class statements can see: for a function that nobody has called, nothing else is asked.
//!
//! A statement is kept when it makes a class, when it binds or changes a name that a kept statement reads, or when it decides
//! whether a kept statement is reached (a backward slice). What is read inside of a class statement or of a nested function is
//! taken to be every word of its text, which is more than it reads and never less.

use rustc_hash::FxHashSet;

use crate::Name;
use crate::syntax::expr::for_parts;
use crate::syntax::{
    Block, Call, Case, Expr, ExprKind, Handler, Imported, Stmt, StmtKind, Try, awaits_exception,
};

/// Keeps what the class statements of a body can see. `text` is the file's, in which the statements have their offsets;
/// `receiver` is the first parameter of a method, whose own methods change no class.
pub(super) fn for_classes(body: Box<Block>, text: &str, receiver: Option<&str>) -> Box<Block> {
    let mut slice = Slice {
        text,
        receiver,
        seen: FxHashSet::default(),
        classes: FxHashSet::default(),
        makers: FxHashSet::default(),
    };
    slice.find_classes(&body);
    loop {
        let before = slice.seen.len();
        slice.see_block(&body);
        if slice.seen.len() == before {
            return slice.keep(body);
        }
    }
}

struct Slice<'t> {
    text: &'t str,
    receiver: Option<&'t str>,
    /// Names that what is kept reads.
    seen: FxHashSet<Name>,
    /// Names that class statements bind.
    classes: FxHashSet<Name>,
    /// Functions in which class statements stand.
    makers: FxHashSet<Name>,
}

impl Slice<'_> {
    fn find_classes(&mut self, block: &Block) {
        for stmt in block {
            if let StmtKind::Class(def) = &stmt.kind {
                self.classes.insert(def.name.clone());
                self.seen.insert(def.name.clone());
                self.see_words(def.start, def.end);
            }
            if let StmtKind::Function(def) = &stmt.kind
                && def.summary.has_class
            {
                self.makers.insert(def.name.clone());
            }
            stmt.kind.blocks(&mut |block| self.find_classes(block));
        }
    }

    /// Notes what the kept statements of a block read.
    fn see_block(&mut self, block: &Block) {
        for stmt in block {
            if !self.is_kept(stmt) {
                continue;
            }
            match &stmt.kind {
                StmtKind::Function(def) => self.see_words(def.start, def.end),
                StmtKind::Assign(targets, value) => {
                    targets.iter().for_each(|it| self.see(it));
                    self.see(value);
                }
                StmtKind::Annotate(target, _, Some(value))
                | StmtKind::Augment(target, _, value) => {
                    self.see(target);
                    self.see(value);
                }
                StmtKind::Delete(targets) => targets.iter().for_each(|it| self.see(it)),
                StmtKind::Expr(value) => self.see(value),
                StmtKind::Raise(Some(value)) => self.see(value),
                StmtKind::If(branches) => {
                    branches
                        .iter()
                        .filter_map(|it| it.0.as_ref())
                        .for_each(|it| self.see(it));
                }
                StmtKind::For { target, iter, .. } => {
                    self.see(target);
                    self.see(iter);
                }
                StmtKind::While { test, .. } => self.see(test),
                StmtKind::With(items, ..) => {
                    for (manager, target) in items {
                        self.see(manager);
                        if let Some(target) = target {
                            self.see(target);
                        }
                    }
                }
                StmtKind::Try(it) => {
                    it.handlers
                        .iter()
                        .filter_map(|it| it.kind.as_ref())
                        .for_each(|it| self.see(it));
                }
                StmtKind::Match(subject, cases) => {
                    self.see(subject);
                    cases
                        .iter()
                        .filter_map(|it| it.guard.as_ref())
                        .for_each(|it| self.see(it));
                }
                _ => {}
            }
            stmt.kind.blocks(&mut |block| self.see_block(block));
        }
    }

    fn is_kept(&self, stmt: &Stmt) -> bool {
        match &stmt.kind {
            StmtKind::Class(_)
            | StmtKind::Global(_)
            | StmtKind::Nonlocal(_)
            | StmtKind::Return(_)
            | StmtKind::Raise(_)
            | StmtKind::Break
            | StmtKind::Continue => true,
            StmtKind::Pass | StmtKind::Assert(_) => false,
            StmtKind::Function(def) => {
                def.summary.has_class
                    || self.seen.contains(&def.name)
                    || def.decorators.iter().any(|it| self.hands_over(it))
            }
            StmtKind::Import(names) => names.iter().any(|it| self.is_imported(it)),
            StmtKind::ImportFrom(it) => it
                .names
                .iter()
                .any(|it| it.name == "*" || self.is_imported(it)),
            StmtKind::Assign(targets, value) => {
                targets.iter().any(|it| self.is_bound(it))
                    || self.is_class(value)
                    || self.hands_over(value)
            }
            StmtKind::Annotate(target, _, value) => {
                value.is_some() && self.is_bound(target)
                    || value.as_ref().is_some_and(|it| self.hands_over(it))
            }
            StmtKind::Augment(target, _, _) => self.is_bound(target),
            StmtKind::TypeAlias(name) => self.seen.contains(name),
            StmtKind::Delete(targets) => targets.iter().any(|it| self.is_bound(it)),
            StmtKind::Expr(value) => self.hands_over(value),
            StmtKind::With(items, body, _) => {
                body.iter().any(|it| self.is_kept(it))
                    || items
                        .iter()
                        .any(|(_, target)| target.as_ref().is_some_and(|it| self.is_bound(it)))
            }
            StmtKind::For { target, .. } if self.is_bound(target) => true,
            kind => {
                let mut any = false;
                kind.blocks(&mut |block| {
                    any |= block.iter().any(|it| self.is_kept(it));
                });
                any
            }
        }
    }

    fn is_imported(&self, it: &Imported) -> bool {
        let bound = it.alias.as_ref().unwrap_or(&it.name);
        self.seen.contains(bound)
            || bound
                .split_once('.')
                .is_some_and(|(top, _)| self.seen.contains(top))
    }

    /// Whether a target binds or changes a name that is read.
    fn is_bound(&self, target: &Expr) -> bool {
        match &target.kind {
            ExprKind::Name(name) => self.seen.contains(name),
            ExprKind::Tuple(items) | ExprKind::List(items) => {
                items.iter().any(|it| self.is_bound(it))
            }
            ExprKind::Starred(inner) => self.is_bound(inner),
            _ => root(target).is_none_or(|name| self.seen.contains(name)),
        }
    }

    fn is_class(&self, value: &Expr) -> bool {
        matches!(&value.kind, ExprKind::Name(name) if self.classes.contains(name))
    }

    /// Whether evaluating an expression may change something that is read: a call of its method, or one that is handed a class.
    fn hands_over(&self, value: &Expr) -> bool {
        match &value.kind {
            ExprKind::Call(call) => {
                let is_method = match &call.function.kind {
                    ExprKind::Attribute(of, _) => match &of.kind {
                        ExprKind::Name(name) => {
                            self.seen.contains(name) && self.receiver != Some(name)
                        }
                        _ => self.hands_over(of),
                    },
                    _ => self.hands_over(&call.function),
                };
                is_method
                    || self.awaits(call)
                    || call
                        .arguments
                        .iter()
                        .any(|it| self.is_class(it) || self.hands_over(it))
                    || call
                        .keywords
                        .iter()
                        .any(|(_, it)| self.is_class(it) || self.hands_over(it))
            }
            ExprKind::Walrus(name, value) => self.seen.contains(name) || self.hands_over(value),
            ExprKind::Await(inner) | ExprKind::Starred(inner) | ExprKind::YieldFrom(inner) => {
                self.hands_over(inner)
            }
            ExprKind::Yield(Some(inner)) => self.hands_over(inner),
            ExprKind::Comprehension(it) => self.hands_over(&it.element),
            _ => false,
        }
    }

    /// Whether a call hands a function that makes classes to what calls it and waits for an exception: `assertRaises(TypeError, make)`.
    fn awaits(&self, call: &Call) -> bool {
        let is_maker =
            |it: &Expr| matches!(&it.kind, ExprKind::Name(name) if self.makers.contains(name));
        let named = call.function.last_name();
        named.is_some_and(|name| awaits_exception(name))
            && call.arguments.iter().skip(1).any(is_maker)
    }

    fn keep(&self, block: Box<Block>) -> Box<Block> {
        block
            .into_vec()
            .into_iter()
            .filter(|it| self.is_kept(it))
            .map(|stmt| Stmt {
                kind: self.keep_inside(stmt.kind),
                ..stmt
            })
            .collect()
    }

    fn keep_inside(&self, kind: StmtKind) -> StmtKind {
        match kind {
            // Nobody asks what comes back.
            StmtKind::Return(_) => StmtKind::Return(None),
            StmtKind::If(branches) => StmtKind::If(
                branches
                    .into_vec()
                    .into_iter()
                    .map(|(test, body)| (test, self.keep(body)))
                    .collect(),
            ),
            StmtKind::For {
                is_async,
                target,
                iter,
                body,
                orelse,
            } => StmtKind::For {
                is_async,
                target,
                iter,
                body: self.keep(body),
                orelse: self.keep(orelse),
            },
            StmtKind::While { test, body, orelse } => StmtKind::While {
                test,
                body: self.keep(body),
                orelse: self.keep(orelse),
            },
            StmtKind::With(items, body, is_async) => {
                StmtKind::With(items, self.keep(body), is_async)
            }
            StmtKind::Try(it) => StmtKind::Try(Box::new(Try {
                body: self.keep(it.body),
                handlers: it
                    .handlers
                    .into_vec()
                    .into_iter()
                    .map(|it| Handler {
                        body: self.keep(it.body),
                        ..it
                    })
                    .collect(),
                orelse: self.keep(it.orelse),
                finally: self.keep(it.finally),
            })),
            StmtKind::Match(subject, cases) => StmtKind::Match(
                subject,
                cases
                    .into_vec()
                    .into_iter()
                    .map(|it| Case {
                        body: self.keep(it.body),
                        ..it
                    })
                    .collect(),
            ),
            other => other,
        }
    }

    /// Notes every name an expression reads.
    fn see(&mut self, expr: &Expr) {
        match &expr.kind {
            ExprKind::Name(name) => {
                self.seen.insert(name.clone());
            }
            ExprKind::Lambda(_) => self.see_words(expr.start, expr.end),
            _ => for_parts(expr, &mut |part| self.see(part)),
        }
    }

    /// Notes every word of a piece of text.
    fn see_words(&mut self, start: u32, end: u32) {
        let text = self.text.get(start as usize..end as usize).unwrap_or("");
        for word in text.split(|it: char| !it.is_alphanumeric() && it != '_') {
            if !word.is_empty() && !self.seen.contains(word) {
                self.seen.insert(Name::from(word));
            }
        }
    }
}

/// The name at the left of attributes, items and calls.
fn root(expr: &Expr) -> Option<&Name> {
    match &expr.kind {
        ExprKind::Name(name) => Some(name),
        ExprKind::Attribute(of, _) => root(of),
        ExprKind::Subscript(pair) => root(&pair.0),
        ExprKind::Call(call) => root(&call.function),
        _ => None,
    }
}
