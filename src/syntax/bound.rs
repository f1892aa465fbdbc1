//! Which names statements bind in the scope they stand in (language reference 4.2.1): those are local to a function unless it says otherwise.

use rustc_hash::FxHashSet;

use crate::Name;
use crate::syntax::expr::for_parts;
use crate::syntax::{Block, Comprehension, Expr, ExprKind, Parameter, Pattern, Stmt, StmtKind};

/// The names that are local to a function: its parameters, and what its body binds without `global` or `nonlocal`.
pub(super) fn locals(parameters: &[Parameter], body: &Block) -> FxHashSet<Name> {
    let mut names = vec![];
    names_bound(body, &mut names);
    let mut elsewhere = FxHashSet::default();
    declared(body, &mut elsewhere);
    let parameters = parameters.iter().map(|it| &it.name);
    let all = parameters.chain(names);
    all.filter(|name| !elsewhere.contains(*name))
        .cloned()
        .collect()
}

/// The names that a block says are bound elsewhere.
fn declared<'b>(block: &'b Block, names: &mut FxHashSet<&'b Name>) {
    for stmt in block {
        if let StmtKind::Global(said) | StmtKind::Nonlocal(said) = &stmt.kind {
            names.extend(said);
        }
        stmt.kind.blocks(&mut |inside| declared(inside, names));
    }
}

/// The names that a target binds.
pub fn names_of_target<'t>(target: &'t Expr, names: &mut Vec<&'t Name>) {
    match &target.kind {
        ExprKind::Name(name) => names.push(name),
        ExprKind::Starred(inner) => names_of_target(inner, names),
        ExprKind::Tuple(targets) | ExprKind::List(targets) => {
            for target in targets {
                names_of_target(target, names);
            }
        }
        _ => {}
    }
}

/// What a name is bound to by the statements of a function, where nothing but plain assignments of it alone binds it.
pub(super) fn values_bound<'b>(
    name: &Name,
    parameters: &[Parameter],
    body: &'b [Stmt],
) -> Option<Vec<&'b Expr>> {
    fn collect<'b>(name: &Name, block: &'b [Stmt], values: &mut Vec<&'b Expr>) {
        for stmt in block {
            if let StmtKind::Assign(targets, value) = &stmt.kind
                && let [target] = &**targets
                && matches!(&target.kind, ExprKind::Name(it) if it == name)
            {
                values.push(value);
            }
            stmt.kind
                .blocks(&mut |inside| collect(name, inside, values));
        }
    }
    let mut names = vec![];
    names_bound(body, &mut names);
    let mut values = vec![];
    collect(name, body, &mut values);
    let is_all = names.into_iter().filter(|it| *it == name).count() == values.len();
    let is_given = parameters.iter().any(|it| it.name == *name);
    (is_all && !is_given && !values.is_empty()).then_some(values)
}

/// The names that statements bind in their own scope, in order, some of them more than once.
pub fn names_bound<'b>(block: &'b [Stmt], names: &mut Vec<&'b Name>) {
    for stmt in block {
        match &stmt.kind {
            StmtKind::Assign(targets, value) => {
                for target in targets {
                    names_of_target(target, names);
                }
                names_walrused(value, names);
            }
            StmtKind::Annotate(target, _, value) => {
                names_of_target(target, names);
                if let Some(value) = value {
                    names_walrused(value, names);
                }
            }
            StmtKind::Augment(target, _, value) => {
                names_of_target(target, names);
                names_walrused(value, names);
            }
            StmtKind::For { target, iter, .. } => {
                names_of_target(target, names);
                names_walrused(iter, names);
            }
            StmtKind::With(managers, ..) => {
                for (context, target) in &**managers {
                    names_walrused(context, names);
                    if let Some(target) = target {
                        names_of_target(target, names);
                    }
                }
            }
            StmtKind::Import(imported) => {
                for it in imported {
                    let whole = Some(&it.name).filter(|it| !it.contains('.'));
                    names.extend(it.alias.as_ref().or(whole));
                }
            }
            StmtKind::ImportFrom(from) => {
                for it in &from.names {
                    names.push(it.alias.as_ref().unwrap_or(&it.name));
                }
            }
            StmtKind::Function(def) => names.push(&def.name),
            StmtKind::Class(def) => names.push(&def.name),
            StmtKind::TypeAlias(name) => names.push(name),
            StmtKind::Try(it) => {
                names.extend(it.handlers.iter().filter_map(|it| it.name.as_ref()));
            }
            StmtKind::Match(subject, cases) => {
                names_walrused(subject, names);
                for case in cases {
                    names_captured(&case.pattern, names);
                    if let Some(guard) = &case.guard {
                        names_walrused(guard, names);
                    }
                }
            }
            StmtKind::While { test, .. } => names_walrused(test, names),
            StmtKind::Expr(value) => names_walrused(value, names),
            StmtKind::Assert(parts) => {
                names_walrused(&parts.0, names);
                if let Some(message) = &parts.1 {
                    names_walrused(message, names);
                }
            }
            StmtKind::Return(Some(value)) | StmtKind::Raise(Some(value)) => {
                names_walrused(value, names);
            }
            StmtKind::If(branches) => {
                for test in branches.iter().filter_map(|it| it.0.as_ref()) {
                    names_walrused(test, names);
                }
            }
            StmtKind::Delete(targets) => {
                for target in targets {
                    names_of_target(target, names);
                }
            }
            _ => {}
        }
        stmt.kind.blocks(&mut |inside| names_bound(inside, names));
    }
}

/// The names that a pattern binds.
fn names_captured<'p>(pattern: &'p Pattern, names: &mut Vec<&'p Name>) {
    match pattern {
        Pattern::Value(_) | Pattern::Same(_) => {}
        Pattern::Any(name) | Pattern::Star(name) => names.extend(name),
        Pattern::As(inner, name) => {
            names_captured(inner, names);
            names.push(name);
        }
        Pattern::Or(patterns) | Pattern::Sequence(patterns) => {
            for pattern in patterns {
                names_captured(pattern, names);
            }
        }
        Pattern::Class {
            positional,
            keywords,
            ..
        } => {
            for pattern in positional {
                names_captured(pattern, names);
            }
            for (_, pattern) in keywords {
                names_captured(pattern, names);
            }
        }
        Pattern::Mapping { entries, rest } => {
            for (_, pattern) in entries {
                names_captured(pattern, names);
            }
            names.extend(rest);
        }
    }
}

impl Comprehension {
    /// The names that `:=` binds in it, which are those of the scope around (PEP 572).
    ///
    /// ```py
    /// [last := name for name in names]        # `last` is bound outside of it
    /// ```
    pub fn names_bound(&self) -> Vec<&Name> {
        let mut names = vec![];
        names_walrused(&self.element, &mut names);
        if let Some(value) = &self.value {
            names_walrused(value, &mut names);
        }
        for condition in self.clauses.iter().flat_map(|it| &it.conditions) {
            names_walrused(condition, &mut names);
        }
        names
    }
}

/// The names that `:=` binds in an expression, comprehensions included (PEP 572), lambdas not.
fn names_walrused<'e>(expr: &'e Expr, names: &mut Vec<&'e Name>) {
    if let ExprKind::Walrus(name, _) = &expr.kind {
        names.push(name);
    }
    for_parts(expr, &mut |part| names_walrused(part, names));
}
