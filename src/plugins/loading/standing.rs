//! Files that count because of where they stand, or because a setting lists them: each is a row under its name.
//!
//! ```python
//! # shop/templatetags/prices.py
//! TEMPLATES = [{"OPTIONS": {"libraries": {"barcodes": "shop.barcodes"}, "builtins": ["shop.always"]}}]
//! ```

use std::rc::Rc;
use std::sync::Arc;

use crate::Name;
use crate::plugins::files::modules::File;
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
    let setting = (!files.listed.is_empty()).then_some(&files.setting);
    for (key, module, at) in setting.map_or(vec![], |it| listed(it, &files.listed, follow)) {
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
    if files.unnamed.is_empty() {
        return vec![];
    }
    let listed = listed(&files.setting, &files.unnamed, follow);
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

/// What a setting is, as the project has it: `module:object.NAME`.
pub(in crate::plugins) fn setting(path: &str, follow: &Follow<'_>) -> Option<Thing> {
    let (of, name) = path.rsplit_once('.')?;
    let (module, object) = of.split_once(':')?;
    let value = follow.attribute(&follow.dotted(module, object), name);
    let nowhere = follow.modules.of_project().first().map(Scope::of)?;
    Some(follow.settle(value, &nowhere))
}

/// A text that a setting lists.
pub(in crate::plugins) struct ListedText {
    pub(in crate::plugins) text: String,
    /// Where it stands.
    pub(in crate::plugins) at: Spotted,
    /// Why it is perhaps not there.
    pub(in crate::plugins) perhaps: Option<String>,
}

/// The texts that a setting lists, also where statements of the file of settings add to it, one by one.
pub(in crate::plugins) fn texts(path: &str, follow: &Follow<'_>) -> Vec<ListedText> {
    let grown = path.rsplit_once('.').and_then(|(of, name)| {
        let (module, object) = of.split_once(':')?;
        let Thing::Instance(of) = follow.dotted(module, object) else {
            return None;
        };
        let file = follow.settings_file(&of)?;
        file.table
            .has(name)
            .then(|| (follow.grown(name, &file), file))
    });
    let Some((grown, file)) = grown else {
        let listed = listed(path, &[], follow).into_iter();
        let plain = |(text, _, at)| ListedText {
            text,
            at,
            perhaps: None,
        };
        return listed.map(plain).collect();
    };
    let left_out = || format!("what {} lists is not known whole", file.shown);
    if !grown.is_whole {
        follow.leave_out(left_out);
    }
    let mut found = vec![];
    for item in grown.items {
        let Some(text) = follow.text(&item.expr, &item.scope) else {
            follow.leave_out(left_out);
            continue;
        };
        let why = |(file, at): (Rc<File>, u32)| {
            format!("listed under a condition: {}:{}", file.shown, file.line(at))
        };
        found.push(ListedText {
            text: text.to_string(),
            at: item.scope.file.spot(item.expr.start, item.expr.end),
            perhaps: item.perhaps.map(why),
        });
    }
    found
}

/// What stands in each entry of a setting at a path of keys: names and the modules that are meant.
pub(in crate::plugins) fn listed(
    path: &str,
    keys: &[String],
    follow: &Follow<'_>,
) -> Vec<(String, Name, Spotted)> {
    let mut found = vec![];
    let nowhere = follow.modules.of_project().first().map(Scope::of);
    let (Some(value), Some(nowhere)) = (setting(path, follow), nowhere) else {
        return found;
    };
    let entries = if keys.is_empty() {
        vec![value]
    } else {
        follow.each(&value).unwrap_or_default()
    };
    for each in entries {
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
