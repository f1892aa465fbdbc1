//! Files that count because of where they stand, or because a setting lists them: each is a row under its name.
//!
//! ```python
//! # shop/templatetags/prices.py
//! TEMPLATES = [{"OPTIONS": {"libraries": {"barcodes": "shop.barcodes"}, "builtins": ["shop.always"]}}]
//! ```

use std::sync::Arc;

use crate::Name;
use crate::plugins::frameworks::Files;
use crate::plugins::loading::loads::Loads;
use crate::plugins::names::follow::{Follow, Scope, Thing};
use crate::semantics::Spotted;

/// How deep packages in packages are looked into.
const DEEPEST: usize = 8;

/// A file that counts.
pub(in crate::plugins) struct Standing {
    /// The name under which it does.
    pub(in crate::plugins) key: String,
    /// The module.
    pub(in crate::plugins) module: Name,
    /// The package that it stands in, or the setting that lists it.
    pub(in crate::plugins) by: String,
    /// Where it is listed; none for what counts where it stands.
    pub(in crate::plugins) at: Option<Spotted>,
    /// The package that is loaded; empty for what is listed.
    pub(in crate::plugins) package: Name,
}

/// The files that count, in the order in which they are looked for: what a setting lists comes last.
pub(in crate::plugins) fn standing(
    files: &Files,
    loads: &Loads,
    follow: &Follow<'_>,
) -> Vec<Standing> {
    let mut found = vec![];
    let before = files.before.iter().map(|it| Name::from(it.as_str()));
    let behind = files.behind.iter().map(|it| Name::from(it.as_str()));
    let packages = before.chain(loads.packages.iter().cloned());
    for package in packages.chain(behind) {
        let inside = format!("{package}.{}", files.inside);
        inside_of(&inside, "", (files, &package), follow, &mut found, 0);
    }
    for (key, module, at) in listed(files, &files.listed, follow) {
        found.push(Standing {
            key,
            module,
            by: files
                .setting
                .rsplit(':')
                .next()
                .unwrap_or_default()
                .to_owned(),
            at: Some(at),
            package: Name::default(),
        });
    }
    found
}

/// The modules that a setting lists, which have no name of their own.
pub(super) fn unnamed(files: &Files, follow: &Follow<'_>) -> Vec<Name> {
    let listed = listed(files, &files.unnamed, follow);
    listed.into_iter().map(|it| it.1).collect()
}

fn inside_of(
    inside: &str,
    before: &str,
    (files, package): (&Files, &Name),
    follow: &Follow<'_>,
    found: &mut Vec<Standing>,
    depth: usize,
) {
    for name in follow.modules.inside(inside) {
        // `pkgutil.iter_modules` gives them all; names with an underscore are no commands.
        if name.starts_with('_') {
            continue;
        }
        let module = format!("{inside}.{name}");
        let Some(file) = follow.modules.source(&module) else {
            continue;
        };
        let key = format!("{before}{name}");
        // A package may be there for what is in it.
        if !file.package || !files.plain && file.table.has(&files.with) {
            found.push(Standing {
                key: key.clone(),
                module: file.name.clone(),
                by: inside.to_owned(),
                at: None,
                package: package.clone(),
            });
        }
        if file.package && !files.plain && depth >= DEEPEST {
            follow.leave_out(|| format!("what stands in {module} is left out"));
        } else if file.package && !files.plain {
            let before = format!("{key}.");
            inside_of(&module, &before, (files, package), follow, found, depth + 1);
        }
    }
}

/// What stands in each entry of a setting at a path of keys: names and the modules that are meant.
fn listed(files: &Files, keys: &[String], follow: &Follow<'_>) -> Vec<(String, Name, Spotted)> {
    let mut found = vec![];
    let Some((module, name)) = files.setting.rsplit_once('.').filter(|_| !keys.is_empty()) else {
        return found;
    };
    let Some((module, object)) = module.split_once(':') else {
        return found;
    };
    let value = follow.attribute(&follow.dotted(module, object), name);
    let Some(nowhere) = follow.modules.of_project().first().map(Scope::of) else {
        return found;
    };
    let value = follow.settle(value, &nowhere);
    for each in follow.each(&value).unwrap_or_default() {
        let mut of = Some(each);
        for key in keys {
            of = of.and_then(|it| follow.entry(&follow.settle(it, &nowhere), key));
        }
        let Some(of) = of.map(|it| follow.settle(it, &nowhere)) else {
            continue;
        };
        let named: Vec<(Option<Arc<str>>, Thing)> = if let Some(entries) = follow.entries(&of) {
            let entries = entries.into_iter();
            entries
                .map(|(key, it)| (follow.text_of(&key), it))
                .collect()
        } else {
            let items = follow.each(&of).unwrap_or_default().into_iter();
            items.map(|it| (None, it)).collect()
        };
        for (key, it) in named {
            if let Thing::Value(scope, expr) = &it
                && let Some(text) = follow.text_of(&it)
            {
                let key = key.as_deref().unwrap_or(&text).to_owned();
                let at = scope.file.spot(expr.start, expr.end);
                found.push((key, Name::from(&*text), at));
            }
        }
    }
    found
}
