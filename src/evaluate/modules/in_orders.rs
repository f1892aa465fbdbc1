//! Classes of a loop over a set: the loop is run in several orders, and in each of them they are made anew. The program makes them once.

use rustc_hash::{FxHashMap, FxHashSet};

use crate::evaluate::machine::run::Run;
use crate::evaluate::machine::ways::MadeInOrders;
use crate::semantics::{Assumption, ClassId, ClassPath, Member, Outcome};
use crate::source::Place;

/// What was made at a place under a name: in another order that is the same class, or was made of something else.
type Made = (ClassPath, Option<Place>);

impl Run<'_, '_> {
    /// The classes that are there once more because a loop was run in several orders. Those whose answer is not the same in all orders, or that
    /// are not made in all of them, are said to rest on the order, and so are all that derive from them.
    ///
    /// ```py
    /// for name in {"Csv", "Xml"}:
    ///     type(name, (Format,), {})               # one class a name, whatever comes first
    /// for name in {"Csv", "Xml"}:
    ///     last = type(name, (last,), {})          # which derives from which, nobody knows
    /// ```
    pub(crate) fn once_more(&mut self) -> FxHashSet<ClassId> {
        let mut stands_for: FxHashMap<ClassId, ClassId> = FxHashMap::default();
        let mut doubted: FxHashMap<ClassId, Option<Place>> = FxHashMap::default();
        for orders in std::mem::take(&mut self.orders) {
            self.join_orders(&orders, &mut stands_for, &mut doubted);
        }
        if !doubted.is_empty() {
            self.doubt_below(&doubted);
        }
        stands_for.into_keys().collect()
    }

    fn join_orders(
        &self,
        orders: &MadeInOrders,
        stands_for: &mut FxHashMap<ClassId, ClassId>,
        doubted: &mut FxHashMap<ClassId, Option<Place>>,
    ) {
        let Some((first, others)) = orders.ranges.split_first() else {
            return;
        };
        let mut groups: FxHashMap<Made, Vec<ClassId>> = FxHashMap::default();
        for id in first.clone().map(ClassId) {
            if !stands_for.contains_key(&id) {
                groups.entry(self.made_as(id)).or_default().push(id);
            }
        }
        for other in others {
            let mut left = groups.clone();
            for id in other.clone().map(ClassId) {
                if stands_for.contains_key(&id) {
                    continue;
                }
                let made = self.made_as(id);
                let Some(there) = groups.get(&made) else {
                    doubted.insert(id, orders.at);
                    continue;
                };
                let left = left.entry(made).or_default();
                let like = left
                    .iter()
                    .position(|&first| self.is_made_like(id, first, stands_for));
                let first = if let Some(at) = like {
                    left.swap_remove(at)
                } else {
                    doubted.extend(there.iter().map(|&id| (id, orders.at)));
                    there[0]
                };
                stands_for.insert(id, first);
            }
            let missing = left.into_values().flatten();
            doubted.extend(missing.map(|id| (id, orders.at)));
        }
    }

    fn made_as(&self, id: ClassId) -> Made {
        let class = self.classes.get(id);
        (class.path.clone(), class.origin.place())
    }

    /// Whether two classes of two orders are the same in all that is said of them.
    fn is_made_like(
        &self,
        id: ClassId,
        first: ClassId,
        stands_for: &FxHashMap<ClassId, ClassId>,
    ) -> bool {
        let plain = |mut it: ClassId| {
            while let Some(&other) = stands_for.get(&it) {
                it = other;
            }
            if it == id { first } else { it }
        };
        let same = |one: &[ClassId], other: &[ClassId]| {
            one.len() == other.len()
                && one
                    .iter()
                    .zip(other)
                    .all(|(&one, &it)| plain(one) == plain(it))
        };
        let same_one =
            |one: Option<ClassId>, other: Option<ClassId>| one.map(plain) == other.map(plain);
        let (one, other) = (self.classes.get(id), self.classes.get(first));
        let is_outcome = match (&one.outcome, &other.outcome) {
            (Outcome::Created(one), Outcome::Created(other)) => {
                same(&one.mro, &other.mro)
                    && same(&one.bases, &other.bases)
                    && plain(one.metaclass) == plain(other.metaclass)
                    && (one.shape, &one.slots) == (other.shape, &other.slots)
            }
            (Outcome::Raises(one), Outcome::Raises(other)) => {
                (&one.kind, &one.message) == (&other.kind, &other.message)
                    && same(&one.bases, &other.bases)
            }
            (
                Outcome::Unknown {
                    known, metaclass, ..
                },
                Outcome::Unknown {
                    known: others,
                    metaclass: other,
                    ..
                },
            ) => same(known, others) && same_one(*metaclass, *other),
            _ => false,
        };
        let is_member = |one: &Member, other: &Member| {
            same_one(one.type_of, other.type_of)
                && same_one(one.class, other.class)
                && *one
                    == Member {
                        type_of: one.type_of,
                        class: one.class,
                        ..other.clone()
                    }
        };
        is_outcome
            && one.refused.is_some() == other.refused.is_some()
            && match (one.members.get(), other.members.get()) {
                (Some(one), Some(other)) => {
                    one.len() == other.len()
                        && one
                            .iter()
                            .zip(other)
                            .all(|((name, one), (its, other))| name == its && is_member(one, other))
                }
                (one, other) => one.is_none() && other.is_none(),
            }
    }

    /// Says of these, and of all that derive from them, that they rest on the order.
    fn doubt_below(&mut self, doubted: &FxHashMap<ClassId, Option<Place>>) {
        let ids: Vec<ClassId> = self.classes.own_ids().collect();
        for id in ids {
            let known = match &self.classes.get(id).outcome {
                Outcome::Created(made) => &made.mro[..],
                Outcome::Unknown { known, .. } => known,
                Outcome::Raises(raised) => &raised.bases,
            };
            let behind = known.iter().find_map(|it| doubted.get(it));
            if let Some(&at) = doubted.get(&id).or(behind) {
                let what = "the items of the set come in one of the orders in which they may come; in another this is otherwise";
                self.assume(
                    id,
                    vec![Assumption {
                        what: what.to_owned(),
                        at,
                    }],
                );
            }
        }
    }
}
