//! A part of a project run twice: as it is, and with edits; and what of its classes differs then.

use std::collections::{BTreeMap, BTreeSet};

use rustc_hash::FxHashSet;

use crate::Name;
use crate::analysis::{
    Analysis, Changed, EditedFile, Named, Provider, Sureness, difference, says_nothing,
};
use crate::evaluate::AtRest;
use crate::semantics::{ClassId, Origin};

use super::Trials;

/// The modules that an edit can have an effect on, as they are.
pub(super) struct Stage {
    /// The modules, in the order in which they are run.
    modules: Vec<Name>,
    /// What comes of them without an edit.
    pub(super) before: Analysis,
}

/// What came of a run with edits.
#[derive(Debug, Clone)]
pub struct Tried {
    /// The MRO of the class that is asked about; none where it is not made.
    pub mro: Option<Vec<Named>>,
    /// What its statement raises.
    pub raises: Option<String>,
    /// Whether that is known, and an import comes to the statement.
    pub is_known: bool,
    /// Names of classes that were made before that come from another class then; to and from none where no class statement binds them.
    pub changes: Vec<(Named, Provider)>,
    /// What else changes of classes that are made before and after: MRO, metaclass.
    pub changed: Vec<Changed>,
    /// Classes that were made before, and are not any more; with what is raised, where their own statement does.
    pub broken: Vec<(Named, Option<String>)>,
    /// Class statements that raise then and did not before: no import came to them.
    pub raising: Vec<(Named, String)>,
}

impl Stage {
    /// Runs what imports the modules of these classes, as it is.
    pub(super) fn new(
        analysis: &Analysis,
        run: &AtRest<'_, '_>,
        trials: &Trials<'_>,
        edited: impl Iterator<Item = ClassId>,
    ) -> Self {
        let modules = touched(analysis, run, trials, edited);
        Self {
            before: trials.run(&[], &modules),
            modules,
        }
    }

    /// Runs it with files as they would be, and says what differs; `target` is the class that is asked about.
    pub(super) fn tried(&self, trials: &Trials<'_>, files: &[EditedFile], target: &Named) -> Tried {
        let after = trials.run(files, &self.modules);
        let differs = difference(&self.before, &after);
        let there = after.class_named(target).map(|id| after.class(id));
        let mro = there.and_then(|class| {
            let made = class.made().filter(|_| class.raises().is_none())?;
            Some(made.mro.iter().map(|&id| after.named_as(id)).collect())
        });
        let mut tried = Tried {
            mro,
            raises: there.and_then(|class| Some(class.raises()?.line())),
            is_known: there.is_some_and(|class| {
                !matches!(class.sureness(), Sureness::Unknown(_)) && class.not_reached().is_none()
            }),
            changes: vec![],
            changed: vec![],
            broken: vec![],
            raising: vec![],
        };
        let was_made = |id: ClassId| {
            let class = self.before.class(id);
            class.made().is_some() && class.refused().is_none() && class.not_reached().is_none()
        };
        for (name, id) in &differs.gone {
            if was_made(*id) && name != target {
                tried.broken.push((name.clone(), None));
            }
        }
        for it in &differs.untold {
            if was_made(it.ids.0) && it.class != *target {
                tried.broken.push((it.class.clone(), None));
            }
        }
        for it in differs.changed {
            let now = after.class(it.after.id);
            if !was_made(it.before.id) {
                if it.class != *target
                    && let Some(raised) = now.raises()
                {
                    tried.raising.push((it.class.clone(), raised.line()));
                }
                continue;
            }
            if it.class != *target && (it.after.raises.is_some() || now.not_reached().is_some()) {
                let said = now.raises().map(crate::semantics::Raised::line);
                tried.broken.push((it.class.clone(), said));
                continue;
            }
            let of_class = moved(&self.before, &after, &it);
            let named = of_class.into_iter().map(|moved| (it.class.clone(), moved));
            tried.changes.extend(named);
            if it.is_structure() {
                tried.changed.push(it);
            }
        }
        // One that is as it was, but that no import comes to any more.
        for class in after.project_classes() {
            if class.not_reached().is_none() {
                continue;
            }
            let name = after.named_as(class.id());
            let was = self.before.class_named(&name).is_some_and(was_made);
            if was && name != *target && !tried.broken.iter().any(|(it, _)| *it == name) {
                tried.broken.push((name, None));
            }
        }
        tried
    }
}

/// The modules that an edit of these classes can have an effect on, in the order in which they are run.
pub(super) fn touched(
    analysis: &Analysis,
    run: &AtRest<'_, '_>,
    trials: &Trials<'_>,
    edited: impl Iterator<Item = ClassId>,
) -> Vec<Name> {
    let edited: Vec<Name> = edited
        .filter_map(|id| Some(analysis.class(id).module()?.name.clone()))
        .collect();
    let touched: FxHashSet<Name> = run.with_importers(&edited);
    let modules = trials.modules().filter(|name| touched.contains(*name));
    modules.cloned().collect()
}

/// The names of a class that come from another one after, of those that class statements of its MRO bind; from or to none where no statement
/// binds it.
fn moved(before: &Analysis, after: &Analysis, changed: &Changed) -> Vec<Provider> {
    let of = |analysis: &Analysis, id: ClassId| -> BTreeMap<Name, Option<Named>> {
        let mro = analysis.classes.mro(id).unwrap_or_default();
        let is_stated =
            |id: &&ClassId| matches!(analysis.classes.get(**id).origin, Origin::Statement { .. });
        let bound = mro.iter().filter(is_stated);
        let names = bound.flat_map(|&id| analysis.classes.members(id).keys());
        let names = names.filter(|name| !says_nothing(name));
        let provider = |name: &Name| {
            let mut mro = mro.iter().copied();
            let id = mro.find(|&id| analysis.classes.members(id).contains_key(name))?;
            let member = analysis.classes.members(id).get(name)?;
            member.maybe.is_none().then(|| analysis.named_as(id))
        };
        names.map(|name| (name.clone(), provider(name))).collect()
    };
    let (old, new) = (of(before, changed.before.id), of(after, changed.after.id));
    let names: BTreeSet<&Name> = old.keys().chain(new.keys()).collect();
    let moved = names.into_iter().filter_map(|name| {
        let (from, to) = (old.get(name).cloned(), new.get(name).cloned());
        // One that may be absent is not known to be another's.
        if from == Some(None) || to == Some(None) {
            return None;
        }
        let (from, to) = (from.flatten(), to.flatten());
        (from != to).then(|| Provider {
            name: name.clone(),
            from,
            to,
        })
    });
    moved.collect()
}
