//! Why classes changed: which class's own statement or body is the reason, so that one changed base is one entry.

use std::cmp::Reverse;

use indexmap::IndexMap;
use rustc_hash::{FxBuildHasher, FxHashMap};

use crate::analysis::difference::compared::{Compared, Face};
use crate::analysis::difference::{Changed, Moved, Named, Provider, Reason};
use crate::semantics::{ClassId, Outcome};

/// What is gathered of a reason.
#[derive(Default)]
struct Share {
    structure: Vec<usize>,
    moved: IndexMap<Provider, Vec<usize>, FxBuildHasher>,
}

/// Gathers changes by their reason; those that concern most classes first, of equal ones by name.
pub(super) fn by_reason(compared: &Compared<'_>, changed: &[Changed]) -> Vec<Reason> {
    let mut reasons = Reasons {
        compared,
        known: FxHashMap::default(),
    };
    let mut shares: IndexMap<Face, Share, FxBuildHasher> = IndexMap::default();
    for (index, change) in changed.iter().enumerate() {
        let pair = (change.before.id, change.after.id);
        let mut reason = None;
        let mut structural = |reasons: &mut Reasons<'_, '_>| {
            *reason.get_or_insert_with(|| reasons.of_structure(pair))
        };
        if change.is_structure() {
            let share = shares.entry(structural(&mut reasons)).or_default();
            share.structure.push(index);
        }
        for provider in &change.providers {
            let own = reasons.of_name(pair, provider);
            let cause = own.unwrap_or_else(|| structural(&mut reasons));
            let share = shares.entry(cause).or_default();
            share.moved.entry(provider.clone()).or_default().push(index);
        }
    }
    let mut all: Vec<Reason> = shares
        .into_iter()
        .map(|(face, share)| reasons.said(face, share, changed))
        .collect();
    all.sort_by(|a, b| {
        let order = |it: &Reason| (Reverse(it.classes.len()), it.class.clone());
        order(a).cmp(&order(b))
    });
    all
}

/// Looks for reasons.
struct Reasons<'c, 'a> {
    compared: &'c Compared<'a>,
    known: FxHashMap<(ClassId, ClassId), Face>,
}

impl Reasons<'_, '_> {
    /// The class that is the reason why the MRO, the metaclass or the exception of a class is another one: itself where its own bases
    /// or its own metaclass are; else the first along its MRO of which that is so; else itself.
    fn of_structure(&mut self, pair: (ClassId, ClassId)) -> Face {
        if let Some(&known) = self.known.get(&pair) {
            return known;
        }
        let own = self.compared.before.face(pair.0);
        // A class that cannot be made is the reason only where it is given other bases; an ancestor may be the reason for it.
        self.known.insert(pair, own);
        let cause = if self.is_rebased(pair) {
            own
        } else {
            let mut above = self.above(pair).into_iter();
            let found = above.find_map(|(one, other)| {
                let is_cause = self.is_rebased((one, other)) || self.is_remade((one, other));
                is_cause.then(|| self.compared.before.face(one))
            });
            found.or_else(|| self.of_root(pair)).unwrap_or(own)
        };
        self.known.insert(pair, cause);
        cause
    }

    /// Whether a class was given other bases.
    fn is_rebased(&self, (before, after): (ClassId, ClassId)) -> bool {
        let bases = (
            self.compared.before.bases(before),
            self.compared.after.bases(after),
        );
        // Where a statement fails before its bases are known, nothing can be told by them.
        !bases.0.is_empty() && !bases.1.is_empty() && !self.compared.are_same(bases.0, bases.1)
    }

    /// Whether a class was given another metaclass, and none of its ancestors was.
    fn is_remade(&self, pair: (ClassId, ClassId)) -> bool {
        let is_other = |(one, other)| {
            self.compared.before.metaclass(one).is_some()
                && self.compared.after.metaclass(other).is_some()
                && !self.compared.is_metaclass_same(one, other)
        };
        is_other(pair) && !self.above(pair).into_iter().any(is_other)
    }

