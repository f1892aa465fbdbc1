//! Registration by entry point: a distribution's metadata says which name leads to which object.
//!
//! The form of a value is `module:attribute.attribute [extra]` (Python Packaging User Guide, "Entry points specification").

use rustc_hash::{FxHashMap, FxHashSet};

use crate::analysis::{Analysis, ClassRef, EntryPoint};
use crate::evaluate::{AtRest, Led};
use crate::plugins::files::modules::Look;
use crate::plugins::names::follow::{Follow, Thing, What};
use crate::plugins::rows::matching::Matching;
use crate::semantics::{
    ClassId, ClassPath, Leads, NamedSort, Registered, Registry, RegistryKind, RowState, Spotted,
};

/// An entry point, and the class it leads to.
#[derive(Debug)]
pub struct DeclaredEntryPoint<'a> {
    /// The declaration.
    pub entry_point: &'a EntryPoint,
    /// The class.
    pub class: ClassRef<'a>,
    /// The attribute of the class that it names, where it does not lead to the class itself.
    pub attribute: Option<&'a str>,
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
            let (id, attribute) = resolve_attribute(base.analysis(), &entry_point.value)?;
            wanted.contains(&id).then(|| DeclaredEntryPoint {
                attribute,
                entry_point,
                class: base.analysis().class(id),
            })
        })
        .collect()
}

/// The module of an entry point's value, and the dotted name in it, which may be empty; extras are left out.
pub fn value_parts(value: &str) -> (&str, &str) {
    let value = value.split('[').next().unwrap_or(value).trim();
    match value.split_once(':') {
        Some((module, qualname)) => (module.trim(), qualname.trim()),
        None => (value, ""),
    }
}

/// Returns the class an entry point's value leads to.
pub fn resolve(analysis: &Analysis, value: &str) -> Option<ClassId> {
    let (module, qualname) = value_parts(value);
    if qualname.is_empty() {
        return None;
    }
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

/// The class an entry point's value leads to, or whose attribute, of its own or of those above it, it names.
fn resolve_attribute<'a>(
    analysis: &Analysis,
    value: &'a str,
) -> Option<(ClassId, Option<&'a str>)> {
    if let Some(class) = resolve(analysis, value) {
        return Some((class, None));
    }
    let (around, name) = value_parts(value).1.rsplit_once('.')?;
    let module = value_parts(value).0;
    let class = resolve(analysis, &format!("{module}:{around}"))?;
    analysis.class(class).winner(name)?;
    Some((class, Some(name)))
}

/// The groups of entry points, each a registry.
pub(super) fn registries(follow: &Follow<'_>, run: &mut AtRest<'_, '_>) -> Vec<Registry> {
    let mut found: Vec<Registry> = vec![];
    let mut groups: FxHashMap<&str, usize> = FxHashMap::default();
    for entry in &follow.modules.ground.analysis.entry_points {
        let at = *groups.entry(&entry.group).or_insert_with(|| {
            let mut registry = Registry::new(RegistryKind::EntryPoints, entry.group.clone());
            registry.key = String::from("name");
            found.push(registry);
            found.len() - 1
        });
        let (leads, state) = led(entry, follow, run);
        let mut row = Registered::new(Some(entry.name.clone()), leads);
        row.at = Some(Spotted::File(entry.path.clone(), entry.line));
        row.distribution = (!entry.is_project).then(|| entry.distribution.clone());
        row.by.clone_from(&entry.value);
        row.state = state;
        found[at].rows.push(row);
    }
    found
}

/// Marks what a framework takes from an entry point that leads nowhere: it is as dead there as in the group that it is declared in.
pub(super) fn dead_everywhere(registries: &mut [Registry]) {
    let is_declared = |it: &&Registry| it.kind == RegistryKind::EntryPoints;
    let declared = registries.iter().filter(is_declared);
    let mut dead: FxHashMap<(String, String, Option<u32>), String> = FxHashMap::default();
    for row in declared.flat_map(|it| &it.rows) {
        if let (RowState::Dead(why), Some(key), Some(Spotted::File(path, line))) =
            (&row.state, &row.key, &row.at)
        {
            dead.insert((key.clone(), path.clone(), *line), why.clone());
        }
    }
    if dead.is_empty() {
        return;
    }
    for registry in registries {
        for row in &mut registry.rows {
            if row.state == RowState::Alive
                && let (Some(key), Some(Spotted::File(path, line))) = (&row.key, &row.at)
                && let Some(why) = dead.get(&(key.clone(), path.clone(), *line))
            {
                row.state = RowState::Dead(why.clone());
            }
        }
    }
}

