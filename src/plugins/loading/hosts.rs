//! Installed programs that a project writes plugins for: they make the markers that the project imports, and their code says what is loaded.

use std::rc::Rc;

use rustc_hash::FxHashSet;

use crate::Name;
use crate::plugins::files::modules::{File, Look, Modules, is_of_tests, top};
use crate::plugins::frameworks::Framework;
use crate::plugins::loading::loads::MOST;
use crate::plugins::names::imports::imports_in;

/// The modules of all programs that the project imports and that make markers of a framework, sorted.
pub(in crate::plugins) fn of(
    framework: &Framework,
    modules: &Modules<'_>,
    project: &[Rc<File>],
) -> Vec<Name> {
    if framework.hosts.is_none() {
        return vec![];
    }
    let mut imported = vec![];
    for file in project {
        imports_in(&file.syntax.body, file, &mut imported);
    }
    among(
        framework,
        modules,
        project,
        (imported, &FxHashSet::default()),
    )
}

/// The modules of all programs to which these modules belong and that make markers of a framework, or import those of the project or of programs
/// that are known, sorted; none of the project's own.
pub(super) fn among(
    framework: &Framework,
    modules: &Modules<'_>,
    project: &[Rc<File>],
    (mut imported, known): (Vec<Name>, &FxHashSet<Name>),
) -> Vec<Name> {
    let Some(rule) = &framework.hosts else {
        return vec![];
    };
    if !matches!(modules.look(&framework.module), Look::Source(_)) {
        return vec![];
    }
    let own: FxHashSet<&str> = project.iter().map(|it| top(&it.name)).collect();
    let is_other = |name: &str| {
        let top = top(name);
        !own.contains(top)
            && top != framework.module
            && !rule.known_otherwise.iter().any(|it| it == top)
    };
    imported.retain(|it| is_other(it));
    let mut seen: FxHashSet<Name> = FxHashSet::default();
    let mut hosts: Vec<Name> = vec![];
    while let Some(name) = imported.pop() {
        if seen.len() >= MOST || !seen.insert(name.clone()) {
            continue;
        }
        let package = top(&name);
        if hosts.iter().any(|it| it == package) {
            continue;
        }
        let Some(file) = modules.source(&name) else {
            continue;
        };
        let mut inside = vec![];
        imports_in(&file.syntax.body, &file, &mut inside);
        let is_known = |it: &Name| {
            let top = top(it);
            own.contains(top) || known.iter().any(|it| it == top)
        };
        // `from shop import hookimpl` in a plugin of somebody else's.
        let has_marker = rule.words.iter().any(|it| file.text.contains(it.as_str()));
        if has_marker || inside.iter().any(is_known) {
            hosts.push(Name::from(package));
            continue;
        }
        imported.extend(inside.into_iter().filter(|it| top(it) == package));
    }
    let mut found: Vec<Name> = vec![];
    let mut waiting = hosts;
    while let Some(name) = waiting.pop() {
        if found.len() >= MOST {
            break;
        }
        waiting.extend(
            modules
                .inside(&name)
                .into_iter()
                .filter(|it| !is_of_tests(it))
                .map(|it| Name::from(format!("{name}.{it}"))),
        );
        found.push(name);
    }
    found.sort();
    modules.read_ahead(&found);
    found.retain(|it| modules.source(it).is_some());
    found
}
