//! A class that stands on something out of view: what is known of it all the same, and what is not.

use crate::Name;
use crate::evaluate::machine::arguments::Arguments;
use crate::evaluate::machine::run::{Eval, Run};
use crate::evaluate::machine::value::{ScopeId, Value};
use crate::semantics::{ClassId, ClassPath, Gap, Origin, Outcome, Why, linearize};
use crate::source::Place;
use crate::syntax::argument_pattern;

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

    /// Lists the classes that a call makes under names which are not known: a row a call, however often it is made.
    ///
    /// ```py
    /// for entry in os.listdir("."):
    ///     type(entry, (Base,), {})        # some classes, called as the files are
    /// ```
    pub(crate) fn list_nameless(
        &mut self,
        metaclass: Option<ClassId>,
        name: Option<&Value>,
        bases: &[Value],
        at: Option<Place>,
        scope: ScopeId,
    ) {
        // A statement that waits for its class has a row of its own; what nobody calls makes nothing.
        let is_awaited = self.pending.last().is_some_and(|it| it.made.is_none());
        let Some(call) = at.filter(|_| !is_awaited && self.floor == 0) else {
            return;
        };
        if !self.nameless.insert(call) {
            return;
        }
        let given = name;
        let name = without_dots(&argument_pattern(&self.text(at), 0));
        let because = match given {
            Some(Value::Gap(id)) => self.told(*id),
            _ => Gap {
                why: Why::Input,
                what: Name::from(name.as_str()),
                at,
            },
        };
        let bases: Vec<ClassId> = (bases.iter())
            .filter_map(|base| match base {
                Value::Class(id) => Some(*id),
                _ => None,
            })
            .collect();
        let module = self.module(self.scope(scope).module).name.clone();
        let placeholder = Outcome::Unknown {
            because: vec![because],
            known: vec![],
            metaclass,
        };
        let path = ClassPath::new(module, name);
        let id = self.push_class(path, Origin::Call(call), placeholder);
        let ancestry = self.known_ancestry(id, &bases);
        if let Outcome::Unknown { known, .. } = &mut self.class_mut(id).outcome {
            *known = ancestry;
        }
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

/// A pattern of a name whose parts that are not known have no dots or colons, which part names: `{…}Form` for `{model.name}Form`.
fn without_dots(pattern: &str) -> String {
    let mut plain = String::new();
    let mut rest = pattern;
    while let Some((before, behind)) = rest.split_once('{') {
        plain.push_str(before);
        let (inside, after) = behind.split_once('}').unwrap_or((behind, ""));
        let inside = if inside.contains(['.', ':']) {
            "…"
        } else {
            inside
        };
        plain.push('{');
        plain.push_str(inside);
        plain.push('}');
        rest = after;
    }
    plain.push_str(rest);
    plain
}

/// Adds a gap that is not noted yet.
fn note(because: &mut Vec<Gap>, gap: Gap) {
    if because.len() < 6 && !because.contains(&gap) {
        because.push(gap);
    }
}
