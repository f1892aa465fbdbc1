//! Which names statements bind in the scope they stand in (language reference 4.2.1): those are local to a function unless it says otherwise.

use rustc_hash::FxHashSet;

use crate::Name;
use crate::syntax::{Block, Clause, Expr, ExprKind, Parameter, Pattern, Stmt, StmtKind};

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
            StmtKind::With(managers, _) => {
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

/// The names that `:=` binds in an expression, comprehensions included (PEP 572), lambdas not.
fn names_walrused<'e>(expr: &'e Expr, names: &mut Vec<&'e Name>) {
    if let ExprKind::Walrus(name, _) = &expr.kind {
        names.push(name);
    }
    parts(expr, &mut |part| names_walrused(part, names));
}

/// Hands over the expressions that stand directly in one; those of a lambda's body are none of them.
fn parts<'e>(expr: &'e Expr, what: &mut dyn FnMut(&'e Expr)) {
    match &expr.kind {
        ExprKind::Name(_) | ExprKind::Literal(_) | ExprKind::Lambda(_) | ExprKind::Opaque => {}
        ExprKind::Attribute(of, _) => what(of),
        ExprKind::Call(call) => {
            what(&call.function);
            call.arguments.iter().for_each(&mut *what);
            call.keywords.iter().for_each(|(_, value)| what(value));
        }
        ExprKind::Subscript(pair) => {
            what(&pair.0);
            what(&pair.1);
        }
        ExprKind::Tuple(items)
        | ExprKind::List(items)
        | ExprKind::Set(items)
        | ExprKind::And(items)
        | ExprKind::Or(items) => items.iter().for_each(what),
        ExprKind::Dict(entries) => {
            for (key, value) in entries {
                key.iter().for_each(&mut *what);
                what(value);
            }
        }
        ExprKind::Binary(both) => {
            what(&both.0);
            what(&both.2);
        }
        ExprKind::Unary(_, value)
        | ExprKind::Starred(value)
        | ExprKind::Walrus(_, value)
        | ExprKind::YieldFrom(value)
        | ExprKind::Await(value)
        | ExprKind::Yield(Some(value)) => what(value),
        ExprKind::Yield(None) => {}
        ExprKind::Compare(left, rest) => {
            what(left);
            rest.iter().for_each(|(_, right)| what(right));
        }
        ExprKind::If(all) => {
            what(&all.0);
            what(&all.1);
            what(&all.2);
        }
        ExprKind::Comprehension(it) => {
            what(&it.element);
            it.value.iter().for_each(&mut *what);
            for Clause {
                iter, conditions, ..
            } in &it.clauses
            {
                what(iter);
                conditions.iter().for_each(&mut *what);
            }
        }
        ExprKind::Joined(all) => {
            super::slice::in_parts(all, &mut *what);
        }
        ExprKind::Slice(bounds) => {
            bounds.0.iter().for_each(&mut *what);
            bounds.1.iter().for_each(&mut *what);
            bounds.2.iter().for_each(&mut *what);
        }
    }
}
