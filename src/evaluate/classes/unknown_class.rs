//! A class that stands on something out of view: what is known of it all the same, and what is not.

use crate::Name;
use crate::evaluate::machine::arguments::Arguments;
use crate::evaluate::machine::run::{Eval, Run};
use crate::evaluate::machine::value::{ScopeId, Value};
use crate::semantics::{ClassId, Gap, Outcome, Why, linearize};
use crate::source::Place;

impl Run<'_, '_> {
    /// A class that stands on something out of view.
    pub(crate) fn unknown_class(
        &mut self,
        arguments: &Arguments,
        metaclass: Option<ClassId>,
        gaps: &[Value],
        at: Option<Place>,
        scope: ScopeId,
    ) -> Eval {
        let Some(Value::Str(name)) = arguments.positional.first() else {
            return Ok(self.gap_for(at, Why::Input));
        };
        let name = Name::from(&**name);
        let bases = arguments.positional.get(1).cloned().unwrap_or(Value::None);
        let (bases, _) = self.iterate(&bases);
        let namespace = arguments.positional.get(2).cloned().unwrap_or(Value::None);
        let names = self.namespace_of(&namespace, &name, at);
        let mut because: Vec<Gap> = vec![];
        let mut known_bases = vec![];
        for gap in gaps {
            if let Value::Gap(id) = gap {
                note(&mut because, self.told(*id));
            }
        }
        for base in &bases {
            match base {
                Value::Class(id) => {
                    if let Outcome::Unknown {
                        because: theirs, ..
                    } = &self.classes.get(*id).outcome
                    {
                        for gap in theirs.clone() {
                            note(&mut because, gap);
                        }
                    }
                    known_bases.push(*id);
                }
                Value::Gap(id) => {
                    note(&mut because, self.told(*id));
                    let state = &self.gaps[id.0];
                    // The first thing it may be stands for it in what is known; never in an answer.
                    let first = state.either.iter().find_map(|it| match it {
                        Value::Class(id) => Some(*id),
                        _ => None,
                    });
                    known_bases.extend(first);
                }
                _ => {}
            }
        }
        if let Some(metaclass) = metaclass
            && let Outcome::Unknown {
                because: theirs, ..
            } = &self.classes.get(metaclass).outcome
        {
            for gap in theirs.clone() {
                note(&mut because, gap);
            }
        }
        if because.is_empty() {
            because.push(Gap {
                why: Why::NotFollowed,
                what: name.clone(),
                at,
            });
        }
        let id = self.begin_class(&name, names, at, scope);
        let known = self.known_ancestry(id, &known_bases);
        self.class_mut(id).outcome = Outcome::Unknown {
            because,
            known,
            metaclass,
        };
        self.set_names(id, at, scope)?;
        Ok(Value::Class(id))
    }

    /// The ancestors of a class as far as they are known, in the order C3 gives to what is known.
    pub(super) fn known_ancestry(&self, id: ClassId, bases: &[ClassId]) -> Vec<ClassId> {
        let ancestry = |base: ClassId| -> Vec<ClassId> {
            match &self.classes.get(base).outcome {
                Outcome::Created(made) => made.mro.to_vec(),
                Outcome::Unknown { known, .. } => known.clone(),
                Outcome::Raises(_) => vec![base],
            }
        };
        let mut lists: Vec<(ClassId, Vec<ClassId>)> =
            bases.iter().map(|&base| (base, ancestry(base))).collect();
        if lists.is_empty() {
            lists.push((self.known.object, vec![self.known.object]));
        }
        let mut seen = vec![];
        lists.retain(|(base, _)| {
            let is_new = !seen.contains(base);
            seen.push(*base);
            is_new
        });
        let bases: Vec<ClassId> = lists.iter().map(|(base, _)| *base).collect();
        let mro_of = |base: ClassId| {
            lists
                .iter()
                .find(|(it, _)| *it == base)
                .map_or(&[][..], |(_, ancestry)| ancestry.as_slice())
        };
        if let Ok(mro) = linearize(id, &bases, mro_of, |_| ()) {
            mro.to_vec()
        } else {
            let mut all = vec![id];
            for (_, list) in &lists {
                for &class in list {
                    if !all.contains(&class) && class != self.known.object {
                        all.push(class);
                    }
                }
            }
            all.push(self.known.object);
            all
        }
    }
}

/// Adds a gap that is not noted yet.
fn note(because: &mut Vec<Gap>, gap: Gap) {
    if because.len() < 6 && !because.contains(&gap) {
        because.push(gap);
    }
}
