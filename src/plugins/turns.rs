//! In which order calls register modules and classes: hooks are called the other way round.

use rustc_hash::FxHashMap;

use crate::plugins::applied::Applying;
use crate::plugins::entry_points::value_parts;
use crate::plugins::follow::Thing;
use crate::plugins::frameworks::{Framework, Rule};
use crate::plugins::matching::Row;

/// Modules and paths of classes, each with its turn, from 1.
#[derive(Default)]
pub(super) struct Turns {
    of: FxHashMap<String, usize>,
}

impl Turns {
    fn next(&mut self, path: &str) {
        let turn = self.of.len() + 1;
        self.of.entry(path.to_owned()).or_insert(turn);
    }
}

impl Applying<'_, '_> {
    /// The order in which the calls come that register something for a rule.
    pub(super) fn turns(&self, framework: &Framework, rule: &Rule) -> Turns {
        let mut turns = Turns::default();
        for site in self.sites {
            let (Thing::Instance(it), Some(call)) = (&site.callee, site.arguments()) else {
                continue;
            };
            let Some(first) = call.arguments.first() else {
                continue;
            };
            let is_on = |on: &[String]| on.iter().any(|class| self.follow.is_a(&it.class, class));
            let mut groups = framework.load.iter().filter(|it| it.group);
            if groups.any(|load| load.method.contains(&it.attributes) && is_on(&load.on)) {
                let group = self.follow.text(first, &site.scope);
                let is_it = |it: &str| Some(it) == group.as_deref();
                for (_, entry) in self.follow.modules.entry_points(is_it) {
                    let (module, qualname) = value_parts(&entry.value);
                    if qualname.is_empty() {
                        turns.next(module);
                    } else if let Some(class) = self.class_of(self.follow.dotted(module, qualname))
                    {
                        turns.next(&class.path);
                    }
                }
                continue;
            }
            let by = rule.classes.as_ref();
            if by.is_some_and(|by| by.method.contains(&it.attributes) && is_on(&by.on)) {
                match self.follow.settled(first, &site.scope) {
                    Thing::Module(module) => turns.next(&module),
                    thing => {
                        if let Some(class) = self.class_of(thing) {
                            turns.next(&class.path);
                        }
                    }
                }
            }
        }
        turns
    }

    /// When a row's function is registered; 0 where no call does it.
    pub(super) fn turn(&self, turns: &Turns, row: &Row) -> usize {
        let Some(defined) = &row.defined else {
            return 0;
        };
        let (module, qualname) = value_parts(&defined.path);
        let Some((class, _)) = qualname.rsplit_once('.') else {
            return turns.of.get(module).copied().unwrap_or(0);
        };
        let class = format!("{module}:{class}");
        let of = turns.of.iter();
        let of = of.filter(|(path, _)| **path == class || self.follow.is_a(path, &class));
        of.map(|(_, turn)| *turn).min().unwrap_or(0)
    }
}
