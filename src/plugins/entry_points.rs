//! Registration by entry point: a distribution's metadata says which name leads to which object.
//!
//! The form of a value is `module:attribute.attribute [extra]` (Python Packaging User Guide, "Entry points specification").

use rustc_hash::FxHashSet;

use crate::analysis::{Analysis, ClassRef, EntryPoint};
use crate::semantics::{ClassId, ClassPath};

/// An entry point, and the class it leads to.
#[derive(Debug)]
pub struct DeclaredEntryPoint<'a> {
    /// The declaration.
    pub entry_point: &'a EntryPoint,
    /// The class.
    pub class: ClassRef<'a>,
}

/// Returns the entry points that lead to the base or to one of the classes below it.
pub(super) fn leading_to<'a>(
    base: ClassRef<'a>,
    descendants: &[ClassRef<'a>],
) -> Vec<DeclaredEntryPoint<'a>> {
    let mut wanted: FxHashSet<ClassId> = descendants.iter().map(|class| class.id()).collect();
    wanted.insert(base.id());
    base.analysis()
        .entry_points
        .iter()
        .filter_map(|entry_point| {
            let id = resolve(base.analysis(), &entry_point.value)?;
            wanted.contains(&id).then(|| DeclaredEntryPoint {
                entry_point,
                class: base.analysis().class(id),
            })
        })
        .collect()
}

/// Returns the class an entry point's value leads to.
fn resolve(analysis: &Analysis, value: &str) -> Option<ClassId> {
    let value = value.split('[').next().unwrap_or(value).trim();
    let (module, qualname) = value.split_once(':')?;
    let (module, qualname) = (module.trim(), qualname.trim());
    // The module's own names come first: most entry points name what is imported where they point.
    let (outer, inner) = match qualname.split_once('.') {
        Some((outer, inner)) => (outer, Some(inner)),
        None => (qualname, None),
    };
    let named = analysis
        .module(module)
        .and_then(|module| module.names.get(outer).copied());
    let path = match (named, inner) {
        (Some(class), None) => return Some(class),
        (Some(class), Some(inner)) => {
            let outer = analysis.class(class).path();
            ClassPath::new(outer.module.clone(), format!("{}.{inner}", outer.qualname))
        }
        (None, _) => ClassPath::new(module, qualname),
    };
    analysis.by_path(&path).last().copied()
}
