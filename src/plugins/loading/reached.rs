//! What modules import on their way, and what that imports: by statements, and by texts that name modules.

use std::rc::Rc;

use rustc_hash::FxHashSet;

use crate::Name;
use crate::plugins::files::modules::is_of_tests;
use crate::plugins::files::modules::{File, Look};
use crate::plugins::frameworks::Framework;
use crate::plugins::loading::loads::{Loads, MOST};
use crate::plugins::names::follow::Follow;
use crate::plugins::names::imports::imports_in;
use crate::syntax::{Expr, ExprKind, Literal, StmtKind, for_parts};

/// Adds what all these modules import, and what that imports.
pub(super) fn reach(loads: &mut Loads, framework: &Framework, follow: &Follow<'_>) {
    let paths_in: Vec<&String> = framework.load.iter().flat_map(|it| &it.paths_in).collect();
    let without: Vec<&String> = framework
        .load
        .iter()
        .flat_map(|it| &it.paths_without)
        .collect();
    let mut seen: FxHashSet<Name> = loads.modules.iter().cloned().collect();
    let analysis = follow.modules.ground.analysis;
    for module in &analysis.modules {
        if seen.insert(module.name.clone()) {
            loads.reached.push(module.name.clone());
        }
    }
    let mut row: Vec<Name> = loads.modules.clone();
    for module in &analysis.modules {
        let last = module.name.rsplit('.').next().unwrap_or_default();
        if paths_in
            .iter()
            .any(|it| it.strip_suffix(".py") == Some(last))
            && let Some(file) = follow.modules.source(&module.name)
        {
            let mut named = vec![];
            paths_of(&file, follow, &without, &mut named);
            named.retain(|it| seen.insert(it.clone()));
            loads.reached.extend(named.iter().cloned());
            row.extend(named);
        }
    }
    while !row.is_empty() && seen.len() < MOST {
        follow.modules.read_ahead(&row);
        let mut next = vec![];
        for name in &row {
            if let Some(file) = follow.modules.source(name) {
                imports_in(&file.syntax.body, &file, &mut next);
                let named = file.path.file_name().unwrap_or_default().to_string_lossy();
                if paths_in.iter().any(|it| **it == *named) {
                    paths_of(&file, follow, &without, &mut next);
                }
            }
        }
        next.retain(|it| seen.insert(it.clone()));
        next.retain(|it| matches!(follow.modules.look(it), Look::Source(_)));
        loads.reached.extend(next.iter().cloned());
        row = next;
    }
    perhaps(loads, (&paths_in, &without), follow);
}

/// Notes of what is reached why it is perhaps not imported: texts name it, tests import it, or functions do that nobody may call.
fn perhaps(loads: &mut Loads, (paths_in, without): (&[&String], &[&String]), follow: &Follow<'_>) {
    let mut sure: FxHashSet<Name> = FxHashSet::default();
    let loaded = loads.modules.iter();
    let loaded = loaded.filter(|it| !loads.unsure.contains_key(*it));
    let mut all: Vec<Name> = loaded.chain(&loads.hosts).cloned().collect();
    let mut unsure: Vec<(Name, String)> = vec![];
    let project = follow.modules.of_project();
    for file in &project {
        if file.name.split('.').any(is_of_tests) {
            let why = format!("imported by tests alone: {}", file.shown);
            unsure.push((file.name.clone(), why));
        } else {
            all.push(file.name.clone());
        }
    }
    imported_by(all, follow, &mut |it| sure.insert(it.clone()));
    let mut known = std::mem::take(&mut loads.perhaps_reached);
    let all = loads.modules.iter().chain(&loads.reached);
    for file in all.filter_map(|it| follow.modules.source(it)) {
        let named = file.path.file_name().unwrap_or_default().to_string_lossy();
        if paths_in.iter().any(|it| **it == *named) {
            let mut found = vec![];
            paths_of(&file, follow, without, &mut found);
            let why = format!("imported when what {} names is asked for", file.shown);
            unsure.extend(found.into_iter().map(|it| (it, why.clone())));
        }
    }
    for (module, why) in &loads.unsure {
        unsure.push((module.clone(), why.clone()));
    }
    for (root, why) in unsure {
        imported_by(vec![root], follow, &mut |it| {
            let is_new = !sure.contains(it) && !known.contains_key(it);
            if is_new {
                known.insert(it.clone(), why.clone());
            }
            is_new
        });
    }
    for name in loads.reached.iter().filter(|it| !sure.contains(*it)) {
        let why = || String::from("imported, if at all, where a function is called");
        known.entry(name.clone()).or_insert_with(why);
    }
    loads.perhaps_reached = known;
}

/// Goes through these modules, what they import as they are executed, and what that imports; `is_new` says which are gone on from.
fn imported_by(from: Vec<Name>, follow: &Follow<'_>, is_new: &mut dyn FnMut(&Name) -> bool) {
    let mut waiting = from;
    waiting.retain(|it| is_new(it));
    let mut left = MOST;
    while let Some(name) = waiting.pop()
        && left > 0
    {
        left -= 1;
        if let Some(file) = follow.modules.source(&name) {
            let mut next = vec![];
            imports_in(&file.syntax.body, &file, &mut next);
            next.retain(|it| is_new(it));
            waiting.extend(next);
        }
    }
}

/// The modules that texts name which a module's names hold: `["shop.middleware.Timing"]`.
fn paths_of(file: &Rc<File>, follow: &Follow<'_>, without: &[&String], found: &mut Vec<Name>) {
    let mut waiting: Vec<&Expr> = vec![];
    for stmt in &file.syntax.body {
        let is_left_out = |it: &Expr| matches!(&it.kind, ExprKind::Name(name) if without.iter().any(|it| **it == *name));
        match &stmt.kind {
            StmtKind::Assign(targets, value) if !targets.iter().any(is_left_out) => {
                waiting.push(value);
            }
            StmtKind::Annotate(target, _, Some(value)) if !is_left_out(target) => {
                waiting.push(value);
            }
            _ => {}
        }
    }
    while let Some(expr) = waiting.pop() {
        if let ExprKind::Literal(Literal::Str(text)) = &expr.kind {
            let is_path = text.len() < 200
                && text.split('.').all(|it| {
                    it.starts_with(|it: char| it.is_alphabetic() || it == '_')
                        && it.chars().all(|it| it.is_alphanumeric() || it == '_')
                });
            if let Some((module, name)) = text.rsplit_once('.').filter(|_| is_path)
                && let Look::Source(of) = follow.modules.look(module)
            {
                let whole = Name::from(&**text);
                if of.table.has(name) {
                    found.push(of.name.clone());
                } else if let Look::Source(_) = follow.modules.look(&whole) {
                    found.push(whole);
                }
            }
        }
        for_parts(expr, &mut |part| waiting.push(part));
    }
}