/// Marks the entry points whose name another one of their group has: who asks for a name gets the first that has it
/// (`importlib.metadata.EntryPoints.__getitem__`), unless somebody loads all of the group, whatever their names are.
pub(super) fn one_of_each(
    registries: &mut [Registry],
    analysis: &Analysis,
    whole: &FxHashSet<String>,
) {
    for registry in registries {
        if registry.kind != RegistryKind::EntryPoints || whole.contains(&registry.name) {
            continue;
        }
        let of_group = analysis.entry_points.iter();
        let of_group = of_group.filter(|it| it.group == registry.name);
        let mut first: FxHashMap<&str, (usize, String)> = FxHashMap::default();
        for (entry, row) in of_group.zip(&mut registry.rows) {
            let Some((folder, owner)) = first.get(entry.name.as_str()) else {
                let owner = row.distribution.as_deref().unwrap_or("the project");
                first.insert(&entry.name, (entry.folder, owner.to_owned()));
                continue;
            };
            if row.state != RowState::Alive {
                continue;
            }
            row.state = if *folder == entry.folder {
                RowState::Unknown(format!(
                    "{owner} has the name, too: which is found first is up to the order of the folder"
                ))
            } else {
                RowState::Replaced(format!(
                    "{owner} has the name, too, and comes first on sys.path"
                ))
            };
        }
    }
}

/// Why a name of a module leads nowhere, as their statements say.
pub(super) fn nowhere(follow: &Follow<'_>, module: &str, qualname: &str) -> Option<String> {
    if let Some(error) = follow.modules.fails(module) {
        return Some(error);
    }
    let first = qualname.split('.').next().unwrap_or_default();
    match follow.modules.look(module) {
        Look::Missing(message) => Some(format!("ModuleNotFoundError: {message}")),
        Look::Source(file) if !first.is_empty() && file.is_closed() && !file.table.has(first) => {
            Some(format!(
                "AttributeError: module '{module}' has no attribute '{first}'"
            ))
        }
        _ => None,
    }
}

/// What an entry point leads to, and whether it leads anywhere (`importlib.metadata.EntryPoint.load`).
fn led(entry: &EntryPoint, follow: &Follow<'_>, run: &mut AtRest<'_, '_>) -> (Leads, RowState) {
    let (module, qualname) = value_parts(&entry.value);
    let text = || Leads::Text(entry.value.clone());
    if let Some(error) = follow.modules.fails(module) {
        return (text(), RowState::Dead(error));
    }
    match run.led(module, qualname) {
        Led::Class(class) => return (Leads::Class(class), RowState::Alive),
        Led::Function(module, qualname, at) => {
            let path = format!("{module}:{qualname}");
            let at = at.map(Spotted::Source);
            let sort = NamedSort::Function;
            return (Leads::Named { sort, path, at }, RowState::Alive);
        }
        Led::Raises(error) => {
            let said = match &error.message {
                Some(message) => format!("{}: {message}", error.kind),
                None => error.kind.to_string(),
            };
            return (text(), RowState::Dead(said));
        }
        _ => {}
    }
    let file = match follow.modules.look(module) {
        Look::Missing(message) => {
            return (
                text(),
                RowState::Dead(format!("ModuleNotFoundError: {message}")),
            );
        }
        Look::Source(file) => file,
        Look::NoSource | Look::Unknown => {
            let why = format!("the source of `{module}` is not at hand");
            return (text(), RowState::Unknown(why));
        }
    };
    let thing = follow.dotted(module, qualname);
    if let Some((around, last)) = qualname.rsplit_once('.')
        && let Thing::Defined(class) = follow.dotted(module, around)
        && let (What::Class(def), Thing::Defined(found)) = (&class.what, &thing)
        && matches!(found.what, What::Name)
    {
        let why = if follow.lacks(&class, last) {
            let name = &def.name;
            let said = format!("AttributeError: type object '{name}' has no attribute '{last}'");
            RowState::Dead(said)
        } else {
            let path = &class.path;
            RowState::Unknown(format!(
                "whether `{path}` has `{last}` is known only when it runs"
            ))
        };
        return (text(), why);
    }
    let leads = Matching::new(follow, None).leads(&thing, &entry.value);
    let first = qualname.split('.').next().unwrap_or_default();
    let is_there = match &thing {
        Thing::Unknown => false,
        // An attribute of something that was not followed.
        Thing::Defined(it) => !matches!(it.what, What::Name) || file.table.has(first),
        _ => true,
    };
    match (is_there, file.is_closed()) {
        (true, _) => (leads, RowState::Alive),
        (false, true) if !first.is_empty() && !file.table.has(first) => {
            let why = format!("AttributeError: module '{module}' has no attribute '{first}'");
            (text(), RowState::Dead(why))
        }
        _ => {
            let why = format!("which names `{module}` has is known only when it runs");
            (text(), RowState::Unknown(why))
        }
    }
}
