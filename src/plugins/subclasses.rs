//! Registration by deriving: the bases of the project, and all that stands below each.

use crate::analysis::{Analysis, ClassRef, ModuleOrigin};
use crate::semantics::{
    Leads, Outcome, Registered, Registry, RegistryKind, RowState, Spotted, abstract_methods,
};

/// So many classes below a base make it one that is worth a registry.
const FEWEST: usize = 2;

/// The classes of the project from which others derive, and which derive from none of the project themselves.
pub(super) fn registries(analysis: &Analysis) -> Vec<Registry> {
    let is_root = |class: &ClassRef<'_>| {
        let above = class.known_ancestry().into_iter().skip(1);
        !above.into_iter().any(|it| is_of_project(it))
    };
    let bases = analysis.project_classes().filter(is_root);
    bases.filter_map(below).collect()
}

/// The project's classes that derive from one of these, by their names: what a framework finds by its own base.
pub(super) fn deriving(analysis: &Analysis, bases: &[String]) -> Vec<Registered> {
    let is_base = |it: &ClassRef<'_>| bases.contains(&it.path().to_string());
    let rows = analysis.project_classes().filter_map(|class| {
        let mut above = class.known_ancestry().into_iter().skip(1);
        let base = above.find(is_base)?;
        let mut row = row(class);
        row.key = Some(class.path().qualname.to_string());
        row.by = base.path().to_string();
        Some(row)
    });
    rows.collect()
}

fn is_of_project(class: ClassRef<'_>) -> bool {
    let module = class.analysis().module_of(class.id());
    module.is_some_and(|it| it.origin == ModuleOrigin::Project)
}

/// What stands below a base; none where that is less than a few.
fn below(base: ClassRef<'_>) -> Option<Registry> {
    let descendants = base.descendants();
    if descendants.len() < FEWEST {
        return None;
    }
    let mut registry = Registry::new(RegistryKind::Subclasses, base.path().to_string());
    registry.class = Some(base.id());
    registry.at = base.place().map(Spotted::Source);
    registry.rows = descendants.into_iter().map(row).collect();
    Some(registry)
}

fn row(class: ClassRef<'_>) -> Registered {
    let mut row = Registered::new(None, Leads::Class(class.id()));
    row.at = class.place().map(Spotted::Source);
    row.state = match class.outcome() {
        Outcome::Raises(raised) => RowState::Dead(raised.line()),
        Outcome::Unknown { .. } => RowState::Unknown(String::from("what it is, is not known")),
        Outcome::Created(_) => RowState::Alive,
    };
    let lacks = abstract_methods(&class.analysis().classes, class.id());
    if !lacks.is_empty() {
        let names: Vec<&str> = lacks.iter().map(crate::Name::as_str).collect();
        row.by = format!("abstract: {}", names.join(", "));
    } else if class.subclasses().is_empty() {
        row.by = String::from("leaf");
    }
    row
}