    /// The ancestors of a class that are there before and after: along the MRO after, then along that before. Of a class that was not
    /// made, those of the bases it asked for.
    fn above(&self, (before, after): (ClassId, ClassId)) -> Vec<(ClassId, ClassId)> {
        let mut found: Vec<(ClassId, ClassId)> = vec![];
        let (old, new) = (&self.compared.before, &self.compared.after);
        let mut add = |pair: (ClassId, ClassId)| {
            if !found.contains(&pair) {
                found.push(pair);
            }
        };
        let mut along = |mro: &[ClassId]| {
            for &id in mro {
                if let Some(twin) = self.compared.twin_before(id) {
                    add((twin, id));
                }
            }
        };
        match new.mro(after) {
            [] => new
                .bases(after)
                .iter()
                .for_each(|&base| along(new.mro(base))),
            mro => along(&mro[1..]),
        }
        let mut along = |mro: &[ClassId]| {
            for &id in mro {
                if let Some(twin) = self.compared.twin_after(id) {
                    add((id, twin));
                }
            }
        };
        match old.mro(before) {
            [] => old
                .bases(before)
                .iter()
                .for_each(|&base| along(old.mro(base))),
            mro => along(&mro[1..]),
        }
        found
    }

    /// The reason for the class that cannot be made and that this one derives from.
    fn of_root(&mut self, (before, after): (ClassId, ClassId)) -> Option<Face> {
        let compared = self.compared;
        let root = |outcome: &Outcome| match outcome {
            Outcome::Raises(raised) => raised.inherited_from,
            _ => None,
        };
        let new = root(&compared.after.analysis.classes.get(after).outcome)
            .and_then(|root| Some((compared.twin_before(root)?, root)));
        let old = root(&compared.before.analysis.classes.get(before).outcome)
            .and_then(|root| Some((root, compared.twin_after(root)?)));
        let pair = new.or(old).filter(|&pair| pair != (before, after))?;
        Some(self.of_structure(pair))
    }

    /// The class that got or lost a name, where that is why the name comes from elsewhere.
    fn of_name(&self, (before, after): (ClassId, ClassId), provider: &Provider) -> Option<Face> {
        let compared = self.compared;
        let changed = |pair: (ClassId, ClassId)| {
            compared
                .delta(pair.0, pair.1)
                .binary_search(&provider.name)
                .is_ok()
        };
        let is = |named: Named, wanted: &Option<Named>| wanted.as_ref() == Some(&named);
        let got = compared.after.mro(after).iter().find_map(|&id| {
            let twin = compared.twin_before(id)?;
            (is(compared.named_after(id), &provider.to) && changed((twin, id))).then_some(id)
        });
        if let Some(got) = got {
            return Some(compared.after.face(got));
        }
        let lost = compared.before.mro(before).iter().find_map(|&id| {
            let twin = compared.twin_after(id)?;
            (is(compared.named_before(id), &provider.from) && changed((id, twin))).then_some(id)
        });
        lost.map(|lost| compared.before.face(lost))
    }

    /// Says what was gathered of a reason.
    fn said(&self, face: Face, share: Share, changed: &[Changed]) -> Reason {
        let compared = self.compared;
        let class = compared.named(face);
        let ids = compared.ids(face);
        let named = |ids: &[ClassId], of: &dyn Fn(ClassId) -> Named| -> Vec<Named> {
            ids.iter().map(|&id| of(id)).collect()
        };
        let pair = ids.0.zip(ids.1);
        let bases = pair
            .filter(|&pair| self.is_rebased(pair))
            .map(|(one, other)| {
                (
                    named(compared.before.bases(one), &|id| compared.named_before(id)),
                    named(compared.after.bases(other), &|id| compared.named_after(id)),
                )
            });
        let metaclass = pair
            .filter(|&pair| self.is_remade(pair))
            .and_then(|(one, other)| {
                Some((
                    compared.named_before(compared.before.metaclass(one)?),
                    compared.named_after(compared.after.metaclass(other)?),
                ))
            });
        let itself_first = |&index: &usize| (changed[index].class != class, index);
        let mut moved: Vec<Moved> = share
            .moved
            .into_iter()
            .map(|(provider, mut classes)| {
                classes.sort_unstable_by_key(itself_first);
                Moved { provider, classes }
            })
            .collect();
        moved.sort_by(|a, b| a.provider.cmp(&b.provider));
        let mut structure = share.structure;
        structure.sort_unstable_by_key(itself_first);
        let mut classes = structure.clone();
        classes.extend(moved.iter().flat_map(|it| &it.classes));
        classes.sort_unstable_by_key(itself_first);
        classes.dedup();
        Reason {
            class,
            ids,
            bases,
            metaclass,
            classes,
            structure,
            moved,
        }
    }
}
