//! In which order modules are executed, and so what they register: a module after what it imports, what hooks import after all else.

use rustc_hash::{FxHashMap, FxHashSet};

use crate::Name;
use crate::plugins::files::modules::is_of_tests;
use crate::plugins::loading::loads::{Loaded, Loads, MOST};
use crate::plugins::names::follow::{Follow, Thing};
use crate::plugins::names::imports::imports_in;
use crate::plugins::sites::places::Site;

/// When a place is come by: in which phase, first what is imported in it, and in which order.
pub(super) type Turn = (usize, usize, usize);

/// The turns of modules.
#[derive(Default)]
pub(super) struct Turns {
    known: FxHashMap<Name, (usize, usize)>,
}

impl Turns {
    /// Goes through what is loaded in its order, then through what hooks import, as far as imports go.
    pub(super) fn of(loads: &Loads, follow: &Follow<'_>) -> Self {
        let mut turns = Self::default();
        let is_hooked = |it: &&Name| loads.hooked_by.contains_key(*it);
        let plain = loads.modules.iter().filter(|it| !is_hooked(it));
        let plain = plain.filter(|it| !it.split('.').any(is_of_tests));
        for module in plain {
            turns.import(module, 0, loads, follow);
        }
        let mut hooked: Vec<(&Name, &usize)> = loads.hooked_by.iter().collect();
        hooked.sort_by_key(|it| {
            let at = loads.modules.iter().position(|module| module == it.0);
            (*it.1, at)
        });
        for (module, at) in hooked {
            turns.import(module, at + 1, loads, follow);
        }
        turns
    }

    /// Notes a module behind all that it imports which is not there yet.
    fn import(&mut self, module: &Name, phase: usize, loads: &Loads, follow: &Follow<'_>) {
        enum Step {
            Enter(Name),
            Leave(Name),
        }
        let mut waiting = vec![Step::Enter(module.clone())];
        let mut entered: FxHashSet<Name> = FxHashSet::default();
        while let Some(step) = waiting.pop() {
            let name = match step {
                Step::Leave(name) => {
                    let rank = self.known.len();
                    self.known.entry(name).or_insert((phase, rank));
                    continue;
                }
                Step::Enter(name) => name,
            };
            let is_later = phase == 0 && loads.hooked_by.contains_key(&name) && name != *module;
            if self.known.contains_key(&name)
                || self.known.len() >= MOST
                || is_later && loads.perhaps_reached.contains_key(&name)
                || !entered.insert(name.clone())
            {
                continue;
            }
            let Some(file) = follow.modules.source(&name) else {
                continue;
            };
            waiting.push(Step::Leave(name));
            let mut imported = vec![];
            imports_in(&file.syntax.body, &file, &mut imported);
            waiting.extend(imported.into_iter().rev().map(Step::Enter));
        }
    }

    /// When a site is come by: with the modules themselves, or in the hook of a package, first what that imports.
    pub(super) fn at(&self, site: &Site, loads: &Loads, follow: &Follow<'_>) -> Turn {
        let known = self.known.get(&site.root);
        // What waits to be called comes when all is there.
        if !site.is_executed() {
            return (usize::MAX, 0, known.map_or(usize::MAX, |it| it.1));
        }
        let Some(class) = &site.hook else {
            return match known {
                Some((phase, rank)) => (*phase, 0, *rank),
                None if loads.has(&site.root) => (0, 0, usize::MAX),
                None => (usize::MAX, 0, 0),
            };
        };
        let is_it = |it: &Loaded| match &it.leads {
            Some(Thing::Defined(of)) => of.path == *class || follow.is_a(&of.path, class),
            _ => false,
        };
        match loads.rows.iter().position(is_it) {
            Some(at) => (at + 1, 1, 0),
            None => (0, 0, known.map_or(usize::MAX, |it| it.1)),
        }
    }
}
